//! The pointer: a press goes to a row, and on the row that is selected opens it; in a form it goes to a field, or takes
//! what is there. The wheel moves the bar.
//!
//! Nothing knows where it was drawn: what is at a place is found in a frame drawn for it, so that the pointer sees what
//! the person sees.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::App;
use crate::keys::Act;
use crate::tui::frame::Pane;
use crate::tui::input::Pointer;
use crate::tui::sheets::Sheet;

/// How many rows a notch of the wheel is.
const NOTCH: usize = 3;

impl App {
    pub(super) fn pointed(&mut self, pointer: Pointer, (column, row): (u16, u16)) {
        let at = Position::new(column, row);
        // Whoever is asked something answers with a key.
        if !self.area.contains(at) || self.question.is_some() {
            return;
        }
        self.note = None;
        if self.sheets.is_empty()
            && let Some(pane) = self.pane_at(at)
        {
            self.focus_on(pane);
            self.settle();
        }
        // A form has fields and no rows.
        let has_rows = !matches!(self.sheets.last(), Some(Sheet::Form(_)));
        match pointer {
            Pointer::Press if let Some(act) = self.hint_under(at) => self.act(act),
            Pointer::Press if !has_rows => self.pressed_in_form(at),
            _ if !has_rows => {}
            Pointer::WheelUp => (0..NOTCH).for_each(|_| self.moved(Act::Up)),
            Pointer::WheelDown => (0..NOTCH).for_each(|_| self.moved(Act::Down)),
            Pointer::Press => self.pressed_at_row(at),
        }
    }

    fn pressed_in_form(&mut self, at: Position) {
        let Some(Sheet::Form(form)) = self.sheets.last() else { return };
        let hit = form.hit(at, &self.frame(), self.seen(self.focus));
        let Some((hit, Sheet::Form(form))) = hit.zip(self.sheets.last_mut()) else { return };
        let act = form.pressed(hit, &self.book);
        self.keep_draft();
        if let Some(act) = act {
            self.act(act);
        }
    }

    fn pane_at(&self, at: Position) -> Option<Pane> {
        let frame = self.frame();
        Pane::ALL.into_iter().find(|pane| frame.pane(*pane).is_some_and(|area| area.contains(at)))
    }

    /// Moves the bar to the row at a place, step by step, for rows may be of several lines; opens what was under the
    /// bar already.
    fn pressed_at_row(&mut self, at: Position) {
        let Some(before) = self.bar_beside(at) else { return };
        let mut bar = before;
        while bar > at.y {
            match self.bar_after(Act::Up, at) {
                Some(next) if next < bar => bar = next,
                _ => return,
            }
        }
        while bar < at.y {
            match self.bar_after(Act::Down, at) {
                Some(next) if next > bar && next <= at.y => bar = next,
                Some(next) if next > at.y => {
                    self.moved(Act::Up);
                    break;
                }
                _ => break,
            }
        }
        if bar == before && bar == at.y {
            self.act(Act::Open);
        }
    }

    fn moved(&mut self, act: Act) {
        self.act(act);
        self.settle();
    }

    fn bar_after(&mut self, act: Act, at: Position) -> Option<u16> {
        self.moved(act);
        self.bar_beside(at)
    }

    /// The row of the bar that is nearest at the left of a place.
    fn bar_beside(&self, at: Position) -> Option<u16> {
        let (frame, bar) = (self.drawn(), self.theme.signs().bar);
        let rows =
            self.pane_at(at).filter(|_| self.sheets.is_empty()).and_then(|pane| self.frame().pane(pane));
        let rows = rows.unwrap_or(self.area);
        let found = |column: u16| (rows.top()..rows.bottom()).find(|y| frame[(column, *y)].symbol() == bar);
        (rows.x..=at.x).rev().find_map(found)
    }

    /// The act that the footer offers at a place.
    fn hint_under(&self, at: Position) -> Option<Act> {
        let footer = self.frame().footer();
        if at.y != footer.y {
            return None;
        }
        let frame = self.drawn();
        let typed = (footer.x..=at.x).map(|x| frame[(x, at.y)].symbol()).collect::<String>();
        // Two blanks stand before a key.
        let hint = typed.rsplit("  ").next().unwrap_or_default().trim_start();
        let key = hint.split(' ').next().filter(|key| !key.is_empty())?;
        let scope = self.scope();
        Act::ALL.iter().copied().find(|act| {
            self.look().keys.keys_of(scope.stack(), *act).first().map(String::as_str) == Some(key)
        })
    }

    fn drawn(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.area.width, self.area.height));
        self.draw(&mut buffer);
        buffer
    }
}
