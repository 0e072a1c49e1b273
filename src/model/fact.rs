//! Windowed facts: what a row adds to the counts and sums of its customer on its day.
//!
//! Nobody sums purchases when a question is asked: (customer, fact, day) -> count and sum is a projection, kept by the
//! difference between a row before and after.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::choice::{DealStage, Direction, Outcome, RunState, TaskState};
use super::record::{Deal, Interaction, Row, Run};
use super::time::Day;
use crate::text::{Currency, Money};

/// What is counted. Codes are stored with projections, which are rebuilt when they change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Fact {
    /// Purchases: their count, and the sum of those in the book's currency.
    Purchases = 1,
    /// Real contacts.
    Contacts = 2,
    /// Real contacts that the customer began.
    ContactsIn = 3,
    /// Open tasks (on day 0: they have no window).
    OpenTasks = 4,
    /// Open deals (on day 0), and the sum of their amounts in the book's currency.
    OpenDeals = 5,
}

impl Fact {
    /// Every fact.
    pub const ALL: [Fact; 5] =
        [Fact::Purchases, Fact::Contacts, Fact::ContactsIn, Fact::OpenTasks, Fact::OpenDeals];

    /// The fact with this stored code.
    pub fn from_code(code: u8) -> Option<Fact> {
        Fact::ALL.into_iter().find(|fact| *fact as u8 == code)
    }
}

/// A count and a sum in minor units of the book's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many.
    pub count: i64,
    /// How much.
    pub sum: i64,
}

impl Tally {
    /// Both added.
    #[must_use]
    pub fn plus(self, other: Tally) -> Tally {
        Tally { count: self.count + other.count, sum: self.sum.saturating_add(other.sum) }
    }

    /// Both taken away.
    #[must_use]
    pub fn minus(self, other: Tally) -> Tally {
        Tally { count: self.count - other.count, sum: self.sum.saturating_sub(other.sum) }
    }

    /// Nothing counted, nothing summed.
    pub fn is_zero(self) -> bool {
        self == Tally::default()
    }
}

/// What a row adds: (number of the customer, fact, day, how much).
pub fn facts(row: &Row, zone: Tz, currency: Currency) -> Vec<(u64, Fact, Day, Tally)> {
    let one = |amount: Option<Money>| Tally {
        count: 1,
        sum: amount.filter(|money| money.currency == currency).map_or(0, |money| money.minor),
    };
    match row {
        Row::Purchase(purchase) => match (purchase.customer, purchase.date) {
            (Some(customer), Some(day)) => vec![(customer.n, Fact::Purchases, day, one(purchase.amount))],
            _ => Vec::new(),
        },
        Row::Interaction(said) if said.is_real_contact() => match (said.customer, said.at) {
            (Some(customer), Some(at)) => {
                let day = at.day(zone);
                let mut facts = vec![(customer.n, Fact::Contacts, day, one(None))];
                if said.direction == Some(Direction::In) {
                    facts.push((customer.n, Fact::ContactsIn, day, one(None)));
                }
                facts
            }
            _ => Vec::new(),
        },
        Row::Task(task) if task.state == Some(TaskState::Open) => {
            task.customer.map(|c| (c.n, Fact::OpenTasks, Day(0), one(None))).into_iter().collect()
        }
        Row::Deal(deal) if deal.is_open() => {
            deal.customer.map(|c| (c.n, Fact::OpenDeals, Day(0), one(deal.amount))).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

impl Interaction {
    /// A real contact is inbound, or the customer was reached or replied. No answer, bulk mail and notes are none.
    pub fn is_real_contact(&self) -> bool {
        self.direction == Some(Direction::In)
            || matches!(self.outcome, Some(Outcome::Reached | Outcome::Replied))
    }
}

impl Run {
    /// Neither done nor stopped.
    pub fn is_at_work(&self) -> bool {
        matches!(self.state, Some(RunState::Running | RunState::Paused))
    }
}

impl Deal {
    /// Neither won nor lost.
    pub fn is_open(&self) -> bool {
        !matches!(self.stage, Some(DealStage::Won | DealStage::Lost))
    }
}
