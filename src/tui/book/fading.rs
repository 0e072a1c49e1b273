//! Tasks that others took out of the queue: their rows stay until the bar moves, so that nothing jumps away under it.
//!
//! The journal is asked who changed what before the queue is asked for again: what is then missing, and somebody else
//! has touched, fades; what I ended myself, or a rule did, goes at once.

use std::collections::BTreeMap;

use super::Book;
use crate::model::query::{HistoryItem, Lateness, TaskLine};
use crate::model::{Choice, Event, Id, Kind, TaskState, Value};
use crate::text::Clean;

/// What became of a task that somebody else touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct Fate {
    /// Who did it or, of a task that is somebody's now, whose it is.
    pub(in crate::tui) by: Clean,
    /// What they did.
    pub(in crate::tui) what: Deed,
}

/// What was done to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Deed {
    /// Somebody has it now.
    Taken,
    /// It was ended so.
    Ended(TaskState),
    /// Something else.
    Changed,
}

/// What others did to tasks.
#[derive(Debug, Default)]
pub(super) struct Fading {
    /// Since the queue was last answered.
    touched: BTreeMap<Id, Fate>,
    /// The rows that stay though their tasks are out of the queue.
    rows: BTreeMap<Id, Fate>,
    /// The next answer is that of another queue: nothing of the one before stays.
    pub(super) afresh: bool,
}

impl Book {
    /// What became of a task whose row only fades.
    pub(in crate::tui) fn fate(&self, task: Id) -> Option<&Fate> {
        self.fading.rows.get(&task)
    }

    /// Lets go of the rows that fade, but for the one under the bar.
    pub(in crate::tui) fn fade(&mut self, keep: Option<Id>) {
        let Fading { rows, .. } = &mut self.fading;
        self.tasks.retain(|task| Some(task.id) == keep || !rows.contains_key(&task.id));
        rows.retain(|task, _| Some(*task) == keep);
    }

    /// Remembers what others did to tasks; the newest entry, which comes first, tells.
    pub(super) fn touched(&mut self, items: &[HistoryItem]) {
        let me = self.session.as_ref().map(|session| session.member.id);
        let is_new = |item: &&HistoryItem| item.entry.seq > self.judged && item.entry.by != me;
        for item in items.iter().filter(is_new) {
            let Some(by) = &item.by else { continue };
            for task in item.entry.records().into_iter().filter(|id| id.kind == Kind::Task) {
                let (what, to) = deed(&item.entry.events, task);
                let to = to.and_then(|to| item.names.iter().find(|named| named.id == to));
                let fate = Fate { by: to.unwrap_or(by).name.clone(), what };
                self.fading.touched.entry(task).or_insert(fate);
            }
        }
    }

    /// Takes a queue; what others took out of it stays where it was, and is late no more.
    pub(super) fn put_tasks(&mut self, lines: Vec<TaskLine>, total: u64) {
        self.tasks_total = total;
        let before = std::mem::replace(&mut self.tasks, lines);
        let touched = std::mem::take(&mut self.fading.touched);
        let faded = std::mem::take(&mut self.fading.rows);
        if std::mem::take(&mut self.fading.afresh) {
            return;
        }
        for (row, task) in before.into_iter().enumerate() {
            let fate = touched.get(&task.id).or(faded.get(&task.id));
            if let Some(fate) = fate.filter(|_| self.tasks.iter().all(|there| there.id != task.id)) {
                self.fading.rows.insert(task.id, fate.clone());
                let faded = TaskLine { due: None, late: Lateness::Fine, ..task };
                self.tasks.insert(row.min(self.tasks.len()), faded);
            }
        }
    }
}

/// What these events did to a task, and whom they gave it to.
fn deed(events: &[Event], task: Id) -> (Deed, Option<Id>) {
    let [state, assignee] = ["state", "assignee"].map(|name| Kind::Task.field(name).map(|(field, _)| field));
    let deed = |event: &Event| match event {
        Event::Set { record, field, to: Value::Text(word), .. }
            if *record == task && Some(field) == state.as_ref() =>
        {
            TaskState::read(word.as_str()).map(|state| (Deed::Ended(state), None))
        }
        Event::Set { record, field, to: Value::Ref(to), .. }
            if *record == task && Some(field) == assignee.as_ref() =>
        {
            Some((Deed::Taken, Some(*to)))
        }
        _ => None,
    };
    events.iter().filter_map(deed).next_back().unwrap_or((Deed::Changed, None))
}
