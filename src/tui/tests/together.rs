//! Others at the same book: who is here, and who writes.

use super::*;
use crate::model::Named;
use crate::model::query::{Beside, Company};

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
            "2 here",
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
