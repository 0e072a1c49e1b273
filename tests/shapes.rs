//! The shapes that scripts rely on: every field is there, of its type, and seen filled at least once.

use serde_json::Value;

use crate::office::{Office, each, text};

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
enum Type {
    Text,
    Number,
    Flag,
    Time,
    Date,
    Money,
    List,
    Object,
    /// May be `null`, but is something else somewhere.
    Maybe(&'static Type),
    /// Has its place, and is filled by what is built later.
    Later,
}

use Type::{Date, Flag, Later, List, Maybe, Money, Number, Object, Text, Time};

type Fields = &'static [(&'static str, Type)];

const CUSTOMER: Fields = &[
    ("id", Text),
    ("name", Text),
    ("kind", Text),
    ("parent", Maybe(&Text)),
    ("owner", Maybe(&Text)),
    ("team", Maybe(&Text)),
    ("tier", Text),
    ("stage", Text),
    ("tags", List),
    ("region", Maybe(&Text)),
    ("industry", Maybe(&Text)),
    ("last_contact", Maybe(&Time)),
    ("next_due", Maybe(&Time)),
    ("spend", Money),
    ("orders", Number),
    ("pooled", Flag),
];

const CARD: Fields = &[
    ("why", Object),
    ("contacts", List),
    ("tasks", List),
    ("timeline", List),
    ("deals", List),
    ("purchases", List),
    ("collaborators", List),
    ("group", List),
    ("contacts_by_month", List),
    ("spend_by_month", List),
];

const TASK: Fields = &[
    ("id", Text),
    ("title", Text),
    ("customer", Maybe(&Text)),
    ("customer_name", Maybe(&Text)),
    ("assignee", Maybe(&Text)),
    ("due", Maybe(&Time)),
    ("state", Text),
    ("source", Text),
    ("playbook", Later),
    ("step", Later),
    ("overdue", Flag),
    ("duty", Later),
    ("promise", Flag),
    ("snoozed_until", Maybe(&Time)),
    ("paused", Flag),
    ("created", Time),
    ("done_at", Maybe(&Time)),
    ("done_by", Maybe(&Text)),
];

const HAPPENED: Fields = &[
    ("id", Text),
    ("at", Time),
    ("by", Maybe(&Text)),
    ("channel", Maybe(&Text)),
    ("direction", Maybe(&Text)),
    ("text", Maybe(&Text)),
    ("said", Maybe(&Text)),
    ("outcome", Maybe(&Text)),
    ("contact", Maybe(&Text)),
    ("kind", Text),
];

const TIER: Fields = &[
    ("tier", Text),
    ("name", Text),
    ("count", Number),
    ("spend", Money),
    ("covered", Number),
    ("late", Number),
];

const ENTRY: Fields = &[
    ("seq", Number),
    ("at", Time),
    ("by", Maybe(&Text)),
    ("command", Text),
    ("changes", List),
    ("undone_by", Maybe(&Number)),
    ("batch", Maybe(&Text)),
];

const WRITE: Fields = &[("seqs", List), ("ids", List), ("batch", Later), ("undo", Text)];

const IMPORT: Fields = &[
    ("rows", Number),
    ("created", Number),
    ("updated", Number),
    ("unchanged", Number),
    ("rejected", Number),
    ("batch", Text),
];

const STATUS: Fields = &[
    ("pid", Number),
    ("version", Text),
    ("protocol", Number),
    ("store", Text),
    ("kind", Text),
    ("uptime_s", Number),
    ("sessions", Number),
    ("head", Number),
    ("customers", Number),
    ("interactions", Number),
    ("memory_bytes", Number),
];

impl Type {
    fn fits(self, value: &Value) -> bool {
        let parses = |format: &str| {
            value.as_str().is_some_and(|text| chrono::NaiveDate::parse_from_str(text, format).is_ok())
        };
        match self {
            Text => value.as_str().is_some_and(|text| !text.is_empty()),
            Number => value.is_i64() || value.is_u64(),
            Flag => value.is_boolean(),
            Time => value.as_str().is_some_and(|text| {
                text.ends_with("+08:00") && chrono::DateTime::parse_from_rfc3339(text).is_ok()
            }),
            Date => parses("%Y-%m-%d"),
            Money => {
                let amount = value["amount"].as_str().and_then(|text| text.split_once('.'));
                amount.is_some_and(|(_, cents)| cents.len() == 2) && value["currency"] == "CNY"
            }
            List => value.is_array(),
            Object => value.is_object(),
            Maybe(there) => value.is_null() || there.fits(value),
            Later => value.is_null(),
        }
    }
}

