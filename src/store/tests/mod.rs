//! The store as a whole: tables against the naive model, power cuts, groups, files that are no stores.

mod files;
mod fold;
mod writing;

use std::sync::mpsc;

use proptest::prelude::*;

use super::*;
use crate::model::value::Shape;
use crate::model::{Cause, Day, Entry, Event, Fact, Field, Id, Instant, Kind, Memory, Value, World};
use crate::text::{Clean, Currency, Money};

/// What an entry is made of: a few numbers, so that records, fields and values meet often.
#[derive(Clone, Debug)]
struct Plan {
    cause: u64,
    batch: bool,
    events: Vec<(usize, u64, usize, u64)>,
}

fn plans(at_most: usize) -> impl Strategy<Value = Vec<Plan>> {
    let event = (0..Kind::ALL.len(), 1..4_u64, 0..9_usize, any::<u64>());
    let plan = (0..12_u64, prop::bool::weighted(0.2), prop::collection::vec(event, 0..4));
    let plan = plan.prop_map(|(cause, batch, events)| Plan { cause, batch, events });
    prop::collection::vec(plan, 1..at_most)
}

impl Plan {
    fn of_customer(n: u64) -> Plan {
        Plan { cause: 0, batch: false, events: vec![(Kind::Customer as usize - 1, n, 0, n)] }
    }

    fn entry(&self, seq: u64) -> Entry {
        let cause = match self.cause {
            0..6 => Cause::Asked,
            6 => Cause::Clock,
            7 => Cause::Follows { seq: seq - 1 },
            back => Cause::Undoes { seq: seq.saturating_sub(back - 7) },
        };
        Entry {
            seq,
            at: Instant(1_767_225_600_000 + seq as i64),
            by: None,
            command: Clean::known("test"),
            cause: if cause == (Cause::Undoes { seq: 0 }) { Cause::Asked } else { cause },
            batch: self.batch.then_some(Id::new(Kind::Batch, 1)),
            events: self.events.iter().map(event).collect(),
        }
    }
}

fn event(&(kind, n, what, seed): &(usize, u64, usize, u64)) -> Event {
    let kind = Kind::ALL[kind];
    let record = if kind == Kind::Settings { Id::SETTINGS } else { Id::new(kind, n) };
    let (field, to) = value(kind, seed as usize, seed / 7);
    match what {
        0..3 => {
            let fields = 0..kind.fields().len();
            Event::Created { record, values: fields.map(|at| value(kind, at, seed + at as u64)).collect() }
        }
        3 => Event::Removed { record, values: Vec::new() },
        4 => Event::Linked { record, field, value: to },
        5 => Event::Unlinked { record, field, value: to },
        6 => {
            let member = Id::new(Kind::Member, seed % 3);
            Event::Mentioned { record, field, member, word: Clean::known("bo") }
        }
        _ => Event::Set { record, field, from: Value::Absent, to },
    }
}

fn value(kind: Kind, field: usize, seed: u64) -> (Field, Value) {
    const TEXTS: [&str; 6] = ["", "Acme", "重庆长安", "Asia/Shanghai", "America/Los_Angeles", "USD"];
    let info = &kind.fields()[field % kind.fields().len()];
    let text = Clean::known(TEXTS[seed as usize % TEXTS.len()]);
    let currency = if seed.is_multiple_of(3) { Currency::CNY } else { "USD".parse().unwrap() };
    let value = match info.shape {
        Shape::Flag => Value::Flag(seed.is_multiple_of(2)),
        Shape::Number => Value::Number(seed as i64 % 100),
        Shape::Line(_) | Shape::Note(_) | Shape::Lines(_) | Shape::Own(_) => Value::text(text),
        Shape::Money => Value::Money(Money { minor: seed as i64 % 1000, currency }),
        Shape::Day => Value::Day(Day(739_000 + seed as i32 % 3)),
        Shape::Instant => Value::Instant(Instant(1_767_200_000_000 + (seed as i64 % 5) * 40_000_000)),
        Shape::Ref(kind) | Shape::Refs(kind) => Value::Ref(Id::new(kind, 1 + seed % 3)),
        Shape::Word(words) => {
            let words = (words.all)();
            Value::Text(Clean::known(words[seed as usize % words.len()]))
        }
        Shape::Duties => Value::Duty(Id::new(Kind::Member, 1 + seed % 3), text),
    };
    let own = matches!(info.shape, Shape::Own(_)).then(|| Clean::known("floor"));
    (Field { code: info.code, own }, value)
}

