//! Who mentions the caller, in texts that are in sight.

use std::collections::BTreeSet;

use super::{Desk, MOST};
use crate::model::query::MentionLine;
use crate::model::{Answer, Entry, Event, Field, Id, Kind, Rows, Value};
use crate::rules::inbox::Reading;
use crate::rules::mention;
use crate::text::Clean;

/// How many entries are read at most.
const ENTRIES: usize = 10_000;

impl Desk<'_> {
    /// The mentions of the caller that stand, the newest first, each line once: the unread ones or all, and how many are
    /// unread. Nobody counts further than one beyond the limit, or than the entries that are read: what is left is one.
    pub(super) fn inbox(&self, all: bool, limit: u32) -> Answer {
        let rows = &*self.head.snapshot;
        let me = self.actor.member;
        let limit = limit.min(MOST) as usize;
        let reading = rows.member(me).map(|member| Reading::of(&member)).unwrap_or_default();
        let (mut lines, mut unread, mut entries) = (Vec::new(), 0, 0);
        let mut told = BTreeSet::new();
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
            let entry = rows.entry(seq).filter(|_| rows.undone_by(seq).is_none());
            let mut found = entry.map(|entry| self.mentions_in(&entry, is_unread)).unwrap_or_default();
            found.retain(|line| told.insert((line.record, line.text.clone())));
            unread += if is_unread { found.len() as u64 } else { 0 };
            lines.extend(found);
            true
        });
        lines.truncate(limit);
        Answer::Inbox(lines, unread)
    }

    /// The mentions of the caller in an entry that may be seen.
    fn mentions_in(&self, entry: &Entry, unread: bool) -> Vec<MentionLine> {
        let line = |event: &Event| match event {
            Event::Mentioned { record, field, member, word } if *member == self.actor.member => {
                let (customer, text) = self.stands(entry, *record, field, word.as_str())?;
                let (by, customer) = (self.maybe(entry.by), self.maybe(customer));
                let rows = &*self.head.snapshot;
                let me = rows.member(*member);
                let team = self.maybe(me.and_then(|me| mention::through(rows, &me, word.as_str())));
                Some(MentionLine {
                    seq: entry.seq,
                    at: entry.at,
                    by,
                    record: *record,
                    customer,
                    team,
                    text,
                    unread,
                })
            }
            _ => None,
        };
        entry.events.iter().filter_map(line).collect()
    }

    /// The customer of a mention and the line that it stands in, if it still does.
    fn stands(&self, entry: &Entry, record: Id, field: &Field, word: &str) -> Option<(Option<Id>, Clean)> {
        let row = self.head.snapshot.row(record).filter(|row| self.sees(row))?;
        let Value::Text(text) = row.get(field) else { return None };
        let line = mention::line(&entry.events, record, field, word, text.as_str())?;
        let customer = if record.kind == Kind::Customer { Some(record) } else { row.customer() };
        Some((customer, Clean::washed(&line).0))
    }
}
