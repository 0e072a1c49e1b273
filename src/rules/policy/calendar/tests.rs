use std::collections::BTreeMap;

use chrono::{Datelike, Weekday};
use chrono_tz::Tz::{self, Asia__Shanghai as SHANGHAI, Europe__Berlin as BERLIN};
use proptest::prelude::*;

use super::*;
use crate::text::days;

/// The arrangements of mainland China, by year.
const CN: &str = include_str!("../calendars/cn.toml");

#[derive(serde::Deserialize)]
struct Year {
    holidays: Vec<String>,
    workdays: Vec<String>,
}

fn years() -> BTreeMap<i32, Year> {
    toml::from_str(CN).unwrap()
}

fn days(entries: &[String]) -> BTreeSet<NaiveDate> {
    entries.iter().flat_map(|entry| days::parse(entry).unwrap()).collect()
}

fn calendar(week: &str, holidays: &[String], workdays: &[String]) -> Calendar {
    Calendar::new(Clean::known("office"), Week::parse(week).unwrap(), days(holidays), days(workdays))
}

fn plain(week: &str) -> Calendar {
    calendar(week, &[], &[])
}

fn chinese(week: &str) -> Calendar {
    let (holidays, workdays): (Vec<_>, Vec<_>) =
        years().into_values().map(|year| (year.holidays, year.workdays)).unzip();
    calendar(week, &holidays.concat(), &workdays.concat())
}

fn at(text: &str, zone: Tz) -> Instant {
    Instant::at(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), zone)
}

fn shown(at: Option<Instant>, zone: Tz) -> String {
    at.map_or_else(|| "never".to_owned(), |at| at.local(zone).format("%Y-%m-%d %a %H:%M").to_string())
}

/// Each line: a moment, `+`, minutes or days, `=`, and the weekday and time at which they have been worked.
fn ends(calendar: &Calendar, zone: Tz, table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (sum, end) = line.split_once(" = ").unwrap();
        let (from, work) = sum.split_once(" + ").unwrap();
        let count = work.trim_end_matches(char::is_alphabetic).parse().unwrap();
        let work = if work.ends_with('d') { Work::Days(count) } else { Work::Minutes(count) };
        assert_eq!(shown(calendar.clock(zone).add(at(from, zone), work), zone), end, "{line}");
    }
}

fn hours_between(calendar: &Calendar, zone: Tz, from: &str, to: &str) -> f64 {
    calendar.clock(zone).between(at(from, zone), at(to, zone)) as f64 / 3_600_000.0
}

#[test]
fn minutes_are_worked_within_the_hours() {
    let table = "
        2026-06-01 10:00 + 0min = 2026-06-01 Mon 10:00
        2026-06-01 10:00 + 60min = 2026-06-01 Mon 11:00
        2026-06-01 10:00 + 120min = 2026-06-01 Mon 12:00
        2026-06-01 10:00 + 121min = 2026-06-01 Mon 13:31
        2026-06-01 12:00 + 1min = 2026-06-01 Mon 13:31
        2026-06-01 12:45 + 30min = 2026-06-01 Mon 14:00
        2026-06-01 07:00 + 60min = 2026-06-01 Mon 10:00
        2026-06-05 17:00 + 60min = 2026-06-05 Fri 18:00
        2026-06-05 17:00 + 61min = 2026-06-06 Sat 10:01
        2026-06-06 22:00 + 450min = 2026-06-08 Mon 18:00
        2026-06-06 22:00 + 0min = 2026-06-06 Sat 22:00";
    ends(&plain("Mon-Fri 09:00-12:00 13:30-18:00, Sat 10:00-14:00"), SHANGHAI, table);
}

#[test]
fn working_days_keep_the_time_of_the_wall_clock() {
    let table = "
        2026-06-05 17:00 + 2d = 2026-06-09 Tue 17:00
        2026-06-05 17:00 + 0d = 2026-06-05 Fri 17:00
        2026-06-01 09:00 + 1d = 2026-06-02 Tue 09:00
        2026-06-01 17:59 + 5d = 2026-06-08 Mon 17:59
        2026-06-01 10:00 + 250d = 2027-05-17 Mon 10:00";
    ends(&plain("Mon-Fri 09:00-18:00"), SHANGHAI, table);
}

