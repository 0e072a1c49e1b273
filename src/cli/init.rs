//! `gx init`: makes a store, private or for practice.

use chrono::{Local, NaiveTime};
use chrono_tz::Tz;
use clap::Args;
use serde_json::json;

use super::failure::{Done, Failure, shown};
use super::fields::Dry;
use super::gx::Gx;
use super::host;
use super::tree::Verb;
use crate::config::Account;
use crate::model::{Command, Instant};
use crate::text::date;
use crate::text::say::cli as say;
use crate::text::{Clean, Currency};

#[derive(Args, Debug)]
pub(super) struct Init {
    /// What the store is called; without one after you, a practice store after its team
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// A practice store: with a team and its book to try things on, and a clock that can be moved
    #[arg(long)]
    practice: bool,
    /// A practice store without anything in it
    #[arg(long, requires = "practice")]
    empty: bool,
    /// When the clock of a practice store starts
    #[arg(long, value_name = "DATE", requires = "practice", allow_hyphen_values = true)]
    clock: Option<String>,
    /// The team's time zone, as Asia/Shanghai; without one that of this machine
    #[arg(long, value_name = "TZ")]
    timezone: Option<String>,
    /// The currency of bare amounts, as CNY
    #[arg(long, value_name = "CUR", default_value = "CNY", hide_default_value = true)]
    currency: String,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Init {
    fn run(self, gx: &mut Gx) -> Done {
        let lang = gx.lang;
        let dir = gx.dir()?;
        let command = self.command(gx)?;
        if !self.dry.dry_run {
            host::create(&dir, &command, lang)?;
            if self.practice && !self.empty {
                host::fill(&dir, lang, &mut gx.progress())?;
            }
        }
        let text = if self.dry.dry_run {
            say::would_make_store(lang, shown(&dir))
        } else {
            say::made_store(lang, shown(&dir))
        };
        let (currency, zone) = (self.currency(gx)?, self.zone(gx)?);
        let value = || {
            json!({
                "store": shown(&dir),
                "practice": self.practice,
                "currency": currency.code(),
                "timezone": zone.name(),
                "dry_run": self.dry.dry_run,
            })
        };
        gx.out.one(|page| page.line([text.into()]), value)?;
        if !gx.for_machines() && !self.practice && !self.dry.dry_run {
            gx.note(&say::counts_in(lang, currency, zone.name(), shown(&dir)));
        }
        Ok(())
    }
}

/// What makes a practice store of this name, with nothing else said about it.
pub(super) fn practice_store(gx: &Gx, name: &str) -> Done<Command> {
    let plain = Init {
        name: Some(name.to_owned()),
        practice: true,
        empty: false,
        clock: None,
        timezone: None,
        currency: Currency::CNY.code().to_owned(),
        dry: Dry { dry_run: false },
    };
    plain.command(gx)
}

impl Init {
    /// The command that makes the store's own record and its first member: whoever runs this.
    fn command(&self, gx: &Gx) -> Done<Command> {
        let zone = self.zone(gx)?;
        let currency = self.currency(gx)?;
        let own = Account::own();
        let name = match &self.name {
            Some(name) => gx.clean("--name", name)?,
            None if self.practice && !self.empty => host::book_name(),
            None => own.name.clone(),
        };
        Ok(Command::Init {
            name,
            policy: Clean::default(),
            timezone: Clean::known(zone.name()),
            currency: Clean::washed(currency.code()).0,
            practice: self.practice.then(|| self.start(gx, zone)).transpose()?,
            member: (own.name, own.login, own.uid),
        })
    }

    fn currency(&self, gx: &Gx) -> Done<Currency> {
        self.currency.parse().map_err(|_| Failure::usage(say::bad_currency(gx.lang, &self.currency)))
    }

    fn zone(&self, gx: &Gx) -> Done<Tz> {
        match &self.timezone {
            Some(name) => name.parse().map_err(|_| {
                Failure::usage(say::bad_timezone(gx.lang, name)).hint(say::bad_timezone_hint(gx.lang))
            }),
            None => {
                Ok(iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC))
            }
        }
    }

    /// When the clock of a practice store starts: now, or at nine on the day that was named; before its book, if it is
    /// to be filled up to then.
    fn start(&self, gx: &Gx, zone: Tz) -> Done<Instant> {
        let now = Local::now().with_timezone(&zone).naive_local();
        let start = match &self.clock {
            None => now,
            Some(typed) => {
                let when = date::parse(typed, now).map_err(|bad| {
                    Failure::usage(say::bad_flag(gx.lang, "--clock", typed, bad.say(gx.lang)))
                })?;
                when.at(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default())
            }
        };
        Ok(Instant::at(if self.empty { start } else { host::begins(start) }, zone))
    }
}
