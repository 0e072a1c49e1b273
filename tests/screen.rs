//! The screen on a terminal of its own: whatever ends or interrupts the program, the terminal is given back.
//!
//! The tests wait for what is written, never for time to pass; what does not come within a minute is a failure.

use std::fs::{self, File};
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::num::NonZero;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::pty::{grantpt, posix_openpt, ptsname_r, unlockpt};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::office::{Office, each, words};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a terminal is sent to show another page, and to show the first one again.
const TAKEN: &str = "\u{1b}[?1049h";
const EMPTIED: &str = "\u{1b}[H\u{1b}[2J";
const GIVEN_BACK: &str = "\u{1b}[?1049l";

/// A program on a terminal of 80x24 that is its own.
struct Terminal {
    child: Child,
    /// Our end; without it the terminal has hung up.
    master: Option<File>,
    slave: File,
    /// What the reader of our end has read, and the pipe whose end tells it to stop.
    bytes: Receiver<Vec<u8>>,
    reader: Option<(PipeWriter, JoinHandle<()>)>,
    /// Held by whoever wants nothing to be read for a while: then the line is as slow as a line can be.
    line: Arc<Mutex<()>>,
    /// All that came, and how much of it was waited for already.
    seen: String,
    read: usize,
    screen: vt100::Parser,
}

impl Terminal {
    /// Starts `gx` with these arguments and this set in its environment.
    fn gx(office: &Office, line: &str, set: &[(&str, &str)]) -> Terminal {
        let mut gx = office.command(words(line));
        Terminal::start(gx.envs(set.iter().copied()), None)
    }

    /// Starts this, with its output elsewhere if so wished.
    fn start(program: &Command, stdout: Option<File>) -> Terminal {
        // No other process may inherit our end, or the terminal would never hang up.
        let master = posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY | OFlag::O_CLOEXEC).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let mut slave = File::options();
        slave.read(true).write(true).custom_flags(OFlag::O_NOCTTY.bits());
        let slave = slave.open(ptsname_r(&master).unwrap()).unwrap();
        set_size(&slave, 24, 80);
        // A session of its own, whose terminal this is: else it would hear of no hang-up and no new size.
        let mut command = Command::new("setsid");
        command.arg("--ctty").arg(program.get_program()).args(program.get_args());
        command.env_clear().envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("TERM", "xterm-256color").current_dir(program.get_current_dir().unwrap());
        let end = || Stdio::from(slave.try_clone().unwrap());
        command.stdin(end()).stdout(stdout.map_or_else(end, Stdio::from)).stderr(end());
        let child = command.spawn().unwrap();
        let master = File::from(OwnedFd::from(master));
        let (send, bytes) = mpsc::channel();
        let (stop, wake) = io::pipe().unwrap();
        let ours = master.try_clone().unwrap();
        let line = Arc::new(Mutex::new(()));
        let turn = Arc::clone(&line);
        let reader = thread::spawn(move || read(ours, &turn, &stop, &send));
        let screen = vt100::Parser::new(NonZero::new(24).unwrap(), NonZero::new(80).unwrap(), 0);
        let (seen, read) = (String::new(), 0);
        let (master, reader) = (Some(master), Some((wake, reader)));
        Terminal { child, master, slave, bytes, reader, line, seen, read, screen }
    }

    /// Presses keys.
    fn keys(&mut self, keys: &str) {
        self.master.as_mut().unwrap().write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until the program has taken every key.
    fn takes_all_keys(&self) {
        let deadline = Instant::now() + PATIENCE;
        let waits = || {
            let mut keys = [PollFd::new(self.slave.as_fd(), PollFlags::POLLIN)];
            poll(&mut keys, PollTimeout::ZERO).unwrap() > 0
        };
        while waits() {
            assert!(Instant::now() < deadline, "keys are left");
            thread::yield_now();
        }
    }

    /// Gives the window another size.
    fn resize(&mut self, rows: u16, columns: u16) {
        self.screen.screen_mut().set_size(NonZero::new(rows).unwrap(), NonZero::new(columns).unwrap());
        set_size(&self.slave, rows, columns);
    }

    /// Closes our end, as a window that is closed does.
    fn hang_up(&mut self) {
        self.master = None;
        if let Some((wake, reader)) = self.reader.take() {
            drop(wake);
            reader.join().unwrap();
        }
    }

    /// Sends the program a signal.
    fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id() as i32), signal).unwrap();
    }

    /// Waits until this comes, behind all that was waited for before.
    fn comes(&mut self, what: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.seen[self.read..].find(what) {
                self.read += at + what.len();
                return;
            }
            self.take(deadline, what);
        }
    }

    /// Waits until this stands on the screen, in the row with this number where one is given.
    fn shows(&mut self, what: &str, row: Option<usize>) {
        let deadline = Instant::now() + PATIENCE;
        let stands = |screen: &vt100::Screen| {
            let mut rows = screen.rows(0, screen.size().1.get()).enumerate();
            rows.any(|(at, text)| row.is_none_or(|row| row == at) && text.contains(what))
        };
        while !stands(self.screen.screen()) {
            self.take(deadline, what);
        }
    }

    fn take(&mut self, deadline: Instant, what: &str) {
        let left = deadline.saturating_duration_since(Instant::now());
        let Ok(bytes) = self.bytes.recv_timeout(left) else {
            panic!("{what:?} did not come:\n{}\n{:?}", self.screen.screen().contents(), self.seen)
        };
        self.screen.process(&bytes);
        self.seen.push_str(&String::from_utf8_lossy(&bytes));
    }

    /// Waits for the end; the exit code.
    fn ends(mut self) -> Option<i32> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(Instant::now() < deadline, "it does not end: {:?}", self.seen);
            thread::yield_now();
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that fails leaves nobody behind; who has ended already is not there any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.hang_up();
    }
}