#[test]
fn from_outside_of_the_hours_whole_days_are_worked() {
    let table = "
        2026-06-06 11:00 + 1d = 2026-06-08 Mon 18:00
        2026-06-06 11:00 + 2d = 2026-06-09 Tue 18:00
        2026-06-05 18:00 + 1d = 2026-06-08 Mon 18:00
        2026-06-08 08:59 + 1d = 2026-06-08 Mon 18:00
        2026-06-06 11:00 + 0d = 2026-06-06 Sat 11:00";
    ends(&plain("Mon-Fri 09:00-18:00"), SHANGHAI, table);
}

#[test]
fn a_working_day_that_ends_on_a_day_of_other_hours_ends_within_them() {
    let table = "
        2026-06-05 17:00 + 1d = 2026-06-06 Sat 14:00
        2026-06-05 09:30 + 1d = 2026-06-06 Sat 10:00
        2026-06-05 11:00 + 1d = 2026-06-06 Sat 11:00
        2026-06-06 12:15 + 1d = 2026-06-08 Mon 13:30
        2026-06-06 12:00 + 1d = 2026-06-08 Mon 13:30
        2026-06-05 12:15 + 1d = 2026-06-06 Sat 13:30
        2026-06-05 12:15 + 2d = 2026-06-08 Mon 13:30
        2026-06-05 20:00 + 1d = 2026-06-06 Sat 14:00";
    ends(&plain("Mon-Fri 09:00-12:00 13:30-18:00, Sat 10:00-14:00"), SHANGHAI, table);
}

#[test]
fn the_national_day_of_2026_and_its_make_up_saturday() {
    let table = "
        2026-09-30 17:00 + 60min = 2026-09-30 Wed 18:00
        2026-09-30 17:00 + 120min = 2026-10-08 Thu 10:00
        2026-09-30 17:00 + 1d = 2026-10-08 Thu 17:00
        2026-10-09 17:00 + 120min = 2026-10-10 Sat 10:00
        2026-10-09 17:00 + 1d = 2026-10-10 Sat 17:00
        2026-10-09 17:00 + 2d = 2026-10-12 Mon 17:00
        2026-10-04 12:00 + 1d = 2026-10-08 Thu 18:00
        2026-10-04 12:00 + 3d = 2026-10-10 Sat 18:00
        2026-10-04 12:00 + 4d = 2026-10-12 Mon 18:00
        2026-09-20 10:00 + 5d = 2026-09-28 Mon 10:00
        2026-09-24 16:00 + 240min = 2026-09-28 Mon 11:00";
    let office = chinese("Mon-Fri 09:00-18:00");
    ends(&office, SHANGHAI, table);
    assert!((hours_between(&office, SHANGHAI, "2026-09-30 09:00", "2026-10-12 09:00") - 36.0).abs() < 1e-9);
}

#[test]
fn the_spring_festival_of_2026_and_its_make_up_saturdays() {
    let table = "
        2026-02-13 17:30 + 60min = 2026-02-14 Sat 09:30
        2026-02-14 17:30 + 60min = 2026-02-24 Tue 09:30
        2026-02-14 10:00 + 1d = 2026-02-24 Tue 10:00
        2026-02-14 10:00 + 4d = 2026-02-27 Fri 10:00
        2026-02-14 10:00 + 5d = 2026-02-28 Sat 10:00
        2026-02-14 10:00 + 6d = 2026-03-02 Mon 10:00
        2026-02-17 00:00 + 1d = 2026-02-24 Tue 18:00";
    let office = chinese("Mon-Fri 09:00-18:00");
    ends(&office, SHANGHAI, table);
    assert!((hours_between(&office, SHANGHAI, "2026-02-13 09:00", "2026-02-24 18:00") - 27.0).abs() < 1e-9);
}

