//! Steps with a date that cannot be: somebody means a day, and no calendar has it.

use chrono::NaiveDateTime;

use super::BadDate;
use super::reader::Reader;
use super::step::{begins_of_endings, is_a_quantity, is_step, is_whole};

/// Why the date before or behind what is to be done is none: `call back on 31 Nov`, `2月30日 回电`. What can as well be a
/// number of something, as `13/40` or `16:90`, is no such date.
pub fn impossible_step(text: &str, now: NaiveDateTime) -> Option<BadDate> {
    impossible(text, now).map(|(why, _)| why).or_else(|| {
        let (text, begins) = begins_of_endings(text);
        begins.into_iter().rev().find_map(|at| {
            let (why, rest) = impossible(&text[at..], now)?;
            (rest.is_empty() && is_whole(text[..at].trim_end())).then_some(why)
        })
    })
}

/// Whether what stands behind ` > ` in a text is meant as a next step, though it may not read: it is one, or names a
/// day that no calendar has, or begins with a word that can only be a date: `+` and a digit, or digits parted by `-` or
/// `/`. `5000 wanted` is none, nor are several lines a step.
pub fn is_meant_as_step(text: &str, now: NaiveDateTime) -> bool {
    if text.contains('\n') {
        return false;
    }
    let word = text.split_whitespace().next().unwrap_or_default();
    let relative = word.strip_prefix('+').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let numeric = word.starts_with(|c: char| c.is_ascii_digit())
        && word.contains(['-', '/'])
        && word.chars().all(|c| c.is_ascii_digit() || "-/".contains(c));
    relative || numeric || is_step(text, now) || impossible_step(text, now).is_some()
}

/// Why a text begins with no date, where one is meant, and what stands behind it.
fn impossible(text: &str, now: NaiveDateTime) -> Option<(BadDate, &str)> {
    let mut reader = Reader::new(text);
    let why = reader.spoken()?.meant(now).err()?;
    let date = &text[..text.len() - reader.rest().len()];
    let is_meant = match why {
        BadDate::NoSuchDay { .. } => !is_a_quantity(date.trim_start()),
        BadDate::NoSuchTime { .. } => !date.trim_start().starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    is_meant.then_some((why, reader.rest()))
}

#[cfg(test)]
mod tests {
    use super::super::split_step;
    use super::*;

    fn why(text: &str) -> Option<BadDate> {
        impossible_step(text, "2026-11-24T10:12:34".parse().unwrap())
    }

    #[test]
    fn a_day_that_no_calendar_has_is_told_at_either_end() {
        for text in [
            "call back on 31 Nov",
            "call back 30 Feb.",
            "31 Nov call back",
            "回电 2月30日",
            "2月30日 回电",
            "2026-02-30: call",
            "call tomorrow 25:00",
        ] {
            assert!(why(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_may_be_a_number_and_what_is_a_date_is_not() {
        for text in [
            "send price list",
            "order part 13/40",
            "13/40 pallets",
            "screen of 16:90",
            "16:90 screen",
            "ask about 31 Nov",
            "call back on 30 Nov",
            "",
        ] {
            assert_eq!(why(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_step_that_reads_is_impossible(text in "(call|offer|in |two |3|d|weeks?|fri|next |at |9|:30|\\+|月|日|下周|三|31|30| Nov| Feb|, | |-|/|[0-9]){0,10}") {
            let now = "2026-11-24T10:12:34".parse().unwrap();
            if super::super::split_leading(&text, now).is_some() {
                proptest::prop_assert_eq!(impossible(&text, now).map(|(why, _)| why), None);
            }
            let _ = (split_step(&text, now), impossible_step(&text, now));
        }
    }
}
