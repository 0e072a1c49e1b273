//! `gx purchase`: sales.

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
pub(super) struct Purchase {
    #[command(subcommand)]
    verb: PurchaseVerb,
}

#[derive(Subcommand, Debug)]
enum PurchaseVerb {
    /// Add a purchase
    Add(Add),
    /// Change a purchase
    Edit(Edit),
    /// List purchases
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
    /// An id (o9), or words that mean one purchase
    #[arg(value_name = "PURCHASE")]
    purchase: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Fields {
    /// What was bought
    #[arg(long, value_name = "PRODUCT")]
    product: Option<String>,
    /// For how much
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    amount: Option<String>,
    /// When
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    date: Option<String>,
    /// Who sold it
    #[arg(long, value_name = "MEMBER")]
    owner: Option<String>,
    /// It is paid for
    #[arg(long)]
    paid: bool,
    #[command(flatten)]
    sets: Sets,
}

impl Verb for Purchase {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            PurchaseVerb::Add(Add { customer, fields, dry }) => {
                let customer = gx.resolve(Kind::Customer, &customer)?.to_string();
                let changes = fields.changes(gx)?.put("customer", Some(&customer))?.done();
                gx.add(Kind::Purchase, changes, dry)
            }
            PurchaseVerb::Edit(Edit { purchase, fields, dry }) => {
                let changes = fields.changes(gx)?.some()?;
                gx.edit(Kind::Purchase, &purchase, changes, dry)
            }
            PurchaseVerb::List(filtered) => {
                let lang = gx.lang;
                let columns = [
                    ("date", Column::left(say::col_date(lang))),
                    ("customer", Column::wide(say::col_customer(lang))),
                    ("product", Column::wide(say::col_product(lang))),
                    ("amount", Column::right(say::col_amount(lang))),
                    ("owner", Column::left(say::col_owner(lang))),
                    ("paid", Column::left(say::col_paid(lang))),
                ];
                filtered.show(gx, Kind::Purchase, &columns)
            }
        }
    }
}

impl Fields {
    fn changes<'a>(&self, gx: &'a Gx) -> Done<Changes<'a>> {
        Changes::new(gx, Kind::Purchase)
            .put("product", self.product.as_deref())?
            .put("amount", self.amount.as_deref())?
            .put("date", self.date.as_deref())?
            .put("owner", self.owner.as_deref())?
            .flag("paid", self.paid)?
            .sets(&self.sets)
    }
}
