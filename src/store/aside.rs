//! What a program leaves beside the store when it closes it, to begin sooner the next time.
//!
//! It may be lost at any time, and is there only while nobody serves the store: whoever does takes it away, and so does
//! a rebuild. That it is of the state that the store is in, its label tells: files may have been copied about.
//!
//! ```text
//! | part | part | ... | label, an envelope | length of the label, u32 little-endian |
//! ```

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::file::{self, beside, remove};
use super::project;
use super::tables::STORE;
use super::{Place, Snapshot, Store, StoreError};
use crate::codec::{envelope, from_bytes, to_bytes};

/// Behind the name of the store's file.
const NAME: &str = "aside";

/// The kind of a label's envelope, and its version.
const LABEL: (u8, u8) = (b'a', 1);

/// What was left beside a store, taken from there.
#[derive(Debug)]
pub struct Aside {
    file: File,
    /// Where each part begins.
    starts: Vec<u64>,
    parts: Vec<Part>,
}

/// What belongs to what.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct State {
    store: u128,
    head: u64,
    /// The checksum of the last entry: a store that was put back and went another way has another.
    last: u32,
    projection: u128,
    /// What its maker says of its form.
    form: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Part {
    length: u32,
    checksum: u32,
}

impl Store {
    /// Takes what was left, where it was left at the state that the store is in, and in this form.
    pub fn take_aside(&self, form: u32) -> Option<Aside> {
        let Place::File(place) = &self.place else { return None };
        let path = beside(place, NAME);
        let file = File::open(&path).ok()?;
        remove(&path).ok()?;
        Aside::read(file, &State::of(&self.snapshot(), form)?)
    }

    /// Leaves parts in this form, made of a moment of the store, beside it: all of them or, on an error, none.
    pub fn leave_aside(
        &self,
        of: &Snapshot,
        form: u32,
        parts: impl Iterator<Item = Vec<u8>>,
    ) -> Result<(), StoreError> {
        let (Place::File(place), Some(state)) = (&self.place, State::of(of, form)) else {
            return Ok(());
        };
        file::check_room(place, self.low_water)?;
        let (path, draft) = (beside(place, NAME), beside(place, "aside.new"));
        remove(&draft)?;
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        let left = write(file, &state, parts).and_then(|()| fs::rename(&draft, &path));
        if left.is_err() {
            remove(&draft)?;
        }
        Ok(left?)
    }
}

/// Takes away what was left beside the store at this place: it was made of tables that are made anew.
pub(super) fn forget(place: &Path) -> Result<(), StoreError> {
    remove(&beside(place, NAME))
}

/// Not synced: what a crash of the machine leaves of it does not fit its label.
fn write(file: File, state: &State, parts: impl Iterator<Item = Vec<u8>>) -> io::Result<()> {
    let mut file = BufWriter::new(file);
    let mut written = Vec::new();
    for part in parts {
        file.write_all(&part)?;
        written.push(Part { length: part.len() as u32, checksum: crc32c::crc32c(&part) });
    }
    let label = envelope::seal(LABEL.0, LABEL.1, &to_bytes(&(state, written)));
    file.write_all(&label)?;
    file.write_all(&(label.len() as u32).to_le_bytes())?;
    file.flush()
}

impl State {
    fn of(snapshot: &Snapshot, form: u32) -> Option<State> {
        let store = snapshot.meta(STORE).ok()??;
        let last = snapshot.journal.get(snapshot.head).ok()?;
        let last = last.map_or(0, |last| crc32c::crc32c(last.value()));
        Some(State { store, head: snapshot.head, last, projection: project::version(), form })
    }
}

impl Aside {
    fn read(file: File, state: &State) -> Option<Aside> {
        let end = file.metadata().ok()?.len().checked_sub(size_of::<u32>() as u64)?;
        let mut length = [0; size_of::<u32>()];
        file.read_exact_at(&mut length, end).ok()?;
        let start = end.checked_sub(u32::from_le_bytes(length).into())?;
        let mut label = vec![0; (end - start) as usize];
        file.read_exact_at(&mut label, start).ok()?;
        let sealed = envelope::open(&label).ok().filter(|sealed| (sealed.kind, sealed.version) == LABEL)?;
        let (at, parts): (State, Vec<Part>) = from_bytes(sealed.body).ok()?;
        let starts = parts.iter().scan(0, |start, part| {
            let before = *start;
            *start += u64::from(part.length);
            Some(before)
        });
        let starts = starts.collect();
        (at == *state).then_some(Aside { file, starts, parts })
    }

    /// How many parts there are.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// The part with this number, from 0, if it is whole. From any thread.
    pub fn part(&self, nth: usize) -> Option<Vec<u8>> {
        let (start, part) = (self.starts.get(nth)?, self.parts.get(nth)?);
        let mut bytes = vec![0; part.length as usize];
        self.file.read_exact_at(&mut bytes, *start).ok()?;
        (crc32c::crc32c(&bytes) == part.checksum).then_some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts() -> impl Iterator<Item = Vec<u8>> {
        [b"one".to_vec(), Vec::new(), b"three".to_vec()].into_iter()
    }

    fn state() -> State {
        State { store: 1, head: 2, last: 3, projection: 4, form: 5 }
    }

    fn left() -> Vec<u8> {
        let mut file = tempfile::tempfile().unwrap();
        write(file.try_clone().unwrap(), &state(), parts()).unwrap();
        let mut bytes = Vec::new();
        io::Seek::rewind(&mut file).unwrap();
        io::Read::read_to_end(&mut file, &mut bytes).unwrap();
        bytes
    }

    fn read(bytes: &[u8], state: &State) -> Option<Vec<Option<Vec<u8>>>> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        let aside = Aside::read(file, state)?;
        Some((0..aside.parts()).map(|nth| aside.part(nth)).collect())
    }

    #[test]
    fn another_state_has_no_use_for_it() {
        let left = left();
        assert_eq!(read(&left, &state()), Some(parts().map(Some).collect()));
        for other in [
            State { store: 9, ..state() },
            State { head: 9, ..state() },
            State { last: 9, ..state() },
            State { projection: 9, ..state() },
            State { form: 9, ..state() },
        ] {
            assert_eq!(read(&left, &other), None);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_damaged_is_not_used(at: prop::sample::Index, bit in 0..8_u8) {
            let mut left = left();
            let at = at.index(left.len());
            left[at] ^= 1_u8 << bit;
            let whole = parts().map(Some).collect::<Vec<_>>();
            prop_assert_ne!(read(&left, &state()), Some(whole));
            prop_assert_eq!(read(&left[..at], &state()), None);
        }
    }
}
