//! What a write says when it is done, or would be.

use std::collections::BTreeSet;

use chrono::Timelike;
use chrono_tz::Tz;

use super::brought::{self, Counts};
use super::effect;
use super::failure::Done;
use super::gx::Gx;
use super::page::Page;
use super::shape::{Shaper, policy_name, with_id};
use super::shape_written::{undo, undoes_batch};
use crate::model::called::{called, deed};
use crate::model::query::{Effect, Named, RowLine, Session};
use crate::model::time::END_OF_DAY;
use crate::model::{
    Answer, Became, Cause, Channel, Choice, Command, Direction, Entry, Event, Field, Id, Instant, Kind,
    Outcome, Query, Receipt, Row, Value,
};
use crate::text::date::{self, When};
use crate::text::money::Count;
use crate::text::say::cli as say;
use crate::text::say::together;
use crate::text::{Clean, Lang, lines};

/// A message about some ids.
type Say = fn(Lang, String) -> String;

impl Gx {
    /// Carries out a command and tells what became of it.
    pub(super) fn write(&mut self, command: Command, dry_run: bool) -> Done {
        let receipt = self.act(command, dry_run)?;
        self.tell(&receipt, dry_run, None)
    }

    /// Tells what a write did, or would do; `done` says it of the ids where what became of them does not.
    pub(super) fn tell(&mut self, receipt: &Receipt, dry_run: bool, done: Option<Say>) -> Done {
        let (lang, zone, quiet) = (self.lang, self.zone()?, self.flags.quiet);
        let shaper = Shaper { lang, zone };
        let for_people = !quiet && !self.for_machines();
        let effect = if dry_run { None } else { self.effect(receipt) };
        let brought = if dry_run || quiet { None } else { self.brought(receipt) };
        let about = match &effect {
            Some(effect) if for_people => effect::about(effect, receipt, lang),
            _ if for_people => self.about(receipt),
            _ => ids(receipt, lang),
        };
        let about = match self.taken_back(receipt).filter(|_| for_people) {
            Some(deed) => [deed, about].join(lang.pick(": ", "：")),
            None => about,
        };
        let mentioned = if for_people { self.mentioned(receipt) } else { Vec::new() };
        self.warn_of_late(receipt)?;
        let session = self.session()?.clone();
        self.out.one(
            |page| {
                if quiet {
                    page.line([about.into()]);
                } else {
                    draw(
                        page,
                        receipt,
                        (about, mentioned),
                        (effect.as_ref(), brought.as_ref()),
                        dry_run,
                        done,
                        (&session, shaper),
                    );
                }
            },
            || {
                let mut value = shaper.receipt(receipt);
                if dry_run {
                    value["dry_run"] = true.into();
                }
                if let Some(effect) = &effect {
                    value["policy"] = effect::shape(effect);
                }
                if let Some(brought) = &brought {
                    value["brought"] = brought::shape(brought);
                }
                value
            },
        )?;
        Ok(())
    }

    /// What a write was about: its records with their names, and the customer they hang on. What is not there (yet) is
    /// its id alone.
    fn about(&mut self, receipt: &Receipt) -> String {
        let lang = self.lang;
        if undoes_batch(receipt) {
            let batch = receipt.batch.and_then(|batch| self.row(batch));
            let name = batch.map(|line| own_name(&line.row)).unwrap_or_default();
            // An undo's own batch is called after the one that it took back.
            let name =
                name.strip_prefix("undo ").and_then(|rest| rest.split_once(": ")).map_or(&*name, |(_, n)| n);
            let count = ids(receipt, lang);
            return if name.is_empty() { count } else { [name, &count].join(lang.pick(": ", "：")) };
        }
        let mut said = Vec::new();
        let mut customers = Vec::new();
        for id in &receipt.ids {
            let line = (receipt.ids.len() <= NAMED).then(|| self.row(*id)).flatten();
            let was = if line.is_none() { removed(receipt, *id) } else { None };
            let row = line.as_ref().map(|line| &line.row).or(was.as_ref());
            let name = row.map(own_name).unwrap_or_default();
            said.push(format!("{id} {name}").trim_end().to_owned());
            let Some(customer) = row.and_then(Row::customer) else { continue };
            let known = line.and_then(|line| line.names.into_iter().find(|named| named.id == customer));
            let name = known.map(|named| named.name.line());
            let name = name.or_else(|| self.row(customer).map(|line| own_name(&line.row)));
            customers.push(format!("{customer} {}", name.unwrap_or_default()));
        }
        customers.dedup();
        said.extend(customers.into_iter().map(|customer| format!("· {customer}")));
        said.join(" ")
    }

