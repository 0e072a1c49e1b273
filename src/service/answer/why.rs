//! Why, beyond tier and stage: playbooks at work, the open pool, and where a task comes from.

use super::Desk;
use crate::filter::Filter;
use crate::model::query::{
    EndWhy, Named, OpenStep, PauseWhy, PlanWhy, PolicyName, Released, Returning, RunLine, StepWhy, TaskWhy,
};
use crate::model::{
    Answer, Cause, Customer, Entry, Event, Id, Instant, Kind, Profile, Refusal, Row, Rows, Run, Source, Task,
    TaskState, Value,
};
use crate::rules::playbook::{beginning, duty_name, pauses, step_of};
use crate::rules::policy::Recycle;
use crate::rules::pool::{both, read_both, rule_at};
use crate::text::Clean;

impl Desk<'_> {
    /// The playbooks at work at a customer.
    pub(super) fn runs(&self, customer: Id) -> Vec<RunLine> {
        let line = |(id, row)| match row {
            Row::Run(run) if run.is_at_work() => Some(RunLine {
                id,
                playbook: self.playbook_name(&run.playbook),
                started: run.started,
                paused: run.paused,
                steps: self.open_steps(id),
            }),
            _ => None,
        };
        self.hanging_on(customer, Kind::Run).into_iter().filter_map(line).collect()
    }

    /// The open steps of a run, due first in front.
    fn open_steps(&self, run: Id) -> Vec<OpenStep> {
        let line = |(id, row)| match row {
            Row::Task(task) if task.state == Some(TaskState::Open) => Some(OpenStep {
                task: id,
                late: self.task_late(&task),
                title: self.task_title(&task),
                assignee: self.maybe(task.assignee),
                due: task.due,
            }),
            _ => None,
        };
        let mut steps: Vec<OpenStep> =
            self.hanging_on(run, Kind::Task).into_iter().filter_map(line).collect();
        steps.sort_by_key(|step| (step.due.is_none(), step.due, step.task));
        steps
    }

    /// When time begins playbooks for a customer next, and which.
    pub(super) fn begins(&self, profile: &Profile) -> Option<(Instant, Vec<PolicyName>)> {
        let at = profile.customer.begins?;
        let playbooks = beginning(&*self.head.snapshot, &self.head.policy, profile, at);
        Some((at, playbooks.into_iter().map(|playbook| playbook.name.clone()).collect()))
    }

    fn playbook_name(&self, id: &Clean) -> PolicyName {
        let playbook = self.head.names().playbooks.iter().find(|name| name.id == *id);
        playbook.cloned().unwrap_or_else(|| nameless(id))
    }

    fn pool_name(&self, id: &Clean) -> PolicyName {
        self.head.policy.pool(id).map_or_else(|| nameless(id), |pool| pool.name.clone())
    }

    /// When a customer returns to the open pool, and by which rule.
    pub(super) fn returning(&self, profile: &Profile) -> Option<Returning> {
        let customer = &profile.customer;
        let at = customer.returns?;
        let found = rule_at(&*self.head.snapshot, &self.head.policy, profile, at);
        let rule = found.map(|(_, rule)| rule);
        Some(Returning {
            pool: self.pool_name(&customer.pool),
            at,
            warned: customer.return_warned,
            rule: rule.map(|rule| text_of(&rule.when)).unwrap_or_default(),
            reason: rule.map_or_else(|| nameless(&Clean::default()), reason_of),
        })
    }

    /// How a customer came into the open pool who lies in it.
    pub(super) fn released(&self, customer: &Customer) -> Option<Released> {
        let is_pooled = customer.owner.is_none() && customer.team.is_none();
        if !is_pooled {
            return None;
        }
        let by_rule = customer.released_by.is_none();
        let mut rules = self.head.policy.pools.iter().flat_map(|pool| &pool.recycle);
        let rule = rules.find(|rule| by_rule && both(rule) == customer.release_reason);
        Some(Released {
            pool: self.pool_name(&customer.pool),
            at: customer.released,
            by: self.maybe(customer.released_by),
            rule: rule.map(|rule| text_of(&rule.when)).unwrap_or_default(),
            reason: match rule {
                Some(rule) => reason_of(rule),
                None if by_rule => read_both(&customer.release_reason),
                None => nameless(&customer.release_reason),
            },
        })
    }

    pub(super) fn why_task(&self, task: Id) -> Result<Answer, Refusal> {
        let id = self.in_sight(task)?;
        let task = self.head.snapshot.task(id).ok_or(Refusal::NoRecord(id))?;
        Ok(Answer::WhyTask(Box::new(TaskWhy {
            task: self.names.named(id),
            customer: self.maybe(task.customer),
            created: task.created,
            due: task.due,
            assignee: self.maybe(task.assignee),
            team: self.maybe(task.team),
            away_until: task.assignee.and_then(|who| self.away_until(who)),
            source: task.source.unwrap_or(Source::Manual),
            added_by: self.added_by(id),
            step: (!task.step.is_empty()).then(|| self.step(&task)),
            plan: self.plan(&task),
            ended: self.ended(id, &task),
        })))
    }

    /// Who made a record.
    fn added_by(&self, id: Id) -> Option<Named> {
        let is_made = |event: &Event| matches!(event, Event::Created { record, .. } if *record == id);
        self.maybe(self.last_entry(id, is_made)?.by)
    }

    /// The last entry about a record with such an event.
    fn last_entry(&self, id: Id, is_meant: impl Fn(&Event) -> bool) -> Option<Entry> {
        let rows = &*self.head.snapshot;
        let mut found = None;
        rows.history(id, u64::MAX, &mut |seq| {
            found = rows.entry(seq).filter(|entry| entry.events.iter().any(&is_meant));
            found.is_none()
        });
        found
    }

    /// What was planned that a task is.
    fn plan(&self, task: &Task) -> Option<PlanWhy> {
        if !matches!(task.source, Some(Source::Care | Source::Cadence)) {
            return None;
        }
        Some(PlanWhy {
            day: task.greets.or(task.due.map(|due| due.day(self.zone()))),
            occasions: task.occasions.iter().map(|key| self.occasion(key)).collect(),
            every: task.every,
            since: task.counted,
        })
    }

    /// How a task ended: what its record says, and the act that did it.
    fn ended(&self, id: Id, task: &Task) -> Option<EndWhy> {
        let state = task.state.filter(|state| *state != TaskState::Open)?;
        let ends = |event: &Event| {
            event.sets(id, "state").is_some()
                || matches!(event, Event::Created { record, .. } if *record == id)
        };
        let entry = self.last_entry(id, ends);
        let noted = entry.as_ref().is_some_and(|entry| {
            entry
                .events
                .iter()
                .any(|event| event.sets(id, "note").is_some() || matches!(event, Event::Created { .. }))
        });
        let act = entry.and_then(|entry| self.act_of(entry));
        let met = |act: &Entry| {
            let said = act.events.iter().map(Event::record).find(|record| record.kind == Kind::Interaction);
            said.filter(|record| self.knows(*record))
        };
        let run = task.run.and_then(|run| self.run(run)).filter(|run| run.ended == task.done_at);
        let (stopped, purpose) = run.map(|run| self.stopped(run)).unwrap_or_default();
        let note = task.note.as_str().lines().last().filter(|_| noted).unwrap_or_default();
        Some(EndWhy {
            state,
            at: task.done_at,
            by: self.maybe(task.done_by),
            record: act.as_ref().and_then(met),
            deed: act.map(|act| act.command).unwrap_or_default(),
            reason: if note.is_empty() { stopped } else { Clean::washed(note).0 },
            purpose,
        })
    }

    /// The act that an entry follows from; what somebody did, or time, is its own.
    fn act_of(&self, entry: Entry) -> Option<Entry> {
        match entry.cause {
            Cause::Follows { seq } => self.head.snapshot.entry(seq),
            _ => Some(entry),
        }
    }

    /// Why a run ended before its time: in somebody's words, or by the purpose that was met.
    fn stopped(&self, run: Run) -> (Clean, Clean) {
        let playbook = self.head.policy.playbook(run.playbook.as_str());
        let purpose = playbook.and_then(|playbook| playbook.until.as_ref()).map(text_of);
        match purpose {
            Some(purpose) if purpose == run.reason => (Clean::default(), purpose),
            _ => (run.reason, Clean::default()),
        }
    }

    /// The pauses of a run that a step felt, and why they were.
    fn pauses(&self, id: Id, task: &Task) -> Vec<PauseWhy> {
        let Some(run) = self.run(id) else { return Vec::new() };
        let from = task.begun.unwrap_or(Instant(i64::MIN));
        let until = task.done_at.unwrap_or(Instant(i64::MAX));
        let felt = pauses(&run).into_iter().filter(|pause| pause.1 > from && pause.0 < until);
        let why = |(from, until)| PauseWhy { from, until, reason: self.pause_reason(id, from) };
        felt.map(why).collect()
    }

    /// Why a run was paused at a moment.
    fn pause_reason(&self, run: Id, at: Instant) -> Clean {
        let began =
            |event: &Event| event.sets(run, "paused").is_some_and(|(_, to)| *to == Value::Instant(at));
        let entry = self.last_entry(run, began);
        match entry.as_ref().and_then(|entry| entry.sets(run, "reason")) {
            Some((_, Value::Text(reason))) => reason.clone(),
            _ => Clean::default(),
        }
    }

    /// The step that a task is, by the policy in force.
    fn step(&self, task: &Task) -> StepWhy {
        let step = step_of(&self.head.policy, task);
        let work = step.and_then(|step| step.work());
        let run = task.run.and_then(|run| self.run(run));
        let due_after = |span| self.head.policy.ends(work?.clock(), task.due?, span, self.zone());
        let escalations = work.map(|work| &work.escalate[..]).unwrap_or_default();
        StepWhy {
            run: task.run,
            playbook: self.playbook_name(&task.playbook),
            step: step.map_or_else(|| titled(task), |step| step.title.clone()),
            origin: run.as_ref().and_then(|run| self.in_sight(run.origin.as_str().parse().ok()?).ok()),
            begun: task.begun,
            within: work.map(|work| Clean::washed(&work.within.span.to_string()).0).unwrap_or_default(),
            calendar: work.map(|work| work.clock().calendar()).unwrap_or_default(),
            duty: task.duty.clone(),
            done_by: work.map(|work| Clean::known(work.done_by.word())).unwrap_or_default(),
            warn_at: task.warn_at,
            escalations: escalations
                .iter()
                .map(|next| (due_after(next.after), duty_name(&next.to)))
                .collect(),
            escalated: u32::try_from(task.escalated.unwrap_or(0)).unwrap_or(0),
            paused: run.as_ref().and_then(|run| run.paused),
            pause_reason: run.filter(|run| run.paused.is_some()).map(|run| run.reason).unwrap_or_default(),
            pauses: task.run.map(|run| self.pauses(run, task)).unwrap_or_default(),
        }
    }

    fn run(&self, id: Id) -> Option<Run> {
        self.head.snapshot.row(id)?.try_into().ok()
    }
}

/// What has no name in the policy in force: its id.
fn nameless(id: &Clean) -> PolicyName {
    PolicyName { id: id.clone(), en: id.clone(), zh: id.clone() }
}

/// A step that the policy in force has not: as its task is called.
fn titled(task: &Task) -> PolicyName {
    PolicyName { id: task.step.clone(), en: task.title.clone(), zh: task.title.clone() }
}

/// Why a rule brings customers back, for readers of either language.
fn reason_of(rule: &Recycle) -> PolicyName {
    PolicyName { id: Clean::default(), en: rule.en.clone(), zh: rule.zh.clone() }
}

fn text_of(filter: &Filter) -> Clean {
    Clean::washed(&filter.to_string()).0
}
