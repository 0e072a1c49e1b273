//! Numbers as characters, to be looked at instead of read: a line of small columns, a strip of shades, a bar. Each has
//! a form in ASCII, and none says anything by colour.

/// Columns from nothing to the most.
const COLUMNS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII_COLUMNS: [char; 8] = ['_', '.', ':', '-', '=', '+', '*', '#'];

/// Shades of none, one, two, three and more.
const SHADES: [char; 5] = ['·', '░', '▒', '▓', '█'];
const ASCII_SHADES: [char; 11] = ['.', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+'];

/// The last cell of a bar, by the eighths of it that are full.
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// A column for each number, as high as it is beside the greatest of them. Nothing and less than nothing are flat, and
/// nothing else is.
pub fn sparkline(numbers: &[i64], ascii: bool) -> String {
    let most = numbers.iter().copied().max().unwrap_or(0);
    let columns = if ascii { ASCII_COLUMNS } else { COLUMNS };
    numbers.iter().map(|number| columns[steps(*number, most, columns.len() - 1)]).collect()
}

/// A shade for each count, by the count alone, so that two strips can be compared. In ASCII it is the count itself.
pub fn strip(counts: &[i64], ascii: bool) -> String {
    let shades: &[char] = if ascii { &ASCII_SHADES } else { &SHADES };
    let shade = |count: &i64| shades[usize::try_from(*count).unwrap_or(0).min(shades.len() - 1)];
    counts.iter().map(shade).collect()
}

/// A bar of at most so many cells, which the most would fill. What is more than nothing is seen.
pub fn bar(number: i64, most: i64, cells: usize, ascii: bool) -> String {
    if ascii {
        return "#".repeat(steps(number, most, cells));
    }
    let eighths = steps(number, most, cells * 8);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// How many of so many steps a number takes, of which the most takes all; rounded up.
fn steps(number: i64, most: i64, all: usize) -> usize {
    if number <= 0 {
        return 0;
    }
    let part = i128::from(number) * all as i128;
    usize::try_from((part - 1) / i128::from(most.max(1)) + 1).unwrap_or(all).min(all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::width::width;

    #[test]
    fn numbers_are_seen_at_a_glance() {
        let months = [0, 1, 2, 4, 7, 0, 3, 14, -2];
        assert_eq!(sparkline(&months, false), "▁▂▂▃▅▁▃█▁");
        assert_eq!(sparkline(&months, true), "_..:=_:#_");
        assert_eq!(sparkline(&[0, 0], false), "▁▁");
        assert_eq!(strip(&[0, 1, 2, 3, 4, 12, -1], false), "·░▒▓██·");
        assert_eq!(strip(&[0, 1, 2, 3, 4, 12, -1], true), ".1234+.");
        assert_eq!(bar(50, 100, 5, false), "██▌");
        assert_eq!(bar(50, 100, 5, true), "###");
        assert_eq!(bar(1, 1_000_000, 5, false), "▏");
        assert_eq!(bar(0, 0, 5, false), "");
    }

    proptest! {
        #[test]
        fn every_number_has_its_cell(numbers in prop::collection::vec(any::<i64>(), 0..60), ascii: bool) {
            for drawn in [sparkline(&numbers, ascii), strip(&numbers, ascii)] {
                prop_assert_eq!(width(&drawn), numbers.len());
                prop_assert_eq!(drawn.chars().count(), numbers.len());
                prop_assert!(!ascii || drawn.is_ascii());
            }
        }

        #[test]
        fn more_is_never_drawn_as_less(one: i64, other: i64, most in 0..i64::MAX, cells in 0_usize..40) {
            let (less, more) = (one.min(other), one.max(other));
            prop_assert!(steps(less, most, cells) <= steps(more, most, cells));
            prop_assert!(steps(more, most, cells) <= cells);
            prop_assert_eq!(steps(more, most, cells) == 0, more <= 0 || cells == 0);
            for ascii in [false, true] {
                let drawn = [less, more].map(|number| width(&bar(number, most, cells, ascii)));
                prop_assert!(drawn[0] <= drawn[1] && drawn[1] <= cells);
            }
            let of_two: Vec<char> = sparkline(&[less, more], false).chars().collect();
            prop_assert!(of_two[0] <= of_two[1], "the columns are in the order of their code points");
        }
    }
}
