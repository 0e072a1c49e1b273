//! Why a verb did not do what it was asked: one or two lines for people, an object for machines, an exit code.

use std::io::{self, ErrorKind, Write};

use chrono_tz::Tz;
use serde_json::{Map, Value, json};

use crate::filter;
use crate::ipc::client::ClientError;
use crate::model::{CANDIDATES, Id, Refusal};
use crate::text::say::{cli as say, model as facts};
use crate::text::{Clean, Lang, Unclean};

/// What a verb gives back.
pub(super) type Done<T = ()> = Result<T, Failure>;

/// Failed: I/O, server.
pub(super) const FAILED: u8 = 1;
/// The command line is wrong.
pub(super) const USAGE: u8 = 2;
/// Nothing was found.
pub(super) const NOTHING: u8 = 3;
/// A rule or a right stands against it.
pub(super) const REFUSED: u8 = 5;
/// No store, or it cannot be opened.
pub(super) const NO_STORE: u8 = 7;

/// So many of the records that words may mean are named to people.
const NAMED: usize = 10;

/// Why it was not done.
#[derive(Debug)]
pub(super) struct Failure {
    /// The exit code; 0 where the reader of our output has gone away, which is no error.
    pub(super) code: u8,
    /// What and why.
    pub(super) message: String,
    /// What to do.
    pub(super) hint: Option<String>,
    /// What belongs between the two.
    detail: Detail,
    /// The rest was done.
    in_part: bool,
}

#[derive(Debug)]
enum Detail {
    None,
    /// The records that the words may mean.
    Candidates(Vec<(Id, Clean)>),
    /// A text and the place in it (bytes from, to).
    Place(Clean, (u32, u32)),
}

impl Failure {
    pub(super) fn new(code: u8, message: impl Into<String>) -> Failure {
        Failure { code, message: message.into(), hint: None, detail: Detail::None, in_part: false }
    }

    pub(super) fn failed(message: impl Into<String>) -> Failure {
        Failure::new(FAILED, message)
    }

    pub(super) fn usage(message: impl Into<String>) -> Failure {
        Failure::new(USAGE, message)
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Failure {
        self.maybe_hint(Some(hint))
    }

    /// With one more line of what to do.
    pub(super) fn also(self, hint: impl Into<String>) -> Failure {
        let hint = hint.into();
        let all = self.hint.as_deref().map_or_else(|| hint.clone(), |first| format!("{first}\n{hint}"));
        self.hint(all)
    }

    pub(super) fn maybe_hint(self, hint: Option<impl Into<String>>) -> Failure {
        Failure { hint: hint.map(Into::into), ..self }
    }

    /// Only of a part: the rest was done, and people are not told of an error.
    pub(super) fn in_part(self) -> Failure {
        Failure { in_part: true, ..self }
    }

    /// A text with a character that may not stand; `what` is the flag or argument.
    pub(super) fn unclean(what: &str, found: Unclean, lang: Lang) -> Failure {
        Failure::usage(crate::text::say::text::unclean(lang, what, found.code(), found.at))
    }

    /// A file that could not be used.
    pub(super) fn file(path: &std::path::Path, error: &io::Error, lang: Lang) -> Failure {
        Failure::failed(say::cannot_use(lang, shown(path), plain(error)))
    }

    /// The server said no.
    pub(super) fn refused(refusal: Refusal, lang: Lang, zone: Tz) -> Failure {
        let (message, hint) = refusal.say(lang, zone);
        let code = refusal.code();
        let detail = match refusal {
            Refusal::Ambiguous(_, _, candidates) => Detail::Candidates(candidates),
            Refusal::BadFilter { text, at, .. } => Detail::Place(text, at),
            _ => Detail::None,
        };
        Failure { detail, ..Failure::new(code, message).maybe_hint(hint) }
    }

    /// Of this field.
    pub(super) fn of_field(self, field: &str, lang: Lang) -> Failure {
        Failure { message: say::of_field(lang, field, &self.message), ..self }
    }

    /// The server was not reached.
    pub(super) fn unreached(error: &ClientError, lang: Lang) -> Failure {
        Failure::new(error.code(), error.message(lang)).maybe_hint(error.hint(lang))
    }

    /// The server answered something else than what was asked.
    pub(super) fn odd_answer(lang: Lang) -> Failure {
        Failure::failed(say::odd_answer(lang))
    }

    /// Tells it on `to`: an object where machines read, else lines.
    pub(super) fn tell(&self, to: &mut dyn Write, json: bool, lang: Lang) -> io::Result<()> {
        if json {
            return writeln!(to, "{}", json!({ "error": self.object() }));
        }
        let message = washed(&self.message);
        if self.in_part {
            writeln!(to, "{message}")?;
        } else {
            writeln!(to, "{}", say::error(lang, message))?;
        }
        match &self.detail {
            Detail::None => {}
            Detail::Candidates(candidates) => {
                for (id, name) in candidates.iter().take(NAMED) {
                    writeln!(to, "  {id}  {}", name.line())?;
                }
                match candidates.len().saturating_sub(NAMED) {
                    0 => {}
                    // There may be more of them than are named even to machines.
                    _ if candidates.len() >= CANDIDATES => writeln!(to, "  {}", say::and_others(lang))?,
                    more => writeln!(to, "  {}", facts::and_more(lang, more))?,
                }
            }
            Detail::Place(text, (from, until)) => {
                let picture = filter::caret(text.as_str(), &(*from as usize..*until as usize));
                picture.lines().try_for_each(|line| writeln!(to, "  {line}"))?;
            }
        }
        match &self.hint {
            Some(hint) => writeln!(to, "{}", washed(hint)),
            None => Ok(()),
        }
    }

    fn object(&self) -> Value {
        let mut object = Map::new();
        object.insert("code".into(), self.code.into());
        object.insert("kind".into(), kind(self.code).into());
        object.insert("message".into(), washed(&self.message).as_str().into());
        let hint = self.hint.as_deref().map(washed);
        object.insert("hint".into(), hint.as_ref().map(Clean::as_str).into());
        match &self.detail {
            Detail::None => {}
            Detail::Candidates(candidates) => {
                let each = |(id, name): &(Id, Clean)| json!({ "id": id.to_string(), "name": name.as_str() });
                object.insert("candidates".into(), candidates.iter().map(each).collect());
            }
            Detail::Place(text, at) => {
                object.insert("text".into(), text.as_str().into());
                object.insert("at".into(), json!([at.0, at.1]));
            }
        }
        object.into()
    }
}

/// Results that cannot be written: a reader that has gone away ends the verb, and is no error.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            ErrorKind::BrokenPipe => Failure::new(0, ""),
            _ => Failure::failed(error.to_string()),
        }
    }
}

