//! What an adoption did to the book, as its entries tell.

use std::collections::{BTreeMap, HashMap};

use crate::model::query::{Effect, Shift};
use crate::model::{Entry, Event, Id, Kind, RunState, TaskState, Value};
use crate::text::Clean;

/// What is followed of a customer, in this order.
const OF_CUSTOMERS: [&str; 5] = ["tier", "stage", "tier_next", "returns", "owner"];
/// And of a task.
const OF_TASKS: [&str; 2] = ["state", "due"];
/// And of a playbook at work.
const OF_RUNS: [&str; 1] = ["state"];

/// Of each record the value of each field before the first entry and after the last one; none: no entry changed it.
type Changed<const N: usize> = HashMap<u64, [Option<[Value; 2]>; N]>;

/// What entries changed of customers, tasks and playbooks at work, taken together.
#[derive(Default)]
pub(super) struct Footprint {
    customers: Changed<5>,
    tasks: Changed<2>,
    runs: Changed<1>,
}

impl Footprint {
    /// Adds what an entry changed of what the reader may know. False: with it, all of the book was graded.
    pub(super) fn follow(&mut self, entry: Entry, knows: &dyn Fn(Id) -> bool) -> bool {
        let mut goes_on = true;
        for event in entry.events {
            match event {
                Event::Set { record, field, from, to } => {
                    let Some(info) = record.kind.info(field.code) else { continue };
                    if record == Id::SETTINGS {
                        goes_on &= info.name != "graded_by" || to.is_absent();
                    }
                    self.see(record, info.name, [from, to], knows);
                }
                Event::Created { record, values } if record.kind == Kind::Task => {
                    for (field, to) in values {
                        let name = record.kind.field_name(&field);
                        self.see(record, &name, [Value::Absent, to], knows);
                    }
                }
                _ => {}
            }
        }
        goes_on
    }

    fn see(&mut self, record: Id, name: &str, values: [Value; 2], knows: &dyn Fn(Id) -> bool) {
        match record.kind {
            Kind::Customer => see(&mut self.customers, OF_CUSTOMERS, (record, name), values, knows),
            Kind::Task => see(&mut self.tasks, OF_TASKS, (record, name), values, knows),
            Kind::Run => see(&mut self.runs, OF_RUNS, (record, name), values, knows),
            _ => {}
        }
    }

    /// What came of it.
    pub(super) fn effect(self) -> Effect {
        let mut effect = Effect::default();
        let [mut tiers, mut stages] = [BTreeMap::new(), BTreeMap::new()];
        for changed in self.customers.into_values() {
            let [tier, stage, next, returns, owner] = changed.map(other);
            effect.moved += u64::from(tier.is_some() || stage.is_some());
            for (ways, way) in [(&mut tiers, &tier), (&mut stages, &stage)] {
                if let Some(way) = way {
                    *ways.entry(way.each_ref().map(text)).or_insert(0) += 1;
                }
            }
            let came = |of: &Option<[Value; 2]>| of.as_ref().is_some_and(|[from, _]| from.is_absent());
            let went = |of: &Option<[Value; 2]>| of.as_ref().is_some_and(|[_, to]| to.is_absent());
            effect.waiting += u64::from(next.is_some() && !went(&next));
            effect.pooled += u64::from(went(&owner));
            effect.given_back += u64::from(came(&owner));
            effect.returning += u64::from(came(&returns));
            effect.spared += u64::from(went(&returns) && owner.is_none());
        }
        let open = Value::word(TaskState::Open);
        for changed in self.tasks.into_values() {
            let [state, due] = changed.map(other);
            match state {
                Some([from, to]) if to == open && from.is_absent() => effect.born += 1,
                Some([_, to]) if to == open => effect.reopened += 1,
                Some([from, _]) => effect.dropped += u64::from(from == open),
                None => effect.redated += u64::from(due.is_some()),
            }
        }
        let stopped = Value::word(RunState::Stopped);
        for changed in self.runs.into_values() {
            let [state] = changed.map(other);
            let is = |of: Option<&Value>| of == Some(&stopped);
            effect.stopped += u64::from(is(state.as_ref().map(|[_, to]| to)));
            effect.resumed += u64::from(is(state.as_ref().map(|[from, _]| from)));
        }
        Effect { tiers: shifts(tiers), stages: shifts(stages), ..effect }
    }
}

/// Notes what becomes of a field that is followed, of a record that the reader may know.
fn see<const N: usize>(
    all: &mut Changed<N>,
    names: [&str; N],
    (record, name): (Id, &str),
    [from, to]: [Value; 2],
    knows: &dyn Fn(Id) -> bool,
) {
    let nth = names.iter().position(|known| *known == name);
    if let Some(nth) = nth.filter(|_| knows(record)) {
        let changed = all.entry(record.n).or_insert_with(|| [const { None }; N]);
        changed[nth].get_or_insert_with(|| [from, Value::Absent])[1] = to;
    }
}

/// A change that is one in the end.
fn other(of: Option<[Value; 2]>) -> Option<[Value; 2]> {
    of.filter(|[from, to]| from != to)
}

fn text(value: &Value) -> Clean {
    match value {
        Value::Text(text) => text.clone(),
        _ => Clean::default(),
    }
}

fn shifts(ways: BTreeMap<[Clean; 2], u64>) -> Vec<Shift> {
    ways.into_iter().map(|([from, to], count)| Shift { from, to, count, waiting: 0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cause, Instant};

    #[test]
    fn what_becomes_of_tasks_and_playbooks_is_counted_once_each_and_only_in_the_end() {
        let [task, run] = [|n| Id::new(Kind::Task, n), |n| Id::new(Kind::Run, n)];
        let field = |id: Id, name: &str| id.kind.field(name).unwrap().0;
        let set = |record: Id, name: &str, [from, to]: [Value; 2]| Event::Set {
            record,
            field: field(record, name),
            from,
            to,
        };
        let [open, dropped] = [TaskState::Open, TaskState::Dropped].map(Value::word);
        let [running, paused, stopped] =
            [RunState::Running, RunState::Paused, RunState::Stopped].map(Value::word);
        let at = |ms| Value::Instant(Instant(ms));
        let made = |n, state: &Value| {
            let values = vec![(field(task(n), "state"), state.clone()), (field(task(n), "due"), at(1))];
            Event::Created { record: task(n), values }
        };
        let events = vec![
            set(run(1), "state", [paused, stopped.clone()]),
            set(run(2), "state", [running.clone(), stopped.clone()]),
            set(run(3), "state", [stopped, running]),
            set(task(1), "state", [open.clone(), dropped.clone()]),
            set(task(2), "state", [dropped.clone(), open.clone()]),
            set(task(2), "due", [at(1), at(2)]),
            set(task(3), "due", [at(1), at(2)]),
            set(task(4), "due", [at(1), at(2)]),
            set(task(4), "due", [at(2), at(1)]),
            made(5, &open),
            made(6, &open),
            set(task(6), "state", [open.clone(), dropped.clone()]),
            made(7, &open),
            set(task(8), "state", [open, dropped]),
        ];
        let (by, batch, cause) = (None, None, Cause::Asked);
        let entry = Entry { seq: 2, at: Instant(0), by, command: Clean::default(), cause, batch, events };
        let mut footprint = Footprint::default();
        assert!(footprint.follow(entry, &|id| id != task(8)));
        let Effect { stopped, resumed, dropped, reopened, redated, born, .. } = footprint.effect();
        assert_eq!([stopped, resumed], [2, 1]);
        assert_eq!([dropped, reopened, redated, born], [1, 1, 1, 2]);
    }
}
