//! All that lists, filters, tiers and stages need to know of one customer, derived from rows and from nothing else.
//!
//! One struct, one meaning: rules ask it inside a write, over a [`World`](super::World); the server's index holds one
//! for every customer of the book. Its tallies are few and sorted, so that a window of days is found by binary search;
//! and what every list asks of every customer lies side by side in its [`Gist`].

use std::collections::HashMap;
use std::iter::Peekable;

use super::fact::{Fact, Tally};
use super::id::{Id, Kind};
use super::index::{Index, Key, moment};
use super::record::{Contact, Customer, Row};
use super::time::{Day, Instant};
use super::world::Rows;
use crate::text::Clean;

/// A customer with what is counted and known around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Which.
    pub id: Id,
    /// What follows from all the rest and is asked most.
    pub gist: Gist,
    /// The record.
    pub customer: Customer,
    /// The people there, in the order of their ids.
    pub contacts: Box<[Person]>,
    /// Everything counted, in the order of (fact, day).
    tallies: Box<[Counted]>,
}

/// What lists are ordered by, and what is late by: two lines of memory where the whole record takes a dozen, because
/// one list reads those of a hundred thousand customers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gist {
    /// The tier in force.
    pub tier: Clean,
    /// The last real contact.
    pub last_contact: Option<Instant>,
    /// The earliest time at which an open task is due.
    pub next_due: Option<Instant>,
    /// Since when nobody has been in touch: the later of the last real contact and the start of the present ownership,
    /// else the moment when the record was made.
    pub idle_since: Option<Instant>,
    /// When the record was made.
    pub created: Option<Instant>,
    /// What they ever bought: how often, and for how much in minor units of the book's currency.
    pub bought: Tally,
    /// Not to be contacted: they asked for it, or are put away.
    pub quiet: bool,
    /// Put away.
    pub archived: bool,
}

/// What was counted on one day.
type Counted = (Fact, Day, Tally);

/// A person at a customer, as far as people are found by it.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Which contact.
    pub id: Id,
    /// The name.
    pub name: Clean,
    /// Telephone numbers.
    pub phones: Box<[Clean]>,
    /// Mail addresses.
    pub mails: Box<[Clean]>,
}

impl Profile {
    /// The profile of the customer with this number; none where there is no such customer.
    pub fn of(rows: &dyn Rows, n: u64) -> Option<Profile> {
        let id = Id::customer(n);
        let customer = rows.customer(id)?;
        let mut tallies = Vec::new();
        rows.each_tally(n, n + 1, &mut |_, fact, day, tally| tallies.push((fact, day, tally)));
        let people = rows.found(&Key::of(Index::Refers).id(id).kind(Kind::Contact)).into_iter();
        let people = people.filter_map(|id| Some(Person::of(id, rows.row(id)?.try_into().ok()?)));
        let last_contact = first_moment(rows, Index::RealContact, id, true);
        let next_due = first_moment(rows, Index::OpenTask, id, false);
        Some(Profile::new(id, customer, [last_contact, next_due], people.collect(), tallies))
    }

    /// Shows every profile, in the order of their numbers, from one pass over each table and index.
    pub fn all(rows: &dyn Rows, see: &mut dyn FnMut(Profile)) {
        let mut people = all_people(rows);
        let mut tallies = all_tallies(rows).into_iter().peekable();
        let mut contacted = each_last(rows).into_iter().peekable();
        let mut due = each_first(rows).into_iter().peekable();
        rows.each_row(Kind::Customer, 0, &mut |n, row| {
            let Row::Customer(customer) = row else { return true };
            let moments = [joined(&mut contacted, n), joined(&mut due, n)];
            let people = people.remove(&n).unwrap_or_default();
            let tallies = joined(&mut tallies, n).unwrap_or_default();
            see(Profile::new(Id::customer(n), customer, moments, people, tallies));
            true
        });
    }

