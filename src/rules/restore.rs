//! What a policy did to the book, taken back with its adoption.
//!
//! An adoption is one entry; what it does to the book are further ones, and so is what time brings while it is in
//! force. When it is undone these are taken back, the newest first, as far as nobody has gone on with them. What time
//! would have brought under the policy before as well stays. Then the book is graded by that policy as usual.
//!
//! How far that has come is noted with each piece, so that one which was interrupted goes on from there: what stands in
//! the rows does not tell whether something was taken back or never was.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::follow::goes_with_its_act;
use super::grade::Placed;
use super::policy::Policy;
use super::pool::rule_at;
use super::rights::is_policy;
use super::undo::take_back_whole;
use super::{Outcome, Stamp, care, grade, playbook, set};
use crate::model::{
    Became, Cause, Entry, Event, Field, Id, Instant, Kind, Profile, Row, Rows, Source, Value, World, derived,
};
use crate::text::Clean;

/// What belongs together in the record of a customer: all of it is put back, or nothing.
const GROUPS: [&[&str]; 10] = [
    &["owner", "team", "protected", "protect_reason", "owned", "released", "released_by", "release_reason"],
    &["stage", "stage_since"],
    &["stages"],
    &["tier", "tier_since", "tier_next", "tier_next_since", "tier_why"],
    &["pool"],
    &["returns", "return_warned"],
    &["regrade"],
    &["begins"],
    &["care_at", "care"],
    &["tags"],
];

/// The moments for which time waits. Where one is past, its rule is looked at anew instead.
const MOMENTS: [&str; 4] = ["returns", "regrade", "begins", "care_at"];

/// What an adoption left in the book.
pub struct Left {
    /// The entry that took the adoption back.
    pub undo: u64,
    /// The entries of the program under that policy, the newest first, each with those that follow from it.
    pub acts: Vec<Vec<u64>>,
}

/// What is to be taken back before the book is graded by the policy in force; none where that was not put back by an
/// undo.
pub fn left(rows: &dyn Rows) -> Option<Left> {
    let (since, undo) = taken_back(rows, u64::MAX)?;
    let mut acts = Acts::default();
    for entry in (since + 1..undo).filter_map(|seq| rows.entry(seq)) {
        acts.add(&entry);
    }
    // What is planned is looked at when it is known again where the customers stand.
    let (plans, others): (Vec<_>, Vec<_>) =
        acts.entries.into_iter().rev().partition(|(first, _)| acts.plans.contains(first));
    let mut acts: Vec<Vec<u64>> = others.into_iter().chain(plans).map(|(_, act)| act).collect();
    let done = last_restored(rows, undo);
    if let Some(last) = acts.iter().position(|act| act.first().copied() == done) {
        acts.drain(..=last);
    }
    Some(Left { undo, acts })
}

/// The first entry of what was taken back last because of an undo; none where nothing was yet.
fn last_restored(rows: &dyn Rows, undo: u64) -> Option<u64> {
    let mut last = None;
    rows.history(Id::SETTINGS, u64::MAX, &mut |seq| {
        if let Some(entry) = rows.entry(seq).filter(|_| seq > undo)
            && let Some((_, Value::Number(first))) = entry.sets(Id::SETTINGS, "restored")
        {
            last = u64::try_from(*first).ok();
        }
        seq > undo && last.is_none()
    });
    last
}

/// Entries of the program, gathered in the order of the journal.
#[derive(Default)]
struct Acts {
    /// By the first entry of each.
    entries: BTreeMap<u64, Vec<u64>>,
    /// The first entry of that to which an entry belongs.
    first: HashMap<u64, u64>,
    /// The same of what time brings to a record at one moment, which can be several entries.
    together: HashMap<(Id, Clean, Instant), u64>,
    /// Those that brought something planned into the queue.
    plans: BTreeSet<u64>,
}

