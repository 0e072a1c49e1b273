//! What happened with a customer, newest first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Seen;
use crate::keys::{Act, Scope};
use crate::model::query::{Beside, Card, Happened, TimelineItem};
use crate::model::{Choice, Id, Instant, Outcome, TaskState};
use crate::text::say::{brought, deeds, together, tui as say};
use crate::text::{Clean, Lang, width};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::look::{Look, first_name};
use crate::tui::paper::{Line, cells};
use crate::tui::theme::Mark;
use crate::tui::year;

/// How many items are asked for at first, and in windows that also show the year.
const ITEMS: u32 = 50;
const ITEMS_OF_A_YEAR: u32 = 200;
/// The most that are asked for.
const MOST: u32 = 10_000;

/// From this size on texts are shown whole, and the year above them.
const ROOMY: (u16, u16) = (year::STRIP + 1, 16);
/// Below this height one row of a text is shown of an item that one does not stand on, else two.
const LOW: u16 = 8;

/// What an item is known again by: its record, its moment, and of moves, which may be several at one moment, what
/// moved.
pub(in crate::tui) type ItemKey = (Id, Instant, Clean);

/// The timeline of a customer.
#[derive(Debug, Default)]
pub(in crate::tui) struct Timeline {
    customer: Option<Id>,
    bar: Bar,
    on: Option<ItemKey>,
    /// How often the number of items was doubled.
    doubled: u32,
    /// The record that the bar goes to, once it is among the items.
    sought: Option<Id>,
}

impl Timeline {
    /// Moves the bar; false if the key is none for it.
    pub(in crate::tui) fn act(&mut self, act: Act, book: &Book, height: usize) -> bool {
        let items = book.card.as_ref().map_or(&[][..], |card| &card.timeline);
        if !self.bar.act(act, items.len(), height / 2) {
            return false;
        }
        self.sought = None;
        self.on = items.get(self.bar.row).map(key);
        if self.bar.row + 1 == items.len() && items.len() >= self.items(0) as usize {
            self.doubled += 1;
        }
        true
    }

    /// Goes to what a record tells, in the timeline of a customer.
    pub(in crate::tui) fn seek(&mut self, customer: Id, record: Id) {
        if self.customer != Some(customer) {
            *self = Timeline { customer: Some(customer), ..Timeline::default() };
        }
        self.sought = Some(record);
    }

    /// The bar goes to the item that is sought; where more may be had, more are asked for.
    fn find(&mut self, book: &Book, items: &[TimelineItem]) {
        let Some(sought) = self.sought else { return };
        let found = items.iter().find(|item| item.id == sought);
        if found.is_some() {
            self.on = found.map(key);
        } else if book.waits_for_card() {
            return;
        } else if items.len() >= self.items(0) as usize && self.items(0) < MOST {
            self.doubled += 1;
            return;
        }
        self.sought = None;
    }

    /// How many items to ask for, in a pane so wide.
    pub(in crate::tui) fn items(&self, width: u16) -> u32 {
        let first = if width >= ROOMY.0 { ITEMS_OF_A_YEAR } else { ITEMS };
        first.saturating_mul(1 << self.doubled.min(8)).min(MOST)
    }

    /// Finds the bar's item again after something has changed.
    pub(in crate::tui) fn settle(&mut self, book: &Book, subject: Option<Id>, area: Rect, lang: Lang) {
        if self.customer != subject {
            *self = Timeline { customer: subject, ..Timeline::default() };
        }
        let Some(card) = book.card.as_ref().filter(|card| Some(card.line.id) == subject) else { return };
        let items = &card.timeline;
        self.find(book, items);
        match self.on.as_ref().and_then(|on| items.iter().position(|item| key(item) == *on)) {
            Some(row) if row != self.bar.row => self.bar.follow(row),
            _ => self.bar.row = self.bar.row.min(items.len().saturating_sub(1)),
        }
        self.bar.top = self.bar.top.min(self.bar.row);
        // The item under the bar is seen whole, if the pane is high enough.
        let rows = |at: usize| 1 + body(&items[at], area, at == self.bar.row, lang).len();
        let above = 1 + if is_roomy(area) { year::STRIP_ROWS } else { 0 };
        let room = usize::from(area.height.saturating_sub(above));
        while self.bar.top < self.bar.row && (self.bar.top..=self.bar.row).map(rows).sum::<usize>() > room {
            self.bar.top += 1;
        }
    }

