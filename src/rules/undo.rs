//! Undo: new events that reverse an act's, refused where somebody has built on it since.
//!
//! What rules derived never stands in the way: it is derived again. Batches are taken back entry by entry, newest
//! first; the service sends those orders in chunks, so that other writers are not held up.

use std::collections::BTreeSet;

use super::fields::{last_to_change, remove};
use super::follow::{goes_with_its_act, root};
use super::settle::check;
use super::{Outcome, Stamp, inbox, playbook, rights};
use crate::model::{
    Became, Cause, Entry, Event, Field, Id, Index, Key, Kind, Refusal, Row, Rows, Source, Undone, Value,
    World,
};
use crate::text::Clean;

/// A request has at most so many acts.
const TOGETHER: usize = 500;

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
    may_go(&entry)?;
    take_back_what_followed(world, &entry);
    for event in entry.events.iter().rev() {
        match reverse(world, &entry, event) {
            Err(_) if partial => {}
            other => other?,
        }
    }
    may_stand(world)?;
    world.undo(seq);
    let ids: Vec<Id> = entry.records();
    let became = if world.events().is_empty() { Became::Unchanged } else { Became::TakenBack };
    Ok(Outcome { cause: Cause::Undoes { seq }, ids, became, dates: Vec::new() })
}

/// Takes back what playbooks and plans did because of an act, the last of it first; what somebody has gone on with
/// stays. What follows from the acts of a request stands behind the last of them.
fn take_back_what_followed(world: &mut World, act: &Entry) {
    if !playbook::sees(world, act) {
        return;
    }
    let (mut acts, mut is_behind) = (0, false);
    let mut is_near = |entry: &Entry| {
        is_behind |= entry.is_derived();
        acts += usize::from(!entry.is_derived());
        entry.at == act.at && acts < TOGETHER && entry.is_derived() == is_behind
    };
    let behind = (act.seq + 1..=world.head()).map_while(|seq| world.entry(seq));
    let followed: Vec<Entry> = behind
        .take_while(|entry| is_near(entry))
        .filter(|entry| entry.cause == Cause::Follows { seq: act.seq } && goes_with_its_act(entry))
        .collect();
    for entry in followed.iter().rev() {
        take_back_whole(world, entry);
    }
}

/// Takes back what was derived in one entry, whole or not at all: half of a run would be left. What it made goes as it
/// is by now.
pub(super) fn take_back_whole(world: &mut World, entry: &Entry) {
    let made = |event: &&Event| matches!(event, Event::Created { .. });
    let made: BTreeSet<Id> = entry.events.iter().filter(made).map(Event::record).collect();
    let goes = |event: &&Event| matches!(event, Event::Created { .. }) || !made.contains(&event.record());
    let mut child = world.child();
    if entry.events.iter().rev().filter(goes).all(|event| reverse(&mut child, entry, event).is_ok()) {
        let done = child.finish();
        world.take_over(done);
    }
}

/// Whether an entry can be taken back at all. One with a claim that counts cannot: the customer is released, with a
/// reason, and the claim stays counted.
fn may_go(entry: &Entry) -> Result<(), Refusal> {
    match entry.events.iter().find(|event| event.stands()).map(Event::record) {
        Some(Id::SETTINGS) => return Err(Refusal::ClockStands),
        Some(_) => {
            let claimed = entry.records().into_iter().find(|id| id.kind == Kind::Customer);
            return Err(claimed.map_or(Refusal::CannotUndo(entry.seq), Refusal::ClaimStands));
        }
        None => {}
    }
    let is_act = !entry.is_derived() && !entry.events.iter().any(of_the_house);
    if is_act { Ok(()) } else { Err(Refusal::CannotUndo(entry.seq)) }
}

/// The store's own record but its policy and its clock, batches, and what somebody has read: no act of anybody on the
/// book.
fn of_the_house(event: &Event) -> bool {
    match event.record().kind {
        Kind::Batch => true,
        Kind::Settings => !rights::is_policy(event) && !event.stands(),
        _ => inbox::is_reading(event),
    }
}

