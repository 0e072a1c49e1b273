//! Small books for the tests of this room.

use super::Book;
use crate::model::{Customer, CustomerKind, Event, Id, Memory, Row, World};
use crate::text::Clean;

pub(super) fn text(text: &str) -> Clean {
    Clean::new(text).unwrap()
}

pub(super) fn customer(name: &str) -> Customer {
    Customer { name: text(name), kind: Some(CustomerKind::Company), ..Customer::default() }
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
