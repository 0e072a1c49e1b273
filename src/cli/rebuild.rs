//! `gx rebuild`: every table anew from the journal.

use clap::Args;
use serde_json::json;

use super::failure::Done;
use super::gx::Gx;
use super::host;
use super::tree::Verb;
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Rebuild {}

impl Verb for Rebuild {
    fn run(self, gx: &mut Gx) -> Done {
        let entries = host::rebuild(&gx.dir()?, gx.lang)?;
        let text = say::rebuilt(gx.lang, entries);
        gx.out.one(|page| page.line([text.into()]), || json!({ "entries": entries }))?;
        Ok(())
    }
}
