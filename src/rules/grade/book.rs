//! Grading a whole book at once, as a preview and an adoption do.

use std::collections::HashMap;

use super::{Grader, Placed};
use crate::filter::Kin;
use crate::model::Profile;
use crate::text::Clean;

/// The profiles of a book by their numbers.
pub type Find<'a> = &'a dyn Fn(u64) -> Option<&'a Profile>;

/// A grader that goes through a book: what the members of a corporate group inherit is found once.
pub struct Bookwise<'p> {
    /// The grader.
    pub grader: Grader<'p>,
    heads: HashMap<u64, Clean>,
}

impl<'p> Bookwise<'p> {
    /// With this grader.
    pub fn new(grader: Grader<'p>) -> Bookwise<'p> {
        Bookwise { grader, heads: HashMap::new() }
    }

    /// Where the policy puts a customer of the book.
    pub fn place<'a>(&mut self, profile: &'a Profile, kin: &dyn Kin, find: Find<'a>) -> Placed {
        let above = if self.grader.policy.inherit { self.tier_above(profile.n(), kin, find) } else { None };
        self.grader.place(profile, kin, above.as_ref())
    }

    /// Whether the policy puts a customer elsewhere than it stands, or wants to look at it at another time.
    pub fn displaces<'a>(&mut self, profile: &'a Profile, kin: &dyn Kin, find: Find<'a>) -> bool {
        let placed = self.place(profile, kin, find);
        !placed.is_where(&profile.customer)
            || self.grader.turns(profile, kin, &placed) != profile.customer.regrade
    }

    /// The tier of the head of a customer's group; none for a head.
    fn tier_above(&mut self, n: u64, kin: &dyn Kin, find: Find<'_>) -> Option<Clean> {
        let head = kin.head(n);
        if head == n {
            return None;
        }
        if let Some(tier) = self.heads.get(&head) {
            return Some(tier.clone());
        }
        let tier = self.grader.place(find(head)?, kin, None).tier;
        self.heads.insert(head, tier.clone());
        Some(tier)
    }
}
