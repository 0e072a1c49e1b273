//! Care and the communication plan: on which occasions customers are greeted, and for whom the rhythm of their tier
//! becomes tasks.

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::DeValue;

use super::Known;
use super::fault::{Expected, Fault, Faults};
use super::playbook::{Duty, duty};
use super::read::{Section, condition, defined, name, sections};
use super::table::{Placed, Table, list, span, table, text, word};
use crate::filter::Filter;
use crate::model::query::PolicyName;
use crate::model::{Channel, Choice, Kind, Shape};
use crate::text::days::BadDays;
use crate::text::near::nearest;
use crate::text::{Clean, Lunar, Span};

/// What the rhythm is called where occasions are named.
pub const CADENCE: &str = "cadence";

/// What is planned for customers by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Care {
    /// For whom the rhythm of their tier becomes tasks; none: for nobody.
    pub rhythm: Option<Rhythm>,
    /// In the order of the file.
    pub occasions: Vec<Occasion>,
}

/// How the rhythm of a tier (`contact_every`) becomes tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    /// For whom; none: for everybody.
    pub whom: Option<Filter>,
    /// So long before its day it comes into the queue.
    pub ahead: Span,
    /// Who does it.
    pub duty: Duty,
    /// The calendar that has the days on which one gets in touch; none: any day.
    pub calendar: Option<Clean>,
}

/// An occasion on which customers are greeted.
#[derive(Clone, Debug, PartialEq)]
pub struct Occasion {
    /// As people read it.
    pub name: PolicyName,
    /// When it comes.
    pub on: On,
    /// For whom; none: for everybody.
    pub whom: Option<Filter>,
    /// So long before its day it comes into the queue.
    pub ahead: Span,
    /// Who does it.
    pub duty: Duty,
    /// The way, for those who like none better.
    pub channel: Option<Channel>,
}

/// When an occasion comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum On {
    /// On the birthday of a contact, the lunar one where it is known.
    Birthday,
    /// On the day of the year of this field of the customer; `since` is the first purchase.
    Anniversary(Clean),
    /// On this month and day.
    Solar(u32, u32),
    /// On this day of the lunar year.
    Lunar(Lunar),
    /// On these days.
    Days(Vec<NaiveDate>),
}

impl Care {
    /// Whether nothing is planned for anybody.
    pub fn is_empty(&self) -> bool {
        self.rhythm.is_none() && self.occasions.is_empty()
    }

    /// The occasion of this id.
    pub fn occasion(&self, id: &str) -> Option<&Occasion> {
        self.occasions.iter().find(|occasion| occasion.name.id.as_str() == id)
    }

    /// Whom it is for: the rhythm and every occasion.
    pub fn conditions(&self) -> impl Iterator<Item = &Filter> {
        let rhythm = self.rhythm.iter().filter_map(|rhythm| rhythm.whom.as_ref());
        rhythm.chain(self.occasions.iter().filter_map(|occasion| occasion.whom.as_ref()))
    }
}

/// The section `[care]`.
pub(super) fn care(
    value: &Spanned<DeValue<'_>>,
    known: &Known,
    calendars: &[String],
    faults: &mut Faults,
) -> Option<Care> {
    let mut section = table(value, faults)?;
    let rhythm = section.take("rhythm").and_then(|value| rhythm(value, known, calendars, faults));
    let read = sections(&mut section, "occasion", faults).into_iter();
    let occasions = read.filter_map(|section| occasion(section, known, faults)).collect();
    section.finish(faults);
    Some(Care { rhythm, occasions })
}

fn rhythm(
    value: &Spanned<DeValue<'_>>,
    known: &Known,
    calendars: &[String],
    faults: &mut Faults,
) -> Option<Rhythm> {
    let mut table = table(value, faults)?;
    let whom = whom(&mut table, known, faults);
    let ahead = ahead(&mut table, faults);
    let duty = table.take("duty").and_then(|value| duty(value, faults)).unwrap_or(Duty::Owner);
    let calendar = table.take("calendar").and_then(|value| defined(value, calendars, faults));
    table.finish(faults);
    Some(Rhythm { whom, ahead, duty, calendar })
}

