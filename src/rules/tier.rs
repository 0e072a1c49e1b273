//! A tier set by hand, with its reason and its end.

use super::fields::{bad, text_for, when};
use super::policy::Policy;
use super::{Outcome, Stamp};
use crate::model::{Day, Id, Kind, Refusal, Rows, Takes, Value, World};
use crate::text::Clean;

/// Sets a tier by hand: tier, reason, last day (as typed; empty: until cleared).
pub(super) fn set(
    world: &mut World,
    policy: &Policy,
    customer: Id,
    [tier, reason, until]: [&Clean; 3],
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    if world.customer(customer).is_none() {
        return Err(Refusal::NoRecord(customer));
    }
    let known = policy.tier(tier.as_str()).ok_or_else(|| Refusal::NoTier(tier.clone(), policy.tier_ids()))?;
    if reason.is_empty() {
        return Err(Refusal::Missing(Kind::Customer, Clean::known("tier_reason")));
    }
    let because = text_for(Kind::Customer, "tier_reason", reason)?;
    let zone = world.ground().zone;
    let read = |until: &Clean| when(world, "until", until, stamp).map(|when| Day::from(when.date));
    let last = Some(until).filter(|until| !until.is_empty()).map(read).transpose()?;
    if last.is_some_and(|last| last < stamp.at.day(zone)) {
        return Err(bad("until", until, Takes::Date));
    }
    super::set(world, customer, "tier_fixed", Value::text(known.id.clone()));
    super::set(world, customer, "tier_reason", because);
    super::set(world, customer, "tier_until", Value::or_absent(last, Value::Day));
    let until = last.map(|day| crate::model::Instant::end_of(day.date(), zone));
    Ok(Outcome::changed(world, vec![customer]).with_date("until", until))
}

/// The tier by the rules again.
pub(super) fn clear(world: &mut World, customer: Id) -> Result<Outcome, Refusal> {
    if world.customer(customer).is_none() {
        return Err(Refusal::NoRecord(customer));
    }
    for name in ["tier_fixed", "tier_reason", "tier_until"] {
        super::set(world, customer, name, Value::Absent);
    }
    Ok(Outcome::changed(world, vec![customer]))
}
