//! Names as people mistype them: letters left out, one wrong, one too many, two swapped.
//!
//! Few names pass the cheap test (the letters in order, within little more than their own length); those are judged
//! by the fuzzy matcher. Chinese names are compared as they are spoken, so that mistyped pinyin is understood as well.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// How much of what was typed is taken at its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// All of it.
    AsTyped,
    /// The letters that stand there; others may be missing.
    LeftOut,
    /// All letters but one, of each word.
    OneWrong,
}

/// A word of Latin letters that may be mistyped.
pub(super) struct Typo {
    typed: String,
    /// The word without one of its letters: whatever was wrong with that letter, the others stand in order.
    shorter: Vec<String>,
    matcher: SkimMatcherV2,
    /// What the matcher gives the word for itself.
    perfect: i64,
}

/// Shorter words are in too many names.
const SHORTEST: usize = 3;
/// Longer words are names that were pasted, and as many forms of them as they have letters would be held against names.
const LONGEST: usize = 63;
/// Shorter words are in too many names when a letter does not count.
const SHORTEST_WITH_ONE_WRONG: usize = 4;
/// So many letters may stand between the others where one is wrong.
const BESIDE_ONE_WRONG: usize = 2;
/// Likeness is of so many.
const ALIKE: i64 = 90;

impl Typo {
    /// Of a folded word; only words of Latin letters are taken for mistyped, never numbers.
    pub(super) fn new(word: &str) -> Option<Typo> {
        let is_latin =
            word.bytes().all(|b| b.is_ascii_alphanumeric()) && word.bytes().any(|b| b.is_ascii_alphabetic());
        if !(SHORTEST..=LONGEST).contains(&word.len()) || !is_latin {
            return None;
        }
        let without = |at: usize| [&word[..at], &word[at + 1..]].concat();
        let mut shorter: Vec<String> = match word.len() {
            SHORTEST_WITH_ONE_WRONG.. => (0..word.len()).map(without).collect(),
            _ => Vec::new(),
        };
        shorter.dedup();
        let matcher = SkimMatcherV2::default();
        let perfect = matcher.fuzzy_match(word, word)?.max(1);
        Some(Typo { typed: word.to_owned(), shorter, matcher, perfect })
    }

    /// How many letters that were typed side by side may stand apart in a name that is like the word.
    pub(super) fn parted(&self, care: Care) -> u32 {
        match care {
            Care::AsTyped => 0,
            Care::LeftOut => self.left_out() as u32,
            // Both neighbours of the wrong one, and as many as others may stand between.
            Care::OneWrong => 2 + BESIDE_ONE_WRONG as u32,
        }
    }

    fn left_out(&self) -> usize {
        self.typed.len().div_ceil(3)
    }

    /// How like a name as it is spoken is to the word, up to 99, the shorter name before the longer.
    pub(super) fn likeness(&self, spoken: &str, care: Care) -> Option<u32> {
        let alike = match care {
            Care::AsTyped => None,
            Care::LeftOut => self.judged(&self.typed, spoken, self.left_out()),
            Care::OneWrong => {
                self.shorter.iter().filter_map(|form| self.judged(form, spoken, BESIDE_ONE_WRONG)).max()
            }
        }?;
        let shortness = 9 - (spoken.len() / 8).min(9) as i64;
        Some((alike * ALIKE / self.perfect).min(ALIKE) as u32 + shortness as u32)
    }

    fn judged(&self, form: &str, spoken: &str, slack: usize) -> Option<i64> {
        let stretch = form.len() + slack;
        let at = stands_at(form.as_bytes(), spoken.as_bytes(), stretch)?;
        // The sign before tells the matcher whether a word begins there; all else would only take its time.
        let there = at.saturating_sub(1)..spoken.len().min(at + stretch);
        self.matcher.fuzzy_match(spoken.get(there).unwrap_or(spoken), form)
    }
}

/// Where the letters stand in the text in order, within a stretch of so many bytes.
fn stands_at(letters: &[u8], text: &[u8], stretch: usize) -> Option<usize> {
    let (first, others) = letters.split_first()?;
    let from_here = |at: &usize| {
        let mut rest = text[at + 1..text.len().min(at + stretch)].iter();
        text[*at] == *first && others.iter().all(|letter| rest.any(|found| found == letter))
    };
    (0..text.len()).find(from_here)
}

#[cfg(test)]
mod tests {
    use super::super::mask::Mask;
    use super::*;

    #[test]
    fn long_words_are_not_taken_for_mistyped() {
        assert!(Typo::new(&"a".repeat(LONGEST)).is_some());
        assert!(Typo::new(&"a".repeat(LONGEST + 1)).is_none());
        assert!(Typo::new(&"ab".repeat(1 << 20)).is_none(), "its forms would fill a terabyte");
    }

    proptest::proptest! {
        #[test]
        fn no_name_is_ruled_out_that_is_like_the_word(word in "[abc]{3,8}", spoken in "[abc ]{3,12}") {
            let typo = Typo::new(&word).unwrap();
            for care in [Care::LeftOut, Care::OneWrong] {
                if typo.likeness(&spoken, care).is_some() {
                    let unspoken = Mask::typed(&word).unspoken_in(Mask::read(&spoken, &spoken));
                    proptest::prop_assert!(unspoken <= typo.parted(care), "{unspoken}");
                }
            }
        }
    }
}
