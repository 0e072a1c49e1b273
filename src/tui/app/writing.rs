//! Forms: opened, kept as drafts while one types, and sent.

use super::{App, Effect, LinkState};
use crate::model::Named;
use crate::text::say::{many, tui as say};
use crate::tui::drafts::Deed;
use crate::tui::frame::Pane;
use crate::tui::sheets::form::Form;
use crate::tui::sheets::{Sheet, forms};

impl App {
    pub(super) fn log(&mut self) {
        let Some(customer) = self.subject.clone() else { return self.fail(say::no_subject(self.lang)) };
        let card = self.book.card.as_deref().filter(|card| card.line.id == customer.id);
        let task = self.tasks.task(&self.book).filter(|task| {
            self.focus == Pane::Tasks && task.customer.as_ref().is_some_and(|named| named.id == customer.id)
        });
        let form = forms::log::form(customer, card, task);
        self.open_form(form);
    }

    pub(super) fn add_task(&mut self) {
        let Some(customer) = self.subject.clone() else { return self.fail(say::no_subject(self.lang)) };
        let card = self.book.card.as_deref().filter(|card| card.line.id == customer.id);
        let owner = card.and_then(|card| card.line.owner.clone());
        let beside = card.map_or(&[][..], |card| &card.collaborators).iter().map(|(named, _)| named.clone());
        let colleagues: Vec<Named> = owner.into_iter().chain(beside).collect();
        let me = self.book.session.as_ref().map(|session| &session.member);
        let form = forms::task::form(customer, me, &colleagues);
        self.open_form(form);
    }

    pub(super) fn open_form(&mut self, mut form: Form) {
        if let Some(draft) = self.desk.drafts.get((form.deed, form.about.id)) {
            form.restore(draft);
        }
        self.over = Vec::new();
        self.sheets.push(Sheet::Form(Box::new(form)));
    }

    /// Keeps what stands in the form on top.
    pub(super) fn keep_draft(&mut self) {
        let Some(Sheet::Form(form)) = self.sheets.last() else { return };
        if form.saving {
            return;
        }
        let drafts = &mut self.desk.drafts;
        let kept =
            if form.is_blank() { drafts.drop((form.deed, form.about.id)) } else { drafts.keep(form.draft()) };
        self.safe(kept);
    }

    pub(super) fn save(&mut self) {
        let Some(Sheet::Form(form)) = self.sheets.last_mut() else { return };
        if form.deed == Deed::Change && form.is_blank() {
            return self.fail(many::nothing(self.lang));
        }
        if !self.over.is_empty() {
            return self.save_many();
        }
        form.saving = true;
        let draft = form.draft();
        let (send, kept) = self.desk.form(draft, self.book.ticket());
        self.effects.push(Effect::Send(send));
        self.safe(kept);
        if !matches!(self.link, LinkState::Up) {
            self.sheets.pop();
            self.tell(say::will_be_sent(self.lang));
        }
    }

    /// Says so where drafts cannot be written.
    pub(super) fn safe(&mut self, written: std::io::Result<()>) {
        if let Err(error) = written {
            self.fail(say::draft_unsafe(self.lang, error));
        }
    }
}
