//! Forms: opened, kept as drafts while one types, and sent.

use unicode_segmentation::UnicodeSegmentation;

use super::{App, Effect, LinkState};
use crate::config::editor;
use crate::keys::Act;
use crate::model::query::{Card, TaskLine};
use crate::model::{Id, Kind, Named};
use crate::text::Clean;
use crate::text::say::{cli as shell, form as form_say, many, tui as say};
use crate::tui::desk::Ordered;
use crate::tui::drafts::Deed;
use crate::tui::frame::Pane;
use crate::tui::panes::timeline;
use crate::tui::sheets::choose::Choose;
use crate::tui::sheets::copy::Copy;
use crate::tui::sheets::form::Form;
use crate::tui::sheets::{Sheet, forms};

impl App {
    pub(super) fn log(&mut self) {
        let Some(customer) = self.subject.clone() else { return self.fail(say::no_subject(self.lang)) };
        let card = self.book.card.as_deref().filter(|card| card.line.id == customer.id);
        let theirs = |task: &&TaskLine| task.customer.as_ref().is_some_and(|named| named.id == customer.id);
        let under_bar = self.tasks.task(&self.book).filter(|_| self.focus == Pane::Tasks);
        let task = under_bar.filter(theirs).or(self.work().filter(theirs));
        let ends = task.map(|task| task.id.to_string());
        let form = forms::log::form(customer, card, task);
        self.open_form(form);
        // A draft was of another moment: what is worked on now is what it ends.
        if let (Some(ends), Some(Sheet::Form(form))) = (ends, self.sheets.last_mut()) {
            form.put("ends", &ends);
        }
    }

    pub(super) fn add_task(&mut self) {
        let Some(customer) = self.subject.clone() else { return self.fail(say::no_subject(self.lang)) };
        let card = self.book.card.as_deref().filter(|card| card.line.id == customer.id);
        let me = self.book.session.as_ref().map(|session| &session.member);
        let form = forms::task::form(customer, me, card);
        self.open_form(form);
    }

    /// Adds a customer, or something that hangs on the one that everything is about.
    pub(super) fn add(&mut self, kind: Kind) {
        let about = match kind {
            Kind::Customer => Some(forms::record::nobody()),
            _ => self.subject.clone(),
        };
        match about {
            Some(about) => self.open_form(forms::record::add(kind, about)),
            None => self.fail(say::no_subject(self.lang)),
        }
    }

    /// Changes what is under the bar: of what happened the record that tells it, else the customer.
    pub(super) fn edit(&mut self) {
        let under_bar = match self.focus {
            _ if !self.sheets.is_empty() => None,
            Pane::Timeline => self.timeline.item(&self.book).map(|item| item.id),
            Pane::Tasks => match self.tasks.task(&self.book) {
                Some(task) => Some(task.id),
                None => return self.fail(say::no_task_here(self.lang)),
            },
            Pane::Customers | Pane::Tiers => None,
        };
        match under_bar.filter(|id| forms::record::has_form(id.kind) && id.kind != Kind::Customer) {
            Some(record) => self.change(record),
            None => self.edit_customer(),
        }
    }

    pub(super) fn edit_customer(&mut self) {
        match self.card_of_subject() {
            Ok(card) => {
                let customer = Named { id: card.line.id, name: card.line.name.clone() };
                let zone = self.book.zone();
                let form =
                    forms::record::edit(customer, &card.row, &card.hidden, &|id| self.book.name_of(id), zone);
                self.open_form(form);
            }
            Err(why) => self.fail(why),
        }
    }

    /// Lets one choose what hangs on the customer, to change it.
    pub(super) fn choose_record(&mut self) {
        let chosen =
            self.card_of_subject().and_then(|card| Choose::of(card).ok_or(say::no_records(self.lang)));
        match chosen {
            Ok(choose) => self.sheets.push(Sheet::Choose(choose)),
            Err(why) => self.fail(why),
        }
    }

