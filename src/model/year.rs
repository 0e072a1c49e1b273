//! The year of a customer, to be looked at instead of read: contacts and spend by month, contacts by week, and how long
//! there was none.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::fact::Fact;
use super::tallies::Tallies;
use super::time::Day;
use crate::text::say::model as say;
use crate::text::{Lang, age};

/// The months of a year, the present one last.
pub const MONTHS: usize = 12;
/// The weeks of a year, from Monday, the present one last.
pub const WEEKS: usize = 52;

/// The days of a year on which something was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// Its last day.
    pub today: Day,
    /// The days with real contacts and how many, oldest first; in front the last such day before the year.
    pub contacts: Vec<(Day, i64)>,
    /// The days with purchases and their sum in minor units of the book's currency, oldest first.
    pub spend: Vec<(Day, i64)>,
}

/// A time without a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// How many days lie between the contacts at its ends.
    pub days: i32,
    /// The day that ended it; none: it lasts.
    pub until: Option<Day>,
}

impl Year {
    /// The year that ends today, out of all that was counted.
    pub fn of(tallies: &Tallies, today: Day) -> Year {
        let first = Day::from(months(today)[0]).min(first_of_weeks(today));
        let before = tallies.days(Fact::Contacts, Day(i32::MIN), Day(first.0 - 1)).last();
        let contacts = before.into_iter().chain(tallies.days(Fact::Contacts, first, today));
        let spend = tallies.days(Fact::Purchases, first, today);
        Year {
            today,
            contacts: contacts.map(|(day, tally)| (day, tally.count)).collect(),
            spend: spend.map(|(day, tally)| (day, tally.sum)).collect(),
        }
    }

    /// The first day of each month, oldest first.
    pub fn months(&self) -> [NaiveDate; MONTHS] {
        months(self.today)
    }

    /// Real contacts of each month, oldest first.
    pub fn contacts_by_month(&self) -> [i64; MONTHS] {
        by_month(&self.contacts, self.today)
    }

    /// The sum of the purchases of each month, oldest first.
    pub fn spend_by_month(&self) -> [i64; MONTHS] {
        by_month(&self.spend, self.today)
    }

    /// Real contacts of each week, oldest first.
    pub fn contacts_by_week(&self) -> [i64; WEEKS] {
        let first = first_of_weeks(self.today);
        by(&self.contacts, |day| i64::from(week(day)) - i64::from(week(first)))
    }

    /// The first day of the first week.
    pub fn first_of_weeks(&self) -> Day {
        first_of_weeks(self.today)
    }

    /// The longest time without a contact that reaches into the weeks, of equal ones the last.
    pub fn longest_gap(&self) -> Option<Gap> {
        let first = first_of_weeks(self.today);
        let days: Vec<Day> = self.contacts.iter().map(|(day, _)| *day).collect();
        let ended = days
            .windows(2)
            .map(|pair| Gap { days: pair[1].0.saturating_sub(pair[0].0), until: Some(pair[1]) });
        let lasts = days.last().map(|last| Gap { days: self.today.0.saturating_sub(last.0), until: None });
        let seen = ended.filter(|gap| gap.until >= Some(first));
        seen.chain(lasts).max_by_key(|gap| gap.days)
    }

    /// What a line of months shows, in words: `14, most in Mar (4)`.
    pub fn say_months(&self, lang: Lang, sums: &[i64; MONTHS], figure: impl Fn(i64) -> String) -> String {
        let total: i64 = sums.iter().fold(0, |sum, month| sum.saturating_add(*month));
        let most = self.months().into_iter().zip(sums).rev().max_by_key(|(_, sum)| **sum);
        match most {
            Some((month, sum)) if *sum > 0 => {
                say::most_in(lang, figure(total), age::month(lang, month), figure(*sum))
            }
            _ if total == 0 => say::none_in_months(lang).to_owned(),
            _ => figure(total),
        }
    }

    /// What the strip of weeks shows, in words: `contact in 9 of 52 weeks, longest gap 61d to 3 May`.
    pub fn say_weeks(&self, lang: Lang) -> String {
        let weeks = self.contacts_by_week().iter().filter(|count| **count > 0).count();
        match self.longest_gap() {
            Some(Gap { days, until: None }) => say::weeks_until_now(lang, weeks, WEEKS, days),
            Some(Gap { days, until: Some(day) }) => {
                let day = day.date().format(lang.pick("%-d %b", "%m-%d"));
                say::weeks_until(lang, weeks, WEEKS, days, day)
            }
            None => say::no_contact_in_weeks(lang, WEEKS),
        }
    }
}

/// The first days of the twelve months that end with this day's.
fn months(today: Day) -> [NaiveDate; MONTHS] {
    let last = month(today);
    std::array::from_fn(|at| {
        let month = last - (MONTHS - 1 - at) as i64;
        let year = i32::try_from(month.div_euclid(12)).unwrap_or(0);
        NaiveDate::from_ymd_opt(year, month.rem_euclid(12) as u32 + 1, 1).unwrap_or_default()
    })
}

