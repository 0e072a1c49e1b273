//! What the shell starts but does not do itself.

use super::failure::{Done, Failure};
use super::gx::Gx;

/// `gx` alone: the screen.
pub(super) fn screen(gx: &mut Gx) -> Done {
    Err(Failure::failed(format!("no screen for {}", gx.dir()?.display())))
}

/// `gx demo`: the screen on a throw-away practice store.
pub(super) fn demo(gx: &mut Gx) -> Done {
    screen(gx)
}
