//! What comes in: keys, pastes, sizes and signals, as events in one channel.
//!
//! Three threads send them. One reads keys, but only when there are some and nobody else has the terminal. One waits
//! for the terminal to hang up, because crossterm reads a lost terminal over and over and never says so. One waits for
//! signals.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::process;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::terminal;
use crate::keys::{Code, Key};

/// Something that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed, or is held and repeats.
    Key(Key),
    /// A text was pasted, as the terminal sent it.
    Paste(String),
    /// The pointer did something in a cell: column and row.
    Pointer(Pointer, (u16, u16)),
    /// The terminal has so many columns and rows now.
    Resize(u16, u16),
    /// Somebody asks us to stop for a while, as ctrl-z does.
    Suspend,
    /// We were stopped and go on: the terminal must be taken again and painted.
    Resumed,
    /// The program is to end.
    Quit(Reason),
}

/// What a pointer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// Its first button was pressed.
    Press,
    /// Its wheel was turned towards what is above.
    WheelUp,
    /// Its wheel was turned towards what is below.
    WheelDown,
}

/// Why the program is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Somebody ended it (SIGTERM).
    Terminated,
    /// Somebody interrupted it from outside (SIGINT; ctrl-c is a key).
    Interrupted,
    /// The same with more weight (SIGQUIT).
    Quit,
    /// The terminal is gone.
    HungUp,
}

impl Reason {
    /// The number of the signal that means it.
    pub fn signal(self) -> u8 {
        match self {
            Reason::HungUp => 1,
            Reason::Interrupted => 2,
            Reason::Quit => 3,
            Reason::Terminated => 15,
        }
    }
}

/// The threads that send events; they end with the program.
#[derive(Debug)]
pub struct Input {
    wake: PipeWriter,
    pause: Arc<Pause>,
}

/// Lets the reader of keys sleep while somebody else reads the terminal.
#[derive(Debug, Default)]
struct Pause {
    state: Mutex<PauseState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct PauseState {
    wanted: bool,
    asleep: bool,
    /// We stop ourselves: that we go on again is known to whoever stopped us.
    stopping: bool,
}

/// How long the reader may take to let go of the terminal. It only ever needs long in the middle of a key that never
/// ends, as a broken terminal sends it.
const LET_GO: Duration = Duration::from_millis(500);

/// How long crossterm looks for keys that it has read already. Asked to wait for no time at all it does not look, and
/// what is less than a millisecond it waits for in a busy loop: what comes later is waited for by [`wait_for_key`].
const READ_ALREADY: Duration = Duration::from_micros(100);

impl Input {
    /// Starts sending events. Standard input is a terminal, held by us.
    pub fn start<T: From<Event> + Send + 'static>(events: &Sender<T>) -> io::Result<Input> {
        let (woken, wake) = io::pipe()?;
        let pause = Arc::new(Pause::default());
        let signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
        let sleep = Arc::clone(&pause);
        spawn("keys", events, move |events| read_keys(woken, &sleep, events))?;
        spawn("hang-up", events, wait_for_hang_up)?;
        let editing = Arc::clone(&pause);
        spawn("signals", events, move |events| wait_for_signals(signals, &editing, events))?;
        Ok(Input { wake, pause })
    }

    /// Stops the program with `stop`, which tells whether it did stop, while nobody here reads the terminal. That the
    /// program goes on then is no event: whoever calls takes the terminal again.
    pub fn stopped(&mut self, stop: impl FnOnce() -> io::Result<bool>) -> io::Result<bool> {
        self.pause.lock().stopping = true;
        let stopped = self.paused(stop).and_then(|stopped| stopped);
        if !matches!(stopped, Ok(true)) {
            self.pause.lock().stopping = false;
        }
        stopped
    }

