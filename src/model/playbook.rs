//! What is told about playbooks: their steps, and how these go.

use serde::{Deserialize, Serialize};

use super::query::PolicyName;
use crate::text::Clean;

/// A playbook of the policy in force, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaybookLine {
    /// Its id and names.
    pub name: PolicyName,
    /// What starts it, as the policy writes it; empty: only by hand.
    pub on: Clean,
    /// How many are at work.
    pub running: u64,
    /// How many of them stand still.
    pub paused: u64,
    /// How many came to their end.
    pub done: u64,
    /// How many were stopped before.
    pub stopped: u64,
    /// Its steps in their order: behind each those that wait for it.
    pub steps: Vec<StepLine>,
}

/// A step of a playbook, with how it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLine {
    /// Its id, and what is to be done.
    pub name: PolicyName,
    /// The step that it waits for; empty: it begins with the playbook.
    pub after: Clean,
    /// How many steps stand before it.
    pub depth: u32,
    /// What it is: `task`, `approve`, `tag`.
    pub deed: Clean,
    /// Whose duty it is, or the tag.
    pub duty: Clean,
    /// How long it may take; empty: it takes no time.
    pub within: Clean,
    /// The calendar by whose hours that is counted; empty: all time counts.
    pub calendar: Clean,
    /// How often it began.
    pub begun: u64,
    /// How often it is open now.
    pub open: u64,
    /// How often it was not done, or is not, by its deadline.
    pub late: u64,
    /// How long it took half of those that were done at most, in minutes.
    pub median: Option<i64>,
    /// No other step takes as long.
    pub slowest: bool,
}

impl StepLine {
    /// How many of a hundred were late; none where it never began.
    pub fn late_percent(&self) -> Option<u64> {
        (self.late * 100 + self.begun / 2).checked_div(self.begun)
    }
}
