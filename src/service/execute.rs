//! Writes: orders become entries, in one transaction for each request.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use super::{Actor, Clock, Done, Service, said};
use crate::model::{
    Became, Cause, Command, Entry, Event, Field, Id, Instant, Kind, Layer, Order, Receipt, Refusal, Row,
    Rows, Undone, Value, World,
};
use crate::rules::policy::Policy;
use crate::rules::{Outcome, Stamp, decide, grade, undo};
use crate::store::{Draft, Found, Receipts};
use crate::text::Clean;

/// How many acts of a batch are taken back in one transaction, so that other writers are not held up.
const CHUNK: usize = 500;

/// The most orders of a request, so that other writers are not held up.
const MOST: usize = 500;

impl Service {
    /// Carries out orders in one transaction, each whole or refused by itself; dry runs among others apart from them.
    pub fn execute(&self, actor: Actor, client: u128, orders: Vec<Order>) -> Vec<Done> {
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
            if let (Command::ClockMove { .. }, false) = (&order.command, order.dry_run) {
                let done = self.run(Some(actor), client, orders);
                self.sweep_now();
                return done;
            }
        }
        // What is only tried stays apart from what is written.
        let alike = orders.chunk_by(|one, next| one.dry_run == next.dry_run);
        alike.flat_map(|orders| self.run(Some(actor), client, orders.to_vec())).collect()
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

    /// The batch that an undo means, if it means one.
    fn batch_to_undo(&self, actor: Actor, command: &Command) -> Option<Id> {
        match command {
            Command::Undo { what: Undone::Batch(batch), .. } => Some(*batch),
            Command::Undo { what: Undone::MyLast, .. } => {
                undo::my_last(&*self.head().snapshot, Some(actor.member))?.batch
            }
            _ => None,
        }
    }

    /// Takes back the caller's last act, or a batch. What the order means is decided once: repeated, it finds its
    /// receipt, or goes on with the batch that it began to take back.
    fn undo(&self, actor: Actor, client: u128, order: &Order) -> Done {
        let batch = match self.known(actor, client, order)? {
            Some(receipt) => match self.unfinished(&receipt) {
                Some(batch) => batch,
                None => return Ok(receipt),
            },
            None => match self.batch_to_undo(actor, &order.command) {
                Some(batch) => batch,
                None => return first(self.run(Some(actor), client, vec![order.clone()])),
            },
        };
        let _alone = self.undoing.lock().unwrap_or_else(PoisonError::into_inner);
        match self.known(actor, client, order)? {
            Some(receipt) if self.unfinished(&receipt).is_none() => Ok(receipt),
            begun => self.undo_batch(actor, client, order, batch, begun),
        }
    }

    /// The receipt of an order that was carried out before.
    fn known(&self, actor: Actor, client: u128, order: &Order) -> Result<Option<Receipt>, Refusal> {
        if client == 0 || order.dry_run {
            return Ok(None);
        }
        let counter = order.counter;
        let found = self.store.write(move |_, receipts| (None, receipts.find(client, counter)));
        match found.map_err(|error| Refusal::ReadOnly(said(&error, actor.lang)))? {
            Found::New => Ok(None),
            Found::Known(receipt) => Ok(Some(*receipt)),
            Found::Expired => Err(Refusal::Expired),
        }
    }

    /// The batch that a receipt says is taken back, where that was not ended.
    fn unfinished(&self, receipt: &Receipt) -> Option<Id> {
        receipt.batch.filter(|undoing| is_open(&*self.head().snapshot, *undoing))?;
        receipt.ids.first().copied().filter(|id| id.kind == Kind::Batch)
    }

