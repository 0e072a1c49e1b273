//! All that lists, filters, tiers and stages need to know of one customer, derived from rows and from nothing else.
//!
//! One struct, one meaning: rules ask it inside a write, over a [`World`](super::World); the server's index holds one
//! for every customer of the book. Its tallies are few and sorted, so that a window of days is found by binary search;
//! and what every list asks of every customer lies side by side in its [`Gist`].

use std::iter::Peekable;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::choice::{Channel, CustomerKind};
use super::fact::{Fact, Tally};
use super::id::{Id, Kind};
use super::index::{Index, Key, moment};
use super::record::{Contact, Customer, Row};
use super::tallies::Tallies;
use super::time::{Day, Instant};
use super::traits::Traits;
use super::world::Rows;
use crate::text::{Clean, Lunar, Weekdays, lunar};

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
}

/// What a customer is judged by in nearly every list: apart from the record, which is ten times as large, because one
/// list reads those of a hundred thousand customers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Gist {
    /// The member who has it in hand.
    pub owner: Option<Id>,
    /// The team that has.
    pub team: Option<Id>,
    /// The customer right above it in its group.
    pub parent: Option<Id>,
    /// The tier in force.
    pub tier: Clean,
    /// Since when it is in that tier.
    pub tier_since: Option<Day>,
    /// The stage in force.
    pub stage: Clean,
    /// Since when it is in that stage.
    pub stage_since: Option<Day>,
    /// The earliest time at which an open task is due.
    pub next_due: Option<Instant>,
    /// Since when nobody has been in touch: the later of the last real contact and the start of the present ownership,
    /// else the moment when the record was made.
    pub idle_since: Option<Instant>,
    /// The last real contact.
    pub last_contact: Option<Instant>,
    /// When the record was made.
    pub created: Option<Instant>,
    /// What they ever bought: how often, and for how much in minor units of the book's currency.
    pub bought: Tally,
    /// Not to be contacted: they asked for it, or are put away.
    pub quiet: bool,
    /// Put away.
    pub archived: bool,
    /// Everything counted.
    pub tallies: Tallies,
    /// What it is.
    pub traits: Traits,
}

/// A person at a customer, as far as people are found by it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Which contact.
    pub id: Id,
    /// The name.
    pub name: Clean,
    /// Telephone numbers.
    pub phones: Box<[Clean]>,
    /// Mail addresses.
    pub mails: Box<[Clean]>,
    /// When one greets them, and how they like to be reached.
    pub wishes: Wishes,
}

/// When one greets a person, and how they like to be reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Birthday.
    pub birthday: Option<Day>,
    /// Birthday in the lunar calendar.
    pub lunar_birthday: Option<Lunar>,
    /// The way.
    pub channel: Option<Channel>,
    /// The weekdays.
    pub weekdays: Option<Weekdays>,
    /// Not at all.
    pub dnc: bool,
}

impl Wishes {
    /// The first day from one on on which the birthday is kept: the lunar one where it is known.
    pub fn next_birthday(&self, from: NaiveDate) -> Option<NaiveDate> {
        match (self.lunar_birthday, self.birthday) {
            (Some(lunar), _) => lunar.next(from),
            (None, Some(day)) => lunar::next_of_year(day.date().month(), day.date().day(), from),
            (None, None) => None,
        }
    }
}

impl Profile {
    /// The profile of the customer with this number; none where there is no such customer.
    pub fn of(rows: &dyn Rows, n: u64) -> Option<Profile> {
        let id = Id::customer(n);
        let customer = rows.customer(id)?;
        let tallies = Tallies::all(rows, &(n..n + 1)).pop().map(|(_, tallies)| tallies);
        let people = rows.found(&Key::of(Index::Refers).id(id).kind(Kind::Contact)).into_iter();
        let people = people.filter_map(|id| Some(Person::of(id, rows.row(id)?.try_into().ok()?)));
        let last_contact = first_moment(rows, Index::RealContact, id, true);
        let next_due = first_moment(rows, Index::OpenTask, id, false);
        let moments = [last_contact, next_due];
        Some(Profile::new(id, customer, moments, people.collect(), tallies.unwrap_or_default()))
    }

    /// Shows every profile with one of these numbers, in order, from one pass over each table and index. `people` are
    /// [`Person::all`] who are at these customers, in the order of (customer, contact).
    pub fn all(
        rows: &dyn Rows,
        numbers: Range<u64>,
        people: Vec<(u64, Person)>,
        see: &mut dyn FnMut(Profile),
    ) {
        let mut people = people.into_iter().peekable();
        let mut tallies = Tallies::all(rows, &numbers).into_iter().peekable();
        let mut contacted = all_moments(rows, Index::RealContact, &numbers).into_iter().peekable();
        let mut due = all_moments(rows, Index::OpenTask, &numbers).into_iter().peekable();
        rows.each_row(Kind::Customer, numbers.start, &mut |n, row| {
            if n >= numbers.end {
                return false;
            }
            let Row::Customer(customer) = row else { return true };
            let moments = [those_of(n, &mut contacted).last(), those_of(n, &mut due).next()];
            let people = those_of(n, &mut people).collect();
            let tallies = those_of(n, &mut tallies).next().unwrap_or_default();
            see(Profile::new(Id::customer(n), customer, moments, people, tallies));
            true
        });
    }

