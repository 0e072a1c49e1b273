//! Parents before their children: a row that names another row of the file comes after it.

use std::collections::HashMap;

/// The rows in an order in which parents come first, and else as they stood; and the rows that cannot have one,
/// because they are their own ancestors. Each row has a name, and perhaps that of its parent.
pub(super) fn parents_first(rows: &[(String, Option<String>)]) -> (Vec<usize>, Vec<usize>) {
    let mut at: HashMap<&str, usize> = HashMap::new();
    for (i, (name, _)) in rows.iter().enumerate() {
        at.entry(name).or_insert(i);
    }
    let parent = |i: usize| rows[i].1.as_deref().and_then(|name| at.get(name).copied());
    let looped = loops(rows.len(), &parent);
    let mut placed = looped.clone();
    let mut order = Vec::with_capacity(rows.len());
    for i in 0..rows.len() {
        let mut line = Vec::new();
        let mut next = Some(i);
        while let Some(row) = next.filter(|row| !placed[*row]) {
            placed[row] = true;
            line.push(row);
            next = parent(row);
        }
        order.extend(line.into_iter().rev());
    }
    let looped = (0..rows.len()).filter(|i| looped[*i]).collect();
    (order, looped)
}

/// Marks the rows from which going up leads back to themselves.
fn loops(count: usize, parent: &impl Fn(usize) -> Option<usize>) -> Vec<bool> {
    let mut looped = vec![false; count];
    let mut seen_from = vec![usize::MAX; count];
    for start in 0..count {
        let mut at = Some(start);
        while let Some(row) = at.filter(|row| seen_from[*row] == usize::MAX) {
            seen_from[row] = start;
            at = parent(row);
        }
        // Back on the way from this very start: all from here round are one loop.
        let mut round = at.filter(|row| seen_from[*row] == start);
        while let Some(row) = round.filter(|row| !looped[*row]) {
            looped[row] = true;
            round = parent(row);
        }
    }
    looped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(pairs: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        let parent = |name: &str| (!name.is_empty()).then(|| name.to_owned());
        pairs.iter().map(|(name, up)| ((*name).to_owned(), parent(up))).collect()
    }

    #[test]
    fn a_parent_is_moved_before_its_first_child_and_nothing_else() {
        let (order, looped) =
            parents_first(&rows(&[("a", ""), ("b", "d"), ("c", "x"), ("d", "e"), ("e", "")]));
        assert_eq!(order, [0, 4, 3, 1, 2]);
        assert!(looped.is_empty());
    }

    #[test]
    fn a_circle_is_left_out_and_what_hangs_on_it_stays() {
        let (order, looped) = parents_first(&rows(&[("a", "b"), ("b", "a"), ("c", "a"), ("d", "d")]));
        assert_eq!((order, looped), (vec![2], vec![0, 1, 3]));
    }

    proptest! {
        #[test]
        fn every_row_comes_once_and_after_its_parent(ups in prop::collection::vec(prop::option::of(0..30usize), 0..30)) {
            let rows: Vec<_> = ups.iter().enumerate().map(|(i, up)| (i.to_string(), up.map(|up| up.to_string()))).collect();
            let (order, looped) = parents_first(&rows);
            let mut all: Vec<usize> = order.iter().chain(&looped).copied().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..rows.len()).collect::<Vec<_>>());
            for (place, row) in order.iter().enumerate() {
                if let Some(up) = ups[*row].filter(|up| *up < rows.len() && !looped.contains(up)) {
                    prop_assert!(order[..place].contains(&up));
                }
            }
        }
    }
}
