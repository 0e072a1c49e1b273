//! One live store, many people: the Unix socket between `gx` and its server. The only room that names sockets.
//!
//! ```text
//! client::Client ──hello + first request, one write──▶ server::serve ──▶ Handler::open, Handler::answer
//!                ◀──────── hello, FromServer ────────        │
//! Client::live   ◀──────── FromServer::News ───── push::Pusher ◀── whoever commits
//! ```
//!
//! [`hello`] is a fixed layout that every version understands for ever; what follows are frames of
//! [`crate::codec::frame`], spoken only between equal protocols. [`home`] holds the files in the store's folder: one
//! lock, one socket. A private store's server is started by its first client ([`launch`]) and leaves when it has been
//! alone for a while; a team's server runs under systemd. A server that must rebuild its tables first says so in the
//! [`lobby`]; clients try again until they are let in.
//!
//! Where each screen is, and whether its person writes, is known to `presence` alone: a session tells it by asking who
//! else is there, and those whom it concerns are told to ask again.
//!
//! An end of stream before the server's hello always means "try again": the server was just leaving.

pub mod client;
pub mod desk;
mod error;
pub mod hello;
pub mod home;
pub mod launch;
pub mod lobby;
pub mod peer;
mod presence;
pub mod push;
pub mod server;
pub mod stop;
mod wait;

use serde::{Deserialize, Serialize};

use push::News;

/// What a server sends once it has said hello: `A` answers requests, `C` names what changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromServer<A, C> {
    /// The answer to the oldest request that has none.
    Answer(A),
    /// Something changed; only to those who asked for it in their hello.
    News(News<C>),
    /// The server is leaving: all requests that it took have been answered.
    Bye,
    /// Who is where has changed; only to those who asked for news.
    Company,
}

#[cfg(test)]
mod tests;
