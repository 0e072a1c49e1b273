//! `gx log`: an interaction with a customer and, in the same breath, the next step.

use std::fs;
use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;

use clap::Args;

use super::failure::{Done, Failure, shown};
use super::fields::Dry;
use super::gx::Gx;
use super::tree::Verb;
use crate::config::editor;
use crate::model::{self, Channel, Choice, Command, Direction, Kind, Outcome};
use crate::text::say::cli as say;
use crate::text::{Clean, Lang};

#[derive(Args, Debug)]
pub(super) struct Log {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// What was said; - reads stdin, none opens $EDITOR. "... > +3d send price list" or "... > send price list in two
    /// weeks" adds the next step; what begins behind the last " > " with a date, or with + or numbers like one, must
    /// read as one
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
    /// phone, email, meeting, visit, wechat, sms, chat, social, web, letter, other; a call where not given
    #[arg(long, value_name = "C")]
    channel: Option<String>,
    /// They began
    #[arg(long = "in", id = "inbound", conflicts_with = "outbound")]
    inbound: bool,
    /// We began, as is assumed
    #[arg(long = "out", id = "outbound")]
    outbound: bool,
    /// When it was, if not now
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    at: Option<String>,
    /// With which person there: an id or a name; +NAME for somebody new
    #[arg(long, value_name = "P")]
    contact: Option<String>,
    /// reached, replied, no-answer, left-message, other
    #[arg(long, value_name = "O")]
    outcome: Option<String>,
    /// The customer's own words
    #[arg(long, value_name = "WORDS")]
    said: Option<String>,
    /// They asked for something new
    #[arg(long)]
    inquiry: bool,
    /// It was a greeting: one a day is enough, whoever of the team it is
    #[arg(long)]
    greeting: bool,
    /// Though somebody greeted on that day
    #[arg(long, requires = "greeting")]
    again: bool,
    /// When to come back to them: a task that the first contact from that day on ends
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    revisit: Option<String>,
    /// The next step: "+3d send price list"
    #[arg(long, value_name = "DATE WHAT", allow_hyphen_values = true)]
    next: Option<String>,
    /// The task that is done with it
    #[arg(long, value_name = "TASK")]
    ends: Option<String>,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Log {
    fn run(self, gx: &mut Gx) -> Done {
        let direction = match (self.inbound, self.outbound) {
            (true, _) => Some(Direction::In),
            (_, true) => Some(Direction::Out),
            _ => None,
        };
        let dry_run = self.dry.dry_run;
        let log = model::Log {
            channel: choice::<Channel>(gx, "--channel", self.channel.as_deref())?,
            direction,
            outcome: choice::<Outcome>(gx, "--outcome", self.outcome.as_deref())?,
            said: gx.clean_or_empty("--said", self.said.as_deref())?,
            at: gx.clean_or_empty("--at", self.at.as_deref())?,
            contact: gx.clean_or_empty("--contact", self.contact.as_deref())?,
            inquiry: self.inquiry,
            greeting: self.greeting,
            again: self.again,
            revisit: gx.clean_or_empty("--revisit", self.revisit.as_deref())?,
            next: gx.clean_or_empty("--next", self.next.as_deref())?,
            ends: self.ends.as_deref().map(|task| gx.task(task)).transpose()?,
            ..model::Log::call(gx.resolve(Kind::Customer, &self.customer)?, Clean::default())
        };
        let with = |text| Command::Log(Box::new(model::Log { text, ..log }));
        let (text, receipt) = if let Some(text) = self.text.as_deref() {
            let text = given(gx, text)?;
            (text.clone(), gx.act(with(text), dry_run)?)
        } else {
            let draft = Draft::new(gx.lang)?;
            let logged = draft.written(gx).and_then(|text| Ok((text.clone(), gx.act(with(text), dry_run)?)));
            draft.settled(logged, gx.lang)?
        };
        gx.tell(&receipt, dry_run, (!dry_run).then_some(say::logged))?;
        let has_next = receipt.dates.iter().any(|(field, _)| field.as_str() == "due");
        if let Some(tail) = no_step(&text).filter(|_| !has_next && !gx.for_machines()) {
            gx.note(&say::no_next_step(gx.lang, tail));
        }
        Ok(())
    }
}

/// What stands behind the last ` > ` on one line: where no next step came of it, it may have been meant as one.
fn no_step(text: &Clean) -> Option<&str> {
    let (_, tail) = text.as_str().rsplit_once(" > ")?;
    Some(tail.trim()).filter(|tail| !tail.is_empty() && !tail.contains('\n'))
}

/// One of a few words, where it was given.
fn choice<T: Choice>(gx: &Gx, flag: &str, word: Option<&str>) -> Done<Option<T>> {
    let Some(word) = word else { return Ok(None) };
    let unread = || {
        let words = T::ALL.iter().map(|choice| choice.word()).collect::<Vec<_>>().join(", ");
        Failure::usage(say::not_one_of(gx.lang, flag, word, words))
    };
    T::read(word).map(Some).ok_or_else(unread)
}

fn given(gx: &Gx, text: &str) -> Done<Clean> {
    if text != "-" {
        return gx.clean("TEXT", text);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    gx.clean("TEXT", &text)
}

/// A file for the editor that nobody else may read. It outlives a failure: what was written is not lost.
struct Draft(PathBuf);

impl Draft {
    /// An empty file, where there is a terminal for an editor.
    fn new(lang: Lang) -> Done<Draft> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(Failure::usage(say::no_text(lang)).hint(say::no_text_hint(lang)));
        }
        editor::file("").map(Draft).map_err(|error| Failure::file(&std::env::temp_dir(), &error, lang))
    }

