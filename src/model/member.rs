//! What follows from the record of a member.

use super::id::Id;
use super::record::Member;
use super::time::Day;

impl Member {
    /// Each team they are in, the first one in front.
    pub fn in_teams(&self) -> impl Iterator<Item = Id> {
        let further = self.teams.iter().copied().filter(|team| Some(*team) != self.team);
        self.team.into_iter().chain(further)
    }

    /// Whether they work in this team.
    pub fn is_in(&self, team: Id) -> bool {
        self.team == Some(team) || self.teams.contains(&team)
    }

    /// The first and the last day of an absence, where one is noted.
    pub fn away(&self) -> Option<(Day, Day)> {
        self.away_from.zip(self.away_until)
    }

    /// Until when they are away, where this is a day of an absence.
    pub fn away_on(&self, day: Day) -> Option<Day> {
        self.away().filter(|(from, until)| (*from..=*until).contains(&day)).map(|(_, until)| until)
    }

    /// With us, and not away on this day.
    pub fn is_here(&self, day: Day) -> bool {
        !self.left && self.away_on(day).is_none()
    }
}
