//! Whoever looks somebody up, and what of a customer answers to them.

use crate::model::Sight;

/// What typed words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// All that a customer is found by.
    Everything,
    /// The customer's own names, and telephone numbers and mail addresses that were typed whole; the names of the people
    /// there where those are not hidden.
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
