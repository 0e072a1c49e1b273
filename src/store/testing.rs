//! What tests do to a store's file behind its back.

use std::path::Path;

use redb::WriteTransaction;

use super::file;
use super::tables::{NEXT, ROWS};
use crate::model::{Id, Kind};

/// Changes the file of a closed store.
pub(crate) fn meddle(place: &Path, with: impl FnOnce(&WriteTransaction)) {
    let db = file::open(place, 1 << 20).unwrap();
    let txn = db.begin_write().unwrap();
    with(&txn);
    txn.commit().unwrap();
    db.close().unwrap();
}

/// Makes a row unreadable.
pub(crate) fn spoil(place: &Path, id: Id) {
    meddle(place, |txn| {
        txn.open_table(ROWS).unwrap().insert((id.kind as u8, id.n), b"".as_slice()).unwrap();
    });
}

/// Says that the numbers of a kind were given up to this one, which is the next.
pub(crate) fn give_numbers(place: &Path, kind: Kind, next: u64) {
    meddle(place, |txn| {
        txn.open_table(NEXT).unwrap().insert(kind as u8, next).unwrap();
    });
}
