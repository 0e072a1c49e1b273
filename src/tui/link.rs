//! The connection to the server, on a thread of its own.
//!
//! Requests go out in order without waiting, replies come in that order. When the connection is lost the thread tries
//! again with growing pauses. Questions are then forgotten: whoever asked asks again when it is told that the link is
//! up. Orders are not: each is kept until its receipt is there, and is sent again under the same client and counter,
//! by which the server knows it if it was carried out before. Only what the connection is lost over again and again is
//! given up, and told: it would keep everything else from being answered.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};
use std::{io, thread};

use crate::ipc::client::{self, Client, ClientError, FromServer, News};
use crate::model::{Answer, Id, Order, Query, Receipt, Refusal, Reply, Request};
use crate::text::Clean;

/// Something to be sent; the ticket comes back with the reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Send {
    /// A question.
    Ask(u64, Query),
    /// A question about the book as it was, at a day or moment as typed.
    AskAsOf(u64, Clean, Query),
    /// An order, in the name of this client.
    Do(u64, u128, Order),
    /// Orders that are carried out together, in the name of this client.
    DoAll(u64, u128, Vec<Order>),
}

impl Send {
    /// The number that comes back with the reply.
    pub(super) fn ticket(&self) -> u64 {
        match self {
            Send::Ask(ticket, _)
            | Send::AskAsOf(ticket, ..)
            | Send::Do(ticket, ..)
            | Send::DoAll(ticket, ..) => *ticket,
        }
    }

    /// As it travels, and what the reply will be for.
    fn request(&self) -> (Request, For) {
        match self {
            Send::Ask(ticket, query) => (Request::Ask(query.clone()), For::Ask(*ticket)),
            Send::AskAsOf(ticket, on, query) => {
                (Request::AskAsOf(on.clone(), query.clone()), For::Ask(*ticket))
            }
            Send::Do(ticket, client, order) => {
                (Request::Do { client: *client, orders: vec![order.clone()] }, For::Do(*ticket))
            }
            Send::DoAll(ticket, client, orders) => {
                (Request::Do { client: *client, orders: orders.clone() }, For::DoAll(*ticket))
            }
        }
    }
}

/// Something that the link tells.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)] // a few at a time, each read at once
pub(super) enum Heard {
    /// The server is there; what was asked before is forgotten.
    Up,
    /// The server is not there, or no longer.
    Down(ClientError),
    /// The server does not let us act as the member we asked for.
    Stranger(Refusal),
    /// An answer.
    Answer(u64, Result<Answer, Refusal>),
    /// What became of an order.
    Receipt(u64, Result<Receipt, Refusal>),
    /// What became of each of several orders.
    Receipts(u64, Vec<Result<Receipt, Refusal>>),
    /// The question or order of this ticket is given up.
    GivenUp(u64, ClientError),
    /// Whether the order of this ticket was taken back: it never left, and never will.
    Recalled(u64, bool),
    /// Something changed.
    News(News<Id>),
    /// Who is where has changed.
    Company,
}

/// What a server sends.
type Message = FromServer<Reply, Id>;

/// The two halves of a connection: one sends, the other waits for the next message.
pub(super) struct Line {
    pub(super) send: Sending,
    pub(super) receive: Receiving,
}

type Sending = Box<dyn FnMut(&Request) -> Result<(), ClientError> + std::marker::Send>;
type Receiving = Box<dyn FnMut() -> Result<Message, ClientError> + std::marker::Send>;

/// Makes a connection; may take seconds.
pub(super) type Dial = Box<dyn FnMut() -> Result<Line, ClientError> + std::marker::Send>;

/// Connects to the store's server, starting it where that is allowed.
pub(super) fn dial(dir: &Path, options: client::Options) -> Dial {
    let mut client = Client::new(dir, options);
    Box::new(move || {
        let (mut requests, mut incoming) = client.live()?;
        Ok(Line {
            send: Box::new(move |request| requests.send(request)),
            receive: Box::new(move || incoming.receive()),
        })
    })
}

