//! What acts on playbooks, plans and absences are told: which, and why.

use crate::filter::Candidate;
use crate::keys::Argument;
use crate::model::planned::Planned;
use crate::model::query::{PolicyName, RunLine};
use crate::model::{Choice, Id, Kind, Source};
use crate::text::{Clean, Lang};
use crate::tui::book::Book;
use crate::tui::fuzzy::fitting;

/// What stands before the reason of an absence.
const COMMAS: [char; 2] = [',', '，'];

/// An absence as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Absence<'a> {
    /// Who; empty: whoever types it.
    pub(in crate::tui) who: &'a str,
    /// The first day.
    pub(in crate::tui) from: &'a str,
    /// The last one.
    pub(in crate::tui) until: &'a str,
    /// Who stands in; empty: whoever leads them.
    pub(in crate::tui) stand_in: &'a str,
    /// Why; may be empty.
    pub(in crate::tui) reason: &'a str,
}

/// Reads an absence: `Anna fri..+10d Bo, holiday`. A first day that is left out is today.
pub(in crate::tui) fn absence(text: &str) -> Option<Absence<'_>> {
    let (head, reason) = text.split_once(COMMAS).unwrap_or((text, ""));
    let dots = head.find("..")?;
    let start = head[..dots].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let end = head[dots..].find(char::is_whitespace).map_or(head.len(), |at| dots + at);
    let (from, until) = (&head[start..dots], &head[dots + "..".len()..end]);
    let from = if from.is_empty() { "today" } else { from };
    let absence = Absence {
        who: head[..start].trim(),
        from,
        until,
        stand_in: head[end..].trim(),
        reason: reason.trim(),
    };
    (!until.is_empty()).then_some(absence)
}

/// The playbooks at work at the customer whose card is seen.
fn runs(book: &Book) -> &[RunLine] {
    book.card.as_deref().map_or(&[], |card| &card.why.runs)
}

/// The playbook that is meant, and the rest: the one of an id, of these the one of a name, or else the only one.
pub(in crate::tui) fn run<'a>(runs: &[RunLine], text: &'a str) -> Option<(Id, &'a str)> {
    let (first, rest) = words(text);
    let by_id = first.parse::<Id>().ok().filter(|id| id.kind == Kind::Run);
    let mut called = runs.iter().filter(|run| is_called(&run.playbook, first));
    let by_name = called.next().filter(|_| called.next().is_none()).map(|run| run.id);
    match (by_id.or(by_name), runs) {
        (Some(id), _) => Some((id, rest)),
        (None, [only]) => Some((only.id, text.trim())),
        (None, _) => None,
    }
}

/// The playbook of an id or a name.
pub(in crate::tui) fn playbook<'a>(names: &'a [PolicyName], text: &str) -> Option<&'a PolicyName> {
    names.iter().find(|name| is_called(name, text.trim()))
}

/// What is left out, and why; none before both are there.
pub(in crate::tui) fn occasion(text: &str) -> Option<(&str, &str)> {
    Some(words(text)).filter(|(_, why)| !why.is_empty())
}

/// The word by which something that is planned is left out.
pub(in crate::tui) fn occasions(plan: &Planned) -> Vec<Clean> {
    match plan.source {
        Source::Cadence => vec![Clean::known(Source::Cadence.word())],
        _ => plan.occasions.iter().map(|occasion| occasion.id.clone()).collect(),
    }
}

/// The first word, and what stands behind it.
fn words(text: &str) -> (&str, &str) {
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (first, rest.trim())
}

fn is_called(name: &PolicyName, typed: &str) -> bool {
    let typed = Clean::washed(typed).0.folded();
    !typed.is_empty() && [&name.id, &name.en, &name.zh].into_iter().any(|own| own.folded() == typed)
}

/// Whether such a text says enough.
pub(super) fn is_whole(argument: Argument, text: &str, book: &Book) -> bool {
    let run = || run(runs(book), text);
    match argument {
        Argument::Playbook => book.work.names.is_empty() || playbook(&book.work.names, text).is_some(),
        Argument::Run => run().is_some_and(|(_, rest)| rest.is_empty()),
        Argument::RunMayWhy => run().is_some(),
        Argument::RunAndWhy => run().is_some_and(|(_, why)| !why.is_empty()),
        Argument::Occasion => occasion(text).is_some(),
        Argument::Absence => absence(text).is_some(),
        _ => true,
    }
}

