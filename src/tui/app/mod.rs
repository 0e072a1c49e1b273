//! The state of the screen: what is in focus, what lies over it, and who does what with a key.
//!
//! Whatever comes in goes through [`App::on`]: it changes the state and leaves [`Effect`]s for the loop to carry out.
//! What the link tells is in [`heard`], what keys do in [`acts`] and [`writing`], what follows from
//! either in [`settling`], and [`drawing`] only looks.

mod acts;
mod board;
mod company;
mod drawing;
mod handover;
mod heard;
mod many;
mod marking;
mod playbooks;
mod pointing;
mod policy;
mod prompt;
mod settling;
mod theirs;
mod views;
mod worklist;
mod writing;

use ratatui::layout::Rect;

use crate::ipc::client::ClientError;
use crate::keys::{Act, Key, Keymap, Scope, Step};
use crate::model::{Id, Instant, Named, Refusal};
use crate::text::say::tui as say;
use crate::text::{Clean, Lang};
use crate::tui::book::Book;
use crate::tui::desk::Desk;
use crate::tui::drafts::Drafts;
use crate::tui::frame::{Frame, Pane};
use crate::tui::habits::Habits;
use crate::tui::handover::Plan;
use crate::tui::input::{Event, Reason};
use crate::tui::link::{Heard, Send};
use crate::tui::look::Look;
use crate::tui::many::Many;
use crate::tui::panes::Seen;
use crate::tui::panes::customers::Customers;
use crate::tui::panes::tasks::Tasks;
use crate::tui::panes::tiers::Tiers;
use crate::tui::panes::timeline::Timeline;
use crate::tui::sheets::Sheet;
use crate::tui::theme::Theme;
use crate::tui::trail::Trail;

/// How long a key that begins something waits, in milliseconds, before the footer says what may follow.
const HINT: i64 = 300;

/// Something that comes in.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)] // a few at a time, each taken at once
pub(in crate::tui) enum Message {
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
pub(in crate::tui) enum Effect {
    /// Sends something over the link.
    Send(Send),
    /// Takes the order of this ticket back, if it never was sent.
    Recall(u64),
    /// Leaves the connection for another: what was asked is not waited for.
    Redial,
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
    /// Lets the person change this text in their editor.
    Edit(String),
    /// Puts this text on the clipboard of whoever sits at the terminal.
    Copy(String),
    /// Ends.
    Quit(Option<Reason>),
    /// Ends: the store cannot be reached, and waiting does not help.
    Fail(Failure),
}

/// Why the screen cannot go on.
#[derive(Debug)]
pub(in crate::tui) enum Failure {
    /// The server does not let us in.
    Link(ClientError),
    /// The server does not let us act as the member we asked for.
    Stranger(Refusal),
}

/// What the screen begins with.
#[derive(Debug)]
pub(in crate::tui) struct Setup {
    /// Columns and rows.
    pub(in crate::tui) size: (u16, u16),
    /// The language.
    pub(in crate::tui) lang: Lang,
    /// Colours and signs.
    pub(in crate::tui) theme: Theme,
    /// The keys.
    pub(in crate::tui) keys: Keymap,
    /// What was typed before and not sent.
    pub(in crate::tui) drafts: Drafts,
    /// How the list was last had.
    pub(in crate::tui) habits: Habits,
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

/// Something that is asked in the footer: `y` is yes, and any other key no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// Whether to take back this batch of so many records.
    Undo(Id, usize),
    /// Whether to take back this entry of the journal.
    UndoEntry(u64),
    /// Whether to begin the act on many.
    Begin,
    /// Whether to leave before the act on many is finished.
    Leave,
    /// Whether to end tasks of which others are in charge.
    Theirs,
    /// Whether to put the policy that is tried in force.
    Adopt,
    /// Whether to hand a member's book over.
    HandOver,
}

/// The state of the screen.
#[derive(Debug)]
pub(in crate::tui) struct App {
    area: Rect,
    lang: Lang,
    theme: Theme,
    keys: Keymap,
    /// This machine's clock.
    now: Instant,
    link: LinkState,
    book: Book,
    desk: Desk,
    habits: Habits,
    /// The customer that everything is about.
    subject: Option<Named>,
    /// The customers before it.
    trail: Trail,
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
    /// When the last of them was pressed.
    pressed_at: Instant,
    note: Option<Note>,
    /// What is asked; the next key answers.
    question: Option<Question>,
    /// What becomes of the rows that were asked for to be marked.
    wanted: Option<marking::Waiting>,
    /// What the palette told an act, until its form is there.
    told: Option<prompt::Told>,
    /// An act that ends tasks of others, until that is confirmed.
    theirs: Option<theirs::Theirs>,
    /// An act on many that is not finished.
    many: Option<Many>,
    /// The last act on many of which something was refused: what it was, and the refusals.
    refused: Option<(Clean, Vec<(Named, Refusal)>)>,
    /// A handover whose records are asked for.
    handing: Option<Plan>,
    /// A task that was taken and is not among the rows yet; true: it was taken and left before.
    taken: Option<(Id, bool)>,
    /// Where we are, as the others are told.
    place: company::Place,
    /// The board, while the rows behind one of its numbers are seen.
    behind: Option<board::Behind>,
    /// The server was there once.
    met: bool,
    effects: Vec<Effect>,
}

impl App {
    /// The screen before anything is known.
    pub(in crate::tui) fn new(setup: Setup, now: Instant) -> App {
        let Setup { size, lang, theme, keys, drafts, habits } = setup;
        let mut app = App {
            area: Rect::new(0, 0, size.0, size.1),
            lang,
            theme,
            keys: Keymap::default(),
            now,
            link: LinkState::default(),
            book: Book::default(),
            desk: Desk::new(drafts),
            customers: Customers::new(habits.list.clone()),
            habits,
            subject: None,
            trail: Trail::default(),
            focus: Pane::default(),
            lower: Pane::default(),
            timeline: Timeline::default(),
            tasks: Tasks::default(),
            tiers: Tiers::default(),
            sheets: Vec::new(),
            pressed: Vec::new(),
            pressed_at: now,
            note: None,
            question: None,
            wanted: None,
            told: None,
            theirs: None,
            many: None,
            refused: None,
            handing: None,
            taken: None,
            place: company::Place::default(),
            behind: None,
            met: false,
            effects: Vec::new(),
        };
        app.take_keys(keys);
        app
    }

