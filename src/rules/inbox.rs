//! What somebody has read of who mentions them, kept with the member: a place in the journal up to which they have read
//! all, and the places behind it that they have read.
//!
//! It is an event like any other, so that it is the same wherever they work, and a rebuild, a backup or a day that has
//! been knows it. It is no act on the book: nobody's undo takes it back.

use std::collections::BTreeSet;

use super::{Outcome, Stamp, set};
use crate::model::{Event, Field, Id, Kind, Member, Rows, Value, World};
use crate::text::Clean;

/// The most places that are kept beside the first. Whoever reads more while an older one is left reads the oldest of
/// these once more.
const BEYOND: usize = 500;

/// The fields of a member that say so.
const READ: &str = "read";
const READ_BEYOND: &str = "read_beyond";

/// What somebody has read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Up to this place all.
    pub until: u64,
    /// And these places.
    beyond: BTreeSet<u64>,
}

impl Reading {
    /// What a member has read.
    pub fn of(member: &Member) -> Reading {
        let until = member.read.and_then(|place| u64::try_from(place).ok()).unwrap_or(0);
        Reading {
            until,
            beyond: member.read_beyond.iter().filter_map(|place| place.as_str().parse().ok()).collect(),
        }
    }

    /// Whether what is told at a place is read.
    pub fn has(&self, seq: u64) -> bool {
        seq <= self.until || self.beyond.contains(&seq)
    }

    /// The same, where nothing is kept apart that the place says: it goes on over what is read and what was taken back.
    fn settled(mut self, world: &World, me: Id) -> Reading {
        let mut behind = Vec::new();
        world.mentions(me, &mut |seq| {
            behind.push(seq);
            seq > self.until
        });
        let is_done = |seq: &u64| self.has(*seq) || world.undone_by(*seq).is_some();
        let until = behind.iter().rev().copied().take_while(is_done).last();
        self.until = self.until.max(until.unwrap_or(0));
        self.beyond.retain(|seq| *seq > self.until);
        while self.beyond.len() > BEYOND {
            self.beyond.pop_first();
        }
        self
    }
}

/// The caller has read what mentions them up to a place. Where nothing does that was unread, nothing is written.
pub(super) fn read(world: &mut World, until: u64, stamp: &Stamp) -> Outcome {
    let until = until.min(world.head());
    note(world, stamp, |seq| seq <= until, |before| Reading { until: before.until.max(until), ..before })
}

/// The caller has read what mentions them at a place, and there alone.
pub(super) fn read_one(world: &mut World, seq: u64, stamp: &Stamp) -> Outcome {
    note(
        world,
        stamp,
        |other| other == seq,
        |mut before| {
            before.beyond.insert(seq);
            before
        },
    )
}

/// Writes what the caller has read, if that is news of any of these places.
fn note(
    world: &mut World,
    stamp: &Stamp,
    these: impl Fn(u64) -> bool,
    reads: impl FnOnce(Reading) -> Reading,
) -> Outcome {
    // The program itself reads nothing.
    let Some(me) = stamp.by else { return Outcome::changed(world, Vec::new()) };
    let before = world.member(me).map(|member| Reading::of(&member)).unwrap_or_default();
    let mut is_news = false;
    world.mentions(me, &mut |seq| {
        is_news |= these(seq) && !before.has(seq);
        !is_news && seq > before.until
    });
    if is_news {
        let after = reads(before.clone()).settled(world, me);
        write(world, me, &before, &after);
    }
    Outcome::changed(world, vec![me])
}

fn write(world: &mut World, me: Id, before: &Reading, after: &Reading) {
    if after.until != before.until {
        set(world, me, READ, Value::Number(after.until as i64));
    }
    let Some((field, _)) = Kind::Member.field(READ_BEYOND) else { return };
    let event = |seq: &u64, on: fn(Id, Field, Value) -> Event| {
        on(me, field.clone(), Value::Text(Clean::washed(&seq.to_string()).0))
    };
    for seq in before.beyond.difference(&after.beyond) {
        world.emit(event(seq, |record, field, value| Event::Unlinked { record, field, value }));
    }
    for seq in after.beyond.difference(&before.beyond) {
        world.emit(event(seq, |record, field, value| Event::Linked { record, field, value }));
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
        assert_eq!(
            reading(&office),
            Reading { until: seqs[2], beyond: BTreeSet::new() },
            "over what was taken back"
        );
        assert!(office.run(edit(REP, READ_BEYOND, "1")).is_err());
    }

    #[test]
    fn what_is_kept_apart_stays_short() {
        let (mut office, seqs) = mentioned(BEYOND + 3);
        for seq in seqs[1..].iter().rev() {
            office.run(Command::MentionRead { seq: *seq }.by(REP)).unwrap();
        }
        assert_eq!(reading(&office).beyond.len(), BEYOND);
        office.run(Command::InboxRead { until: u64::MAX }.by(REP)).unwrap();
        assert!(reading(&office).beyond.is_empty() && reading(&office).has(seqs[0]));
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
