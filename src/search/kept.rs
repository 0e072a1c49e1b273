//! The book as it is kept on disk while nobody serves it, so that the next server need not read the tables.
//!
//! ```text
//! part:  | chunk | chunk | ...
//! chunk: | length of the briefs | of the keys | of the rests | briefs ... | keys ... | rests ...
//!          u32, little-endian     the same      the same                    each as long as its brief says
//! ```
//!
//! A brief is what every list reads of every customer, and what rules most of them out when one is looked up; the keys
//! that customers are found by, and the rest of their profiles, are unpacked when somebody asks for them.
//! Customers are in the order of their numbers. Whoever keeps the parts sees that they belong to the state of the store
//! that they are read for, that they are whole, and that they are of this [`FORM`].

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use super::book::{Book, Chunk, both, place};
use super::entry::Entry;
use super::lazy::{Damage, Shelf};
use super::mask::Mask;
use super::queue::Queue;
use crate::codec::to_bytes;
use crate::model::{Gist, Lately, Rows};

/// What parts are made of. Raised by hand with every change of [`Brief`] and of what is in it, of masks and keys (a
/// dictionary with other readings makes others), and of the order of names.
pub const FORM: u32 = 5;

/// So many chunks of the book make a part.
const CHUNKS: usize = 64;

/// What is read of every customer.
#[derive(Serialize, Deserialize)]
pub(super) struct Brief {
    pub(super) n: u64,
    pub(super) gist: Gist,
    pub(super) beginning: u128,
    pub(super) lately: Option<Lately>,
    mask: Mask,
    /// How many bytes the keys take.
    keys: u32,
    /// How many the rest.
    rest: u32,
}

impl Book {
    /// The customers in parts. Open tasks are not among them: they are few, and read from their table.
    pub fn pack(&self) -> impl Iterator<Item = Vec<u8>> {
        let chunks: Vec<&Chunk> = self.chunks().filter(|chunk| chunk.entries().next().is_some()).collect();
        let parts = chunks.len().div_ceil(CHUNKS);
        (0..parts).map(move |nth| {
            let mut part = Vec::new();
            for chunk in chunks.iter().skip(nth * CHUNKS).take(CHUNKS) {
                pack(chunk, &mut part);
            }
            part
        })
    }

    /// The book out of so many parts, and the open tasks out of the tables; none where a part is missing or does not
    /// read.
    pub fn unpack(
        parts: usize,
        part: impl Fn(usize) -> Option<Vec<u8>> + Sync,
        rows: &(impl Rows + Sync),
    ) -> Option<Book> {
        let damage = Damage::default();
        let next = AtomicUsize::new(0);
        let some = || {
            let mine = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
            let mut chunks = Vec::new();
            for nth in mine.take_while(|nth| *nth < parts) {
                let part = Arc::new(part(nth)?);
                let mut at = 0;
                while at < part.len() {
                    chunks.push(unpack(&part, &mut at, &damage)?);
                }
            }
            Some(chunks)
        };
        let ((queue, some), others) = both(|| (Queue::load(rows), some()), some);
        let chunks = some?.into_iter().chain(others?).collect();
        Some(Book::of(chunks, queue, rows.head(), Arc::clone(&damage)))
    }
}

fn pack(chunk: &Chunk, onto: &mut Vec<u8>) {
    let (mut briefs, mut all_keys, mut rests) = (Vec::new(), Vec::new(), Vec::new());
    for (entry, mask) in chunk.entries_and_masks() {
        let (keys, rest) = entry.pack();
        briefs.push(Brief {
            n: entry.n,
            gist: entry.gist.clone(),
            beginning: entry.beginning,
            lately: entry.lately.as_deref().cloned(),
            mask,
            keys: keys.len() as u32,
            rest: rest.len() as u32,
        });
        all_keys.extend(keys);
        rests.extend(rest);
    }
    let sections = [to_bytes(&briefs), all_keys, rests];
    onto.extend(sections.iter().flat_map(|section| (section.len() as u32).to_le_bytes()));
    onto.extend(sections.concat());
}

