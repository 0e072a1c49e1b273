//! What is asked of the server, and what it answered.
//!
//! A topic has one question at a time. A newer question replaces it, and the answer to the older one is dropped. What
//! was answered stays to be seen until the next answer is there. When something changes, the open questions are asked
//! again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono_tz::Tz;

use super::link::Send;
use crate::ipc::client::{Changed, News};
use crate::model::query::{Card, CustomerLine, HistoryItem, RowLine, Session, TaskLine, TierLine};
use crate::model::{Answer, Entry, Id, Instant, Kind, Named, Query, Refusal, Row, View, Which, Whose};
use crate::text::Clean;

/// How many rows of the list are asked for at a time.
const PAGE: usize = 100;

/// How many tasks are shown at most.
const TASKS: u32 = 200;

/// How many entries of the journal are asked for at most, to know who changed what.
const ENTRIES: u64 = 200;

/// How many names of a kind are asked for at most, to complete filters.
const NAMES: u32 = 500;

/// How many customers a look-up shows.
const FOUND: u32 = 50;

/// How long an answer may take before the footer says that it is waited for.
const PATIENCE: i64 = 100;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    /// Who we are, and what the store is.
    Session,
    /// The page of the list with this number, from 0.
    Page(usize),
    /// The customer that everything is about.
    Card,
    /// The queue.
    Tasks,
    /// The book by tier.
    Tiers,
    /// What the look-up finds.
    Found,
    /// The batch that is to be taken back.
    Batch,
    /// What the records of a kind are called.
    Names(Kind),
    /// The saved views.
    Views,
    /// Who changed what was told last.
    Authors,
}

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
pub(super) struct List {
    /// How many there are in all.
    pub(super) total: usize,
    filter: Clean,
    sort: Clean,
    pages: BTreeMap<usize, Vec<CustomerLine>>,
    /// The pages are those of another filter or order: to be seen until the first new one is there.
    stale: bool,
    /// The filter and the order of the rows that are seen.
    shown: (Clean, Clean),
    /// Why the last filter was not taken.
    pub(super) refusal: Option<Refusal>,
}

/// What the look-up found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What was typed.
    words: Clean,
    /// The best.
    pub(super) lines: Vec<CustomerLine>,
    /// How many there are in all.
    pub(super) total: u64,
    /// Why the question was not answered.
    pub(super) refusal: Option<Refusal>,
}

/// All that is known of the store.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Who we are, and what the store is.
    pub(super) session: Option<Session>,
    /// The customers.
    pub(super) list: List,
    /// The customer that everything is about, as last answered.
    pub(super) card: Option<Box<Card>>,
    /// The queue.
    pub(super) tasks: Vec<TaskLine>,
    /// How many tasks there are in all.
    pub(super) tasks_total: u64,
    /// The book by tier.
    pub(super) tiers: Vec<TierLine>,
    /// What the look-up found.
    pub(super) found: Found,
    /// The batch that was asked for last.
    pub(super) batch: Option<Named>,
    /// What members and teams are called.
    pub(super) names: BTreeMap<Kind, Vec<Clean>>,
    /// The saved views that I may use.
    pub(super) views: Vec<(Id, View)>,
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
}

impl Found {
    /// Whether it is known that nobody goes by these words.
    pub(super) fn none_for(&self, words: &Clean) -> bool {
        self.words == *words && self.total == 0
    }
}

impl List {
    /// The line of a row, where it is known.
    pub(super) fn line(&self, row: usize) -> Option<&CustomerLine> {
        self.pages.get(&(row / PAGE))?.get(row % PAGE)
    }

    /// The row of a customer, where it is known.
    pub(super) fn row_of(&self, id: Id) -> Option<usize> {
        self.pages.iter().find_map(|(page, lines)| {
            let at = lines.iter().position(|line| line.id == id)?;
            Some(page * PAGE + at)
        })
    }

    /// The lines that are known.
    pub(super) fn lines(&self) -> impl Iterator<Item = &CustomerLine> {
        self.pages.values().flatten()
    }

    /// What it is narrowed to; empty: nothing.
    pub(super) fn filter(&self) -> &Clean {
        &self.filter
    }

    fn query(&self, page: usize) -> Query {
        let (filter, sort) = (self.filter.clone(), self.sort.clone());
        Query::List { filter, sort, skip: (page * PAGE) as u32, limit: PAGE as u32 }
    }
}

