use std::cmp::Ordering;
/// Puts the first few in order and leaves the others out, without sorting them.
pub(super) fn first_few<T>(items: &mut Vec<T>, few: usize, order: impl Fn(&T, &T) -> Ordering) {
    if few == 0 {
        items.clear();
    } else if few < items.len() {
        items.select_nth_unstable_by(few - 1, &order);
        items.truncate(few);
    }
    items.sort_unstable_by(order);
}
