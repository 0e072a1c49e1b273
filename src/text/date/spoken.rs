//! What was said, and which day that is.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};

use super::{BadDate, When};
use crate::text::span::{Span, Unit};

/// What was said, before it is known which day that is.
#[derive(Clone, Copy)]
pub(super) struct Spoken {
    pub(super) day: Day,
    pub(super) clock: Option<Clock>,
}

#[derive(Clone, Copy)]
pub(super) enum Day {
    /// `2026-10-01`, `10-01`, `Thu 1 Oct`; without a year the one that is not long past.
    Dated(DayOfYear, Option<Weekday>),
    /// `tomorrow`: so many days from today.
    Near(i64),
    /// `fri`: the next one after today.
    Coming(Weekday),
    /// `end of week`: the next one, today among them.
    UpTo(Weekday),
    /// `next friday`: the one of the week so many weeks from this, weeks beginning on Monday.
    OfWeek(i64, Weekday),
    /// `下月15号`, `月底`: a day of the month so many months from this.
    OfMonth(i32, DayOfMonth),
    /// `end of quarter`: the last day of this quarter.
    QuarterEnd,
    /// `end of year`, `last year`: the last day of the year so many years from this.
    YearEnd(i32),
    /// `+3d`
    After(Span),
    /// `-3d`
    Before(Span),
}

#[derive(Clone, Copy)]
pub(super) struct DayOfYear {
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: u32,
}

#[derive(Clone, Copy)]
pub(super) enum DayOfMonth {
    Day(u32),
    Last,
}

#[derive(Clone, Copy)]
pub(super) struct Clock {
    pub(super) part: Option<Part>,
    pub(super) hour: u32,
    pub(super) minute: u32,
}

/// The part of the day that an hour is counted in.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Am,
    Pm,
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Evening,
}

/// A date without a year that lies longer ago than this many days means next year's.
const HALF_A_YEAR: i64 = 183;

/// A 29 February is at most so many years behind the next.
const LEAP: i32 = 8;

impl Spoken {
    /// The same where only what has been can be meant: a day without a year, or a weekday, is the latest there was.
    pub(super) fn looking_back(self, today: NaiveDate) -> Spoken {
        let day = match self.day {
            Day::Dated(DayOfYear { year: None, month, day }, weekday) => {
                Day::Dated(DayOfYear { year: Some(latest_year(today, month, day)), month, day }, weekday)
            }
            Day::Coming(weekday) => Day::Near(-i64::from((today.weekday().days_since(weekday) + 6) % 7 + 1)),
            day => day,
        };
        Spoken { day, ..self }
    }

    pub(super) fn meant(self, now: NaiveDateTime) -> Result<When, BadDate> {
        if let Some(minutes) = self.day.minutes() {
            let moment = now + TimeDelta::minutes(minutes?);
            let time = NaiveTime::from_hms_opt(moment.hour(), moment.minute(), 0);
            return in_reach(moment.date()).map(|date| When { date, time });
        }
        let date = in_reach(self.day.date(now.date())?)?;
        let Some(clock) = self.clock else { return Ok(When { date, time: None }) };
        match clock.time()? {
            Some(time) => Ok(When { date, time: Some(time) }),
            None => in_reach(date + Days::new(1)).map(|date| When { date, time: Some(NaiveTime::MIN) }),
        }
    }
}

impl Day {
    /// The minutes from now, where hours or minutes were counted.
    pub(super) fn minutes(self) -> Option<Result<i64, BadDate>> {
        match self {
            Day::After(span) if span.is_of_the_clock() => Some(in_a_century(span).map(Span::minutes)),
            Day::Before(span) if span.is_of_the_clock() => {
                Some(in_a_century(span).map(|span| -span.minutes()))
            }
            _ => None,
        }
    }

    fn date(self, today: NaiveDate) -> Result<NaiveDate, BadDate> {
        match self {
            Day::Dated(DayOfYear { year, month, day }, weekday) => {
                let date = match year {
                    Some(year) => calendar_day(year, month, day)?,
                    None => near_day(today, month, day)?,
                };
                if weekday.is_some_and(|named| named != date.weekday()) {
                    return Err(BadDate::WrongWeekday(date));
                }
                Ok(date)
            }
            Day::Near(days) => Ok(today + TimeDelta::days(days)),
            Day::Coming(weekday) => {
                let ahead = (weekday.days_since(today.weekday()) + 6) % 7 + 1;
                Ok(today + Days::new(ahead.into()))
            }
            Day::UpTo(weekday) => Ok(today + Days::new(weekday.days_since(today.weekday()).into())),
            Day::OfWeek(weeks, weekday) => {
                let days = i64::from(weekday.num_days_from_monday())
                    - i64::from(today.weekday().num_days_from_monday());
                Ok(today + TimeDelta::days(7 * weeks + days))
            }
            Day::OfMonth(ahead, part) => {
                let months = Span { count: ahead.unsigned_abs(), unit: Unit::Month };
                let within = if ahead < 0 { months.before(today) } else { months.after(today) };
                match part {
                    DayOfMonth::Day(day) => calendar_day(within.year(), within.month(), day),
                    DayOfMonth::Last => {
                        calendar_day(within.year(), within.month(), within.num_days_in_month().into())
                    }
                }
            }
            Day::QuarterEnd => month_end(today, Some(today.year()), today.month().div_ceil(3) * 3),
            Day::YearEnd(ahead) => calendar_day(today.year() + ahead, 12, 31),
            Day::After(span) => Ok(in_a_century(span)?.after(today)),
            Day::Before(span) => Ok(in_a_century(span)?.before(today)),
        }
    }
}

