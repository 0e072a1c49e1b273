//! Acts: what is written, refused, repeated and told.

use super::super::Acting;
use super::*;
use crate::model::query::Happened;

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
fn a_card_says_how_many_sales_it_leaves_out() {
    let office = Office::new();
    let acme = office.customer("Acme");
    for day in 10..23 {
        let (on, customer) = (format!("2017-12-{day}"), acme.to_string());
        office
            .add(
                Kind::Purchase,
                &[("customer", &customer), ("product", "GTX"), ("amount", "5"), ("date", &on)],
            )
            .unwrap();
        let stage = if day < 12 { "engaging" } else { "won" };
        let mut deal = vec![("customer", customer.as_str()), ("amount", "5"), ("stage", stage)];
        deal.extend((stage == "won").then_some(("closed", on.as_str())));
        office.add(Kind::Deal, &deal).unwrap();
    }
    let card = |sales| {
        let query = Query::Card { customer: Which::Id(acme), timeline: 1, sales };
        let (_, Answer::Card(card)) = office.service.answer(office.me, &query).unwrap() else { panic!() };
        (card.deals.len(), card.more_deals, card.purchases.len(), card.more_purchases)
    };
    assert_eq!(card(10), (12, 1, 10, 14), "open deals are all there; what was won was bought too");
    assert_eq!(card(13), (13, 0, 13, 11));
    assert_eq!(card(0), (2, 11, 0, 24));
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
fn a_timeline_tells_which_moves_were_taken_back_and_which_take_one_back() {
    let office = Office::new();
    let acme = office.customer("Acme");
    office.edit(acme, "owner", "none").unwrap();
    let moves = || -> Vec<(bool, bool)> {
        let items = office.card(acme).timeline;
        let is_of_owner =
            |what: &Happened| matches!(what, Happened::Moved { field, .. } if field.as_str() == "owner");
        items.iter().filter(|item| is_of_owner(&item.what)).map(|item| (item.undone, item.undoes)).collect()
    };
    assert!(moves().contains(&(false, false)) && !moves().contains(&(true, false)), "{:?}", moves());
    office.undo().unwrap();
    assert!(moves().contains(&(true, false)) && moves().contains(&(false, true)), "{:?}", moves());
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
        Query::Card { customer: which(), timeline: 1, sales: 10 },
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
        let is_refused = matches!(refused, Err(Refusal::TooLong(..) | Refusal::BadFilter { .. }));
        assert!(is_refused, "{query:?}: {refused:?}");
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
