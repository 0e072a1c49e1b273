//! From the sections `[[playbook]]` to the playbooks.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::circles::circle;
use super::{DateOf, Deed, DoneBy, Duty, Escalation, Playbook, Step, Trigger, Warn, Work};
use crate::filter::Filter;
use crate::model::query::PolicyName;
use crate::model::{Choice, DealStage, Kind, Shape};
use crate::rules::policy::Known;
use crate::rules::policy::fault::{Expected, Fault, Faults};
use crate::rules::policy::ground::Asked;
use crate::rules::policy::read::{Section, condition, defined, ids, name, names, sections, undefined};
use crate::rules::policy::table::{Placed, Table, clean, duration, span, table, text, word};
use crate::rules::policy::within::{Clock, Within, of_clock, within};
use crate::text::{BadSpan, Clean, Span};

/// What playbooks may name.
pub(in crate::rules::policy) struct Names<'a> {
    /// Tiers and stages.
    pub(in crate::rules::policy) known: &'a Known,
    /// Calendars.
    pub(in crate::rules::policy) calendars: &'a [String],
    /// The playbooks that stages name.
    pub(in crate::rules::policy) of_stages: &'a [Clean],
}

/// What a step does.
#[derive(Clone, Copy)]
enum Do {
    Task,
    Message,
    Tag,
    Approve,
}

/// The playbooks of the file.
pub(in crate::rules::policy) fn playbooks(
    sections: Vec<Section<'_>>,
    names: &Names<'_>,
    faults: &mut Faults,
) -> Option<Vec<Playbook>> {
    let read: Vec<_> = sections.into_iter().map(|section| playbook(section, names, faults)).collect();
    read.into_iter().collect()
}

fn playbook(mut section: Section<'_>, names: &Names<'_>, faults: &mut Faults) -> Option<Playbook> {
    let name = name(&mut section, faults);
    let is_named = name.as_ref().is_some_and(|name| names.of_stages.contains(&name.id));
    let table = &mut section.table;
    let on = if is_named { table.take("on") } else { table.need("on", faults) };
    let on = on.and_then(|value| trigger(value, names.known, faults));
    let on = match on {
        Some(Trigger::Date(of, _)) => Some(Trigger::Date(
            of,
            table.take("before").and_then(|value| span(value, faults)).map(|span| span.value),
        )),
        on => on,
    };
    let when = table.take("when").and_then(|value| filter(value, names, faults));
    let until = table.take("until").and_then(|value| filter(value, names, faults));
    let steps = steps(table, names, faults);
    section.table.finish(faults);
    let name = name?;
    Some(Playbook { id: name.id.clone(), name, on, when, until, steps: steps? })
}

fn filter(value: &Spanned<DeValue<'_>>, names: &Names<'_>, faults: &mut Faults) -> Option<Filter> {
    condition(value, names.known, faults).map(|read| read.value)
}

/// `inquiry`, `stage:lapsed`, and the like.
fn trigger(value: &Spanned<DeValue<'_>>, known: &Known, faults: &mut Faults) -> Option<Trigger> {
    const WORDS: [&str; 9] = [
        "inquiry",
        "new",
        "stage:ID",
        "tier:ID",
        "deal:STAGE",
        "purchase",
        "tag:TAG",
        "silence:TIME",
        "date:FIELD",
    ];
    let text = text(value, faults)?;
    let of = |ids: &[String], id: &str, faults: &mut Faults| {
        let found = ids.iter().find(|known| known.as_str() == id).map(|id| Clean::washed(id).0);
        let id = Placed { at: text.at.clone(), value: Clean::washed(id).0 };
        found.or_else(|| undefined(id, ids, faults))
    };
    match text.value.split_once(':').unwrap_or((text.value, "")) {
        ("inquiry", "") => Some(Trigger::Inquiry),
        ("new", "") => Some(Trigger::New),
        ("purchase", "") => Some(Trigger::Purchase),
        ("stage", id) => of(&known.stages, id, faults).map(Trigger::Stage),
        ("tier", id) => of(&known.tiers, id, faults).map(Trigger::Tier),
        ("deal", stage) => {
            let stages: Vec<String> = DealStage::ALL.iter().map(|stage| stage.word().to_owned()).collect();
            let stage = of(&stages, stage, faults)?;
            DealStage::read(stage.as_str()).map(Trigger::Deal)
        }
        ("tag", tag) if !tag.is_empty() => match Clean::new(tag) {
            Ok(tag) => Some(Trigger::Tag(tag)),
            Err(_) => faults.refuse(text.at, Fault::Unclean(tag.to_owned())),
        },
        ("complaint", _) => faults.refuse(text.at, Fault::NotYet("complaint")),
        ("silence", time) => duration(&text.at, time, faults).map(Trigger::Silence),
        ("date", field) => date_of(&text.at, field, faults).map(|of| Trigger::Date(of, None)),
        _ => {
            let near = crate::text::near::nearest(text.value, WORDS).map(str::to_owned);
            let known = WORDS.map(str::to_owned).to_vec();
            faults.refuse(text.at, Fault::UnknownWord { name: Clean::washed(text.value).0, near, known })
        }
    }
}

