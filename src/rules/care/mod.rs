//! Care and the communication plan: who is greeted and contacted when, without anybody having to think of it.
//!
//! ```text
//! grade --follow--> care_at: the moment at which time brings the next plan into the queue   (an index of it: no sweep)
//! time  --turn----> tasks: one greeting a day, naming all its occasions; the rhythm's next contact
//! act   --settle--> a real contact ends what it fulfils; who must not be contacted has nothing open
//! ```
//!
//! What came of a plan is remembered by its task, in whatever state: so an occasion comes once a year, whatever is
//! stopped and started, and what was left out stays so.

mod amend;
mod hand;
#[cfg(test)]
mod laws;
mod plan;
mod settled;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono_tz::Tz;
pub(super) use hand::{once, skip};
use plan::open;
pub use plan::{Counted, Plan, Planner};

use super::playbook::who;
use super::policy::{CADENCE, Duty, Policy};
use super::{Outcome, Values, fields, grade, set, task};
use crate::filter::{Groups, Kin, KinOf, KinOnce, Lens};
use crate::model::{
    Became, Cause, Channel, Command, Day, Direction, Entry, Event, Ground, Id, Instant, Interaction, Kind,
    Outcome as Ending, Profile, Row, Rows, Source, Task, TaskState, Value, World, derived,
};
use crate::text::say::care as say;
use crate::text::{Clean, Lang};

/// What the journal calls what follows from plans.
pub(super) const COMMAND: &str = derived::CARE;

/// Emits when time brings the next plan of a graded customer. `before` is its profile as it was before it was graded.
pub(super) fn follow(world: &mut World, planner: &Planner<'_>, before: &Profile, groups: &Groups) {
    let (id, Some(customer)) = (before.id, world.customer(before.id)) else { return };
    let graded = before.clone().graded(&customer);
    amend::amend(world, planner, &graded);
    let has_plans = !planner.policy.care.is_empty();
    if !has_plans && customer.care_at.is_none() {
        return;
    }
    let next = planner.look(world, &KinOnce(world, groups), &graded).next().filter(|_| has_plans);
    let (at, rule) = next.unzip();
    set(world, id, "care_at", Value::or_absent(at, Value::Instant));
    set(world, id, "care", Value::text(rule.unwrap_or_default()));
}

/// Whether the policy plans otherwise for a graded customer than stands in its record.
pub fn displaces(rows: &dyn Rows, planner: &Planner<'_>, kin: &dyn Kin, profile: &Profile) -> bool {
    let look = planner.look(rows, kin, profile);
    let next = look.next().filter(|_| !planner.policy.care.is_empty());
    let (at, rule) = next.unzip();
    let stands = (profile.customer.care_at, &profile.customer.care);
    (at, &rule.unwrap_or_default()) != stands || !amend::astray(&look).is_empty()
}

/// The commands that bring plans of these customers into the queue at a moment: one for each rule.
pub(super) fn coming(rows: &dyn Rows, due: Instant, customers: &[u64]) -> Vec<Command> {
    let mut of_rules: Vec<(Clean, Vec<u64>)> = Vec::new();
    for n in customers {
        let Some(row) = rows.customer(Id::customer(*n)) else { continue };
        match of_rules.iter_mut().find(|(rule, _)| *rule == row.care) {
            Some((_, customers)) => customers.push(*n),
            None => of_rules.push((row.care, vec![*n])),
        }
    }
    let command = |(rule, customers)| Command::Care { due, rule, customers };
    of_rules.into_iter().map(command).collect()
}

/// Brings plans into the queue at the moment at which they were to come, as of that moment: whether the server ran then
/// or is catching up. Of whom anything was changed since, that is looked at again.
pub(super) fn turn(
    world: &mut World,
    policy: &Policy,
    due: Instant,
    rule: &Clean,
    customers: &[u64],
) -> Outcome {
    let is_due = |n: &&u64| world.customer(Id::customer(**n)).is_some_and(|row| row.care_at == Some(due));
    let due_ones: BTreeSet<u64> = customers.iter().filter(is_due).copied().collect();
    let lens = Lens::new(due, world.ground(), None, &policy.rhythms());
    let planner = Planner::new(policy, &lens);
    for n in &due_ones {
        let over = given_up(world, &planner, *n);
        drop_all(world, over, say::is_over(policy.language), due);
        for born in births(world, &planner, *n) {
            born.come(world, policy, due);
        }
    }
    grade::follow(world, policy, &due_ones, due);
    let rule = if rule.is_empty() { Clean::known(COMMAND) } else { Clean::washed(&format!("care {rule}")).0 };
    let cause = Cause::Due { at: due, rule };
    Outcome { cause, ids: Vec::new(), became: Became::Updated, dates: Vec::new() }
}

