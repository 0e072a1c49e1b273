//! A customer as filters see it: the one mapping from the language's fields to a [`Profile`].

use super::eval::{Facts, Got};
use super::fact::{Fact, Measure};
use super::fields::{CustomerField, Field, FieldRef};
use super::kin::Kin;
use super::lens::Lens;
use super::number::Number;
use super::prepare::Word;
use crate::model::query::Lateness;
use crate::model::{self, Choice, Day, Gist, Id, Instant, Profile};
use crate::text::{Clean, Money};

/// A customer at a moment. Bare words are looked for inside its names; lists look them up in the index instead.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The number of the customer.
    pub n: u64,
    /// The customer: made ready only where a field asks for more than the gist.
    pub profile: &'a dyn AsRef<Profile>,
    /// Its gist, from where that is read fastest.
    pub gist: &'a Gist,
    /// The moment.
    pub lens: &'a Lens,
    /// The groups of the book.
    pub kin: &'a dyn Kin,
}

impl Facts for Seen<'_> {
    fn get(&self, field: &FieldRef) -> Got<'_> {
        match field {
            FieldRef::Field(Field::Customer(field)) => self.field(*field),
            FieldRef::Field(_) => Got::Absent,
            FieldRef::Fact(fact) => self.fact(fact),
            FieldRef::Was(stage) => Got::Bool(self.was_in(stage)),
            FieldRef::Own(name) => self.profile().customer.own.get(name).map_or(Got::Absent, text),
        }
    }

    fn is_named(&self, word: &Word) -> bool {
        let wanted = word.text.folded();
        let customer = &self.profile().customer;
        [&customer.name].into_iter().chain(&customer.aliases).any(|name| name.folded().contains(&wanted))
    }
}

impl<'a> Seen<'a> {
    /// A customer as its profile has it.
    pub fn new(profile: &'a Profile, lens: &'a Lens, kin: &'a dyn Kin) -> Seen<'a> {
        Seen { n: profile.n(), profile, gist: &profile.gist, lens, kin }
    }

    fn profile(&self) -> &'a Profile {
        self.profile.as_ref()
    }

    fn field(&self, field: CustomerField) -> Got<'a> {
        use CustomerField as F;
        let gist = self.gist;
        let traits = &*gist.traits;
        let record = || &self.profile().customer;
        match field {
            F::Tier => text(&gist.tier),
            F::Owner => id(gist.owner),
            F::Team => id(gist.team),
            F::Backup => id(record().backup),
            F::Parent => id(gist.parent),
            F::Pooled => Got::Bool(gist.is_pooled()),
            F::Created => instant(gist.created),
            F::Idle => instant(gist.idle_since),
            F::Last => instant(gist.last_contact),
            F::Next => instant(gist.next_due),
            F::Recency => day(gist.tallies.last(model::Fact::Purchases)),
            F::Late => Got::Bool(self.lens.lateness(gist) == Lateness::Late),
            F::Overdue => Got::Bool(self.lens.is_overdue(gist)),
            F::Archived => Got::Bool(gist.archived),
            F::Group => self.group(),
            F::Pool if !gist.is_pooled() => Got::Absent,
            F::Pool => text(&record().pool),
            F::Protected => instant(record().protected.filter(|until| *until > self.lens.now())),
            F::Returns => instant(record().returns),
            F::Returning => Got::Bool(record().return_warned.is_some_and(|from| from <= self.lens.now())),
            F::Id => Got::Id(self.n),
            F::Complete => number(Some(self.profile().complete())),
            F::Name => text(&record().name),
            F::Kind => word(traits.kind),
            F::Stage => text(&gist.stage),
            F::Collaborator => {
                Got::Many(record().collaborators.iter().map(|(who, _)| Got::Id(who.n)).collect())
            }
            F::Duty => Got::Many(record().collaborators.iter().map(|(_, duty)| text(duty)).collect()),
            F::Tag => Got::Texts(&traits.tags),
            F::Region => text(&traits.region),
            F::Country => text(&traits.country),
            F::Industry => text(&traits.industry),
            F::Employees => number(record().employees),
            F::Revenue => money(record().revenue),
            F::Need => word(traits.need),
            F::Complexity => word(traits.complexity),
            F::Source => text(&traits.source),
            F::Updated => instant(record().updated),
            F::Verified => day(record().verified),
            F::Channel => word(record().channel),
            F::Dnc => Got::Bool(record().dnc),
        }
    }

    /// Of `f(365d)` the days from 364 days ago to today, both included. Nothing counted is 0, not absent.
    fn fact(&self, fact: &Fact) -> Got<'a> {
        let of_sum = |minor| Got::Money(Money { minor, currency: self.lens.ground().currency });
        let of_count = |count: i64| Got::Number(Number::from(count));
        let Some(counted) = fact.measure.counted() else { return Got::Absent };
        let tally = self.tally(fact, counted);
        match fact.measure {
            Measure::Spend => of_sum(tally.sum),
            _ => of_count(tally.count),
        }
    }

    fn tally(&self, fact: &Fact, counted: model::Fact) -> model::Tally {
        let today = self.lens.today();
        let (from, to) = match fact.since(today) {
            Some(since) => (since, today),
            None => (Day(i32::MIN), Day(i32::MAX)),
        };
        if fact.group && !self.is_alone() {
            self.kin.group_tally(self.n, counted, from, to)
        } else {
            self.gist.tallies.sum(counted, from, to)
        }
    }

    fn group(&self) -> Got<'a> {
        if self.is_alone() { Got::Absent } else { Got::Id(self.kin.head(self.n)) }
    }

    /// With neither parent nor children: of no group.
    pub(super) fn is_alone(&self) -> bool {
        self.gist.parent.is_none() && self.kin.children(self.n).is_empty()
    }

    fn was_in(&self, stage: &Clean) -> bool {
        let customer = &self.profile().customer;
        let is_it = |other: &Clean| other.as_str().eq_ignore_ascii_case(stage.as_str());
        customer.stages.iter().any(is_it) || is_it(&customer.stage)
    }
}

pub(super) fn text(text: &Clean) -> Got<'_> {
    if text.is_empty() { Got::Absent } else { Got::Text(text.as_str()) }
}

pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a Clean>) -> Got<'a> {
    Got::Many(texts.into_iter().map(text).collect())
}

pub(super) fn word(choice: Option<impl Choice>) -> Got<'static> {
    choice.map_or(Got::Absent, |choice| Got::Text(choice.word()))
}

pub(super) fn id(id: Option<Id>) -> Got<'static> {
    id.map_or(Got::Absent, |id| Got::Id(id.n))
}

pub(super) fn number(number: Option<i64>) -> Got<'static> {
    number.map_or(Got::Absent, |number| Got::Number(Number::from(number)))
}

pub(super) fn money(money: Option<Money>) -> Got<'static> {
    money.map_or(Got::Absent, Got::Money)
}

pub(super) fn instant(instant: Option<Instant>) -> Got<'static> {
    instant.map_or(Got::Absent, |instant| Got::Instant(instant.utc()))
}

pub(super) fn day(day: Option<Day>) -> Got<'static> {
    day.map_or(Got::Absent, |day| Got::Day(day.date()))
}
