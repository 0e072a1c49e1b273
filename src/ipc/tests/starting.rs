//! Who comes while a server starts, is being rebuilt, or is not there.

use std::os::fd::AsFd;
use std::os::unix::net::UnixListener;
use std::sync::Barrier;
use std::thread::JoinHandle;

use super::*;
use crate::ipc::home::HomeError;
use crate::ipc::launch::Ready;
use crate::ipc::lobby::Lobby;
use crate::ipc::wait::readable;

#[test]
fn who_is_not_let_in_learns_why() {
    let (mut echo, _hands) = echo();
    echo.refusal = Some(Refusal::NotReady { percent: 37 });
    beside(&echo, Options::team(), |dir| {
        let refused = ask(&mut Client::new(dir, asking()), "x").unwrap_err();
        assert_eq!(refused.message(Lang::En), "the store is being rebuilt: 37 % done");
    });
}

/// How much of a rebuild this client is told to be done.
fn told(client: &mut Client) -> u32 {
    match ask(client, "x") {
        Err(ClientError::NotReady { percent }) => percent,
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_comes_during_a_rebuild_learns_how_far_it_is_and_gets_in_when_it_is_done() {
    let (echo, _hands) = echo();
    let dir = folder();
    // However short the patience of an idle server: a rebuild is no idleness.
    let options = Options { idle_exit: Some(Duration::ZERO), ..Options::private() };
    let lobby = Lobby::open(open_door(dir.path()), &options).unwrap();
    let mut client = Client::new(dir.path(), asking());
    assert_eq!(told(&mut client), 0);
    for (done, of, percent) in [(37, 100, 37), (1, 3, 33), (3, 3, 100), (0, 0, 0)] {
        lobby.tell(done, of);
        assert_eq!(told(&mut client), percent);
    }
    assert!(matches!(client.live(), Err(ClientError::NotReady { percent: 0 })));
    assert!(!lobby.is_left());

    let door = lobby.close().unwrap();
    // Before the door, while nobody is there to serve.
    let mut early = raw(dir.path(), &hello(PROTOCOL, false));
    thread::scope(|scope| {
        let server = scope.spawn(|| serve(door, &echo, &echo.stop, &Options::team()));
        let _stop_at_end = StopAtEnd(&echo.stop);
        assert_eq!(verdict(&mut early), Verdict::Welcome);
        assert_eq!(ask(&mut client, "in").unwrap(), "1 in");
        echo.stop.stop();
        assert_eq!(server.join().unwrap().unwrap(), Ended::Stopped);
    });
}

#[test]
fn a_rebuild_makes_room_for_a_newer_version() {
    let dir = folder();
    let lobby = Lobby::open(open_door(dir.path()), &Options::private()).unwrap();
    let mut newer = raw(dir.path(), &hello(PROTOCOL + 1, true));
    assert_eq!(verdict(&mut newer), Verdict::Retiring);
    assert!(lobby.is_left());
    drop(lobby);
    assert!(Claim::take(dir.path()).is_ok());
    assert!(!dir.path().join("gx.sock").exists());
}

#[test]
fn a_server_that_ended_in_its_rebuild_is_not_started_again_by_who_waited_for_it() {
    let dir = folder();
    let never: crate::ipc::client::Launch = |_, _| panic!("started");
    let mut client = Client::new(dir.path(), crate::ipc::client::Options { launch: Some(never), ..asking() });
    let lobby = Lobby::open(open_door(dir.path()), &Options::private()).unwrap();
    assert_eq!(told(&mut client), 0);
    drop(lobby);
    assert!(matches!(ask(&mut client, "x"), Err(ClientError::StartFailed { .. })));
    // Asked again by a person, another is.
    let tried = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| ask(&mut client, "x").map(drop)));
    assert!(tried.is_err());
}

#[test]
fn an_end_before_the_hello_means_try_again() {
    let (echo, _hands) = echo();
    let dir = folder();
    let door = open_door(dir.path());
    thread::scope(|scope| {
        let client = scope.spawn(|| ask(&mut Client::new(dir.path(), asking()), "again"));
        readable(&[door.as_fd()], None).unwrap();
        drop(door.accept().unwrap().expect("a visitor"));
        let server = scope.spawn(|| serve(door, &echo, &echo.stop, &Options::team()));
        let _stop_at_end = StopAtEnd(&echo.stop);
        assert_eq!(client.join().unwrap().unwrap(), "1 again");
        echo.stop.stop();
        server.join().unwrap().unwrap();
    });
}

/// Servers that [`launch`] has started.
static LAUNCHED: Mutex<Vec<JoinHandle<Ended>>> = Mutex::new(Vec::new());

/// A server in this process in the place of `gx serve --auto`.
fn launch(dir: &Path, _: Lang) -> std::io::Result<Ready> {
    let claim = match Claim::take(dir) {
        Err(HomeError::Taken(_)) => return Ok(Ready::Taken),
        claim => claim.map_err(std::io::Error::other)?,
    };
    let door = claim.listen(Access::Private).unwrap();
    let server = thread::spawn(move || {
        let (echo, _hands) = echo();
        serve(door, &echo, &echo.stop, &Options::team()).unwrap()
    });
    LAUNCHED.lock().unwrap().push(server);
    Ok(Ready::Listening)
}

/// Waits for the end of the one server that runs.
fn only_launched() -> Ended {
    let mut launched = LAUNCHED.lock().unwrap();
    assert_eq!(launched.len(), 1);
    launched.remove(0).join().unwrap()
}

#[test]
fn racing_clients_end_with_one_server_and_outlive_it() {
    let dir = folder();
    drop(UnixListener::bind(dir.path().join("gx.sock")).unwrap());
    let racers = 24;
    let (start, asked) = (Barrier::new(racers), Barrier::new(racers));
    let options = crate::ipc::client::Options { launch: Some(launch), ..asking() };
    let race = || {
        let mut client = Client::new(dir.path(), options);
        start.wait();
        let answer = ask(&mut client, "race").unwrap();
        asked.wait();
        (client, answer)
    };
    let mut clients: Vec<_> = thread::scope(|scope| {
        let racers: Vec<_> = (0..racers).map(|_| scope.spawn(race)).collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    assert!(clients.iter().all(|(_, answer)| answer == "1 race"));

    let (mut client, _) = clients.pop().unwrap();
    assert_eq!(client.call::<_, String>(&Ask::Stop).unwrap(), "stopping");
    assert_eq!(only_launched(), Ended::Stopped);
    assert_eq!(ask(&mut client, "again").unwrap(), "1 again", "put to a new server");
    assert_eq!(client.call::<_, String>(&Ask::Stop).unwrap(), "stopping");
    assert_eq!(only_launched(), Ended::Stopped);
}
