//! Writes: orders become entries, in one transaction for each request.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::veil::Veil;
use super::{Actor, Clock, Done, Service, said};
use crate::filter::Lens;
use crate::model::{
    Cause, Command, Entry, Event, Id, Instant, Layer, Order, Receipt, Refusal, Row, Rows, Undone, World,
};
use crate::rules::policy::Policy;
use crate::rules::{Followed, Outcome, Stamp, decide, follow};
use crate::store::{Draft, Found, Receipts};
use crate::text::Clean;

/// The most orders of a request, so that other writers are not held up.
const MOST: usize = 500;

impl Service {
    /// Carries out orders in one transaction, each whole or refused by itself; dry runs among others apart from them.
    /// Whoever moves the clock or puts another policy in force waits until all that this brings has happened.
    pub fn execute(&self, actor: Actor, client: u128, orders: Vec<Order>) -> Vec<Done> {
        let was_graded = self.head().is_graded;
        let moves = |order: &Order| matches!(order.command, Command::ClockMove { .. }) && !order.dry_run;
        let moves_clock = orders.iter().any(moves);
        let done = self.carry_out(actor, client, orders);
        let done = self.veiled(actor, done);
        if moves_clock || was_graded && !self.head().is_graded {
            self.catch_up();
        }
        done
    }

    /// What became of orders, as far as whoever gave them may read it.
    fn veiled(&self, actor: Actor, done: Vec<Done>) -> Vec<Done> {
        let head = self.head();
        let veil = Veil::of(&head, actor);
        done.into_iter().map(|done| veil.done(done)).collect()
    }

    fn carry_out(&self, actor: Actor, client: u128, mut orders: Vec<Order>) -> Vec<Done> {
        let count = orders.len();
        if count > MOST {
            return vec![Err(Refusal::TooManyOrders(count as u64, MOST as u64)); count];
        }
        if let Err(refusal) = self.head().admit(actor) {
            return vec![Err(refusal); count];
        }
        if let [order] = orders.as_slice() {
            if let Command::Undo { what: Undone::Batch(_) | Undone::MyLast, .. } = order.command {
                return vec![self.undo(actor, client, order)];
            }
            if let (Command::BatchClose { batch }, false) = (&order.command, order.dry_run) {
                self.grade_batch(*batch);
            }
        }
        // What is only tried stays apart from what is written.
        let mut done = Vec::with_capacity(count);
        while let Some(dry_run) = orders.first().map(|first| first.dry_run) {
            let alike = orders.iter().take_while(|order| order.dry_run == dry_run).count();
            let rest = orders.split_off(alike);
            done.extend(self.run(Some(actor), client, std::mem::replace(&mut orders, rest)));
        }
        done.into_iter().map(|done| done.map_err(|refusal| self.with_next_best(actor, refusal))).collect()
    }

    /// Offers whoever came too late for a customer the best that its pool has left, if they may claim it.
    fn with_next_best(&self, actor: Actor, refusal: Refusal) -> Refusal {
        let Refusal::Claimed { customer, by, at, next: None } = refusal else { return refusal };
        let next = self.best_of_pool_of(actor, customer);
        Refusal::Claimed { customer, by, at, next }
    }

    fn best_of_pool_of(&self, actor: Actor, customer: Id) -> Option<(Id, Clean)> {
        let head = self.head();
        let pool = head.snapshot.customer(customer)?.pool;
        let lens = Lens::new(self.now(), head.ground, Some(actor.member), &head.policy.rhythms());
        let best = Id::customer(head.book.best_of_pool(&pool, &lens, &Service::sight(&head, actor))?);
        let stamp = Stamp { at: self.now(), by: Some(actor.member) };
        let claim = Command::Claim { customer: best };
        decide(&mut World::over(&*head.snapshot), &head.policy, &claim, &stamp).ok()?;
        Some((best, head.snapshot.customer(best)?.name))
    }

    /// Runs orders as one job of the writer; without an actor the program itself gives them.
    pub(super) fn run(&self, actor: Option<Actor>, client: u128, orders: Vec<Order>) -> Vec<Done> {
        self.run_keeping(actor, client, orders, |_| None)
    }

