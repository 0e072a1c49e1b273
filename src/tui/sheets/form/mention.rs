//! Members who are offered while a text is typed, behind an `@`.

use std::cmp::Reverse;
use std::ops::Range;

use super::Form;
use super::field::Content;
use super::offers::Offer;
use crate::model::Kind;
use crate::text::folded;
use crate::text::mention;
use crate::text::pinyin::{Hay, Needle, Place};
use crate::tui::book::{Book, Callable};
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
    pub(super) fn offered(&self, book: &Book) -> Option<Vec<Offer>> {
        let (_, typed) = self.typed_name().filter(|_| self.offers.open)?;
        let offer = |member: &Callable| Offer::member(&member.called, &member.name);
        Some(fitting(book, typed).into_iter().map(offer).collect())
    }

    /// Who is mentioned by the whole name behind which the caret stands.
    pub(super) fn mentions(&self, book: &Book) -> Option<String> {
        let (_, typed) = self.typed_name()?;
        whole(book, typed).map(|member| format!("@{} {}", member.called, member.name))
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
            Deed::Change | Deed::Tier | Deed::Assign | Deed::Snooze => return false,
        };
        field == "next" || kind.texts().contains(&field)
    }
}

/// Writes a name in the place of one that was begun, and a blank behind it.
pub(super) fn write(edit: &mut Edit, part: Range<usize>, name: &str) {
    let is_apart = edit.text()[part.end..].starts_with(char::is_whitespace);
    edit.put(part, &format!("{name}{}", if is_apart { "" } else { " " }));
}

/// The member whose whole name, as mentions are written, was typed.
fn whole<'b>(book: &'b Book, typed: &str) -> Option<&'b Callable> {
    let typed = folded(typed);
    book.members.iter().find(|member| member.called.folded() == typed)
}

/// The members whose login or name begins as typed, or a word of whose name does; the best first. Behind a whole name
/// nobody is offered.
fn fitting<'b>(book: &'b Book, typed: &str) -> Vec<&'b Callable> {
    if whole(book, typed).is_some() {
        return Vec::new();
    }
    let (needle, typed) = (Needle::new(typed), folded(typed));
    let mut fits = Vec::new();
    for member @ Callable { called, name, .. } in &book.members {
        let fit = needle.fit(&Hay::new(name.as_str())).filter(|fit| fit.place() > Place::Inside);
        let by_login = called.folded().starts_with(&typed);
        if by_login || fit.is_some() {
            fits.push((Reverse((by_login, fit)), member));
        }
    }
    fits.sort_by_key(|(fit, _)| *fit);
    fits.into_iter().map(|(_, member)| member).collect()
}
