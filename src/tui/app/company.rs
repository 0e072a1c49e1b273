//! The others: where we are, as they are told, not before the bar has come to rest; what they did meanwhile, and where
//! they mention one.

use super::{App, Effect};
use crate::model::query::MentionLine;
use crate::model::{Id, Instant, Kind};
use crate::text::say::together;
use crate::tui::drafts::Deed;
use crate::tui::frame::Pane;
use crate::tui::input::Reason;
use crate::tui::sheets::Sheet;
use crate::tui::sheets::news::News;
use crate::tui::sheets::page::{Page, Tells};

/// How long one stays at a place before the others are told, in milliseconds.
const REST: i64 = 150;

/// Where we are.
#[derive(Debug, Default)]
pub(super) struct Place {
    at: Option<(Option<Id>, bool)>,
    /// When the others are told; none: they are.
    tell_at: Option<Instant>,
}

impl App {
    /// Tells the others where we are, once we have been there for a while.
    pub(super) fn tell_place(&mut self) {
        let (customer, writing) = (self.subject.as_ref().map(|subject| subject.id), self.is_writing());
        if self.place.at != Some((customer, writing)) {
            self.place = Place { at: Some((customer, writing)), tell_at: Some(Instant(self.now.0 + REST)) };
        }
        if self.place.tell_at.take_if(|at| *at <= self.now).is_some() {
            self.book.ask_company(customer, writing, self.now);
        }
    }

    /// When the others are to be told.
    pub(super) fn place_at(&self) -> Option<Instant> {
        self.place.tell_at
    }

    /// Opens what the others did since we were last here.
    pub(super) fn feed(&mut self) {
        let me = self.book.session.as_ref().map(|session| session.member.id);
        let last = me.and_then(|me| self.habits.last_here(me));
        self.book.ask_feed(last.map_or(0, |(place, _)| place), self.now);
        self.sheets.push(Sheet::News(News::deeds(last.map(|(_, at)| at))));
    }

    /// Goes to where one is mentioned: the task in the queue, the item of the timeline, or the card that has the note.
    /// That one is read now, and no other.
    pub(super) fn go_to_mention(&mut self, mention: &MentionLine) {
        if let Some(seq) = self.book.open_mention(mention) {
            self.order(|desk, ticket| desk.read_one(seq, ticket));
        }
        if let Some(task) = self.book.tasks.iter().find(|task| task.id == mention.record).cloned() {
            return self.go_to(&task, self.tasks.whose);
        }
        let Some(customer) = mention.customer.clone() else { return };
        match mention.record.kind {
            Kind::Customer => {
                self.visit(customer);
                self.sheets.push(Sheet::Page(Page::at(Tells::Card, mention.text.clone())));
            }
            // Their notes are on no timeline.
            Kind::Contact | Kind::Deal | Kind::Purchase => {
                self.visit(customer);
                self.change(mention.record);
            }
            _ => {
                self.timeline.seek(customer.id, mention.record);
                self.show(customer);
                self.focus_on(Pane::Timeline);
            }
        }
    }

    /// All mentions are read, unless there are others than those that are shown.
    pub(super) fn read_all(&mut self) {
        match (self.book.inbox.newest_unread(), self.book.inbox.hidden()) {
            (Some(until), _) => self.order(|desk, ticket| desk.read(until, ticket)),
            (None, 0) => {}
            (None, hidden) => self.tell(together::more_unread(self.lang, hidden)),
        }
    }

    /// Ends, and remembers up to where everything was seen.
    pub(super) fn leave(&mut self, reason: Option<Reason>) {
        if let Some(me) = self.book.session.as_ref().map(|session| session.member.id) {
            let at = self.book.store_time(self.now);
            // Where that cannot be written, more is shown the next time.
            let _ = self.habits.left(me, self.book.known_to(), at);
        }
        self.effects.push(Effect::Quit(reason));
    }

    /// Whether a form about the customer is open: a new customer is another one.
    fn is_writing(&self) -> bool {
        let about =
            |sheet: &Sheet| matches!(sheet, Sheet::Form(form) if form.deed != Deed::Add(Kind::Customer));
        self.subject.is_some() && self.sheets.iter().any(about)
    }
}
