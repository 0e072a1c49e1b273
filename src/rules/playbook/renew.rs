//! Another policy in force, for playbooks that are at work: their steps go on by it.
//!
//! Every run says whose steps it goes by, and every step's task by which policy its times were counted. Where the
//! policy in force counts them otherwise, that is done anew, from the step's own start and without the pauses since.
//! Where there is no such step or playbook any more, its open task is dropped. A step that is new begins now, where
//! what it waits for has ended. An undo takes all that back by its own events (`rules::restore`), and finds runs that
//! say it.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::clock::{Deadline, set_look, step_of, tasks};
use super::hand::pauses;
use super::run::{begin_step, drop_task, goes_on, is_open, run, settle, stop};
use super::who::told;
use crate::model::{Became, Cause, Id, Index, Instant, Key, Kind, Row, Rows, Run, Task, Value, World};
use crate::rules::policy::{Playbook, Policy, Step, Work};
use crate::rules::{Outcome, Stamp, set};
use crate::text::Clean;
use crate::text::say::rules as say;

/// So many runs go on by another policy together.
pub const TOGETHER: usize = 250;

/// From the policies by which runs go on to another one.
pub(super) struct Change<'p> {
    /// Those other than the one in force, by their versions, as far as they are known.
    before: BTreeMap<i64, Policy>,
    /// That in force.
    policy: &'p Policy,
    /// Which it is of those that were adopted.
    version: i64,
}

/// The runs that another policy can concern, the earliest of each playbook first.
pub fn at_work(rows: &dyn Rows) -> Vec<u64> {
    rows.found(&Key::of(Index::AtWork)).into_iter().map(|run| run.n).collect()
}

/// Lets runs go on by the policy in force: a piece of what follows from its adoption.
pub(in crate::rules) fn renew(world: &mut World, policy: &Policy, runs: &[u64], stamp: &Stamp) -> Outcome {
    let version = world.settings().version.unwrap_or(0);
    Change::of(world, policy, version, runs).runs(world, runs, stamp.at);
    let cause = Cause::Due { at: stamp.at, rule: Clean::known("policy") };
    Outcome { cause, ids: Vec::new(), became: Became::Updated, dates: Vec::new() }
}

/// The policy of a version, out of the journal: that in force, or one that was replaced.
fn of_version(rows: &dyn Rows, version: i64) -> Option<Policy> {
    let settings = rows.settings();
    let mut found = Some(settings.policy).filter(|_| settings.version == Some(version));
    if found.is_none() {
        rows.history(Id::SETTINGS, u64::MAX, &mut |seq| {
            let entry = rows.entry(seq);
            let replaced = entry.as_ref().and_then(|entry| {
                Some([entry.sets(Id::SETTINGS, "version")?.0, entry.sets(Id::SETTINGS, "policy")?.0])
            });
            if let Some([Value::Number(was), Value::Text(text)]) = replaced
                && *was == version
            {
                found = Some(text.clone());
            }
            found.is_none()
        });
    }
    Policy::parse(found?.as_str()).ok()
}

/// Whether two policies bring the same to a run, or to a task of a step, when time passes.
pub(in crate::rules) fn remind_alike(world: &World, [one, other]: [&Policy; 2], record: Id) -> bool {
    let until = |policy: &Policy, playbook: &Clean| {
        policy.playbook(playbook.as_str())?.until.as_ref().map(ToString::to_string)
    };
    let ends_alike = |playbook: &Clean| until(one, playbook) == until(other, playbook);
    match world.row(record) {
        Some(Row::Run(row)) => ends_alike(&row.playbook),
        Some(Row::Task(task)) => {
            let Some(row) = task.run.and_then(|id| run(world, id)) else { return true };
            let times = |policy| Times::at(policy, &task, &row, world.ground().zone);
            ends_alike(&task.playbook) && times(one) == times(other)
        }
        _ => true,
    }
}

