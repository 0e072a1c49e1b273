//! What is told while somebody looks at it: the team's board, where a task comes from, a customer's tiers in the past.

use super::{Book, Topic};
use crate::model::query::{Board, TaskWhy, TierStep};
use crate::model::{Answer, Id, Instant, Query};

/// The last answers.
#[derive(Debug, Default)]
pub(in crate::tui) struct Told {
    /// The team's board.
    pub(in crate::tui) board: Option<Board>,
    /// Where a task comes from.
    task: Option<Box<TaskWhy>>,
    /// How a customer came from tier to tier, the newest move first.
    steps: Option<(Id, Vec<TierStep>)>,
}

impl Told {
    /// Where this task comes from, once that is answered.
    pub(in crate::tui) fn task(&self, id: Id) -> Option<&TaskWhy> {
        self.task.as_deref().filter(|why| why.task.id == id)
    }

    /// How this customer came from tier to tier, once that is answered.
    pub(in crate::tui) fn steps(&self, customer: Id) -> &[TierStep] {
        self.steps.as_ref().filter(|(of, _)| *of == customer).map_or(&[], |(_, steps)| steps)
    }

    /// Takes an answer.
    pub(super) fn put(&mut self, answer: Answer) {
        match answer {
            Answer::Board(board) => self.board = Some(board),
            Answer::WhyTask(why) => self.task = Some(why),
            Answer::TierHistory(customer, steps) => self.steps = Some((customer.id, steps)),
            _ => {}
        }
    }
}

impl Book {
    /// Asks this about a topic, unless that is asked; while nobody looks at it, nothing.
    pub(in crate::tui) fn ask_while(&mut self, topic: Topic, query: Option<Query>, now: Instant) {
        match query {
            None => drop(self.asked.remove(&topic)),
            Some(query) if self.asked.get(&topic).is_some_and(|asked| asked.query == query) => {}
            Some(query) => self.ask(topic, query, now),
        }
    }
}
