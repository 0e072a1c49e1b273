//! Flags that set fields of a record.

use clap::Args;

use super::failure::{Done, Failure};
use super::gx::Gx;
use crate::model::{Change, Command, How, Kind, Refusal, Shape};
use crate::text::say::cli as say;

// `--dry-run`, for every write.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Dry {
    /// Say what would happen and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
}

// `--set`, for every record.
#[derive(Args, Clone, Debug)]
pub(super) struct Sets {
    /// Any field; own ones are x.NAME; of several values += adds one and -= takes one away
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    set: Vec<String>,
}

impl Gx {
    /// Adds a record with these fields.
    pub(super) fn add(&mut self, kind: Kind, changes: Vec<Change>, dry: Dry) -> Done {
        let given = changes.clone();
        self.change(Command::Add { kind, changes }, kind, &given, dry)
    }

    /// Changes the record of this kind that was typed as an id or as words.
    pub(super) fn edit(&mut self, kind: Kind, typed: &str, changes: Vec<Change>, dry: Dry) -> Done {
        let record = self.resolve(kind, typed)?;
        let given = changes.clone();
        self.change(Command::Edit { record, changes }, kind, &given, dry)
    }

    /// Carries out such a command. Words that name no record, or several, are said with the field they were given for.
    fn change(&mut self, command: Command, kind: Kind, changes: &[Change], dry: Dry) -> Done {
        let lang = self.lang;
        match self.act_all(vec![command], None, dry.dry_run)?.pop() {
            Some(Ok(receipt)) => self.tell(&receipt, dry.dry_run, None),
            Some(Err(refusal)) => {
                let field = misnamed(kind, changes, &refusal);
                let failure = self.refused(refusal);
                Err(if let Some(field) = field { failure.of_field(field, lang) } else { failure })
            }
            None => Err(Failure::odd_answer(lang)),
        }
    }
}

/// The field whose words name no record, or several.
fn misnamed<'c>(kind: Kind, changes: &'c [Change], refusal: &Refusal) -> Option<&'c str> {
    let (Refusal::NoMatch(wanted, words) | Refusal::Ambiguous(wanted, words, _)) = refusal else {
        return None;
    };
    let named = |change: &&Change| {
        let shape = kind.field(change.field.as_str()).map(|(_, info)| info.shape);
        matches!(shape, Some(Shape::Ref(target)) if target == *wanted) && change.to == *words
    };
    changes.iter().find(named).map(|change| change.field.as_str())
}

/// The changes that flags ask for.
pub(super) struct Changes<'a> {
    gx: &'a Gx,
    kind: Kind,
    made: Vec<Change>,
}

impl<'a> Changes<'a> {
    pub(super) fn new(gx: &'a Gx, kind: Kind) -> Changes<'a> {
        Changes { gx, kind, made: Vec::new() }
    }

    /// A field, where a value was given.
    pub(super) fn put(mut self, field: &'static str, value: Option<&str>) -> Done<Self> {
        if let Some(value) = value {
            self.push(field, How::Put, value)?;
        }
        Ok(self)
    }

    /// One more of several values for each that was given.
    pub(super) fn link(mut self, field: &'static str, values: &[String]) -> Done<Self> {
        for value in values {
            self.push(field, How::Link, value)?;
        }
        Ok(self)
    }

    /// A yes-or-no field, where its flag was given.
    pub(super) fn flag(self, field: &'static str, on: bool) -> Done<Self> {
        self.put(field, on.then_some("yes"))
    }

    /// All that `--set` names.
    pub(super) fn sets(mut self, sets: &Sets) -> Done<Self> {
        for set in &sets.set {
            self.set(set)?;
        }
        Ok(self)
    }

    /// What was made of it.
    pub(super) fn done(self) -> Vec<Change> {
        self.made
    }

    /// What was made of it; nothing at all is a mistake.
    pub(super) fn some(self) -> Done<Vec<Change>> {
        if self.made.is_empty() {
            let lang = self.gx.lang;
            return Err(Failure::usage(say::nothing_to_change(lang)).hint(say::nothing_to_change_hint(lang)));
        }
        Ok(self.made)
    }

    fn set(&mut self, set: &str) -> Done {
        let lang = self.gx.lang;
        let (field, value) = set.split_once('=').ok_or_else(|| {
            Failure::usage(say::not_an_assignment(lang, set)).hint(say::not_an_assignment_hint(lang))
        })?;
        let several = |field: &str| self.kind.field(field).is_some_and(|(_, info)| info.shape.is_many());
        let (field, how) = match (field.strip_suffix('+'), field.strip_suffix('-')) {
            (Some(field), _) => (field, How::Link),
            (_, Some(field)) if several(field.trim()) => (field, How::Unlink),
            _ if several(field.trim()) && !value.trim().is_empty() => (field, How::Link),
            _ => (field, How::Put),
        };
        self.push(field.trim(), how, value)
    }

    fn push(&mut self, field: &str, how: How, value: &str) -> Done {
        let to = self.gx.clean(field, value)?;
        let field = self.gx.clean("--set", field)?;
        self.made.push(Change { field, how, to, was: None });
        Ok(())
    }
}
