//! Who does it while somebody is away.

use std::collections::BTreeSet;

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::Stamp;
use super::task::waiting;
use crate::model::{
    Change, Day, Ground, Id, Index, Instant, Key, Kind, Member, Refusal, Row, Rows, World, index,
};
use crate::text::{Clean, date};

/// Who does what a member does for a customer on a day: the member; where they are not there, the customer's own
/// backup; else who stands in for the member, who stands in for that one, and so on; at last a lead. None where nobody
/// is there.
pub fn doer(rows: &dyn Rows, customer: Option<Id>, member: Id, day: Day) -> Option<Id> {
    let is_here = |id: &Id| rows.member(*id).is_some_and(|member| member.is_here(day));
    let backup = || rows.customer(customer?)?.backup;
    std::iter::once(member)
        .chain(std::iter::once_with(backup).flatten())
        .chain(stand_ins(rows, member))
        .chain(std::iter::once_with(|| leads(rows, member)).flatten())
        .find(is_here)
}

/// Who stands in for a member, who for that one, and so on: each once, so that a circle ends.
fn stand_ins(rows: &dyn Rows, member: Id) -> impl Iterator<Item = Id> {
    let mut met = BTreeSet::from([member]);
    let next = |of: Id| rows.member(of)?.stand_in;
    let mut last = Some(member);
    std::iter::from_fn(move || {
        last = last.and_then(next).filter(|id| met.insert(*id));
        last
    })
}

/// A member's own lead, and those of their teams.
fn leads(rows: &dyn Rows, member: Id) -> Vec<Id> {
    let Some(row) = rows.member(member) else { return Vec::new() };
    let of_teams = row.in_teams().filter_map(|team| rows.team(team)?.lead);
    row.lead.into_iter().chain(of_teams).collect()
}

/// The members who are away on a day.
fn away(rows: &dyn Rows, day: Day) -> Vec<Id> {
    let all = Key::of(Index::Away);
    let mut away = Vec::new();
    rows.scan(&all.clone().day(day).0, &all.end(), false, &mut |key| {
        away.extend(index::target(key));
        true
    });
    away.retain(|id| rows.member(*id).is_some_and(|member| member.away_on(day).is_some()));
    away
}

/// The open tasks of those who are away that are a member's to do meanwhile, but for what is put off, with their due
/// times, those due first in front.
pub fn covered(rows: &dyn Rows, me: Id, now: Instant) -> Vec<(Instant, Id)> {
    let today = now.day(Ground::of(&rows.settings()).zone);
    let is_mine = |task: Id, member: Id| {
        rows.task(task).is_some_and(|task| doer(rows, task.customer, member, today) == Some(me))
    };
    let mut covered = Vec::new();
    for member in away(rows, today).into_iter().filter(|member| *member != me) {
        let theirs = waiting(rows, &[Key::of(Index::Queue).id(member)], now);
        covered.extend(theirs.into_iter().filter(|(_, task)| is_mine(*task, member)));
    }
    covered.sort_unstable();
    covered
}

/// The stamp with which a change of a member is read: a weekday on which an absence ends is the one behind its first
/// day.
pub(super) fn counted_from(world: &World, record: Id, change: &Change, stamp: Stamp) -> Stamp {
    let first = world.member(record).and_then(|member| member.away_from);
    let zone = world.ground().zone;
    match first.map(|day| Instant::at(day.date().and_time(NaiveTime::MIN), zone)) {
        Some(first) if change.field.as_str() == "away_until" && first > stamp.at => {
            let is_weekday = names_a_weekday(change.to.as_str(), first.local(zone));
            Stamp { at: if is_weekday { first } else { stamp.at }, ..stamp }
        }
        _ => stamp,
    }
}

