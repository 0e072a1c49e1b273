//! Before tasks of others are ended: it is told whose they are, and asked.

use super::{App, Question};
use crate::keys::Act;
use crate::model::{Id, Named};
use crate::text::say::many;
use crate::tui::look::first_name;

/// An act that ends tasks of others, as it was asked for.
#[derive(Debug)]
pub(super) struct Theirs {
    act: Act,
    about: Named,
    over: Vec<Named>,
    /// Whose the first of them is.
    who: Named,
    /// How many there are.
    count: usize,
}

impl App {
    /// Asks before an act ends tasks that others have taken; false if it ends none.
    pub(super) fn asks_theirs(&mut self, act: Act, about: &Named, over: &[Named]) -> bool {
        if !matches!(act, Act::TaskDone | Act::TaskDrop) {
            return false;
        }
        let ended = if over.is_empty() { std::slice::from_ref(about) } else { over };
        let mut others = ended.iter().filter_map(|task| self.other_in_charge(task.id));
        let Some(who) = others.next().cloned() else { return false };
        let count = others.count() + 1;
        self.theirs = Some(Theirs { act, about: about.clone(), over: over.to_vec(), who, count });
        self.question = Some(Question::Theirs);
        true
    }

    /// Who has taken a task, if that is somebody else.
    fn other_in_charge(&self, task: Id) -> Option<&Named> {
        let me = self.book.session.as_ref()?.member.id;
        let task = self.book.tasks.iter().find(|line| line.id == task)?;
        task.assignee.as_ref().filter(|who| who.id != me)
    }

    /// What is asked.
    pub(super) fn whose(&self) -> String {
        match &self.theirs {
            Some(Theirs { over, who, about, .. }) if over.is_empty() => {
                many::theirs(self.lang, first_name(&who.name), &about.name)
            }
            Some(Theirs { over, count, .. }) => many::some_theirs(self.lang, count, over.len()),
            None => String::new(),
        }
    }

    /// Takes the answer; what the palette told goes with the act.
    pub(super) fn end_theirs(&mut self, yes: bool) {
        let Some(Theirs { act, about, over, .. }) = self.theirs.take() else { return };
        if yes {
            self.show_form_of(act, about, over);
            self.fill();
        } else {
            self.told = None;
            self.tell(many::not_done(self.lang));
        }
    }
}