/// The day field of a customer, the own field (which may hold a day) or `birthday` that a date is in.
fn date_of(at: &Range<usize>, name: &str, faults: &mut Faults) -> Option<DateOf> {
    const BIRTHDAY: &str = "birthday";
    if name == BIRTHDAY {
        return Some(DateOf::Birthday);
    }
    let days = Kind::Customer.fields().iter().filter(|info| matches!(info.shape, Shape::Day));
    let mut known: Vec<String> = days.map(|info| info.name.to_owned()).collect();
    match Kind::Customer.field(name) {
        Some((field, _)) if field.own.is_some() || known.iter().any(|known| known == name) => {
            Some(DateOf::Field(field))
        }
        _ => {
            known.extend([BIRTHDAY.to_owned(), "x.NAME".to_owned()]);
            undefined(Placed { at: at.clone(), value: Clean::washed(name).0 }, &known, faults)
        }
    }
}

/// The steps of a playbook: at least one, and none that waits for itself.
fn steps(table: &mut Table<'_>, names: &Names<'_>, faults: &mut Faults) -> Option<Vec<Step>> {
    let at = table.at();
    let sections = sections(table, "step", faults);
    if sections.is_empty() {
        faults.push(at, Fault::NoStep);
    }
    let known = ids(&sections);
    let places: Vec<_> = sections.iter().map(|section| section.id.clone()).collect();
    let read: Vec<_> = sections.into_iter().map(|section| step(section, &known, names, faults)).collect();
    let waits: Vec<(&str, Option<&str>)> = read
        .iter()
        .flatten()
        .map(|step| (step.id.as_str(), step.after.as_ref().map(Clean::as_str)))
        .collect();
    if let Some(circle) = circle(&waits) {
        let first = places.iter().flatten().find(|id| Some(&id.value.as_str()) == circle.first());
        let at = first.map(|id| id.at.clone()).unwrap_or_default();
        faults.push(at, Fault::Circle(circle.iter().map(|id| (*id).to_owned()).collect()));
    }
    read.into_iter().collect()
}

fn step(mut section: Section<'_>, steps: &[String], names: &Names<'_>, faults: &mut Faults) -> Option<Step> {
    const DO: &[(&str, Do)] =
        &[("task", Do::Task), ("tag", Do::Tag), ("approve", Do::Approve), ("message", Do::Message)];
    let id = section.id.as_ref().map(|id| id.value.clone());
    let title = title(&mut section.table, id.as_ref(), faults);
    let table = &mut section.table;
    let deed = match table.take("do") {
        Some(value) => (word(value, DO, faults), value.span()),
        None => (Some(Do::Task), table.at()),
    };
    let after = table.take("after").and_then(|value| defined(value, steps, faults));
    let when = table.take("when").and_then(|value| filter(value, names, faults));
    let deed = match deed {
        (Some(Do::Task), _) => work(table, false, names, faults).map(Deed::Task),
        (Some(Do::Approve), _) => work(table, true, names, faults).map(Deed::Approve),
        (Some(Do::Tag), _) => {
            table.need("tag", faults).and_then(|value| clean(value, faults)).map(|tag| Deed::Tag(tag.value))
        }
        (Some(Do::Message), at) => {
            faults.push(at, Fault::NotYet("message"));
            return None;
        }
        (None, _) => return None,
    };
    section.table.finish(faults);
    Some(Step { id: id?, title: title?, deed: deed?, after, when })
}

/// What is to be done, in both languages or one text for both; without it, the step's id.
fn title(table: &mut Table<'_>, id: Option<&Clean>, faults: &mut Faults) -> Option<PolicyName> {
    let id = id?.clone();
    match table.take("title") {
        None => Some(PolicyName { en: id.clone(), zh: id.clone(), id }),
        Some(value) if value.get_ref().as_str().is_some() => {
            let title = clean(value, faults)?.value;
            Some(PolicyName { en: title.clone(), zh: title, id })
        }
        Some(value) => names(id, value, faults),
    }
}

