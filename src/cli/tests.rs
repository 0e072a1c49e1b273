//! Whole verbs against a server that the test plays: what is asked, and what is printed.

use std::fs;

use serde_json::Value as Json;

use super::testing::{named, run, run_on};
use crate::model::query::{
    Card, ContactLine, CustomerLine, DealLine, Happened, HistoryItem, Lateness, PurchaseLine, Reason,
    Standing, TaskLine, TimelineItem, Why,
};
use crate::model::{
    Answer, Became, Cause, Channel, Command, CustomerKind, Day, DealStage, Direction, Entry, Event, How, Id,
    Instant, Kind, Outcome, Query, Receipt, Refusal, Reply, Request, Row, Source, TaskState, Value, Which,
    Whose,
};
use crate::text::{Clean, Currency, Money};

/// 1 January 2018, 09:00 in Shanghai.
const NOW: Instant = Instant(1_514_768_400_000);

fn clean(text: &'static str) -> Clean {
    Clean::known(text)
}

fn cny(minor: i64) -> Money {
    Money { minor, currency: Currency::CNY }
}

fn line() -> CustomerLine {
    CustomerLine {
        id: Id::customer(12),
        name: clean("Acme Corporation"),
        kind: CustomerKind::Company,
        parent: None,
        owner: Some(named(Kind::Member, 2, "Anna")),
        team: Some(named(Kind::Team, 1, "East")),
        tier: clean("A"),
        stage: clean("loyal"),
        tags: vec![clean("vip")],
        region: clean("华东"),
        industry: Clean::default(),
        last_contact: Some(NOW),
        next_due: Some(Instant::end_of(NOW.day(chrono_tz::Asia::Shanghai).date(), chrono_tz::Asia::Shanghai)),
        spend: cny(21_430_000),
        orders: 9,
        pooled: false,
        late: Lateness::Late,
        score: None,
    }
}

fn task() -> TaskLine {
    TaskLine {
        id: Id::new(Kind::Task, 5),
        title: clean("send price list"),
        customer: Some(named(Kind::Customer, 12, "Acme Corporation")),
        tier: clean("A"),
        assignee: Some(named(Kind::Member, 2, "Anna")),
        team: None,
        due: Some(NOW),
        state: TaskState::Open,
        source: Source::Manual,
        promise: true,
        snoozed_until: None,
        created: Some(NOW),
        done_at: None,
        done_by: None,
        late: Lateness::Soon,
    }
}

fn timeline() -> Vec<TimelineItem> {
    let item = |id, whole_day, what| TimelineItem {
        id,
        at: NOW,
        whole_day,
        by: Some(named(Kind::Member, 2, "Anna")),
        what,
    };
    vec![
        item(
            Id::new(Kind::Interaction, 7),
            false,
            Happened::Interaction {
                channel: Channel::Phone,
                direction: Some(Direction::Out),
                outcome: Some(Outcome::Reached),
                text: clean("Asked for the price list.\nTwo lots."),
                said: clean("Not before February."),
                contact: Some(named(Kind::Contact, 3, "J. Perez")),
            },
        ),
        item(
            Id::new(Kind::Deal, 4),
            true,
            Happened::Deal { title: clean("GTX Pro"), stage: DealStage::Won, amount: Some(cny(451_400)) },
        ),
        item(
            Id::customer(12),
            false,
            Happened::Moved { field: clean("tier"), from: clean("B"), to: clean("A") },
        ),
    ]
}

fn why() -> Why {
    let reason = |condition, fact, holds| Reason { condition: clean(condition), fact: clean(fact), holds };
    Why {
        customer: named(Kind::Customer, 12, "Acme Corporation"),
        tier: Standing {
            id: clean("A"),
            since: Some(Day(736_695)),
            rule: clean("spend(365d) >= 100000 and orders(365d) >= 4"),
            reasons: vec![
                reason("spend(365d) >= 100000", "214300", true),
                reason("orders(365d) >= 4", "9", true),
            ],
            keep: clean("spend(365d) >= 80000"),
            ..Standing::default()
        },
        stage: Standing { id: clean("loyal"), rule: clean("orders() >= 5"), ..Standing::default() },
        owner: Some((named(Kind::Member, 2, "Anna"), Some(NOW))),
        team: Some(named(Kind::Team, 1, "East")),
        contact_every: Some((14, Some(Day(736_709)))),
        next: Some(task()),
    }
}

