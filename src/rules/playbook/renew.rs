//! Another policy in force, for playbooks that are at work: their steps go on by it.
//!
//! A step whose time, warning or escalation is another now has its deadlines counted anew, from its own start and
//! without the pauses since. Where there is no such step or playbook any more, its open task is dropped; if that policy
//! is taken back, it is open again. A step that is new begins now, where what it waits for has ended.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono_tz::Tz;

use super::clock::{Deadline, set_look, stand, step_of, tasks};
use super::hand::pauses;
use super::run::{begin_step, drop_task, goes_on, is_open, run, settle, stop};
use super::who::told;
use crate::model::{
    Became, Cause, Event, Id, Index, Instant, Key, Kind, Rows, Run, RunState, Task, TaskState, Value, World,
};
use crate::rules::fields::remove;
use crate::rules::policy::{Playbook, Policy, Step, Work, mark};
use crate::rules::undo::is_untouched;
use crate::rules::{Outcome, Stamp, set};
use crate::text::Clean;
use crate::text::say::rules as say;

/// So many runs go on by another policy together.
pub const TOGETHER: usize = 250;

/// From which policy to which.
pub(super) struct Change<'p> {
    /// That by which the whole book was graded until now, where it is known.
    pub(super) before: Option<&'p Policy>,
    /// That in force.
    pub(super) policy: &'p Policy,
    /// Which it is of those that were adopted.
    pub(super) version: i64,
}

/// The runs that another policy can concern, the earliest of each playbook first.
pub fn at_work(rows: &dyn Rows) -> Vec<u64> {
    rows.found(&Key::of(Index::AtWork)).into_iter().map(|run| run.n).collect()
}

/// Lets runs go on by the policy in force: a piece of what follows from its adoption.
pub(in crate::rules) fn renew(world: &mut World, policy: &Policy, runs: &[u64], stamp: &Stamp) -> Outcome {
    let before = graded_by(world);
    let version = world.settings().version.unwrap_or(0);
    let change = Change { before: before.as_ref(), policy, version };
    for n in runs {
        change.run(world, Id::new(Kind::Run, *n), stamp.at);
    }
    let cause = Cause::Due { at: stamp.at, rule: Clean::known("policy") };
    Outcome { cause, ids: Vec::new(), became: Became::Updated, dates: Vec::new() }
}

/// The policy by which the whole book was graded last, out of the journal: one that was in force until another came.
fn graded_by(rows: &dyn Rows) -> Option<Policy> {
    let graded_by = rows.settings().graded_by?;
    let mut found = None;
    rows.history(Id::SETTINGS, u64::MAX, &mut |seq| {
        let events = rows.entry(seq).map(|entry| entry.events).unwrap_or_default();
        found = events.iter().find_map(replaced).filter(|text| mark(text.as_str()) == graded_by).cloned();
        found.is_none()
    });
    Policy::parse(found?.as_str()).ok()
}

/// The policy that an event replaces.
fn replaced(event: &Event) -> Option<&Clean> {
    match event {
        Event::Set { record: Id::SETTINGS, field, from: Value::Text(text), .. }
            if Kind::Settings.field_name(field) == "policy" =>
        {
            Some(text)
        }
        _ => None,
    }
}

