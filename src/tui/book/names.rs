//! What members and teams are called, and how those of one name are told apart.

use super::Book;
use crate::model::{Id, Kind, Named};

impl Book {
    /// What each record of a kind is written as: its name or, where several share it, its id.
    pub(in crate::tui) fn written(&self, kind: Kind) -> impl Iterator<Item = String> {
        let names = self.names.get(&kind).into_iter().flatten();
        names.map(|named| if self.is_shared(named) { named.id.to_string() } else { named.name.line() })
    }

    /// Whether another record of its kind has the name.
    pub(in crate::tui) fn is_shared(&self, named: &Named) -> bool {
        let others = self.names.get(&named.id.kind).into_iter().flatten();
        others.filter(|other| other.id != named.id).any(|other| other.name.folded() == named.name.folded())
    }

    /// Whom an id stands for that is written because others share the name.
    pub(in crate::tui) fn namesake(&self, written: &str) -> Option<&Named> {
        let id: Id = written.parse().ok()?;
        let names = self.names.get(&id.kind)?;
        names.iter().find(|named| named.id == id).filter(|named| self.is_shared(named))
    }

    /// This, and behind it the team of a member.
    pub(in crate::tui) fn with_team(&self, said: String, member: Id) -> String {
        match self.colleagues.team_of(member) {
            Some(team) => format!("{said}, {team}"),
            None => said,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Clean;

    #[test]
    fn those_of_one_name_are_written_by_their_ids() {
        let named = |n, name| Named { id: Id::new(Kind::Member, n), name: Clean::known(name) };
        let mut book = Book::default();
        book.names
            .insert(Kind::Member, vec![named(1, "Anna Li"), named(2, "Wei Zhang"), named(3, "wei  zhang")]);
        assert_eq!(book.written(Kind::Member).collect::<Vec<_>>(), ["Anna Li", "m2", "m3"]);
        assert_eq!(book.namesake("m3").map(|named| named.name.as_str()), Some("wei  zhang"));
        assert_eq!([book.namesake("m1"), book.namesake("Wei Zhang"), book.namesake("t2")], [None; 3]);
        assert_eq!(book.with_team("m2".to_owned(), Id::new(Kind::Member, 2)), "m2");
    }
}
