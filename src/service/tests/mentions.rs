//! Who mentions whom, and what of it is told.

use super::*;
use crate::model::query::MentionLine;
use crate::model::{Named, Sight};

struct Pair {
    office: Office,
    acme: Id,
    anna: Actor,
}

impl Pair {
    fn new() -> Pair {
        let office = Office::new();
        let acme = office.customer("Acme");
        office.add(Kind::Member, &[("name", "Anna Snelling"), ("login", "anna")]).unwrap();
        let anna = office.service.act_as(office.me, &text("anna")).unwrap();
        Pair { office, acme, anna }
    }

    fn inbox(&self, actor: Actor, all: bool) -> (Vec<MentionLine>, u64) {
        match self.office.service.answer(actor, &Query::Inbox { all, limit: 9 }) {
            Ok((_, Answer::Inbox(lines, unread))) => (lines, unread),
            other => panic!("{other:?}"),
        }
    }

    /// The lines that Anna has not read.
    fn unread(&self) -> Vec<String> {
        self.inbox(self.anna, false).0.iter().map(|line| line.text.to_string()).collect()
    }

    fn read(&self, until: u64) -> Done {
        let order = self.office.order(Command::InboxRead { until }, None);
        self.office.service.execute(self.anna, 8, vec![order]).pop().unwrap()
    }
}

#[test]
fn an_inbox_tells_who_mentioned_me_where_and_in_which_line() {
    let pair = Pair::new();
    let logged = pair.office.log(pair.acme, "they called\n@anna, please call back").unwrap();
    let (lines, unread) = pair.inbox(pair.anna, false);
    let by = Some(Named { id: pair.office.me.member, name: text("Li Wei") });
    let expected = MentionLine {
        seq: logged.seqs[0],
        at: Instant(START),
        by,
        record: logged.ids[0],
        customer: Some(Named { id: pair.acme, name: text("Acme") }),
        team: None,
        text: text("@anna, please call back"),
        unread: true,
    };
    assert_eq!((lines, unread), (vec![expected], 1));
    assert_eq!(pair.inbox(pair.office.me, true), (Vec::new(), 0));
    pair.office.log(pair.acme, "hello > +1d @Anna Snelling sends it").unwrap();
    assert_eq!(pair.unread(), ["@Anna Snelling sends it", "@anna, please call back"], "the newest first");
    pair.office.verify();
}

#[test]
fn what_is_read_is_read_everywhere_and_no_act_of_mine() {
    let pair = Pair::new();
    let first = pair.office.log(pair.acme, "@anna one").unwrap().seqs[0];
    pair.office.log(pair.acme, "@anna two").unwrap();
    pair.read(first).unwrap();
    assert_eq!(pair.unread(), ["@anna two"]);
    let head = |pair: &Pair| pair.office.service.head().snapshot.head();
    let done = pair.read(head(&pair)).unwrap();
    assert_eq!(done.seqs.len(), 1);
    assert_eq!(pair.read(head(&pair)).unwrap().seqs, [0; 0], "nothing is new");
    let (lines, unread) = pair.inbox(pair.anna, true);
    assert_eq!((lines.len(), lines.iter().filter(|line| line.unread).count(), unread), (2, 0, 0));
    let undo = Command::Undo { what: Undone::MyLast, partial: false };
    let order = pair.office.order(undo, None);
    let refused = pair.office.service.execute(pair.anna, 8, vec![order]).pop().unwrap();
    assert_eq!(refused.unwrap_err(), Refusal::NothingToUndo);
}

#[test]
fn a_newer_one_that_was_read_stays_so_while_an_older_one_is_unread() {
    let pair = Pair::new();
    let [first, second, third] =
        ["one", "two", "three"].map(|n| pair.office.log(pair.acme, &format!("@anna {n}")).unwrap().seqs[0]);
    let order = pair.office.order(Command::MentionRead { seq: second }, None);
    pair.office.service.execute(pair.anna, 8, vec![order]).pop().unwrap().unwrap();
    assert_eq!(pair.unread(), ["@anna three", "@anna one"]);
    let (lines, unread) = pair.inbox(pair.anna, true);
    let unread_lines: Vec<u64> = lines.iter().filter(|line| line.unread).map(|line| line.seq).collect();
    assert_eq!((lines.len(), unread, unread_lines), (3, 2, vec![third, first]));
    pair.office.verify();
}

