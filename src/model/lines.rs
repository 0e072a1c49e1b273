//! The lines of answers: customers and what hangs on them, as lists and cards show them.

use serde::{Deserialize, Serialize};

use super::board::{Released, Returning, RunLine};
use super::choice::{Channel, CustomerKind, DealStage, Direction, Outcome, Source, TaskState};
use super::id::Id;
use super::planned::Planned;
use super::query::{Named, PolicyName};
use super::record::Row;
use super::time::{Day, Instant};
use super::year::Year;
use crate::text::{Clean, Money};

/// How late something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Lateness {
    /// In time.
    #[default]
    Fine,
    /// Due today or soon.
    Soon,
    /// Past its time.
    Late,
}

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerLine {
    /// Which.
    pub id: Id,
    /// As we call them.
    pub name: Clean,
    /// Company or person.
    pub kind: CustomerKind,
    /// The company they belong to.
    pub parent: Option<Named>,
    /// Who looks after them.
    pub owner: Option<Named>,
    /// Whose queue serves them.
    pub team: Option<Named>,
    /// The tier in force; empty: none.
    pub tier: Clean,
    /// The stage in force; empty: none.
    pub stage: Clean,
    /// Tags.
    pub tags: Vec<Clean>,
    /// Region.
    pub region: Clean,
    /// Line of business.
    pub industry: Clean,
    /// The last real contact.
    pub last_contact: Option<Instant>,
    /// The earliest due open task.
    pub next_due: Option<Instant>,
    /// Their telephone; without one that of a contact.
    pub phone: Clean,
    /// All purchases in the book's currency.
    pub spend: Money,
    /// How many purchases.
    pub orders: i64,
    /// With neither owner nor team.
    pub pooled: bool,
    /// The open pool in which they lie, or to which they would return; empty: the policy has none for them.
    pub pool: Clean,
    /// Until when they do not return.
    pub protected: Option<Instant>,
    /// When they return, if nothing changes.
    pub returns: Option<Instant>,
    /// Whether that is soon enough to be warned of.
    pub returning: bool,
    /// Whether a task or the service standard is late.
    pub late: Lateness,
    /// How well it matches, in `Find`.
    pub score: Option<u32>,
}

/// A contact of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactLine {
    /// Which.
    pub id: Id,
    /// The name.
    pub name: Clean,
    /// What they do.
    pub title: Clean,
    /// Telephone numbers.
    pub phones: Vec<Clean>,
    /// Mail addresses.
    pub mails: Vec<Clean>,
}

/// A task in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskLine {
    /// Which.
    pub id: Id,
    /// What.
    pub title: Clean,
    /// For whom.
    pub customer: Option<Named>,
    /// The customer's tier.
    pub tier: Clean,
    /// Who does it.
    pub assignee: Option<Named>,
    /// Until when they are away, where they are.
    pub away_until: Option<Day>,
    /// In whose queue.
    pub team: Option<Named>,
    /// By when.
    pub due: Option<Instant>,
    /// Where it stands.
    pub state: TaskState,
    /// What it came from.
    pub source: Source,
    /// The step of a playbook that it is.
    pub step: Option<TaskStep>,
    /// Promised to the customer.
    pub promise: bool,
    /// Out of sight until then.
    pub snoozed_until: Option<Instant>,
    /// When it was made.
    pub created: Option<Instant>,
    /// When it was done or dropped.
    pub done_at: Option<Instant>,
    /// By whom.
    pub done_by: Option<Named>,
    /// Past its time, or due soon.
    pub late: Lateness,
}

impl TaskLine {
    /// Whether its clock stands still.
    pub fn is_paused(&self) -> bool {
        self.step.as_ref().is_some_and(|step| step.paused)
    }
}

/// The step of a playbook at work that a task is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskStep {
    /// Which playbook.
    pub playbook: Clean,
    /// Which step.
    pub step: Clean,
    /// Whose duty it is.
    pub duty: Clean,
    /// Its clock stands still.
    pub paused: bool,
}

/// What a timeline item tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happened {
    /// Something was said or written.
    Interaction {
        /// Which way.
        channel: Channel,
        /// Who began; none: a note.
        direction: Option<Direction>,
        /// How it ended.
        outcome: Option<Outcome>,
        /// Our words.
        text: Clean,
        /// Their words.
        said: Clean,
        /// With whom there.
        contact: Option<Named>,
    },
    /// A task was done or dropped.
    Task {
        /// What.
        title: Clean,
        /// How it ended.
        state: TaskState,
    },
    /// A deal was opened, won or lost.
    Deal {
        /// What it is called: name or product.
        title: Clean,
        /// Where it stands.
        stage: DealStage,
        /// For how much.
        amount: Option<Money>,
    },
    /// Something was bought.
    Purchase {
        /// What.
        product: Clean,
        /// For how much.
        amount: Option<Money>,
    },
    /// The tier, the stage or the owner became another.
    Moved {
        /// `tier`, `stage` or `owner`.
        field: Clean,
        /// What it was; empty: none.
        from: Clean,
        /// What it is; empty: none.
        to: Clean,
    },
}

/// One item of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineItem {
    /// The record it comes from; of a move, the customer.
    pub id: Id,
    /// When.
    pub at: Instant,
    /// Known to the day only.
    pub whole_day: bool,
    /// By whom of us.
    pub by: Option<Named>,
    /// What.
    pub what: Happened,
    /// It was taken back; of moves alone, as other records go with what made them.
    pub undone: bool,
    /// It takes another move back.
    pub undoes: bool,
    /// When the program came to it, where that was later: no server ran at its moment.
    pub caught_up: Option<Instant>,
}

