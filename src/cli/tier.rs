//! `gx tier`: the book by tier, and tiers set by hand.

use clap::{Args, Subcommand};

use super::failure::{Done, Failure};
use super::fields::Dry;
use super::flags::AsOf;
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::shape::Shaper;
use super::tree::Verb;
use crate::model::query::TierLine;
use crate::model::{Answer, Command, Kind, Query};
use crate::text::say::cli as say;

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, after_help = AFTER)]
pub(super) struct Tier {
    #[command(subcommand)]
    verb: Option<TierVerb>,
    #[command(flatten)]
    day: AsOf,
}

const AFTER: &str = "covered: customers contacted within the rhythm of their tier, of all; who was never contacted is \
not. late: customers with a late task, or a contact that their tier wanted; the rhythm of who was never contacted began \
when they were added or got their owner.";

#[derive(Subcommand, Debug)]
enum TierVerb {
    /// Set a customer's tier by hand, with a reason
    Set(Set),
    /// Leave a customer's tier to the rules again
    Clear(Clear),
}

#[derive(Args, Debug)]
struct Set {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// The tier's id
    #[arg(value_name = "TIER")]
    tier: String,
    /// Why; everybody can read it
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// The last day; without one until cleared
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Clear {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Tier {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            None => {
                gx.look_back(&self.day)?;
                tiers(gx)
            }
            Some(TierVerb::Set(Set { customer, tier, reason, until, dry })) => {
                let tier = gx.clean("TIER", &tier)?;
                let reason = gx.clean("--reason", &reason)?;
                let until = gx.clean_or_empty("--until", until.as_deref())?;
                let customer = gx.resolve(Kind::Customer, &customer)?;
                gx.write(Command::TierSet { customer, tier, reason, until }, dry.dry_run)
            }
            Some(TierVerb::Clear(Clear { customer, dry })) => {
                let customer = gx.resolve(Kind::Customer, &customer)?;
                gx.write(Command::TierClear { customer }, dry.dry_run)
            }
        }
    }
}

fn tiers(gx: &mut Gx) -> Done {
    let Answer::Tiers(tiers) = gx.ask(Query::Tiers)? else { return Err(Failure::odd_answer(gx.lang)) };
    let lang = gx.lang;
    let shaper = Shaper { lang, zone: gx.zone()? };
    let columns = [
        Column::left(say::col_tier(lang)),
        Column::left(say::col_name(lang)),
        Column::right(say::col_count(lang)),
        Column::right(say::col_spend_year(lang)),
        Column::right(say::col_covered(lang)),
        Column::right(say::col_late(lang)),
    ];
    let cells = |line: &TierLine| {
        let late = Cell::new(line.late.to_string());
        vec![
            Cell::from(&line.tier.id),
            Cell::from(lang.pick(&line.tier.en, &line.tier.zh)),
            Cell::new(line.count.to_string()),
            Cell::new(line.spend.grouped(true)),
            Cell::new(format!("{}/{}", line.covered, line.count)),
            if line.late > 0 { late.tone(Tone::Late) } else { late },
        ]
    };
    gx.out.list(&tiers, &columns, cells, |line| shaper.tier(line))?;
    Ok(())
}
