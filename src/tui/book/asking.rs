//! What is asked, and for how long.

use std::ops::Range;

use super::{Asked, Book, Found, PAGE, Topic, is_filter, meaning};
use crate::model::{Id, Instant, Kind, Query, Which, Whose};
use crate::text::Clean;
use crate::tui::link::Send;

/// How many tasks are shown at most.
const TASKS: u32 = 200;

/// How many customers a look-up shows.
const FOUND: u32 = 50;

/// How many namesakes are asked for: the best is shown.
const NAMESAKES: u32 = 1;

/// How many customers a field offers.
const OFFERED: u32 = 8;

/// How many closed deals and purchases a card shows.
const SALES: u32 = 10;

/// How many entries of a record are shown at most.
const HISTORY: u32 = 200;

/// How long an answer may take before the footer says that it is waited for.
const PATIENCE: i64 = 100;

/// How many customers are told of at most that others did something to.
const FEED: u32 = 200;

/// How many names of a kind are asked for at most, to complete filters.
const NAMES: u32 = 500;

impl Book {
    /// Asks what every screen shows, all at once.
    pub(in crate::tui) fn open(&mut self, whose: Whose, now: Instant) {
        self.ask(Topic::Session, Query::Session, now);
        self.ask_page(0, now);
        self.ask_tasks(whose, now);
        self.ask(Topic::Tiers, Query::Tiers, now);
    }

    /// Asks for a queue.
    pub(in crate::tui) fn ask_tasks(&mut self, whose: Whose, now: Instant) {
        self.fading.afresh = true;
        self.ask(Topic::Tasks, Query::Tasks { whose, filter: Clean::default(), limit: TASKS }, now);
    }

    /// Asks all about a customer, unless that is open; looked at, it is not new any more.
    pub(in crate::tui) fn ask_card(&mut self, customer: Id, timeline: u32, now: Instant) {
        self.fresh.remove(&customer);
        let query = Query::Card { customer: Which::Id(customer), timeline, sales: SALES };
        if self.asked.get(&Topic::Card).is_none_or(|asked| asked.query != query) {
            self.ask(Topic::Card, query, now);
        }
    }

