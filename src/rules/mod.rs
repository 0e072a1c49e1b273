//! What may happen, and what follows. Pure: time, actor and rows come in.
//!
//! [`decide`] reads a command against the rows, refuses it or emits events into the world. [`grade::follow`] then
//! emits what the policy derives from them: stages and tiers. The fold (`model::world`) only remembers.

pub mod absence;
mod adopt;
pub mod care;
mod due;
mod fields;
mod follow;
pub mod grade;
mod import;
pub mod inbox;
mod log;
pub mod mention;
pub mod names;
pub mod playbook;
pub mod policy;
pub mod pool;
pub mod preview;
pub mod restore;
pub mod rights;
mod settle;
pub mod standard;
pub mod task;
#[cfg(test)]
mod testing;
mod tier;
mod title;
pub mod undo;
mod view;

use chrono::NaiveDateTime;

use crate::model::{
    Became, Cause, Command, Event, Field, Id, Index, Instant, Key, Kind, Receipt, Refusal, Role, Rows, Value,
    World,
};
use crate::text::Clean;
pub use adopt::readable;
pub use due::due;
pub use follow::{Followed, follow};
use policy::Policy;
pub use title::title;

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
    pool::may_name(world, policy, command, stamp)?;
    let outcome = carry_out(world, policy, command, stamp)?;
    playbook::follow_ends(world, policy, command, stamp.at);
    pool::guard(world, policy, command, stamp)?;
    pool::may_write(world, policy, stamp)?;
    playbook::guard(world, policy, command, stamp)?;
    mention::note(world, command, stamp);
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
        Command::Log(log) => log::log(world, policy, log, stamp),
        Command::TaskDone { task, next } => task::done(world, *task, next, stamp),
        Command::TaskDrop { task, reason } => task::drop(world, policy, *task, reason, stamp),
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
        Command::Claim { customer } => pool::claim(world, policy, *customer, stamp),
        Command::Release { customer, reason } => pool::release(world, *customer, reason, stamp),
        Command::Protect { customer, on, reason } => {
            pool::protect(world, policy, *customer, *on, reason, stamp)
        }
        Command::Return { due, pool, customers } => {
            Ok(pool::bring_back(world, policy, *due, pool, customers))
        }
        Command::ViewRemove { view } => view::drop(world, *view),
        Command::InboxRead { until } => Ok(inbox::read(world, *until, stamp)),
        Command::MentionRead { seq } => Ok(inbox::read_one(world, *seq, stamp)),
        Command::Undo { what, partial } => undo::undo(world, *what, *partial, stamp),
        Command::ClockMove { to } => clock_move(world, to, stamp),
        Command::Grade { customers, seq } => Ok(grade::these(world, policy, customers, *seq, stamp)),
        Command::Regrade { customers, whole } => Ok(grade::regrade(world, policy, customers, *whole, stamp)),
        Command::TakeBack { batch } => Ok(undo::take_back(world, *batch)),
        Command::Restore { undo, acts } => Ok(restore::restore(world, policy, (*undo, acts), stamp)),
        Command::PolicyAdopt { text } => adopt::adopt(world, text),
        Command::Turn { due, customers } => Ok(grade::turn(world, policy, *due, customers)),
        Command::Remind { due, record } => Ok(playbook::remind(world, policy, *due, *record)),
        Command::Begin { due, customer } => Ok(playbook::begin(world, policy, *due, *customer)),
        Command::Renew { runs } => Ok(playbook::renew(world, policy, runs, stamp)),
        Command::PlaybookStart { customer, playbook } => {
            playbook::start(world, policy, *customer, playbook, stamp)
        }
        Command::Care { due, rule, customers } => Ok(care::turn(world, policy, *due, rule, customers)),
        Command::CareSkip { customer, occasion, reason } => {
            care::skip(world, policy, *customer, [occasion, reason], stamp)
        }
        Command::PlaybookPause { run, reason } => playbook::pause(world, policy, *run, reason, stamp),
        Command::PlaybookResume { run } => playbook::resume(world, policy, *run, stamp),
        Command::PlaybookStop { run, reason } => playbook::stop_by_hand(world, *run, reason, stamp),
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
        Kind::View if matches!(command, Command::Import { .. }) => {
            Err(Refusal::NotAllowed(Clean::known(command.name())))
        }
        Kind::Settings | Kind::Batch | Kind::Run => Err(Refusal::NotAllowed(Clean::known(command.name()))),
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
    values.put("graded_by", Value::Number(policy::mark(policy.as_str())));
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

