//! What there is from the others, the newest first: what they did since one was last here, and where they mention one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::{Act, Scope};
use crate::model::called;
use crate::model::query::{FeedLine, MentionLine};
use crate::model::{Id, Instant};
use crate::text::say::{together as say, tui};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::frame::Frame;
use crate::tui::look::{Look, first_name};
use crate::tui::panes::Seen;
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// The width of the sheet, where there is room, and the most rows it shows.
const WIDTH: u16 = 72;
const ROWS: u16 = 14;
/// The most cells for who it was.
const WHO: u16 = 14;

/// What a page of news tells.
#[derive(Debug)]
enum Tells {
    /// What the others did since then, by the store's clock; none: one was never here before.
    Deeds(Option<Instant>),
    /// Where they mention one.
    Mentions,
}

/// A page of news.
#[derive(Debug)]
pub(in crate::tui) struct News {
    tells: Tells,
    bar: Bar,
    on: Option<Key>,
}

/// What a row is known again by: its record, and the place in the journal of what is told of it, if it is of one.
type Key = (Id, u64);

/// A row of news.
struct Row {
    at: Instant,
    who: String,
    /// What was done; empty: it is told otherwise.
    deeds: String,
    customer: String,
    unread: bool,
    /// What is said, on a line of its own.
    text: Option<String>,
}

impl News {
    /// What the others did since then.
    pub(in crate::tui) fn deeds(since: Option<Instant>) -> News {
        News { tells: Tells::Deeds(since), bar: Bar::default(), on: None }
    }

    /// Where the others mention one.
    pub(in crate::tui) fn mentions() -> News {
        News { tells: Tells::Mentions, bar: Bar::default(), on: None }
    }

    pub(super) fn scope(&self) -> Scope {
        match self.tells {
            Tells::Deeds(_) => Scope::List,
            Tells::Mentions => Scope::Inbox,
        }
    }

    pub(super) fn act(&mut self, act: Act, book: &Book) -> Option<Vec<Wish>> {
        match (act, &self.tells) {
            (Act::Open, _) => {
                return Some(std::iter::once(Wish::Close).chain(self.chosen(book)).collect());
            }
            (Act::ReadAll, Tells::Mentions) => return Some(vec![Wish::ReadAll]),
            (Act::Back, _) | (Act::Feed, Tells::Deeds(_)) | (Act::Inbox, Tells::Mentions) => {
                return Some(vec![Wish::Close]);
            }
            _ => {}
        }
        let rows = self.keys(book);
        if !self.bar.act(act, rows.len(), usize::from(ROWS / self.height())) {
            return None;
        }
        self.on = rows.get(self.bar.row).copied();
        Some(Vec::new())
    }

    /// What is done with the row under the bar.
    fn chosen(&self, book: &Book) -> Option<Wish> {
        match self.tells {
            Tells::Deeds(_) => deeds(book).get(self.bar.row).map(|line| Wish::Show(line.customer.clone())),
            Tells::Mentions => {
                book.inbox.lines.get(self.bar.row).map(|line| Wish::GoTo(Box::new(line.clone())))
            }
        }
    }

