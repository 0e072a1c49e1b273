//! What edits, imports and undos may do with who has a customer: no other way leads round a claim or a release.

use std::collections::BTreeSet;

use super::super::Stamp;
use super::super::policy::Policy;
use super::claim::{is_of, leads, may_hold, may_protect, not_yours};
use super::{home, is_held};
use crate::model::{Command, Customer, Event, Id, Kind, Refusal, Rows, Undone, World};

/// A customer before a command and after it.
struct Change {
    id: Id,
    was: Customer,
    is: Customer,
}

/// Where the policy has pools, only a claim leads out and only a release in, and a customer is given on by who has it,
/// to who may hold one more; and so with one that is new, however it is made. A lead gives it to whom they want.
pub(in crate::rules) fn guard(
    world: &World,
    policy: &Policy,
    command: &Command,
    stamp: &Stamp,
) -> Result<(), Refusal> {
    let may_change = matches!(command, Command::Edit { .. } | Command::Import { .. } | Command::Undo { .. });
    if policy.pools.is_empty() {
        return Ok(());
    }
    if stamp.by.is_some() && !leads(world, stamp) {
        made(world).iter().try_for_each(|made| made.may_have(world, policy, stamp))?;
    }
    if !may_change {
        return Ok(());
    }
    let undoes = undoes(world, command, stamp);
    changes(world).iter().try_for_each(|change| change.may_be(world, policy, undoes, stamp))
}

/// Whose act is taken back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Undoes {
    Mine,
    Another,
}

/// Of an undo, whose act it takes back.
fn undoes(world: &World, command: &Command, stamp: &Stamp) -> Option<Undoes> {
    let Command::Undo { what, .. } = command else { return None };
    let is_mine = match what {
        Undone::MyLast => true,
        Undone::Seq(seq) => world.entry(*seq).is_some_and(|entry| entry.by == stamp.by),
        Undone::Batch(_) => false,
    };
    Some(if is_mine { Undoes::Mine } else { Undoes::Another })
}

/// The customers that are other ones now, but for those that were made or are gone.
fn changes(world: &World) -> Vec<Change> {
    let records: BTreeSet<Id> = world.events().iter().map(Event::record).collect();
    let change = |id: Id| {
        let was = world.before(id)?.try_into().ok()?;
        Some(Change { id, was, is: world.customer(id)? })
    };
    records.into_iter().filter(|id| id.kind == Kind::Customer).filter_map(change).collect()
}

/// The customers that are there now and were not, but for those that are put away.
fn made(world: &World) -> Vec<Change> {
    let created = world.events().iter().filter(|event| matches!(event, Event::Created { .. }));
    let customers: BTreeSet<Id> = created.map(Event::record).filter(|id| id.kind == Kind::Customer).collect();
    let is_new = |id: &Id| world.before(*id).is_none();
    let made = |id: Id| Some(Change { id, was: Customer::default(), is: world.customer(id)? });
    customers.into_iter().filter(is_new).filter_map(made).filter(|made| !made.is.archived).collect()
}

impl Change {
    fn may_be(
        &self,
        world: &World,
        policy: &Policy,
        undoes: Option<Undoes>,
        stamp: &Stamp,
    ) -> Result<(), Refusal> {
        let (was, is) = (&self.was, &self.is);
        // Who gave or released it may take that back; who got or lost it may not.
        let takes_back = undoes == Some(Undoes::Mine);
        match (is_held(was), is_held(is)) {
            (_, true) if leads(world, stamp) => Ok(()),
            (true, false) if undoes.is_some() && leads(world, stamp) => Ok(()),
            (false, true) if takes_back => self.may_have(world, policy, stamp),
            (false, true) => Err(Refusal::ByClaim(self.id)),
            (true, false) => Err(Refusal::ByRelease(self.id)),
            (true, true) if (was.owner, was.team) != (is.owner, is.team) => {
                if !takes_back && !is_of(world, was, stamp) {
                    return Err(not_yours(world, self.id, was));
                }
                self.may_have(world, policy, stamp)
            }
            (true, true) => {
                if was.protected != is.protected && !takes_back && !is_of(world, was, stamp) {
                    return Err(not_yours(world, self.id, was));
                }
                if was.archived && !is.archived {
                    return self.may_have(world, policy, stamp);
                }
                let protects = |row: &Customer| row.protected.is_some_and(|until| until > stamp.at);
                if protects(was) { Ok(()) } else { self.may_protect(world, policy, stamp) }
            }
            _ => Ok(()),
        }
    }

    /// Whether its owner may hold it, and protect it where it is.
    fn may_have(&self, world: &World, policy: &Policy, stamp: &Stamp) -> Result<(), Refusal> {
        let (Some(owner), Some(pool)) = (self.is.owner, home(world, policy, &self.is)) else { return Ok(()) };
        may_hold(world, pool, (self.id, &self.is), owner)?;
        self.may_protect(world, policy, stamp)
    }

    /// Whether its owner may protect it, where it is protected.
    fn may_protect(&self, world: &World, policy: &Policy, stamp: &Stamp) -> Result<(), Refusal> {
        let (Some(owner), Some(pool)) = (self.is.owner, home(world, policy, &self.is)) else { return Ok(()) };
        match pool.claim.protect.filter(|_| self.is.protected.is_some_and(|until| until > stamp.at)) {
            Some(rule) => may_protect(world, rule, self.id, owner, stamp.at),
            None => Ok(()),
        }
    }
}