/// Whether what the reversals left is what an edit could have written: others may have built beside it.
fn may_stand(world: &World) -> Result<(), Refusal> {
    let records: BTreeSet<Id> = world.events().iter().map(Event::record).collect();
    for record in records {
        let gone = |row: Option<Row>| {
            let mut gone = BTreeSet::new();
            if let Some(row) = row {
                row.each_ref(&mut |target| gone.extend(world.row(target).is_none().then_some(target)));
            }
            gone
        };
        if let Some(target) = gone(world.row(record)).difference(&gone(world.before(record))).next() {
            return Err(Refusal::NoRecord(*target));
        }
        check(world, record)?;
    }
    Ok(())
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
            let (ours, others): (Vec<Id>, Vec<Id>) =
                referring_to(world, record).into_iter().partition(|id| is_derived_record(world, *id));
            if let Some(first) = others.first() {
                return Err(Refusal::InUse(record, others.len() as u64, *first));
            }
            for id in ours {
                remove(world, id);
            }
            world.emit(Event::Removed { record, values: row.values() });
        }
        Event::Removed { values, .. } if row.is_none() => {
            world.emit(Event::Created { record, values: values.clone() });
        }
        Event::Set { field, from, to, .. } => {
            let is = row.ok_or(Refusal::NoRecord(record))?.get(field);
            if is != *to && is_of_time(record, field) {
                return Ok(());
            }
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
        Event::Removed { .. } | Event::Mentioned { .. } => {}
    }
    Ok(())
}

/// Whether time itself writes a field of a run or a step: that stands in no way, and is looked at anew.
fn is_of_time(record: Id, field: &Field) -> bool {
    matches!(record.kind, Kind::Run | Kind::Task)
        && matches!(record.kind.field_name(field).as_str(), "look" | "warned")
}

/// How many acts of people changed a record after the entry, and stand: themselves, or by what playbooks and plans made
/// of them. What was derived in the same batch is taken back before.
fn changed_since(world: &World, entry: &Entry, record: Id) -> Option<u64> {
    let mut later = BTreeSet::new();
    world.history(record, u64::MAX, &mut |seq| {
        if seq <= entry.seq {
            return false;
        }
        later.extend(world.entry(seq).and_then(|other| match other.cause {
            Cause::Asked => Some(seq),
            Cause::Follows { seq } => {
                let is_beside = entry.batch.is_none() || entry.batch != other.batch;
                (is_beside && seq > root(entry) && goes_with_its_act(&other)).then_some(seq)
            }
            _ => None,
        }));
        true
    });
    later.retain(|seq| world.undone_by(*seq).is_none());
    (!later.is_empty()).then_some(later.len() as u64)
}

/// Whether only the program itself ever wrote a record: what people did to it was taken back.
pub(super) fn is_untouched(rows: &dyn Rows, record: Id) -> bool {
    let mut is_untouched = true;
    rows.history(record, u64::MAX, &mut |seq| {
        let by_people = rows.entry(seq).is_some_and(|entry| matches!(entry.cause, Cause::Asked));
        is_untouched = !by_people || rows.undone_by(seq).is_some();
        is_untouched
    });
    is_untouched
}

/// Whether a record is a run or a step that playbooks began or what was planned, and nobody has gone on with it: it
/// goes with what it is of.
fn is_derived_record(world: &World, id: Id) -> bool {
    let is_one = match world.row(id) {
        Some(Row::Run(_)) => true,
        Some(Row::Task(task)) => {
            task.run.is_some() || matches!(task.source, Some(Source::Care | Source::Cadence))
        }
        _ => false,
    };
    is_one && is_untouched(world, id)
}

/// Takes back what playbooks and plans did when a batch was graded, the last of it first; what somebody has gone on
/// with stays.
pub fn take_back_derived(world: &mut World, batch: Id) {
    let mut theirs = Vec::new();
    world.history(batch, u64::MAX, &mut |seq| {
        theirs.extend(world.entry(seq).filter(|entry| entry.is_derived() && goes_with_its_act(entry)));
        true
    });
    for entry in &theirs {
        take_back_whole(world, entry);
    }
}

/// The same, as an order of the program itself.
pub(super) fn take_back(world: &mut World, batch: Id) -> Outcome {
    let seq = world.head();
    take_back_derived(world, batch);
    Outcome { cause: Cause::Follows { seq }, ids: Vec::new(), became: Became::TakenBack, dates: Vec::new() }
}

/// The records that refer to a record.
pub fn referring_to(rows: &dyn Rows, record: Id) -> Vec<Id> {
    rows.found(&Key::of(Index::Refers).id(record))
}

