//! The tables are the fold of the journal, however it was written.

use redb::TableHandle;

use super::super::tables::{JOURNAL, ROWS};
use super::*;
use crate::model::Key;

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

#[test]
fn tables_are_named_as_their_fields() {
    assert_eq!((JOURNAL.name(), ROWS.name()), ("journal", "rows"));
}
