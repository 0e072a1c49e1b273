//! A week of the calendar: what is due on each day, and what should have been done before.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Timelike};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::Act;
use crate::model::query::{Lateness, TaskLine};
use crate::model::time::END_OF_DAY;
use crate::model::{Id, Whose};
use crate::text::date::weekday;
use crate::text::say::{text as words, tui as say};
use crate::text::{Clean, age};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::frame::Frame;
use crate::tui::look::{Look, first_name};
use crate::tui::panes::Seen;
use crate::tui::paper::Line;

/// The width of the sheet, where there is room.
const WIDTH: u16 = 72;
/// From this width on a task of the team shows who does it.
const ROOMY: u16 = 50;
/// How many weeks one can go back and on: ten years.
const FAR: i64 = 520;

/// A week of due work.
#[derive(Debug)]
pub(in crate::tui) struct Week {
    whose: Whose,
    /// How many weeks after the present one the first that is seen is.
    from: i64,
    /// How many weeks after that one it is.
    ahead: i64,
    /// The bar goes from task to task; what is seen first is a row of any kind.
    bar: Bar,
    on: Option<Id>,
    /// The tasks that are shown, in order.
    tasks: Vec<Id>,
}

/// A row of the week.
enum Row<'a> {
    /// The heading of what is late from before the week, and how many tasks that is.
    Before(usize),
    /// The heading of a day, and how many tasks are due.
    Day(NaiveDate, usize),
    Task(&'a TaskLine),
}

impl Week {
    /// The present week or, at a week-end on which nothing is due, the coming one.
    pub(in crate::tui) fn new(
        whose: Whose,
        today: NaiveDate,
        mut due: impl Iterator<Item = NaiveDate>,
    ) -> Week {
        let week = today.week(chrono::Weekday::Mon);
        let is_weekend = today + Days::new(1) >= week.last_day();
        let is_over = is_weekend && !due.any(|day| day >= today && day <= week.last_day());
        Week { whose, from: i64::from(is_over), ahead: 0, bar: Bar::default(), on: None, tasks: Vec::new() }
    }

    /// Whose tasks it shows, and the filter that finds them. The first week also shows what is late from before.
    pub(in crate::tui) fn asks(&self, today: NaiveDate) -> (Whose, Clean) {
        let monday = self.monday(today);
        let until = format!("due<={}", monday + Days::new(6));
        let filter = if self.ahead == 0 { until } else { format!("due>={monday} {until}") };
        (self.whose, Clean::washed(&filter).0)
    }

    fn monday(&self, today: NaiveDate) -> NaiveDate {
        today.week(chrono::Weekday::Mon).first_day() + TimeDelta::weeks(self.from + self.ahead)
    }

