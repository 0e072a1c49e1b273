//! The records, each declared once: field code, name, type and shape.
//!
//! A new field is one line here. Codes are stored and only ever added, and none is given away again ([`RETIRED`]).
//! `derived` marks what rules and the fold set: it is never edited by hand and never stands in the way of an undo. `by`
//! names the commands that alone set a field.

#[macro_use]
mod declare;
mod table;

use chrono_tz::Tz;

use super::choice::{Source, TaskState};
use super::id::{Id, Kind};
use super::policy::mark;
use super::time::{Day, Instant};
use super::value::{Field, FieldInfo, Shape, Value};
use crate::text::Clean;

pub use table::*;

/// So many fields were declared once and are not any more: 30 and 31 of tasks, 20 of runs.
pub const RETIRED: usize = 3;

impl Row {
    /// What a field holds; of several values, none.
    pub fn get(&self, field: &Field) -> Value {
        self.slot(field.code).map_or(Value::Absent, |slot| slot.get(field.own.as_ref()))
    }

    /// Puts a value into a field; into a field of several values, one more.
    pub fn set(&mut self, field: &Field, value: Value) {
        if let Some(slot) = self.slot_mut(field.code) {
            slot.set(field.own.as_ref(), value);
        }
    }

    /// Puts one of several values in (`on`) or out.
    pub fn link(&mut self, field: &Field, value: Value, on: bool) {
        if let Some(slot) = self.slot_mut(field.code) {
            slot.link(value, on);
        }
    }

    /// Whether one of several values is held.
    pub fn holds(&self, field: &Field, value: &Value) -> bool {
        let mut found = false;
        if let Some(slot) = self.slot(field.code) {
            slot.each(&mut |_, held| found |= held == *value);
        }
        found
    }

    /// The customer that the row hangs on.
    pub fn customer(&self) -> Option<Id> {
        match self {
            Row::Contact(row) => row.customer,
            Row::Interaction(row) => row.customer,
            Row::Task(row) => row.customer,
            Row::Deal(row) => row.customer,
            Row::Purchase(row) => row.customer,
            Row::Run(row) => row.customer,
            Row::Settings(_)
            | Row::Member(_)
            | Row::Team(_)
            | Row::Customer(_)
            | Row::Batch(_)
            | Row::View(_) => None,
        }
    }

    /// Whom and on which day it greets, whatever became of it.
    pub fn greets(&self, zone: Tz) -> Option<(Id, Day)> {
        match self {
            Row::Task(task) => task.customer.zip(task.greets),
            Row::Interaction(said) if said.greeting => said.customer.zip(said.at.map(|at| at.day(zone))),
            _ => None,
        }
    }

    /// Each record that this one refers to.
    pub fn each_ref(&self, see: &mut dyn FnMut(Id)) {
        for info in self.kind().fields() {
            if let Shape::Ref(_) | Shape::Refs(_) | Shape::Duties = info.shape
                && let Some(slot) = self.slot(info.code)
            {
                slot.each(&mut |_, value| {
                    if let Some(target) = value.refers_to() {
                        see(target);
                    }
                });
            }
        }
    }

    /// Every value of every field: with these a blank record becomes this one again.
    pub fn values(&self) -> Vec<(Field, Value)> {
        let mut values = Vec::new();
        for info in self.kind().fields() {
            if let Some(slot) = self.slot(info.code) {
                slot.each(&mut |own, value| {
                    values.push((Field { code: info.code, own: own.cloned() }, value));
                });
            }
        }
        values
    }
}

impl Settings {
    /// Whether every customer stands where the policy in force puts it.
    pub fn is_graded(&self) -> bool {
        self.is_graded_by_policy() && self.displaced.is_none()
    }

    /// Whether the whole book was graded by the policy in force, whatever acts have concerned since.
    pub fn is_graded_by_policy(&self) -> bool {
        self.graded_by == Some(mark(self.policy.as_str()))
    }
}