/// The chunk at this place of a part, with its number; the place is moved behind it.
fn unpack(part: &Arc<Vec<u8>>, at: &mut usize, damage: &Damage) -> Option<(u64, Arc<Chunk>)> {
    let mut length = || {
        let length = part.get(*at..)?.first_chunk()?;
        *at += size_of::<u32>();
        Some(u32::from_le_bytes(*length) as usize)
    };
    let lengths = [length()?, length()?, length()?];
    let [mut briefs, mut keys, mut rests] = lengths.map(|length| {
        let start = *at;
        *at += length;
        Shelf::of(part, start, damage)
    });
    part.get(..*at)?;
    let briefs: Vec<Brief> = briefs.next(lengths[0] as u32).open()?;
    let (number, _) = place(briefs.first()?.n);
    let mut chunk = Chunk::masked();
    for brief in briefs {
        let (place, mask) = (place(brief.n).1, brief.mask);
        let (keys, rest) = (keys.next(brief.keys), rests.next(brief.rest));
        chunk.put(place, Entry::kept(brief, keys, rest), mask);
    }
    Some((number, Arc::new(chunk)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Contact, Customer, Memory, Sight};
    use crate::search::testing::{book, call, customer, put, task, text};
    use crate::text::pinyin::readings;

    fn sample() -> Book {
        book(|world| {
            let acme = put(world, Customer { phones: [text("+86 10 5555")].into(), ..customer("Acme") });
            put(world, Customer { parent: Some(acme), ..customer("重庆长安") });
            put(world, Contact { customer: Some(acme), name: text("J. Perez"), ..Contact::default() });
            put(world, call(acme, -1));
            put(world, task(acme, 5));
        })
    }

    fn unpacked(part: &[u8]) -> Option<Book> {
        Book::unpack(1, |_| Some(part.to_vec()), &Memory::default())
    }

    /// Other bytes are another form: raise [`FORM`], then put their checksum here.
    #[test]
    fn the_form_is_as_it_was() {
        let parts: Vec<Vec<u8>> = sample().pack().collect();
        assert_eq!((FORM, parts.len(), crc32c::crc32c(&parts[0])), (5, 1, 1_821_683_368), "{:?}", parts[0]);
    }

    /// Another dictionary is another form: raise [`FORM`], then put its checksum here.
    #[test]
    fn names_are_read_as_they_were() {
        let readings = ('\0'..=char::MAX).flat_map(readings).collect::<String>();
        assert_eq!((FORM, crc32c::crc32c(readings.as_bytes())), (5, 394_795_649));
    }

    #[test]
    fn nothing_is_unpacked_before_somebody_asks_for_it() {
        let part = sample().pack().next().unwrap();
        let whole = part.len() - 10;
        let mut spoiled = part.clone();
        spoiled[whole..].fill(0xff);
        let book = unpacked(&spoiled).unwrap();
        assert_eq!((book.gist(1), book.damage()), (sample().gist(1), None));
        assert_eq!(book.profile(1), sample().profile(1));
        assert_eq!(
            (book.find("4711", &Sight::All, 9).0, book.damage()),
            (vec![], None),
            "ruled out by its mask"
        );
        assert_eq!(book.profile(2).map(|profile| profile.customer.name.as_str()), Some("?"));
        assert!(book.damage().is_some());
    }

    proptest! {
        #[test]
        fn a_cut_part_is_no_book(at: prop::sample::Index) {
            let part = sample().pack().next().unwrap();
            let cut = 1 + at.index(part.len() - 1);
            prop_assert!(unpacked(&part[..cut]).is_none());
        }

        #[test]
        fn damaged_bytes_are_read_or_refused(at: prop::sample::Index, byte: u8) {
            let mut part = sample().pack().next().unwrap();
            let at = at.index(part.len());
            part[at] = byte;
            if let Some(book) = unpacked(&part) {
                book.make_keys(|| ());
                for words in ["acme", "cqca", "长安", "perez", "zhongqin", "5555"] {
                    book.find(words, &Sight::All, 9);
                }
            }
        }
    }
}
