//! What others change, and who did it.

use std::collections::BTreeSet;

use super::{Book, Topic};
use crate::ipc::client::{Changed, News};
use crate::model::query::HistoryItem;
use crate::model::{Entry, Id, Instant, Kind, Query};
use crate::text::Clean;

/// How many entries of the journal are asked for at most, to know who changed what.
const ENTRIES: u64 = 200;

impl Book {
    /// Asks again what a change may have changed, and who changed it. `subject` is the customer being looked at, which
    /// is never new.
    pub(in crate::tui) fn changed(&mut self, news: &News<Id>, subject: Option<Id>, now: Instant) {
        let inbox = match &news.changed {
            Changed::These(these) => self.may_mention_me(these),
            Changed::Everything => true,
        };
        if self.past.is_some() {
            // Nothing changes there; who mentions one is of today.
            return self.again(|topic| topic == Topic::Inbox && inbox, now);
        }
        let Changed::These(these) = &news.changed else {
            self.judged = news.head;
            return self.refresh(now);
        };
        self.doubtful.extend(these.iter().copied().filter(|id| Some(*id) != subject));
        // First who did it: the rows of tasks that others took fade.
        if !self.doubtful.is_empty() {
            let (by, since) = (Clean::default(), Clean::default());
            let limit = news.head.saturating_sub(self.judged).clamp(1, ENTRIES) as u32;
            let before = Some(news.head + 1);
            self.ask(Topic::Authors, Query::History { record: None, by, since, before, limit }, now);
        }
        let card = subject.is_some_and(|id| these.contains(&id));
        let settings = these.contains(&Id::SETTINGS);
        let members = these.iter().any(|id| id.kind == Kind::Member);
        let depends = |topic| match topic {
            Topic::Names(Kind::Member) => members,
            // The store's clock stands among its settings.
            Topic::Session | Topic::InForce | Topic::Versions | Topic::Playbooks => settings,
            Topic::Batch
            | Topic::Authors
            | Topic::Marks
            | Topic::Names(_)
            | Topic::Company
            | Topic::Check
            | Topic::Preview
            | Topic::Export
            | Topic::Version
            | Topic::Held(_)
            | Topic::Feed => false,
            Topic::Card => card,
            Topic::Inbox => inbox,
            _ => true,
        };
        self.again(depends, now);
    }

    /// Marks the customers that others changed. What I did elsewhere, and what rules made of it, is not new to me.
    pub(super) fn judge(&mut self, items: &[HistoryItem]) {
        let me = self.session.as_ref().map(|session| session.member.id);
        let (mine, others): (Vec<_>, Vec<_>) = items
            .iter()
            .map(|item| &item.entry)
            .filter(|entry| entry.by.is_some() && entry.seq > self.judged)
            .partition(|entry| entry.by == me);
        let touched = |entries: &[&Entry]| -> BTreeSet<Id> {
            entries.iter().flat_map(|entry| entry.records()).collect()
        };
        let doubtful = std::mem::take(&mut self.doubtful);
        if !others.is_empty() {
            let (mine, others) = (touched(&mine), touched(&others));
            self.fresh.extend(doubtful.iter().filter(|id| !mine.contains(id) || others.contains(id)));
        }
        self.judged = items.first().map_or(self.judged, |newest| newest.entry.seq.max(self.judged));
    }

    /// The place in the journal up to which everything is known.
    pub(in crate::tui) fn known_to(&self) -> u64 {
        self.judged
    }

    /// Whether a customer changed since it was looked at.
    pub(in crate::tui) fn is_fresh(&self, id: Id) -> bool {
        self.past.is_none() && self.fresh.contains(&id)
    }
}
