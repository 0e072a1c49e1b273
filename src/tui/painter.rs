//! Paints changed cells with as few bytes as a slow line deserves.
//!
//! ratatui's own way resets colours at the end of each draw, places the cursor on each frame and writes the frame in
//! pieces; and it leaves half characters behind where a wide one was written over. The painter remembers where the
//! terminal's cursor stands and how it writes, says only what changes, and hands over each frame in one write, inside a
//! synchronised update. A frame without a change writes nothing.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Blanks from which erasing them and moving on is shorter than writing them.
const WORTH_ERASING: u16 = 11;

/// Writes cells to a terminal. It never asks the terminal anything.
#[derive(Debug)]
pub struct Painter<W: Write> {
    writer: W,
    /// What this frame has to say so far.
    out: Vec<u8>,
    /// The row in which the terminal's cursor stands, and the column, as far as they are known.
    row: Option<u16>,
    column: Option<u16>,
    /// How the terminal writes now, if that is known.
    pen: Option<Pen>,
    /// Whether the terminal shows its cursor, if that is known.
    shown: Option<bool>,
}

/// Colours and attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// Blanks side by side that look like an erased place.
#[derive(Clone, Copy)]
struct Blanks {
    x: u16,
    y: u16,
    count: u16,
}

impl<W: Write> Painter<W> {
    /// A painter for a terminal of which nothing is known.
    pub fn new(writer: W) -> Painter<W> {
        Painter { writer, out: Vec::with_capacity(4096), row: None, column: None, pen: None, shown: None }
    }

    /// The writer.
    pub fn writer(&self) -> &W {
        &self.writer
    }

    /// Paints what is different in `next` from what the terminal shows, places the cursor or hides it, and hands it all
    /// over in one write; where there is nothing to say, nothing is written. Both buffers have the same area.
    pub fn paint(&mut self, shown: &Buffer, next: &Buffer, caret: Option<Position>) -> io::Result<()> {
        self.cells(shown, next);
        self.place_caret(caret, next.area.width);
        if self.out.is_empty() {
            return Ok(());
        }
        let frame = [BEGIN, &self.out, END].concat();
        self.out.clear();
        self.writer.write_all(&frame)?;
        self.writer.flush()
    }

    /// Begins the next frame with an empty terminal, whatever has written to it before.
    pub fn clear(&mut self) {
        self.forget();
        self.out.clear();
        self.dip(Pen::PLAIN);
        self.out.extend_from_slice(b"\x1b[2J");
    }

    /// Forgets what is known of the terminal's cursor and colours.
    fn forget(&mut self) {
        (self.row, self.column, self.pen, self.shown) = (None, None, None, None);
    }

    fn cells(&mut self, shown: &Buffer, next: &Buffer) {
        let width = next.area.width;
        let mut blanks: Option<Blanks> = None;
        for (x, y) in changes(shown, next) {
            let cell = &next[(x, y)];
            let plain = cell.symbol() == " " && erases_plain(cell.bg, cell.modifier);
            match &mut blanks {
                Some(run) if plain && run.y == y && run.x + run.count == x => run.count += 1,
                _ => {
                    self.blank(blanks.take(), width);
                    if plain {
                        blanks = Some(Blanks { x, y, count: 1 });
                    } else {
                        self.put(x, y, cell, width);
                    }
                }
            }
        }
        self.blank(blanks, width);
    }