#[test]
fn a_make_up_workday_has_its_own_hours_or_those_of_the_first_worked_weekday() {
    let saturday = NaiveDate::from_ymd_opt(2026, 10, 10).unwrap();
    let opens = |week: &str| chinese(week).hours(saturday).first().map(|hours| hours.start / 60);
    assert_eq!(opens("Mon 08:00-18:00, Tue-Fri 09:00-18:00"), Some(8));
    assert_eq!(opens("Tue-Fri 09:00-18:00, Sun 11:00-12:00"), Some(9));
    assert_eq!(opens("Mon-Fri 09:00-18:00, Sat 10:00-14:00"), Some(10));
}

#[test]
fn a_day_in_both_lists_is_free() {
    let day = "2026-10-10".to_owned();
    let office = calendar("Mon-Fri 09:00-18:00", std::slice::from_ref(&day), std::slice::from_ref(&day));
    assert!(office.hours(day.parse().unwrap()).is_empty());
}

#[test]
fn the_opening_is_worked_and_the_closing_is_not() {
    let office = chinese("Mon-Fri 09:00-18:00");
    let clock = office.clock(SHANGHAI);
    for (moment, opens) in [
        ("2026-09-30 09:00", "2026-09-30 Wed 09:00"),
        ("2026-09-30 17:59", "2026-09-30 Wed 17:59"),
        ("2026-09-30 08:59", "2026-09-30 Wed 09:00"),
        ("2026-09-30 18:00", "2026-10-08 Thu 09:00"),
        ("2026-10-10 12:00", "2026-10-10 Sat 12:00"),
        ("2026-10-11 12:00", "2026-10-12 Mon 09:00"),
    ] {
        let moment = at(moment, SHANGHAI);
        assert_eq!(shown(clock.opens(moment), SHANGHAI), opens);
        assert_eq!(clock.is_open(moment), shown(Some(moment), SHANGHAI) == opens);
    }
}

#[test]
fn somebody_who_is_away_has_more_free_days() {
    let office = chinese("Mon-Fri 09:00-18:00");
    let away = days(&["2026-09-29..2026-09-30".to_owned(), "2026-10-10".to_owned()]);
    let is_away = |day| away.contains(&day);
    let clock = office.clock(SHANGHAI).without(&is_away);
    let monday = at("2026-09-28 17:00", SHANGHAI);
    assert_eq!(shown(clock.add(monday, Work::Minutes(120)), SHANGHAI), "2026-10-08 Thu 10:00");
    assert_eq!(shown(clock.add(monday, Work::Days(3)), SHANGHAI), "2026-10-12 Mon 17:00");
    assert_eq!(clock.between(monday, at("2026-10-12 10:00", SHANGHAI)), 20 * 60 * MINUTE_MILLIS);
}

#[test]
fn the_clock_is_put_forward_and_back_in_berlin() {
    let always = plain("Mon-Sun 00:00-24:00");
    for (day, next, hours) in [("03-28", "03-29", 24.0), ("03-29", "03-30", 23.0), ("10-25", "10-26", 25.0)] {
        let midnight = |day: &str| format!("2026-{day} 00:00");
        let worked = hours_between(&always, BERLIN, &midnight(day), &midnight(next));
        assert!((worked - hours).abs() < 1e-9, "{day}: {worked}");
    }
    let table = "
        2026-03-28 23:00 + 240min = 2026-03-29 Sun 04:00
        2026-10-24 23:00 + 240min = 2026-10-25 Sun 02:00
        2026-10-24 23:00 + 1d = 2026-10-25 Sun 23:00
        2026-03-28 02:30 + 1d = 2026-03-29 Sun 03:00
        2026-03-29 03:00 + 1d = 2026-03-30 Mon 03:00";
    ends(&always, BERLIN, table);
    let office = plain("Mon-Fri 09:00-18:00");
    ends(&office, BERLIN, "2026-03-27 17:00 + 120min = 2026-03-30 Mon 10:00");
    ends(&office, BERLIN, "2026-10-23 17:00 + 1d = 2026-10-26 Mon 17:00");
}

