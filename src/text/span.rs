//! Durations as the filter language and policies write them: `30min 4h 14d 2w 3m 1y`.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Lang;
use super::say::text as say;

/// A whole number of one unit. `14d` and `2w` are equally long but not equal: a duration is shown as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// What a duration counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// `min`
    Minute,
    /// `h`
    Hour,
    /// `d`
    Day,
    /// `w`
    Week,
    /// `m`, a calendar month where it is applied to a date
    Month,
    /// `y`, twelve calendar months where it is applied to a date
    Year,
}

/// Why a text is no duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSpan {
    /// Not a number directly followed by a unit.
    #[error("not a duration")]
    NotASpan,
    /// Longer than a century.
    #[error("longer than a century")]
    TooLong,
}

const DAYS_OF_A_YEAR: i64 = 365;
const DAYS_OF_A_CENTURY: i64 = 100 * DAYS_OF_A_YEAR;
const MINUTES_OF_A_DAY: i64 = 24 * 60;

impl Span {
    /// So many days.
    pub const fn of_days(count: u32) -> Span {
        Span { count, unit: Unit::Day }
    }

    /// A duration of at most a century.
    pub(super) fn new(count: u32, unit: Unit) -> Result<Span, BadSpan> {
        let span = Span { count, unit };
        if span.days() > DAYS_OF_A_CENTURY { Err(BadSpan::TooLong) } else { Ok(span) }
    }

    /// Its length in days: hours and minutes are rounded up to whole days, a year has 365, twelve months make a year.
    pub fn days(self) -> i64 {
        let count = i64::from(self.count);
        match self.unit {
            Unit::Minute | Unit::Hour => (self.minutes() + MINUTES_OF_A_DAY - 1) / MINUTES_OF_A_DAY,
            Unit::Day => count,
            Unit::Week => 7 * count,
            Unit::Month => (count * DAYS_OF_A_YEAR + 6) / 12,
            Unit::Year => DAYS_OF_A_YEAR * count,
        }
    }

    /// Its length in minutes; a day has 24 hours.
    pub fn minutes(self) -> i64 {
        match self.unit {
            Unit::Minute => i64::from(self.count),
            Unit::Hour => 60 * i64::from(self.count),
            Unit::Day | Unit::Week | Unit::Month | Unit::Year => self.days() * MINUTES_OF_A_DAY,
        }
    }

    /// The day so long before `date`; months and years go by the calendar and stop at the month's last day.
    pub fn before(self, date: NaiveDate) -> NaiveDate {
        match self.calendar_months() {
            Some(months) => date.checked_sub_months(months),
            None => date.checked_sub_days(Days::new(self.days() as u64)),
        }
        .unwrap_or(NaiveDate::MIN)
    }

    /// The day so long after `date`; the mirror of [`Span::before`].
    pub fn after(self, date: NaiveDate) -> NaiveDate {
        match self.calendar_months() {
            Some(months) => date.checked_add_months(months),
            None => date.checked_add_days(Days::new(self.days() as u64)),
        }
        .unwrap_or(NaiveDate::MAX)
    }

    /// As a reader of the language sees it: `14d`, `14天`.
    pub fn say(self, lang: Lang) -> String {
        match self.unit {
            Unit::Minute => say::minutes(lang, self.count),
            Unit::Hour => say::hours(lang, self.count),
            Unit::Day => say::days(lang, self.count),
            Unit::Week => say::weeks(lang, self.count),
            Unit::Month => say::months(lang, self.count),
            Unit::Year => say::years(lang, self.count),
        }
    }

    /// True for minutes and hours, which give a time where they are counted from now.
    pub(super) fn is_of_the_clock(self) -> bool {
        matches!(self.unit, Unit::Minute | Unit::Hour)
    }

    fn calendar_months(self) -> Option<Months> {
        match self.unit {
            Unit::Month => Some(Months::new(self.count)),
            Unit::Year => Some(Months::new(self.count.saturating_mul(12))),
            Unit::Minute | Unit::Hour | Unit::Day | Unit::Week => None,
        }
    }
}

impl Unit {
    /// How it is written behind a number: `min h d w m y`.
    pub fn code(self) -> &'static str {
        match self {
            Unit::Minute => "min",
            Unit::Hour => "h",
            Unit::Day => "d",
            Unit::Week => "w",
            Unit::Month => "m",
            Unit::Year => "y",
        }
    }

    fn from_code(code: &str) -> Option<Unit> {
        [Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year]
            .into_iter()
            .find(|unit| unit.code().eq_ignore_ascii_case(code))
    }
}

