//! Rows in memory: the naive model that the store is tested against, and the ground of unit tests.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{Cause, Entry};
use super::fact::{Fact, Tally};
use super::id::{Id, Kind};
use super::index::Key;
use super::record::Row;
use super::time::Day;
use super::world::{Layer, Rows};

/// A store in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    rows: BTreeMap<Id, Row>,
    keys: BTreeSet<Key>,
    tallies: BTreeMap<(u64, Fact, Day), Tally>,
    next: BTreeMap<Kind, u64>,
    entries: Vec<Entry>,
}

impl Memory {
    /// Lays changes in and appends the entries that made them.
    pub fn write(&mut self, layer: Layer, entries: Vec<Entry>) {
        for (id, row) in layer.rows {
            match row {
                Some(row) => self.rows.insert(id, row),
                None => self.rows.remove(&id),
            };
        }
        for (key, on) in layer.keys {
            if on {
                self.keys.insert(key)
            } else {
                self.keys.remove(&key)
            };
        }
        for (key, tally) in layer.tallies {
            let sum = self.tallies.entry(key).or_default().plus(tally);
            if sum.is_zero() {
                self.tallies.remove(&key)
            } else {
                self.tallies.insert(key, sum)
            };
        }
        self.next.extend(layer.next);
        self.entries.extend(entries);
    }

    /// Every row, in the order of ids.
    pub fn rows(&self) -> &BTreeMap<Id, Row> {
        &self.rows
    }

    /// Every index key, in order.
    pub fn keys(&self) -> &BTreeSet<Key> {
        &self.keys
    }

    /// Every tally that is not zero.
    pub fn tallies(&self) -> &BTreeMap<(u64, Fact, Day), Tally> {
        &self.tallies
    }
}

impl Rows for Memory {
    fn row(&self, id: Id) -> Option<Row> {
        self.rows.get(&id).cloned()
    }

    fn scan(&self, from: &[u8], to: &[u8], backwards: bool, see: &mut dyn FnMut(&[u8]) -> bool) {
        let range = Key(from.to_vec())..Key(to.to_vec());
        if range.is_empty() {
            return;
        }
        let keys = self.keys.range(range);
        let mut see = |key: &Key| see(&key.0);
        if backwards {
            keys.rev().all(&mut see)
        } else {
            keys.into_iter().all(&mut see)
        };
    }

    fn tally(&self, customer: u64, fact: Fact, from: Day, to: Day) -> Tally {
        if from > to {
            return Tally::default();
        }
        let days = self.tallies.range((customer, fact, from)..=(customer, fact, to));
        days.fold(Tally::default(), |sum, (_, tally)| sum.plus(*tally))
    }

    fn each_row(&self, kind: Kind, from: u64, see: &mut dyn FnMut(u64, Row) -> bool) {
        let range = Id::new(kind, from)..=Id::new(kind, u64::MAX);
        for (id, row) in self.rows.range(range) {
            if !see(id.n, row.clone()) {
                break;
            }
        }
    }

    fn each_tally(&self, from: u64, to: u64, see: &mut dyn FnMut(u64, Fact, Day, Tally)) {
        let first = (from, Fact::Purchases, Day(i32::MIN));
        let end = (to, Fact::Purchases, Day(i32::MIN));
        for ((n, fact, day), tally) in self.tallies.range(first..end) {
            see(*n, *fact, *day, *tally);
        }
    }

    fn next(&self, kind: Kind) -> u64 {
        self.next.get(&kind).copied().unwrap_or(1)
    }

    fn head(&self) -> u64 {
        self.entries.len() as u64
    }

    fn entry(&self, seq: u64) -> Option<Entry> {
        self.entries.get(seq.checked_sub(1)? as usize).cloned()
    }

    fn history(&self, id: Id, before: u64, see: &mut dyn FnMut(u64) -> bool) {
        let of_record =
            |entry: &&Entry| entry.seq < before && (entry.batch == Some(id) || entry.records().contains(&id));
        for entry in self.entries.iter().rev().filter(of_record) {
            if !see(entry.seq) {
                break;
            }
        }
    }

    fn mentions(&self, member: Id, see: &mut dyn FnMut(u64) -> bool) {
        let mentions = |entry: &&Entry| entry.events.iter().any(|event| event.mentions() == Some(member));
        self.entries.iter().rev().filter(mentions).all(|entry| see(entry.seq));
    }

    fn undone_by(&self, seq: u64) -> Option<u64> {
        let undoes = |entry: &&Entry| entry.cause == Cause::Undoes { seq };
        let last = self.entries.iter().rev().find(undoes)?;
        if self.undone_by(last.seq).is_some() { None } else { Some(last.seq) }
    }
}
