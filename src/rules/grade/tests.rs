//! Tiers and stages: what lifts them, by rule, by hand and with time.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::super::policy::SHIPPED;
use super::super::testing::{Office, text, undo};
use super::*;
use crate::model::{Command, Entry, Event, Fact, Kind, Memory, Purchase, Row, Tally, World};
use crate::text::{Currency, Money};

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

/// Rows that count how often they are read.
struct Counting<'r>(&'r Memory, Cell<u64>);

impl Counting<'_> {
    fn rows(&self) -> &Memory {
        self.1.set(self.1.get() + 1);
        self.0
    }
}

impl Rows for Counting<'_> {
    fn row(&self, id: Id) -> Option<Row> {
        self.rows().row(id)
    }
    fn scan(&self, from: &[u8], to: &[u8], backwards: bool, see: &mut dyn FnMut(&[u8]) -> bool) {
        self.rows().scan(from, to, backwards, see);
    }
    fn tally(&self, customer: u64, fact: Fact, from: Day, to: Day) -> Tally {
        self.rows().tally(customer, fact, from, to)
    }
    fn each_row(&self, kind: Kind, from: u64, see: &mut dyn FnMut(u64, Row) -> bool) {
        self.rows().each_row(kind, from, see);
    }
    fn each_tally(&self, from: u64, to: u64, see: &mut dyn FnMut(u64, Fact, Day, Tally)) {
        self.rows().each_tally(from, to, see);
    }
    fn next(&self, kind: Kind) -> u64 {
        self.rows().next(kind)
    }
    fn head(&self) -> u64 {
        self.0.head()
    }
    fn entry(&self, seq: u64) -> Option<Entry> {
        self.rows().entry(seq)
    }
    fn history(&self, id: Id, before: u64, see: &mut dyn FnMut(u64) -> bool) {
        self.rows().history(id, before, see);
    }
    fn mentions(&self, member: Id, see: &mut dyn FnMut(u64) -> bool) {
        self.rows().mentions(member, see);
    }
    fn undone_by(&self, seq: u64) -> Option<u64> {
        self.rows().undone_by(seq)
    }
}

/// Grading a group of so many, how often rows are read, and how many of it come to tier A.
fn reads_of_a_group(size: usize) -> (u64, usize) {
    const POLICY: &str = r#"
        schema = 1
        [[tier]]
        id = "A"
        name = { en = "A", zh = "A" }
        enter = "group(spend(365d))>=1000"
        keep = "group(spend(365d))>=500 or group(contacts(90d))>=3"
        [[tier]]
        id = "C"
        name = { en = "C", zh = "C" }
    "#;
    let mut office = Office::under(POLICY);
    let head = office.make(Kind::Customer, &[("name", "Acme")]);
    for nth in 1..size {
        office.make(Kind::Customer, &[("name", &format!("Acme {nth}")), ("parent", &head.to_string())]);
    }
    let policy = Policy::parse(POLICY).unwrap();
    let rows = Counting(&office.rows, Cell::new(0));
    let mut world = World::over(&rows);
    let amount = Some(Money { minor: 100_000, currency: Currency::CNY });
    let date = Some(office.now.day(world.ground().zone));
    let bought = Purchase { customer: Some(head), amount, date, ..Purchase::default() };
    let record = world.fresh(Kind::Purchase);
    world.emit(Event::Created { record, values: Row::from(bought).values() });
    follow(&mut world, &policy, &BTreeSet::from([head.n]), office.now);
    let is_up = |n: &u64| world.customer(Id::customer(*n)).unwrap().tier.as_str() == "A";
    (rows.1.get(), (1..=size as u64).filter(is_up).count())
}

#[test]
fn a_group_is_read_once_however_many_of_it_are_graded() {
    let [(few, _), (many, up)] = [10, 40].map(reads_of_a_group);
    assert_eq!(up, 40, "all of it spend together");
    assert!(many < 5 * few, "{few} reads for a group of 10, {many} for one of 40");
}
