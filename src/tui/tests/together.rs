//! Others at the same book: who is here, and who writes.

use super::*;
use crate::ipc::client::{Changed, News};
use crate::model::query::{Beside, Company};
use crate::model::{Event, Named, TaskState, Value};

fn member(n: u64, name: &str, writing: bool) -> Beside {
    Beside { member: Named { id: Id::new(Kind::Member, n), name: clean(name) }, writing }
}

#[test]
fn the_others_are_told_where_i_am_once_the_bar_rests() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    assert_eq!(desk.server.told.take(), [], "not at once");
    assert_eq!(desk.app.wake().unwrap().0 - desk.now.0, 150);
    desk.wait(150);
    assert_eq!(desk.server.told.take(), [(Some(Id::customer(1)), false)]);
    for _ in 0..20 {
        desk.keys("j");
        desk.wait(30);
    }
    assert_eq!(desk.server.told.take(), [], "a key that is held down tells nothing");
    desk.wait(120);
    let on = desk.server.told.take();
    assert_eq!(on, [(Some(Id::customer(21)), false)], "but where it ends");
    desk.wait(10_000);
    assert_eq!(desk.server.told.take(), [], "and nothing while nothing happens");
    desk.keys("l \"hello\"");
    desk.wait(200);
    desk.keys("esc");
    desk.wait(200);
    assert_eq!(desk.server.told.take(), [(on[0].0, true), (on[0].0, false)]);
}

#[test]
fn who_is_here_stands_in_the_header_and_who_is_at_the_customer_beside_their_name() {
    for (lang, size, here, writing, more) in [
        (
            Lang::En,
            (80, 24),
            "2 online",
            "Acme Corporation · Bo is writing +1",
            "Acme Corporation · Cai is here",
        ),
        (Lang::Zh, (80, 24), "在线 2", "艾克美集团 · 波 正在写 +1", "艾克美集团 · 彩 在看"),
    ] {
        let (bo, cai) = (lang.pick("Bo Lin", "波"), lang.pick("Cai Wu", "彩"));
        let mut desk = Desk::new(lang, size).up();
        desk.server.company = Company { here: 2, beside: vec![member(2, bo, true), member(3, cai, false)] };
        assert!(!desk.row(0).contains(here));
        desk.wait(150);
        assert!(desk.row(0).contains(here), "{}", desk.row(0));
        assert!(desk.row(1).contains(writing), "{}", desk.row(1));
        desk.server.company.beside.remove(0);
        desk.hear(Heard::Company);
        assert!(desk.row(1).contains(more), "{}", desk.row(1));
        desk.keys("j");
        assert!(!desk.row(1).contains(cai), "who is there is not known before one is asked: {}", desk.row(1));
    }
}

#[test]
fn without_the_server_nobody_is_here_and_with_it_all_are_asked_for_again() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.server.company = Company { here: 1, beside: vec![member(2, "Bo Lin", false)] };
    desk.wait(150);
    assert!(desk.row(1).contains("Bo is here"), "{}", desk.row(1));
    desk.hear(Heard::Down(crate::ipc::client::ClientError::Lost));
    assert!(!desk.small().contains("here"), "{}", desk.small());
    desk.hear(Heard::Up);
    assert!(desk.row(1).contains("Bo is here"), "{}", desk.row(1));
}

/// Somebody else took a task out of the queue, as the server tells it.
fn gone(desk: &mut Desk, task: u64, field: &str, to: Value) {
    let record = Id::new(Kind::Task, task);
    let (field, _) = Kind::Task.field(field).unwrap();
    desk.server.tasks.retain(|line| line.id != record);
    desk.server.events = vec![Event::Set { record, field, from: Value::Absent, to }];
    let head = desk.server.next_head();
    desk.hear(Heard::News(News { head, changed: Changed::These(vec![record]) }));
}

fn queue(desk: &Desk) -> Vec<String> {
    desk.small().lines().skip(16).take(7).map(|row| row.chars().take(30).collect()).collect()
}

#[test]
fn a_task_that_another_took_fades_where_it_was_until_the_bar_moves() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("3 j j");
    assert!(queue(&desk)[2].starts_with("▌~revisit"), "{:#?}", queue(&desk));
    gone(&mut desk, 1, "assignee", Value::Ref(Id::new(Kind::Member, 2)));
    gone(&mut desk, 3, "state", Value::word(TaskState::Done));
    let rows = queue(&desk);
    assert!(rows[0].contains("first contact") && rows[0].contains("taken by Bo"), "{rows:#?}");
    assert!(rows[2].starts_with("▌ revisit") && rows[2].contains("done by Bo"), "{rows:#?}");
    assert!(desk.row(0).contains("3 tasks, 1 late"), "{}", desk.row(0));
    desk.keys("j");
    let rows = queue(&desk);
    assert!(rows[0].contains("send price") && rows[1].starts_with("▌ call"), "{rows:#?}");
    assert!(!desk.small().contains(" by Bo"), "{}", desk.small());
}

#[test]
fn what_comes_back_fades_no_more_and_what_i_or_a_rule_ended_goes_at_once() {
    let mut desk = Desk::new(Lang::Zh, (80, 24)).up();
    let all = desk.server.tasks.clone();
    gone(&mut desk, 2, "due", Value::Absent);
    assert!(desk.small().contains("波 已更改"), "{}", desk.small());
    desk.server.tasks = all;
    gone(&mut desk, 4, "state", Value::word(TaskState::Dropped));
    let shown = desk.small();
    assert!(!shown.contains("波 已更改") && shown.contains("波 已取消"), "{shown}");
    for by in [Some(1), None] {
        desk.server.author = by;
        gone(&mut desk, 5, "state", Value::word(TaskState::Done));
        assert!(!desk.small().contains("已完成"), "{}", desk.small());
    }
    desk.keys("3 m");
    assert!(!desk.small().contains("波"), "another queue begins afresh: {}", desk.small());
}

#[test]
fn what_the_others_did_is_a_page_that_leads_to_its_customers() {
    for (lang, title, row) in [
        (Lang::En, "what the others did last", "▌Acme Logistics  logged, task added"),
        (Lang::Zh, "他人最近的操作", "艾克美物流"),
    ] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("F");
        let shown = desk.small();
        assert!(shown.contains(title) && shown.contains(row), "{shown}");
        desk.keys("j enter");
        assert!(desk.row(1).contains(lang.pick("Hottechi", "重庆长安机电")), "{}", desk.row(1));
        desk.keys("F F");
        assert!(!desk.small().contains(title), "the key closes it as well");
    }
}

#[test]
fn whoever_comes_back_is_told_since_when() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("store.json");
    let run = || {
        let mut desk = Desk::new(Lang::En, (80, 24));
        let (theme, drafts) = (Theme::new(true, false), Drafts::default());
        let keys = Keymap::shipped("default").unwrap();
        let habits = Habits::load(file.clone());
        let setup = Setup { size: (80, 24), lang: Lang::En, theme, keys, drafts, habits };
        desk.app = App::new(setup, NOW);
        desk.up()
    };
    let mut first = run();
    first.keys("q");
    assert!(first.quit);
    let mut again = run();
    again.keys("F");
    assert!(again.small().contains("since you were last here, today 14:32"), "{}", again.small());
}
