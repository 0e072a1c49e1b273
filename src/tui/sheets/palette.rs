//! The palette: acts by their name, in either language, with the keys that do them.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::{Act, Scope};
use crate::text::Lang;
use crate::text::pinyin::{Hay, Needle};
use crate::text::say::tui as say;
use crate::tui::bar::Bar;
use crate::tui::edit::{Edit, Lines};
use crate::tui::frame::Frame;
use crate::tui::look::Look;
use crate::tui::paper::Line;

/// The width of the sheet, where there is room, and the most acts it shows.
const WIDTH: u16 = 60;
const ROWS: u16 = 10;

/// The palette of acts.
#[derive(Debug)]
pub(in crate::tui) struct Palette {
    /// Where the acts are done.
    scope: Scope,
    /// What can be done there.
    all: Vec<Act>,
    /// What fits to what was typed, the best first.
    fitting: Vec<Act>,
    typed: Edit,
    bar: Bar,
}

impl Palette {
    /// Every act that can be done where this scope is in focus; with `here`, only what is done with what is under the
    /// bar.
    pub(in crate::tui) fn new(scope: Scope, here: bool) -> Palette {
        let near = |act: &Act| match act.scope() {
            Scope::Global => HERE.contains(act),
            Scope::List => *act == Act::Open,
            Scope::Marks => *act == Act::Mark,
            _ => true,
        };
        let mut all = possible(scope);
        all.retain(|act| *act != Act::Palette && (!here || near(act)));
        if here {
            // What is done to such a row goes first, then what is done nowhere else.
            let of_row = |act: &Act| scope == Scope::Tasks && OF_TASKS.contains(act);
            let place = |act: &Act| scope.stack().iter().position(|part| *part == act.scope());
            all.sort_by_key(|act| (!of_row(act), place(act)));
        }
        let typed = Edit::new(Lines::One, 100);
        Palette { scope, fitting: all.clone(), all, typed, bar: Bar::default() }
    }

    pub(super) fn act(&mut self, act: Act) -> Option<Vec<Wish>> {
        match act {
            Act::Open => {
                let chosen = self.fitting.get(self.bar.row).map(|act| Wish::Run(*act));
                return Some(std::iter::once(Wish::Close).chain(chosen).collect());
            }
            Act::Back => return Some(vec![Wish::Close]),
            Act::Complete => self.complete(),
            Act::Up | Act::Down | Act::PageUp | Act::PageDown => {
                self.bar.act(act, self.fitting.len(), usize::from(ROWS));
            }
            _ if self.typed.act(act) => self.narrow(),
            _ if act.scope() != Scope::Field => return None,
            _ => {}
        }
        Some(Vec::new())
    }

    pub(super) fn take(&mut self, text: &str) {
        self.typed.paste(text);
        self.narrow();
    }

    fn complete(&mut self) {
        if let Some(act) = self.fitting.get(self.bar.row) {
            self.typed.clear();
            self.typed.paste(act.name());
        }
    }

    fn narrow(&mut self) {
        self.fitting = fitting(&self.all, self.typed.text());
        self.bar = Bar::default();
    }

    pub(super) fn settle(&mut self, frame: &Frame) {
        self.bar.settle(self.fitting.len(), usize::from(place(frame).height.saturating_sub(3)));
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, look: &Look) -> Position {
        let inside = paper(buffer, place(frame), say::acts(look.lang), "", look);
        let mut line = Line::of(buffer, inside, 0);
        line.left(": ", look.theme.key());
        let (text, column) = self.typed.window(line.room());
        let caret = Position::new(line.column() + column, inside.y);
        line.left(text, Style::new());
        let rows = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
        for (at, act) in self.fitting.iter().enumerate().skip(self.bar.top).take(usize::from(rows.height)) {
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, rows, (at - self.bar.top) as u16);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            let keys = look.keys.keys_of(self.scope.stack(), *act);
            line.right(keys.first().map_or("", String::as_str), look.theme.key()).skip_right(1);
            line.left(act.describe(look.lang), look.theme.selected(selected));
        }
        if self.fitting.is_empty() {
            Line::of(buffer, rows, 0).skip(1).left(say::no_act(look.lang), look.theme.dim());
        }
        caret
    }
}