    /// Takes another key map; its faults are told.
    pub(in crate::tui) fn take_keys(&mut self, keys: Keymap) {
        self.keys = keys;
        let faults = self.keys.faults();
        if let Some(fault) = faults.first() {
            let more =
                if faults.len() > 1 { say::more_faults(self.lang, faults.len() - 1) } else { String::new() };
            let text = fault.brief(self.lang) + &more;
            self.fail(text);
        }
    }

    /// Says what became of something the loop did.
    pub(in crate::tui) fn tell(&mut self, text: impl Into<String>) {
        self.note = Some(Note { text: text.into(), failed: false });
    }

    /// The language that is read now.
    pub(in crate::tui) fn lang(&self) -> Lang {
        self.lang
    }

    /// Takes what came in. `now` is this machine's clock.
    pub(in crate::tui) fn on(&mut self, message: Message, now: Instant) {
        self.now = now;
        match message {
            Message::Input(event) => self.input(event),
            Message::Link(heard) => self.heard(heard),
        }
        self.settle();
    }

    /// The clock has reached what [`App::wake`] said: an answer is late, or the day has turned or something become due.
    pub(in crate::tui) fn tick(&mut self, now: Instant) {
        let turned = self.turn().is_some_and(|turn| turn <= now);
        self.now = now;
        if turned {
            self.book.refresh(now);
        }
        self.settle();
    }

    /// When something changes by itself, by this machine's clock; none: never.
    pub(in crate::tui) fn wake(&self) -> Option<Instant> {
        let slow = self.book.slow_at().filter(|at| *at > self.now);
        let hint = (!self.pressed.is_empty()).then(|| self.hint_at()).filter(|at| *at > self.now);
        slow.into_iter().chain(hint).chain(self.place_at()).chain(self.turn()).min()
    }

    /// When it is said what may follow the keys that were pressed: whoever knows has pressed it by then.
    fn hint_at(&self) -> Instant {
        Instant(self.pressed_at.0 + HINT)
    }

    /// When the next row becomes late, or the day turns.
    fn turn(&self) -> Option<Instant> {
        self.book.session.as_ref().filter(|_| self.book.past().is_none())?;
        let (now, zone) = (self.book.store_time(self.now), self.book.zone());
        let midnight = Instant::at(now.local(zone).date().succ_opt()?.and_hms_opt(0, 0, 0)?, zone);
        let due = self.book.tasks.iter().filter_map(|task| task.due).map(|due| due.plus_seconds(1));
        let next = due.filter(|due| *due > now).min().map_or(midnight, |due| due.min(midnight));
        Some(self.book.machine_time(next))
    }