fn set_size(terminal: &File, rows: u16, columns: u16) {
    let mut stty = Command::new("stty");
    stty.args(["rows", &rows.to_string(), "cols", &columns.to_string()]);
    assert!(stty.stdin(terminal.try_clone().unwrap()).status().unwrap().success());
}

/// Passes on what the program writes, until the pipe is closed.
fn read(mut master: File, line: &Mutex<()>, stop: &PipeReader, send: &Sender<Vec<u8>>) {
    let mut some = [0; 4096];
    loop {
        let mut both = [&master.as_fd(), &stop.as_fd()].map(|fd| PollFd::new(*fd, PollFlags::POLLIN));
        poll(&mut both, PollTimeout::NONE).unwrap();
        if both[1].any() == Some(true) {
            return;
        }
        let _turn = line.lock().unwrap();
        match master.read(&mut some) {
            Ok(count) if send.send(some[..count].to_vec()).is_ok() => {}
            _ => return,
        }
    }
}

/// An office with a customer, and its screen when all of it is there.
fn screen() -> (Office, Terminal) {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    let mut terminal = Terminal::gx(&office, "", &[]);
    terminal.comes(TAKEN);
    terminal.shows("live", None);
    terminal.shows("Acme", None);
    (office, terminal)
}

#[test]
fn the_screen_is_left_with_a_key() {
    let (_office, mut terminal) = screen();
    terminal.keys("q");
    terminal.comes(EMPTIED);
    terminal.comes(GIVEN_BACK);
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn a_demo_that_is_ended_while_it_is_made_leaves_nothing() {
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        let (office, folder) = (Office::practice(), tempfile::tempdir().unwrap());
        let folder = folder.path().to_str().unwrap();
        let mut terminal = Terminal::gx(&office, "demo", &[("XDG_RUNTIME_DIR", folder)]);
        terminal.comes(" %");
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
        terminal.signal(signal);
        assert_eq!(terminal.ends(), Some(128 + signal as i32));
        assert_eq!(fs::read_dir(folder).unwrap().count(), 0, "{signal}");
    }
}

#[test]
fn a_signal_gives_the_terminal_back() {
    for signal in [Signal::SIGTERM, Signal::SIGQUIT] {
        let (_office, mut terminal) = screen();
        terminal.signal(signal);
        terminal.comes(GIVEN_BACK);
        terminal.comes("drafts are kept");
        assert_eq!(terminal.ends(), Some(128 + signal as i32));
    }
}

#[test]
fn a_terminal_that_hangs_up_ends_the_screen() {
    let (_office, mut terminal) = screen();
    terminal.hang_up();
    assert_eq!(terminal.ends(), Some(128 + Signal::SIGHUP as i32));
}

#[test]
fn a_new_size_is_drawn_at_once() {
    let (_office, mut terminal) = screen();
    terminal.resize(30, 110);
    terminal.shows("live", Some(29));
    terminal.resize(20, 60);
    terminal.shows("live", Some(19));
}

