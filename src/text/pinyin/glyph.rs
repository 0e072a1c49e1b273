//! The characters of a name, and the tokens they make.

use serde::{Deserialize, Serialize};

use super::sounds::{Sounds, Syllable};

/// A character of a name in 32 bits, with what the search must know before it looks anything up: from the lowest bit
/// the code point (21), the kind (2), which of its readings is meant (3), the initial of that one (5), and whether
/// another reading has another initial (1).
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Glyph(u32);

/// What a character is to the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A blank or a sign, which does not count.
    Gap,
    /// A letter or digit of a word.
    Letter,
    /// A Chinese character.
    Han,
}

/// What is spent on at once.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    Han(Glyph),
    Word(&'a [Glyph]),
}

impl Glyph {
    const KIND: u32 = 21;
    const MEANT: u32 = 23;
    const INITIAL: u32 = 26;
    const NO_INITIAL: u32 = 31;
    const OTHERS: u32 = 31;

    pub(super) fn new(sounds: &Sounds, sign: char, meant: Option<&str>) -> Glyph {
        let readings = sounds.of(sign);
        let meant = readings.iter().position(|at| Some(sounds.spelling(*at)) == meant).unwrap_or(0);
        let initial = |at: &Syllable| letter(sounds.spelling(*at).chars().next()?);
        let of_meant = readings.get(meant).and_then(initial).unwrap_or(Glyph::NO_INITIAL);
        let others = readings.iter().any(|at| initial(at) != Some(of_meant));
        Glyph(
            u32::from(sign)
                | (Kind::of(sign) as u32) << Glyph::KIND
                | (meant as u32) << Glyph::MEANT
                | of_meant << Glyph::INITIAL
                | u32::from(others) << Glyph::OTHERS,
        )
    }

    pub(super) fn sign(self) -> char {
        char::from_u32(self.0 & ((1 << Glyph::KIND) - 1)).unwrap_or(' ')
    }

    pub(super) fn kind(self) -> Kind {
        match self.0 >> Glyph::KIND & 3 {
            0 => Kind::Gap,
            1 => Kind::Letter,
            _ => Kind::Han,
        }
    }

    /// Which of its readings is meant.
    pub(super) fn meant(self) -> usize {
        (self.0 >> Glyph::MEANT & 7) as usize
    }

    /// False where it can be seen at once that no way to type this character begins with `typed`.
    pub(super) fn may_begin_with(self, typed: char) -> bool {
        let initial = self.0 >> Glyph::INITIAL & 31;
        letter(typed) == Some(initial) || self.0 >> Glyph::OTHERS == 1 || self.sign() == typed
    }
}

impl Kind {
    pub(super) fn of(sign: char) -> Kind {
        match sign {
            'a'..='z' | '0'..='9' => Kind::Letter,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇' => {
                Kind::Han
            }
            _ if sign.is_alphanumeric() => Kind::Letter,
            _ => Kind::Gap,
        }
    }
}

impl Token<'_> {
    /// False where it can be seen at once that `typed` is nowhere the beginning of a way to type this.
    pub(super) fn may_hold(self, typed: char) -> bool {
        match self {
            Token::Han(glyph) => glyph.may_begin_with(typed),
            Token::Word(word) => word.iter().any(|glyph| glyph.sign() == typed),
        }
    }
}

/// The first token from `from` on, between where it begins and where it ends.
pub(super) fn token(name: &[Glyph], from: usize) -> Option<(usize, Token<'_>, usize)> {
    let begin = from + name[from..].iter().position(|glyph| glyph.kind() != Kind::Gap)?;
    if name[begin].kind() == Kind::Han {
        return Some((begin, Token::Han(name[begin]), begin + 1));
    }
    let length = name[begin..].iter().take_while(|glyph| glyph.kind() == Kind::Letter).count();
    Some((begin, Token::Word(&name[begin..begin + length]), begin + length))
}

/// The place of a letter from a to z in the alphabet, from 0.
pub(super) fn letter(sign: char) -> Option<u32> {
    sign.is_ascii_lowercase().then(|| u32::from(sign) - u32::from('a'))
}
