//! From the lines of a file to rows that can be sent: washed, known again, parents first.

use std::collections::{HashMap, HashSet};

use super::file::Sheet;
use super::map::{Map, Mapped};
use super::mark::Mark;
use super::order::parents_first;
use crate::model::{Command, Kind};
use crate::text::{Clean, folded};

/// A line of the file as the server takes it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Which of the sheet's rows.
    pub(super) at: usize,
    reference: Clean,
    referenced: bool,
    values: Vec<(Clean, Clean)>,
}

/// What became of the lines before anything is sent.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    /// The rows, in the order in which they go.
    pub(super) rows: Vec<Row>,
    /// Lines that cannot go: which of the sheet's rows, and why.
    pub(super) rejected: Vec<(usize, Fault)>,
    /// Cells from which something was left out.
    pub(super) washed: u64,
    /// The folded names of all rows.
    names: HashSet<String>,
}

/// Why a line cannot go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// So many cells, where the header has so many.
    Cells(usize, usize),
    /// It is below itself.
    Circle,
    /// The reference cell is empty.
    NoReference,
}

/// Makes rows of a sheet.
pub(super) fn prepare(sheet: &Sheet, map: &Map, kind: Kind) -> Prepared {
    let mut prepared = Prepared::default();
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut rows = Vec::with_capacity(sheet.rows.len());
    for (at, line) in sheet.rows.iter().enumerate() {
        if line.cells.len() != sheet.header.len() {
            prepared.rejected.push((at, Fault::Cells(line.cells.len(), sheet.header.len())));
            continue;
        }
        let reference = match map.reference {
            Some(column) => prepared.wash(&line.cells[column], false),
            None => Clean::washed(&occurrence(&line.cells, &mut seen)).0,
        };
        if reference.is_empty() {
            prepared.rejected.push((at, Fault::NoReference));
            continue;
        }
        let values = map.fields.iter().flat_map(|mapped| prepared.values(mapped, &line.cells)).collect();
        rows.push(Row { at, reference, referenced: map.reference.is_some(), values });
    }
    prepared.names = rows.iter().filter_map(|row| row.value("name")).map(Clean::folded).collect();
    prepared.rows = rows;
    if kind == Kind::Customer && map.column("parent").is_some() {
        prepared.parents_first();
    }
    prepared
}

/// The mark of a line, and how many of the same came before it.
fn occurrence(cells: &[String], seen: &mut HashMap<String, u64>) -> String {
    let mark = cells.iter().fold(Mark::new(), |mark, cell| mark.feed(cell.as_bytes())).text();
    let count = seen.entry(mark.clone()).or_default();
    *count += 1;
    format!("{mark}.{count}")
}

impl Prepared {
    /// The values of a cell; none of an empty one, which says nothing.
    fn values(&mut self, mapped: &Mapped, cells: &[String]) -> Vec<(Clean, Clean)> {
        let cell = self.wash(&cells[mapped.column], mapped.lines);
        let parts: Vec<&str> =
            if mapped.many { cell.as_str().split([';', '；']).collect() } else { vec![cell.as_str()] };
        let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| (mapped.field.clone(), Clean::washed(part).0)).collect()
    }

    /// A cell as a text: what may not stand is left out, and so is what an export put before a formula.
    fn wash(&mut self, cell: &str, lines: bool) -> Clean {
        let plain = cell.replace("\r\n", "\n");
        let plain = plain.trim();
        let plain = match plain.strip_prefix('\'') {
            Some(formula) if formula.starts_with(['=', '+', '-', '@']) => formula,
            _ => plain,
        };
        let (clean, washed) = Clean::washed(plain);
        let broken = !lines && clean.as_str().contains('\n');
        self.washed += u64::from(washed || broken);
        if broken { Clean::washed(&clean.line()).0 } else { clean }
    }

    fn parents_first(&mut self) {
        let name = |row: &Row| row.value("name").map(Clean::folded).unwrap_or_default();
        let named: Vec<_> =
            self.rows.iter().map(|row| (name(row), row.value("parent").map(Clean::folded))).collect();
        let (order, looped) = parents_first(&named);
        self.rejected.extend(looped.iter().map(|row| (self.rows[*row].at, Fault::Circle)));
        self.rows = order.iter().map(|row| self.rows[*row].clone()).collect();
    }

    /// Whether some row of the file has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(&folded(name))
    }
}

