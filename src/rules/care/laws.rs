//! What the plan has in the queue is what it would make, whatever people do meanwhile.

use proptest::prelude::*;

use super::tests::{POLICY, at, go_to, greet, log, office, skip_of, tasks, told};
use super::*;
use crate::model::{Change, Refusal};
use crate::rules::testing::{ADMIN, LEAD, Office, REP, edit, row, text, undo};

const RHYTHM: &str = "按沟通计划联系（每14天）";

/// An office whose customer has the rhythm's task open: it was spoken to last on the 1st of September of 2026.
fn in_rhythm() -> (Office, Id, Id) {
    let (mut office, acme) = office("2026-09-01T10:00");
    tag(&mut office, acme, "rhythm");
    go_to(&mut office, "2026-09-14T12:00");
    let task = tasks(&office)[0].0;
    assert_eq!(told(&office), [format!("{RHYTHM} 2026-09-15 open")]);
    (office, acme, task)
}

fn tag(office: &mut Office, customer: Id, tag: &str) {
    let changes = vec![Change::link(text("tags"), text(tag))];
    office.run(Command::Edit { record: customer, changes }).unwrap();
}

fn is_open(task: &Task) -> bool {
    task.state == Some(TaskState::Open)
}

fn open_ones(office: &Office) -> Vec<Task> {
    tasks(office).into_iter().map(|(_, task)| task).filter(is_open).collect()
}

#[test]
fn a_task_of_the_rhythm_that_is_put_off_stays_the_only_one() {
    let (mut office, _, task) = in_rhythm();
    office.run(Command::TaskSnooze { task, until: text("+20d") }).unwrap();
    office.days_pass(1);
    assert_eq!(told(&office).into_iter().filter(|told| told.starts_with(RHYTHM)).count(), 1);
    office.run(edit(task, "due", "+30d")).unwrap();
    office.days_pass(1);
    assert_eq!(told(&office).into_iter().filter(|told| told.starts_with(RHYTHM)).count(), 1);
}

#[test]
fn what_is_planned_goes_with_the_customer() {
    let (mut office, acme, _) = in_rhythm();
    assert_eq!(tasks(&office)[0].1.assignee, Some(REP));
    let seq = office.seq(edit(acme, "owner", "Lea"));
    assert_eq!(tasks(&office)[0].1.assignee, Some(LEAD));
    office.run(undo(seq)).unwrap();
    assert_eq!(tasks(&office)[0].1.assignee, Some(REP));
    office.run(Command::Release { customer: acme, reason: text("so") }.by(ADMIN)).unwrap();
    assert_eq!(told(&office), [format!("{RHYTHM} 2026-09-15 dropped")]);
    office.run(edit(acme, "owner", "Lea")).unwrap();
    office.days_pass(20);
    let of_rhythm = open_ones(&office).into_iter().find(|task| task.source == Some(Source::Cadence));
    assert_eq!(of_rhythm.map(|task| task.assignee), Some(Some(LEAD)), "for whoever has them now");
}

#[test]
fn a_revisit_of_today_waits_for_another_contact() {
    let (mut office, acme) = office("2026-06-01T10:00");
    office.run(log(acme, |log| log.revisit = text("today"))).unwrap();
    assert_eq!(told(&office), ["回访 2026-06-01 open"]);
    office.hours_pass(1);
    office.run(log(acme, |_| {})).unwrap();
    assert_eq!(told(&office), ["回访 2026-06-01 done"]);
}

#[test]
fn a_revisit_is_none_of_the_rhythms() {
    let (mut office, acme) = office("2026-09-01T10:00");
    tag(&mut office, acme, "rhythm");
    office.run(log(acme, |log| log.revisit = text("+30d"))).unwrap();
    let revisit = tasks(&office)[0].0;
    office.run(skip_of(acme, "cadence")).unwrap();
    assert!(is_open(&office.rows.task(revisit).unwrap()), "somebody promised it");
    let before = office.get(acme, "care_at");
    office.run(Command::TaskDrop { task: revisit, reason: text("moved") }).unwrap();
    assert_eq!(office.get(acme, "care_at"), before, "to drop it is no contact, and leaves out none");
}

#[test]
fn who_was_not_found_was_not_greeted_and_a_complaint_greets_nobody() {
    let (mut office, acme) = office("2026-02-17T09:00");
    let missed = log(acme, |log| (log.greeting, log.outcome) = (true, Some(Ending::NoAnswer)));
    office.run(missed).unwrap();
    office.hours_pass(0);
    assert_eq!(told(&office), ["问候：春节 2026-02-17 open"]);
    office.run(log(acme, |log| log.direction = Some(Direction::In))).unwrap();
    assert_eq!(told(&office), ["问候：春节 2026-02-17 open"]);
    office.run(greet(acme)).unwrap();
    assert_eq!(told(&office), ["问候：春节 2026-02-17 done"]);
}

