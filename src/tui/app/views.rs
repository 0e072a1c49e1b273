//! What is seen of the book: the filter, and the way back.

use super::App;
use crate::model::Named;
use crate::text::Clean;
use crate::text::say::views as say;
use crate::tui::frame::Pane;
use crate::tui::sheets::Sheet;
use crate::tui::sheets::narrow::Narrow;
use crate::tui::trail::Trail;

impl App {
    /// Opens the bar of filters.
    pub(super) fn filter(&mut self) {
        self.focus_on(Pane::Customers);
        self.book.ask_names(self.now);
        let narrow = Narrow::new(self.book.list.filter(), self.habits.filters.clone());
        self.sheets.push(Sheet::Narrow(Box::new(narrow)));
    }

    /// A filter was typed and is kept.
    pub(super) fn keep_filter(&mut self, filter: Clean) {
        let kept = self.habits.typed(filter);
        self.kept(kept);
    }

    /// Goes to a customer of the trail.
    pub(super) fn jump(&mut self, go: impl FnOnce(&mut Trail) -> Option<Named>) {
        match go(&mut self.trail) {
            Some(customer) => self.show(customer),
            None => self.fail(say::no_jump(self.lang)),
        }
    }

    /// Says so where what was chosen cannot be written.
    fn kept(&mut self, written: std::io::Result<()>) {
        if let Err(error) = written {
            self.fail(say::not_kept(self.lang, error));
        }
    }
}
