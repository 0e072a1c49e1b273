//! The service on a real store in a temporary folder, with a clock of its own.

use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::{Acting, Actor, Clock, Done, Service, seen_by};
use crate::model::query::{Card, TaskLine};
use crate::model::{
    Answer, Became, Change, Command, Id, Instant, Kind, Log, Order, Query, Refusal, Row, Rows, Sight, Undone,
    Which, Whose,
};
use crate::rules::policy::Policy;
use crate::store::{Options, Store, testing, unwatched};
use crate::text::{Clean, Currency, Lang};

/// Monday, 1 January 2018, 09:00 in Shanghai.
const START: i64 = 1_514_768_400_000;

struct Office {
    _dir: TempDir,
    service: Arc<Service>,
    clock: Arc<AtomicI64>,
    counter: AtomicU64,
    me: Actor,
}

fn text(words: &str) -> Clean {
    Clean::new(words).unwrap()
}

impl Office {
    fn new() -> Office {
        Office::of(|store, clock| Service::start(store, clock).unwrap())
    }

    fn of(start: impl FnOnce(Store, Clock) -> Arc<Service>) -> Office {
        Office::with(&Options::default(), |_| {}, start)
    }

    /// With a store that is opened so, after something was done to its file.
    fn with(
        options: &Options,
        meddle: impl FnOnce(&Path),
        start: impl FnOnce(Store, Clock) -> Arc<Service>,
    ) -> Office {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("store.redb");
        let time = Arc::new(AtomicI64::new(START));
        let ticking = Arc::clone(&time);
        let clock: Clock = Arc::new(move || Instant(ticking.load(Ordering::SeqCst)));
        let init = Command::Init {
            name: text("test"),
            policy: text(&Policy::shipped("Asia/Shanghai", Currency::CNY)),
            timezone: text("Asia/Shanghai"),
            currency: text("CNY"),
            practice: Some(Instant(START)),
            member: (text("Li Wei"), text("liwei"), 1000),
        };
        Service::create(&file, &init, &clock).unwrap();
        meddle(&file);
        let store = Store::open(&file, options, &mut unwatched).unwrap();
        let service = start(store, clock);
        let me = service.actor(1000, Lang::En, || "liwei".into()).unwrap();
        Office { _dir: dir, service, clock: time, counter: AtomicU64::new(0), me }
    }

    fn order(&self, command: Command, batch: Option<Id>) -> Order {
        Order { counter: self.counter.fetch_add(1, Ordering::SeqCst) + 1, batch, dry_run: false, command }
    }

    fn all(&self, commands: Vec<Command>, batch: Option<Id>) -> Vec<Done> {
        let orders = commands.into_iter().map(|command| self.order(command, batch)).collect();
        self.service.execute(self.me, 7, orders)
    }

    fn run(&self, command: Command) -> Done {
        self.all(vec![command], None).pop().unwrap()
    }

    fn add(&self, kind: Kind, fields: &[(&str, &str)]) -> Done {
        let changes = fields.iter().map(|(field, value)| Change::put(text(field), text(value))).collect();
        self.run(Command::Add { kind, changes })
    }

    fn edit(&self, record: Id, field: &str, value: &str) -> Done {
        self.run(Command::Edit { record, changes: vec![Change::put(text(field), text(value))] })
    }

    fn undo(&self) -> Done {
        self.run(Command::Undo { what: Undone::MyLast, partial: false })
    }

    fn customer(&self, name: &str) -> Id {
        self.add(Kind::Customer, &[("name", name)]).unwrap().ids[0]
    }

    fn card(&self, id: Id) -> Card {
        match self.service.answer(self.me, &Query::Card { customer: Which::Id(id), timeline: 50 }).unwrap() {
            (_, Answer::Card(card)) => *card,
            other => panic!("{other:?}"),
        }
    }

    fn tasks(&self, filter: &str) -> Vec<TaskLine> {
        let query = Query::Tasks { whose: Whose::Mine, filter: text(filter), limit: 100 };
        match self.service.answer(self.me, &query).unwrap() {
            (_, Answer::Tasks(tasks, _)) => tasks,
            other => panic!("{other:?}"),
        }
    }

    fn list(&self, filter: &str) -> Vec<String> {
        let query = Query::List { filter: text(filter), sort: text("name"), skip: 0, limit: 1000 };
        match self.service.answer(self.me, &query).unwrap() {
            (_, Answer::Customers(lines, _)) => lines.into_iter().map(|line| line.name.to_string()).collect(),
            other => panic!("{other:?}"),
        }
    }

