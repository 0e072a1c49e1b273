//! Sheets: what lies over the panes for a while. They lie over the lower right, so that the customer stays in sight;
//! the bar of filters has a strip of its own above the list.

pub(super) mod argument;
pub(super) mod board;
pub(super) mod choose;
pub(super) mod columns;
pub(super) mod copy;
mod figures;
pub(super) mod find;
pub(super) mod form;
pub(super) mod forms;
pub(super) mod help;
pub(super) mod history;
pub(super) mod narrow;
pub(super) mod news;
pub(super) mod page;
pub(super) mod palette;
pub(super) mod path;
pub(super) mod plan;
pub(super) mod running;
pub(super) mod trial;
pub(super) mod views;
pub(super) mod week;
mod why;
pub(super) mod work;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Block, Clear, Widget};

use super::book::Book;
use super::frame::Frame;
use super::look::Look;
use super::panes::Seen;
use super::panes::columns::Column;
use crate::keys::{Act, Scope};
use crate::model::query::{MentionLine, TaskLine};
use crate::model::{Id, Instant, Named, View, Whose};
use crate::text::Clean;
use board::Board;
use choose::Choose;
use columns::Columns;
use copy::Copy;
use find::Find;
use form::Form;
use help::Help;
use history::History;
use narrow::Narrow;
use news::News;
use page::Page;
use palette::Palette;
use plan::Plan;
use running::Running;
use trial::Trial;
use views::Views;
use week::Week;

/// What a sheet wants done that is not its own business.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wish {
    /// The sheet is done with.
    Close,
    /// This customer is what everything is about.
    Show(Named),
    /// The list is narrowed to this.
    Narrow(Clean),
    /// The customers behind a number of the board are shown.
    Rows(Clean),
    /// There is nothing to show behind a number of movement: nobody moved, or (true) too many for a filter.
    NoRows(bool),
    /// The rule of this tier, or else (true) of this stage, is told.
    WhyLine(Clean, bool),
    /// This record is changed in a form.
    Change(Id),
    /// The list stays narrowed to this, which was typed.
    Keep(Clean),
    /// The list has these columns.
    Columns(Vec<Column>),
    /// This view is shown.
    View(Box<View>),
    /// The list as it is becomes a view.
    SaveView {
        /// What it is called.
        name: Clean,
        /// The team has it too.
        shared: bool,
    },
    /// This view goes.
    RemoveView(Id, Clean),
    /// This is done, as if its key had been pressed.
    Run(Act),
    /// The form is sent.
    Save,
    /// This text is changed in the person's editor.
    Edit(String),
    /// This text goes to the clipboard.
    Copy(String),
    /// This is done as the palette says, with what it was told; empty: nothing.
    Order(Act, Clean),
    /// This entry of the journal is taken back, once that is confirmed.
    UndoEntry(u64),
    /// This task is gone to, in this queue.
    Work(Box<TaskLine>, Whose),
    /// This mention is gone to.
    GoTo(Box<MentionLine>),
    /// All mentions are read.
    ReadAll,
    /// The card of this customer is opened over the sheet.
    Card(Named),
    /// The policy that is tried is put in force, once that is confirmed.
    Adopt,
    /// Everybody whom it would move is written to a file.
    Export,
    /// Its file is read again.
    TryAgain,
    /// The policy of this version is asked for.
    Version(i64),
    /// The book is handed over, once that is confirmed.
    HandOver,
    /// This act with the customer is to be told what it needs, of which this is known.
    Ask(Named, Act, String),
}

/// A sheet.
#[derive(Debug)]
pub(super) enum Sheet {
    /// What hangs on a customer.
    Choose(Choose),
    /// What can be copied of a customer.
    Copy(Copy),
    /// The look-up.
    Find(Find),
    /// A form.
    Form(Box<Form>),
    /// The keys.
    Help(Help),
    /// The bar in which a filter is typed.
    Narrow(Box<Narrow>),
    /// What became of a record.
    History(History),
    /// What there is from the others.
    News(News),
    /// Something to read.
    Page(Page),
    /// The palette of acts.
    Palette(Palette),
    /// The saved views.
    Views(Box<Views>),
    /// The choice of columns.
    Columns(Columns),
    /// A week of due work.
    Week(Week),
    /// A policy that is tried, or those that were adopted.
    Trial(Trial),
    /// The team's board.
    Board(Board),
    /// The playbooks at work.
    Running(Running),
    /// The communication plan.
    Plan(Plan),
}

