//! Reads one key map from its text. Rows that mean nothing are skipped and kept as faults.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::act::Act;
use super::fault::{Fault, Origin, Problem, Severity};
use super::key::{Key, Keys};
use super::keymap::{Binding, Label};
use super::scope::Scope;
use crate::text::Clean;
use crate::text::near::nearest;

/// What one file says, before it is laid over the one it extends.
pub(super) struct File {
    name: Clean,
    lines: Vec<usize>,
    text: String,
    pub(super) extends: Option<(Clean, Origin)>,
    pub(super) rows: Vec<Binding>,
    pub(super) groups: Vec<(Keys, Label)>,
    pub(super) translate: Vec<(char, char)>,
    pub(super) faults: Vec<Fault>,
}

type Entry<'a> = (&'a str, Range<usize>, &'a Spanned<DeValue<'a>>);

impl File {
    /// Reads a text; `name` is what places are called by.
    pub(super) fn read(name: &str, text: &str) -> File {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut file = File {
            name: Clean::washed(name).0,
            lines,
            text: text.to_owned(),
            extends: None,
            rows: Vec::new(),
            groups: Vec::new(),
            translate: Vec::new(),
            faults: Vec::new(),
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let at = error.span().unwrap_or_default();
            file.fault(&at, Problem::Syntax(Clean::washed(error.message()).0));
        }
        for entry in entries(table.get_ref()) {
            file.section(entry);
        }
        file.faults.sort_by_key(|fault| fault.origin.line);
        // What a line that is no TOML was taken for is no second fault.
        file.faults.dedup_by(|next, first| {
            next.origin.line == first.origin.line && matches!(first.problem, Problem::Syntax(_))
        });
        file
    }

    fn section(&mut self, (name, at, value): Entry) {
        if name == "extends" {
            return self.extends(value);
        }
        let row: fn(&mut File, Option<Scope>, Entry) = match (name, Scope::from_name(name)) {
            ("groups", _) => |file, _, entry| file.group(entry),
            ("translate", _) => |file, _, entry| file.translation(entry),
            (_, Some(_)) => |file, scope, entry| file.binding(scope.unwrap_or(Scope::Global), entry),
            _ => {
                let known = Scope::ALL.iter().map(|scope| scope.name());
                let near = nearest(name, known.chain(["extends", "groups", "translate"]));
                return self.fault(&at, Problem::UnknownSection(Clean::washed(name).0, near));
            }
        };
        match value.get_ref().as_table() {
            Some(table) => entries(table).for_each(|entry| row(self, Scope::from_name(name), entry)),
            None => self.fault(&value.span(), Problem::NotASection(Clean::washed(name).0)),
        }
    }

    fn extends(&mut self, value: &Spanned<DeValue>) {
        match value.get_ref().as_str() {
            Some(name) => self.extends = Some((Clean::washed(name).0, self.origin(&value.span()))),
            None => self.fault(&value.span(), Problem::NotAMap),
        }
    }

    fn binding(&mut self, scope: Scope, (keys, at, value): Entry) {
        let Some(keys) = self.keys(keys, &at) else { return };
        if scope.takes_text() && keys.first().is_some_and(|key| key.typed().is_some()) {
            return self.fault(&at, Problem::TypesText(keys, scope));
        }
        let act = match value.get_ref().as_str() {
            None => return self.fault(&value.span(), Problem::NotAnAct),
            Some("none") => None,
            Some(name) => match Act::from_name(name) {
                None => {
                    let near = nearest(name, Act::ALL.iter().map(|act| act.name()));
                    return self.fault(&value.span(), Problem::UnknownAct(Clean::washed(name).0, near));
                }
                Some(act) if !scope.stack().contains(&act.scope()) => {
                    return self.fault(&value.span(), Problem::WrongPlace(act, scope));
                }
                act => act,
            },
        };
        self.rows.push(Binding { scope, keys, act, origin: self.origin(&at) });
    }

    fn group(&mut self, (keys, at, value): Entry) {
        let Some(keys) = self.keys(keys, &at) else { return };
        let table = value.get_ref().as_table();
        let text = |lang: &str| {
            let text = table.map_or(Some(value), |table| table.get(lang))?.get_ref().as_str()?;
            Clean::new(text).ok().filter(|text| !text.is_empty())
        };
        match (text("en"), text("zh")) {
            (Some(en), Some(zh)) => self.groups.push((keys, Label { en, zh })),
            _ => self.fault(&value.span(), Problem::NotALabel),
        }
    }

    fn translation(&mut self, (from, at, value): Entry) {
        // Keys of the file are read so everywhere: a letter with its accent apart is one character too.
        let one = |text: &str| text.parse::<Key>().ok().and_then(Key::typed);
        match (one(from), value.get_ref().as_str().and_then(one)) {
            (Some(from), Some(to)) => self.translate.push((from, to)),
            (None, _) => self.fault(&at, Problem::NotACharacter),
            (_, None) => self.fault(&value.span(), Problem::NotACharacter),
        }
    }

    fn keys(&mut self, text: &str, at: &Range<usize>) -> Option<Keys> {
        match text.parse() {
            Ok(keys) => Some(keys),
            Err(why) => {
                self.fault(at, Problem::BadKey(Clean::washed(text).0, why));
                None
            }
        }
    }

    fn fault(&mut self, at: &Range<usize>, problem: Problem) {
        let fault = Fault { origin: self.origin(at), problem, severity: Severity::Error };
        self.faults.push(fault);
    }

    fn origin(&self, at: &Range<usize>) -> Origin {
        let line = self.lines.partition_point(|start| *start <= at.start);
        let start = self.lines[line - 1];
        let column = self.text.get(start..at.start).map_or(0, |before| before.chars().count());
        Origin { file: self.name.clone(), line: line as u32, column: column as u32 + 1 }
    }
}

/// The rows of a table as they stand in the file.
fn entries<'a>(table: &'a DeTable<'a>) -> impl Iterator<Item = Entry<'a>> {
    let mut entries: Vec<Entry> =
        table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
    entries.sort_by_key(|(_, at, _)| at.start);
    entries.into_iter()
}
