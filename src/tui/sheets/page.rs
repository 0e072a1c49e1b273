//! Something to read: a customer's card, an item of a timeline.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line as Text;

use super::{Wish, figures, forms, paper, why};
use crate::keys::{Act, Scope};
use crate::model::query::TimelineItem;
use crate::model::{Id, Named, Refusal};
use crate::text::say::{handover, many, playbook as say};
use crate::text::{Clean, width};
use crate::tui::frame::Frame;
use crate::tui::handover::Plan;
use crate::tui::look::Look;
use crate::tui::panes::{Seen, card, timeline};
use crate::tui::theme::Mark;

/// The width of a page, where there is room.
const WIDTH: u16 = 72;
/// The cells of a member's name, and of a figure.
const WHO: usize = 16;
const FIGURE: usize = 10;

/// What a page tells of.
#[derive(Clone, Debug)]
pub(in crate::tui) enum Tells {
    /// The customer's card.
    Card,
    /// An item of the timeline, as it was when it was opened.
    Item(Box<TimelineItem>),
    /// Why the customer stands where it stands.
    Why,
    /// Where a task comes from.
    Task(Id),
    /// The rule of a tier, or else (true) of a stage, and how its standard is kept to.
    Line(Clean, bool),
    /// What was refused of an act on many: what it was, and why each was.
    Refused(Clean, Vec<(Named, Refusal)>),
    /// Who would get what of a member's book.
    Handover(Box<Plan>),
    /// How playbooks go.
    Playbooks,
}

/// A page that can be turned.
#[derive(Debug)]
pub(in crate::tui) struct Page {
    tells: Tells,
    top: usize,
    /// The words that it was opened for.
    sought: Clean,
    /// They are not gone to yet.
    seeks: bool,
}

impl Page {
    /// Whether it tells of one item, whoever everything is about.
    pub(super) fn is_of_item(&self) -> bool {
        matches!(self.tells, Tells::Item(_))
    }

    /// Who would get what, where it tells of a handover.
    pub(in crate::tui) fn plan(&self) -> Option<&Plan> {
        match &self.tells {
            Tells::Handover(plan) => Some(plan),
            _ => None,
        }
    }

    /// What it tells of.
    pub(in crate::tui) fn tells(&self) -> &Tells {
        &self.tells
    }

    /// A page from its beginning.
    pub(in crate::tui) fn new(tells: Tells) -> Page {
        Page { tells, top: 0, sought: Clean::default(), seeks: false }
    }

    /// A page that is opened where these words stand, which are marked.
    pub(in crate::tui) fn at(tells: Tells, sought: Clean) -> Page {
        Page { seeks: !sought.is_empty(), sought, ..Page::new(tells) }
    }

    pub(super) fn act(&mut self, act: Act, height: usize) -> Option<Vec<Wish>> {
        let page = height.saturating_sub(4).max(1);
        self.top = match act {
            Act::Open if self.plan().is_some() => return Some(vec![Wish::HandOver]),
            Act::Back | Act::Open | Act::Help | Act::Why | Act::PlaybookFigures => {
                return Some(vec![Wish::Close]);
            }
            // What is read is what is changed, wherever the bar stands below.
            Act::Edit => match &self.tells {
                Tells::Item(item) if forms::record::has_form(item.id.kind) => {
                    return Some(vec![Wish::Close, Wish::Change(item.id)]);
                }
                Tells::Task(task) => return Some(vec![Wish::Close, Wish::Change(*task)]),
                Tells::Refused(..) | Tells::Line(..) | Tells::Handover(_) | Tells::Playbooks => return None,
                _ => return Some(vec![Wish::Run(Act::EditCustomer)]),
            },
            Act::Up => self.top.saturating_sub(1),
            Act::Down => self.top + 1,
            Act::PageUp => self.top.saturating_sub(page),
            Act::PageDown => self.top + page,
            Act::Top => 0,
            Act::Bottom => usize::MAX / 2,
            _ => return None,
        };
        Some(Vec::new())
    }

