//! The keys under which a row is found: pure functions of the row, so that an index can never disagree with it.
//!
//! A key is bytes that sort as people expect: the index, its parts, and the id (kind and number, nine bytes) at the
//! end.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::choice::{Source, TaskState};
use super::id::{Id, Kind};
use super::record::Row;
use super::time::{Day, Instant};
use super::value::Value;
use crate::text::folded;

/// An index: the first byte of its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Index {
    /// (kind, folded name or alias) -> record. Members are also found by login.
    Name = 1,
    /// (kind, reference) -> record: what an import knows the record by.
    Reference = 2,
    /// (target, kind of the row that refers) -> that row.
    Refers = 3,
    /// (customer, instant) -> interaction, purchase, closed deal, finished task.
    Timeline = 4,
    /// (customer, instant) -> real contact.
    RealContact = 5,
    /// (customer, due) -> open task.
    OpenTask = 6,
    /// (due, end of a pause) -> open task, over all customers.
    Due = 7,
    /// (uid) -> member.
    Account = 8,
    /// (fingerprint) -> batch that is still open.
    OpenBatch = 9,
    /// (member or team, due, end of a pause) -> open task in their queue; a task with neither is everybody's
    /// ([`EVERYBODY`]).
    Queue = 10,
    /// (customer, kind, day) -> deal or purchase; open deals stand at the end of time.
    Sales = 11,
    /// (instant) -> customer whose tier or stage time alone can change then.
    Regrade = 12,
    /// (instant) -> customer who returns to the open pool then.
    Return = 20,
    /// (last day) -> member who is away until then.
    Away = 24,
    /// (instant) -> step or run of a playbook to which time brings something then.
    Playbook = 28,
    /// (playbook) -> run of it that is neither done nor stopped, or was stopped because a policy knows no such
    /// playbook: that policy can be taken back however late, and the run goes on then. Only adoptions read it.
    AtWork = 29,
    /// (instant) -> customer for whom time begins a playbook then.
    Begins = 30,
    /// (instant) -> customer of whom time brings a planned contact then, or can change it.
    Care = 32,
    /// (customer, day) -> greeting of that day: task in any state, or interaction.
    Greeting = 33,
    /// (customer, when it ended; open ones stand at the end of time) -> task of the communication plan.
    Cadence = 34,
    /// (instant, whether it asks or answers, customer) -> interaction: who asks and is answered, in the order of time.
    Exchange = 36,
}

/// What an interaction is to [`Index::Exchange`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Said {
    /// The customer asks, and waits for an answer.
    Asks = 1,
    /// We answer all that was asked until then.
    Answers = 2,
}

/// Who holds the tasks that have neither assignee nor team, in [`Index::Queue`].
pub const EVERYBODY: Id = Id::new(Kind::Team, 0);

/// A key, or the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub Vec<u8>);

impl Key {
    /// The beginning of every key of an index.
    pub fn of(index: Index) -> Key {
        Key(vec![index as u8])
    }

    /// With the code of a kind.
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Key {
        self.0.push(kind as u8);
        self
    }

    /// With a text, ended by a zero byte (which no `Clean` text holds).
    #[must_use]
    pub fn text(mut self, text: &str) -> Key {
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(0);
        self
    }

    /// With a moment; earlier ones sort first.
    #[must_use]
    pub fn instant(mut self, instant: Instant) -> Key {
        self.0.extend_from_slice(&(instant.0 as u64 ^ (1 << 63)).to_be_bytes());
        self
    }

    /// With a day; earlier ones sort first.
    #[must_use]
    pub fn day(mut self, day: Day) -> Key {
        self.0.extend_from_slice(&(day.0 as u32 ^ (1 << 31)).to_be_bytes());
        self
    }

    /// With what an interaction is to the exchange with a customer.
    #[must_use]
    pub fn said(mut self, said: Said) -> Key {
        self.0.push(said as u8);
        self
    }

    /// With a number.
    #[must_use]
    pub fn number(mut self, n: u64) -> Key {
        self.0.extend_from_slice(&n.to_be_bytes());
        self
    }

    /// With a record's id: in the middle, or as the end that makes the key whole.
    #[must_use]
    pub fn id(self, id: Id) -> Key {
        self.kind(id.kind).number(id.n)
    }

    /// The first key behind all that begin with this one.
    pub fn end(&self) -> Vec<u8> {
        let mut end = self.0.clone();
        while let Some(last) = end.pop() {
            if last < u8::MAX {
                end.push(last + 1);
                break;
            }
        }
        end
    }
}

