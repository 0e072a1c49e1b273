//! One line on a terminal that says how far a long work is.

use std::io::{self, IsTerminal, Write};

use super::gx::Gx;

/// The line, gone when the work is over. Without a terminal it says nothing.
pub(super) struct Progress<W: Write = io::Stderr> {
    to: Option<W>,
    shown: String,
}

impl Gx {
    /// A line on stderr, where that is a terminal and somebody wants to know.
    pub(super) fn progress(&self) -> Progress {
        Progress::on_stderr(self.flags.quiet)
    }
}

impl Progress {
    /// As [`Gx::progress`].
    pub(super) fn on_stderr(quiet: bool) -> Progress {
        let to = io::stderr();
        Progress::to(Some(to).filter(|to| !quiet && to.is_terminal()))
    }
}

impl<W: Write> Progress<W> {
    /// A line there, or nowhere.
    pub(super) fn to(to: Option<W>) -> Progress<W> {
        Progress { to, shown: String::new() }
    }

    /// Says this instead of what it said before.
    pub(super) fn show(&mut self, text: String) {
        let Some(to) = &mut self.to else { return };
        if self.shown != text {
            // Where nobody listens, nobody misses it.
            let _ = write!(to, "\r{text}\x1b[K").and_then(|()| to.flush());
            self.shown = text;
        }
    }
}

impl<W: Write> Drop for Progress<W> {
    fn drop(&mut self) {
        if let (Some(to), false) = (&mut self.to, self.shown.is_empty()) {
            let _ = write!(to, "\r\x1b[K").and_then(|()| to.flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(texts: &[&str]) -> String {
        let mut shown = Vec::new();
        let mut progress = Progress::to(Some(&mut shown));
        for text in texts {
            progress.show((*text).to_owned());
        }
        drop(progress);
        String::from_utf8(shown).unwrap()
    }

    #[test]
    fn each_text_is_shown_once_and_the_line_is_gone_in_the_end() {
        assert_eq!(shown(&["1 %", "1 %", "2 %"]), "\r1 %\x1b[K\r2 %\x1b[K\r\x1b[K");
        assert_eq!(shown(&[]), "");
    }
}
