//! What a subscribed session is told: not what changed into what, only what to ask again.
//!
//! Whoever commits calls [`Pusher::mark`], which never waits; the session's own push thread sends the first news at
//! once and gathers what follows for a while. A session that reads slowly costs its bounded set and nothing more:
//! when that is full, the news are that everything changed.

use std::collections::BTreeSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// How long news are gathered after the last were sent.
pub const GATHER: Duration = Duration::from_millis(100);

/// Names kept for one session before it is told that everything changed.
pub const KEPT: usize = 1024;

/// The store has moved on to `head`; `changed` says what that session should ask again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News<C> {
    /// The journal's sequence number up to which this tells.
    pub head: u64,
    /// What changed since the last news.
    pub changed: Changed<C>,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Changed<C> {
    /// These, in order, each once.
    These(Vec<C>),
    /// More than was kept: ask everything again.
    Everything,
}

/// What a session is told without having asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told<C> {
    /// The book changed.
    News(News<C>),
    /// Who is where changed.
    Company,
}

/// Where changes for one session are marked. Clones mark for the same session.
#[derive(Debug)]
pub struct Pusher<C>(Arc<Shared<C>>);

#[derive(Debug)]
struct Shared<C> {
    pending: Mutex<Pending<C>>,
    woken: Condvar,
}

/// What has been marked and not yet been sent; pure, told the time.
#[derive(Debug)]
struct Pending<C> {
    head: u64,
    marked: bool,
    company: bool,
    everything: bool,
    these: BTreeSet<C>,
    quiet_until: Option<Instant>,
    closed: bool,
}

/// What the push thread does next.
#[derive(Debug, PartialEq)]
enum Next<C> {
    Send(Told<C>),
    WaitFor(Duration),
    WaitForMark,
    End,
}

impl<C: Ord> Pusher<C> {
    pub(super) fn new() -> Pusher<C> {
        Pusher(Arc::new(Shared { pending: Mutex::new(Pending::new()), woken: Condvar::new() }))
    }

    /// Marks what changed up to `head`. False where the session has ended: drop this handle then.
    pub fn mark(&self, head: u64, changed: impl IntoIterator<Item = C>) -> bool {
        self.update(|pending| pending.mark(head, changed))
    }

    /// Marks everything, as after a rebuild or a change of what the session may see. False as in [`Pusher::mark`].
    pub fn mark_everything(&self, head: u64) -> bool {
        self.update(|pending| {
            pending.everything = true;
            pending.mark(head, []);
        })
    }

    /// Marks that who is where has changed. False as in [`Pusher::mark`].
    pub(super) fn mark_company(&self) -> bool {
        self.update(|pending| pending.company = true)
    }

    /// Ends the wait of [`Pusher::next`] for good.
    pub(super) fn close(&self) {
        self.update(|pending| pending.closed = true);
    }

    /// Waits for the next news; `None` once closed.
    pub(super) fn next(&self) -> Option<Told<C>> {
        let mut pending = self.pending();
        loop {
            let woken = &self.0.woken;
            pending = match pending.next(Instant::now()) {
                Next::Send(told) => return Some(told),
                Next::WaitFor(time) => {
                    woken.wait_timeout(pending, time).unwrap_or_else(PoisonError::into_inner).0
                }
                Next::WaitForMark => woken.wait(pending).unwrap_or_else(PoisonError::into_inner),
                Next::End => return None,
            }
        }
    }

    fn update(&self, change: impl FnOnce(&mut Pending<C>)) -> bool {
        let mut pending = self.pending();
        change(&mut pending);
        self.0.woken.notify_all();
        !pending.closed
    }

    fn pending(&self) -> MutexGuard<'_, Pending<C>> {
        self.0.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> Clone for Pusher<C> {
    fn clone(&self) -> Pusher<C> {
        Pusher(Arc::clone(&self.0))
    }
}

impl<C: Ord> Pending<C> {
    fn new() -> Pending<C> {
        Pending {
            head: 0,
            marked: false,
            company: false,
            everything: false,
            these: BTreeSet::new(),
            quiet_until: None,
            closed: false,
        }
    }

