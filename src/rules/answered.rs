//! How soon customers are answered who began a contact.

use chrono_tz::Tz;

use crate::model::choice::{Channel, Direction, Outcome};
use crate::model::index::target;
use crate::model::{Id, Index, Instant, Interaction, Key, Rows};
use crate::rules::policy::{Policy, Within};

/// So many contacts that customers began, and how many of them were answered in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Answered {
    /// That the customer began.
    pub(super) asked: u64,
    /// Of them those with an answer within the time of the standard. Who is spoken to is answered at once.
    pub(super) in_time: u64,
}

impl Answered {
    /// Of one customer, from a moment on, by a standard of this policy.
    pub(super) fn of(
        rows: &dyn Rows,
        (customer, since): (Id, Instant),
        (policy, within): (&Policy, &Within),
        zone: Tz,
    ) -> Answered {
        let contacts = contacts(rows, customer, since);
        let mut answered = Answered::default();
        for (nth, (at, contact)) in contacts.iter().enumerate().filter(|(_, (_, contact))| is_theirs(contact))
        {
            answered.asked += 1;
            let ours = contacts[nth + 1..].iter().find(|(_, contact)| !is_theirs(contact));
            let answer = if is_spoken(contact) { Some(*at) } else { ours.map(|(at, _)| *at) };
            let until = policy.ends(&within.clock, *at, within.span, zone);
            answered.in_time +=
                u64::from(answer.is_some_and(|answer| until.is_none_or(|until| answer <= until)));
        }
        answered
    }
}

/// The real contacts with a customer from a moment on, the earliest first.
fn contacts(rows: &dyn Rows, customer: Id, since: Instant) -> Vec<(Instant, Interaction)> {
    let prefix = Key::of(Index::RealContact).id(customer);
    let mut found = Vec::new();
    rows.scan(&prefix.clone().instant(since).0, &prefix.end(), false, &mut |key| {
        found.extend(target(key));
        true
    });
    let contact = |id: Id| Interaction::try_from(rows.row(id)?).ok();
    found.into_iter().filter_map(contact).filter_map(|contact| Some((contact.at?, contact))).collect()
}

fn is_theirs(contact: &Interaction) -> bool {
    contact.direction == Some(Direction::In)
}

/// Whether somebody of us spoke with them at that moment.
fn is_spoken(contact: &Interaction) -> bool {
    let is_missed = matches!(contact.outcome, Some(Outcome::NoAnswer | Outcome::LeftMessage));
    matches!(contact.channel, Some(Channel::Phone | Channel::Meeting | Channel::Visit)) && !is_missed
}
