//! From the tables of the file to the policy.

use toml::Spanned;
use toml::de::DeValue;

use super::calendar::calendars;
use super::care;
use super::fault::{Expected, Fault, Faults};
use super::ground::Asked;
use super::playbook::{Names, playbooks};
use super::table::{Placed, Table, clean, count, flag, span, table, text, word};
use super::within::within;
use super::{Known, Policy, Serve, Server, Stage, Tier, is_tier, pool};
use crate::filter::{self, Filter, FilterError, Schema};
use crate::model::query::PolicyName;
use crate::text::near::nearest;
use crate::text::{Clean, Currency, Lang};

/// The schema that this program knows.
const SCHEMA: u32 = 1;
/// An id has at most so many characters: what a record keeps of it is as long.
const ID_LENGTH: usize = 40;
/// The languages that the program can write.
const LANGUAGES: &[(&str, Lang)] = &[("en", Lang::En), ("zh", Lang::Zh)];

/// The whole file. Nothing where something that everything else hangs on is missing; faults are told in any case.
pub(super) fn policy(mut file: Table<'_>, faults: &mut Faults) -> Option<Policy> {
    schema(&mut file, faults);
    let timezone = zone(&mut file, faults);
    let currency = currency(&mut file, faults);
    let inherit = file.take("inherit_tier").and_then(|value| flag(value, faults)).unwrap_or(false);
    let capacity = file.take("capacity").and_then(|value| count(value, faults)).map(|count| count.value);
    let language = file.take("language").map_or(Some(Lang::En), |value| word(value, LANGUAGES, faults));
    let (hours, calendars) = calendars(&mut file, faults);
    let tiers = sections(&mut file, "tier", faults);
    let stages = sections(&mut file, "stage", faults);
    let pools = sections(&mut file, "pool", faults);
    let books = sections(&mut file, "playbook", faults);
    let cared = file.take("care");
    file.finish(faults);
    let known = Known { tiers: ids(&tiers), stages: ids(&stages), pools: ids(&pools) };
    let begun = ids(&books);
    let stages: Vec<_> = stages.into_iter().map(|section| stage(section, &known, &begun, faults)).collect();
    let tiers = tiers_of(tiers, &known, &hours, faults);
    let of_stages: Vec<Clean> =
        stages.iter().flatten().filter_map(|stage: &Stage| stage.playbook.clone()).collect();
    let names = Names { known: &known, calendars: &hours, of_stages: &of_stages };
    let playbooks = playbooks(books, &names, faults);
    let pools = pool::pools(pools, &known, faults);
    let care = cared.and_then(|value| care::care(value, &known, &hours, faults)).unwrap_or_default();
    Some(Policy {
        timezone,
        currency,
        tiers,
        stages: stages.into_iter().collect::<Option<_>>()?,
        inherit,
        capacity,
        pools,
        language: language?,
        calendars,
        playbooks: playbooks?,
        care,
    })
}

fn schema(file: &mut Table<'_>, faults: &mut Faults) {
    let Some(schema) = file.need("schema", faults).and_then(|value| count(value, faults)) else { return };
    if schema.value != SCHEMA {
        faults.push(schema.at, Fault::Schema(schema.value));
    }
}

fn zone(file: &mut Table<'_>, faults: &mut Faults) -> Option<Clean> {
    let zone = file.take("timezone").and_then(|value| clean(value, faults))?;
    match zone.value.as_str().parse::<chrono_tz::Tz>() {
        Ok(_) => {
            faults.ask(zone.at, Asked::Zone(zone.value.clone()));
            Some(zone.value)
        }
        Err(_) => faults.refuse(zone.at, Fault::Zone(zone.value.to_string())),
    }
}

fn currency(file: &mut Table<'_>, faults: &mut Faults) -> Option<Currency> {
    let code = file.take("currency").and_then(|value| clean(value, faults))?;
    let Ok(currency) = code.value.as_str().parse() else {
        return faults.refuse(code.at, Fault::Currency(code.value.to_string()));
    };
    faults.ask(code.at, Asked::Currency(currency));
    Some(currency)
}

/// A section of a list, `[[tier]]`, with its id.
pub(super) struct Section<'a> {
    /// Its id; none where that could not be read.
    pub(super) id: Option<Placed<Clean>>,
    /// All else.
    pub(super) table: Table<'a>,
}

