//! What happened: the entries of the journal.
//!
//! Events are few and general. What an act *meant* stands in its entry (the command, the cause, the rule); what it
//! *did* stands in the events, with the values before and after, so that history, undo, as-of views and the merging
//! of simultaneous edits need no code for each record.

use serde::{Deserialize, Serialize};

use super::id::{Id, Kind};
use super::lately::Ladder;
use super::time::Instant;
use super::value::{Field, Value};
use crate::text::Clean;

/// What the change is called that a mention is shown as, where others are called by their field.
pub const MENTIONS: &str = "mentions";

/// One change of one record. Variants are stored by their position: they are only ever added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A record came to be, with these values.
    Created {
        /// Which.
        record: Id,
        /// Its values; several for fields that hold several.
        values: Vec<(Field, Value)>,
    },
    /// A field got another value.
    Set {
        /// Whose.
        record: Id,
        /// Which field.
        field: Field,
        /// The value before.
        from: Value,
        /// The value now.
        to: Value,
    },
    /// A field that holds several values got one more.
    Linked {
        /// Whose.
        record: Id,
        /// Which field.
        field: Field,
        /// The value.
        value: Value,
    },
    /// A field that holds several values lost one.
    Unlinked {
        /// Whose.
        record: Id,
        /// Which field.
        field: Field,
        /// The value.
        value: Value,
    },
    /// A record was taken back, with these values.
    Removed {
        /// Which.
        record: Id,
        /// Its values, so that it can come back.
        values: Vec<(Field, Value)>,
    },
    /// A text that is new mentions a member. It changes no record; who was meant stays so, whatever people are called
    /// later.
    Mentioned {
        /// Whose text.
        record: Id,
        /// Which field.
        field: Field,
        /// Who is meant.
        member: Id,
        /// What stands behind the `@`.
        word: Clean,
    },
}

impl Event {
    /// The record it changes.
    pub fn record(&self) -> Id {
        match self {
            Event::Created { record, .. }
            | Event::Set { record, .. }
            | Event::Linked { record, .. }
            | Event::Unlinked { record, .. }
            | Event::Removed { record, .. }
            | Event::Mentioned { record, .. } => *record,
        }
    }

    /// The records that its values refer to.
    pub fn refs(&self) -> impl Iterator<Item = Id> {
        let (many, few): (&[(Field, Value)], [Option<&Value>; 2]) = match self {
            Event::Created { values, .. } | Event::Removed { values, .. } => (values, [None; 2]),
            Event::Set { from, to, .. } => (&[], [Some(from), Some(to)]),
            Event::Linked { value, .. } | Event::Unlinked { value, .. } => (&[], [Some(value), None]),
            Event::Mentioned { .. } => (&[], [None; 2]),
        };
        many.iter().map(|(_, value)| value).chain(few.into_iter().flatten()).filter_map(Value::refers_to)
    }

    /// What it makes of a field of a record: from what, and to what. None where it sets another one, or nothing.
    pub fn sets(&self, of: Id, name: &str) -> Option<(&Value, &Value)> {
        match self {
            Event::Set { record, field, from, to }
                if *record == of && of.kind.info(field.code).is_some_and(|info| info.name == name) =>
            {
                Some((from, to))
            }
            _ => None,
        }
    }

    /// The customer whose tier, stage or owner becomes another by it. The first tier and the first stage are no move.
    pub fn moves(&self) -> Option<Id> {
        let Event::Set { record, field, from, .. } = self else { return None };
        let told = match record.kind.info(field.code)?.name {
            "owner" => true,
            "tier" | "stage" => !from.is_absent(),
            _ => false,
        };
        (record.kind == Kind::Customer && told).then_some(*record)
    }

    /// The customer who leaves a tier or a stage by it, and which.
    pub fn leaves(&self) -> Option<(Id, Ladder, &Clean)> {
        let Event::Set { record, field, from: Value::Text(from), .. } = self else { return None };
        let ladder = match record.kind.info(field.code)?.name {
            "tier" => Ladder::Tier,
            "stage" => Ladder::Stage,
            _ => return None,
        };
        (record.kind == Kind::Customer).then_some((*record, ladder, from))
    }

