//! The history of a record: who changed what, from and to, and a way to undo it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::{Act, Scope};
use crate::model::query::HistoryItem;
use crate::model::{Cause, Event, Field, Id, Kind, Named, Value};
use crate::text::say::{brought, tui as say};
use crate::text::{Clean, Lang, width};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::frame::Frame;
use crate::tui::look::{Look, first_name};
use crate::tui::panes::Seen;
use crate::tui::paper::{Line, cells};

/// The width of the sheet, where there is room, and the most rows it shows.
const WIDTH: u16 = 76;
const ROWS: u16 = 16;
/// The columns of the moment, `2026-11-24 14:32`, and of who it was: as wide as the longest name needs, from so many
/// cells to a share of the sheet.
const WHEN: u16 = 18;
const WHO: u16 = 9;
const SHARE: u16 = 4;

/// A page of entries.
#[derive(Debug)]
pub(in crate::tui) struct History {
    record: Named,
    bar: Bar,
    undoes: bool,
}

impl History {
    /// Of a record, from its newest entry on.
    pub(in crate::tui) fn new(record: Named) -> History {
        History { record, bar: Bar::default(), undoes: false }
    }

    pub(super) fn act(&mut self, act: Act, book: &mut Book) -> Option<Vec<Wish>> {
        let rows = rows(book);
        match act {
            Act::Open => {
                let chosen = rows.get(self.bar.row).filter(|row| row.can_be_undone());
                return Some(chosen.map(|row| Wish::UndoEntry(row.item.entry.seq)).into_iter().collect());
            }
            Act::Back | Act::History => {
                book.forget_history();
                return Some(vec![Wish::Close]);
            }
            _ if self.bar.act(act, rows.len(), usize::from(ROWS)) => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    pub(super) fn settle(&mut self, frame: &Frame, book: &Book) {
        let rows = rows(book);
        self.bar.settle(rows.len(), usize::from(place(frame, rows.len()).height.saturating_sub(2)));
        self.undoes = rows.get(self.bar.row).is_some_and(Row::can_be_undone);
    }

    /// Whether what is under the bar can be undone.
    pub(super) fn undoes(&self) -> bool {
        self.undoes
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) {
        let (look, rows) = (&seen.look, rows(seen.book));
        let title = say::history_title(look.lang, self.record.name.line());
        let aside = match rows.get(self.bar.row) {
            Some(row) if row.item.entry.is_derived() => match row.item.author(look.lang) {
                author if author.is_empty() => say::by_rules(look.lang).to_owned(),
                author => author,
            },
            Some(row) if row.can_be_undone() => say::undoes(look.lang, look.key(Scope::List, Act::Open)),
            _ => String::new(),
        };
        let inside = paper(buffer, place(frame, rows.len()), &title, &aside, look);
        if rows.is_empty() {
            let text = if seen.book.waits_for_history() { say::asking } else { say::no_changes };
            Line::of(buffer, inside, 0).skip(1).left(text(look.lang), look.theme.dim());
        }
        let longest = rows.iter().map(|row| cells(&row.who(look.lang)) + 1).max().unwrap_or_default();
        let width = longest.clamp(WHO, (inside.width / SHARE).max(WHO));
        for (at, row) in rows.iter().enumerate().skip(self.bar.top).take(usize::from(inside.height)) {
            let mut line = Line::of(buffer, inside, (at - self.bar.top) as u16);
            draw_row(&mut line, row, width, at == self.bar.row, look);
        }
    }
}

/// One change of an entry.
struct Row<'a> {
    item: &'a HistoryItem,
    is_first: bool,
    change: Option<Changed<'a>>,
}

impl Row<'_> {
    /// Whether its entry is somebody's act that was not taken back: what rules made of one goes with it.
    fn can_be_undone(&self) -> bool {
        !self.item.entry.is_derived() && self.item.undone_by.is_none()
    }

    /// Who it was, as the column names them.
    fn who(&self, lang: Lang) -> String {
        match &self.item.by {
            Some(by) => first_name(&by.name).to_owned(),
            None => match self.item.author(lang) {
                author if author.is_empty() && self.item.entry.is_derived() => say::rules(lang).to_owned(),
                author => author,
            },
        }
    }
}

/// A row for each change; of an act that changed no field one alone. What rules did to nothing but their own notes is
/// left out.
fn rows(book: &Book) -> Vec<Row<'_>> {
    let of = |item| {
        let mut changes: Vec<_> = changes(item).into_iter().filter(is_told).map(Some).collect();
        if changes.is_empty() && !item.entry.is_derived() {
            changes.push(None);
        }
        let row = move |(at, change)| Row { item, is_first: at == 0, change };
        changes.into_iter().enumerate().map(row)
    };
    book.history().iter().flat_map(of).collect()
}

/// A change of a field: what was and what is.
type Changed<'a> = (&'a Event, &'a Field, Value, Value);

/// Whether a change is one for people.
fn is_told((event, field, ..): &Changed) -> bool {
    event.record().kind.tells(field)
}

