//! An office of its own for every test: a folder, a store, and the built program with nothing of the machine around it.
//!
//! ```text
//! let office = Office::practice();                      an empty practice store, on 1 January 2018 at nine
//! office.ok("customer add --name 'Acme Ltd'");          what it prints; 'so' is one word
//! office.json("show c1")["name"]                        what it answers machines
//! office.fails(4, "show a");                            the exit code, and what it says on stderr
//! ```
//!
//! When the office is dropped its server is stopped, and its folder removed once that has ended.

use std::fmt;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use tempfile::TempDir;

/// What a new practice store is made with.
pub(crate) const PRACTICE: &str =
    "init --practice --empty --name Office --clock 2018-01-01T09:00 --timezone Asia/Shanghai";

/// A folder with a store, and the program to work on it.
pub(crate) struct Office {
    folder: TempDir,
}

impl Office {
    /// A folder without a store.
    pub(crate) fn bare() -> Office {
        Office { folder: tempfile::tempdir().unwrap() }
    }

    /// An empty practice store whose clock stands at nine on 1 January 2018 in Shanghai.
    pub(crate) fn practice() -> Office {
        let office = Office::bare();
        office.ok(PRACTICE);
        office
    }

    /// The store's folder.
    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("store")
    }

    /// A path beside the store.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file beside the store; its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path.into_os_string().into_string().unwrap()
    }

    /// The program with these arguments, to be changed before it runs.
    pub(crate) fn command<A: AsRef<std::ffi::OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gx"));
        command.env_clear();
        command.envs([("PATH", "/usr/bin:/bin"), ("LANG", "C.UTF-8"), ("TZ", "UTC"), ("COLUMNS", "100")]);
        command.env("HOME", self.folder.path()).env("GX_STORE", self.store());
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command.args(arguments);
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, line: &str) -> Ran {
        Ran::of(line, &self.command(words(line)).output().unwrap())
    }

    /// Runs it with this on stdin.
    pub(crate) fn feed(&self, line: &str, input: &[u8]) -> Ran {
        let mut child = self.command(words(line)).stdin(Stdio::piped()).piped().spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ran::of(line, &child.wait_with_output().unwrap())
    }

    /// What it prints; it must succeed.
    pub(crate) fn ok(&self, line: &str) -> String {
        self.run(line).ok()
    }

    /// What it answers machines; it must succeed.
    pub(crate) fn json(&self, line: &str) -> Value {
        self.run(&format!("{line} --json")).json()
    }

    /// What it says on stderr; it must end with this code and print nothing.
    pub(crate) fn fails(&self, code: i32, line: &str) -> String {
        self.run(line).failed(code)
    }

    /// The record that a write made.
    pub(crate) fn made(&self, line: &str) -> String {
        let receipt = self.json(line);
        text(&receipt["ids"][0])
    }

    /// Runs a line many times at once, with the number of each in the place of `{}`.
    pub(crate) fn at_once(&self, many: usize, line: &str) -> Vec<Ran> {
        let lines: Vec<String> = (0..many).map(|n| line.replace("{}", &n.to_string())).collect();
        let started: Vec<Child> =
            lines.iter().map(|line| self.command(words(line)).piped().spawn().unwrap()).collect();
        let ended = started.into_iter().map(|child| child.wait_with_output().unwrap());
        lines.iter().zip(ended).map(|(line, output)| Ran::of(line, &output)).collect()
    }

    /// The last entry of the journal.
    pub(crate) fn head(&self) -> u64 {
        self.json("status")["head"].as_u64().unwrap()
    }

    /// Every table must be what the journal says.
    pub(crate) fn verified(&self) {
        assert_eq!(self.json("verify")["faults"], Value::Array(Vec::new()));
    }

    /// The process of the running server.
    pub(crate) fn server(&self) -> Option<Pid> {
        let status = self.run("status --json");
        (status.code == 0).then(|| Pid::from_raw(status.json()["pid"].as_i64().unwrap() as i32))
    }

    /// Ends the server as a crash would; none may be running.
    pub(crate) fn crash(&self) {
        if let Some(server) = self.server() {
            // A server that has ended meanwhile is as dead as one could wish.
            let _ = kill(server, Signal::SIGKILL);
        }
    }

    /// Stops the server and waits until it has ended.
    pub(crate) fn stop(&self) {
        self.ok("stop");
        self.wait_for_end();
    }

    /// Waits until no server holds the store, and none is on its way out.
    fn wait_for_end(&self) {
        File::open(self.store().join("lock")).unwrap().lock().unwrap();
        while !self.servers().is_empty() {
            thread::yield_now();
        }
    }

    /// The processes that serve this store, as the machine lists them.
    pub(crate) fn servers(&self) -> Vec<PathBuf> {
        let store = self.store().into_os_string().into_string().unwrap();
        let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| Some(entry.ok()?.path()));
        let serves = |process: &Path| {
            let line = fs::read(process.join("cmdline")).unwrap_or_default();
            let words: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
            words.contains(&store.as_bytes()) && words.contains(&&b"serve"[..])
        };
        processes.filter(|process| serves(process)).collect()
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if self.store().join("lock").exists() {
            // A test that fails must not hang as well: what cannot be stopped is killed.
            if self.run("stop").code != 0 && !thread::panicking() {
                self.crash();
            }
            if !thread::panicking() {
                self.wait_for_end();
            }
        }
    }
}

/// Both outputs into pipes.
pub(crate) trait Piped {
    /// Both outputs into pipes.
    fn piped(&mut self) -> &mut Command;
}

impl Piped for Command {
    fn piped(&mut self) -> &mut Command {
        self.stdout(Stdio::piped()).stderr(Stdio::piped())
    }
}

/// What a run of the program came to.
pub(crate) struct Ran {
    line: String,
    /// The exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    /// What it printed.
    pub(crate) out: String,
    /// What it said beside that.
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(line: &str, output: &Output) -> Ran {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let code = output.status.code().unwrap_or(-1);
        Ran { line: line.to_owned(), code, out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// What it printed; it must have succeeded.
    pub(crate) fn ok(self) -> String {
        assert_eq!(self.code, 0, "{self}");
        self.out
    }

    /// What it answered machines; it must have succeeded.
    pub(crate) fn json(self) -> Value {
        assert_eq!(self.code, 0, "{self}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }

    /// What it said on stderr; it must have ended with this code and printed nothing.
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{self}");
        self.err
    }
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ran { line, code, out, err } = self;
        write!(f, "gx {line}\nexit code {code}\nstdout:\n{out}stderr:\n{err}")
    }
}

/// The words of a line; what stands in single quotes is one word.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (n, part) in line.split('\'').enumerate() {
        if n % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// A text of an answer.
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// A field of every item of a list.
pub(crate) fn each(list: &Value, field: &str) -> Vec<String> {
    list.as_array().unwrap().iter().map(|item| text(&item[field])).collect()
}
