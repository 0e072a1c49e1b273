//! The book: entries by number, in chunks that versions share, and the open tasks.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::{Arc, OnceLock};

use super::entry::Entry;
use super::lazy::Damage;
use super::mask::Mask;
use super::queue::Queue;
use crate::codec::Broken;
use crate::model::lately::{self, Known};
use crate::model::{Gist, Id, Kind, Person, Profile, Row, Rows, Sight};

/// So many customers share a chunk: what a write copies for each that it touches.
const CHUNK: u64 = 64;

/// From so many customers on a second thread pays for itself.
const MANY: usize = if cfg!(test) { 3 } else { 20_000 };

/// Every customer and every open task of the book at one moment. Cloning copies a pointer for every 64 of them.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// By number divided by [`CHUNK`].
    chunks: BTreeMap<u64, Arc<Chunk>>,
    len: usize,
    queue: Queue,
    /// The entry of the journal up to which everything is in it.
    head: u64,
    damage: Damage,
}

/// Neighbours by number. What every look-up reads lies side by side.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    slots: Box<[Slot]>,
    /// What the keys of each entry are made of, empty without an entry; made with the keys.
    masks: OnceLock<Box<[Mask]>>,
}

/// The place of one number.
#[derive(Clone, Debug, Default)]
struct Slot {
    /// The customer, where there is one.
    entry: Option<Entry>,
    /// The customers whose parent has this number, in order.
    children: Box<[u64]>,
}

impl Book {
    /// Reads the whole book: in two threads, each in one pass over its half of each table. What customers are found by
    /// is left to [`Book::make_keys`], or to whoever asks first.
    pub fn load(rows: &(impl Rows + Sync)) -> Book {
        let (customers, contacts) = (rows.next(Kind::Customer), rows.next(Kind::Contact));
        let middle = contacts / 2;
        let ((mut people, queue), others) = both(
            || (Person::all(rows, 0..middle), Queue::load(rows)),
            || Person::all(rows, middle..contacts),
        );
        people.extend(others);
        people.sort_by_key(|(customer, _)| *customer);
        let said = lately::Reader::new(rows).said();
        let middle = customers / 2;
        let others = people.split_off(people.partition_point(|(customer, _)| *customer < middle));
        let half = |numbers, people| {
            let (mut book, mut reader) = (Book::default(), lately::Reader::new(rows));
            Profile::all(rows, numbers, people, &mut |profile| {
                let n = profile.n();
                let lately = reader.first(n, &profile.customer, said.get(&n).cloned().unwrap_or_default());
                book.put(n, Some(Entry::new(profile, lately, None)));
            });
            book
        };
        let (mut book, other) = both(|| half(0..middle, people), || half(middle..customers, others));
        book.join(other);
        (book.queue, book.head) = (queue, rows.head());
        book
    }

    /// A book of these chunks, each with its entries and without children.
    pub(super) fn of(chunks: BTreeMap<u64, Arc<Chunk>>, queue: Queue, head: u64, damage: Damage) -> Book {
        let entries = || chunks.values().flat_map(|chunk| chunk.entries());
        let len = entries().count();
        let children: Vec<(u64, u64)> =
            entries().filter_map(|entry| Some((entry.gist.parent?.n, entry.n))).collect();
        let mut book = Book { chunks, len, queue, head, damage };
        for (parent, child) in children {
            book.adopt(parent, child, true);
        }
        book
    }

    /// What is wrong with what was kept on disk, if anything met so far was: the book is not to be trusted then.
    pub fn damage(&self) -> Option<Broken> {
        self.damage.get().copied()
    }

    /// The book with these customers and tasks read again; ids of nothing, and of other kinds, are allowed.
    #[must_use]
    pub fn update(&self, rows: &dyn Rows, changed: impl IntoIterator<Item = Id>) -> Book {
        let changed: Vec<Id> = changed.into_iter().collect();
        let spoke = changed.iter().any(|id| id.kind == Kind::Interaction);
        let mut reader = lately::Reader::new(rows);
        let mut book = Book { head: rows.head(), ..self.clone() };
        for id in changed {
            match id.kind {
                Kind::Customer => {
                    let before = self.entry(id.n);
                    let entry = Profile::of(rows, id.n).map(|profile| {
                        let known =
                            before.map(|entry| Known { lately: entry.lately.as_deref(), head: self.head });
                        let lately = reader.next(id.n, known, spoke);
                        Entry::new(profile, lately, before)
                    });
                    book.put(id.n, entry);
                }
                Kind::Task => book.queue.update(rows, id.n),
                _ => {}
            }
        }
        book
    }

    /// Unpacks every profile and makes all keys that were not asked for yet, so that nobody waits for them later: a few
    /// at a time, and `wait` in between, because those who ask meanwhile come first.
    pub fn make_keys(&self, wait: impl Fn()) {
        for chunk in self.chunks() {
            wait();
            chunk.masks();
            for entry in chunk.entries() {
                entry.keys();
            }
        }
    }

    /// The gist of the customer with this number.
    pub fn gist(&self, n: u64) -> Option<&Gist> {
        self.entry(n).map(|entry| &entry.gist)
    }

