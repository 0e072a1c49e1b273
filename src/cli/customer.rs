//! `gx customer`: add, edit, archive, claim, release.

use clap::{Args, Subcommand};

use super::failure::Done;
use super::fields::{Changes, Dry, Sets};
use super::gx::Gx;
use super::pool;
use super::tree::Verb;
use crate::model::query::CustomerLine;
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
    /// The same as gx pool claim
    Claim(pool::Claim),
    /// The same as gx pool release
    Release(pool::Release),
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
    /// The member who looks after them while the owner is away
    #[arg(long, value_name = "MEMBER")]
    backup: Option<String>,
    /// A member beside the owner and their duty: Anna:finance; may be given again
    #[arg(long, value_name = "MEMBER:DUTY")]
    collaborator: Vec<String>,
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
                let same = likely_same(gx, &name, &fields)?;
                gx.add(Kind::Customer, changes, dry)?;
                if let Some((line, why)) = same {
                    gx.note(&say::likely_same(gx.lang, line.id, line.name.line(), why));
                    if !dry.dry_run {
                        gx.note(say::likely_same_hint(gx.lang));
                    }
                }
                Ok(())
            }
            CustomerVerb::Edit(Edit { customer, name, fields, dry }) => {
                let changes = fields.changes(gx, name.as_deref())?.some()?;
                gx.edit(Kind::Customer, &customer, changes, dry)
            }
            CustomerVerb::Claim(claim) => claim.run(gx),
            CustomerVerb::Release(release) => release.run(gx),
            CustomerVerb::Archive(Archive { customer, dry }) => {
                let changes = vec![Change::put(Clean::known("archived"), Clean::known("yes"))];
                gx.edit(Kind::Customer, &customer, changes, dry)
            }
        }
    }
}

/// Who is found with a score like this has the number or the mail, or is called so or nearly so.
const WHOLE: u32 = 850;
const NEARLY: u32 = 600;

/// Whoever is there already and is likely the same as a new customer, and why: mostly it is one who was added twice.
fn likely_same(gx: &mut Gx, name: &str, fields: &Fields) -> Done<Option<(CustomerLine, &'static str)>> {
    let lang = gx.lang;
    let phones = fields.phone.iter().map(|phone| (phone.as_str(), WHOLE, say::same_phone(lang)));
    let mails = fields.mail.iter().map(|mail| (mail.as_str(), WHOLE, say::same_mail(lang)));
    for (typed, least, why) in phones.chain(mails).chain([(name, NEARLY, say::like_name(lang))]) {
        let query = Query::Find { words: gx.clean("WORDS", typed)?, limit: 1 };
        // A look-up that fails is no reason not to add anybody.
        let Ok(Answer::Customers(found, _)) = gx.ask(query) else { continue };
        let same = found.into_iter().find(|line| line.score.is_some_and(|score| score >= least));
        if let Some(line) = same {
            let is_same_name = typed == name && line.score >= Some(WHOLE);
            return Ok(Some((line, if is_same_name { say::same_name(lang) } else { why })));
        }
    }
    Ok(None)
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
            .put("backup", self.backup.as_deref())?
            .link("collaborators", &self.collaborator)?
            .put("region", self.region.as_deref())?
            .link("tags", &self.tag)?
            .sets(&self.sets)
    }
}
