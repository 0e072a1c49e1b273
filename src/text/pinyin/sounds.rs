//! The readings of all characters by number, for the search: the dictionary itself is too slow to ask 200,000 times.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::looked_up;

/// The number of a syllable.
pub(super) type Syllable = u16;

/// All syllables, and which of them each character has.
#[derive(Debug, Default)]
pub(super) struct Sounds {
    spellings: Vec<&'static str>,
    /// Where in `readings` those of a character begin, by code point; they end where the next one's begin.
    begins: Vec<u32>,
    readings: Vec<Syllable>,
    /// Letters that stand side by side in a syllable, ü as `v` and as `u`.
    pairs: HashSet<(char, char)>,
}

/// The first code point behind the last Chinese character.
const END: u32 = 0x3_23b0;

static SOUNDS: LazyLock<Sounds> = LazyLock::new(|| {
    let mut numbers: HashMap<&'static str, Syllable> = HashMap::new();
    let mut sounds = Sounds::default();
    for code in 0..END {
        sounds.begins.push(sounds.readings.len() as u32);
        for reading in char::from_u32(code).map(looked_up).unwrap_or_default() {
            let number = *numbers.entry(reading).or_insert_with(|| {
                sounds.spellings.push(reading);
                sounds.spellings.len() as Syllable - 1
            });
            sounds.readings.push(number);
        }
    }
    sounds.begins.push(sounds.readings.len() as u32);
    for spelling in &sounds.spellings {
        for typed in [(*spelling).to_owned(), spelling.replace('v', "u")] {
            sounds.pairs.extend(typed.chars().zip(typed.chars().skip(1)));
        }
    }
    sounds
});

impl Sounds {
    pub(super) fn all() -> &'static Sounds {
        &SOUNDS
    }

    /// The readings of a character, the usual one first; at most eight.
    pub(super) fn of(&self, sign: char) -> &[Syllable] {
        match self.begins.get(sign as usize..sign as usize + 2) {
            Some(&[begin, end]) => &self.readings[begin as usize..end as usize],
            _ => &[],
        }
    }

    pub(super) fn spelling(&self, syllable: Syllable) -> &'static str {
        self.spellings[usize::from(syllable)]
    }

    /// Whether two letters stand side by side in some syllable.
    pub(super) fn has_inside(&self, first: char, second: char) -> bool {
        self.pairs.contains(&(first, second))
    }

    /// All spellings, in the order of their numbers.
    pub(super) fn spellings(&self) -> &[&'static str] {
        &self.spellings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_what_the_dictionary_says() {
        let sounds = Sounds::all();
        for sign in ['中', '长', '〇', '女', 'a', '\u{20000}', '\u{323af}', '\u{10ffff}'] {
            let spelled: Vec<_> = sounds.of(sign).iter().map(|at| sounds.spelling(*at)).collect();
            assert_eq!(spelled, looked_up(sign), "{sign}");
        }
    }

    #[test]
    fn no_character_has_more_readings_than_a_glyph_can_tell_apart() {
        assert!((0..END).filter_map(char::from_u32).all(|sign| looked_up(sign).len() <= 8));
    }
}
