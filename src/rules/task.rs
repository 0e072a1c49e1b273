//! The task queue: done, dropped, put off, assigned, taken by exactly one.

use super::absence::covered;
use super::fields::{Otherwise, bad, is_with_us, moment, text_for};
use super::log::{follow_up, next_step};
use super::policy::Policy;
use super::{Outcome, Stamp, names, playbook, set};
use crate::model::index::EVERYBODY;
use crate::model::{
    Change, Day, Ground, Id, Index, Instant, Key, Kind, Refusal, Rows, Source, Takes, Task, TaskState, Value,
    World, index,
};
use chrono_tz::Tz;

use crate::text::{Clean, date, says_none};

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
    if row.occasions.is_empty() {
        // What somebody planned by hand greets on the day on which it is due.
        let greets = row.due.filter(|_| row.source == Some(Source::Care) && row.customer.is_some());
        let day = greets.map(|due| due.day(world.ground().zone));
        set(world, task, "greets", Value::or_absent(day, Value::Day));
    }
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

/// What is given of a new task. Unless it is said by when, a date before or behind what is to be done tells it, as in a
/// next step; a day that no calendar has must not get lost in the title.
pub(super) fn dated(world: &World, given: &[Change], stamp: &Stamp) -> Result<Vec<Change>, Refusal> {
    let mut given = given.to_vec();
    let of = |name: &'static str| move |change: &&mut Change| change.field.as_str() == name;
    if given.iter_mut().filter(of("due")).any(|due| !due.to.is_empty()) {
        return Ok(given);
    }
    let Some(title) = given.iter_mut().find(of("title")) else { return Ok(given) };
    let now = stamp.local(world);
    match date::split_step(title.to.as_str(), now) {
        Some((when, what)) if !what.trim().is_empty() => {
            title.to = Clean::washed(what.trim()).0;
            let time = when.time.map_or_else(String::new, |time| time.format(" %H:%M").to_string());
            given.retain(|change| change.field.as_str() != "due");
            given.push(Change::put(Clean::known("due"), Clean::washed(&format!("{}{time}", when.date)).0));
        }
        None if date::impossible_step(title.to.as_str(), now).is_some() => {
            return Err(bad("due", &title.to, Takes::Date));
        }
        _ => {}
    }
    Ok(given)
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

/// A task is not to be done after all. Who does not approve says why.
pub(super) fn drop(
    world: &mut World,
    policy: &Policy,
    task: Id,
    reason: &Clean,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    let row = end(world, task, TaskState::Dropped, stamp)?;
    if reason.is_empty() && playbook::is_approval(policy, &row) {
        return Err(Refusal::NoReason(task));
    }
    if !reason.is_empty() {
        let note = noted(world, task, reason)?;
        set(world, task, "note", note);
    }
    Ok(Outcome::changed(world, vec![task]))
}

/// The note of a task with one line more.
pub(super) fn noted(world: &World, task: Id, line: &Clean) -> Result<Value, Refusal> {
    let note = world.task(task).map(|row| row.note).unwrap_or_default();
    let note = if note.is_empty() { line.to_string() } else { format!("{note}\n{line}") };
    text_for(Kind::Task, "note", &Clean::washed(&note).0)
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
    let is_nobody = to.is_empty() || says_none(to.as_str());
    let member = if is_nobody { None } else { Some(names::find(world, Kind::Member, to, stamp)?) };
    if let Some(member) = member {
        is_with_us(world, member)?;
    }
    set(world, task, "assignee", Value::or_absent(member, Value::Ref));
    set(world, task, "taken", Value::Absent);
    Ok(Outcome::changed(world, vec![task]))
}

/// The next open task that is mine or waits in my team's queue: mine from now on. Check and write are one transaction,
/// so exactly one caller gets it.
pub(super) fn take(world: &mut World, policy: &Policy, stamp: &Stamp) -> Result<Outcome, Refusal> {
    let me = stamp.by.ok_or(Refusal::NoTask)?;
    let task = next_of_round(world, policy, me, stamp.at).ok_or(Refusal::NoTask)?;
    set(world, task, "assignee", Value::Ref(me));
    set(world, task, "taken", Value::Instant(stamp.at));
    Ok(Outcome::changed(world, vec![task]))
}

/// How urgent a task is, and which it is: no two are alike.
type Rank = ((bool, Day, usize, Instant), Id);

/// The task that a member would do first: of those assigned to them or waiting in their team's queue, late ones first,
/// then the earlier day, on one day the higher tier. What stands still with its playbook is nobody's next.
pub fn most_urgent(rows: &dyn Rows, policy: &Policy, me: Id, now: Instant) -> Option<Id> {
    first(rows, policy, me, now, |_, _| true)
}

/// The task that a member takes next. Each day they go round their queue, the most urgent first: what was taken today
/// and left comes again after all that stand behind it, and what is new or more urgent comes in between.
fn next_of_round(rows: &dyn Rows, policy: &Policy, me: Id, now: Instant) -> Option<Id> {
    let zone = Ground::of(&rows.settings()).zone;
    let today = |task: &Task| task.taken.filter(|taken| taken.day(zone) == now.day(zone));
    let mine = waiting(rows, &[Key::of(Index::Queue).id(me)], now).into_iter();
    let taken = mine.filter_map(|(_, id)| {
        let task = rows.task(id)?;
        Some((today(&task)?, rank(rows, policy, id, &task, now)))
    });
    let Some((_, last)) = taken.max() else { return most_urgent(rows, policy, me, now) };
    let comes = |task: &Task, rank: &Rank| today(task).is_none() || *rank > last;
    first(rows, policy, me, now, comes).or_else(|| most_urgent(rows, policy, me, now))
}

/// The most urgent of those that a member may take and that are wanted.
fn first(
    rows: &dyn Rows,
    policy: &Policy,
    me: Id,
    now: Instant,
    wanted: impl Fn(&Task, &Rank) -> bool,
) -> Option<Id> {
    let zone = Ground::of(&rows.settings()).zone;
    let covered = covered(rows, me, now);
    let candidate = |id: Id| {
        let task = rows.task(id)?;
        let is_mine = || covered.iter().any(|(_, task)| *task == id);
        let may = task.stands.is_none() && task.assignee.is_none_or(|holder| holder == me || is_mine());
        let rank = rank(rows, policy, id, &task, now);
        (may && wanted(&task, &rank)).then_some(rank)
    };
    let waiting = with(waiting(rows, &queues(rows, me), now), &covered);
    let mut rest = &waiting[..];
    while !rest.is_empty() {
        let (first, later) = rest.split_at(contenders(rest, 1, now, zone));
        if let Some((_, id)) = first.iter().filter_map(|(_, id)| candidate(*id)).min() {
            return Some(id);
        }
        rest = later;
    }
    None
}

fn rank(rows: &dyn Rows, policy: &Policy, id: Id, task: &Task, now: Instant) -> Rank {
    let zone = Ground::of(&rows.settings()).zone;
    let tier = task.customer.and_then(|id| rows.customer(id)).map(|customer| customer.tier);
    (urgency(policy, task, tier.as_ref(), now, zone), id)
}

/// Where a member's tasks wait: assigned to them, to a team of theirs, to nobody.
fn queues(rows: &dyn Rows, me: Id) -> Vec<Key> {
    let teams: Vec<Id> = rows.member(me).map(|member| member.in_teams().collect()).unwrap_or_default();
    [me, EVERYBODY].into_iter().chain(teams).map(|holder| Key::of(Index::Queue).id(holder)).collect()
}

/// The open tasks that a member is to do and that are not put off, with their due times, those due first in front:
/// their own, and meanwhile those of who is away.
pub fn mine(rows: &dyn Rows, me: Id, now: Instant) -> Vec<(Instant, Id)> {
    with(waiting(rows, &[Key::of(Index::Queue).id(me)], now), &covered(rows, me, now))
}

/// The same of all that wait for a member: in the queues of their teams too.
pub fn within_reach(rows: &dyn Rows, me: Id, now: Instant) -> Vec<(Instant, Id)> {
    with(waiting(rows, &queues(rows, me), now), &covered(rows, me, now))
}

fn with(mut waiting: Vec<(Instant, Id)>, more: &[(Instant, Id)]) -> Vec<(Instant, Id)> {
    if !more.is_empty() {
        waiting.extend(more);
        waiting.sort_unstable();
        waiting.dedup();
    }
    waiting
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
    use crate::model::{Command, How};
    use crate::rules::policy::SHIPPED;
    use crate::rules::testing::{self, ADMIN, LEAD, Office, REP, edit, text};

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
        office.run(Command::TaskSnooze { task: off, until: text("+5d") }.by(REP)).unwrap();
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
        assert_eq!(most_urgent(&office.rows, &policy, REP, office.now), Some(first));
    }

    #[test]
    fn the_queues_of_all_of_a_members_teams_are_theirs() {
        let mut office = Office::new();
        for team in ["North", "South", "West"] {
            office.make(Kind::Team, &[("name", team)]);
        }
        office.run(edit(REP, "team", "North")).unwrap();
        office.run(edit(REP, "teams", "South")).unwrap();
        let task = |office: &mut Office, team| {
            office.make(Kind::Task, &[("title", team), ("team", team), ("due", "+1d"), ("assignee", "none")])
        };
        let [north, south, west] = ["North", "South", "West"].map(|team| task(&mut office, team));
        let taken: Vec<Id> = (0..2).map(|_| office.run(Command::TaskTake.by(REP)).unwrap().ids[0]).collect();
        assert_eq!(taken, [north, south]);
        let unlink = Change { how: How::Unlink, ..Change::link(text("teams"), text("South")) };
        office.run(Command::Edit { record: REP, changes: vec![unlink] }).unwrap();
        office.run(Command::TaskAssign { task: south, to: text("none") }).unwrap();
        let waits = waiting(&office.rows, &queues(&office.rows, REP), office.now);
        assert!(waits.iter().all(|(_, id)| ![south, west].contains(id)), "{waits:?}");
    }

    #[test]
    fn a_new_task_is_due_by_the_date_in_its_title() {
        for (typed, due, title, day) in [
            ("call Petra about the brochure next tuesday", "", "call Petra about the brochure", "2018-01-09"),
            ("拜访 下周二下午3点", "", "拜访", "2018-01-09 15:00"),
            ("+3d send list", "", "send list", "2018-01-04"),
            ("ask about friday", "", "ask about friday", ""),
            ("monday", "", "monday", ""),
            ("call next tuesday", "+1d", "call next tuesday", "2018-01-02"),
            ("call next tuesday", "none", "call next tuesday", ""),
            ("plan for 31 Nov", "none", "plan for 31 Nov", ""),
        ] {
            let mut office = Office::new();
            let mut fields = vec![("title", typed)];
            fields.extend((!due.is_empty()).then_some(("due", due)));
            let task = office.make(Kind::Task, &fields);
            let row = office.rows.task(task).unwrap();
            let said = row.due.map_or_else(String::new, |due| due.say(chrono_tz::Asia::Shanghai));
            assert_eq!((row.title.as_str(), said.as_str()), (title, day), "{typed} / {due}");
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_no_part_of_a_title() {
        let mut office = Office::new();
        for typed in ["call back on 31 Nov", "回电 2月30日"] {
            let refused = office.run(testing::add(Kind::Task, &[("title", typed), ("due", "")])).unwrap_err();
            assert!(
                matches!(&refused, Refusal::BadValue(field, ..) if field.as_str() == "due"),
                "{refused:?}"
            );
        }
        assert!(office.all(Kind::Task).is_empty());
    }

    /// Three tasks of Bo's, the most urgent first, and one that nobody has.
    fn queue(office: &mut Office) -> [Id; 4] {
        let [acme] = office.customers(["Acme"]);
        [("late", "-1d", "Bo"), ("soon", "+1d", "Bo"), ("anybody's", "+2d", "none"), ("later", "+9d", "Bo")]
            .map(|(title, due, assignee)| {
                let of = acme.to_string();
                let fields = [("title", title), ("customer", &of), ("due", due), ("assignee", assignee)];
                office.make(Kind::Task, &fields)
            })
    }

    fn taken(office: &mut Office) -> Id {
        office.now = office.now.plus_seconds(60);
        office.run(Command::TaskTake.by(REP)).unwrap().ids[0]
    }

    #[test]
    fn what_was_taken_and_left_comes_round_again() {
        let mut office = Office::new();
        let all @ [late, soon, anybodys, _] = queue(&mut office);
        for task in all.into_iter().chain(all).chain([late, soon]) {
            assert_eq!(taken(&mut office), task);
        }
        office.run(Command::TaskDone { task: soon, next: Clean::default() }.by(REP)).unwrap();
        assert_eq!(taken(&mut office), anybodys, "what is done leaves the round where it was");
    }

    #[test]
    fn what_stands_still_with_its_playbook_is_handed_out_to_nobody() {
        let mut office = Office::new();
        let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
        let playbook = text("inquiry");
        let run = office.run(Command::PlaybookStart { customer: acme, playbook }).unwrap().ids[0];
        office.run(Command::PlaybookPause { run, reason: text("they are away") }).unwrap();
        assert_eq!(office.run(Command::TaskTake.by(REP)).unwrap_err(), Refusal::NoTask);
        let policy = Policy::parse(SHIPPED).unwrap();
        assert_eq!(most_urgent(&office.rows, &policy, REP, office.now), None);
        office.run(Command::PlaybookResume { run }).unwrap();
        office.run(Command::TaskTake.by(REP)).unwrap();
    }

    #[test]
    fn what_is_new_and_urgent_comes_in_between_and_a_day_begins_with_the_most_urgent() {
        let mut office = Office::new();
        let [late, soon, anybodys, _] = queue(&mut office);
        assert_eq!([taken(&mut office), taken(&mut office)], [late, soon]);
        let urgent = office.make(Kind::Task, &[("title", "now"), ("due", "-3d"), ("assignee", "Bo")]);
        assert_eq!([taken(&mut office), taken(&mut office)], [urgent, late]);
        office.days_pass(1);
        assert_eq!(taken(&mut office), urgent, "nobody left off where they were yesterday");
        office.run(Command::TaskAssign { task: anybodys, to: text("Lea") }.by(REP)).unwrap();
        let rest: Vec<Id> = (0..4).map(|_| taken(&mut office)).collect();
        assert!(!rest.contains(&anybodys), "what others have is not taken");
    }
}