#[test]
fn hours_that_the_wall_clock_leaves_out_are_not_worked() {
    let worked = |hours: &str| {
        let night = plain(&format!("Sun {hours}"));
        hours_between(&night, BERLIN, "2026-03-28 00:00", "2026-03-30 00:00")
    };
    for (hours, length) in
        [("02:00-03:00", 0.0), ("01:30-02:30", 0.5), ("02:30-04:00", 1.0), ("02:15-02:30 02:45-03:15", 0.25)]
    {
        assert!((worked(hours) - length).abs() < 1e-9, "{hours}: {}", worked(hours));
    }
    ends(&plain("Sun 02:00-03:00"), BERLIN, "2026-03-28 12:00 + 1d = 2026-04-05 Sun 03:00");
    ends(&plain("Fri 09:00-18:00"), Tz::Pacific__Apia, "2011-12-28 12:00 + 1d = 2012-01-06 Fri 18:00");
}

#[test]
fn the_longest_waits_end() {
    let office = plain("Mon-Fri 09:00-18:00");
    let nobody = |_| true;
    let (clock, dead) = (office.clock(SHANGHAI), office.clock(SHANGHAI).without(&nobody));
    for from in [Instant(i64::MIN), at("2026-06-01 10:00", SHANGHAI), Instant(i64::MAX)] {
        for work in [Work::Minutes(1), Work::Days(1)] {
            assert_eq!(dead.add(from, work), None);
        }
        for work in [Work::Minutes(u32::MAX), Work::Days(u32::MAX)] {
            assert_eq!(clock.add(from, work), None);
        }
        assert_eq!((dead.opens(from), dead.is_open(from)), (None, false));
        assert_eq!(dead.between(from, Instant(i64::MAX)), 0);
        assert!(clock.between(from, Instant(i64::MAX)) <= 523 * 45 * 60 * MINUTE_MILLIS);
    }
    assert_eq!(clock.add(Instant(i64::MAX), Work::Days(1)), None);
}

/// The law gives 13 days off beside the weekends, and every other free weekday is made up for.
#[test]
fn the_years_of_china_have_248_working_days() {
    let office = chinese("Mon-Fri 09:00-18:00");
    let lengths = years().into_values().map(|year| (days(&year.holidays).len(), days(&year.workdays).len()));
    assert_eq!(lengths.collect::<Vec<_>>(), [(28, 5), (33, 6)]);
    for (year, listed) in years() {
        let (holidays, workdays) = (days(&listed.holidays), days(&listed.workdays));
        assert_eq!(days::both(&holidays, &workdays), None);
        assert!(holidays.iter().chain(&workdays).all(|day| day.year() == year));
        assert!(workdays.iter().all(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun)));
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let worked = first.iter_days().take_while(|day| day.year() == year);
        assert_eq!(worked.filter(|day| !office.hours(*day).is_empty()).count(), 248, "{year}");
    }
}

const WEEKS: [&str; 4] = [
    "Mon-Fri 09:00-18:00",
    "Mon-Fri 09:00-12:00 13:30-18:00, Sat 10:00-14:00",
    "Tue 00:00-24:00, Wed 00:00-01:00 04:00-23:00, Sun 23:00-24:00",
    "Mon-Sun 00:00-24:00",
];

/// A calendar of China, a zone, and a moment within half a year around the Spring Festival or the National Day of 2026;
/// at Berlin the clock is put forward and back within them.
fn moments() -> impl Strategy<Value = (Calendar, Tz, Instant)> {
    let week = proptest::sample::select(&WEEKS[..]);
    let zone = proptest::sample::select(&[SHANGHAI, BERLIN][..]);
    let minute = prop_oneof![0..90 * 24 * 60_i64, 220 * 24 * 60..310 * 24 * 60_i64];
    (week, zone, minute).prop_map(|(week, zone, minute)| {
        let start = at("2026-01-10 00:00", zone);
        (chinese(week), zone, Instant(start.0 + minute * MINUTE_MILLIS))
    })
}

