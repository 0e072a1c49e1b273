//! What may be asked for: the writes.
//!
//! Field values travel as people or files gave them, as text: dates relative to today, amounts without a currency,
//! members by name. `rules` reads them, in one place, with the store's clock, currency and names.

use serde::{Deserialize, Serialize};

use super::choice::{Channel, Direction, Outcome};
use super::derived;
use super::id::{Id, Kind};
use super::time::Instant;
use super::value::Value;
use crate::text::Clean;

/// What a change does to its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// Puts the value in place of the one there; an empty one clears the field.
    Put,
    /// Adds one of several values.
    Link,
    /// Takes one of several values away.
    Unlink,
}

/// A change of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field's name, as `--set` takes it.
    pub field: Clean,
    /// What to do.
    pub how: How,
    /// The value as it was typed.
    pub to: Clean,
    /// The value that the change was based on, where its author saw one: if it is another by now, the change is a
    /// conflict. Of one more of several values, the one that it stands in place of: if that is there no more, it is one
    /// too.
    pub was: Option<Value>,
}

impl Change {
    /// A field's new value.
    pub fn put(field: Clean, to: Clean) -> Change {
        Change { field, how: How::Put, to, was: None }
    }

    /// One more of several values.
    pub fn link(field: Clean, to: Clean) -> Change {
        Change { field, how: How::Link, to, was: None }
    }
}

/// An interaction to be logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    /// With whom.
    pub customer: Id,
    /// Our words. Without `next`, a part behind ` > ` that begins with a date is the next step.
    pub text: Clean,
    /// Their words.
    pub said: Clean,
    /// Which way; none: a call.
    pub channel: Option<Channel>,
    /// Who began; none: we did.
    pub direction: Option<Direction>,
    /// How it ended; none: reached, where we began.
    pub outcome: Option<Outcome>,
    /// When, as typed; empty: now.
    pub at: Clean,
    /// With which person there: an id or a name; empty: nobody named.
    pub contact: Clean,
    /// They asked for something new.
    pub inquiry: bool,
    /// It was a greeting.
    pub greeting: bool,
    /// Though there was another one on that day.
    pub again: bool,
    /// When to come back to them, as typed; empty: no revisit is planned.
    pub revisit: Clean,
    /// The next step, as `DATE what` or `what DATE`; empty: none.
    pub next: Clean,
    /// The task that is done with it.
    pub ends: Option<Id>,
}

impl Log {
    /// A call that reached the customer.
    pub fn call(customer: Id, text: Clean) -> Log {
        Log {
            customer,
            text,
            said: Clean::default(),
            channel: None,
            direction: None,
            outcome: None,
            at: Clean::default(),
            contact: Clean::default(),
            inquiry: false,
            greeting: false,
            again: false,
            revisit: Clean::default(),
            next: Clean::default(),
            ends: None,
        }
    }
}

/// Which acts an undo takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undone {
    /// My own last act that is not taken back yet.
    MyLast,
    /// The act at this place of the journal.
    Seq(u64),
    /// All of a batch.
    Batch(Id),
}

