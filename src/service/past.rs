//! The past: questions about the book as it was, answered by the same code as those about now.
//!
//! The store of a past moment is its journal folded up to the last entry before that moment. It is folded into a
//! scratch file, outside of every lock that others wait for, and kept as a [`Head`] whose clock stands: so lists,
//! cards, tiers, reasons and tasks of that moment agree with each other, and with what was answered then.
//!
//! Who may ask is decided by the rights of now, never by those of then: only who sees the whole book today may see it
//! as it was. A narrower sight would have to be held against both days, for what it hides now may have been in sight
//! then; it is refused until there are roles that have one. What open pools hide today is hidden in the past as well.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::answer::{self, check_length};
use super::{Actor, Head, Service, said};
use crate::model::query::Session;
use crate::model::{Answer, Day, Instant, Query, Refusal, Rows, Sight, Takes};
use crate::search::Book;
use crate::store::StoreError;
use crate::text::{Clean, Lang, date};

/// How many past heads are kept: the one that is looked at, and the one before.
const KEPT: usize = 2;

/// The most entries that are folded for a question.
const MOST: u64 = 1_000_000;

/// The past heads that were asked for last, the latest of them at the end.
#[derive(Default)]
pub(super) struct Memory {
    heads: Mutex<Vec<Arc<Head>>>,
    /// Held while one is made: one at a time, for each takes as much disk as the store.
    recalling: Mutex<()>,
}

impl Memory {
    fn heads(&self) -> MutexGuard<'_, Vec<Arc<Head>>> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The head of this moment, if it is kept; now the latest.
    fn of(&self, at: Instant) -> Option<Arc<Head>> {
        let mut heads = self.heads();
        let place = heads.iter().position(|head| head.past.as_ref().is_some_and(|(then, _)| *then == at))?;
        let head = heads.remove(place);
        heads.push(Arc::clone(&head));
        Some(head)
    }

    fn keep(&self, head: &Arc<Head>) {
        let mut heads = self.heads();
        heads.push(Arc::clone(head));
        let surplus = heads.len().saturating_sub(KEPT);
        heads.drain(..surplus);
    }
}

impl Service {
    /// Answers a question about the book as it was: at the end of a day, or at a time of it, as typed. Making that
    /// book anew is broken off when `gone` says that nobody waits for it any more.
    pub fn answer_as_of(
        &self,
        actor: Actor,
        on: &Clean,
        query: &Query,
        gone: &dyn Fn() -> bool,
    ) -> Result<(u64, Answer), Refusal> {
        answer::limit("as-of", on, answer::NAME)?;
        let of_the_server = matches!(query, Query::Status | Query::Verify);
        match self.moment(on)? {
            Some(at) if !of_the_server => self.answer_at(actor, at, query, gone),
            _ => self.answer(actor, query),
        }
    }

    /// The moment that is meant; none where that is now.
    fn moment(&self, on: &Clean) -> Result<Option<Instant>, Refusal> {
        let head = self.head();
        let (now, zone) = (head.now(&self.clock), head.ground.zone);
        let when = date::parse_past(on.as_str(), now.local(zone))
            .map_err(|_| Refusal::BadValue(Clean::known("as-of"), on.clone(), Takes::Date))?;
        let (day, today) = (Day::from(when.date), now.day(zone));
        let at = match when.time {
            Some(time) => Instant::at(when.date.and_time(time), zone),
            None if day == today => return Ok(None),
            None => last_of(day, zone),
        };
        if at > now { Err(Refusal::NotYet(day)) } else { Ok(Some(at)) }
    }

    /// Answers a question about the book as it was at a moment that has been.
    pub(super) fn answer_at(
        &self,
        actor: Actor,
        at: Instant,
        query: &Query,
        gone: &dyn Fn() -> bool,
    ) -> Result<(u64, Answer), Refusal> {
        check_length(query)?;
        let present = self.head();
        present.admit(actor)?;
        if Service::sight(&present, actor) != Sight::All {
            return Err(Refusal::NotAllowed(Clean::known("as-of")));
        }
        let head = self.past_head(&present, actor, at, gone)?;
        let mut answer = self.answer_of_then(&head, &present, actor, query);
        if let Ok(Answer::Session(then)) = &mut answer {
            self.be_oneself(&present, actor, then)?;
        }
        head.check(actor.lang)?;
        Ok((head.snapshot.head(), answer?))
    }

    /// Who asks is who they are today, whether or not they were with us then.
    fn be_oneself(&self, present: &Head, actor: Actor, then: &mut Session) -> Result<(), Refusal> {
        if let Answer::Session(today) = self.answer_in_sight(present, actor, Sight::All, &Query::Session)? {
            (then.member, then.team) = (today.member, today.team);
        }
        Ok(())
    }

    /// The head of this moment: one that is kept, or made anew.
    fn past_head(
        &self,
        present: &Head,
        actor: Actor,
        at: Instant,
        gone: &dyn Fn() -> bool,
    ) -> Result<Arc<Head>, Refusal> {
        if let Some(head) = self.memory.of(at) {
            return Ok(head);
        }
        let until = last_entry(present, actor.lang, at)?;
        let _alone = self.memory.recalling.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(head) = self.memory.of(at) {
            return Ok(head);
        }
        let head = Arc::new(self.recall(actor, at, until, gone)?);
        self.memory.keep(&head);
        Ok(head)
    }

    fn recall(
        &self,
        actor: Actor,
        at: Instant,
        until: u64,
        gone: &dyn Fn() -> bool,
    ) -> Result<Head, Refusal> {
        let refused = |error: StoreError| Refusal::Unavailable(said(&error, actor.lang));
        let mut watch = |_, _| if gone() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let past = Arc::new(self.store.past(until, &mut watch).map_err(refused)?);
        let rows = Arc::clone(&past.snapshot);
        // What does not read was adopted by a newer program.
        let head = Head::new(Arc::clone(&rows)).map_err(|_| refused(StoreError::Newer))?;
        let book = Book::load(&*rows);
        Ok(Head { book, is_read: true, spoiled: rows.check().err(), past: Some((at, past)), ..head })
    }
}

/// The last entry up to a moment, if the book had begun, and not too long before.
fn last_entry(present: &Head, lang: Lang, at: Instant) -> Result<u64, Refusal> {
    let rows = &present.snapshot;
    let is_before = |seq| rows.entry(seq).is_some_and(|entry| entry.at <= at);
    let (mut before, mut after) = (0, rows.head() + 1);
    while after - before > 1 {
        let middle = before.midpoint(after);
        if is_before(middle) { before = middle } else { after = middle }
    }
    present.check(lang)?;
    if before == 0 {
        let zone = present.ground.zone;
        let first = rows.entry(1).map_or(at, |entry| entry.at);
        return Err(Refusal::BeforeTheBook(at.day(zone), first.day(zone)));
    }
    if before > MOST { Err(Refusal::TooMuchPast(before, MOST)) } else { Ok(before) }
}

/// The last moment of a day.
fn last_of(day: Day, zone: chrono_tz::Tz) -> Instant {
    let next = Day(day.0.saturating_add(1)).date().and_time(chrono::NaiveTime::MIN);
    Instant(Instant::at(next, zone).0 - 1)
}
