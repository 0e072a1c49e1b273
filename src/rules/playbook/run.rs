//! A run: its steps begin and end, and so does it.

use super::clock::{Deadline, set_look, stand, tasks};
use super::who;
use crate::filter::Filter;
use crate::model::{
    Customer, Id, Index, Instant, Key, Kind, Row, Rows, Run, RunState, Source, Task, TaskState, Value, World,
};
use crate::rules::fields::queue_of;
use crate::rules::grade::meets;
use crate::rules::policy::{Deed, Playbook, Policy, Step, Trigger, Work};
use crate::rules::{Values, set};
use crate::text::say::rules as say;
use crate::text::{Clean, Lang};

/// What started a run, and when that was.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    /// The record.
    pub(super) record: Id,
    /// The moment.
    pub(super) since: Instant,
}

/// The runs of a customer that are neither done nor stopped.
pub(super) fn active(world: &World, customer: Id) -> Vec<(Id, Run)> {
    all(world, customer).filter(|(_, run)| run.is_at_work()).collect()
}

/// The runs of a customer.
fn all(world: &World, customer: Id) -> impl Iterator<Item = (Id, Run)> {
    let found = world.found(&Key::of(Index::Refers).id(customer).kind(Kind::Run));
    found.into_iter().filter_map(move |id| Some((id, run(world, id)?)))
}

/// A run.
pub(super) fn run(world: &World, id: Id) -> Option<Run> {
    world.row(id)?.try_into().ok()
}

/// Begins a playbook for a customer, unless it is at work there, is not meant for it, or has nothing to achieve. One
/// that began at this moment and has ended does not begin again: its own tasks can move the stage that begins it.
pub(super) fn begin(
    world: &mut World,
    policy: &Policy,
    playbook: &Playbook,
    customer: Id,
    origin: Origin,
    now: Instant,
) {
    let is_there = world.customer(customer).is_some_and(|row| !row.archived && has_steps_for(playbook, &row));
    let has_begun = all(world, customer)
        .any(|(_, run)| run.playbook == playbook.id && (run.is_at_work() || run.created == Some(now)));
    if !is_there || has_begun {
        return;
    }
    let holds = |world: &World, filter: &Filter| meets(world, policy, filter, customer, now).0;
    let is_meant = playbook.when.as_ref().is_none_or(|when| holds(world, when));
    if is_meant && !playbook.until.as_ref().is_some_and(|until| holds(world, until)) {
        begin_run(world, policy, playbook, customer, origin, now);
    }
}

/// Whether any step of a playbook is one for a customer, whom perhaps nobody is to contact.
pub(super) fn has_steps_for(playbook: &Playbook, customer: &Customer) -> bool {
    playbook.steps.iter().any(|step| is_wished(playbook, step, customer))
}

/// Whether a step may be one for a customer: who is not to be contacted is answered where they asked, and else left
/// alone.
fn is_wished(playbook: &Playbook, step: &Step, customer: &Customer) -> bool {
    !customer.dnc || playbook.on == Some(Trigger::Inquiry) || !step.asks_contact()
}

/// Begins a playbook for a customer.
pub(super) fn begin_run(
    world: &mut World,
    policy: &Policy,
    playbook: &Playbook,
    customer: Id,
    origin: Origin,
    now: Instant,
) -> Id {
    let mut values = Values::of(Kind::Run);
    values.put("customer", Value::Ref(customer));
    values.put("playbook", Value::Text(playbook.id.clone()));
    values.put("version", Value::or_absent(world.settings().version, Value::Number));
    values.put("started", Value::Instant(origin.since));
    values.put("origin", Value::Text(Clean::washed(&origin.record.to_string()).0));
    values.put("state", Value::word(RunState::Running));
    values.put("created", Value::Instant(now));
    let run = world.fresh(Kind::Run);
    values.create(world, run);
    go_on(world, policy, run, None, origin.since, now);
    run
}