    fn verify(&self) {
        match self.service.answer(self.me, &Query::Verify).unwrap() {
            (_, Answer::Verified(verified)) => assert_eq!(verified.faults, Vec::<Clean>::new()),
            other => panic!("{other:?}"),
        }
    }

    fn log(&self, customer: Id, words: &str) -> Done {
        self.run(Command::Log(Box::new(Log::call(customer, text(words)))))
    }

    fn import(&self, kind: Kind, rows: &[(&str, &[(&str, &str)])]) -> (Option<Id>, Vec<Done>) {
        let opened =
            self.run(Command::BatchOpen { name: text("import test"), fingerprint: text("f") }).unwrap();
        let batch = opened.ids.first().copied();
        let row = |(reference, values): &(&str, &[(&str, &str)])| Command::Import {
            kind,
            reference: text(reference),
            referenced: !reference.is_empty(),
            values: values.iter().map(|(field, value)| (text(field), text(value))).collect(),
        };
        let done = self.all(rows.iter().map(row).collect(), batch);
        self.run(Command::BatchClose { batch: batch.unwrap() }).unwrap();
        (batch, done)
    }
}

fn became(done: &[Done]) -> Vec<Became> {
    done.iter().map(|done| done.as_ref().unwrap().became).collect()
}

#[test]
fn a_call_is_logged_with_its_next_step_and_taken_back_whole() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let receipt = office.log(acme, "two lots if we hold the price > +3d send price list").unwrap();
    assert_eq!(receipt.ids.len(), 2);
    let card = office.card(acme);
    assert_eq!(card.tasks[0].title, text("send price list"));
    assert_eq!(card.line.last_contact, Some(office.service.now()));
    office.undo().unwrap();
    let card = office.card(acme);
    assert_eq!((card.tasks.len(), card.line.last_contact), (0, None));
    office.undo().unwrap();
    assert_eq!(office.list(""), Vec::<String>::new());
    assert_eq!(office.undo(), Err(Refusal::NothingToUndo));
    office.verify();
}

#[test]
fn a_repeated_order_is_known_again_by_its_receipt() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let order = office.order(Command::Log(Box::new(Log::call(acme, text("once")))), None);
    let first = office.service.execute(office.me, 7, vec![order.clone()]).pop().unwrap().unwrap();
    let again = office.service.execute(office.me, 7, vec![order]).pop().unwrap().unwrap();
    assert_eq!(first.ids, again.ids);
    assert_eq!(office.card(acme).timeline.len(), 1);
}

#[test]
fn simultaneous_edits_of_one_field_conflict_and_of_two_do_not() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let change = |field: &str, to: &str, was: crate::model::Value| Change {
        was: Some(was),
        ..Change::put(text(field), text(to))
    };
    let absent = crate::model::Value::Absent;
    let edit = |changes| office.run(Command::Edit { record: acme, changes });
    edit(vec![change("region", "East", absent.clone())]).unwrap();
    edit(vec![change("industry", "tools", absent.clone())]).unwrap();
    let refused = edit(vec![change("region", "West", absent)]).unwrap_err();
    assert!(matches!(refused, Refusal::Conflict { by: Some((_, _)), .. }), "{refused:?}");
    assert_eq!(refused.code(), 6);
}

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
fn an_import_is_known_again_and_taken_back_as_one() {
    let office = Office::new();
    let members: &[(&str, &[(&str, &str)])] = &[
        ("", &[("name", "Anna"), ("lead", "Dustin"), ("team", "Central")]),
        ("", &[("name", "Versie"), ("lead", "Dustin"), ("team", "Central")]),
    ];
    let (_, done) = office.import(Kind::Member, members);
    assert_eq!(became(&done), [Became::Created; 2]);
    let (_, done) = office.import(Kind::Member, members);
    assert_eq!(became(&done), [Became::Unchanged; 2]);
    assert_eq!(office.service.head().snapshot.count(Kind::Member), 4, "me, two reps and their lead");
    office.import(
        Kind::Customer,
        &[("", &[("name", "Acme")]), ("", &[("name", "Acme East"), ("parent", "Acme")])],
    );
    let deals: &[(&str, &[(&str, &str)])] = &[
        (
            "D1",
            &[
                ("customer", "Acme"),
                ("owner", "Anna"),
                ("stage", "Won"),
                ("amount", "1054"),
                ("closed", "2017-03-01"),
            ],
        ),
        ("D2", &[("customer", "Nobody"), ("owner", "Anna")]),
        ("D3", &[("owner", "Anna")]),
        ("D4", &[("customer", "Acme"), ("owner", "Zoe")]),
    ];
    let (batch, done) = office.import(Kind::Deal, deals);
    assert_eq!(done[0].as_ref().unwrap().became, Became::Created);
    assert!(matches!(&done[1], Err(Refusal::NoMatch(Kind::Customer, _))));
    assert!(matches!(&done[2], Err(Refusal::Missing(Kind::Deal, _))));
    assert!(matches!(&done[3], Err(Refusal::NoMatch(Kind::Member, _))));
    let acme = Id::customer(1);
    assert_eq!(office.card(acme).line.orders, 1);

    let undo = Command::Undo { what: Undone::Batch(batch.unwrap()), partial: false };
    let rehearsal = Order { dry_run: true, ..office.order(undo.clone(), None) };
    let rehearsed = office.service.execute(office.me, 7, vec![rehearsal]).pop().unwrap().unwrap();
    let touched = vec![Id::new(Kind::Deal, 1), Id::new(Kind::Purchase, 1)];
    assert_eq!((rehearsed.batch, &rehearsed.ids), (batch, &touched));
    assert_eq!(office.card(acme).line.orders, 1);
    let undone = office.run(undo).unwrap();
    assert_eq!(undone.ids, touched);
    assert_eq!(office.card(acme).line.orders, 0);
    let (_, done) = office.import(Kind::Deal, &deals[..1]);
    assert_eq!(became(&done), [Became::Created]);
    assert!(undone.batch.is_some());
    office.verify();
}

