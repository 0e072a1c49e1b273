//! What texts are made of, in a few bits: most customers are passed over by one comparison.

use crate::text::pinyin;

/// What can stand in a text, or must. Of signs there is a bit for each Latin letter and digit, and 28 bits that all
/// others share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mask {
    signs: u64,
    /// Digits side by side, a bit for each of the hundred pairs: what finds telephone numbers by their ends.
    digits: u128,
}

const DIGITS: u32 = 26;
const OTHERS: u32 = DIGITS + 10;

impl Mask {
    /// Of what was typed, or stands as it will be typed. What is neither letter nor digit does not count.
    pub(super) fn typed(folded: &str) -> Mask {
        Mask { signs: folded.chars().fold(0, with), digits: pairs(folded) }
    }

    /// What could be typed for a name: its signs, and all that its Chinese characters are spelled with.
    pub(super) fn read(folded: &str) -> Mask {
        let spelled = |sign| pinyin::readings(sign).flat_map(str::chars);
        let signs = folded.chars().fold(0, |signs, sign| spelled(sign).fold(with(signs, sign), with));
        let runs = folded.split(|sign: char| !sign.is_ascii_digit()).filter(|run| !run.is_empty());
        // Beginnings of several words may be typed as one, so that any digits can come together.
        let digits = if runs.count() > 1 { u128::MAX } else { pairs(folded) };
        Mask { signs, digits }
    }

    /// What can stand in one of two texts.
    #[must_use]
    pub(super) fn and(self, other: Mask) -> Mask {
        Mask { signs: self.signs | other.signs, digits: self.digits | other.digits }
    }

    /// What must stand there whichever of two things was meant.
    #[must_use]
    pub(super) fn in_common(self, other: Mask) -> Mask {
        Mask { signs: self.signs & other.signs, digits: self.digits & other.digits }
    }

    /// Whether all of this can stand in a text with the other mask.
    pub(super) fn fits(self, other: Mask) -> bool {
        self.signs & !other.signs == 0 && self.digits & !other.digits == 0
    }

    /// How many of these signs `other` does not have.
    pub(super) fn missing_in(self, other: Mask) -> u32 {
        (self.signs & !other.signs).count_ones()
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

fn pairs(text: &str) -> u128 {
    let digits = |pair: &[u8]| pair.iter().all(u8::is_ascii_digit);
    let bit = |pair: &[u8]| 1 << (10 * (pair[0] - b'0') + pair[1] - b'0');
    text.as_bytes().windows(2).filter(|pair| digits(pair)).fold(0, |bits, pair| bits | bit(pair))
}
