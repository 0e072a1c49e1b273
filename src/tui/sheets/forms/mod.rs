//! What the forms are: their fields, and the command that each becomes. A command is made from a draft, so that one
//! that was left behind can be sent without its form.

pub(in crate::tui) mod archive;
pub(in crate::tui) mod assign;
pub(in crate::tui) mod change;
pub(in crate::tui) mod done;
pub(in crate::tui) mod drop;
pub(in crate::tui) mod log;
pub(in crate::tui) mod record;
pub(in crate::tui) mod release;
pub(in crate::tui) mod snooze;
pub(in crate::tui) mod task;
pub(in crate::tui) mod tier;

use super::form::Pick;
use crate::model::{Choice, Command, Direction};
use crate::text::say::{form, many, tui as say};
use crate::text::{Clean, Lang, date};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::look::Look;

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
        Deed::Change => change::command(draft),
        Deed::Tier => tier::command(draft),
        Deed::Assign => assign::command(draft),
        Deed::Snooze => snooze::command(draft),
        Deed::Drop => drop::command(draft),
        Deed::Archive => archive::command(draft),
        Deed::Release => release::command(draft),
    }
}

/// What a form does, in a few words.
pub(in crate::tui) fn what(draft: &Draft, look: &Look) -> String {
    let lang = look.lang;
    match draft.deed {
        Deed::Log => many::logged(lang).to_owned(),
        Deed::Task => many::added(lang, draft.field("title").trim()),
        Deed::Done => many::ended(lang).to_owned(),
        Deed::Add(kind) => many::added(lang, kind.label(lang)),
        Deed::Edit => say::changed(lang, &draft.about.name),
        Deed::Change => change::what(draft, lang),
        Deed::Tier => many::tier_put(lang, look.tier_name(&clean(draft, "tier"))),
        Deed::Assign if draft.field("to").trim().is_empty() => many::unassigned(lang).to_owned(),
        Deed::Assign => many::assigned(lang, draft.field("to").trim()),
        Deed::Drop => form::dropped(lang).to_owned(),
        Deed::Archive if archive::puts_away(draft) => form::archived(lang).to_owned(),
        Deed::Archive => form::taken_back(lang).to_owned(),
        Deed::Release => form::released(lang).to_owned(),
        Deed::Snooze => many::snoozed(lang, day_meant(draft.field("until"), look)),
    }
}

/// The day that words mean, as it is said; the words themselves where they mean none.
fn day_meant(words: &str, look: &Look) -> String {
    let meant = date::parse(words, look.now.local(look.zone));
    meant.map_or_else(|_| words.trim().to_owned(), |when| date::echo(look.lang, when))
}

/// A field of a draft, as commands take it.
fn clean(draft: &Draft, name: &str) -> Clean {
    Clean::washed(draft.field(name).trim()).0
}

/// Who began.
fn directions() -> Vec<Pick> {
    vec![Pick::said(Direction::Out.word(), say::from_us), Pick::said(Direction::In.word(), say::from_them)]
}

/// The values of a choice.
fn picks<T: Choice>() -> Vec<Pick> {
    let pick = |choice: &T| Pick {
        word: choice.word().to_owned(),
        label: [choice.label(Lang::En).to_owned(), choice.label(Lang::Zh).to_owned()],
    };
    T::ALL.iter().map(pick).collect()
}
