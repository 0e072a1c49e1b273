//! `gx team`: small groups that look after customers together.

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
pub(super) struct Team {
    #[command(subcommand)]
    verb: TeamVerb,
}

#[derive(Subcommand, Debug)]
enum TeamVerb {
    /// Add a team
    Add(Add),
    /// Change a team
    Edit(Edit),
    /// List teams
    List(Filtered),
}

#[derive(Args, Debug)]
struct Add {
    /// As people call it
    #[arg(long, value_name = "NAME")]
    name: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Edit {
    /// An id (g1), or words that mean one team
    #[arg(value_name = "TEAM")]
    team: String,
    /// As people call it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Fields {
    /// The department it belongs to
    #[arg(long, value_name = "DEPARTMENT")]
    department: Option<String>,
    /// Its lead
    #[arg(long, value_name = "MEMBER")]
    lead: Option<String>,
    #[command(flatten)]
    sets: Sets,
}

impl Verb for Team {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            TeamVerb::Add(Add { name, fields, dry }) => {
                let changes = fields.changes(gx, Some(&name))?.done();
                gx.add(Kind::Team, changes, dry)
            }
            TeamVerb::Edit(Edit { team, name, fields, dry }) => {
                let changes = fields.changes(gx, name.as_deref())?.some()?;
                gx.edit(Kind::Team, &team, changes, dry)
            }
            TeamVerb::List(filtered) => {
                let lang = gx.lang;
                let columns = [
                    ("name", Column::wide(say::col_name(lang))),
                    ("department", Column::wide(say::col_department(lang))),
                    ("lead", Column::left(say::col_lead(lang))),
                ];
                filtered.show(gx, Kind::Team, &columns)
            }
        }
    }
}

impl Fields {
    fn changes<'a>(&self, gx: &'a Gx, name: Option<&str>) -> Done<Changes<'a>> {
        Changes::new(gx, Kind::Team)
            .put("name", name)?
            .put("department", self.department.as_deref())?
            .put("lead", self.lead.as_deref())?
            .sets(&self.sets)
    }
}
