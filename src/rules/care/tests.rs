//! What is planned when, by hand-computed dates: 春节 is on 2026-02-17 and 2027-02-06, 中秋 on 2026-09-25 and 2027-09-15.

use chrono_tz::Asia::Shanghai;

use super::*;
use crate::model::{How, Log, Refusal, Task};
use crate::rules::testing::{ADMIN, LEAD, Office, REP, add, changes, edit, text, undo};

pub(super) const POLICY: &str = r#"
schema = 1
language = "zh"

[calendar.office]
week = "Mon-Fri 09:00-18:00"
holidays = ["2026-10-01..2026-10-07"]
workdays = ["2026-10-10"]

[[tier]]
id = "A"
enter = "tag:key"
contact_every = "14d"

[[tier]]
id = "C"
contact_every = "90d"

[care.rhythm]
for = "tier:A and tag:rhythm"
ahead = "2d"
calendar = "office"

[[care.occasion]]
id = "birthday"
name = { en = "birthday", zh = "生日" }
on = "birthday"
for = "tier:A"
ahead = "3d"

[[care.occasion]]
id = "spring-festival"
name = { en = "Spring Festival", zh = "春节" }
on = "lunar 01-01"
for = "tier:A"
ahead = "3d"
channel = "wechat"

[[care.occasion]]
id = "mid-autumn"
name = { en = "Mid-Autumn", zh = "中秋节" }
on = "农历八月十五"
for = "tier:A"
ahead = "5d"

[[care.occasion]]
id = "years"
name = { en = "years together", zh = "合作周年" }
on = "anniversary:x.since"
for = "tier:A"
duty = "analyst"

[[care.occasion]]
id = "fair"
name = { en = "fair", zh = "展会" }
on = ["2026-05-20", "2027-05-21"]
for = "tag:fair"
ahead = "1w"
"#;

pub(super) fn at(local: &str) -> Instant {
    Instant::at(format!("{local}:00").parse().unwrap(), Shanghai)
}

/// An office on a day of 2026, and a key customer of Bo's.
pub(super) fn office(local: &str) -> (Office, Id) {
    let mut office = Office::under(POLICY);
    office.now = at(local);
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo"), ("tags", "key")]);
    (office, acme)
}

pub(super) fn go_to(office: &mut Office, local: &str) {
    office.now = at(local);
    office.hours_pass(0);
}

pub(super) fn tasks(office: &Office) -> Vec<(Id, Task)> {
    let task = |(id, row): (Id, Row)| Some((id, Task::try_from(row).ok()?));
    office.all(Kind::Task).into_iter().filter_map(task).collect()
}

/// Title, due day and state of every task.
pub(super) fn told(office: &Office) -> Vec<String> {
    let person = |contact| Some(crate::rules::names::name_of(&office.rows, contact));
    let tell = |(_, task): (Id, Task)| {
        let due = task.due.map(|due| due.local(Shanghai).date().to_string()).unwrap_or_default();
        let title = crate::rules::title(office.policy(), &task, Lang::Zh, &person);
        format!("{title} {due} {}", crate::model::Choice::word(task.state.unwrap()))
    };
    tasks(office).into_iter().map(tell).collect()
}

pub(super) fn log(customer: Id, fill: impl FnOnce(&mut Log)) -> Command {
    let mut log = Log::call(customer, text("hello"));
    fill(&mut log);
    Command::Log(Box::new(log))
}

pub(super) fn greet(customer: Id) -> Command {
    log(customer, |log| log.greeting = true)
}

pub(super) fn skip_of(customer: Id, occasion: &str) -> Command {
    Command::CareSkip { customer, occasion: text(occasion), reason: text("not this year") }
}

