//! The customers one was at: where one jumped from, and forth again.
//!
//! A run of single steps up or down is one jump: whom one only passes on the way is not remembered.

use crate::keys::Act;
use crate::model::Named;

/// How many customers are remembered.
const LONGEST: usize = 100;

/// The customers before and after the one that everything is about.
#[derive(Debug, Default)]
pub(super) struct Trail {
    behind: Vec<Named>,
    here: Option<Named>,
    ahead: Vec<Named>,
    /// The last act was a step.
    step: bool,
    /// The last move was a step, and nothing else was done since.
    run: bool,
}

impl Trail {
    /// An act was done; whether it moves to another customer shows later.
    pub(super) fn act(&mut self, act: Act) {
        self.step = matches!(act, Act::Up | Act::Down);
        self.run &= self.step;
    }

    /// This is the customer now.
    pub(super) fn at(&mut self, customer: &Named) {
        if self.here.as_ref().is_some_and(|here| here.id == customer.id) {
            return;
        }
        let left = self.here.replace(customer.clone());
        if let Some(left) = left.filter(|_| !self.run) {
            self.behind.retain(|known| known.id != left.id);
            self.behind.push(left);
            let over = self.behind.len().saturating_sub(LONGEST);
            self.behind.drain(..over);
            self.ahead.clear();
        }
        self.run = self.step;
    }

    /// Goes back to the customer before.
    pub(super) fn back(&mut self) -> Option<Named> {
        let to = self.behind.pop()?;
        self.ahead.extend(self.here.replace(to.clone()));
        Some(to)
    }

    /// Goes forth to the customer that was left last by going back.
    pub(super) fn forth(&mut self) -> Option<Named> {
        let to = self.ahead.pop()?;
        self.behind.extend(self.here.replace(to.clone()));
        Some(to)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Id;
    use crate::text::Clean;

    fn customer(n: u64) -> Named {
        Named { id: Id::customer(n), name: Clean::default() }
    }

    fn go(trail: &mut Trail, act: Act, n: u64) {
        trail.act(act);
        trail.at(&customer(n));
    }

    #[test]
    fn steps_in_a_row_are_one_jump() {
        let mut trail = Trail::default();
        go(&mut trail, Act::Open, 1);
        for n in 2..6 {
            go(&mut trail, Act::Down, n);
        }
        go(&mut trail, Act::Log, 5);
        go(&mut trail, Act::Down, 6);
        assert_eq!(trail.back(), Some(customer(5)), "something was done there");
        assert_eq!(trail.back(), Some(customer(1)), "2, 3 and 4 were only passed");
        assert_eq!(trail.back(), None);
        assert_eq!(trail.forth(), Some(customer(5)));
        go(&mut trail, Act::Find, 9);
        assert_eq!(trail.forth(), None, "one went another way");
    }

    proptest! {
        #[test]
        fn forth_undoes_back(jumps in proptest::collection::vec(1_u64..9, 1..20), backs in 0_usize..9) {
            let mut trail = Trail::default();
            for n in jumps {
                go(&mut trail, Act::Find, n);
            }
            let here = trail.here.clone();
            let went = (0..backs).take_while(|_| trail.back().is_some()).count();
            for _ in 0..went {
                prop_assert!(trail.forth().is_some());
            }
            prop_assert_eq!(&trail.here, &here);
            prop_assert!(trail.forth().is_none());
        }
    }
}
