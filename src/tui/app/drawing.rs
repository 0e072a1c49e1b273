//! How it all looks.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;

use super::{App, LinkState, Question};
use crate::ipc::client::ClientError;
use crate::keys::{Scope, Step};
use crate::text::say::{many, tui as say};
use crate::text::width;
use crate::tui::footer::{self, Tells};
use crate::tui::frame::{self, Frame, Pane, Shape};
use crate::tui::header;
use crate::tui::many::Many;
use crate::tui::panes::card;
use crate::tui::sheets::Sheet;
use crate::tui::theme::Mark;

impl App {
    /// Draws the screen; gives the place of the caret, where there is one.
    pub(in crate::tui) fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        let frame = self.frame_in(buffer.area);
        if frame.shape == Shape::Notice {
            self.draw_notice(buffer);
            return None;
        }
        self.draw_panes(buffer, &frame);
        let caret = match self.sheets.last() {
            Some(sheet) => sheet.draw(buffer, &frame, self.seen(self.focus)),
            None => self.spoken_row(buffer, &frame),
        };
        let question = self.question.map(|question| self.asked(question));
        let tells = match self.keys.resolve(self.scope().stack(), &self.pressed) {
            Step::Pending(rest) if !self.pressed.is_empty() => {
                let rest = if self.now >= self.hint_at() { rest } else { Vec::new() };
                Tells::Rest(&self.pressed, self.keys.group(&self.pressed, self.lang), rest)
            }
            _ if question.is_some() => Tells::Nothing,
            _ if self.sheets.is_empty() && self.book.past().is_some() => Tells::Past(self.scope()),
            _ if self.sheets.is_empty() && self.marks().is_some() => Tells::Marked(self.scope()),
            _ if let Some((enter, tab)) = self.sheets.last().and_then(Sheet::offers) => {
                Tells::Offers { enter, tab }
            }
            _ if let Some(act) = self.sheets.last().and_then(Sheet::used_for) => {
                Tells::Used(self.scope(), act)
            }
            _ => {
                let narrowed = self.sheets.is_empty() && !self.book.list.filter().is_empty();
                if self.scope() == Scope::Customers && self.is_pooled() {
                    Tells::Pooled(narrowed)
                } else {
                    Tells::Keys(self.scope(), narrowed)
                }
            }
        };
        let note = self.note.as_ref().map(|note| (note.text.as_str(), note.failed));
        let note = question.as_deref().map(|question| (question, true)).or(note);
        let note = note.filter(|_| !matches!(tells, Tells::Rest(..)));
        let (link, style) = self.link_state();
        footer::draw(buffer, &frame, note, (&tells, self.scope()), (&link, style), &self.look());
        caret
    }

    /// Whether the list shows the open pool, and its customer under the bar lies there still.
    fn is_pooled(&self) -> bool {
        if !self.book.list.filter().as_str().contains("pooled:yes") {
            return false;
        }
        let row = self.subject.as_ref().and_then(|subject| self.book.list.row_of(subject.id));
        row.and_then(|row| self.book.list.line(row)).is_some_and(|line| line.pooled)
    }

    /// Where the cursor stands for whoever listens to the screen: at the selected row.
    fn spoken_row(&self, buffer: &Buffer, frame: &Frame) -> Option<Position> {
        let pane = frame.pane(self.focus).filter(|_| self.theme.is_spoken())?;
        let bar = self.theme.signs().bar;
        pane.rows().map(ratatui::layout::Rect::as_position).find(|at| buffer[*at].symbol() == bar)
    }

    fn asked(&self, question: Question) -> String {
        match question {
            Question::Undo(batch, records) => say::undo_batch(self.lang, self.batch(batch, records)),
            Question::UndoEntry(seq) => self.asked_of_entry(seq),
            Question::Begin => self.sure(),
            Question::Theirs => self.whose(),
            Question::Adopt => self.sure_of_policy(),
            Question::HandOver => self.sure_of_handover(),
            Question::Leave => {
                let (done, all) = self.many.as_ref().map_or((0, 0), Many::progress);
                many::leave(self.lang, done, all)
            }
        }
    }

    /// Whether an entry of the history that is shown is to be undone.
    fn asked_of_entry(&self, seq: u64) -> String {
        let item = self.book.history().iter().find(|item| item.entry.seq == seq);
        let who = item.and_then(|item| item.by.as_ref()).map(|by| by.name.line()).unwrap_or_default();
        let when = item.map(|item| item.entry.at.say_aloud(self.lang, self.look().zone)).unwrap_or_default();
        say::undo_entry(self.lang, who, when)
    }

    /// Says how large the window must be.
    fn draw_notice(&self, buffer: &mut Buffer) {
        let (area, by) = (buffer.area, |(columns, rows): (u16, u16)| format!("{columns}x{rows}"));
        let size = by((area.width, area.height));
        let text = say::too_small(self.lang, size, by(frame::SMALLEST), by(frame::GOOD));
        let rows = width::wrap(&text, usize::from(area.width));
        for (at, row) in rows.iter().take(usize::from(area.height)).enumerate() {
            buffer.set_string(area.x, area.y + at as u16, row, Style::new());
        }
    }

    fn draw_panes(&self, buffer: &mut Buffer, frame: &Frame) {
        frame.draw(buffer, &self.look());
        if let Some(area) = frame.header() {
            header::draw(buffer, area, self.seen(self.focus));
        }
        let aside =
            if frame.header().is_some() { String::new() } else { header::aside(self.seen(self.focus)) };
        for pane in Pane::ALL {
            let Some(area) = frame.pane(pane) else { continue };
            let seen = self.seen(pane);
            match pane {
                Pane::Customers => self.customers.draw(buffer, area, seen),
                Pane::Timeline => self.timeline.draw(buffer, area, seen, &aside),
                Pane::Tasks => self.tasks.draw(buffer, area, seen),
                Pane::Tiers => self.tiers.draw(buffer, area, seen),
            }
        }
        if let Some(area) = frame.card {
            card::draw(buffer, area, self.seen(self.focus));
        }
    }

    /// What the link is doing, for the footer.
    fn link_state(&self) -> (String, Style) {
        let (lang, theme) = (self.lang, self.theme);
        let many = self.many.as_ref().filter(|many| many.batch.is_some()).map(Many::progress);
        match &self.link {
            LinkState::Connecting => (say::connecting(lang).to_owned(), theme.dim()),
            LinkState::Up if let Some((done, all)) = many => {
                (many::progress(lang, done, all), theme.mark(Mark::Soon))
            }
            LinkState::Down(_) if let Some((done, all)) = many => {
                (many::waits(lang, done, all), theme.mark(Mark::Late))
            }
            LinkState::Up if self.book.is_slow(self.now) => {
                (say::asking(lang).to_owned(), theme.mark(Mark::Soon))
            }
            LinkState::Up => (say::live(lang).to_owned(), theme.dim()),
            LinkState::Down(ClientError::NotReady { percent }) => {
                (say::rebuilding(lang, percent), theme.mark(Mark::Soon))
            }
            LinkState::Down(_) => {
                let text = match self.desk.waiting() {
                    0 => say::link_lost(lang).to_owned(),
                    waiting => say::link_lost_unsent(lang, waiting),
                };
                (text, theme.mark(Mark::Late))
            }
        }
    }
}
