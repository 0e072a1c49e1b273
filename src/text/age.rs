//! How long ago, how soon, and on which day, in as few columns as possible.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::Lang;
use super::date::weekday;
use super::say::text as say;

/// The oldest age that is shown in days; what is older is shown by its date.
const OLDEST: i64 = 99;

/// How long ago a day was: `today`, `9d`, and beyond 99 days its date; `今天`, `9天`. A day to come is shown by its date.
pub fn age(lang: Lang, then: NaiveDate, today: NaiveDate) -> String {
    match (today - then).num_days() {
        0 => say::today(lang).to_owned(),
        days @ 1..=OLDEST => say::days(lang, days),
        _ => date(lang, then, today),
    }
}

/// How soon something is due: `5min`, `2h`, then within a week the day, `fri`, then its date. Of what is late, for how
/// long: `2h`, `1d`, and beyond 99 days its date. In Chinese `2小时`, `周五`, `1天`.
pub fn due(lang: Lang, due: NaiveDateTime, now: NaiveDateTime) -> String {
    let (today, day) = (now.date(), due.date());
    let minutes = (due - now).num_minutes();
    match minutes.abs() {
        0 => say::now(lang).to_owned(),
        minutes @ 1..60 => say::minutes(lang, minutes),
        minutes @ 60..1440 => say::hours(lang, minutes / 60),
        minutes if due < now && minutes / 1440 <= OLDEST => say::days(lang, minutes / 1440),
        _ if due > now && (day - today).num_days() < 7 => weekday(lang, day.weekday()).to_lowercase(),
        _ => date(lang, day, today),
    }
}

/// How long until a moment: `3d`, in the last day `5h`, then `20min`; `3天`. What is past is `now`.
pub fn left(lang: Lang, at: NaiveDateTime, now: NaiveDateTime) -> String {
    match (at - now).num_minutes() {
        ..=0 => say::now(lang).to_owned(),
        minutes => length(lang, minutes),
    }
}

/// How long something takes: `20min`, from an hour on `5h`, from a day on `3d`; `3天`.
pub fn length(lang: Lang, minutes: i64) -> String {
    match minutes {
        ..60 => say::minutes(lang, minutes),
        60..1440 => say::hours(lang, minutes / 60),
        _ => say::days(lang, minutes / 1440),
    }
}

/// The heading of a moment on a timeline: `today 10:12`, `18 Nov`, `18 Nov 2025`; `今天 10:12`, `11-18`, `2025-11-18`.
pub fn day(lang: Lang, at: NaiveDateTime, today: NaiveDate) -> String {
    if at.date() == today {
        format!("{} {}", say::today(lang), at.format("%H:%M"))
    } else {
        date(lang, at.date(), today)
    }
}

/// A month's name: `Mar`, `3月`.
pub fn month(lang: Lang, date: NaiveDate) -> String {
    date.format(lang.pick("%b", "%-m月")).to_string()
}

/// A date without its year, unless that is another one: `18 Nov`, `11-18`.
pub fn date(lang: Lang, date: NaiveDate, today: NaiveDate) -> String {
    let format = if date.year() == today.year() {
        lang.pick("%-d %b", "%m-%d")
    } else {
        lang.pick("%-d %b %Y", "%Y-%m-%d")
    };
    date.format(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn ages_are_days_up_to_99() {
        let today = day_of("2026-11-24");
        for (then, en, zh) in [
            ("2026-11-24", "today", "今天"),
            ("2026-11-15", "9d", "9天"),
            ("2026-08-17", "99d", "99天"),
            ("2026-08-16", "16 Aug", "08-16"),
            ("2025-08-16", "16 Aug 2025", "2025-08-16"),
            ("2026-11-30", "30 Nov", "11-30"),
        ] {
            assert_eq!(age(Lang::En, day_of(then), today), en);
            assert_eq!(age(Lang::Zh, day_of(then), today), zh);
        }
    }

    #[test]
    fn what_is_due_is_told_by_how_near_it_is() {
        let now = at("2026-11-24T10:12:00");
        for (then, en, zh) in [
            ("2026-11-24T10:12:30", "now", "现在"),
            ("2026-11-24T10:42:00", "30min", "30分钟"),
            ("2026-11-24T14:12:00", "4h", "4小时"),
            ("2026-11-25T10:11:00", "23h", "23小时"),
            ("2026-11-25T18:00:00", "wed", "周三"),
            ("2026-11-27T09:00:00", "fri", "周五"),
            ("2026-11-30T23:00:00", "mon", "周一"),
            ("2026-12-01T00:00:00", "1 Dec", "12-01"),
            ("2027-01-05T09:00:00", "5 Jan 2027", "2027-01-05"),
            ("2026-11-24T08:00:00", "2h", "2小时"),
            ("2026-11-23T08:00:00", "1d", "1天"),
            ("2026-08-01T08:00:00", "1 Aug", "08-01"),
        ] {
            assert_eq!(due(Lang::En, at(then), now), en, "{then}");
            assert_eq!(due(Lang::Zh, at(then), now), zh, "{then}");
        }
    }

    #[test]
    fn headings_name_today_with_its_time() {
        let today = day_of("2026-11-24");
        for (moment, en, zh) in [
            ("2026-11-24T10:12:00", "today 10:12", "今天 10:12"),
            ("2026-11-18T10:12:00", "18 Nov", "11-18"),
            ("2025-11-18T10:12:00", "18 Nov 2025", "2025-11-18"),
        ] {
            assert_eq!(day(Lang::En, at(moment), today), en);
            assert_eq!(day(Lang::Zh, at(moment), today), zh);
        }
    }
}
