//! The open pool: who gets a customer, who does not, and when one returns.

use super::super::policy::SHIPPED;
use super::super::testing::{ADMIN, LEAD, Office, REP, add, edit, row, text, undo};
use super::*;
use crate::model::{Cause, Command, Kind, Limit, Log, Refusal, Undone};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// 1 January 2018, 00:00 in Shanghai.
const MIDNIGHT: i64 = 1_514_736_000_000;

const POOLS: &str = r#"
[[pool]]
id = "east"
teams = ["East"]
  [[pool.recycle]]
  when = "tier:C and idle > 30d"
  warn = "7d"
  reason = { en = "no contact for 30 days", zh = "30天未跟进" }
  [[pool.recycle]]
  when = "open(deals) = 0 and idle > 100d"
  reason = { en = "no deal", zh = "no deal" }
  [pool.claim]
  per_day = 3
  hold = 4
  hold_by_tier = { A = 1 }
  cool_down = "7d"
  protect = { period = "60d", at_most = 1 }

[[pool]]
id = "rest"
"#;

/// 1 January 2018, 09:00 in Shanghai, where every office opens.
const START_OF_WORK: i64 = MIDNIGHT + 9 * HOUR;

/// Bo and Lea in the team East; the admin in none.
fn office() -> Office {
    let mut office = Office::under(&format!("{SHIPPED}{POOLS}"));
    office.make(Kind::Team, &[("name", "East")]);
    for member in [REP, LEAD] {
        office.run(edit(member, "team", "East")).unwrap();
    }
    office
}

/// Customers that Bo had and that lie in the pool of the East since a year.
fn pooled<const N: usize>(office: &mut Office, names: [&str; N]) -> [Id; N] {
    let ids = names.map(|name| office.make(Kind::Customer, &[("name", name), ("owner", "Bo")]));
    for id in ids {
        office.run(release(id).by(ADMIN)).unwrap();
    }
    office.days_pass(365);
    ids
}

fn claim(customer: Id) -> Command {
    Command::Claim { customer }
}

fn release(customer: Id) -> Command {
    Command::Release { customer, reason: text("no budget") }
}

fn protect(customer: Id, on: bool) -> Command {
    Command::Protect { customer, on, reason: text("big deal") }
}

fn refusal(office: &mut Office, command: Command, by: Id) -> Refusal {
    office.run(command.by(by)).unwrap_err()
}

#[test]
fn a_claim_has_one_winner_and_the_loser_is_told_who() {
    let mut office = office();
    let [acme] = pooled(&mut office, ["Acme"]);
    assert_eq!(office.customer(acme).pool, text("east"));
    let at = office.now;
    office.run(claim(acme).by(REP)).unwrap();
    office.now = Instant(at.0 + HOUR);
    let lost = Refusal::Claimed { customer: acme, by: text("Bo"), at: Some(at), next: None };
    assert_eq!(refusal(&mut office, claim(acme), LEAD), lost);
    let customer = office.customer(acme);
    assert_eq!((customer.owner, customer.owned), (Some(REP), Some(at)));
    let again = office.run(claim(acme).by(REP)).unwrap();
    assert_eq!(again.became, crate::model::Became::Unchanged, "who has it has it");
}

#[test]
fn what_a_team_serves_is_not_claimed_and_what_others_share_neither() {
    let mut office = office();
    let [acme, beta] = pooled(&mut office, ["Acme", "Beta"]);
    office.run(edit(beta, "team", "East")).unwrap();
    assert!(
        matches!(refusal(&mut office, claim(beta), REP), Refusal::Claimed { by, .. } if by == text("East"))
    );
    let others = Refusal::OtherPool(text("east"), vec![text("East")]);
    assert_eq!(refusal(&mut office, claim(acme), ADMIN), others);
    let free = office.make(Kind::Customer, &[("name", "Free"), ("owner", "none")]);
    assert_eq!(office.customer(free).pool, text("east"), "of nobody's team: the first pool");
    assert!(matches!(refusal(&mut office, claim(Id::customer(99)), REP), Refusal::NoRecord(_)));
}

