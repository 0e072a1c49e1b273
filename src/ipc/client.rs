//! The client: finds the store's server, starts it where that is allowed, and asks.
//!
//! The first request travels in the same write as the hello, so that a short command costs one round trip.

use std::io::{self, BufReader, ErrorKind, Write};
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use super::FromServer;
pub use super::error::ClientError;
use super::error::closed;
use super::hello::{Hello, Reply, Verdict};
use super::home::{HomeError, Place};
use super::launch::{Ready, private_server};
use super::peer::{Peer, own_uid};
pub use super::push::{Changed, News};
use super::wait::readable;
use crate::codec::frame::{frame, read_frame};
use crate::text::{Clean, Lang};

/// How long a server may take to say hello.
const HELLO_PATIENCE: Duration = Duration::from_secs(10);

/// How a server is started for a private store: the folder, and the language of its complaints.
pub type Launch = fn(&Path, Lang) -> io::Result<Ready>;

/// How to reach a server.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The language of messages.
    pub lang: Lang,
    /// How a private store's server is started where none runs; `None`: not at all.
    pub launch: Option<Launch>,
    /// Whether a private store's older server is asked to make room.
    pub retire: bool,
}

impl Options {
    /// Starts `gx serve` where that is needed.
    pub fn starting(lang: Lang) -> Options {
        Options { lang, launch: Some(private_server), retire: true }
    }

    /// Neither starts a server nor ends one: for `gx status`.
    pub fn asking(lang: Lang) -> Options {
        Options { lang, launch: None, retire: false }
    }

    /// For `gx stop`: an older server ends by being asked to make room, and is then not running.
    pub fn stopping(lang: Lang) -> Options {
        Options { lang, launch: None, retire: true }
    }
}

/// One who asks and waits for the answer.
#[derive(Debug)]
pub struct Client {
    dir: PathBuf,
    options: Options,
    line: Option<Line>,
    /// The server was rebuilding its store when it was last met.
    rebuilding: bool,
}

impl Client {
    /// A client of the store in `dir`; nothing happens before the first call.
    pub fn new(dir: &Path, options: Options) -> Client {
        Client { dir: dir.into(), options, line: None, rebuilding: false }
    }

    /// Asks, connecting first where that is needed.
    pub fn call<Q: Serialize, A: DeserializeOwned>(&mut self, request: &Q) -> Result<A, ClientError> {
        self.call_all(&[request])?.pop().ok_or(ClientError::Lost)
    }

    /// Asks several small things at once, for one round trip; there is an answer to each, in order. Requests that a
    /// stopping server did not take are put to the next.
    pub fn call_all<Q: Serialize, A: DeserializeOwned>(
        &mut self,
        requests: &[Q],
    ) -> Result<Vec<A>, ClientError> {
        let requests = requests.iter().map(frame).collect::<Result<Vec<_>, _>>()?;
        let mut answers = Vec::with_capacity(requests.len());
        if let Some(mut line) = self.line.take() {
            line.send(&requests.concat())?;
            line.answers(requests.len(), &mut answers)?;
            if answers.len() == requests.len() {
                self.line = Some(line);
                return Ok(answers);
            }
        }
        let hello = Hello::new(self.options.lang);
        let mut line = self.dial(hello, &requests[answers.len()..].concat())?;
        line.answers(requests.len(), &mut answers)?;
        if answers.len() < requests.len() {
            return Err(ClientError::Leaving);
        }
        self.line = Some(line);
        Ok(answers)
    }

    /// Connects anew and asks for news: one half sends requests without waiting, the other gives answers, in order, and
    /// news.
    pub fn live(&mut self) -> Result<(Requests, Incoming), ClientError> {
        let hello = Hello { subscribe: true, ..Hello::new(self.options.lang) };
        let line = self.dial(hello, &[])?;
        let requests = Requests(line.input.get_ref().try_clone()?);
        Ok((requests, Incoming(line)))
    }

