//! The form that puts customers away, or takes them back.

use super::clean;
use crate::model::{Change, Command, Named};
use crate::text::Clean;
use crate::text::say::{fields, form};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form, Pick};

/// The form for a customer, or for many; one who is away is taken back.
pub(in crate::tui) fn form(customers: Named, away: bool) -> Form {
    let picks = vec![Pick::said("yes", form::yes), Pick::said("no", form::no)];
    let mut form = Form::new(
        Deed::Archive,
        customers,
        vec![Field::spread("archived", fields::archived, picks)],
        "archived",
    );
    form.put("archived", if away { "no" } else { "yes" });
    form
}

/// Whether they are put away.
pub(super) fn puts_away(draft: &Draft) -> bool {
    draft.field("archived") == "yes"
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    let changes = vec![Change::put(Clean::known("archived"), clean(draft, "archived"))];
    Command::Edit { record: draft.about.id, changes }
}
