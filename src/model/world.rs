//! The rows that a decision sees, and **the** fold.
//!
//! A [`World`] lies over rows that it does not change: the tables inside a write transaction, another world, or a
//! [`super::Memory`]. What is applied to it gathers in its [`Layer`]: rows, index keys and facts, the latter two
//! computed from the row before and after and from nothing else. There is one [`World::apply`], for live writes,
//! rebuild, import and tests; it cannot refuse.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::event::{Entry, Event};
use super::fact::{Fact, Tally, facts};
use super::id::{Id, Kind};
use super::index::{Key, keys, target};
use super::record::{Customer, Member, Row, Settings, Task, Team};
use super::time::{Day, Instant};
use crate::text::Currency;

/// Rows to read from. A read error is kept by the implementor and ends the transaction; here it looks like absence.
pub trait Rows {
    /// The row of a record.
    fn row(&self, id: Id) -> Option<Row>;
    /// Index keys from `from` to before `to`, in order or backwards, until `see` says false.
    fn scan(&self, from: &[u8], to: &[u8], backwards: bool, see: &mut dyn FnMut(&[u8]) -> bool);
    /// The sum of a customer's tallies over days, both ends included.
    fn tally(&self, customer: u64, fact: Fact, from: Day, to: Day) -> Tally;
    /// Every row of a kind from this number on, in order, until `see` says false.
    fn each_row(&self, kind: Kind, from: u64, see: &mut dyn FnMut(u64, Row) -> bool);
    /// Every tally that is not zero of customers from one number to before another, in order of (customer, fact, day).
    fn each_tally(&self, from: u64, to: u64, see: &mut dyn FnMut(u64, Fact, Day, Tally));
    /// The first number of a kind that was never given.
    fn next(&self, kind: Kind) -> u64;
    /// The last entry's place in the journal; 0 before the first.
    fn head(&self) -> u64;
    /// An entry of the journal.
    fn entry(&self, seq: u64) -> Option<Entry>;
    /// The entries that changed a record (or belong to a batch), newest first, from before `before`, until `see` says
    /// false.
    fn history(&self, id: Id, before: u64, see: &mut dyn FnMut(u64) -> bool);
    /// The entries that moved a customer ([`Event::moves`]), newest first, until `see` says false.
    fn moves(&self, customer: Id, see: &mut dyn FnMut(u64) -> bool) {
        let moves = |entry: Entry| entry.events.iter().any(|event| event.moves() == Some(customer));
        self.history(customer, u64::MAX, &mut |seq| !self.entry(seq).is_some_and(moves) || see(seq));
    }
    /// The entries that mention a member, newest first, until `see` says false.
    fn mentions(&self, member: Id, see: &mut dyn FnMut(u64) -> bool);
    /// The entry that took this one back, and was not taken back itself.
    fn undone_by(&self, seq: u64) -> Option<u64>;

    /// The records that an index leads to from a beginning of a key.
    fn found(&self, prefix: &Key) -> Vec<Id> {
        let mut found = Vec::new();
        self.scan(&prefix.0, &prefix.end(), false, &mut |key| {
            found.extend(target(key));
            true
        });
        found
    }

    /// The store's own record.
    fn settings(&self) -> Settings {
        self.row(Id::SETTINGS).and_then(|row| row.try_into().ok()).unwrap_or_default()
    }

    /// A customer.
    fn customer(&self, id: Id) -> Option<Customer> {
        self.row(id)?.try_into().ok()
    }

    /// A member.
    fn member(&self, id: Id) -> Option<Member> {
        self.row(id)?.try_into().ok()
    }

    /// A team.
    fn team(&self, id: Id) -> Option<Team> {
        self.row(id)?.try_into().ok()
    }

    /// A task.
    fn task(&self, id: Id) -> Option<Task> {
        self.row(id)?.try_into().ok()
    }
}

/// The zone and the currency that days and sums are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The team's time zone.
    pub zone: Tz,
    /// The book's currency.
    pub currency: Currency,
}