impl FromStr for Span {
    type Err = BadSpan;
    fn from_str(text: &str) -> Result<Span, BadSpan> {
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit()).ok_or(BadSpan::NotASpan)?;
        let (digits, code) = text.split_at(end);
        let unit = Unit::from_code(code).ok_or(BadSpan::NotASpan)?;
        if digits.is_empty() {
            return Err(BadSpan::NotASpan);
        }
        Span::new(digits.parse().map_err(|_| BadSpan::TooLong)?, unit)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.code())
    }
}

impl BadSpan {
    /// The reason, for a reader of the language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            BadSpan::NotASpan => say::not_a_span(lang),
            BadSpan::TooLong => say::span_too_long(lang),
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Span {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn m_is_months_and_min_is_minutes() {
        assert_eq!(span("3m"), Span { count: 3, unit: Unit::Month });
        assert_eq!(span("3min"), Span { count: 3, unit: Unit::Minute });
        assert_eq!(span(" 014D "), Span::of_days(14));
    }

    #[test]
    fn what_is_no_duration_says_why() {
        for text in ["", "d", "3", "3 d", "3x", "-3d", "3dd", "三天"] {
            assert_eq!(text.parse::<Span>(), Err(BadSpan::NotASpan), "{text:?}");
        }
        for text in ["101y", "99999999999d", "1201m"] {
            assert_eq!(text.parse::<Span>(), Err(BadSpan::TooLong), "{text:?}");
        }
        assert_eq!(span("100y").days(), DAYS_OF_A_CENTURY);
    }

    #[test]
    fn windows_are_whole_days() {
        for (text, days) in [
            ("0h", 0),
            ("1min", 1),
            ("24h", 1),
            ("25h", 2),
            ("2w", 14),
            ("1m", 30),
            ("12m", 365),
            ("1y", 365),
        ] {
            assert_eq!(span(text).days(), days, "{text}");
        }
        assert_eq!((span("90min").minutes(), span("2h").minutes(), span("1d").minutes()), (90, 120, 1440));
    }

    #[test]
    fn months_go_by_the_calendar_and_stop_at_its_last_day() {
        assert_eq!(span("1m").before(day("2026-03-31")), day("2026-02-28"));
        assert_eq!(span("1y").after(day("2024-02-29")), day("2025-02-28"));
        assert_eq!(span("36h").before(day("2026-03-31")), day("2026-03-29"));
    }

    #[test]
    fn a_hostile_count_stops_at_the_end_of_the_calendar() {
        for unit in [Unit::Minute, Unit::Week, Unit::Month, Unit::Year] {
            let endless = Span { count: u32::MAX, unit };
            assert!(endless.before(day("2026-01-01")) < day("1900-01-01"));
            assert!(endless.after(day("2026-01-01")) > day("2100-01-01"));
        }
    }

    #[test]
    fn it_is_said_in_both_languages() {
        for (text, zh) in [
            ("30min", "30分钟"),
            ("4h", "4小时"),
            ("14d", "14天"),
            ("2w", "2周"),
            ("3m", "3个月"),
            ("1y", "1年"),
        ] {
            assert_eq!((span(text).say(Lang::En).as_str(), span(text).say(Lang::Zh).as_str()), (text, zh));
        }
        assert_eq!(BadSpan::TooLong.say(Lang::En), "longer than a century");
        assert!(BadSpan::NotASpan.say(Lang::Zh).starts_with("不是时长"));
    }

    proptest::proptest! {
        #[test]
        fn what_is_printed_reads_back(count in 0_u32..1200, unit in 0_usize..6) {
            let unit = [Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year][unit];
            if let Ok(span) = Span::new(count, unit) {
                proptest::prop_assert_eq!(span.to_string().parse(), Ok(span));
            }
        }

        #[test]
        fn before_and_after_lie_on_their_sides(count in 1_u32..1000, unit in 0_usize..6, day in 0_u64..30_000) {
            let unit = [Unit::Minute, Unit::Hour, Unit::Day, Unit::Week, Unit::Month, Unit::Year][unit];
            let (span, date) = (Span { count, unit }, NaiveDate::default() + Days::new(day));
            proptest::prop_assert!(span.before(date) < date && date < span.after(date));
        }
    }
}
