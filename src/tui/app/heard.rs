//! What the link tells, and what follows from it.

use std::collections::BTreeSet;

use chrono::Timelike;

use super::{App, Effect, Failure, LinkState, Question};
use crate::ipc::client::{ClientError, News};
use crate::keys::Act;
use crate::model::time::END_OF_DAY;
use crate::model::{Answer, Event, Field, Id, Kind, Named, Receipt, Refusal, Undone, Value, Whose};
use crate::text::say::{form, many, together, trial, tui as say, views};
use crate::text::{Clean, width};
use crate::tui::book::Topic;
use crate::tui::desk::{Ordered, TakenBack};
use crate::tui::drafts::{Deed, Draft, DraftKey, Sent};
use crate::tui::link::Heard;
use crate::tui::sheets::form::Form;
use crate::tui::sheets::{Sheet, forms};

/// How much of a name stands before what is new.
const NAME: usize = 24;

impl App {
    pub(super) fn heard(&mut self, heard: Heard) {
        match heard {
            Heard::Up => self.up(),
            Heard::Down(error) => self.down(error),
            Heard::Stranger(refusal) => self.effects.push(Effect::Fail(Failure::Stranger(refusal))),
            Heard::Answer(ticket, answer) => self.answer(ticket, answer),
            Heard::Receipt(ticket, receipt) => self.receipt(ticket, receipt),
            Heard::Receipts(ticket, receipts) => self.receipts(ticket, receipts),
            Heard::GivenUp(ticket, error) => self.given_up(ticket, &error),
            Heard::Recalled(ticket, is_back) => self.recalled(ticket, is_back),
            Heard::News(news) => self.changed(&news),
            Heard::Company => self.book.ask_company_again(self.now),
        }
    }

    fn up(&mut self) {
        self.link = LinkState::Up;
        if std::mem::replace(&mut self.met, true) {
            self.book.refresh(self.now);
            return;
        }
        self.customers.begin(&mut self.book);
        self.book.open(Whose::Mine, self.now);
    }

    /// It is known who we are: what an earlier run of this member sent and saw no receipt of is sent again.
    fn known(&mut self) {
        let Some(me) = self.book.session.as_ref().map(|session| session.member.id) else { return };
        if self.desk.drafts.of(me) {
            let again = self.desk.left_behind(|| self.book.ticket());
            self.effects.extend(again.into_iter().map(Effect::Send));
        }
    }

    fn down(&mut self, error: ClientError) {
        if !self.met && !waiting_helps(&error) {
            self.effects.push(Effect::Fail(Failure::Link(error)));
            return;
        }
        self.link = LinkState::Down(error);
        self.book.be_alone();
        if self.many.as_ref().is_some_and(|many| many.trial.is_some()) {
            self.untried();
        }
        if matches!(self.sheets.last(), Some(Sheet::Form(form)) if form.saving) {
            self.sheets.pop();
            self.tell(say::will_be_sent(self.lang));
        }
    }

    fn answer(&mut self, ticket: u64, answer: Result<Answer, Refusal>) {
        let why = answer.as_ref().err().cloned();
        let topic = self.book.heard(ticket, answer, self.now);
        match (topic, why) {
            (Some(Topic::Marks), None) => self.found_wanted(),
            (Some(Topic::Marks), Some(refusal)) => {
                self.forget_wanted();
                let text = self.look().refusal(&refusal);
                self.fail(text);
            }
            (Some(Topic::Session), Some(refusal)) if self.book.past().is_some() => {
                self.travel(None);
                let text = self.look().refusal(&refusal);
                self.fail(text);
            }
            (Some(Topic::Found), None) => {
                let wishes = match self.sheets.last_mut() {
                    Some(Sheet::Find(find)) => find.answered(&self.book),
                    _ => Vec::new(),
                };
                for wish in wishes {
                    self.wish(wish);
                }
            }
            (
                Some(
                    Topic::Found
                    | Topic::Namesakes
                    | Topic::Offered
                    | Topic::Meant
                    | Topic::Card
                    | Topic::Batch
                    | Topic::Authors
                    | Topic::Company
                    | Topic::Names(_),
                )
                | None,
                _,
            ) => {}
            // The bar itself points at what is wrong.
            (Some(Topic::Page(_)), Some(_)) if matches!(self.sheets.last(), Some(Sheet::Narrow(_))) => {}
            (Some(_), Some(refusal)) => {
                let text = self.look().refusal(&refusal);
                self.fail(text);
            }
            (Some(Topic::Session), None) => self.known(),
            (Some(Topic::Tasks), None) => self.show_taken(),
            (Some(Topic::Record), None) => self.open_record(),
            (Some(Topic::Export), None) => self.write_moves(),
            (Some(Topic::Held(_)), None) => self.show_plan(),
            (Some(_), None) => {}
        }
    }

