//! Claimed, released, protected: what people do with the open pool.
//!
//! Check and write are one transaction: of all who want one customer, one gets it. Every customer of a member counts
//! against the limits of holding, a protected one too: protection keeps it from the pool, not from the count.

use super::super::fields::text_for;
use super::super::names::name_of;
use super::super::policy::{Policy, Pool, Protect};
use super::super::{Outcome, Stamp, set};
use super::{home, is_held, pool_of, put_in};
use crate::model::{
    Cause, Customer, Event, Id, Index, Instant, Key, Kind, Limit, Member, Refusal, Role, Rows, Value, World,
};
use crate::text::Clean;

/// The fields that count a member's claims of a day.
const CLAIMS: &str = "claims";
const CLAIMED_ON: &str = "claimed_on";

/// Out of the pool: mine from now on. Who has it already has it.
pub(in crate::rules) fn claim(
    world: &mut World,
    policy: &Policy,
    customer: Id,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    let row = world.customer(customer).ok_or(Refusal::NoRecord(customer))?;
    let me = stamp.by.ok_or(Refusal::NotHeld(customer))?;
    if row.owner == Some(me) {
        return Ok(Outcome::changed(world, vec![customer]));
    }
    if let Some(holder) = row.owner.or(row.team) {
        return Err(Refusal::Claimed { customer, by: name_of(world, holder), at: row.owned, next: None });
    }
    if let Some(pool) = pool_of(world, policy, &row) {
        may_claim(world, policy, pool, (customer, &row), (me, stamp.at))?;
        count(world, pool, me, stamp.at);
    }
    set(world, customer, "owner", Value::Ref(me));
    set(world, customer, "owned", Value::Instant(stamp.at));
    Ok(Outcome::changed(world, vec![customer]))
}

/// Back into the pool. Everybody can read why.
pub(in crate::rules) fn release(
    world: &mut World,
    customer: Id,
    reason: &Clean,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    held(world, customer, stamp)?;
    let reason = because(reason, "release_reason")?;
    put_in(world, customer, stamp.by, reason, stamp.at);
    Ok(Outcome::changed(world, vec![customer]))
}

/// Keeps a customer from returning by rule for the period of its pool, from now on; or no longer.
pub(in crate::rules) fn protect(
    world: &mut World,
    policy: &Policy,
    customer: Id,
    on: bool,
    reason: &Clean,
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    let row = held(world, customer, stamp)?;
    if !on {
        set(world, customer, "protected", Value::Absent);
        set(world, customer, "protect_reason", Value::Absent);
        return Ok(Outcome::changed(world, vec![customer]));
    }
    let owner = row.owner.ok_or(Refusal::NoProtection(customer))?;
    let rule = home(world, policy, &row).and_then(|pool| pool.claim.protect);
    let rule = rule.ok_or(Refusal::NoProtection(customer))?;
    let reason = because(reason, "protect_reason")?;
    may_protect(world, rule, customer, owner, stamp.at)?;
    let until = stamp.at.later(rule.period, world.ground().zone);
    set(world, customer, "protected", Value::Instant(until));
    set(world, customer, "protect_reason", reason);
    Ok(Outcome::changed(world, vec![customer]).with_date("protected", Some(until)))
}

/// Whether an event counts a claim.
pub(in crate::rules) fn is_count(event: &Event) -> bool {
    event.record().kind == Kind::Member && event.stands()
}

/// Refuses who is of another team, has claimed or holds enough, or had the customer lately.
fn may_claim(
    world: &World,
    policy: &Policy,
    pool: &Pool,
    (customer, row): (Id, &Customer),
    (me, now): (Id, Instant),
) -> Result<(), Refusal> {
    let member = world.member(me).unwrap_or_default();
    let mut teams: Vec<Option<Clean>> =
        member.in_teams().filter_map(|team| world.team(team)).map(|team| Some(team.name)).collect();
    if teams.is_empty() {
        teams.push(None);
    }
    let shares =
        |team: &Option<Clean>| policy.pool_of(team.as_ref()).is_some_and(|theirs| theirs.id == pool.id);
    if !teams.iter().any(shares) {
        return Err(Refusal::OtherPool(pool.id.clone(), pool.teams.clone()));
    }
    let limits = &pool.claim;
    within(limits.per_day, claims_of_today(world, me, now), Limit::Day)?;
    may_hold(world, pool, (customer, row), me)?;
    let Some(span) = limits.cool_down else { return Ok(()) };
    let zone = world.ground().zone;
    match parted(world, customer, row, me).map(|at| at.later(span, zone)) {
        Some(again) if again > now => Err(Refusal::CoolDown(customer, again)),
        _ => Ok(()),
    }
}

