//! The list of customers.
//!
//! The bar stands on the customer that everything is about, wherever other people's changes move it. Where that
//! customer is not among the rows, the bar is gone until one moves it: then it comes back where it was.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Seen;
use crate::keys::{Act, Scope};
use crate::model::query::CustomerLine;
use crate::model::{Id, Instant, Named};
use crate::text::Clean;
use crate::text::say::tui as say;
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::look::{Label, Look, first_name};
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// The orders that a key goes through: the field to sort by and what it is called.
const SORTS: [(&str, Label); 4] =
    [("", say::next_step), ("name", say::name), ("last", say::last_contact), ("tier", say::tier)];

/// The list of customers.
#[derive(Debug, Default)]
pub(in crate::tui) struct Customers {
    bar: Bar,
    /// The customer that the bar stood on last.
    on: Option<Id>,
    /// The bar was moved: whoever is under it is what everything is about, as soon as the row is known.
    moved: bool,
    /// The customer that everything is about is not among the rows.
    adrift: bool,
    sort: usize,
}

/// A column that there is only where there is room.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extra {
    Next,
    Owner,
    Stage,
    Spend,
}

/// The further columns, the most useful first: width, and the width of the pane from which on it is there.
const EXTRAS: [(Extra, u16, u16); 4] =
    [(Extra::Next, 8, 42), (Extra::Owner, 8, 50), (Extra::Stage, 9, 61), (Extra::Spend, 7, 62)];

impl Customers {
    /// Does what a key asks for; false if it is none for the list.
    pub(in crate::tui) fn act(&mut self, act: Act, book: &mut Book, height: usize, now: Instant) -> bool {
        match act {
            Act::Down if self.adrift => self.moved = true,
            Act::Sort => {
                self.sort = (self.sort + 1) % SORTS.len();
                self.arrange(book.list.filter().clone(), book, now);
            }
            Act::Back if !book.list.filter().is_empty() => self.arrange(Clean::default(), book, now),
            _ if self.bar.act(act, book.list.total, height) => self.moved = true,
            _ => return false,
        }
        true
    }

    /// Narrows the list.
    pub(in crate::tui) fn arrange(&mut self, filter: Clean, book: &mut Book, now: Instant) {
        book.arrange(filter, Clean::known(SORTS[self.sort].0), now);
    }

    /// Leaves where the bar was to go: something else says what everything is about.
    pub(in crate::tui) fn stay(&mut self) {
        self.moved = false;
    }

    /// Finds the bar's row again after something has changed; gives the customer that the bar was moved to.
    pub(in crate::tui) fn settle(
        &mut self,
        book: &Book,
        subject: Option<Id>,
        height: usize,
    ) -> Option<Named> {
        let found = match subject {
            Some(id) if !self.moved => {
                self.find(id, book);
                None
            }
            _ => book.list.line(self.bar.row),
        };
        if let Some(line) = found {
            (self.moved, self.adrift, self.on) = (false, false, Some(line.id));
        }
        self.bar.settle(book.list.total, height);
        found.map(|line| Named { id: line.id, name: line.name.clone() })
    }

    fn find(&mut self, id: Id, book: &Book) {
        match book.list.row_of(id) {
            Some(row) if self.on == Some(id) => self.bar.follow(row),
            Some(row) => self.bar.row = row,
            None => {}
        }
        let found = book.list.row_of(id).is_some();
        self.adrift = !found && (book.list.line(self.bar.row).is_some() || book.list.total == 0);
        self.on = found.then_some(id);
    }

    /// The rows that are seen.
    pub(in crate::tui) fn seen(&self, height: usize) -> Range<usize> {
        self.bar.top..self.bar.top + height
    }

