//! The screen: the only room that names ratatui and crossterm.
//!
//! ```text
//! input (keys, signals) ─┐                   ┌─ effects ──▶ link, terminal
//!                        ├─▶ one channel ─▶ app ─ draw ──▶ screen ─ one write ─▶ terminal
//! link (answers, news) ──┘                   └─ book, desk, panes, sheets
//! ```
//!
//! Whatever comes in is an `app::Message`. The loop takes all that waits, lets `app::App` change its state, carries out
//! the effects, and draws once. Drawing only looks; a frame that looks like the last one writes nothing, and nothing
//! wakes the loop but a message, an answer that is late, and the turn of the day.
//!
//! * `book` is what was asked and answered, `desk` what was ordered, `drafts` what was typed; `link` carries
//!   them to the server and never loses an order.
//! * `panes` are seen all the time, at the places of `frame`; `sheets` lie over them for a while.
//! * [`terminal`] holds the terminal and gives it back, [`input`] turns what comes in into events, [`screen`] draws a
//!   frame in one write through [`painter`], [`theme`] knows what colours mean, `look` the words that depend on the
//!   reader, and [`edit`] is a field of text.

mod app;
mod bar;
mod book;
mod desk;
mod drafts;
pub mod edit;
mod footer;
mod frame;
mod fuzzy;
mod habits;
mod handover;
mod header;
pub mod input;
mod known;
mod link;
mod look;
mod many;
mod marks;
pub mod painter;
mod panes;
mod paper;
mod recall;
pub mod screen;
mod sheets;
pub mod terminal;
#[cfg(test)]
mod tests;
pub mod theme;
mod trail;
mod year;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use app::{App, Effect, Failure, Message, Setup};
use drafts::Drafts;
use habits::Habits;
use input::{Input, Reason};
use link::Link;
use nix::errno::Errno;
use screen::Screen;
use terminal::Held;
use theme::{Palette, Theme};

use crate::config::{self, Config, editor};
use crate::ipc::client::{self, ClientError};
use crate::keys::Keymap;
use crate::model::{Instant, Refusal};
use crate::text::say::{cli as shell, tui as say};
use crate::text::{Clean, Lang};

/// What the screen is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// The store's folder.
    pub store: PathBuf,
    /// The language it begins with.
    pub lang: Lang,
    /// Practice stores: acts as this member.
    pub as_member: Option<Clean>,
    /// Draws with ASCII characters alone; else the locale decides.
    pub ascii: bool,
    /// Shows one pane at a time, without rules and borders, with words in the place of signs.
    pub spoken: bool,
    /// Takes the presses and the wheel of a pointer; the terminal's own selection needs shift then.
    pub pointer: bool,
    /// Draws with colours or without; none: the environment decides.
    pub colour: Option<bool>,
    /// Which colours.
    pub palette: Palette,
    /// The person's state folder; none: drafts are kept in memory only.
    pub state: Option<PathBuf>,
}

/// Why the screen ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Somebody left it.
    Left,
    /// It was ended from outside.
    Ended(Reason),
}

