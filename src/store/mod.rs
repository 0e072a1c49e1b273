//! The store: one file, one writer, snapshots for everybody. The only room that names redb.
//!
//! ```text
//! Store::write(job) -> writer thread: job -> Draft -> journal + projections -> commit -> publish -> answer
//! Store::snapshot() -> Snapshot: Rows
//! ```
//!
//! The journal is the truth; all other tables follow from it ([`tables`](self) are listed in `tables.rs`), are written
//! in its transaction by the one [`World`](crate::model::World), and are made anew where a program keeps them in
//! another form.

mod aside;
mod error;
mod file;
mod journal;
mod past;
pub mod probe;
mod project;
mod rebuild;
mod receipts;
mod rows;
mod tables;
mod verify;
mod writer;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;

use redb::{Database, ReadableDatabase, WriteTransaction};

pub use aside::Aside;
pub use error::StoreError;
pub use past::Past;
pub use rebuild::rebuild;
pub use receipts::{Found, Receipts};
pub use rows::Snapshot;
pub use writer::{Draft, Publish};

use crate::model::Rows;
use crate::model::query::Verified;
use crate::text::Lang;
use probe::Disk;
use tables::{APPLIED, DECLARED, FORMAT, META, PROJECTION, STORE, Tables};
use writer::{Asked, Job, Shared, Writer, lock};

/// The form of the file: of the journal, the receipts and what the file says of itself.
const FORM: u128 = 1;

/// How many jobs may wait for the writer before callers wait to hand theirs in.
const WAITING: usize = 256;

/// Watches over long work: told between two transactions how many entries are done, of how many, it says whether to go
/// on. Where not, the work ends as [`StoreError::Stopped`].
pub type Progress<'a> = dyn FnMut(u64, u64) -> ControlFlow<()> + 'a;

/// A [`Progress`] that watches nothing and lets all work be done.
pub fn unwatched(_: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn go_on(said: ControlFlow<()>) -> Result<(), StoreError> {
    if said.is_break() { Err(StoreError::Stopped) } else { Ok(()) }
}

/// How a store is opened.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The most memory that pages of the file may take, in bytes.
    pub cache: usize,
    /// Nothing is written while less than this is free on the disk, in bytes.
    pub low_water: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options { cache: 256 << 20, low_water: 64 << 20 }
    }
}

/// An open store. All its methods may be called from any thread.
pub struct Store {
    id: u128,
    place: Place,
    cache: usize,
    low_water: u64,
    shared: Arc<Shared>,
    jobs: RwLock<Option<SyncSender<Box<dyn Job>>>>,
    writer: Mutex<Option<JoinHandle<Result<(), StoreError>>>>,
}

enum Place {
    File(PathBuf),
    Disk,
}

