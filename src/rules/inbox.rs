//! What somebody has read of who mentions them, kept with the member: a place in the journal up to which they have read
//! all, and the places behind it that they have read.
//!
//! It is an event like any other, so that it is the same wherever they work, and a rebuild, a backup or a day that has
//! been knows it. It is no act on the book: nobody's undo takes it back.

use std::collections::BTreeSet;

use super::mention::{Standing, standing};
use super::{Outcome, Stamp, set};
use crate::model::{Entry, Event, Id, Kind, Member, Rows, Value, World};
use crate::text::Clean;

/// The fields of a member that say so.
const READ: &str = "read";
const READ_BEYOND: &str = "read_beyond";

/// What somebody has read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Up to this place all.
    pub until: u64,
    /// And what mentions them from one place to another, both among them. There are no more of these than mentions that
    /// were passed over, so that nothing need be forgotten to keep them few.
    beyond: BTreeSet<(u64, u64)>,
}

impl Reading {
    /// What a member has read.
    pub fn of(member: &Member) -> Reading {
        let until = member.read.and_then(|place| u64::try_from(place).ok()).unwrap_or(0);
        Reading { until, beyond: member.read_beyond.iter().filter_map(places).collect() }
    }

    /// Whether what is told at a place is read.
    pub fn has(&self, seq: u64) -> bool {
        let last_before = self.beyond.range(..=(seq, u64::MAX)).next_back();
        seq <= self.until || last_before.is_some_and(|(_, to)| seq <= *to)
    }

    /// The same in the fewest places. What stands no more and was not read is not passed over: it may come back.
    fn settled(self, world: &World, me: Id) -> Reading {
        let mut behind = Vec::new();
        world.mentions(me, &mut |seq| {
            behind.push(seq);
            seq > self.until
        });
        behind.reverse();
        let mut after = Reading { until: self.until, ..Reading::default() };
        for run in behind.chunk_by(|one, next| self.has(*one) == self.has(*next)) {
            let (Some(from), Some(to)) = (run.first(), run.last()) else { continue };
            if !self.has(*from) {
                continue;
            }
            if *from == behind[0] {
                after.until = after.until.max(*to);
            } else {
                after.beyond.insert((*from, *to));
            }
        }
        after
    }
}

/// The places that a value names: `12`, `12-19`.
fn places(text: &Clean) -> Option<(u64, u64)> {
    let (from, to) = text.as_str().split_once('-').unwrap_or((text.as_str(), text.as_str()));
    Some((from.parse().ok()?, to.parse().ok()?))
}

/// The caller has read what mentions them up to a place. Where nothing does that was unread, nothing is written.
pub(super) fn read(world: &mut World, until: u64, stamp: &Stamp) -> Outcome {
    // The program itself reads nothing.
    let Some(me) = stamp.by else { return Outcome::changed(world, Vec::new()) };
    let until = until.min(world.head());
    let before = reading(world, me);
    let mut is_news = false;
    world.mentions(me, &mut |seq| {
        is_news |= seq <= until && !before.has(seq);
        !is_news && seq > before.until
    });
    if is_news {
        let after = Reading { until: before.until.max(until), ..before.clone() };
        write(world, me, &before, after);
    }
    Outcome::changed(world, vec![me])
}

/// The caller has read what mentions them at a place, and whatever other place has come to tell the same lines: these
/// are shown once.
pub(super) fn read_one(world: &mut World, seq: u64, stamp: &Stamp) -> Outcome {
    let Some(me) = stamp.by else { return Outcome::changed(world, Vec::new()) };
    let before = reading(world, me);
    let mentions_me = |entry: Entry| entry.events.iter().any(|event| event.mentions() == Some(me));
    if !before.has(seq) && world.entry(seq).is_some_and(mentions_me) {
        let seen = told(world, me, seq);
        let mut after = before.clone();
        after.beyond.insert((seq, seq));
        for (record, _) in &seen {
            world.history(*record, u64::MAX, &mut |other| {
                if !after.has(other) {
                    let lines = told(world, me, other);
                    after
                        .beyond
                        .extend((!lines.is_empty() && lines.is_subset(&seen)).then_some((other, other)));
                }
                other > before.until
            });
        }
        write(world, me, &before, after);
    }
    Outcome::changed(world, vec![me])
}

fn reading(world: &World, me: Id) -> Reading {
    world.member(me).map(|member| Reading::of(&member)).unwrap_or_default()
}

/// The lines that mention somebody at a place, each with its record.
fn told(world: &World, me: Id, seq: u64) -> BTreeSet<(Id, Clean)> {
    let entry = world.entry(seq);
    let standing = entry.iter().flat_map(|entry| standing(world, entry, me));
    standing.map(|Standing { record, line, .. }| (record, line)).collect()
}

