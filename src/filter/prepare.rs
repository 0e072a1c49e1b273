//! Settling once what depends on the moment and the reader, so that a hundred thousand records are decided quickly.

use std::ops::Range;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::text::clean::folded;
use crate::text::date::{self, BadDate, When};
use crate::text::span::Unit;
use crate::text::{Clean, Currency};

use super::Filter;
use super::fields::{FieldRef, Kind, Referent, Schema};
use super::number::Number;
use super::tree::{Node, Test, Value};

/// The moment and the reader that a filter is settled for.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Now, in the team's time zone: its day is `today`, its midnights part the days.
    pub now: DateTime<Tz>,
    /// The member who asks; without one `me` is nobody.
    pub me: Option<u64>,
    /// The policy's currency, in which bare amounts are.
    pub currency: Currency,
    /// Who and what is called how.
    pub directory: &'a dyn Directory,
}

/// Finds records by id or by what they are called.
pub trait Directory {
    /// The ids that `word` may mean: `m3`, a name, part of one; empty where it means nothing.
    fn find(&self, what: Referent, word: &str) -> Vec<u64>;

    /// The teams that a member is in: `team:me`.
    fn teams_of(&self, member: u64) -> Vec<u64>;
}

/// A filter ready to decide. Good for the moment and the reader it was prepared for.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(super) schema: Schema,
    pub(super) root: Step,
    words: Vec<Word>,
}

/// A bare word of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What was written.
    pub text: Clean,
    /// Its place in [`Prepared::words`], where a caller keeps what it has prepared for it.
    pub nth: usize,
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    All(Vec<Step>),
    Any(Vec<Step>),
    Not(Box<Step>),
    Word(Word),
    Test(Check),
}

/// A test with its values settled.
#[derive(Clone, Debug)]
pub(super) struct Check {
    pub(super) test: Test,
    /// `none` is among the values.
    pub(super) none: bool,
    /// Any value will do.
    pub(super) some: bool,
    pub(super) wanted: Wanted,
}

/// Values settled, by the kind of their field.
#[derive(Clone, Debug)]
pub(super) enum Wanted {
    Texts(Vec<String>),
    Numbers(Vec<Number>),
    Amounts(Vec<(Number, Currency)>),
    Slots(Vec<Slot>),
    /// When that was which is so old.
    Since(Vec<Slot>),
    Flags(Vec<bool>),
    Ids(Vec<u64>),
    Loose(Vec<Loose>),
}

/// A day, or a minute of one: half open, as days and as instants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) days: Range<NaiveDate>,
    pub(super) instants: Range<DateTime<Utc>>,
}

/// A value for an own field, as everything that it may mean.
#[derive(Clone, Debug)]
pub(super) struct Loose {
    pub(super) text: String,
    pub(super) number: Option<Number>,
    pub(super) slot: Option<Slot>,
    pub(super) flag: Option<bool>,
}

impl Filter {
    /// Settles dates, names, `me` and amounts. A name that means nothing, and a date that does not exist this year,
    /// match nothing.
    pub fn prepare(&self, context: &Context<'_>) -> Prepared {
        let mut words = Vec::new();
        let root = context.step(self.root(), &mut words);
        Prepared { schema: self.schema(), root, words }
    }
}

impl Prepared {
    /// The bare words, in the order of the text.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether it asks for this field.
    pub fn reads(&self, field: &FieldRef) -> bool {
        self.root.reads(field)
    }
}

impl Step {
    fn reads(&self, field: &FieldRef) -> bool {
        match self {
            Step::All(parts) | Step::Any(parts) => parts.iter().any(|part| part.reads(field)),
            Step::Not(part) => part.reads(field),
            Step::Test(check) => check.test.field == *field,
            Step::Word(_) => false,
        }
    }
}