#[test]
fn releasing_and_undoing_do_not_escape_the_limit_of_a_day() {
    let mut office = office();
    let [a, b, c, d] = pooled(&mut office, ["A", "B", "C", "D"]);
    let seq = office.seq(claim(a).by(REP));
    assert_eq!(refusal(&mut office, undo(seq), REP), Refusal::ClaimStands(a));
    let last = Command::Undo { what: Undone::MyLast, partial: false };
    assert_eq!(refusal(&mut office, last, REP), Refusal::ClaimStands(a), "no act before it is meant");
    office.run(release(a).by(REP)).unwrap();
    for id in [b, c] {
        office.run(claim(id).by(REP)).unwrap();
    }
    assert_eq!(refusal(&mut office, claim(d), REP), Refusal::ClaimLimit(Limit::Day, 3));
    office.run(claim(d).by(LEAD)).unwrap();
    office.run(release(d).by(LEAD)).unwrap();
    office.days_pass(1);
    office.run(claim(d).by(REP)).unwrap();
}

#[test]
fn one_holds_so_many_and_of_a_tier_so_many() {
    let mut office = office();
    let [a, b, c, d] = pooled(&mut office, ["A", "B", "C", "D"]);
    for id in [a, b] {
        let (tier, reason, until) = (text("A"), text("because"), text(""));
        office.run(Command::TierSet { customer: id, tier, reason, until }).unwrap();
    }
    office.run(claim(a).by(REP)).unwrap();
    assert_eq!(refusal(&mut office, claim(b), REP), Refusal::ClaimLimit(Limit::Tier(text("A")), 1));
    office.run(claim(c).by(REP)).unwrap();
    let own = ["X", "Y"].map(|name| office.make(Kind::Customer, &[("name", name), ("owner", "Bo")]));
    assert_eq!(refusal(&mut office, claim(d), REP), Refusal::ClaimLimit(Limit::Hold, 4));
    office.run(edit(own[0], "archived", "yes")).unwrap();
    office.run(claim(d).by(REP)).unwrap();
}

#[test]
fn a_new_customer_counts_like_one_that_is_claimed() {
    let mut office = office();
    for name in ["A", "B", "C", "D"] {
        office.run(add(Kind::Customer, &[("name", name)]).by(REP)).unwrap();
    }
    let full = Refusal::ClaimLimit(Limit::Hold, 4);
    let new = |owner| add(Kind::Customer, &[("name", "E"), ("owner", owner)]);
    assert_eq!(refusal(&mut office, new("Bo"), REP), full);
    assert_eq!(
        refusal(&mut office, add(Kind::Customer, &[("name", "E")]), REP),
        full,
        "theirs unless they say"
    );
    assert_eq!(refusal(&mut office, row(Kind::Customer, "e", &[("name", "E"), ("owner", "Bo")]), REP), full);
    for act in [new("none").by(REP), new("Lea").by(REP), new("Bo").by(LEAD)] {
        office.run(act).unwrap();
    }
}

#[test]
fn who_gets_a_customer_is_warned_as_long_as_whoever_had_it() {
    let policy =
        format!("{SHIPPED}{POOLS}").replace("tier:C and idle > 30d", "created < 2018-01-20 and region:none");
    let mut office = Office::under(&policy);
    office.make(Kind::Team, &[("name", "East")]);
    office.run(edit(REP, "team", "East")).unwrap();
    office.run(edit(LEAD, "team", "East")).unwrap();
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
    let returns = |office: &Office| office.customer(acme).returns.map(|at| (at.0 - START_OF_WORK) / DAY);
    assert_eq!(returns(&office), Some(7));
    office.days_pass(5);
    office.run(edit(acme, "industry", "bank")).unwrap();
    assert_eq!(returns(&office), Some(7), "they know it since then");
    office.run(edit(acme, "owner", "Lea").by(LEAD)).unwrap();
    assert_eq!(returns(&office), Some(12));
    office.days_pass(1);
    office.run(edit(acme, "industry", "shop")).unwrap();
    assert_eq!(returns(&office), Some(12));
}

