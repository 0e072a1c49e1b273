//! Forms of records: customers, contacts, deals and purchases, added and changed.

use super::*;
use crate::ipc::client::{Changed, News};
use crate::model::{Change, Command, How, Refusal, Takes, Value};

/// The last order's changes, as one would write them in the shell.
fn changes(desk: &Desk) -> Vec<String> {
    let (Command::Add { changes, .. } | Command::Edit { changes, .. }) =
        &desk.server.ordered.last().unwrap().2
    else {
        panic!("no record: {:?}", desk.server.ordered)
    };
    let sign = |how| match how {
        How::Put => "=",
        How::Link => "+=",
        How::Unlink => "-=",
    };
    changes.iter().map(|Change { field, how, to, .. }| format!("{field}{}{to}", sign(*how))).collect()
}

#[test]
fn the_forms_of_records_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (name, keys) in [
            ("customer", "a \"acme\""),
            ("customer_edit", "e tab \"138 0013 8000\""),
            ("choose", "E j"),
            ("deal_edit", "E j enter tab"),
            ("contact", "c \"Li Na\" tab tab tab tab tab \"1985-03-12\""),
            ("deal", "D \"GTX Pro\" tab \"12000\" tab right tab \"+3w\""),
            ("purchase", "P \"GTX Pro\" tab \"1200.5 USD\" tab \"12 Nov 2026\""),
        ] {
            let mut desk = Desk::new(lang, (80, 24)).up();
            desk.keys(&if lang == Lang::Zh { keys.replace("acme", "艾克美") } else { keys.to_owned() });
            insta::assert_snapshot!(format!("record_{name}_{lang:?}"), desk.small());
        }
    }
    let mut desk = Desk::new(Lang::En, (60, 15)).up();
    desk.keys("a \"acme\"");
    insta::assert_snapshot!("record_customer_En_60x15", desk.text((60, 15)));
    desk.keys("shift-tab shift-tab");
    insta::assert_snapshot!("record_customer_end_En_60x15", desk.text((60, 15)));
    let mut desk = Desk::new(Lang::Zh, (40, 8)).up();
    desk.keys("e tab tab tab tab");
    insta::assert_snapshot!("record_customer_edit_Zh_40x8", desk.text((40, 8)));
}

#[test]
fn a_new_customer_is_what_everything_is_about() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(
        "a \"重庆长安机电\" tab \"138 0013 8000; +86 23 6300 1000;\" tab tab tab tab tab tab tab tab tab tab right enter",
    );
    assert_eq!(
        changes(&desk),
        ["name=重庆长安机电", "phones+=+86 23 6300 1000", "phones+=138 0013 8000", "kind=person"],
        "what is empty is not sent"
    );
    assert!(desk.footer().contains("customer added: 重庆长安机电"), "{}", desk.footer());
    assert!(desk.row(1).contains("重庆长安机电"), "{}", desk.row(1));
    desk.hear(Heard::News(News { head: 102, changed: Changed::These(vec![Id::customer(86)]) }));
    desk.keys("c \"Li Na\" enter");
    assert_eq!(changes(&desk), ["customer=c86", "name=Li Na"]);
    assert!(desk.footer().contains("contact added: Li Na"), "{}", desk.footer());
    desk.keys("a");
    assert!(!desk.small().contains("138 0013 8000"), "what is in the book is no draft any more");
}

#[test]
fn what_hangs_on_a_customer_is_added_to_the_one_under_the_bar() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("j D \"GTX Pro\" tab \"12000\" tab right tab \"+3w\" enter");
    assert_eq!(
        changes(&desk),
        ["customer=c2", "product=GTX Pro", "amount=12000", "stage=engaging", "expected=+3w"]
    );
    assert!(desk.footer().contains("deal added: GTX Pro"), "{}", desk.footer());
    desk.keys("3 P tab \"800\" tab tab right enter");
    assert_eq!(changes(&desk), ["customer=c2", "amount=800", "paid=yes"]);
    assert!(desk.footer().contains("purchase added: 800"), "{}", desk.footer());
}

