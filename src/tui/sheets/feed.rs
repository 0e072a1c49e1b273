//! What the others did since one was last here: a row for each customer, the newest first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::Act;
use crate::model::query::FeedLine;
use crate::model::{Id, Instant};
use crate::text::say::{together as say, tui};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::frame::Frame;
use crate::tui::look::{Look, first_name};
use crate::tui::panes::Seen;
use crate::tui::paper::{Line, cells};

/// The width of the sheet, where there is room, and the most rows it shows.
const WIDTH: u16 = 72;
const ROWS: usize = 14;
/// The most cells for who it was.
const WHO: u16 = 14;

/// The page of what happened.
#[derive(Debug)]
pub(in crate::tui) struct Feed {
    /// When one was last here, by the store's clock; none: never before.
    since: Option<Instant>,
    bar: Bar,
    on: Option<Id>,
}

impl Feed {
    /// What happened since then.
    pub(in crate::tui) fn new(since: Option<Instant>) -> Feed {
        Feed { since, bar: Bar::default(), on: None }
    }

    pub(super) fn act(&mut self, act: Act, book: &Book) -> Option<Vec<Wish>> {
        match act {
            Act::Open => {
                let chosen = rows(book).get(self.bar.row).map(|line| Wish::Show(line.customer.clone()));
                return Some(std::iter::once(Wish::Close).chain(chosen).collect());
            }
            Act::Back | Act::Feed => return Some(vec![Wish::Close]),
            _ if self.bar.act(act, rows(book).len(), ROWS) => {
                self.on = rows(book).get(self.bar.row).map(|line| line.customer.id);
            }
            _ => return None,
        }
        Some(Vec::new())
    }

    /// Keeps the bar on its customer when a newer one comes above.
    pub(super) fn settle(&mut self, frame: &Frame, book: &Book) {
        let lines = rows(book);
        if let Some(row) = self.on.and_then(|on| lines.iter().position(|line| line.customer.id == on)) {
            self.bar.follow(row);
        }
        self.bar.settle(lines.len(), usize::from(place(frame, lines).height.saturating_sub(2)));
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) {
        let (look, lines) = (&seen.look, rows(seen.book));
        let title = match self.since {
            Some(since) => say::since(look.lang, moment(look, since)),
            None => say::lately(look.lang).to_owned(),
        };
        let inside = paper(buffer, place(frame, lines), &title, "", look);
        if lines.is_empty() {
            let text =
                if seen.book.feed.is_some() { say::nothing(look.lang) } else { tui::asking(look.lang) };
            Line::of(buffer, inside, 0).skip(1).left(text, look.theme.dim());
        }
        let moments: Vec<String> = lines.iter().map(|line| moment(look, line.at)).collect();
        let width = moments.iter().map(|moment| cells(moment)).max().unwrap_or(0);
        let comma = look.lang.pick(", ", "、");
        let widest = |text: &dyn Fn(&FeedLine) -> String| {
            lines.iter().map(|line| cells(&text(line))).max().unwrap_or(0)
        };
        // The names have what they need; who it was keeps a few cells, and what it was the rest.
        let who_width = widest(&|line| who(line, look)).min(WHO);
        let room = inside.width.saturating_sub(1 + width + 2 + who_width + 2);
        let names = widest(&|line| line.customer.name.line()).min(room);
        let seen = lines.iter().zip(&moments).enumerate().skip(self.bar.top);
        for (at, (feed, moment)) in seen.take(usize::from(inside.height)) {
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, inside, (at - self.bar.top) as u16);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            line.column_right(width, moment, look.theme.dim()).skip_right(2);
            let kinds: Vec<&str> = feed.kinds.iter().map(|kind| kind.label(look.lang)).collect();
            line.column_left(who_width, &who(feed, look), Style::new()).skip_right(2);
            line.column_left(line.room().saturating_sub(names + 2), &kinds.join(comma), look.theme.dim());
            line.skip_right(2).left(&feed.customer.name.line(), look.theme.selected(selected));
        }
    }
}

fn rows(book: &Book) -> &[FeedLine] {
    book.feed.as_deref().unwrap_or_default()
}

fn place(frame: &Frame, lines: &[FeedLine]) -> Rect {
    frame.sheet(WIDTH, lines.len().clamp(1, ROWS) as u16 + 2)
}

/// The day, and of today and yesterday the hour.
fn moment(look: &Look, at: Instant) -> String {
    look.moment(at, false)
}

fn who(feed: &FeedLine, look: &Look) -> String {
    let Some(first) = feed.by.first() else { return String::new() };
    let name = first_name(&first.name);
    match feed.by.len() - 1 {
        0 => name.to_owned(),
        more => format!("{name} {}", say::and_more(look.lang, more)),
    }
}
