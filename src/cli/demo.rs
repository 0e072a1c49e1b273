//! `gx demo`: the screen on a throw-away practice store, which the last one out takes away.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use std::{fs, io, process};

use clap::Args;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::{Handle, Signals};

use super::failure::{Done, Failure, NOTHING, shown};
use super::gx::Gx;
use super::init::practice_store;
use super::tree::Verb;
use super::{host, screen};
use crate::config::{Account, unique};
use crate::ipc::client::{Client, ClientError, Options};
use crate::model::{Answer, Query, Reply, Request};
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Demo {
    /// Open the demo that is on in another terminal
    #[arg(long)]
    join: bool,
    /// The screen: one pane at a time, no borders, words for signs
    #[arg(long)]
    accessible: bool,
    // It has a store of its own: the flag of all verbs is not offered here.
    #[arg(long, hide = true, value_name = "DIR", help = "The store's folder")]
    store: Option<PathBuf>,
}

impl Verb for Demo {
    fn run(self, gx: &mut Gx) -> Done {
        gx.flags.accessible |= self.accessible;
        if self.store.or(gx.flags.store.take()).is_some() {
            return Err(
                Failure::usage(say::demo_has_its_own(gx.lang)).hint(say::demo_has_its_own_hint(gx.lang))
            );
        }
        if std::env::var_os("GX_STORE").is_some_and(|store| !store.is_empty()) {
            gx.note(say::demo_ignores_store(gx.lang));
        }
        if self.join {
            let dir = running(gx).ok_or_else(|| {
                Failure::new(NOTHING, say::no_demo(gx.lang)).hint(say::no_demo_hint(gx.lang))
            })?;
            let done = screen::show(gx, dir.clone());
            Throwaway::leave_folder(gx, &dir);
            return done;
        }
        let place = Throwaway::new();
        let dir = place.dir.clone();
        let file = |error| Failure::file(&dir, &error, gx.lang);
        let signals = RemoveOnSignal::start(dir.clone()).map_err(file)?;
        let made = || {
            host::create(&dir, &practice_store(gx, say::demo_name(gx.lang))?, gx.lang)?;
            place.mark().map_err(file)?;
            host::fill(&dir, gx.lang, &mut gx.progress())
        };
        // From here on the screen takes them.
        signals.over(made())?;
        gx.note(&say::demo_is_in(gx.lang, shown(&dir)));
        let done = screen::show(gx, dir);
        place.leave(gx);
        done
    }
}

/// Until it is over, a signal that ends the program takes the folder along.
struct RemoveOnSignal {
    signals: Handle,
    /// Held from the signal to the end of the program.
    ending: Arc<Mutex<()>>,
}

impl RemoveOnSignal {
    fn start(dir: PathBuf) -> io::Result<RemoveOnSignal> {
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP])?;
        let (handle, ending) = (signals.handle(), Arc::new(Mutex::new(())));
        let held = Arc::clone(&ending);
        thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                let _ending = held.lock();
                // The book goes on being made meanwhile: without its folder it has no place to make files in.
                remove(&dir);
                process::exit(128 + signal);
            }
        });
        Ok(RemoveOnSignal { signals: handle, ending })
    }

    /// The work is done, or has failed: because its folder is gone, then this waits for the end.
    fn over(self, done: Done) -> Done {
        let _ending = self.ending.lock();
        self.signals.close();
        done
    }
}

/// Removes a folder. What cannot be removed lies in a folder for temporary files.
fn remove(dir: &Path) {
    let _ = fs::remove_dir_all(dir).or_else(|_| fs::remove_dir_all(dir));
}

/// A file that stands in the folder of a demo and names it: a folder that was made of it, or that it became, is kept.
const MARK: &str = "throwaway";

/// A folder that is gone when the demo ends.
pub(super) struct Throwaway {
    dir: PathBuf,
}

impl Throwaway {
    /// A folder of a new name that can be typed, below the one of the session where there is one.
    fn new() -> Throwaway {
        Throwaway { dir: base().join(format!("{NAMED}{:08x}", unique() as u32)) }
    }

    fn mark(&self) -> io::Result<()> {
        fs::write(self.dir.join(MARK), fs::canonicalize(&self.dir)?.as_os_str().as_bytes())
    }

    /// Goes out of a folder; where it is that of a demo, the last one removes it.
    pub(super) fn leave_folder(gx: &Gx, dir: &Path) {
        if is_throwaway(dir) {
            Throwaway { dir: dir.to_owned() }.leave(gx);
        }
    }

    /// The last one out ends the server and removes the folder; whoever goes before leaves both to the others.
    fn leave(self, gx: &Gx) {
        let dir = shown(&self.dir);
        if !is_last(LINGERING.map(Duration::from_millis), || Throwaway::sessions(&self.dir, gx)) {
            std::mem::forget(self);
            return gx.note(&say::demo_stays(gx.lang, dir));
        }
        // A server that is gone already has nothing to end.
        let _: Result<Reply, ClientError> =
            Client::new(&self.dir, Options::stopping(gx.lang)).call(&Request::Stop);
        drop(self);
        gx.note(&say::demo_is_gone(gx.lang, dir));
    }

    /// How many sessions the server has, this question among them: 0 without a server, none where it does not say.
    fn sessions(dir: &Path, gx: &Gx) -> Option<u32> {
        let asked = Client::new(dir, Options::asking(gx.lang)).call(&Request::Ask(Query::Status));
        match asked {
            Ok(Reply::Answer(_, Answer::Status(status))) => Some(status.sessions),
            Err(ClientError::NotRunning { .. }) => Some(0),
            _ => None,
        }
    }
}