    fn new(
        id: Id,
        customer: Customer,
        [last_contact, next_due]: [Option<Instant>; 2],
        contacts: Vec<Person>,
        tallies: Vec<Counted>,
    ) -> Profile {
        let gist = Gist {
            tier: customer.tier.clone(),
            last_contact,
            next_due: next_due.and_then(dated),
            idle_since: last_contact.max(customer.owned).or(customer.created),
            created: customer.created,
            bought: summed(tallies.iter().filter(|(fact, ..)| *fact == Fact::Purchases)),
            quiet: customer.dnc || customer.archived,
            archived: customer.archived,
        };
        Profile { id, gist, customer, contacts: contacts.into(), tallies: tallies.into() }
    }

    /// Its number.
    pub fn n(&self) -> u64 {
        self.id.n
    }

    /// The sum of a fact over days, both ends included.
    pub fn tally(&self, fact: Fact, from: Day, to: Day) -> Tally {
        let start = self.tallies.partition_point(|(f, day, _)| (*f, *day) < (fact, from));
        summed(self.tallies[start..].iter().take_while(|(f, day, _)| *f == fact && *day <= to))
    }

    /// The sum of a fact over all time.
    pub fn total(&self, fact: Fact) -> Tally {
        self.tally(fact, Day(i32::MIN), Day(i32::MAX))
    }

    /// What they bought over days, both ends included, in minor units of the book's currency.
    pub fn spend(&self, from: Day, to: Day) -> i64 {
        self.tally(Fact::Purchases, from, to).sum
    }

    /// The day of the last purchase.
    pub fn last_purchase(&self) -> Option<Day> {
        let end = self.tallies.partition_point(|(fact, ..)| *fact <= Fact::Purchases);
        let bought = |(fact, _, tally): &&Counted| *fact == Fact::Purchases && tally.count > 0;
        self.tallies[..end].iter().rev().find(bought).map(|(_, day, _)| *day)
    }

    /// With neither owner nor team.
    pub fn is_pooled(&self) -> bool {
        self.customer.owner.is_none() && self.customer.team.is_none()
    }

    /// How much of what one should know of a customer is known, in percent.
    pub fn complete(&self) -> i64 {
        let c = &self.customer;
        let people = &self.contacts;
        let reachable = |own: bool, theirs: fn(&Person) -> bool| own || people.iter().any(theirs);
        let mut known = vec![
            reachable(!c.phones.is_empty(), |person| !person.phones.is_empty()),
            reachable(!c.mails.is_empty(), |person| !person.mails.is_empty()),
            !c.region.is_empty(),
            !c.country.is_empty(),
            !c.address.is_empty(),
            !c.source.is_empty(),
            c.need.is_some(),
            c.complexity.is_some(),
        ];
        if c.kind != Some(super::choice::CustomerKind::Person) {
            known.extend([
                !people.is_empty(),
                !c.industry.is_empty(),
                c.employees.is_some(),
                c.revenue.is_some(),
            ]);
        }
        let there = known.iter().filter(|known| **known).count();
        (there * 100 / known.len()) as i64
    }
}

impl Person {
    fn of(id: Id, contact: Contact) -> Person {
        Person {
            id,
            name: contact.name,
            phones: contact.phones.into_iter().collect(),
            mails: contact.mails.into_iter().collect(),
        }
    }
}

fn summed<'a>(counted: impl Iterator<Item = &'a Counted>) -> Tally {
    counted.fold(Tally::default(), |sum, (_, _, tally)| sum.plus(*tally))
}

/// Tasks without a due time sort behind all others: their key holds the last moment there is.
fn dated(due: Instant) -> Option<Instant> {
    (due != Instant(i64::MAX)).then_some(due)
}

/// The first moment, or the last one, under a customer's keys of an index of moments.
fn first_moment(rows: &dyn Rows, index: Index, id: Id, backwards: bool) -> Option<Instant> {
    let prefix = Key::of(index).id(id);
    let mut found = None;
    rows.scan(&prefix.0, &prefix.end(), backwards, &mut |key| {
        found = moment(key);
        false
    });
    found
}

