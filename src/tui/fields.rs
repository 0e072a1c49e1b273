//! The fields of records, by the names that are stored, as people call them.

use crate::text::say::fields as say;
use crate::tui::look::Label;

/// What people call a field; none for one that rules keep for themselves.
pub(super) fn called(name: &str) -> Option<Label> {
    Some(match name {
        "name" => say::name,
        "kind" => say::kind,
        "parent" => say::parent,
        "owner" => say::owner,
        "team" => say::team,
        "aliases" => say::aliases,
        "tags" => say::tags,
        "industry" => say::industry,
        "region" => say::region,
        "country" => say::country,
        "employees" => say::employees,
        "revenue" => say::revenue,
        "need" => say::need,
        "complexity" => say::complexity,
        "phones" => say::phones,
        "mails" => say::mails,
        "address" => say::address,
        "website" => say::website,
        "code" => say::code,
        "source" => say::source,
        "note" => say::note,
        "collaborators" => say::collaborators,
        "own" => say::own,
        "dnc" => say::dnc,
        "verified" => say::verified,
        "archived" => say::archived,
        "reference" => say::reference,
        "tier" => say::tier,
        "tier_fixed" => say::tier_fixed,
        "tier_reason" => say::tier_reason,
        "tier_until" => say::tier_until,
        "stage" => say::stage,
        "title" => say::title,
        "wechat" => say::wechat,
        "channel" => say::channel,
        "birthday" => say::birthday,
        "customer" => say::customer,
        "contact" => say::contact,
        "by" => say::by,
        "at" => say::at,
        "direction" => say::direction,
        "outcome" => say::outcome,
        "text" => say::text,
        "said" => say::said,
        "inquiry" => say::inquiry,
        "assignee" => say::assignee,
        "due" => say::due,
        "state" => say::state,
        "promise" => say::promise,
        "snoozed_until" => say::snoozed_until,
        "taken" => say::taken,
        "done_at" => say::done_at,
        "done_by" => say::done_by,
        "product" => say::product,
        "amount" => say::amount,
        "opened" => say::opened,
        "expected" => say::expected,
        "closed" => say::closed,
        "probability" => say::probability,
        "lost_reason" => say::lost_reason,
        "date" => say::date,
        "deal" => say::deal,
        "paid" => say::paid,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    #[test]
    fn every_field_that_people_set_has_a_word() {
        use Kind::{Contact, Customer, Deal, Interaction, Purchase, Task};
        for kind in [Customer, Contact, Interaction, Task, Deal, Purchase] {
            for info in kind.fields().iter().filter(|info| !info.derived) {
                assert!(called(info.name).is_some(), "{kind:?}: {}", info.name);
            }
        }
    }
}
