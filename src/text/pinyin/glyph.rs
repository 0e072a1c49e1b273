//! The characters of a name, and the tokens they make.

use super::dictionary;

/// A character of a name, together with which of its dictionary readings is meant in its word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph(u32);

/// What a character is to the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Chinese character.
    Han,
    /// A letter or digit of a word.
    Letter,
    /// A blank or a sign, which does not count.
    Gap,
}

/// What is spent on at once: a Chinese character or a word.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'a> {
    Han(Glyph),
    Word(&'a [Glyph]),
}

impl Glyph {
    const SIGN_BITS: u32 = 21;

    pub(super) fn new(sign: char, meant: Option<&str>) -> Glyph {
        let at = dictionary(sign).position(|reading| Some(reading) == meant).unwrap_or(0);
        Glyph(u32::from(sign) | (at as u32) << Glyph::SIGN_BITS)
    }

    pub(super) fn sign(self) -> char {
        char::from_u32(self.0 & ((1 << Glyph::SIGN_BITS) - 1)).unwrap_or(' ')
    }

    /// The readings, each with whether it is the one that is meant.
    pub(super) fn readings(self) -> impl Iterator<Item = (&'static str, bool)> {
        let meant = (self.0 >> Glyph::SIGN_BITS) as usize;
        dictionary(self.sign()).enumerate().map(move |(at, reading)| (reading, at == meant))
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

/// Takes the next token off the front of a name, and tells whether a gap was before it.
pub(super) fn next_token<'a>(name: &mut &'a [Glyph]) -> Option<(bool, Token<'a>)> {
    let kind = |glyph: &Glyph| Kind::of(glyph.sign());
    let gap = name.iter().take_while(|glyph| kind(glyph) == Kind::Gap).count();
    let rest = &name[gap..];
    let (first, behind) = rest.split_first()?;
    let (token, behind) = match kind(first) {
        Kind::Han => (Token::Han(*first), behind),
        Kind::Letter | Kind::Gap => {
            let (word, behind) =
                rest.split_at(rest.iter().take_while(|glyph| kind(glyph) == Kind::Letter).count());
            (Token::Word(word), behind)
        }
    };
    *name = behind;
    Some((gap > 0, token))
}
