//! The list of customers.
//!
//! The bar stands on the customer that everything is about, wherever other people's changes move it. Where that
//! customer is not among the rows, the bar is gone until one moves it: then it comes back where it was. An order of
//! one's own, or an act that moves the customer, takes the window along.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Seen;
use super::columns::{Arrangement, Column, count_down};
use crate::keys::{Act, Scope};
use crate::model::query::CustomerLine;
use crate::model::sort::{By, Sort};
use crate::model::{Id, Instant, Named, View};
use crate::text::say::{many, tui as say};
use crate::text::{Clean, Lang, width};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::look::{Label, Look, first_name};
use crate::tui::marks::{Marks, Rows, Wanted};
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// The orders that a key goes through: the field to sort by and what it is called.
const SORTS: [(&str, Label); 5] = [
    ("", say::column_due),
    ("name", say::name),
    ("last", say::last),
    ("tier", say::tier),
    ("-spend", say::spend),
];

/// What one may sort by when one says so, in a language: every field, and those also backwards that have a backwards.
pub(in crate::tui) fn orders(lang: Lang) -> impl Iterator<Item = String> {
    let backwards = By::ALL.into_iter().filter(|by| by.has_backwards());
    let forwards = By::ALL.into_iter().map(move |by| by.name(lang).to_owned());
    forwards.chain(backwards.map(move |by| format!("-{}", by.name(lang))))
}

/// The list of customers.
#[derive(Debug, Default)]
pub(in crate::tui) struct Customers {
    /// The customers that are marked.
    pub(in crate::tui) marks: Marks,
    bar: Bar,
    /// The customer that the bar stood on last.
    on: Option<Id>,
    /// The bar was moved: whoever is under it is what everything is about, as soon as the row is known.
    moved: bool,
    /// The customer that everything is about is not among the rows.
    adrift: bool,
    /// The list was narrowed by the reader: whoever is not in it any more is not what everything is about.
    narrowed: bool,
    /// The order of the rows, and the view that is shown.
    arranged: Arrangement,
}

/// What the names have at the least, where columns were chosen.
const NAME: u16 = 16;
/// From how many cells on the beginning of a filter is worth more than the head of a column.
const BEGINNING: u16 = 8;
/// What an age or a day takes at the most: `27 Jun`, `Oct'25`.
const DAY: u16 = 6;

impl Customers {
    /// The list as it was last had.
    pub(in crate::tui) fn new(arranged: Arrangement) -> Customers {
        Customers { arranged, ..Customers::default() }
    }

    /// How the list is seen.
    pub(in crate::tui) fn arranged(&self) -> &Arrangement {
        &self.arranged
    }

    /// Begins with the order and the view that were there last.
    pub(in crate::tui) fn begin(&self, book: &mut Book) {
        let filter = self.arranged.shown.as_ref().map(|shown| shown.filter.clone());
        book.begin(filter.unwrap_or_default(), self.arranged.order().sort.clone());
    }

    /// Shows a saved view.
    pub(in crate::tui) fn show(&mut self, view: &View, book: &mut Book, now: Instant) {
        self.narrowed = true;
        self.arranged.show(view);
        book.arrange(view.filter.clone(), view.sort.clone(), now);
    }

    /// Shows these columns.
    pub(in crate::tui) fn choose(&mut self, columns: Vec<Column>) {
        self.arranged.order_mut().columns = Some(columns);
    }

    /// Does what a key asks for; false if it is none for the list.
    pub(in crate::tui) fn act(&mut self, act: Act, book: &mut Book, height: usize, now: Instant) -> bool {
        match act {
            Act::Down if self.adrift => self.moved = true,
            Act::Back if !book.list.filter().is_empty() || self.arranged.shown.is_some() => {
                self.arrange(Clean::default(), book, now);
            }
            _ if self.bar.act(act, book.list.total, height) => self.moved = true,
            _ => return false,
        }
        true
    }

    /// The field that a key sorts by next.
    pub(in crate::tui) fn next_order(&self) -> Clean {
        let sort = &self.arranged.order().sort;
        let at = SORTS.iter().position(|(field, _)| *field == sort.as_str());
        Clean::known(SORTS[at.map_or(0, |at| (at + 1) % SORTS.len())].0)
    }

    /// Sorts the rows by a field; empty: late ones first. What everything is about stays the same.
    pub(in crate::tui) fn sort(&mut self, field: Clean, book: &mut Book, now: Instant) {
        self.arranged.order_mut().sort = field.clone();
        self.moved = false;
        book.arrange(book.list.filter().clone(), field, now);
    }