fn occasion(mut section: Section<'_>, known: &Known, faults: &mut Faults) -> Option<Occasion> {
    let channels: Vec<_> = Channel::ALL.iter().map(|channel| (channel.word(), *channel)).collect();
    if let Some(id) = section.id.as_ref().filter(|id| id.value.folded() == CADENCE) {
        faults.push(id.at.clone(), Fault::Reserved(id.value.clone()));
    }
    let name = name(&mut section, faults);
    let table = &mut section.table;
    let on = table.need("on", faults).and_then(|value| on(value, faults));
    let whom = whom(table, known, faults);
    let ahead = ahead(table, faults);
    let duty = table.take("duty").and_then(|value| duty(value, faults)).unwrap_or(Duty::Owner);
    let channel = table.take("channel").and_then(|value| word(value, &channels, faults));
    section.table.finish(faults);
    Some(Occasion { name: name?, on: on?, whom, ahead, duty, channel })
}

fn whom(table: &mut Table<'_>, known: &Known, faults: &mut Faults) -> Option<Filter> {
    table.take("for").and_then(|value| condition(value, known, faults)).map(|read| read.value)
}

fn ahead(table: &mut Table<'_>, faults: &mut Faults) -> Span {
    let read = table.take("ahead").and_then(|value| span(value, faults));
    read.map_or(Span::of_days(0), |span| span.value)
}

/// `birthday`, `anniversary:x.founded`, `01-01`, `lunar 01-01`, or a list of dates.
fn on(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<On> {
    if value.get_ref().as_array().is_some() {
        return Some(days(value, faults));
    }
    if value.get_ref().as_str().is_none() {
        return faults.refuse(value.span(), Fault::Expected(Expected::Text));
    }
    let text = text(value, faults)?;
    if let Some(field) = text.value.strip_prefix("anniversary:") {
        return anniversary(Placed { at: text.at, value: field }, faults);
    }
    let found = match text.value {
        "birthday" => Some(On::Birthday),
        lunar if Lunar::is_meant(lunar) => Lunar::read(lunar).map(On::Lunar),
        solar => solar_day(solar).map(|(month, day)| On::Solar(month, day)),
    };
    found.or_else(|| faults.refuse(text.at, Fault::Occasion(text.value.to_owned())))
}

fn solar_day(text: &str) -> Option<(u32, u32)> {
    const LEAP_YEAR: i32 = 2024;
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    NaiveDate::from_ymd_opt(LEAP_YEAR, month, day).map(|_| (month, day))
}

/// The dates of a list; without any it never comes.
fn days(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> On {
    let mut days = Vec::new();
    for entry in list(value, faults) {
        let Some(entry) = text(entry, faults) else { continue };
        match entry.value.parse() {
            Ok(day) => days.push(day),
            Err(_) => faults.push(entry.at, Fault::Days(BadDays::NoDate, entry.value.to_owned())),
        }
    }
    if days.is_empty() {
        faults.push(value.span(), Fault::NeverHolds);
    }
    days.sort_unstable();
    On::Days(days)
}

/// A field of the customer that may hold a day; of another one the occasion never comes.
fn anniversary(field: Placed<&str>, faults: &mut Faults) -> Option<On> {
    let Ok(name) = Clean::new(field.value) else {
        return faults.refuse(field.at, Fault::Unclean(field.value.to_owned()));
    };
    let is_day = |shape: Shape| matches!(shape, Shape::Day | Shape::Instant | Shape::Own(_));
    match Kind::Customer.field(field.value) {
        _ if field.value == "since" => {}
        Some((_, info)) if is_day(info.shape) => {}
        Some(_) => faults.push(field.at, Fault::NoDay(name.clone())),
        None => {
            let days = Kind::Customer.fields().iter().filter(|info| matches!(info.shape, Shape::Day));
            let known: Vec<&str> =
                ["since", "x.NAME"].into_iter().chain(days.map(|info| info.name)).collect();
            let near = nearest(field.value, known.iter().copied()).map(str::to_owned);
            let known = known.into_iter().map(str::to_owned).collect();
            return faults.refuse(field.at, Fault::UnknownWord { name, near, known });
        }
    }
    Some(On::Anniversary(name))
}
