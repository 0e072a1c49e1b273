//! Deciding: a prepared filter against the facts of one record.

use std::cmp::Ordering;
use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};

use crate::text::clean::folded;
use crate::text::{Clean, Currency, Money};

use super::fields::FieldRef;
use super::number::{Number, billionths};
use super::prepare::{Check, Loose, Prepared, Step, Wanted, Word};
use super::tree::Op;

/// A record as filters see it.
pub trait Facts {
    /// What the record has in a field.
    fn get(&self, field: &FieldRef) -> Got<'_>;

    /// Whether a bare word is found in the record's name; what was prepared for it stands at [`Word::nth`].
    fn is_named(&self, word: &Word) -> bool;
}

/// What a record has in a field. The kind of the field says which of these is due; anything else compares as absent.
#[derive(Clone, Debug, PartialEq)]
pub enum Got<'a> {
    /// Nothing; fails every comparison but `:none`.
    Absent,
    /// A text, an id of the policy, a choice.
    Text(&'a str),
    /// Several texts, of which one is enough; none at all is absent.
    Texts(&'a [Clean]),
    /// A number; of a percentage, its hundredths.
    Number(Number),
    /// An amount. Amounts in another currency than the filter's compare as absent.
    Money(Money),
    /// A day; of an age, the day it counts from.
    Day(NaiveDate),
    /// An instant; of an age, the instant it counts from.
    Instant(DateTime<Utc>),
    /// Yes or no.
    Bool(bool),
    /// The id of a record.
    Id(u64),
    /// Several ids, of which one is enough; none at all is absent.
    Ids(&'a [u64]),
    /// Several of anything, of which one is enough; none at all is absent.
    Many(Vec<Got<'a>>),
}

impl Prepared {
    /// Whether the record passes.
    pub fn matches(&self, facts: &impl Facts) -> bool {
        self.root.holds(facts)
    }
}

impl Step {
    fn holds(&self, facts: &impl Facts) -> bool {
        match self {
            Step::All(parts) => parts.iter().all(|part| part.holds(facts)),
            Step::Any(parts) => parts.iter().any(|part| part.holds(facts)),
            Step::Not(part) => !part.holds(facts),
            Step::Word(word) => facts.is_named(word),
            Step::Test(check) => check.holds(&facts.get(&check.test.field)),
        }
    }
}

impl Check {
    pub(super) fn holds(&self, got: &Got<'_>) -> bool {
        if got.is_absent() {
            return self.test.op == Op::Is && self.none;
        }
        let found = match got {
            Got::Many(many) => any(many.iter().map(|got| self.compare(got))),
            Got::Texts(texts) => any(texts.iter().map(|text| self.compare(&Got::Text(text.as_str())))),
            Got::Ids(ids) => any(ids.iter().map(|id| self.compare(&Got::Id(*id)))),
            one => self.compare(one),
        };
        found.is_some_and(|found| found != (self.test.op == Op::IsNot))
    }

    /// Whether this stands to one of the wanted values as the operator says; for `!=`, whether it is one of them.
    /// `None` where the two cannot be compared.
    fn compare(&self, got: &Got<'_>) -> Option<bool> {
        let op = self.test.op;
        let found = match (&self.wanted, got) {
            _ if self.some => true,
            (Wanted::Texts(texts), Got::Text(got)) => is_like(op, got, texts),
            (Wanted::Numbers(numbers), Got::Number(got)) => numbers.iter().any(|n| ordered(op, got.cmp(n))),
            (Wanted::Flags(flags), Got::Bool(got)) => flags.contains(got),
            (Wanted::Ids(ids), Got::Id(got)) => ids.contains(got),
            (Wanted::Slots(slots), Got::Day(day)) => slots.iter().any(|s| ordered(op, place(day, &s.days))),
            (Wanted::Slots(slots), Got::Instant(at)) => {
                slots.iter().any(|s| ordered(op, place(at, &s.instants)))
            }
            // The longer ago, the greater the age.
            (Wanted::Since(since), Got::Day(day)) => {
                since.iter().any(|s| ordered(op, place(day, &s.days).reverse()))
            }
            (Wanted::Since(since), Got::Instant(at)) => {
                since.iter().any(|s| ordered(op, place(at, &s.instants).reverse()))
            }
            (Wanted::Amounts(amounts), Got::Money(got)) => return against_amounts(op, amounts, *got),
            (Wanted::Loose(loose), got) => return against_loose(op, loose, got),
            _ => return None,
        };
        Some(found)
    }
}

impl Got<'_> {
    /// Whether there is nothing at all.
    pub fn is_absent(&self) -> bool {
        match self {
            Got::Absent => true,
            Got::Texts(texts) => texts.is_empty(),
            Got::Ids(ids) => ids.is_empty(),
            Got::Many(many) => many.iter().all(Got::is_absent),
            _ => false,
        }
    }
}

/// Of several comparisons, whether one is good; `None` where none could be made.
fn any(found: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    found.flatten().reduce(|one, other| one || other)
}

fn ordered(op: Op, order: Ordering) -> bool {
    match op {
        Op::Is | Op::IsNot | Op::Contains => order.is_eq(),
        Op::Less => order.is_lt(),
        Op::AtMost => order.is_le(),
        Op::More => order.is_gt(),
        Op::AtLeast => order.is_ge(),
    }
}

/// Before, in, or behind a half-open range.
fn place<T: PartialOrd>(point: &T, range: &Range<T>) -> Ordering {
    if *point < range.start {
        Ordering::Less
    } else if *point < range.end {
        Ordering::Equal
    } else {
        Ordering::Greater
    }
}

/// Amounts are compared within one currency, never across.
fn against_amounts(op: Op, amounts: &[(Number, Currency)], got: Money) -> Option<bool> {
    let number = billionths(got.minor, got.currency.decimals());
    let mut alike = amounts.iter().filter(|(_, currency)| *currency == got.currency).peekable();
    if alike.peek().is_none() && !amounts.is_empty() {
        return None;
    }
    Some(alike.any(|(wanted, _)| ordered(op, number.cmp(&wanted.billionths()))))
}

fn against_loose(op: Op, wanted: &[Loose], got: &Got<'_>) -> Option<bool> {
    if wanted.is_empty() {
        return Some(false);
    }
    any(wanted.iter().map(|wanted| wanted.compare(op, got)))
}

impl Loose {
    fn compare(&self, op: Op, got: &Got<'_>) -> Option<bool> {
        match got {
            Got::Text(got) => self.compare_text(op, got),
            Got::Number(got) => Some(ordered(op, got.cmp(&self.number?))),
            Got::Day(day) => Some(ordered(op, place(day, &self.slot.as_ref()?.days))),
            Got::Instant(at) => Some(ordered(op, place(at, &self.slot.as_ref()?.instants))),
            Got::Bool(got) => Some(self.flag? == *got),
            _ => None,
        }
    }

    /// A text is ordered as the number or the day that it spells.
    fn compare_text(&self, op: Op, got: &str) -> Option<bool> {
        let by_number = || Some(ordered(op, Number::parse(got)?.cmp(&self.number?)));
        let by_day = || Some(ordered(op, place(&got.parse::<NaiveDate>().ok()?, &self.slot.as_ref()?.days)));
        if op.is_order() {
            return by_number().or_else(by_day);
        }
        Some(
            is_like(op, got, std::slice::from_ref(&self.text))
                || op != Op::Contains && by_number() == Some(true),
        )
    }
}

/// Whether a text is, or contains, one of others that are folded already.
fn is_like(op: Op, text: &str, wanted: &[String]) -> bool {
    if is_plain(text) {
        return match op {
            Op::Contains => wanted.iter().any(|wanted| contains_plain(text, wanted)),
            _ => wanted.iter().any(|wanted| text.eq_ignore_ascii_case(wanted)),
        };
    }
    let text = folded(text);
    match op {
        Op::Contains => wanted.iter().any(|wanted| text.contains(wanted)),
        _ => wanted.contains(&text),
    }
}

fn contains_plain(text: &str, wanted: &str) -> bool {
    let mut places = text.as_bytes().windows(wanted.len().max(1));
    wanted.is_empty() || places.any(|place| place.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// Whether folding changes nothing but the case of Latin letters: ASCII and the common Chinese characters (in UTF-8
/// led by the bytes E4 to E9), with single blanks between words. Most texts are, and need no memory to be compared.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let plain = text.bytes().all(|byte| {
        let fine = match byte {
            b' ' => before != b' ',
            0x21..=0x7e | 0x80..=0xbf | 0xe4..=0xe9 => true,
            _ => false,
        };
        before = byte;
        fine
    });
    plain && before != b' '
}

#[cfg(test)]
pub(super) mod tests;
