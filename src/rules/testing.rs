//! A small office for the tests of rules: rows in memory, a journal, and members of every role.

use std::collections::BTreeSet;

use super::policy::{Policy, SHIPPED};
use super::restore::Left;
use super::{Outcome, Stamp, decide, follow};
use crate::model::{
    Cause, Change, Command, Customer, Entry, Event, Field, Id, Instant, Kind, Memory, Refusal, Row, Rows,
    Undone, Value, World,
};
use crate::text::Clean;

/// Monday, 1 January 2018, 09:00 in Shanghai.
const START: i64 = 1_514_768_400_000;
const A_DAY: i64 = 86_400_000;

/// Li Wei, an admin.
pub(super) const ADMIN: Id = Id::new(Kind::Member, 1);
/// Lea, a lead.
pub(super) const LEAD: Id = Id::new(Kind::Member, 2);
/// Bo, a rep.
pub(super) const REP: Id = Id::new(Kind::Member, 3);

pub(super) struct Office {
    pub(super) rows: Memory,
    policy: Policy,
    pub(super) now: Instant,
}

/// What somebody does.
pub(super) struct Act {
    by: Id,
    batch: Option<Id>,
    command: Command,
}

pub(super) fn text(words: &str) -> Clean {
    Clean::new(words).unwrap()
}

pub(super) fn changes(fields: &[(&str, &str)]) -> Vec<Change> {
    fields.iter().map(|(field, to)| Change::put(text(field), text(to))).collect()
}

pub(super) fn edit(record: Id, field: &str, to: &str) -> Command {
    Command::Edit { record, changes: changes(&[(field, to)]) }
}

pub(super) fn add(kind: Kind, fields: &[(&str, &str)]) -> Command {
    Command::Add { kind, changes: changes(fields) }
}

pub(super) fn undo(seq: u64) -> Command {
    Command::Undo { what: Undone::Seq(seq), partial: false }
}

/// A row of a file, known by a reference.
pub(super) fn row(kind: Kind, reference: &str, fields: &[(&str, &str)]) -> Command {
    let values = fields.iter().map(|(field, to)| (text(field), text(to))).collect();
    Command::Import { kind, reference: text(reference), referenced: true, values }
}

impl Command {
    pub(super) fn by(self, by: Id) -> Act {
        Act { by, batch: None, command: self }
    }
}

impl Act {
    pub(super) fn of(self, batch: Id) -> Act {
        Act { batch: Some(batch), ..self }
    }
}

/// Commands are the admin's where nobody else is named.
impl From<Command> for Act {
    fn from(command: Command) -> Act {
        command.by(ADMIN)
    }
}

impl Office {
    pub(super) fn new() -> Office {
        Office::under(SHIPPED)
    }

    /// One that works by this policy.
    pub(super) fn under(text_of_policy: &str) -> Office {
        let policy = Policy::parse(text_of_policy).unwrap();
        let mut office = Office { rows: Memory::default(), policy, now: Instant(START) };
        let init = Command::Init {
            name: text("test"),
            policy: text(text_of_policy),
            timezone: text("Asia/Shanghai"),
            currency: text("CNY"),
            practice: Some(Instant(START)),
            member: (text("Li Wei"), text("liwei"), 1000),
        };
        office.decide(None, None, &init).unwrap();
        office.make(Kind::Member, &[("name", "Lea"), ("login", "lea"), ("role", "lead")]);
        office.make(Kind::Member, &[("name", "Bo"), ("login", "bo")]);
        office
    }

    /// Carries a command out, with what follows from it.
    pub(super) fn run(&mut self, act: impl Into<Act>) -> Result<Outcome, Refusal> {
        let Act { by, batch, command } = act.into();
        self.decide(Some(by), batch, &command)
    }

    /// Carries a command out; the place of its entry in the journal.
    pub(super) fn seq(&mut self, act: impl Into<Act>) -> u64 {
        let seq = self.rows.head() + 1;
        self.run(act).unwrap();
        seq
    }

    pub(super) fn make(&mut self, kind: Kind, fields: &[(&str, &str)]) -> Id {
        self.run(add(kind, fields)).unwrap().ids[0]
    }

    pub(super) fn customers<const N: usize>(&mut self, names: [&str; N]) -> [Id; N] {
        names.map(|name| self.make(Kind::Customer, &[("name", name)]))
    }

    /// Days pass, and what they bring happens.
    pub(super) fn days_pass(&mut self, days: i64) {
        self.now = Instant(self.now.0 + days * A_DAY);
        self.catch_up();
    }

    /// Hours pass, and what they bring happens.
    pub(super) fn hours_pass(&mut self, hours: i64) {
        self.now = Instant(self.now.0 + hours * A_DAY / 24);
        self.catch_up();
    }

