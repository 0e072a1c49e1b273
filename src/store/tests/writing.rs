//! Writing: groups, snapshots, receipts, and a disk that fails.

use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::model::Receipt;

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
    let name = "store::tests::writing::panicking_job";
    let outcome = child.args(["--exact", "--include-ignored", "--nocapture", name]).output().unwrap();
    assert_eq!(outcome.status.signal(), Some(nix::sys::signal::Signal::SIGABRT as i32));
    assert!(String::from_utf8_lossy(&outcome.stderr).contains("a job went wrong"));
}

#[test]
fn stores_and_snapshots_are_for_all_threads() {
    fn for_all_threads<T: Send + Sync>() {}
    for_all_threads::<Store>();
    for_all_threads::<Snapshot>();
}
