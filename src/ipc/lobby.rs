//! The time before a server lets people in: whoever comes while it rebuilds its tables learns how far that is.
//!
//! A rebuild may take minutes, so its server listens before it has a store: the [`Lobby`] answers every hello with
//! [`NotReady`](super::hello::Verdict::NotReady). When the store is open the same door goes on to
//! [`serve`](super::server::serve), with those who have come to it meanwhile.

use std::convert::Infallible;
use std::io;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{Builder, JoinHandle};

use super::home::Door;
use super::push::Pusher;
use super::server::{Caller, Handler, Options, Refusal, serve};
use super::stop::Stop;

/// The open door of a server that is not ready, looked after by a thread of its own. Dropped, it is closed.
#[derive(Debug)]
pub struct Lobby {
    sign: Arc<Sign>,
    stop: Stop,
    usher: Option<JoinHandle<io::Result<Door>>>,
}

/// What all are told: how much of the rebuild is done, in percent.
#[derive(Debug, Default)]
struct Sign(AtomicU32);

impl Lobby {
    /// Turns everybody away at this door from now on.
    pub fn open(door: Door, options: &Options) -> io::Result<Lobby> {
        let (sign, stop) = (Arc::<Sign>::default(), Stop::new()?);
        // Where nobody is, there is still the rebuild.
        let options = Options { idle_exit: None, ..*options };
        let (shown, ending) = (Arc::clone(&sign), stop.clone());
        let usher = move || serve(&door, &*shown, &ending, &options).map(|_| door);
        let usher = Builder::new().name("lobby".into()).spawn(usher)?;
        Ok(Lobby { sign, stop, usher: Some(usher) })
    }

    /// From now on this much is done, of so much.
    pub fn tell(&self, done: u64, of: u64) {
        let percent = (done * 100 / of.max(1)).min(100);
        self.sign.0.store(percent as u32, Ordering::Relaxed);
    }

    /// Whether a newer version has asked for room: the rebuild is its affair now.
    pub fn is_left(&self) -> bool {
        self.stop.requested()
    }

    /// The door, for the one who lets people in. It has been open throughout.
    pub fn close(mut self) -> io::Result<Door> {
        self.end().unwrap_or_else(|| Err(io::ErrorKind::NotConnected.into()))
    }

    fn end(&mut self) -> Option<io::Result<Door>> {
        self.stop.stop();
        Some(self.usher.take()?.join().unwrap_or_else(|panic| resume_unwind(panic)))
    }
}

impl Drop for Lobby {
    fn drop(&mut self) {
        drop(self.end());
    }
}

impl Handler for Sign {
    type Session = Infallible;
    type Request = ();
    type Answer = ();
    type Changed = ();

    fn open(&self, _: &Caller, _: Option<&Pusher<()>>) -> Result<Infallible, Refusal> {
        Err(Refusal::NotReady { percent: self.0.load(Ordering::Relaxed) })
    }

    fn answer(&self, nobody: &mut Infallible, (): ()) {
        match *nobody {}
    }

    fn too_large(&self, _: usize) {}
}