impl Row {
    fn value(&self, field: &str) -> Option<&Clean> {
        self.values.iter().find(|(name, _)| name.as_str() == field).map(|(_, value)| value)
    }

    /// Bytes of its texts.
    pub(super) fn size(&self) -> usize {
        self.values.iter().map(|(field, value)| field.as_str().len() + value.as_str().len()).sum()
    }

    /// As the server takes it.
    pub(super) fn command(&self, kind: Kind) -> Command {
        Command::Import {
            kind,
            reference: self.reference.clone(),
            referenced: self.referenced,
            values: self.values.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{file, map};
    use super::*;

    fn prepared(text: &str, map: Option<&str>) -> Prepared {
        let sheet = file::read(text.as_bytes(), None, None).unwrap();
        prepare(&sheet, &map::read(map, &sheet.header, Kind::Customer).unwrap(), Kind::Customer)
    }

    fn names(prepared: &Prepared) -> Vec<&str> {
        prepared.rows.iter().filter_map(|row| row.value("name")).map(Clean::as_str).collect()
    }

    #[test]
    fn equal_lines_are_told_apart_by_their_count_and_the_same_every_time() {
        let text = "name,region\nAcme,east\nBeta,east\nAcme,east\n";
        let references = |prepared: &Prepared| {
            prepared.rows.iter().map(|row| row.reference.to_string()).collect::<Vec<_>>()
        };
        let first = references(&prepared(text, None));
        assert_eq!(first, references(&prepared(text, None)));
        assert!(first[0].ends_with(".1") && first[2].ends_with(".2"));
        assert_eq!(first[0][..32], first[2][..32]);
        assert_ne!(first[0], first[1]);
        assert!(prepared(text, None).rows.iter().all(|row| !row.referenced));
    }

    #[test]
    fn a_reference_column_names_rows_and_must_be_filled() {
        let found = prepared("no,name\nA1,Acme\n ,Beta\n", Some("ref=no,name=name"));
        assert!(found.rows[0].referenced && found.rows[0].reference.as_str() == "A1");
        assert_eq!(found.rejected, [(1, Fault::NoReference)]);
    }

    #[test]
    fn parents_come_first_and_circles_not_at_all() {
        let found = prepared("name,parent\nB,a\nX,Y\nA,\nY,x\n", None);
        assert_eq!(names(&found), ["A", "B"]);
        assert_eq!(found.rejected, [(1, Fault::Circle), (3, Fault::Circle)]);
        assert!(found.has("Ａ") && !found.has("z"));
    }

    #[test]
    fn cells_are_washed_and_cut_and_empty_ones_say_nothing() {
        let found = prepared(
            "name,region,tags,phones,note\n\" A\nB\u{1b} \",,vip; east;,'+86 138,\"x\r\ny\"\n",
            None,
        );
        let values: Vec<(&str, &str)> =
            found.rows[0].values.iter().map(|(field, value)| (field.as_str(), value.as_str())).collect();
        assert_eq!(
            values,
            [("name", "A B"), ("tags", "vip"), ("tags", "east"), ("phones", "+86 138"), ("note", "x\ny")]
        );
        assert_eq!(found.washed, 1);
    }

    #[test]
    fn a_line_with_too_few_or_too_many_cells_is_rejected() {
        let found = prepared("name,region\nAcme\nBeta,east,west\nGamma,east\n", None);
        assert_eq!(names(&found), ["Gamma"]);
        assert_eq!(found.rejected, [(0, Fault::Cells(1, 2)), (1, Fault::Cells(3, 2))]);
    }
}