/// A job that writes these entries, and answers the last one's place.
fn act(plans: Vec<Plan>) -> impl FnOnce(&dyn Rows, &Receipts<'_>) -> (Option<Draft>, u64) + Send {
    move |rows, _| {
        let mut world = World::over(rows);
        let seqs = rows.head() + 1..;
        let entries: Vec<Entry> = seqs.zip(&plans).map(|(seq, plan)| plan.entry(seq)).collect();
        for entry in &entries {
            world.replay(entry);
        }
        let head = rows.head() + entries.len() as u64;
        (Some(Draft { layer: world.finish().0, entries, ..Draft::default() }), head)
    }
}

fn nothing(_: &dyn Rows, _: &Receipts<'_>) -> (Option<Draft>, ()) {
    (None, ())
}

fn folded(plans: &[Plan]) -> Memory {
    let mut memory = Memory::default();
    for (seq, plan) in (1..).zip(plans) {
        let entry = plan.entry(seq);
        let mut world = World::over(&memory);
        world.replay(&entry);
        let (layer, _) = world.finish();
        memory.write(layer, vec![entry]);
    }
    memory
}

fn on_disk() -> (Disk, Store) {
    let disk = Disk::default();
    Store::create_on(&disk, nothing).unwrap();
    let store = Store::open_on(&disk).unwrap();
    (disk, store)
}

/// Hands jobs in behind one that waits until all are there, so that they share a transaction.
fn write_together(store: &Store, jobs: Vec<Vec<Plan>>) {
    let sender = store.jobs.read().unwrap().clone().unwrap();
    let (open, gate) = mpsc::channel::<()>();
    let (reply, answers) = mpsc::sync_channel(jobs.len() + 1);
    let wait = move |_: &dyn Rows, _: &Receipts<'_>| (gate.recv().err().map(|_| Draft::default()), 0);
    sender.send(Box::new(Asked { decide: Some(wait), result: None, reply: reply.clone() })).unwrap();
    for plans in jobs {
        sender
            .send(Box::new(Asked { decide: Some(act(plans)), result: None, reply: reply.clone() }))
            .unwrap();
    }
    open.send(()).unwrap();
    drop(reply);
    for answer in answers {
        answer.unwrap();
    }
}

/// Everything that can be read, as text, to compare and to be shown where it differs.
fn everything(rows: &dyn Rows) -> Vec<String> {
    let mut all = vec![format!("head {}", rows.head())];
    for kind in Kind::ALL {
        all.push(format!("next {kind:?} {}", rows.next(kind)));
        rows.each_row(kind, 1, &mut |n, row| {
            assert_eq!(rows.row(Id::new(kind, n)).as_ref(), Some(&row));
            all.push(format!("{kind:?} {n} {row:?}"));
            true
        });
        for n in 0..5 {
            let mut seqs = Vec::new();
            rows.history(Id::new(kind, n), u64::MAX, &mut |seq| {
                seqs.push(seq);
                true
            });
            all.push(format!("history {kind:?} {n} {seqs:?}"));
        }
    }
    for member in 0..4 {
        rows.mentions(Id::new(Kind::Member, member), &mut |seq| {
            all.push(format!("mentions {member} {seq}"));
            true
        });
    }
    for backwards in [false, true] {
        rows.scan(&[0], &[255], backwards, &mut |key| {
            all.push(format!("key {key:?}"));
            true
        });
    }
    rows.each_tally(0, u64::MAX, &mut |customer, fact, day, tally| {
        all.push(format!("tally {customer} {fact:?} {day:?} {tally:?}"));
    });
    for fact in Fact::ALL {
        all.push(format!("{:?}", rows.tally(2, fact, Day(0), Day(739_001))));
    }
    for seq in 1..=rows.head() {
        all.push(format!("{:?} undone by {:?}", rows.entry(seq), rows.undone_by(seq)));
    }
    all
}

fn faults(store: &Store) -> Vec<Clean> {
    store.verify(Lang::En, &mut unwatched).unwrap().faults
}
