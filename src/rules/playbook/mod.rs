//! Playbooks at work: what happens starts runs, runs have steps, steps are tasks with deadlines, and what happens ends
//! them.
//!
//! ```text
//! entry --sees?--> ends the steps that it fulfils -> the steps behind them begin
//!              `-> begins the playbooks that it triggers
//!              `-> stops the runs whose purpose is met
//! time  --remind--> warning, escalation, a purpose that time fulfils
//!      `--begin---> playbooks of silence and of a date
//! ```
//!
//! All of it is derived: entries of the program itself, inside the write that they follow from. An undo takes back with
//! an act what followed from it, as far as nobody has gone on with it.

mod clock;
mod figures;
mod hand;
mod rehearse;
mod renew;
mod run;
#[cfg(test)]
mod tests;
mod timed;
pub(super) mod who;

use std::collections::BTreeSet;

use super::Stamp;
use super::absence::doer;
use super::policy::{Deed, DoneBy, Playbook, Policy, Trigger};
use crate::model::{
    Cause, Choice, Command, DealStage, Direction, Entry, Event, Id, Instant, Interaction, Kind, Refusal,
    Role, Row, Rows, Task, TaskState, Value, World, derived,
};
use crate::text::Clean;
use run::Origin;

pub use clock::{due, step_of};
pub(super) use clock::{follow_ends, remind};
pub use figures::figures;
pub use hand::{no_playbook, pauses};
pub(super) use hand::{pause, resume, start, stop_by_hand};
pub use rehearse::{Changed, beside, customers_at_work, rehearse};
pub use renew::{TOGETHER, at_work};
pub(super) use renew::{remind_alike, renew};
pub(super) use timed::{begin, begins_at, look_ahead};
pub use timed::{beginning, displaces};
pub use who::name as duty_name;

/// What the journal calls what playbooks do.
pub(super) const COMMAND: &str = derived::PLAYBOOK;

/// Whether playbooks follow from an entry, or from the act that it follows from. What comes from a file happened long
/// ago, and what is taken back did not happen.
pub(super) fn sees(rows: &dyn Rows, entry: &Entry) -> bool {
    let is_news =
        |entry: &Entry| !matches!(entry.cause, Cause::Undoes { .. }) && entry.command.as_str() != "import";
    let act = match entry.cause {
        Cause::Follows { seq } => rows.entry(seq),
        _ => None,
    };
    is_news(entry) && act.as_ref().is_none_or(is_news)
}

/// Whether an entry tells what playbooks did.
pub(super) fn is_theirs(entry: &Entry) -> bool {
    entry.command.as_str() == COMMAND
}

/// Whether a task is one of agreeing.
pub(super) fn is_approval(policy: &Policy, task: &Task) -> bool {
    matches!(clock::step_of(policy, task).map(|step| &step.deed), Some(Deed::Approve(_)))
}

/// An approval is the word of whoever it is assigned to, or who stands in for them, or a manager's; and no rep passes
/// it on to somebody else.
pub(super) fn guard(world: &World, policy: &Policy, command: &Command, stamp: &Stamp) -> Result<(), Refusal> {
    let Some(by) = stamp.by else { return Ok(()) };
    let role = world.member(by).and_then(|member| member.role).unwrap_or(Role::Rep);
    let may = |event: &Event| {
        let Event::Set { record, to, .. } = event else { return true };
        let Some(Row::Task(task)) = world.before(*record).filter(|_| record.kind == Kind::Task) else {
            return true;
        };
        let says_yes = named(event) == Some("state") && *to == Value::word(TaskState::Done);
        let passes_on = named(event) == Some("assignee");
        let is_asked = run::is_open(&task) && (says_yes || passes_on) && is_approval(policy, &task);
        let Some(holder) = task.assignee.filter(|_| is_asked) else { return true };
        let today = stamp.at.day(world.ground().zone);
        let above = if says_yes { matches!(role, Role::Manager | Role::Admin) } else { role != Role::Rep };
        above || holder == by || doer(world, task.customer, holder, today) == Some(by)
    };
    let may = world.events().iter().all(may);
    if may { Ok(()) } else { Err(Refusal::NotAllowed(Clean::known(command.name()))) }
}

/// What follows from an entry.
pub(super) fn follow(world: &mut World, policy: &Policy, entry: &Entry) {
    let now = entry.moment();
    if matches!(entry.cause, Cause::Asked) {
        end_steps(world, policy, entry, now);
    }
    begin_runs(world, policy, entry, now);
    let of = |id: Id| world.row(id).and_then(|row| run::customer_of(&row, id));
    let customers: BTreeSet<Id> = entry.records().into_iter().filter_map(of).collect();
    for customer in customers {
        for (run, _) in run::active(world, customer) {
            run::settle(world, policy, run, now);
        }
    }
}

