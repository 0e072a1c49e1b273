//! `gx undo`: my last act, an entry of the journal, or a batch.

use clap::Args;

use super::failure::{Done, Failure, REFUSED};
use super::fields::Dry;
use super::gx::Gx;
use super::tree::Verb;
use crate::model::{Command, Id, Kind, Receipt, Undone};
use crate::text::say::cli as say;

#[derive(Args, Debug)]
pub(super) struct Undo {
    /// An entry of the journal (123) or a batch (b3); without one my own last act
    #[arg(value_name = "SEQ|BATCH")]
    what: Option<String>,
    /// Leave what was changed since as it is, instead of refusing
    #[arg(long)]
    partial: bool,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Undo {
    fn run(self, gx: &mut Gx) -> Done {
        let lang = gx.lang;
        let mut what = match self.what.as_deref() {
            None => Undone::MyLast,
            Some(typed) => read(typed).ok_or_else(|| {
                Failure::usage(say::not_undoable(lang, typed)).hint(say::not_undoable_hint(lang))
            })?,
        };
        if !self.dry.dry_run && !gx.flags.yes {
            what = asked(gx, what, self.partial)?;
        }
        let receipt = take_back(gx, what, self.partial, self.dry.dry_run)?;
        gx.tell(&receipt, self.dry.dry_run, None)
    }
}

/// Has it taken back, or tries that. Of an act that may be a whole batch, a terminal says so meanwhile.
fn take_back(gx: &mut Gx, what: Undone, partial: bool, dry_run: bool) -> Done<Receipt> {
    let mut progress = gx.progress();
    if !matches!(what, Undone::Seq(_)) {
        progress.show(say::taking_back(gx.lang).to_owned());
    }
    gx.act(Command::Undo { what, partial }, dry_run)
}

/// What is to be taken back, once it is known to be meant: a batch that was not named needs a yes, even where nobody
/// can be asked.
fn asked(gx: &mut Gx, what: Undone, partial: bool) -> Done<Undone> {
    let (lang, named) = (gx.lang, what != Undone::MyLast);
    if matches!(what, Undone::Seq(_)) || named && !gx.asks() {
        return Ok(what);
    }
    let rehearsal = take_back(gx, what, partial, true)?;
    let Some(batch) = rehearsal.batch else { return Ok(what) };
    let about = gx.batch(batch, rehearsal.ids.len());
    if gx.asks() {
        gx.confirm(&say::undo_batch(lang, about))?;
    } else if rehearsal.ids.len() > 1 {
        let refused = Failure::new(REFUSED, say::last_is_batch(lang, about));
        return Err(refused.hint(say::last_is_batch_hint(lang, batch)));
    }
    Ok(Undone::Batch(batch))
}

/// `123`, `#123` or `b3`.
fn read(typed: &str) -> Option<Undone> {
    if let Ok(seq) = typed.trim_start_matches('#').parse() {
        return Some(Undone::Seq(seq));
    }
    typed.parse::<Id>().ok().filter(|id| id.kind == Kind::Batch).map(Undone::Batch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_and_batches_are_told_apart() {
        assert_eq!(read("123"), Some(Undone::Seq(123)));
        assert_eq!(read("#123"), Some(Undone::Seq(123)));
        assert_eq!(read("b3"), Some(Undone::Batch(Id::new(Kind::Batch, 3))));
        assert_eq!(read("c3"), None);
        assert_eq!(read("last"), None);
    }
}
