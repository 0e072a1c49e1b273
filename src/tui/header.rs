//! The first row: where one is, and how much is late.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::panes::{Seen, tasks};
use super::paper::{Line, cells};
use super::theme::Mark;
use crate::model::query::TierLine;
use crate::text::date;
use crate::text::say::{together, tui as say};
use chrono::Datelike;

/// Draws the header.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, seen: Seen) {
    let (look, dim) = (&seen.look, seen.look.theme.dim());
    let mut line = Line::of(buffer, area, 0);
    line.skip(1).skip_right(1).left("gx", look.theme.key()).skip(2);
    let Some(session) = look.session else { return };
    match past(seen) {
        Some(past) => line.right(&format!(" {past} "), look.theme.title(true)).skip_right(3),
        None => line.right(&day(seen), dim).skip_right(3),
    };
    if let Some(unread) = unread(seen) {
        line.right(&unread, look.theme.mark(Mark::New)).skip_right(3);
    }
    let others = seen.book.others();
    if others > 0 {
        line.right(&together::here(look.lang, others), dim).skip_right(3);
    }
    let style = |late: bool| if late { look.theme.mark(Mark::Late) } else { dim };
    let count = say::header_tasks(look.lang, seen.book.tasks_total);
    let late_tasks = tasks::late(&seen.book.tasks);
    let tasks = say::tasks_late(look.lang, late_tasks);
    let late_customers = late_customers(&seen.book.tiers);
    let customers = say::customers_late(look.lang, late_customers);
    // Whose store it is goes before how many customers are late, which the list and the tiers tell as well.
    let place = cells(session.store.as_str()) + cells(session.member.name.as_str());
    if line.room() >= place + cells(&tasks) + cells(&count) + cells(&customers) + 9 {
        line.right(&customers, style(late_customers > 0)).skip_right(3);
    }
    line.right(&tasks, style(late_tasks > 0))
        .right(look.lang.pick(", ", "，"), dim)
        .right(&count, Style::new())
        .skip_right(2);
    line.left(&session.store.line(), Style::new());
    if session.practice {
        line.skip(1).left(say::practice(look.lang), look.theme.mark(Mark::Soon));
    }
    line.skip(2).left(&session.member.name.line(), dim);
    if let Some(team) = &session.team {
        line.left(", ", dim).left(&team.name.line(), dim);
    }
}

/// What stands beside the customer's name where there is no header.
pub(super) fn aside(seen: Seen) -> String {
    if let Some(past) = past(seen) {
        return past;
    }
    let late = Some(tasks::late(&seen.book.tasks)).filter(|late| *late > 0);
    let late = late.map(|late| say::late_tasks(seen.look.lang, late));
    unread(seen).into_iter().chain(late).collect::<Vec<_>>().join("  ")
}

/// How many mentions are unread: `@2`.
fn unread(seen: Seen) -> Option<String> {
    Some(seen.book.unread).filter(|unread| *unread > 0).map(|unread| format!("@{unread}"))
}

/// That a day that has been is seen, and which.
fn past(seen: Seen) -> Option<String> {
    let at = seen.book.past()?;
    Some(say::as_of(seen.look.lang, at.say_aloud(seen.look.lang, seen.look.zone)))
}

/// How many customers of the book are late: a task, or the contact that the tier wants.
fn late_customers(tiers: &[TierLine]) -> u64 {
    tiers.iter().map(|tier| u64::from(tier.late)).sum()
}

/// The team's day, with its weekday: all ages are counted from it.
fn day(seen: Seen) -> String {
    let (today, lang) = (seen.look.today(), seen.look.lang);
    let weekday = date::weekday(lang, today.weekday());
    lang.pick(
        format!("{weekday} {}", today.format("%-d %b %Y")),
        format!("{} {weekday}", today.format("%Y-%m-%d")),
    )
}