    /// A server that ended while it was rebuilding failed in that: another would begin anew, and end there too.
    fn dial(&mut self, hello: Hello, first: &[u8]) -> Result<Line, ClientError> {
        let given_up: Launch = |_, _| Ok(Ready::Failed(Clean::default()));
        let launch = self.options.launch.map(|launch| if self.rebuilding { given_up } else { launch });
        let line = connect(&self.dir, Options { launch, ..self.options }, hello, first);
        self.rebuilding = matches!(line, Err(ClientError::NotReady { .. }));
        line
    }
}

/// The asking half of a live connection. Dropped, it ends the other half.
#[derive(Debug)]
pub struct Requests(UnixStream);

impl Requests {
    /// Sends a request. That the server has gone is the other half's news.
    pub fn send<Q: Serialize>(&mut self, request: &Q) -> Result<(), ClientError> {
        send(&self.0, &frame(request)?)
    }
}

impl Drop for Requests {
    fn drop(&mut self) {
        let _ = self.0.shutdown(Shutdown::Both);
    }
}

/// The hearing half of a live connection.
#[derive(Debug)]
pub struct Incoming(Line);

impl Incoming {
    /// Waits for the next message. After a goodbye or an error there is nothing more.
    pub fn receive<A: DeserializeOwned, C: DeserializeOwned>(
        &mut self,
    ) -> Result<FromServer<A, C>, ClientError> {
        self.0.receive()
    }
}

/// A connection that has been welcomed.
#[derive(Debug)]
struct Line {
    input: BufReader<UnixStream>,
}

impl Line {
    fn send(&self, frame: &[u8]) -> Result<(), ClientError> {
        send(self.input.get_ref(), frame)
    }

    fn receive<A: DeserializeOwned, C: DeserializeOwned>(&mut self) -> Result<FromServer<A, C>, ClientError> {
        read_frame(&mut self.input)?.ok_or(ClientError::Lost)
    }

    /// Hears until there are so many answers, or the server leaves without having taken the rest of the requests.
    fn answers<A: DeserializeOwned>(
        &mut self,
        count: usize,
        answers: &mut Vec<A>,
    ) -> Result<(), ClientError> {
        while answers.len() < count {
            match self.receive::<A, ()>()? {
                FromServer::Answer(answer) => answers.push(answer),
                FromServer::Bye => return Ok(()),
                FromServer::News(_) | FromServer::Company => {} // for those who asked for it
            }
        }
        Ok(())
    }
}

/// Writes, unless the other side has stopped reading: then what it has said last tells why.
fn send(mut stream: &UnixStream, bytes: &[u8]) -> Result<(), ClientError> {
    match stream.write_all(bytes) {
        Err(error) if closed(&error) => Ok(()),
        other => Ok(other?),
    }
}

/// Connects to the store's server, starting it where that is needed, and sends `first` along with the hello.
fn connect(dir: &Path, options: Options, hello: Hello, first: &[u8]) -> Result<Line, ClientError> {
    let place = Place::find(dir)?;
    let hello = Hello { retire: options.retire && place.is_mine(), ..hello };
    let greeting = [&hello.to_bytes(), first].concat();
    for pause in pauses() {
        thread::sleep(pause);
        match attempt(&place, &greeting)? {
            Attempt::Welcome(line) => return Ok(line),
            Attempt::Again => {}
            Attempt::Absent => start(&place, options)?,
        }
    }
    Err(ClientError::Unresponsive { dir: place.dir })
}

/// What one attempt to connect came to.
enum Attempt {
    Welcome(Line),
    /// Nobody listens.
    Absent,
    /// Somebody was just leaving, or has no room at the moment.
    Again,
}