    /// What the person writes in their editor.
    fn written(&self, gx: &Gx) -> Done<Clean> {
        let (lang, path) = (gx.lang, &self.0);
        if !editor::run(path)? {
            return Err(Failure::failed(say::editor_failed(lang, editor::name())));
        }
        let text = fs::read_to_string(path).map_err(|error| Failure::file(path, &error, lang))?;
        let text = gx.clean("TEXT", &text)?;
        if text.is_empty() { Err(Failure::failed(say::nothing_written(lang))) } else { Ok(text) }
    }

    /// Removes the file once its text is in the book, or where there is none; else a failure tells where it is.
    fn settled<T>(self, done: Done<T>, lang: Lang) -> Done<T> {
        let blank = || fs::read(&self.0).is_ok_and(|text| text.trim_ascii().is_empty());
        match done {
            Err(failure) if !blank() => Err(failure.also(say::draft_kept(lang, shown(&self.0)))),
            done => {
                // What cannot be removed lies in a folder for temporary files.
                let _ = fs::remove_file(&self.0);
                done
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A draft with this text, and what becomes of it; tells whether the file is still there.
    fn settled(text: &str, done: Done) -> (Done, bool) {
        let dir = tempfile::tempdir().unwrap();
        let draft = Draft(dir.path().join("draft.txt"));
        editor::make(&draft.0, text).unwrap();
        let path = draft.0.clone();
        (draft.settled(done, Lang::En), path.exists())
    }

    #[test]
    fn what_stands_behind_the_last_arrow_may_have_been_meant_as_a_step() {
        for (text, tail) in [
            ("x > someday call", Some("someday call")),
            ("a > b > c", Some("c")),
            ("no arrow", None),
            ("x > ", None),
            ("he said > 5\nand more", None),
        ] {
            assert_eq!(no_step(&Clean::new(text).unwrap()), tail, "{text}");
        }
    }

    #[test]
    fn what_was_written_outlives_a_failure() {
        let refused = || Failure::usage("no").hint("say yes");
        let (done, kept) = settled("two lots", Err(refused()));
        let hint = done.unwrap_err().hint.unwrap();
        assert!(kept && hint.starts_with("say yes\n") && hint.contains("draft.txt"), "{hint}");
        assert!(!settled(" \n", Err(refused())).1, "nothing was written");
        assert!(!settled("two lots", Ok(())).1, "it is in the book");
    }
}