#[test]
fn an_anniversary_is_counted_in_the_teams_days() {
    let policy = POLICY.replace("anniversary:x.since", "anniversary:created");
    let mut office = Office::under(&policy);
    office.now = at("2026-11-24T02:00");
    office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo"), ("tags", "key")]);
    go_to(&mut office, "2027-11-24T00:00");
    assert!(told(&office).contains(&"问候：合作周年 2027-11-24 open".to_owned()), "{:?}", told(&office));
}

#[test]
fn who_wants_no_greeting_has_none_in_the_queue() {
    let (mut office, acme) = office("2026-03-01T10:00");
    let person = [("customer", &*acme.to_string()), ("name", "Wang"), ("birthday", "1980-03-05")];
    let wang = office.make(Kind::Contact, &person);
    go_to(&mut office, "2026-03-02T09:00");
    office.run(edit(wang, "dnc", "yes")).unwrap();
    assert!(open_ones(&office).is_empty());
}

#[test]
fn another_policy_takes_its_tasks_along() {
    let (mut office, _, _) = in_rhythm();
    let shorter = POLICY.replace("\"14d\"", "\"10d\"");
    office.adopt(&shorter);
    office.hours_pass(0);
    assert_eq!(told(&office), ["按沟通计划联系（每10天） 2026-09-14 open"]);
    office.adopt(&shorter.replace("tag:rhythm", "tag:other"));
    assert!(open_ones(&office).is_empty());
    office.adopt(POLICY);
    office.hours_pass(0);
    assert_eq!(open_ones(&office).len(), 1, "and brings it back");
}

#[test]
fn a_task_of_the_rhythm_that_somebody_went_on_with_keeps_its_day() {
    let (mut office, _, task) = in_rhythm();
    office.run(edit(task, "due", "2026-09-18")).unwrap();
    office.adopt(&POLICY.replace("\"14d\"", "\"10d\""));
    office.hours_pass(0);
    assert_eq!(told(&office), ["按沟通计划联系（每10天） 2026-09-18 open"]);
    office.adopt(&POLICY.replace("tag:rhythm", "tag:other"));
    assert_eq!(open_ones(&office).len(), 1);
}

/// What people do: an act, and so many days after it.
fn act(office: &mut Office, [acme, wang]: [Id; 2], act: u8) {
    let open = tasks(office).into_iter().rev().find(|(_, task)| is_open(task)).map(|(id, _)| id);
    let command = match (act, open) {
        (0, Some(task)) => Command::TaskSnooze { task, until: text("+20d") },
        (1, Some(task)) => edit(task, "due", "+9d"),
        (2, Some(task)) => Command::TaskDone { task, next: text("") },
        (3, Some(task)) => Command::TaskDrop { task, reason: text("so") },
        (4, _) => log(acme, |_| {}),
        (5, _) => log(acme, |log| log.revisit = text("+3d")),
        (6, _) => edit(acme, "owner", "Lea"),
        (7, _) => Command::Release { customer: acme, reason: text("so") },
        (8, _) => edit(acme, "owner", "Bo"),
        (9, _) => edit(wang, "birthday", "1980-09-20"),
        (10, _) => edit(wang, "birthday", "1980-10-02"),
        (11, _) => greet(acme),
        (12, _) => skip_of(acme, "cadence"),
        (13, _) => edit(acme, "dnc", "yes"),
        (14, _) => edit(acme, "dnc", "no"),
        (15, _) => {
            office.adopt(&POLICY.replace("\"14d\"", "\"5d\""));
            return;
        }
        _ => {
            office.adopt(POLICY);
            return;
        }
    };
    // What is refused changes nothing.
    let _ = office.run(command);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_the_plan_has_in_the_queue_is_what_it_would_make(
        acts in prop::collection::vec((0..17_u8, 0..12_i64), 1..14),
    ) {
        let (mut office, acme) = office("2026-09-01T10:00");
        tag(&mut office, acme, "rhythm");
        let person = [("customer", &*acme.to_string()), ("name", "Wang"), ("birthday", "1980-09-20")];
        let wang = office.make(Kind::Contact, &person);
        for (n, days) in acts {
            act(&mut office, [acme, wang], n);
            office.days_pass(days);
            let policy = office.policy().clone();
            let planner = Planner::new(&policy, &lens(&office.rows, &policy, office.now));
            let profile = Profile::of(&office.rows, acme.n).unwrap();
            let kin = KinOf(&office.rows);
            let look = planner.look(&office.rows, &kin, &profile);
            prop_assert_eq!(amend::astray(&look), Vec::new());
            let of_rhythm = open_ones(&office).iter().filter(|task| settled::is_rhythms(task)).count();
            prop_assert!(of_rhythm <= 1, "{:?}", told(&office));
            let stands = |task: &Task| task.state != Some(TaskState::Dropped);
            let greeted = tasks(&office).into_iter().map(|(_, task)| task).filter(stands);
            let days: Vec<(Clean, Day)> = greeted
                .flat_map(|task| task.occasions.clone().into_iter().filter_map(move |key| Some((key, task.greets?))))
                .collect();
            let once: BTreeSet<_> = days.iter().cloned().collect();
            prop_assert_eq!(once.len(), days.len(), "an occasion comes once");
        }
    }
}