/// Whether a text means another day a week later, and not another one every day.
fn names_a_weekday(text: &str, now: NaiveDateTime) -> bool {
    let read = |days| {
        date::parse(text, now + TimeDelta::days(days)).ok().map(|when| (when.date - now.date()).num_days())
    };
    match (read(0), read(1), read(7)) {
        (Some(today), Some(tomorrow), Some(in_a_week)) => tomorrow != today + 1 && in_a_week == today + 7,
        _ => false,
    }
}

/// The days of an absence that changes name, to be echoed.
pub(super) fn dates(world: &World, record: Id, changes: &[Change]) -> Vec<(Clean, Instant)> {
    let Some(member) = world.member(record) else { return Vec::new() };
    let days = [("away_from", member.away_from), ("away_until", member.away_until)];
    let is_named = |name: &str| changes.iter().any(|change| change.field.as_str() == name);
    let at = |day: Day| Instant::end_of(day.date(), world.ground().zone);
    let named = days.into_iter().filter(|(name, _)| is_named(name));
    named.filter_map(|(name, day)| Some((Clean::known(name), at(day?)))).collect()
}

/// An absence has a first day and a last one, and nobody stands in for themselves.
pub(super) fn check(world: &World, record: Id, member: &Member) -> Result<(), Refusal> {
    let missing = |field| Err(Refusal::Missing(Kind::Member, Clean::known(field)));
    match (member.away_from, member.away_until) {
        (Some(_), None) => return missing("away_until"),
        (None, Some(_)) => return missing("away_from"),
        (Some(from), Some(until)) if until < from => return Err(Refusal::AwayBackwards(from, until)),
        _ => {}
    }
    if member.stand_in == Some(record) {
        return Err(Refusal::OwnStandIn(super::names::name_of(world, record)));
    }
    Ok(())
}

