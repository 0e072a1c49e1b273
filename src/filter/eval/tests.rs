//! What passes a filter, field by field and kind by kind.

use chrono::TimeZone;
use chrono_tz::Tz;

use super::*;
use crate::filter::fact::{Fact, Measure};
use crate::filter::fields::{CustomerField as C, DealField, Field, Referent, Schema, TaskField};
use crate::filter::parse;
use crate::filter::prepare::{Context, Directory};
use crate::text::span::Span;

/// A record made of what it has; everything else is absent. Its name is `Acme`.
pub(in crate::filter) struct Has(pub(in crate::filter) Vec<(FieldRef, Got<'static>)>);

impl Facts for Has {
    fn get(&self, field: &FieldRef) -> Got<'_> {
        self.0.iter().find(|(has, _)| has == field).map_or(Got::Absent, |(_, got)| got.clone())
    }

    fn is_named(&self, word: &Word) -> bool {
        "acme".contains(&word.text.folded())
    }
}

struct Two;

impl Directory for Two {
    fn find(&self, what: Referent, word: &str) -> Vec<u64> {
        match (what, word) {
            (Referent::Member, "anna") => vec![1],
            (Referent::Member, "an") => vec![1, 2],
            (Referent::Team, "east") => vec![7],
            (Referent::Customer, "c12") => vec![12],
            _ => Vec::new(),
        }
    }

    fn teams_of(&self, member: u64) -> Vec<u64> {
        if member == 1 { vec![7, 8] } else { Vec::new() }
    }
}

/// Anna (member 1) on Wednesday 14 October 2026, 15:00 in Shanghai, 07:00 UTC.
pub(in crate::filter) fn context() -> Context<'static> {
    let now = Tz::Asia__Shanghai.with_ymd_and_hms(2026, 10, 14, 15, 0, 0).unwrap();
    Context { now, me: Some(1), currency: Currency::CNY, directory: &Two }
}

fn passes(text: &str, schema: Schema, has: &Has) -> bool {
    let filter = parse(text, schema).unwrap_or_else(|error| panic!("{}", error.caret(text)));
    filter.prepare(&context()).matches(has)
}

fn customer(field: C) -> FieldRef {
    FieldRef::Field(Field::Customer(field))
}

fn one(field: C, got: Got<'static>) -> Has {
    Has(vec![(customer(field), got)])
}

fn utc(text: &str) -> Got<'static> {
    Got::Instant(text.parse().unwrap())
}

fn day(text: &str) -> Got<'static> {
    Got::Day(text.parse().unwrap())
}

fn yuan(minor: i64) -> Got<'static> {
    Got::Money(Money { minor, currency: Currency::CNY })
}

#[track_caller]
fn table(has: &Has, rows: &[(&str, bool)]) {
    for (text, expected) in rows {
        assert_eq!(passes(text, Schema::Customer, has), *expected, "{text}");
    }
}

#[test]
fn what_is_absent_fails_every_comparison_and_none_finds_it() {
    for (name, value) in [
        ("tier", "A"),
        ("name", "x"),
        ("need", "price"),
        ("employees", "3"),
        ("complete", "3%"),
        ("revenue", "3"),
        ("created", "today"),
        ("late", "no"),
        ("owner", "me"),
        ("x.a", "3"),
        ("spend(365d)", "0"),
        ("tag", "x"),
    ] {
        let has = Has(Vec::new());
        table(&has, &[(&format!("{name}:none"), true), (&format!("{name}!=none"), false)]);
        table(&has, &[(&format!("{name}:{value},none"), true), (&format!("not {name}:{value}"), true)]);
        let field = parse(&format!("{name}:none"), Schema::Customer).unwrap().fields()[0].clone();
        for op in Op::ALL.into_iter().filter(|op| field.kind().takes(*op)) {
            table(&has, &[(&format!("{name}{}{value}", op.sign()), false)]);
        }
    }
    table(&Has(Vec::new()), &[("idle>0d", false), ("idle<=100y", false), ("idle:none", true)]);
    for empty in [Got::Texts(&[]), Got::Ids(&[]), Got::Many(vec![]), Got::Many(vec![Got::Absent])] {
        table(&one(C::Tag, empty), &[("tag:none", true), ("tag!=vip", false), ("tag!=none", false)]);
    }
}

