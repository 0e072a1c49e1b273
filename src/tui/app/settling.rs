//! What follows from every change: panes that depend on others, and what is asked of the book.

use crate::keys::Scope;
use crate::tui::app::{App, Effect};
use crate::tui::frame::{Frame, Pane};
use crate::tui::sheets::Sheet;

impl App {
    /// Brings everything that depends on something else up to date, and asks for what is missing.
    pub(super) fn settle(&mut self) {
        self.go_to_row();
        let frame = self.frame();
        let before = self.subject.as_ref().map(|subject| subject.id);
        if self.customers.lets_go(&self.book, before) {
            self.subject = None;
        }
        let subject = self.subject.as_ref().map(|subject| subject.id);
        let rows = frame.rows(Pane::Customers);
        if let Some(moved) = self.customers.settle(&self.book, subject, rows) {
            if before.is_some_and(|before| before != moved.id) {
                self.close_passing();
            }
            self.subject = Some(moved);
        }
        let kept = self.habits.seen(self.customers.arranged());
        self.kept(kept);
        if let Some(subject) = &self.subject {
            self.trail.at(subject);
        }
        let timeline = frame.pane(Pane::Timeline).unwrap_or(frame.area);
        let subject = self.subject.as_ref().map(|subject| subject.id);
        self.timeline.settle(&self.book, subject, timeline, self.lang);
        if self.met {
            self.ask(&frame);
        }
        self.tasks.settle(&self.book, frame.rows(Pane::Tasks));
        self.tiers.settle(&self.book);
        let hidden = frame.pane(Pane::Customers).map(|pane| self.customers.hidden(pane.width, &self.look()));
        if let (Some(Sheet::Columns(columns)), Some(hidden)) = (self.sheets.last_mut(), hidden) {
            columns.hide(hidden);
        }
        if let Some(mut sheet) = self.sheets.pop() {
            sheet.settle(&frame, self.seen(self.focus));
            self.sheets.push(sheet);
        }
        self.effects.extend(self.book.sends().into_iter().map(Effect::Send));
    }

    /// Asks for what is on the screen and not yet known.
    fn ask(&mut self, frame: &Frame) {
        let rows = frame.rows(Pane::Customers);
        let timeline = frame.pane(Pane::Timeline).unwrap_or(frame.area);
        self.book.look(self.customers.seen(rows), self.now);
        if let Some(subject) = &self.subject {
            self.book.ask_card(subject.id, self.timeline.items(timeline.width), self.now);
        }
        let (name, words, looked_up, mentions) = match self.sheets.last() {
            Some(Sheet::Form(form)) => {
                (form.new_name(), form.words(), form.looked_up(), form.begins_mention())
            }
            _ => ("", None, None, false),
        };
        if mentions {
            self.book.know_members(self.now);
        }
        self.book.ask_offered(looked_up, self.now);
        self.book.ask_namesakes(name, self.now);
        self.book.ask_meant(words, self.now);
        let today = self.look().today();
        let week = self.sheets.iter().rev().find_map(|sheet| match sheet {
            Sheet::Week(week) => Some(week.asks(today)),
            _ => None,
        });
        self.book.ask_week(week, self.now);
        let inbox = self.sheets.iter().any(|sheet| sheet.scope() == Scope::Inbox);
        self.book.ask_inbox(inbox, self.now);
        self.ask_told();
        self.ask_work();
        self.tell_place();
    }
}