/// How the folders of demos begin.
const NAMED: &str = "gx-demo-";

/// Where they lie.
fn base() -> PathBuf {
    let base = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| dir.is_dir());
    base.unwrap_or_else(std::env::temp_dir)
}

/// The folder of the newest demo of one's own that is on.
fn running(gx: &Gx) -> Option<PathBuf> {
    let is_on = |dir: &PathBuf| Throwaway::sessions(dir, gx).is_some_and(|sessions| sessions > 0);
    demos(&base()).into_iter().find(is_on)
}

/// One's own demos in a folder, the newest first. Anybody may make a folder of such a name where all may write.
fn demos(base: &Path) -> Vec<PathBuf> {
    let own = Account::own().uid;
    let mut demos = Vec::new();
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let is_named = entry.file_name().to_string_lossy().starts_with(NAMED);
        let Ok(about) = entry.metadata() else { continue };
        if is_named && about.uid() == own && is_throwaway(&entry.path()) {
            demos.push((about.modified().ok(), entry.path()));
        }
    }
    demos.sort();
    demos.into_iter().rev().map(|(_, dir)| dir).collect()
}

/// Whether this is the folder of a demo, in its place.
fn is_throwaway(dir: &Path) -> bool {
    let place = fs::canonicalize(dir).ok();
    let marked = fs::read(dir.join(MARK)).ok();
    marked.zip(place).is_some_and(|(marked, place)| marked == place.as_os_str().as_bytes())
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        remove(&self.dir);
    }
}

/// The pauses, in milliseconds, in which the server learns that the screen that was left is gone. It tells nobody of
/// that, so it is asked.
const LINGERING: [u64; 5] = [10, 30, 100, 200, 400];

/// Whether surely nobody else has a session: one's own lingers for a while.
fn is_last(pauses: impl IntoIterator<Item = Duration>, mut sessions: impl FnMut() -> Option<u32>) -> bool {
    let mut alone = || sessions().is_some_and(|sessions| sessions <= 1);
    pauses.into_iter().any(|pause| {
        let is_alone = alone();
        if !is_alone {
            thread::sleep(pause);
        }
        is_alone
    }) || alone()
}

#[cfg(test)]
mod tests {
    use super::super::testing::run;
    use super::super::tree::tree;
    use super::*;
    use crate::text::Lang;

    fn last(counts: &[Option<u32>]) -> bool {
        let mut counts = counts.iter().copied();
        let mut last = None;
        is_last([Duration::ZERO; 2], || {
            last = counts.next().or(last);
            last.flatten()
        })
    }

    #[test]
    fn a_folder_is_thrown_away_only_where_it_was_made() {
        let base = tempfile::tempdir().unwrap();
        let dirs = ["made", "copied", "plain"].map(|name| base.path().join(name));
        for dir in &dirs {
            fs::create_dir(dir).unwrap();
        }
        let made = Throwaway { dir: dirs[0].clone() };
        made.mark().unwrap();
        fs::copy(dirs[0].join(MARK), dirs[1].join(MARK)).unwrap();
        assert_eq!(dirs.each_ref().map(|dir| is_throwaway(dir)), [true, false, false]);
        let moved = base.path().join("moved");
        fs::rename(&dirs[0], &moved).unwrap();
        assert!(!is_throwaway(&moved));
    }

    #[test]
    fn only_demos_in_their_place_are_joined_and_the_newest_first() {
        let base = tempfile::tempdir().unwrap();
        let make = |name: &str, seconds: u64| {
            let demo = Throwaway { dir: base.path().join(name) };
            fs::create_dir(&demo.dir).unwrap();
            demo.mark().unwrap();
            let made = std::time::UNIX_EPOCH + Duration::from_secs(seconds);
            fs::File::open(&demo.dir).unwrap().set_modified(made).unwrap();
            demo
        };
        let made = [make("gx-demo-1", 20), make("gx-demo-2", 30), make("other", 40)];
        fs::create_dir(base.path().join("gx-demo-3")).unwrap();
        assert_eq!(demos(base.path()), [made[1].dir.clone(), made[0].dir.clone()]);
        assert!(demos(&base.path().join("nowhere")).is_empty());
    }

    #[test]
    fn a_demo_takes_the_words_of_the_screen_and_no_store() {
        let parsed = |line: &[&str]| tree(Lang::En, None).try_get_matches_from(line);
        assert!(parsed(&["gx", "demo", "--join", "--accessible"]).is_ok());
        let help = parsed(&["gx", "demo", "--help"]).unwrap_err().render().to_string();
        assert!(help.contains("--accessible") && !help.contains("--store"), "{help}");
        for line in [["--store", "/tmp/x", "demo"], ["demo", "--store", "/tmp/x"]] {
            let why = run(&line, |_| None).done.unwrap_err();
            assert!(why.message.contains("takes no --store"), "{line:?}");
        }
    }

    #[test]
    fn the_last_one_out_is_alone_or_the_server_is_gone() {
        for (counts, is) in [
            (&[Some(1)][..], true),
            (&[Some(2), Some(1)], true),
            (&[Some(2), Some(2), Some(1)], true),
            (&[Some(0)], true),
            (&[None], false),
            (&[None, Some(1)], true),
            (&[Some(2)], false),
            (&[Some(3), Some(2)], false),
        ] {
            assert_eq!(last(counts), is, "{counts:?}");
        }
    }
}
