//! The team's board: every tier and every stage with what is counted in it, how its standard is kept to, and who moved.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Wish, paper};
use crate::filter::took;
use crate::keys::Act;
use crate::model::query::{Board as Told, BoardLine};
use crate::text::Clean;
use crate::text::say::{board as say, text as words, tui};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::frame::Frame;
use crate::tui::look::{Label, Look};
use crate::tui::panes::Seen;
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// The width of the sheet, where there is room.
const WIDTH: u16 = 112;
/// A name has at least so many cells.
const NAME: u16 = 12;

/// The board.
#[derive(Debug, Default)]
pub(in crate::tui) struct Board {
    bar: Bar,
    /// The numbers that are seen and open.
    open: Vec<Column>,
    /// The one of them that is chosen.
    chosen: usize,
}

/// A column of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Count,
    Value,
    Covered,
    Late,
    Moved,
    Answered,
    AnswerTime,
    Unserved,
    Half,
}

/// Every column, in the order in which they stand.
const COLUMNS: [Column; 9] = [
    Column::Count,
    Column::Value,
    Column::Covered,
    Column::Late,
    Column::Moved,
    Column::Answered,
    Column::AnswerTime,
    Column::Unserved,
    Column::Half,
];
/// Those that give way where there is no room, the first one first.
const GIVING_WAY: [Column; 5] =
    [Column::AnswerTime, Column::Half, Column::Value, Column::Answered, Column::Unserved];
/// Those whose numbers open.
const OPEN: [Column; 4] = [Column::Count, Column::Late, Column::Moved, Column::Unserved];

/// A row of the sheet.
enum Row<'a> {
    Blank,
    /// A title; whether standards are told below it.
    Head(Label, bool),
    Line(&'a BoardLine),
}

impl Board {
    /// Does what a key asks for.
    pub(super) fn act(&mut self, act: Act, book: &Book, height: usize) -> Option<Vec<Wish>> {
        let lines = lines(book.told.board.as_ref());
        let under = lines.get(self.bar.row);
        match act {
            Act::Back | Act::Board | Act::FocusTiers => return Some(vec![Wish::Close]),
            Act::Open => {
                let open = |(line, is_stage): &(&BoardLine, bool)| self.open(line, *is_stage);
                return Some(under.map(open).into_iter().collect());
            }
            Act::Why => {
                let why = |(line, is_stage): &(&BoardLine, bool)| {
                    Wish::WhyLine(line.line.tier.id.clone(), *is_stage)
                };
                return Some(under.map(why).into_iter().collect());
            }
            Act::NumberBefore => self.chosen = self.chosen.saturating_sub(1),
            Act::NumberAfter => self.chosen = (self.chosen + 1).min(self.open.len().saturating_sub(1)),
            _ if self.bar.act(act, lines.len(), height.saturating_sub(4)) => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    /// What opening the chosen number of a line does.
    fn open(&self, line: &BoardLine, is_stage: bool) -> Wish {
        if self.open.get(self.chosen) != Some(&Column::Moved) || !line.movers.is_empty() {
            return Wish::Rows(self.filter(line, is_stage));
        }
        Wish::NoRows(line.came + line.left > 0)
    }

    /// The filter that shows the customers behind the chosen number of a line.
    fn filter(&self, line: &BoardLine, is_stage: bool) -> Clean {
        let id = &line.line.tier.id;
        let word = if id.is_empty() { "none" } else { id.as_str() };
        let all = format!("{}:{word}", if is_stage { "stage" } else { "tier" });
        let served = line.standard.as_ref().and_then(|standard| standard.served.as_ref());
        let filter = match (self.open.get(self.chosen), served) {
            (Some(Column::Late), _) => format!("{all} late:yes"),
            (Some(Column::Unserved), Some(served)) => return served.filter.clone(),
            (Some(Column::Moved), _) => return line.movers.clone(),
            _ => all,
        };
        Clean::washed(&filter).0
    }

    /// Keeps the bar on a line, and in sight below its heading.
    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        let book = seen.book;
        if let Some(board) = &book.told.board {
            let room = place(frame, 0).width.saturating_sub(4);
            self.open = columns(board, room, &seen.look);
            self.open.retain(|column| OPEN.contains(column));
            self.chosen = self.chosen.min(self.open.len().saturating_sub(1));
        }
        let rows = rows(book.told.board.as_ref(), frame);
        let count = lines(book.told.board.as_ref()).len();
        self.bar.row = self.bar.row.min(count.saturating_sub(1));
        let height = usize::from(place(frame, rows.len()).height.saturating_sub(2)).max(1);
        let at = rows.iter().enumerate().filter(|(_, row)| matches!(row, Row::Line(_))).nth(self.bar.row);
        let at = at.map_or(0, |(at, _)| at);
        let first = if self.bar.row == 0 { 0 } else { at };
        self.bar.top = self.bar.top.min(first).max((at + 1).saturating_sub(height));
        self.bar.top = self.bar.top.min(rows.len().saturating_sub(height));
    }

    /// Draws it.
    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) {
        let look = &seen.look;
        let board = seen.book.told.board.as_ref();
        let rows = rows(board, frame);
        let room = place(frame, 0).width.saturating_sub(4);
        let title = say::board(look.lang);
        // The title stays, and a rule beside it.
        let free = room.saturating_sub(cells(title) + 6);
        let aside = board.map_or_else(String::new, |board| hidden(board, (room, free), look));
        let inside = paper(buffer, place(frame, rows.len()), title, &aside, look);
        let Some(board) = board else {
            Line::of(buffer, inside, 0).skip(1).left(tui::asking(look.lang), look.theme.dim());
            return;
        };
        if board.tiers.iter().all(|line| line.line.count == 0) {
            let text = say::nobody_yet(look.lang);
            Line::of(buffer, inside, 0).skip(1).left(text, look.theme.dim());
            return;
        }
        let columns = columns(board, inside.width, look);
        let mut nth = rows.iter().take(self.bar.top).filter(|row| matches!(row, Row::Line(_))).count();
        for (at, row) in rows.iter().skip(self.bar.top).take(usize::from(inside.height)).enumerate() {
            match row {
                Row::Blank => {}
                Row::Head(title, standards) => {
                    let line = Line::of(buffer, inside, at as u16);
                    draw_head(line, title(look.lang), *standards, &columns, look);
                }
                Row::Line(line) => {
                    self.draw_line(buffer, (inside, at as u16), line, &columns, nth == self.bar.row, seen);
                    nth += 1;
                }
            }
        }
    }

