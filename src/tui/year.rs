//! A customer's year: two lines of months, and a strip of weeks, each with what it shows in words.

use chrono::Datelike;
use ratatui::style::Style;
use ratatui::text::{Line as Text, Span};

use super::look::Look;
use crate::model::Day;
use crate::model::query::Card;
use crate::model::year::WEEKS;
use crate::text::say::{model as facts, tui as say};
use crate::text::{Money, age, chart, width};

/// The width of the strip with its label.
pub(super) const STRIP: u16 = 4 + WEEKS as u16;
/// The rows of the strip: weeks, months, words.
pub(super) const STRIP_ROWS: u16 = 3;

/// What was counted month by month: what it is, its line, and the same in words.
pub(super) fn months(card: &Card, look: &Look) -> [(&'static str, String, String); 2] {
    let (year, lang) = (&card.year, look.lang);
    let drawn = |months: &[i64]| chart::sparkline(months, look.theme.is_ascii());
    let line = |months: &[i64]| if look.theme.is_spoken() { String::new() } else { drawn(months) };
    let (contacts, spend) = (year.contacts_by_month(), year.spend_by_month());
    let amount = |minor| look.amount(Money { minor, currency: card.line.spend.currency });
    [
        (
            facts::contacts_by_month(lang),
            line(&contacts),
            year.say_months(lang, &contacts, |count| count.to_string()),
        ),
        (facts::spend_by_month(lang), line(&spend), year.say_months(lang, &spend, amount)),
    ]
}

/// The weeks of the year, the names of the months below them, and the same in words.
pub(super) fn strip(card: &Card, look: &Look) -> [Text<'static>; STRIP_ROWS as usize] {
    let (year, dim) = (&card.year, look.theme.dim());
    if look.theme.is_spoken() {
        return [year.say_weeks(look.lang).into(), Text::default(), Text::default()];
    }
    let label = width::pad(say::year(look.lang), 4);
    let weeks = chart::strip(&year.contacts_by_week(), look.theme.is_ascii());
    let months = names(year.first_of_weeks(), look);
    [
        Text::from(vec![Span::styled(label, dim), Span::styled(weeks, Style::new())]),
        Text::styled(format!("    {months}"), dim),
        Text::styled(year.say_weeks(look.lang), dim),
    ]
}

/// The names of the months, each where the week of its first day is. One that would touch the name before it, or does
/// not fit at the end, is left out.
fn names(first: Day, look: &Look) -> String {
    let mut names = String::new();
    for week in 0..WEEKS {
        let sunday = Day(first.0 + week as i32 * 7 + 6).date();
        let name = age::month(look.lang, sunday);
        let has_room = names.is_empty() || width::width(&names) < week;
        if sunday.day() <= 7 && has_room && week + width::width(&name) <= WEEKS {
            names = width::pad(&names, week) + &name;
        }
    }
    names
}
