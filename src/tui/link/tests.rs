//! The link against a server that is played by the test.

use super::*;
use crate::ipc::client::Changed;
use crate::model::Command;

/// What the server's end of a test connection holds.
struct Server {
    requests: Receiver<Request>,
    messages: Sender<Result<Message, ClientError>>,
}

/// A link whose connections are handed to the test one by one.
fn link(act_as: Option<Clean>) -> (Link, Receiver<Heard>, Receiver<Server>) {
    let (calls, servers) = mpsc::channel();
    let dial: Dial = Box::new(move || {
        let (to, requests) = mpsc::channel();
        let (messages, from) = mpsc::channel::<Result<Message, ClientError>>();
        calls.send(Server { requests, messages }).map_err(|_| ClientError::Leaving)?;
        Ok(Line {
            send: Box::new(move |request| to.send(request.clone()).map_err(|_| ClientError::Lost)),
            receive: Box::new(move || from.recv().unwrap_or(Err(ClientError::Lost))),
        })
    });
    let (send, heard) = mpsc::channel();
    (Link::start(dial, act_as, send).unwrap(), heard, servers)
}

fn order(counter: u64) -> Order {
    Order { counter, batch: None, dry_run: false, command: Command::TaskTake }
}

fn say(server: &Server, reply: Reply) {
    server.messages.send(Ok(FromServer::Answer(reply))).unwrap();
}

#[test]
fn replies_find_their_questions() {
    let (link, heard, servers) = link(Some(Clean::known("Anna")));
    let server = servers.recv().unwrap();
    assert_eq!(server.requests.recv().unwrap(), Request::ActAs(Clean::known("Anna")));
    assert!(matches!(heard.recv().unwrap(), Heard::Up));
    link.send(Send::Ask(7, Query::Tiers));
    link.send(Send::Do(8, 1, order(1)));
    say(&server, Reply::Done);
    say(&server, Reply::Answer(3, Answer::Tiers(Vec::new())));
    say(&server, Reply::Receipts(vec![Err(Refusal::NoTask)]));
    assert!(matches!(heard.recv().unwrap(), Heard::Answer(7, Ok(Answer::Tiers(_)))));
    assert!(matches!(heard.recv().unwrap(), Heard::Receipt(8, Err(Refusal::NoTask))));
}

#[test]
fn after_a_lost_reply_an_order_is_sent_again_once_as_it_was() {
    let (link, heard, servers) = link(None);
    let server = servers.recv().unwrap();
    heard.recv().unwrap();
    link.send(Send::Do(1, 9, order(41)));
    link.send(Send::Do(2, 9, order(42)));
    let sent = |counter| Request::Do { client: 9, orders: vec![order(counter)] };
    assert_eq!(server.requests.recv().unwrap(), sent(41));
    assert_eq!(server.requests.recv().unwrap(), sent(42));
    say(&server, Reply::Receipts(vec![Ok(Receipt::default())]));
    assert!(matches!(heard.recv().unwrap(), Heard::Receipt(1, Ok(_))));
    server.messages.send(Err(ClientError::Lost)).unwrap();
    assert!(matches!(heard.recv().unwrap(), Heard::Down(ClientError::Lost)));

    let again = servers.recv().unwrap();
    assert_eq!(again.requests.recv().unwrap(), sent(42));
    assert!(matches!(heard.recv().unwrap(), Heard::Up));
    say(&again, Reply::Receipts(vec![Ok(Receipt::default())]));
    assert!(matches!(heard.recv().unwrap(), Heard::Receipt(2, Ok(_))));
    again.messages.send(Ok(FromServer::Bye)).unwrap();
    assert!(matches!(heard.recv().unwrap(), Heard::Down(ClientError::Leaving)));
    let third = servers.recv().unwrap();
    assert!(matches!(heard.recv().unwrap(), Heard::Up));
    link.send(Send::Ask(3, Query::Tiers));
    assert_eq!(third.requests.recv().unwrap(), Request::Ask(Query::Tiers), "nothing is sent a third time");
}

#[test]
fn orders_that_go_together_are_sent_again_together_and_answered_each() {
    let (link, heard, servers) = link(None);
    let server = servers.recv().unwrap();
    heard.recv().unwrap();
    link.send(Send::DoAll(1, 9, vec![order(41), order(42)]));
    let sent = Request::Do { client: 9, orders: vec![order(41), order(42)] };
    assert_eq!(server.requests.recv().unwrap(), sent);
    drop(server);
    assert!(matches!(heard.recv().unwrap(), Heard::Down(ClientError::Lost)));
    let again = servers.recv().unwrap();
    assert_eq!(again.requests.recv().unwrap(), sent);
    heard.recv().unwrap();
    say(&again, Reply::Receipts(vec![Ok(Receipt::default()), Err(Refusal::NoTask)]));
    let Heard::Receipts(1, receipts) = heard.recv().unwrap() else { panic!("no receipts") };
    assert!(matches!(receipts[..], [Ok(_), Err(Refusal::NoTask)]));
}

