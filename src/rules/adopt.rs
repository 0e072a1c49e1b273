//! Another policy in force.

use super::policy::{Ground, Policy, PolicyError};
use super::{Outcome, set};
use crate::model::policy::PolicyFault;
use crate::model::{Cause, Event, Id, Refusal, Rows, Value, World};
use crate::text::{Clean, Lang};

/// Puts a policy in force, from this entry on. What is counted hangs on the book's zone and currency: a policy with
/// others is for another store.
pub(super) fn adopt(world: &mut World, text: &Clean) -> Result<Outcome, Refusal> {
    let settings = world.settings();
    readable(text, &Ground::of(&settings))?;
    if settings.policy != *text {
        set(world, Id::SETTINGS, "policy", Value::text(text.clone()));
        let version = last_version(world).max(settings.version.unwrap_or(0)) + 1;
        set(world, Id::SETTINGS, "version", Value::Number(version));
    }
    Ok(Outcome::changed(world, vec![Id::SETTINGS]))
}

/// The policy that a text is for a book, or why it is none.
pub fn readable(text: &Clean, ground: &Ground) -> Result<Policy, Refusal> {
    Policy::read_for(text.as_str(), Some(ground)).policy.map_err(|errors| bad_policy(&errors))
}

/// The number of the policy that was adopted last, also where that was taken back: no number is given twice.
fn last_version(world: &World) -> i64 {
    let mut last = 0;
    world.history(Id::SETTINGS, u64::MAX, &mut |seq| {
        let entry = world.entry(seq).filter(|entry| !matches!(entry.cause, Cause::Undoes { .. }));
        for event in entry.iter().flat_map(|entry| &entry.events) {
            if let Event::Set { record, field, to: Value::Number(version), .. } = event
                && record.kind.field_name(field) == "version"
            {
                last = *version;
            }
        }
        last == 0
    });
    last
}

/// The refusal of a policy with faults: the first, and how many there are.
fn bad_policy(errors: &[PolicyError]) -> Refusal {
    let faults: Vec<PolicyFault> = errors.iter().map(PolicyError::told).collect();
    let count = faults.len() as u64;
    match faults.into_iter().next() {
        Some(PolicyFault { line, column, en, zh, .. }) => Refusal::BadPolicy { line, column, en, zh, count },
        None => Refusal::NotAllowed(Clean::known("policy adopt")),
    }
}

impl PolicyError {
    /// As it is told over the wire.
    pub fn told(&self) -> PolicyFault {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let said = |lang| Clean::washed(&self.fault.say(lang)).0;
        PolicyFault {
            line: number(self.line),
            column: number(self.column),
            en: said(Lang::En),
            zh: said(Lang::Zh),
            warning: self.fault.is_warning(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::policy::SHIPPED;
    use super::super::testing::{LEAD, Office, REP, text, undo};
    use super::*;
    use crate::model::{Became, Command};

    fn adopt(from: &str, to: &str) -> Command {
        Command::PolicyAdopt { text: text(&SHIPPED.replace(from, to)) }
    }

    #[test]
    fn a_policy_is_in_force_when_it_reads_and_is_of_this_book() {
        let mut office = Office::new();
        for (from, to, expected) in
            [("14d", "soon", (13, 17)), ("Asia/Shanghai", "Europe/Berlin", (3, 12)), ("CNY", "EUR", (4, 12))]
        {
            let Refusal::BadPolicy { line, column, .. } = office.run(adopt(from, to)).unwrap_err() else {
                panic!("{to} is taken")
            };
            assert_eq!((line, column), expected, "{to}");
        }
        assert_eq!(office.run(adopt("14d", "14d")).unwrap().became, Became::Unchanged);
        let seq = office.seq(adopt("14d", "7d"));
        let settings = office.rows.settings();
        assert!(settings.policy.as_str().contains("\"7d\""));
        assert_eq!(settings.version, Some(2));
        office.run(undo(seq)).unwrap();
        assert_eq!(office.rows.settings().policy.as_str(), SHIPPED);
        assert_eq!(office.rows.settings().version, Some(1));
        office.run(adopt("14d", "9d")).unwrap();
        assert_eq!(office.rows.settings().version, Some(3), "no number is given twice");
    }

    #[test]
    fn policies_are_not_the_business_of_reps_and_leads() {
        let mut office = Office::new();
        for by in [REP, LEAD] {
            let refused = office.run(adopt("14d", "7d").by(by)).unwrap_err();
            assert_eq!(refused, Refusal::NotAllowed(Clean::known("policy adopt")));
        }
    }
}
