//! The entries of records as forms: every field that people set, and what a change is based on.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::{Customer, Refusal};
use crate::tui::drafts::Before;

#[test]
fn every_entry_is_a_field_that_people_set() {
    for kind in Kind::ALL {
        assert_eq!(entries(kind).count(), table(kind).len(), "{kind:?}");
        for (entry, _, info) in entries(kind) {
            assert!(!info.derived && info.command.is_none(), "{}", entry.name);
            let is_choice = matches!(info.shape, Shape::Word(_));
            assert_eq!(is_choice, !(entry.choices)().is_empty(), "{}", entry.name);
            if let Shape::Word(words) = info.shape {
                let offered: Vec<String> = (entry.choices)().into_iter().map(|pick| pick.word).collect();
                let all = (words.all)();
                assert!(all.iter().all(|word| offered.iter().any(|pick| pick == word)), "{offered:?}");
            }
        }
    }
}

#[test]
fn a_change_is_based_on_what_its_author_saw() {
    let about = Named { id: Id::customer(3), name: Clean::known("Acme") };
    let row = Row::Customer(Customer {
        name: about.name.clone(),
        employees: Some(40),
        owner: Some(Id::new(Kind::Member, 2)),
        ..Customer::default()
    });
    let mut form = edit(about, &row, &[], &|_| Some(Clean::known("Anna")), Tz::UTC);
    assert_eq!(edited(&form.draft()), Command::Edit { record: Id::customer(3), changes: Vec::new() });
    form.put("employees", "50");
    form.put("owner", "");
    let Command::Edit { changes, .. } = edited(&form.draft()) else { panic!() };
    let seen: Vec<_> = changes.iter().map(|change| (change.to.as_str(), change.was.clone())).collect();
    let owner = Value::Ref(Id::new(Kind::Member, 2));
    assert_eq!(seen, [("50", Some(Value::Number(40))), ("", Some(owner))]);
}

#[test]
fn one_entry_in_place_of_another_names_it() {
    let about = Named { id: Id::customer(3), name: Clean::known("Acme") };
    let row = Row::Customer(Customer {
        mails: [Clean::known("a@x.com"), Clean::known("b@x.com")].into(),
        ..Customer::default()
    });
    let mut form = edit(about, &row, &[], &|_| None, Tz::UTC);
    form.put("mails", "b@x.com; c@x.com; d@x.com");
    let Command::Edit { changes, .. } = edited(&form.draft()) else { panic!() };
    let sent: Vec<_> =
        changes.iter().map(|change| (change.how, change.to.as_str(), change.was.clone())).collect();
    let a = Some(Value::Text(Clean::known("a@x.com")));
    assert_eq!(
        sent,
        [(How::Link, "c@x.com", a), (How::Link, "d@x.com", None), (How::Unlink, "a@x.com", None)]
    );
}

#[test]
fn an_entry_that_others_replaced_is_saved_again_over_theirs() {
    let about = Named { id: Id::customer(3), name: Clean::known("Acme") };
    let row = Row::Customer(Customer { mails: [Clean::known("a@x.com")].into(), ..Customer::default() });
    let mut form = edit(about, &row, &[], &|_| None, Tz::UTC);
    form.put("mails", "mine@x.com");
    let refusal = Refusal::Conflict {
        record: Id::customer(3),
        field: Clean::known("mails"),
        was: Value::Text(Clean::known("a@x.com")),
        is: Value::Text(Clean::known("other@x.com; theirs@x.com")),
        to: Value::Text(Clean::known("mine@x.com")),
        by: None,
    };
    form.refuse(refusal, Tz::UTC);
    let Command::Edit { changes, .. } = edited(&form.order()) else { panic!() };
    let sent: Vec<_> = changes.iter().map(|change| (change.how, change.to.as_str())).collect();
    let gone = [(How::Unlink, "other@x.com"), (How::Unlink, "theirs@x.com")];
    assert_eq!(sent, [&[(How::Link, "mine@x.com")], &gone[..]].concat());
    assert_eq!(changes[0].was, Some(Value::Text(Clean::known("other@x.com"))));
}

