//! Us: teams, members, and the one who opens the store among them.

use super::data::people::{MANAGER, MEMBERS, TEAMS, Team};
use super::row::{Row, clean};
use crate::model::{Change, Command, Id, Kind};

/// The member who makes a store.
const FIRST: Id = Id::new(Kind::Member, 1);

/// The team of that member.
pub(super) const HOME: &Team = &TEAMS[0];

/// The teams, without their leads: nobody is there yet.
pub(super) fn teams() -> Vec<Command> {
    rows(|_, row| row)
}

/// The members, leads before those they lead, and the first member's place among them.
pub(super) fn members() -> Vec<Command> {
    let mut commands: Vec<Command> = MEMBERS
        .iter()
        .enumerate()
        .map(|(nth, (name, team, user, phone))| {
            let (role, lead) = place(name, team);
            Row::of(Kind::Member, nth + 1)
                .with("name", name)
                .with("role", role)
                .with("team", team)
                .with("lead", lead)
                .with("mail", format!("{user}@guanxi.example"))
                .with("phone", phone)
                .command()
        })
        .collect();
    let put = |field, to| Change::put(clean(field), clean(to));
    commands
        .push(Command::Edit { record: FIRST, changes: vec![put("team", HOME.name), put("lead", HOME.lead)] });
    commands
}

/// The teams again, with their leads.
pub(super) fn leads() -> Vec<Command> {
    rows(|lead, row| row.with("lead", lead))
}

fn rows(more: impl Fn(&str, Row) -> Row) -> Vec<Command> {
    let team = |(nth, team): (usize, &super::data::people::Team)| {
        let row = Row::of(Kind::Team, nth + 1).with("name", team.name).with("department", team.department);
        more(team.lead, row).command()
    };
    TEAMS.iter().enumerate().map(team).collect()
}

/// A member's role, and their lead.
fn place(name: &str, team: &str) -> (&'static str, &'static str) {
    if name == MANAGER {
        return ("manager", "");
    }
    match TEAMS.iter().find(|known| known.name == team) {
        Some(team) if team.lead != name => ("rep", team.lead),
        _ => ("lead", MANAGER),
    }
}