    /// Looks customers up, by words or, where a text has the signs of one, by filter.
    pub(in crate::tui) fn find(&mut self, typed: &Clean, now: Instant) {
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

    /// Looks for those who go by the name of a new customer, unless that is asked; without a name for nobody.
    pub(in crate::tui) fn ask_namesakes(&mut self, name: &str, now: Instant) {
        if name.is_empty() {
            self.asked.remove(&Topic::Namesakes);
            self.namesakes.clear();
            return;
        }
        let query = Query::Find { words: Clean::washed(name).0, limit: NAMESAKES };
        if self.asked.get(&Topic::Namesakes).is_none_or(|asked| asked.query != query) {
            self.ask(Topic::Namesakes, query, now);
        }
    }

    /// Asks which customers the words in a field may mean, unless that is asked.
    pub(in crate::tui) fn ask_offered(&mut self, words: Option<&str>, now: Instant) {
        let Some(words) = words else {
            self.asked.remove(&Topic::Offered);
            return;
        };
        let query = Query::Find { words: Clean::washed(words).0, limit: OFFERED };
        if self.asked.get(&Topic::Offered).is_none_or(|asked| asked.query != query) {
            self.ask(Topic::Offered, query, now);
        }
    }

    /// Asks which record of a kind these words mean, unless that is asked.
    pub(in crate::tui) fn ask_meant(&mut self, words: Option<(Kind, &str)>, now: Instant) {
        let Some((kind, words)) = words else {
            self.asked.remove(&Topic::Meant);
            return;
        };
        let query = meaning(kind, words);
        if self.asked.get(&Topic::Meant).is_none_or(|asked| asked.query != query) {
            self.ask(Topic::Meant, query, now);
        }
    }

    /// Asks which values the field has in which one writes, unless that is asked.
    pub(in crate::tui) fn ask_values(&mut self, query: Option<Query>, now: Instant) {
        let Some(query) = query else {
            self.asked.remove(&Topic::Values);
            return;
        };
        if self.asked.get(&Topic::Values).is_none_or(|asked| asked.query != query) {
            self.ask(Topic::Values, query, now);
        }
    }

    /// Asks for the tasks of a week, unless that is asked; while none is looked at, for none.
    pub(in crate::tui) fn ask_week(&mut self, week: Option<(Whose, Clean)>, now: Instant) {
        let Some((whose, filter)) = week else {
            self.asked.remove(&Topic::Week);
            return;
        };
        let query = Query::Tasks { whose, filter, limit: TASKS };
        if self.asked.get(&Topic::Week).is_none_or(|asked| asked.query != query) {
            self.ask(Topic::Week, query, now);
        }
    }

    /// Asks for all that a record holds.
    pub(in crate::tui) fn ask_record(&mut self, id: Id, now: Instant) {
        let query = Query::Rows { kind: id.kind, filter: Clean::default(), from: id.n, limit: 1 };
        self.ask(Topic::Record, query, now);
    }

    /// Asks which customers stand in these rows, to mark them.
    pub(in crate::tui) fn ask_marks(&mut self, rows: Range<usize>, now: Instant) {
        self.ask(Topic::Marks, self.list.query(rows), now);
    }

    /// Asks which tasks there are up to this row, to mark them.
    pub(in crate::tui) fn ask_task_marks(&mut self, whose: Whose, rows: usize, now: Instant) {
        self.ask(Topic::Marks, Query::Tasks { whose, filter: Clean::default(), limit: rows as u32 }, now);
    }

    /// Forgets that rows were to be marked.
    pub(in crate::tui) fn forget_marks(&mut self) {
        self.asked.remove(&Topic::Marks);
    }

    /// Asks what members and teams are called.
    pub(in crate::tui) fn ask_names(&mut self, now: Instant) {
        for kind in [Kind::Member, Kind::Team] {
            let query = Query::Rows { kind, filter: Clean::default(), from: 1, limit: NAMES };
            self.ask(Topic::Names(kind), query, now);
        }
    }

    /// Asks what members are called, unless that was asked.
    pub(in crate::tui) fn know_members(&mut self, now: Instant) {
        if !self.asked.contains_key(&Topic::Names(Kind::Member)) {
            self.ask_names(now);
        }
    }

    /// Asks for the saved views.
    pub(in crate::tui) fn ask_views(&mut self, now: Instant) {
        let query = Query::Rows { kind: Kind::View, filter: Clean::default(), from: 1, limit: NAMES };
        self.ask(Topic::Views, query, now);
    }

    /// Asks what the others did behind this place of the journal.
    pub(in crate::tui) fn ask_feed(&mut self, since: u64, now: Instant) {
        self.feed = None;
        self.ask(Topic::Feed, Query::Feed { since, limit: FEED }, now);
    }

    /// Asks which row of the list somebody has.
    pub(in crate::tui) fn ask_place(&mut self, customer: Id, now: Instant) {
        let (filter, sort) = (self.list.filter.clone(), self.list.sort.clone());
        self.ask(Topic::Place, Query::Place { filter, sort, customer }, now);
    }

    /// Asks for the rows of the list that are known, again.
    pub(in crate::tui) fn ask_list_again(&mut self, now: Instant) {
        self.again(|topic| matches!(topic, Topic::Page(_)), now);
    }

    /// Asks for the card again, which one's own act has changed.
    pub(in crate::tui) fn ask_card_again(&mut self, now: Instant) {
        self.again(|topic| topic == Topic::Card, now);
    }

    /// Whether rows of the list are waited for.
    pub(in crate::tui) fn waits_for_list(&self) -> bool {
        self.asked.iter().any(|(topic, asked)| matches!(topic, Topic::Page(_)) && asked.since.is_some())
    }

    /// Asks what a batch is called.
    pub(in crate::tui) fn ask_batch(&mut self, batch: Id, now: Instant) {
        let query = Query::Rows { kind: Kind::Batch, filter: Clean::default(), from: batch.n, limit: 1 };
        self.ask(Topic::Batch, query, now);
    }

    /// The list begins so narrowed and ordered.
    pub(in crate::tui) fn begin(&mut self, filter: Clean, sort: Clean) {
        (self.list.filter, self.list.sort, self.list.stale) = (filter, sort, true);
    }

    /// Narrows the list in the order that it has.
    pub(in crate::tui) fn narrow(&mut self, filter: Clean, now: Instant) {
        if filter != self.list.filter {
            self.arrange(filter, self.list.sort.clone(), now);
        }
    }

    /// Narrows and orders the list; the old rows are seen until the new ones are there.
    pub(in crate::tui) fn arrange(&mut self, filter: Clean, sort: Clean, now: Instant) {
        (self.list.filter, self.list.sort, self.list.stale) = (filter, sort, true);
        self.list.refusal = None;
        self.asked.retain(|topic, _| !matches!(topic, Topic::Page(_)));
        self.ask_page(0, now);
    }

    /// Asks for the pages of these rows that are neither known nor asked for, and forgets what lies far away.
    pub(in crate::tui) fn look(&mut self, rows: Range<usize>, now: Instant) {
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

    /// Asks what became of a record.
    pub(in crate::tui) fn ask_history(&mut self, record: Id, now: Instant) {
        let (by, since) = (Clean::default(), Clean::default());
        let record = Some(Which::Id(record));
        self.history.clear();
        self.ask(Topic::History, Query::History { record, by, since, before: None, limit: HISTORY }, now);
    }

    /// Whether that is waited for.
    pub(in crate::tui) fn waits_for_history(&self) -> bool {
        self.asked.get(&Topic::History).is_some_and(|asked| asked.since.is_some())
    }

    /// Nobody looks at a record's history any more.
    pub(in crate::tui) fn forget_history(&mut self) {
        self.asked.remove(&Topic::History);
        self.history.clear();
    }

    /// Sees the book as it was at a moment, or as it is; everything is asked anew.
    pub(in crate::tui) fn travel(&mut self, to: Option<Instant>, now: Instant) {
        self.past = to;
        self.refresh(now);
    }

    /// Whether the past is asked for and nothing of it is there: who we were then is the first of its answers.
    pub(in crate::tui) fn travels(&self) -> bool {
        let session = self.asked.get(&Topic::Session);
        self.past.is_some() && session.is_some_and(|asked| asked.since.is_some())
    }

    /// Gives that up.
    pub(in crate::tui) fn turn_back(&mut self) {
        self.past = None;
    }

    /// A question will not be answered; tells whether it was still open.
    pub(in crate::tui) fn given_up(&mut self, ticket: u64) -> bool {
        let Some((topic, asked)) = self.asked.iter_mut().find(|(_, asked)| asked.ticket == ticket) else {
            return false;
        };
        let (topic, was_open) = (*topic, asked.since.take().is_some());
        if topic == Topic::Record {
            self.asked.remove(&topic); // nobody waits for its form any more
        }
        self.tried.given_up |= matches!(topic, Topic::Check | Topic::Preview);
        was_open
    }

    /// Asks everything again, as after a lost connection or when the day has turned.
    pub(in crate::tui) fn refresh(&mut self, now: Instant) {
        self.again(|_| true, now);
    }

    /// Whether an answer is waited for longer than one notices.
    pub(in crate::tui) fn is_slow(&self, now: Instant) -> bool {
        self.slow_at().is_some_and(|at| at <= now)
    }

    /// From when on an answer will have been waited for too long.
    pub(in crate::tui) fn slow_at(&self) -> Option<Instant> {
        let since = self.asked.values().filter_map(|asked| asked.since).min()?;
        Some(Instant(since.0 + PATIENCE))
    }

    /// Whether a card is waited for.
    pub(in crate::tui) fn waits_for_card(&self) -> bool {
        self.asked.get(&Topic::Card).is_some_and(|asked| asked.since.is_some())
    }

    /// Whether the card of this customer is waited for longer than one notices.
    pub(in crate::tui) fn card_is_slow(&self, now: Instant) -> bool {
        let since = self.asked.get(&Topic::Card).and_then(|asked| asked.since);
        since.is_some_and(|since| since.0 + PATIENCE <= now.0)
    }

    pub(super) fn again(&mut self, hit: impl Fn(Topic) -> bool, now: Instant) {
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

    pub(super) fn ask(&mut self, topic: Topic, query: Query, now: Instant) {
        let ticket = self.ticket();
        // Who is here, what the others do and whom they mention is of today, whatever day is seen.
        let of_today = matches!(topic, Topic::Company | Topic::Feed | Topic::Inbox | Topic::Authors);
        self.sends.push(match self.past.filter(|_| !of_today) {
            Some(at) => Send::AskAsOf(ticket, Clean::washed(&at.say(self.zone())).0, query.clone()),
            None => Send::Ask(ticket, query.clone()),
        });
        self.asked.insert(topic, Asked { ticket, query, since: Some(now) });
    }

    pub(super) fn ask_page(&mut self, page: usize, now: Instant) {
        self.ask(Topic::Page(page), self.list.query(page * PAGE..(page + 1) * PAGE), now);
    }
}
