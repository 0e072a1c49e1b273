//! Undo: new events that reverse an act's, refused where somebody has built on it since.
//!
//! What rules derived never stands in the way: it is derived again. Batches are taken back entry by entry, newest
//! first; the service sends those orders in chunks, so that other writers are not held up.

use super::fields::last_to_change;
use super::{Outcome, Stamp};
use crate::model::{
    Became, Cause, Entry, Event, Id, Index, Key, Kind, Refusal, Rows, Undone, Value, World, index,
};
use crate::text::Clean;

/// How far back the search for somebody's last act goes, in entries.
const REACH: u64 = 50_000;

/// Takes one act back.
pub(super) fn undo(
    world: &mut World,
    what: Undone,
    partial: bool,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    let seq = match what {
        Undone::Seq(seq) => seq,
        Undone::MyLast => my_last(world, stamp.by).map(|entry| entry.seq).ok_or(Refusal::NothingToUndo)?,
        Undone::Batch(batch) => return Err(Refusal::NoBatch(batch)),
    };
    let entry = world.entry(seq).ok_or(Refusal::NoEntry(seq))?;
    if let Some(by) = world.undone_by(seq) {
        return Err(Refusal::AlreadyUndone(seq, by));
    }
    if entry.is_derived() || entry.events.iter().any(|event| event.record() == Id::SETTINGS) {
        return Err(Refusal::CannotUndo(seq));
    }
    for event in entry.events.iter().rev() {
        match reverse(world, &entry, event) {
            Err(_) if partial => {}
            other => other?,
        }
    }
    world.undo(seq);
    let ids: Vec<Id> = entry.records();
    let became = if world.events().is_empty() { Became::Unchanged } else { Became::TakenBack };
    Ok(Outcome { cause: Cause::Undoes { seq }, ids, became, dates: Vec::new() })
}

/// Emits the reverse of one event, if what it left is still there.
fn reverse(world: &mut World, entry: &Entry, event: &Event) -> Result<(), Refusal> {
    let record = event.record();
    let row = world.row(record);
    match event {
        Event::Created { .. } => {
            let Some(row) = row else { return Ok(()) };
            if let Some(later) = changed_since(world, entry, record) {
                return Err(Refusal::ChangedSince(record, later, record));
            }
            let (count, first) = referrers(world, record);
            if let Some(first) = first {
                return Err(Refusal::InUse(record, count, first));
            }
            world.emit(Event::Removed { record, values: row.values() });
        }
        Event::Removed { values, .. } if row.is_none() => {
            world.emit(Event::Created { record, values: values.clone() });
        }
        Event::Set { field, from, to, .. } => {
            let is = row.ok_or(Refusal::NoRecord(record))?.get(field);
            if is != *to {
                let by = last_to_change(world, record, field);
                let name = Clean::washed(&record.kind.field_name(field)).0;
                let (was, to) = (to.clone(), from.clone());
                return Err(Refusal::Conflict { record, field: name, was, is, to, by });
            }
            world.emit(event.reversed());
        }
        Event::Linked { field, value, .. } | Event::Unlinked { field, value, .. } => {
            let held = row.ok_or(Refusal::NoRecord(record))?.holds(field, value);
            let expected = matches!(event, Event::Linked { .. });
            if held != expected {
                let by = last_to_change(world, record, field);
                let name = Clean::washed(&record.kind.field_name(field)).0;
                let (was, is) =
                    if expected { (value.clone(), Value::Absent) } else { (Value::Absent, value.clone()) };
                return Err(Refusal::Conflict { record, field: name, to: is.clone(), was, is, by });
            }
            world.emit(event.reversed());
        }
        Event::Removed { .. } => {}
    }
    Ok(())
}

/// How many acts of people changed a record after the entry, and stand.
fn changed_since(world: &World, entry: &Entry, record: Id) -> Option<u64> {
    let mut later = 0;
    world.history(record, u64::MAX, &mut |seq| {
        if seq <= entry.seq {
            return false;
        }
        let stands = world.undone_by(seq).is_none();
        let by_people = world.entry(seq).is_some_and(|other| matches!(other.cause, Cause::Asked));
        later += u64::from(stands && by_people);
        true
    });
    (later > 0).then_some(later)
}

/// How many rows refer to a record, and the first of them.
fn referrers(world: &World, record: Id) -> (u64, Option<Id>) {
    let mut count = 0;
    let mut first = None;
    let prefix = Key::of(Index::Refers).id(record);
    world.scan(&prefix.0, &prefix.end(), false, &mut |key| {
        count += 1;
        first = first.or_else(|| index::target(key));
        true
    });
    (count, first)
}

/// The newest act of a member that stands; an undo is none.
pub fn my_last(rows: &dyn Rows, by: Option<Id>) -> Option<Entry> {
    let head = rows.head();
    (head.saturating_sub(REACH) + 1..=head).rev().filter_map(|seq| rows.entry(seq)).find(|entry| {
        let of_the_house = |event: &Event| matches!(event.record().kind, Kind::Batch | Kind::Settings);
        entry.by == by
            && entry.cause == Cause::Asked
            && !entry.events.iter().all(of_the_house)
            && rows.undone_by(entry.seq).is_none()
    })
}

/// The entries of a batch that stand and were asked for, newest first.
pub fn entries_of(rows: &dyn Rows, batch: Id) -> Vec<u64> {
    let mut seqs = Vec::new();
    rows.history(batch, u64::MAX, &mut |seq| {
        let of_batch = rows.entry(seq).is_some_and(|entry| entry.batch == Some(batch) && !entry.is_derived());
        if of_batch && rows.undone_by(seq).is_none() {
            seqs.push(seq);
        }
        true
    });
    seqs
}
