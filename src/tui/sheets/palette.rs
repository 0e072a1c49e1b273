//! The palette: acts by their name, in either language, with the keys that do them. Behind a name stands what the act
//! is told, completed and checked while it is typed.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Wish, argument, paper};
use crate::filter::Candidate;
use crate::keys::{Act, Argument, Scope};
use crate::model::Instant;
use crate::text::pinyin::{Hay, Needle};
use crate::text::say::tui as say;
use crate::text::{Clean, Lang, width};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::edit::{Edit, Lines};
use crate::tui::frame::{Frame, Pane};
use crate::tui::look::Look;
use crate::tui::panes::Seen;
use crate::tui::paper::{Line, cells};
use crate::tui::recall::Recall;
use crate::tui::theme::Mark;

/// The width of the sheet, where there is room, and the most acts it shows.
const WIDTH: u16 = 70;
const ROWS: u16 = 10;
/// The most bytes that may be typed.
const LIMIT: usize = 2_000;

/// The palette of acts.
#[derive(Debug)]
pub(in crate::tui) struct Palette {
    /// Where the acts are done.
    scope: Scope,
    /// What can be done there.
    all: Vec<Act>,
    /// What fits to what was typed, the best first.
    fitting: Vec<Act>,
    /// What may be written where an act is told something.
    offers: Vec<Candidate>,
    typed: Edit,
    bar: Bar,
    /// What was run before and can be run here.
    past: Recall,
    /// Somebody wants it run as it is: what is wrong is told even where it may not be finished.
    insists: bool,
    /// What stands behind the name was there before and gives way to whatever is typed.
    gives_way: bool,
}

impl Palette {
    /// Every act that can be done where this scope is in focus; with `here`, only what is done with what is under the
    /// bar. `ran` is what was run before, the newest last.
    pub(in crate::tui) fn new(scope: Scope, here: bool, ran: &[Clean]) -> Palette {
        let near = |act: &Act| match act.scope() {
            Scope::Global => HERE.contains(act),
            Scope::List => *act == Act::Open,
            Scope::Marks => *act == Act::Mark,
            of_pane => scope.stack().contains(&of_pane),
        };
        let mut all = possible(scope);
        all.retain(|act| *act != Act::Palette && (!here || near(act)));
        if here {
            // What is done to such a row goes first, then what is done nowhere else.
            let of_row = |act: &Act| scope == Scope::Tasks && OF_TASKS.contains(act);
            let place = |act: &Act| scope.stack().iter().position(|part| *part == act.scope());
            all.sort_by_key(|act| (!of_row(act), place(act)));
        }
        let possible = |line: &&Clean| {
            let name = line.as_str().split(' ').next();
            all.iter().any(|act| Some(act.name()) == name)
        };
        Palette {
            scope,
            fitting: all.clone(),
            offers: Vec::new(),
            typed: Edit::new(Lines::One, LIMIT),
            bar: Bar::default(),
            past: Recall::new(ran.iter().filter(possible).cloned().collect()),
            insists: false,
            gives_way: false,
            all,
        }
    }

    /// The palette with the name of an act, to be told what it needs.
    pub(in crate::tui) fn asking(act: Act, scope: Scope, ran: &[Clean]) -> Palette {
        let mut palette = Palette::new(scope, false, ran);
        palette.begin(act);
        palette
    }

    /// With this behind the name, to be changed or taken.
    pub(in crate::tui) fn with(mut self, told: &str) -> Palette {
        self.typed.paste(told);
        self.narrow();
        self
    }

    /// With this behind the name, to be taken, or replaced by what is typed.
    pub(in crate::tui) fn proposing(self, told: &str) -> Palette {
        Palette { gives_way: !told.is_empty(), ..self.with(told) }
    }