#[test]
fn joining() {
    let has = one(C::Tier, Got::Text("A"));
    table(
        &has,
        &[
            ("", true),
            ("tier:A late:yes", false),
            ("tier:A or late:yes", true),
            ("not tier:A", false),
            ("not tier:B not late:yes", true),
            ("tier:B or late:yes or tier:A", true),
            ("(tier:B or tier:A) not (tier:A late:yes)", true),
            ("acme", true),
            ("acme tier:A", true),
            ("bolt or tier:B", false),
            ("-bolt", true),
        ],
    );
}

#[test]
fn texts_compare_folded() {
    table(
        &one(C::Name, Got::Text("Ａcme  重庆 Élan")),
        &[
            ("name:\"acme 重庆 élan\"", true),
            ("name:acme", false),
            ("name~ACME", true),
            ("name~x,élan", true),
            ("name~elan", false),
            ("name!=acme", true),
        ],
    );
    table(
        &one(C::Region, Got::Text("Île-de-France")),
        &[("region:île-de-france", true), ("region~ÎLE", true), ("region!=x", true)],
    );
    table(
        &one(C::Region, Got::Text("华东 East")),
        &[
            ("region:\"华东 EAST\"", true),
            ("region:华东", false),
            ("region~东,西", true),
            ("region~\"东 ea\"", true),
            ("region~西", false),
            ("region:x,\"华东 east\"", true),
            ("region!=华南", true),
            ("region!=华南,\"华东 east\"", false),
        ],
    );
    table(
        &one(C::Need, Got::Text("price")),
        &[("need:price,service", true), ("need:yes", true), ("need:no", false)],
    );
}

#[test]
fn of_several_one_is_enough_and_unequal_means_none_of_them() {
    let tags = vec![Got::Text("vip"), Got::Text("East")];
    table(
        &one(C::Tag, Got::Many(tags)),
        &[
            ("tag:vip", true),
            ("tag:a,east", true),
            ("tag:vip tag:east", true),
            ("tag!=vip", false),
            ("tag!=west", true),
            ("tag~ea", true),
            ("tag:none", false),
        ],
    );
    table(
        &one(C::Collaborator, Got::Ids(&[2, 3])),
        &[
            ("collaborator:me", false),
            ("collaborator:an", true),
            ("collaborator!=me", true),
            ("collaborator!=none", true),
        ],
    );
}

#[test]
fn numbers_shares_and_amounts() {
    table(
        &one(C::Employees, Got::Number(50.into())),
        &[
            ("employees>49.5", true),
            ("employees>50", false),
            ("employees>=50", true),
            ("employees<=50 employees<50.1", true),
            ("employees:10,50", true),
            ("employees!=50", false),
        ],
    );
    table(
        &one(C::Complete, Got::Number(Number::new(805, 1))),
        &[("complete>80%", true), ("complete:80.5", true)],
    );
    let year =
        FieldRef::Fact(Fact { measure: Measure::Spend, window: Some(Span::of_days(365)), group: false });
    table(
        &Has(vec![(year, yuan(10_000_050))]),
        &[
            ("spend(365d)>=100000", true),
            ("spend(365d)>100000.50", false),
            ("spend(365d):100000.5", true),
            ("spend(365d)<100000.505", true),
            ("spend(365d)>10万", true),
            ("spend(365d)>1CNY", true),
            ("spend(360d)>0", false),
            ("group(spend(365d))>0", false),
        ],
    );
}

