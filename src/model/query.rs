//! What may be asked: the questions and their answers. These are the types that travel; the shell prints them, the
//! screen draws them.

use serde::{Deserialize, Serialize};

use super::brought::Brought;
use super::command::Order;
use super::event::Entry;
use super::id::{Id, Kind};
use super::planned::Planned;
use super::receipt::Receipt;
use super::refusal::Refusal;
use super::time::Instant;
use crate::text::Clean;

pub use super::board::{
    Answers, Board, BoardLine, EndWhy, OpenStep, PauseWhy, PlanWhy, Released, Returning, RunLine, Served,
    Standard, StepWhy, TaskWhy, TierStep,
};
pub use super::lines::{
    Card, ContactLine, CustomerLine, DealLine, Happened, Lateness, Meanwhile, PurchaseLine, Reason, RowLine,
    Standing, TaskLine, TaskStep, TierLine, TimelineItem, Why,
};
pub use super::playbook::{PlaybookLine, StepLine};
pub use super::policy::{
    Effect, Fate, Load, Move, PolicyAnswer, PolicyFault, PolicyQuery, PolicyText, PolicyVersion, Pooling,
    Preview, Return, Shift, StepChange,
};

/// So many values of a field are offered at most.
pub const VALUES: usize = 50;

/// A record, by id or by words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// The id.
    Id(Id),
    /// Words: exactly one record must match best and clearly.
    Words(Clean),
}

/// Whose tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whose {
    /// Those assigned to me.
    #[default]
    Mine,
    /// Those of my team, mine and unassigned ones among them.
    Team,
    /// All that I may see.
    All,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Query {
    /// Who am I, and what is this store?
    Session,
    /// How is the server?
    Status,
    /// Which record do the words mean?
    Resolve(Kind, Which),
    /// Customers by fuzzy words, best first.
    Find {
        /// What was typed.
        words: Clean,
        /// At most so many.
        limit: u32,
    },
    /// Customers by filter.
    List {
        /// The filter; empty: all that are not archived.
        filter: Clean,
        /// A field to sort by, `-` before it: backwards; empty: by next step, late ones first.
        sort: Clean,
        /// Leaves out so many.
        skip: u32,
        /// At most so many.
        limit: u32,
    },
    /// All about a customer.
    Card {
        /// Which.
        customer: Which,
        /// So many timeline items.
        timeline: u32,
        /// So many closed deals, and so many purchases.
        sales: u32,
    },
    /// What happened with a customer, newest first.
    Timeline {
        /// Which.
        customer: Which,
        /// Not before, as typed; empty: from the beginning.
        since: Clean,
        /// Only what lies before this moment: the next page.
        before: Option<Instant>,
        /// At most so many.
        limit: u32,
    },
    /// Open (or, where the filter says so, other) tasks, most urgent first.
    Tasks {
        /// Whose.
        whose: Whose,
        /// The filter over tasks; empty: open ones that are not snoozed.
        filter: Clean,
        /// At most so many.
        limit: u32,
    },
    /// The most urgent task that I would take.
    NextTask,
    /// The book by tier.
    Tiers,
    /// Why a customer stands where it stands.
    Why {
        /// Which.
        customer: Which,
    },
    /// Rows of a kind (members, teams, contacts, deals, purchases, interactions, batches) by filter, in the order of
    /// ids.
    Rows {
        /// Which kind.
        kind: Kind,
        /// The filter over the fields of the kind; empty: all.
        filter: Clean,
        /// Only those from this number on.
        from: u64,
        /// At most so many.
        limit: u32,
    },
    /// The journal, newest first.
    History {
        /// Of one record; none: all.
        record: Option<Which>,
        /// By a member (id, name, login, `me`); empty: anybody.
        by: Clean,
        /// Not before, as typed; empty: from the beginning.
        since: Clean,
        /// Only what lies before this place.
        before: Option<u64>,
        /// At most so many.
        limit: u32,
    },
    /// Replays the journal and compares it with every table.
    Verify,
    /// Who else has a screen open? A screen that asks is seen by the others at this customer, until it asks again or
    /// ends.
    Company {
        /// The customer that is looked at.
        customer: Option<Id>,
        /// Something is being written about them.
        writing: bool,
    },
    /// What did the others do, behind this place of the journal?
    Feed {
        /// The place.
        since: u64,
        /// At most so many customers.
        limit: u32,
    },
    /// Which row of a list is a customer's.
    Place {
        /// The filter of the list.
        filter: Clean,
        /// Its order.
        sort: Clean,
        /// Who.
        customer: Id,
    },
    /// About policies.
    Policy(PolicyQuery),
    /// How do the playbooks go?
    Playbooks {
        /// Of this id; empty: all.
        id: Clean,
        /// Those that began on this day or later, as typed; empty: all.
        since: Clean,
    },
    /// Who mentions me, the newest first?
    Inbox {
        /// Those too that I have read.
        all: bool,
        /// At most so many.
        limit: u32,
    },
    /// The team's board: the book by tier and by stage, and how the standards are kept to.
    Board,
    /// From which tier to which did a customer move, and why? The newest move first.
    TierHistory {
        /// Which.
        customer: Which,
    },
    /// Where does a task come from, and what will time bring to it?
    WhyTask {
        /// Which.
        task: Id,
    },
    /// What is planned with customers?
    Care {
        /// With whom: a filter; empty: all.
        filter: Clean,
        /// So many days ahead.
        days: u32,
        /// Only what I am to do.
        mine: bool,
    },
    /// What did time bring, or another policy?
    Brought {
        /// Behind this place of the journal.
        since: u64,
    },
    /// Which values of a field begin as typed? This is what completion of a filter offers.
    Values {
        /// The kind of record.
        kind: Kind,
        /// The field, as filters name it; empty: which own fields are there.
        field: Clean,
        /// What is typed of the value.
        typed: Clean,
    },
}

