//! What is asked of the server, and what it answered.
//!
//! A topic has one question at a time. A newer question replaces it, and the answer to the older one is dropped. What
//! was answered stays to be seen until the next answer is there. When something changes, the open questions are asked
//! again. What is asked is in [`asking`], what was answered in [`hearing`], what follows from other people's changes in
//! [`news`].

mod asking;
pub(in crate::tui) mod colleagues;
mod company;
pub(in crate::tui) mod fading;
pub(in crate::tui) mod handover;
mod hearing;
pub(in crate::tui) mod inbox;
mod names;
mod news;
pub(in crate::tui) mod policy;
#[cfg(test)]
mod tests;
pub(in crate::tui) mod told;
mod topic;
pub(in crate::tui) mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono_tz::Tz;

use super::link::Send;
use crate::filter::{FieldRef, values_of};
use crate::model::query::{
    Card, Company, CustomerLine, FeedLine, Happened, HistoryItem, RowLine, Session, TaskLine, TierLine,
};
use crate::model::{Id, Instant, Kind, Named, Query, Refusal, View, Which};
use crate::text::Clean;
use colleagues::Colleagues;
use inbox::Inbox;
pub(in crate::tui) use topic::Topic;

/// How many rows of the list are asked for at a time.
const PAGE: usize = 100;

/// From which score on a look-up found the typed words as the beginning of a name, or better.
const LIKELY: u32 = 600;

/// A question that is open: its answer is shown, or waited for.
#[derive(Debug)]
struct Asked {
    ticket: u64,
    query: Query,
    /// Since when the answer is waited for; none once it is there.
    since: Option<Instant>,
}

/// The customers of the list, page by page.
#[derive(Debug, Default)]
pub(in crate::tui) struct List {
    /// How many there are in all.
    pub(in crate::tui) total: usize,
    filter: Clean,
    sort: Clean,
    pages: BTreeMap<usize, Vec<CustomerLine>>,
    /// The pages are those of another filter or order: to be seen until the first new one is there.
    stale: bool,
    /// The filter and the order of the rows that are seen.
    shown: (Clean, Clean),
    /// Why the last filter was not taken.
    pub(in crate::tui) refusal: Option<Refusal>,
}

/// What the look-up found.
#[derive(Debug, Default)]
pub(in crate::tui) struct Found {
    /// What was typed.
    words: Clean,
    /// The best.
    pub(in crate::tui) lines: Vec<CustomerLine>,
    /// How many there are in all.
    pub(in crate::tui) total: u64,
    /// Why the question was not answered.
    pub(in crate::tui) refusal: Option<Refusal>,
}

