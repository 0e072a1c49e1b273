//! The communication plan: greetings and contacts that are planned, the first day in front.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Wish, paper, work};
use crate::keys::Act;
use crate::model::planned::Planned;
use crate::text::say::{care as say, tui};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::book::work::DAYS;
use crate::tui::frame::Frame;
use crate::tui::look::{Look, first_name};
use crate::tui::panes::Seen;
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// The width of the sheet, where there is room, and the most rows it shows.
const WIDTH: u16 = 84;
const ROWS: usize = 24;

/// What is planned.
#[derive(Debug)]
pub(in crate::tui) struct Plan {
    /// Only what I am to do.
    pub(in crate::tui) mine: bool,
    bar: Bar,
}

impl Plan {
    /// The plan of all, or only what I am to do.
    pub(in crate::tui) fn new(mine: bool) -> Plan {
        Plan { mine, bar: Bar::default() }
    }

    /// Does what a key asks for.
    pub(super) fn act(&mut self, act: Act, book: &Book) -> Option<Vec<Wish>> {
        let plans = book.work.plan.as_deref().unwrap_or_default();
        let under = plans.get(self.bar.row);
        let wish = match act {
            Act::Back | Act::Care => Some(Wish::Close),
            Act::TasksWhose => {
                self.mine = !self.mine;
                None
            }
            Act::Open => {
                let Some(plan) = under else { return Some(Vec::new()) };
                return Some(vec![Wish::Close, Wish::Show(plan.customer.clone())]);
            }
            Act::LeaveOut => under.and_then(|plan| {
                let occasion = work::occasions(plan).into_iter().next()?;
                Some(Wish::Ask(plan.customer.clone(), Act::CareSkip, occasion.line()))
            }),
            _ if self.bar.act(act, plans.len(), ROWS) => None,
            _ => return None,
        };
        Some(wish.into_iter().collect())
    }

    /// Keeps the bar on a row, and in sight.
    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        let count = seen.book.work.plan.as_ref().map_or(0, Vec::len);
        self.bar.settle(count, usize::from(place(frame, count).height.saturating_sub(2)));
    }

    /// Draws it.
    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) {
        let look = &seen.look;
        let plans = seen.book.work.plan.as_deref();
        let count = plans.map_or(0, <[Planned]>::len);
        let whose = if self.mine { tui::mine(look.lang) } else { tui::team(look.lang) };
        let title = say::plan_ahead(look.lang, look.theme.signs().dot, DAYS);
        let inside = paper(buffer, place(frame, count), &title, &format!("{whose} {count}"), look);
        if count == 0 {
            let text = if plans.is_some() { say::nothing_planned } else { tui::asking };
            Line::of(buffer, inside, 0).skip(1).left(text(look.lang), look.theme.dim());
        }
        let shown = plans.unwrap_or_default().iter().enumerate().skip(self.bar.top);
        for (at, plan) in shown.take(usize::from(inside.height)) {
            let (line, style) = seen.row(buffer, inside, (at - self.bar.top) as u16, at == self.bar.row);
            draw_row(line, plan, style, look);
        }
    }
}

fn draw_row(mut line: Line, plan: &Planned, style: ratatui::style::Style, look: &Look) {
    let mark = plan.is_overdue(look.now.day(look.zone)).then_some(Mark::Late);
    let marked = mark.map(|mark| look.theme.mark(mark)).unwrap_or_default();
    line.left(mark.map_or(" ", |mark| look.sign(mark)), marked).skip(u16::from(look.theme.is_spoken()));
    let day = look.day(plan.day.date());
    line.left(&day, marked).skip(9_u16.saturating_sub(cells(&day)) + 1);
    let who = plan.who.as_ref().or(plan.team.as_ref()).map_or("", |who| first_name(&who.name));
    line.column_left(8, who, look.theme.dim()).skip_right(1);
    let room = line.room() * 2 / 5;
    line.column_left(room, &plan.customer.name.line(), look.theme.dim()).skip_right(1);
    line.left(&plan.what_and_how(look.lang), style);
}

fn place(frame: &Frame, rows: usize) -> Rect {
    frame.sheet(WIDTH, rows.clamp(1, ROWS) as u16 + 2)
}
