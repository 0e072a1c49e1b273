//! The book as of a day, and the history of a record.

use super::*;
use crate::model::{Command, Refusal, Undone};

#[test]
fn a_day_is_typed_seen_and_left_again() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys(": \"as-of\" enter \"2026-06-01\"");
        insta::assert_snapshot!(format!("as_of_day_{lang:?}"), desk.small());
        desk.keys("enter");
        insta::assert_snapshot!(format!("as_of_{lang:?}"), desk.small());
        assert!(desk.server.as_of.iter().all(|on| on.as_str() == "2026-06-01"), "{:?}", desk.server.as_of);
        assert!(desk.small().contains("Acme") || desk.small().contains("艾克美"));
        desk.keys("esc");
        assert!(!desk.small().contains("AS OF") && !desk.small().contains("截至"), "{}", desk.small());
        assert!(desk.small().contains("85"), "everybody is back: {}", desk.small());
    }
    let mut desk = Desk::new(Lang::En, (60, 15)).up();
    desk.keys(": \"as-of\" enter \"2026-06-01\" enter 2");
    assert!(desk.text((60, 15)).contains("AS OF 1 Jun 2026"), "{}", desk.text((60, 15)));
}

#[test]
fn esc_gives_up_a_day_that_is_waited_for() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.keys(": \"as-of 2026-06-01\" enter");
    desk.wait(99);
    assert!(!desk.footer().contains("asking.."), "{}", desk.footer());
    desk.wait(2);
    assert!(desk.footer().contains("asking.."), "{}", desk.footer());
    let before = desk.unanswered.len();
    desk.keys("esc");
    assert_eq!(desk.redialed, 1);
    assert!(desk.footer().contains("given up: this is today"), "{}", desk.footer());
    assert!(!desk.small().contains("AS OF"), "{}", desk.small());
    assert_eq!(desk.unanswered.len(), before, "all is asked when the link is up again");
    desk.unanswered.clear();
    desk.online = true;
    desk.hear(Heard::Up);
    assert!(desk.footer().contains("live") && desk.small().contains("85"), "{}", desk.small());
    desk.keys(": \"as-of 2026-06-01\" enter esc");
    assert_eq!(desk.redialed, 1, "what is there is left without a new connection");
}

#[test]
fn nothing_is_written_while_a_day_that_has_been_is_seen() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(": \"as-of\" enter \"yesterday\" enter");
    for key in ["l", "t", "a", "c", "D", "P", "E", "u", "U", "n", "1 e", "1 b", "1 T", "3 d", "3 b", "3 z"] {
        desk.keys(key);
        let note = "this is the book as of 23 Nov 2026; esc returns to today";
        assert!(desk.footer().contains(note), "{key}: {}", desk.footer());
    }
    desk.keys("1 h enter y");
    assert_eq!(desk.server.ordered, []);
}

#[test]
fn a_day_to_come_is_not_taken_and_one_before_the_book_leads_back() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(": \"as-of\" enter \"tomorrow\" enter");
    assert!(desk.small().contains("not over yet"), "{}", desk.small());
    assert_eq!(desk.server.as_of, []);
    desk.keys("ctrl-w \"2001-01-01\" enter");
    assert!(desk.footer().contains("there was no book on 2001-01-01"), "{}", desk.footer());
    assert!(!desk.small().contains("AS OF"), "{}", desk.small());
}

#[test]
fn time_stands_in_the_past() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    assert!(desk.app.wake().is_some());
    desk.keys(": \"as-of\" enter \"yesterday\" enter");
    desk.wait(150);
    assert_eq!(desk.app.wake(), None, "no day turns there");
    desk.keys("esc");
    assert!(desk.app.wake().is_some());
}

#[test]
fn history_speaks_of_fields_as_people_do_and_undoes_no_rule() {
    let mut desk = Desk::new(Lang::Zh, (80, 24)).up();
    desk.keys("h");
    let page = desk.small();
    assert!(page.contains("地区: ") && page.contains("规则") && !page.contains("region"), "{page}");
    assert!(
        !page.contains("tier_since") && !page.contains("2026-11-20"),
        "what rules note for themselves: {page}"
    );
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("h j j");
    assert!(desk.small().contains("follows from the rules"), "{}", desk.small());
    assert!(desk.footer().starts_with(" esc back"), "{}", desk.footer());
    desk.keys("enter y");
    assert_eq!(desk.server.ordered, []);
}

#[test]
fn the_history_of_what_is_under_the_bar_and_undo_from_there() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.keys("h");
        insta::assert_snapshot!(format!("history_{lang:?}"), desk.small());
    }
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("h enter");
    assert!(
        desk.footer().contains("undo what Bo Li did on 24 Nov 2026 05:32? y: yes, else no"),
        "{}",
        desk.footer()
    );
    desk.keys("n");
    assert!(desk.footer().contains("nothing was undone") && desk.server.ordered.is_empty());
    desk.keys("enter y");
    assert_eq!(desk.server.ordered[0].2, Command::Undo { what: Undone::Seq(71), partial: false });
    assert!(desk.footer().contains("undone: "), "{}", desk.footer());
    desk.server.refusal = Some(Refusal::AlreadyUndone(71, 72));
    desk.keys("enter y");
    assert!(desk.footer().contains("entry 71 was undone before"), "{}", desk.footer());
    desk.keys("esc 3 h");
    assert!(desk.small().contains("HISTORY  first contact"), "{}", desk.small());
}

#[test]
fn a_move_that_was_taken_back_says_so_on_the_timeline() {
    let mut desk = Desk::new(Lang::En, (80, 40));
    desk.server.taken_back = true;
    let desk = desk.up();
    let screen = desk.text((80, 40));
    assert!(screen.contains("undone: tier B Potential to A Key"), "{screen}");
}
