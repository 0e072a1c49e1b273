//! What the plan has in the queue is what the plan would make: where tier, policy, dates or owner become others, its
//! open tasks go with them. What people have gone on with keeps its day, and stays.

use super::plan::Look;
use super::{Planner, drop_all, id_of, in_touch, link, open, retitle};
use crate::filter::KinOf;
use crate::model::{Day, Event, Id, Instant, Kind, Profile, Source, Task, Value, World};
use crate::rules::playbook::who;
use crate::rules::policy::{Duty, Policy};
use crate::rules::undo::is_untouched;
use crate::rules::{fields, set};
use crate::text::say::care as say;
use crate::text::{Clean, Lang};

/// What becomes of an open task that is not as the plan would make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Astray {
    /// It is dropped: the customer is nobody's, or the plan asks for nothing any more.
    Gone,
    /// A greeting that does not name these occasions any more.
    Less(Vec<Clean>),
    /// The rhythm's, which is of other days now; the day from which they count and its due time, as long as people have
    /// not touched it.
    Anew(i64, Option<(Day, Instant)>),
}

impl Astray {
    /// Whether nothing is left of the task.
    pub(super) fn is_end_of(&self, task: &Task) -> bool {
        match self {
            Astray::Gone => true,
            Astray::Less(keys) => keys.len() == task.occasions.len(),
            Astray::Anew(..) => false,
        }
    }
}

/// Lets the plan's open tasks of a graded customer follow its tier, its dates and the policy.
pub(super) fn amend(world: &mut World, planner: &Planner<'_>, profile: &Profile) {
    let found = astray(&planner.look(world, &KinOf(world), profile));
    let (policy, now) = (planner.policy, planner.lens.now());
    for (id, task, astray) in found {
        match astray {
            Astray::Gone => forget(world, id, &task, say::not_planned(policy.language), now),
            Astray::Less(keys) if keys.len() == task.occasions.len() => {
                forget(world, id, &task, say::moved_away(policy.language), now);
            }
            Astray::Less(keys) => {
                for key in &keys {
                    link(world, id, key, false);
                }
                retitle(world, policy, id);
            }
            Astray::Anew(every, due) => {
                let title = in_touch(policy, every);
                set(world, id, "title", fields::beginning(Kind::Task, "title", &title));
                set(world, id, "every", Value::Number(every));
                if let Some((since, due)) = due {
                    set(world, id, "counted", Value::Day(since));
                    set(world, id, "due", Value::Instant(due));
                }
            }
        }
    }
}

/// Drops a task of the plan as if it had never been: what it was for can come again.
pub(super) fn forget(world: &mut World, id: Id, task: &Task, reason: &'static str, now: Instant) {
    task.occasions.iter().for_each(|key| link(world, id, key, false));
    drop_all(world, vec![id], reason, now);
}

/// The plan's open tasks of a customer that are not as it would make them.
pub(super) fn astray(look: &Look<'_>) -> Vec<(Id, Task, Astray)> {
    let of_plan = look.of_plan().into_iter();
    of_plan.filter_map(|(id, task)| astray_of(look, id, &task).map(|astray| (id, task, astray))).collect()
}

fn astray_of(look: &Look<'_>, id: Id, task: &Task) -> Option<Astray> {
    if !look.is_cared_for() {
        return Some(Astray::Gone);
    }
    if let Some(day) = task.greets {
        let keys = task.occasions.iter().filter(|key| !look.greets(key, day)).cloned();
        return Some(keys.collect()).filter(|keys: &Vec<Clean>| !keys.is_empty()).map(Astray::Less);
    }
    let Some(every) = look.rhythm() else {
        return is_untouched(look.rows, id).then_some(Astray::Gone);
    };
    if said_days(&task.title).is_none_or(|said| said == every) {
        return None;
    }
    let zone = look.planner.lens.ground().zone;
    let due = || {
        let cadence = look.cadence()?;
        Some((cadence.counted.since, Instant::end_of(cadence.day.date(), zone)))
    };
    Some(Astray::Anew(every, is_untouched(look.rows, id).then(due).flatten()))
}

/// After how many days one gets in touch again, as the title of the rhythm's task says it; none where people wrote it.
fn said_days(title: &Clean) -> Option<i64> {
    let digits = title.as_str().split(|sign: char| !sign.is_ascii_digit()).find(|digits| !digits.is_empty());
    let every = digits?.parse().ok()?;
    let is_ours = |lang| say::keep_in_touch(lang, every) == title.as_str();
    [Lang::En, Lang::Zh].into_iter().any(is_ours).then_some(every)
}

/// Hands what the plan has in the queue to whoever does it now, where the owner or the team of a customer becomes
/// another and it stayed with whoever had the customer.
pub(super) fn hand_on(world: &mut World, policy: &Policy, event: &Event) {
    let Event::Set { record: customer, field, from, .. } = event else { return };
    let name = Kind::Customer.field_name(field);
    if customer.kind != Kind::Customer || !["owner", "team"].contains(&name.as_str()) {
        return;
    }
    let former = from.refers_to().filter(|_| name == "owner");
    for (id, task) in open(world, *customer).into_iter().filter(|(_, task)| !task.duty.is_empty()) {
        let stays = task.assignee.is_some() && task.assignee != former;
        if !stays {
            let assignee = who::holder(world, *customer, duty_of(policy, &task));
            let team = fields::queue_of(world, Some(*customer), assignee);
            set(world, id, "assignee", Value::or_absent(assignee, Value::Ref));
            set(world, id, "team", Value::or_absent(team, Value::Ref));
        }
    }
}

/// Who does a task of the plan.
fn duty_of<'p>(policy: &'p Policy, task: &Task) -> &'p Duty {
    let occasion = task.occasions.iter().find_map(|key| policy.care.occasion(id_of(key)));
    let rhythm = || policy.care.rhythm.as_ref().filter(|_| task.source == Some(Source::Cadence));
    let duty = occasion.map(|occasion| &occasion.duty).or_else(|| rhythm().map(|rhythm| &rhythm.duty));
    duty.unwrap_or(&Duty::Owner)
}
