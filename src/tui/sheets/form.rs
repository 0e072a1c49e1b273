//! The one form: fields of text and of choices, on a sheet. What its fields mean is told in [`super::forms`].

use chrono::NaiveDateTime;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::{Act, Scope};
use crate::model::{Id, Named, Refusal};
use crate::text::date::{self, BadDate, When};
use crate::text::say::{many, tui as say};
use crate::text::{Clean, Lang, width};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::edit::{Edit, Lines};
use crate::tui::frame::Frame;
use crate::tui::look::{Label, Look};
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// The width of the sheet, where there is room.
const WIDTH: u16 = 72;
/// The width of the labels.
const LABELS: u16 = 9;
/// How many rows a text of several lines has.
const ROWS: u16 = 3;
/// The most rows of the foot, where a refusal is told.
const FOOT: u16 = 2;

/// A form.
#[derive(Debug)]
pub(in crate::tui) struct Form {
    /// What it is for.
    pub(in crate::tui) deed: Deed,
    /// The record that it is about.
    pub(in crate::tui) about: Named,
    fields: Vec<Field>,
    at: usize,
    /// It was sent, and what became of it is not known yet.
    pub(in crate::tui) saving: bool,
    refusal: Option<Refusal>,
    /// How wide the fields are drawn, known once the window is.
    room: u16,
}

/// A field of a form.
#[derive(Debug)]
pub(in crate::tui) struct Field {
    name: &'static str,
    label: Label,
    content: Content,
    /// Stands on the row of the field before.
    beside: bool,
    /// What an empty text may hold.
    hint: Option<Label>,
    reads: Reads,
}

/// What a field holds.
#[derive(Debug)]
enum Content {
    Text(Edit),
    Pick {
        options: Vec<Pick>,
        at: usize,
        /// All options are seen, not only the chosen one.
        spread: bool,
    },
}

/// What a text is understood as while it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Reads {
    /// Words.
    Words,
    /// A date.
    Date,
    /// A date and what to do.
    NextStep,
}

/// A value that can be chosen: the word for the draft and what people read.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Pick {
    pub(in crate::tui) word: String,
    pub(in crate::tui) label: [String; 2],
}

impl Pick {
    /// A record.
    pub(in crate::tui) fn named(id: Id, name: &Clean) -> Pick {
        Pick { word: id.to_string(), label: [name.line(), name.line()] }
    }

    /// A value with a message for a name.
    pub(in crate::tui) fn said(word: &str, label: Label) -> Pick {
        Pick { word: word.to_owned(), label: [label(Lang::En).to_owned(), label(Lang::Zh).to_owned()] }
    }
}

impl Field {
    /// A text of one line.
    pub(in crate::tui) fn line(name: &'static str, label: Label, limit: usize) -> Field {
        Field::of(name, label, Content::Text(Edit::new(Lines::One, limit)))
    }

    /// A text of several lines.
    pub(in crate::tui) fn note(name: &'static str, label: Label, limit: usize) -> Field {
        Field::of(name, label, Content::Text(Edit::new(Lines::Many, limit)))
    }

    /// A choice of which all values are seen; the first one is chosen.
    pub(in crate::tui) fn spread(name: &'static str, label: Label, options: Vec<Pick>) -> Field {
        Field::of(name, label, Content::Pick { options, at: 0, spread: true })
    }

    /// A choice of which the chosen value is seen; the first one is chosen.
    pub(in crate::tui) fn pick(name: &'static str, label: Label, options: Vec<Pick>) -> Field {
        Field::of(name, label, Content::Pick { options, at: 0, spread: false })
    }

    fn of(name: &'static str, label: Label, content: Content) -> Field {
        Field { name, label, content, beside: false, hint: None, reads: Reads::Words }
    }

    /// The field on the row of the one before.
    pub(in crate::tui) fn beside(self) -> Field {
        Field { beside: true, ..self }
    }

    /// The field, understood while it is typed; empty, it says what it may hold.
    pub(in crate::tui) fn reads(self, reads: Reads, hint: Label) -> Field {
        Field { reads, hint: Some(hint), ..self }
    }

