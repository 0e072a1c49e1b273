//! What came of a customer's plans before: what was greeted, what is in the queue, what was left out.

use std::collections::BTreeSet;

use chrono_tz::Tz;

use super::is_greeting;
use crate::model::{Day, Id, Index, Instant, Key, Row, Rows, Source, Task, TaskState, index};
use crate::rules::policy::CADENCE;
use crate::text::Clean;

/// The greetings of a customer from today on that are planned, done or left out.
#[derive(Default)]
pub(super) struct Greetings {
    /// Days and occasions that are settled.
    keys: BTreeSet<(Day, Clean)>,
    /// Days on which somebody greeted, or is to.
    taken: BTreeSet<Day>,
    /// What the plan has in the queue, by its day.
    pub(super) open: Vec<(Day, Id)>,
}

/// What became of the communication plan's tasks.
#[derive(Default)]
pub(super) struct Ended {
    /// Whether the rhythm has a task open, whatever day that was put off to.
    pub(super) is_open: bool,
    /// The due times of what people planned themselves and is open.
    pub(super) planned: Vec<Instant>,
    /// When the last one that was done was done.
    pub(super) done: Option<Instant>,
    /// The last one, where it was left out: when that was, and the day from which the next is counted.
    pub(super) left_out: Option<(Instant, Day, Id)>,
}

impl Greetings {
    /// Those of a customer from a day on.
    pub(super) fn of(rows: &dyn Rows, customer: Id, from: Day) -> Greetings {
        let customer = Key::of(Index::Greeting).id(customer);
        let from = customer.clone().day(from);
        let mut found = Greetings::default();
        rows.scan(&from.0, &customer.end(), false, &mut |key| {
            if let (Some(day), Some(id)) = (index::day(key), index::target(key)) {
                found.see(day, id, rows.row(id));
            }
            true
        });
        found
    }

    fn see(&mut self, day: Day, id: Id, row: Option<Row>) {
        match row {
            Some(Row::Task(task)) => {
                let is_planned = !task.occasions.is_empty();
                match task.state {
                    Some(TaskState::Open) if is_planned => self.open.push((day, id)),
                    Some(TaskState::Dropped) => {}
                    _ => {
                        self.taken.insert(day);
                    }
                }
                self.keys.extend(task.occasions.into_iter().map(|key| (day, key)));
            }
            Some(Row::Interaction(said)) if is_greeting(&said) => {
                self.taken.insert(day);
            }
            _ => {}
        }
    }

    /// Whether nothing more is to be planned of this occasion on this day.
    pub(super) fn has(&self, day: Day, key: &Clean) -> bool {
        self.taken.contains(&day) || self.keys.contains(&(day, key.clone()))
    }
}

/// Whether a task is one that the rhythm asked for: it has a duty. What people plan themselves has none.
pub(super) fn is_rhythms(task: &Task) -> bool {
    task.source == Some(Source::Cadence) && !task.duty.is_empty()
}

/// What became of the communication plan's tasks of a customer. A revisit that was dropped tells nothing of the rhythm.
/// One that was left out is no contact: the next is counted from its day, or from the day on which it was left out
/// where that was later. One that nobody left out, as where no contact was wished for a time, is as if it had not been.
pub(super) fn ended(rows: &dyn Rows, customer: Id, zone: Tz) -> Ended {
    let all = Key::of(Index::Cadence).id(customer);
    let mut found = Ended::default();
    rows.scan(&all.0, &all.end(), true, &mut |key| {
        let (Some(at), Some(id)) = (index::moment(key), index::target(key)) else { return false };
        let Some(task) = rows.task(id) else { return true };
        if at == Instant(i64::MAX) {
            if is_rhythms(&task) {
                found.is_open = true;
            } else {
                found.planned.extend(task.due);
            }
            return true;
        }
        if task.state == Some(TaskState::Dropped) {
            let day = task.due.map_or(at, |due| due.max(at)).day(zone);
            if task.done_by.is_some() && is_rhythms(&task) {
                found.left_out.get_or_insert((at, day, id));
            }
            return true;
        }
        found.done = Some(at);
        false
    });
    found
}

/// What of a customer's plans is left out from a day on: the occasion, its day, and the task that says so.
pub(super) fn left_out(rows: &dyn Rows, customer: Id, from: Day, zone: Tz) -> Vec<(Clean, Day, Id)> {
    let all = Key::of(Index::Greeting).id(customer);
    let mut found = Vec::new();
    rows.scan(&all.clone().day(from).0, &all.end(), false, &mut |key| {
        let (Some(day), Some(id)) = (index::day(key), index::target(key)) else { return true };
        let dropped = rows.task(id).filter(|task| task.state == Some(TaskState::Dropped));
        let keys = dropped.map(|task| task.occasions).unwrap_or_default();
        found.extend(keys.into_iter().map(|key| (key, day, id)));
        true
    });
    let cadence = ended(rows, customer, zone).left_out.filter(|(_, day, _)| *day >= from);
    found.extend(cadence.map(|(_, day, id)| (Clean::known(CADENCE), day, id)));
    found
}
