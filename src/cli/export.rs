//! `gx export`: records of a kind with every field, in the names that an import takes.

use std::collections::BTreeSet;

use clap::Args;
use serde_json::Value;

use super::failure::Done;
use super::gx::Gx;
use super::import::kind_of;
use super::output::Format;
use super::rows::PAGE;
use super::shape::Shaper;
use super::tree::Verb;
use crate::model::query::RowLine;
use crate::model::{Id, Kind, Row, Shape};
use crate::text::Clean;

#[derive(Args, Debug)]
pub(super) struct Export {
    /// members, teams, customers, contacts, interactions, tasks, deals, purchases
    #[arg(value_name = "KIND")]
    kind: String,
    /// The filter over the fields of the records, one quoted word
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// Leave cells as they are that a spreadsheet would run as formulas
    #[arg(long)]
    raw: bool,
}

impl Verb for Export {
    fn run(self, gx: &mut Gx) -> Done {
        let kind = kind_of(&self.kind, gx.lang)?;
        let filter = gx.clean_or_empty("FILTER", self.filter.as_deref())?;
        if gx.out.is_table() {
            gx.out.format = Format::Csv;
        }
        gx.out.raw = self.raw;
        let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
        let columns = columns(gx, kind, &filter, shaper)?;
        gx.out.columns(columns)?;
        each_page(gx, kind, &filter, |gx, page| {
            Ok(page.iter().try_for_each(|line| gx.out.value(&shaper.row(line)))?)
        })?;
        Ok(gx.out.end()?)
    }
}

/// The columns: every declared field, then the own fields that any of the records has.
fn columns(gx: &mut Gx, kind: Kind, filter: &Clean, shaper: Shaper) -> Done<Vec<String>> {
    let blank =
        RowLine { id: Id::new(kind, 1), row: Row::blank(kind), names: Vec::new(), hidden: Vec::new() };
    let mut columns: Vec<String> = match shaper.row(&blank) {
        Value::Object(object) => object.keys().cloned().collect(),
        _ => Vec::new(),
    };
    if gx.out.format.has_columns() && kind.fields().iter().any(|info| matches!(info.shape, Shape::Own(_))) {
        let mut own = BTreeSet::new();
        each_page(gx, kind, filter, |_, page| {
            let fields = page.iter().flat_map(|line| line.row.values());
            own.extend(fields.filter_map(|(field, _)| field.own));
            Ok(())
        })?;
        columns.extend(own.iter().map(|name| format!("x.{name}")));
    }
    Ok(columns)
}

/// Sees all records of a kind that the filter finds, page by page.
fn each_page(
    gx: &mut Gx,
    kind: Kind,
    filter: &Clean,
    mut see: impl FnMut(&mut Gx, &[RowLine]) -> Done,
) -> Done {
    let mut from = 1;
    loop {
        let page = gx.rows_from(kind, filter, from, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        from = last.id.n + 1;
        see(gx, &page)?;
    }
}