#[test]
fn amounts_never_compare_across_currencies() {
    let dollars = Got::Money(Money { minor: 500, currency: "USD".parse().unwrap() });
    table(
        &one(C::Revenue, dollars),
        &[
            ("revenue>1", false),
            ("revenue<1", false),
            ("revenue!=1", false),
            ("revenue>1USD", true),
            ("revenue:5USD,1", true),
            ("revenue:none", false),
            ("revenue!=none", true),
            ("revenue:yes", true),
        ],
    );
}

#[test]
fn a_day_is_the_teams_day() {
    // 13 October 17:30 in UTC is already 14 October, 01:30, in Shanghai.
    table(
        &one(C::Created, utc("2026-10-13T17:30:00Z")),
        &[
            ("created:today", true),
            ("created:october", true),
            ("created:10月", true),
            ("created:\"in oct 2026\"", true),
            ("created:september", false),
            ("created>september", true),
            ("created>october", false),
            ("created:november", false),
            ("created:2026-10-14", true),
            ("created:2026-10-13", false),
            ("created>yesterday", true),
            ("created>2026-10-14", false),
            ("created>=2026-10-14", true),
            ("created<=today created<tomorrow", true),
            ("created<today", false),
            ("created!=today", false),
            ("created:yesterday,today", true),
            ("created>-3d", true),
            ("created:\"2026-10-14 01:30\"", true),
            ("created<\"2026-10-14 01:30\"", false),
            ("created<\"2026-10-14 01:31\"", true),
        ],
    );
    table(
        &one(C::Next, day("2026-10-16")),
        &[
            ("next:fri", true),
            ("next<=+2d", true),
            ("next<+2d", false),
            ("next:2026-10-16", true),
            ("next>today", true),
            ("next<november", true),
            ("next>november", false),
        ],
    );
    table(&one(C::Protected, day("2026-10-20")), &[("protected:yes", true), ("protected:no", false)]);
}

#[test]
fn ages_count_from_an_instant() {
    table(
        &one(C::Idle, utc("2026-09-14T07:00:00Z")),
        &[
            ("idle>30d", false),
            ("idle>=30d", true),
            ("idle>29d", true),
            ("idle<31d", true),
            ("idle>1m", false),
            ("idle>=1m", true),
            ("idle>719h", true),
            ("idle>720h", false),
            ("idle>=43200min", true),
            ("idle!=none", true),
        ],
    );
    table(
        &one(C::Recency, day("2026-04-17")),
        &[
            ("recency>179d", true),
            ("recency>180d", false),
            ("recency>=180d", true),
            ("recency<=180d", true),
            ("recency<180d", false),
        ],
    );
}

#[test]
fn days_end_where_the_clock_jumps() {
    // In São Paulo, 4 November 2018 began at 01:00.
    let now = Tz::America__Sao_Paulo.with_ymd_and_hms(2018, 11, 4, 12, 0, 0).unwrap();
    let today = parse("created:today", Schema::Customer).unwrap().prepare(&Context { now, ..context() });
    assert!(today.matches(&one(C::Created, utc("2018-11-04T03:00:00Z"))));
    assert!(!today.matches(&one(C::Created, utc("2018-11-04T02:59:59Z"))));
}

#[test]
fn members_teams_and_customers_by_name_id_and_me() {
    let has = Has(vec![
        (customer(C::Owner), Got::Id(1)),
        (customer(C::Team), Got::Id(7)),
        (customer(C::Parent), Got::Id(12)),
    ]);
    table(
        &has,
        &[
            ("owner:me", true),
            ("owner:anna", true),
            ("owner:an", true),
            ("owner:bob", false),
            ("owner!=bob", true),
            ("owner!=me", false),
            ("owner:bob,me", true),
            ("owner:none", false),
            ("owner:yes", true),
            ("team:me", true),
            ("team:east", true),
            ("team:west", false),
            ("parent:c12", true),
        ],
    );
    let nobody = parse("owner:me", Schema::Customer).unwrap().prepare(&Context { me: None, ..context() });
    assert!(!nobody.matches(&has));
}

