//! A row as an import brings it.

use crate::model::{Command, Kind};
use crate::text::Clean;

/// One record of the book: its kind, what it is known by, its fields as text.
pub(super) struct Row {
    kind: Kind,
    reference: Clean,
    values: Vec<(Clean, Clean)>,
}

impl Row {
    /// The `nth` record of the kind.
    pub(super) fn of(kind: Kind, nth: usize) -> Row {
        Row { kind, reference: clean(&format!("practice-{nth}")), values: Vec::new() }
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

    /// The command that takes it in.
    pub(super) fn command(self) -> Command {
        Command::Import { kind: self.kind, reference: self.reference, referenced: true, values: self.values }
    }
}

/// A text of the book, safe to show.
pub(super) fn clean(text: &str) -> Clean {
    Clean::washed(text).0
}