#[test]
fn a_feast_comes_so_many_days_ahead_year_after_year_and_names_its_rule() {
    let (mut office, acme) = office("2026-02-01T10:00");
    assert_eq!(office.get(acme, "care_at"), Value::Instant(at("2026-02-14T00:00")));
    go_to(&mut office, "2026-02-13T23:59");
    assert!(tasks(&office).is_empty());
    go_to(&mut office, "2026-02-14T00:00");
    assert_eq!(told(&office), ["问候：春节 2026-02-17 open"]);
    let (id, task) = tasks(&office).remove(0);
    assert_eq!(
        (task.source, task.assignee, task.channel),
        (Some(Source::Care), Some(REP), Some(Channel::Wechat))
    );
    let mut causes = Vec::new();
    office.rows.history(id, u64::MAX, &mut |seq| {
        causes.extend(office.rows.entry(seq).map(|entry| (entry.by, entry.cause)));
        true
    });
    let rule = text("care spring-festival");
    assert_eq!(causes, [(None, Cause::Due { at: at("2026-02-14T00:00"), rule })]);
    office.hours_pass(0);
    go_to(&mut office, "2026-09-19T23:00");
    assert_eq!(tasks(&office).len(), 1, "once a year");
    go_to(&mut office, "2027-09-22T23:59");
    assert_eq!(
        told(&office),
        [
            "问候：春节 2026-02-17 dropped",
            "问候：中秋节 2026-09-25 dropped",
            "问候：春节 2027-02-06 dropped",
            "问候：中秋节 2027-09-15 open",
        ]
    );
}

#[test]
fn what_falls_on_one_day_is_one_greeting_that_names_all() {
    let (mut office, acme) = office("2026-02-01T10:00");
    let of = acme.to_string();
    office.make(Kind::Contact, &[("customer", &of), ("name", "王伟"), ("lunar_birthday", "正月初一")]);
    office.make(
        Kind::Contact,
        &[("customer", &of), ("name", "李娜"), ("birthday", "1980-02-17"), ("channel", "phone")],
    );
    office.run(edit(acme, "x.since", "2019-02-17")).unwrap();
    go_to(&mut office, "2026-02-14T00:00");
    assert_eq!(told(&office), ["问候：王伟 生日、李娜 生日、春节、合作周年 2026-02-17 open"]);
    // Somebody who comes to be known meanwhile is named too.
    office.make(Kind::Contact, &[("customer", &of), ("name", "赵敏"), ("birthday", "1990-02-17")]);
    go_to(&mut office, "2026-02-16T00:00");
    assert_eq!(told(&office), ["问候：王伟 生日、李娜 生日、赵敏 生日、春节、合作周年 2026-02-17 open"]);
    go_to(&mut office, "2027-02-20T00:00");
    let of_2027: Vec<String> = told(&office).into_iter().filter(|told| told.contains("2027-02")).collect();
    assert_eq!(
        of_2027,
        ["问候：王伟 生日、春节 2027-02-06 dropped", "问候：李娜 生日、赵敏 生日、合作周年 2027-02-17 open"]
    );
}

#[test]
fn a_greeting_that_nobody_did_is_given_up_a_week_after_its_day() {
    let (mut office, _) = office("2026-02-01T10:00");
    go_to(&mut office, "2026-02-24T23:59");
    assert_eq!(told(&office), ["问候：春节 2026-02-17 open"]);
    go_to(&mut office, "2026-02-25T00:00");
    let task = tasks(&office).remove(0).1;
    assert_eq!((task.state, task.note), (Some(TaskState::Dropped), text("日期已过")));
}

#[test]
fn a_greeting_that_somebody_put_off_is_given_up_a_week_after_that_day() {
    let (mut office, _) = office("2026-02-01T10:00");
    go_to(&mut office, "2026-02-17T10:00");
    let (task, _) = tasks(&office).remove(0);
    office.run(edit(task, "due", "2026-02-27")).unwrap();
    go_to(&mut office, "2026-03-06T23:59");
    assert_eq!(told(&office), ["问候：春节 2026-02-27 open"]);
    go_to(&mut office, "2026-03-07T00:00");
    assert_eq!(told(&office), ["问候：春节 2026-02-27 dropped"]);
}

