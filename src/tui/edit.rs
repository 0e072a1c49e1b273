//! A field of text: what is in it, where the caret stands, and what keys do to both.
//!
//! The text is always one that [`Clean`] accepts, and the caret always stands between two graphemes.

use std::ops::Range;

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

use crate::keys::Act;
use crate::text::Clean;

/// How many changes can be undone.
const STEPS: usize = 100;

/// A text being edited, of one line or of several.
#[derive(Clone, Debug)]
pub struct Edit {
    text: String,
    /// In bytes, on a grapheme boundary.
    caret: usize,
    lines: Lines,
    /// The most bytes the text may have.
    limit: usize,
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// Whether the next typed character belongs to the step of the one before.
    typing: bool,
}

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One; line breaks that are pasted become blanks.
    One,
    /// As many as one likes.
    Many,
}

#[derive(Clone, Debug)]
struct Step {
    text: String,
    caret: usize,
}

/// A text in rows of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The byte range of each row in the text; line breaks belong to none.
    pub rows: Vec<Range<usize>>,
    /// The row of the caret.
    pub row: usize,
    /// Its column in cells.
    pub column: u16,
}

impl Edit {
    /// An empty field. `limit` is the most bytes it takes.
    pub fn new(lines: Lines, limit: usize) -> Edit {
        let text = String::new();
        Edit { text, caret: 0, lines, limit, undo: Vec::new(), redo: Vec::new(), typing: false }
    }

