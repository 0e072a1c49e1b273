//! What is seen of the book: filters, saved views, columns, and the way back.

use super::App;
use crate::model::{Change, How, Named, View};
use crate::text::Clean;
use crate::text::say::views as say;
use crate::tui::frame::Pane;
use crate::tui::sheets::Sheet;
use crate::tui::sheets::columns::Columns;
use crate::tui::sheets::narrow::Narrow;
use crate::tui::sheets::views::Views;
use crate::tui::trail::Trail;

impl App {
    /// Opens the bar of filters.
    pub(super) fn filter(&mut self) {
        self.focus_on(Pane::Customers);
        self.book.ask_names(self.now);
        let narrow = Narrow::new(self.book.list.filter(), self.habits.filters.clone());
        self.sheets.push(Sheet::Narrow(Box::new(narrow)));
    }

    /// Opens the saved views.
    pub(super) fn views(&mut self) {
        self.book.ask_views(self.now);
        self.sheets.push(Sheet::Views(Box::new(Views::new())));
    }

    /// Shows a saved view.
    pub(super) fn show_view(&mut self, view: &View) {
        self.customers.show(view, &mut self.book, self.now);
        self.focus_on(Pane::Customers);
    }

    /// Saves the list as it is: over the view of mine that has the name, else as a new one.
    pub(super) fn save_view(&mut self, name: &Clean, shared: bool) {
        if name.is_empty() {
            return self.fail(say::name_first(self.lang));
        }
        let me = self.book.session.as_ref().map(|session| session.member.id);
        let same =
            |view: &View| view.name.folded() == name.folded() && view.owner == me && view.shared == shared;
        let known = self.book.views.iter().find(|(_, view)| same(view)).map(|(id, _)| *id);
        let order = self.customers.arranged().order();
        let columns: Vec<&str> = order.columns.iter().flatten().map(|column| column.name()).collect();
        let columns = Clean::washed(&columns.join(",")).0;
        let shared = Clean::known(if shared { "yes" } else { "no" });
        let filter = self.book.list.filter().clone();
        let sort = order.sort.clone();
        let changes: Vec<Change> = [
            ("name", name.clone()),
            ("filter", filter),
            ("sort", sort),
            ("columns", columns),
            ("shared", shared),
        ]
        .into_iter()
        .map(|(field, to)| Change { field: Clean::known(field), how: How::Put, to, was: None })
        .collect();
        self.order(|desk, ticket| desk.save_view(name.clone(), known, changes.clone(), ticket));
    }

    /// Opens the choice of columns.
    pub(super) fn columns(&mut self) {
        let chosen = self.customers.arranged().order().columns.as_deref();
        self.sheets.push(Sheet::Columns(Columns::new(chosen)));
    }

    /// A filter was typed and is kept.
    pub(super) fn keep_filter(&mut self, filter: Clean) {
        self.customers.keep();
        let kept = self.habits.typed(filter);
        self.kept(kept);
    }

    /// Goes to a customer of the trail.
    pub(super) fn jump(&mut self, go: impl FnOnce(&mut Trail) -> Option<Named>) {
        match go(&mut self.trail) {
            // Whoever reads timelines reads on there.
            Some(customer) if self.focus == Pane::Timeline => self.show(customer),
            Some(customer) => self.visit(customer),
            None => self.fail(say::no_jump(self.lang)),
        }
    }

    /// Says so where what was chosen cannot be written.
    pub(super) fn kept(&mut self, written: std::io::Result<()>) {
        if let Err(error) = written {
            self.fail(say::not_kept(self.lang, error));
        }
    }
}