fn card() -> Card {
    let mut row = Row::blank(Kind::Customer);
    for (field, value) in [
        ("name", Value::Text(clean("Acme Corporation"))),
        ("region", Value::Text(clean("华东"))),
        ("employees", Value::Number(2822)),
        ("tags", Value::Text(clean("vip"))),
        ("owner", Value::Ref(Id::new(Kind::Member, 2))),
        ("x.floor", Value::Text(clean("3"))),
    ] {
        row.set(&Kind::Customer.field(field).unwrap().0, value);
    }
    Card {
        line: line(),
        row,
        why: why(),
        contacts: vec![ContactLine {
            id: Id::new(Kind::Contact, 3),
            name: clean("J. Perez"),
            title: clean("Purchasing"),
            phones: vec![clean("138 0000 5678")],
            mails: Vec::new(),
        }],
        tasks: vec![task()],
        timeline: timeline(),
        deals: vec![DealLine {
            id: Id::new(Kind::Deal, 4),
            title: clean("GTX Pro"),
            owner: None,
            stage: DealStage::Won,
            amount: Some(cny(451_400)),
            opened: None,
            closed: Some(Day(736_695)),
            expected: None,
        }],
        purchases: vec![PurchaseLine {
            id: Id::new(Kind::Purchase, 8),
            product: clean("GTX Pro"),
            amount: Some(cny(451_400)),
            date: Some(Day(736_695)),
            deal: Some(Id::new(Kind::Deal, 4)),
        }],
        collaborators: vec![(named(Kind::Member, 3, "Cecily"), clean("support"))],
        group: vec![
            (named(Kind::Customer, 12, "Acme Corporation"), 0),
            (named(Kind::Customer, 13, "Acme Logistics"), 1),
        ],
        group_spend: cny(25_000_000),
    }
}

fn receipt() -> Receipt {
    let region = Kind::Customer.field("region").unwrap().0;
    Receipt {
        seqs: vec![123, 124],
        ids: vec![Id::customer(12)],
        became: Became::Updated,
        dates: vec![(
            clean("due"),
            Instant::end_of(NOW.day(chrono_tz::UTC).date(), chrono_tz::Asia::Shanghai),
        )],
        changes: vec![Event::Set {
            record: Id::customer(12),
            field: region,
            from: Value::Absent,
            to: Value::Text(clean("华东")),
        }],
        ..Receipt::default()
    }
}

/// The keys of an object, in order.
fn keys(value: &Json) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn holds(value: &Json, contract: &str) {
    let found = keys(value);
    for key in contract.split(' ') {
        assert!(found.contains(&key), "{key} is missing in {found:?}");
    }
}

const CUSTOMER: &str = "id name kind parent owner team tier stage tags region industry last_contact next_due spend orders pooled";
const TASK: &str = "id title customer customer_name assignee due state source playbook step overdue duty promise \
                    snoozed_until paused created done_at done_by";

#[test]
fn lists_of_customers_have_the_fields_that_scripts_rely_on() {
    let scored = CustomerLine { score: Some(70), ..line() };
    let out = run_on(&["find", "acme", "--json"], Answer::Customers(vec![scored], 1)).out();
    let found: Json = serde_json::from_str(&out).unwrap();
    holds(&found[0], CUSTOMER);
    assert_eq!(
        (&found[0]["id"], &found[0]["owner"], &found[0]["score"]),
        (&"c12".into(), &"m2".into(), &70.into())
    );
    assert_eq!(found[0]["last_contact"], "2018-01-01T09:00:00+08:00");
    assert_eq!(found[0]["spend"]["amount"], "214300.00");
    assert!(found[0]["industry"].is_null());
    let out = run_on(&["list", "--json"], Answer::Customers(vec![line()], 1)).out();
    assert!(!out.contains("score"));
}