    /// The card of the customer that everything is about, or why there is none.
    fn card_of_subject(&self) -> Result<&Card, &'static str> {
        let customer = self.subject.as_ref().ok_or(say::no_subject(self.lang))?;
        let card = self.book.card.as_deref().filter(|card| card.line.id == customer.id);
        let why = if self.book.waits_for_card() { say::asking } else { say::record_gone };
        card.ok_or(why(self.lang))
    }

    /// Asks for all that a record holds, to change it.
    pub(super) fn change(&mut self, record: Id) {
        if matches!(self.link, LinkState::Up) {
            self.book.ask_record(record, self.now);
        } else {
            self.fail(say::needs_link(self.lang));
        }
    }

    /// Opens the form of the record that was asked for, unless something else was opened meanwhile.
    pub(super) fn open_record(&mut self) {
        let record = self.book.record.take();
        if !self.sheets.is_empty() {
            return;
        }
        let Some(line) = record else { return self.fail(say::record_gone(self.lang)) };
        let called = |id| line.names.iter().find(|named| named.id == id).map(|named| named.name.clone());
        let named = forms::record::named(line.id, &line.row, &called, self.lang);
        let zone = self.book.zone();
        self.open_form(forms::record::edit(named, &line.row, &line.hidden, &called, zone));
    }

    pub(super) fn open_form(&mut self, mut form: Form) {
        let empty = form.draft();
        if let Some(draft) = self.desk.drafts.get(empty.key(), &empty.over) {
            form.restore(draft);
            if !form.is_blank() {
                self.tell(say::draft_is_back(self.lang));
            }
        }
        if form.names_ours() {
            self.book.ask_names(self.now);
        }
        self.sheets.push(Sheet::Form(Box::new(form)));
    }

    /// Keeps what stands in the form on top.
    pub(super) fn keep_draft(&mut self) {
        let Some(Sheet::Form(form)) = self.sheets.last() else { return };
        if form.saving {
            return;
        }
        let drafts = &mut self.desk.drafts;
        let draft = form.draft();
        let kept = if form.is_blank() { drafts.empty(&draft) } else { drafts.keep(draft) };
        self.safe(kept);
    }

    pub(super) fn save(&mut self) {
        let now = self.book.store_time(self.now).local(self.book.zone());
        let Some(Sheet::Form(form)) = self.sheets.last_mut() else { return };
        if form.holds(now) {
            return;
        }
        if form.deed == Deed::Edit && form.is_blank() {
            self.sheets.pop();
            return self.tell(say::nothing_changed(self.lang));
        }
        if form.deed == Deed::Change && form.is_blank() {
            return self.fail(many::nothing(self.lang));
        }
        if !form.over.is_empty() {
            return self.save_many();
        }
        form.saving = true;
        let draft = form.order();
        let (send, kept) = self.desk.form(draft, self.book.ticket());
        self.effects.push(Effect::Send(send));
        self.safe(kept);
        if !matches!(self.link, LinkState::Up) {
            self.sheets.pop();
            self.tell_kept();
        }
    }

    /// What was written waits for the link.
    pub(super) fn tell_kept(&mut self) {
        let back = self.look().key(self.scope(), Act::Back);
        self.tell(form_say::waits_for_link(self.lang, back));
    }

    /// Takes back what was written last while the link is down; false if nothing waits to be sent.
    pub(super) fn recall(&mut self) -> bool {
        let ticket = self.desk.last_form().filter(|_| matches!(self.link, LinkState::Down(_)));
        self.effects.extend(ticket.map(Effect::Recall));
        ticket.is_some()
    }

    /// An order never left, and never will: its text is a draft again. Of one that has left its receipt tells.
    pub(super) fn recalled(&mut self, ticket: u64, is_back: bool) {
        if !self.desk.waits_for(ticket) {
            return;
        }
        if !is_back {
            return self.fail(form_say::has_left(self.lang));
        }
        if let Some(Ordered::Form(_, name, sent)) = self.desk.receipt(ticket) {
            let kept = self.desk.drafts.refused(sent);
            self.safe(kept);
            self.tell(form_say::recalled(self.lang, name));
        }
    }

    /// Says how much of a text had no room in its field.
    pub(super) fn tell_left_out(&mut self, left_out: usize, text: &str) {
        let all = text.graphemes(true).count();
        match left_out {
            0 => {}
            _ if all == 1 => self.fail(form_say::full(self.lang)),
            left_out => self.fail(form_say::left_out(self.lang, left_out, all)),
        }
    }

    /// A text has come back from the editor; none where the editor ended with an error.
    pub(in crate::tui) fn edited(&mut self, text: Option<Clean>) {
        match (text, self.sheets.last_mut()) {
            (Some(text), Some(Sheet::Form(form))) => {
                let left_out = form.edited(text.as_str());
                self.keep_draft();
                self.tell_left_out(left_out, text.as_str());
                self.settle();
            }
            (Some(_), _) => {}
            (None, _) => self.fail(shell::editor_failed(self.lang, editor::name())),
        }
    }

    /// Offers what can be copied: of the item under the bar its words, else what the card of the customer has.
    pub(super) fn choose_copy(&mut self) {
        if let Some(item) = self.timeline.item(&self.book).filter(|_| self.focus == Pane::Timeline) {
            let words = timeline::whole(item, usize::MAX, &self.look()).join("\n");
            return self.copy(words);
        }
        match self.card_of_subject().map(Copy::of) {
            Ok(copy) => self.sheets.push(Sheet::Copy(copy)),
            Err(why) => self.fail(why),
        }
    }

    /// Copies what of the card goes by this name, or offers them where there are several.
    pub(super) fn copy_part(&mut self, name: &Clean) {
        match self.card_of_subject().map(|card| (card.line.name.clone(), Copy::of(card).only(name.as_str())))
        {
            Ok((_, Ok(text))) => self.copy(text),
            Ok((customer, Err(none))) if none.is_empty() => self.fail(say::none_to_copy(self.lang, customer)),
            Ok((_, Err(several))) => self.sheets.push(Sheet::Copy(several)),
            Err(why) => self.fail(why),
        }
    }

    pub(super) fn copy(&mut self, text: String) {
        let first = text.lines().next().unwrap_or_default();
        self.tell(say::copied(self.lang, first));
        self.effects.push(Effect::Copy(text));
    }

    /// Says so where drafts cannot be written.
    pub(super) fn safe(&mut self, written: std::io::Result<()>) {
        if let Err(error) = written {
            self.fail(say::draft_unsafe(self.lang, error));
        }
    }
}
