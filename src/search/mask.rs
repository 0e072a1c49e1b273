//! What texts are made of, in 64 bits: most customers are passed over by one comparison.

use crate::text::pinyin;

/// A set of signs: a bit for each Latin letter and digit, and 28 bits that all other signs share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mask(u64);

const DIGITS: u32 = 26;
const OTHERS: u32 = DIGITS + 10;

impl Mask {
    /// The signs of what was typed. What is neither letter nor digit does not count.
    pub(super) fn typed(folded: &str) -> Mask {
        folded.chars().fold(Mask::default(), |mask, sign| mask.with(sign))
    }

    /// The signs that could be typed for a text: its own, and all that its Chinese characters are spelled with.
    pub(super) fn read(folded: &str) -> Mask {
        let spelled = |sign| pinyin::readings(sign).flat_map(str::chars);
        folded.chars().fold(Mask::default(), |mask, sign| spelled(sign).fold(mask.with(sign), Mask::with))
    }

    /// Both together.
    #[must_use]
    pub(super) fn and(self, other: Mask) -> Mask {
        Mask(self.0 | other.0)
    }

    /// How many of these signs `other` does not have.
    pub(super) fn missing_in(self, other: Mask) -> u32 {
        (self.0 & !other.0).count_ones()
    }

    fn with(self, sign: char) -> Mask {
        let bit = match sign {
            'a'..='z' => u32::from(sign) - u32::from('a'),
            '0'..='9' => DIGITS + u32::from(sign) - u32::from('0'),
            // On a keyboard ü is v.
            'ü' => return self.with('v'),
            sign if sign.is_alphanumeric() => OTHERS + u32::from(sign) % (u64::BITS - OTHERS),
            _ => return self,
        };
        Mask(self.0 | 1 << bit)
    }
}
