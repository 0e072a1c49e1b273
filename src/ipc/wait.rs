//! Waiting until something can be read, without a timer that ticks.

use std::io;
use std::os::fd::BorrowedFd;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

/// Waits until one of `these` can be read or has ended, at most for `time` (`None`: for ever). False where it passed.
pub(super) fn readable(these: &[BorrowedFd<'_>], time: Option<Duration>) -> io::Result<bool> {
    let deadline = time.and_then(|time| Instant::now().checked_add(time));
    let mut waiting: Vec<_> = these.iter().map(|&fd| PollFd::new(fd, PollFlags::POLLIN)).collect();
    loop {
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        match poll(&mut waiting, left.map_or(PollTimeout::NONE, timeout)) {
            Ok(0) if left.is_some_and(|left| left.is_zero()) => return Ok(false),
            Ok(0) | Err(Errno::EINTR) => {}
            Ok(_) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether the other side of a stream has gone, or the stream was shut down. Does not wait.
pub(super) fn hung_up(stream: BorrowedFd<'_>) -> bool {
    let mut ended = [PollFd::new(stream, PollFlags::empty())];
    matches!(poll(&mut ended, PollTimeout::ZERO), Ok(1..))
}

/// Rounded up to whole milliseconds, so that the last one is not spent in a busy loop.
fn timeout(time: Duration) -> PollTimeout {
    PollTimeout::try_from(time.as_nanos().div_ceil(1_000_000)).unwrap_or(PollTimeout::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixStream;

    use super::*;

    #[test]
    fn bytes_and_ends_can_be_read_and_silence_passes() {
        let (mut here, there) = UnixStream::pair().unwrap();
        assert!(!readable(&[there.as_fd()], Some(Duration::ZERO)).unwrap());
        here.write_all(b"!").unwrap();
        assert!(readable(&[there.as_fd()], None).unwrap());
        assert!(!hung_up(here.as_fd()), "bytes that wait are no end");
        drop(there);
        assert!(hung_up(here.as_fd()));
        assert!(readable(&[here.as_fd()], Some(Duration::MAX)).unwrap());
    }

    #[test]
    fn times_are_rounded_up() {
        assert_eq!(timeout(Duration::from_micros(1)).as_millis(), Some(1));
        assert_eq!(timeout(Duration::from_millis(2)).as_millis(), Some(2));
    }
}
