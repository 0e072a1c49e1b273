//! The form that gives tasks to somebody.

use super::{LINE, clean};
use crate::model::{Command, Kind, Named};
use crate::text::say::{many, tui as say};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form, Reads};

/// The form for a task, or for many.
pub(in crate::tui) fn form(tasks: Named) -> Form {
    let to = Field::line("to", say::who, LINE).hint(many::assignee_hint).reads(Reads::Record(Kind::Member));
    Form::new(Deed::Assign, tasks, vec![to], "to")
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    Command::TaskAssign { task: draft.about.id, to: clean(draft, "to") }
}
