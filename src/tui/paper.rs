//! Writes texts into cells: a line is filled from its left and from its right, and what does not fit is cut.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::width;

/// How many cells a text takes.
pub(super) fn cells(text: &str) -> u16 {
    width::width(text) as u16
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
        let area = area.intersection(buffer.area);
        let right = if row < area.height { area.right() } else { area.left() };
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
        let width = cells(text).min(self.room());
        self.write(self.left, width, text, style);
        self.left += width;
        self
    }

    /// Writes a text at the right, cut to what is free.
    pub(super) fn right(&mut self, text: &str, style: Style) -> &mut Line<'a> {
        self.column_right(cells(text), text, style)
    }

    /// Writes a text at the right where it fits whole, a blank before it; else nothing.
    pub(super) fn aside(&mut self, text: &str, style: Style) -> &mut Line<'a> {
        if cells(text) < self.room() {
            self.right(text, style);
        }
        self
    }

    /// Leaves cells blank at the left.
    pub(super) fn skip(&mut self, cells: u16) -> &mut Line<'a> {
        self.left += cells.min(self.room());
        self
    }

    /// Leaves cells blank at the right.
    pub(super) fn skip_right(&mut self, cells: u16) -> &mut Line<'a> {
        self.right -= cells.min(self.room());
        self
    }

    /// Takes a column off the right and writes a text at the left of it.
    pub(super) fn column_left(&mut self, width: u16, text: &str, style: Style) -> &mut Line<'a> {
        let width = width.min(self.room());
        self.right -= width;
        self.write(self.right, width, text, style);
        self
    }

    /// Takes a column off the right and writes a text at the right of it.
    pub(super) fn column_right(&mut self, width: u16, text: &str, style: Style) -> &mut Line<'a> {
        let width = width.min(self.room());
        let start = self.right - cells(text).min(width);
        self.write(start, self.right - start, text, style);
        self.right -= width;
        self
    }

    fn write(&mut self, x: u16, width: u16, text: &str, style: Style) {
        if width > 0 {
            let text = width::cut(text, usize::from(width));
            self.buffer.set_stringn(x, self.y, text, usize::from(width), style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_filled_from_both_sides() {
        let area = Rect::new(2, 0, 20, 1);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 24, 1));
        let plain = Style::new();
        let mut line = Line::of(&mut buffer, area, 0);
        line.skip(1).column_right(5, "2d", plain).skip_right(1).left("重庆长安机电有限公司", plain);
        assert_eq!(buffer, Buffer::with_lines(["   重庆长安机..     2d  "]));
        Line::of(&mut buffer, area, 0).skip(15).aside("12345", plain).aside("1d", plain);
        assert_eq!(buffer, Buffer::with_lines(["   重庆长安机..     1d  "]));
        let mut line = Line::of(&mut buffer, area, 1);
        line.left("outside", plain).right("outside", plain);
        assert_eq!(line.room(), 0);
    }

    #[test]
    fn an_area_beyond_the_screen_is_left_out() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        Line::of(&mut buffer, Rect::new(2, 0, 20, 4), 0).left("abcdefgh", Style::new());
        assert_eq!(buffer, Buffer::with_lines(["  ab.."]));
    }
}
