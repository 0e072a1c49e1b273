//! `gx member`: the people of ours.

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
pub(super) struct Member {
    #[command(subcommand)]
    verb: MemberVerb,
}

#[derive(Subcommand, Debug)]
enum MemberVerb {
    /// Add a member
    Add(Add),
    /// Change a member
    Edit(Edit),
    /// List members
    List(Filtered),
}

#[derive(Args, Debug)]
struct Add {
    /// As people call them
    #[arg(long, value_name = "NAME")]
    name: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Edit {
    /// An id (m2), or words that mean one member
    #[arg(value_name = "MEMBER")]
    member: String,
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
    /// Their account on this machine
    #[arg(long, value_name = "LOGIN")]
    login: Option<String>,
    /// rep, lead, manager, admin, auditor
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// The team they work in
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// Their lead
    #[arg(long, value_name = "MEMBER")]
    lead: Option<String>,
    /// Mail address
    #[arg(long, value_name = "M")]
    mail: Option<String>,
    /// Telephone number
    #[arg(long, value_name = "P")]
    phone: Option<String>,
    #[command(flatten)]
    sets: Sets,
}

impl Verb for Member {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            MemberVerb::Add(Add { name, fields, dry }) => {
                let changes = fields.changes(gx, Some(&name))?.done();
                gx.add(Kind::Member, changes, dry)
            }
            MemberVerb::Edit(Edit { member, name, fields, dry }) => {
                let changes = fields.changes(gx, name.as_deref())?.some()?;
                gx.edit(Kind::Member, &member, changes, dry)
            }
            MemberVerb::List(filtered) => {
                let lang = gx.lang;
                let columns = [
                    ("name", Column::wide(say::col_name(lang))),
                    ("login", Column::left(say::col_login(lang))),
                    ("role", Column::left(say::col_role(lang))),
                    ("team", Column::left(say::col_team(lang))),
                    ("lead", Column::left(say::col_lead(lang))),
                ];
                filtered.show(gx, Kind::Member, &columns)
            }
        }
    }
}

impl Fields {
    fn changes<'a>(&self, gx: &'a Gx, name: Option<&str>) -> Done<Changes<'a>> {
        Changes::new(gx, Kind::Member)
            .put("name", name)?
            .put("login", self.login.as_deref())?
            .put("role", self.role.as_deref())?
            .put("team", self.team.as_deref())?
            .put("lead", self.lead.as_deref())?
            .put("mail", self.mail.as_deref())?
            .put("phone", self.phone.as_deref())?
            .sets(&self.sets)
    }
}
