//! Server and client together, on a folder of their own, with a handler that echoes.

mod starting;

use std::fs::{self, Permissions};
use std::io::{BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::codec::frame::{LIMIT, frame, read_frame};
use crate::codec::to_bytes;
use crate::ipc::FromServer;
use crate::ipc::client::{Client, ClientError, Incoming, Requests};
use crate::ipc::hello::{Hello, PROTOCOL, Reply, Verdict};
use crate::ipc::home::{Access, Claim, Door, STORE};
use crate::ipc::peer::own_uid;
use crate::ipc::push::{Changed, News, Pusher};
use crate::ipc::server::{Caller, Ended, Handler, Options, Refusal, serve};
use crate::ipc::stop::Stop;
use crate::text::Lang;

#[derive(Serialize, Deserialize)]
enum Ask {
    Echo(String),
    Large,
    TooLarge,
    Hold,
    Panic,
    Stop,
}

/// Answers with what it was asked; can be held inside a request.
struct Echo {
    stop: Stop,
    refusal: Option<Refusal>,
    pushers: Mutex<Vec<Pusher<u32>>>,
    held: Mutex<Sender<()>>,
    go_on: Mutex<Receiver<()>>,
}

/// The test's side of an [`Echo`].
struct Hands {
    held: Receiver<()>,
    go_on: Sender<()>,
}

fn echo() -> (Echo, Hands) {
    let ((told, held), (go_on, waiting)) = (channel(), channel());
    let echo = Echo {
        stop: Stop::new().unwrap(),
        refusal: None,
        pushers: Mutex::default(),
        held: Mutex::new(told),
        go_on: Mutex::new(waiting),
    };
    (echo, Hands { held, go_on })
}

impl Handler for Echo {
    type Session = usize;
    type Request = Ask;
    type Answer = String;
    type Changed = u32;

    fn open(&self, caller: &Caller, pusher: Option<&Pusher<u32>>) -> Result<usize, Refusal> {
        assert_eq!(caller.peer.uid, own_uid());
        self.pushers.lock().unwrap().extend(pusher.cloned());
        self.refusal.map_or(Ok(0), Err)
    }

    fn answer(&self, asked: &mut usize, ask: Ask) -> String {
        *asked += 1;
        match ask {
            Ask::Echo(text) => format!("{asked} {text}"),
            Ask::Large => "x".repeat(1 << 20),
            Ask::TooLarge => "x".repeat(LIMIT + 1),
            Ask::Hold => {
                self.held.lock().unwrap().send(()).unwrap();
                self.go_on.lock().unwrap().recv().unwrap();
                "held".into()
            }
            Ask::Panic => panic!("as the test wanted"),
            Ask::Stop => {
                self.stop.stop();
                "stopping".into()
            }
        }
    }

    fn too_large(&self, bytes: usize) -> String {
        format!("{bytes} bytes")
    }
}

fn folder() -> TempDir {
    let dir = tempfile::Builder::new().permissions(Permissions::from_mode(0o700)).tempdir().unwrap();
    fs::write(dir.path().join(STORE), "").unwrap();
    dir
}

fn open_door(dir: &Path) -> Door {
    Claim::take(dir).unwrap().listen(Access::Private).unwrap()
}

/// Stops the server when the test is over, also when it failed: the scope waits for it.
struct StopAtEnd<'a>(&'a Stop);

impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// Runs a server beside `test`, stops it where it still runs, and tells why it ended.
fn beside(echo: &Echo, options: Options, test: impl FnOnce(&Path)) -> Ended {
    let dir = folder();
    let door = open_door(dir.path());
    thread::scope(|scope| {
        let server = scope.spawn(|| serve(door, echo, &echo.stop, &options));
        let stop_at_end = StopAtEnd(&echo.stop);
        test(dir.path());
        drop(stop_at_end);
        server.join().unwrap().unwrap()
    })
}

fn asking() -> super::client::Options {
    super::client::Options::asking(Lang::En)
}

fn live(dir: &Path, options: super::client::Options) -> Result<(Requests, Incoming), ClientError> {
    Client::new(dir, options).live()
}

fn ask(client: &mut Client, text: &str) -> Result<String, ClientError> {
    client.call(&Ask::Echo(text.into()))
}

