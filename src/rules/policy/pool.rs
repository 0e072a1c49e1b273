//! The open pool: which teams share one, what is hidden in it, when customers return to it, and how they are claimed.

use toml::Spanned;
use toml::de::DeValue;

use super::Known;
use super::fault::{Fault, Faults};
use super::read::{Section, both, condition, name};
use super::table::{Placed, Table, clean, count, list, span, table, word};
use crate::filter::Filter;
use crate::model::query::PolicyName;
use crate::text::near::nearest;
use crate::text::{Clean, Span};

/// What can be hidden of a customer before it is claimed: by what it is reached, and what was written of it.
pub const HIDEABLE: [&str; 8] =
    ["phones", "mails", "wechat", "address", "website", "code", "note", "contacts"];

/// An open pool of the policy.
#[derive(Clone, Debug)]
pub struct Pool {
    /// As filters name it.
    pub id: Clean,
    /// As people read it.
    pub name: PolicyName,
    /// The names of the teams that share it; none: every team that no other pool names.
    pub teams: Vec<Clean>,
    /// What nobody sees of a customer who lies in it, of [`HIDEABLE`].
    pub hide: Vec<&'static str>,
    /// When customers return to it, in the order in which the rules are asked.
    pub recycle: Vec<Recycle>,
    /// How customers are claimed.
    pub claim: Claim,
}

/// When customers return to the pool.
#[derive(Clone, Debug)]
pub struct Recycle {
    /// Who does.
    pub when: Filter,
    /// How long ahead it is warned of.
    pub warn: Option<Span>,
    /// Why, in English.
    pub en: Clean,
    /// Why, in Chinese.
    pub zh: Clean,
}

/// The limits of claiming; what is absent has none.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    /// So many a day and member.
    pub per_day: Option<u32>,
    /// A member has at most so many customers.
    pub hold: Option<u32>,
    /// A member has at most so many customers of a tier.
    pub hold_by_tier: Vec<(Clean, u32)>,
    /// Who had a customer does not claim it again for so long.
    pub cool_down: Option<Span>,
    /// How customers are kept from returning.
    pub protect: Option<Protect>,
}

/// How customers are kept from returning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protect {
    /// For so long.
    pub period: Span,
    /// At most so many of a member's customers.
    pub at_most: Option<u32>,
}

impl Pool {
    /// Whether a team shares it by name.
    pub(super) fn names(&self, team: &Clean) -> bool {
        self.teams.iter().any(|name| name.folded() == team.folded())
    }
}

/// The pools. A team is in one of them; at most one is for the teams that none names.
pub(super) fn pools(sections: Vec<Section<'_>>, known: &Known, faults: &mut Faults) -> Vec<Pool> {
    let mut pools: Vec<Pool> = Vec::new();
    for section in sections {
        let at = section.id.as_ref().map_or_else(|| section.table.at(), |id| id.at.clone());
        let Some((pool, teams)) = pool(section, known, faults) else { continue };
        if let Some(other) = pools.iter().find(|other| other.teams.is_empty() && pool.teams.is_empty()) {
            faults.push(at, Fault::TwoPoolsForAll(other.id.clone()));
        }
        for team in &teams {
            if let Some(other) = pools.iter().find(|other| other.names(&team.value)) {
                faults.push(team.at.clone(), Fault::TeamOfTwoPools(team.value.clone(), other.id.clone()));
            }
        }
        pools.push(pool);
    }
    pools
}

