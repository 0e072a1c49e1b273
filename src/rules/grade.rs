//! Stages and tiers, derived from facts: inside the write that changes a fact, and by a sweep when the day turns.
//!
//! Stages are found first, then tiers. A tier is entered when its `enter` holds and kept while its `keep` holds; a
//! move waits until the rule has held for the tier's `confirm`. A tier set by hand stands until its last day.

use std::collections::BTreeSet;

use super::names::name_of;
use super::policy::{Policy, Tier};
use super::{Outcome, Stamp, set};
use crate::filter::{self, Directory, Filter, Got, KinOf, Lens, Prepared, Referent, Seen};
use crate::model::query::{Reason, Standing};
use crate::model::{Became, Cause, Day, Event, Ground, Id, Instant, Kind, Profile, Rows, Value, World};
use crate::text::Clean;

/// A policy settled for a moment: its rules are prepared once and asked for many customers.
pub struct Grader<'p> {
    policy: &'p Policy,
    lens: Lens,
    today: Day,
    tiers: Vec<(Option<Prepared>, Option<Prepared>)>,
    stages: Vec<Prepared>,
}

/// Rules name no members: `refuse_personal` saw to it, and ids are ids.
struct Nobody;

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
            today: lens.today(),
            tiers: policy
                .tiers
                .iter()
                .map(|tier| (tier.enter.as_ref().map(prepare), tier.keep.as_ref().map(prepare)))
                .collect(),
            stages: policy.stages.iter().map(|stage| prepare(&stage.when)).collect(),
            lens,
        }
    }

    /// Emits what the policy makes of a customer now.
    fn grade(&self, world: &mut World, n: u64) {
        let id = Id::customer(n);
        let Some(mut profile) = Profile::of(world, n) else { return };
        let stage = self.stage(world, &profile);
        if profile.customer.stage != stage {
            set(world, id, "stage", Value::text(stage.clone()));
            set(world, id, "stage_since", Value::Day(self.today));
            if let Some((field, _)) = Kind::Customer.field("stages")
                && !stage.is_empty()
                && !profile.customer.stages.contains(&stage)
            {
                world.emit(Event::Linked { record: id, field, value: Value::Text(stage) });
            }
            let Some(customer) = world.customer(id) else { return };
            profile.customer = customer;
        }
        self.regrade_tier(world, &profile);
    }

    fn stage(&self, rows: &dyn Rows, profile: &Profile) -> Clean {
        let kin = KinOf(rows);
        let seen = Seen::new(profile, &self.lens, &kin);
        let found = self.stages.iter().position(|when| when.matches(&seen));
        found.map(|nth| self.policy.stages[nth].id.clone()).unwrap_or_default()
    }

    fn regrade_tier(&self, world: &mut World, profile: &Profile) {
        let customer = &profile.customer;
        let target = &self.policy.tiers[self.target(world, profile)];
        let fixed = self.fixed(profile).is_some();
        let waits = !fixed && target.confirm > 0 && !customer.tier.is_empty() && target.id != customer.tier;
        if waits && !self.confirmed(profile, target) {
            if customer.tier_next != target.id {
                set(world, profile.id, "tier_next", Value::text(target.id.clone()));
                set(world, profile.id, "tier_next_since", Value::Day(self.today));
            }
            return;
        }
        if !customer.tier_next.is_empty() || customer.tier_next_since.is_some() {
            set(world, profile.id, "tier_next", Value::Absent);
            set(world, profile.id, "tier_next_since", Value::Absent);
        }
        if customer.tier != target.id {
            set(world, profile.id, "tier", Value::text(target.id.clone()));
            set(world, profile.id, "tier_since", Value::Day(self.today));
        }
    }

    /// The tier set by hand, while its last day is not over.
    fn fixed(&self, profile: &Profile) -> Option<usize> {
        let customer = &profile.customer;
        let holds = customer.tier_until.is_none_or(|last| last >= self.today);
        let nth = self.policy.tiers.iter().position(|tier| tier.id == customer.tier_fixed)?;
        holds.then_some(nth)
    }

    fn confirmed(&self, profile: &Profile, target: &Tier) -> bool {
        let customer = &profile.customer;
        customer.tier_next == target.id
            && customer.tier_next_since.is_some_and(|since| {
                self.today.0 - since.0 >= i32::try_from(target.confirm).unwrap_or(i32::MAX)
            })
    }

    /// The place of the tier whose rule holds: kept where `keep` holds, else the first whose `enter` does.
    fn target(&self, rows: &dyn Rows, profile: &Profile) -> usize {
        if let Some(fixed) = self.fixed(profile) {
            return fixed;
        }
        let kin = KinOf(rows);
        let seen = Seen::new(profile, &self.lens, &kin);
        let current = self.policy.rank(Some(&profile.customer.tier));
        let holds = |(nth, (enter, keep)): (usize, &(Option<Prepared>, Option<Prepared>))| {
            let enters = enter.as_ref().is_none_or(|enter| enter.matches(&seen));
            enters || nth == current && keep.as_ref().is_some_and(|keep| keep.matches(&seen))
        };
        self.tiers.iter().enumerate().position(holds).unwrap_or(self.tiers.len() - 1)
    }

    /// Why a customer has its tier: for `gx why`.
    pub fn tier_standing(&self, rows: &dyn Rows, profile: &Profile) -> Standing {
        let customer = &profile.customer;
        let kin = KinOf(rows);
        let seen = Seen::new(profile, &self.lens, &kin);
        let nth = self.policy.rank(Some(&customer.tier));
        let mut standing =
            Standing { id: customer.tier.clone(), since: customer.tier_since, ..Standing::default() };
        if self.fixed(profile).is_some() {
            standing.fixed = Some((customer.tier_reason.clone(), customer.tier_until));
        }
        if let (Some(tier), Some((enter, keep))) = (self.policy.tiers.get(nth), self.tiers.get(nth)) {
            standing.kept = enter.as_ref().is_some_and(|enter| !enter.matches(&seen));
            let (rule, prepared) =
                if standing.kept && keep.is_some() { (&tier.keep, keep) } else { (&tier.enter, enter) };
            standing.rule = rule.as_ref().map(text_of).unwrap_or_default();
            standing.keep = tier.keep.as_ref().map(text_of).unwrap_or_default();
            standing.reasons = prepared.as_ref().map(|p| reasons(p, &seen, rows)).unwrap_or_default();
        }
        if let Some(above) = nth.checked_sub(1).filter(|above| *above < self.tiers.len()) {
            let missing =
                self.tiers[above].0.as_ref().map(|enter| reasons(enter, &seen, rows)).unwrap_or_default();
            standing.above = Some((self.policy.tiers[above].id.clone(), missing));
        }
        if let (Some(tier), Some(since)) =
            (self.policy.tier(customer.tier_next.as_str()), customer.tier_next_since)
        {
            let day = Day(since.0 + i32::try_from(tier.confirm).unwrap_or(0));
            standing.pending = Some((tier.id.clone(), day));
        }
        standing
    }

    /// Why a customer has its stage.
    pub fn stage_standing(&self, rows: &dyn Rows, profile: &Profile) -> Standing {
        let customer = &profile.customer;
        let kin = KinOf(rows);
        let seen = Seen::new(profile, &self.lens, &kin);
        let mut standing =
            Standing { id: customer.stage.clone(), since: customer.stage_since, ..Standing::default() };
        if let Some(nth) = self.policy.stages.iter().position(|stage| stage.id == customer.stage) {
            standing.rule = text_of(&self.policy.stages[nth].when);
            standing.reasons = reasons(&self.stages[nth], &seen, rows);
        }
        standing
    }

    /// The lens that this moment's lists are seen through.
    pub fn lens(&self) -> &Lens {
        &self.lens
    }
}

