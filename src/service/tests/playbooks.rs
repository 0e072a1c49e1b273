//! Playbooks in a real store: with the acts that start them, with time, and gone with an undo.

use super::*;
use crate::model::{Cause, Task, TaskState};

fn inquiry(customer: Id) -> Command {
    let mut log = Log::call(customer, text("they ask for a price"));
    log.inquiry = true;
    Command::Log(Box::new(log))
}

fn call(customer: Id) -> Command {
    Command::Log(Box::new(Log::call(customer, text("told them"))))
}

impl Office {
    fn step(&self, n: u64) -> Option<Task> {
        self.service.head().snapshot.task(Id::new(Kind::Task, n))
    }

    fn hours_pass(&self, hours: i64) {
        self.clock.fetch_add(hours * 3_600_000, Ordering::SeqCst);
        self.service.catch_up();
    }

    fn rules(&self) -> Vec<(String, i64)> {
        let snapshot = &self.service.head().snapshot;
        let due = |seq| match snapshot.entry(seq)?.cause {
            Cause::Due { at, rule } => Some((rule.to_string(), (at.0 - START) / 3_600_000)),
            _ => None,
        };
        (1..=snapshot.head()).filter_map(due).filter(|(rule, _)| rule != "grade").collect()
    }
}

#[test]
fn a_step_is_born_in_the_write_that_asks_for_it_and_time_reminds_of_it_once() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let receipt = office.run(inquiry(acme)).unwrap();
    let entry = office.service.head().snapshot.entry(receipt.seqs[1]).unwrap();
    assert_eq!(entry.cause, Cause::Follows { seq: receipt.seqs[0] });
    assert_eq!((entry.command.as_str(), entry.by), ("playbook", None));
    let step = office.step(1).unwrap();
    assert_eq!((step.title.as_str(), step.due), ("First contact", Some(Instant(START + 24 * 3_600_000))));
    office.service.close().unwrap();
    let office = office.again();
    office.hours_pass(100);
    let told: Vec<i64> = office.rules().into_iter().map(|(_, hour)| hour).collect();
    assert_eq!(told, [18, 24, 72], "as of their own hours, in their order");
    office.hours_pass(100);
    assert_eq!(office.rules().len(), 3, "once");
    office.verify();
}

#[test]
fn one_request_asks_and_answers_and_an_undo_leaves_nothing() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let done = office.all(vec![inquiry(acme), call(acme)], None);
    assert!(done.iter().all(Result::is_ok));
    assert_eq!(office.step(1).unwrap().state, Some(TaskState::Done));
    assert_eq!(office.step(2).unwrap().step.as_str(), "first-solution");
    office.undo().unwrap();
    assert_eq!(office.step(1).unwrap().state, Some(TaskState::Open));
    assert!(office.step(2).is_none());
    office.undo().unwrap();
    assert!(office.step(1).is_none());
    office.undo().unwrap();
    assert!(office.service.head().snapshot.customer(acme).is_none(), "nothing hangs on it any more");
    office.verify();
}

#[test]
fn a_dry_run_and_a_file_begin_nothing() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let order = Order { dry_run: true, ..office.order(inquiry(acme), None) };
    let receipt = office.service.execute(office.me, 7, vec![order]).remove(0).unwrap();
    assert!(receipt.seqs.is_empty() && office.step(1).is_none());
    let values = [("customer", "Acme"), ("at", "2017-12-01"), ("inquiry", "yes"), ("text", "old")];
    let values = values.into_iter().map(|(field, to)| (text(field), text(to))).collect();
    let kind = Kind::Interaction;
    office.run(Command::Import { kind, reference: text("x"), referenced: true, values }).unwrap();
    assert!(office.step(1).is_none(), "what is told of long ago");
    office.verify();
}