impl Sheet {
    /// Where keys are looked for while it is on top.
    pub(super) fn scope(&self) -> Scope {
        match self {
            Sheet::Choose(_) | Sheet::Copy(_) | Sheet::History(_) => Scope::List,
            Sheet::News(news) => news.scope(),
            Sheet::Find(_) => Scope::Search,
            Sheet::Form(form) => form.scope(),
            Sheet::Help(_) => Scope::Help,
            Sheet::Page(_) => Scope::Page,
            Sheet::Narrow(_) => Scope::Filter,
            Sheet::Palette(_) => Scope::Prompt,
            Sheet::Views(_) => Scope::Views,
            Sheet::Columns(_) => Scope::Columns,
            Sheet::Week(_) => Scope::Week,
            Sheet::Trial(trial) => trial.scope(),
            Sheet::Board(_) => Scope::Board,
            Sheet::Running(_) => Scope::Playbooks,
            Sheet::Plan(_) => Scope::Plan,
        }
    }

    /// The act that a row is used for, where it is not opened.
    pub(super) fn used_for(&self) -> Option<Act> {
        match self {
            Sheet::Copy(_) => Some(Act::Copy),
            Sheet::History(history) => Some(if history.undoes() { Act::Undo } else { Act::Back }),
            _ => None,
        }
    }

    /// Whether it tells of one customer on one day, and goes when another is seen.
    pub(super) fn passes(&self) -> bool {
        match self {
            Sheet::Choose(_) | Sheet::Copy(_) | Sheet::History(_) => true,
            Sheet::Page(page) => page.is_of_item(),
            _ => false,
        }
    }

    /// Where a field offers something: whether the key that else saves takes it, and the one that goes on.
    pub(super) fn offers(&self) -> Option<(bool, bool)> {
        match self {
            Sheet::Form(form) => form.offers(),
            _ => None,
        }
    }

    /// Does what a key asks for; none if it is no business of the sheet.
    pub(super) fn act(
        &mut self,
        act: Act,
        book: &mut Book,
        height: usize,
        now: Instant,
    ) -> Option<Vec<Wish>> {
        match self {
            Sheet::Choose(choose) => choose.act(act),
            Sheet::Copy(copy) => copy.act(act),
            Sheet::Find(find) => find.act(act, book, now),
            Sheet::Form(form) => form.act(act, book),
            Sheet::Help(help) => help.act(act, height),
            Sheet::Narrow(narrow) => narrow.act(act, book, now),
            Sheet::History(history) => history.act(act, book),
            Sheet::News(news) => news.act(act, book),
            Sheet::Page(page) => page.act(act, height),
            Sheet::Palette(palette) => palette.act(act, book, now),
            Sheet::Views(views) => views.act(act),
            Sheet::Columns(columns) => columns.act(act),
            Sheet::Week(week) => week.act(act, book, height),
            Sheet::Trial(trial) => trial.act(act, book, height),
            Sheet::Board(board) => board.act(act, book, height),
            Sheet::Running(running) => running.act(act, book),
            Sheet::Plan(plan) => plan.act(act, book),
        }
    }

    /// Takes a text that was typed or pasted; gives how many characters were left out for want of room.
    pub(super) fn take(&mut self, text: &str, book: &mut Book, now: Instant) -> usize {
        match self {
            Sheet::Find(find) => find.take(text, book, now),
            Sheet::Form(form) => form.take(text),
            Sheet::Help(help) => help.take(text),
            Sheet::Board(_)
            | Sheet::Choose(_)
            | Sheet::Columns(_)
            | Sheet::Copy(_)
            | Sheet::History(_)
            | Sheet::News(_)
            | Sheet::Page(_)
            | Sheet::Plan(_)
            | Sheet::Running(_)
            | Sheet::Trial(_)
            | Sheet::Week(_) => 0,
            Sheet::Narrow(narrow) => narrow.take(text, book, now),
            Sheet::Palette(palette) => palette.take(text),
            Sheet::Views(views) => views.take(text),
        }
    }

