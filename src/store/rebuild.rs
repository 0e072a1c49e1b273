//! Rebuild: every projection anew from the journal, into a new file.

use std::path::Path;

use redb::{Database, ReadableDatabase, ReadableTable, WriteTransaction};

use super::journal::open_entry;
use super::tables::{AGES, FORGOTTEN, JOURNAL, META, RECEIPTS, STORE};
use super::{Progress, StoreError, file, project};

/// How many journal entries are copied in one transaction.
const COPIED: usize = 16_384;

/// Rebuilds the store at `place` into a new file, which then takes its place; the old one is kept beside it, as
/// `NAME.before`, until the new one was opened. Returns how many entries the journal holds.
///
/// `progress` is told how many entries are folded, none while they are copied; where it breaks that off, the old store
/// stands as it was.
pub fn rebuild(place: &Path, cache: usize, progress: &mut Progress<'_>) -> Result<u64, StoreError> {
    // It is read from its beginning to its end, and no page of it twice in a row.
    let old = file::open(place, cache / 16)?;
    super::check_format(&old)?;
    super::aside::forget(place)?;
    let (fresh, new) = file::Fresh::beside(place, cache)?;
    let entries = refill(&old, &new, progress)?;
    new.close()?;
    old.close()?;
    fresh.replace(place)?;
    Ok(entries)
}

/// Fills an empty database with all that another's journal says.
pub(super) fn refill(old: &Database, new: &Database, progress: &mut Progress<'_>) -> Result<u64, StoreError> {
    let journal = old.begin_read()?.open_table(JOURNAL)?;
    let copied = copy_journal(&journal, u64::MAX, new, progress)?;
    if copied != content(new)? {
        return Err(StoreError::corrupt("the copy of the journal is not the journal"));
    }
    copy_the_rest(old, new)?;
    // Out of the old file: who reads in the new one keeps it from using pages again, and it grows by each chunk.
    project::refill(new, &journal, 1, progress)?;
    Ok(copied.entries)
}

/// What a journal holds: how many entries, and the checksum of all their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    entries: u64,
    sum: u32,
}

impl Content {
    /// Takes the next entry in, if it is the next, and whole.
    fn take(&mut self, seq: u64, sealed: &[u8]) -> Result<(), StoreError> {
        if seq != self.entries + 1 {
            return Err(StoreError::Gap { seq: self.entries + 1 });
        }
        open_entry(seq, sealed)?;
        self.entries = seq;
        self.sum = crc32c::crc32c_append(self.sum, sealed);
        Ok(())
    }
}

fn content(db: &Database) -> Result<Content, StoreError> {
    let mut content = Content::default();
    for item in db.begin_read()?.open_table(JOURNAL)?.iter()? {
        let (seq, sealed) = item?;
        content.take(seq.value(), sealed.value())?;
    }
    Ok(content)
}

/// Copies a journal into an empty database, up to a place.
pub(super) fn copy_journal(
    journal: &impl ReadableTable<u64, &'static [u8]>,
    until: u64,
    new: &Database,
    progress: &mut Progress<'_>,
) -> Result<Content, StoreError> {
    let mut content = Content::default();
    let head = journal.last()?.map_or(0, |(seq, _)| seq.value().min(until));
    let mut entries = journal.range(..=until)?.peekable();
    while entries.peek().is_some() {
        super::go_on(progress(0, head))?;
        let txn = super::begin(new)?;
        let mut copy = txn.open_table(JOURNAL)?;
        for item in entries.by_ref().take(COPIED) {
            let (seq, sealed) = item?;
            content.take(seq.value(), sealed.value())?;
            copy.insert(seq.value(), sealed.value())?;
        }
        drop(copy);
        txn.commit()?;
    }
    Ok(content)
}

/// Copies what is neither journal nor projection: what the file is, and the receipts.
fn copy_the_rest(old: &Database, new: &Database) -> Result<(), StoreError> {
    let from = old.begin_read()?;
    let txn = super::begin(new)?;
    let store = from.open_table(META)?.get(STORE)?.map_or(0, |id| id.value());
    super::describe(&txn, store)?;
    copy_receipts(&from, &txn)?;
    Ok(txn.commit()?)
}

fn copy_receipts(from: &redb::ReadTransaction, to: &WriteTransaction) -> Result<(), StoreError> {
    let mut receipts = to.open_table(RECEIPTS)?;
    for item in from.open_table(RECEIPTS)?.iter()? {
        let (key, receipt) = item?;
        receipts.insert(key.value(), receipt.value())?;
    }
    let mut ages = to.open_table(AGES)?;
    for item in from.open_table(AGES)?.iter()? {
        ages.insert(item?.0.value(), ())?;
    }
    let mut forgotten = to.open_table(FORGOTTEN)?;
    for item in from.open_table(FORGOTTEN)?.iter()? {
        let (client, mark) = item?;
        forgotten.insert(client.value(), mark.value())?;
    }
    Ok(())
}
