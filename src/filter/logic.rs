//! What can be said of filters without asking any record: whether one implies another, and whether one can hold at all.
//!
//! Both are careful: they say yes only where it is certain, and no for whatever they do not see through.

use std::cmp::Ordering;

use super::Filter;
use super::fields::{CustomerField, Field, FieldRef, Kind};
use super::number::Number;
use super::tree::{Node, Op, Test, Value};
use crate::text::span::Unit;

/// Comparing two trees ends after so many steps: filters are written by people, and by people with bad intentions.
const STEPS: u32 = 20_000;

impl Filter {
    /// Whether whoever passes this filter is certain to pass the other.
    pub fn implies(&self, other: &Filter) -> bool {
        self.schema == other.schema && Steps(STEPS).implies(&self.root, &other.root)
    }

    /// Whether it is certain that nobody ever passes.
    pub fn is_never(&self) -> bool {
        Steps(STEPS).never(&self.root)
    }
}

/// How many steps are left.
struct Steps(u32);

impl Steps {
    fn spent(&mut self) -> bool {
        self.0 = self.0.saturating_sub(1);
        self.0 == 0
    }

    fn implies(&mut self, one: &Node, other: &Node) -> bool {
        if self.spent() {
            return false;
        }
        match (one, other) {
            (Node::Any(parts), _) => parts.iter().all(|part| self.implies(part, other)),
            (_, Node::All(parts)) => parts.iter().all(|part| self.implies(one, part)),
            (Node::All(parts), Node::Any(others)) => {
                parts.iter().any(|part| self.implies(part, other))
                    || others.iter().any(|other| self.implies(one, other))
            }
            (Node::All(parts), _) => parts.iter().any(|part| self.implies(part, other)),
            (_, Node::Any(others)) => others.iter().any(|other| self.implies(one, other)),
            (Node::Test(one), Node::Test(other)) => one == other || narrows(one, other),
            (Node::Not(one), Node::Not(other)) => self.implies(other, one),
            _ => one == other,
        }
    }

    fn never(&mut self, node: &Node) -> bool {
        if self.spent() {
            return false;
        }
        match node {
            Node::All(parts) => {
                let Some((first, rest)) = parts.split_first() else { return false };
                self.never(first)
                    || rest.iter().any(|part| self.exclude(first, part))
                    || self.never(&Node::All(rest.to_vec()))
            }
            Node::Any(parts) => parts.iter().all(|part| self.never(part)),
            Node::Test(test) => is_below_nothing(test),
            Node::Not(_) | Node::Word(_) => false,
        }
    }

    /// Whether the two never hold together.
    fn exclude(&mut self, one: &Node, other: &Node) -> bool {
        match (one, other) {
            (Node::Not(one), other) | (other, Node::Not(one)) => self.implies(other, one),
            (Node::Any(parts), other) | (other, Node::Any(parts)) => {
                !self.spent() && parts.iter().all(|part| self.exclude(part, other))
            }
            (Node::Test(one), Node::Test(other)) => are_apart(one, other),
            _ => false,
        }
    }
}

/// Whether what passes the first test passes the second, which compares the same.
fn narrows(one: &Test, other: &Test) -> bool {
    if one.field != other.field || other.values.len() != 1 && other.op != Op::Is {
        return false;
    }
    match (one.op, other.op) {
        (Op::Is, Op::Is) => one.values.iter().all(|value| other.values.contains(value)),
        (Op::Is, op) if op.is_order() => {
            one.values.iter().all(|value| is_beyond(value, op, &other.values[0]))
        }
        (Op::More | Op::AtLeast, Op::More | Op::AtLeast) | (Op::Less | Op::AtMost, Op::Less | Op::AtMost) => {
            match order(&one.values[0], &other.values[0]) {
                Some(Ordering::Equal) => one.op == other.op || matches!(one.op, Op::More | Op::Less),
                Some(Ordering::Greater) => matches!(one.op, Op::More | Op::AtLeast),
                Some(Ordering::Less) => matches!(one.op, Op::Less | Op::AtMost),
                None => false,
            }
        }
        _ => false,
    }
}

/// Whether no value passes both tests. Of fields that hold several values nothing is certain.
fn are_apart(one: &Test, other: &Test) -> bool {
    if one.field != other.field || !holds_one(&one.field) {
        return false;
    }
    let apart = |values: &[Value], op: Op, bound: &Value| {
        values.iter().all(|value| order(value, bound).is_some() && !is_beyond(value, op, bound))
    };
    match (one.op, other.op) {
        (Op::Is, Op::Is) => {
            let is_other = |value: &Value| other.values.iter().all(|known| differ(value, known));
            one.values.iter().all(is_other)
        }
        (Op::Is, op) if op.is_order() => apart(&one.values, op, &other.values[0]),
        (op, Op::Is) if op.is_order() => apart(&other.values, op, &one.values[0]),
        (Op::More | Op::AtLeast, Op::Less | Op::AtMost) => is_gap(one, other),
        (Op::Less | Op::AtMost, Op::More | Op::AtLeast) => is_gap(other, one),
        _ => false,
    }
}

/// Whether nothing lies above the one bound and below the other.
fn is_gap(above: &Test, below: &Test) -> bool {
    match order(&above.values[0], &below.values[0]) {
        Some(Ordering::Greater) => true,
        Some(Ordering::Equal) => above.op == Op::More || below.op == Op::Less,
        Some(Ordering::Less) | None => false,
    }
}

