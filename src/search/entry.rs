//! A customer with what it is searched by.

use std::cmp::Ordering;

use super::mask::Mask;
use crate::model::{Id, Person, Profile, Sight};
use crate::text::pinyin::{self, Hay};
use crate::text::{Clean, phone};

/// A profile and its search keys. The keys follow from the profile.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) profile: Profile,
    /// The customer's name, its aliases, the names of its contacts.
    pub(super) names: Box<[Name]>,
    /// The folded mail addresses, a line break before and behind each.
    pub(super) mails: Box<str>,
    /// The digits of the telephone numbers, a line break before and behind each.
    pub(super) phones: Box<str>,
    /// How its own name, as it is spoken, begins: that decides most comparisons.
    beginning: u128,
}

/// A name that a customer is found by.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) whose: Whose,
    pub(super) hay: Hay,
    /// As it is spoken and sorted: see [`pinyin::sort_key`].
    pub(super) spoken: Box<str>,
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
        let customer = &profile.customer;
        let own = [Name::new(Whose::Own, &customer.name)];
        let aliases = customer.aliases.iter().map(|name| Name::new(Whose::Alias, name));
        let people = profile.contacts.iter().map(|person| Name::new(Whose::Contact, &person.name));
        let mails = |person: &Person| person.mails.clone();
        let phones = |person: &Person| person.phones.clone();
        Entry {
            beginning: beginning(&own[0].spoken),
            names: own.into_iter().chain(aliases).chain(people).collect(),
            mails: lines(
                customer.mails.iter().cloned().chain(profile.contacts.iter().flat_map(mails)),
                Clean::folded,
            ),
            phones: lines(
                customer.phones.iter().cloned().chain(profile.contacts.iter().flat_map(phones)),
                |phone| phone::digits(phone.as_str()),
            ),
            profile,
        }
    }

    /// All that its keys are made of.
    pub(super) fn mask(&self) -> Mask {
        let people = self.profile.contacts.iter().map(|person| &person.name);
        let names =
            [&self.profile.customer.name].into_iter().chain(&self.profile.customer.aliases).chain(people);
        let reach = Mask::typed(&self.mails).and(Mask::typed(&self.phones));
        names.fold(reach, |mask, name| mask.and(Mask::read(&name.folded())))
    }

    /// The order among equals: by name, then by number.
    pub(super) fn by_name(&self, other: &Entry) -> Ordering {
        let whole = || (self.spoken(), self.profile.n()).cmp(&(other.spoken(), other.profile.n()));
        self.beginning.cmp(&other.beginning).then_with(whole)
    }

    fn spoken(&self) -> &str {
        self.names.first().map_or("", |name| &name.spoken)
    }

    pub(super) fn is_seen(&self, sight: &Sight) -> bool {
        let customer = &self.profile.customer;
        let collaborates = |member: Id| customer.collaborators.iter().any(|(one, _)| *one == member);
        sight.sees(customer.owner, customer.team, collaborates)
    }
}

impl Name {
    fn new(whose: Whose, name: &Clean) -> Name {
        Name { whose, hay: Hay::new(name.as_str()), spoken: pinyin::sort_key(name.as_str()).into() }
    }
}

/// The first bytes of a name as a number, in the order of names.
fn beginning(spoken: &str) -> u128 {
    let mut bytes = [0; 16];
    let length = spoken.len().min(bytes.len());
    bytes[..length].copy_from_slice(&spoken.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
}

fn lines(texts: impl Iterator<Item = Clean>, key: impl Fn(&Clean) -> String) -> Box<str> {
    let mut lines = String::new();
    for key in texts.map(|text| key(&text)).filter(|key| !key.is_empty()) {
        lines.push_str(if lines.is_empty() { "\n" } else { "" });
        lines.push_str(&key);
        lines.push('\n');
    }
    lines.into()
}
