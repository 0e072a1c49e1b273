//! One row of a file: a new record, a changed one, or one that is known already.
//!
//! A row is known again by its reference column; members, teams and customers without one by their name; all others
//! by a hash of the row and its occurrence, which the client sends as the reference. An empty cell says nothing: it
//! neither sets nor clears.

use super::fields::{Word, apply_changes, defaults, read, typed};
use super::settle::settle;
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
    let mut bad = None;
    let at = said.iter().find(|(name, _)| *name == "customer");
    let customer = at.and_then(|(_, words)| names::exact(world, Kind::Customer, words, stamp).ok());
    for (name, text) in said {
        // Where it is not known which customer is meant, neither is who is there.
        if (kind, *name, customer) == (Kind::Interaction, "contact", None) {
            continue;
        }
        let value = typed(world, (kind, customer), &put(name, text), Word::File, stamp)
            .and_then(|text| read(world, kind, name, &text, Word::File, stamp));
        match value {
            Ok(value) => values.values.push(value),
            Err(refusal) => bad = bad.or(Some(refusal)),
        }
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
    let settled = settle(world, record, stamp);
    match (settled, bad) {
        // What the row does not say at all is told before what it says badly.
        (Err(Refusal::Missing(kind, field)), Some(_))
            if !said.iter().any(|(name, _)| *name == field.as_str()) =>
        {
            Err(Refusal::Missing(kind, field))
        }
        (_, Some(bad)) => Err(bad),
        (settled, None) => settled.map(|()| Outcome::created(vec![record])),
    }
}