/// A record with the name people call it by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: Clean,
}

/// Who the caller is, and what everything is shown and counted by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The caller.
    pub member: Named,
    /// The caller's team.
    pub team: Option<Named>,
    /// What the store is called.
    pub store: Clean,
    /// A practice store: its clock can be moved.
    pub practice: bool,
    /// IANA name of the team's zone.
    pub timezone: Clean,
    /// ISO 4217 code of the book.
    pub currency: Clean,
    /// The store's clock now.
    pub now: Instant,
    /// The tiers of the policy, highest first: id, English name, Chinese name.
    pub tiers: Vec<PolicyName>,
    /// The stages of the policy.
    pub stages: Vec<PolicyName>,
    /// What all of these are called, and those of earlier policies.
    pub names: PolicyNames,
    /// The last entry's place in the journal.
    pub head: u64,
}

/// What the policies of the book call things: the one in force, and behind its names those that only earlier ones have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyNames {
    /// Tiers.
    pub tiers: Vec<PolicyName>,
    /// Stages.
    pub stages: Vec<PolicyName>,
    /// Playbooks.
    pub playbooks: Vec<PolicyName>,
    /// Reasons for which rules brought customers back to an open pool, as records keep them in all languages.
    pub reasons: Vec<PolicyName>,
}

/// A tier or stage: its id and its names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyName {
    /// The id, as filters name it.
    pub id: Clean,
    /// In English.
    pub en: Clean,
    /// In Chinese.
    pub zh: Clean,
}

/// An entry of the journal, as history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryItem {
    /// The entry; of one record's history, only its events on that record.
    pub entry: Entry,
    /// The member's name.
    pub by: Option<Named>,
    /// The entry that took it back.
    pub undone_by: Option<u64>,
    /// When time brought it, or what it follows from; none: nobody waited for its moment.
    pub due: Option<Instant>,
    /// Names of records that its values refer to.
    pub names: Vec<Named>,
}

/// How the server is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Its process.
    pub pid: u32,
    /// Its program version.
    pub version: Clean,
    /// Its protocol.
    pub protocol: u32,
    /// The store's folder.
    pub store: Clean,
    /// `private`, `team` or `practice`.
    pub kind: Clean,
    /// Seconds since its start.
    pub uptime_s: u64,
    /// Open sessions.
    pub sessions: u32,
    /// The members with a screen open.
    pub here: Vec<Named>,
    /// The last entry's place in the journal.
    pub head: u64,
    /// How many customers.
    pub customers: u64,
    /// How many interactions.
    pub interactions: u64,
    /// Memory in use.
    pub memory_bytes: u64,
    /// Batches that were begun and not ended.
    pub open_batches: Vec<Named>,
    /// Why the store writes no more; empty: it does.
    pub read_only: Clean,
    /// Customers who wait to be graded by the policy that was adopted last.
    pub regrading: u64,
}

/// Who else has a screen open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// How many other members.
    pub here: u32,
    /// Those at the same customer; who writes comes first.
    pub beside: Vec<Beside>,
}

/// A member who looks at the same customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Who.
    pub member: Named,
    /// They write something about the customer.
    pub writing: bool,
}