#[test]
fn a_batch_that_others_built_on_says_so_before_anything_is_undone() {
    let office = Office::new();
    let (batch, _) =
        office.import(Kind::Customer, &[("", &[("name", "Acme")]), ("", &[("name", "Betatech")])]);
    office.log(Id::customer(1), "hello").unwrap();
    let undo = |partial| office.run(Command::Undo { what: Undone::Batch(batch.unwrap()), partial });
    assert!(matches!(undo(false), Err(Refusal::InUse(_, 1, _))));
    assert_eq!(office.list(""), ["Acme", "Betatech"]);
    undo(true).unwrap();
    assert_eq!(office.list(""), ["Acme"]);
    office.verify();
}

#[test]
fn the_undo_of_a_batch_that_is_repeated_after_a_lost_reply_takes_nothing_more_back() {
    let office = Office::new();
    office.import(Kind::Customer, &[("", &[("name", "Before")])]);
    office.import(Kind::Customer, &[("", &[("name", "Acme")])]);
    let undo = office.order(Command::Undo { what: Undone::MyLast, partial: false }, None);
    let send = || office.service.execute(office.me, 7, vec![undo.clone()]).pop().unwrap().unwrap();
    let first = send();
    assert_eq!((first.became, &first.ids), (Became::TakenBack, &vec![Id::customer(2)]));
    assert_eq!(send(), first);
    assert_eq!(office.list(""), ["Before"]);
    office.verify();
}

#[test]
fn the_undo_of_a_batch_that_a_crash_interrupted_goes_on_where_it_is_repeated() {
    let office = Office::new();
    office.customer("Before");
    let (batch, _) = office.import(Kind::Customer, &[("", &[("name", "Acme")])]);
    let undo = office.order(Command::Undo { what: Undone::MyLast, partial: false }, None);
    // As after a crash in front of the last transaction: begun, all taken back, not ended.
    let open = Command::BatchOpen { name: text("undo"), fingerprint: text("u") };
    let opened = office.run(open).unwrap().ids[0];
    let begun = crate::model::Receipt {
        batch: Some(opened),
        ids: vec![batch.unwrap()],
        became: Became::TakenBack,
        ..Default::default()
    };
    let kept = (7, undo.counter, begun);
    office.service.run_keeping(Some(office.me), 0, Vec::new(), |_| Some(kept));
    let seqs = crate::rules::undo::entries_of(&*office.service.head().snapshot, batch.unwrap());
    office.all(vec![Command::Undo { what: Undone::Seq(seqs[0]), partial: false }], Some(opened));
    let done = office.service.execute(office.me, 7, vec![undo]).pop().unwrap().unwrap();
    assert_eq!((done.batch, done.ids), (Some(opened), vec![Id::customer(2)]));
    assert_eq!(office.list(""), ["Before"]);
    assert!(matches!(office.service.head().snapshot.row(opened), Some(Row::Batch(row)) if row.closed));
    office.verify();
}

