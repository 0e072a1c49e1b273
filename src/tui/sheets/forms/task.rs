//! The form that adds a task.

use std::collections::BTreeSet;

use super::{LINE, clean};
use crate::model::query::Card;
use crate::model::{Change, Command, Kind, Named};
use crate::text::Clean;
use crate::text::say::tui as say;
use crate::tui::drafts::{Deed, Draft};
use crate::tui::look::Label;
use crate::tui::sheets::form::{Field, Form, NOBODY, Pick, Reads};

/// The form for a customer. Who else looks after them is offered first, after oneself and the queue.
pub(in crate::tui) fn form(customer: Named, me: Option<&Named>, card: Option<&Card>) -> Form {
    let owner = card.and_then(|card| card.line.owner.as_ref());
    let beside = card.map_or(&[][..], |card| &card.collaborators).iter().map(|(named, _)| named);
    let mut known = BTreeSet::new();
    let who = me.map(|me| (me, say::yours as Label)).into_iter();
    let who = who.chain(owner.map(|owner| (owner, say::owner as Label)));
    let who = who.chain(beside.map(|named| (named, say::collaborator as Label)));
    let mut who: Vec<(String, Label)> = who
        .filter(|(named, _)| known.insert(named.id))
        .map(|(named, label)| (named.name.line(), label))
        .collect();
    who.insert(me.map_or(0, |_| 1), (NOBODY.to_owned(), say::queue));
    let fields = vec![
        Field::line("title", say::what, LINE),
        Field::line("due", say::due, 100).reads(Reads::Date).hint(say::due_hint),
        Field::line("assignee", say::who, LINE)
            .hint(say::assignee_hint)
            .reads(Reads::Record(Kind::Member))
            .first(who),
        Field::pick("promise", say::promise, vec![Pick::said("no", say::no), Pick::said("yes", say::yes)]),
    ];
    Form::new(Deed::Task, customer, fields, "title")
}

/// What it does. Where nobody is named it is its author's.
pub(super) fn command(draft: &Draft) -> Command {
    let customer = Clean::washed(&draft.about.id.to_string()).0;
    let mut changes = vec![Change::put(Clean::known("customer"), customer)];
    let given = |name: &&str| *name != "assignee" || !clean(draft, name).is_empty();
    for name in ["title", "due", "assignee", "promise"].into_iter().filter(given) {
        changes.push(Change::put(Clean::known(name), clean(draft, name)));
    }
    Command::Add { kind: Kind::Task, changes }
}