/// What may be written in front; none where the argument is none of these. Behind the first word stands why.
pub(super) fn offers(argument: Argument, text: &str, book: &Book, lang: Lang) -> Option<Vec<Candidate>> {
    let all = match argument {
        Argument::Playbook => {
            book.work.names.iter().map(|name| (name.id.line(), called(name, lang))).collect()
        }
        Argument::Run | Argument::RunAndWhy | Argument::RunMayWhy => {
            runs(book).iter().map(|run| (run.id.to_string(), called(&run.playbook, lang))).collect()
        }
        Argument::Occasion => planned(book, lang),
        _ => return None,
    };
    let typed = text.trim_start();
    let start = text.len() - typed.len();
    if typed.contains(char::is_whitespace) {
        return Some(Vec::new());
    }
    let shown: Vec<(String, String, String)> =
        all.into_iter().map(|(word, hint)| (format!("{word} {hint}"), word, hint)).collect();
    let offer =
        |(_, text, hint): (String, String, String)| Candidate { text, hint, at: start..start + typed.len() };
    Some(fitting(shown, typed, |(both, ..)| both).into_iter().map(offer).collect())
}

/// What is planned with the customer whose card is seen: the words, and what it is.
fn planned(book: &Book, lang: Lang) -> Vec<(String, String)> {
    let plans = book.card.as_deref().map_or(&[][..], |card| &card.why.planned);
    let of = |plan: &Planned| {
        let hint = format!("{} {}", plan.day.date(), plan.what_and_how(lang));
        occasions(plan).into_iter().map(|word| (word.line(), hint.clone())).collect::<Vec<_>>()
    };
    plans.iter().flat_map(of).collect()
}

fn called(name: &PolicyName, lang: Lang) -> String {
    lang.pick(&name.en, &name.zh).line()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(id: &'static str, en: &'static str, zh: &'static str) -> PolicyName {
        PolicyName { id: Clean::known(id), en: Clean::known(en), zh: Clean::known(zh) }
    }

    fn at_work(n: u64, playbook: PolicyName) -> RunLine {
        RunLine { id: Id::new(Kind::Run, n), playbook, started: None, paused: None, steps: Vec::new() }
    }

    #[test]
    fn a_playbook_at_work_is_named_by_its_number_or_name_or_is_the_only_one() {
        let one = [at_work(3, name("wake", "Wake", "唤醒"))];
        let two = [one[0].clone(), at_work(4, name("ask", "Ask", "询问"))];
        let meant = |runs: &[RunLine], text| run(runs, text).map(|(id, rest)| (id.n, rest.to_owned()));
        let some = |n, rest: &str| Some((n, rest.to_owned()));
        assert_eq!(meant(&one, " they are away "), some(3, "they are away"));
        assert_eq!(meant(&one, ""), some(3, ""));
        assert_eq!(meant(&two, "唤醒 休假"), some(3, "休假"));
        assert_eq!(meant(&two, "ASK later"), some(4, "later"));
        assert_eq!(meant(&two, "r9"), some(9, ""), "the server knows more of them");
        assert_eq!(meant(&two, "they are away"), None);
        assert_eq!(meant(&[], ""), None);
        let twins = [one[0].clone(), at_work(5, name("wake", "Wake", "唤醒"))];
        assert_eq!(meant(&twins, "wake"), None, "either may be meant");
    }

    #[test]
    fn an_absence_is_read_around_its_days() {
        let read = |text| absence(text).map(|a| [a.who, a.from, a.until, a.stand_in, a.reason]);
        assert_eq!(read("Anna fri..+10d Bo Lin, at sea"), Some(["Anna", "fri", "+10d", "Bo Lin", "at sea"]));
        assert_eq!(read("..fri"), Some(["", "today", "fri", "", ""]));
        assert_eq!(read("安娜 周五..周日 维西，休假"), Some(["安娜", "周五", "周日", "维西", "休假"]));
        assert_eq!([read("Anna"), read("Anna fri.."), read("")], [None; 3]);
    }
}
