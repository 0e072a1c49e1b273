//! What time brings: at the moment itself while the server runs, and caught up, in order, when it starts.
//!
//! Every customer is graded with the moment at which its grade must be looked at again, and an index holds these
//! moments. So whatever hour it is, only those are touched whose time has come.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use super::Service;
use crate::model::{Command, Id, Index, Instant, Key, Layer, Order, Rows};
use crate::rules;
use crate::rules::playbook::TOGETHER;
use crate::rules::policy::mark;
use crate::rules::restore::Left;

/// How many customers are graded in one transaction, so that no writer waits longer than 50 ms
/// (`cargo bench --bench ways`).
const CHUNK: usize = 150;
/// The thread looks again at least so often: clocks are set.
const LONGEST: Duration = Duration::from_hours(1);

/// What could not be carried out, because the store writes no more, is tried again so often.
const AGAIN: Duration = Duration::from_mins(1);

/// Where the thread that waits for the next moment is told what happens meanwhile.
#[derive(Default)]
pub(super) struct Alarm(Arc<(Mutex<Told>, Condvar)>);

#[derive(Default)]
struct Told {
    /// The server ends.
    stopped: bool,
    /// There are other moments to wait for.
    changed: bool,
}

impl Alarm {
    /// Ends the thread.
    pub(super) fn stop(&self) {
        self.tell(|told| told.stopped = true);
    }

    /// Tells the thread of moments that a commit brought.
    pub(super) fn heard(&self, layer: &Layer) {
        let of_time = [Index::Regrade, Index::Return, Index::Playbook, Index::Begins, Index::Care];
        let indexes = of_time.map(|index| index as u8);
        let of_time = |key: &Key| key.0.first().is_some_and(|index| indexes.contains(index));
        if layer.keys.keys().any(of_time) || layer.rows.contains_key(&Id::SETTINGS) {
            self.tell(|told| told.changed = true);
        }
    }

    fn tell(&self, what: impl FnOnce(&mut Told)) {
        what(&mut lock(&self.0.0));
        self.0.1.notify_all();
    }

    fn is_stopped(&self) -> bool {
        lock(&self.0.0).stopped
    }

    /// Waits so long, or until there are other moments; false when stopped.
    fn wait(&self, time: Duration) -> bool {
        let told = lock(&self.0.0);
        let quiet = |told: &mut Told| !told.stopped && !told.changed;
        let mut told =
            self.0.1.wait_timeout_while(told, time, quiet).unwrap_or_else(PoisonError::into_inner).0;
        told.changed = false;
        !told.stopped
    }
}

impl Clone for Alarm {
    fn clone(&self) -> Alarm {
        Alarm(Arc::clone(&self.0))
    }
}

fn lock(told: &Mutex<Told>) -> MutexGuard<'_, Told> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Service {
    /// Starts the thread that carries out what time brings.
    pub fn keep_time(self: &Arc<Service>) {
        let service = Arc::downgrade(self);
        let alarm = self.shared.alarm.clone();
        thread::spawn(move || {
            loop {
                let Some(wait) = Weak::upgrade(&service)
                    .map(|service| if service.catch_up() { service.until_next() } else { AGAIN })
                else {
                    return;
                };
                if !alarm.wait(wait) {
                    return;
                }
            }
        });
    }

    /// Carries out all that is due by now, and says whether that could be done; a server that ends leaves the rest to
    /// the next.
    pub fn catch_up(&self) -> bool {
        let _alone = self.catching_up.lock().unwrap_or_else(PoisonError::into_inner);
        self.grade_all();
        loop {
            let head = self.head();
            let Some((_, due)) = rules::due(&*head.snapshot, self.now(), CHUNK) else {
                return self.head().is_graded;
            };
            let orders: Vec<Order> = due.into_iter().map(ours).collect();
            if !self.carried_out(orders) || self.head().snapshot.head() == head.snapshot.head() {
                return false;
            }
        }
    }

    /// Grades the book where another policy was adopted since: those whom it puts elsewhere, in chunks, and then the
    /// playbooks at work. The indexes tell which they are; what is written meanwhile is graded by the new policy as it
    /// is. Where an adoption was undone, what that policy did is taken back first. Where only an act concerned too many
    /// to be graded with it, playbooks go on as they do.
    fn grade_all(&self) {
        let settings = self.head().snapshot.settings();
        let same_policy = settings.is_graded_by_policy();
        if settings.is_graded() || !same_policy && !self.restore() {
            return;
        }
        let whole = Some((mark(settings.policy.as_str()), self.head().snapshot.head()));
        let moving = self.whole_head().displaced(self.now());
        let at_work = if same_policy { Vec::new() } else { rules::playbook::at_work(&*self.head().snapshot) };
        let grade = |chunk: &[u64]| Command::Regrade { customers: chunk.to_vec(), whole: None };
        let grades = moving.chunks(CHUNK).map(grade);
        let renewals = at_work.chunks(TOGETHER).map(|chunk| Command::Renew { runs: chunk.to_vec() });
        let graded = Command::Regrade { customers: Vec::new(), whole };
        let mut left = moving.len().div_ceil(CHUNK) + at_work.len().div_ceil(TOGETHER) + 1;
        for command in grades.chain(renewals).chain([graded]) {
            self.shared.regrading.store(left, Ordering::Relaxed);
            if !self.carried_out(vec![ours(command)]) {
                break;
            }
            left -= 1;
        }
        self.shared.regrading.store(0, Ordering::Relaxed);
    }

    /// Takes back what a policy did whose adoption was undone, and says whether that could be done.
    fn restore(&self) -> bool {
        let Some(Left { undo, acts }) = rules::restore::left(&*self.head().snapshot) else { return true };
        let chunks = acts.chunks(CHUNK);
        let left = (0..=chunks.len()).rev();
        chunks.zip(left).all(|(acts, left)| {
            self.shared.regrading.store(left + 1, Ordering::Relaxed);
            self.carried_out(vec![ours(Command::Restore { undo, acts: acts.to_vec() })])
        })
    }

    /// How many customers wait to be graded by the policy that was adopted last.
    pub(super) fn regrading(&self) -> u64 {
        let chunks = self.shared.regrading.load(Ordering::Relaxed).max(1);
        if self.head().is_graded { 0 } else { (chunks * CHUNK) as u64 }
    }

    fn carried_out(&self, orders: Vec<Order>) -> bool {
        !self.shared.alarm.is_stopped() && self.run(None, 0, orders).iter().all(Result::is_ok)
    }

    /// How long until the next moment.
    fn until_next(&self) -> Duration {
        let next = rules::due(&*self.head().snapshot, Instant(i64::MAX), 1);
        let wait = next.map(|(due, _)| due.0.saturating_sub(self.now().0).max(0));
        wait.map_or(LONGEST, |millis| Duration::from_millis(millis.unsigned_abs() + 1).min(LONGEST))
    }
}

/// An order that the program gives itself.
fn ours(command: Command) -> Order {
    Order { counter: 0, batch: None, dry_run: false, command }
}
