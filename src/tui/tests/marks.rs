//! Marks, and acts on all that is marked.

use super::*;
use crate::ipc::client::{Changed, ClientError, News};
use crate::model::query::CustomerLine;
use crate::model::{Change, Command, How, Query, Refusal, Takes};

/// The records of the orders so far, without what opens and closes a batch.
fn touched(desk: &Desk) -> Vec<u64> {
    let about = |command: &Command| match command {
        Command::Edit { record, .. } => Some(record.n),
        Command::TierSet { customer, .. } => Some(customer.n),
        Command::TaskDone { task, .. }
        | Command::TaskAssign { task, .. }
        | Command::TaskSnooze { task, .. } => Some(task.n),
        _ => None,
    };
    desk.server.ordered.iter().filter_map(|(.., command)| about(command)).collect()
}

/// What the batches were called that were opened.
fn batches(desk: &Desk) -> Vec<String> {
    let opened = desk.server.ordered.iter().filter_map(|(.., command)| match command {
        Command::BatchOpen { name, .. } => Some(name.to_string()),
        _ => None,
    });
    opened.collect()
}

fn crowd(count: usize) -> Desk {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.customers = (0..count).map(|n| desk.server.line(n)).collect();
    desk.up()
}

#[test]
fn marks_and_the_form_for_many_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("space space j v j");
        insta::assert_snapshot!(format!("marks_{lang:?}"), desk.small());
        desk.keys("b");
        insta::assert_snapshot!(format!("marks_change_{lang:?}"), desk.small());
        desk.keys("esc T");
        insta::assert_snapshot!(format!("marks_tier_{lang:?}"), desk.small());
    }
}

#[test]
fn marked_customers_are_changed_as_one_batch() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("space j space b \"Anna\" tab \"vip, east\" tab \"old\" enter");
    assert_eq!(batches(&desk), ["owner Anna Snelling, +vip, +east, -old"]);
    assert_eq!(touched(&desk), [1, 3]);
    let tag = |how, to| Change { field: clean("tags"), how, to: clean(to), was: None };
    let changes = vec![
        Change::put(clean("owner"), clean("Anna Snelling")),
        tag(How::Link, "vip"),
        tag(How::Link, "east"),
        tag(How::Unlink, "old"),
    ];
    let edit = Command::Edit { record: Id::customer(3), changes };
    assert_eq!(desk.server.ordered[2].2, edit);
    assert!(matches!(desk.server.ordered[3].2, Command::BatchClose { .. }));
    assert!(
        desk.footer().contains("2 customers: owner Anna Snelling, +vip, +east, -old; u undoes it"),
        "{}",
        desk.footer()
    );
    assert!(!desk.row(1).contains("marked"), "what is done is not marked any more: {}", desk.row(1));
}

#[test]
fn without_marks_an_act_is_for_the_row_under_the_bar_and_no_batch() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("j b tab \"vip\" enter");
    assert_eq!((touched(&desk), batches(&desk).len()), (vec![2], 0));
    assert!(desk.footer().contains("Acme Logistics: +vip"), "{}", desk.footer());
    desk.keys("T right tab \"they asked\" enter");
    let tier = Command::TierSet {
        customer: Id::customer(2),
        tier: clean("B"),
        reason: clean("they asked"),
        until: clean(""),
    };
    assert_eq!(desk.server.ordered[1].2, tier);
    desk.keys("b enter");
    assert!(desk.footer().contains("nothing to change was filled in"), "{}", desk.footer());
}

#[test]
fn all_that_is_shown_is_marked_with_what_no_page_has_and_asked_for_before_it_is_changed() {
    let mut desk = crowd(1_000);
    desk.keys("4 j enter A");
    assert!(desk.row(1).contains("CUSTOMERS 249 · 249 marked"), "{}", desk.row(1));
    desk.keys("j space I");
    assert!(desk.row(1).contains("CUSTOMERS 249 · 1 marked"), "{}", desk.row(1));
    desk.keys("I b \"Anna\" enter enter");
    assert!(
        desk.footer().contains("248 customers: owner Anna Snelling? y: yes, else no"),
        "{}",
        desk.footer()
    );
    desk.keys("enter");
    assert_eq!(desk.server.ordered, [], "enter is no yes");
    assert!(desk.footer().contains("nothing was done"), "{}", desk.footer());
    desk.keys("b");
    assert!(desk.small().contains("owner    Anna Snelling"), "{}", desk.small());
    desk.keys("enter y");
    assert_eq!(touched(&desk).len(), 248);
    assert!(desk.footer().contains("248 customers: owner Anna Snelling"), "{}", desk.footer());
}

#[test]
fn a_range_over_rows_that_are_not_known_is_asked_for_before_the_act() {
    let mut desk = crowd(1_000);
    desk.keys("j v G");
    assert!(desk.row(1).contains("999 marked"), "{}", desk.row(1));
    desk.keys("b");
    assert!(desk.small().contains("change · 999 customers"), "{}", desk.small());
}

