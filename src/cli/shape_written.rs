//! The shapes of what was written: entries of the journal, receipts, mentions.

use serde_json::{Map, Value as Json, json};

use super::shape::{Shaper, id, name, named, text};
use crate::model::event::MENTIONS;
use crate::model::query::{HistoryItem, MentionLine};
use crate::model::{Became, Cause, Event, Field, Id, Receipt};

impl Shaper {
    pub(super) fn history(self, item: &HistoryItem) -> Json {
        let entry = &item.entry;
        let (cause, of) = match &entry.cause {
            Cause::Asked => ("asked", None),
            Cause::Follows { seq } => ("follows", Some(*seq)),
            Cause::Undoes { seq } => ("undoes", Some(*seq)),
            Cause::Clock | Cause::Due { .. } => ("clock", None),
        };
        let rule = match &entry.cause {
            Cause::Due { rule, .. } => text(rule),
            _ => Json::Null,
        };
        let actor = match (entry.by, cause) {
            (Some(by), _) => id(by),
            (None, "clock") => "clock".into(),
            (None, _) => Json::Null,
        };
        json!({
            "seq": entry.seq,
            "at": self.time(Some(entry.at)),
            "by": named(item.by.as_ref()),
            "by_name": name(item.by.as_ref()),
            "actor": actor,
            "command": entry.command.as_str(),
            "cause": cause,
            "of": of,
            "due": self.time(item.due),
            "rule": rule,
            "changes": self.changes(&entry.events),
            "undone_by": item.undone_by,
            "batch": entry.batch.map(id),
        })
    }

    /// What a write did, or would do.
    pub(super) fn receipt(self, receipt: &Receipt) -> Json {
        let became = match receipt.became {
            Became::Created => "created",
            Became::Updated => "updated",
            Became::Unchanged => "unchanged",
            Became::TakenBack => "taken back",
        };
        let dates = receipt.dates.iter();
        let dates: Map<_, _> = dates.map(|(field, at)| (field.to_string(), self.time(Some(*at)))).collect();
        // Nobody reads thousands of numbers: of a batch it is said how many, and the batch names them.
        let whole = undoes_batch(receipt);
        let (seqs, ids) = if whole { Default::default() } else { (&receipt.seqs[..], &receipt.ids[..]) };
        json!({
            "seqs": seqs,
            "ids": ids.iter().map(|made| id(*made)).collect::<Json>(),
            "count": receipt.ids.len(),
            "batch": receipt.batch.map(id),
            "undo": undo(receipt),
            "became": became,
            "left": receipt.left,
            "dates": dates,
            "changes": self.changes(&receipt.changes),
        })
    }

    pub(super) fn mention(self, line: &MentionLine) -> Json {
        json!({
            "seq": line.seq,
            "at": self.time(Some(line.at)),
            "by": named(line.by.as_ref()),
            "by_name": name(line.by.as_ref()),
            "record": id(line.record),
            "customer": named(line.customer.as_ref()),
            "customer_name": name(line.customer.as_ref()),
            "team": named(line.team.as_ref()),
            "team_name": name(line.team.as_ref()),
            "text": line.text.as_str(),
            "unread": line.unread,
        })
    }

    fn changes(self, events: &[Event]) -> Json {
        events.iter().flat_map(|event| self.change(event)).collect()
    }

    fn change(self, event: &Event) -> Vec<Json> {
        let one = |record: Id, field: &Field, from: Json, to: Json| json!({ "record": id(record), "field": record.kind.field_name(field), "from": from, "to": to });
        match event {
            Event::Created { record, values } => {
                values.iter().map(|(field, to)| one(*record, field, Json::Null, self.value(to))).collect()
            }
            Event::Removed { record, values } => {
                values.iter().map(|(field, from)| one(*record, field, self.value(from), Json::Null)).collect()
            }
            Event::Set { record, field, from, to } => {
                vec![one(*record, field, self.value(from), self.value(to))]
            }
            Event::Linked { record, field, value } => {
                vec![one(*record, field, Json::Null, self.value(value))]
            }
            Event::Unlinked { record, field, value } => {
                vec![one(*record, field, self.value(value), Json::Null)]
            }
            Event::Mentioned { record, member, .. } => {
                vec![json!({ "record": id(*record), "field": MENTIONS, "from": null, "to": id(*member) })]
            }
        }
    }
}

/// Whether a whole batch was taken back, or would be.
pub(super) fn undoes_batch(receipt: &Receipt) -> bool {
    receipt.became == Became::TakenBack && receipt.batch.is_some()
}

/// The command that takes a write back: by its batch, else by its first entry, from which the others follow. None takes
/// back what stands.
pub(super) fn undo(receipt: &Receipt) -> Option<String> {
    if receipt.batch.is_none() && receipt.changes.iter().any(Event::stands) {
        return None;
    }
    let seq = receipt.seqs.first()?;
    Some(receipt.batch.map_or_else(|| format!("gx undo {seq}"), |batch| format!("gx undo {batch}")))
}
