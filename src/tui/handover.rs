//! Who gets what of a member's book.

use std::collections::BTreeMap;

use crate::model::handover::Share;
use crate::model::{Command, Id, Named};
use crate::text::Clean;

/// Who gives, and what each of those gets who take over.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) struct Plan {
    /// Who gives.
    pub(in crate::tui) from: Named,
    /// Who takes over, and what; nothing before that is known.
    pub(in crate::tui) shares: Vec<(Named, Share)>,
    /// What the records are called.
    pub(in crate::tui) names: BTreeMap<Id, Clean>,
}

impl Plan {
    /// How many records.
    pub(in crate::tui) fn count(&self) -> usize {
        self.shares.iter().flat_map(|(_, share)| share.counts()).sum()
    }

    /// The changes that give it all, each with its record.
    pub(in crate::tui) fn orders(&self) -> Vec<(Named, Command)> {
        let commands = self.shares.iter().flat_map(|(to, share)| share.commands(self.from.id, to.id));
        let named = |command: Command| match &command {
            Command::Edit { record, .. } => {
                let name = self.names.get(record).cloned();
                let id = *record;
                let name = name.unwrap_or_else(|| Clean::washed(&id.to_string()).0);
                Some((Named { id, name }, command))
            }
            _ => None,
        };
        commands.filter_map(named).collect()
    }
}