    /// Narrows the list, in one's own order.
    pub(in crate::tui) fn arrange(&mut self, filter: Clean, book: &mut Book, now: Instant) {
        if filter != *book.list.filter() {
            self.marks.clear();
            self.narrowed = !filter.is_empty();
        }
        self.marks.drop_range();
        self.arranged.shown = None;
        book.arrange(filter, self.arranged.order().sort.clone(), now);
    }

    /// Marks rows as a key asks; what is wanted of rows that are not known is for the caller to find out.
    pub(in crate::tui) fn mark(&mut self, act: Act, book: &Book) -> Option<Wanted> {
        if self.adrift && matches!(act, Act::Mark | Act::MarkRange) {
            return None;
        }
        self.marks.act(act, &book.list, self.bar.row)
    }

    /// Ends a range, as before an act on what is marked.
    pub(in crate::tui) fn end_range(&mut self, book: &Book) -> Option<Wanted> {
        self.marks.end(&book.list, self.bar.row)
    }

    /// Leaves where the bar was to go: something else says what everything is about.
    pub(in crate::tui) fn stay(&mut self) {
        self.moved = false;
    }

    /// Puts the bar on a row in which the customer that everything is about will be seen.
    pub(in crate::tui) fn lead(&mut self, row: usize) {
        self.bar.row = row;
    }

    /// The reader keeps what was typed as a filter.
    pub(in crate::tui) fn keep(&mut self) {
        self.narrowed = true;
    }

    /// Whether the reader narrowed the list and the customer that everything is about is not in it; then the bar goes
    /// to its first row.
    pub(in crate::tui) fn lets_go(&mut self, book: &Book, subject: Option<Id>) -> bool {
        if !self.narrowed || book.list.is_stale() {
            return false;
        }
        self.narrowed = false;
        let gone = subject.is_some_and(|id| book.list.row_of(id).is_none());
        if gone {
            (self.bar.row, self.moved) = (0, true);
        }
        gone
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
        self.marks.settle(&book.list);
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
        let columns = self.columns(area.width, &seen.look);
        self.draw_title(buffer, area, seen, &columns);
        for (at, line) in lines.iter().enumerate() {
            let selected = !self.adrift && rows.start + at == self.bar.row;
            let (mut out, style) = seen.row(buffer, area, at as u16 + 1, selected);
            let Some(line) = line else { continue };
            let look = &seen.look;
            out.left(&initial(&line.tier), look.tier(&line.tier));
            let marked = self.marks.shows(line.id, rows.start + at, self.bar.row);
            out.left(look.marked(marked), look.theme.key());
            let fresh = seen.book.is_fresh(line.id);
            // A name goes on where the columns beside it are blank.
            let is_blank =
                |(column, _): &&(Column, u16)| *column != Column::Due && said(*column, line, look).is_empty();
            let blank = columns.iter().rev().take_while(is_blank).count();
            for (column, width) in &columns[..columns.len() - blank] {
                draw_cell(&mut out, *column, *width, line, fresh, style, look);
                out.skip_right(1);
            }
            if columns.iter().all(|(column, _)| *column != Column::Returns) {
                count_down(&mut out, line, look);
            }
            out.left(&line.name.line(), style);
        }
        if seen.book.list.total == 0 && seen.book.session.is_some() {
            let (look, list) = (&seen.look, &seen.book.list);
            let text = if list.filter().is_empty() {
                say::no_customers(look.lang, look.key(Scope::Customers, Act::AddCustomer))
            } else {
                say::no_match(look.lang, look.key(Scope::Customers, Act::Back))
            };
            let rows = width::wrap(&text, usize::from(area.width.saturating_sub(4)));
            for (at, row) in rows.iter().enumerate().take(usize::from(area.height.saturating_sub(2))) {
                Line::of(buffer, area, 2 + at as u16).skip(3).left(row, look.theme.dim());
            }
        }
    }

    /// The columns that were chosen, or are there in wide windows where nobody chose, and have no room in a pane so
    /// wide.
    pub(in crate::tui) fn hidden(&self, pane: u16, look: &Look) -> Vec<Column> {
        let there = self.columns(pane, look);
        let usual = || Column::ALL.into_iter().filter(|column| column.usual_from().is_some()).collect();
        let mut chosen = self.arranged.order().columns.clone().unwrap_or_else(usual);
        chosen.retain(|column| there.iter().all(|(shown, _)| shown != column));
        chosen
    }

