//! What texts are made of, in 64 bits: most texts are passed over by one comparison.

/// A set of signs: a bit for each Latin letter and digit, and 28 bits that all other signs share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mask(u64);

const DIGITS: u32 = 26;
const OTHERS: u32 = DIGITS + 10;

impl Mask {
    /// The signs of a folded text.
    pub(super) fn of(folded: &str) -> Mask {
        Mask(folded.chars().fold(0, |mask, sign| mask | 1 << bit(sign)))
    }

    /// How many of these signs `other` does not have.
    pub(super) fn missing_in(self, other: Mask) -> u32 {
        (self.0 & !other.0).count_ones()
    }
}

fn bit(sign: char) -> u32 {
    match sign {
        'a'..='z' => u32::from(sign) - u32::from('a'),
        '0'..='9' => DIGITS + u32::from(sign) - u32::from('0'),
        _ => OTHERS + u32::from(sign) % (u64::BITS - OTHERS),
    }
}
