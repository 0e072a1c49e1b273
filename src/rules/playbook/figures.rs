//! How playbooks go: how often their steps began, how long they took, how many were late.

use std::collections::BTreeMap;

use super::clock::tasks;
use super::hand::pauses;
use super::who::name;
use crate::model::query::{PlaybookLine, PolicyName, StepLine};
use crate::model::{Id, Instant, Kind, Row, Rows, Run, RunState, Task, TaskState};
use crate::rules::policy::{Clock, Deed, Playbook, Policy, Step};
use crate::text::Clean;

/// What is counted of a step.
#[derive(Default)]
struct Count {
    begun: u64,
    open: u64,
    late: u64,
    took: Vec<i64>,
}

/// The playbooks of a policy with what became of the runs that began at a moment or later.
pub fn figures(rows: &dyn Rows, policy: &Policy, since: Option<Instant>, now: Instant) -> Vec<PlaybookLine> {
    let mut lines: Vec<PlaybookLine> = policy.playbooks.iter().map(line).collect();
    let mut counts: BTreeMap<(Clean, Clean), Count> = BTreeMap::new();
    rows.each_row(Kind::Run, 1, &mut |n, row| {
        let Row::Run(run) = row else { return true };
        let line = lines.iter_mut().find(|line| line.name.id == run.playbook);
        if let Some(line) = line.filter(|_| run.started >= since) {
            count_run(line, &run);
            let pauses = pauses(&run);
            for (_, task) in tasks(rows, Id::new(Kind::Run, n)) {
                let of = (run.playbook.clone(), task.step.clone());
                counts.entry(of).or_default().add(&task, &pauses, now);
            }
        }
        true
    });
    for line in &mut lines {
        for step in &mut line.steps {
            if let Some(count) = counts.remove(&(line.name.id.clone(), step.name.id.clone())) {
                count.tell(step);
            }
        }
        mark_slowest(&mut line.steps);
    }
    lines
}

fn count_run(line: &mut PlaybookLine, run: &Run) {
    match run.state {
        Some(RunState::Running) => line.running += 1,
        Some(RunState::Paused) => (line.running, line.paused) = (line.running + 1, line.paused + 1),
        Some(RunState::Done) => line.done += 1,
        Some(RunState::Stopped) | None => line.stopped += 1,
    }
}

impl Count {
    fn add(&mut self, task: &Task, pauses: &[(Instant, Instant)], now: Instant) {
        let is_open = task.state == Some(TaskState::Open);
        let end = if is_open { now } else { task.done_at.unwrap_or(now) };
        self.begun += 1;
        self.open += u64::from(is_open);
        // What is not to be done after all is late to nobody.
        self.late += u64::from(task.state != Some(TaskState::Dropped) && task.was_late(end));
        if let (Some(TaskState::Done), Some(begun)) = (task.state, task.begun) {
            self.took.push(went_on((begun, task.stands.map_or(end, |stands| stands.min(end))), pauses));
        }
    }

    fn tell(mut self, step: &mut StepLine) {
        self.took.sort_unstable();
        step.begun = self.begun;
        step.open = self.open;
        step.late = self.late;
        // Of an even number the lower one of the two in the middle.
        step.median = self.took.get(self.took.len().saturating_sub(1) / 2).copied();
    }
}

/// How many minutes of a time its clock went on: pauses are left out.
fn went_on((begun, end): (Instant, Instant), pauses: &[(Instant, Instant)]) -> i64 {
    let within = |(from, until): &(Instant, Instant)| (until.0.min(end.0) - from.0.max(begun.0)).max(0);
    let stood: i64 = pauses.iter().map(within).sum();
    (end.0 - begun.0 - stood).max(0) / 60_000
}

