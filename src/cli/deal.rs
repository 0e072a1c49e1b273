//! `gx deal`: possible sales.

use clap::{Args, Subcommand};

use super::failure::Done;
use super::fields::{Changes, Dry, Sets};
use super::gx::Gx;
use super::page::Column;
use super::rows::Filtered;
use super::tree::Verb;
use crate::model::Kind;
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Deal {
    #[command(subcommand)]
    verb: DealVerb,
}

#[derive(Subcommand, Debug)]
enum DealVerb {
    /// Add a deal
    Add(Add),
    /// Change a deal; --stage won makes a purchase of it
    Edit(Edit),
    /// List deals
    List(Filtered),
}

#[derive(Args, Debug)]
struct Add {
    /// To whom: an id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Edit {
    /// An id (d3), or words that mean one deal
    #[arg(value_name = "DEAL")]
    deal: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Fields {
    /// What it is called
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// What would be sold
    #[arg(long, value_name = "PRODUCT")]
    product: Option<String>,
    /// For how much
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    /// prospecting, engaging, proposal, negotiation, won, lost
    #[arg(long, value_name = "STAGE")]
    stage: Option<String>,
    /// Who works on it
    #[arg(long, value_name = "MEMBER")]
    owner: Option<String>,
    /// Since when
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    opened: Option<String>,
    /// When it should close
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    expected: Option<String>,
    /// When it was won or lost
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    closed: Option<String>,
    #[command(flatten)]
    sets: Sets,
}

impl Verb for Deal {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            DealVerb::Add(Add { customer, fields, dry }) => {
                let customer = gx.resolve(Kind::Customer, &customer)?.to_string();
                let changes = fields.changes(gx)?.put("customer", Some(&customer))?.done();
                gx.add(Kind::Deal, changes, dry)
            }
            DealVerb::Edit(Edit { deal, fields, dry }) => {
                let changes = fields.changes(gx)?.some()?;
                gx.edit(Kind::Deal, &deal, changes, dry)
            }
            DealVerb::List(filtered) => {
                let lang = gx.lang;
                let columns = [
                    ("customer", Column::wide(say::col_customer(lang))),
                    ("name", Column::wide(say::col_name(lang))),
                    ("product", Column::wide(say::col_product(lang))),
                    ("stage", Column::left(say::col_stage(lang))),
                    ("amount", Column::right(say::col_amount(lang))),
                    ("owner", Column::left(say::col_owner(lang))),
                    ("expected", Column::left(say::col_expected(lang))),
                    ("closed", Column::left(say::col_closed(lang))),
                ];
                filtered.show(gx, Kind::Deal, &columns)
            }
        }
    }
}

impl Fields {
    fn changes<'a>(&self, gx: &'a Gx) -> Done<Changes<'a>> {
        Changes::new(gx, Kind::Deal)
            .put("name", self.name.as_deref())?
            .put("product", self.product.as_deref())?
            .put("amount", self.amount.as_deref())?
            .put("stage", self.stage.as_deref())?
            .put("owner", self.owner.as_deref())?
            .put("opened", self.opened.as_deref())?
            .put("expected", self.expected.as_deref())?
            .put("closed", self.closed.as_deref())?
            .sets(&self.sets)
    }
}
