//! Who else is here.

use super::{Book, Topic};
use crate::model::query::{Beside, Company};
use crate::model::{Answer, Id, Instant, Query, Refusal};

impl Book {
    /// Asks who else is here, which tells them where we are, unless that is told.
    pub(in crate::tui) fn ask_company(&mut self, customer: Option<Id>, writing: bool, now: Instant) {
        if self.told_customer() != customer {
            self.company.beside.clear();
        }
        let query = Query::Company { customer, writing };
        if self.asked.get(&Topic::Company).is_none_or(|asked| asked.query != query) {
            self.ask(Topic::Company, query, now);
        }
    }

    /// Asks again, as when somebody comes or goes.
    pub(in crate::tui) fn ask_company_again(&mut self, now: Instant) {
        self.again(|topic| topic == Topic::Company, now);
    }

    /// How many other members have a screen open.
    pub(in crate::tui) fn others(&self) -> u32 {
        self.company.here
    }

    /// Who else looks at this customer; who writes comes first.
    pub(in crate::tui) fn beside(&self, customer: Id) -> &[Beside] {
        if self.told_customer() == Some(customer) { &self.company.beside } else { &[] }
    }

    /// Without the server nobody is known to be here.
    pub(in crate::tui) fn be_alone(&mut self) {
        self.company = Company::default();
    }

    /// The customer that the others were told we look at.
    fn told_customer(&self) -> Option<Id> {
        match self.asked.get(&Topic::Company)?.query {
            Query::Company { customer, .. } => customer,
            _ => None,
        }
    }

    pub(super) fn keep_company(&mut self, answer: Result<Answer, Refusal>) {
        match answer {
            Ok(Answer::Company(company)) => self.company = company,
            _ => self.company.beside.clear(),
        }
    }
}
