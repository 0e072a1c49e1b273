//! The last row: what can be done now, and what the link is doing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::frame::{Frame, Shape};
use super::look::Look;
use super::paper::{Line, cells};
use crate::keys::{Act, Key, Scope, What};
use crate::text::say::{form, tui as say};

/// What the footer tells.
#[derive(Debug)]
pub(super) enum Tells<'a> {
    /// What can be done where this scope is in focus; true: the list is narrowed, and one may want to see all again.
    Keys(Scope, bool),
    /// What can be done in a list whose rows are not opened but used for this; for going back: for nothing.
    Used(Scope, Act),
    /// What can be done in the list of the open pool; true: the list is narrowed.
    Pooled(bool),
    /// What can be done with the rows that are marked where this scope is in focus.
    Marked(Scope),
    /// What can be done where this scope is in focus, while a day that has been is seen.
    Past(Scope),
    /// What can be done in a field that offers something.
    Offers {
        /// What is under the bar is taken by the key that else saves.
        enter: bool,
        /// It is taken by the key that goes on to the next field.
        tab: bool,
    },
    /// The keys that may follow those that were pressed, and what these are called.
    Rest(&'a [Key], Option<String>, Vec<(Key, What)>),
    /// Nothing beside the note: it asks, and any key answers.
    Nothing,
}

/// What became of the last act, or is asked; true: it did not come to be, or is to be thought of.
pub(super) type Note<'a> = (&'a str, bool);

/// What keeps a note from the keys behind it.
const APART: u16 = 3;

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
        Scope::Timeline => {
            &[Act::NextTask, Act::Log, Act::Edit, Act::AddTask, Act::Find, Act::Undo, Act::Palette, Act::Help]
        }
        Scope::Form => &[Act::Save, Act::Cancel, Act::NextField, Act::Discard, Act::Newline],
        Scope::Choice => &[Act::ChoiceNext, Act::Save, Act::Cancel, Act::NextField, Act::Discard],
        Scope::Search => &[Act::Open, Act::Here, Act::KillLine, Act::Back],
        Scope::Filter => &[Act::KeepFilter, Act::CompleteFilter, Act::FilterBefore, Act::KillLine, Act::Back],
        Scope::Views => &[Act::Open, Act::SaveView, Act::ShareView, Act::RemoveView, Act::Back],
        Scope::Columns => &[Act::Toggle, Act::Back],
        Scope::Prompt => &[Act::Open, Act::Complete, Act::Back],
        Scope::List => &[Act::Open, Act::Back],
        Scope::Policy => &[Act::Open, Act::Adopt, Act::PolicyDiff, Act::Export, Act::TryAgain, Act::Back],
        Scope::Inbox => &[Act::Open, Act::ReadAll, Act::Back],
        Scope::Board => &[Act::Open, Act::Why, Act::NumberAfter, Act::TryPolicy, Act::Back],
        Scope::Playbooks => &[Act::Open, Act::Pause, Act::Resume, Act::Stop, Act::PlaybookFigures, Act::Back],
        Scope::Plan => &[Act::Open, Act::LeaveOut, Act::TasksWhose, Act::Back],
        Scope::Tiers => {
            &[Act::Open, Act::Board, Act::Why, Act::NextTask, Act::Log, Act::Find, Act::Palette, Act::Help]
        }
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

/// A key and what it does.
struct Hint<'a> {
    key: String,
    label: &'a str,
    act: Act,
}

impl<'a> Hint<'a> {
    /// What an act is called here; none where no key does it.
    fn called(scope: Scope, act: Act, label: &'a str, look: &Look) -> Option<Hint<'a>> {
        let key = look.keys.keys_of(scope.stack(), act).into_iter().next()?;
        let key = match key.as_str() {
            "left" => look.theme.signs().left.to_owned(),
            "right" => look.theme.signs().right.to_owned(),
            _ => key,
        };
        Some(Hint { key, label, act })
    }

    fn of(scope: Scope, act: Act, look: &Look) -> Option<Hint<'a>> {
        let label = match (scope, act) {
            (Scope::Prompt, Act::Open) => say::does_it(look.lang),
            (Scope::Pick, Act::Open) => say::takes_it(look.lang),
            _ => act.label(look.lang),
        };
        Hint::called(scope, act, label, look)
    }

    /// With what keeps it from the next one.
    fn width(&self) -> u16 {
        cells(&self.key) + 1 + cells(self.label) + 2
    }

