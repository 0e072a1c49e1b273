//! The journal, newest first.

use std::collections::{BTreeMap, BTreeSet};

use super::{Desk, MOST};
use crate::model::brought::Brought;
use crate::model::query::HistoryItem;
use crate::model::{Answer, Cause, Entry, Event, Id, Instant, Kind, Refusal, Rows, Sight, Which};
use crate::text::say::brought as say;
use crate::text::{Clean, Lang};

impl Desk<'_> {
    pub(super) fn history(
        &self,
        record: Option<&Which>,
        by: &Clean,
        since: &Clean,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Answer, Refusal> {
        let rows = &*self.head.snapshot;
        let record = record.map(|which| self.record(which)).transpose()?;
        let member = |words: &Clean| crate::rules::names::find(rows, Kind::Member, words, &self.stamp());
        let by = match Some(by).filter(|by| !by.is_empty()).map(member) {
            Some(Err(Refusal::NoMatch(..))) if is_clock(by) => Some(None),
            other => other.transpose()?.map(Some),
        };
        let since = self.since(since)?;
        let before = before.unwrap_or(u64::MAX);
        let limit = limit.min(MOST) as usize;
        let mut items = Vec::new();
        let mut see = |seq: u64| {
            let entry = rows.entry(seq).filter(|_| items.len() < limit);
            let Some(entry) = entry.filter(|entry| since.is_none_or(|since| entry.at >= since)) else {
                return false;
            };
            let due = self.due(&entry);
            let is_theirs = match by {
                None => true,
                Some(None) => due.is_some() || entry.cause == Cause::Clock,
                Some(member) => entry.by == member,
            };
            if is_theirs {
                items.extend(self.history_item(entry, due, record));
            }
            true
        };
        if let Some(record) = record {
            rows.history(record, before, &mut see);
        } else {
            let last = rows.head().min(before.saturating_sub(1));
            (1..=last).rev().all(see);
        }
        Ok(Answer::History(items))
    }

    /// When time brought an entry, or what it follows from.
    pub(super) fn due(&self, entry: &Entry) -> Option<Instant> {
        match entry.cause {
            Cause::Follows { seq } => self.head.snapshot.entry(seq)?.due(),
            _ => entry.due(),
        }
    }

    /// What the program itself did behind a place of the journal because time brought it, or another policy: so many of
    /// each kind, of those whom the reader may know.
    pub(super) fn brought(&self, since: u64) -> Answer {
        let rows = &*self.head.snapshot;
        let mut counts: BTreeMap<Brought, u64> = BTreeMap::new();
        let mut brought = BTreeSet::new();
        for entry in (since.saturating_add(1)..=rows.head()).map_while(|seq| rows.entry(seq)) {
            let is_brought = match entry.cause {
                Cause::Due { .. } | Cause::Clock => true,
                Cause::Follows { seq } => brought.contains(&seq),
                Cause::Asked | Cause::Undoes { .. } => false,
            };
            if !is_brought {
                continue;
            }
            brought.insert(entry.seq);
            for event in entry.events.iter().filter(|event| self.knows(event.record())) {
                if let Some(kind) = Brought::of(event) {
                    *counts.entry(kind).or_default() += 1;
                }
            }
        }
        Answer::Brought(counts.into_iter().collect())
    }

    /// A record of any kind: an id, or words that mean a customer.
    fn record(&self, which: &Which) -> Result<Id, Refusal> {
        match which {
            Which::Words(words) => match words.as_str().parse::<Id>() {
                Ok(id) => Ok(id),
                Err(_) => self.which(Kind::Customer, which),
            },
            Which::Id(id) => Ok(*id),
        }
    }

    /// An entry with what may be seen of it; none where it is about nothing that may be, or a note that rules keep for
    /// themselves.
    fn history_item(
        &self,
        mut entry: Entry,
        due: Option<Instant>,
        record: Option<Id>,
    ) -> Option<HistoryItem> {
        let record = record.filter(|record| record.kind != Kind::Batch);
        self.veil.changes(&mut entry.events);
        entry.events.retain(|event| {
            record.is_none_or(|record| event.record() == record) && self.knows(event.record())
        });
        let undone_by = self.head.snapshot.undone_by(entry.seq);
        let is_note = entry.is_derived() && !entry.events.iter().any(Event::tells);
        let told = (self.sight == Sight::All || !entry.events.is_empty()) && !is_note;
        told.then(|| {
            let refs: BTreeSet<Id> = entry.events.iter().flat_map(Event::refs).collect();
            let names = refs.into_iter().map(|id| self.names.named(id)).collect();
            HistoryItem { by: self.maybe(entry.by), undone_by, due, names, entry }
        })
    }
}

/// Whether the clock is meant, in either language.
fn is_clock(by: &Clean) -> bool {
    [Lang::En, Lang::Zh].into_iter().any(|lang| by.as_str().eq_ignore_ascii_case(say::clock(lang)))
}
