//! A next step as people write it: what is to be done, with its date before or behind it.

use chrono::NaiveDateTime;

use super::reader::{PAUSES, Reader};
use super::words::WEEKDAYS;
use super::{When, split_leading};

/// Splits a next step into its date and what is to be done: `+3d send price list`, `send offer in two weeks`. What is
/// to be done may be empty behind a date in front. A date behind stands apart from it by a blank or a pause, is not
/// over, and belongs to no word before it: `ask about friday`, `print 3d` and `call Mr Sun` have none.
pub fn split_step(text: &str, now: NaiveDateTime) -> Option<(When, &str)> {
    split_leading(text, now).or_else(|| split_trailing(text, now))
}

/// Whether what stands behind ` > ` in a text is a next step. It may also be what something is compared with: several
/// lines are no step, nor is what begins with a figure and ends with a date.
pub fn is_step(text: &str, now: NaiveDateTime) -> bool {
    let begins_with_a_word = text.trim_start().starts_with(char::is_alphabetic);
    !text.contains('\n')
        && (split_leading(text, now).is_some() || begins_with_a_word && split_trailing(text, now).is_some())
}

/// No date has more words than so.
const LONGEST: usize = 10;

/// Words that take the date behind them for themselves.
const TAKERS: &[&str] = &[
    "a", "about", "after", "and", "any", "before", "coming", "each", "every", "for", "from", "in", "last",
    "not", "of", "or", "past", "since", "than", "that", "the", "this", "through", "till", "to", "until",
    "vs", "with", "关于", "到", "至", "从", "自", "和", "或", "与", "每", "不",
];

/// Splits the longest date off the end of a text.
fn split_trailing(text: &str, now: NaiveDateTime) -> Option<(When, &str)> {
    let (text, begins) = begins_of_endings(text);
    let (at, when) = begins.into_iter().rev().find_map(|at| Some((at, ending(&text[at..], now)?)))?;
    let what = text[..at].trim_start().trim_end_matches(parts);
    let is_over = when.date < now.date() || when.time.is_some_and(|time| when.date.and_time(time) <= now);
    let is_no_date = is_a_quantity(&text[at..]) || is_a_name(&text[at..]);
    (!is_over && !is_no_date && is_whole(what)).then_some((when, what))
}

