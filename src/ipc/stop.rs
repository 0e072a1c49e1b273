//! How a running server is told to end.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Ends a [`super::server::serve`], from any thread: that of the signals, or one that answers `gx stop`.
#[derive(Clone, Debug)]
pub struct Stop(Arc<Bell>);

#[derive(Debug)]
struct Bell {
    stopping: AtomicBool,
    rope: UnixStream,
    ear: UnixStream,
}

impl Stop {
    /// A handle for one server; fails only where the process has no file descriptors left.
    pub fn new() -> io::Result<Stop> {
        let (rope, ear) = UnixStream::pair()?;
        rope.set_nonblocking(true)?;
        ear.set_nonblocking(true)?;
        Ok(Stop(Arc::new(Bell { stopping: AtomicBool::new(false), rope, ear })))
    }

    /// No new sessions from now on; requests that are being answered are finished. Returns at once.
    pub fn stop(&self) {
        self.0.stopping.store(true, Ordering::SeqCst);
        self.ring();
    }

    /// Whether [`Stop::stop`] was called.
    pub fn requested(&self) -> bool {
        self.0.stopping.load(Ordering::SeqCst)
    }

    /// Wakes the server's loop, so that it looks around.
    pub(super) fn ring(&self) {
        // A full pipe is as good as a ring: the loop has not yet heard the one before.
        let _ = (&self.0.rope).write(&[0]);
    }

    /// Takes back all rings up to now.
    pub(super) fn hush(&self) {
        let mut rings = [0; 64];
        while matches!((&self.0.ear).read(&mut rings), Ok(heard) if heard == rings.len()) {}
    }

    /// Readable when somebody rang.
    pub(super) fn ear(&self) -> BorrowedFd<'_> {
        self.0.ear.as_fd()
    }
}