    pub(super) fn act(&mut self, act: Act, book: &Book, now: Instant) -> Option<Vec<Wish>> {
        let before = self.typed.text().to_owned();
        self.gives_way &= act.scope() != Scope::Field; // else it is changed
        match act {
            Act::Open => return Some(self.run(book, now)),
            Act::Back => return Some(vec![Wish::Close]),
            Act::Complete => self.complete(),
            Act::RunBefore => self.past.back(&mut self.typed),
            Act::RunAfter => self.past.forth(&mut self.typed),
            // What was run before lies above the first row.
            Act::Up if self.bar.row == 0 => self.past.back(&mut self.typed),
            Act::Down if self.past.is_back(&self.typed) => self.past.forth(&mut self.typed),
            Act::Up | Act::Down | Act::PageUp | Act::PageDown => {
                self.bar.act(act, self.rows(), usize::from(ROWS));
            }
            _ if self.typed.act(act) => {}
            _ if act.scope() != Scope::Field => return None,
            _ => {}
        }
        if self.typed.text() != before {
            self.narrow();
        }
        Some(Vec::new())
    }

    pub(super) fn take(&mut self, text: &str) -> usize {
        if std::mem::take(&mut self.gives_way) {
            let start = self.told().map_or(0, |(.., start)| start);
            self.typed.put(start..self.typed.text().len(), "");
        }
        let left_out = self.typed.paste(text);
        self.narrow();
        left_out
    }

    /// Where nothing can be offered, there is no room for it.
    fn place(&self, frame: &Frame) -> Rect {
        let free = self.told().is_some_and(|(_, argument, _)| !argument::has_offers(argument));
        frame.sheet(WIDTH, if free { 5 } else { ROWS + 3 })
    }

    fn rows(&self) -> usize {
        if self.told().is_some() { self.offers.len() } else { self.fitting.len() }
    }

    /// The act that is told something, what it is told, and where that begins.
    fn told(&self) -> Option<(Act, Argument, usize)> {
        let (act, start) = told(&self.all, self.typed.text())?;
        Some((act, act.argument()?, start))
    }

    /// Runs what is typed, or else the act under the bar.
    fn run(&mut self, book: &Book, now: Instant) -> Vec<Wish> {
        let Some((act, argument, start)) = self.told() else {
            return match self.fitting.get(self.bar.row).copied() {
                Some(act) if act.argument().is_some_and(Argument::is_needed) => {
                    self.begin(act);
                    Vec::new()
                }
                Some(act) => vec![Wish::Close, Wish::Order(act, Clean::default())],
                None => {
                    self.insists = true;
                    Vec::new()
                }
            };
        };
        let typed = self.typed.text()[start..].trim();
        if typed.is_empty() && !argument.is_needed() {
            return vec![Wish::Close, Wish::Order(act, Clean::default())];
        }
        let offered = self.offers.get(self.bar.row).filter(|_| argument::is_one_of(argument));
        let meant = offered.map_or(typed, |offer| &offer.text);
        self.insists = argument::read(argument, meant, book, now).is_err();
        if self.insists && argument == Argument::PolicyFile && !self.offers.is_empty() {
            return self.go_into(act, start, book, now);
        }
        if self.insists { Vec::new() } else { vec![Wish::Close, Wish::Order(act, Clean::washed(meant).0)] }
    }

    /// Completes the path by what is under the bar: a file is taken at once, of a folder is shown what it has.
    fn go_into(&mut self, act: Act, start: usize, book: &Book, now: Instant) -> Vec<Wish> {
        self.complete();
        self.narrow();
        let path = self.typed.text()[start..].trim();
        let is_file = argument::read(Argument::PolicyFile, path, book, now).is_ok();
        if is_file { vec![Wish::Close, Wish::Order(act, Clean::washed(path).0)] } else { Vec::new() }
    }

    /// Writes the name of an act, for what it is told to be written behind it.
    fn begin(&mut self, act: Act) {
        let blank = if act.argument().is_some() { " " } else { "" };
        self.typed.put(0..self.typed.text().len(), &format!("{}{blank}", act.name()));
        self.narrow();
    }