    fn value(&self) -> &str {
        match &self.content {
            Content::Text(edit) => edit.text(),
            Content::Pick { options, at, .. } => options.get(*at).map_or("", |pick| &pick.word),
        }
    }

    fn put(&mut self, value: &str) {
        match &mut self.content {
            Content::Text(edit) => {
                edit.clear();
                edit.paste(value);
            }
            Content::Pick { options, at, .. } => {
                *at = options.iter().position(|pick| pick.word == value).unwrap_or(*at);
            }
        }
    }

    fn is_note(&self) -> bool {
        matches!(&self.content, Content::Text(edit) if edit.lines() == Lines::Many)
    }

    fn height(&self) -> u16 {
        match (self.beside, self.is_note()) {
            (true, _) => 0,
            (false, true) => ROWS,
            (false, false) => 1,
        }
    }
}

impl Form {
    /// A form with the caret in the field of this name.
    pub(in crate::tui) fn new(deed: Deed, about: Named, fields: Vec<Field>, first: &str) -> Form {
        let at = fields.iter().position(|field| field.name == first).unwrap_or(0);
        Form { deed, about, fields, at, saving: false, refusal: None, room: WIDTH - 4 - LABELS }
    }

    /// Puts back what was typed before.
    pub(in crate::tui) fn restore(&mut self, draft: &Draft) {
        for field in &mut self.fields {
            if let Some(value) = draft.fields.get(field.name) {
                field.put(value);
            }
        }
    }

