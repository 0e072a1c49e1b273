//! What a preview says is what is after the adoption, customer by customer: tiers, stages, and the open pools.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::chance::by_chance;
use super::policies::EXAMPLES;
use super::*;
use crate::model::query::{PolicyAnswer, PolicyQuery, Preview};
use crate::model::{Channel, Direction};
use crate::rules::policy::SHIPPED;

/// Two pools with rules of their own, each with a fact that grading or time changes.
const POOLS: &str = r#"
[[pool]]
id = "east"
teams = ["East"]
  [[pool.recycle]]
  when = "tier:A,B idle > 3d"
  reason = { en = "left alone", zh = "无人跟进" }

[[pool]]
id = "rest"
  [[pool.recycle]]
  when = "stage:lapsed"
  warn = "2d"
  reason = { en = "lapsed", zh = "流失" }
  [[pool.recycle]]
  when = "tier:C and idle > 40d"
  warn = "7d"
  reason = { en = "no contact for 40 days", zh = "40天未跟进" }
"#;

/// Where a customer stands: the tier that it has or waits for, the stage, the pool, and when it returns there.
type Stands = (String, String, String, Option<Instant>);

impl Office {
    fn tried(&self, policy: &str, against: &str) -> Preview {
        let (text, against) = (text(policy), text(against));
        let query = PolicyQuery::Preview { text, against, limit: 1000, each: 1000 };
        match self.service.answer(self.me, &Query::Policy(query)).unwrap().1 {
            Answer::Policy(PolicyAnswer::Preview(preview)) => *preview,
            other => panic!("{other:?}"),
        }
    }

    fn stands(&self) -> BTreeMap<Id, Stands> {
        let mut stands = BTreeMap::new();
        self.service.head().snapshot.each_row(Kind::Customer, 1, &mut |n, row| {
            if let crate::model::Row::Customer(row) = row {
                let aim = if row.tier_next.is_empty() { &row.tier } else { &row.tier_next };
                let [tier, stage, pool] = [aim, &row.stage, &row.pool].map(Clean::to_string);
                stands.insert(Id::customer(n), (tier, stage, pool, row.returns));
            }
            true
        });
        stands
    }
}

/// Where everybody stands once what a preview says has come; whoever returns at once is back already.
fn foreseen(mut stands: BTreeMap<Id, Stands>, preview: &Preview, now: Instant) -> BTreeMap<Id, Stands> {
    for to in &preview.moves {
        let stands = stands.get_mut(&to.customer.id).unwrap();
        assert_eq!([&stands.0, &stands.1], [to.tier[0].as_str(), to.stage[0].as_str()]);
        (stands.0, stands.1) = (to.tier[1].to_string(), to.stage[1].to_string());
    }
    for to in &preview.returns {
        let stands = stands.get_mut(&to.customer.id).unwrap();
        assert_eq!((stands.2.as_str(), stands.3), (to.pool[0].as_str(), to.at[0]));
        assert_eq!(to.at[1].is_some(), !to.rule.is_empty(), "a return has its rule");
        (stands.2, stands.3) = (to.pool[1].to_string(), to.at[1].filter(|at| *at > now));
    }
    stands
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_preview_and_the_book_after_its_adoption_agree(
        commands in prop::collection::vec((0..16_u8, 0..40_u64, 0..9_u8), 10..60),
        policies in prop::collection::vec(0..5_usize, 2..4),
        days in 0..50_i64,
    ) {
        let office = Office::new();
        let pooling = format!("{SHIPPED}{POOLS}");
        let all = [EXAMPLES[0], EXAMPLES[1], EXAMPLES[2], SHIPPED, &pooling];
        office.add(Kind::Team, &[("name", "East")]).unwrap();
        office.add(Kind::Member, &[("name", "Anna"), ("team", "East")]).unwrap();
        for name in ["Acme", "Betatech", "重庆长安", "Hottechi", "Zoomzone"] {
            office.customer(name);
        }
        for command in commands {
            let _ = office.run(by_chance(command)); // some are refused, as in life
        }
        office.clock.fetch_add(days * 24 * 3_600_000, Ordering::SeqCst);
        office.service.catch_up();
        for nth in policies {
            let preview = office.tried(all[nth], "");
            let expected = foreseen(office.stands(), &preview, office.service.now());
            office.run(Command::PolicyAdopt { text: text(all[nth]) }).unwrap();
            prop_assert_eq!(office.stands(), expected, "policy {}", nth);
            let again = office.tried(all[nth], "");
            prop_assert_eq!(again.moves, vec![]);
            let stays = again.returns.iter().all(|to| to.at[0] == to.at[1] && to.pool[0] == to.pool[1]);
            prop_assert!(stays && again.spared == 0 && again.pooling[0] == again.pooling[1]);
        }
        office.verify();
    }
}