/// The greetings of a customer whose day is over for too long at the planner's moment.
fn given_up(world: &World, planner: &Planner<'_>, n: u64) -> Vec<Id> {
    let Some(profile) = Profile::of(world, n) else { return Vec::new() };
    let kin = KinOf(world);
    let open = planner.look(world, &kin, &profile).open_greetings().into_iter();
    open.filter(|(over, _)| *over <= planner.lens.now()).map(|(_, id)| id).collect()
}

/// A plan that comes into the queue.
struct Birth {
    customer: Id,
    day: Day,
    /// The occasions of a greeting; none: it is the rhythm's.
    keys: Vec<Clean>,
    /// What the rhythm counted.
    counted: Option<Counted>,
    duty: Duty,
    channel: Option<Channel>,
    /// What greets on that day already, and is to name these too.
    onto: Option<Id>,
}

/// The plans of a customer that come into the queue at the planner's moment: all greetings of a day together.
fn births(world: &World, planner: &Planner<'_>, n: u64) -> Vec<Birth> {
    let Some(profile) = Profile::of(world, n) else { return Vec::new() };
    let (kin, now, customer) = (KinOf(world), planner.lens.now(), Id::customer(n));
    let look = planner.look(world, &kin, &profile);
    if !look.is_cared_for() {
        return Vec::new();
    }
    let (coming, there) = (look.coming(), look.greetings());
    let days: BTreeSet<Day> =
        coming.iter().filter(|coming| coming.queued <= now).map(|coming| coming.day).collect();
    let mut births: Vec<Birth> = Vec::new();
    for day in days {
        let of_day: Vec<_> = coming.iter().filter(|coming| coming.day == day).collect();
        let Some(first) = of_day.first() else { continue };
        births.push(Birth {
            customer,
            day,
            keys: of_day.iter().map(|coming| coming.key.clone()).collect(),
            counted: None,
            duty: first.occasion.duty.clone(),
            channel: look.channel(first.person, first.occasion.channel),
            onto: there.open.iter().find(|(of, _)| *of == day).map(|(_, task)| *task),
        });
    }
    let cadence = look.cadence().filter(|cadence| cadence.queued.is_some_and(|at| at <= now));
    births.extend(cadence.map(|cadence| Birth {
        customer,
        day: cadence.day,
        keys: Vec::new(),
        counted: Some(cadence.counted),
        duty: cadence.duty.clone(),
        channel: cadence.channel,
        onto: None,
    }));
    births
}

impl Birth {
    /// Makes its task, or adds to that of the day, in the language that the policy names.
    fn come(self, world: &mut World, policy: &Policy, now: Instant) {
        if let Some(task) = self.onto {
            return join(world, policy, task, &self.keys);
        }
        let zone = world.ground().zone;
        let assignee = who::holder(world, self.customer, &self.duty);
        let team = fields::queue_of(world, Some(self.customer), assignee);
        let mut values = task_of(policy, (self.customer, self.day), &self.keys, self.counted, zone);
        values.put("assignee", Value::or_absent(assignee, Value::Ref));
        values.put("team", Value::or_absent(team, Value::Ref));
        values.put("state", Value::word(TaskState::Open));
        values.put("created", Value::Instant(now));
        values.put("duty", Value::Text(who::name(&self.duty)));
        values.put("begun", Value::Instant(now));
        values.put("channel", Value::or_absent(self.channel, Value::word));
        let task = world.fresh(Kind::Task);
        values.create(world, task);
    }
}

/// What every task of a plan says: for whom, when, and for what, as the policy calls it. Without occasions it is the
/// rhythm's.
fn task_of(
    policy: &Policy,
    (customer, day): (Id, Day),
    keys: &[Clean],
    counted: Option<Counted>,
    zone: Tz,
) -> Values {
    let every = counted.map(|counted| counted.every);
    let (title, source, greets) = if keys.is_empty() {
        (in_touch(policy, every.unwrap_or_default()), Source::Cadence, Value::Absent)
    } else {
        (title(policy, keys, policy.language, NOBODY), Source::Care, Value::Day(day))
    };
    let mut values = Values::of(Kind::Task);
    values.put("title", fields::beginning(Kind::Task, "title", &title));
    values.put("customer", Value::Ref(customer));
    values.put("due", Value::Instant(Instant::end_of(day.date(), zone)));
    values.put("source", Value::word(source));
    values.put("greets", greets);
    values.put("every", Value::or_absent(every, Value::Number));
    values.put("counted", Value::or_absent(counted.map(|counted| counted.since), Value::Day));
    for key in keys {
        values.put("occasions", Value::Text(key.clone()));
    }
    values
}

