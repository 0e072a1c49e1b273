//! The task queue: done, dropped, put off, assigned, taken by exactly one.

use super::fields::{Otherwise, moment, text_for};
use super::log::{follow_up, next_step};
use super::policy::Policy;
use super::{Outcome, Stamp, names, set};
use crate::model::index::EVERYBODY;
use crate::model::{
    Day, Ground, Id, Index, Instant, Key, Kind, Refusal, Rows, Task, TaskState, Value, World, index,
};
use chrono_tz::Tz;

use crate::text::Clean;

/// A task that is still open.
fn open(world: &World, task: Id) -> Result<Task, Refusal> {
    let row = world.task(task).ok_or(Refusal::NoRecord(task))?;
    if row.state == Some(TaskState::Open) { Ok(row) } else { Err(Refusal::TaskClosed(task)) }
}

/// Ends an open task.
pub(super) fn end(world: &mut World, task: Id, state: TaskState, stamp: &Stamp) -> Result<Task, Refusal> {
    let row = open(world, task)?;
    set(world, task, "state", Value::word(state));
    set(world, task, "done_at", Value::Instant(stamp.at));
    set(world, task, "done_by", Value::or_absent(stamp.by, Value::Ref));
    Ok(row)
}

/// A task that was ended elsewhere was ended by whoever had it; an open one was not.
pub(super) fn settle(world: &mut World, task: Id, stamp: &Stamp) {
    let Some(row) = world.task(task) else { return };
    if row.state == Some(TaskState::Open) {
        set(world, task, "done_at", Value::Absent);
        set(world, task, "done_by", Value::Absent);
        return;
    }
    if row.done_at.is_none() {
        set(world, task, "done_at", Value::Instant(stamp.at));
    }
    if row.done_by.is_none() {
        set(world, task, "done_by", Value::or_absent(row.assignee.or(stamp.by), Value::Ref));
    }
}

/// A task is done; with a next step, the following one is there.
pub(super) fn done(world: &mut World, task: Id, next: &Clean, stamp: &Stamp) -> Result<Outcome, Refusal> {
    let row = end(world, task, TaskState::Done, stamp)?;
    if next.is_empty() {
        return Ok(Outcome::changed(world, vec![task]));
    }
    let (due, title) = next_step(world, next, stamp)?;
    let customer = row.customer.ok_or(Refusal::Missing(Kind::Task, Clean::known("customer")))?;
    let following = follow_up(world, customer, due, title, stamp);
    Ok(Outcome::changed(world, vec![task, following]).with_date("due", Some(due)))
}

/// A task is not to be done after all.
pub(super) fn drop(world: &mut World, task: Id, reason: &Clean, stamp: &Stamp) -> Result<Outcome, Refusal> {
    let row = end(world, task, TaskState::Dropped, stamp)?;
    if !reason.is_empty() {
        let note = if row.note.is_empty() { reason.to_string() } else { format!("{}\n{reason}", row.note) };
        let note = text_for(Kind::Task, "note", &Clean::washed(&note).0)?;
        set(world, task, "note", note);
    }
    Ok(Outcome::changed(world, vec![task]))
}

/// Out of sight until a date; a due time before that date moves to it.
pub(super) fn snooze(world: &mut World, task: Id, until: &Clean, stamp: &Stamp) -> Result<Outcome, Refusal> {
    let row = open(world, task)?;
    let at = moment(world, "until", until, stamp, Otherwise::Midnight)?;
    set(world, task, "snoozed_until", Value::Instant(at));
    if row.due.is_some_and(|due| due < at) {
        let day = at.local(world.ground().zone).date();
        set(world, task, "due", Value::Instant(Instant::end_of(day, world.ground().zone)));
    }
    Ok(Outcome::changed(world, vec![task]).with_date("until", Some(at)))
}

/// To a member, or to nobody: back into the queue.
pub(super) fn assign(world: &mut World, task: Id, to: &Clean, stamp: &Stamp) -> Result<Outcome, Refusal> {
    open(world, task)?;
    let member = match to.as_str() {
        "" | "none" => None,
        _ => Some(names::find(world, Kind::Member, to, stamp)?),
    };
    set(world, task, "assignee", Value::or_absent(member, Value::Ref));
    set(world, task, "taken", Value::Absent);
    Ok(Outcome::changed(world, vec![task]))
}

/// The most urgent open task that is mine or waits in my team's queue: mine from now on. Check and write are one
/// transaction, so exactly one caller gets it.
pub(super) fn take(world: &mut World, policy: &Policy, stamp: &Stamp) -> Result<Outcome, Refusal> {
    let me = stamp.by.ok_or(Refusal::NoTask)?;
    let task = most_urgent(world, policy, me, stamp.at, true).ok_or(Refusal::NoTask)?;
    set(world, task, "assignee", Value::Ref(me));
    set(world, task, "taken", Value::Instant(stamp.at));
    Ok(Outcome::changed(world, vec![task]))
}

