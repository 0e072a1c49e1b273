//! Rows of any kind: members, teams, contacts, deals, purchases, interactions, runs of playbooks, batches.

use super::{Desk, MOST};
use crate::filter::Schema;
use crate::model::query::{Named, RowLine};
use crate::model::{Answer, Id, Kind, Refusal, Row, Rows};
use crate::text::Clean;

impl Desk<'_> {
    pub(super) fn rows(&self, kind: Kind, filter: &Clean, from: u64, limit: u32) -> Result<Answer, Refusal> {
        let prepared = match (Schema::of(kind), filter.is_empty()) {
            (_, true) => None,
            (Some(schema), false) => Some(self.filter(filter, schema)?),
            (None, false) => return Err(Refusal::NoField(kind, filter.clone(), None)),
        };
        let snapshot = &*self.head.snapshot;
        let limit = limit.min(MOST) as usize;
        let mut lines = Vec::new();
        snapshot.each_row(kind, from, &mut |n, row| {
            if lines.len() >= limit {
                return false;
            }
            let id = Id::new(kind, n);
            let mine =
                !matches!(&row, Row::View(view) if !view.shared && view.owner != Some(self.actor.member));
            // What is hidden cannot be asked for either.
            let row = if mine && self.sees(&row) { self.veil.row(id, row) } else { None };
            let passes =
                |row: &Row| prepared.as_ref().is_none_or(|filter| filter.matches(&self.seen(id, row)));
            lines.extend(row.filter(passes).map(|row| self.row_line(id, row)));
            lines.len() < limit
        });
        Ok(Answer::Rows(lines))
    }

    fn row_line(&self, id: Id, row: Row) -> RowLine {
        let mut names: Vec<Named> = Vec::new();
        row.each_ref(&mut |target| names.push(self.names.named(target)));
        if let Row::Task(task) = &row {
            names.push(Named { id, name: self.task_title(task) });
        }
        RowLine { id, hidden: self.veil.fields(id, &row), row, names }
    }
}
