//! The saved views: found by a few letters, shown, saved and taken away.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::{Act, Scope};
use crate::model::{Id, View};
use crate::text::say::views as say;
use crate::tui::bar::Bar;
use crate::tui::edit::{Edit, Lines};
use crate::tui::frame::Frame;
use crate::tui::fuzzy::fitting;
use crate::tui::panes::Seen;
use crate::tui::paper::Line;

/// The width of the sheet, where there is room, and the most views it shows.
const WIDTH: u16 = 70;
const ROWS: u16 = 10;
/// The most bytes that may be typed.
const LIMIT: usize = 200;
/// The width of the column of names.
const NAME: u16 = 24;

/// The saved views.
#[derive(Debug)]
pub(in crate::tui) struct Views {
    typed: Edit,
    bar: Bar,
    /// What fits to what was typed, the best first.
    fitting: Vec<(Id, View)>,
}

impl Views {
    /// All views.
    pub(in crate::tui) fn new() -> Views {
        Views { typed: Edit::new(Lines::One, LIMIT), bar: Bar::default(), fitting: Vec::new() }
    }

    pub(super) fn act(&mut self, act: Act) -> Option<Vec<Wish>> {
        let here = self.fitting.get(self.bar.row).cloned();
        match (act, here) {
            (Act::Open, Some((_, view))) => return Some(vec![Wish::Close, Wish::View(Box::new(view))]),
            (Act::Open, None) => {}
            (Act::Back, _) => return Some(vec![Wish::Close]),
            (Act::SaveView | Act::ShareView, _) => {
                let name = self.typed.clean();
                let close = (!name.is_empty()).then_some(Wish::Close);
                let save = Wish::SaveView { name, shared: act == Act::ShareView };
                return Some(close.into_iter().chain([save]).collect());
            }
            (Act::RemoveView, Some((id, view))) => return Some(vec![Wish::RemoveView(id, view.name)]),
            (Act::Up | Act::Down | Act::PageUp | Act::PageDown, _) => {
                self.bar.act(act, self.fitting.len(), usize::from(ROWS));
            }
            _ if self.typed.act(act) => self.bar = Bar::default(),
            _ if !matches!(act.scope(), Scope::Field | Scope::Views) => return None,
            _ => {}
        }
        Some(Vec::new())
    }

    pub(super) fn take(&mut self, text: &str) -> usize {
        let left_out = self.typed.paste(text);
        self.bar = Bar::default();
        left_out
    }

    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        let views = seen.book.views.iter().cloned();
        self.fitting = fitting(views, self.typed.text(), |(_, view)| view.name.as_str());
        self.bar.settle(self.fitting.len(), usize::from(place(frame).height.saturating_sub(3)));
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) -> Position {
        let look = &seen.look;
        let inside = paper(buffer, place(frame), say::views(look.lang), "", look);
        let mut line = Line::of(buffer, inside, 0);
        line.left("@ ", look.theme.key());
        let (text, column) = self.typed.window(line.room());
        let caret = Position::new(line.column() + column, inside.y);
        line.left(text, Style::new());
        let rows = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
        for (at, (_, view)) in
            self.fitting.iter().enumerate().skip(self.bar.top).take(usize::from(rows.height))
        {
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, rows, (at - self.bar.top) as u16);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            line.right(if view.shared { say::shared(look.lang) } else { "" }, look.theme.dim()).skip_right(1);
            let room = line.room();
            line.left(&view.name.line(), look.theme.selected(selected));
            line.skip(NAME.saturating_sub(room - line.room()).max(2));
            line.left(&view.filter.line(), look.theme.dim());
        }
        if self.fitting.is_empty() {
            let key = look.key(Scope::Views, Act::SaveView);
            let is_new = self.typed.text().is_empty() && seen.book.views.is_empty();
            let text = if is_new { say::no_views(look.lang, key) } else { say::no_view(look.lang, key) };
            Line::of(buffer, rows, 0).skip(1).left(&text, look.theme.dim());
        }
        caret
    }
}

fn place(frame: &Frame) -> Rect {
    frame.sheet(WIDTH, ROWS + 3)
}
