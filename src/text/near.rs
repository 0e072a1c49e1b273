//! The nearest of some words, for hints: "there is no `teir`, did you mean `tier`?".

/// Longer words are no slips of the finger.
const LONGEST: usize = 64;

/// The candidate that is nearest to a word by changed, missing, added and swapped letters: at most one of them for each
/// three letters of the word, at least one. Of equals the first. Nothing is near to a word of more than 64 letters.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = Some(letters(word, LONGEST + 1)).filter(|word| word.len() <= LONGEST)?;
    let allowed = (word.len() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (letters(candidate, word.len() + allowed + 1), candidate))
        .filter(|(letters, _)| letters.len().abs_diff(word.len()) <= allowed)
        .map(|(letters, candidate)| (distance(&word, &letters), candidate))
        .filter(|(distance, _)| *distance <= allowed && *distance < word.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The first letters of a word, at most so many.
fn letters(word: &str, most: usize) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).take(most).collect()
}

/// The distance of Damerau and Levenshtein, in which no part is changed twice.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, a) in one.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, b) in other.iter().enumerate() {
            let changed = last[column] + usize::from(a != b);
            let mut fewest = changed.min(last[column + 1] + 1).min(now[column] + 1);
            if row > 0 && column > 0 && *a == other[column - 1] && one[row - 1] == *b {
                fewest = fewest.min(before_last[column - 1] + 1);
            }
            now.push(fewest);
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [&str; 8] = ["id", "tier", "stage", "owner", "team", "overdue", "created", "客户"];

    #[test]
    fn slips_of_the_finger_are_recognised() {
        for (typed, meant) in [
            ("teir", "tier"),
            ("tire", "tier"),
            ("Stage", "stage"),
            ("stge", "stage"),
            ("ownr", "owner"),
            ("overdeu", "overdue"),
            ("craeted", "created"),
            ("di", "id"),
            ("客户号", "客户"),
        ] {
            assert_eq!(nearest(typed, FIELDS), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_is_far_from_all_has_no_neighbour() {
        for typed in ["", "x", "region", "spend", "客"] {
            assert_eq!(nearest(typed, FIELDS), None, "{typed}");
        }
        assert_eq!(nearest("tier", []), None);
    }

    #[test]
    fn long_words_are_compared_with_nothing() {
        // The distance of two such words would take hours.
        let long = "tier".repeat(1_000_000);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        assert_eq!(nearest("tier", [long.as_str(), "teir"]), Some("teir"));
        let longest = "t".repeat(LONGEST);
        assert_eq!(nearest(&longest, [&longest[1..]]), Some(&longest[1..]));
    }

    proptest::proptest! {
        #[test]
        fn the_distance_is_one(one in "[ab]{0,6}", other in "[ab]{0,6}") {
            let (one, other) = (letters(&one, 6), letters(&other, 6));
            proptest::prop_assert_eq!(distance(&one, &other), distance(&other, &one));
            proptest::prop_assert_eq!(distance(&one, &other) == 0, one == other);
            proptest::prop_assert!(distance(&one, &other) <= one.len().max(other.len()));
        }
    }
}
