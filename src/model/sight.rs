//! What a caller may see.

use serde::{Deserialize, Serialize};

use super::id::Id;

/// The part of the book that a caller may see. Every query, count, search and push takes one; the only policy so far
/// is that a member sees all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sight {
    /// Everything.
    All,
    /// Customers of these teams, owned by this member, or in whose work they take part.
    Own {
        /// The caller.
        member: Id,
        /// Their teams.
        teams: Vec<Id>,
    },
}

impl Sight {
    /// Whether a customer with this owner, team and collaborators can be seen.
    pub fn sees(&self, owner: Option<Id>, team: Option<Id>, collaborates: impl Fn(Id) -> bool) -> bool {
        match self {
            Sight::All => true,
            Sight::Own { member, teams } => {
                owner == Some(*member)
                    || team.is_some_and(|team| teams.contains(&team))
                    || collaborates(*member)
            }
        }
    }
}