/// Begins the steps that wait for another one, or for the beginning of the run. What is no step for this customer, and
/// what is done at once, lets the steps behind it begin.
pub(super) fn go_on(
    world: &mut World,
    policy: &Policy,
    id: Id,
    ended: Option<&Clean>,
    since: Instant,
    now: Instant,
) {
    let Some(row) = run(world, id) else { return };
    let (Some(playbook), Some(customer)) = (policy.playbook(row.playbook.as_str()), row.customer) else {
        return;
    };
    for step in playbook.after(ended) {
        begin_step(world, policy, (id, &row), (step, customer), since, now);
    }
}

/// Begins a step that has not begun yet.
pub(super) fn begin_step(
    world: &mut World,
    policy: &Policy,
    (id, run): (Id, &Run),
    (step, customer): (&Step, Id),
    since: Instant,
    now: Instant,
) {
    if tasks(world, id).iter().any(|(_, task)| task.step == step.id) {
        return;
    }
    let playbook = policy.playbook(run.playbook.as_str());
    let is_wished = playbook
        .zip(world.customer(customer))
        .is_none_or(|(playbook, customer)| is_wished(playbook, step, &customer));
    let is_meant =
        is_wished && step.when.as_ref().is_none_or(|when| meets(world, policy, when, customer, now).0);
    match &step.deed {
        Deed::Task(work) | Deed::Approve(work) if is_meant => {
            let task = task(world, policy, (id, run), (step, work), since, now);
            stand(world, task);
            return set_look(world, policy, task, goes_on(run).then_some(since));
        }
        Deed::Tag(tag) if is_meant => link(world, customer, "tags", tag.clone()),
        _ => {}
    }
    go_on(world, policy, id, Some(&step.id), since, now);
}

/// Whether the clocks of a run go on.
pub(super) fn goes_on(run: &Run) -> bool {
    run.state == Some(RunState::Running)
}

/// Puts a text among those that a field holds.
pub(super) fn link(world: &mut World, record: Id, name: &str, text: Clean) {
    let Some((field, _)) = record.kind.field(name) else { return };
    let value = Value::Text(text);
    if world.row(record).is_some_and(|row| !row.holds(&field, &value)) {
        world.emit(crate::model::Event::Linked { record, field, value });
    }
}

/// The task of a step, in the language that the policy names.
fn task(
    world: &mut World,
    policy: &Policy,
    (id, run): (Id, &Run),
    (step, work): (&Step, &Work),
    begun: Instant,
    now: Instant,
) -> Id {
    let zone = world.ground().zone;
    let deadline = Deadline::of(policy, work, begun, zone);
    let held = run.customer.and_then(|customer| Some((customer, who::holder(world, customer, &work.duty)?)));
    let team = queue_of(world, run.customer, held.map(|(_, holder)| holder));
    let assignee = held.map(|(customer, holder)| who::taker(world, customer, holder, now.day(zone)));
    let title = policy.language.pick(&step.title.en, &step.title.zh);
    let mut values = Values::of(Kind::Task);
    values.put("title", Value::Text(title.clone()));
    values.put("customer", Value::or_absent(run.customer, Value::Ref));
    values.put("assignee", Value::or_absent(assignee, Value::Ref));
    values.put("team", Value::or_absent(team, Value::Ref));
    values.put("due", Value::or_absent(deadline.due, Value::Instant));
    values.put("state", Value::word(TaskState::Open));
    values.put("source", Value::word(Source::Playbook));
    values.put("created", Value::Instant(now));
    values.put("run", Value::Ref(id));
    values.put("playbook", Value::Text(run.playbook.clone()));
    values.put("step", Value::Text(step.id.clone()));
    values.put("duty", Value::Text(who::name(&work.duty)));
    values.put("begun", Value::Instant(begun));
    values.put("warn_at", Value::or_absent(deadline.warn_at, Value::Instant));
    values.put("version", Value::or_absent(world.settings().version, Value::Number));
    let task = world.fresh(Kind::Task);
    values.create(world, task);
    task
}

