//! How long something may take, and by which clock.

use toml::Spanned;
use toml::de::DeValue;

use super::Policy;
use super::calendar::{Calendar, Work, Worked};
use super::fault::{Fault, Faults};
use super::read::defined;
use super::table::{self, Placed, table};
use crate::model::Instant;
use crate::text::span::Unit;
use crate::text::{Clean, Span};
use chrono_tz::Tz;

/// A time and the clock that it is measured by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// How long.
    pub span: Span,
    /// By which clock.
    pub clock: Clock,
}

/// A clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clock {
    /// All time counts: a day later is tomorrow at this hour.
    Elapsed,
    /// Only the working time of the calendar of this id counts.
    Working(Clean),
}

impl Clock {
    /// The calendar by whose hours it counts; empty: all time counts.
    pub fn calendar(&self) -> Clean {
        match self {
            Clock::Elapsed => Clean::default(),
            Clock::Working(calendar) => calendar.clone(),
        }
    }
}

/// A time and its clock, settled for whoever asks it of many moments: the hours of its calendar are found once.
pub struct Pace<'p> {
    policy: &'p Policy,
    within: &'p Within,
    zone: Tz,
    hours: Option<Worked>,
}

impl Pace<'_> {
    /// The moment at which the time has passed, as [`Policy::ends`].
    pub fn ends(&self, from: Instant) -> Option<Instant> {
        let Within { span, clock } = self.within;
        let found = self.hours.as_ref().zip(work(*span)).and_then(|(hours, work)| match work {
            Work::Minutes(minutes) => hours.after(from, i64::from(minutes) * 60_000),
            Work::Days(_) => None,
        });
        found.or_else(|| self.policy.ends(clock, from, *span, self.zone))
    }

    /// How much time passes from one moment to another, as [`Policy::passed`].
    pub fn passed(&self, from: Instant, to: Instant) -> Option<i64> {
        let found = self.hours.as_ref().and_then(|hours| hours.between(from, to));
        found.or_else(|| self.policy.passed(&self.within.clock, (from, to), self.zone))
    }
}

impl Policy {
    /// A time and its clock, for moments from one to another above all.
    pub fn pace<'p>(&'p self, within: &'p Within, zone: Tz, (from, to): (Instant, Instant)) -> Pace<'p> {
        let hours = match &within.clock {
            Clock::Elapsed => None,
            Clock::Working(id) => {
                self.calendar(id.as_str()).map(|calendar| calendar.clock(zone).worked(from, to))
            }
        };
        Pace { policy: self, within, zone, hours }
    }

    /// The calendar of this id.
    pub fn calendar(&self, id: &str) -> Option<&Calendar> {
        self.calendars.iter().find(|calendar| calendar.id.as_str() == id)
    }

    /// The moment at which this much time has passed by a clock; none where its calendar has no working time left.
    pub fn ends(&self, clock: &Clock, from: Instant, span: Span, zone: Tz) -> Option<Instant> {
        match clock {
            Clock::Elapsed => Some(from.later(span, zone)),
            Clock::Working(id) => self.calendar(id.as_str())?.clock(zone).add(from, work(span)?),
        }
    }

    /// How much time passes from one moment to another by a clock, in milliseconds; none without its calendar.
    pub fn passed(&self, clock: &Clock, (from, to): (Instant, Instant), zone: Tz) -> Option<i64> {
        match clock {
            Clock::Elapsed => Some((to.0 - from.0).max(0)),
            Clock::Working(id) => Some(self.calendar(id.as_str())?.clock(zone).between(from, to)),
        }
    }

    /// The moment at which a share of the time from one moment to another has passed by a clock, in percent.
    pub fn share(
        &self,
        clock: &Clock,
        (from, to): (Instant, Instant),
        percent: u8,
        zone: Tz,
    ) -> Option<Instant> {
        let part = |whole: i64| (i128::from(whole) * i128::from(percent) / 100) as i64;
        match clock {
            Clock::Elapsed => Some(Instant(from.0 + part(to.0 - from.0))),
            Clock::Working(id) => {
                let clock = self.calendar(id.as_str())?.clock(zone);
                clock.after(from, part(clock.between(from, to)))
            }
        }
    }

    /// A deadline that stood still from one moment to another: as much time of its clock is left as there was, and what
    /// was late before is as late as it was.
    pub fn moved(
        &self,
        clock: &Clock,
        due: Instant,
        (from, to): (Instant, Instant),
        zone: Tz,
    ) -> Option<Instant> {
        match clock {
            Clock::Elapsed => Some(Instant(due.0 + (to.0 - from.0))),
            Clock::Working(id) => {
                let clock = self.calendar(id.as_str())?.clock(zone);
                if due <= from {
                    clock.after(due, clock.between(from, to))
                } else {
                    clock.after(to, clock.between(from, due))
                }
            }
        }
    }
}

