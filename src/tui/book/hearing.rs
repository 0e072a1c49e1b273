//! What was answered, and where it goes.

use super::{Book, Found, Topic, named, of_task};
use crate::model::query::{CustomerLine, HistoryItem, RowLine, Session, TaskLine};
use crate::model::{Answer, Instant, Kind, Named, Query, Refusal, Row};
use crate::text::Clean;

/// The store's clock was moved if it differs by so many milliseconds from what it was by this machine's: less is the
/// time that an answer takes.
const MOVED: i64 = 60_000;

impl Book {
    /// Takes an answer; tells what it was about, unless it came too late.
    pub(in crate::tui) fn heard(
        &mut self,
        ticket: u64,
        answer: Result<Answer, Refusal>,
        now: Instant,
    ) -> Option<Topic> {
        let (topic, asked) = self.asked.iter_mut().find(|(_, asked)| asked.ticket == ticket)?;
        asked.since = None;
        let topic = *topic;
        let query = asked.query.clone();
        if matches!(topic, Topic::Record | Topic::Place | Topic::Export | Topic::Held(_)) {
            self.asked.remove(&topic); // it is asked for once, and not again when something changes
        }
        let is_taken = match (topic, answer) {
            (Topic::Company, answer) => {
                self.keep_company(answer);
                true
            }
            (_, Ok(answer)) => self.answered(topic, query, answer, now),
            (_, Err(refusal)) => self.was_refused(topic, query, refusal, now),
        };
        is_taken.then_some(topic)
    }

    /// Puts an answer where it is seen; what is no answer to the question changes nothing.
    fn answered(&mut self, topic: Topic, query: Query, answer: Answer, now: Instant) -> bool {
        match (topic, answer) {
            (Topic::Marks, answer) => {
                self.wanted = records(answer);
                self.forget_marks();
            }
            (Topic::Board | Topic::WhyTask | Topic::TierHistory, answer) => self.told.put(answer),
            (Topic::Session, Answer::Session(session)) => self.put_session(session, now),
            (_, Answer::Customers(lines, total)) => return self.put_customers(topic, query, lines, total),
            (_, Answer::Tasks(lines, total)) => return self.put_queue(topic, lines, total),
            (_, Answer::Rows(rows)) => return self.put_rows(topic, &query, rows),
            (_, Answer::History(items)) => return self.put_history(topic, items),
            (Topic::Card, Answer::Card(card)) => self.card = Some(card),
            (Topic::Tiers, Answer::Tiers(lines)) => self.tiers = lines,
            (Topic::Meant, Answer::Resolved(named)) => self.meant = Some((query, Ok(named))),
            (Topic::Values, Answer::Values(values)) => self.values = Some((query, values)),
            (Topic::Feed, Answer::Feed(lines)) => self.feed = Some(lines),
            (Topic::Place, Answer::Place(row)) => {
                self.place = match query {
                    Query::Place { customer, .. } => row.map(|row| (customer, row as usize)),
                    _ => None,
                };
            }
            (Topic::Inbox, Answer::Inbox(lines, unread)) => self.put_inbox(lines, unread),
            (Topic::Playbooks, Answer::Playbooks(lines)) => {
                self.work.names = lines.into_iter().map(|line| line.name).collect();
            }
            (Topic::Figures, Answer::Playbooks(lines)) => self.work.figures = Some(lines),
            (Topic::Plan, Answer::Care(planned)) => self.work.plan = Some(planned),
            (topic, Answer::Policy(answer)) => self.put_policy(topic, answer, now),
            _ => return false,
        }
        true
    }

    /// What was asked is refused: what was seen of it is not true any more.
    fn was_refused(&mut self, topic: Topic, query: Query, refusal: Refusal, now: Instant) -> bool {
        match topic {
            Topic::Session => {}
            Topic::Page(_) if self.list.stale => self.refused(refusal, now),
            Topic::Card => self.card = None,
            Topic::Meant => self.meant = Some((query, Err(refusal))),
            Topic::History => self.history.clear(),
            Topic::Marks => self.forget_marks(),
            Topic::Record => self.record = None,
            Topic::Check | Topic::Preview => self.tried.given_up = true,
            Topic::Found => self.found = Found { refusal: Some(refusal), ..Found::default() },
            _ => return false,
        }
        true
    }

