//! Instants and days as they are stored.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};
use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::text::span::Unit;

/// A moment: milliseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Instant(pub i64);

/// A calendar day of the team: days since 1 January of year 1, counted from 1 (chrono's days "from CE").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// A due time of this hour means the day, without an hour: due by its end.
pub const END_OF_DAY: (u32, u32) = (23, 59);

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

impl Instant {
    /// In the zone, as the clock on the wall shows it.
    pub fn local(self, zone: Tz) -> NaiveDateTime {
        self.in_zone(zone).naive_local()
    }

    /// In the zone, with its offset.
    pub fn in_zone(self, zone: Tz) -> DateTime<Tz> {
        self.utc().with_timezone(&zone)
    }

    /// In UTC. Instants beyond the calendar are its ends, less a day: whatever the zone, its clock can show them.
    pub fn utc(self) -> DateTime<Utc> {
        let first = DateTime::<Utc>::MIN_UTC.timestamp_millis() + DAY_MILLIS;
        let last = DateTime::<Utc>::MAX_UTC.timestamp_millis() - DAY_MILLIS;
        DateTime::from_timestamp_millis(self.0.clamp(first, last)).unwrap_or_default()
    }

    /// The moment at which the wall clock of the zone shows this: the earlier one where it shows it twice, the
    /// first one after where a gap leaves it out.
    pub fn at(local: NaiveDateTime, zone: Tz) -> Instant {
        let found = zone.from_local_datetime(&local).earliest().or_else(|| GapInfo::new(&local, &zone)?.end);
        Instant(found.map_or_else(|| local.and_utc().timestamp_millis(), |t| t.timestamp_millis()))
    }

    /// The end of a day: what a due date without an hour is stored as.
    pub fn end_of(day: NaiveDate, zone: Tz) -> Instant {
        let (hour, minute) = END_OF_DAY;
        let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
        Instant::at(day.and_time(time), zone)
    }

    /// The team's day of this moment.
    pub fn day(self, zone: Tz) -> Day {
        Day::from(self.local(zone).date())
    }

    /// So much later: hours as they pass, days and longer at the same time of the wall clock.
    #[must_use]
    pub fn later(self, span: Span, zone: Tz) -> Instant {
        self.moved(span, zone, span.minutes(), Span::after)
    }

    /// So much earlier, in the same way.
    #[must_use]
    pub fn earlier(self, span: Span, zone: Tz) -> Instant {
        self.moved(span, zone, -span.minutes(), Span::before)
    }

    fn moved(self, span: Span, zone: Tz, minutes: i64, day: fn(Span, NaiveDate) -> NaiveDate) -> Instant {
        if matches!(span.unit, Unit::Minute | Unit::Hour) {
            return self.plus_seconds(minutes * 60);
        }
        let local = self.local(zone);
        Instant::at(day(span, local.date()).and_time(local.time()), zone)
    }

    /// So many seconds later.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Instant {
        Instant(self.0.saturating_add(seconds.saturating_mul(1000)))
    }
}

impl Day {
    /// As a date of the calendar. Days outside chrono's range are its ends.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0).unwrap_or(if self.0 < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Day {
        Day(date.num_days_from_ce())
    }
}

impl From<DateTime<Utc>> for Instant {
    fn from(time: DateTime<Utc>) -> Instant {
        Instant(time.timestamp_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_time_have_a_day_in_every_zone() {
        for zone in [Tz::UTC, Tz::Asia__Shanghai, Tz::Pacific__Kiritimati, Tz::America__Adak] {
            let today = Instant(0).day(zone);
            assert!(Instant(i64::MIN).day(zone) < today && today < Instant(i64::MAX).day(zone), "{zone}");
        }
    }

    #[test]
    fn hours_pass_and_days_keep_the_time_of_the_wall_clock() {
        let at = |text: &str| Instant::at(text.parse().unwrap(), Tz::Europe__Berlin);
        for (from, span, to) in [
            ("2026-03-28T10:00:00", "24h", "2026-03-29T11:00:00"),
            ("2026-03-28T10:00:00", "1d", "2026-03-29T10:00:00"),
            ("2026-03-22T10:00:00", "1w", "2026-03-29T10:00:00"),
            ("2026-02-28T10:00:00", "30min", "2026-02-28T10:30:00"),
        ] {
            let span: Span = span.parse().unwrap();
            assert_eq!(at(from).later(span, Tz::Europe__Berlin), at(to), "{from}");
            assert_eq!(at(to).earlier(span, Tz::Europe__Berlin), at(from), "{to}");
        }
    }

    #[test]
    fn a_time_that_a_gap_leaves_out_is_the_end_of_the_gap() {
        for (zone, left_out, first) in [
            (Tz::Europe__Berlin, "2026-03-29T02:30:00", "2026-03-29T03:00:00"),
            (Tz::Australia__Lord_Howe, "2026-10-04T02:10:00", "2026-10-04T02:30:00"),
            (Tz::Pacific__Apia, "2011-12-30T12:00:00", "2011-12-31T00:00:00"),
        ] {
            let at = Instant::at(left_out.parse().unwrap(), zone);
            assert_eq!(at.local(zone), first.parse().unwrap(), "{zone}");
        }
    }
}
