//! Receipts: what a client was answered, so that an order repeated after a lost reply is known again.
//!
//! Of each client the last 1,024 orders are kept, and each for seven days. Beyond that it is remembered for another
//! seven days up to which counter receipts may have been forgotten: such an order is expired, and not carried out a
//! second time. Each new receipt clears away a few old ones, so that no write pays for many.

use std::sync::OnceLock;

use redb::{ReadableTable, Table};

use super::StoreError;
use super::journal::{open_receipt, seal_receipt};
use super::tables::{Tables, Writing};
use crate::model::{Instant, Receipt};

/// How many orders of a client are kept, by their counters.
const KEPT: u64 = 1024;

/// How long, in milliseconds.
const AGE: i64 = 7 * 24 * 60 * 60 * 1000;

/// How many old receipts a new one clears away at most, of its client and of all.
const CLEARED: usize = 4;

/// What is known of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It was never carried out, as far as anybody knows.
    New,
    /// It was carried out, with this receipt.
    Known(Box<Receipt>),
    /// It may have been carried out: its receipt is not kept any more.
    Expired,
}

/// The receipts as a job sees them, with those of the jobs before it.
pub struct Receipts<'a> {
    kept: &'a Table<'a, (u128, u64), (i64, &'static [u8])>,
    forgotten: &'a Table<'a, u128, (u64, i64)>,
    fault: &'a OnceLock<StoreError>,
}

impl Receipts<'_> {
    /// Looks an order of a client up. A read error makes it look expired, and ends the transaction.
    pub fn find(&self, client: u128, counter: u64) -> Found {
        self.read(client, counter).unwrap_or_else(|error| {
            self.fault.get_or_init(|| error);
            Found::Expired
        })
    }

    fn read(&self, client: u128, counter: u64) -> Result<Found, StoreError> {
        if let Some(kept) = self.kept.get((client, counter))? {
            let (_, sealed) = kept.value();
            // A receipt in a form that this program does not read is as good as forgotten.
            return Ok(open_receipt(sealed).map_or(Found::Expired, |receipt| Found::Known(Box::new(receipt))));
        }
        let forgotten = self.forgotten.get(client)?.is_some_and(|mark| counter <= mark.value().0);
        Ok(if forgotten { Found::Expired } else { Found::New })
    }
}