/// As working time; weeks and longer are none.
fn work(span: Span) -> Option<Work> {
    match span.unit {
        Unit::Minute | Unit::Hour => u32::try_from(span.minutes()).ok().map(Work::Minutes),
        Unit::Day => Some(Work::Days(span.count)),
        Unit::Week | Unit::Month | Unit::Year => None,
    }
}

/// A duration as text, or `{ time = "4h", clock = "working", calendar = "office" }`.
pub(super) fn within(
    value: &Spanned<DeValue<'_>>,
    calendars: &[String],
    faults: &mut Faults,
) -> Option<Within> {
    if value.get_ref().as_str().is_some() {
        let span = table::span(value, faults)?.value;
        return Some(Within { span, clock: Clock::Elapsed });
    }
    let mut table = table(value, faults)?;
    let span = table.need("time", faults).and_then(|value| table::span(value, faults));
    let is_working = table
        .need("clock", faults)
        .and_then(|value| table::word(value, &[("elapsed", false), ("working", true)], faults));
    let calendar = if is_working == Some(true) {
        table.need("calendar", faults).and_then(|value| defined(value, calendars, faults))
    } else {
        None
    };
    table.finish(faults);
    let clock = if is_working? { Clock::Working(calendar?) } else { Clock::Elapsed };
    Some(Within { span: of_clock(span?, &clock, faults)?, clock })
}

/// A time that its clock can measure.
pub(super) fn of_clock(span: Placed<Span>, clock: &Clock, faults: &mut Faults) -> Option<Span> {
    match clock {
        Clock::Working(_) if work(span.value).is_none() => faults.refuse(span.at, Fault::NotWorkingTime),
        _ => Some(span.value),
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Berlin;

    use super::*;
    use crate::rules::policy::SHIPPED;

    fn at(text: &str) -> Instant {
        Instant::at(text.parse().unwrap(), Berlin)
    }

    fn policy() -> Policy {
        Policy::parse(&format!("{SHIPPED}\n[calendar.office]\nweek = \"Mon-Fri 09:00-17:00\"")).unwrap()
    }

    fn working() -> Clock {
        Clock::Working(Clean::known("office"))
    }

    #[test]
    fn elapsed_days_keep_the_hour_and_working_time_passes_in_the_hours() {
        let policy = policy();
        for (clock, from, span, end) in [
            (Clock::Elapsed, "2026-03-28T10:00:00", "1d", "2026-03-29T10:00:00"),
            (Clock::Elapsed, "2026-03-28T10:00:00", "24h", "2026-03-29T11:00:00"),
            (Clock::Elapsed, "2026-01-31T10:00:00", "1m", "2026-02-28T10:00:00"),
            (working(), "2026-06-05T16:00:00", "4h", "2026-06-08T12:00:00"),
            (working(), "2026-06-05T16:00:00", "2d", "2026-06-09T16:00:00"),
        ] {
            let span = span.parse().unwrap();
            assert_eq!(policy.ends(&clock, at(from), span, Berlin), Some(at(end)), "{from} {clock:?}");
        }
    }

    #[test]
    fn a_share_and_a_pause_are_measured_by_the_same_clock() {
        let policy = policy();
        let both = (at("2026-06-05T15:00:00"), at("2026-06-08T15:00:00"));
        assert_eq!(policy.share(&working(), both, 75, Berlin), Some(at("2026-06-08T13:00:00")));
        assert_eq!(policy.share(&Clock::Elapsed, both, 50, Berlin), Some(at("2026-06-07T03:00:00")));
        assert_eq!(policy.passed(&working(), both, Berlin), Some(8 * 3_600_000));
        assert_eq!(policy.passed(&Clock::Elapsed, (both.1, both.0), Berlin), Some(0));
        let pause = (at("2026-06-05T16:00:00"), at("2026-06-08T10:00:00"));
        let due = at("2026-06-08T12:00:00");
        assert_eq!(policy.moved(&working(), due, pause, Berlin), Some(at("2026-06-08T14:00:00")));
        assert_eq!(policy.moved(&Clock::Elapsed, due, pause, Berlin), Some(at("2026-06-11T06:00:00")));
        for clock in [working(), Clock::Elapsed] {
            let late = |due, now| policy.passed(&clock, (due, now), Berlin);
            for due in ["2026-06-03T10:00:00", "2026-06-05T15:30:00", "2026-06-05T16:00:00"].map(at) {
                let moved = policy.moved(&clock, due, pause, Berlin).unwrap();
                assert_eq!(late(moved, pause.1), late(due, pause.0), "as late as it was {clock:?}");
            }
        }
    }
}