#[test]
fn rows_that_are_refused_are_waited_for_no_more() {
    let mut desk = crowd(1_000);
    desk.keys("j v");
    desk.online = false;
    desk.keys("G b");
    let asked = |send: &Send| match send {
        Send::Ask(ticket, Query::List { limit, .. }) if *limit > 900 => Some(*ticket),
        _ => None,
    };
    let ticket = desk.unanswered.iter().find_map(asked).expect("the range is asked for");
    desk.online = true;
    desk.hear(Heard::Answer(ticket, Err(Refusal::NoRecord(Id::customer(7)))));
    assert!(desk.footer().contains("there is no customer c7"), "{}", desk.footer());
    desk.keys(": \"log two lots\" enter");
    let last = format!("{:?}", desk.server.ordered.last());
    assert!(last.contains("two lots"), "{last} {}", desk.small());
}

#[test]
fn more_than_can_be_marked_is_said() {
    let mut desk = crowd(20_001);
    desk.keys("A");
    assert!(desk.footer().contains("20001 rows: at most 20000"), "{}", desk.footer());
    assert!(!desk.row(1).contains("marked"));
}

#[test]
fn esc_takes_the_marks_away_before_the_filter_and_another_filter_drops_them() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("4 enter space esc");
    assert!(desk.row(1).contains("tier:A") && !desk.row(1).contains("marked"), "{}", desk.row(1));
    desk.keys("esc");
    assert!(!desk.row(1).contains("tier:A"));
    desk.keys("space / \"tier:B\" enter");
    assert!(desk.row(1).contains("tier:B") && !desk.row(1).contains("marked"), "{}", desk.row(1));
    assert!(desk.footer().contains("the marks are gone"), "{}", desk.footer());
}

#[test]
fn marks_that_a_filter_hides_are_counted_aloud() {
    let mut desk = Desk::new(Lang::En, (160, 50)).up();
    desk.keys("space space j j space f \"tier:B\" enter");
    let screen = desk.text((160, 50));
    assert!(screen.contains("3 marked (2 not shown)"), "{screen}");
    desk.keys("b");
    let screen = desk.text((160, 50));
    assert!(screen.contains("change · 3 customers (2 not shown)"), "{screen}");
    desk.keys("esc f ctrl-u enter b");
    let screen = desk.text((160, 50));
    assert!(screen.contains("change · 3 customers ─"), "{screen}");
}

#[test]
fn marks_stay_on_their_customers_when_rows_move() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("j space");
    assert!(desk.row(3).contains(" *Acme Logistics"), "{}", desk.row(3));
    let newcomer = CustomerLine { id: Id::customer(900), name: clean("Newcomer"), ..desk.server.line(1) };
    desk.server.customers.insert(0, newcomer);
    desk.hear(Heard::News(News { head: 101, changed: Changed::These(vec![Id::customer(900)]) }));
    let marked: Vec<String> =
        desk.small().lines().filter(|row| row.contains('*')).map(str::to_owned).collect();
    assert!(marked.len() == 1 && marked[0].contains("*Acme Logistics"), "{marked:?}");
    desk.server.customers.retain(|line| line.id != Id::customer(2));
    desk.hear(Heard::News(News { head: 102, changed: Changed::Everything }));
    assert!(desk.row(1).contains("· 1 marked"), "who left the list stays counted: {}", desk.row(1));
}

#[test]
fn what_is_refused_is_told_and_stays_marked() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.stubborn = vec![Id::customer(1), Id::customer(3)];
    desk.keys("space space space b tab \"vip\" enter");
    assert!(desk.footer().contains("2 of 3 refused, R shows all; Acme Corporation:"), "{}", desk.footer());
    assert!(desk.row(1).contains("· 2 marked"), "{}", desk.row(1));
    desk.keys("R");
    let page = desk.small();
    assert!(page.contains("refused · +vip") && page.contains("Hottechi: there is no customer c3"), "{page}");
}

#[test]
fn what_no_customer_would_take_is_told_in_the_form_before_anything_is_begun() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.refusal = Some(Refusal::BadValue(clean("until"), clean("soon"), Takes::Date));
    desk.keys("space space T tab \"asked\" tab \"soon\" enter");
    assert!(desk.small().contains("until: \"soon\" is no"), "{}", desk.small());
    assert_eq!(desk.server.ordered, []);
    desk.keys("ctrl-u enter");
    assert_eq!(touched(&desk), [1, 2]);
}

