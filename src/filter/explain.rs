//! Saying why: the conditions that made a record pass or fail, with what it really has.

use super::eval::{Facts, Got};
use super::fields::{FieldRef, Schema};
use super::prepare::{Prepared, Step};
use super::tree::{Normal, Op, Value};

/// One condition, and what the record has: enough to say `spend(365d) 214,300 >= 100,000`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason<'a> {
    /// The condition in normal form, with its `not` where it had one.
    pub condition: String,
    /// What was read; `None` for a bare word.
    pub field: Option<&'a FieldRef>,
    /// How it was compared.
    pub op: Op,
    /// With what; empty for a bare word.
    pub values: &'a [Value],
    /// What the record has.
    pub got: Got<'a>,
    /// Whether the condition, with its `not`, holds.
    pub held: bool,
}

impl Prepared {
    /// The conditions behind [`Prepared::matches`]: of those that must all hold, every one; of those of which one is
    /// enough, the first that held, or all where none did.
    pub fn explain<'a>(&'a self, facts: &'a impl Facts) -> Vec<Reason<'a>> {
        explain(self.schema, &self.root, facts, false).1
    }
}

/// Whether the step holds, or with `not` fails, and the reasons. A `not` goes down to the conditions, where it turns
/// *all* into *any*, so that every reason can be read alone.
fn explain<'a>(schema: Schema, step: &'a Step, facts: &'a impl Facts, not: bool) -> (bool, Vec<Reason<'a>>) {
    let part = |part: &'a Step| explain(schema, part, facts, not);
    match step {
        Step::Not(inner) => explain(schema, inner, facts, !not),
        Step::All(parts) if !not => every(parts.iter().map(part)),
        Step::Any(parts) if not => every(parts.iter().map(part)),
        Step::All(parts) | Step::Any(parts) => either(parts.iter().map(part)),
        Step::Word(word) => {
            let held = facts.is_named(word) != not;
            let condition = written(not, Normal(schema, &super::Node::Word(word.text.clone())));
            single(Reason { condition, field: None, op: Op::Contains, values: &[], got: Got::Absent, held })
        }
        Step::Test(check) => {
            let test = &check.test;
            let got = facts.get(&test.field);
            single(Reason {
                condition: written(not, Normal(schema, test)),
                field: Some(&test.field),
                op: test.op,
                values: &test.values,
                held: check.holds(&got) != not,
                got,
            })
        }
    }
}

fn written(not: bool, condition: impl std::fmt::Display) -> String {
    if not { format!("not {condition}") } else { condition.to_string() }
}

fn single(reason: Reason<'_>) -> (bool, Vec<Reason<'_>>) {
    (reason.held, vec![reason])
}

fn every<'a>(parts: impl Iterator<Item = (bool, Vec<Reason<'a>>)>) -> (bool, Vec<Reason<'a>>) {
    parts.fold((true, Vec::new()), |(all, mut reasons), (held, more)| {
        reasons.extend(more);
        (all && held, reasons)
    })
}

fn either<'a>(parts: impl Iterator<Item = (bool, Vec<Reason<'a>>)>) -> (bool, Vec<Reason<'a>>) {
    let mut failed = Vec::new();
    for (held, reasons) in parts {
        if held {
            return (true, reasons);
        }
        failed.extend(reasons);
    }
    (false, failed)
}

#[cfg(test)]
mod tests {
    use super::super::eval::tests::{Has, context};
    use super::super::fields::Schema;
    use super::super::parse;
    use super::*;

    /// The reasons for a customer of tier A with 50 employees and nothing else; `+` held, `-` failed.
    fn reasons(text: &str) -> Vec<String> {
        let filter = parse("tier:A employees:50", Schema::Customer).unwrap();
        let got = [Got::Text("A"), Got::Number(50.into())];
        let has = Has(filter.fields().into_iter().cloned().zip(got).collect());
        let prepared = parse(text, Schema::Customer).unwrap().prepare(&context());
        let reasons = prepared.explain(&has);
        reasons.iter().map(|r| format!("{}{}", if r.held { '+' } else { '-' }, r.condition)).collect()
    }

    #[test]
    fn all_conditions_that_must_hold_are_given() {
        assert_eq!(reasons("tier:A employees >= 50 late:yes"), ["+tier:A", "+employees>=50", "-late:yes"]);
        assert_eq!(reasons(""), [""; 0]);
    }

    #[test]
    fn of_alternatives_the_one_that_held_or_all() {
        assert_eq!(reasons("tier:B or employees>1 or tier:A"), ["+employees>1"]);
        assert_eq!(reasons("tier:B or late:yes"), ["-tier:B", "-late:yes"]);
        assert_eq!(reasons("tier:A (tier:B or employees>1 acme)"), ["+tier:A", "+employees>1", "+acme"]);
    }

    #[test]
    fn a_negation_goes_down_to_its_conditions() {
        assert_eq!(reasons("not tier:B"), ["+not tier:B"]);
        assert_eq!(reasons("not (tier:A late:yes)"), ["+not late:yes"]);
        assert_eq!(reasons("not (tier:A or late:yes)"), ["-not tier:A", "+not late:yes"]);
        assert_eq!(reasons("not (tier:A not bolt)"), ["-not tier:A", "-bolt"]);
    }

    #[test]
    fn a_reason_brings_what_the_record_has() {
        let prepared = parse("employees>=10", Schema::Customer).unwrap().prepare(&context());
        let field = parse("employees:1", Schema::Customer).unwrap().fields()[0].clone();
        let has = Has(vec![(field, Got::Number(50.into()))]);
        let reasons = prepared.explain(&has);
        assert_eq!((reasons[0].op.sign(), reasons[0].got.clone()), (">=", Got::Number(50.into())));
        assert_eq!(reasons[0].values, [Value::Number(10.into())]);
    }

    proptest::proptest! {
        #[test]
        fn reasons_agree_with_the_verdict(text in "(not )?[(](tier:[AB]|late:yes|acme)( or | )(not )?(employees>[0-9]{2}|bolt)[)]( or | )(not )?tier:[AB]") {
            let filter = parse("tier:A employees:50", Schema::Customer).unwrap();
            let has = Has(filter.fields().into_iter().cloned().zip([Got::Text("A"), Got::Number(50.into())]).collect());
            let prepared = parse(&text, Schema::Customer).unwrap().prepare(&context());
            let (held, reasons) = explain(Schema::Customer, &prepared.root, &has, false);
            proptest::prop_assert_eq!(held, prepared.matches(&has));
            proptest::prop_assert!(reasons.iter().any(|reason| reason.held == held));
        }
    }
}
