//! Stages and tiers, derived from facts: inside the write that changes a fact, and at the moment at which time alone
//! changes one.
//!
//! Stages are found first, then tiers. A tier is entered when its `enter` holds and kept while its `keep` holds; a
//! move waits until the rule has held for the tier's `confirm`. A tier set by hand stands until its last day. Every
//! customer is graded with the moment at which it must be looked at again: nobody ever goes through the whole book
//! because a day has turned.

mod book;
mod follow;
mod standing;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::care::Planner;
use super::policy::{Policy, Tier};
use crate::filter::{Directory, Filter, Kin, KinOf, Lens, Prepared, Referent, Seen};
use crate::model::{Customer, Day, Ground, Id, Instant, Profile, Rows};
use crate::text::Clean;

pub use book::{Bookwise, Find};
pub use follow::follow;
pub(super) use follow::{regrade, these, turn};
pub use standing::read_kept;

/// A policy settled for a moment: its rules are prepared once and asked for many customers.
pub struct Grader<'p> {
    policy: &'p Policy,
    lens: Lens,
    tiers: Vec<(Option<Prepared>, Option<Prepared>)>,
    stages: Vec<Prepared>,
    planner: Planner<'p>,
}

/// Where a policy puts a customer at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The stage in force; empty: none.
    pub stage: Clean,
    /// The tier in force.
    pub tier: Clean,
    /// The tier whose rule holds but is not yet confirmed, and since when.
    pub next: Option<(Clean, Day)>,
    /// The stages that it passed on the way, the one in force last; empty: it stayed where it was.
    passed: Vec<Clean>,
}

impl Placed {
    /// As a customer stands.
    pub fn of(customer: &Customer) -> Placed {
        let Customer { stage, tier, tier_next, tier_next_since, .. } = customer.clone();
        let next = tier_next_since.map(|since| (tier_next, since));
        Placed { stage, tier, next, passed: Vec::new() }
    }

    /// Whether it is as the customer stands.
    fn is_where(&self, customer: &Customer) -> bool {
        let next = self.next.as_ref().map(|(tier, since)| (tier, *since));
        let stands = customer.tier_next_since.map(|since| (&customer.tier_next, since));
        self.stage == customer.stage && self.tier == customer.tier && next == stands
    }

    /// The profile of a customer as it is once it is put there, on this day.
    pub fn onto<'a>(&self, profile: &'a Profile, today: Day) -> Cow<'a, Profile> {
        if self.is_where(&profile.customer) {
            return Cow::Borrowed(profile);
        }
        let mut customer = profile.customer.clone();
        if customer.stage != self.stage {
            (customer.stage, customer.stage_since) = (self.stage.clone(), Some(today));
        }
        if customer.tier != self.tier {
            (customer.tier, customer.tier_since) = (self.tier.clone(), Some(today));
        }
        let next = self.next.clone();
        customer.tier_next_since = next.as_ref().map(|(_, since)| *since);
        customer.tier_next = next.map(|(tier, _)| tier).unwrap_or_default();
        customer.stages.extend(self.passed.iter().filter(|stage| !stage.is_empty()).cloned());
        Cow::Owned(profile.clone().graded(&customer))
    }

    /// The profile of a customer as its tier is decided on: in its stage, and of its tier as yet.
    pub(super) fn in_stage<'a>(&self, profile: &'a Profile) -> Cow<'a, Profile> {
        if self.passed.is_empty() {
            return Cow::Borrowed(profile);
        }
        let mut profile = profile.clone();
        profile.put_in_stage(&self.stage);
        profile.customer.stages.extend(self.passed.iter().filter(|stage| !stage.is_empty()).cloned());
        Cow::Owned(profile)
    }

    /// The tier in force or, where one waits to be confirmed, that one.
    pub fn aim(&self) -> &Clean {
        self.next.as_ref().map_or(&self.tier, |(tier, _)| tier)
    }
}

