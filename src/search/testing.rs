//! Small books for the tests of this room.

use super::Book;
use crate::filter::Lens;
use crate::model::{
    Customer, CustomerKind, Day, Direction, Event, Ground, Id, Instant, Interaction, Memory, Outcome, Row,
    Task, TaskState, World,
};
use crate::text::{Clean, Currency, Money};

pub(super) const DAY: i64 = 24 * 60 * 60 * 1000;
/// Noon.
pub(super) const NOW: Instant = Instant(20_000 * DAY + DAY / 2);

/// Two tiers: A wants a contact every 14 days, C none.
pub(super) fn lens() -> Lens {
    let ground = Ground { zone: chrono_tz::UTC, currency: Currency::CNY };
    Lens::new(NOW, ground, None, &[(text("A"), Some(14)), (text("C"), None)])
}

pub(super) fn today() -> Day {
    NOW.day(chrono_tz::UTC)
}

pub(super) fn text(text: &str) -> Clean {
    Clean::new(text).unwrap()
}

pub(super) fn cny(minor: i64) -> Money {
    Money { minor, currency: Currency::CNY }
}

pub(super) fn customer(name: &str) -> Customer {
    Customer { name: text(name), kind: Some(CustomerKind::Company), ..Customer::default() }
}

/// A real contact, so many milliseconds from now.
pub(super) fn call(customer: Id, from_now: i64) -> Interaction {
    let (at, outcome) = (Some(Instant(NOW.0 + from_now)), Some(Outcome::Reached));
    let direction = Some(Direction::Out);
    Interaction { customer: Some(customer), at, outcome, direction, ..Interaction::default() }
}

/// An open task, due so many milliseconds from now.
pub(super) fn task(customer: Id, from_now: i64) -> Task {
    let due = Some(Instant(NOW.0 + from_now));
    Task { customer: Some(customer), state: Some(TaskState::Open), due, ..Task::default() }
}

pub(super) fn put(world: &mut World<'_>, row: impl Into<Row>) -> Id {
    let row = row.into();
    let id = world.fresh(row.kind());
    world.emit(Event::Created { record: id, values: row.values() });
    id
}

pub(super) fn write(memory: &mut Memory, change: impl FnOnce(&mut World<'_>)) {
    let below = memory.clone();
    let mut world = World::over(&below);
    change(&mut world);
    memory.write(world.finish().0, Vec::new());
}

pub(super) fn book(change: impl FnOnce(&mut World<'_>)) -> Book {
    let mut memory = Memory::default();
    write(&mut memory, change);
    Book::load(&memory)
}

pub(super) fn named(names: &[&str]) -> Book {
    book(|world| {
        for name in names {
            put(world, customer(name));
        }
    })
}
