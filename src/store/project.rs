//! Projections: what the tables hold beside the journal, and always because of it.
//!
//! There is one way to write them, [`Tables::project`]: live writes hand it the layer that a decision made, [`refill`]
//! the layer that the same fold makes of entries read back. So what a rebuild makes is what was there.

use redb::{Database, ReadableTable};

use super::journal::entries;
use super::tables::{APPLIED, Tables, Writing};
use super::{Progress, StoreError};
use crate::codec::to_bytes;
use crate::model::record::RETIRED;
use crate::model::value::Shape;
use crate::model::{Cause, Entry, Event, Id, Kind, Layer, Row, Tally, World};

/// How keys, facts and histories are made from rows and entries. Raised by hand where `keys`, `facts`, the fold or the
/// list of tables changes; the form of rows is noticed by itself.
const REVISION: u32 = 5;

/// How many entries are folded at a time: a few megabytes of rows and keys.
const CHUNK: usize = 4096;

/// The version of the projections that this program writes: the revision, and a checksum of every record's declaration
/// and blank form. Another version is no better or worse, only other: the tables are made anew.
pub(super) fn version() -> u128 {
    let sum = Kind::ALL.into_iter().fold(0, |sum, kind| {
        let sum = crc32c::crc32c_append(sum, &to_bytes(&Row::blank(kind)));
        kind.fields().iter().fold(sum, |sum, field| {
            let declared = (field.code, field.name, form(field.shape));
            crc32c::crc32c_append(sum, &to_bytes(&declared))
        })
    });
    u128::from(REVISION) << 32 | u128::from(sum)
}

/// How many kinds, fields and words this program knows or knew. They are only ever added, so whoever knows more is newer.
pub(super) fn declared() -> u128 {
    let fields = Kind::ALL.into_iter().flat_map(Kind::fields);
    let known: usize = fields.map(|field| 1 + form(field.shape).1.len()).sum();
    (Kind::ALL.len() + known + RETIRED) as u128
}

/// What of a shape decides how a row is stored: its type, and the words of a choice.
fn form(shape: Shape) -> (u8, Vec<&'static str>) {
    let code = match shape {
        Shape::Flag => 1,
        Shape::Number => 2,
        Shape::Line(_) | Shape::Note(_) => 3,
        Shape::Money => 4,
        Shape::Day => 5,
        Shape::Instant => 6,
        Shape::Ref(_) => 7,
        Shape::Word(words) => return (8, (words.all)()),
        Shape::Lines(_) => 9,
        Shape::Duties => 10,
        Shape::Own(_) => 11,
        Shape::Refs(_) => 12,
    };
    (code, Vec::new())
}

impl Tables<Writing<'_>> {
    /// Lays a layer, and the entries that made it, into the projections. The entries stand in the journal already.
    pub(super) fn project(&mut self, layer: &Layer, entries: &[Entry]) -> Result<(), StoreError> {
        self.project_rows(layer)?;
        for (key, on) in &layer.keys {
            if *on {
                self.keys.insert(key.0.as_slice(), ())?;
            } else {
                self.keys.remove(key.0.as_slice())?;
            }
        }
        for ((customer, fact, day), added) in &layer.tallies {
            self.add((*customer, *fact as u8, day.0), *added)?;
        }
        for (kind, next) in &layer.next {
            self.next.insert(*kind as u8, *next)?;
        }
        self.project_entries(entries)
    }

    fn project_rows(&mut self, layer: &Layer) -> Result<(), StoreError> {
        for (id, row) in &layer.rows {
            let key = (id.kind as u8, id.n);
            match row {
                Some(row) => self.rows.insert(key, to_bytes(row).as_slice())?,
                None => self.rows.remove(key)?,
            };
        }
        if layer.rows.contains_key(&Id::SETTINGS) {
            self.settings.take();
        }
        Ok(())
    }

    fn add(&mut self, key: (u64, u8, i32), added: Tally) -> Result<(), StoreError> {
        if added.is_zero() {
            return Ok(());
        }
        let (count, sum) = self.tallies.get(key)?.map_or((0, 0), |tally| tally.value());
        let sum = Tally { count, sum }.plus(added);
        if sum.is_zero() {
            self.tallies.remove(key)?;
        } else {
            self.tallies.insert(key, (sum.count, sum.sum))?;
        }
        Ok(())
    }

    fn project_entries(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        let mut lines: Vec<(u8, u64, u64)> = Vec::new();
        for entry in entries {
            let of = entry.records().into_iter().chain(entry.batch);
            lines.extend(of.map(|id| (id.kind as u8, id.n, entry.seq)));
            if let Cause::Undoes { seq } = entry.cause {
                self.undone.insert(seq, entry.seq)?;
            }
        }
        lines.sort_unstable();
        for line in lines {
            self.history.insert(line, ())?;
        }
        for entry in entries {
            for customer in entry.events.iter().filter_map(Event::moves) {
                self.moves.insert((customer.n, entry.seq), ())?;
            }
            for member in entry.events.iter().filter_map(Event::mentions) {
                self.mentions.insert((member.n, entry.seq), ())?;
            }
        }
        if let Some(last) = entries.last() {
            self.meta.insert(APPLIED, u128::from(last.seq))?;
        }
        Ok(())
    }

    /// Folds entries that stand in the journal and are not yet in the projections.
    fn replay(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        let mut world = World::over(self);
        for entry in entries {
            world.replay(entry);
        }
        let (layer, _) = world.finish();
        self.check()?;
        self.project(&layer, entries)
    }
}

/// Folds the entries of a journal, from a place on, into the projections of a store: a transaction for each chunk.
pub(super) fn refill(
    store: &Database,
    journal: &impl ReadableTable<u64, &'static [u8]>,
    from: u64,
    progress: &mut Progress<'_>,
) -> Result<(), StoreError> {
    let head = journal.last()?.map_or(0, |(seq, _)| seq.value());
    let mut entries = entries(journal, from)?;
    loop {
        let chunk = entries.by_ref().take(CHUNK).collect::<Result<Vec<Entry>, StoreError>>()?;
        let Some(last) = chunk.last() else { return Ok(()) };
        let txn = super::begin(store)?;
        Tables::writing(&txn)?.replay(&chunk)?;
        txn.commit()?;
        super::go_on(progress(last.seq, head))?;
    }
}