impl Task {
    /// Whether an open task is past its due time at a moment; while its clock stands still, whether it was when that
    /// stopped.
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.state == Some(TaskState::Open) && self.was_late(now)
    }

    /// Whether a task that went on until a moment was past its due time then; its clock may have stopped before.
    pub fn was_late(&self, until: Instant) -> bool {
        let until = self.stands.map_or(until, |stands| stands.min(until));
        self.due.is_some_and(|due| due < until)
    }

    /// Whether a timeline does without it: what a contact fulfilled of the communication plan is told by the contact,
    /// and of a plan that nobody carried out there is nothing to tell.
    pub fn is_told_otherwise(&self) -> bool {
        match (self.source, self.state) {
            (Some(Source::Cadence), Some(TaskState::Done)) => true,
            (Some(Source::Cadence | Source::Care), Some(TaskState::Dropped)) => self.done_by.is_none(),
            _ => false,
        }
    }
}

impl Kind {
    /// The declaration of a field.
    pub fn info(self, code: u8) -> Option<&'static FieldInfo> {
        self.fields().iter().find(|info| info.code == code)
    }

    /// Whether files may fill the fields that else only commands set: tasks come in as they ended elsewhere.
    pub fn is_told_by_files(self) -> bool {
        self == Kind::Task
    }

    /// The texts about customers that people write freely: in these members are mentioned.
    pub const fn texts(self) -> &'static [&'static str] {
        match self {
            Kind::Interaction => &["text", "said"],
            Kind::Task => &["title", "note"],
            Kind::Customer | Kind::Contact | Kind::Purchase => &["note"],
            Kind::Deal => &["lost_reason"],
            Kind::Settings | Kind::Member | Kind::Team | Kind::Batch | Kind::View | Kind::Run => &[],
        }
    }

    /// The field of this name; own fields are `x.NAME`.
    pub fn field(self, name: &str) -> Option<(Field, &'static FieldInfo)> {
        if let Some(own) = name.strip_prefix("x.") {
            let info = self.fields().iter().find(|info| matches!(info.shape, Shape::Own(_)))?;
            let own = Clean::new(own).ok().filter(|own| !own.is_empty())?;
            return Some((Field { code: info.code, own: Some(own) }, info));
        }
        let info =
            self.fields().iter().find(|info| info.name == name && !matches!(info.shape, Shape::Own(_)))?;
        Some((Field::of(info.code), info))
    }

    /// The name of a field, as [`Kind::field`] takes it.
    pub fn field_name(self, field: &Field) -> String {
        match (&field.own, self.info(field.code)) {
            (Some(own), _) => format!("x.{own}"),
            (None, Some(info)) => info.name.to_owned(),
            (None, None) => format!("#{}", field.code),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_and_names_are_given_once() {
        for kind in Kind::ALL {
            let codes: BTreeSet<u8> = kind.fields().iter().map(|info| info.code).collect();
            let names: BTreeSet<&str> = kind.fields().iter().map(|info| info.name).collect();
            assert_eq!((codes.len(), names.len()), (kind.fields().len(), kind.fields().len()), "{kind:?}");
        }
    }

    #[test]
    fn a_record_is_its_values() {
        let mut row = Row::blank(Kind::Customer);
        row.set(&Kind::Customer.field("name").unwrap().0, Value::Text(Clean::known("Acme")));
        row.set(&Kind::Customer.field("tags").unwrap().0, Value::Text(Clean::known("vip")));
        row.set(&Kind::Customer.field("x.floor").unwrap().0, Value::Text(Clean::known("3")));
        row.set(&Kind::Customer.field("employees").unwrap().0, Value::Number(7));
        let mut again = Row::blank(Kind::Customer);
        for (field, value) in row.values() {
            again.set(&field, value);
        }
        assert_eq!(row, again);
        assert_eq!(row.values().len(), 4);
    }

    #[test]
    fn a_value_of_another_type_changes_nothing() {
        let mut row = Row::blank(Kind::Task);
        row.set(&Field::of(5), Value::Text(Clean::known("soon")));
        assert_eq!(row, Row::blank(Kind::Task));
    }
}