/// The sections of one name, in the order of the file. Ids are different from each other, in any case of letters:
/// filters name them so.
pub(super) fn sections<'a>(
    file: &mut Table<'a>,
    name: &'static str,
    faults: &mut Faults,
) -> Vec<Section<'a>> {
    let Some(value) = file.take(name) else { return Vec::new() };
    let Some(list) = value.get_ref().as_array() else {
        faults.push(value.span(), Fault::Expected(Expected::Sections(name)));
        return Vec::new();
    };
    let mut seen = Vec::new();
    let mut sections = Vec::new();
    for value in list {
        let Some(mut table) = table(value, faults) else { continue };
        let id = table.need("id", faults).and_then(|value| id(value, faults));
        if let Some(id) = &id {
            if seen.contains(&id.value.folded()) {
                faults.push(id.at.clone(), Fault::SameId(name, id.value.to_string()));
            }
            seen.push(id.value.folded());
        }
        sections.push(Section { id, table });
    }
    sections
}

/// Letters of any script, digits, `-` and `_`: what stands in a filter without quotes.
fn id(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Placed<Clean>> {
    let text = text(value, faults)?;
    let at = text.at.clone();
    id_of(text, faults).map(|value| Placed { at, value })
}

/// The same of a text that is there.
pub(super) fn id_of(id: Placed<&str>, faults: &mut Faults) -> Option<Clean> {
    let Ok(clean) = Clean::new(id.value) else {
        return faults.refuse(id.at, Fault::Unclean(id.value.to_owned()));
    };
    let text = clean.as_str();
    let plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_');
    let begins = text.starts_with(char::is_alphanumeric);
    if !begins || !text.chars().all(plain) || text.chars().count() > ID_LENGTH {
        return faults.refuse(id.at, Fault::Id(text.to_owned()));
    }
    // `none`, `yes`, `me` and the like mean something else behind a field.
    let means_more = ["none", "yes", "no", "me", "and", "or", "not"];
    if means_more.contains(&clean.folded().as_str()) {
        return faults.refuse(id.at, Fault::Id(text.to_owned()));
    }
    Some(clean)
}

/// The refusal of an id that is not among these.
pub(super) fn undefined<T>(id: Placed<Clean>, known: &[String], faults: &mut Faults) -> Option<T> {
    let near = nearest(id.value.as_str(), known.iter().map(String::as_str)).map(str::to_owned);
    faults.refuse(id.at, Fault::Undefined { id: id.value, near, known: known.to_vec() })
}

/// The ids of some sections.
pub(super) fn ids(sections: &[Section<'_>]) -> Vec<String> {
    sections.iter().filter_map(|section| Some(section.id.as_ref()?.value.to_string())).collect()
}

/// What something is called in both languages; without `name`, its id.
pub(super) fn name(section: &mut Section<'_>, faults: &mut Faults) -> Option<PolicyName> {
    let id = section.id.as_ref()?.value.clone();
    let Some(value) = section.table.take("name") else {
        return Some(PolicyName { en: id.clone(), zh: id.clone(), id });
    };
    names(id, value, faults)
}

/// `{ en = "Key", zh = "重点客户" }`.
pub(super) fn names(id: Clean, value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<PolicyName> {
    let (en, zh) = both(value, faults)?;
    Some(PolicyName { id, en, zh })
}

/// A text in English and in Chinese.
pub(super) fn both(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<(Clean, Clean)> {
    let mut texts = table(value, faults)?;
    let en = texts.need("en", faults).and_then(|value| clean(value, faults));
    let zh = texts.need("zh", faults).and_then(|value| clean(value, faults));
    texts.finish(faults);
    Some((en?.value, zh?.value))
}

fn stage(
    mut section: Section<'_>,
    known: &Known,
    playbooks: &[String],
    faults: &mut Faults,
) -> Option<Stage> {
    let name = name(&mut section, faults);
    let rule = section.table.need("when", faults).and_then(|value| condition(value, known, faults));
    let playbook = section.table.take("playbook").and_then(|value| defined(value, playbooks, faults));
    section.table.finish(faults);
    let when = rule?;
    if when.value.fields().into_iter().any(is_tier) {
        return faults.refuse(when.at, Fault::StageNamesTier);
    }
    let name = name?;
    Some(Stage { id: name.id.clone(), name, when: when.value, playbook })
}

/// The id of something that is among these.
pub(super) fn defined(value: &Spanned<DeValue<'_>>, known: &[String], faults: &mut Faults) -> Option<Clean> {
    let id = clean(value, faults)?;
    let is_known = known.iter().any(|known| known == id.value.as_str());
    if is_known { Some(id.value) } else { undefined(id, known, faults) }
}

/// The tiers, highest first. Whoever would enter a lower one must not be in a higher one already.
fn tiers_of(sections: Vec<Section<'_>>, known: &Known, hours: &[String], faults: &mut Faults) -> Vec<Tier> {
    if sections.is_empty() {
        faults.push(0..0, Fault::NoTier);
    }
    let last = sections.len().saturating_sub(1);
    let mut tiers: Vec<Tier> = Vec::new();
    for (nth, section) in sections.into_iter().enumerate() {
        let Some((tier, enter)) = tier(section, nth == last, known, hours, faults) else { continue };
        if let Some(enter) = enter {
            let shadow = tiers
                .iter()
                .filter(|higher| higher.id.folded() != tier.id.folded())
                .find(|higher| higher.enter.as_ref().is_some_and(|higher| enter.value.implies(higher)));
            if let Some(higher) = shadow {
                faults.push(enter.at, Fault::Shadowed(higher.id.clone()));
            }
        }
        tiers.push(tier);
    }
    tiers
}

/// A tier, and where its rule stands.
fn tier(
    mut section: Section<'_>,
    is_last: bool,
    known: &Known,
    hours: &[String],
    faults: &mut Faults,
) -> Option<(Tier, Option<Placed<Filter>>)> {
    let name = name(&mut section, faults);
    let at = section.id.as_ref().map_or_else(|| section.table.at(), |id| id.at.clone());
    let table = &mut section.table;
    let has_enter = table.has("enter");
    let enter = table.take("enter").and_then(|value| tier_rule(value, known, faults));
    let keep = table.take("keep").and_then(|value| tier_rule(value, known, faults));
    let confirm = table.take("confirm").and_then(|value| span(value, faults));
    let contact_every = table.take("contact_every").and_then(|value| span(value, faults));
    let answer_within = table.take("answer_within").and_then(|value| within(value, hours, faults));
    let serve = table.take("serve").and_then(|value| serve(value, faults));
    section.table.finish(faults);
    let name = name?;
    if has_enter == is_last {
        faults.push(at.clone(), Fault::Enter(name.id.to_string()));
    }
    if is_last && keep.is_some() {
        faults.push(at, Fault::KeepWithoutEnter(name.id.to_string()));
    }
    if let (Some(enter), Some(keep)) = (&enter, &keep)
        && keep.value.implies(&enter.value)
    {
        faults.push(keep.at.clone(), Fault::KeepAddsNothing);
    }
    let tier = Tier {
        id: name.id.clone(),
        name,
        enter: enter.as_ref().map(|enter| enter.value.clone()),
        keep: keep.map(|keep| keep.value),
        confirm: confirm.map_or(0, |confirm| confirm.value.days()),
        contact_every: contact_every.map(|every| every.value.days()),
        answer_within,
        serve,
    };
    Some((tier, enter))
}

fn serve(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Serve> {
    const BY: &[(&str, Server)] =
        &[("person", Server::Person), ("team", Server::Team), ("automatic", Server::Automatic)];
    let mut table = table(value, faults)?;
    let by = table.need("by", faults).and_then(|value| word(value, BY, faults));
    let skill = table.take("skill").and_then(|value| clean(value, faults));
    table.finish(faults);
    if let Some(skill) = &skill {
        faults.ask(skill.at.clone(), Asked::Skill(skill.value.clone()));
    }
    Some(Serve { by: by?, skill: skill.map(|skill| skill.value) })
}

/// A tier's rule. It asks for facts and for stages, not for the tier that it decides on.
fn tier_rule(value: &Spanned<DeValue<'_>>, known: &Known, faults: &mut Faults) -> Option<Placed<Filter>> {
    let rule = condition(value, known, faults)?;
    if rule.value.fields().into_iter().any(is_tier) {
        return faults.refuse(rule.at, Fault::TierNamesTier);
    }
    Some(rule)
}

/// A condition on a customer, without what depends on the reader.
pub(super) fn condition(
    value: &Spanned<DeValue<'_>>,
    known: &Known,
    faults: &mut Faults,
) -> Option<Placed<Filter>> {
    let text = text(value, faults)?;
    let read = filter::parse(text.value, Schema::Customer).and_then(|filter| {
        filter.refuse_personal()?;
        known.check(&filter)?;
        Ok(filter)
    });
    match read {
        Ok(filter) => {
            if filter.is_never() {
                faults.push(text.at.clone(), Fault::NeverHolds);
            }
            Some(Placed { at: text.at, value: filter })
        }
        Err(error) => {
            let at = inside(&text, &error);
            faults.refuse(at, Fault::Filter(error))
        }
    }
}

/// The place of a filter's fault in the file: behind the opening quote.
fn inside(text: &Placed<&str>, error: &FilterError) -> std::ops::Range<usize> {
    let start = text.at.start + 1 + error.at.start;
    start.min(text.at.end)..text.at.end
}