/// All that is known of the store.
#[derive(Debug, Default)]
pub(in crate::tui) struct Book {
    /// Who we are, and what the store is.
    pub(in crate::tui) session: Option<Session>,
    /// The customers.
    pub(in crate::tui) list: List,
    /// The customer that everything is about, as last answered.
    pub(in crate::tui) card: Option<Box<Card>>,
    /// The queue.
    pub(in crate::tui) tasks: Vec<TaskLine>,
    /// How many tasks there are in all.
    pub(in crate::tui) tasks_total: u64,
    /// The tasks of the week that is looked at.
    pub(in crate::tui) week: Vec<TaskLine>,
    /// How many of these there are in all.
    pub(in crate::tui) week_total: u64,
    /// The book by tier.
    pub(in crate::tui) tiers: Vec<TierLine>,
    /// What the look-up found.
    pub(in crate::tui) found: Found,
    /// Who comes nearest to the name of a new customer.
    namesakes: Vec<CustomerLine>,
    /// The customers that words may mean, and these words.
    offered: (Clean, Vec<CustomerLine>),
    /// The last question what words mean, and its answer.
    meant: Option<(Query, Result<Named, Refusal>)>,
    /// The last question which values a field has, and its answer.
    values: Option<(Query, Vec<Clean>)>,
    /// Whose row was asked for, and which it is, until the bar is there.
    pub(in crate::tui) place: Option<(Id, usize)>,
    /// The record that was asked for, until it is looked at.
    pub(in crate::tui) record: Option<RowLine>,
    /// The records that are to be marked.
    pub(in crate::tui) wanted: Vec<Named>,
    /// The batch that was asked for last.
    pub(in crate::tui) batch: Option<Named>,
    /// What members and teams are called.
    pub(in crate::tui) names: BTreeMap<Kind, Vec<Named>>,
    /// The members who are with us.
    pub(in crate::tui) colleagues: Colleagues,
    /// The saved views that I may use.
    pub(in crate::tui) views: Vec<(Id, View)>,
    /// What the others did, once that is answered.
    pub(in crate::tui) feed: Option<Vec<FeedLine>>,
    /// Who mentions one.
    pub(in crate::tui) inbox: Inbox,
    /// The policy that is tried.
    pub(in crate::tui) tried: policy::Tried,
    /// What a member has in hand, part by part.
    held: BTreeMap<usize, Vec<RowLine>>,
    /// What is told while somebody looks at it.
    pub(in crate::tui) told: told::Told,
    /// The playbooks at work, and what is planned.
    pub(in crate::tui) work: work::Work,
    /// Who else is here, and at the customer that was told.
    company: Company,
    fading: fading::Fading,
    /// Customers that others changed since they were looked at.
    fresh: BTreeSet<Id>,
    /// Customers that changed, by whom is not known yet.
    doubtful: BTreeSet<Id>,
    /// The place in the journal up to which it is known who changed what.
    judged: u64,
    asked: BTreeMap<Topic, Asked>,
    tickets: u64,
    sends: Vec<Send>,
    /// By how much the store's clock is ahead of this machine's, in milliseconds.
    ahead: i64,
    /// The entries of the record that is looked at, newest first.
    history: Vec<HistoryItem>,
    /// The moment that the book is seen at; none: now.
    past: Option<Instant>,
}

impl Found {
    /// Whether it is the answer for these words.
    pub(in crate::tui) fn is_for(&self, words: &Clean) -> bool {
        self.words == *words
    }

    /// Whether it is known that nobody goes by these words.
    pub(in crate::tui) fn none_for(&self, words: &Clean) -> bool {
        self.is_for(words) && self.total == 0
    }
}

impl List {
    /// The line of a row, where it is known.
    pub(in crate::tui) fn line(&self, row: usize) -> Option<&CustomerLine> {
        self.pages.get(&(row / PAGE))?.get(row % PAGE)
    }

    /// The row of a customer, where it is known.
    pub(in crate::tui) fn row_of(&self, id: Id) -> Option<usize> {
        self.pages.iter().find_map(|(page, lines)| {
            let at = lines.iter().position(|line| line.id == id)?;
            Some(page * PAGE + at)
        })
    }

    /// Whether the rows are still those of another filter or order.
    pub(in crate::tui) fn is_stale(&self) -> bool {
        self.stale
    }

    /// The lines that are known.
    pub(in crate::tui) fn lines(&self) -> impl Iterator<Item = &CustomerLine> {
        self.pages.values().flatten()
    }

    /// What it is narrowed to; empty: nothing.
    pub(in crate::tui) fn filter(&self) -> &Clean {
        &self.filter
    }

    fn query(&self, rows: Range<usize>) -> Query {
        let (filter, sort) = (self.filter.clone(), self.sort.clone());
        Query::List { filter, sort, skip: rows.start as u32, limit: rows.len() as u32 }
    }
}

/// A customer of the list.
pub(in crate::tui) fn named(line: &CustomerLine) -> Named {
    Named { id: line.id, name: line.name.clone() }
}

/// A task of the queue.
pub(in crate::tui) fn of_task(task: &TaskLine) -> Named {
    Named { id: task.id, name: task.title.clone() }
}

impl Book {
    /// The team's zone; until it is known, the reference one.
    pub(in crate::tui) fn zone(&self) -> Tz {
        self.session.as_ref().and_then(|session| session.timezone.as_str().parse().ok()).unwrap_or(Tz::UTC)
    }

    /// The store's clock, of this machine's; in the past it stands.
    pub(in crate::tui) fn store_time(&self, machine: Instant) -> Instant {
        self.past.unwrap_or(Instant(machine.0 + self.ahead))
    }

    /// The moment that has been and that the book is seen at, if it is not now.
    pub(in crate::tui) fn past(&self) -> Option<Instant> {
        self.past
    }

