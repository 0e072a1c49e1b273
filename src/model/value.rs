//! What a field holds, as the journal writes it, and how fields of each type are read and set.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::choice::Choice;
use super::id::Id;
use super::time::{Day, Instant};
use crate::text::{Clean, Lang, Lunar, Money, Weekdays};

/// The value of a field. Variants are stored by their position: they are only ever added.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Value {
    /// None.
    #[default]
    Absent,
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text, or the word of a choice.
    Text(Clean),
    /// An amount.
    Money(Money),
    /// A day of the calendar.
    Day(Day),
    /// A moment.
    Instant(Instant),
    /// Another record.
    Ref(Id),
    /// A member and the duty they hold.
    Duty(Id, Clean),
}

impl Value {
    /// A text; the empty one is absent.
    pub fn text(text: Clean) -> Value {
        if text.is_empty() { Value::Absent } else { Value::Text(text) }
    }

    /// The word of a choice.
    pub fn word(choice: impl Choice) -> Value {
        Value::Text(Clean::known(choice.word()))
    }

    /// A value, or none.
    pub fn or_absent<T>(value: Option<T>, make: impl FnOnce(T) -> Value) -> Value {
        value.map_or(Value::Absent, make)
    }

    /// The record that it names.
    pub fn refers_to(&self) -> Option<Id> {
        match self {
            Value::Ref(id) | Value::Duty(id, _) => Some(*id),
            _ => None,
        }
    }

    /// True where there is none.
    pub fn is_absent(&self) -> bool {
        *self == Value::Absent
    }
}

/// A field of a record: its code among the fields of its kind and, for own fields, the name the team gave it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Field {
    /// The stored code.
    pub code: u8,
    /// The name behind `x.`, for own fields.
    pub own: Option<Clean>,
}

impl Field {
    /// The declared field with this code.
    pub const fn of(code: u8) -> Field {
        Field { code, own: None }
    }
}

/// What a field may hold. Lengths are counted in characters.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Yes or no.
    Flag,
    /// A whole number from 0.
    Number,
    /// One line of text, at most so long.
    Line(usize),
    /// Text with line breaks, at most so long.
    Note(usize),
    /// An amount.
    Money,
    /// A day.
    Day,
    /// A moment.
    Instant,
    /// A record of this kind.
    Ref(super::id::Kind),
    /// One of a few words.
    Word(Words),
    /// Several lines of text, each at most so long.
    Lines(usize),
    /// Several records of this kind.
    Refs(super::id::Kind),
    /// Several members, each with a duty.
    Duties,
    /// Own fields: a name and a line of text at most so long each.
    Own(usize),
}

impl Shape {
    /// Whether the field holds several values, linked and unlinked one by one.
    pub fn is_many(self) -> bool {
        matches!(self, Shape::Lines(_) | Shape::Refs(_) | Shape::Duties)
    }

    /// The shape of a field that takes one of `T`'s words.
    pub const fn word<T: Choice>() -> Shape {
        Shape::Word(Words { all: words_of::<T>, read: read_word::<T>, label: label_of::<T> })
    }
}

/// The words of a choice, for places that do not know its type.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Every word, in the order in which people are offered them.
    pub all: fn() -> Vec<&'static str>,
    /// The word that a text means, in either language.
    pub read: fn(&str) -> Option<&'static str>,
    /// What people read for a word.
    pub label: fn(&str, Lang) -> Option<&'static str>,
}

fn words_of<T: Choice>() -> Vec<&'static str> {
    T::ALL.iter().map(|choice| choice.word()).collect()
}

fn read_word<T: Choice>(text: &str) -> Option<&'static str> {
    T::read(text).map(T::word)
}

fn label_of<T: Choice>(word: &str, lang: Lang) -> Option<&'static str> {
    T::read(word).map(|choice| choice.label(lang))
}

/// A declared field: what a record's table in the documentation, the shell and the filter language say of it.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// The stored code.
    pub code: u8,
    /// Its name in JSON, in `--set` and in imports.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Set by rules and the store alone; never by hand.
    pub derived: bool,
    /// The commands that alone set it; none: it is edited like any other.
    pub command: Option<&'static str>,
}

/// A field's place in a record. Values of another type than its own leave it as it is: `rules` checks before.
pub trait Slot {
    /// The value; of several, none (they are read with [`Slot::each`]).
    fn get(&self, own: Option<&Clean>) -> Value;
    /// Puts a value, or none.
    fn set(&mut self, own: Option<&Clean>, value: Value);
    /// Puts one of several values in (`on`) or out.
    fn link(&mut self, _value: Value, _on: bool) {}
    /// Each value held, with the name of an own field.
    fn each(&self, see: &mut dyn FnMut(Option<&Clean>, Value)) {
        let value = self.get(None);
        if !value.is_absent() {
            see(None, value);
        }
    }
}

