//! Days of the Chinese lunar calendar (农历), and the solar days on which they fall.
//!
//! A lunar day has no year: it comes round. What a year does not have is moved as people move it: a day of a leap month
//! (闰月) is kept in the month itself where the year has no such leap month, and the 30th of a month of 29 days on its
//! last day. Of the years from 1901 to 2100 all is known; outside of them no lunar day falls on any solar one.

use std::fmt;

use chinese_lunisolar_calendar::LunisolarDate;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A day of the lunar year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lunar {
    /// 1 to 12.
    month: u8,
    /// 1 to 30.
    day: u8,
    /// Of the leap month behind the month of this number.
    leap: bool,
}

/// The months and the days have at most so many.
const MONTHS: u8 = 12;
const DAYS: u8 = 30;

const DIGITS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];

impl Lunar {
    /// A day of the lunar year; none where no year has it.
    pub fn new(month: u8, day: u8, leap: bool) -> Option<Lunar> {
        let is_there = (1..=MONTHS).contains(&month) && (1..=DAYS).contains(&day);
        is_there.then_some(Lunar { month, day, leap })
    }

    /// Reads what people type: `08-15`, `lunar 8-15`, `leap 06-01`, `农历八月十五`, `闰六月初一`, `8月15日`, `除夕`.
    pub fn read(text: &str) -> Option<Lunar> {
        let text = text.trim().to_lowercase();
        let text = strip(&text, &["lunar", "农历", "阴历"]);
        if text == "除夕" {
            return Lunar::new(MONTHS, DAYS, false);
        }
        let rest = strip(text, &["leap", "闰"]);
        let leap = rest.len() < text.len();
        let (month, day) = rest.split_once(['-', '月'])?;
        Lunar::new(month_of(month)?, day_of(strip_end(day, &["日", "号"]))?, leap)
    }

    /// Whether a text says by itself that it means a lunar day.
    pub fn is_meant(text: &str) -> bool {
        let text = text.trim().to_lowercase();
        ["lunar", "农历", "阴历", "闰", "除夕"].iter().any(|word| text.starts_with(word))
    }

    /// The solar day on which it falls in a lunar year, named by the solar year in which that begins.
    pub fn of_year(self, year: u16) -> Option<NaiveDate> {
        let exact = |leap: bool, day: u8| {
            LunisolarDate::from_ymd(year, self.month, leap, day).ok().map(LunisolarDate::to_naive_date)
        };
        let shortened = |leap: bool| exact(leap, DAYS - 1).filter(|_| self.day == DAYS);
        let kept = |leap: bool| exact(leap, self.day).or_else(|| shortened(leap));
        kept(self.leap).or_else(|| kept(false))
    }

    /// The first solar day on which it falls, from this one on.
    pub fn next(self, from: NaiveDate) -> Option<NaiveDate> {
        let years = (from.year() - 1)..=(from.year() + 1);
        let days = years.filter_map(|year| self.of_year(u16::try_from(year).ok()?));
        days.filter(|day| *day >= from).min()
    }
}

/// `08-15`, `leap 06-01`: as it is stored, and read again.
impl fmt::Display for Lunar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let leap = if self.leap { "leap " } else { "" };
        write!(f, "{leap}{:02}-{:02}", self.month, self.day)
    }
}

/// The first solar day with this month and day from one on; the 29th of February is kept on the 28th where a year has
/// none.
pub fn next_of_year(month: u32, day: u32, from: NaiveDate) -> Option<NaiveDate> {
    (from.year()..=from.year() + 1).filter_map(|year| in_year(month, day, year)).find(|day| *day >= from)
}

fn in_year(month: u32, day: u32, year: i32) -> Option<NaiveDate> {
    let leap_day = (month, day) == (2, 29);
    NaiveDate::from_ymd_opt(year, month, day)
        .or_else(|| NaiveDate::from_ymd_opt(year, 2, 28).filter(|_| leap_day))
}

/// Without the first of these words that it begins with.
fn strip<'t>(text: &'t str, words: &[&str]) -> &'t str {
    words.iter().find_map(|word| text.strip_prefix(word)).map_or(text, str::trim_start)
}

fn strip_end<'t>(text: &'t str, words: &[&str]) -> &'t str {
    words.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text)
}

fn month_of(text: &str) -> Option<u8> {
    match text {
        "正" => Some(1),
        "冬" => Some(11),
        "腊" => Some(12),
        _ => number(text),
    }
}

fn day_of(text: &str) -> Option<u8> {
    number(text.strip_prefix('初').unwrap_or(text))
}