    /// Whether the customer with this number is in sight.
    pub fn sees(&self, n: u64, sight: &Sight) -> bool {
        self.entry(n).is_some_and(|entry| entry.is_seen(sight))
    }

    /// The customer with this number.
    pub fn profile(&self, n: u64) -> Option<&Profile> {
        self.entry(n).map(Entry::profile)
    }

    /// The open task with this number.
    pub fn open_task(&self, n: u64) -> Option<&Arc<Row>> {
        self.queue.get(n)
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
        self.chunks.values().flat_map(|chunk| chunk.entries()).map(Entry::profile)
    }

    pub(super) fn chunks(&self) -> impl Iterator<Item = &Chunk> {
        self.chunks.values().map(|chunk| &**chunk)
    }

    /// What is found by looking through all chunks: of a large book through each half in a thread of its own.
    pub(super) fn look_through<'b, T: Send>(&'b self, look: impl Fn(&[&'b Chunk]) -> T + Sync) -> Vec<T> {
        let chunks: Vec<&Chunk> = self.chunks().collect();
        if self.len < MANY {
            return vec![look(&chunks)];
        }
        let (first, second) = chunks.split_at(chunks.len() / 2);
        let (first, second) = both(|| look(first), || look(second));
        vec![first, second]
    }

    pub(super) fn entry(&self, n: u64) -> Option<&Entry> {
        self.slot(n)?.entry.as_ref()
    }

    fn slot(&self, n: u64) -> Option<&Slot> {
        let (chunk, place) = place(n);
        self.chunks.get(&chunk).map(|chunk| &chunk.slots[place])
    }

    fn chunk_mut(&mut self, chunk: u64) -> &mut Chunk {
        Arc::make_mut(self.chunks.entry(chunk).or_insert_with(|| Arc::new(Chunk::empty())))
    }

    /// Puts an entry in place of the one there, or takes that one out; parents learn of it.
    fn put(&mut self, n: u64, entry: Option<Entry>) {
        let parent = |entry: Option<&Entry>| entry.and_then(|entry| entry.gist.parent).map(|id| id.n);
        let before = self.entry(n);
        let (had, has) = (before.is_some(), entry.is_some());
        let (from, to) = (parent(before), parent(entry.as_ref()));
        if had || has {
            let (chunk, place) = place(n);
            let chunk = self.chunk_mut(chunk);
            chunk.slots[place].entry = entry;
            if let Some(masks) = chunk.masks.get_mut() {
                masks[place] = chunk.slots[place].mask();
            }
        }
        self.len = self.len + usize::from(has) - usize::from(had);
        if from != to {
            for (parent, on) in
                from.map(|parent| (parent, false)).into_iter().chain(to.map(|parent| (parent, true)))
            {
                self.adopt(parent, n, on);
            }
        }
    }

    /// Takes in another book, of other customers; either may have children of the other's.
    fn join(&mut self, other: Book) {
        self.len += other.len;
        for (at, chunk) in other.chunks {
            let Some(mine) = self.chunks.get_mut(&at) else {
                self.chunks.insert(at, chunk);
                continue;
            };
            for (mine, other) in Arc::make_mut(mine).slots.iter_mut().zip(&chunk.slots) {
                mine.entry = mine.entry.take().or_else(|| other.entry.clone());
                let mut children = [&*mine.children, &*other.children].concat();
                children.sort_unstable();
                mine.children = children.into();
            }
        }
    }

    fn adopt(&mut self, parent: u64, child: u64, on: bool) {
        let (chunk, place) = place(parent);
        let slot = &mut self.chunk_mut(chunk).slots[place];
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
        let slots = std::iter::repeat_with(Slot::default).take(CHUNK as usize).collect();
        Chunk { slots, masks: OnceLock::new() }
    }

    /// Without customers, and with masks.
    pub(super) fn masked() -> Chunk {
        let chunk = Chunk::empty();
        chunk.masks();
        chunk
    }

    /// Puts an entry, and the mask of its keys, in an empty place of a chunk with masks.
    pub(super) fn put(&mut self, place: usize, entry: Entry, mask: Mask) {
        self.slots[place].entry = Some(entry);
        if let Some(masks) = self.masks.get_mut() {
            masks[place] = mask;
        }
    }

    /// The customers, in order, each with the mask of its keys.
    pub(super) fn entries_and_masks(&self) -> impl Iterator<Item = (&Entry, Mask)> {
        let masked = self.slots.iter().zip(self.masks());
        masked.filter_map(|(slot, mask)| Some((slot.entry.as_ref()?, *mask)))
    }

    /// The customers, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.slots.iter().filter_map(|slot| slot.entry.as_ref())
    }

    fn masks(&self) -> &[Mask] {
        self.masks.get_or_init(|| self.slots.iter().map(Slot::mask).collect())
    }

    /// The customers whose keys are of a mask that will do, in order.
    pub(super) fn entries_of(&self, will_do: impl Fn(Mask) -> bool) -> impl Iterator<Item = &Entry> {
        let fitting = self.masks().iter().zip(&self.slots).filter(move |(mask, _)| will_do(**mask));
        fitting.filter_map(|(_, slot)| slot.entry.as_ref())
    }
}

