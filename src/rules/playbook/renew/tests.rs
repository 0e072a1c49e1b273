//! Adoptions and playbooks at work: what goes on, what begins and what is dropped; and that the preview tells it.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::rehearse::{Changed, changed};
use super::super::tests::{at, inquiry, office, open, runs, said, states, tasks};
use crate::filter::KinOf;
use crate::model::query::Fate;
use crate::model::{Command, Id, Instant, Kind, Profile, Rows, RunState, Task, TaskState};
use crate::rules::policy::{Policy, SHIPPED};
use crate::rules::preview::Preview;
use crate::rules::testing::{LEAD, Office, add, edit, text, undo};

/// The shipped policy with this in the place of that.
fn shipped(from: &str, to: &str) -> String {
    let text = SHIPPED.replacen(from, to, 1);
    assert_ne!(text, SHIPPED, "{from}");
    text
}

/// The shipped policy without the step that somebody begins with.
fn without_contact() -> String {
    let start = SHIPPED.find("  [[playbook.step]]\n  id = \"first-contact\"").unwrap();
    let end = start + SHIPPED[start..].find("  [[playbook.step]]\n  id = \"first-solution\"").unwrap();
    (SHIPPED[..start].to_owned() + &SHIPPED[end..]).replace("  after = \"first-contact\"\n", "")
}

fn without_playbook() -> String {
    SHIPPED[..SHIPPED.find("[[playbook]]").unwrap()].to_owned()
}

#[test]
fn a_step_whose_time_is_another_is_counted_anew_from_its_own_start() {
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    office.hours_pass(25);
    let warned = |office: &Office| {
        let task = tasks(office).remove(0).1;
        (at(task.warned), task.escalated_to, at(task.look))
    };
    assert_eq!(warned(&office), ("01-02 03:00".to_owned(), Some(LEAD), "01-04 09:00".to_owned()));
    office.adopt(&shipped("within = \"24h\"", "within = \"4d\""));
    assert_eq!(open(&office), ["first-contact 01-05 09:00"]);
    assert_eq!(warned(&office), ("never".to_owned(), None, "01-04 09:00".to_owned()), "not late any more");
    office.adopt(&shipped("within = \"24h\"", "within = \"2h\""));
    assert_eq!(open(&office), ["first-contact 01-01 11:00"]);
    assert_eq!(
        warned(&office),
        ("never".to_owned(), None, at(Some(office.now))),
        "told now, not in the past"
    );
    office.hours_pass(0);
    assert_eq!(warned(&office), (at(Some(office.now)), Some(LEAD), "01-03 11:00".to_owned()));
}

#[test]
fn a_pause_does_not_count_and_what_did_not_change_stays() {
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    let run = office.all(Kind::Run)[0].0;
    office.run(Command::PlaybookPause { run, reason: text("they are away") }).unwrap();
    office.days_pass(2);
    office.run(Command::PlaybookResume { run }).unwrap();
    assert_eq!(open(&office), ["first-contact 01-04 09:00"]);
    office.adopt(&shipped("within = \"24h\"", "within = \"48h\""));
    assert_eq!(open(&office), ["first-contact 01-05 09:00"]);
    let task = tasks(&office)[0].0;
    office.run(edit(task, "due", "2018-02-01 12:00")).unwrap();
    let other = shipped("within = \"3d\"", "within = \"5d\"").replace("within = \"24h\"", "within = \"48h\"");
    office.adopt(&other);
    assert_eq!(open(&office), ["first-contact 02-01 12:00"], "its own time is as it was");
    office.run(Command::PlaybookPause { run, reason: text("again") }).unwrap();
    office.adopt(SHIPPED);
    assert!(tasks(&office)[0].1.look.is_none(), "its clock stands still");
}

#[test]
fn a_step_that_is_gone_is_dropped_and_back_with_its_policy() {
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    let before = tasks(&office);
    let adopted = office.adopt(&without_contact());
    assert_eq!(open(&office), ["first-solution 01-04 09:00"], "and what waited for it begins");
    let (_, dropped) = tasks(&office).remove(0);
    assert_eq!(dropped.note.as_str(), "the policy has no such step any more");
    assert_eq!((dropped.state, dropped.done_by), (Some(TaskState::Dropped), None));
    office.run(undo(adopted)).unwrap();
    office.take_on_policy();
    assert_eq!(tasks(&office), before, "as if nothing had been");
}

