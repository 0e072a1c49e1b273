//! One row of a file: a new record, a changed one, or one that is known already.
//!
//! A row is known again by its reference column; members, teams and customers without one by their name; all others
//! by a hash of the row and its occurrence, which the client sends as the reference. An empty cell says nothing: it
//! neither sets nor clears.

use super::fields::{Word, apply_changes, defaults, read, settle};
use super::{Outcome, Stamp, Values, names};
use crate::model::{Change, How, Id, Index, Key, Kind, Refusal, Role, Rows, Value, World};
use crate::text::Clean;

/// Takes one row in.
pub(super) fn row(
    world: &mut World,
    kind: Kind,
    reference: &Clean,
    referenced: bool,
    values: &[(Clean, Clean)],
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    let said: Vec<(&str, &Clean)> = values
        .iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| (name.as_str(), text))
        .collect();
    if kind == Kind::Member {
        people_named(world, &said, stamp)?;
    }
    match known(world, kind, reference, referenced, &said)? {
        Some(record) => {
            let changes: Vec<Change> = said.iter().map(|(name, text)| put(name, text)).collect();
            apply_changes(world, record, &changes, Word::File, stamp)?;
            Ok(Outcome::changed(world, vec![record]))
        }
        None => make(world, kind, reference, &said, stamp),
    }
}

fn put(name: &str, text: &Clean) -> Change {
    Change { field: Clean::washed(name).0, how: How::Put, to: text.clone(), was: None }
}

/// The record that the row is known as.
fn known(
    world: &World,
    kind: Kind,
    reference: &Clean,
    referenced: bool,
    said: &[(&str, &Clean)],
) -> Result<Option<Id>, Refusal> {
    if !reference.is_empty() {
        let found = world.found(&Key::of(Index::Reference).kind(kind).text(reference.as_str()));
        if referenced || !found.is_empty() {
            return Ok(found.first().copied());
        }
    }
    if !matches!(kind, Kind::Member | Kind::Team | Kind::Customer) {
        return Ok(None);
    }
    let Some((_, name)) = said.iter().find(|(field, _)| *field == "name") else { return Ok(None) };
    let found = world.found(&Key::of(Index::Name).kind(kind).text(&name.folded()));
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => {
            let named = several.iter().map(|id| (*id, names::name_of(world, *id))).collect();
            Err(Refusal::Ambiguous(kind, (*name).clone(), named))
        }
    }
}

fn make(
    world: &mut World,
    kind: Kind,
    reference: &Clean,
    said: &[(&str, &Clean)],
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    let mut values = Values::of(kind);
    for (name, text) in said {
        let (field, value) = read(world, kind, name, text, Word::File, stamp)?;
        values.values.push((field, value));
    }
    if !said.iter().any(|(name, _)| *name == "reference") {
        values.put_text("reference", reference)?;
    }
    // What a person's new record takes from its author (owner, assignee), a file's record does not.
    let named = |name: &str| {
        matches!(name, "owner" | "assignee" | "by" | "date") || said.iter().any(|(field, _)| *field == name)
    };
    defaults(world, &mut values, &named, stamp);
    let record = world.fresh(kind);
    values.create(world, record);
    settle(world, record, stamp)?;
    Ok(Outcome::created(vec![record]))
}

/// A file of members may name teams and leads that are not there yet: they come to be with the row that names them.
fn people_named(world: &mut World, said: &[(&str, &Clean)], stamp: &Stamp) -> Result<(), Refusal> {
    let given = |field: &str| said.iter().find(|(name, _)| *name == field).map(|(_, text)| (*text).clone());
    let missing = |world: &World, kind: Kind, name: &Clean| {
        matches!(names::find(world, kind, name, stamp), Err(Refusal::NoMatch(..)))
    };
    let team = given("team");
    if let Some(name) = team.clone().filter(|name| missing(world, Kind::Team, name)) {
        let mut values = Values::of(Kind::Team);
        values.put_text("name", &name)?;
        values.put("created", Value::Instant(stamp.at));
        let team = world.fresh(Kind::Team);
        values.create(world, team);
    }
    if let Some(name) = given("lead").filter(|name| missing(world, Kind::Member, name)) {
        let team = team.and_then(|team| names::find(world, Kind::Team, &team, stamp).ok());
        let mut values = Values::of(Kind::Member);
        values.put_text("name", &name)?;
        values.put("role", Value::word(Role::Lead));
        values.put("team", Value::or_absent(team, Value::Ref));
        values.put("created", Value::Instant(stamp.at));
        let lead = world.fresh(Kind::Member);
        values.create(world, lead);
    }
    Ok(())
}
