//! The past: what was answered then is answered again, from a head of that moment.

use super::*;
use crate::model::Day;

const NOBODY_LEFT: &dyn Fn() -> bool = &|| false;

/// What is asked of every moment.
fn questions() -> Vec<Query> {
    let empty = Clean::default;
    let card = |n| Query::Card { customer: Which::Id(Id::customer(n)), timeline: 20, sales: 10 };
    vec![
        Query::List { filter: empty(), sort: empty(), skip: 0, limit: 100 },
        Query::Find { words: text("a"), limit: 20 },
        Query::Tasks { whose: Whose::All, filter: text("state:any"), limit: 100 },
        Query::Tasks { whose: Whose::Mine, filter: empty(), limit: 100 },
        Query::Tiers,
        Query::Board,
        Query::Why { customer: Which::Id(Id::customer(1)) },
        Query::History { record: None, by: empty(), since: empty(), before: None, limit: 100 },
        Query::Session,
        card(1),
        card(2),
    ]
}

impl Office {
    fn answers(&self) -> Vec<Result<(u64, Answer), Refusal>> {
        questions().iter().map(|query| self.service.answer(self.me, query)).collect()
    }

    fn answers_at(&self, at: Instant) -> Vec<Result<(u64, Answer), Refusal>> {
        let ask = |query| self.service.answer_at(self.me, at, query, NOBODY_LEFT);
        questions().iter().map(ask).collect()
    }

    fn as_of(&self, on: &str) -> Result<Vec<String>, Refusal> {
        let list = Query::List { filter: text(""), sort: text("name"), skip: 0, limit: 100 };
        match self.service.answer_as_of(self.me, &text(on), &list, NOBODY_LEFT)?.1 {
            Answer::Customers(lines, _) => Ok(lines.into_iter().map(|line| line.name.to_string()).collect()),
            other => panic!("{other:?}"),
        }
    }

    fn days_pass(&self, days: i64) {
        self.clock.fetch_add(days * 86_400_000, Ordering::SeqCst);
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 12, failure_persistence: None, ..Default::default() })]

    /// Whatever was done since, a past head answers what the store answered at that moment.
    #[test]
    fn the_past_answers_what_was_answered_then(
        commands in proptest::collection::vec(proptest::prelude::any::<(u8, u64, u8)>(), 4..40)
    ) {
        let office = Office::new();
        office.add(Kind::Member, &[("name", "Anna"), ("login", "anna")]).unwrap();
        office.customer("Acme");
        let every = commands.len() / 3;
        let mut seen = Vec::new();
        for (at, command) in commands.into_iter().enumerate() {
            // Refused or not: what counts is what is left behind.
            let _ = office.run(chance::by_chance(command));
            office.clock.fetch_add(1_000, Ordering::SeqCst);
            if at % every == 0 {
                seen.push((office.service.now(), office.answers()));
                office.clock.fetch_add(1_000, Ordering::SeqCst);
            }
        }
        for (at, then) in seen {
            proptest::prop_assert_eq!(office.answers_at(at), then);
        }
    }
}

#[test]
fn a_day_is_seen_as_it_ended_and_today_as_it_is() {
    let office = Office::new();
    office.customer("Acme");
    office.days_pass(1);
    office.customer("Betatech");
    office.days_pass(1);
    office.customer("Hottechi");
    assert_eq!(office.as_of("2018-01-01").unwrap(), ["Acme"]);
    assert_eq!(office.as_of("yesterday").unwrap(), ["Acme", "Betatech"]);
    assert_eq!(office.as_of("yesterday 08:59").unwrap(), ["Acme"]);
    assert_eq!(office.as_of("today").unwrap(), ["Acme", "Betatech", "Hottechi"]);
}

#[test]
fn there_is_no_past_before_the_book_nor_in_days_to_come() {
    let office = Office::new();
    let day = |n| Day::from(chrono::NaiveDate::from_ymd_opt(2018, 1, n).unwrap());
    let new_year = |n| Day(day(1).0 + n);
    assert_eq!(office.as_of("2017-12-31"), Err(Refusal::BeforeTheBook(new_year(-1), new_year(0))));
    assert_eq!(office.as_of("tomorrow"), Err(Refusal::NotYet(day(2))));
    assert_eq!(office.as_of("today 23:00"), Err(Refusal::NotYet(day(1))));
    assert!(matches!(office.as_of("someday"), Err(Refusal::BadValue(..))));
    for refused in ["2017-12-31", "tomorrow", "someday"] {
        assert_eq!(office.as_of(refused).unwrap_err().code(), 2, "{refused}");
    }
}

#[test]
fn who_joined_later_sees_the_past_as_who_they_are() {
    let office = Office::new();
    office.days_pass(1);
    office.add(Kind::Member, &[("name", "Anna"), ("login", "anna")]).unwrap();
    let anna = office.service.actor(1001, Lang::En, || "anna".into()).unwrap();
    let asked = office.service.answer_as_of(anna, &text("2018-01-01"), &Query::Session, NOBODY_LEFT);
    let Ok((_, Answer::Session(session))) = asked else { panic!("{asked:?}") };
    assert_eq!(session.member.name, text("Anna"));
    assert_eq!(session.now.say(chrono_tz::Asia::Shanghai), "2018-01-01");
    office.edit(anna.member, "left", "yes").unwrap();
    let refused = office.service.answer_as_of(anna, &text("2018-01-01"), &Query::Tiers, NOBODY_LEFT);
    assert_eq!(refused, Err(Refusal::Left(text("Anna"))));
}

#[test]
fn nobody_waits_for_a_past_that_nobody_asks_for_any_more() {
    let office = Office::new();
    office.days_pass(1);
    let ask = |gone: &dyn Fn() -> bool| {
        office.service.answer_as_of(office.me, &text("yesterday"), &Query::Tiers, gone)
    };
    assert_eq!(ask(&|| true), Err(Refusal::Unavailable(text("broken off before it was done"))));
    assert!(ask(NOBODY_LEFT).is_ok());
    assert!(ask(&|| true).is_ok(), "it is kept");
}

#[test]
fn how_the_server_is_it_tells_of_now() {
    let office = Office::new();
    office.days_pass(1);
    office.customer("Acme");
    let head = office.service.head().snapshot.head();
    let asked = office.service.answer_as_of(office.me, &text("2018-01-01"), &Query::Status, NOBODY_LEFT);
    assert!(matches!(asked, Ok((at, Answer::Status(status))) if (at, status.customers) == (head, 1)));
}