#[test]
fn a_lost_link_in_the_middle_is_said_and_the_rest_goes_on_as_it_was_sent() {
    let mut desk = crowd(1_000);
    desk.keys("A b \"Anna\" enter enter");
    desk.online = false;
    desk.keys("y");
    let open = desk.unanswered.pop().unwrap();
    desk.answer(open);
    desk.carry();
    let chunk = desk.unanswered.pop().unwrap();
    desk.answer(chunk);
    desk.carry();
    assert!(desk.footer().contains("250 of 1000"), "{}", desk.footer());
    desk.hear(Heard::Down(ClientError::Lost));
    assert!(desk.footer().contains("link lost at 250 of 1000"), "{}", desk.footer());
    desk.keys("q");
    assert!(desk.footer().contains("leave with 250 of 1000 done? y: yes"), "{}", desk.footer());
    desk.keys("n A b \"x\" enter");
    // The link keeps what has no receipt, and sends it again when it is up.
    let kept = desk.unanswered.iter().rfind(|send| matches!(send, Send::DoAll(..))).cloned().unwrap();
    desk.online = true;
    desk.hear(Heard::Up);
    desk.answer(kept);
    desk.carry();
    assert_eq!(touched(&desk), (1..=1_000).collect::<Vec<u64>>(), "each once");
    let mut counters: Vec<u64> = desk.server.ordered.iter().map(|(_, counter, _)| *counter).collect();
    counters.sort_unstable();
    counters.dedup();
    assert_eq!(counters.len(), desk.server.ordered.len());
    assert_eq!(batches(&desk), ["owner Anna Snelling"]);
}

#[test]
fn what_is_given_up_ends_the_act_and_says_how_far_it_came() {
    let mut desk = crowd(1_000);
    desk.keys("A b \"Anna\" enter enter");
    desk.online = false;
    desk.keys("y");
    let open = desk.unanswered.pop().unwrap();
    desk.answer(open);
    desk.carry();
    let ticket = desk.unanswered.pop().unwrap().ticket();
    desk.online = true;
    desk.hear(Heard::GivenUp(ticket, ClientError::Lost));
    assert!(matches!(desk.server.ordered.last().unwrap().2, Command::BatchClose { .. }));
    assert!(desk.footer().contains("stopped: 0 of 1000 done"), "{}", desk.footer());
}

#[test]
fn marked_tasks_are_done_given_away_and_put_off() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("3 space space");
    assert!(desk.small().contains("TASKS mine 5 · 2 marked"), "{}", desk.small());
    desk.keys("d");
    assert!(desk.small().contains("done · 2 tasks"), "{}", desk.small());
    desk.keys("enter");
    assert_eq!((touched(&desk), batches(&desk)), (vec![1, 2], vec!["done".to_owned()]));
    desk.keys("A b \"Versie\" enter");
    assert_eq!(touched(&desk)[2..], [1, 2, 3, 4, 5]);
    assert!(desk.footer().contains("5 tasks: assigned to Versie"), "{}", desk.footer());
    desk.keys("z \"fri\" enter");
    let Some((.., Command::TaskSnooze { until, .. })) = desk.server.ordered.last() else { panic!() };
    assert_eq!((until.as_str(), batches(&desk).len()), ("fri", 2), "one task, no batch");
}

#[test]
fn what_was_typed_for_many_comes_back_for_the_same_ones_only() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("space j space b tab \"gold\" esc");
    assert!(desk.footer().contains("the draft is kept"), "{}", desk.footer());
    desk.keys("X j space j space b");
    assert!(
        desk.small().contains("change · 2 customers") && !desk.small().contains("gold"),
        "{}",
        desk.small()
    );
    desk.keys("esc X k k k k k k k space j space b");
    assert!(
        desk.small().contains("gold") && desk.footer().contains("your draft is back"),
        "{}",
        desk.small()
    );
}

#[test]
fn customers_are_archived_and_tasks_dropped_one_or_all_that_are_marked() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("x");
        assert!(
            desk.small().contains(lang.pick("archive · Acme Corp", "归档 · 艾克美集团")),
            "{}",
            desk.small()
        );
        desk.keys("enter");
        let Some((.., Command::Edit { record, changes })) = desk.server.ordered.last() else { panic!() };
        assert_eq!(
            (*record, changes[0].field.as_str(), changes[0].to.as_str()),
            (Id::customer(1), "archived", "yes")
        );
        assert!(desk.footer().contains(lang.pick(": archived", "：已归档")), "{}", desk.footer());
        desk.keys("space space x right enter");
        assert_eq!(touched(&desk), [1, 1, 2], "a batch: {}", desk.small());
        let Some((.., Command::Edit { changes, .. })) =
            desk.server.ordered.iter().rev().find(|(.., command)| matches!(command, Command::Edit { .. }))
        else {
            panic!()
        };
        assert_eq!(changes[0].to.as_str(), "no", "they are taken back");
        desk.keys("3 x \"not wanted\" enter");
        let Some((.., Command::TaskDrop { task, reason })) = desk.server.ordered.last() else { panic!() };
        assert_eq!((task.n, reason.as_str()), (1, "not wanted"));
        assert!(desk.footer().contains(lang.pick(": dropped", "：已取消")), "{}", desk.footer());
        desk.keys(": \"task-drop\" enter");
        assert!(desk.small().contains(lang.pick("drop · ", "取消任务 · ")), "{}", desk.small());
    }
}