impl Store {
    /// Makes a store with what its first job writes, whole or not at all; it is opened afterwards. A job that writes
    /// nothing leaves nothing behind.
    pub fn create<R>(
        place: &Path,
        options: &Options,
        first: impl FnOnce(&dyn Rows, &Receipts<'_>) -> (Option<Draft>, R),
    ) -> Result<R, StoreError> {
        if place.try_exists()? {
            return Err(StoreError::AlreadyThere);
        }
        let (fresh, db) = file::Fresh::beside(place, options.cache)?;
        let (written, result) = found(&db, first)?;
        db.close()?;
        if written {
            fresh.put(place)?;
        }
        Ok(result)
    }

    /// Opens a store. Projections in another form than this program's are rebuilt, those that lag are brought up;
    /// meanwhile `progress` may break that off: the next to open the store begins anew.
    pub fn open(place: &Path, options: &Options, progress: &mut Progress<'_>) -> Result<Store, StoreError> {
        let mut db = file::open(place, options.cache)?;
        if check_format(&db)? == Projections::OfAnotherForm {
            db.close()?;
            rebuild(place, options.cache, progress)?;
            db = file::open(place, options.cache)?;
        }
        let store = Store::start(db, Place::File(place.to_owned()), options, progress)?;
        file::remove(&file::replaced(place))?;
        Ok(store)
    }

    /// Makes a store on a disk of the probe.
    pub fn create_on<R>(
        disk: &Disk,
        first: impl FnOnce(&dyn Rows, &Receipts<'_>) -> (Option<Draft>, R),
    ) -> Result<R, StoreError> {
        let db = file::builder(Options::default().cache).create_with_backend(disk.clone())?;
        let (_, result) = found(&db, first)?;
        db.close()?;
        Ok(result)
    }

    /// Opens a store on a disk of the probe.
    pub fn open_on(disk: &Disk) -> Result<Store, StoreError> {
        let options = Options::default();
        let db = file::builder(options.cache).create_with_backend(disk.clone())?;
        check_format(&db)?;
        Store::start(db, Place::Disk, &options, &mut unwatched)
    }

    fn start(
        db: Database,
        place: Place,
        options: &Options,
        progress: &mut Progress<'_>,
    ) -> Result<Store, StoreError> {
        let snapshot = Arc::new(brought_up(&db, progress)?);
        let id = snapshot.meta(STORE)?.unwrap_or_default();
        let shared = Arc::new(Shared {
            snapshot: Mutex::new(snapshot),
            publish: Mutex::new(Box::new(|_, _, _| {})),
            trouble: Mutex::new(None),
        });
        let room = match &place {
            Place::File(path) => Some((path.clone(), options.low_water)),
            Place::Disk => None,
        };
        let writer = Writer { db, shared: shared.clone(), room };
        let (jobs, waiting): (_, Receiver<Box<dyn Job>>) = sync_channel(WAITING);
        let writer =
            std::thread::Builder::new().name("writer".to_owned()).spawn(move || writer.run(&waiting))?;
        Ok(Store {
            id,
            place,
            cache: options.cache,
            low_water: options.low_water,
            shared,
            jobs: RwLock::new(Some(jobs)),
            writer: Mutex::new(Some(writer)),
        })
    }

    /// The store's own number, drawn at random when it was made.
    pub fn id(&self) -> u128 {
        self.id
    }

    /// The store as it was last published. Taken for one question and let go.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        lock(&self.shared.snapshot).clone()
    }

    /// From the next commit on, tells `publish` what was written before anybody is answered. It replaces the one
    /// before.
    pub fn on_publish(
        &self,
        publish: impl FnMut(&Arc<Snapshot>, &crate::model::Layer, u64) + Send + 'static,
    ) {
        *lock(&self.shared.publish) = Box::new(publish);
    }

    /// Why nothing is written at present, where nothing is.
    pub fn trouble(&self) -> Option<StoreError> {
        lock(&self.shared.trouble).clone()
    }

    /// Carries a job out on the writer's thread, in a transaction shared with others, and waits until what it drafted
    /// is on the disk and published. A job without a draft writes nothing. A job that panics ends the process.
    ///
    /// After an error nothing was acknowledged; what was drafted may still be found when the store is opened anew.
    pub fn write<R: Send + 'static>(
        &self,
        job: impl FnOnce(&dyn Rows, &Receipts<'_>) -> (Option<Draft>, R) + Send + 'static,
    ) -> Result<R, StoreError> {
        let (reply, answer) = sync_channel(1);
        let jobs = self.jobs.read().unwrap_or_else(PoisonError::into_inner).clone();
        let asked = Asked { decide: Some(job), result: None, reply };
        jobs.ok_or(StoreError::Closed)?.send(Box::new(asked)).map_err(|_| StoreError::Closed)?;
        answer.recv().unwrap_or(Err(StoreError::Closed))
    }

    /// Folds the journal anew and compares; faults are said in `lang`. Takes as much disk as the store for a while.
    pub fn verify(&self, lang: Lang, progress: &mut Progress<'_>) -> Result<Verified, StoreError> {
        verify::verify(&self.snapshot(), &self.scratch()?, lang, progress)
    }

    /// The store as it was after this entry. Takes as much disk as the store had then, for as long as it is held.
    pub fn past(&self, until: u64, progress: &mut Progress<'_>) -> Result<Past, StoreError> {
        Past::fold(&self.snapshot(), until, self.scratch()?, progress)
    }

    /// An empty database beside the store, without a name: it is gone when it is closed, however that happens.
    fn scratch(&self) -> Result<Database, StoreError> {
        let cache = self.cache / 4;
        match &self.place {
            Place::File(path) => Ok(file::Fresh::beside(path, cache)?.1),
            Place::Disk => Ok(file::builder(cache).create_with_backend(Disk::default())?),
        }
    }

    /// Carries out what waits, stops the writer and closes the file. Whoever comes later is told so.
    pub fn close(&self) -> Result<(), StoreError> {
        self.jobs.write().unwrap_or_else(PoisonError::into_inner).take();
        let Some(writer) = lock(&self.writer).take() else { return Ok(()) };
        writer.join().unwrap_or(Err(StoreError::Closed))
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Whoever wants to know calls `close`; the file is whole either way.
        let _ = self.close();
    }
}

/// Makes the tables of a new store, with what its first job writes, if anything.
fn found<R>(
    db: &Database,
    first: impl FnOnce(&dyn Rows, &Receipts<'_>) -> (Option<Draft>, R),
) -> Result<(bool, R), StoreError> {
    let txn = begin(db)?;
    describe(&txn, random()?)?;
    let mut tables = Tables::writing(&txn)?;
    let (draft, result) = first(&tables, &tables.receipts());
    tables.check()?;
    if let Some(draft) = &draft {
        tables.write(draft)?;
    }
    drop(tables);
    txn.commit()?;
    Ok((draft.is_some(), result))
}

/// Begins a write transaction. All of them are begun here: after a commit of any other, a crash would cost the next
/// start a scan of the whole file.
fn begin(db: &Database) -> Result<WriteTransaction, StoreError> {
    let mut txn = db.begin_write()?;
    txn.set_quick_repair(true);
    Ok(txn)
}

/// Writes what the file says of itself.
fn describe(txn: &WriteTransaction, store: u128) -> Result<(), StoreError> {
    let mut meta = txn.open_table(META)?;
    meta.insert(FORMAT, FORM)?;
    meta.insert(DECLARED, project::declared())?;
    meta.insert(PROJECTION, project::version())?;
    meta.insert(APPLIED, 0)?;
    meta.insert(STORE, store)?;
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Projections {
    Ours,
    OfAnotherForm,
}

/// Refuses a file that is no store, or that a newer program wrote; tells whether the projections can be read.
fn check_format(db: &Database) -> Result<Projections, StoreError> {
    let meta = db.begin_read()?.open_table(META)?;
    let says = |name| Ok::<_, StoreError>(meta.get(name)?.map(|value| value.value()));
    let format = says(FORMAT)?.ok_or(StoreError::NotAStore)?;
    if format > FORM || says(DECLARED)?.unwrap_or_default() > project::declared() {
        return Err(StoreError::Newer);
    }
    let ours = says(PROJECTION)? == Some(project::version());
    Ok(if ours { Projections::Ours } else { Projections::OfAnotherForm })
}

/// Opens every table, with the projections at the journal's head, whose last entry can be read.
fn brought_up(db: &Database, progress: &mut Progress<'_>) -> Result<Snapshot, StoreError> {
    let snapshot = Tables::reading(&db.begin_read()?)?;
    snapshot.entry(snapshot.head);
    snapshot.check()?;
    let applied = snapshot.meta(APPLIED)?.unwrap_or_default() as u64;
    if applied > snapshot.head {
        return Err(StoreError::Gap { seq: applied });
    }
    if applied == snapshot.head {
        return Ok(snapshot);
    }
    project::refill(db, &snapshot.journal, applied + 1, progress)?;
    Tables::reading(&db.begin_read()?)
}

fn random() -> Result<u128, StoreError> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(u128::from_le_bytes(bytes))
}