fn next(incoming: &mut Incoming) -> FromServer<String, u32> {
    incoming.receive().unwrap()
}

fn news(head: u64, changed: Changed<u32>) -> FromServer<String, u32> {
    FromServer::News(News { head, changed })
}

/// A connection without the client's manners.
fn raw(dir: &Path, bytes: &[u8]) -> UnixStream {
    let mut stream = UnixStream::connect(dir.join("gx.sock")).unwrap();
    stream.write_all(bytes).unwrap();
    stream
}

fn hello(protocol: u32, retire: bool) -> [u8; 64] {
    Hello { protocol, retire, ..Hello::new(Lang::En) }.to_bytes()
}

fn verdict(stream: &mut UnixStream) -> Verdict {
    Reply::read(stream).unwrap().verdict
}

/// Waits for the end of the stream, however it comes.
fn ends(mut stream: UnixStream) {
    let _ = stream.read_to_end(&mut Vec::new());
}

#[test]
fn the_messages_keep_their_bytes() {
    let bytes = |message: FromServer<u8, u32>| to_bytes(&message);
    assert_eq!(bytes(FromServer::Answer(9)), [0, 9]);
    let these = Changed::These(vec![1, 3]);
    assert_eq!(bytes(FromServer::News(News { head: 7, changed: these })), [1, 7, 0, 2, 1, 3]);
    assert_eq!(bytes(FromServer::News(News { head: 8, changed: Changed::Everything })), [1, 8, 1]);
    assert_eq!(bytes(FromServer::Bye), [2]);
    assert_eq!(bytes(FromServer::Company), [3]);
}

#[test]
fn requests_are_answered_in_order_and_sessions_are_apart() {
    let (echo, _hands) = echo();
    let ended = beside(&echo, Options::team(), |dir| {
        let (mut one, mut two) = (Client::new(dir, asking()), Client::new(dir, asking()));
        assert_eq!(ask(&mut one, "a").unwrap(), "1 a");
        assert_eq!(ask(&mut one, "b").unwrap(), "2 b");
        assert_eq!(ask(&mut two, "c").unwrap(), "1 c");
        assert_eq!(one.call::<_, String>(&Ask::Large).unwrap().len(), 1 << 20);
    });
    assert_eq!(ended, Ended::Stopped);
}

#[test]
fn whoever_comes_is_let_in_however_many_come_and_go_at_once() {
    let (echo, _hands) = echo();
    let ended = beside(&echo, Options::team(), |dir| {
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let mut stays = Client::new(dir, asking());
                    for number in 1..=40 {
                        assert_eq!(ask(&mut Client::new(dir, asking()), "in").unwrap(), "1 in");
                        assert_eq!(ask(&mut stays, "on").unwrap(), format!("{number} on"));
                    }
                });
            }
        });
    });
    assert_eq!(ended, Ended::Stopped);
}

#[test]
fn garbage_closes_that_connection_only() {
    let (echo, _hands) = echo();
    beside(&echo, Options::team(), |dir| {
        let mut client = Client::new(dir, asking());
        ask(&mut client, "before").unwrap();
        ends(raw(dir, &[0xff; 64]));
        let hello = hello(PROTOCOL, false);
        for garbage in [&(LIMIT as u32 + 1).to_le_bytes()[..], b"\x02\0\0\0\xff\xff", b"\x01\0\0\0\x63"] {
            let mut stream = raw(dir, &[&hello, garbage].concat());
            assert_eq!(verdict(&mut stream), Verdict::Welcome);
            ends(stream);
        }
        assert_eq!(ask(&mut client, "after").unwrap(), "2 after");
    });
}

#[test]
fn half_a_hello_and_half_a_frame_are_not_waited_for() {
    let (echo, _hands) = echo();
    let options = Options { patience: Duration::from_millis(20), ..Options::team() };
    beside(&echo, options, |dir| {
        let hello = hello(PROTOCOL, false);
        ends(raw(dir, &hello[..63]));
        ends(raw(dir, &[&hello[..], &frame(&Ask::Hold).unwrap()[..3]].concat()));
    });
}