impl Clock {
    /// The time; none for 24:00, which is the next day's beginning.
    fn time(self) -> Result<Option<NaiveTime>, BadDate> {
        let Clock { part, hour, minute } = self;
        let no_such_time = BadDate::NoSuchTime { hour, minute };
        let hour = match part {
            Some(part) => part.hour(hour).ok_or(no_such_time)?,
            None => hour,
        };
        match NaiveTime::from_hms_opt(hour, minute, 0) {
            Some(time) => Ok(Some(time)),
            None if (hour, minute) == (24, 0) => Ok(None),
            None => Err(no_such_time),
        }
    }
}

impl Part {
    /// The hour of the day (0 to 24) of an hour counted in this part; none where the two do not go together.
    fn hour(self, hour: u32) -> Option<u32> {
        match (self, hour) {
            (Part::Am | Part::Dawn, 12) => Some(0),
            (Part::Am, 1..=11) | (Part::Dawn, 0..=6) | (Part::Morning, 0..=12) | (Part::Noon, 10..=14) => {
                Some(hour)
            }
            (Part::Pm, 12) | (Part::Afternoon, 12..=19) | (Part::Evening, 17..=24) => Some(hour),
            (Part::Pm | Part::Afternoon, 1..=11) | (Part::Noon, 1..=2) | (Part::Evening, 5..=12) => {
                Some(hour + 12)
            }
            _ => None,
        }
    }

    /// The hour that is meant where none is named.
    pub(super) fn usual(self) -> Clock {
        let hour = match self {
            Part::Dawn => 5,
            Part::Am | Part::Morning => 9,
            Part::Noon => 12,
            Part::Pm | Part::Afternoon => 15,
            Part::Evening => 19,
        };
        Clock { part: None, hour, minute: 0 }
    }
}

/// The days of a month; without a year of the one that its first day would be in.
pub(super) fn near_month(
    today: NaiveDate,
    year: Option<i32>,
    month: u32,
) -> Result<Range<NaiveDate>, BadDate> {
    days_from(match year {
        Some(year) => calendar_day(year, month, 1)?,
        None => near_day(today, month, 1)?,
    })
}

/// The days of a month; without a year of the latest that has begun.
pub(super) fn latest_month(
    today: NaiveDate,
    year: Option<i32>,
    month: u32,
) -> Result<Range<NaiveDate>, BadDate> {
    let year = year.unwrap_or(today.year() - i32::from(month > today.month()));
    days_from(calendar_day(year, month, 1)?)
}

/// From the first of a month to the first of the next.
fn days_from(first: NaiveDate) -> Result<Range<NaiveDate>, BadDate> {
    let next = in_reach(first)? + Days::new(u64::from(first.num_days_in_month()));
    Ok(first..next)
}

/// The last day of a month; without a year of the latest that is over.
pub(super) fn month_end(today: NaiveDate, year: Option<i32>, month: u32) -> Result<NaiveDate, BadDate> {
    let year = year.unwrap_or(today.year() - i32::from(month >= today.month()));
    let first = calendar_day(year, month, 1)?;
    in_reach(first + Days::new(u64::from(first.num_days_in_month()) - 1))
}

/// The latest year whose day of that month is not to come; this one for a day that no year has.
fn latest_year(today: NaiveDate, month: u32, day: u32) -> i32 {
    let has_been = |year: &i32| NaiveDate::from_ymd_opt(*year, month, day).is_some_and(|date| date <= today);
    (0..=LEAP).map(|back| today.year() - back).find(has_been).unwrap_or(today.year())
}

fn calendar_day(year: i32, month: u32, day: u32) -> Result<NaiveDate, BadDate> {
    NaiveDate::from_ymd_opt(year, month, day).ok_or(BadDate::NoSuchDay { year, month, day })
}

fn near_day(today: NaiveDate, month: u32, day: u32) -> Result<NaiveDate, BadDate> {
    let date = calendar_day(today.year(), month, day)?;
    if (today - date).num_days() > HALF_A_YEAR {
        calendar_day(today.year() + 1, month, day)
    } else {
        Ok(date)
    }
}

fn in_a_century(span: Span) -> Result<Span, BadDate> {
    Span::new(span.count, span.unit).map_err(|_| BadDate::TooFar)
}

fn in_reach(date: NaiveDate) -> Result<NaiveDate, BadDate> {
    if (1..=9999).contains(&date.year()) { Ok(date) } else { Err(BadDate::TooFar) }
}
