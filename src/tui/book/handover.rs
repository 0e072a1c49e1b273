//! What a member has in hand, asked for before it is handed over.

use super::{Book, Topic};
use crate::model::handover::Held;
use crate::model::query::RowLine;
use crate::model::{Id, Instant, Query};
use crate::text::Clean;

/// So many records of a kind are handed over from the screen at most.
pub(in crate::tui) const MOST: usize = 10_000;

impl Book {
    /// Asks for all that a member has in hand.
    pub(in crate::tui) fn ask_held(&mut self, member: Id, now: Instant) {
        self.held.clear();
        for (part, (kind, filter)) in Held::asks(member).into_iter().enumerate() {
            let filter = Clean::washed(&filter).0;
            self.ask(Topic::Held(part), Query::Rows { kind, filter, from: 1, limit: MOST as u32 }, now);
        }
    }

    /// All of it, once every part is there.
    pub(in crate::tui) fn take_held(&mut self) -> Option<Vec<Vec<RowLine>>> {
        let is_whole = self.held.len() == Held::asks(Id::SETTINGS).len();
        is_whole.then(|| std::mem::take(&mut self.held).into_values().collect())
    }

    /// Whether a member is with us, as far as that is known.
    pub(in crate::tui) fn is_with_us(&self, member: Id) -> bool {
        self.colleagues.has(member)
    }
}
