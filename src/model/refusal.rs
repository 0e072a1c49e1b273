//! Why a command or a question was not carried out. The one list; words for it are in `text::say::refusal`.

use serde::{Deserialize, Serialize};

use super::choice::RunState;
use super::id::{Id, Kind};
use super::time::{Day, Instant};
use super::value::Value;
use crate::text::Clean;

/// So many of the records that words may mean are named at most.
pub const CANDIDATES: usize = 100;

/// A refusal. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No such record.
    NoRecord(Id),
    /// No record of this kind goes by these words.
    NoMatch(Kind, Clean),
    /// Several do: the best first.
    Ambiguous(Kind, Clean, Vec<(Id, Clean)>),
    /// No such field; the nearest name.
    NoField(Kind, Clean, Option<Clean>),
    /// A field that is not set by hand.
    DerivedField(Clean),
    /// A field that only commands of its own set: field, those commands.
    CommandField(Clean, Clean),
    /// A field that must have a value has none.
    Missing(Kind, Clean),
    /// The value does not fit the field: field, value, what it takes.
    BadValue(Clean, Clean, Takes),
    /// The text is longer than the field: field, length, limit in characters.
    TooLong(Clean, u64, u64),
    /// The filter does not read: the text, the place in bytes (from, to), and why as a sentence in both languages.
    BadFilter {
        /// The filter.
        text: Clean,
        /// Where it goes wrong: bytes from, to.
        at: (u32, u32),
        /// Why, in English.
        en: Clean,
        /// Why, in Chinese.
        zh: Clean,
    },
    /// The policy does not read: its first fault, and how many there are.
    BadPolicy {
        /// The line, from 1.
        line: u32,
        /// The column in characters, from 1.
        column: u32,
        /// What is wrong, in English.
        en: Clean,
        /// In Chinese.
        zh: Clean,
        /// How many faults.
        count: u64,
    },
    /// No such version of the policy; the last.
    NoVersion(i64, i64),
    /// Somebody changed the field: record, field, what the change was based on, what is there, who, when, entry.
    Conflict {
        /// The record.
        record: Id,
        /// The field's name.
        field: Clean,
        /// The value the change was based on (of an undo: that the act had left).
        was: Value,
        /// The value there now.
        is: Value,
        /// The value that was to be put.
        to: Value,
        /// Who changed it, and the entry, where known.
        by: Option<(Clean, u64)>,
    },
    /// Records that came later stand on this one: it cannot be taken back (record, by how many, the first of them).
    InUse(Id, u64, Id),
    /// The same of a batch, and the batch that all of those are of, if they are of one.
    BatchInUse(Id, u64, Id, Option<Id>),
    /// A batch cannot be taken back whole: so many of its records were changed since (the first of them).
    ChangedSince(Id, u64, Id),
    /// There is nothing of mine to undo.
    NothingToUndo,
    /// The entry was taken back before, by that one.
    AlreadyUndone(u64, u64),
    /// The entry cannot be taken back: the store's making.
    CannotUndo(u64),
    /// No such entry.
    NoEntry(u64),
    /// The caller's account (uid, login) belongs to no member.
    NotAMember(u32, Clean),
    /// The caller's role does not allow it.
    NotAllowed(Clean),
    /// Only a practice store's clock moves.
    NotPractice,
    /// The clock only moves forward.
    ClockBackwards(Instant),
    /// The task is not open any more.
    TaskClosed(Id),
    /// The playbook at work stands so that this cannot be done with it.
    RunStands(Id, RunState),
    /// No open task waits for this member.
    NoTask,
    /// The parent is the customer itself, or below it.
    ParentLoop(Id, Id),
    /// A name that is taken: kind, name, by which record.
    NameTaken(Kind, Clean, Id),
    /// The login or uid is linked to another member.
    AccountTaken(Clean, Id),
    /// An approval is refused without a reason.
    NoReason(Id),
    /// The policy has no such playbook; those that it has.
    NoPlaybook(Clean, Vec<Clean>),
    /// A playbook has nothing to do for this customer, who meets a condition already: playbook, customer, condition.
    NothingToDo(Clean, Id, Clean),
    /// The tier does not exist; those that do.
    NoTier(Clean, Vec<Clean>),
    /// The batch is closed or was never opened.
    NoBatch(Id),
    /// The receipt of a repeated order is not kept any more.
    Expired,
    /// The store writes no more: its disk is full or failed.
    ReadOnly(Clean),
    /// The store is already made.
    AlreadyMade,
    /// The date of an interaction lies in the future.
    Future(Clean),
    /// The server is stopping or rebuilding.
    Unavailable(Clean),
    /// The caller was a member, and left: by what name.
    Left(Clean),
    /// A request holds more orders than are taken at once: how many, and the limit.
    TooManyOrders(u64, u64),
    /// The answer is larger than a message may be: so many bytes.
    TooLarge(u64),
    /// The book was asked for as of a day that is still to come.
    NotYet(Day),
    /// The book was asked for as of a day before its first entry: that day, and the first.
    BeforeTheBook(Day, Day),
    /// The book was asked for as of a day with too long a journal before it: so many entries, and the limit.
    TooMuchPast(u64, u64),
    /// The customer is not in the open pool any more.
    Claimed {
        /// Which.
        customer: Id,
        /// Who has it: a member, else a team.
        by: Clean,
        /// Since when.
        at: Option<Instant>,
        /// Who of the same pool is worth most: id and name.
        next: Option<(Id, Clean)>,
    },
    /// The customer lies in the pool of other teams: pool, teams.
    OtherPool(Clean, Vec<Clean>),
    /// A limit of claiming is reached.
    ClaimLimit(Limit, u32),
    /// Who had this customer claims it again at this moment at the earliest.
    CoolDown(Id, Instant),
    /// The customer is another's: who has it. Only they and leads give it away.
    NotYours(Id, Clean),
    /// The customer has neither owner nor team: there is nothing to release or protect.
    NotHeld(Id),
    /// The policy knows of no protection for this customer.
    NoProtection(Id),
    /// A customer in the open pool gets an owner by a claim.
    ByClaim(Id),
    /// A customer comes into the open pool by a release.
    ByRelease(Id),
    /// A claim is not taken back: the customer is released.
    ClaimStands(Id),
    /// The clock is not set back.
    ClockStands,
    /// An absence that ends before it begins: its first day, and its last.
    AwayBackwards(Day, Day),
    /// A member is to stand in for themselves.
    OwnStandIn(Clean),
    /// Something is to be given to a member who has left.
    Gone(Clean),
    /// One greeting a day: there is one of that day already.
    Greeted {
        /// Whom.
        customer: Id,
        /// On which day.
        day: Day,
        /// The task or interaction that it is.
        record: Id,
        /// Who did it, or is to do it; empty: nobody by name.
        by: Clean,
        /// When it was done; none: it is still to come.
        at: Option<Instant>,
    },
    /// Nothing of this is planned for the customer; what is.
    NotPlanned(Id, Clean, Vec<Clean>),
    /// What an open pool hides is not changed before the customer is claimed: record, field.
    Hidden(Id, Clean),
    /// The next of a plan is left out already.
    LeftOut {
        /// Whom it is of.
        customer: Id,
        /// What.
        occasion: Clean,
        /// On which day.
        day: Day,
        /// The dropped task that says so.
        task: Id,
    },
    /// An absence that is over: its last day.
    AwayPast(Day),
}

