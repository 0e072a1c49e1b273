//! What a filter says, as a tree, and its one normal form.

use std::fmt::{self, Display, Write};

use chrono::NaiveDate;

use crate::text::span::Span;
use crate::text::{Clean, Currency};

use super::fields::{FieldRef, Kind, Schema};
use super::lex;
use super::number::Number;

/// A condition, or several joined. Trees come from the parser only, which keeps them plain: no `All` right inside an
/// `All`, no `Any` right inside an `Any`, no double negation, and an empty `All` only as the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Every one holds; with none inside, everything does.
    All(Vec<Node>),
    /// At least one holds.
    Any(Vec<Node>),
    /// It does not hold.
    Not(Box<Node>),
    /// A bare word: looked for in the record's name.
    Word(Clean),
    /// A field compared with values.
    Test(Test),
}

/// A field compared with values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// What is read.
    pub field: FieldRef,
    /// How it is compared.
    pub op: Op,
    /// With what: one value, or for `:`, `!=` and `~` several of which one is enough.
    pub values: Vec<Value>,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `:` (also `=`): is one of the values.
    Is,
    /// `!=`: there is a value, and it is none of these.
    IsNot,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `~`: contains one of the texts.
    Contains,
}

/// A value as it was written, typed by the kind of its field. What depends on the moment or on the reader (`today`,
/// `me`) stays as it is until [`Filter::prepare`](super::Filter::prepare).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `none`: there is no value.
    None,
    /// `yes` where the field is no yes-or-no: there is a value.
    Some,
    /// `yes` or `no`.
    Bool(bool),
    /// `me`.
    Me,
    /// A text, an id, or what a record is called.
    Text(Clean),
    /// A number; of a percentage, its hundredths.
    Number(Number),
    /// An amount in whole units; without a currency in the policy's own.
    Money(Number, Option<Currency>),
    /// A length of time.
    Span(Span),
    /// A day of the calendar.
    Day(NaiveDate),
    /// A date that depends on the day it is read: `today`, `-3d`, `monday`.
    Moment(Clean),
}

impl Op {
    /// Every comparison.
    pub const ALL: [Op; 7] = [Op::Is, Op::IsNot, Op::Less, Op::AtMost, Op::More, Op::AtLeast, Op::Contains];

    /// Its sign in the normal form.
    pub fn sign(self) -> &'static str {
        match self {
            Op::Is => ":",
            Op::IsNot => "!=",
            Op::Less => "<",
            Op::AtMost => "<=",
            Op::More => ">",
            Op::AtLeast => ">=",
            Op::Contains => "~",
        }
    }

    /// Whether it asks for more or less, and so takes one value only.
    pub fn is_order(self) -> bool {
        matches!(self, Op::Less | Op::AtMost | Op::More | Op::AtLeast)
    }
}

impl Kind {
    /// Whether fields of this kind can be compared so.
    pub fn takes(self, op: Op) -> bool {
        match self {
            Kind::Text | Kind::Word | Kind::Choice(_) => !op.is_order(),
            Kind::Number | Kind::Percent | Kind::Money | Kind::Date | Kind::Age => op != Op::Contains,
            Kind::Bool | Kind::Ref(_) => matches!(op, Op::Is | Op::IsNot),
            Kind::Own => true,
        }
    }
}