    /// The columns of a pane so wide, from the right. Their widths depend on no row: nothing moves when rows do.
    fn columns(&self, pane: u16, look: &Look) -> Vec<(Column, u16)> {
        let width = |column| {
            let head = cells(&self.head(column, look));
            match column {
                Column::Due if look.theme.is_spoken() => {
                    let longest =
                        [Mark::Late, Mark::Soon].map(|mark| cells(look.sign(mark))).into_iter().max();
                    head.max(longest.unwrap_or(0) + 1 + cells(look.sign(Mark::New)))
                }
                Column::Due => head.max(3),
                Column::Next | Column::Last | Column::Returns => head.max(DAY),
                Column::Owner => 7,
                Column::Stage => 8,
                Column::Spend => head.max(6),
                Column::Phone => 17,
                Column::Region => 12,
                Column::Industry => 14,
                Column::Tags => 16,
            }
        };
        let Some(chosen) = &self.arranged.order().columns else {
            let is_there = |column: &Column| column.usual_from().is_some_and(|from| pane >= from);
            let mut there: Vec<Column> = Column::ALL.into_iter().filter(is_there).collect();
            // What the list is sorted by is seen, if in the place of the last from the right.
            if let Some(sorted) = self.arranged.order().column().filter(|sorted| !there.contains(sorted)) {
                there.pop();
                there.push(sorted);
            }
            return there.into_iter().map(|column| (column, width(column))).collect();
        };
        // Where there is no room for all that were chosen, those that were chosen last go first.
        let mut wanted: Vec<Column> = chosen.clone();
        let mut room = pane.saturating_sub(NAME);
        wanted.retain(|column| {
            let fits = room > width(*column);
            room -= if fits { width(*column) + 1 } else { 0 };
            fits
        });
        let ordered = Column::ALL.into_iter().filter(|column| wanted.contains(column));
        ordered.map(|column| (column, width(column))).collect()
    }

    /// What stands over a column, with an arrow on the one that the list is ordered by.
    fn head(&self, column: Column, look: &Look) -> String {
        let (head, order) = (column.head(look.lang), self.arranged.order());
        let sorted = match column {
            Column::Due => order.sort.is_empty(),
            column => order.column() == Some(column),
        };
        if sorted { [head, self.arrow(look)].concat() } else { head.to_owned() }
    }

    /// Whether the first rows have the least or the most; late ones first is from above.
    fn arrow(&self, look: &Look) -> &'static str {
        let (field, backwards) = self.arranged.order().field();
        if backwards || field.is_empty() { look.theme.signs().down } else { look.theme.signs().up }
    }

    /// What the list is narrowed to: the view that is shown, or the filter.
    fn narrowed(&self, filter: &Clean) -> String {
        match &self.arranged.shown {
            Some(shown) if shown.filter == *filter => format!(" {}", shown.name),
            _ if filter.is_empty() => String::new(),
            _ => format!(" {filter}"),
        }
    }

    /// What the list is sorted by, where no column tells.
    fn sorted(&self, columns: &[(Column, u16)], look: &Look) -> String {
        let order = self.arranged.order();
        let (field, _) = order.field();
        if field.is_empty() || columns.iter().any(|(column, _)| order.column() == Some(*column)) {
            return String::new();
        }
        let label = Sort::parse(field).map_or(field, |sort| sort.by.name(look.lang));
        format!("  {label}{}", self.arrow(look))
    }

    fn draw_title(&self, buffer: &mut Buffer, area: Rect, seen: Seen, columns: &[(Column, u16)]) {
        let (look, list) = (&seen.look, &seen.book.list);
        let dim = look.theme.dim();
        let mut line = Line::of(buffer, area, 0);
        line.skip(1);
        let title = format!("{} ", say::customers(look.lang));
        let height = usize::from(area.height.saturating_sub(1));
        let position = if list.total > height && seen.focus && !self.adrift {
            format!("{}/", self.bar.row + 1)
        } else {
            String::new()
        };
        let mut count = list.total.to_string();
        count.push_str(&marked(&self.marks, list, self.bar.row, look));
        let unseen = unseen(&self.marks, list, look.lang);
        if cells(&title) + cells(&count) + cells(&unseen) < line.room() {
            count.push_str(&unseen);
        }
        let mut narrowed = self.narrowed(list.filter());
        let order = self.sorted(columns, look);
        // Where there is no room for all of it, the place of the bar goes first, then the end of the filter, of which a
        // beginning stays, then the heads from the left.
        let heads: u16 = columns.iter().map(|(_, width)| width + 1).sum();
        let beside = cells(&title) + cells(&count) + cells(&order) + heads;
        let left = line.room().saturating_sub(beside + 1);
        if cells(&narrowed) > left && left >= BEGINNING {
            narrowed = width::cut(&narrowed, usize::from(left)).into_owned();
        }
        let needed = cells(&title) + cells(&count) + cells(&narrowed) + cells(&order);
        let position =
            if needed + cells(&position) + heads <= line.room() { position } else { String::new() };
        for (column, width) in columns {
            let head = self.head(*column, look);
            match (column.is_of_words(), line.room() > needed + width) {
                (true, true) => line.column_left(*width, &head, dim).skip_right(1),
                (false, true) => line.column_right(*width, &head, dim).skip_right(1),
                // The title goes on where the column is blank.
                (false, false) if line.room() > needed + cells(&head) => {
                    line.right(&head, dim).skip_right(1);
                    break;
                }
                (_, false) => break,
            };
        }
        let style = look.theme.title(seen.focus);
        line.left(&title, style).left(&position, style).left(&count, style);
        line.left(&narrowed, look.theme.mark(Mark::New)).left(&order, dim);
    }
}

