//! What stands in a field: the values that the customers in sight have, each once.

use std::collections::BTreeSet;

use super::book::Book;
use super::entry::Entry;
use crate::filter::{Facts, FieldRef, Got, Lens, Seen};
use crate::model::Sight;
use crate::text::Clean;

impl Book {
    /// The texts that customers have in a field; those who were put away are left out.
    pub fn values(&self, field: &FieldRef, lens: &Lens, sight: &Sight) -> BTreeSet<String> {
        self.held(sight, |entry, held| {
            let seen = Seen { n: entry.n, profile: entry, gist: &entry.gist, lens, kin: self };
            each_text(&seen.get(field), &mut |text| keep(held, text));
        })
    }

    /// The names of the own fields in which customers have anything.
    pub fn own_fields(&self, sight: &Sight) -> BTreeSet<String> {
        self.held(sight, |entry, held| {
            entry.profile().customer.own.keys().map(Clean::as_str).for_each(|name| keep(held, name));
        })
    }

    fn held(&self, sight: &Sight, of: impl Fn(&Entry, &mut BTreeSet<String>) + Sync) -> BTreeSet<String> {
        let parts = self.look_through(|chunks| {
            let mut held = BTreeSet::new();
            let entries = chunks.iter().flat_map(|chunk| chunk.entries());
            for entry in entries.filter(|entry| !entry.gist.archived && entry.is_seen(sight)) {
                of(entry, &mut held);
            }
            held
        });
        parts.into_iter().flatten().collect()
    }
}

/// Most customers share their values with others: a text is copied once.
fn keep(held: &mut BTreeSet<String>, text: &str) {
    if !text.is_empty() && !held.contains(text) {
        held.insert(text.to_owned());
    }
}

fn each_text(got: &Got<'_>, see: &mut dyn FnMut(&str)) {
    match got {
        Got::Text(text) => see(text),
        Got::Texts(texts) => texts.iter().for_each(|text| see(text.as_str())),
        Got::Many(many) => many.iter().for_each(|got| each_text(got, see)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::{Schema, subject};
    use crate::model::{Customer, Id, Kind};
    use crate::search::testing::{book, customer, lens, put, text};

    #[test]
    fn each_value_stands_once_and_only_of_customers_in_sight() {
        let owner = |n| Some(Id::new(Kind::Member, n));
        let book = book(|world| {
            let tags = |tags: &[&str]| tags.iter().map(|tag| text(tag)).collect();
            let own = [(text("contract"), text("gold"))].into();
            put(world, Customer { tags: tags(&["vip", "east"]), own, owner: owner(1), ..customer("1") });
            put(world, Customer { tags: tags(&["vip"]), owner: owner(2), ..customer("2") });
            put(world, Customer { tags: tags(&["gone"]), archived: true, ..customer("3") });
        });
        let of = |field: &str, sight: &Sight| {
            let values = book.values(&subject(field, Schema::Customer).unwrap(), &lens(), sight);
            values.into_iter().collect::<Vec<_>>().join(" ")
        };
        let second = Sight::Own { member: Id::new(Kind::Member, 2), teams: Vec::new() };
        assert_eq!(of("tag", &Sight::All), "east vip");
        assert_eq!(of("x.contract", &Sight::All), "gold");
        assert_eq!([of("tag", &second), of("x.contract", &second)], ["vip", ""]);
        assert_eq!(of("idle", &Sight::All), "", "what is no text has no values to offer");
        assert_eq!(book.own_fields(&Sight::All).into_iter().collect::<Vec<_>>(), ["contract"]);
        assert!(book.own_fields(&second).is_empty());
    }
}
