//! The form that sets a tier by hand.

use super::{LINE, clean};
use crate::model::query::PolicyName;
use crate::model::{Command, Named};
use crate::text::say::{many, tui as say};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form, Pick, Reads};

/// The form for a customer, or for many; these are the tiers.
pub(in crate::tui) fn form(customers: Named, tiers: &[PolicyName]) -> Form {
    let pick = |tier: &PolicyName| {
        let label = |name: &crate::text::Clean| format!("{} {name}", tier.id).trim_end().to_owned();
        Pick { word: tier.id.to_string(), label: [label(&tier.en), label(&tier.zh)] }
    };
    let fields = vec![
        Field::spread("tier", say::tier, tiers.iter().map(pick).collect()),
        Field::line("tier_reason", many::reason, LINE),
        Field::line("until", many::until, 100).reads(Reads::Date).hint(many::until_hint),
    ];
    Form::new(Deed::Tier, customers, fields, "tier")
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    Command::TierSet {
        customer: draft.about.id,
        tier: clean(draft, "tier"),
        reason: clean(draft, "tier_reason"),
        until: clean(draft, "until"),
    }
}
