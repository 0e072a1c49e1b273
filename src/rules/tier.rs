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

#[cfg(test)]
mod tests {
    use super::super::testing::{Office, text};
    use super::*;
    use crate::model::Command;

    fn command(customer: Id, tier: &str, reason: &str, until: &str) -> Command {
        Command::TierSet { customer, tier: text(tier), reason: text(reason), until: text(until) }
    }

    #[test]
    fn a_tier_by_hand_exists_has_a_reason_and_an_end_to_come() {
        let long = "z".repeat(401);
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        for (tier, reason, until, expected) in [
            ("Z", "because", "", "NoTier"),
            ("A", "", "", "Missing"),
            ("A", &long, "", "TooLong"),
            ("A", "because", "yesterday", "BadValue"),
            ("A", "because", "some day", "BadValue"),
        ] {
            let refused = format!("{:?}", office.run(command(acme, tier, reason, until)).unwrap_err());
            assert!(refused.starts_with(expected), "{expected}: {refused}");
        }
        assert!(office.run(command(Id::customer(9), "A", "because", "")).is_err());
        office.run(command(acme, "A", &long[..400], "today")).unwrap();
        assert_eq!(office.customer(acme).tier, text("A"));
    }

    #[test]
    fn a_tier_by_hand_stands_until_it_is_cleared() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        office.run(command(acme, "A", "because", "")).unwrap();
        office.days_pass(400);
        assert_eq!(office.customer(acme).tier, text("A"));
        office.run(Command::TierClear { customer: acme }).unwrap();
        let customer = office.customer(acme);
        assert_eq!((customer.tier, customer.tier_reason), (text("C"), Clean::default()));
    }
}
