//! The look-up: it finds while one types, by characters, pinyin, initials, phone tails or a filter.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::{Act, Scope};
use crate::model::query::CustomerLine;
use crate::model::{Instant, Named};
use crate::text::Clean;
use crate::text::say::{form, tui as say};
use crate::tui::bar::Bar;
use crate::tui::book::{Book, is_filter};
use crate::tui::edit::{Edit, Lines};
use crate::tui::frame::Frame;
use crate::tui::panes::Seen;
use crate::tui::panes::customers::{holder, initial};
use crate::tui::paper::Line;
use crate::tui::theme::Mark;

/// The size of the sheet, where there is room.
const SIZE: (u16, u16) = (76, 15);
/// The most bytes that may be typed.
const LIMIT: usize = 400;

/// The look-up.
#[derive(Debug)]
pub(in crate::tui) struct Find {
    typed: Edit,
    bar: Bar,
    /// The palette told it for whom to look: who is found alone is opened.
    told: bool,
}

impl Find {
    /// An empty look-up.
    pub(in crate::tui) fn new() -> Find {
        Find { typed: Edit::new(Lines::One, LIMIT), bar: Bar::default(), told: false }
    }

    /// A look-up for words that the palette was told.
    pub(in crate::tui) fn told(words: &str, book: &mut Book, now: Instant) -> Find {
        let mut find = Find::new();
        find.take(words, book, now);
        Find { told: true, ..find }
    }

    /// The first answer is there: whoever was told of and found alone is opened.
    pub(in crate::tui) fn answered(&mut self, book: &Book) -> Vec<Wish> {
        let is_told = std::mem::take(&mut self.told);
        if is_told && book.found.total == 1 { self.open(book) } else { Vec::new() }
    }

    pub(super) fn act(&mut self, act: Act, book: &mut Book, now: Instant) -> Option<Vec<Wish>> {
        let before = self.typed.text().len();
        match act {
            Act::Open => return Some(self.open(book)),
            Act::Here => {
                let mut wishes = self.open(book);
                wishes.push(Wish::Run(Act::Here));
                return Some(wishes);
            }
            Act::Back => return Some(vec![Wish::Close]),
            // Home and end belong to the text; the bar goes by rows and pages.
            Act::Up | Act::Down | Act::PageUp | Act::PageDown => {
                self.bar.act(act, book.found.lines.len(), usize::from(SIZE.1) - 3);
            }
            _ if self.typed.act(act) && self.typed.text().len() != before => {
                self.ask(book, now);
            }
            _ if act.scope() != Scope::Field => return None,
            _ => {}
        }
        Some(Vec::new())
    }

    pub(in crate::tui) fn take(&mut self, text: &str, book: &mut Book, now: Instant) -> usize {
        let left_out = self.typed.paste(text);
        self.ask(book, now);
        left_out
    }

    fn ask(&mut self, book: &mut Book, now: Instant) {
        (self.bar, self.told) = (Bar::default(), false);
        book.find(&self.typed.clean(), now);
    }

    /// Opens the row under the bar; a filter stays, as what the list is narrowed to.
    fn open(&self, book: &Book) -> Vec<Wish> {
        let Some(line) = book.found.lines.get(self.bar.row) else { return Vec::new() };
        let mut wishes = vec![Wish::Close];
        if is_filter(self.typed.text()) {
            wishes.push(Wish::Narrow(self.typed.clean()));
        }
        wishes.push(Wish::Show(Named { id: line.id, name: line.name.clone() }));
        wishes
    }

    pub(super) fn settle(&mut self, frame: &Frame, book: &Book) {
        let rows = frame.sheet(SIZE.0, SIZE.1).height.saturating_sub(3);
        self.bar.settle(book.found.lines.len(), usize::from(rows));
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) -> Position {
        let (look, found) = (&seen.look, &seen.book.found);
        let area = frame.sheet(SIZE.0, SIZE.1);
        let inside = paper(buffer, area, say::find(look.lang), "", look);
        let caret = self.draw_typed(buffer, inside, seen);
        let rows = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
        for (at, line) in found.lines.iter().enumerate().skip(self.bar.top).take(usize::from(rows.height)) {
            draw_row(buffer, rows, (at - self.bar.top) as u16, line, at == self.bar.row, seen);
        }
        let mut note = Line::of(buffer, rows, 0);
        match &found.refusal {
            Some(refusal) => {
                note.left(&look.refusal(refusal), look.theme.mark(Mark::Late));
            }
            None if self.typed.text().is_empty() => {
                note.left(say::find_hint(look.lang), look.theme.dim());
            }
            None if found.none_for(&self.typed.clean()) => {
                note.left(&say::found_none(look.lang, look.key(Scope::Search, Act::Back)), look.theme.dim());
            }
            None => {}
        }
        caret
    }

    /// How many were found; while that is waited for, those of the words before are seen for as long as nobody notices.
    fn count(&self, seen: Seen) -> String {
        let (found, lang) = (&seen.book.found, seen.look.lang);
        if self.typed.text().is_empty() || found.refusal.is_some() {
            return String::new();
        }
        let all: u64 = seen.book.tiers.iter().map(|tier| u64::from(tier.count)).sum();
        match (found.is_for(&self.typed.clean()), seen.slow) {
            (false, true) => form::looking(lang).to_owned(),
            (false, false) if found.is_for(&Clean::default()) => String::new(),
            _ => say::found(lang, found.total, all),
        }
    }

    fn draw_typed(&self, buffer: &mut Buffer, inside: Rect, seen: Seen) -> Position {
        let look = &seen.look;
        let mut line = Line::of(buffer, inside, 0);
        line.right(&self.count(seen), look.theme.dim()).skip_right(1);
        line.left("/ ", look.theme.key());
        let (text, column) = self.typed.window(line.room().saturating_sub(1));
        let caret = Position::new(line.column() + column, inside.y);
        line.left(text, Style::new());
        caret
    }
}

fn draw_row(buffer: &mut Buffer, area: Rect, row: u16, line: &CustomerLine, selected: bool, seen: Seen) {
    let (look, dim) = (&seen.look, seen.look.theme.dim());
    let mut out = Line::of(buffer, area, row);
    let style = if selected { look.theme.selected(true) } else { Style::new() };
    out.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
    out.left(&initial(&line.tier), look.tier(&line.tier)).skip(1);
    let age = line.last_contact.map_or_else(String::new, |at| look.age(at));
    out.column_right(7, &age, dim).skip_right(1);
    if area.width >= 56 {
        out.column_left(12, &holder(line, look), dim)
            .skip_right(1)
            .column_left(12, &line.region.line(), dim)
            .skip_right(1);
    }
    out.left(&line.name.line(), style);
}