/// Refuses who holds enough beside this customer, of all or of its tier.
pub(super) fn may_hold(
    world: &World,
    pool: &Pool,
    (customer, row): (Id, &Customer),
    member: Id,
) -> Result<(), Refusal> {
    let limits = &pool.claim;
    let tier = limits.hold_by_tier.iter().find(|(tier, _)| *tier == row.tier);
    if limits.hold.is_none() && tier.is_none() {
        return Ok(());
    }
    let mut held = held_by(world, member);
    held.retain(|(id, _)| *id != customer);
    within(limits.hold, held.len(), Limit::Hold)?;
    let alike = held.iter().filter(|(_, other)| other.tier == row.tier).count();
    within(tier.map(|(_, most)| *most), alike, Limit::Tier(row.tier.clone()))
}

/// Refuses who protects enough customers beside this one.
pub(super) fn may_protect(
    world: &World,
    rule: Protect,
    customer: Id,
    owner: Id,
    now: Instant,
) -> Result<(), Refusal> {
    let is_protected = |row: &Customer| row.protected.is_some_and(|until| until > now);
    let held = held_by(world, owner).into_iter();
    let others = held.filter(|(id, other)| *id != customer && is_protected(other));
    within(rule.at_most, others.count(), Limit::Protected)
}

/// Refuses one more than the most.
fn within(most: Option<u32>, count: usize, limit: Limit) -> Result<(), Refusal> {
    match most {
        Some(most) if count >= most as usize => Err(Refusal::ClaimLimit(limit, most)),
        _ => Ok(()),
    }
}

/// How many customers a member has claimed today. It is counted on the member: who releases what they claimed gains
/// none.
fn claims_of_today(world: &World, me: Id, now: Instant) -> usize {
    let today = now.day(world.ground().zone);
    let of_today = |member: Member| (member.claimed_on == Some(today)).then_some(member.claims)?;
    world.member(me).and_then(of_today).map_or(0, |claims| usize::try_from(claims).unwrap_or(0))
}

/// Counts a claim, where it matters.
fn count(world: &mut World, pool: &Pool, me: Id, now: Instant) {
    if pool.claim.per_day.is_none() {
        return;
    }
    let claims = claims_of_today(world, me, now) as i64 + 1;
    let today = now.day(world.ground().zone);
    set(world, me, CLAIMS, Value::Number(claims));
    set(world, me, CLAIMED_ON, Value::Day(today));
}

/// The customers that a member owns and that are not put away.
fn held_by(world: &World, member: Id) -> Vec<(Id, Customer)> {
    let refers = world.found(&Key::of(Index::Refers).id(member).kind(Kind::Customer));
    let rows = refers.into_iter().filter_map(|id| Some((id, world.customer(id)?)));
    rows.filter(|(_, row)| row.owner == Some(member) && !row.archived).collect()
}

/// When a member last ceased to own a customer, by whatever way that was not taken back.
fn parted(world: &World, customer: Id, row: &Customer, me: Id) -> Option<Instant> {
    let released = row.released.filter(|_| row.released_by == Some(me));
    let mut moved = None;
    world.moves(customer, &mut |seq| {
        let Some(entry) = world.entry(seq).filter(|_| world.undone_by(seq).is_none()) else { return true };
        let parts = |event: &Event| match event {
            Event::Set { record, field, from, .. } => {
                *record == customer && record.kind.field_name(field) == "owner" && *from == Value::Ref(me)
            }
            _ => false,
        };
        let at = if let Cause::Due { at, .. } = entry.cause { at } else { entry.at };
        moved = entry.events.iter().any(parts).then_some(at);
        moved.is_none()
    });
    released.max(moved)
}

/// A customer that somebody has, for its owner, its team where nobody owns it, and for leads.
fn held(world: &World, customer: Id, stamp: &Stamp) -> Result<Customer, Refusal> {
    let row = world.customer(customer).ok_or(Refusal::NoRecord(customer))?;
    if !is_held(&row) {
        return Err(Refusal::NotHeld(customer));
    }
    if is_of(world, &row, stamp) || leads(world, stamp) {
        Ok(row)
    } else {
        Err(not_yours(world, customer, &row))
    }
}

/// Whether the caller has a customer: owns it, or is of the team that serves it where nobody does.
pub(super) fn is_of(world: &World, row: &Customer, stamp: &Stamp) -> bool {
    let caller = stamp.by.and_then(|by| world.member(by)).unwrap_or_default();
    match row.owner {
        Some(owner) => Some(owner) == stamp.by,
        None => row.team.is_some_and(|team| caller.is_in(team)),
    }
}

pub(super) fn not_yours(world: &World, customer: Id, row: &Customer) -> Refusal {
    let holder = row.owner.or(row.team).map(|holder| name_of(world, holder));
    Refusal::NotYours(customer, holder.unwrap_or_default())
}

/// Whether the caller leads others.
pub(super) fn leads(rows: &dyn Rows, stamp: &Stamp) -> bool {
    let role = stamp.by.and_then(|by| rows.member(by)).and_then(|member| member.role);
    matches!(role, Some(Role::Lead | Role::Manager | Role::Admin))
}

/// The reason, which must be there.
fn because(reason: &Clean, field: &'static str) -> Result<Value, Refusal> {
    if reason.is_empty() {
        return Err(Refusal::Missing(Kind::Customer, Clean::known(field)));
    }
    text_for(Kind::Customer, field, reason)
}