/// The asking end of the link. Dropped, it ends the link.
#[derive(Debug)]
pub(super) struct Link(Sender<Inward>);

/// What the link's thread waits for.
enum Inward {
    Send(Send),
    Recall(u64),
    Redial,
    /// From the connection of this number.
    Came(u64, Result<Message, ClientError>),
    End,
}

impl Link {
    /// Starts connecting. `act_as` is the member to act as, on practice stores.
    pub(super) fn start<T: From<Heard> + std::marker::Send + 'static>(
        dial: Dial,
        act_as: Option<Clean>,
        heard: Sender<T>,
    ) -> io::Result<Link> {
        let (send, inbox) = mpsc::channel();
        let inward = send.clone();
        let tell = move |what| heard.send(T::from(what)).is_ok();
        let worker = Worker {
            dial,
            act_as,
            inward,
            inbox,
            unsent: VecDeque::new(),
            left: BTreeSet::new(),
            suspects: Vec::new(),
            failures: 0,
            calls: 0,
        };
        thread::Builder::new().name("link".to_owned()).spawn(move || worker.run(&tell))?;
        Ok(Link(send))
    }

    /// Sends something. Without a connection a question is forgotten and an order kept.
    pub(super) fn send(&self, what: Send) {
        // The thread ends only after this end does.
        let _ = self.0.send(Inward::Send(what));
    }

    /// Takes an order back, if it never was put on a connection.
    pub(super) fn recall(&self, ticket: u64) {
        let _ = self.0.send(Inward::Recall(ticket));
    }

    /// Hangs up and connects again: a server that works at what nobody waits for any more lets it be.
    pub(super) fn redial(&self) {
        let _ = self.0.send(Inward::Redial);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        let _ = self.0.send(Inward::End);
    }
}

/// Why a connection is left.
enum Left {
    /// It is lost.
    Lost(ClientError),
    /// Another is wanted.
    Redialed,
    /// Nobody wants it any more.
    Unwanted,
}

/// How many connections may be lost over one request before it is given up.
const TRIES: u32 = 3;

/// What a reply is for.
#[derive(Clone, Copy)]
enum For {
    ActAs,
    Ask(u64),
    Do(u64),
    DoAll(u64),
}

/// The requests of a connection that have no reply yet, oldest first.
type Open = VecDeque<(Request, For)>;

struct Worker {
    dial: Dial,
    act_as: Option<Clean>,
    inward: Sender<Inward>,
    inbox: Receiver<Inward>,
    /// Orders without a receipt, oldest first.
    unsent: VecDeque<Send>,
    /// Those of them that a server may have: they were put on a connection.
    left: BTreeSet<u64>,
    /// Requests whose replies were due when a connection was lost, and how often they were.
    suspects: Vec<(Request, u32)>,
    /// Attempts since the last reply.
    failures: u32,
    calls: u64,
}

impl Worker {
    fn run(mut self, tell: &dyn Fn(Heard) -> bool) {
        loop {
            let left = match (self.dial)() {
                Ok(line) => self.live(line, tell),
                Err(error) => Left::Lost(error),
            };
            let error = match left {
                Left::Lost(error) => error,
                Left::Redialed => continue,
                Left::Unwanted => return,
            };
            let pause = pause(&error, self.failures);
            if !tell(Heard::Down(error)) || !self.wait(pause, tell) {
                return;
            }
            self.failures += 1;
        }
    }

    /// Serves a connection until it is lost.
    fn live(&mut self, line: Line, tell: &dyn Fn(Heard) -> bool) -> Left {
        let Line { mut send, receive } = line;
        self.calls += 1;
        if let Err(error) = listen(self.calls, receive, self.inward.clone()) {
            return Left::Lost(error.into());
        }
        let mut open = Open::new();
        match self.serve(&mut send, &mut open, tell) {
            Ok(left) => left,
            Err(error) => {
                // A server that says goodbye does so over no request.
                if let (false, Some((request, _))) = (matches!(error, ClientError::Leaving), open.pop_front())
                {
                    self.suspect(request);
                }
                Left::Lost(error)
            }
        }
    }