impl Book {
    /// The team's zone; until it is known, the reference one.
    pub(super) fn zone(&self) -> Tz {
        self.session.as_ref().and_then(|session| session.timezone.as_str().parse().ok()).unwrap_or(Tz::UTC)
    }

    /// The store's clock, of this machine's.
    pub(super) fn store_time(&self, machine: Instant) -> Instant {
        Instant(machine.0 + self.ahead)
    }

    /// This machine's clock, of the store's.
    pub(super) fn machine_time(&self, store: Instant) -> Instant {
        Instant(store.0 - self.ahead)
    }

    /// What is to be sent since the last call.
    pub(super) fn sends(&mut self) -> Vec<Send> {
        std::mem::take(&mut self.sends)
    }

    /// A number that no other request has.
    pub(super) fn ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.tickets
    }

    /// Asks what every screen shows, all at once.
    pub(super) fn open(&mut self, whose: Whose, now: Instant) {
        self.ask(Topic::Session, Query::Session, now);
        self.ask_page(0, now);
        self.ask_tasks(whose, now);
        self.ask(Topic::Tiers, Query::Tiers, now);
    }

    /// Asks for a queue.
    pub(super) fn ask_tasks(&mut self, whose: Whose, now: Instant) {
        self.ask(Topic::Tasks, Query::Tasks { whose, filter: Clean::default(), limit: TASKS }, now);
    }

    /// Asks all about a customer, unless that is open; looked at, it is not new any more.
    pub(super) fn ask_card(&mut self, customer: Id, timeline: u32, now: Instant) {
        self.fresh.remove(&customer);
        let query = Query::Card { customer: Which::Id(customer), timeline };
        if self.asked.get(&Topic::Card).is_none_or(|asked| asked.query != query) {
            self.ask(Topic::Card, query, now);
        }
    }

    /// Looks customers up, by words or, where a text has the signs of one, by filter.
    pub(super) fn find(&mut self, typed: &Clean, now: Instant) {
        if typed.as_str().trim().is_empty() {
            self.asked.remove(&Topic::Found);
            self.found = Found::default();
            return;
        }
        let words = typed.clone();
        let query = if is_filter(typed.as_str()) {
            Query::List { filter: words, sort: Clean::default(), skip: 0, limit: FOUND }
        } else {
            Query::Find { words, limit: FOUND }
        };
        self.ask(Topic::Found, query, now);
    }

    /// Asks what a batch is called.
    pub(super) fn ask_batch(&mut self, batch: Id, now: Instant) {
        let query = Query::Rows { kind: Kind::Batch, filter: Clean::default(), from: batch.n, limit: 1 };
        self.ask(Topic::Batch, query, now);
    }

    /// Asks what members and teams are called.
    pub(super) fn ask_names(&mut self, now: Instant) {
        for kind in [Kind::Member, Kind::Team] {
            let query = Query::Rows { kind, filter: Clean::default(), from: 1, limit: NAMES };
            self.ask(Topic::Names(kind), query, now);
        }
    }

    /// Asks for the saved views.
    pub(super) fn ask_views(&mut self, now: Instant) {
        let query = Query::Rows { kind: Kind::View, filter: Clean::default(), from: 1, limit: NAMES };
        self.ask(Topic::Views, query, now);
    }

    /// What a customer or a task is called, where that is known.
    pub(super) fn name_of(&self, id: Id) -> Option<Clean> {
        match id.kind {
            Kind::Customer => {
                let shown = self.card.as_ref().filter(|card| card.line.id == id).map(|card| &card.line);
                let row = || self.list.row_of(id).and_then(|row| self.list.line(row));
                shown.or_else(row).map(|line| line.name.clone())
            }
            Kind::Task => self.tasks.iter().find(|task| task.id == id).map(|task| task.title.clone()),
            _ => None,
        }
    }

    /// The list begins so narrowed and ordered.
    pub(super) fn begin(&mut self, filter: Clean, sort: Clean) {
        (self.list.filter, self.list.sort, self.list.stale) = (filter, sort, true);
    }

    /// Narrows the list in the order that it has.
    pub(super) fn narrow(&mut self, filter: Clean, now: Instant) {
        if filter != self.list.filter {
            self.arrange(filter, self.list.sort.clone(), now);
        }
    }

    /// Narrows and orders the list; the old rows are seen until the new ones are there.
    pub(super) fn arrange(&mut self, filter: Clean, sort: Clean, now: Instant) {
        (self.list.filter, self.list.sort, self.list.stale) = (filter, sort, true);
        self.list.refusal = None;
        self.asked.retain(|topic, _| !matches!(topic, Topic::Page(_)));
        self.ask_page(0, now);
    }

    /// Asks for the pages of these rows that are neither known nor asked for, and forgets what lies far away.
    pub(super) fn look(&mut self, rows: Range<usize>, now: Instant) {
        let pages = rows.start / PAGE..rows.end.div_ceil(PAGE);
        for page in pages.clone() {
            if !self.asked.contains_key(&Topic::Page(page)) {
                self.ask_page(page, now);
            }
        }
        let near = |page: usize| page + 1 >= pages.start && page <= pages.end;
        self.list.pages.retain(|page, _| near(*page));
        self.asked.retain(|topic, _| !matches!(topic, Topic::Page(page) if !near(*page)));
    }

    /// Takes an answer; tells what it was about, unless it came too late.
    pub(super) fn heard(
        &mut self,
        ticket: u64,
        answer: Result<Answer, Refusal>,
        now: Instant,
    ) -> Option<Topic> {
        let (topic, asked) = self.asked.iter_mut().find(|(_, asked)| asked.ticket == ticket)?;
        asked.since = None;
        let topic = *topic;
        let words = match &asked.query {
            Query::List { filter: words, .. } | Query::Find { words, .. } => words.clone(),
            _ => Clean::default(),
        };
        match (topic, answer) {
            (Topic::Session, Ok(Answer::Session(session))) => {
                self.ahead = session.now.0 - now.0;
                self.judged = self.judged.max(session.head);
                self.session = Some(session);
            }
            (Topic::Page(page), Ok(Answer::Customers(lines, total))) => self.put_page(page, lines, total),
            (Topic::Page(_), Err(refusal)) if self.list.stale => self.refused(refusal, now),
            (Topic::Card, Ok(Answer::Card(card))) => self.card = Some(card),
            (Topic::Card, Err(_)) => self.card = None,
            (Topic::Tasks, Ok(Answer::Tasks(lines, total))) => {
                (self.tasks, self.tasks_total) = (lines, total);
            }
            (Topic::Tiers, Ok(Answer::Tiers(lines))) => self.tiers = lines,
            (Topic::Found, Ok(Answer::Customers(lines, total))) => {
                self.found = Found { words, lines, total, refusal: None };
            }
            (Topic::Authors, Ok(Answer::History(items))) => self.judge(&items),
            (Topic::Batch, Ok(Answer::Rows(rows))) => {
                self.batch = rows.into_iter().next().and_then(|line| match line.row {
                    Row::Batch(row) => Some(Named { id: line.id, name: row.name }),
                    _ => None,
                });
            }
            (Topic::Views, Ok(Answer::Rows(rows))) => {
                let view = |line: RowLine| match line.row {
                    Row::View(view) => Some((line.id, view)),
                    _ => None,
                };
                self.views = rows.into_iter().filter_map(view).collect();
            }
            (Topic::Names(kind), Ok(Answer::Rows(rows))) => {
                let name = |line: RowLine| match line.row {
                    Row::Member(member) => Some(member.name),
                    Row::Team(team) => Some(team.name),
                    _ => None,
                };
                self.names.insert(kind, rows.into_iter().filter_map(name).collect());
            }
            (Topic::Found, Err(refusal)) => self.found = Found { refusal: Some(refusal), ..Found::default() },
            _ => return None, // what is no answer to the question changes nothing
        }
        Some(topic)
    }

    /// A question will not be answered; tells whether it was still open.
    pub(super) fn given_up(&mut self, ticket: u64) -> bool {
        let asked = self.asked.values_mut().find(|asked| asked.ticket == ticket);
        asked.is_some_and(|asked| asked.since.take().is_some())
    }

    /// Asks again what a change may have changed, and who changed it. `subject` is the customer being looked at, which is
    /// never new.
    pub(super) fn changed(&mut self, news: &News<Id>, subject: Option<Id>, now: Instant) {
        let Changed::These(these) = &news.changed else {
            self.judged = news.head;
            return self.refresh(now);
        };
        self.doubtful.extend(these.iter().copied().filter(|id| Some(*id) != subject));
        let card = subject.is_some_and(|id| these.contains(&id));
        let depends = |topic| match topic {
            Topic::Session | Topic::Batch | Topic::Authors | Topic::Names(_) => false,
            Topic::Card => card,
            _ => true,
        };
        self.again(depends, now);
        if !self.doubtful.is_empty() {
            let (by, since) = (Clean::default(), Clean::default());
            let limit = news.head.saturating_sub(self.judged).clamp(1, ENTRIES) as u32;
            let before = Some(news.head + 1);
            self.ask(Topic::Authors, Query::History { record: None, by, since, before, limit }, now);
        }
    }

    /// Marks the customers that others changed. What I did elsewhere, and what rules made of it, is not new to me.
    fn judge(&mut self, items: &[HistoryItem]) {
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

    /// Asks everything again, as after a lost connection or when the day has turned.
    pub(super) fn refresh(&mut self, now: Instant) {
        self.again(|_| true, now);
    }

    /// Whether a customer changed since it was looked at.
    pub(super) fn is_fresh(&self, id: Id) -> bool {
        self.fresh.contains(&id)
    }

    /// Whether an answer is waited for longer than one notices.
    pub(super) fn is_slow(&self, now: Instant) -> bool {
        self.slow_at().is_some_and(|at| at <= now)
    }

    /// From when on an answer will have been waited for too long.
    pub(super) fn slow_at(&self) -> Option<Instant> {
        let since = self.asked.values().filter_map(|asked| asked.since).min()?;
        Some(Instant(since.0 + PATIENCE))
    }

    /// Whether the card of this customer is waited for longer than one notices.
    pub(super) fn card_is_slow(&self, now: Instant) -> bool {
        let since = self.asked.get(&Topic::Card).and_then(|asked| asked.since);
        since.is_some_and(|since| since.0 + PATIENCE <= now.0)
    }

    fn again(&mut self, hit: impl Fn(Topic) -> bool, now: Instant) {
        let open: Vec<(Topic, Query)> = self
            .asked
            .iter()
            .filter(|(topic, _)| hit(**topic))
            .map(|(topic, asked)| (*topic, asked.query.clone()))
            .collect();
        for (topic, query) in open {
            self.ask(topic, query, now);
        }
    }

    fn ask(&mut self, topic: Topic, query: Query, now: Instant) {
        let ticket = self.ticket();
        self.sends.push(Send::Ask(ticket, query.clone()));
        self.asked.insert(topic, Asked { ticket, query, since: Some(now) });
    }

    fn ask_page(&mut self, page: usize, now: Instant) {
        self.ask(Topic::Page(page), self.list.query(page), now);
    }

    /// A filter was refused: the list is again as it was.
    fn refused(&mut self, refusal: Refusal, now: Instant) {
        let (filter, sort) = self.list.shown.clone();
        if (&filter, &sort) != (&self.list.filter, &self.list.sort) {
            self.arrange(filter, sort, now);
        }
        self.list.refusal = Some(refusal);
    }

    fn put_page(&mut self, page: usize, lines: Vec<CustomerLine>, total: u64) {
        if std::mem::take(&mut self.list.stale) {
            self.list.pages.clear();
        }
        self.list.shown = (self.list.filter.clone(), self.list.sort.clone());
        self.list.total = total as usize;
        self.list.pages.insert(page, lines);
    }
}

