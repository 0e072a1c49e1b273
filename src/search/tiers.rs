//! The book by tier.

use super::book::Book;
use crate::filter::Lens;
use crate::model::query::Lateness;
use crate::model::{Day, Fact, Gist, Sight};
use crate::text::Clean;

/// What is counted of a tier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TierSum {
    /// Its id; empty: those without a tier.
    pub tier: Clean,
    /// How many customers.
    pub count: u32,
    /// What they bought in the last 365 days, today among them, in minor units of the book's currency.
    pub spend: i64,
    /// How many had a real contact within the tier's rhythm.
    pub covered: u32,
    /// How many have something late.
    pub late: u32,
}

/// So far back reaches the spend of a tier.
const YEAR: i32 = 365;

impl Book {
    /// Each tier of the lens, highest first, then those that customers are in besides; archived customers do not count.
    pub fn tiers(&self, lens: &Lens, sight: &Sight) -> Vec<TierSum> {
        let mut sums: Vec<TierSum> = lens.tiers().map(TierSum::of).collect();
        let parts = self.look_through(|chunks| {
            let mut sums = sums.clone();
            let entries = chunks.iter().flat_map(|chunk| chunk.entries());
            for entry in entries.filter(|entry| !entry.gist.archived && entry.is_seen(sight)) {
                count(&entry.gist, lens, sum_of(&mut sums, &entry.gist.tier));
            }
            sums
        });
        for part in parts.into_iter().flatten() {
            sum_of(&mut sums, &part.tier).add(&part);
        }
        sums
    }
}

impl TierSum {
    pub(super) fn of(tier: &Clean) -> TierSum {
        TierSum { tier: tier.clone(), ..TierSum::default() }
    }

    pub(super) fn add(&mut self, other: &TierSum) {
        self.count += other.count;
        self.spend = self.spend.saturating_add(other.spend);
        self.covered += other.covered;
        self.late += other.late;
    }
}

/// The sum of a tier, which is there from now on.
fn sum_of<'s>(sums: &'s mut Vec<TierSum>, tier: &Clean) -> &'s mut TierSum {
    let at = sums.iter().position(|sum| sum.tier == *tier).unwrap_or_else(|| {
        sums.push(TierSum::of(tier));
        sums.len() - 1
    });
    &mut sums[at]
}

/// Counts a customer.
pub(super) fn count(gist: &Gist, lens: &Lens, sum: &mut TierSum) {
    let today = lens.today();
    let year = gist.tallies.sum(Fact::Purchases, Day(today.0 - (YEAR - 1)), today);
    sum.count += 1;
    sum.spend = sum.spend.saturating_add(year.sum);
    sum.covered += u32::from(lens.is_covered(gist));
    sum.late += u32::from(lens.lateness(gist) == Lateness::Late);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Customer, Purchase};
    use crate::search::testing::{DAY, book, call, cny, customer, lens, put, task, text, today};

    #[test]
    fn a_tier_counts_its_customers_their_year_and_what_is_late() {
        let book = book(|world| {
            let of_tier = |tier: &str| Customer { tier: text(tier), ..customer("Acme") };
            let first = put(world, of_tier("A"));
            let second = put(world, of_tier("A"));
            put(world, Customer { archived: true, ..of_tier("A") });
            put(world, of_tier(""));
            for (days_ago, minor) in [(0, 1), (364, 10), (365, 100)] {
                let (amount, date) = (Some(cny(minor)), Some(Day(today().0 - days_ago)));
                put(world, Purchase { customer: Some(first), amount, date, ..Purchase::default() });
            }
            put(world, call(first, -14 * DAY));
            put(world, call(second, -15 * DAY));
            put(world, task(first, -1));
        });
        let sums = book.tiers(&lens(), &Sight::All);
        let sum = |tier: &str, count, spend, covered, late| TierSum {
            tier: text(tier),
            count,
            spend,
            covered,
            late,
        };
        assert_eq!(sums, [sum("A", 2, 11, 1, 2), sum("C", 0, 0, 0, 0), sum("", 1, 0, 0, 0)]);
    }
}