fn draw_cell(
    out: &mut Line,
    column: Column,
    width: u16,
    line: &CustomerLine,
    fresh: bool,
    style: Style,
    look: &Look,
) {
    let dim = look.theme.dim();
    match column {
        Column::Due if look.theme.is_spoken() => {
            let marks = Look::late(line.late).into_iter().chain(fresh.then_some(Mark::New));
            let words: Vec<&str> = marks.map(|mark| look.sign(mark)).collect();
            out.column_right(width, &words.join(" "), style)
        }
        Column::Due => {
            mark(out, Look::late(line.late), look);
            out.skip_right(1);
            mark(out, fresh.then_some(Mark::New), look);
            out.skip_right(width - 3)
        }
        Column::Last => out.column_right(width, &said(column, line, look), style),
        _ if column.is_of_words() => out.column_left(width, &said(column, line, look), dim),
        _ => out.column_right(width, &said(column, line, look), dim),
    };
}

/// What stands in a column of words or figures.
fn said(column: Column, line: &CustomerLine, look: &Look) -> String {
    match column {
        Column::Due => String::new(),
        Column::Next => next(line, look),
        Column::Last => age(line, look),
        Column::Owner => holder(line, look),
        Column::Stage => look.stage_name(&line.stage).line(),
        Column::Spend if line.spend.minor == 0 => String::new(),
        Column::Spend => look.amount(line.spend),
        Column::Phone => line.phone.line(),
        Column::Region => line.region.line(),
        Column::Industry => line.industry.line(),
        Column::Tags => tags(line),
        Column::Returns => line.returns.map_or_else(String::new, |at| look.left(at)),
    }
}

/// Who looks after a customer: the owner, else the team, else nobody.
pub(in crate::tui) fn holder(line: &CustomerLine, look: &Look) -> String {
    match (&line.owner, &line.team) {
        (Some(owner), _) => first_name(&owner.name).to_owned(),
        (None, Some(team)) => team.name.line(),
        (None, None) => say::in_pool(look.lang).to_owned(),
    }
}

/// When the next step is due; far away the month, for which there is room.
fn next(line: &CustomerLine, look: &Look) -> String {
    let Some(due) = line.next_due else { return String::new() };
    let said = look.due(due);
    if cells(&said) > DAY { look.month(due) } else { said }
}

fn age(line: &CustomerLine, look: &Look) -> String {
    line.last_contact.map_or_else(String::new, |at| look.age(at))
}

fn tags(line: &CustomerLine) -> String {
    line.tags.iter().map(Clean::line).collect::<Vec<_>>().join(" ")
}

fn mark(out: &mut Line, mark: Option<Mark>, look: &Look) {
    match mark {
        Some(mark) => out.right(look.sign(mark), look.theme.mark(mark)),
        None => out.skip_right(1),
    };
}

/// What a title says of marks.
pub(in crate::tui) fn marked(marks: &Marks, rows: &dyn Rows, bar: usize, look: &Look) -> String {
    if marks.is_empty() {
        return String::new();
    }
    format!(" {} {}", look.theme.signs().dot, many::marked(look.lang, marks.count(rows, bar)))
}

/// How many marked rows are out of sight; empty: none.
pub(in crate::tui) fn unseen(marks: &Marks, rows: &dyn Rows, lang: Lang) -> String {
    match marks.hidden(rows) {
        0 => String::new(),
        hidden => many::not_shown(lang, hidden),
    }
}

/// The one cell that a tier has in a list.
pub(in crate::tui) fn initial(tier: &Clean) -> String {
    tier.as_str().chars().next().filter(char::is_ascii).map_or_else(|| " ".to_owned(), String::from)
}
