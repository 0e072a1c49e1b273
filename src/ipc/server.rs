//! The server: threads that take turns at the door and attend to whom they let in, one more for what is pushed to a
//! session.
//!
//! Everything blocks, nothing polls. All threads live in a scope: when [`serve`] returns, none of them is left, every
//! request that was taken has been answered, and the caller may close the store.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io::{self, BufReader, Write};
use std::net::Shutdown;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, Scope, scope};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::FromServer;
use super::hello::{Hello, PROTOCOL, Reply, Verdict};
use super::home::Door;
use super::peer::{Peer, own_uid};
use super::push::{Pusher, Told};
use super::stop::Stop;
use super::wait::{self, readable};
use crate::codec::frame::{FrameError, read_frame, write_frame};
use crate::text::{Clean, Lang};

/// What a server does for its sessions. A panic in here ends the session that it happened in, and no other.
pub trait Handler: Sync {
    /// What is remembered about a session; dropped when it ends.
    type Session;
    /// What clients send.
    type Request: DeserializeOwned;
    /// What they get for it.
    type Answer: Serialize;
    /// What a push names as changed.
    type Changed: Serialize + Ord + Send;

    /// Lets a caller in, or not. Who asked for news brings a `pusher`: keep a clone where commits find it.
    fn open(&self, caller: &Caller, pusher: Option<&Pusher<Self::Changed>>)
    -> Result<Self::Session, Refusal>;

    /// Answers one request. Those of one session come one after the other, in order, on one thread.
    fn answer(&self, session: &mut Self::Session, request: Self::Request) -> Self::Answer;

    /// What is sent in the place of an answer that no frame can carry, of so many bytes.
    fn too_large(&self, bytes: usize) -> Self::Answer;
}

/// Who has connected.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The kernel's word.
    pub peer: Peer,
    /// The language that the caller's messages should be in.
    pub lang: Lang,
    /// The version of the caller's program, as it says.
    pub version: Clean,
    /// The line to the caller.
    pub line: CallersLine,
}

/// The line to a caller, as whoever works for one watches it.
#[derive(Clone, Debug)]
pub struct CallersLine(Arc<UnixStream>);

impl CallersLine {
    /// Whether the caller has hung up, and waits for nothing any more.
    pub fn is_cut(&self) -> bool {
        wait::hung_up(self.0.as_fd())
    }
}

/// Why a caller is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The store is being rebuilt.
    NotReady {
        /// How much of it is done, 0 to 100.
        percent: u32,
    },
    /// The user is no member.
    Stranger,
}

/// How a server treats its visitors.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Connections that one user may have.
    pub per_uid: usize,
    /// Leaves after being alone for so long.
    pub idle_exit: Option<Duration>,
    /// Leaves at once when the owner's newer client asks and nobody else is there.
    pub yields: bool,
    /// How long a hello, or the rest of a frame that has begun, may pause.
    pub patience: Duration,
    /// How long sessions may take to read their last answers when the server stops.
    pub grace: Duration,
}

impl Options {
    /// For a team's server: it stays until it is told to stop.
    pub fn team() -> Options {
        Options {
            per_uid: 256,
            idle_exit: None,
            yields: false,
            patience: Duration::from_secs(5),
            grace: Duration::from_secs(5),
        }
    }

    /// For a private store: it leaves after ten minutes alone, and makes room for a newer version.
    pub fn private() -> Options {
        Options { idle_exit: Some(Duration::from_mins(10)), yields: true, ..Options::team() }
    }
}

/// Why a server ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It was told to, by [`Stop`].
    Stopped,
    /// It was alone for long enough.
    Idle,
    /// It made room for a newer version.
    Retired,
}

/// Serves until stopped, retired or idle, then lets all sessions end. A door that is given is closed first, and the
/// folder's claim goes with it: keep a clone of that until the store is closed. A door that is lent stays open for
/// whoever serves next.
pub fn serve<H: Handler>(
    door: impl Borrow<Door> + Send,
    handler: &H,
    stop: &Stop,
    options: &Options,
) -> io::Result<Ended> {
    let hall = Hall::new(stop, options);
    let (tell, told) = channel();
    let entrance = Entrance { door: Mutex::new(Some(door)), waiting: AtomicUsize::new(0), ended: tell };
    scope(|threads| {
        entrance.hire(threads, handler, &hall)?;
        let ended = told.recv().unwrap_or(Ok(Ended::Stopped));
        hall.clear();
        ended
    })
}

