//! What time brings: the moments that stand in rows, merged into the commands that the program tells itself.

use std::collections::BTreeSet;

use super::{care, playbook, pool};
use crate::model::{Command, Id, Index, Instant, Key, Row, Rows, index};

/// What time brings by a moment, as the program tells it to itself, in the order of the moments at which it is due: of
/// each kind at most so many customers, runs and steps, nothing that comes behind those left out, and nothing that
/// concerns a customer a second time.
pub fn due(rows: &dyn Rows, now: Instant, most: usize) -> Vec<(Instant, Command)> {
    let grades = due_of(rows, Index::Regrade, now, most);
    let returns = due_of(rows, Index::Return, now, most);
    let begins = due_of(rows, Index::Begins, now, most);
    let cares = due_of(rows, Index::Care, now, most);
    let count = |due: &[(Instant, Vec<u64>)]| due.iter().map(|(_, customers)| customers.len()).sum::<usize>();
    let steps = playbook::due(rows, now, most);
    let full = [&grades, &returns, &begins, &cares].into_iter().filter(|due| count(due) == most);
    let last_step = steps.last().filter(|_| steps.len() == most).map(|(at, _)| *at);
    let end = full.filter_map(|due| due.last()).map(|(at, _)| *at).chain(last_step).min();
    let turn = |(due, customers)| (due, Command::Turn { due, customers });
    let mut all: Vec<(Instant, Command)> = grades.into_iter().map(turn).collect();
    all.extend(returns.into_iter().flat_map(|(due, customers)| pool::returning(rows, due, &customers)));
    let begin = |due| move |n| (due, Command::Begin { due, customer: Id::customer(n) });
    all.extend(begins.into_iter().flat_map(|(due, customers)| customers.into_iter().map(begin(due))));
    all.extend(cares.into_iter().flat_map(|(due, customers)| care::coming(rows, due, &customers)));
    all.extend(steps.into_iter().map(|(due, record)| (due, Command::Remind { due, record })));
    all.retain(|(at, _)| end.is_none_or(|end| *at <= end));
    all.sort_by_key(|(at, _)| *at);
    // What is done with a customer can bring about something else for them before the next of what is known here.
    let mut concerned = BTreeSet::new();
    let again = all
        .iter()
        .position(|(_, command)| customers_of(rows, command).into_iter().any(|n| !concerned.insert(n)));
    all.truncate(again.unwrap_or(all.len()));
    all
}

/// The customers whom something that is due concerns.
fn customers_of(rows: &dyn Rows, command: &Command) -> Vec<u64> {
    match command {
        Command::Turn { customers, .. }
        | Command::Return { customers, .. }
        | Command::Care { customers, .. } => customers.clone(),
        Command::Begin { customer, .. } => vec![customer.n],
        Command::Remind { record, .. } => {
            let of = |row: Row| match row {
                Row::Task(task) => task.customer,
                Row::Run(run) => run.customer,
                _ => None,
            };
            rows.row(*record).and_then(of).map(|id| id.n).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The customers that an index of moments leads to by a moment, the earliest first, at most so many.
fn due_of(rows: &dyn Rows, index: Index, now: Instant, most: usize) -> Vec<(Instant, Vec<u64>)> {
    let first = Key::of(index);
    let mut due: Vec<(Instant, Vec<u64>)> = Vec::new();
    let mut count = 0;
    rows.scan(&first.0, &first.end(), false, &mut |key| {
        let (Some(at), Some(customer)) = (index::moment(key), index::target(key)) else { return false };
        if at > now || count == most {
            return false;
        }
        count += 1;
        match due.last_mut().filter(|(last, _)| *last == at) {
            Some((_, customers)) => customers.push(customer.n),
            None => due.push((at, vec![customer.n])),
        }
        true
    });
    due
}
