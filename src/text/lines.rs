//! Two texts, compared line by line.

use similar::{ChangeTag, TextDiff};

/// How many lines were added, and how many taken away.
pub fn changed(before: &str, after: &str) -> (u32, u32) {
    TextDiff::from_lines(before, after).iter_all_changes().fold((0, 0), |(added, gone), change| match change
        .tag()
    {
        ChangeTag::Insert => (added + 1, gone),
        ChangeTag::Delete => (added, gone + 1),
        ChangeTag::Equal => (added, gone),
    })
}

/// What differs, as a unified diff with these names at its head; empty: nothing does.
pub fn diff(before: &str, after: &str, names: [&str; 2]) -> String {
    TextDiff::from_lines(before, after).unified_diff().header(names[0], names[1]).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_and_shown() {
        let (before, after) = ("a\nb\nc\n", "a\nB\nc\nd\n");
        assert_eq!(changed(before, after), (2, 1));
        assert_eq!(changed(before, before), (0, 0));
        assert_eq!(
            diff(before, after, ["old", "new"]),
            "--- old\n+++ new\n@@ -1,3 +1,4 @@\n a\n-b\n+B\n c\n+d\n"
        );
        assert_eq!(diff(before, before, ["old", "new"]), "");
    }
}
