//! Undo: an act in one transaction, a batch in chunks, as a batch of its own that can be taken back too.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use super::execute::is_open;
use super::{Actor, Done, Service, said};
use crate::model::{
    Became, Command, Event, Field, Id, Kind, Order, Receipt, Refusal, Row, Rows, Undone, Value, World,
};
use crate::rules::{Stamp, decide, undo};
use crate::store::Found;
use crate::text::Clean;

/// How many acts of a batch are taken back in one transaction, so that other writers are not held up.
const CHUNK: usize = 500;

impl Service {
    /// The batch that an undo means, if it means one.
    pub(super) fn batch_to_undo(&self, actor: Actor, command: &Command) -> Option<Id> {
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
    pub(super) fn undo(&self, actor: Actor, client: u128, order: &Order) -> Done {
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
        self.run(None, 0, vec![of_batch(Some(undoing), Command::TakeBack { batch })]);
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
    pub(super) fn grade_batch(&self, batch: Id) {
        let snapshot = &self.head().snapshot;
        let Some(seq) = undo::last_of(&**snapshot, batch) else { return };
        let touched: Vec<u64> = batch_customers(&**snapshot, batch).into_iter().collect();
        for customers in touched.chunks(CHUNK) {
            let command = Command::Grade { customers: customers.to_vec(), seq };
            self.run(None, 0, vec![of_batch(Some(batch), command)]);
        }
    }

    /// Undoes without writing, and refuses if any part of the batch could not be taken back.
    fn rehearse(&self, actor: Actor, seqs: &[u64], batch: Id, partial: bool) -> Result<(), Refusal> {
        let head = self.head();
        let mut world = World::over(&*head.snapshot);
        undo::take_back_derived(&mut world, batch);
        let stamp = Stamp { at: self.now(), by: Some(actor.member) };
        let mut stuck: Option<(u64, Refusal)> = None;
        let mut standing = BTreeSet::new();
        for seq in seqs {
            let mut child = world.child();
            let command = Command::Undo { what: Undone::Seq(*seq), partial };
            match decide(&mut child, &head.policy, &command, &stamp) {
                Ok(_) => {
                    let (layer, _) = child.finish();
                    world.absorb(layer);
                }
                Err(refusal) => {
                    if let Refusal::InUse(record, ..) = &refusal {
                        standing.extend(undo::referring_to(&child, *record));
                    }
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
            Some((_, Refusal::InUse(_, _, first))) => {
                let own: BTreeSet<Id> = records_of(&*head.snapshot, seqs).into_iter().collect();
                standing.retain(|record| !own.contains(record));
                let first = standing.first().copied().unwrap_or(first);
                let under = batch_of(&*head.snapshot, &standing);
                Err(Refusal::BatchInUse(batch, standing.len() as u64, first, under))
            }
            Some((_, other)) => Err(other),
        }
    }
}

/// The batch in which all of these records came to be, if it is one.
fn batch_of(rows: &dyn Rows, records: &BTreeSet<Id>) -> Option<Id> {
    let made_in = |record: &Id| {
        let mut made = None;
        rows.history(*record, u64::MAX, &mut |seq| {
            made = Some(seq);
            true
        });
        rows.entry(made?)?.batch
    };
    let one = made_in(records.first()?)?;
    records.iter().all(|record| made_in(record) == Some(one)).then_some(one)
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
