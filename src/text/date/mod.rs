//! Dates and times as people type them, in English and Chinese.
//!
//! Reading has two steps: the grammar finds out what was said (`Spoken`), then the day that is meant is
//! worked out from the present moment. Only the second step can find a date impossible.

mod amiss;
mod grammar;
mod reader;
mod spoken;
mod step;
#[cfg(test)]
mod tests;
mod words;

use std::fmt::Write;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::Lang;
use super::say::text as say;
pub use amiss::{impossible_step, is_meant_as_step};
use reader::{PAUSES, Reader};
pub use step::{is_step, split_step};

/// A day and, where one was named, a time of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    /// The day.
    pub date: NaiveDate,
    /// The time, to the minute.
    pub time: Option<NaiveTime>,
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDate {
    /// Nothing that reads as a date.
    #[error("not a date")]
    NotADate,
    /// A date that no calendar has, like 30 February.
    #[error("no such day: {year:04}-{month:02}-{day:02}")]
    NoSuchDay {
        /// The year that was named or meant.
        year: i32,
        /// The month as it was typed.
        month: u32,
        /// The day as it was typed.
        day: u32,
    },
    /// A time that no clock shows, like 25:00.
    #[error("no such time: {hour}:{minute:02}")]
    NoSuchTime {
        /// The hour as it was typed.
        hour: u32,
        /// The minute as it was typed.
        minute: u32,
    },
    /// The weekday typed beside a date is not that date's own.
    #[error("{0} is another weekday")]
    WrongWeekday(NaiveDate),
    /// Not in the years 1 to 9999, or moved by more than a century.
    #[error("too far away")]
    TooFar,
}

/// Reads a date or a date and a time, seen from `now`: `2026-10-01`, `10-01`, `tomorrow 3pm`, `next friday`, `+3d`,
/// `+2h`, `明天 下午3点半`, `下周一`, `两周后`, `10月1日`, `月底`. A time alone means today, a month alone its first day.
///
/// Of two numbers the first is the month, in both languages: `5/12` is 12 May. What depended on the reader's language
/// would mean another day to a colleague, and in a script; wherever a date is typed, what it was read as is said back.
pub fn parse(text: &str, now: NaiveDateTime) -> Result<When, BadDate> {
    if let Some(month) = parse_month(text, now.date()) {
        return month.map(|days| When { date: days.start, time: None });
    }
    let mut reader = Reader::new(text);
    let spoken = reader.spoken().ok_or(BadDate::NotADate)?;
    if reader.rest().trim().is_empty() { spoken.meant(now) } else { Err(BadDate::NotADate) }
}

/// Reads a month alone: the days from its first to the first of the next. Without a year it is the one that a day of it
/// without a year would be in. None where it is no month: `march`, `in March 2026`, `三月`, `2026年3月`.
pub fn parse_month(text: &str, today: NaiveDate) -> Option<Result<Range<NaiveDate>, BadDate>> {
    month_alone(text).map(|(year, month)| spoken::near_month(today, year, month))
}

/// The same where one looks back: without a year it is the latest that has begun.
pub fn parse_past_month(text: &str, today: NaiveDate) -> Option<Result<Range<NaiveDate>, BadDate>> {
    month_alone(text).map(|(year, month)| spoken::latest_month(today, year, month))
}

fn month_alone(text: &str) -> Option<(Option<i32>, u32)> {
    let mut reader = Reader::new(text);
    reader.month().filter(|_| reader.rest().trim().is_empty())
}

/// Reads a day or a time that has been: as [`parse`], with a year or a weekday that is not named being the latest, and
/// a month alone being its last day: `last month`, `june`, `上月`, `6月`.
pub fn parse_past(text: &str, now: NaiveDateTime) -> Result<When, BadDate> {
    let today = now.date();
    if let Some((year, month)) = month_alone(text) {
        return spoken::month_end(today, year, month).map(|date| When { date, time: None });
    }
    let mut reader = Reader::new(text);
    let spoken = reader.spoken_back().ok_or(BadDate::NotADate)?;
    if reader.rest().trim().is_empty() {
        spoken.looking_back(today).meant(now)
    } else {
        Err(BadDate::NotADate)
    }
}

/// Splits the longest date off the front of a text: `+3d send price list` is `+3d` and `send price list`. None where
/// the text does not begin with a date; the reason is what [`parse`] says of its first word. What can as well belong to
/// the words behind it is a date only alone: `weekend rates` and `at 5 stores` begin with none.
pub fn split_leading(text: &str, now: NaiveDateTime) -> Option<(When, &str)> {
    let mut reader = Reader::new(text);
    let when = reader.spoken()?.meant(now).ok()?;
    let (date, rest) = text.split_at(text.len() - reader.rest().len());
    let what = rest.trim_start_matches(|c: char| c.is_whitespace() || PAUSES.contains(c));
    (what.is_empty() || !step::is_of_what_follows(date)).then_some((when, what))
}

/// The date as it is said back to whoever typed it: `Tue 24 Nov 2026 15:00`, `2026年11月24日 周二 15:00`.
pub fn echo(lang: Lang, when: When) -> String {
    let When { date, time } = when;
    let mut out = match lang {
        Lang::En => date.format("%a %-d %b %Y").to_string(),
        Lang::Zh => format!("{} {}", date.format("%Y年%-m月%-d日"), weekday(lang, date.weekday())),
    };
    if let Some(time) = time {
        let _ = write!(out, " {}", time.format("%H:%M")); // a String takes every write
    }
    out
}

/// The short name of a weekday: `Tue`, `周二`.
pub fn weekday(lang: Lang, day: Weekday) -> &'static str {
    let at = day.num_days_from_monday() as usize;
    lang.pick(
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    )[at]
}

impl When {
    /// The moment: at the time that was named, else at `otherwise`.
    pub fn at(self, otherwise: NaiveTime) -> NaiveDateTime {
        self.date.and_time(self.time.unwrap_or(otherwise))
    }
}

impl BadDate {
    /// The reason, for a reader of the language.
    pub fn say(&self, lang: Lang) -> String {
        match *self {
            BadDate::NotADate => say::not_a_date(lang).to_owned(),
            BadDate::NoSuchDay { year, month, day } => {
                say::no_such_day(lang, format_args!("{year:04}-{month:02}-{day:02}"))
            }
            BadDate::NoSuchTime { hour, minute } => {
                say::no_such_time(lang, format_args!("{hour}:{minute:02}"))
            }
            BadDate::WrongWeekday(date) => say::wrong_weekday(lang, date, weekday(lang, date.weekday())),
            BadDate::TooFar => say::too_far(lang).to_owned(),
        }
    }
}
