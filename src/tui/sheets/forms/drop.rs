//! The form for a task that is not to be done after all.

use super::{LINE, clean};
use crate::model::{Command, Named};
use crate::text::say::{form, many};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form};

/// The form for a task, or for many.
pub(in crate::tui) fn form(tasks: Named) -> Form {
    let reason = Field::line("reason", many::reason, LINE).hint(form::reason_hint);
    Form::new(Deed::Drop, tasks, vec![reason], "reason")
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    Command::TaskDrop { task: draft.about.id, reason: clean(draft, "reason") }
}
