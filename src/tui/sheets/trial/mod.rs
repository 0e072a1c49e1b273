//! A policy that is tried: who would move where and why, what would be asked of whom, who would return to the pool;
//! what is wrong with it, and what differs from the policy in force. And the policies that were adopted.
//!
//! Every page is a list of [`rows`]; a row with something behind it opens a further page, and the way back leads
//! through the pages before.

mod drawing;
mod rows;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Wish, paper};
use crate::keys::{Act, Scope};
use crate::model::Named;
use crate::text::say::trial as say;
use crate::text::{Clean, Lang};
use crate::tui::bar::Bar;
use crate::tui::book::Book;
use crate::tui::frame::Frame;
use crate::tui::look::Look;
use crate::tui::panes::Seen;
use rows::{Opens, Row};

/// The width of the sheet, where there is room.
const WIDTH: u16 = 100;

/// What the border and the place of a fault take of it.
const ASIDE: u16 = 15;

/// Which of those who would move or return are shown.
#[derive(Clone, Debug, PartialEq)]
enum Group {
    /// Who goes from one tier to another.
    Tier([Clean; 2]),
    /// Who goes from one stage to another.
    Stage([Clean; 2]),
    /// Whoever this member, or this team, has in hand; none: who lies in the pool.
    Of(Option<Named>),
    /// Who would return to a pool.
    Returns,
    /// Who would not any more.
    Spared,
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq)]
enum Page {
    /// What the policy would do, in groups.
    Groups,
    /// The customers of a group.
    Customers(Group),
    /// The steps of playbooks that it would change.
    Steps,
    /// What is wrong with it.
    Faults,
    /// What differs from the policy in force.
    Diff,
    /// The policies that were adopted.
    Versions,
    /// What differs between one of them and the policy in force.
    Version(i64),
}

/// A policy that is tried, or those that were adopted.
#[derive(Debug)]
pub(in crate::tui) struct Trial {
    /// What it is called: the name of its file.
    name: String,
    page: Page,
    bar: Bar,
    /// The pages before, each with its bar.
    before: Vec<(Page, Bar)>,
    /// How many rows are seen.
    height: usize,
    /// The cells that words have, and the language, as they were seen last.
    seen: (usize, Lang),
}

impl Trial {
    /// A policy that is tried.
    pub(in crate::tui) fn of(name: String) -> Trial {
        Trial::new(name, Page::Groups)
    }

    /// The policies that were adopted.
    pub(in crate::tui) fn versions() -> Trial {
        Trial::new(String::new(), Page::Versions)
    }

    fn new(name: String, page: Page) -> Trial {
        Trial { name, page, bar: Bar::default(), before: Vec::new(), height: 1, seen: (1, Lang::En) }
    }

    /// What it is called; empty where it shows those that were adopted.
    pub(in crate::tui) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn scope(&self) -> Scope {
        if self.name.is_empty() { Scope::List } else { Scope::Policy }
    }

    pub(super) fn act(&mut self, act: Act, book: &Book, height: usize) -> Option<Vec<Wish>> {
        let is_tried = !self.name.is_empty();
        match act {
            Act::Back => return Some(self.go_back()),
            Act::Open => return Some(self.open(book)),
            Act::Adopt if is_tried => return Some(vec![Wish::Adopt]),
            Act::Export if is_tried => return Some(vec![Wish::Export]),
            Act::TryAgain if is_tried => return Some(vec![Wish::TryAgain]),
            Act::PolicyDiff if is_tried => self.go(Page::Diff),
            _ => {
                let rows = rows::of(&self.page, book, self.seen);
                let before = self.bar.row;
                if !self.bar.act(act, rows.len(), self.height.min(height).max(1)) {
                    return None;
                }
                self.pass_headings(&rows, self.bar.row >= before);
            }
        }
        Some(Vec::new())
    }

    /// Begins again with what the file holds now.
    pub(in crate::tui) fn begin_again(&mut self) {
        *self = Trial::of(std::mem::take(&mut self.name));
    }

    /// The bar goes on to the next row with something behind it, if there is one that way.
    fn pass_headings(&mut self, rows: &[Row], down: bool) {
        if !rows.iter().any(|row| row.opens().is_some()) {
            return;
        }
        let opens = |row: &usize| rows.get(*row).is_some_and(|row| row.opens().is_some());
        let (up, on) = ((0..=self.bar.row).rev().find(opens), (self.bar.row..rows.len()).find(opens));
        let found = if down { on.or(up) } else { up.or(on) };
        self.bar.row = found.unwrap_or(self.bar.row);
    }

