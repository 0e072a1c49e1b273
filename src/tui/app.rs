//! The state of the screen: what is in focus, what lies over it, and who does what with a key.
//!
//! Whatever comes in goes through [`App::on`]: it changes the state and leaves [`Effect`]s for the loop to carry out.
//! [`App::draw`] only looks.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::book::{Book, Topic};
use super::desk::{Desk, Ordered};
use super::drafts::{Deed, DraftKey, Drafts, Sent};
use super::footer::{self, Tells};
use super::frame::{Frame, Pane, Shape};
use super::header;
use super::input::{Event, Reason};
use super::link::{Heard, Send};
use super::look::Look;
use super::panes::customers::Customers;
use super::panes::tasks::Tasks;
use super::panes::tiers::Tiers;
use super::panes::timeline::Timeline;
use super::panes::{Seen, card};
use super::sheets::find::Find;
use super::sheets::form::Form;
use super::sheets::forms;
use super::sheets::page::{Page, Tells as Telling};
use super::sheets::palette::Palette;
use super::sheets::{Sheet, Wish};
use super::theme::{Mark, Theme};
use crate::ipc::client::ClientError;
use crate::ipc::push::News;
use crate::keys::{Act, Key, Keymap, Scope, Step};
use crate::model::event::Event as Change;
use crate::model::{Answer, Id, Instant, Named, Receipt, Refusal, Whose};
use crate::text::say::tui as say;
use crate::text::{Clean, Lang};

/// Something that comes in.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)] // a few at a time, each taken at once
pub(super) enum Message {
    /// From the terminal.
    Input(Event),
    /// From the link.
    Link(Heard),
}

impl From<Event> for Message {
    fn from(event: Event) -> Message {
        Message::Input(event)
    }
}

impl From<Heard> for Message {
    fn from(heard: Heard) -> Message {
        Message::Link(heard)
    }
}

/// Something that the loop does for the screen.
#[derive(Debug)]
pub(super) enum Effect {
    /// Sends something over the link.
    Send(Send),
    /// Takes the window's new size.
    Resize(u16, u16),
    /// Paints everything again.
    Repaint,
    /// Gives the terminal to the shell until it lets us go on.
    Suspend,
    /// Takes the terminal again.
    Retake,
    /// Reads the key file again.
    ReloadKeys,
    /// Ends.
    Quit(Option<Reason>),
    /// Ends: the store cannot be reached, and waiting does not help.
    Fail(Failure),
}

/// Why the screen cannot go on.
#[derive(Debug)]
pub(super) enum Failure {
    /// The server does not let us in.
    Link(ClientError),
    /// The server does not let us act as the member we asked for.
    Stranger(Refusal),
}

/// What the screen begins with.
#[derive(Debug)]
pub(super) struct Setup {
    /// Columns and rows.
    pub(super) size: (u16, u16),
    /// The language.
    pub(super) lang: Lang,
    /// Colours and signs.
    pub(super) theme: Theme,
    /// The keys.
    pub(super) keys: Keymap,
    /// What was typed before and not sent.
    pub(super) drafts: Drafts,
}

/// What the link is doing.
#[derive(Debug, Default)]
enum LinkState {
    #[default]
    Connecting,
    Up,
    Down(ClientError),
}

/// What became of the last act.
#[derive(Debug)]
struct Note {
    text: String,
    failed: bool,
}

/// The state of the screen.
#[derive(Debug)]
pub(super) struct App {
    area: Rect,
    lang: Lang,
    theme: Theme,
    keys: Keymap,
    /// This machine's clock.
    now: Instant,
    link: LinkState,
    book: Book,
    desk: Desk,
    /// The customer that everything is about.
    subject: Option<Named>,
    focus: Pane,
    /// The pane below the timeline, where two are seen.
    lower: Pane,
    customers: Customers,
    timeline: Timeline,
    tasks: Tasks,
    tiers: Tiers,
    sheets: Vec<Sheet>,
    /// Keys that begin something.
    pressed: Vec<Key>,
    note: Option<Note>,
    /// A task that was taken and is not among the rows yet.
    taken: Option<Id>,
    /// The server was there once.
    met: bool,
    effects: Vec<Effect>,
}

