//! A field of a form: what it holds, what it held before, and how what is typed is understood.

use chrono::NaiveDateTime;
use chrono_tz::Tz;
use ratatui::style::Style;

use super::NOBODY;
use crate::model::{Id, Kind, Named, Value};
use crate::text::date::{self, BadDate, When};
use crate::text::say::tui as say;
use crate::text::{Clean, Currency, Lang, Money};
use crate::tui::drafts::Before;
use crate::tui::edit::{Edit, Lines};
use crate::tui::look::{Label, Look};
use crate::tui::sheets::forms::record::{Called, word};
use crate::tui::theme::Mark;

/// How many rows a text of several lines has at the most.
pub(super) const ROWS: u16 = 3;

/// A field of a form.
#[derive(Debug)]
pub(in crate::tui) struct Field {
    pub(super) name: &'static str,
    pub(super) label: Label,
    pub(super) content: Content,
    /// Stands on the row of the field before.
    pub(super) beside: bool,
    /// Has no more rows than what it holds takes.
    pub(super) grows: bool,
    /// What an empty text may hold, or stands for.
    pub(super) hint: Option<Label>,
    /// The hint is said only while the caret is there.
    pub(super) quiet: bool,
    pub(super) reads: Reads,
    /// The field that its values depend on, and those that fit a value of that one.
    pub(super) follows: Option<(&'static str, Fitting)>,
    /// The names that are offered before all others, with what they are to what the form is about.
    pub(super) firsts: Vec<(String, Label)>,
    /// What the record held when the form was opened; none where it is about no record yet.
    pub(super) before: Option<Before>,
    /// What somebody put there meanwhile.
    pub(super) theirs: Option<Theirs>,
    /// What is to be thought of before it is saved; it hinders nobody.
    pub(super) warning: Option<String>,
}

/// What somebody put into a field while the form was open.
#[derive(Debug)]
pub(super) struct Theirs {
    /// What is there now.
    pub(super) value: Value,
    /// The same as it is typed.
    pub(super) text: String,
    /// Who did it, where that is known.
    pub(super) by: Option<Clean>,
    /// Ours was refused for it: saved again, it is put over theirs.
    pub(super) refused: bool,
}

/// What a field holds.
#[derive(Debug)]
pub(super) enum Content {
    Text(Edit),
    Pick {
        options: Vec<Pick>,
        at: usize,
        /// All options are seen, not only the chosen one.
        spread: bool,
    },
    /// What the reader may not see before the customer is claimed, and not change either.
    Hidden,
}

/// What a text is understood as while it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Reads {
    /// Words.
    Words,
    /// A date.
    Date,
    /// A day, without an hour.
    Day,
    /// A date and what to do.
    NextStep,
    /// An amount.
    Amount,
    /// A record of this kind, by name or id.
    Record(Kind),
}

/// A value that can be chosen: the word for the draft and what people read.
#[derive(Clone, Debug)]
pub(in crate::tui) struct Pick {
    pub(in crate::tui) word: String,
    pub(in crate::tui) label: [String; 2],
}

/// The values of a choice that fit the value of another field.
pub(in crate::tui) type Fitting = fn(&str) -> Vec<Pick>;

impl Pick {
    /// A record.
    pub(in crate::tui) fn named(id: Id, name: &Clean) -> Pick {
        Pick { word: id.to_string(), label: [name.line(), name.line()] }
    }

    /// A value with a message for a name.
    pub(in crate::tui) fn said(word: &str, label: Label) -> Pick {
        Pick { word: word.to_owned(), label: [label(Lang::En).to_owned(), label(Lang::Zh).to_owned()] }
    }

