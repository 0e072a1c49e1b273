//! What frames write, and what a terminal makes of it.

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
    let to =
        with(&Buffer::empty(AREA), &[(0, 0, "a\u{4e2d}b", Style::new()), (7, 9, "c", Style::new().bold())]);
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
