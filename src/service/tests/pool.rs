//! The open pool: one winner of all who want a customer, and returns at their moment.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use super::*;
use crate::model::{Cause, Sight};
use crate::rules::policy::SHIPPED;

const DAY: i64 = 24 * 3_600_000;
/// Midnight before the clock starts.
const MIDNIGHT: i64 = START - 9 * 3_600_000;

const POOL: &str = r#"
[[pool]]
id = "all"
hide = ["phones", "note", "contacts"]
  [[pool.recycle]]
  when = "tier:C and idle > 30d"
  warn = "7d"
  reason = { en = "no contact for 30 days", zh = "30天未跟进" }
  [pool.claim]
  per_day = 1000
"#;

fn office() -> Office {
    let start = |store, clock| Service::start(store, clock).unwrap();
    Office::under(&format!("{SHIPPED}{POOL}"), &Options::default(), |_| {}, start)
}

fn pooled(office: &Office, name: &str) -> Id {
    office.add(Kind::Customer, &[("name", name), ("owner", "none")]).unwrap().ids[0]
}

#[test]
fn of_64_who_claim_a_customer_one_gets_it_and_all_others_are_told_by_whom_and_when() {
    const CLAIMANTS: usize = 64;
    const ROUNDS: usize = 8;
    let office = office();
    let people: Vec<(Actor, Clean)> = (0..CLAIMANTS)
        .map(|n| {
            let name = text(&format!("Person {n}"));
            office.add(Kind::Member, &[("name", name.as_str())]).unwrap();
            (office.service.act_as(office.me, &name).unwrap(), name)
        })
        .collect();
    let customers: Vec<Id> = (0..ROUNDS).map(|n| pooled(&office, &format!("Customer {n}"))).collect();
    let start = Barrier::new(CLAIMANTS);
    let claim = |nth: usize| -> Vec<Done> {
        let each = customers.iter().map(|customer| {
            start.wait();
            let order = office.order(Command::Claim { customer: *customer }, None);
            office.service.execute(people[nth].0, 100 + nth as u128, vec![order]).pop().unwrap()
        });
        each.collect()
    };
    let claim = &claim;
    let done: Vec<Vec<Done>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..CLAIMANTS).map(|nth| scope.spawn(move || claim(nth))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for (round, customer) in customers.iter().enumerate() {
        let won: Vec<usize> = (0..CLAIMANTS).filter(|nth| done[*nth][round].is_ok()).collect();
        let [winner] = won[..] else { panic!("{customer}: {won:?}") };
        let row = office.service.head().snapshot.customer(*customer).unwrap();
        assert_eq!(row.owner, Some(people[winner].0.member));
        let lost = (0..CLAIMANTS).filter(|nth| *nth != winner);
        for refusal in lost.map(|nth| done[nth][round].clone().unwrap_err()) {
            let Refusal::Claimed { customer: told, by, at, next } = refusal else { panic!("{refusal:?}") };
            assert_eq!((told, &by, at), (*customer, &people[winner].1, row.owned));
            assert_ne!(next.map(|(id, _)| id), Some(*customer));
        }
    }
    office.verify();
}