impl Acts {
    fn add(&mut self, entry: &Entry) {
        let Some(record) = entry.events.first().map(Event::record) else { return };
        let first = match entry.cause {
            Cause::Asked | Cause::Undoes { .. } | Cause::Clock => return self.together.clear(),
            _ if record == Id::SETTINGS => return,
            Cause::Due { at, .. } => {
                *self.together.entry((record, entry.command.clone(), at)).or_insert(entry.seq)
            }
            Cause::Follows { .. } if is_restored(entry) => entry.seq,
            Cause::Follows { seq } => match self.first.get(&seq) {
                Some(first) => *first,
                None => return,
            },
        };
        if first == entry.seq && record.kind == Kind::Task && entry.command.as_str() == derived::CARE {
            self.plans.insert(first);
        }
        self.entries.entry(first).or_default().push(entry.seq);
        self.first.insert(entry.seq, first);
    }
}

/// The last change of the policy before a place of the journal, where that is an undo, and the change that ended what
/// it brought back: an adoption, or the undo of another undo.
fn taken_back(rows: &dyn Rows, before: u64) -> Option<(u64, u64)> {
    let mut undo: Option<(u64, Value)> = None;
    let mut since = None;
    rows.history(Id::SETTINGS, before, &mut |seq| {
        let entry = rows.entry(seq);
        let Some((entry, (from, to))) =
            entry.as_ref().and_then(|entry| Some((entry, entry.sets(Id::SETTINGS, "version")?)))
        else {
            return true;
        };
        match &undo {
            None if !matches!(entry.cause, Cause::Undoes { .. }) => return false,
            None => undo = Some((seq, to.clone())),
            Some((_, version)) => since = (from == version).then_some(seq),
        }
        since.is_none()
    });
    Some((since?, undo?.0))
}

/// Whether an entry takes back what a policy did.
pub fn is_restored(entry: &Entry) -> bool {
    entry.command.as_str() == derived::RESTORE
}

/// The place behind which stands what was taken back with an entry; none where it takes nothing back.
pub fn restored_from(rows: &dyn Rows, entry: &Entry) -> Option<u64> {
    match entry.cause {
        Cause::Follows { seq } if is_restored(entry) => Some(taken_back(rows, seq + 1)?.0),
        _ => None,
    }
}

/// Whether a policy was put in force before the book was graded by the one that it replaces.
pub(super) fn is_halfway(world: &World, entries: &[Entry]) -> bool {
    let is_other = entries.iter().flat_map(|entry| &entry.events).any(is_policy);
    is_other && world.settings().is_graded_by_policy()
}

/// Takes back a piece of what a policy did to the book.
pub(super) fn restore(
    world: &mut World,
    policy: &Policy,
    (undo, acts): (u64, &[Vec<u64>]),
    stamp: &Stamp,
) -> Outcome {
    let text = |entry: Entry| match entry.sets(Id::SETTINGS, "policy") {
        Some((Value::Text(text), _)) => Policy::parse(text.as_str()).ok(),
        _ => None,
    };
    let judges = Judges { policy, taken_back: world.entry(undo).and_then(text) };
    for act in acts {
        let entries: Vec<Entry> = act.iter().filter_map(|seq| world.entry(*seq)).collect();
        let mut child = world.child();
        for entry in entries.iter().rev() {
            take_back(&mut child, entry, stamp.at);
        }
        let stays = entries.first().is_none_or(|first| judges.let_stand(world, &child, first));
        let done = child.finish();
        if !stays {
            world.take_over(done);
        }
    }
    let last = acts.last().and_then(|act| act.first());
    if let Some(last) = last {
        set(world, Id::SETTINGS, "restored", Value::Number(last.cast_signed()));
    }
    let cause = Cause::Follows { seq: undo };
    Outcome { cause, ids: Vec::new(), became: Became::TakenBack, dates: Vec::new() }
}

/// What an entry of the program is about, and so how it is taken back.
enum About {
    /// Where customers stand: field by field, with what is planned because of that.
    Standing,
    /// What is planned, where it went along with that.
    Plans,
    /// Runs, steps, and plans that came into the queue: whole, or not at all.
    Work,
    /// What stays, whatever policy is in force.
    Else,
}