    fn changed(&mut self, news: &News<Id>) {
        self.book.changed(news, self.subject.as_ref().map(|subject| subject.id), self.now);
    }

    fn receipt(&mut self, ticket: u64, receipt: Result<Receipt, Refusal>) {
        match (self.desk.receipt(ticket), receipt) {
            (None, _) => {}
            (Some(Ordered::Form(key, name, sent)), Ok(receipt)) => self.delivered(key, name, sent, &receipt),
            (Some(Ordered::Form(key, _, sent)), Err(refusal)) => self.refused(key, sent, refusal),
            (Some(Ordered::Rehearsal), Ok(Receipt { batch: Some(batch), ids, .. })) => {
                // Whoever types into a sheet meanwhile does not answer a question.
                if self.takes_text() {
                    self.tell(say::not_undone(self.lang));
                } else {
                    self.book.ask_batch(batch, self.now);
                    self.question = Some(Question::Undo(batch, ids.len()));
                }
            }
            (Some(Ordered::Trial), tried) => self.tried(ticket, tried.err()),
            (Some(Ordered::Open), opened) => self.opened(opened),
            (Some(Ordered::Chunk), done) => self.chunk_done(vec![done]),
            (Some(Ordered::Close), _) => self.closed(),
            (Some(Ordered::Rehearsal), Ok(_)) => {
                self.order(|desk, ticket| desk.undo(Undone::MyLast, 1, ticket));
            }
            (Some(Ordered::Undo(batch)), Ok(receipt)) => {
                self.follow();
                let redo = self.look().key(self.scope(), Act::Redo);
                let what = match batch {
                    Some((batch, records)) => self.batch(batch, records),
                    None => self.records(&receipt),
                };
                let text = self.desk.text_of(&receipt.changes);
                let back = text.as_ref().and_then(|text| self.bring_back(text));
                let told = self.given_back(&receipt).unwrap_or_else(|| match back {
                    Some(key) => say::undone_with_text(self.lang, &what, key, redo),
                    None => say::undone(self.lang, &what, redo),
                });
                self.tell(told);
                self.desk.taken_back.extend(undo_of(&receipt).map(|undo| TakenBack { undo, what, text }));
            }
            (Some(Ordered::Redo(undo)), done) => self.redone(undo, done),
            (Some(Ordered::SaveView(name)), Ok(_)) => {
                self.book.ask_views(self.now);
                self.tell(views::saved(self.lang, name));
            }
            (Some(Ordered::RemoveView(name)), Ok(_)) => {
                self.book.ask_views(self.now);
                let undo = self.look().key(self.focus.scope(), Act::Undo);
                self.tell(views::removed(self.lang, name, undo));
            }
            (Some(Ordered::Read), Ok(_)) => self.book.ask_inbox_again(self.now),
            (Some(Ordered::Claim(name)), Ok(_)) => {
                self.follow();
                self.tell(form::claimed(self.lang, name));
            }
            (Some(Ordered::Other(said)), Ok(_)) => {
                self.follow();
                self.tell(said);
            }
            (Some(Ordered::Adopt(name)), Ok(receipt)) => self.adopted(&name, &receipt),
            (Some(Ordered::Take), Ok(receipt)) => {
                self.took(&receipt);
            }
            (Some(_), Err(refusal)) => {
                let text = self.look().refusal(&refusal);
                self.fail(text);
            }
        }
    }

