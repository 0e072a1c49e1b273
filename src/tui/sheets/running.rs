//! The playbooks at work: whose they are, their open steps, and how much time is left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Wish, paper};
use crate::keys::Act;
use crate::text::say::{playbook as say, tui};
use crate::text::{Clean, width};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::book::work::Running as AtWork;
use crate::tui::frame::Frame;
use crate::tui::look::Look;
use crate::tui::panes::Seen;
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// The width of the sheet, where there is room, and the most rows it shows.
const WIDTH: u16 = 96;
const ROWS: usize = 24;

/// The list of playbooks at work.
#[derive(Debug, Default)]
pub(in crate::tui) struct Running {
    bar: Bar,
}

/// A row: an open step or, of a playbook that waits, the playbook alone.
struct Row {
    of: AtWork,
    what: String,
    /// The step alone, where there is no room for more.
    step: String,
    beside: String,
    late: bool,
}

impl Running {
    /// Does what a key asks for.
    pub(super) fn act(&mut self, act: Act, book: &Book) -> Option<Vec<Wish>> {
        let all = book.work.running().unwrap_or_default();
        let rows = owners(&all);
        let under = rows.get(self.bar.row);
        let asks = |act| under.map(|of| Wish::Ask(of.customer.clone(), act, of.run.id.to_string()));
        let wish = match act {
            Act::Back | Act::Playbooks => Some(Wish::Close),
            Act::Open => {
                let Some(of) = under else { return Some(Vec::new()) };
                return Some(vec![Wish::Close, Wish::Show(of.customer.clone())]);
            }
            Act::Pause => asks(Act::PlaybookPause),
            Act::Stop => asks(Act::PlaybookStop),
            Act::Resume => {
                under.map(|of| Wish::Order(Act::PlaybookResume, Clean::washed(&of.run.id.to_string()).0))
            }
            _ if self.bar.act(act, rows.len(), ROWS) => None,
            _ => return None,
        };
        Some(wish.into_iter().collect())
    }

    /// Keeps the bar on a row, and in sight.
    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        let count = seen.book.work.running().map_or(0, |all| owners(&all).len());
        self.bar.settle(count, usize::from(place(frame, count).height.saturating_sub(2)));
    }

    /// Draws it.
    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) {
        let look = &seen.look;
        let running = seen.book.work.running();
        let aside = running.as_ref().map_or_else(String::new, |all| say::count(look.lang, all.len()));
        let rows = running.as_deref().map_or_else(Vec::new, |all| rows(all, look));
        let inside = paper(buffer, place(frame, rows.len()), say::at_work(look.lang), &aside, look);
        if rows.is_empty() {
            let text = if running.is_some() { say::none_at_work } else { tui::asking };
            Line::of(buffer, inside, 0).skip(1).left(text(look.lang), look.theme.dim());
        }
        let ids = rows.iter().map(|row| cells(&row.of.run.id.to_string())).max().unwrap_or(0);
        for (at, row) in rows.iter().enumerate().skip(self.bar.top).take(usize::from(inside.height)) {
            let (mut line, style) = seen.row(buffer, inside, (at - self.bar.top) as u16, at == self.bar.row);
            let mark = row.late.then_some(Mark::Late);
            let marked = mark.map(|mark| look.theme.mark(mark)).unwrap_or_default();
            line.left(mark.map_or(" ", |mark| look.sign(mark)), marked)
                .skip(u16::from(look.theme.is_spoken()));
            let id = row.of.run.id.to_string();
            line.left(&id, look.theme.dim()).skip(ids + 1 - cells(&id));
            let customer = line.room() / 3;
            let beside = line.room().saturating_sub(customer + cells(&row.step) + 2).max(customer);
            line.right(&width::cut(&row.beside, usize::from(beside)), look.theme.dim()).skip_right(1);
            let name = row.of.customer.name.line();
            let name = width::cut(&name, usize::from(customer)).into_owned();
            line.left(&name, style).skip((customer + 1).saturating_sub(cells(&name)));
            let fits = cells(&row.what) <= line.room();
            line.left(if fits { &row.what } else { &row.step }, style);
        }
    }
}

/// For each row of the list the playbook at work that it tells of.
fn owners(all: &[AtWork]) -> Vec<&AtWork> {
    all.iter().flat_map(|of| std::iter::repeat_n(of, of.run.steps.len().max(1))).collect()
}

fn rows(all: &[AtWork], look: &Look) -> Vec<Row> {
    let of = |of: &AtWork| {
        let told = look.reader().run(&of.run);
        if told.is_empty() {
            let (what, beside) =
                (look.name(&of.run.playbook).line(), say::no_open_step(look.lang).to_owned());
            return vec![Row { of: of.clone(), step: what.clone(), what, beside, late: false }];
        }
        let is_late =
            |nth: usize| of.run.steps[nth].due.is_some_and(|due| due < look.now && of.reason.is_empty());
        let row = |(nth, (what, beside)): (usize, (String, String))| Row {
            of: of.clone(),
            what,
            step: of.run.steps[nth].title.line(),
            beside: if of.reason.is_empty() { beside } else { say::paused_for(look.lang, &of.reason) },
            late: is_late(nth),
        };
        told.into_iter().enumerate().map(row).collect()
    };
    all.iter().flat_map(of).collect()
}

fn place(frame: &Frame, rows: usize) -> Rect {
    frame.sheet(WIDTH, rows.clamp(1, ROWS) as u16 + 2)
}
