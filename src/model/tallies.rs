//! What was counted of one customer, by fact and day, so packed that a window of days is one look into memory.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fact::{Fact, Tally};
use super::time::Day;
use super::world::Rows;

/// The tallies of a customer. Copies share them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tallies {
    /// Of each fact in turn, the days in order.
    #[serde(serialize_with = "written", deserialize_with = "read")]
    counted: Arc<[Counted]>,
    /// Behind the last of each fact, in the order of [`Fact::ALL`].
    ends: [u32; Fact::ALL.len()],
}

/// A day's tally: four of them share a line of memory.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Counted {
    day: Day,
    count: i32,
    sum: i64,
}

impl Tallies {
    /// Those of every customer with a number in this range that has any, in order.
    pub fn all(rows: &dyn Rows, customers: &Range<u64>) -> Vec<(u64, Tallies)> {
        let mut all = Vec::new();
        let mut days: Vec<(Fact, Counted)> = Vec::new();
        let mut customer = customers.start;
        rows.each_tally(customers.start, customers.end, &mut |n, fact, day, tally| {
            if n != customer && !days.is_empty() {
                all.push((customer, Tallies::of(&days)));
                days.clear();
            }
            customer = n;
            days.push(Tallies::counted(((fact, day), tally)));
        });
        if !days.is_empty() {
            all.push((customer, Tallies::of(&days)));
        }
        all
    }

    fn of(days: &[(Fact, Counted)]) -> Tallies {
        let end = |of: Fact| days.partition_point(|(fact, _)| *fact <= of) as u32;
        Tallies { counted: days.iter().map(|(_, counted)| *counted).collect(), ends: Fact::ALL.map(end) }
    }

    /// What was counted of several customers, as of one. Every day stays, also one on which they make up for each
    /// other.
    pub fn together(each: &[Tallies]) -> Tallies {
        let mut days: BTreeMap<(Fact, Day), Tally> = BTreeMap::new();
        for (tallies, fact) in each.iter().flat_map(|tallies| Fact::ALL.map(|fact| (tallies, fact))) {
            for (day, tally) in tallies.days(fact, Day(i32::MIN), Day(i32::MAX)) {
                let sum = days.entry((fact, day)).or_default();
                *sum = sum.plus(tally);
            }
        }
        Tallies::of(&days.into_iter().map(Tallies::counted).collect::<Vec<_>>())
    }

    fn counted(((fact, day), tally): ((Fact, Day), Tally)) -> (Fact, Counted) {
        (fact, Counted { day, count: i32::try_from(tally.count).unwrap_or(i32::MAX), sum: tally.sum })
    }

    /// The sum of a fact over days, both ends included.
    pub fn sum(&self, fact: Fact, from: Day, to: Day) -> Tally {
        self.days(fact, from, to).fold(Tally::default(), |sum, (_, tally)| sum.plus(tally))
    }

    /// The sum of a fact over all time.
    pub fn total(&self, fact: Fact) -> Tally {
        self.sum(fact, Day(i32::MIN), Day(i32::MAX))
    }

    /// The last day of a fact.
    pub fn last(&self, fact: Fact) -> Option<Day> {
        self.all_days(fact).iter().rev().find(|counted| counted.count > 0).map(|counted| counted.day)
    }

    /// The days of a fact from one day to another, both included, in order.
    pub fn days(&self, fact: Fact, from: Day, to: Day) -> impl Iterator<Item = (Day, Tally)> {
        let days = self.all_days(fact);
        let start = days.partition_point(|counted| counted.day < from);
        let window = days[start..].iter().take_while(move |counted| counted.day <= to);
        window.map(|counted| (counted.day, Tally { count: counted.count.into(), sum: counted.sum }))
    }

    fn all_days(&self, fact: Fact) -> &[Counted] {
        let nth = fact as usize - 1;
        let start = nth.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.counted.get(start as usize..self.ends[nth] as usize).unwrap_or_default()
    }
}

fn written<S: Serializer>(counted: &[Counted], serializer: S) -> Result<S::Ok, S::Error> {
    counted.serialize(serializer)
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<[Counted]>, D::Error> {
    Ok(Vec::deserialize(deserializer)?.into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Layer, Memory};

    type Kept = BTreeMap<(u64, Fact, Day), Tally>;

    fn kept() -> impl Strategy<Value = Kept> {
        let fact = prop::sample::select(Fact::ALL.to_vec());
        let tally = (1_i64..9, -9_i64..9).prop_map(|(count, sum)| Tally { count, sum });
        let key = (1_u64..4, fact, (0..9).prop_map(Day));
        proptest::collection::btree_map(key, tally, 0..30)
    }

    proptest! {
        #[test]
        fn a_window_is_what_the_rows_sum_up(kept in kept(), from in -1..10_i32, to in -1..10_i32) {
            let mut memory = Memory::default();
            memory.write(Layer { tallies: kept.clone(), ..Layer::default() }, Vec::new());
            let all: BTreeMap<u64, Tallies> = Tallies::all(&memory, &(0..9)).into_iter().collect();
            for n in 1..4 {
                let tallies = all.get(&n).cloned().unwrap_or_default();
                for fact in Fact::ALL {
                    let (from, to) = (Day(from), Day(to));
                    prop_assert_eq!(tallies.sum(fact, from, to), memory.tally(n, fact, from, to));
                    let days = kept.keys().filter(|(of, counted, _)| (*of, *counted) == (n, fact));
                    prop_assert_eq!(tallies.last(fact), days.map(|(.., day)| *day).max());
                }
            }
            prop_assert!(Tallies::all(&memory, &(4..9)).is_empty());
            let together = Tallies::together(&all.values().cloned().collect::<Vec<_>>());
            for fact in Fact::ALL {
                let (from, to) = (Day(from), Day(to));
                let each = all.values().map(|tallies| tallies.sum(fact, from, to));
                prop_assert_eq!(together.sum(fact, from, to), each.fold(Tally::default(), Tally::plus));
            }
        }
    }
}