    /// Takes who we are and what the store's clock says. Where somebody moved that clock, all that is shown is of
    /// another moment, and is asked again.
    fn put_session(&mut self, session: Session, now: Instant) {
        let is_known = self.session.is_some();
        if !is_known {
            self.judged = session.head;
        }
        let ahead = session.now.0 - now.0;
        self.session = Some(session);
        if self.past.is_some() {
            return;
        }
        let is_moved = is_known && (ahead - self.ahead).abs() >= MOVED;
        self.ahead = ahead;
        if is_moved {
            self.again(|topic| topic != Topic::Session, now);
        }
    }

    fn put_customers(&mut self, topic: Topic, query: Query, lines: Vec<CustomerLine>, total: u64) -> bool {
        match topic {
            Topic::Page(page) => self.put_page(page, lines, total),
            Topic::Found => self.found = Found { words: words_of(query), lines, total, refusal: None },
            Topic::Namesakes => self.namesakes = lines,
            Topic::Offered => self.offered = (words_of(query), lines),
            _ => return false,
        }
        true
    }

    fn put_queue(&mut self, topic: Topic, lines: Vec<TaskLine>, total: u64) -> bool {
        match topic {
            Topic::Tasks => self.put_tasks(lines, total),
            Topic::Week => (self.week, self.week_total) = (lines, total),
            _ => return false,
        }
        true
    }

    fn put_history(&mut self, topic: Topic, items: Vec<HistoryItem>) -> bool {
        match topic {
            Topic::Authors => {
                self.touched(&items);
                self.judge(&items);
            }
            Topic::History => self.history = items,
            _ => return false,
        }
        true
    }

    fn put_rows(&mut self, topic: Topic, query: &Query, rows: Vec<RowLine>) -> bool {
        match topic {
            Topic::Record => {
                let is_asked =
                    |line: &RowLine| matches!(query, Query::Rows { from, .. } if *from == line.id.n);
                self.record = rows.into_iter().next().filter(is_asked);
            }
            Topic::Batch => {
                self.batch = rows.into_iter().next().and_then(|line| match line.row {
                    Row::Batch(row) => Some(Named { id: line.id, name: row.name }),
                    _ => None,
                });
            }
            Topic::Views => {
                let view = |line: RowLine| match line.row {
                    Row::View(view) => Some((line.id, view)),
                    _ => None,
                };
                self.views = rows.into_iter().filter_map(view).collect();
            }
            Topic::Names(kind) => self.put_names(kind, rows),
            Topic::Runs | Topic::Steps => self.work.put_rows(topic, rows),
            Topic::Held(part) => {
                self.held.insert(part, rows);
            }
            _ => return false,
        }
        true
    }

    fn put_names(&mut self, kind: Kind, rows: Vec<RowLine>) {
        if kind == Kind::Member {
            let me = self.session.as_ref().map(|session| session.member.id);
            self.colleagues.put_members(&rows, me);
        } else {
            self.colleagues.put_teams(&rows);
        }
        let name = |line: RowLine| match line.row {
            Row::Member(member) => Some(Named { id: line.id, name: member.name }),
            Row::Team(team) => Some(Named { id: line.id, name: team.name }),
            _ => None,
        };
        self.names.insert(kind, rows.into_iter().filter_map(name).collect());
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

/// What was typed into the look-up.
fn words_of(query: Query) -> Clean {
    match query {
        Query::List { filter: words, .. } | Query::Find { words, .. } => words,
        _ => Clean::default(),
    }
}

/// The records of a list's answer.
fn records(answer: Answer) -> Vec<Named> {
    match answer {
        Answer::Customers(lines, _) => lines.iter().map(named).collect(),
        Answer::Tasks(lines, _) => lines.iter().map(of_task).collect(),
        _ => Vec::new(),
    }
}
