//! Members who are offered while a text is typed, behind an `@`.

use std::cmp::Reverse;

use super::Form;
use super::field::Content;
use crate::keys::{Act, Scope};
use crate::model::Kind;
use crate::text::folded;
use crate::text::mention;
use crate::text::pinyin::{Hay, Needle, Place};
use crate::tui::book::{Book, Callable};
use crate::tui::drafts::Deed;
use crate::tui::edit::Edit;
use crate::tui::look::Look;

/// The most characters of a name.
const NAME: usize = 60;

/// The most members that are offered.
const OFFERED: usize = 4;

impl Form {
    /// Whether a mention is begun where the caret stands.
    pub(in crate::tui) fn begins_mention(&self) -> bool {
        self.typed_name().is_some()
    }

    /// Who is offered, and the key that takes the first of them; behind a whole name, who that is.
    pub(super) fn offer(&self, book: &Book, look: &Look) -> Option<String> {
        let (_, typed) = self.typed_name()?;
        let said = |Callable { called, name, .. }: &Callable| {
            if called == name { format!("@{called}") } else { format!("@{called} {name}") }
        };
        if let Some(whole) = whole(book, typed) {
            return Some(said(whole));
        }
        let dot = format!(" {} ", look.theme.signs().dot);
        let offered: Vec<String> = offered(book, typed).into_iter().map(said).collect();
        let key = look.key(Scope::Form, Act::NextField);
        (!offered.is_empty()).then(|| format!("{key} {}", offered.join(&dot)))
    }

    /// Writes the first one offered in the place of what was typed; false if nobody is.
    pub(super) fn take_member(&mut self, book: &Book) -> bool {
        let Some((edit, typed)) = self.typed_name().filter(|(_, typed)| !typed.is_empty()) else {
            return false;
        };
        let Some(member) = offered(book, typed).into_iter().next() else { return false };
        let (caret, part) = (edit.caret(), edit.caret() - typed.len()..edit.caret());
        let is_apart = edit.text()[caret..].starts_with(char::is_whitespace);
        let called = format!("{}{}", member.called, if is_apart { "" } else { " " });
        match self.fields.get_mut(self.at).map(|field| &mut field.content) {
            Some(Content::Text(edit)) => edit.put(part, &called),
            _ => false,
        }
    }

    /// The text in focus, where it may mention members, and the beginning of a name before its caret.
    fn typed_name(&self) -> Option<(&Edit, &str)> {
        let field = self.fields.get(self.at).filter(|field| self.is_written_to_us(field.name))?;
        let Content::Text(edit) = &field.content else { return None };
        let typed = mention::typed(&edit.text()[..edit.caret()])?;
        let is_name = !typed.ends_with(char::is_whitespace) && typed.chars().count() <= NAME;
        is_name.then_some((edit, typed))
    }

    /// Whether members are mentioned in what is typed into a field: in the texts of its record, and in the next step.
    fn is_written_to_us(&self, field: &str) -> bool {
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

/// The member whose whole name, as mentions are written, was typed.
fn whole<'b>(book: &'b Book, typed: &str) -> Option<&'b Callable> {
    let typed = folded(typed);
    book.members.iter().find(|member| member.called.folded() == typed)
}

/// The members whose login or name begins as typed, or a word of whose name does; the best first. Behind a whole name
/// nobody is offered.
fn offered<'b>(book: &'b Book, typed: &str) -> Vec<&'b Callable> {
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
    fits.into_iter().map(|(_, member)| member).take(OFFERED).collect()
}
