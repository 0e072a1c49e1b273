//! The members who are with us, and whom a text mentions, as the rules will see it.

use crate::model::query::RowLine;
use crate::model::{Id, Row};
use crate::text::Clean;
use crate::text::mention::Callable;

/// The members who are with us.
#[derive(Debug, Default)]
pub(in crate::tui) struct Colleagues {
    others: Vec<Colleague>,
    callable: Callable<Id>,
}

/// A member beside oneself.
#[derive(Debug)]
pub(in crate::tui) struct Colleague {
    id: Id,
    login: Clean,
    /// Their name.
    pub(in crate::tui) name: Clean,
}

impl Colleagues {
    /// Those of these members who are with us; `me` is not offered, and means nobody else.
    pub(super) fn of(rows: &[RowLine], me: Option<Id>) -> Colleagues {
        let with_us = |line: &RowLine| match &line.row {
            Row::Member(member) if !member.left => {
                Some(Colleague { id: line.id, login: member.login.clone(), name: member.name.clone() })
            }
            _ => None,
        };
        let mut others: Vec<Colleague> = rows.iter().filter_map(with_us).collect();
        let names = others.iter().map(|member| (member.id, member.login.as_str(), member.name.as_str()));
        let callable = Callable::of(names);
        others.retain(|member| Some(member.id) != me);
        Colleagues { others, callable }
    }

    /// The others who can be mentioned, each with what does: their login, or else their name. Who shares both with
    /// somebody is not among them.
    pub(in crate::tui) fn called(&self) -> impl Iterator<Item = (&Colleague, &Clean)> {
        self.others.iter().filter_map(|member| {
            let called = [&member.login, &member.name];
            let called =
                called.into_iter().find(|name| self.callable.meant(name.as_str()) == Some(member.id))?;
            Some((member, called))
        })
    }

    /// Who is mentioned in a text by a name that ends at this place.
    pub(in crate::tui) fn mentioned(&self, text: &str, end: usize) -> Option<Id> {
        self.callable.mentions(text).iter().find(|mention| mention.at.end == end).map(|mention| mention.who)
    }

    /// A member beside oneself.
    pub(in crate::tui) fn other(&self, id: Id) -> Option<&Colleague> {
        self.others.iter().find(|member| member.id == id)
    }
}

impl Colleague {
    /// Their login, where they have one, and their name.
    pub(in crate::tui) fn said(&self) -> String {
        if self.login.is_empty() {
            format!("@{}", self.name)
        } else {
            format!("@{} {}", self.login, self.name)
        }
    }
}