    /// What a form held is in the book. Whoever waited for it sees the new customer.
    fn delivered(&mut self, key: DraftKey, name: Clean, sent: Sent, receipt: &Receipt) {
        let draft = self.desk.drafts.sent(sent).cloned();
        if let (Deed::Log | Deed::Task | Deed::Add(_), Some(id)) = (key.0, receipt.ids.first()) {
            self.desk.remember(*id, draft.clone());
        }
        let kept = self.desk.drafts.delivered(sent);
        self.safe(kept);
        if self.saving(key).is_some() {
            self.sheets.pop();
            if let (Deed::Add(Kind::Customer), Some(id)) = (key.0, receipt.ids.first()) {
                self.visit(Named { id: *id, name: name.clone() });
            }
        }
        self.follow();
        self.go_to_made(receipt);
        if !matches!(key.0, Deed::Log | Deed::Task | Deed::Add(_) | Deed::Edit) {
            self.customers.marks.remove(key.1);
            self.tasks.marks.remove(key.1);
        }
        let lang = self.lang;
        let done = match key.0 {
            Deed::Log => self.logged(name, &receipt.changes),
            Deed::Task => {
                let typed = draft.as_ref().map_or("", |draft| draft.field("title").trim());
                self.added_task(typed, &receipt.changes)
            }
            Deed::Done => say::task_done(lang, name),
            Deed::Add(kind) => say::added(lang, kind.label(lang), name),
            Deed::Edit => match draft.as_ref().map(|draft| draft.field("name").trim()) {
                Some(new) if !new.is_empty() && new != name.as_str() => say::renamed(lang, name, new),
                _ => say::changed(lang, name),
            },
            Deed::Change
            | Deed::Tier
            | Deed::Assign
            | Deed::Snooze
            | Deed::Drop
            | Deed::Archive
            | Deed::Release => {
                let what = draft.as_ref().map(|draft| forms::what(draft, &self.look()));
                many::one(lang, name, what.unwrap_or_default())
            }
        };
        let done = match self.mentioned(&receipt.changes) {
            names if names.is_empty() => done,
            names => together::and_mentions(lang, done, names),
        };
        let next = self.look().key(self.scope(), Act::NextTask);
        let goes_on = self.is_out_of_the_way(draft.as_ref());
        self.tell(if goes_on { say::and_next(lang, self.theme.signs().dot, done, next) } else { done });
    }

    /// The bar of the timeline goes to what was made there with the customer that everything is about.
    fn go_to_made(&mut self, receipt: &Receipt) {
        let Some(subject) = self.subject.as_ref().map(|subject| subject.id) else { return };
        let is_theirs =
            |values: &[(Field, Value)]| values.iter().any(|(_, value)| *value == Value::Ref(subject));
        let told = [Kind::Interaction, Kind::Deal, Kind::Purchase];
        let made = receipt.changes.iter().find_map(|event| match event {
            Event::Created { record, values } if told.contains(&record.kind) && is_theirs(values) => {
                Some(*record)
            }
            _ => None,
        });
        if let Some(made) = made {
            self.timeline.seek(subject, made);
            self.book.ask_card_again(self.now);
        }
    }

    /// That an interaction was logged, and the next step that was made with it, or that there is none.
    fn logged(&self, name: Clean, changes: &[Event]) -> String {
        match self.task_made(changes) {
            Some((step, Some(due))) => {
                say::logged_with_step(self.lang, width::cut(&name.line(), NAME), step, due)
            }
            _ => say::logged(self.lang, name),
        }
    }