/// Ends the task of a step because somebody did what it asks for.
pub(super) fn fulfil(world: &mut World, task: Id, by: Option<Id>, at: Instant) {
    set(world, task, "state", Value::word(TaskState::Done));
    set(world, task, "done_at", Value::Instant(at));
    set(world, task, "done_by", Value::or_absent(by, Value::Ref));
}

/// What follows from the end of a step's task: nothing more is to be told of it, and the steps behind it begin. Who
/// does not approve ends the run.
pub(super) fn ended(world: &mut World, policy: &Policy, id: Id, at: Instant, now: Instant) {
    let Some(task) = world.task(id) else { return };
    set_look(world, policy, id, None);
    let Some(run_id) = task.run else { return };
    if !run(world, run_id).is_some_and(|run| run.is_at_work()) {
        return;
    }
    let is_dropped = task.state == Some(TaskState::Dropped);
    let deed = super::clock::step_of(policy, &task).map(|step| &step.deed);
    if is_dropped && matches!(deed, Some(Deed::Approve(_))) {
        let reason = Clean::washed(&format!("{}: {}", task.step, task.note.line())).0;
        return stop(world, run_id, &reason, now);
    }
    go_on(world, policy, run_id, Some(&task.step), at, now);
    settle(world, policy, run_id, now);
}

/// Stops a run whose purpose is met or whose customer was put away; one without an open step is done. Otherwise notes
/// when time alone can fulfil its purpose.
pub(super) fn settle(world: &mut World, policy: &Policy, id: Id, now: Instant) {
    let Some(row) = run(world, id).filter(Run::is_at_work) else { return };
    let Some(customer) = row.customer else { return };
    let is_away = world.customer(customer).is_none_or(|row| row.archived);
    let until = policy.playbook(row.playbook.as_str()).and_then(|playbook| playbook.until.as_ref());
    let met = until.map(|until| (until, meets(world, policy, until, customer, now)));
    let look = met.as_ref().and_then(|(_, (_, turns))| *turns);
    if is_away {
        stop(world, id, &Clean::known(say::put_away(Lang::En)), now);
    } else if let Some((until, (true, _))) = met {
        stop(world, id, &Clean::washed(&until.to_string()).0, now);
    } else if tasks(world, id).iter().all(|(_, task)| !is_open(task)) {
        end(world, id, RunState::Done, now);
    } else {
        set(world, id, "look", Value::or_absent(look, Value::Instant));
    }
}

pub(super) fn is_open(task: &Task) -> bool {
    task.state == Some(TaskState::Open)
}

/// Stops a run for a reason; its open tasks are dropped.
pub(super) fn stop(world: &mut World, id: Id, reason: &Clean, now: Instant) {
    for (task, _) in tasks(world, id).into_iter().filter(|(_, task)| is_open(task)) {
        drop_task(world, task, now);
    }
    set(world, id, "reason", crate::rules::fields::beginning(Kind::Run, "reason", reason));
    end(world, id, RunState::Stopped, now);
}

/// Drops an open task of a step.
pub(super) fn drop_task(world: &mut World, task: Id, now: Instant) {
    set(world, task, "state", Value::word(TaskState::Dropped));
    set(world, task, "done_at", Value::Instant(now));
    set(world, task, "look", Value::Absent);
}

fn end(world: &mut World, id: Id, state: RunState, now: Instant) {
    set(world, id, "state", Value::word(state));
    set(world, id, "ended", Value::Instant(now));
    set(world, id, "paused", Value::Absent);
    set(world, id, "look", Value::Absent);
}

/// The customer that a record is of.
pub(super) fn customer_of(row: &Row, id: Id) -> Option<Id> {
    if id.kind == Kind::Customer { Some(id) } else { row.customer() }
}
