//! The queue of tasks, most urgent first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Seen;
use super::customers::marked;
use crate::keys::Act;
use crate::model::query::{Lateness, TaskLine, TaskStep};
use crate::model::{Choice, Id, Instant, Source, Whose};
use crate::text::say::{together, tui as say};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::book::fading::{Deed, Fate};
use crate::tui::look::{Look, first_name};
use crate::tui::marks::{Marks, Queue, Wanted};
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// From this width on a task shows who does it.
const ROOMY: u16 = 50;

/// The queue.
#[derive(Debug, Default)]
pub(in crate::tui) struct Tasks {
    /// Whose tasks.
    pub(in crate::tui) whose: Whose,
    /// The tasks that are marked.
    pub(in crate::tui) marks: Marks,
    /// The task that is being worked on.
    pub(in crate::tui) held: Option<Id>,
    bar: Bar,
    on: Option<Id>,
    /// The bar goes to that task, wherever it is.
    goes: bool,
}

impl Tasks {
    /// Moves the bar, or shows somebody else's queue; false if the key is none for it.
    pub(in crate::tui) fn act(&mut self, act: Act, book: &mut Book, height: usize, now: Instant) -> bool {
        if act == Act::TasksWhose {
            self.marks.clear();
            self.whose = if self.whose == Whose::Mine { Whose::Team } else { Whose::Mine };
            book.ask_tasks(self.whose, now);
            return true;
        }
        if !{ self.bar }.act(act, book.tasks.len(), height) {
            return false;
        }
        self.goes = false;
        // What others took goes once the bar moves, and the row under it once the bar has left that.
        let under = self.task(book).map(|task| task.id);
        book.fade(under);
        self.find(under, book);
        self.bar.act(act, book.tasks.len(), height);
        self.on = self.task(book).map(|task| task.id);
        book.fade(self.on);
        self.find(self.on, book);
        true
    }

    fn find(&mut self, task: Option<Id>, book: &Book) {
        if let Some(row) = task.and_then(|on| book.tasks.iter().position(|task| task.id == on)) {
            if std::mem::take(&mut self.goes) {
                self.bar.row = row;
            } else {
                self.bar.follow(row);
            }
        }
    }

    /// Marks rows as a key asks; what is wanted of rows that are not known is for the caller to find out.
    pub(in crate::tui) fn mark(&mut self, act: Act, book: &Book) -> Option<Wanted> {
        self.marks.act(act, &Queue(book), self.bar.row)
    }

    /// Ends a range, as before an act on what is marked.
    pub(in crate::tui) fn end_range(&mut self, book: &Book) -> Option<Wanted> {
        self.marks.end(&Queue(book), self.bar.row)
    }

    /// Puts the bar on a task, as soon as it is among the rows.
    pub(in crate::tui) fn go(&mut self, task: Id) {
        (self.on, self.goes) = (Some(task), true);
    }