/// The record that a whole key leads to.
pub fn target(key: &[u8]) -> Option<Id> {
    let (_, id) = key.split_last_chunk::<9>()?;
    let (kind, n) = id.split_first()?;
    Some(Id::new(Kind::from_code(*kind)?, u64::from_be_bytes(n.try_into().ok()?)))
}

/// The moment in a whole key of an index that ends with a moment and an id.
pub fn moment(key: &[u8]) -> Option<Instant> {
    let (front, _) = key.split_last_chunk::<9>()?;
    let (_, bytes) = front.split_last_chunk::<8>()?;
    Some(Instant((u64::from_be_bytes(*bytes) ^ (1 << 63)) as i64))
}

/// The day in a whole key of an index that ends with a day and an id.
pub fn day(key: &[u8]) -> Option<Day> {
    let (front, _) = key.split_last_chunk::<9>()?;
    let (_, bytes) = front.split_last_chunk::<4>()?;
    Some(Day((u32::from_be_bytes(*bytes) ^ (1 << 31)) as i32))
}

/// A whole key of [`Index::Queue`] or [`Index::Due`]: when the task is due, until when it is put off, and which it is.
pub fn queued(key: &[u8]) -> Option<(Instant, Instant, Id)> {
    let (front, _) = key.split_last_chunk::<17>()?;
    let (_, due) = front.split_last_chunk::<8>()?;
    Some((Instant((u64::from_be_bytes(*due) ^ (1 << 63)) as i64), moment(key)?, target(key)?))
}

/// A whole key of [`Index::Exchange`]: when it was said, what, and the customer.
pub fn exchanged(key: &[u8]) -> Option<(Instant, Said, Id)> {
    let (front, _) = key.split_last_chunk::<9>()?;
    let customer = target(front)?;
    let (front, _) = front.split_last_chunk::<9>()?;
    let (said, front) = front.split_last()?;
    let (_, at) = front.split_last_chunk::<8>()?;
    let said = if *said == Said::Asks as u8 { Said::Asks } else { Said::Answers };
    Some((Instant((u64::from_be_bytes(*at) ^ (1 << 63)) as i64), said, customer))
}