    /// What goes last where there is no room: the way back, and the two keys that lead to all others.
    fn weight(&self) -> u8 {
        match self.act {
            Act::Back | Act::Cancel => 0,
            Act::Help => 1,
            Act::Palette => 2,
            _ => 3,
        }
    }
}

/// Those that there is room for, in their order: the weightiest and, of the same weight, the first.
fn fitting(hints: Vec<Hint>, room: u16) -> Vec<Hint> {
    let mut by_weight: Vec<usize> = (0..hints.len()).collect();
    by_weight.sort_by_key(|at| hints[*at].weight());
    let mut left = room + 2;
    by_weight.retain(|at| {
        let fits = hints[*at].width() <= left;
        left -= if fits { hints[*at].width() } else { 0 };
        fits
    });
    let seen = |at: &usize| by_weight.contains(at);
    hints.into_iter().enumerate().filter(|(at, _)| seen(at)).map(|(_, hint)| hint).collect()
}

/// Draws the footer where this scope is in focus: the note, with the keys behind it that there is room for; `state` is
/// what the link is doing.
pub(super) fn draw(
    buffer: &mut Buffer,
    frame: &Frame,
    note: Option<Note>,
    (tells, scope): (&Tells, Scope),
    (state, style): (&str, Style),
    look: &Look,
) {
    let mut line = Line::of(buffer, frame.footer(), 0);
    line.skip(1).skip_right(1).right(state, style).skip_right(2);
    if let Some((text, failed)) = note {
        let style = if failed { look.theme.mark(super::theme::Mark::Late) } else { Style::new() };
        line.left(text, style).skip(APART);
    }
    let (scope, special, acts) = match tells {
        Tells::Nothing => return,
        Tells::Offers { enter, tab } => {
            let take = if *enter { form::take(look.lang) } else { Act::Save.label(look.lang) };
            let next = Act::NextField.label(look.lang);
            let and_go = if *tab { form::take_and_go_on(look.lang) } else { next };
            let away = form::close_offers(look.lang);
            let hints = [(Act::Open, take), (Act::NextField, and_go), (Act::Back, away)];
            let hints =
                hints.into_iter().filter_map(|(act, label)| Hint::called(Scope::Pick, act, label, look));
            for hint in fitting(hints.collect(), line.room()) {
                write(&mut line, &hint.key, hint.label, look);
            }
            return;
        }
        Tells::Rest(pressed, label, rest) => {
            let pressed: Vec<String> = pressed.iter().map(Key::to_string).collect();
            line.left(&pressed.join(" "), look.theme.key()).skip(1);
            if let Some(label) = label {
                line.left(label, look.theme.title(false)).skip(1);
            }
            line.skip(1);
            let hints: Vec<(String, &str)> =
                rest.iter().map(|(key, what)| (key.to_string(), what.label(look.lang))).collect();
            let needed: u16 = hints.iter().map(|(key, label)| cells(key) + cells(label) + 3).sum();
            if needed > line.room() + 2 {
                return draw_hints(buffer, frame, &hints, scope, look);
            }
            for (key, label) in &hints {
                write(&mut line, key, label, look);
            }
            return;
        }
        Tells::Past(scope) => (scope, Some((Act::Back, say::returns_to_today(look.lang))), PAST.to_vec()),
        Tells::Marked(scope) => {
            (scope, Some((Act::Back, Act::Unmark.label(look.lang))), for_marked(*scope).to_vec())
        }
        Tells::Used(scope, Act::Back) => (scope, None, vec![Act::Back]),
        Tells::Used(scope, act) => (scope, Some((Act::Open, act.label(look.lang))), vec![Act::Back]),
        Tells::Pooled(narrowed) => {
            let alone = matches!(frame.shape, Shape::Stacked | Shape::One);
            let panes = alone.then_some(Act::FocusNext).into_iter();
            let acts = panes.chain([Act::Claim]).chain(useful(Scope::Customers).iter().copied()).collect();
            (&Scope::Customers, narrowed.then_some((Act::Back, say::shows_all(look.lang))), acts)
        }
        Tells::Keys(scope, narrowed) => {
            let alone = matches!(frame.shape, Shape::Stacked | Shape::One);
            let panes = (alone && is_pane(*scope)).then_some(Act::FocusNext);
            let acts = panes.into_iter().chain(useful(*scope).iter().copied()).collect();
            (scope, narrowed.then_some((Act::Back, say::shows_all(look.lang))), acts)
        }
    };
    let special = special.and_then(|(act, label)| Hint::called(*scope, act, label, look));
    let others = acts.into_iter().filter_map(|act| Hint::of(*scope, act, look));
    for hint in fitting(special.into_iter().chain(others).collect(), line.room()) {
        write(&mut line, &hint.key, hint.label, look);
    }
}

