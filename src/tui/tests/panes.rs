//! The panes: what stands where at every size, and what moves the bar.

use super::*;
use crate::ipc::client::{Changed, News};
use crate::model::query::CustomerLine;

const SIZES: [(u16, u16); 5] = [(60, 15), (80, 24), (120, 40), (160, 50), (200, 60)];

#[test]
fn the_screen_at_every_size_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for size in SIZES {
            let desk = Desk::new(lang, size).up();
            insta::assert_snapshot!(format!("screen_{lang:?}_{}x{}", size.0, size.1), desk.text(size));
        }
    }
}

#[test]
fn before_anything_is_known_the_panes_are_there() {
    let desk = Desk::new(Lang::En, (80, 24));
    let screen = desk.small();
    for title in ["CUSTOMERS", "TIMELINE", "TASKS", "TIERS", "connecting"] {
        assert!(screen.contains(title), "{title}");
    }
}

#[test]
fn other_peoples_changes_do_not_move_the_bar() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("j j");
    assert!(desk.row(4).starts_with("▌A Hottechi"));
    let newcomer = CustomerLine { id: Id::customer(900), name: clean("Newcomer"), ..desk.server.line(1) };
    desk.server.customers.insert(0, newcomer);
    desk.hear(Heard::News(News { head: 101, changed: Changed::These(vec![Id::customer(900)]) }));
    assert!(
        desk.row(5).starts_with("▌A Hottechi") || desk.row(4).starts_with("▌A Hottechi"),
        "{}",
        desk.small()
    );
    assert!(desk.row(1).contains("86") && desk.row(1).contains("Hottechi"), "{}", desk.row(1));

    desk.server.customers.remove(3);
    desk.hear(Heard::News(News { head: 102, changed: Changed::Everything }));
    assert!(!desk.small().contains('▌'), "who is gone has no bar, and nobody else gets it");
    desk.keys("j");
    assert!(desk.small().contains("▌A Kan-code"), "the bar comes back where it was: {}", desk.small());
}

#[test]
fn what_stands_in_the_rows_moves_no_column() {
    for (size, head) in [((80, 24), "last"), ((160, 50), "last")] {
        let mut desk = Desk::new(Lang::En, size).up();
        let title = |desk: &Desk| desk.text(size).lines().nth(1).unwrap().find(head);
        let before = title(&desk);
        for line in &mut desk.server.customers {
            (line.last_contact, line.next_due) = (Some(NOW), Some(NOW.plus_seconds(500 * 86_400)));
        }
        desk.hear(Heard::News(News { head: 102, changed: Changed::Everything }));
        assert_eq!(title(&desk), before, "{}", desk.text(size));
    }
}

#[test]
fn a_changed_customer_is_marked_until_it_is_looked_at() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.hear(Heard::News(News {
        head: 101,
        changed: Changed::These(vec![Id::customer(2), Id::customer(1)]),
    }));
    assert!(desk.row(3).contains("9d  +"), "{}", desk.row(3));
    assert!(!desk.row(2).contains('+'), "what is looked at is not new: {}", desk.row(2));
    desk.keys("j k");
    assert!(!desk.row(3).contains('+'));
}

#[test]
fn a_long_list_is_asked_for_where_it_is_looked_at() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.customers = (0..10_000).map(|n| desk.server.line(n)).collect();
    let mut desk = desk.up();
    desk.keys("G");
    assert!(desk.row(1).starts_with(" CUSTOMERS 10000  "), "{}", desk.row(1));
    assert!(desk.row(13).starts_with("▌B Kan-code") || desk.row(13).starts_with('▌'), "{}", desk.row(13));
    assert!(!desk.row(13).trim_start_matches('▌').trim().is_empty());
    desk.keys("g g");
    assert!(desk.row(2).starts_with("▌A Acme Corp"));
}

#[test]
fn a_tier_opens_its_customers_and_esc_shows_all_again() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("4 j enter");
    assert!(desk.row(1).contains("tier:B"), "{}", desk.row(1));
    assert!(desk.row(2).contains("Betatech"));
    assert!(desk.row(1).starts_with(" CUSTOMERS 21 tier:B "), "a blank between: {}", desk.row(1));
    assert!(desk.footer().starts_with(" esc show all"), "{}", desk.footer());
    desk.keys("2 esc");
    assert!(desk.row(1).contains("85") && !desk.row(1).contains("tier:B"), "{}", desk.row(1));
    assert!(!desk.footer().contains("show all"), "{}", desk.footer());
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l");
    desk.event(Event::Paste("a\u{1b}[2Jb\u{202e}c".to_owned()));
    let screen = desk.small();
    assert!(screen.contains("a[2Jbc"), "{screen}");
}

#[test]
fn what_was_looked_up_is_what_acts_go_to() {
    for (size, pane) in [((80, 24), "CUSTOMERS"), ((60, 15), "TIMELINE")] {
        let mut desk = Desk::new(Lang::En, size).up();
        desk.keys("3 / \"hottechi\" enter");
        let screen = desk.text(size);
        desk.keys("e");
        assert!(!desk.text(size).contains("edit task"), "{pane}: {screen}\n{}", desk.text(size));
        assert!(desk.text(size).contains("Hottechi"), "{pane}: {}", desk.text(size));
        desk.keys("esc : \"assign anna\" enter");
        let of = format!("{:?}", desk.server.ordered);
        assert!(!of.contains("TaskAssign"), "{of}");
    }
}

#[test]
fn lists_of_a_customer_close_when_another_or_another_day_is_seen() {
    let title = |desk: &Desk| desk.small().contains("copy ·");
    for away in ["/ \"hottechi\" enter", ": \"as-of yesterday\" enter", ": \"filter tier:B\" enter"] {
        let mut desk = Desk::new(Lang::En, (80, 24)).up();
        desk.keys("y");
        assert!(title(&desk), "{}", desk.small());
        desk.keys("/ esc");
        assert!(title(&desk), "whoever only looks comes back to it: {}", desk.small());
        desk.keys(away);
        assert!(!title(&desk), "{away}: {}", desk.small());
    }
}
