//! The book by tier, and why the customer stands where it stands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Seen;
use crate::keys::Act;
use crate::model::query::TierLine;
use crate::text::say::tui as say;
use crate::text::{Clean, chart, width};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;

/// The widths of the columns of figures: late, covered, value, count.
const COLUMNS: [u16; 4] = [6, 9, 9, 7];
/// Before this column are the bars of what follows.
const BARRED: usize = 2;
/// The cells of a bar at least, and at most.
const BAR: (u16, u16) = (6, 24);

/// The book by tier.
#[derive(Debug, Default)]
pub(in crate::tui) struct Tiers {
    bar: Bar,
}

impl Tiers {
    /// Moves the bar; false if the key is none for it.
    pub(in crate::tui) fn act(&mut self, act: Act, book: &Book) -> bool {
        self.bar.act(act, book.tiers.len(), book.tiers.len())
    }

    /// Keeps the bar among the rows.
    pub(in crate::tui) fn settle(&mut self, book: &Book) {
        self.bar.settle(book.tiers.len(), book.tiers.len());
    }

    /// The filter that shows the customers of the row under the bar.
    pub(in crate::tui) fn filter(&self, book: &Book) -> Option<Clean> {
        let tier = &book.tiers.get(self.bar.row)?.tier.id;
        let word = if tier.is_empty() { "none" } else { tier.as_str() };
        Some(Clean::washed(&format!("tier:{word}")).0)
    }

    /// The tier of the row under the bar.
    pub(in crate::tui) fn tier(&self, book: &Book) -> Option<Clean> {
        book.tiers.get(self.bar.row).map(|line| line.tier.id.clone())
    }

    /// Draws the pane.
    pub(in crate::tui) fn draw(&self, buffer: &mut Buffer, area: Rect, seen: Seen) {
        let (look, lang) = (&seen.look, seen.look.lang);
        let mut title = seen.title(buffer, area, say::tiers(lang));
        let heads = [say::late(lang), say::covered(lang), say::value(lang), say::count(lang)];
        let bars = bars(area, seen);
        let most = seen.book.tiers.iter().map(|tier| tier.spend.minor).max().unwrap_or(0);
        for (nth, (width, head)) in COLUMNS.into_iter().zip(heads).enumerate() {
            title.skip_right(if nth == BARRED { bars } else { 0 });
            title.column_right(width, head, look.theme.dim());
        }
        for (at, tier) in seen.book.tiers.iter().enumerate() {
            let (mut line, style) = seen.row(buffer, area, at as u16 + 1, seen.focus && at == self.bar.row);
            line.skip_right(1);
            let late = if tier.late > 0 { look.theme.mark(Mark::Late) } else { style };
            let styles = [late, style, style, style];
            let bar = chart::bar(
                tier.spend.minor,
                most,
                usize::from(bars.saturating_sub(1)),
                look.theme.is_ascii(),
            );
            let columns = COLUMNS.into_iter().zip(figures(tier, seen)).zip(styles);
            for (nth, ((width, cell), style)) in columns.enumerate() {
                if nth == BARRED {
                    line.column_left(bars.saturating_sub(1), &bar, Style::new()).skip_right(bars.min(1));
                }
                line.column_right(width, &cell, style);
            }
            line.skip_right(1);
            if tier.tier.id.is_empty() {
                line.left(say::none(lang), style);
            } else {
                line.left(tier.tier.id.as_str(), look.tier(&tier.tier.id)).skip(1);
                line.left(look.name(&tier.tier).as_str(), style);
            }
        }
        draw_why(buffer, area, seen);
    }
}

/// The width of the bars of value, which take what the longest name leaves, with a blank before them; none where that
/// is not enough to look at.
fn bars(area: Rect, seen: Seen) -> u16 {
    let name =
        |tier: &TierLine| cells(tier.tier.id.as_str()) + 1 + cells(seen.look.name(&tier.tier).as_str());
    let names = seen.book.tiers.iter().map(name).max().unwrap_or(0);
    let room = area.width.saturating_sub(3 + names + COLUMNS.iter().sum::<u16>());
    if room > BAR.0 { room.min(BAR.1 + 1) } else { 0 }
}

/// Why the customer is in its tier, below the rows.
fn draw_why(buffer: &mut Buffer, area: Rect, seen: Seen) {
    let Some(card) = seen.card() else { return };
    let lang = seen.look.lang;
    let why = say::why_tier(lang, &card.line.name, seen.look.tier_why(&card.why.tier));
    let first = seen.book.tiers.len() as u16 + 1;
    let room = usize::from(area.height.saturating_sub(first));
    let wrapped = width::wrap(&why, usize::from(area.width.saturating_sub(2)));
    for (at, text) in wrapped.iter().take(room).enumerate() {
        let cut = at + 1 == room && wrapped.len() > room;
        let mut line = Line::of(buffer, area, first + at as u16);
        line.skip(1).skip_right(1).left(&if cut { format!("{text}..") } else { text.clone() }, Style::new());
    }
}

fn figures(tier: &TierLine, seen: Seen) -> [String; 4] {
    [
        tier.late.to_string(),
        format!("{}/{}", tier.covered, tier.count),
        seen.look.amount(tier.spend),
        tier.count.to_string(),
    ]
}
