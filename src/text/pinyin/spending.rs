//! Spending what was typed on a name.
//!
//! A name is read token by token. What was typed is spent on neighbouring tokens: on a Chinese character by the
//! character, one of its readings or the initial of one; on a word by its beginning. The last token may be left
//! unfinished, and the first word may be entered in its middle. All ways are followed at once: after each token,
//! [`Purse`] holds for every amount spent so far the best way to have spent it.

use super::glyph::{Glyph, Kind, Token, token};
use super::typed::{Typed, Ways};

/// How well something fits, worst first: its place in the upper 16 bits, its quality in the lower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit(u32);

/// Where in the name it begins, or that it is the whole name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// It begins inside a word, or behind the first of several Chinese characters.
    Inside,
    /// It begins with a word.
    Word,
    /// It begins with the name.
    Start,
    /// It is the whole name.
    Whole,
}

/// What a token costs that is not typed as it stands.
const READING: u32 = 1;
const OTHER_READING: u32 = 3;
const INITIAL: u32 = 4;
const OTHER_INITIAL: u32 = 6;
const PART_OF_A_WORD: u32 = 2;

impl Fit {
    const BEST_QUALITY: u32 = 0xffff;

    fn at(place: Place) -> Fit {
        Fit((place as u32) << 16 | Fit::BEST_QUALITY)
    }

    /// Where in the name it stands.
    pub fn place(self) -> Place {
        let places = [Place::Inside, Place::Word, Place::Start, Place::Whole];
        places[(self.0 >> 16) as usize % places.len()]
    }

    /// At the same place, a little worse; a typed word costs at most 63 times the dearest piece.
    fn less(self, cost: u32) -> Fit {
        Fit(self.0 - cost)
    }

    /// What it lacks: 0 where all was typed as it stands, more for readings, initials and unfinished words.
    pub fn cost(self) -> u32 {
        Fit::BEST_QUALITY - (self.0 & Fit::BEST_QUALITY)
    }

    /// The same as the whole name.
    fn of_the_whole(self) -> Fit {
        Fit::at(Place::Whole).less(self.cost())
    }

    /// Of one word among several: not the whole name, whatever it is alone.
    pub(super) fn of_a_part(self) -> Fit {
        if self.place() == Place::Whole { Fit::at(Place::Start).less(self.cost()) } else { self }
    }

    /// Of two words together: at the lesser place, with the costs of both.
    pub(super) fn and(self, other: Fit) -> Fit {
        let (lesser, better) = (self.min(other), self.max(other));
        lesser.less(better.cost().min(Fit::BEST_QUALITY - lesser.cost()))
    }

    /// The fit as a number of 24 bits.
    pub(super) fn score(self) -> u32 {
        self.0
    }
}

/// The best way to spend all of `typed` on neighbouring tokens of a name.
pub(super) fn best_fit(typed: &Typed, name: &[Glyph]) -> Option<Fit> {
    let Some(first) = typed.signs().first() else { return Some(Fit::at(Place::Inside)) };
    let mut at = next_start(name, 0, *first)?;
    let mut purses = (Purse::new(), Purse::new());
    let mut spender = Spender { typed, before: &mut purses.0, after: &mut purses.1, best: None };
    while let Some((begin, token, end)) = token(name, at) {
        if token.may_hold(*first) {
            spender.before.put(0, Fit::at(place(name, begin)));
        }
        spender.spend_on(token);
        at = end;
        if spender.before.reached == 0 {
            match next_start(name, at, *first) {
                Some(start) => at = start,
                None => return spender.best,
            }
        }
    }
    spender.best.max(spender.whole_name())
}

/// The first token from `from` on that may begin with a typed sign.
fn next_start(name: &[Glyph], from: usize, typed: char) -> Option<usize> {
    let found = from + name[from..].iter().position(|glyph| glyph.may_begin_with(typed))?;
    let in_word = name[from..found].iter().rev().take_while(|glyph| glyph.kind() == Kind::Letter).count();
    Some(if name[found].kind() == Kind::Letter { found - in_word } else { found })
}

