//! What keys do.

use super::{App, Effect, LinkState, Question};
use crate::keys::{Act, Scope};
use crate::model::{Id, Instant, Kind, Named, Undone, View};
use crate::text::say::{form, many, tui as say};
use crate::text::{Clean, Lang};
use crate::tui::book::of_task;
use crate::tui::desk::{Desk, TakenBack};
use crate::tui::frame::Pane;
use crate::tui::link::Send;
use crate::tui::sheets::find::Find;
use crate::tui::sheets::help::Help;
use crate::tui::sheets::history::History;
use crate::tui::sheets::news::News;
use crate::tui::sheets::page::{Page, Tells};
use crate::tui::sheets::week::Week;
use crate::tui::sheets::{Sheet, Wish};
use crate::tui::trail::Trail;

impl App {
    pub(super) fn act(&mut self, act: Act) {
        self.trail.act(act);
        let height = usize::from(self.area.height);
        let done = self.sheets.last_mut().and_then(|sheet| sheet.act(act, &mut self.book, height, self.now));
        match done {
            Some(wishes) => {
                self.keep_draft();
                for wish in wishes {
                    self.wish(wish);
                }
            }
            None => self.everywhere(act),
        }
    }

    pub(super) fn wish(&mut self, wish: Wish) {
        match wish {
            Wish::Close => self.close(),
            Wish::Show(customer) => self.visit(customer),
            Wish::Narrow(filter) => self.narrow(filter),
            Wish::Rows(filter) => self.show_rows(filter),
            Wish::NoRows(too_many) => self.tell_no_rows(too_many),
            Wish::WhyLine(id, is_stage) => self.open(Tells::Line(id, is_stage)),
            Wish::Change(record) => self.change(record),
            Wish::Columns(columns) => self.customers.choose(columns),
            Wish::View(view) => self.show_view(&view),
            Wish::SaveView { name, shared } => self.save_view(&name, shared),
            Wish::RemoveView(view, name) => {
                self.order(|desk, ticket| desk.remove_view(view, name.clone(), ticket));
            }
            Wish::Keep(filter) => self.keep_filter(filter),
            Wish::Run(act) => self.act(act),
            Wish::Save => self.save(),
            Wish::Edit(text) => self.effects.push(Effect::Edit(text)),
            Wish::Copy(text) => self.copy(text),
            Wish::Order(act, told) => self.ordered(act, told),
            Wish::UndoEntry(_) if self.stays_as_it_was() => {}
            Wish::UndoEntry(seq) => self.question = Some(Question::UndoEntry(seq)),
            Wish::Work(task, whose) => self.go_to(&task, whose),
            Wish::GoTo(mention) => self.go_to_mention(&mention),
            Wish::ReadAll => self.read_all(),
            Wish::Card(customer) => self.open_card(customer),
            Wish::Adopt => self.ask_adoption(),
            Wish::Export => self.export_moves(),
            Wish::HandOver => self.ask_handover(),
            Wish::Ask(customer, act, told) => self.ask_for(customer, act, &told),
            Wish::TryAgain => self.try_again(),
            Wish::Version(version) => self.book.ask_version(version, self.now),
        }
    }

    /// Leaves the sheet on top. What was sent cannot be called back, and its text is kept until it is answered; what is
    /// only tried is not begun. A word that was refused is no draft.
    fn close(&mut self) {
        let Some(Sheet::Form(form)) = self.sheets.pop() else { return };
        if form.saving && form.over.is_empty() {
            self.tell(form::under_way(self.lang));
        } else if form.holds_refused_word() {
            let gone = self.desk.drafts.empty(&form.draft());
            self.safe(gone);
        } else if !form.is_blank() {
            self.tell(say::draft_kept(self.lang));
        }
    }

    /// Sees the book as it was at a moment, or as it is.
    pub(super) fn travel(&mut self, to: Option<Instant>) {
        self.forget_wanted();
        self.close_passing();
        self.book.travel(to, self.now);
    }

    /// Stays in the present after all: the day is not waited for. Once the link is up again, all is asked of today.
    fn turn_back(&mut self) {
        self.book.turn_back();
        self.effects.push(Effect::Redial);
        self.tell(say::turned_back(self.lang));
    }