impl Refusal {
    /// Whether it says nothing of the record: with the next one it would be the same.
    pub fn concerns_all(&self) -> bool {
        matches!(
            self,
            Refusal::ReadOnly(_) | Refusal::Unavailable(_) | Refusal::NoBatch(_) | Refusal::NotAllowed(_)
        )
    }
}

/// What is limited about claiming.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// Claims of a day.
    Day,
    /// Customers that a member has.
    Hold,
    /// Customers of this tier that a member has.
    Tier(Clean),
    /// Customers of a member that are protected.
    Protected,
}

/// What a field takes, for the refusal of a value that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Takes {
    /// Yes or no.
    Flag,
    /// A whole number from 0.
    Number,
    /// One line.
    Line,
    /// An amount.
    Money,
    /// A date that exists.
    Date,
    /// One of these words.
    Word(Vec<Clean>),
    /// A member and a duty, as `NAME:DUTY`.
    Duty,
    /// Eighteen characters with a right check digit.
    CreditCode,
    /// A date and what to do, as `+3d send price list`.
    NextStep,
    /// A mail address.
    Mail,
    /// A number from 0 to 100.
    Percent,
    /// A telephone number.
    Phone,
    /// A day of the lunar calendar.
    Lunar,
    /// Days of the week.
    Weekdays,
}

impl Refusal {
    /// The exit code of the shell (`cli.md`): 2 usage, 3 nothing found, 4 ambiguous, 5 refused, 6 conflict, 1 failed.
    pub fn code(&self) -> u8 {
        match self {
            Refusal::NoRecord(_)
            | Refusal::NoMatch(..)
            | Refusal::NoEntry(_)
            | Refusal::NoTask
            | Refusal::NotPlanned(..)
            | Refusal::NoVersion(..) => 3,
            Refusal::Ambiguous(..) => 4,
            Refusal::Conflict { .. }
            | Refusal::Claimed { .. }
            | Refusal::Greeted { .. }
            | Refusal::InUse(..)
            | Refusal::BatchInUse(..)
            | Refusal::ChangedSince(..) => 6,
            Refusal::NoField(..)
            | Refusal::DerivedField(_)
            | Refusal::CommandField(..)
            | Refusal::Missing(..)
            | Refusal::BadValue(..)
            | Refusal::TooLong(..)
            | Refusal::TooManyOrders(..)
            | Refusal::TooLarge(_)
            | Refusal::BadFilter { .. }
            | Refusal::BadPolicy { .. }
            | Refusal::NoTier(..)
            | Refusal::NoPlaybook(..)
            | Refusal::Future(_)
            | Refusal::NotYet(_)
            | Refusal::BeforeTheBook(..) => 2,
            Refusal::ReadOnly(_) | Refusal::Unavailable(_) | Refusal::Expired => 1,
            _ => 5,
        }
    }
}