#[test]
fn the_bar_goes_to_a_new_customer_wherever_the_list_has_them() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    for n in 86..250 {
        let line = crate::model::query::CustomerLine { id: Id::customer(n), ..desk.server.line(1) };
        desk.server.customers.push(line);
    }
    let mut desk = desk.up();
    desk.keys("a \"Zeta\" enter");
    desk.hear(Heard::News(News { head: 101, changed: Changed::Everything }));
    let bar = desk.small().lines().find(|row| row.starts_with('▌')).map(str::to_owned);
    assert!(bar.as_ref().is_some_and(|row| row.contains("Zeta")), "{bar:?}: {}", desk.small());
    desk.keys("1 k j");
    assert!(desk.row(1).contains("Zeta"), "{}", desk.small());
}

#[test]
fn only_what_was_changed_is_sent_with_what_it_was() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("4 e enter");
    assert_eq!(desk.server.ordered, []);
    assert!(desk.footer().contains("nothing was changed"), "{}", desk.footer());
    desk.keys("e ctrl-u \"Acme Group\" tab tab tab ctrl-u \"Acme Ltd; AG\" tab tab tab tab tab tab tab tab right enter");
    assert_eq!(
        changes(&desk),
        ["name=Acme Group", "aliases+=AG", "aliases+=Acme Ltd", "aliases-=ACM", "kind=person"]
    );
    let Command::Edit { record, changes } = &desk.server.ordered[0].2 else { panic!() };
    assert_eq!(*record, Id::customer(1));
    assert_eq!(changes[0].was, Some(Value::Text(clean("Acme Corporation"))));
    assert_eq!(changes[4].was, Some(Value::Text(clean("company"))));
    assert!(desk.footer().contains("was Acme Corporation"), "{}", desk.footer());
}

#[test]
fn what_an_open_pool_hides_is_told_and_passed_over() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24));
        desk.server.hidden = ["phones", "address", "note", "contacts"].map(clean).into();
        let mut desk = desk.up();
        desk.keys("e tab \"a@x.com\"");
        insta::assert_snapshot!(format!("hidden_{lang:?}"), desk.small());
        desk.keys("enter");
        assert_eq!(changes(&desk), ["mails+=a@x.com"], "what is hidden is not written over");
    }
    let mut desk = Desk::new(Lang::En, (160, 50));
    desk.server.hidden = ["phones", "contacts"].map(clean).into();
    let desk = desk.up();
    assert!(desk.text((160, 50)).contains("hidden until claimed"), "{}", desk.text((160, 50)));
}

#[test]
fn what_hangs_on_a_customer_is_chosen_and_changed() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("2 E down enter tab tab right tab tab ctrl-u \"Versie\" enter");
    assert_eq!(changes(&desk), ["stage=won", "owner=Versie"]);
    let Command::Edit { record, changes } = &desk.server.ordered[0].2 else { panic!() };
    assert_eq!(*record, Id::new(Kind::Deal, 3));
    assert_eq!(changes[1].was, Some(Value::Ref(Id::new(Kind::Member, 1))));
    assert!(desk.footer().contains("changed: GTX Pro"), "{}", desk.footer());
    desk.hear(Heard::News(News { head: 102, changed: Changed::Everything }));
    assert!(!desk.small().contains("edit ·"), "it is not asked for again");
    desk.server.deal = 4;
    desk.keys("E down enter");
    assert!(desk.footer().contains("this record is not there any more"), "{}", desk.footer());
}

