//! What is asked: ids and words, whose tasks, and long lists in pages.

use super::*;
use crate::cli::tree::tree;
use crate::model::query::Board;
use crate::model::{Which, Whose};
use crate::text::Lang;

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
            HistoryItem { entry, by: None, undone_by: None, due: None, names: Vec::new() }
        };
        let items = (first - u64::from(*limit)..first).rev().map(item).collect();
        Some(Reply::Answer(9, Answer::History(items)))
    });
    assert_eq!(ran.requests.len(), 2);
    assert_eq!(ran.out().lines().count(), 1 + 1500);
}

#[test]
fn a_day_goes_with_the_question_and_stands_above_what_people_read() {
    let ran = |args: &[&str], answer: Answer| {
        run(args, move |request| match request {
            Request::AskAsOf(on, _) if on.as_str() == "2017-12-01" => Some(Reply::Answer(9, answer.clone())),
            other => panic!("{other:?}"),
        })
    };
    let customers = || Answer::Customers(vec![line()], 1);
    for (verb, answer) in [
        (&["list"][..], customers()),
        (&["find", "acme"], customers()),
        (&["show", "c12"], Answer::Card(Box::new(card()))),
        (&["why", "c12"], Answer::Why(Box::new(why()))),
        (&["tier"], Answer::Board(Board::default())),
        (&["task", "list"], Answer::Tasks(vec![task()], 1)),
    ] {
        let args = [verb, &["--as-of", "2017-12-01"]].concat();
        let out = ran(&args, answer.clone()).out();
        assert!(out.starts_with("as of 1 Jan 2018 09:00\n"), "{args:?}: {out}");
        let machine = ran(&[&args[..], &["--json"]].concat(), answer.clone()).out();
        assert_eq!(machine, run_on(&[verb, &["--json"]].concat(), answer).out(), "the shape is the same");
    }
}

#[test]
fn what_writes_knows_no_other_day() {
    for args in
        [&["tier", "--as-of", "2017-12-01", "clear", "c12"][..], &["log", "c12", "--as-of", "2017-12-01"]]
    {
        let args = std::iter::once("gx").chain(args.iter().copied());
        assert!(tree(Lang::En, None).try_get_matches_from(args.clone()).is_err(), "{args:?}");
    }
}
