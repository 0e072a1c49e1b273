//! The team's way of working, as text: tiers and stages, read and checked.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::filter::{self, FieldRef, Filter, FilterError, Schema};
use crate::model::query::PolicyName;
use crate::text::{Clean, Currency, Lang, Span, folded, say};

/// The policy that a new store begins with.
pub const SHIPPED: &str = include_str!("shipped.toml");

/// A policy as it was understood.
#[derive(Clone, Debug)]
pub struct Policy {
    /// IANA name of the team's zone.
    pub timezone: Clean,
    /// The book's currency.
    pub currency: Currency,
    /// Highest first; the last one takes everybody.
    pub tiers: Vec<Tier>,
    /// In the order in which they are tried.
    pub stages: Vec<Stage>,
}

/// A tier of the policy.
#[derive(Clone, Debug)]
pub struct Tier {
    /// As filters name it.
    pub id: Clean,
    /// As people read it.
    pub name: PolicyName,
    /// Who gets it; the last tier has none.
    pub enter: Option<Filter>,
    /// Who stays in it; without one, who still enters.
    pub keep: Option<Filter>,
    /// How long its rule must hold before a customer moves here, in days.
    pub confirm: i64,
    /// How often a contact is wanted, in days.
    pub contact_every: Option<i64>,
}

/// A stage of a customer's life.
#[derive(Clone, Debug)]
pub struct Stage {
    /// As filters name it.
    pub id: Clean,
    /// As people read it.
    pub name: PolicyName,
    /// Who is in it.
    pub when: Filter,
}

