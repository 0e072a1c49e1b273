//! The customer's card: what one wants to know before one calls. A column of wide windows, a sheet on others.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as Text, Span};

use super::Seen;
use crate::model::called::called_each;
use crate::model::query::Card;
use crate::model::{Choice, Complexity, Need, Value};
use crate::text::money::thousands_apart;
use crate::text::say::{board, care, fields, form, model as facts, tui as say};
use crate::text::{Clean, Lang, width};
use crate::tui::look::{Label, Look};
use crate::tui::theme::Mark;
use crate::tui::year;

/// Draws the column.
pub(in crate::tui) fn draw(buffer: &mut Buffer, area: Rect, seen: Seen) {
    let Some(card) = seen.card() else { return };
    let rows = rows(card, &seen.look, area.width.saturating_sub(2));
    for (at, row) in rows.iter().take(usize::from(area.height)).enumerate() {
        buffer.set_line(area.x + 1, area.y + at as u16, row, area.width.saturating_sub(2));
    }
}

/// The rows of the card, in a column of so many cells.
pub(in crate::tui) fn rows(card: &Card, look: &Look, room: u16) -> Vec<Text<'static>> {
    let mut page = Page { rows: Vec::new(), look: *look, room };
    let lang = look.lang;
    page.fields(card);
    page.year(card);
    page.section(
        say::contacts(lang),
        card.contacts.iter().map(|contact| {
            let title = if contact.title.is_empty() {
                String::new()
            } else {
                format!("{}{}", lang.pick(", ", "，"), contact.title)
            };
            let reach = contact.phones.iter().chain(&contact.mails).map(Clean::as_str).collect::<Vec<_>>();
            (format!("{}{title}", contact.name), reach.join(" "))
        }),
    );
    page.section(
        say::tasks_open(lang),
        card.tasks.iter().map(|task| (task.title.line(), look.task_due(task))),
    );
    page.section(board::playbooks(lang), card.why.runs.iter().flat_map(|run| look.reader().run(run)));
    page.section(
        care::communication_plan(lang),
        card.why
            .planned
            .iter()
            .filter(|plan| plan.task.is_none())
            .map(|plan| (plan.what_and_how(lang), look.day(plan.day.date()))),
    );
    page.section(
        say::deals(lang),
        card.deals.iter().map(|deal| {
            let amount = deal.amount.map_or_else(String::new, |amount| amount.grouped(true));
            (format!("{} {}", deal.stage.label(lang), deal.title), amount)
        }),
    );
    page.more(card.more_deals);
    page.section(
        say::purchases(lang),
        card.purchases.iter().map(|purchase| {
            let amount = purchase.amount.map_or_else(String::new, |amount| amount.grouped(true));
            let day = purchase.date.map_or_else(String::new, |day| look.day(day.date()) + " ");
            (format!("{day}{}", purchase.product), amount)
        }),
    );
    page.more(card.more_purchases);
    page.section(
        say::beside(lang),
        card.collaborators.iter().map(|(who, duty)| (who.name.line(), duty.line())),
    );
    if card.group.len() > 1 {
        let spend = look.amount(card.group_spend);
        page.head(say::group(lang), &spend);
        for (member, depth) in &card.group {
            page.text(&format!("{}{}", "  ".repeat(*depth as usize), member.name));
        }
    }
    page.head(say::why(lang), "");
    page.text(&look.tier_why(&card.why.tier));
    page.text(&look.stage_why(&card.why.stage));
    page.rows
}

struct Page<'a> {
    rows: Vec<Text<'static>>,
    look: Look<'a>,
    room: u16,
}

