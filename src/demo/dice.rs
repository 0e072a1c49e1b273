//! Chance that is the same each time: splitmix64 from a fixed seed.

/// A stream of numbers.
pub(super) struct Dice(u64);

impl Dice {
    /// The stream of a seed.
    pub(super) fn of(seed: u64) -> Dice {
        Dice(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both among them; `low` where they cross.
    pub(super) fn between(&mut self, (low, high): (u32, u32)) -> u32 {
        let span = u64::from(high.saturating_sub(low)) + 1;
        low + (self.roll() % span) as u32
    }

    /// True in so many of a hundred cases.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.between((1, 100)) <= percent
    }

    /// One of several; there must be one.
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll() as usize % of.len()]
    }

    /// One of several words, each as often as its weight says.
    pub(super) fn weighed(&mut self, words: &[(&'static str, u32)]) -> &'static str {
        let total: u32 = words.iter().map(|(_, weight)| weight).sum();
        let mut left = self.between((1, total));
        for (word, weight) in words {
            if left <= *weight {
                return word;
            }
            left -= weight;
        }
        ""
    }

    /// All of several, in another order.
    pub(super) fn shuffled<'a, T>(&mut self, of: &'a [T]) -> Vec<&'a T> {
        let mut order: Vec<&T> = of.iter().collect();
        for end in (1..order.len()).rev() {
            let other = self.roll() as usize % (end + 1);
            order.swap(end, other);
        }
        order
    }
}

/// Gives the items of a list one after the other, in an order of its own: none comes twice before all have come.
pub(super) struct Deck<'a, T> {
    order: Vec<&'a T>,
    next: usize,
}

impl<'a, T> Deck<'a, T> {
    /// A shuffled deck of the items; there must be one.
    pub(super) fn of(items: &'a [T], dice: &mut Dice) -> Deck<'a, T> {
        Deck { order: dice.shuffled(items), next: 0 }
    }

    /// The next one.
    pub(super) fn deal(&mut self) -> &'a T {
        let item = self.order[self.next % self.order.len()];
        self.next += 1;
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_within_and_reach_both_ends() {
        let mut dice = Dice::of(1);
        let rolled: Vec<u32> = (0..200).map(|_| dice.between((3, 6))).collect();
        assert_eq!((rolled.iter().min(), rolled.iter().max()), (Some(&3), Some(&6)));
        assert_eq!(dice.between((9, 2)), 9);
    }

    #[test]
    fn a_deck_deals_everything_before_it_repeats() {
        let mut deck = Deck::of(&[1, 2, 3, 4, 5], &mut Dice::of(7));
        let mut dealt: Vec<i32> = (0..5).map(|_| *deck.deal()).collect();
        let first = dealt[0];
        assert_eq!(*deck.deal(), first);
        dealt.sort_unstable();
        assert_eq!(dealt, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn weights_are_kept() {
        let mut dice = Dice::of(3);
        let heavy = (0..1000).filter(|_| dice.weighed(&[("a", 9), ("b", 1)]) == "a").count();
        assert!((850..950).contains(&heavy), "{heavy}");
    }
}
