//! The values that a field has, as completion offers them.

use super::*;

impl Office {
    fn values(&self, kind: Kind, field: &str, typed: &str) -> String {
        let query = Query::Values { kind, field: text(field), typed: text(typed) };
        match self.service.answer(self.me, &query).unwrap() {
            (_, Answer::Values(values)) => values.iter().map(Clean::as_str).collect::<Vec<_>>().join(" | "),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn values_come_from_the_policy_from_names_and_from_what_customers_have() {
    let office = Office::new();
    office.add(Kind::Team, &[("name", "East")]).unwrap();
    office.add(Kind::Member, &[("name", "Anna Li"), ("login", "anna")]).unwrap();
    let fields = [
        ("name", "Acme"),
        ("tags", "vip"),
        ("region", "North"),
        ("collaborators", "Anna Li:finance"),
        ("x.contract", "gold"),
    ];
    office.add(Kind::Customer, &fields).unwrap();
    office.customer("Akron");
    for (kind, field, typed, values) in [
        (Kind::Customer, "tier", "", "A | B | C"),
        (Kind::Customer, "stage", "lo", "loyal"),
        (Kind::Customer, "owner", "", "Anna Li | Li Wei"),
        (Kind::Customer, "owner", "an", "Anna Li"),
        (Kind::Customer, "team", "", "East"),
        (Kind::Customer, "duty", "", "finance"),
        (Kind::Customer, "标签", "V", "vip"),
        (Kind::Customer, "region", "n", "North"),
        (Kind::Customer, "parent", "a", "Acme | Akron"),
        (Kind::Customer, "", "", "contract"),
        (Kind::Customer, "x.contract", "", "gold"),
        (Kind::Customer, "x.nothing", "", ""),
        (Kind::Customer, "idle", "", ""),
        (Kind::Customer, "no such field", "", ""),
        (Kind::Task, "assignee", "li", "Li Wei"),
        (Kind::Task, "playbook", "", "inquiry"),
        (Kind::Run, "playbook", "inq", "inquiry"),
        (Kind::Team, "name", "", ""),
    ] {
        assert_eq!(office.values(kind, field, typed), values, "{field}:{typed}");
    }
    let long = Query::Values { kind: Kind::Customer, field: text("tag"), typed: text(&"v".repeat(201)) };
    assert!(office.service.answer(office.me, &long).is_err());
}

#[test]
fn a_filter_that_is_too_long_is_refused_where_it_becomes_so() {
    let office = Office::new();
    for filter in ["tier:A ".repeat(10_000), "(".repeat(1_000) + "tier:A" + &")".repeat(1_000)] {
        let query = Query::List { filter: text(&filter), sort: Clean::default(), skip: 0, limit: 1 };
        let refused = office.service.answer(office.me, &query).unwrap_err();
        let Refusal::BadFilter { text, at, .. } = refused else { panic!("{refused:?}") };
        assert_eq!((text.as_str().len(), at), (2_001, (2_000, 2_001)));
    }
}