/// What went wrong, without the number that the machine has for it.
fn plain(error: &io::Error) -> String {
    let said = error.to_string();
    said.split(" (os error").next().unwrap_or_default().to_owned()
}

/// A path that may be shown.
pub(super) fn shown(path: &std::path::Path) -> String {
    washed(&path.display().to_string()).line()
}

/// Words of files and command lines may stand in what is told: nothing in them may reach the terminal as an order.
fn washed(text: &str) -> Clean {
    Clean::washed(text).0
}

fn kind(code: u8) -> &'static str {
    match code {
        2 => "usage",
        3 => "not_found",
        4 => "ambiguous",
        5 => "refused",
        6 => "conflict",
        7 => "no_store",
        _ => "failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn told(failure: &Failure, json: bool, lang: Lang) -> String {
        let mut out = Vec::new();
        failure.tell(&mut out, json, lang).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn ambiguous() -> Failure {
        let name = Clean::known;
        let candidates = vec![(Id::customer(1), name("Acme")), (Id::customer(2), name("Acme\nLogistics"))];
        Failure::refused(Refusal::Ambiguous(Kind::Customer, name("acme"), candidates), Lang::En, Tz::UTC)
    }

    #[test]
    fn what_was_done_in_part_is_no_error_to_people() {
        let failure = || Failure::new(REFUSED, "2 rows were rejected").in_part();
        assert_eq!(told(&failure(), false, Lang::En), "2 rows were rejected\n");
        assert!(told(&failure(), true, Lang::En).starts_with("{\"error\":{\"code\":5"));
    }

    #[test]
    fn candidates_are_listed_for_people_and_machines() {
        assert_eq!(
            told(&ambiguous(), false, Lang::En),
            "error: more than one customer matches \"acme\"\n  c1  Acme\n  c2  Acme Logistics\nname one by its id\n"
        );
        let object: Value = serde_json::from_str(&told(&ambiguous(), true, Lang::En)).unwrap();
        assert_eq!(object["error"]["code"], 4);
        assert_eq!(object["error"]["kind"], "ambiguous");
        assert_eq!(object["error"]["candidates"][1]["id"], "c2");
    }

    #[test]
    fn people_read_the_first_candidates_and_how_many_more_there_are() {
        let refused = |count| {
            let candidates = (1..=count).map(|n| (Id::customer(n), Clean::known("Zhang"))).collect();
            Failure::refused(
                Refusal::Ambiguous(Kind::Customer, Clean::known("z"), candidates),
                Lang::En,
                Tz::UTC,
            )
        };
        let said = told(&refused(16), false, Lang::En);
        assert!(said.contains("  c10  Zhang\n  and 6 more\n") && !said.contains("c11"), "{said}");
        assert!(told(&refused(16), false, Lang::Zh).contains("\n  另有 6 项\n"));
        assert!(!told(&refused(10), false, Lang::En).contains("more\n"));
        assert!(told(&refused(100), false, Lang::En).contains("\n  and more\n"));
        let object: Value = serde_json::from_str(&told(&refused(16), true, Lang::En)).unwrap();
        assert_eq!(object["error"]["candidates"].as_array().unwrap().len(), 16);
    }

    #[test]
    fn the_caret_stands_under_the_place_also_behind_wide_characters() {
        let text = Clean::known("region:华东 teir:A");
        let refusal = Refusal::BadFilter {
            text,
            at: (14, 18),
            en: Clean::known("no field \"teir\""),
            zh: Clean::known("没有字段“teir”"),
        };
        let failure = Failure::refused(refusal, Lang::Zh, Tz::UTC);
        assert_eq!(
            told(&failure, false, Lang::Zh),
            "错误：筛选条件有误：没有字段“teir”\n  region:华东 teir:A\n              ^^^^\n"
        );
    }

    #[test]
    fn the_classes_of_failures_are_those_of_refusals() {
        for refusal in
            [Refusal::NoTask, Refusal::Expired, Refusal::NotPractice, Refusal::Future(Clean::default())]
        {
            assert_eq!(kind(refusal.code()), refusal.kind());
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        assert_eq!(Failure::from(io::Error::from(ErrorKind::BrokenPipe)).code, 0);
        assert_eq!(Failure::from(io::Error::from(ErrorKind::StorageFull)).code, 1);
    }
}
