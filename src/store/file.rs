//! The file: found, opened, made whole or not at all, and replaced.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use redb::backends::FileBackend;
use redb::{Builder, ConcurrencyMode, Database};

use super::StoreError;

/// How a file that redb finished begins. It is written last when a file is made.
const MAGIC: &[u8; 9] = b"redb\x1a\x0a\xa9\x0d\x0a";

/// How every file and disk of ours is opened: by one process, with a cache of so many bytes.
pub(super) fn builder(cache: usize) -> Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(cache).set_concurrency_mode(ConcurrencyMode::ExclusiveWriter);
    builder
}

/// Opens a file that is there.
pub(super) fn open(path: &Path, cache: usize) -> Result<Database, StoreError> {
    if !fs::metadata(path)?.is_file() || !begins_right(path)? {
        return Err(StoreError::NotAStore);
    }
    // redb answers what a crash can leave behind with an error, but what rot can leave, now and then, with a panic.
    match catch_unwind(AssertUnwindSafe(|| builder(cache).open(path))) {
        Ok(opened) => Ok(opened?),
        Err(_) => Err(StoreError::corrupt("redb")),
    }
}

fn begins_right(path: &Path) -> io::Result<bool> {
    let mut magic = Vec::with_capacity(MAGIC.len());
    File::open(path)?.take(MAGIC.len() as u64).read_to_end(&mut magic)?;
    Ok(magic == MAGIC)
}

/// A file in the making, beside the place where it is to stand. Unless it is put there, it is gone when this is
/// dropped.
pub(super) struct Fresh {
    path: PathBuf,
}

impl Fresh {
    /// Makes an empty database that only its owner may read.
    pub(super) fn beside(place: &Path, cache: usize) -> Result<(Fresh, Database), StoreError> {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let count = MADE.fetch_add(1, Ordering::Relaxed);
        let path = beside(place, &format!("{}-{count}.new", std::process::id()));
        remove(&path)?;
        let file = OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(&path)?;
        let fresh = Fresh { path };
        Ok((fresh, builder(cache).create_with_backend(FileBackend::new(file)?)?))
    }

    /// Puts the closed file in its place, where nothing may be: all of it is on the disk before its name is.
    pub(super) fn put(self, place: &Path) -> Result<(), StoreError> {
        File::open(&self.path)?.sync_all()?;
        fs::hard_link(&self.path, place)?;
        drop(self);
        sync_folder(place)
    }

    /// Puts the closed file in the place of another, which is kept as [`replaced`].
    pub(super) fn replace(self, place: &Path) -> Result<(), StoreError> {
        File::open(&self.path)?.sync_all()?;
        remove(&replaced(place))?;
        fs::hard_link(place, replaced(place))?;
        fs::rename(&self.path, place)?;
        sync_folder(place)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        // Where it cannot be removed it stays: it is in nobody's way.
        let _ = remove(&self.path);
    }
}

/// Fails where less than so many bytes are free on the disk of a file.
pub(super) fn check_room(path: &Path, wanted: u64) -> Result<(), StoreError> {
    let disk = nix::sys::statvfs::statvfs(path).map_err(io::Error::from)?;
    let free = disk.fragment_size().saturating_mul(disk.blocks_available());
    if free < wanted {
        return Err(StoreError::Full { free: free >> 20, wanted: wanted >> 20 });
    }
    Ok(())
}

/// Where a file that was replaced is kept until the new one serves.
pub(super) fn replaced(place: &Path) -> PathBuf {
    beside(place, "before")
}

/// Removes a file, or finds it gone.
pub(super) fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// A file of this ending beside the store's.
pub(super) fn beside(place: &Path, ending: &str) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn sync_folder(place: &Path) -> Result<(), StoreError> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?)
}