/// Rules name no members: `refuse_personal` saw to it, and ids are ids.
pub(super) struct Nobody;

impl Directory for Nobody {
    fn find(&self, _: Referent, word: &str) -> Vec<u64> {
        word.parse::<Id>().map(|id| id.n).into_iter().collect()
    }
    fn teams_of(&self, _: u64) -> Vec<u64> {
        Vec::new()
    }
}

impl<'p> Grader<'p> {
    /// The policy at this moment, and in lists for this reader.
    pub fn new(policy: &'p Policy, ground: Ground, now: Instant, me: Option<Id>) -> Grader<'p> {
        let lens = Lens::new(now, ground, me, &policy.rhythms());
        let prepare = |filter: &Filter| filter.prepare(&lens.context(&Nobody));
        Grader {
            policy,
            tiers: policy
                .tiers
                .iter()
                .map(|tier| (tier.enter.as_ref().map(prepare), tier.keep.as_ref().map(prepare)))
                .collect(),
            stages: policy.stages.iter().map(|stage| prepare(&stage.when)).collect(),
            planner: Planner::new(policy, &lens),
            lens,
        }
    }

    /// What is planned for customers.
    pub fn planner(&self) -> &Planner<'p> {
        &self.planner
    }

    /// The lens that this moment's lists are seen through.
    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// Where the policy puts a customer. `above` is the tier of the head of its group, which it inherits where the
    /// policy says so and its own is lower.
    pub fn place(&self, profile: &Profile, kin: &dyn Kin, above: Option<&Clean>) -> Placed {
        let (staged, passed) = self.staged(profile, kin);
        let (tier, next) = self.tier(&staged, kin, above);
        Placed { stage: staged.customer.stage.clone(), tier, next, passed }
    }

    /// When time alone can put a customer elsewhere than it was just put; none: never.
    pub fn turns(&self, profile: &Profile, kin: &dyn Kin, placed: &Placed) -> Option<Instant> {
        let mut after = Cow::Borrowed(profile);
        if profile.gist.tier != placed.tier {
            after.to_mut().gist.tier.clone_from(&placed.tier);
        }
        if !placed.passed.is_empty() {
            let after = after.to_mut();
            after.put_in_stage(&placed.stage);
            after.customer.stages.extend(placed.passed.iter().filter(|stage| !stage.is_empty()).cloned());
        }
        self.next_turn(&after, kin, placed.next.as_ref())
    }

    /// When a move to a tier is confirmed; none: the policy knows no such tier.
    pub fn confirmed(&self, tier: &Clean, since: Day) -> Option<Day> {
        Some(confirmed(self.policy.tier(tier.as_str())?, since))
    }

