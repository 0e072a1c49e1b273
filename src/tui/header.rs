//! The first row: where one is, and how much is late.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::panes::{Seen, tasks};
use super::paper::Line;
use super::theme::Mark;
use crate::text::date;
use crate::text::say::tui as say;
use chrono::Datelike;

/// Draws the header.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, seen: Seen) {
    let (look, dim) = (&seen.look, seen.look.theme.dim());
    let mut line = Line::of(buffer, area, 0);
    line.skip(1).skip_right(1);
    if look.session.is_some() {
        line.right(&day(seen), dim).skip_right(3);
        let late = tasks::late(&seen.book.tasks);
        let style = if late > 0 { look.theme.mark(Mark::Late) } else { dim };
        line.right(&say::header_late(look.lang, late), style).skip_right(3);
        line.right(&say::header_due(look.lang, seen.book.tasks_total), Style::new()).skip_right(2);
    }
    line.left("gx", look.theme.key()).skip(2);
    let Some(session) = look.session else { return };
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
    match tasks::late(&seen.book.tasks) {
        0 => String::new(),
        late => say::header_late(seen.look.lang, late),
    }
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