/// Draws keys that may follow in columns above the footer, in at most half of the rows there; the last of these tells
/// of those for which there is no room.
fn draw_hints(buffer: &mut Buffer, frame: &Frame, hints: &[(String, &str)], scope: Scope, look: &Look) {
    let footer = frame.footer();
    let key = hints.iter().map(|(key, _)| cells(key)).max().unwrap_or(0);
    let wide = key + 3 + hints.iter().map(|(_, label)| cells(label)).max().unwrap_or(0);
    let columns = usize::from((footer.width.saturating_sub(1) / wide).max(1));
    let most = usize::from((footer.y / 2).max(1));
    let rows = hints.len().div_ceil(columns);
    let shown = if rows > most { most - 1 } else { rows };
    let height = rows.min(most) as u16;
    let area = Rect { y: footer.y - height, height, ..footer };
    Clear.render(area, buffer);
    for (at, (name, label)) in hints.iter().take(shown * columns).enumerate() {
        let cell = Rect { x: area.x + 1 + (at / shown) as u16 * wide, width: wide, ..area };
        let mut line = Line::of(buffer, cell, (at % shown) as u16);
        line.skip(key - cells(name)).left(name, look.theme.key()).skip(1).left(label, look.theme.dim());
    }
    if let Some(more) = hints.len().checked_sub(shown * columns).filter(|more| *more > 0) {
        let dots = if look.theme.is_ascii() { ".." } else { "…" };
        let text = format!("{dots} {}", form::more_keys(look.lang, more, look.key(scope, Act::Help)));
        Line::of(buffer, area, shown as u16).skip(1).left(&text, look.theme.dim());
    }
}

/// What is of use while a day that has been is seen.
const PAST: [Act; 6] = [Act::FocusNext, Act::Open, Act::Find, Act::History, Act::Palette, Act::Help];

/// Whether this is the scope of a pane, and not of a sheet over it.
fn is_pane(scope: Scope) -> bool {
    matches!(scope, Scope::Customers | Scope::Timeline | Scope::Tasks | Scope::Tiers)
}

/// Writes a key and what it does, if there is room for both.
fn write(line: &mut Line, key: &str, label: &str, look: &Look) {
    if cells(key) + cells(label) < line.room() {
        line.left(key, look.theme.key()).skip(1).left(label, look.theme.dim()).skip(2);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hint(act: Act) -> Hint<'static> {
        Hint { key: "x".to_owned(), label: act.label(crate::text::Lang::En), act }
    }

    fn seen(acts: &[Act], room: u16) -> Vec<Act> {
        let hints = acts.iter().map(|act| hint(*act)).collect();
        fitting(hints, room).iter().map(|hint| hint.act).collect()
    }

    #[test]
    fn the_way_back_and_the_keys_that_lead_to_others_go_last() {
        let acts = [Act::NextTask, Act::Log, Act::Palette, Act::Help, Act::Back];
        assert_eq!(seen(&acts, 100), acts);
        assert_eq!(seen(&acts, 28), [Act::Log, Act::Palette, Act::Help, Act::Back]);
        assert_eq!(seen(&acts, 14), [Act::Help, Act::Back]);
        assert_eq!(seen(&acts, 6), [Act::Back]);
    }

    proptest! {
        #[test]
        fn what_is_seen_fits_and_nothing_is_dropped_for_what_weighs_less(
            acts in proptest::sample::subsequence(Act::ALL, 0..12),
            room in 0_u16..120,
        ) {
            let wide = |acts: &[Act]| acts.iter().map(|act| hint(*act).width()).sum::<u16>();
            let kept = seen(&acts, room);
            prop_assert!(wide(&kept) <= room + 2);
            for gone in acts.iter().filter(|act| !kept.contains(act)) {
                let weight = hint(*gone).weight();
                let before: Vec<Act> = kept.iter().copied().filter(|act| hint(*act).weight() <= weight).collect();
                prop_assert!(wide(&before) + hint(*gone).width() > room + 2);
            }
        }
    }
}