    /// Whether a day that has been is seen, and nothing is written; then says so.
    pub(super) fn stays_as_it_was(&mut self) -> bool {
        let Some(at) = self.book.past() else { return false };
        let look = self.look();
        let day = at.say_aloud(self.lang, look.zone);
        let text = say::read_only_past(self.lang, day, look.key(self.scope(), Act::Back));
        self.fail(text);
        true
    }

    fn week(&mut self) {
        let look = self.look();
        let due = self.book.tasks.iter().filter_map(|task| task.due);
        let week = Week::new(self.tasks.whose, look.today(), due.map(|due| due.local(look.zone).date()));
        self.sheets.push(Sheet::Week(week));
    }

    /// Opens the history of what is under the bar.
    fn open_history(&mut self) {
        let of_pane = match self.focus {
            Pane::Tasks => self.tasks.task(&self.book).map(of_task),
            Pane::Timeline => self.timeline.item(&self.book).map(|item| self.called(item.id)),
            Pane::Customers | Pane::Tiers => None,
        };
        match of_pane.or_else(|| self.subject.clone()) {
            Some(record) if matches!(self.link, LinkState::Up) => {
                self.book.ask_history(record.id, self.now);
                self.sheets.push(Sheet::History(History::new(record)));
            }
            Some(_) => self.fail(say::needs_link(self.lang)),
            None => self.fail(say::no_subject(self.lang)),
        }
    }

    /// A record of a timeline, by its kind where it has no name.
    fn called(&self, id: Id) -> Named {
        let label = || Clean::washed(&format!("{} {id}", id.kind.label(self.lang))).0;
        Named { id, name: self.book.name_of(id).unwrap_or_else(label) }
    }

    fn everywhere(&mut self, act: Act) {
        if act.writes() && self.stays_as_it_was() {
            return;
        }
        match act {
            Act::Help => self.sheets.push(Sheet::Help(Help::new(self.scope()))),
            Act::Palette
            | Act::Here
            | Act::AsOf
            | Act::Theme
            | Act::TryPolicy
            | Act::Handover
            | Act::PlaybookStart
            | Act::PlaybookPause
            | Act::CareSkip
            | Act::MemberAway => self.palette(act),
            Act::PlaybookResume | Act::PlaybookStop | Act::MemberBack => {
                self.on_work(act, &Clean::default());
            }
            Act::Playbooks | Act::PlaybookFigures | Act::Care => self.show_work(act),
            Act::PolicyHistory => self.policy_history(),
            Act::Find => {
                self.book.find(&Clean::default(), self.now);
                self.sheets.push(Sheet::Find(Find::new()));
            }
            Act::Filter => self.filter(),
            Act::Views => self.views(),
            Act::Columns => self.columns(),
            Act::Feed => self.feed(),
            Act::Inbox => self.sheets.push(Sheet::News(News::mentions())),
            Act::JumpBack => self.jump(Trail::back),
            Act::JumpForth => self.jump(Trail::forth),
            Act::NextTask => self.order(Desk::take),
            Act::Undo => self.order(Desk::rehearse),
            Act::Redo => self.redo(),
            Act::Copy => self.choose_copy(),
            Act::Week => self.week(),
            Act::Log => self.log(),
            Act::AddTask => self.add_task(),
            Act::AddCustomer => self.add(Kind::Customer),
            Act::AddContact => self.add(Kind::Contact),
            Act::AddDeal => self.add(Kind::Deal),
            Act::AddPurchase => self.add(Kind::Purchase),
            Act::Edit => self.edit(),
            Act::EditCustomer => self.edit_customer(),
            Act::EditRecord => self.choose_record(),
            Act::FocusNext => self.focus_on(self.focus.step(1)),
            Act::FocusPrev => self.focus_on(self.focus.step(3)),
            Act::FocusCustomers => self.focus_on(Pane::Customers),
            Act::FocusTimeline => self.focus_on(Pane::Timeline),
            Act::FocusTasks => self.focus_on(Pane::Tasks),
            Act::FocusTiers if self.focus == Pane::Tiers && self.sheets.is_empty() => self.open_board(),
            Act::FocusTiers => self.focus_on(Pane::Tiers),
            Act::Language => self.lang = self.lang.pick(Lang::Zh, Lang::En),
            Act::History if self.sheets.is_empty() => self.open_history(),
            Act::Back if self.unmark() => {}
            Act::Back if self.back_to_board() => {}
            Act::Back if self.recall() => {}
            Act::Back if self.book.travels() => self.turn_back(),
            Act::Back if self.book.past().is_some() => self.travel(None),
            // Whichever pane is in focus, this shows everybody again.
            Act::Back => {
                self.forget_wanted();
                self.customers.act(act, &mut self.book, 0, self.now);
            }
            Act::TaskDone | Act::TaskSnooze | Act::TasksWhose | Act::Pool | Act::Why
                if !self.sheets.is_empty() =>
            {
                let text = say::not_on_sheet(self.lang, self.look().key(self.scope(), Act::Back));
                self.fail(text);
            }
            Act::Pool => self.open_pool(),
            Act::Why => self.why(),
            Act::Board => self.open_board(),
            Act::Redraw => self.effects.push(Effect::Repaint),
            Act::ReloadKeys => self.effects.push(Effect::ReloadKeys),
            Act::Suspend => self.effects.push(Effect::Suspend),
            Act::Quit if self.many.is_some() => self.question = Some(Question::Leave),
            Act::Quit => self.leave(None),
            _ => self.in_pane(act),
        }
    }