/// An absence is noted while it lasts or before: once it is over, nobody stands in any more.
pub(super) fn is_still_to_be(world: &World, record: Id, stamp: &Stamp) -> Result<(), Refusal> {
    let of = |row: Option<Row>| match row {
        Some(Row::Member(member)) => member.away(),
        _ => None,
    };
    let (was, is) = (of(world.before(record)), of(world.row(record)));
    let today = stamp.at.day(world.ground().zone);
    match is.filter(|_| was != is) {
        Some((_, until)) if until < today => Err(Refusal::AwayPast(until)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::task::mine;
    use super::super::testing::{ADMIN, LEAD, Office, REP, add, changes, edit, text};
    use super::*;
    use crate::model::{Command, Memory, Team, Value};

    const CY: Id = Id::new(Kind::Member, 4);

    fn away(office: &mut Office, member: Id, days: (&str, &str), stand_in: &str) {
        let fields = [("away_from", days.0), ("away_until", days.1), ("stand_in", stand_in)];
        office.run(Command::Edit { record: member, changes: changes(&fields) }).unwrap();
    }

    fn today(office: &Office) -> Day {
        office.now.day(chrono_tz::Asia::Shanghai)
    }

    #[test]
    fn the_backup_comes_before_the_stand_in_and_these_before_the_lead() {
        let mut office = Office::new();
        let [acme, zeta] = office.customers(["Acme", "Zeta"]);
        office.make(Kind::Member, &[("name", "Cy")]);
        office.run(edit(REP, "lead", "Lea")).unwrap();
        office.run(edit(acme, "backup", "Cy")).unwrap();
        let who = |office: &Office, customer| doer(&office.rows, Some(customer), REP, today(office));
        assert_eq!([acme, zeta].map(|customer| who(&office, customer)), [Some(REP), Some(REP)]);
        away(&mut office, REP, ("today", "+2d"), "Li Wei");
        assert_eq!([acme, zeta].map(|customer| who(&office, customer)), [Some(CY), Some(ADMIN)]);
        away(&mut office, CY, ("today", "today"), "");
        assert_eq!([acme, zeta].map(|customer| who(&office, customer)), [Some(ADMIN), Some(ADMIN)]);
        away(&mut office, ADMIN, ("today", "+1d"), "Cy");
        assert_eq!([acme, zeta].map(|customer| who(&office, customer)), [Some(LEAD), Some(LEAD)]);
        office.days_pass(1);
        assert_eq!([acme, zeta].map(|customer| who(&office, customer)), [Some(CY), Some(CY)]);
        office.days_pass(2);
        assert_eq!([acme, zeta].map(|customer| who(&office, customer)), [Some(REP), Some(REP)]);
    }

    #[test]
    fn the_tasks_of_who_is_away_are_the_stand_ins_to_see_and_to_take() {
        let mut office = Office::new();
        office.make(Kind::Member, &[("name", "Cy")]);
        let [acme, zeta] = office.customers(["Acme", "Zeta"]);
        office.run(edit(zeta, "backup", "Cy")).unwrap();
        let mut task = |customer: Id| {
            let of = customer.to_string();
            office
                .make(Kind::Task, &[("title", "call"), ("customer", &of), ("due", "+1d"), ("assignee", "Bo")])
        };
        let [at_acme, at_zeta] = [acme, zeta].map(&mut task);
        let mine = |office: &Office, me| {
            mine(&office.rows, me, office.now).into_iter().map(|(_, task)| task).collect::<Vec<_>>()
        };
        away(&mut office, REP, ("+1d", "+2d"), "Lea");
        let theirs = |office: &Office| [REP, LEAD, CY].map(|member| mine(office, member));
        assert_eq!(theirs(&office), [vec![at_acme, at_zeta], vec![], vec![]]);
        office.days_pass(1);
        assert_eq!(theirs(&office), [vec![at_acme, at_zeta], vec![at_acme], vec![at_zeta]]);
        assert_eq!(office.run(Command::TaskTake.by(LEAD)).unwrap().ids, [at_acme]);
        assert_eq!(theirs(&office), [vec![at_zeta], vec![at_acme], vec![at_zeta]]);
        office.days_pass(2);
        assert_eq!(theirs(&office), [vec![at_zeta], vec![at_acme], vec![]], "back again");
    }

    #[test]
    fn an_absence_that_is_over_is_not_noted() {
        let mut office = Office::new();
        let note = |days: [&str; 2]| Command::Edit {
            record: REP,
            changes: changes(&[("away_from", days[0]), ("away_until", days[1])]),
        };
        office.days_pass(5);
        let refused = office.run(note(["2018-01-02", "2018-01-05"])).unwrap_err();
        assert_eq!(refused, Refusal::AwayPast(Day(today(&office).0 - 1)));
        office.run(note(["2018-01-02", "2018-01-06"])).expect("it lasts");
        office.days_pass(9);
        office.run(edit(REP, "phone", "13800000000")).expect("nothing of it changes");
        office.run(note(["", ""])).expect("and it may be forgotten");
    }

    #[test]
    fn an_absence_is_whole_and_everybody_notes_their_own() {
        let mut office = Office::new();
        let note = |fields: &[(&str, &str)]| Command::Edit { record: REP, changes: changes(fields) };
        let whole = [("away_from", "today"), ("away_until", "+2d"), ("stand_in", "Lea")];
        for (fields, refused) in [
            (&[("away_from", "today")][..], "Missing"),
            (&[("away_until", "today")], "Missing"),
            (&[("away_from", "+2d"), ("away_until", "+1d")], "AwayBackwards"),
            (&[("stand_in", "Bo")], "OwnStandIn"),
        ] {
            let refusal = office.run(note(fields)).unwrap_err();
            assert!(format!("{refusal:?}").starts_with(refused), "{fields:?}: {refusal:?}");
        }
        let done = office.run(note(&whole).by(REP)).unwrap();
        assert_eq!(done.dates.len(), 2, "both days are echoed");
        // 1 January 2018 is a Monday.
        office.run(note(&[("away_from", "mon"), ("away_until", "fri")])).unwrap();
        let member = office.rows.member(REP).unwrap();
        let days = [member.away_from, member.away_until].map(|day| day.unwrap().date().to_string());
        assert_eq!(days, ["2018-01-08", "2018-01-12"]);
        office.run(note(&whole)).unwrap();
        let of_another = Command::Edit { record: LEAD, changes: changes(&whole[..2]) };
        assert!(matches!(office.run(of_another.by(REP)), Err(Refusal::NotAllowed(_))));
        assert!(office.run(edit(REP, "skills", "senior").by(REP)).is_err());
        let member = office.rows.member(REP).unwrap();
        let days = [0, 2, 3].map(|days| member.away_on(Day(today(&office).0 + days)).is_some());
        assert_eq!(days, [true, true, false]);
    }

    #[test]
    fn nothing_is_given_to_who_has_left() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let task = office.make(Kind::Task, &[("title", "call")]);
        office.run(edit(REP, "left", "yes")).unwrap();
        for command in [
            edit(acme, "owner", "Bo"),
            edit(acme, "backup", "Bo"),
            edit(LEAD, "stand_in", "Bo"),
            edit(task, "assignee", "Bo"),
            add(Kind::Deal, &[("customer", "Acme"), ("owner", "Bo")]),
            Command::TaskAssign { task, to: text("Bo") },
        ] {
            assert_eq!(office.run(command).unwrap_err(), Refusal::Gone(text("Bo")));
        }
    }

    /// A member as chance draws them: from when they are away and how much longer, their stand-in, their lead, whether
    /// they have left.
    type Drawn = (Option<(i32, i32)>, Option<u64>, Option<u64>, bool);

    /// A team of members of whom these are away, who stand in for one another and have leads as it happens.
    fn team(members: &[Drawn], lead: u64) -> Memory {
        let memory = Memory::default();
        let mut world = World::over(&memory);
        let id = |n: u64| Id::new(Kind::Member, n);
        let rows = members.iter().map(|(away, stand_in, lead, left)| {
            Row::from(Member {
                away_from: away.map(|(from, _)| Day(from)),
                away_until: away.map(|(from, days)| Day(from + days)),
                stand_in: stand_in.map(id),
                lead: lead.map(id),
                left: *left,
                team: Some(Id::new(Kind::Team, 1)),
                ..Member::default()
            })
        });
        let group = Row::from(Team { lead: Some(id(lead)), ..Team::default() });
        for row in rows.chain([group]).collect::<Vec<_>>() {
            let (record, values): (Id, Vec<(crate::model::Field, Value)>) =
                (world.fresh(row.kind()), row.values());
            world.emit(crate::model::Event::Created { record, values });
        }
        let (layer, _) = world.finish();
        let mut memory = Memory::default();
        memory.write(layer, Vec::new());
        memory
    }

    proptest! {
        /// It ends, and names nobody who is away or has left; who is there does their own.
        #[test]
        fn whoever_does_it_is_there(
            members in prop::collection::vec(
                (
                    prop::option::of((0..4_i32, 0..4_i32)),
                    prop::option::of(1..8_u64),
                    prop::option::of(1..8_u64),
                    prop::bool::weighted(0.2),
                ),
                1..8,
            ),
            lead in 1..8_u64,
            day in 0..8_i32,
        ) {
            let rows = team(&members, lead);
            for n in 1..=members.len() as u64 {
                let member = Id::new(Kind::Member, n);
                let is_here = |id| rows.member(id).is_some_and(|member| member.is_here(Day(day)));
                let found = doer(&rows, None, member, Day(day));
                prop_assert!(found.is_none_or(is_here));
                prop_assert!(!is_here(member) || found == Some(member));
                let lead = Id::new(Kind::Member, lead);
                prop_assert!(!is_here(lead) || found.is_some(), "at last the lead");
            }
        }
    }
}