    /// The item under the bar.
    pub(in crate::tui) fn item<'a>(&self, book: &'a Book) -> Option<&'a TimelineItem> {
        let card = book.card.as_ref().filter(|card| Some(card.line.id) == self.customer)?;
        card.timeline.get(self.bar.row)
    }

    /// Draws the pane; `aside` stands at the right of its title.
    pub(in crate::tui) fn draw(&self, buffer: &mut Buffer, area: Rect, seen: Seen, aside: &str) {
        let card = seen.card();
        draw_title(buffer, area, seen, card, aside);
        let Some(card) = card else { return };
        let look = &seen.look;
        let mut row = 1;
        if is_roomy(area) {
            for text in year::strip(card, look) {
                buffer.set_line(area.x + 1, area.y + row, &text, area.width - 1);
                row += 1;
            }
        }
        if card.timeline.is_empty() {
            let text = say::no_history(look.lang, look.key(Scope::Timeline, Act::Log));
            Line::of(buffer, area, 2).skip(3).left(&text, look.theme.dim());
        }
        for (at, item) in card.timeline.iter().enumerate().skip(self.bar.top) {
            if row >= area.height {
                break;
            }
            let selected = seen.focus && at == self.bar.row;
            row += draw_item(buffer, area, row, item, seen, selected);
        }
    }
}

fn is_roomy(pane: Rect) -> bool {
    pane.width >= ROOMY.0 && pane.height >= ROOMY.1
}

fn key(item: &TimelineItem) -> ItemKey {
    let moved = match &item.what {
        Happened::Moved { field, .. } => field.clone(),
        _ => Clean::default(),
    };
    (item.id, item.at, moved)
}

fn draw_title(buffer: &mut Buffer, area: Rect, seen: Seen, card: Option<&Card>, aside: &str) {
    let look = &seen.look;
    let name = card.map(|card| &card.line.name).or(seen.subject.map(|subject| &subject.name));
    let name = name.map_or_else(|| say::timeline(look.lang).to_owned(), Clean::line);
    let mut line = Line::of(buffer, area, 0);
    line.skip(1).skip_right(1).right(aside, look.theme.mark(Mark::Late));
    if !aside.is_empty() {
        line.skip_right(2);
    }
    // The name goes before what else is known, and who is here before where the customer stands.
    let company = card.map(|card| company(seen.book.beside(card.line.id), look)).unwrap_or_default();
    let room = line.room().saturating_sub(cells(&name) + cells(&company) + 2);
    let mut standing = card.map_or_else(String::new, |card| standing(card, look, true));
    if let Some(card) = card.filter(|_| cells(&standing) > room) {
        standing = self::standing(card, look, false);
    }
    let tier = card.map(|card| look.tier(&card.line.tier)).unwrap_or_default();
    let (letter, rest) = standing.split_once(' ').unwrap_or(("", &standing));
    let rest = width::cut(rest, usize::from(room.saturating_sub(cells(letter) + 1)));
    if room > 8 {
        line.right(&rest, Style::new()).right(" ", Style::new()).right(letter, tier);
    }
    line.left(&name, look.theme.title(seen.focus)).left(&company, look.theme.mark(Mark::New));
}

/// Who else looks at the customer, the one who writes first: ` · Bo is writing +1`; empty: nobody.
fn company(beside: &[Beside], look: &Look) -> String {
    let Some(first) = beside.first() else { return String::new() };
    let name = first_name(&first.member.name);
    let said = if first.writing {
        together::is_writing(look.lang, name)
    } else {
        together::is_here(look.lang, name)
    };
    let more = match beside.len() - 1 {
        0 => String::new(),
        more => format!(" {}", together::and_more(look.lang, more)),
    };
    format!(" {} {said}{more}", look.theme.signs().dot)
}

/// Tier, stage and who looks after the customer: `A Key · Loyal · Anna Snelling`. With less room the owner is named
/// without a label.
fn standing(card: &Card, look: &Look, labelled: bool) -> String {
    let line = &card.line;
    let dot = look.theme.signs().dot;
    let mut parts = Vec::new();
    if !line.tier.is_empty() {
        parts.push(format!("{} {}", line.tier, look.tier_name(&line.tier)));
    }
    if !line.stage.is_empty() {
        parts.push(look.stage_name(&line.stage).line());
    }
    parts.push(match (&line.owner, &line.team) {
        (Some(owner), _) if labelled => say::owned_by(look.lang, &owner.name),
        (Some(owner), _) => owner.name.line(),
        (None, Some(team)) => team.name.line(),
        (None, None) => say::pool(look.lang).to_owned(),
    });
    let text = parts.join(&format!(" {dot} "));
    if line.tier.is_empty() { format!(" {text}") } else { text }
}

/// Draws an item from a row of the pane on; gives the rows it took.
fn draw_item(
    buffer: &mut Buffer,
    pane: Rect,
    row: u16,
    item: &TimelineItem,
    seen: Seen,
    selected: bool,
) -> u16 {
    let look = &seen.look;
    let (mut line, style) = seen.row(buffer, pane, row, selected);
    let taken_back = (item.undone || item.undoes) && !selected;
    let style = if taken_back { look.theme.dim() } else { style };
    line.skip_right(1);
    if let Some(by) = &item.by {
        line.right(width::cut(first_name(&by.name), 10).as_ref(), look.theme.dim()).skip_right(1);
    }
    if let Some(amount) = amount(&item.what) {
        line.right(&amount, style).skip_right(1);
    }
    let start = line.column() + 13;
    line.left(&look.moment(item.at, item.whole_day), look.theme.dim());
    line.skip(start.saturating_sub(line.column()).max(1)).left(&told(item, look), style);
    let body = body(item, pane, selected, look.lang);
    for (at, text) in body.iter().enumerate() {
        Line::of(buffer, pane, row + at as u16 + 1).skip(3).left(text, Style::new());
    }
    body.len() as u16 + 1
}

