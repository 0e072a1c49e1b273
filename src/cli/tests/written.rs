//! What is written: flags as changes, and what is said of it.

use super::*;
use crate::model::{How, Undone};

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
fn an_absence_has_two_days_and_leaves_nothing_of_an_earlier_one() {
    let noted = |args: &[&str]| {
        let (command, _) = sent(args);
        let Command::Edit { record, changes } = command else { panic!("{command:?}") };
        let changes = changes.iter().map(|change| change.to.to_string()).collect::<Vec<_>>();
        (record, changes)
    };
    let member = Id::new(Kind::Member, 3);
    for (args, to) in [
        (
            &["away", "m3", "mon..fri", "--stand-in", "Bo", "--reason", "leave"][..],
            ["mon", "fri", "Bo", "leave"],
        ),
        (&["away", "m3", "..+3d"], ["today", "+3d", "", ""]),
        (&["away", "m3", "fri"], ["fri", "fri", "", ""]),
        (&["back", "m3"], [""; 4]),
    ] {
        let (record, changes) = noted(&[&["member"], args].concat());
        assert_eq!((record, changes), (member, to.map(str::to_owned).to_vec()), "{args:?}");
    }
    let open = run(&["member", "away", "m3", "mon.."], |_| None);
    assert_eq!(open.done.unwrap_err().message, "until when?");
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
    assert!(dry.starts_with("将更改 c12\n  时限：2018年1月1日 周一\nc12 地区：无 -> 华东\n"), "{dry}");
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
    assert!(said.starts_with("已撤销 5,000 条记录\n") && said.ends_with("gx undo b4 可撤销\n"), "{said}");
    let json: Json = serde_json::from_str(&undone(&["--json"]).out()).unwrap();
    assert_eq!(
        (&json["count"], &json["batch"], &json["undo"]),
        (&5000.into(), &"b4".into(), &"gx undo b4".into())
    );
    assert_eq!((&json["seqs"], &json["ids"]), (&Json::Array(Vec::new()), &Json::Array(Vec::new())));
}

#[test]
fn without_a_terminal_a_batch_is_taken_back_only_where_it_was_named_or_said_yes_to() {
    // What carries out the undo was asked to be written, and how the run ended.
    let undone = |args: &[&str], records: u64| {
        let ran = run(args, move |request| match request {
            Request::Do { .. } => {
                let (batch, became) = (Some(Id::new(Kind::Batch, 3)), Became::TakenBack);
                let ids = (1..=records).map(Id::customer).collect();
                Some(Reply::Receipts(vec![Ok(Receipt { ids, batch, became, ..receipt() })]))
            }
            _ => None,
        });
        let orders = |request: &Request| match request {
            Request::Do { orders, .. } => orders.clone(),
            _ => Vec::new(),
        };
        let written = ran.requests.iter().flat_map(orders).find(|order| !order.dry_run);
        (written.map(|order| order.command), ran.done)
    };
    let command = |what| Some(Command::Undo { what, partial: false });
    let b3 = Undone::Batch(Id::new(Kind::Batch, 3));

    let (written, done) = undone(&["undo"], 11_613);
    let refused = done.unwrap_err();
    assert_eq!((written, refused.code), (None, 5));
    assert!(refused.message.ends_with(": b3, 11,613 records"), "{}", refused.message);
    assert!(refused.hint.unwrap().starts_with("gx undo b3 "));

    assert_eq!(undone(&["undo", "b3"], 11_613).0, command(b3));
    assert_eq!(undone(&["undo", "--yes"], 11_613).0, command(Undone::MyLast));
    assert_eq!(undone(&["undo"], 1).0, command(b3), "a batch of one record is as good as an act");
    assert!(undone(&["undo", "--dry-run"], 11_613).1.is_ok());
}

#[test]
fn whoever_is_likely_there_already_is_looked_for_by_number_mail_and_name() {
    let asked = |score: u32| {
        let args =
            ["customer", "add", "--name", "Acme Corp", "--phone", "021 5555 0101", "--mail", "a@b.example"];
        let ran = run(&args, move |request| match request {
            Request::Ask(Query::Find { .. }) => {
                let found = CustomerLine { score: Some(score), ..line() };
                Some(Reply::Answer(9, Answer::Customers(vec![found], 1)))
            }
            Request::Do { .. } => Some(Reply::Receipts(vec![Ok(receipt())])),
            _ => None,
        });
        let words = |request: &Request| match request {
            Request::Ask(Query::Find { words, .. }) => Some(words.as_str().to_owned()),
            _ => None,
        };
        ran.requests.iter().filter_map(words).collect::<Vec<_>>()
    };
    assert_eq!(asked(850), ["021 5555 0101"], "the same number is enough");
    assert_eq!(asked(849), ["021 5555 0101", "a@b.example", "Acme Corp"]);
}

#[test]
fn who_began_and_how_it_ended_are_said_as_one_does_of_the_channel() {
    let said = |channel, lang| {
        let field = |name, word| (Kind::Interaction.field(name).unwrap().0, Value::Text(clean(word)));
        let values = vec![field("channel", channel), field("direction", "out"), field("outcome", "reached")];
        let changes = vec![Event::Created { record: Id::new(Kind::Interaction, 1), values }];
        let ran = run(&["log", "c12", "hello", "--dry-run", "--lang", lang], move |request| match request {
            Request::Do { .. } => {
                Some(Reply::Receipts(vec![Ok(Receipt { changes: changes.clone(), ..receipt() })]))
            }
            _ => None,
        });
        ran.out()
    };
    let call = said("phone", "zh");
    assert!(call.contains("呼出") && call.contains("已接通") && !call.contains("呼出/发出"), "{call}");
    let chat = said("wechat", "zh");
    assert!(chat.contains("发出") && chat.contains("已联系上") && !chat.contains("呼出"), "{chat}");
    assert!(said("phone", "en").contains("reached"));
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