fn text_of(filter: &Filter) -> Clean {
    Clean::washed(&filter.to_string()).0
}

fn reasons(prepared: &Prepared, seen: &Seen, rows: &dyn Rows) -> Vec<Reason> {
    let reason = |reason: filter::Reason<'_>| Reason {
        condition: Clean::washed(&reason.condition).0,
        fact: Clean::washed(&shown(&reason, seen.lens, rows)).0,
        holds: reason.held,
    };
    prepared.explain(seen).into_iter().map(reason).collect()
}

/// What a customer really has, as people read it: ages in days, amounts with separators; empty where there is nothing.
fn shown(reason: &filter::Reason<'_>, lens: &Lens, rows: &dyn Rows) -> String {
    let is_age = reason.field.is_some_and(|field| field.kind() == filter::Kind::Age);
    let day = |day: Day| if is_age { format!("{}d", lens.today().0 - day.0) } else { day.date().to_string() };
    let called = |n: u64| {
        let kind = match reason.field.map(filter::FieldRef::kind) {
            Some(filter::Kind::Ref(Referent::Member)) => Kind::Member,
            Some(filter::Kind::Ref(Referent::Team)) => Kind::Team,
            // Not everybody may know what other records are called.
            _ => return n.to_string(),
        };
        name_of(rows, Id::new(kind, n)).line()
    };
    match &reason.got {
        Got::Absent | Got::Many(_) => String::new(),
        Got::Text(text) => (*text).to_owned(),
        Got::Texts(texts) => texts.iter().map(Clean::as_str).collect::<Vec<_>>().join(", "),
        Got::Number(number) => number.to_string(),
        Got::Money(money) => money.grouped(true),
        Got::Day(date) => day(Day::from(*date)),
        Got::Instant(at) => day(Instant::from(*at).day(lens.ground().zone)),
        Got::Bool(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
        Got::Id(n) => called(*n),
        Got::Ids(ids) => ids.iter().map(|n| called(*n)).collect::<Vec<_>>().join(", "),
    }
}

/// Grades the customers whose facts or record changed: what follows from a write, inside its transaction.
pub fn follow(world: &mut World, policy: &Policy, customers: &BTreeSet<u64>, now: Instant) {
    if customers.is_empty() {
        return;
    }
    let grader = Grader::new(policy, world.ground(), now, None);
    for n in customers {
        grader.grade(world, *n);
    }
}

/// Grades the customers that a batch touched, when all of it is there.
pub(super) fn these(world: &mut World, policy: &Policy, customers: &[u64], stamp: &Stamp) -> Outcome {
    let seq = world.head();
    follow(world, policy, &customers.iter().copied().collect(), stamp.at);
    Outcome { cause: Cause::Follows { seq }, ids: Vec::new(), became: Became::Updated, dates: Vec::new() }
}

/// Grades customers from a number on, at most so many: a piece of the sweep. Its outcome names the customer to go on
/// with, or nobody when the book is through; then the day is noted as graded.
pub(super) fn sweep(world: &mut World, policy: &Policy, from: u64, limit: u32, stamp: &Stamp) -> Outcome {
    let mut numbers = Vec::new();
    world.each_row(Kind::Customer, from, &mut |n, _| {
        numbers.push(n);
        numbers.len() <= limit as usize
    });
    let rest = numbers.len() > limit as usize;
    let next = if rest { numbers.pop() } else { None };
    follow(world, policy, &numbers.into_iter().collect(), stamp.at);
    if next.is_none() {
        let today = stamp.at.day(world.ground().zone);
        set(world, Id::SETTINGS, "graded", Value::Day(today));
    }
    Outcome {
        cause: Cause::Clock,
        ids: next.map(Id::customer).into_iter().collect(),
        became: Became::Updated,
        dates: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{LEAD, Office, text, undo};
    use super::*;
    use crate::model::{Command, Rows};

    fn buys(office: &mut Office, amount: &str, date: &str) -> u64 {
        let fields = [("customer", "Acme"), ("amount", amount), ("date", date)];
        office.seq(super::super::testing::add(Kind::Purchase, &fields))
    }

    #[test]
    fn tiers_follow_sales_up_and_down_and_are_kept_between() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let mut tiers = vec![office.customer(acme).tier];
        let mut seqs = Vec::new();
        for amount in ["20000", "30000", "30000", "30000"] {
            seqs.push(buys(&mut office, amount, "2017-12-01"));
            tiers.push(office.customer(acme).tier);
        }
        for seq in seqs.into_iter().rev() {
            office.run(undo(seq)).unwrap();
            tiers.push(office.customer(acme).tier);
        }
        let expected = ["C", "B", "B", "B", "A", "A", "B", "B", "C"];
        assert_eq!(tiers.iter().map(Clean::as_str).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn days_that_pass_are_followed_too() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        buys(&mut office, "20000", "2018-01-01");
        let standing = |office: &Office| {
            let customer = office.customer(acme);
            (customer.tier.to_string(), customer.stage.to_string())
        };
        let mut seen = vec![standing(&office)];
        for days in [180, 1, 300] {
            office.days_pass(days);
            seen.push(standing(&office));
        }
        let expected = [("B", "new"), ("B", "new"), ("B", "lapsed"), ("C", "lapsed")];
        let seen: Vec<(&str, &str)> =
            seen.iter().map(|(tier, stage)| (tier.as_str(), stage.as_str())).collect();
        assert_eq!(seen, expected);
        assert_eq!(office.rows.settings().graded, Some(office.now.day(chrono_tz::Asia::Shanghai)));
    }

    #[test]
    fn a_tier_by_hand_ends_behind_its_last_day() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let (tier, reason, until) = (text("A"), text("because"), text("+2d"));
        office.run(Command::TierSet { customer: acme, tier, reason, until }).unwrap();
        let mut tiers = Vec::new();
        for _ in 0..3 {
            office.days_pass(1);
            tiers.push(office.customer(acme).tier.to_string());
        }
        assert_eq!(tiers, ["A", "A", "C"]);
    }

    #[test]
    fn a_fact_that_is_a_member_says_who() {
        let office = Office::new();
        let lens = Lens::new(office.now, Ground::of(&office.rows.settings()), None, &[]);
        let rule = filter::parse("owner:m1 or parent:c2", filter::Schema::Customer).unwrap();
        let said = |field: &filter::FieldRef, got| {
            let reason = filter::Reason {
                condition: String::new(),
                field: Some(field),
                op: filter::Op::Is,
                values: &[],
                got,
                held: false,
            };
            shown(&reason, &lens, &office.rows)
        };
        let fields = rule.fields();
        assert_eq!(said(fields[0], Got::Id(LEAD.n)), "Lea");
        assert_eq!(said(fields[1], Got::Id(2)), "2", "not everybody may know that customer");
    }
}