/// A number from 1 to 39, in digits or in Chinese: `15`, `十五`, `廿一`, `三十`.
fn number(text: &str) -> Option<u8> {
    let digit = |text: &str| DIGITS.iter().zip(1..).find(|(word, _)| **word == text).map(|(_, n)| n);
    if let Some(rest) = text.strip_prefix('廿') {
        return if rest.is_empty() { Some(20) } else { Some(20 + digit(rest)?) };
    }
    if let Some((tens, ones)) = text.split_once('十') {
        let tens = if tens.is_empty() { 1 } else { digit(tens).filter(|tens| *tens <= 3)? };
        let ones = if ones.is_empty() { 0 } else { digit(ones)? };
        return Some(10 * tens + ones);
    }
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digit(text).or_else(|| text.parse().ok().filter(|_| is_plain))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn lunar_days_are_read_as_people_write_them() {
        for (text, printed) in [
            ("08-15", "08-15"),
            ("lunar 8-15", "08-15"),
            ("Lunar 08-15", "08-15"),
            ("农历八月十五", "08-15"),
            ("农历 8月15日", "08-15"),
            ("正月初一", "01-01"),
            ("腊月廿三", "12-23"),
            ("冬月二十", "11-20"),
            ("十一月三十", "11-30"),
            ("闰六月初一", "leap 06-01"),
            ("农历闰六月初一", "leap 06-01"),
            ("lunar leap 06-01", "leap 06-01"),
            ("除夕", "12-30"),
            ("二月二", "02-02"),
        ] {
            assert_eq!(Lunar::read(text).map(|lunar| lunar.to_string()).as_deref(), Some(printed), "{text}");
        }
        for text in [
            "",
            "lunar",
            "13-01",
            "01-31",
            "0-5",
            "五",
            "八月",
            "月五",
            "+8-15",
            "8-+5",
            "8-15-3",
            "1990-08-15",
        ] {
            assert_eq!(Lunar::read(text), None, "{text}");
        }
    }

    #[test]
    fn feasts_fall_on_the_days_of_the_published_calendar() {
        for (lunar, from, on) in [
            ("01-01", "2026-01-01", "2026-02-17"),
            ("01-01", "2026-02-17", "2026-02-17"),
            ("01-01", "2026-02-18", "2027-02-06"),
            ("08-15", "2026-01-01", "2026-09-25"),
            ("08-15", "2026-09-26", "2027-09-15"),
            ("05-05", "2026-01-01", "2026-06-19"),
            ("除夕", "2026-01-01", "2026-02-16"),
            ("除夕", "2026-03-01", "2027-02-05"),
            ("12-08", "2026-01-01", "2026-01-26"),
            ("01-01", "2034-01-01", "2034-02-19"),
        ] {
            assert_eq!(Lunar::read(lunar).unwrap().next(date(from)), Some(date(on)), "{lunar} from {from}");
        }
    }

    /// 2025 has a second sixth month, from 25 July on; 2026 has no leap month.
    #[test]
    fn a_leap_month_is_kept_where_there_is_one_and_else_in_the_month_itself() {
        for (lunar, year, on) in [
            ("06-01", 2025, "2025-06-25"),
            ("leap 06-01", 2025, "2025-07-25"),
            ("06-01", 2026, "2026-07-14"),
            ("leap 06-01", 2026, "2026-07-14"),
        ] {
            assert_eq!(Lunar::read(lunar).unwrap().of_year(year), Some(date(on)), "{lunar} {year}");
        }
    }

    #[test]
    fn what_a_short_month_or_year_has_not_is_kept_on_its_last_day() {
        let eve = Lunar::read("12-30").unwrap();
        assert_eq!(eve.of_year(2025), Some(date("2026-02-16")), "the month has 29 days");
        assert_eq!(eve.of_year(2023), Some(date("2024-02-09")), "it has 30");
        for (from, on) in
            [("2026-01-01", "2026-02-28"), ("2027-03-01", "2028-02-29"), ("2028-03-01", "2029-02-28")]
        {
            assert_eq!(next_of_year(2, 29, date(from)), Some(date(on)));
        }
        assert_eq!(next_of_year(2, 30, date("2026-01-01")), None);
        assert_eq!(next_of_year(12, 31, date("2026-12-31")), Some(date("2026-12-31")));
    }

    #[test]
    fn outside_of_what_is_known_nothing_falls_anywhere() {
        let new_year = Lunar::new(1, 1, false).unwrap();
        assert_eq!((new_year.of_year(1900), new_year.of_year(2101)), (None, None));
        assert_eq!(new_year.next(date("2102-01-01")), None);
        assert_eq!(new_year.next(NaiveDate::MIN.succ_opt().unwrap()), None);
    }

    proptest! {
        /// A day comes once in every lunar year, about a year behind the last time, and is read as it is printed.
        #[test]
        fn a_lunar_day_comes_round_every_year(month in 1_u8..=12, day in 1_u8..=30, leap: bool, year in 1902_u16..=2100) {
            let lunar = Lunar::new(month, day, leap).unwrap();
            let (before, on) = (lunar.of_year(year - 1).unwrap(), lunar.of_year(year).unwrap());
            let apart = (on - before).num_days();
            prop_assert!((324..=414).contains(&apart), "{before} {on}");
            prop_assert_eq!(lunar.next(on), Some(on));
            prop_assert_eq!(lunar.next(before.succ_opt().unwrap()), Some(on));
            prop_assert_eq!(Lunar::read(&lunar.to_string()), Some(lunar));
        }

        #[test]
        fn no_text_is_more_than_no_day(text: String) {
            if let Some(lunar) = Lunar::read(&text) {
                prop_assert_eq!(Lunar::read(&lunar.to_string()), Some(lunar));
            }
        }
    }
}
