//! The orders that were given and have no receipt yet.

use std::collections::{BTreeMap, VecDeque};
use std::io;

use super::drafts::{Draft, DraftKey, Drafts, Sent};
use super::link::Send;
use super::sheets::forms;
use crate::config::unique;
use crate::model::{Change, Command, Event, Id, Kind, Named, Order, Undone};
use crate::text::Clean;

/// What was ordered.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ordered {
    /// What a form holds, about what goes by this name.
    Form(DraftKey, Clean, Sent),
    /// It is looked at what taking my last act back would mean.
    Rehearsal,
    /// Something is taken back; a batch with so many records.
    Undo(Option<(Id, usize)>),
    /// What was taken back is done again.
    Redo(Undone),
    /// The most urgent task is mine.
    Take,
    /// The customer of this name is mine.
    Claim(Clean),
    /// It is tried what an act on many would do to the first.
    Trial,
    /// The batch of an act on many is opened.
    Open,
    /// A part of an act on many.
    Chunk,
    /// The batch of an act on many is closed.
    Close,
    /// The list is saved under this name.
    SaveView(Clean),
    /// The view of this name goes.
    RemoveView(Clean),
    /// Mentions are read.
    Read,
    /// The policy of this name is put in force.
    Adopt(Clean),
    /// Something else, with what is said once it is done.
    Other(String),
}

/// The orders on their way, and the drafts.
#[derive(Debug)]
pub(super) struct Desk {
    /// The name under which this run orders; no other run has it.
    client: u128,
    counter: u64,
    /// What was typed and is not in the book yet.
    pub(super) drafts: Drafts,
    waiting: BTreeMap<u64, Ordered>,
    /// What was taken back and not done again, the newest last.
    pub(super) taken_back: Vec<TakenBack>,
    /// The records that forms made, with what was typed, the newest last.
    made: VecDeque<(Id, Draft)>,
}

/// What was taken back.
#[derive(Clone, Debug)]
pub(super) struct TakenBack {
    /// The undo, to be undone itself.
    pub(super) undo: Undone,
    /// What it is called.
    pub(super) what: String,
    /// What had been typed for it.
    pub(super) text: Option<Draft>,
}

/// For how many records it is remembered what was typed.
const MADE: usize = 100;

impl Desk {
    /// A desk with the drafts that were left.
    pub(super) fn new(drafts: Drafts) -> Desk {
        Desk {
            client: unique(),
            counter: 0,
            drafts,
            waiting: BTreeMap::new(),
            taken_back: Vec::new(),
            made: VecDeque::new(),
        }
    }

    /// Remembers what was typed for a record that a form made.
    pub(super) fn remember(&mut self, record: Id, draft: Option<Draft>) {
        self.made.extend(draft.map(|draft| (record, Draft { sent: None, ..draft })));
        if self.made.len() > MADE {
            self.made.pop_front();
        }
    }

    /// What was typed for a record that these changes took away.
    pub(super) fn text_of(&self, changes: &[Event]) -> Option<Draft> {
        let is_gone = |id: Id| {
            changes.iter().any(|event| matches!(event, Event::Removed { record, .. } if *record == id))
        };
        self.made.iter().rev().find(|(id, _)| is_gone(*id)).map(|(_, draft)| draft.clone())
    }

    /// How many orders have no receipt.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Sends again what an earlier run sent and saw no receipt of; `ticket` gives numbers.
    pub(super) fn left_behind(&mut self, mut ticket: impl FnMut() -> u64) -> Vec<Send> {
        let posted: Vec<(Sent, Draft)> =
            self.drafts.posted().map(|(sent, draft)| (sent, draft.clone())).collect();
        posted.into_iter().map(|(sent, draft)| self.send_form(&draft, sent, ticket())).collect()
    }

    /// Orders what a form holds. An error tells that the draft could not be written; it is sent all the same.
    pub(super) fn form(&mut self, draft: Draft, ticket: u64) -> (Send, io::Result<()>) {
        self.counter += 1;
        let sent = (self.client, self.counter);
        let order = self.send_form(&draft, sent, ticket);
        (order, self.drafts.post(draft, sent))
    }

    /// Asks what taking my last act back would mean: it may be one of thousands that belong together.
    pub(super) fn rehearse(&mut self, ticket: u64) -> Send {
        let undo = Command::Undo { what: Undone::MyLast, partial: false };
        self.order(ticket, Ordered::Rehearsal, undo, true)
    }

    /// Orders that this is taken back; of a batch one knows how many records that are.
    pub(super) fn undo(&mut self, what: Undone, records: usize, ticket: u64) -> Send {
        let batch = match what {
            Undone::Batch(batch) => Some((batch, records)),
            _ => None,
        };
        self.order(ticket, Ordered::Undo(batch), Command::Undo { what, partial: false }, false)
    }

