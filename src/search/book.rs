//! The book: entries by number, in chunks that versions share.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::entry::{Entry, Name};
use super::mask::Mask;
use crate::model::{Profile, Rows};

/// So many customers share a chunk: what a write copies for each that it touches.
pub(super) const CHUNK: usize = 256;

/// Every customer of the book at one moment. Cloning copies a pointer for every 256 customers.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// By number divided by [`CHUNK`].
    chunks: BTreeMap<u64, Arc<Chunk>>,
    len: usize,
}

/// The customers of 256 numbers. What a look-up reads of all of them lies side by side.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) slots: Box<[Slot]>,
    /// Every name of every customer, in the order of their places.
    pub(super) names: Vec<Name>,
    /// The mail addresses and telephone numbers of every customer, in the order of their places.
    lines: String,
}

/// The place of one number.
#[derive(Clone, Debug, Default)]
pub(super) struct Slot {
    /// The customer, where there is one.
    pub(super) entry: Option<Arc<Entry>>,
    /// What its lines are made of.
    pub(super) signs: Mask,
    /// Where its lines stand in those of the chunk.
    lines: Range<usize>,
    pub(super) archived: bool,
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
        self.entries().map(|entry| &entry.profile)
    }

    /// Each chunk with its first number.
    pub(super) fn chunks(&self) -> impl Iterator<Item = (u64, &Chunk)> {
        self.chunks.iter().map(|(nth, chunk)| (nth * CHUNK as u64, &**chunk))
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.chunks.values().flat_map(|chunk| &chunk.slots).filter_map(|slot| slot.entry.as_deref())
    }

    fn entry(&self, n: u64) -> Option<&Entry> {
        self.slot(n)?.entry.as_deref()
    }

    fn slot(&self, n: u64) -> Option<&Slot> {
        let (chunk, place) = place(n);
        self.chunks.get(&chunk).map(|chunk| &chunk.slots[usize::from(place)])
    }

    fn chunk_mut(&mut self, n: u64) -> &mut Chunk {
        let (chunk, _) = place(n);
        Arc::make_mut(self.chunks.entry(chunk).or_insert_with(|| Arc::new(Chunk::empty())))
    }

    /// Puts an entry in place of the one there, or takes that one out; parents learn of it.
    fn put(&mut self, n: u64, entry: Option<Entry>) {
        let parent =
            |entry: Option<&Entry>| entry.and_then(|entry| entry.profile.customer.parent).map(|id| id.n);
        let before = self.entry(n);
        let (had, has) = (before.is_some(), entry.is_some());
        let (from, to) = (parent(before), parent(entry.as_ref()));
        if had || has {
            self.chunk_mut(n).put(place(n).1, entry);
        }
        self.len = self.len + usize::from(has) - usize::from(had);
        if from != to {
            for (parent, on) in [(from, false), (to, true)] {
                if let Some(parent) = parent {
                    self.adopt(parent, n, on);
                }
            }
        }
    }

    fn adopt(&mut self, parent: u64, child: u64, on: bool) {
        let slot = &mut self.chunk_mut(parent).slots[usize::from(place(parent).1)];
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
        let slots = std::iter::repeat_with(Slot::default).take(CHUNK).collect();
        Chunk { slots, names: Vec::new(), lines: String::new() }
    }

    /// The mail addresses and telephone numbers of a customer, see [`Entry::lines`].
    pub(super) fn lines(&self, slot: &Slot) -> &str {
        &self.lines[slot.lines.clone()]
    }

    fn put(&mut self, place: u8, entry: Option<Entry>) {
        self.put_names(place, entry.as_ref().map(|entry| entry.names(place)).unwrap_or_default());
        self.put_lines(place, &entry.as_ref().map(Entry::lines).unwrap_or_default());
        let slot = &mut self.slots[usize::from(place)];
        slot.archived = entry.as_ref().is_some_and(|entry| entry.profile.customer.archived);
        slot.entry = entry.map(Arc::new);
    }

    fn put_names(&mut self, place: u8, names: Vec<Name>) {
        let before = self.names.partition_point(|name| name.place < place);
        let behind = self.names.partition_point(|name| name.place <= place);
        self.names.splice(before..behind, names);
    }

    fn put_lines(&mut self, place: u8, lines: &str) {
        let (before, here) = self.slots.split_at_mut(place.into());
        let from = before.last().map_or(0, |slot| slot.lines.end);
        let until = here[0].lines.end.max(from);
        self.lines.replace_range(from..until, lines);
        here[0].signs = Mask::of(lines);
        here[0].lines = from..from + lines.len();
        for slot in &mut here[1..] {
            let length = slot.lines.len();
            let start = slot.lines.start.max(until) - until + from + lines.len();
            slot.lines = start..start + length;
        }
    }
}

