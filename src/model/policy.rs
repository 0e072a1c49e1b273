//! What is asked and told about policies.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::lines::Reason;
use super::query::{Named, PolicyName};
use super::time::{Day, Instant};
use crate::text::Clean;

/// A question about policies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PolicyQuery {
    /// What is wrong with a text?
    Check {
        /// The text.
        text: Clean,
    },
    /// The text of a version.
    Text {
        /// Which; none: the one in force.
        version: Option<i64>,
    },
    /// Which policies were adopted, the newest first?
    History,
    /// What would a policy do to the book?
    Preview {
        /// The policy.
        text: Clean,
        /// Another one to compare it with; empty: how the book is graded now.
        against: Clean,
        /// So many customers that would move at most, and as many that would return to a pool.
        limit: u32,
        /// Of these, so many at most that go the same way.
        each: u32,
    },
    /// What did an adoption, or its undo, do to the book?
    Effect {
        /// The place of its entry in the journal.
        seq: u64,
    },
}

/// What is answered about policies: the variant is that of the question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PolicyAnswer {
    /// Of [`PolicyQuery::Check`]: everything that is wrong, in the order of the file.
    Checked(Vec<PolicyFault>),
    /// Of [`PolicyQuery::Text`].
    Text(PolicyText),
    /// Of [`PolicyQuery::History`].
    History(Vec<PolicyVersion>),
    /// Of [`PolicyQuery::Preview`].
    Preview(Box<Preview>),
    /// Of [`PolicyQuery::Effect`].
    Effect(Box<Effect>),
}

/// Something that is wrong with a policy, said in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFault {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// What is wrong, in English.
    pub en: Clean,
    /// In Chinese.
    pub zh: Clean,
    /// It is allowed all the same.
    pub warning: bool,
}

/// A policy as it was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyText {
    /// Which it is of those that were adopted, from 1.
    pub version: i64,
    /// Its text.
    pub text: Clean,
}

/// An adoption.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyVersion {
    /// Which policy it is, from 1.
    pub version: i64,
    /// The place of its entry in the journal.
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// By whom; none: it came with the store.
    pub by: Option<Named>,
    /// The entry that took it back.
    pub undone_by: Option<u64>,
    /// The entry that it took back itself: the policy was put in force again.
    pub undoes: Option<u64>,
    /// How many lines were added to the policy in force before, and how many taken away.
    pub lines: (u32, u32),
}

/// What an adoption, or its undo, did to the book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Which policy it put in force.
    pub version: i64,
    /// Which one was in force before; none: the store was made with it.
    pub before: Option<i64>,
    /// What tiers and stages are called.
    pub names: Vec<PolicyName>,
    /// How many stand in another tier or stage.
    pub moved: u64,
    /// How many went from one tier to another.
    pub tiers: Vec<Shift>,
    /// How many went from one stage to another.
    pub stages: Vec<Shift>,
    /// How many wait for another tier until that is confirmed.
    pub waiting: u64,
    /// How many return to the open pool from now on, and did not.
    pub returning: u64,
    /// How many do not any more.
    pub spared: u64,
    /// How many went into the open pool.
    pub pooled: u64,
    /// How many came back to those who had them.
    pub given_back: u64,
    /// How many open tasks were dropped, or taken back.
    pub dropped: u64,
    /// How many have another deadline.
    pub redated: u64,
    /// How many began, or are open again.
    pub born: u64,
}

/// What a policy would do to the book.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// How many customers were looked at.
    pub customers: u64,
    /// Tiers and stages of both policies, by their ids.
    pub names: Vec<PolicyName>,
    /// How many would move from one tier to another.
    pub tiers: Vec<Shift>,
    /// How many of them move up, counted from the highest tier of either policy.
    pub up: u64,
    /// How many move down.
    pub down: u64,
    /// How many would move from one stage to another.
    pub stages: Vec<Shift>,
    /// Who would move, the highest new tier first.
    pub moves: Vec<Move>,
    /// How many more.
    pub more: u64,
    /// What the service standards ask for.
    pub load: Vec<Load>,
    /// How many contacts and answers a week a member can make, where the policy says so.
    pub capacity: Option<u32>,
    /// How many would return to a pool, before and after.
    pub pooling: [Pooling; 2],
    /// How many return before and would not after.
    pub spared: u64,
    /// Who would return, the first of them first; then who would not any more, and who would lie in another pool.
    pub returns: Vec<Return>,
    /// How many more.
    pub more_returns: u64,
    /// Steps of playbooks that would be dropped, have other deadlines or begin, in this order.
    pub steps: Vec<StepChange>,
    /// How many more.
    pub more_steps: u64,
    /// How many steps would be dropped.
    pub dropped: u64,
    /// How many would have other deadlines.
    pub redated: u64,
    /// How many would begin.
    pub born: u64,
    /// How many greetings and contacts of the communication plan would come into the queue within 30 days that do not
    /// before; and how many do before and would not after.
    pub planned: [u64; 2],
}