    fn put(&mut self, x: u16, y: u16, cell: &Cell, width: u16) {
        self.move_to(x, y);
        self.dip(Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier });
        let symbol = match cell.symbol() {
            // The last line of defence: nothing that comes this far may steer the terminal.
            symbol if symbol.chars().any(char::is_control) => "?",
            symbol => symbol,
        };
        let after = x + symbol.cell_width().max(1);
        let sure = width_is_sure(symbol);
        if !sure && after - x > 1 {
            // A terminal that takes it for narrow would leave what stood in the second cell.
            self.out.extend_from_slice(b"  ");
            self.column = None;
            self.move_to(x, y);
        }
        self.out.extend_from_slice(symbol.as_bytes());
        self.column = Some(after).filter(|after| sure && *after < width);
    }

    fn blank(&mut self, blanks: Option<Blanks>, width: u16) {
        let Some(Blanks { x, y, count }) = blanks else { return };
        self.move_to(x, y);
        if self.pen.is_none_or(|pen| !erases_plain(pen.bg, pen.modifier)) {
            self.dip(Pen::PLAIN);
        }
        if x + count >= width && count > 3 {
            self.out.extend_from_slice(b"\x1b[K");
        } else if count >= WORTH_ERASING {
            self.say(format_args!("\x1b[{count}X"));
        } else {
            self.out.extend(std::iter::repeat_n(b' ', usize::from(count)));
            self.column = Some(x + count).filter(|after| *after < width);
        }
    }

    /// Moves the terminal's cursor the shortest way.
    fn move_to(&mut self, x: u16, y: u16) {
        match (self.row, self.column) {
            (Some(row), Some(column)) if (row, column) == (y, x) => {}
            (Some(row), _) if row == y && x == 0 => self.out.push(b'\r'),
            (Some(row), Some(column)) if row == y && column < x && digits(x - column) < digits(x + 1) => {
                self.sequence(x - column, 'C');
            }
            (Some(row), _) if row == y => self.sequence(x + 1, 'G'),
            (Some(row), _) if row + 1 == y && x == 0 => self.out.extend_from_slice(b"\r\n"),
            _ if x == 0 => self.sequence(y + 1, 'H'),
            _ => self.say(format_args!("\x1b[{};{}H", y + 1, x + 1)),
        }
        (self.row, self.column) = (Some(y), Some(x));
    }

    /// Changes how the terminal writes, either step by step or from scratch, whichever is shorter.
    fn dip(&mut self, pen: Pen) {
        if self.pen == Some(pen) {
            return;
        }
        let scratch = match Pen::PLAIN.codes_to(pen) {
            codes if codes.is_empty() => codes,
            codes => format!("0;{codes}"),
        };
        let steps = self.pen.map(|from| from.codes_to(pen)).filter(|steps| steps.len() < scratch.len());
        match steps {
            Some(steps) if !steps.is_empty() => self.say(format_args!("\x1b[{steps}m")),
            _ => self.say(format_args!("\x1b[{scratch}m")),
        }
        self.pen = Some(pen);
    }

    /// A control sequence with one number, which is left out where it is one.
    fn sequence(&mut self, number: u16, end: char) {
        match number {
            1 => self.say(format_args!("\x1b[{end}")),
            _ => self.say(format_args!("\x1b[{number}{end}")),
        }
    }

    fn say(&mut self, what: std::fmt::Arguments) {
        self.out.extend_from_slice(what.to_string().as_bytes());
    }

    /// Brings the terminal's cursor where the frame wants it, or hides it.
    fn place_caret(&mut self, caret: Option<Position>, width: u16) {
        if let Some(Position { x, y }) = caret {
            self.move_to(x.min(width.saturating_sub(1)), y);
        }
        if self.shown != Some(caret.is_some()) {
            self.say(format_args!("\x1b[?25{}", if caret.is_some() { 'h' } else { 'l' }));
            self.shown = Some(caret.is_some());
        }
    }
}

/// The cells that must be written, row by row. Beside those that differ these are the halves of wide characters whose
/// other half is written over: what a terminal leaves of them is its own choice.
fn changes(shown: &Buffer, next: &Buffer) -> Vec<(u16, u16)> {
    let width = usize::from(next.area.width).max(1);
    let rows = shown.content.chunks(width).zip(next.content.chunks(width));
    let mut changes = Vec::new();
    for (y, (shown, next)) in rows.enumerate() {
        let (mut x, mut damaged) = (0, 0);
        while x < next.len() {
            let after = x + cells_of(&next[x]);
            if next[x] != shown[x] || x < damaged {
                changes.push((x as u16, y as u16));
                let gone = x..after.min(shown.len());
                damaged = gone.map(|at| at + cells_of(&shown[at])).fold(damaged, usize::max);
            }
            x = after;
        }
    }
    changes
}

fn cells_of(cell: &Cell) -> usize {
    usize::from(cell.symbol().cell_width().max(1))
}

impl Pen {
    const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// The numbers of the SGR sequence from this pen to another.
    fn codes_to(self, to: Pen) -> String {
        let mut codes: Vec<String> = Vec::new();
        let mut gone = self.modifier - to.modifier;
        let mut come = to.modifier - self.modifier;
        for (group, off) in ENDS {
            if gone.intersects(group) {
                codes.push(off.to_string());
                // One code ends the whole group; what should stay of it begins again.
                come |= to.modifier & group;
                gone -= group;
            }
        }
        codes.extend(STARTS.iter().filter(|(one, _)| come.contains(*one)).map(|(_, on)| on.to_string()));
        if self.fg != to.fg {
            codes.push(colour(to.fg, 30));
        }
        if self.bg != to.bg {
            codes.push(colour(to.bg, 40));
        }
        codes.join(";")
    }
}

const STARTS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

const ENDS: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

/// The SGR code of a colour; `base` is 30 for the foreground, 40 for the background.
fn colour(colour: Color, base: u8) -> String {
    let basic = match colour {
        Color::Reset => 9,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(index) => return format!("{};5;{index}", base + 8),
        Color::Rgb(r, g, b) => return format!("{};2;{r};{g};{b}", base + 8),
    };
    (base + basic).to_string()
}

/// Whether a blank written so looks like an erased place.
fn erases_plain(bg: Color, modifier: Modifier) -> bool {
    let visible = Modifier::REVERSED | Modifier::UNDERLINED | Modifier::CROSSED_OUT;
    bg == Color::Reset && !modifier.intersects(visible)
}

/// Whether every terminal agrees on the width: not for signs that are wide in East Asian fonts only, nor for joined
/// ones.
fn width_is_sure(symbol: &str) -> bool {
    symbol.len() == 1 || symbol.chars().nth(1).is_none() && symbol.width() == symbol.width_cjk()
}

fn digits(number: u16) -> u32 {
    if number == 1 { 0 } else { number.ilog10() + 1 }
}

#[cfg(test)]
mod tests;
