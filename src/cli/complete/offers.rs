//! What may stand at a place: verbs and flags of the tree, and the values that the store knows.

use clap::Arg;
use clap::builder::PossibleValue;

use super::place::{Place, What};
use crate::cli::gx::Gx;
use crate::cli::import::{KINDS, kind_of};
use crate::filter::{self, Candidate, CustomerField, Field, FieldRef, Kind, RunField, Schema};
use crate::model::sort::By;
use crate::model::{self, Answer, Row};
use crate::text::{Clean, folded};

/// So many saved lists are offered at most.
const VIEWS: u32 = 50;

/// A word, and a line about it.
pub(super) type Offer = (String, String);

/// What may stand at a place.
pub(super) enum Offers {
    /// One of these.
    Words(Vec<Offer>),
    /// The path of a file.
    Files,
}

impl Gx {
    /// What may stand at a place where this is typed.
    pub(super) fn offers(&mut self, place: &Place<'_>, typed: &str) -> Offers {
        match &place.what {
            What::Flag => Offers::Words(flags(place, typed)),
            What::Value(flag, before) => match self.values(place, flag, &typed[before.len()..]) {
                Offers::Words(words) => Offers::Words(
                    words.into_iter().map(|(word, hint)| (format!("{before}{word}"), hint)).collect(),
                ),
                Offers::Files => Offers::Files,
            },
            What::Word(arg) => {
                let mut words = if place.given.is_empty() { verbs(place, typed) } else { Vec::new() };
                match arg.map(|arg| self.values(place, arg, typed)) {
                    Some(Offers::Files) => return Offers::Files,
                    Some(Offers::Words(more)) => words.extend(more),
                    None => {}
                }
                Offers::Words(if words.is_empty() { flags(place, typed) } else { words })
            }
        }
    }

    /// What may stand for an argument, by what its place in the help calls it.
    fn values(&mut self, place: &Place<'_>, arg: &Arg, typed: &str) -> Offers {
        let customer = |field| FieldRef::Field(Field::Customer(field));
        let possible = arg.get_possible_values();
        let called = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
        let words = match called {
            _ if !possible.is_empty() => starting(typed, possible.iter().map(PossibleValue::get_name)),
            "FILTER" => self.filter(place, typed),
            "MEMBER" | "WHO" => self.held(&customer(CustomerField::Owner), typed),
            "TEAM" => self.held(&customer(CustomerField::Team), typed),
            "TIER" => self.held(&customer(CustomerField::Tier), typed),
            "CUSTOMER" => self.held(&customer(CustomerField::Id), typed),
            "PLAYBOOK" => self.held(&FieldRef::Field(Field::Run(RunField::Playbook)), typed),
            "VIEW" => self.views("", typed),
            "KIND" if matches!(place.path[..], ["export" | "import"]) => {
                starting(typed, KINDS.iter().map(|(name, _)| *name))
            }
            "FIELD" if arg.get_id() == "sort" => starting(typed, By::ALL.map(|by| by.name(self.lang))),
            "FILE" | "FILE|VERSION" | "NAME|FILE" | "DIR" => return Offers::Files,
            _ => self.field(place, arg, typed),
        };
        Offers::Words(words)
    }

    /// A flag that is called like a field of the record takes the values of that.
    fn field(&mut self, place: &Place<'_>, arg: &Arg, typed: &str) -> Vec<Offer> {
        let named = schema(place).zip(arg.get_long());
        let Some(field) = named.and_then(|(schema, name)| filter::subject(name, schema)) else {
            return Vec::new();
        };
        match field.kind() {
            Kind::Choice(words) => starting(typed, words.iter().copied()),
            _ => self.held(&field, typed),
        }
    }

    /// A filter, from its beginning to behind what may be written at the cursor.
    fn filter(&mut self, place: &Place<'_>, typed: &str) -> Vec<Offer> {
        if let Some(view) = typed.strip_prefix('@') {
            return self.views("@", view);
        }
        let Some(schema) = schema(place) else { return Vec::new() };
        let mut offers = Vec::new();
        let found = self.candidates(typed, schema);
        let alone = found.len() == 1;
        for candidate in found {
            let whole = format!("{}{}", &typed[..candidate.at.start], candidate.text);
            let operators = if alone || whole == typed { self.operators(&whole, schema) } else { Vec::new() };
            if operators.is_empty() {
                offers.push((whole, candidate.hint));
            }
            offers.extend(operators);
        }
        offers
    }