#[test]
fn a_contact_that_comes_from_a_file_resets_the_rhythm_too() {
    let (mut office, acme) = office("2026-09-01T10:00");
    let tag = crate::model::Change::link(text("tags"), text("rhythm"));
    office.run(Command::Edit { record: acme, changes: vec![tag] }).unwrap();
    go_to(&mut office, "2026-09-14T12:00");
    assert_eq!(told(&office), ["按沟通计划联系（每14天） 2026-09-15 open"]);
    let fields =
        [("customer", "Acme"), ("at", "2026-09-14 11:00"), ("channel", "phone"), ("outcome", "reached")];
    office.run(crate::rules::testing::row(Kind::Interaction, "r", &fields)).unwrap();
    assert_eq!(told(&office), ["按沟通计划联系（每14天） 2026-09-15 done"]);
    assert_eq!(office.get(acme, "care_at"), Value::Instant(at("2026-09-20T00:00")), "the feast is next");
}

#[test]
fn birthdays_of_leap_days_and_leap_months_are_kept_in_their_month() {
    for (field, birthday, from, due) in [
        ("birthday", "2000-02-29", "2026-01-02T00:00", "2026-02-28"),
        ("birthday", "2000-02-29", "2027-03-10T00:00", "2028-02-29"),
        ("lunar_birthday", "闰六月初一", "2025-07-01T00:00", "2025-07-25"),
        ("lunar_birthday", "闰六月初一", "2026-03-01T00:00", "2026-07-14"),
        ("lunar_birthday", "腊月三十", "2026-01-20T00:00", "2026-02-16"),
    ] {
        let (mut office, acme) = office(from);
        office.make(Kind::Contact, &[("customer", &acme.to_string()), ("name", "W"), (field, birthday)]);
        office.days_pass(365);
        let wanted = format!("问候：W 生日 {due} dropped");
        assert!(told(&office).contains(&wanted), "{wanted}: {:?}", told(&office));
    }
}

#[test]
fn the_rhythm_keeps_to_the_days_that_suit_and_a_contact_resets_it() {
    // 2026-09-01 is a Tuesday.
    let (mut office, acme) = office("2026-09-01T10:00");
    office.run(Command::Edit { record: acme, changes: changes(&[("weekdays", "mon,wed")]) }).unwrap();
    let tag = Command::Edit {
        record: acme,
        changes: vec![crate::model::Change::link(text("tags"), text("rhythm"))],
    };
    office.run(tag).unwrap();
    // 14 days later is Tuesday the 15th: Monday is still in time, and two days ahead of it is Saturday.
    assert_eq!(office.get(acme, "care_at"), Value::Instant(at("2026-09-12T00:00")));
    go_to(&mut office, "2026-09-12T00:00");
    assert_eq!(told(&office), ["按沟通计划联系（每14天） 2026-09-14 open"]);
    office.run(log(acme, |log| log.outcome = Some(Ending::NoAnswer))).unwrap();
    assert_eq!(tasks(&office)[0].1.state, Some(TaskState::Open), "nobody was reached");
    go_to(&mut office, "2026-09-14T15:00");
    office.run(log(acme, |_| {}).by(LEAD)).unwrap();
    let task = tasks(&office).remove(0).1;
    assert_eq!(
        (task.state, task.done_by, task.done_at),
        (Some(TaskState::Done), Some(LEAD), Some(office.now))
    );
    // 14 days later is Monday the 28th.
    assert_eq!(office.get(acme, "care"), Value::Text(text("mid-autumn")));
    go_to(&mut office, "2026-09-26T00:00");
    assert_eq!(told(&office)[2], "按沟通计划联系（每14天） 2026-09-28 open");
    // Said to be done, without a contact: it counts from there. The 30th is a Wednesday; 14 days later is another.
    go_to(&mut office, "2026-09-30T09:00");
    let open =
        tasks(&office).into_iter().find(|(_, task)| task.due == Some(at("2026-09-28T23:59"))).unwrap().0;
    office.run(Command::TaskDone { task: open, next: text("") }).unwrap();
    go_to(&mut office, "2026-10-12T00:00");
    assert_eq!(told(&office)[3], "按沟通计划联系（每14天） 2026-10-14 open");
}

