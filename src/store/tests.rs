//! The store as a whole: tables against the naive model, power cuts, groups, files that are no stores.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;

use proptest::prelude::*;
use redb::{ReadableTable, TableHandle};

use super::tables::{JOURNAL, ROWS};
use super::*;
use crate::model::value::Shape;
use crate::model::{
    Cause, Day, Entry, Event, Fact, Field, Id, Instant, Key, Kind, Memory, Receipt, Value, World,
};
use crate::text::{Clean, Currency, Money};

/// What an entry is made of: a few numbers, so that records, fields and values meet often.
#[derive(Clone, Debug)]
struct Plan {
    cause: u64,
    batch: bool,
    events: Vec<(usize, u64, usize, u64)>,
}

fn plans(at_most: usize) -> impl Strategy<Value = Vec<Plan>> {
    let event = (0..Kind::ALL.len(), 1..4_u64, 0..8_usize, any::<u64>());
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
        Shape::Ref(kind) => Value::Ref(Id::new(kind, 1 + seed % 3)),
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any entries, in any grouping: the tables are what the fold in memory is, and what a rebuild makes.
    #[test]
    fn tables_are_the_fold_and_the_rebuild(plans in plans(40), sizes in prop::collection::vec(1..6_usize, 40)) {
        let (disk, store) = on_disk();
        let mut left = plans.as_slice();
        for pair in sizes.chunks(2) {
            let mut jobs = Vec::new();
            for size in pair {
                let (job, rest) = left.split_at(left.len().min(*size));
                left = rest;
                jobs.push(job.to_vec());
            }
            write_together(&store, jobs);
        }
        store.write(act(left.to_vec())).unwrap();

        let memory = folded(&plans);
        let expected = everything(&memory);
        let snapshot = store.snapshot();
        prop_assert_eq!(everything(&*snapshot), expected.clone());
        snapshot.check().unwrap();
        prop_assert_eq!(faults(&store), []);

        store.close().unwrap();
        let old = file::builder(1 << 20).create_with_backend(disk).unwrap();
        let new = Disk::default();
        let db = file::builder(1 << 20).create_with_backend(new.clone()).unwrap();
        rebuild::refill(&old, &db, &mut unwatched).unwrap();
        db.close().unwrap();
        prop_assert_eq!(everything(&*Store::open_on(&new).unwrap().snapshot()), expected);
    }

    /// Prefixes, limits and directions of a scan are those of the model.
    #[test]
    fn scans_stop_where_they_are_told(plans in plans(12), from: u8, to: u8, backwards: bool, limit in 0..9_usize) {
        let (_, store) = on_disk();
        store.write(act(plans.clone())).unwrap();
        let seen = |rows: &dyn Rows| {
            let mut keys = Vec::new();
            rows.scan(&[from % 12, 1], &[to % 12], backwards, &mut |key| {
                keys.push(Key(key.to_vec()));
                keys.len() < limit
            });
            keys
        };
        prop_assert_eq!(seen(&*store.snapshot()), seen(&folded(&plans)));
    }
}

/// Whatever operation of the disk is the last, and whichever writes behind the last sync survive: what was
/// acknowledged is there, once and whole, with at most the one write that was under way.
#[test]
fn what_was_acknowledged_survives_a_power_cut_at_any_moment() {
    const WRITES: u64 = 6;
    let (disk, store) = on_disk();
    store.close().unwrap();
    let image = || disk.after_power_cut(|| true);

    let healthy = image();
    let store = Store::open_on(&healthy).unwrap();
    for n in 1..=WRITES {
        store.write(act(vec![Plan::of_customer(n)])).unwrap();
    }
    let operations = healthy.operations();
    drop(store);

    let mut dice = 1_u64;
    for endured in 0..operations {
        let disk = image();
        disk.break_after(endured);
        let acknowledged = Store::open_on(&disk).map_or(0, |store| {
            let write = |n: &u64| store.write(act(vec![Plan::of_customer(*n)])).is_ok();
            (1..=WRITES).take_while(write).count() as u64
        });
        let found = disk.after_power_cut(|| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            dice >> 63 == 1
        });
        let store = Store::open_on(&found).unwrap();
        let head = store.snapshot().head();
        assert!((acknowledged..=acknowledged + 1).contains(&head), "{acknowledged} of {head} at {endured}");
        let expected: Vec<Plan> = (1..=head).map(Plan::of_customer).collect();
        assert_eq!(everything(&*store.snapshot()), everything(&folded(&expected)));
        assert_eq!(faults(&store), []);
        assert_eq!(store.write(act(vec![Plan::of_customer(head + 1)])), Ok(head + 1));
    }
}