fn attempt(place: &Place, greeting: &[u8]) -> Result<Attempt, ClientError> {
    let stream = match UnixStream::connect(place.socket()) {
        Ok(stream) => stream,
        Err(error) => return not_connected(place, error),
    };
    let server = Peer::of(&stream)?;
    if server.uid != place.owner {
        return Err(ClientError::Impostor { dir: place.dir.clone(), owner: place.owner, user: server.uid });
    }
    send(&stream, greeting)?;
    if !readable(&[stream.as_fd()], Some(HELLO_PATIENCE))? {
        return Err(ClientError::Unresponsive { dir: place.dir.clone() });
    }
    let mut input = BufReader::new(stream);
    match Reply::read(&mut input) {
        Ok(reply) => judge(place, reply, input),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof || closed(&error) => Ok(Attempt::Again),
        Err(error) => Err(error.into()),
    }
}

fn not_connected(place: &Place, error: io::Error) -> Result<Attempt, ClientError> {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::ConnectionRefused => Ok(Attempt::Absent),
        ErrorKind::WouldBlock | ErrorKind::Interrupted => Ok(Attempt::Again),
        ErrorKind::PermissionDenied => {
            Err(ClientError::Forbidden { dir: place.dir.clone(), owner: place.owner })
        }
        _ => Err(error.into()),
    }
}

fn judge(place: &Place, reply: Reply, input: BufReader<UnixStream>) -> Result<Attempt, ClientError> {
    let server = reply.version;
    Err(match reply.verdict {
        Verdict::Welcome => return Ok(Attempt::Welcome(Line { input })),
        Verdict::Retiring => return Ok(Attempt::Again),
        Verdict::OlderServer => older(place, server),
        Verdict::NewerServer => ClientError::NewerServer { server },
        Verdict::NotReady { percent } => ClientError::NotReady { percent },
        Verdict::Full => ClientError::Full,
        Verdict::Stranger => ClientError::Stranger { user: own_uid() },
        Verdict::Other(code) => ClientError::Refused { server, code },
    })
}

fn older(place: &Place, server: Clean) -> ClientError {
    if place.is_mine() {
        return ClientError::OlderServer { server };
    }
    ClientError::OlderTeamServer { server, owner: place.owner }
}

/// Starts a private store's server; of racing clients all but one find the folder taken, and connect to that one's.
fn start(place: &Place, options: Options) -> Result<(), ClientError> {
    if !place.is_mine() {
        return Err(ClientError::TeamServerDown { dir: place.dir.clone(), owner: place.owner });
    }
    if !place.has_store() {
        return Err(HomeError::NoStore(place.dir.clone()).into());
    }
    let Some(launch) = options.launch else {
        return Err(ClientError::NotRunning { dir: place.dir.clone() });
    };
    let failed = |reason| Err(ClientError::StartFailed { dir: place.dir.clone(), reason });
    match launch(&place.dir, options.lang) {
        Ok(Ready::Listening | Ready::Taken) => Ok(()),
        Ok(Ready::Failed(reason)) => failed(reason),
        Err(error) => failed(Clean::washed(&error.to_string()).0),
    }
}