/// The slowest of several steps that were ever done is marked.
fn mark_slowest(steps: &mut [StepLine]) {
    let medians = steps.iter().filter_map(|step| step.median);
    let (count, longest) = (medians.clone().count(), medians.max());
    if let Some(step) = steps.iter_mut().find(|step| count > 1 && step.median == longest) {
        step.slowest = true;
    }
}

fn line(playbook: &Playbook) -> PlaybookLine {
    let mut steps = Vec::new();
    put_behind(playbook, None, 0, &mut steps);
    PlaybookLine {
        name: playbook.name.clone(),
        on: playbook.on.as_ref().map(|on| Clean::washed(&on.to_string()).0).unwrap_or_default(),
        running: 0,
        paused: 0,
        done: 0,
        stopped: 0,
        steps,
    }
}

/// The steps behind another one, each with those behind it.
fn put_behind(playbook: &Playbook, last: Option<&Clean>, depth: u32, steps: &mut Vec<StepLine>) {
    for step in playbook.after(last) {
        steps.push(step_line(step, depth));
        put_behind(playbook, Some(&step.id), depth + 1, steps);
    }
}

fn step_line(step: &Step, depth: u32) -> StepLine {
    let (deed, duty) = match &step.deed {
        Deed::Task(work) => ("task", name(&work.duty)),
        Deed::Approve(work) => ("approve", name(&work.duty)),
        Deed::Tag(tag) => ("tag", tag.clone()),
    };
    let within = step.work().map(|work| Clean::washed(&work.within.span.to_string()).0);
    let calendar = step.work().map(|work| match work.clock() {
        Clock::Elapsed => Clean::default(),
        Clock::Working(calendar) => calendar.clone(),
    });
    StepLine {
        name: PolicyName { id: step.id.clone(), ..step.title.clone() },
        after: step.after.clone().unwrap_or_default(),
        depth,
        deed: Clean::known(deed),
        duty,
        within: within.unwrap_or_default(),
        calendar: calendar.unwrap_or_default(),
        begun: 0,
        open: 0,
        late: 0,
        median: None,
        slowest: false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{inquiry, office, said, tasks};
    use super::*;
    use crate::model::Command;
    use crate::rules::policy::SHIPPED;
    use crate::rules::testing::text;

    #[test]
    fn a_playbook_is_told_with_how_its_steps_go() {
        let (mut office, acme) = office(SHIPPED);
        let beta = office.make(Kind::Customer, &[("name", "Beta"), ("owner", "Bo")]);
        for customer in [acme, beta] {
            office.run(inquiry(customer)).unwrap();
        }
        office.hours_pass(30);
        office.run(said(acme, |_| {})).unwrap();
        office.hours_pass(100);
        let solution = tasks(&office).into_iter().find(|(_, task)| task.step.as_str() == "first-solution");
        office.run(Command::TaskDone { task: solution.unwrap().0, next: text("") }).unwrap();
        let told = |since: Option<Instant>| {
            let lines = figures(&office.rows, office.policy(), since, office.now);
            let step = |step: &StepLine| {
                (step.name.id.to_string(), step.begun, step.open, step.late, step.median, step.slowest)
            };
            (lines[0].running, lines[0].steps.iter().map(step).collect::<Vec<_>>())
        };
        let of = |id: &str, numbers: [u64; 3], median, slowest| {
            (id.to_owned(), numbers[0], numbers[1], numbers[2], median, slowest)
        };
        let all = vec![
            of("first-contact", [2, 1, 2], Some(30 * 60), false),
            of("first-solution", [1, 0, 1], Some(100 * 60), true),
            of("revisit", [1, 1, 0], None, false),
        ];
        assert_eq!(told(None), (2, all));
        assert_eq!(told(Some(office.now)).0, 0);
        let lines = figures(&office.rows, office.policy(), None, office.now);
        let depths: Vec<u32> = lines[0].steps.iter().map(|step| step.depth).collect();
        assert_eq!((lines[0].on.as_str(), depths), ("inquiry", vec![0, 1, 2]));
    }
}