/// The chunk of a number, and the place in it.
fn place(n: u64) -> (u64, u8) {
    let place = n % CHUNK as u64;
    (n / CHUNK as u64, place as u8)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Customer, Event, Field, Id, Kind, Memory, Sight, Value, World};
    use crate::search::testing::{customer, named, put, text, write};

    #[test]
    fn a_book_stays_as_it_was_when_the_next_is_made() {
        let mut memory = Memory::default();
        write(&mut memory, |world| {
            put(world, customer("Acme"));
        });
        let first = Book::load(&memory);
        write(&mut memory, |world| {
            put(world, customer("Hottechi"));
        });
        let second = first.update(&memory, [2]);
        assert_eq!((first.len(), second.len()), (1, 2));
        assert!(first.profile(2).is_none() && second.profile(2).is_some());
    }

    #[test]
    fn numbers_of_nobody_are_nobody() {
        let book = named(&["Acme"]);
        assert!(book.profile(0).is_none() && book.profile(2).is_none() && book.profile(u64::MAX).is_none());
        let same = book.update(&Memory::default(), [7, u64::MAX]);
        assert_eq!(same.len(), 1);
    }

    #[derive(Clone, Debug)]
    enum Change {
        Add(Option<u64>),
        Remove(u64),
        Rename(u64, &'static str),
        Phone(u64, &'static str),
        Move(u64, Option<u64>),
    }

    fn change() -> impl Strategy<Value = Change> {
        let name = prop::sample::select(vec!["Acme", "重庆", "Hottechi"]);
        let parent = || proptest::option::of(1_u64..300);
        prop_oneof![
            parent().prop_map(Change::Add),
            (1_u64..8).prop_map(Change::Remove),
            (1_u64..8, name).prop_map(|(n, name)| Change::Rename(n, name)),
            (1_u64..8, prop::sample::select(vec!["138", "021 5555 4321"]))
                .prop_map(|(n, phone)| Change::Phone(n, phone)),
            (1_u64..8, parent()).prop_map(|(n, parent)| Change::Move(n, parent)),
        ]
    }

    fn apply(world: &mut World<'_>, change: &Change) -> u64 {
        let field = |name| Kind::Customer.field(name).unwrap().0;
        let set = |n: u64, field: Field, to: Value| Event::Set {
            record: Id::customer(n),
            field,
            from: Value::Absent,
            to,
        };
        match change {
            Change::Add(parent) => {
                put(world, Customer { parent: parent.map(Id::customer), ..customer("New") }).n
            }
            Change::Remove(n) => {
                world.emit(Event::Removed { record: Id::customer(*n), values: Vec::new() });
                *n
            }
            Change::Rename(n, name) => {
                world.emit(set(*n, field("name"), Value::Text(text(name))));
                *n
            }
            Change::Phone(n, phone) => {
                let value = Value::Text(text(phone));
                world.emit(Event::Linked { record: Id::customer(*n), field: field("phones"), value });
                *n
            }
            Change::Move(n, parent) => {
                let to = Value::or_absent(parent.map(Id::customer), Value::Ref);
                world.emit(set(*n, field("parent"), to));
                *n
            }
        }
    }

    type All<'a> = (Vec<&'a Profile>, Vec<Vec<u64>>, Vec<Vec<(u64, u32)>>, Vec<(&'a str, u8)>, Vec<&'a str>);

    fn all_of(book: &Book) -> All<'_> {
        let children = (0..400).map(|n| book.children(n).to_vec()).collect();
        let found = ["acme", "hotech", "cq", "new"].map(|words| book.find(words, &Sight::All, 99).0);
        let names = book.chunks().flat_map(|(_, chunk)| &chunk.names).map(|name| (&*name.spoken, name.place));
        let lines = book.chunks().flat_map(|(_, chunk)| chunk.slots.iter().map(|slot| chunk.lines(slot)));
        (
            book.profiles().collect(),
            children,
            found.into(),
            names.collect(),
            lines.filter(|lines| !lines.is_empty()).collect(),
        )
    }

    proptest! {
        #[test]
        fn a_book_kept_up_to_date_is_the_book_read_anew(
            writes in proptest::collection::vec(proptest::collection::vec(change(), 1..5), 1..8)
        ) {
            let mut memory = Memory::default();
            let mut kept = Book::default();
            for changes in writes {
                let mut changed = BTreeSet::new();
                write(&mut memory, |world| changed.extend(changes.iter().map(|change| apply(world, change))));
                kept = kept.update(&memory, changed);
            }
            let anew = Book::load(&memory);
            prop_assert_eq!(kept.len(), anew.len());
            prop_assert_eq!(all_of(&kept), all_of(&anew));
        }
    }
}
