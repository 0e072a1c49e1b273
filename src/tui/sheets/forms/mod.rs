//! What the forms are: their fields, and the command that each becomes. A command is made from a draft, so that one that
//! was left behind can be sent without its form.

pub(in crate::tui) mod done;
pub(in crate::tui) mod log;
pub(in crate::tui) mod record;
pub(in crate::tui) mod task;

use super::form::Pick;
use crate::model::{Choice, Command};
use crate::text::{Clean, Lang};
use crate::tui::drafts::{Deed, Draft};

/// The most bytes of a line and of a note.
const LINE: usize = 800;
const NOTE: usize = 60_000;

/// What a form does when it is saved.
pub(in crate::tui) fn command(draft: &Draft) -> Command {
    match draft.deed {
        Deed::Log => log::command(draft),
        Deed::Task => task::command(draft),
        Deed::Done => done::command(draft),
        Deed::Add(kind) => record::added(draft, kind),
        Deed::Edit => record::edited(draft),
    }
}

/// A field of a draft, as commands take it.
fn clean(draft: &Draft, name: &str) -> Clean {
    Clean::washed(draft.field(name).trim()).0
}

/// The values of a choice.
fn picks<T: Choice>() -> Vec<Pick> {
    let pick = |choice: &T| Pick {
        word: choice.word().to_owned(),
        label: [choice.label(Lang::En).to_owned(), choice.label(Lang::Zh).to_owned()],
    };
    T::ALL.iter().map(pick).collect()
}