    /// Does something while nobody here reads the terminal, such as running an editor. An interrupt meanwhile is the
    /// editor's.
    pub fn paused<T>(&mut self, what: impl FnOnce() -> T) -> io::Result<T> {
        self.pause.lock().wanted = true;
        self.wake.write_all(&[0])?;
        drop(self.pause.changed.wait_timeout_while(self.pause.lock(), LET_GO, |state| !state.asleep));
        let done = what();
        self.pause.lock().wanted = false;
        self.pause.changed.notify_all();
        Ok(done)
    }
}

impl Pause {
    fn lock(&self) -> MutexGuard<'_, PauseState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sleeps as long as a pause is wanted.
    fn sleep(&self) {
        self.lock().asleep = true;
        self.changed.notify_all();
        drop(self.changed.wait_while(self.lock(), |state| state.wanted));
        self.lock().asleep = false;
    }
}

fn spawn<T: From<Event> + Send + 'static>(
    name: &str,
    events: &Sender<T>,
    run: impl FnOnce(&dyn Fn(Event) -> bool) + Send + 'static,
) -> io::Result<()> {
    let events = events.clone();
    let send = move |event: Event| events.send(T::from(event)).is_ok();
    thread::Builder::new().name(name.to_owned()).spawn(move || run(&send))?;
    Ok(())
}

/// Reads keys until nobody wants them.
fn read_keys(mut woken: PipeReader, pause: &Pause, send: &dyn Fn(Event) -> bool) {
    while let Some(woken_up) = wait_for_key(&woken) {
        if woken_up {
            if woken.read_exact(&mut [0]).is_err() {
                return;
            }
            pause.sleep();
            continue;
        }
        while matches!(event::poll(READ_ALREADY), Ok(true)) {
            let Ok(event) = event::read() else { return };
            if event_of(event).is_some_and(|event| !send(event)) {
                return;
            }
        }
    }
}

/// Waits until there is something to read (`false`) or a pause is asked for (`true`); none when the terminal is gone.
fn wait_for_key(woken: &PipeReader) -> Option<bool> {
    let stdin = io::stdin();
    loop {
        let mut both =
            [PollFd::new(stdin.as_fd(), PollFlags::POLLIN), PollFd::new(woken.as_fd(), PollFlags::POLLIN)];
        match poll(&mut both, PollTimeout::NONE) {
            Err(Errno::EINTR) => continue,
            Err(_) => return None,
            Ok(_) => {}
        }
        let [keys, pause] = both.map(|fd| fd.revents().unwrap_or(PollFlags::empty()));
        return if pause.contains(PollFlags::POLLIN) {
            Some(true)
        } else if keys == PollFlags::POLLIN {
            Some(false)
        } else {
            None
        };
    }
}

fn wait_for_hang_up(send: &dyn Fn(Event) -> bool) {
    let stdin = io::stdin();
    // Asked for nothing, poll reports only that the terminal hung up, failed or was closed.
    let mut terminal = [PollFd::new(stdin.as_fd(), PollFlags::empty())];
    while poll(&mut terminal, PollTimeout::NONE) == Err(Errno::EINTR) {}
    send(Event::Quit(Reason::HungUp));
}

fn wait_for_signals(mut signals: Signals, pause: &Pause, send: &dyn Fn(Event) -> bool) {
    let mut ending = false;
    for signal in signals.forever() {
        let event = match signal {
            SIGINT if pause.lock().wanted => continue,
            SIGINT => Event::Quit(Reason::Interrupted),
            SIGQUIT => Event::Quit(Reason::Quit),
            SIGTERM => Event::Quit(Reason::Terminated),
            SIGHUP => Event::Quit(Reason::HungUp),
            SIGTSTP => Event::Suspend,
            SIGCONT if std::mem::take(&mut pause.lock().stopping) => continue,
            SIGCONT => Event::Resumed,
            _ => {
                let (columns, rows) = terminal::size();
                Event::Resize(columns, rows)
            }
        };
        let quit = matches!(event, Event::Quit(_));
        if quit && ending {
            // Asked twice: whatever holds up the end is not waited for.
            terminal::restore();
            process::exit(128 + signal);
        }
        ending |= quit;
        if !send(event) {
            return;
        }
    }
}