impl Preview {
    /// Whether a tier or a stage goes on under another id: people call both the same.
    pub fn is_rename(&self, from: &Clean, to: &Clean) -> bool {
        let named = |id: &Clean| self.names.iter().find(|name| name.id == *id);
        from != to
            && named(from).zip(named(to)).is_some_and(|(from, to)| (&from.en, &from.zh) == (&to.en, &to.zh))
    }

    /// How many would move: who only gets another id for where they stand does not, as far as they are told one by one.
    pub fn moving(&self) -> u64 {
        let stays = |way: &[Clean; 2]| way[0] == way[1] || self.is_rename(&way[0], &way[1]);
        let moving = self.moves.iter().filter(|to| !stays(&to.tier) || !stays(&to.stage)).count();
        moving as u64 + self.more
    }

    /// How many of these go elsewhere, and how many stay under another id.
    pub fn counts(&self, shifts: &[Shift]) -> [u64; 2] {
        shifts.iter().fold([0; 2], |[moving, renamed], shift| {
            if self.is_rename(&shift.from, &shift.to) {
                [moving, renamed + shift.count]
            } else {
                [moving + shift.count, renamed]
            }
        })
    }
}

/// How many return to an open pool if nothing changes but the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pooling {
    /// Within 30 days.
    pub soon: u64,
    /// After that.
    pub later: u64,
}

/// A customer who would return to an open pool, or would not any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    /// Who.
    pub customer: Named,
    /// Who has them in hand.
    pub owner: Option<Named>,
    /// The pool in which they lie, or to which they would return: before and after.
    pub pool: [Clean; 2],
    /// When they do, before and after.
    pub at: [Option<Instant>; 2],
    /// From when on that is warned of.
    pub warned: Option<Instant>,
    /// The rule by which they would, as text.
    pub rule: Clean,
    /// Its reason, in English.
    pub en: Clean,
    /// In Chinese.
    pub zh: Clean,
}

/// A step of a playbook that a policy would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepChange {
    /// Its task; one that would only begin has none.
    pub task: Option<Id>,
    /// For whom.
    pub customer: Option<Named>,
    /// Who has it to do.
    pub assignee: Option<Named>,
    /// Of which playbook.
    pub playbook: Clean,
    /// Which step, and what is to be done.
    pub step: PolicyName,
    /// What becomes of it.
    pub fate: Fate,
    /// By when, before and after: none before where it would begin, none after where it would be dropped.
    pub due: [Option<Instant>; 2],
}

/// What becomes of a step of a playbook under another policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fate {
    /// It is not to be done any more.
    Dropped,
    /// Its deadlines, warnings or escalations come at other times.
    Moved,
    /// It begins, or is open again.
    Born,
}

impl Fate {
    /// As scripts read it.
    pub fn word(self) -> &'static str {
        match self {
            Fate::Dropped => "dropped",
            Fate::Moved => "moved",
            Fate::Born => "born",
        }
    }
}

/// So many customers, from here to there; empty: no tier, no stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// From where.
    pub from: Clean,
    /// To where.
    pub to: Clean,
    /// How many.
    pub count: u64,
    /// How many of them would wait until the move is confirmed.
    pub waiting: u64,
}

/// A customer who would move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Who.
    pub customer: Named,
    /// Who has them in hand.
    pub owner: Option<Named>,
    /// The tier, from and to.
    pub tier: [Clean; 2],
    /// The stage, from and to.
    pub stage: [Clean; 2],
    /// The day on which the new tier would be confirmed; none: at once.
    pub confirmed: Option<Day>,
    /// The rule that decides, as text; empty: the last tier takes who is in no other.
    pub rule: Clean,
    /// Its conditions with the customer's facts.
    pub reasons: Vec<Reason>,
    /// The head of its corporate group, where it has the tier from that one.
    pub head: Option<Named>,
}

/// What the service standards ask of one member, or of a team for the customers that nobody of it owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Whom; none: of nobody, in the open pool.
    pub who: Option<Named>,
    /// How many customers, without those who are not to be contacted.
    pub customers: u64,
    /// Contacts in a hundred weeks that the tiers ask for now.
    pub now: u64,
    /// The same under the policy.
    pub then: u64,
    /// Real contacts with these customers in a hundred weeks, as the last 91 days were.
    pub done: u64,
    /// What these customers asked in a hundred weeks.
    pub asked: u64,
    /// Of it, what a standard wants answered in its time: before and after. What can still be is left out.
    pub answers: [u64; 2],
    /// What was answered in the time that the policy gives.
    pub in_time: u64,
}

/// By what a policy is known again: which one the book was graded by (FNV-1a of its text, 63 bits).
pub fn mark(text: &str) -> i64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = text.bytes().fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    (hash >> 1).cast_signed()
}
