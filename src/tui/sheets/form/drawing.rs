//! How a form looks: a row for each field, and a foot.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::Form;
use super::field::{Content, Heard, Pick, Reads};
use super::pointing::{Hit, Spot};
use crate::keys::{Act, Scope};
use crate::model::{Kind, Refusal};
use crate::text::say::{form, many, model as facts, tui as say};
use crate::text::{Clean, Lang, width};
use crate::tui::drafts::Deed;
use crate::tui::edit::Edit;
use crate::tui::frame::Frame;
use crate::tui::look::{Label, Look};
use crate::tui::panes::Seen;
use crate::tui::panes::customers::holder;
use crate::tui::paper::{Line, cells};
use crate::tui::sheets::paper;
use crate::tui::theme::Mark;

/// The width of the sheet, where there is room.
const WIDTH: u16 = 72;
/// The most rows of its fields at once: what it is about stays in sight.
const TALL: u16 = 15;
/// The width of the labels, where none is longer.
const LABELS: u16 = 9;
/// The most rows of the foot, where a refusal is told.
const FOOT: u16 = 2;

impl Form {
    /// Fits it to the window.
    pub(in crate::tui::sheets) fn settle(&mut self, frame: &Frame, seen: Seen) {
        self.room = self.place(frame).width.saturating_sub(4 + self.labels(seen.look.lang));
        if let Some(members) = self.offered(seen.book, seen.look.lang) {
            return self.offers.put(members, true);
        }
        let field = self.fields.get(self.at);
        let named = field.and_then(|field| field.names_record());
        let firsts = field.map_or(&[][..], |field| &field.firsts);
        // What hangs on a customer is changed where everything is about that one.
        let subject = seen.subject.map(|subject| subject.id);
        let customer = if self.about.id.kind == Kind::Customer { Some(self.about.id) } else { subject };
        self.offers.settle(named, firsts, customer, seen);
        let warning = self.namesake(seen);
        if let Some(name) = self.fields.iter_mut().find(|field| field.name == "name") {
            name.warning = warning;
        }
    }

    fn place(&self, frame: &Frame) -> Rect {
        let said = self.refusal.as_ref().map_or(1, |_| FOOT);
        frame.sheet(WIDTH, self.starts().1.min(TALL) + 2 + said)
    }

    /// The width of the labels, with a blank behind the longest.
    fn labels(&self, lang: Lang) -> u16 {
        let firsts = self.fields.iter().filter(|field| !field.beside);
        firsts.map(|field| cells((field.label)(lang)) + 1).fold(LABELS, u16::max)
    }

    /// Draws it; gives the place of the caret.
    pub(in crate::tui::sheets) fn draw(
        &self,
        buffer: &mut Buffer,
        frame: &Frame,
        seen: Seen,
    ) -> Option<Position> {
        self.draw_and_note(buffer, frame, seen, &mut Vec::new())
    }

    /// Draws it, and notes where there is something to be pressed.
    pub(super) fn draw_and_note(
        &self,
        buffer: &mut Buffer,
        frame: &Frame,
        seen: Seen,
        spots: &mut Vec<Spot>,
    ) -> Option<Position> {
        let look = &seen.look;
        let place = self.place(frame);
        let foot = self.foot(place.width.saturating_sub(4), seen);
        let room = place.height.saturating_sub(2);
        let below = (foot.len() as u16).clamp(1, room.saturating_sub(1).max(1));
        let (starts, height) = self.starts();
        let shown = room.saturating_sub(below);
        let title = self.title(look);
        let aside = self.aside(height > shown, place.width.saturating_sub(cells(&title) + 10), look);
        let inside = paper(buffer, place, &title, &aside, look);
        let rows = Rect { height: shown, ..inside };
        // Where the window is too low, the field in focus is seen.
        let end = starts.get(self.at).map_or(0, |focus| focus + self.fields[self.at].rows(self.room).max(1));
        let hidden = end.min(height).saturating_sub(shown);
        draw_more(buffer, rows, (hidden > 0, hidden + shown < height), look);
        let mut caret = None;
        for (at, start) in starts.iter().enumerate() {
            if !self.fields[at].beside && *start >= hidden {
                caret = caret.or(self.draw_row(buffer, rows, start - hidden, self.beside(at), seen, spots));
                self.draw_theirs(buffer, rows, start - hidden, at, seen);
            }
        }
        for (at, (text, style)) in foot.iter().take(usize::from(below)).enumerate() {
            Line::of(buffer, inside, shown + at as u16).left(text, *style);
        }
        if let Some(caret) = caret {
            let left = inside.x + self.labels(look.lang);
            let value = self.fields.get(self.at).map_or("", |field| field.value());
            let typed = cells(self.typed_name().map_or(value, |(_, typed)| typed));
            let x = caret.x.saturating_sub(typed).max(left);
            let field = Rect { x, y: caret.y, width: inside.right().saturating_sub(x), height: 1 };
            self.offers.draw(buffer, field, look, spots);
        }
        let does = self.does(look);
        let needed: u16 = does.iter().map(|(_, said)| cells(said) + 2).sum();
        if foot.last().is_none_or(|(text, _)| cells(text) + needed < inside.width + 2) && !self.saving {
            let mut line = Line::of(buffer, inside, inside.height.saturating_sub(1));
            for (act, said) in does.iter().rev() {
                line.right(said, look.theme.dim());
                let (x, y) = (line.column() + line.room(), inside.bottom().saturating_sub(1));
                spots.push(Spot { area: Rect::new(x, y, cells(said), 1), hit: Hit::Does(*act) });
                line.skip_right(2);
            }
        }
        caret.filter(|_| !self.saving)
    }

