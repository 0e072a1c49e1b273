//! Steps that wait for each other.

use std::collections::BTreeMap;

/// The first circle of steps, each waiting for the next: the ids along it, beginning with the earliest of the file and
/// ending with it.
pub(super) fn circle<'a>(steps: &[(&'a str, Option<&'a str>)]) -> Option<Vec<&'a str>> {
    let after: BTreeMap<&str, &str> = steps.iter().filter_map(|(id, after)| Some((*id, (*after)?))).collect();
    for (start, _) in steps {
        let mut way = vec![*start];
        let mut at = *start;
        while let Some(next) = after.get(at) {
            way.push(next);
            if next == start {
                return Some(way);
            }
            if way.len() > steps.len() {
                break;
            }
            at = next;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_told_from_its_first_step_on() {
        let none = [("a", None), ("b", Some("a")), ("c", Some("a")), ("d", Some("c"))];
        assert_eq!(circle(&none), None);
        assert_eq!(circle(&[("a", Some("a"))]), Some(vec!["a", "a"]));
        let three = [("z", Some("a")), ("a", Some("c")), ("b", Some("a")), ("c", Some("b"))];
        assert_eq!(circle(&three), Some(vec!["a", "c", "b", "a"]), "what leads into it is no part of it");
    }

    proptest::proptest! {
        #[test]
        fn there_is_a_circle_exactly_where_some_way_never_ends(
            after in proptest::collection::vec(proptest::option::of(0_usize..6), 1..6)
        ) {
            const IDS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
            let steps: Vec<(&str, Option<&str>)> =
                after.iter().enumerate().map(|(nth, after)| (IDS[nth], after.map(|nth| IDS[nth]))).collect();
            let ends = |start: usize| {
                let mut at = Some(start);
                (0..=after.len()).for_each(|_| at = at.and_then(|at| *after.get(at)?));
                at.is_none()
            };
            proptest::prop_assert_eq!(circle(&steps).is_none(), (0..after.len()).all(ends));
        }
    }
}
