//! What a member has in hand, divided among those who take it over.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::command::{Change, Command};
use super::id::Id;
use super::value::Value;
use crate::text::Clean;

/// How several divide a book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Customer by customer, in turn.
    #[default]
    Round,
    /// Those of one tier or one region stay together: the largest part first, to whoever has the least.
    Group,
}

/// What a member has in hand.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Customers that they own, with the tier or region of each.
    pub customers: Vec<(Id, Clean)>,
    /// Open tasks that they do, with the customer of each.
    pub tasks: Vec<(Id, Option<Id>)>,
    /// Open deals that they run, with the customer of each.
    pub deals: Vec<(Id, Option<Id>)>,
}

/// What one of those who take over gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Customers, with the tier or region of each.
    pub customers: Vec<(Id, Clean)>,
    /// Open tasks.
    pub tasks: Vec<Id>,
    /// Open deals.
    pub deals: Vec<Id>,
}

impl Held {
    /// Divides it into so many shares. Tasks and deals go with their customer, also where somebody else owns that one.
    pub fn divided(&self, among: usize, by: By) -> Vec<Share> {
        let mut shares = vec![Share::default(); among];
        match by {
            By::Round => {
                for (nth, customer) in self.customers.iter().enumerate() {
                    shares[nth % among].customers.push(customer.clone());
                }
            }
            By::Group => {
                for group in self.groups() {
                    let least = least(&shares, |share| share.customers.len());
                    shares[least].customers.extend(group);
                }
            }
        }
        let mut with: BTreeMap<Id, usize> = BTreeMap::new();
        for (nth, share) in shares.iter().enumerate() {
            with.extend(share.customers.iter().map(|(customer, _)| (*customer, nth)));
        }
        let mut place = |shares: &[Share], customer: Option<Id>| {
            let least = || least(shares, |share| share.tasks.len() + share.deals.len());
            customer.map_or_else(least, |customer| *with.entry(customer).or_insert_with(least))
        };
        for (task, customer) in &self.tasks {
            let to = place(&shares, *customer);
            shares[to].tasks.push(*task);
        }
        for (deal, customer) in &self.deals {
            let to = place(&shares, *customer);
            shares[to].deals.push(*deal);
        }
        shares
    }

    /// The customers of each tier or region, the largest group first.
    fn groups(&self) -> Vec<Vec<(Id, Clean)>> {
        let mut groups: BTreeMap<&Clean, Vec<(Id, Clean)>> = BTreeMap::new();
        for customer in &self.customers {
            groups.entry(&customer.1).or_default().push(customer.clone());
        }
        let mut groups: Vec<_> = groups.into_values().collect();
        groups.sort_by_key(|group| Reverse(group.len()));
        groups
    }
}

impl Share {
    /// The changes that give it from one member to another: what somebody changed meanwhile is not among them.
    pub fn commands(&self, from: Id, to: Id) -> impl Iterator<Item = Command> {
        let name = Clean::washed(&to.to_string()).0;
        let give = move |field: &'static str| {
            let name = name.clone();
            move |record: Id| {
                let change = Change::put(Clean::known(field), name.clone());
                Command::Edit { record, changes: vec![Change { was: Some(Value::Ref(from)), ..change }] }
            }
        };
        let customers = self.customers.iter().map(|(id, _)| *id).map(give("owner"));
        let tasks = self.tasks.iter().copied().map(give("assignee"));
        customers.chain(tasks).chain(self.deals.iter().copied().map(give("owner")))
    }
}

/// The first of those who have the least.
fn least(shares: &[Share], size: impl Fn(&Share) -> usize) -> usize {
    (0..shares.len()).min_by_key(|nth| size(&shares[*nth])).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::model::Kind;

    #[test]
    fn groups_stay_together_and_the_largest_goes_first() {
        let customers = ["A", "B", "B", "C", "C", "C"]
            .into_iter()
            .zip(1..)
            .map(|(tier, n)| (Id::customer(n), Clean::known(tier)));
        let held = Held { customers: customers.collect(), ..Held::default() };
        let numbers = |by| {
            let shares = held.divided(2, by).into_iter();
            shares
                .map(|share| share.customers.iter().map(|(id, _)| id.n).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(By::Group), [vec![4, 5, 6], vec![2, 3, 1]]);
        assert_eq!(numbers(By::Round), [vec![1, 3, 5], vec![2, 4, 6]]);
    }

    proptest! {
        /// Everything goes to exactly one; in turn nobody gets more than one customer more than another; groups, and all
        /// that hangs on one customer, stay together.
        #[test]
        fn everything_goes_to_one(
            customers in prop::collection::vec(0..4_usize, 0..30),
            hanging in prop::collection::vec((any::<bool>(), prop::option::of(1..40_u64)), 0..40),
            among in 1..5_usize,
            in_turn in any::<bool>(),
        ) {
            let groups = ["A", "B", "C", ""].map(Clean::known);
            let customers = customers.iter().zip(1..).map(|(group, n)| (Id::customer(n), groups[*group].clone()));
            let mut held = Held { customers: customers.collect(), ..Held::default() };
            for ((is_task, customer), n) in hanging.iter().zip(1..) {
                let customer = customer.map(Id::customer);
                if *is_task {
                    held.tasks.push((Id::new(Kind::Task, n), customer));
                } else {
                    held.deals.push((Id::new(Kind::Deal, n), customer));
                }
            }
            let shares = held.divided(among, if in_turn { By::Round } else { By::Group });
            prop_assert_eq!(shares.len(), among);
            let given = |share: &Share| {
                let customers = share.customers.iter().map(|(id, _)| *id);
                customers.chain(share.tasks.clone()).chain(share.deals.clone()).collect::<Vec<Id>>()
            };
            let mut all: Vec<Id> = shares.iter().flat_map(given).collect();
            all.sort_unstable();
            let whole = Share {
                customers: held.customers.clone(),
                tasks: held.tasks.iter().map(|(id, _)| *id).collect(),
                deals: held.deals.iter().map(|(id, _)| *id).collect(),
            };
            let mut wanted = given(&whole);
            wanted.sort_unstable();
            prop_assert_eq!(all, wanted);
            let counts: Vec<usize> = shares.iter().map(|share| share.customers.len()).collect();
            let even = counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1;
            prop_assert!(even || !in_turn);
            if !in_turn {
                for group in &groups {
                    let with = shares.iter().filter(|share| share.customers.iter().any(|(_, of)| of == group));
                    prop_assert!(with.count() <= 1);
                }
            }
            for n in 1..40 {
                let id = Some(Id::customer(n));
                let of = |pairs: &[(Id, Option<Id>)]| pairs.iter().filter(|(_, of)| *of == id).map(|(id, _)| *id).collect::<BTreeSet<Id>>();
                let of_one: BTreeSet<Id> = of(&held.tasks).into_iter().chain(of(&held.deals)).chain(id.filter(|id| held.customers.iter().any(|(of, _)| of == id))).collect();
                let with = shares.iter().filter(|share| given(share).iter().any(|id| of_one.contains(id)));
                prop_assert!(with.count() <= 1);
            }
        }
    }
}