impl Tables<Writing<'_>> {
    /// The receipts, to look up.
    pub(super) fn receipts(&self) -> Receipts<'_> {
        Receipts { kept: &self.receipts, forgotten: &self.forgotten, fault: &self.fault }
    }

    /// Keeps a receipt, and clears old ones away.
    pub(super) fn keep_receipt(
        &mut self,
        at: Instant,
        (client, counter, receipt): &(u128, u64, Receipt),
    ) -> Result<(), StoreError> {
        self.receipts.insert((*client, *counter), (at.0, seal_receipt(receipt).as_slice()))?;
        self.ages.insert((at.0, *client, *counter), ())?;
        self.clear_aged(at)?;
        self.clear_beyond(at, *client, *counter)
    }

    fn clear_aged(&mut self, now: Instant) -> Result<(), StoreError> {
        let end = (now.0.saturating_sub(AGE), 0, 0);
        let mut aged = Vec::with_capacity(CLEARED);
        for item in self.ages.range(..end)?.take(CLEARED) {
            aged.push(item?.0.value());
        }
        for (at, client, counter) in aged {
            self.ages.remove((at, client, counter))?;
            let kept_at = self.receipts.get((client, counter))?.map(|kept| kept.value().0);
            match kept_at {
                Some(kept_at) if kept_at == at => self.forget(now, client, counter)?,
                Some(_) => {}
                None => self.age_mark(now, client, counter)?,
            }
        }
        Ok(())
    }

    fn clear_beyond(&mut self, now: Instant, client: u128, newest: u64) -> Result<(), StoreError> {
        let Some(end) = newest.checked_sub(KEPT - 1) else { return Ok(()) };
        let mut beyond = Vec::with_capacity(CLEARED);
        for item in self.receipts.range((client, 0)..(client, end))?.take(CLEARED) {
            let (key, kept) = item?;
            beyond.push((key.value().1, kept.value().0));
        }
        for (counter, at) in beyond {
            self.ages.remove((at, client, counter))?;
            self.forget(now, client, counter)?;
        }
        Ok(())
    }

    /// Forgets a receipt, and marks that it did. A client has one mark, which ages like a receipt.
    fn forget(&mut self, now: Instant, client: u128, counter: u64) -> Result<(), StoreError> {
        self.receipts.remove((client, counter))?;
        let before = self.forgotten.get(client)?.map(|mark| mark.value().0);
        self.forgotten.insert(client, (counter.max(before.unwrap_or(0)), now.0))?;
        if before.is_none() {
            self.ages.insert((now.0, client, counter), ())?;
        }
        Ok(())
    }

    /// Takes an old mark away, unless it was moved since.
    fn age_mark(&mut self, now: Instant, client: u128, counter: u64) -> Result<(), StoreError> {
        let moved = self.forgotten.get(client)?.map_or(i64::MIN, |mark| mark.value().1);
        if moved >= now.0.saturating_sub(AGE) {
            self.ages.insert((moved, client, counter), ())?;
        } else {
            self.forgotten.remove(client)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use redb::{Database, ReadableTableMetadata};

    use super::*;

    const DAY: i64 = AGE / 7;

    fn in_tables(test: impl FnOnce(&mut Tables<Writing<'_>>)) {
        let db = Database::builder().create_with_backend(redb::backends::InMemoryBackend::new()).unwrap();
        let txn = db.begin_write().unwrap();
        test(&mut Tables::writing(&txn).unwrap());
    }

    fn order(tables: &mut Tables<Writing<'_>>, day: i64, client: u128, counter: u64) {
        let receipt = Receipt { left: counter, ..Receipt::default() };
        tables.keep_receipt(Instant(day * DAY), &(client, counter, receipt)).unwrap();
    }

    fn known(tables: &Tables<Writing<'_>>, client: u128, counter: u64) -> bool {
        matches!(tables.receipts().find(client, counter), Found::Known(receipt) if receipt.left == counter)
    }

    #[test]
    fn an_order_is_known_by_client_and_counter() {
        in_tables(|tables| {
            order(tables, 0, 7, 1);
            assert!(known(tables, 7, 1));
            assert_eq!(tables.receipts().find(7, 2), Found::New);
            assert_eq!(tables.receipts().find(8, 1), Found::New);
        });
    }

    #[test]
    fn the_last_orders_of_a_client_are_kept_and_older_ones_expired() {
        in_tables(|tables| {
            order(tables, 0, 8, 1);
            for counter in 1..=1500 {
                order(tables, 0, 7, counter);
            }
            assert!(known(tables, 7, 1500 - 1023));
            assert_eq!(tables.receipts().find(7, 1500 - 1024), Found::Expired);
            assert_eq!(tables.receipts().find(7, 1), Found::Expired);
            assert!(known(tables, 8, 1));
        });
    }

    #[test]
    fn the_last_count_there_is_does_no_harm() {
        in_tables(|tables| {
            order(tables, 0, 7, u64::MAX);
            assert!(known(tables, 7, u64::MAX));
        });
    }

    #[test]
    fn an_order_is_known_for_seven_days_then_expired_then_a_strangers() {
        in_tables(|tables| {
            order(tables, 0, 7, 5);
            order(tables, 7, 8, 1);
            assert!(known(tables, 7, 5));
            order(tables, 8, 8, 2);
            assert_eq!(tables.receipts().find(7, 5), Found::Expired);
            assert_eq!(tables.receipts().find(7, 6), Found::New);
            order(tables, 16, 8, 3);
            assert_eq!(tables.receipts().find(7, 5), Found::New);
        });
    }

    #[test]
    fn old_clients_are_cleared_away_for_good() {
        in_tables(|tables| {
            for client in 0..500_u32 {
                order(tables, client.into(), u128::from(client), 1);
            }
            assert!(tables.receipts.len().unwrap() < 12);
            assert!(tables.forgotten.len().unwrap() < 12);
            assert!(tables.ages.len().unwrap() < 24);
        });
    }

    #[test]
    fn a_receipt_that_cannot_be_read_is_expired() {
        in_tables(|tables| {
            tables.receipts.insert((7, 1), (0, b"rotten".as_slice())).unwrap();
            assert_eq!(tables.receipts().find(7, 1), Found::Expired);
        });
    }
}
