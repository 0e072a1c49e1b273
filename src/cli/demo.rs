//! `gx demo`: the screen on a throw-away practice store.

use clap::Args;

use super::failure::Done;
use super::gx::Gx;
use super::seam;
use super::tree::Verb;

#[derive(Args, Debug)]
pub(super) struct Demo {}

impl Verb for Demo {
    fn run(self, gx: &mut Gx) -> Done {
        seam::demo(gx)
    }
}
