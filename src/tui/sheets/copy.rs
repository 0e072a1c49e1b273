//! What of a customer one may want elsewhere: the name, the id, how to reach the people there.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::Act;
use crate::model::Row;
use crate::model::query::Card;
use crate::text::say::tui as say;
use crate::text::{Clean, Lang};
use crate::tui::bar::Bar;
use crate::tui::frame::Frame;
use crate::tui::look::{Label, Look};
use crate::tui::paper::{Line, cells};

/// The width of the sheet, where there is room, and the most rows it shows.
const WIDTH: u16 = 60;
const ROWS: usize = 12;

/// What can be copied, in the order of the list.
const PARTS: [Label; 6] = [say::name, say::id, say::phone, say::mail, say::website, say::address];

/// What can be copied by its name, in a language.
pub(super) fn parts(lang: Lang) -> impl Iterator<Item = String> {
    PARTS.into_iter().map(move |part| part(lang).to_owned())
}

/// What a name means, in either language.
pub(super) fn part(name: &str) -> Option<Label> {
    let is_name = |label: &Label| {
        [Lang::En, Lang::Zh].into_iter().any(|lang| label(lang).eq_ignore_ascii_case(name.trim()))
    };
    PARTS.into_iter().find(is_name)
}

/// A list to copy from.
#[derive(Debug)]
pub(in crate::tui) struct Copy {
    customer: Clean,
    /// What it is, whose it is where it is not the customer's, and the text.
    rows: Vec<(Label, Clean, String)>,
    bar: Bar,
}

impl Copy {
    /// What a card has.
    pub(in crate::tui) fn of(card: &Card) -> Copy {
        let own = Clean::default();
        let mut rows: Vec<(Label, Clean, String)> = vec![
            (say::name, own.clone(), card.line.name.line()),
            (say::id, own.clone(), card.line.id.to_string()),
        ];
        if let Row::Customer(customer) = &card.row {
            let reached = [(say::phone as Label, &customer.phones), (say::mail, &customer.mails)];
            for (label, texts) in reached {
                rows.extend(texts.iter().map(|text| (label, own.clone(), text.line())));
            }
            for (label, text) in
                [(say::website as Label, &customer.website), (say::address, &customer.address)]
            {
                rows.extend((!text.is_empty()).then(|| (label, own.clone(), text.to_string())));
            }
        }
        for contact in &card.contacts {
            rows.extend(
                contact.phones.iter().map(|text| (say::phone as Label, contact.name.clone(), text.line())),
            );
            rows.extend(
                contact.mails.iter().map(|text| (say::mail as Label, contact.name.clone(), text.line())),
            );
        }
        Copy { customer: card.line.name.clone(), rows, bar: Bar::default() }
    }

    /// Only what goes by this name; if that is one text, it needs no list.
    pub(in crate::tui) fn only(mut self, name: &str) -> Result<String, Copy> {
        let wanted = part(name).map(|label| label(Lang::En));
        self.rows.retain(|(label, ..)| Some(label(Lang::En)) == wanted);
        match self.rows.as_slice() {
            [(_, _, text)] => Ok(text.clone()),
            _ => Err(self),
        }
    }

    /// Whether there is nothing to copy.
    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn act(&mut self, act: Act) -> Option<Vec<Wish>> {
        match act {
            Act::Open | Act::Copy => {
                let chosen = self.rows.get(self.bar.row).map(|(.., text)| Wish::Copy(text.clone()));
                return Some(std::iter::once(Wish::Close).chain(chosen).collect());
            }
            Act::Back => return Some(vec![Wish::Close]),
            _ if self.bar.act(act, self.rows.len(), ROWS) => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    pub(super) fn settle(&mut self, frame: &Frame) {
        self.bar.settle(self.rows.len(), usize::from(self.place(frame).height.saturating_sub(2)));
    }

    fn place(&self, frame: &Frame) -> Rect {
        frame.sheet(WIDTH, self.rows.len().min(ROWS) as u16 + 2)
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, look: &Look) {
        let title = say::copy_title(look.lang, look.theme.signs().dot, &self.customer);
        let inside = paper(buffer, self.place(frame), &title, "", look);
        let width = self.rows.iter().map(|(label, ..)| cells(label(look.lang))).max().unwrap_or(0);
        for (at, (label, whose, text)) in
            self.rows.iter().enumerate().skip(self.bar.top).take(usize::from(inside.height))
        {
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, inside, (at - self.bar.top) as u16);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            line.right(&whose.line(), look.theme.dim()).skip_right(1);
            line.column_left(width, label(look.lang), look.theme.dim()).skip_right(2);
            line.left(text, look.theme.selected(selected));
        }
    }
}
