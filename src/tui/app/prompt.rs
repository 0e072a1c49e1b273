//! The palette: acts by name, with what they are told.

use super::App;
use crate::keys::{Act, Argument};
use crate::model::sort::Sort;
use crate::text::say::tui as say;
use crate::text::{Clean, Lang};
use crate::tui::frame::Pane;
use crate::tui::sheets::argument::{self, Meant};
use crate::tui::sheets::find::Find;
use crate::tui::sheets::palette::Palette;
use crate::tui::sheets::{Sheet, forms};
use crate::tui::theme;

/// What the palette tells a form.
#[derive(Debug)]
pub(super) struct Told {
    /// The fields, and the text for each.
    fields: Vec<(&'static str, Clean)>,
    /// The field without which it is not sent.
    lacks: Option<&'static str>,
}

impl App {
    /// Opens the palette: of all acts, of those for what is under the bar, or to tell an act what it needs.
    pub(super) fn palette(&mut self, act: Act) {
        self.book.ask_names(self.now);
        self.book.ask_views(self.now);
        let (scope, ran) = (self.scope(), &self.habits.ran);
        let palette = match act {
            Act::Palette | Act::Here => Palette::new(scope, act == Act::Here, ran),
            Act::TryPolicy => Palette::asking(act, scope, ran).proposing(self.habits.policy.as_str()),
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
                let find = Find::told(told.as_str(), &mut self.book, self.now);
                self.sheets.push(Sheet::Find(find));
            }
            Act::Filter => {
                self.narrow(told.clone());
                self.keep_filter(told);
                self.focus_on(Pane::Customers);
            }
            Act::Views => self.view_called(&told),
            Act::AsOf => self.go_back_to(&told),
            Act::TryPolicy => self.try_policy(&told),
            Act::Handover => self.hand_over(&told),
            Act::PlaybookStart
            | Act::PlaybookPause
            | Act::PlaybookResume
            | Act::PlaybookStop
            | Act::CareSkip
            | Act::MemberAway
            | Act::MemberBack => self.on_work(act, &told),
            Act::Sort => {
                let sort = Sort::parse(told.as_str()).unwrap_or_default();
                self.sort(Clean::washed(&sort.text()).0);
                self.focus_on(Pane::Customers);
            }
            Act::Columns => {
                self.customers.choose(argument::columns(told.as_str()));
                self.focus_on(Pane::Customers);
            }
            Act::Copy => self.copy_part(&told),
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
        let told = match act {
            Act::SetTier => self.tier_told(&told),
            Act::ChangeAll => Told { fields: forms::change::told(told.as_str()), lacks: None },
            _ => Told { fields: vec![(field, told)], lacks: None },
        };
        self.forget_wanted();
        self.told = Some(told);
        self.act(act);
        // Where the marks have to be asked for, the form comes later.
        if self.wanted.is_none() {
            self.fill();
        }
    }

    /// A tier, and behind it why; without that one is asked for it.
    fn tier_told(&self, told: &Clean) -> Told {
        let (tier, why) = told.as_str().split_once(char::is_whitespace).unwrap_or((told.as_str(), ""));
        let known = argument::tier_called(&self.book, tier);
        let mut fields = vec![("tier", known.unwrap_or_else(|| Clean::washed(tier).0))];
        if why.trim().is_empty() {
            return Told { fields, lacks: Some("tier_reason") };
        }
        fields.push(("tier_reason", Clean::washed(why.trim()).0));
        Told { fields, lacks: None }
    }

    /// Fills in what the palette told, and sends it; beside a draft it is for its author to send. Where the draft has
    /// the field, it stays as it is: the palette still has the words. A word or two that stood in the same fields gives
    /// way. What is asked first keeps it until the answer.
    pub(super) fn fill(&mut self) {
        if self.theirs.is_some() {
            return;
        }
        let Some(Told { fields, lacks }) = self.told.take() else { return };
        let Some(Sheet::Form(form)) = self.sheets.last_mut() else { return };
        let names: Vec<&str> = fields.iter().map(|(field, _)| *field).collect();
        let gives_way = form.gives_way_to(&names);
        if !gives_way && !names.iter().all(|field| form.is_free(field)) {
            return self.tell(say::draft_stays(self.lang));
        }
        let had_draft = !gives_way && !form.is_blank();
        for (field, text) in &fields {
            form.put(field, text.as_str());
        }
        if let Some(field) = lacks {
            form.begin_at(field);
        }
        self.keep_draft();
        if !had_draft && lacks.is_none() {
            self.save();
        }
    }
}
