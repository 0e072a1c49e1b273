//! The service on a real store in a temporary folder, with a clock of its own.

mod acts;
mod batches;
mod board;
mod care;
mod chance;
mod members;
mod mentions;
mod past;
mod playbooks;
mod policies;
mod pool;
mod previews;
mod reading;
mod tasks;
mod tiers;
mod together;
mod values;
mod veil;

use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::{Actor, Clock, Done, Service};
use crate::model::query::{Card, TaskLine};
use crate::model::{
    Answer, Change, Command, Id, Instant, Kind, Log, Order, Query, Refusal, Rows, Undone, Which, Whose,
};
use crate::rules::policy::Policy;
use crate::store::{Options, Store, unwatched};
use crate::text::{Clean, Currency, Lang};

/// Monday, 1 January 2018, 09:00 in Shanghai.
const START: i64 = 1_514_768_400_000;

struct Office {
    dir: TempDir,
    service: Arc<Service>,
    clock: Arc<AtomicI64>,
    counter: AtomicU64,
    me: Actor,
}

fn text(words: &str) -> Clean {
    Clean::new(words).unwrap()
}

impl Office {
    fn new() -> Office {
        Office::of(|store, clock| Service::start(store, clock).unwrap())
    }

    fn of(start: impl FnOnce(Store, Clock) -> Arc<Service>) -> Office {
        Office::with(&Options::default(), |_| {}, start)
    }

    /// With a store that is opened so, after something was done to its file.
    fn with(
        options: &Options,
        meddle: impl FnOnce(&Path),
        start: impl FnOnce(Store, Clock) -> Arc<Service>,
    ) -> Office {
        Office::under(&Policy::shipped("Asia/Shanghai", Currency::CNY), options, meddle, start)
    }

    /// The same by another policy.
    fn under(
        policy: &str,
        options: &Options,
        meddle: impl FnOnce(&Path),
        start: impl FnOnce(Store, Clock) -> Arc<Service>,
    ) -> Office {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("store.redb");
        let time = Arc::new(AtomicI64::new(START));
        let ticking = Arc::clone(&time);
        let clock: Clock = Arc::new(move || Instant(ticking.load(Ordering::SeqCst)));
        let init = Command::Init {
            name: text("test"),
            policy: text(policy),
            timezone: text("Asia/Shanghai"),
            currency: text("CNY"),
            practice: Some(Instant(START)),
            member: (text("Li Wei"), text("liwei"), 1000),
        };
        Service::create(&file, &init, &clock).unwrap();
        meddle(&file);
        let store = Store::open(&file, options, &mut unwatched).unwrap();
        let service = start(store, clock);
        let me = service.actor(1000, Lang::En, || "liwei".into()).unwrap();
        Office { dir, service, clock: time, counter: AtomicU64::new(0), me }
    }

    /// The store, closed, opened once more.
    fn again(self) -> Office {
        let ticking = Arc::clone(&self.clock);
        let store = Store::open(&self.dir.path().join("store.redb"), &Options::default(), &mut unwatched);
        let clock: Clock = Arc::new(move || Instant(ticking.load(Ordering::SeqCst)));
        Office { service: Service::start(store.unwrap(), clock).unwrap(), ..self }
    }

    fn order(&self, command: Command, batch: Option<Id>) -> Order {
        Order { counter: self.counter.fetch_add(1, Ordering::SeqCst) + 1, batch, dry_run: false, command }
    }

    fn all(&self, commands: Vec<Command>, batch: Option<Id>) -> Vec<Done> {
        let orders = commands.into_iter().map(|command| self.order(command, batch)).collect();
        self.service.execute(self.me, 7, orders)
    }

    fn run(&self, command: Command) -> Done {
        self.all(vec![command], None).pop().unwrap()
    }

    fn add(&self, kind: Kind, fields: &[(&str, &str)]) -> Done {
        let changes = fields.iter().map(|(field, value)| Change::put(text(field), text(value))).collect();
        self.run(Command::Add { kind, changes })
    }

    fn edit(&self, record: Id, field: &str, value: &str) -> Done {
        self.run(Command::Edit { record, changes: vec![Change::put(text(field), text(value))] })
    }

    fn undo(&self) -> Done {
        self.run(Command::Undo { what: Undone::MyLast, partial: false })
    }

    fn customer(&self, name: &str) -> Id {
        self.add(Kind::Customer, &[("name", name)]).unwrap().ids[0]
    }

    fn card(&self, id: Id) -> Card {
        match self
            .service
            .answer(self.me, &Query::Card { customer: Which::Id(id), timeline: 50, sales: 10 })
            .unwrap()
        {
            (_, Answer::Card(card)) => *card,
            other => panic!("{other:?}"),
        }
    }

    fn tasks(&self, filter: &str) -> Vec<TaskLine> {
        let query = Query::Tasks { whose: Whose::Mine, filter: text(filter), limit: 100 };
        match self.service.answer(self.me, &query).unwrap() {
            (_, Answer::Tasks(tasks, _)) => tasks,
            other => panic!("{other:?}"),
        }
    }

    fn list(&self, filter: &str) -> Vec<String> {
        let query = Query::List { filter: text(filter), sort: text("name"), skip: 0, limit: 1000 };
        match self.service.answer(self.me, &query).unwrap() {
            (_, Answer::Customers(lines, _)) => lines.into_iter().map(|line| line.name.to_string()).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn verify(&self) {
        match self.service.answer(self.me, &Query::Verify).unwrap() {
            (_, Answer::Verified(verified)) => assert_eq!(verified.faults, Vec::<Clean>::new()),
            other => panic!("{other:?}"),
        }
    }

    fn log(&self, customer: Id, words: &str) -> Done {
        self.run(Command::Log(Box::new(Log::call(customer, text(words)))))
    }

    fn import(&self, kind: Kind, rows: &[(&str, &[(&str, &str)])]) -> (Option<Id>, Vec<Done>) {
        let opened =
            self.run(Command::BatchOpen { name: text("import test"), fingerprint: text("f") }).unwrap();
        let batch = opened.ids.first().copied();
        let row = |(reference, values): &(&str, &[(&str, &str)])| Command::Import {
            kind,
            reference: text(reference),
            referenced: !reference.is_empty(),
            values: values.iter().map(|(field, value)| (text(field), text(value))).collect(),
        };
        let done = self.all(rows.iter().map(row).collect(), batch);
        self.run(Command::BatchClose { batch: batch.unwrap() }).unwrap();
        (batch, done)
    }
}
