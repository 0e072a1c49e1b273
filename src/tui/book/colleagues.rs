//! The members who are with us and their teams, and whom a text mentions, as the rules will see it.

use crate::model::query::RowLine;
use crate::model::{Id, Row};
use crate::text::mention::Callable;
use crate::text::say::together;
use crate::text::{Clean, Lang};

/// The members who are with us, and the teams.
#[derive(Debug, Default)]
pub(in crate::tui) struct Colleagues {
    me: Option<Id>,
    members: Vec<Colleague>,
    teams: Vec<(Id, Clean)>,
    callable: Callable<Id>,
}

/// A member.
#[derive(Debug)]
pub(in crate::tui) struct Colleague {
    id: Id,
    login: Clean,
    teams: Vec<Id>,
    /// Their name.
    pub(in crate::tui) name: Clean,
}

impl Colleagues {
    /// Takes those of these members who are with us; `me` is not offered, and means nobody else.
    pub(super) fn put_members(&mut self, rows: &[RowLine], me: Option<Id>) {
        let with_us = |line: &RowLine| match &line.row {
            Row::Member(member) if !member.left => {
                let (login, name) = (member.login.clone(), member.name.clone());
                Some(Colleague { id: line.id, login, teams: member.in_teams().collect(), name })
            }
            _ => None,
        };
        self.members = rows.iter().filter_map(with_us).collect();
        self.me = me;
        self.call();
    }

    /// Takes these teams.
    pub(super) fn put_teams(&mut self, rows: &[RowLine]) {
        let team = |line: &RowLine| match &line.row {
            Row::Team(team) => Some((line.id, team.name.clone())),
            _ => None,
        };
        self.teams = rows.iter().filter_map(team).collect();
        self.call();
    }

    fn call(&mut self) {
        let names =
            self.members.iter().map(|member| (member.id, member.login.as_str(), member.name.as_str()));
        let teams = self.teams.iter().map(|(id, name)| (*id, name.as_str()));
        self.callable = Callable::of(names).with_groups(teams);
    }

    /// Whether this member is with us.
    pub(super) fn has(&self, member: Id) -> bool {
        self.members.iter().any(|known| known.id == member)
    }

    fn others(&self) -> impl Iterator<Item = &Colleague> {
        self.members.iter().filter(|member| Some(member.id) != self.me)
    }

    /// The others who can be mentioned, each with what does: their login, or else their name. Who shares both with
    /// somebody is not among them.
    pub(in crate::tui) fn called(&self) -> impl Iterator<Item = (&Colleague, &Clean)> {
        self.others().filter_map(|member| {
            let called = [&member.login, &member.name];
            let called =
                called.into_iter().find(|name| self.callable.meant(name.as_str()) == Some(member.id))?;
            Some((member, called))
        })
    }

    /// The teams that can be mentioned, and how many others are in each; none is without any.
    pub(in crate::tui) fn teams(&self) -> impl Iterator<Item = (&Clean, usize)> {
        let called = self.teams.iter().filter(|(id, name)| self.callable.meant(name.as_str()) == Some(*id));
        called.map(|(id, name)| (name, self.in_team(*id))).filter(|(_, others)| *others > 0)
    }

    fn in_team(&self, team: Id) -> usize {
        self.others().filter(|member| member.teams.contains(&team)).count()
    }

    /// Who goes by what was typed, as it is said.
    pub(in crate::tui) fn said(&self, who: Id, lang: Lang) -> Option<String> {
        let team = self.teams.iter().find(|(id, _)| *id == who);
        let team = team.map(|(id, name)| format!("@{name} {}", together::team_of(lang, self.in_team(*id))));
        team.or_else(|| self.other(who).map(Colleague::said))
    }

    /// Who is mentioned in a text by a name that ends at this place.
    pub(in crate::tui) fn mentioned(&self, text: &str, end: usize) -> Option<Id> {
        self.callable.mentions(text).iter().find(|mention| mention.at.end == end).map(|mention| mention.who)
    }

    /// The team of a member who is with us.
    pub(super) fn team_of(&self, id: Id) -> Option<&Clean> {
        let team = self.members.iter().find(|member| member.id == id)?.teams.first()?;
        self.teams.iter().find(|(id, _)| id == team).map(|(_, name)| name)
    }

    /// A member beside oneself.
    pub(in crate::tui) fn other(&self, id: Id) -> Option<&Colleague> {
        self.others().find(|member| member.id == id)
    }
}

impl Colleague {
    /// Their login, where they have one, and their name.
    fn said(&self) -> String {
        if self.login.is_empty() {
            format!("@{}", self.name)
        } else {
            format!("@{} {}", self.login, self.name)
        }
    }
}
