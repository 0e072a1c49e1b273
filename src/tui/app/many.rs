//! Acts on many records: their forms, and the batch that they become.

use super::{App, Effect, LinkState, Question};
use crate::keys::{Act, Scope};
use crate::model::{Id, Kind, Named, Receipt, Refusal, Row};
use crate::text::Clean;
use crate::text::say::{handover, many, tui as say};
use crate::tui::desk::Desk;
use crate::tui::drafts::Draft;
use crate::tui::frame::Pane;
use crate::tui::link::Send;
use crate::tui::many::Many;
use crate::tui::marks::Queue;
use crate::tui::panes::customers::unseen;
use crate::tui::sheets::{Sheet, forms};

impl App {
    /// Opens the form of an act for all that is marked, or for what is under the bar.
    pub(super) fn open_many(&mut self, act: Act) {
        let elsewhere = self.focus != Pane::Tasks && matches!(act, Act::TaskDone | Act::TaskSnooze);
        if elsewhere {
            return self.open_at_hand(act);
        }
        let Some(aimed) = self.aimed_at(act) else { return };
        let about = match aimed.as_slice() {
            [] if self.focus == Pane::Tasks && act.scope() != Scope::Customers => {
                return self.fail(say::no_task_here(self.lang));
            }
            [] => return self.fail(say::no_subject(self.lang)),
            [one] => one.clone(),
            [first, ..] => Named {
                id: Id::new(first.id.kind, 0),
                name: Clean::washed(&self.how_many_marked(first.id.kind, aimed.len())).0,
            },
        };
        self.open_act(act, about, if aimed.len() > 1 { aimed } else { Vec::new() });
    }

    /// Opens the form of an act for the task that one means away from the tasks; without one, these are shown.
    fn open_at_hand(&mut self, act: Act) {
        if let Some(task) = self.task_at_hand() {
            return self.open_act(act, task, Vec::new());
        }
        self.focus_on(Pane::Tasks);
        if let Some(subject) = &self.subject {
            self.tell(say::none_of_yours(self.lang, &subject.name));
        }
    }

    /// Opens the form of an act about a record, or over many; what others are in charge of only after a yes.
    fn open_act(&mut self, act: Act, about: Named, over: Vec<Named>) {
        if !self.asks_theirs(act, &about, &over) {
            self.show_form_of(act, about, over);
        }
    }

    /// Opens that form.
    pub(super) fn show_form_of(&mut self, act: Act, about: Named, over: Vec<Named>) {
        let form = match act {
            Act::ChangeAll | Act::Assign => forms::change::form(about, "owner"),
            Act::Tag => forms::change::form(about, "tag"),
            Act::Untag => forms::change::form(about, "untag"),
            Act::SetTier => {
                let tiers = self.book.session.as_ref().map_or(&[][..], |session| &session.tiers);
                if tiers.is_empty() {
                    return self.fail(many::no_tiers(self.lang));
                }
                forms::tier::form(about, tiers)
            }
            Act::TaskAssign => forms::assign::form(about),
            Act::TaskDrop => forms::drop::form(about),
            Act::Archive => {
                let card = self.book.card.as_deref().filter(|card| card.line.id == about.id);
                let away = card.is_some_and(|card| matches!(&card.row, Row::Customer(row) if row.archived));
                forms::archive::form(about, away)
            }
            Act::Release => forms::release::form(about),
            Act::TaskSnooze => forms::snooze::form(about),
            _ => forms::done::form(about),
        };
        self.open_form(form.about_all(over));
    }

    fn how_many(&self, kind: Kind, count: usize) -> String {
        match kind {
            Kind::Task => many::tasks(self.lang, count),
            // A handover is of records of every kind.
            Kind::Member => handover::records(self.lang, count),
            _ => many::customers(self.lang, count),
        }
    }

    /// The same of what is marked, with how many of them are out of sight.
    fn how_many_marked(&self, kind: Kind, count: usize) -> String {
        let unseen = match kind {
            Kind::Task => unseen(&self.tasks.marks, &Queue(&self.book), self.lang),
            _ => unseen(&self.customers.marks, &self.book.list, self.lang),
        };
        self.how_many(kind, count) + &unseen
    }

    /// Tries what the form on top would do to the first of its records: what is wrong with it is told before anything
    /// is begun.
    pub(super) fn save_many(&mut self) {
        if let Some(many) = &self.many {
            let (done, all) = many.progress();
            return self.fail(many::busy(self.lang, done, all));
        }
        if !matches!(self.link, LinkState::Up) {
            return self.fail(say::needs_link(self.lang));
        }
        let Some(Sheet::Form(form)) = self.sheets.last_mut() else { return };
        form.saving = true;
        let (draft, over) = (form.draft(), form.over.clone());
        let what = Clean::washed(&forms::what(&draft, &self.look())).0;
        let order = |record: &Named| {
            let of_one = Draft { about: record.clone(), ..draft.clone() };
            (record.clone(), forms::command(&of_one))
        };
        let mut many = Many::new(draft.key(), what, over.iter().map(order).collect());
        let Some(first) = many.first() else { return };
        let ticket = self.book.ticket();
        many.trial = Some(ticket);
        self.many = Some(many);
        self.effects.push(Effect::Send(self.desk.try_out(first, ticket)));
    }