/// The pauses before each attempt: none before the first two, then longer ones, ten seconds in all. A server that was
/// started here is waited for by its word; these are for one that is leaving, or full, or was started by somebody else:
/// nothing tells of its next step.
fn pauses() -> impl Iterator<Item = Duration> {
    let growing = (0..6).map(|doubled| Duration::from_millis(1 << doubled));
    let steady = std::iter::repeat_n(Duration::from_millis(50), 200);
    [Duration::ZERO; 2].into_iter().chain(growing).chain(steady)
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    fn place_of(owner: u32) -> (tempfile::TempDir, Place) {
        let dir = tempfile::tempdir().unwrap();
        let place = Place { dir: dir.path().into(), owner };
        (dir, place)
    }

    #[test]
    fn the_first_request_travels_with_the_hello() {
        let (dir, place) = place_of(own_uid());
        let listener = UnixListener::bind(place.socket()).unwrap();
        thread::scope(|scope| {
            let call = || Client::new(dir.path(), Options::asking(Lang::Zh)).call::<_, String>(&"hello");
            let client = scope.spawn(call);
            let (mut server, _) = listener.accept().unwrap();
            let mut heard = [0; 256];
            let length = io::Read::read(&mut server, &mut heard).unwrap();
            let expected = [&Hello::new(Lang::Zh).to_bytes(), &frame(&"hello").unwrap()[..]].concat();
            assert_eq!(heard[..length], expected);
            server.write_all(&Reply::new(Verdict::Welcome).to_bytes()).unwrap();
            server.write_all(&frame(&FromServer::<_, ()>::Answer("hi")).unwrap()).unwrap();
            assert_eq!(client.join().unwrap().unwrap(), "hi");
        });
    }

    #[test]
    fn nothing_is_sent_to_a_server_of_another_user() {
        let (_dir, place) = place_of(own_uid() + 1);
        let listener = UnixListener::bind(place.socket()).unwrap();
        let outcome = attempt(&place, b"secret");
        assert!(matches!(outcome, Err(ClientError::Impostor { user, .. }) if user == own_uid()));
        let (mut server, _) = listener.accept().unwrap();
        assert_eq!(io::Read::read(&mut server, &mut [0; 8]).unwrap(), 0);
    }

    #[test]
    fn only_a_private_store_is_started() {
        let never: Launch = |_, _| panic!("started");
        let options = Options { launch: Some(never), ..Options::asking(Lang::En) };
        let (_dir, team) = place_of(own_uid() + 1);
        assert!(matches!(start(&team, options), Err(ClientError::TeamServerDown { .. })));
        let (_dir, empty) = place_of(own_uid());
        assert!(matches!(start(&empty, options), Err(ClientError::Home(HomeError::NoStore(_)))));
    }

    #[test]
    fn a_failed_start_gives_its_reason() {
        let (_dir, place) = place_of(own_uid());
        std::fs::write(place.dir.join(super::super::home::STORE), "").unwrap();
        let failing: Launch = |_, lang| Ok(Ready::Failed(Clean::known(lang.pick("no", "不"))));
        let options = Options { launch: Some(failing), ..Options::asking(Lang::Zh) };
        let outcome = start(&place, options);
        assert!(
            matches!(outcome, Err(ClientError::StartFailed { reason, .. }) if reason == Clean::known("不"))
        );
        let unable: Launch = |_, _| Err(ErrorKind::NotFound.into());
        let outcome = start(&place, Options { launch: Some(unable), ..options });
        assert!(matches!(outcome, Err(ClientError::StartFailed { reason, .. }) if !reason.is_empty()));
        let none = start(&place, Options::asking(Lang::Zh));
        assert!(matches!(none, Err(ClientError::NotRunning { .. })));
    }

    #[test]
    fn a_refusal_is_an_error_of_its_own() {
        use {ClientError as E, Verdict as V};
        let (_dir, mine) = place_of(own_uid());
        let (_dir, team) = place_of(own_uid() + 1);
        let judged = |place: &Place, verdict| {
            let (stream, _server) = UnixStream::pair().unwrap();
            judge(place, Reply::new(verdict), BufReader::new(stream))
        };
        assert!(matches!(judged(&mine, V::OlderServer), Err(E::OlderServer { .. })));
        assert!(matches!(judged(&team, V::OlderServer), Err(E::OlderTeamServer { .. })));
        assert!(matches!(judged(&mine, V::NewerServer), Err(E::NewerServer { .. })));
        assert!(matches!(judged(&mine, V::NotReady { percent: 37 }), Err(E::NotReady { percent: 37 })));
        assert!(matches!(judged(&mine, V::Full), Err(E::Full)));
        assert!(matches!(judged(&mine, V::Stranger), Err(E::Stranger { .. })));
        assert!(matches!(judged(&mine, V::Other(9)), Err(E::Refused { code: 9, .. })));
        assert!(matches!(judged(&mine, V::Retiring), Ok(Attempt::Again)));
    }

    #[test]
    fn attempts_last_ten_seconds_and_the_first_two_come_at_once() {
        let pauses: Vec<_> = pauses().collect();
        assert_eq!(pauses[..3], [Duration::ZERO, Duration::ZERO, Duration::from_millis(1)]);
        assert_eq!(pauses.iter().sum::<Duration>().as_secs(), 10);
    }
}
