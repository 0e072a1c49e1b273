//! The book: which answers are taken, what is asked again, and what is new.

use super::*;
use crate::ipc::client::{Changed, News};
use crate::model::query::{HistoryItem, PolicyNames};
use crate::model::{Answer, Cause, Entry, Event, Row, Whose};

const NOW: Instant = Instant(1_000_000);

/// An entry of the journal by a member, or by the rules, on a customer.
fn by(seq: u64, member: Option<u64>, customer: Id) -> HistoryItem {
    let entry = Entry {
        seq,
        at: NOW,
        by: member.map(|n| Id::new(Kind::Member, n)),
        command: Clean::known("add"),
        cause: Cause::Asked,
        batch: None,
        events: vec![Event::Created { record: customer, values: Vec::new() }],
    };
    HistoryItem { entry, by: None, undone_by: None, due: None, names: Vec::new() }
}

/// Of member 1.
fn session() -> Session {
    Session {
        member: Named { id: Id::new(Kind::Member, 1), name: Clean::default() },
        team: None,
        store: Clean::default(),
        practice: false,
        timezone: Clean::default(),
        currency: Clean::default(),
        now: NOW,
        tiers: Vec::new(),
        stages: Vec::new(),
        names: PolicyNames::default(),
        head: 7,
    }
}

#[test]
fn what_i_did_elsewhere_is_not_new_to_me() {
    let mut book = Book::default();
    let [imported, theirs] = [1, 2].map(Id::customer);
    book.session = Some(session());
    book.judged = 7;
    book.changed(&News { head: 9, changed: Changed::These(vec![imported]) }, None, NOW);
    book.judge(&[by(9, None, imported), by(8, Some(1), imported)]);
    assert!(!book.is_fresh(imported));
    book.changed(&News { head: 12, changed: Changed::These(vec![imported, theirs]) }, None, NOW);
    book.judge(&[by(12, Some(2), theirs), by(11, Some(1), imported), by(9, Some(2), imported)]);
    assert!(book.is_fresh(theirs) && !book.is_fresh(imported), "entry 9 is old news");
    book.changed(&News { head: 13, changed: Changed::These(vec![imported]) }, None, NOW);
    book.judge(&[by(13, Some(2), imported)]);
    assert!(book.is_fresh(imported));
}

fn tickets(sends: &[Send]) -> Vec<u64> {
    sends.iter().map(Send::ticket).collect()
}

#[test]
fn the_answer_to_an_older_question_is_dropped() {
    let mut book = Book::default();
    book.find(&Clean::known("ac"), NOW);
    book.find(&Clean::known("acme"), NOW);
    let tickets = tickets(&book.sends());
    assert_eq!(book.heard(tickets[0], Ok(Answer::Customers(Vec::new(), 9)), NOW), None);
    assert_eq!(book.found.total, 0);
    assert_eq!(book.heard(tickets[1], Ok(Answer::Customers(Vec::new(), 3)), NOW), Some(Topic::Found));
    assert_eq!(book.found.total, 3);
}

#[test]
fn a_late_answer_is_said_to_be_waited_for() {
    let mut book = Book::default();
    book.open(Whose::Mine, NOW);
    assert!(!book.is_slow(Instant(NOW.0 + 99)));
    assert!(book.is_slow(Instant(NOW.0 + 100)));
    for ticket in tickets(&book.sends()) {
        book.heard(ticket, Err(Refusal::NoTask), NOW);
    }
    assert_eq!(book.slow_at(), None);
}

#[test]
fn far_rows_are_asked_for_and_what_lies_behind_is_forgotten() {
    let mut book = Book::default();
    book.open(Whose::Mine, NOW);
    book.sends();
    book.look(9_990..10_010, NOW);
    let skips: Vec<u32> = book
        .sends()
        .into_iter()
        .filter_map(|send| match send {
            Send::Ask(_, Query::List { skip, .. }) => Some(skip),
            _ => None,
        })
        .collect();
    assert_eq!(skips, [9_900, 10_000]);
    book.look(9_990..10_010, NOW);
    assert_eq!(book.sends(), [], "nothing is asked twice");
    book.look(0..20, NOW);
    assert_eq!(book.sends().len(), 1, "the first page was forgotten");
}

#[test]
fn a_change_asks_the_open_questions_again_and_marks_the_customer() {
    let mut book = Book::default();
    let (seen, other) = (Id::customer(1), Id::customer(2));
    book.open(Whose::Mine, NOW);
    book.ask_card(seen, 50, NOW);
    book.sends();
    let news = |these| News { head: 7, changed: Changed::These(these) };
    book.changed(&news(vec![seen, other]), Some(seen), NOW);
    assert_eq!(book.sends().len(), 5, "page, card, tasks, tiers, who did it");
    assert!(!book.is_fresh(other), "it may have been me");
    book.judge(&[by(7, Some(2), other)]);
    assert!(book.is_fresh(other) && !book.is_fresh(seen));
    book.changed(&news(vec![other]), Some(seen), NOW);
    assert_eq!(book.sends().len(), 4, "not the card");
    book.ask_card(other, 50, NOW);
    assert!(!book.is_fresh(other), "looked at");
}

