//! The rows that are marked, to act on all of them.
//!
//! A mark belongs to a record, not to a row: it moves with the record, and stays counted where the record leaves the
//! list because somebody changed it. To show another list drops the marks, so that nobody acts on what they forgot.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::book::{Book, List, named, of_task};
use crate::keys::Act;
use crate::model::{Id, Named};
use crate::text::Clean;

/// The most records that can be marked at once.
pub(super) const MOST: usize = 20_000;

/// The rows of a list, as far as they are known.
pub(super) trait Rows {
    /// How many there are.
    fn total(&self) -> usize;
    /// The record in a row.
    fn record(&self, row: usize) -> Option<Named>;
    /// The row of a record.
    fn place(&self, id: Id) -> Option<usize>;
}

impl Rows for List {
    fn total(&self) -> usize {
        self.total
    }

    fn record(&self, row: usize) -> Option<Named> {
        self.line(row).map(named)
    }

    fn place(&self, id: Id) -> Option<usize> {
        self.row_of(id)
    }
}

/// The queue, of which the first tasks are known.
#[derive(Clone, Copy)]
pub(super) struct Queue<'a>(pub(super) &'a Book);

impl Rows for Queue<'_> {
    fn total(&self) -> usize {
        self.0.tasks_total as usize
    }

    fn record(&self, row: usize) -> Option<Named> {
        self.0.tasks.get(row).map(of_task)
    }

    fn place(&self, id: Id) -> Option<usize> {
        self.0.tasks.iter().position(|task| task.id == id)
    }
}

/// Rows that are to be marked; with `flip` each becomes what it was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) rows: Range<usize>,
    pub(super) flip: bool,
}

/// The marks of a list.
#[derive(Debug, Default)]
pub(super) struct Marks {
    marked: BTreeMap<Id, Clean>,
    /// The row from which a range reaches to the bar, and the record that stood there.
    begun: Option<(usize, Option<Id>)>,
}

impl Marks {
    /// Whether nothing is marked.
    pub(super) fn is_empty(&self) -> bool {
        self.marked.is_empty() && self.begun.is_none()
    }

    /// Whether a range reaches to the bar.
    pub(super) fn ranges(&self) -> bool {
        self.begun.is_some()
    }

    /// How many are marked, with the bar in this row.
    pub(super) fn count(&self, rows: &dyn Rows, bar: usize) -> usize {
        let more = self.range(bar).filter(|row| rows.record(*row).is_none_or(|named| !self.holds(named.id)));
        self.marked.len() + more.count()
    }

    /// How many of them are not among the rows, as far as these are known.
    pub(super) fn hidden(&self, rows: &dyn Rows) -> usize {
        let known: Option<BTreeSet<Id>> =
            (0..rows.total()).map(|row| rows.record(row).map(|named| named.id)).collect();
        match known {
            Some(known) => self.marked.keys().filter(|id| !known.contains(id)).count(),
            None => self.marked.len().saturating_sub(rows.total()),
        }
    }

    /// Whether a row with this record is marked, with the bar in row `bar`.
    pub(super) fn shows(&self, id: Id, row: usize, bar: usize) -> bool {
        self.holds(id) || self.range(bar).contains(&row)
    }

    /// The records, without those of a range that is not ended.
    pub(super) fn all(&self) -> Vec<Named> {
        self.marked.iter().map(|(id, name)| Named { id: *id, name: name.clone() }).collect()
    }

    /// Does what a key asks for, with the bar in row `bar`; none if it is none for marks. What is wanted of rows that
    /// are not known is for the caller to find out.
    pub(super) fn act(&mut self, act: Act, rows: &dyn Rows, bar: usize) -> Option<Wanted> {
        let all = 0..rows.total();
        match act {
            Act::Mark | Act::MarkRange if self.begun.is_some() => self.end(rows, bar),
            Act::Mark => self.want(Wanted { rows: bar..(bar + 1).min(all.end), flip: true }, rows),
            Act::MarkRange => {
                self.begun = Some((bar, rows.record(bar).map(|named| named.id)));
                None
            }
            Act::MarkAll => self.want(Wanted { rows: all, flip: false }, rows),
            Act::MarkInvert => self.want(Wanted { rows: all, flip: true }, rows),
            _ => None,
        }
    }

    /// Ends a range: its rows are marked.
    pub(super) fn end(&mut self, rows: &dyn Rows, bar: usize) -> Option<Wanted> {
        let range = self.range(bar);
        self.begun = None;
        self.want(Wanted { rows: range.start..range.end.min(rows.total()), flip: false }, rows)
    }

    /// Marks records, or turns their marks round.
    pub(super) fn take(&mut self, records: impl IntoIterator<Item = Named>, flip: bool) {
        self.begun = None;
        for Named { id, name } in records {
            if !flip || self.marked.remove(&id).is_none() {
                self.marked.insert(id, name);
            }
        }
    }

    /// Takes a mark away.
    pub(super) fn remove(&mut self, id: Id) {
        self.marked.remove(&id);
    }

    /// Gives a range up or, without one, takes all marks away; false if there were none.
    pub(super) fn back(&mut self) -> bool {
        let begun = self.begun.take().is_some();
        begun || !std::mem::take(&mut self.marked).is_empty()
    }