impl<'p> Change<'p> {
    /// What a policy of this version changes for these runs.
    pub(super) fn of(rows: &dyn Rows, policy: &'p Policy, version: i64, runs: &[u64]) -> Change<'p> {
        let mut versions = BTreeSet::new();
        for id in runs.iter().map(|n| Id::new(Kind::Run, *n)) {
            let Some(Row::Run(row)) = rows.row(id) else { continue };
            versions.extend(row.version);
            versions.extend(tasks(rows, id).into_iter().filter_map(|(_, task)| task.version));
        }
        versions.remove(&version);
        let known = |version| Some((version, of_version(rows, version)?));
        Change { before: versions.into_iter().filter_map(known).collect(), policy, version }
    }

    /// Lets runs go on by the policy.
    pub(super) fn runs(&self, world: &mut World, runs: &[u64], now: Instant) {
        for n in runs {
            self.run(world, Id::new(Kind::Run, *n), now);
        }
    }

    fn run(&self, world: &mut World, id: Id, now: Instant) {
        let Some(row) = run(world, id).filter(Run::is_at_work) else { return };
        let Some(playbook) = self.policy.playbook(row.playbook.as_str()) else {
            return self.stop(world, id, now);
        };
        let was = tasks(world, id);
        for (task, step) in was.iter().filter(|(_, task)| is_open(task)) {
            match step_of(self.policy, step).and_then(Step::work) {
                None => self.drop(world, *task, step, now),
                Some(work) => self.set_deadlines(world, (*task, step), work, &row, now),
            }
        }
        if let (Some(before), Some(customer)) = (self.other_steps(&row, playbook), row.customer) {
            for step in new_steps([before, playbook], [&was, &tasks(world, id)]) {
                begin_step(world, self.policy, (id, &row), (step, customer), now, now);
            }
            set(world, id, "version", Value::Number(self.version));
        }
        settle(world, self.policy, id, now);
    }

    /// The playbook by which a run went on until now, where that has other steps or another order of them.
    fn other_steps(&self, row: &Run, playbook: &Playbook) -> Option<&Playbook> {
        let order = |playbook: &Playbook| -> Vec<_> {
            playbook.steps.iter().map(|step| (step.id.clone(), step.after.clone())).collect()
        };
        let before = self.before.get(&row.version?)?.playbook(playbook.id.as_str())?;
        Some(before).filter(|before| order(before) != order(playbook))
    }

    /// Stops a run of a playbook that is gone.
    fn stop(&self, world: &mut World, id: Id, now: Instant) {
        for (task, row) in tasks(world, id).into_iter().filter(|(_, task)| is_open(task)) {
            self.drop(world, task, &row, now);
        }
        stop(world, id, &Clean::known(say::playbook_gone(self.policy.language)), now);
    }

    fn drop(&self, world: &mut World, task: Id, row: &Task, now: Instant) {
        let reason = say::step_gone(self.policy.language);
        let note = if row.note.is_empty() { reason.to_owned() } else { format!("{}\n{reason}", row.note) };
        drop_task(world, task, now);
        set(world, task, "note", Value::text(Clean::washed(&note).0));
    }

    /// Counts the deadlines of an open task anew, where the policy has others for it than the one by which they were
    /// counted; what that was must be known.
    fn set_deadlines(
        &self,
        world: &mut World,
        (id, task): (Id, &Task),
        work: &Work,
        run: &Run,
        now: Instant,
    ) {
        let zone = world.ground().zone;
        let before = task.version.or(run.version).and_then(|version| self.before.get(&version));
        let Some(was) = before.and_then(|before| Times::at(before, task, run, zone)) else { return };
        let is = Times::of(self.policy, work, task, run, zone);
        if was != is {
            is.deadline.note(world, id);
            is.forget_what_is_to_come(world, id, task, now);
            set_look(world, self.policy, id, goes_on(run).then_some(now));
            set(world, id, "version", Value::Number(self.version));
        }
    }
}

/// The steps that the run would have come to by this playbook (the second) and had not by the one before: they are new,
/// or wait for another step than they did.
fn new_steps<'a>([before, playbook]: [&'a Playbook; 2], [was, is]: [&[(Id, Task)]; 2]) -> Vec<&'a Step> {
    let known: BTreeSet<&Clean> = reached(before, was, &|_| true).into_iter().map(|step| &step.id).collect();
    let mut steps = reached(playbook, is, &|step| known.contains(step));
    steps.retain(|step| !known.contains(&step.id));
    steps
}

/// The steps that a run has come to: those that begin with it, and those behind the ones that have ended. Of a step
/// without a task it is asked whether the run has passed over it.
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

/// All that time brings to a step.
#[derive(PartialEq, Eq)]
struct Times<'p> {
    deadline: Deadline,
    escalations: Vec<(Option<Instant>, &'p crate::rules::policy::Duty)>,
}

impl<'p> Times<'p> {
    /// By a policy that knows the step.
    fn at(policy: &'p Policy, task: &Task, run: &Run, zone: Tz) -> Option<Times<'p>> {
        Some(Times::of(policy, step_of(policy, task)?.work()?, task, run, zone))
    }

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
