//! What a record is called: a letter for its kind and a number, as in `c12`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A kind of record. Codes are stored: they are only ever added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Kind {
    /// The store itself: its name, policy and clock. One record.
    Settings = 1,
    /// A person of ours.
    Member = 2,
    /// A small group of members that looks after customers together.
    Team = 3,
    /// A company or person we look after.
    Customer = 4,
    /// A person at a customer.
    Contact = 5,
    /// Something that was said or written between us and a customer.
    Interaction = 6,
    /// Something to do.
    Task = 7,
    /// A possible sale.
    Deal = 8,
    /// A sale.
    Purchase = 9,
    /// Many changes that belong together: an import, a bulk edit.
    Batch = 10,
    /// A filter with a name, an order and columns.
    View = 11,
    /// A playbook at work for a customer.
    Run = 12,
}

impl Kind {
    /// Every kind, in the order of their codes.
    pub const ALL: [Kind; 12] = [
        Kind::Settings,
        Kind::Member,
        Kind::Team,
        Kind::Customer,
        Kind::Contact,
        Kind::Interaction,
        Kind::Task,
        Kind::Deal,
        Kind::Purchase,
        Kind::Batch,
        Kind::View,
        Kind::Run,
    ];

    /// The letter that ids of this kind begin with.
    pub fn letter(self) -> char {
        match self {
            Kind::Settings => 's',
            Kind::Member => 'm',
            Kind::Team => 'g',
            Kind::Customer => 'c',
            Kind::Contact => 'p',
            Kind::Interaction => 'i',
            Kind::Task => 't',
            Kind::Deal => 'd',
            Kind::Purchase => 'o',
            Kind::Batch => 'b',
            Kind::View => 'v',
            Kind::Run => 'r',
        }
    }

    /// The kind with this stored code.
    pub fn from_code(code: u8) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| *kind as u8 == code)
    }
}

/// The name of one record. Numbers begin with 1 and are never given twice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Id {
    /// What it is.
    pub kind: Kind,
    /// Which one.
    pub n: u64,
}

impl Id {
    /// The store's own record.
    pub const SETTINGS: Id = Id { kind: Kind::Settings, n: 1 };

    /// The id of this kind and number.
    pub const fn new(kind: Kind, n: u64) -> Id {
        Id { kind, n }
    }

    /// A customer's id.
    pub const fn customer(n: u64) -> Id {
        Id::new(Kind::Customer, n)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}{}", self.kind.letter(), self.n))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.kind.letter(), self.n)
    }
}

/// The text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

impl FromStr for Id {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Id, NotAnId> {
        let mut chars = text.chars();
        let letter = chars.next().ok_or(NotAnId)?.to_ascii_lowercase();
        let digits = chars.as_str();
        let kind = Kind::ALL.into_iter().find(|kind| kind.letter() == letter).ok_or(NotAnId)?;
        if digits.is_empty() || digits.starts_with('0') || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAnId);
        }
        Ok(Id { kind, n: digits.parse().map_err(|_| NotAnId)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_unlike_and_ids_read_back() {
        for kind in Kind::ALL {
            let id = Id::new(kind, 12);
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(Kind::from_code(kind as u8), Some(kind));
        }
        for text in ["", "c", "c0", "x1", "c-1", "c1x", "12"] {
            assert_eq!(text.parse::<Id>(), Err(NotAnId), "{text}");
        }
    }
}
