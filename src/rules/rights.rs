//! Who may do what. So far: everybody sees the whole book; members and teams are the leads' business, what admins
//! and managers are the admins', and one's own absence everybody's; a view is its maker's; what somebody has read is
//! theirs alone to say.

use super::{Stamp, inbox, pool, view};
use crate::model::{Command, Event, Id, Kind, Member, Refusal, Role, Row, Rows, Sight, World};
use crate::text::Clean;

/// The fields of a member that make them who they are, and what they may do.
const STANDING: [&str; 4] = ["role", "login", "uid", "left"];

/// What a member may see.
pub fn sight(_rows: &dyn Rows, _member: Id) -> Sight {
    Sight::All
}

/// Whether the caller may give this command at all. The program itself may give any; some only it may.
pub(super) fn may(rows: &dyn Rows, command: &Command, stamp: &Stamp) -> Result<(), Refusal> {
    let Some(by) = stamp.by else { return Ok(()) };
    let is_ours = matches!(
        command,
        Command::Grade { .. }
            | Command::Regrade { .. }
            | Command::Turn { .. }
            | Command::Return { .. }
            | Command::Remind { .. }
            | Command::Begin { .. }
            | Command::TakeBack { .. }
            | Command::Restore { .. }
            | Command::Renew { .. }
            | Command::Care { .. }
            | Command::Init { .. }
    );
    let reads = matches!(command, Command::InboxRead { .. } | Command::MentionRead { .. });
    let acts = |member: &Member| !member.left && (reads || member.role != Some(Role::Auditor));
    let acting = rows.member(by).filter(acts);
    if acting.is_none() || is_ours { Err(refused(command)) } else { Ok(()) }
}

/// Whether the caller may bring about what the command has done in this world. The events tell, not the command, so
/// that no other way leads to what is not allowed, an undo among them.
pub(super) fn may_change(world: &World, command: &Command, stamp: &Stamp) -> Result<(), Refusal> {
    let Some(by) = stamp.by else { return Ok(()) };
    let role = member(world.before(by)).and_then(|member| member.role).unwrap_or(Role::Rep);
    let may = |event: &Event| match event.record().kind {
        Kind::Member if inbox::is_reading(event) || pool::is_count(event) => event.record() == by,
        Kind::Member if event.record() == by && is_absence(event) => true,
        Kind::Member if concerns_an_officer(world, event) => role == Role::Admin,
        Kind::View => {
            let both = [world.before(event.record()), world.row(event.record())];
            both.into_iter().all(|row| view::is_theirs(row, stamp))
        }
        Kind::Member | Kind::Team => role != Role::Rep,
        Kind::Settings if is_policy(event) => matches!(role, Role::Manager | Role::Admin),
        _ => true,
    };
    if world.events().iter().all(may) { Ok(()) } else { Err(refused(command)) }
}

/// Whether an event notes when somebody is away, and who stands in: everybody may of themselves.
fn is_absence(event: &Event) -> bool {
    let Event::Set { record, field, .. } = event else { return false };
    ["away_from", "away_until", "away_reason", "stand_in"].contains(&record.kind.field_name(field).as_str())
}

/// Whether an event makes, unmakes or replaces a manager or an admin.
fn concerns_an_officer(world: &World, event: &Event) -> bool {
    let record = event.record();
    let officer = |row| member(row).is_some_and(|m| matches!(m.role, Some(Role::Manager | Role::Admin)));
    let of_standing = match event {
        Event::Created { .. } | Event::Removed { .. } => true,
        Event::Mentioned { .. } => false,
        Event::Set { field, .. } | Event::Linked { field, .. } | Event::Unlinked { field, .. } => {
            STANDING.contains(&record.kind.field_name(field).as_str())
        }
    };
    of_standing && (officer(world.before(record)) || officer(world.row(record)))
}

/// Whether an event puts another policy in force.
pub fn is_policy(event: &Event) -> bool {
    let Event::Set { record: Id::SETTINGS, field, .. } = event else { return false };
    matches!(Kind::Settings.field_name(field).as_str(), "policy" | "version")
}

