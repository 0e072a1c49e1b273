//! Back into the pool by rule: when, warned of from when, and the return itself.

use std::collections::{BTreeSet, HashMap};

use chrono_tz::Tz;

use super::super::grade::Nobody;
use super::super::policy::{Policy, Pool, Recycle};
use super::super::{Outcome, grade, set};
use super::{home, is_held, lies_in, put_in};
use crate::filter::{Groups, Kin, KinOf, KinOnce, Lens, Prepared, Seen};
use crate::model::query::PolicyName;
use crate::model::{Became, Cause, Command, Customer, Ground, Id, Instant, Profile, Rows, Value, World};
use crate::text::{Clean, Span};

/// A rule is followed from moment to moment so many times; then it is looked at again when half of that has passed, so
/// that a return is seen long before it comes.
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

/// Where a customer stands with the open pools of a policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The pool in which it lies, or to which it would return.
    pub pool: Clean,
    /// When it returns.
    pub returns: Option<Instant>,
    /// The place of the rule of its pool by which it does; none: it does not, or that is not known.
    pub rule: Option<usize>,
    /// From when on that is warned of.
    pub warned: Option<Instant>,
    /// When that is to be looked at again.
    later: Option<Instant>,
}

impl Standing {
    /// As it stands in the record, which does not say by which rule.
    pub fn of(customer: &Customer) -> Standing {
        let Customer { pool, returns, return_warned: warned, .. } = customer.clone();
        Standing { pool, returns, warned, rule: None, later: None }
    }

    /// Whether it is as it stands in the record.
    fn is_where(&self, customer: &Customer) -> bool {
        let stands = (&customer.pool, customer.returns, customer.return_warned);
        (&self.pool, self.returns, self.warned) == stands
    }
}

/// Looks at who returns to the pools of a policy from a moment on, if nothing changes but the time. What it asks of a
/// moment or of a team is settled once, however many customers it is shown.
pub struct Watch<'p> {
    policy: &'p Policy,
    ground: Ground,
    now: Instant,
    looks: HashMap<(usize, Instant), Look>,
    homes: HashMap<[Option<Id>; 2], Option<usize>>,
}

/// The rules of a pool, prepared for a moment.
struct Look {
    lens: Lens,
    rules: Vec<Prepared>,
}

/// So many moments are remembered: a whole book has a few hundred days, and any number of minutes.
const LOOKS: usize = 4_096;

/// Emits in which pool a graded customer lies, and when it returns to one: from `now` on, if nothing changes but the
/// time. `before` is its profile as it was before it was graded. Gives the moment at which it is to be looked at again.
pub(in crate::rules) fn follow(
    world: &mut World,
    policy: &Policy,
    before: Profile,
    groups: &Groups,
    now: Instant,
) -> Option<Instant> {
    let (id, customer) = (before.id, world.customer(before.id)?);
    if policy.pools.is_empty() && stands_outside(&customer) {
        return None;
    }
    let profile = before.graded(&customer);
    let kin = KinOnce(world, groups);
    let standing = Watch::new(policy, world.ground(), now).standing(world, &kin, &profile);
    set(world, id, "pool", Value::text(standing.pool.clone()));
    set(world, id, "returns", Value::or_absent(standing.returns, Value::Instant));
    set(world, id, "return_warned", Value::or_absent(standing.warned, Value::Instant));
    standing.later
}

