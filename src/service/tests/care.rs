//! Care: one greeting of all who greet at once; plans at their moment, once whatever restarts; plans of a new policy.

use std::sync::Barrier;
use std::thread;

use super::*;
use crate::model::planned::Planned;
use crate::rules::policy::SHIPPED;

const DAY: i64 = 24 * 3_600_000;
/// Midnight before the clock starts.
const MIDNIGHT: i64 = START - 9 * 3_600_000;

fn key_customer(office: &Office, name: &str) -> Id {
    let customer = office.customer(name);
    let (tier, reason, until) = (text("A"), text("because"), text(""));
    office.run(Command::TierSet { customer, tier, reason, until }).unwrap();
    customer
}

fn planned(office: &Office, filter: &str, days: u32, mine: bool) -> Vec<Planned> {
    match office.service.answer(office.me, &Query::Care { filter: text(filter), days, mine }).unwrap() {
        (_, Answer::Care(planned)) => planned,
        other => panic!("{other:?}"),
    }
}

/// Day, what, and whether it is a task.
fn told(planned: &[Planned]) -> Vec<String> {
    let tell = |plan: &Planned| {
        format!(
            "{} {} {}",
            plan.day.date(),
            plan.what(Lang::En),
            if plan.task.is_some() { "task" } else { "plan" }
        )
    };
    planned.iter().map(tell).collect()
}

#[test]
fn of_32_who_greet_at_once_one_does_and_all_others_are_told_who_and_when() {
    const PEOPLE: usize = 32;
    const ROUNDS: usize = 4;
    let office = Office::new();
    let people: Vec<(Actor, Clean)> = (0..PEOPLE)
        .map(|n| {
            let name = text(&format!("Person {n}"));
            office.add(Kind::Member, &[("name", name.as_str())]).unwrap();
            (office.service.act_as(office.me, &name).unwrap(), name)
        })
        .collect();
    let customers: Vec<Id> = (0..ROUNDS).map(|n| office.customer(&format!("Customer {n}"))).collect();
    let start = Barrier::new(PEOPLE);
    let greet = |nth: usize| -> Vec<Done> {
        let each = customers.iter().map(|customer| {
            start.wait();
            let mut log = Log::call(*customer, text("happy new year"));
            log.greeting = true;
            let order = office.order(Command::Log(Box::new(log)), None);
            office.service.execute(people[nth].0, 100 + nth as u128, vec![order]).pop().unwrap()
        });
        each.collect()
    };
    let greet = &greet;
    let done: Vec<Vec<Done>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..PEOPLE).map(|nth| scope.spawn(move || greet(nth))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for (round, customer) in customers.iter().enumerate() {
        let won: Vec<usize> = (0..PEOPLE).filter(|nth| done[*nth][round].is_ok()).collect();
        let [winner] = won[..] else { panic!("{customer}: {won:?}") };
        for nth in (0..PEOPLE).filter(|nth| *nth != winner) {
            let refusal = done[nth][round].clone().unwrap_err();
            let Refusal::Greeted { customer: told, by, at, .. } = refusal else { panic!("{refusal:?}") };
            assert_eq!((told, &by, at), (*customer, &people[winner].1, Some(Instant(START))));
        }
    }
    office.verify();
}

#[test]
fn what_is_planned_is_listed_and_comes_once_whatever_restarts() {
    let office = Office::new();
    office.clock.store(START + DAY, Ordering::SeqCst);
    let acme = key_customer(&office, "Acme");
    office.customer("Ordinary");
    office
        .add(
            Kind::Contact,
            &[("customer", "Acme"), ("name", "Li"), ("birthday", "1980-01-20"), ("channel", "wechat")],
        )
        .unwrap();
    let plans = ["2018-01-16 Get in touch plan", "2018-01-20 Greeting: birthday of Li plan"];
    assert_eq!(told(&planned(&office, "", 30, false)), plans);
    assert_eq!(told(&planned(&office, "", 15, true)), plans[..1]);
    assert_eq!(planned(&office, "tier:C", 366, false), []);
    assert_eq!(planned(&office, "", 30, true)[1].channel, Some(crate::model::Channel::Wechat));
    let why = |office: &Office| office.card(acme).why.planned;
    assert_eq!(why(&office)[0].why(Lang::En).unwrap(), "every 14 days, last 2018-01-02: by 2018-01-16");

    office.clock.store(MIDNIGHT + 16 * DAY - 1, Ordering::SeqCst);
    office.service.catch_up();
    let titles = |office: &Office| -> Vec<String> {
        office.tasks("").into_iter().map(|task| task.title.to_string()).collect()
    };
    assert_eq!(titles(&office), ["Get in touch (every 14 days)"]);
    office.clock.store(MIDNIGHT + 16 * DAY, Ordering::SeqCst);
    office.service.catch_up();
    let both = ["Get in touch (every 14 days)", "Greeting: birthday of Li"];
    assert_eq!(titles(&office), both);
    office.service.close().unwrap();
    let office = office.again();
    office.service.catch_up();
    assert_eq!(titles(&office), both);
    assert_eq!(
        told(&planned(&office, "", 20, false)),
        ["2018-01-16 Get in touch (every 14 days) task", "2018-01-20 Greeting: birthday of Li task"]
    );
    office.log(acme, "hello").unwrap();
    assert_eq!(titles(&office), both[1..], "the greeting is for another day");
    assert_eq!(told(&why(&office))[1], "2018-01-31 Get in touch plan");
    office.verify();
}

#[test]
fn a_policy_with_care_plans_for_all_whom_it_concerns_and_one_without_it_for_nobody() {
    let (without, _) = SHIPPED.split_once("[care.rhythm]").unwrap();
    let start = |store, clock| Service::start(store, clock).unwrap();
    let office = Office::under(without, &Options::default(), |_| {}, start);
    office.clock.store(START + DAY, Ordering::SeqCst);
    let acme = key_customer(&office, "Acme");
    let care_at = |office: &Office| office.service.head().snapshot.customer(acme).unwrap().care_at;
    assert_eq!(care_at(&office), None);
    assert_eq!(office.card(acme).why.planned[0].queued, None, "the rhythm is told, and makes no task");
    office.run(Command::PolicyAdopt { text: text(SHIPPED) }).unwrap();
    assert_eq!(care_at(&office), Some(Instant(MIDNIGHT + 13 * DAY)));
    office.run(Command::PolicyAdopt { text: text(without) }).unwrap();
    assert_eq!(care_at(&office), None);
    office.verify();
}