    pub(super) fn in_pane(&mut self, act: Act) {
        let height = self.frame().rows(self.focus);
        match (self.focus, act) {
            (Pane::Customers | Pane::Tasks, _) if act.scope() == Scope::Marks => self.mark(act),
            (_, Act::TasksWhose) => {
                self.focus_on(Pane::Tasks);
                self.forget_wanted();
                self.tasks.act(act, &mut self.book, height, self.now);
            }
            (Pane::Customers, Act::Open) => self.open(Tells::Card),
            (Pane::Customers, Act::Sort) => self.sort(self.customers.next_order()),
            (
                _,
                Act::TaskDone
                | Act::TaskSnooze
                | Act::ChangeAll
                | Act::Assign
                | Act::Tag
                | Act::Untag
                | Act::SetTier
                | Act::Release
                | Act::Archive,
            )
            | (Pane::Tasks, Act::TaskAssign | Act::TaskDrop) => self.open_many(act),
            (_, Act::Claim) => self.claim(),
            (Pane::Timeline, Act::Open) => {
                if let Some(item) = self.timeline.item(&self.book).cloned() {
                    self.open(Tells::Item(Box::new(item)));
                }
            }
            (Pane::Tasks, Act::Open) => {
                self.show_of_task();
                self.focus_on(Pane::Timeline);
            }
            (Pane::Tiers, Act::Open) => {
                if let Some(filter) = self.tiers.filter(&self.book) {
                    self.narrow(filter);
                    self.focus_on(Pane::Customers);
                }
            }
            (Pane::Customers, _) => drop(self.customers.act(act, &mut self.book, height, self.now)),
            (Pane::Timeline, _) => drop(self.timeline.act(act, &self.book, height)),
            (Pane::Tasks, _) => {
                if self.tasks.act(act, &mut self.book, height, self.now) {
                    self.show_of_task();
                }
            }
            (Pane::Tiers, _) => drop(self.tiers.act(act, &self.book)),
        }
    }

    /// Shows who lies in the open pool, the highest tiers first: a view of its own, which leaves the list's order as it
    /// is.
    fn open_pool(&mut self) {
        let (filter, sort) = (Clean::known("pooled:yes"), Clean::known("tier"));
        let name = Clean::known(say::pool(self.lang));
        self.show_view(&View { name, filter, sort, ..View::default() });
    }

    /// The customer that everything is about is to be mine.
    fn claim(&mut self) {
        match self.subject.clone() {
            Some(subject) => self.order(|desk, ticket| desk.claim(&subject, ticket)),
            None => self.fail(say::no_subject(self.lang)),
        }
    }

    /// Narrows the list; marks are of the one before.
    pub(super) fn narrow(&mut self, filter: Clean) {
        if !self.customers.marks.is_empty() && filter != *self.book.list.filter() {
            self.tell(many::dropped(self.lang));
        }
        self.forget_wanted();
        self.customers.arrange(filter, &mut self.book, self.now);
    }

