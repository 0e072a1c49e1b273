//! Spending what was typed on a name.
//!
//! A name is read token by token. What was typed is spent on neighbouring tokens: on a Chinese character by the
//! character, one of its readings or the initial of one; on a word by its beginning. The last token may be left
//! unfinished, and the first word may be entered in its middle. All ways are followed at once: after each token,
//! [`Purse`] holds for every amount spent so far the best way to have spent it.

use super::glyph::{Glyph, Token, next_token};

/// How well something fits, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// Where in the name it stands.
    pub place: Place,
    quality: u16,
}

/// Where in the name it begins, or that it is the whole name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// It begins inside a word or between Chinese characters.
    Inside,
    /// It begins with a word.
    Word,
    /// It begins with the name.
    Start,
    /// It is the whole name.
    Whole,
}

/// What a token costs that is not typed as it stands.
const READING: u16 = 1;
const OTHER_READING: u16 = 3;
const INITIAL: u16 = 4;
const OTHER_INITIAL: u16 = 6;
const PART_OF_A_WORD: u16 = 2;

impl Fit {
    const fn at(place: Place) -> Fit {
        Fit { place, quality: u16::MAX }
    }

    fn less(self, cost: u16) -> Fit {
        Fit { quality: self.quality - cost, ..self }
    }

    /// What it lacks: 0 where all was typed as it stands, more for readings, initials and unfinished words.
    pub fn cost(self) -> u16 {
        u16::MAX - self.quality
    }

    /// Of one word among several: not the whole name, whatever it is alone.
    pub(super) fn of_a_part(self) -> Fit {
        Fit { place: self.place.min(Place::Start), ..self }
    }

    /// Of two words together: at the lesser place, with the costs of both.
    pub(super) fn and(self, other: Fit) -> Fit {
        Fit {
            place: self.place.min(other.place),
            quality: self.quality.saturating_sub(u16::MAX - other.quality),
        }
    }

    /// The fit as a number of 24 bits, in the same order.
    pub(super) fn score(self) -> u32 {
        (self.place as u32) << 16 | u32::from(self.quality)
    }
}

/// The best way to spend all of `typed` (at most 63 characters) on neighbouring tokens of the name.
pub(super) fn best_fit(typed: &[char], name: &[Glyph]) -> Option<Fit> {
    if typed.is_empty() {
        return Some(Fit::at(Place::Inside));
    }
    let mut rest = name;
    let mut best = None;
    let mut before = Purse::new();
    let mut place = Place::Start;
    let mut after_word = false;
    while let Some((gap, token)) = next_token(&mut rest) {
        let is_word = matches!(token, Token::Word(_));
        if place != Place::Start && (gap || is_word || after_word) {
            place = Place::Word;
        }
        before.put(0, Fit::at(place));
        let mut spender = Spender { typed, before: &before, after: Purse::new(), best };
        match token {
            Token::Han(glyph) => spender.spend_on_sign(glyph),
            Token::Word(word) => spender.spend_on_word(word),
        }
        best = spender.best.max(spender.after.get(typed.len()));
        before = spender.after;
        place = Place::Inside;
        after_word = is_word;
    }
    let whole = before.get(typed.len()).filter(|fit| fit.place == Place::Start);
    best.max(whole.map(|fit| Fit { place: Place::Whole, ..fit }))
}

/// For every amount spent: the best way so far.
struct Purse {
    /// A bit for each amount that can be reached.
    reached: u64,
    best: [Fit; 64],
}

impl Purse {
    fn new() -> Purse {
        Purse { reached: 0, best: [Fit::at(Place::Inside); 64] }
    }

    fn get(&self, spent: usize) -> Option<Fit> {
        (self.reached >> spent & 1 == 1).then_some(self.best[spent])
    }

    fn put(&mut self, spent: usize, fit: Fit) {
        if self.get(spent).is_none_or(|before| before < fit) {
            self.reached |= 1 << spent;
            self.best[spent] = fit;
        }
    }

    /// Each amount below `end` with its best way.
    fn below(&self, end: usize) -> impl Iterator<Item = (usize, Fit)> {
        let mut left = self.reached & ((1 << end) - 1);
        std::iter::from_fn(move || {
            let spent = (left != 0).then_some(left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some((spent, self.best[spent]))
        })
    }
}

/// One step: from before a token to behind it.
struct Spender<'a> {
    typed: &'a [char],
    before: &'a Purse,
    after: Purse,
    /// The best way to spend all without finishing the last token.
    best: Option<Fit>,
}

impl Spender<'_> {
    fn spend_on_sign(&mut self, glyph: Glyph) {
        let before = self.before;
        for (spent, fit) in before.below(self.typed.len()) {
            let rest = &self.typed[spent..];
            if rest[0] == glyph.sign() {
                self.after.put(spent + 1, fit);
            } else if rest[0].is_ascii_lowercase() {
                for (reading, meant) in glyph.readings() {
                    self.spend_on_reading(spent, fit, reading, meant);
                }
            }
        }
    }

    fn spend_on_reading(&mut self, spent: usize, fit: Fit, reading: &str, meant: bool) {
        let rest = &self.typed[spent..];
        let common =
            rest.iter().zip(reading.chars()).take_while(|(typed, read)| stands_for(**typed, *read)).count();
        if common == 0 {
            return;
        }
        let (full, initial) = if meant { (READING, INITIAL) } else { (OTHER_READING, OTHER_INITIAL) };
        self.after.put(spent + 1, fit.less(initial));
        if common >= 2 && rest[1] == 'h' {
            self.after.put(spent + 2, fit.less(initial));
        }
        if common == reading.len() {
            self.after.put(spent + common, fit.less(full));
        } else if common == rest.len() {
            self.settle(self.typed.len(), false, fit.less(initial));
        }
    }

    fn spend_on_word(&mut self, word: &[Glyph]) {
        let before = self.before;
        for (spent, fit) in before.below(self.typed.len()) {
            for length in 1..=common(&self.typed[spent..], word) {
                let cost = if length == word.len() { 0 } else { PART_OF_A_WORD };
                self.settle(spent + length, length == word.len(), fit.less(cost));
            }
        }
        for from in 1..word.len() {
            let common = common(self.typed, &word[from..]);
            let to_the_end = from + common == word.len();
            if common == self.typed.len() || common > 0 && to_the_end {
                self.settle(common, to_the_end, Fit::at(Place::Inside).less(PART_OF_A_WORD));
            }
        }
    }

    /// Keeps a way that ends in this token; the next one is open to it unless all is spent in the middle of a word.
    fn settle(&mut self, spent: usize, finished: bool, fit: Fit) {
        if finished || spent < self.typed.len() {
            self.after.put(spent, fit);
        } else {
            self.best = self.best.max(Some(fit));
        }
    }
}

/// How many characters are the same at the beginning of both.
fn common(typed: &[char], word: &[Glyph]) -> usize {
    typed.iter().zip(word).take_while(|(typed, glyph)| **typed == glyph.sign()).count()
}

/// A typed letter stands for itself; ü is typed as `v` or `u`.
fn stands_for(typed: char, read: char) -> bool {
    typed == read || read == 'v' && typed == 'u'
}
