//! Which day the book is to be seen at.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::Act;
use crate::model::Instant;
use crate::text::date;
use crate::text::say::tui as say;
use crate::tui::book::Book;
use crate::tui::edit::{Edit, Lines};
use crate::tui::frame::Frame;
use crate::tui::look::Look;
use crate::tui::paper::Line;
use crate::tui::theme::Mark;

/// The width of the sheet, where there is room.
const WIDTH: u16 = 48;

/// A line for a date, and the day that is understood below it.
#[derive(Debug)]
pub(in crate::tui) struct Day {
    typed: Edit,
}

impl Day {
    /// An empty line.
    pub(in crate::tui) fn new() -> Day {
        Day { typed: Edit::new(Lines::One, 100) }
    }

    pub(super) fn act(&mut self, act: Act, book: &Book, now: Instant) -> Option<Vec<Wish>> {
        match act {
            Act::Open => {
                let meant = meant(self.typed.text(), book.store_time(now), book.zone());
                return Some(meant.map_or_else(|_| Vec::new(), |at| vec![Wish::Close, Wish::Travel(at)]));
            }
            Act::Back => return Some(vec![Wish::Close]),
            Act::Complete => {
                if let Ok(at) = meant(self.typed.text(), book.store_time(now), book.zone()) {
                    self.typed.clear();
                    self.typed.paste(&at.say(book.zone()));
                }
            }
            _ if self.typed.act(act) => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    pub(super) fn take(&mut self, text: &str) {
        self.typed.paste(text);
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, look: &Look) -> Position {
        let place = frame.sheet(WIDTH, 4);
        let inside: Rect = paper(buffer, place, say::as_of_title(look.lang), "", look);
        let mut line = Line::of(buffer, inside, 0);
        line.left(": ", look.theme.key());
        let (text, column) = self.typed.window(line.room());
        let caret = Position::new(line.column() + column, inside.y);
        line.left(text, Style::new());
        let (text, style) = match meant(self.typed.text(), look.now, look.zone) {
            Ok(at) => (at.say_aloud(look.lang, look.zone), look.theme.dim()),
            Err(Unfit::Unread) if self.typed.text().trim().is_empty() => {
                (say::as_of_hint(look.lang).to_owned(), look.theme.dim())
            }
            Err(Unfit::Unread) => (say::as_of_unread(look.lang).to_owned(), look.theme.mark(Mark::Late)),
            Err(Unfit::ToCome) => (say::as_of_to_come(look.lang).to_owned(), look.theme.mark(Mark::Late)),
        };
        Line::of(buffer, inside, 1).skip(2).left(&text, style);
        caret
    }
}

/// Why a text names no day to go back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unfit {
    Unread,
    ToCome,
}

/// The moment that is meant: the end of a day before today, or a time that has been.
fn meant(typed: &str, now: Instant, zone: chrono_tz::Tz) -> Result<Instant, Unfit> {
    let when = date::parse_past(typed, now.local(zone)).map_err(|_| Unfit::Unread)?;
    let at = match when.time {
        Some(time) => Instant::at(when.date.and_time(time), zone),
        None => Instant::end_of(when.date, zone),
    };
    let is_past = if when.time.is_some() { at <= now } else { at.day(zone) < now.day(zone) };
    if is_past { Ok(at) } else { Err(Unfit::ToCome) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Asia::Shanghai;

    #[test]
    fn only_what_has_been_can_be_gone_back_to() {
        let now = Instant(1_795_501_920_000); // 24 November 2026, 14:32
        let said = |typed| meant(typed, now, Shanghai).map(|at| at.say(Shanghai));
        assert_eq!(said("2026-06-01"), Ok("2026-06-01".to_owned()));
        assert_eq!(said("昨天"), Ok("2026-11-23".to_owned()));
        assert_eq!(said("last month"), Ok("2026-10-31".to_owned()));
        assert_eq!(said("fri"), Ok("2026-11-20".to_owned()));
        assert_eq!(said("today 9:00"), Ok("2026-11-24 09:00".to_owned()));
        assert_eq!([said("today"), said("+1d"), said("today 15:00")], [const { Err(Unfit::ToCome) }; 3]);
        assert_eq!([said(""), said("someday")], [const { Err(Unfit::Unread) }; 2]);
    }
}