fn write(world: &mut World, me: Id, before: &Reading, after: Reading) {
    let after = after.settled(world, me);
    if after.until != before.until {
        set(world, me, READ, Value::Number(after.until as i64));
    }
    let Some((field, _)) = Kind::Member.field(READ_BEYOND) else { return };
    let value = |(from, to): &(u64, u64)| {
        let text = if from == to { from.to_string() } else { format!("{from}-{to}") };
        Value::Text(Clean::washed(&text).0)
    };
    for places in before.beyond.difference(&after.beyond) {
        world.emit(Event::Unlinked { record: me, field: field.clone(), value: value(places) });
    }
    for places in after.beyond.difference(&before.beyond) {
        world.emit(Event::Linked { record: me, field: field.clone(), value: value(places) });
    }
}

/// Whether an event says what somebody has read, and nothing else.
pub(super) fn is_reading(event: &Event) -> bool {
    let (Event::Set { record, field, .. }
    | Event::Linked { record, field, .. }
    | Event::Unlinked { record, field, .. }) = event
    else {
        return false;
    };
    let name = record.kind.info(field.code).map(|info| info.name);
    record.kind == Kind::Member && matches!(name, Some(READ | READ_BEYOND))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{Office, REP, edit, text, undo};
    use super::*;
    use crate::model::{Command, Log};

    /// An office in which somebody is mentioned so often, and the places.
    fn mentioned(times: usize) -> (Office, Vec<u64>) {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let log = |n| Command::Log(Box::new(Log::call(acme, text(&format!("@bo {n}")))));
        let seqs = (0..times).map(|n| office.seq(log(n))).collect();
        (office, seqs)
    }

    fn reading(office: &Office) -> Reading {
        Reading::of(&office.rows.member(REP).unwrap())
    }

    #[test]
    fn a_newer_one_is_read_while_an_older_one_is_not() {
        let (mut office, seqs) = mentioned(3);
        let read = |seq| Command::MentionRead { seq }.by(REP);
        office.run(read(seqs[2])).unwrap();
        let known = |office: &Office| seqs.iter().map(|seq| reading(office).has(*seq)).collect::<Vec<_>>();
        assert_eq!(known(&office), [false, false, true]);
        let head = office.rows.head();
        for seq in [seqs[2], seqs[0] - 1, u64::MAX] {
            office.run(read(seq)).unwrap();
        }
        assert_eq!(office.rows.head(), head, "nothing is read there, or again");
        office.run(undo(seqs[1])).unwrap();
        office.run(read(seqs[0])).unwrap();
        let known = |office: &Office| seqs.iter().map(|seq| reading(office).has(*seq)).collect::<Vec<_>>();
        assert_eq!(
            known(&office),
            [true, false, true],
            "what was taken back was not read, and may come again"
        );
        assert!(office.run(edit(REP, READ_BEYOND, "1")).is_err());
    }

    #[test]
    fn what_is_kept_apart_stays_short_and_forgets_nothing() {
        let (mut office, seqs) = mentioned(600);
        office.run(undo(seqs[0])).unwrap();
        for seq in seqs[2..].iter().rev().filter(|seq| **seq != seqs[300]) {
            office.run(Command::MentionRead { seq: *seq }.by(REP)).unwrap();
        }
        assert_eq!(reading(&office).beyond.len(), 2);
        office.run(Command::MentionRead { seq: seqs[1] }.by(REP)).unwrap();
        let unread = |office: &Office| {
            let reading = reading(office);
            seqs.iter().copied().filter(|seq| !reading.has(*seq)).collect::<Vec<_>>()
        };
        assert_eq!(unread(&office), [seqs[0], seqs[300]], "the one taken back may come again");
        office.run(Command::InboxRead { until: u64::MAX }.by(REP)).unwrap();
        assert!(reading(&office).beyond.is_empty() && unread(&office).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        /// In whatever order mentions are read, those are read and no others; and when all are, one place says so.
        #[test]
        fn those_are_read_that_were_read(order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle()) {
            let (mut office, seqs) = mentioned(6);
            for (at, which) in order.iter().enumerate() {
                office.run(Command::MentionRead { seq: seqs[*which] }.by(REP)).unwrap();
                for (n, seq) in seqs.iter().enumerate() {
                    prop_assert_eq!(reading(&office).has(*seq), order[..=at].contains(&n));
                }
            }
            prop_assert!(reading(&office).beyond.is_empty());
        }
    }
}
