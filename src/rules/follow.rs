//! What follows from acts, until nothing more does: grades from facts, runs and steps of playbooks from what happened,
//! grades from these.

use std::collections::BTreeSet;

use super::policy::Policy;
use super::{care, grade, playbook, pool, restore, set};
use crate::model::{Cause, Entry, Event, Id, Kind, Value, World, derived};

/// What follows from one entry: events of the program itself.
#[derive(Clone, Debug)]
pub struct Followed {
    /// What the journal calls it.
    pub command: &'static str,
    /// The act that it follows from.
    pub seq: u64,
    /// What it does.
    pub events: Vec<Event>,
}

/// How often grades and playbooks may call for each other. Tags are only ever added by steps, and no playbook begins
/// twice for one customer at one moment, so it is hardly ever that often.
const ROUNDS: usize = 16;

/// Of those whom an act concerns beside its own records at most so many are graded with it, so that no writer waits
/// long; else the whole book is looked through, behind it.
const AT_ONCE: usize = 100;

/// Works out what follows from entries that were just decided; it is in the world then. `touched` are the customers
/// whose facts or records they changed, as far as these are to be graded now.
pub fn follow(
    world: &mut World,
    policy: &Policy,
    entries: &[Entry],
    mut touched: BTreeSet<u64>,
) -> Vec<Followed> {
    let mut all = Vec::new();
    let Some(last) = entries.last() else { return all };
    let now = last.moment();
    let beside = beside(world, policy, entries);
    let is_halfway = restore::is_halfway(world, entries);
    let is_displaced = beside.len() > AT_ONCE;
    if is_halfway || is_displaced {
        let events = child(world, &mut BTreeSet::new(), |child, _| {
            if is_halfway {
                set(child, Id::SETTINGS, "graded_by", Value::Absent);
            }
            if is_displaced {
                set(child, Id::SETTINGS, "displaced", Value::Number(last.seq.cast_signed()));
            }
        });
        all.push(Followed { command: derived::GRADE, seq: last.seq, events });
    }
    if !is_displaced {
        touched.extend(beside);
    }
    let mut news: Vec<Entry> = entries.iter().filter(|entry| playbook::sees(world, entry)).cloned().collect();
    for entry in entries.iter().filter(|entry| matches!(entry.cause, Cause::Asked)) {
        let events = child(world, &mut touched, |child, _| care::settle(child, policy, entry));
        if !events.is_empty() {
            all.push(Followed { command: care::COMMAND, seq: root(entry), events });
        }
    }
    for _ in 0..ROUNDS {
        let mut graded = child(world, &mut touched, |child, touched| {
            grade::follow(child, policy, touched, now);
        });
        touched.clear();
        if !graded.is_empty() {
            if playbook::sees(world, last) {
                news.push(derived(last, graded.clone()));
            }
            all.push(Followed {
                command: derived::GRADE,
                seq: last.seq,
                events: std::mem::take(&mut graded),
            });
        }
        let mut later = Vec::new();
        for entry in news.drain(..) {
            let events = child(world, &mut touched, |child, _| playbook::follow(child, policy, &entry));
            if !events.is_empty() {
                later.push(derived(&entry, events.clone()));
                all.push(Followed { command: playbook::COMMAND, seq: root(&entry), events });
            }
        }
        news = later;
        if news.is_empty() && touched.is_empty() {
            break;
        }
    }
    all
}

/// Whether an entry tells what playbooks or plans did because of an act: that is taken back with it.
pub(super) fn goes_with_its_act(entry: &Entry) -> bool {
    playbook::is_theirs(entry) || entry.command.as_str() == care::COMMAND
}

/// The customers whose record did not change and who may stand elsewhere all the same: in another pool, or in a
/// corporate group that lost one of its own.
fn beside(world: &World, policy: &Policy, entries: &[Entry]) -> BTreeSet<u64> {
    let mut customers = pool::regrouped(world, policy, entries, AT_ONCE);
    if policy.asks_groups() {
        let left = entries.iter().flat_map(|entry| &entry.events).filter_map(|event| match event {
            Event::Set { record, field, from: Value::Ref(parent), .. }
                if record.kind == Kind::Customer && record.kind.field_name(field) == "parent" =>
            {
                Some(parent.n)
            }
            _ => None,
        });
        customers.extend(left);
    }
    customers
}

/// Works on top of the world, takes it over, and gives the events and the customers that it touched.
fn child(
    world: &mut World,
    touched: &mut BTreeSet<u64>,
    work: impl FnOnce(&mut World, &BTreeSet<u64>),
) -> Vec<Event> {
    let mut child = world.child();
    work(&mut child, touched);
    touched.extend(child.touched());
    let (layer, events) = child.finish();
    world.absorb(layer);
    events
}

/// What follows from an entry, as an entry that others may follow from.
fn derived(from: &Entry, events: Vec<Event>) -> Entry {
    let cause = Cause::Follows { seq: root(from) };
    Entry { by: None, at: from.moment(), cause, events, ..from.clone() }
}

/// The act that an entry is of, or follows from.
pub(super) fn root(entry: &Entry) -> u64 {
    match entry.cause {
        Cause::Follows { seq } => seq,
        _ => entry.seq,
    }
}
