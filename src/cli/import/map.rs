//! Which column goes into which field.

use super::heads::{field_headed, heads};
use crate::model::{Kind, Shape};
use crate::text::near::nearest;
use crate::text::say::import as say;
use crate::text::say::refusal;
use crate::text::{Clean, Lang, folded};

/// Fields and the columns that fill them, in the order in which they were named.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Map {
    /// Each field and its column.
    pub(super) fields: Vec<Mapped>,
    /// The column by which rows are known again.
    pub(super) reference: Option<usize>,
}

/// A field and the column that fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mapped {
    /// The field's name.
    pub(super) field: Clean,
    /// The column, from 0.
    pub(super) column: usize,
    /// Whether the field holds several values: cells are cut at semicolons.
    pub(super) many: bool,
    /// Whether it may hold line breaks.
    pub(super) lines: bool,
}

/// Why a map does not fit.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BadMap {
    /// Not `field=column`.
    NoPair(String),
    /// The file has no such column: the nearest, and all there are.
    NoColumn(String, Option<String>, Vec<String>),
    /// The file has the column more than once.
    ColumnTwice(String),
    /// The kind has no such field: the nearest, and all there are.
    NoField(Kind, String, Option<String>, Vec<&'static str>),
    /// The field follows from rules.
    Derived(String),
    /// A field that only these commands set.
    Command(String, &'static str),
    /// A field of one value is filled by two columns.
    FieldTwice(String),
    /// Without a map: no column is named like a field.
    Nothing(Kind, Vec<String>),
}

impl BadMap {
    /// What is wrong.
    pub(super) fn say(&self, lang: Lang) -> String {
        match self {
            BadMap::NoPair(text) => say::no_pair(lang, text),
            BadMap::NoColumn(name, ..) => say::no_column(lang, name),
            BadMap::ColumnTwice(name) => say::column_twice(lang, name),
            BadMap::NoField(kind, name, ..) => refusal::no_field(lang, kind.label(lang), name),
            BadMap::Derived(name) => refusal::derived_field(lang, name),
            BadMap::Command(name, _) => refusal::command_field(lang, name),
            BadMap::FieldTwice(name) => say::field_twice(lang, name),
            BadMap::Nothing(kind, _) => say::nothing_mapped(lang, kind.label(lang)),
        }
    }

    /// What to do about it.
    pub(super) fn hint(&self, lang: Lang) -> Option<String> {
        match self {
            BadMap::NoPair(_) => Some(say::map_hint(lang).to_owned()),
            BadMap::NoColumn(_, near, all) => {
                Some(meant(lang, near.as_deref(), say::columns_are(lang, all.join(lang.pick(", ", "、")))))
            }
            BadMap::NoField(kind, _, near, all) => {
                let listed = |field: &&'static str| {
                    lang.pick(*field, heads(*kind, field).first().copied().unwrap_or(field))
                };
                let all: Vec<&str> = all.iter().map(listed).collect();
                Some(meant(lang, near.as_deref(), say::fields_are(lang, all.join(lang.pick(", ", "、")))))
            }
            BadMap::Nothing(_, all) => Some(format!(
                "{}; {}",
                say::map_hint(lang),
                say::columns_are(lang, all.join(lang.pick(", ", "、")))
            )),
            BadMap::Command(_, commands) => Some(refusal::command_field_hint(lang, commands)),
            BadMap::ColumnTwice(_) | BadMap::Derived(_) | BadMap::FieldTwice(_) => None,
        }
    }
}

fn meant(lang: Lang, near: Option<&str>, all: String) -> String {
    match near {
        Some(near) => format!("{} {all}", refusal::did_you_mean(lang, near)),
        None => all,
    }
}

/// Reads `field=column,field=column` for a file with this header; names with commas stand in quotes. Without a text,
/// every column that is named like a field goes into it; with one, those whose column and field it does not name.
pub(super) fn read(text: Option<&str>, header: &[String], kind: Kind) -> Result<Map, BadMap> {
    let mut map = Map { fields: Vec::new(), reference: None };
    match text {
        Some(text) => {
            for pair in pairs(text) {
                let (field, column) = pair.split_once('=').ok_or_else(|| BadMap::NoPair(pair.clone()))?;
                map.add(kind, unquoted(field), column_of(unquoted(column), header)?)?;
            }
            map.add_namesakes(kind, header)?;
        }
        None => {
            for (column, name) in header.iter().enumerate() {
                if field_of(kind, name).is_ok() {
                    map.add(kind, name, column)?;
                }
            }
        }
    }
    if map.fields.is_empty() && map.reference.is_none() {
        return Err(BadMap::Nothing(kind, header.to_vec()));
    }
    Ok(map)
}