    /// Whether an act with it stands, for nobody's undo takes it back: a claim stays counted, and the clock goes on.
    pub fn stands(&self) -> bool {
        let Event::Set { record, field, .. } = self else { return false };
        matches!(
            (record.kind, record.kind.info(field.code).map(|info| info.name)),
            (Kind::Member, Some("claims" | "claimed_on")) | (Kind::Settings, Some("clock_ahead"))
        )
    }

    /// Whether it tells people anything: not where only a field becomes another that rules keep for themselves.
    pub fn tells(&self) -> bool {
        match self {
            Event::Set { record, field, .. }
            | Event::Linked { record, field, .. }
            | Event::Unlinked { record, field, .. } => record.kind.tells(field),
            Event::Created { .. } | Event::Removed { .. } | Event::Mentioned { .. } => true,
        }
    }

    /// The member whom it mentions.
    pub fn mentions(&self) -> Option<Id> {
        match self {
            Event::Mentioned { member, .. } => Some(*member),
            _ => None,
        }
    }

    /// The event that takes this one back; a mention stands for as long as its entry does.
    #[must_use]
    pub fn reversed(&self) -> Event {
        match self.clone() {
            Event::Created { record, values } => Event::Removed { record, values },
            Event::Set { record, field, from, to } => Event::Set { record, field, from: to, to: from },
            Event::Linked { record, field, value } => Event::Unlinked { record, field, value },
            Event::Unlinked { record, field, value } => Event::Linked { record, field, value },
            Event::Removed { record, values } => Event::Created { record, values },
            mentioned @ Event::Mentioned { .. } => mentioned,
        }
    }
}

/// Why an entry is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// Somebody asked for it.
    Asked,
    /// It follows from an entry by a rule: grades and stages. Never in the way of an undo: it is derived again.
    Follows {
        /// The entry it follows from.
        seq: u64,
    },
    /// It takes an entry back.
    Undoes {
        /// Which.
        seq: u64,
    },
    /// The day turned, or another policy was adopted.
    Clock,
    /// Time brought it, by a rule.
    Due {
        /// When it was due; the entry says when it happened.
        at: Instant,
        /// Which rule.
        rule: Clean,
    },
}

impl Cause {
    /// True for what rules derive.
    pub fn is_derived(&self) -> bool {
        matches!(self, Cause::Follows { .. } | Cause::Clock | Cause::Due { .. })
    }
}

/// One act: what somebody did, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the journal, from 1, without gaps.
    pub seq: u64,
    /// When, by the store's clock, which never runs backwards.
    pub at: Instant,
    /// The member; none where the program acted by itself.
    pub by: Option<Id>,
    /// The command, as `gx history` shows it: `log`, `customer add`.
    pub command: Clean,
    /// Why it is there.
    pub cause: Cause,
    /// The batch it belongs to.
    pub batch: Option<Id>,
    /// What it did, in order.
    pub events: Vec<Event>,
}

impl Entry {
    /// True for what rules derive from other entries.
    pub fn is_derived(&self) -> bool {
        self.cause.is_derived()
    }

    /// What it makes of a field of a record.
    pub fn sets(&self, of: Id, name: &str) -> Option<(&Value, &Value)> {
        self.events.iter().find_map(|event| event.sets(of, name))
    }

    /// When it was due, where time brought it.
    pub fn due(&self) -> Option<Instant> {
        match self.cause {
            Cause::Due { at, .. } => Some(at),
            _ => None,
        }
    }

    /// When what it tells of happened: what time brings, at its own moment.
    pub fn moment(&self) -> Instant {
        self.due().unwrap_or(self.at)
    }

    /// The records it changes, each once.
    pub fn records(&self) -> Vec<Id> {
        let mut records: Vec<Id> = self.events.iter().map(Event::record).collect();
        records.sort_unstable();
        records.dedup();
        records
    }
}
