//! `gx pool`: who lies in the open pool; claim, release, protect.

use clap::{Args, Subcommand};

use super::failure::Done;
use super::fields::Dry;
use super::gx::Gx;
use super::list::{both, print};
use super::tree::Verb;
use crate::model::{Command, Kind};
use crate::text::Clean;
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Pool {
    #[command(subcommand)]
    verb: PoolVerb,
}

#[derive(Subcommand, Debug)]
enum PoolVerb {
    /// List the customers in the open pool, highest tiers first
    List(List),
    /// Take a customer out of the open pool: it is mine
    Claim(Claim),
    /// Give a customer back into the open pool, with a reason
    Release(Release),
    /// Keep a customer from returning to the open pool for a while
    Protect(Protect),
}

#[derive(Args, Debug)]
struct List {
    /// The filter, one quoted word: 'pool:east tier:A'; gx help filter lists what it can say
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// Those instead who will return to it by rule within the time of its warning
    #[arg(long)]
    warned: bool,
    /// A field to sort by, with - before it backwards
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true, default_value = "tier")]
    sort: String,
    /// At most so many
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<u32>,
}

#[derive(Args, Debug)]
pub(super) struct Claim {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
pub(super) struct Release {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// Why; everybody can read it
    #[arg(long, value_name = "WORDS")]
    reason: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Protect {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// Why; everybody can read it
    #[arg(long, value_name = "WORDS", required_unless_present = "off")]
    reason: Option<String>,
    /// Keep it no longer
    #[arg(long)]
    off: bool,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Pool {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            PoolVerb::List(List { filter, warned, sort, limit }) => {
                let filter = gx.clean_or_empty("FILTER", filter.as_deref())?;
                let which = Clean::known(if warned { "returning:yes" } else { "pooled:yes" });
                let sort = gx.clean("--sort", &sort)?;
                print(gx, &both(&which, &filter), &sort, limit.unwrap_or(u32::MAX))
            }
            PoolVerb::Claim(claim) => claim.run(gx),
            PoolVerb::Release(release) => release.run(gx),
            PoolVerb::Protect(Protect { customer, reason, off, dry }) => {
                let reason = gx.clean_or_empty("--reason", reason.as_deref())?;
                let customer = gx.resolve(Kind::Customer, &customer)?;
                gx.write(Command::Protect { customer, on: !off, reason }, dry.dry_run)
            }
        }
    }
}

impl Claim {
    /// Takes the customer.
    pub(super) fn run(self, gx: &mut Gx) -> Done {
        let customer = gx.resolve(Kind::Customer, &self.customer)?;
        gx.write(Command::Claim { customer }, self.dry.dry_run)
    }
}

impl Release {
    /// Gives the customer back.
    pub(super) fn run(self, gx: &mut Gx) -> Done {
        let reason = gx.clean("--reason", &self.reason)?;
        let customer = gx.resolve(Kind::Customer, &self.customer)?;
        let receipt = gx.act(Command::Release { customer, reason }, self.dry.dry_run)?;
        let done = if self.dry.dry_run { say::would_release } else { say::released };
        gx.tell(&receipt, self.dry.dry_run, Some(done))
    }
}