#[test]
fn what_happened_is_changed_where_it_stands() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("2 e");
        insta::assert_snapshot!(format!("record_interaction_{lang:?}"), desk.small());
    }
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("2 e enter");
    assert!(desk.footer().contains("nothing was changed"), "{}", desk.footer());
    desk.keys("e ctrl-e \" Twice.\" shift-tab ctrl-u \"yesterday 9:00\" shift-tab ctrl-u \"per\" enter shift-tab right enter");
    assert_eq!(
        changes(&desk),
        ["outcome=replied", "at=yesterday 9:00", "text=Asked for the Q1 price list. Twice."]
    );
    let Command::Edit { record, changes: sent } = &desk.server.ordered[0].2 else { panic!() };
    assert_eq!(*record, Id::new(Kind::Interaction, 9));
    assert_eq!(sent[1].was, Some(Value::Instant(Instant(NOW.0 - 4 * 3_600_000))));
    assert!(desk.footer().contains("changed: call out, Acme Corporation"), "{}", desk.footer());
    desk.keys("enter e");
    assert!(desk.small().contains("edit · call out"), "from the page that shows it: {}", desk.small());
    desk.server.deal = 7;
    desk.keys("esc j j e");
    assert!(desk.small().contains("edit · GTX Pro"), "{}", desk.small());
    desk.keys("esc j e");
    assert!(desk.small().contains("edit · Acme Corporation"), "a tier is the customer's: {}", desk.small());
}

#[test]
fn a_task_is_changed_where_it_stands() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("3 e ctrl-u \"second contact\" tab ctrl-u \"fri\" enter");
    assert_eq!(changes(&desk), ["title=second contact", "due=fri"]);
    assert!(desk.footer().contains("changed: first contact"), "{}", desk.footer());
    desk.server.tasks.clear();
    desk.hear(Heard::News(News { head: 102, changed: Changed::Everything }));
    desk.keys("e");
    assert!(desk.footer().contains("no task under the bar"), "{}", desk.footer());
}

#[test]
fn who_is_not_there_any_more_is_not_changed() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.customers.remove(0);
    desk.hear(Heard::News(News { head: 102, changed: Changed::Everything }));
    for key in ["e", "E"] {
        desk.keys(key);
        assert!(desk.footer().contains("this record is not there any more"), "{}", desk.footer());
    }
    desk.online = false;
    desk.keys("j e");
    assert!(desk.footer().contains("asking.."), "{}", desk.footer());
}

fn conflict(field: &str, is: Value) -> Refusal {
    Refusal::Conflict {
        record: Id::customer(1),
        field: clean(field),
        was: Value::Absent,
        is,
        to: Value::Absent,
        by: Some((clean("Versie Hillebrand"), 90)),
    }
}

#[test]
fn of_two_who_change_a_field_the_second_sees_both_and_decides() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("e ctrl-u \"Acme Group\" tab tab tab tab tab tab tab tab right");
    desk.server.refusal = Some(conflict("name", Value::Text(clean("ACME Holding"))));
    desk.keys("enter");
    insta::assert_snapshot!("record_conflict", desk.small());
    desk.server.refusal = Some(conflict("kind", Value::Text(clean("company"))));
    desk.keys("enter");
    let screen = desk.small();
    assert!(screen.contains("now: company (by Versie Hillebrand)"), "{screen}");
    desk.keys("enter");
    let Command::Edit { changes, .. } = &desk.server.ordered[2].2 else { panic!() };
    assert_eq!(changes[0].to.as_str(), "Acme Group");
    assert_eq!(changes[0].was, Some(Value::Text(clean("ACME Holding"))), "over theirs");
    assert!(desk.footer().contains("was Acme"), "{}", desk.footer());
}

#[test]
fn their_value_typed_is_no_change_any_more() {
    let mut desk = Desk::new(Lang::Zh, (80, 24)).up();
    desk.server.refusal = Some(conflict("name", Value::Text(clean("Acme"))));
    desk.keys("e ctrl-u \"Acme Group\" enter");
    assert!(desk.small().contains("现为：Acme（Versie Hillebrand）"), "{}", desk.small());
    desk.keys("ctrl-u \"Acme\" enter");
    assert_eq!(desk.server.ordered.len(), 1);
    assert!(desk.footer().contains("没有更改"), "{}", desk.footer());
}