    fn draw_line(
        &self,
        buffer: &mut Buffer,
        (area, row): (Rect, u16),
        line: &BoardLine,
        columns: &[Column],
        selected: bool,
        seen: Seen,
    ) {
        let look = &seen.look;
        let (mut cells, _) = seen.row(buffer, area, row, selected);
        let style = look.theme.selected(selected);
        let chosen = self.open.get(self.chosen).copied().filter(|_| selected);
        for column in columns.iter().rev() {
            let is_bad = column.is_bad(line);
            let style = match (chosen == Some(*column), is_bad) {
                (true, _) => look.theme.title(true),
                (false, true) => look.theme.mark(Mark::Late),
                (false, false) => style,
            };
            cells.column_right(column.width(look), &column.text(line, look), style);
        }
        cells.skip_right(1);
        let name = &line.line.tier;
        if name.id.is_empty() {
            cells.left(say::none(look.lang), style);
        } else if line.standard.is_some() {
            cells.left(name.id.as_str(), look.tier(&name.id)).skip(1).left(look.name(name).as_str(), style);
        } else {
            cells.left(look.name(name).as_str(), style);
        }
    }
}

impl Column {
    fn head(self, look: &Look) -> &'static str {
        let lang = look.lang;
        match self {
            Column::Count => tui::count(lang),
            Column::Value => tui::value(lang),
            Column::Covered => tui::covered(lang),
            Column::Late => tui::late(lang),
            Column::Moved => say::moved_lately(lang),
            Column::Answered => say::answered(lang),
            Column::AnswerTime => say::answer_time(lang),
            Column::Unserved => say::unserved(lang),
            Column::Half => say::half_since(lang),
        }
    }

    /// As many cells as its heading and what stands in it need, and two before them.
    fn width(self, look: &Look) -> u16 {
        let numbers = match self {
            Column::Late | Column::Unserved => 4,
            Column::Count => 5,
            Column::Value | Column::Half | Column::AnswerTime => 6,
            Column::Moved => 7,
            Column::Covered | Column::Answered => 8,
        };
        2 + numbers.max(cells(self.head(look)))
    }

    fn text(self, line: &BoardLine, look: &Look) -> String {
        let standard = line.standard.as_ref();
        let answers = standard.and_then(|standard| standard.answers.as_ref());
        let served = standard.and_then(|standard| standard.served.as_ref());
        let count = &line.line;
        match self {
            Column::Count => count.count.to_string(),
            Column::Value => look.amount(count.spend),
            Column::Covered => format!("{}/{}", count.covered, count.count),
            Column::Late => count.late.to_string(),
            Column::Moved if line.came + line.left == 0 => String::new(),
            Column::Moved => say::movement(look.lang, line.came, line.left),
            Column::Answered => {
                let asked = answers.filter(|answers| answers.asked > 0);
                asked.map(|answers| format!("{}/{}", answers.in_time, answers.asked)).unwrap_or_default()
            }
            Column::AnswerTime => {
                let median = answers.and_then(|answers| answers.median);
                median.map(|minutes| took(look.lang, minutes)).unwrap_or_default()
            }
            Column::Unserved => served.map(|served| served.unserved.to_string()).unwrap_or_default(),
            Column::Half => line.days.map(|days| words::days(look.lang, days)).unwrap_or_default(),
        }
    }

    /// Whether it tells how standards are kept to, which only tiers have.
    fn is_of_standards(self) -> bool {
        matches!(self, Column::Answered | Column::AnswerTime | Column::Unserved)
    }

    /// Whether what stands in it is one that should not be.
    fn is_bad(self, line: &BoardLine) -> bool {
        let served = line.standard.as_ref().and_then(|standard| standard.served.as_ref());
        match self {
            Column::Late => line.line.late > 0,
            Column::Unserved => served.is_some_and(|served| served.unserved > 0),
            _ => false,
        }
    }
}

