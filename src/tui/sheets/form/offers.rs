//! What a field offers that names a record: the records that fit to what is typed and, where none has that name, a new
//! one; and behind an `@` the members who can be mentioned.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::NEW;
use super::pointing::{Hit, Spot};
use crate::keys::Act;
use crate::model::{Id, Kind, Named};
use crate::text::say::model::absent;
use crate::text::say::tui as say;
use crate::text::{Clean, Lang, says_none};
use crate::tui::bar::Bar;
use crate::tui::fuzzy::fitting;
use crate::tui::look::{Label, Look};
use crate::tui::panes::Seen;
use crate::tui::panes::customers::holder;
use crate::tui::paper::Line;

/// The most rows that are seen.
const ROWS: u16 = 6;

/// A record that may be meant.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Offer {
    /// What is written into the field.
    pub(super) text: String,
    said: String,
    hint: String,
    is_new: bool,
}

impl Offer {
    /// A member, by what mentions them and their name.
    pub(super) fn member(called: &Clean, name: &Clean) -> Offer {
        let hint = if called == name { String::new() } else { name.line() };
        Offer { text: called.line(), said: format!("@{called}"), hint, is_new: false }
    }

    /// A team, by its name.
    pub(super) fn team(name: &Clean, hint: String) -> Offer {
        Offer { text: name.line(), said: format!("@{name}"), hint, is_new: false }
    }
}

/// What is offered, while one types.
#[derive(Debug, Default)]
pub(super) struct Offers {
    /// Somebody types, or asked for it.
    pub(super) open: bool,
    rows: Vec<Offer>,
    bar: Bar,
    /// The bar was moved: its row is meant, whatever is typed.
    moved: bool,
    /// What is typed is no name by itself.
    begun: bool,
}

impl Offers {
    /// Begins again: something else is typed.
    pub(super) fn begin(&mut self) {
        *self = Offers { open: true, ..Offers::default() };
    }

    /// Offers what there is, because somebody asks for it.
    pub(super) fn ask(&mut self) {
        (self.open, self.moved) = (true, true);
    }

    pub(super) fn close(&mut self) {
        *self = Offers::default();
    }

    pub(super) fn is_seen(&self) -> bool {
        self.open && !self.rows.is_empty()
    }

    /// Whether keys that leave the field take the row under the bar first: one went to it, or what is typed is only the
    /// beginning of a name. A field that was emptied stays empty.
    pub(super) fn are_taken(&self) -> bool {
        self.is_seen() && (self.moved || self.begun)
    }

    /// Whether the row under the bar is taken on the way to another field: nothing new is made in passing.
    pub(super) fn are_taken_in_passing(&self) -> bool {
        self.are_taken() && (self.moved || self.chosen().is_some_and(|offer| !offer.is_new))
    }

    pub(super) fn chosen(&self) -> Option<&Offer> {
        self.rows.get(self.bar.row)
    }

    pub(super) fn go(&mut self, act: Act) {
        self.moved = true;
        self.bar.act(act, self.rows.len(), usize::from(ROWS));
    }

    /// Goes to a row.
    pub(super) fn go_to(&mut self, row: usize) {
        (self.bar.row, self.moved) = (row, true);
    }

    /// Offers these; `begun`: what is typed is no name by itself.
    pub(super) fn put(&mut self, rows: Vec<Offer>, begun: bool) {
        (self.rows, self.begun) = (rows, begun);
        self.bar.settle(self.rows.len(), usize::from(ROWS));
    }

    /// Finds what fits to the words of a field of a form about this customer, these names before others. What is
    /// written out in full needs no offers.
    pub(super) fn settle(
        &mut self,
        named: Option<(Kind, &str)>,
        firsts: &[(String, Label)],
        customer: Option<Id>,
        seen: Seen,
    ) {
        let Some((kind, words)) = named.filter(|_| self.open) else { return self.close() };
        let says_who = says_none(words) || matches!(words, "me" | "我");
        if words.starts_with(NEW) || says_who || words.parse::<Id>().is_ok() {
            return self.rows.clear();
        }
        let Some(mut rows) = fitting_records(kind, words, customer, seen) else { return };
        put_first(&mut rows, firsts, words, seen.look.lang);
        // Whom the words mean by themselves, as by a login, is offered first.
        let meant = seen.book.meant(kind, words).and_then(|meant| meant.as_ref().ok());
        let first = meant.and_then(|named| rows.iter().position(|row| row.said == named.name.line()));
        if let Some(first) = first.filter(|_| !self.moved) {
            rows[..=first].rotate_right(1);
        }
        let is_whole = |row: &Offer| {
            row.text == words || Clean::washed(&row.said).0.folded() == Clean::washed(words).0.folded()
        };
        let is_there = rows.iter().any(is_whole);
        let may_be_new = matches!(kind, Kind::Contact | Kind::Customer);
        if may_be_new && !words.is_empty() && !is_there {
            let lang = seen.look.lang;
            let said = say::create_record(lang, kind.label(lang), words);
            rows.push(Offer { text: format!("{NEW}{words}"), said, hint: String::new(), is_new: true });
        }
        let done = is_there && rows.len() == 1;
        self.put(if done { Vec::new() } else { rows }, !words.is_empty() && !is_there);
    }