#[test]
fn a_draft_of_a_change_keeps_what_was_typed_and_shows_what_else_became_new() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("e ctrl-u \"Acme Group\" esc");
    assert!(desk.footer().contains("the draft is kept"), "{}", desk.footer());
    desk.server.customers[0].industry = clean("mining");
    desk.server.customers[0].name = clean("ACME Holding");
    desk.hear(Heard::News(News { head: 102, changed: Changed::These(vec![Id::customer(1)]) }));
    desk.keys("e");
    let screen = desk.small();
    assert!(screen.contains("Acme Group") && screen.contains("mining"), "{screen}");
    desk.keys("enter");
    assert_eq!(changes(&desk), ["name=Acme Group"]);
    let Command::Edit { changes, .. } = &desk.server.ordered[0].2 else { panic!() };
    assert_eq!(changes[0].was, Some(Value::Text(clean("Acme Corporation"))), "what its author saw");
}

#[test]
fn a_refusal_stands_at_the_field_that_is_to_blame() {
    let known = Id::new(Kind::Member, 7);
    for (refusal, typed, label, says) in [
        (Refusal::NoMatch(Kind::Member, clean("Nobody")), "Nobody", "owner", "no member matches"),
        (Refusal::NoRecord(known), "m7", "owner", "there is no member m7"),
        (
            Refusal::Ambiguous(Kind::Member, clean("Zhao"), vec![(known, clean("Li Na")); 2]),
            "Zhao",
            "owner",
            "name one by its id: m7 Li Na",
        ),
        (Refusal::ParentLoop(Id::customer(1), Id::customer(2)), "c2", "parent", "cannot be the parent of c1"),
        (Refusal::BadValue(clean("mails"), clean("li"), Takes::Mail), "xq", "mail", "is not a mail address"),
        (Refusal::TooLong(clean("tags"), 90, 60), "xq", "tags", "tags has 90 characters"),
    ] {
        let mut desk = Desk::new(Lang::En, (80, 24)).up();
        desk.server.refusal = Some(refusal);
        desk.keys("e shift-tab shift-tab shift-tab shift-tab ctrl-u");
        desk.keys(&format!("\"{typed}\" enter"));
        let screen = desk.small();
        assert!(screen.contains(says), "{screen}");
        desk.keys("ctrl-e \" here\"");
        let screen = desk.small();
        assert!(screen.lines().any(|row| row.contains(" here") && row.contains(label)), "{screen}");
    }
}

#[test]
fn the_record_that_is_meant_is_said_and_put_in() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("a \"Zeta\" shift-tab shift-tab \"Dalttechnology 7\"");
    assert!(desk.small().contains("parent         Dalttechnology 7"), "{}", desk.small());
    desk.keys("ctrl-u \"technology 7\"");
    let screen = desk.small();
    assert!(screen.contains("technology 7") && screen.contains("c82 Dalttechnology 7 "), "{screen}");
    desk.keys("tab shift-tab");
    assert!(desk.small().contains("parent         Dalttechnology 7 "), "{}", desk.small());
    desk.keys("ctrl-u \"Acme\" esc");
    assert!(desk.small().contains("more than one customer matches"), "{}", desk.small());
    desk.keys("ctrl-u shift-tab shift-tab \"Bob\"");
    assert!(desk.small().contains("no member matches"), "{}", desk.small());
    desk.keys("ctrl-u \"Anna\" enter enter");
    assert_eq!(changes(&desk), ["name=Zeta", "kind=company", "owner=Anna Snelling"]);
}

#[test]
fn a_namesake_is_told_and_hinders_nobody() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("a \"code\"");
    assert!(!desk.small().contains("likely the same"), "within a name is not the name");
    desk.keys("ctrl-u \"hottechi\"");
    let screen = desk.small();
    let below = screen.lines().skip_while(|row| !row.contains("name           hottechi")).nth(1);
    let same = "likely the same: Hottechi, Anna, last contact 5d";
    assert!(below.is_some_and(|row| row.contains(same)), "right below the name: {screen}");
    desk.keys("backspace");
    assert!(desk.small().contains("likely the same: Hottechi"));
    desk.keys("enter");
    assert_eq!(changes(&desk), ["name=hottech", "kind=company"]);
    desk.keys("e ctrl-u \"hottechi\"");
    assert!(!desk.small().contains("likely the same"), "only a new customer can be there twice");
}

