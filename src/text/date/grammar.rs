//! The grammar of dates: one function for each form.

use chrono::Weekday;

use super::reader::Reader;
use super::spoken::{Clock, Day, DayOfMonth, DayOfYear, Part, Spoken};
use super::words::{
    COUNTS, DAYS_OF_THE_WEEK, EARLIER, HALF, HALF_UNITS, HALVES, LATER, MONTHS, MONTHS_AHEAD, MONTHS_BACK,
    NEAR_DAYS, NEAR_PARTS, PARTS, PARTS_BEHIND, PERIOD_ENDS, PERIODS_BACK, UNIT_CODES, UNIT_WORDS, WEEK,
    WEEKDAYS, WEEKS_OF_A_DAY,
};
use crate::text::span::Span;

impl Reader<'_> {
    /// The longest date and time from here on.
    pub(super) fn spoken(&mut self) -> Option<Spoken> {
        if let Some(moment) = self.phrase(Reader::joined_by_t) {
            return Some(moment);
        }
        if let Some((days, part)) = self.phrase(|r| r.one_of(NEAR_PARTS)) {
            let clock = self.phrase(|r| r.clock_in(part)).unwrap_or(part.usual());
            return Some(Spoken { day: Day::Near(days), clock: Some(clock) });
        }
        if let Some(day) = self.phrase(Reader::day) {
            let clock = if day.minutes().is_some() { None } else { self.phrase(Reader::clock_behind) };
            return Some(Spoken { day, clock });
        }
        let clock = self.phrase(Reader::clock)?;
        let day = self.phrase(|r| r.day().filter(|day| day.minutes().is_none()));
        Some(Spoken { day: day.unwrap_or(Day::Near(0)), clock: Some(clock) })
    }

    /// The same where one looks back: months and years that are over are days too.
    pub(super) fn spoken_back(&mut self) -> Option<Spoken> {
        match self.phrase(Reader::period_back) {
            Some(day) => Some(Spoken { day, clock: self.phrase(Reader::clock_behind) }),
            None => self.spoken(),
        }
    }

    /// `2026-10-01T09:00`
    fn joined_by_t(&mut self) -> Option<Spoken> {
        let date = self.by_numbers()?;
        self.sign(&['t'])?;
        let clock = self.colon()?;
        Some(Spoken { day: Day::Dated(date, None), clock: Some(clock) })
    }

    fn day(&mut self) -> Option<Day> {
        self.any(&["on", "by"]);
        self.blanks();
        self.attempt(Reader::dated)
            .or_else(|| self.attempt(|r| r.one_of(NEAR_DAYS)).map(Day::Near))
            .or_else(|| self.attempt(|r| r.one_of(PERIOD_ENDS)))
            .or_else(|| self.attempt(Reader::of_week))
            .or_else(|| self.attempt(Reader::of_month))
            .or_else(|| self.attempt(Reader::weekday).map(Day::Coming))
            .or_else(|| self.attempt(Reader::signed))
            .or_else(|| self.attempt(Reader::counted))
            .or_else(|| self.attempt(Reader::glued_span).map(Day::After))
    }

    /// A date of the calendar, with its weekday before or behind it.
    fn dated(&mut self) -> Option<Day> {
        let before = self.attempt(Reader::weekday);
        self.blanks();
        let date = self
            .attempt(Reader::by_numbers)
            .or_else(|| self.attempt(Reader::by_signs))
            .or_else(|| self.attempt(Reader::day_month))
            .or_else(|| self.attempt(Reader::month_day))?;
        let weekday = before.or_else(|| self.phrase(Reader::weekday));
        Some(Day::Dated(date, weekday))
    }

    /// `2026-10-01`, `2026/10/1`, `2026.10.1`, `10-01`, `10/1`
    fn by_numbers(&mut self) -> Option<DayOfYear> {
        let year = self.attempt(|r| {
            let year = r.year()?;
            r.sign(&['-', '/', '.']).map(|sign| (year, sign))
        });
        let month = self.digits(1..=2)?;
        match year {
            Some((_, sign)) => self.sign(&[sign])?,
            None => self.sign(&['-', '/'])?,
        };
        let day = self.digits(1..=2)?;
        Some(DayOfYear { year: year.map(|(year, _)| year), month, day })
    }

    /// `2026年10月1日`, `10月1号`
    fn by_signs(&mut self) -> Option<DayOfYear> {
        let year = self.attempt(|r| {
            let year = r.year()?;
            r.sign(&['年']).map(|_| year)
        });
        let month = self.number()?;
        self.sign(&['月'])?;
        let day = self.number()?;
        self.sign(&['日', '号'])?;
        Some(DayOfYear { year, month, day })
    }

    /// `1 Oct`, `1st October 2026`
    fn day_month(&mut self) -> Option<DayOfYear> {
        let day = self.digits(1..=2)?;
        self.any(&["st", "nd", "rd", "th"]);
        self.blanks();
        let month = self.one_of(MONTHS)?;
        let year = self.phrase(Reader::year);
        Some(DayOfYear { year, month, day })
    }

    /// `Oct 1`, `October 1, 2026`
    fn month_day(&mut self) -> Option<DayOfYear> {
        let month = self.one_of(MONTHS)?;
        self.blanks();
        let day = self.digits(1..=2)?;
        self.any(&["st", "nd", "rd", "th"]);
        let year = self.phrase(|r| {
            r.attempt(|r| r.sign(&[',']));
            r.blanks();
            r.year()
        });
        Some(DayOfYear { year, month, day })
    }

    /// `june`, `in June 2025`, `6月`, `2025年6月`: a month alone.
    pub(super) fn month(&mut self) -> Option<(Option<i32>, u32)> {
        self.phrase(|r| r.any(&["in"]));
        self.phrase(|r| {
            let month = r.one_of(MONTHS)?;
            Some((r.phrase(Reader::year), month))
        })
        .or_else(|| {
            self.phrase(|r| {
                let year = r.attempt(|r| {
                    let year = r.year()?;
                    r.sign(&['年']).map(|_| year)
                });
                let month = r.number()?;
                r.sign(&['月']).map(|_| (year, month))
            })
        })
    }

    fn year(&mut self) -> Option<i32> {
        self.digits(4..=4).map(|year| year as i32)
    }

    /// `friday`, `周五`, `星期天`
    fn weekday(&mut self) -> Option<Weekday> {
        self.attempt(|r| r.one_of(WEEKDAYS)).or_else(|| {
            self.attempt(|r| {
                r.any(WEEK)?;
                r.one_of(DAYS_OF_THE_WEEK)
            })
        })
    }

    /// `next friday`, `下周五`, `下周`
    fn of_week(&mut self) -> Option<Day> {
        let weeks = self.one_of(WEEKS_OF_A_DAY)?;
        self.blanks();
        if let Some(weekday) = self.attempt(Reader::weekday) {
            return Some(Day::OfWeek(weeks, weekday));
        }
        self.any(WEEK).or_else(|| self.any(&["week"]))?;
        (weeks != 0).then_some(Day::OfWeek(weeks, Weekday::Mon))
    }

    /// `下月15号`, `本月底`, `下个月`
    fn of_month(&mut self) -> Option<Day> {
        let ahead = self.one_of(MONTHS_AHEAD)?;
        let first = (ahead > 0).then_some(DayOfMonth::Day(1));
        self.day_of_month().or(first).map(|day| Day::OfMonth(ahead, day))
    }

    /// `last month`, `去年`, `上月15号`; of a month alone the last day.
    fn period_back(&mut self) -> Option<Day> {
        self.attempt(|r| r.one_of(PERIODS_BACK)).or_else(|| {
            let back = self.one_of(MONTHS_BACK)?;
            Some(Day::OfMonth(back, self.day_of_month().unwrap_or(DayOfMonth::Last)))
        })
    }

    /// `15号`, `初`, `底`
    fn day_of_month(&mut self) -> Option<DayOfMonth> {
        let day = self.attempt(|r| {
            let day = r.number()?;
            r.sign(&['日', '号']).map(|_| DayOfMonth::Day(day))
        });
        day.or_else(|| self.any(&["初"]).map(|()| DayOfMonth::Day(1)))
            .or_else(|| self.any(&["底", "末"]).map(|()| DayOfMonth::Last))
    }

    /// `+3d`, `-2 weeks`, `+3天`
    fn signed(&mut self) -> Option<Day> {
        let sign = self.sign(&['+', '-'])?;
        let span = self.attempt(Reader::glued_span).or_else(|| self.attempt(Reader::worded_span))?;
        Some(if sign == '+' { Day::After(span) } else { Day::Before(span) })
    }

    /// `in 3 days`, `3 days ago`, `3天后`, `半小时后`
    fn counted(&mut self) -> Option<Day> {
        let ahead = self.any(&["in"]).is_some();
        self.blanks();
        let span = self
            .attempt(Reader::half_a_span)
            .or_else(|| self.attempt(Reader::worded_span))
            .or_else(|| self.attempt(Reader::glued_span))?;
        if ahead {
            return Some(Day::After(span));
        }
        self.blanks();
        match self.any(LATER) {
            Some(()) => Some(Day::After(span)),
            None => self.any(EARLIER).map(|()| Day::Before(span)),
        }
    }

    /// `3d`
    fn glued_span(&mut self) -> Option<Span> {
        let count = self.digits(1..=9)?;
        self.one_of(UNIT_CODES).map(|unit| Span { count, unit })
    }

    /// `3 days`, `a week`, `two weeks`, `两周`
    fn worded_span(&mut self) -> Option<Span> {
        let count = self.number().or_else(|| self.one_of(COUNTS))?;
        self.blanks();
        self.one_of(UNIT_WORDS).map(|unit| Span { count, unit })
    }

    /// `半小时`, `half an hour`, `半年`
    fn half_a_span(&mut self) -> Option<Span> {
        self.any(HALF)?;
        self.one_of(HALF_UNITS).map(|(count, unit)| Span { count, unit })
    }

    /// A time behind a day.
    fn clock_behind(&mut self) -> Option<Clock> {
        self.attempt(Reader::clock)
            .or_else(|| self.attempt(|r| r.one_of(PARTS_BEHIND)).map(Part::usual))
            .or_else(|| self.attempt(|r| r.hour_sign(Reader::number)))
    }

    /// A time on its own.
    fn clock(&mut self) -> Option<Clock> {
        let at = self.any(&["at"]).is_some();
        self.blanks();
        if let Some(part) = self.attempt(|r| r.one_of(PARTS)) {
            return Some(self.phrase(|r| r.clock_in(part)).unwrap_or(part.usual()));
        }
        self.attempt(Reader::colon)
            .or_else(|| self.attempt(Reader::half_of_the_clock))
            .or_else(|| self.attempt(|r| r.hour_sign(|r| r.digits(1..=2))))
            .or_else(|| self.attempt(|r| r.bare_hour().filter(|_| at && r.ends_a_word())))
    }

    /// The `9` of `at 9`.
    fn bare_hour(&mut self) -> Option<Clock> {
        let is_exact = self.rest().starts_with('0');
        self.digits(1..=2).map(|hour| Clock { part: part_of_work(hour, is_exact), hour, minute: 0 })
    }

    /// A time of a named part of the day.
    fn clock_in(&mut self, part: Part) -> Option<Clock> {
        let clock = self.attempt(Reader::colon).or_else(|| self.attempt(|r| r.hour_sign(Reader::number)))?;
        Some(Clock { part: Some(part), ..clock })
    }

    /// `15:00`, `3:30pm`
    fn colon(&mut self) -> Option<Clock> {
        let hour = self.digits(1..=2)?;
        self.sign(&[':'])?;
        let minute = self.digits(2..=2)?;
        // A half of the clock has no hour 0 or 15: what stands behind "00:00 pm" is a word of its own.
        let part = self.attempt(|r| {
            r.blanks();
            r.one_of(HALVES).filter(|_| (1..=12).contains(&hour) && r.ends_a_word())
        });
        Some(Clock { part, hour, minute })
    }

    /// `3pm`
    fn half_of_the_clock(&mut self) -> Option<Clock> {
        let hour = self.digits(1..=2)?;
        self.blanks();
        self.one_of(HALVES).map(|part| Clock { part: Some(part), hour, minute: 0 })
    }

    /// `3点`, `三点半`, `3点一刻`, `15时30分`
    fn hour_sign(&mut self, hour: impl FnOnce(&mut Self) -> Option<u32>) -> Option<Clock> {
        let is_exact = self.rest().starts_with('0');
        let hour = hour(self)?;
        let is_exact = self.sign(&['点', '时'])? == '时' || is_exact;
        let minute = self
            .attempt(|r| r.one_of(&[("半", 30), ("一刻", 15), ("三刻", 45), ("钟", 0), ("整", 0)]))
            .or_else(|| {
                self.attempt(|r| {
                    let minute = r.number()?;
                    r.sign(&['分']).map(|_| minute)
                })
            })
            .or_else(|| self.attempt(|r| r.digits(2..=2)))
            .unwrap_or(0);
        Some(Clock { part: part_of_work(hour, is_exact), hour, minute })
    }
}

/// Nobody is called at three in the night: an hour from 1 to 6 that names no part of the day is of the afternoon,
/// unless it is written as clocks of 24 hours do (`03点`, `3时`).
fn part_of_work(hour: u32, is_exact: bool) -> Option<Part> {
    ((1..=6).contains(&hour) && !is_exact).then_some(Part::Afternoon)
}
