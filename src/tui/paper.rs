//! Writes texts into cells: a line is filled from its left and from its right, and what does not fit is cut with `..`.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// What stands where a text was cut. Two ASCII dots: an ellipsis is one cell wide or two, as the terminal likes.
const CUT: &str = "..";

/// How many cells a text takes.
pub(super) fn cells(text: &str) -> u16 {
    text.graphemes(true).map(CellWidth::cell_width).fold(0, u16::saturating_add)
}

/// How many bytes of a line fit into so many cells.
pub(super) fn fitting(line: &str, room: u16) -> usize {
    let mut end = 0_u16;
    let mut bytes = 0;
    for grapheme in line.graphemes(true) {
        end = end.saturating_add(grapheme.cell_width());
        if end > room {
            break;
        }
        bytes += grapheme.len();
    }
    bytes
}

/// The text, or as much of it as fits with the sign that it was cut.
pub(super) fn cut(text: &str, room: u16) -> Cow<'_, str> {
    if fitting(text, room) == text.len() {
        return Cow::Borrowed(text);
    }
    if room < 4 {
        return Cow::Borrowed(&text[..fitting(text, room)]);
    }
    let kept = text[..fitting(text, room - cells(CUT))].trim_end();
    Cow::Owned([kept, CUT].concat())
}

/// A line in rows of at most `room` cells, at least one row. Rows break behind blanks and beside wide characters, else
/// anywhere.
pub(super) fn wrapped(line: &str, room: u16) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut column) = (0, 0_u16);
    // Behind which byte the row may break, and in which column that is.
    let mut chance: Option<(usize, u16)> = None;
    let mut wide_before = false;
    for (at, grapheme) in line.grapheme_indices(true) {
        let width = grapheme.cell_width();
        let wide = width > 1;
        if at > start && (wide || wide_before) && !hangs(grapheme) {
            chance = Some((at, column));
        }
        while column + width > room && at > start {
            let (end, taken) = chance.take().unwrap_or((at, column));
            rows.push(start..end);
            (start, column) = (end, column - taken);
        }
        column += width;
        if grapheme == " " {
            chance = Some((at + grapheme.len(), column));
        }
        wide_before = wide;
    }
    rows.push(start..line.len());
    rows
}

/// Whether a row may not begin with this sign.
fn hangs(grapheme: &str) -> bool {
    matches!(grapheme, "，" | "。" | "、" | "；" | "：" | "！" | "？" | "”" | "’" | "）" | "》" | "」")
}

/// A text of several lines in rows of at most `room` cells.
pub(super) fn rows(text: &str, room: u16) -> Vec<&str> {
    let room = room.max(2);
    text.split('\n').flat_map(|line| wrapped(line, room).into_iter().map(|row| line[row].trim_end())).collect()
}

/// One row of cells, filled from both sides.
#[derive(Debug)]
pub(super) struct Line<'a> {
    buffer: &'a mut Buffer,
    y: u16,
    left: u16,
    right: u16,
}

impl<'a> Line<'a> {
    /// The row of an area that lies so many rows below its top; one that lies outside takes nothing.
    pub(super) fn of(buffer: &'a mut Buffer, area: Rect, row: u16) -> Line<'a> {
        let inside = row < area.height;
        let right = if inside { area.right() } else { area.left() };
        Line { buffer, y: area.y + row, left: area.left(), right }
    }

    /// How many cells are free.
    pub(super) fn room(&self) -> u16 {
        self.right - self.left
    }

    /// The first free column.
    pub(super) fn column(&self) -> u16 {
        self.left
    }

    /// Writes a text at the left, cut to what is free.
    pub(super) fn left(&mut self, text: &str, style: Style) -> &mut Line<'a> {
        let text = cut(text, self.room());
        let room = self.room();
        (self.left, _) = self.buffer.set_stringn(self.left, self.y, &text, usize::from(room), style);
        self
    }

    /// Writes a text at the right, cut to what is free.
    pub(super) fn right(&mut self, text: &str, style: Style) -> &mut Line<'a> {
        let text = cut(text, self.room());
        let room = self.room();
        self.right -= cells(&text).min(room);
        self.buffer.set_stringn(self.right, self.y, &text, usize::from(room), style);
        self
    }

    /// Leaves cells blank at the left.
    pub(super) fn skip(&mut self, cells: u16) -> &mut Line<'a> {
        self.left = (self.left + cells).min(self.right);
        self
    }

    /// Leaves cells blank at the right.
    pub(super) fn skip_right(&mut self, cells: u16) -> &mut Line<'a> {
        self.right = self.right.saturating_sub(cells).max(self.left);
        self
    }

    /// Writes a text at the right, aligned to the left of a column of this width.
    pub(super) fn column_left(&mut self, width: u16, text: &str, style: Style) -> &mut Line<'a> {
        let width = width.min(self.room());
        self.right -= width;
        let text = cut(text, width);
        self.buffer.set_stringn(self.right, self.y, &text, usize::from(width), style);
        self
    }

    /// Writes a text at the right, aligned to the right of a column of this width.
    pub(super) fn column_right(&mut self, width: u16, text: &str, style: Style) -> &mut Line<'a> {
        let width = width.min(self.room());
        let text = cut(text, width);
        let start = self.right - cells(&text).min(width);
        self.buffer.set_stringn(start, self.y, &text, usize::from(width), style);
        self.right -= width;
        self
    }

    /// Changes the look of the whole row within these columns.
    pub(super) fn style(&mut self, area: Rect, style: Style) -> &mut Line<'a> {
        self.buffer.set_style(Rect { y: self.y, height: 1, ..area }, style);
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_does_not_fit_is_cut_and_says_so() {
        assert_eq!(cut("Acme Corporation", 16), "Acme Corporation");
        assert_eq!(cut("Acme Corporation", 10), "Acme Cor..");
        assert_eq!(cut("Acme Corporation", 7), "Acme..");
        assert_eq!(cut("重庆长安机电", 9), "重庆长..");
        assert_eq!(cut("Acme", 3), "Acm");
    }

    #[test]
    fn rows_break_between_words_and_beside_wide_characters() {
        assert_eq!(rows("Asked for the price list\nin two lots", 12), ["Asked for", "the price", "list", "in two lots"]);
        assert_eq!(rows("索取一季度报价，要求分两批交货", 14), ["索取一季度报", "价，要求分两批", "交货"]);
        assert_eq!(rows("", 10), [""]);
    }

    #[test]
    fn a_line_is_filled_from_both_sides() {
        let area = Rect::new(2, 0, 20, 1);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 24, 1));
        let plain = Style::new();
        let mut line = Line::of(&mut buffer, area, 0);
        line.skip(1).column_right(5, "2d", plain).skip_right(1).left("重庆长安机电有限公司", plain);
        assert_eq!(buffer, Buffer::with_lines(["   重庆长安机..     2d  "]));
        let mut line = Line::of(&mut buffer, area, 1);
        line.left("outside", plain);
        assert_eq!(line.room(), 0);
    }

    proptest! {
        #[test]
        fn cut_texts_and_rows_fit(text in "[a-z重庆 ，é👩]{0,40}", room in 2_u16..30) {
            prop_assert!(cells(&cut(&text, room)) <= room);
            for row in rows(&text, room) {
                prop_assert!(cells(row) <= room);
            }
            let all: String = wrapped(&text, room).into_iter().map(|row| &text[row]).collect();
            prop_assert_eq!(all, text);
        }
    }
}
