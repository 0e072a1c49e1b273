//! Whoever looks somebody up, and what of a customer answers to them.

use crate::model::Sight;

/// What typed words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// All that a customer is found by.
    Everything,
    /// The customer's own names, and telephone numbers and mail addresses that were typed whole; the names of the
    /// people there where those are not hidden.
    Whole { people: bool },
    /// The customer's own names.
    Names,
}

/// What is hidden of customers from whoever looks them up.
pub trait Hides: Sync {
    /// The names of what is hidden of the customer with this number.
    fn hidden(&self, customer: u64) -> &[&'static str];
}

/// Nothing is.
struct Bare;

impl Hides for Bare {
    fn hidden(&self, _: u64) -> &[&'static str] {
        &[]
    }
}

/// Whoever looks somebody up.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// What they see of the book.
    pub sight: &'a Sight,
    /// What is hidden from them of those whom they see.
    pub veil: &'a dyn Hides,
}

impl<'a> From<&'a Sight> for Reader<'a> {
    fn from(sight: &'a Sight) -> Reader<'a> {
        Reader { sight, veil: &Bare }
    }
}

impl Reader<'_> {
    /// What a customer is found by who would be found by all there is. Whoever could try parts of a hidden number would
    /// soon have it; a whole one is known to who types it, and finds who is there twice.
    pub(super) fn reach(&self, customer: u64) -> Reach {
        let hidden = self.veil.hidden(customer);
        let hides = |name: &&str| matches!(*name, "phones" | "mails" | "contacts");
        if hidden.iter().any(hides) {
            Reach::Whole { people: !hidden.contains(&"contacts") }
        } else {
            Reach::Everything
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Contact, Customer};
    use crate::search::testing::{book, customer, put, text};

    struct Hiding(&'static [&'static str]);
    impl Hides for Hiding {
        fn hidden(&self, _: u64) -> &[&'static str] {
            self.0
        }
    }

    #[test]
    fn what_is_hidden_answers_to_what_was_typed_whole() {
        let book = book(|world| {
            let phones = [text("138 1234 5678")].into();
            let acme =
                put(world, Customer { phones, aliases: [text("Big Blue")].into(), ..customer("Acme") });
            let (mails, phones) = ([text("wang@example.com")].into(), [text("021 5555 4321")].into());
            let name = text("王伟");
            put(world, Contact { name, customer: Some(acme), mails, phones, ..Contact::default() });
        });
        let whole = ["acme", "acem", "c1", "big blue", "13812345678", "wang@example.com", "acme 02155554321"];
        let parts = ["5678", "3812345678", "ng@example.com", "acme 5678"];
        let people = ["王伟", "wangwei", "ww"];
        for (hidden, by_parts, by_people) in [
            (&[][..], true, true),
            (&["note", "address"], true, true),
            (&["phones"], false, true),
            (&["mails", "contacts"], false, false),
        ] {
            let hiding = Hiding(hidden);
            let reader = Reader { sight: &Sight::All, veil: &hiding };
            let is_found = |words: &str| book.find(words, reader, 9).1 == 1;
            assert!(whole.into_iter().all(is_found), "{hidden:?}");
            assert_eq!(parts.into_iter().all(is_found), by_parts, "{hidden:?}");
            assert_eq!(parts.into_iter().any(is_found), by_parts, "{hidden:?}");
            assert_eq!(people.into_iter().all(is_found), by_people, "{hidden:?}");
            assert_eq!(people.into_iter().any(is_found), by_people, "{hidden:?}");
        }
    }
}
