//! Names as people mistype them: letters left out, one wrong, one too many, two swapped.
//!
//! Few names pass the cheap test (the letters in order, within little more than their own length); those are judged
//! by the fuzzy matcher. Chinese names are compared as they are spoken, so that mistyped pinyin is understood as well.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::entry::Name;
use super::mask::Mask;

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
    mask: Mask,
    /// The word without one of its letters: whatever was wrong with that letter, the others stand in order.
    shorter: Vec<String>,
    matcher: SkimMatcherV2,
    /// What the matcher gives the word for itself.
    perfect: i64,
}

/// Shorter words are in too many names.
const SHORTEST: usize = 3;
/// Shorter words are in too many names when a letter does not count.
const SHORTEST_WITH_ONE_WRONG: usize = 4;
/// A word with one letter wrong may be spread over so many more.
const SLACK: usize = 2;
/// Likeness is of so many.
const ALIKE: i64 = 90;

impl Typo {
    /// Of a folded word; only words of Latin letters are taken for mistyped, never numbers.
    pub(super) fn new(word: &str) -> Option<Typo> {
        let is_latin =
            word.bytes().all(|b| b.is_ascii_alphanumeric()) && word.bytes().any(|b| b.is_ascii_alphabetic());
        if word.len() < SHORTEST || !is_latin {
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
        Some(Typo { typed: word.to_owned(), mask: Mask::of(word), shorter, matcher, perfect })
    }

    /// How like a name as it is spoken is to the word, up to 99, the shorter name before the longer.
    pub(super) fn likeness(&self, name: &Name, care: Care) -> Option<u32> {
        let missing = self.mask.missing_in(name.letters);
        let spoken = &*name.spoken;
        let alike = match care {
            Care::LeftOut if missing == 0 => self.judged(&self.typed, spoken, self.typed.len().div_ceil(3)),
            Care::OneWrong if missing <= 1 && !self.shorter.is_empty() && self.stands_but_for_one(spoken) => {
                self.shorter.iter().filter_map(|form| self.judged(form, spoken, SLACK)).max()
            }
            _ => None,
        }?;
        let shortness = 9 - (spoken.len() / 8).min(9) as i64;
        Some((alike * ALIKE / self.perfect).min(ALIKE) as u32 + shortness as u32)
    }

    /// Whether all letters but one stand in the text in order, within little more than their number: of the forms
    /// without one letter, whether any would stand.
    fn stands_but_for_one(&self, text: &str) -> bool {
        let (typed, text) = (self.typed.as_bytes(), text.as_bytes());
        let stretch = typed.len() - 1 + SLACK;
        let begins = |letter: u8| letter == typed[0] || letter == typed[1];
        let from_here = |at: usize| {
            // How far the word is spent: with all its letters, and with one left out.
            let (mut all, mut but_one) = (0, 1);
            for letter in &text[at..text.len().min(at + stretch)] {
                but_one += usize::from(typed.get(but_one) == Some(letter));
                all += usize::from(typed.get(all) == Some(letter));
                but_one = but_one.max(all + 1);
                if but_one >= typed.len() {
                    return true;
                }
            }
            false
        };
        (0..text.len()).any(|at| begins(text[at]) && from_here(at))
    }

    fn judged(&self, form: &str, spoken: &str, slack: usize) -> Option<i64> {
        if !stands_within(form.as_bytes(), spoken.as_bytes(), form.len() + slack) {
            return None;
        }
        self.matcher.fuzzy_match(spoken, form)
    }
}

/// Whether the letters stand in the text in order, within a stretch of so many bytes.
fn stands_within(letters: &[u8], text: &[u8], stretch: usize) -> bool {
    let Some((first, others)) = letters.split_first() else { return true };
    let from_here = |at: usize| {
        let mut rest = text[at + 1..text.len().min(at + stretch)].iter();
        text[at] == *first && others.iter().all(|letter| rest.any(|found| found == letter))
    };
    (0..text.len()).any(from_here)
}
