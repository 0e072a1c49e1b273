//! The bar on a row of a list, and which rows are seen.

use crate::keys::Act;

/// A place in a list. The first seen row moves only as far as the bar needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bar {
    /// The row under the bar, from 0.
    pub(super) row: usize,
    /// The first row that is seen.
    pub(super) top: usize,
}

impl Bar {
    /// Moves as a key asks, in a list of `count` rows of which `height` are seen; false if the key moves no bar.
    pub(super) fn act(&mut self, act: Act, count: usize, height: usize) -> bool {
        let last = count.saturating_sub(1);
        let page = height.saturating_sub(1).max(1);
        self.row = match act {
            Act::Up => self.row.saturating_sub(1),
            Act::Down => (self.row + 1).min(last),
            Act::PageUp => self.row.saturating_sub(page),
            Act::PageDown => (self.row + page).min(last),
            Act::Top => 0,
            Act::Bottom => last,
            _ => return false,
        };
        true
    }

    /// Keeps the bar in the list and, in a pane that is seen, in sight.
    pub(super) fn settle(&mut self, count: usize, height: usize) {
        self.row = self.row.min(count.saturating_sub(1));
        if height > 0 {
            self.top = self.top.min(count.saturating_sub(height));
            self.top = self.top.clamp((self.row + 1).saturating_sub(height), self.row);
        }
    }

    /// Goes to a row without moving on the screen, where that is possible.
    pub(super) fn follow(&mut self, row: usize) {
        self.top = (self.top + row).saturating_sub(self.row);
        self.row = row;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_row_that_moves_takes_the_bar_along_and_the_bar_stays_where_it_is() {
        let mut bar = Bar { row: 12, top: 10 };
        bar.follow(15);
        assert_eq!(bar, Bar { row: 15, top: 13 });
        bar.follow(1);
        assert_eq!(bar, Bar { row: 1, top: 0 });
    }

    proptest! {
        #[test]
        fn the_bar_is_always_in_the_list_and_in_sight(
            acts in proptest::collection::vec(0_usize..6, 0..40),
            count in 0_usize..50,
            height in 1_usize..12,
        ) {
            const MOVES: [Act; 6] = [Act::Up, Act::Down, Act::PageUp, Act::PageDown, Act::Top, Act::Bottom];
            let mut bar = Bar::default();
            for act in acts {
                prop_assert!(bar.act(MOVES[act], count, height));
                bar.settle(count, height);
                prop_assert!(bar.row < count.max(1));
                prop_assert!(bar.top <= bar.row && bar.row < bar.top + height);
                prop_assert!(bar.top + height <= count.max(height));
            }
        }
    }
}
