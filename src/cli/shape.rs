//! The shapes that scripts rely on (JSON; CSV and TSV have the same names). Fields may be added, never renamed.
//!
//! Times are RFC 3339 with the offset of the team's zone, dates `YYYY-MM-DD`, amounts `{"amount","currency"}`. What
//! is absent is `null`; lists are `[]`. A record is its id; beside it stands its name. `--as-of` changes what is told,
//! never its shape.

use chrono::SecondsFormat;
use chrono_tz::Tz;
use serde_json::{Map, Value as Json, json};

use super::why::stage_reason;
use crate::filter;
use crate::model::query::{
    Card, ContactLine, CustomerLine, DealLine, Happened, Lateness, PolicyName, PurchaseLine, Reason, RowLine,
    Standing, Status, TaskLine, TimelineItem, Verified, Why,
};
use crate::model::{Choice, Day, Id, Instant, Named, Row, Shape, TaskState, Value};
use crate::text::{Clean, Lang, Money};

/// Makes values for machines: in this language where they hold sentences, in this zone where they hold times.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shaper {
    pub(super) lang: Lang,
    pub(super) zone: Tz,
}

impl Shaper {
    pub(super) fn customer(self, line: &CustomerLine) -> Json {
        let mut object = json!({
            "id": id(line.id),
            "name": line.name.as_str(),
            "kind": line.kind.word(),
            "parent": named(line.parent.as_ref()),
            "parent_name": name(line.parent.as_ref()),
            "owner": named(line.owner.as_ref()),
            "owner_name": name(line.owner.as_ref()),
            "team": named(line.team.as_ref()),
            "team_name": name(line.team.as_ref()),
            "tier": text(&line.tier),
            "stage": text(&line.stage),
            "tags": texts(&line.tags),
            "region": text(&line.region),
            "industry": text(&line.industry),
            "phone": text(&line.phone),
            "last_contact": self.time(line.last_contact),
            "next_due": self.time(line.next_due),
            "late": line.late == Lateness::Late,
            "spend": money(line.spend),
            "orders": line.orders,
            "pooled": line.pooled,
            "pool": text(&line.pool),
            "protected": self.time(line.protected),
            "returns": self.time(line.returns),
            "returning": line.returning,
        });
        if let (Some(score), Json::Object(object)) = (line.score, &mut object) {
            object.insert("score".into(), score.into());
        }
        object
    }

    /// The line of the list, and all else that there is to know.
    pub(super) fn card(self, card: &Card, stages: &[PolicyName]) -> Json {
        let line = &card.line;
        let mut object = self.customer(line);
        let referred: Vec<Named> =
            [&line.parent, &line.owner, &line.team].into_iter().flatten().cloned().collect();
        let collaborator = |(member, duty): &(Named, Clean)| json!({ "member": id(member.id), "member_name": member.name.as_str(), "duty": duty.as_str() });
        let below = |(customer, depth): &(Named, u32)| json!({ "customer": id(customer.id), "customer_name": customer.name.as_str(), "depth": depth });
        let currency = line.spend.currency;
        let spend = card.year.spend_by_month().map(|minor| Money { minor, currency });
        let more = json!({
            "why": self.why(&card.why, stages),
            "hidden": card.hidden,
            "contacts": card.contacts.iter().map(contact).collect::<Json>(),
            "tasks": card.tasks.iter().map(|task| self.task(task)).collect::<Json>(),
            "timeline": card.timeline.iter().map(|item| self.happened(item)).collect::<Json>(),
            "deals": card.deals.iter().map(deal).collect::<Json>(),
            "purchases": card.purchases.iter().map(purchase).collect::<Json>(),
            "collaborators": card.collaborators.iter().map(collaborator).collect::<Json>(),
            "group": card.group.iter().map(below).collect::<Json>(),
            "group_spend": money(card.group_spend),
            "contacts_by_month": card.year.contacts_by_month(),
            "spend_by_month": spend.map(money),
            "fields": self.fields(&card.row, &referred),
        });
        if let (Json::Object(object), Json::Object(more)) = (&mut object, more) {
            object.extend(more);
        }
        object
    }