#[test]
fn who_had_a_customer_waits_before_they_claim_it_again_however_they_lost_it() {
    for by_rule in [false, true] {
        let mut office = office();
        let [acme] = pooled(&mut office, ["Acme"]);
        office.run(claim(acme).by(REP)).unwrap();
        if by_rule {
            office.days_pass(31);
        } else {
            office.run(release(acme).by(REP)).unwrap();
        }
        let parted = office.customer(acme).released.unwrap();
        let again = Instant(parted.0 + 7 * DAY);
        assert_eq!(refusal(&mut office, claim(acme), REP), Refusal::CoolDown(acme, again), "{by_rule}");
        let other = office.run(claim(acme).by(LEAD));
        assert!(other.is_ok(), "{other:?}");
        office.run(release(acme).by(LEAD)).unwrap();
        office.days_pass(7);
        office.run(claim(acme).by(REP)).unwrap();
    }
}

#[test]
fn a_release_has_a_reason_and_somebody_who_may() {
    let mut office = office();
    let [acme] = pooled(&mut office, ["Acme"]);
    assert_eq!(refusal(&mut office, release(acme), REP), Refusal::NotHeld(acme));
    office.run(claim(acme).by(LEAD)).unwrap();
    assert_eq!(refusal(&mut office, release(acme), REP), Refusal::NotYours(acme, text("Lea")));
    let why = |words: &str| Command::Release { customer: acme, reason: text(words) };
    assert!(matches!(refusal(&mut office, why(""), LEAD), Refusal::Missing(..)));
    assert!(matches!(refusal(&mut office, why(&"z".repeat(401)), LEAD), Refusal::TooLong(..)));
    let seq = office.seq(why("moved away").by(LEAD));
    let customer = office.customer(acme);
    assert_eq!(
        (customer.owner, customer.released, customer.released_by),
        (None, Some(office.now), Some(LEAD))
    );
    assert_eq!((customer.release_reason, customer.pool), (text("moved away"), text("east")));
    office.run(undo(seq).by(LEAD)).unwrap();
    assert_eq!(office.customer(acme).owner, Some(LEAD));
}

#[test]
fn an_edit_leads_neither_in_nor_out() {
    let mut office = office();
    let [acme] = pooled(&mut office, ["Acme"]);
    assert_eq!(refusal(&mut office, edit(acme, "owner", "me"), REP), Refusal::ByClaim(acme));
    assert_eq!(refusal(&mut office, edit(acme, "team", "East"), REP), Refusal::ByClaim(acme));
    office.run(edit(acme, "owner", "Bo").by(LEAD)).unwrap();
    assert_eq!(refusal(&mut office, edit(acme, "owner", "none"), ADMIN), Refusal::ByRelease(acme));
    office.run(edit(acme, "region", "north").by(REP)).unwrap();
    let mut plain = Office::new();
    let [free] = plain.customers(["Free"]);
    plain.run(edit(free, "owner", "none")).unwrap();
    plain.run(edit(free, "owner", "Bo").by(REP)).unwrap();
}

#[test]
fn what_a_lead_decided_is_not_taken_back_by_whom_it_concerns() {
    let mut office = office();
    let [acme, beta] =
        ["Acme", "Beta"].map(|name| office.make(Kind::Customer, &[("name", name), ("owner", "Bo")]));
    let released = office.seq(release(acme).by(LEAD));
    assert_eq!(refusal(&mut office, undo(released), REP), Refusal::ByClaim(acme));
    let given = office.seq(edit(beta, "owner", "Lea").by(LEAD));
    assert_eq!(refusal(&mut office, undo(given), REP), Refusal::NotYours(beta, text("Lea")));
    for seq in [released, given] {
        office.run(undo(seq).by(LEAD)).unwrap();
    }
    assert_eq!([acme, beta].map(|customer| office.customer(customer).owner), [Some(REP); 2]);
}

