//! A customer with what it is searched by.

use std::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kept::Brief;
use super::lazy::{Lazy, Packed};
use super::mask::Mask;
use crate::codec::to_bytes;
use crate::model::{Customer, Gist, Id, Lately, Person, Profile, Sight};
use crate::text::pinyin::{self, Hay};
use crate::text::{Clean, phone};

/// A customer in its place in the book.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The number of the customer.
    pub(super) n: u64,
    /// The profile's, here once more: the entries of a chunk lie side by side, their profiles anywhere.
    pub(super) gist: Gist,
    /// How its own name, as it is spoken, begins: that decides most comparisons.
    pub(super) beginning: u128,
    /// What happened lately; of most customers nothing did.
    pub(super) lately: Option<Arc<Lately>>,
    profile: Arc<Lazy<Profile>>,
    /// Made when they are first asked for: they are dear, and lists hardly need them.
    keys: Arc<Lazy<Keys>>,
}

/// What a customer is found by.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Keys {
    /// All that they are made of.
    pub(super) mask: Mask,
    /// The customer's name, its aliases, the names of its contacts.
    pub(super) names: Box<[Name]>,
    /// The folded mail addresses, a line for each.
    pub(super) mails: Box<str>,
    /// The digits of the telephone numbers, a line for each.
    pub(super) phones: Box<str>,
}

/// A name that a customer is found by.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Name {
    pub(super) whose: Whose,
    pub(super) hay: Hay,
    /// As it is spoken and sorted: see [`pinyin::sort_key`].
    pub(super) spoken: Box<str>,
}

/// Whose name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Whose {
    /// What we call the customer.
    Own,
    /// Another name of the customer.
    Alias,
    /// Somebody there.
    Contact,
}

impl Entry {
    /// A customer in the place of what was there before: most changes leave the keys as they are.
    pub(super) fn new(profile: Profile, lately: Option<Lately>, before: Option<&Entry>) -> Entry {
        let (beginning, keys) = match before.filter(|before| is_found_alike(before.profile(), &profile)) {
            Some(same) => (same.beginning, Arc::clone(&same.keys)),
            None => (beginning(&pinyin::sort_key(profile.customer.name.as_str())), Arc::default()),
        };
        let (n, gist) = (profile.n(), profile.gist.clone());
        let lately = lately.map(Arc::new);
        Entry { n, gist, beginning, lately, profile: Arc::new(Lazy::there(profile)), keys }
    }

    /// A customer as it was kept on disk.
    pub(super) fn kept(brief: Brief, keys: Packed, rest: Packed) -> Entry {
        Entry {
            n: brief.n,
            gist: brief.gist,
            beginning: brief.beginning,
            lately: brief.lately.map(Arc::new),
            profile: Arc::new(Lazy::packed(rest)),
            keys: Arc::new(Lazy::packed(keys)),
        }
    }

    /// The bytes that the keys are made from again, and those that the profile is made from with the gist.
    pub(super) fn pack(&self) -> (Vec<u8>, Vec<u8>) {
        let rest = || {
            let profile = self.profile();
            to_bytes(&(&profile.customer, &profile.contacts))
        };
        let keys = self.keys.bytes().unwrap_or_else(|| to_bytes(self.keys()));
        (keys, self.profile.bytes().unwrap_or_else(rest))
    }

    /// The whole profile.
    pub(super) fn profile(&self) -> &Profile {
        self.profile.get(|packed| {
            let rest = packed.and_then(|packed| packed.open());
            let unread = || (Customer { name: Clean::known("?"), ..Customer::default() }, Box::default());
            let (customer, contacts): (Customer, Box<[Person]>) = rest.unwrap_or_else(unread);
            Profile { id: Id::customer(self.n), gist: self.gist.clone(), customer, contacts }
        })
    }

    /// What the customer is found by.
    pub(super) fn keys(&self) -> &Keys {
        let kept = |packed: Option<Packed>| packed?.open();
        self.keys.get(|packed| kept(packed).unwrap_or_else(|| Keys::of(self.profile())))
    }

    /// The order among equals: by name, then by number.
    pub(super) fn by_name(&self, other: &Entry) -> Ordering {
        let whole = || (self.spoken(), self.n).cmp(&(other.spoken(), other.n));
        self.beginning.cmp(&other.beginning).then_with(whole)
    }

    fn spoken(&self) -> &str {
        self.keys().names.first().map_or("", |name| &name.spoken)
    }

    pub(super) fn is_seen(&self, sight: &Sight) -> bool {
        // Of a hundred thousand profiles none is touched where all may be seen.
        if matches!(sight, Sight::All) {
            return true;
        }
        let collaborators = || &self.profile().customer.collaborators;
        let collaborates = |member: Id| collaborators().iter().any(|(one, _)| *one == member);
        sight.sees(self.gist.owner, self.gist.team, collaborates)
    }
}

impl AsRef<Profile> for Entry {
    fn as_ref(&self) -> &Profile {
        self.profile()
    }
}

impl Keys {
    fn of(profile: &Profile) -> Keys {
        let customer = &profile.customer;
        let aliases = customer.aliases.iter().map(|name| (Whose::Alias, name));
        let people = profile.contacts.iter().map(|person| (Whose::Contact, &person.name));
        let names = [(Whose::Own, &customer.name)].into_iter().chain(aliases).chain(people);
        let mails = customer.mails.iter().chain(profile.contacts.iter().flat_map(|person| &person.mails));
        let phones = customer.phones.iter().chain(profile.contacts.iter().flat_map(|person| &person.phones));
        let mails = lines(mails.map(Clean::folded));
        let phones = lines(phones.map(|number| phone::digits(number.as_str())));
        let mut mask = Mask::of_lines(&mails).and(Mask::of_lines(&phones));
        let keyed = |(whose, text): (Whose, &Clean)| {
            let name = Name::new(whose, text);
            mask = mask.and(Mask::read(&text.folded(), &name.spoken));
            name
        };
        let names = names.map(keyed).collect();
        Keys { mask, names, mails, phones }
    }
}

/// Whether two profiles of a customer are found by the same.
fn is_found_alike(one: &Profile, other: &Profile) -> bool {
    let (a, b) = (&one.customer, &other.customer);
    a.name == b.name
        && a.aliases == b.aliases
        && a.mails == b.mails
        && a.phones == b.phones
        && one.contacts == other.contacts
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

fn lines(texts: impl Iterator<Item = String>) -> Box<str> {
    texts.filter(|text| !text.is_empty()).map(|text| text + "\n").collect::<String>().into()
}
