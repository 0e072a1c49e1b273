//! What an adoption did to the book, as its entries tell.

use std::collections::{BTreeMap, HashMap};

use crate::model::query::{Effect, Shift};
use crate::model::{Entry, Event, Field, Id, Kind, TaskState, Value};
use crate::text::Clean;

/// What is followed of a customer, in this order.
const FIELDS: [&str; 5] = ["tier", "stage", "tier_next", "returns", "owner"];

/// The value before the first entry and that after the last one, of each field; none: no entry changed it.
type Changed = [Option<[Value; 2]>; FIELDS.len()];

/// What is followed of a task: its state, and when it is due. One that is not there has none.
const OF_TASKS: [&str; 2] = ["state", "due"];

/// What entries changed of customers and tasks, taken together.
#[derive(Default)]
pub(super) struct Footprint {
    customers: HashMap<u64, Changed>,
    tasks: HashMap<u64, [Option<[Value; 2]>; OF_TASKS.len()]>,
}

impl Footprint {
    /// Adds what an entry changed of those whom the reader may know. False: with it, all of the book was graded.
    pub(super) fn follow(&mut self, entry: Entry, knows: &dyn Fn(Id) -> bool) -> bool {
        let mut goes_on = true;
        for event in entry.events {
            self.follow_task(&event, knows);
            let Event::Set { record, field, from, to } = event else { continue };
            let Some(info) = record.kind.info(field.code) else { continue };
            if record == Id::SETTINGS {
                goes_on &= info.name != "graded_by" || to.is_absent();
            }
            let nth = FIELDS.iter().position(|name| record.kind == Kind::Customer && *name == info.name);
            if let Some(nth) = nth.filter(|_| knows(record)) {
                let changed = self.customers.entry(record.n).or_default();
                changed[nth].get_or_insert_with(|| [from, Value::Absent])[1] = to;
            }
        }
        goes_on
    }

    fn follow_task(&mut self, event: &Event, knows: &dyn Fn(Id) -> bool) {
        let task = event.record();
        if task.kind != Kind::Task || !knows(task) {
            return;
        }
        for (nth, name) in OF_TASKS.into_iter().enumerate() {
            let value = |values: &[(Field, Value)]| {
                let is_it = |(field, _): &&(Field, Value)| Kind::Task.field_name(field) == name;
                values.iter().find(is_it).map(|(_, value)| value.clone()).unwrap_or_default()
            };
            let (from, to) = match event {
                Event::Created { values, .. } => (Value::Absent, value(values)),
                Event::Removed { values, .. } => (value(values), Value::Absent),
                _ => match event.sets(task, name) {
                    Some((from, to)) => (from.clone(), to.clone()),
                    None => continue,
                },
            };
            self.tasks.entry(task.n).or_default()[nth].get_or_insert_with(|| [from, Value::Absent])[1] = to;
        }
    }

    /// What came of it.
    pub(super) fn effect(self) -> Effect {
        let mut effect = Effect::default();
        let [mut tiers, mut stages] = [BTreeMap::new(), BTreeMap::new()];
        for changed in self.customers.into_values() {
            let [tier, stage, next, returns, owner] = changed.map(|of| of.filter(|[from, to]| from != to));
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
        for [state, due] in self.tasks.into_values() {
            // A task whose state nothing changed is open: of others nothing is counted anew.
            let [was, is] = state.map_or([true; 2], |of| of.map(|state| state == open));
            effect.dropped += u64::from(was && !is);
            effect.born += u64::from(is && !was);
            effect.redated += u64::from(was && is && due.is_some_and(|[from, to]| from != to));
        }
        Effect { tiers: shifts(tiers), stages: shifts(stages), ..effect }
    }
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
