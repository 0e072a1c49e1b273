//! The panes: what one sees all the time.

pub(super) mod card;
pub(super) mod columns;
pub(super) mod customers;
pub(super) mod tasks;
pub(super) mod tiers;
pub(super) mod timeline;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::book::Book;
use super::look::Look;
use super::paper::Line;
use crate::model::query::Card;
use crate::model::{Id, Named};

/// What a pane is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    /// How the reader sees things.
    pub(super) look: Look<'a>,
    /// What is known.
    pub(super) book: &'a Book,
    /// The customer that everything is about.
    pub(super) subject: Option<&'a Named>,
    /// Whether the pane is in focus.
    pub(super) focus: bool,
    /// Whether the card is waited for longer than one notices.
    pub(super) waits: bool,
    /// Whether anything is waited for longer than one notices.
    pub(super) slow: bool,
}

impl Seen<'_> {
    /// Begins the title of a pane: reversed where the pane is in focus.
    fn title<'b>(&self, buffer: &'b mut Buffer, area: Rect, title: &str) -> Line<'b> {
        let mut line = Line::of(buffer, area, 0);
        let style = self.look.theme.title(self.focus);
        line.left(" ", Style::new()).skip_right(1).left(title, style);
        line
    }

    /// Begins a row: the bar at its left edge where it is selected.
    pub(super) fn row<'b>(
        &self,
        buffer: &'b mut Buffer,
        area: Rect,
        row: u16,
        selected: bool,
    ) -> (Line<'b>, Style) {
        let mut line = Line::of(buffer, area, row);
        let theme = self.look.theme;
        line.left(if selected { theme.signs().bar } else { " " }, theme.title(false));
        (line, if selected { theme.selected(self.focus) } else { Style::new() })
    }

    pub(super) fn is_subject(&self, id: Id) -> bool {
        self.subject.is_some_and(|subject| subject.id == id)
    }

    /// The customer's card, where it is there; the one before is shown until one would notice that it is not. Where the
    /// list is empty, there is none.
    pub(super) fn card(&self) -> Option<&Card> {
        let card = self.book.card.as_deref().filter(|_| self.subject.is_some())?;
        (self.is_subject(card.line.id) || !self.waits).then_some(card)
    }
}
