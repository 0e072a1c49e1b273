//! `gx completions`: what a shell needs to complete `gx`.

use clap::Args;
use clap_complete::Shell;

use super::complete;
use super::failure::Done;
use super::gx::Gx;
use super::tree::{Verb, tree};

#[derive(Args, Debug)]
pub(super) struct Completions {
    /// bash, elvish, fish, powershell, zsh
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
    /// What may stand at the end of this line: so the scripts ask
    #[arg(long, value_name = "LINE", hide = true, allow_hyphen_values = true)]
    at: Option<String>,
    /// The part of the line that bash replaces
    #[arg(long, value_name = "WORD", hide = true, allow_hyphen_values = true, requires = "at")]
    word: Option<String>,
}

impl Verb for Completions {
    fn run(self, gx: &mut Gx) -> Done {
        if let Some(line) = &self.at {
            return complete::at(gx, self.shell, line, self.word.as_deref());
        }
        if let Some(script) = complete::script(self.shell) {
            return Ok(gx.out.text(script)?);
        }
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut tree(gx.lang, None), "gx", &mut script);
        Ok(gx.out.bytes(&script)?)
    }
}