/// Shows every (customer, moment) of an index of moments, in order.
fn each_moment(rows: &dyn Rows, index: Index, mut see: impl FnMut(u64, Instant)) {
    let prefix = Key::of(index).kind(Kind::Customer);
    rows.scan(&prefix.0, &prefix.end(), false, &mut |key| {
        let customer = key.get(prefix.0.len()..).and_then(<[u8]>::first_chunk::<8>);
        if let (Some(customer), Some(moment)) = (customer, moment(key)) {
            see(u64::from_be_bytes(*customer), moment);
        }
        true
    });
}

/// The last real contact of every customer that had one.
fn each_last(rows: &dyn Rows) -> Vec<(u64, Instant)> {
    let mut found: Vec<(u64, Instant)> = Vec::new();
    each_moment(rows, Index::RealContact, |n, moment| match found.last_mut() {
        Some((last, at)) if *last == n => *at = moment,
        _ => found.push((n, moment)),
    });
    found
}

/// The earliest due of every customer with open tasks.
fn each_first(rows: &dyn Rows) -> Vec<(u64, Instant)> {
    let mut found: Vec<(u64, Instant)> = Vec::new();
    each_moment(rows, Index::OpenTask, |n, moment| {
        if found.last().is_none_or(|(last, _)| *last != n) {
            found.push((n, moment));
        }
    });
    found
}

fn all_tallies(rows: &dyn Rows) -> Vec<(u64, Vec<Counted>)> {
    let mut found: Vec<(u64, Vec<Counted>)> = Vec::new();
    rows.each_tally(0, u64::MAX, &mut |n, fact, day, tally| match found.last_mut() {
        Some((last, tallies)) if *last == n => tallies.push((fact, day, tally)),
        _ => found.push((n, vec![(fact, day, tally)])),
    });
    found
}

fn all_people(rows: &dyn Rows) -> HashMap<u64, Vec<Person>> {
    let mut found: HashMap<u64, Vec<Person>> = HashMap::new();
    rows.each_row(Kind::Contact, 0, &mut |n, row| {
        if let Row::Contact(contact) = row
            && let Some(customer) = contact.customer
        {
            found.entry(customer.n).or_default().push(Person::of(Id::new(Kind::Contact, n), contact));
        }
        true
    });
    found
}

