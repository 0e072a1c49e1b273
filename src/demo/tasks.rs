//! Tasks: late ones, today's, the next weeks', and some that are done.

use super::calendar::{AFTERNOON, Calendar, MORNING, day, moment};
use super::customers::Customer;
use super::data::customers::Held;
use super::data::tasks::{ERRANDS, Errand};
use super::dice::{Deck, Dice};
use super::row::Row;
use super::sales::Sale;
use crate::model::Kind;

/// When an open task is due.
#[derive(Clone, Copy)]
enum Due {
    Late,
    Today,
    ThisWeek,
    Later,
}

/// Who has it to do.
#[derive(Clone, Copy)]
enum Whose {
    Me,
    Others,
    /// Whoever of the team takes it.
    Nobody,
}

/// The open tasks: how many of each.
const OPEN: &[(Due, Whose, usize)] = &[
    (Due::Late, Whose::Me, 3),
    (Due::Late, Whose::Others, 5),
    (Due::Late, Whose::Nobody, 1),
    (Due::Today, Whose::Me, 5),
    (Due::Today, Whose::Others, 7),
    (Due::Today, Whose::Nobody, 3),
    (Due::ThisWeek, Whose::Me, 4),
    (Due::ThisWeek, Whose::Others, 8),
    (Due::ThisWeek, Whose::Nobody, 2),
    (Due::Later, Whose::Me, 2),
    (Due::Later, Whose::Others, 5),
];

/// How many were done, and how many dropped.
const DONE: usize = 42;
const DROPPED: usize = 4;

/// The rows of every task.
pub(super) fn rows(customers: &[Customer], calendar: Calendar, dice: &mut Dice) -> Vec<Row> {
    let mut errands = Deck::of(ERRANDS, dice);
    let served = customers.iter().filter(|customer| customer.held != Held::Pool && !customer.is_person());
    let (mine, rest): (Vec<_>, Vec<_>) = served.partition(|customer| customer.owner == "me");
    let (others, queued): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|customer| !customer.owner.is_empty());
    let (mut of_me, mut of_others) = (Deck::of(&mine, dice), Deck::of(&others, dice));
    let mut of_queues = Deck::of(&queued, dice);

    let mut rows: Vec<Row> = Vec::new();
    for (due, whose, count) in OPEN {
        for _ in 0..*count {
            let customer = match whose {
                Whose::Me => of_me.deal(),
                Whose::Others => of_others.deal(),
                Whose::Nobody => of_queues.deal(),
            };
            let row = task(rows.len() + 1, customer, &mut errands, dice);
            rows.push(row.with("assignee", customer.owner).with("due", due.text(calendar, dice)));
        }
    }
    for nth in 0..DONE + DROPPED {
        let customer = if nth % 5 == 0 { of_me.deal() } else { of_others.deal() };
        let row = task(rows.len() + 1, customer, &mut errands, dice);
        rows.push(past(row, customer, nth < DONE, calendar, dice));
    }
    rows
}

fn task(nth: usize, customer: &Customer, errands: &mut Deck<Errand>, dice: &mut Dice) -> Row {
    let mut errand = errands.deal();
    while errand.buyers && !customer.life.has_bought() {
        errand = errands.deal();
    }
    let title = customer.lang.pick(errand.en, errand.zh).replace("{product}", Sale::any(dice).product.name);
    Row::of(Kind::Task, nth)
        .with("title", title)
        .with("customer", customer.name)
        .with("source", errand.source)
        .with_if(errand.promise, "promise", "yes")
}

/// With how it ended: done by its assignee about when it was due, or dropped.
fn past(row: Row, customer: &Customer, done: bool, calendar: Calendar, dice: &mut Dice) -> Row {
    let ago = dice.between((2, 90));
    let due = ago.saturating_sub(dice.between((0, 4))) + u32::from(dice.chance(20)) * 6;
    let hours = if dice.chance(45) { MORNING } else { AFTERNOON };
    let ended = calendar.past(ago, dice.between(hours));
    row.with("assignee", customer.owner)
        .with("due", day(calendar.ago(due)))
        .with("state", if done { "done" } else { "dropped" })
        .with("done_at", moment(ended))
        .with("done_by", customer.owner)
        .told(ended)
}

impl Due {
    /// The due time as it is typed. A day alone means its end.
    fn text(self, calendar: Calendar, dice: &mut Dice) -> String {
        let at_an_hour = dice.chance(40);
        let minute = dice.between((18, 35)) * 30;
        let on = |date: chrono::NaiveDate| {
            if at_an_hour {
                moment(date.and_time(chrono::NaiveTime::MIN) + chrono::Duration::minutes(minute.into()))
            } else {
                day(date)
            }
        };
        match self {
            Due::Late => on(calendar.ago(dice.between((1, 12)))),
            Due::Today if at_an_hour => calendar.later_today(dice.between((1, 4))),
            Due::Today => calendar.today(),
            Due::ThisWeek => on(calendar.ahead(dice.between((1, 6)))),
            Due::Later => on(calendar.ahead(dice.between((8, 32)))),
        }
    }
}
