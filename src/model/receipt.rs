//! What a write did, as it is told to whoever asked for it.

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::id::Id;
use super::time::Instant;
use crate::text::Clean;

/// What became of a row or record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Became {
    /// Something was made.
    Created,
    /// Something was changed.
    #[default]
    Updated,
    /// All was so already.
    Unchanged,
    /// What an act had done is taken back.
    TakenBack,
}

/// What a write did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The places of its entries in the journal; none for a dry run.
    pub seqs: Vec<u64>,
    /// The records it made, or changed where it made none.
    pub ids: Vec<Id>,
    /// The batch it belongs to.
    pub batch: Option<Id>,
    /// What became of the records.
    pub became: Became,
    /// Dates as they were understood: field name and moment.
    pub dates: Vec<(Clean, Instant)>,
    /// What it changed, one change after the other.
    pub changes: Vec<Event>,
    /// Of an undo with `partial`: how many acts were left because of later changes.
    pub left: u64,
}
