//! `gx view`: lists of customers with a name.

use clap::{Args, Subcommand};

use super::failure::Done;
use super::fields::{Changes, Dry};
use super::gx::Gx;
use super::page::Column;
use super::rows::Filtered;
use super::tree::Verb;
use crate::model::{self, Command, Id, Kind, Refusal, Row};
use crate::text::Clean;
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct View {
    #[command(subcommand)]
    verb: ViewVerb,
}

#[derive(Subcommand, Debug)]
enum ViewVerb {
    /// Save a list under a name
    Add(Add),
    /// Change a saved list
    Edit(Edit),
    /// List the saved lists: one's own, and the team's
    List(Filtered),
    /// Take a saved list away; gx undo brings it back
    Remove(Remove),
}

#[derive(Args, Debug)]
struct Add {
    /// As people call it
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Edit {
    /// An id (v1), or the name of a saved list
    #[arg(value_name = "VIEW")]
    view: String,
    /// As people call it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Remove {
    /// An id (v1), or the name of a saved list
    #[arg(value_name = "VIEW")]
    view: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Fields {
    /// The filter, one quoted word: 'tier:A idle>30d'; gx help filter lists what it can say
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// A field to sort by, with - before it backwards
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// The columns of the screen, with commas between
    #[arg(long, value_name = "COLUMNS")]
    columns: Option<String>,
    /// The whole team has it
    #[arg(long)]
    shared: bool,
}

impl Verb for View {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            ViewVerb::Add(Add { name, fields, dry }) => {
                let changes = fields.changes(gx, Some(&name))?.done();
                gx.add(Kind::View, changes, dry)
            }
            ViewVerb::Edit(Edit { view, name, fields, dry }) => {
                let changes = fields.changes(gx, name.as_deref())?.some()?;
                let (view, _) = gx.view(&view)?;
                gx.edit(Kind::View, &view.to_string(), changes, dry)
            }
            ViewVerb::List(filtered) => {
                let lang = gx.lang;
                let columns = [
                    ("name", Column::wide(say::col_name(lang))),
                    ("filter", Column::wide(say::col_filter(lang))),
                    ("sort", Column::left(say::col_sort(lang))),
                    ("owner", Column::left(say::col_owner(lang))),
                    ("shared", Column::left(say::col_shared(lang))),
                ];
                filtered.show(gx, Kind::View, &columns)
            }
            ViewVerb::Remove(Remove { view, dry }) => {
                let (view, _) = gx.view(&view)?;
                gx.write(Command::ViewRemove { view }, dry.dry_run)
            }
        }
    }
}

impl Fields {
    fn changes<'a>(&self, gx: &'a Gx, name: Option<&str>) -> Done<Changes<'a>> {
        Changes::new(gx, Kind::View)
            .put("name", name)?
            .put("filter", self.filter.as_deref())?
            .put("sort", self.sort.as_deref())?
            .put("columns", self.columns.as_deref())?
            .flag("shared", self.shared)
    }
}

impl Gx {
    /// The saved list of an id or a name: one's own goes before the team's.
    pub(super) fn view(&mut self, typed: &str) -> Done<(Id, model::View)> {
        let name = self.clean("VIEW", typed)?;
        let me = self.session()?.member.id;
        let rows = self.rows(Kind::View, &Clean::default(), u32::MAX)?;
        let named = rows.into_iter().filter_map(|line| match line.row {
            Row::View(view) => Some((line.id, view)),
            _ => None,
        });
        let found = named
            .filter(|(id, view)| view.name.folded() == name.folded() || id.to_string() == typed)
            .min_by_key(|(id, view)| (id.to_string() != typed, view.owner != Some(me), *id));
        match found {
            Some(found) => Ok(found),
            None => Err(self.refused(Refusal::NoMatch(Kind::View, name))),
        }
    }
}