impl Page<'_> {
    fn head(&mut self, title: &str, aside: &str) {
        if !self.rows.is_empty() {
            self.rows.push(Text::default());
        }
        self.pair(title, aside, self.look.theme.key());
    }

    fn section(&mut self, title: &str, rows: impl Iterator<Item = (String, String)>) {
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return;
        }
        self.head(title, "");
        for (left, right) in rows {
            self.pair(&left, &right, Style::new());
        }
    }

    /// Below a section that does not show everything: how many are left out.
    fn more(&mut self, count: u64) {
        if count > 0 {
            let more = facts::and_more(self.look.lang, thousands_apart(&count.to_string()));
            self.pair(&more, "", self.look.theme.dim());
        }
    }

    /// A text at the left and one at the right of a row; where they do not fit, the second has a row of its own.
    fn pair(&mut self, left: &str, right: &str, style: Style) {
        let room = usize::from(self.room);
        let used = width::width(left) + width::width(right);
        if used + 2 > room && !right.is_empty() && width::width(right) > 12 {
            self.rows.push(Text::styled(width::cut(left, room).into_owned(), style));
            self.rows.push(Text::styled(
                format!("  {}", width::cut(right, room.saturating_sub(2))),
                self.look.theme.dim(),
            ));
            return;
        }
        let left =
            width::pad(left, room.saturating_sub(width::width(right) + usize::from(!right.is_empty())));
        let gap = if right.is_empty() { "" } else { " " };
        self.rows.push(Text::from(vec![
            Span::styled(left, style),
            Span::styled(format!("{gap}{right}"), self.look.theme.dim()),
        ]));
    }

    /// The year at a glance; the strip of its weeks where there is room.
    fn year(&mut self, card: &Card) {
        let months = year::months(card, &self.look);
        self.head(facts::last_months(self.look.lang), "");
        let label = months.iter().map(|(label, ..)| width::width(label)).max().unwrap_or(0) + 2;
        for (what, line, words) in months {
            self.pair(&(width::pad(what, label) + &line), &words, Style::new());
        }
        if self.room >= year::STRIP {
            self.rows.extend(year::strip(card, &self.look));
        }
    }

    fn text(&mut self, text: &str) {
        self.rows.extend(width::wrap(text, usize::from(self.room)).into_iter().map(Text::from));
    }

    /// A text of several lines, whole: beside its label where it is short, else below it.
    fn note(&mut self, label: &str, note: &Clean) {
        if !note.as_str().contains('\n')
            && width::width(label) + width::width(note.as_str()) + 2 <= usize::from(self.room)
        {
            return self.pair(label, note.as_str(), Style::new());
        }
        self.pair(label, "", Style::new());
        let rows = width::wrap(note.as_str(), usize::from(self.room.saturating_sub(2)));
        let dim = self.look.theme.dim();
        self.rows.extend(rows.into_iter().map(|row| Text::styled(format!("  {row}"), dim)));
    }

    /// What the customer is, first the figures, then every declared field that says something to a person.
    fn fields(&mut self, card: &Card) {
        let (look, line) = (self.look, &card.line);
        self.pair(say::spend(look.lang), &line.spend.to_string(), Style::new());
        if let Some(at) = line.last_contact {
            self.pair(say::last_contact(look.lang), &look.age(at), Style::new());
        }
        if let Some(at) = line.returns {
            let left = form::returns_in(look.lang, look.left(at));
            let style = if line.returning { look.theme.mark(Mark::Late) } else { Style::new() };
            self.pair(facts::open_pool(look.lang), &left, style);
        }
        if let Some((days, by)) = card.why.contact_every {
            let by = by.map_or_else(String::new, |day| look.day(day.date()));
            self.pair(&say::contact_every(look.lang, days), &by, Style::new());
        }
        for (field, value) in card.row.values() {
            if let (NOTE, Value::Text(note)) = (field.code, &value) {
                self.note(say::remark(look.lang), note);
                continue;
            }
            let value = value.say(look.lang, look.zone);
            match (&field.own, FIELDS.iter().find(|(code, ..)| *code == field.code)) {
                (Some(own), _) => self.pair(own.as_str(), &value, Style::new()),
                (None, Some((_, label, choice))) => {
                    self.pair(label(look.lang), &choice(&value, look.lang).unwrap_or(value), Style::new());
                }
                (None, None) => {}
            }
        }
        if !card.hidden.is_empty() {
            let names = Clean::washed(&called_each(&card.hidden, look.lang)).0;
            self.note(facts::hidden(look.lang), &names);
        }
        let tags: Vec<&str> = line.tags.iter().map(Clean::as_str).collect();
        if !tags.is_empty() {
            self.pair(say::tags(look.lang), &tags.join(", "), Style::new());
        }
    }
}

/// What a word of a choice is called; none for what is no choice.
type Called = fn(&str, Lang) -> Option<String>;

fn plain(_: &str, _: Lang) -> Option<String> {
    None
}

fn called<T: Choice>(word: &str, lang: Lang) -> Option<String> {
    T::read(word).map(|choice| choice.label(lang).to_owned())
}

/// The code of the note.
const NOTE: u8 = 21;

/// The fields that the card shows as they are: the code, what it is called, and what its words are called.
const FIELDS: [(u8, Label, Called); 14] = [
    (8, say::industry, plain),
    (9, say::region, plain),
    (10, say::country, plain),
    (11, say::employees, plain),
    (12, say::revenue, plain),
    (13, say::need, called::<Need>),
    (14, say::complexity, called::<Complexity>),
    (15, say::phone, plain),
    (16, say::mail, plain),
    (17, say::address, plain),
    (18, say::website, plain),
    (20, say::source, plain),
    (24, say::dnc, plain),
    (25, fields::verified, plain),
];