    /// Why it is what it is, with the stages by what people call them where sentences name them.
    pub(super) fn why(self, why: &Why, stages: &[PolicyName]) -> Json {
        let (owner, since) = why.owner.as_ref().map(|(owner, since)| (owner, *since)).unzip();
        let (every, by) = why.contact_every.unzip();
        let meanwhile = why.meanwhile.as_ref().and_then(|away| away.by.as_ref());
        json!({
            "customer": id(why.customer.id),
            "customer_name": why.customer.name.as_str(),
            "tier": standing(&why.tier),
            "tier_reason": filter::why(&why.tier, stages, self.lang),
            "stage": standing(&why.stage),
            "stage_reason": stage_reason(why, stages, self.lang),
            "owner": named(owner),
            "owner_name": name(owner),
            "owner_since": self.time(since.flatten()),
            "away_until": day(why.meanwhile.as_ref().map(|away| away.until)),
            "meanwhile": named(meanwhile),
            "meanwhile_name": name(meanwhile),
            "team": named(why.team.as_ref()),
            "team_name": name(why.team.as_ref()),
            "contact_every_days": every,
            "contact_until": day(by.flatten()),
            "next": why.next.as_ref().map(|task| self.task(task)),
            "playbooks": why.runs.iter().map(|run| self.run(run)).collect::<Json>(),
            "begins": why.begins.as_ref().map(|(at, playbooks)| {
                let ids = playbooks.iter().map(|name| name.id.as_str());
                json!({ "at": self.time(Some(*at)), "playbooks": ids.collect::<Json>() })
            }),
            "returns": why.returning.as_ref().map(|back| self.returning(back)),
            "released": why.released.as_ref().map(|out| self.released(out)),
            "protected": self.time(why.protected.as_ref().map(|(until, _)| *until)),
            "planned": why.planned.iter().map(|plan| self.planned(plan)).collect::<Json>(),
        })
    }

    pub(super) fn task(self, task: &TaskLine) -> Json {
        json!({
            "id": id(task.id),
            "title": task.title.as_str(),
            "customer": named(task.customer.as_ref()),
            "customer_name": name(task.customer.as_ref()),
            "tier": text(&task.tier),
            "assignee": named(task.assignee.as_ref()),
            "assignee_name": name(task.assignee.as_ref()),
            "away_until": day(task.away_until),
            "team": named(task.team.as_ref()),
            "team_name": name(task.team.as_ref()),
            "due": self.time(task.due),
            "state": task.state.word(),
            "source": task.source.word(),
            "playbook": task.step.as_ref().map(|of| of.playbook.as_str()),
            "step": task.step.as_ref().map(|of| of.step.as_str()),
            "overdue": task.state == TaskState::Open && task.late == Lateness::Late,
            "duty": task.step.as_ref().map(|of| of.duty.as_str()),
            "promise": task.promise,
            "snoozed_until": self.time(task.snoozed_until),
            "paused": task.step.as_ref().is_some_and(|of| of.paused),
            "created": self.time(task.created),
            "done_at": self.time(task.done_at),
            "done_by": named(task.done_by.as_ref()),
            "done_by_name": name(task.done_by.as_ref()),
        })
    }

