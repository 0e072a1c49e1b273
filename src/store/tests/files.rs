//! Files: made once, opened by one, refused where they are no stores, rebuilt and verified.

use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};

use redb::ReadableTable;

use super::super::tables::{JOURNAL, ROWS};
use super::*;

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
fn what_is_left_beside_a_store_is_taken_once_and_only_for_what_it_was_left_at() {
    let folder = Folder::with_store();
    let parts = || [b"one".to_vec(), Vec::new(), b"three".to_vec()].into_iter();
    let store = folder.open().unwrap();
    assert!(store.take_aside(1).is_none(), "nothing was left");
    store.leave_aside(&store.snapshot(), 1, parts()).unwrap();
    store.close().unwrap();
    let store = folder.open().unwrap();
    let aside = store.take_aside(1).unwrap();
    let taken: Option<Vec<Vec<u8>>> = (0..aside.parts()).map(|nth| aside.part(nth)).collect();
    assert_eq!((taken, aside.part(3)), (Some(parts().collect()), None));
    assert!(store.take_aside(1).is_none(), "it was taken");
    store.leave_aside(&store.snapshot(), 1, parts()).unwrap();
    assert!(store.take_aside(2).is_none(), "it has another form");
    let before = store.snapshot();
    store.write(act(vec![Plan::of_customer(2)])).unwrap();
    store.leave_aside(&before, 1, parts()).unwrap();
    assert!(store.take_aside(1).is_none(), "the store went on");
    store.leave_aside(&store.snapshot(), 1, parts()).unwrap();
    drop(before);
    store.close().unwrap();
    rebuild(&folder.place(), 1 << 20, &mut unwatched).unwrap();
    assert!(folder.open().unwrap().take_aside(1).is_none(), "its tables were made anew");
    assert_eq!(folder.names(), ["book.gx"]);
}