    /// What leaves the form; where not all of it is seen and there is room, also the place in it.
    fn aside(&self, is_cut: bool, room: u16, look: &Look) -> String {
        let leaves = say::keeps_draft(look.lang, look.key(Scope::Form, Act::Cancel));
        let both = say::with_discard(look.lang, &leaves, look.key(Scope::Form, Act::Discard));
        let leaves = if !self.is_blank() && cells(&both) <= room { both } else { leaves };
        let placed = format!("{}/{}  {leaves}", self.at + 1, self.fields.len());
        if is_cut && cells(&placed) <= room { placed } else { leaves }
    }

    /// What can be done with it: what is offered is taken or, with what that means where others changed the same, it is
    /// saved.
    fn does(&self, look: &Look) -> Vec<(Act, String)> {
        if self.offers.are_taken() {
            return vec![(Act::Open, form::takes(look.lang, look.key(Scope::Pick, Act::Open)))];
        }
        let key = |act| look.key(Scope::Form, act);
        let theirs: Vec<_> = self.fields.iter().filter_map(|field| field.theirs.as_ref()).collect();
        let saves = if theirs.iter().any(|theirs| theirs.refused) { say::overwrites } else { say::saves };
        let take = (Act::TakeTheirs, form::takes_theirs(look.lang, key(Act::TakeTheirs)));
        let save = (Act::Save, saves(look.lang, key(Act::Save)));
        if theirs.is_empty() { vec![save] } else { vec![take, save] }
    }

    /// The foot: why it was not taken, else what is understood of a field that has no room to say so itself.
    fn foot(&self, room: u16, seen: Seen) -> Vec<(String, Style)> {
        let look = &seen.look;
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
        if let Some(member) = self.mentions(seen.book, look.lang) {
            return vec![(member, look.theme.mark(Mark::New))];
        }
        if let Some(name) = self.of_nobody(seen.book, look.lang) {
            return vec![(form::nobody_called(look.lang, name), look.theme.mark(Mark::Soon))];
        }
        let crowded = |at: &usize| !self.fits_beside(*at, seen);
        let heard = (0..self.fields.len()).filter(crowded).find_map(|at| self.heard(at, seen));
        heard.map(|heard| heard.said(look)).into_iter().collect()
    }

    /// Who goes by the name that a new customer is being given.
    fn namesake(&self, seen: Seen) -> Option<String> {
        let line = seen.book.likely_same().filter(|_| !self.new_name().is_empty())?;
        let (look, name) = (&seen.look, &line.name);
        let holder = holder(line, look);
        Some(match line.last_contact {
            Some(at) => say::namesake_met(look.lang, name, holder, look.age(at)),
            None => say::namesake(look.lang, name, holder),
        })
    }

    /// A refusal with its field called as the form calls it.
    fn labelled(&self, refusal: &Refusal, look: &Look) -> Refusal {
        let label = |name: &Clean| {
            let field = self.fields.iter().find(|field| field.name == name.as_str());
            field.map_or_else(|| name.clone(), |field| Clean::known((field.label)(look.lang)))
        };
        match refusal {
            Refusal::BadValue(name, value, takes) => {
                Refusal::BadValue(label(name), value.clone(), takes.clone())
            }
            Refusal::TooLong(name, length, limit) => Refusal::TooLong(label(name), *length, *limit),
            Refusal::Missing(kind, name) => Refusal::Missing(*kind, label(name)),
            other => other.clone(),
        }
    }

    /// Whether there is room for what is understood of a field at the right of what was typed into it.
    fn fits_beside(&self, at: usize, seen: Seen) -> bool {
        let (field, look) = (&self.fields[at], &seen.look);
        let heard = self.heard(at, seen);
        let typed = match field.hint {
            Some(hint) if field.value().is_empty() && heard.is_none() => hint(look.lang),
            _ => field.value(),
        };
        let heard = heard.map_or(0, |heard| cells(&heard.said(look).0));
        cells(typed) + heard + 3 <= self.room
    }