    /// Keeps it from being turned beyond its end.
    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        let (_, rows) = self.rows(frame, seen);
        let height = usize::from(place(frame, rows.len()).height.saturating_sub(2));
        if let Some(found) = find(&rows, &self.sought).filter(|_| self.seeks) {
            (self.top, self.seeks) = (found.start.saturating_sub(height / 3), false);
        }
        self.top = self.top.min(rows.len().saturating_sub(height));
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) {
        let (look, top) = (&seen.look, self.top);
        let (title, rows) = self.rows(frame, seen);
        let place = place(frame, rows.len());
        let height = usize::from(place.height.saturating_sub(2));
        let aside = if self.plan().is_some() {
            handover::hands_over(look.lang, look.key(Scope::Page, Act::Open))
        } else if rows.len() > height {
            format!("{}-{}/{}", top + 1, (top + height).min(rows.len()), rows.len())
        } else {
            String::new()
        };
        let inside: Rect = paper(buffer, place, &title, &aside, look);
        let marked = find(&rows, &self.sought).unwrap_or_default();
        for (at, row) in rows.iter().enumerate().skip(top).take(height) {
            let y = inside.y + (at - top) as u16;
            buffer.set_line(inside.x, y, row, inside.width);
            if marked.contains(&at) {
                buffer.set_style(Rect { y, height: 1, ..inside }, look.theme.mark(Mark::New));
                buffer.set_string(
                    inside.x.saturating_sub(1),
                    y,
                    look.theme.signs().bar,
                    look.theme.mark(Mark::New),
                );
            }
        }
    }

    fn rows(&self, frame: &Frame, seen: Seen) -> (String, Vec<Text<'static>>) {
        let (look, room) = (&seen.look, place(frame, 1).width.saturating_sub(4));
        match &self.tells {
            Tells::Card => {
                let card = seen.book.card.as_deref().filter(|card| seen.is_subject(card.line.id));
                let name = seen.subject.map_or_else(String::new, |subject| subject.name.line());
                (name, card.map_or_else(Vec::new, |card| card::rows(card, look, room)))
            }
            Tells::Why => {
                let card = seen.book.card.as_deref().filter(|card| seen.is_subject(card.line.id));
                let name = seen.subject.map_or_else(String::new, |subject| subject.name.line());
                (name, card.map_or_else(Vec::new, |card| why::of_customer(card, seen, room)))
            }
            Tells::Task(id) => why::of_task(*id, seen, room),
            Tells::Line(id, is_stage) => why::of_line(id, *is_stage, seen, room),
            Tells::Item(item) => {
                let rows = timeline::whole(item, usize::from(room), look);
                (look.moment(item.at, item.whole_day), rows.into_iter().map(Text::from).collect())
            }
            Tells::Handover(plan) => {
                let title = handover::title(look.lang, plan.from.name.line());
                (title, shared(plan, look).into_iter().map(Text::from).collect())
            }
            Tells::Playbooks => (say::figures(look.lang).to_owned(), figures::rows(seen, room)),
            Tells::Refused(what, refused) => {
                let said = refused
                    .iter()
                    .map(|(record, why)| many::refusal(look.lang, &record.name, look.refusal(why)));
                let rows = said.flat_map(|said| width::wrap(&said, usize::from(room)));
                (many::refused_title(look.lang, look.theme.signs().dot, what), rows.map(Text::from).collect())
            }
        }
    }
}

/// A row for each who takes over: how many customers, tasks, deals and duties, and of which tiers.
fn shared(plan: &Plan, look: &Look) -> Vec<String> {
    let lang = look.lang;
    let heads = [
        handover::col_customers(lang),
        handover::col_tasks(lang),
        handover::col_deals(lang),
        handover::col_duties(lang),
    ];
    let line = |who: &str, cells: [String; 4], of: &str| {
        let cells = cells.iter().map(|cell| pad(cell, FIGURE, true)).collect::<String>();
        format!("{}{cells}  {of}", pad(&width::cut(who, WHO), WHO, false))
    };
    let mut rows = vec![line(handover::col_to(lang), heads.map(str::to_owned), handover::col_of(lang))];
    for (who, share) in &plan.shares {
        let groups = share.groups().into_iter();
        let of = groups.map(|(id, count)| {
            format!("{} {count}", if id.is_empty() { handover::of_none(lang) } else { id })
        });
        let of = of.collect::<Vec<_>>().join(", ");
        rows.push(line(&who.name.line(), share.counts().map(|count| count.to_string()), &of));
    }
    rows
}

/// A text with blanks to so many cells, behind it or before it.
fn pad(text: &str, cells: usize, right: bool) -> String {
    let blanks = " ".repeat(cells.saturating_sub(width::width(text)));
    if right { blanks + text } else { text.to_owned() + &blanks }
}

/// The rows that words stand in, whatever blanks are between them; of cut words the part that is there.
fn find(rows: &[Text], words: &Clean) -> Option<Range<usize>> {
    let solid = |text: &str| text.split_whitespace().collect::<String>();
    let words = solid(words.as_str().trim_start_matches("..").trim_end_matches(".."));
    if words.is_empty() {
        return None;
    }
    let mut ends = Vec::new();
    let mut all = String::new();
    for row in rows {
        all.extend(row.spans.iter().map(|span| solid(&span.content)));
        ends.push(all.len());
    }
    let start = all.find(&words)?;
    let row_of = |byte: usize| ends.partition_point(|end| *end <= byte);
    Some(row_of(start)..row_of(start + words.len() - 1) + 1)
}

fn place(frame: &Frame, rows: usize) -> Rect {
    frame.sheet(WIDTH, rows as u16 + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_over_rows_and_whole() {
        let rows = ["spend 12", "  only by the", "  back gate, @anna", "  asks"].map(Text::from);
        let found = |words| find(&rows, &Clean::known(words));
        assert_eq!(found("only by the back gate, @anna"), Some(1..3));
        assert_eq!(found("..gate, @anna asks.."), Some(2..4));
        assert_eq!(found("asks"), Some(3..4));
        assert_eq!([found("nobody"), found(""), found("..")], [const { None }; 3]);
    }
}