    /// A field with a text in it and the caret behind it; that cannot be undone.
    pub fn with(lines: Lines, limit: usize, text: &Clean) -> Edit {
        let mut edit = Edit::new(lines, limit);
        edit.paste(text.as_str());
        edit.undo.clear();
        edit
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines it may have.
    pub fn lines(&self) -> Lines {
        self.lines
    }

    /// The text as the rest of the program takes it.
    pub fn clean(&self) -> Clean {
        Clean::washed(&self.text).0
    }

    /// The caret's place in bytes.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// The caret's column in its line, in cells.
    pub fn caret_column(&self) -> u16 {
        cells(&self.text[self.line_start()..self.caret])
    }

    /// Does what a key asks for; false if it is no act of editing, or there was nothing to do.
    pub fn act(&mut self, act: Act) -> bool {
        match act {
            Act::CaretLeft => self.go(self.before()),
            Act::CaretRight => self.go(self.after()),
            Act::CaretWordLeft => self.go(self.word_before()),
            Act::CaretWordRight => self.go(self.word_after()),
            Act::CaretHome => self.go(self.line_start()),
            Act::CaretEnd => self.go(self.line_end()),
            Act::Backspace => self.cut(self.before()..self.caret),
            Act::Delete => self.cut(self.caret..self.after()),
            Act::KillWord => self.cut(self.word_before()..self.caret),
            Act::KillLine => self.cut(self.line_start()..self.caret),
            Act::KillRest => self.cut(self.caret..self.line_end()),
            Act::Newline => self.newline(),
            Act::FieldUndo => self.undo(),
            Act::FieldRedo => self.redo(),
            _ => false,
        }
    }

    /// Types a character; false if it may not stand here or there is no room for it.
    pub fn insert(&mut self, typed: char) -> bool {
        let mut text = self.text.clone();
        text.insert(self.caret, typed);
        if !self.has_room(typed) || typed == '\n' || Clean::new(&text).is_err() {
            return false;
        }
        let joins = self.typing && !typed.is_whitespace();
        if !joins {
            self.remember();
        }
        self.replace(self.caret..self.caret, typed.encode_utf8(&mut [0; 4]));
        self.typing = true;
        true
    }

    /// Whether a character more would not be too many.
    pub fn has_room(&self, typed: char) -> bool {
        self.text.len() + typed.len_utf8() <= self.limit
    }

    /// Puts in a text as a terminal pastes it, without what may not stand; gives how many of its characters, the last
    /// ones, were left out because there was no room for them.
    pub fn paste(&mut self, pasted: &str) -> usize {
        let (clean, _) = Clean::washed(&pasted.replace("\r\n", "\n").replace('\r', "\n"));
        let text = match self.lines {
            Lines::One => clean.line(),
            Lines::Many => clean.as_str().to_owned(),
        };
        let room = self.limit.saturating_sub(self.text.len());
        let fits = text.grapheme_indices(true).map(|(at, grapheme)| at + grapheme.len());
        let fits = fits.take_while(|end| *end <= room).last().unwrap_or(0);
        if fits > 0 {
            self.remember();
            self.replace(self.caret..self.caret, &text[..fits]);
        }
        text[fits..].graphemes(true).count()
    }

    /// Puts a text in the place of a part of it, the caret behind; that can be undone. False if there is no room.
    pub fn put(&mut self, part: Range<usize>, text: &str) -> bool {
        if self.text.len() - part.len() + text.len() > self.limit {
            return false;
        }
        self.remember();
        self.replace(part, text);
        true
    }

    /// Empties the field; that can be undone.
    pub fn clear(&mut self) -> bool {
        self.cut(0..self.text.len())
    }

    /// Moves the caret up a row of the text wrapped to `width`; false if there is none.
    pub fn up(&mut self, width: u16) -> bool {
        let rows = self.rows(width);
        rows.row > 0 && self.go_to_row(&rows, rows.row - 1)
    }

    /// Moves the caret down a row of the text wrapped to `width`; false if there is none.
    pub fn down(&mut self, width: u16) -> bool {
        let rows = self.rows(width);
        rows.row + 1 < rows.rows.len() && self.go_to_row(&rows, rows.row + 1)
    }

    /// The part of a text of one line that is seen in `width` cells, and the caret's column in it. It moves in steps
    /// of half the width, so that the text stands still while one types.
    pub fn window(&self, width: u16) -> (&str, u16) {
        let (width, caret) = (width.max(2), self.caret_column());
        let half = width / 2;
        let offset = if caret < width { 0 } else { (caret - width) / half * half + half };
        let line = &self.text[self.line_start()..self.line_end()];
        let start = fitting(line, offset);
        // A wide character cut in two at the left edge is left out.
        let start = match line[start..].graphemes(true).next() {
            Some(cut) if cells(&line[..start]) < offset => start + cut.len(),
            _ => start,
        };
        let end = start + fitting(&line[start..], width);
        (&line[start..end], caret.saturating_sub(cells(&line[..start])))
    }

    /// The text in rows of `width` cells, of which the last is kept for the caret. Rows break behind blanks and beside
    /// wide characters, else anywhere.
    pub fn rows(&self, width: u16) -> Rows {
        let room = width.saturating_sub(1).max(2);
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            rows.extend(wrapped(line, room).into_iter().map(|row| start + row.start..start + row.end));
            start += line.len() + 1;
        }
        let row = rows.iter().rposition(|row| row.start <= self.caret).unwrap_or(0);
        let column = rows.get(row).map_or(0, |row| cells(&self.text[row.start..self.caret]));
        // A sign that is wider than the row stands out of it, the caret does not.
        let column = column.min(room);
        Rows { rows, row, column }
    }

    /// Goes to the place that is drawn in this column and, of a text of several lines, in this row.
    pub fn press(&mut self, width: u16, column: u16, row: usize) -> bool {
        if self.lines == Lines::Many {
            let mut rows = self.rows(width);
            rows.column = column;
            let last = rows.rows.len().saturating_sub(1);
            return self.go_to_row(&rows, row.min(last));
        }
        let (_, caret) = self.window(width);
        let line = &self.text[self.line_start()..self.line_end()];
        let hidden = self.caret_column().saturating_sub(caret);
        let at = fitting(line, hidden + column);
        self.go(self.line_start() + at)
    }

    fn go_to_row(&mut self, rows: &Rows, to: usize) -> bool {
        let Some(row) = rows.rows.get(to) else { return false };
        let text = &self.text[row.clone()];
        let mut at = row.start + fitting(text, rows.column);
        let soft = rows.rows.get(to + 1).is_some_and(|next| next.start == row.end);
        if soft && at == row.end {
            at = self.text[..at].grapheme_indices(true).next_back().map_or(at, |(before, _)| before);
        }
        self.go(at)
    }