    /// This machine's clock, of the store's.
    pub(in crate::tui) fn machine_time(&self, store: Instant) -> Instant {
        Instant(store.0 - self.ahead)
    }

    /// What is to be sent since the last call.
    pub(in crate::tui) fn sends(&mut self) -> Vec<Send> {
        std::mem::take(&mut self.sends)
    }

    /// What became of the record that is looked at.
    pub(in crate::tui) fn history(&self) -> &[HistoryItem] {
        &self.history
    }

    /// A number that no other request has.
    pub(in crate::tui) fn ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.tickets
    }

    /// Who is likely the same as the new customer, by their name.
    pub(in crate::tui) fn likely_same(&self) -> Option<&CustomerLine> {
        self.namesakes.first().filter(|line| line.score.is_some_and(|score| score >= LIKELY))
    }

    /// The customers that these words may mean; none before that is answered.
    pub(in crate::tui) fn offered(&self, words: &str) -> Option<&[CustomerLine]> {
        let (asked, lines) = &self.offered;
        (asked.as_str() == words).then_some(lines.as_slice())
    }

    /// Which record of a kind these words mean, or why none; none before that is answered.
    pub(in crate::tui) fn meant(&self, kind: Kind, words: &str) -> Option<&Result<Named, Refusal>> {
        self.meant.as_ref().filter(|(query, _)| *query == meaning(kind, words)).map(|(_, meant)| meant)
    }

    /// Which values of a field begin as typed; none before that is answered.
    pub(in crate::tui) fn values(&self, field: &FieldRef, typed: &str) -> Option<&[Clean]> {
        let (asked, values) = self.values.as_ref()?;
        (*asked == values_of(field, typed)).then_some(values.as_slice())
    }

    /// What a record is called, where that is known.
    pub(in crate::tui) fn name_of(&self, id: Id) -> Option<Clean> {
        match id.kind {
            Kind::Customer => {
                let shown = self.card.as_ref().filter(|card| card.line.id == id).map(|card| &card.line);
                let row = || self.list.row_of(id).and_then(|row| self.list.line(row));
                let parent = || self.card.as_ref()?.line.parent.as_ref().filter(|parent| parent.id == id);
                let named = shown.or_else(row).map(|line| &line.name);
                named.or_else(|| parent().map(|parent| &parent.name)).cloned()
            }
            Kind::Task => {
                let of_card = self.card.iter().flat_map(|card| &card.tasks);
                let open = self.tasks.iter().chain(of_card).find(|task| task.id == id);
                open.map(|task| task.title.clone()).or_else(|| self.title_told(id))
            }
            Kind::Deal => self.title_told(id),
            Kind::Member | Kind::Team => {
                self.ours().find(|named| named.id == id).map(|named| named.name.clone())
            }
            _ => None,
        }
    }

    /// What the timeline in sight calls a task or a deal.
    fn title_told(&self, id: Id) -> Option<Clean> {
        let item = self.card.as_ref()?.timeline.iter().find(|item| item.id == id)?;
        match &item.what {
            Happened::Task { title, .. } | Happened::Deal { title, .. } => {
                Some(title.clone()).filter(|title| !title.is_empty())
            }
            _ => None,
        }
    }

    /// The members and teams that are in sight.
    fn ours(&self) -> impl Iterator<Item = &Named> {
        let mine = self.session.as_ref().map(|session| (Some(&session.member), session.team.as_ref()));
        let theirs = self.card.as_ref().map(|card| (card.line.owner.as_ref(), card.line.team.as_ref()));
        let beside = self.card.iter().flat_map(|card| card.collaborators.iter().map(|(named, _)| named));
        mine.into_iter().chain(theirs).flat_map(|(member, team)| [member, team]).flatten().chain(beside)
    }
}

/// The question which record words mean.
fn meaning(kind: Kind, words: &str) -> Query {
    Query::Resolve(kind, Which::Words(Clean::washed(words).0))
}

/// Whether a text is meant as a filter: names rarely have a colon or a comparison in them.
pub(in crate::tui) fn is_filter(typed: &str) -> bool {
    typed.contains([':', '<', '>', '='])
}
