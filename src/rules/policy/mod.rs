//! The team's way of working, as text: read whole, with every fault and its place, and looked up.
//!
//! ```text
//! text --DeTable--> table (values with places) --read--> Policy --check--> warnings
//!                        `------ fault: every fault, in the order of the file ------'
//! ```

mod calendar;
mod care;
mod fault;
mod ground;
mod playbook;
mod pool;
mod read;
mod table;
#[cfg(test)]
mod tests;
mod within;

use toml::de::DeTable;

use crate::filter::{self, CustomerField, Field, FieldRef, Filter, FilterError};
pub use crate::model::policy::mark;
use crate::model::query::PolicyName;
use crate::text::{Clean, Currency, Lang, folded};

pub use calendar::{Calendar, WeekFault, Work as WorkingTime, WorkingClock};
pub use care::{CADENCE, Care, Occasion, On, Rhythm};
use fault::Faults;
pub use fault::{Expected, Fault, PolicyError};
pub use ground::{Ground, People};
pub use playbook::{DateOf, Deed, DoneBy, Duty, Escalation, Playbook, Step, Trigger, Warn, Work};
pub use pool::{Claim, HIDEABLE, Pool, Protect, Recycle};
use table::Table;
pub use within::{Clock, Pace, Within};

/// The policy that a new store begins with.
pub const SHIPPED: &str = include_str!("../shipped.toml");
/// A policy has at most so many bytes; what the store's record holds is as long.
pub const MAX_LENGTH: usize = 200_000;

/// A policy as it was understood.
#[derive(Clone, Debug)]
pub struct Policy {
    /// IANA name of the zone of the book that it is for; none: of any.
    pub timezone: Option<Clean>,
    /// The currency of the book that it is for; none: of any.
    pub currency: Option<Currency>,
    /// Highest first; the last one takes everybody.
    pub tiers: Vec<Tier>,
    /// In the order in which they are tried.
    pub stages: Vec<Stage>,
    /// Whether the members of a corporate group have at least the tier of its head.
    pub inherit: bool,
    /// How many contacts and answers a week a member can make; none: nobody said.
    pub capacity: Option<u32>,
    /// The open pools; without any, who has neither owner nor team is free to be claimed by everybody.
    pub pools: Vec<Pool>,
    /// The language of what the program itself writes into the book.
    pub language: Lang,
    /// By whose hours working time is counted.
    pub calendars: Vec<Calendar>,
    /// In the order of the file.
    pub playbooks: Vec<Playbook>,
    /// What is planned for customers by itself.
    pub care: Care,
}

/// A tier of the policy.
#[derive(Clone, Debug)]
pub struct Tier {
    /// As filters name it.
    pub id: Clean,
    /// As people read it.
    pub name: PolicyName,
    /// Who gets it; the last tier has none.
    pub enter: Option<Filter>,
    /// Who stays in it; without one, who still enters.
    pub keep: Option<Filter>,
    /// How long its rule must hold before a customer moves here, up or down, in days.
    pub confirm: i64,
    /// How often a contact is wanted, in days.
    pub contact_every: Option<i64>,
    /// How soon whoever asks is answered.
    pub answer_within: Option<Within>,
    /// Who serves its customers.
    pub serve: Option<Serve>,
}

/// Who serves the customers of a tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Serve {
    /// One person, a team, or mostly nobody.
    pub by: Server,
    /// What whoever serves must be able to do.
    pub skill: Option<Clean>,
}

/// Who serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// An owner.
    Person,
    /// A team's queue.
    Team,
    /// Mostly automatic steps.
    Automatic,
}

impl Server {
    /// As policies write it.
    pub fn word(self) -> &'static str {
        match self {
            Server::Person => "person",
            Server::Team => "team",
            Server::Automatic => "automatic",
        }
    }
}

/// A stage of a customer's life.
#[derive(Clone, Debug)]
pub struct Stage {
    /// As filters name it.
    pub id: Clean,
    /// As people read it.
    pub name: PolicyName,
    /// Who is in it.
    pub when: Filter,
    /// The playbook that begins with it.
    pub playbook: Option<Clean>,
}

/// What a text is as a policy.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The policy, or all that is wrong with it.
    pub policy: Result<Policy, Vec<PolicyError>>,
    /// What is allowed and hardly meant.
    pub warnings: Vec<PolicyError>,
}

impl Policy {
    /// Reads a policy, whole: every fault is found, not only the first.
    pub fn read(text: &str) -> Reading {
        Policy::read_for(text, None)
    }

