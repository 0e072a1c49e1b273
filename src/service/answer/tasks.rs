//! The task queue.

use super::{Desk, MOST};
use crate::filter::{Field, FieldRef, Schema, TaskField};
use crate::model::query::{Lateness, TaskLine};
use crate::model::{Answer, Id, Index, Key, Kind, Refusal, Row, Rows, Sight, Source, Task, TaskState, Whose};
use crate::rules::task::{contenders, most_urgent, queues, urgency, waiting};
use crate::text::Clean;

/// A filter that names the state asks for tasks in any; without it, open ones are meant.
const STATE: FieldRef = FieldRef::Field(Field::Task(TaskField::State));

impl Desk<'_> {
    pub(super) fn tasks(&self, whose: Whose, filter: &Clean, limit: u32) -> Result<Answer, Refusal> {
        let parsed = self.parse(filter, Schema::Task)?;
        let names_state = parsed.fields().iter().any(|field| **field == STATE);
        let prepared = self.prepare(&parsed);
        let limit = limit.min(MOST) as usize;
        let mut tasks: Vec<(Id, Task)> = Vec::new();
        let mut see = |id: Id, row: Row| {
            let passes = self.sees(&row) && prepared.matches(&self.seen(id, &row));
            if let (true, Row::Task(task)) = (passes, row) {
                tasks.push((id, task));
            }
        };
        let mut unread = 0;
        if names_state {
            self.each_task(whose, &mut see);
        } else {
            let waiting = waiting(&*self.head.snapshot, &self.queues(whose), self.now);
            let all_pass = self.sight == Sight::All && filter.as_str().trim().is_empty();
            let first =
                if all_pass { contenders(&waiting, limit, self.now, self.zone()) } else { waiting.len() };
            unread = waiting.len() - first;
            for (_, id) in &waiting[..first] {
                if let Some(row) = self.head.snapshot.row(*id) {
                    see(*id, row);
                }
            }
        }
        tasks.sort_by_cached_key(|(id, task)| {
            let tier = task.customer.and_then(|customer| Some(&self.head.book.gist(customer.n)?.tier));
            (urgency(&self.head.policy, task, tier, self.now, self.zone()), *id)
        });
        let total = (tasks.len() + unread) as u64;
        tasks.truncate(limit);
        Ok(Answer::Tasks(tasks.into_iter().map(|(id, task)| self.task_line(id, task)).collect(), total))
    }

    /// The queues of open tasks that are asked for.
    fn queues(&self, whose: Whose) -> Vec<Key> {
        match whose {
            Whose::Mine => vec![Key::of(Index::Queue).id(self.actor.member)],
            Whose::Team => queues(&*self.head.snapshot, self.actor.member),
            Whose::All => vec![Key::of(Index::Due)],
        }
    }

    pub(super) fn next_task(&self) -> Answer {
        let rows = &*self.head.snapshot;
        let next = most_urgent(rows, &self.head.policy, self.actor.member, self.now, false);
        let next = next.filter(|id| self.knows(*id));
        Answer::NextTask(next.and_then(|id| Some(self.task_line(id, rows.task(id)?))))
    }

    /// The open tasks of a customer, earliest due first.
    pub(super) fn tasks_of(&self, customer: Id) -> Vec<TaskLine> {
        let rows = &self.head.snapshot;
        let open = rows.found(&Key::of(Index::OpenTask).id(customer)).into_iter();
        open.filter_map(|id| Some(self.task_line(id, rows.task(id)?))).collect()
    }

    /// Tasks in any state.
    fn each_task(&self, whose: Whose, see: &mut dyn FnMut(Id, Row)) {
        let me = self.actor.member;
        let team = self.head.snapshot.member(me).and_then(|member| member.team);
        self.head.snapshot.each_row(Kind::Task, 0, &mut |n, row| {
            let Row::Task(task) = &row else { return true };
            let held = match whose {
                Whose::Mine => task.assignee == Some(me),
                Whose::Team => task.assignee == Some(me) || task.team.is_none() || task.team == team,
                Whose::All => true,
            };
            if held {
                see(Id::new(Kind::Task, n), row);
            }
            true
        });
    }

    /// The tier of a customer: out of the book, which is quicker, where it is read.
    fn tier_of(&self, customer: Id) -> Option<Clean> {
        match self.head.book.profile(customer.n) {
            Some(profile) => Some(profile.gist.tier.clone()),
            None => self.head.snapshot.customer(customer).map(|customer| customer.tier),
        }
    }

    fn task_line(&self, id: Id, task: Task) -> TaskLine {
        let tier = task.customer.and_then(|customer| self.tier_of(customer));
        let state = task.state.unwrap_or(TaskState::Open);
        TaskLine {
            id,
            late: self.task_late(&task),
            title: task.title,
            customer: self.maybe(task.customer),
            tier: tier.unwrap_or_default(),
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

    fn task_late(&self, task: &Task) -> Lateness {
        let zone = self.zone();
        match task.due {
            Some(due) if task.state == Some(TaskState::Open) => {
                if due < self.now {
                    Lateness::Late
                } else if due.day(zone) == self.now.day(zone) {
                    Lateness::Soon
                } else {
                    Lateness::Fine
                }
            }
            _ => Lateness::Fine,
        }
    }
}