#[test]
fn a_card_is_shown_to_people_and_machines() {
    let show =
        |args: &[&str]| run_on(&[&["show", "c12"], args].concat(), Answer::Card(Box::new(card()))).out();
    let json = show(&["--json"]);
    let shown: Json = serde_json::from_str(&json).unwrap();
    holds(&shown, CUSTOMER);
    holds(&shown, "why contacts tasks timeline deals purchases collaborators group");
    holds(&shown["tasks"][0], TASK);
    holds(&shown["timeline"][0], "id at by channel direction text said outcome contact kind");
    assert_eq!(keys(&shown["timeline"][0]), keys(&shown["timeline"][2]));
    assert!(
        shown["why"]["tier_reason"].as_str().unwrap().starts_with("A: spend(365d) >= 100000 (is 214300)")
    );
    insta::assert_snapshot!("show_json", json);
    insta::assert_snapshot!("show_en", show(&[]));
    insta::assert_snapshot!("show_zh", show(&["--lang", "zh"]));
}

#[test]
fn an_id_goes_straight_and_words_are_resolved_by_the_server() {
    let asked = |args: &[&str]| {
        let mut requests = run(args, |request| {
            Some(match request {
                Request::Ask(Query::Resolve(..)) => {
                    Reply::Answer(9, Answer::Resolved(named(Kind::Customer, 12, "Acme")))
                }
                Request::Do { .. } => Reply::Receipts(vec![Ok(receipt())]),
                _ => Reply::Answer(9, Answer::Why(Box::new(why()))),
            })
        })
        .requests;
        (requests.len(), requests.remove(0))
    };
    let which = |which| (1, Request::Ask(Query::Why { customer: which }));
    assert_eq!(asked(&["why", "c12"]), which(Which::Id(Id::customer(12))));
    assert_eq!(asked(&["why", "acme", "corp"]), which(Which::Words(clean("acme corp"))));
    // What it is called is asked for when it is done.
    assert_eq!(asked(&["tier", "clear", "c12"]).0, 2);
    let (count, first) = asked(&["tier", "clear", "acme"]);
    assert_eq!(
        (count, first),
        (3, Request::Ask(Query::Resolve(Kind::Customer, Which::Words(clean("acme")))))
    );
}

/// The command that a write sends.
fn sent(args: &[&str]) -> (Command, bool) {
    let ran = run(args, |_| Some(Reply::Receipts(vec![Ok(receipt())])));
    ran.done.unwrap();
    let orders = ran.requests.iter().find_map(|request| match request {
        Request::Do { orders, .. } => Some(orders),
        _ => None,
    });
    let order = &orders.unwrap()[0];
    (order.command.clone(), order.dry_run)
}

#[test]
fn flags_become_changes_of_fields() {
    let (command, dry_run) = sent(&[
        "customer",
        "add",
        "--name",
        "Acme",
        "--phone",
        "138",
        "--tag",
        "vip",
        "--owner",
        "me",
        "--set",
        "x.floor=3",
        "--set",
        "tags-=old",
        "--set",
        "aliases=AC",
        "--set",
        "note=",
        "--dry-run",
    ]);
    let Command::Add { kind: Kind::Customer, changes } = command else { panic!("{command:?}") };
    let changes: Vec<_> = changes.iter().map(|c| (c.field.as_str(), c.how, c.to.as_str())).collect();
    assert_eq!(
        changes,
        [
            ("name", How::Put, "Acme"),
            ("phones", How::Link, "138"),
            ("owner", How::Put, "me"),
            ("tags", How::Link, "vip"),
            ("x.floor", How::Put, "3"),
            ("tags", How::Unlink, "old"),
            ("aliases", How::Link, "AC"),
            ("note", How::Put, ""),
        ]
    );
    assert!(dry_run);
}

