//! `gx policy`: the rules in force, as text.

use clap::{Args, Subcommand};
use serde_json::json;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::tree::Verb;
use crate::model::{Kind, Row};
use crate::text::Clean;

#[derive(Args, Debug)]
pub(super) struct Policy {
    #[command(subcommand)]
    verb: PolicyVerb,
}

#[derive(Subcommand, Debug)]
enum PolicyVerb {
    /// Show the policy in force. It cannot be changed yet: that comes in a later version
    Show,
}

impl Verb for Policy {
    fn run(self, gx: &mut Gx) -> Done {
        let PolicyVerb::Show = self.verb;
        let rows = gx.rows(Kind::Settings, &Clean::default(), 1)?;
        let Some(Row::Settings(settings)) = rows.into_iter().next().map(|line| line.row) else {
            return Err(Failure::odd_answer(gx.lang));
        };
        if gx.for_machines() {
            let value = json!({ "version": settings.version, "policy": settings.policy.as_str() });
            return Ok(gx.out.one(|_| {}, || value)?);
        }
        Ok(gx.out.text(settings.policy.as_str())?)
    }
}