impl Ground {
    /// As the store's record says; UTC and CNY where it says nothing.
    pub fn of(settings: &Settings) -> Ground {
        Ground {
            zone: settings.timezone.as_str().parse().unwrap_or(Tz::UTC),
            currency: settings.currency.as_str().parse().unwrap_or(Currency::CNY),
        }
    }
}

/// What was changed: rows (none: removed), index keys (put or taken away), tallies (how much was added), numbers given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    /// Rows as they are now.
    pub rows: BTreeMap<Id, Option<Row>>,
    /// Keys: put (true) or taken away.
    pub keys: BTreeMap<Key, bool>,
    /// What was added to each tally.
    pub tallies: BTreeMap<(u64, Fact, Day), Tally>,
    /// The first number never given, of kinds of which some were.
    pub next: BTreeMap<Kind, u64>,
    /// Entries taken back. The tables derive this from the entries; here it is for what follows in the same
    /// transaction.
    pub undone: BTreeSet<u64>,
}

impl Layer {
    /// Lays another layer, made on top of this one, into it.
    pub fn absorb(&mut self, upper: Layer) {
        self.rows.extend(upper.rows);
        self.keys.extend(upper.keys);
        for (key, tally) in upper.tallies {
            let sum = self.tallies.entry(key).or_default();
            *sum = sum.plus(tally);
        }
        self.next.extend(upper.next);
        self.undone.extend(upper.undone);
    }
}

/// Rows with changes on top.
pub struct World<'r> {
    below: &'r dyn Rows,
    ground: Ground,
    layer: Layer,
    events: Vec<Event>,
}

impl<'r> World<'r> {
    /// A world without changes.
    pub fn over(below: &'r dyn Rows) -> World<'r> {
        World { below, ground: Ground::of(&below.settings()), layer: Layer::default(), events: Vec::new() }
    }

    /// A world on top of this one: what it changes is taken over with [`World::absorb`], or forgotten.
    pub fn child(&self) -> World<'_> {
        World { below: self, ground: self.ground, layer: Layer::default(), events: Vec::new() }
    }

    /// The zone and currency in force.
    pub fn ground(&self) -> Ground {
        self.ground
    }

    /// The first number of a kind never given, for a new record.
    pub fn fresh(&self, kind: Kind) -> Id {
        Id::new(kind, self.next(kind))
    }

    /// Applies an event and keeps it for the journal. What changes nothing is not kept.
    pub fn emit(&mut self, event: Event) {
        if matches!(&event, Event::Set { from, to, .. } if from == to) {
            return;
        }
        self.apply(&event);
        self.events.push(event);
    }

    /// Notes that an entry is taken back.
    pub fn undo(&mut self, seq: u64) {
        self.layer.undone.insert(seq);
    }

    /// A row as it was before this world's changes.
    pub fn before(&self, id: Id) -> Option<Row> {
        self.below.row(id)
    }

    /// The events emitted so far.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The changes and the events.
    pub fn finish(self) -> (Layer, Vec<Event>) {
        (self.layer, self.events)
    }

    /// Takes over the changes of a world on top of this one.
    pub fn absorb(&mut self, layer: Layer) {
        let settled = layer.rows.contains_key(&Id::SETTINGS);
        self.layer.absorb(layer);
        if settled {
            self.ground = Ground::of(&self.settings());
        }
    }

    /// Takes over a world on top of this one, with its events.
    pub fn take_over(&mut self, (layer, events): (Layer, Vec<Event>)) {
        self.absorb(layer);
        self.events.extend(events);
    }

