//! The hours of a week as the policy writes them: `Mon-Fri 09:00-12:00 13:30-18:00, Sat 10:00-14:00`.
//!
//! Commas part the groups. A group names days, then the hours that all of them have. `Fri-Mon` goes over the weekend.
//! Days have English and Chinese names: `周一-周五 09:00-18:00`.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, Weekday};

/// The hours of each weekday, Monday first; at least one day has some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week([Vec<Hours>; 7]);

/// Hours that are worked without a break, in minutes of the wall clock from midnight; `end` is not worked any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The opening, below 24:00.
    pub start: u16,
    /// The closing, behind the opening and at most 24:00.
    pub end: u16,
}

/// Why the text of a week was refused, and the place of the fault in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct WeekError {
    /// The place, in bytes of the text; empty where something is missing.
    pub at: Range<usize>,
    /// What is wrong there.
    pub fault: WeekFault,
}

/// What can be wrong with the text of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeekFault {
    /// A word in the place of a day that names none.
    #[error("not a weekday")]
    UnknownDay,
    /// A word behind the days that is not two times with a hyphen between.
    #[error("not hours like 09:00-18:00")]
    BadHours,
    /// Hours that end where they start, or earlier: what goes on behind midnight is written at both days.
    #[error("ends before it starts")]
    EndsBeforeStart,
    /// Hours of a day that overlap others of the same day.
    #[error("overlaps other hours of the day")]
    Overlap,
    /// Days without hours, or no days at all.
    #[error("no hours")]
    NoHours,
    /// A day that has its hours already.
    #[error("names a day twice")]
    Twice,
}

type Placed<T> = Result<T, WeekError>;

/// A word of the text, and where it begins.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    at: usize,
}

/// The days of a group, each with the word that names it, and the hours of all of them, earliest first.
struct Group<'t> {
    days: Vec<(usize, Word<'t>)>,
    hours: Vec<Hours>,
}

const DAY_MINUTES: u16 = 24 * 60;

impl Week {
    /// Reads the text of a week.
    pub fn parse(text: &str) -> Placed<Week> {
        let mut week: [Vec<Hours>; 7] = Default::default();
        for group in (Word { text, at: 0 }).split(|sign| matches!(sign, ',' | '，')) {
            let Group { days, hours } = read_group(group)?;
            for (day, word) in days {
                if !week[day].is_empty() {
                    return word.fault(WeekFault::Twice);
                }
                week[day].clone_from(&hours);
            }
        }
        Ok(Week(week))
    }

    /// The hours of a date's weekday, earliest first.
    pub(super) fn of(&self, date: NaiveDate) -> &[Hours] {
        &self.0[place(date.weekday())]
    }

    /// The hours of the first weekday that has any, from Monday on.
    pub(super) fn first(&self) -> &[Hours] {
        self.0.iter().find(|hours| !hours.is_empty()).map_or(&[], Vec::as_slice)
    }
}

fn read_group(group: Word) -> Placed<Group> {
    let mut days = Vec::new();
    let mut hours: Vec<Hours> = Vec::new();
    for word in group.split(char::is_whitespace).filter(|word| !word.text.is_empty()) {
        let is_day = hours.is_empty() && !word.text.starts_with(|sign: char| sign.is_ascii_digit());
        if is_day || days.is_empty() {
            days.extend(read_days(word)?.map(|day| (day, word)));
            continue;
        }
        let read = read_hours(word)?;
        if hours.iter().any(|other| read.start < other.end && other.start < read.end) {
            return word.fault(WeekFault::Overlap);
        }
        hours.push(read);
    }
    if hours.is_empty() {
        return group.trim().fault(WeekFault::NoHours);
    }
    hours.sort_unstable_by_key(|hours| hours.start);
    Ok(Group { days, hours })
}

/// `Mon` or `Mon-Fri`: places in the week.
fn read_days(word: Word) -> Placed<impl Iterator<Item = usize>> {
    let (first, last) = word.text.split_once(is_hyphen).unwrap_or((word.text, word.text));
    let (Some(first), Some(last)) = (weekday(first), weekday(last)) else {
        return word.fault(WeekFault::UnknownDay);
    };
    let further = (7 + last - first) % 7;
    Ok((first..=first + further).map(|day| day % 7))
}

/// `09:00-18:00`.
fn read_hours(word: Word) -> Placed<Hours> {
    let ends = word.text.split_once(is_hyphen);
    let Some((Some(start), Some(end))) = ends.map(|(start, end)| (minute(start), minute(end))) else {
        return word.fault(WeekFault::BadHours);
    };
    if start < end { Ok(Hours { start, end }) } else { word.fault(WeekFault::EndsBeforeStart) }
}

/// `Mon`, `monday`, `周一` or `星期一`, as a place in the week.
fn weekday(text: &str) -> Option<usize> {
    if let Ok(day) = text.parse::<Weekday>() {
        return Some(place(day));
    }
    let name = text.strip_prefix("周").or_else(|| text.strip_prefix("星期"))?;
    ["一", "二", "三", "四", "五", "六", "日", "天"].iter().position(|day| *day == name).map(|day| day.min(6))
}

/// A time of the wall clock in minutes from midnight, up to `24:00`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once([':', '：'])?;
    let digits = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit());
    if !digits(hour) || !digits(minute) || hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= DAY_MINUTES).then_some(minutes)
}

fn is_hyphen(sign: char) -> bool {
    matches!(sign, '-' | '–' | '至')
}

/// A weekday's place in the week, from Monday.
fn place(day: Weekday) -> usize {
    day.num_days_from_monday() as usize
}

impl<'t> Word<'t> {
    /// Its parts between the signs, each with its place.
    fn split(self, is_sign: fn(char) -> bool) -> impl Iterator<Item = Word<'t>> {
        let end = (self.text.len(), self.text.len());
        let signs = self.text.match_indices(is_sign).map(|(start, sign)| (start, start + sign.len()));
        let mut start = 0;
        signs.chain([end]).map(move |(end, next)| {
            let part = Word { text: &self.text[start..end], at: self.at + start };
            start = next;
            part
        })
    }

    fn trim(self) -> Word<'t> {
        let text = self.text.trim_start();
        Word { text: text.trim_end(), at: self.at + self.text.len() - text.len() }
    }

    fn fault<T>(self, fault: WeekFault) -> Placed<T> {
        Err(WeekError { at: self.at..self.at + self.text.len(), fault })
    }
}

#[cfg(test)]
mod tests;