    /// Sends what is to be sent and takes what comes, until nobody wants it any more, or another connection.
    fn serve(
        &mut self,
        send: &mut Sending,
        open: &mut Open,
        tell: &dyn Fn(Heard) -> bool,
    ) -> Result<Left, ClientError> {
        self.open(send, open, tell)?;
        if !tell(Heard::Up) {
            return Ok(Left::Unwanted);
        }
        while let Ok(inward) = self.inbox.recv() {
            match inward {
                Inward::End => return Ok(Left::Unwanted),
                Inward::Redial => return Ok(Left::Redialed),
                Inward::Recall(ticket) => {
                    if !tell(self.recall(ticket)) {
                        return Ok(Left::Unwanted);
                    }
                }
                Inward::Send(ask @ (Send::Ask(..) | Send::AskAsOf(..))) => {
                    let (request, reply) = ask.request();
                    self.put(request, reply, send, open, tell)?;
                }
                Inward::Send(order) => {
                    let (request, reply) = order.request();
                    self.unsent.push_back(order);
                    self.put(request, reply, send, open, tell)?;
                }
                Inward::Came(call, _) if call != self.calls => {}
                Inward::Came(_, message) => self.came(message?, open, tell)?,
            }
        }
        Ok(Left::Unwanted)
    }

    /// The first requests of a connection: who we are, and the orders that have no receipt.
    fn open(
        &mut self,
        send: &mut Sending,
        open: &mut Open,
        tell: &dyn Fn(Heard) -> bool,
    ) -> Result<(), ClientError> {
        if let Some(member) = &self.act_as {
            let request = Request::ActAs(member.clone());
            send(&request)?;
            open.push_back((request, For::ActAs));
        }
        for order in self.unsent.clone() {
            let (request, reply) = order.request();
            self.put(request, reply, send, open, tell)?;
        }
        Ok(())
    }

    /// Sends a request, or gives it up: it fits no frame, or too many connections were lost over it.
    fn put(
        &mut self,
        request: Request,
        reply: For,
        send: &mut Sending,
        open: &mut Open,
        tell: &dyn Fn(Heard) -> bool,
    ) -> Result<(), ClientError> {
        let tried = self.suspects.iter().position(|(known, lost)| *lost >= TRIES && *known == request);
        let sent = if let Some(at) = tried {
            // Told once: whoever asks the same later is heard.
            self.suspects.remove(at);
            Err(ClientError::Lost)
        } else {
            if let For::Do(ticket) | For::DoAll(ticket) = reply {
                self.left.insert(ticket);
            }
            send(&request)
        };
        match (sent, reply) {
            (Ok(()), reply) => open.push_back((request, reply)),
            (Err(error), For::Ask(ticket) | For::Do(ticket) | For::DoAll(ticket))
                if tried.is_some() || matches!(error, ClientError::TooLarge(_) | ClientError::Garbled(_)) =>
            {
                self.sent(ticket);
                if !tell(Heard::GivenUp(ticket, error)) {
                    return Err(ClientError::Leaving);
                }
            }
            (Err(error), _) => return Err(error),
        }
        Ok(())
    }

    /// Remembers that a connection was lost when this was to be answered.
    fn suspect(&mut self, request: Request) {
        match self.suspects.iter_mut().find(|(known, _)| *known == request) {
            Some((_, lost)) => *lost += 1,
            None => self.suspects.push((request, 1)),
        }
    }

    fn came(
        &mut self,
        message: Message,
        open: &mut Open,
        tell: &dyn Fn(Heard) -> bool,
    ) -> Result<(), ClientError> {
        let heard = match message {
            FromServer::Bye => return Err(ClientError::Leaving),
            FromServer::News(news) => Some(Heard::News(news)),
            FromServer::Company => Some(Heard::Company),
            FromServer::Answer(reply) => {
                let (_, what) = open.front().ok_or(ClientError::Lost)?;
                let heard = self.reply(*what, reply)?;
                let answered = open.pop_front();
                self.suspects.retain(|(known, _)| answered.as_ref().is_none_or(|(it, _)| it != known));
                self.failures = 0;
                heard
            }
        };
        if heard.is_none_or(tell) { Ok(()) } else { Err(ClientError::Leaving) }
    }