    /// The customers whose facts, record, people or plans this world changed: those to be graded again.
    pub fn touched(&self) -> BTreeSet<u64> {
        let facts = self.layer.tallies.iter().filter(|(_, tally)| !tally.is_zero()).map(|((n, ..), _)| *n);
        let rows = self.layer.rows.keys().filter(|id| id.kind == Kind::Customer).map(|id| id.n);
        let zone = self.ground.zone;
        let counts = |row: &Row| matches!(row, Row::Contact(_) | Row::Task(_)) || row.greets(zone).is_some();
        let may_count = |kind: Kind| matches!(kind, Kind::Contact | Kind::Task | Kind::Interaction);
        let near = self.layer.rows.iter().filter(|(id, _)| may_count(id.kind));
        let near = near.flat_map(|(id, row)| [self.below.row(*id), row.clone()].into_iter().flatten());
        let theirs = near.filter(counts).filter_map(|row| row.customer()).map(|customer| customer.n);
        facts.chain(rows).chain(theirs).collect()
    }

    /// Applies a whole entry, as a rebuild does.
    pub fn replay(&mut self, entry: &Entry) {
        for event in &entry.events {
            self.apply(event);
        }
        if !entry.is_derived() {
            self.stamp(entry.at, &entry.events);
        }
    }

    /// Notes on the customers that this world's events change when that was.
    pub fn note_change(&mut self, at: Instant) {
        let events = std::mem::take(&mut self.events);
        self.stamp(at, &events);
        self.events = events;
    }

    fn stamp(&mut self, at: Instant, events: &[Event]) {
        let mut changed: Vec<Id> = events.iter().map(Event::record).collect();
        changed.sort_unstable();
        changed.dedup();
        for id in changed.into_iter().filter(|id| id.kind == Kind::Customer) {
            if let Some(Row::Customer(mut customer)) = self.row(id) {
                customer.updated = Some(at);
                self.layer.rows.insert(id, Some(customer.into()));
            }
        }
    }

    /// **The fold.** It remembers; it does not judge. An event on a record that is not there changes nothing.
    pub fn apply(&mut self, event: &Event) {
        if event.mentions().is_some() {
            return;
        }
        let id = event.record();
        let before = self.row(id);
        let mut after = before.clone();
        match event {
            Event::Created { values, .. } => {
                let mut row = Row::blank(id.kind);
                for (field, value) in values {
                    row.set(field, value.clone());
                }
                after = Some(row);
                let next = self.next(id.kind).max(id.n + 1);
                self.layer.next.insert(id.kind, next);
            }
            Event::Removed { .. } => after = None,
            Event::Mentioned { .. } => {}
            Event::Set { field, to, .. } => {
                if let Some(row) = &mut after {
                    row.set(field, to.clone());
                }
            }
            Event::Linked { field, value, .. } => {
                if let Some(row) = &mut after {
                    row.link(field, value.clone(), true);
                }
            }
            Event::Unlinked { field, value, .. } => {
                if let Some(row) = &mut after {
                    row.link(field, value.clone(), false);
                }
            }
        }
        self.put(id, before.as_ref(), after);
    }

    /// Puts a row: its keys and facts follow from what it was and what it is.
    fn put(&mut self, id: Id, before: Option<&Row>, after: Option<Row>) {
        let zone = self.ground.zone;
        let currency = self.ground.currency;
        for (row, on) in [(before, false), (after.as_ref(), true)] {
            let Some(row) = row else { continue };
            for key in keys(id, row, zone) {
                self.layer.keys.insert(key, on);
            }
            for (customer, fact, day, tally) in facts(row, zone, currency) {
                let sum = self.layer.tallies.entry((customer, fact, day)).or_default();
                *sum = if on { sum.plus(tally) } else { sum.minus(tally) };
            }
        }
        self.layer.rows.insert(id, after);
        if id == Id::SETTINGS {
            self.ground = Ground::of(&self.settings());
        }
    }
}