#[test]
fn a_playbook_that_is_gone_is_stopped_and_back_with_its_policy() {
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    let before = (tasks(&office), runs(&office));
    let adopted = office.adopt(&without_playbook());
    assert_eq!((open(&office).len(), states(&office)), (0, vec![RunState::Stopped]));
    assert_eq!(runs(&office)[0].reason.as_str(), "the policy has no such playbook any more");
    let later = office.adopt(SHIPPED);
    assert_eq!(states(&office), [RunState::Stopped], "a later policy does not wake what is over");
    for seq in [later, adopted] {
        office.run(undo(seq)).unwrap();
        office.take_on_policy();
    }
    assert_eq!((tasks(&office), runs(&office)), before, "but its own is back with it");
}

#[test]
fn an_undo_leaves_pauses_reasons_and_what_was_moved_by_hand() {
    let (mut office, acme) = office(SHIPPED);
    let beta = office.customers(["Beta"])[0];
    for customer in [acme, beta] {
        office.run(inquiry(customer)).unwrap();
    }
    let (run, task) = (office.all(Kind::Run)[0].0, tasks(&office)[1].0);
    office.run(Command::PlaybookPause { run, reason: text("they are away") }).unwrap();
    office.run(edit(task, "due", "2018-02-01 12:00")).unwrap();
    let before = (tasks(&office), runs(&office));
    for policy in [without_playbook(), without_contact(), shipped("within = \"24h\"", "within = \"2h\"")] {
        for most in [0, 1, usize::MAX] {
            let adopted = office.put_in_force(&policy);
            office.take_on(most);
            office.run(undo(adopted)).unwrap();
            office.take_on_policy();
            assert_eq!((tasks(&office), runs(&office)), before, "{most} of them had heard of it");
        }
    }
}

#[test]
fn a_step_that_is_new_begins_where_what_it_waits_for_has_ended() {
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    office.days_pass(3);
    let step =
        |after: &str| format!("{SHIPPED}\n  [[playbook.step]]\n  id = \"thank\"\n  within = \"1d\"\n{after}");
    office.adopt(&step("  after = \"first-contact\""));
    assert_eq!(open(&office).len(), 1, "it waits");
    office.run(said(acme, |_| {})).unwrap();
    assert_eq!(open(&office), ["first-solution 01-07 09:00", "thank 01-05 09:00"]);
    office.adopt(
        &(step("  after = \"first-contact\"")
            + "\n  [[playbook.step]]\n  id = \"card\"\n  within = \"1d\"\n  after = \"first-contact\""),
    );
    office.hours_pass(5);
    assert_eq!(open(&office)[2..], ["card 01-05 09:00".to_owned()], "its time begins now");
    office.adopt(&(step("") + "\n"));
    assert_eq!(open(&office).len(), 2, "and it goes again");
}

/// A step as chance draws it: how long it may take, its warning, its escalation, after which step it comes, a
/// condition, and whether it is a tag.
type Drawn = (usize, Option<bool>, bool, Option<usize>, bool, bool);

/// A policy whose playbook has these steps; none: no such playbook.
fn drawn(steps: &[Option<Drawn>], until: bool, of_stage: bool) -> String {
    let text_of = |(nth, step): (usize, &Option<Drawn>)| {
        let (within, warn, escalates, after, is_meant, is_tag) = (*step)?;
        let after = after.filter(|after| *after < nth && steps[*after].is_some());
        let after = after.map_or(String::new(), |after| format!("after = \"s{after}\"\n"));
        let when = if is_meant { "" } else { "when = \"region:east\"\n" };
        let within = ["4h", "1d", "3d"][within];
        let warn = warn.map_or("", |share| if share { "warn = \"50%\"\n" } else { "warn = \"1h\"\n" });
        let escalate = if escalates { "escalate = [{ after = \"0h\", to = \"lead\" }]\n" } else { "" };
        let task = format!("within = \"{within}\"\ndone_by = \"contact\"\n{warn}{escalate}");
        let deed = if is_tag { "do = \"tag\"\ntag = \"met\"\n".to_owned() } else { task };
        Some(format!("[[playbook.step]]\nid = \"s{nth}\"\n{after}{when}{deed}"))
    };
    let steps: String = steps.iter().enumerate().filter_map(text_of).collect();
    let until = if until { "until = \"orders() > 0\"\n" } else { "" };
    let head = format!("[[playbook]]\nid = \"drawn\"\non = \"inquiry\"\n{until}");
    let welcome = "[[playbook]]\nid = \"welcome\"\non = \"stage:new\"\n";
    let call = "[[playbook.step]]\nid = \"call\"\nwithin = \"2d\"\n";
    let welcome = if of_stage { format!("{welcome}{call}") } else { String::new() };
    let head = if steps.is_empty() { String::new() } else { head };
    format!("{}{welcome}{head}{steps}", without_playbook())
}

