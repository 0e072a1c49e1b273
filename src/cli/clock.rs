//! `gx clock`: the store's clock; that of a practice store moves.

use clap::Args;
use serde_json::json;

use super::failure::Done;
use super::fields::Dry;
use super::gx::Gx;
use super::shape::Shaper;
use super::tree::Verb;
use crate::model::Command;
use crate::text::date::{When, echo};
use crate::text::say::brought;

#[derive(Args, Debug)]
pub(super) struct Clock {
    /// How far forward, or to when: +3d, 2018-02-01, fri 09:00
    // Back is for the server to refuse: `-3d` is a time, and no flag.
    #[arg(value_name = "TO", allow_hyphen_values = true)]
    to: Option<String>,
    // Of several words the others, behind which flags are flags.
    #[arg(hide = true)]
    more: Vec<String>,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Clock {
    fn run(self, gx: &mut Gx) -> Done {
        if let Some(to) = self.to {
            let words: Vec<String> = std::iter::once(to).chain(self.more).collect();
            let to = gx.clean("TO", &words.join(" "))?;
            let dry_run = self.dry.dry_run;
            let receipt = gx.act(Command::ClockMove { to }, dry_run)?;
            let done = if dry_run {
                |lang, _| brought::would_move(lang).to_owned()
            } else {
                |lang, _| brought::moved(lang).to_owned()
            };
            return gx.tell(&receipt, dry_run, Some(done));
        }
        let (lang, zone) = (gx.lang, gx.zone()?);
        let shaper = Shaper { lang, zone };
        let session = gx.session()?.clone();
        let local = session.now.local(zone);
        let now = echo(lang, When { date: local.date(), time: Some(local.time()) });
        gx.out.one(
            |page| page.line([now.into(), session.timezone.line().into()]),
            || {
                json!({
                    "now": shaper.time(Some(session.now)),
                    "timezone": session.timezone.as_str(),
                    "practice": session.practice,
                })
            },
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::testing::run;
    use crate::model::{Command, Request};

    #[test]
    fn a_time_behind_is_no_flag_and_flags_stand_anywhere() {
        for (line, to, dry_run) in [
            ("clock -3d", "-3d", false),
            ("clock --dry-run -3d", "-3d", true),
            ("clock +3d --dry-run", "+3d", true),
            ("clock fri 09:00 --dry-run", "fri 09:00", true),
        ] {
            let words: Vec<&str> = line.split(' ').collect();
            let asked = run(&words, |_| None).requests;
            let Some(Request::Do { orders, .. }) = asked.first() else { panic!("{line}: {asked:?}") };
            let Command::ClockMove { to: told } = &orders[0].command else { panic!("{line}") };
            assert_eq!((told.as_str(), orders[0].dry_run), (to, dry_run), "{line}");
        }
    }
}
