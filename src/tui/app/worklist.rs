//! The worklist: the most urgent task is taken, its customer is there, and what ends it leads to the one after.

use super::App;
use crate::keys::Act;
use crate::model::query::TaskLine;
use crate::model::{Id, Refusal, Whose};
use crate::text::say::tui as say;
use crate::tui::drafts::{Deed, Draft};
use crate::tui::frame::Pane;

impl App {
    /// A task is mine: it is shown as soon as it is among the rows.
    pub(super) fn took(&mut self, task: Option<Id>) {
        self.taken = task;
        if std::mem::replace(&mut self.tasks.whose, Whose::Mine) != Whose::Mine {
            self.tasks.marks.clear();
        }
        self.book.ask_tasks(Whose::Mine, self.now);
    }

    /// Goes to a task that was taken, once it is among the rows.
    pub(super) fn show_taken(&mut self) {
        let taken = self.taken.and_then(|taken| self.book.tasks.iter().find(|task| task.id == taken));
        if let Some(task) = taken.cloned() {
            self.taken = None;
            self.work_on(&task);
            let (look, scope) = (self.look(), self.scope());
            let [log, done, later] =
                [Act::Log, Act::TaskDone, Act::TaskSnooze].map(|act| look.key(scope, act));
            let text = say::task_taken(self.lang, &task.title, log, done, later);
            self.tell(text);
        }
    }

    /// Nothing waits that I did not take before: the next one of my own is the next.
    pub(super) fn nothing_new(&mut self, refusal: &Refusal) {
        let mine = if self.tasks.whose == Whose::Mine { &self.book.tasks[..] } else { &[] };
        let after = |work| mine.iter().position(|task| task.id == work).map_or(0, |row| row + 1);
        let next = self.work.map_or(0, after);
        match mine.get(next).or(mine.first()).cloned() {
            Some(task) => {
                self.work_on(&task);
                self.tell(say::nothing_new(self.lang, &task.title));
            }
            None => self.fail(self.look().refusal(refusal)),
        }
    }

    /// Goes to a task, in the queue of mine or of the team's.
    pub(super) fn go_to(&mut self, task: &TaskLine, whose: Whose) {
        if std::mem::replace(&mut self.tasks.whose, whose) != whose {
            self.tasks.marks.clear();
            self.book.ask_tasks(whose, self.now);
        }
        if let Some(customer) = task.customer.clone() {
            self.show(customer);
        }
        self.tasks.go(task.id);
        self.focus_on(Pane::Tasks);
    }

    fn work_on(&mut self, task: &TaskLine) {
        self.work = Some(task.id);
        self.subject = task.customer.clone().or(self.subject.take());
        self.tasks.go(task.id);
        self.focus_on(Pane::Tasks);
    }

    /// The task that is being worked on, wherever the focus is meanwhile.
    pub(super) fn work(&self) -> Option<&TaskLine> {
        self.work.and_then(|work| self.book.tasks.iter().find(|task| task.id == work))
    }

    /// Whether what was done puts the task out of the way that was being worked on; none is any more then.
    pub(super) fn is_out_of_the_way(&mut self, draft: Option<&Draft>) -> bool {
        let ended = draft.and_then(|draft| match draft.deed {
            Deed::Done | Deed::Snooze | Deed::Assign => Some(draft.about.id),
            Deed::Log => draft.field("ends").parse().ok(),
            _ => None,
        });
        let is_out = ended.is_some() && ended == self.work;
        if is_out {
            self.work = None;
        }
        is_out
    }
}
