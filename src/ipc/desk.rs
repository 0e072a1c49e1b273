//! What the server does with requests: who may come in, and which call of the service a request is.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use nix::unistd::{Uid, User};

use super::hello::PROTOCOL;
use super::home::shown;
use super::presence::{Place, Presence};
use super::push::Pusher;
use super::server::{Caller, CallersLine, Handler, Refusal as NoEntry};
use super::stop::Stop;
use crate::model::query::{Beside, Company, Status};
use crate::model::{Answer, Id, Query, Refusal, Reply, Request};
use crate::service::{Acting, Actor, Service};
use crate::text::Clean;

/// The desk that every session of a server stands at.
pub struct Desk {
    service: Arc<Service>,
    stop: Stop,
    dir: PathBuf,
    team: bool,
    sessions: Arc<AtomicU32>,
    presence: Arc<Presence>,
}

/// One session: who it is, and its place among the others.
pub struct Session {
    acting: Acting,
    line: CallersLine,
    /// Of a session that is told the news, as screens are.
    pusher: Option<Pusher<Id>>,
    number: u64,
    sessions: Arc<AtomicU32>,
    presence: Arc<Presence>,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.sessions.fetch_sub(1, Ordering::Relaxed);
        self.presence.left(self.number);
    }
}

impl Desk {
    /// The desk of a service, for the store in this folder; `stop` ends the server.
    pub fn new(service: Arc<Service>, stop: Stop, dir: PathBuf, team: bool) -> Desk {
        Desk { service, stop, dir, team, sessions: Arc::default(), presence: Arc::default() }
    }

    /// What only the server knows of its state.
    fn status(&self, status: Status) -> Status {
        Status {
            protocol: PROTOCOL,
            store: shown(&self.dir),
            kind: if self.team { Clean::known("team") } else { status.kind },
            sessions: self.sessions.load(Ordering::Relaxed),
            here: self.presence.here().into_iter().map(|member| self.service.named(member)).collect(),
            ..status
        }
    }

    fn reply(&self, session: &Session, query: &Query, answered: Result<(u64, Answer), Refusal>) -> Reply {
        match answered {
            Ok((head, Answer::Status(status))) => Reply::Answer(head, Answer::Status(self.status(status))),
            Ok((head, Answer::Company(_))) => {
                Reply::Answer(head, Answer::Company(self.company(session, query)))
            }
            Ok((head, answer)) => Reply::Answer(head, answer),
            Err(refusal) => Reply::Refused(refusal),
        }
    }

    /// Who else is there; a screen that asks is seen by the others where it says that it is.
    fn company(&self, session: &Session, query: &Query) -> Company {
        let Query::Company { customer, writing } = *query else { return Company::default() };
        let member = session.acting.actor().member;
        if let Some(pusher) = &session.pusher {
            self.presence.moved(session.number, Place { member, customer, writing }, pusher);
        }
        let (here, beside) = self.presence.beside(member, customer);
        let named = |(member, writing)| Beside { member: self.service.named(member), writing };
        Company { here, beside: beside.into_iter().map(named).collect() }
    }

    fn stop_for(&self, actor: Actor) -> Reply {
        if !self.service.may_stop(actor) {
            return Reply::Refused(Refusal::NotAllowed(Clean::known("stop")));
        }
        self.stop.stop();
        Reply::Done
    }
}

impl Handler for Desk {
    type Session = Session;
    type Request = Request;
    type Answer = Reply;
    type Changed = Id;

    fn open(&self, caller: &Caller, pusher: Option<&Pusher<Id>>) -> Result<Session, NoEntry> {
        let uid = caller.peer.uid;
        let login =
            || User::from_uid(Uid::from_raw(uid)).ok().flatten().map(|user| user.name).unwrap_or_default();
        let actor = self.service.actor(uid, caller.lang, login).map_err(|_| NoEntry::Stranger)?;
        let acting = Acting::new(actor);
        if let Some(pusher) = pusher.cloned() {
            let tell = move |head, changed: &std::collections::BTreeSet<Id>| {
                pusher.mark(head, changed.iter().copied())
            };
            self.service.listen(&acting, Box::new(tell));
        }
        self.sessions.fetch_add(1, Ordering::Relaxed);
        let (sessions, presence) = (Arc::clone(&self.sessions), Arc::clone(&self.presence));
        let (line, pusher, number) = (caller.line.clone(), pusher.cloned(), presence.number());
        Ok(Session { acting, line, pusher, number, sessions, presence })
    }

    fn answer(&self, session: &mut Session, request: Request) -> Reply {
        let actor = session.acting.actor();
        match request {
            Request::ActAs(words) => match self.service.act_as(actor, &words) {
                Ok(other) => {
                    session.acting.becomes(other);
                    Reply::Done
                }
                Err(refusal) => Reply::Refused(refusal),
            },
            Request::Ask(query) => self.reply(session, &query, self.service.answer(actor, &query)),
            Request::AskAsOf(on, query) => {
                let gone = || session.line.is_cut() || self.stop.requested();
                self.reply(session, &query, self.service.answer_as_of(actor, &on, &query, &gone))
            }
            Request::Do { client, orders } => Reply::Receipts(self.service.execute(actor, client, orders)),
            Request::Stop => self.stop_for(actor),
        }
    }

    fn too_large(&self, bytes: usize) -> Reply {
        Reply::Refused(Refusal::TooLarge(bytes as u64))
    }
}