#[test]
fn who_would_return_is_told_with_day_and_rule_and_who_would_not_any_more_as_well() {
    let office = Office::new();
    for name in ["Acme", "Betatech"] {
        office.customer(name);
    }
    let pooling = format!("{SHIPPED}{POOLS}");
    let later = pooling.replace("idle > 40d", "idle > 10d");
    let preview = office.tried(&pooling, "");
    assert_eq!(preview.pooling.map(|pooling| [pooling.soon, pooling.later]), [[0, 0], [0, 2]]);
    assert_eq!(preview.spared, 0);
    let to = &preview.returns[0];
    assert_eq!((to.rule.as_str(), to.en.as_str()), ("tier:C idle>40d", "no contact for 40 days"));
    let both = office.tried(SHIPPED, &later);
    assert_eq!(both.pooling.map(|pooling| [pooling.soon, pooling.later]), [[2, 0], [0, 0]]);
    assert_eq!((both.spared, both.returns.len()), (2, 2));
    let few = PolicyQuery::Preview { text: text(&pooling), against: text(""), limit: 9, each: 1 };
    let Answer::Policy(PolicyAnswer::Preview(few)) =
        office.service.answer(office.me, &Query::Policy(few)).unwrap().1
    else {
        panic!()
    };
    assert_eq!((few.returns.len(), few.more_returns), (1, 1));
}

#[test]
fn the_load_counts_answers_by_the_standard_and_says_which_were_in_time() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let say = |direction, channel| {
        let mut log = Log::call(acme, text("words"));
        (log.direction, log.channel) = (Some(direction), Some(channel));
        office.run(Command::Log(Box::new(log))).unwrap();
    };
    let hours = |hours: i64| office.clock.fetch_add(hours * 3_600_000, Ordering::SeqCst);
    for wait in [1, 9] {
        for _ in 0..13 {
            say(Direction::In, Channel::Email);
            hours(wait);
            say(Direction::Out, Channel::Email);
            hours(12);
        }
    }
    say(Direction::In, Channel::Phone);
    let prompt = format!("capacity = 25\n{SHIPPED}")
        .replace("id = \"C\"", "id = \"C\"\nanswer_within = \"4h\"")
        .replace("contact_every = \"90d\"", "contact_every = \"7d\"");
    let preview = office.tried(&prompt, "");
    let load = &preview.load[0];
    assert_eq!((load.then, load.answers), (100, [0, 100 * 27 / 13]));
    assert_eq!(load.in_time, 100 * 14 / 13, "thirteen within four hours, and who calls is answered at once");
    assert_eq!(preview.capacity, Some(25));
}

const INQUIRY: &str = r#"
[[playbook]]
id = "wake"
on = "inquiry"
  [[playbook.step]]
  id = "call"
  within = "24h"
"#;

#[test]
fn steps_of_two_policies_are_compared_with_each_other() {
    let base = format!("{SHIPPED}{INQUIRY}");
    let office = Office::new();
    office.run(Command::PolicyAdopt { text: text(&base) }).unwrap();
    let acme = office.customer("Acme");
    office.run(Command::PlaybookStart { customer: acme, playbook: text("wake") }).unwrap();
    let longer = base.replacen("id = \"call\"\n  within = \"24h\"", "id = \"call\"\n  within = \"48h\"", 1);
    let counts = |policy: &str, against: &str| {
        let preview = office.tried(policy, against);
        [preview.dropped, preview.redated, preview.born]
    };
    assert_eq!(counts(&longer, ""), [0, 1, 0], "beside how it stands");
    assert_eq!(counts(&longer, &longer), [0, 0, 0], "the same is the same");
    assert_eq!(counts(&longer, SHIPPED), [0, 0, 1], "there it would be dropped");
    assert_eq!(counts(SHIPPED, &longer), [1, 0, 0]);
    assert_eq!(counts(&base, &longer), [0, 1, 0], "and back");
}

#[test]
fn plans_that_would_come_into_the_queue_are_counted() {
    let office = Office::new();
    for name in ["Acme", "Betatech"] {
        office.add(Kind::Customer, &[("name", name), ("owner", "Li Wei")]).unwrap();
    }
    let care = "[[care.occasion]]\nid = \"fair\"\non = [\"2018-01-20\", \"2018-04-20\"]\nahead = \"3d\"\n";
    let greets = format!("{SHIPPED}\n{care}");
    assert_eq!(office.tried(&greets, "").planned, [2, 0], "in April comes later");
    assert_eq!(office.tried(SHIPPED, &greets).planned, [0, 2]);
    assert_eq!(office.tried(&greets, &greets).planned, [0, 0]);
    office.run(Command::PolicyAdopt { text: text(&greets) }).unwrap();
    office.clock.fetch_add(18 * 24 * 3_600_000, Ordering::SeqCst);
    office.service.catch_up();
    assert_eq!(office.tasks("").len(), 2);
    assert_eq!(office.tried(SHIPPED, "").planned, [0, 2], "those in the queue would be dropped");
    assert_eq!(office.tried(&greets, "").planned, [0, 0]);
    office.clock.fetch_add(12 * 24 * 3_600_000, Ordering::SeqCst);
    office.service.catch_up();
    let born = office.service.head().snapshot.count(Kind::Task);
    assert_eq!(born, 2);
}
