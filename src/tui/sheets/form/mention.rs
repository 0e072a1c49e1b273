//! Members and teams who are offered while a text is typed, behind an `@`.

use std::cmp::Reverse;
use std::ops::Range;

use super::Form;
use super::field::Content;
use super::offers::Offer;
use crate::model::Kind;
use crate::text::mention;
use crate::text::pinyin::{Hay, Needle, Place};
use crate::text::say::together;
use crate::text::{Clean, Lang, folded};
use crate::tui::book::Book;
use crate::tui::drafts::Deed;
use crate::tui::edit::Edit;

/// The most characters of a name.
const NAME: usize = 60;

impl Form {
    /// Whether a mention is begun where the caret stands.
    pub(in crate::tui) fn begins_mention(&self) -> bool {
        self.typed_name().is_some()
    }

    /// Who is offered where a mention is begun and one types.
    pub(super) fn offered(&self, book: &Book, lang: Lang) -> Option<Vec<Offer>> {
        let (edit, typed) = self.typed_name().filter(|_| self.offers.open)?;
        // Behind a name that means somebody nobody is offered.
        if book.colleagues.mentioned(edit.text(), edit.caret()).is_some() {
            return Some(Vec::new());
        }
        Some(fitting(book, typed, lang))
    }

    /// Who is mentioned by a name that ends where the caret stands.
    pub(super) fn mentions(&self, book: &Book, lang: Lang) -> Option<String> {
        let (edit, _) = self.typed_name()?;
        let who = book.colleagues.mentioned(edit.text(), edit.caret())?;
        book.colleagues.said(who, lang)
    }

    /// The name that is begun before the caret, where it is nobody's.
    pub(super) fn of_nobody(&self, book: &Book, lang: Lang) -> Option<&str> {
        let (edit, typed) = self.typed_name().filter(|_| self.offers.open)?;
        let is_known = || book.colleagues.mentioned(edit.text(), edit.caret()).is_some();
        let is_name = !typed.is_empty() && !typed.contains(char::is_whitespace);
        (is_name && !is_known() && fitting(book, typed, lang).is_empty()).then_some(typed)
    }

    /// Where the name stands that is begun before the caret.
    pub(super) fn begun(&self) -> Option<Range<usize>> {
        let (edit, typed) = self.typed_name()?;
        Some(edit.caret() - typed.len()..edit.caret())
    }

    /// The text in focus, where it may mention members, and the beginning of a name before its caret.
    pub(super) fn typed_name(&self) -> Option<(&Edit, &str)> {
        let field = self.fields.get(self.at).filter(|field| self.may_mention(field.name))?;
        let Content::Text(edit) = &field.content else { return None };
        let typed = mention::typed(&edit.text()[..edit.caret()])?;
        let is_name = !typed.ends_with(char::is_whitespace) && typed.chars().count() <= NAME;
        is_name.then_some((edit, typed))
    }

    /// Whether members are mentioned in what is typed into a field: in the texts of its record, and in the next step.
    fn may_mention(&self, field: &str) -> bool {
        let kind = match self.deed {
            Deed::Log => Kind::Interaction,
            Deed::Task | Deed::Done => Kind::Task,
            Deed::Add(kind) => kind,
            Deed::Edit => self.about.id.kind,
            Deed::Change
            | Deed::Tier
            | Deed::Assign
            | Deed::Snooze
            | Deed::Drop
            | Deed::Archive
            | Deed::Release => {
                return false;
            }
        };
        field == "next" || kind.texts().contains(&field)
    }
}

/// Writes a name in the place of one that was begun, and a blank behind it.
pub(super) fn write(edit: &mut Edit, part: Range<usize>, name: &str) {
    let is_apart = edit.text()[part.end..].starts_with(char::is_whitespace);
    edit.put(part, &format!("{name}{}", if is_apart { "" } else { " " }));
}

/// The members whose login or name begins as typed, or a word of whose name does; the best first. Behind them the
/// teams.
fn fitting(book: &Book, typed: &str, lang: Lang) -> Vec<Offer> {
    let (needle, typed) = (Needle::new(typed), folded(typed));
    let mut fits = Vec::new();
    for (member, called) in book.colleagues.called() {
        let fit = needle.fit(&Hay::new(member.name.as_str())).filter(|fit| fit.place() > Place::Inside);
        let by_login = called.folded().starts_with(&typed);
        if by_login || fit.is_some() {
            fits.push((Reverse((by_login, fit)), Offer::member(called, &member.name)));
        }
    }
    fits.sort_by_key(|(fit, _)| *fit);
    let fits_team = |name: &Clean| {
        needle.fit(&Hay::new(name.as_str())).is_some_and(|fit| fit.place() > Place::Inside)
            || name.folded().starts_with(&typed)
    };
    let teams = book.colleagues.teams().filter(|(name, _)| fits_team(name));
    let teams = teams.map(|(name, others)| Offer::team(name, together::team_of(lang, others)));
    fits.into_iter().map(|(_, offer)| offer).chain(teams).collect()
}