impl About {
    fn of(entry: &Entry) -> About {
        let is_new = || matches!(entry.events.first(), Some(Event::Created { .. }));
        let is_of_customers = entry.events.iter().any(|event| event.record().kind == Kind::Customer);
        let is_due = matches!(entry.cause, Cause::Due { .. });
        match entry.command.as_str() {
            _ if is_of_customers && (is_due || !goes_with_its_act(entry)) => About::Standing,
            _ if !is_due => About::Work,
            derived::REGRADE => About::Plans,
            derived::PLAYBOOK | derived::RENEW => About::Work,
            derived::CARE if is_new() => About::Work,
            _ => About::Else,
        }
    }
}

fn take_back(world: &mut World, entry: &Entry, now: Instant) {
    match About::of(entry) {
        About::Standing => {
            for group in GROUPS {
                let is_of = |event: &Event| customers(event).is_some_and(|name| group.contains(&name));
                put_back(world, entry, now, is_of);
            }
            put_plans_back(world, entry, now);
        }
        About::Plans => put_plans_back(world, entry, now),
        About::Work => take_back_whole(world, entry),
        About::Else => {}
    }
}

/// Puts back what is planned for customers: it went along with where they stood.
fn put_plans_back(world: &mut World, entry: &Entry, now: Instant) {
    let is_plan = |id: &Id| {
        let source = world.task(*id).and_then(|task| task.source);
        matches!(source, Some(Source::Care | Source::Cadence))
    };
    let plans: BTreeSet<Id> = entry.events.iter().map(Event::record).filter(is_plan).collect();
    for plan in plans {
        put_back(world, entry, now, |event| event.record() == plan);
    }
}

/// The field of a customer that an event changes.
fn customers(event: &Event) -> Option<&'static str> {
    let field = field_of(event).filter(|_| event.record().kind == Kind::Customer)?;
    Some(Kind::Customer.info(field.code)?.name)
}

/// Puts these fields back as they were before an entry, if they are as it left them.
fn put_back(world: &mut World, entry: &Entry, now: Instant, these: impl Fn(&Event) -> bool) {
    let mut child = world.child();
    let mut events = entry.events.iter().rev().filter(|event| these(event));
    let all = events.all(|event| reverse(&mut child, event, now));
    let done = child.finish();
    if all {
        world.take_over(done);
    }
}

/// Reverses an event on a customer, and says whether that can be.
fn reverse(world: &mut World, event: &Event, now: Instant) -> bool {
    let Some(row) = world.row(event.record()) else { return false };
    let is_left = match event {
        Event::Set { record, field, from, to } => {
            let held = row.get(field);
            if !(held == *to || held.is_absent() && has_come(event, to, now)) || is_past(event, from, now) {
                return false;
            }
            world.emit(Event::Set { record: *record, field: field.clone(), from: held, to: from.clone() });
            return true;
        }
        Event::Linked { record, field, value } => {
            let stage = world.customer(*record).map(|customer| Value::text(customer.stage));
            row.holds(field, value) && stage.as_ref() != Some(value)
        }
        Event::Unlinked { field, value, .. } => !row.holds(field, value),
        _ => false,
    };
    if is_left {
        world.emit(event.reversed());
    }
    is_left
}

fn field_of(event: &Event) -> Option<&Field> {
    match event {
        Event::Set { field, .. } | Event::Linked { field, .. } | Event::Unlinked { field, .. } => Some(field),
        _ => None,
    }
}

/// Whether a moment for which time would wait is over.
fn is_past(event: &Event, from: &Value, now: Instant) -> bool {
    let is_moment = customers(event).is_some_and(|name| MOMENTS.contains(&name));
    is_moment && is_over(from, now)
}

/// Whether a moment came and was carried out: what took it out of the record then does not put it back.
fn has_come(event: &Event, to: &Value, now: Instant) -> bool {
    is_past(event, to, now) || customers(event) == Some("return_warned") && is_over(to, now)
}

fn is_over(value: &Value, now: Instant) -> bool {
    matches!(value, Value::Instant(at) if *at <= now)
}

