//! The palette: acts by name, with what they are told.

use super::App;
use crate::keys::{Act, Argument};
use crate::text::say::tui as say;
use crate::text::{Clean, Lang};
use crate::tui::frame::Pane;
use crate::tui::sheets::Sheet;
use crate::tui::sheets::argument::{self, Meant};
use crate::tui::sheets::find::Find;
use crate::tui::sheets::palette::Palette;
use crate::tui::theme;

impl App {
    /// Opens the palette: of all acts, of those for what is under the bar, or to tell an act what it needs.
    pub(super) fn palette(&mut self, act: Act) {
        self.book.ask_names(self.now);
        self.book.ask_views(self.now);
        let (scope, ran) = (self.scope(), &self.habits.ran);
        let palette = match act {
            Act::Palette | Act::Here => Palette::new(scope, act == Act::Here, ran),
            _ => Palette::asking(act, scope, ran),
        };
        self.sheets.push(Sheet::Palette(palette));
    }

    /// Runs an act as the palette says, and remembers the line.
    pub(super) fn ordered(&mut self, act: Act, told: Clean) {
        let line = format!("{} {told}", act.name());
        let kept = self.habits.ran(Clean::washed(line.trim_end()).0);
        self.kept(kept);
        if told.is_empty() {
            return self.act(act);
        }
        match act {
            Act::Find => {
                let mut find = Find::new();
                find.take(told.as_str(), &mut self.book, self.now);
                self.sheets.push(Sheet::Find(find));
            }
            Act::Filter => {
                self.narrow(told.clone());
                self.keep_filter(told);
                self.focus_on(Pane::Customers);
            }
            Act::Views => self.view_called(&told),
            Act::AsOf => self.go_back_to(&told),
            Act::Sort => {
                let field = if told.as_str() == "due" { Clean::default() } else { told };
                self.sort(field);
                self.focus_on(Pane::Customers);
            }
            Act::Theme => self.colour(&told),
            Act::Language => self.lang = if told.as_str() == "zh" { Lang::Zh } else { Lang::En },
            act => self.tell_form(act, told),
        }
    }

    /// Shows the view of this name.
    fn view_called(&mut self, name: &Clean) {
        let called = self.book.views.iter().find(|(_, view)| view.name.folded() == name.folded());
        if let Some((_, view)) = called.cloned() {
            self.show_view(&view);
        }
    }

    fn go_back_to(&mut self, day: &Clean) {
        let now = self.book.store_time(self.now);
        if let Ok(Some(Meant::Moment(at))) = argument::read(Argument::PastDay, day.as_str(), &self.book, now)
        {
            self.travel(Some(at));
        }
    }

    fn colour(&mut self, name: &Clean) {
        let Some(palette) = theme::Palette::from_name(name.as_str()) else { return };
        let theme = self.theme.with(palette);
        if theme == self.theme.with(theme::Palette::Mono) && palette != theme::Palette::Mono {
            self.fail(say::no_colours(self.lang));
        }
        self.theme = theme;
    }

    /// Opens the form of an act and fills in what the act was told.
    fn tell_form(&mut self, act: Act, told: Clean) {
        let field = match act {
            Act::Log => "text",
            Act::AddTask => "title",
            Act::Assign => "owner",
            Act::Tag => "tag",
            Act::Untag => "untag",
            Act::TaskAssign => "to",
            Act::TaskSnooze => "until",
            _ => "next",
        };
        self.forget_wanted();
        self.told = Some((field, told));
        self.act(act);
        // Where the marks have to be asked for, the form comes later.
        if self.wanted.is_none() {
            self.fill();
        }
    }

    /// Fills in what the palette told, and sends it; beside a draft it is for its author to send. Where the draft has
    /// the field, it stays as it is: the palette still has the words.
    pub(super) fn fill(&mut self) {
        let Some((field, text)) = self.told.take() else { return };
        let Some(Sheet::Form(form)) = self.sheets.last_mut() else { return };
        if !form.is_free(field) {
            return self.tell(say::draft_stays(self.lang));
        }
        let had_draft = !form.is_blank();
        form.put(field, text.as_str());
        self.keep_draft();
        if !had_draft {
            self.save();
        }
    }
}
