//! Playbooks in a real store: with the acts that start them, with time, and gone with an undo.

use super::*;
use crate::model::{Cause, Choice, Row, Task, TaskState};

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

/// Playbooks of a first purchase and of silence.
const WELCOME: &str = r#"
[[playbook]]
id = "welcome"
on = "stage:new"
  [[playbook.step]]
  id = "call"
  within = "2d"

[[playbook]]
id = "wake"
on = "silence:14d"
  [[playbook.step]]
  id = "ask"
  within = "2d"
"#;

fn welcoming() -> Office {
    let policy = Policy::shipped("Asia/Shanghai", Currency::CNY) + WELCOME;
    let start = |store: Store, clock| Service::start(store, clock).unwrap();
    Office::under(&policy, &Options::default(), |_| {}, start)
}

impl Office {
    /// A purchase of Acme's, in a batch of what people do.
    fn bought_together(&self) -> Id {
        let open = Command::BatchOpen { name: text("bought"), fingerprint: text("b") };
        let batch = self.run(open).unwrap().ids[0];
        let fields = [("customer", "Acme"), ("amount", "10")];
        let changes = fields.map(|(field, to)| Change::put(text(field), text(to))).to_vec();
        let done = self.all(vec![Command::Add { kind: Kind::Purchase, changes }], Some(batch));
        assert!(done[0].is_ok(), "{done:?}");
        self.run(Command::BatchClose { batch }).unwrap();
        batch
    }

    fn steps(&self) -> Vec<String> {
        let mut steps = Vec::new();
        self.service.head().snapshot.each_row(Kind::Task, 1, &mut |_, row| {
            let Row::Task(task) = row else { return true };
            steps.push(format!("{} {}", task.step, task.state.unwrap().word()));
            true
        });
        steps
    }
}

#[test]
fn the_grading_of_a_file_and_of_its_undo_begins_nothing() {
    let office = welcoming();
    office.import(Kind::Customer, &[("a", &[("name", "Acme")])]);
    let bought = [("", &[("customer", "Acme"), ("amount", "10"), ("date", "2018-01-01")][..])];
    let (purchases, _) = office.import(Kind::Purchase, &bought);
    let stage = || office.service.head().snapshot.customer(Id::customer(1)).unwrap().stage;
    assert_eq!((stage().as_str(), office.steps().len()), ("new", 0));
    let undo = |batch: Option<Id>| Command::Undo { what: Undone::Batch(batch.unwrap()), partial: false };
    let undone = office.run(undo(purchases)).unwrap();
    assert_eq!((stage().as_str(), office.steps().len()), ("prospect", 0));
    office.run(undo(undone.batch)).unwrap();
    assert_eq!((stage().as_str(), office.steps().len()), ("new", 0));
    office.verify();
}

#[test]
fn what_the_grading_of_a_batch_began_goes_and_comes_with_it() {
    let office = welcoming();
    let (customers, _) = office.import(Kind::Customer, &[("a", &[("name", "Acme")])]);
    let purchases = Some(office.bought_together());
    assert_eq!(office.steps(), ["call open"]);
    let undo = |batch: Option<Id>| Command::Undo { what: Undone::Batch(batch.unwrap()), partial: false };
    let undone = office.run(undo(purchases)).unwrap();
    assert_eq!(office.steps(), Vec::<String>::new());
    let again = office.run(undo(undone.batch)).unwrap();
    assert_eq!(office.steps(), ["call open"]);
    office.run(undo(again.batch)).unwrap();
    office.hours_pass(15 * 24);
    assert_eq!(office.steps(), ["ask open"]);
    office.verify();
    office.run(undo(customers)).unwrap();
    assert_eq!((office.steps().len(), office.service.head().snapshot.count(Kind::Customer)), (0, 0));
    office.verify();
}

#[test]
fn a_file_on_whose_playbooks_somebody_has_gone_on_stays() {
    let office = welcoming();
    let (customers, _) = office.import(Kind::Customer, &[("a", &[("name", "Acme")])]);
    office.hours_pass(15 * 24);
    let task = Id::new(Kind::Task, 1);
    office.run(Command::TaskSnooze { task, until: text("+1d") }).unwrap();
    let undo = Command::Undo { what: Undone::Batch(customers.unwrap()), partial: false };
    assert!(matches!(office.run(undo), Err(Refusal::BatchInUse(_, _, first, _)) if first == task));
    assert_eq!(office.steps(), ["ask open"]);
}

#[test]
fn an_adoption_carries_playbooks_along_and_its_undo_brings_them_back() {
    let office = welcoming();
    let acme = office.customer("Acme");
    office.run(inquiry(acme)).unwrap();
    let due = |office: &Office| office.step(1).unwrap().due.map(|due| (due.0 - START) / 3_600_000);
    let with = |from: &str, to: &str| {
        let policy = Policy::shipped("Asia/Shanghai", Currency::CNY) + WELCOME;
        Command::PolicyAdopt { text: Clean::new(&policy.replace(from, to)).unwrap() }
    };
    let longer = office.run(with("within = \"24h\"", "within = \"48h\"")).unwrap();
    assert_eq!(due(&office), Some(48));
    let gone = office.run(with("id = \"inquiry\"", "id = \"other\"")).unwrap();
    assert_eq!(office.steps(), ["first-contact dropped"]);
    let back = office.run(Command::Undo { what: Undone::Seq(gone.seqs[0]), partial: false }).unwrap();
    let told = [longer, gone, back].map(|receipt| {
        let effect = office.effect(receipt.seqs[0]);
        [effect.dropped, effect.redated, effect.born]
    });
    assert_eq!(told, [[0, 1, 0], [1, 0, 0], [0, 0, 1]]);
    assert_eq!((office.steps(), due(&office)), (vec!["first-contact open".to_owned()], Some(48)));
    office.hours_pass(36);
    assert!(office.step(1).unwrap().warned.is_some());
    office.verify();
}

#[test]
fn an_act_that_concerns_a_large_part_of_the_book_moves_customers_and_no_deadline() {
    let office = Office::new();
    let policy = office.service.head().snapshot.settings().policy;
    let pool = "[[pool]]\nid = \"east\"\nteams = [\"East\"]\n[pool.claim]\nhold = 1000\n";
    let team = office.add(Kind::Team, &[("name", "West")]).unwrap().ids[0].to_string();
    let owned = |n: usize| Command::Add {
        kind: Kind::Customer,
        changes: [("name", format!("Customer {n}")), ("team", team.clone())]
            .map(|(field, value)| Change::put(text(field), text(&value)))
            .into(),
    };
    assert!(office.all((0..150).map(owned).collect(), None).iter().all(Result::is_ok));
    office.run(Command::PolicyAdopt { text: text(&format!("{policy}\n{pool}")) }).unwrap();
    office.run(inquiry(Id::customer(1))).unwrap();
    office.edit(Id::new(Kind::Task, 1), "due", "2018-01-20").unwrap();
    let moved = office.step(1).unwrap();
    office.edit(team.parse().unwrap(), "name", "East").unwrap();
    let head = office.service.head();
    assert!((1..=150).all(|n| head.book.profile(n).unwrap().customer.pool == text("east")));
    assert!(head.snapshot.settings().is_graded());
    assert_eq!(office.step(1).unwrap().due, moved.due);
    assert_eq!(office.step(1).unwrap().warn_at, moved.warn_at);
    office.verify();
}