#[test]
fn free_days_are_passed_over_by_the_rhythm_and_make_up_workdays_are_not() {
    for (last, day) in [
        ("2026-09-20T10:00", "2026-09-30"), // 14 days later lies in the holidays: the last workday before them
        ("2026-09-26T10:00", "2026-10-10"), // a Saturday that is worked
        ("2026-09-27T10:00", "2026-10-10"),
    ] {
        let (mut office, acme) = office(last);
        let tag = crate::model::Change {
            how: How::Link,
            ..crate::model::Change::put(text("tags"), text("rhythm"))
        };
        office.run(Command::Edit { record: acme, changes: vec![tag] }).unwrap();
        office.days_pass(16);
        let wanted = format!("按沟通计划联系（每14天） {day} open");
        assert!(told(&office).contains(&wanted), "{wanted}: {:?}", told(&office));
    }
}

#[test]
fn a_contact_ends_the_greeting_of_its_day_alone_and_an_undo_opens_it_again() {
    let (mut office, acme) = office("2026-02-01T10:00");
    go_to(&mut office, "2026-02-16T10:00");
    office.run(log(acme, |_| {})).unwrap();
    assert_eq!(told(&office), ["问候：春节 2026-02-17 open"]);
    go_to(&mut office, "2026-02-17T10:00");
    let seq = office.seq(log(acme, |_| {}).by(REP));
    assert_eq!(told(&office), ["问候：春节 2026-02-17 done"]);
    office.run(undo(seq).by(REP)).unwrap();
    assert_eq!(told(&office), ["问候：春节 2026-02-17 open"]);
}

#[test]
fn one_greets_once_a_day_whoever_it_is() {
    let (mut office, acme) = office("2026-02-17T10:00");
    go_to(&mut office, "2026-02-17T10:00");
    let planned = tasks(&office)[0].0;
    let by_hand =
        || add(Kind::Task, &[("title", "card"), ("customer", "Acme"), ("source", "care"), ("due", "today")]);
    let refused = office.run(by_hand().by(LEAD)).unwrap_err();
    let expected = |record, by: &str, at| {
        let day = Day::from(chrono::NaiveDate::from_ymd_opt(2026, 2, 17).unwrap());
        Refusal::Greeted { customer: acme, day, record, by: text(by), at }
    };
    assert_eq!(refused, expected(planned, "Bo", None));
    office.run(greet(acme).by(REP)).unwrap();
    assert_eq!(told(&office), ["问候：春节 2026-02-17 done"]);
    let said = office.all(Kind::Interaction)[0].0;
    for second in [greet(acme), by_hand()] {
        let Err(Refusal::Greeted { record, by, at, .. }) = office.run(second.by(LEAD)) else { panic!() };
        assert!([said, planned].contains(&record) && by == text("Bo") && at == Some(office.now));
    }
    office.run(log(acme, |_| {}).by(LEAD)).expect("no greeting");
    office.run(log(acme, |log| (log.greeting, log.again) = (true, true)).by(LEAD)).unwrap();
    office.days_pass(1);
    office.run(greet(acme).by(LEAD)).expect("another day");
    let edited = Command::Edit { record: said, changes: changes(&[("at", "today 09:00")]) };
    assert!(matches!(office.run(edited), Err(Refusal::Greeted { .. })), "an edit leads nowhere else");
}

#[test]
fn what_somebody_planned_by_hand_stands_and_nothing_is_planned_beside_it() {
    let (mut office, acme) = office("2026-02-01T10:00");
    office.make(
        Kind::Task,
        &[("title", "visit them"), ("customer", "Acme"), ("source", "care"), ("due", "2026-02-17")],
    );
    go_to(&mut office, "2026-02-18T10:00");
    assert_eq!(told(&office), ["visit them 2026-02-17 open"]);
    assert_eq!(office.get(acme, "care"), Value::Text(text("mid-autumn")));
}

