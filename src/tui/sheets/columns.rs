//! The choice of columns.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::{Act, Scope};
use crate::text::say::views as say;
use crate::tui::bar::Bar;
use crate::tui::frame::Frame;
use crate::tui::look::Look;
use crate::tui::panes::columns::Column;
use crate::tui::paper::Line;

/// The size of the sheet.
const SIZE: (u16, u16) = (34, Column::ALL.len() as u16 + 2);

/// The choice of columns.
#[derive(Debug)]
pub(in crate::tui) struct Columns {
    /// Those chosen last first: where there is no room for all, the others give way.
    chosen: Vec<Column>,
    /// Those of them that have no room in this window.
    hidden: Vec<Column>,
    bar: Bar,
}

impl Columns {
    /// The choice, with these chosen; where nobody chose, those that every wide window has.
    pub(in crate::tui) fn new(chosen: Option<&[Column]>) -> Columns {
        let usual = || Column::ALL.into_iter().filter(|column| column.usual_from().is_some()).collect();
        Columns {
            chosen: chosen.map_or_else(usual, <[Column]>::to_vec),
            hidden: Vec::new(),
            bar: Bar::default(),
        }
    }

    /// Tells it which columns have no room.
    pub(in crate::tui) fn hide(&mut self, hidden: Vec<Column>) {
        self.hidden = hidden;
    }

    pub(super) fn act(&mut self, act: Act) -> Option<Vec<Wish>> {
        match act {
            Act::Toggle => {
                let column = Column::ALL[self.bar.row];
                match self.chosen.iter().position(|chosen| *chosen == column) {
                    Some(at) => drop(self.chosen.remove(at)),
                    None => self.chosen.insert(0, column),
                }
                return Some(vec![Wish::Columns(self.chosen.clone())]);
            }
            Act::Back | Act::Open => return Some(vec![Wish::Close]),
            _ if self.bar.act(act, Column::ALL.len(), usize::from(SIZE.1)) => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    pub(super) fn settle(&mut self, frame: &Frame) {
        let rows = frame.sheet(SIZE.0, SIZE.1).height.saturating_sub(2);
        self.bar.settle(Column::ALL.len(), usize::from(rows));
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, look: &Look) {
        let key = look.key(Scope::Columns, Act::Toggle);
        let area = frame.sheet(SIZE.0, SIZE.1);
        let inside = paper(buffer, area, say::columns(look.lang), &say::toggles(look.lang, key), look);
        self.draw_rows(buffer, inside, look);
    }

    fn draw_rows(&self, buffer: &mut Buffer, inside: Rect, look: &Look) {
        let rows = Column::ALL.iter().enumerate().skip(self.bar.top).take(usize::from(inside.height));
        for (at, column) in rows {
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, inside, (at - self.bar.top) as u16);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            line.left(if self.chosen.contains(column) { "[x] " } else { "[ ] " }, Style::new());
            line.left(column.head(look.lang), look.theme.selected(selected));
            if self.hidden.contains(column) {
                line.skip(2).left(say::no_room(look.lang), look.theme.dim());
            }
        }
    }
}