/// The tiers, then the stages; true: a stage.
fn lines(board: Option<&Told>) -> Vec<(&BoardLine, bool)> {
    let Some(board) = board else { return Vec::new() };
    let tiers = board.tiers.iter().map(|line| (line, false));
    tiers.chain(board.stages.iter().map(|line| (line, true))).collect()
}

/// The lines below their headings, with a blank row between them where there is room.
fn rows<'a>(board: Option<&'a Told>, frame: &Frame) -> Vec<Row<'a>> {
    let Some(board) = board else { return vec![Row::Blank] };
    let mut rows = vec![Row::Head(say::tiers, true)];
    rows.extend(board.tiers.iter().map(Row::Line));
    if !board.stages.is_empty() {
        let all = rows.len() + board.stages.len() + 2;
        if all + 2 <= usize::from(frame.sheet(WIDTH, u16::MAX).height) {
            rows.push(Row::Blank);
        }
        rows.push(Row::Head(say::stages, false));
        rows.extend(board.stages.iter().map(Row::Line));
    }
    rows
}

/// Which columns there is no room for; where they have no room themselves, how many.
fn hidden(board: &Told, (room, free): (u16, u16), look: &Look) -> String {
    let (shown, all) = (columns(board, room, look), telling(board));
    let hidden = all.into_iter().filter(|column| !shown.contains(column));
    let heads: Vec<&str> = hidden.map(|column| column.head(look)).collect();
    if heads.is_empty() {
        return String::new();
    }
    let named = say::no_room(look.lang, heads.join(look.lang.pick(", ", "、")));
    if cells(&named) <= free { named } else { say::columns_hidden(look.lang, heads.len()) }
}

/// The columns that say anything.
fn telling(board: &Told) -> Vec<Column> {
    let standards = || board.tiers.iter().filter_map(|line| line.standard.as_ref());
    let answers = standards().any(|standard| standard.answers.is_some());
    let serves = standards().any(|standard| standard.served.is_some());
    let mut columns = COLUMNS.to_vec();
    columns.retain(|column| match column {
        Column::Answered | Column::AnswerTime => answers,
        Column::Unserved => serves,
        _ => true,
    });
    columns
}

/// These as far as there is room for them.
fn columns(board: &Told, room: u16, look: &Look) -> Vec<Column> {
    let mut columns = telling(board);
    let name = |line: &BoardLine| {
        let id = if line.standard.is_some() { cells(line.line.tier.id.as_str()) + 1 } else { 0 };
        id + cells(look.name(&line.line.tier).as_str())
    };
    let names = board.tiers.iter().chain(&board.stages).map(name).max().unwrap_or(0).max(NAME);
    let width = |columns: &[Column]| columns.iter().map(|column| column.width(look)).sum::<u16>() + names + 2;
    for column in GIVING_WAY {
        if width(&columns) > room {
            columns.retain(|other| *other != column);
        }
    }
    columns
}

fn draw_head(mut line: Line, title: &str, standards: bool, columns: &[Column], look: &Look) {
    for column in columns.iter().rev() {
        let head = if standards || !column.is_of_standards() { column.head(look) } else { "" };
        line.column_right(column.width(look), head, look.theme.dim());
    }
    line.skip(1).skip_right(1).left(title, look.theme.key());
}

fn place(frame: &Frame, rows: usize) -> Rect {
    frame.sheet(WIDTH, u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2))
}
