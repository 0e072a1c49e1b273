//! Who has a screen open, and at which customer: known to the server alone, never written, gone with the session.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::push::Pusher;
use crate::model::Id;

/// Where a screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Whose screen.
    pub(super) member: Id,
    /// The customer that is looked at.
    pub(super) customer: Option<Id>,
    /// Something is being written about them.
    pub(super) writing: bool,
}

/// The screens of a server, each by the number of its session.
#[derive(Debug, Default)]
pub(super) struct Presence(Mutex<Screens>);

#[derive(Debug, Default)]
struct Screens {
    next: u64,
    there: BTreeMap<u64, (Place, Pusher<Id>)>,
}

impl Presence {
    /// A number that no other session has.
    pub(super) fn number(&self) -> u64 {
        let mut screens = self.screens();
        screens.next += 1;
        screens.next
    }

    /// A screen is at this place from now on; those whom that concerns are told.
    pub(super) fn moved(&self, session: u64, place: Place, pusher: &Pusher<Id>) {
        let mut screens = self.screens();
        let before = screens.there.insert(session, (place, pusher.clone())).map(|(before, _)| before);
        screens.tell(session, before, Some(place));
    }

    /// A session has ended.
    pub(super) fn left(&self, session: u64) {
        let mut screens = self.screens();
        if let Some((before, _)) = screens.there.remove(&session) {
            screens.tell(session, Some(before), None);
        }
    }

    /// Every member with a screen open.
    pub(super) fn here(&self) -> BTreeSet<Id> {
        self.screens().there.values().map(|(place, _)| place.member).collect()
    }

    /// How many members but this one are there, and which of them at this customer: who writes comes first.
    pub(super) fn beside(&self, me: Id, customer: Option<Id>) -> (u32, Vec<(Id, bool)>) {
        let screens = self.screens();
        let (mut here, mut writing) = (BTreeSet::new(), BTreeMap::new());
        for (place, _) in screens.there.values().filter(|(place, _)| place.member != me) {
            here.insert(place.member);
            if customer.is_some() && place.customer == customer {
                *writing.entry(place.member).or_default() |= place.writing;
            }
        }
        let mut beside: Vec<(Id, bool)> = writing.into_iter().collect();
        beside.sort_by_key(|(member, writing)| (!writing, *member));
        (here.len() as u32, beside)
    }

    fn screens(&self) -> MutexGuard<'_, Screens> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Screens {
    fn tell(&self, session: u64, before: Option<Place>, now: Option<Place>) {
        let others = self.there.iter().filter(|(number, _)| **number != session);
        for (_, (_, pusher)) in others.filter(|(_, (place, _))| concerns(place, before, now)) {
            pusher.mark_company();
        }
    }
}

/// Whether a screen at a place shows another one's move: who comes and goes is counted everywhere, who looks at what is
/// shown at that customer alone.
fn concerns(place: &Place, before: Option<Place>, now: Option<Place>) -> bool {
    let (Some(was), Some(is)) = (before, now) else { return true };
    let met = |other: Place| other.customer.is_some() && other.customer == place.customer;
    was != is && (was.member != is.member || met(was) || met(is))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    const ACME: Option<Id> = Some(Id::customer(1));
    const BETA: Option<Id> = Some(Id::customer(2));

    fn place(member: u64, customer: Option<Id>, writing: bool) -> Place {
        Place { member: Id::new(Kind::Member, member), customer, writing }
    }

    #[test]
    fn who_comes_and_goes_concerns_everybody_and_who_moves_those_at_both_ends() {
        let (at_acme, at_beta) = (place(2, ACME, false), place(2, BETA, false));
        let nowhere = place(3, None, false);
        for me in [at_acme, at_beta, nowhere] {
            assert!(concerns(&me, None, Some(at_acme)));
            assert!(concerns(&me, Some(at_acme), None));
            assert!(!concerns(&me, Some(at_acme), Some(at_acme)), "nothing has changed");
        }
        let moves = [(at_acme, at_beta), (at_beta, at_acme)];
        for (was, is) in moves {
            assert!(concerns(&at_acme, Some(was), Some(is)));
            assert!(concerns(&at_beta, Some(was), Some(is)));
            assert!(!concerns(&nowhere, Some(was), Some(is)));
            assert!(!concerns(&place(4, Some(Id::customer(9)), true), Some(was), Some(is)));
        }
        let writes = place(2, ACME, true);
        assert!(concerns(&at_acme, Some(at_acme), Some(writes)));
        assert!(!concerns(&at_beta, Some(at_acme), Some(writes)));
        assert!(!concerns(&nowhere, Some(nowhere), Some(place(3, None, true))));
        assert!(
            concerns(&nowhere, Some(place(1, None, false)), Some(place(2, None, false))),
            "acts as another"
        );
    }

    #[test]
    fn members_are_counted_once_without_me_and_who_writes_comes_first() {
        let presence = Presence::default();
        let pusher = Pusher::new();
        let me = Id::new(Kind::Member, 1);
        let at = |places: &[Place]| {
            for place in places {
                presence.moved(presence.number(), *place, &pusher);
            }
        };
        assert_eq!(presence.beside(me, ACME), (0, vec![]));
        at(&[place(1, ACME, false), place(1, ACME, true), place(2, ACME, false), place(2, BETA, true)]);
        at(&[place(3, ACME, true), place(4, None, false)]);
        let [bo, cai] = [2, 3].map(|member| Id::new(Kind::Member, member));
        assert_eq!(presence.here().into_iter().map(|member| member.n).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(presence.beside(me, ACME), (3, vec![(cai, true), (bo, false)]));
        assert_eq!(presence.beside(me, BETA), (3, vec![(bo, true)]));
        assert_eq!(presence.beside(me, None), (3, vec![]), "who is nowhere is beside nobody");
    }

    #[test]
    fn a_session_that_ends_is_gone() {
        let presence = Presence::default();
        let (me, session) = (Id::new(Kind::Member, 1), presence.number());
        presence.moved(session, place(2, ACME, true), &Pusher::new());
        presence.moved(session, place(2, BETA, false), &Pusher::new());
        assert_eq!(presence.beside(me, ACME), (1, vec![]));
        presence.left(session);
        presence.left(session);
        assert_eq!(presence.beside(me, BETA), (0, vec![]));
    }
}
