//! `gx contact`: the people at a customer.

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
pub(super) struct Contact {
    #[command(subcommand)]
    verb: ContactVerb,
}

#[derive(Subcommand, Debug)]
enum ContactVerb {
    /// Add a contact
    Add(Add),
    /// Change a contact
    Edit(Edit),
    /// List contacts
    List(Filtered),
}

#[derive(Args, Debug)]
struct Add {
    /// Where they work: an id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// As people call them
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Edit {
    /// An id (p7), or words that mean one contact
    #[arg(value_name = "CONTACT")]
    contact: String,
    /// As people call them
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Fields {
    /// What they do there
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// A telephone number; may be given again
    #[arg(long, value_name = "P")]
    phone: Vec<String>,
    /// A mail address; may be given again
    #[arg(long, value_name = "M")]
    mail: Vec<String>,
    #[arg(long, value_name = "W", help = "WeChat name")]
    wechat: Option<String>,
    /// Birthday
    #[arg(long, value_name = "DATE")]
    birthday: Option<String>,
    /// Birthday in the lunar calendar: 08-15, leap 06-01
    #[arg(long, value_name = "DAY")]
    lunar_birthday: Option<String>,
    /// The way they like to be reached: phone, email, wechat and the like
    #[arg(long, value_name = "C")]
    channel: Option<String>,
    /// The weekdays on which they like that: mon,wed or mon-fri
    #[arg(long, value_name = "DAYS")]
    weekdays: Option<String>,
    #[command(flatten)]
    sets: Sets,
}

impl Verb for Contact {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            ContactVerb::Add(Add { customer, name, fields, dry }) => {
                let customer = gx.resolve(Kind::Customer, &customer)?.to_string();
                let changes = fields.changes(gx, Some(&name))?.put("customer", Some(&customer))?.done();
                gx.add(Kind::Contact, changes, dry)
            }
            ContactVerb::Edit(Edit { contact, name, fields, dry }) => {
                let changes = fields.changes(gx, name.as_deref())?.some()?;
                gx.edit(Kind::Contact, &contact, changes, dry)
            }
            ContactVerb::List(filtered) => {
                let lang = gx.lang;
                let columns = [
                    ("name", Column::wide(say::col_name(lang))),
                    ("title", Column::wide(say::col_title(lang))),
                    ("customer", Column::wide(say::col_customer(lang))),
                    ("phones", Column::left(say::col_phones(lang))),
                    ("mails", Column::left(say::col_mails(lang))),
                ];
                filtered.show(gx, Kind::Contact, &columns)
            }
        }
    }
}

impl Fields {
    fn changes<'a>(&self, gx: &'a Gx, name: Option<&str>) -> Done<Changes<'a>> {
        Changes::new(gx, Kind::Contact)
            .put("name", name)?
            .put("title", self.title.as_deref())?
            .link("phones", &self.phone)?
            .link("mails", &self.mail)?
            .put("wechat", self.wechat.as_deref())?
            .put("birthday", self.birthday.as_deref())?
            .put("lunar_birthday", self.lunar_birthday.as_deref())?
            .put("channel", self.channel.as_deref())?
            .put("weekdays", self.weekdays.as_deref())?
            .sets(&self.sets)
    }
}