/// Lets a greeting name these occasions too.
fn join(world: &mut World, policy: &Policy, task: Id, keys: &[Clean]) {
    for key in keys {
        link(world, task, key, true);
    }
    retitle(world, policy, task);
}

/// Puts an occasion on a greeting, or takes it away.
fn link(world: &mut World, record: Id, key: &Clean, on: bool) {
    let Some((field, _)) = Kind::Task.field("occasions") else { return };
    let value = Value::Text(key.clone());
    if world.row(record).is_some_and(|row| row.holds(&field, &value) != on) {
        let linked = Event::Linked { record, field: field.clone(), value: value.clone() };
        world.emit(if on { linked } else { Event::Unlinked { record, field, value } });
    }
}

fn retitle(world: &mut World, policy: &Policy, task: Id) {
    let Some(row) = world.task(task) else { return };
    let keys: Vec<Clean> = row.occasions.into_iter().collect();
    let title = title(policy, &keys, policy.language, NOBODY);
    set(world, task, "title", fields::beginning(Kind::Task, "title", &title));
}

/// What a contact is called for whoever reads; none where that is not to be said.
pub type Person<'p> = &'p dyn Fn(Id) -> Option<Clean>;

/// Tasks are kept without the names of contacts, which an open pool may hide: whoever reads is told them, as far as
/// they may know them.
pub(super) const NOBODY: Person<'static> = &|_| None;

/// What a greeting for these occasions is called.
pub(super) fn title(policy: &Policy, keys: &[Clean], lang: Lang, person: Person<'_>) -> Clean {
    let place = |key: &&Clean| policy.care.occasions.iter().position(|of| of.name.id.as_str() == id_of(key));
    let mut keys: Vec<&Clean> = keys.iter().collect();
    keys.sort_by_key(place);
    let mut names: Vec<String> = keys.into_iter().map(|key| called(policy, key, lang, person)).collect();
    names.dedup();
    Clean::washed(&say::greeting(lang, names.join(lang.pick(", ", "、")))).0
}

/// What the rhythm's next contact is called.
fn in_touch(policy: &Policy, every: i64) -> Clean {
    Clean::washed(&say::keep_in_touch(policy.language, every)).0
}

/// The occasion that a key names, without the contact.
fn id_of(key: &Clean) -> &str {
    key.as_str().split(':').next().unwrap_or_default()
}

/// Whether a policy brings a plan into the queue at a moment that stands there, where the rows have it not.
pub(super) fn comes(world: &World, policy: &Policy, task: &Task, due: Instant) -> bool {
    let Some(customer) = task.customer else { return false };
    let lens = lens(world, policy, due);
    let births = births(world, &Planner::new(policy, &lens), customer.n);
    births.iter().any(|birth| match task.greets {
        Some(_) => task.occasions.iter().all(|key| birth.keys.contains(key)),
        None => birth.keys.is_empty(),
    })
}

/// What people call an occasion, and of a contact whose it is.
pub fn called(policy: &Policy, key: &Clean, lang: Lang, person: Person<'_>) -> String {
    let id = id_of(key);
    let name = policy.care.occasion(id).map(|of| lang.pick(&of.name.en, &of.name.zh).line());
    let name = name.unwrap_or_else(|| id.to_owned());
    let whose = key.as_str().split_once(':').and_then(|(_, person)| person.parse::<Id>().ok());
    match whose.and_then(person) {
        Some(person) => say::of_person(lang, name, person.line()),
        None => name,
    }
}

/// What follows from an act: a contact ends what it fulfils, who is not to be contacted any more has nothing planned,
/// and where a birthday or another date becomes another, the greeting goes with it.
pub(super) fn settle(world: &mut World, policy: &Policy, entry: &Entry) {
    for event in &entry.events {
        amend::hand_on(world, policy, event);
    }
    let made: BTreeSet<Id> = entry.events.iter().filter_map(created).collect();
    for event in &entry.events {
        match (event, world.row(event.record())) {
            (Event::Created { .. }, Some(Row::Interaction(said))) => fulfil(world, &said, None, &made),
            (Event::Set { record, field, to: Value::Flag(true), .. }, Some(Row::Customer(_)))
                if ["dnc", "archived"].contains(&Kind::Customer.field_name(field).as_str()) =>
            {
                for (id, task) in open(world, *record) {
                    amend::forget(world, id, &task, say::not_wished(policy.language), entry.at);
                }
            }
            _ => {}
        }
    }
    for (was, said) in retold(world, entry, &made) {
        fulfil(world, &said, Some(&was), &made);
    }
    for customer in redated(world, policy, entry) {
        if let Some(profile) = Profile::of(world, customer.n) {
            amend::amend(world, &Planner::new(policy, &lens(world, policy, entry.at)), &profile);
        }
    }
}

