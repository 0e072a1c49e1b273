//! Who mentions the caller, in texts that are in sight.

use std::collections::BTreeMap;

use super::{Desk, MOST};
use crate::model::query::MentionLine;
use crate::model::{Answer, Entry, Id, Row, Rows};
use crate::rules::inbox::Reading;
use crate::rules::mention::{self, Standing};
use crate::text::Clean;

/// How many entries are read at most.
const ENTRIES: usize = 10_000;

impl Desk<'_> {
    /// The mentions of the caller that stand, the newest first, each line once: the unread ones or all, and how many
    /// are unread. Nobody counts further than one beyond the limit, or than the entries that are read: what is left is
    /// one.
    pub(super) fn inbox(&self, all: bool, limit: u32) -> Answer {
        let rows = &*self.head.snapshot;
        let me = self.actor.member;
        let limit = limit.min(MOST) as usize;
        let reading = rows.member(me).map(|member| Reading::of(&member)).unwrap_or_default();
        let (mut lines, mut unread, mut entries) = (Vec::new(), 0, 0);
        let mut told = BTreeMap::new();
        rows.mentions(me, &mut |seq| {
            let (is_unread, is_before) = (!reading.has(seq), seq <= reading.until);
            entries += 1;
            if entries > ENTRIES {
                unread += u64::from(is_unread);
                return false;
            }
            if unread > limit as u64 || is_before && (!all || lines.len() >= limit) {
                return false;
            }
            if !is_unread && (!all || lines.len() >= limit) {
                return true;
            }
            let found = rows.entry(seq).map(|entry| self.mentions_in(&entry, is_unread)).unwrap_or_default();
            for line in found {
                let key = key_of(&line);
                match told.get(&key) {
                    Some(was_unread) if *was_unread || !is_unread => continue,
                    // Read at a newer place: it is told at this one, where it is still to be read.
                    Some(_) => lines.retain(|other| key_of(other) != key),
                    None => {}
                }
                told.insert(key, is_unread);
                unread += u64::from(is_unread);
                lines.push(line);
            }
            true
        });
        lines.truncate(limit);
        Answer::Inbox(lines, unread)
    }

    /// The mentions of the caller in an entry that may be seen.
    fn mentions_in(&self, entry: &Entry, unread: bool) -> Vec<MentionLine> {
        let rows = &*self.head.snapshot;
        let standing = mention::standing(rows, entry, self.actor.member).into_iter();
        let in_sight = standing.filter(|told| {
            let is_told = |row: &Row| self.sees(row) && !self.veil.hides(told.record, row, &told.field);
            rows.row(told.record).as_ref().is_some_and(is_told)
        });
        let line = |told: Standing| {
            let me = rows.member(self.actor.member);
            let team = me.and_then(|me| mention::through(rows, &me, told.word.as_str()));
            MentionLine {
                seq: entry.seq,
                at: entry.at,
                by: self.maybe(entry.by),
                record: told.record,
                customer: self.maybe(told.customer),
                team: self.maybe(team),
                text: told.line,
                unread,
            }
        };
        in_sight.map(line).collect()
    }
}

/// What is told once.
fn key_of(line: &MentionLine) -> (Id, Clean) {
    (line.record, line.text.clone())
}