/// Why the screen could not be shown, or not any longer.
#[derive(Debug, thiserror::Error)]
pub enum TuiError {
    /// The terminal is none, or cannot be written to.
    #[error("terminal: {0}")]
    Terminal(#[from] io::Error),
    /// The store's server does not let us in.
    #[error("{0}")]
    Link(#[from] ClientError),
    /// The server does not let us act as the member that was asked for.
    #[error("refused")]
    Refused(Box<Refusal>),
}

/// Shows the screen until somebody leaves it. The terminal is given back however it ends.
pub fn run(options: &Options) -> Result<Exit, TuiError> {
    match show(options) {
        // A frame may meet the missing terminal before the signal comes that says so.
        Err(TuiError::Terminal(error)) if error.raw_os_error() == Some(Errno::EIO as i32) => {
            Ok(Exit::Ended(Reason::HungUp))
        }
        shown => shown,
    }
}

fn show(options: &Options) -> Result<Exit, TuiError> {
    let held = Held::take(options.pointer)?;
    let size = terminal::size();
    let theme = Theme::of(options.colour, |name| std::env::var(name).ok()).with(options.palette);
    let theme = if options.ascii { theme.in_ascii() } else { theme };
    let theme = if options.spoken { theme.in_words() } else { theme };
    // Whatever becomes of the key file, there is a way out.
    let (keys, unread) = match own_keys(options.lang) {
        Ok(keys) => (keys.unwrap_or_else(shipped_keys), None),
        Err(why) => (shipped_keys(), Some(why)),
    };
    let setup = Setup {
        size,
        lang: options.lang,
        theme,
        keys,
        drafts: options
            .state
            .as_deref()
            .map_or_else(Drafts::default, |state| drafts_of(state, &options.store)),
        habits: options
            .state
            .as_deref()
            .map_or_else(Habits::default, |state| habits_of(state, &options.store)),
    };
    let mut shown =
        Shown { screen: Screen::new(terminal::output()?, size.0, size.1), app: App::new(setup, now()), held };
    if let Some(why) = unread {
        shown.app.tell(why);
    }
    // The first frame is there before anything is known.
    shown.draw()?;
    let (messages, inbox) = mpsc::channel();
    let dial = link::dial(&options.store, client::Options::starting(options.lang));
    let link = Link::start(dial, options.as_member.clone(), messages.clone())?;
    let mut input = Input::start(&messages)?;
    loop {
        match shown.step(&inbox, &link, &mut input)? {
            None => shown.draw()?,
            Some(exit) => return Ok(exit),
        }
    }
}

/// The screen on its terminal.
struct Shown {
    screen: Screen<File>,
    app: App,
    held: Held,
}

impl Shown {
    fn draw(&mut self) -> io::Result<()> {
        let Shown { screen, app, .. } = self;
        screen.draw(|buffer| app.draw(buffer))
    }

    /// Waits for something, takes all that waits, and carries out what follows; tells when that was the end.
    fn step(
        &mut self,
        inbox: &Receiver<Message>,
        link: &Link,
        input: &mut Input,
    ) -> Result<Option<Exit>, TuiError> {
        match next(inbox, self.app.wake()) {
            Some(first) => {
                for message in std::iter::once(first).chain(inbox.try_iter()) {
                    self.app.on(message, now());
                }
            }
            None => self.app.tick(now()),
        }
        for effect in self.app.effects() {
            match effect {
                Effect::Send(what) => link.send(what),
                Effect::Recall(ticket) => link.recall(ticket),
                Effect::Redial => link.redial(),
                Effect::Resize(columns, rows) => self.screen.resize(columns, rows),
                Effect::Repaint => self.screen.repaint(),
                Effect::Suspend => {
                    let held = &self.held;
                    if !input.stopped(|| held.suspend())? {
                        self.app.tell(say::no_shell(self.app.lang()));
                    }
                    self.back();
                }
                Effect::Retake => {
                    self.held.retake()?;
                    self.back();
                }
                Effect::Edit(text) => self.edit(&text, input)?,
                Effect::Copy(text) => terminal::copy(&text)?,
                Effect::ReloadKeys => self.reload_keys(),
                Effect::Quit(reason) => return Ok(Some(reason.map_or(Exit::Left, Exit::Ended))),
                Effect::Fail(Failure::Link(error)) => return Err(error.into()),
                Effect::Fail(Failure::Stranger(refusal)) => return Err(TuiError::Refused(Box::new(refusal))),
            }
        }
        Ok(None)
    }

    /// The person's editor has the terminal until it ends.
    fn edit(&mut self, text: &str, input: &mut Input) -> io::Result<()> {
        let held = &self.held;
        let edited = input.paused(|| held.lend(|| in_editor(text)))??;
        self.back();
        match edited {
            Ok(text) => self.app.edited(text),
            Err(error) => self.app.tell(say::no_editor(self.app.lang(), error)),
        }
        Ok(())
    }

    /// The terminal is ours again: whoever had it may have painted over it and given it another size.
    fn back(&mut self) {
        let (columns, rows) = terminal::size();
        self.app.on(Message::Input(input::Event::Resize(columns, rows)), now());
        self.screen.resize(columns, rows);
    }

    fn reload_keys(&mut self) {
        let lang = self.app.lang();
        match own_keys(lang) {
            Ok(keys) => {
                self.app.tell(if keys.is_some() { say::keys_read(lang) } else { say::no_key_file(lang) });
                self.app.take_keys(keys.unwrap_or_else(shipped_keys));
            }
            Err(why) => self.app.tell(why),
        }
    }
}

/// The next message; none when the clock reaches `wake` first.
fn next(inbox: &Receiver<Message>, wake: Option<Instant>) -> Option<Message> {
    let Some(wake) = wake else { return inbox.recv().ok() };
    let pause = Duration::from_millis((wake.0 - now().0).max(0) as u64);
    inbox.recv_timeout(pause).ok()
}

/// The text as it comes back from the editor; none where that ended with an error, and all is as it was.
fn in_editor(text: &str) -> io::Result<Option<Clean>> {
    let file = editor::file(text)?;
    let written =
        editor::run(&file).and_then(|saved| if saved { std::fs::read(&file).map(Some) } else { Ok(None) });
    // What cannot be removed lies in a folder for temporary files.
    let _ = std::fs::remove_file(&file);
    Ok(written?.map(|bytes| Clean::washed(&String::from_utf8_lossy(&bytes)).0))
}

/// This machine's clock.
fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(since.as_millis() as i64)
}

/// The person's own key map, if there is one now, wherever their settings say that it is. An error tells which file was
/// not read, and why.
fn own_keys(lang: Lang) -> Result<Option<Keymap>, String> {
    let own = Config::load().map_err(|error| error.say(lang))?;
    let Some(file) = config::keymap_file(&own) else { return Ok(None) };
    let name = Clean::washed(&file.to_string_lossy()).0.line();
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok(Some(Keymap::user(&name, &text))),
        Err(error) => Err(shell::cannot_read(lang, name, error)),
    }
}

fn shipped_keys() -> Keymap {
    Keymap::shipped("default").unwrap_or_default()
}

/// The drafts of a store, below the person's state folder.
fn drafts_of(state: &Path, store: &Path) -> Drafts {
    Drafts::load(state.join("drafts").join(name_of(store)))
}

/// How the list of a store was last had, below the person's state folder.
fn habits_of(state: &Path, store: &Path) -> Habits {
    Habits::load(state.join("lists").join(format!("{}.json", name_of(store))))
}

/// What a store goes by in the state folder.
fn name_of(store: &Path) -> String {
    let store = std::path::absolute(store).unwrap_or_else(|_| store.into());
    store.to_string_lossy().replace('/', "%")
}
