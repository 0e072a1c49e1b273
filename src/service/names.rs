//! What tiers, stages and playbooks are called, those too that the policy in force has not any more.

use crate::model::query::{PolicyName, PolicyNames};
use crate::model::{Entry, Event, Field, Id, Rows, Value};
use crate::rules::policy::Policy;
use crate::rules::pool::both;
use crate::text::Clean;

/// The names of the policy in force, then those that only earlier ones have, the newest of these in front.
pub(super) fn names(rows: &dyn Rows, in_force: &Policy) -> PolicyNames {
    let mut names = PolicyNames::default();
    add(&mut names, in_force);
    rows.history(Id::SETTINGS, u64::MAX, &mut |seq| {
        let text = rows.entry(seq).and_then(adopted);
        // What an older version wrote otherwise names nothing.
        if let Some(policy) = text.and_then(|text| Policy::parse(text.as_str()).ok()) {
            add(&mut names, &policy);
        }
        true
    });
    names
}

fn add(names: &mut PolicyNames, policy: &Policy) {
    let rules = policy.pools.iter().flat_map(|pool| &pool.recycle);
    let reasons = rules.map(|rule| PolicyName { id: both(rule), en: rule.en.clone(), zh: rule.zh.clone() });
    put(&mut names.reasons, &reasons.collect::<Vec<_>>());
    put(&mut names.tiers, policy.tiers.iter().map(|tier| &tier.name));
    put(&mut names.stages, policy.stages.iter().map(|stage| &stage.name));
    put(&mut names.playbooks, policy.playbooks.iter().map(|playbook| &playbook.name));
}

fn put<'a>(known: &mut Vec<PolicyName>, names: impl IntoIterator<Item = &'a PolicyName>) {
    for name in names {
        if known.iter().all(|other| other.id != name.id) {
            known.push(name.clone());
        }
    }
}

/// The text of the policy that an entry put in force.
fn adopted(entry: Entry) -> Option<Clean> {
    let is_policy = |field: &Field| Id::SETTINGS.kind.field_name(field) == "policy";
    entry.events.into_iter().find_map(|event| match event {
        Event::Set { record: Id::SETTINGS, field, to: Value::Text(text), .. } if is_policy(&field) => {
            Some(text)
        }
        Event::Created { record: Id::SETTINGS, values } => {
            values.into_iter().find_map(|(field, value)| match value {
                Value::Text(text) if is_policy(&field) => Some(text),
                _ => None,
            })
        }
        _ => None,
    })
}
