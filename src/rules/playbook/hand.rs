//! What people do with a run: start it, pause it, let it go on, stop it.

use super::clock::{move_on, set_look, stand, tasks};
use super::run::{Origin, active, begin_run, is_open, link, run, stop};
use crate::model::{Id, Instant, Kind, Refusal, Rows, Run, RunState, Value, World};
use crate::rules::fields::text_for;
use crate::rules::grade::meets;
use crate::rules::policy::Policy;
use crate::rules::{Outcome, Stamp, set};
use crate::text::Clean;

/// Begins a playbook for a customer. Whom it is meant for is then somebody's word; where its purpose is met, it has
/// nothing to do.
pub(in crate::rules) fn start(
    world: &mut World,
    policy: &Policy,
    customer: Id,
    id: &Clean,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    let row = world.customer(customer).ok_or(Refusal::NoRecord(customer))?;
    let playbook = policy.playbook(id.as_str()).ok_or_else(|| no_playbook(policy, id))?;
    if let Some((run, row)) = active(world, customer).into_iter().find(|(_, row)| row.playbook == playbook.id)
    {
        return Err(Refusal::RunStands(run, row.state.unwrap_or(RunState::Running)));
    }
    if row.archived {
        return Err(Refusal::NothingToDo(id.clone(), customer, Clean::known("archived:yes")));
    }
    if let Some(until) = &playbook.until
        && meets(world, policy, until, customer, stamp.at).0
    {
        return Err(Refusal::NothingToDo(id.clone(), customer, Clean::washed(&until.to_string()).0));
    }
    let origin = Origin { record: customer, since: stamp.at };
    Ok(Outcome::created(vec![begin_run(world, policy, playbook, customer, origin, stamp.at)]))
}

/// The refusal of a playbook that there is not.
pub fn no_playbook(policy: &Policy, id: &Clean) -> Refusal {
    Refusal::NoPlaybook(id.clone(), policy.playbooks.iter().map(|playbook| playbook.id.clone()).collect())
}

/// Lets the clocks of a run stand still. A pause has a reason.
pub(in crate::rules) fn pause(
    world: &mut World,
    policy: &Policy,
    id: Id,
    reason: &Clean,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    standing(world, id, |state| state == RunState::Running)?;
    if reason.is_empty() {
        return Err(Refusal::Missing(Kind::Run, Clean::known("reason")));
    }
    let reason = text_for(Kind::Run, "reason", reason)?;
    set(world, id, "state", Value::word(RunState::Paused));
    set(world, id, "reason", reason);
    set(world, id, "paused", Value::Instant(stamp.at));
    for (task, _) in tasks(world, id) {
        set_look(world, policy, task, None);
        stand(world, task);
    }
    Ok(Outcome::changed(world, vec![id]))
}

/// Lets them go on: every open deadline moves by as much time of its clock as it stood.
pub(in crate::rules) fn resume(
    world: &mut World,
    policy: &Policy,
    id: Id,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    let row = standing(world, id, |state| state == RunState::Paused)?;
    set(world, id, "state", Value::word(RunState::Running));
    set(world, id, "reason", Value::Absent);
    set(world, id, "paused", Value::Absent);
    let pause = (row.paused.unwrap_or(stamp.at), stamp.at);
    link(world, id, "pauses", line(pause));
    for (task, _) in tasks(world, id).into_iter().filter(|(_, task)| is_open(task)) {
        stand(world, task);
        move_on(world, policy, task, pause);
    }
    Ok(Outcome::changed(world, vec![id]))
}

/// A pause that is over, as a run keeps it.
fn line((from, to): (Instant, Instant)) -> Clean {
    Clean::washed(&format!("{} {}", from.0, to.0)).0
}

/// The pauses of a run that are over, the earliest first.
pub fn pauses(run: &Run) -> Vec<(Instant, Instant)> {
    let read = |line: &Clean| {
        let (from, to) = line.as_str().split_once(' ')?;
        Some((Instant(from.parse().ok()?), Instant(to.parse().ok()?)))
    };
    let mut pauses: Vec<_> = run.pauses.iter().filter_map(read).collect();
    pauses.sort_unstable();
    pauses
}

/// Ends a run before its time.
pub(in crate::rules) fn stop_by_hand(
    world: &mut World,
    id: Id,
    reason: &Clean,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    standing(world, id, |state| matches!(state, RunState::Running | RunState::Paused))?;
    text_for(Kind::Run, "reason", reason)?;
    stop(world, id, reason, stamp.at);
    Ok(Outcome::changed(world, vec![id]))
}

/// A run that stands as it must.
fn standing(world: &World, id: Id, must: impl Fn(RunState) -> bool) -> Result<Run, Refusal> {
    let row = run(world, id).ok_or(Refusal::NoRecord(id))?;
    let state = row.state.unwrap_or(RunState::Stopped);
    if must(state) { Ok(row) } else { Err(Refusal::RunStands(id, state)) }
}