/// What somebody does. To agree is always somebody's word.
fn work(table: &mut Table<'_>, is_word: bool, names: &Names<'_>, faults: &mut Faults) -> Option<Work> {
    const DONE_BY: &[(&str, DoneBy)] = &[
        ("contact", DoneBy::Contact),
        ("answer", DoneBy::Answer),
        ("solution", DoneBy::Solution),
        ("revisit", DoneBy::Revisit),
        ("manual", DoneBy::Manual),
    ];
    let duty = table.take("duty").and_then(|value| duty(value, faults));
    let within = table.need("within", faults).and_then(|value| within(value, names.calendars, faults));
    let done_by = match table.take("done_by") {
        None => Some(DoneBy::Manual),
        Some(value) if is_word => word(value, &[("manual", DoneBy::Manual)], faults),
        Some(value) => word(value, DONE_BY, faults),
    };
    let warn = table.take("warn").and_then(|value| warn(value, within.as_ref(), faults));
    let clock = within.as_ref().map_or(Clock::Elapsed, |within| within.clock.clone());
    let duty = duty.unwrap_or(Duty::Owner);
    let escalate = table.take("escalate").and_then(|value| escalations(value, &duty, &clock, faults));
    Some(Work { duty, within: within?, done_by: done_by?, warn, escalate: escalate.unwrap_or_default() })
}

/// The owner, the lead of the owner, a manager, or whoever holds a duty.
pub(in crate::rules::policy) fn duty(value: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Duty> {
    let Placed { at, value: duty } = clean(value, faults)?;
    Some(match duty.as_str() {
        "owner" => Duty::Owner,
        "lead" => Duty::Lead,
        "manager" => Duty::Manager,
        _ => {
            faults.ask(at, Asked::Duty(duty.clone()));
            Duty::Held(duty)
        }
    })
}

/// `75%`, or a duration before the end. That is a time by which all counts: with the hours of a calendar the same step
/// is warned of too early on one day and not on another, so nothing is said of those.
fn warn(value: &Spanned<DeValue<'_>>, within: Option<&Within>, faults: &mut Faults) -> Option<Warn> {
    let text = text(value, faults)?;
    let Some(share) = text.value.strip_suffix('%') else {
        let warn = span(value, faults)?.value;
        let elapsed = within.filter(|within| within.clock == Clock::Elapsed).map(|within| within.span);
        if let Some(within) = elapsed.filter(|within| warn.minutes() > within.minutes()) {
            faults.push(text.at, Fault::WarnedTooEarly(warn, within));
        }
        return Some(Warn::Before(warn));
    };
    match share.parse() {
        Ok(share @ 1..=99) => Some(Warn::Share(share)),
        _ => faults.refuse(text.at, Fault::Share(text.value.to_owned())),
    }
}

/// `[ { after = "0h", to = "lead" }, … ]`, the earlier ones first.
fn escalations(
    value: &Spanned<DeValue<'_>>,
    mine: &Duty,
    clock: &Clock,
    faults: &mut Faults,
) -> Option<Vec<Escalation>> {
    let Some(list) = value.get_ref().as_array() else {
        return faults.refuse(value.span(), Fault::Expected(Expected::List));
    };
    let read: Vec<_> = list.iter().map(|entry| escalation(entry, mine, clock, faults)).collect();
    let mut all: Vec<Escalation> = read.into_iter().collect::<Option<_>>()?;
    all.sort_by_key(|escalation| escalation.after.minutes());
    Some(all)
}

fn escalation(
    value: &Spanned<DeValue<'_>>,
    mine: &Duty,
    clock: &Clock,
    faults: &mut Faults,
) -> Option<Escalation> {
    let mut table = table(value, faults)?;
    let after = table.need("after", faults).and_then(|value| delay(value, clock, faults));
    let to = table.need("to", faults).and_then(|value| {
        let duties =
            [("lead", &Duty::Lead), ("manager", &Duty::Manager), ("owner", &Duty::Owner), ("duty", mine)];
        word(value, &duties, faults).cloned()
    });
    table.finish(faults);
    Some(Escalation { after: after?, to: to? })
}

/// A duration that may be none.
fn delay(value: &Spanned<DeValue<'_>>, clock: &Clock, faults: &mut Faults) -> Option<Span> {
    let text = text(value, faults)?;
    match text.value.parse::<Span>() {
        Ok(span) => of_clock(Placed { at: text.at, value: span }, clock, faults),
        Err(BadSpan::TooLong) => faults.refuse(text.at, Fault::LongSpan(text.value.to_owned())),
        Err(BadSpan::NotASpan) => faults.refuse(text.at, Fault::Span(text.value.to_owned())),
    }
}