fn by_month(days: &[(Day, i64)], today: Day) -> [i64; MONTHS] {
    let first = month(today) - (MONTHS as i64 - 1);
    by(days, |day| month(day) - first)
}

/// The sums of days by their place; what has none is left out.
fn by<const N: usize>(days: &[(Day, i64)], place: impl Fn(Day) -> i64) -> [i64; N] {
    let mut sums = [0_i64; N];
    for (day, count) in days {
        if let Some(sum) = usize::try_from(place(*day)).ok().and_then(|at| sums.get_mut(at)) {
            *sum = sum.saturating_add(*count);
        }
    }
    sums
}

/// The months before this day's, from the beginning of the calendar.
fn month(day: Day) -> i64 {
    let date = day.date();
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

/// The weeks before this day's: the calendar began on a Monday.
fn week(day: Day) -> i32 {
    day.0.saturating_sub(1).div_euclid(7)
}

fn first_of_weeks(today: Day) -> Day {
    Day((week(today) - (WEEKS as i32 - 1)).saturating_mul(7).saturating_add(1))
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        Day::from(text.parse::<NaiveDate>().unwrap())
    }

    fn year(contacts: &[(&str, i64)]) -> Year {
        let contacts = contacts.iter().map(|(text, count)| (day(text), *count)).collect();
        Year { today: day("2026-11-24"), contacts, spend: Vec::new() }
    }

    #[test]
    fn a_year_in_words() {
        let seen = year(&[("2025-06-01", 1), ("2026-03-03", 1), ("2026-05-03", 3), ("2026-11-20", 1)]);
        let months = seen.contacts_by_month();
        assert_eq!(months, [0, 0, 0, 1, 0, 3, 0, 0, 0, 0, 0, 1]);
        let said = |lang| seen.say_months(lang, &months, |count| count.to_string());
        assert_eq!(said(Lang::En), "5, most in May (3)");
        assert_eq!(said(Lang::Zh), "5，5月最多（3）");
        assert_eq!(seen.say_weeks(Lang::En), "contact in 3 of 52 weeks, longest gap 275d to 3 Mar");
        assert_eq!(seen.say_weeks(Lang::Zh), "52周中3周有联系，最长间隔275天（至03-03）");
    }

    #[test]
    fn a_gap_that_lasts_and_no_contact_at_all() {
        let seen = year(&[("2026-03-03", 1), ("2026-03-04", 1)]);
        assert_eq!(seen.longest_gap(), Some(Gap { days: 265, until: None }));
        assert_eq!(seen.say_weeks(Lang::En), "contact in 1 of 52 weeks, longest gap 265d, until today");
        assert_eq!(year(&[]).say_weeks(Lang::En), "no contact in 52 weeks");
        let months = year(&[]).contacts_by_month();
        assert_eq!(year(&[]).say_months(Lang::En, &months, |n| n.to_string()), "none");
        let back = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -5];
        assert_eq!(year(&[]).say_months(Lang::En, &back, |n| n.to_string()), "-5");
    }

    #[test]
    fn of_equal_months_the_first_is_named() {
        let sums = [0, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(year(&[]).say_months(Lang::En, &sums, |n| n.to_string()), "4, most in Jan (2)");
    }

    proptest! {
        #[test]
        fn every_day_of_the_year_has_its_month_and_its_week(today in 1_000..3_000_000, ago in 0..400) {
            let (today, then) = (Day(today), Day(today - ago));
            let seen = Year { today, contacts: vec![(then, 1)], spend: vec![(then, 7)] };
            let first = seen.first_of_weeks();
            prop_assert_eq!(first.date().weekday(), Weekday::Mon);
            prop_assert!((357..364).contains(&(today.0 - first.0)));
            prop_assert_eq!(seen.contacts_by_week().iter().sum::<i64>(), i64::from(then >= first));
            let months = seen.months();
            prop_assert_eq!(months[11].month(), today.date().month());
            let inside = then.date() >= months[0];
            prop_assert_eq!(seen.spend_by_month().iter().sum::<i64>(), 7 * i64::from(inside));
            if let Some(at) = seen.contacts_by_month().iter().position(|count| *count == 1) {
                prop_assert_eq!(months[at].month(), then.date().month());
            }
        }

        #[test]
        fn no_day_is_too_far(today: i32, then: i32) {
            let seen = Year { today: Day(today), contacts: vec![(Day(then.min(today)), 1)], spend: Vec::new() };
            prop_assert!(seen.contacts_by_month().iter().sum::<i64>() <= 1);
            prop_assert!(!seen.say_weeks(Lang::En).is_empty());
        }
    }
}
