//! Marks: what keys mark, and the rows that have to be asked for first.

use super::App;
use crate::keys::{Act, Scope};
use crate::model::Named;
use crate::text::say::many;
use crate::tui::book::of_task;
use crate::tui::frame::Pane;
use crate::tui::marks::{MOST, Marks, Queue, Rows, Wanted};
use crate::tui::sheets::Sheet;
use crate::tui::sheets::page::{Page, Tells};

/// Rows that were asked for to be marked.
#[derive(Debug)]
pub(super) struct Waiting {
    pane: Pane,
    rows: Wanted,
    /// What is done once they are marked.
    then: Option<Act>,
}

impl App {
    /// Does what a key asks for with the marks of the pane in focus.
    pub(super) fn mark(&mut self, act: Act) {
        if act == Act::Refused {
            return self.show_refused();
        }
        self.forget_wanted();
        let wanted = match (self.focus, act) {
            (Pane::Customers, Act::Unmark) => return self.customers.marks.clear(),
            (Pane::Tasks, Act::Unmark) => return self.tasks.marks.clear(),
            (Pane::Customers, _) => self.customers.mark(act, &self.book),
            (Pane::Tasks, _) => self.tasks.mark(act, &self.book),
            _ => None,
        };
        if let Some(wanted) = wanted {
            self.want(wanted, None);
        }
        if act == Act::Mark {
            self.in_pane(Act::Down);
        }
    }

    /// Gives a range up or takes the marks of the pane in focus away; false if there are none.
    pub(super) fn unmark(&mut self) -> bool {
        let waited = self.wanted.is_some();
        self.forget_wanted();
        let had = match self.focus {
            Pane::Customers => self.customers.marks.back(),
            Pane::Tasks => self.tasks.marks.back(),
            _ => false,
        };
        waited || had
    }

    /// The marks of the pane in focus, where there are any.
    pub(super) fn marks(&self) -> Option<&Marks> {
        let marks = match self.focus {
            Pane::Customers => &self.customers.marks,
            Pane::Tasks => &self.tasks.marks,
            _ => return None,
        };
        Some(marks).filter(|marks| !marks.is_empty())
    }

    /// What an act is for: all that is marked, else what is under the bar. None where the marks have to be asked for:
    /// then the act comes again by itself.
    pub(super) fn aimed_at(&mut self, act: Act) -> Option<Vec<Named>> {
        if act.scope() == Scope::Customers && self.focus != Pane::Customers {
            return Some(self.subject.clone().into_iter().collect());
        }
        let wanted = match self.focus {
            Pane::Customers if self.customers.marks.ranges() => self.customers.end_range(&self.book),
            Pane::Tasks if self.tasks.marks.ranges() => self.tasks.end_range(&self.book),
            _ => None,
        };
        if let Some(wanted) = wanted {
            self.want(wanted, Some(act));
            return None;
        }
        if let Some(marks) = self.marks() {
            return Some(marks.all());
        }
        let here = match self.focus {
            Pane::Tasks => self.tasks.task(&self.book).map(of_task),
            _ => self.subject.clone(),
        };
        Some(here.into_iter().collect())
    }

    /// Asks for rows that are not known, to mark them.
    fn want(&mut self, rows: Wanted, then: Option<Act>) {
        let total = match self.focus {
            Pane::Tasks => Queue(&self.book).total(),
            _ => self.book.list.total,
        };
        if rows.rows.len() > MOST {
            return self.fail(many::too_many(self.lang, total, MOST));
        }
        match self.focus {
            Pane::Tasks => self.book.ask_task_marks(self.tasks.whose, rows.rows.end, self.now),
            _ => self.book.ask_marks(rows.rows.clone(), self.now),
        }
        self.wanted = Some(Waiting { pane: self.focus, rows, then });
    }

    /// The rows that were asked for are there.
    pub(super) fn found_wanted(&mut self) {
        let found = std::mem::take(&mut self.book.wanted);
        let Some(Waiting { pane, rows, then }) = self.wanted.take() else { return };
        match pane {
            // Of a queue all is asked up to the last row that is wanted.
            Pane::Tasks => self.tasks.marks.take(found.into_iter().skip(rows.rows.start), rows.flip),
            _ => self.customers.marks.take(found, rows.flip),
        }
        // Whoever went elsewhere meanwhile does not want it any more.
        if let Some(act) = then.filter(|_| self.sheets.is_empty() && self.focus == pane) {
            self.act(act);
            self.fill();
        }
    }

    /// Rows that were asked for are not to be marked any more.
    pub(super) fn forget_wanted(&mut self) {
        (self.wanted, self.told) = (None, None);
        self.book.forget_marks();
    }

    fn show_refused(&mut self) {
        match self.refused.clone() {
            Some((what, refused)) => {
                self.sheets.push(Sheet::Page(Page::new(Tells::Refused(what, refused))));
            }
            None => self.fail(many::none_refused(self.lang)),
        }
    }
}