#[test]
fn the_first_failure_of_the_disk_is_final_and_told_to_everybody() {
    let (disk, store) = on_disk();
    store.write(act(vec![Plan::of_customer(1)])).unwrap();
    disk.break_after(0);
    let failed = store.write(act(vec![Plan::of_customer(2)])).unwrap_err();
    assert!(matches!(&failed, StoreError::Failed(why) if matches!(**why, StoreError::Io(_))), "{failed:?}");
    assert_eq!(store.trouble(), Some(failed.clone()));
    assert_eq!(store.write(nothing), Err(failed));
    assert_eq!(store.snapshot().head(), 1);
}

#[test]
fn many_threads_write_without_gaps_and_each_is_told_its_own_place() {
    let (_, store) = on_disk();
    let mut places: Vec<u64> = std::thread::scope(|scope| {
        let write = |n: u64| {
            let store = &store;
            move || (0..5).map(|_| store.write(act(vec![Plan::of_customer(n)])).unwrap()).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (1..=64).map(|n| scope.spawn(write(n))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    places.sort_unstable();
    assert_eq!(places, (1..=320).collect::<Vec<u64>>());
    assert_eq!(faults(&store), []);
}

#[test]
fn jobs_that_wait_share_a_commit_and_see_each_other() {
    let (_, store) = on_disk();
    let published = Arc::new(Mutex::new(Vec::new()));
    let told = published.clone();
    store.on_publish(move |snapshot, layer, head| {
        assert_eq!(snapshot.head(), head);
        told.lock().unwrap().push((head, layer.rows.len()));
    });
    write_together(&store, (1..=63).map(|n| vec![Plan::of_customer(n)]).collect());
    let published = published.lock().unwrap();
    assert!(published.len() < 63, "{published:?}");
    assert_eq!(published.last().map(|(head, _)| *head), Some(63));
    assert_eq!(published.iter().map(|(_, rows)| rows).sum::<usize>(), 63);
}

#[test]
fn what_is_written_is_published_before_it_is_answered() {
    let (_, store) = on_disk();
    let published = Arc::new(AtomicU64::new(0));
    let told = published.clone();
    store.on_publish(move |_, _, head| told.store(head, Ordering::SeqCst));
    for n in 1..=20 {
        let head = store.write(act(vec![Plan::of_customer(n)])).unwrap();
        assert_eq!((published.load(Ordering::SeqCst), store.snapshot().head()), (head, head));
    }
}

#[test]
fn a_job_without_a_draft_writes_nothing() {
    let (disk, store) = on_disk();
    let before = disk.operations();
    store.write(nothing).unwrap();
    assert_eq!(disk.operations(), before);
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let (_, store) = on_disk();
    store.write(act(vec![Plan::of_customer(1)])).unwrap();
    let before = store.snapshot();
    store.write(act(vec![Plan::of_customer(2)])).unwrap();
    assert_eq!((before.head(), before.row(Id::customer(2))), (1, None));
    assert!(store.snapshot().row(Id::customer(2)).is_some());
}

#[test]
fn the_stores_own_record_is_read_anew_where_it_was_changed() {
    let (_, store) = on_disk();
    let name = |name: &'static str| {
        move |rows: &dyn Rows, _: &Receipts<'_>| {
            let before = rows.settings().name;
            let values = vec![(Field::of(1), Value::Text(Clean::known(name)))];
            let event = Event::Created { record: Id::SETTINGS, values };
            let entry = Entry { events: vec![event], ..Plan::of_customer(1).entry(rows.head() + 1) };
            let mut world = World::over(rows);
            world.replay(&entry);
            (Some(Draft { layer: world.finish().0, entries: vec![entry], ..Draft::default() }), before)
        }
    };
    assert_eq!(store.write(name("north")), Ok(Clean::default()));
    assert_eq!(store.write(name("south")), Ok(Clean::known("north")));
    assert_eq!(store.snapshot().settings().name, Clean::known("south"));
}

#[test]
fn an_order_repeated_finds_its_receipt() {
    let (disk, store) = on_disk();
    let order = |_: &dyn Rows, receipts: &Receipts<'_>| {
        let found = receipts.find(7, 1);
        let receipt = Receipt { left: 3, ..Receipt::default() };
        let draft = Draft { receipts: vec![(7, 1, receipt)], ..Draft::default() };
        ((found == Found::New).then_some(draft), found)
    };
    let receipt = Box::new(Receipt { left: 3, ..Receipt::default() });
    assert_eq!(store.write(order), Ok(Found::New));
    assert_eq!(store.write(order), Ok(Found::Known(receipt.clone())));
    store.close().unwrap();
    assert_eq!(Store::open_on(&disk).unwrap().write(order), Ok(Found::Known(receipt)));
}

#[test]
fn a_closed_store_says_so() {
    let (_, store) = on_disk();
    let sender = store.jobs.read().unwrap().clone();
    drop(sender);
    store.close().unwrap();
    assert_eq!(store.write(nothing), Err(StoreError::Closed));
    assert_eq!(store.close(), Ok(()));
}

/// The process that a panicking job ends, started by the test below.
#[test]
#[ignore = "ends the process"]
fn panicking_job() {
    let (_, store) = on_disk();
    let _ = store.write(|_, _| -> (Option<Draft>, ()) { panic!("a job went wrong") });
}

#[test]
fn a_panic_in_a_job_ends_the_process() {
    use std::os::unix::process::ExitStatusExt;
    let mut child = std::process::Command::new(std::env::current_exe().unwrap());
    let name = "store::tests::panicking_job";
    let outcome = child.args(["--exact", "--include-ignored", "--nocapture", name]).output().unwrap();
    assert_eq!(outcome.status.signal(), Some(nix::sys::signal::Signal::SIGABRT as i32));
    assert!(String::from_utf8_lossy(&outcome.stderr).contains("a job went wrong"));
}

// Files.

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn place(&self) -> PathBuf {
        self.0.path().join("book.gx")
    }

    fn with_store() -> Folder {
        let folder = Folder::new();
        Store::create(&folder.place(), &Options::default(), act(vec![Plan::of_customer(1)])).unwrap();
        folder
    }

    fn open(&self) -> Result<Store, StoreError> {
        Store::open(&self.place(), &Options::default(), &mut unwatched)
    }

    fn refusal(&self) -> StoreError {
        self.open().map(|_| ()).unwrap_err()
    }

    /// Changes the file behind the store's back.
    fn meddle(&self, with: impl FnOnce(&WriteTransaction)) {
        testing::meddle(&self.place(), with);
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

#[test]
fn a_store_is_made_whole_and_once() {
    let folder = Folder::with_store();
    assert_eq!(folder.names(), ["book.gx"]);
    let again = Store::create(&folder.place(), &Options::default(), nothing);
    assert_eq!(again, Err(StoreError::AlreadyThere));
    let store = folder.open().unwrap();
    assert_eq!(store.snapshot().head(), 1);
    assert_ne!(store.id(), 0);
    assert_eq!(faults(&store), []);
    assert_eq!(folder.names(), ["book.gx"]);
}

#[test]
fn a_first_job_that_writes_nothing_leaves_nothing() {
    let folder = Folder::new();
    Store::create(&folder.place(), &Options::default(), nothing).unwrap();
    assert_eq!(folder.names(), [""; 0]);
    assert_eq!(folder.refusal(), StoreError::NotThere);
}

#[test]
fn what_is_no_store_is_refused() {
    let folder = Folder::new();
    fs::create_dir(folder.place()).unwrap();
    assert_eq!(folder.refusal(), StoreError::NotAStore);
    fs::remove_dir(folder.place()).unwrap();
    for content in [&b""[..], b"red", b"name,phone\nAcme,1\n", &[0; 8192]] {
        fs::write(folder.place(), content).unwrap();
        assert_eq!(folder.refusal(), StoreError::NotAStore);
    }
    fs::remove_file(folder.place()).unwrap();
    let other = file::builder(1 << 20).create(folder.place()).unwrap();
    other.close().unwrap();
    assert_eq!(folder.refusal(), StoreError::NotAStore);
}

#[test]
fn a_file_that_was_cut_is_refused() {
    let folder = Folder::with_store();
    let whole = fs::read(folder.place()).unwrap();
    for part in 1..16 {
        fs::write(folder.place(), &whole[..whole.len() * part / 16]).unwrap();
        assert!(matches!(folder.refusal(), StoreError::Corrupt(_) | StoreError::Io(_)), "{part}/16");
    }
}

#[test]
fn a_store_that_is_open_elsewhere_is_locked() {
    let folder = Folder::with_store();
    let store = folder.open().unwrap();
    assert_eq!(folder.refusal(), StoreError::Locked);
    store.close().unwrap();
    folder.open().unwrap();
}

#[test]
fn what_a_newer_program_wrote_is_refused() {
    for (name, value) in [(FORMAT, FORM + 1), (DECLARED, project::declared() + 1)] {
        let folder = Folder::with_store();
        folder.meddle(|txn| {
            txn.open_table(META).unwrap().insert(name, value).unwrap();
        });
        assert_eq!(folder.refusal(), StoreError::Newer);
        assert_eq!(rebuild(&folder.place(), 1 << 20, &mut unwatched), Err(StoreError::Newer));
    }
    let folder = Folder::with_store();
    folder.meddle(|txn| {
        let newer = crate::codec::envelope::seal(1, 200, b"what will come");
        txn.open_table(JOURNAL).unwrap().insert(2, newer.as_slice()).unwrap();
    });
    assert_eq!(folder.refusal(), StoreError::Newer);
}

#[test]
fn projections_of_another_form_are_rebuilt_and_the_old_file_kept_until_the_new_one_serves() {
    let folder = Folder::with_store();
    let before = everything(&*folder.open().unwrap().snapshot());
    let id = folder.open().unwrap().id();
    folder.meddle(|txn| {
        txn.open_table(META).unwrap().insert(PROJECTION, 1).unwrap();
        txn.delete_table(ROWS).unwrap();
    });
    let mut told = Vec::new();
    let store = Store::open(&folder.place(), &Options::default(), &mut |done, of| {
        told.push((done, of));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((everything(&*store.snapshot()), store.id()), (before, id));
    assert_eq!(told, [(0, 1), (1, 1)]);
    assert_eq!(folder.names(), ["book.gx"]);
    drop(store);

    rebuild(&folder.place(), 1 << 20, &mut unwatched).unwrap();
    let mut names = folder.names();
    names.sort();
    assert_eq!(names, ["book.gx", "book.gx.before"]);
    folder.open().unwrap();
    assert_eq!(folder.names(), ["book.gx"]);
}

/// Whether a database is whole when it is opened: not scanned, not repaired.
fn opens_at_once(disk: &Disk) -> bool {
    let scanned = Arc::new(AtomicU64::new(0));
    let count = scanned.clone();
    let mut builder = file::builder(1 << 20);
    builder.set_repair_callback(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    builder.create_with_backend(disk.clone()).is_ok() && scanned.load(Ordering::SeqCst) == 0
}

#[test]
fn a_rebuild_that_the_power_cut_short_costs_no_repair() {
    let (disk, store) = on_disk();
    store.write(act((1..=3).map(Plan::of_customer).collect())).unwrap();
    store.close().unwrap();
    let old = file::builder(1 << 20).create_with_backend(disk).unwrap();
    let new_disk = Disk::default();
    let new = file::builder(1 << 20).create_with_backend(new_disk.clone()).unwrap();
    let mut cuts = vec![];
    rebuild::refill(&old, &new, &mut |_, _| {
        cuts.push(new_disk.after_power_cut(|| false));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(cuts.len(), 2);
    assert!(cuts.iter().all(opens_at_once));
}

#[test]
fn a_rebuild_that_is_broken_off_begins_anew_and_nothing_is_lost() {
    let folder = Folder::with_store();
    let before = everything(&*folder.open().unwrap().snapshot());
    folder.meddle(|txn| {
        txn.open_table(META).unwrap().insert(PROJECTION, 1).unwrap();
    });
    for at in [0, 1] {
        let break_off =
            &mut |done, _| if done == at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let opened = Store::open(&folder.place(), &Options::default(), break_off).map(|_| ());
        assert_eq!(opened, Err(StoreError::Stopped));
        assert_eq!(folder.names(), ["book.gx"]);
    }
    assert_eq!(everything(&*folder.open().unwrap().snapshot()), before);
}

#[test]
fn projections_that_lag_behind_the_journal_are_brought_up() {
    let folder = Folder::with_store();
    folder.meddle(|txn| {
        let mut journal = txn.open_table(JOURNAL).unwrap();
        for n in 2..=3 {
            let entry = journal::seal_entry(&Plan::of_customer(n).entry(n));
            journal.insert(n, entry.as_slice()).unwrap();
        }
    });
    let store = folder.open().unwrap();
    let plans: Vec<Plan> = (1..=3).map(Plan::of_customer).collect();
    assert_eq!(everything(&*store.snapshot()), everything(&folded(&plans)));
    assert_eq!(store.write(act(vec![Plan::of_customer(4)])), Ok(4));
}

#[test]
fn verify_finds_what_the_tables_say_otherwise() {
    let folder = Folder::with_store();
    folder.meddle(|txn| {
        let mut rows = txn.open_table(ROWS).unwrap();
        rows.insert((Kind::Customer as u8, 9), b"".as_slice()).unwrap();
        rows.insert((Kind::Customer as u8, 1), b"".as_slice()).unwrap();
        txn.open_table(tables::NEXT).unwrap().remove(Kind::Customer as u8).unwrap();
    });
    let store = folder.open().unwrap();
    let found = store.verify(Lang::En, &mut unwatched).unwrap();
    let faults: Vec<&str> = found.faults.iter().map(Clean::as_str).collect();
    assert_eq!(
        faults,
        [
            "record c1: the tables say something else than the journal",
            "record c9: in the tables, but it does not follow from the journal",
            "next number of c: follows from the journal, but is not in the tables",
        ]
    );
    assert_eq!(folder.names(), ["book.gx"]);

    let snapshot = store.snapshot();
    assert_eq!(snapshot.row(Id::customer(1)), None);
    assert!(matches!(snapshot.check(), Err(StoreError::Corrupt(_))));
    let read = |rows: &dyn Rows, _: &Receipts<'_>| (None, rows.row(Id::customer(1)));
    assert!(matches!(store.write(read), Err(StoreError::Failed(_))));
}

#[test]
fn a_damaged_entry_is_named_by_verify_and_stops_a_rebuild() {
    let folder = Folder::with_store();
    folder.open().unwrap().write(act((2..=4).map(Plan::of_customer).collect())).unwrap();
    folder.meddle(|txn| {
        let mut journal = txn.open_table(JOURNAL).unwrap();
        let mut sealed = journal.get(2).unwrap().unwrap().value().to_vec();
        *sealed.last_mut().unwrap() ^= 1;
        journal.insert(2, sealed.as_slice()).unwrap();
    });
    assert_eq!(
        faults(&folder.open().unwrap()),
        [Clean::known("entry 2 of the journal is damaged: its checksum does not hold")]
    );
    let why = crate::codec::Broken::Checksum;
    let outcome = rebuild(&folder.place(), 1 << 20, &mut unwatched);
    assert_eq!(outcome, Err(StoreError::Damaged { seq: 2, why }));
    folder.meddle(|txn| {
        txn.open_table(JOURNAL).unwrap().remove(2).unwrap();
    });
    assert_eq!(rebuild(&folder.place(), 1 << 20, &mut unwatched), Err(StoreError::Gap { seq: 2 }));
    assert_eq!(folder.names(), ["book.gx"]);
}

#[test]
fn a_disk_that_is_nearly_full_is_read_but_not_written_to() {
    let folder = Folder::with_store();
    let options = Options { low_water: u64::MAX, ..Options::default() };
    let store = Store::open(&folder.place(), &options, &mut unwatched).unwrap();
    let refused = store.write(act(vec![Plan::of_customer(2)])).unwrap_err();
    assert!(matches!(refused, StoreError::Full { .. }));
    assert_eq!(store.trouble(), Some(refused));
    assert_eq!(store.snapshot().head(), 1);
}

#[test]
fn stores_and_snapshots_are_for_all_threads() {
    fn for_all_threads<T: Send + Sync>() {}
    for_all_threads::<Store>();
    for_all_threads::<Snapshot>();
}

#[test]
fn tables_are_named_as_their_fields() {
    assert_eq!((JOURNAL.name(), ROWS.name()), ("journal", "rows"));
}