    /// Runs orders, and keeps one more receipt with what became of them: client, counter, receipt.
    pub(super) fn run_keeping(
        &self,
        actor: Option<Actor>,
        client: u128,
        orders: Vec<Order>,
        kept: impl FnOnce(&[Done]) -> Option<(u128, u64, Receipt)> + Send + 'static,
    ) -> Vec<Done> {
        let count = orders.len();
        let shared = self.shared.clone();
        let clock = self.clock.clone();
        let job = move |rows: &dyn Rows, receipts: &Receipts<'_>| {
            let policy = Arc::clone(&shared.head().policy);
            let by = actor.map(|actor| actor.member);
            let unit = Unit { policy: &policy, at: now(rows, &clock), by, client };
            let (mut draft, done) = unit.run(rows, receipts, &orders);
            if let Some(kept) = kept(&done) {
                let draft = draft.get_or_insert_with(|| Draft { at: unit.at, ..Draft::default() });
                draft.receipts.push(kept);
            }
            (draft, done)
        };
        match self.store.write(job) {
            Ok(done) => done,
            Err(error) => {
                let lang = actor.map(|actor| actor.lang).unwrap_or_default();
                vec![Err(Refusal::ReadOnly(said(&error, lang))); count]
            }
        }
    }
}

/// The store's clock inside the transaction.
fn now(rows: &dyn Rows, clock: &Clock) -> Instant {
    let moved = Instant(clock().0 + rows.settings().clock_ahead.unwrap_or(0));
    rows.entry(rows.head()).map_or(moved, |last| last.at.max(moved))
}

/// What the orders of one request are decided by.
struct Unit<'a> {
    policy: &'a Policy,
    at: Instant,
    by: Option<Id>,
    client: u128,
}

impl Unit<'_> {
    /// Decides the orders one on top of the other, then what follows from all of them.
    fn run(&self, rows: &dyn Rows, receipts: &Receipts<'_>, orders: &[Order]) -> (Option<Draft>, Vec<Done>) {
        let mut world = World::over(rows);
        let mut draft = Draft::default();
        let mut done = Vec::with_capacity(orders.len());
        let mut touched = BTreeSet::new();
        let mut fresh = Vec::new();
        let mut from = 0;
        for (nth, order) in orders.iter().enumerate() {
            if let Some(known) = self.repeated(receipts, order) {
                done.push(known);
                continue;
            }
            fresh.push(nth);
            let decided = self.decide(&world, order);
            done.push(decided.map(|Decided { outcome, layer, events, customers }| {
                world.absorb(layer);
                // What belongs to a batch is graded when the batch closes; what is graded is, as of its own moment.
                if order.batch.is_none() && !order.command.grades() {
                    touched.extend(customers);
                }
                self.record(&mut draft, rows.head(), order, outcome, events)
            }));
            // What time brings to one decides what it brings to the next.
            if self.by.is_none() {
                let receipt = done.last_mut().and_then(|done| done.as_mut().ok());
                self.follow(rows, &mut world, (&mut draft, from), std::mem::take(&mut touched), receipt);
                from = draft.entries.len();
            }
        }
        let wrote = |nth: &&usize| done[**nth].as_ref().is_ok_and(|receipt| !receipt.seqs.is_empty());
        let last = fresh.iter().rfind(wrote).copied();
        let last = last.and_then(|nth| done[nth].as_mut().ok());
        self.follow(rows, &mut world, (&mut draft, from), touched, last);
        for nth in fresh {
            if let (Ok(receipt), true) = (&done[nth], self.client != 0) {
                let slim = Receipt { changes: Vec::new(), ..receipt.clone() };
                draft.receipts.push((self.client, orders[nth].counter, slim));
            }
        }
        if orders.iter().any(|order| order.dry_run) {
            for receipt in done.iter_mut().flatten() {
                receipt.seqs.clear();
            }
            return (None, done);
        }
        if draft.entries.is_empty() && draft.receipts.is_empty() {
            return (None, done);
        }
        draft.at = self.at;
        draft.layer = world.finish().0;
        (Some(draft), done)
    }

    fn stamp(&self) -> Stamp {
        Stamp { at: self.at, by: self.by }
    }

    /// Decides one order on top of the world.
    fn decide(&self, world: &World<'_>, order: &Order) -> Result<Decided, Refusal> {
        if let Some(batch) = order.batch.filter(|batch| !is_open(world, *batch)) {
            return Err(Refusal::NoBatch(batch));
        }
        let mut child = world.child();
        let outcome = decide(&mut child, self.policy, &order.command, &self.stamp())?;
        let customers = child.touched();
        if !outcome.cause.is_derived() {
            child.note_change(self.at);
        }
        let (layer, events) = child.finish();
        Ok(Decided { outcome, layer, events, customers })
    }

    /// The receipt of an order that was carried out before.
    fn repeated(&self, receipts: &Receipts<'_>, order: &Order) -> Option<Done> {
        if self.client == 0 || order.dry_run {
            return None;
        }
        match receipts.find(self.client, order.counter) {
            Found::New => None,
            Found::Known(receipt) => Some(Ok(*receipt)),
            Found::Expired => Some(Err(Refusal::Expired)),
        }
    }

    /// Keeps the entries of a decided order, and makes its receipt. What people did is one entry; what the program
    /// derived is one for each record, so that a customer's history never reads through everybody's.
    fn record(
        &self,
        draft: &mut Draft,
        head: u64,
        order: &Order,
        outcome: Outcome,
        events: Vec<Event>,
    ) -> Receipt {
        let entry = Entry {
            seq: 0,
            at: self.at,
            by: self.by,
            command: Clean::known(order.command.name()),
            cause: outcome.cause.clone(),
            batch: order.batch,
            events: Vec::new(),
        };
        let seqs = if entry.is_derived() {
            events
                .chunk_by(|a, b| a.record() == b.record())
                .map(|of_one| keep(draft, head, &entry, of_one))
                .collect()
        } else if events.is_empty() {
            Vec::new()
        } else {
            vec![keep(draft, head, &entry, &events)]
        };
        outcome.receipt(seqs, order.batch, events)
    }

    /// Works out what follows from what the orders did, from an entry of the draft on; the last order that wrote tells
    /// of it. Grades are an entry for each customer.
    fn follow(
        &self,
        rows: &dyn Rows,
        world: &mut World<'_>,
        (draft, from): (&mut Draft, usize),
        touched: BTreeSet<u64>,
        last: Option<&mut Receipt>,
    ) {
        let mut seqs = Vec::new();
        let mut changes = Vec::new();
        let followed = follow(world, self.policy, draft.entries.get(from..).unwrap_or_default(), touched);
        for Followed { command, seq, events } in followed {
            // What follows from the grading of a batch belongs to it, though it follows from an entry of another write.
            let act = draft.entries.iter().find(|entry| entry.seq == seq).or_else(|| draft.entries.get(from));
            let batch = act.and_then(|act| act.batch);
            let like = Entry {
                seq: 0,
                at: self.at,
                by: None,
                command: Clean::known(command),
                cause: Cause::Follows { seq },
                batch,
                events: Vec::new(),
            };
            let alike = |a: &Event, b: &Event| command != "grade" || a.record() == b.record();
            seqs.extend(events.chunk_by(alike).map(|of_one| keep(draft, rows.head(), &like, of_one)));
            changes.extend(events);
        }
        if let Some(receipt) = last {
            receipt.seqs.extend(seqs);
            receipt.changes.extend(changes);
        }
    }
}

