//! Sets of bits that rule out most names before they are read.

use serde::{Deserialize, Serialize};

use super::glyph::{Glyph, Token, letter, token};
use super::sounds::Sounds;

/// What can be typed for a name: which letters, and roughly which other signs and which letters side by side.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Marks {
    /// The letters with which something typed can begin, and from [`Marks::INNER`] on those inside syllables.
    letters: u64,
    /// Signs that are no letters, and pairs of letters that are typed for neighbouring tokens or stand in a word;
    /// several of them share a bit.
    others: [u64; 2],
}

/// What a name must have marks of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    first: u64,
    letters: u64,
    others: [u64; 2],
}

/// A set of the letters a to z.
type Letters = u32;

impl Marks {
    const INNER: u32 = 26;

    pub(super) fn of(sounds: &Sounds, name: &[Glyph]) -> Marks {
        let mut marks = Marks::default();
        let mut ends_before: Letters = 0;
        let mut at = 0;
        while let Some((_, token, end)) = token(name, at) {
            let (begins, ends) = match token {
                Token::Han(glyph) => marks.note_sign(sounds, glyph.sign()),
                Token::Word(word) => marks.note_word(word),
            };
            marks.note_pairs(ends_before, begins);
            ends_before = ends;
            at = end;
        }
        marks
    }

    /// False where something that is wanted is surely not in the name. Without branches: this runs over the whole book.
    pub(super) fn can_hold(self, wanted: Wanted) -> bool {
        let anywhere = self.letters | self.letters >> Marks::INNER;
        let missing = wanted.first & !self.letters
            | wanted.letters & !anywhere
            | wanted.others[0] & !self.others[0]
            | wanted.others[1] & !self.others[1];
        missing == 0
    }

    /// Notes a Chinese character; tells with which letters a way to type it begins and ends.
    fn note_sign(&mut self, sounds: &Sounds, sign: char) -> (Letters, Letters) {
        mark(&mut self.others, sign as u32);
        let (mut begins, mut ends) = (0, 0);
        for syllable in sounds.of(sign) {
            let spelling = sounds.spelling(*syllable);
            let mut letters = spelling.chars().map(as_typed);
            let initial = letters.next().unwrap_or(0);
            begins |= initial;
            ends |= initial | spelling.chars().last().map_or(0, as_typed);
            if spelling[1..].starts_with('h') {
                ends |= as_typed('h');
            }
            let inner = letters.fold(0, |all, letter| all | letter);
            self.letters |= u64::from(initial) | u64::from(inner) << Marks::INNER;
        }
        (begins, ends)
    }

    /// Notes a word; tells with which letters a piece of it begins and ends that is typed after or before others.
    fn note_word(&mut self, word: &[Glyph]) -> (Letters, Letters) {
        let mut all = 0;
        let mut before = 0;
        for glyph in word {
            let one = letter(glyph.sign()).map_or(0, |at| 1 << at);
            if one == 0 {
                mark(&mut self.others, glyph.sign() as u32);
            }
            self.note_pairs(before, one);
            before = one;
            all |= one;
        }
        self.letters |= u64::from(all);
        (letter(word[0].sign()).map_or(0, |at| 1 << at), all)
    }

    fn note_pairs(&mut self, ends: Letters, begins: Letters) {
        for end in ones(ends) {
            for begin in ones(begins) {
                mark(&mut self.others, pair(end, begin));
            }
        }
    }
}

impl Wanted {
    pub(super) fn by(sounds: &Sounds, typed: &[char]) -> Wanted {
        let mut wanted = Wanted::default();
        for sign in typed {
            match letter(*sign) {
                Some(at) => wanted.letters |= 1 << at,
                None => mark(&mut wanted.others, *sign as u32),
            }
        }
        for pair in typed.windows(2) {
            wanted.note_pair(sounds, pair[0], pair[1]);
        }
        wanted.first = typed.first().and_then(|sign| letter(*sign)).map_or(0, |at| 1 << at);
        wanted
    }

    /// Two letters that stand side by side in no syllable are typed for two tokens, or for a word.
    fn note_pair(&mut self, sounds: &Sounds, first: char, second: char) {
        if let (Some(end), Some(begin)) = (letter(first), letter(second))
            && !sounds.has_inside(first, second)
        {
            mark(&mut self.others, pair(end, begin));
        }
    }
}

/// The letters that are typed for one of a spelling.
fn as_typed(spelled: char) -> Letters {
    let letters = if spelled == 'v' { ['v', 'u'] } else { [spelled, spelled] };
    letters.into_iter().filter_map(letter).fold(0, |all, at| all | 1 << at)
}

/// A number for two letters, behind those of all signs.
fn pair(first: u32, second: u32) -> u32 {
    0x11_0000 + 26 * first + second
}

/// Sets one of 128 bits.
fn mark(bits: &mut [u64; 2], number: u32) {
    let bit = number.wrapping_mul(0x9e37_79b1) >> 25;
    bits[(bit >> 6) as usize] |= 1 << (bit & 63);
}

fn ones(mut letters: Letters) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let one = (letters != 0).then(|| letters.trailing_zeros())?;
        letters &= letters - 1;
        Some(one)
    })
}