/// So many threads at the most wait for their turn at the door.
const WAITING: usize = 2;

/// The door, and who stands at it: one thread at a time. It attends to whomever it lets in, while the next takes its
/// turn: so a caller waits for one thread to wake up, and for none to be made.
struct Entrance<D> {
    /// None once the server has ended.
    door: Mutex<Option<D>>,
    /// Threads that wait for their turn.
    waiting: AtomicUsize,
    /// Told how the server ended.
    ended: Sender<io::Result<Ended>>,
}

impl<D: Borrow<Door> + Send> Entrance<D> {
    /// One more thread that waits for its turn.
    fn hire<'scope, H: Handler>(
        &'scope self,
        threads: &'scope Scope<'scope, '_>,
        handler: &'scope H,
        hall: &'scope Hall<'_>,
    ) -> io::Result<()> {
        self.waiting.fetch_add(1, Relaxed);
        let work = move || self.work(threads, handler, hall);
        let hired = Builder::new().name("session".into()).spawn_scoped(threads, work);
        if hired.is_err() {
            self.waiting.fetch_sub(1, Relaxed);
        }
        hired.map(drop)
    }

    fn close(&self, door: &mut Option<D>, ended: io::Result<Ended>) {
        *door = None;
        // Whoever serves waits for this.
        let _ = self.ended.send(ended);
    }

    /// Lets people in and attends to them, one after the other, until the server ends or others do the same.
    fn work<'scope, H: Handler>(
        &'scope self,
        threads: &'scope Scope<'scope, '_>,
        handler: &'scope H,
        hall: &'scope Hall<'_>,
    ) {
        loop {
            let mut door = self.door.lock().unwrap_or_else(PoisonError::into_inner);
            self.waiting.fetch_sub(1, Relaxed);
            let seat = loop {
                let Some(open) = &*door else { return };
                if self.waiting.load(Relaxed) == 0 {
                    // Where there is no room for a thread, whoever comes finds the stream ended.
                    let _ = self.hire(threads, handler, hall);
                }
                let visitor = match next_visitor(open.borrow(), hall) {
                    Ok(Arrived::Visitor(visitor)) => visitor,
                    Ok(Arrived::Nobody(ended)) => return self.close(&mut door, Ok(ended)),
                    Err(error) => return self.close(&mut door, Err(error)),
                };
                if let Some(seat) = hall.seat(visitor)
                    && self.waiting.load(Relaxed) > 0
                {
                    break seat;
                }
            };
            drop(door);
            // What a session did and where it failed is between it and its client; a panic has been written to stderr.
            let _ = catch_unwind(AssertUnwindSafe(|| attend(&seat, handler, hall)));
            drop(seat);
            // In one step: whoever is counted comes to the door, or it could be left with nobody.
            let stays = |waiting| (waiting < WAITING).then_some(waiting + 1);
            if self.waiting.fetch_update(Relaxed, Relaxed, stays).is_err() {
                return;
            }
        }
    }
}

/// What comes next at a door.
enum Arrived {
    Visitor(UnixStream),
    Nobody(Ended),
}

/// Waits for a visitor, or until the server should end.
fn next_visitor(door: &Door, hall: &Hall<'_>) -> io::Result<Arrived> {
    while !hall.stop.requested() {
        if let Some(visitor) = accept(door, hall)? {
            return Ok(Arrived::Visitor(visitor));
        }
        if hall.time_left_alone() == Some(Duration::ZERO) {
            let visitor = door.leave_unless_visited()?;
            return Ok(visitor.map_or(Arrived::Nobody(Ended::Idle), Arrived::Visitor));
        }
        readable(&[door.as_fd(), hall.stop.ear()], hall.time_left_alone())?;
        hall.stop.hush();
    }
    Ok(Arrived::Nobody(if hall.seats().retiring { Ended::Retired } else { Ended::Stopped }))
}