/// What an event makes.
fn created(event: &Event) -> Option<Id> {
    matches!(event, Event::Created { .. }).then(|| event.record())
}

/// The customers of whose dates an entry may have changed one.
fn redated(world: &World, policy: &Policy, entry: &Entry) -> BTreeSet<Id> {
    let mut found = BTreeSet::new();
    if policy.care.is_empty() {
        return found;
    }
    for event in &entry.events {
        match event {
            Event::Set { record, from, .. } if record.kind == Kind::Contact => {
                found.extend(world.row(*record).and_then(|row| row.customer()));
                found.extend(from.refers_to());
            }
            Event::Removed { record, values } if record.kind == Kind::Contact => {
                found.extend(values.iter().filter_map(|(_, value)| value.refers_to()));
            }
            Event::Set { record, .. } if record.kind == Kind::Customer => {
                found.insert(*record);
            }
            _ => {}
        }
    }
    found.retain(|id| id.kind == Kind::Customer);
    found
}

/// The interactions that an entry changed, as they were before it and as they are.
fn retold(world: &World, entry: &Entry, made: &BTreeSet<Id>) -> Vec<(Interaction, Interaction)> {
    let is_said = |id: &Id| id.kind == Kind::Interaction && !made.contains(id);
    let changed: BTreeSet<Id> = entry.events.iter().map(Event::record).filter(is_said).collect();
    let both = |id: Id| {
        let row = world.row(id)?;
        let mut was = row.clone();
        for event in entry.events.iter().rev() {
            if let Event::Set { record, field, from, .. } = event
                && *record == id
            {
                was.set(field, from.clone());
            }
        }
        Some((was.try_into().ok()?, row.try_into().ok()?))
    };
    changed.into_iter().filter_map(both).collect()
}

/// A real contact ends what the communication plan has open since before it, but not what the same act plans, nor what
/// it left open as it was before.
fn fulfil(world: &mut World, said: &Interaction, was: Option<&Interaction>, made: &BTreeSet<Id>) {
    let (Some(customer), Some(at)) = (said.customer, said.at) else { return };
    let zone = world.ground().zone;
    for (id, task) in open(world, customer).into_iter().filter(|(id, _)| !made.contains(id)) {
        if fulfils(said, &task, zone) && !was.is_some_and(|was| fulfils(was, &task, zone)) {
            set(world, id, "state", Value::word(TaskState::Done));
            set(world, id, "done_at", Value::Instant(at));
            set(world, id, "done_by", Value::or_absent(said.by, Value::Ref));
        }
    }
}

/// Whether an interaction is what a task of the plan is for. That we speak to a customer, or a greeting, ends the
/// greeting of its day; that they come to us with something does not.
fn fulfils(said: &Interaction, task: &Task, zone: Tz) -> bool {
    let Some(at) = said.at.filter(|_| said.customer == task.customer) else { return false };
    let (is_real, greets) = (said.is_real_contact(), is_greeting(said));
    let speaks = greets || said.direction != Some(Direction::In);
    match task.source {
        Some(Source::Cadence) => is_real && task.begun.is_none_or(|begun| begun <= at),
        _ => (is_real || greets) && speaks && task.greets == Some(at.day(zone)),
    }
}

/// Whether an interaction is a greeting that found somebody, or something to leave it with.
fn is_greeting(said: &Interaction) -> bool {
    said.greeting && said.outcome != Some(Ending::NoAnswer)
}

/// Drops planned tasks for a reason.
fn drop_all(world: &mut World, planned: Vec<Id>, reason: &'static str, at: Instant) {
    for id in planned {
        let reason = Clean::known(reason);
        // A note that is full keeps what it has.
        let note = task::noted(world, id, &reason).unwrap_or_default();
        set(world, id, "state", Value::word(TaskState::Dropped));
        set(world, id, "done_at", Value::Instant(at));
        if !note.is_absent() {
            set(world, id, "note", note);
        }
    }
}

/// The moment's lens for one who asks about plans.
fn lens(rows: &dyn Rows, policy: &Policy, now: Instant) -> Lens {
    Lens::new(now, Ground::of(&rows.settings()), None, &policy.rhythms())
}
