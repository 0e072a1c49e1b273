//! Every table of the store, named for its key and value.
//!
//! [`JOURNAL`] is the truth. [`META`] says what the file is; [`RECEIPTS`], [`AGES`] and [`FORGOTTEN`] remember what
//! clients were answered. All others are projections of the journal: they are written in its transaction, carry a
//! version ([`super::project::version`]), and are made anew where that differs. Kinds and facts are stored by code.

use std::marker::PhantomData;
use std::sync::OnceLock;

use redb::{
    Key, ReadOnlyTable, ReadTransaction, ReadableTable, Table, TableDefinition, Value, WriteTransaction,
};

use super::StoreError;
use crate::model::Settings;

/// How tables are open: to be read, or inside a write transaction.
pub trait Access {
    /// A table that is open so.
    type Table<K: Key + 'static, V: Value + 'static>: ReadableTable<K, V>;
}

/// Open at one moment of the store.
pub struct Reading;

impl Access for Reading {
    type Table<K: Key + 'static, V: Value + 'static> = ReadOnlyTable<K, V>;
}

/// Open inside the write transaction.
pub struct Writing<'t>(PhantomData<&'t ()>);

impl<'t> Access for Writing<'t> {
    type Table<K: Key + 'static, V: Value + 'static> = Table<'t, K, V>;
}

macro_rules! tables {
    ($($(#[$doc:meta])* $field:ident $name:ident: $key:ty => $value:ty;)+) => {
        $( $(#[$doc])* pub(super) const $name: TableDefinition<$key, $value> = TableDefinition::new(stringify!($field)); )+

        /// Every table, open.
        pub struct Tables<A: Access> {
            $( pub(super) $field: A::Table<$key, $value>, )+
            /// The last entry's place.
            pub(super) head: u64,
            /// The first error met while reading; nothing read since is to be trusted.
            pub(super) fault: OnceLock<StoreError>,
            /// The store's own record, once it was read.
            pub(super) settings: OnceLock<Settings>,
        }

        impl Tables<Reading> {
            /// The tables as a read transaction sees them. They keep it alive.
            pub(super) fn reading(txn: &ReadTransaction) -> Result<Tables<Reading>, StoreError> {
                Tables { $( $field: txn.open_table($name)?, )+ head: 0, fault: OnceLock::new(), settings: OnceLock::new() }.at_head()
            }
        }

        impl<'t> Tables<Writing<'t>> {
            /// The tables inside a write transaction; those that are not there are made.
            pub(super) fn writing(txn: &'t WriteTransaction) -> Result<Tables<Writing<'t>>, StoreError> {
                Tables { $( $field: txn.open_table($name)?, )+ head: 0, fault: OnceLock::new(), settings: OnceLock::new() }.at_head()
            }
        }
    };
}

tables! {
    /// Place in the journal, from 1 without gaps -> entry in its envelope ([`super::journal`]).
    journal JOURNAL: u64 => &'static [u8];
    /// What the file is: [`FORMAT`], [`DECLARED`], [`PROJECTION`], [`APPLIED`], [`STORE`].
    meta META: &'static str => u128;

    /// Kind, number -> row, as bincode.
    rows ROWS: (u8, u64) => &'static [u8];
    /// Index keys ([`crate::model::Key`]).
    keys KEYS: &'static [u8] => ();
    /// Number of the customer, fact, day -> count, sum. Only those that are not zero.
    tallies TALLIES: (u64, u8, i32) => (i64, i64);
    /// Kind, number, place in the journal: the entries of a record, and those of a batch.
    history HISTORY: (u8, u64, u64) => ();
    /// Number of the customer, place in the journal: the entries that moved its tier, stage or owner.
    moves MOVES: (u64, u64) => ();
    /// Number of the member, place in the journal: the entries that mention them.
    mentions MENTIONS: (u64, u64) => ();
    /// Entry -> the last entry that took it back (which may have been taken back itself).
    undone UNDONE: u64 => u64;
    /// Kind -> the first number never given.
    next NEXT: u8 => u64;

    /// Client, counter -> when (ms), and the receipt in its envelope.
    receipts RECEIPTS: (u128, u64) => (i64, &'static [u8]);
    /// When (ms), client, counter: receipts, and one for each client of [`FORGOTTEN`]; the oldest first.
    ages AGES: (i64, u128, u64) => ();
    /// Client -> the counter up to which receipts may have been forgotten, and when one was for the last time (ms).
    forgotten FORGOTTEN: u128 => (u64, i64);
}

/// In [`META`]: the form of everything that is not a projection.
pub(super) const FORMAT: &str = "format";
/// In [`META`]: how much of a vocabulary the writer had ([`super::project::declared`]).
pub(super) const DECLARED: &str = "declared";
/// In [`META`]: the version of the projections.
pub(super) const PROJECTION: &str = "projection";
/// In [`META`]: the last entry that the projections hold.
pub(super) const APPLIED: &str = "applied";
/// In [`META`]: the store's own number, drawn when it was made.
pub(super) const STORE: &str = "store";

impl<A: Access> Tables<A> {
    fn at_head(mut self) -> Result<Self, StoreError> {
        self.head = self.journal.last()?.map_or(0, |(seq, _)| seq.value());
        Ok(self)
    }

    /// Fails with the first error that was met while reading.
    pub fn check(&self) -> Result<(), StoreError> {
        self.fault.get().map_or(Ok(()), |fault| Err(fault.clone()))
    }

    /// What was read, or the error kept.
    pub(super) fn keep<T>(&self, read: Result<T, impl Into<StoreError>>) -> Option<T> {
        read.map_err(|error| self.fault.get_or_init(|| error.into())).ok()
    }

    pub(super) fn meta(&self, name: &'static str) -> Result<Option<u128>, StoreError> {
        Ok(self.meta.get(name)?.map(|value| value.value()))
    }
}
