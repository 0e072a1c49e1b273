//! The one form: fields of text and of choices, on a sheet. What its fields mean is told in [`super::forms`].

mod drawing;
mod field;
mod mention;
mod offers;
mod pointing;
mod understood;

use chrono_tz::Tz;

use super::Wish;
use super::forms::record::word;
use crate::keys::{Act, Scope};
use crate::model::{Id, Kind, Named, Refusal};
use crate::text::says_none;
use crate::tui::book::Book;
use crate::tui::drafts::{Before, Deed, Draft};
use crate::tui::edit::Lines;
use field::{Content, Theirs};
pub(in crate::tui) use field::{Field, Pick, Reads};
use offers::Offers;

/// What stands before the name of a record that is to be made with what is saved.
const NEW: char = '+';

/// The name of nobody in drafts; [`says_none`] reads it.
pub(in crate::tui) const NOBODY: &str = "none";

/// A form.
#[derive(Debug)]
pub(in crate::tui) struct Form {
    /// What it is for.
    pub(in crate::tui) deed: Deed,
    /// The record that it is about.
    pub(in crate::tui) about: Named,
    /// The records that it is about, where they are many.
    pub(in crate::tui) over: Vec<Named>,
    fields: Vec<Field>,
    at: usize,
    /// It was sent, and what became of it is not known yet.
    pub(in crate::tui) saving: bool,
    refusal: Option<Refusal>,
    /// The records that the field in focus may name.
    offers: Offers,
    /// What the fields held when it was opened.
    fresh: Vec<(String, Option<Before>)>,
    /// What was thrown away last.
    thrown: Option<Draft>,
    /// The text that was not saved at once, so that its author sees what is not understood of it.
    held: Option<String>,
    /// What was typed on the choice in focus since one came to it.
    letters: String,
    /// What was typed there chooses nothing.
    astray: bool,
    /// How wide the fields are drawn, known once the window is.
    room: u16,
}

impl Form {
    /// A form with the caret in the field of this name.
    pub(in crate::tui) fn new(deed: Deed, about: Named, fields: Vec<Field>, first: &str) -> Form {
        let at = fields.iter().position(|field| field.name == first).unwrap_or(0);
        let fresh = fields.iter().map(|field| (field.value().to_owned(), field.before.clone())).collect();
        Form {
            deed,
            about,
            over: Vec::new(),
            fields,
            at,
            saving: false,
            refusal: None,
            offers: Offers::default(),
            fresh,
            thrown: None,
            held: None,
            letters: String::new(),
            astray: false,
            room: 0,
        }
    }

    /// The form about all of these; none: about its one record.
    pub(in crate::tui) fn about_all(self, over: Vec<Named>) -> Form {
        Form { over, ..self }
    }

    /// Puts back what was typed before.
    pub(in crate::tui) fn restore(&mut self, draft: &Draft) {
        for at in 0..self.fields.len() {
            let name = self.fields[at].name;
            if let Some(value) = draft.fields.get(name) {
                self.change(at, |field| field.restore(value, draft.before.get(name)));
            }
        }
    }

    /// Throws away what was typed; where that was done before, and nothing was typed since, brings it back.
    fn discard(&mut self) {
        self.refusal = None;
        if let Some(thrown) = self.thrown.take().filter(|_| self.is_blank()) {
            return self.restore(&thrown);
        }
        self.thrown = Some(self.draft());
        for (at, (value, before)) in self.fresh.clone().into_iter().enumerate() {
            self.change(at, |field| {
                field.put(&value);
                (field.before, field.theirs) = (before, None);
            });
        }
    }

    /// Changes a field, and then the choices that depend on it.
    fn change<T>(&mut self, at: usize, how: impl FnOnce(&mut Field) -> T) -> Option<T> {
        let field = self.fields.get_mut(at)?;
        let done = how(field);
        let (name, value) = (field.name, field.value().to_owned());
        for field in &mut self.fields {
            if let Some((_, fitting)) = field.follows.filter(|(other, _)| *other == name) {
                field.offer(fitting(&value));
            }
        }
        Some(done)
    }