/// Acts of everywhere that end or move a task.
const OF_TASKS: [Act; 2] = [Act::TaskDone, Act::TaskSnooze];

/// Acts of everywhere that are done with what is under the bar.
const HERE: [Act; 10] = [
    Act::Log,
    Act::AddTask,
    Act::TaskDone,
    Act::TaskSnooze,
    Act::AddContact,
    Act::AddDeal,
    Act::AddPurchase,
    Act::EditCustomer,
    Act::EditRecord,
    Act::Undo,
];

fn place(frame: &Frame) -> Rect {
    frame.sheet(WIDTH, ROWS + 3)
}

/// What can be done where this scope is in focus, with a key or without.
pub(super) fn possible(scope: Scope) -> Vec<Act> {
    let there = |act: &Act| {
        matches!(act.scope(), Scope::Global | Scope::List) || scope.stack().contains(&act.scope())
    };
    Act::ALL.iter().copied().filter(there).collect()
}

/// The acts that fit to a text, by name, description in either language, or the pinyin of the Chinese one.
pub(super) fn fitting(acts: &[Act], typed: &str) -> Vec<Act> {
    let typed = typed.trim();
    if typed.is_empty() {
        return acts.to_vec();
    }
    let (matcher, needle) = (SkimMatcherV2::default(), Needle::new(typed));
    let score = |act: Act| {
        let letters = [act.name(), act.describe(Lang::En), act.label(Lang::En)];
        let letters = letters.into_iter().filter_map(|text| matcher.fuzzy_match(text, typed)).max();
        let signs = [act.describe(Lang::Zh), act.label(Lang::Zh)];
        let signs = signs.into_iter().filter_map(|text| needle.score(&Hay::new(text))).max();
        // Letters are matched loosely: what fits by sound or sign goes before.
        letters.into_iter().chain(signs.map(i64::from)).max()
    };
    let mut found: Vec<(i64, Act)> = acts.iter().filter_map(|act| Some((score(*act)?, *act))).collect();
    found.sort_by_key(|(score, act)| (std::cmp::Reverse(begins(*act, typed)), std::cmp::Reverse(*score)));
    found.into_iter().map(|(_, act)| act).collect()
}

/// How well an act begins with what was typed: its name or what the footer calls it, a word of these, a word of its
/// description, or none.
fn begins(act: Act, typed: &str) -> u8 {
    let typed = typed.to_lowercase();
    let names = [act.name(), act.label(Lang::En), act.label(Lang::Zh)];
    let word = |text: &str| text.split([' ', '-', '/']).any(|word| word.to_lowercase().starts_with(&typed));
    if names.iter().any(|name| name.to_lowercase().starts_with(&typed)) {
        3
    } else if names.into_iter().any(word) {
        2
    } else {
        u8::from(word(act.describe(Lang::En)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(typed: &str) -> Option<Act> {
        fitting(Act::ALL, typed).into_iter().next()
    }

    #[test]
    fn acts_are_found_by_name_words_and_pinyin() {
        assert_eq!(best("task-done"), Some(Act::TaskDone));
        assert_eq!(best("undo"), Some(Act::Undo));
        assert_eq!(best("撤销"), Some(Act::Undo));
        assert_eq!(best("genjin"), Some(Act::Log));
        assert_eq!(best("xyzxyz"), None);
    }

    #[test]
    fn what_begins_as_typed_goes_before_what_has_the_letters_somewhere() {
        let found = fitting(Palette::new(Scope::Tasks, false).all.as_slice(), "do");
        assert_eq!(found[..3], [Act::TaskDone, Act::Down, Act::PageDown], "{found:?}");
        assert_eq!(best("mark"), Some(Act::Mark));
        let undo = fitting(Act::ALL, "un");
        assert_eq!(undo[0], Act::Undo, "{undo:?}");
    }

    #[test]
    fn here_offers_what_can_be_done_with_the_row() {
        let here = Palette::new(Scope::Tasks, true).all;
        assert_eq!(here[..3], [Act::TaskDone, Act::TaskSnooze, Act::TaskAssign]);
        assert!(here.contains(&Act::Log) && !here.contains(&Act::Quit));
        assert!(!Palette::new(Scope::Customers, true).all.contains(&Act::TaskAssign));
        assert!(Palette::new(Scope::Customers, false).all.contains(&Act::Quit));
    }
}
