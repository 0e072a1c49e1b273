//! `gx stop`: ends the server. Never starts one.

use clap::Args;
use serde_json::json;

use super::failure::Done;
use super::gx::Gx;
use super::host;
use super::tree::Verb;
use crate::model::{Reply, Request};
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Stop {}

impl Verb for Stop {
    fn run(self, gx: &mut Gx) -> Done {
        let lang = gx.lang;
        let stopped = gx.call_running(&Request::Stop)? == Some(Reply::Done);
        if stopped {
            host::let_go(&gx.dir()?);
        }
        let text = if stopped { say::stopped(lang) } else { say::not_running(lang) };
        gx.out.one(|page| page.line([text.into()]), || json!({ "stopped": stopped }))?;
        Ok(())
    }
}
