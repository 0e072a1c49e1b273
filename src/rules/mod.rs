//! What may happen, and what follows. Pure: time, actor and rows come in.
//!
//! [`decide`] reads a command against the rows, refuses it or emits events into the world. [`grade::follow`] then
//! emits what the policy derives from them: stages and tiers. The fold (`model::world`) only remembers.

pub mod fields;
pub mod grade;
mod import;
mod log;
pub mod names;
pub mod policy;
pub mod rights;
pub mod task;
mod tier;
pub mod undo;

use chrono_tz::Tz;

use crate::model::{
    Became, Cause, Command, Event, Field, Id, Instant, Kind, Receipt, Refusal, Role, Rows, Value, World,
};
use crate::text::Clean;
use policy::Policy;

/// What a decision takes from outside: the store's clock and who asks (none: the program itself).
#[derive(Clone, Copy, Debug)]
pub struct Stamp {
    /// Now.
    pub at: Instant,
    /// The member.
    pub by: Option<Id>,
}

/// What a decision says beside its events.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Why the entry is there.
    pub cause: Cause,
    /// The records made, or changed where none was made.
    pub ids: Vec<Id>,
    /// What became of them.
    pub became: Became,
    /// Dates as they were understood.
    pub dates: Vec<(Clean, Instant)>,
}

impl Outcome {
    /// Of records that were made.
    fn created(ids: Vec<Id>) -> Outcome {
        Outcome { cause: Cause::Asked, ids, became: Became::Created, dates: Vec::new() }
    }

    /// Of records that were changed, or not, as the world's events tell.
    fn changed(world: &World, ids: Vec<Id>) -> Outcome {
        let became = if world.events().is_empty() { Became::Unchanged } else { Became::Updated };
        Outcome { cause: Cause::Asked, ids, became, dates: Vec::new() }
    }

    /// With a date to be echoed.
    fn with_date(mut self, name: &'static str, at: Option<Instant>) -> Outcome {
        self.dates.extend(at.map(|at| (Clean::known(name), at)));
        self
    }

    /// As a receipt of these entries and events.
    pub fn receipt(self, seqs: Vec<u64>, batch: Option<Id>, changes: Vec<Event>) -> Receipt {
        Receipt { seqs, ids: self.ids, batch, became: self.became, dates: self.dates, changes, left: 0 }
    }
}

/// Decides one command: its events are in the world, or it is refused and the world is to be forgotten.
pub fn decide(
    world: &mut World,
    policy: &Policy,
    command: &Command,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    rights::may(world, command, stamp)?;
    match command {
        Command::Init { .. } => init(world, command, stamp),
        Command::Add { kind, changes } => fields::add(world, *kind, changes, stamp),
        Command::Edit { record, changes } => fields::edit(world, *record, changes, stamp),
        Command::Log(log) => log::log(world, log, stamp),
        Command::TaskDone { task, next } => task::done(world, *task, next, stamp),
        Command::TaskDrop { task, reason } => task::drop(world, *task, reason, stamp),
        Command::TaskSnooze { task, until } => task::snooze(world, *task, until, stamp),
        Command::TaskAssign { task, to } => task::assign(world, *task, to, stamp),
        Command::TaskTake => task::take(world, policy, stamp),
        Command::TierSet { customer, tier, reason, until } => {
            tier::set(world, policy, *customer, [tier, reason, until], stamp)
        }
        Command::TierClear { customer } => tier::clear(world, *customer),
        Command::BatchOpen { name, fingerprint } => Ok(batch_open(world, name, fingerprint, stamp)),
        Command::BatchClose { batch } => batch_close(world, *batch),
        Command::Import { kind, reference, referenced, values } => {
            import::row(world, *kind, reference, *referenced, values, stamp)
        }
        Command::Undo { what, partial } => undo::undo(world, *what, *partial, stamp),
        Command::ClockMove { to } => clock_move(world, to, stamp),
        Command::Grade { customers } => Ok(grade::these(world, policy, customers, stamp)),
        Command::Sweep { from, limit } => Ok(grade::sweep(world, policy, *from, *limit, stamp)),
    }
}

