//! Back into the pool by rule: when, warned of from when, and the return itself.

use std::collections::BTreeSet;

use super::super::grade::Nobody;
use super::super::policy::{Policy, Pool, Recycle};
use super::super::{Outcome, grade, set};
use super::{earlier, home, later, pool_of, put_in};
use crate::filter::{Kin, KinOf, Lens, Seen};
use crate::model::{Became, Cause, Command, Customer, Ground, Id, Instant, Profile, Rows, Value, World};
use crate::text::Clean;

/// A rule is followed from moment to moment so many times; then it is looked at again when half of that has passed, so that
/// a return is seen long before it comes.
const STEPS: usize = 50;

/// What is known of a customer's return.
#[derive(Debug, PartialEq, Eq)]
enum Coming {
    /// A rule of the pool holds then: its place.
    Returns(Instant, usize),
    /// Not soon: to be looked at again then.
    Later(Instant),
    /// Not by time alone.
    Never,
}

/// Where a customer stands with the open pools.
#[derive(Debug, PartialEq, Eq)]
struct Standing {
    /// The pool in which it lies, or to which it would return.
    pool: Clean,
    /// When it returns.
    returns: Option<Instant>,
    /// From when on that is warned of.
    warned: Option<Instant>,
    /// When that is to be looked at again.
    later: Option<Instant>,
}

/// Emits in which pool a graded customer lies, and when it returns to one: from `now` on, if nothing changes but the time.
/// `before` is its profile as it was before it was graded. Gives the moment at which it is to be looked at again.
pub(in crate::rules) fn follow(
    world: &mut World,
    policy: &Policy,
    before: Profile,
    now: Instant,
) -> Option<Instant> {
    let (id, customer) = (before.id, world.customer(before.id)?);
    if policy.pools.is_empty() && stands_outside(&customer) {
        return None;
    }
    let Standing { pool, returns, warned, later } =
        standing(world, policy, &KinOf(world), &graded(before, &customer), now);
    set(world, id, "pool", Value::text(pool));
    set(world, id, "returns", Value::or_absent(returns, Value::Instant));
    set(world, id, "return_warned", Value::or_absent(warned, Value::Instant));
    later
}

/// Whether the policy wants a graded customer in another pool, or back in it at another time, than stands in its record.
pub fn displaces(rows: &dyn Rows, policy: &Policy, kin: &dyn Kin, profile: &Profile, now: Instant) -> bool {
    let customer = &profile.customer;
    if policy.pools.is_empty() {
        return !stands_outside(customer);
    }
    let to = standing(rows, policy, kin, profile, now);
    (&to.pool, to.returns, to.warned) != (&customer.pool, customer.returns, customer.return_warned)
}

/// Whether nothing of any pool is in a customer's record.
fn stands_outside(customer: &Customer) -> bool {
    customer.pool.is_empty() && customer.returns.is_none()
}

fn standing(rows: &dyn Rows, policy: &Policy, kin: &dyn Kin, profile: &Profile, now: Instant) -> Standing {
    let customer = &profile.customer;
    let pool = pool_of(rows, policy, customer).map(|pool| pool.id.clone()).unwrap_or_default();
    let mut standing = Standing { pool, returns: None, warned: None, later: None };
    let Some(pool) = home_rules(rows, policy, customer) else { return standing };
    let ground = Ground::of(&rows.settings());
    match coming(policy, pool, profile, kin, (ground, now)) {
        Coming::Returns(at, nth) => {
            let warn = pool.recycle.get(nth).and_then(|rule| rule.warn);
            let at = warn.map_or(at, |warn| at.max(warned_of(customer, later(now, warn, ground.zone))));
            standing.returns = Some(at);
            standing.warned = warn.map(|warn| earlier(at, warn, ground.zone));
        }
        Coming::Later(at) => standing.later = Some(at),
        Coming::Never => {}
    }
    standing
}

/// Whoever is already neglected when a rule first looks at them, as after its adoption, is warned of for the whole time of
/// its warning: until `at` at the soonest, or until the moment before it of which they are warned already.
fn warned_of(customer: &Customer, at: Instant) -> Instant {
    customer.returns.map_or(at, |known| known.min(at))
}

/// The pool to which a customer returns by rules, where there are any for it.
fn home_rules<'p>(rows: &dyn Rows, policy: &'p Policy, customer: &Customer) -> Option<&'p Pool> {
    let can_return = customer.owner.is_some() && !customer.archived;
    home(rows, policy, customer).filter(|pool| can_return && !pool.recycle.is_empty())
}