/// Accepts; where the process is out of descriptors or memory, those who wait do so until a session has ended.
fn accept(door: &Door, hall: &Hall<'_>) -> io::Result<Option<UnixStream>> {
    match door.accept() {
        Err(error) => match error.raw_os_error().map(Errno::from_raw) {
            Some(Errno::EMFILE | Errno::ENFILE | Errno::ENOMEM | Errno::ENOBUFS) => {
                readable(&[hall.stop.ear()], Some(Duration::from_millis(100)))?;
                Ok(None)
            }
            Some(Errno::ECONNABORTED) => Ok(None),
            _ => Err(error),
        },
        visitor => visitor,
    }
}

/// One session, from the hello to the goodbye.
fn attend<H: Handler>(seat: &Seat<'_>, handler: &H, hall: &Hall<'_>) -> Result<(), FrameError> {
    let stream = &*seat.stream;
    stream.set_read_timeout(Some(hall.options.patience))?;
    let mut input = BufReader::new(stream);
    let hello = Hello::read(&mut input)?;
    let pusher = hello.subscribe.then(Pusher::new);
    let opened = greet(&hello, seat, handler, hall, pusher.as_ref());
    let verdict = opened.as_ref().err().copied().unwrap_or(Verdict::Welcome);
    let output = Output(Mutex::new(stream));
    output.send_bytes(&Reply::new(verdict).to_bytes())?;
    let Ok(mut session) = opened else { return Ok(()) };
    scope(|threads| {
        let _hang_up = HangUp { stream, pusher: pusher.as_ref() };
        if let Some(pusher) = &pusher {
            let push = || push_all::<H>(pusher, &output);
            Builder::new().name("push".into()).spawn_scoped(threads, push)?;
        }
        answer_all(handler, &mut session, &mut input, &output)?;
        if hall.stop.requested() {
            output.send::<H>(&FromServer::Bye)?;
        }
        Ok(())
    })
}

/// Whether the two sides speak with each other.
fn greet<H: Handler>(
    hello: &Hello,
    seat: &Seat<'_>,
    handler: &H,
    hall: &Hall<'_>,
    pusher: Option<&Pusher<H::Changed>>,
) -> Result<H::Session, Verdict> {
    match hello.protocol.cmp(&PROTOCOL) {
        Ordering::Less => Err(Verdict::NewerServer),
        Ordering::Greater if hello.retire && hall.retire_for(seat.peer) => Err(Verdict::Retiring),
        Ordering::Greater => Err(Verdict::OlderServer),
        Ordering::Equal => {
            let line = CallersLine(Arc::clone(&seat.stream));
            let caller = Caller { peer: seat.peer, lang: hello.lang, version: hello.version.clone(), line };
            handler.open(&caller, pusher).map_err(|refusal| match refusal {
                Refusal::NotReady { percent } => Verdict::NotReady { percent },
                Refusal::Stranger => Verdict::Stranger,
            })
        }
    }
}

/// Answers requests in order until the client has no more, or is told that there will be no more.
fn answer_all<H: Handler>(
    handler: &H,
    session: &mut H::Session,
    input: &mut BufReader<&UnixStream>,
    output: &Output<'_>,
) -> Result<(), FrameError> {
    loop {
        if input.buffer().is_empty() {
            readable(&[input.get_ref().as_fd()], None)?;
        }
        let Some(request) = read_frame(input)? else { return Ok(()) };
        let answer = handler.answer(session, request);
        match output.send::<H>(&FromServer::Answer(answer)) {
            Err(FrameError::TooLarge(bytes)) => {
                output.send::<H>(&FromServer::Answer(handler.too_large(bytes)))?;
            }
            sent => sent?,
        }
    }
}

/// Sends news until the session ends, or its client has gone.
fn push_all<H: Handler>(pusher: &Pusher<H::Changed>, output: &Output<'_>) {
    while let Some(told) = pusher.next() {
        let message = match told {
            Told::News(news) => FromServer::News(news),
            Told::Company => FromServer::Company,
        };
        if output.send::<H>(&message).is_err() {
            return;
        }
    }
}

