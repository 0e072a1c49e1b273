//! The bar of filters: a line above the list in which a filter is typed, with what may be written at the caret below
//! it. A filter that reads narrows the list at once; one that does not leaves it and is pointed at.

use std::cell::RefCell;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::Wish;
use crate::filter::{self, Candidate, FieldRef, Schema};
use crate::keys::{Act, Scope};
use crate::model::{Instant, Refusal};
use crate::text::say::views as say;
use crate::text::{Clean, Lang};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::edit::{Edit, Lines};
use crate::tui::frame::Frame;
use crate::tui::known;
use crate::tui::panes::Seen;
use crate::tui::paper::{Line, cells};
use crate::tui::recall::Recall;
use crate::tui::theme::Mark;

/// The most bytes that may be typed.
const LIMIT: usize = 2_000;
/// How many rows of what may be written are a page.
const OFFERS: u16 = 5;
/// The width of the column of what may be written, where what is written there is shorter.
const OFFER: u16 = 24;

/// The bar of filters.
#[derive(Debug)]
pub(in crate::tui) struct Narrow {
    typed: Edit,
    /// What may be written at the caret.
    offers: Vec<Candidate>,
    bar: Bar,
    fault: Option<Fault>,
    /// Somebody wants the filter as it is: what is wrong is told even where it may not be finished.
    insists: bool,
    /// What the list was narrowed to before.
    before: Clean,
    /// The filters that were typed before.
    past: Recall,
}

/// What is wrong with the filter.
#[derive(Debug)]
struct Fault {
    /// Where, in bytes.
    at: Range<usize>,
    why: String,
}

impl Narrow {
    /// The bar with the filter that the list has, where one goes on behind a blank, and those that were typed before.
    pub(in crate::tui) fn new(filter: &Clean, past: Vec<Clean>) -> Narrow {
        let mut typed = Edit::with(Lines::One, LIMIT, filter);
        if !filter.is_empty() {
            typed.insert(' ');
        }
        Narrow {
            typed,
            offers: Vec::new(),
            bar: Bar::default(),
            fault: None,
            insists: false,
            before: filter.clone(),
            past: Recall::new(past),
        }
    }

    pub(super) fn act(&mut self, act: Act, book: &mut Book, now: Instant) -> Option<Vec<Wish>> {
        let before = self.typed.text().to_owned();
        match act {
            Act::KeepFilter if self.fault.is_some() => self.insists = true,
            Act::KeepFilter => {
                book.narrow(self.filter(), now);
                book.ask_values(None, now);
                return Some(vec![Wish::Close, Wish::Keep(self.filter())]);
            }
            Act::Back => {
                book.narrow(self.before.clone(), now);
                book.ask_values(None, now);
                return Some(vec![Wish::Close]);
            }
            Act::CompleteFilter => self.complete(),
            Act::FilterBefore => self.past.back(&mut self.typed),
            Act::FilterAfter => self.past.forth(&mut self.typed),
            // Home and end belong to the text; the bar goes by rows and pages.
            Act::Up | Act::Down | Act::PageUp | Act::PageDown => {
                self.bar.act(act, self.offers.len(), usize::from(OFFERS));
            }
            _ if self.typed.act(act) => self.bar = Bar::default(),
            _ if act.scope() != Scope::Field => return None,
            _ => {}
        }
        if self.typed.text() != before {
            self.changed(book, now);
        }
        self.ask_values(book, now);
        Some(Vec::new())
    }

    pub(super) fn take(&mut self, text: &str, book: &mut Book, now: Instant) -> usize {
        let left_out = self.typed.paste(text);
        self.changed(book, now);
        self.ask_values(book, now);
        left_out
    }

    /// What is typed, as the list takes it.
    fn filter(&self) -> Clean {
        Clean::washed(self.typed.text().trim()).0
    }

    /// Narrows the list to what is typed, as far as it reads.
    fn changed(&mut self, book: &mut Book, now: Instant) {
        (self.bar, self.insists) = (Bar::default(), false);
        match filter::parse(self.typed.text(), Schema::Customer) {
            Ok(_) if !self.is_begun(book) => book.narrow(self.filter(), now),
            Ok(_) => {}
            Err(error) => {
                if let Some(before) = self.before(error.at.start, book.list.filter()) {
                    book.narrow(before, now);
                }
            }
        }
    }

    /// Whether what stands at the caret may become something else yet: the list waits for it.
    fn is_begun(&self, book: &Book) -> bool {
        let text = self.typed.text();
        self.candidates(book, Lang::En).iter().any(|offer| {
            let value = text[..offer.at.start].trim_end().ends_with([':', '=', '<', '>', '~', ',']);
            let whole = value && text[offer.at.clone()] == offer.text;
            offer.is_operator() || !offer.at.is_empty() && !whole
        })
    }

    /// What stands before the word with a fault, where the list was narrowed by that word already: it was taken for a
    /// name.
    fn before(&self, fault: usize, shown: &Clean) -> Option<Clean> {
        let (text, shown) = (self.typed.text(), shown.as_str());
        let word = text[..fault].rfind([' ', '(']).map_or(0, |at| at + 1);
        let before = text[..word].trim();
        let taken = text.starts_with(shown) && shown.len() > word;
        (taken && filter::parse(before, Schema::Customer).is_ok()).then(|| Clean::washed(before).0)
    }

