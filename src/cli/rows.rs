//! Records of a kind by filter, page by page.

use clap::Args;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::page::{Cell, Column};
use super::shape::Shaper;
use crate::model::query::RowLine;
use crate::model::{Answer, Kind, Query, Value};
use crate::text::Clean;

/// Records that are asked for at once.
pub(super) const PAGE: u32 = 2000;

// What every `list` of records takes.
#[derive(Args, Debug)]
pub(super) struct Filtered {
    /// The filter over the fields of the records, one quoted word: 'customer:c12 amount>1000'
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// At most so many
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<u32>,
}

impl Filtered {
    /// Lists records of a kind: for people these fields of each, for machines all of them.
    pub(super) fn show(self, gx: &mut Gx, kind: Kind, columns: &[(&'static str, Column)]) -> Done {
        self.show_by(gx, kind, columns, said)
    }

    /// The same, with what stands in a cell of a field said so.
    pub(super) fn show_by(
        self,
        gx: &mut Gx,
        kind: Kind,
        columns: &[(&'static str, Column)],
        said: impl Fn(&RowLine, &str, Shaper) -> String,
    ) -> Done {
        let rows = self.rows(gx, kind)?;
        let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
        let fields = columns.iter().map(|(_, column)| *column);
        let titles: Vec<Column> = std::iter::once(Column::left("id")).chain(fields).collect();
        let cells = |line: &RowLine| {
            let fields = columns.iter().map(|(field, _)| Cell::new(said(line, field, shaper)));
            std::iter::once(Cell::new(line.id.to_string())).chain(fields).collect()
        };
        gx.out.list(&rows, &titles, cells, |line| shaper.row(line))?;
        Ok(())
    }

    /// The records of a kind that are asked for.
    pub(super) fn rows(self, gx: &mut Gx, kind: Kind) -> Done<Vec<RowLine>> {
        let filter = gx.clean_or_empty("FILTER", self.filter.as_deref())?;
        gx.rows(kind, &filter, self.limit.unwrap_or(u32::MAX))
    }
}

impl Gx {
    /// The records of a kind that the filter finds, at most `limit`, in the order of ids.
    pub(super) fn rows(&mut self, kind: Kind, filter: &Clean, limit: u32) -> Done<Vec<RowLine>> {
        let mut rows = Vec::new();
        let mut from = 1;
        while rows.len() < limit as usize {
            let wanted = PAGE.min(limit - rows.len() as u32);
            let page = self.rows_from(kind, filter, from, wanted)?;
            let last = page.last().map(|line| line.id.n);
            rows.extend(page);
            match last {
                Some(last) => from = last + 1,
                None => break,
            }
        }
        Ok(rows)
    }

    /// A page of them: those from this number on.
    pub(super) fn rows_from(
        &mut self,
        kind: Kind,
        filter: &Clean,
        from: u64,
        limit: u32,
    ) -> Done<Vec<RowLine>> {
        match self.ask(Query::Rows { kind, filter: filter.clone(), from, limit })? {
            Answer::Rows(rows) => Ok(rows),
            _ => Err(Failure::odd_answer(self.lang)),
        }
    }
}

/// A field of a record for people: names instead of ids, several values side by side.
pub(super) fn said(line: &RowLine, field: &str, shaper: Shaper) -> String {
    let Some((field, _)) = line.row.kind().field(field) else { return String::new() };
    let held = line.row.values().into_iter().filter(|(found, _)| *found == field);
    let said = held.map(|(_, value)| match &value {
        Value::Ref(record) => line.name_of(*record).map_or_else(|| record.to_string(), Clean::line),
        value => {
            let word = line.row.kind().word_label(&field, value, shaper.lang);
            word.map_or_else(|| value.say(shaper.lang, shaper.zone), str::to_owned)
        }
    });
    said.collect::<Vec<_>>().join(", ")
}
