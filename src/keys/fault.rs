//! What is wrong with a key map, and where.

use super::act::Act;
use super::key::{BadKey, Keys};
use super::scope::Scope;
use crate::text::say::keys as say;
use crate::text::{Clean, Lang};

/// A place in a key map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name of the file, as it was given.
    pub file: Clean,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// A row that was skipped, or one that hides another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub origin: Origin,
    /// What.
    pub problem: Problem,
    /// How bad.
    pub severity: Severity,
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The row means nothing and was skipped.
    Error,
    /// Two rows of a person's own file clash, or one hides a shipped one: one of them counts.
    Warning,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Not TOML; the reason is the parser's, in English.
    Syntax(Clean),
    /// A section or setting that does not exist, and the nearest that does.
    UnknownSection(Clean, Option<&'static str>),
    /// An act that does not exist, and the nearest that does.
    UnknownAct(Clean, Option<&'static str>),
    /// A key map that does not exist, and the nearest that does.
    UnknownMap(Clean, Option<&'static str>),
    /// A text that names no key.
    BadKey(Clean, BadKey),
    /// An act that does nothing in the section.
    WrongPlace(Act, Scope),
    /// A character bound where characters are text.
    TypesText(Keys, Scope),
    /// A row of the same file begins this one, or the other way round; this one is skipped.
    Clash(Keys, Box<super::keymap::Binding>),
    /// This row begins an inherited one, or the other way round; the inherited one is dropped.
    Hides(Keys, Box<super::keymap::Binding>),
    /// The value of a key is no act.
    NotAnAct,
    /// A section that is no table.
    NotASection(Clean),
    /// The value of `extends` is no name.
    NotAMap,
    /// A group without a label.
    NotALabel,
    /// A translation that is not from one character to one character.
    NotACharacter,
}

impl Fault {
    /// The fault as `file:line:column: what is wrong`.
    pub fn text(&self, lang: Lang) -> String {
        let Origin { file, line, column } = &self.origin;
        say::at(lang, file, line, column, self.problem.text(lang))
    }

    /// The same in one short row, the file without its folders.
    pub fn brief(&self, lang: Lang) -> String {
        let Origin { file, line, .. } = &self.origin;
        let name = file.as_str().rsplit('/').next().unwrap_or_default();
        say::brief(lang, name, line, self.problem.text(lang))
    }
}

impl Problem {
    fn text(&self, lang: Lang) -> String {
        match self {
            Problem::Syntax(reason) => say::syntax(lang, reason),
            Problem::UnknownSection(name, near) => guess(lang, say::unknown_section(lang, name), *near),
            Problem::UnknownAct(name, near) => guess(lang, say::unknown_act(lang, name), *near),
            Problem::UnknownMap(name, near) => guess(lang, say::unknown_map(lang, name), *near),
            Problem::BadKey(text, why) => say::bad_key(lang, text, why.text(lang)),
            Problem::WrongPlace(act, scope) => say::wrong_place(lang, act.name(), scope.name()),
            Problem::TypesText(keys, scope) => say::types_text(lang, keys, scope.name()),
            Problem::Clash(keys, other) => {
                say::clash(lang, keys, &other.keys, other.act_name(), &other.origin.file, other.origin.line)
            }
            Problem::Hides(keys, other) => {
                say::hides(lang, keys, &other.keys, other.act_name(), &other.origin.file, other.origin.line)
            }
            Problem::NotAnAct => say::not_an_act(lang).to_owned(),
            Problem::NotASection(name) => say::not_a_section(lang, name),
            Problem::NotAMap => say::not_a_map(lang).to_owned(),
            Problem::NotALabel => say::not_a_label(lang).to_owned(),
            Problem::NotACharacter => say::not_a_character(lang).to_owned(),
        }
    }
}

impl BadKey {
    /// Why, in words.
    pub fn text(self, lang: Lang) -> String {
        match self {
            BadKey::Missing => say::key_missing(lang).to_owned(),
            BadKey::Unknown => say::key_unknown(lang).to_owned(),
            BadKey::Shift => say::key_shift(lang).to_owned(),
            BadKey::Capital => say::key_capital(lang).to_owned(),
            BadKey::Alias(key) => say::key_alias(lang, key),
        }
    }
}

fn guess(lang: Lang, fault: String, near: Option<&str>) -> String {
    match near {
        Some(name) => say::did_you_mean(lang, fault, name),
        None => fault,
    }
}