    /// Chooses a value, or puts a text.
    pub(in crate::tui) fn put(&mut self, name: &str, value: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.name == name) {
            field.put(value);
        }
    }

    /// What stands in it.
    pub(in crate::tui) fn draft(&self) -> Draft {
        let fields = self.fields.iter().map(|field| (field.name.to_owned(), field.value().to_owned()));
        Draft { deed: self.deed, about: self.about.clone(), fields: fields.collect(), sent: None }
    }

    /// Whether nothing was typed.
    pub(in crate::tui) fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| match &field.content {
            Content::Text(edit) => edit.text().trim().is_empty(),
            Content::Pick { .. } => true,
        })
    }

    /// Shows why it was not taken, at the field that the reason names.
    pub(in crate::tui) fn refuse(&mut self, refusal: Refusal) {
        self.saving = false;
        let named = match &refusal {
            Refusal::BadValue(field, ..) | Refusal::TooLong(field, ..) | Refusal::Missing(_, field) => {
                field.as_str()
            }
            _ => "",
        };
        self.at = self.fields.iter().position(|field| field.name == named).unwrap_or(self.at);
        self.refusal = Some(refusal);
    }

    pub(super) fn scope(&self) -> Scope {
        match self.fields.get(self.at).map(|field| &field.content) {
            Some(Content::Pick { .. }) => Scope::Choice,
            _ => Scope::Form,
        }
    }

    pub(super) fn act(&mut self, act: Act) -> Option<Vec<Wish>> {
        match act {
            Act::Cancel => return Some(vec![Wish::Close]),
            _ if self.saving && matches!(act.scope(), Scope::Form | Scope::Choice | Scope::Field) => {}
            Act::Save => return Some(vec![Wish::Save]),
            Act::NextField => self.step(true),
            Act::PrevField => self.step(false),
            Act::ChoiceNext => self.choose(1),
            Act::ChoicePrev => self.choose(usize::MAX),
            _ => match self.fields.get_mut(self.at).map(|field| &mut field.content) {
                Some(Content::Text(edit)) if act.scope() == Scope::Field || act == Act::Newline => {
                    edit.act(act);
                }
                _ if act.scope() == Scope::Field || act == Act::Newline => {}
                _ => return None,
            },
        }
        Some(Vec::new())
    }

    pub(super) fn take(&mut self, text: &str) {
        if self.saving {
            return;
        }
        match self.fields.get_mut(self.at).map(|field| &mut field.content) {
            Some(Content::Text(edit)) => match text.chars().next() {
                Some(typed) if text.len() == typed.len_utf8() => drop(edit.insert(typed)),
                _ => drop(edit.paste(text)),
            },
            // A letter goes to the next value that begins with it.
            Some(Content::Pick { options, at, .. }) => {
                let begins =
                    |pick: &Pick| pick.label.iter().any(|label| label.to_lowercase().starts_with(text));
                let round = (1..=options.len()).map(|by| (*at + by) % options.len());
                if let Some(found) = round.into_iter().find(|at| begins(&options[*at])) {
                    *at = found;
                }
            }
            None => {}
        }
    }

    /// Goes to the next field or the one before; within a text of several lines first by its rows.
    fn step(&mut self, forward: bool) {
        let room = self.room;
        if let Some(Content::Text(edit)) = self.fields.get_mut(self.at).map(|field| &mut field.content) {
            let moved = edit.lines() == Lines::Many && if forward { edit.down(room) } else { edit.up(room) };
            if moved {
                return;
            }
        }
        let by = if forward { 1 } else { self.fields.len() - 1 };
        self.at = (self.at + by) % self.fields.len();
    }

    fn choose(&mut self, by: usize) {
        if let Some(Content::Pick { options, at, .. }) =
            self.fields.get_mut(self.at).map(|field| &mut field.content)
        {
            let count = options.len();
            *at = if by == 1 { (*at + 1) % count } else { (*at + count - 1) % count };
        }
    }

    /// Fits it to the window.
    pub(super) fn settle(&mut self, frame: &Frame) {
        self.room = self.place(frame).width.saturating_sub(4 + LABELS);
    }

    fn place(&self, frame: &Frame) -> Rect {
        let said = self.refusal.as_ref().map_or(1, |_| FOOT);
        frame.sheet(WIDTH, self.starts().1 + 2 + said)
    }

    /// The foot: why it was not taken, else what is understood of a field that has no room to say so itself.
    fn foot(&self, room: u16, look: &Look) -> Vec<(String, Style)> {
        if let Some(refusal) = &self.refusal {
            let rows = width::wrap(&look.refusal(&self.labelled(refusal, look)), usize::from(room));
            return rows
                .into_iter()
                .take(usize::from(FOOT))
                .map(|row| (row, look.theme.mark(Mark::Late)))
                .collect();
        }
        if self.saving {
            return vec![(say::saving(look.lang).to_owned(), look.theme.dim())];
        }
        let crowded = |at: &usize| !self.fits_beside(*at, look);
        let heard = (0..self.fields.len()).filter(crowded).find_map(|at| self.heard(at, look));
        heard.into_iter().map(|heard| heard.said(look)).collect()
    }

    /// The refusal of a value, with its field called as the form calls it.
    fn labelled(&self, refusal: &Refusal, look: &Look) -> Refusal {
        let label = |name: &Clean| {
            let field = self.fields.iter().find(|field| field.name == name.as_str());
            field.map_or_else(|| name.clone(), |field| Clean::known((field.label)(look.lang)))
        };
        match refusal {
            Refusal::BadValue(name, value, takes) => {
                Refusal::BadValue(label(name), value.clone(), takes.clone())
            }
            other => other.clone(),
        }
    }

    /// Whether there is room for what is understood of a field at the right of what was typed into it.
    fn fits_beside(&self, at: usize, look: &Look) -> bool {
        let field = &self.fields[at];
        let typed = match field.hint {
            Some(hint) if field.value().is_empty() => hint(look.lang),
            _ => field.value(),
        };
        let heard = self.heard(at, look).map_or(0, |heard| cells(&heard.said(look).0));
        cells(typed) + heard + 3 <= self.room
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, look: &Look) -> Option<Position> {
        let aside = say::keeps_draft(look.lang, look.key(Scope::Form, Act::Cancel));
        let inside = paper(buffer, self.place(frame), &self.title(look.lang), &aside, look);
        let foot = self.foot(inside.width, look);
        let below = (foot.len() as u16).clamp(1, inside.height.saturating_sub(1).max(1));
        let rows = Rect { height: inside.height.saturating_sub(below), ..inside };
        let (starts, height) = self.starts();
        let focus = starts.get(self.at).copied().unwrap_or(0);
        // Where the window is too low, the field in focus is seen.
        let hidden = (focus + self.fields[self.at].height().max(1)).min(height).saturating_sub(rows.height);
        let mut caret = None;
        for (at, start) in starts.iter().enumerate() {
            if !self.fields[at].beside && *start >= hidden {
                caret = caret.or(self.draw_row(buffer, rows, start - hidden, self.beside(at), look));
            }
        }
        for (at, (text, style)) in foot.iter().take(usize::from(below)).enumerate() {
            Line::of(buffer, inside, rows.height + at as u16).left(text, *style);
        }
        let saves = say::saves(look.lang, look.key(Scope::Form, Act::Save));
        if foot.last().is_none_or(|(text, _)| cells(text) + cells(&saves) < inside.width) && !self.saving {
            Line::of(buffer, inside, inside.height.saturating_sub(1)).right(&saves, look.theme.dim());
        }
        caret.filter(|_| !self.saving)
    }

    /// The row of each field, and how many rows there are.
    fn starts(&self) -> (Vec<u16>, u16) {
        let mut next = 0;
        let mut starts: Vec<u16> = Vec::new();
        for field in &self.fields {
            let here = if field.beside { starts.last().copied().unwrap_or(0) } else { next };
            starts.push(here);
            next += field.height();
        }
        (starts, next)
    }

    /// The fields that share a row with the first of them.
    fn beside(&self, first: usize) -> std::ops::Range<usize> {
        let more = self.fields[first + 1..].iter().take_while(|field| field.beside).count();
        first..first + 1 + more
    }

    fn title(&self, lang: Lang) -> String {
        match self.deed {
            Deed::Log => say::log_title(lang, &self.about.name),
            Deed::Task => say::task_title(lang, &self.about.name),
            Deed::Done => say::done_title(lang, &self.about.name),
            Deed::Change => many::change_title(lang, &self.about.name),
            Deed::Tier => many::tier_title(lang, &self.about.name),
            Deed::Assign => many::assign_title(lang, &self.about.name),
            Deed::Snooze => many::snooze_title(lang, &self.about.name),
        }
    }

    /// Draws the fields that share a row; gives the place of the caret, if it is in one of them.
    fn draw_row(
        &self,
        buffer: &mut Buffer,
        inside: Rect,
        row: u16,
        fields: std::ops::Range<usize>,
        look: &Look,
    ) -> Option<Position> {
        let first = &self.fields[fields.start];
        let style = if fields.contains(&self.at) { look.theme.key() } else { look.theme.dim() };
        Line::of(buffer, inside, row).left((first.label)(look.lang), style);
        let room = Rect { x: inside.x + LABELS, width: inside.width.saturating_sub(LABELS), ..inside };
        if first.is_note() {
            return self.draw_note(buffer, room, row, fields.start);
        }
        let mut line = Line::of(buffer, room, row);
        let mut caret = None;
        for at in fields {
            let field = &self.fields[at];
            if field.beside && !(field.label)(look.lang).is_empty() {
                line.left((field.label)(look.lang), look.theme.dim()).skip(1);
            }
            match &field.content {
                Content::Text(edit) => {
                    let heard = self.heard(at, look).filter(|_| self.fits_beside(at, look));
                    let column = draw_text(&mut line, edit, field, heard, look);
                    caret = caret.or((at == self.at).then(|| Position::new(column, inside.y + row)));
                }
                Content::Pick { options, at: chosen, spread } => {
                    draw_pick(&mut line, options, *chosen, *spread, at == self.at, look);
                }
            }
            line.skip(2);
        }
        caret
    }

    fn draw_note(&self, buffer: &mut Buffer, room: Rect, row: u16, at: usize) -> Option<Position> {
        let Content::Text(edit) = &self.fields[at].content else { return None };
        let rows = edit.rows(room.width);
        let top = (rows.row + 1).saturating_sub(usize::from(ROWS));
        for (shown, range) in rows.rows.iter().skip(top).take(usize::from(ROWS)).enumerate() {
            Line::of(buffer, room, row + shown as u16).left(&edit.text()[range.clone()], Style::new());
        }
        let caret = Position::new(room.x + rows.column, room.y + row + (rows.row - top) as u16);
        (at == self.at).then_some(caret)
    }

    /// How a field is understood: the date said back, or what is missing.
    fn heard(&self, at: usize, look: &Look) -> Option<Heard> {
        let field = &self.fields[at];
        let (text, now) = (field.value(), look.now.local(look.zone));
        match field.reads {
            Reads::Words => None,
            _ if text.trim().is_empty() => self.behind(look),
            Reads::Date => Some(match date::parse(text, now) {
                Ok(when) => Heard::Date(when),
                Err(BadDate::NotADate) => Heard::Fault(say::no_date(look.lang).to_owned()),
                Err(why) => Heard::Fault(why.say(look.lang)),
            }),
            Reads::NextStep => Some(match (date::split_leading(text, now), impossible(text, now)) {
                (Some((when, _)), _) => Heard::Date(when),
                (None, Some(why)) => Heard::Fault(why.say(look.lang)),
                (None, None) => Heard::Fault(say::date_first(look.lang).to_owned()),
            }),
        }
    }

    /// A next step written behind ` > ` in a text, as the server will read it.
    fn behind(&self, look: &Look) -> Option<Heard> {
        let text = self.fields.iter().find(|field| field.name == "text")?;
        let (_, next) = text.value().rsplit_once(" > ")?;
        let (when, what) = date::split_leading(next.trim(), look.now.local(look.zone))?;
        (!what.trim().is_empty()).then_some(Heard::Date(when))
    }
}