/// Every item has every field, of its type.
fn fits(items: &[Value], fields: Fields) {
    assert!(!items.is_empty());
    for (name, wanted) in fields {
        for item in items {
            let found = item.get(name).unwrap_or_else(|| panic!("no {name} in {item}"));
            assert!(wanted.fits(found), "{name} is no {wanted:?}: {found}");
        }
    }
}

/// As [`fits`], and every field that may be absent is there in some item.
fn holds(items: &[Value], fields: Fields) {
    fits(items, fields);
    for (name, wanted) in fields {
        let filled = items.iter().any(|item| !item[name].is_null());
        assert!(filled || !matches!(wanted, Maybe(_)), "{name} is null everywhere");
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// An office with something of everything: Nord Holding above Acme, which has bought, talked, and owes us an answer.
fn lived_in() -> Office {
    let office = Office::practice();
    office.ok("team add --name North --department Sales");
    office.ok("member add --name 'Anna Berg' --team North --role lead");
    office.ok("member edit root --team North --lead 'Anna Berg'");
    office.ok("customer add --name 'Nord Holding' --team North --owner none");
    office.ok(
        "customer add --name Acme --parent 'Nord Holding' --owner me --region 华东 --tag vip --tag east \
         --phone 13812345678 --set industry=retail --set 'collaborators=Anna Berg:service'",
    );
    office.ok("customer add --name Pooled --owner none");
    office.ok("contact add Acme 'Li Wei' --title buyer --mail liwei@example.com");
    office.ok("purchase add Acme --product Crane --amount 120000 --date 2017-12-01");
    office.ok("deal add Acme --product Crane --amount 5000 --set opened=2017-12-01");
    office.ok("deal edit d1 --stage won");
    office.ok("log Acme 'two lots' --in --channel wechat --contact 'Li Wei' --said 'ship it' --next '+3d send list'");
    office.ok("log Acme 'nobody there' --outcome no-answer");
    office.ok("task add 'call back' --customer Acme --due 2017-12-31 --promise");
    office.ok("task add 'tidy up' --customer Acme");
    office.ok("task done t3");
    office.ok("task add later --customer Acme");
    office.ok("task snooze t4 +1w");
    office.ok("task add never");
    office.ok("task drop t5 --reason moot");
    office.ok("customer edit Acme --owner 'Anna Berg'");
    office.ok("tier set Pooled A --reason promising --until +30d");
    office.ok("customer edit Pooled --region north");
    office.ok("undo");
    office
}

#[test]
fn customers_are_lines_and_cards() {
    let office = lived_in();
    let lines = office.json("list --sort name");
    holds(list(&lines), CUSTOMER);
    assert_eq!(each(&lines, "name"), ["Acme", "Nord Holding", "Pooled"]);
    let flags = |name: &str| list(&lines).iter().map(|line| line[name].clone()).collect::<Vec<_>>();
    assert_eq!(flags("pooled"), [false, false, true]);
    assert_eq!(flags("orders"), [2, 0, 0]);
    assert_eq!(lines[0]["tags"], serde_json::json!(["east", "vip"]));

    let found = office.json("find acme");
    fits(list(&found), CUSTOMER);
    assert!(found[0]["score"].is_number() && lines[0].get("score").is_none());

    let cards: Vec<Value> =
        ["acme", "'nord holding'"].iter().map(|name| office.json(&format!("show {name}"))).collect();
    fits(&cards, CUSTOMER);
    holds(&cards, CARD);
    let acme = &cards[0];
    holds(list(&acme["tasks"]), &TASK[..2]);
    fits(list(&acme["timeline"]), HAPPENED);
    holds(
        list(&acme["deals"]),
        &[("id", Text), ("stage", Text), ("opened", Date), ("closed", Date), ("amount", Money)],
    );
    holds(
        list(&acme["purchases"]),
        &[("id", Text), ("date", Date), ("amount", Money), ("deal", Maybe(&Text))],
    );
    holds(list(&acme["contacts"]), &[("id", Text), ("name", Text), ("title", Text), ("mails", List)]);
    assert_eq!(acme["collaborators"][0]["duty"], "service");
    assert_eq!(cards[1]["group"][1]["customer_name"], "Acme");
    assert!(text(&acme["why"]["tier_reason"]).starts_with("B: "), "{}", acme["why"]);
    let why = office.json("why acme");
    assert_eq!(why["tier_reason"], acme["why"]["tier_reason"]);
    assert_eq!(office.json("why pooled")["tier"]["fixed"]["until"], "2018-01-31");
}

#[test]
fn tasks_know_their_state() {
    let office = lived_in();
    let open = office.json("task list --all");
    assert_eq!(
        each(&open, "title"),
        ["call back", "send list"],
        "most urgent first, snoozed ones not at all"
    );
    assert_eq!(open[0]["overdue"], true);
    let all = office.json("task list --all 'state:open,done,dropped'");
    holds(list(&all), TASK);
    let mut states = each(&all, "state");
    states.sort();
    assert_eq!(states, ["done", "dropped", "open", "open", "open"]);
    holds(&[office.json("task next")], &TASK[..2]);
}

#[test]
fn a_timeline_holds_every_kind_newest_first() {
    let office = lived_in();
    let items = office.json("timeline acme");
    holds(list(&items), HAPPENED);
    let kinds = each(&items, "kind");
    for kind in ["interaction", "task", "deal", "purchase", "tier", "stage", "owner"] {
        assert!(kinds.iter().any(|found| found == kind), "no {kind} among {kinds:?}");
    }
    let times = each(&items, "at");
    assert!(times.is_sorted_by(|newer, older| newer >= older), "{times:?}");
    assert_eq!(office.json("timeline acme --since 2017-12-31 -n 1").as_array().unwrap().len(), 1);
}

#[test]
fn tiers_history_and_status_have_their_shapes() {
    let office = lived_in();
    holds(list(&office.json("tier")), TIER);
    assert_eq!(each(&office.json("tier"), "tier"), ["A", "B", "C"]);

    office.file("more.csv", "name\nBeta\n");
    let import = office.json("import more.csv --as customers");
    holds(std::slice::from_ref(&import), IMPORT);
    let history = office.json("history -n 1000");
    holds(list(&history), ENTRY);
    let seqs: Vec<u64> = list(&history).iter().map(|entry| entry["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, (1..=office.head()).rev().collect::<Vec<_>>(), "the journal has no gaps");
    let changes: Vec<Value> =
        list(&history).iter().flat_map(|entry| list(&entry["changes"]).to_vec()).collect();
    holds(&changes, &[("record", Text), ("field", Text)]);
    assert!(changes.iter().all(|change| change.get("from").is_some() && change.get("to").is_some()));

    holds(&[office.json("status")], STATUS);
    assert_eq!(office.json("status")["kind"], "practice");
}

#[test]
fn a_write_says_what_it_did_and_how_to_take_it_back() {
    let office = Office::practice();
    for line in [
        "customer add --name Acme",
        "log acme hello --next '+1d more'",
        "task done t1",
        "customer edit c1 --region east",
        "tier set c1 A --reason so",
        "clock +1d",
    ] {
        let receipt = office.json(line);
        holds(std::slice::from_ref(&receipt), if line.starts_with("clock") { &WRITE[..3] } else { WRITE });
        let seq = receipt["seqs"][0].as_u64().unwrap();
        assert!(receipt["undo"].is_null() || receipt["undo"] == format!("gx undo {seq}"), "{receipt}");
    }
}

#[test]
fn csv_and_tsv_have_the_names_of_json() {
    let office = lived_in();
    let names: Vec<String> = office.json("list")[0].as_object().unwrap().keys().cloned().collect();
    let csv = office.ok("list --format csv");
    assert_eq!(csv.lines().next().unwrap(), names.join(","));
    assert_eq!(office.ok("list --format tsv").lines().next().unwrap(), names.join("\t"));
    let lines = office.ok("list --format jsonl");
    assert_eq!(lines.lines().count(), 3);
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    assert_eq!(office.ok("export customers --format csv").lines().count(), 4);
}
