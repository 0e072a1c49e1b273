//! Verify: what the tables say against what the journal says.
//!
//! The journal is folded, in chunks, into the tables of a scratch file without a name, by the code that a rebuild uses;
//! then each table is walked beside its twin. Memory stays at the scratch file's cache and one chunk, whatever the
//! store's size; on the disk it takes for a while about as much as the store. The read transaction that is
//! compared is held throughout, so a store that is written to meanwhile grows.

use std::cmp::Ordering;

use redb::{Database, Key, ReadableTable, Value};

use super::{Progress, Snapshot, StoreError, past, project};
use crate::model::query::Verified;
use crate::model::{Day, Fact, Id, Kind, index};
use crate::text::{Clean, Lang, say};

/// How many faults are told.
const TOLD: usize = 100;

/// Compares a snapshot with its journal, folded into the empty database `scratch`. Faults are said in `lang`; an
/// entry that does not hold is one of them, and ends the comparison.
pub(super) fn verify(
    snapshot: &Snapshot,
    scratch: &Database,
    lang: Lang,
    progress: &mut Progress<'_>,
) -> Result<Verified, StoreError> {
    let mut found = Findings { lang, compared: 0, faults: Vec::new() };
    match project::refill(scratch, &snapshot.journal, 1, progress) {
        Ok(()) => found.compare_all(snapshot, &past::tables(scratch)?)?,
        Err(fault @ (StoreError::Damaged { .. } | StoreError::Gap { .. })) => found.tell(&fault.say(lang)),
        Err(error) => return Err(error),
    }
    Ok(Verified { entries: snapshot.head, compared: found.compared, faults: found.faults })
}

struct Findings {
    lang: Lang,
    compared: u64,
    faults: Vec<Clean>,
}

impl Findings {
    fn compare_all(&mut self, ours: &Snapshot, twin: &Snapshot) -> Result<(), StoreError> {
        self.compare(&ours.rows, &twin.rows, |lang, (kind, n)| say::store::row(lang, name(kind, n)))?;
        self.compare(&ours.keys, &twin.keys, |lang, key| {
            let id = index::target(key).map(|id| id.to_string()).unwrap_or_default();
            say::store::key(lang, key.first().copied().unwrap_or_default(), id)
        })?;
        self.compare(&ours.tallies, &twin.tallies, |lang, (customer, fact, day)| {
            let fact = Fact::from_code(fact).map(|fact| format!("{fact:?}")).unwrap_or_default();
            say::store::tally(lang, Id::customer(customer), fact, Day(day).date())
        })?;
        self.compare(&ours.history, &twin.history, |lang, (kind, n, seq)| {
            say::store::history(lang, name(kind, n), seq)
        })?;
        self.compare(&ours.moves, &twin.moves, |lang, (n, seq)| {
            say::store::history(lang, Id::customer(n), seq)
        })?;
        self.compare(&ours.mentions, &twin.mentions, |lang, (n, seq)| {
            say::store::history(lang, Id::new(Kind::Member, n).to_string(), seq)
        })?;
        self.compare(&ours.undone, &twin.undone, say::store::undone)?;
        self.compare(&ours.next, &twin.next, |lang, kind| say::store::next(lang, letter(kind)))
    }

    /// Walks two tables side by side.
    fn compare<K: Key + 'static, V: Value + 'static>(
        &mut self,
        ours: &impl ReadableTable<K, V>,
        twin: &impl ReadableTable<K, V>,
        what: impl Fn(Lang, K::SelfType<'_>) -> String,
    ) -> Result<(), StoreError> {
        let mut ours = ours.iter()?;
        let mut twin = twin.iter()?;
        let (mut mine, mut other) = (ours.next().transpose()?, twin.next().transpose()?);
        loop {
            let order = match (&mine, &other) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((a, _)), Some((b, _))) => {
                    K::compare(K::as_bytes(&a.value()).as_ref(), K::as_bytes(&b.value()).as_ref())
                }
            };
            self.compared += 1;
            match (order, &mine, &other) {
                (Ordering::Equal, Some((key, a)), Some((_, b)))
                    if V::as_bytes(&a.value()).as_ref() != V::as_bytes(&b.value()).as_ref() =>
                {
                    self.tell(&say::store::different(self.lang, what(self.lang, key.value())));
                }
                (Ordering::Less, Some((key, _)), _) => {
                    self.tell(&say::store::surplus(self.lang, what(self.lang, key.value())));
                }
                (Ordering::Greater, _, Some((key, _))) => {
                    self.tell(&say::store::lacking(self.lang, what(self.lang, key.value())));
                }
                _ => {}
            }
            if order.is_le() {
                mine = ours.next().transpose()?;
            }
            if order.is_ge() {
                other = twin.next().transpose()?;
            }
        }
    }

    fn tell(&mut self, fault: &str) {
        if self.faults.len() < TOLD {
            self.faults.push(Clean::washed(fault).0);
        }
    }
}

fn name(kind: u8, n: u64) -> String {
    format!("{}{n}", letter(kind))
}

fn letter(kind: u8) -> char {
    Kind::from_code(kind).map_or('?', Kind::letter)
}
