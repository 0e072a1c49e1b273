//! The book: entries by number, in chunks that versions share.

use std::sync::Arc;

use super::entry::Entry;
use super::mask::Mask;
use crate::model::{Profile, Rows};

/// So many customers share a chunk: what a write copies for each that it touches.
const CHUNK: usize = 256;

/// Every customer of the book at one moment. Cloning copies a pointer for every 256 customers.
#[derive(Clone, Debug, Default)]
pub struct Book {
    chunks: Vec<Arc<Chunk>>,
    len: usize,
}

#[derive(Clone, Debug)]
struct Chunk(Box<[Slot]>);

/// The place of one number. What most look-ups only need to pass on lies here, side by side.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    /// What the keys of the entry are made of; empty without an entry.
    pub(super) mask: Mask,
    /// The customer, where there is one.
    pub(super) entry: Option<Arc<Entry>>,
    /// The customers whose parent has this number, in order.
    children: Box<[u64]>,
}

impl Book {
    /// Reads the whole book, in one pass over each table.
    pub fn load(rows: &dyn Rows) -> Book {
        let mut book = Book::default();
        Profile::all(rows, &mut |profile| book.put(profile.n(), Some(Entry::new(profile))));
        book
    }

    /// The book with these customers read again; numbers of no customer are allowed.
    #[must_use]
    pub fn update(&self, rows: &dyn Rows, changed: impl IntoIterator<Item = u64>) -> Book {
        let mut book = self.clone();
        for n in changed {
            book.put(n, Profile::of(rows, n).map(Entry::new));
        }
        book
    }

    /// The customer with this number.
    pub fn profile(&self, n: u64) -> Option<&Profile> {
        self.entry(n).map(|entry| &entry.profile)
    }

    /// The customers right below this one, in the order of their numbers.
    pub fn children(&self, n: u64) -> &[u64] {
        self.slot(n).map_or(&[], |slot| &slot.children)
    }

    /// How many customers there are, archived ones among them.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no customer.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Every customer, in the order of their numbers.
    pub fn profiles(&self) -> impl Iterator<Item = &Profile> {
        self.slots().filter_map(|slot| Some(&slot.entry.as_ref()?.profile))
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.chunks.iter().flat_map(|chunk| &chunk.0)
    }

    pub(super) fn entry(&self, n: u64) -> Option<&Entry> {
        self.slot(n)?.entry.as_deref()
    }

    fn slot(&self, n: u64) -> Option<&Slot> {
        let (chunk, place) = place(n);
        self.chunks.get(chunk).map(|chunk| &chunk.0[place])
    }

    fn slot_mut(&mut self, n: u64) -> &mut Slot {
        let (chunk, place) = place(n);
        if self.chunks.len() <= chunk {
            self.chunks.resize_with(chunk + 1, || Arc::new(Chunk::empty()));
        }
        &mut Arc::make_mut(&mut self.chunks[chunk]).0[place]
    }

    /// Puts an entry in place of the one there, or takes that one out; parents learn of it.
    fn put(&mut self, n: u64, entry: Option<Entry>) {
        let parent =
            |entry: Option<&Entry>| entry.and_then(|entry| entry.profile.customer.parent).map(|id| id.n);
        let before = self.entry(n);
        let (had, has) = (before.is_some(), entry.is_some());
        let (from, to) = (parent(before), parent(entry.as_ref()));
        if had || has {
            let slot = self.slot_mut(n);
            slot.mask = entry.as_ref().map(Entry::mask).unwrap_or_default();
            slot.entry = entry.map(Arc::new);
        }
        self.len = self.len + usize::from(has) - usize::from(had);
        if from != to {
            from.into_iter().for_each(|parent| self.adopt(parent, n, false));
            to.into_iter().for_each(|parent| self.adopt(parent, n, true));
        }
    }

    fn adopt(&mut self, parent: u64, child: u64, on: bool) {
        let slot = self.slot_mut(parent);
        let mut children = std::mem::take(&mut slot.children).into_vec();
        children.retain(|n| *n != child);
        if on {
            children.insert(children.partition_point(|n| *n < child), child);
        }
        slot.children = children.into();
    }
}

impl Chunk {
    fn empty() -> Chunk {
        Chunk(std::iter::repeat_with(Slot::default).take(CHUNK).collect())
    }
}

fn place(n: u64) -> (usize, usize) {
    let n = n as usize;
    (n / CHUNK, n % CHUNK)
}
