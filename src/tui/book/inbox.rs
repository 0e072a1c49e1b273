//! Who mentions one.
//!
//! The store keeps at which places of the journal somebody has read. At one place there may be several mentions: the
//! screen remembers which were opened, until all of them are.

use std::collections::BTreeSet;

use super::{Book, Topic};
use crate::model::query::MentionLine;
use crate::model::{Id, Instant, Kind, Query};

/// How many unread mentions are counted.
pub(in crate::tui) const COUNTED: u64 = 99;

/// How many mentions are shown; and how many where more than are counted are unread, so that all of these are seen.
const SHOWN: u32 = 200;
const MANY: u32 = 10_000;

/// The mentions of one.
#[derive(Debug, Default)]
pub(in crate::tui) struct Inbox {
    /// Those that are known, the newest first.
    pub(in crate::tui) lines: Vec<MentionLine>,
    /// How many are unread; where these are more than were asked for, at least.
    pub(in crate::tui) unread: u64,
    /// Those that were opened and that the store holds for unread, by record and place in the journal.
    opened: BTreeSet<(Id, u64)>,
}

impl Inbox {
    /// How many of those that are unread are not known, at least.
    pub(in crate::tui) fn hidden(&self) -> u64 {
        self.unread.saturating_sub(self.unread_lines().count() as u64)
    }

    /// Up to where one has read when all are read that are known; none: nothing is unread, or there are others.
    pub(in crate::tui) fn newest_unread(&self) -> Option<u64> {
        if self.hidden() > 0 {
            return None;
        }
        let not_here = self.opened.iter().map(|(_, seq)| *seq);
        self.unread_lines().map(|line| line.seq).chain(not_here).max()
    }

    fn unread_lines(&self) -> impl Iterator<Item = &MentionLine> {
        self.lines.iter().filter(|line| line.unread)
    }

    /// A mention is opened: tells its place, if all that is there is read now.
    fn open(&mut self, opened: &MentionLine) -> Option<u64> {
        self.opened.insert(key(opened));
        if let Some(line) = self.lines.iter_mut().find(|line| line.unread && key(line) == key(opened)) {
            line.unread = false;
            self.unread = self.unread.saturating_sub(1);
        }
        let is_left = self.unread_lines().any(|line| line.seq == opened.seq);
        (!is_left).then_some(opened.seq)
    }

    fn put(&mut self, lines: Vec<MentionLine>, unread: u64) {
        (self.lines, self.unread) = (lines, unread);
        // What is older than the last line may still be unread where there are others than those that are known.
        let known_to = self.lines.last().filter(|_| self.hidden() > 0).map_or(0, |line| line.seq);
        let unread: BTreeSet<_> = self.unread_lines().map(key).collect();
        self.opened.retain(|opened| opened.1 <= known_to || unread.contains(opened));
        for line in &mut self.lines {
            if line.unread && self.opened.contains(&key(line)) {
                line.unread = false;
                self.unread = self.unread.saturating_sub(1);
            }
        }
    }
}

impl Book {
    /// Asks who mentions one, unless that is asked: so many unread as are counted, or all while they are looked at.
    pub(in crate::tui) fn ask_inbox(&mut self, all: bool, now: Instant) {
        let asked = self.asked.get(&Topic::Inbox).map(|asked| &asked.query);
        let many = Query::Inbox { all: true, limit: MANY };
        let query = match all {
            true if asked == Some(&many) || self.inbox.unread > COUNTED => many,
            true => Query::Inbox { all, limit: SHOWN },
            false => Query::Inbox { all, limit: COUNTED as u32 + self.inbox.opened.len() as u32 },
        };
        if asked != Some(&query) {
            self.ask(Topic::Inbox, query, now);
        }
    }

    /// Asks that again, as when some of it was read.
    pub(in crate::tui) fn ask_inbox_again(&mut self, now: Instant) {
        self.again(|topic| topic == Topic::Inbox, now);
    }

    /// Whether it is waited for who mentions one.
    pub(in crate::tui) fn waits_for_inbox(&self) -> bool {
        self.asked.get(&Topic::Inbox).is_none_or(|asked| asked.since.is_some())
    }

    /// An unread mention is opened: tells its place, if all that is there is read now.
    pub(in crate::tui) fn open_mention(&mut self, mention: &MentionLine) -> Option<u64> {
        if mention.unread { self.inbox.open(mention) } else { None }
    }

    pub(super) fn put_inbox(&mut self, lines: Vec<MentionLine>, unread: u64) {
        self.inbox.put(lines, unread);
    }

    /// Whether a change of these records may change who mentions one, or what of it was read elsewhere.
    pub(super) fn may_mention_me(&self, changed: &[Id]) -> bool {
        let me = self.session.as_ref().map(|session| session.member.id);
        changed.iter().any(|id| !id.kind.texts().is_empty() || id.kind == Kind::Member && Some(*id) == me)
    }
}

fn key(line: &MentionLine) -> (Id, u64) {
    (line.record, line.seq)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Clean;

    fn line(seq: u64, unread: bool) -> MentionLine {
        MentionLine {
            seq,
            at: Instant(0),
            by: None,
            record: Id::customer(seq),
            customer: None,
            team: None,
            text: Clean::default(),
            unread,
        }
    }

    #[test]
    fn what_was_opened_stays_so_until_the_store_knows_it() {
        let mut inbox = Inbox::default();
        let both =
            || vec![line(9, true), MentionLine { record: Id::customer(1), ..line(9, true) }, line(5, true)];
        inbox.put(both(), 3);
        assert_eq!(inbox.open(&line(9, true)), None, "another one is in the same entry");
        assert_eq!(inbox.unread, 2);
        inbox.put(both(), 3);
        assert_eq!((inbox.unread, inbox.lines[0].unread), (2, false), "asked again, it is still open");
        assert_eq!(inbox.open(&both()[1]), Some(9), "whatever older one is left");
        assert_eq!(inbox.open(&line(3, true)), Some(3));
        inbox.put(vec![line(12, true), line(5, true)], 9);
        assert_eq!(inbox.opened, [(Id::customer(3), 3)].into(), "it may be among those that are not known");
        inbox.put(vec![line(12, true), line(5, true)], 2);
        assert_eq!((inbox.unread, inbox.opened.len()), (2, 0));
    }

    #[test]
    fn nothing_is_read_over_mentions_that_nobody_saw() {
        let mut inbox = Inbox::default();
        inbox.put(vec![line(9, true), line(5, true)], 3);
        assert_eq!((inbox.hidden(), inbox.newest_unread()), (1, None));
        assert_eq!((inbox.open(&line(5, true)), inbox.open(&line(9, true))), (Some(5), Some(9)));
        inbox.put(vec![line(9, true), line(5, true), line(4, true)], 3);
        assert_eq!(inbox.newest_unread(), Some(9));
    }
}
