//! What is told of the team's board: tiers and stages, how they are kept to, and who moved between them.

use serde::{Deserialize, Serialize};

use super::choice::{Source, TaskState};
use super::id::Id;
use super::lines::{Lateness, Reason, TierLine};
use super::query::{Named, PolicyName};
use super::time::{Day, Instant};
use crate::text::Clean;

/// Movement is told of so many days, today among them.
pub const MOVED_DAYS: i32 = 30;
/// Answers are told of so many days, today among them.
pub const ANSWERED_DAYS: i32 = 90;

/// The team's board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The tiers, highest first; last those without one, where there are any.
    pub tiers: Vec<BoardLine>,
    /// The stages, in the order of the policy; last those without one, where there are any.
    pub stages: Vec<BoardLine>,
}

/// A tier or stage of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLine {
    /// What is counted of it, as of a tier.
    pub line: TierLine,
    /// How many are in it who were in another one at the beginning of the last [`MOVED_DAYS`].
    pub came: u32,
    /// How many were in it then and are in another one.
    pub left: u32,
    /// The filter that shows those who came and those who left; empty: none, or more than a filter names.
    pub movers: Clean,
    /// For how many days one of them is in it: half of them for less, half for more.
    pub days: Option<u32>,
    /// The rule that lets a customer in; empty: none, it takes who is in no other.
    pub rule: Clean,
    /// What a tier asks for.
    pub standard: Option<Standard>,
}

/// The service standard of a tier, and how it is kept to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// The rule that keeps a customer in the tier; empty: none.
    pub keep: Clean,
    /// So many days a rule must hold before a customer moves here.
    pub confirm: i64,
    /// How often a contact is wanted, in days.
    pub contact_every: Option<i64>,
    /// How soon whoever asks is answered.
    pub answers: Option<Answers>,
    /// Who serves.
    pub served: Option<Served>,
}

/// How soon customers are to be answered, and how soon they were in the last [`ANSWERED_DAYS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// How long an answer may take: `4h`.
    pub within: Clean,
    /// The calendar by whose hours that is counted; empty: all time counts.
    pub calendar: Clean,
    /// How many asked and were answered, or could have been in time.
    pub asked: u32,
    /// How many of them were answered in time.
    pub in_time: u32,
    /// In how many minutes of that clock half of those who were answered were; none: nobody was.
    pub median: Option<i64>,
}

/// Who is to serve the customers of a tier, and for how many that is not so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// `person`, `team` or `automatic`.
    pub by: Clean,
    /// What whoever serves must be able to do; empty: nothing special.
    pub skill: Clean,
    /// How many are not served so.
    pub unserved: u32,
    /// The filter that shows these.
    pub filter: Clean,
}

/// A move of a customer from tier to tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TierStep {
    /// When; of the first tier, when the customer was added.
    pub at: Instant,
    /// The tier before; empty: it is the first.
    pub from: Clean,
    /// The tier from then on.
    pub to: Clean,
    /// Who set it by hand, or let the rules decide again.
    pub by: Option<Named>,
    /// What they said why.
    pub reason: Clean,
    /// The conditions that decided, with the facts of that moment.
    pub facts: Vec<Reason>,
}

/// A playbook at work at a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunLine {
    /// Which run.
    pub id: Id,
    /// The playbook.
    pub playbook: PolicyName,
    /// Since when.
    pub started: Option<Instant>,
    /// Its clocks stand still since then.
    pub paused: Option<Instant>,
    /// Its open steps, due first in front.
    pub steps: Vec<OpenStep>,
}

/// An open step of a playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenStep {
    /// Its task.
    pub task: Id,
    /// What is to be done.
    pub title: Clean,
    /// Who does it; none: whoever takes it.
    pub assignee: Option<Named>,
    /// By when.
    pub due: Option<Instant>,
    /// Past its time, or due soon.
    pub late: Lateness,
}