impl Rows for World<'_> {
    fn row(&self, id: Id) -> Option<Row> {
        match self.layer.rows.get(&id) {
            Some(row) => row.clone(),
            None => self.below.row(id),
        }
    }

    fn scan(&self, from: &[u8], to: &[u8], backwards: bool, see: &mut dyn FnMut(&[u8]) -> bool) {
        let range = Key(from.to_vec())..Key(to.to_vec());
        if range.is_empty() {
            return;
        }
        let mut mine: Vec<(&Key, bool)> = self.layer.keys.range(range).map(|(key, on)| (key, *on)).collect();
        if backwards {
            mine.reverse();
        }
        let comes_first = |a: &[u8], b: &[u8]| if backwards { a > b } else { a < b };
        let mut mine = mine.into_iter().peekable();
        let mut going = true;
        self.below.scan(from, to, backwards, &mut |key| {
            while let Some((own, on)) = mine.next_if(|(own, _)| comes_first(&own.0, key)) {
                if on && !see(&own.0) {
                    going = false;
                    return false;
                }
            }
            let hidden = mine.next_if(|(own, _)| own.0 == key).is_some_and(|(_, on)| !on);
            going = hidden || see(key);
            going
        });
        while going && let Some((own, on)) = mine.next() {
            going = !on || see(&own.0);
        }
    }

    fn tally(&self, customer: u64, fact: Fact, from: Day, to: Day) -> Tally {
        let below = self.below.tally(customer, fact, from, to);
        if from > to {
            return below;
        }
        let mine = self.layer.tallies.range((customer, fact, from)..=(customer, fact, to));
        mine.fold(below, |sum, (_, tally)| sum.plus(*tally))
    }

    fn each_row(&self, kind: Kind, from: u64, see: &mut dyn FnMut(u64, Row) -> bool) {
        let mut mine = self.layer.rows.range(Id::new(kind, from)..=Id::new(kind, u64::MAX)).peekable();
        let mut going = true;
        self.below.each_row(kind, from, &mut |n, row| {
            while let Some((id, own)) = mine.next_if(|(id, _)| id.n < n) {
                if own.clone().is_some_and(|own| !see(id.n, own)) {
                    going = false;
                    return false;
                }
            }
            going = match mine.next_if(|(id, _)| id.n == n) {
                Some((_, own)) => own.clone().is_none_or(|own| see(n, own)),
                None => see(n, row),
            };
            going
        });
        while going && let Some((id, own)) = mine.next() {
            going = own.clone().is_none_or(|own| see(id.n, own));
        }
    }

    fn each_tally(&self, from: u64, to: u64, see: &mut dyn FnMut(u64, Fact, Day, Tally)) {
        let first = (from, Fact::Purchases, Day(i32::MIN));
        let end = (to, Fact::Purchases, Day(i32::MIN));
        let mut sums: BTreeMap<_, Tally> =
            self.layer.tallies.range(first..end).map(|(key, tally)| (*key, *tally)).collect();
        self.below.each_tally(from, to, &mut |n, fact, day, tally| {
            let sum = sums.entry((n, fact, day)).or_default();
            *sum = sum.plus(tally);
        });
        for ((n, fact, day), tally) in sums.into_iter().filter(|(_, tally)| !tally.is_zero()) {
            see(n, fact, day, tally);
        }
    }

    fn next(&self, kind: Kind) -> u64 {
        self.layer.next.get(&kind).copied().unwrap_or_else(|| self.below.next(kind))
    }

    fn head(&self) -> u64 {
        self.below.head()
    }

    fn entry(&self, seq: u64) -> Option<Entry> {
        self.below.entry(seq)
    }

    fn history(&self, id: Id, before: u64, see: &mut dyn FnMut(u64) -> bool) {
        self.below.history(id, before, see);
    }

    fn moves(&self, customer: Id, see: &mut dyn FnMut(u64) -> bool) {
        self.below.moves(customer, see);
    }

    fn mentions(&self, member: Id, see: &mut dyn FnMut(u64) -> bool) {
        self.below.mentions(member, see);
    }

    fn undone_by(&self, seq: u64) -> Option<u64> {
        if self.layer.undone.contains(&seq) { Some(self.head() + 1) } else { self.below.undone_by(seq) }
    }
}