/// How a text is understood.
enum Heard {
    Date(When),
    Fault(String),
}

impl Heard {
    fn said(&self, look: &Look) -> (String, Style) {
        match self {
            Heard::Date(when) => (date::echo(look.lang, *when), look.theme.mark(Mark::New)),
            Heard::Fault(why) => (why.clone(), look.theme.mark(Mark::Soon)),
        }
    }
}

/// Why the date that a text begins with is none: a day that no calendar has, rather than words.
fn impossible(text: &str, now: NaiveDateTime) -> Option<BadDate> {
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let parts = ends.chain([text.len()]).take(4).map(|end| &text[..end]);
    parts.filter_map(|part| date::parse(part, now).err()).find(|why| *why != BadDate::NotADate)
}

/// Draws a text of one line with what is understood at its right; gives the column of the caret.
fn draw_text(line: &mut Line, edit: &Edit, field: &Field, heard: Option<Heard>, look: &Look) -> u16 {
    if let Some((said, style)) = heard.map(|heard| heard.said(look)) {
        line.right(&said, style).skip_right(2);
    }
    let (text, column) = edit.window(line.room());
    let caret = line.column() + column;
    match (text.is_empty(), field.hint) {
        (true, Some(hint)) => line.left(hint(look.lang), look.theme.dim()),
        _ => line.left(text, Style::new()),
    };
    caret
}

