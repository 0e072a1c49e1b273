//! Tasks: late ones, today's, the next weeks', and some that are done. Each is told when it was made, and again when it
//! ended, so that a day that has been has the tasks of then.

use chrono::NaiveDateTime;

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
            let nth = rows.len() + 1;
            let row = task(nth, customer, &mut errands, dice);
            let (due, late) = due.text(calendar, dice);
            let row = row.with("assignee", customer.owner).with("due", due);
            rows.push(row.told(made(nth, late, calendar)));
        }
    }
    let open = rows.len();
    for nth in 0..DONE + DROPPED {
        let customer = if nth % 5 == 0 { of_me.deal() } else { of_others.deal() };
        let row = task(open + nth + 1, customer, &mut errands, dice);
        rows.extend(past(row, customer, open + nth + 1, nth < DONE, (calendar, dice)));
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

/// A task as it was made, and how it ended: done by its assignee about when it was due, or dropped.
fn past(
    row: Row,
    customer: &Customer,
    nth: usize,
    done: bool,
    (calendar, dice): (Calendar, &mut Dice),
) -> [Row; 2] {
    let ago = dice.between((2, 90));
    let due = ago.saturating_sub(dice.between((0, 4))) + u32::from(dice.chance(20)) * 6;
    let hours = if dice.chance(45) { MORNING } else { AFTERNOON };
    let ended = calendar.past(ago, dice.between(hours));
    let made = made(nth, due.max(ago), calendar);
    let row = row.with("assignee", customer.owner).with("due", day(calendar.ago(due))).told(made);
    let end = Row::of(Kind::Task, nth)
        .with("customer", customer.name)
        .with("state", if done { "done" } else { "dropped" })
        .with("done_at", moment(ended))
        .with("done_by", customer.owner)
        .told(ended);
    [row, end]
}

/// When a task was made that is due so many days ago, or later: days or weeks before, and no dice for it.
fn made(nth: usize, due: u32, calendar: Calendar) -> NaiveDateTime {
    let before = 3 + nth as u32 * 5 % 21;
    calendar.past(due + before, MORNING.0 + nth as u32 * 7 % 120)
}

impl Due {
    /// The due time as it is typed, a day alone means its end; and how many days ago that was.
    fn text(self, calendar: Calendar, dice: &mut Dice) -> (String, u32) {
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
            Due::Late => {
                let ago = dice.between((1, 12));
                (on(calendar.ago(ago)), ago)
            }
            Due::Today if at_an_hour => (calendar.later_today(dice.between((1, 4))), 0),
            Due::Today => (calendar.today(), 0),
            Due::ThisWeek => (on(calendar.ahead(dice.between((1, 6)))), 0),
            Due::Later => (on(calendar.ahead(dice.between((8, 32)))), 0),
        }
    }
}
