//! What people read: aligned columns without borders, a little colour where a terminal shows it.

use std::fmt::Write;

use crate::text::width::{cut, width};
use crate::text::{Clean, chart};
use crate::tui::theme;

/// Blanks between columns.
const GAP: usize = 2;
/// A column that gives way keeps so many cells.
const LEAST: usize = 8;

/// What a cell means beyond its text. State is never told by colour alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tone {
    #[default]
    Plain,
    Title,
    Late,
    Soon,
    Dim,
}

impl Tone {
    fn code(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Title => "1",
            Tone::Late => "31",
            Tone::Soon => "33",
            Tone::Dim => "2",
        }
    }
}

/// A text on one line, and its tone.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), tone: Tone::Plain }
    }

    pub(super) fn tone(self, tone: Tone) -> Cell {
        Cell { tone, ..self }
    }
}

impl From<&Clean> for Cell {
    fn from(text: &Clean) -> Cell {
        Cell::new(text.line())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::new(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::new(text)
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    title: &'static str,
    right: bool,
    gives: bool,
}

impl Column {
    /// Words, whole.
    pub(super) const fn left(title: &'static str) -> Column {
        Column { title, right: false, gives: false }
    }

    /// Numbers.
    pub(super) const fn right(title: &'static str) -> Column {
        Column { title, right: true, gives: false }
    }

    /// Words that give way where the terminal is too narrow.
    pub(super) const fn wide(title: &'static str) -> Column {
        Column { title, right: false, gives: true }
    }
}

/// A text that grows line by line.
#[derive(Debug)]
pub(super) struct Page {
    text: String,
    paint: bool,
    width: Option<usize>,
}

impl Page {
    /// An empty page; `width` is the terminal's, where there is one.
    pub(super) fn new(paint: bool, width: Option<usize>) -> Page {
        Page { text: String::new(), paint, width }
    }

    /// All of it.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// A line of cells, one blank between them.
    pub(super) fn line(&mut self, cells: impl IntoIterator<Item = Cell>) {
        for (i, cell) in cells.into_iter().filter(|cell| !cell.text.is_empty()).enumerate() {
            if i > 0 {
                self.text.push(' ');
            }
            self.paint(&cell.text, cell.tone);
        }
        self.text.push('\n');
    }

    /// Numbers as a line of small columns; nothing where no terminal shows it.
    pub(super) fn sparkline(&self, numbers: &[i64]) -> String {
        let ascii = !theme::is_utf8(&theme::locale(|name| std::env::var(name).ok()));
        self.width.map_or_else(String::new, |_| chart::sparkline(numbers, ascii))
    }

    /// A title above what follows, with an empty line before it.
    pub(super) fn title(&mut self, title: impl Into<String>) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.line([Cell::new(title).tone(Tone::Title)]);
    }

    /// A blank line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Labels and what belongs to them, the latter aligned; what is empty is left out.
    pub(super) fn pairs<L: AsRef<str>>(&mut self, pairs: &[(L, Cell)]) {
        let shown = || pairs.iter().filter(|(_, cell)| !cell.text.is_empty());
        let widest = shown().map(|(label, _)| width(label.as_ref())).max().unwrap_or(0);
        for (label, cell) in shown() {
            let label = label.as_ref();
            self.paint(label, Tone::Dim);
            self.blanks(widest - width(label) + GAP);
            self.paint(&cell.text, cell.tone);
            self.text.push('\n');
        }
    }

    /// Rows under the titles of their columns.
    pub(super) fn table(&mut self, columns: &[Column], rows: &[Vec<Cell>]) {
        let titles: Vec<Cell> =
            columns.iter().map(|column| Cell::new(column.title).tone(Tone::Dim)).collect();
        let widths = self.widths(columns, rows);
        self.row(columns, &widths, &titles);
        for row in rows {
            self.row(columns, &widths, row);
        }
    }

    /// Rows without titles.
    pub(super) fn rows(&mut self, columns: &[Column], rows: &[Vec<Cell>]) {
        let untitled: Vec<Column> = columns.iter().map(|column| Column { title: "", ..*column }).collect();
        let widths = self.widths(&untitled, rows);
        for row in rows {
            self.row(&untitled, &widths, row);
        }
    }

    fn widths(&self, columns: &[Column], rows: &[Vec<Cell>]) -> Vec<usize> {
        let mut widths: Vec<usize> = columns.iter().map(|column| width(column.title)).collect();
        for row in rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(width(&cell.text));
            }
        }
        let Some(limit) = self.width else { return widths };
        let used = |widths: &[usize]| widths.iter().filter(|w| **w > 0).map(|w| w + GAP).sum::<usize>();
        while used(&widths) > limit + GAP {
            let giving = (0..columns.len()).filter(|i| columns[*i].gives && widths[*i] > LEAST);
            match giving.max_by_key(|i| widths[*i]) {
                Some(i) => widths[i] -= 1,
                None => break,
            }
        }
        widths
    }

    fn row(&mut self, columns: &[Column], widths: &[usize], row: &[Cell]) {
        let mut pending = 0;
        let mut left = self.width.unwrap_or(usize::MAX);
        for ((column, column_width), cell) in columns.iter().zip(widths).zip(row) {
            if *column_width == 0 {
                continue;
            }
            let room = (*column_width).min(left.saturating_sub(pending));
            let text = cut(&cell.text, room);
            let blanks = room - width(&text);
            if column.right {
                pending += blanks;
            }
            if !text.is_empty() {
                left = left.saturating_sub(pending + width(&text));
                self.blanks(std::mem::take(&mut pending));
                self.paint(&text, cell.tone);
            }
            pending += GAP + if column.right { 0 } else { blanks };
        }
        self.text.push('\n');
    }

    fn blanks(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    fn paint(&mut self, text: &str, tone: Tone) {
        if self.paint && tone != Tone::Plain {
            let _ = write!(self.text, "\x1b[{}m{text}\x1b[0m", tone.code()); // a String takes every write
        } else {
            self.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [Column::left("id"), Column::wide("name"), Column::right("spend")];

    fn table(width: Option<usize>, paint: bool) -> String {
        let mut page = Page::new(paint, width);
        let row = |id: &str, name: &str, spend: &str| {
            vec![Cell::new(id), Cell::new(name), Cell::new(spend).tone(Tone::Late)]
        };
        page.table(&COLUMNS, &[row("c1", "重庆长安机电", "1,200"), row("c12", "Acme Corporation", "")]);
        page.text
    }

    #[test]
    fn columns_are_aligned_by_cells_without_trailing_blanks() {
        assert_eq!(
            table(None, false),
            "id   name              spend\nc1   重庆长安机电      1,200\nc12  Acme Corporation\n"
        );
    }

    #[test]
    fn a_narrow_terminal_cuts_what_gives_way_and_never_wraps() {
        assert_eq!(
            table(Some(22), false),
            "id   name        spend\nc1   重庆长安..  1,200\nc12  Acme Cor..\n"
        );
        for cells in 1..40 {
            assert!(table(Some(cells), false).lines().all(|line| width(line) <= cells), "{cells}");
        }
    }

    #[test]
    fn colour_stands_around_the_text_alone() {
        assert!(table(None, true).contains("  \x1b[31m1,200\x1b[0m\n"));
    }

    #[test]
    fn pairs_leave_out_what_is_empty() {
        let mut page = Page::new(false, None);
        page.pairs(&[("owner", "Anna".into()), ("region", "".into()), ("tags", "vip".into())]);
        assert_eq!(page.text, "owner  Anna\ntags   vip\n");
    }
}