#[test]
fn an_interaction_is_logged_with_all_that_was_said() {
    let (command, dry_run) = sent(&[
        "log",
        "c12",
        "two lots",
        "--channel",
        "wechat",
        "--in",
        "--outcome",
        "replied",
        "--said",
        "not before",
        "--inquiry",
        "--next",
        "+3d send price list",
        "--ends",
        "t5",
    ]);
    let Command::Log(log) = command else { panic!("{command:?}") };
    assert_eq!(
        (log.channel, log.direction, log.outcome),
        (Some(Channel::Wechat), Some(Direction::In), Some(Outcome::Replied))
    );
    assert_eq!(
        (log.text.as_str(), log.said.as_str(), log.next.as_str()),
        ("two lots", "not before", "+3d send price list")
    );
    assert_eq!((log.ends, log.inquiry, dry_run), (Some(Id::new(Kind::Task, 5)), true, false));
}

#[test]
fn a_write_says_what_it_did_and_how_to_take_it_back() {
    let write = |args: &[&str]| {
        run(&[&["customer", "edit", "c12", "--region", "华东"], args].concat(), |_| {
            Some(Reply::Receipts(vec![Ok(receipt())]))
        })
    };
    assert_eq!(write(&[]).out(), "changed c12\n  due: Mon 1 Jan 2018\ngx undo 123 takes it back\n");
    assert_eq!(write(&["--quiet"]).out(), "c12\n");
    let dry = write(&["--dry-run", "--lang", "zh"]).out();
    assert!(dry.starts_with("将更改 c12\n  due：2018年1月1日 周一\nc12 region：无 -> 华东\n"), "{dry}");
    let json: Json = serde_json::from_str(&write(&["--json"]).out()).unwrap();
    holds(&json, "seqs ids batch undo");
    assert_eq!(
        (&json["undo"], &json["dates"]["due"]),
        (&"gx undo 123".into(), &"2018-01-01T23:59:00+08:00".into())
    );
    assert_eq!(json["changes"][0]["to"], "华东");
}

#[test]
fn a_batch_that_was_taken_back_is_a_number_not_a_list() {
    let undone = |args: &[&str]| {
        run(&[&["undo", "b3"], args].concat(), |_| {
            let (batch, became) = (Some(Id::new(Kind::Batch, 4)), Became::TakenBack);
            let ids = (1..=5000).map(Id::customer).collect();
            Some(Reply::Receipts(vec![Ok(Receipt { seqs: vec![7, 8], ids, batch, became, ..receipt() })]))
        })
    };
    let said = undone(&["--lang", "zh"]).out();
    assert!(said.starts_with("已撤销 5000 条记录\n") && said.ends_with("gx undo b4 可撤销\n"), "{said}");
    let json: Json = serde_json::from_str(&undone(&["--json"]).out()).unwrap();
    assert_eq!(
        (&json["count"], &json["batch"], &json["undo"]),
        (&5000.into(), &"b4".into(), &"gx undo b4".into())
    );
    assert_eq!((&json["seqs"], &json["ids"]), (&Json::Array(Vec::new()), &Json::Array(Vec::new())));
}

#[test]
fn a_refusal_is_a_failure_with_its_code() {
    let refused = run(&["task", "done", "t5"], |_| {
        Some(Reply::Receipts(vec![Err(Refusal::TaskClosed(Id::new(Kind::Task, 5)))]))
    });
    assert_eq!(refused.done.unwrap_err().code, 5);
    let nobody =
        run(&["show", "zzz"], |_| Some(Reply::Refused(Refusal::NoMatch(Kind::Customer, clean("zzz")))));
    assert_eq!(nobody.done.unwrap_err().code, 3);
    assert_eq!(run_on(&["find", "zzz"], Answer::Customers(Vec::new(), 0)).done.unwrap_err().code, 3);
    assert_eq!(run_on(&["task", "next"], Answer::NextTask(None)).done.unwrap_err().code, 3);
    assert_eq!(run_on(&["task", "done", "5"], Answer::NextTask(None)).done.unwrap_err().code, 2);
    assert_eq!(run(&["tier"], |_| None).done.unwrap_err().code, 1);
}

