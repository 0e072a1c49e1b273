//! Who does a step, and whom it concerns.

use crate::model::{Customer, Day, Id, Kind, Member, Role, Row, Rows, Task, World};
use crate::rules::absence::doer;
use crate::rules::policy::Duty;
use crate::text::Clean;

/// The member who has a duty for a customer; none where the team's queue serves it.
pub(in crate::rules) fn holder(world: &dyn Rows, customer: Id, duty: &Duty) -> Option<Id> {
    let row = world.customer(customer)?;
    match duty {
        Duty::Owner => present(world, row.owner),
        Duty::Held(duty) => {
            let held = row.collaborators.iter().filter(|(_, of)| of.folded() == duty.folded());
            let held = held.map(|(member, _)| *member).find(|member| present(world, Some(*member)).is_some());
            held.or_else(|| present(world, row.owner))
        }
        Duty::Lead => lead(world, &row),
        Duty::Manager => manager(world, &row),
    }
}

/// Whom an escalation reaches: whoever has the duty, else who stands above them; never whoever has the task.
pub(super) fn told(world: &dyn Rows, task: &Task, duty: &Duty) -> Option<Id> {
    let customer = task.customer?;
    let above: &[Duty] = match duty {
        Duty::Owner | Duty::Held(_) => &[Duty::Lead, Duty::Manager],
        Duty::Lead => &[Duty::Manager],
        Duty::Manager => &[],
    };
    let reached = |duty| holder(world, customer, duty).filter(|member| Some(*member) != task.assignee);
    std::iter::once(duty).chain(above).find_map(reached)
}

/// Who gets a step that begins on a day: whoever has its duty; where they are away, who does theirs then, if anybody.
pub(super) fn taker(world: &World, customer: Id, holder: Id, day: Day) -> Id {
    doer(world, Some(customer), holder, day).unwrap_or(holder)
}

/// What a duty is called in a record.
pub fn name(duty: &Duty) -> Clean {
    match duty {
        Duty::Owner => Clean::known("owner"),
        Duty::Lead => Clean::known("lead"),
        Duty::Manager => Clean::known("manager"),
        Duty::Held(duty) => duty.clone(),
    }
}

/// The owner's own lead, else the lead of their team, else that of the customer's.
fn lead(world: &dyn Rows, customer: &Customer) -> Option<Id> {
    let owner = customer.owner.and_then(|owner| world.member(owner));
    let own = owner.as_ref().and_then(|owner| owner.lead);
    let of_team = |team: Option<Id>| team.and_then(|team| world.team(team)).and_then(|team| team.lead);
    let of_owners = of_team(owner.and_then(|owner| owner.team));
    [own, of_owners, of_team(customer.team)].into_iter().find_map(|lead| present(world, lead))
}

/// The lead of that lead, else the first manager.
fn manager(world: &dyn Rows, customer: &Customer) -> Option<Id> {
    let lead = lead(world, customer).and_then(|lead| world.member(lead));
    present(world, lead.and_then(|lead| lead.lead)).or_else(|| first_manager(world))
}

fn first_manager(world: &dyn Rows) -> Option<Id> {
    let mut found = None;
    world.each_row(Kind::Member, 1, &mut |n, row| {
        let is_manager = |member: &Member| member.role == Some(Role::Manager) && !member.left;
        found = matches!(&row, Row::Member(member) if is_manager(member)).then_some(Id::new(Kind::Member, n));
        found.is_none()
    });
    found
}

/// A member who has not left.
fn present(world: &dyn Rows, member: Option<Id>) -> Option<Id> {
    member.filter(|member| world.member(*member).is_some_and(|row| !row.left))
}
