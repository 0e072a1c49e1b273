//! From the sections `[calendar.ID]` to the calendars.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::{Calendar, Week, both, parse_days};
use crate::rules::policy::fault::{Expected, Fault, Faults};
use crate::rules::policy::read::id_of;
use crate::rules::policy::table::{Placed, Table, table, text, word};

/// Days that are free and days that are worked, as a country announces them or a policy lists them.
#[derive(Clone, Debug, Default)]
struct Days {
    holidays: BTreeSet<NaiveDate>,
    workdays: BTreeSet<NaiveDate>,
}

/// The countries whose days are shipped.
#[derive(Clone, Copy)]
enum Country {
    China,
}

/// A year of a country, as the shipped data writes it.
#[derive(Deserialize)]
struct Year {
    holidays: Vec<String>,
    workdays: Vec<String>,
}

/// Mainland China, every year that is shipped.
static CHINA: LazyLock<Days> = LazyLock::new(|| shipped(include_str!("../calendars/cn.toml")));

fn shipped(data: &str) -> Days {
    let years: BTreeMap<String, Year> = toml::from_str(data).unwrap_or_default();
    let mut days = Days::default();
    let read =
        |entries: Vec<String>| entries.into_iter().filter_map(|entry| parse_days(&entry).ok()).flatten();
    for year in years.into_values() {
        days.holidays.extend(read(year.holidays));
        days.workdays.extend(read(year.workdays));
    }
    days
}

/// The ids of the calendars of the file, and those calendars that nothing is wrong with: who names another is not to be told
/// that there is none.
pub(in crate::rules::policy) fn calendars(
    file: &mut Table<'_>,
    faults: &mut Faults,
) -> (Vec<String>, Vec<Calendar>) {
    let sections = file.take("calendar").and_then(|value| table(value, faults));
    let sections = sections.map(|mut sections| sections.rest()).unwrap_or_default();
    let ids = sections.iter().map(|(key, _)| key.value.to_owned()).collect();
    let calendars = sections.into_iter().filter_map(|(key, value)| calendar(key, value, faults)).collect();
    (ids, calendars)
}

/// One calendar. A country's days yield to those that the policy lists itself.
fn calendar(key: Placed<&str>, value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Calendar> {
    const COUNTRIES: &[(&str, Country)] = &[("CN", Country::China)];
    let id = id_of(key, faults);
    let mut section = table(value, faults)?;
    let week = section.need("week", faults).and_then(|value| week(value, faults));
    let country = section.take("country").and_then(|value| word(value, COUNTRIES, faults));
    let holidays = section.take("holidays").map(|value| days(value, faults)).unwrap_or_default();
    let workdays = section.take("workdays").map(|value| days(value, faults)).unwrap_or_default();
    section.finish(faults);
    let own = Days { holidays: all(&holidays), workdays: all(&workdays) };
    if let Some(day) = both(&own.holidays, &own.workdays) {
        let listed = workdays.iter().find(|(_, days)| days.contains(&day));
        faults.push(listed.map(|(at, _)| at.clone()).unwrap_or_default(), Fault::FreeAndWorked(day));
    }
    let shipped = country.map(|Country::China| CHINA.clone()).unwrap_or_default();
    let holidays = shipped.holidays.difference(&own.workdays).chain(&own.holidays).copied().collect();
    let workdays = shipped.workdays.difference(&own.holidays).chain(&own.workdays).copied().collect();
    Some(Calendar::new(id?, week?, holidays, workdays))
}

fn week(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Week> {
    let text = text(value, faults)?;
    Week::parse(text.value).map_or_else(
        |error| {
            let word = text.value.get(error.at.clone()).unwrap_or_default().to_owned();
            let start = (text.at.start + 1 + error.at.start).min(text.at.end);
            faults.refuse(start..text.at.end, Fault::Week(error.fault, word))
        },
        Some,
    )
}

/// The days of a list, entry by entry with their places.
fn days(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Vec<(Range<usize>, BTreeSet<NaiveDate>)> {
    let Some(list) = value.get_ref().as_array() else {
        faults.push(value.span(), Fault::Expected(Expected::List));
        return Vec::new();
    };
    let mut read = Vec::new();
    for entry in list {
        let Some(entry) = text(entry, faults) else { continue };
        match parse_days(entry.value) {
            Ok(days) => read.push((entry.at, days)),
            Err(why) => faults.push(entry.at, Fault::Days(why, entry.value.to_owned())),
        }
    }
    read
}

fn all(entries: &[(Range<usize>, BTreeSet<NaiveDate>)]) -> BTreeSet<NaiveDate> {
    entries.iter().flat_map(|(_, days)| days).copied().collect()
}

#[cfg(test)]
mod tests {
    use crate::model::Instant;
    use crate::rules::policy::{Policy, SHIPPED};
    use chrono_tz::Asia::Shanghai;

    fn is_worked(section: &str, at: &str) -> bool {
        let policy = Policy::parse(&format!("{SHIPPED}\n[calendar.shop]\n{section}")).unwrap();
        let calendar = policy.calendar("shop").unwrap();
        calendar.clock(Shanghai).is_open(Instant::at(at.parse().unwrap(), Shanghai))
    }

    #[test]
    fn a_country_has_its_days_and_the_teams_own_come_before_them() {
        let week = "week = \"Mon-Fri 09:00-18:00\"\n";
        let china = format!("{week}country = \"CN\"\n");
        let swapped = format!("{china}holidays = [\"2026-10-10\"]\nworkdays = [\"2026-10-05..2026-10-06\"]");
        let holiday = "2026-10-05T10:00:00";
        let make_up = "2026-10-10T10:00:00";
        assert!(is_worked(week, holiday) && !is_worked(week, make_up));
        assert!(!is_worked(&china, holiday) && is_worked(&china, make_up));
        assert!(is_worked(&swapped, holiday) && !is_worked(&swapped, make_up));
        assert!(is_worked(&china, "2025-01-26T10:00:00"), "both shipped years are read");
    }
}