impl Change<'_> {
    /// Lets a run go on by the policy.
    pub(super) fn run(&self, world: &mut World, id: Id, now: Instant) {
        let is_back = self.bring_back(world, id);
        let Some(row) = run(world, id).filter(Run::is_at_work) else { return };
        let Some(playbook) = self.policy.playbook(row.playbook.as_str()) else {
            return self.stop(world, id, now);
        };
        let was = tasks(world, id);
        for (task, step) in &was {
            self.renew_task(world, (*task, step), &row, now);
        }
        if let (false, Some(customer)) = (is_back, row.customer) {
            let there = tasks(world, id);
            for step in self.new_steps(playbook, &was, &there) {
                begin_step(world, self.policy, (id, &row), (step, customer), now, now);
            }
            for (task, _) in tasks(world, id).into_iter().skip(there.len()) {
                set(world, task, "came", Value::Number(self.version));
            }
        }
        settle(world, self.policy, id, now);
    }

    /// Whether what was dropped or stopped for a policy's sake is not any more, because that policy was taken back.
    fn is_taken_back(&self, gone: Option<i64>) -> bool {
        gone.is_some_and(|version| self.version < version)
    }

    /// A run whose playbook is there again is at work again.
    fn bring_back(&self, world: &mut World, id: Id) -> bool {
        let stopped = run(world, id).filter(|row| self.is_taken_back(row.gone));
        let is_back = stopped.is_some_and(|row| self.policy.playbook(row.playbook.as_str()).is_some());
        if is_back {
            set(world, id, "state", Value::word(RunState::Running));
            for name in ["ended", "reason", "gone"] {
                set(world, id, name, Value::Absent);
            }
        }
        is_back
    }

    /// Stops a run of a playbook that is gone.
    fn stop(&self, world: &mut World, id: Id, now: Instant) {
        for (task, row) in tasks(world, id) {
            if is_open(&row) {
                self.drop(world, task, &row, now);
            }
        }
        stop(world, id, &Clean::known(say::playbook_gone(self.policy.language)), now);
        set(world, id, "gone", Value::Number(self.version));
    }

    fn drop(&self, world: &mut World, task: Id, row: &Task, now: Instant) {
        let reason = say::step_gone(self.policy.language);
        let note = if row.note.is_empty() { reason.to_owned() } else { format!("{}\n{reason}", row.note) };
        drop_task(world, task, now);
        set(world, task, "note", Value::text(Clean::washed(&note).0));
        set(world, task, "gone", Value::Number(self.version));
    }

    /// A dropped task whose step is there again is open again; an open one has the deadlines of its step. One that came
    /// with a policy goes with it, if nobody has gone on with it.
    fn renew_task(&self, world: &mut World, (id, task): (Id, &Task), run: &Run, now: Instant) {
        if is_open(task) && self.is_taken_back(task.came) && is_untouched(world, id) {
            return remove(world, id);
        }
        let work = step_of(self.policy, task).and_then(Step::work);
        match work {
            None if is_open(task) => self.drop(world, id, task, now),
            Some(work) if is_open(task) || self.is_taken_back(task.gone) => {
                if !is_open(task) {
                    open_again(world, id, task);
                    stand(world, id);
                }
                self.set_deadlines(world, (id, task), work, run, now);
            }
            _ => {}
        }
    }

    /// Counts the deadlines of an open task anew, where the policy changed them.
    fn set_deadlines(
        &self,
        world: &mut World,
        (id, task): (Id, &Task),
        work: &Work,
        run: &Run,
        now: Instant,
    ) {
        let zone = world.ground().zone;
        let was = self
            .before
            .and_then(|before| Some(Times::of(before, step_of(before, task)?.work()?, task, run, zone)));
        let is = Times::of(self.policy, work, task, run, zone);
        if was.as_ref() != Some(&is) {
            is.deadline.note(world, id);
            is.forget_what_is_to_come(world, id, task, now);
            set_look(world, self.policy, id, goes_on(run).then_some(now));
        }
    }

    /// The steps that the run would have come to by this policy and had not by the one before: they are new, or wait for
    /// another step than they did.
    fn new_steps<'a>(&self, playbook: &'a Playbook, was: &[(Id, Task)], is: &[(Id, Task)]) -> Vec<&'a Step> {
        let Some(before) = self.before.and_then(|before| before.playbook(playbook.id.as_str())) else {
            return Vec::new();
        };
        let known: BTreeSet<&Clean> =
            reached(before, was, &|_| true).into_iter().map(|step| &step.id).collect();
        let mut steps = reached(playbook, is, &|step| known.contains(step));
        steps.retain(|step| !known.contains(&step.id));
        steps
    }
}

/// The steps that a run has come to: those that begin with it, and those behind the ones that have ended. Of a step without
/// a task it is asked whether the run has passed over it.
fn reached<'a>(
    playbook: &'a Playbook,
    tasks: &[(Id, Task)],
    passed: &dyn Fn(&Clean) -> bool,
) -> Vec<&'a Step> {
    let mut reached: Vec<&Step> = Vec::new();
    let mut ended = vec![None];
    while let Some(last) = ended.pop() {
        for step in playbook.after(last) {
            let task = tasks.iter().map(|(_, task)| task).find(|task| task.step == step.id);
            reached.push(step);
            if task.map_or_else(|| passed(&step.id), |task| !is_open(task)) {
                ended.push(Some(&step.id));
            }
        }
    }
    reached
}

/// A task that was dropped for a policy's sake is as it was before.
fn open_again(world: &mut World, id: Id, task: &Task) {
    let reasons = [crate::text::Lang::En, crate::text::Lang::Zh].map(say::step_gone);
    let note = reasons.iter().find_map(|reason| task.note.as_str().strip_suffix(reason));
    if let Some(note) = note {
        set(world, id, "note", Value::text(Clean::washed(note.trim_end()).0));
    }
    set(world, id, "state", Value::word(TaskState::Open));
    set(world, id, "done_at", Value::Absent);
    set(world, id, "gone", Value::Absent);
}

/// All that time brings to a step.
#[derive(PartialEq, Eq)]
struct Times<'p> {
    deadline: Deadline,
    escalations: Vec<(Option<Instant>, &'p crate::rules::policy::Duty)>,
}

impl<'p> Times<'p> {
    fn of(policy: &Policy, work: &'p Work, task: &Task, run: &Run, zone: Tz) -> Times<'p> {
        let begun = task.begun.unwrap_or_default();
        let mut deadline = Deadline::of(policy, work, begun, zone);
        for pause in pauses(run) {
            deadline = deadline.moved(policy, work.clock(), begun, pause, zone);
        }
        let ends = |after| policy.ends(work.clock(), deadline.due?, after, zone);
        let escalations = work.escalate.iter().map(|next| (ends(next.after), &next.to)).collect();
        Times { deadline, escalations }
    }

    /// A task is not yet warned of nor escalated, as far as that is still to come.
    fn forget_what_is_to_come(&self, world: &mut World, id: Id, task: &Task, now: Instant) {
        if self.deadline.warn_at.is_none_or(|at| at > now) {
            set(world, id, "warned", Value::Absent);
        }
        let past = self.escalations.iter().take_while(|(at, _)| at.is_some_and(|at| at <= now));
        let past: Vec<_> = past.take(usize::try_from(task.escalated.unwrap_or(0)).unwrap_or(0)).collect();
        let count = Some(past.len() as i64).filter(|count| *count > 0);
        set(world, id, "escalated", Value::or_absent(count, Value::Number));
        let to = past.last().and_then(|(_, to)| told(world, task, to));
        set(world, id, "escalated_to", Value::or_absent(to, Value::Ref));
    }
}