impl Context<'_> {
    fn step(&self, node: &Node, words: &mut Vec<Word>) -> Step {
        match node {
            Node::All(parts) => Step::All(parts.iter().map(|part| self.step(part, words)).collect()),
            Node::Any(parts) => Step::Any(parts.iter().map(|part| self.step(part, words)).collect()),
            Node::Not(part) => Step::Not(Box::new(self.step(part, words))),
            Node::Word(text) => {
                let word = Word { text: text.clone(), nth: words.len() };
                words.push(word.clone());
                Step::Word(word)
            }
            Node::Test(test) => Step::Test(self.check(test)),
        }
    }

    fn check(&self, test: &Test) -> Check {
        Check {
            none: test.values.contains(&Value::None),
            some: test.values.contains(&Value::Some),
            wanted: self.wanted(&test.field, &test.values),
            test: test.clone(),
        }
    }

    fn wanted(&self, field: &FieldRef, values: &[Value]) -> Wanted {
        let kind = field.kind();
        let each = values.iter();
        match kind {
            Kind::Text | Kind::Word | Kind::Choice(_) => Wanted::Texts(each.filter_map(text).collect()),
            Kind::Number | Kind::Percent => Wanted::Numbers(each.filter_map(number).collect()),
            Kind::Money => Wanted::Amounts(each.filter_map(|value| self.amount(value)).collect()),
            Kind::Date => Wanted::Slots(each.filter_map(|value| self.slot(field, value)).collect()),
            Kind::Age => Wanted::Since(each.filter_map(|value| self.since(value)).collect()),
            Kind::Bool => Wanted::Flags(each.filter_map(flag).collect()),
            Kind::Ref(what) => Wanted::Ids(each.flat_map(|value| self.ids(what, value)).collect()),
            Kind::Own => Wanted::Loose(each.filter_map(|value| self.loose(value)).collect()),
        }
    }

    fn amount(&self, value: &Value) -> Option<(Number, Currency)> {
        match value {
            Value::Money(number, currency) => Some((*number, currency.unwrap_or(self.currency))),
            _ => None,
        }
    }

    fn ids(&self, what: Referent, value: &Value) -> Vec<u64> {
        match (value, what, self.me) {
            (Value::Me, Referent::Team, Some(me)) => self.directory.teams_of(me),
            (Value::Me, _, me) => me.into_iter().collect(),
            (Value::Text(text), ..) => self.directory.find(what, text.as_str()),
            _ => Vec::new(),
        }
    }

    fn loose(&self, value: &Value) -> Option<Loose> {
        let of = |text: &str, flag| Loose {
            text: folded(text),
            number: Number::parse(text),
            slot: self.has_been(text),
            flag,
        };
        match value {
            Value::Text(text) => Some(of(text.as_str(), None)),
            Value::Bool(flag) => Some(of(if *flag { "yes" } else { "no" }, Some(*flag))),
            _ => None,
        }
    }

    fn slot(&self, field: &FieldRef, value: &Value) -> Option<Slot> {
        match value {
            Value::Day(day) => self.slot_of(When { date: *day, time: None }),
            Value::Moment(text) if field.is_to_come() => {
                self.moment(text.as_str(), date::parse_month(text.as_str(), self.now.date_naive()))
            }
            Value::Moment(text) => self.has_been(text.as_str()),
            _ => None,
        }
    }

    /// A moment of what lies behind us, where a month alone is the latest.
    fn has_been(&self, text: &str) -> Option<Slot> {
        self.moment(text, date::parse_past_month(text, self.now.date_naive()))
    }

    /// A moment, or the whole month where the text is one.
    fn moment(&self, text: &str, month: Option<Result<Range<NaiveDate>, BadDate>>) -> Option<Slot> {
        let Some(month) = month else {
            return self.slot_of(date::parse(text, self.now.naive_local()).ok()?);
        };
        let days = month.ok()?;
        let [start, end] = [days.start, days.end].map(|day| day.and_time(NaiveTime::MIN));
        Some(self.slot_between(days, start, end))
    }

    fn slot_of(&self, when: When) -> Option<Slot> {
        let next_day = when.date.checked_add_days(Days::new(1))?;
        let start = when.at(NaiveTime::MIN);
        let end = match when.time {
            Some(_) => start.checked_add_signed(TimeDelta::minutes(1))?,
            None => next_day.and_time(NaiveTime::MIN),
        };
        Some(self.slot_between(when.date..next_day, start, end))
    }

    fn slot_between(&self, days: Range<NaiveDate>, start: NaiveDateTime, end: NaiveDateTime) -> Slot {
        Slot { days, instants: self.instant(start)..self.instant(end) }
    }

    /// What is so old: minutes and hours by the clock, days and longer by the team's calendar and whole, so that what
    /// a list calls 10d is not older than 10d.
    fn since(&self, value: &Value) -> Option<Slot> {
        let Value::Span(span) = value else { return None };
        match span.unit {
            Unit::Minute | Unit::Hour => {
                let ago = self.now.to_utc().checked_sub_signed(TimeDelta::minutes(span.minutes()));
                let instant = ago.unwrap_or(DateTime::<Utc>::MIN_UTC);
                let day = instant.with_timezone(&self.now.timezone()).date_naive();
                // Moments are known to the millisecond.
                let end = instant + TimeDelta::milliseconds(1);
                Some(Slot { days: day..day.checked_add_days(Days::new(1))?, instants: instant..end })
            }
            Unit::Day | Unit::Week | Unit::Month | Unit::Year => {
                self.slot_of(When { date: span.before(self.now.date_naive()), time: None })
            }
        }
    }

    /// A local time as an instant. What the clock shows twice is the earlier; what it skips is the hour after.
    fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let zone = self.now.timezone();
        let shown = |local: NaiveDateTime| zone.from_local_datetime(&local).earliest();
        let later = || shown(local.checked_add_signed(TimeDelta::hours(1))?);
        shown(local).or_else(later).map_or_else(|| local.and_utc(), |found| found.to_utc())
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.folded()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        _ => None,
    }
}
