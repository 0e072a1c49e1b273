//! Days of a calendar as policies and files of days list them: `2026-10-10`, `2026-10-01..2026-10-07`.

use std::collections::BTreeSet;

use chrono::NaiveDate;

/// Why an entry of a list of days was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDays {
    /// Neither a day nor two with `..` between.
    #[error("not a day")]
    NoDate,
    /// The last day lies before the first.
    #[error("ends before it starts")]
    EndsBeforeStart,
    /// More than 60 days at once: a wrong year, more likely than a holiday.
    #[error("longer than 60 days")]
    TooLong,
}

/// An entry of a list has at most so many days.
const LONGEST: i64 = 60;

/// Reads an entry of a list of days: one day, or the first and the last of several.
pub fn parse(entry: &str) -> Result<BTreeSet<NaiveDate>, BadDays> {
    let (first, last) = entry.split_once("..").unwrap_or((entry, entry));
    let (first, last) = (date(first)?, date(last)?);
    match (last - first).num_days() + 1 {
        ..=0 => Err(BadDays::EndsBeforeStart),
        length if length > LONGEST => Err(BadDays::TooLong),
        _ => Ok(first.iter_days().take_while(|day| *day <= last).collect()),
    }
}

/// The first day that stands in both lists: no day is a holiday and a workday.
pub fn both(holidays: &BTreeSet<NaiveDate>, workdays: &BTreeSet<NaiveDate>) -> Option<NaiveDate> {
    holidays.intersection(workdays).next().copied()
}

/// A date as ISO 8601 writes it: ten characters, digits but for two hyphens.
fn date(text: &str) -> Result<NaiveDate, BadDays> {
    let text = text.trim();
    let is_so =
        |(at, sign): (usize, u8)| if matches!(at, 4 | 7) { sign == b'-' } else { sign.is_ascii_digit() };
    if text.len() != 10 || !text.bytes().enumerate().all(is_so) {
        return Err(BadDays::NoDate);
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| BadDays::NoDate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(entry: &str) -> Result<(usize, String, String), BadDays> {
        let days = parse(entry)?;
        let name = |day: Option<&NaiveDate>| day.map(NaiveDate::to_string).unwrap_or_default();
        Ok((days.len(), name(days.first()), name(days.last())))
    }

    #[test]
    fn an_entry_is_a_day_or_the_first_and_the_last() {
        let read = |count, first: &str, last: &str| Ok((count, first.to_owned(), last.to_owned()));
        assert_eq!(lists("2026-10-10"), read(1, "2026-10-10", "2026-10-10"));
        assert_eq!(lists("2026-10-01..2026-10-07"), read(7, "2026-10-01", "2026-10-07"));
        assert_eq!(lists(" 2025-12-31 .. 2026-01-01 "), read(2, "2025-12-31", "2026-01-01"));
        assert_eq!(lists("2026-07-03..2026-08-31"), read(60, "2026-07-03", "2026-08-31"));
    }

    #[test]
    fn what_is_no_entry_is_refused() {
        use BadDays::{EndsBeforeStart, NoDate, TooLong};
        for (entry, why) in [
            ("", NoDate),
            ("..", NoDate),
            ("10 October", NoDate),
            ("2026-10-1", NoDate),
            ("+2026-10-1", NoDate),
            ("2026- 1-01", NoDate),
            ("+12026-1-1", NoDate),
            ("２026-1-1", NoDate),
            ("2026-02-29", NoDate),
            ("2026-10-01..", NoDate),
            ("2026-10-01-2026-10-07", NoDate),
            ("2026-10-01..2026-10-03..2026-10-07", NoDate),
            ("2026-10-07..2026-10-01", EndsBeforeStart),
            ("2026-07-03..2026-09-01", TooLong),
            ("0001-01-01..9999-12-31", TooLong),
        ] {
            assert_eq!(lists(entry), Err(why), "{entry:?}");
        }
    }

    #[test]
    fn a_day_in_both_lists_is_found() {
        let holidays = parse("2026-10-01..2026-10-07").unwrap();
        assert_eq!(both(&holidays, &parse("2026-10-10").unwrap()), None);
        let shared = both(&holidays, &parse("2026-10-06..2026-10-10").unwrap());
        assert_eq!(shared, NaiveDate::from_ymd_opt(2026, 10, 6));
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reading(entry in "[-0-9. +年]{0,24}|.*") {
            if let Ok(days) = parse(&entry) {
                proptest::prop_assert!((1..=LONGEST as usize).contains(&days.len()));
            }
        }
    }
}
