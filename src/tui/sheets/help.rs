//! The keys in force and what they do, narrowed by what is typed. What no key does is named too, and where a key is
//! bound.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line as Text, Span};

use super::palette::{fitting, has_words, possible};
use super::{Wish, paper};
use crate::keys::keymap::SHIPPED;
use crate::keys::{Act, Binding, Origin, Scope};
use crate::text::say::{many, together, tui as say};
use crate::text::width;
use crate::tui::edit::{Edit, Lines};
use crate::tui::frame::Frame;
use crate::tui::look::Look;
use crate::tui::paper::Line;
use crate::tui::theme::Mark;

/// The width of the sheet, where there is room, and of its keys.
const WIDTH: u16 = 76;
const KEYS: usize = 20;
/// The width of the keys, where there is less.
const NARROW_KEYS: usize = 14;

/// The keys.
#[derive(Debug)]
pub(in crate::tui) struct Help {
    /// Where the keys are looked for.
    scope: Scope,
    typed: Edit,
    top: usize,
}

impl Help {
    /// The keys that work where this scope is in focus.
    pub(in crate::tui) fn new(scope: Scope) -> Help {
        Help { scope, typed: Edit::new(Lines::One, 100), top: 0 }
    }

    pub(super) fn act(&mut self, act: Act, height: usize) -> Option<Vec<Wish>> {
        let page = height.saturating_sub(5).max(1);
        match act {
            Act::Back | Act::Open | Act::Help => return Some(vec![Wish::Close]),
            Act::Up => self.top = self.top.saturating_sub(1),
            Act::Down => self.top += 1,
            Act::PageUp => self.top = self.top.saturating_sub(page),
            Act::PageDown => self.top += page,
            _ if self.typed.act(act) => self.top = 0,
            _ if act.scope() != Scope::Field => return None,
            _ => {}
        }
        Some(Vec::new())
    }

    pub(super) fn take(&mut self, text: &str) -> usize {
        let left_out = self.typed.paste(text);
        self.top = 0;
        left_out
    }

    /// Keeps it from being turned beyond its end.
    pub(super) fn settle(&mut self, frame: &Frame, look: &Look) {
        let rows = self.rows(look, room(frame)).len();
        let seen = usize::from(place(frame, rows).height.saturating_sub(3));
        self.top = self.top.min(rows.saturating_sub(seen));
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, look: &Look) -> Position {
        let rows = self.rows(look, room(frame));
        let place = place(frame, rows.len());
        let seen = usize::from(place.height.saturating_sub(3));
        let aside = if rows.len() > seen {
            format!("{}-{}/{}", self.top + 1, (self.top + seen).min(rows.len()), rows.len())
        } else {
            String::new()
        };
        let inside = paper(buffer, place, say::keys(look.lang), &aside, look);
        let mut line = Line::of(buffer, inside, 0);
        line.left("? ", look.theme.key());
        let (text, column) = self.typed.window(line.room());
        let caret = Position::new(line.column() + column, inside.y);
        line.left(text, Style::new());
        if text.is_empty() {
            line.left(say::narrows(look.lang), look.theme.dim());
        }
        let below = Rect { y: inside.y + 1, height: inside.height.saturating_sub(1), ..inside };
        for (at, row) in rows.iter().skip(self.top).take(usize::from(below.height)).enumerate() {
            buffer.set_line(below.x, below.y + at as u16, row, below.width);
        }
        caret
    }

    fn rows(&self, look: &Look, room: usize) -> Vec<Text<'static>> {
        let mut wanted = fitting(&possible(self.scope), self.typed.text());
        // Where words say what is meant, letters that are scattered over others say nothing.
        if wanted.iter().any(|act| has_words(*act, self.typed.text())) {
            wanted.retain(|act| has_words(*act, self.typed.text()));
        }
        let in_force = look.keys.in_force(self.scope.stack());
        let narrowed = !self.typed.text().trim().is_empty();
        let mut rows = if narrowed { Vec::new() } else { preface(self.scope, look, room) };
        let sections = self.scope.stack().iter().map(|part| {
            let bound = |act: Act| -> Vec<&Binding> {
                in_force.iter().copied().filter(|row| row.scope == *part && row.act == Some(act)).collect()
            };
            let mut acts: Vec<(Act, Vec<&Binding>)> =
                wanted.iter().map(|act| (*act, bound(*act))).filter(|(_, keys)| !keys.is_empty()).collect();
            acts.sort_by_key(|(act, _)| *act);
            (part.title(look.lang), acts)
        });
        let is_bound = |act: &Act| in_force.iter().any(|row| row.act == Some(*act));
        let unbound = wanted.iter().filter(|act| !is_bound(act)).map(|act| (*act, Vec::new())).collect();
        for (title, acts) in sections.chain([(say::without_key(look.lang), unbound)]) {
            if acts.is_empty() {
                continue;
            }
            if !rows.is_empty() {
                rows.push(Text::default());
            }
            rows.push(Text::styled(title, look.theme.dim()));
            rows.extend(acts.iter().flat_map(|(act, keys)| entry(*act, keys, look, room)));
        }
        if rows.is_empty() {
            rows.push(Text::styled(say::no_act(look.lang), look.theme.dim()));
        }
        rows
    }
}

