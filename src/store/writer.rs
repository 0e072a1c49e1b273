//! The writer: one thread, one write transaction at a time, many jobs in each.
//!
//! A commit costs a sync or two, whatever it holds. So the writer takes what waits - at most 64 jobs, for at most
//! 50 ms - into one transaction, each job seeing what those before it wrote, commits, publishes, and only then answers.
//! A job that was answered is on the disk, and in what is published.
//!
//! The first storage error is final: the transaction is given up, everybody is told, and nothing is written until the
//! store is opened anew; a sync is never tried again. A panic in a job or in the publication ends the **process**:
//! nobody knows what half of it did to the memory around it, while the file is safe at the last commit.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant as Clock};

use redb::{Database, ReadableDatabase};

use super::receipts::Receipts;
use super::tables::{Tables, Writing};
use super::{Snapshot, StoreError};
use crate::model::{Entry, Instant, Layer, Receipt, Rows};

/// The most jobs of one transaction.
const GROUP: usize = 64;

/// No job is taken into a transaction that has been open for so long.
const OPEN_FOR: Duration = Duration::from_millis(50);

/// What a job wants written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Now, by the store's clock: receipts age by it.
    pub at: Instant,
    /// What the entries change.
    pub layer: Layer,
    /// The entries, numbered from the head that the job saw.
    pub entries: Vec<Entry>,
    /// Client, counter and receipt of each order.
    pub receipts: Vec<(u128, u64, Receipt)>,
}

/// Told after each commit and before its jobs are answered: the store as it is now, what was changed, and the new head.
pub type Publish = Box<dyn FnMut(&Arc<Snapshot>, &Layer, u64) + Send>;

/// What the writer shares with everybody else.
pub(super) struct Shared {
    pub(super) snapshot: Mutex<Arc<Snapshot>>,
    pub(super) publish: Mutex<Publish>,
    /// Why nothing is written, where nothing is.
    pub(super) trouble: Mutex<Option<StoreError>>,
}

/// What is locked here is whole at every moment, so a panic elsewhere does not spoil it.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Something to be carried out inside a write transaction.
pub(super) trait Job: Send {
    /// Decides, once.
    fn run(&mut self, rows: &dyn Rows, receipts: &Receipts<'_>) -> Option<Draft>;
    /// Tells the caller.
    fn answer(self: Box<Self>, outcome: Result<(), StoreError>);
}

/// A closure somebody waits for.
pub(super) struct Asked<F, R> {
    pub(super) decide: Option<F>,
    pub(super) result: Option<R>,
    pub(super) reply: SyncSender<Result<R, StoreError>>,
}

impl<F, R> Job for Asked<F, R>
where
    F: FnOnce(&dyn Rows, &Receipts<'_>) -> (Option<Draft>, R) + Send,
    R: Send,
{
    fn run(&mut self, rows: &dyn Rows, receipts: &Receipts<'_>) -> Option<Draft> {
        let (draft, result) = self.decide.take()?(rows, receipts);
        self.result = Some(result);
        draft
    }

    fn answer(self: Box<Self>, outcome: Result<(), StoreError>) {
        let Asked { result, reply, .. } = *self;
        // Whoever asked may have gone away; what was written stays.
        let _ = reply.send(outcome.and_then(|()| result.ok_or(StoreError::Closed)));
    }
}

impl Tables<Writing<'_>> {
    /// Writes what a job drafted.
    pub(super) fn write(&mut self, draft: &Draft) -> Result<(), StoreError> {
        self.append(&draft.entries)?;
        self.project(&draft.layer, &draft.entries)?;
        for receipt in &draft.receipts {
            self.keep_receipt(draft.at, receipt)?;
        }
        Ok(())
    }
}

pub(super) struct Writer {
    pub(super) db: Database,
    pub(super) shared: Arc<Shared>,
    /// The file whose disk must have room, and how much of it in bytes.
    pub(super) room: Option<(PathBuf, u64)>,
}

impl Writer {
    /// Carries jobs out until nobody can send any more, then closes the file.
    pub(super) fn run(mut self, jobs: &Receiver<Box<dyn Job>>) -> Result<(), StoreError> {
        let _end = EndOnPanic;
        while let Ok(first) = jobs.recv() {
            let mut group = vec![first];
            let outcome = self.commit(&mut group, jobs);
            for job in group {
                job.answer(outcome.clone());
            }
        }
        Ok(self.db.close()?)
    }

    fn commit(
        &mut self,
        group: &mut Vec<Box<dyn Job>>,
        jobs: &Receiver<Box<dyn Job>>,
    ) -> Result<(), StoreError> {
        if let Some(failed @ StoreError::Failed(_)) = &*lock(&self.shared.trouble) {
            return Err(failed.clone());
        }
        let outcome =
            self.check_room().and_then(|()| self.carry_out(group, jobs)).map_err(|error| match error {
                full @ StoreError::Full { .. } => full,
                error => error.lasting(),
            });
        *lock(&self.shared.trouble) = outcome.clone().err();
        outcome
    }

    fn check_room(&self) -> Result<(), StoreError> {
        self.room.as_ref().map_or(Ok(()), |(path, wanted)| super::file::check_room(path, *wanted))
    }

    /// Runs the first job of the group and those that wait behind it, and commits where anything is to be written.
    fn carry_out(
        &mut self,
        group: &mut Vec<Box<dyn Job>>,
        jobs: &Receiver<Box<dyn Job>>,
    ) -> Result<(), StoreError> {
        let began = Clock::now();
        let txn = super::begin(&self.db)?;
        let mut tables = Tables::writing(&txn)?;
        let mut changes: Option<Layer> = None;
        let mut ran = 0;
        while let Some(job) = group.get_mut(ran) {
            let draft = job.run(&tables, &tables.receipts());
            tables.check()?;
            if let Some(draft) = draft {
                tables.write(&draft)?;
                changes.get_or_insert_default().absorb(draft.layer);
            }
            ran += 1;
            if ran < GROUP && began.elapsed() < OPEN_FOR {
                group.extend(jobs.try_recv());
            }
        }
        drop(tables);
        match changes {
            Some(changes) => {
                txn.commit()?;
                self.publish(&changes)
            }
            None => Ok(txn.abort()?),
        }
    }

    fn publish(&self, changes: &Layer) -> Result<(), StoreError> {
        let snapshot = Arc::new(Tables::reading(&self.db.begin_read()?)?);
        lock(&self.shared.snapshot).clone_from(&snapshot);
        let mut publish = lock(&self.shared.publish);
        publish(&snapshot, changes, snapshot.head);
        Ok(())
    }
}

/// Ends the process where the thread that holds it panics.
struct EndOnPanic;

impl Drop for EndOnPanic {
    fn drop(&mut self) {
        if std::thread::panicking() {
            std::process::abort();
        }
    }
}
