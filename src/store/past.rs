//! The past: the store as it was after an entry, folded anew from the journal up to there.

use std::sync::Arc;

use redb::{Database, ReadableDatabase};

use super::{Progress, Snapshot, StoreError, Tables, project, rebuild};

/// The store as it was after an entry, in a scratch file without a name that is gone with it.
pub struct Past {
    /// The tables of then.
    pub snapshot: Arc<Snapshot>,
    _scratch: Database,
}

impl Past {
    /// Folds the journal of a snapshot up to this entry into the empty database `scratch`.
    pub(super) fn fold(
        of: &Snapshot,
        until: u64,
        scratch: Database,
        progress: &mut Progress<'_>,
    ) -> Result<Past, StoreError> {
        rebuild::copy_journal(&of.journal, until, &scratch, progress)?;
        let snapshot = Arc::new(tables(&scratch)?);
        project::refill(&scratch, &snapshot.journal, 1, progress)?;
        Ok(Past { snapshot: Arc::new(tables(&scratch)?), _scratch: scratch })
    }
}

/// The tables of a scratch file; those that nothing was written to are made.
pub(super) fn tables(scratch: &Database) -> Result<Snapshot, StoreError> {
    let txn = super::begin(scratch)?;
    Tables::writing(&txn)?;
    txn.commit()?;
    Tables::reading(&scratch.begin_read()?)
}