impl Map {
    fn add(&mut self, kind: Kind, name: &str, column: usize) -> Result<(), BadMap> {
        let (field, shape) = field_of(kind, name)?;
        let many = shape.is_many();
        if field == "reference" {
            return match self.reference.replace(column) {
                None => Ok(()),
                Some(_) => Err(BadMap::FieldTwice(field)),
            };
        }
        if !many && self.fields.iter().any(|mapped| mapped.field.as_str() == field) {
            return Err(BadMap::FieldTwice(field));
        }
        let lines = matches!(shape, Shape::Note(_));
        self.fields.push(Mapped { field: Clean::washed(&field).0, column, many, lines });
        Ok(())
    }

    /// Columns that are named like a field, where neither is in the map yet.
    fn add_namesakes(&mut self, kind: Kind, header: &[String]) -> Result<(), BadMap> {
        for (column, name) in header.iter().enumerate() {
            let Ok((field, _)) = field_of(kind, name) else { continue };
            let is_filled = match field.as_str() {
                "reference" => self.reference.is_some(),
                field => self.column(field).is_some(),
            };
            if !is_filled && !self.takes(column) {
                self.add(kind, name, column)?;
            }
        }
        Ok(())
    }

    /// Whether a column goes anywhere.
    pub(super) fn takes(&self, column: usize) -> bool {
        self.reference == Some(column) || self.fields.iter().any(|mapped| mapped.column == column)
    }

    /// The column that fills a field.
    pub(super) fn column(&self, field: &str) -> Option<usize> {
        self.fields.iter().find(|mapped| mapped.field.as_str() == field).map(|mapped| mapped.column)
    }
}

/// The field that a name means: `ref` is `reference`, `tag` is `tags`, `名称` is `name`.
fn field_of(kind: Kind, name: &str) -> Result<(String, Shape), BadMap> {
    let name = if name == "ref" { "reference" } else { field_headed(kind, name).unwrap_or(name) };
    let plural = format!("{name}s");
    let found = kind.field(name).or_else(|| kind.field(&plural).filter(|(_, info)| info.shape.is_many()));
    match found {
        Some((_, info)) if info.derived => Err(BadMap::Derived(name.to_owned())),
        Some((field, info)) => match info.command.filter(|_| !kind.is_told_by_files()) {
            Some(commands) => Err(BadMap::Command(name.to_owned(), commands)),
            None => Ok((kind.field_name(&field), info.shape)),
        },
        None => {
            let all: Vec<&str> =
                kind.fields().iter().filter(|info| !info.derived).map(|info| info.name).collect();
            let headed = all.iter().flat_map(|field| heads(kind, field).iter().copied());
            let near = nearest(name, all.iter().copied().chain(headed)).map(str::to_owned);
            Err(BadMap::NoField(kind, name.to_owned(), near, all))
        }
    }
}

fn column_of(name: &str, header: &[String]) -> Result<usize, BadMap> {
    let same = |exact: bool| {
        let is = move |known: &str| if exact { known == name } else { folded(known) == folded(name) };
        header.iter().enumerate().filter(move |(_, known)| is(known)).map(|(at, _)| at).collect::<Vec<_>>()
    };
    let found = Some(same(true)).filter(|found| !found.is_empty()).unwrap_or_else(|| same(false));
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let near = nearest(name, header.iter().map(String::as_str)).map(str::to_owned);
            Err(BadMap::NoColumn(name.to_owned(), near, header.to_vec()))
        }
        _ => Err(BadMap::ColumnTwice(name.to_owned())),
    }
}

/// Cuts at commas outside quotes.
fn pairs(text: &str) -> Vec<String> {
    let mut quoted = false;
    let mut pairs = vec![String::new()];
    for c in text.chars() {
        quoted ^= c == '"';
        match (c, pairs.last_mut()) {
            (',', _) if !quoted => pairs.push(String::new()),
            (c, Some(last)) => last.push(c),
            _ => {}
        }
    }
    pairs.retain(|pair| !pair.trim().is_empty());
    pairs
}