    fn complete(&mut self) {
        if let Some((_, _, start)) = self.told() {
            if let Some(offer) = self.offers.get(self.bar.row) {
                self.typed.put(start + offer.at.start..start + offer.at.end, &offer.text);
            }
        } else if let Some(act) = self.fitting.get(self.bar.row) {
            self.begin(*act);
        }
    }

    fn narrow(&mut self) {
        self.fitting = fitting(&self.all, self.typed.text());
        (self.bar, self.insists) = (Bar::default(), false);
    }

    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        let (text, caret) = (self.typed.text(), self.typed.caret());
        self.offers = self.told().map_or_else(Vec::new, |(_, argument, start)| {
            argument::offers(argument, &text[start..], caret.saturating_sub(start), seen.book, seen.look.lang)
        });
        let above = if self.told().is_some() { 4 } else { 3 };
        self.bar.settle(self.rows(), usize::from(self.place(frame).height.saturating_sub(above)));
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) -> Position {
        let look = &seen.look;
        let inside = paper(buffer, self.place(frame), say::acts(look.lang), "", look);
        let mut line = Line::of(buffer, inside, 0);
        line.left(": ", look.theme.key());
        let start = line.column();
        let (text, column) = self.typed.window(line.room());
        line.left(text, if self.gives_way { look.theme.dim() } else { Style::new() });
        let below =
            |rows: u16| Rect { y: inside.y + rows, height: inside.height.saturating_sub(rows), ..inside };
        match self.told() {
            Some((_, argument, told)) => {
                let (fault, said) = self.understood(argument, told, seen);
                let mut used = 1;
                if let Some(at) = &fault {
                    let hidden = cells(&self.typed.text()[..self.typed.caret()]).saturating_sub(column);
                    let place = |at: usize| cells(&self.typed.text()[..told + at]).saturating_sub(hidden);
                    let carets = "^".repeat(usize::from((place(at.end) - place(at.start)).max(1)));
                    let mut line = Line::of(buffer, inside, used);
                    line.skip(start - inside.x + place(at.start)).left(&carets, look.theme.mark(Mark::Late));
                    used += 1;
                }
                let rows = match fault {
                    Some(_) => width::wrap(&said.0, usize::from(inside.width.saturating_sub(2))),
                    None => vec![said.0],
                };
                for row in rows.iter().take(usize::from(inside.height.saturating_sub(used))) {
                    Line::of(buffer, inside, used).skip(2).left(row, said.1);
                    used += 1;
                }
                self.draw_offers(buffer, below(used), look);
            }
            None => self.draw_acts(buffer, below(1), look),
        }
        Position::new(start + column, inside.y)
    }

    /// Where what is typed is wrong, if that is to be told; and what is understood, wrong or expected.
    fn understood(
        &self,
        argument: Argument,
        told: usize,
        seen: Seen,
    ) -> (Option<Range<usize>>, (String, Style)) {
        let (look, text) = (&seen.look, &self.typed.text()[told..]);
        let expects = (argument.expects(look.lang).to_owned(), look.theme.dim());
        match argument::read(argument, text, seen.book, look.now) {
            Ok(meant) => (None, meant.map_or(expects, |meant| (meant.say(look), look.theme.mark(Mark::New)))),
            Err(_) if text.trim().is_empty() && !self.insists => (None, expects),
            Err(fault) if !self.insists && (!self.offers.is_empty() || fault.may_go_on(text)) => {
                (None, expects)
            }
            Err(fault) => (Some(fault.at.clone()), (fault.say(look), look.theme.mark(Mark::Late))),
        }
    }

    fn draw_acts(&self, buffer: &mut Buffer, rows: Rect, look: &Look) {
        for (at, act) in self.fitting.iter().enumerate().skip(self.bar.top).take(usize::from(rows.height)) {
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, rows, (at - self.bar.top) as u16);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            let keys = look.keys.keys_of(self.scope.stack(), *act);
            line.right(keys.first().map_or("", String::as_str), look.theme.key()).skip_right(1);
            let (does, usage) = (act.describe(look.lang), act.usage(look.lang));
            if act.argument().is_some() && cells(does) + cells(&usage) + 2 <= line.room() {
                line.right(&usage, look.theme.dim()).skip_right(1);
            }
            line.left(does, look.theme.selected(selected));
        }
        if self.fitting.is_empty() {
            let style = if self.insists { look.theme.mark(Mark::Late) } else { look.theme.dim() };
            for (at, row) in width::wrap(&self.why_none(look), usize::from(rows.width) - 2).iter().enumerate()
            {
                Line::of(buffer, rows, at as u16).skip(1).left(row, style);
            }
        }
    }

    /// Why nothing is offered: what is typed is done in another pane, or nowhere.
    fn why_none(&self, look: &Look) -> String {
        let typed = self.typed.text().trim();
        let named = |act: &Act| typed.split(' ').next() == Some(act.name());
        let elsewhere =
            Act::ALL.iter().copied().filter(named).find_map(|act| Some((act, Pane::of(act.scope())?)));
        let Some((act, pane)) = elsewhere else { return say::no_act(look.lang).to_owned() };
        let (title, go) = (pane.scope().title(look.lang), look.key(self.scope, pane.go()));
        say::elsewhere(look.lang, act.name(), act.describe(look.lang), title, go)
    }

    fn draw_offers(&self, buffer: &mut Buffer, rows: Rect, look: &Look) {
        for (at, offer) in self.offers.iter().enumerate().skip(self.bar.top).take(usize::from(rows.height)) {
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, rows, (at - self.bar.top) as u16);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            line.left(&offer.text, look.theme.selected(selected)).skip(2).left(&offer.hint, look.theme.dim());
        }
    }
}

