//! Who asks goes first: what is done ahead of questions waits until none is being answered.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many questions are being answered.
#[derive(Default)]
pub(super) struct Turns {
    asked: Mutex<usize>,
    none: Condvar,
}

/// Held by a question while it is answered.
pub(super) struct Turn<'t>(&'t Turns);

impl Turns {
    pub(super) fn take(&self) -> Turn<'_> {
        *self.asked() += 1;
        Turn(self)
    }

    /// Returns when no question is being answered.
    pub(super) fn let_others_go(&self) {
        drop(self.none.wait_while(self.asked(), |asked| *asked > 0));
    }

    fn asked(&self) -> MutexGuard<'_, usize> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.asked() -= 1;
        self.0.none.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_ahead_waits_for_the_last_question() {
        let turns = Turns::default();
        let (one, other) = (turns.take(), turns.take());
        std::thread::scope(|threads| {
            let ahead = threads.spawn(|| turns.let_others_go());
            drop(one);
            assert!(!ahead.is_finished());
            drop(other);
        });
        turns.let_others_go();
    }
}