    /// What stands in the field of this name.
    fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.name == name).map(Field::value)
    }

    /// Chooses a value, or puts a text.
    pub(in crate::tui) fn put(&mut self, name: &str, value: &str) {
        if let Some(at) = self.fields.iter().position(|field| field.name == name) {
            self.change(at, |field| field.put(value));
        }
    }

    /// Puts the caret into a field.
    pub(in crate::tui) fn begin_at(&mut self, name: &str) {
        self.at = self.fields.iter().position(|field| field.name == name).unwrap_or(self.at);
    }

    /// Whether there is such a field with nothing typed into it.
    pub(in crate::tui) fn is_free(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name && field.is_blank())
    }

    /// Whether it takes a word or two, and nothing is typed but what these fields hold.
    pub(in crate::tui) fn gives_way_to(&self, names: &[&str]) -> bool {
        let is_other = |field: &&Field| !field.is_blank() && !names.contains(&field.name);
        self.deed.is_quick() && !self.fields.iter().any(|field| is_other(&field))
    }

    /// Whether it holds nothing but a word that was refused.
    pub(in crate::tui) fn holds_refused_word(&self) -> bool {
        let typed = self.fields.iter().filter(|field| !field.is_blank()).count();
        self.deed.is_quick() && self.refusal.is_some() && typed == 1
    }

    /// What stands in it, as it is kept: with what it was begun from.
    pub(in crate::tui) fn draft(&self) -> Draft {
        self.draft_from(|field| field.before.clone())
    }

    /// What stands in it, as it is sent: over what somebody put there meanwhile, where that was told.
    pub(in crate::tui) fn order(&self) -> Draft {
        self.draft_from(Field::base)
    }

    fn draft_from(&self, base: impl Fn(&Field) -> Option<Before>) -> Draft {
        let seen = self.fields.iter().filter(|field| !field.is_hidden());
        let fields = seen.map(|field| (field.name.to_owned(), field.value().to_owned()));
        let before = self.fields.iter().filter_map(|field| Some((field.name.to_owned(), base(field)?)));
        Draft {
            deed: self.deed,
            about: self.about.clone(),
            over: self.over.iter().map(|record| record.id).collect(),
            by: None,
            fields: fields.collect(),
            before: before.collect(),
            sent: None,
        }
    }

    /// Whether nothing was typed, or nothing but what the record holds.
    pub(in crate::tui) fn is_blank(&self) -> bool {
        self.fields.iter().all(Field::is_blank)
    }

    /// The name that a new customer is being given; empty in other forms.
    pub(in crate::tui) fn new_name(&self) -> &str {
        let named = self.fields.iter().find(|field| field.name == "name");
        named.filter(|_| self.deed == Deed::Add(Kind::Customer)).map_or("", |field| field.value().trim())
    }

    /// Shows why it was not taken, at the field that is to blame. Where somebody changed that field meanwhile, both
    /// values are seen, and saved again the one in the form is put over theirs.
    pub(in crate::tui) fn refuse(&mut self, refusal: Refusal, zone: Tz) {
        self.saving = false;
        self.refusal = None;
        let blamed = self.blamed(&refusal);
        self.at = blamed.unwrap_or(self.at);
        match (refusal, blamed.and_then(|at| self.fields.get_mut(at))) {
            (Refusal::Conflict { is, by, .. }, Some(field)) => {
                let text = word(&is, &|_| None, zone);
                field.theirs = Some(Theirs { value: is, text, by: by.map(|(name, _)| name), refused: true });
            }
            (refusal, _) => self.refusal = Some(refusal),
        }
    }

    /// Takes what somebody put into the field in focus, or into the first that somebody changed.
    fn take_theirs(&mut self, book: &Book) {
        let changed = |field: &Field| field.theirs.is_some();
        let here = self.fields.get(self.at).is_some_and(changed);
        let at = if here { Some(self.at) } else { self.fields.iter().position(changed) };
        if let Some(at) = at {
            self.at = at;
            self.change(at, |field| field.take_theirs(&|id| book.name_of(id), book.zone()));
            self.offers.close();
        }
    }

    /// The field that a refusal is about.
    fn blamed(&self, refusal: &Refusal) -> Option<usize> {
        let blamed = |field: &Field| match refusal {
            Refusal::BadValue(name, ..)
            | Refusal::TooLong(name, ..)
            | Refusal::Missing(_, name)
            | Refusal::Hidden(_, name)
            | Refusal::Conflict { field: name, .. } => field.name == name.as_str(),
            Refusal::NoMatch(kind, words) | Refusal::Ambiguous(kind, words, _) => {
                field.names(*kind, words.as_str())
            }
            Refusal::NoRecord(id) => field.names(id.kind, &id.to_string()),
            Refusal::ParentLoop(..) => field.name == "parent",
            Refusal::Future(_) => field.name == "at",
            _ => false,
        };
        self.fields.iter().position(blamed)
    }

    pub(super) fn scope(&self) -> Scope {
        match self.fields.get(self.at).map(|field| &field.content) {
            Some(Content::Pick { .. }) => Scope::Choice,
            _ if self.offers.is_seen() => Scope::Pick,
            _ => Scope::Form,
        }
    }

    /// The words in the field in focus that are to name a record, and of which kind. `none` is nobody's name, what a
    /// plus stands before is new, and a contact is known by its customer alone.
    pub(in crate::tui) fn words(&self) -> Option<(Kind, &str)> {
        let field = self.fields.get(self.at).filter(|field| !field.is_blank())?;
        let (kind, words) = field.names_record()?;
        let means =
            kind != Kind::Contact && !words.is_empty() && !says_none(words) && !words.starts_with(NEW);
        means.then_some((kind, words))
    }

    /// The words in the field in focus, where customers are offered for them.
    pub(in crate::tui) fn looked_up(&self) -> Option<&str> {
        let (kind, words) = self.fields.get(self.at)?.names_record().filter(|_| self.offers.open)?;
        (kind == Kind::Customer && !words.is_empty() && !words.starts_with(NEW)).then_some(words)
    }

    /// Whether it has fields that name members or teams.
    pub(in crate::tui) fn names_ours(&self) -> bool {
        let ours = |field: &Field| matches!(field.reads, Reads::Record(Kind::Member | Kind::Team));
        self.fields.iter().any(ours)
    }

    /// Writes the record under the bar into the field, a member in the place of the name that was begun.
    fn pick(&mut self) {
        let part = self.begun();
        if let (Some(offer), Some(field)) = (self.offers.chosen(), self.fields.get_mut(self.at)) {
            match (part, &mut field.content) {
                (Some(part), Content::Text(edit)) => mention::write(edit, part, &offer.text),
                _ => field.put(&offer.text),
            }
        }
        self.offers.close();
    }

    /// Where something is offered: whether the key that else saves takes it, and the one that goes on.
    pub(in crate::tui) fn offers(&self) -> Option<(bool, bool)> {
        let offers = &self.offers;
        offers.is_seen().then(|| (offers.are_taken(), offers.are_taken_in_passing()))
    }

    /// Leaves the field with what is offered under the bar, else with what the words mean.
    fn take_meant(&mut self, book: &Book) {
        if self.offers.are_taken_in_passing() {
            self.pick();
        } else {
            self.complete(book);
        }
        self.offers.close();
    }

    /// Puts the whole name of the record that is meant in place of the words. An id stays: others may have the name.
    fn complete(&mut self, book: &Book) {
        let words = self.words().filter(|(_, words)| words.parse::<Id>().is_err());
        let meant = words.and_then(|(kind, words)| book.meant(kind, words));
        if let Some(Ok(named)) = meant {
            let name = named.name.line();
            self.fields[self.at].put(&name);
        }
    }

    pub(super) fn act(&mut self, act: Act, book: &Book) -> Option<Vec<Wish>> {
        self.astray = false;
        self.letters.clear();
        match act {
            Act::Cancel => return Some(vec![Wish::Close]),
            _ if self.saving && matches!(act.scope(), Scope::Form | Scope::Choice | Scope::Field) => {}
            Act::Open if self.offers.are_taken() => self.pick(),
            Act::NextField if self.offers.is_seen() && self.begins_mention() => self.pick(),
            Act::Back if self.offers.is_seen() => self.offers.close(),
            Act::Up | Act::Down if self.offers.is_seen() => self.offers.go(act),
            Act::CaretRight if self.is_at_end() => self.offers.ask(),
            Act::Save | Act::Open => {
                self.take_meant(book);
                return Some(vec![Wish::Save]);
            }
            Act::Discard => self.discard(),
            Act::TakeTheirs => self.take_theirs(book),
            Act::NextField => self.step(true, book),
            Act::PrevField => self.step(false, book),
            Act::EditText => {
                return Some(self.text().map(|text| Wish::Edit(text.to_owned())).into_iter().collect());
            }
            Act::ChoiceNext | Act::ChoicePrev => {
                self.change(self.at, |field| field.choose(act == Act::ChoiceNext));
            }
            _ => match self.fields.get_mut(self.at).map(|field| &mut field.content) {
                Some(Content::Text(edit)) if act.scope() == Scope::Field || act == Act::Newline => {
                    let before = edit.text().len();
                    edit.act(act);
                    if edit.text().len() != before {
                        self.offers.begin();
                    }
                }
                _ if act.scope() == Scope::Field || act == Act::Newline => {}
                _ => return None,
            },
        }
        Some(Vec::new())
    }

    /// The text in focus.
    fn text(&self) -> Option<&str> {
        match self.fields.get(self.at).map(|field| &field.content) {
            Some(Content::Text(edit)) => Some(edit.text()),
            _ => None,
        }
    }

    /// Puts another text in place of the one in focus; gives how many characters were left out for want of room.
    pub(in crate::tui) fn edited(&mut self, text: &str) -> usize {
        let Some(Content::Text(edit)) = self.fields.get_mut(self.at).map(|field| &mut field.content) else {
            return 0;
        };
        edit.clear();
        edit.paste(text.trim_end())
    }

    /// Takes a text that was typed or pasted; gives how many characters were left out for want of room.
    pub(super) fn take(&mut self, text: &str) -> usize {
        if self.saving {
            return 0;
        }
        self.offers.begin();
        self.letters.push_str(text);
        let writes = is_writing(&self.letters);
        match self.fields.get_mut(self.at).map(|field| &mut field.content) {
            // Whoever types more than one letter writes a text, where there is none.
            Some(Content::Pick { .. }) if writes => self.astray = true,
            Some(Content::Text(edit)) => match text.chars().next() {
                Some(typed) if text.len() == typed.len_utf8() => {
                    return usize::from(!edit.insert(typed) && !edit.has_room(typed));
                }
                _ => return edit.paste(text),
            },
            // A letter goes to the next value that begins with it.
            Some(Content::Pick { .. }) => {
                self.astray = self.change(self.at, |field| field.choose_by(text)) == Some(false);
            }
            Some(Content::Hidden) | None => {}
        }
        0
    }

    /// Whether the caret stands behind what names a record.
    fn is_at_end(&self) -> bool {
        self.fields.get(self.at).is_some_and(|field| match &field.content {
            Content::Text(edit) => field.names_record().is_some() && edit.caret() == edit.text().len(),
            Content::Pick { .. } | Content::Hidden => false,
        })
    }

    /// Goes to the next field that is not hidden or the one before; within a text of several lines first by its rows.
    fn step(&mut self, forward: bool, book: &Book) {
        self.take_meant(book);
        let room = self.room;
        if let Some(Content::Text(edit)) = self.fields.get_mut(self.at).map(|field| &mut field.content) {
            let moved = edit.lines() == Lines::Many && if forward { edit.down(room) } else { edit.up(room) };
            if moved {
                return;
            }
        }
        let by = if forward { 1 } else { self.fields.len() - 1 };
        let count = self.fields.len();
        let mut round = (1..=count).map(|steps| (self.at + steps * by) % count);
        self.at = round.find(|at| !self.fields[*at].is_hidden()).unwrap_or(self.at);
    }
}

/// Whether these letters, typed one after another, are more than one of them again and again.
fn is_writing(letters: &str) -> bool {
    letters.chars().any(|letter| !letters.starts_with(letter))
}