/// The task that a member would do next: of those assigned to them or waiting in their team's queue, late ones first,
/// then the earlier day, on one day the higher tier. With `fresh`, tasks that they took before are left out.
pub fn most_urgent(rows: &dyn Rows, policy: &Policy, me: Id, now: Instant, fresh: bool) -> Option<Id> {
    let zone = Ground::of(&rows.settings()).zone;
    let rank = |id: Id| {
        let task = rows.task(id)?;
        let mine = task.assignee == Some(me) && !(fresh && task.taken.is_some());
        let tier = task.customer.and_then(|id| rows.customer(id)).map(|customer| customer.tier);
        (mine || task.assignee.is_none()).then(|| (urgency(policy, &task, tier.as_ref(), now, zone), id))
    };
    let waiting = waiting(rows, &queues(rows, me), now);
    let mut rest = &waiting[..];
    while !rest.is_empty() {
        let (first, later) = rest.split_at(contenders(rest, 1, now, zone));
        if let Some((_, id)) = first.iter().filter_map(|(_, id)| rank(*id)).min() {
            return Some(id);
        }
        rest = later;
    }
    None
}

/// Where a member's tasks wait: assigned to them, to their team, to nobody.
pub fn queues(rows: &dyn Rows, me: Id) -> Vec<Key> {
    let team = rows.member(me).and_then(|member| member.team);
    [Some(me), team, Some(EVERYBODY)]
        .into_iter()
        .flatten()
        .map(|holder| Key::of(Index::Queue).id(holder))
        .collect()
}

/// The open tasks of some queues that are not put off, with their due times, those due first in front. Keys alone are
/// read.
pub fn waiting(rows: &dyn Rows, queues: &[Key], now: Instant) -> Vec<(Instant, Id)> {
    let mut waiting = Vec::new();
    for queue in queues {
        rows.scan(&queue.0, &queue.end(), false, &mut |key| {
            let queued = index::queued(key).filter(|(_, awake, _)| *awake <= now);
            waiting.extend(queued.map(|(due, _, id)| (due, id)));
            true
        });
    }
    waiting.sort_unstable();
    waiting.dedup();
    waiting
}

/// How many of those that wait, from the first on, may be among the `count` most urgent: so many, and all who share the
/// last one's day, where tiers decide.
pub fn contenders(waiting: &[(Instant, Id)], count: usize, now: Instant, zone: Tz) -> usize {
    let Some((last, _)) = count.checked_sub(1).and_then(|last| waiting.get(last)) else {
        return waiting.len().min(count);
    };
    let rank = |due: Instant| (due >= now, due.day(zone));
    waiting.partition_point(|(due, _)| rank(*due) <= rank(*last))
}

/// What open tasks are ordered by: late before not late, then the day, the tier of the customer, the hour.
pub fn urgency(
    policy: &Policy,
    task: &Task,
    tier: Option<&Clean>,
    now: Instant,
    zone: Tz,
) -> (bool, Day, usize, Instant) {
    let due = task.due.unwrap_or(Instant(i64::MAX));
    (due >= now, due.day(zone), policy.rank(tier), due)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::policy::SHIPPED;
    use crate::rules::testing::{ADMIN, LEAD, Office, REP, text};

    const HOUR: i64 = 3_600_000;

    proptest! {
        /// Only those whom the keys let through are read: the most urgent are always among them.
        #[test]
        fn the_most_urgent_are_among_the_contenders(
            tasks in prop::collection::vec((-100_i64..100, 0_usize..4), 0..60),
            count in 0_usize..70,
        ) {
            let policy = Policy::parse(SHIPPED).unwrap();
            let (now, zone) = (Instant(0), chrono_tz::Asia::Shanghai);
            let tiers = ["A", "B", "C", ""].map(text);
            let mut waiting: Vec<(Instant, Id)> =
                (1..).zip(&tasks).map(|(n, (due, _))| (Instant(due * HOUR), Id::new(Kind::Task, n))).collect();
            waiting.sort_unstable();
            let urgency = |id: &Id| {
                let (due, tier) = tasks[id.n as usize - 1];
                let task = Task { due: Some(Instant(due * HOUR)), ..Task::default() };
                (urgency(&policy, &task, Some(&tiers[tier]), now, zone), *id)
            };
            let first = |waiting: &[(Instant, Id)]| {
                let mut ids: Vec<Id> = waiting.iter().map(|(_, id)| *id).collect();
                ids.sort_by_key(urgency);
                ids.truncate(count);
                ids
            };
            let read = contenders(&waiting, count, now, zone);
            prop_assert_eq!(first(&waiting[..read]), first(&waiting));
        }
    }

    #[test]
    fn what_waits_is_told_by_its_keys() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let mut task = |title: &str, due: &str, assignee: &str| {
            let of = acme.to_string();
            office.make(
                Kind::Task,
                &[("title", title), ("customer", &of), ("due", due), ("assignee", assignee)],
            )
        };
        let (later, first) = (task("later", "+3d", "Bo"), task("first", "+1d", "Bo"));
        let (theirs, off) = (task("theirs", "+1d", "Lea"), task("put off", "+2d", "Bo"));
        office.run(crate::model::Command::TaskSnooze { task: off, until: text("+5d") }.by(REP)).unwrap();
        let ids = |office: &Office, me| {
            let waiting = waiting(&office.rows, &queues(&office.rows, me), office.now);
            waiting.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        };
        assert_eq!(ids(&office, REP), [first, later]);
        assert_eq!(ids(&office, LEAD), [theirs]);
        assert_eq!(ids(&office, ADMIN), []);
        office.days_pass(6);
        assert_eq!(ids(&office, REP), [first, later, off]);
        let policy = Policy::parse(SHIPPED).unwrap();
        assert_eq!(most_urgent(&office.rows, &policy, REP, office.now, true), Some(first));
    }
}
