//! The deadlines of a step: its end, its warning, its escalations, and the next moment that brings one of them.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono_tz::Tz;

use super::run;
use super::who::told;
use crate::model::{
    Became, Cause, Command, Event, Id, Index, Instant, Key, Kind, Row, Rows, Task, TaskState, Value, World,
    index,
};
use crate::rules::policy::{Clock, Policy, Step, Warn, Work};
use crate::rules::{Outcome, set};
use crate::text::{Clean, Span};

/// When a step that begins ends, and when it is warned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Deadline {
    /// By when it is to be done; none where its calendar has no such moment.
    pub(super) due: Option<Instant>,
    /// When it is warned of.
    pub(super) warn_at: Option<Instant>,
}

impl Deadline {
    /// Of a step whose time passes from a moment on.
    pub(super) fn of(policy: &Policy, work: &Work, begun: Instant, zone: Tz) -> Deadline {
        Deadline::ending(
            policy,
            work,
            (begun, policy.ends(work.clock(), begun, work.within.span, zone)),
            zone,
        )
    }

    /// Of a step that lasts from a moment to another.
    fn ending(policy: &Policy, work: &Work, (begun, due): (Instant, Option<Instant>), zone: Tz) -> Deadline {
        let warn_at = due.zip(work.warn).and_then(|(due, warn)| match warn {
            _ if due <= begun => Some(due),
            Warn::Share(percent) => policy.share(work.clock(), (begun, due), percent, zone),
            Warn::Before(span) => Some(before(due, span).max(begun)),
        });
        Deadline { due, warn_at }
    }

    /// The same, of a clock that stood still from one moment to another since the step began.
    pub(super) fn moved(
        self,
        policy: &Policy,
        clock: &Clock,
        begun: Instant,
        (from, to): (Instant, Instant),
        zone: Tz,
    ) -> Deadline {
        if to <= begun {
            return self;
        }
        let pause = (begun.max(from), to);
        let moved = |at: Option<Instant>| at.and_then(|at| policy.moved(clock, at, pause, zone)).or(at);
        Deadline { due: moved(self.due), warn_at: moved(self.warn_at) }
    }

    /// Notes it on a task.
    pub(super) fn note(&self, world: &mut World, task: Id) {
        set(world, task, "due", Value::or_absent(self.due, Value::Instant));
        set(world, task, "warn_at", Value::or_absent(self.warn_at, Value::Instant));
    }
}

/// So long before a moment, as time passes.
fn before(at: Instant, span: Span) -> Instant {
    Instant(at.0 - span.minutes() * 60_000)
}

/// When time brings the next warning or escalation of an open task.
pub(super) fn next_look(policy: &Policy, task: &Task, zone: Tz) -> Option<Instant> {
    let work = work_of(policy, task)?;
    if task.warned.is_none() && task.warn_at.is_some() {
        return task.warn_at;
    }
    let nth = usize::try_from(task.escalated.unwrap_or(0)).unwrap_or(usize::MAX);
    policy.ends(work.clock(), task.due?, work.escalate.get(nth)?.after, zone)
}

/// The step that a task is of, in the policy in force.
pub fn step_of<'p>(policy: &'p Policy, task: &Task) -> Option<&'p Step> {
    policy.playbook(task.playbook.as_str())?.step(task.step.as_str())
}

fn work_of<'p>(policy: &'p Policy, task: &Task) -> Option<&'p Work> {
    step_of(policy, task)?.work()
}

/// Notes on a task when time brings the next of its moments, from a moment on: none where its clock stands still (no
/// such moment) or it is not open. What another policy wants earlier than that comes then.
pub(super) fn set_look(world: &mut World, policy: &Policy, id: Id, from: Option<Instant>) {
    let Some(task) = world.task(id) else { return };
    let from = from.filter(|_| task.state == Some(TaskState::Open));
    let next = from.and_then(|from| Some(next_look(policy, &task, world.ground().zone)?.max(from)));
    set(world, id, "look", Value::or_absent(next, Value::Instant));
}

/// Where somebody moves the end of a step, its warning goes along; where that is still to come, it is not warned of
/// yet. What time brings next is looked at anew: of open steps that were moved, and of those that an undo opened or
/// whose run it let go on or stand still.
pub(in crate::rules) fn follow_ends(world: &mut World, policy: &Policy, command: &Command, now: Instant) {
    let is_undo = matches!(command, Command::Undo { .. });
    if !is_undo && !matches!(command, Command::Edit { .. } | Command::TaskSnooze { .. }) {
        return;
    }
    for (record, name) in set_fields(world) {
        match (record.kind, name) {
            (Kind::Task, "due") if !is_undo => {
                move_warning(world, policy, record, now);
                look_again(world, policy, record, now);
            }
            (Kind::Task, "due" | "state") => {
                stand(world, record);
                look_again(world, policy, record, now);
            }
            (Kind::Run, "state") => {
                for (task, _) in tasks(world, record) {
                    stand(world, task);
                    look_again(world, policy, task, now);
                }
            }
            _ => {}
        }
    }
}

/// The fields that were set, and of which records.
fn set_fields(world: &World) -> BTreeSet<(Id, &'static str)> {
    let set = world.events().iter().filter_map(|event| match event {
        Event::Set { record, field, .. } => Some((*record, record.kind.info(field.code)?.name)),
        _ => None,
    });
    set.collect()
}