/// Whether a text is meant as a filter: names rarely have a colon or a comparison in them.
pub(super) fn is_filter(typed: &str) -> bool {
    typed.contains([':', '<', '>', '='])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cause, Event};

    const NOW: Instant = Instant(1_000_000);

    /// An entry of the journal by a member, or by the rules, on a customer.
    fn by(seq: u64, member: Option<u64>, customer: Id) -> HistoryItem {
        let entry = Entry {
            seq,
            at: NOW,
            by: member.map(|n| Id::new(Kind::Member, n)),
            command: Clean::known("add"),
            cause: Cause::Asked,
            batch: None,
            events: vec![Event::Created { record: customer, values: Vec::new() }],
        };
        HistoryItem { entry, by: None, undone_by: None }
    }

    #[test]
    fn what_i_did_elsewhere_is_not_new_to_me() {
        let mut book = Book::default();
        let [imported, theirs] = [1, 2].map(Id::customer);
        book.session = Some(Session {
            member: Named { id: Id::new(Kind::Member, 1), name: Clean::default() },
            team: None,
            store: Clean::default(),
            practice: false,
            timezone: Clean::default(),
            currency: Clean::default(),
            now: NOW,
            tiers: Vec::new(),
            stages: Vec::new(),
            head: 7,
        });
        book.judged = 7;
        book.changed(&News { head: 9, changed: Changed::These(vec![imported]) }, None, NOW);
        book.judge(&[by(9, None, imported), by(8, Some(1), imported)]);
        assert!(!book.is_fresh(imported));
        book.changed(&News { head: 12, changed: Changed::These(vec![imported, theirs]) }, None, NOW);
        book.judge(&[by(12, Some(2), theirs), by(11, Some(1), imported), by(9, Some(2), imported)]);
        assert!(book.is_fresh(theirs) && !book.is_fresh(imported), "entry 9 is old news");
        book.changed(&News { head: 13, changed: Changed::These(vec![imported]) }, None, NOW);
        book.judge(&[by(13, Some(2), imported)]);
        assert!(book.is_fresh(imported));
    }

    fn tickets(sends: &[Send]) -> Vec<u64> {
        sends
            .iter()
            .map(|send| match send {
                Send::Ask(ticket, _) | Send::Do(ticket, ..) => *ticket,
            })
            .collect()
    }

    #[test]
    fn the_answer_to_an_older_question_is_dropped() {
        let mut book = Book::default();
        book.find(&Clean::known("ac"), NOW);
        book.find(&Clean::known("acme"), NOW);
        let tickets = tickets(&book.sends());
        assert_eq!(book.heard(tickets[0], Ok(Answer::Customers(Vec::new(), 9)), NOW), None);
        assert_eq!(book.found.total, 0);
        assert_eq!(book.heard(tickets[1], Ok(Answer::Customers(Vec::new(), 3)), NOW), Some(Topic::Found));
        assert_eq!(book.found.total, 3);
    }

    #[test]
    fn a_late_answer_is_said_to_be_waited_for() {
        let mut book = Book::default();
        book.open(Whose::Mine, NOW);
        assert!(!book.is_slow(Instant(NOW.0 + 99)));
        assert!(book.is_slow(Instant(NOW.0 + 100)));
        for ticket in tickets(&book.sends()) {
            book.heard(ticket, Err(Refusal::NoTask), NOW);
        }
        assert_eq!(book.slow_at(), None);
    }

    #[test]
    fn far_rows_are_asked_for_and_what_lies_behind_is_forgotten() {
        let mut book = Book::default();
        book.open(Whose::Mine, NOW);
        book.sends();
        book.look(9_990..10_010, NOW);
        let skips: Vec<u32> = book
            .sends()
            .into_iter()
            .filter_map(|send| match send {
                Send::Ask(_, Query::List { skip, .. }) => Some(skip),
                _ => None,
            })
            .collect();
        assert_eq!(skips, [9_900, 10_000]);
        book.look(9_990..10_010, NOW);
        assert_eq!(book.sends(), [], "nothing is asked twice");
        book.look(0..20, NOW);
        assert_eq!(book.sends().len(), 1, "the first page was forgotten");
    }

    #[test]
    fn a_change_asks_the_open_questions_again_and_marks_the_customer() {
        let mut book = Book::default();
        let (seen, other) = (Id::customer(1), Id::customer(2));
        book.open(Whose::Mine, NOW);
        book.ask_card(seen, 50, NOW);
        book.sends();
        let news = |these| News { head: 7, changed: Changed::These(these) };
        book.changed(&news(vec![seen, other]), Some(seen), NOW);
        assert_eq!(book.sends().len(), 5, "page, card, tasks, tiers, who did it");
        assert!(!book.is_fresh(other), "it may have been me");
        book.judge(&[by(7, Some(2), other)]);
        assert!(book.is_fresh(other) && !book.is_fresh(seen));
        book.changed(&news(vec![other]), Some(seen), NOW);
        assert_eq!(book.sends().len(), 4, "not the card");
        book.ask_card(other, 50, NOW);
        assert!(!book.is_fresh(other), "looked at");
    }
}
