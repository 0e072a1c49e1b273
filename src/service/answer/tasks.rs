//! The task queue.

use super::{Desk, MOST};
use crate::filter::{Field, FieldRef, Prepared, Schema, TaskField};
use crate::model::query::{Lateness, TaskLine, TaskStep};
use crate::model::{
    Answer, Day, Id, Index, Instant, Key, Kind, Refusal, Row, Rows, RunState, Sight, Source, Task, TaskState,
    Whose,
};
use crate::rules::absence::covered;
use crate::rules::task::{contenders, mine, most_urgent, urgency, waiting, within_reach};
use crate::rules::title;
use crate::text::Clean;

/// A filter that names the state asks for tasks in any; without it, open ones are meant.
const STATE: FieldRef = FieldRef::Field(Field::Task(TaskField::State));

impl Desk<'_> {
    pub(super) fn tasks(&self, whose: Whose, filter: &Clean, limit: u32) -> Result<Answer, Refusal> {
        let parsed = self.parse(filter, Schema::Task)?;
        let names_state = parsed.fields().iter().any(|field| **field == STATE);
        let prepared = self.prepare(&parsed);
        let limit = limit.min(MOST) as usize;
        let mut found = match (names_state, parsed.is_everything() && self.sight == Sight::All) {
            (true, _) => self.in_any_state(whose, &prepared),
            (false, true) => self.waiting(whose),
            (false, false) => self.open(whose, &prepared),
        };
        let total = found.len() as u64;
        found.truncate(contenders(&found, limit, self.now, self.zone()));
        let mut tasks: Vec<(Id, Task)> =
            found.into_iter().filter_map(|(_, id)| Some((id, self.task(id)?))).collect();
        tasks.sort_by_cached_key(|(id, task)| {
            let tier = task.customer.and_then(|customer| Some(&self.head.book.gist(customer.n)?.tier));
            (urgency(&self.head.policy, task, tier, self.now, self.zone()), *id)
        });
        tasks.truncate(limit);
        Ok(Answer::Tasks(tasks.into_iter().map(|(id, task)| self.task_line(id, &task)).collect(), total))
    }

    fn task(&self, id: Id) -> Option<Task> {
        match self.head.book.open_task(id.n) {
            Some(row) => Row::clone(row).try_into().ok(),
            None => self.head.snapshot.task(id),
        }
    }

    fn passes(&self, id: Id, row: &Row, filter: &Prepared) -> bool {
        self.sees(row) && filter.matches(&self.seen(id, row))
    }

    /// The open tasks that a filter lets through, due first in front.
    fn open(&self, whose: Whose, filter: &Prepared) -> Vec<(Instant, Id)> {
        let mut open = self.waiting(whose);
        open.retain(|(_, id)| {
            self.head.book.open_task(id.n).is_some_and(|row| self.passes(*id, row, filter))
        });
        open
    }

    /// Of the tasks in any state those that a filter lets through, due first in front.
    fn in_any_state(&self, whose: Whose, filter: &Prepared) -> Vec<(Instant, Id)> {
        let me = self.actor.member;
        let member = self.head.snapshot.member(me).unwrap_or_default();
        let covered = covered(&*self.head.snapshot, me, self.now);
        let mut found = Vec::new();
        self.head.snapshot.each_row(Kind::Task, 0, &mut |n, row| {
            let (id, Row::Task(task)) = (Id::new(Kind::Task, n), &row) else { return true };
            let is_mine = || task.assignee == Some(me) || covered.iter().any(|(_, task)| *task == id);
            let held = match whose {
                Whose::Mine => is_mine(),
                Whose::Team => is_mine() || task.team.is_none_or(|team| member.is_in(team)),
                Whose::All => true,
            };
            if held && self.passes(id, &row, filter) {
                found.push((task.due.unwrap_or(Instant(i64::MAX)), id));
            }
            true
        });
        found.sort_unstable();
        found
    }

    /// The open tasks that are asked for and not put off, due first in front.
    fn waiting(&self, whose: Whose) -> Vec<(Instant, Id)> {
        let (rows, me) = (&*self.head.snapshot, self.actor.member);
        match whose {
            Whose::Mine => mine(rows, me, self.now),
            Whose::Team => within_reach(rows, me, self.now),
            Whose::All => waiting(rows, &[Key::of(Index::Due)], self.now),
        }
    }

    pub(super) fn next_task(&self) -> Answer {
        let rows = &*self.head.snapshot;
        let next = most_urgent(rows, &self.head.policy, self.actor.member, self.now);
        let next = next.filter(|id| self.knows(*id));
        Answer::NextTask(next.and_then(|id| Some(self.task_line(id, &rows.task(id)?))))
    }

    /// The open tasks of a customer, earliest due first.
    pub(super) fn tasks_of(&self, customer: Id) -> impl Iterator<Item = TaskLine> {
        let rows = &self.head.snapshot;
        let open = rows.found(&Key::of(Index::OpenTask).id(customer)).into_iter();
        open.filter_map(|id| Some(self.task_line(id, &rows.task(id)?)))
    }

    /// The tier of a customer: out of the book, which is quicker, where it is read.
    fn tier_of(&self, customer: Id) -> Option<Clean> {
        match self.head.book.profile(customer.n) {
            Some(profile) => Some(profile.gist.tier.clone()),
            None => self.head.snapshot.customer(customer).map(|customer| customer.tier),
        }
    }

    /// What a task is called for the reader.
    pub(super) fn task_title(&self, task: &Task) -> Clean {
        title(&self.head.policy, task, self.actor.lang, &|contact| self.person(contact))
    }

    /// What a contact is called; none where that is hidden from the reader.
    pub(super) fn person(&self, contact: Id) -> Option<Clean> {
        let is_hidden = self.veil.hides_name(contact, &*self.head.snapshot);
        (!is_hidden).then(|| self.names.named(contact).name)
    }

    fn task_line(&self, id: Id, task: &Task) -> TaskLine {
        let tier = task.customer.and_then(|customer| self.tier_of(customer));
        let state = task.state.unwrap_or(TaskState::Open);
        TaskLine {
            id,
            step: self.step_of(task),
            late: self.task_late(task),
            title: self.task_title(task),
            customer: self.maybe(task.customer),
            tier: tier.unwrap_or_default(),
            away_until: task
                .assignee
                .filter(|_| state == TaskState::Open)
                .and_then(|who| self.away_until(who)),
            assignee: self.maybe(task.assignee),
            team: self.maybe(task.team),
            due: task.due,
            state,
            source: task.source.unwrap_or(Source::Manual),
            promise: task.promise,
            snoozed_until: task.snoozed_until,
            created: task.created,
            done_at: task.done_at,
            done_by: self.maybe(task.done_by),
        }
    }

    fn step_of(&self, task: &Task) -> Option<TaskStep> {
        let Row::Run(run) = self.head.snapshot.row(task.run?)? else { return None };
        let Task { playbook, step, duty, .. } = task.clone();
        Some(TaskStep { playbook, step, duty, paused: run.state == Some(RunState::Paused) })
    }

    /// Until when a member is away, where they are today.
    pub(super) fn away_until(&self, member: Id) -> Option<Day> {
        self.head.snapshot.member(member)?.away_on(self.now.day(self.zone()))
    }

    pub(super) fn task_late(&self, task: &Task) -> Lateness {
        let zone = self.zone();
        match task.due {
            Some(due) if task.state == Some(TaskState::Open) => {
                if task.is_overdue(self.now) {
                    Lateness::Late
                } else if task.stands.is_none() && due.day(zone) == self.now.day(zone) {
                    Lateness::Soon
                } else {
                    Lateness::Fine
                }
            }
            _ => Lateness::Fine,
        }
    }
}