    /// Draws them below a field or, where there is no room, above it; notes where each is.
    pub(super) fn draw(&self, buffer: &mut Buffer, field: Rect, look: &Look, spots: &mut Vec<Spot>) {
        if !self.is_seen() {
            return;
        }
        let height = (self.rows.len() as u16).min(ROWS);
        let bottom = buffer.area.bottom().saturating_sub(1);
        let below = field.y + 1 + height <= bottom;
        let y = if below { field.y + 1 } else { field.y.saturating_sub(height) };
        let area = Rect { y, height, ..field }.intersection(buffer.area);
        Clear.render(area, buffer);
        for (at, offer) in self.rows.iter().enumerate().skip(self.bar.top).take(usize::from(area.height)) {
            let (selected, row) = (at == self.bar.row, (at - self.bar.top) as u16);
            spots.push(Spot { area: Rect { y: area.y + row, height: 1, ..area }, hit: Hit::Offer(at) });
            let mut line = Line::of(buffer, area, row);
            let signs = look.theme.signs();
            let edge = if selected { (signs.bar, Style::new()) } else { (signs.vertical, look.theme.dim()) };
            line.left(edge.0, edge.1).skip(1);
            line.right(&offer.hint, look.theme.dim()).skip_right(2);
            line.left(&offer.said, look.theme.selected(selected));
        }
    }
}

/// Says of the rows what they are to what the form is about and, where nothing is typed, puts those before the others.
fn put_first(rows: &mut Vec<Offer>, firsts: &[(String, Label)], words: &str, lang: Lang) {
    let is_same = |name: &str, said: &str| name == said || says_none(name) && says_none(said);
    let place = |row: &Offer| firsts.iter().position(|(name, _)| is_same(name, &row.said));
    let nobody = absent(lang);
    if firsts.iter().any(|(name, _)| says_none(name)) && nobody.starts_with(words) {
        let (text, said) = (nobody.to_owned(), nobody.to_owned());
        rows.push(Offer { text, said, hint: String::new(), is_new: false });
    }
    for row in rows.iter_mut() {
        if let Some(at) = place(row) {
            firsts[at].1(lang).clone_into(&mut row.hint);
        }
    }
    if words.is_empty() {
        rows.sort_by_key(|row| place(row).unwrap_or(usize::MAX));
    }
}

/// The records of a kind that fit to words; none while that is not answered.
fn fitting_records(kind: Kind, words: &str, customer: Option<Id>, seen: Seen) -> Option<Vec<Offer>> {
    let book = seen.book;
    let offer = |said: String, hint: String| Offer { text: said.clone(), said, hint, is_new: false };
    let mut rows: Vec<(Id, Offer)> = match kind {
        Kind::Member | Kind::Team => {
            let names = book.names.get(&kind).into_iter().flatten();
            let found = fitting(names, words, |named| named.name.as_str());
            let hint = |named: &Named| {
                if book.is_shared(named) {
                    book.with_team(named.id.to_string(), named.id)
                } else {
                    String::new()
                }
            };
            found.into_iter().map(|named| (named.id, offer(named.name.line(), hint(named)))).collect()
        }
        Kind::Customer if words.is_empty() => Vec::new(),
        Kind::Customer => {
            let lines = book.offered(words)?.iter();
            lines.map(|line| (line.id, offer(line.name.line(), holder(line, &seen.look)))).collect()
        }
        Kind::Contact => {
            let card = book.card.as_deref().filter(|card| Some(card.line.id) == customer)?;
            let found = fitting(&card.contacts, words, |contact| contact.name.as_str());
            found
                .into_iter()
                .map(|contact| (contact.id, offer(contact.name.line(), contact.title.line())))
                .collect()
        }
        _ => return None,
    };
    // Of several with one name each is written by its id.
    let names: Vec<String> = rows.iter().map(|(_, row)| row.said.clone()).collect();
    for (id, row) in &mut rows {
        if names.iter().filter(|name| **name == row.said).count() > 1 {
            row.text = id.to_string();
        }
    }
    Some(rows.into_iter().map(|(_, row)| row).collect())
}
