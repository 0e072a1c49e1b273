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

/// Whether every terminal agrees on the width: not for signs that are wide in East Asian fonts only, nor for joined ones.
fn width_is_sure(symbol: &str) -> bool {
    symbol.len() == 1 || symbol.chars().nth(1).is_none() && symbol.width() == symbol.width_cjk()
}

fn digits(number: u16) -> u32 {
    if number == 1 { 0 } else { number.ilog10() + 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    const AREA: Rect = Rect { x: 0, y: 0, width: 80, height: 24 };

    fn painter() -> Painter<Vec<u8>> {
        Painter::new(Vec::new())
    }

    /// What a frame from one buffer to another says, without the synchronised update around it.
    fn said(painter: &mut Painter<Vec<u8>>, from: &Buffer, to: &Buffer) -> String {
        said_with(painter, from, to, None)
    }

    fn said_with(
        painter: &mut Painter<Vec<u8>>,
        from: &Buffer,
        to: &Buffer,
        caret: Option<(u16, u16)>,
    ) -> String {
        painter.writer.clear();
        painter.paint(from, to, caret.map(Position::from)).unwrap();
        let text = String::from_utf8(painter.writer.clone()).unwrap();
        text.trim_start_matches("\x1b[?2026h").trim_end_matches("\x1b[?2026l").to_owned()
    }

    /// A painter that has painted a buffer with these lines.
    fn painted(lines: &[(u16, u16, &str, Style)]) -> (Painter<Vec<u8>>, Buffer) {
        let (mut painter, empty) = (painter(), Buffer::empty(AREA));
        let to = with(&empty, lines);
        said(&mut painter, &empty, &to);
        (painter, to)
    }

    fn with(buffer: &Buffer, lines: &[(u16, u16, &str, Style)]) -> Buffer {
        let mut buffer = buffer.clone();
        for (x, y, text, style) in lines {
            buffer.set_string(*x, *y, text, *style);
        }
        buffer
    }

    #[test]
    fn a_frame_without_a_change_writes_nothing() {
        let (mut painter, buffer) = painted(&[(0, 0, "重庆 acme", Style::new().red())]);
        assert_eq!(said(&mut painter, &buffer, &buffer), "");
        let caret = Some((3, 4));
        assert_eq!(said_with(&mut painter, &buffer, &buffer, caret), "\x1b[5;4H\x1b[?25h");
        assert_eq!(said_with(&mut painter, &buffer, &buffer, caret), "");
        assert_eq!(said(&mut painter, &buffer, &buffer), "\x1b[?25l");
    }

    #[test]
    fn each_frame_is_one_write_inside_a_synchronised_update() {
        struct Counting(Vec<Vec<u8>>);
        impl Write for Counting {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.push(bytes.to_vec());
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut painter = Painter::new(Counting(Vec::new()));
        let from = Buffer::empty(AREA);
        let to = with(
            &Buffer::empty(AREA),
            &[(0, 0, "a\u{4e2d}b", Style::new()), (7, 9, "c", Style::new().bold())],
        );
        painter.paint(&from, &to, None).unwrap();
        assert_eq!(painter.writer().0.len(), 1);
        assert!(painter.writer().0[0].starts_with(BEGIN) && painter.writer().0[0].ends_with(END));
    }

    #[test]
    fn a_typed_character_costs_itself_and_the_frame() {
        let (mut painter, from) = painted(&[(3, 5, "zgy", Style::new())]);
        said_with(&mut painter, &from, &from, Some((6, 5)));
        let to = with(&from, &[(6, 5, "d", Style::new())]);
        assert_eq!(said_with(&mut painter, &from, &to, Some((7, 5))), "d");
        assert!(painter.writer.len() <= 64);
    }

    #[test]
    fn colours_change_only_where_they_change_and_the_short_way() {
        let red = Style::new().fg(Color::Red);
        let (mut painter, from) = painted(&[(0, 23, "x", Style::new())]);
        let to = with(&from, &[(0, 0, "ab", red), (2, 0, "c", red.bold()), (3, 0, "d", Style::new())]);
        assert_eq!(said(&mut painter, &from, &to), "\x1b[H\x1b[31mab\x1b[1mc\x1b[md");
        let next = with(&to, &[(0, 1, "e", Style::new().dim()), (1, 1, "f", Style::new().bold().dim())]);
        assert_eq!(said(&mut painter, &to, &next), "\r\n\x1b[2me\x1b[1mf");
    }

    #[test]
    fn ending_one_of_two_that_share_an_end_keeps_the_other() {
        let pen = |modifier| Pen { modifier, ..Pen::PLAIN };
        assert_eq!(pen(Modifier::BOLD | Modifier::DIM).codes_to(pen(Modifier::DIM)), "22;2");
        assert_eq!(pen(Modifier::REVERSED).codes_to(pen(Modifier::BOLD)), "27;1");
    }

    #[test]
    fn blanks_are_erased_rather_than_written() {
        let (mut painter, from) = painted(&[(0, 0, &"x".repeat(80), Style::new())]);
        let to = with(&from, &[(10, 0, &" ".repeat(70), Style::new())]);
        assert_eq!(said(&mut painter, &from, &to), "\x1b[11G\x1b[K");
        let to = with(&from, &[(10, 0, &" ".repeat(30), Style::new().red())]);
        assert_eq!(said(&mut painter, &from, &to), "\x1b[30X");
        let to = with(&from, &[(10, 0, &" ".repeat(30), Style::new().reversed())]);
        assert!(said(&mut painter, &from, &to).contains(&" ".repeat(30)), "a reversed blank is seen");
    }

    #[test]
    fn behind_a_sign_of_unsure_width_the_place_is_said_again() {
        let (mut painter, from) = painted(&[(0, 23, "x", Style::new())]);
        let to = with(&from, &[(0, 0, "a·b", Style::new()), (0, 1, "重庆b", Style::new())]);
        assert_eq!(said(&mut painter, &from, &to), "\x1b[Ha·\x1b[3Gb\r\n重庆b");
    }

    #[test]
    fn what_would_steer_the_terminal_is_not_let_through() {
        let (mut painter, from) = painted(&[(0, 23, "x", Style::new())]);
        let mut to = from.clone();
        to[(0, 0)].set_symbol("\u{1b}]0;x");
        assert_eq!(said(&mut painter, &from, &to), "\x1b[H?");
    }

    #[test]
    fn after_something_else_wrote_nothing_is_taken_for_known() {
        let (mut painter, from) = painted(&[(0, 0, "a", Style::new())]);
        painter.clear();
        let to = with(&from, &[(1, 0, "b", Style::new())]);
        assert_eq!(said(&mut painter, &from, &to), "\x1b[m\x1b[2J\x1b[1;2Hb\x1b[?25l");
    }

    /// A row of text, somewhere.
    fn line() -> impl Strategy<Value = (u16, u16, String, Style)> {
        let colour =
            proptest::sample::select(vec![Color::Reset, Color::Red, Color::LightBlue, Color::Indexed(99)]);
        // Of bold and dim an emulator shows one only, so dim is left out.
        let known = Modifier::BOLD | Modifier::ITALIC | Modifier::UNDERLINED | Modifier::REVERSED;
        let modifier = (0_u16..512).prop_map(move |bits| Modifier::from_bits_truncate(bits) & known);
        let style = (colour.clone(), colour, modifier)
            .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier));
        (0_u16..20, 0_u16..6, "[a-c 中文é]{1,30}", style)
    }

    proptest! {
        /// An emulator shows, after any frames, what one shows that got the last frame only.
        #[test]
        fn what_is_painted_is_what_was_meant(frames in proptest::collection::vec(proptest::collection::vec(line(), 0..6), 1..5)) {
            let area = Rect::new(0, 0, 24, 6);
            let mut painter = Painter::new(Vec::new());
            let mut emulator = vt100::Parser::new(area.height.try_into().unwrap(), area.width.try_into().unwrap(), 0);
            // As the terminal is entered: nothing wraps. The emulator has no such mode, so the last column stays free.
            let mut before = Buffer::empty(area);
            for lines in &frames {
                let mut after = Buffer::empty(area);
                for (x, y, text, style) in lines {
                    after.set_stringn(*x, *y, text, usize::from(area.width - 2 - *x), *style);
                }
                painter.writer.clear();
                painter.paint(&before, &after, None).unwrap();
                emulator.process(&painter.writer);
                before = after;
            }
            for y in 0..area.height {
                let mut x = 0;
                while x < area.width {
                    let meant = &before[(x, y)];
                    let shown = emulator.screen().cell(y, x).unwrap();
                    let text = if shown.contents().is_empty() { " " } else { shown.contents() };
                    prop_assert_eq!(text, meant.symbol(), "at {} {}", x, y);
                    prop_assert_eq!(shown.inverse(), meant.modifier.contains(Modifier::REVERSED), "at {} {}", x, y);
                    prop_assert_eq!(shown.bgcolor(), emulated(meant.bg), "at {} {}", x, y);
                    if text != " " {
                        prop_assert_eq!(shown.bold(), meant.modifier.contains(Modifier::BOLD));
                        prop_assert_eq!(shown.fgcolor(), emulated(meant.fg));
                    }
                    x += meant.symbol().cell_width().max(1);
                }
            }
        }
    }

    fn emulated(colour: Color) -> vt100::Color {
        match colour {
            Color::Red => vt100::Color::Idx(1),
            Color::LightBlue => vt100::Color::Idx(12),
            Color::Indexed(index) => vt100::Color::Idx(index),
            _ => vt100::Color::Default,
        }
    }
}