/// Whether a date in front of other words can as well be one of them: `weekend rates`, `EOD report`, `at 5 stores`.
pub(super) fn is_of_what_follows(date: &str) -> bool {
    let date = date.to_lowercase();
    match date.split_whitespace().collect::<Vec<_>>()[..] {
        ["weekend" | "eod" | "eow" | "eom" | "eoq" | "eoy"] | ["the", "weekend"] => true,
        ["at", hour] => hour.chars().all(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Whether a sign parts words.
fn parts(c: char) -> bool {
    c.is_whitespace() || PAUSES.contains(c)
}

/// A text without the sign that ends it, and where its last words begin, of which a date may be made, the last one
/// first.
pub(super) fn begins_of_endings(text: &str) -> (&str, Vec<usize>) {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || ".。!！".contains(c));
    let begins = text.char_indices().rev().filter(|(_, c)| parts(*c)).map(|(at, c)| at + c.len_utf8());
    (text, begins.take(LONGEST).collect())
}

/// The date that a text is from its first word to its last.
fn ending(text: &str, now: NaiveDateTime) -> Option<When> {
    if text.starts_with(char::is_whitespace) {
        return None;
    }
    let mut reader = Reader::new(text);
    let when = reader.spoken()?.meant(now).ok()?;
    reader.rest().is_empty().then_some(when)
}

/// Whether a date can as well be a number of something: `3d`, `10/12`, `10-12`.
pub(super) fn is_a_quantity(date: &str) -> bool {
    let unit = date.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = date.len() - unit.len();
    (1..=3).contains(&digits)
        && (unit.starts_with(['-', '/']) || matches!(unit, "min" | "h" | "d" | "w" | "m" | "y"))
}

/// Whether a date can as well be somebody's name, or part of one: `Sun`, `Wed`.
fn is_a_name(date: &str) -> bool {
    date.len() == 3 && WEEKDAYS.iter().any(|(name, _)| date.eq_ignore_ascii_case(name))
}

/// Whether words say what is to be done without the date behind them.
pub(super) fn is_whole(what: &str) -> bool {
    let last = what.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    what.contains(char::is_alphabetic)
        && what.ends_with(|c: char| c.is_alphanumeric() || ")）\"”」%".contains(c))
        && !TAKERS.iter().any(|taker| last == *taker || !taker.is_ascii() && last.ends_with(taker))
}

#[cfg(test)]
mod tests {
    use super::super::{echo, parse};
    use super::*;
    use crate::text::Lang;

    /// A Tuesday.
    fn now() -> NaiveDateTime {
        "2026-11-24T10:12:34".parse().unwrap()
    }

    /// Dates that may stand behind what is to be done.
    const DATES: &[&str] = &[
        "in two weeks",
        "in 2 weeks",
        "tomorrow",
        "tomorrow at 9",
        "tmrw",
        "next week",
        "mon 14:30",
        "on friday",
        "by next friday at 3pm",
        "end of month",
        "2026-12-01",
        "on 12-01",
        "1 Dec",
        "+3d",
        "in 3d",
        "3pm",
        "月底",
        "下周三下午3点",
        "两周后",
        "大后天",
        "明天 下午3点",
        "12月1日",
        "周五",
    ];

    #[test]
    fn a_date_stands_before_or_behind() {
        for (text, date, what) in [
            ("send offer in two weeks", "2026-12-08", "send offer"),
            ("call back tomorrow at 9.", "2026-11-25 09:00", "call back"),
            ("发报价，下周三下午3点", "2026-12-02 15:00", "发报价"),
            ("寄样品 两周后", "2026-12-08", "寄样品"),
            ("order 3 samples, by friday!", "2026-11-27", "order 3 samples"),
            ("fri prepare the meeting on monday", "2026-11-27", "prepare the meeting on monday"),
            ("fri", "2026-11-27", ""),
            ("call Mr Sun on sun", "2026-11-29", "call Mr Sun"),
            ("send offer next fri", "2026-12-04", "send offer"),
            ("call sat 9:30", "2026-11-28 09:30", "call"),
            ("weekend", "2026-11-28", ""),
            ("this weekend visit", "2026-11-28", "visit"),
            ("by eod report", "2026-11-24", "report"),
            ("report eod", "2026-11-24", "report"),
            ("at 5", "2026-11-24 17:00", ""),
            ("fri at 5 stores", "2026-11-27 17:00", "stores"),
            ("at 5 tomorrow call", "2026-11-25 17:00", "call"),
            ("call at 5", "2026-11-24 17:00", "call"),
        ] {
            let (when, split) = split_step(text, now()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((when, split), (parse(date, now()).unwrap(), what), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_of_the_step_is_left() {
        for text in [
            "send price list",
            "ask about friday",
            "talk about last friday",
            "prepare for monday",
            "mon-fri training",
            "visit mon or tue",
            "print a model 3d",
            "order 10-12",
            "lot 10/12",
            "see what came of yesterday",
            "compare with 3 days ago",
            "call 08:00",
            "invoice of 2026-01-05",
            "客户生日在五月",
            "每 周五",
            "准备到 月底",
            "发报价下周三",
            "call Mr Sun",
            "write to Wed.",
            "weekend rates",
            "the weekend rates",
            "EOD report",
            "at 5 stores",
            "At 12 of them",
            "tomorrowish call",
            "5 in two weeks",
            "",
        ] {
            assert_eq!(split_step(text, now()), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_compared_behind_an_arrow_is_no_step() {
        for (text, is) in [
            ("send offer in two weeks", true),
            ("+3d send offer", true),
            ("发报价 两周后", true),
            ("5000 wanted by friday", false),
            ("last year", false),
            ("that of next week", false),
            ("call\nfriday", false),
        ] {
            assert_eq!(is_step(text, now()), is, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_known_date_comes_off_again(nth in 0..DATES.len(), what in "[bcfg]{2,6}( [bcfg]{2,6}|发报价){0,3}", pause in "( |, |，)") {
            let date = DATES[nth];
            let text = format!("{what}{pause}{date}");
            proptest::prop_assert_eq!(split_step(&text, now()), Some((parse(date, now()).unwrap(), what.as_str())));
            proptest::prop_assert!(is_step(&text, now()));
        }

        #[test]
        fn a_text_without_a_date_stays_as_it_was(text in "([bcfgkx]{1,6}|发报价|客户|[0-9]{1,5}|about|, |。| ){0,9}") {
            proptest::prop_assert_eq!(split_step(&text, now()), None);
        }

        #[test]
        fn what_comes_off_is_a_date_and_nothing_is_lost(text in "(call|offer|about|in |two |3|d|weeks?|fri|next |at |9|:30|\\+|月底|下周|三|, | |-|/|[0-9]){0,10}") {
            if let Some((when, what)) = split_step(&text, now()) {
                let again = format!("{} {what}", echo(Lang::En, when));
                proptest::prop_assume!(!what.is_empty());
                proptest::prop_assert!(text.trim_start().starts_with(what) || text.ends_with(what));
                proptest::prop_assert_eq!(split_leading(&again, now()).map(|(when, _)| when.date), Some(when.date));
            }
        }
    }
}