#[test]
fn without_pools_everybody_claims_and_nothing_returns() {
    let mut office = Office::new();
    let [acme] = office.customers(["Acme"]);
    office.run(release(acme)).unwrap();
    let seq = office.seq(claim(acme).by(REP));
    office.run(undo(seq).by(REP)).unwrap();
    office.run(claim(acme).by(REP)).unwrap();
    assert_eq!(refusal(&mut office, protect(acme, true), REP), Refusal::NoProtection(acme));
    office.days_pass(900);
    let customer = office.customer(acme);
    assert_eq!((customer.owner, customer.returns, customer.pool), (Some(REP), None, text("")));
}

#[test]
fn neglect_returns_a_customer_on_its_day_with_the_reason_of_the_rule() {
    let mut office = office();
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
    let day = |days: i64| Some(Instant(MIDNIGHT + days * DAY));
    let coming = |office: &Office| (office.customer(acme).returns, office.customer(acme).return_warned);
    assert_eq!(coming(&office), (day(31), day(24)));
    office.days_pass(10);
    office.run(Command::Log(Box::new(Log::call(acme, text("spoke")))).by(REP)).unwrap();
    assert_eq!(coming(&office), (day(41), day(34)), "a real contact resets the clock");
    office.make(Kind::Purchase, &[("customer", "Acme"), ("amount", "20000"), ("date", "today")]);
    assert_eq!(coming(&office), (day(111), None), "of tier B only the second rule");
    office.days_pass(100);
    assert_eq!(office.customer(acme).owner, Some(REP));
    office.days_pass(40);
    let customer = office.customer(acme);
    assert_eq!((customer.owner, customer.released, customer.released_by), (None, day(111), None));
    assert_eq!(
        (customer.release_reason, customer.pool, customer.returns),
        (text("no deal"), text("east"), None)
    );
    let causes = (1..=office.rows.head()).filter_map(|seq| office.rows.entry(seq));
    let causes: Vec<Cause> =
        causes.filter(|entry| entry.command == text("pool return")).map(|entry| entry.cause).collect();
    assert_eq!(causes, [Cause::Due { at: day(111).unwrap(), rule: text("pool east") }]);
}

#[test]
fn a_claimed_customer_does_not_fall_back_tonight() {
    let mut office = office();
    let [acme] = pooled(&mut office, ["Acme"]);
    office.run(claim(acme).by(REP)).unwrap();
    assert_eq!(office.customer(acme).returns, Some(Instant(MIDNIGHT + (365 + 31) * DAY)));
    office.days_pass(30);
    assert_eq!(office.customer(acme).owner, Some(REP));
    office.days_pass(1);
    assert_eq!(office.customer(acme).release_reason, text("30天未跟进 / no contact for 30 days"));
}

#[test]
fn protection_keeps_a_customer_until_it_ends_and_is_for_a_few() {
    let mut office = office();
    let [acme, beta] =
        ["Acme", "Beta"].map(|name| office.make(Kind::Customer, &[("name", name), ("owner", "Bo")]));
    assert!(matches!(
        refusal(&mut office, Command::Protect { customer: acme, on: true, reason: text("") }, REP),
        Refusal::Missing(..)
    ));
    let done = office.run(protect(acme, true).by(REP)).unwrap();
    let until = Instant(office.now.0 + 60 * DAY);
    assert_eq!(done.dates, [(text("protected"), until)]);
    assert_eq!(office.customer(acme).returns, Some(until), "already neglected when it ends");
    assert_eq!(refusal(&mut office, protect(beta, true), REP), Refusal::ClaimLimit(Limit::Protected, 1));
    office.run(protect(acme, true).by(REP)).unwrap();
    office.days_pass(59);
    assert_eq!((office.customer(acme).owner, office.customer(beta).owner), (Some(REP), None));
    office.days_pass(1);
    assert_eq!((office.customer(acme).owner, office.customer(acme).protected), (None, None));
}

