//! What people do with the end of a step and with the clock of a run, and what time then brings.

use super::super::tests::{at, inquiry, office, open, runs, said, tasks};
use crate::model::{Command, Id, Kind, Rows, RunState};
use crate::rules::policy::SHIPPED;
use crate::rules::testing::{LEAD, Office, REP, edit, text, undo};

/// When it is warned of, was warned of, how often it was escalated, and when time looks at it next.
fn clock(office: &Office, task: Id) -> [String; 4] {
    let task = office.rows.task(task).unwrap();
    let count = task.escalated.unwrap_or(0).to_string();
    [at(task.warn_at), at(task.warned), count, at(task.look)]
}

/// An inquiry of Monday 09:00: to be answered by Tuesday 09:00, warned of at 03:00.
fn asked() -> (Office, Id, Id) {
    let (mut office, acme) = office(SHIPPED);
    office.run(inquiry(acme)).unwrap();
    let task = tasks(&office)[0].0;
    (office, acme, task)
}

#[test]
fn the_warning_and_the_escalations_of_a_step_go_along_with_its_end() {
    let (mut office, _, task) = asked();
    let before = clock(&office, task);
    assert_eq!(before, ["01-02 03:00", "never", "0", "01-02 03:00"]);
    let snoozed = office.seq(Command::TaskSnooze { task, until: text("2018-01-05") });
    assert_eq!(open(&office), ["first-contact 01-05 23:59"]);
    assert_eq!(clock(&office, task), ["01-04 20:14", "never", "0", "01-04 20:14"]);
    office.days_pass(4);
    assert_eq!(clock(&office, task), ["01-04 20:14", "01-04 20:14", "0", "01-05 23:59"]);
    office.run(edit(task, "due", "2018-01-08 09:00")).unwrap();
    assert_eq!(clock(&office, task), ["01-06 15:00", "never", "0", "01-06 15:00"], "warned of anew");
    office.run(edit(task, "due", "")).unwrap();
    office.days_pass(30);
    assert_eq!(clock(&office, task), ["never", "never", "0", "never"]);
    office.run(edit(task, "due", "2018-02-01 09:00")).unwrap();
    office.hours_pass(0);
    assert_eq!(clock(&office, task)[2..], ["2".to_owned(), "never".to_owned()], "late at once");

    let (mut office, _, task) = asked();
    let again = office.seq(Command::TaskSnooze { task, until: text("2018-01-05") });
    assert_eq!(again, snoozed);
    office.hours_pass(1);
    office.run(undo(again)).unwrap();
    assert_eq!((open(&office), clock(&office, task)), (vec!["first-contact 01-02 09:00".to_owned()], before));
}

#[test]
fn an_end_that_is_moved_in_a_pause_waits_for_its_end() {
    let (mut office, _, task) = asked();
    let run = office.all(Kind::Run)[0].0;
    office.run(Command::PlaybookPause { run, reason: text("away") }).unwrap();
    office.run(edit(task, "due", "2018-01-03 09:00")).unwrap();
    assert_eq!(clock(&office, task)[3], "never");
    office.hours_pass(1);
    office.run(Command::PlaybookResume { run }).unwrap();
    assert_eq!(clock(&office, task)[3], "01-02 22:00");
}

#[test]
fn what_is_late_stands_still_in_a_pause_and_goes_on_as_late_as_it_was() {
    let (mut office, acme, task) = asked();
    let run = office.all(Kind::Run)[0].0;
    let deadlines = |office: &Office| (open(office), clock(office, task));
    let next_due = |office: &Office| crate::model::Profile::of(&office.rows, acme.n).unwrap().gist.next_due;
    let is_late = |office: &Office| office.rows.task(task).unwrap().is_overdue(office.now);
    // Due at nine, 24 hours after it was asked; two hours late.
    office.hours_pass(26);
    let before = deadlines(&office);
    assert!(is_late(&office));
    assert_eq!(before.1[2], "1", "told at once, and again two days later");
    office.run(Command::PlaybookPause { run, reason: text("away") }).unwrap();
    office.days_pass(10);
    assert_eq!(
        (deadlines(&office).0, clock(&office, task)[2..].to_vec()),
        (before.0, vec!["1".to_owned(), "never".to_owned()])
    );
    assert!(is_late(&office) && next_due(&office).is_some(), "it stays what it was");
    office.run(Command::PlaybookResume { run }).unwrap();
    assert_eq!(open(&office), ["first-contact 01-12 09:00"], "still two hours late");
    assert_eq!(clock(&office, task)[2..], ["1".to_owned(), "01-14 09:00".to_owned()]);
}

