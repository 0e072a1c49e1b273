//! Why a store cannot be opened, read or written.

use crate::codec::Broken;
use crate::text::{Clean, Lang, say};

/// What goes wrong with a store. Each case can be said in both languages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("{}", self.say(Lang::En))]
    NotThere,
    /// A store cannot be made where something is already.
    #[error("{}", self.say(Lang::En))]
    AlreadyThere,
    /// Something else: a folder, another program's file, a file that was never finished.
    #[error("{}", self.say(Lang::En))]
    NotAStore,
    /// A newer program wrote what this one does not know.
    #[error("{}", self.say(Lang::En))]
    Newer,
    /// Another process has it open.
    #[error("{}", self.say(Lang::En))]
    Locked,
    /// An entry of the journal does not hold: its place, and what is wrong with it.
    #[error("{}", self.say(Lang::En))]
    Damaged {
        /// The place in the journal.
        seq: u64,
        /// What is wrong.
        why: Broken,
    },
    /// An entry of the journal is not there, though later ones are.
    #[error("{}", self.say(Lang::En))]
    Gap {
        /// The place in the journal.
        seq: u64,
    },
    /// The tables or the file around them do not hold; the journal may.
    #[error("{}", self.say(Lang::En))]
    Corrupt(Clean),
    /// The operating system refused or failed.
    #[error("{}", self.say(Lang::En))]
    Io(Clean),
    /// Too little space is left on the disk: nothing is written until there is more.
    #[error("{}", self.say(Lang::En))]
    Full {
        /// Free space in MiB.
        free: u64,
        /// The least that must be free for a write, in MiB.
        wanted: u64,
    },
    /// An earlier failure: nothing is written until the store is opened anew.
    #[error("{}", self.say(Lang::En))]
    Failed(Box<StoreError>),
    /// The store was closed.
    #[error("{}", self.say(Lang::En))]
    Closed,
    /// Whoever watched over long work broke it off; what was there before is there still.
    #[error("{}", self.say(Lang::En))]
    Stopped,
}

impl StoreError {
    /// The reason for people, without a full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            StoreError::NotThere => say::store::not_there(lang).to_owned(),
            StoreError::AlreadyThere => say::store::already_there(lang).to_owned(),
            StoreError::NotAStore => say::store::not_a_store(lang).to_owned(),
            StoreError::Newer => say::store::newer(lang).to_owned(),
            StoreError::Locked => say::store::locked(lang).to_owned(),
            StoreError::Damaged { seq, why } => say::store::damaged(lang, seq, why.say(lang)),
            StoreError::Gap { seq } => say::store::gap(lang, seq),
            StoreError::Corrupt(detail) => say::store::corrupt(lang, detail),
            StoreError::Io(detail) => say::store::io(lang, detail),
            StoreError::Full { free, wanted } => say::store::full(lang, free, wanted),
            StoreError::Failed(why) => say::store::failed(lang, why.say(lang)),
            StoreError::Closed => say::store::closed(lang).to_owned(),
            StoreError::Stopped => say::store::stopped(lang).to_owned(),
        }
    }

    /// This error as everybody meets it who comes after: one failure is final, and said once.
    pub(super) fn lasting(self) -> StoreError {
        match self {
            StoreError::Failed(_) => self,
            first => StoreError::Failed(Box::new(first)),
        }
    }

    pub(super) fn corrupt(detail: &str) -> StoreError {
        StoreError::Corrupt(Clean::washed(detail).0)
    }
}

impl From<redb::Error> for StoreError {
    fn from(error: redb::Error) -> StoreError {
        use redb::Error as E;
        let detail = Clean::washed(&error.to_string()).0;
        match error {
            E::DatabaseAlreadyOpen | E::LockProtocolMismatch => StoreError::Locked,
            E::DatabaseClosed => StoreError::Closed,
            // What ends too early was cut short: trying again does not help.
            E::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => StoreError::Corrupt(detail),
            E::Io(_) | E::PreviousIo => StoreError::Io(detail),
            E::UpgradeRequired(_)
            | E::TableDoesNotExist(_)
            | E::TableTypeMismatch { .. }
            | E::TableIsMultimap(_)
            | E::TypeDefinitionChanged { .. } => StoreError::NotAStore,
            _ => StoreError::Corrupt(detail),
        }
    }
}

macro_rules! from_redb {
    ($($error:ident)+) => {$(
        impl From<redb::$error> for StoreError {
            fn from(error: redb::$error) -> StoreError {
                redb::Error::from(error).into()
            }
        }
    )+};
}

from_redb! { StorageError TableError TransactionError CommitError DatabaseError }

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> StoreError {
        match error.kind() {
            std::io::ErrorKind::NotFound => StoreError::NotThere,
            std::io::ErrorKind::AlreadyExists => StoreError::AlreadyThere,
            _ => StoreError::Io(Clean::washed(&error.to_string()).0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_said_in_both_languages() {
        let why = Broken::Checksum;
        let all = [
            StoreError::NotThere,
            StoreError::AlreadyThere,
            StoreError::NotAStore,
            StoreError::Newer,
            StoreError::Locked,
            StoreError::Damaged { seq: 7, why },
            StoreError::Gap { seq: 7 },
            StoreError::corrupt("page 3"),
            StoreError::Io(Clean::known("disk on fire")),
            StoreError::Full { free: 3, wanted: 64 },
            StoreError::Closed.lasting(),
            StoreError::Closed,
            StoreError::Stopped,
        ];
        for error in all {
            assert!(error.say(Lang::En).is_ascii(), "{error:?}");
            assert!(!error.say(Lang::Zh).is_ascii(), "{error:?}");
            assert_eq!(error.to_string(), error.say(Lang::En));
        }
    }

    #[test]
    fn the_first_failure_lasts() {
        let failed = StoreError::Locked.lasting();
        assert_eq!(failed.clone().lasting(), failed);
    }
}
