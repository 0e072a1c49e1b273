//! The team's board, tiers in the past, and why things are as they are.

use super::*;
use crate::model::brought::Brought;
use crate::model::query::{Board, BoardLine, TaskWhy, TierStep};
use crate::model::{Direction, TaskState};
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

#[test]
fn why_tells_of_what_plan_a_task_is_and_by_what_it_ended() {
    let office = Office::under(
        SHIPPED,
        &Options::default(),
        |_| {},
        |store, clock| Service::start(store, clock).unwrap(),
    );
    let acme = office.customer("Acme");
    let (tier, reason, until) = (text("A"), text("because"), text(""));
    office.run(Command::TierSet { customer: acme, tier, reason, until }).unwrap();
    office.days(13);
    let task = office.tasks("")[0].id;
    let why = office.why_task(task);
    let plan = why.plan.unwrap();
    let start = Instant(START).day(chrono_tz::Tz::Asia__Shanghai);
    assert_eq!((plan.every, plan.since), (Some(14), Some(start)));
    assert_eq!((plan.day.map(|day| day.0 - start.0), plan.occasions.len()), (Some(14), 0));
    assert_eq!((why.added_by, why.ended), (None, None));
    let receipt = office.log(acme, "hello").unwrap();
    let ended = office.why_task(task).ended.unwrap();
    let said = receipt.ids.iter().copied().find(|id| id.kind == Kind::Interaction);
    assert_eq!((ended.deed.as_str(), ended.record), ("log", said));
    assert_eq!(ended.by.map(|by| by.name), Some(text("Li Wei")));

    let own = office
        .add(Kind::Task, &[("title", "call"), ("customer", "Acme"), ("note", "their wish")])
        .unwrap()
        .ids[0];
    assert_eq!(office.why_task(own).added_by.map(|by| by.name), Some(text("Li Wei")));
    office.run(Command::TaskDrop { task: own, reason: text("they moved away") }).unwrap();
    let ended = office.why_task(own).ended.unwrap();
    assert_eq!((ended.state, ended.reason.as_str()), (TaskState::Dropped, "they moved away"));
    office.verify();
}

#[test]
fn why_tells_of_pauses_that_are_over_and_how_long_steps_took_leaves_them_out() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let mut log = Log::call(acme, text("they ask for a price"));
    log.inquiry = true;
    office.run(Command::Log(Box::new(log))).unwrap();
    let run = office.card(acme).why.runs[0].clone();
    office.run(Command::PlaybookPause { run: run.id, reason: text("they are away") }).unwrap();
    office.days(3);
    office.run(Command::PlaybookResume { run: run.id }).unwrap();
    let task = run.steps[0].task;
    let pauses = office.why_task(task).step.unwrap().pauses;
    let [pause] = &pauses[..] else { panic!("{pauses:?}") };
    assert_eq!((pause.from, pause.until), (Instant(START), Instant(START + 3 * DAY)));
    assert_eq!(pause.reason.as_str(), "they are away");
    office.clock.fetch_add(3_600_000, Ordering::SeqCst);
    office.log(acme, "told them").unwrap();
    let query = Query::Playbooks { id: text("inquiry"), since: text("") };
    let Answer::Playbooks(lines) = office.service.answer(office.me, &query).unwrap().1 else { panic!() };
    assert_eq!(lines[0].steps[0].median, Some(60), "not the three days of the pause");
    office.verify();
}

#[test]
fn what_was_caught_up_is_told_at_its_own_moment_and_the_clock_says_what_it_brought() {
    let office = office();
    let acme = office.customer("Acme");
    let before = office.service.head().snapshot.head();
    office.days(40);
    let returned = office.card(acme).why.released.unwrap().at.unwrap();
    let query = Query::Timeline { customer: Which::Id(acme), since: text(""), before: None, limit: 9 };
    let Answer::Timeline(_, items) = office.service.answer(office.me, &query).unwrap().1 else { panic!() };
    assert_eq!((items[0].at, items[0].caught_up), (returned, Some(Instant(START + 40 * DAY))));
    let history = |by: &str| {
        let (by, since) = (text(by), text(""));
        let query = Query::History { record: None, by, since, before: None, limit: 99 };
        let Answer::History(items) = office.service.answer(office.me, &query).unwrap().1 else { panic!() };
        items
    };
    let items = history("clock");
    assert!(items.iter().all(|item| item.by.is_none() && item.due.is_some()));
    assert_eq!((items[0].at(), items[0].author(Lang::Zh).as_str()), (returned, "时钟：公海 all"));
    assert_eq!(history("时钟").len(), items.len());
    assert!(history("me").iter().all(|item| item.by.is_some() && item.caught_up().is_none()));
    let Answer::Brought(counts) =
        office.service.answer(office.me, &Query::Brought { since: before }).unwrap().1
    else {
        panic!()
    };
    assert_eq!(counts, [(Brought::Returned, 1)]);
    office.verify();
}

#[test]
fn what_the_policy_in_force_has_not_any_more_keeps_its_name() {
    let office = office();
    let names = || match office.service.answer(office.me, &Query::Session).unwrap().1 {
        Answer::Session(session) => session.names,
        other => panic!("{other:?}"),
    };
    let called = |known: &[crate::model::query::PolicyName], id: &str| {
        known.iter().find(|name| name.id.as_str() == id).map(|name| name.zh.to_string())
    };
    assert_eq!(called(&names().tiers, "A").as_deref(), Some("重点客户"));
    let policy = "schema = 1\n[[tier]]\nid = \"all\"\nname = { en = \"All\", zh = \"全部\" }\n[[stage]]\nid = \"any\"\nname = { en = \"Any\", zh = \"任意\" }\nwhen = \"orders() >= 0\"\n";
    office.run(Command::PolicyAdopt { text: text(policy) }).unwrap();
    let now = names();
    assert_eq!(now.tiers[0].id.as_str(), "all", "what is in force comes first");
    assert_eq!(called(&now.tiers, "A").as_deref(), Some("重点客户"));
    assert_eq!(called(&now.stages, "lapsed").as_deref(), Some("流失"));
    assert!(called(&now.playbooks, "inquiry").is_some());
    assert_eq!(now.reasons[0].zh.as_str(), "30天未跟进");
}
