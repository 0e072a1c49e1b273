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
use crate::text::near::nearest;
use crate::text::say::{cli as say, refusal};

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
        let views: Vec<(Id, model::View)> = named.collect();
        let found = views
            .iter()
            .filter(|(id, view)| view.name.folded() == name.folded() || id.to_string() == typed)
            .min_by_key(|(id, view)| (id.to_string() != typed, view.owner != Some(me), *id));
        if let Some(found) = found {
            return Ok(found.clone());
        }
        let near = nearest(name.as_str(), views.iter().map(|(_, view)| view.name.as_str()));
        let hint = near.map(|near| refusal::did_you_mean(self.lang, near));
        Err(self.refused(Refusal::NoMatch(Kind::View, name)).maybe_hint(hint))
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::testing::run;
    use crate::model::query::RowLine;
    use crate::model::{Answer, Id, Kind, Query, Reply, Request, Row, View};
    use crate::text::Clean;

    #[test]
    fn a_saved_list_that_there_is_not_names_the_nearest() {
        let line = |n, name| RowLine {
            id: Id::new(Kind::View, n),
            row: Row::View(View { name: Clean::known(name), ..View::default() }),
            names: Vec::new(),
            hidden: Vec::new(),
        };
        for (typed, hint) in [("@mornig calls", Some("did you mean morning calls?")), ("@zzz", None)] {
            let ran = run(&["list", typed], move |request| match request {
                Request::Ask(Query::Rows { from: 0 | 1, .. }) => {
                    Some(Reply::Answer(9, Answer::Rows(vec![line(1, "mine"), line(2, "morning calls")])))
                }
                _ => Some(Reply::Answer(9, Answer::Rows(Vec::new()))),
            });
            let failure = ran.done.unwrap_err();
            assert_eq!((failure.code, failure.hint.as_deref()), (3, hint), "{typed}");
        }
    }
}
