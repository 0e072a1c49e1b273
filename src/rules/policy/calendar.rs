//! Working time: the hours of a team's week, its free days and its make-up workdays (调休).
//!
//! Hours are those of the clock on the wall. A day on which that clock is put forward or back has as much working
//! time as really passes between the hours that it shows.

mod read;
mod week;
mod worked;

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

pub(super) use self::read::calendars;
pub use self::week::WeekFault;
use self::week::{Hours, Week};
pub(super) use self::worked::Worked;
use crate::model::Instant;
use crate::text::Clean;

/// A working calendar: the hours of each weekday, the days that are free, and those that are worked though their
/// weekday is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// As standards and steps name it.
    pub id: Clean,
    week: Week,
    holidays: BTreeSet<NaiveDate>,
    workdays: BTreeSet<NaiveDate>,
}

/// A calendar read in a zone, and perhaps by one person: what the working clock shows.
#[derive(Clone, Copy)]
pub struct WorkingClock<'a> {
    calendar: &'a Calendar,
    zone: Tz,
    absent: &'a dyn Fn(NaiveDate) -> bool,
}

/// An amount of working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Work {
    /// So many minutes within the hours.
    Minutes(u32),
    /// So many working days.
    Days(u32),
}

/// A part of a day that is worked without a break; `end` is the first moment that is not.
#[derive(Clone, Copy)]
struct Stretch {
    date: NaiveDate,
    start: Instant,
    end: Instant,
}

/// How far ahead working time is looked for, in days: ten years.
const HORIZON: usize = 3653;

const MINUTE_MILLIS: i64 = 60 * 1000;

impl Calendar {
    /// A calendar. A day that stands among the holidays and the workdays is free; [`both`](crate::text::days::both)
    /// finds it beforehand.
    pub fn new(
        id: Clean,
        week: Week,
        holidays: BTreeSet<NaiveDate>,
        workdays: BTreeSet<NaiveDate>,
    ) -> Calendar {
        Calendar { id, week, holidays, workdays }
    }

    /// The hours that are worked on a day, earliest first; none on a free day. A make-up workday has the hours of its
    /// weekday, or else those of the first weekday that has any, counted from Monday.
    pub fn hours(&self, date: NaiveDate) -> &[Hours] {
        if self.holidays.contains(&date) {
            return &[];
        }
        let hours = self.week.of(date);
        if hours.is_empty() && self.workdays.contains(&date) { self.week.first() } else { hours }
    }

    /// The calendar as the clocks of a zone show it.
    pub fn clock(&self, zone: Tz) -> WorkingClock<'_> {
        WorkingClock { calendar: self, zone, absent: &|_| false }
    }
}

impl<'a> WorkingClock<'a> {
    /// The same clock for somebody who is away: the days for which this holds are free too.
    #[must_use]
    pub fn without(self, absent: &'a dyn Fn(NaiveDate) -> bool) -> WorkingClock<'a> {
        WorkingClock { absent, ..self }
    }

    /// The moment at which this much has been worked since `from`; none when that is more than ten years ahead.
    ///
    /// Minutes end at the earliest such moment: those that use up a day end at its closing, not at the next opening.
    ///
    /// Working days end at the same time of the wall clock, so many worked days later: `1d` asked on Friday at 17:00
    /// ends on Monday at 17:00. What is asked within a break counts from the end of the break. What is asked before a
    /// day opens, behind its closing or on a free day counts in whole days from the next opening: `1d` asked on
    /// Saturday ends when Monday closes. Where the last day is not worked at that time, the end is its next opening,
    /// or its closing if there is none.
    ///
    /// No time at all ends at `from`, worked or not.
    pub fn add(&self, from: Instant, work: Work) -> Option<Instant> {
        match work {
            Work::Minutes(0) | Work::Days(0) => Some(from),
            Work::Minutes(count) => self.after(from, i64::from(count) * MINUTE_MILLIS),
            Work::Days(count) => self.add_days(from, count as usize),
        }
    }

    /// The moment at which so many milliseconds have been worked since `from`, as [`WorkingClock::between`] counts
    /// them.
    pub fn after(&self, from: Instant, millis: i64) -> Option<Instant> {
        if millis <= 0 {
            return Some(from);
        }
        let mut left = millis;
        for stretch in self.stretches(from) {
            if left <= stretch.millis() {
                return Some(Instant(stretch.start.0 + left));
            }
            left -= stretch.millis();
        }
        None
    }

    /// The working time that passes from one moment to another, in milliseconds: at most that of ten years, and none
    /// when `to` is the earlier one.
    pub fn between(&self, from: Instant, to: Instant) -> i64 {
        self.stretches(from)
            .take_while(|stretch| stretch.start < to)
            .map(|stretch| Stretch { end: stretch.end.min(to), ..stretch }.millis())
            .sum()
    }

    /// The next moment that is worked, which may be this one; none when ten years bring no working time.
    pub fn opens(&self, at: Instant) -> Option<Instant> {
        self.stretches(at).next().map(|stretch| stretch.start)
    }

    /// Whether this moment is worked. The opening is, the closing is not.
    pub fn is_open(&self, at: Instant) -> bool {
        self.opens(at) == Some(at)
    }

    /// So many working days later, at least one.
    fn add_days(&self, from: Instant, count: usize) -> Option<Instant> {
        let first = self.stretches(from).next()?;
        let mut days = self.days(first.date);
        if self.day(first.date).next().is_some_and(|opening| from < opening.start) {
            return self.closes(days.nth(count - 1)?);
        }
        let last = days.nth(count)?;
        let wanted = Instant::at(last.and_time(first.start.local(self.zone).time()), self.zone);
        let open = self.day(last).find(|stretch| wanted < stretch.end);
        open.map_or_else(|| self.closes(last), |stretch| Some(stretch.start.max(wanted)))
    }

    fn closes(&self, date: NaiveDate) -> Option<Instant> {
        self.day(date).last().map(|stretch| stretch.end)
    }

    /// What is worked from a moment on, within the horizon; a stretch that has begun is cut to begin there.
    fn stretches(&self, from: Instant) -> impl Iterator<Item = Stretch> {
        dates(from.local(self.zone).date())
            .flat_map(|date| self.day(date))
            .filter(move |stretch| from < stretch.end)
            .map(move |stretch| Stretch { start: stretch.start.max(from), ..stretch })
    }

    /// The worked days from a day on, within the horizon.
    fn days(&self, from: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        dates(from).filter(|date| self.day(*date).next().is_some())
    }

    /// What is worked on one day. Hours that the wall clock of that day leaves out are not.
    fn day(&self, date: NaiveDate) -> impl Iterator<Item = Stretch> + use<'a> {
        let WorkingClock { calendar, zone, absent } = *self;
        let hours = if absent(date) { &[] } else { calendar.hours(date) };
        hours.iter().filter_map(move |hours| {
            let start = Instant::at(wall(date, hours.start)?, zone);
            let end = Instant::at(wall(date, hours.end)?, zone);
            (start < end).then_some(Stretch { date, start, end })
        })
    }
}

impl Stretch {
    fn millis(self) -> i64 {
        self.end.0 - self.start.0
    }
}

/// The days that are looked at, from one on.
fn dates(from: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().take(HORIZON)
}

/// The wall clock so many minutes behind the midnight that begins a day; none beyond the calendar's end.
fn wall(date: NaiveDate, minute: u16) -> Option<NaiveDateTime> {
    date.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(i64::from(minute)))
}

#[cfg(test)]
mod tests;
