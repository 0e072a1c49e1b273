//! What another policy would do to the steps of playbooks: its adoption, over rows that are forgotten afterwards. What
//! the preview tells is what the adoption does.

use std::collections::{BTreeMap, BTreeSet};

use super::renew::{Change, TOGETHER, at_work};
use super::run::{is_open, run};
use crate::model::query::Fate;
use crate::model::{Cause, Entry, Id, Instant, Kind, Rows, Task, TaskState, Value, World};
use crate::rules::policy::Policy;
use crate::rules::{grade, set};
use crate::text::Clean;

/// A step that another policy changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// Its task; one that is born has it by then.
    pub task: Id,
    /// As it is.
    pub before: Option<Task>,
    /// As it would be.
    pub after: Task,
    /// What becomes of it.
    pub fate: Fate,
}

/// The customers with a playbook at work.
pub fn customers_at_work(rows: &dyn Rows) -> BTreeSet<u64> {
    let world = World::over(rows);
    let of = |n: u64| run(&world, Id::new(Kind::Run, n))?.customer;
    at_work(rows).into_iter().filter_map(of).map(|customer| customer.n).collect()
}

/// The steps that a policy would change. `moved` are the customers whom it puts elsewhere, as far as playbooks can
/// follow from that.
pub fn rehearse(rows: &dyn Rows, policy: &Policy, moved: &[u64], now: Instant) -> Vec<Changed> {
    let mut world = World::over(rows);
    let version = rows.settings().version.unwrap_or(0) + 1;
    set(&mut world, Id::SETTINGS, "version", Value::Number(version));
    for chunk in moved.chunks(TOGETHER) {
        let customers = chunk.iter().copied().collect();
        happen(&mut world, policy, now, true, |world| grade::follow(world, policy, &customers, now));
    }
    for chunk in at_work(rows).chunks(TOGETHER) {
        let change = Change::of(rows, policy, version, chunk);
        happen(&mut world, policy, now, false, |world| change.runs(world, chunk, now));
    }
    let (layer, _) = world.finish();
    let tasks = layer.rows.into_iter().filter_map(|(id, row)| Some((id, row?.try_into().ok()?)));
    tasks.filter_map(|(id, after)| changed(id, rows.task(id), after)).collect()
}

/// What a policy would change (`after`), beside what another one would (`before`), of the same rows. What both would
/// begin is the same step of the same playbook for the same customer.
pub fn beside(before: Vec<Changed>, after: Vec<Changed>) -> Vec<Changed> {
    let mut before: BTreeMap<Meant, Changed> =
        before.into_iter().map(|step| (Meant::of(&step), step)).collect();
    let mut changed = Vec::new();
    for step in after {
        let other = before.remove(&Meant::of(&step));
        let was = other.map_or(step.before, |other| Some(other.after));
        changed.extend(self::changed(step.task, was, step.after));
    }
    // What the other policy alone would change stands here as it does.
    let gone = before.into_values().filter_map(|step| match step.before {
        Some(stands) => self::changed(step.task, Some(step.after), stands),
        None => self::changed(step.task, Some(step.after.clone()), not_begun(step.after)),
    });
    changed.extend(gone);
    changed
}

/// A step that begins under another policy alone.
fn not_begun(task: Task) -> Task {
    Task { state: Some(TaskState::Dropped), ..task }
}

/// Which step is meant, whatever number its task has.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Meant {
    There(Id),
    New(Option<Id>, Clean, Clean),
}

impl Meant {
    fn of(step: &Changed) -> Meant {
        let task = &step.after;
        match step.before {
            Some(_) => Meant::There(step.task),
            None => Meant::New(task.customer, task.playbook.clone(), task.step.clone()),
        }
    }
}

/// Lets something happen by itself, and what follows from it.
fn happen(world: &mut World, policy: &Policy, now: Instant, is_graded: bool, work: impl FnOnce(&mut World)) {
    let mut child = world.child();
    work(&mut child);
    let touched = if is_graded { BTreeSet::new() } else { child.touched() };
    let (layer, events) = child.finish();
    world.absorb(layer);
    let entry = |events: &[crate::model::Event]| Entry {
        seq: world.head() + 1,
        at: now,
        by: None,
        command: Clean::known(super::COMMAND),
        cause: Cause::Due { at: now, rule: Clean::known("policy") },
        batch: None,
        events: events.to_vec(),
    };
    let entries: Vec<Entry> = events.chunk_by(|a, b| a.record() == b.record()).map(entry).collect();
    crate::rules::follow(world, policy, &entries, touched);
}

/// What became of a task, if it is one of a step and anything did.
pub(super) fn changed(task: Id, before: Option<Task>, after: Task) -> Option<Changed> {
    let times = |task: &Task| (task.due, task.warn_at, task.look);
    let fate = match (before.as_ref().filter(|before| is_open(before)), is_open(&after)) {
        _ if after.run.is_none() => return None,
        (None, true) => Fate::Born,
        (Some(_), false) => Fate::Dropped,
        (Some(before), true) if times(before) != times(&after) => Fate::Moved,
        _ => return None,
    };
    Some(Changed { task, before, after, fate })
}