/// What others did to a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedLine {
    /// Which customer.
    pub customer: Named,
    /// When last.
    pub at: Instant,
    /// Who, the last one first.
    pub by: Vec<Named>,
    /// By what commands, as the journal keeps them, the last one first.
    pub commands: Vec<Clean>,
}

/// A mention of the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MentionLine {
    /// Its entry's place in the journal.
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: Option<Named>,
    /// The record whose text it is.
    pub record: Id,
    /// The customer that this hangs on.
    pub customer: Option<Named>,
    /// The team through which; none where it is by name.
    pub team: Option<Named>,
    /// The line of the text.
    pub text: Clean,
    /// Not yet read.
    pub unread: bool,
}

/// What `verify` found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// How many entries were replayed.
    pub entries: u64,
    /// How many rows, keys and tallies were compared.
    pub compared: u64,
    /// What differs: the first hundred, as text.
    pub faults: Vec<Clean>,
}

/// An answer: the variant is that of the question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::large_enum_variant)] // answers live for a moment, one at a time
pub enum Answer {
    /// Of [`Query::Session`].
    Session(Session),
    /// Of [`Query::Status`].
    Status(Status),
    /// Of [`Query::Resolve`].
    Resolved(Named),
    /// Of [`Query::Find`] and [`Query::List`]: the lines, and how many there are in all.
    Customers(Vec<CustomerLine>, u64),
    /// Of [`Query::Card`].
    Card(Box<Card>),
    /// Of [`Query::Timeline`].
    Timeline(Named, Vec<TimelineItem>),
    /// Of [`Query::Tasks`]: the lines, and how many there are in all.
    Tasks(Vec<TaskLine>, u64),
    /// Of [`Query::NextTask`].
    NextTask(Option<TaskLine>),
    /// Of [`Query::Tiers`].
    Tiers(Vec<TierLine>),
    /// Of [`Query::Why`].
    Why(Box<Why>),
    /// Of [`Query::Rows`].
    Rows(Vec<RowLine>),
    /// Of [`Query::History`].
    History(Vec<HistoryItem>),
    /// Of [`Query::Verify`].
    Verified(Verified),
    /// Of [`Query::Company`].
    Company(Company),
    /// Of [`Query::Feed`]: the newest first.
    Feed(Vec<FeedLine>),
    /// Of [`Query::Place`]: the row, from 0; none for somebody who is not in the list.
    Place(Option<u64>),
    /// Of [`Query::Policy`].
    Policy(PolicyAnswer),
    /// Of [`Query::Playbooks`], in the order of the policy.
    Playbooks(Vec<PlaybookLine>),
    /// Of [`Query::Inbox`]: the newest first, and how many are unread in all; where not all of these are among the
    /// lines, that many at least.
    Inbox(Vec<MentionLine>, u64),
    /// Of [`Query::Board`].
    Board(Board),
    /// Of [`Query::TierHistory`].
    TierHistory(Named, Vec<TierStep>),
    /// Of [`Query::WhyTask`].
    WhyTask(Box<TaskWhy>),
    /// Of [`Query::Care`]: the first day in front.
    Care(Vec<Planned>),
    /// Of [`Query::Brought`]: how many of each kind that there were any of.
    Brought(Vec<(Brought, u64)>),
    /// Of [`Query::Values`]: each once, in order, at most [`VALUES`].
    Values(Vec<Clean>),
}

/// What a client sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Practice stores only: acts as this member (id, name or login) from here on.
    ActAs(Clean),
    /// A question.
    Ask(Query),
    /// Writes, carried out in order and in one transaction; each is whole or refused by itself. At most 500; dry runs
    /// among them are apart from the rest.
    Do {
        /// The client's name, drawn at random: with the counter of an order it is known again.
        client: u128,
        /// What to do.
        orders: Vec<Order>,
    },
    /// Ends the server.
    Stop,
    /// A question about the book as it was: at the end of a day, or at a time of it, as typed. How the server is
    /// ([`Query::Status`], [`Query::Verify`]) is always answered of now.
    AskAsOf(Clean, Query),
}

/// What a server sends back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::large_enum_variant)] // replies live for a moment, one at a time
pub enum Reply {
    /// Done; there is nothing to tell.
    Done,
    /// The answer, and the place in the journal that it is true of.
    Answer(u64, Answer),
    /// What became of each order.
    Receipts(Vec<Result<Receipt, Refusal>>),
    /// Not carried out.
    Refused(Refusal),
}
