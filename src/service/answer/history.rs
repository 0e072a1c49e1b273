//! The journal, newest first.

use std::collections::BTreeSet;

use super::{Desk, MOST};
use crate::model::query::HistoryItem;
use crate::model::{Answer, Entry, Event, Id, Kind, Refusal, Rows, Sight, Which};
use crate::text::Clean;

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
        let by = Some(by).filter(|by| !by.is_empty()).map(member).transpose()?;
        let since = self.since(since)?;
        let before = before.unwrap_or(u64::MAX);
        let limit = limit.min(MOST) as usize;
        let mut items = Vec::new();
        let mut see = |seq: u64| {
            let entry = rows.entry(seq).filter(|_| items.len() < limit);
            let Some(entry) = entry.filter(|entry| since.is_none_or(|since| entry.at >= since)) else {
                return false;
            };
            if by.is_none() || entry.by == by {
                items.extend(self.history_item(entry, record));
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
    fn history_item(&self, mut entry: Entry, record: Option<Id>) -> Option<HistoryItem> {
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
            HistoryItem { by: self.maybe(entry.by), undone_by, names, entry }
        })
    }
}