/// The writing half of a session, shared by answers and news.
struct Output<'a>(Mutex<&'a UnixStream>);

impl Output<'_> {
    fn send<H: Handler>(&self, message: &FromServer<H::Answer, H::Changed>) -> Result<(), FrameError> {
        write_frame(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), message)
    }

    fn send_bytes(&self, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(bytes)
    }
}

/// Ends the push thread of a session, also when the session panics: its scope waits for it.
struct HangUp<'a, C: Ord> {
    stream: &'a UnixStream,
    pusher: Option<&'a Pusher<C>>,
}

impl<C: Ord> Drop for HangUp<'_, C> {
    fn drop(&mut self) {
        if let Some(pusher) = self.pusher {
            pusher.close();
        }
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// Everybody who is connected.
struct Hall<'a> {
    stop: &'a Stop,
    options: &'a Options,
    seats: Mutex<Seats>,
    left: Condvar,
}

struct Seats {
    taken: BTreeMap<u64, (u32, Arc<UnixStream>)>,
    next: u64,
    alone_since: Instant,
    retiring: bool,
}

/// A connection's place in the hall, until dropped.
struct Seat<'a> {
    hall: &'a Hall<'a>,
    number: u64,
    peer: Peer,
    stream: Arc<UnixStream>,
}

impl<'a> Hall<'a> {
    fn new(stop: &'a Stop, options: &'a Options) -> Hall<'a> {
        let seats = Seats { taken: BTreeMap::new(), next: 0, alone_since: Instant::now(), retiring: false };
        Hall { stop, options, seats: Mutex::new(seats), left: Condvar::new() }
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A seat, unless the user has too many. Who gets none is told, or finds the stream ended.
    fn seat(&'a self, visitor: UnixStream) -> Option<Seat<'a>> {
        let peer = Peer::of(&visitor).ok()?;
        let mut seats = self.seats();
        if seats.taken.values().filter(|(uid, _)| *uid == peer.uid).count() >= self.options.per_uid {
            // Fits the empty buffer of a fresh socket, so nobody is waited for at the door.
            let _ = (&visitor).write_all(&Reply::new(Verdict::Full).to_bytes());
            return None;
        }
        let (number, stream) = (seats.next, Arc::new(visitor));
        seats.next += 1;
        seats.taken.insert(number, (peer.uid, Arc::clone(&stream)));
        Some(Seat { hall: self, number, peer, stream })
    }

    /// How long the server will still wait for company; `None` while it has some, or stays anyway.
    fn time_left_alone(&self) -> Option<Duration> {
        let seats = self.seats();
        let idle_exit = self.options.idle_exit.filter(|_| seats.taken.is_empty())?;
        Some(idle_exit.saturating_sub(seats.alone_since.elapsed()))
    }

    /// Stops the server for the newer client of its own user, if nobody else is there.
    fn retire_for(&self, peer: Peer) -> bool {
        let mut seats = self.seats();
        let retiring = self.options.yields && peer.uid == own_uid() && seats.taken.len() == 1;
        if retiring {
            seats.retiring = true;
            self.stop.stop();
        }
        retiring
    }

    /// Lets every session read what has been sent to it, answer that, and end; hangs up on those that stay too long.
    fn clear(&self) {
        self.shut(Shutdown::Read);
        let (seats, _) = self
            .left
            .wait_timeout_while(self.seats(), self.options.grace, |seats| !seats.taken.is_empty())
            .unwrap_or_else(PoisonError::into_inner);
        drop(seats);
        self.shut(Shutdown::Both);
    }

    fn shut(&self, how: Shutdown) {
        for (_, stream) in self.seats().taken.values() {
            let _ = stream.shutdown(how);
        }
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        let mut seats = self.hall.seats();
        seats.taken.remove(&self.number);
        seats.alone_since = Instant::now();
        drop(seats);
        self.hall.left.notify_all();
        self.hall.stop.ring();
    }
}