fn draw_pick(line: &mut Line, options: &[Pick], chosen: usize, spread: bool, focus: bool, look: &Look) {
    let label = |pick: &Pick| pick.label[look.lang.pick(0, 1)].clone();
    let title = look.theme.title(focus);
    let sign = look.theme.signs().chosen;
    if !spread {
        let chosen = options.get(chosen).map(label).unwrap_or_default();
        let text = if focus { format!("<{chosen}>") } else { chosen };
        line.left(&text, title);
        return;
    }
    // Where they do not all fit, they stand closer; else they begin with the chosen one, and dots tell of others.
    let all: u16 = options.iter().map(|pick| cells(&label(pick))).sum();
    let count = options.len() as u16;
    let wide = all + 3 * count <= line.room() + 2;
    let (first, between) = match wide {
        true => (0, "  "),
        false if all + count <= line.room() => (0, "/"),
        false => (chosen, "/"),
    };
    for (at, pick) in options.iter().enumerate().skip(first) {
        let label = label(pick);
        if at > first {
            line.left(between, look.theme.dim());
        }
        if at + 1 < options.len() && cells(&label) + 4 > line.room() {
            line.left("..", look.theme.dim());
            return;
        }
        match (at == chosen, wide) {
            (true, _) => line.left(sign, Style::new()).left(&label, title),
            (false, true) => line.skip(1).left(&label, look.theme.dim()),
            (false, false) => line.left(&label, look.theme.dim()),
        };
    }
}
