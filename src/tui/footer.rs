//! The last row: what can be done now, and what the link is doing.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::frame::{Frame, Shape};
use super::look::Look;
use super::paper::Line;
use crate::keys::{Act, Key, Scope, What};
use crate::text::say::tui as say;

/// What the footer tells.
#[derive(Debug)]
pub(super) enum Tells<'a> {
    /// What can be done where this scope is in focus; true: the list is narrowed, and one may want to see all again.
    Keys(Scope, bool),
    /// What can be done in a list whose rows are not opened but used for this.
    Used(Scope, Act),
    /// What can be done with the rows that are marked where this scope is in focus.
    Marked(Scope),
    /// What can be done where this scope is in focus, while a day that has been is seen.
    Past(Scope),
    /// The keys that may follow those that were pressed.
    Rest(&'a [Key], Vec<(Key, What)>),
    /// What became of the last act; true: it did not.
    Note(&'a str, bool),
}

/// The most useful acts of a scope, the first ones before the others where there is no room.
fn useful(scope: Scope) -> &'static [Act] {
    match scope {
        Scope::Tasks => &[
            Act::TaskDone,
            Act::TasksWhose,
            Act::NextTask,
            Act::Log,
            Act::AddTask,
            Act::Find,
            Act::Undo,
            Act::Palette,
            Act::Help,
        ],
        Scope::Form => &[Act::Save, Act::Cancel, Act::NextField, Act::Newline],
        Scope::Choice => &[Act::ChoiceNext, Act::Save, Act::Cancel, Act::NextField],
        Scope::Pick => &[Act::Open, Act::NextField, Act::Back],
        Scope::Search => &[Act::Open, Act::Here, Act::KillLine, Act::Back],
        Scope::Filter => &[Act::KeepFilter, Act::CompleteFilter, Act::FilterBefore, Act::KillLine, Act::Back],
        Scope::Views => &[Act::Open, Act::SaveView, Act::ShareView, Act::RemoveView, Act::Back],
        Scope::Columns => &[Act::Toggle, Act::Back],
        Scope::Prompt => &[Act::Open, Act::Complete, Act::Back],
        Scope::List => &[Act::Open, Act::Back],
        Scope::Inbox => &[Act::Open, Act::ReadAll, Act::Back],
        Scope::Week => &[Act::Open, Act::WeekBefore, Act::WeekAfter, Act::WeekWhose, Act::Back],
        Scope::Help | Scope::Page => &[Act::PageDown, Act::PageUp, Act::Back],
        _ => &[Act::NextTask, Act::Log, Act::AddTask, Act::Find, Act::Undo, Act::Palette, Act::Help],
    }
}

/// What is done with marked rows.
fn for_marked(scope: Scope) -> &'static [Act] {
    match scope {
        Scope::Tasks => &[
            Act::TaskDone,
            Act::TaskAssign,
            Act::TaskSnooze,
            Act::MarkRange,
            Act::MarkAll,
            Act::MarkInvert,
            Act::Help,
        ],
        _ => &[
            Act::ChangeAll,
            Act::SetTier,
            Act::MarkRange,
            Act::MarkAll,
            Act::MarkInvert,
            Act::Undo,
            Act::Help,
        ],
    }
}

/// Draws the footer; `state` is what the link is doing.
pub(super) fn draw(
    buffer: &mut Buffer,
    frame: &Frame,
    tells: &Tells,
    (state, style): (&str, Style),
    look: &Look,
) {
    let mut line = Line::of(buffer, frame.footer(), 0);
    line.skip(1).skip_right(1).right(state, style).skip_right(2);
    match tells {
        Tells::Note(text, failed) => {
            let style = if *failed { look.theme.mark(super::theme::Mark::Late) } else { Style::new() };
            line.left(text, style);
        }
        Tells::Rest(pressed, rest) => {
            let pressed: Vec<String> = pressed.iter().map(Key::to_string).collect();
            line.left(&pressed.join(" "), look.theme.key()).skip(2);
            for (key, what) in rest {
                hint(&mut line, &key.to_string(), what.label(look.lang), look);
            }
        }
        Tells::Past(scope) => {
            if let Some(key) = look.keys.keys_of(scope.stack(), Act::Back).first() {
                hint(&mut line, key, say::returns_to_today(look.lang), look);
            }
            let acts = [Act::FocusNext, Act::Open, Act::Find, Act::History, Act::Palette, Act::Help];
            hints(&mut line, *scope, &acts, look);
        }
        Tells::Marked(scope) => {
            if let Some(key) = look.keys.keys_of(scope.stack(), Act::Back).first() {
                hint(&mut line, key, Act::Unmark.label(look.lang), look);
            }
            hints(&mut line, *scope, for_marked(*scope), look);
        }
        Tells::Used(scope, act) => {
            if let Some(key) = look.keys.keys_of(scope.stack(), Act::Open).first() {
                hint(&mut line, key, act.label(look.lang), look);
            }
            hints(&mut line, *scope, &[Act::Back], look);
        }
        Tells::Keys(scope, narrowed) => {
            let panes =
                matches!(frame.shape, Shape::Stacked | Shape::One) && scope.stack().contains(&Scope::List);
            let first: &[Act] = if panes { &[Act::FocusNext] } else { &[] };
            if let (true, Some(key)) = (*narrowed, look.keys.keys_of(scope.stack(), Act::Back).first()) {
                hint(&mut line, key, say::shows_all(look.lang), look);
            }
            hints(&mut line, *scope, first, look);
            hints(&mut line, *scope, useful(*scope), look);
        }
    }
}

fn hints(line: &mut Line, scope: Scope, acts: &[Act], look: &Look) {
    for act in acts {
        if let Some(key) = look.keys.keys_of(scope.stack(), *act).first() {
            hint(line, key, act.label(look.lang), look);
        }
    }
}

/// Writes a key and what it does, if there is room for both.
fn hint(line: &mut Line, key: &str, label: &str, look: &Look) {
    let key = match key {
        "left" => look.theme.signs().left,
        "right" => look.theme.signs().right,
        key => key,
    };
    if super::paper::cells(key) + super::paper::cells(label) < line.room() {
        line.left(key, look.theme.key()).skip(1).left(label, look.theme.dim()).skip(2);
    }
}