impl Node {
    /// All of these together.
    pub(super) fn all(parts: Vec<Node>) -> Node {
        join(parts, Node::All, |part| match part {
            Node::All(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// Any one of these.
    pub(super) fn any(parts: Vec<Node>) -> Node {
        join(parts, Node::Any, |part| match part {
            Node::Any(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// The opposite.
    pub(super) fn not(part: Node) -> Node {
        match part {
            Node::Not(inner) => *inner,
            other => Node::Not(Box::new(other)),
        }
    }

    /// Calls `see` with every bare word and every test, in the order of the text.
    pub(super) fn leaves<'a>(&'a self, see: &mut impl FnMut(&'a Node)) {
        match self {
            Node::All(parts) | Node::Any(parts) => parts.iter().for_each(|part| part.leaves(see)),
            Node::Not(part) => part.leaves(see),
            Node::Word(_) | Node::Test(_) => see(self),
        }
    }
}

fn join(
    parts: Vec<Node>,
    joined: impl Fn(Vec<Node>) -> Node,
    inner: impl Fn(Node) -> Result<Vec<Node>, Node>,
) -> Node {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match inner(part) {
            Ok(parts) => flat.extend(parts),
            Err(part) => flat.push(part),
        }
    }
    match flat.pop() {
        Some(only) if flat.is_empty() => only,
        last => {
            flat.extend(last);
            joined(flat)
        }
    }
}

/// A part of a filter on its way to the normal form; records other than customers say `customer.` before its fields.
pub(super) struct Normal<'a, T>(pub(super) Schema, pub(super) &'a T);

impl Display for Normal<'_, Node> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Normal(schema, node) = *self;
        match node {
            Node::All(parts) => separated(f, " ", parts, |f, part| match part {
                Node::Any(_) => write!(f, "({})", Normal(schema, part)),
                _ => write!(f, "{}", Normal(schema, part)),
            }),
            Node::Any(parts) => separated(f, " or ", parts, |f, part| write!(f, "{}", Normal(schema, part))),
            Node::Not(part) => match **part {
                Node::All(_) | Node::Any(_) => write!(f, "not ({})", Normal(schema, &**part)),
                _ => write!(f, "not {}", Normal(schema, &**part)),
            },
            Node::Word(word) => quoted_where_needed(f, word.as_str()),
            Node::Test(test) => write!(f, "{}", Normal(schema, test)),
        }
    }
}

impl Display for Normal<'_, Test> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Normal(schema, test) = *self;
        write!(f, "{}", Normal(schema, &test.field))?;
        if matches!(test.field, FieldRef::Was(_)) && test.op == Op::Is && test.values == [Value::Bool(true)] {
            return Ok(());
        }
        f.write_str(test.op.sign())?;
        let percent = if test.field.kind() == Kind::Percent { "%" } else { "" };
        separated(f, ",", &test.values, |f, value| match value {
            Value::Number(_) => write!(f, "{value}{percent}"),
            _ => write!(f, "{value}"),
        })
    }
}

impl Display for Normal<'_, FieldRef> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Normal(schema, field) = *self;
        if schema != field.schema() {
            f.write_str("customer.")?;
        }
        match field {
            FieldRef::Field(field) => f.write_str(field.row().name),
            FieldRef::Fact(fact) => write!(f, "{fact}"),
            FieldRef::Was(stage) => {
                f.write_str("was(")?;
                quoted_where_needed(f, stage.as_str())?;
                f.write_str(")")
            }
            FieldRef::Own(name) => write!(f, "x.{name}"),
        }
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::None => f.write_str("none"),
            Value::Some | Value::Bool(true) => f.write_str("yes"),
            Value::Bool(false) => f.write_str("no"),
            Value::Me => f.write_str("me"),
            Value::Text(text) => quoted_where_needed(f, text.as_str()),
            Value::Number(number) | Value::Money(number, None) => write!(f, "{number}"),
            Value::Money(number, Some(currency)) => write!(f, "{number}{currency}"),
            Value::Span(span) => write!(f, "{span}"),
            Value::Day(day) => write!(f, "{day}"),
            Value::Moment(text) if text.as_str().chars().all(lex::stands_in_value) => write!(f, "{text}"),
            Value::Moment(text) => quoted(f, text.as_str()),
        }
    }
}

fn separated<T>(
    f: &mut fmt::Formatter<'_>,
    separator: &str,
    items: &[T],
    show: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (nth, item) in items.iter().enumerate() {
        if nth > 0 {
            f.write_str(separator)?;
        }
        show(f, item)?;
    }
    Ok(())
}

