//! What time brought when the clock was moved.

use serde_json::{Map, Value as Json};

use super::gx::Gx;
use super::page::Page;
use crate::model::brought::Brought;
use crate::model::{Answer, Id, Query, Receipt};
use crate::text::Lang;
use crate::text::say::brought as say;

/// How many of each kind.
pub(super) type Counts = Vec<(Brought, u64)>;

impl Gx {
    /// What time brought when a write moved the clock; none where it was another write.
    pub(super) fn brought(&mut self, receipt: &Receipt) -> Option<Counts> {
        if !receipt.changes.iter().any(|event| event.sets(Id::SETTINGS, "clock_ahead").is_some()) {
            return None;
        }
        match self.ask(Query::Brought { since: *receipt.seqs.first()? }).ok()? {
            Answer::Brought(counts) => Some(counts),
            _ => None,
        }
    }
}

/// As people read it.
pub(super) fn draw(page: &mut Page, counts: &Counts, lang: Lang) {
    let told: Vec<String> = counts.iter().map(|(brought, count)| brought.say(lang, *count)).collect();
    let told = told.join(lang.pick(", ", "，"));
    page.line([if told.is_empty() { say::nothing(lang).into() } else { say::brought(lang, told).into() }]);
}

/// As scripts read it.
pub(super) fn shape(counts: &Counts) -> Json {
    let counts = counts.iter().map(|(brought, count)| (brought.word().to_owned(), (*count).into()));
    counts.collect::<Map<_, _>>().into()
}