/// Field by field.
fn changes(item: &HistoryItem) -> Vec<Changed<'_>> {
    let mut all = Vec::new();
    let none = || Value::Absent;
    for event in &item.entry.events {
        match event {
            Event::Created { values, .. } => {
                all.extend(values.iter().map(|(field, to)| (event, field, none(), to.clone())));
            }
            Event::Removed { values, .. } => {
                all.extend(values.iter().map(|(field, from)| (event, field, from.clone(), none())));
            }
            Event::Set { field, from, to, .. } => all.push((event, field, from.clone(), to.clone())),
            Event::Linked { field, value, .. } => all.push((event, field, none(), value.clone())),
            Event::Unlinked { field, value, .. } => all.push((event, field, value.clone(), none())),
            Event::Mentioned { .. } => {} // the text says it
        }
    }
    exchanged(&all)
}

/// The same with one row where of a field one value was taken away and one added.
fn exchanged<'a>(all: &[Changed<'a>]) -> Vec<Changed<'a>> {
    let is_same = |one: &Changed, other: &Changed| one.0.record() == other.0.record() && one.1 == other.1;
    let mut rows: Vec<Changed<'a>> = Vec::new();
    for change in all {
        let is_pair = all.iter().filter(|other| is_same(change, other)).count() == 2;
        match rows.iter_mut().find(|row| is_pair && is_same(row, change)) {
            Some(row) if row.2 == Value::Absent && change.3 == Value::Absent => row.2 = change.2.clone(),
            Some(row) if row.3 == Value::Absent && change.2 == Value::Absent => row.3 = change.3.clone(),
            _ => rows.push(change.clone()),
        }
    }
    rows
}

fn draw_row(line: &mut Line, row: &Row, width: u16, selected: bool, look: &Look) {
    let entry = &row.item.entry;
    let faint = row.item.undone_by.is_some() || entry.is_derived();
    let style = if selected || !faint { look.theme.selected(selected) } else { look.theme.dim() };
    line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
    let (when, who) =
        if row.is_first { (row.item.at().say(look.zone), row.who(look.lang)) } else { Default::default() };
    let who = width::cut(&who, usize::from(width - 1));
    line.left(&when, look.theme.dim()).skip(WHEN.saturating_sub(cells(&when)));
    line.left(&who, look.theme.dim()).skip(width.saturating_sub(cells(&who)));
    let undo = match (row.item.undone_by, &entry.cause) {
        (Some(by), _) => Some(say::undone_by(look.lang, by)),
        (None, Cause::Undoes { seq }) => Some(say::undoes_entry(look.lang, entry.seq, seq)),
        _ => row.item.caught_up().map(|at| brought::caught_up(look.lang, look.moment(at, false))),
    };
    if let Some(undo) = undo.filter(|_| row.is_first) {
        line.right(&undo, look.theme.dim()).skip_right(1);
    }
    let text = match &row.change {
        Some((event, field, from, to)) => {
            let word = event.record().kind.field_label(field, look.lang);
            let names = |id: Id| row.item.names.iter().find(|named| named.id == id);
            let said = |value: &Value| match value {
                Value::Ref(id) if let Some(named) = names(*id) => named.name.line(),
                Value::Duty(id, duty) if let Some(named) = names(*id) => format!("{}: {duty}", named.name),
                value => said(event.record().kind, field, value, look),
            };
            format!("{word}: {} -> {}", said(from), said(to))
        }
        None => entry.command.line(),
    };
    line.left(&text, style);
}

/// A value as people read it; a tier and a stage by its name.
fn said(kind: Kind, field: &Field, value: &Value, look: &Look) -> String {
    let label = |word: &Clean| match kind.field_name(field).as_str() {
        "tier" | "tier_fixed" if kind == Kind::Customer => Some(look.tier_name(word).line()),
        "stage" if kind == Kind::Customer => Some(look.stage_name(word).line()),
        "release_reason" => Some(look.reason(word).line()),
        _ => kind.word_label(field, value, look.lang).map(str::to_owned),
    };
    match value {
        Value::Text(word) if let Some(label) = label(word) => label,
        value => value.say(look.lang, look.zone),
    }
}

fn place(frame: &Frame, rows: usize) -> Rect {
    frame.sheet(WIDTH, rows.clamp(1, usize::from(ROWS)) as u16 + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Clean;

    #[test]
    fn a_value_that_takes_the_place_of_another_is_one_row() {
        let record = Id::customer(1);
        let (field, _) = Kind::Customer.field("phones").unwrap();
        let text = |text: &'static str| Value::Text(Clean::known(text));
        let value = |number| text(number);
        let link = |number| Event::Linked { record, field: field.clone(), value: value(number) };
        let unlink = |number| Event::Unlinked { record, field: field.clone(), value: value(number) };
        let rows = |events: &[Event]| {
            let each = events.iter().map(|event| match event {
                Event::Linked { value, .. } => (event, &field, Value::Absent, value.clone()),
                Event::Unlinked { value, .. } => (event, &field, value.clone(), Value::Absent),
                _ => unreachable!(),
            });
            let rows = exchanged(&each.collect::<Vec<_>>());
            rows.into_iter().map(|(.., from, to)| (from, to)).collect::<Vec<_>>()
        };
        let changed = [(text("1111"), text("2222"))];
        assert_eq!(rows(&[link("2222"), unlink("1111")]), changed);
        assert_eq!(rows(&[unlink("1111"), link("2222")]), changed);
        assert_eq!(rows(&[link("2222"), link("3333")]).len(), 2);
        assert_eq!(rows(&[link("2222"), link("3333"), unlink("1111")]).len(), 3, "which is for which?");
    }
}