    /// What may be written at the caret.
    fn candidates(&self, book: &Book, lang: Lang) -> Vec<Candidate> {
        let known = |field: &FieldRef, typed: &str| known::values(book, field, typed);
        filter::complete(self.typed.text(), self.typed.caret(), Schema::Customer, lang, known)
    }

    /// Asks for the values of the field at the caret.
    fn ask_values(&self, book: &mut Book, now: Instant) {
        let asked = RefCell::new(None);
        filter::complete(
            self.typed.text(),
            self.typed.caret(),
            Schema::Customer,
            Lang::En,
            |field, typed| {
                asked.replace(Some(filter::values_of(field, typed)));
                Vec::new()
            },
        );
        book.ask_values(asked.into_inner(), now);
    }

    /// Writes what is under the bar; a blank, where that stands there already. An operator stands right behind its
    /// field.
    fn complete(&mut self) {
        let caret = self.typed.caret();
        let Some(offer) = self.offers.get(self.bar.row) else {
            if !self.typed.text()[..caret].ends_with(' ') && caret > 0 {
                self.typed.put(caret..caret, " ");
            }
            return;
        };
        let start = if offer.is_operator() {
            self.typed.text()[..offer.at.start].trim_end().len()
        } else {
            offer.at.start
        };
        self.typed.put(start..offer.at.end, &offer.text);
    }

    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        let (text, lang) = (self.typed.text(), seen.look.lang);
        let mut offers = self.candidates(seen.book, lang);
        offers.retain(|offer| text.get(offer.at.clone()) != Some(&offer.text));
        self.fault = match filter::parse(text, Schema::Customer) {
            Err(error) => Some(Fault { why: error.say(lang), at: error.at }),
            Ok(_) => match &seen.book.list.refusal {
                Some(Refusal::BadFilter { text: refused, at, en, zh }) if refused.as_str() == text.trim() => {
                    let why = lang.pick(en, zh).line();
                    Some(Fault { at: at.0 as usize..at.1 as usize, why })
                }
                _ => None,
            },
        };
        self.offers = offers;
        let height = frame.strip.map_or(0, |strip| strip.height.saturating_sub(self.first_offer()));
        self.bar.settle(self.offers.len(), usize::from(height));
    }

    /// What is wrong, unless one may just not have finished.
    fn told(&self) -> Option<&Fault> {
        let unfinished = |fault: &Fault| {
            let opened = self.typed.text()[fault.at.clone()].starts_with(['(', '"']);
            !self.offers.is_empty() && (opened || fault.at.end >= self.typed.caret())
        };
        self.fault.as_ref().filter(|fault| self.insists || !unfinished(fault))
    }

    /// The first row of what may be written.
    fn first_offer(&self) -> u16 {
        if self.told().is_some() { 3 } else { 1 }
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) -> Option<Position> {
        let (look, area) = (&seen.look, frame.strip?);
        let mut line = Line::of(buffer, area, 0);
        line.skip(1).left(say::filter(look.lang), look.theme.key()).skip(1);
        let start = line.column();
        let (text, column) = self.typed.window(line.room().saturating_sub(1));
        line.left(text, Style::new());
        if let Some(fault) = self.told() {
            self.draw_fault(buffer, area, start, column, fault, seen);
        }
        self.draw_offers(buffer, area, seen);
        Some(Position::new(start + column, area.y))
    }

    /// Carets below the place, and the reason below them. The caret of the text stands in `column`, the text begins in
    /// `start`.
    fn draw_fault(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        start: u16,
        column: u16,
        fault: &Fault,
        seen: Seen,
    ) {
        let style = seen.look.theme.mark(Mark::Late);
        let hidden = cells(&self.typed.text()[..self.typed.caret()]).saturating_sub(column);
        let place = |at: usize| cells(&self.typed.text()[..at]).saturating_sub(hidden);
        let (from, to) = (place(fault.at.start), place(fault.at.end));
        let carets = "^".repeat(usize::from(to.saturating_sub(from).max(1)));
        Line::of(buffer, area, 1).skip(start - area.x + from).left(&carets, style);
        Line::of(buffer, area, 2).skip(1).left(&fault.why, style);
    }

    fn draw_offers(&self, buffer: &mut Buffer, area: Rect, seen: Seen) {
        let (look, first) = (&seen.look, self.first_offer());
        let rows = Rect { y: area.y + first, height: area.height.saturating_sub(first), ..area };
        let widest = self.offers.iter().map(|offer| cells(&offer.text)).max().unwrap_or(0).min(OFFER);
        for (at, offer) in self.offers.iter().enumerate().skip(self.bar.top).take(usize::from(rows.height)) {
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, rows, (at - self.bar.top) as u16);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            let room = line.room();
            line.left(&offer.text, look.theme.selected(selected));
            line.skip((widest + 2).saturating_sub(room - line.room()).max(2));
            line.left(&offer.hint, look.theme.dim());
        }
        if self.offers.is_empty() && self.told().is_none() {
            let [complete, before] =
                [Act::CompleteFilter, Act::FilterBefore].map(|act| look.key(Scope::Filter, act));
            let hint = say::filter_hint(look.lang, complete, before);
            Line::of(buffer, rows, 0).skip(1).left(&hint, look.theme.dim());
        }
    }
}