impl App {
    /// The screen before anything is known.
    pub(super) fn new(setup: Setup, now: Instant) -> App {
        let Setup { size, lang, theme, keys, drafts } = setup;
        let mut app = App {
            area: Rect::new(0, 0, size.0, size.1),
            lang,
            theme,
            keys: Keymap::default(),
            now,
            link: LinkState::default(),
            book: Book::default(),
            desk: Desk::new(drafts),
            subject: None,
            focus: Pane::default(),
            lower: Pane::default(),
            customers: Customers::default(),
            timeline: Timeline::default(),
            tasks: Tasks::default(),
            tiers: Tiers::default(),
            sheets: Vec::new(),
            pressed: Vec::new(),
            note: None,
            taken: None,
            met: false,
            effects: Vec::new(),
        };
        app.take_keys(keys);
        app
    }

    /// Takes another key map; its faults are told.
    pub(super) fn take_keys(&mut self, keys: Keymap) {
        self.keys = keys;
        if let Some(fault) = self.keys.faults().first() {
            let text = say::keys_faulty(self.lang, fault.text(self.lang), self.keys.faults().len());
            self.fail(text);
        }
    }

    /// Says what became of something the loop did.
    pub(super) fn tell(&mut self, text: impl Into<String>) {
        self.note = Some(Note { text: text.into(), failed: false });
    }

    /// The language that is read now.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// Takes what came in. `now` is this machine's clock.
    pub(super) fn on(&mut self, message: Message, now: Instant) {
        self.now = now;
        match message {
            Message::Input(event) => self.input(event),
            Message::Link(heard) => self.heard(heard),
        }
        self.settle();
    }

    /// The clock has reached what [`App::wake`] said: an answer is late, or the day has turned or something become due.
    pub(super) fn tick(&mut self, now: Instant) {
        let turned = self.turn().is_some_and(|turn| turn <= now);
        self.now = now;
        if turned {
            self.book.refresh(now);
        }
        self.settle();
    }

    /// When something changes by itself, by this machine's clock; none: never.
    pub(super) fn wake(&self) -> Option<Instant> {
        let slow = self.book.slow_at().filter(|at| *at > self.now);
        slow.into_iter().chain(self.turn()).min()
    }

    /// When the next row becomes late, or the day turns.
    fn turn(&self) -> Option<Instant> {
        self.book.session.as_ref()?;
        let (now, zone) = (self.book.store_time(self.now), self.book.zone());
        let midnight = Instant::at(now.local(zone).date().succ_opt()?.and_hms_opt(0, 0, 0)?, zone);
        let due = self.book.tasks.iter().filter_map(|task| task.due).map(|due| due.plus_seconds(1));
        let next = due.filter(|due| *due > now).min().map_or(midnight, |due| due.min(midnight));
        Some(self.book.machine_time(next))
    }

    /// What the loop is to do since the last call.
    pub(super) fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    // What comes in.

    fn input(&mut self, event: Event) {
        match event {
            Event::Key(key) => self.key(key),
            Event::Paste(text) => self.typed(&text),
            Event::Resize(columns, rows) => {
                self.area = Rect::new(0, 0, columns.max(1), rows.max(1));
                self.effects.push(Effect::Resize(columns, rows));
            }
            Event::Suspend => self.effects.push(Effect::Suspend),
            Event::Resumed => self.effects.push(Effect::Retake),
            Event::Quit(reason) => self.effects.push(Effect::Quit(Some(reason))),
        }
    }

    fn key(&mut self, key: Key) {
        self.note = None;
        self.pressed.push(key);
        let scope = self.scope();
        match self.keys.resolve(scope.stack(), &self.pressed) {
            Step::Pending(_) => {}
            Step::Act(act) => {
                self.pressed.clear();
                self.act(act);
            }
            Step::Unbound => {
                let pressed: Vec<String> =
                    std::mem::take(&mut self.pressed).iter().map(Key::to_string).collect();
                match key.typed().filter(|_| pressed.len() == 1 && self.takes_text()) {
                    Some(typed) => self.typed(typed.encode_utf8(&mut [0; 4])),
                    None => {
                        let help = self.look().key(scope, Act::Help);
                        self.fail(say::unbound(self.lang, pressed.join(" "), help));
                    }
                }
            }
        }
    }