    /// Draws the pane.
    pub(in crate::tui) fn draw(&self, buffer: &mut Buffer, area: Rect, seen: Seen) {
        let rows = self.seen(usize::from(area.height.saturating_sub(1)));
        let lines: Vec<Option<&CustomerLine>> = rows
            .clone()
            .take_while(|row| *row < seen.book.list.total)
            .map(|row| seen.book.list.line(row))
            .collect();
        let ages: Vec<String> =
            lines.iter().map(|line| line.map_or_else(String::new, |line| age(line, &seen.look))).collect();
        let width = ages.iter().map(|age| cells(age)).fold(4, u16::max);
        self.draw_title(buffer, area, seen, width);
        for (at, (line, age)) in lines.iter().zip(&ages).enumerate() {
            let selected = !self.adrift && rows.start + at == self.bar.row;
            let (mut out, style) = seen.row(buffer, area, at as u16 + 1, selected);
            let Some(line) = line else { continue };
            let look = &seen.look;
            out.left(&initial(&line.tier), look.tier(&line.tier)).skip(1);
            mark(&mut out, Look::late(line.late), look);
            mark(&mut out, seen.book.is_fresh(line.id).then_some(Mark::New), look);
            out.skip_right(1).column_right(width, age, style).skip_right(1);
            for (extra, width, _) in extras(area.width) {
                out.skip_right(1);
                draw_extra(&mut out, extra, width - 1, line, look);
            }
            out.left(&line.name.line(), style);
        }
        if seen.book.list.total == 0 && seen.book.session.is_some() {
            let (look, list) = (&seen.look, &seen.book.list);
            let text = if list.filter().is_empty() {
                say::no_customers(look.lang).to_owned()
            } else {
                say::no_match(look.lang, look.key(Scope::Customers, Act::Back))
            };
            Line::of(buffer, area, 2).skip(3).left(&text, look.theme.dim());
        }
    }

    fn draw_title(&self, buffer: &mut Buffer, area: Rect, seen: Seen, age: u16) {
        let (look, list) = (&seen.look, &seen.book.list);
        let (dim, down) = (look.theme.dim(), look.theme.signs().down);
        let mut line = seen.title(buffer, area, say::customers(look.lang));
        let height = usize::from(area.height.saturating_sub(1));
        let count = if list.total > height && seen.focus {
            format!(" {}/{}", self.bar.row + 1, list.total)
        } else {
            format!(" {}", list.total)
        };
        line.left(&count, look.theme.title(seen.focus));
        if !list.filter().is_empty() {
            line.left(&format!(" {}", list.filter()), look.theme.mark(Mark::New));
        }
        let (field, label) = SORTS[self.sort];
        let label = label(look.lang);
        if extras(area.width).next().is_none() {
            line.right(&format!("{label} {down}"), dim);
            return;
        }
        let sorted = |by: &str| if field == by { down } else { "" };
        line.skip_right(3).column_right(age, sorted("last"), dim).skip_right(1);
        for (extra, width, _) in extras(area.width) {
            line.skip_right(1);
            match extra {
                Extra::Next => {
                    line.column_right(width - 1, &[say::next(look.lang), sorted("")].concat(), dim)
                }
                Extra::Spend => line.column_right(width - 1, say::spend(look.lang), dim),
                Extra::Owner => line.column_left(width - 1, say::owner(look.lang), dim),
                Extra::Stage => line.column_left(width - 1, say::stage(look.lang), dim),
            };
        }
        if matches!(field, "name" | "tier") {
            line.skip(1).left(&format!("{label} {down}"), dim);
        }
    }
}

/// The further columns of a pane so wide, from the right.
fn extras(width: u16) -> impl Iterator<Item = (Extra, u16, u16)> {
    EXTRAS.into_iter().filter(move |(_, _, from)| width >= *from)
}

fn draw_extra(out: &mut Line, extra: Extra, width: u16, line: &CustomerLine, look: &Look) {
    let dim = look.theme.dim();
    match extra {
        Extra::Next => {
            let next = line.next_due.map_or_else(String::new, |due| look.due(due));
            out.column_right(width, &next, dim)
        }
        Extra::Owner => out.column_left(width, &holder(line, look), dim),
        Extra::Stage => out.column_left(width, look.stage_name(&line.stage).as_str(), dim),
        Extra::Spend => {
            let spend = if line.spend.minor == 0 { String::new() } else { look.amount(line.spend) };
            out.column_right(width, &spend, dim)
        }
    };
}

/// Who looks after a customer: the owner, else the team, else nobody.
pub(in crate::tui) fn holder(line: &CustomerLine, look: &Look) -> String {
    match (&line.owner, &line.team) {
        (Some(owner), _) => first_name(&owner.name).to_owned(),
        (None, Some(team)) => team.name.line(),
        (None, None) => say::in_pool(look.lang).to_owned(),
    }
}

fn age(line: &CustomerLine, look: &Look) -> String {
    line.last_contact.map_or_else(String::new, |at| look.age(at))
}

fn mark(out: &mut Line, mark: Option<Mark>, look: &Look) {
    match mark {
        Some(mark) => out.right(mark.sign(), look.theme.mark(mark)),
        None => out.skip_right(1),
    };
}

/// The one cell that a tier has in a list.
pub(in crate::tui) fn initial(tier: &Clean) -> String {
    tier.as_str().chars().next().filter(char::is_ascii).map_or_else(|| " ".to_owned(), String::from)
}