    /// A batch by its name, as the screen calls it, and how many records it has.
    pub(super) fn batch(&mut self, batch: Id, records: usize) -> String {
        let name = self.row(batch).map(|line| own_name(&line.row)).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| batch.to_string());
        say::batch(self.lang, name, say::records(self.lang, Count(records)))
    }

    /// Of an undo: what it took back and when that was done, `logged, 2026-11-22 12:04`.
    fn taken_back(&mut self, receipt: &Receipt) -> Option<String> {
        if receipt.became != Became::TakenBack || undoes_batch(receipt) {
            return None;
        }
        let undo = self.entry(*receipt.seqs.first()?)?;
        let Cause::Undoes { seq } = undo.cause else { return None };
        let entry = self.entry(seq)?;
        let (lang, zone) = (self.lang, self.zone().ok()?);
        let deed = deed(entry.command.as_str(), lang).to_owned();
        Some([deed, entry.at.say(zone)].join(lang.pick(", ", "，")))
    }

    fn entry(&mut self, seq: u64) -> Option<Entry> {
        let (by, since, before) = (Clean::default(), Clean::default(), Some(seq + 1));
        let query = Query::History { record: None, by, since, before, limit: 1 };
        let Answer::History(page) = self.ask(query).ok()? else { return None };
        page.into_iter().map(|item| item.entry).find(|entry| entry.seq == seq)
    }

    /// The names of those whom it mentions, each once.
    fn mentioned(&mut self, receipt: &Receipt) -> Vec<String> {
        let members: BTreeSet<Id> = receipt.changes.iter().filter_map(Event::mentions).collect();
        members.into_iter().filter_map(|id| self.row(id)).map(|line| own_name(&line.row)).collect()
    }

    /// A record with the names that it refers to.
    pub(super) fn row(&mut self, id: Id) -> Option<RowLine> {
        let found = self.rows_from(id.kind, &Clean::default(), id.n, 1).ok()?.into_iter().next()?;
        (found.id == id).then_some(found)
    }

    /// A next step that was late when it came to be is seldom meant.
    fn warn_of_late(&mut self, receipt: &Receipt) -> Done {
        let (lang, zone, now) = (self.lang, self.zone()?, self.session()?.now);
        let late = |(field, at): &&(Clean, Instant)| field.as_str() == "due" && *at < now;
        if let Some((_, at)) = receipt.dates.iter().find(late) {
            self.note(&say::late_from_the_start(lang, echo(*at, lang, zone)));
        }
        Ok(())
    }
}

/// So many records are told by their names.
const NAMED: usize = 3;

/// What a record is called; empty where it has no name.
fn own_name(row: &Row) -> String {
    let named = ["name", "title"].into_iter().find_map(|field| row.kind().field(field));
    match named.map(|(field, _)| row.get(&field)) {
        Some(Value::Text(name)) => name.line(),
        _ => String::new(),
    }
}

/// A record as it was before the write took it away.
fn removed(receipt: &Receipt, id: Id) -> Option<Row> {
    let values = receipt.changes.iter().find_map(|event| match event {
        Event::Removed { record, values } if *record == id => Some(values),
        _ => None,
    })?;
    let mut row = Row::blank(id.kind);
    for (field, value) in values {
        row.set(field, value.clone());
    }
    Some(row)
}

fn draw(
    page: &mut Page,
    receipt: &Receipt,
    (about, mentioned): (String, Vec<String>),
    (effect, brought): (Option<&Effect>, Option<&Counts>),
    dry_run: bool,
    done: Option<Say>,
    (session, shaper): (&Session, Shaper),
) {
    let Shaper { lang, zone } = shaper;
    let done = done.unwrap_or(match (receipt.became, dry_run) {
        (Became::Created, false) => say::created,
        (Became::Created, true) => say::would_create,
        (Became::Updated, false) => say::changed,
        (Became::Updated, true) => say::would_change,
        (Became::TakenBack, false) if undoes_batch(receipt) => say::batch_taken_back,
        (Became::TakenBack, true) if undoes_batch(receipt) => say::would_take_batch_back,
        (Became::TakenBack, false) => say::taken_back,
        (Became::TakenBack, true) => say::would_take_back,
        (Became::Unchanged, _) => say::unchanged,
    });
    page.line([done(lang, about).trim_end().into()]);
    if let Some(effect) = effect {
        effect::draw(page, effect, receipt, lang);
    }
    for (field, at) in &receipt.dates {
        let field = called(field.as_str()).map_or_else(|| field.to_string(), |label| label(lang).to_owned());
        page.line([say::understood(lang, field, echo(*at, lang, zone)).into()]);
    }
    if let Some(brought) = brought {
        brought::draw(page, brought, lang);
    }
    if !mentioned.is_empty() {
        page.line([together::mentions(lang, mentioned.join(lang.pick(", ", "、"))).into()]);
    }
    if dry_run {
        receipt
            .changes
            .iter()
            .flat_map(|event| changes(event, &[], session, shaper))
            .for_each(|line| page.line([line.into()]));
    }
    if receipt.left > 0 {
        page.line([say::left(lang, receipt.left).into()]);
    }
    if let Some(undo) = undo(receipt) {
        page.line([say::takes_back(lang, undo).into()]);
    }
}