#[test]
fn tasks_are_asked_for_by_whose_they_are() {
    let whose = |args: &[&str]| match run_on(args, Answer::Tasks(vec![task()], 1)).requests.remove(0) {
        Request::Ask(Query::Tasks { whose, .. }) => whose,
        other => panic!("{other:?}"),
    };
    assert_eq!(whose(&["task", "list"]), Whose::Mine);
    assert_eq!(whose(&["task", "list", "--team"]), Whose::Team);
    assert_eq!(whose(&["task", "list", "--all", "state:done"]), Whose::All);
    let out = run_on(&["task", "list"], Answer::Tasks(vec![task()], 1)).out();
    assert_eq!(
        out,
        "id     task             customer          tier  whose  due\n\
         t5  ~  send price list  Acme Corporation  A     Anna   2018-01-01 09:00\n"
    );
}

#[test]
fn a_list_that_moves_between_two_pages_is_asked_for_anew() {
    let mut asked = 0;
    let ran = run(&["list", "--format", "tsv"], move |request| {
        let Request::Ask(Query::List { skip, .. }) = request else { panic!("{request:?}") };
        asked += 1;
        // Somebody goes to the front after the first page.
        let order = if asked == 1 { [1, 2] } else { [2, 1] };
        let page = CustomerLine { id: Id::customer(order[*skip as usize]), ..line() };
        Some(Reply::Answer(if asked == 1 { 9 } else { 10 }, Answer::Customers(vec![page], 2)))
    });
    assert_eq!(ran.requests.len(), 4);
    let ids: Vec<String> =
        ran.out().lines().filter_map(|line| line.split('\t').next()).map(str::to_owned).collect();
    assert_eq!(ids, ["id", "c2", "c1"]);
}

#[test]
fn a_long_history_is_asked_for_in_pages() {
    let ran = run(&["history", "-n", "1500", "--format", "tsv"], |request| {
        let Request::Ask(Query::History { before, limit, .. }) = request else { panic!("{request:?}") };
        let first = before.unwrap_or(5_001);
        let item = |seq| {
            let entry = Entry {
                seq,
                at: NOW,
                by: None,
                command: Clean::known("log"),
                cause: Cause::Asked,
                batch: None,
                events: Vec::new(),
            };
            HistoryItem { entry, by: None, undone_by: None }
        };
        let items = (first - u64::from(*limit)..first).rev().map(item).collect();
        Some(Reply::Answer(9, Answer::History(items)))
    });
    assert_eq!(ran.requests.len(), 2);
    assert_eq!(ran.out().lines().count(), 1 + 1500);
}

#[test]
fn history_tells_each_change_from_and_to() {
    let entry = Entry {
        seq: 123,
        at: NOW,
        by: Some(Id::new(Kind::Member, 2)),
        command: clean("customer edit"),
        cause: Cause::Asked,
        batch: Some(Id::new(Kind::Batch, 3)),
        events: receipt().changes,
    };
    let item = HistoryItem { entry, by: Some(named(Kind::Member, 2, "Anna")), undone_by: Some(130) };
    let history = |args: &[&str]| {
        run_on(&[&["history", "c12"], args].concat(), Answer::History(vec![item.clone()])).out()
    };
    let json: Json = serde_json::from_str(&history(&["--json"])).unwrap();
    holds(&json[0], "seq at by command changes undone_by batch");
    holds(&json[0]["changes"][0], "record field from to");
    assert_eq!(
        history(&[]),
        "seq  when              by    command        changes\n\
         123  2018-01-01 09:00  Anna  customer edit  undone by 130; c12 region: none -> 华东\n"
    );
}

