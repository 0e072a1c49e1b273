//! The form that gives customers back into the open pool.

use super::{LINE, clean};
use crate::model::{Command, Named};
use crate::text::say::{form, many};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form};

/// The form for a customer, or for many.
pub(in crate::tui) fn form(customers: Named) -> Form {
    let reason = Field::line("reason", many::reason, LINE).hint(form::release_hint);
    Form::new(Deed::Release, customers, vec![reason], "reason")
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    Command::Release { customer: draft.about.id, reason: clean(draft, "reason") }
}
