//! Batches: rows of a file taken in, and taken back as one.

use super::*;
use crate::model::handover::{By, Held};
use crate::model::{Became, Row};

fn became(done: &[Done]) -> Vec<Became> {
    done.iter().map(|done| done.as_ref().unwrap().became).collect()
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
    assert!(matches!(undo(false), Err(Refusal::BatchInUse(_, 1, _, None))));
    assert_eq!(office.list(""), ["Acme", "Betatech"]);
    undo(true).unwrap();
    assert_eq!(office.list(""), ["Acme"]);
    office.verify();
}

#[test]
fn a_batch_under_another_names_it_and_counts_the_records_that_stand_on_it() {
    let office = Office::new();
    let (customers, _) = office.import(
        Kind::Customer,
        &[("", &[("name", "Acme")]), ("", &[("name", "Betatech"), ("parent", "Acme")])],
    );
    let bought =
        |customer| [("customer", customer), ("product", "GTX"), ("amount", "5"), ("date", "2017-12-01")];
    let [first, second, third] = [bought("Acme"), bought("Betatech"), bought("Betatech")];
    let (purchases, _) = office.import(Kind::Purchase, &[("p1", &first), ("p2", &second), ("p3", &third)]);
    let refused =
        office.run(Command::Undo { what: Undone::Batch(customers.unwrap()), partial: false }).unwrap_err();
    assert_eq!(
        refused,
        Refusal::BatchInUse(customers.unwrap(), 3, Id::new(Kind::Purchase, 1), purchases),
        "Betatech is of the same batch as Acme, and does not stand on it"
    );
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
fn a_closed_batch_takes_nothing_more() {
    let office = Office::new();
    let (batch, _) = office.import(Kind::Customer, &[("", &[("name", "Acme")])]);
    let late = Command::Log(Box::new(Log::call(Id::customer(1), text("late"))));
    assert_eq!(office.all(vec![late.clone()], batch), [Err(Refusal::NoBatch(batch.unwrap()))]);
    assert!(matches!(office.all(vec![late], Some(Id::customer(1)))[0], Err(Refusal::NoBatch(_))));
}

#[test]
fn a_book_is_handed_over_as_one_batch_and_comes_back_whole() {
    let office = Office::new();
    let made = |kind, fields: &[(&str, &str)]| office.add(kind, fields).unwrap().ids[0];
    let [from, anna, bo] = ["Fay", "Anna", "Bo"].map(|name| made(Kind::Member, &[("name", name)]));
    let customers = ["Acme", "Betatech", "Zeta"]
        .map(|name| (made(Kind::Customer, &[("name", name), ("owner", "Fay")]), Clean::default()));
    let [acme, betatech, zeta] = [0, 1, 2].map(|nth: usize| customers[nth].0);
    let at = betatech.to_string();
    let of = [("title", "call"), ("customer", at.as_str()), ("assignee", "Fay")];
    let beside = made(
        Kind::Customer,
        &[("name", "Beside"), ("owner", "me"), ("collaborators", "Fay:support"), ("backup", "Fay")],
    );
    let held = Held {
        customers: customers.to_vec(),
        tasks: vec![(made(Kind::Task, &of), Some(betatech))],
        deals: vec![(made(Kind::Deal, &[("customer", &at), ("owner", "Fay")]), Some(betatech))],
        duties: vec![(beside, text("support"))],
        backups: vec![(beside, Some(office.me.member))],
    };
    office.edit(zeta, "owner", "me").unwrap();
    let before = office.service.head();
    let shares = held.divided(2, By::Round);
    let commands = shares.iter().zip([anna, bo]).flat_map(|(share, to)| share.commands(from, to));
    let opened = office.run(Command::BatchOpen { name: text("handover"), fingerprint: text("h") }).unwrap();
    let batch = opened.ids[0];
    let done = office.all(commands.collect(), Some(batch));
    office.run(Command::BatchClose { batch }).unwrap();
    let refused: Vec<_> = done.iter().filter_map(|done| done.as_ref().err()).collect();
    assert!(
        matches!(refused[..], [Refusal::Conflict { record, .. }] if *record == zeta),
        "somebody has it already: {refused:?}"
    );
    let (task, deal) = (held.tasks[0].0, held.deals[0].0);
    let has = |record: Id, field: &str| {
        let row = office.service.head().snapshot.row(record).unwrap();
        row.get(&record.kind.field(field).unwrap().0).refers_to()
    };
    let all = || {
        [(acme, "owner"), (betatech, "owner"), (zeta, "owner"), (task, "assignee"), (deal, "owner")]
            .map(|(record, field)| has(record, field))
    };
    let duties = || {
        let row = office.service.head().snapshot.customer(beside).unwrap();
        (row.collaborators.into_iter().collect::<Vec<_>>(), row.backup)
    };
    let me = office.me.member;
    assert_eq!(duties(), (vec![(anna, text("support"))], Some(anna)), "to who has less otherwise");
    assert_eq!(all(), [anna, bo, me, bo, bo].map(Some), "what hangs on a customer goes with it");
    office.undo().unwrap();
    assert_eq!(all(), [from, from, me, from, from].map(Some), "one undo");
    assert_eq!(duties(), (vec![(from, text("support"))], Some(from)));
    for id in [acme, betatech, task, deal] {
        let was = before.snapshot.row(id).map(|row| row.values());
        let now = office.service.head().snapshot.row(id).map(|row| row.values());
        let updated = |values: &Option<Vec<_>>| values.as_ref().map(Vec::len);
        assert_eq!(updated(&was), updated(&now), "{id}");
    }
    office.verify();
}

#[test]
fn a_protection_goes_along_with_its_customer() {
    const POOL: &str = "[[pool]]\nid = \"all\"\n[pool.claim]\nprotect = { period = \"30d\" }\n";
    let start = |store, clock| Service::start(store, clock).unwrap();
    let policy = format!("{}{POOL}", crate::rules::policy::SHIPPED);
    let office = Office::under(&policy, &Options::default(), |_| {}, start);
    let acme = office.customer("Acme");
    let anna = office.add(Kind::Member, &[("name", "Anna")]).unwrap().ids[0];
    office.run(Command::Protect { customer: acme, on: true, reason: text("a deal is near") }).unwrap();
    let protected = || office.service.head().snapshot.customer(acme).unwrap().protected;
    let before = protected();
    let held = Held { customers: vec![(acme, Clean::default())], ..Held::default() };
    let share = held.divided(1, By::Round).remove(0);
    assert!(office.all(share.commands(office.me.member, anna).collect(), None).iter().all(Result::is_ok));
    assert!(before.is_some() && protected() == before);
}