#[test]
fn a_line_that_was_changed_before_it_was_read_is_read_once() {
    let pair = Pair::new();
    let read_one = |seq| {
        let order = pair.office.order(Command::MentionRead { seq }, None);
        pair.office.service.execute(pair.anna, 8, vec![order]).pop().unwrap().unwrap();
    };
    pair.office.edit(pair.acme, "note", "@anna call them").unwrap();
    let changed = pair.office.edit(pair.acme, "note", "@anna call them today").unwrap().seqs[0];
    assert_eq!(pair.unread(), ["@anna call them today"]);
    read_one(changed);
    assert_eq!((pair.unread().len(), pair.inbox(pair.anna, true).1), (0, 0), "in either place");

    let older =
        pair.office.edit(pair.acme, "note", "@anna call them today\n@anna and write").unwrap().seqs[0];
    let newer = pair.office.edit(pair.acme, "note", "@anna, too\n@anna and write").unwrap().seqs[0];
    read_one(newer);
    assert_eq!(pair.unread(), ["@anna and write"], "another line of the same note");
    pair.office.edit(pair.acme, "note", "@anna, too").unwrap();
    let (lines, unread) = pair.inbox(pair.anna, true);
    let told: Vec<_> = lines.iter().map(|line| (line.seq, line.unread)).collect();
    assert_eq!((told, unread), (vec![(older, true)], 1), "what is counted is shown");
    read_one(older);
    assert_eq!((pair.unread().len(), pair.inbox(pair.anna, true).1), (0, 0));
    pair.office.verify();
}

#[test]
fn a_mention_goes_with_its_entry_its_record_and_its_line() {
    let pair = Pair::new();
    pair.office.log(pair.acme, "@anna one").unwrap();
    pair.office.undo().unwrap();
    assert_eq!(pair.unread(), [""; 0], "undone");
    let task = pair.office.add(Kind::Task, &[("title", "call, @anna"), ("customer", "Acme")]).unwrap().ids[0];
    pair.office.edit(task, "title", "@anna calls").unwrap();
    assert_eq!(pair.unread(), ["@anna calls"], "a line is told once");
    pair.office.edit(task, "title", "call").unwrap();
    assert_eq!(pair.unread(), [""; 0], "it says so no more");
    pair.office.undo().unwrap();
    assert_eq!(pair.unread().len(), 1);
    pair.office.edit(pair.anna.member, "login", "asnelling").unwrap();
    assert_eq!(pair.unread().len(), 1, "whatever she is called now");
}

#[test]
fn an_act_taken_back_mentions_nobody_though_others_do_in_the_same_text() {
    let pair = Pair::new();
    let first = pair.office.edit(pair.acme, "note", "@anna has the key").unwrap().seqs[0];
    pair.office.edit(pair.acme, "note", "@anna has the key\n@anna: call").unwrap();
    assert_eq!(pair.unread(), ["@anna: call", "@anna has the key"]);
    pair.office.undo().unwrap();
    let (lines, unread) = pair.inbox(pair.anna, false);
    assert_eq!((lines[0].seq, lines.len(), unread), (first, 1, 1));
}

#[test]
fn what_is_out_of_sight_mentions_nobody() {
    let pair = Pair::new();
    pair.office.edit(pair.acme, "note", "@anna knows").unwrap();
    let head = pair.office.service.head();
    let ask = |sight| {
        let query = Query::Inbox { all: true, limit: 9 };
        pair.office.service.answer_in_sight(&head, pair.anna, sight, &query)
    };
    let own = Sight::Own { member: pair.anna.member, teams: Vec::new() };
    assert_eq!(ask(own), Ok(Answer::Inbox(Vec::new(), 0)));
    assert!(matches!(ask(Sight::All), Ok(Answer::Inbox(lines, 1)) if lines.len() == 1));
}

#[test]
fn a_past_inbox_is_as_it_was() {
    let pair = Pair::new();
    pair.office.log(pair.acme, "@anna one").unwrap();
    pair.office.clock.fetch_add(86_400_000, Ordering::SeqCst);
    pair.read(u64::MAX).unwrap();
    let query = Query::Inbox { all: false, limit: 9 };
    let then = pair.office.service.answer_as_of(pair.anna, &text("yesterday"), &query, &|| false);
    assert!(matches!(then, Ok((_, Answer::Inbox(_, 1)))), "{then:?}");
    assert_eq!(pair.unread(), [""; 0]);
}

#[test]
fn no_more_is_counted_than_is_asked_for_and_one() {
    let pair = Pair::new();
    for n in 0..12 {
        pair.office.log(pair.acme, &format!("@anna {n}")).unwrap();
    }
    let ask = |limit| match pair.office.service.answer(pair.anna, &Query::Inbox { all: false, limit }) {
        Ok((_, Answer::Inbox(lines, unread))) => (lines.len(), unread),
        other => panic!("{other:?}"),
    };
    assert_eq!([ask(5), ask(12), ask(99)], [(5, 6), (12, 12), (12, 12)]);
}