fn member(row: Option<Row>) -> Option<Member> {
    row?.try_into().ok()
}

fn refused(command: &Command) -> Refusal {
    Refusal::NotAllowed(Clean::known(command.name()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ADMIN, LEAD, Office, REP, add, edit, row, undo};
    use super::*;

    #[test]
    fn members_and_teams_are_the_leads_business_and_officers_the_admins() {
        let manager = Id::new(Kind::Member, 4);
        let cases = [
            (add(Kind::Team, &[("name", "North")]), [false, true, true]),
            (add(Kind::Member, &[("name", "Cy")]), [false, true, true]),
            (row(Kind::Member, "r", &[("name", "Cy"), ("team", "North")]), [false, true, true]),
            (edit(REP, "left", "yes"), [false, true, true]),
            (edit(REP, "role", "lead"), [false, true, true]),
            (edit(REP, "role", "manager"), [false, false, true]),
            (edit(REP, "role", "admin"), [false, false, true]),
            (add(Kind::Member, &[("name", "Cy"), ("role", "admin")]), [false, false, true]),
            (row(Kind::Member, "r", &[("name", "Cy"), ("role", "manager")]), [false, false, true]),
            (edit(manager, "role", "rep"), [false, false, true]),
            (edit(manager, "login", "bo2"), [false, false, true]),
            (edit(ADMIN, "uid", "1002"), [false, false, true]),
            (edit(manager, "left", "yes"), [false, false, true]),
            (edit(manager, "phone", "123"), [false, true, true]),
            (add(Kind::Customer, &[("name", "Acme")]), [true, true, true]),
            (Command::Regrade { customers: Vec::new(), whole: None }, [false, false, false]),
        ];
        for (command, expected) in cases {
            for (by, may) in [REP, LEAD, ADMIN].into_iter().zip(expected) {
                let mut office = Office::new();
                office.make(Kind::Member, &[("name", "Max"), ("role", "manager")]);
                let done = office.run(command.clone().by(by));
                assert_eq!(done.is_ok(), may, "{by}: {command:?}: {done:?}");
                assert!(may || matches!(done, Err(Refusal::NotAllowed(_))), "{done:?}");
            }
        }
    }

    #[test]
    fn nobody_raises_themselves_by_an_undo() {
        let mut office = Office::new();
        for (field, was, to) in
            [("role", "lead", "rep"), ("role", "admin", "lead"), ("login", "bo", "robert")]
        {
            office.run(edit(REP, field, was)).unwrap();
            let lowered = office.seq(edit(REP, field, to));
            let refused = office.run(undo(lowered).by(REP)).unwrap_err();
            assert!(matches!(refused, Refusal::NotAllowed(_)), "{field}: {refused:?}");
            office.run(undo(lowered).by(ADMIN)).unwrap();
            office.run(edit(REP, "role", "rep")).unwrap();
        }
    }

    #[test]
    fn a_lead_makes_no_admin_by_an_undo() {
        let mut office = Office::new();
        office.run(edit(REP, "role", "admin")).unwrap();
        let lowered = office.seq(edit(REP, "role", "rep"));
        assert!(matches!(office.run(undo(lowered).by(LEAD)), Err(Refusal::NotAllowed(_))));
        let raised = office.seq(edit(REP, "role", "lead").by(LEAD));
        office.run(undo(raised).by(LEAD)).unwrap();
    }

    #[test]
    fn who_is_not_with_us_does_nothing() {
        let mut office = Office::new();
        let nobody = Id::new(Kind::Member, 99);
        let auditor = office.make(Kind::Member, &[("name", "Eve"), ("role", "auditor")]);
        let left = office.make(Kind::Member, &[("name", "Cy"), ("role", "admin"), ("left", "yes")]);
        for by in [nobody, auditor, left] {
            let done = office.run(add(Kind::Customer, &[("name", "Acme")]).by(by));
            assert!(matches!(done, Err(Refusal::NotAllowed(_))), "{by}: {done:?}");
        }
    }
}