    /// Orders that an undo is taken back itself.
    pub(super) fn redo(&mut self, undo: Undone, ticket: u64) -> Send {
        self.order(ticket, Ordered::Redo(undo), Command::Undo { what: undo, partial: false }, false)
    }

    /// Orders the most urgent task.
    pub(super) fn take(&mut self, ticket: u64) -> Send {
        self.order(ticket, Ordered::Take, Command::TaskTake, false)
    }

    /// Orders a customer out of the open pool.
    pub(super) fn claim(&mut self, customer: &Named, ticket: u64) -> Send {
        let command = Command::Claim { customer: customer.id };
        self.order(ticket, Ordered::Claim(customer.name.clone()), command, false)
    }

    /// Orders that a policy is put in force.
    pub(super) fn adopt(&mut self, name: Clean, text: Clean, ticket: u64) -> Send {
        self.order(ticket, Ordered::Adopt(name), Command::PolicyAdopt { text }, false)
    }

    /// Orders something, and keeps what is said once it is done.
    pub(super) fn other(&mut self, command: Command, said: String, ticket: u64) -> Send {
        self.order(ticket, Ordered::Other(said), command, false)
    }

    /// Tries what an act on many would do to the first of them.
    pub(super) fn try_out(&mut self, command: Command, ticket: u64) -> Send {
        self.order(ticket, Ordered::Trial, command, true)
    }

    /// Opens a batch of its own.
    pub(super) fn open(&mut self, name: Clean, ticket: u64) -> Send {
        let fingerprint = Clean::washed(&format!("screen {:x} {}", self.client, self.counter + 1)).0;
        self.order(ticket, Ordered::Open, Command::BatchOpen { name, fingerprint }, false)
    }

    /// Orders a part of a batch.
    pub(super) fn chunk(&mut self, batch: Id, commands: Vec<Command>, ticket: u64) -> Send {
        self.waiting.insert(ticket, Ordered::Chunk);
        let order = |command| {
            self.counter += 1;
            Order { counter: self.counter, batch: Some(batch), dry_run: false, command }
        };
        Send::DoAll(ticket, self.client, commands.into_iter().map(order).collect())
    }

    /// Closes a batch.
    pub(super) fn close(&mut self, batch: Id, ticket: u64) -> Send {
        self.order(ticket, Ordered::Close, Command::BatchClose { batch }, false)
    }

    /// Orders that a view is made, or changed where it is there.
    pub(super) fn save_view(
        &mut self,
        name: Clean,
        known: Option<Id>,
        changes: Vec<Change>,
        ticket: u64,
    ) -> Send {
        let command = match known {
            Some(record) => Command::Edit { record, changes },
            None => Command::Add { kind: Kind::View, changes },
        };
        self.order(ticket, Ordered::SaveView(name), command, false)
    }

    /// Orders that a view goes.
    pub(super) fn remove_view(&mut self, view: Id, name: Clean, ticket: u64) -> Send {
        self.order(ticket, Ordered::RemoveView(name), Command::ViewRemove { view }, false)
    }

    /// Orders that mentions are read up to this place of the journal.
    pub(super) fn read(&mut self, until: u64, ticket: u64) -> Send {
        self.order(ticket, Ordered::Read, Command::InboxRead { until }, false)
    }

    /// Orders that what mentions one at this place of the journal is read.
    pub(super) fn read_one(&mut self, seq: u64, ticket: u64) -> Send {
        self.order(ticket, Ordered::Read, Command::MentionRead { seq }, false)
    }

    /// The form that was ordered last and has no receipt; none where another draft has its place already.
    pub(super) fn last_form(&self) -> Option<u64> {
        let (ticket, key, sent) = self.waiting.iter().rev().find_map(|(ticket, ordered)| match ordered {
            Ordered::Form(key, _, sent) => Some((*ticket, *key, *sent)),
            _ => None,
        })?;
        let draft = self.drafts.sent(sent)?;
        self.drafts.get(key, &draft.over).is_none().then_some(ticket)
    }

    /// Whether this is waited for.
    pub(super) fn waits_for(&self, ticket: u64) -> bool {
        self.waiting.contains_key(&ticket)
    }

    /// What a receipt is for.
    pub(super) fn receipt(&mut self, ticket: u64) -> Option<Ordered> {
        self.waiting.remove(&ticket)
    }

    fn send_form(&mut self, draft: &Draft, (client, counter): Sent, ticket: u64) -> Send {
        let ordered = Ordered::Form(draft.key(), draft.name(), (client, counter));
        self.waiting.insert(ticket, ordered);
        let command = forms::command(draft);
        Send::Do(ticket, client, Order { counter, batch: None, dry_run: false, command })
    }

    fn order(&mut self, ticket: u64, ordered: Ordered, command: Command, dry_run: bool) -> Send {
        self.counter += 1;
        self.waiting.insert(ticket, ordered);
        Send::Do(ticket, self.client, Order { counter: self.counter, batch: None, dry_run, command })
    }
}
