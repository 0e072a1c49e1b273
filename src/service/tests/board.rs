//! The team's board, tiers in the past, and why things are as they are.

use super::*;
use crate::model::Direction;
use crate::model::query::{Board, BoardLine, TaskWhy, TierStep};
use crate::rules::policy::SHIPPED;

const DAY: i64 = 24 * 3_600_000;

const POOL: &str = r#"
[[pool]]
id = "all"
name = { en = "Everybody's", zh = "公共" }
  [[pool.recycle]]
  when = "tier:C and idle > 30d"
  warn = "7d"
  reason = { en = "no contact for 30 days", zh = "30天未跟进" }
"#;

/// The shipped policy with a pool, and with what tier C asks for.
fn office() -> Office {
    let standard = "id = \"C\"\nserve = { by = \"person\", skill = \"senior\" }\nanswer_within = \"24h\"";
    let plain = SHIPPED.split_inclusive('\n');
    let plain: String =
        plain.filter(|line| !line.starts_with("serve") && !line.starts_with("answer_within")).collect();
    let policy = plain.replacen("id = \"C\"", standard, 1) + POOL;
    let start = |store, clock| Service::start(store, clock).unwrap();
    Office::under(&policy, &Options::default(), |_| {}, start)
}

impl Office {
    fn board(&self) -> Board {
        match self.service.answer(self.me, &Query::Board).unwrap() {
            (_, Answer::Board(board)) => board,
            other => panic!("{other:?}"),
        }
    }

    fn tier(&self, id: &str) -> BoardLine {
        self.board().tiers.into_iter().find(|line| line.line.tier.id.as_str() == id).unwrap()
    }

    fn stage(&self, id: &str) -> BoardLine {
        self.board().stages.into_iter().find(|line| line.line.tier.id.as_str() == id).unwrap()
    }

    fn tier_steps(&self, customer: Id) -> Vec<TierStep> {
        let query = Query::TierHistory { customer: Which::Id(customer) };
        match self.service.answer(self.me, &query).unwrap() {
            (_, Answer::TierHistory(named, steps)) if named.id == customer => steps,
            other => panic!("{other:?}"),
        }
    }

    fn why_task(&self, task: Id) -> TaskWhy {
        match self.service.answer(self.me, &Query::WhyTask { task }).unwrap() {
            (_, Answer::WhyTask(why)) => *why,
            other => panic!("{other:?}"),
        }
    }

    fn bought(&self, customer: &str, amount: &str, day: &str) {
        let fields = [("customer", customer), ("product", "GTX"), ("amount", amount), ("date", day)];
        self.add(Kind::Purchase, &fields).unwrap();
    }

    fn days(&self, days: i64) {
        self.clock.fetch_add(days * DAY, Ordering::SeqCst);
        self.service.catch_up();
    }
}

#[test]
fn the_board_tells_who_is_in_it_now_against_thirty_days_ago() {
    let office = office();
    for name in ["Acme", "Bolt", "Cord"] {
        office.customer(name);
    }
    let moved = |line: BoardLine| (line.line.count, line.came, line.left);
    assert_eq!(
        [moved(office.tier("A")), moved(office.tier("C"))],
        [(0, 0, 0), (3, 0, 0)],
        "the first is no move"
    );
    office.bought("Acme", "25000", "2018-01-01");
    office.days(10);
    office.bought("Bolt", "25000", "2018-01-11");
    // There and back is no movement.
    let deal = office.add(Kind::Deal, &[("customer", "Cord"), ("product", "GTX")]).unwrap().ids[0];
    office.edit(deal, "stage", "lost").unwrap();
    assert_eq!(moved(office.tier("B")), (2, 2, 0));
    assert_eq!(moved(office.tier("C")), (1, 0, 2));
    assert_eq!(moved(office.stage("new")), (2, 2, 0));
    assert_eq!(moved(office.stage("prospect")), (1, 0, 2));
    assert_eq!(office.tier("B").movers.as_str(), "id:c1,c2");
    assert_eq!(office.stage("prospect").movers.as_str(), "id:c1,c2");
    assert_eq!((office.tier("B").days, office.stage("prospect").days), (Some(10), Some(10)));
    office.days(20);
    assert_eq!(moved(office.tier("B")), (2, 1, 0), "Acme moved on the day before the thirty");
    office.days(10);
    assert_eq!(moved(office.tier("B")), (2, 0, 0));
    assert_eq!(office.tier("B").days, Some(40));
    office.edit(Id::customer(1), "archived", "yes").unwrap();
    assert_eq!(moved(office.tier("B")), (1, 0, 0));
    office.verify();
}

#[test]
fn the_board_tells_how_standards_are_kept_to() {
    let office = office();
    let acme = office.customer("Acme");
    office.customer("Bolt");
    let asked = |answered: i64| {
        let mut log = Log::call(acme, text("they ask"));
        (log.direction, log.channel) = (Some(Direction::In), Some(crate::model::Channel::Email));
        office.run(Command::Log(Box::new(log))).unwrap();
        office.clock.fetch_add(answered * 3_600_000, Ordering::SeqCst);
        office.run(Command::Log(Box::new(Log::call(acme, text("we answer"))))).unwrap();
    };
    asked(3);
    office.clock.fetch_add(3_600_000, Ordering::SeqCst);
    asked(30);
    let standard = office.tier("C").standard.unwrap();
    let answers = standard.answers.unwrap();
    assert_eq!((answers.within.as_str(), answers.asked, answers.in_time), ("24h", 2, 1));
    assert_eq!(answers.median, Some(180));
    assert_eq!(office.tier("A").standard.unwrap().answers, None);

    let served = |office: &Office| office.tier("C").standard.unwrap().served.unwrap();
    let unserved = served(&office);
    assert_eq!((unserved.by.as_str(), unserved.skill.as_str(), unserved.unserved), ("person", "senior", 2));
    let mut left_out = office.list(unserved.filter.as_str());
    left_out.sort();
    assert_eq!(left_out, ["Acme", "Bolt"]);
    office.add(Kind::Member, &[("name", "Bo"), ("login", "bo"), ("skills", "senior")]).unwrap();
    office.edit(acme, "owner", "Bo").unwrap();
    assert_eq!(served(&office).unserved, 1);
    assert_eq!(office.list(served(&office).filter.as_str()), ["Bolt"]);
}