    fn go(&mut self, page: Page) {
        if self.page != page {
            let before = std::mem::replace(&mut self.page, page);
            self.before.push((before, std::mem::take(&mut self.bar)));
        }
    }

    fn go_back(&mut self) -> Vec<Wish> {
        match self.before.pop() {
            Some((page, bar)) => {
                (self.page, self.bar) = (page, bar);
                Vec::new()
            }
            None => vec![Wish::Close],
        }
    }

    /// Opens what lies behind the row under the bar.
    fn open(&mut self, book: &Book) -> Vec<Wish> {
        let opens = rows::of(&self.page, book, self.seen).get(self.bar.row).and_then(Row::opens);
        match opens {
            Some(Opens::Customer(customer)) => return vec![Wish::Card(customer)],
            Some(Opens::Group(group)) => self.go(Page::Customers(group)),
            Some(Opens::Faults) => self.go(Page::Faults),
            Some(Opens::Steps) => self.go(Page::Steps),
            Some(Opens::Version(version)) => {
                self.go(Page::Version(version));
                return vec![Wish::Version(version)];
            }
            None => {}
        }
        Vec::new()
    }

    pub(super) fn settle(&mut self, frame: &Frame, seen: Seen) {
        // Nothing can be tried of what does not read.
        if self.page == Page::Groups && seen.book.tried.errors() > 0 {
            self.page = Page::Faults;
        }
        let width = place(frame, 1).width.saturating_sub(ASIDE);
        self.seen = (usize::from(width), seen.look.lang);
        let rows = rows::of(&self.page, seen.book, self.seen);
        self.height = usize::from(place(frame, rows.len()).height.saturating_sub(2));
        self.bar.settle(rows.len(), self.height);
        self.pass_headings(&rows, true);
        // What stands above the first row that opens is seen with it.
        if rows.iter().take(self.bar.row).all(|row| row.opens().is_none()) {
            self.bar.top = self.bar.top.min((self.bar.row + 1).saturating_sub(self.height));
        }
        // And what stands below the last one with that.
        if rows.iter().skip(self.bar.row + 1).all(|row| row.opens().is_none()) {
            let last = rows.len().saturating_sub(self.height);
            self.bar.top = self.bar.top.max(last.min(self.bar.row));
        }
    }

    pub(super) fn draw(&self, buffer: &mut Buffer, frame: &Frame, seen: Seen) {
        let rows = rows::of(&self.page, seen.book, self.seen);
        let (title, aside) = (self.title(seen), self.aside(rows.len(), &seen.look));
        let inside = paper(buffer, place(frame, rows.len()), &title, &aside, &seen.look);
        if rows.is_empty() {
            drawing::nothing(buffer, inside, &self.page, seen);
        }
        for (at, row) in rows.iter().enumerate().skip(self.bar.top).take(usize::from(inside.height)) {
            drawing::row(buffer, inside, (at - self.bar.top) as u16, (row, at == self.bar.row), seen);
        }
    }

    fn title(&self, seen: Seen) -> String {
        let (lang, name) = (seen.look.lang, &self.name);
        match &self.page {
            Page::Groups => say::title(lang, name),
            Page::Customers(group) => rows::called(group, seen.book, lang),
            Page::Steps => say::steps_title(lang).to_owned(),
            Page::Faults => say::faults_title(lang, name),
            Page::Diff => say::diff_title(lang, name),
            Page::Versions => say::versions_title(lang).to_owned(),
            Page::Version(version) => say::version_title(lang, version),
        }
    }

    /// That it is not in force yet; on a page that is longer than the window, which rows are seen.
    fn aside(&self, rows: usize, look: &Look) -> String {
        let last = (self.bar.top + self.height).min(rows);
        if rows > self.height {
            format!("{}-{last}/{rows}", self.bar.top + 1)
        } else if self.page == Page::Groups {
            say::not_adopted(look.lang).to_owned()
        } else {
            String::new()
        }
    }
}

/// Over the lower right, as high as its rows.
fn place(frame: &Frame, rows: usize) -> Rect {
    frame.sheet(WIDTH, u16::try_from(rows.max(1)).unwrap_or(u16::MAX).saturating_add(2))
}
