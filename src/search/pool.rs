//! The open pool of the book.

use std::cmp::Reverse;

use super::book::Book;
use crate::filter::Lens;
use crate::model::Sight;
use crate::text::Clean;

impl Book {
    /// Who of an open pool is worth most: of the highest tier, there with the highest spend. Only of those who may be
    /// it the whole record is asked for.
    pub fn best_of_pool(&self, pool: &Clean, lens: &Lens, sight: &Sight) -> Option<u64> {
        let parts = self.look_through(|chunks| {
            let mut best = None;
            for entry in chunks.iter().flat_map(|chunk| chunk.entries()) {
                let gist = &entry.gist;
                if gist.is_pooled() && !gist.archived && entry.is_seen(sight) {
                    let rank = (lens.place_of(&gist.tier), Reverse(gist.bought.sum), entry.n);
                    if best.is_none_or(|best| rank < best) && entry.profile().customer.pool == *pool {
                        best = Some(rank);
                    }
                }
            }
            best
        });
        parts.into_iter().flatten().min().map(|(_, _, n)| n)
    }
}