/// The newest act of a member that was not taken back, be it one that cannot be: none before it is meant. An undo is
/// none. What came from a file outside of any batch is the book that a practice store was filled with: nobody did that.
pub fn my_last(rows: &dyn Rows, by: Option<Id>) -> Option<Entry> {
    let head = rows.head();
    let mut entries = (head.saturating_sub(REACH) + 1..=head).rev().filter_map(|seq| rows.entry(seq));
    let last = entries.find(|entry| {
        entry.by == by
            && entry.cause == Cause::Asked
            && !entry.events.iter().any(of_the_house)
            && rows.undone_by(entry.seq).is_none()
    });
    last.filter(|entry| entry.command.as_str() != "import" || entry.batch.is_some())
}

/// The entries of a batch that stand and were asked for, newest first.
pub fn entries_of(rows: &dyn Rows, batch: Id) -> Vec<u64> {
    let mut seqs = Vec::new();
    rows.history(batch, u64::MAX, &mut |seq| {
        if is_act_of(rows, batch, seq) && rows.undone_by(seq).is_none() {
            seqs.push(seq);
        }
        true
    });
    seqs
}

/// Whether nothing was ever done in a batch.
pub(super) fn is_empty(rows: &dyn Rows, batch: Id) -> bool {
    last_of(rows, batch).is_none()
}

/// The last thing that people did in a batch.
pub fn last_of(rows: &dyn Rows, batch: Id) -> Option<u64> {
    let mut last = None;
    rows.history(batch, u64::MAX, &mut |seq| {
        last = is_act_of(rows, batch, seq).then_some(seq);
        last.is_none()
    });
    last
}