#[test]
fn who_comes_too_late_is_offered_the_best_that_is_left() {
    let office = office();
    let [acme, poor, rich, gone] = ["Acme", "Poor", "Rich", "Gone"].map(|name| pooled(&office, name));
    for (name, amount) in [("Poor", "100"), ("Rich", "900"), ("Gone", "5000")] {
        office.add(Kind::Purchase, &[("customer", name), ("amount", amount)]).unwrap();
    }
    office.edit(gone, "archived", "yes").unwrap();
    office.add(Kind::Member, &[("name", "Anna")]).unwrap();
    let anna = office.service.act_as(office.me, &text("Anna")).unwrap();
    office.run(Command::Claim { customer: acme }).unwrap();
    let next = |customer: Id| {
        let order = office.order(Command::Claim { customer }, None);
        match office.service.execute(anna, 9, vec![order]).pop().unwrap().unwrap_err() {
            Refusal::Claimed { next, .. } => next,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(next(acme), Some((rich, text("Rich"))), "the highest spend");
    let (tier, reason, until) = (text("A"), text("because"), text(""));
    office.run(Command::TierSet { customer: poor, tier, reason, until }).unwrap();
    assert_eq!(next(acme), Some((poor, text("Poor"))), "but first the highest tier");
    for customer in [poor, rich] {
        office.run(Command::Claim { customer }).unwrap();
    }
    assert_eq!(next(acme), None);
    let head = office.service.head();
    let best = head.book.best_of_pool(
        &text("elsewhere"),
        &crate::filter::Lens::new(office.service.now(), head.ground, None, &[]),
        &Sight::All,
    );
    assert_eq!(best, None);
}

#[test]
fn a_pool_is_listed_and_what_will_return_says_when() {
    let office = office();
    let [acme, beta] = ["Acme", "Beta"].map(|name| office.customer(name));
    office.run(Command::Release { customer: beta, reason: text("no budget") }).unwrap();
    assert_eq!(office.list("pooled:yes"), ["Beta"]);
    assert_eq!(office.list("pool:all"), ["Beta"]);
    assert_eq!(office.list("returns<=2018-02-01"), ["Acme"]);
    assert_eq!(office.list("returning:yes"), [""; 0]);
    let line = office.card(acme).line;
    assert_eq!((line.returns, line.returning), (Some(Instant(MIDNIGHT + 31 * DAY)), false));
    office.run(Command::ClockMove { to: text("+25d") }).unwrap();
    assert_eq!(office.list("returning:yes"), ["Acme"]);
    assert!(office.card(acme).line.returning);
    office.verify();
}

#[test]
fn what_time_brings_is_caught_up_as_of_its_moments_in_their_order() {
    let office = office();
    let [acme, beta] = ["Acme", "Beta"].map(|name| office.customer(name));
    let bought = [("customer", "Acme"), ("amount", "20000"), ("date", "2018-01-01")];
    office.add(Kind::Purchase, &bought).unwrap();
    assert_eq!(office.card(acme).line.returns, None, "of tier B");
    let before = office.service.head().snapshot.head();
    office.clock.fetch_add(500 * DAY, Ordering::SeqCst);
    office.service.catch_up();
    let head = office.service.head();
    let released = |id| head.snapshot.customer(id).unwrap().released;
    assert_eq!(released(beta), Some(Instant(MIDNIGHT + 31 * DAY)));
    let warned = Some(Instant(MIDNIGHT + (365 + 7) * DAY));
    assert_eq!(released(acme), warned, "it fell to tier C, and a week of warning followed");
    let due = |seq| match head.snapshot.entry(seq).unwrap().cause {
        Cause::Due { at, .. } => at,
        other => panic!("{other:?}"),
    };
    let moments: Vec<Instant> = (before + 1..=head.snapshot.head()).map(due).collect();
    assert!(moments.is_sorted(), "{moments:?}");
    let rules: BTreeSet<Clean> = (before + 1..=head.snapshot.head())
        .filter_map(|seq| match head.snapshot.entry(seq)?.cause {
            Cause::Due { rule, .. } => Some(rule),
            _ => None,
        })
        .collect();
    assert_eq!(rules, [text("grade"), text("pool all")].into());
    office.service.catch_up();
    assert_eq!(office.service.head().snapshot.head(), head.snapshot.head(), "once");
    office.verify();
}

#[test]
fn a_policy_that_is_adopted_puts_customers_in_its_pools_and_says_when_they_return() {
    let office = Office::new();
    let [acme, beta] = ["Acme", "Beta"].map(|name| office.customer(name));
    office.run(Command::Release { customer: beta, reason: text("no budget") }).unwrap();
    let adopt = |policy: String| office.run(Command::PolicyAdopt { text: text(&policy) }).unwrap();
    let stands = |id: Id| {
        let row = office.service.head().snapshot.customer(id).unwrap();
        (row.pool.to_string(), row.returns)
    };
    adopt(format!("{SHIPPED}{POOL}"));
    office.service.catch_up();
    assert_eq!(stands(acme), ("all".to_owned(), Some(Instant(MIDNIGHT + 31 * DAY))));
    assert_eq!(stands(beta), ("all".to_owned(), None));
    adopt(SHIPPED.to_owned());
    office.service.catch_up();
    assert_eq!([stands(acme), stands(beta)], [(String::new(), None), (String::new(), None)]);
    office.verify();
}
