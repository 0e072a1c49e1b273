//! Days and moments around the present one, as an import takes them.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

/// The team's present moment.
#[derive(Clone, Copy)]
pub(super) struct Calendar {
    now: NaiveDateTime,
}

/// Minutes of the day.
pub(super) const MORNING: (u32, u32) = (9 * 60, 11 * 60 + 50);
pub(super) const AFTERNOON: (u32, u32) = (13 * 60 + 30, 18 * 60);

impl Calendar {
    /// Of this moment.
    pub(super) fn at(now: NaiveDateTime) -> Calendar {
        Calendar { now }
    }

    /// So many days ago; of a weekend, the Friday before.
    pub(super) fn ago(self, days: u32) -> NaiveDate {
        workday(self.now.date() - Duration::days(i64::from(days)), -1)
    }

    /// In so many days; of a weekend, the Monday after.
    pub(super) fn ahead(self, days: u32) -> NaiveDate {
        workday(self.now.date() + Duration::days(i64::from(days)), 1)
    }

    /// A minute of a workday so many days ago, and in any case before now.
    pub(super) fn past(self, days: u32, minute: u32) -> NaiveDateTime {
        let on = |date: NaiveDate| date.and_time(NaiveTime::MIN) + Duration::minutes(i64::from(minute));
        let moment = on(self.ago(days));
        if moment < self.now { moment } else { on(self.ago(days + 1)) }
    }

    /// In so many hours, at the next half hour, as long as that is today; else by the end of today.
    pub(super) fn later_today(self, hours: u32) -> String {
        let minutes = (self.now.time() - NaiveTime::MIN).num_minutes() + i64::from(hours) * 60;
        let half_hour = (minutes + 29) / 30 * 30;
        if half_hour >= 24 * 60 {
            return day(self.now.date());
        }
        moment(self.now.date().and_time(NaiveTime::MIN) + Duration::minutes(half_hour))
    }

    /// By the end of today.
    pub(super) fn today(self) -> String {
        day(self.now.date())
    }
}

fn workday(mut date: NaiveDate, step: i64) -> NaiveDate {
    while matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
        date += Duration::days(step);
    }
    date
}

/// The beginning of a day.
pub(super) fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}

/// A day as an import takes it.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// A moment as an import takes it.
pub(super) fn moment(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(now: &str) -> Calendar {
        Calendar::at(NaiveDateTime::parse_from_str(now, "%Y-%m-%d %H:%M").unwrap())
    }

    #[test]
    fn weekends_are_left_towards_the_side_asked_for() {
        let sunday = calendar("2026-11-22 10:00");
        assert_eq!(day(sunday.ago(0)), "2026-11-20");
        assert_eq!(day(sunday.ahead(0)), "2026-11-23");
    }

    #[test]
    fn the_past_is_before_now() {
        let morning = calendar("2026-11-23 08:30");
        assert_eq!(moment(morning.past(0, 9 * 60)), "2026-11-20 09:00");
        assert_eq!(moment(calendar("2026-11-24 09:01").past(0, 9 * 60)), "2026-11-24 09:00");
    }

    #[test]
    fn later_today_is_a_half_hour_or_the_day() {
        assert_eq!(calendar("2026-11-23 14:05").later_today(1), "2026-11-23 15:30");
        assert_eq!(calendar("2026-11-23 22:40").later_today(2), "2026-11-23");
    }
}
