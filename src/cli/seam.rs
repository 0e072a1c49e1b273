//! What the shell starts but does not do itself.

use std::path::Path;

use super::failure::{Done, Failure};
use super::gx::Gx;
use crate::model::Command;

/// `gx` alone: the screen.
pub(super) fn screen(gx: &mut Gx) -> Done {
    Err(Failure::failed(format!("no screen for {}", gx.dir()?.display())))
}

/// Fills a practice store with a team and its book.
pub(super) fn practice_book(_gx: &mut Gx) -> Done {
    Err(Failure::failed("no practice book"))
}

/// Makes the store in a folder.
pub(super) fn create(_dir: &Path, _init: Command) -> Done {
    Err(Failure::failed("no service"))
}

/// Serves the store in a folder until told to stop.
pub(super) fn serve(_dir: &Path, _auto: bool) -> Done {
    Err(Failure::failed("no service"))
}

/// Makes every table anew from the journal; how many entries were read.
pub(super) fn rebuild(_dir: &Path) -> Done<u64> {
    Err(Failure::failed("no service"))
}

/// `gx demo`: the screen on a throw-away practice store.
pub(super) fn demo(gx: &mut Gx) -> Done {
    screen(gx)
}
