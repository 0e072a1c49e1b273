//! Tiers and stages: what lifts them, by rule, by hand and with time.

use super::super::policy::SHIPPED;
use super::super::testing::{Office, text, undo};
use super::*;
use crate::model::{Command, Kind};

fn buys(office: &mut Office, amount: &str, date: &str) -> u64 {
    let fields = [("customer", "Acme"), ("amount", amount), ("date", date)];
    office.seq(super::super::testing::add(Kind::Purchase, &fields))
}

#[test]
fn tiers_follow_sales_up_and_down_and_are_kept_between() {
    let mut office = Office::new();
    let [acme] = office.customers(["Acme"]);
    let mut tiers = vec![office.customer(acme).tier];
    let mut seqs = Vec::new();
    for amount in ["20000", "30000", "30000", "30000"] {
        seqs.push(buys(&mut office, amount, "2017-12-01"));
        tiers.push(office.customer(acme).tier);
    }
    for seq in seqs.into_iter().rev() {
        office.run(undo(seq)).unwrap();
        tiers.push(office.customer(acme).tier);
    }
    let expected = ["C", "B", "B", "B", "A", "A", "B", "B", "C"];
    assert_eq!(tiers.iter().map(Clean::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn why_a_tier_was_entered_is_known_where_the_stage_moves_with_it() {
    let mut office =
        Office::under(&SHIPPED.replace("spend(365d) >= 20000 or open(deals) >= 1", "stage:repeat"));
    let [acme] = office.customers(["Acme"]);
    buys(&mut office, "10", "2017-12-01");
    assert_eq!((office.customer(acme).stage, office.customer(acme).tier_why), (text("new"), text("")));
    buys(&mut office, "10", "2017-12-02");
    let customer = office.customer(acme);
    assert_eq!((customer.stage, customer.tier), (text("repeat"), text("B")));
    assert!(customer.tier_why.as_str().contains("stage:repeat"), "{}", customer.tier_why);
}

#[test]
fn days_that_pass_are_followed_too() {
    let mut office = Office::new();
    let [acme] = office.customers(["Acme"]);
    buys(&mut office, "20000", "2018-01-01");
    let standing = |office: &Office| {
        let customer = office.customer(acme);
        (customer.tier.to_string(), customer.stage.to_string())
    };
    let mut seen = vec![standing(&office)];
    for days in [180, 1, 300] {
        office.days_pass(days);
        seen.push(standing(&office));
    }
    let expected = [("B", "new"), ("B", "new"), ("B", "lapsed"), ("C", "lapsed")];
    let seen: Vec<(&str, &str)> = seen.iter().map(|(tier, stage)| (tier.as_str(), stage.as_str())).collect();
    assert_eq!(seen, expected);
    assert_eq!(office.customer(acme).regrade, None, "time alone changes nothing more");
}

#[test]
fn a_tier_by_hand_ends_behind_its_last_day() {
    let mut office = Office::new();
    let [acme] = office.customers(["Acme"]);
    let (tier, reason, until) = (text("A"), text("because"), text("+2d"));
    office.run(Command::TierSet { customer: acme, tier, reason, until }).unwrap();
    let mut tiers = Vec::new();
    for _ in 0..3 {
        office.days_pass(1);
        tiers.push(office.customer(acme).tier.to_string());
    }
    assert_eq!(tiers, ["A", "A", "C"]);
}

/// A stage of those who will soon return to the pool, and a tier that a quiet month earns.
const AT_RISK: &str = r#"
schema = 1
[[tier]]
id = "B"
name = { en = "Quiet", zh = "Quiet" }
enter = "idle > 20d"
confirm = "5d"
[[tier]]
id = "C"
name = { en = "Others", zh = "Others" }
[[stage]]
id = "at-risk"
name = { en = "At risk", zh = "At risk" }
when = "returning:yes"
[[stage]]
id = "calm"
name = { en = "Calm", zh = "Calm" }
when = "orders() >= 0"
[[pool]]
id = "all"
  [[pool.recycle]]
  when = "tier:C and idle > 30d"
  warn = "7d"
  reason = { en = "quiet", zh = "quiet" }
"#;

#[test]
fn a_stage_follows_the_warning_of_a_return() {
    let policy = AT_RISK.replace("confirm = \"5d\"", "confirm = \"90d\"");
    let mut office = Office::under(&policy);
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
    let mut stages = Vec::new();
    for days in [23, 1] {
        office.days_pass(days);
        stages.push(office.customer(acme).stage.to_string());
    }
    office.run(Command::Log(Box::new(crate::model::Log::call(acme, text("spoke"))))).unwrap();
    stages.push(office.customer(acme).stage.to_string());
    assert_eq!(stages, ["calm", "at-risk", "calm"]);
}

#[test]
fn what_a_server_slept_through_happens_in_its_order() {
    let mut office = Office::under(AT_RISK);
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
    office.days_pass(40);
    let customer = office.customer(acme);
    assert_eq!(
        (customer.tier, customer.owner.is_some()),
        (text("B"), true),
        "confirmed before it would return"
    );
}