#[test]
fn a_choice_takes_first_letters_and_says_so() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("a \"Zeta\" tab \"5551\" tab tab tab tab tab tab tab tab tab tab");
    let row = |desk: &Desk| desk.small().lines().find(|row| row.contains("kind")).unwrap().to_owned();
    assert!(row(&desk).contains("▸company   person") && row(&desk).contains("← → or a first letter"));
    desk.keys("\"P\"");
    assert!(row(&desk).contains("company  ▸person"), "{}", row(&desk));
    desk.keys("enter");
    assert_eq!(changes(&desk), ["name=Zeta", "phones+=5551", "kind=person"]);
}

#[test]
fn drafts_of_records_survive_a_crash() {
    let dir = tempfile::tempdir().unwrap();
    let start = || {
        let drafts = Drafts::load(dir.path().into());
        Desk::with(Lang::En, (80, 24), drafts, Keymap::shipped("default").unwrap()).up()
    };
    let mut desk = start();
    desk.keys("a \"Zeta\" esc e ctrl-u \"Acme Group\" esc c \"Li\" esc j c \"Wang\"");
    drop(desk);
    let mut desk = start();
    desk.keys("c");
    assert!(desk.small().contains("name           Li"), "{}", desk.small());
    desk.keys("esc j c");
    assert!(desk.small().contains("name           Wang"), "{}", desk.small());
    desk.keys("esc a");
    assert!(desk.small().contains("Zeta"), "{}", desk.small());
    desk.keys("esc k e enter");
    assert_eq!(changes(&desk), ["name=Acme Group"]);
}

#[test]
fn whoever_did_not_wait_for_the_new_customer_is_left_where_they_are() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.keys("a \"Zeta\" enter esc");
    desk.online = true;
    for send in std::mem::take(&mut desk.unanswered) {
        desk.answer(send);
    }
    assert!(desk.footer().contains("customer added: Zeta"), "{}", desk.footer());
    assert!(desk.row(1).contains("Acme Corporation"), "{}", desk.row(1));
}

#[test]
fn a_field_that_names_a_record_offers_those_that_fit() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("P \"GTX\" tab \"800\" shift-tab shift-tab ctrl-u \"code\"");
    insta::assert_snapshot!("offered_customers_En", desk.small());
    desk.keys("down enter");
    assert_eq!(desk.server.ordered, [], "enter takes what is under the bar");
    assert!(desk.small().contains("customer Codehow "), "{}", desk.small());
    desk.keys("enter");
    assert_eq!(changes(&desk), ["product=GTX", "amount=800", "customer=Codehow"]);
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.colleagues = vec![("", "Versie Hillebrand")];
    let mut desk = desk.up();
    desk.keys("e shift-tab shift-tab shift-tab shift-tab ctrl-u \"hilleb\" tab");
    assert!(desk.small().contains("owner          Versie Hillebrand "), "the only one: {}", desk.small());
}

#[test]
fn what_has_no_such_name_is_made_with_what_is_saved() {
    for (lang, size, name) in [
        (Lang::En, (80, 24), "offered_new_En"),
        (Lang::Zh, (80, 24), "offered_new_Zh"),
        (Lang::En, (60, 15), "offered_new_60x15"),
    ] {
        let mut desk = Desk::new(lang, size).up();
        desk.keys("l \"two lots\" shift-tab shift-tab \"Maria\"");
        insta::assert_snapshot!(name, desk.text(size));
        desk.keys("up down enter");
        assert!(desk.text(size).contains("+Maria"), "{}", desk.text(size));
        desk.keys("enter");
        let Some((_, _, Command::Log(log))) = desk.server.ordered.last() else { panic!("nothing was sent") };
        assert_eq!((log.text.as_str(), log.contact.as_str()), ("two lots", "+Maria"));
    }
}