#[test]
fn nothing_is_planned_for_who_must_not_be_contacted_or_lies_in_the_pool() {
    let (mut office, acme) = office("2026-02-01T10:00");
    let of = acme.to_string();
    let wang = office.make(Kind::Contact, &[("customer", &of), ("name", "Wang"), ("birthday", "1980-03-05")]);
    assert_eq!(office.get(acme, "care"), Value::Text(text("spring-festival")));
    go_to(&mut office, "2026-02-14T00:00");
    let seq = office.seq(edit(acme, "dnc", "yes"));
    assert_eq!(
        (told(&office).join(""), office.get(acme, "care_at")),
        ("问候：春节 2026-02-17 dropped".to_owned(), Value::Absent)
    );
    office.run(undo(seq)).unwrap();
    assert_eq!(told(&office), ["问候：春节 2026-02-17 open"]);
    go_to(&mut office, "2026-02-17T10:00");
    office.run(log(acme, |_| {})).unwrap();
    assert_eq!(office.get(acme, "care"), Value::Text(text("birthday")));
    office.run(edit(wang, "dnc", "yes")).unwrap();
    assert_eq!(office.get(acme, "care"), Value::Text(text("mid-autumn")), "one person alone");
    office.run(Command::Release { customer: acme, reason: text("so") }.by(ADMIN)).unwrap();
    assert_eq!(office.get(acme, "care_at"), Value::Absent, "nobody has them");
}

#[test]
fn a_plan_is_left_out_once_with_a_reason() {
    let (mut office, acme) = office("2026-02-01T10:00");
    let refused = office.run(skip_of(acme, "fair")).unwrap_err();
    let planned = ["spring-festival", "mid-autumn", "cadence"].map(text).to_vec();
    let Refusal::NotPlanned(_, _, mut found) = refused else { panic!("{refused:?}") };
    let mut wanted = planned;
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted);
    let no_reason = Command::CareSkip { customer: acme, occasion: text("spring-festival"), reason: text("") };
    assert!(matches!(office.run(no_reason), Err(Refusal::Missing(..))));
    let seq = office.seq(skip_of(acme, "spring-festival").by(REP));
    assert_eq!(told(&office), ["问候：春节 2026-02-17 dropped"]);
    assert_eq!(office.get(acme, "care"), Value::Text(text("mid-autumn")));
    office.run(undo(seq).by(REP)).unwrap();
    assert_eq!(office.get(acme, "care"), Value::Text(text("spring-festival")));
    office.run(skip_of(acme, "spring-festival")).unwrap();
    go_to(&mut office, "2027-02-10T00:00");
    assert!(told(&office).contains(&"问候：春节 2027-02-06 open".to_owned()), "and comes again");
    assert_eq!(told(&office).iter().filter(|told| told.contains("2026-02-17")).count(), 1);
}

#[test]
fn what_is_left_out_is_not_left_out_twice() {
    let (mut office, acme) = office("2026-02-01T10:00");
    let tag = crate::model::Change::link(text("tags"), text("rhythm"));
    office.run(Command::Edit { record: acme, changes: vec![tag] }).unwrap();
    for occasion in ["spring-festival", "cadence"] {
        let task = office.run(skip_of(acme, occasion)).unwrap().ids[0];
        let Err(Refusal::LeftOut { task: found, .. }) = office.run(skip_of(acme, occasion)) else { panic!() };
        assert_eq!(found, task, "{occasion}");
    }
    office.days_pass(20);
    office.run(skip_of(acme, "spring-festival")).expect("that of the next year");
    office.run(skip_of(acme, "cadence")).expect("the next one");
}

#[test]
fn what_is_left_out_of_the_rhythm_is_no_contact() {
    let (mut office, acme) = office("2026-09-01T10:00");
    let tag = crate::model::Change::link(text("tags"), text("rhythm"));
    office.run(Command::Edit { record: acme, changes: vec![tag] }).unwrap();
    office.days_pass(3);
    office.run(skip_of(acme, "cadence")).unwrap();
    let counted = |office: &Office| {
        let policy = Policy::parse(POLICY).unwrap();
        let planner = Planner::new(&policy, &lens(&office.rows, &policy, office.now));
        let profile = Profile::of(&office.rows, acme.n).unwrap();
        let plans = planner.plans(&office.rows, &KinOf(&office.rows), &profile);
        let counted = plans.into_iter().find_map(|plan| plan.rhythm).unwrap();
        [Some(counted.since), counted.left_out, Some(counted.wanted)]
            .map(|day| day.map(|day| day.date().to_string()))
    };
    let days = |days: [&str; 3]| days.map(|day| Some(day.to_owned()).filter(|day| !day.is_empty()));
    assert_eq!(counted(&office), days(["2026-09-01", "2026-09-15", "2026-09-29"]));
    // A contact resets it all the same.
    office.days_pass(2);
    office.run(log(acme, |_| {})).unwrap();
    assert_eq!(counted(&office), days(["2026-09-06", "", "2026-09-20"]));
}

