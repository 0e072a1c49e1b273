//! What people do with plans: one leaves one out, and one greets, once a day.

use super::settled;
use super::{CADENCE, Counted, Planner, id_of, is_greeting, lens, link, retitle, task_of};
use crate::filter::KinOf;
use crate::model::{
    Day, Id, Index, Instant, Key, Kind, Profile, Refusal, Row, Rows, Source, TaskState, Value, World, index,
};
use crate::rules::playbook::who;
use crate::rules::policy::{Duty, Policy};
use crate::rules::{Outcome, Stamp, names, task};
use crate::text::Clean;

/// Leaves out what is planned for a customer, once: a greeting on the next of its days, or the rhythm's next contact.
/// What is in the queue is dropped; of what is not, a dropped task is kept, so that everybody reads why.
pub(in crate::rules) fn skip(
    world: &mut World,
    policy: &Policy,
    customer: Id,
    [occasion, reason]: [&Clean; 2],
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    if world.customer(customer).is_none() {
        return Err(Refusal::NoRecord(customer));
    }
    if reason.is_empty() {
        return Err(Refusal::Missing(Kind::Task, Clean::known("reason")));
    }
    let (matching, planned) = planned(world, policy, customer, occasion, stamp.at);
    let Some(skipped) = matching else {
        return Err(Refusal::NotPlanned(customer, occasion.clone(), planned));
    };
    if let Some((day, task)) = skipped.instead {
        return Err(Refusal::LeftOut { customer, occasion: skipped.key, day, task });
    }
    let record = match skipped.task {
        Some(id) if world.task(id).is_some_and(|task| task.occasions.len() < 2) => {
            task::drop(world, policy, id, reason, stamp)?;
            return Ok(Outcome::changed(world, vec![id]));
        }
        Some(id) => {
            link(world, id, &skipped.key, false);
            retitle(world, policy, id);
            keep(world, policy, customer, &skipped, reason, stamp)?
        }
        None => keep(world, policy, customer, &skipped, reason, stamp)?,
    };
    Ok(Outcome::created(vec![record]))
}

/// What is left out.
struct Skipped {
    day: Day,
    source: Source,
    key: Clean,
    rhythm: Option<Counted>,
    task: Option<Id>,
    /// What is left out already and makes it the next one: its day, and the task that says so.
    instead: Option<(Day, Id)>,
}

/// The first plan of a customer that an occasion names, and what all of them are called.
fn planned(
    world: &World,
    policy: &Policy,
    customer: Id,
    occasion: &Clean,
    now: Instant,
) -> (Option<Skipped>, Vec<Clean>) {
    let Some(profile) = Profile::of(world, customer.n) else { return (None, Vec::new()) };
    let planner = Planner::new(policy, &lens(world, policy, now));
    let plans = planner.plans(world, &KinOf(world), &profile);
    let (kin, zone) = (KinOf(world), world.ground().zone);
    let gone = settled::left_out(world, customer, now.day(zone), zone);
    let look = planner.look(world, &kin, &profile);
    let mut found = None;
    let mut all: Vec<Clean> = Vec::new();
    for plan in plans {
        let keys = match plan.source {
            Source::Cadence if plan.task.is_some_and(|task| !is_rhythms(world, task)) => Vec::new(),
            Source::Cadence => vec![Clean::known(CADENCE)],
            _ => plan.occasions,
        };
        for key in keys {
            let is_meant = key == *occasion || id_of(&key) == occasion.as_str();
            if is_meant && found.is_none() {
                let (day, source, rhythm, task) = (plan.day, plan.source, plan.rhythm, plan.task);
                // A contact since, or another date, and what was left out before stands in the way of nothing.
                let stands = |day: Day| match rhythm {
                    Some(counted) => counted.left_out == Some(day),
                    None => look.greets(&key, day),
                };
                let instead = gone.iter().find(|(of, day, _)| *of == key && task.is_none() && stands(*day));
                let instead = instead.map(|(_, day, task)| (*day, *task));
                found = Some(Skipped { day, source, key: key.clone(), rhythm, task, instead });
            }
            if !all.contains(&key) {
                all.push(key);
            }
        }
    }
    (found, all)
}

/// Whether a task is the rhythm's: what somebody planned themselves is left out by nobody else.
fn is_rhythms(world: &World, task: Id) -> bool {
    world.task(task).is_some_and(|task| settled::is_rhythms(&task))
}

/// Keeps that something was left out, and why.
fn keep(
    world: &mut World,
    policy: &Policy,
    customer: Id,
    skipped: &Skipped,
    reason: &Clean,
    stamp: &Stamp,
) -> Result<Id, Refusal> {
    let Skipped { day, source, key, rhythm, .. } = skipped;
    let keys = if *source == Source::Cadence { &[][..] } else { std::slice::from_ref(key) };
    let mut values = task_of(policy, (customer, *day), keys, *rhythm, world.ground().zone);
    values.put("state", Value::word(TaskState::Dropped));
    values.put_text("note", reason)?;
    values.put("done_at", Value::Instant(stamp.at));
    values.put("done_by", Value::or_absent(stamp.by, Value::Ref));
    values.put("created", Value::Instant(stamp.at));
    if *source == Source::Cadence {
        let duty = policy.care.rhythm.as_ref().map_or(&Duty::Owner, |rhythm| &rhythm.duty);
        values.put("duty", Value::Text(who::name(duty)));
    }
    let task = world.fresh(Kind::Task);
    values.create(world, task);
    Ok(task)
}

/// Refuses a greeting on a day on which there is one already, unless another one is meant. A greeting that is said
/// fulfils one that is planned; a planned one is one too many beside any other.
pub(in crate::rules) fn once(world: &World, record: Id) -> Result<(), Refusal> {
    let zone = world.ground().zone;
    let Some(row) = world.row(record) else { return Ok(()) };
    let was = world.before(record).and_then(|row| row.greets(zone));
    let Some((customer, day)) = row.greets(zone).filter(|is| was != Some(*is)) else { return Ok(()) };
    let (is_said, is_meant) = match &row {
        Row::Interaction(said) => (true, said.again || !is_greeting(said)),
        Row::Task(task) => (false, task.again || task.state != Some(TaskState::Open)),
        _ => return Ok(()),
    };
    if is_meant {
        return Ok(());
    }
    let others = Key::of(Index::Greeting).id(customer).day(day);
    let mut found = None;
    world.scan(&others.0, &others.end(), false, &mut |key| {
        found = index::target(key)
            .filter(|other| *other != record)
            .and_then(|other| standing(other, world.row(other)?, is_said));
        found.is_none()
    });
    match found {
        Some((record, by, at)) => {
            let by = by.map(|by| names::name_of(world, by)).unwrap_or_default();
            Err(Refusal::Greeted { customer, day, record, by, at })
        }
        None => Ok(()),
    }
}

/// A greeting that stands in the way of another: who did it, or is to, and when it was done.
fn standing(id: Id, row: Row, is_said: bool) -> Option<(Id, Option<Id>, Option<Instant>)> {
    match row {
        Row::Interaction(said) if is_greeting(&said) => Some((id, said.by, said.at)),
        Row::Task(task) => match task.state {
            Some(TaskState::Done) => Some((id, task.done_by, task.done_at)),
            Some(TaskState::Open) if !is_said => Some((id, task.assignee.or(task.team), None)),
            _ => None,
        },
        _ => None,
    }
}