/// A write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Makes the store's own record and its first member. Once, when the store is made.
    Init {
        /// What the store is called.
        name: Clean,
        /// The policy, as text.
        policy: Clean,
        /// IANA name.
        timezone: Clean,
        /// ISO 4217 code.
        currency: Clean,
        /// Whether the clock can be moved, and where it starts.
        practice: Option<Instant>,
        /// The first member: name, login, uid.
        member: (Clean, Clean, u32),
    },
    /// A new record.
    Add {
        /// Of which kind: member, team, customer, contact, task, deal, purchase or view.
        kind: Kind,
        /// Its fields.
        changes: Vec<Change>,
    },
    /// Changes of a record.
    Edit {
        /// Which.
        record: Id,
        /// What.
        changes: Vec<Change>,
    },
    /// An interaction, with the next step.
    Log(Box<Log>),
    /// A task is done; with a date and a title, the next one.
    TaskDone {
        /// Which.
        task: Id,
        /// The next step, as `DATE what` or `what DATE`; empty: none.
        next: Clean,
    },
    /// A task is not to be done after all.
    TaskDrop {
        /// Which.
        task: Id,
        /// Why; may be empty.
        reason: Clean,
    },
    /// A task out of sight until a date.
    TaskSnooze {
        /// Which.
        task: Id,
        /// Until when, as typed.
        until: Clean,
    },
    /// A task to a member.
    TaskAssign {
        /// Which.
        task: Id,
        /// To whom: id, name, login, `me`, `none`.
        to: Clean,
    },
    /// The most urgent open task of my team, mine from now on.
    TaskTake,
    /// A tier by hand.
    TierSet {
        /// Whose.
        customer: Id,
        /// The tier's id.
        tier: Clean,
        /// Why.
        reason: Clean,
        /// The last day, as typed; empty: until cleared.
        until: Clean,
    },
    /// The tier by the rules again.
    TierClear {
        /// Whose.
        customer: Id,
    },
    /// Begins a batch, or finds the one of this fingerprint that was interrupted.
    BatchOpen {
        /// What it is.
        name: Clean,
        /// By what it is known again.
        fingerprint: Clean,
    },
    /// Ends a batch. One without entries is taken back.
    BatchClose {
        /// Which.
        batch: Id,
    },
    /// One row of a file: made, changed, or known and unchanged.
    Import {
        /// Of which kind.
        kind: Kind,
        /// What it is known by: the reference column, else a hash of the row and its occurrence.
        reference: Clean,
        /// Whether the reference came from a column (and not from a hash).
        referenced: bool,
        /// Field names and texts.
        values: Vec<(Clean, Clean)>,
    },
    /// Takes acts back.
    Undo {
        /// Which.
        what: Undone,
        /// Leaves what was changed since, instead of refusing.
        partial: bool,
    },
    /// Moves a practice store's clock forward to this text (`+3d`, a date).
    ClockMove {
        /// As typed.
        to: Clean,
    },
    /// Grades these customers. The server sends it to itself when a batch closes.
    Grade {
        /// Their numbers.
        customers: Vec<u64>,
        /// The last act of the batch: the grades follow from it.
        seq: u64,
    },
    /// Takes back what playbooks did when a batch was graded. The server sends it to itself when one is taken back.
    TakeBack {
        /// Which.
        batch: Id,
    },
    /// Puts a policy in force.
    PolicyAdopt {
        /// Its text.
        text: Clean,
    },
    /// Grades customers whom another policy puts elsewhere. The server sends it to itself after an adoption.
    Regrade {
        /// Their numbers.
        customers: Vec<u64>,
        /// By the policy with this mark the whole book is graded now, after all acts up to this place of the journal.
        whole: Option<(i64, u64)>,
    },
    /// Grades customers whose grade time can have changed. The server sends it to itself.
    Turn {
        /// When they were to be looked at again.
        due: Instant,
        /// Their numbers.
        customers: Vec<u64>,
    },
    /// A customer out of the open pool: mine from now on.
    Claim {
        /// Which.
        customer: Id,
    },
    /// A customer back into the open pool.
    Release {
        /// Which.
        customer: Id,
        /// Why.
        reason: Clean,
    },
    /// Keeps a customer from returning to the open pool for a while, or no longer.
    Protect {
        /// Which.
        customer: Id,
        /// Whether it is kept.
        on: bool,
        /// Why; may be empty where it is kept no longer.
        reason: Clean,
    },
    /// Customers return to an open pool by its rules. The server sends it to itself.
    Return {
        /// When they were to.
        due: Instant,
        /// The pool's id.
        pool: Clean,
        /// Their numbers.
        customers: Vec<u64>,
    },
    /// What time brings to a step or a run of a playbook. The server sends it to itself.
    Remind {
        /// When it was due.
        due: Instant,
        /// The task or the run.
        record: Id,
    },
    /// Time begins playbooks for a customer. The server sends it to itself.
    Begin {
        /// When it was due.
        due: Instant,
        /// For whom.
        customer: Id,
    },
    /// Lets playbooks that are at work go on by another policy. The server sends it to itself after an adoption.
    Renew {
        /// The numbers of the runs.
        runs: Vec<u64>,
    },
    /// Begins a playbook for a customer, whatever it is meant for.
    PlaybookStart {
        /// For whom.
        customer: Id,
        /// The playbook's id.
        playbook: Clean,
    },
    /// What is planned for customers comes into the queue. The server sends it to itself.
    Care {
        /// When it was due.
        due: Instant,
        /// What brings it: an occasion of the policy, or `cadence`; empty: they are looked at again.
        rule: Clean,
        /// Their numbers.
        customers: Vec<u64>,
    },
    /// Leaves out what is planned for a customer, once.
    CareSkip {
        /// Whose.
        customer: Id,
        /// The occasion, of one contact as `birthday:p7`; or `cadence`.
        occasion: Clean,
        /// Why.
        reason: Clean,
    },
    /// Lets the clocks of a playbook at work stand still.
    PlaybookPause {
        /// Which.
        run: Id,
        /// Why.
        reason: Clean,
    },
    /// Lets them go on; every deadline moves by as much time as they stood.
    PlaybookResume {
        /// Which.
        run: Id,
    },
    /// Ends a playbook at work; its open tasks are dropped.
    PlaybookStop {
        /// Which.
        run: Id,
        /// Why; may be empty.
        reason: Clean,
    },
    /// Takes a saved view away.
    ViewRemove {
        /// Which.
        view: Id,
    },
    /// The caller has read who mentions them, up to this place of the journal.
    InboxRead {
        /// The place.
        until: u64,
    },
    /// The caller has read what mentions them at this place of the journal, and there alone.
    MentionRead {
        /// The place.
        seq: u64,
    },
    /// Takes back what a policy did to the book. The server sends it to itself after its adoption was undone.
    Restore {
        /// The entry that took the adoption back.
        undo: u64,
        /// Entries of the program, the newest first, each with those that follow from it.
        acts: Vec<Vec<u64>>,
    },
}

