//! What happened at a customer lately, as the team's board tells of it: who asked and was answered, and where the
//! customer stood before it moved.
//!
//! The board asks at every moment for the last days, of all customers: so this lies in the index, and every commit
//! renews what it changed. It reaches back from the last entry of the journal, a day further than the board does, and
//! whoever asks says from when on.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::board::{ANSWERED_DAYS, MOVED_DAYS};
use super::event::{Entry, Event};
use super::id::{Id, Kind};
use super::index::{Index, Key, Said, exchanged, target};
use super::record::{Customer, Row};
use super::time::{Day, Instant};
use super::world::{Ground, Rows};
use crate::text::Clean;

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// What happened at a customer lately.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lately {
    /// What was said, in the order of time.
    said: Box<[(Instant, Said)]>,
    /// The tiers and stages that it left, in the order in which it did.
    left: Box<[Left]>,
}

/// A tier or a stage that a customer left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Left {
    at: Instant,
    ladder: Ladder,
    id: Clean,
}

/// What customers move on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ladder {
    /// From tier to tier.
    Tier,
    /// From stage to stage.
    Stage,
}

/// What a customer asked, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// When it was asked.
    pub at: Instant,
    /// When it was answered; none: the customer waits.
    pub answer: Option<Instant>,
}

impl Question {
    /// What was asked in what was said, in the order of time: who is spoken to is answered at once, every question
    /// counts by itself, and an answer answers all before it.
    pub fn all(said: impl IntoIterator<Item = (Instant, Said)>) -> Vec<Question> {
        let mut asked: Vec<Question> = Vec::new();
        for (at, said) in said {
            match said {
                Said::Asks => asked.push(Question { at, answer: None }),
                Said::Answers => {
                    let waiting = asked.iter_mut().rev().take_while(|question| question.answer.is_none());
                    waiting.for_each(|question| question.answer = Some(at));
                }
            }
        }
        asked
    }
}

impl Lately {
    /// What the customer asked from one moment to another, both included, and what of that was answered by then.
    pub fn questions(&self, from: Instant, to: Instant) -> Vec<Question> {
        Question::all(self.said.iter().filter(|(at, _)| (from..=to).contains(at)).copied())
    }

    /// The tier or the stage in which the customer was at a moment; none: the one in which it is.
    pub fn stood(&self, ladder: Ladder, at: Instant) -> Option<&Clean> {
        self.left.iter().find(|left| left.ladder == ladder && left.at >= at).map(|left| &left.id)
    }

    fn is_empty(&self) -> bool {
        self.said.is_empty() && self.left.is_empty()
    }
}

/// What was said in the exchange with each customer from one moment to another, both included, in the order of time.
pub fn said(rows: &dyn Rows, from: Instant, to: Instant) -> BTreeMap<u64, Vec<(Instant, Said)>> {
    let exchange = |at| Key::of(Index::Exchange).instant(at).0;
    let mut all: BTreeMap<u64, Vec<(Instant, Said)>> = BTreeMap::new();
    rows.scan(&exchange(from), &exchange(Instant(to.0.saturating_add(1))), false, &mut |key| {
        if let Some((at, said, customer)) = exchanged(key) {
            all.entry(customer.n).or_default().push((at, said));
        }
        true
    });
    all
}

/// What is known of a customer already.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// What happened; none: nothing.
    pub lately: Option<&'a Lately>,
    /// Up to which entry of the journal.
    pub head: u64,
}

/// Reads what happened lately. An entry of the journal that moved many customers is read once for all of them.
pub struct Reader<'r> {
    rows: &'r dyn Rows,
    since: Instant,
    moved_since: Instant,
    entries: HashMap<u64, (Instant, HashMap<u64, Vec<Left>>)>,
}

impl<'r> Reader<'r> {
    /// Of these rows.
    pub fn new(rows: &'r dyn Rows) -> Reader<'r> {
        let last = rows.entry(rows.head()).map_or(i64::MIN, |entry| entry.at.0);
        let ago = |days: i32| Instant(last.saturating_sub(i64::from(days + 1) * DAY_MILLIS));
        Reader { rows, since: ago(ANSWERED_DAYS), moved_since: ago(MOVED_DAYS), entries: HashMap::new() }
    }

    /// What was said lately with each customer.
    pub fn said(&self) -> BTreeMap<u64, Vec<(Instant, Said)>> {
        said(self.rows, self.since, Instant(i64::MAX - 1))
    }

    /// What happened at a customer, with what was said there; nothing where nothing did.
    pub fn first(&mut self, n: u64, customer: &Customer, said: Vec<(Instant, Said)>) -> Option<Lately> {
        let zone = Ground::of(&self.rows.settings()).zone;
        let is_recent = |since: Option<Day>| since.is_some_and(|day| day >= self.moved_since.day(zone));
        let moved = is_recent(customer.tier_since) || is_recent(customer.stage_since);
        let left = if moved { self.left(n, 0) } else { Vec::new() };
        some(Lately { said: said.into(), left: left.into() })
    }

    /// What happened at a customer of whom something is known, or nothing; `spoke` says whether anything was said
    /// since.
    pub fn next(&mut self, n: u64, known: Option<Known<'_>>, spoke: bool) -> Option<Lately> {
        let before = known.and_then(|known| known.lately);
        let said = match before {
            _ if spoke || known.is_none() => self.said_with(n).into(),
            Some(before) => before.said.clone(),
            None => Box::default(),
        };
        let before = before.map(|before| &*before.left).unwrap_or_default().iter();
        let mut left: Vec<Left> = before.filter(|left| left.at >= self.moved_since).cloned().collect();
        left.extend(self.left(n, known.map_or(0, |known| known.head)));
        some(Lately { said, left: left.into() })
    }

    fn said_with(&self, n: u64) -> Vec<(Instant, Said)> {
        let timeline = Key::of(Index::Timeline).id(Id::customer(n));
        let mut said = Vec::new();
        self.rows.scan(&timeline.clone().instant(self.since).0, &timeline.end(), false, &mut |key| {
            let row = target(key).filter(|id| id.kind == Kind::Interaction).and_then(|id| self.rows.row(id));
            if let Some(Row::Interaction(interaction)) = row
                && let Some(at) = interaction.at
            {
                said.extend(interaction.asks().then_some((at, Said::Asks)));
                said.extend(interaction.answers().then_some((at, Said::Answers)));
            }
            true
        });
        said.sort_unstable();
        said
    }

    /// What the entries behind one of them moved a customer out of, in their order.
    fn left(&mut self, n: u64, behind: u64) -> Vec<Left> {
        let Reader { rows, moved_since, entries, .. } = self;
        let mut left: Vec<Left> = Vec::new();
        rows.moves(Id::customer(n), &mut |seq| {
            if seq <= behind {
                return false;
            }
            let read = || rows.entry(seq).map(|entry| (entry.at, left_in(&entry))).unwrap_or_default();
            let (at, moved) = entries.entry(seq).or_insert_with(read);
            left.extend(moved.get(&n).into_iter().flatten().rev().cloned());
            *at >= *moved_since
        });
        left.reverse();
        left
    }
}

fn some(lately: Lately) -> Option<Lately> {
    Some(lately).filter(|lately| !lately.is_empty())
}

/// What an entry moved each customer out of.
fn left_in(entry: &Entry) -> HashMap<u64, Vec<Left>> {
    let mut all: HashMap<u64, Vec<Left>> = HashMap::new();
    for (customer, ladder, id) in entry.events.iter().filter_map(Event::leaves) {
        all.entry(customer.n).or_default().push(Left { at: entry.moment(), ladder, id: id.clone() });
    }
    all
}
