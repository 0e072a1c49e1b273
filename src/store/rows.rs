//! Rows out of tables: of a snapshot, and of a write transaction. One implementation for both.

use redb::{ReadableTable, StorageError};

use super::StoreError;
use super::journal::open_entry;
use super::tables::{Access, Reading, Tables};
use crate::codec::from_bytes;
use crate::model::{Day, Entry, Fact, Id, Kind, Row, Rows, Settings, Tally};

/// The store at one moment: a read transaction over every table. It is consistent in itself for as long as it is held,
/// and keeps the file from shrinking for as long; so it is taken for one question and let go.
///
/// A read error shows as absence and is told by `Tables::check`, which whoever answers from a snapshot asks at the end.
/// It stays: nothing that the snapshot says from then on is to be trusted.
pub type Snapshot = Tables<Reading>;

impl<A: Access> Tables<A> {
    /// How many rows of a kind there are. Counts them: for `status`.
    pub fn count(&self, kind: Kind) -> u64 {
        let mut count = 0;
        if let Some(rows) = self.keep(self.rows.range((kind as u8, 0)..=(kind as u8, u64::MAX))) {
            self.walk(rows, |_| {
                count += 1;
                true
            });
        }
        count
    }

    fn decoded(&self, kind: Kind, n: u64, bytes: &[u8]) -> Option<Row> {
        let row =
            from_bytes(bytes).map_err(|why| StoreError::corrupt(&format!("{} {}", Id::new(kind, n), why)));
        self.keep(row)
    }

    /// Sees the items of a range until `see` says false or one cannot be read.
    fn walk<T>(
        &self,
        mut range: impl Iterator<Item = Result<T, StorageError>>,
        mut see: impl FnMut(T) -> bool,
    ) {
        range.all(|item| self.keep(item).is_some_and(&mut see));
    }
}

impl<A: Access> Rows for Tables<A> {
    fn row(&self, id: Id) -> Option<Row> {
        let bytes = self.keep(self.rows.get((id.kind as u8, id.n)))??;
        self.decoded(id.kind, id.n, bytes.value())
    }

    fn scan(&self, from: &[u8], to: &[u8], backwards: bool, see: &mut dyn FnMut(&[u8]) -> bool) {
        if from >= to {
            return;
        }
        let Some(keys) = self.keep(self.keys.range::<&[u8]>(from..to)) else { return };
        if backwards {
            self.walk(keys.rev(), |(key, _)| see(key.value()));
        } else {
            self.walk(keys, |(key, _)| see(key.value()));
        }
    }

    fn tally(&self, customer: u64, fact: Fact, from: Day, to: Day) -> Tally {
        let mut sum = Tally::default();
        if from <= to {
            let days = (customer, fact as u8, from.0)..=(customer, fact as u8, to.0);
            if let Some(days) = self.keep(self.tallies.range(days)) {
                self.walk(days, |(_, tally)| {
                    sum = sum.plus(tally_of(tally.value()));
                    true
                });
            }
        }
        sum
    }

    fn each_row(&self, kind: Kind, from: u64, see: &mut dyn FnMut(u64, Row) -> bool) {
        let of_kind = (kind as u8, from)..=(kind as u8, u64::MAX);
        let Some(rows) = self.keep(self.rows.range(of_kind)) else { return };
        self.walk(rows, |(id, row)| {
            let (_, n) = id.value();
            self.decoded(kind, n, row.value()).is_some_and(|row| see(n, row))
        });
    }

    fn each_tally(&self, from: u64, to: u64, see: &mut dyn FnMut(u64, Fact, Day, Tally)) {
        if from >= to {
            return;
        }
        let customers = (from, 0, i32::MIN)..(to, 0, i32::MIN);
        let Some(tallies) = self.keep(self.tallies.range(customers)) else { return };
        self.walk(tallies, |(key, tally)| {
            let (customer, fact, day) = key.value();
            if let Some(fact) = Fact::from_code(fact) {
                see(customer, fact, Day(day), tally_of(tally.value()));
            }
            true
        });
    }

    fn next(&self, kind: Kind) -> u64 {
        self.keep(self.next.get(kind as u8)).flatten().map_or(1, |next| next.value())
    }

    fn head(&self) -> u64 {
        self.head
    }

    fn entry(&self, seq: u64) -> Option<Entry> {
        let sealed = self.keep(self.journal.get(seq))??;
        self.keep(open_entry(seq, sealed.value()))
    }

    fn history(&self, id: Id, before: u64, see: &mut dyn FnMut(u64) -> bool) {
        let (kind, n) = (id.kind as u8, id.n);
        let Some(entries) = self.keep(self.history.range((kind, n, 0)..(kind, n, before))) else { return };
        self.walk(entries.rev(), |(key, _)| see(key.value().2));
    }

    fn moves(&self, customer: Id, see: &mut dyn FnMut(u64) -> bool) {
        let Some(entries) = self.keep(self.moves.range((customer.n, 0)..=(customer.n, u64::MAX))) else {
            return;
        };
        self.walk(entries.rev(), |(key, _)| see(key.value().1));
    }

    fn mentions(&self, member: Id, see: &mut dyn FnMut(u64) -> bool) {
        let of_member = (member.n, 0)..=(member.n, u64::MAX);
        let Some(entries) = self.keep(self.mentions.range(of_member)) else { return };
        self.walk(entries.rev(), |(key, _)| see(key.value().1));
    }

    /// What took it back last counts unless that was taken back, which counts unless, and so on: every second link.
    fn undone_by(&self, seq: u64) -> Option<u64> {
        let last = |seq| self.keep(self.undone.get(seq)).flatten().map(|by| by.value());
        let first = last(seq)?;
        let links = std::iter::successors(Some(first), |by| last(*by)).count();
        (links % 2 == 1).then_some(first)
    }

    fn settings(&self) -> Settings {
        let read = || self.row(Id::SETTINGS).and_then(|row| row.try_into().ok()).unwrap_or_default();
        self.settings.get_or_init(read).clone()
    }
}

fn tally_of((count, sum): (i64, i64)) -> Tally {
    Tally { count, sum }
}