/// Every key of a row.
pub fn keys(id: Id, row: &Row, zone: Tz) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut put = |key: Key| keys.push(key.id(id));
    let at = |day: Day| Instant::at(day.date().and_time(chrono::NaiveTime::MIN), zone);
    let timeline = |customer: Id, at: Instant| Key::of(Index::Timeline).id(customer).instant(at);
    let sales = |customer: Id, at: Instant| Key::of(Index::Sales).id(customer).kind(id.kind).instant(at);

    for name in names(row) {
        put(Key::of(Index::Name).kind(id.kind).text(&folded(name)));
    }
    row.each_ref(&mut |target| put(Key::of(Index::Refers).id(target).kind(id.kind)));
    if let Some((field, _)) = id.kind.field("reference")
        && let Value::Text(reference) = row.get(&field)
    {
        put(Key::of(Index::Reference).kind(id.kind).text(reference.as_str()));
    }
    if let Some((customer, day)) = row.greets(zone) {
        put(Key::of(Index::Greeting).id(customer).day(day));
    }
    if let Row::Task(task) = row
        && task.source == Some(Source::Cadence)
        && let Some(customer) = task.customer
    {
        let ended = task.done_at.filter(|_| task.state != Some(TaskState::Open));
        put(Key::of(Index::Cadence).id(customer).instant(ended.unwrap_or(Instant(i64::MAX))));
    }
    match row {
        Row::Member(member) => {
            if let Some(uid) = member.uid {
                put(Key::of(Index::Account).number(uid as u64));
            }
            if let Some((_, until)) = member.away() {
                put(Key::of(Index::Away).day(until));
            }
        }
        Row::Interaction(said) => {
            if let (Some(customer), Some(at)) = (said.customer, said.at) {
                put(timeline(customer, at));
                if said.is_real_contact() {
                    put(Key::of(Index::RealContact).id(customer).instant(at));
                }
                for (is_so, what) in [(said.asks(), Said::Asks), (said.answers(), Said::Answers)] {
                    if is_so {
                        put(Key::of(Index::Exchange).instant(at).said(what).id(customer));
                    }
                }
            }
        }
        Row::Task(task) if task.state == Some(TaskState::Open) => {
            let due = task.due.unwrap_or(Instant(i64::MAX));
            let awake = task.snoozed_until.unwrap_or(Instant(i64::MIN));
            put(Key::of(Index::Due).instant(due).instant(awake));
            if let Some(customer) = task.customer {
                // What stands still and was not late by then is not becoming so.
                let counts = task.stands.is_none_or(|stands| due < stands);
                let due = if counts { due } else { Instant(i64::MAX) };
                put(Key::of(Index::OpenTask).id(customer).instant(due));
            }
            let held = [task.assignee, task.team];
            let nobody = held.iter().all(Option::is_none).then_some(EVERYBODY);
            for holder in held.into_iter().flatten().chain(nobody).chain(task.escalated_to) {
                put(Key::of(Index::Queue).id(holder).instant(due).instant(awake));
            }
            if let Some(at) = task.look {
                put(Key::of(Index::Playbook).instant(at));
            }
        }
        Row::Task(task) if task.is_told_otherwise() => {}
        Row::Task(task) => {
            if let (Some(customer), Some(at)) = (task.customer, task.done_at) {
                put(timeline(customer, at));
            }
        }
        Row::Deal(deal) => {
            if let Some(customer) = deal.customer {
                let day = deal.closed.or(deal.opened).map(at);
                // What has no day of its own yet is there since it was made.
                if let Some(at) = day.or(deal.created) {
                    put(timeline(customer, at));
                }
                let closed =
                    if deal.is_open() { Instant(i64::MAX) } else { day.unwrap_or(Instant(i64::MIN)) };
                put(sales(customer, closed));
            }
        }
        Row::Purchase(purchase) => {
            if let Some(customer) = purchase.customer {
                let day = purchase.date.map(at);
                if let (Some(at), None) = (day, purchase.deal) {
                    put(timeline(customer, at));
                }
                put(sales(customer, day.unwrap_or(Instant(i64::MIN))));
            }
        }
        Row::Customer(customer) => {
            if let Some(at) = customer.regrade {
                put(Key::of(Index::Regrade).instant(at));
            }
            if let Some(at) = customer.returns {
                put(Key::of(Index::Return).instant(at));
            }
            if let Some(at) = customer.begins {
                put(Key::of(Index::Begins).instant(at));
            }
            if let Some(at) = customer.care_at {
                put(Key::of(Index::Care).instant(at));
            }
        }
        Row::Run(run) => {
            if run.is_at_work() {
                put(Key::of(Index::AtWork).text(run.playbook.as_str()));
            }
            if let Some(at) = run.look {
                put(Key::of(Index::Playbook).instant(at));
            }
        }
        Row::Batch(batch) if !batch.closed => put(Key::of(Index::OpenBatch).text(batch.fingerprint.as_str())),
        Row::Settings(_) | Row::Team(_) | Row::Contact(_) | Row::Batch(_) | Row::View(_) => {}
    }
    keys
}

/// The names a record is found by.
fn names(row: &Row) -> Vec<&str> {
    let mut names: Vec<&str> = match row {
        Row::Customer(customer) => {
            let aliases = customer.aliases.iter().map(crate::text::Clean::as_str);
            std::iter::once(customer.name.as_str()).chain(aliases).collect()
        }
        Row::Member(member) => vec![member.name.as_str(), member.login.as_str()],
        Row::Team(team) => vec![team.name.as_str()],
        Row::Contact(contact) => vec![contact.name.as_str()],
        Row::View(view) => vec![view.name.as_str()],
        _ => Vec::new(),
    };
    names.retain(|name| !name.is_empty());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_by_time_and_lead_to_their_record() {
        let key = |at| Key::of(Index::Due).instant(Instant(at)).id(Id::new(Kind::Task, 7));
        assert!(key(-5) < key(0) && key(0) < key(3) && key(3) < key(i64::MAX));
        assert_eq!(target(&key(3).0), Some(Id::new(Kind::Task, 7)));
        assert_eq!(moment(&key(-5).0), Some(Instant(-5)));
        let queued_key =
            Key::of(Index::Due).instant(Instant(-5)).instant(Instant(9)).id(Id::new(Kind::Task, 7));
        assert_eq!(queued(&queued_key.0), Some((Instant(-5), Instant(9), Id::new(Kind::Task, 7))));
    }

    #[test]
    fn the_end_of_a_prefix_is_behind_all_that_begin_with_it() {
        let prefix = Key::of(Index::Name).kind(Kind::Customer);
        assert!(prefix.clone().text("~").0 < prefix.end());
        assert!(Key(vec![1, 255]).end() == vec![2]);
    }
}