    fn new(
        id: Id,
        customer: Customer,
        [last_contact, next_due]: [Option<Instant>; 2],
        contacts: Vec<Person>,
        tallies: Tallies,
    ) -> Profile {
        let gist = Gist {
            owner: customer.owner,
            team: customer.team,
            parent: customer.parent,
            tier: customer.tier.clone(),
            tier_since: customer.tier_since,
            stage: customer.stage.clone(),
            stage_since: customer.stage_since,
            last_contact,
            next_due: next_due.and_then(dated),
            idle_since: last_contact.max(customer.owned).or(customer.created),
            created: customer.created,
            bought: tallies.total(Fact::Purchases),
            quiet: customer.dnc || customer.archived,
            archived: customer.archived,
            traits: Traits::of(&customer),
            tallies,
        };
        Profile { id, gist, customer, contacts: contacts.into() }
    }

    /// Puts it in a stage.
    pub fn put_in_stage(&mut self, stage: &Clean) {
        self.gist.stage.clone_from(stage);
        self.customer.stage.clone_from(stage);
    }

    /// The same customer as grading left its record.
    #[must_use]
    pub fn graded(mut self, customer: &Customer) -> Profile {
        self.gist.tier.clone_from(&customer.tier);
        self.gist.tier_since = customer.tier_since;
        self.gist.stage.clone_from(&customer.stage);
        self.gist.stage_since = customer.stage_since;
        self.customer.clone_from(customer);
        self
    }

    /// Its number.
    pub fn n(&self) -> u64 {
        self.id.n
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
        if c.kind != Some(CustomerKind::Person) {
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

impl AsRef<Profile> for Profile {
    fn as_ref(&self) -> &Profile {
        self
    }
}

impl Gist {
    /// With neither owner nor team.
    pub fn is_pooled(&self) -> bool {
        self.owner.is_none() && self.team.is_none()
    }
}

impl Person {
    /// Everybody with a contact number in a range, with the number of their customer.
    pub fn all(rows: &dyn Rows, numbers: Range<u64>) -> Vec<(u64, Person)> {
        let mut found = Vec::new();
        rows.each_row(Kind::Contact, numbers.start, &mut |n, row| {
            if let Row::Contact(contact) = row
                && let Some(customer) = contact.customer
                && n < numbers.end
            {
                found.push((customer.n, Person::of(Id::new(Kind::Contact, n), contact)));
            }
            n < numbers.end
        });
        found
    }

    fn of(id: Id, contact: Contact) -> Person {
        Person {
            id,
            name: contact.name,
            phones: contact.phones.into_iter().collect(),
            mails: contact.mails.into_iter().collect(),
            wishes: Wishes {
                birthday: contact.birthday,
                lunar_birthday: contact.lunar_birthday,
                channel: contact.channel,
                weekdays: contact.weekdays,
                dnc: contact.dnc,
            },
        }
    }
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

/// Every customer and moment of an index of moments, in order.
fn all_moments(rows: &dyn Rows, index: Index, numbers: &Range<u64>) -> Vec<(u64, Instant)> {
    let prefix = Key::of(index).kind(Kind::Customer);
    let from = |n| prefix.clone().number(n).0;
    let mut found = Vec::new();
    rows.scan(&from(numbers.start), &from(numbers.end), false, &mut |key| {
        let customer = key.get(prefix.0.len()..).and_then(<[u8]>::first_chunk::<8>);
        found.extend(customer.map(|n| u64::from_be_bytes(*n)).zip(moment(key)));
        true
    });
    found
}

/// The values at `n` of pairs in the order of their numbers, when asked for numbers in order.
fn those_of<T>(n: u64, pairs: &mut Peekable<impl Iterator<Item = (u64, T)>>) -> impl Iterator<Item = T> {
    while pairs.next_if(|(number, _)| *number < n).is_some() {}
    std::iter::from_fn(move || pairs.next_if(|(number, _)| *number == n).map(|(_, value)| value))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::choice::{Direction, Outcome, TaskState};
    use crate::model::event::Event;
    use crate::model::record::{Interaction, Purchase, Task};
    use crate::model::{Memory, World};
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
        assert_eq!(acme.gist.tallies.sum(Fact::Purchases, Day(10), Day(20)), Tally { count: 3, sum: 110 });
        assert_eq!(acme.gist.tallies.sum(Fact::Purchases, Day(11), Day(29)).sum, 10);
        assert_eq!(acme.gist.tallies.sum(Fact::Purchases, Day(31), Day(40)).sum, 0);
        assert_eq!((acme.gist.bought.count, acme.gist.tallies.last(Fact::Purchases)), (4, Some(Day(30))));
        assert_eq!(acme.gist.bought, acme.gist.tallies.total(Fact::Purchases));
        assert_eq!(acme.gist.tallies.total(Fact::Contacts), Tally::default());
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
        assert_eq!(acme.gist.tallies.total(Fact::OpenTasks).count, 3);
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
            let (mut people, others) = (Person::all(&memory, 0..4), Person::all(&memory, 4..u64::MAX));
            people.extend(others);
            people.sort_by_key(|(customer, _)| *customer);
            let others = people.split_off(people.partition_point(|(customer, _)| *customer < 3));
            Profile::all(&memory, 0..3, people, &mut |profile| all.push(profile));
            Profile::all(&memory, 3..u64::MAX, others, &mut |profile| all.push(profile));
            let each: Vec<Profile> = (0..50).filter_map(|n| Profile::of(&memory, n)).collect();
            prop_assert_eq!(all, each);
        }
    }
}