    /// What people read.
    pub(super) fn label(&self, lang: Lang) -> &str {
        let [en, zh] = &self.label;
        lang.pick(en, zh)
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

    /// What is hidden from the reader.
    pub(in crate::tui) fn hidden(name: &'static str, label: Label) -> Field {
        Field::of(name, label, Content::Hidden)
    }

    fn of(name: &'static str, label: Label, content: Content) -> Field {
        Field {
            name,
            label,
            content,
            beside: false,
            grows: false,
            hint: None,
            quiet: false,
            reads: Reads::Words,
            follows: None,
            firsts: Vec::new(),
            before: None,
            theirs: None,
            warning: None,
        }
    }

    /// The field on the row of the one before.
    pub(in crate::tui) fn beside(self) -> Field {
        Field { beside: true, ..self }
    }

    /// The field with as many rows as what it holds takes.
    pub(in crate::tui) fn growing(self) -> Field {
        Field { grows: true, ..self }
    }

    /// The field that, empty, says what that stands for.
    pub(in crate::tui) fn hint(self, hint: Label) -> Field {
        Field { hint: Some(hint), quiet: false, ..self }
    }

    /// The field that says what it may hold to whoever is there.
    pub(in crate::tui) fn asks(self, hint: Label) -> Field {
        Field { hint: Some(hint), quiet: true, ..self }
    }

    /// The field, understood while it is typed.
    pub(in crate::tui) fn reads(self, reads: Reads) -> Field {
        Field { reads, ..self }
    }

    /// The choice among the values that fit the value of another field.
    pub(in crate::tui) fn follows(self, other: &'static str, fitting: Fitting) -> Field {
        Field { follows: Some((other, fitting)), ..self }
    }

    /// The field that offers these names first.
    pub(in crate::tui) fn first(self, firsts: Vec<(String, Label)>) -> Field {
        Field { firsts, ..self }
    }

    /// The field with what the record holds, as a text and as a value.
    pub(in crate::tui) fn holding(mut self, text: &str, value: Value) -> Field {
        self.put(text);
        // The text may be one that the field shows otherwise, as on one line.
        self.before = Some(Before { text: self.value().to_owned(), value });
        self
    }

    pub(super) fn value(&self) -> &str {
        match &self.content {
            Content::Text(edit) => edit.text(),
            Content::Pick { options, at, .. } => options.get(*at).map_or("", |pick| &pick.word),
            Content::Hidden => "",
        }
    }

    pub(super) fn put(&mut self, value: &str) {
        match &mut self.content {
            Content::Text(edit) => {
                edit.clear();
                edit.paste(value);
            }
            Content::Pick { options, at, .. } => {
                *at = options.iter().position(|pick| pick.word == value).unwrap_or(*at);
            }
            Content::Hidden => {}
        }
    }

    /// Offers these values in a choice; what was chosen stays so where it is among them.
    pub(super) fn offer(&mut self, offered: Vec<Pick>) {
        if let Content::Pick { options, at, .. } = &mut self.content {
            let chosen = options.get(*at).map(|pick| pick.word.as_str());
            *at = offered.iter().position(|pick| Some(pick.word.as_str()) == chosen).unwrap_or(0);
            *options = offered;
        }
    }

    /// Goes to the next value of a choice, or the one before.
    pub(super) fn choose(&mut self, forward: bool) {
        if let Content::Pick { options, at, .. } = &mut self.content {
            let count = options.len();
            *at = if forward { (*at + 1) % count } else { (*at + count - 1) % count };
        }
    }

    /// Goes to the next value of a choice that begins so; false where none does.
    pub(super) fn choose_by(&mut self, typed: &str) -> bool {
        let Content::Pick { options, at, .. } = &mut self.content else { return false };
        let typed = typed.to_lowercase();
        let begins = |pick: &Pick| pick.label.iter().any(|label| label.to_lowercase().starts_with(&typed));
        let mut round = (1..=options.len()).map(|by| (*at + by) % options.len());
        let found = round.find(|at| begins(&options[*at]));
        *at = found.unwrap_or(*at);
        found.is_some()
    }

    /// Puts back what was typed before, on top of what the record held then; what it holds now is told where somebody
    /// changed it. What was not touched, and what they changed alike, shows what the record holds now.
    pub(super) fn restore(&mut self, value: &str, before: Option<&Before>) {
        let Some(began) = before.filter(|_| !self.is_hidden()) else { return self.put(value) };
        let is = self.before.take();
        let alike = is.as_ref().is_some_and(|is| is.text == value);
        if alike || began.text == value {
            self.before = is;
            return;
        }
        self.put(value);
        self.theirs = is.filter(|is| is.value != began.value).map(|is| Theirs {
            value: is.value,
            text: is.text,
            by: None,
            refused: false,
        });
        self.before = Some(began.clone());
    }

    /// What a change is made from: what the record held or, once ours was refused for it, what they put there.
    pub(super) fn base(&self) -> Option<Before> {
        match &self.theirs {
            Some(Theirs { value, text, refused: true, .. }) => {
                Some(Before { text: text.clone(), value: value.clone() })
            }
            _ => self.before.clone(),
        }
    }

    /// Holds what they put there.
    pub(super) fn take_theirs(&mut self, called: Called, zone: Tz) {
        if let Some(Theirs { value, .. }) = self.theirs.take() {
            self.put(&word(&value, called, zone));
            self.before = Some(Before { text: self.value().to_owned(), value });
        }
    }

    /// Whether nothing was typed, or nothing but what the record holds.
    pub(super) fn is_blank(&self) -> bool {
        match (self.base(), &self.content) {
            (Some(before), _) => before.text == self.value(),
            (None, Content::Text(edit)) => edit.text().trim().is_empty(),
            (None, Content::Pick { .. } | Content::Hidden) => true,
        }
    }

    /// Whether it names a record of this kind by these words.
    pub(super) fn names(&self, kind: Kind, words: &str) -> bool {
        self.reads == Reads::Record(kind) && self.value().trim() == words
    }

    /// The kind of record that it names, and the words that do.
    pub(super) fn names_record(&self) -> Option<(Kind, &str)> {
        match self.reads {
            Reads::Record(kind) => Some((kind, self.value().trim())),
            _ => None,
        }
    }

    pub(super) fn is_hidden(&self) -> bool {
        matches!(self.content, Content::Hidden)
    }

    pub(super) fn is_note(&self) -> bool {
        matches!(&self.content, Content::Text(edit) if edit.lines() == Lines::Many)
    }

    /// How many rows what it holds takes in so many columns.
    pub(super) fn height(&self, room: u16) -> u16 {
        match &self.content {
            _ if self.beside => 0,
            Content::Text(edit) if self.is_note() && self.grows => {
                ROWS.min(edit.rows(room.max(1)).rows.len().max(1) as u16)
            }
            _ if self.is_note() => ROWS,
            _ => 1,
        }
    }

    /// How many rows it takes with what others put there and what is to be thought of.
    pub(super) fn rows(&self, room: u16) -> u16 {
        self.height(room) + u16::from(self.theirs.is_some()) + u16::from(self.warning.is_some())
    }

    /// What others put there, for a reader; `called` tells names of records.
    pub(super) fn said_of_theirs(&self, called: Called, look: &Look) -> Option<String> {
        let lang = look.lang;
        let theirs = self.theirs.as_ref()?;
        let word = word(&theirs.value, called, look.zone);
        let now = match &self.content {
            Content::Pick { options, .. } => options.iter().find(|pick| pick.word == word)?.label(lang),
            Content::Text(_) if word.is_empty() => say::none(lang),
            Content::Text(_) => &word,
            Content::Hidden => return None,
        };
        Some(match &theirs.by {
            Some(by) => say::now_by(lang, now, by),
            None => say::now(lang, now),
        })
    }

    /// How what is typed is understood: the date or the amount said back, or what is missing.
    pub(super) fn heard(&self, look: &Look) -> Option<Heard> {
        let (text, now) = (self.value(), look.now.local(look.zone));
        if text.trim().is_empty() {
            return None;
        }
        match self.reads {
            Reads::Record(kind @ (Kind::Contact | Kind::Customer)) => {
                let is_new = text.trim().strip_prefix(super::NEW).is_some_and(|name| !name.trim().is_empty());
                is_new.then_some(Heard::New(kind))
            }
            Reads::Words | Reads::Record(_) => None,
            Reads::Date | Reads::Day if matches!(text.trim(), NOBODY | "无") => None,
            Reads::Date => Some(Heard::date(date::parse(text, now), look.lang)),
            Reads::Day => {
                let day = date::parse(text, now).map(|when| When { time: None, ..when });
                Some(Heard::date(day, look.lang))
            }
            Reads::NextStep => Some(match (date::split_step(text, now), impossible(text, now)) {
                (Some((when, _)), _) => Heard::Date(when),
                (None, Some(why)) => Heard::Fault(why.say(look.lang)),
                (None, None) => Heard::Fault(say::no_step_date(look.lang).to_owned()),
            }),
            Reads::Amount => {
                let currency = look.session.and_then(|session| session.currency.as_str().parse().ok());
                Some(match Money::parse(text, currency.unwrap_or(Currency::CNY)) {
                    Ok(amount) if amount.to_string() == text.trim() => return None,
                    Ok(amount) => Heard::Amount(amount),
                    Err(why) => Heard::Fault(why.say(look.lang)),
                })
            }
        }
    }
}

/// How a text is understood.
pub(super) enum Heard {
    Date(When),
    /// A date, and what is to be done then.
    Step(When, String),
    Amount(Money),
    Record(Named),
    /// A record of this kind that is to be made.
    New(Kind),
    Fault(String),
}

impl Heard {
    fn date(read: Result<When, BadDate>, lang: Lang) -> Heard {
        match read {
            Ok(when) => Heard::Date(when),
            Err(BadDate::NotADate) => Heard::Fault(say::no_date(lang).to_owned()),
            Err(why) => Heard::Fault(why.say(lang)),
        }
    }

    pub(super) fn said(&self, look: &Look) -> (String, Style) {
        let understood = look.theme.mark(Mark::New);
        match self {
            Heard::Date(when) => (date::echo(look.lang, *when), understood),
            Heard::Step(when, what) => (say::step(look.lang, date::echo(look.lang, *when), what), understood),
            Heard::Amount(amount) => (amount.to_string(), understood),
            Heard::Record(named) => (format!("{} {}", named.id, named.name.line()), understood),
            Heard::New(kind) => (say::new_record(look.lang, kind.label(look.lang)), understood),
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
