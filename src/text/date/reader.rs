//! Steps through a text, one word, number or sign at a time.

use std::ops::RangeInclusive;

/// Signs that may part a date from what follows it.
pub(super) const PAUSES: &str = ",，、:：;；.。";
/// A place in a text; a copy of it is a way back.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Reader<'a> {
        let mut reader = Reader { text, at: 0 };
        reader.blanks();
        reader
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Reads something whole: behind blanks, and ending where a word ends. Else nothing is read.
    pub(super) fn phrase<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.attempt(|r| {
            r.blanks();
            read(r).filter(|_| r.ends_a_word())
        })
    }

    /// Reads something or nothing at all.
    pub(super) fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = *self;
        let found = read(self);
        if found.is_none() {
            *self = start;
        }
        found
    }

    /// The value of the longest phrase of a table that stands here. A Latin one must end where a word ends.
    pub(super) fn one_of<T: Copy>(&mut self, table: &[(&str, T)]) -> Option<T> {
        let fits = |(phrase, value): &(&str, T)| self.end_of(phrase).map(|end| (end, *value));
        let (end, value) = table.iter().filter_map(fits).max_by_key(|(end, _)| *end)?;
        self.at = end;
        Some(value)
    }

    /// Reads the longest of some phrases.
    pub(super) fn any(&mut self, phrases: &[&str]) -> Option<()> {
        self.at = phrases.iter().filter_map(|phrase| self.end_of(phrase)).max()?;
        Some(())
    }

    /// Where a phrase ends that begins here; its blanks stand for any number of blanks.
    fn end_of(&self, phrase: &str) -> Option<usize> {
        let mut reader = *self;
        for expected in phrase.chars() {
            if expected == ' ' {
                let before = reader.at;
                reader.blanks();
                if reader.at == before {
                    return None;
                }
            } else {
                reader.sign(&[expected])?;
            }
        }
        let is_word = phrase.ends_with(|c: char| c.is_ascii_alphabetic());
        let goes_on = reader.peek().is_some_and(|c| c.is_ascii_alphanumeric());
        (!(is_word && goes_on)).then_some(reader.at)
    }

    /// Digits, as many as `length` allows and not followed by another.
    pub(super) fn digits(&mut self, length: RangeInclusive<usize>) -> Option<u32> {
        let mut value = 0_u32;
        let mut count = 0;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            value = value.checked_mul(10)?.checked_add(digit)?;
            count += 1;
            self.step();
        }
        length.contains(&count).then_some(value)
    }

    /// Digits, or a Chinese number below a hundred.
    pub(super) fn number(&mut self) -> Option<u32> {
        self.attempt(|r| r.digits(1..=9)).or_else(|| self.attempt(Reader::han_number))
    }

    fn han_number(&mut self) -> Option<u32> {
        let first = self.han_digit();
        if self.attempt(|r| r.sign(&['十'])).is_some() {
            return Some(first.unwrap_or(1) * 10 + self.han_digit().unwrap_or(0));
        }
        first
    }

    fn han_digit(&mut self) -> Option<u32> {
        let digit = match self.peek()? {
            '两' => 2,
            c => "零一二三四五六七八九".chars().position(|digit| digit == c)? as u32,
        };
        self.step();
        Some(digit)
    }

    /// Reads one of some characters.
    pub(super) fn sign(&mut self, signs: &[char]) -> Option<char> {
        let sign = self.peek().filter(|c| signs.contains(c))?;
        self.step();
        Some(sign)
    }

    pub(super) fn blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.step();
        }
    }

    /// The next character in its plain form: narrow and lower case.
    fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(plain)
    }

    fn step(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    /// True where a date may end: at the end of the text, before a blank or a pause, behind Han, and before Han unless
    /// a Latin word would be cut off ("3d打印" is no date).
    pub(super) fn ends_a_word(&self) -> bool {
        let Some(next) = self.peek() else { return true };
        let last = self.text[..self.at].chars().next_back().map_or(' ', plain);
        let pause =
            PAUSES.contains(next) && !self.rest().chars().nth(1).is_some_and(|c| plain(c).is_ascii_digit());
        next.is_whitespace()
            || pause
            || is_han(last) && next.is_alphanumeric()
            || is_han(next) && !last.is_alphabetic()
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '〇')
}

/// The narrow, lower-case form of a character that is typed with a Chinese keyboard.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c).to_ascii_lowercase(),
        '\u{3000}' => ' ',
        _ => c.to_ascii_lowercase(),
    }
}
