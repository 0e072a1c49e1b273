//! Grades as events: what follows from a write, from an adoption, and from time.

use std::collections::BTreeSet;

use super::super::{Outcome, Stamp, care, playbook, pool, set};
use super::{Grader, Placed};
use crate::filter::{Groups, Kin, KinOnce};
use crate::model::{Became, Cause, Customer, Event, Id, Instant, Kind, Profile, Rows, Value, World};
use crate::rules::policy::Policy;
use crate::text::Clean;

/// What an entry calls the rule that time has brought.
const RULE: &str = "grade";

impl Grader<'_> {
    /// Emits what the policy makes of a customer now. Where a rule asks whether it returns to the pool, that is known
    /// only afterwards.
    fn grade(&self, world: &mut World, n: u64, groups: &Groups) {
        self.place_and_pool(world, n, groups);
        if self.policy.asks_returns() {
            self.place_and_pool(world, n, groups);
        }
    }

    fn place_and_pool(&self, world: &mut World, n: u64, groups: &Groups) {
        let Some(profile) = Profile::of(world, n) else { return };
        let kin = KinOnce(world, groups);
        let head = Some(kin.head(n)).filter(|head| self.policy.inherit && *head != n);
        let above = head.and_then(|head| world.customer(Id::customer(head))).map(|head| head.tier);
        let placed = self.place(&profile, &kin, above.as_ref());
        let turns = self.turns(&profile, &kin, &placed);
        self.emit(world, &profile, &placed, groups);
        playbook::look_ahead(world, self.policy, &profile, self.lens.now());
        care::follow(world, self.planner(), &profile, groups);
        let (id, known) = (profile.id, profile.customer.regrade);
        let later = pool::follow(world, self.policy, profile, groups, self.lens.now());
        let regrade = turns.into_iter().chain(later).min();
        if known != regrade {
            set(world, id, "regrade", Value::or_absent(regrade, Value::Instant));
        }
    }

    fn emit(&self, world: &mut World, profile: &Profile, placed: &Placed, groups: &Groups) {
        let (id, customer) = (profile.id, &profile.customer);
        let today = Value::Day(self.lens.today());
        if customer.stage != placed.stage {
            set(world, id, "stage", Value::text(placed.stage.clone()));
            set(world, id, "stage_since", today.clone());
        }
        joined(world, id, customer, &placed.passed);
        let next = placed.next.as_ref();
        let waits = (customer.tier_next.clone(), customer.tier_next_since);
        if waits != next.map_or_else(Default::default, |(tier, since)| (tier.clone(), Some(*since))) {
            set(world, id, "tier_next", Value::text(next.map(|(tier, _)| tier.clone()).unwrap_or_default()));
            set(world, id, "tier_next_since", Value::or_absent(next.map(|(_, since)| *since), Value::Day));
        }
        if customer.tier != placed.tier {
            let why =
                self.deciding(&placed.in_stage(profile), (&KinOnce(world, groups), world), &placed.tier);
            set(world, id, "tier_why", Value::text(why));
            set(world, id, "tier", Value::text(placed.tier.clone()));
            set(world, id, "tier_since", today);
        }
    }
}

/// The stages that a customer was never in before.
fn joined(world: &mut World, id: Id, customer: &Customer, passed: &[Clean]) {
    let Some((field, _)) = Kind::Customer.field("stages") else { return };
    let mut known = customer.stages.clone();
    for stage in passed.iter().filter(|stage| !stage.is_empty()) {
        if known.insert(stage.clone()) {
            world.emit(Event::Linked { record: id, field: field.clone(), value: Value::Text(stage.clone()) });
        }
    }
}

/// Grades the customers whose facts or record changed: what follows from a write, inside its transaction. Where a rule
/// asks for a whole corporate group, all of it is graded, from the head down.
pub fn follow(world: &mut World, policy: &Policy, customers: &BTreeSet<u64>, now: Instant) {
    if customers.is_empty() {
        return;
    }
    let (grader, groups) = (Grader::new(policy, world.ground(), now, None), Groups::default());
    if !policy.asks_groups() {
        return customers.iter().for_each(|n| grader.grade(world, *n, &groups));
    }
    let mut done = BTreeSet::new();
    for n in customers {
        if done.contains(n) {
            continue;
        }
        for (n, _) in KinOnce(world, &groups).group(*n) {
            if done.insert(n) {
                grader.grade(world, n, &groups);
            }
        }
    }
}

/// Grades the customers that a batch touched, when all of it is there.
pub(in crate::rules) fn these(
    world: &mut World,
    policy: &Policy,
    customers: &[u64],
    seq: u64,
    stamp: &Stamp,
) -> Outcome {
    follow(world, policy, &customers.iter().copied().collect(), stamp.at);
    Outcome { cause: Cause::Follows { seq }, ids: Vec::new(), became: Became::Updated, dates: Vec::new() }
}

/// Grades customers whom another policy puts elsewhere: a piece of what follows from its adoption. With `whole` this is
/// the last piece: the book is graded by the policy with that mark, after all acts up to that place of the journal.
pub(in crate::rules) fn regrade(
    world: &mut World,
    policy: &Policy,
    customers: &[u64],
    whole: Option<(i64, u64)>,
    stamp: &Stamp,
) -> Outcome {
    follow(world, policy, &customers.iter().copied().collect(), stamp.at);
    if let Some((mark, seen)) = whole {
        set(world, Id::SETTINGS, "graded_by", Value::Number(mark));
        if world.settings().displaced.is_some_and(|act| act <= seen.cast_signed()) {
            set(world, Id::SETTINGS, "displaced", Value::Absent);
        }
    }
    let cause = Cause::Due { at: stamp.at, rule: Clean::known("policy") };
    Outcome { cause, ids: Vec::new(), became: Became::Updated, dates: Vec::new() }
}

/// Grades customers at the moment at which they were to be looked at again, as of that moment: whether the server ran
/// then or is catching up. Whoever was graded since is left.
pub(in crate::rules) fn turn(world: &mut World, policy: &Policy, due: Instant, customers: &[u64]) -> Outcome {
    let is_due = |n: &&u64| world.customer(Id::customer(**n)).is_some_and(|row| row.regrade == Some(due));
    let due_ones: BTreeSet<u64> = customers.iter().filter(is_due).copied().collect();
    follow(world, policy, &due_ones, due);
    let cause = Cause::Due { at: due, rule: Clean::known(RULE) };
    Outcome { cause, ids: Vec::new(), became: Became::Updated, dates: Vec::new() }
}
