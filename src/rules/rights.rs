//! Who may do what. So far: everybody sees the whole book; members, teams and the clock are the leads' business.

use super::Stamp;
use crate::model::{Command, Id, Kind, Refusal, Role, Rows, Sight};
use crate::text::Clean;

/// What a member may see.
pub fn sight(_rows: &dyn Rows, _member: Id) -> Sight {
    Sight::All
}

/// Whether the caller may give this command. The program itself may give any; some only it may.
pub fn may(rows: &dyn Rows, command: &Command, stamp: &Stamp) -> Result<(), Refusal> {
    let Some(by) = stamp.by else { return Ok(()) };
    let role = rows.member(by).and_then(|member| member.role).unwrap_or(Role::Rep);
    let touches_people = match command {
        Command::Add { kind, .. } | Command::Import { kind, .. } => matches!(kind, Kind::Member | Kind::Team),
        Command::Edit { record, .. } => matches!(record.kind, Kind::Member | Kind::Team),
        _ => false,
    };
    let refused = Err(Refusal::NotAllowed(Clean::known(command.name())));
    match role {
        _ if matches!(command, Command::Grade { .. } | Command::Sweep { .. } | Command::Init { .. }) => {
            refused
        }
        Role::Auditor => refused,
        Role::Rep if touches_people => refused,
        _ => Ok(()),
    }
}