    /// That a task was added, and by when: the date may have stood in its title.
    fn added_task(&self, typed: &str, changes: &[Event]) -> String {
        match self.task_made(changes) {
            Some((title, Some(due))) => form::task_added_due(self.lang, due, title),
            Some((title, None)) => say::task_added(self.lang, title),
            None => say::task_added(self.lang, typed),
        }
    }

    /// The title of the task that was made, and when it is due: the hour of another day is said too.
    fn task_made<'a>(&self, changes: &'a [Event]) -> Option<(&'a Clean, Option<String>)> {
        let values = changes.iter().find_map(|event| match event {
            Event::Created { record, values } if record.kind == Kind::Task => Some(values),
            _ => None,
        })?;
        let value = |field| {
            let (field, _) = Kind::Task.field(field)?;
            values.iter().find(|(of, _)| *of == field).map(|(_, value)| value)
        };
        let Some(Value::Text(title)) = value("title") else { return None };
        let Some(Value::Instant(due)) = value("due") else { return Some((title, None)) };
        let (look, at) = (self.look(), due.local(self.book.zone()));
        let is_named =
            at.date() != look.now.local(look.zone).date() && (at.hour(), at.minute()) != END_OF_DAY;
        let hour = if is_named { at.format(" %H:%M").to_string() } else { String::new() };
        Some((title, Some(look.due(*due) + &hour)))
    }

    /// What was typed for a record that was taken back is a draft again, unless there is another one. The key that
    /// opens its form; none where that opens another.
    fn bring_back(&mut self, text: &Draft) -> Option<String> {
        if self.desk.drafts.get(text.key(), &text.over).is_some() {
            return None;
        }
        let kept = self.desk.drafts.keep(text.clone());
        self.safe(kept);
        let act = match text.deed {
            Deed::Log => Act::Log,
            Deed::Task => Act::AddTask,
            Deed::Add(Kind::Customer) => Act::AddCustomer,
            Deed::Add(Kind::Contact) => Act::AddContact,
            Deed::Add(Kind::Deal) => Act::AddDeal,
            Deed::Add(Kind::Purchase) => Act::AddPurchase,
            _ => return None,
        };
        let opens =
            act == Act::AddCustomer || self.subject.as_ref().is_some_and(|named| named.id == text.about.id);
        opens.then(|| self.look().key(self.focus.scope(), act))
    }

    /// An undo was taken back itself, or cannot be: either way it is not offered any more.
    fn redone(&mut self, undo: Undone, done: Result<Receipt, Refusal>) {
        let at = self.desk.taken_back.iter().rposition(|back| back.undo == undo);
        let back = at.map(|at| self.desk.taken_back.remove(at));
        let text = match done {
            Ok(_) => {
                self.follow();
                let (what, text) = back.map(|back| (back.what, back.text)).unwrap_or_default();
                // In the book again, it is no draft, unless somebody wrote on.
                let kept = text.and_then(|text| self.desk.drafts.drop_same(&text)).unwrap_or(Ok(()));
                self.safe(kept);
                say::redone(self.lang, what, self.look().key(self.scope(), Act::Undo))
            }
            Err(refusal) => return self.fail(self.look().refusal(&refusal)),
        };
        self.tell(text);
    }

    /// What a batch is called, and how many records it has.
    pub(super) fn batch(&self, batch: Id, records: usize) -> String {
        let named = self.book.batch.as_ref().filter(|named| named.id == batch);
        let name = named.map_or_else(|| batch.to_string(), |named| named.name.line());
        say::batch(self.lang, records, name)
    }

    /// The records of a receipt, by the names that its changes and the book know.
    fn records(&self, receipt: &Receipt) -> String {
        let each = receipt.ids.iter().map(|record| self.record(*record, &receipt.changes));
        each.collect::<Vec<_>>().join(self.lang.pick(", ", "、"))
    }

    /// The names of those whom changes mention, each once.
    fn mentioned(&self, changes: &[Event]) -> String {
        let ids: BTreeSet<Id> = changes.iter().filter_map(Event::mentions).collect();
        let members = ids.iter().filter_map(|id| self.book.colleagues.other(*id));
        let names: Vec<String> = members.map(|member| member.name.line()).collect();
        names.join(self.lang.pick(", ", "、"))
    }

    fn record(&self, record: Id, changes: &[Event]) -> String {
        if record == Id::SETTINGS {
            return trial::the_policy(self.lang).to_owned();
        }
        let values = changes.iter().filter(|event| event.record() == record).find_map(|event| match event {
            Event::Created { values, .. } | Event::Removed { values, .. } => Some(values.as_slice()),
            _ => None,
        });
        let value = |field: &str| {
            let (field, _) = record.kind.field(field)?;
            values?.iter().find(|(of, _)| *of == field).map(|(_, value)| value)
        };
        let text = |field| match value(field) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let name = text("title").or_else(|| text("name")).or_else(|| text("product"));
        let name = name.or_else(|| self.book.name_of(record));
        let customer = match value("customer") {
            Some(Value::Ref(customer)) => self.book.name_of(*customer),
            _ => None,
        };
        let kind = record.kind.label(self.lang);
        match (name, customer) {
            (Some(name), Some(customer)) => say::about(self.lang, format_args!("{kind} {name}"), customer),
            (None, Some(customer)) => say::about(self.lang, kind, customer),
            (Some(name), None) => format!("{kind} {name}"),
            (None, None) => format!("{kind} {record}"),
        }
    }

    fn refused(&mut self, key: DraftKey, sent: Sent, refusal: Refusal) {
        let kept = self.desk.drafts.refused(sent);
        self.safe(kept);
        let zone = self.book.zone();
        if let Some(form) = self.saving(key) {
            form.refuse(refusal, zone);
            self.keep_draft();
        } else {
            let why = self.look().refusal(&refusal);
            self.fail(say::refused_draft(self.lang, why));
        }
    }

    /// The link was lost over a request too often. What was typed is a draft again.
    fn given_up(&mut self, ticket: u64, error: &ClientError) {
        let why = match error {
            ClientError::Lost => say::perhaps_saved(self.lang).to_owned(),
            error => error.message(self.lang),
        };
        match self.desk.receipt(ticket) {
            Some(Ordered::Form(key, _, sent)) => {
                let kept = self.desk.drafts.refused(sent);
                self.safe(kept);
                if let Some(form) = self.saving(key) {
                    form.saving = false;
                }
                self.fail(say::refused_draft(self.lang, why));
            }
            Some(Ordered::Trial) => {
                self.untried();
                self.fail(why);
            }
            Some(Ordered::Open | Ordered::Chunk) => self.stopped(),
            Some(Ordered::Close) => self.closed(),
            Some(_) => self.fail(why),
            None if self.book.given_up(ticket) => self.fail(say::not_answered(self.lang)),
            None => {}
        }
    }

    /// The form that waits for its receipt, if it is still on top.
    pub(super) fn saving(&mut self, key: DraftKey) -> Option<&mut Form> {
        match self.sheets.last_mut() {
            Some(Sheet::Form(form)) if form.saving && (form.deed, form.about.id) == key => Some(form),
            _ => None,
        }
    }
}

/// Whether the server may be there a moment later.
fn waiting_helps(error: &ClientError) -> bool {
    matches!(
        error,
        ClientError::NotReady { .. }
            | ClientError::Full
            | ClientError::Leaving
            | ClientError::Lost
            | ClientError::Unresponsive { .. }
            | ClientError::TeamServerDown { .. }
            | ClientError::Io(_)
    )
}

/// What would take an undo back.
fn undo_of(receipt: &Receipt) -> Option<Undone> {
    receipt.batch.map(Undone::Batch).or_else(|| receipt.seqs.first().copied().map(Undone::Seq))
}
