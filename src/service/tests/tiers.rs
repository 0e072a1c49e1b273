//! Tiers and stages: what lifts them, by rule, by hand and with the days.

use super::*;

#[test]
fn a_won_deal_is_a_purchase_and_lifts_the_tier_in_the_same_write() {
    let office = Office::new();
    let acme = office.customer("Acme");
    assert_eq!(office.card(acme).line.tier, text("C"));
    for amount in ["30000", "30000", "30000", "30000"] {
        let fields = [
            ("customer", "Acme"),
            ("product", "GTX"),
            ("stage", "won"),
            ("amount", amount),
            ("closed", "2017-12-01"),
        ];
        office.add(Kind::Deal, &fields).unwrap();
    }
    let card = office.card(acme);
    assert_eq!((card.line.tier.as_str(), card.line.stage.as_str(), card.line.orders), ("A", "loyal", 4));
    assert_eq!(card.why.tier.reasons[0].fact, text("120,000"));
    assert_eq!(office.list("spend(365d) >= 120000 tier:A"), ["Acme"]);
    office.undo().unwrap();
    assert_eq!(office.card(acme).line.orders, 3);
    assert_eq!(office.card(acme).line.tier, text("A"), "kept above 80,000");
    office.undo().unwrap();
    assert_eq!(office.card(acme).line.tier, text("B"));
    office.verify();
}

#[test]
fn the_clock_of_a_practice_store_moves_forward_and_grades_follow() {
    let office = Office::new();
    let acme = office.customer("Acme");
    office.add(Kind::Purchase, &[("customer", "Acme"), ("amount", "500"), ("date", "2017-12-31")]).unwrap();
    assert_eq!(office.card(acme).line.stage, text("new"));
    office.run(Command::ClockMove { to: text("+200d") }).unwrap();
    assert_eq!(office.card(acme).line.stage, text("lapsed"));
    assert!(matches!(
        office.run(Command::ClockMove { to: text("2018-01-02") }),
        Err(Refusal::ClockBackwards(_))
    ));
    office.verify();
}

#[test]
fn grades_are_derived_again_when_the_day_turns() {
    let office = Office::new();
    let acme = office.customer("Acme");
    office.add(Kind::Purchase, &[("customer", "Acme"), ("amount", "500")]).unwrap();
    office.clock.fetch_add(181 * 24 * 3600 * 1000, Ordering::SeqCst);
    office.service.catch_up();
    assert_eq!(office.card(acme).line.stage, text("lapsed"));
    let head = office.service.head().snapshot.head();
    office.service.catch_up();
    assert_eq!(office.service.head().snapshot.head(), head, "once a day");
}

#[test]
fn a_tier_by_hand_holds_until_its_day_and_says_why() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let set = |tier: &str, until: &str| {
        let (tier, reason, until) = (text(tier), text("strategic"), text(until));
        office.run(Command::TierSet { customer: acme, tier, reason, until })
    };
    assert!(matches!(set("Z", ""), Err(Refusal::NoTier(..))));
    set("A", "+10d").unwrap();
    assert_eq!(office.card(acme).line.tier, text("A"));
    assert_eq!(office.card(acme).why.tier.fixed.clone().unwrap().0, text("strategic"));
    office.run(Command::ClockMove { to: text("+11d") }).unwrap();
    assert_eq!(office.card(acme).line.tier, text("C"));
}

#[test]
fn a_filter_that_names_a_tier_or_stage_that_there_is_not_is_refused_with_those_that_there_are() {
    let office = Office::new();
    office.customer("Acme");
    assert_eq!(office.list("tier:c,none stage!=Loyal tier~x"), [""; 0]);
    assert_eq!(office.list("tier:c or tier~x"), ["Acme"]);
    let list = |words| Query::List { filter: text(words), sort: text(""), skip: 0, limit: 9 };
    let tasks = |words| Query::Tasks { whose: Whose::Mine, filter: text(words), limit: 9 };
    let rows = |kind, words| Query::Rows { kind, filter: text(words), from: 1, limit: 9 };
    for (query, place, said) in [
        (list("late:no tier:Q"), (13, 14), "there is no tier \"Q\"; it is one of A, B, C"),
        (tasks("customer.tier:A,Q"), (16, 17), "there is no customer.tier \"Q\"; it is one of A, B, C"),
        (rows(Kind::Customer, "not stage:loayl"), (10, 15), "did you mean loyal?"),
        (rows(Kind::Customer, "was(lost)"), (0, 9), "there is no stage \"lost\""),
        (rows(Kind::Deal, "stage:wno"), (6, 9), "did you mean won?"),
    ] {
        let refused = office.service.answer(office.me, &query).unwrap_err();
        let Refusal::BadFilter { at, en, zh, .. } = refused else { panic!("{refused:?}") };
        assert_eq!(at, place, "{en}");
        assert!(en.as_str().contains(said), "{en}");
        assert!(!zh.as_str().is_ascii());
    }
}

#[test]
fn a_filter_that_names_a_member_or_team_that_there_is_not_is_refused_with_those_that_there_are() {
    let office = Office::new();
    office.add(Kind::Member, &[("name", "Ingrid Berg")]).unwrap();
    office.customer("Acme");
    let list = |words| {
        let query = Query::List { filter: text(words), sort: text(""), skip: 0, limit: 9 };
        office.service.answer(office.me, &query)
    };
    for words in ["owner:ingrid,none,me", "owner:m1", "collaborator:Berg"] {
        assert!(list(words).is_ok(), "{words}");
    }
    for (words, place, said) in [
        ("owner:bob", (6, 9), "there is no owner \"bob\"; it is one of"),
        ("tier:A owner:ingird", (13, 19), "did you mean Ingrid Berg?"),
        ("owner:m99", (6, 9), "there is no owner \"m99\""),
        ("team:nowhere", (5, 12), "there is no team \"nowhere\""),
    ] {
        let refused = list(words).unwrap_err();
        assert_eq!(refused.code(), 2);
        let Refusal::BadFilter { at, en, .. } = refused else { panic!("{refused:?}") };
        assert_eq!(at, place, "{en}");
        assert!(en.as_str().contains(said), "{en}");
    }
}