#[test]
fn a_connection_without_a_reply_is_a_failure_like_a_dial() {
    let (link, heard, servers) = link(None);
    for expected in [0, 1, 2] {
        let server = servers.recv().unwrap();
        assert!(matches!(heard.recv().unwrap(), Heard::Up));
        link.send(Send::Ask(expected, Query::Tiers));
        server.requests.recv().unwrap();
        drop(server);
        assert!(matches!(heard.recv().unwrap(), Heard::Down(ClientError::Lost)));
    }
    let _server = servers.recv().unwrap();
    assert!(matches!(heard.recv().unwrap(), Heard::Up));
    // The server hung up over it three times: it is not asked a fourth time, but told.
    link.send(Send::Ask(3, Query::Tiers));
    assert!(matches!(heard.recv().unwrap(), Heard::GivenUp(3, ClientError::Lost)));
}

#[test]
fn an_order_that_every_server_hangs_up_over_is_given_up_and_the_next_goes_through() {
    let (link, heard, servers) = link(None);
    let sent = |counter| Request::Do { client: 9, orders: vec![order(counter)] };
    let mut server = servers.recv().unwrap();
    heard.recv().unwrap();
    link.send(Send::Do(1, 9, order(41)));
    link.send(Send::Do(2, 9, order(42)));
    for _ in 0..3 {
        assert_eq!(server.requests.recv().unwrap(), sent(41));
        assert_eq!(server.requests.recv().unwrap(), sent(42));
        server.messages.send(Err(ClientError::Lost)).unwrap();
        assert!(matches!(heard.recv().unwrap(), Heard::Down(ClientError::Lost)));
        server = servers.recv().unwrap();
        match heard.recv().unwrap() {
            Heard::Up => {}
            told => {
                assert!(matches!(told, Heard::GivenUp(1, ClientError::Lost)), "{told:?}");
                assert!(matches!(heard.recv().unwrap(), Heard::Up));
            }
        }
    }
    assert_eq!(server.requests.recv().unwrap(), sent(42));
    say(&server, Reply::Receipts(vec![Ok(Receipt::default())]));
    assert!(matches!(heard.recv().unwrap(), Heard::Receipt(2, Ok(_))));
}

#[test]
fn a_call_that_is_left_is_no_failure_and_orders_go_with_the_next() {
    let (link, heard, servers) = link(None);
    let server = servers.recv().unwrap();
    heard.recv().unwrap();
    link.send(Send::AskAsOf(1, Clean::known("2026-06-01"), Query::Tiers));
    link.send(Send::Do(2, 9, order(41)));
    server.requests.recv().unwrap();
    server.requests.recv().unwrap();
    link.redial();
    let again = servers.recv().unwrap();
    assert!(server.requests.recv().is_err(), "the first one has ended");
    let sent = Request::Do { client: 9, orders: vec![order(41)] };
    assert_eq!(again.requests.recv().unwrap(), sent, "what was asked is forgotten");
    assert!(matches!(heard.recv().unwrap(), Heard::Up));
    say(&again, Reply::Receipts(vec![Ok(Receipt::default())]));
    assert!(matches!(heard.recv().unwrap(), Heard::Receipt(2, Ok(_))));
}

#[test]
fn news_are_passed_on() {
    let (_link, heard, servers) = link(None);
    let server = servers.recv().unwrap();
    heard.recv().unwrap();
    let news = News { head: 5, changed: Changed::These(vec![Id::customer(3)]) };
    server.messages.send(Ok(FromServer::News(news.clone()))).unwrap();
    let Heard::News(told) = heard.recv().unwrap() else { panic!("no news") };
    assert_eq!(told, news);
}

#[test]
fn pauses_grow_to_five_seconds_but_not_while_a_rebuild_goes_on() {
    let pauses = |error: ClientError| [0, 1, 2, 3, 4, 5, 6, 7].map(|n| pause(&error, n).as_millis());
    assert_eq!(pauses(ClientError::Lost), [0, 200, 400, 800, 1600, 3200, 5000, 5000]);
    assert_eq!(pauses(ClientError::NotReady { percent: 37 }), [500; 8]);
}

#[test]
fn an_order_is_taken_back_only_before_it_is_put_on_a_connection() {
    let (refuse, refused) = mpsc::channel();
    let dial: Dial = Box::new(move || {
        let _ = refuse.send(());
        Err(ClientError::Lost)
    });
    let (send, heard) = mpsc::channel();
    let away = Link::start(dial, None, send).unwrap();
    refused.recv().unwrap();
    away.send(Send::Do(1, 9, order(41)));
    away.recall(1);
    away.recall(1);
    let recalled: Vec<bool> = heard
        .iter()
        .filter_map(|heard: Heard| match heard {
            Heard::Recalled(1, is_back) => Some(is_back),
            _ => None,
        })
        .take(2)
        .collect();
    assert_eq!(recalled, [true, false]);

    let (link, heard, servers) = link(None);
    let server = servers.recv().unwrap();
    heard.recv().unwrap();
    link.send(Send::Do(1, 9, order(41)));
    server.requests.recv().unwrap();
    link.recall(1);
    assert!(matches!(heard.recv().unwrap(), Heard::Recalled(1, false)));
}