    /// What the loop is to do since the last call.
    pub(in crate::tui) fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    fn input(&mut self, event: Event) {
        match event {
            Event::Key(key) => self.key(key),
            Event::Paste(text) => self.typed(&text),
            Event::Pointer(pointer, at) => self.pointed(pointer, at),
            Event::Resize(columns, rows) => {
                self.area = Rect::new(0, 0, columns.max(1), rows.max(1));
                self.effects.push(Effect::Resize(columns, rows));
            }
            Event::Suspend => self.effects.push(Effect::Suspend),
            Event::Resumed => self.effects.push(Effect::Retake),
            Event::Quit(reason) => self.leave(Some(reason)),
        }
    }

    fn key(&mut self, key: Key) {
        self.note = None;
        if let Some(question) = self.question.take() {
            return self.answered(question, key.typed() == Some('y'));
        }
        self.pressed.push(key);
        self.pressed_at = self.now;
        let scope = self.scope();
        match self.keys.resolve(scope.stack(), &self.pressed) {
            Step::Pending(_) => {}
            Step::Act(act) => {
                self.pressed.clear();
                self.act(act);
            }
            Step::Unbound => {
                let pressed = std::mem::take(&mut self.pressed);
                if let Some(typed) = key.typed().filter(|_| pressed.len() == 1 && self.takes_text()) {
                    self.typed(typed.encode_utf8(&mut [0; 4]));
                } else if pressed.len() == 1 || !self.ends_what_was_begun(key) {
                    let text = self.means_nothing(scope, &pressed);
                    self.fail(text);
                }
            }
        }
    }

    /// Behind keys that begin something, a key that by itself leads back leaves these, and help shows them all.
    fn ends_what_was_begun(&mut self, key: Key) -> bool {
        match self.keys.resolve(self.scope().stack(), &[key]) {
            Step::Act(Act::Back | Act::Cancel) => true,
            Step::Act(Act::Help) => {
                self.act(Act::Help);
                true
            }
            _ => false,
        }
    }

    /// Why keys did nothing: another pane has them, or none has.
    fn means_nothing(&self, scope: Scope, keys: &[Key]) -> String {
        let (lang, look) = (self.lang, self.look());
        let pressed = keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ");
        let elsewhere = Pane::ALL.into_iter().filter(|_| self.sheets.is_empty()).find_map(|pane| match self
            .keys
            .resolve(pane.scope().stack(), keys)
        {
            Step::Act(act) => Some((pane, act)),
            _ => None,
        });
        match elsewhere {
            Some((pane, act)) => {
                let go = look.key(scope, pane.go());
                say::elsewhere(lang, pressed, act.describe(lang), pane.scope().title(lang), go)
            }
            None => say::unbound(lang, pressed, look.key(scope, Act::Help)),
        }
    }

    fn typed(&mut self, text: &str) {
        if let Some(sheet) = self.sheets.last_mut() {
            let left_out = sheet.take(text, &mut self.book, self.now);
            self.keep_draft();
            self.tell_left_out(left_out, text);
        }
    }

    fn fail(&mut self, text: impl Into<String>) {
        self.note = Some(Note { text: text.into(), failed: true });
    }

    fn frame(&self) -> Frame {
        self.frame_in(self.area)
    }

    /// Where things are in a window.
    fn frame_in(&self, area: Rect) -> Frame {
        let frame = Frame::of(area, self.focus, self.lower, self.theme.is_spoken());
        if matches!(self.sheets.last(), Some(Sheet::Narrow(_))) { frame.with_strip() } else { frame }
    }

    fn scope(&self) -> Scope {
        self.sheets.last().map_or(self.focus.scope(), Sheet::scope)
    }

    fn takes_text(&self) -> bool {
        matches!(
            self.sheets.last(),
            Some(
                Sheet::Find(_)
                    | Sheet::Form(_)
                    | Sheet::Help(_)
                    | Sheet::Narrow(_)
                    | Sheet::Palette(_)
                    | Sheet::Views(_)
            )
        )
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
            slow: self.book.is_slow(self.now),
        }
    }
}
