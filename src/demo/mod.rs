//! The practice book: a believable company's customers, in two languages, for `gx demo` and `gx init --practice`.
//!
//! Three teams, a dozen members, 120 customers with corporate groups, two years of interactions and sales up to the
//! present moment, tasks for today and late ones. It is made by code from a fixed seed: the same moment always gives
//! the same book, and every tier and stage of the shipped policy is found in it. It comes in chapters of some
//! weeks and of single days at the end, as the rows of imports: the store lives through its two years, so that owners
//! have had their customers for some time and tiers were entered when they were earned.

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

use std::collections::HashMap;

use chrono::{Duration, NaiveDateTime};

use crate::model::Command;
use calendar::Calendar;
use customers::Numbers;
use dice::Dice;
use row::Row;

/// Any number would do; with this one the book was read and found good.
const SEED: u64 = 0x6775_616e_7869;

/// How many days the store's clock stands before the present moment when its book begins.
pub const DAYS: u32 = 730;

/// So many days go by at a time; of the last ones each, so that these can be looked at as they were.
const STEP: u32 = 19;
const LAST: u32 = 14;

/// The team of whoever opens the book, after which it is called.
pub fn name() -> &'static str {
    team::HOME.name
}

/// A while of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// So many days the store's clock goes forward before it; all chapters together [`DAYS`].
    pub days: u32,
    /// What has happened by then: at most 500 commands in a batch, a transaction each.
    pub batches: Vec<Vec<Command>>,
}

/// The book as seen from `now`, in the team's time. The store lives through it: its clock begins [`DAYS`] before, and
/// of each chapter the clock goes forward first. The store's first member carries it out, whom the book calls `me`.
pub fn book(now: NaiveDateTime) -> Vec<Chapter> {
    let calendar = Calendar::at(now);
    let mut dice = Dice::of(SEED);
    let mut numbers = Numbers::default();

    let customers = customers::all(&mut dice);
    let sales = sales::all(&customers, &mut dice);
    let sold = sales::rows(&customers, &sales, calendar, &mut dice);
    let named = customers::rows(&customers, calendar, &mut numbers, &mut dice);
    let people = customers::contacts(&customers, calendar, &mut numbers, &mut dice);
    let talks = talks::rows(&customers, &sales, calendar, &mut dice);
    let tasks = tasks::rows(&customers, calendar, &mut dice);

    let met = met(&named, [&sold, &talks, &tasks].into_iter().flatten(), now);
    let since = |name: &str| met.get(name).copied().unwrap_or(now);
    let named = named.into_iter().map(|row| (since(row.get("name")), row));
    let people = people.into_iter().map(|row| (since(row.get("customer")), row));
    let happened = [talks, sold, tasks].into_iter().flatten();
    let happened = happened.map(|row| (row.when().unwrap_or(now), row));
    // Whoever is named in a chapter was told of before.
    let mut told: Vec<(NaiveDateTime, Row)> = named.chain(people).chain(happened).rev().collect();

    let mut chapters =
        vec![Chapter { days: 0, batches: vec![team::teams(), team::members(), team::leads()] }];
    let mut ahead = DAYS;
    while ahead > 0 {
        let days = if ahead > LAST { STEP.min(ahead - LAST) } else { 1 };
        ahead -= days;
        let until = now - Duration::days(i64::from(ahead));
        let mut rows: Vec<_> = told.extract_if(.., |(when, _)| *when <= until).collect();
        rows.reverse();
        let command = if days == 1 {
            rows.sort_by_key(|(when, _)| *when);
            Row::noted
        } else {
            Row::command
        };
        let commands: Vec<Command> = rows.into_iter().map(|(_, row)| command(row)).collect();
        chapters.push(Chapter { days, batches: commands.chunks(BATCH).map(<[Command]>::to_vec).collect() });
    }
    chapters
}

/// The most commands of a batch.
const BATCH: usize = 500;

/// Since when we know each customer: since the first that happened, and a head of a group no later than its members.
fn met<'r>(
    customers: &'r [Row],
    happened: impl Iterator<Item = &'r Row>,
    now: NaiveDateTime,
) -> HashMap<String, NaiveDateTime> {
    let mut met: HashMap<String, NaiveDateTime> = HashMap::new();
    let mut meet = |name: &str, when: NaiveDateTime| {
        let first = met.entry(name.to_owned()).or_insert(now);
        *first = when.min(*first);
        *first
    };
    for row in happened {
        meet(row.get("customer"), row.when().unwrap_or(now));
    }
    // Heads stand before their members.
    for row in customers.iter().rev() {
        let since = meet(row.get("name"), now);
        meet(row.get("parent"), since);
    }
    met
}