#[test]
fn esc_leaves_what_is_offered_and_then_the_form() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l \"two lots\" shift-tab shift-tab right");
    assert!(desk.small().contains("Perez"), "all of them: {}", desk.small());
    desk.keys("esc");
    assert!(!desk.small().contains("Perez") && desk.small().contains("log ·"), "{}", desk.small());
    desk.keys("\"per\" enter");
    assert!(desk.small().contains("Juan Perez"), "{}", desk.small());
    desk.keys("esc");
    assert!(desk.footer().contains("the draft is kept"), "{}", desk.footer());
}

#[test]
fn what_is_offered_is_taken_into_the_field_before_anything_is_saved() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24));
        desk.server.colleagues = vec![("zym", "赵一鸣"), ("versie", "Versie Hillebrand")];
        let mut desk = desk.up();
        desk.keys("space b \"zhao\"");
        assert!(desk.small().contains("▌ 赵一鸣"), "{}", desk.small());
        let footer = lang
            .pick("enter take it  tab take it, next field  esc close", "enter 选用  tab 选用并转到下一字段");
        assert!(desk.footer().contains(footer), "{}", desk.footer());
        assert!(desk.small().contains(lang.pick("enter takes it", "enter 选用")), "{}", desk.small());
        desk.keys("enter");
        assert_eq!(desk.server.ordered, [], "{}", desk.small());
        desk.keys("enter");
        assert_eq!(changes(&desk), ["owner=赵一鸣"]);
        // Tab takes it too; what was emptied stays empty; a whole name needs nobody.
        desk.keys("b \"hil\" tab shift-tab");
        assert!(desk.small().contains("Versie Hillebrand"), "{}", desk.small());
        desk.keys("ctrl-u tab \"vip\" shift-tab");
        assert!(!desk.small().contains("Versie Hillebrand "), "{}", desk.small());
        desk.keys("\"Versie Hillebrand\" enter");
        assert_eq!(changes(&desk), ["owner=Versie Hillebrand", "tags+=vip"]);
    }
}

#[test]
fn a_conflict_is_told_again_until_it_is_resolved() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        let change = |desk: &mut Desk, industry: &str| {
            desk.server.customers[0].industry = clean(industry);
            desk.hear(Heard::News(News { head: 102, changed: Changed::These(vec![Id::customer(1)]) }));
        };
        let industry = |desk: &Desk| {
            let Command::Edit { changes, .. } = &desk.server.ordered.last().unwrap().2 else { panic!() };
            (changes[0].to.as_str().to_owned(), changes[0].was.clone())
        };
        let held = Some(Value::Text(desk.server.customers[0].industry.clone()));
        let to_industry = "e tab tab tab tab tab tab tab tab";
        desk.keys(to_industry).keys("ctrl-u \"ours\" esc");
        change(&mut desk, "theirs");
        let refusal = || Some(conflict("industry", Value::Text(clean("theirs"))));
        for _ in 0..2 {
            desk.server.refusal = refusal();
            desk.keys("e");
            let told = lang.pick("now: theirs", "现为：theirs");
            assert!(desk.small().contains(told), "{}", desk.small());
            assert!(desk.small().contains(lang.pick("ctrl-v takes theirs", "ctrl-v 采用他人内容")));
            desk.keys("enter");
            assert_eq!(industry(&desk), ("ours".to_owned(), held.clone()), "nothing is put over theirs");
            assert!(desk.small().contains("Versie Hillebrand"), "{}", desk.small());
            desk.keys("esc");
        }
        desk.server.refusal = refusal();
        desk.keys("e enter enter");
        assert_eq!(industry(&desk), ("ours".to_owned(), Some(Value::Text(clean("theirs")))));
        // Theirs is taken with a key, and then nothing is left to be saved.
        desk.keys(to_industry).keys("ctrl-u \"mine again\"");
        desk.server.refusal = refusal();
        desk.keys("enter ctrl-v");
        assert!(!desk.small().contains("mine again"), "{}", desk.small());
        let orders = desk.server.ordered.len();
        desk.keys("enter");
        assert_eq!(desk.server.ordered.len(), orders, "{}", desk.small());
    }
}