#[test]
fn where_somebody_moves_the_stores_clock_everything_is_of_that_moment() {
    let mut book = Book::default();
    book.open(Whose::Mine, NOW);
    let answer = |book: &mut Book, ahead: i64, now: Instant| {
        let asked = |send: &&Send| matches!(send, Send::Ask(_, Query::Session));
        let ticket = book.sends().iter().find(asked).map(Send::ticket).unwrap();
        let session = Session { now: Instant(now.0 + ahead), ..session() };
        book.heard(ticket, Ok(Answer::Session(session)), now);
    };
    answer(&mut book, 5_000, NOW);
    assert_eq!((book.store_time(NOW), book.sends().len()), (Instant(NOW.0 + 5_000), 0));
    let settings = News { head: 8, changed: Changed::These(vec![Id::SETTINGS]) };
    for (ahead, again) in [(4_000, 0), (30 * 86_400_000, 4)] {
        book.changed(&settings, None, NOW);
        answer(&mut book, ahead, NOW);
        assert_eq!(book.store_time(NOW), Instant(NOW.0 + ahead));
        assert_eq!(book.sends().len(), again, "page, tasks, tiers, who did it");
    }
    book.changed(&News { head: 9, changed: Changed::These(vec![Id::customer(1)]) }, None, NOW);
    assert!(!book.sends().iter().any(|send| matches!(send, Send::Ask(_, Query::Session))));
}

#[test]
fn a_record_is_asked_for_once() {
    let mut book = Book::default();
    let deal = Id::new(Kind::Deal, 3);
    let row = |n| RowLine {
        id: Id::new(Kind::Deal, n),
        row: Row::blank(Kind::Deal),
        names: Vec::new(),
        hidden: Vec::new(),
    };
    for (found, there) in [(3, true), (4, false)] {
        book.ask_record(deal, NOW);
        let ticket = tickets(&book.sends())[0];
        assert_eq!(book.heard(ticket, Ok(Answer::Rows(vec![row(found)])), NOW), Some(Topic::Record));
        assert_eq!(book.record.take().is_some(), there, "the next one is another");
    }
    book.ask_record(deal, NOW);
    let ticket = tickets(&book.sends())[0];
    assert!(book.given_up(ticket));
    book.refresh(NOW);
    assert_eq!(book.sends(), []);
}

#[test]
fn what_words_mean_is_known_of_those_words_only() {
    let mut book = Book::default();
    let acme = Named { id: Id::customer(1), name: Clean::known("Acme") };
    book.ask_meant(Some((Kind::Customer, "ac")), NOW);
    book.ask_meant(Some((Kind::Customer, "ac")), NOW);
    let sends = book.sends();
    assert_eq!(sends.len(), 1, "nothing is asked twice");
    book.heard(tickets(&sends)[0], Ok(Answer::Resolved(acme.clone())), NOW);
    assert_eq!(book.meant(Kind::Customer, "ac"), Some(&Ok(acme)));
    assert_eq!(book.meant(Kind::Customer, "acm"), None);
    assert_eq!(book.meant(Kind::Member, "ac"), None);
}

#[test]
fn who_mentions_one_is_asked_again_where_texts_change_or_something_was_read_whatever_day_is_seen() {
    let mut book = Book { session: Some(session()), ..Book::default() };
    book.ask_inbox(false, NOW);
    let [me, other] = [1, 2].map(|n| Id::new(Kind::Member, n));
    for past in [None, Some(Instant(5))] {
        book.past = past;
        for (id, asks) in [
            (Id::new(Kind::Interaction, 4), true),
            (Id::customer(4), true),
            (me, true),
            (other, false),
            (Id::new(Kind::View, 1), false),
        ] {
            book.sends();
            book.changed(&News { head: 9, changed: Changed::These(vec![id]) }, None, NOW);
            let asked = |send: &Send| matches!(send, Send::Ask(_, Query::Inbox { .. }));
            assert_eq!(book.sends().iter().any(asked), asks, "{id} {past:?}");
        }
        book.changed(&News { head: 9, changed: Changed::Everything }, None, NOW);
        let is_as_of = |send: &Send| matches!(send, Send::AskAsOf(..));
        assert!(!book.sends().is_empty() && !book.sends().iter().any(is_as_of));
    }
}
