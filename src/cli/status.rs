//! `gx status`: how the server is. Never starts one.

use clap::Args;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::page::{Cell, Page, Tone};
use super::shape;
use super::tree::Verb;
use crate::model::query::Status as State;
use crate::model::{Answer, Query};
use crate::text::Lang;
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Status {}

impl Verb for Status {
    fn run(self, gx: &mut Gx) -> Done {
        gx.never_start()?;
        let Answer::Status(status) = gx.ask(Query::Status)? else { return Err(Failure::odd_answer(gx.lang)) };
        let lang = gx.lang;
        gx.out.one(|page| draw(page, &status, lang), || shape::status(&status))?;
        Ok(())
    }
}

fn draw(page: &mut Page, status: &State, lang: Lang) {
    let here: Vec<String> = status.here.iter().map(|member| member.name.line()).collect();
    let batches = status.open_batches.iter().map(|batch| format!("{} {}", batch.id, batch.name.line()));
    let kind = match status.kind.as_str() {
        "practice" => say::kind_practice(lang),
        "private" => say::kind_private(lang),
        "team" => say::kind_team(lang),
        other => other,
    };
    page.pairs(&[
        (say::col_store(lang), say::store_is(lang, status.store.line(), kind).into()),
        (say::col_server(lang), say::server_is(lang, status.pid, &status.version, status.protocol).into()),
        (say::col_uptime(lang), uptime(status.uptime_s).into()),
        (say::col_sessions(lang), status.sessions.to_string().into()),
        (say::col_here(lang), here.join(lang.pick(", ", "、")).into()),
        (say::col_head(lang), status.head.to_string().into()),
        (say::col_customers(lang), status.customers.to_string().into()),
        (say::col_interactions(lang), status.interactions.to_string().into()),
        (say::col_memory(lang), format!("{} MiB", status.memory_bytes >> 20).into()),
        (say::col_open_batches(lang), Cell::new(batches.collect::<Vec<_>>().join(", ")).tone(Tone::Soon)),
        (say::col_read_only(lang), Cell::from(&status.read_only).tone(Tone::Late)),
    ]);
}

/// `2d 03:04:05`
fn uptime(seconds: u64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
    let clock = format!("{hours:02}:{minutes:02}:{:02}", seconds % 60);
    if days > 0 { format!("{days}d {clock}") } else { clock }
}

#[cfg(test)]
mod tests {
    #[test]
    fn uptime_is_days_and_a_clock() {
        assert_eq!(super::uptime(59), "00:00:59");
        assert_eq!(super::uptime(2 * 86_400 + 3 * 3600 + 4 * 60 + 5), "2d 03:04:05");
    }
}
