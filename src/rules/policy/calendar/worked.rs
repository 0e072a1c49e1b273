//! Working time found beforehand, for whoever asks for it often.

use super::WorkingClock;
use crate::model::Instant;

/// What a working clock shows from one moment to another.
pub struct Worked {
    /// What is worked without a break, in order: from when to when, and how many milliseconds were worked before.
    stretches: Vec<(Instant, Instant, i64)>,
    from: Instant,
    to: Instant,
}

impl WorkingClock<'_> {
    /// What is worked from one moment to another.
    pub fn worked(&self, from: Instant, to: Instant) -> Worked {
        let mut before = 0;
        let within = self.stretches(from).take_while(|stretch| stretch.start < to);
        let summed = within.map(|stretch| {
            let end = stretch.end.min(to);
            let so_far = before;
            before += end.0 - stretch.start.0;
            (stretch.start, end, so_far)
        });
        Worked { stretches: summed.collect(), from, to }
    }
}

impl Worked {
    /// As [`WorkingClock::between`]; none where that is not known.
    pub fn between(&self, from: Instant, to: Instant) -> Option<i64> {
        Some((self.until(to)? - self.until(from)?).max(0))
    }

    /// As [`WorkingClock::after`]; none where that is not known.
    pub fn after(&self, from: Instant, millis: i64) -> Option<Instant> {
        let begun = self.until(from)?;
        if millis <= 0 {
            return Some(from);
        }
        let wanted = begun.saturating_add(millis);
        let nth = self.stretches.partition_point(|(start, end, before)| before + (end.0 - start.0) < wanted);
        let (start, _, before) = self.stretches.get(nth)?;
        Some(Instant(start.0 + wanted - before))
    }

    /// How much was worked until a moment.
    fn until(&self, at: Instant) -> Option<i64> {
        if at < self.from || at > self.to {
            return None;
        }
        let begun = self.stretches.partition_point(|(start, ..)| *start < at);
        let last = begun.checked_sub(1).and_then(|last| self.stretches.get(last));
        Some(last.map_or(0, |(start, end, before)| before + at.min(*end).0 - start.0))
    }
}
