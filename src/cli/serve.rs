//! `gx serve`: the server of a store.

use clap::Args;

use super::failure::Done;
use super::gx::Gx;
use super::server;
use super::tree::Verb;

#[derive(Args, Debug)]
pub(super) struct Serve {
    /// Started by a client: say on stdout how it went, and leave when alone
    #[arg(long, hide = true)]
    auto: bool,
}

impl Verb for Serve {
    fn run(self, gx: &mut Gx) -> Done {
        server::serve(&gx.dir()?, self.auto, gx.lang)
    }
}