    /// Takes all marks away.
    pub(super) fn clear(&mut self) {
        *self = Marks::default();
    }

    /// Gives a range up: the rows are in another order.
    pub(super) fn drop_range(&mut self) {
        self.begun = None;
    }

    /// Finds the row again from which a range reaches.
    pub(super) fn settle(&mut self, rows: &dyn Rows) {
        if let Some((row, Some(id))) = &mut self.begun {
            *row = rows.place(*id).unwrap_or(*row);
        }
    }

    fn holds(&self, id: Id) -> bool {
        self.marked.contains_key(&id)
    }

    /// The rows of the range.
    fn range(&self, bar: usize) -> Range<usize> {
        self.begun.map_or(0..0, |(from, _)| from.min(bar)..from.max(bar) + 1)
    }

    /// Marks rows if all of them are known, else gives them back.
    fn want(&mut self, wanted: Wanted, rows: &dyn Rows) -> Option<Wanted> {
        let known: Option<Vec<Named>> = wanted.rows.clone().map(|row| rows.record(row)).collect();
        match known {
            Some(records) => {
                self.take(records, wanted.flip);
                None
            }
            None => Some(wanted),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A list of which only the first rows are known.
    struct List {
        ids: Vec<u64>,
        known: usize,
    }

    impl Rows for List {
        fn total(&self) -> usize {
            self.ids.len()
        }

        fn record(&self, row: usize) -> Option<Named> {
            let id = *self.ids.get(row).filter(|_| row < self.known)?;
            Some(Named { id: Id::customer(id), name: Clean::default() })
        }

        fn place(&self, id: Id) -> Option<usize> {
            self.ids[..self.known].iter().position(|n| *n == id.n)
        }
    }

    fn list(count: u64, known: usize) -> List {
        List { ids: (1..=count).collect(), known }
    }

    fn ids(marks: &Marks) -> Vec<u64> {
        marks.all().iter().map(|named| named.id.n).collect()
    }

    #[test]
    fn a_range_reaches_to_the_bar_wherever_its_beginning_has_moved() {
        let (mut marks, mut rows) = (Marks::default(), list(9, 9));
        marks.act(Act::MarkRange, &rows, 3);
        assert!(marks.shows(Id::customer(4), 3, 3) && marks.count(&rows, 3) == 1);
        rows.ids.insert(0, 99);
        marks.settle(&rows);
        assert_eq!(marks.count(&rows, 1), 4);
        marks.act(Act::MarkRange, &rows, 1);
        assert_eq!(ids(&marks), [1, 2, 3, 4]);
        assert!(marks.back() && !marks.back());
    }

    #[test]
    fn a_range_is_given_up_before_the_marks() {
        let (mut marks, rows) = (Marks::default(), list(9, 9));
        marks.act(Act::Mark, &rows, 8);
        marks.act(Act::MarkRange, &rows, 0);
        assert!(marks.back());
        assert_eq!(ids(&marks), [9]);
        assert!(marks.back() && marks.is_empty());
    }

    #[test]
    fn rows_that_are_not_known_are_asked_for() {
        let (mut marks, rows) = (Marks::default(), list(9, 4));
        assert_eq!(marks.act(Act::MarkAll, &rows, 0), Some(Wanted { rows: 0..9, flip: false }));
        marks.act(Act::MarkRange, &rows, 2);
        assert_eq!(marks.act(Act::MarkRange, &rows, 6), Some(Wanted { rows: 2..7, flip: false }));
        assert!(marks.is_empty());
        marks.act(Act::MarkRange, &rows, 2);
        assert_eq!(marks.act(Act::MarkRange, &rows, 3), None);
        assert_eq!(ids(&marks), [3, 4]);
    }

    proptest! {
        #[test]
        fn marks_are_the_rows_that_were_marked(
            acts in proptest::collection::vec((0_usize..4, 0_usize..12), 0..40),
        ) {
            const ACTS: [Act; 4] = [Act::Mark, Act::MarkRange, Act::MarkAll, Act::MarkInvert];
            let (mut marks, rows) = (Marks::default(), list(12, 12));
            for (act, bar) in acts {
                let before: BTreeSet<u64> = ids(&marks).into_iter().collect();
                let seen: BTreeSet<u64> = (0..12_usize)
                    .filter(|row| marks.shows(Id::customer(*row as u64 + 1), *row, bar))
                    .map(|row| row as u64 + 1)
                    .collect();
                prop_assert_eq!(marks.count(&rows, bar), seen.len(), "the title counts what is seen");
                let begun = marks.begun.is_some();
                prop_assert_eq!(marks.act(ACTS[act], &rows, bar), None);
                let after: BTreeSet<u64> = ids(&marks).into_iter().collect();
                match ACTS[act] {
                    Act::Mark | Act::MarkRange if begun => prop_assert_eq!(after, seen),
                    Act::MarkAll => prop_assert_eq!(after.len(), 12),
                    Act::MarkInvert => prop_assert!(after.is_disjoint(&before) && after.len() + before.len() == 12),
                    Act::Mark => prop_assert_eq!(after.symmetric_difference(&before).count(), 1),
                    _ => prop_assert_eq!(after, before),
                }
            }
        }
    }
}