    /// What a reply tells.
    fn reply(&mut self, what: For, reply: Reply) -> Result<Option<Heard>, ClientError> {
        Ok(Some(match (what, reply) {
            (For::Ask(ticket), Reply::Answer(_, answer)) => Heard::Answer(ticket, Ok(answer)),
            (For::Ask(ticket), Reply::Refused(refusal)) => Heard::Answer(ticket, Err(refusal)),
            (For::Do(ticket), Reply::Receipts(receipts)) => {
                let receipt = receipts.into_iter().next().ok_or(ClientError::Lost)?;
                self.receipt(ticket, receipt)
            }
            (For::Do(ticket), Reply::Refused(refusal)) => self.receipt(ticket, Err(refusal)),
            (For::DoAll(ticket), Reply::Receipts(receipts)) => {
                self.sent(ticket);
                Heard::Receipts(ticket, receipts)
            }
            (For::DoAll(ticket), Reply::Refused(refusal)) => {
                self.sent(ticket);
                Heard::Receipts(ticket, vec![Err(refusal)])
            }
            (For::ActAs, Reply::Refused(refusal)) => Heard::Stranger(refusal),
            (For::ActAs, Reply::Done) => return Ok(None),
            _ => return Err(ClientError::Lost), // a reply to another question: nothing behind it can be trusted
        }))
    }

    fn receipt(&mut self, ticket: u64, receipt: Result<Receipt, Refusal>) -> Heard {
        self.sent(ticket);
        Heard::Receipt(ticket, receipt)
    }

    /// Takes an order back that no server can have.
    fn recall(&mut self, ticket: u64) -> Heard {
        let is_here = self.unsent.iter().any(|unsent| unsent.ticket() == ticket);
        let recalled = is_here && !self.left.contains(&ticket);
        if recalled {
            self.sent(ticket);
        }
        Heard::Recalled(ticket, recalled)
    }

    /// An order is not waited for any more.
    fn sent(&mut self, ticket: u64) {
        self.left.remove(&ticket);
        self.unsent.retain(|unsent| unsent.ticket() != ticket);
    }

    /// Waits before the next attempt; false if nobody wants it.
    fn wait(&mut self, time: Duration, tell: &dyn Fn(Heard) -> bool) -> bool {
        let until = Instant::now() + time;
        loop {
            match self.inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Inward::Send(Send::Ask(..) | Send::AskAsOf(..)) | Inward::Redial | Inward::Came(..)) => {}
                Ok(Inward::Send(order)) => self.unsent.push_back(order),
                Ok(Inward::Recall(ticket)) => {
                    if !tell(self.recall(ticket)) {
                        return false;
                    }
                }
                Err(RecvTimeoutError::Timeout) => return true,
                Ok(Inward::End) | Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

/// Passes on what comes in over a connection, on a thread that ends with it.
fn listen(call: u64, mut receive: Receiving, inward: Sender<Inward>) -> io::Result<()> {
    let listen = move || {
        loop {
            let message = receive();
            let last = matches!(message, Err(_) | Ok(FromServer::Bye));
            if inward.send(Inward::Came(call, message)).is_err() || last {
                return;
            }
        }
    };
    thread::Builder::new().name("link in".to_owned()).spawn(listen).map(drop)
}

/// How long to wait after so many failed attempts in a row: at once the first time, then up to five seconds. A server
/// that says how far its rebuild is has not failed.
fn pause(error: &ClientError, failures: u32) -> Duration {
    match (error, failures) {
        (ClientError::NotReady { .. }, _) => Duration::from_millis(500),
        (_, 0) => Duration::ZERO,
        _ => Duration::from_millis(100 << failures.min(6)).min(Duration::from_secs(5)),
    }
}

#[cfg(test)]
mod tests;
