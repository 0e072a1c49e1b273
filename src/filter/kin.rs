//! The corporate group around a customer.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};

use crate::model::{Day, Fact, Id, Index, Key, Kind, Rows, Tallies, Tally};

/// No group is so deep: whoever has more above it is in a circle.
const DEEPEST: u32 = 1000;

/// Who belongs to whom, and what is counted of each: what figures over a whole group are made of. Customers are named
/// by their numbers.
pub trait Kin {
    /// The customer right above.
    fn parent(&self, n: u64) -> Option<u64>;
    /// The customers right below.
    fn children(&self, n: u64) -> Vec<u64>;
    /// What is counted of one customer over days, both ends included.
    fn tally(&self, n: u64, fact: Fact, from: Day, to: Day) -> Tally;

    /// All that is counted of one customer.
    fn tallies(&self, n: u64) -> Tallies;

    /// The head of the group: the customer above all others; the customer itself where it has no parent. Where parents
    /// go round in a circle, one of them.
    fn head(&self, n: u64) -> u64 {
        let mut head = n;
        for _ in 0..DEEPEST {
            match self.parent(head) {
                Some(parent) => head = parent,
                None => break,
            }
        }
        head
    }

    /// The head and all below it, each with its depth below the head, children behind their parent.
    fn group(&self, n: u64) -> Vec<(u64, u32)> {
        let (mut group, mut seen) = (Vec::new(), BTreeSet::new());
        let mut waiting = vec![(self.head(n), 0)];
        while let Some((n, depth)) = waiting.pop() {
            if seen.insert(n) {
                group.push((n, depth));
                waiting.extend(self.children(n).into_iter().rev().map(|child| (child, depth + 1)));
            }
        }
        group
    }

    /// All that is counted of the whole group.
    fn group_tallies(&self, n: u64) -> Tallies {
        let each: Vec<Tallies> = self.group(n).into_iter().map(|(n, _)| self.tallies(n)).collect();
        Tallies::together(&each)
    }

    /// What is counted of the whole group over days, both ends included.
    fn group_tally(&self, n: u64, fact: Fact, from: Day, to: Day) -> Tally {
        let each = self.group(n).into_iter().map(|(n, _)| self.tally(n, fact, from, to));
        each.fold(Tally::default(), Tally::plus)
    }
}

/// The groups as the rows have them: inside a write.
pub struct KinOf<'r>(pub &'r dyn Rows);

impl Kin for KinOf<'_> {
    fn parent(&self, n: u64) -> Option<u64> {
        self.0.customer(Id::customer(n))?.parent.map(|parent| parent.n)
    }

    fn children(&self, n: u64) -> Vec<u64> {
        let below = Key::of(Index::Refers).id(Id::customer(n)).kind(Kind::Customer);
        self.0.found(&below).into_iter().map(|id| id.n).collect()
    }

    fn tally(&self, n: u64, fact: Fact, from: Day, to: Day) -> Tally {
        self.0.tally(n, fact, from, to)
    }

    fn tallies(&self, n: u64) -> Tallies {
        Tallies::all(self.0, &(n..n + 1)).pop().map(|(_, tallies)| tallies).unwrap_or_default()
    }
}

/// What was found of groups so far. Good for as long as nobody comes under another parent and nothing more is counted,
/// as while customers are graded: a group is read once, however many of it are.
#[derive(Default)]
pub struct Groups {
    heads: RefCell<HashMap<u64, u64>>,
    found: RefCell<HashMap<u64, Found>>,
}

struct Found {
    group: Vec<(u64, u32)>,
    tallies: OnceCell<Tallies>,
}

/// The groups as the rows have them, each read once.
pub struct KinOnce<'r>(pub &'r dyn Rows, pub &'r Groups);

impl KinOnce<'_> {
    /// Asks the group of a customer, which is read if need be.
    fn of_group<T>(&self, n: u64, ask: impl FnOnce(&Found) -> T) -> T {
        let KinOnce(rows, Groups { heads, found }) = self;
        let head = self.head(n);
        if !found.borrow().contains_key(&head) {
            let group = KinOf(*rows).group(head);
            heads.borrow_mut().extend(group.iter().map(|(n, _)| (*n, head)));
            found.borrow_mut().insert(head, Found { group, tallies: OnceCell::new() });
        }
        ask(&found.borrow()[&head])
    }
}