#[test]
fn an_export_has_every_field_and_the_names_of_own_ones() {
    let rows = |own: &'static str, n| {
        let mut row = Row::blank(Kind::Customer);
        row.set(&Kind::Customer.field("name").unwrap().0, Value::Text(clean("=Acme")));
        row.set(&Kind::Customer.field(own).unwrap().0, Value::Text(clean("3")));
        crate::model::query::RowLine { id: Id::customer(n), row, names: Vec::new() }
    };
    let server = move |request: &Request| match request {
        Request::Ask(Query::Rows { from: 1, .. }) => {
            Some(Reply::Answer(9, Answer::Rows(vec![rows("x.b", 1), rows("x.a", 2)])))
        }
        _ => Some(Reply::Answer(9, Answer::Rows(Vec::new()))),
    };
    let out = run(&["export", "customers"], server).out();
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("id,name,kind,parent,parent_name,owner,") && lines[0].ends_with(",x.a,x.b"));
    assert!(lines[1].starts_with("c1,'=Acme,") && lines[1].ends_with(",,3"), "{out}");
    assert!(lines[2].ends_with(",3,"));
    let raw = run(&["export", "customers", "--raw", "--json"], server).out();
    assert!(raw.contains("\"name\":\"=Acme\""));
}

/// A server that takes rows of a file in, and refuses those named `bad`.
fn importer(request: &Request) -> Reply {
    let Request::Do { orders, .. } = request else { panic!("{request:?}") };
    let receipts = orders.iter().map(|order| match &order.command {
        Command::BatchOpen { .. } => Ok(Receipt { ids: vec![Id::new(Kind::Batch, 3)], ..Receipt::default() }),
        Command::Import { values, .. } if values.iter().any(|(_, text)| text.as_str() == "bad") => {
            Err(Refusal::Missing(Kind::Customer, clean("name")))
        }
        _ => Ok(Receipt { became: Became::Created, ..Receipt::default() }),
    });
    Reply::Receipts(receipts.collect())
}

#[test]
fn an_import_sends_chunks_in_a_batch_and_keeps_what_was_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (file, errors) = (dir.path().join("in.csv"), dir.path().join("bad.csv"));
    let rows = (0..700).map(|n| format!("Customer {n},east")).collect::<Vec<_>>().join("\n");
    fs::write(&file, format!("company,area\nbad,\"a\nb\"\n{rows}\nshort\n")).unwrap();
    let (file, errors) = (file.to_str().unwrap(), errors.to_str().unwrap());
    let args = ["import", file, "--as", "customers", "--map", "name=company,region=area", "--json"];

    let ran = run(&[&args[..], &["--errors", errors]].concat(), |request| Some(importer(request)));
    let sizes: Vec<(usize, bool)> = ran
        .requests
        .iter()
        .map(|request| match request {
            Request::Do { orders, .. } => (orders.len(), orders[0].batch.is_some()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(sizes, [(1, false), (500, true), (201, true), (1, false)]);
    let json: Json = serde_json::from_str(&ran.out()).unwrap();
    holds(&json, "rows created updated unchanged rejected batch");
    assert_eq!((&json["rows"], &json["created"], &json["rejected"]), (&702.into(), &700.into(), &2.into()));
    assert_eq!(json["batch"], "b3");
    assert_eq!(
        fs::read_to_string(errors).unwrap(),
        "company,area,error\nbad,\"a\nb\",every customer needs its name\nshort,,\"1 cells, where the header has 2\"\n"
    );

    assert_eq!(run(&args, |request| Some(importer(request))).done.unwrap_err().code, 5);
    let dry = run(&[&args[..], &["--dry-run"]].concat(), |request| Some(importer(request)));
    assert!(dry.requests.iter().all(|request| {
        matches!(request, Request::Do { orders, .. } if orders.iter().all(|order| order.dry_run && order.batch.is_none()))
    }));
    let overwrites = run(&[&args[..], &["--errors", file]].concat(), |request| Some(importer(request)));
    assert_eq!(overwrites.done.unwrap_err().code, 2);
    assert!(overwrites.requests.is_empty() && fs::read_to_string(file).unwrap().starts_with("company"));
}

#[test]
fn an_import_that_breaks_off_says_how_to_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("in.csv");
    fs::write(&file, "name\nAcme\n").unwrap();
    let mut count = 0;
    let ran = run(&["import", file.to_str().unwrap(), "--as", "customers"], move |request| {
        count += 1;
        (count == 1).then(|| importer(request))
    });
    let failure = ran.done.unwrap_err();
    assert_eq!(
        (failure.code, failure.hint.as_deref()),
        (1, Some("run it again: what went in is known, the rest follows"))
    );
}