#[test]
fn what_is_not_late_does_not_become_so_in_a_pause() {
    let (mut office, acme, task) = asked();
    let run = office.all(Kind::Run)[0].0;
    let next_due = |office: &Office| crate::model::Profile::of(&office.rows, acme.n).unwrap().gist.next_due;
    office.hours_pass(20);
    office.run(Command::PlaybookPause { run, reason: text("away") }).unwrap();
    office.days_pass(10);
    let row = office.rows.task(task).unwrap();
    assert!(!row.is_overdue(office.now) && next_due(&office).is_none());
    // Who is contacted meanwhile has the next step at once, and its clock stands from its beginning.
    office.run(said(acme, |_| {})).unwrap();
    let [first, second] = [0, 1].map(|nth| tasks(&office)[nth].1.clone());
    assert!(!first.was_late(office.now), "it was done while its clock stood");
    assert_eq!((second.stands, second.begun), (Some(office.now), Some(office.now)));
    office.run(Command::PlaybookResume { run }).unwrap();
    assert!(next_due(&office).is_some());
}

#[test]
fn what_is_open_again_after_a_pause_does_not_stand_still() {
    let (mut office, _, task) = asked();
    let run = office.all(Kind::Run)[0].0;
    office.run(Command::PlaybookPause { run, reason: text("away") }).unwrap();
    let done = office.seq(Command::TaskDone { task, next: text("") });
    let stands = |office: &Office| office.rows.task(task).unwrap().stands.is_some();
    assert!(stands(&office));
    office.run(Command::PlaybookResume { run }).unwrap();
    office.run(undo(done)).unwrap();
    assert!(!stands(&office));
}

#[test]
fn a_pause_that_is_taken_back_leaves_no_clock_standing() {
    let (mut office, acme, _) = asked();
    let run = office.all(Kind::Run)[0].0;
    let paused = office.seq(Command::PlaybookPause { run, reason: text("away") });
    office.run(said(acme, |_| {})).unwrap();
    let [first, second] = [0, 1].map(|nth| tasks(&office)[nth].0);
    assert_eq!(clock(&office, second)[3], "never");
    office.run(undo(paused)).unwrap();
    assert_eq!([first, second].map(|task| clock(&office, task)[3].clone()), ["never", "01-03 15:00"]);
    office.days_pass(4);
    assert_eq!(clock(&office, second)[2], "1", "and it is told of");
}

#[test]
fn a_resumption_that_is_taken_back_lets_every_clock_stand() {
    let (mut office, acme, _) = asked();
    let run = office.all(Kind::Run)[0].0;
    office.run(Command::PlaybookPause { run, reason: text("away") }).unwrap();
    let resumed = office.seq(Command::PlaybookResume { run });
    office.run(said(acme, |_| {})).unwrap();
    let second = tasks(&office)[1].0;
    assert_ne!(clock(&office, second)[3], "never");
    office.run(undo(resumed)).unwrap();
    assert_eq!(
        (runs(&office)[0].state, clock(&office, second)[3].as_str()),
        (Some(RunState::Paused), "never")
    );
}

#[test]
fn an_escalation_that_reaches_nobody_holds_up_none_behind_it() {
    let swapped = SHIPPED.replace("\"lead\"", "\"first\"").replace("\"manager\"", "\"lead\"");
    let (mut office, acme) = office(&swapped.replace("\"first\"", "\"manager\""));
    office.run(edit(Id::new(Kind::Member, 4), "left", "yes")).unwrap();
    office.run(edit(REP, "lead", "Lea")).unwrap();
    office.run(inquiry(acme)).unwrap();
    let task = tasks(&office)[0].0;
    office.days_pass(1);
    assert_eq!(office.rows.task(task).unwrap().escalated, None, "there is no manager");
    office.days_pass(2);
    let row = office.rows.task(task).unwrap();
    assert_eq!((row.escalated, row.escalated_to), (Some(2), Some(LEAD)));
}

#[test]
fn an_escalation_reaches_whoever_stands_above_and_is_counted_when_told() {
    let max = Id::new(Kind::Member, 4);
    for (lead, assignee) in [("", "Bo"), ("Lea", "Lea")] {
        let (mut office, acme) = office(SHIPPED);
        office.run(edit(REP, "lead", lead)).unwrap();
        office.run(inquiry(acme)).unwrap();
        let task = tasks(&office)[0].0;
        office.run(Command::TaskAssign { task, to: text(assignee) }).unwrap();
        office.days_pass(1);
        let row = office.rows.task(task).unwrap();
        assert_eq!((row.escalated, row.escalated_to), (Some(1), Some(max)), "{lead}");
    }
    let (mut office, acme) = office(SHIPPED);
    office.run(edit(REP, "lead", "")).unwrap();
    office.run(edit(max, "left", "yes")).unwrap();
    office.run(inquiry(acme)).unwrap();
    let task = tasks(&office)[0].0;
    office.days_pass(1);
    assert_eq!(clock(&office, task)[2..], ["0".to_owned(), "01-04 09:00".to_owned()], "nobody is there");
    office.run(edit(REP, "lead", "Lea")).unwrap();
    office.days_pass(2);
    let row = office.rows.task(task).unwrap();
    assert_eq!((row.escalated, row.escalated_to), (Some(1), Some(LEAD)), "told with the next");
    office.run(edit(max, "left", "no")).unwrap();
    office.run(edit(task, "due", "2018-01-05 09:00")).unwrap();
    office.days_pass(4);
    assert_eq!(office.rows.task(task).unwrap().escalated_to, Some(max));
}