impl Slot {
    fn mask(&self) -> Mask {
        self.entry.as_ref().map_or(Mask::default(), |entry| entry.keys().mask)
    }
}

pub(super) fn place(n: u64) -> (u64, usize) {
    (n / CHUNK, (n % CHUNK) as usize)
}

/// Does two things at once. A panic in either goes on in the caller.
pub(super) fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|threads| {
        let one = threads.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Customer, Event, Id, Kind, Memory, Sight, TaskState, Value, World};
    use crate::search::testing::{customer, named, put, task, text, write};

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
        let second = first.update(&memory, [Id::customer(2)]);
        assert_eq!((first.len(), second.len()), (1, 2));
        assert!(first.profile(2).is_none() && second.profile(2).is_some());
    }

    #[test]
    fn numbers_of_nobody_are_nobody() {
        let book = named(&["Acme"]);
        assert!(book.profile(0).is_none() && book.profile(2).is_none() && book.profile(u64::MAX).is_none());
        let same = book.update(&Memory::default(), [7, u64::MAX].map(Id::customer));
        assert_eq!(same.len(), 1);
    }

    #[derive(Clone, Debug)]
    enum Change {
        Add(Option<u64>),
        Remove(u64),
        Rename(u64, &'static str),
        Move(u64, Option<u64>),
        Task(u64),
        Close(u64),
        Forget(u64),
    }

    fn change() -> impl Strategy<Value = Change> {
        let name = prop::sample::select(vec!["Acme", "重庆", "Hottechi"]);
        let parent = || proptest::option::of(1_u64..300);
        prop_oneof![
            parent().prop_map(Change::Add),
            (1_u64..8).prop_map(Change::Remove),
            (1_u64..8, name).prop_map(|(n, name)| Change::Rename(n, name)),
            (1_u64..8, parent()).prop_map(|(n, parent)| Change::Move(n, parent)),
            (1_u64..8).prop_map(Change::Task),
            (1_u64..5).prop_map(Change::Close),
            (1_u64..5).prop_map(Change::Forget),
        ]
    }

    /// What was changed: the record, and of a task the customer too.
    fn apply(world: &mut World<'_>, change: &Change) -> Vec<Id> {
        let set = |record: Id, field: &str, to: Value| {
            let field = record.kind.field(field).unwrap().0;
            (record, Event::Set { record, field, from: Value::Absent, to })
        };
        let removed = |record: Id| (record, Event::Removed { record, values: Vec::new() });
        let (record, event) = match change {
            Change::Add(parent) => {
                return vec![put(world, Customer { parent: parent.map(Id::customer), ..customer("New") })];
            }
            Change::Task(n) => return vec![put(world, task(Id::customer(*n), 0)), Id::customer(*n)],
            Change::Remove(n) => removed(Id::customer(*n)),
            Change::Forget(n) => removed(Id::new(Kind::Task, *n)),
            Change::Rename(n, name) => set(Id::customer(*n), "name", Value::Text(text(name))),
            Change::Move(n, parent) => {
                set(Id::customer(*n), "parent", Value::or_absent(parent.map(Id::customer), Value::Ref))
            }
            Change::Close(n) => set(Id::new(Kind::Task, *n), "state", Value::word(TaskState::Done)),
        };
        let customer = world.row(record).and_then(|row| row.customer());
        world.emit(event);
        customer.into_iter().chain([record]).collect()
    }

    /// Profiles, children, what some look-ups find, masks, open tasks.
    type All<'b> = (Vec<&'b Profile>, Vec<Vec<u64>>, Vec<Vec<(u64, u32)>>, Vec<Mask>, Vec<(u64, &'b Row)>);

    fn all_of(book: &Book) -> All<'_> {
        let children = (0..400).map(|n| book.children(n).to_vec()).collect();
        let found = ["acme", "hotech", "cq", "new"].map(|words| book.find(words, &Sight::All, 99).0);
        let entries = book.chunks.values().flat_map(|chunk| chunk.entries_of(|mask| mask != Mask::default()));
        let masks = entries.map(|entry| entry.keys().mask).collect();
        (book.profiles().collect(), children, found.into(), masks, book.queue.all())
    }

    fn unpacked(book: &Book, memory: &Memory) -> Book {
        let parts: Vec<Vec<u8>> = book.pack().collect();
        Book::unpack(parts.len(), |nth| parts.get(nth).cloned(), memory).unwrap()
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
                write(&mut memory, |world| changed.extend(changes.iter().flat_map(|change| apply(world, change))));
                kept = unpacked(&kept, &memory).update(&memory, changed);
            }
            let anew = Book::load(&memory);
            prop_assert_eq!(kept.len(), anew.len());
            prop_assert_eq!(all_of(&kept), all_of(&anew));
            let unpacked = unpacked(&kept, &memory);
            prop_assert!(unpacked.pack().eq(anew.pack()));
            prop_assert_eq!(all_of(&unpacked), all_of(&anew));
            prop_assert!(unpacked.damage().is_none() && unpacked.len() == anew.len());
        }
    }
}