    /// The task under the bar; none while the bar goes to one that is not among the rows.
    pub(in crate::tui) fn task<'a>(&self, book: &'a Book) -> Option<&'a TaskLine> {
        book.tasks.get(self.bar.row).filter(|_| !self.goes)
    }

    /// Finds the bar's row again after something has changed.
    pub(in crate::tui) fn settle(&mut self, book: &Book, height: usize) {
        self.find(self.on, book);
        self.bar.settle(book.tasks.len(), height);
        self.marks.settle(&Queue(book));
    }

    /// Draws the pane.
    pub(in crate::tui) fn draw(&self, buffer: &mut Buffer, area: Rect, seen: Seen) {
        let (look, book) = (&seen.look, seen.book);
        let mut title = seen.title(buffer, area, say::tasks(look.lang));
        let whose = if self.whose == Whose::Mine { say::mine(look.lang) } else { say::team(look.lang) };
        title.left(&format!(" {whose} {}", book.tasks_total), look.theme.title(seen.focus));
        title.left(&marked(&self.marks, &Queue(book), self.bar.row, look), look.theme.title(seen.focus));
        title.aside(say::late_first(look.lang), look.theme.dim());
        let rows =
            book.tasks.iter().enumerate().skip(self.bar.top).take(usize::from(area.height.saturating_sub(1)));
        let rows: Vec<(usize, &TaskLine, String)> =
            rows.map(|(at, task)| (at, task, look.task_due(task))).collect();
        let width = rows.iter().map(|(.., due)| cells(due)).fold(4, u16::max);
        for (row, (at, task, due)) in rows.iter().enumerate() {
            let is_here = || *at == self.bar.row && !self.goes;
            let selected = if seen.focus { is_here() } else { self.held == Some(task.id) };
            let (mut line, style) = seen.row(buffer, area, row as u16 + 1, selected);
            if let Some(fate) = book.fate(task.id) {
                draw_faded(&mut line, task, fate, look);
                continue;
            }
            let mark = Look::late(task.late);
            line.left(
                mark.map_or(" ", |mark| look.sign(mark)),
                mark.map(|mark| look.theme.mark(mark)).unwrap_or_default(),
            );
            line.skip(u16::from(look.theme.is_spoken()));
            let marked = self.marks.shows(task.id, *at, self.bar.row);
            line.right(look.marked(marked), look.theme.key());
            line.column_right(width, due, style).skip_right(1);
            self.draw_names(&mut line, task, area.width, look);
            line.left(planned(task, look), look.theme.key());
            line.skip(u16::from(is_planned(task))).left(&task.title.line(), style);
            line.left(&of_playbook(task, seen), look.theme.dim());
        }
        if book.tasks.is_empty() && book.session.is_some() {
            Line::of(buffer, area, 2).skip(3).left(say::no_tasks(look.lang), look.theme.dim());
        }
    }

    /// For whom a task is and, among everybody's or where there is room, who does it; there also whether it was
    /// promised. Where one does it for somebody who is away and there is little room, that stands in place of the
    /// customer.
    fn draw_names(&self, line: &mut Line, task: &TaskLine, pane: u16, look: &Look) {
        let (dim, roomy) = (look.theme.dim(), pane >= ROOMY);
        if let Some(away) = instead_of(task, look, roomy) {
            line.column_left(cells(&away).min(if roomy { 30 } else { 12 }), &away, dim).skip_right(1);
            if !roomy {
                return;
            }
        } else if roomy || self.whose == Whose::Team {
            let who = task.assignee.as_ref().map_or("", |who| first_name(&who.name));
            line.column_left(if roomy { 8 } else { 6 }, who, dim).skip_right(1);
        }
        if roomy {
            let promise = if task.promise { say::promise(look.lang) } else { "" };
            line.column_left(cells(say::promise(look.lang)), promise, dim).skip_right(1);
        }
        let customer = task.customer.as_ref().map_or_else(String::new, |customer| customer.name.line());
        let width = line.room() * 2 / 5;
        line.column_left(width, &customer, dim).skip_right(1);
    }
}

/// Whether a task came of a plan.
fn is_planned(task: &TaskLine) -> bool {
    matches!(task.source, Source::Care | Source::Cadence)
}

/// The playbook whose step a task is, behind its title.
fn of_playbook(task: &TaskLine, seen: Seen) -> String {
    let called = |step: &TaskStep| seen.look.name(&seen.book.work.called(&step.playbook));
    let name = task.step.as_ref().map(called);
    name.map_or_else(String::new, |name| format!(" {} {name}", seen.look.theme.signs().dot))
}

/// The sign of a task that came of a plan; its word for whoever listens to the screen.
fn planned(task: &TaskLine, look: &Look) -> &'static str {
    match (task.source, look.theme.is_spoken()) {
        (Source::Care | Source::Cadence, true) => task.source.label(look.lang),
        (Source::Care, false) => look.theme.signs().greeting,
        (Source::Cadence, false) => look.theme.signs().rhythm,
        _ => "",
    }
}

/// For whom one does a task, who is away; with room, until when.
fn instead_of(task: &TaskLine, look: &Look, roomy: bool) -> Option<String> {
    let (who, until) = (task.assignee.as_ref()?, task.away_until?);
    let me = look.session.map(|session| session.member.id);
    let who = first_name(&who.name);
    match (me == task.assignee.as_ref().map(|who| who.id), roomy) {
        (true, _) => None,
        (false, true) => Some(together::instead_until(look.lang, who, look.day(until.date()))),
        (false, false) => Some(together::instead(look.lang, who)),
    }
}

/// A task that somebody else took, and who did.
fn draw_faded(line: &mut Line, task: &TaskLine, fate: &Fate, look: &Look) {
    let (lang, by) = (look.lang, first_name(&fate.by));
    let said = match fate.what {
        Deed::Taken => together::taken(lang, by),
        Deed::Ended(state) => together::ended(lang, state.label(lang), by),
        Deed::Changed => together::changed(lang, by),
    };
    let dim = look.theme.mark(Mark::Done);
    line.skip(1).skip_right(1).right(&said, dim).skip_right(1).left(&task.title.line(), dim);
}

/// How many of these tasks are late.
pub(in crate::tui) fn late(tasks: &[TaskLine]) -> usize {
    tasks.iter().filter(|task| task.late == Lateness::Late).count()
}