    /// An item of the timeline: every kind has the same fields.
    pub(super) fn happened(self, item: &TimelineItem) -> Json {
        let mut object = json!({
            "id": id(item.id),
            "at": self.time(Some(item.at)),
            "caught_up": self.time(item.caught_up),
            "whole_day": item.whole_day,
            "by": named(item.by.as_ref()),
            "by_name": name(item.by.as_ref()),
            "channel": null, "direction": null, "text": null, "said": null, "outcome": null,
            "contact": null, "contact_name": null,
            "kind": null, "state": null, "amount": null, "from": null, "to": null,
        });
        let mut set = |field: &str, value: Json| object[field] = value;
        match &item.what {
            Happened::Interaction { channel, direction, outcome, text: ours, said, contact } => {
                set("kind", "interaction".into());
                set("channel", channel.word().into());
                set("direction", direction.map(Choice::word).into());
                set("outcome", outcome.map(Choice::word).into());
                set("text", text(ours));
                set("said", text(said));
                set("contact", named(contact.as_ref()));
                set("contact_name", name(contact.as_ref()));
            }
            Happened::Task { title, state } => {
                set("kind", "task".into());
                set("text", text(title));
                set("state", state.word().into());
            }
            Happened::Deal { title, stage, amount } => {
                set("kind", "deal".into());
                set("text", text(title));
                set("state", stage.word().into());
                set("amount", amount.map(money).into());
            }
            Happened::Purchase { product, amount } => {
                set("kind", "purchase".into());
                set("text", text(product));
                set("amount", amount.map(money).into());
            }
            Happened::Moved { field, from, to } => {
                set("kind", field.as_str().into());
                set("from", text(from));
                set("to", text(to));
            }
        }
        object
    }

    /// A record of any kind: its id and every field, with the names of the records that it refers to.
    pub(super) fn row(self, line: &RowLine) -> Json {
        let mut object = Map::new();
        object.insert("id".into(), id(line.id));
        object.extend(self.fields(&line.row, &line.names));
        object.into()
    }

    /// Every field of a record, those of several values as lists; own fields as `x.NAME`.
    fn fields(self, row: &Row, names: &[Named]) -> Map<String, Json> {
        let kind = row.kind();
        let mut object = Map::new();
        for info in kind.fields() {
            let empty = match info.shape {
                Shape::Own(_) => continue,
                Shape::Flag => Json::Bool(false),
                shape if shape.is_many() => Json::Array(Vec::new()),
                _ => Json::Null,
            };
            object.insert(info.name.into(), empty);
            match info.shape {
                Shape::Ref(_) => object.insert(format!("{}_name", info.name), Json::Null),
                Shape::Refs(_) => object.insert(format!("{}_name", info.name), Json::Array(Vec::new())),
                _ => None,
            };
        }
        for (field, value) in row.values() {
            let key = kind.field_name(&field);
            if let Value::Ref(record) = value {
                let called = name(names.iter().find(|named| named.id == record));
                put(&mut object, format!("{key}_name"), called);
            }
            put(&mut object, key, self.value(&value));
        }
        object
    }

    /// A value as machines read it.
    pub(super) fn value(self, value: &Value) -> Json {
        match value {
            Value::Absent => Json::Null,
            Value::Flag(flag) => (*flag).into(),
            Value::Number(number) => (*number).into(),
            Value::Text(text) => text.as_str().into(),
            Value::Money(amount) => money(*amount),
            Value::Day(date) => day(Some(*date)),
            Value::Instant(at) => self.time(Some(*at)),
            Value::Ref(record) => id(*record),
            Value::Duty(member, duty) => format!("{member}:{duty}").into(),
        }
    }

    pub(super) fn time(self, at: Option<Instant>) -> Json {
        at.map(|at| at.in_zone(self.zone).to_rfc3339_opts(SecondsFormat::Secs, false)).into()
    }
}

/// Puts a value where it belongs; where several do, one more of them.
fn put(object: &mut Map<String, Json>, key: String, value: Json) {
    match object.get_mut(&key) {
        Some(Json::Array(several)) => several.push(value),
        _ => {
            object.insert(key, value);
        }
    }
}

pub(super) fn contact(contact: &ContactLine) -> Json {
    json!({
        "id": id(contact.id),
        "name": contact.name.as_str(),
        "title": text(&contact.title),
        "phones": texts(&contact.phones),
        "mails": texts(&contact.mails),
    })
}

