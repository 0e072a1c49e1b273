//! Playbooks: what starts them, their steps, and what ends each.

mod circles;
mod read;
#[cfg(test)]
mod tests;

pub(super) use read::{Names, duty, playbooks};

use std::fmt;

use super::Policy;
use super::within::{Clock, Within};
use crate::filter::Filter;
use crate::model::query::PolicyName;
use crate::model::{Choice, DealStage, Field, Kind};
use crate::text::{Clean, Span};

/// A playbook: steps that follow from something that happened.
#[derive(Clone, Debug)]
pub struct Playbook {
    /// As stages and people name it.
    pub id: Clean,
    /// As people read it.
    pub name: PolicyName,
    /// What starts it; none: the stages that name it.
    pub on: Option<Trigger>,
    /// For which customers.
    pub when: Option<Filter>,
    /// Its purpose: once that holds, nothing more is to be done.
    pub until: Option<Filter>,
    /// In the order of the file.
    pub steps: Vec<Step>,
}

/// What starts a playbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// A customer asks for something new.
    Inquiry,
    /// A customer is new in the book.
    New,
    /// A customer moves into the stage.
    Stage(Clean),
    /// A customer moves into the tier.
    Tier(Clean),
    /// A deal moves into the stage.
    Deal(DealStage),
    /// A sale.
    Purchase,
    /// A tag that a customer did not have.
    Tag(Clean),
    /// No real contact with a customer for so long.
    Silence(Span),
    /// A date comes, or will come so much later.
    Date(DateOf, Option<Span>),
}

/// As the policy writes it.
impl fmt::Display for Trigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trigger::Inquiry => f.write_str("inquiry"),
            Trigger::New => f.write_str("new"),
            Trigger::Purchase => f.write_str("purchase"),
            Trigger::Stage(id) => write!(f, "stage:{id}"),
            Trigger::Tier(id) => write!(f, "tier:{id}"),
            Trigger::Deal(stage) => write!(f, "deal:{}", stage.word()),
            Trigger::Tag(tag) => write!(f, "tag:{tag}"),
            Trigger::Silence(span) => write!(f, "silence:{span}"),
            Trigger::Date(of, before) => {
                match of {
                    DateOf::Field(field) => write!(f, "date:{}", Kind::Customer.field_name(field))?,
                    DateOf::Birthday => f.write_str("date:birthday")?,
                }
                before.map_or(Ok(()), |before| write!(f, " -{before}"))
            }
        }
    }
}

/// A date that is known of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateOf {
    /// A field of the record that holds a day, an own one among them.
    Field(Field),
    /// The birthday of each contact, every year.
    Birthday,
}

/// A step of a playbook.
#[derive(Clone, Debug)]
pub struct Step {
    /// As other steps name it.
    pub id: Clean,
    /// What is to be done.
    pub title: PolicyName,
    /// What it is.
    pub deed: Deed,
    /// The step that must have ended; none: it begins with the run.
    pub after: Option<Clean>,
    /// For which customers; others pass on to the next steps.
    pub when: Option<Filter>,
}

/// What a step is.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Something that somebody does.
    Task(Work),
    /// Something that somebody agrees to: without it the run ends.
    Approve(Work),
    /// A tag for the customer, at once.
    Tag(Clean),
}

/// What somebody does, and by when.
#[derive(Clone, Debug)]
pub struct Work {
    /// Who does it.
    pub duty: Duty,
    /// How long it may take.
    pub within: Within,
    /// What ends it.
    pub done_by: DoneBy,
    /// When it is warned of.
    pub warn: Option<Warn>,
    /// Whom it concerns when it is late, one after the other.
    pub escalate: Vec<Escalation>,
}

/// Who does a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Whoever looks after the customer.
    Owner,
    /// The lead of whoever looks after the customer.
    Lead,
    /// The lead of that lead, else a manager.
    Manager,
    /// Whoever has this duty for the customer, else whoever looks after it.
    Held(Clean),
}

/// What ends a step, beside somebody who says that it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoneBy {
    /// A real contact with the customer that is no inquiry.
    Contact,
    /// A real contact that began with us.
    Answer,
    /// Whoever says so.
    Solution,
    /// A real contact that began with us, as an answer.
    Revisit,
    /// Whoever says so.
    Manual,
}

impl DoneBy {
    /// Whether it asks somebody to turn to the customer.
    pub fn asks_contact(self) -> bool {
        matches!(self, DoneBy::Contact | DoneBy::Answer | DoneBy::Revisit)
    }

    /// As policies write it; empty: only somebody who says so ends it.
    pub fn word(self) -> &'static str {
        match self {
            DoneBy::Contact => "contact",
            DoneBy::Answer => "answer",
            DoneBy::Revisit => "revisit",
            DoneBy::Solution | DoneBy::Manual => "",
        }
    }
}

/// When a step is warned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warn {
    /// When so many percent of its time have passed.
    Share(u8),
    /// So long before its end.
    Before(Span),
}

/// Whom a late step concerns, and how long after its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Escalation {
    /// How long after its end, by the step's clock; of no length: at the end.
    pub after: Span,
    /// Whom.
    pub to: Duty,
}

impl Policy {
    /// The playbook of this id.
    pub fn playbook(&self, id: &str) -> Option<&Playbook> {
        self.playbooks.iter().find(|playbook| playbook.id.as_str() == id)
    }

    /// The playbooks that begin when a customer moves into a stage: those that name it, and that which it names.
    pub fn playbooks_of_stage(&self, stage: &Clean) -> Vec<&Playbook> {
        let named = self.stages.iter().find(|of| of.id == *stage).and_then(|of| of.playbook.as_ref());
        let begins = |playbook: &&Playbook| {
            playbook.on == Some(Trigger::Stage(stage.clone())) || named == Some(&playbook.id)
        };
        self.playbooks.iter().filter(begins).collect()
    }
}

impl Playbook {
    /// The step of this id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id.as_str() == id)
    }

    /// The steps that begin when another has ended; of none: those that begin with the run.
    pub fn after<'a>(&'a self, ended: Option<&'a Clean>) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(move |step| step.after.as_ref() == ended)
    }
}

impl Step {
    /// Whether it asks somebody to turn to the customer.
    pub fn asks_contact(&self) -> bool {
        self.work().is_some_and(|work| work.done_by.asks_contact())
    }

    /// What somebody does in it.
    pub fn work(&self) -> Option<&Work> {
        match &self.deed {
            Deed::Task(work) | Deed::Approve(work) => Some(work),
            Deed::Tag(_) => None,
        }
    }
}

impl Work {
    /// The clock that it is measured by.
    pub fn clock(&self) -> &Clock {
        &self.within.clock
    }
}