/// What kind of place a token begins at.
fn place(name: &[Glyph], at: usize) -> Place {
    match name[..at].last().map(|before| before.kind()) {
        Some(Kind::Han) if name[at].kind() == Kind::Han => Place::Inside,
        Some(Kind::Han | Kind::Letter) => Place::Word,
        Some(Kind::Gap) if name[..at].iter().any(|glyph| glyph.kind() != Kind::Gap) => Place::Word,
        Some(Kind::Gap) | None => Place::Start,
    }
}

/// For every amount spent: the best way so far.
struct Purse {
    /// A bit for each amount that can be reached.
    reached: u64,
    best: [Fit; 64],
}

impl Purse {
    fn new() -> Purse {
        Purse { reached: 0, best: [Fit::default(); 64] }
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
}

/// The numbers of the bits that are set, from the lowest.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let one = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(one)
    })
}

/// Goes from before a token to behind it.
struct Spender<'a> {
    typed: &'a Typed,
    before: &'a mut Purse,
    after: &'a mut Purse,
    /// The best way to have spent all.
    best: Option<Fit>,
}

impl Spender<'_> {
    fn spend_on(&mut self, token: Token<'_>) {
        self.after.reached = 0;
        match token {
            Token::Han(glyph) => self.spend_on_sign(glyph),
            Token::Word(word) => self.spend_on_word(word),
        }
        self.best = self.best.max(self.after.get(self.typed.len()));
        std::mem::swap(&mut self.before, &mut self.after);
    }

    /// The best way that began with the name and ended with its last token.
    fn whole_name(&self) -> Option<Fit> {
        let fit = self.before.get(self.typed.len())?;
        (fit.place() == Place::Start).then(|| fit.of_the_whole())
    }

    /// The amounts from which there is something left to spend.
    fn open(&self) -> u64 {
        self.before.reached & ((1 << self.typed.len()) - 1)
    }

    fn spend_on_sign(&mut self, glyph: Glyph) {
        for spent in ones(self.open()) {
            if self.typed.signs()[spent] == glyph.sign() {
                self.after.put(spent + 1, self.before.best[spent]);
            }
        }
        for (at, syllable) in self.typed.sounds().of(glyph.sign()).iter().enumerate() {
            self.spend_on_reading(self.typed.ways(*syllable), at == glyph.meant());
        }
    }

    fn spend_on_reading(&mut self, ways: &Ways, meant: bool) {
        let open = self.open();
        if open & ways.initial == 0 {
            return;
        }
        let (full, initial) = if meant { (READING, INITIAL) } else { (OTHER_READING, OTHER_INITIAL) };
        let pieces =
            [(ways.initial, 1, initial), (ways.double, 2, initial), (ways.full, ways.length.into(), full)];
        for (places, length, cost) in pieces {
            for spent in ones(open & places) {
                self.after.put(spent + length, self.before.best[spent].less(cost));
            }
        }
        for spent in ones(open & ways.unfinished) {
            self.best = self.best.max(Some(self.before.best[spent].less(initial)));
        }
    }

    fn spend_on_word(&mut self, word: &[Glyph]) {
        for spent in ones(self.open()) {
            let fit = self.before.best[spent];
            for length in 1..=common(&self.typed.signs()[spent..], word) {
                let cost = if length == word.len() { 0 } else { PART_OF_A_WORD };
                self.settle(spent + length, length == word.len(), fit.less(cost));
            }
        }
        if self.before.reached & 1 == 1 {
            self.enter_inside(word);
        }
    }

    /// Enters a word in its middle, to end in it or to leave it at its end.
    fn enter_inside(&mut self, word: &[Glyph]) {
        for from in 1..word.len() {
            let common = common(self.typed.signs(), &word[from..]);
            let to_the_end = from + common == word.len();
            if common == self.typed.len() || common > 0 && to_the_end {
                self.settle(common, to_the_end, Fit::at(Place::Inside).less(PART_OF_A_WORD));
            }
        }
    }

    /// Keeps a way that ends in this word; the next token is open to it unless all is spent in the word's middle.
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
