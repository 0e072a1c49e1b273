//! The form that puts tasks off.

use super::clean;
use crate::model::{Command, Named};
use crate::text::say::{many, tui as say};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form, Reads};

/// The form for a task, or for many.
pub(in crate::tui) fn form(tasks: Named) -> Form {
    let until = Field::line("until", many::put_off, 100).reads(Reads::Date).hint(say::due_hint);
    Form::new(Deed::Snooze, tasks, vec![until], "until")
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    Command::TaskSnooze { task: draft.about.id, until: clean(draft, "until") }
}