#[test]
fn who_may_be_contacted_again_is_greeted_all_the_same() {
    for field in ["dnc", "archived"] {
        let (mut office, acme) = office("2026-02-01T10:00");
        go_to(&mut office, "2026-02-14T00:00");
        office.run(edit(acme, field, "yes")).unwrap();
        assert_eq!(told(&office), ["问候：春节 2026-02-17 dropped"], "{field}");
        office.run(edit(acme, field, "no")).unwrap();
        office.hours_pass(1);
        let both = ["问候：春节 2026-02-17 dropped", "问候：春节 2026-02-17 open"];
        assert_eq!(told(&office), both, "{field}");
    }
}

/// What is done to an interaction.
type Then<'a> = &'a dyn Fn(Id) -> Command;

#[test]
fn what_comes_to_be_a_contact_ends_what_it_fulfils() {
    let missed = |customer| log(customer, |log| log.outcome = Some(Ending::NoAnswer));
    let early = |customer| log(customer, |log| log.at = text("2026-09-10 10:00"));
    let cases: [(&str, Command, Then); 4] = [
        ("reached", missed(Id::customer(1)), &|said| edit(said, "outcome", "reached")),
        ("came in", missed(Id::customer(1)), &|said| edit(said, "direction", "in")),
        ("later", early(Id::customer(1)), &|said| edit(said, "at", "2026-09-14 11:00")),
        ("theirs", log(Id::customer(2), |_| {}), &|said| edit(said, "customer", "Acme")),
    ];
    for (name, before, change) in cases {
        let (mut office, _, task) = in_rhythm();
        office.make(Kind::Customer, &[("name", "Other"), ("owner", "Bo")]);
        let said = office.run(before.by(LEAD)).unwrap().ids[0];
        let state = |office: &Office| office.rows.task(task).unwrap().state;
        assert_eq!(state(&office), Some(TaskState::Open), "{name}");
        office.days_pass(2);
        let seq = office.seq(change(said));
        let Some(Row::Interaction(row)) = office.rows.row(said) else { panic!() };
        let ended = office.rows.task(task).unwrap();
        let wanted = (Some(TaskState::Done), row.at, row.by);
        assert_eq!((ended.state, ended.done_at, ended.done_by), wanted, "{name}");
        office.run(undo(seq)).unwrap();
        assert_eq!(state(&office), Some(TaskState::Open), "{name}");
    }
}

#[test]
fn what_comes_to_be_a_contact_by_a_file_ends_what_it_fulfils() {
    let (mut office, _, task) = in_rhythm();
    for (outcome, state) in [("no-answer", TaskState::Open), ("reached", TaskState::Done)] {
        let fields = [("customer", "Acme"), ("at", "2026-09-14 11:00"), ("outcome", outcome)];
        office.run(row(Kind::Interaction, "r", &fields)).unwrap();
        assert_eq!(office.rows.task(task).unwrap().state, Some(state), "{outcome}");
    }
}

#[test]
fn a_contact_that_is_one_already_ends_nothing_more() {
    let (mut office, acme) = office("2026-09-01T10:00");
    let said = office.run(log(acme, |_| {})).unwrap().ids[0];
    let fields = [("title", "visit"), ("customer", "Acme"), ("source", "cadence"), ("due", "+9d")];
    let visit = office.make(Kind::Task, &fields);
    office.run(edit(said, "outcome", "replied")).unwrap();
    assert!(is_open(&office.rows.task(visit).unwrap()));
}

#[test]
fn what_is_listed_can_be_left_out() {
    let (mut office, acme) = office("2026-09-01T10:00");
    tag(&mut office, acme, "rhythm");
    office.run(skip_of(acme, "cadence")).unwrap();
    office.days_pass(2);
    office.run(log(acme, |_| {})).unwrap();
    office.run(skip_of(acme, "cadence")).expect("that after a contact");

    office.run(edit(acme, "x.since", "2019-09-20")).unwrap();
    office.run(skip_of(acme, "years")).unwrap();
    let again = office.run(skip_of(acme, "years"));
    assert!(matches!(again, Err(Refusal::LeftOut { .. })), "that of the next year is not meant");
    office.run(edit(acme, "x.since", "2019-10-10")).unwrap();
    office.run(skip_of(acme, "years")).expect("of another day");
}
