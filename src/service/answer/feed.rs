//! What the others did to the customers in sight.

use std::collections::HashMap;

use super::{Desk, MOST};
use crate::model::query::FeedLine;
use crate::model::{Answer, Entry, Id, Kind, Rows};

/// How far back the journal is read at most, in entries.
const ENTRIES: u64 = 10_000;

impl Desk<'_> {
    /// A line for each customer that others did something to behind this place of the journal, the newest first.
    pub(super) fn feed(&self, since: u64, limit: u32) -> Answer {
        let rows = &*self.head.snapshot;
        let limit = limit.min(MOST) as usize;
        let first = since.max(rows.head().saturating_sub(ENTRIES)) + 1;
        let mut lines: Vec<FeedLine> = Vec::new();
        let mut places: HashMap<Id, usize> = HashMap::new();
        for entry in (first..=rows.head()).rev().map_while(|seq| rows.entry(seq)) {
            if lines.len() >= limit {
                break;
            }
            let others = entry.by.filter(|by| *by != self.actor.member && !entry.is_derived());
            let Some(by) = others.filter(|_| rows.undone_by(entry.seq).is_none()) else { continue };
            for customer in self.customers_of(&entry) {
                let place = *places.entry(customer).or_insert(lines.len());
                if place == lines.len() {
                    let customer = self.names.named(customer);
                    lines.push(FeedLine { customer, at: entry.at, by: Vec::new(), commands: Vec::new() });
                }
                let line = &mut lines[place];
                if line.by.iter().all(|known| known.id != by) {
                    line.by.push(self.names.named(by));
                }
                if !line.commands.contains(&entry.command) {
                    line.commands.push(entry.command.clone());
                }
            }
        }
        lines.truncate(limit);
        Answer::Feed(lines)
    }

    /// The customers in sight that an entry is about; one may come several times.
    fn customers_of(&self, entry: &Entry) -> Vec<Id> {
        let rows = &*self.head.snapshot;
        let touched = entry.records().into_iter().filter_map(|record| {
            let row = rows.row(record)?;
            let customer = if record.kind == Kind::Customer { Some(record) } else { row.customer() };
            customer.filter(|_| self.sees(&row))
        });
        touched.collect()
    }
}