    /// Fits it to the window.
    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        match self {
            Sheet::Choose(choose) => choose.settle(frame),
            Sheet::Copy(copy) => copy.settle(frame),
            Sheet::Find(find) => find.settle(frame, seen.book),
            Sheet::Form(form) => form.settle(frame, seen),
            Sheet::Help(help) => help.settle(frame, &seen.look),
            Sheet::Narrow(narrow) => narrow.settle(frame, seen),
            Sheet::History(history) => history.settle(frame, seen.book),
            Sheet::News(news) => news.settle(frame, seen.book),
            Sheet::Page(page) => page.settle(frame, seen),
            Sheet::Palette(palette) => palette.settle(frame, seen),
            Sheet::Views(views) => views.settle(frame, seen),
            Sheet::Columns(columns) => columns.settle(frame),
            Sheet::Week(week) => week.settle(frame, seen),
            Sheet::Trial(trial) => trial.settle(frame, seen),
            Sheet::Board(board) => board.settle(frame, seen),
            Sheet::Running(running) => running.settle(frame, seen),
            Sheet::Plan(plan) => plan.settle(frame, seen),
        }
    }

    /// Draws it; gives the place of the caret, where it has one.
    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) -> Option<Position> {
        match self {
            Sheet::Choose(choose) => {
                choose.draw(buffer, frame, &seen.look);
                None
            }
            Sheet::Copy(copy) => {
                copy.draw(buffer, frame, &seen.look);
                None
            }
            Sheet::Find(find) => Some(find.draw(buffer, frame, seen)),
            Sheet::Form(form) => form.draw(buffer, frame, seen),
            Sheet::Help(help) => Some(help.draw(buffer, frame, &seen.look)),
            Sheet::Narrow(narrow) => narrow.draw(buffer, frame, seen),
            Sheet::History(history) => {
                history.draw(buffer, frame, seen);
                None
            }
            Sheet::News(news) => {
                news.draw(buffer, frame, seen);
                None
            }
            Sheet::Page(page) => {
                page.draw(buffer, frame, seen);
                None
            }
            Sheet::Palette(palette) => Some(palette.draw(buffer, frame, seen)),
            Sheet::Views(views) => Some(views.draw(buffer, frame, seen)),
            Sheet::Columns(columns) => {
                columns.draw(buffer, frame, &seen.look);
                None
            }
            Sheet::Week(week) => {
                week.draw(buffer, frame, seen);
                None
            }
            Sheet::Trial(trial) => {
                trial.draw(buffer, frame, seen);
                None
            }
            Sheet::Board(board) => {
                board.draw(buffer, frame, seen);
                None
            }
            Sheet::Running(running) => {
                running.draw(buffer, frame, seen);
                None
            }
            Sheet::Plan(plan) => {
                plan.draw(buffer, frame, seen);
                None
            }
        }
    }
}

/// Draws an empty sheet with a title and a text at the right of it; gives the area inside.
fn paper(buffer: &mut Buffer, area: Rect, title: &str, aside: &str, look: &Look) -> Rect {
    let area = area.intersection(buffer.area);
    Clear.render(area, buffer);
    let block = Block::bordered().border_set(look.theme.border()).border_style(look.theme.dim());
    let inner = block.inner(area);
    block.render(area, buffer);
    let edge = Rect { x: area.x + 2, width: area.width.saturating_sub(4), height: 1, ..area };
    let mut line = super::paper::Line::of(buffer, edge, 0);
    if !aside.is_empty() {
        line.right(&format!(" {aside} "), look.theme.dim()).skip_right(1);
    }
    line.left(&format!(" {title} "), look.theme.key());
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}