#[test]
fn a_task_in_the_queue_is_taken_by_exactly_one() {
    let office = Office::new();
    office.customer("Acme");
    for nth in 0..20 {
        let title = format!("call {nth}");
        office
            .add(
                Kind::Task,
                &[("title", &title), ("customer", "Acme"), ("assignee", "none"), ("due", "today")],
            )
            .unwrap();
    }
    let taken: Mutex<Vec<Id>> = Mutex::default();
    std::thread::scope(|threads| {
        for client in 100..110_u128 {
            let (office, taken) = (&office, &taken);
            threads.spawn(move || {
                for counter in 1..=2 {
                    let order = Order { counter, batch: None, dry_run: false, command: Command::TaskTake };
                    let done = office.service.execute(office.me, client, vec![order]).pop().unwrap().unwrap();
                    taken.lock().unwrap().extend(done.ids);
                }
            });
        }
    });
    let mut taken = taken.into_inner().unwrap();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), 20);
    assert_eq!(office.run(Command::TaskTake), Err(Refusal::NoTask));
}

#[test]
fn a_closed_batch_takes_nothing_more() {
    let office = Office::new();
    let (batch, _) = office.import(Kind::Customer, &[("", &[("name", "Acme")])]);
    let late = Command::Log(Box::new(Log::call(Id::customer(1), text("late"))));
    assert_eq!(office.all(vec![late.clone()], batch), [Err(Refusal::NoBatch(batch.unwrap()))]);
    assert!(matches!(office.all(vec![late], Some(Id::customer(1)))[0], Err(Refusal::NoBatch(_))));
}

#[test]
fn a_dry_run_says_what_would_happen_and_writes_nothing() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let head = office.service.head().snapshot.head();
    let order =
        Order { dry_run: true, ..office.order(Command::Log(Box::new(Log::call(acme, text("hi")))), None) };
    let receipt = office.service.execute(office.me, 7, vec![order]).pop().unwrap().unwrap();
    assert_eq!((receipt.seqs.len(), receipt.changes.is_empty()), (0, false));
    assert_eq!(office.service.head().snapshot.head(), head);
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
    office.service.sweep_now();
    assert_eq!(office.card(acme).line.stage, text("lapsed"));
    let head = office.service.head().snapshot.head();
    office.service.sweep_now();
    assert_eq!(office.service.head().snapshot.head(), head, "once a day");
}