    /// The operators that may stand right behind a field: a field alone is not yet a condition.
    fn operators(&mut self, field: &str, schema: Schema) -> Vec<Offer> {
        let mut found = self.candidates(&format!("{field} "), schema);
        found.retain(Candidate::is_operator);
        found.into_iter().map(|sign| (format!("{field}{}", sign.text), sign.hint)).collect()
    }

    fn candidates(&mut self, typed: &str, schema: Schema) -> Vec<Candidate> {
        let lang = self.lang;
        let asking = std::cell::RefCell::new(self);
        let known = |field: &FieldRef, typed: &str| asking.borrow_mut().known(field, typed);
        filter::complete(typed, typed.len(), schema, lang, known)
    }

    /// The values of a field, each with nothing more to say of it.
    fn held(&mut self, field: &FieldRef, typed: &str) -> Vec<Offer> {
        self.known(field, typed).into_iter().map(|value| (value, String::new())).collect()
    }

    /// The values of a field that the store knows; none where it cannot be asked.
    fn known(&mut self, field: &FieldRef, typed: &str) -> Vec<String> {
        match self.ask(filter::values_of(field, typed)) {
            Ok(Answer::Values(values)) => values.iter().map(Clean::line).collect(),
            _ => Vec::new(),
        }
    }

    /// The saved lists by their names, with a sign before each.
    fn views(&mut self, sign: &str, typed: &str) -> Vec<Offer> {
        let lines = self.rows(model::Kind::View, &Clean::default(), VIEWS).unwrap_or_default();
        let view = |row| if let Row::View(view) = row { Some(view) } else { None };
        let views = lines.into_iter().filter_map(|line| view(line.row));
        let fitting = views.filter(|view| begins(view.name.as_str(), typed));
        fitting.map(|view| (format!("{sign}{}", view.name.line()), view.filter.line())).collect()
    }
}

/// The kind of record that a command filters, or whose fields its flags are.
fn schema(place: &Place<'_>) -> Option<Schema> {
    match place.path[..] {
        ["task", ..] => Some(Schema::Task),
        ["log", ..] => Some(Schema::Interaction),
        ["contact", ..] => Some(Schema::Contact),
        ["deal", ..] => Some(Schema::Deal),
        ["purchase", ..] => Some(Schema::Purchase),
        ["member", ..] => Some(Schema::Member),
        ["playbook", ..] => Some(Schema::Run),
        ["team", ..] | ["view", "list"] => None,
        ["export"] => Schema::of(kind_of(place.given.first()?, crate::text::Lang::En).ok()?),
        _ => Some(Schema::Customer),
    }
}

fn verbs(place: &Place<'_>, typed: &str) -> Vec<Offer> {
    let verbs = place.command.get_subcommands().filter(|verb| !verb.is_hide_set());
    let about = |verb: &clap::Command| verb.get_about().map(ToString::to_string).unwrap_or_default();
    verbs
        .filter(|verb| verb.get_name().starts_with(typed))
        .map(|verb| (verb.get_name().to_owned(), about(verb)))
        .collect()
}

fn flags(place: &Place<'_>, typed: &str) -> Vec<Offer> {
    let shown = place.command.get_arguments().filter(|flag| !flag.is_hide_set());
    let help = |flag: &Arg| flag.get_help().map(ToString::to_string).unwrap_or_default();
    shown
        .filter_map(|flag| Some((format!("--{}", flag.get_long()?), help(flag))))
        .filter(|(name, _)| name.starts_with(typed))
        .collect()
}

fn starting<'a>(typed: &str, words: impl IntoIterator<Item = &'a str>) -> Vec<Offer> {
    let fitting = words.into_iter().filter(|word| begins(word, typed));
    fitting.map(|word| (word.to_owned(), String::new())).collect()
}

fn begins(text: &str, typed: &str) -> bool {
    folded(text).starts_with(&folded(typed))
}