    fn newline(&mut self) -> bool {
        if self.lines == Lines::One || self.text.len() >= self.limit {
            return false;
        }
        self.remember();
        self.replace(self.caret..self.caret, "\n");
        true
    }

    fn go(&mut self, to: usize) -> bool {
        let moved = to != self.caret;
        self.caret = to;
        self.typing = false;
        moved
    }

    fn cut(&mut self, range: Range<usize>) -> bool {
        if range.is_empty() {
            return false;
        }
        self.remember();
        self.replace(range, "");
        true
    }

    /// Puts a text in the place of another; the one way in which the text changes. What meets at the seams may compose
    /// or join, so the caret is set on the next boundary.
    fn replace(&mut self, range: Range<usize>, with: &str) {
        let before = Clean::washed(&[&self.text[..range.start], with].concat()).0;
        let whole = Clean::washed(&[&self.text[..range.start], with, &self.text[range.end..]].concat()).0;
        whole.as_str().clone_into(&mut self.text);
        self.caret = boundary(&self.text, before.as_str().len().min(self.text.len()));
        self.redo.clear();
    }

    fn remember(&mut self) {
        if self.undo.len() == STEPS {
            self.undo.remove(0);
        }
        self.undo.push(self.step());
        self.typing = false;
    }

    fn step(&self) -> Step {
        Step { text: self.text.clone(), caret: self.caret }
    }

    fn undo(&mut self) -> bool {
        let Some(step) = self.undo.pop() else { return false };
        self.redo.push(self.step());
        self.return_to(step);
        true
    }

    fn redo(&mut self) -> bool {
        let Some(step) = self.redo.pop() else { return false };
        self.undo.push(self.step());
        self.return_to(step);
        true
    }

    fn return_to(&mut self, Step { text, caret }: Step) {
        (self.text, self.caret, self.typing) = (text, caret, false);
    }

    fn before(&self) -> usize {
        self.text[..self.caret].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.caret + self.text[self.caret..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_before(&self) -> usize {
        let words = self.text[..self.caret].split_word_bound_indices();
        let start = words.rev().find(|(_, word)| is_word(word)).map_or(0, |(at, _)| at);
        boundary(&self.text, start)
    }

    fn word_after(&self) -> usize {
        let rest = &self.text[self.caret..];
        let end = rest.split_word_bound_indices().find(|(_, word)| is_word(word));
        boundary(&self.text, self.caret + end.map_or(rest.len(), |(at, word)| at + word.len()))
    }

    fn line_start(&self) -> usize {
        self.text[..self.caret].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.caret..].find('\n').map_or(self.text.len(), |at| self.caret + at)
    }
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// The first grapheme boundary from `at` on.
fn boundary(text: &str, at: usize) -> usize {
    text.grapheme_indices(true).map(|(start, _)| start).find(|start| *start >= at).unwrap_or(text.len())
}

fn cells(text: &str) -> u16 {
    text.graphemes(true).map(CellWidth::cell_width).fold(0, u16::saturating_add)
}

/// How many bytes of a line fit into so many cells.
fn fitting(line: &str, width: u16) -> usize {
    let mut end = 0_u16;
    let mut bytes = 0;
    for grapheme in line.graphemes(true) {
        end = end.saturating_add(grapheme.cell_width());
        if end > width {
            break;
        }
        bytes += grapheme.len();
    }
    bytes
}

/// A line in rows of at most `room` cells, at least one row.
fn wrapped(line: &str, room: u16) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut column) = (0, 0_u16);
    // Behind which byte the row may break, and in which column that is.
    let mut chance: Option<(usize, u16)> = None;
    let mut wide_before = false;
    for (at, grapheme) in line.grapheme_indices(true) {
        let width = grapheme.cell_width();
        let wide = width > 1;
        if at > start && (wide || wide_before) {
            chance = Some((at, column));
        }
        if column + width > room {
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

#[cfg(test)]
mod tests;
