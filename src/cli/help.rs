//! `gx help`: the same as `--help` behind a command.

use clap::Args;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::tree::{Verb, tree};
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Help {
    /// The command: task add
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

impl Verb for Help {
    fn run(self, gx: &mut Gx) -> Done {
        let mut root = tree(gx.lang, None);
        root.build();
        let mut command = &mut root;
        for word in &self.command {
            command = command.find_subcommand_mut(word).ok_or_else(|| {
                Failure::usage(say::unknown_verb(gx.lang, word)).hint(say::usage(gx.lang, "gx --help"))
            })?;
        }
        let help = command.render_help().to_string();
        Ok(gx.out.text(&help)?)
    }
}
