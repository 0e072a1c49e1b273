//! Tests of the whole screen: keys go in, frames come out. The server is a small book that answers from memory.

#![allow(clippy::result_large_err)] // refusals travel by value, as they do on the wire

mod acts;
mod ascii;
mod board;
mod forms;
mod frames;
mod keys;
mod link;
mod looking;
mod marks;
mod mentions;
mod mono;
mod panes;
mod past;
mod playbooks;
mod pointing;
mod policies;
mod records;
mod server;
mod sheets;
mod together;
mod views;
mod why;

use self::server::Server;
use super::app::{App, Effect, Message, Setup};
use super::drafts::Drafts;
use super::habits::Habits;
use super::input::Event;
use super::link::{Heard, Send};
use super::screen::Screen;
use super::theme::Theme;
use crate::keys::{Keymap, Keys};
use crate::model::{Id, Instant, Kind};
use crate::text::{Clean, Lang};

/// Tuesday, 24 November 2026, 14:32 in Shanghai.
const NOW: Instant = Instant(1_795_501_920_000);

fn clean(text: &str) -> Clean {
    Clean::new(text).unwrap()
}

/// The screen with its server.
struct Desk {
    app: App,
    server: Server,
    /// What the screen sent while nobody answered.
    unanswered: Vec<Send>,
    online: bool,
    /// The text that is in the editor.
    lent: Option<String>,
    /// What is on the clipboard.
    copied: Option<String>,
    now: Instant,
    quit: bool,
    /// How often another connection was wanted.
    redialed: usize,
    /// The orders that were to be taken back.
    recalled: Vec<u64>,
}

impl Desk {
    fn new(lang: Lang, size: (u16, u16)) -> Desk {
        Desk::with(lang, size, Drafts::default(), Keymap::shipped("default").unwrap())
    }

    fn seen_in(theme: Theme, lang: Lang, size: (u16, u16)) -> Desk {
        Desk::of(theme, lang, size, Drafts::default(), Keymap::shipped("default").unwrap())
    }

    fn with(lang: Lang, size: (u16, u16), drafts: Drafts, keys: Keymap) -> Desk {
        Desk::of(Theme::new(true, false), lang, size, drafts, keys)
    }

    fn of(theme: Theme, lang: Lang, size: (u16, u16), drafts: Drafts, keys: Keymap) -> Desk {
        let habits = Habits::default();
        let setup = Setup { size, lang, theme, keys, drafts, habits };
        let server = Server::new(lang);
        let app = App::new(setup, NOW);
        Desk {
            app,
            server,
            unanswered: Vec::new(),
            online: true,
            lent: None,
            copied: None,
            now: NOW,
            quit: false,
            redialed: 0,
            recalled: Vec::new(),
        }
    }

    fn up(mut self) -> Desk {
        self.hear(Heard::Up);
        self
    }

    fn hear(&mut self, heard: Heard) {
        self.app.on(Message::Link(heard), self.now);
        self.carry();
    }

    fn event(&mut self, event: Event) {
        self.app.on(Message::Input(event), self.now);
        self.carry();
    }

    /// Lets so many milliseconds pass.
    fn wait(&mut self, milliseconds: i64) {
        self.now = Instant(self.now.0 + milliseconds);
        self.app.tick(self.now);
        self.carry();
    }

    /// Carries out what follows, until nothing does.
    fn carry(&mut self) {
        loop {
            let effects = self.app.effects();
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                match effect {
                    Effect::Send(send) if self.online => self.answer(send),
                    Effect::Send(send) => self.unanswered.push(send),
                    Effect::Edit(text) => self.lent = Some(text),
                    Effect::Copy(text) => self.copied = Some(text),
                    Effect::Quit(_) => self.quit = true,
                    Effect::Redial => self.redialed += 1,
                    Effect::Recall(ticket) => self.recalled.push(ticket),
                    _ => {}
                }
            }
        }
    }

    fn answer(&mut self, send: Send) {
        let heard = match send {
            Send::Ask(ticket, query) => Heard::Answer(ticket, self.server.answer(&query)),
            Send::AskAsOf(ticket, on, query) => Heard::Answer(ticket, self.server.answer_as_of(on, &query)),
            Send::Do(ticket, client, order) => Heard::Receipt(ticket, self.server.carry_out(client, &order)),
            Send::DoAll(ticket, client, orders) => {
                let done = orders.iter().map(|order| self.server.carry_out(client, order)).collect();
                Heard::Receipts(ticket, done)
            }
        };
        self.app.on(Message::Link(heard), self.now);
    }

    /// Presses keys: names as in key maps, divided by blanks; what stands in quotes is typed.
    fn keys(&mut self, keys: &str) -> &mut Desk {
        for (at, part) in keys.split('"').enumerate() {
            if at % 2 == 1 {
                let typed: Vec<String> = part
                    .chars()
                    .map(|typed| if typed == ' ' { "space".into() } else { typed.to_string() })
                    .collect();
                self.press(&typed.join(" "));
            } else {
                self.press(part);
            }
        }
        self
    }

    fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let keys: Keys = key.parse().unwrap_or_else(|why| panic!("{key}: {why:?}"));
            for key in keys.iter() {
                self.event(Event::Key(*key));
            }
        }
    }

    /// What a terminal shows after a first frame.
    fn text(&self, (columns, rows): (u16, u16)) -> String {
        let mut screen = Screen::new(Vec::new(), columns, rows);
        screen.draw(|buffer| self.app.draw(buffer)).unwrap();
        let [rows, columns] = [rows, columns].map(|cells| std::num::NonZero::new(cells).unwrap());
        let mut terminal = vt100::Parser::new(rows, columns, 0);
        terminal.process(screen.writer());
        let shown = terminal.screen().rows(0, columns.get()).map(|row| format!("{}\n", row.trim_end()));
        shown.collect()
    }

    fn small(&self) -> String {
        self.text((80, 24))
    }

    fn row(&self, at: usize) -> String {
        self.small().lines().nth(at).unwrap_or_default().to_owned()
    }

    fn footer(&self) -> String {
        self.row(23)
    }
}
