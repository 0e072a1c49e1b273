//! What open pools hide, wherever anything of customers leaves the service: rows, names, changes, refusals, look-ups.
//!
//! What is hidden is decided by the rights and the pool of now, of a past day too: whose a customer is today, which
//! policy is in force today, and what the reader is today. What is gone hangs where the changes say that tell of it.

use std::collections::BTreeMap;

use super::{Actor, Done, Head};
use crate::model::{Customer, Event, Field, Id, Kind, Refusal, Row, Rows, Value};
use crate::rules::policy::HIDEABLE;
use crate::rules::{names, pool};
use crate::search::Hides;
use crate::text::Clean;

/// What is hidden from a reader.
#[derive(Clone, Copy)]
pub(super) struct Veil<'h> {
    /// This moment, whatever moment is asked about.
    now: &'h Head,
    /// Nothing is.
    lifted: bool,
}

impl<'h> Veil<'h> {
    pub(super) fn of(now: &'h Head, reader: Actor) -> Veil<'h> {
        Veil { now, lifted: !pool::hides_from(&*now.snapshot, &now.policy, reader.member) }
    }

    /// What is hidden of a customer, of [`HIDEABLE`]; all of it of one who is gone.
    pub(super) fn over(&self, customer: Id) -> &'h [&'static str] {
        self.over_any(customer, &BTreeMap::new())
    }

    /// The same where changes tell of some who are gone, or not yet there.
    fn over_any(&self, customer: Id, told: &BTreeMap<Id, Row>) -> &'h [&'static str] {
        if self.lifted {
            return &[];
        }
        let of = |customer: &Customer| pool::hidden(&self.now.policy, customer);
        // Most are somebody's, which the book knows without unpacking them.
        if self.now.book.gist(customer.n).is_some_and(|gist| !gist.is_pooled()) {
            return &[];
        }
        if let Some(profile) = self.now.book.profile(customer.n) {
            return of(&profile.customer);
        }
        match (self.now.snapshot.customer(customer), told.get(&customer)) {
            (Some(customer), _) => of(&customer),
            (None, Some(Row::Customer(customer))) => of(customer),
            (None, _) => &HIDEABLE,
        }
    }

    /// What is hidden of a record that is a customer or hangs on one as somebody there; `row` is what is known of it
    /// where it is gone.
    fn over_record(&self, id: Id, row: Option<&Row>, told: &BTreeMap<Id, Row>) -> &'h [&'static str] {
        match id.kind {
            _ if self.lifted => &[],
            Kind::Customer => self.over_any(id, told),
            Kind::Contact => match self.now.snapshot.row(id).as_ref().or(row) {
                Some(row) => row.customer().map_or(&[], |customer| self.over_any(customer, told)),
                None => &HIDEABLE,
            },
            _ => &[],
        }
    }

    /// What is hidden of a record: the names of its fields and, of a customer, of the people there.
    pub(super) fn fields(&self, id: Id, row: &Row) -> Vec<Clean> {
        let hidden = self.over_record(id, Some(row), &BTreeMap::new()).iter();
        let has =
            |name: &&&str| id.kind == Kind::Customer && **name == "contacts" || id.kind.field(name).is_some();
        hidden.filter(has).map(|name| Clean::known(name)).collect()
    }

    /// Whether a field is hidden.
    pub(super) fn hides(&self, id: Id, row: &Row, field: &Field) -> bool {
        let hidden = self.over_record(id, Some(row), &BTreeMap::new());
        pool::hides(hidden, id.kind, &id.kind.field_name(field))
    }

    /// Whether what a record is called is hidden.
    pub(super) fn hides_name(&self, id: Id, rows: &dyn Rows) -> bool {
        let is_person = !self.lifted && id.kind == Kind::Contact;
        is_person && pool::hides_people(self.over_record(id, rows.row(id).as_ref(), &BTreeMap::new()))
    }

    /// A row without what is hidden; none where all of it is.
    pub(super) fn row(&self, id: Id, mut row: Row) -> Option<Row> {
        let hidden = self.over_record(id, Some(&row), &BTreeMap::new());
        if id.kind == Kind::Contact && pool::hides_people(hidden) {
            return None;
        }
        for name in hidden {
            if let Some((field, _)) = id.kind.field(name) {
                clear(&mut row, &field);
            }
        }
        Some(row)
    }

    /// The changes of an act without what is hidden.
    pub(super) fn changes(&self, events: &mut Vec<Event>) {
        if self.lifted {
            return;
        }
        let told: BTreeMap<Id, Row> = events.iter().filter_map(told_by).collect();
        events.retain_mut(|event| {
            let record = event.record();
            let hidden = self.over_record(record, told.get(&record), &told);
            if record.kind == Kind::Contact && pool::hides_people(hidden) {
                return false;
            }
            let hides = |field: &Field| pool::hides(hidden, record.kind, &record.kind.field_name(field));
            match event {
                Event::Created { values, .. } | Event::Removed { values, .. } => {
                    values.retain(|(field, _)| !hides(field));
                    true
                }
                Event::Set { field, .. }
                | Event::Linked { field, .. }
                | Event::Unlinked { field, .. }
                | Event::Mentioned { field, .. } => !hides(field),
            }
        });
    }

    /// What became of an order, without what is hidden.
    pub(super) fn done(&self, done: Done) -> Done {
        match done {
            Ok(mut receipt) => {
                self.changes(&mut receipt.changes);
                Ok(receipt)
            }
            Err(refusal) => Err(self.refusal(refusal)),
        }
    }

    /// A refusal that neither says what is hidden nor who.
    fn refusal(&self, refusal: Refusal) -> Refusal {
        let rows = &*self.now.snapshot;
        match refusal {
            Refusal::Conflict { record, field, .. } if self.hides_named(record, &field) => {
                Refusal::Hidden(record, field)
            }
            Refusal::Ambiguous(kind @ Kind::Contact, words, mut named) => {
                for (id, name) in &mut named {
                    if self.hides_name(*id, rows) {
                        *name = names::id_text(*id);
                    }
                }
                Refusal::Ambiguous(kind, words, named)
            }
            other => other,
        }
    }

    fn hides_named(&self, id: Id, field: &Clean) -> bool {
        pool::hides(self.over_record(id, None, &BTreeMap::new()), id.kind, field.as_str())
    }
}

impl Hides for Veil<'_> {
    fn hidden(&self, customer: u64) -> &[&'static str] {
        self.over(Id::customer(customer))
    }
}

/// The record that an event makes or takes away, as it was then.
fn told_by(event: &Event) -> Option<(Id, Row)> {
    let (Event::Created { record, values } | Event::Removed { record, values }) = event else { return None };
    let mut row = Row::blank(record.kind);
    for (field, value) in values {
        row.set(field, value.clone());
    }
    matches!(record.kind, Kind::Customer | Kind::Contact).then_some((*record, row))
}

/// Empties a field, also one of several values.
fn clear(row: &mut Row, field: &Field) {
    for (of, value) in row.values() {
        if of == *field {
            row.link(field, value, false);
        }
    }
    row.set(field, Value::Absent);
}
