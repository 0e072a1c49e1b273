//! `gx log`: an interaction with a customer and, in the same breath, the next step.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use clap::Args;

use super::failure::{Done, Failure};
use super::fields::Dry;
use super::gx::{Gx, random};
use super::tree::Verb;
use crate::model::{self, Channel, Choice, Command, Direction, Kind, Outcome};
use crate::text::Clean;
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Log {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// What was said; - reads stdin, none opens $EDITOR; "... > +3d send price list" adds the next step
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
    /// With which person there: an id or a name
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
        let log = model::Log {
            channel: choice::<Channel>(gx, "--channel", self.channel.as_deref())?,
            direction,
            outcome: choice::<Outcome>(gx, "--outcome", self.outcome.as_deref())?,
            said: gx.clean_or_empty("--said", self.said.as_deref())?,
            at: gx.clean_or_empty("--at", self.at.as_deref())?,
            contact: gx.clean_or_empty("--contact", self.contact.as_deref())?,
            inquiry: self.inquiry,
            next: gx.clean_or_empty("--next", self.next.as_deref())?,
            ends: self.ends.as_deref().map(|task| gx.task(task)).transpose()?,
            ..model::Log::call(gx.resolve(Kind::Customer, &self.customer)?, text(gx, self.text.as_deref())?)
        };
        gx.write(Command::Log(Box::new(log)), self.dry.dry_run)
    }
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

fn text(gx: &Gx, given: Option<&str>) -> Done<Clean> {
    match given {
        Some("-") => {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text)?;
            gx.clean("TEXT", &text)
        }
        Some(text) => gx.clean("TEXT", text),
        None => {
            let text = gx.clean("TEXT", &edited(gx)?)?;
            if text.is_empty() { Err(Failure::failed(say::nothing_written(gx.lang))) } else { Ok(text) }
        }
    }
}

/// What the person writes in their editor.
fn edited(gx: &Gx) -> Done<String> {
    let lang = gx.lang;
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(Failure::usage(say::no_text(lang)).hint(say::no_text_hint(lang)));
    }
    let set = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let draft = Draft::new().map_err(|error| Failure::file(&std::env::temp_dir(), &error, lang))?;
    // As git does: the variable may hold a command with arguments.
    let ended =
        Process::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg(&editor).arg(&draft.0).status()?;
    if !ended.success() {
        return Err(Failure::failed(say::editor_failed(lang, editor)));
    }
    fs::read_to_string(&draft.0).map_err(|error| Failure::file(&draft.0, &error, lang))
}

/// A file for the editor that nobody else may read; gone when it is dropped.
struct Draft(PathBuf);

impl Draft {
    fn new() -> io::Result<Draft> {
        let path = std::env::temp_dir().join(format!("gx-{:032x}.txt", random()));
        File::options().write(true).create_new(true).mode(0o600).open(&path)?;
        Ok(Draft(path))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let path: &Path = &self.0;
        let _ = fs::remove_file(path);
    }
}
