//! Lists of customers: found by words, by filter, and summed by tier.

use super::{Desk, MOST};
use crate::filter::Schema;
use crate::filter::{Kin, KinOf};
use crate::model::query::{CustomerLine, PolicyName, TierLine};
use crate::model::sort::Sort;
use crate::model::{Answer, CustomerKind, Id, Profile, Refusal};
use crate::text::{Clean, Lang, Money};

impl Desk<'_> {
    pub(super) fn find(&self, words: &Clean, limit: u32) -> Answer {
        let (found, total) = self.head.book.find(words.as_str(), self.reader(), limit.min(MOST) as usize);
        let lines = found.into_iter().filter_map(|(n, score)| {
            Some(CustomerLine { score: Some(score), ..self.line(self.head.book.profile(n)?) })
        });
        Answer::Customers(lines.collect(), total as u64)
    }

    pub(super) fn list(
        &self,
        filter: &Clean,
        sort: &Clean,
        skip: u32,
        limit: u32,
    ) -> Result<Answer, Refusal> {
        let prepared = self.filter(filter, Schema::Customer)?;
        let sort = order(sort)?;
        let window = (skip as usize, limit.min(MOST) as usize);
        let (found, total) =
            self.head.book.list(&prepared, self.lens(), &self.sight, sort, window.0, window.1);
        let lines = found.into_iter().filter_map(|n| Some(self.line(self.head.book.profile(n)?)));
        Ok(Answer::Customers(lines.collect(), total as u64))
    }

    /// Which row of such a list is a customer's.
    pub(super) fn place(&self, filter: &Clean, sort: &Clean, customer: Id) -> Result<Answer, Refusal> {
        let prepared = self.filter(filter, Schema::Customer)?;
        let place = self.head.book.place(&prepared, self.lens(), &self.sight, order(sort)?, customer.n);
        Ok(Answer::Place(place.map(|row| row as u64)))
    }

    pub(super) fn tiers(&self) -> Answer {
        let sums = self.head.book.tiers(self.lens(), &self.sight);
        let currency = self.head.ground.currency;
        let line = |tier: PolicyName| {
            let sum = sums.iter().find(|sum| sum.tier == tier.id);
            TierLine {
                count: sum.map_or(0, |sum| sum.count),
                spend: Money { minor: sum.map_or(0, |sum| sum.spend), currency },
                covered: sum.map_or(0, |sum| sum.covered),
                late: sum.map_or(0, |sum| sum.late),
                tier,
            }
        };
        Answer::Tiers(self.head.policy.tiers.iter().map(|tier| line(tier.name.clone())).collect())
    }

    /// A customer as lists show it.
    pub(super) fn line(&self, profile: &Profile) -> CustomerLine {
        let customer = &profile.customer;
        let gist = &profile.gist;
        CustomerLine {
            id: profile.id,
            name: customer.name.clone(),
            kind: customer.kind.unwrap_or(CustomerKind::Company),
            parent: self.maybe(customer.parent),
            owner: self.maybe(customer.owner),
            team: self.maybe(customer.team),
            tier: customer.tier.clone(),
            stage: customer.stage.clone(),
            tags: customer.tags.iter().cloned().collect(),
            region: customer.region.clone(),
            industry: customer.industry.clone(),
            last_contact: gist.last_contact,
            next_due: gist.next_due,
            phone: phone(profile, self.veil.over(profile.id)),
            spend: Money { minor: gist.bought.sum, currency: self.head.ground.currency },
            orders: gist.bought.count,
            pooled: gist.is_pooled(),
            pool: customer.pool.clone(),
            protected: customer.protected.filter(|until| *until > self.now),
            returns: customer.returns,
            returning: customer.return_warned.is_some_and(|from| from <= self.now),
            late: self.lens().lateness(gist),
            score: None,
        }
    }

    /// A customer's corporate group: its head and all below, with their depth, as far as they are in sight; empty for
    /// one that stands alone.
    pub(super) fn group(&self, n: u64) -> Vec<(u64, u32)> {
        let mut group = match self.head.whole_book() {
            Some(book) => book.group(n),
            None => KinOf(&*self.head.snapshot).group(n),
        };
        group.retain(|(n, _)| self.knows(Id::customer(*n)));
        if group.len() == 1 { Vec::new() } else { group }
    }

    /// What those of a group spent, all time.
    pub(super) fn group_spend(&self, group: &[(u64, u32)]) -> Money {
        let bought = |n: &u64| self.profile(*n).map_or(0, |profile| profile.gist.bought.sum);
        let minor = group.iter().map(|(n, _)| bought(n)).sum();
        Money { minor, currency: self.head.ground.currency }
    }
}

/// The order of a list, by its name.
fn order(sort: &Clean) -> Result<Sort, Refusal> {
    Sort::parse(sort.as_str()).ok_or_else(|| Sort::refuse(sort.clone(), Lang::En))
}

/// The customer's own number, else that of the first contact who has one, of what is not hidden.
fn phone(profile: &Profile, hidden: &[&str]) -> Clean {
    if hidden.contains(&"phones") {
        return Clean::default();
    }
    let own = profile.customer.phones.first();
    let people = if hidden.contains(&"contacts") { &[] } else { &profile.contacts[..] };
    let theirs = || people.iter().find_map(|person| person.phones.first());
    own.or_else(theirs).cloned().unwrap_or_default()
}