    /// Takes a batch back: looks first whether all of it can be, then in chunks, newest first, as a batch of its own.
    /// The order's receipt is kept from the first transaction on, and whole with the last.
    fn undo_batch(
        &self,
        actor: Actor,
        client: u128,
        order: &Order,
        batch: Id,
        begun: Option<Receipt>,
    ) -> Done {
        let partial = matches!(order.command, Command::Undo { partial: true, .. });
        let head = self.head();
        let Some(Row::Batch(row)) = head.snapshot.row(batch) else { return Err(Refusal::NoBatch(batch)) };
        let seqs = undo::entries_of(&*head.snapshot, batch);
        head.check(actor.lang)?;
        if begun.is_none() {
            if seqs.is_empty() {
                return Err(Refusal::NoBatch(batch));
            }
            if !partial || order.dry_run {
                self.rehearse(actor, &seqs, batch, partial)?;
            }
        }
        if order.dry_run {
            let ids = records_of(&*head.snapshot, &seqs);
            return Ok(Receipt { ids, ..taken_back(batch, batch) });
        }
        let keep = (client != 0).then_some((client, order.counter));
        let undoing = match begun.and_then(|receipt| receipt.batch) {
            Some(undoing) => undoing,
            None => self.begin_undo(actor, batch, &row.name, keep)?,
        };
        let mut receipt = taken_back(batch, undoing);
        for chunk in seqs.chunks(CHUNK) {
            let undo =
                |seq: &u64| of_batch(Some(undoing), Command::Undo { what: Undone::Seq(*seq), partial });
            for done in self.run(Some(actor), 0, chunk.iter().map(undo).collect()) {
                match done {
                    Ok(one) => receipt.seqs.extend(one.seqs),
                    Err(_) => receipt.left += 1,
                }
            }
        }
        self.grade_batch(undoing);
        let snapshot = &self.head().snapshot;
        receipt.ids = records_of(&**snapshot, &undo::entries_of(&**snapshot, undoing));
        let mut close = vec![of_batch(Some(undoing), Command::BatchClose { batch: undoing })];
        if !row.closed {
            close.push(of_batch(None, Command::BatchClose { batch }));
        }
        // Where nothing could be taken back, nothing is left of the batch.
        let ended = |done: &[Done]| done.first()?.as_ref().ok()?.ids.first().copied();
        let whole = receipt.clone();
        let kept = move |done: &[Done]| {
            keep.map(|(client, counter)| (client, counter, Receipt { batch: ended(done), ..whole }))
        };
        let closed = self.run_keeping(Some(actor), 0, close, kept);
        receipt.batch = ended(&closed);
        closed.into_iter().find(Result::is_err).unwrap_or(Ok(receipt))
    }

    /// Opens the batch of taking a batch back, and keeps the receipt of the order that wants it.
    fn begin_undo(
        &self,
        actor: Actor,
        batch: Id,
        name: &Clean,
        keep: Option<(u128, u64)>,
    ) -> Result<Id, Refusal> {
        let (client, counter) = keep.unwrap_or_default();
        let name = Clean::washed(&format!("undo {batch}: {name}")).0;
        let fingerprint = Clean::washed(&format!("undo {batch} {client:x} {counter}")).0;
        let open = vec![of_batch(None, Command::BatchOpen { name, fingerprint })];
        let kept = move |done: &[Done]| {
            let undoing = done.first()?.as_ref().ok()?.ids.first()?;
            keep.map(|(client, counter)| (client, counter, taken_back(batch, *undoing)))
        };
        let opened = first(self.run_keeping(Some(actor), 0, open, kept))?;
        opened.ids.first().copied().ok_or(Refusal::NoBatch(batch))
    }

    /// Grades the customers that a batch touched: once, when all of it is there, so that nobody is graded on half of a
    /// file.
    fn grade_batch(&self, batch: Id) {
        let touched: Vec<u64> = batch_customers(&*self.head().snapshot, batch).into_iter().collect();
        for customers in touched.chunks(CHUNK) {
            let command = Command::Grade { customers: customers.to_vec() };
            self.run(None, 0, vec![Order { counter: 0, batch: None, dry_run: false, command }]);
        }
    }

    /// Undoes without writing, and refuses if any part of the batch could not be taken back.
    fn rehearse(&self, actor: Actor, seqs: &[u64], batch: Id, partial: bool) -> Result<(), Refusal> {
        let head = self.head();
        let mut world = World::over(&*head.snapshot);
        let stamp = Stamp { at: self.now(), by: Some(actor.member) };
        let mut stuck: Option<(u64, Refusal)> = None;
        for seq in seqs {
            let mut child = world.child();
            let command = Command::Undo { what: Undone::Seq(*seq), partial };
            match decide(&mut child, &head.policy, &command, &stamp) {
                Ok(_) => {
                    let (layer, _) = child.finish();
                    world.absorb(layer);
                }
                Err(refusal) => {
                    let (count, first) = stuck.unwrap_or((0, refusal));
                    stuck = Some((count + 1, first));
                }
            }
        }
        head.check(actor.lang)?;
        match stuck {
            None => Ok(()),
            Some((count, Refusal::Conflict { record, .. } | Refusal::ChangedSince(record, ..))) => {
                Err(Refusal::ChangedSince(batch, count, record))
            }
            Some((count, Refusal::InUse(_, _, first))) => Err(Refusal::InUse(batch, count, first)),
            Some((_, other)) => Err(other),
        }
    }
}

