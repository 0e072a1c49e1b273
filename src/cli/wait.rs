//! Waiting for a server that rebuilds its tables.

use std::io::Write;
use std::thread;
use std::time::Duration;

use super::progress::Progress;
use crate::ipc::client::ClientError;
use crate::text::Lang;
use crate::text::say::cli as say;

/// The pauses between attempts: ten seconds in all.
pub(super) fn pauses() -> impl Iterator<Item = Duration> {
    std::iter::repeat_n(Duration::from_millis(100), 100)
}

/// Calls until the server is ready, with these pauses between: it pushes nothing while it rebuilds, only tells whoever
/// comes how far it is, which `progress` shows. After the last pause the answer is what it is.
pub(super) fn until_ready<T>(
    pauses: impl IntoIterator<Item = Duration>,
    lang: Lang,
    mut progress: Progress<impl Write>,
    mut call: impl FnMut() -> Result<T, ClientError>,
) -> Result<T, ClientError> {
    for pause in pauses {
        match call() {
            Err(ClientError::NotReady { percent }) => progress.show(say::rebuilding(lang, percent)),
            other => return other,
        }
        thread::sleep(pause);
    }
    call()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes of calls that meet these percentages and then a server that is ready, and what is shown meanwhile.
    fn waited(met: &[u32], tries: usize) -> (Result<(), ClientError>, String) {
        let mut met = met.iter();
        let mut shown = Vec::new();
        let (pauses, progress) = (std::iter::repeat_n(Duration::ZERO, tries), Progress::to(Some(&mut shown)));
        let outcome = until_ready(pauses, Lang::En, progress, || match met.next() {
            Some(&percent) => Err(ClientError::NotReady { percent }),
            None => Ok(()),
        });
        (outcome, String::from_utf8(shown).unwrap())
    }

    #[test]
    fn a_server_that_is_ready_is_not_waited_for() {
        assert!(matches!(waited(&[], 2), (Ok(()), shown) if shown.is_empty()));
    }

    #[test]
    fn a_rebuild_is_waited_for_and_each_percentage_shown_once() {
        let (outcome, shown) = waited(&[7, 7, 12], 9);
        assert!(outcome.is_ok());
        assert_eq!(shown, "\rrebuilding 7 %\x1b[K\rrebuilding 12 %\x1b[K\r\x1b[K");
    }

    #[test]
    fn a_long_rebuild_is_told_in_the_end() {
        assert!(matches!(waited(&[1, 2, 3, 4], 3).0, Err(ClientError::NotReady { percent: 4 })));
        assert_eq!(pauses().sum::<Duration>().as_secs(), 10);
    }

    #[test]
    fn what_else_goes_wrong_is_told_at_once() {
        let silent = Progress::to(None::<Vec<u8>>);
        let mut calls = 0;
        let outcome = until_ready(pauses(), Lang::En, silent, || {
            calls += 1;
            Err::<(), _>(ClientError::Lost)
        });
        assert!(matches!(outcome, Err(ClientError::Lost)));
        assert_eq!(calls, 1);
    }
}
