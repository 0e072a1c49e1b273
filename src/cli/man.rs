//! `gx man`: the manual pages.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use clap_mangen::Man as Pages;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::tree::{Verb, tree};

#[derive(Args, Debug)]
pub(super) struct Man {
    /// Where to write a page for every command; without one the first page goes to stdout
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Verb for Man {
    fn run(self, gx: &mut Gx) -> Done {
        let Some(dir) = self.dir else {
            let mut page = Vec::new();
            Pages::new(tree(gx.lang, None)).render(&mut page)?;
            return Ok(gx.out.bytes(&page)?);
        };
        let lang = gx.lang;
        let failed = |error: std::io::Error| Failure::file(&dir, &error, lang);
        fs::create_dir_all(&dir).map_err(failed)?;
        clap_mangen::generate_to(tree(lang, None), &dir).map_err(failed)
    }
}
