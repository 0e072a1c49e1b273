//! What is shown: to people in both languages, and to scripts.

use super::*;

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
    holds(
        &shown,
        "why contacts tasks timeline deals purchases collaborators group contacts_by_month spend_by_month",
    );
    holds(&shown["tasks"][0], TASK);
    holds(&shown["timeline"][0], "id at by channel direction text said outcome contact kind");
    assert_eq!(keys(&shown["timeline"][0]), keys(&shown["timeline"][2]));
    assert!(
        shown["why"]["tier_reason"]
            .as_str()
            .unwrap()
            .starts_with("A: at least 100,000 spent in the last 365 days")
    );
    insta::assert_snapshot!("show_json", json);
    insta::assert_snapshot!("show_en", show(&[]));
    insta::assert_snapshot!("show_zh", show(&["--lang", "zh"]));
}

#[test]
fn one_more_is_asked_for_than_a_timeline_shows() {
    let all = timeline();
    let named = named(Kind::Customer, 12, "Acme");
    let ran = run_on(&["timeline", "c12", "-n", "2", "--json"], Answer::Timeline(named, all));
    assert!(matches!(ran.requests[0], Request::Ask(Query::Timeline { limit: 3, .. })));
    let shown: Json = serde_json::from_str(&ran.out()).unwrap();
    assert_eq!(shown.as_array().unwrap().len(), 2);

    let show = |args: &[&str]| {
        run_on(&[&["show", "c12", "-n", "2"], args].concat(), Answer::Card(Box::new(card()))).out()
    };
    assert!(show(&[]).contains("\nand more: gx timeline c12\n"));
    assert!(show(&[]).contains("\nand 1,095 more: gx show c12 -n 1096\n"));
    assert!(show(&["--lang", "zh"]).contains("\n另有 170 项：gx show c12 -n 171\n"));
    assert!(!show(&["--json"]).contains("1,095"));
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
    let item = HistoryItem {
        entry,
        by: Some(named(Kind::Member, 2, "Anna")),
        undone_by: Some(130),
        due: None,
        names: Vec::new(),
    };
    let history = |args: &[&str]| {
        run_on(&[&["history", "c12"], args].concat(), Answer::History(vec![item.clone()])).out()
    };
    let json: Json = serde_json::from_str(&history(&["--json"])).unwrap();
    holds(&json[0], "seq at by command changes undone_by batch");
    holds(&json[0]["changes"][0], "record field from to");
    assert_eq!(json[0]["actor"], "m2");
    assert!(history(&["--format", "csv"]).contains("c12 region: none -> 华东"), "no JSON in a cell");
    assert_eq!(
        history(&[]),
        "seq  when              by    act               changes\n\
         123  2018-01-01 09:00  Anna  customer changed  undone by 130; c12 region: none -> 华东\n"
    );
}

#[test]
fn an_inbox_tells_who_mentions_me_and_is_read_up_to_where_it_was_shown() {
    let line = |unread: bool| MentionLine {
        seq: 120,
        at: NOW,
        by: Some(named(Kind::Member, 2, "Anna")),
        record: Id::new(Kind::Interaction, 5),
        customer: Some(named(Kind::Customer, 12, "Acme")),
        team: None,
        text: clean("@bob please call"),
        unread,
    };
    let inbox = |args: &[&str]| {
        run(&[&["inbox"], args].concat(), move |request| {
            Some(match request {
                Request::Do { .. } => Reply::Receipts(vec![Ok(receipt())]),
                _ => Reply::Answer(123, Answer::Inbox(vec![line(true), line(false)], 1)),
            })
        })
    };
    assert_eq!(
        inbox(&["--all"]).out(),
        "id     when              by    customer  text\n\
         i5  @  2018-01-01 09:00  Anna  Acme      @bob please call\n\
         i5     2018-01-01 09:00  Anna  Acme      @bob please call\n"
    );
    let json: Json = serde_json::from_str(&inbox(&["--json"]).out()).unwrap();
    holds(&json[0], "seq at by by_name record customer customer_name text unread");
    assert_eq!((&json[0]["record"], &json[0]["unread"]), (&"i5".into(), &true.into()));
    let wrote = |args: &[&str]| {
        let orders = inbox(args).requests.into_iter().filter_map(|request| match request {
            Request::Do { orders, .. } => Some(orders),
            _ => None,
        });
        orders.flatten().map(|order| (order.command, order.dry_run)).collect::<Vec<_>>()
    };
    let read = Command::InboxRead { until: 123 };
    assert_eq!(wrote(&[]), []);
    assert_eq!(wrote(&["--read"]), [(read.clone(), false)]);
    assert_eq!(wrote(&["--read", "--dry-run"]), [(read, true)]);
    let limits = inbox(&["--read"]).requests.into_iter().filter_map(|request| match request {
        Request::Ask(Query::Inbox { limit, .. }) => Some(limit),
        _ => None,
    });
    assert_eq!(limits.collect::<Vec<_>>(), [u32::MAX], "what is to be read is shown");
    let more = run(&["inbox", "--read"], move |_| {
        Some(Reply::Answer(123, Answer::Inbox(vec![line(true), line(false)], 3)))
    });
    assert!(!more.requests.iter().any(|request| matches!(request, Request::Do { .. })));
    assert!(more.out().contains("@bob"), "they are shown, and stay unread");
}
