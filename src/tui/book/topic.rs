//! What questions are about.

use crate::model::Kind;

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::tui) enum Topic {
    /// Who we are, and what the store is.
    Session,
    /// The page of the list with this number, from 0.
    Page(usize),
    /// The customer that everything is about.
    Card,
    /// The queue.
    Tasks,
    /// The tasks of a week.
    Week,
    /// The book by tier.
    Tiers,
    /// What the look-up finds.
    Found,
    /// Who goes by the name that a new customer is being given.
    Namesakes,
    /// The customers that the words in a field may mean.
    Offered,
    /// What the words in a field that names a record mean.
    Meant,
    /// Which values the field of a filter has.
    Values,
    /// The record that is to be changed.
    Record,
    /// The batch that is to be taken back.
    Batch,
    /// What the records of a kind are called.
    Names(Kind),
    /// The saved views.
    Views,
    /// Who changed what was told last.
    Authors,
    /// The rows that are to be marked.
    Marks,
    /// What became of a record.
    History,
    /// Who else is here.
    Company,
    /// What the others did.
    Feed,
    /// Which row of the list somebody has.
    Place,
    /// Who mentions one.
    Inbox,
    /// What is wrong with the policy that is tried.
    Check,
    /// What it would do.
    Preview,
    /// The same with everybody who would move, to be written to a file.
    Export,
    /// The policy in force.
    InForce,
    /// The policies that were adopted.
    Versions,
    /// One of them.
    Version,
    /// A part of what a member has in hand, by its place in what is asked.
    Held(usize),
    /// The team's board.
    Board,
    /// Where a task comes from.
    WhyTask,
    /// How a customer came from tier to tier.
    TierHistory,
    /// What the playbooks of the policy in force are called.
    Playbooks,
    /// How their steps go.
    Figures,
    /// The playbooks at work.
    Runs,
    /// Their open steps.
    Steps,
    /// What is planned with customers.
    Plan,
}