    /// The same, and whether this book has what the policy asks of it.
    pub fn read_for(text: &str, ground: Option<&Ground>) -> Reading {
        let mut faults = Faults::default();
        if text.len() > MAX_LENGTH {
            faults.push(0..0, Fault::TooLong(MAX_LENGTH));
            return Reading { policy: Err(faults.placed(text).0), warnings: Vec::new() };
        }
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            faults.push(error.span().unwrap_or_default(), Fault::Toml(error.message().to_owned()));
        }
        let policy = read::policy(Table::new(0..0, document.get_ref()), &mut faults);
        if let Some(ground) = ground {
            faults.hold_against(ground);
        }
        let (errors, warnings) = faults.placed(text);
        let policy = policy.filter(|_| errors.is_empty()).ok_or(errors);
        Reading { policy, warnings }
    }

    /// The policy that a text is, where nothing is wrong with it.
    pub fn parse(text: &str) -> Result<Policy, Vec<PolicyError>> {
        Policy::read(text).policy
    }

    /// The shipped policy with another zone and currency.
    pub fn shipped(timezone: &str, currency: Currency) -> String {
        SHIPPED
            .replace("timezone = \"Asia/Shanghai\"", &format!("timezone = \"{timezone}\""))
            .replace("currency = \"CNY\"", &format!("currency = \"{currency}\""))
    }

    /// The tier of this id; letters match in any case.
    pub fn tier(&self, id: &str) -> Option<&Tier> {
        self.tiers.iter().find(|tier| tier.id.as_str().eq_ignore_ascii_case(id))
    }

    /// The ids of the tiers, highest first.
    pub fn tier_ids(&self) -> Vec<Clean> {
        self.tiers.iter().map(|tier| tier.id.clone()).collect()
    }

    /// Refuses a filter that compares with a tier or a stage which this policy does not define.
    pub fn check(&self, filter: &Filter) -> Result<(), FilterError> {
        let ids = |ids: Vec<&Clean>| ids.into_iter().map(Clean::to_string).collect();
        let tiers = ids(self.tiers.iter().map(|tier| &tier.id).collect());
        let stages = ids(self.stages.iter().map(|stage| &stage.id).collect());
        let pools = ids(self.pools.iter().map(|pool| &pool.id).collect());
        Known { tiers, stages, pools }.check(filter)
    }

    /// The pool of this id.
    pub fn pool(&self, id: &Clean) -> Option<&Pool> {
        self.pools.iter().find(|pool| pool.id == *id)
    }

    /// The pool that a team shares: the one that names it, else the one that names none.
    pub fn pool_of(&self, team: Option<&Clean>) -> Option<&Pool> {
        let named = team.and_then(|team| self.pools.iter().find(|pool| pool.names(team)));
        named.or_else(|| self.pools.iter().find(|pool| pool.teams.is_empty()))
    }

    /// The place of a tier, highest first; of none, behind the last.
    pub fn rank(&self, tier: Option<&Clean>) -> usize {
        let place = tier.and_then(|id| self.tiers.iter().position(|tier| tier.id == *id));
        place.unwrap_or(self.tiers.len())
    }

    /// Whether any rule asks for more of a corporate group than one customer: then all of it is graded together.
    pub fn asks_groups(&self) -> bool {
        let returns = self.pools.iter().flat_map(|pool| &pool.recycle).map(|rule| &rule.when);
        let purposes = self.playbooks.iter().filter_map(|playbook| playbook.until.as_ref());
        let mut rules = self.grades().chain(returns).chain(purposes).chain(self.care.conditions());
        let of_group = |field: &FieldRef| matches!(field, FieldRef::Fact(fact) if fact.group);
        self.inherit || rules.any(|rule| rule.fields().into_iter().any(of_group))
    }

    /// Whether a tier or stage asks who lies in a pool or returns to one.
    pub fn asks_returns(&self) -> bool {
        let asks = |field: &FieldRef| {
            let FieldRef::Field(Field::Customer(field)) = field else { return false };
            matches!(field, CustomerField::Pool | CustomerField::Returns | CustomerField::Returning)
        };
        self.grades().any(|rule| rule.fields().into_iter().any(asks))
    }

    /// The rules of tiers and stages.
    fn grades(&self) -> impl Iterator<Item = &Filter> {
        let tiers = self.tiers.iter().flat_map(|tier| [tier.enter.as_ref(), tier.keep.as_ref()]).flatten();
        tiers.chain(self.stages.iter().map(|stage| &stage.when))
    }

    /// How often each tier wants a contact, in days.
    pub fn rhythms(&self) -> Vec<(Clean, Option<i64>)> {
        self.tiers.iter().map(|tier| (tier.id.clone(), tier.contact_every)).collect()
    }
}

/// What a policy defines.
struct Known {
    tiers: Vec<String>,
    stages: Vec<String>,
    pools: Vec<String>,
}

impl Known {
    fn check(&self, filter: &Filter) -> Result<(), FilterError> {
        filter.check(|field, id| {
            let ids = match field {
                FieldRef::Was(_) | FieldRef::Field(filter::Field::Customer(filter::CustomerField::Stage)) => {
                    &self.stages
                }
                FieldRef::Field(filter::Field::Customer(filter::CustomerField::Pool)) => &self.pools,
                field if is_tier(field) => &self.tiers,
                _ => return Ok(()),
            };
            let is_known = ids.iter().any(|known| folded(known) == id.folded());
            if is_known { Ok(()) } else { Err(ids.clone()) }
        })
    }
}

fn is_tier(field: &FieldRef) -> bool {
    matches!(field, FieldRef::Field(filter::Field::Customer(filter::CustomerField::Tier)))
}