/// Whether an entry is something that people did in a batch.
fn is_act_of(rows: &dyn Rows, batch: Id, seq: u64) -> bool {
    rows.entry(seq).is_some_and(|entry| {
        entry.batch == Some(batch) && !entry.is_derived() && !entry.events.iter().any(of_the_house)
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ADMIN, LEAD, Office, REP, add, edit, field_of, text, undo};
    use super::*;
    use crate::model::Command;

    #[test]
    fn what_was_done_is_taken_back_once() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let seq = office.seq(edit(acme, "region", "East"));
        assert_eq!(office.run(undo(seq)).unwrap().became, Became::TakenBack);
        assert_eq!(office.get(acme, "region"), Value::Absent);
        let again = office.run(undo(seq));
        assert!(
            matches!(again, Err(Refusal::AlreadyUndone(of, by)) if (of, by) == (seq, seq + 1)),
            "{again:?}"
        );
        office.run(undo(seq + 1)).unwrap();
        assert_eq!(office.get(acme, "region"), Value::Text(text("East")));
    }

    #[test]
    fn the_last_act_is_ones_own() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        office.seq(edit(acme, "region", "East").by(REP));
        office.seq(edit(acme, "industry", "tools").by(LEAD));
        let last = Command::Undo { what: Undone::MyLast, partial: false };
        office.run(last.clone().by(REP)).unwrap();
        assert_eq!(office.get(acme, "region"), Value::Absent);
        assert_eq!(office.get(acme, "industry"), Value::Text(text("tools")));
        assert_eq!(office.run(last.clone().by(REP)).unwrap_err(), Refusal::NothingToUndo);
        let (reference, values) = (text("practice-1"), vec![(text("name"), text("Beta"))]);
        let filled = Command::Import { kind: Kind::Customer, reference, referenced: true, values };
        office.run(filled.by(LEAD)).unwrap();
        let refused = office.run(last.by(LEAD)).unwrap_err();
        assert_eq!(refused, Refusal::NothingToUndo, "nobody filled the practice book");
    }

    #[test]
    fn what_others_built_on_is_not_taken_back() {
        let mut office = Office::new();
        let made = office.rows.head() + 1;
        let [acme] = office.customers(["Acme"]);
        let east = office.seq(edit(acme, "region", "East"));
        office.seq(edit(acme, "region", "West"));
        let refused = office.run(undo(made)).unwrap_err();
        assert!(matches!(refused, Refusal::ChangedSince(of, 2, _) if of == acme), "{refused:?}");
        let refused = office.run(undo(east)).unwrap_err();
        assert!(matches!(refused, Refusal::Conflict { record, .. } if record == acme), "{refused:?}");

        let made = office.rows.head() + 1;
        let [other] = office.customers(["Other"]);
        office.make(Kind::Task, &[("title", "call"), ("customer", "Other")]);
        let refused = office.run(undo(made)).unwrap_err();
        assert!(matches!(refused, Refusal::InUse(of, 1, _) if of == other), "{refused:?}");
    }

    #[test]
    fn the_store_and_its_batches_are_not_undone() {
        let mut office = Office::new();
        assert_eq!(office.run(undo(1)).unwrap_err(), Refusal::CannotUndo(1));
        let open = Command::BatchOpen { name: text("import"), fingerprint: text("f") };
        let opened = office.seq(open);
        assert_eq!(office.run(undo(opened)).unwrap_err(), Refusal::CannotUndo(opened));
        assert_eq!(office.run(undo(999)).unwrap_err(), Refusal::NoEntry(999));
    }

    #[test]
    fn a_parent_that_is_below_by_now_does_not_come_back() {
        let mut office = Office::new();
        let [a, b] = office.customers(["A", "B"]);
        office.seq(edit(a, "parent", "B"));
        let cleared = office.seq(edit(a, "parent", "none"));
        office.seq(edit(b, "parent", "A"));
        assert_eq!(office.run(undo(cleared)).unwrap_err(), Refusal::ParentLoop(a, b));
        assert_eq!(office.get(a, "parent"), Value::Absent);
    }

    #[test]
    fn an_edit_below_a_circle_ends() {
        let mut office = Office::new();
        let [a, b, below] = office.customers(["A", "B", "Below"]);
        let below_rows = office.rows.clone();
        let mut world = World::over(&below_rows);
        for (record, to) in [(a, b), (b, a)] {
            let field = field_of(record, "parent");
            world.emit(Event::Set { record, field, from: Value::Absent, to: Value::Ref(to) });
        }
        office.rows.write(world.finish().0, Vec::new());
        office.run(edit(below, "parent", "A")).unwrap();
        assert_eq!(office.run(edit(a, "region", "East")).unwrap_err(), Refusal::ParentLoop(a, b));
        office.run(edit(a, "parent", "none")).unwrap();
    }

    #[test]
    fn what_is_somebody_elses_by_now_does_not_come_back() {
        let mut office = Office::new();
        let cleared = office.seq(edit(REP, "login", ""));
        let other = office.make(Kind::Member, &[("name", "Cy"), ("login", "bo")]);
        assert_eq!(office.run(undo(cleared)).unwrap_err(), Refusal::AccountTaken(text("bo"), other));

        let numbered = office.seq(edit(ADMIN, "uid", "1001"));
        office.seq(edit(other, "uid", "1000"));
        assert!(matches!(office.run(undo(numbered)), Err(Refusal::AccountTaken(_, id)) if id == other));

        let team = office.make(Kind::Team, &[("name", "North")]);
        let renamed = office.seq(edit(team, "name", "South"));
        let taken = office.make(Kind::Team, &[("name", "North")]);
        let refused = Refusal::NameTaken(Kind::Team, text("North"), taken);
        assert_eq!(office.run(undo(renamed)).unwrap_err(), refused);
    }

    #[test]
    fn a_record_that_is_gone_is_not_referred_to_again() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let made = office.seq(add(Kind::Team, &[("name", "North")]));
        let north = office.all(Kind::Team)[0].0;
        office.seq(edit(acme, "team", "North"));
        let cleared = office.seq(edit(acme, "team", "none"));
        office.run(undo(made)).unwrap();
        assert_eq!(office.run(undo(cleared)).unwrap_err(), Refusal::NoRecord(north));
        office.run(undo(office.rows.head())).unwrap();
        office.run(undo(cleared)).unwrap();
        assert_eq!(office.get(acme, "team"), Value::Ref(north));
    }

    #[test]
    fn in_part_is_undone_what_nobody_changed_since() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let fields = super::super::testing::changes(&[("region", "East"), ("industry", "tools")]);
        let seq = office.seq(Command::Edit { record: acme, changes: fields });
        office.seq(edit(acme, "region", "West"));
        office.run(Command::Undo { what: Undone::Seq(seq), partial: true }).unwrap();
        assert_eq!(office.get(acme, "region"), Value::Text(text("West")));
        assert_eq!(office.get(acme, "industry"), Value::Absent);
    }
}
