//! What a member has in hand, divided among those who take it over.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::command::{Change, Command, How};
use super::id::{Id, Kind};
use super::record::Row;
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
    /// Duties that they have for customers beside the owner.
    pub duties: Vec<(Id, Clean)>,
    /// Customers that they look after while the owner is away, with that owner.
    pub backups: Vec<(Id, Option<Id>)>,
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
    /// Duties, each for a customer.
    pub duties: Vec<(Id, Clean)>,
    /// Customers to be looked after while the owner is away, with that owner.
    pub backups: Vec<(Id, Option<Id>)>,
}

impl Held {
    /// What is to be asked for of a member: records of a kind, by filter. A playbook at work goes along with its open
    /// tasks, a protection with its customer.
    pub fn asks(from: Id) -> [(Kind, String); 3] {
        [
            (Kind::Customer, format!("owner:{from} or collaborator:{from} or backup:{from}")),
            (Kind::Task, format!("assignee:{from} state:open")),
            (Kind::Deal, format!("owner:{from} state:open")),
        ]
    }

    /// All that a member has in hand, of these records: customers of the highest tier first, of each its tier or its
    /// region.
    pub fn of(
        from: Id,
        records: impl IntoIterator<Item = (Id, Row)>,
        tiers: &[Clean],
        by_region: bool,
    ) -> Held {
        let mut held = Held::default();
        let mut ranked = Vec::new();
        for (id, row) in records {
            let of = row.customer();
            match row {
                Row::Customer(row) => {
                    let duties = row.collaborators.iter().filter(|(who, _)| *who == from);
                    held.duties.extend(duties.map(|(_, duty)| (id, duty.clone())));
                    if row.backup == Some(from) {
                        held.backups.push((id, row.owner));
                    }
                    if row.owner == Some(from) {
                        let rank = tiers.iter().position(|tier| *tier == row.tier).unwrap_or(tiers.len());
                        ranked.push((rank, (id, if by_region { row.region } else { row.tier })));
                    }
                }
                Row::Task(_) => held.tasks.push((id, of)),
                Row::Deal(_) => held.deals.push((id, of)),
                _ => {}
            }
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        held.customers = ranked.into_iter().map(|(_, customer)| customer).collect();
        held
    }

    /// Divides it into so many shares. Tasks, deals and duties go with their customer, also where somebody else owns
    /// that one.
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
            let least = || least(shares, Share::hanging);
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
        for (customer, duty) in &self.duties {
            let to = place(&shares, Some(*customer));
            shares[to].duties.push((*customer, duty.clone()));
        }
        for (customer, owner) in &self.backups {
            let to = place(&shares, Some(*customer));
            shares[to].backups.push((*customer, *owner));
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
    /// How many customers, tasks, deals and duties.
    pub fn counts(&self) -> [usize; 4] {
        let duties = self.duties.len() + self.backups.len();
        [self.customers.len(), self.tasks.len(), self.deals.len(), duties]
    }

    /// How many customers are of each tier or region.
    pub fn groups(&self) -> BTreeMap<&str, usize> {
        let mut groups = BTreeMap::new();
        for (_, group) in &self.customers {
            *groups.entry(group.as_str()).or_default() += 1;
        }
        groups
    }

    /// How much of it is no customer.
    fn hanging(&self) -> usize {
        self.counts()[1..].iter().sum()
    }

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
        let deals = self.deals.iter().copied().map(give("owner"));
        let duties = self.duties.iter().map(move |(record, duty)| duty_to(*record, duty, from, to));
        let backups = self.backups.iter().map(move |(record, owner)| backup_to(*record, *owner, from, to));
        customers.chain(tasks).chain(deals).chain(duties).chain(backups)
    }
}

/// A duty for a customer from one member to another.
fn duty_to(record: Id, duty: &Clean, from: Id, to: Id) -> Command {
    let written = |who: Id| Clean::washed(&format!("{who}:{duty}")).0;
    let field = Clean::known("collaborators");
    let was = Some(Value::Duty(from, duty.clone()));
    let gains = Change { was, ..Change::link(field.clone(), written(to)) };
    let loses = Change { field, how: How::Unlink, to: written(from), was: None };
    Command::Edit { record, changes: vec![gains, loses] }
}

/// Who looks after a customer while the owner is away: nobody, where that would be the owner.
fn backup_to(record: Id, owner: Option<Id>, from: Id, to: Id) -> Command {
    let name = if owner == Some(to) { Clean::default() } else { Clean::washed(&to.to_string()).0 };
    let change = Change { was: Some(Value::Ref(from)), ..Change::put(Clean::known("backup"), name) };
    Command::Edit { record, changes: vec![change] }
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

    #[test]
    fn what_a_member_has_in_hand_is_told_by_the_records() {
        use crate::model::{Customer, Deal, Task};
        let [fay, bo] = [1, 2].map(|n| Id::new(Kind::Member, n));
        let of = |n, row: Row| (Id::new(row.kind(), n), row);
        let tier = |tier| Customer { owner: Some(fay), tier: Clean::known(tier), ..Customer::default() };
        let beside = Customer {
            owner: Some(bo),
            backup: Some(fay),
            collaborators: [(fay, Clean::known("support")), (bo, Clean::known("finance"))].into(),
            ..Customer::default()
        };
        let records = [
            of(1, tier("C").into()),
            of(2, tier("A").into()),
            of(3, beside.into()),
            of(4, Task { customer: Some(Id::customer(3)), ..Task::default() }.into()),
            of(5, Deal::default().into()),
        ];
        let held = Held::of(fay, records, &["A", "C"].map(Clean::known), false);
        let customers = [(2, "A"), (1, "C")].map(|(n, tier)| (Id::customer(n), Clean::known(tier)));
        assert_eq!(held.customers, customers);
        assert_eq!(held.tasks, [(Id::new(Kind::Task, 4), Some(Id::customer(3)))]);
        assert_eq!(held.duties, [(Id::customer(3), Clean::known("support"))]);
        assert_eq!(held.backups, [(Id::customer(3), Some(bo))]);
        let shares = held.divided(1, By::Round);
        assert_eq!(shares[0].counts(), [2, 1, 1, 2]);
        assert_eq!(shares[0].commands(fay, bo).count(), 6);
        let last = shares[0].commands(fay, bo).last();
        let Some(Command::Edit { changes, .. }) = last else { panic!() };
        assert!(changes[0].to.is_empty(), "nobody is their own backup");
    }

    proptest! {
        /// Everything goes to exactly one; in turn nobody gets more than one customer more than another; groups, and
        /// all that hangs on one customer, stay together.
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
                held.duties.extend(customer.map(|customer| (customer, Clean::known("support"))));
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
                ..Share::default()
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
                let has_duty = |share: &Share| share.duties.iter().any(|(of, _)| Some(*of) == id);
                prop_assert!(shares.iter().filter(|share| has_duty(share)).count() <= 1);
                let of = |pairs: &[(Id, Option<Id>)]| pairs.iter().filter(|(_, of)| *of == id).map(|(id, _)| *id).collect::<BTreeSet<Id>>();
                let of_one: BTreeSet<Id> = of(&held.tasks).into_iter().chain(of(&held.deals)).chain(id.filter(|id| held.customers.iter().any(|(of, _)| of == id))).collect();
                let with = shares.iter().filter(|share| given(share).iter().any(|id| of_one.contains(id)));
                prop_assert!(with.count() <= 1);
            }
        }
    }
}