/// Ends a batch. One in which nothing was done is gone with it.
fn batch_close(world: &mut World, batch: Id) -> Result<Outcome, Refusal> {
    let open = matches!(world.row(batch), Some(crate::model::Row::Batch(row)) if !row.closed);
    if !open {
        return Err(Refusal::NoBatch(batch));
    }
    if undo::is_empty(world, batch) {
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

#[cfg(test)]
mod tests {
    use super::testing::{ADMIN, Office, add, edit, row, text};
    use super::*;

    fn refused(office: &mut Office, command: Command) -> String {
        let refusal = format!("{:?}", office.run(command).unwrap_err());
        refusal.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default().to_owned()
    }

    #[test]
    fn a_store_is_made_once() {
        let empty = crate::model::Memory::default();
        let init = |name: &str| Command::Init {
            name: text(name),
            policy: text(policy::SHIPPED),
            timezone: text("Asia/Shanghai"),
            currency: text("CNY"),
            practice: None,
            member: (text("Li Wei"), text("liwei"), 1000),
        };
        let stamp = Stamp { at: Instant(0), by: None };
        let policy = Policy::parse(policy::SHIPPED).unwrap();
        let mut world = World::over(&empty);
        let long = decide(&mut world.child(), &policy, &init(&"n".repeat(81)), &stamp);
        assert!(matches!(long, Err(Refusal::TooLong(..))));
        assert_eq!(decide(&mut world, &policy, &init("ours"), &stamp).unwrap().ids, [ADMIN]);
        assert_eq!(decide(&mut world, &policy, &init("again"), &stamp).unwrap_err(), Refusal::AlreadyMade);
    }

    #[test]
    fn what_commands_set_no_edit_sets() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let task = office.make(Kind::Task, &[("title", "call"), ("customer", "Acme")]);
        for (command, expected) in [
            (edit(acme, "tier_fixed", "Z"), "CommandField"),
            (edit(acme, "tier_reason", "because"), "CommandField"),
            (edit(acme, "tier_until", "+3d"), "CommandField"),
            (edit(task, "state", "done"), "CommandField"),
            (edit(task, "done_at", "today"), "CommandField"),
            (edit(task, "done_by", "Bo"), "CommandField"),
            (edit(task, "taken", "today"), "CommandField"),
            (edit(task, "snoozed_until", "+3d"), "CommandField"),
            (add(Kind::Task, &[("title", "call"), ("state", "done")]), "CommandField"),
            (edit(acme, "tier", "A"), "DerivedField"),
            (edit(acme, "teir", "A"), "NoField"),
            (edit(Id::SETTINGS, "name", "ours"), "NotAllowed"),
            (edit(Id::new(Kind::Batch, 1), "name", "ours"), "NotAllowed"),
            (add(Kind::Settings, &[("name", "ours")]), "NotAllowed"),
            (add(Kind::Batch, &[("name", "ours")]), "NotAllowed"),
        ] {
            let name = format!("{command:?}");
            assert_eq!(refused(&mut office, command), expected, "{name}");
        }
    }

    #[test]
    fn every_text_has_the_length_of_its_field() {
        let long = |length: usize| "z".repeat(length + 1);
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let task = office.make(Kind::Task, &[("title", "call"), ("customer", "Acme"), ("note", &long(3989))]);
        let next = text(&format!("+3d {}", long(200)));
        for command in [
            edit(acme, "name", &long(200)),
            edit(acme, &format!("x.{}", long(400)), "3"),
            edit(acme, "x.floor", &long(400)),
            edit(acme, "collaborators", &format!("Bo:{}", long(60))),
            add(Kind::Customer, &[("name", &long(200))]),
            row(Kind::Customer, &long(200), &[("name", "Other")]),
            Command::TaskDrop { task, reason: text("no reason at all") },
            Command::TaskDone { task, next },
            Command::BatchOpen { name: text("import"), fingerprint: text(&long(80)) },
        ] {
            let name = format!("{command:?}");
            assert_eq!(refused(&mut office, command), "TooLong", "{name}");
        }
        assert_eq!(refused(&mut office, edit(acme, "name", "a\nb")), "BadValue");
        assert_eq!(refused(&mut office, edit(acme, &long(1 << 20), "3")), "NoField");
    }

    #[test]
    fn a_batch_that_nothing_came_of_is_none() {
        let open = || Command::BatchOpen { name: text(&"long ".repeat(100)), fingerprint: text("f") };
        let mut office = Office::new();
        let batch = office.run(open()).unwrap().ids[0];
        assert_eq!(office.run(open()).unwrap().ids, [batch], "it goes on");
        let close = office.run(Command::BatchClose { batch }).unwrap();
        assert_eq!((close.became, close.ids), (Became::TakenBack, Vec::new()));
        assert!(office.all(Kind::Batch).is_empty());

        let batch = office.run(open()).unwrap().ids[0];
        let came = office.seq(row(Kind::Customer, "r", &[("name", "Acme")]).by(ADMIN).of(batch));
        office.run(Command::BatchClose { batch }).unwrap();
        assert_eq!(undo::entries_of(&office.rows, batch), [came]);
        assert_eq!(office.run(Command::BatchClose { batch }).unwrap_err(), Refusal::NoBatch(batch));
    }

    #[test]
    fn a_won_deal_is_a_purchase_with_an_amount() {
        let mut office = Office::new();
        office.customers(["Acme"]);
        let fields = [("customer", "Acme"), ("product", "GTX")];
        let deal = office.make(Kind::Deal, &fields);
        let missing = Refusal::Missing(Kind::Deal, text("amount"));
        assert_eq!(office.run(edit(deal, "stage", "won")).unwrap_err(), missing);
        office.run(edit(deal, "amount", "100")).unwrap();
        office.run(edit(deal, "stage", "won")).unwrap();
        assert_eq!(office.run(edit(deal, "amount", "")).unwrap_err(), missing);
        let (purchase, _) = office.all(Kind::Purchase)[0];

        office.run(edit(purchase, "date", "2017-11-05")).unwrap();
        office.run(edit(purchase, "product", "GTX 2")).unwrap();
        office.run(edit(deal, "name", "the big one")).unwrap();
        office.run(edit(deal, "amount", "120")).unwrap();
        let sold = |name| office.get(purchase, name);
        assert_eq!(sold("product"), Value::Text(text("GTX 2")), "edited by hand");
        assert_eq!(sold("date"), Value::Day(chrono::NaiveDate::from_ymd_opt(2017, 11, 5).unwrap().into()));
        assert_eq!(sold("amount"), office.get(deal, "amount"));

        office.run(edit(deal, "stage", "lost")).unwrap();
        assert!(office.all(Kind::Purchase).is_empty());
    }

    #[test]
    fn only_a_practice_stores_clock_moves_and_only_forward() {
        let mut office = Office::new();
        let moved = |to: &str| Command::ClockMove { to: text(to) };
        assert_eq!(refused(&mut office, moved("2017-01-01")), "ClockBackwards");
        office.run(moved("+3d")).unwrap();
        assert_eq!(office.rows.settings().clock_ahead, Some(3 * 86_400_000));
    }
}
