//! All about one customer, and why it stands where it stands.

use std::borrow::Cow;

use super::{Desk, MOST};
use crate::model::query::{Card, ContactLine, DealLine, Meanwhile, PurchaseLine, Why};
use crate::model::year::Year;
use crate::model::{
    Answer, Customer, Day, Deal, DealStage, Id, Index, Instant, Key, Kind, Profile, Purchase, Refusal, Row,
    Rows, Which, index,
};
use crate::rules::absence;

impl Desk<'_> {
    pub(super) fn card(&self, which: &Which, timeline: u32, sales: u32) -> Result<Answer, Refusal> {
        let n = self.customer(which)?;
        let id = Id::customer(n);
        let profile = self.profile(n)?;
        let group = self.group(n);
        let (deals, more_deals) = self.deals(id, sales.min(MOST) as usize);
        let (purchases, more_purchases) = self.purchases(id, sales.min(MOST) as usize);
        let collaborators = profile.customer.collaborators.iter();
        let row = Row::Customer(profile.customer.clone());
        Ok(Answer::Card(Box::new(Card {
            line: self.line(&profile),
            hidden: self.veil.fields(id, &row),
            row: self.veil.row(id, row).unwrap_or(Row::blank(Kind::Customer)),
            why: self.why(&profile),
            contacts: self.contacts(id),
            tasks: self.tasks_of(id).collect(),
            timeline: self.timeline(id, None, None, timeline.min(MOST) as usize),
            deals,
            more_deals,
            purchases,
            more_purchases,
            backup: self.maybe(profile.customer.backup),
            collaborators: collaborators.map(|(who, duty)| (self.names.named(*who), duty.clone())).collect(),
            group_spend: self.group_spend(&group),
            year: Year::of(&profile.gist.tallies, self.now.day(self.zone())),
            group: group.into_iter().map(|(n, depth)| (self.names.named(Id::customer(n)), depth)).collect(),
        })))
    }

    /// A customer as the book has it, and as the tables do while the book is being read.
    pub(super) fn profile(&self, n: u64) -> Result<Cow<'_, Profile>, Refusal> {
        let profile = match self.head.whole_book() {
            Some(book) => book.profile(n).map(Cow::Borrowed),
            None => Profile::of(&*self.head.snapshot, n).map(Cow::Owned),
        };
        profile.ok_or(Refusal::NoRecord(Id::customer(n)))
    }

    pub(super) fn why(&self, profile: &Profile) -> Why {
        let id = profile.id;
        let customer = &profile.customer;
        let rows = &*self.head.snapshot;
        let rhythm = self.head.policy.tier(customer.tier.as_str()).and_then(|tier| tier.contact_every);
        let contacted = profile.gist.last_contact.map(|at| at.day(self.head.ground.zone));
        let wanted =
            |days: i64| contacted.map(|day| Day(day.0.saturating_add(i32::try_from(days).unwrap_or(0))));
        Why {
            customer: self.names.named(id),
            tier: self.grader().tier_standing(rows, profile),
            stage: self.grader().stage_standing(rows, profile),
            owner: self.maybe(customer.owner).map(|owner| (owner, customer.owned)),
            meanwhile: self.meanwhile(id, customer),
            team: self.maybe(customer.team),
            contact_every: rhythm.map(|days| (days, wanted(days))),
            next: self.tasks_of(id).next(),
            runs: self.runs(id),
            begins: self.begins(profile),
            returning: self.returning(profile),
            released: self.released(customer),
            protected: customer
                .protected
                .filter(|until| *until > self.now)
                .map(|until| (until, customer.protect_reason.clone())),
            planned: self.plans(profile),
        }
    }

    /// Who does it while the owner is away.
    fn meanwhile(&self, id: Id, customer: &Customer) -> Option<Meanwhile> {
        let owner = customer.owner?;
        let until = self.away_until(owner)?;
        let today = self.now.day(self.zone());
        let by = absence::doer(&*self.head.snapshot, Some(id), owner, today);
        let is_backup = by.is_some() && by == customer.backup;
        Some(Meanwhile { until, by: self.maybe(by), is_backup })
    }

    pub(super) fn contacts(&self, customer: Id) -> Vec<ContactLine> {
        let rows = self.hanging_on(customer, Kind::Contact).into_iter();
        let line = |(id, row)| match self.veil.row(id, row)? {
            Row::Contact(contact) => Some(ContactLine {
                id,
                name: contact.name,
                title: contact.title,
                phones: contact.phones.into_iter().collect(),
                mails: contact.mails.into_iter().collect(),
            }),
            _ => None,
        };
        rows.filter_map(line).collect()
    }

    /// Open deals, those expected first in front; then the last closed ones, and how many more of these there are.
    fn deals(&self, customer: Id, last: usize) -> (Vec<DealLine>, u64) {
        let (mut open, mut closed) = (Vec::new(), Vec::new());
        let more = self.sales(customer, Kind::Deal, last, |id, row| {
            let Row::Deal(deal) = row else { return false };
            let is_closed = !deal.is_open();
            let side = if is_closed { &mut closed } else { &mut open };
            side.push(self.deal_line(id, deal));
            is_closed
        });
        open.sort_by_key(|deal| (deal.expected.is_none(), deal.expected, deal.opened, deal.id));
        open.extend(closed);
        (open, more)
    }

    fn deal_line(&self, id: Id, deal: Deal) -> DealLine {
        DealLine {
            id,
            title: if deal.name.is_empty() { deal.product } else { deal.name },
            owner: self.maybe(deal.owner),
            stage: deal.stage.unwrap_or(DealStage::Prospecting),
            amount: deal.amount,
            opened: deal.opened,
            closed: deal.closed,
            expected: deal.expected,
        }
    }

    /// The last purchases, newest first, and how many more there are.
    fn purchases(&self, customer: Id, last: usize) -> (Vec<PurchaseLine>, u64) {
        let mut purchases = Vec::new();
        let more = self.sales(customer, Kind::Purchase, last, |id, row| {
            if let Row::Purchase(Purchase { product, amount, date, deal, .. }) = row {
                purchases.push(PurchaseLine { id, product, amount, date, deal });
            }
            true
        });
        (purchases, more)
    }

    /// A customer's deals or purchases, open ones first and then from the newest on, until `see` has counted `last` of
    /// them; how many more there are. Those are not read.
    fn sales(&self, customer: Id, kind: Kind, last: usize, mut see: impl FnMut(Id, Row) -> bool) -> u64 {
        let rows = &self.head.snapshot;
        let all = Key::of(Index::Sales).id(customer).kind(kind);
        let (mut counted, mut more) = (0, 0);
        rows.scan(&all.0, &all.end(), true, &mut |key| {
            // What is open comes before all else.
            let is_open = index::moment(key) == Some(Instant(i64::MAX));
            if counted >= last && !is_open {
                more += 1;
            } else if let Some((id, row)) = index::target(key).and_then(|id| Some((id, rows.row(id)?))) {
                counted += usize::from(see(id, row));
            }
            true
        });
        more
    }

    /// The rows of a kind that refer to a record.
    pub(super) fn hanging_on(&self, target: Id, kind: Kind) -> Vec<(Id, Row)> {
        let rows = &self.head.snapshot;
        let found = rows.found(&Key::of(Index::Refers).id(target).kind(kind)).into_iter();
        found.filter_map(|id| Some((id, rows.row(id)?))).collect()
    }
}
