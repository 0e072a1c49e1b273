//! `gx demo`: the screen on a throw-away practice store, which the last one out takes away.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use clap::Args;

use super::failure::{Done, Failure, shown};
use super::gx::Gx;
use super::init::practice_store;
use super::tree::Verb;
use super::{host, screen};
use crate::config::unique;
use crate::ipc::client::{Client, ClientError, Options};
use crate::model::{Answer, Query, Reply, Request};
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Demo {}

impl Verb for Demo {
    fn run(self, gx: &mut Gx) -> Done {
        let place = Throwaway::new();
        let dir = place.dir.clone();
        host::create(&dir, &practice_store(gx, say::demo_name(gx.lang))?, gx.lang)?;
        fs::write(dir.join(MARK), "").map_err(|error| Failure::file(&dir, &error, gx.lang))?;
        host::fill(&dir, gx.lang)?;
        gx.note(&say::demo_is_in(gx.lang, shown(&dir)));
        let done = screen::show(gx, dir);
        place.leave(gx);
        done
    }
}

/// A file that stands in the folder of a demo, and in no other: the folder may be removed.
const MARK: &str = "throwaway";

/// A folder that is gone when the demo ends.
pub(super) struct Throwaway {
    dir: PathBuf,
}

impl Throwaway {
    /// A folder of a new name that can be typed, below the one of the session where there is one.
    fn new() -> Throwaway {
        let base = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| dir.is_dir());
        let base = base.unwrap_or_else(std::env::temp_dir);
        Throwaway { dir: base.join(format!("gx-demo-{:08x}", unique() as u32)) }
    }

    /// Goes out of a folder; where it is that of a demo, as the last one does.
    pub(super) fn leave_folder(gx: &Gx, dir: &Path) {
        if dir.join(MARK).exists() {
            Throwaway { dir: dir.to_owned() }.leave(gx);
        }
    }

    /// The last one out ends the server and removes the folder; whoever goes before leaves both to the others.
    fn leave(self, gx: &Gx) {
        let dir = shown(&self.dir);
        if !is_last(LINGERING.map(Duration::from_millis), || self.sessions(gx)) {
            std::mem::forget(self);
            return gx.note(&say::demo_stays(gx.lang, dir));
        }
        // A server that is gone already has nothing to end.
        let _: Result<Reply, ClientError> =
            Client::new(&self.dir, Options::stopping(gx.lang)).call(&Request::Stop);
        drop(self);
        gx.note(&say::demo_is_gone(gx.lang, dir));
    }

    /// How many sessions the server has, this question among them; none where it does not answer.
    fn sessions(&self, gx: &Gx) -> Option<u32> {
        let asked = Client::new(&self.dir, Options::asking(gx.lang)).call(&Request::Ask(Query::Status));
        match asked {
            Ok(Reply::Answer(_, Answer::Status(status))) => Some(status.sessions),
            _ => None,
        }
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What cannot be removed lies in a folder for temporary files.
        let _ = fs::remove_dir_all(&self.dir);
    }
}

/// The pauses, in milliseconds, in which the server learns that the screen that was left is gone.
const LINGERING: [u64; 5] = [10, 30, 100, 200, 400];

/// Whether nobody else has a session: one's own lingers for a while.
fn is_last(pauses: impl IntoIterator<Item = Duration>, mut sessions: impl FnMut() -> Option<u32>) -> bool {
    let mut alone = || sessions().is_none_or(|sessions| sessions <= 1);
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
    use super::*;

    fn last(counts: &[Option<u32>]) -> bool {
        let mut counts = counts.iter().copied();
        let mut last = None;
        is_last([Duration::ZERO; 2], || {
            last = counts.next().or(last);
            last.flatten()
        })
    }

    #[test]
    fn the_last_one_out_is_alone_or_the_server_is_gone() {
        for (counts, is) in [
            (&[Some(1)][..], true),
            (&[Some(2), Some(1)], true),
            (&[Some(2), Some(2), Some(1)], true),
            (&[None], true),
            (&[Some(2)], false),
            (&[Some(3), Some(2)], false),
        ] {
            assert_eq!(last(counts), is, "{counts:?}");
        }
    }
}