fn move_warning(world: &mut World, policy: &Policy, id: Id, now: Instant) {
    let Some(task) = world.task(id) else { return };
    let (Some(work), Some(begun)) = (work_of(policy, &task), task.begun) else { return };
    let deadline = Deadline::ending(policy, work, (begun, task.due), world.ground().zone);
    deadline.note(world, id);
    if deadline.warn_at.is_none_or(|at| at > now) {
        set(world, id, "warned", Value::Absent);
    }
}

/// Notes anew when time brings the next of a step's moments, unless its run stands still.
fn look_again(world: &mut World, policy: &Policy, id: Id, now: Instant) {
    let run = world.task(id).and_then(|task| task.run).and_then(|id| run::run(world, id));
    if let Some(run) = run {
        set_look(world, policy, id, run::goes_on(&run).then_some(now));
    }
}

/// The steps and runs to which time has brought something by a moment: the earliest first, at most so many.
pub fn due(rows: &dyn Rows, now: Instant, most: usize) -> Vec<(Instant, Id)> {
    let first = Key::of(Index::Playbook);
    let mut due = Vec::new();
    rows.scan(&first.0, &first.end(), false, &mut |key| {
        let found = index::moment(key).zip(index::target(key)).filter(|(at, _)| *at <= now);
        due.extend(found);
        found.is_some() && due.len() < most
    });
    due
}

/// Carries out what a moment brings to a task or a run, as of that moment. Whatever changed since is left.
pub(in crate::rules) fn remind(world: &mut World, policy: &Policy, due: Instant, record: Id) -> Outcome {
    let rule = match world.row(record) {
        Some(Row::Task(task)) if task.look == Some(due) => {
            pass(world, policy, due, record, &task);
            rule(&[task.playbook.as_str(), task.step.as_str()])
        }
        Some(Row::Run(run)) if run.look == Some(due) => {
            run::settle(world, policy, record, due);
            rule(&[run.playbook.as_str(), "until"])
        }
        _ => Clean::known(super::COMMAND),
    };
    Outcome {
        cause: Cause::Due { at: due, rule },
        ids: Vec::new(),
        became: Became::Updated,
        dates: Vec::new(),
    }
}

fn rule(parts: &[&str]) -> Clean {
    Clean::washed(&parts.join("/")).0
}

/// The warning of a task, or its next escalation: whom it concerns then finds it in their queue.
fn pass(world: &mut World, policy: &Policy, due: Instant, id: Id, task: &Task) {
    if task.warned.is_none() && task.warn_at.is_some_and(|at| at <= due) {
        set(world, id, "warned", Value::Instant(due));
    } else if let Some((nth, member)) = escalation(world, policy, task, due) {
        set(world, id, "escalated", Value::Number(nth as i64 + 1));
        set(world, id, "escalated_to", Value::Ref(member));
    } else {
        return wait_for_another(world, policy, (id, task), due);
    }
    set_look(world, policy, id, Some(due));
}

/// The first escalation not told yet that is due and reaches somebody: which, and whom.
fn escalation(world: &World, policy: &Policy, task: &Task, due: Instant) -> Option<(usize, Id)> {
    let (work, end, zone) = (work_of(policy, task)?, task.due?, world.ground().zone);
    let told_already = usize::try_from(task.escalated.unwrap_or(0)).unwrap_or(usize::MAX);
    let is_due = |after| policy.ends(work.clock(), end, after, zone).is_some_and(|at| at <= due);
    let mut left = work.escalate.iter().enumerate().skip(told_already).filter(|(_, next)| is_due(next.after));
    left.find_map(|(nth, next)| Some((nth, told(world, task, &next.to)?)))
}

/// What could be told to nobody is told with the next escalation.
fn wait_for_another(world: &mut World, policy: &Policy, (id, task): (Id, &Task), due: Instant) {
    let zone = world.ground().zone;
    let later = work_of(policy, task).zip(task.due).and_then(|(work, end)| {
        let ends = work.escalate.iter().filter_map(|next| policy.ends(work.clock(), end, next.after, zone));
        ends.filter(|at| *at > due).min()
    });
    set(world, id, "look", Value::or_absent(later, Value::Instant));
}

/// Moves the deadlines of an open task by the time for which its clock stood still.
pub(super) fn move_on(world: &mut World, policy: &Policy, id: Id, pause: (Instant, Instant)) {
    let Some(task) = world.task(id) else { return };
    let zone = world.ground().zone;
    let clock = work_of(policy, &task).map_or(&Clock::Elapsed, Work::clock);
    let begun = task.begun.unwrap_or(pause.0);
    let deadline = Deadline { due: task.due, warn_at: task.warn_at };
    deadline.moved(policy, clock, begun, pause, zone).note(world, id);
    set_look(world, policy, id, Some(pause.1));
}

/// Notes on an open task since when its clock stands still: since its run was paused, or since it began in that pause.
pub(super) fn stand(world: &mut World, id: Id) {
    let Some(task) = world.task(id).filter(run::is_open) else { return };
    let paused = task.run.and_then(|of| run::run(world, of)).and_then(|run| run.paused);
    let since = paused.map(|paused| task.begun.map_or(paused, |begun| begun.max(paused)));
    set(world, id, "stands", Value::or_absent(since, Value::Instant));
}

/// The tasks of a run, by their numbers.
pub(super) fn tasks(rows: &dyn Rows, run: Id) -> Vec<(Id, Task)> {
    let found = rows.found(&Key::of(Index::Refers).id(run).kind(Kind::Task));
    found.into_iter().filter_map(|id| Some((id, rows.task(id)?))).collect()
}