macro_rules! slot {
    ($($type:ty, $variant:ident;)+) => {$(
        impl Slot for Option<$type> {
            fn get(&self, _: Option<&Clean>) -> Value {
                Value::or_absent(self.clone(), Value::$variant)
            }
            fn set(&mut self, _: Option<&Clean>, value: Value) {
                match value {
                    Value::$variant(value) => *self = Some(value),
                    Value::Absent => *self = None,
                    _ => {}
                }
            }
        }
    )+};
}

slot! {
    i64, Number;
    Money, Money;
    Day, Day;
    Instant, Instant;
    Id, Ref;
}

impl Slot for Clean {
    fn get(&self, _: Option<&Clean>) -> Value {
        Value::text(self.clone())
    }
    fn set(&mut self, _: Option<&Clean>, value: Value) {
        match value {
            Value::Text(text) => *self = text,
            Value::Absent => *self = Clean::default(),
            _ => {}
        }
    }
}

impl Slot for bool {
    fn get(&self, _: Option<&Clean>) -> Value {
        if *self { Value::Flag(true) } else { Value::Absent }
    }
    fn set(&mut self, _: Option<&Clean>, value: Value) {
        match value {
            Value::Flag(flag) => *self = flag,
            Value::Absent => *self = false,
            _ => {}
        }
    }
}

impl<T: Choice> Slot for Option<T> {
    fn get(&self, _: Option<&Clean>) -> Value {
        Value::or_absent(*self, Value::word)
    }
    fn set(&mut self, _: Option<&Clean>, value: Value) {
        match value {
            Value::Text(word) => *self = T::read(word.as_str()),
            Value::Absent => *self = None,
            _ => {}
        }
    }
}

/// What is stored as text and read again from it.
macro_rules! written {
    ($($type:ty)+) => {$(
        impl Slot for Option<$type> {
            fn get(&self, _: Option<&Clean>) -> Value {
                Value::or_absent(*self, |value| Value::Text(Clean::washed(&value.to_string()).0))
            }
            fn set(&mut self, _: Option<&Clean>, value: Value) {
                match value {
                    Value::Text(text) => *self = <$type>::read(text.as_str()),
                    Value::Absent => *self = None,
                    _ => {}
                }
            }
        }
    )+};
}

written! { Lunar Weekdays }

impl Slot for BTreeSet<Clean> {
    fn get(&self, _: Option<&Clean>) -> Value {
        Value::Absent
    }
    fn set(&mut self, _: Option<&Clean>, value: Value) {
        self.link(value, true);
    }
    fn link(&mut self, value: Value, on: bool) {
        if let Value::Text(text) = value {
            if on {
                self.insert(text)
            } else {
                self.remove(&text)
            };
        }
    }
    fn each(&self, see: &mut dyn FnMut(Option<&Clean>, Value)) {
        for text in self {
            see(None, Value::Text(text.clone()));
        }
    }
}

impl Slot for BTreeSet<Id> {
    fn get(&self, _: Option<&Clean>) -> Value {
        Value::Absent
    }
    fn set(&mut self, _: Option<&Clean>, value: Value) {
        self.link(value, true);
    }
    fn link(&mut self, value: Value, on: bool) {
        if let Value::Ref(id) = value {
            if on {
                self.insert(id)
            } else {
                self.remove(&id)
            };
        }
    }
    fn each(&self, see: &mut dyn FnMut(Option<&Clean>, Value)) {
        for id in self {
            see(None, Value::Ref(*id));
        }
    }
}

impl Slot for BTreeSet<(Id, Clean)> {
    fn get(&self, _: Option<&Clean>) -> Value {
        Value::Absent
    }
    fn set(&mut self, _: Option<&Clean>, value: Value) {
        self.link(value, true);
    }
    fn link(&mut self, value: Value, on: bool) {
        if let Value::Duty(member, duty) = value {
            let held = (member, duty);
            if on {
                self.insert(held)
            } else {
                self.remove(&held)
            };
        }
    }
    fn each(&self, see: &mut dyn FnMut(Option<&Clean>, Value)) {
        for (member, duty) in self {
            see(None, Value::Duty(*member, duty.clone()));
        }
    }
}

impl Slot for BTreeMap<Clean, Clean> {
    fn get(&self, own: Option<&Clean>) -> Value {
        Value::or_absent(own.and_then(|name| self.get(name)).cloned(), Value::Text)
    }
    fn set(&mut self, own: Option<&Clean>, value: Value) {
        let Some(name) = own else { return };
        match value {
            Value::Text(text) => {
                self.insert(name.clone(), text);
            }
            Value::Absent => {
                self.remove(name);
            }
            _ => {}
        }
    }
    fn each(&self, see: &mut dyn FnMut(Option<&Clean>, Value)) {
        for (name, text) in self {
            see(Some(name), Value::Text(text.clone()));
        }
    }
}