    /// The row of each field, and how many rows there are.
    fn starts(&self) -> (Vec<u16>, u16) {
        let mut next = 0;
        let mut starts: Vec<u16> = Vec::new();
        for field in &self.fields {
            let here = if field.beside { starts.last().copied().unwrap_or(0) } else { next };
            starts.push(here);
            next += field.rows(self.room);
        }
        (starts, next)
    }

    /// The fields that share a row with the first of them.
    fn beside(&self, first: usize) -> Range<usize> {
        let more = self.fields[first + 1..].iter().take_while(|field| field.beside).count();
        first..first + 1 + more
    }

    fn title(&self, look: &Look) -> String {
        let (lang, dot) = (look.lang, look.theme.signs().dot);
        match self.deed {
            Deed::Log => say::log_title(lang, dot, &self.about.name),
            Deed::Task => say::task_title(lang, dot, &self.about.name),
            Deed::Done => say::done_title(lang, dot, &self.about.name),
            Deed::Add(Kind::Customer) => say::new_customer(lang).to_owned(),
            Deed::Add(kind) => say::record_title(lang, dot, kind.label(lang), &self.about.name),
            Deed::Edit => say::edit_title(lang, dot, &self.about.name),
            Deed::Change => many::change_title(lang, dot, &self.about.name),
            Deed::Tier => many::tier_title(lang, dot, &self.about.name),
            Deed::Assign => many::assign_title(lang, dot, &self.about.name),
            Deed::Snooze => many::snooze_title(lang, dot, &self.about.name),
            Deed::Drop => form::drop_title(lang, dot, &self.about.name),
            Deed::Archive => form::archive_title(lang, dot, &self.about.name),
            Deed::Release => form::release_title(lang, dot, &self.about.name),
        }
    }

    /// Draws the fields that share a row; gives the place of the caret, if it is in one of them.
    fn draw_row(
        &self,
        buffer: &mut Buffer,
        inside: Rect,
        row: u16,
        fields: Range<usize>,
        seen: Seen,
        spots: &mut Vec<Spot>,
    ) -> Option<Position> {
        let look = &seen.look;
        let y = inside.y + row;
        spots.push(Spot { area: Rect { y, height: 1, ..inside }, hit: Hit::Field(fields.start) });
        let first = &self.fields[fields.start];
        let style = if fields.contains(&self.at) { look.theme.key() } else { look.theme.dim() };
        Line::of(buffer, inside, row).left((first.label)(look.lang), style);
        let labels = self.labels(look.lang);
        let room = Rect { x: inside.x + labels, width: inside.width.saturating_sub(labels), ..inside };
        if first.is_note() {
            return self.draw_note(buffer, room, row, fields.start, spots);
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
                    let heard = self.heard(at, seen).filter(|_| self.fits_beside(at, seen));
                    let is_said = heard.is_some();
                    let hint = field.hint.filter(|_| !is_said && (!field.quiet || at == self.at));
                    let x = line.column();
                    let (column, width) = draw_text(&mut line, edit, hint, heard, look);
                    let area = Rect::new(x, y, room.right() - x, 1);
                    spots.push(Spot { area, hit: Hit::Text { field: at, width, column: 0, row: 0 } });
                    caret = caret.or((at == self.at).then(|| Position::new(column, inside.y + row)));
                }
                Content::Pick { options, at: chosen, spread } => {
                    for (range, value) in draw_pick(&mut line, options, *chosen, *spread, at == self.at, look)
                    {
                        let area = Rect::new(range.start, y, range.end - range.start, 1);
                        spots.push(Spot { area, hit: Hit::Value(at, value) });
                    }
                    if at == self.at {
                        self.draw_way(&mut line, look);
                    }
                }
                Content::Hidden => drop(line.left(facts::hidden(look.lang), look.theme.dim())),
            }
            line.skip(2);
        }
        caret
    }

    /// What others put into a field meanwhile, and what is to be thought of, below it.
    fn draw_theirs(&self, buffer: &mut Buffer, inside: Rect, row: u16, at: usize, seen: Seen) {
        let (field, look) = (&self.fields[at], &seen.look);
        let theirs = field.said_of_theirs(&|id| seen.book.name_of(id), look);
        let theirs = theirs.map(|text| (text, Mark::Late));
        let warning = field.warning.clone().map(|text| (text, Mark::Soon));
        for (below, (text, mark)) in theirs.into_iter().chain(warning).enumerate() {
            let mut line = Line::of(buffer, inside, row + field.height(self.room) + below as u16);
            let labels = self.labels(look.lang);
            line.skip(if labels + cells(&text) > line.room() { 0 } else { labels });
            line.left(&text, look.theme.mark(mark));
        }
    }

    /// How one chooses, where there is room for it.
    fn draw_way(&self, line: &mut Line, look: &Look) {
        let (next, before) =
            (look.key(Scope::Choice, Act::ChoiceNext), look.key(Scope::Choice, Act::ChoicePrev));
        let arrows = |key: String| match key.as_str() {
            "left" => look.theme.signs().left.to_owned(),
            "right" => look.theme.signs().right.to_owned(),
            _ => key,
        };
        let way = say::chosen_by(look.lang, arrows(before), arrows(next));
        let style = if self.astray { look.theme.mark(Mark::Soon) } else { look.theme.dim() };
        if cells(&way) + 2 < line.room() {
            line.right(&way, style);
        }
    }

    fn draw_note(
        &self,
        buffer: &mut Buffer,
        room: Rect,
        row: u16,
        at: usize,
        spots: &mut Vec<Spot>,
    ) -> Option<Position> {
        let Content::Text(edit) = &self.fields[at].content else { return None };
        let rows = edit.rows(room.width);
        let height = usize::from(self.fields[at].height(self.room));
        let top = (rows.row + 1).saturating_sub(height);
        let area = Rect { y: room.y + row, height: height as u16, ..room };
        let hit = Hit::Text { field: at, width: room.width, column: 0, row: top };
        spots.push(Spot { area: area.intersection(room), hit });
        for (shown, range) in rows.rows.iter().skip(top).take(height).enumerate() {
            Line::of(buffer, room, row + shown as u16).left(&edit.text()[range.clone()], Style::new());
        }
        let caret = Position::new(room.x + rows.column, room.y + row + (rows.row - top) as u16);
        (at == self.at).then_some(caret)
    }

    /// How a field is understood: by itself, by the next step or the date that another text holds, or by the record
    /// that is meant.
    fn heard(&self, at: usize, seen: Seen) -> Option<Heard> {
        let (field, look) = (&self.fields[at], &seen.look);
        match field.reads {
            Reads::NextStep if field.value().trim().is_empty() => self.behind(look),
            Reads::Date if field.value().trim().is_empty() && field.name == "due" => self.in_title(look),
            Reads::Record(_) if at == self.at && self.words().is_some() => {
                let (kind, words) = self.words()?;
                match seen.book.meant(kind, words)? {
                    Ok(named) => (named.name.as_str() != words).then(|| Heard::Record(named.clone())),
                    Err(_) if self.offers.is_seen() => None,
                    Err(refusal) => Some(Heard::Fault(look.refusal(refusal))),
                }
            }
            _ => field.heard(look),
        }
    }
}