fn deal(deal: &DealLine) -> Json {
    json!({
        "id": id(deal.id),
        "title": deal.title.as_str(),
        "owner": named(deal.owner.as_ref()),
        "owner_name": name(deal.owner.as_ref()),
        "stage": deal.stage.word(),
        "amount": deal.amount.map(money),
        "opened": day(deal.opened),
        "expected": day(deal.expected),
        "closed": day(deal.closed),
    })
}

fn purchase(purchase: &PurchaseLine) -> Json {
    json!({
        "id": id(purchase.id),
        "product": purchase.product.as_str(),
        "amount": purchase.amount.map(money),
        "date": day(purchase.date),
        "deal": purchase.deal.map(id),
    })
}

fn standing(standing: &Standing) -> Json {
    json!({
        "id": text(&standing.id),
        "since": day(standing.since),
        "rule": text(&standing.rule),
        "kept": standing.kept,
        "reasons": reasons(&standing.reasons),
        "keep": text(&standing.keep),
        "fixed": standing.fixed.as_ref().map(|(reason, until)| json!({
            "reason": reason.as_str(),
            "until": day(*until),
        })),
        "above": standing.above.as_ref().map(|(tier, missing)| json!({
            "tier": tier.as_str(),
            "missing": reasons(missing),
        })),
        "pending": standing.pending.as_ref().map(|(tier, on)| json!({
            "tier": tier.as_str(),
            "on": day(Some(*on)),
        })),
    })
}

pub(super) fn reasons(reasons: &[Reason]) -> Json {
    let one = |reason: &Reason| json!({ "condition": reason.condition.as_str(), "fact": text(&reason.fact), "holds": reason.holds });
    reasons.iter().map(one).collect()
}

pub(super) fn status(status: &Status) -> Json {
    json!({
        "pid": status.pid,
        "version": status.version.as_str(),
        "protocol": status.protocol,
        "store": status.store.as_str(),
        "kind": status.kind.as_str(),
        "uptime_s": status.uptime_s,
        "sessions": status.sessions,
        "here": status.here.iter().map(person).collect::<Json>(),
        "head": status.head,
        "customers": status.customers,
        "interactions": status.interactions,
        "memory_bytes": status.memory_bytes,
        "open_batches": status.open_batches.iter().map(|batch| id(batch.id)).collect::<Json>(),
        "read_only": text(&status.read_only),
    })
}

pub(super) fn verified(verified: &Verified) -> Json {
    json!({ "entries": verified.entries, "compared": verified.compared, "faults": texts(&verified.faults) })
}

/// The name of a tier or stage in the language; the id where the policy does not know it.
pub(super) fn policy_name<'a>(
    known: &'a [crate::model::query::PolicyName],
    id: &'a Clean,
    lang: Lang,
) -> &'a Clean {
    known.iter().find(|name| name.id == *id).map_or(id, |name| lang.pick(&name.en, &name.zh))
}

/// A tier by its id and its name: `A Key`; the id alone where nobody knows it, or where it is called so.
pub(super) fn with_id(known: &[crate::model::query::PolicyName], id: &Clean, lang: Lang) -> String {
    let name = policy_name(known, id, lang);
    if name.folded() == id.folded() { name.line() } else { format!("{id} {name}") }
}

pub(super) fn id(id: Id) -> Json {
    id.to_string().into()
}

pub(super) fn text(text: &Clean) -> Json {
    if text.is_empty() { Json::Null } else { text.as_str().into() }
}

pub(super) fn money(money: Money) -> Json {
    json!({ "amount": money.amount(), "currency": money.currency.code() })
}

pub(super) fn named(named: Option<&Named>) -> Json {
    named.map(|named| named.id.to_string()).into()
}

pub(super) fn name(named: Option<&Named>) -> Json {
    named.map(|named| named.name.as_str()).into()
}

fn person(named: &Named) -> Json {
    json!({ "id": id(named.id), "name": named.name.as_str() })
}

fn texts(texts: &[Clean]) -> Json {
    texts.iter().map(Clean::as_str).collect()
}

pub(super) fn day(day: Option<Day>) -> Json {
    day.map(|day| day.date().to_string()).into()
}
