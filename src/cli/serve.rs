//! `gx serve`: the server of a store.

use std::path::PathBuf;

use clap::Args;

use super::failure::Done;
use super::gx::Gx;
use super::host::{self, Hosting};
use super::tree::Verb;

#[derive(Args, Debug)]
pub(super) struct Serve {
    /// Started by a client: say on stdout how it went, and leave when alone
    #[arg(long, hide = true)]
    auto: bool,
    /// The folder of the store's file, where that is another than the one of its socket
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Verb for Serve {
    fn run(self, gx: &mut Gx) -> Done {
        let dir = gx.dir()?;
        let data = self.data.as_deref().unwrap_or(&dir);
        host::serve(gx, &Hosting { dir: &dir, data, auto: self.auto })
    }
}
