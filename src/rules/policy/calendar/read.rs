//! From the sections `[calendar.ID]` to the calendars.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::{Calendar, Week};
use crate::rules::policy::fault::{Expected, Fault, Faults};
use crate::rules::policy::read::id_of;
use crate::rules::policy::table::{Placed, Table, table, text, word};
use crate::text::days::{self, both};

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
        |entries: Vec<String>| entries.into_iter().filter_map(|entry| days::parse(&entry).ok()).flatten();
    for year in years.into_values() {
        days.holidays.extend(read(year.holidays));
        days.workdays.extend(read(year.workdays));
    }
    days
}

/// The ids of the calendars of the file, and those calendars that nothing is wrong with: who names another is not to be
/// told that there is none.
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

/// One calendar. A country's days yield to those of a file, and these to those that the policy lists itself.
fn calendar(key: Placed<&str>, value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Calendar> {
    const COUNTRIES: &[(&str, Country)] = &[("CN", Country::China)];
    let id = id_of(key, faults);
    let mut section = table(value, faults)?;
    let week = section.need("week", faults).and_then(|value| week(value, faults));
    let country = section.take("country").and_then(|value| word(value, COUNTRIES, faults));
    let file = section.take("file").map(|value| filed(value, faults)).unwrap_or_default();
    let own = listed(&mut section, faults);
    section.finish(faults);
    let shipped = country.map(|Country::China| CHINA.clone()).unwrap_or_default();
    let Days { holidays, workdays } = shipped.under(&file).under(&own);
    Some(Calendar::new(id?, week?, holidays, workdays))
}

impl Days {
    /// These, where others say nothing else.
    fn under(self, over: &Days) -> Days {
        let but = |days: &BTreeSet<NaiveDate>, gone: &BTreeSet<NaiveDate>, more: &BTreeSet<NaiveDate>| {
            days.difference(gone).chain(more).copied().collect()
        };
        Days {
            holidays: but(&self.holidays, &over.workdays, &over.holidays),
            workdays: but(&self.workdays, &over.holidays, &over.workdays),
        }
    }
}

/// The days of a file, as they came with the policy: `file = { name = "de.toml", holidays = [..], workdays = [..] }`.
fn filed(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Days {
    if let Some(name) = value.get_ref().as_str() {
        faults.push(value.span(), Fault::DaysElsewhere(name.to_owned()));
        return Days::default();
    }
    let Some(mut section) = table(value, faults) else { return Days::default() };
    section.need("name", faults).and_then(|value| text(value, faults));
    let days = listed(&mut section, faults);
    section.finish(faults);
    days
}

/// The two lists of a section; no day stands in both.
fn listed(section: &mut Table<'_>, faults: &mut Faults) -> Days {
    let holidays = section.take("holidays").map(|value| entries(value, faults)).unwrap_or_default();
    let workdays = section.take("workdays").map(|value| entries(value, faults)).unwrap_or_default();
    let days = Days { holidays: all(&holidays), workdays: all(&workdays) };
    if let Some(day) = both(&days.holidays, &days.workdays) {
        let listed = workdays.iter().find(|(_, days)| days.contains(&day));
        faults.push(listed.map(|(at, _)| at.clone()).unwrap_or_default(), Fault::FreeAndWorked(day));
    }
    days
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
fn entries(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Vec<(Range<usize>, BTreeSet<NaiveDate>)> {
    let Some(list) = value.get_ref().as_array() else {
        faults.push(value.span(), Fault::Expected(Expected::List));
        return Vec::new();
    };
    let mut read = Vec::new();
    for entry in list {
        let Some(entry) = text(entry, faults) else { continue };
        match days::parse(entry.value) {
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
        let file = |days: &str| format!("{china}file = {{ name = \"de.toml\", {days} }}\n");
        let filed = file("holidays = [\"2026-10-10\"], workdays = [\"2026-10-05\"]");
        assert!(is_worked(&filed, holiday) && !is_worked(&filed, make_up), "a file comes before the country");
        let own = format!("{filed}holidays = [\"2026-10-05\"]\nworkdays = [\"2026-10-10\"]");
        assert!(!is_worked(&own, holiday) && is_worked(&own, make_up), "the policy comes before the file");
    }
}
