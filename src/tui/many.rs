//! An act on many records: one batch, given in chunks, each waited for before the next.
//!
//! A chunk that was sent and has no receipt is sent again after a lost connection under the counters it had, so that
//! nothing is done twice. What is refused is kept with its reason.

use std::collections::VecDeque;

use super::drafts::DraftKey;
use crate::model::{Became, Command, Id, Kind, Named, Receipt, Refusal};
use crate::text::Clean;

/// How many records go at once: few enough that one sees it move, and that others are not held up.
const CHUNK: usize = 250;

/// From how many records on it is asked before.
const ASKS: usize = 100;

/// An act on many records.
#[derive(Debug)]
pub(super) struct Many {
    /// The form that ordered it.
    pub(super) form: DraftKey,
    /// The ticket of the trial, until it is answered.
    pub(super) trial: Option<u64>,
    /// What is done, in a few words: the name of the batch.
    pub(super) what: Clean,
    /// The batch, once it is open.
    pub(super) batch: Option<Id>,
    /// The records that were refused, and why.
    pub(super) refused: Vec<(Named, Refusal)>,
    orders: VecDeque<(Named, Command)>,
    /// What is on its way.
    away: Vec<Named>,
    /// What was done, and what was so already.
    done: Vec<Id>,
    same: usize,
    all: usize,
}

impl Many {
    /// An act on records, ordered by a form.
    pub(super) fn new(form: DraftKey, what: Clean, orders: Vec<(Named, Command)>) -> Many {
        let all = orders.len();
        let (batch, refused, away, done) = (None, Vec::new(), Vec::new(), Vec::new());
        Many { form, trial: None, what, batch, refused, orders: orders.into(), away, done, same: 0, all }
    }

    /// What the first record would get: tried, it tells whether there is any use in beginning.
    pub(super) fn first(&self) -> Option<Command> {
        self.orders.front().map(|(_, command)| command.clone())
    }

    /// Whether it is asked before it begins.
    pub(super) fn asks(&self) -> bool {
        self.all > ASKS
    }

    /// The next chunk; empty when all was given.
    pub(super) fn chunk(&mut self) -> Vec<Command> {
        let count = self.orders.len().min(CHUNK);
        let (records, commands): (Vec<Named>, Vec<Command>) = self.orders.drain(..count).unzip();
        self.away = records;
        commands
    }

    /// What became of the chunk that was on its way; a refusal of the whole stands for each of its records.
    pub(super) fn heard(&mut self, receipts: Vec<Result<Receipt, Refusal>>) {
        let whole = receipts.first().and_then(|first| first.as_ref().err().cloned());
        let mut receipts = receipts.into_iter();
        for record in std::mem::take(&mut self.away) {
            match (receipts.next(), &whole) {
                (Some(Ok(receipt)), _) => {
                    self.same += usize::from(receipt.became == Became::Unchanged);
                    self.done.push(record.id);
                }
                (Some(Err(refusal)), _) => self.refused.push((record, refusal)),
                (None, Some(refusal)) => self.refused.push((record, refusal.clone())),
                (None, None) => {}
            }
        }
    }

    /// Gives up what is left: it is not known what became of the chunk on its way, and the rest is not begun.
    pub(super) fn stop(&mut self) {
        self.orders.clear();
        self.away.clear();
    }

    /// The records with which it is done, those that were so already among them.
    pub(super) fn done(&self) -> &[Id] {
        &self.done
    }

    /// With how many it is done, how many of them were so already, and how many there are.
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        (self.done.len(), self.same, self.all)
    }

    /// How many of all have been answered.
    pub(super) fn progress(&self) -> (usize, usize) {
        (self.done.len() + self.refused.len(), self.all)
    }

    /// Of which kind the records are.
    pub(super) fn kind(&self) -> Kind {
        self.form.1.kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::drafts::Deed;

    fn many(count: u64) -> Many {
        let order = |n| {
            let named = Named { id: Id::customer(n), name: Clean::default() };
            (named, Command::TierClear { customer: Id::customer(n) })
        };
        let form = (Deed::Tier, Id::customer(0));
        Many::new(form, Clean::known("tier"), (1..=count).map(order).collect())
    }

    #[test]
    fn every_record_goes_once_and_is_answered_once() {
        let mut many = many(600);
        let mut sizes = Vec::new();
        loop {
            let chunk = many.chunk();
            if chunk.is_empty() {
                break;
            }
            sizes.push(chunk.len());
            let same = Receipt { became: Became::Unchanged, ..Receipt::default() };
            many.heard(chunk.iter().map(|_| Ok(same.clone())).collect());
        }
        assert_eq!(sizes, [250, 250, 100]);
        assert_eq!((many.counts(), many.progress()), ((600, 600, 600), (600, 600)));
        let done: Vec<u64> = many.done().iter().map(|id| id.n).collect();
        assert_eq!(done, (1..=600).collect::<Vec<u64>>());
    }

    #[test]
    fn a_chunk_that_is_refused_as_a_whole_is_refused_for_each() {
        let mut many = many(300);
        many.chunk();
        many.heard(vec![Err(Refusal::NoTask)]);
        assert_eq!((many.refused.len(), many.counts()), (250, (0, 0, 300)));
        many.chunk();
        many.stop();
        assert!(many.chunk().is_empty());
        assert_eq!(many.progress(), (250, 300), "what became of the last ones is not known");
    }
}