    /// Keeps the bar on its row when a newer one comes above.
    pub(super) fn settle(&mut self, frame: &Frame, book: &Book) {
        let rows = self.keys(book);
        match self.on.and_then(|on| rows.iter().position(|key| *key == on)) {
            Some(row) => self.bar.follow(row),
            None => self.on = rows.get(self.bar.row).copied(),
        }
        let seen = self.place(frame, rows.len()).height.saturating_sub(2) / self.height();
        self.bar.settle(rows.len(), usize::from(seen));
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) {
        let look = &seen.look;
        let rows = self.rows(seen.book, look);
        let inside = paper(buffer, self.place(frame, rows.len()), &self.title(look), "", look);
        if rows.is_empty() {
            Line::of(buffer, inside, 0).skip(1).left(self.nothing(seen), look.theme.dim());
        }
        let moments: Vec<String> = rows.iter().map(|row| look.moment(row.at, false)).collect();
        let width = moments.iter().map(|moment| cells(moment)).max().unwrap_or(0);
        // The names have what they need; who it was keeps a few cells, and what it was the rest.
        let who = rows.iter().map(|row| cells(&row.who)).max().unwrap_or(0).min(WHO);
        let names = rows.iter().map(|row| cells(&row.customer)).max().unwrap_or(0);
        let shown = rows.iter().zip(&moments).enumerate().skip(self.bar.top);
        for (at, (row, moment)) in shown.take(usize::from(inside.height / self.height())) {
            let top = (at - self.bar.top) as u16 * self.height();
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, inside, top);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            if self.height() > 1 {
                let sign = if row.unread { Mark::New.sign() } else { " " };
                line.left(sign, look.theme.mark(Mark::New)).skip(1);
            }
            line.column_right(width, moment, look.theme.dim()).skip_right(2);
            line.column_left(who, &row.who, Style::new()).skip_right(2);
            line.column_left(line.room().saturating_sub(names + 2), &row.deeds, look.theme.dim());
            line.skip_right(2).left(&row.customer, look.theme.selected(selected));
            if let Some(text) = &row.text {
                let style = if row.unread || selected { Style::new() } else { look.theme.dim() };
                Line::of(buffer, inside, top + 1).skip(3).left(text, style);
            }
        }
    }

    /// How many rows of the sheet one of news takes.
    fn height(&self) -> u16 {
        match self.tells {
            Tells::Deeds(_) => 1,
            Tells::Mentions => 2,
        }
    }

    fn place(&self, frame: &Frame, rows: usize) -> Rect {
        let rows = (rows.max(1) as u16).saturating_mul(self.height());
        frame.sheet(WIDTH, rows.min(ROWS) + 2)
    }

    fn title(&self, look: &Look) -> String {
        match self.tells {
            Tells::Deeds(Some(since)) => say::since(look.lang, look.moment(since, false)),
            Tells::Deeds(None) => say::lately(look.lang).to_owned(),
            Tells::Mentions => say::inbox(look.lang).to_owned(),
        }
    }

    fn nothing(&self, seen: Seen) -> &'static str {
        let lang = seen.look.lang;
        match self.tells {
            Tells::Deeds(_) if seen.book.feed.is_some() => say::nothing(lang),
            Tells::Mentions if !seen.book.waits_for_inbox() => say::no_mentions(lang),
            _ => tui::asking(lang),
        }
    }

    fn keys(&self, book: &Book) -> Vec<Key> {
        match self.tells {
            Tells::Deeds(_) => deeds(book).iter().map(|line| (line.customer.id, 0)).collect(),
            Tells::Mentions => book.inbox.lines.iter().map(key).collect(),
        }
    }

    fn rows(&self, book: &Book, look: &Look) -> Vec<Row> {
        match self.tells {
            Tells::Deeds(_) => deeds(book).iter().map(|line| deed(line, look)).collect(),
            Tells::Mentions => book.inbox.lines.iter().map(|line| mention(line, look)).collect(),
        }
    }
}

fn deeds(book: &Book) -> &[FeedLine] {
    book.feed.as_deref().unwrap_or_default()
}

fn key(line: &MentionLine) -> Key {
    (line.record, line.seq)
}

fn deed(line: &FeedLine, look: &Look) -> Row {
    let deeds: Vec<&str> =
        line.commands.iter().map(|command| called::deed(command.as_str(), look.lang)).collect();
    Row {
        at: line.at,
        who: who(line, look),
        deeds: deeds.join(look.lang.pick(", ", "、")),
        customer: line.customer.name.line(),
        unread: false,
        text: None,
    }
}

fn mention(line: &MentionLine, look: &Look) -> Row {
    Row {
        at: line.at,
        who: line.by.as_ref().map(|by| first_name(&by.name).to_owned()).unwrap_or_default(),
        deeds: line.team.as_ref().map(|team| say::through(look.lang, &team.name)).unwrap_or_default(),
        customer: line.customer.as_ref().map(|customer| customer.name.line()).unwrap_or_default(),
        unread: line.unread,
        text: Some(line.text.line()),
    }
}

fn who(feed: &FeedLine, look: &Look) -> String {
    let Some(first) = feed.by.first() else { return String::new() };
    let name = first_name(&first.name);
    match feed.by.len() - 1 {
        0 => name.to_owned(),
        more => format!("{name} {}", say::and_more(look.lang, more)),
    }
}
