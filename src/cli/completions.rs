//! `gx completions`: what a shell needs to complete `gx`.

use clap::Args;
use clap_complete::Shell;

use super::failure::Done;
use super::gx::Gx;
use super::tree::{Verb, tree};

#[derive(Args, Debug)]
pub(super) struct Completions {
    /// bash, elvish, fish, powershell, zsh
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

impl Verb for Completions {
    fn run(self, gx: &mut Gx) -> Done {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut tree(gx.lang, None), "gx", &mut script);
        Ok(gx.out.bytes(&script)?)
    }
}
