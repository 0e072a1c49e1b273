//! Reading: the book beside the tables, and a store that is damaged or full.

use super::*;
use crate::model::Day;
use crate::store::testing;

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
fn one_comparison_with_the_journal_runs_at_a_time() {
    let office = Office::new();
    let running = office.service.verifying.lock().unwrap();
    let refused = office.service.answer(office.me, &Query::Verify);
    assert_eq!(refused, Err(Refusal::Unavailable(text("the store is being verified already"))));
    drop(running);
    office.verify();
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
    let card = Query::Card { customer: Which::Id(acme), timeline: 1, sales: 10 };
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
    office.service.shared.read_book(None);
    let list = Query::List { filter: text(""), sort: text(""), skip: 0, limit: 10 };
    assert!(matches!(office.service.answer(office.me, &list), Err(Refusal::Unavailable(_))));
    office.customer("Betatech");
    assert!(matches!(office.service.answer(office.me, &list), Err(Refusal::Unavailable(_))), "after a write");
}

#[test]
fn what_is_written_while_the_book_is_read_is_in_it_and_cards_do_not_wait() {
    let office = Office::of(|store, clock| Arc::new(Service::unread(store, clock).unwrap()));
    let acme = office.customer("Acme");
    office.log(acme, "asked for a quote > +3d send it").unwrap();
    let card = office.card(acme);
    assert_eq!((card.line.name.as_str(), card.tasks.len(), card.timeline.len()), ("Acme", 1, 1));
    assert!(office.service.head().book.is_empty());
    office.service.shared.read_book(None);
    assert_eq!(office.list(""), ["Acme"]);
    office.customer("Hottechi");
    assert_eq!(office.list(""), ["Acme", "Hottechi"]);
}

#[test]
fn a_large_book_is_left_beside_the_store_and_taken_from_there() {
    let office = Office::new();
    let names = ["Acme", "Betatech", "重庆长安"];
    for name in names {
        office.customer(name);
    }
    let aside = office.dir.path().join("store.redb.aside");
    assert_eq!(office.list(""), names);
    office.service.close().unwrap();
    assert!(aside.exists());
    let office = office.again();
    assert!(!aside.exists());
    assert_eq!(office.list(""), names);
    office.customer("Hottechi");
    assert_eq!(office.list("tech").len(), 2);
    office.verify();
}

#[test]
fn a_card_tells_of_the_year_that_ends_today() {
    let office = Office::new();
    let (acme, other) = (office.customer("Acme"), office.customer("Other"));
    for words in ["asked for the price list", "wants two lots"] {
        office.log(acme, words).unwrap();
    }
    office.log(other, "hello").unwrap();
    let today = office.card(acme).year.today;
    let on = |ago: i32| Day(today.0 - ago).date().to_string();
    for (date, amount) in [(on(0), "100"), (on(330), "50"), (on(800), "7"), (on(-3), "9")] {
        let fields = [("customer", "Acme"), ("product", "GTX"), ("date", &*date), ("amount", amount)];
        office.add(Kind::Purchase, &fields).unwrap();
    }
    let year = office.card(acme).year;
    assert_eq!((year.contacts_by_month()[11], year.contacts_by_week()[51]), (2, 2));
    assert_eq!(year.spend, [(Day(today.0 - 330), 5_000), (today, 10_000)], "what is to come is no spend yet");
    assert_eq!(year.longest_gap().map(|gap| (gap.days, gap.until)), Some((0, None)));
    assert!(office.card(office.customer("New")).year.contacts.is_empty());
}

#[test]
fn a_week_has_what_is_due_from_its_first_to_its_last_day() {
    let office = Office::new();
    for (title, due) in [("before", "2018-01-14"), ("first", "2018-01-15"), ("last", "2018-01-21")] {
        office.add(Kind::Task, &[("title", title), ("due", due), ("assignee", "me")]).unwrap();
    }
    office.add(Kind::Task, &[("title", "after"), ("due", "2018-01-22"), ("assignee", "me")]).unwrap();
    let titles =
        |filter| -> Vec<String> { office.tasks(filter).iter().map(|task| task.title.to_string()).collect() };
    assert_eq!(titles("due>=2018-01-15 due<=2018-01-21"), ["first", "last"]);
    assert_eq!(titles("due<=2018-01-21"), ["before", "first", "last"]);
}

#[test]
fn a_list_tells_the_row_of_a_customer_and_a_telephone() {
    let office = Office::new();
    for name in ["Acme", "Bolt", "Cog"] {
        office.customer(name);
    }
    office.add(Kind::Contact, &[("name", "Li"), ("customer", "Acme")]).unwrap();
    let wu = office.add(Kind::Contact, &[("name", "Wu"), ("customer", "Acme")]).unwrap().ids[0];
    let link = |to: &str| vec![crate::model::Change::link(text("phones"), text(to))];
    office.run(Command::Edit { record: wu, changes: link("138 0013 8000") }).unwrap();
    let bolt = Id::customer(2);
    office.run(Command::Edit { record: bolt, changes: link("010 5550 0000") }).unwrap();
    let ask = |query| office.service.answer(office.me, &query).unwrap().1;
    let (filter, sort) = (Clean::default(), text("name"));
    let list = Query::List { filter: filter.clone(), sort: sort.clone(), skip: 0, limit: 9 };
    let Answer::Customers(lines, 3) = ask(list) else { panic!() };
    let phones: Vec<&str> = lines.iter().map(|line| line.phone.as_str()).collect();
    assert_eq!(phones, ["138 0013 8000", "010 5550 0000", ""], "a contact's, one's own, none");
    let place = |filter: &str, customer| {
        ask(Query::Place { filter: Clean::washed(filter).0, sort: sort.clone(), customer })
    };
    assert_eq!(place("", bolt), Answer::Place(Some(1)));
    assert_eq!(place("name~Cog", bolt), Answer::Place(None));
    assert_eq!(place("", Id::customer(99)), Answer::Place(None));
}