#[test]
fn on_a_slow_line_the_newest_state_comes_and_frames_between_are_dropped() {
    let office = Office::practice();
    let rows: Vec<String> = (1..=300).map(|n| format!("Customer {n:03}\n")).collect();
    office.file("rows.csv", format!("name\n{}", rows.concat()));
    office.ok("import rows.csv --as customers");
    let mut terminal = Terminal::gx(&office, "", &[]);
    terminal.comes(TAKEN);
    terminal.shows("Customer 001", Some(1));
    let line = Arc::clone(&terminal.line);
    let nothing_is_read = line.lock().unwrap();
    for _ in 0..250 {
        terminal.keys("j");
    }
    terminal.takes_all_keys();
    let before = terminal.seen.len();
    drop(nothing_is_read);
    terminal.shows("Customer 251", Some(1));
    let frames = terminal.seen.len() - before;
    assert!(frames < 64 * 1024, "{frames} bytes for what 250 frames would have taken some 200 KB");
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again() {
    // What is typed before the shell asks for it may still be taken by the program that ends.
    const PROMPT: &str = "shell> ";
    let office = Office::practice();
    office.ok("customer add --name Acme");
    let gx = office.command([""; 0]);
    let mut shell = Command::new("sh");
    shell.arg("-i").current_dir(gx.get_current_dir().unwrap());
    shell.envs(gx.get_envs().filter_map(|(name, value)| Some((name, value?)))).env("PS1", PROMPT);
    let mut terminal = Terminal::start(&shell, None);
    terminal.comes(PROMPT);
    terminal.keys(&format!("'{}'\n", env!("CARGO_BIN_EXE_gx")));
    terminal.comes(TAKEN);
    terminal.shows("Acme", None);
    terminal.keys("\u{1a}");
    terminal.comes(GIVEN_BACK);
    terminal.comes(PROMPT);
    terminal.keys("fg\n");
    terminal.comes(TAKEN);
    terminal.comes("Acme");
    let back = terminal.read;
    terminal.keys("q");
    terminal.comes(GIVEN_BACK);
    assert!(
        !terminal.seen[back..terminal.read].contains(TAKEN),
        "it is taken once: keys are not lost to a second time"
    );
    terminal.comes(PROMPT);
    terminal.keys("exit\n");
    assert_eq!(terminal.ends(), Some(0));
}

#[test]
fn with_its_output_elsewhere_it_says_what_to_do() {
    let office = Office::practice();
    for (lang, why) in [("en", "needs a terminal"), ("zh", "需要终端")] {
        let file = File::create(office.path("out.txt")).unwrap();
        let mut terminal = Terminal::start(&office.command(["--lang", lang]), Some(file));
        terminal.comes(why);
        terminal.comes("gx list");
        assert_eq!(terminal.ends(), Some(2));
        assert_eq!(fs::read(office.path("out.txt")).unwrap(), b"");
    }
}

#[test]
fn a_book_is_filled_on_the_screen_and_nobody_overwrites_unseen() {
    let (office, mut terminal) = screen();
    terminal.keys("a");
    terminal.shows("add a customer", None);
    terminal.keys("重庆长安\r");
    terminal.shows("customer added: 重庆长安", None);
    terminal.keys("D");
    terminal.shows("deal · 重庆长安", None);
    terminal.keys("Crane\t12万\r");
    terminal.shows("deal added: Crane", None);
    terminal.keys("e");
    terminal.shows("edit · 重庆长安", None);
    office.ok("customer edit c2 --region East");
    terminal.keys("\t\t\t\tWest\r");
    terminal.shows("now: East (by ", None);
    assert!(office.ok("show c2").contains("East"));
    terminal.keys("\r");
    terminal.shows("changed: 重庆长安", None);
    let card = office.ok("show c2");
    assert!(card.contains("West") && card.contains("120,000"), "{card}");
    terminal.keys("u");
    terminal.shows("undone: customer 重庆长安", None);
    assert!(office.ok("show c2").contains("East"));
}

#[test]
fn a_whole_batch_is_undone_only_after_a_yes() {
    let office = Office::practice();
    office.file("rows.csv", "name\nAlpha\nBeta\nGamma\n");
    office.ok("import rows.csv --as customers");
    let head = office.head();
    let mut terminal = Terminal::gx(&office, "undo", &[]);
    terminal.comes("3 records? [y/N]");
    terminal.keys("\n");
    terminal.comes("not done");
    assert_eq!(terminal.ends(), Some(1));
    assert_eq!(office.head(), head);
    let mut terminal = Terminal::gx(&office, "undo", &[]);
    terminal.comes("3 records? [y/N]");
    terminal.keys("y\n");
    terminal.comes("took back");
    assert_eq!(terminal.ends(), Some(0));
    assert_eq!(office.json("list").as_array().unwrap().len(), 0);
}

#[test]
fn what_was_written_in_the_editor_is_not_lost() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    let editor = office.file("editor.sh", "echo 'two lots' > \"$1\"\n");
    let set = [("EDITOR", format!("sh {editor}")), ("TMPDIR", office.path("").display().to_string())];
    let set = set.each_ref().map(|(name, value)| (*name, value.as_str()));
    let drafts = || -> Vec<String> {
        let names = fs::read_dir(office.path("")).unwrap().map(|entry| entry.unwrap().path());
        let drafts = names.filter(|path| path.extension().is_some_and(|end| end == "txt"));
        drafts.map(|path| fs::read_to_string(path).unwrap()).collect()
    };
    let mut terminal = Terminal::gx(&office, "log acme --at 2019-01-01", &set);
    terminal.comes("future");
    terminal.comes("what you wrote is kept: gx log CUSTOMER - < ");
    assert_eq!(terminal.ends(), Some(2));
    assert_eq!(drafts(), ["two lots\n"]);
    let terminal = Terminal::gx(&office, "log acme", &set);
    assert_eq!(terminal.ends(), Some(0));
    assert_eq!(drafts(), ["two lots\n"], "the second is in the book");
    assert!(office.ok("timeline acme").contains("two lots"));
}

