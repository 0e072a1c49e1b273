//! Where the shell hands over to the screen.

use super::failure::{Done, Failure};
use super::gx::Gx;
use crate::text::say::cli as say;

/// `gx` alone.
pub(super) fn open(gx: &mut Gx) -> Done {
    Err(Failure::failed(say::no_screen(gx.lang)))
}