#[test]
fn protection_ends_by_hand_too() {
    let mut office = office();
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
    office.run(protect(acme, true).by(REP)).unwrap();
    assert!(matches!(
        refusal(&mut office, protect(acme, false), Id::new(Kind::Member, 99)),
        Refusal::NotAllowed(_)
    ));
    office.run(protect(acme, false).by(REP)).unwrap();
    assert_eq!(office.customer(acme).returns, Some(Instant(MIDNIGHT + 31 * DAY)));
    let theirs = office.make(Kind::Customer, &[("name", "Theirs"), ("owner", "Li Wei")]);
    assert_eq!(refusal(&mut office, protect(theirs, true), ADMIN), Refusal::NoProtection(theirs));
    assert_eq!(office.customer(theirs).returns, None, "the pool of other teams has no rule");
}

#[test]
fn a_rule_that_moves_with_every_day_is_looked_at_again_and_not_too_late() {
    let rule = "created < -7m";
    let policy = format!("{SHIPPED}{POOLS}").replace("tier:C and idle > 30d", rule);
    let mut office = Office::under(&policy);
    office.make(Kind::Team, &[("name", "East")]);
    office.run(edit(REP, "team", "East")).unwrap();
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
    office.run(add(Kind::Deal, &[("customer", "Acme"), ("product", "lots")])).unwrap();
    assert_eq!(office.customer(acme).returns, None, "too far to be seen");
    office.days_pass(190);
    assert_eq!(office.customer(acme).returns, Some(Instant(MIDNIGHT + 213 * DAY)));
    office.days_pass(23);
    assert_eq!(office.customer(acme).released, Some(Instant(MIDNIGHT + 213 * DAY)));
}

#[test]
fn with_their_owner_customers_go_to_the_pool_of_another_team() {
    let mut office = office();
    office.make(Kind::Team, &[("name", "West")]);
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
    let where_to = |office: &Office| (office.customer(acme).pool, office.customer(acme).returns.is_some());
    assert_eq!(where_to(&office), (text("east"), true));
    office.run(edit(REP, "team", "West")).unwrap();
    assert_eq!(where_to(&office), (text("rest"), false), "the pool of others has no rule");
    let west = office.rows.member(REP).unwrap().team.unwrap();
    let east = office.rows.member(LEAD).unwrap().team.unwrap();
    office.run(edit(east, "name", "Far East")).unwrap();
    office.run(edit(west, "name", "East")).unwrap();
    assert_eq!(where_to(&office), (text("east"), true));
}

#[test]
fn no_file_and_no_undo_leads_round_a_claim_or_a_release() {
    let mut office = office();
    let [acme, beta] = pooled(&mut office, ["Acme", "Beta"]);
    let of_file = |owner: &str| row(Kind::Customer, "", &[("name", "Acme"), ("owner", owner)]);
    assert_eq!(refusal(&mut office, of_file("Bo"), REP), Refusal::ByClaim(acme));
    office.run(of_file("Bo").by(LEAD)).unwrap();
    assert_eq!(refusal(&mut office, of_file("none"), ADMIN), Refusal::ByRelease(acme));
    let held: Vec<Id> =
        ["C", "D", "E"].map(|name| office.make(Kind::Customer, &[("name", name), ("owner", "Bo")])).into();
    let released = office.seq(release(held[0]).by(REP));
    office.run(claim(beta).by(REP)).unwrap();
    let hold = Refusal::ClaimLimit(Limit::Hold, 4);
    assert_eq!(refusal(&mut office, undo(released), REP), hold, "Bo holds four again");
    office.run(release(held[1]).by(REP)).unwrap();
    office.run(undo(released).by(REP)).unwrap();
    assert_eq!(office.customer(held[0]).owner, Some(REP));
}

