//! The playbooks at work and what is planned with customers, asked for while somebody looks at them.

use super::{Book, Topic};
use crate::model::planned::Planned;
use crate::model::query::{Lateness, Named, OpenStep, PlaybookLine, PolicyName, RowLine, RunLine};
use crate::model::{Id, Instant, Kind, Query, Row};
use crate::text::Clean;

/// So many records of a kind are asked for at most.
const MOST: u32 = 1_000;
/// The plan is looked at for so many days ahead.
pub(in crate::tui) const DAYS: u32 = 30;

/// The last answers.
#[derive(Debug, Default)]
pub(in crate::tui) struct Work {
    /// What the playbooks of the policy in force are called.
    pub(in crate::tui) names: Vec<PolicyName>,
    /// How their steps go.
    pub(in crate::tui) figures: Option<Vec<PlaybookLine>>,
    /// What is planned, the first day in front.
    pub(in crate::tui) plan: Option<Vec<Planned>>,
    runs: Option<Vec<RowLine>>,
    steps: Vec<RowLine>,
}

/// A playbook at work.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) struct Running {
    /// At whom.
    pub(in crate::tui) customer: Named,
    /// Which, with its open steps.
    pub(in crate::tui) run: RunLine,
    /// Why it is paused.
    pub(in crate::tui) reason: Clean,
}

impl Work {
    /// The playbooks at work, what is due first in front; none before that is answered.
    pub(in crate::tui) fn running(&self) -> Option<Vec<Running>> {
        let mut running: Vec<Running> =
            self.runs.as_ref()?.iter().filter_map(|line| self.run(line)).collect();
        let due = |running: &Running| running.run.steps.first().and_then(|step| step.due);
        running.sort_by_key(|running| {
            (running.run.paused, due(running).is_none(), due(running), running.run.id)
        });
        Some(running)
    }

    fn run(&self, line: &RowLine) -> Option<Running> {
        let Row::Run(run) = &line.row else { return None };
        let customer = line.names.iter().find(|named| Some(named.id) == run.customer)?.clone();
        let mut steps: Vec<OpenStep> =
            self.steps.iter().filter_map(|step| open_step(step, line.id)).collect();
        steps.sort_by_key(|step| (step.due.is_none(), step.due));
        let (id, paused) = (line.id, run.paused);
        let run_line =
            RunLine { id, playbook: self.called(&run.playbook), started: run.started, paused, steps };
        let reason = if paused.is_some() { run.reason.clone() } else { Clean::default() };
        Some(Running { customer, run: run_line, reason })
    }

    /// What a playbook is called; by its id alone while that is not known, and where the policy has it no more.
    pub(in crate::tui) fn called(&self, id: &Clean) -> PolicyName {
        let known = self.names.iter().find(|name| name.id == *id).cloned();
        known.unwrap_or_else(|| PolicyName { id: id.clone(), en: Clean::default(), zh: Clean::default() })
    }

    /// Takes the rows of an answer.
    pub(super) fn put_rows(&mut self, topic: Topic, rows: Vec<RowLine>) {
        match topic {
            Topic::Runs => self.runs = Some(rows),
            _ => self.steps = rows,
        }
    }
}

/// The task of an open step, where it is one of this playbook at work.
fn open_step(line: &RowLine, of: Id) -> Option<OpenStep> {
    let Row::Task(task) = &line.row else { return None };
    let assignee = line.names.iter().find(|named| Some(named.id) == task.assignee).cloned();
    let title = line.name_of(line.id).unwrap_or(&task.title).clone();
    let due = task.due;
    (task.run == Some(of)).then_some(OpenStep { task: line.id, title, assignee, due, late: Lateness::Fine })
}

impl Book {
    /// Asks what the playbooks are called, while that is wanted. Nothing began tomorrow: how they go is not counted.
    pub(in crate::tui) fn ask_playbooks(&mut self, wanted: bool, now: Instant) {
        let query = Query::Playbooks { id: Clean::default(), since: Clean::known("tomorrow") };
        self.ask_while(Topic::Playbooks, wanted.then_some(query), now);
    }

    /// Asks for the playbooks at work, while they are looked at.
    pub(in crate::tui) fn ask_runs(&mut self, wanted: bool, now: Instant) {
        let rows = |kind, filter| Query::Rows { kind, filter: Clean::known(filter), from: 1, limit: MOST };
        let runs = wanted.then(|| rows(Kind::Run, "state:running,paused"));
        let steps = wanted.then(|| rows(Kind::Task, "state:open not playbook:none"));
        self.ask_while(Topic::Runs, runs, now);
        self.ask_while(Topic::Steps, steps, now);
    }

    /// Asks how the steps of playbooks go, while that is looked at.
    pub(in crate::tui) fn ask_figures(&mut self, wanted: bool, now: Instant) {
        let query = Query::Playbooks { id: Clean::default(), since: Clean::default() };
        self.ask_while(Topic::Figures, wanted.then_some(query), now);
    }

    /// Asks for what is planned, while that is looked at: of all, or only what I am to do.
    pub(in crate::tui) fn ask_plan(&mut self, mine: Option<bool>, now: Instant) {
        let query = mine.map(|mine| Query::Care { filter: Clean::default(), days: DAYS, mine });
        self.ask_while(Topic::Plan, query, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Run, RunState, Task};

    fn line(id: Id, row: Row, names: Vec<Named>) -> RowLine {
        RowLine { id, row, names, hidden: Vec::new() }
    }

    #[test]
    fn a_playbook_at_work_has_its_open_steps_and_what_is_due_first_stands_in_front() {
        let acme = Named { id: Id::customer(1), name: Clean::known("Acme") };
        let run = |n, paused: Option<i64>| {
            let state = Some(if paused.is_some() { RunState::Paused } else { RunState::Running });
            let row = Run {
                customer: Some(acme.id),
                playbook: Clean::known("wake"),
                state,
                paused: paused.map(Instant),
                reason: Clean::known("on holiday"),
                ..Run::default()
            };
            line(Id::new(Kind::Run, n), row.into(), vec![acme.clone()])
        };
        let step = |n, run, due| {
            let row = Task {
                title: Clean::known("call"),
                run: Some(Id::new(Kind::Run, run)),
                due: Some(Instant(due)),
                ..Task::default()
            };
            line(Id::new(Kind::Task, n), row.into(), Vec::new())
        };
        let mut work = Work::default();
        assert_eq!(work.running(), None);
        work.put_rows(Topic::Runs, vec![run(1, Some(5)), run(2, None), run(3, None), run(4, None)]);
        work.put_rows(Topic::Steps, vec![step(7, 2, 90), step(8, 2, 30), step(9, 3, 10)]);
        let running = work.running().unwrap();
        let ids: Vec<u64> = running.iter().map(|running| running.run.id.n).collect();
        assert_eq!(ids, [3, 2, 4, 1], "what is paused waits, what has no open step goes behind");
        let due: Vec<_> = running[1].run.steps.iter().map(|step| step.due).collect();
        assert_eq!(due, [Some(Instant(30)), Some(Instant(90))]);
        let reasons: Vec<&str> = running.iter().map(|running| running.reason.as_str()).collect();
        assert_eq!(reasons, ["", "", "", "on holiday"]);
    }
}
