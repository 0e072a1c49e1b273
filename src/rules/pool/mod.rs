//! The open pool: who lies in it, how one comes out, and how one comes back.
//!
//! Who has neither owner nor team lies in a pool: in that of the team that had it, else in the first of the policy. A
//! policy without pools has one that is nameless, everybody's and without limits.

mod claim;
mod guard;
mod returns;
#[cfg(test)]
mod tests;
mod veil;

pub(super) use claim::{claim, is_count, protect, release};
pub(super) use guard::guard;
pub use returns::{Standing, Watch, both, read_both, rule_at};
pub(super) use returns::{bring_back, follow, returning};
pub use veil::{hidden, hides, hides_from, hides_people};
pub(super) use veil::{may_name, may_write};

use std::collections::BTreeSet;

use super::policy::{Policy, Pool};
use super::set;
use crate::model::{Customer, Entry, Event, Id, Index, Instant, Key, Kind, Rows, Value, World, index};

/// The pool of the team that has a customer: its own, else its owner's.
fn home<'p>(rows: &dyn Rows, policy: &'p Policy, customer: &Customer) -> Option<&'p Pool> {
    let team = customer.team.or_else(|| rows.member(customer.owner?)?.team);
    policy.pool_of(team.and_then(|team| rows.team(team)).map(|team| team.name).as_ref())
}

/// The pool in which a customer lies, or would.
fn pool_of<'p>(rows: &dyn Rows, policy: &'p Policy, customer: &Customer) -> Option<&'p Pool> {
    if is_held(customer) {
        return home(rows, policy, customer);
    }
    lies_in(policy, customer)
}

/// The pool in which a customer lies whom nobody has: the first, until it is known which.
fn lies_in<'p>(policy: &'p Policy, customer: &Customer) -> Option<&'p Pool> {
    policy.pool(&customer.pool).or(policy.pools.first())
}

/// So many of those that refer to a member or team are looked at within a write. It had, released or helps with them;
/// who has them is only known from each.
const LOOKED_AT: usize = 1000;

/// The customers whose pool can be another because a member went to another team, or a team has another name; none
/// where there are more than `most`, or too many to be looked at.
pub(super) fn regrouped(
    rows: &dyn Rows,
    policy: &Policy,
    entries: &[Entry],
    most: usize,
) -> Option<BTreeSet<u64>> {
    let mut customers = BTreeSet::new();
    if policy.pools.is_empty() {
        return Some(customers);
    }
    let mut looked_at = 0;
    let referring = |to: Id, kind: Kind| rows.found(&Key::of(Index::Refers).id(to).kind(kind));
    for event in entries.iter().flat_map(|entry| &entry.events) {
        let Event::Set { record, field, .. } = event else { continue };
        let holders = match (record.kind, record.kind.field_name(field).as_str()) {
            (Kind::Member, "team") => vec![*record],
            (Kind::Team, "name") => referring(*record, Kind::Member).into_iter().chain([*record]).collect(),
            _ => continue,
        };
        for holder in holders {
            let has =
                |id: Id| rows.customer(id).is_some_and(|row| [row.owner, row.team].contains(&Some(holder)));
            let referring = Key::of(Index::Refers).id(holder).kind(Kind::Customer);
            rows.scan(&referring.0, &referring.end(), false, &mut |key| {
                looked_at += 1;
                customers.extend(index::target(key).filter(|id| has(*id)).map(|id| id.n));
                looked_at <= LOOKED_AT && customers.len() <= most
            });
        }
    }
    (looked_at <= LOOKED_AT && customers.len() <= most).then_some(customers)
}

/// Whether somebody has a customer.
pub(super) fn is_held(customer: &Customer) -> bool {
    customer.owner.is_some() || customer.team.is_some()
}

/// Puts a customer into the pool: through whom, why, when.
fn put_in(world: &mut World, customer: Id, by: Option<Id>, reason: Value, at: Instant) {
    for name in ["owner", "team", "protected", "protect_reason"] {
        set(world, customer, name, Value::Absent);
    }
    set(world, customer, "owned", Value::Instant(at));
    set(world, customer, "released", Value::Instant(at));
    set(world, customer, "released_by", Value::or_absent(by, Value::Ref));
    set(world, customer, "release_reason", reason);
}
