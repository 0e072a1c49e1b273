//! The form that adds a task.

use super::{LINE, clean};
use crate::model::{Change, Command, Kind, Named};
use crate::text::Clean;
use crate::text::say::tui as say;
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form, Pick, Reads};

/// The form for a customer. `me` and `team` are who may do it.
pub(in crate::tui) fn form(customer: Named, me: Option<&Named>, colleagues: &[Named]) -> Form {
    let mut who: Vec<Pick> = me.map(|me| Pick::named(me.id, &me.name)).into_iter().collect();
    who.push(Pick::said("", say::queue));
    let known = |named: &&Named| me.is_none_or(|me| me.id != named.id);
    who.extend(colleagues.iter().filter(known).map(|named| Pick::named(named.id, &named.name)));
    let fields = vec![
        Field::line("title", say::what, LINE),
        Field::line("due", say::due, 100).reads(Reads::Date).hint(say::due_hint),
        Field::pick("assignee", say::who, who),
        Field::pick("promise", say::promise, vec![Pick::said("no", say::no), Pick::said("yes", say::yes)]),
    ];
    Form::new(Deed::Task, customer, fields, "title")
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    let customer = Clean::washed(&draft.about.id.to_string()).0;
    let mut changes = vec![Change::put(Clean::known("customer"), customer)];
    for name in ["title", "due", "assignee", "promise"] {
        changes.push(Change::put(Clean::known(name), clean(draft, name)));
    }
    Command::Add { kind: Kind::Task, changes }
}