#[test]
fn yes_and_no() {
    table(
        &one(C::Late, Got::Bool(true)),
        &[("late:yes", true), ("late:no", false), ("late!=no", true), ("late:yes,no", true)],
    );
    table(
        &Has(vec![(FieldRef::Was(Clean::known("loyal")), Got::Bool(true))]),
        &[("was(loyal)", true), ("not was(loyal)", false), ("was(lapsed)", false)],
    );
}

#[test]
fn own_fields_compare_as_what_they_hold() {
    let own = |got| Has(vec![(FieldRef::Own(Clean::known("a")), got)]);
    table(
        &own(Got::Text("12.0")),
        &[
            ("x.a:12", true),
            ("x.a>9", true),
            ("x.a<9", false),
            ("x.a~2.", true),
            ("x.a!=12", false),
            ("x.a:yes", false),
        ],
    );
    table(
        &own(Got::Text("Gold")),
        &[("x.a:gold", true), ("x.a>9", false), ("x.a<9", false), ("x.a:none", false)],
    );
    table(&own(Got::Text("yes")), &[("x.a:yes", true), ("x.a:\"yes\"", true), ("x.a:no", false)]);
    table(&own(Got::Text("2026-10-14")), &[("x.a>=today", true), ("x.a<2026-10-14", false)]);
    table(&own(Got::Number(3.into())), &[("x.a:3.0", true), ("x.a>1,000", false), ("x.a:x", false)]);
    table(&own(Got::Bool(false)), &[("x.a:no", true), ("x.a!=yes", true)]);
    table(&own(day("2026-10-20")), &[("x.a>today", true), ("x.a:none", false), ("x.a!=none", true)]);
}

#[test]
fn other_records_ask_for_their_customers_fields() {
    let has = Has(vec![
        (FieldRef::Field(Field::Task(TaskField::State)), Got::Text("open")),
        (customer(C::Tier), Got::Text("A")),
    ]);
    assert!(passes("state:open customer.tier:A", Schema::Task, &has));
    assert!(!passes("state:open customer.tier:B", Schema::Task, &has));
    let deal = Has(vec![(FieldRef::Field(Field::Deal(DealField::Probability)), Got::Number(60.into()))]);
    assert!(passes("probability>=50%", Schema::Deal, &deal));
}

#[test]
fn a_wrong_kind_of_fact_fails_like_an_absent_one() {
    table(
        &one(C::Employees, Got::Text("50")),
        &[("employees:50", false), ("employees!=3", false), ("employees:none", false)],
    );
}

#[test]
fn each_bare_word_keeps_its_place() {
    let words = parse("acme or (bolt -corp)", Schema::Customer).unwrap().prepare(&context());
    let found: Vec<_> = words.words().iter().map(|word| (word.text.as_str(), word.nth)).collect();
    assert_eq!(found, [("acme", 0), ("bolt", 1), ("corp", 2)]);
}

proptest::proptest! {
    #[test]
    fn the_quick_comparison_agrees_with_folding(text in "[acA 中éÉＡ]{0,4}|.{0,6}", wanted in "[acA 中é]{1,2}") {
        let (wanted, plainly) = ([folded(&wanted)], folded(&text));
        proptest::prop_assert_eq!(is_like(Op::Is, &text, &wanted), plainly == wanted[0]);
        proptest::prop_assert_eq!(is_like(Op::Contains, &text, &wanted), plainly.contains(&wanted[0]));
    }

    #[test]
    fn exactly_one_of_less_equal_and_more_holds(has in -99_i64..99, wanted in -99_i64..99) {
        let has = one(C::Employees, Got::Number(has.into()));
        let holds = |op: &str| passes(&format!("employees{op}{wanted}"), Schema::Customer, &has);
        proptest::prop_assert_eq!([holds("<"), holds(":"), holds(">")].iter().filter(|held| **held).count(), 1);
        proptest::prop_assert_eq!(holds("<="), !holds(">"));
        proptest::prop_assert_eq!(holds(">="), !holds("<"));
        proptest::prop_assert_eq!(holds("!="), !holds(":"));
    }
}