/// The rows below the first one: our words, then theirs.
fn body(item: &TimelineItem, pane: Rect, selected: bool, lang: Lang) -> Vec<String> {
    let Happened::Interaction { text, said, .. } = &item.what else { return Vec::new() };
    let room = usize::from(pane.width.saturating_sub(4).max(8));
    let most = if is_roomy(pane) {
        usize::MAX
    } else if pane.height < LOW {
        1
    } else {
        2
    };
    let mut rows = Vec::new();
    for (words, quoted) in [(text, false), (said, true)] {
        if words.is_empty() {
            continue;
        }
        let words = if quoted { say::quoted(lang, words) } else { words.as_str().to_owned() };
        let mut wrapped = width::wrap(&words, room);
        if !selected && wrapped.len() > most {
            wrapped.truncate(most);
            if let Some(last) = wrapped.last_mut() {
                *last = width::cut(last, room - 2).trim_end_matches("..").to_owned() + "..";
            }
        }
        rows.extend(wrapped);
    }
    rows
}

/// What an item is, and whether it was taken back or takes something back.
fn told(item: &TimelineItem, look: &Look) -> String {
    let headline = headline(&item.what, look);
    let headline = match item.caught_up {
        Some(at) => format!(
            "{headline} {} {}",
            look.theme.signs().dot,
            brought::caught_up(look.lang, look.moment(at, false))
        ),
        None => headline,
    };
    match item {
        TimelineItem { undone: true, .. } => deeds::undone(look.lang, headline),
        TimelineItem { undoes: true, .. } => deeds::undoes(look.lang, headline),
        _ => headline,
    }
}

/// What an item is, in a few words: `call out · reached`.
pub(in crate::tui) fn headline(what: &Happened, look: &Look) -> String {
    let (lang, dot) = (look.lang, look.theme.signs().dot);
    match what {
        Happened::Interaction { channel, direction, outcome, contact, .. } => {
            let mut parts = vec![channel.way(*direction, lang)];
            let ended = outcome.filter(|outcome| *outcome != Outcome::Other);
            parts.extend(ended.map(|outcome| outcome.by(*channel, lang).to_owned()));
            parts.extend(contact.as_ref().map(|contact| contact.name.line()));
            parts.join(&format!(" {dot} "))
        }
        Happened::Task { title, state } => match state {
            TaskState::Dropped => say::item_dropped(lang, title),
            _ => say::item_done(lang, title),
        },
        Happened::Deal { title, stage, .. } => {
            let stage = say::item_deal(lang, stage.label(lang));
            if title.is_empty() { stage } else { format!("{stage} {dot} {title}") }
        }
        Happened::Purchase { product, .. } => say::item_purchase(lang, product).trim_end().to_owned(),
        Happened::Moved { field, from, to } => moved(field, from, to, look),
    }
}

fn moved(field: &Clean, from: &Clean, to: &Clean, look: &Look) -> String {
    let lang = look.lang;
    let name = |value: &Clean| match (field.as_str(), value.is_empty()) {
        (_, true) => Clean::known(say::none(lang)),
        ("stage", false) => look.stage_name(value),
        ("tier", false) => look.tier_with_name(value),
        _ => value.clone(),
    };
    let label = match field.as_str() {
        "tier" => say::tier(lang),
        "stage" => say::stage(lang),
        "owner" => say::owner(lang),
        other => other,
    };
    say::item_moved(lang, label, name(from), name(to))
}

fn amount(what: &Happened) -> Option<String> {
    match what {
        Happened::Deal { amount, .. } | Happened::Purchase { amount, .. } => {
            amount.map(|money| money.grouped(false))
        }
        _ => None,
    }
}

/// All of an item: what a reader sees who opens it.
pub(in crate::tui) fn whole(item: &TimelineItem, room: usize, look: &Look) -> Vec<String> {
    let mut rows = vec![told(item, look)];
    rows.extend(amount(&item.what));
    rows.extend(item.by.as_ref().map(|by| by.name.line()));
    rows.push(String::new());
    if let Happened::Interaction { text, said, .. } = &item.what {
        rows.extend(width::wrap(text.as_str(), room));
        if !said.is_empty() {
            rows.push(String::new());
            rows.extend(width::wrap(&say::quoted(look.lang, said), room));
        }
    }
    rows
}