#[test]
fn a_greeting_goes_with_its_birthday() {
    let (mut office, acme) = office("2026-03-01T10:00");
    let person = |office: &mut Office, name, day| {
        office.make(Kind::Contact, &[("customer", &acme.to_string()), ("name", name), ("birthday", day)])
    };
    let (wang, ada) = (person(&mut office, "Wang", "1980-03-05"), person(&mut office, "Ada", "1985-03-05"));
    go_to(&mut office, "2026-03-02T09:00");
    let both = told(&office);
    let seq = office.seq(edit(ada, "birthday", "1985-03-20"));
    assert_eq!(told(&office), ["问候：Wang 生日 2026-03-05 open"]);
    office.run(edit(wang, "birthday", "1980-03-04")).unwrap();
    office.hours_pass(1);
    assert_eq!(told(&office), ["问候：生日 2026-03-05 dropped", "问候：Wang 生日 2026-03-04 open"]);
    office.run(edit(wang, "birthday", "1980-03-05")).unwrap();
    office.hours_pass(1);
    assert_eq!(told(&office)[1..], ["问候：生日 2026-03-04 dropped", "问候：Wang 生日 2026-03-05 open"]);
    office.run(edit(wang, "phones", "13800000000")).unwrap();
    assert_eq!(told(&office)[2], "问候：Wang 生日 2026-03-05 open", "another field");
    assert_eq!(both.len(), 1);
    assert!(seq > 0);
}

#[test]
fn of_two_occasions_of_a_day_one_is_left_out() {
    let (mut office, acme) = office("2026-02-01T10:00");
    office.make(Kind::Contact, &[("customer", "Acme"), ("name", "Wang"), ("birthday", "1980-02-17")]);
    go_to(&mut office, "2026-02-14T00:00");
    office.run(skip_of(acme, "birthday")).unwrap();
    assert_eq!(told(&office), ["问候：春节 2026-02-17 open", "问候：Wang 生日 2026-02-17 dropped"]);
    go_to(&mut office, "2026-02-17T10:00");
    assert_eq!(tasks(&office).len(), 2, "and stays left out");
    office.run(skip_of(acme, "spring-festival")).unwrap();
    assert_eq!(told(&office)[0], "问候：春节 2026-02-17 dropped");
}

#[test]
fn a_revisit_is_ended_by_a_contact_of_its_day_and_not_before() {
    let (mut office, acme) = office("2026-06-01T10:00");
    office.run(log(acme, |log| log.revisit = text("+7d"))).unwrap();
    assert_eq!(told(&office), ["回访 2026-06-08 open"]);
    office.days_pass(2);
    office.run(log(acme, |_| {})).unwrap();
    assert_eq!(told(&office), ["回访 2026-06-08 open"]);
    office.days_pass(5);
    office.run(log(acme, |_| {})).unwrap();
    assert_eq!(told(&office), ["回访 2026-06-08 done"]);
}

#[test]
fn who_stops_for_a_year_finds_what_who_goes_day_by_day_finds() {
    let run = |step: i64| {
        let (mut office, acme) = office("2026-01-05T10:00");
        let links = ["rhythm", "fair"].map(|tag| crate::model::Change::link(text("tags"), text(tag)));
        office.run(Command::Edit { record: acme, changes: links.to_vec() }).unwrap();
        office.make(Kind::Contact, &[("customer", "Acme"), ("name", "W"), ("lunar_birthday", "八月十五")]);
        for _ in 0..360 / step {
            office.days_pass(step);
        }
        told(&office)
    };
    let daily = run(1);
    assert_eq!(
        daily,
        [
            "按沟通计划联系（每14天） 2026-01-19 open",
            "问候：春节 2026-02-17 dropped",
            "问候：展会 2026-05-20 dropped",
            "问候：W 生日、中秋节 2026-09-25 dropped",
        ]
    );
    assert_eq!(run(360), daily);
    assert_eq!(run(40), daily);
}