/// A file of members may name teams and leads that are not there yet: they come to be with the row that names them.
fn people_named(world: &mut World, said: &[(&str, &Clean)], stamp: &Stamp) -> Result<(), Refusal> {
    let given = |field: &str| said.iter().find(|(name, _)| *name == field).map(|(_, text)| (*text).clone());
    let teams = said.iter().filter(|(name, _)| matches!(*name, "team" | "teams")).map(|(_, name)| *name);
    let missing = |world: &World, kind: Kind, name: &Clean| {
        matches!(names::exact(world, kind, name, stamp), Err(Refusal::NoMatch(..)))
    };
    let team = given("team");
    for name in teams {
        if !missing(world, Kind::Team, name) {
            continue;
        }
        let mut values = Values::of(Kind::Team);
        values.put_text("name", name)?;
        values.put("created", Value::Instant(stamp.at));
        let team = world.fresh(Kind::Team);
        values.create(world, team);
    }
    if let Some(name) = given("lead").filter(|name| missing(world, Kind::Member, name)) {
        let team = team.and_then(|team| names::exact(world, Kind::Team, &team, stamp).ok());
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

#[cfg(test)]
mod tests {
    use super::super::testing::{ADMIN, Office, REP, row, text};
    use super::*;
    use crate::model::{Became, Command, TaskState};

    type Fields<'a> = &'a [(&'a str, &'a str)];

    #[test]
    fn what_a_row_does_not_say_is_told_before_what_it_says_badly() {
        let mut office = Office::new();
        let refused =
            |office: &mut Office, fields: Fields| office.run(row(Kind::Customer, "r1", fields)).unwrap_err();
        let nameless = refused(&mut office, &[("phones", "1"), ("region", "East")]);
        assert!(
            matches!(&nameless, Refusal::Missing(Kind::Customer, field) if field.as_str() == "name"),
            "{nameless:?}"
        );
        let bad = refused(&mut office, &[("name", "Acme"), ("phones", "1")]);
        assert!(matches!(&bad, Refusal::BadValue(field, ..) if field.as_str() == "phones"), "{bad:?}");
        let amount = office.run(row(Kind::Deal, "d1", &[("amount", "many")])).unwrap_err();
        assert!(!matches!(&amount, Refusal::Missing(_, field) if field.as_str() == "amount"), "{amount:?}");
    }

    #[test]
    fn a_row_is_known_again_by_its_reference_or_its_name() {
        let mut office = Office::new();
        let acme: Fields = &[("name", "Acme"), ("region", "East")];
        let named = |fields: &[(&str, &str)]| match row(Kind::Customer, "", fields) {
            Command::Import { kind, reference, values, .. } => {
                Command::Import { kind, reference, referenced: false, values }
            }
            other => other,
        };
        let cases = [
            (row(Kind::Customer, "r1", acme), Became::Created),
            (row(Kind::Customer, "r1", acme), Became::Unchanged),
            (row(Kind::Customer, "r1", &[("region", "West")]), Became::Updated),
            (named(&[("name", "Acme"), ("region", "")]), Became::Unchanged),
            (named(&[("name", "Acme East")]), Became::Created),
            (row(Kind::Customer, "r2", acme), Became::Created),
        ];
        for (command, became) in cases {
            assert_eq!(office.run(command.clone()).unwrap().became, became, "{command:?}");
        }
        assert!(matches!(office.run(named(acme)), Err(Refusal::Ambiguous(..))), "two are called Acme by now");
    }

    #[test]
    fn a_file_that_moves_a_customer_begins_an_ownership() {
        let mut office = Office::new();
        office.run(row(Kind::Customer, "r", &[("name", "Acme"), ("owner", "Li Wei")])).unwrap();
        let acme = Id::customer(1);
        let began = office.customer(acme).owned;
        office.days_pass(3);
        office.run(row(Kind::Customer, "r", &[("region", "East")])).unwrap();
        assert_eq!(office.customer(acme).owned, began);
        office.run(row(Kind::Customer, "r", &[("owner", "Bo")])).unwrap();
        assert_eq!((office.customer(acme).owner, office.customer(acme).owned), (Some(REP), Some(office.now)));
    }

    #[test]
    fn tasks_that_come_in_ended_were_ended_by_somebody_at_some_time() {
        let mut office = Office::new();
        let title = ("title", "call");
        let ended = ("done_at", "2017-12-01 10:00");
        let cases: [(&str, Fields, Option<Id>); 4] = [
            ("done", &[title, ("state", "done"), ("assignee", "Bo")], Some(REP)),
            ("dropped", &[title, ("state", "dropped")], Some(ADMIN)),
            (
                "told",
                &[title, ("state", "done"), ended, ("done_by", "Lea")],
                Some(super::super::testing::LEAD),
            ),
            ("open", &[title, ended, ("done_by", "Bo")], None),
        ];
        for (reference, fields, by) in cases {
            let command = row(Kind::Task, reference, fields);
            let task = office.run(command.clone()).unwrap().ids[0];
            let found = office.rows.task(task).unwrap();
            assert_eq!((found.done_by, found.done_at.is_some()), (by, by.is_some()), "{reference}");
            assert_eq!(found.state == Some(TaskState::Open), by.is_none());
            if reference != "open" {
                assert_eq!(office.run(command).unwrap().became, Became::Unchanged, "{reference}");
            }
        }
    }

    #[test]
    fn a_file_does_not_set_what_needs_a_reason_or_is_ours() {
        let mut office = Office::new();
        let fixed = [("name", "Acme"), ("tier_fixed", "Z")];
        for (command, expected) in [
            (row(Kind::Customer, "r", &fixed), "CommandField"),
            (row(Kind::Customer, "r", &[("name", "Acme"), ("tier", "A")]), "DerivedField"),
            (row(Kind::Settings, "r", &[("name", "ours")]), "NotAllowed"),
            (row(Kind::Batch, "r", &[("name", "b")]), "NotAllowed"),
            (row(Kind::Customer, &"r".repeat(201), &[("name", "Acme")]), "TooLong"),
            (row(Kind::Member, "r", &[("name", "Cy"), ("team", &"t".repeat(121))]), "TooLong"),
        ] {
            let refused = format!("{:?}", office.run(command).unwrap_err());
            assert!(refused.starts_with(expected), "{refused}");
        }
    }

    #[test]
    fn the_teams_and_leads_of_members_come_with_them() {
        let mut office = Office::new();
        let fields =
            [("name", "Cy"), ("team", "North"), ("teams", "South"), ("teams", "West"), ("lead", "Zoe")];
        office.run(row(Kind::Member, "r", &fields)).unwrap();
        let found = |kind, words| names::find(&office.rows, kind, &text(words), &stamp()).unwrap();
        let zoe = office.rows.member(found(Kind::Member, "Zoe")).unwrap();
        let cy = office.rows.member(found(Kind::Member, "Cy")).unwrap();
        let [north, south, west] = ["North", "South", "West"].map(|team| found(Kind::Team, team));
        assert!(cy.in_teams().eq([north, south, west]));
        assert_eq!((zoe.role, zoe.team, cy.team), (Some(Role::Lead), Some(north), Some(north)));
        assert_eq!(cy.lead, Some(found(Kind::Member, "Zoe")));
    }

    fn stamp() -> Stamp {
        Stamp { at: crate::model::Instant(0), by: None }
    }
}
