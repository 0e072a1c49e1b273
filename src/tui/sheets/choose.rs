//! What hangs on a customer and can be changed: contacts, deals and purchases, to choose one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{Wish, paper};
use crate::keys::Act;
use crate::model::query::Card;
use crate::model::{Choice, Day, DealStage, Id};
use crate::text::say::tui as say;
use crate::text::{Clean, Money};
use crate::tui::bar::Bar;
use crate::tui::frame::Frame;
use crate::tui::look::Look;
use crate::tui::paper::{Line, cells};

/// The width of the sheet, where there is room, and the most rows it shows.
const WIDTH: u16 = 60;
const ROWS: usize = 12;

/// A list to choose a record from.
#[derive(Debug)]
pub(in crate::tui) struct Choose {
    customer: Clean,
    rows: Vec<Row>,
    bar: Bar,
}

/// A record that can be chosen.
#[derive(Debug)]
struct Row {
    id: Id,
    name: Clean,
    /// Of a deal.
    stage: Option<DealStage>,
    day: Option<Day>,
    amount: Option<Money>,
}

impl Choose {
    /// Everything that hangs on a customer; none where nothing does.
    pub(in crate::tui) fn of(card: &Card) -> Option<Choose> {
        let contacts = card.contacts.iter().map(|contact| Row {
            id: contact.id,
            name: contact.name.clone(),
            stage: None,
            day: None,
            amount: None,
        });
        let deals = card.deals.iter().map(|deal| Row {
            id: deal.id,
            name: deal.title.clone(),
            stage: Some(deal.stage),
            day: deal.closed.or(deal.expected).or(deal.opened),
            amount: deal.amount,
        });
        let purchases = card.purchases.iter().map(|purchase| Row {
            id: purchase.id,
            name: purchase.product.clone(),
            stage: None,
            day: purchase.date,
            amount: purchase.amount,
        });
        let rows: Vec<Row> = contacts.chain(deals).chain(purchases).collect();
        let customer = card.line.name.clone();
        (!rows.is_empty()).then(|| Choose { customer, rows, bar: Bar::default() })
    }

    pub(super) fn act(&mut self, act: Act) -> Option<Vec<Wish>> {
        match act {
            Act::Open => {
                let chosen = self.rows.get(self.bar.row);
                let change = chosen.map(|row| Wish::Change(row.id));
                return Some(std::iter::once(Wish::Close).chain(change).collect());
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
        let title = say::edit_title(look.lang, look.theme.signs().dot, &self.customer);
        let inside = paper(buffer, self.place(frame), &title, "", look);
        let kinds = self.rows.iter().map(|row| cells(row.id.kind.label(look.lang))).max().unwrap_or(0);
        let seen = self.rows.iter().enumerate().skip(self.bar.top).take(usize::from(inside.height));
        for (at, row) in seen {
            let selected = at == self.bar.row;
            let mut line = Line::of(buffer, inside, (at - self.bar.top) as u16);
            line.left(if selected { look.theme.signs().bar } else { " " }, Style::new());
            let day = row.day.map_or_else(String::new, |day| look.day(day.date()));
            let amount = row.amount.map_or_else(String::new, |amount| amount.grouped(true));
            let stage = row.stage.map_or("", |stage| stage.label(look.lang));
            line.right(&amount, Style::new()).skip_right(2).right(&day, look.theme.dim()).skip_right(2);
            // Deals of one product have nothing else to tell them apart: the name gives way to it.
            line.right(stage, look.theme.dim()).skip_right(2);
            let kind = row.id.kind.label(look.lang);
            line.left(kind, look.theme.dim()).skip(kinds + 2 - cells(kind));
            line.left(&row.name.line(), look.theme.selected(selected));
        }
    }
}