    fn mark(&mut self, head: u64, changed: impl IntoIterator<Item = C>) {
        self.head = self.head.max(head);
        self.marked = true;
        for name in changed {
            if self.everything {
                break;
            }
            self.these.insert(name);
            self.everything = self.these.len() > KEPT;
        }
        if self.everything {
            self.these.clear();
        }
    }

    fn next(&mut self, now: Instant) -> Next<C> {
        if self.closed {
            return Next::End;
        }
        if !self.marked && !self.company {
            return Next::WaitForMark;
        }
        if let Some(until) = self.quiet_until
            && now < until
        {
            return Next::WaitFor(until - now);
        }
        self.quiet_until = Some(now + GATHER);
        if !std::mem::take(&mut self.marked) {
            self.company = false;
            return Next::Send(Told::Company);
        }
        let these = std::mem::take(&mut self.these);
        let everything = std::mem::take(&mut self.everything);
        let changed =
            if everything { Changed::Everything } else { Changed::These(these.into_iter().collect()) };
        Next::Send(Told::News(News { head: self.head, changed }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn news(head: u64, these: &[u32]) -> Next<u32> {
        Next::Send(Told::News(News { head, changed: Changed::These(these.to_vec()) }))
    }

    #[test]
    fn the_first_news_go_at_once_and_what_follows_is_gathered() {
        let start = Instant::now();
        let mut pending = Pending::new();
        assert_eq!(pending.next(start), Next::WaitForMark);
        pending.mark(1, [7]);
        assert_eq!(pending.next(start), news(1, &[7]));
        pending.mark(2, [9]);
        assert_eq!(pending.next(start + 20 * MS), Next::WaitFor(80 * MS));
        pending.mark(4, [8, 9]);
        assert_eq!(pending.next(start + 100 * MS), news(4, &[8, 9]));
        assert_eq!(pending.next(start + 101 * MS), Next::WaitForMark);
    }

    #[test]
    fn after_a_quiet_time_news_go_at_once_again() {
        let start = Instant::now();
        let mut pending = Pending::new();
        pending.mark(1, [1]);
        assert_eq!(pending.next(start), news(1, &[1]));
        pending.mark(2, [2]);
        assert_eq!(pending.next(start + GATHER + MS), news(2, &[2]));
    }

    #[test]
    fn too_many_names_become_everything_and_free_their_room() {
        let mut pending = Pending::new();
        pending.mark(5, 0..=KEPT as u32);
        assert!(pending.these.is_empty());
        pending.mark(6, [1]);
        let start = Instant::now();
        let everything = News { head: 6, changed: Changed::Everything };
        assert_eq!(pending.next(start), Next::Send(Told::News(everything)));
        pending.mark(7, [3]);
        assert_eq!(pending.next(start + GATHER), news(7, &[3]));
    }

    #[test]
    fn company_is_told_once_after_the_news_and_never_more_often_than_they() {
        let start = Instant::now();
        let mut pending = Pending::new();
        pending.company = true;
        assert_eq!(pending.next(start), Next::Send(Told::Company));
        pending.company = true;
        pending.mark(1, [7]);
        assert_eq!(pending.next(start + 40 * MS), Next::WaitFor(60 * MS));
        assert_eq!(pending.next(start + 100 * MS), news(1, &[7]));
        assert_eq!(pending.next(start + 150 * MS), Next::WaitFor(50 * MS));
        assert_eq!(pending.next(start + 200 * MS), Next::Send(Told::Company));
        assert_eq!(pending.next(start + 201 * MS), Next::WaitForMark);
    }

    #[test]
    fn a_head_never_goes_back() {
        let mut pending = Pending::new();
        pending.mark(5, [1]);
        pending.mark(4, [2]);
        assert_eq!(pending.next(Instant::now()), news(5, &[1, 2]));
    }

    #[test]
    fn closing_wakes_the_waiting_thread_and_tells_those_who_mark() {
        let pusher = Pusher::<u32>::new();
        assert!(pusher.mark(1, [1]));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let first = pusher.next();
                (first, pusher.next())
            });
            pusher.close();
            let (_, last) = waiting.join().unwrap();
            assert_eq!(last, None);
        });
        assert!(!pusher.mark(2, [2]));
    }
}