fn unquoted(name: &str) -> &str {
    name.trim().trim_matches('"').trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn mapped(text: Option<&str>, names: &[&str], kind: Kind) -> Vec<(String, usize)> {
        let map = read(text, &header(names), kind).unwrap();
        map.fields.iter().map(|mapped| (mapped.field.to_string(), mapped.column)).collect()
    }

    #[test]
    fn pairs_name_field_and_column() {
        let names = ["account", "Company, legal", "sector", "account"];
        let text = " name = \"company, legal\" , industry=sector,";
        assert_eq!(mapped(Some(text), &names, Kind::Customer), [("name".into(), 1), ("industry".into(), 2)]);
        let own =
            read(Some("x.floor=sector,tag=sector,ref=sector"), &header(&names), Kind::Customer).unwrap();
        assert_eq!(own.reference, Some(2));
        assert!(own.fields[0].field.as_str() == "x.floor" && own.fields[1].many);
    }

    #[test]
    fn without_a_map_columns_are_named_like_fields() {
        let names = ["id", "name", "owner", "owner_name", "tags", "tier", "x.floor"];
        let expected = [("name".into(), 1), ("owner".into(), 2), ("tags".into(), 4), ("x.floor".into(), 6)];
        assert_eq!(mapped(None, &names, Kind::Customer), expected);
    }

    #[test]
    fn with_a_map_a_column_named_like_a_field_is_taken_unless_the_map_says_otherwise() {
        let names = ["account", "sector", "revenue", "year_established", "name", "region"];
        assert_eq!(
            mapped(Some("name=account,industry=sector,note=region"), &names, Kind::Customer),
            [("name".into(), 0), ("industry".into(), 1), ("note".into(), 5), ("revenue".into(), 2)]
        );
    }

    #[test]
    fn fields_are_called_by_their_chinese_heads_too() {
        let names = ["公司", "电话", "等级"];
        let expected = [("name".into(), 0), ("phones".into(), 1)];
        assert_eq!(mapped(Some("名称=公司,电话=电话"), &names, Kind::Customer), expected);
        assert_eq!(
            mapped(None, &["名称", "等级", "标签"], Kind::Customer),
            [("name".into(), 0), ("tags".into(), 2)]
        );
        let fault = |text| read(Some(text), &header(&names), Kind::Customer).unwrap_err();
        assert_eq!(fault("等级=等级"), BadMap::Derived("tier".into()));
        let unknown = fault("电活=电话").hint(Lang::Zh).unwrap();
        assert!(unknown.contains("电话") && unknown.contains("名称、"), "{unknown}");
        assert!(!unknown.contains("name"), "{unknown}");
        assert!(fault("nmae=电话").hint(Lang::En).unwrap().contains("name, kind"));
    }

    #[test]
    fn what_does_not_fit_names_the_nearest() {
        let names = header(&["account", "sector", "twice", "twice"]);
        let fault = |text| read(Some(text), &names, Kind::Customer).unwrap_err();
        assert_eq!(fault("name"), BadMap::NoPair("name".into()));
        assert!(matches!(fault("name=acount"), BadMap::NoColumn(_, Some(near), _) if near == "account"));
        assert!(matches!(fault("nmae=account"), BadMap::NoField(_, _, Some(near), _) if near == "name"));
        assert_eq!(fault("name=twice"), BadMap::ColumnTwice("twice".into()));
        assert_eq!(fault("tier=sector"), BadMap::Derived("tier".into()));
        assert_eq!(fault("tier_fixed=sector"), BadMap::Command("tier_fixed".into(), "gx tier set"));
        assert_eq!(fault("name=account,name=sector"), BadMap::FieldTwice("name".into()));
        assert_eq!(fault(" , "), BadMap::Nothing(Kind::Customer, names.clone()));
    }

    #[test]
    fn every_fault_is_said_in_both_languages() {
        let name = String::from("x");
        let faults = [
            BadMap::NoPair(name.clone()),
            BadMap::NoColumn(name.clone(), Some(name.clone()), vec![name.clone()]),
            BadMap::ColumnTwice(name.clone()),
            BadMap::NoField(Kind::Deal, name.clone(), None, vec!["name"]),
            BadMap::Derived(name.clone()),
            BadMap::Command(name.clone(), "gx tier set"),
            BadMap::FieldTwice(name.clone()),
            BadMap::Nothing(Kind::Deal, vec![name]),
        ];
        for fault in faults {
            assert!(fault.say(Lang::En).is_ascii() && !fault.say(Lang::Zh).is_ascii());
            assert!(fault.hint(Lang::En).is_none_or(|hint| hint.is_ascii()));
        }
    }
}
