//! Holds the terminal, and gives it back.
//!
//! Whatever ends or interrupts the screen (the end, a panic, a signal, ctrl-z, an editor) goes through one
//! [`restore`]. It may be called at any time, from any thread and more than once.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{panic, process, thread};

use crossterm::Command;
use crossterm::clipboard::CopyToClipboard;
use crossterm::terminal as raw;
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, getppid, getsid, write};

/// Alternate screen, no wrapping at the right edge, pastes in brackets, no cursor.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?25l";
/// Presses and wheels of the pointer, with places beyond column 223.
const POINT: &[u8] = b"\x1b[?1000h\x1b[?1006h";
/// The same undone, after whatever half a frame may have left: a synchronised update, colours. The page is emptied
/// first: of one that grew meanwhile tmux leaves rows above the prompt.
const LEAVE: &[u8] =
    b"\x1b[?2026l\x1b[?1006l\x1b[?1000l\x1b[m\x1b[H\x1b[2J\x1b[?25h\x1b[?2004l\x1b[?7h\x1b[?1049l";

static HELD: AtomicBool = AtomicBool::new(false);
static POINTED: AtomicBool = AtomicBool::new(false);

/// The terminal while the screen has it; dropping it gives it back.
#[derive(Debug)]
pub struct Held(());

impl Held {
    /// Takes the terminal, with its pointer or without. It fails where standard input or output is none.
    pub fn take(pointer: bool) -> io::Result<Held> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "standard input and output are no terminal",
            ));
        }
        restore_on_panic();
        POINTED.store(pointer, Ordering::SeqCst);
        enter()?;
        Ok(Held(()))
    }

    /// Takes the terminal again after the process was stopped and went on: a shell had it meanwhile. The next frame
    /// must paint everything.
    pub fn retake(&self) -> io::Result<()> {
        restore();
        enter()
    }

    /// Gives the terminal back, does something else with it (an editor), and takes it again. Whoever calls pauses the
    /// input first, and paints everything afterwards.
    pub fn lend<T>(&self, what: impl FnOnce() -> T) -> io::Result<T> {
        restore();
        let done = what();
        enter()?;
        Ok(done)
    }

    /// Gives the terminal back to the shell and stops, with everything else in the process group; returns when the
    /// shell lets us go on. Without a shell that could, nothing happens and this is `false`.
    pub fn suspend(&self) -> io::Result<bool> {
        if !somebody_can_wake_us() {
            return Ok(false);
        }
        self.lend(|| kill(Pid::from_raw(0), Signal::SIGSTOP))??;
        Ok(true)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back as it was before; without effect if it is not held. Tells whether it was.
pub fn restore() -> bool {
    let held = HELD.swap(false, Ordering::SeqCst);
    if held {
        // Neither may fail loudly: this also runs when the terminal is gone.
        let _ = send(LEAVE);
        let _ = raw::disable_raw_mode();
    }
    held
}

/// Where frames are written to: standard output without a buffer, so that a frame is one write.
pub fn output() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// Columns and rows of the terminal; 80x24 where it does not say.
pub fn size() -> (u16, u16) {
    match raw::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => (columns, rows),
        _ => (80, 24),
    }
}

/// How many columns the terminal moves its cursor for a character; none where it does not tell. The line is left empty.
pub fn columns_of(sign: char) -> Option<u16> {
    raw::enable_raw_mode().ok()?;
    let told = send(format!("\r{sign}").as_bytes()).and_then(|()| crossterm::cursor::position());
    let _ = send(b"\r\x1b[K");
    let _ = raw::disable_raw_mode();
    told.ok().map(|(column, _)| column)
}

/// Puts a text on the clipboard of whoever sits at the terminal, by OSC 52; terminals that do not know it ignore it. In
/// tmux it is sent twice: to tmux, which takes it with `set-clipboard on`, and through it.
pub fn copy(text: &str) -> io::Result<()> {
    let mut sequence = String::new();
    let _ = CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence);
    if std::env::var_os("TMUX").is_some() {
        sequence += &through_tmux(&sequence);
    }
    send(sequence.as_bytes())
}

/// A sequence that tmux hands on to its own terminal.
fn through_tmux(sequence: &str) -> String {
    format!("\x1bPtmux;{}\x1b\\", sequence.replace('\x1b', "\x1b\x1b"))
}

fn enter() -> io::Result<()> {
    HELD.store(true, Ordering::SeqCst);
    let pointed = if POINTED.load(Ordering::SeqCst) { POINT } else { &[] };
    let entered = raw::enable_raw_mode().and_then(|()| send(&[ENTER, pointed].concat()));
    if entered.is_err() {
        restore();
    }
    entered
}

/// Writes past `io::stdout`, whose lock a panicking thread may hold.
fn send(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match write(io::stdout(), bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
    Ok(())
}

/// A panic gives the terminal back before it is printed. In any thread but this one it ends the program: a screen
/// without its input is a trap.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let owner = thread::current().id();
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let held = restore();
            print(info);
            if held && thread::current().id() != owner {
                process::exit(101);
            }
        }));
    });
}

/// Whether our parent belongs to our session, as a shell does that can say `fg`. Started by sshd or tmux without a
/// shell between, a stopped process would stay stopped.
fn somebody_can_wake_us() -> bool {
    match (getsid(None), getsid(Some(getppid()))) {
        (Ok(ours), Ok(theirs)) => ours == theirs,
        _ => false,
    }
}
