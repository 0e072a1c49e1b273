//! `gx demo`: the screen on a throw-away practice store.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Done, shown};
use super::gx::Gx;
use super::init::practice_store;
use super::tree::Verb;
use super::{host, screen};
use crate::config::unique;
use crate::ipc::client::{Client, ClientError, Options};
use crate::model::{Reply, Request};
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Demo {}

impl Verb for Demo {
    fn run(self, gx: &mut Gx) -> Done {
        let place = Throwaway::new();
        let dir = shown(&place.dir);
        // The screen's head shows the store's name: there it tells a second terminal what to open.
        host::create(&place.dir, &practice_store(gx, &dir)?, gx.lang)?;
        host::fill(&place.dir, gx.lang)?;
        gx.note(&say::demo_is_in(gx.lang, &dir));
        let done = screen::show(gx, place.dir.clone());
        place.stop(gx);
        drop(place);
        gx.note(&say::demo_is_gone(gx.lang, &dir));
        done
    }
}

/// A folder that is gone when the demo ends.
struct Throwaway {
    dir: PathBuf,
}

impl Throwaway {
    /// A folder of a new name that can be typed, below the one of the session where there is one.
    fn new() -> Throwaway {
        let base = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| dir.is_dir());
        let base = base.unwrap_or_else(std::env::temp_dir);
        Throwaway { dir: base.join(format!("gx-demo-{:08x}", unique() as u32)) }
    }

    /// Ends the server of the demo, so that nobody writes where nothing is any more.
    fn stop(&self, gx: &Gx) {
        let mut client = Client::new(&self.dir, Options::stopping(gx.lang));
        let _: Result<Reply, ClientError> = client.call(&Request::Stop);
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What cannot be removed lies in a folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}
