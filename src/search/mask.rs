//! What texts are made of, in a few bits: most customers are passed over by one comparison.

use serde::{Deserialize, Serialize};

use crate::text::pinyin;

/// What can stand in a text, or must. Of signs there is a bit for each Latin letter and digit, and 28 bits that all
/// others share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mask {
    signs: u64,
    /// Digits side by side, a bit for each of the hundred pairs: what finds telephone numbers by their ends.
    digits: u128,
    /// Letters side by side in names as they are spoken, several pairs to a bit: what rules out most names for what was
    /// mistyped.
    spoken: u128,
}

const DIGITS: u32 = 26;
const OTHERS: u32 = DIGITS + 10;

impl Mask {
    /// Of what was typed. What is neither letter nor digit does not count.
    pub(super) fn typed(folded: &str) -> Mask {
        Mask { signs: folded.chars().fold(0, with), digits: digits(folded), spoken: spoken(folded) }
    }

    /// Of what is found as it stands: mail addresses, telephone numbers.
    pub(super) fn of_lines(folded: &str) -> Mask {
        Mask { spoken: 0, ..Mask::typed(folded) }
    }

    /// What could be typed for a name: its signs, and all that its Chinese characters are spelled with.
    pub(super) fn read(folded: &str, as_spoken: &str) -> Mask {
        let spelled = |sign| pinyin::readings(sign).flat_map(str::chars);
        let signs = folded.chars().fold(0, |signs, sign| spelled(sign).fold(with(signs, sign), with));
        let runs = folded.split(|sign: char| !sign.is_ascii_digit()).filter(|run| !run.is_empty());
        // Beginnings of several words may be typed as one, so that any digits can come together.
        let digits = if runs.count() > 1 { u128::MAX } else { digits(folded) };
        Mask { signs, digits, spoken: spoken(as_spoken) }
    }

    /// What can stand in one of two texts.
    #[must_use]
    pub(super) fn and(self, other: Mask) -> Mask {
        Mask {
            signs: self.signs | other.signs,
            digits: self.digits | other.digits,
            spoken: self.spoken | other.spoken,
        }
    }

    /// What must stand there whichever of two things was meant.
    #[must_use]
    pub(super) fn in_common(self, other: Mask) -> Mask {
        Mask {
            signs: self.signs & other.signs,
            digits: self.digits & other.digits,
            spoken: self.spoken & other.spoken,
        }
    }

    /// Whether all of this can stand in a text with the other mask.
    pub(super) fn fits(self, other: Mask) -> bool {
        self.signs & !other.signs == 0 && self.digits & !other.digits == 0
    }

    /// How many of these signs `other` does not have.
    pub(super) fn missing_in(self, other: Mask) -> u32 {
        (self.signs & !other.signs).count_ones()
    }

    /// How many of these pairs of letters nobody speaks who has the mask `other`.
    pub(super) fn unspoken_in(self, other: Mask) -> u32 {
        (self.spoken & !other.spoken).count_ones()
    }
}

fn with(signs: u64, sign: char) -> u64 {
    let bit = match sign {
        'a'..='z' => u32::from(sign) - u32::from('a'),
        '0'..='9' => DIGITS + u32::from(sign) - u32::from('0'),
        // On a keyboard ü is v.
        'ü' => return with(signs, 'v'),
        sign if sign.is_alphanumeric() => OTHERS + u32::from(sign) % (u64::BITS - OTHERS),
        _ => return signs,
    };
    signs | 1 << bit
}

fn digits(text: &str) -> u128 {
    let bit = |a: u8, b: u8| 10 * u32::from(a - b'0') + u32::from(b - b'0');
    pairs(text, |a, b| (a.is_ascii_digit() && b.is_ascii_digit()).then(|| bit(a, b)))
}

fn spoken(text: &str) -> u128 {
    let bit = |a: u8, b: u8| (u32::from(a) << 8 | u32::from(b)).wrapping_mul(0x9e37_79b1) >> 25;
    pairs(text, |a, b| (a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric()).then(|| bit(a, b)))
}

/// The bits of the signs that stand side by side.
fn pairs(text: &str, bit: impl Fn(u8, u8) -> Option<u32>) -> u128 {
    let pairs = text.as_bytes().windows(2);
    pairs.filter_map(|pair| bit(pair[0], pair[1])).fold(0, |bits, bit| bits | 1 << bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_typed_for_a_name_fits() {
        let name = Mask::read("gtx 重庆", "gtx chongqing");
        for typed in ["gtx", "cq", "zhongqing", "重"] {
            assert!(Mask::typed(typed).fits(name), "{typed}");
        }
        assert_eq!(Mask::typed("gtz").missing_in(name), 0, "重 is also read zhong");
        assert_eq!(Mask::typed("abc").missing_in(name), 2);
        assert_eq!(Mask::typed("chonqing").unspoken_in(name), 1);
    }

    #[test]
    fn digits_must_stand_side_by_side_but_for_words_typed_as_one() {
        let typed = Mask::typed("4711");
        assert!(typed.fits(Mask::of_lines("84711\n")) && typed.fits(Mask::read("x4711", "")));
        assert!(!typed.fits(Mask::of_lines("7141\n")) && !typed.fits(Mask::read("7141", "")));
        assert!(typed.fits(Mask::read("47 11", "")));
    }
}
