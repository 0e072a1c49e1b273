//! Who is at the other end: the kernel's word.

use std::io;
use std::os::unix::net::UnixStream;

use nix::sys::socket::{getsockopt, sockopt::PeerCredentials};
use nix::unistd::{Uid, User, geteuid};

use crate::text::Clean;

/// The process at the other end, as it was when it connected (for a server: when it began to listen).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its effective user.
    pub uid: u32,
    /// Its effective group.
    pub gid: u32,
    /// Its process; may have ended since, and its number been given to another.
    pub pid: i32,
}

impl Peer {
    /// Asks the kernel.
    pub fn of(stream: &UnixStream) -> io::Result<Peer> {
        let known = getsockopt(stream, PeerCredentials)?;
        Ok(Peer { uid: known.uid(), gid: known.gid(), pid: known.pid() })
    }
}

/// The user that this process acts as.
pub fn own_uid() -> u32 {
    geteuid().as_raw()
}

/// A user's name, else the number.
pub(super) fn user_name(uid: u32) -> Clean {
    let found = User::from_uid(Uid::from_raw(uid)).ok().flatten();
    Clean::washed(&found.map_or_else(|| uid.to_string(), |user| user.name)).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_knows_this_process() {
        let (here, _there) = UnixStream::pair().unwrap();
        let peer = Peer::of(&here).unwrap();
        assert_eq!((peer.uid, peer.pid), (own_uid(), std::process::id().cast_signed()));
    }

    #[test]
    fn users_without_a_name_have_their_number() {
        assert_eq!(user_name(4_000_000_001).as_str(), "4000000001");
    }
}
