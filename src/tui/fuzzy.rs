//! What fits to a few letters: by the letters, by signs, or by the pinyin of these.

use std::cmp::Reverse;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use crate::text::pinyin::{Hay, Needle};

/// The items whose names fit to what was typed, the best first; all of them where nothing was.
pub(super) fn fitting<T>(
    items: impl IntoIterator<Item = T>,
    typed: &str,
    name: impl Fn(&T) -> &str,
) -> Vec<T> {
    let typed = typed.trim();
    if typed.is_empty() {
        return items.into_iter().collect();
    }
    let (matcher, needle) = (SkimMatcherV2::default(), Needle::new(typed));
    let score = |name: &str| {
        let signs = needle.score(&Hay::new(name)).map(i64::from);
        matcher.fuzzy_match(name, typed).max(signs)
    };
    let scored = items.into_iter().filter_map(|item| Some((score(name(&item))?, item)));
    let mut found: Vec<(i64, T)> = scored.collect();
    found.sort_by_key(|(score, _)| Reverse(*score));
    found.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_letters_and_pinyin() {
        let found = |typed| fitting(["Key accounts", "重点客户", "Silent"], typed, |name| name);
        assert_eq!(found(" "), ["Key accounts", "重点客户", "Silent"]);
        assert_eq!(found("acc"), ["Key accounts"]);
        assert_eq!(found("zdkh"), ["重点客户"]);
        assert_eq!(found("zzz"), [] as [&str; 0]);
    }
}