/// Our form of what crossterm read. Sizes come from the signal, whether or not keys are read.
fn event_of(event: event::Event) -> Option<Event> {
    match event {
        event::Event::Key(key) => key_of(key).map(Event::Key),
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Mouse(mouse) => {
            pointer_of(mouse.kind).map(|pointer| Event::Pointer(pointer, (mouse.column, mouse.row)))
        }
        _ => None,
    }
}

/// Our form of a key; none for one that is let go, or that no key map can name.
fn pointer_of(kind: MouseEventKind) -> Option<Pointer> {
    match kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Pointer::Press),
        MouseEventKind::ScrollUp => Some(Pointer::WheelUp),
        MouseEventKind::ScrollDown => Some(Pointer::WheelDown),
        _ => None,
    }
}

fn key_of(key: KeyEvent) -> Option<Key> {
    let KeyEvent { code, modifiers, kind, .. } = key;
    let foreign = KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META;
    if kind == KeyEventKind::Release || modifiers.intersects(foreign) {
        return None;
    }
    let ctrl = modifiers.contains(KeyModifiers::CONTROL);
    let (code, shift) = match code {
        KeyCode::BackTab => (Code::Tab, true),
        KeyCode::Char(c) if ctrl => (Code::Char(control_character(c)), false),
        KeyCode::Char(c) if !c.is_control() => (Code::Char(c), false),
        KeyCode::F(n @ 1..=24) => (Code::F(n), modifiers.contains(KeyModifiers::SHIFT)),
        code => (named(code)?, modifiers.contains(KeyModifiers::SHIFT)),
    };
    Some(Key::new(code, ctrl, modifiers.contains(KeyModifiers::ALT), shift))
}

/// The keys behind the bytes 1C to 1F, which crossterm calls ctrl-4 to ctrl-7.
fn control_character(c: char) -> char {
    match c {
        '4' => '\\',
        '5' => ']',
        '6' => '^',
        '7' => '_',
        c => c,
    }
}

fn named(code: KeyCode) -> Option<Code> {
    Some(match code {
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(code: KeyCode, modifiers: KeyModifiers) -> Option<String> {
        key_of(KeyEvent::new(code, modifiers)).map(|key| key.to_string())
    }

    #[test]
    fn keys_are_called_as_key_maps_call_them() {
        let (none, ctrl, shift) = (KeyModifiers::NONE, KeyModifiers::CONTROL, KeyModifiers::SHIFT);
        for (code, modifiers, name) in [
            (KeyCode::Char('G'), shift, "G"),
            (KeyCode::Char('?'), none, "?"),
            (KeyCode::Char('重'), none, "重"),
            (KeyCode::Char(' '), none, "space"),
            (KeyCode::Char(' '), ctrl, "ctrl-space"),
            (KeyCode::Char('j'), ctrl, "ctrl-j"),
            (KeyCode::Char('7'), ctrl, "ctrl-_"),
            (KeyCode::BackTab, shift, "shift-tab"),
            (KeyCode::Left, ctrl | shift, "ctrl-shift-left"),
            (KeyCode::Enter, KeyModifiers::ALT, "alt-enter"),
            (KeyCode::F(5), none, "f5"),
        ] {
            assert_eq!(read(code, modifiers).as_deref(), Some(name));
        }
    }

    #[test]
    fn what_no_key_map_can_name_is_dropped() {
        assert_eq!(read(KeyCode::Char('a'), KeyModifiers::SUPER), None);
        assert_eq!(read(KeyCode::CapsLock, KeyModifiers::NONE), None);
        let mut released = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        released.kind = KeyEventKind::Release;
        assert_eq!(key_of(released), None);
        assert_eq!(event_of(event::Event::Resize(80, 24)), None);
    }
}
