//! What is asked about playbooks: how they go.

use super::Desk;
use crate::model::{Answer, Refusal};
use crate::rules::playbook::{figures, no_playbook};
use crate::text::Clean;

impl Desk<'_> {
    /// The playbooks of the policy in force, or the one of this id, with what became of them since a day as typed.
    pub(super) fn playbooks(&self, id: &Clean, since: &Clean) -> Result<Answer, Refusal> {
        let since = self.since(since)?;
        if !id.is_empty() && self.head.policy.playbook(id.as_str()).is_none() {
            return Err(no_playbook(&self.head.policy, id));
        }
        let mut lines = figures(&*self.head.snapshot, &self.head.policy, since, self.now);
        lines.retain(|line| id.is_empty() || line.name.id == *id);
        Ok(Answer::Playbooks(lines))
    }
}