#[test]
fn own_fields_are_one_line_of_assignments() {
    let about = Named { id: Id::customer(3), name: Clean::known("Acme") };
    let held = [("budget", "high"), ("floor", "2;3"), ("vat", "yes")];
    let own = held.map(|(name, value)| (Clean::known(name), Clean::known(value))).into();
    let row = Row::Customer(Customer { own, ..Customer::default() });
    let mut form = edit(about, &row, &[], &|_| None, Tz::UTC);
    assert_eq!(form.draft().field("own"), "budget=high; floor=2;3; vat=yes");
    form.put("own", "budget=low; floor=2;3; 行业=a=b");
    let Command::Edit { changes, .. } = edited(&form.draft()) else { panic!() };
    let sent: Vec<_> = changes.iter().map(|change| format!("{}={}", change.field, change.to)).collect();
    assert_eq!(sent, ["x.budget=low", "x.vat=", "x.行业=a=b"]);
    assert_eq!(changes[0].was, Some(Value::Text(Clean::known("high"))));
    assert_eq!(changes[2].was, Some(Value::Absent));
}

#[test]
fn the_forms_hold_all_that_people_set() {
    let elsewhere = ["reference", "archived", "deal"];
    for kind in Kind::ALL.into_iter().filter(|kind| has_form(*kind)) {
        let held: BTreeSet<&str> = entries(kind).map(|(entry, ..)| entry.name).collect();
        let set = kind.fields().iter().filter(|info| !info.derived && info.command.is_none());
        let of_files = |name: &str| kind == Kind::Task && name == "source";
        for info in set.filter(|info| !elsewhere.contains(&info.name) && !of_files(info.name)) {
            assert!(held.contains(info.name), "{kind:?} {}", info.name);
        }
    }
}

fn list() -> impl Strategy<Value = BTreeSet<String>> {
    proptest::collection::btree_set("[a-c重庆,]( ?[a-c重庆,]){0,2}", 0..5)
}

proptest! {
    /// Whatever a list held and whatever is typed over it: what is sent makes the one into the other.
    #[test]
    fn changes_of_a_list_make_the_old_one_the_new_one(old in list(), new in list(), blanks in "[ ;；]{1,3}") {
        let text = |list: &BTreeSet<String>, between: &str| {
            list.iter().cloned().collect::<Vec<_>>().join(between)
        };
        let tags = old.iter().map(|tag| Clean::new(tag).unwrap()).collect();
        let row = Row::Customer(Customer { tags, ..Customer::default() });
        let mut form = edit(nobody(), &row, &[], &|_| None, Tz::UTC);
        form.put("tags", &text(&new, &format!("{blanks};")));
        let Command::Edit { changes, .. } = edited(&form.draft()) else { panic!() };
        let mut held = old;
        for change in changes {
            let to = change.to.as_str().to_owned();
            let moved = if change.how == How::Link { held.insert(to) } else { held.remove(&to) };
            prop_assert!(moved, "nothing is sent in vain");
        }
        prop_assert_eq!(held, new);
    }

    /// A new record is sent what was typed, and nothing else.
    #[test]
    fn what_is_left_empty_is_not_sent(typed in proptest::collection::btree_map(0..CUSTOMER.len(), "[a-z; ]{0,9}", 0..9)) {
        let fields: BTreeMap<String, String> =
            typed.into_iter().map(|(at, text)| (CUSTOMER[at].name.to_owned(), text)).collect();
        let before = BTreeMap::<String, Before>::new();
        let draft = Draft {
            deed: Deed::Add(Kind::Customer),
            about: nobody(),
            over: BTreeSet::new(),
            by: None,
            fields,
            before,
            sent: None,
        };
        let Command::Add { changes, .. } = added(&draft, Kind::Customer) else { panic!() };
        for change in &changes {
            prop_assert!(!change.to.is_empty());
            let field = if change.field.as_str() == "x." { "own" } else { change.field.as_str() };
            prop_assert!(draft.field(field).contains(change.to.as_str().split(';').next().unwrap()));
        }
        for (name, text) in &draft.fields {
            let field = if name == "own" { "x." } else { name };
            let sent = changes.iter().any(|change| change.field.as_str().starts_with(field));
            prop_assert!(sent || !text.contains(|c: char| c.is_ascii_lowercase()), "{name}");
        }
    }
}