#[test]
fn a_panic_ends_its_own_session_only() {
    let (echo, _hands) = echo();
    beside(&echo, Options::team(), |dir| {
        let mut other = Client::new(dir, asking());
        ask(&mut other, "before").unwrap();
        let (mut requests, mut incoming) = live(dir, asking()).unwrap();
        requests.send(&Ask::Panic).unwrap();
        assert!(matches!(incoming.receive::<String, u32>(), Err(ClientError::Lost)));
        assert_eq!(ask(&mut other, "after").unwrap(), "2 after");
    });
}

#[test]
fn a_request_that_was_taken_is_answered_before_the_server_stops() {
    let (echo, hands) = echo();
    let dir = folder();
    let door = open_door(dir.path());
    thread::scope(|scope| {
        let server = scope.spawn(|| serve(door, &echo, &echo.stop, &Options::team()));
        let (mut requests, mut incoming) = live(dir.path(), asking()).unwrap();
        requests.send(&Ask::Hold).unwrap();
        requests.send(&Ask::Echo("queued".into())).unwrap();
        hands.held.recv().unwrap();
        echo.stop.stop();
        assert!(!server.is_finished());
        hands.go_on.send(()).unwrap();
        assert_eq!(next(&mut incoming), FromServer::Answer("held".into()));
        assert_eq!(next(&mut incoming), FromServer::Answer("2 queued".into()));
        assert_eq!(next(&mut incoming), FromServer::Bye);
        assert_eq!(server.join().unwrap().unwrap(), Ended::Stopped);
    });
    assert!(matches!(ask(&mut Client::new(dir.path(), asking()), "x"), Err(ClientError::NotRunning { .. })));
    assert!(Claim::take(dir.path()).is_ok());
}

#[test]
fn a_request_can_stop_the_server() {
    let (echo, _hands) = echo();
    let dir = folder();
    let door = open_door(dir.path());
    thread::scope(|scope| {
        let server = scope.spawn(|| serve(door, &echo, &echo.stop, &Options::team()));
        let mut client = Client::new(dir.path(), asking());
        assert_eq!(client.call::<_, String>(&Ask::Stop).unwrap(), "stopping");
        assert_eq!(server.join().unwrap().unwrap(), Ended::Stopped);
        assert!(matches!(ask(&mut client, "late"), Err(ClientError::NotRunning { .. })));
    });
}

#[test]
fn a_client_that_does_not_read_cannot_hold_the_server_up() {
    let (echo, _hands) = echo();
    let options = Options { grace: Duration::from_millis(20), ..Options::team() };
    let mut deaf = None;
    let ended = beside(&echo, options, |dir| {
        let mut stream = raw(dir, &[&hello(PROTOCOL, false), &frame(&Ask::Large).unwrap()[..]].concat());
        assert_eq!(verdict(&mut stream), Verdict::Welcome);
        deaf = Some(stream);
    });
    assert_eq!(ended, Ended::Stopped);
    assert!(deaf.is_some());
}

#[test]
fn news_reach_those_who_asked_and_share_the_line_with_answers() {
    let (echo, _hands) = echo();
    beside(&echo, Options::team(), |dir| {
        let mut plain = Client::new(dir, asking());
        ask(&mut plain, "x").unwrap();
        let (mut requests, mut incoming) = live(dir, asking()).unwrap();
        let pusher = echo.pushers.lock().unwrap().pop().unwrap();
        assert!(echo.pushers.lock().unwrap().is_empty(), "the plain client asked for no news");

        assert!(pusher.mark(7, [3, 1, 3]));
        assert_eq!(next(&mut incoming), news(7, Changed::These(vec![1, 3])));
        requests.send(&Ask::Echo("between".into())).unwrap();
        assert_eq!(next(&mut incoming), FromServer::Answer("1 between".into()));
        assert!(pusher.mark_everything(9));
        assert_eq!(next(&mut incoming), news(9, Changed::Everything));

        drop(requests);
        assert!(incoming.receive::<String, u32>().is_err());
    });
}

#[test]
fn a_session_that_has_ended_takes_no_more_marks() {
    let (echo, _hands) = echo();
    beside(&echo, Options::team(), |dir| {
        drop(live(dir, asking()).unwrap());
    });
    let pusher = echo.pushers.lock().unwrap().pop().unwrap();
    assert!(!pusher.mark(1, [1]));
}

