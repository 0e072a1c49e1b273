//! The journal, newest first.

use super::{Desk, MOST};
use crate::model::query::HistoryItem;
use crate::model::{Answer, Id, Instant, Kind, Refusal, Rows, Which};
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
            if items.len() < limit {
                items.extend(self.history_item(seq, record, by, since));
            }
            items.len() < limit && !self.is_before(seq, since)
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

    fn is_before(&self, seq: u64, since: Option<Instant>) -> bool {
        since.is_some_and(|since| self.head.snapshot.entry(seq).is_some_and(|entry| entry.at < since))
    }

    fn history_item(
        &self,
        seq: u64,
        record: Option<Id>,
        by: Option<Id>,
        since: Option<Instant>,
    ) -> Option<HistoryItem> {
        let mut entry = self.head.snapshot.entry(seq)?;
        if by.is_some() && entry.by != by || since.is_some_and(|since| entry.at < since) {
            return None;
        }
        if let Some(record) = record.filter(|record| record.kind != Kind::Batch) {
            entry.events.retain(|event| event.record() == record);
        }
        Some(HistoryItem { by: self.maybe(entry.by), undone_by: self.head.snapshot.undone_by(seq), entry })
    }
}