/// The changes of an event that are for people, a line each: `c12 region: none -> east`. Records that have a name among
/// `names` are called by it.
pub(super) fn changes(event: &Event, names: &[Named], session: &Session, shaper: Shaper) -> Vec<String> {
    let lang = shaper.lang;
    let none = Value::Absent;
    let channel = channel(event);
    let one = |record: Id, field: &Field, from: &Value, to: &Value| {
        if (record, record.kind.field_name(field).as_str()) == (Id::SETTINGS, "policy") {
            return Some(policy(from, to, lang));
        }
        let name = |id: Id| Some(names.iter().find(|named| named.id == id)?.name.line());
        let said = |value: &Value| match value {
            Value::Ref(id) if let Some(name) = name(*id) => name,
            Value::Duty(id, duty) if let Some(name) = name(*id) => format!("{name}: {duty}"),
            value => channel
                .and_then(|channel| by_channel(channel, record.kind, field, value, lang))
                .unwrap_or_else(|| said(record.kind, field, value, session, shaper)),
        };
        let line = || say::change(lang, record, record.kind.field_label(field, lang), said(from), said(to));
        record.kind.tells(field).then(line)
    };
    match event {
        Event::Created { record, values } => {
            values.iter().filter_map(|(field, to)| one(*record, field, &none, to)).collect()
        }
        Event::Removed { record, values } => {
            values.iter().filter_map(|(field, from)| one(*record, field, from, &none)).collect()
        }
        Event::Set { record, field, from, to } => one(*record, field, from, to).into_iter().collect(),
        Event::Linked { record, field, value } => one(*record, field, &none, value).into_iter().collect(),
        Event::Unlinked { record, field, value } => one(*record, field, value, &none).into_iter().collect(),
        Event::Mentioned { record, member, .. } => {
            vec![say::change(lang, record, say::mentioned(lang), none.say(lang, shaper.zone), member)]
        }
    }
}

/// Another policy: how many lines changed.
fn policy(from: &Value, to: &Value, lang: Lang) -> String {
    let text = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        _ => Clean::default(),
    };
    let [from, to] = [from, to].map(text);
    let (added, gone) = lines::changed(from.as_str(), to.as_str());
    say::policy_change(lang, added, gone)
}

/// How an interaction took place, where the event says it.
fn channel(event: &Event) -> Option<Channel> {
    let (Event::Created { record, values } | Event::Removed { record, values }) = event else { return None };
    let channel = values.iter().find(|(field, _)| record.kind.field_name(field) == "channel");
    match channel {
        Some((_, Value::Text(word))) if record.kind == Kind::Interaction => Channel::read(word.as_str()),
        _ => None,
    }
}

/// Who began and how it ended, as one says it of this channel.
fn by_channel(channel: Channel, kind: Kind, field: &Field, value: &Value, lang: Lang) -> Option<String> {
    let Value::Text(word) = value else { return None };
    let said = match kind.field_name(field).as_str() {
        "direction" => Direction::read(word.as_str())?.by(channel, lang),
        "outcome" => Outcome::read(word.as_str())?.by(channel, lang),
        _ => return None,
    };
    Some(said.to_owned())
}

/// A value of a field as people read it: tiers and stages by the policy's names for them.
pub(super) fn said(kind: Kind, field: &Field, value: &Value, session: &Session, shaper: Shaper) -> String {
    let Shaper { lang, zone } = shaper;
    let name = kind.field_name(field);
    match (name.as_str(), value) {
        ("stage", Value::Text(id)) if kind == Kind::Customer => {
            policy_name(&session.names.stages, id, lang).line()
        }
        ("release_reason", Value::Text(reason)) => policy_name(&session.names.reasons, reason, lang).line(),
        ("tier" | "tier_fixed", Value::Text(id)) if kind == Kind::Customer => {
            with_id(&session.names.tiers, id, lang)
        }
        ("clock_ahead", Value::Number(millis)) => Instant::say_ahead(lang, *millis),
        _ => match kind.word_label(field, value, lang) {
            Some(label) => label.to_owned(),
            None => value.say(lang, zone),
        },
    }
}

/// The records; of a batch that was taken back their number.
fn ids(receipt: &Receipt, lang: Lang) -> String {
    if undoes_batch(receipt) {
        return say::records(lang, Count(receipt.ids.len()));
    }
    receipt.ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A date as it was understood, with its weekday.
fn echo(at: Instant, lang: Lang, zone: Tz) -> String {
    let local = at.local(zone);
    let time = ((local.hour(), local.minute()) != END_OF_DAY).then_some(local.time());
    date::echo(lang, When { date: local.date(), time })
}