/// Sums and counts are never below nothing.
fn is_below_nothing(test: &Test) -> bool {
    let FieldRef::Fact(fact) = &test.field else { return false };
    let zero = match fact.measure.kind() {
        Kind::Number => Value::Number(Number::new(0, 0)),
        _ => return false,
    };
    match test.op {
        Op::Less => matches!(order(&test.values[0], &zero), Some(Ordering::Less | Ordering::Equal)),
        Op::AtMost => order(&test.values[0], &zero) == Some(Ordering::Less),
        Op::Is => test.values.iter().all(|value| order(value, &zero) == Some(Ordering::Less)),
        _ => false,
    }
}

/// Whether a value passes a comparison with a bound; false where they cannot be compared.
fn is_beyond(value: &Value, op: Op, bound: &Value) -> bool {
    let Some(order) = order(value, bound) else { return false };
    match op {
        Op::Less => order.is_lt(),
        Op::AtMost => order.is_le(),
        Op::More => order.is_gt(),
        Op::AtLeast => order.is_ge(),
        Op::Is | Op::IsNot | Op::Contains => false,
    }
}

/// Which of two written values is more; nothing where that depends on the moment.
fn order(one: &Value, other: &Value) -> Option<Ordering> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => Some(one.cmp(other)),
        (Value::Money(one, of), Value::Money(other, than)) if of == than => Some(one.cmp(other)),
        (Value::Day(one), Value::Day(other)) => Some(one.cmp(other)),
        (Value::Span(one), Value::Span(other)) => {
            let by_clock = |unit: Unit| matches!(unit, Unit::Minute | Unit::Hour);
            let by_days = |unit: Unit| matches!(unit, Unit::Day | Unit::Week);
            match (one.unit, other.unit) {
                (of, than) if of == than => Some(one.count.cmp(&other.count)),
                // Hours are counted to the millisecond, days from midnight to midnight.
                (of, than) if by_clock(of) && by_clock(than) || by_days(of) && by_days(than) => {
                    Some(one.minutes().cmp(&other.minutes()))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether two written values are certain to be different ones.
fn differ(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Text(one), Value::Text(other)) => one.folded() != other.folded(),
        (Value::Bool(one), Value::Bool(other)) => one != other,
        (Value::None, Value::None) => false,
        (Value::None, _) | (_, Value::None) => true,
        _ => order(one, other).is_some_and(Ordering::is_ne),
    }
}

/// Whether the field holds one value at a time, which is called by one word.
fn holds_one(field: &FieldRef) -> bool {
    let is_duty = matches!(field, FieldRef::Field(Field::Customer(CustomerField::Duty)));
    !is_duty && !matches!(field.kind(), Kind::Text | Kind::Ref(_) | Kind::Own)
}

#[cfg(test)]
mod tests {
    use super::super::{Schema, parse};
    use super::*;

    fn filter(text: &str) -> Filter {
        parse(text, Schema::Customer).unwrap()
    }

    #[test]
    fn a_narrower_rule_implies_a_wider_one() {
        for (one, other) in [
            ("spend(365d)>=100000 orders(365d)>=4", "spend(365d)>=20000 or open(deals)>=1"),
            ("spend(365d)>20000", "spend(365d)>=20000"),
            ("spend(365d)>20000", "spend(365d)>20000"),
            ("idle>30d", "idle>2w"),
            ("idle>7m", "idle>6m"),
            ("orders()=3", "orders()>2"),
            ("tier:A,B", "tier:C,B,A"),
            ("tag:vip (orders()>5 or orders()=4)", "orders()>3"),
            ("not idle>30d", "not idle>60d"),
            ("verified<2026-01-01", "verified<=2026-02-01"),
            ("tier:A", ""),
        ] {
            assert!(filter(one).implies(&filter(other)), "{one} -> {other}");
            let back = filter(other).implies(&filter(one));
            assert_eq!(back, filter(one) == filter(other), "{other} -> {one}");
        }
        for (one, other) in [
            ("idle>30d", "idle>1m"),
            ("idle>36h", "idle>1d"),
            ("spend()>3", "spend(365d)>3"),
            ("spend()>3", "spend()>2usd"),
        ] {
            assert!(!filter(one).implies(&filter(other)), "{one} -> {other}");
        }
    }

    #[test]
    fn what_contradicts_itself_never_holds() {
        for never in [
            "orders()>3 orders()<2",
            "orders()>3 orders()<=3",
            "orders()<0",
            "orders(90d)=-1",
            "stage:new stage:loyal",
            "tag:vip stage:new (stage:loyal or stage:lapsed)",
            "idle>30d not idle>2w",
            "orders()=3 orders()>3",
            "dnc:yes dnc:no",
            "tier:none tier:A",
        ] {
            assert!(filter(never).is_never(), "{never}");
        }
        for may in [
            "orders()>3 orders()<5",
            "orders()>=3 orders()<=3",
            "tag:a tag:b",
            "stage:new,loyal stage:loyal,lapsed",
            "orders()>3 orders(90d)<2",
            "orders()<0 or idle>3d",
            "x.size:1 x.size:2",
            "spend(365d)<0",
            "idle>36h idle<=1d",
            "",
        ] {
            assert!(!filter(may).is_never(), "{may}");
        }
    }

    #[test]
    fn the_most_tangled_filter_ends_soon() {
        let mut text = "orders()>1".to_owned();
        for nth in 2..30 {
            let (open, close) = if nth % 2 == 0 { ("(", ") orders()>1") } else { ("(", ") or idle>3d") };
            text = format!("{open}{text}{close}");
        }
        let filter = filter(&text);
        assert!(filter.implies(&filter) || !filter.is_never());
    }
}
