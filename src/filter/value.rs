//! From a written value to a typed one, by the kind of its field.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::text::clean::folded;
use crate::text::{Clean, Currency, date};

use super::error::{Called, Fault};
use super::fields::{FieldRef, Kind, Referent};
use super::lex::Raw;
use super::number::Number;
use super::tree::{Op, Value};

/// The value that `raw` stands for behind `field` and `op`. `called` is the field as messages call it.
pub(super) fn typed(field: &FieldRef, called: &Called, op: Op, raw: &Raw<'_>) -> Result<Value, Fault> {
    let kind = field.kind();
    let text = Clean::new(&raw.text).map_err(Fault::Unclean)?;
    let is_equality = matches!(op, Op::Is | Op::IsNot);
    if is_equality
        && !raw.quoted
        && let Some(value) = reserved(kind, text.as_str())
    {
        return Ok(value);
    }
    if is_equality && kind == Kind::Age {
        return Err(Fault::BadOperator { field: called.clone(), op, kind });
    }
    let trimmed = text.as_str().trim();
    let value = match kind {
        Kind::Text | Kind::Word | Kind::Ref(_) | Kind::Own => Some(Value::Text(text.clone())),
        Kind::Choice(words) => words
            .iter()
            .find(|word| word.eq_ignore_ascii_case(trimmed))
            .map(|word| Value::Text(Clean::known(word))),
        Kind::Number => number(trimmed).map(Value::Number),
        Kind::Percent => number(trimmed.trim_end_matches(['%', '％'])).map(Value::Number),
        Kind::Money => money(trimmed),
        Kind::Date => return moment(called, &text),
        Kind::Age => trimmed.parse().ok().map(Value::Span),
        Kind::Bool => None,
    };
    value.ok_or(Fault::BadValue { field: called.clone(), kind, value: text })
}

/// The words that mean something of their own behind `:` and `!=`.
fn reserved(kind: Kind, text: &str) -> Option<Value> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    let yes = is(&["yes"]) || kind == Kind::Bool && is(&["y", "true", "是"]);
    let no = is(&["no"]) || kind == Kind::Bool && is(&["n", "false", "否"]);
    match kind {
        _ if is(&["none"]) => Some(Value::None),
        Kind::Ref(Referent::Member | Referent::Team) if is(&["me"]) => Some(Value::Me),
        Kind::Bool | Kind::Own if yes || no => Some(Value::Bool(yes)),
        Kind::Text | Kind::Bool | Kind::Own => None,
        _ if yes => Some(Value::Some),
        _ if no => Some(Value::None),
        _ => None,
    }
}

fn number(text: &str) -> Option<Number> {
    Number::typed(&text.replace([',', '，'], ""))
}

/// `1200`, `¥1,200.50`, `1200USD`, `12k`, `12万`, `CNY 5`. Signs that several currencies share are not guessed at.
fn money(text: &str) -> Option<Value> {
    let split = |at: usize| text.split_at_checked(at).map(|(front, back)| (front.trim(), back.trim()));
    let code = |text: &str| text.parse::<Currency>().ok();
    let behind = text.len().checked_sub(3).and_then(split).and_then(|(rest, back)| Some((rest, code(back)?)));
    let before = || split(3).and_then(|(front, rest)| Some((rest, code(front)?)));
    match behind.or_else(before) {
        Some((amount, currency)) => Some(Value::Money(number(amount)?, Some(currency))),
        None if text.starts_with(['¥', '￥']) => {
            Some(Value::Money(number(text.trim_start_matches(['¥', '￥']))?, Some(Currency::CNY)))
        }
        None => Some(Value::Money(number(text)?, None)),
    }
}

/// A day of the calendar where the text means the same day whenever it is read, else the text.
fn moment(called: &Called, text: &Clean) -> Result<Value, Fault> {
    let spelled = folded(text.as_str());
    if let Some(Ok(_)) = date::parse_month(&spelled, reference(2024, 2, 6).date()) {
        return Clean::new(&spelled).map(Value::Moment).map_err(Fault::Unclean);
    }
    let seen = REFERENCES.map(|(year, month, day)| date::parse(&spelled, reference(year, month, day)));
    match seen {
        [Ok(one), Ok(other)] if one == other && one.time.is_none() => Ok(Value::Day(one.date)),
        [Err(fault), Err(_)] => Err(Fault::BadDate { field: called.clone(), fault }),
        _ => Clean::new(&spelled).map(Value::Moment).map_err(Fault::Unclean),
    }
}

/// Two days that no relative date can confuse: other year, month, day and weekday. One lies in a leap year.
const REFERENCES: [(i32, u32, u32); 2] = [(2024, 2, 6), (2031, 9, 17)];

fn reference(year: i32, month: u32, day: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default().and_time(NaiveTime::MIN)
}