    fn typed(&mut self, text: &str) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.take(text, &mut self.book, self.now);
            self.keep_draft();
        }
    }

    fn heard(&mut self, heard: Heard) {
        match heard {
            Heard::Up => self.up(),
            Heard::Down(error) => self.down(error),
            Heard::Stranger(refusal) => self.effects.push(Effect::Fail(Failure::Stranger(refusal))),
            Heard::Answer(ticket, answer) => self.answer(ticket, answer),
            Heard::Receipt(ticket, receipt) => self.receipt(ticket, receipt),
            Heard::News(news) => self.changed(&news),
        }
    }

    fn up(&mut self) {
        self.link = LinkState::Up;
        if std::mem::replace(&mut self.met, true) {
            self.book.refresh(self.now);
            return;
        }
        self.book.open(Whose::Mine, self.now);
        let again = self.desk.left_behind(|| self.book.ticket());
        self.effects.extend(again.into_iter().map(Effect::Send));
    }

    fn down(&mut self, error: ClientError) {
        if !self.met && !waiting_helps(&error) {
            self.effects.push(Effect::Fail(Failure::Link(error)));
            return;
        }
        self.link = LinkState::Down(error);
        if matches!(self.sheets.last(), Some(Sheet::Form(form)) if form.saving) {
            self.sheets.pop();
            self.tell(say::will_be_sent(self.lang));
        }
    }

    fn answer(&mut self, ticket: u64, answer: Result<Answer, Refusal>) {
        let why = answer.as_ref().err().cloned();
        let topic = self.book.heard(ticket, answer, self.now);
        match (topic, why) {
            (Some(Topic::Found | Topic::Card) | None, _) => {}
            (Some(_), Some(refusal)) => {
                let text = self.look().refusal(&refusal);
                self.fail(text);
            }
            (Some(Topic::Tasks), None) => self.show_taken(),
            (Some(_), None) => {}
        }
    }

    fn changed(&mut self, news: &News<Id>) {
        self.book.changed(&news.changed, self.subject.as_ref().map(|subject| subject.id), self.now);
    }

    fn receipt(&mut self, ticket: u64, receipt: Result<Receipt, Refusal>) {
        match (self.desk.receipt(ticket), receipt) {
            (None, _) => {}
            (Some(Ordered::Form(key, name, sent)), Ok(_)) => {
                let kept = self.desk.drafts.delivered(sent);
                self.safe(kept);
                if self.saving(key).is_some() {
                    self.sheets.pop();
                }
                let done = match key.0 {
                    Deed::Log => say::logged(self.lang, name),
                    Deed::Task => say::task_added(self.lang, name),
                    Deed::Done => say::task_done(self.lang, name),
                };
                self.tell(done);
            }
            (Some(Ordered::Form(key, _, sent)), Err(refusal)) => self.refused(key, sent, refusal),
            (Some(Ordered::Undo), Ok(receipt)) => {
                self.tell(say::undone(self.lang, undone(&receipt, self.lang)))
            }
            (Some(Ordered::Take), Ok(receipt)) => {
                self.taken = receipt.ids.first().copied();
                self.tasks.whose = Whose::Mine;
                self.book.ask_tasks(Whose::Mine, self.now);
            }
            (Some(_), Err(refusal)) => {
                let text = self.look().refusal(&refusal);
                self.fail(text);
            }
        }
    }

    fn refused(&mut self, key: DraftKey, sent: Sent, refusal: Refusal) {
        let kept = self.desk.drafts.refused(sent);
        self.safe(kept);
        match self.saving(key) {
            Some(form) => form.refuse(refusal),
            None => {
                let why = self.look().refusal(&refusal);
                self.fail(say::refused_draft(self.lang, why));
            }
        }
    }

    /// The form that waits for its receipt, if it is still on top.
    fn saving(&mut self, key: DraftKey) -> Option<&mut Form> {
        match self.sheets.last_mut() {
            Some(Sheet::Form(form)) if form.saving && (form.deed, form.about.id) == key => Some(form),
            _ => None,
        }
    }

    /// Goes to a task that was taken, once it is among the rows.
    fn show_taken(&mut self) {
        let Some(task) = self.taken.and_then(|taken| self.book.tasks.iter().find(|task| task.id == taken))
        else {
            return;
        };
        self.subject = task.customer.clone().or(self.subject.take());
        let text = say::task_taken(self.lang, &task.title);
        self.tasks.go(task.id);
        self.taken = None;
        self.focus_on(Pane::Tasks);
        self.tell(text);
    }

    // What keys do.

    fn act(&mut self, act: Act) {
        let height = usize::from(self.area.height);
        let done = self.sheets.last_mut().and_then(|sheet| sheet.act(act, &mut self.book, height, self.now));
        match done {
            Some(wishes) => {
                self.keep_draft();
                wishes.into_iter().for_each(|wish| self.wish(wish));
            }
            None => self.everywhere(act),
        }
    }

    fn wish(&mut self, wish: Wish) {
        match wish {
            Wish::Close => {
                if let Some(Sheet::Form(form)) = self.sheets.pop()
                    && !form.is_blank()
                    && !form.saving
                {
                    self.tell(say::draft_kept(self.lang));
                }
            }
            Wish::Show(customer) => self.show(customer),
            Wish::Narrow(filter) => self.customers.arrange(filter, &mut self.book, self.now),
            Wish::Run(act) => self.act(act),
            Wish::Save => self.save(),
        }
    }

    fn everywhere(&mut self, act: Act) {
        match act {
            Act::Help => self.sheets.push(Sheet::Page(Page::new(Telling::Keys(self.scope())))),
            Act::Palette => self.sheets.push(Sheet::Palette(Palette::new(self.scope(), false))),
            Act::Here => self.sheets.push(Sheet::Palette(Palette::new(self.scope(), true))),
            Act::Find => {
                self.book.find(&Clean::default(), self.now);
                self.sheets.push(Sheet::Find(Find::new()));
            }
            Act::NextTask => self.order(Desk::take),
            Act::Undo => self.order(Desk::undo),
            Act::Log => self.log(),
            Act::AddTask => self.add_task(),
            Act::FocusNext => self.focus_on(self.focus.step(1)),
            Act::FocusPrev => self.focus_on(self.focus.step(3)),
            Act::FocusCustomers => self.focus_on(Pane::Customers),
            Act::FocusTimeline => self.focus_on(Pane::Timeline),
            Act::FocusTasks => self.focus_on(Pane::Tasks),
            Act::FocusTiers => self.focus_on(Pane::Tiers),
            Act::Language => self.lang = self.lang.pick(Lang::Zh, Lang::En),
            Act::Redraw => self.effects.push(Effect::Repaint),
            Act::ReloadKeys => self.effects.push(Effect::ReloadKeys),
            Act::Suspend => self.effects.push(Effect::Suspend),
            Act::Quit => self.effects.push(Effect::Quit(None)),
            _ => self.in_pane(act),
        }
    }

    fn in_pane(&mut self, act: Act) {
        let height = self.frame().rows(self.focus);
        match (self.focus, act) {
            (Pane::Customers, Act::Open) => self.open(Telling::Card),
            (Pane::Timeline, Act::Open) => {
                if let Some(item) = self.timeline.item(&self.book).cloned() {
                    self.open(Telling::Item(Box::new(item)));
                }
            }
            (Pane::Tasks, Act::Open) => {
                self.show_of_task();
                self.focus_on(Pane::Timeline);
            }
            (Pane::Tasks, Act::TaskDone) => self.end_task(),
            (Pane::Tiers, Act::Open) => {
                if let Some(filter) = self.tiers.filter(&self.book) {
                    self.customers.arrange(filter, &mut self.book, self.now);
                    self.focus_on(Pane::Customers);
                }
            }
            (Pane::Customers, _) => drop(self.customers.act(act, &mut self.book, height, self.now)),
            (Pane::Timeline, _) => drop(self.timeline.act(act, &self.book, height)),
            (Pane::Tasks, _) => {
                if self.tasks.act(act, &mut self.book, height, self.now) && act != Act::TasksWhose {
                    self.show_of_task();
                }
            }
            (Pane::Tiers, _) => drop(self.tiers.act(act, &self.book)),
        }
    }

    fn open(&mut self, tells: Telling) {
        if self.subject.is_some() {
            self.sheets.push(Sheet::Page(Page::new(tells)));
        }
    }

    fn show(&mut self, customer: Named) {
        self.subject = Some(customer);
        self.customers.stay();
    }

    /// The customer of the task under the bar is what everything is about.
    fn show_of_task(&mut self) {
        if let Some(customer) = self.tasks.task(&self.book).and_then(|task| task.customer.clone()) {
            self.show(customer);
        }
    }

    fn focus_on(&mut self, pane: Pane) {
        self.focus = pane;
        if pane != Pane::Timeline {
            self.lower = pane;
        }
    }

    fn order(&mut self, order: impl Fn(&mut Desk, u64) -> Send) {
        if matches!(self.link, LinkState::Up) {
            let ticket = self.book.ticket();
            self.effects.push(Effect::Send(order(&mut self.desk, ticket)));
        } else {
            self.fail(say::needs_link(self.lang));
        }
    }

    // Forms.

    fn log(&mut self) {
        let Some(customer) = self.subject.clone() else { return self.fail(say::no_subject(self.lang)) };
        let card = self.book.card.as_deref().filter(|card| card.line.id == customer.id);
        let task = self.tasks.task(&self.book).filter(|task| {
            self.focus == Pane::Tasks && task.customer.as_ref().is_some_and(|named| named.id == customer.id)
        });
        let form = forms::log::form(customer, card, task);
        self.open_form(form);
    }

    fn add_task(&mut self) {
        let Some(customer) = self.subject.clone() else { return self.fail(say::no_subject(self.lang)) };
        let card = self.book.card.as_deref().filter(|card| card.line.id == customer.id);
        let owner = card.and_then(|card| card.line.owner.clone());
        let beside = card.map_or(&[][..], |card| &card.collaborators).iter().map(|(named, _)| named.clone());
        let colleagues: Vec<Named> = owner.into_iter().chain(beside).collect();
        let me = self.book.session.as_ref().map(|session| &session.member);
        let form = forms::task::form(customer, me, &colleagues);
        self.open_form(form);
    }

    fn end_task(&mut self) {
        match self.tasks.task(&self.book) {
            Some(task) => {
                let task = Named { id: task.id, name: task.title.clone() };
                self.open_form(forms::done::form(task));
            }
            None => self.fail(say::no_task_here(self.lang)),
        }
    }

    fn open_form(&mut self, mut form: Form) {
        if let Some(draft) = self.desk.drafts.get((form.deed, form.about.id)) {
            form.restore(draft);
        }
        self.sheets.push(Sheet::Form(Box::new(form)));
    }

    /// Keeps what stands in the form on top.
    fn keep_draft(&mut self) {
        let Some(Sheet::Form(form)) = self.sheets.last() else { return };
        if form.saving {
            return;
        }
        let drafts = &mut self.desk.drafts;
        let kept = match form.is_blank() {
            true => drafts.drop((form.deed, form.about.id)),
            false => drafts.keep(form.draft()),
        };
        self.safe(kept);
    }

    fn save(&mut self) {
        let Some(Sheet::Form(form)) = self.sheets.last_mut() else { return };
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
    fn safe(&mut self, written: std::io::Result<()>) {
        if let Err(error) = written {
            self.fail(say::draft_unsafe(self.lang, error));
        }
    }

    fn fail(&mut self, text: impl Into<String>) {
        self.note = Some(Note { text: text.into(), failed: true });
    }

    // What is seen.

    fn frame(&self) -> Frame {
        Frame::of(self.area, self.focus, self.lower)
    }

    fn scope(&self) -> Scope {
        match (self.sheets.last(), self.focus) {
            (Some(sheet), _) => sheet.scope(),
            (None, Pane::Customers) => Scope::Customers,
            (None, Pane::Timeline) => Scope::Timeline,
            (None, Pane::Tasks) => Scope::Tasks,
            (None, Pane::Tiers) => Scope::Tiers,
        }
    }

    fn takes_text(&self) -> bool {
        matches!(self.sheets.last(), Some(Sheet::Find(_) | Sheet::Form(_) | Sheet::Palette(_)))
    }

    fn look(&self) -> Look<'_> {
        Look {
            theme: self.theme,
            lang: self.lang,
            session: self.book.session.as_ref(),
            zone: self.book.zone(),
            now: self.book.store_time(self.now),
            keys: &self.keys,
        }
    }

    fn seen(&self, pane: Pane) -> Seen<'_> {
        Seen {
            look: self.look(),
            book: &self.book,
            subject: self.subject.as_ref(),
            focus: self.focus == pane && self.sheets.is_empty(),
            waits: self.book.card_is_slow(self.now),
        }
    }

    /// Brings everything that depends on something else up to date, and asks for what is missing.
    fn settle(&mut self) {
        let frame = self.frame();
        let subject = self.subject.as_ref().map(|subject| subject.id);
        let rows = frame.rows(Pane::Customers);
        if let Some(moved) = self.customers.settle(&self.book, subject, rows) {
            self.subject = Some(moved);
        }
        let timeline = frame.pane(Pane::Timeline).unwrap_or(frame.area);
        if self.met {
            self.book.look(self.customers.seen(rows), self.now);
            if let Some(subject) = &self.subject {
                self.book.ask_card(subject.id, self.timeline.items(timeline.width), self.now);
            }
        }
        let subject = self.subject.as_ref().map(|subject| subject.id);
        self.timeline.settle(&self.book, subject, timeline, self.lang);
        self.tasks.settle(&self.book, frame.rows(Pane::Tasks));
        self.tiers.settle(&self.book);
        if let Some(mut sheet) = self.sheets.pop() {
            sheet.settle(&frame, self.seen(self.focus));
            self.sheets.push(sheet);
        }
        self.effects.extend(self.book.sends().into_iter().map(Effect::Send));
    }

    /// Draws the screen; gives the place of the caret, where there is one.
    pub(super) fn draw(&self, buffer: &mut Buffer) -> Option<Position> {
        let frame = Frame::of(buffer.area, self.focus, self.lower);
        if frame.shape == Shape::Notice {
            buffer.set_stringn(0, 0, say::too_small(self.lang), usize::from(buffer.area.width), Style::new());
            return None;
        }
        self.draw_panes(buffer, &frame);
        let caret = match self.sheets.last() {
            Some(sheet) => sheet.draw(buffer, &frame, self.seen(self.focus)),
            None => None,
        };
        let tells = match (&self.note, self.keys.resolve(self.scope().stack(), &self.pressed)) {
            (_, Step::Pending(rest)) if !self.pressed.is_empty() => Tells::Rest(&self.pressed, rest),
            (Some(note), _) => Tells::Note(&note.text, note.failed),
            (None, _) => Tells::Keys(self.scope()),
        };
        let (link, style) = self.link_state();
        footer::draw(buffer, &frame, &tells, (&link, style), &self.look());
        caret
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
        match &self.link {
            LinkState::Connecting => (say::connecting(lang).to_owned(), theme.dim()),
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

/// What an undo took back: the kinds of the records, each once.
fn undone(receipt: &Receipt, lang: Lang) -> String {
    let mut words: Vec<String> = Vec::new();
    for change in &receipt.changes {
        let kind = change.record().kind;
        let word = match change {
            Change::Set { field, .. } => {
                format!("{} {}", kind.label(lang), kind.info(field.code).map_or("", |info| info.name))
            }
            _ => kind.label(lang).to_owned(),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(lang.pick(", ", "、"))
}
