//! Reads the tables of a policy file value by value. Nothing stops at a fault: each is kept with its place, and what
//! could not be read is absent.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Expected, Fault, Faults};
use crate::text::near::nearest;
use crate::text::span::BadSpan;
use crate::text::{Clean, Span};

/// A value and its place in the file, in bytes.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    /// The place.
    pub(super) at: Range<usize>,
    /// The value.
    pub(super) value: T,
}

/// A table, of which every key that is asked for is known; what is left over is a fault.
pub(super) struct Table<'a> {
    at: Range<usize>,
    left: Vec<(&'a str, Range<usize>, &'a Spanned<DeValue<'a>>)>,
    known: Vec<&'static str>,
}

impl<'a> Table<'a> {
    /// A table at a place.
    pub(super) fn new(at: Range<usize>, table: &'a DeTable<'a>) -> Table<'a> {
        let entry = |(key, value): (&'a Spanned<_>, &'a Spanned<_>)| {
            (AsRef::as_ref(key.get_ref()), key.span(), value)
        };
        Table { at, left: table.iter().map(entry).collect(), known: Vec::new() }
    }

    /// Its place.
    pub(super) fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// Whether anything stands behind a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.left.iter().any(|(name, ..)| *name == key)
    }

    /// What stands behind a key.
    pub(super) fn take(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.push(key);
        let nth = self.left.iter().position(|(name, ..)| *name == key)?;
        Some(self.left.swap_remove(nth).2)
    }

    /// What stands behind a key that must be there.
    pub(super) fn need(
        &mut self,
        key: &'static str,
        faults: &mut Faults,
    ) -> Option<&'a Spanned<DeValue<'a>>> {
        let found = self.take(key);
        if found.is_none() {
            faults.push(self.at(), Fault::Missing(key));
        }
        found
    }

    /// Every entry whose key is a name of the team's.
    pub(super) fn rest(&mut self) -> Vec<(Placed<&'a str>, &'a Spanned<DeValue<'a>>)> {
        let mut rest = std::mem::take(&mut self.left);
        rest.sort_by_key(|(_, at, _)| at.start);
        rest.into_iter().map(|(value, at, held)| (Placed { at, value }, held)).collect()
    }

    /// Tells what nobody asked for.
    pub(super) fn finish(mut self, faults: &mut Faults) {
        for (key, _) in self.rest() {
            let near = nearest(key.value, self.known.iter().copied());
            let known = self.known.iter().map(|key| (*key).to_owned()).collect();
            let name = Clean::washed(key.value).0;
            faults.push(key.at, Fault::UnknownKey { name, near: near.map(str::to_owned), known });
        }
    }
}

/// A text.
pub(super) fn text<'a>(value: &'a Spanned<DeValue<'a>>, faults: &mut Faults) -> Option<Placed<&'a str>> {
    match value.get_ref().as_str() {
        Some(text) => Some(Placed { at: value.span(), value: text }),
        None => faults.refuse(value.span(), Fault::Expected(Expected::Text)),
    }
}

/// A text without control characters.
pub(super) fn clean<'a>(value: &'a Spanned<DeValue<'a>>, faults: &mut Faults) -> Option<Placed<Clean>> {
    let text = text(value, faults)?;
    match Clean::new(text.value) {
        Ok(clean) if !clean.is_empty() => Some(Placed { at: text.at, value: clean }),
        _ => faults.refuse(text.at, Fault::Unclean(text.value.to_owned())),
    }
}

/// A number from 1 on.
pub(super) fn count(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Placed<u32>> {
    let number = value.get_ref().as_integer();
    let read = number.and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
    match read.filter(|count| *count > 0) {
        Some(count) => Some(Placed { at: value.span(), value: count }),
        None => faults.refuse(value.span(), Fault::Expected(Expected::Count)),
    }
}

/// Yes or no.
pub(super) fn flag(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<bool> {
    let flag = value.get_ref().as_bool();
    flag.or_else(|| faults.refuse(value.span(), Fault::Expected(Expected::Flag)))
}

/// A duration longer than none.
pub(super) fn span<'a>(value: &'a Spanned<DeValue<'a>>, faults: &mut Faults) -> Option<Placed<Span>> {
    let text = text(value, faults)?;
    Some(Placed { value: duration(&text.at, text.value, faults)?, at: text.at })
}

/// A duration longer than none, out of a text at a place.
pub(super) fn duration(at: &Range<usize>, text: &str, faults: &mut Faults) -> Option<Span> {
    match text.parse::<Span>() {
        Ok(span) if span.count > 0 => Some(span),
        Ok(_) => faults.refuse(at.clone(), Fault::NoTime(text.to_owned())),
        Err(BadSpan::TooLong) => faults.refuse(at.clone(), Fault::LongSpan(text.to_owned())),
        Err(BadSpan::NotASpan) => faults.refuse(at.clone(), Fault::Span(text.to_owned())),
    }
}

/// One of these words.
pub(super) fn word<'a, T: Copy>(
    value: &'a Spanned<DeValue<'a>>,
    words: &[(&'static str, T)],
    faults: &mut Faults,
) -> Option<T> {
    let text = text(value, faults)?;
    let found = words.iter().find(|(word, _)| *word == text.value);
    found.map(|(_, meant)| *meant).or_else(|| {
        let known: Vec<String> = words.iter().map(|(word, _)| (*word).to_owned()).collect();
        let near = nearest(text.value, words.iter().map(|(word, _)| *word)).map(str::to_owned);
        let name = Clean::washed(text.value).0;
        faults.refuse(text.at, Fault::UnknownWord { name, near, known })
    })
}

/// The values of a list.
pub(super) fn list<'a>(
    value: &'a Spanned<DeValue<'a>>,
    faults: &mut Faults,
) -> Vec<&'a Spanned<DeValue<'a>>> {
    let list = value.get_ref().as_array();
    if list.is_none() {
        faults.push(value.span(), Fault::Expected(Expected::List));
    }
    list.into_iter().flatten().collect()
}

/// A table.
pub(super) fn table<'a>(value: &'a Spanned<DeValue<'a>>, faults: &mut Faults) -> Option<Table<'a>> {
    match value.get_ref().as_table() {
        Some(table) => Some(Table::new(value.span(), table)),
        None => faults.refuse(value.span(), Fault::Expected(Expected::Table)),
    }
}