/// The value at `n` of pairs in the order of their numbers, when asked for numbers in order.
fn joined<T>(pairs: &mut Peekable<impl Iterator<Item = (u64, T)>>, n: u64) -> Option<T> {
    while pairs.next_if(|(number, _)| *number < n).is_some() {}
    pairs.next_if(|(number, _)| *number == n).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::choice::{Direction, Outcome, TaskState};
    use crate::model::event::Event;
    use crate::model::record::{Interaction, Purchase, Task};
    use crate::model::world::{Memory, World};
    use crate::text::{Currency, Money};

    fn made(world: &mut World<'_>, row: impl Into<Row>) -> Id {
        let row = row.into();
        let id = world.fresh(row.kind());
        world.emit(Event::Created { record: id, values: row.values() });
        id
    }

    fn written(change: impl FnOnce(&mut World<'_>)) -> Memory {
        let mut memory = Memory::default();
        let mut world = World::over(&memory);
        change(&mut world);
        let (layer, _) = world.finish();
        memory.write(layer, Vec::new());
        memory
    }

    fn purchase(customer: Id, day: i32, minor: i64) -> Purchase {
        let amount = Some(Money { minor, currency: Currency::CNY });
        Purchase { customer: Some(customer), date: Some(Day(day)), amount, ..Purchase::default() }
    }

    fn task(customer: Id, due: Option<i64>) -> Task {
        let due = due.map(Instant);
        Task { customer: Some(customer), state: Some(TaskState::Open), due, ..Task::default() }
    }

    fn call(customer: Id, at: i64, outcome: Outcome) -> Interaction {
        let (at, outcome) = (Some(Instant(at)), Some(outcome));
        let direction = Some(Direction::Out);
        Interaction { customer: Some(customer), at, outcome, direction, ..Interaction::default() }
    }

    #[test]
    fn a_window_counts_both_its_ends() {
        let memory = written(|world| {
            let acme = made(world, Customer::default());
            for (day, minor) in [(10, 100), (20, 7), (20, 3), (30, 1000)] {
                made(world, purchase(acme, day, minor));
            }
        });
        let acme = Profile::of(&memory, 1).unwrap();
        assert_eq!(acme.tally(Fact::Purchases, Day(10), Day(20)), Tally { count: 3, sum: 110 });
        assert_eq!(acme.spend(Day(11), Day(29)), 10);
        assert_eq!(acme.spend(Day(31), Day(40)), 0);
        assert_eq!((acme.gist.bought.count, acme.last_purchase()), (4, Some(Day(30))));
        assert_eq!(acme.gist.bought, acme.total(Fact::Purchases));
        assert_eq!(acme.total(Fact::Contacts), Tally::default());
    }

    #[test]
    fn the_next_task_is_the_earliest_with_a_due_time_and_only_real_contacts_count() {
        let memory = written(|world| {
            let acme = made(world, Customer::default());
            let other = made(world, Customer::default());
            made(world, task(acme, None));
            made(world, task(acme, Some(50)));
            made(world, task(acme, Some(40)));
            made(world, task(other, None));
            made(world, call(acme, 5, Outcome::Reached));
            made(world, call(acme, 9, Outcome::NoAnswer));
        });
        let acme = Profile::of(&memory, 1).unwrap();
        assert_eq!((acme.gist.next_due, acme.gist.last_contact), (Some(Instant(40)), Some(Instant(5))));
        assert_eq!(acme.total(Fact::OpenTasks).count, 3);
        let other = Profile::of(&memory, 2).unwrap();
        assert_eq!((other.gist.next_due, other.gist.last_contact), (None, None));
        assert_eq!(Profile::of(&memory, 3), None);
    }

    #[test]
    fn idle_counts_from_the_later_of_contact_and_ownership() {
        for (created, owned, contacted, since) in [
            (None, None, None, None),
            (Some(1), None, None, Some(1)),
            (Some(1), Some(7), None, Some(7)),
            (Some(1), Some(7), Some(5), Some(7)),
            (Some(1), Some(7), Some(8), Some(8)),
        ] {
            let memory = written(|world| {
                let [created, owned] = [created, owned].map(|at| at.map(Instant));
                let acme = made(world, Customer { created, owned, ..Customer::default() });
                if let Some(at) = contacted {
                    made(world, call(acme, at, Outcome::Reached));
                }
            });
            assert_eq!(Profile::of(&memory, 1).unwrap().gist.idle_since, since.map(Instant));
        }
    }

    #[derive(Clone, Debug)]
    enum Made {
        Customer,
        Contact(u64),
        Purchase(u64, i32),
        Task(u64, Option<i64>),
        Call(u64, i64),
    }

    fn one() -> impl Strategy<Value = Made> {
        let whose = 1_u64..6;
        prop_oneof![
            Just(Made::Customer),
            whose.clone().prop_map(Made::Contact),
            (whose.clone(), 0..5).prop_map(|(n, day)| Made::Purchase(n, day)),
            (whose.clone(), proptest::option::of(-3_i64..3)).prop_map(|(n, due)| Made::Task(n, due)),
            (whose, -3_i64..3).prop_map(|(n, at)| Made::Call(n, at)),
        ]
    }

    proptest! {
        /// Rows of customers that are not there must not shift the join.
        #[test]
        fn one_by_one_and_all_at_once_are_the_same(rows in proptest::collection::vec(one(), 0..40)) {
            let memory = written(|world| {
                for row in rows {
                    match row {
                        Made::Customer => made(world, Customer::default()),
                        Made::Contact(n) => {
                            made(world, Contact { customer: Some(Id::customer(n)), ..Contact::default() })
                        }
                        Made::Purchase(n, day) => made(world, purchase(Id::customer(n), day, 10)),
                        Made::Task(n, due) => made(world, task(Id::customer(n), due)),
                        Made::Call(n, at) => made(world, call(Id::customer(n), at, Outcome::Replied)),
                    };
                }
            });
            let mut all = Vec::new();
            Profile::all(&memory, &mut |profile| all.push(profile));
            let each: Vec<Profile> = (0..50).filter_map(|n| Profile::of(&memory, n)).collect();
            prop_assert_eq!(all, each);
        }
    }
}
