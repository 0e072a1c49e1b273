//! What must be known before the command line is parsed, and what is said where it does not parse.

use std::ffi::OsString;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::failure::Failure;
use super::tree::VERBS;
use crate::config;
use crate::text::Lang;
use crate::text::near::nearest;
use crate::text::say::{cli as say, refusal};

/// What a first look at the command line tells: enough to speak the right language, also of what does not parse.
pub(super) struct Early {
    /// The language.
    pub(super) lang: Lang,
    /// Whether errors are objects.
    pub(super) json: bool,
    /// The verb; none where it cannot be told for sure.
    pub(super) verb: Option<&'static str>,
}

impl Early {
    /// Looks at the arguments.
    pub(super) fn of(args: &[OsString]) -> Early {
        let mut lang = None;
        let mut json = false;
        let mut verb = None;
        let mut words = args.iter().skip(1).map(|arg| arg.to_str().unwrap_or_default());
        while let Some(word) = words.next().filter(|word| *word != "--") {
            let (flag, value) =
                word.split_once('=').map_or((word, None), |(flag, value)| (flag, Some(value)));
            match flag {
                "--lang" => lang = value.or_else(|| words.next()).and_then(Lang::from_locale),
                "--json" => json = true,
                "--format" => {
                    json = value.or_else(|| words.next()).is_some_and(|name| name.starts_with("json"));
                }
                "--store" | "--color" | "--as" if value.is_none() => {
                    words.next();
                }
                _ if verb.is_none() && !word.starts_with('-') => verb = Some(word),
                _ => {}
            }
        }
        let verb = verb.and_then(|verb| VERBS.iter().find(|entry| entry.name == verb));
        Early { lang: lang.unwrap_or_else(config::lang), json, verb: verb.map(|entry| entry.name) }
    }
}

/// Help and version are answers, not errors.
pub(super) fn is_answer(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion)
}

impl Failure {
    /// A command line that does not parse.
    pub(super) fn from_clap(error: &Error, lang: Lang) -> Failure {
        let said = |kind| spoken(error, kind);
        let arg = bare(&said(ContextKind::InvalidArg));
        let message = match error.kind() {
            ErrorKind::UnknownArgument => say::unknown_argument(lang, arg),
            ErrorKind::InvalidSubcommand => say::unknown_verb(lang, said(ContextKind::InvalidSubcommand)),
            ErrorKind::MissingSubcommand => {
                let verbs = said(ContextKind::ValidSubcommand);
                say::missing_verb(lang, said(ContextKind::InvalidSubcommand), listed(&verbs, lang))
            }
            ErrorKind::MissingRequiredArgument => say::missing_argument(lang, listed(&arg, lang)),
            ErrorKind::ArgumentConflict => {
                say::argument_conflict(lang, arg, bare(&said(ContextKind::PriorArg)))
            }
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
                let value = said(ContextKind::InvalidValue);
                match (value.as_str(), said(ContextKind::ValidValue)) {
                    ("", _) => say::missing_value(lang, arg),
                    (value, valid) if valid.is_empty() => say::invalid_value(lang, arg, value),
                    (value, valid) => say::not_one_of(lang, arg, value, listed(&valid, lang)),
                }
            }
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => say::missing_value(lang, arg),
            ErrorKind::TooManyValues => say::unknown_argument(lang, said(ContextKind::InvalidValue)),
            ErrorKind::InvalidUtf8 => say::not_utf8(lang).to_owned(),
            _ => {
                error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
            }
        };
        let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .into_iter()
            .map(said)
            .find(|near| !near.is_empty())
            .map(|near| nearest_of(&said(ContextKind::InvalidSubcommand), &near));
        let usage = said(ContextKind::Usage);
        let usage =
            usage.trim_start_matches("Usage:").trim().lines().next().filter(|usage| !usage.is_empty());
        let hint = match near {
            Some(near) => Some(refusal::did_you_mean(lang, near)),
            None => usage.map(|usage| say::usage(lang, usage)),
        };
        Failure::usage(message).maybe_hint(hint)
    }
}

/// What stands side by side, as a sentence lists it.
fn listed(words: &str, lang: Lang) -> String {
    words.replace(", ", lang.pick(", ", "、"))
}

/// Of several proposals the one nearest to what was typed.
fn nearest_of(typed: &str, proposals: &str) -> String {
    nearest(typed, proposals.split(", ")).unwrap_or(proposals).to_owned()
}

/// An argument without what stands for its value: `--format <FORMAT>` is `--format`, `<TEXT>` is `TEXT`.
fn bare(arg: &str) -> String {
    let each = arg.split(", ").map(|arg| match arg.split_once(' ') {
        Some((flag, _)) if flag.starts_with('-') => flag,
        _ => arg.trim_matches(['<', '>', '[', ']', '.']),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// What the parser knows of its complaint, as one text.
fn spoken(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStrs(texts)) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        Some(value @ (ContextValue::String(_) | ContextValue::StyledStr(_) | ContextValue::Number(_))) => {
            value.to_string()
        }
        _ => String::new(),
    }
}