/// A pool, and where its teams stand.
fn pool(mut section: Section<'_>, known: &Known, faults: &mut Faults) -> Option<(Pool, Vec<Placed<Clean>>)> {
    let name = name(&mut section, faults);
    let table = &mut section.table;
    let teams = teams(table, faults);
    let hidden = HIDEABLE.map(|field| (field, field));
    let hide = values(table, "hide", faults);
    let hide = hide.into_iter().filter_map(|value| word(value, &hidden, faults)).collect();
    let rules = values(table, "recycle", faults);
    let recycle = rules.into_iter().filter_map(|value| recycle(value, known, faults)).collect();
    let claim = table.take("claim").and_then(|value| claim(value, known, faults)).unwrap_or_default();
    section.table.finish(faults);
    let name = name?;
    let names = teams.iter().map(|team| team.value.clone()).collect();
    Some((Pool { id: name.id.clone(), name, teams: names, hide, recycle, claim }, teams))
}

/// What stands in a list behind a key.
fn values<'a>(
    table: &mut Table<'a>,
    key: &'static str,
    faults: &mut Faults,
) -> Vec<&'a Spanned<DeValue<'a>>> {
    table.take(key).map(|value| list(value, faults)).unwrap_or_default()
}

/// The teams of a pool, each once.
fn teams(table: &mut Table<'_>, faults: &mut Faults) -> Vec<Placed<Clean>> {
    let mut teams: Vec<Placed<Clean>> = Vec::new();
    for value in values(table, "teams", faults) {
        let Some(team) = clean(value, faults) else { continue };
        if teams.iter().any(|other| other.value.folded() == team.value.folded()) {
            faults.push(team.at.clone(), Fault::Twice(team.value.to_string()));
        }
        teams.push(team);
    }
    teams
}

fn recycle(value: &Spanned<DeValue<'_>>, known: &Known, faults: &mut Faults) -> Option<Recycle> {
    let mut table = table(value, faults)?;
    let when = table.need("when", faults).and_then(|value| condition(value, known, faults));
    let warn = table.take("warn").and_then(|value| span(value, faults)).map(|warn| warn.value);
    let reason = table.need("reason", faults).and_then(|value| both(value, faults));
    table.finish(faults);
    let (en, zh) = reason?;
    Some(Recycle { when: when?.value, warn, en, zh })
}

fn claim(value: &Spanned<DeValue<'_>>, known: &Known, faults: &mut Faults) -> Option<Claim> {
    let mut table = table(value, faults)?;
    let claim = Claim {
        per_day: number(&mut table, "per_day", faults),
        hold: number(&mut table, "hold", faults),
        hold_by_tier: table
            .take("hold_by_tier")
            .map(|value| by_tier(value, known, faults))
            .unwrap_or_default(),
        cool_down: table.take("cool_down").and_then(|value| span(value, faults)).map(|span| span.value),
        protect: table.take("protect").and_then(|value| protect(value, faults)),
    };
    table.finish(faults);
    Some(claim)
}

fn number(table: &mut Table<'_>, key: &'static str, faults: &mut Faults) -> Option<u32> {
    table.take(key).and_then(|value| count(value, faults)).map(|count| count.value)
}

/// A limit for each tier that has one.
fn by_tier(value: &Spanned<DeValue<'_>>, known: &Known, faults: &mut Faults) -> Vec<(Clean, u32)> {
    let Some(mut table) = table(value, faults) else { return Vec::new() };
    let mut limits = Vec::new();
    for (tier, value) in table.rest() {
        let limit = count(value, faults);
        let Some(id) = known.tiers.iter().find(|known| known.eq_ignore_ascii_case(tier.value)) else {
            let near = nearest(tier.value, known.tiers.iter().map(String::as_str)).map(str::to_owned);
            let id = Clean::washed(tier.value).0;
            faults.push(tier.at, Fault::Undefined { id, near, known: known.tiers.clone() });
            continue;
        };
        limits.extend(limit.map(|limit| (Clean::washed(id).0, limit.value)));
    }
    limits
}

fn protect(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Protect> {
    let mut table = table(value, faults)?;
    let period = table.need("period", faults).and_then(|value| span(value, faults));
    let at_most = number(&mut table, "at_most", faults);
    table.finish(faults);
    Some(Protect { period: period?.value, at_most })
}