/// The customers on which the entries of a batch bear.
fn batch_customers(rows: &dyn Rows, batch: Id) -> BTreeSet<u64> {
    let mut customers = BTreeSet::new();
    rows.history(batch, u64::MAX, &mut |seq| {
        for event in rows.entry(seq).map(|entry| entry.events).unwrap_or_default() {
            let record = event.record();
            let hangs_on = || rows.row(record).and_then(|row| row.customer());
            let named = || match &event {
                Event::Created { values, .. } | Event::Removed { values, .. } => {
                    values.iter().find_map(customer_in)
                }
                _ => None,
            };
            let customer =
                if record.kind == Kind::Customer { Some(record) } else { named().or_else(hangs_on) };
            customers.extend(customer.map(|id| id.n));
        }
        true
    });
    customers
}

fn customer_in((_, value): &(Field, Value)) -> Option<Id> {
    match value {
        Value::Ref(id) if id.kind == Kind::Customer => Some(*id),
        _ => None,
    }
}

/// What is told of a batch that was taken back by another.
fn taken_back(batch: Id, undoing: Id) -> Receipt {
    Receipt { batch: Some(undoing), ids: vec![batch], became: Became::TakenBack, ..Receipt::default() }
}

/// The records that some entries changed, each once.
fn records_of(rows: &dyn Rows, seqs: &[u64]) -> Vec<Id> {
    let entries = seqs.iter().filter_map(|seq| rows.entry(*seq));
    let records: BTreeSet<Id> = entries.flat_map(|entry| entry.records()).collect();
    records.into_iter().collect()
}

/// An order of the program's own making.
fn of_batch(batch: Option<Id>, command: Command) -> Order {
    Order { counter: 0, batch, dry_run: false, command }
}

fn first(done: Vec<Done>) -> Done {
    done.into_iter().next().unwrap_or(Err(Refusal::NothingToUndo))
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
        for (nth, order) in orders.iter().enumerate() {
            if let Some(known) = self.repeated(receipts, order) {
                done.push(known);
                continue;
            }
            fresh.push(nth);
            let decided = self.decide(&world, order);
            done.push(decided.map(|Decided { outcome, layer, events, customers }| {
                world.absorb(layer);
                // What belongs to a batch is graded when the batch closes.
                if order.batch.is_none() {
                    touched.extend(customers);
                }
                self.record(&mut draft, rows.head(), order, outcome, events)
            }));
        }
        let wrote = |nth: &&usize| done[**nth].as_ref().is_ok_and(|receipt| !receipt.seqs.is_empty());
        let last = fresh.iter().rfind(wrote).copied();
        let last = last.and_then(|nth| done[nth].as_mut().ok());
        self.follow(rows, &mut world, &mut draft, &touched, last);
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
        if matches!(outcome.cause, Cause::Asked | Cause::Undoes { .. }) {
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

    /// Grades the customers whose facts the orders changed; the last order that wrote tells of it.
    fn follow(
        &self,
        rows: &dyn Rows,
        world: &mut World<'_>,
        draft: &mut Draft,
        touched: &BTreeSet<u64>,
        last: Option<&mut Receipt>,
    ) {
        let mut child = world.child();
        grade::follow(&mut child, self.policy, touched, self.at);
        let (layer, events) = child.finish();
        world.absorb(layer);
        let Some((seq, batch)) = draft.entries.last().map(|entry| (entry.seq, entry.batch)) else { return };
        let grade = Entry {
            seq: 0,
            at: self.at,
            by: None,
            command: Clean::known("grade"),
            cause: Cause::Follows { seq },
            batch,
            events: Vec::new(),
        };
        let seqs: Vec<u64> = events
            .chunk_by(|a, b| a.record() == b.record())
            .map(|of_one| keep(draft, rows.head(), &grade, of_one))
            .collect();
        if let Some(receipt) = last {
            receipt.seqs.extend(seqs);
            receipt.changes.extend(events);
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
fn is_open(rows: &dyn Rows, batch: Id) -> bool {
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