    pub(super) fn open(&mut self, tells: Tells) {
        if self.subject.is_some() {
            self.sheets.push(Sheet::Page(Page::new(tells)));
        }
    }

    pub(super) fn show(&mut self, customer: Named) {
        if self.subject.as_ref().is_none_or(|subject| subject.id != customer.id) {
            self.close_passing();
        }
        self.subject = Some(customer);
        self.customers.stay();
    }

    /// Goes to a customer that was looked up: whatever is done next is done there.
    pub(super) fn visit(&mut self, customer: Named) {
        self.show(customer);
        let is_seen = self.frame().pane(Pane::Customers).is_some();
        self.focus_on(if is_seen { Pane::Customers } else { Pane::Timeline });
    }

    /// Closes what tells of one customer on one day: another one is seen now, or another day.
    pub(super) fn close_passing(&mut self) {
        self.sheets.retain(|sheet| !sheet.passes());
    }

    /// Sorts the list; the bar stays on its customer, wherever that is then.
    pub(super) fn sort(&mut self, field: Clean) {
        self.customers.sort(field, &mut self.book, self.now);
        if let Some(subject) = &self.subject {
            self.book.ask_place(subject.id, self.now);
        }
    }

    /// The window goes along with the customer that everything is about, which one's own act may have moved.
    pub(super) fn follow(&mut self) {
        if let Some(subject) = &self.subject {
            self.book.ask_list_again(self.now);
            self.book.ask_place(subject.id, self.now);
        }
    }

    /// The bar goes to a row that was asked for, if it is still that customer whom everything is about. Of rows that
    /// are still waited for that cannot be told.
    pub(super) fn go_to_row(&mut self) {
        if self.book.waits_for_list() {
            return;
        }
        let subject = self.subject.as_ref().map(|subject| subject.id);
        if let Some((_, row)) = self.book.place.take().filter(|(customer, _)| Some(*customer) == subject) {
            self.book.list.total = self.book.list.total.max(row + 1);
            self.customers.lead(row);
        }
    }

    /// The customer of the task under the bar is what everything is about.
    fn show_of_task(&mut self) {
        if let Some(customer) = self.tasks.task(&self.book).and_then(|task| task.customer.clone()) {
            self.show(customer);
        }
    }

    pub(super) fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        if pane != Pane::Timeline {
            self.lower = pane;
        }
    }

    fn redo(&mut self) {
        match self.desk.taken_back.last().cloned() {
            Some(TakenBack { undo, .. }) => self.order(|desk, ticket| desk.redo(undo, ticket)),
            None => self.fail(say::nothing_to_redo(self.lang)),
        }
    }

    /// Takes the answer to what was asked.
    pub(super) fn answered(&mut self, question: Question, yes: bool) {
        match (question, yes) {
            (Question::Undo(batch, records), true) => {
                self.order(|desk, ticket| desk.undo(Undone::Batch(batch), records, ticket));
            }
            (Question::UndoEntry(seq), true) => {
                self.order(|desk, ticket| desk.undo(Undone::Seq(seq), 1, ticket));
            }
            (Question::Undo(..) | Question::UndoEntry(_), false) => self.tell(say::not_undone(self.lang)),
            (Question::Begin, true) => self.begin(),
            (Question::Begin, false) => {
                self.many = None;
                self.tell(many::not_done(self.lang));
            }
            (Question::Theirs, yes) => self.end_theirs(yes),
            (Question::Adopt, yes) => self.adopt(yes),
            (Question::HandOver, yes) => self.begin_handover(yes),
            (Question::Leave, true) => self.leave(None),
            (Question::Leave, false) => self.tell(many::stays(self.lang)),
        }
    }

    pub(super) fn order(&mut self, order: impl Fn(&mut Desk, u64) -> Send) {
        if matches!(self.link, LinkState::Up) {
            let ticket = self.book.ticket();
            self.effects.push(Effect::Send(order(&mut self.desk, ticket)));
        } else {
            self.fail(say::needs_link(self.lang));
        }
    }
}
