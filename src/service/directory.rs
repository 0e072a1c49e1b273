//! Who and what is called how: for filters, and for the names that answers carry.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Head;
use super::veil::Veil;
use crate::filter::{self, Directory, FieldRef, Referent};
use crate::model::query::Named;
use crate::model::{Customer, Id, Index, Key, Kind, Row, Rows, Sight};
use crate::rules::names;
use crate::search::{Reader, Resolved};
use crate::text::{Clean, folded};

/// Whether a row is in sight: a customer, what hangs on one that is, or what hangs on none.
pub(super) fn sees(rows: &dyn Rows, sight: &Sight, row: &Row) -> bool {
    let of = |customer: &Customer| {
        let collaborates = |member| customer.collaborators.iter().any(|(id, _)| *id == member);
        sight.sees(customer.owner, customer.team, collaborates)
    };
    match row {
        _ if *sight == Sight::All => true,
        Row::Customer(customer) => of(customer),
        row => row.customer().is_none_or(|id| rows.customer(id).is_some_and(|customer| of(&customer))),
    }
}

/// Names, read once each while an answer is made.
pub(super) struct Names<'h> {
    head: &'h Head,
    sight: Sight,
    veil: Veil<'h>,
    known: RefCell<HashMap<Id, Clean>>,
}

impl<'h> Names<'h> {
    /// As whoever has this sight may learn them.
    pub(super) fn of(head: &'h Head, sight: Sight, veil: Veil<'h>) -> Names<'h> {
        Names { head, sight, veil, known: RefCell::default() }
    }

    /// A record with its name; of one out of sight, or hidden, only the id, which stands in what refers to it.
    pub(super) fn named(&self, id: Id) -> Named {
        let mut known = self.known.borrow_mut();
        let name = known.entry(id).or_insert_with(|| self.name(id));
        Named { id, name: name.clone() }
    }

    fn name(&self, id: Id) -> Clean {
        let rows = &*self.head.snapshot;
        let in_sight = || rows.row(id).is_some_and(|row| sees(rows, &self.sight, &row));
        if self.sight != Sight::All && !in_sight() || self.veil.hides_name(id, rows) {
            return names::id_text(id);
        }
        match self.head.book.profile(id.n) {
            Some(profile) if id.kind == Kind::Customer => profile.customer.name.clone(),
            _ => names::name_of(rows, id),
        }
    }

    /// Of a record, if there is one.
    pub(super) fn maybe(&self, id: Option<Id>) -> Option<Named> {
        id.map(|id| self.named(id))
    }
}

/// What names in filters mean to whoever has this sight.
pub(super) struct Known<'h> {
    pub(super) head: &'h Head,
    pub(super) sight: &'h Sight,
    pub(super) veil: Veil<'h>,
}

impl Known<'_> {
    fn reader(&self) -> Reader<'_> {
        Reader { sight: self.sight, veil: &self.veil }
    }

    /// Whether a member or a team goes by this word, where the field is of such; else the names of all that there are.
    pub(super) fn check(&self, field: &FieldRef, word: &Clean) -> Result<(), Vec<String>> {
        let filter::Kind::Ref(what @ (Referent::Member | Referent::Team)) = field.kind() else {
            return Ok(());
        };
        let Some(kind) = kind_of(what) else { return Ok(()) };
        let rows = &*self.head.snapshot;
        if self.find(what, word.as_str()).into_iter().any(|n| rows.row(Id::new(kind, n)).is_some()) {
            return Ok(());
        }
        let mut all = Vec::new();
        rows.each_row(kind, 0, &mut |n, _| {
            all.push(names::name_of(rows, Id::new(kind, n)).line());
            true
        });
        Err(all)
    }
}

impl Directory for Known<'_> {
    fn find(&self, what: Referent, word: &str) -> Vec<u64> {
        let kind = kind_of(what);
        if let Ok(id) = word.parse::<Id>()
            && Some(id.kind) == kind
        {
            return vec![id.n];
        }
        let Some(kind) = kind else { return Vec::new() };
        let word = folded(word);
        let rows = &*self.head.snapshot;
        let mut exact = rows.found(&Key::of(Index::Name).kind(kind).text(&word));
        exact.retain(|id| rows.row(*id).is_some_and(|row| sees(rows, self.sight, &row)));
        exact.retain(|id| !self.veil.hides_name(*id, rows));
        if !exact.is_empty() {
            return exact.into_iter().map(|id| id.n).collect();
        }
        match kind {
            Kind::Member | Kind::Team => {
                let mut found = Vec::new();
                rows.each_row(kind, 0, &mut |n, _| {
                    if folded(names::name_of(rows, Id::new(kind, n)).as_str()).contains(&word) {
                        found.push(n);
                    }
                    true
                });
                found
            }
            Kind::Customer => match self.head.book.resolve(&word, self.reader()) {
                Resolved::One(n) | Resolved::Likely(n) => vec![n],
                Resolved::Several(several) => several,
                Resolved::None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn teams_of(&self, member: u64) -> Vec<u64> {
        let member = self.head.snapshot.member(Id::new(Kind::Member, member)).unwrap_or_default();
        member.in_teams().map(|team| team.n).collect()
    }
}

fn kind_of(what: Referent) -> Option<Kind> {
    match what {
        Referent::Customer => Some(Kind::Customer),
        Referent::Contact => Some(Kind::Contact),
        Referent::Member => Some(Kind::Member),
        Referent::Team => Some(Kind::Team),
        Referent::Task => Some(Kind::Task),
        Referent::Deal => Some(Kind::Deal),
        Referent::Purchase => Some(Kind::Purchase),
        Referent::Interaction => Some(Kind::Interaction),
        Referent::Run => Some(Kind::Run),
        Referent::Product => None,
    }
}