/// Acts of everywhere that end or move a task.
const OF_TASKS: [Act; 2] = [Act::TaskDone, Act::TaskSnooze];

/// Acts of everywhere that are done with what is under the bar.
const HERE: [Act; 15] = [
    Act::Log,
    Act::AddTask,
    Act::TaskDone,
    Act::TaskSnooze,
    Act::AddContact,
    Act::AddDeal,
    Act::AddPurchase,
    Act::Edit,
    Act::EditRecord,
    Act::PlaybookStart,
    Act::PlaybookPause,
    Act::PlaybookResume,
    Act::PlaybookStop,
    Act::CareSkip,
    Act::Undo,
];

/// What can be done where this scope is in focus, with a key or without. What is done to the customers under the bar
/// is, from another pane, done to the customer that everything is about.
pub(super) fn possible(scope: Scope) -> Vec<Act> {
    let about_customer = |act: &Act| act.scope() == Scope::Customers && Pane::of(scope).is_some();
    let there = |act: &Act| {
        matches!(act.scope(), Scope::Global | Scope::List)
            || scope.stack().contains(&act.scope())
            || about_customer(act)
    };
    Act::ALL.iter().copied().filter(there).collect()
}

/// The act that a line names in front of what the act is told, and where that begins. What may yet become the name of
/// an act is not taken for it, and nothing is written on the word of an abbreviation.
fn told(acts: &[Act], line: &str) -> Option<(Act, usize)> {
    let (head, _) = line.split_once(' ')?;
    let dashed = line.to_lowercase().replace(' ', "-");
    if acts.iter().any(|act| act.name().starts_with(&dashed)) {
        return None;
    }
    let tellable = || acts.iter().copied().filter(|act| act.argument().is_some());
    let named = tellable().flat_map(|act| {
        let names = [act.name(), act.label(Lang::En), act.label(Lang::Zh)];
        names.map(|name| (act, name.len())).into_iter().filter(move |(_, end)| {
            let is_name = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
            line.get(..*end).is_some_and(is_name) && line[*end..].starts_with(' ')
        })
    });
    if let Some((act, end)) = named.max_by_key(|(_, end)| *end) {
        return Some((act, end + 1));
    }
    let begun = |act: &Act| head.len() > 1 && act.name().starts_with(head);
    let mut begun = acts.iter().filter(|act| begun(act));
    match (begun.next(), begun.next()) {
        (Some(act), None) if act.argument().is_some() && !act.writes() => Some((*act, head.len() + 1)),
        _ => None,
    }
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

/// Whether each word that was typed begins one of an act's name, label or description.
pub(super) fn has_words(act: Act, typed: &str) -> bool {
    let [en, zh] = [Lang::En, Lang::Zh].map(|lang| format!("{} {}", act.label(lang), act.describe(lang)));
    let said = format!("{} {en}", act.name()).to_lowercase();
    let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).collect();
    let typed = typed.to_lowercase();
    typed
        .split_whitespace()
        .all(|part| words.iter().any(|word| word.starts_with(part)) || !part.is_ascii() && zh.contains(part))
}