/// Adds an entry like this one, with these events, behind those of the draft; its place in the journal.
fn keep(draft: &mut Draft, head: u64, like: &Entry, events: &[Event]) -> u64 {
    let seq = head + draft.entries.len() as u64 + 1;
    draft.entries.push(Entry { seq, events: events.to_vec(), ..like.clone() });
    seq
}

/// Whether a batch was begun and not ended: only then may orders belong to it.
pub(super) fn is_open(rows: &dyn Rows, batch: Id) -> bool {
    matches!(rows.row(batch), Some(Row::Batch(row)) if !row.closed)
}

/// What an order does.
struct Decided {
    outcome: Outcome,
    layer: Layer,
    events: Vec<Event>,
    customers: BTreeSet<u64>,
}

/// The very first transaction: decided over nothing.
pub(super) fn first_draft(init: &Command, at: Instant) -> Result<Draft, Refusal> {
    let nothing = crate::model::Memory::default();
    let policy = Policy::parse(crate::rules::policy::SHIPPED).map_err(|_| Refusal::AlreadyMade)?;
    let mut world = World::over(&nothing);
    let outcome = decide(&mut world, &policy, init, &Stamp { at, by: None })?;
    let at = Instant(at.0 + world.settings().clock_ahead.unwrap_or(0));
    let (layer, events) = world.finish();
    let entry = Entry {
        seq: 1,
        at,
        by: None,
        command: Clean::known(init.name()),
        cause: outcome.cause,
        batch: None,
        events,
    };
    Ok(Draft { at, layer, entries: vec![entry], receipts: Vec::new() })
}