impl Kin for KinOnce<'_> {
    fn parent(&self, n: u64) -> Option<u64> {
        KinOf(self.0).parent(n)
    }

    fn children(&self, n: u64) -> Vec<u64> {
        KinOf(self.0).children(n)
    }

    fn tally(&self, n: u64, fact: Fact, from: Day, to: Day) -> Tally {
        KinOf(self.0).tally(n, fact, from, to)
    }

    fn tallies(&self, n: u64) -> Tallies {
        KinOf(self.0).tallies(n)
    }

    fn head(&self, n: u64) -> u64 {
        let known = self.1.heads.borrow().get(&n).copied();
        known.unwrap_or_else(|| {
            let head = KinOf(self.0).head(n);
            self.1.heads.borrow_mut().insert(n, head);
            head
        })
    }

    fn group(&self, n: u64) -> Vec<(u64, u32)> {
        self.of_group(n, |found| found.group.clone())
    }

    fn group_tallies(&self, n: u64) -> Tallies {
        let each = |found: &Found| found.group.iter().map(|(n, _)| self.tallies(*n)).collect::<Vec<_>>();
        self.of_group(n, |found| found.tallies.get_or_init(|| Tallies::together(&each(found))).clone())
    }

    fn group_tally(&self, n: u64, fact: Fact, from: Day, to: Day) -> Tally {
        self.group_tallies(n).sum(fact, from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Customer, Event, Memory, Purchase, Row, World};
    use crate::text::{Currency, Money};

    fn put(world: &mut World<'_>, row: impl Into<Row>) {
        let row = row.into();
        let record = world.fresh(row.kind());
        world.emit(Event::Created { record, values: row.values() });
    }

    fn below(parent: u64) -> Customer {
        Customer { parent: Some(Id::customer(parent)), ..Customer::default() }
    }

    #[test]
    fn a_group_is_its_head_and_all_below_it() {
        let memory = Memory::default();
        let mut world = World::over(&memory);
        put(&mut world, Customer::default());
        put(&mut world, below(1));
        put(&mut world, below(1));
        put(&mut world, below(2));
        put(&mut world, Customer::default());
        for n in 1..=5 {
            let amount = Some(Money { minor: 10_i64.pow(n), currency: Currency::CNY });
            let customer = Some(Id::customer(u64::from(n)));
            put(&mut world, Purchase { customer, amount, date: Some(Day(9)), ..Purchase::default() });
        }
        let kin = KinOf(&world);
        for n in 1..=4 {
            assert_eq!(kin.group(n), [(1, 0), (2, 1), (4, 2), (3, 1)]);
            assert_eq!(kin.group_tally(n, Fact::Purchases, Day(9), Day(9)).sum, 11_110);
        }
        assert_eq!(kin.group(5), [(5, 0)]);
        let groups = Groups::default();
        let once = KinOnce(&world, &groups);
        for n in 1..=5 {
            assert_eq!((once.head(n), once.group(n)), (kin.head(n), kin.group(n)));
            for (from, to) in [(9, 9), (1, 8), (8, 10)] {
                let tally = |kin: &dyn Kin| kin.group_tally(n, Fact::Purchases, Day(from), Day(to));
                assert_eq!(tally(&once), tally(&kin));
            }
        }
    }

    #[test]
    fn parents_in_a_circle_end() {
        let memory = Memory::default();
        let mut world = World::over(&memory);
        put(&mut world, below(2));
        put(&mut world, below(1));
        put(&mut world, below(3));
        let kin = KinOf(&world);
        assert_eq!(kin.group(1).len(), 2);
        assert_eq!(kin.group(3), [(3, 0)]);
        let groups = Groups::default();
        let once = KinOnce(&world, &groups);
        assert_eq!((once.group(1).len(), once.group(2).len(), once.group(3).len()), (2, 2, 1));
    }
}
