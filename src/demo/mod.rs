//! The practice book: a believable company's customers, in two languages, for `gx demo` and `gx init --practice`.
//!
//! Three teams, a dozen members, 120 customers with corporate groups, two years of interactions and sales up to the
//! present moment, tasks for today and late ones. It is made by code from a fixed seed: the same moment always gives
//! the same book, and every tier and stage of the shipped policy is found in it. It comes as the rows of an import,
//! so that nothing gets into a practice store by another way than into a real one.

mod calendar;
mod customers;
mod data;
mod dice;
mod life;
mod row;
mod sales;
mod talks;
mod tasks;
mod team;
#[cfg(test)]
mod tests;

use chrono::NaiveDateTime;

use crate::model::Command;
use calendar::Calendar;
use customers::Numbers;
use dice::Dice;

/// Any number would do; with this one the book was read and found good.
const SEED: u64 = 0x6775_616e_7869;

/// The most rows of a batch.
const BATCH: usize = 500;

/// The book as seen from `now`, in the team's time: batches of at most 500 commands, to be carried out in this order
/// by the store's first member, whom the book calls `me`. No two batches belong in one transaction.
pub fn book(now: NaiveDateTime) -> Vec<Vec<Command>> {
    let calendar = Calendar::at(now);
    let mut dice = Dice::of(SEED);
    let mut numbers = Numbers::default();

    let customers = customers::all(&mut dice);
    let sales = sales::all(&customers, &mut dice);
    let [sold_before, sold] = sales::rows(&customers, &sales, calendar, &mut dice);
    let parts = [
        team::teams(),
        team::members(),
        team::leads(),
        customers::rows(&customers, calendar, &mut numbers, &mut dice),
        customers::contacts(&customers, calendar, &mut numbers, &mut dice),
        talks::rows(&customers, &sales, calendar, &mut dice),
        sold_before,
        sold,
        tasks::rows(&customers, calendar, &mut dice),
    ];
    parts.iter().flat_map(|commands| commands.chunks(BATCH)).map(<[Command]>::to_vec).collect()
}
