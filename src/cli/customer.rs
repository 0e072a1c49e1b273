//! `gx customer`: add, edit, archive.

use clap::{Args, Subcommand};

use super::failure::Done;
use super::fields::{Changes, Dry, Sets};
use super::gx::Gx;
use super::tree::Verb;
use crate::model::{Answer, Change, Kind, Query};
use crate::text::Clean;
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Customer {
    #[command(subcommand)]
    verb: CustomerVerb,
}

#[derive(Subcommand, Debug)]
enum CustomerVerb {
    /// Add a customer
    Add(Add),
    /// Change a customer
    Edit(Edit),
    /// Put a customer away: in no list unless asked for. Nothing is ever deleted
    #[command(alias = "delete")]
    Archive(Archive),
}

#[derive(Args, Debug)]
struct Add {
    /// As we call them
    #[arg(long, value_name = "N")]
    name: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Edit {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// As we call them
    #[arg(long, value_name = "N")]
    name: Option<String>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Archive {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Fields {
    /// company or person
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// A telephone number; may be given again
    #[arg(long, value_name = "P")]
    phone: Vec<String>,
    /// A mail address; may be given again
    #[arg(long, value_name = "M")]
    mail: Vec<String>,
    /// The company they belong to: an id or a name
    #[arg(long, value_name = "CUSTOMER")]
    parent: Option<String>,
    /// The member who looks after them; none for nobody
    #[arg(long, value_name = "MEMBER")]
    owner: Option<String>,
    /// The team whose queue serves them; none for nobody's
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// Region
    #[arg(long, value_name = "R")]
    region: Option<String>,
    /// A tag; may be given again
    #[arg(long, value_name = "T")]
    tag: Vec<String>,
    #[command(flatten)]
    sets: Sets,
}

impl Verb for Customer {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            CustomerVerb::Add(Add { name, fields, dry }) => {
                let changes = fields.changes(gx, Some(&name))?.done();
                warn_of_namesake(gx, &name)?;
                gx.add(Kind::Customer, changes, dry)
            }
            CustomerVerb::Edit(Edit { customer, name, fields, dry }) => {
                let changes = fields.changes(gx, name.as_deref())?.some()?;
                gx.edit(Kind::Customer, &customer, changes, dry)
            }
            CustomerVerb::Archive(Archive { customer, dry }) => {
                let changes = vec![Change::put(Clean::known("archived"), Clean::known("yes"))];
                gx.edit(Kind::Customer, &customer, changes, dry)
            }
        }
    }
}

/// Two may be called the same; mostly it is one who was added twice.
fn warn_of_namesake(gx: &mut Gx, name: &str) -> Done {
    let words = gx.clean("--name", name)?;
    let query = Query::Find { words: words.clone(), limit: 5 };
    // A look-up that fails is no reason not to add anybody.
    let Ok(Answer::Customers(found, _)) = gx.ask(query) else { return Ok(()) };
    if let Some(same) = found.iter().find(|line| line.name.folded() == words.folded()) {
        gx.note(&say::namesake(gx.lang, same.id));
    }
    Ok(())
}

impl Fields {
    fn changes<'a>(&self, gx: &'a Gx, name: Option<&str>) -> Done<Changes<'a>> {
        Changes::new(gx, Kind::Customer)
            .put("name", name)?
            .put("kind", self.kind.as_deref())?
            .link("phones", &self.phone)?
            .link("mails", &self.mail)?
            .put("parent", self.parent.as_deref())?
            .put("owner", self.owner.as_deref())?
            .put("team", self.team.as_deref())?
            .put("region", self.region.as_deref())?
            .link("tags", &self.tag)?
            .sets(&self.sets)
    }
}