/// The profile of a customer as grading left it.
fn graded(before: Profile, customer: &Customer) -> Profile {
    let mut profile = before;
    profile.gist.tier.clone_from(&customer.tier);
    profile.customer.clone_from(customer);
    profile
}

/// When a rule of the pool first holds of a customer, not before its protection ends.
fn coming(
    policy: &Policy,
    pool: &Pool,
    profile: &Profile,
    kin: &dyn Kin,
    (ground, now): (Ground, Instant),
) -> Coming {
    let mut at = profile.customer.protected.map_or(now, |until| until.max(now));
    let mut halfway = at;
    for step in 0..STEPS {
        if step == STEPS / 2 {
            halfway = at;
        }
        let look = Look { profile, kin, lens: Lens::new(at, ground, None, &policy.rhythms()) };
        match look.holding(pool) {
            (Some(nth), _) => return Coming::Returns(at, nth),
            (None, Some(next)) => at = next,
            (None, None) => return Coming::Never,
        }
    }
    Coming::Later(halfway)
}

/// A customer at a moment.
struct Look<'a> {
    profile: &'a Profile,
    kin: &'a dyn Kin,
    lens: Lens,
}

impl Look<'_> {
    /// The first rule of a pool that holds, else when one can.
    fn holding(&self, pool: &Pool) -> (Option<usize>, Option<Instant>) {
        let seen = Seen::new(self.profile, &self.lens, self.kin);
        let context = self.lens.context(&Nobody);
        let rules: Vec<_> = pool.recycle.iter().map(|rule| rule.when.prepare(&context)).collect();
        let holds = rules.iter().position(|rule| rule.matches(&seen));
        (holds, rules.iter().filter_map(|rule| rule.turns(&seen)).min())
    }
}

/// The commands that bring customers back who are to return at a moment: one for each pool.
pub(in crate::rules) fn returning(
    rows: &dyn Rows,
    due: Instant,
    customers: &[u64],
) -> Vec<(Instant, Command)> {
    let mut of_pools: Vec<(Clean, Vec<u64>)> = Vec::new();
    for n in customers {
        let Some(row) = rows.customer(Id::customer(*n)) else { continue };
        match of_pools.iter_mut().find(|(pool, _)| *pool == row.pool) {
            Some((_, customers)) => customers.push(*n),
            None => of_pools.push((row.pool, vec![*n])),
        }
    }
    let command = |(pool, customers)| (due, Command::Return { due, pool, customers });
    of_pools.into_iter().map(command).collect()
}

/// Customers return to a pool at the moment at which they were to, as of that moment: whether the server ran then or is
/// catching up. Of whom anything was changed since, that is looked at again.
pub(in crate::rules) fn bring_back(
    world: &mut World,
    policy: &Policy,
    due: Instant,
    pool: &Clean,
    customers: &[u64],
) -> Outcome {
    let is_due = |n: &&u64| world.customer(Id::customer(**n)).is_some_and(|row| row.returns == Some(due));
    let due_ones: BTreeSet<u64> = customers.iter().filter(is_due).copied().collect();
    for n in &due_ones {
        if let Some(reason) = reason(world, policy, *n, due) {
            put_in(world, Id::customer(*n), None, Value::text(reason), due);
        }
    }
    grade::follow(world, policy, &due_ones, due);
    let rule = Clean::washed(&format!("pool {pool}")).0;
    let cause = Cause::Due { at: due, rule };
    Outcome { cause, ids: Vec::new(), became: Became::Updated, dates: Vec::new() }
}

/// Why a customer returns at a moment; none if it does not.
fn reason(rows: &dyn Rows, policy: &Policy, n: u64, due: Instant) -> Option<Clean> {
    let profile = Profile::of(rows, n)?;
    let pool = home_rules(rows, policy, &profile.customer)?;
    let ground = Ground::of(&rows.settings());
    match coming(policy, pool, &profile, &KinOf(rows), (ground, due)) {
        Coming::Returns(at, nth) if at == due => pool.recycle.get(nth).map(both),
        _ => None,
    }
}

/// The reason of a rule, for readers of either language.
fn both(rule: &Recycle) -> Clean {
    if rule.en == rule.zh {
        return rule.en.clone();
    }
    Clean::washed(&format!("{} / {}", rule.zh, rule.en)).0
}
