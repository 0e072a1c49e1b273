//! `gx verify`: replays the journal and compares it with every table.

use clap::Args;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::page::Cell;
use super::page::Tone;
use super::shape;
use super::tree::Verb;
use crate::model::{Answer, Query};
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Verify {}

impl Verb for Verify {
    fn run(self, gx: &mut Gx) -> Done {
        let Answer::Verified(found) = gx.ask(Query::Verify)? else {
            return Err(Failure::odd_answer(gx.lang));
        };
        let lang = gx.lang;
        gx.out.one(
            |page| {
                page.line([say::verified(lang, found.entries, found.compared).into()]);
                for fault in &found.faults {
                    page.line([Cell::new("!").tone(Tone::Late), Cell::from(fault)]);
                }
            },
            || shape::verified(&found),
        )?;
        if found.faults.is_empty() {
            return Ok(());
        }
        Err(Failure::failed(say::not_verified(lang)).hint(say::not_verified_hint(lang)))
    }
}
