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
#[cfg(test)]
mod testing;
mod tier;
pub mod undo;

use chrono::NaiveDateTime;
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

impl Stamp {
    /// Now, in the team's zone.
    fn local(&self, world: &World) -> NaiveDateTime {
        self.at.local(world.ground().zone)
    }
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
    let outcome = carry_out(world, policy, command, stamp)?;
    rights::may_change(world, command, stamp)?;
    Ok(outcome)
}

fn carry_out(
    world: &mut World,
    policy: &Policy,
    command: &Command,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    made_by_hand(command)?;
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
        Command::BatchOpen { name, fingerprint } => batch_open(world, name, fingerprint, stamp),
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

/// The store's own record and batches are nobody's to write.
fn made_by_hand(command: &Command) -> Result<(), Refusal> {
    let kind = match command {
        Command::Add { kind, .. } | Command::Import { kind, .. } => *kind,
        Command::Edit { record, .. } => record.kind,
        _ => return Ok(()),
    };
    match kind {
        Kind::Settings | Kind::Batch => Err(Refusal::NotAllowed(Clean::known(command.name()))),
        _ => Ok(()),
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
    values.put_text("name", name)?;
    values.put_text("policy", policy)?;
    values.put_text("timezone", timezone)?;
    values.put_text("currency", currency)?;
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
    values.put_text("name", person)?;
    values.put_text("login", login)?;
    values.put("uid", Value::Number(i64::from(*uid)));
    values.put("role", Value::word(Role::Admin));
    values.put("created", Value::Instant(made));
    let member = world.fresh(Kind::Member);
    values.create(world, member);
    Ok(Outcome::created(vec![member]))
}

/// Begins a batch, or goes on with the interrupted one of the same fingerprint. Of its name there is as much as the
/// field holds: the names of files may be longer.
fn batch_open(
    world: &mut World,
    name: &Clean,
    fingerprint: &Clean,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    use crate::model::{Index, Key};
    let open = world.found(&Key::of(Index::OpenBatch).text(fingerprint.as_str()));
    if let Some(batch) = open.first() {
        return Ok(Outcome::changed(world, vec![*batch]));
    }
    let mut values = Values::of(Kind::Batch);
    values.put("name", fields::beginning(Kind::Batch, "name", name));
    values.put_text("fingerprint", fingerprint)?;
    values.put("by", Value::or_absent(stamp.by, Value::Ref));
    values.put("created", Value::Instant(stamp.at));
    let batch = world.fresh(Kind::Batch);
    values.create(world, batch);
    Ok(Outcome::created(vec![batch]))
}

/// Ends a batch. One of whose entries none stands leaves nothing.
fn batch_close(world: &mut World, batch: Id) -> Result<Outcome, Refusal> {
    let open = matches!(world.row(batch), Some(crate::model::Row::Batch(row)) if !row.closed);
    if !open {
        return Err(Refusal::NoBatch(batch));
    }
    if undo::entries_of(world, batch).is_empty() {
        fields::remove(world, batch);
        return Ok(Outcome { became: Became::TakenBack, ..Outcome::created(Vec::new()) });
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

    /// Puts a text, where it is as short as the field is declared.
    fn put_text(&mut self, name: &'static str, text: &Clean) -> Result<(), Refusal> {
        self.put(name, fields::text_for(self.kind, name, text)?);
        Ok(())
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
