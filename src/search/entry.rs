//! A customer with what it is searched by. All keys follow from the profile.

use super::mask::Mask;
use crate::model::{Id, Person, Profile, Sight};
use crate::text::pinyin::{self, Hay};
use crate::text::{Clean, phone};

/// A profile, and what it is sorted by.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) profile: Profile,
    /// The name as it is spoken: what names are sorted by.
    spoken: Box<str>,
}

/// A name that a customer is found by.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) hay: Hay,
    /// As it is spoken: see [`pinyin::sort_key`].
    pub(super) spoken: Box<str>,
    /// The letters of that.
    pub(super) letters: Mask,
    pub(super) whose: Whose,
    /// The customer's place in its chunk.
    pub(super) place: u8,
}

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// What we call the customer.
    Own,
    /// Another name of the customer.
    Alias,
    /// Somebody there.
    Contact,
}

impl Entry {
    pub(super) fn new(profile: Profile) -> Entry {
        Entry { spoken: pinyin::sort_key(profile.customer.name.as_str()).into(), profile }
    }

    /// The folded mail addresses and the digits of the telephone numbers, a line break before and behind each.
    pub(super) fn lines(&self) -> String {
        let (customer, people) = (&self.profile.customer, &self.profile.contacts);
        let of_people = |theirs: fn(&Person) -> &[Clean]| people.iter().flat_map(theirs);
        let mails = customer.mails.iter().chain(of_people(|person| &person.mails)).map(Clean::folded);
        let phones = customer.phones.iter().chain(of_people(|person| &person.phones));
        let mut lines = String::new();
        for line in mails.chain(phones.map(|number| phone::digits(number.as_str()))) {
            if !line.is_empty() {
                lines.push_str(if lines.is_empty() { "\n" } else { "" });
                lines.push_str(&line);
                lines.push('\n');
            }
        }
        lines
    }

    /// Every name that the customer at this place of a chunk is found by.
    pub(super) fn names(&self, place: u8) -> Vec<Name> {
        let customer = &self.profile.customer;
        let own = [(Whose::Own, &customer.name)];
        let aliases = customer.aliases.iter().map(|name| (Whose::Alias, name));
        let people = self.profile.contacts.iter().map(|person| (Whose::Contact, &person.name));
        let names = own.into_iter().chain(aliases).chain(people);
        names.map(|(whose, name)| Name::new(whose, name, place)).collect()
    }

    /// What it is sorted by among equals.
    pub(super) fn sort_key(&self) -> (&str, u64) {
        (&self.spoken, self.profile.n())
    }

    pub(super) fn is_seen(&self, sight: &Sight) -> bool {
        let customer = &self.profile.customer;
        let collaborates = |member: Id| customer.collaborators.iter().any(|(one, _)| *one == member);
        *sight == Sight::All || sight.sees(customer.owner, customer.team, collaborates)
    }
}

impl Name {
    fn new(whose: Whose, name: &Clean, place: u8) -> Name {
        let spoken = pinyin::sort_key(name.as_str());
        Name { hay: Hay::new(name.as_str()), letters: Mask::of(&spoken), spoken: spoken.into(), whose, place }
    }
}