    pub(super) fn act(&mut self, act: Act, book: &Book, height: usize) -> Option<Vec<Wish>> {
        match act {
            Act::Back => return Some(vec![Wish::Close]),
            Act::Open => {
                let task = self.on.and_then(|on| book.week.iter().find(|task| task.id == on));
                let go = task.map(|task| Wish::Work(Box::new(task.clone()), self.whose));
                return Some(go.map_or_else(Vec::new, |go| vec![Wish::Close, go]));
            }
            Act::WeekBefore => self.ahead = (self.ahead - 1).max(-FAR),
            Act::WeekAfter => self.ahead = (self.ahead + 1).min(FAR),
            Act::WeekWhose => {
                self.whose = if self.whose == Whose::Mine { Whose::Team } else { Whose::Mine };
            }
            _ if self.bar.act(act, self.tasks.len(), height.saturating_sub(4)) => {
                self.on = self.tasks.get(self.bar.row).copied();
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Finds the bar's task again after something has changed, and keeps it in sight below the heading of its day.
    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        let rows = self.rows(seen.book, &seen.look);
        let task = |row: &Row| match row {
            Row::Task(task) => Some(task.id),
            _ => None,
        };
        self.tasks = rows.iter().filter_map(task).collect();
        let found = self.on.and_then(|on| self.tasks.iter().position(|id| *id == on));
        self.bar.row = found.unwrap_or(self.bar.row).min(self.tasks.len().saturating_sub(1));
        self.on = self.tasks.get(self.bar.row).copied();
        let height = usize::from(place(frame, rows.len()).height.saturating_sub(2)).max(1);
        let at = rows.iter().position(|row| task(row).is_some() && task(row) == self.on).unwrap_or(0);
        let heading = at.saturating_sub(usize::from(at > 0 && task(&rows[at - 1]).is_none()));
        let first = if self.bar.row == 0 || height < 2 { 0 } else { heading };
        self.bar.top = self.bar.top.min(first).max((at + 1).saturating_sub(height));
        self.bar.top = self.bar.top.min(rows.len().saturating_sub(height));
    }

    /// The days with what is due, late tasks first; in front what is late from before.
    fn rows<'a>(&self, book: &'a Book, look: &Look) -> Vec<Row<'a>> {
        let monday = self.monday(look.today());
        let day = |task: &TaskLine| task.due.map(|due| due.local(look.zone).date());
        let mut tasks: Vec<&TaskLine> = book.week.iter().collect();
        tasks.sort_by_key(|task| (task.late != Lateness::Late, task.due, task.id));
        let mut rows = Vec::new();
        let before: Vec<_> = tasks.iter().filter(|task| day(task) < Some(monday)).copied().collect();
        if self.ahead == 0 && !before.is_empty() {
            rows.push(Row::Before(before.len()));
            rows.extend(before.into_iter().map(Row::Task));
        }
        for this in monday.iter_days().take(7) {
            let due: Vec<_> = tasks.iter().filter(|task| day(task) == Some(this)).copied().collect();
            rows.push(Row::Day(this, due.len()));
            rows.extend(due.into_iter().map(Row::Task));
        }
        rows
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) {
        let look = &seen.look;
        let rows = self.rows(seen.book, look);
        let monday = self.monday(look.today());
        let title = say::week(look.lang, written(monday, look), written(monday + Days::new(6), look));
        let whose = if self.whose == Whose::Mine { say::mine(look.lang) } else { say::team(look.lang) };
        let mut aside = format!("{whose} {}", self.tasks.len());
        if seen.book.week_total > seen.book.week.len() as u64 {
            aside = format!("{whose} {}", say::found(look.lang, self.tasks.len(), seen.book.week_total));
        }
        let inside = paper(buffer, place(frame, rows.len()), &title, &aside, look);
        let shown = rows.iter().skip(self.bar.top).take(usize::from(inside.height));
        for (at, row) in shown.enumerate() {
            match row {
                Row::Before(count) => {
                    draw_heading(buffer, inside, at as u16, (say::before_week(look.lang), ""), *count, look);
                }
                Row::Day(day, count) => {
                    let name = format!("{} {}", weekday(look.lang, day.weekday()), written(*day, look));
                    let today = if *day == look.today() { words::today(look.lang) } else { "" };
                    draw_heading(buffer, inside, at as u16, (&name, today), *count, look);
                }
                Row::Task(task) => self.draw_task(buffer, inside, at as u16, task, seen),
            }
        }
    }

    fn draw_task(&self, buffer: &mut Buffer, area: Rect, row: u16, task: &TaskLine, seen: Seen) {
        let look = &seen.look;
        let selected = self.on == Some(task.id);
        let (mut line, _) = seen.row(buffer, area, row, selected);
        let style = look.theme.selected(selected);
        let mark = Look::late(task.late);
        let marked = mark.map(|mark| look.theme.mark(mark)).unwrap_or_default();
        line.left(mark.map_or(" ", |mark| look.sign(mark)), marked).skip(u16::from(look.theme.is_spoken()));
        line.column_right(9, &time(task, look), marked).skip_right(1);
        if self.whose != Whose::Mine && area.width >= ROOMY {
            let who = task.assignee.as_ref().map_or("", |who| first_name(&who.name));
            line.column_left(8, who, look.theme.dim()).skip_right(1);
        }
        let customer = task.customer.as_ref().map_or_else(String::new, |customer| customer.name.line());
        let room = line.room() * 2 / 5;
        line.column_left(room, &customer, look.theme.dim()).skip_right(1);
        line.left(&task.title.line(), style);
    }
}

/// When a task is due: late or not, the hour of its day, where it has one; of another day's late task how late it is.
fn time(task: &TaskLine, look: &Look) -> String {
    let Some(due) = task.due.filter(|_| !task.is_paused()) else { return look.task_due(task) };
    let local = due.local(look.zone);
    match (local.hour(), local.minute()) {
        _ if task.late == Lateness::Late && local.date() < look.today() => look.due(due),
        END_OF_DAY => String::new(),
        _ => local.format("%H:%M").to_string(),
    }
}

/// A day as it stands in headings: this one too.
fn written(day: NaiveDate, look: &Look) -> String {
    age::date(look.lang, day, look.today())
}

/// The heading of a group of tasks: its name, what is said beside it, and how many tasks it has.
fn draw_heading(buffer: &mut Buffer, area: Rect, row: u16, name: (&str, &str), count: usize, look: &Look) {
    let mut line = Line::of(buffer, area, row);
    let (name, beside) = name;
    let style = if beside.is_empty() { look.theme.dim() } else { look.theme.key() };
    let is_sign = count == 0 && !look.theme.is_spoken();
    let count = if is_sign { look.theme.signs().dot.to_owned() } else { count.to_string() };
    line.right(&count, style).skip_right(1).left(name, style).skip(2).left(beside, Style::new());
}

fn place(frame: &Frame, rows: usize) -> Rect {
    frame.sheet(WIDTH, u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2))
}