/// When and by which rule a customer returns to the open pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returning {
    /// The pool.
    pub pool: PolicyName,
    /// When.
    pub at: Instant,
    /// From when on it is warned of.
    pub warned: Option<Instant>,
    /// The rule; empty: it stands in no rule of the policy.
    pub rule: Clean,
    /// What the rule says why.
    pub reason: PolicyName,
}

/// How a customer came into the open pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// The pool; empty: it has no name.
    pub pool: PolicyName,
    /// Since when.
    pub at: Option<Instant>,
    /// Through whom; none: a rule did it, or nobody had them yet.
    pub by: Option<Named>,
    /// The rule that did it; empty: none of the policy in force.
    pub rule: Clean,
    /// Why.
    pub reason: PolicyName,
}

/// Where a task comes from, and what time will bring to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskWhy {
    /// Which.
    pub task: Named,
    /// For whom.
    pub customer: Option<Named>,
    /// Since when it is there.
    pub created: Option<Instant>,
    /// By when.
    pub due: Option<Instant>,
    /// Who does it; none: whoever takes it.
    pub assignee: Option<Named>,
    /// In whose queue.
    pub team: Option<Named>,
    /// Until when whoever does it is away.
    pub away_until: Option<Day>,
    /// What it came from.
    pub source: Source,
    /// Who made it; none: a rule did.
    pub added_by: Option<Named>,
    /// The step of a playbook that it is.
    pub step: Option<StepWhy>,
    /// What was planned that it is.
    pub plan: Option<PlanWhy>,
    /// How it ended; none: it is open.
    pub ended: Option<EndWhy>,
}

/// What was planned that a task is: a greeting, or the next contact of a rhythm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanWhy {
    /// For which day.
    pub day: Option<Day>,
    /// What a greeting is for; of the rhythm, nothing.
    pub occasions: Vec<PolicyName>,
    /// The rhythm in days; none where it was not kept.
    pub every: Option<i64>,
    /// From which day on it counted.
    pub since: Option<Day>,
}

/// How a task ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndWhy {
    /// Done or dropped.
    pub state: TaskState,
    /// When.
    pub at: Option<Instant>,
    /// By whom; none: a rule ended it.
    pub by: Option<Named>,
    /// The command of the act that did it.
    pub deed: Clean,
    /// The interaction that fulfilled it.
    pub record: Option<Id>,
    /// Why it was dropped.
    pub reason: Clean,
    /// The purpose of its playbook, as a filter, where that was met; empty: it was not that.
    pub purpose: Clean,
}

/// A pause of a playbook that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseWhy {
    /// Since when its clocks stood still.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
    /// Why.
    pub reason: Clean,
}

/// The step that a task is, and how its time passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepWhy {
    /// The run.
    pub run: Option<Id>,
    /// The playbook.
    pub playbook: PolicyName,
    /// The step.
    pub step: PolicyName,
    /// What began it: the record; none: it is not there any more.
    pub origin: Option<Id>,
    /// Since when its time passes.
    pub begun: Option<Instant>,
    /// How long it may take: `24h`; empty: the policy has no such step any more.
    pub within: Clean,
    /// The calendar by whose hours that is counted; empty: all time counts.
    pub calendar: Clean,
    /// The duty that does it.
    pub duty: Clean,
    /// What ends it, beside somebody who says so: `contact`, `answer`, `revisit`; empty: nothing.
    pub done_by: Clean,
    /// When it is, or was, warned of.
    pub warn_at: Option<Instant>,
    /// When it concerns whom, if it is still open then.
    pub escalations: Vec<(Option<Instant>, Clean)>,
    /// How many of these have been.
    pub escalated: u32,
    /// Its clock stands still since then.
    pub paused: Option<Instant>,
    /// Why.
    pub pause_reason: Clean,
    /// The pauses that are over and that it felt, the earliest first.
    pub pauses: Vec<PauseWhy>,
}