/// What is wrong with a policy, and where: line and column from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not the TOML that a policy is, in the parser's words.
    Toml(String),
    /// A later `schema` than this program knows.
    Schema(i64),
    /// No such time zone.
    Zone(String),
    /// No such currency.
    Currency(String),
    /// A duration that is none.
    Span(String),
    /// A filter that does not read.
    Filter(FilterError),
    /// An id that stands twice.
    Twice(String),
    /// A character that may not stand in an id or a name.
    Unclean(String),
    /// The last tier takes everybody: it has no `enter`; all others have one.
    Enter(String),
    /// There must be at least one tier.
    NoTier,
    /// A stage's rule names a tier: stages come first.
    StageNamesTier,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    schema: Spanned<i64>,
    timezone: Spanned<String>,
    currency: Spanned<String>,
    #[serde(default)]
    tier: Vec<TierTable>,
    #[serde(default)]
    stage: Vec<StageTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TierTable {
    id: Spanned<String>,
    name: NameTable,
    enter: Option<Spanned<String>>,
    keep: Option<Spanned<String>>,
    confirm: Option<Spanned<String>>,
    contact_every: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageTable {
    id: Spanned<String>,
    name: NameTable,
    when: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameTable {
    en: Spanned<String>,
    zh: Spanned<String>,
}

type Placed<T> = Result<T, (Range<usize>, Fault)>;

impl Policy {
    /// Reads a policy.
    pub fn parse(text: &str) -> Result<Policy, PolicyError> {
        let file: PolicyFile = toml::from_str(text)
            .map_err(|e| placed(text, e.span().unwrap_or(0..0), Fault::Toml(e.message().to_owned())))?;
        read(&file).map_err(|(at, fault)| placed(text, at, fault))
    }

    /// The shipped policy with another zone and currency.
    pub fn shipped(timezone: &str, currency: Currency) -> String {
        SHIPPED
            .replace("timezone = \"Asia/Shanghai\"", &format!("timezone = \"{timezone}\""))
            .replace("currency = \"CNY\"", &format!("currency = \"{currency}\""))
    }

    /// The tier of this id; letters match in any case.
    pub fn tier(&self, id: &str) -> Option<&Tier> {
        self.tiers.iter().find(|tier| tier.id.as_str().eq_ignore_ascii_case(id))
    }

    /// The ids of the tiers, highest first.
    pub fn tier_ids(&self) -> Vec<Clean> {
        self.tiers.iter().map(|tier| tier.id.clone()).collect()
    }

    /// Refuses a filter that compares with a tier or a stage which this policy does not define.
    pub fn check(&self, filter: &Filter) -> Result<(), FilterError> {
        let ids = |ids: Vec<&Clean>| ids.into_iter().map(Clean::to_string).collect();
        let tiers = ids(self.tiers.iter().map(|tier| &tier.id).collect());
        let stages = ids(self.stages.iter().map(|stage| &stage.id).collect());
        Known { tiers, stages }.check(filter)
    }

    /// The place of a tier, highest first; of none, behind the last.
    pub fn rank(&self, tier: Option<&Clean>) -> usize {
        let place = tier.and_then(|id| self.tiers.iter().position(|tier| tier.id == *id));
        place.unwrap_or(self.tiers.len())
    }

    /// How often each tier wants a contact, in days.
    pub fn rhythms(&self) -> Vec<(Clean, Option<i64>)> {
        self.tiers.iter().map(|tier| (tier.id.clone(), tier.contact_every)).collect()
    }
}

impl PolicyError {
    /// The sentence that a person reads.
    pub fn say(&self, lang: Lang) -> String {
        let what = match &self.fault {
            Fault::Toml(words) => say::rules::policy_toml(lang, words),
            Fault::Schema(schema) => say::rules::policy_schema(lang, schema),
            Fault::Zone(zone) => say::rules::policy_zone(lang, zone),
            Fault::Currency(code) => say::rules::policy_currency(lang, code),
            Fault::Span(span) => say::rules::policy_span(lang, span),
            Fault::Filter(error) => error.say(lang),
            Fault::Twice(id) => say::rules::policy_twice(lang, id),
            Fault::Unclean(text) => say::rules::policy_unclean(lang, text.escape_debug()),
            Fault::Enter(id) => say::rules::policy_enter(lang, id),
            Fault::NoTier => say::rules::policy_no_tier(lang).to_owned(),
            Fault::StageNamesTier => say::rules::policy_stage_names_tier(lang).to_owned(),
        };
        say::rules::policy_at(lang, self.line, self.column, what)
    }
}

fn placed(text: &str, at: Range<usize>, fault: Fault) -> PolicyError {
    let before = text.get(..at.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
    PolicyError { line, column, fault }
}

fn read(file: &PolicyFile) -> Placed<Policy> {
    if *file.schema.get_ref() != 1 {
        return Err((file.schema.span(), Fault::Schema(*file.schema.get_ref())));
    }
    let zone = file.timezone.get_ref();
    if zone.parse::<chrono_tz::Tz>().is_err() {
        return Err((file.timezone.span(), Fault::Zone(zone.clone())));
    }
    let code = file.currency.get_ref();
    let currency = code.parse().map_err(|_| (file.currency.span(), Fault::Currency(code.clone())))?;
    let Some((last, others)) = file.tier.split_last() else { return Err((0..0, Fault::NoTier)) };
    if last.enter.is_some() {
        return Err((last.id.span(), Fault::Enter(last.id.get_ref().clone())));
    }
    if let Some(tier) = others.iter().find(|tier| tier.enter.is_none()) {
        return Err((tier.id.span(), Fault::Enter(tier.id.get_ref().clone())));
    }
    once(file.tier.iter().map(|tier| &tier.id))?;
    once(file.stage.iter().map(|stage| &stage.id))?;
    let defined = |ids: Vec<&Spanned<String>>| ids.into_iter().map(|id| id.get_ref().clone()).collect();
    let known = Known {
        tiers: defined(file.tier.iter().map(|tier| &tier.id).collect()),
        stages: defined(file.stage.iter().map(|stage| &stage.id).collect()),
    };
    Ok(Policy {
        timezone: clean(&file.timezone)?,
        currency,
        tiers: file.tier.iter().map(|tier| read_tier(tier, &known)).collect::<Placed<_>>()?,
        stages: file.stage.iter().map(|stage| read_stage(stage, &known)).collect::<Placed<_>>()?,
    })
}

/// What a policy defines.
struct Known {
    tiers: Vec<String>,
    stages: Vec<String>,
}

impl Known {
    fn check(&self, filter: &Filter) -> Result<(), FilterError> {
        filter.check(|field, id| {
            let ids = match field {
                FieldRef::Was(_) | FieldRef::Field(filter::Field::Customer(filter::CustomerField::Stage)) => {
                    &self.stages
                }
                field if is_tier(field) => &self.tiers,
                _ => return Ok(()),
            };
            let is_known = ids.iter().any(|known| folded(known) == id.folded());
            if is_known { Ok(()) } else { Err(ids.clone()) }
        })
    }
}

fn read_tier(table: &TierTable, known: &Known) -> Placed<Tier> {
    let rule = |text: &Option<Spanned<String>>| text.as_ref().map(|text| condition(text, known)).transpose();
    Ok(Tier {
        id: clean(&table.id)?,
        name: names(&table.id, &table.name)?,
        enter: rule(&table.enter)?,
        keep: rule(&table.keep)?,
        confirm: table.confirm.as_ref().map(days).transpose()?.unwrap_or(0),
        contact_every: table.contact_every.as_ref().map(days).transpose()?,
    })
}

fn read_stage(table: &StageTable, known: &Known) -> Placed<Stage> {
    let when = condition(&table.when, known)?;
    if when.fields().into_iter().any(is_tier) {
        return Err((table.when.span(), Fault::StageNamesTier));
    }
    Ok(Stage { id: clean(&table.id)?, name: names(&table.id, &table.name)?, when })
}

fn is_tier(field: &FieldRef) -> bool {
    matches!(field, FieldRef::Field(filter::Field::Customer(filter::CustomerField::Tier)))
}

fn condition(text: &Spanned<String>, known: &Known) -> Placed<Filter> {
    let fault = |error: FilterError| (inside(text, &error), Fault::Filter(error));
    let filter = filter::parse(text.get_ref(), Schema::Customer).map_err(fault)?;
    filter.refuse_personal().map_err(fault)?;
    known.check(&filter).map_err(fault)?;
    Ok(filter)
}

/// The place of a filter's fault in the file: behind the opening quote.
fn inside(text: &Spanned<String>, error: &FilterError) -> Range<usize> {
    let start = text.span().start + 1 + error.at.start;
    start.min(text.span().end)..text.span().end
}

fn days(text: &Spanned<String>) -> Placed<i64> {
    let span: Span =
        text.get_ref().parse().map_err(|_| (text.span(), Fault::Span(text.get_ref().clone())))?;
    Ok(span.days())
}

fn clean(text: &Spanned<String>) -> Placed<Clean> {
    Clean::new(text.get_ref()).map_err(|_| (text.span(), Fault::Unclean(text.get_ref().clone())))
}

fn names(id: &Spanned<String>, table: &NameTable) -> Placed<PolicyName> {
    Ok(PolicyName { id: clean(id)?, en: clean(&table.en)?, zh: clean(&table.zh)? })
}

fn once<'a>(ids: impl Iterator<Item = &'a Spanned<String>>) -> Placed<()> {
    let mut seen = std::collections::BTreeSet::new();
    for id in ids {
        if !seen.insert(id.get_ref()) {
            return Err((id.span(), Fault::Twice(id.get_ref().clone())));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (usize, usize, Fault) {
        let error = Policy::parse(text).unwrap_err();
        (error.line, error.column, error.fault)
    }

    #[test]
    fn the_shipped_policy_reads_also_with_another_zone() {
        let policy = Policy::parse(&Policy::shipped("Europe/Berlin", "EUR".parse().unwrap())).unwrap();
        assert_eq!(policy.tier_ids(), ["A", "B", "C"].map(Clean::known));
        assert_eq!((policy.timezone.as_str(), policy.currency.code()), ("Europe/Berlin", "EUR"));
        assert_eq!(policy.stages.len(), 6);
    }

    #[test]
    fn faults_name_line_and_column() {
        let text = SHIPPED.replace("spend(365d) >= 80000", "spent(365d) >= 80000");
        let (line, column, what) = fault(&text);
        assert_eq!((line, column), (12, 9));
        assert!(matches!(what, Fault::Filter(_)));
        assert!(matches!(fault(&SHIPPED.replace("schema = 1", "schema = 2")).2, Fault::Schema(2)));
        assert!(matches!(fault(&SHIPPED.replace("Asia/Shanghai", "Asia/Shangai")).2, Fault::Zone(_)));
        assert!(matches!(fault(&SHIPPED.replace("id = \"B\"", "id = \"A\"")).2, Fault::Twice(_)));
        assert!(matches!(fault(&SHIPPED.replace("was(lapsed)", "was(lost)")).2, Fault::Filter(_)));
        assert!(matches!(fault(&SHIPPED.replace("recency > 180d", "tier:A")).2, Fault::StageNamesTier));
        assert!(matches!(fault(&SHIPPED.replace("\"14d\"", "\"soon\"")).2, Fault::Span(_)));
        assert!(matches!(fault(&SHIPPED.replace("contact_every", "contact_evry")).2, Fault::Toml(_)));
        assert!(matches!(fault("schema = 1\ntimezone = \"UTC\"\ncurrency = \"CNY\"").2, Fault::NoTier));
    }
}