    /// Carries out what is due, the earliest first.
    fn catch_up(&mut self) {
        while let Some((_, due)) = super::due(&self.rows, self.now, 1000) {
            for command in due {
                self.decide(None, None, &command).unwrap();
            }
        }
    }

    /// Puts a policy in force, and lets the book follow; the place of its entry in the journal.
    pub(super) fn adopt(&mut self, text_of_policy: &str) -> u64 {
        let seq = self.put_in_force(text_of_policy);
        self.take_on_policy();
        seq
    }

    /// Puts a policy in force, which nothing of the book follows yet.
    pub(super) fn put_in_force(&mut self, text_of_policy: &str) -> u64 {
        let seq = self.seq(Command::PolicyAdopt { text: text(text_of_policy) });
        self.read_policy();
        seq
    }

    fn read_policy(&mut self) {
        self.policy = Policy::parse(self.rows.settings().policy.as_str()).unwrap();
    }

    /// Lets the book and the playbooks at work follow the policy in force.
    pub(super) fn take_on_policy(&mut self) {
        self.read_policy();
        if let Some(Left { undo, acts }) = super::restore::left(&self.rows) {
            for act in acts {
                self.decide(None, None, &Command::Restore { undo, acts: vec![act] }).unwrap();
            }
        }
        self.take_on(usize::MAX);
        let whole = Some((super::policy::mark(self.rows.settings().policy.as_str()), self.rows.head()));
        self.decide(None, None, &Command::Regrade { customers: Vec::new(), whole }).unwrap();
    }

    /// Lets so many customers and runs follow it, as if the server had ended then.
    pub(super) fn take_on(&mut self, most: usize) {
        let customers = self.all(Kind::Customer).into_iter().map(|(id, _)| id.n).take(most).collect();
        let runs = super::playbook::at_work(&self.rows).into_iter().take(most).collect();
        for command in [Command::Regrade { customers, whole: None }, Command::Renew { runs }] {
            self.decide(None, None, &command).unwrap();
        }
    }

    /// The policy in force.
    pub(super) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(super) fn get(&self, record: Id, field: &str) -> Value {
        self.rows.row(record).map_or(Value::Absent, |row| row.get(&field_of(record, field)))
    }

    pub(super) fn customer(&self, id: Id) -> Customer {
        self.rows.customer(id).unwrap()
    }

    /// Every record of a kind.
    pub(super) fn all(&self, kind: Kind) -> Vec<(Id, Row)> {
        self.rows
            .rows()
            .iter()
            .filter(|(id, _)| id.kind == kind)
            .map(|(id, row)| (*id, row.clone()))
            .collect()
    }

    fn decide(&mut self, by: Option<Id>, batch: Option<Id>, command: &Command) -> Result<Outcome, Refusal> {
        let stamp = Stamp { at: self.now, by };
        let below = self.rows.clone();
        let mut world = World::over(&below);
        let outcome = decide(&mut world, &self.policy, command, &stamp)?;
        let touched = if command.grades() { BTreeSet::new() } else { world.touched() };
        let head = self.rows.head();
        self.write(world, command.name(), &outcome.cause, by, batch);
        let entries: Vec<Entry> =
            (head + 1..=self.rows.head()).filter_map(|seq| self.rows.entry(seq)).collect();
        let below = self.rows.clone();
        let mut world = World::over(&below);
        let mut followed = follow(&mut world, &self.policy, &entries, touched);
        let (layer, _) = world.finish();
        let entries = followed.drain(..).zip(self.rows.head() + 1..).map(|(followed, seq)| Entry {
            seq,
            at: self.now,
            by: None,
            command: Clean::known(followed.command),
            cause: Cause::Follows { seq: followed.seq },
            batch,
            events: followed.events,
        });
        let entries = entries.collect();
        self.rows.write(layer, entries);
        Ok(outcome)
    }

    fn write(&mut self, world: World, name: &'static str, cause: &Cause, by: Option<Id>, batch: Option<Id>) {
        let (layer, events) = world.finish();
        let (seq, cause) = (self.rows.head() + 1, cause.clone());
        let entry =
            Entry { seq, at: self.now, by, command: Clean::known(name), cause, batch, events: Vec::new() };
        // What the program derived is an entry for each record.
        let together = |a: &Event, b: &Event| !entry.is_derived() || a.record() == b.record();
        let pieces = events.chunk_by(together).zip(seq..);
        let entries = pieces.map(|(events, seq)| Entry { seq, events: events.to_vec(), ..entry.clone() });
        let entries = entries.collect();
        self.rows.write(layer, entries);
    }
}

pub(super) fn field_of(record: Id, name: &str) -> Field {
    record.kind.field(name).unwrap().0
}