/// How well an act begins with what was typed: it is its name, or its name or what the footer calls it, a word of
/// these, a word of its description, or none.
fn begins(act: Act, typed: &str) -> u8 {
    let typed = typed.to_lowercase();
    let names = [act.name(), act.label(Lang::En), act.label(Lang::Zh)];
    let word = |text: &str| text.split([' ', '-', '/']).any(|word| word.to_lowercase().starts_with(&typed));
    if act.name() == typed {
        4
    } else if names.iter().any(|name| name.to_lowercase().starts_with(&typed)) {
        3
    } else if names.into_iter().any(word) {
        2
    } else {
        u8::from(has_words(act, &typed))
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
        let found = fitting(Palette::new(Scope::Tasks, false, &[]).all.as_slice(), "do");
        assert_eq!(found[..3], [Act::TaskDone, Act::Down, Act::PageDown], "{found:?}");
        assert_eq!(best("mark"), Some(Act::Mark));
        let undo = fitting(Act::ALL, "un");
        assert_eq!(undo[0], Act::Undo, "{undo:?}");
    }

    #[test]
    fn words_go_before_scattered_letters() {
        assert_eq!(best("undo last"), Some(Act::Undo));
        assert_eq!(best("customer before"), Some(Act::JumpBack));
        assert!(has_words(Act::AddDeal, "deal add") && has_words(Act::AddDeal, "添加商机"));
        assert!(!has_words(Act::AddDeal, "eal"));
    }

    #[test]
    fn here_offers_what_can_be_done_with_the_row() {
        let here = Palette::new(Scope::Tasks, true, &[]).all;
        assert_eq!(here[..3], [Act::TaskDone, Act::TaskSnooze, Act::TaskAssign]);
        assert!(here.contains(&Act::Log) && !here.contains(&Act::Quit));
        assert!(!Palette::new(Scope::Customers, true, &[]).all.contains(&Act::TaskAssign));
        assert!(Palette::new(Scope::Customers, false, &[]).all.contains(&Act::Quit));
    }

    #[test]
    fn what_stands_behind_a_name_is_told_to_the_act() {
        let line = |scope, typed| {
            let all = Palette::new(scope, false, &[]).all;
            told(&all, typed).map(|(act, start)| (act, typed[start..].to_owned()))
        };
        let told_to = |act, text: &str| Some((act, text.to_owned()));
        let (list, queue) = (Scope::Customers, Scope::Tasks);
        assert_eq!(line(list, "assign anna li"), told_to(Act::Assign, "anna li"));
        assert_eq!(line(queue, "assign anna"), told_to(Act::TaskAssign, "anna"));
        assert_eq!(line(list, "as-of "), told_to(Act::AsOf, ""));
        assert_eq!(line(list, "as of friday"), told_to(Act::AsOf, "friday"));
        assert_eq!(line(list, "视图 重点"), told_to(Act::Views, "重点"));
        assert_eq!(line(list, "lang zh"), told_to(Act::Language, "zh"), "begun and no other");
        assert_eq!(line(list, "add a task"), None, "words are looked for, and nothing is written by them");
        assert_eq!(line(list, "set tier"), None, "on the way to set-tier");
        assert_eq!(line(queue, "task d"), None);
        assert_eq!(line(list, "assign"), None);
        assert_eq!(line(list, "undo 7"), None, "it takes nothing");
    }
}