#[test]
fn ten_tasks_are_worked_with_the_hands_on_the_keys() {
    let office = Office::practice();
    for n in 1..=10 {
        let customer = office.made(&format!("customer add --name 'Customer {n:02}'"));
        office.ok(&format!("task add 'call number {n:02}' --customer {customer} --due +{n}d"));
    }
    let mut terminal = Terminal::gx(&office, "", &[]);
    terminal.shows("Customer 10", None);
    for n in 1..=10 {
        terminal.keys("n");
        terminal.shows(&format!("yours: call number {n:02}"), None);
        terminal.keys("l");
        terminal.shows(&format!("log · Customer {n:02}"), None);
        terminal.keys(&format!("word {n:02}\r"));
        terminal.shows(&format!("logged with Customer {n:02}"), None);
    }
    terminal.keys("q");
    assert_eq!(terminal.ends(), Some(0));
    assert!(each(&office.json("task list"), "title").is_empty(), "every call has ended its task");
    assert!(office.ok("timeline 'customer 10'").contains("word 10"));
}

#[test]
fn many_are_changed_at_once_and_taken_back_at_once() {
    let office = Office::practice();
    office.file("rows.csv", "name\nAlpha\nBeta\nGamma\n");
    office.ok("import rows.csv --as customers");
    let mut terminal = Terminal::gx(&office, "", &[]);
    terminal.shows("Gamma", None);
    terminal.keys("A");
    terminal.shows("3 marked", None);
    terminal.keys("b\tspring\r");
    terminal.shows("+spring; u undoes it", None);
    assert_eq!(office.json("list tag:spring").as_array().unwrap().len(), 3);
    terminal.keys("u");
    terminal.shows("y: yes", None);
    terminal.keys("y");
    terminal.shows("undone", None);
    assert_eq!(office.json("list tag:spring").as_array().unwrap().len(), 0);
}

#[test]
fn what_is_pasted_outside_a_field_runs_no_keys_and_inside_is_text() {
    let (office, mut terminal) = screen();
    terminal.keys(&format!("\u{1b}[200~{}\u{1b}[201~", "q\ru".repeat(20_000)));
    terminal.keys("l");
    terminal.shows("log · Acme", None);
    terminal.keys("\u{1b}[200~two\u{7} lots\u{1b}[201~");
    terminal.shows("two lots", None);
    terminal.keys("\r");
    terminal.shows("logged with Acme", None);
    assert!(office.ok("timeline acme").contains("two lots"));
}

#[test]
fn a_server_that_dies_takes_nothing_that_was_typed() {
    let (office, mut terminal) = screen();
    terminal.keys("lhalf a thought");
    terminal.shows("half a thought", None);
    office.crash();
    terminal.keys(", and the rest");
    terminal.shows("half a thought, and the rest", None);
    terminal.shows("live", None);
    terminal.keys("\r");
    terminal.shows("logged with Acme", None);
    assert_eq!(office.ok("timeline acme").matches("half a thought, and the rest").count(), 1);
}

#[test]
fn after_a_storm_of_sizes_the_last_one_is_drawn() {
    let (_office, mut terminal) = screen();
    for size in 0..60 {
        terminal.resize(15 + size % 30, 60 + 2 * size);
    }
    terminal.resize(24, 80);
    terminal.shows("live", Some(23));
    terminal.keys("?");
    terminal.shows("type to narrow", None);
}

#[test]
fn a_key_file_is_found_when_it_is_made_and_missed_when_it_is_gone() {
    let (office, mut terminal) = screen();
    let folder = office.path(".config/guanxi");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("keymap.toml"), "[global]\nQ = \"add-customer\"\n").unwrap();
    terminal.keys(":reload-keys\r");
    terminal.shows("the key file was read again", None);
    terminal.keys("Q");
    terminal.shows("add a customer", None);
    terminal.keys("\u{1b}");
    terminal.shows("? help", Some(23));
    fs::remove_file(folder.join("keymap.toml")).unwrap();
    terminal.keys(":reload-keys\r");
    terminal.shows("the keys are as shipped", None);
    terminal.keys("Q");
    terminal.shows("Q does nothing here", None);
}
