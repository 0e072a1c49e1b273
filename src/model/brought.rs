//! What time brought, or another policy: counted from the entries of the program itself.

use serde::{Deserialize, Serialize};

use super::choice::{Choice, Source, TaskState};
use super::event::Event;
use super::id::Kind;
use super::value::Value;
use crate::text::Lang;
use crate::text::say::brought as say;

/// A kind of what time brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Brought {
    /// A customer is in another tier.
    Tier,
    /// A customer is in another stage.
    Stage,
    /// A customer returned to the open pool.
    Returned,
    /// A playbook began.
    Began,
    /// A step of a playbook came into the queue.
    Step,
    /// A contact of the communication plan came into the queue.
    Plan,
    /// A greeting came into the queue.
    Greeting,
    /// A step was warned of.
    Warned,
    /// A late step went to whom it concerns.
    Escalated,
    /// A task is not to be done any more.
    Dropped,
}

impl Brought {
    /// What an event of the program tells, where it is of one of these kinds.
    pub fn of(event: &Event) -> Option<Brought> {
        match event {
            Event::Set { record, field, from, to } => {
                let name = record.kind.field_name(field);
                match (record.kind, name.as_str()) {
                    (Kind::Customer, "tier") if !from.is_absent() => Some(Brought::Tier),
                    (Kind::Customer, "stage") if !from.is_absent() => Some(Brought::Stage),
                    (Kind::Customer, "released") if !to.is_absent() => Some(Brought::Returned),
                    (Kind::Task, "warned") if !to.is_absent() => Some(Brought::Warned),
                    (Kind::Task, "escalated") if !to.is_absent() => Some(Brought::Escalated),
                    (Kind::Task, "state") if *to == Value::word(TaskState::Dropped) => Some(Brought::Dropped),
                    _ => None,
                }
            }
            Event::Created { record, .. } if record.kind == Kind::Run => Some(Brought::Began),
            Event::Created { record, values } if record.kind == Kind::Task => {
                let source = values.iter().find(|(field, _)| record.kind.field_name(field) == "source");
                match source.map(|(_, value)| value) {
                    Some(Value::Text(word)) => match Source::read(word.as_str())? {
                        Source::Playbook => Some(Brought::Step),
                        Source::Cadence => Some(Brought::Plan),
                        Source::Care => Some(Brought::Greeting),
                        _ => None,
                    },
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// As scripts read it.
    pub fn word(self) -> &'static str {
        match self {
            Brought::Tier => "tiers",
            Brought::Stage => "stages",
            Brought::Returned => "returned",
            Brought::Began => "playbooks",
            Brought::Step => "steps",
            Brought::Plan => "plans",
            Brought::Greeting => "greetings",
            Brought::Warned => "warned",
            Brought::Escalated => "escalated",
            Brought::Dropped => "dropped",
        }
    }

    /// So many of it, in words.
    pub fn say(self, lang: Lang, count: u64) -> String {
        match self {
            Brought::Tier => say::tiers(lang, count),
            Brought::Stage => say::stages(lang, count),
            Brought::Returned => say::returned(lang, count),
            Brought::Began => say::playbooks(lang, count),
            Brought::Step => say::steps(lang, count),
            Brought::Plan => say::plans(lang, count),
            Brought::Greeting => say::greetings(lang, count),
            Brought::Warned => say::warned(lang, count),
            Brought::Escalated => say::escalated(lang, count),
            Brought::Dropped => say::dropped(lang, count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Id, Instant};
    use crate::text::Clean;

    #[test]
    fn an_event_is_counted_as_what_it_means_to_people() {
        let text = |text| Value::Text(Clean::known(text));
        let set = |kind: Kind, name, from, to| {
            let field = kind.field(name).unwrap().0;
            Brought::of(&Event::Set { record: Id::new(kind, 1), field, from, to })
        };
        assert_eq!(set(Kind::Customer, "tier", text("A"), text("B")), Some(Brought::Tier));
        assert_eq!(set(Kind::Customer, "tier", Value::Absent, text("B")), None, "the first tier is no move");
        assert_eq!(
            set(Kind::Customer, "released", Value::Absent, Value::Instant(Instant(0))),
            Some(Brought::Returned)
        );
        assert_eq!(set(Kind::Task, "escalated", Value::Absent, Value::Number(1)), Some(Brought::Escalated));
        assert_eq!(set(Kind::Task, "escalated", Value::Number(1), Value::Absent), None);
        assert_eq!(set(Kind::Task, "state", text("open"), text("done")), None);
        let born = |source| {
            let values = vec![(Kind::Task.field("source").unwrap().0, text(source))];
            Brought::of(&Event::Created { record: Id::new(Kind::Task, 1), values })
        };
        assert_eq!(
            ["playbook", "cadence", "care", "manual"].map(born),
            [Some(Brought::Step), Some(Brought::Plan), Some(Brought::Greeting), None]
        );
        assert_eq!(Brought::Escalated.say(Lang::En, 1), "1 late step escalated");
        assert_eq!(Brought::Returned.say(Lang::Zh, 3), "3 位客户回收至公海");
    }
}