/// The slow way: minute by minute, as the wall clock shows them.
fn slowly(calendar: &Calendar, zone: Tz, from: Instant, minutes: u32) -> Instant {
    let (mut now, mut left) = (from, minutes);
    while left > 0 {
        let wall = now.local(zone);
        let minute = (wall - wall.date().and_time(NaiveTime::MIN)).num_minutes() as u16;
        let is_worked =
            calendar.hours(wall.date()).iter().any(|hours| (hours.start..hours.end).contains(&minute));
        left -= u32::from(is_worked);
        now = Instant(now.0 + MINUTE_MILLIS);
    }
    now
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn minutes_are_added_as_if_counted_one_by_one((calendar, zone, from) in moments(), minutes in 0..1500_u32) {
        let quick = calendar.clock(zone).add(from, Work::Minutes(minutes));
        prop_assert_eq!(quick, Some(slowly(&calendar, zone, from, minutes)));
    }

    #[test]
    fn working_time_adds_up((calendar, zone, from) in moments(), a in 0..20_000_u32, b in 0..20_000_u32) {
        let clock = calendar.clock(zone);
        let then = clock.add(from, Work::Minutes(a)).unwrap();
        let end = clock.add(then, Work::Minutes(b));
        prop_assert_eq!(clock.add(from, Work::Minutes(a + b)), end);
        prop_assert_eq!(clock.between(from, then), i64::from(a) * MINUTE_MILLIS);
        prop_assert_eq!(clock.between(from, then) + clock.between(then, end.unwrap()), clock.between(from, end.unwrap()));
        prop_assert_eq!(clock.after(from, clock.between(from, then)), Some(then));
    }

    #[test]
    fn what_was_found_beforehand_is_what_the_clock_shows(
        (calendar, zone, at) in moments(),
        [before, after, from, to, work] in proptest::array::uniform5(0..30 * 24 * 60_i64),
    ) {
        let (clock, shifted) = (calendar.clock(zone), |minutes: i64| Instant(at.0 + minutes * MINUTE_MILLIS));
        let known = clock.worked(shifted(-before), shifted(after));
        let (from, to) = (shifted(from - before), shifted(to - before));
        for (from, to) in [(from, to), (to, from), (at, to), (from, at)] {
            let passed = known.between(from, to);
            prop_assert!(passed.is_none_or(|passed| passed == clock.between(from, to)), "{:?}", passed);
        }
        prop_assert_eq!(known.between(at, at), Some(0));
        for millis in [0, work * MINUTE_MILLIS / 30, work * MINUTE_MILLIS] {
            let end = known.after(from, millis);
            prop_assert!(end.is_none() || end == clock.after(from, millis), "{:?}", end);
        }
    }

    #[test]
    fn whoever_starts_later_ends_no_earlier((calendar, zone, from) in moments(), wait in 0..4000_i64, count in 0..40_u32) {
        let clock = calendar.clock(zone);
        let later = Instant(from.0 + wait * MINUTE_MILLIS);
        prop_assert!(clock.add(from, Work::Minutes(count * 50)) <= clock.add(later, Work::Minutes(count * 50)));
        prop_assert!(clock.opens(from) <= clock.opens(later));
        let reads_backwards = later.local(zone) < from.local(zone);
        if count > 0 && !reads_backwards {
            prop_assert!(clock.add(from, Work::Days(count)) <= clock.add(later, Work::Days(count)));
        }
        prop_assert!(clock.add(from, Work::Days(count)) <= clock.add(from, Work::Days(count + 1)));
    }

    #[test]
    fn what_opens_is_open_and_nothing_is_worked_before((calendar, zone, from) in moments()) {
        let clock = calendar.clock(zone);
        let opens = clock.opens(from).unwrap();
        prop_assert!(clock.is_open(opens));
        prop_assert_eq!(clock.between(from, opens), 0);
        prop_assert_eq!(clock.is_open(from), opens == from);
    }

    #[test]
    fn somebody_away_has_no_more_time(
        (calendar, zone, from) in moments(), away in proptest::collection::btree_set(0..365_i32, 0..30), days in 1..30_u32
    ) {
        let is_away = |day: NaiveDate| away.contains(&(day.ordinal0() as i32));
        let (all, less) = (calendar.clock(zone), calendar.clock(zone).without(&is_away));
        let end = less.add(from, Work::Days(days)).unwrap();
        prop_assert!(all.add(from, Work::Days(days)).unwrap() <= end);
        prop_assert!(less.between(from, end) <= all.between(from, end));
    }
}