fn policies() -> impl Strategy<Value = String> {
    let step = (
        0..3_usize,
        any::<Option<bool>>(),
        any::<bool>(),
        prop::option::of(0..4_usize),
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.2),
    );
    let steps = prop::collection::vec(prop::option::weighted(0.8, step), 4);
    (steps, any::<bool>(), any::<bool>()).prop_map(|(steps, until, of_stage)| drawn(&steps, until, of_stage))
}

/// Something happens to one of three customers.
fn happen(office: &mut Office, what: u8, customer: Id) {
    let run = |office: &Office, of: RunState| {
        office
            .all(Kind::Run)
            .into_iter()
            .map(|(id, _)| id)
            .zip(runs(office))
            .find(|(_, run)| run.customer == Some(customer) && run.state == Some(of))
            .map(|(id, _)| id)
    };
    match what {
        0..=2 => drop(office.run(inquiry(customer))),
        3 => drop(office.run(said(customer, |_| {}))),
        4 => office.hours_pass(7),
        5 => drop(
            run(office, RunState::Running)
                .map(|run| office.run(Command::PlaybookPause { run, reason: text("wait") })),
        ),
        6 => drop(run(office, RunState::Paused).map(|run| office.run(Command::PlaybookResume { run }))),
        7 => drop(office.run(edit(customer, "region", "east"))),
        _ => drop(office.run(add(Kind::Purchase, &[("customer", &customer.to_string()), ("amount", "10")]))),
    }
}

/// Task, customer, step, what becomes of it, and when time brings what.
type Told = (Option<Id>, Option<Id>, String, Fate, [Option<Instant>; 3]);

/// What becomes of a step, without the number of a task that is only born.
fn told(changed: &Changed) -> Told {
    let Task { customer, step, due, warn_at, look, .. } = changed.after.clone();
    (
        changed.before.as_ref().map(|_| changed.task),
        customer,
        step.to_string(),
        changed.fate,
        [due, warn_at, look],
    )
}

fn sorted(steps: &[Changed]) -> Vec<Told> {
    let mut told: Vec<_> = steps.iter().map(told).collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// What the preview tells of steps is what the adoption does to them, task by task; and adopted twice, nothing
    /// more.
    #[test]
    fn the_preview_tells_what_the_adoption_does(
        first in policies(),
        second in policies(),
        acts in prop::collection::vec((0..9_u8, 0..3_usize), 0..14),
        later in 0..40_i64,
    ) {
        let mut office = Office::under(&first);
        let customers = office.customers(["Acme", "Beta", "Gamma"]);
        for (what, whom) in acts {
            happen(&mut office, what, customers[whom]);
        }
        office.hours_pass(later);
        let policy = Policy::parse(&second).unwrap();
        let before = office.rows.clone();
        let mut preview = Preview::new(office.policy(), None, &policy, &before, office.now);
        let profiles: Vec<Profile> = customers.iter().map(|id| Profile::of(&before, id.n).unwrap()).collect();
        let find = |n: u64| profiles.iter().find(|profile| profile.n() == n);
        for profile in &profiles {
            preview.see(profile, &KinOf(&before), &find);
        }
        let tasks = |office: &Office| tasks(office).into_iter().collect::<Vec<_>>();
        let steps = preview.steps();
        office.adopt(&second);
        let done: Vec<Changed> =
            tasks(&office).into_iter().filter_map(|(id, task)| changed(id, before.task(id), task)).collect();
        prop_assert_eq!(sorted(&steps), sorted(&done));
        let now: BTreeSet<Id> = tasks(&office).into_iter().map(|(id, _)| id).collect();
        prop_assert!(before.rows().keys().filter(|id| id.kind == Kind::Task).all(|id| now.contains(id)));
        let state = office.all(Kind::Task);
        office.adopt(&format!("{second}\n# again\n"));
        prop_assert_eq!(office.all(Kind::Task), state);
    }
}