#[test]
fn unequal_protocols_are_told_which_side_is_older() {
    let (echo, _hands) = echo();
    beside(&echo, Options::private(), |dir| {
        assert_eq!(verdict(&mut raw(dir, &hello(PROTOCOL + 1, false))), Verdict::OlderServer);
        assert_eq!(verdict(&mut raw(dir, &hello(PROTOCOL - 1, true))), Verdict::NewerServer);
    });
}

#[test]
fn a_server_makes_room_for_a_newer_version_when_nobody_else_is_there() {
    let (echo, _hands) = echo();
    let ended = beside(&echo, Options::private(), |dir| {
        let mut stream = raw(dir, &hello(PROTOCOL + 1, true));
        assert_eq!(verdict(&mut stream), Verdict::Retiring);
        ends(stream);
    });
    assert_eq!(ended, Ended::Retired);
}

#[test]
fn a_server_in_use_and_a_teams_server_stay() {
    for (options, in_use) in [(Options::private(), true), (Options::team(), false)] {
        let (echo, _hands) = echo();
        let ended = beside(&echo, options, |dir| {
            let mut client = Client::new(dir, asking());
            if in_use {
                ask(&mut client, "here").unwrap();
            }
            assert_eq!(verdict(&mut raw(dir, &hello(PROTOCOL + 1, true))), Verdict::OlderServer);
        });
        assert_eq!(ended, Ended::Stopped);
    }
}

#[test]
fn a_private_server_leaves_when_it_is_alone_and_not_before() {
    let (echo, _hands) = echo();
    let dir = folder();
    let door = open_door(dir.path());
    // Somebody waits before the server begins: it must not leave, however short its patience.
    let mut early = raw(dir.path(), &hello(PROTOCOL, false));
    let options = Options { idle_exit: Some(Duration::ZERO), ..Options::private() };
    thread::scope(|scope| {
        let server = scope.spawn(|| serve(door, &echo, &echo.stop, &options));
        assert_eq!(verdict(&mut early), Verdict::Welcome);
        early.write_all(&frame(&Ask::Echo("still here".into())).unwrap()).unwrap();
        let answer = read_frame::<FromServer<String, u32>>(&mut BufReader::new(&early)).unwrap();
        assert_eq!(answer, Some(FromServer::Answer("1 still here".into())));
        drop(early);
        assert_eq!(server.join().unwrap().unwrap(), Ended::Idle);
    });
    assert!(!dir.path().join("gx.sock").exists());
}

#[test]
fn one_user_cannot_take_all_the_seats() {
    let (echo, _hands) = echo();
    beside(&echo, Options { per_uid: 1, ..Options::team() }, |dir| {
        let mut client = Client::new(dir, asking());
        ask(&mut client, "first").unwrap();
        assert!(matches!(ask(&mut Client::new(dir, asking()), "second"), Err(ClientError::Full)));
        assert_eq!(ask(&mut client, "still").unwrap(), "2 still");
    });
}

#[test]
fn an_answer_that_no_frame_can_carry_is_told_and_the_session_goes_on() {
    let (echo, _hands) = echo();
    beside(&echo, Options::team(), |dir| {
        let mut client = Client::new(dir, asking());
        let told: String = client.call(&Ask::TooLarge).unwrap();
        // The answer's text, its length and its place among what a server sends.
        assert_eq!(told, format!("{} bytes", LIMIT + 1 + 5 + 1));
        assert_eq!(ask(&mut client, "still").unwrap(), "2 still");
    });
}

#[test]
fn the_halves_of_a_live_connection_work_on_two_threads() {
    let (echo, _hands) = echo();
    beside(&echo, Options::team(), |dir| {
        let (mut requests, incoming): (Requests, Incoming) = live(dir, asking()).unwrap();
        thread::scope(|scope| {
            let hearing = scope.spawn(move || {
                let mut incoming = incoming;
                (0..100).map(|_| next(&mut incoming)).collect::<Vec<_>>()
            });
            for number in 1..=100 {
                requests.send(&Ask::Echo(format!("of {number}"))).unwrap();
            }
            let heard = hearing.join().unwrap();
            let expected = (1..=100).map(|number| FromServer::Answer(format!("{number} of {number}")));
            assert_eq!(heard, expected.collect::<Vec<_>>());
        });
    });
}