/// The store's own record and its first member.
fn init(world: &mut World, command: &Command, stamp: &Stamp) -> Result<Outcome, Refusal> {
    let Command::Init { name, policy, timezone, currency, practice, member: (person, login, uid) } = command
    else {
        return Err(Refusal::AlreadyMade);
    };
    if world.row(Id::SETTINGS).is_some() {
        return Err(Refusal::AlreadyMade);
    }
    let made = practice.unwrap_or(stamp.at);
    let mut values = Values::of(Kind::Settings);
    values.put("name", Value::text(name.clone()));
    values.put("policy", Value::text(policy.clone()));
    values.put("timezone", Value::text(timezone.clone()));
    values.put("currency", Value::text(currency.clone()));
    values.put("version", Value::Number(1));
    values.put("created", Value::Instant(made));
    // An empty book is graded.
    values.put("graded", Value::Day(made.day(timezone.as_str().parse().unwrap_or(Tz::UTC))));
    if let Some(start) = practice {
        values.put("practice", Value::Flag(true));
        values.put("clock_ahead", Value::Number(start.0 - stamp.at.0));
    }
    values.create(world, Id::SETTINGS);
    let mut values = Values::of(Kind::Member);
    values.put("name", Value::text(person.clone()));
    values.put("login", Value::text(login.clone()));
    values.put("uid", Value::Number(i64::from(*uid)));
    values.put("role", Value::word(Role::Admin));
    values.put("created", Value::Instant(made));
    let member = world.fresh(Kind::Member);
    values.create(world, member);
    Ok(Outcome::created(vec![member]))
}

/// Begins a batch, or goes on with the interrupted one of the same fingerprint.
fn batch_open(world: &mut World, name: &Clean, fingerprint: &Clean, stamp: &Stamp) -> Outcome {
    use crate::model::{Index, Key};
    let open = world.found(&Key::of(Index::OpenBatch).text(fingerprint.as_str()));
    if let Some(batch) = open.first() {
        return Outcome::changed(world, vec![*batch]);
    }
    let mut values = Values::of(Kind::Batch);
    values.put("name", Value::text(name.clone()));
    values.put("fingerprint", Value::text(fingerprint.clone()));
    values.put("by", Value::or_absent(stamp.by, Value::Ref));
    values.put("created", Value::Instant(stamp.at));
    let batch = world.fresh(Kind::Batch);
    values.create(world, batch);
    Outcome::created(vec![batch])
}

fn batch_close(world: &mut World, batch: Id) -> Result<Outcome, Refusal> {
    let open = matches!(world.row(batch), Some(crate::model::Row::Batch(row)) if !row.closed);
    if !open {
        return Err(Refusal::NoBatch(batch));
    }
    set(world, batch, "closed", Value::Flag(true));
    Ok(Outcome::changed(world, vec![batch]))
}

/// Moves a practice store's clock forward.
fn clock_move(world: &mut World, to: &Clean, stamp: &Stamp) -> Result<Outcome, Refusal> {
    let settings = world.settings();
    if !settings.practice {
        return Err(Refusal::NotPractice);
    }
    let target = fields::moment(world, "clock", to, stamp, fields::Otherwise::ThisHour)?;
    if target < stamp.at {
        return Err(Refusal::ClockBackwards(stamp.at));
    }
    let ahead = settings.clock_ahead.unwrap_or(0) + (target.0 - stamp.at.0);
    set(world, Id::SETTINGS, "clock_ahead", Value::Number(ahead));
    Ok(Outcome::changed(world, vec![Id::SETTINGS]).with_date("clock", Some(target)))
}

/// The values of a record in the making, by field name.
struct Values {
    kind: Kind,
    values: Vec<(Field, Value)>,
}

impl Values {
    fn of(kind: Kind) -> Values {
        Values { kind, values: Vec::new() }
    }

    /// Puts a field's value; an absent one is left out. Names that are not declared are a mistake of ours.
    fn put(&mut self, name: &'static str, value: Value) {
        let field = self.kind.field(name).map(|(field, _)| field);
        debug_assert!(field.is_some(), "no field {name} in {:?}", self.kind);
        if let (Some(field), false) = (field, value.is_absent()) {
            self.values.push((field, value));
        }
    }

    /// Puts a field's value where none was given.
    fn otherwise(&mut self, named: &dyn Fn(&str) -> bool, name: &'static str, value: Value) {
        if !named(name) {
            self.put(name, value);
        }
    }

    /// The record that a field refers to.
    fn reference(&self, name: &'static str) -> Option<Id> {
        let (field, _) = self.kind.field(name)?;
        self.values.iter().find_map(|(f, value)| match value {
            Value::Ref(id) if *f == field => Some(*id),
            _ => None,
        })
    }

    /// Emits the record's creation.
    fn create(self, world: &mut World, record: Id) {
        world.emit(Event::Created { record, values: self.values });
    }
}

/// Sets a field of a record to a value, by name.
fn set(world: &mut World, record: Id, name: &'static str, to: Value) {
    let Some((field, _)) = record.kind.field(name) else {
        debug_assert!(false, "no field {name} in {:?}", record.kind);
        return;
    };
    let from = world.row(record).map_or(Value::Absent, |row| row.get(&field));
    world.emit(Event::Set { record, field, from, to });
}