    /// The customer in its stage, with the stages that it passed. To have been in one can be what another asks for.
    fn staged<'a>(&self, profile: &'a Profile, kin: &dyn Kin) -> (Cow<'a, Profile>, Vec<Clean>) {
        let (mut profile, mut passed) = (Cow::Borrowed(profile), Vec::new());
        for _ in 0..=self.stages.len() {
            let seen = Seen::new(&profile, &self.lens, kin);
            let found = self.stages.iter().position(|when| when.matches(&seen));
            let stage = found.map(|nth| self.policy.stages[nth].id.clone()).unwrap_or_default();
            if stage == profile.customer.stage {
                break;
            }
            let staged = profile.to_mut();
            staged.put_in_stage(&stage);
            if !stage.is_empty() {
                staged.customer.stages.insert(stage.clone());
            }
            passed.push(stage);
        }
        (profile, passed)
    }

    /// The tier in force, and the one that waits to be confirmed. A customer that never had one waits for nothing, nor
    /// does one of whose tier the policy knows nothing more.
    fn tier(&self, profile: &Profile, kin: &dyn Kin, above: Option<&Clean>) -> (Clean, Option<(Clean, Day)>) {
        let customer = &profile.customer;
        if let Some(fixed) = self.fixed(profile) {
            return (self.policy.tiers[fixed].id.clone(), None);
        }
        let own = self.target(profile, kin);
        let inherited = above.filter(|_| self.policy.inherit).map(|above| self.policy.rank(Some(above)));
        let target = &self.policy.tiers[inherited.map_or(own, |inherited| inherited.min(own))];
        let is_known = self.policy.tier(customer.tier.as_str()).is_some();
        if target.confirm == 0 || !is_known || target.id == customer.tier {
            return (target.id.clone(), None);
        }
        let waits = (customer.tier_next == target.id).then_some(customer.tier_next_since).flatten();
        let since = waits.unwrap_or(self.lens.today());
        if self.lens.today() >= confirmed(target, since) {
            return (target.id.clone(), None);
        }
        (customer.tier.clone(), Some((target.id.clone(), since)))
    }

    /// The tier set by hand, while its last day is not over.
    fn fixed(&self, profile: &Profile) -> Option<usize> {
        let customer = &profile.customer;
        let holds = customer.tier_until.is_none_or(|last| last >= self.lens.today());
        let nth = self.policy.tiers.iter().position(|tier| tier.id == customer.tier_fixed)?;
        holds.then_some(nth)
    }

    /// The place of the tier whose rule holds: kept where `keep` holds, else the first whose `enter` does.
    fn target(&self, profile: &Profile, kin: &dyn Kin) -> usize {
        let seen = Seen::new(profile, &self.lens, kin);
        let current = self.policy.rank(Some(&profile.customer.tier));
        let holds = |(nth, (enter, keep)): (usize, &(Option<Prepared>, Option<Prepared>))| {
            let enters = enter.as_ref().is_none_or(|enter| enter.matches(&seen));
            enters || nth == current && keep.as_ref().is_some_and(|keep| keep.matches(&seen))
        };
        self.tiers.iter().enumerate().position(holds).unwrap_or(self.tiers.len() - 1)
    }

    /// When a rule can hold or fail, the tier by hand ends, or the move is confirmed.
    fn next_turn(&self, after: &Profile, kin: &dyn Kin, next: Option<&(Clean, Day)>) -> Option<Instant> {
        let seen = Seen::new(after, &self.lens, kin);
        let current = self.policy.rank(Some(&after.gist.tier));
        let keep = self.tiers.get(current).and_then(|(_, keep)| keep.as_ref());
        let enters = self.tiers.iter().filter_map(|(enter, _)| enter.as_ref());
        let rules = self.stages.iter().chain(enters).chain(keep).filter_map(|rule| rule.turns(&seen)).min();
        let ends = self.fixed(after).and(after.customer.tier_until).map(|last| Day(last.0 + 1));
        let moves = next.and_then(|(tier, since)| self.confirmed(tier, *since));
        let days = ends.into_iter().chain(moves).map(|day| self.lens.start_of(day));
        days.chain(rules).filter(|at| *at > self.lens.now()).min()
    }
}

/// Whether a customer meets a condition at a moment, and when time alone can change that.
pub(super) fn meets(
    rows: &dyn Rows,
    policy: &Policy,
    condition: &Filter,
    customer: Id,
    now: Instant,
) -> (bool, Option<Instant>) {
    let Some(profile) = Profile::of(rows, customer.n) else { return (false, None) };
    let lens = Lens::new(now, Ground::of(&rows.settings()), None, &policy.rhythms());
    let prepared = condition.prepare(&lens.context(&Nobody));
    let kin = KinOf(rows);
    let seen = Seen::new(&profile, &lens, &kin);
    (prepared.matches(&seen), prepared.turns(&seen))
}

/// The day on which a move to a tier is confirmed.
fn confirmed(tier: &Tier, since: Day) -> Day {
    Day(since.0.saturating_add(i32::try_from(tier.confirm).unwrap_or(i32::MAX)))
}