impl Command {
    /// Whether it grades whom it changes itself, as of its own moment.
    pub fn grades(&self) -> bool {
        matches!(
            self,
            Command::Grade { .. }
                | Command::Regrade { .. }
                | Command::Restore { .. }
                | Command::Turn { .. }
                | Command::Return { .. }
                | Command::Care { .. }
        )
    }

    /// What the journal and `gx history` call it.
    pub fn name(&self) -> &'static str {
        match self {
            Command::Init { .. } => "init",
            Command::Add { kind, .. } => match kind {
                Kind::Member => "member add",
                Kind::Team => "team add",
                Kind::Contact => "contact add",
                Kind::Task => "task add",
                Kind::Deal => "deal add",
                Kind::Purchase => "purchase add",
                Kind::View => "view add",
                Kind::Interaction => "log",
                Kind::Customer | Kind::Settings | Kind::Batch | Kind::Run => "customer add",
            },
            Command::Edit { record, .. } => match record.kind {
                Kind::Member => "member edit",
                Kind::Team => "team edit",
                Kind::Contact => "contact edit",
                Kind::Task => "task edit",
                Kind::Deal => "deal edit",
                Kind::Purchase => "purchase edit",
                Kind::View => "view edit",
                Kind::Interaction => "interaction edit",
                Kind::Customer | Kind::Settings | Kind::Batch | Kind::Run => "customer edit",
            },
            Command::Log(_) => "log",
            Command::TaskDone { .. } => "task done",
            Command::TaskDrop { .. } => "task drop",
            Command::TaskSnooze { .. } => "task snooze",
            Command::TaskAssign { .. } => "task assign",
            Command::TaskTake => "task take",
            Command::TierSet { .. } => "tier set",
            Command::TierClear { .. } => "tier clear",
            Command::BatchOpen { .. } => "batch open",
            Command::BatchClose { .. } => "batch close",
            Command::Import { .. } => "import",
            Command::Undo { .. } => "undo",
            Command::ClockMove { .. } => "clock",
            Command::Grade { .. } => derived::GRADE,
            Command::PolicyAdopt { .. } => "policy adopt",
            Command::Regrade { .. } => derived::REGRADE,
            Command::Restore { .. } => derived::RESTORE,
            Command::Turn { .. } => derived::TURN,
            Command::Claim { .. } => "pool claim",
            Command::Release { .. } => "pool release",
            Command::Protect { .. } => "pool protect",
            Command::Return { .. } => derived::RETURN,
            Command::Renew { .. } => derived::RENEW,
            Command::Remind { .. } | Command::Begin { .. } | Command::TakeBack { .. } => derived::PLAYBOOK,
            Command::PlaybookStart { .. } => "playbook start",
            Command::Care { .. } => derived::CARE,
            Command::CareSkip { .. } => "care skip",
            Command::PlaybookPause { .. } => "playbook pause",
            Command::PlaybookResume { .. } => "playbook resume",
            Command::PlaybookStop { .. } => "playbook stop",
            Command::ViewRemove { .. } => "view remove",
            Command::InboxRead { .. } | Command::MentionRead { .. } => "inbox read",
        }
    }
}

/// A command as a client sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The client's own count: with its name, the same order is known again after a lost reply.
    pub counter: u64,
    /// The batch it belongs to.
    pub batch: Option<Id>,
    /// Says what would happen and writes nothing.
    pub dry_run: bool,
    /// What to do.
    pub command: Command,
}