fn quoted_where_needed(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    if lex::stands_bare(text) { f.write_str(text) } else { quoted(f, text) }
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for found in text.chars() {
        if matches!(found, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(found)?;
    }
    f.write_char('"')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::fact::{Fact, Measure};
    use super::super::fields::Referent;
    use super::super::{MAX_LENGTH, parse};
    use super::*;
    use crate::text::span::Unit;

    fn text() -> impl Strategy<Value = Clean> {
        prop_oneof!["[a-zA-Z华东é ()\"'\\\\:,!<~-]{1,6}", ".{1,8}", "(none|ME|yes|no|and|not|or|-3|“a”)"]
            .prop_map(|text| Clean::new(&Clean::washed(&text).0.line()).unwrap_or_default())
            .prop_filter("a text says something", |text| !text.as_str().trim().is_empty())
    }

    fn figure() -> impl Strategy<Value = FieldRef> {
        let unit = select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]);
        (select(Measure::ALL), proptest::option::of((1_u32..90, unit)), any::<bool>()).prop_map(
            |(measure, window, group)| {
                let window = window.filter(|_| measure.spelled().1.is_none());
                let window = window.map(|(count, unit)| Span { count, unit });
                FieldRef::Fact(Fact { measure, window, group })
            },
        )
    }

    fn field(schema: Schema) -> impl Strategy<Value = FieldRef> {
        let rows: Vec<_> = schema.rows().iter().chain(Schema::Customer.rows()).collect();
        prop_oneof![
            3 => select(rows).prop_map(|row| FieldRef::Field(row.field)),
            1 => figure(),
            1 => text().prop_map(FieldRef::Was),
            1 => "[a-zA-Z_华]{1,5}".prop_map(|name| FieldRef::Own(Clean::new(&name).unwrap())),
        ]
    }

    fn value(kind: Kind) -> BoxedStrategy<Value> {
        let number =
            || (-1_000_000_i64..1_000_000, 0_u8..9).prop_map(|(units, scale)| Number::new(units, scale));
        match kind {
            Kind::Text | Kind::Word | Kind::Own | Kind::Ref(_) => text().prop_map(Value::Text).boxed(),
            Kind::Choice(words) => select(words).prop_map(|word| Value::Text(Clean::known(word))).boxed(),
            Kind::Number | Kind::Percent => number().prop_map(Value::Number).boxed(),
            Kind::Money => (number(), select(vec![None, Some(Currency::CNY)]))
                .prop_map(|(number, currency)| Value::Money(number, currency))
                .boxed(),
            Kind::Date => prop_oneof![
                (0_u64..50_000).prop_map(|day| Value::Day(NaiveDate::default() + chrono::Days::new(day))),
                select(vec!["today", "-3d", "fri", "10-01", "tomorrow 15:00", "明天 下午3点", "下周一"])
                    .prop_map(|text| Value::Moment(Clean::known(text))),
            ]
            .boxed(),
            Kind::Age => (0_u32..90, select(vec![Unit::Minute, Unit::Hour, Unit::Day, Unit::Month]))
                .prop_map(|(count, unit)| Value::Span(Span { count, unit }))
                .boxed(),
            Kind::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        }
    }

    fn word_value(kind: Kind) -> BoxedStrategy<Value> {
        match kind {
            Kind::Age => select(vec![Value::None, Value::Some]).boxed(),
            Kind::Ref(Referent::Member | Referent::Team) => {
                prop_oneof![4 => value(kind), 1 => select(vec![Value::None, Value::Some, Value::Me])].boxed()
            }
            Kind::Own => {
                prop_oneof![4 => value(kind), 1 => select(vec![Value::None, Value::Bool(true)])].boxed()
            }
            Kind::Text | Kind::Bool => prop_oneof![4 => value(kind), 1 => Just(Value::None)].boxed(),
            _ => prop_oneof![4 => value(kind), 1 => select(vec![Value::None, Value::Some])].boxed(),
        }
    }

    fn test(schema: Schema) -> impl Strategy<Value = Node> {
        let fitting = |field: FieldRef| {
            let ops: Vec<Op> = Op::ALL.into_iter().filter(|op| field.kind().takes(*op)).collect();
            (Just(field), select(ops))
        };
        field(schema).prop_flat_map(fitting).prop_flat_map(|(field, op)| {
            let kind = field.kind();
            let values = match op {
                Op::Is | Op::IsNot => proptest::collection::vec(word_value(kind), 1..4).boxed(),
                Op::Contains => proptest::collection::vec(value(kind), 1..4).boxed(),
                _ => proptest::collection::vec(value(kind), 1..2).boxed(),
            };
            values.prop_map(move |values| Node::Test(Test { field: field.clone(), op, values }))
        })
    }

    fn tree(schema: Schema) -> impl Strategy<Value = Node> {
        let leaf = prop_oneof![3 => test(schema), 1 => text().prop_map(Node::Word)];
        leaf.prop_recursive(5, 20, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 1..4).prop_map(Node::all),
                proptest::collection::vec(inner.clone(), 1..4).prop_map(Node::any),
                inner.prop_map(Node::not),
            ]
        })
    }

    fn anything() -> impl Strategy<Value = (Schema, Node)> {
        let schemas = [Schema::Customer, Schema::Task, Schema::Deal];
        select(schemas.to_vec()).prop_flat_map(|schema| (Just(schema), tree(schema)))
    }

    proptest! {
        #[test]
        fn every_tree_reads_back_from_its_normal_form((schema, tree) in anything()) {
            let printed = Normal(schema, &tree).to_string();
            prop_assume!(printed.chars().count() <= MAX_LENGTH);
            match parse(&printed, schema) {
                Ok(filter) => prop_assert_eq!(filter.root(), &tree, "{}", printed),
                Err(error) => prop_assert!(false, "{}", error.caret(&printed)),
            }
        }
    }
}
