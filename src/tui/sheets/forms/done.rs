//! The form that ends a task, with the next one.

use super::{LINE, clean};
use crate::model::{Command, Named};
use crate::text::say::tui as say;
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form, Reads};

/// The form for a task, by its id and title.
pub(in crate::tui) fn form(task: Named) -> Form {
    let next = Field::line("next", say::next, LINE).reads(Reads::NextStep).hint(say::next_hint);
    Form::new(Deed::Done, task, vec![next], "next")
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    Command::TaskDone { task: draft.about.id, next: clean(draft, "next") }
}