/// What is wrong with the key file, and what the signs of the pane and of the header mean.
fn preface(scope: Scope, look: &Look, room: usize) -> Vec<Text<'static>> {
    let faults = look.keys.faults().iter().flat_map(|fault| width::wrap(&fault.text(look.lang), room));
    let mut rows: Vec<Text> = faults.map(|row| Text::styled(row, look.theme.mark(Mark::Late))).collect();
    let of_pane = match scope {
        // Whoever listens hears words.
        Scope::Customers | Scope::Tasks if look.theme.is_spoken() => String::new(),
        Scope::Customers | Scope::Tasks => format!("{} {}", say::marks(look.lang), many::sign(look.lang)),
        Scope::Tiers => say::tier_columns(look.lang).to_owned(),
        Scope::Timeline if look.theme.is_ascii() => say::strip_in_ascii(look.lang).to_owned(),
        Scope::Timeline => say::strip(look.lang).to_owned(),
        _ => String::new(),
    };
    if !of_pane.is_empty() {
        let signs = [of_pane.as_str(), together::unread_sign(look.lang), together::mentioning(look.lang)];
        rows.extend(signs.iter().flat_map(|sign| width::wrap(sign, room)).map(Text::from));
    }
    rows
}

/// An act with its keys, what may be typed of it in the palette, and the place where the first of its keys is bound. It
/// has as many rows as it needs: only where a shipped map binds it goes without saying.
fn entry(act: Act, keys: &[&Binding], look: &Look, room: usize) -> Vec<Text<'static>> {
    let column = if room < usize::from(WIDTH) - 4 { NARROW_KEYS } else { KEYS };
    let mut names = keys.first().map_or_else(String::new, |row| row.keys.to_string());
    for more in keys.iter().skip(1).map(|row| row.keys.to_string()) {
        if width::width(&names) + width::width(&more) + 2 < column {
            names = [&names, "  ", &more].concat();
        }
    }
    let mut names = width::pad(&names, column);
    let room = room.saturating_sub(column).max(1);
    // What it does, what may be typed, and where it is bound, of each row.
    let mut rows: Vec<[String; 3]> = Vec::new();
    rows.extend(
        width::wrap(act.describe(look.lang), room)
            .into_iter()
            .map(|what| [what, String::new(), String::new()]),
    );
    let taken = |row: &[String; 3]| row.iter().map(|part| width::width(part)).sum::<usize>();
    if keys.is_empty() || act.argument().is_some() {
        let typed = format!("  :{}", act.usage(look.lang));
        match rows.last_mut().filter(|last| taken(last) + width::width(&typed) <= room) {
            Some(last) => last[1] = typed,
            None => rows.push([String::new(), typed.trim_start().to_owned(), String::new()]),
        }
    }
    if let Some(bound) = keys.first() {
        let place = origin(bound);
        let fits = |row: &[String; 3]| taken(row) + width::width(&place) < room;
        let at = match rows.iter().position(fits) {
            None if !is_shipped(bound) => {
                rows.push(Default::default());
                Some(rows.len() - 1)
            }
            at => at,
        };
        if let Some(row) = at.and_then(|at| rows.get_mut(at)) {
            row[2] = width::pad_left(&place, room.saturating_sub(taken(row)));
        }
    }
    let mut entry = Vec::new();
    for [what, typed, place] in rows {
        let names = std::mem::replace(&mut names, " ".repeat(column));
        entry.push(Text::from(vec![
            Span::styled(names, look.theme.key()),
            Span::styled(what, Style::new()),
            Span::styled(typed, look.theme.dim()),
            Span::styled(place, look.theme.dim()),
        ]));
    }
    entry
}

/// Where a key is bound; of files that come with the program the line is of no use to anybody, and of one's own the
/// folder goes without saying.
fn origin(row: &Binding) -> String {
    let Origin { file, line, .. } = &row.origin;
    let name = file.as_str().rsplit('/').next().unwrap_or_default();
    if is_shipped(row) { name.to_owned() } else { format!("{name}:{line}") }
}

/// Whether a key is bound by a file that comes with the program.
fn is_shipped(row: &Binding) -> bool {
    let file = row.origin.file.as_str();
    SHIPPED.iter().any(|(name, _)| file.strip_suffix(".toml") == Some(name))
}

/// How many columns a row has.
fn room(frame: &Frame) -> usize {
    usize::from(place(frame, 1).width.saturating_sub(4))
}

fn place(frame: &Frame, rows: usize) -> Rect {
    frame.sheet(WIDTH, rows as u16 + 3)
}