#[test]
fn the_tiers_of_the_past_name_the_fact_that_decided_or_who_did_and_why() {
    let office = office();
    let acme = office.customer("Acme");
    office.days(1);
    office.bought("Acme", "25000", "2018-01-01");
    office.days(1);
    let (tier, reason, until) = (text("A"), text("they asked for it"), text("+10d"));
    office.run(Command::TierSet { customer: acme, tier, reason, until }).unwrap();
    office.days(30);
    let steps = office.tier_steps(acme);
    let moves: Vec<(&str, &str)> = steps.iter().map(|step| (step.from.as_str(), step.to.as_str())).collect();
    assert_eq!(moves, [("A", "B"), ("B", "A"), ("C", "B"), ("", "C")]);
    let day = |step: &TierStep| (step.at.0 - START).div_euclid(DAY);
    assert_eq!(steps.iter().map(day).collect::<Vec<_>>(), [12, 2, 1, 0]);
    let facts = |step: &TierStep| -> Vec<(String, String, bool)> {
        let told = |fact: &crate::model::query::Reason| {
            (fact.condition.to_string(), fact.fact.to_string(), fact.holds)
        };
        step.facts.iter().map(told).collect()
    };
    assert_eq!(facts(&steps[0]), [("spend(365d)>=80000".to_owned(), "25,000".to_owned(), false)]);
    assert_eq!(facts(&steps[2]), [("spend(365d)>=20000".to_owned(), "25,000".to_owned(), true)]);
    assert_eq!(steps[1].by.as_ref().map(|by| by.name.as_str()), Some("Li Wei"));
    assert_eq!(steps[1].reason.as_str(), "they asked for it");
    assert!(steps[0].by.is_none() && steps[2].by.is_none() && steps[3].facts.is_empty());
    office.verify();
}

#[test]
fn why_tells_the_way_to_the_pool_and_the_rule_that_brought_one_there() {
    let office = office();
    let acme = office.customer("Acme");
    let why = office.card(acme).why;
    let back = why.returning.unwrap();
    assert_eq!((back.pool.en.as_str(), back.rule.as_str()), ("Everybody's", "tier:C idle>30d"));
    assert_eq!(back.reason.zh.as_str(), "30天未跟进");
    assert!(back.warned.unwrap() < back.at && why.released.is_none());
    office.days(40);
    let why = office.card(acme).why;
    let released = why.released.unwrap();
    assert_eq!((released.at, released.by), (Some(back.at), None));
    assert_eq!(
        (released.reason.en.as_str(), released.rule.as_str()),
        ("no contact for 30 days", "tier:C idle>30d")
    );
    assert!(why.returning.is_none());
    let bolt = office.customer("Bolt");
    office.run(Command::Release { customer: bolt, reason: text("they moved away") }).unwrap();
    let released = office.card(bolt).why.released.unwrap();
    assert_eq!(released.by.map(|by| by.name), Some(text("Li Wei")));
    assert_eq!((released.reason.en.as_str(), released.rule.as_str()), ("they moved away", ""));
}

#[test]
fn why_tells_what_playbooks_are_at_work_and_where_a_task_comes_from() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let mut log = Log::call(acme, text("they ask for a price"));
    log.inquiry = true;
    office.run(Command::Log(Box::new(log))).unwrap();
    let runs = office.card(acme).why.runs;
    assert_eq!((runs.len(), runs[0].steps.len()), (1, 1));
    assert_eq!(runs[0].steps[0].title.as_str(), "First contact");
    let why = office.why_task(runs[0].steps[0].task);
    let step = why.step.unwrap();
    assert_eq!((step.run, step.within.as_str(), step.duty.as_str()), (Some(runs[0].id), "24h", "owner"));
    assert_eq!(step.origin.map(|origin| origin.kind), Some(Kind::Interaction));
    assert_eq!((step.begun, step.done_by.as_str()), (Some(Instant(START)), "contact"));
    let escalations: Vec<Option<Instant>> = step.escalations.iter().map(|(at, _)| *at).collect();
    assert_eq!(escalations.first(), Some(&why.due), "at its end");

    office.run(Command::PlaybookPause { run: runs[0].id, reason: text("they are away") }).unwrap();
    let step = office.why_task(runs[0].steps[0].task).step.unwrap();
    assert_eq!((step.paused, step.pause_reason.as_str()), (Some(Instant(START)), "they are away"));
    let own = office.add(Kind::Task, &[("title", "call"), ("customer", "Acme")]).unwrap().ids[0];
    assert_eq!(office.why_task(own).step, None);
    let gone = Query::WhyTask { task: Id::new(Kind::Task, 99) };
    assert!(matches!(office.service.answer(office.me, &gone), Err(Refusal::NoRecord(_))));
    office.run(Command::PlaybookStop { run: runs[0].id, reason: text("") }).unwrap();
    assert!(office.card(acme).why.runs.is_empty());
}