/// Tells at the edge that there is more above or below.
fn draw_more(buffer: &mut Buffer, rows: Rect, (above, below): (bool, bool), look: &Look) {
    let signs = look.theme.signs();
    let last = rows.bottom().saturating_sub(1);
    for (there, row, sign) in [(above, rows.top(), signs.up), (below, last, signs.down)] {
        if there {
            buffer.set_string(rows.right() + 1, row, sign, look.theme.key());
        }
    }
}

/// Draws a text of one line with what is understood at its right; gives the column of the caret, and how wide the text
/// is drawn.
fn draw_text(
    line: &mut Line,
    edit: &Edit,
    hint: Option<Label>,
    heard: Option<Heard>,
    look: &Look,
) -> (u16, u16) {
    if let Some((said, style)) = heard.map(|heard| heard.said(look)) {
        line.right(&said, style).skip_right(2);
    }
    let width = line.room();
    let (text, column) = edit.window(width);
    let caret = line.column() + column;
    match (text.is_empty(), hint) {
        (true, Some(hint)) => line.left(hint(look.lang), look.theme.dim()),
        _ => line.left(text, Style::new()),
    };
    (caret, width)
}

/// Draws a choice; gives the columns in which a press takes a value, and which. Where only the chosen one is seen, that
/// is the next.
fn draw_pick(
    line: &mut Line,
    options: &[Pick],
    chosen: usize,
    spread: bool,
    focus: bool,
    look: &Look,
) -> Vec<(Range<u16>, usize)> {
    let mut places = Vec::new();
    let label = |pick: &Pick| pick.label(look.lang).to_owned();
    let title = look.theme.title(focus);
    let sign = look.theme.signs().chosen;
    if !spread {
        let label = options.get(chosen).map(label).unwrap_or_default();
        let text = if focus { format!("<{label}>") } else { label };
        let begin = line.column();
        line.left(&text, title);
        return vec![(begin..line.column(), (chosen + 1) % options.len().max(1))];
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
            return places;
        }
        let begin = line.column();
        match (at == chosen, wide) {
            (true, _) => line.left(sign, Style::new()).left(&label, title),
            (false, true) => line.skip(1).left(&label, look.theme.dim()),
            (false, false) => line.left(&label, look.theme.dim()),
        };
        places.push((begin..line.column(), at));
    }
    places
}
