//! What is packed as it was kept on disk, until somebody asks for it.

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::de::DeserializeOwned;

use crate::codec::{Broken, from_bytes};

/// The first thing wrong with what was kept on disk. Shared by all that came from there.
pub(super) type Damage = Arc<OnceLock<Broken>>;

/// A value that is there, or is made when it is first asked for: of what is packed, if anything is.
#[derive(Debug)]
pub(super) struct Lazy<T> {
    /// In a box: what is packed takes no room for it.
    value: OnceLock<Box<T>>,
    packed: Mutex<Option<Packed>>,
}

/// Bytes that lie one behind the other, to be taken in turn.
pub(super) struct Shelf {
    bytes: Arc<Vec<u8>>,
    taken: usize,
    damage: Damage,
}

/// Where what a value is made of lies.
#[derive(Debug)]
pub(super) struct Packed {
    /// Those of many customers, read at once.
    bytes: Arc<Vec<u8>>,
    range: Range<usize>,
    damage: Damage,
}

impl<T> Default for Lazy<T> {
    fn default() -> Lazy<T> {
        Lazy { value: OnceLock::new(), packed: Mutex::default() }
    }
}

impl<T> Lazy<T> {
    pub(super) fn there(value: T) -> Lazy<T> {
        Lazy { value: Box::new(value).into(), packed: Mutex::default() }
    }

    pub(super) fn packed(packed: Packed) -> Lazy<T> {
        Lazy { value: OnceLock::new(), packed: Mutex::new(Some(packed)) }
    }

    /// The value, made if need be. What it was made of is let go.
    pub(super) fn get(&self, make: impl FnOnce(Option<Packed>) -> T) -> &T {
        self.value.get_or_init(|| {
            let packed = self.lock().take();
            Box::new(make(packed))
        })
    }

    /// The bytes that the value is made of, where it was not yet made.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        self.lock().as_ref().map(|packed| packed.bytes().to_vec())
    }

    fn lock(&self) -> MutexGuard<'_, Option<Packed>> {
        self.packed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    /// From a place on.
    pub(super) fn of(bytes: &Arc<Vec<u8>>, start: usize, damage: &Damage) -> Shelf {
        Shelf { bytes: Arc::clone(bytes), taken: start, damage: Arc::clone(damage) }
    }

    /// The next so many.
    pub(super) fn next(&mut self, length: u32) -> Packed {
        let range = self.taken..self.taken + length as usize;
        self.taken = range.end;
        Packed { bytes: Arc::clone(&self.bytes), range, damage: Arc::clone(&self.damage) }
    }
}

impl Packed {
    /// What was packed; nothing where it does not read, and the damage is noted.
    pub(super) fn open<T: DeserializeOwned>(&self) -> Option<T> {
        let opened = from_bytes(self.bytes());
        opened.map_err(|broken| self.damage.get_or_init(|| broken)).ok()
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(self.range.clone()).unwrap_or_default()
    }
}