#[test]
fn listeners_hear_of_the_customers_that_changed_before_the_writer_is_answered() {
    let office = Office::new();
    let acme = office.customer("Acme");
    let heard: Arc<Mutex<Vec<Id>>> = Arc::default();
    let ear = Arc::clone(&heard);
    office.service.listen(
        &Acting::new(office.me),
        Box::new(move |_, changed| {
            ear.lock().unwrap().extend(changed.iter().copied());
            true
        }),
    );
    office.log(acme, "hello").unwrap();
    assert!(heard.lock().unwrap().contains(&acme));
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
fn done_tasks_leave_the_queue_and_snoozed_ones_come_back() {
    let office = Office::new();
    office.customer("Acme");
    let task =
        office.add(Kind::Task, &[("title", "call"), ("customer", "Acme"), ("due", "today")]).unwrap().ids[0];
    assert_eq!(office.tasks("").len(), 1);
    office.run(Command::TaskSnooze { task, until: text("+2d") }).unwrap();
    assert_eq!(office.tasks("").len(), 0);
    office.run(Command::ClockMove { to: text("+3d") }).unwrap();
    assert_eq!(office.tasks("").len(), 1);
    office.run(Command::TaskDone { task, next: text("fri call again") }).unwrap();
    assert_eq!(office.tasks("")[0].title, text("call again"));
    assert_eq!(office.tasks("state:done").len(), 1);
    assert_eq!(
        office.run(Command::TaskDone { task, next: Clean::default() }),
        Err(Refusal::TaskClosed(task))
    );
}

#[test]
fn what_does_not_fit_is_refused_with_the_field() {
    let office = Office::new();
    let acme = office.customer("Acme");
    assert!(matches!(office.edit(acme, "employees", "many"), Err(Refusal::BadValue(..))));
    assert!(
        matches!(office.edit(acme, "emploees", "3"), Err(Refusal::NoField(_, _, Some(near))) if near == text("employees"))
    );
    assert!(matches!(office.edit(acme, "tier", "A"), Err(Refusal::DerivedField(_))));
    assert!(matches!(office.edit(acme, "name", ""), Err(Refusal::Missing(..))));
    assert!(matches!(office.edit(acme, "parent", "Acme"), Err(Refusal::ParentLoop(..))));
    assert!(matches!(office.edit(acme, "name", &"x".repeat(201)), Err(Refusal::TooLong(_, 201, 200))));
    assert!(matches!(office.edit(acme, "verified", "2026-02-30"), Err(Refusal::BadValue(..))));
}

#[test]
fn a_member_is_known_by_the_login_that_belongs_to_nobody_else() {
    let office = Office::new();
    let anna = office.add(Kind::Member, &[("name", "Anna"), ("login", "anna")]).unwrap().ids[0];
    assert_eq!(office.service.actor(1001, Lang::En, || "anna".into()).map(|actor| actor.member), Ok(anna));
    assert!(office.service.actor(1001, Lang::En, || "Anna".into()).is_err(), "a name is no login");
    assert!(matches!(
        office.add(Kind::Member, &[("name", "Eve"), ("login", "anna")]),
        Err(Refusal::AccountTaken(..))
    ));
    office.edit(anna, "left", "yes").unwrap();
    assert!(office.service.actor(1001, Lang::En, || "anna".into()).is_err());
}

#[test]
fn what_the_store_complains_of_is_told_in_the_callers_language() {
    let full = Options { low_water: u64::MAX, ..Options::default() };
    let office = Office::with(&full, |_| {}, |store, clock| Service::start(store, clock).unwrap());
    let order = office.order(Command::TaskTake, None);
    let me = Actor { lang: Lang::Zh, ..office.me };
    let refused = office.service.execute(me, 7, vec![order]);
    assert!(
        matches!(&refused[..], [Err(Refusal::ReadOnly(why))] if why.as_str().starts_with("已停止写入")),
        "{refused:?}"
    );
    let status = |me| match office.service.answer(me, &Query::Status) {
        Ok((_, Answer::Status(status))) => status.read_only,
        other => panic!("{other:?}"),
    };
    assert!(status(me).as_str().starts_with("已停止写入"));
    assert!(status(office.me).as_str().starts_with("nothing is written"));
}

#[test]
fn whoever_has_left_may_do_nothing_more_though_connected() {
    let office = Office::new();
    let anna = office.add(Kind::Member, &[("name", "Anna"), ("login", "anna")]).unwrap().ids[0];
    let actor = office.service.actor(1001, Lang::En, || "anna".into()).unwrap();
    assert!(office.service.answer(actor, &Query::NextTask).is_ok());
    office.edit(anna, "left", "yes").unwrap();
    let left = Refusal::Left(text("Anna"));
    assert_eq!(office.service.answer(actor, &Query::NextTask), Err(left.clone()));
    let order = office.order(Command::TaskTake, None);
    assert_eq!(office.service.execute(actor, 8, vec![order]), [Err(left.clone())]);
    assert_eq!(office.service.act_as(office.me, &text("Anna")), Err(left));
    let nobody = Actor { member: Id::new(Kind::Member, 99), ..actor };
    assert!(office.service.answer(nobody, &Query::NextTask).is_err());
}

#[test]
fn words_longer_than_anything_they_could_mean_are_refused() {
    let office = Office::new();
    let (long, longer) = (text(&"关".repeat(201)), text(&"x".repeat(2_001)));
    let none = Clean::default();
    let which = || Which::Words(long.clone());
    let (since, by) = (long.clone(), long.clone());
    let queries = [
        Query::Find { words: long.clone(), limit: 1 },
        Query::Resolve(Kind::Customer, which()),
        Query::List { filter: longer.clone(), sort: none.clone(), skip: 0, limit: 1 },
        Query::List { filter: none.clone(), sort: long.clone(), skip: 0, limit: 1 },
        Query::Card { customer: which(), timeline: 1 },
        Query::Timeline { customer: which(), since: none.clone(), before: None, limit: 1 },
        Query::Tasks { whose: Whose::Mine, filter: longer.clone(), limit: 1 },
        Query::Why { customer: which() },
        Query::Rows { kind: Kind::Deal, filter: longer, from: 1, limit: 1 },
        Query::History {
            record: Some(which()),
            by: none.clone(),
            since: none.clone(),
            before: None,
            limit: 1,
        },
        Query::History { record: None, by, since, before: None, limit: 1 },
    ];
    for query in queries {
        let refused = office.service.answer(office.me, &query);
        assert!(matches!(refused, Err(Refusal::TooLong(..))), "{query:?}: {refused:?}");
    }
    assert!(matches!(office.service.act_as(office.me, &long), Err(Refusal::TooLong(..))));
}

#[test]
fn a_request_of_too_many_orders_is_refused() {
    let office = Office::new();
    let done = office.all(vec![Command::TaskTake; 501], None);
    assert_eq!(done, vec![Err(Refusal::TooManyOrders(501, 500)); 501]);
    assert_eq!(office.all(vec![Command::TaskTake; 500], None), vec![Err(Refusal::NoTask); 500]);
}

#[test]
fn a_dry_run_among_other_orders_leaves_them_written() {
    let office = Office::new();
    let add = |name: &str| Command::Add {
        kind: Kind::Customer,
        changes: vec![Change::put(text("name"), text(name))],
    };
    let dry = Order { dry_run: true, ..office.order(add("Tried"), None) };
    let orders = vec![office.order(add("Acme"), None), dry, office.order(add("Betatech"), None)];
    let done = office.service.execute(office.me, 7, orders);
    let wrote = |done: &Done| !done.as_ref().unwrap().seqs.is_empty();
    assert_eq!(done.iter().map(wrote).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(office.list(""), ["Acme", "Betatech"]);
}

#[test]
fn a_repeat_alone_writes_nothing_and_one_among_others_stays_as_it_was() {
    let office = Office::new();
    let add = |kind, fields: &[(&str, &str)]| {
        let put = |(field, value): &(&str, &str)| Change::put(text(field), text(value));
        office.order(Command::Add { kind, changes: fields.iter().map(put).collect() }, None)
    };
    let acme = add(Kind::Customer, &[("name", "Acme")]);
    let first = office.service.execute(office.me, 7, vec![acme.clone()]);
    let told: Arc<Mutex<u32>> = Arc::default();
    let counted = Arc::clone(&told);
    office.service.listen(
        &Acting::new(office.me),
        Box::new(move |_, _| {
            *counted.lock().unwrap() += 1;
            true
        }),
    );
    let slim = |done: &Done| crate::model::Receipt { changes: Vec::new(), ..done.clone().unwrap() };
    assert_eq!(slim(&office.service.execute(office.me, 7, vec![acme.clone()])[0]), slim(&first[0]));
    assert_eq!(*told.lock().unwrap(), 0);
    let bought = add(Kind::Purchase, &[("customer", "Acme"), ("amount", "500000")]);
    let both = office.service.execute(office.me, 7, vec![bought, acme]);
    assert_eq!(slim(&both[1]), slim(&first[0]));
    assert!(both[0].as_ref().unwrap().seqs.len() > 1, "the grades that follow");
}

#[test]
fn one_comparison_with_the_journal_runs_at_a_time() {
    let office = Office::new();
    let running = office.service.verifying.lock().unwrap();
    let refused = office.service.answer(office.me, &Query::Verify);
    assert_eq!(refused, Err(Refusal::Unavailable(text("the store is being verified already"))));
    drop(running);
    office.verify();
}

#[test]
fn what_is_out_of_sight_is_in_no_answer() {
    let office = Office::new();
    let mine = office.customer("Acme");
    let theirs = office.customer("Hidden");
    office.edit(theirs, "parent", "Acme").unwrap();
    office.edit(theirs, "owner", "none").unwrap();
    office.add(Kind::Purchase, &[("customer", "Hidden"), ("amount", "777")]).unwrap();
    let task = &[("title", "secret"), ("customer", "Hidden"), ("due", "today")];
    let task = office.add(Kind::Task, task).unwrap().ids[0];
    office.log(theirs, "secret > today secret").unwrap();
    let head = office.service.whole_head();
    let sight = || Sight::Own { member: office.me.member, teams: Vec::new() };
    let ask = |query| office.service.answer_in_sight(&head, office.me, sight(), &query);
    let none = Clean::default;
    let rows = |kind, filter| Query::Rows { kind, filter, from: 1, limit: 99 };
    let tasks = |filter| Query::Tasks { whose: Whose::All, filter, limit: 99 };
    let history = |record| Query::History { record, by: none(), since: none(), before: None, limit: 99 };
    let queries = [
        Query::Status,
        Query::NextTask,
        Query::Find { words: text("Hidden"), limit: 9 },
        Query::List { filter: none(), sort: none(), skip: 0, limit: 9 },
        Query::Resolve(Kind::Task, Which::Id(task)),
        Query::Card { customer: Which::Id(theirs), timeline: 9 },
        Query::Card { customer: Which::Id(mine), timeline: 9 },
        tasks(none()),
        tasks(text("state:open")),
        tasks(text("customer:Hidden")),
        rows(Kind::Customer, none()),
        rows(Kind::Purchase, none()),
        rows(Kind::Task, none()),
        rows(Kind::Interaction, none()),
        history(None),
        history(Some(Which::Id(theirs))),
    ];
    for query in queries {
        let answer = format!("{:?}", ask(query.clone()));
        assert!(!["Hidden", "secret", "777"].iter().any(|word| answer.contains(word)), "{query:?}: {answer}");
    }
    let Ok(Answer::Status(status)) = ask(Query::Status) else { panic!("no status") };
    assert_eq!((status.customers, status.interactions), (1, 0));
    let changed = [mine, theirs, task, office.me.member].into();
    assert_eq!(seen_by(&head, &sight(), &changed), [mine, office.me.member].into());
}

#[test]
fn a_session_that_acts_as_another_hears_as_that_one() {
    let office = Office::new();
    let acting = Acting::new(office.me);
    let shared = acting.clone();
    let anna = office.add(Kind::Member, &[("name", "Anna")]).unwrap().ids[0];
    acting.becomes(office.service.act_as(office.me, &text("Anna")).unwrap());
    assert_eq!(shared.actor().member, anna);
}

#[test]
fn rows_behind_the_limit_are_not_read() {
    let spoiled = |file: &Path| testing::spoil(file, Id::new(Kind::Member, 5));
    let office =
        Office::with(&Options::default(), spoiled, |store, clock| Service::start(store, clock).unwrap());
    let rows = |limit| Query::Rows { kind: Kind::Member, filter: Clean::default(), from: 1, limit };
    let first = office.service.answer(office.me, &rows(1)).unwrap().1;
    assert!(matches!(&first, Answer::Rows(rows) if rows.len() == 1), "{first:?}");
    assert!(office.service.answer(office.me, &rows(2)).is_err());
}

#[test]
fn what_cannot_be_read_is_not_taken_for_absent() {
    let acme = Id::customer(1);
    // A row that was written, then spoiled: its number was given.
    let spoilt = |start: fn(Store, Clock) -> Arc<Service>| {
        Office::with(&Options::default(), |file| testing::spoil(file, acme), start)
    };
    let office = spoilt(|store, clock| Arc::new(Service::unread(store, clock).unwrap()));
    let card = Query::Card { customer: Which::Id(acme), timeline: 1 };
    let refused = office.service.answer(office.me, &card).unwrap_err();
    assert!(
        matches!(&refused, Refusal::Unavailable(why) if why.as_str().contains("gx rebuild")),
        "{refused:?}"
    );
    let (_, verified) = office.service.answer(office.me, &Query::Verify).unwrap();
    assert!(matches!(verified, Answer::Verified(verified) if verified.faults.len() == 1));
}

#[test]
fn a_book_that_could_not_be_read_whole_answers_nothing_until_it_is_read_anew() {
    let made = |file: &Path| {
        testing::spoil(file, Id::customer(1));
        testing::give_numbers(file, Kind::Customer, 2);
    };
    let start = |store, clock| Arc::new(Service::unread(store, clock).unwrap());
    let office = Office::with(&Options::default(), made, start);
    office.service.shared.read_book();
    let list = Query::List { filter: text(""), sort: text(""), skip: 0, limit: 10 };
    assert!(matches!(office.service.answer(office.me, &list), Err(Refusal::Unavailable(_))));
    office.customer("Betatech");
    assert!(matches!(office.service.answer(office.me, &list), Err(Refusal::Unavailable(_))), "after a write");
}

#[test]
fn a_stranger_is_nobody() {
    let office = Office::new();
    assert!(matches!(
        office.service.actor(4242, Lang::En, || "eve".into()),
        Err(Refusal::NotAMember(4242, _))
    ));
}

/// A command by numbers, over few records, so that they meet: groups with branches, and circles that an undo would close.
fn by_chance((what, which, how): (u8, u64, u8)) -> Command {
    let customer = Id::customer(1 + which % 5);
    let name = text(["Acme", "Betatech", "重庆长安", "Hottechi", "Zoomzone"][(which % 5) as usize]);
    let another = Id::customer(1 + u64::from(how) % 5).to_string();
    let put = |field: &str, to: &str| Change::put(text(field), text(to));
    match what % 17 {
        0 => Command::Add {
            kind: Kind::Customer,
            changes: vec![put("name", name.as_str()), put("aliases", "x")],
        },
        1 => Command::Add {
            kind: Kind::Purchase,
            changes: vec![
                put("customer", &customer.to_string()),
                put("amount", &format!("{}000", u32::from(how) * 3)),
            ],
        },
        2 => Command::Add {
            kind: Kind::Deal,
            changes: vec![put("customer", &customer.to_string()), put("amount", "9000"), put("stage", "won")],
        },
        3 => Command::Edit {
            record: Id::new(Kind::Deal, 1 + which % 2),
            changes: vec![put("stage", if how % 2 == 0 { "won" } else { "lost" })],
        },
        4 => Command::Log(Box::new(Log::call(customer, text("said > +2d ask again")))),
        5 => Command::TaskDone { task: Id::new(Kind::Task, 1 + which % 4), next: Clean::default() },
        6 => Command::Edit { record: customer, changes: vec![Change::link(text("tags"), text("vip"))] },
        7 => Command::Edit { record: customer, changes: vec![put("parent", &another)] },
        8 => Command::ClockMove { to: text(&format!("+{}d", u32::from(how) * 2 + 1)) },
        9 => Command::Undo { what: Undone::Seq(1 + which % 40), partial: how % 2 == 0 },
        10 => Command::TierSet { customer, tier: text("A"), reason: text("r"), until: text("+9d") },
        11 => Command::Add {
            kind: Kind::Customer,
            changes: vec![put("name", &format!("{name} {how}")), put("parent", &another)],
        },
        12 => Command::Add {
            kind: Kind::Contact,
            changes: vec![put("customer", &another), put("name", "Zhang Wei"), put("phones", "13800000000")],
        },
        13 => Command::Edit {
            record: Id::new(Kind::Contact, 1 + which % 2),
            changes: vec![put("customer", &another)],
        },
        14 => Command::Edit {
            record: customer,
            changes: vec![put("owner", if how % 2 == 0 { "none" } else { "Anna" })],
        },
        15 => Command::TaskAssign { task: Id::new(Kind::Task, 1 + which % 4), to: text("Anna") },
        _ => Command::Undo { what: Undone::MyLast, partial: false },
    }
}

#[test]
fn what_is_written_while_the_book_is_read_is_in_it_and_cards_do_not_wait() {
    let office = Office::of(|store, clock| Arc::new(Service::unread(store, clock).unwrap()));
    let acme = office.customer("Acme");
    office.log(acme, "asked for a quote > +3d send it").unwrap();
    let card = office.card(acme);
    assert_eq!((card.line.name.as_str(), card.tasks.len(), card.timeline.len()), ("Acme", 1, 1));
    assert!(office.service.head().book.is_empty());
    office.service.shared.read_book();
    assert_eq!(office.list(""), ["Acme"]);
    office.customer("Hottechi");
    assert_eq!(office.list(""), ["Acme", "Hottechi"]);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, failure_persistence: None, ..Default::default() })]

    /// The tables are the fold of the journal, whatever was asked for, refused and taken back; and the index of lists
    /// is what would be read anew.
    #[test]
    fn whatever_happens_tables_journal_and_index_agree(commands in proptest::collection::vec(proptest::prelude::any::<(u8, u64, u8)>(), 1..60)) {
        let office = Office::new();
        office.add(Kind::Member, &[("name", "Anna"), ("login", "anna")]).unwrap();
        let anna = office.service.actor(1001, Lang::En, || "anna".into()).unwrap();
        for command in commands {
            let actor = if command.2.is_multiple_of(3) { anna } else { office.me };
            // Refused or not: what counts is what is left behind.
            let _ = office.service.execute(actor, 7, vec![office.order(by_chance(command), None)]);
        }
        office.verify();
        for n in 1..=5 {
            let card = Query::Card { customer: Which::Id(Id::customer(n)), timeline: 9 };
            let card = office.service.answer(office.me, &card);
            proptest::prop_assert!(matches!(card, Ok(_) | Err(Refusal::NoRecord(_))), "{:?}", card);
        }
        let head = office.service.whole_head();
        let anew = crate::search::Book::load(&*head.snapshot);
        let profiles = |book: &crate::search::Book| book.profiles().cloned().collect::<Vec<_>>();
        proptest::prop_assert_eq!(profiles(&head.book), profiles(&anew));
    }
}
