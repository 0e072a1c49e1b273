//! A disk in memory that is slow, breaks, and loses power: for tests and benches.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redb::StorageBackend;

/// A disk. Clones are the same disk.
#[derive(Clone, Debug, Default)]
pub struct Disk(Arc<Mutex<Platter>>);

#[derive(Debug, Default)]
struct Platter {
    /// What is read back.
    live: Vec<u8>,
    /// What was there at the last sync.
    synced: Vec<u8>,
    /// Writes since then: where, and what.
    pending: Vec<(usize, Vec<u8>)>,
    /// Writes and syncs carried out.
    operations: u64,
    /// How many are carried out before the disk breaks.
    endures: Option<u64>,
    delay: Duration,
}

impl Disk {
    /// A disk that takes so long for a sync.
    pub fn slow(delay: Duration) -> Disk {
        let disk = Disk::default();
        disk.platter().delay = delay;
        disk
    }

    /// Breaks after so many writes and syncs from now on: those behind fail, and so does every later one.
    pub fn break_after(&self, operations: u64) {
        let mut platter = self.platter();
        platter.endures = Some(platter.operations + operations);
    }

    /// How many writes and syncs were carried out.
    pub fn operations(&self) -> u64 {
        self.platter().operations
    }

    /// The disk as it is found after a power cut at this moment: what was synced, and of each write since then
    /// whatever `survives`. Its length survives, as file systems journal it.
    #[must_use]
    pub fn after_power_cut(&self, mut survives: impl FnMut() -> bool) -> Disk {
        let platter = self.platter();
        let mut found = platter.synced.clone();
        for (at, bytes) in &platter.pending {
            if survives() {
                put(&mut found, *at, bytes);
            }
        }
        Disk(Arc::new(Mutex::new(Platter { live: found.clone(), synced: found, ..Platter::default() })))
    }

    fn platter(&self) -> MutexGuard<'_, Platter> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Platter {
    fn operate(&mut self) -> io::Result<()> {
        if self.endures.is_some_and(|endures| self.operations >= endures) {
            return Err(io::Error::other("the disk is broken"));
        }
        self.operations += 1;
        Ok(())
    }
}

/// Puts bytes where they were written; those behind the end were cut off since.
fn put(image: &mut [u8], at: usize, bytes: &[u8]) {
    let end = image.len().min(at + bytes.len());
    if at < end {
        image[at..end].copy_from_slice(&bytes[..end - at]);
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.platter().live.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let platter = self.platter();
        let at = offset as usize;
        let bytes = platter.live.get(at..at + out.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(bytes);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut platter = self.platter();
        platter.operate()?;
        platter.live.resize(len as usize, 0);
        platter.synced.resize(len as usize, 0);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let delay = self.platter().delay;
        if !delay.is_zero() {
            // The delay is what is asked for: a disk that is busy.
            std::thread::sleep(delay);
        }
        let mut platter = self.platter();
        platter.operate()?;
        for (at, bytes) in std::mem::take(&mut platter.pending) {
            put(&mut platter.synced, at, &bytes);
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut platter = self.platter();
        platter.operate()?;
        put(&mut platter.live, offset as usize, data);
        platter.pending.push((offset as usize, data.to_vec()));
        Ok(())
    }
}
