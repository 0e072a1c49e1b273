//! A row as an import brings it.

use chrono::NaiveDateTime;

use crate::model::{Change, Command, Kind};
use crate::text::Clean;

/// One record of the book: its kind, what it is known by, its fields as text.
pub(super) struct Row {
    kind: Kind,
    reference: Clean,
    values: Vec<(Clean, Clean)>,
    when: Option<NaiveDateTime>,
}

impl Row {
    /// The `nth` record of the kind.
    pub(super) fn of(kind: Kind, nth: usize) -> Row {
        Row { kind, reference: clean(&format!("practice-{nth}")), values: Vec::new(), when: None }
    }

    /// With a field's value. An empty one, and `-`, says nothing.
    pub(super) fn with(mut self, field: &str, text: impl AsRef<str>) -> Row {
        if !matches!(text.as_ref(), "" | "-") {
            self.values.push((clean(field), clean(text.as_ref())));
        }
        self
    }

    /// With a field's value, where something holds.
    pub(super) fn with_if(self, holds: bool, field: &str, text: impl AsRef<str>) -> Row {
        if holds { self.with(field, text) } else { self }
    }

    /// Told at this moment; without one at the end of the two years.
    pub(super) fn told(self, when: NaiveDateTime) -> Row {
        Row { when: Some(when), ..self }
    }

    /// When it is told.
    pub(super) fn when(&self) -> Option<NaiveDateTime> {
        self.when
    }

    /// The text of a field; empty where nothing was said of it.
    pub(super) fn get(&self, field: &str) -> &str {
        self.values.iter().find(|(name, _)| name.as_str() == field).map_or("", |(_, text)| text.as_str())
    }

    /// The command that takes it in from a file.
    pub(super) fn command(self) -> Command {
        Command::Import { kind: self.kind, reference: self.reference, referenced: true, values: self.values }
    }

    /// The command of somebody who notes it as it happens: unlike a file, an interaction starts playbooks and goes on
    /// with them.
    pub(super) fn noted(self) -> Command {
        if self.kind != Kind::Interaction {
            return self.command();
        }
        let changes = self.values.into_iter().map(|(field, to)| Change::put(field, to)).collect();
        Command::Add { kind: self.kind, changes }
    }
}

/// A text of the book, safe to show.
pub(super) fn clean(text: &str) -> Clean {
    Clean::washed(text).0
}