impl<'p> Watch<'p> {
    /// Of a policy, from this moment on.
    pub fn new(policy: &'p Policy, ground: Ground, now: Instant) -> Watch<'p> {
        Watch { policy, ground, now, looks: HashMap::new(), homes: HashMap::new() }
    }

    /// Whether the policy wants a graded customer in another pool, or back in it at another time, than stands in its
    /// record.
    pub fn displaces(&mut self, rows: &dyn Rows, kin: &dyn Kin, profile: &Profile) -> bool {
        if self.policy.pools.is_empty() {
            return !stands_outside(&profile.customer);
        }
        !self.standing(rows, kin, profile).is_where(&profile.customer)
    }

    /// Where the policy puts a graded customer.
    pub fn standing(&mut self, rows: &dyn Rows, kin: &dyn Kin, profile: &Profile) -> Standing {
        let customer = &profile.customer;
        let home = if is_held(customer) { self.home(rows, customer) } else { None };
        let pool = home.map(|nth| &self.policy.pools[nth]);
        let pool = pool.or_else(|| lies_in(self.policy, customer).filter(|_| !is_held(customer)));
        let mut standing =
            Standing { pool: pool.map(|pool| pool.id.clone()).unwrap_or_default(), ..Standing::default() };
        let can_return = customer.owner.is_some() && !customer.archived;
        let Some(nth) = home.filter(|_| can_return) else { return standing };
        match self.coming(nth, profile, kin) {
            Coming::Returns(at, rule) => {
                let warn = self.policy.pools[nth].recycle.get(rule).and_then(|rule| rule.warn);
                let zone = self.ground.zone;
                let at = warn.map_or(at, |warn| at.max(warned_of(customer, (self.now, warn), zone)));
                (standing.returns, standing.rule) = (Some(at), Some(rule));
                standing.warned = warn.map(|warn| at.earlier(warn, self.ground.zone));
            }
            Coming::Later(at) => standing.later = Some(at),
            Coming::Never => {}
        }
        standing
    }

    /// The place of the pool of the team that has a customer.
    fn home(&mut self, rows: &dyn Rows, customer: &Customer) -> Option<usize> {
        let policy = self.policy;
        let place = || {
            home(rows, policy, customer)
                .and_then(|home| policy.pools.iter().position(|pool| pool.id == home.id))
        };
        *self.homes.entry([customer.team, customer.owner]).or_insert_with(place)
    }

    /// When a rule of a pool first holds of a customer, not before its protection ends.
    fn coming(&mut self, nth: usize, profile: &Profile, kin: &dyn Kin) -> Coming {
        if self.policy.pools[nth].recycle.is_empty() {
            return Coming::Never;
        }
        let mut at = profile.customer.protected.map_or(self.now, |until| until.max(self.now));
        let mut halfway = at;
        for step in 0..STEPS {
            if step == STEPS / 2 {
                halfway = at;
            }
            match self.look(nth, at).holding(profile, kin) {
                (Some(rule), _) => return Coming::Returns(at, rule),
                (None, Some(next)) => at = next,
                (None, None) => return Coming::Never,
            }
        }
        Coming::Later(halfway)
    }

    fn look(&mut self, nth: usize, at: Instant) -> &Look {
        if self.looks.len() >= LOOKS {
            self.looks.clear();
        }
        let (policy, ground) = (self.policy, self.ground);
        self.looks.entry((nth, at)).or_insert_with(|| Look::of(policy, nth, at, ground))
    }
}

impl Look {
    fn of(policy: &Policy, nth: usize, at: Instant, ground: Ground) -> Look {
        let lens = Lens::new(at, ground, None, &policy.rhythms());
        let context = lens.context(&Nobody);
        let rules = policy.pools[nth].recycle.iter().map(|rule| rule.when.prepare(&context)).collect();
        Look { lens, rules }
    }

    /// The first rule that holds, else when one can.
    fn holding(&self, profile: &Profile, kin: &dyn Kin) -> (Option<usize>, Option<Instant>) {
        let seen = Seen::new(profile, &self.lens, kin);
        let holds = self.rules.iter().position(|rule| rule.matches(&seen));
        if holds.is_some() {
            return (holds, None);
        }
        (None, self.rules.iter().filter_map(|rule| rule.turns(&seen)).min())
    }
}

/// Whether nothing of any pool is in a customer's record.
fn stands_outside(customer: &Customer) -> bool {
    customer.pool.is_empty() && customer.returns.is_none()
}

/// Whoever is already neglected when a rule first looks at them, as after its adoption, is warned of for the whole time
/// of its warning: from now on at the soonest, or until the moment before that of which they are warned already.
/// Whoever got the customer is warned as long, whatever their predecessor was told.
fn warned_of(customer: &Customer, (now, warn): (Instant, Span), zone: Tz) -> Instant {
    let soonest = now.later(warn, zone);
    let known = customer.returns.map_or(soonest, |known| known.min(soonest));
    customer.owned.map_or(known, |owned| known.max(owned.later(warn, zone)))
}

/// The commands that bring customers back who are to return at a moment: one for each pool.
pub(in crate::rules) fn returning(rows: &dyn Rows, due: Instant, customers: &[u64]) -> Vec<Command> {
    let mut of_pools: Vec<(Clean, Vec<u64>)> = Vec::new();
    for n in customers {
        let Some(row) = rows.customer(Id::customer(*n)) else { continue };
        match of_pools.iter_mut().find(|(pool, _)| *pool == row.pool) {
            Some((_, customers)) => customers.push(*n),
            None => of_pools.push((row.pool, vec![*n])),
        }
    }
    let command = |(pool, customers)| Command::Return { due, pool, customers };
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
    rule_at(rows, policy, &Profile::of(rows, n)?, due).map(|(_, rule)| both(rule))
}

/// The pool to which a customer returns at a moment, and the rule that then holds; none if it does not.
pub fn rule_at<'p>(
    rows: &dyn Rows,
    policy: &'p Policy,
    profile: &Profile,
    due: Instant,
) -> Option<(&'p Pool, &'p Recycle)> {
    let ground = Ground::of(&rows.settings());
    let standing = Watch::new(policy, ground, due).standing(rows, &KinOf(rows), profile);
    let pool = policy.pool(&standing.pool).filter(|_| standing.returns == Some(due))?;
    Some((pool, pool.recycle.get(standing.rule?)?))
}

/// Between the reason of a rule in Chinese and the same in English.
const OR: &str = " / ";

/// The reason of a rule, for readers of either language.
pub fn both(rule: &Recycle) -> Clean {
    if rule.en == rule.zh {
        return rule.en.clone();
    }
    Clean::washed(&format!("{}{OR}{}", rule.zh, rule.en)).0
}

/// The same read again, where the policy that had the rule is not in force any more.
pub fn read_both(reason: &Clean) -> PolicyName {
    let (zh, en) = reason.as_str().split_once(OR).unwrap_or((reason.as_str(), reason.as_str()));
    let [zh, en] = [zh, en].map(|text| Clean::washed(text).0);
    PolicyName { id: Clean::default(), en, zh }
}
