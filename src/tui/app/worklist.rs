//! The worklist: the most urgent task is taken, its customer is there, and what ends it leads to the one after.

use super::App;
use crate::keys::Act;
use crate::model::query::TaskLine;
use crate::model::{Event, Field, Kind, Named, Receipt, Value, Whose};
use crate::text::say::tui as say;
use crate::text::{Clean, width};
use crate::tui::book::of_task;
use crate::tui::drafts::{Deed, Draft};
use crate::tui::frame::Pane;

/// What the note about a task that was taken has beside the title, and what the link is doing.
const ROOM: u16 = 46;

impl App {
    /// A task is mine: it is shown as soon as it is among the rows.
    pub(super) fn took(&mut self, receipt: &Receipt) {
        let again = |event: &Event| matches!(event, Event::Set { field, from: Value::Instant(_), .. } if is(field, "taken"));
        self.taken = receipt.ids.first().map(|task| (*task, receipt.changes.iter().any(again)));
        if std::mem::replace(&mut self.tasks.whose, Whose::Mine) != Whose::Mine {
            self.tasks.marks.clear();
        }
        self.book.ask_tasks(Whose::Mine, self.now);
    }

    /// Goes to a task that was taken, once it is among the rows.
    pub(super) fn show_taken(&mut self) {
        let Some((taken, again)) = self.taken else { return };
        let Some(task) = self.book.tasks.iter().find(|task| task.id == taken).cloned() else { return };
        self.taken = None;
        self.work_on(&task);
        let (look, scope) = (self.look(), self.scope());
        let keys = [Act::Log, Act::TaskDone, Act::TaskSnooze].map(|act| look.key(scope, act));
        // The keys are what one needs to read: of the title, which the queue shows as well, so much as there is room
        // for.
        let title = task.title.line();
        let title = width::cut(&title, usize::from(self.area.width.saturating_sub(ROOM)).max(12));
        let [log, done, later] = keys;
        self.tell(if again {
            say::task_again(self.lang, title, log, done, later)
        } else {
            say::task_taken(self.lang, title, log, done, later)
        });
    }

    /// What taking a task back means for whose it is; none if that was not what was undone.
    pub(super) fn given_back(&mut self, receipt: &Receipt) -> Option<String> {
        let [task] = receipt.ids[..] else { return None };
        let sets = |event: &Event, name| matches!(event, Event::Set { field, .. } if is(field, name));
        let any = |name| receipt.changes.iter().any(|event| sets(event, name));
        let only = receipt.changes.iter().all(|event| sets(event, "taken") || sets(event, "assignee"));
        if task.kind != Kind::Task || !any("taken") || !only {
            return None;
        }
        self.tasks.held.take_if(|held| *held == task);
        let title = self.book.name_of(task).unwrap_or_else(|| Clean::washed(&task.to_string()).0);
        let redo = self.look().key(self.scope(), Act::Redo);
        Some(if any("assignee") {
            say::no_longer_yours(self.lang, title, redo)
        } else {
            say::stays_yours(self.lang, title, redo)
        })
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
        self.tasks.held = Some(task.id);
        self.tasks.go(task.id);
        self.focus_on(Pane::Tasks);
        if let Some(customer) = task.customer.clone() {
            self.show(customer);
            self.focus_on(Pane::Timeline);
        }
    }

    /// The task that one means where no task is under the bar: of the customer that everything is about, the one that
    /// is being worked on or else my first.
    pub(super) fn task_at_hand(&self) -> Option<Named> {
        let subject = self.subject.as_ref()?.id;
        let theirs = |task: &&TaskLine| task.customer.as_ref().is_some_and(|customer| customer.id == subject);
        let me = self.book.session.as_ref()?.member.id;
        let mine = |task: &&TaskLine| task.assignee.as_ref().is_some_and(|assignee| assignee.id == me);
        let card = self.book.card.as_deref().filter(|card| card.line.id == subject);
        let first = || card.and_then(|card| card.tasks.iter().find(mine));
        self.work().filter(theirs).or_else(first).map(of_task)
    }

    /// The task that is being worked on, wherever the focus is meanwhile.
    pub(super) fn work(&self) -> Option<&TaskLine> {
        self.tasks.held.and_then(|work| self.book.tasks.iter().find(|task| task.id == work))
    }

    /// Whether what was done puts the task out of the way that was being worked on; none is any more then.
    pub(super) fn is_out_of_the_way(&mut self, draft: Option<&Draft>) -> bool {
        let ended = draft.and_then(|draft| match draft.deed {
            Deed::Done | Deed::Snooze | Deed::Assign | Deed::Drop => Some(draft.about.id),
            Deed::Log => draft.field("ends").parse().ok(),
            _ => None,
        });
        let is_out = ended.is_some() && ended == self.tasks.held;
        if is_out {
            self.tasks.held = None;
        }
        is_out
    }
}

/// Whether this is the field of a task that goes by the name.
fn is(field: &Field, name: &str) -> bool {
    Kind::Task.field(name).is_some_and(|(known, _)| known == *field)
}