/// Ends the steps that somebody ended or fulfilled.
fn end_steps(world: &mut World, policy: &Policy, entry: &Entry, now: Instant) {
    for event in &entry.events {
        match (event, world.row(event.record())) {
            (Event::Created { .. }, Some(Row::Interaction(said))) => fulfil_steps(world, policy, &said, now),
            (Event::Set { record, .. }, Some(Row::Task(task)))
                if named(event) == Some("state") && task.state != Some(TaskState::Open) =>
            {
                run::ended(world, policy, *record, task.done_at.unwrap_or(now), now);
            }
            _ => {}
        }
    }
}

/// Ends the steps at a customer that a contact fulfils, if they had begun by then. The steps that begin with it wait
/// for another one.
fn fulfil_steps(world: &mut World, policy: &Policy, said: &Interaction, now: Instant) {
    let (Some(customer), Some(at), true) = (said.customer, said.at, said.is_real_contact()) else { return };
    let mut fulfilled = Vec::new();
    for (run, _) in run::active(world, customer) {
        for (id, task) in clock::tasks(world, run) {
            let work = clock::step_of(policy, &task).and_then(|step| step.work());
            let has_begun = task.begun.is_none_or(|begun| begun <= at);
            let is_open = task.state == Some(TaskState::Open);
            if is_open && has_begun && work.is_some_and(|work| fulfils(said, work.done_by)) {
                fulfilled.push(id);
            }
        }
    }
    for id in fulfilled {
        run::fulfil(world, id, said.by, at);
        run::ended(world, policy, id, at, now);
    }
}

/// Whether a real contact is what a step waits for.
fn fulfils(said: &Interaction, done_by: DoneBy) -> bool {
    match done_by {
        DoneBy::Contact => !said.inquiry,
        DoneBy::Answer | DoneBy::Revisit => said.direction == Some(Direction::Out),
        DoneBy::Solution | DoneBy::Manual => false,
    }
}

/// Begins the playbooks that an entry triggers.
fn begin_runs(world: &mut World, policy: &Policy, entry: &Entry, now: Instant) {
    for event in &entry.events {
        let record = event.record();
        let Some(row) = world.row(record) else { continue };
        let Some(customer) = run::customer_of(&row, record) else { continue };
        let since = match &row {
            Row::Interaction(said) => said.at.unwrap_or(now),
            _ => now,
        };
        for playbook in triggered(policy, event, &row) {
            run::begin(world, policy, playbook, customer, Origin { record, since }, now);
        }
    }
}

/// The playbooks that an event triggers.
fn triggered<'p>(policy: &'p Policy, event: &Event, row: &Row) -> Vec<&'p Playbook> {
    let triggers = triggers(event, row);
    let of_stage = triggers.iter().filter_map(|trigger| match trigger {
        Trigger::Stage(stage) => Some(policy.playbooks_of_stage(stage)),
        _ => None,
    });
    let mut found: Vec<&Playbook> = of_stage.flatten().collect();
    let others = |playbook: &&Playbook| {
        let on = playbook.on.as_ref().filter(|on| !matches!(on, Trigger::Stage(_)));
        on.is_some_and(|on| triggers.contains(on))
    };
    found.extend(policy.playbooks.iter().filter(others));
    found
}

/// What an event is to playbooks. The first stage and the first tier of a customer are no move.
fn triggers(event: &Event, row: &Row) -> Vec<Trigger> {
    match (event, row) {
        (Event::Created { .. }, Row::Interaction(said)) if said.inquiry => vec![Trigger::Inquiry],
        (Event::Created { .. }, Row::Purchase(_)) => vec![Trigger::Purchase],
        (Event::Created { .. }, Row::Deal(deal)) => deal.stage.map(Trigger::Deal).into_iter().collect(),
        (Event::Created { .. }, Row::Customer(customer)) => {
            let tags = customer.tags.iter().cloned().map(Trigger::Tag);
            std::iter::once(Trigger::New).chain(tags).collect()
        }
        (Event::Linked { value: Value::Text(tag), .. }, Row::Customer(_)) if named(event) == Some("tags") => {
            vec![Trigger::Tag(tag.clone())]
        }
        (Event::Set { from, to, .. }, _) => changed(named(event), from, to, row).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What another value of a field is to playbooks.
fn changed(field: Option<&str>, from: &Value, to: &Value, row: &Row) -> Option<Trigger> {
    match (row, field?, to) {
        (Row::Customer(_), "stage", Value::Text(stage)) if !from.is_absent() => {
            Some(Trigger::Stage(stage.clone()))
        }
        (Row::Customer(_), "tier", Value::Text(tier)) if !from.is_absent() => {
            Some(Trigger::Tier(tier.clone()))
        }
        (Row::Deal(_), "stage", Value::Text(stage)) => DealStage::read(stage.as_str()).map(Trigger::Deal),
        (Row::Interaction(_), "inquiry", Value::Flag(true)) => Some(Trigger::Inquiry),
        _ => None,
    }
}

/// The field that an event changes.
fn named(event: &Event) -> Option<&'static str> {
    match event {
        Event::Set { record, field, .. } | Event::Linked { record, field, .. } => {
            record.kind.info(field.code).map(|info| info.name)
        }
        _ => None,
    }
}
