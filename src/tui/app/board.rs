//! The team's board and the rows behind its numbers, and why things are as they are.

use super::{App, LinkState};
use crate::model::{Query, Which};
use crate::text::Clean;
use crate::text::say::{board, tui as say};
use crate::tui::book::Topic;
use crate::tui::frame::Pane;
use crate::tui::sheets::Sheet;
use crate::tui::sheets::board::Board;
use crate::tui::sheets::page::{Page, Tells};

/// The board, while the rows behind one of its numbers are seen.
#[derive(Debug)]
pub(super) struct Behind {
    board: Board,
    /// What the list is narrowed to.
    filter: Clean,
    /// What it was narrowed to before.
    before: Clean,
}

impl App {
    pub(super) fn open_board(&mut self) {
        self.sheets.push(Sheet::Board(Board::default()));
    }

    /// Shows the rows behind a number of the board, which stands behind them.
    pub(super) fn show_rows(&mut self, filter: Clean) {
        let before = self.book.list.filter().clone();
        if let Some(Sheet::Board(board)) = self.sheets.pop() {
            self.behind = Some(Behind { board, filter: filter.clone(), before });
        }
        self.narrow(filter);
        self.focus_on(Pane::Customers);
    }

    /// Says why a number of movement does not open.
    pub(super) fn tell_no_rows(&mut self, too_many: bool) {
        let text = if too_many { board::too_many_moved } else { board::nobody_moved };
        self.tell(text(self.lang));
    }

    /// Goes back to the board that stands behind the rows; false if none does, or others are seen meanwhile.
    pub(super) fn back_to_board(&mut self) -> bool {
        let Some(Behind { board, filter, before }) = self.behind.take() else { return false };
        if filter != *self.book.list.filter() {
            return false;
        }
        self.narrow(before);
        self.focus_on(Pane::Tiers);
        self.sheets.push(Sheet::Board(board));
        true
    }

    /// Tells why what is under the bar is as it is.
    pub(super) fn why(&mut self) {
        let tells = match self.focus {
            Pane::Tasks => self.tasks.task(&self.book).map(|task| Tells::Task(task.id)),
            Pane::Tiers => self.tiers.tier(&self.book).map(|tier| Tells::Line(tier, false)),
            Pane::Customers | Pane::Timeline => None,
        };
        match tells.or_else(|| self.subject.is_some().then_some(Tells::Why)) {
            Some(tells) if matches!(self.link, LinkState::Up) => {
                self.sheets.push(Sheet::Page(Page::new(tells)));
            }
            Some(_) => self.fail(say::needs_link(self.lang)),
            None => self.fail(say::no_subject(self.lang)),
        }
    }

    /// Asks for what sheets tell that is not on the screen else.
    pub(super) fn ask_told(&mut self) {
        let (mut board, mut task, mut steps) = (None, None, None);
        for sheet in &self.sheets {
            match sheet {
                Sheet::Board(_) => board = Some(Query::Board),
                Sheet::Page(page) => match page.tells() {
                    Tells::Line(..) => board = Some(Query::Board),
                    Tells::Task(id) => task = Some(Query::WhyTask { task: *id }),
                    Tells::Why => {
                        let customer = self.subject.as_ref().map(|subject| Which::Id(subject.id));
                        steps = customer.map(|customer| Query::TierHistory { customer });
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        for (topic, query) in [(Topic::Board, board), (Topic::WhyTask, task), (Topic::TierHistory, steps)] {
            self.book.ask_while(topic, query, self.now);
        }
    }
}
