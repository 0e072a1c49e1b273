//! Draws frames.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Position, Rect};

use super::painter::Painter;

/// The screen as it is drawn: what changed since the last frame goes out in one write.
///
/// It is told the size and asks the terminal nothing, so that a slow line is never waited for. Frames are drawn into a
/// plain [`Buffer`], as every ratatui widget does, and not through ratatui's `Terminal`: that one's comparison of
/// frames takes the halves of wide characters for whole.
#[derive(Debug)]
pub struct Screen<W: Write> {
    painter: Painter<W>,
    shown: Buffer,
    next: Buffer,
}

impl<W: Write> Screen<W> {
    /// A screen of so many columns and rows, of which nothing is known; the first frame paints all of it.
    pub fn new(writer: W, columns: u16, rows: u16) -> Screen<W> {
        let mut screen =
            Screen { painter: Painter::new(writer), shown: Buffer::default(), next: Buffer::default() };
        screen.resize(columns, rows);
        screen
    }

    /// Draws a frame into an empty buffer; what `render` returns is where the cursor stands, none hides it. A frame
    /// that looks like the last one writes nothing.
    pub fn draw(&mut self, render: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        self.next.reset();
        let caret = render(&mut self.next);
        mend(&mut self.next);
        self.painter.paint(&self.shown, &self.next, caret)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        Ok(())
    }

    /// Takes a new size in cells, at least one each way (some terminals are born with none); the next frame paints all.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        let area = Rect::new(0, 0, columns.max(1), rows.max(1));
        self.next.resize(area);
        self.shown.resize(area);
        self.repaint();
    }

    /// The next frame paints everything: something else has written to the terminal.
    pub fn repaint(&mut self) {
        self.painter.clear();
        self.shown.reset();
    }

    /// The area of a frame.
    pub fn area(&self) -> Rect {
        self.shown.area
    }

    /// The writer.
    pub fn writer(&self) -> &W {
        self.painter.writer()
    }
}

/// Takes out wide characters of which only one half is left: what is drawn over the second half would not be painted.
fn mend(buffer: &mut Buffer) {
    let Rect { width, height, .. } = buffer.area;
    for y in 0..height {
        for x in 0..width {
            let wide = buffer[(x, y)].symbol().cell_width() > 1;
            if wide && (x + 1 == width || buffer[(x + 1, y)].symbol() != " ") {
                buffer[(x, y)].set_symbol(" ");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use ratatui::style::Style;
    use ratatui::widgets::{Block, Clear, Widget};

    use super::*;

    fn screen() -> Screen<Vec<u8>> {
        Screen::new(Vec::new(), 80, 24)
    }

    /// How many bytes a frame takes.
    fn bytes(screen: &mut Screen<Vec<u8>>, render: impl FnOnce(&mut Buffer) -> Option<Position>) -> usize {
        let before = screen.writer().len();
        screen.draw(render).unwrap();
        screen.writer().len() - before
    }

    /// What an emulator shows after everything that was written.
    fn shown(screen: &Screen<Vec<u8>>) -> String {
        let mut emulator = vt100::Parser::new(NonZero::new(24).unwrap(), NonZero::new(80).unwrap(), 0);
        emulator.process(screen.writer());
        emulator.screen().contents()
    }

    /// A screen like the first one: a cross of rules, a list with the bar on a row, two panes of Chinese text.
    fn page(buffer: &mut Buffer, bar: u16, turn: usize) -> Option<Position> {
        buffer.set_string(
            0,
            0,
            " gx  华东一组      待办 12   逾期 3    在线 2    14:32",
            Style::new().reversed(),
        );
        for y in 1..23 {
            let style = if y == bar { Style::new().bold() } else { Style::new() };
            buffer.set_string(0, y, if y == bar { "▌" } else { " " }, style.magenta());
            buffer.set_string(
                1,
                y,
                format!("A 重庆长安机电{:02} {}天", (usize::from(y) + turn) % 99, y),
                style,
            );
            buffer.set_string(28, y, "!", Style::new().red());
            buffer.set_string(30, y, "│", Style::new().dark_gray());
            buffer.set_string(32, y, "索取一季度报价，要求分两批交货。客户原话：“二月之前不行。”", style);
        }
        buffer.set_string(0, 13, "─".repeat(80), Style::new().dark_gray());
        buffer.set_string(0, 23, " n 下一个  l 记录  t 任务  / 查找  u 撤销  : 命令  ? 帮助", Style::new());
        None
    }

    #[test]
    fn frames_stay_within_their_budgets() {
        let mut screen = screen();
        let first = bytes(&mut screen, |frame| page(frame, 2, 0));
        assert!(first <= 6 * 1024, "first paint {first}");
        assert_eq!(bytes(&mut screen, |frame| page(frame, 2, 0)), 0, "idle");
        let moved = bytes(&mut screen, |frame| page(frame, 3, 0));
        assert!(moved <= 1024, "moved bar {moved}");
        let results = bytes(&mut screen, |frame| page(frame, 3, 40));
        assert!(results <= 1536, "changed results {results}");
        let typed = bytes(&mut screen, |frame| {
            page(frame, 3, 40);
            frame.set_string(70, 23, "重", Style::new());
            Some(Position::new(72, 23))
        });
        assert!(typed <= 64, "typed {typed}");
    }

    #[test]
    fn a_popup_over_wide_characters_keeps_its_left_border() {
        let mut screen = screen();
        for x in [4, 5] {
            screen
                .draw(|frame| {
                    frame.set_string(0, 1, "重庆长安机电有限公司", Style::new());
                    let area = Rect::new(x, 0, 6, 3);
                    Clear.render(area, frame);
                    Block::bordered().render(area, frame);
                    None
                })
                .unwrap();
            let row = shown(&screen).lines().nth(1).unwrap_or_default().to_owned();
            let expected = if x == 4 { "重庆│    │" } else { "重庆 │    │" };
            assert!(row.starts_with(expected), "{row}");
        }
    }

    #[test]
    fn a_resize_and_a_repaint_paint_everything_again() {
        let mut screen = screen();
        screen.draw(|frame| page(frame, 2, 0)).unwrap();
        let before = shown(&screen);
        screen.repaint();
        assert!(bytes(&mut screen, |frame| page(frame, 2, 0)) > 1000);
        assert_eq!(shown(&screen), before);
        screen.resize(0, 0);
        assert_eq!(screen.area(), Rect::new(0, 0, 1, 1));
        screen.draw(|_| None).unwrap();
        screen.resize(80, 24);
        screen.draw(|frame| page(frame, 2, 0)).unwrap();
        assert_eq!(shown(&screen), before);
    }
}