#[test]
fn what_is_another_s_is_given_by_them_and_to_who_may_hold_it() {
    let mut office = office();
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Li Wei")]);
    assert_eq!(refusal(&mut office, edit(acme, "owner", "Bo"), REP), Refusal::NotYours(acme, text("Li Wei")));
    assert_eq!(refusal(&mut office, release(acme), REP), Refusal::NotYours(acme, text("Li Wei")));
    office.run(edit(acme, "owner", "Bo")).unwrap();
    office.run(edit(acme, "archived", "yes").by(REP)).unwrap();
    for name in ["B", "C", "D", "E"] {
        office.make(Kind::Customer, &[("name", name), ("owner", "Bo")]);
    }
    let hold = Refusal::ClaimLimit(Limit::Hold, 4);
    assert_eq!(refusal(&mut office, edit(acme, "archived", "no"), REP), hold, "put away is not held");
    office.run(edit(acme, "archived", "no").by(LEAD)).unwrap();
}

#[test]
fn whoever_is_neglected_when_a_rule_is_new_is_warned_of_first() {
    let mut office = office();
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Li Wei")]);
    office.days_pass(300);
    office.run(edit(ADMIN, "team", "East")).unwrap();
    let customer = office.customer(acme);
    let at = customer.returns.unwrap();
    assert_eq!((at.0 - office.now.0, customer.return_warned), (7 * DAY, Some(office.now)));
    office.days_pass(3);
    office.run(edit(acme, "region", "north")).unwrap();
    assert_eq!(office.customer(acme).returns, Some(at), "from then on");
    office.days_pass(4);
    assert_eq!((office.customer(acme).owner, office.customer(acme).released), (None, Some(at)));
}

#[test]
fn what_protects_a_customer_is_taken_back_by_whose_it_is() {
    let mut office = office();
    let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "Bo")]);
    let cy = office.make(Kind::Member, &[("name", "Cy"), ("login", "cy")]);
    let on = office.seq(protect(acme, true).by(REP));
    let until = office.customer(acme).protected;
    assert_eq!(refusal(&mut office, undo(on), cy), Refusal::NotYours(acme, text("Bo")));
    let off = office.seq(protect(acme, false).by(LEAD));
    assert_eq!(refusal(&mut office, undo(off), cy), Refusal::NotYours(acme, text("Bo")));
    office.run(undo(off).by(LEAD)).unwrap();
    assert_eq!(office.customer(acme).protected, until);
}

#[test]
fn to_protect_a_customer_is_not_to_hold_one_more() {
    let mut office = office();
    let held =
        ["A", "B", "C", "D", "E"].map(|name| office.make(Kind::Customer, &[("name", name), ("owner", "Bo")]));
    let on = office.seq(protect(held[0], true).by(REP));
    office.run(undo(on).by(REP)).expect("five are held, and nothing is protected");
    office.run(protect(held[0], true).by(REP)).unwrap();
    let off = office.seq(protect(held[0], false).by(REP));
    office.run(protect(held[1], true).by(REP)).unwrap();
    assert_eq!(refusal(&mut office, undo(off), REP), Refusal::ClaimLimit(Limit::Protected, 1));
    office.run(protect(held[1], false).by(REP)).unwrap();
    office.run(undo(off).by(REP)).unwrap();
}

#[test]
fn of_whom_a_member_released_no_endless_number_is_looked_at() {
    let office = office();
    let entries: Vec<Entry> = (1..=office.rows.head()).filter_map(|seq| office.rows.entry(seq)).collect();
    let regrouped_of = |released: u64| {
        let mut world = World::over(&office.rows);
        let values = vec![(Kind::Customer.field("released_by").unwrap().0, Value::Ref(REP))];
        for n in 1..=released {
            world.emit(Event::Created { record: Id::customer(n), values: values.clone() });
        }
        regrouped(&world, office.policy(), &entries, 100).map(|customers| customers.len())
    };
    assert_eq!(regrouped_of(LOOKED_AT as u64), Some(0));
    assert_eq!(regrouped_of(LOOKED_AT as u64 + 1), None);
}