/// A deal in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealLine {
    /// Which.
    pub id: Id,
    /// What it is called: name or product.
    pub title: Clean,
    /// Who works on it.
    pub owner: Option<Named>,
    /// Where it stands.
    pub stage: DealStage,
    /// For how much.
    pub amount: Option<Money>,
    /// Since when.
    pub opened: Option<Day>,
    /// When it was won or lost.
    pub closed: Option<Day>,
    /// When it should close.
    pub expected: Option<Day>,
}

/// A purchase in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseLine {
    /// Which.
    pub id: Id,
    /// What.
    pub product: Clean,
    /// For how much.
    pub amount: Option<Money>,
    /// When.
    pub date: Option<Day>,
    /// The deal that it came from.
    pub deal: Option<Id>,
}

/// A condition of a rule, and what the facts say to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The condition in normal form: `spend(365d) >= 100000`.
    pub condition: Clean,
    /// The fact: `214300`; empty: absent.
    pub fact: Clean,
    /// Whether it holds.
    pub holds: bool,
}

/// Why a tier or stage is in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its id; empty: none.
    pub id: Clean,
    /// Since when.
    pub since: Option<Day>,
    /// The rule that put it there, as text: the tier's `enter` or `keep`, the stage's `when`; empty: no rule (the last
    /// tier).
    pub rule: Clean,
    /// True where the tier is kept by `keep`, though `enter` does not hold.
    pub kept: bool,
    /// The conditions of that rule with their facts.
    pub reasons: Vec<Reason>,
    /// What keeps the tier: the `keep` rule as text; empty: none.
    pub keep: Clean,
    /// Set by hand: the reason and the last day.
    pub fixed: Option<(Clean, Option<Day>)>,
    /// The next higher tier and what is missing for it.
    pub above: Option<(Clean, Vec<Reason>)>,
    /// A move that waits for its confirmation: the tier and the day.
    pub pending: Option<(Clean, Day)>,
}

/// Why a customer stands where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Which.
    pub customer: Named,
    /// The tier.
    pub tier: Standing,
    /// The stage.
    pub stage: Standing,
    /// The owner, and since when.
    pub owner: Option<(Named, Option<Instant>)>,
    /// Where the owner is away, who does it meanwhile.
    pub meanwhile: Option<Meanwhile>,
    /// The team.
    pub team: Option<Named>,
    /// How often the tier wants a contact, in days; and by when the next one.
    pub contact_every: Option<(i64, Option<Day>)>,
    /// The earliest due open task.
    pub next: Option<TaskLine>,
    /// What is planned with them, the next day first.
    pub planned: Vec<Planned>,
    /// The playbooks at work, with their open steps.
    pub runs: Vec<RunLine>,
    /// When time begins playbooks next, if nothing changes, and which.
    pub begins: Option<(Instant, Vec<PolicyName>)>,
    /// Who has them: when they return to the open pool, if nothing changes.
    pub returning: Option<Returning>,
    /// In the open pool: how they came there.
    pub released: Option<Released>,
    /// Until when they do not return to the pool, and why not.
    pub protected: Option<(Instant, Clean)>,
}

/// Who does what an owner does who is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meanwhile {
    /// The last day of the absence.
    pub until: Day,
    /// Who does it; none where nobody is there.
    pub by: Option<Named>,
    /// They are the customer's own backup.
    pub is_backup: bool,
}

/// All about a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The line of the list.
    pub line: CustomerLine,
    /// Every field that has a value and is not hidden.
    pub row: Row,
    /// What is hidden from the reader until the customer is claimed: fields, and `contacts`.
    pub hidden: Vec<Clean>,
    /// Why it stands where it stands.
    pub why: Why,
    /// People there.
    pub contacts: Vec<ContactLine>,
    /// Open tasks, earliest due first.
    pub tasks: Vec<TaskLine>,
    /// What happened, newest first.
    pub timeline: Vec<TimelineItem>,
    /// Open deals, then the last closed ones.
    pub deals: Vec<DealLine>,
    /// How many more closed deals there are.
    pub more_deals: u64,
    /// The last purchases, newest first.
    pub purchases: Vec<PurchaseLine>,
    /// How many more purchases there are.
    pub more_purchases: u64,
    /// Who looks after it while the owner is away.
    pub backup: Option<Named>,
    /// Members beside the owner, with their duty.
    pub collaborators: Vec<(Named, Clean)>,
    /// The corporate group: the head and all below it, with their depth below the head.
    pub group: Vec<(Named, u32)>,
    /// Spend of the whole group, all time.
    pub group_spend: Money,
    /// What was counted in the year that ends today.
    pub year: Year,
}

/// A tier in the tier view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierLine {
    /// Which; empty: none.
    pub tier: PolicyName,
    /// How many customers.
    pub count: u32,
    /// Their purchases of the last 365 days.
    pub spend: Money,
    /// How many had a real contact within the tier's rhythm.
    pub covered: u32,
    /// How many have something late.
    pub late: u32,
}

/// A row of any kind, with the names of the records that it refers to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowLine {
    /// Which.
    pub id: Id,
    /// The row.
    pub row: Row,
    /// Names of records that it refers to; of a task also what the reader calls it.
    pub names: Vec<Named>,
    /// The fields that are hidden from the reader until the customer is claimed.
    pub hidden: Vec<Clean>,
}

impl RowLine {
    /// What a record that the row refers to is called, and a task itself.
    pub fn name_of(&self, id: Id) -> Option<&Clean> {
        self.names.iter().find(|named| named.id == id).map(|named| &named.name)
    }
}
