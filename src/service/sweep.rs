//! When the team's day turns, the whole book is graded again: in the background, in chunks.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use super::Service;
use crate::model::{Command, Instant, Order, Rows};

/// How many customers are graded in one transaction.
const CHUNK: u32 = 500;

/// The thread that waits for the next day.
#[derive(Default)]
pub(super) struct Sweeper(Arc<(Mutex<bool>, Condvar)>);

impl Sweeper {
    /// Ends the thread.
    pub(super) fn stop(&self) {
        *lock(&self.0.0) = true;
        self.0.1.notify_all();
    }

    fn is_stopped(&self) -> bool {
        *lock(&self.0.0)
    }

    /// Waits so long; false when stopped.
    fn wait(&self, time: Duration) -> bool {
        let stopped = lock(&self.0.0);
        let waited = self.0.1.wait_timeout_while(stopped, time, |stopped| !*stopped);
        !*waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

fn lock(stopped: &Mutex<bool>) -> MutexGuard<'_, bool> {
    stopped.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Service {
    /// Starts the thread that grades the book whenever the team's day has turned.
    pub fn keep_graded(self: &Arc<Service>) {
        let service = Arc::downgrade(self);
        let sweeper = Sweeper(Arc::clone(&self.sweeper.0));
        thread::spawn(move || {
            loop {
                let Some(wait) = Weak::upgrade(&service).map(|service| {
                    service.sweep_now();
                    service.until_tomorrow()
                }) else {
                    return;
                };
                if !sweeper.wait(wait) {
                    return;
                }
            }
        });
    }

    /// Grades the whole book, if it was not graded today; a server that ends leaves the rest to the next.
    pub fn sweep_now(&self) {
        let mut from = 1;
        loop {
            let head = self.head();
            let today = self.now().day(head.ground.zone);
            if head.snapshot.settings().graded == Some(today) || self.sweeper.is_stopped() {
                return;
            }
            let command = Command::Sweep { from, limit: CHUNK };
            let order = Order { counter: 0, batch: None, dry_run: false, command };
            match self.run(None, 0, vec![order]).pop() {
                Some(Ok(receipt)) => match receipt.ids.first() {
                    Some(next) => from = next.n,
                    None => return,
                },
                _ => return,
            }
        }
    }

    /// How long until the team's next day; at most an hour, because clocks are set.
    fn until_tomorrow(&self) -> Duration {
        let zone = self.head().ground.zone;
        let now = self.now();
        let tomorrow = now.local(zone).date().succ_opt().unwrap_or_default();
        let midnight = Instant::at(tomorrow.and_time(chrono::NaiveTime::MIN), zone);
        let millis = u64::try_from(midnight.0 - now.0).unwrap_or(0);
        Duration::from_millis(millis + 1).min(Duration::from_hours(1))
    }
}
