//! What time brings: the moments that stand in rows, merged into the commands that the program tells itself.

use std::collections::BTreeSet;

use super::{care, playbook, pool};
use crate::model::{Command, Id, Index, Instant, Key, Row, Rows, index};

/// What time brings next by a moment, as the program tells it to itself: what is due at the earliest moment of all, of
/// each kind at most for so many customers, runs and steps, and nothing that concerns a customer a second time. What
/// follows from it can be due before all else that is known now: who asks again is told of everything in the order of
/// the moments.
pub fn due(rows: &dyn Rows, now: Instant, most: usize) -> Option<(Instant, Vec<Command>)> {
    let [grades, returns, begins, cares] = [Index::Regrade, Index::Return, Index::Begins, Index::Care]
        .map(|index| first_of(rows, index, now, most));
    let steps = playbook::due(rows, now, most);
    let moments = [&grades, &returns, &begins, &cares].into_iter().flatten().map(|(at, _)| *at);
    let due = moments.chain(steps.first().map(|(at, _)| *at)).min()?;
    let at_once = |found: Option<(Instant, Vec<u64>)>| found.filter(|(at, _)| *at == due).map(|(_, all)| all);
    let mut all: Vec<Command> = Vec::new();
    all.extend(at_once(grades).map(|customers| Command::Turn { due, customers }));
    all.extend(pool::returning(rows, due, &at_once(returns).unwrap_or_default()));
    let begins = at_once(begins).unwrap_or_default().into_iter();
    all.extend(begins.map(|n| Command::Begin { due, customer: Id::customer(n) }));
    all.extend(care::coming(rows, due, &at_once(cares).unwrap_or_default()));
    let steps = steps.into_iter().filter(|(at, _)| *at == due);
    all.extend(steps.map(|(due, record)| Command::Remind { due, record }));
    // What is done with a customer can bring about something else for them.
    let mut concerned = BTreeSet::new();
    let again =
        all.iter().position(|command| customers_of(rows, command).into_iter().any(|n| !concerned.insert(n)));
    all.truncate(again.unwrap_or(all.len()));
    Some((due, all))
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

/// The earliest moment of an index, and the customers to whom it leads then, at most so many; none where that is to
/// come.
fn first_of(rows: &dyn Rows, index: Index, now: Instant, most: usize) -> Option<(Instant, Vec<u64>)> {
    let first = Key::of(index);
    let mut found: Option<(Instant, Vec<u64>)> = None;
    rows.scan(&first.0, &first.end(), false, &mut |key| {
        let (Some(at), Some(customer)) = (index::moment(key), index::target(key)) else { return false };
        let (due, customers) = found.get_or_insert_with(|| (at, Vec::new()));
        let is_due = at == *due && at <= now && customers.len() < most;
        if is_due {
            customers.push(customer.n);
        }
        is_due
    });
    found.filter(|(at, _)| *at <= now)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Office, edit, text};
    use crate::model::{Cause, Command, Kind, Rows};

    #[test]
    fn what_follows_from_a_moment_comes_before_the_next_one_of_somebody_else() {
        let mut office = Office::new();
        let customers = office.customers(["Acme", "Beta"]);
        for (customer, birthday) in customers.into_iter().zip(["1980-01-10", "1980-02-20"]) {
            let [tier, reason, until] = ["A", "key", "+90d"].map(text);
            office.run(Command::TierSet { customer, tier, reason, until }).unwrap();
            let id = customer.to_string();
            office.make(Kind::Contact, &[("customer", &id), ("name", "Li"), ("birthday", birthday)]);
            office.run(edit(customer, "tags", "vip")).unwrap();
        }
        office.days_pass(80);
        let due = |seq| match office.rows.entry(seq)?.cause {
            Cause::Due { at, .. } => Some(at),
            _ => None,
        };
        let moments: Vec<_> = (1..=office.rows.head()).filter_map(due).collect();
        assert!(moments.len() > 6 && moments.is_sorted(), "{moments:?}");
    }
}