    /// The trial was given up: nothing was begun, and the form is there again.
    pub(super) fn untried(&mut self) {
        if let Some(many) = self.many.take()
            && let Some(form) = self.saving(many.form)
        {
            form.saving = false;
        }
    }

    /// What would become of the first record is known.
    pub(super) fn tried(&mut self, ticket: u64, refusal: Option<Refusal>) {
        let Some(many) = self.many.as_mut().filter(|many| many.trial == Some(ticket)) else { return };
        many.trial = None;
        let (key, zone) = (many.form, self.book.zone());
        let Some(form) = self.saving(key) else {
            self.many = None;
            return self.tell(many::not_done(self.lang));
        };
        if let Some(refusal) = refusal.filter(|refusal| !is_of_one(refusal)) {
            form.refuse(refusal, zone);
            self.many = None;
            return;
        }
        self.sheets.pop();
        if self.many.as_ref().is_some_and(Many::asks) {
            self.question = Some(Question::Begin);
        } else {
            self.begin();
        }
    }

    /// What is asked before an act on very many.
    pub(super) fn sure(&self) -> String {
        let Some(act) = &self.many else { return String::new() };
        many::sure(self.lang, self.how_many_marked(act.kind(), act.progress().1), &act.what)
    }

    /// Opens the batch. What was typed is not needed any more.
    pub(super) fn begin(&mut self) {
        let Some(many) = &self.many else { return };
        let (name, form) = (many.what.clone(), many.form);
        let kept = self.desk.drafts.drop(form);
        self.safe(kept);
        self.give(|desk, ticket| desk.open(name, ticket));
    }

    pub(super) fn opened(&mut self, opened: Result<Receipt, Refusal>) {
        let Some(many) = &mut self.many else { return };
        match opened {
            Ok(receipt) => {
                many.batch = receipt.ids.first().copied();
                self.go_on();
            }
            Err(refusal) => {
                self.many = None;
                let text = self.look().refusal(&refusal);
                self.fail(text);
            }
        }
    }

    pub(super) fn receipts(&mut self, ticket: u64, receipts: Vec<Result<Receipt, Refusal>>) {
        if self.desk.receipt(ticket).is_some() {
            self.chunk_done(receipts);
        }
    }

    pub(super) fn chunk_done(&mut self, receipts: Vec<Result<Receipt, Refusal>>) {
        if let Some(many) = &mut self.many {
            many.heard(receipts);
            self.go_on();
        }
    }

    /// Orders the next chunk or, when all was ordered, closes the batch.
    fn go_on(&mut self) {
        let Some(many) = &mut self.many else { return };
        let Some(batch) = many.batch else { return };
        let chunk = many.chunk();
        if chunk.is_empty() {
            self.give(|desk, ticket| desk.close(batch, ticket));
        } else {
            self.give(|desk, ticket| desk.chunk(batch, chunk, ticket));
        }
    }

    /// The link was lost over a part again and again: what is left is not begun, and what was done is closed, so that
    /// it can be undone.
    pub(super) fn stopped(&mut self) {
        let Some(many) = &mut self.many else { return };
        many.stop();
        match many.batch {
            Some(_) => self.go_on(),
            None => self.closed(),
        }
    }

    /// All is over: tells what came of it. What was refused stays marked.
    pub(super) fn closed(&mut self) {
        let Some(act) = self.many.take() else { return };
        self.follow();
        let marks = match act.kind() {
            Kind::Task => &mut self.tasks.marks,
            _ => &mut self.customers.marks,
        };
        act.done().iter().for_each(|id| marks.remove(*id));
        self.tell_end(&act);
        if !act.refused.is_empty() {
            self.refused = Some((act.what, act.refused));
        }
    }

    fn tell_end(&mut self, act: &Many) {
        let (lang, look) = (self.lang, self.look());
        let (done, same, all) = act.counts();
        let undo = look.key(self.scope(), Act::Undo);
        let whom = self.how_many(act.kind(), done);
        if done + act.refused.len() < all {
            return self.fail(many::stopped(lang, done, all, undo));
        }
        if let Some((record, refusal)) = act.refused.first() {
            let first = many::refusal(lang, &record.name, look.refusal(refusal));
            let shows = look.key(self.focus.scope(), Act::Refused);
            return self.fail(many::refused(lang, act.refused.len(), all, first, shows));
        }
        self.tell(match same {
            0 => many::done(lang, whom, &act.what, undo),
            _ if same == done => many::all_so(lang, whom, &act.what),
            _ => many::done_but(lang, whom, &act.what, same, undo),
        });
    }

    /// Sends a part of an act; without a link it is kept until there is one.
    fn give(&mut self, order: impl FnOnce(&mut Desk, u64) -> Send) {
        let ticket = self.book.ticket();
        self.effects.push(Effect::Send(order(&mut self.desk, ticket)));
    }
}

/// Whether a refusal is about the one record, so that others may fare better; and not about what was typed for all.
fn is_of_one(refusal: &Refusal) -> bool {
    let is_typed = matches!(
        refusal,
        Refusal::NoField(..)
            | Refusal::NoMatch(..)
            | Refusal::Ambiguous(..)
            | Refusal::Missing(..)
            | Refusal::BadValue(..)
            | Refusal::TooLong(..)
            | Refusal::NoTier(..)
            | Refusal::Gone(_)
    );
    !is_typed && !refusal.concerns_all()
}
