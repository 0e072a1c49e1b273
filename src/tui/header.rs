//! The first row: where one is, and how much is late.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::book::inbox::COUNTED;
use super::look::Look;
use super::panes::{Seen, tasks};
use super::paper::{Line, cells};
use super::theme::Mark;
use crate::model::query::{Session, TierLine};
use crate::text::date;
use crate::text::say::{together, tui as say};
use chrono::Datelike;

/// A part of the header: texts side by side, as seen whole or not at all.
struct Part {
    texts: Vec<(String, Style)>,
    /// How many cells keep it from the part before.
    apart: u16,
    /// What is dropped first where there is no room has the greatest.
    rank: u8,
}

impl Part {
    fn of(rank: u8, text: String, style: Style) -> Part {
        Part { texts: vec![(text, style)], apart: 2, rank }
    }

    fn width(&self) -> u16 {
        self.apart + self.texts.iter().map(|(text, _)| cells(text)).sum::<u16>()
    }
}

/// Takes away what has no room, the least important first.
fn fit(left: &mut Vec<Part>, right: &mut Vec<Part>, room: u16) {
    loop {
        let width: u16 = left.iter().chain(right.iter()).map(Part::width).sum();
        let Some(rank) = left.iter().chain(right.iter()).map(|part| part.rank).max() else { return };
        if width <= room {
            return;
        }
        left.retain(|part| part.rank != rank);
        right.retain(|part| part.rank != rank);
    }
}

/// Draws the header.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, seen: Seen) {
    let look = &seen.look;
    let mut line = Line::of(buffer, area, 0);
    line.skip(1).skip_right(1).left("gx", look.theme.key());
    let Some(session) = look.session else { return };
    let (mut left, mut right) = (place(session, look), state(seen));
    fit(&mut left, &mut right, line.room());
    for part in left {
        line.skip(part.apart);
        for (text, style) in &part.texts {
            line.left(text, *style);
        }
    }
    for part in right.iter().rev() {
        for (text, style) in part.texts.iter().rev() {
            line.right(text, *style);
        }
        line.skip_right(part.apart);
    }
}

/// Whose store it is, and who looks at it.
fn place(session: &Session, look: &Look) -> Vec<Part> {
    let dim = look.theme.dim();
    let practice = Part::of(5, say::practice(look.lang).to_owned(), look.theme.mark(Mark::Soon));
    let team = session.team.as_ref().filter(|team| team.name != session.store);
    let comma = look.lang.pick(", ", "，");
    let team = team.map(|team| Part { apart: 0, ..Part::of(7, format!("{comma}{}", team.name.line()), dim) });
    let store = Part::of(4, session.store.line(), Style::new());
    let member = Part::of(3, session.member.name.line(), dim);
    let practice = session.practice.then_some(Part { apart: 1, ..practice });
    [Some(store), practice, Some(member), team].into_iter().flatten().collect()
}

/// What waits, who else is here, and the day.
fn state(seen: Seen) -> Vec<Part> {
    let (look, dim) = (&seen.look, seen.look.theme.dim());
    let style = |late: bool| if late { look.theme.mark(Mark::Late) } else { dim };
    let (late, others) = (tasks::late(&seen.book.tasks), seen.book.others());
    let late_customers = late_customers(&seen.book.tiers);
    // How many customers are late the list and the tiers tell as well.
    let customers = say::customers_late(look.lang, late_customers);
    let customers = Part::of(8, customers, style(late_customers > 0));
    let tasks = Part {
        texts: vec![
            (say::header_tasks(look.lang, seen.book.tasks_total), Style::new()),
            (look.lang.pick(", ", "，").to_owned(), dim),
            (say::tasks_late(look.lang, late), style(late > 0)),
        ],
        apart: 3,
        rank: 1,
    };
    let online = Part { apart: 3, ..Part::of(6, together::online(look.lang, others), dim) };
    let day = match past(seen) {
        Some(past) => Part::of(0, format!(" {past} "), look.theme.title(true)),
        None => Part::of(0, day(seen), dim),
    };
    let online = (others > 0).then_some(online);
    let mentions =
        unread(seen).map(|unread| Part { apart: 3, ..Part::of(2, unread, look.theme.mark(Mark::New)) });
    [Some(tasks), Some(Part { apart: 3, ..customers }), online, mentions, Some(Part { apart: 3, ..day })]
        .into_iter()
        .flatten()
        .collect()
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

/// How many mentions are unread: `@2`, `@99+`.
fn unread(seen: Seen) -> Option<String> {
    match seen.book.inbox.unread {
        0 => None,
        unread if unread > COUNTED => Some(format!("@{COUNTED}+")),
        unread => Some(format!("@{unread}")),
    }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(rank: u8, width: usize) -> Part {
        Part::of(rank, "x".repeat(width), Style::new())
    }

    fn ranks(parts: &[Part]) -> Vec<u8> {
        parts.iter().map(|part| part.rank).collect()
    }

    proptest! {
        #[test]
        fn whole_parts_are_dropped_the_least_important_first(
            widths in proptest::collection::vec(0_usize..20, 0..8),
            room in 0_u16..120,
        ) {
            let parts = |odd: usize| {
                let of = widths.iter().enumerate().filter(move |(at, _)| at % 2 == odd);
                of.map(|(at, width)| part(at as u8, *width)).collect::<Vec<_>>()
            };
            let (mut left, mut right) = (parts(0), parts(1));
            fit(&mut left, &mut right, room);
            let mut kept = [ranks(&left), ranks(&right)].concat();
            kept.sort_unstable();
            let first: Vec<u8> = (0..kept.len() as u8).collect();
            prop_assert_eq!(&kept, &first);
            let wide = |count: usize| widths[..count].iter().map(|width| *width as u16 + 2).sum::<u16>();
            prop_assert!(wide(kept.len()) <= room);
            prop_assert!(kept.len() == widths.len() || wide(kept.len() + 1) > room);
        }
    }
}