/// By which it is decided whether what time brought stays.
struct Judges<'p> {
    /// The policy in force again.
    policy: &'p Policy,
    /// The one that brought it.
    taken_back: Option<Policy>,
}

impl Judges<'_> {
    /// Whether what time brought stays: the policy in force brings it too, or somebody has gone on with it. `before` is
    /// the world without it.
    fn let_stand(&self, world: &World, before: &World, entry: &Entry) -> bool {
        let Cause::Due { at, .. } = entry.cause else { return false };
        let Some(first) = entry.events.first() else { return false };
        let record = first.record();
        match (entry.command.as_str(), record.kind) {
            (derived::TURN, Kind::Customer) => {
                self.agree(|policy| turns_so([before, world], policy, (record, at)))
            }
            (derived::RETURN, Kind::Customer) => {
                is_gone_on_with([before, world], record)
                    || self.agree(|policy| returns_so(before, policy, (record, at)))
            }
            (derived::CARE, Kind::Task) => {
                world.task(record).is_some_and(|task| care::comes(before, self.policy, &task, at))
            }
            (derived::PLAYBOOK, Kind::Customer) => {
                self.agree(|policy| playbook::begins_at(before, policy, None, (record, at)))
            }
            (derived::PLAYBOOK, _) if matches!(first, Event::Created { .. }) => {
                let Some((playbook, customer)) = work_of(world, record) else { return false };
                self.agree(|policy| playbook::begins_at(before, policy, Some(&playbook), (customer, at)))
            }
            (derived::PLAYBOOK, _) => {
                let alike = |other| playbook::remind_alike(before, [self.policy, other], record);
                self.taken_back.as_ref().is_none_or(alike)
            }
            _ => false,
        }
    }

    /// Whether the policy in force brings something, too. Where the facts have changed so that the one that brought it
    /// would not do so either, they do not tell.
    fn agree(&self, brings: impl Fn(&Policy) -> bool) -> bool {
        brings(self.policy) || self.taken_back.as_ref().is_some_and(|policy| !brings(policy))
    }
}

/// Of which playbook a run or a step is, and for whom.
fn work_of(world: &World, record: Id) -> Option<(Clean, Id)> {
    match world.row(record)? {
        Row::Run(run) => Some((run.playbook, run.customer?)),
        Row::Task(task) => Some((task.playbook, task.customer?)),
        _ => None,
    }
}

/// Whether a policy grades a customer at a moment as it was graded then.
fn turns_so([before, world]: [&World; 2], policy: &Policy, (id, at): (Id, Instant)) -> bool {
    let mut again = before.child();
    grade::follow(&mut again, policy, &BTreeSet::from([id.n]), at);
    let placed = |world: &World| world.customer(id).map(|customer| Placed::of(&customer));
    let [was, is, then] = [before, world, &again].map(placed);
    let (Some(was), Some(is), Some(then)) = (was, is, then) else { return false };
    let stage = was.stage == is.stage || then.stage == is.stage;
    let tier = |placed: &Placed| (placed.tier.clone(), placed.next.clone());
    stage && (tier(&was) == tier(&is) || tier(&then) == tier(&is))
}

/// Whether a customer who returned to a pool is not to be given back: somebody has it by now, or who had it has left.
fn is_gone_on_with([before, world]: [&World; 2], id: Id) -> bool {
    let (Some(was), Some(is)) = (before.customer(id), world.customer(id)) else { return true };
    let has_left = |owner| world.member(owner).is_none_or(|member| member.left);
    (is.owner, is.team) == (was.owner, was.team) || was.owner.is_some_and(has_left)
}

/// Whether a policy lets a customer return to a pool at a moment. It is asked of where that policy puts it, not of
/// where it stands while the book is on its way from one to the other.
fn returns_so(before: &World, policy: &Policy, (id, at): (Id, Instant)) -> bool {
    let mut again = before.child();
    set(&mut again, id, "returns", Value::Instant(at));
    grade::follow(&mut again, policy, &BTreeSet::from([id.n]), at);
    let profile = Profile::of(&again, id.n);
    profile.is_some_and(|profile| rule_at(&again, policy, &profile, at).is_some())
}
