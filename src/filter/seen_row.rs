//! Rows of the other kinds as filters see them, each by its own fields; `customer.FIELD` goes on to its customer.

use std::cell::LazyCell;

use super::eval::{Facts, Got};
use super::fields::{
    ContactField, DealField, Field, FieldRef, InteractionField, MemberField, PurchaseField, RunField,
    TaskField,
};
use super::lens::Lens;
use super::prepare::Word;
use super::seen::{Seen, day, id, instant, money, number, text, texts, word};
use crate::model::{
    Contact, Deal, DealStage, Id, Interaction, Member, Purchase, Row, Rows, Run, RunState, Task,
};
use crate::text::Clean;

/// A row at a moment. Bare words are looked for in its title or name, and in the name of its customer.
pub struct SeenRow<'a, Find> {
    /// Its id.
    pub id: Id,
    /// The row.
    pub row: &'a Row,
    /// The customer it belongs to, where there is one. Looked up when it is asked for: most filters ask the row alone.
    pub customer: LazyCell<Option<Seen<'a>>, Find>,
    /// The moment.
    pub lens: &'a Lens,
    /// The rows that it refers to.
    pub rows: &'a dyn Rows,
}

impl<'a, Find: FnOnce() -> Option<Seen<'a>>> Facts for SeenRow<'a, Find> {
    fn get(&self, field: &FieldRef) -> Got<'_> {
        match (self.row, field) {
            (Row::Task(row), FieldRef::Field(Field::Task(field))) => self.task(row, *field),
            (Row::Deal(row), FieldRef::Field(Field::Deal(field))) => self.deal(row, *field),
            (Row::Purchase(row), FieldRef::Field(Field::Purchase(field))) => self.purchase(row, *field),
            (Row::Interaction(row), FieldRef::Field(Field::Interaction(field))) => {
                self.interaction(row, *field)
            }
            (Row::Contact(row), FieldRef::Field(Field::Contact(field))) => self.contact(row, *field),
            (Row::Member(row), FieldRef::Field(Field::Member(field))) => self.member(row, *field),
            (Row::Run(row), FieldRef::Field(Field::Run(field))) => self.run(row, *field),
            (_, field) => self.customer.as_ref().map_or(Got::Absent, |customer| customer.get(field)),
        }
    }

    fn is_named(&self, word: &Word) -> bool {
        let wanted = word.text.folded();
        let own = match self.row {
            Row::Task(task) => Some(&task.title),
            Row::Deal(deal) => Some(title_of(deal)),
            Row::Purchase(purchase) => Some(&purchase.product),
            Row::Interaction(said) => Some(&said.text),
            Row::Contact(contact) => Some(&contact.name),
            Row::Member(member) => Some(&member.name),
            Row::Run(run) => Some(&run.playbook),
            _ => None,
        };
        own.is_some_and(|name| name.folded().contains(&wanted))
            || self.customer.as_ref().is_some_and(|customer| customer.is_named(word))
    }
}

impl<'a, Find: FnOnce() -> Option<Seen<'a>>> SeenRow<'a, Find> {
    fn task(&self, task: &'a Task, field: TaskField) -> Got<'a> {
        use TaskField as F;
        match field {
            F::Id => Got::Id(self.id.n),
            F::Title => text(&task.title),
            F::Customer => id(task.customer),
            F::CustomerName => self.customer_name(),
            F::Assignee => id(task.assignee),
            F::Team => id(task.team),
            F::Due => instant(task.due),
            F::State => word(task.state),
            F::Source => word(task.source),
            F::Overdue => Got::Bool(task.is_overdue(self.lens.now())),
            F::Promise => Got::Bool(task.promise),
            F::SnoozedUntil => instant(task.snoozed_until),
            F::Created => instant(task.created),
            F::DoneAt => instant(task.done_at),
            F::DoneBy => id(task.done_by),
            F::Playbook => text(&task.playbook),
            F::Step => text(&task.step),
            F::Duty => text(&task.duty),
            F::Paused => Got::Bool(self.is_paused(task)),
        }
    }

    /// Whether it is a step of a playbook whose clocks stand still.
    fn is_paused(&self, task: &Task) -> bool {
        let run = task.run.and_then(|run| self.rows.row(run));
        matches!(run, Some(Row::Run(run)) if run.state == Some(RunState::Paused))
    }

    fn deal(&self, deal: &'a Deal, field: DealField) -> Got<'a> {
        use DealField as F;
        match field {
            F::Id => Got::Id(self.id.n),
            F::Title => text(title_of(deal)),
            F::Customer => id(deal.customer),
            F::CustomerName => self.customer_name(),
            F::Stage => word(deal.stage),
            F::State => Got::Text(match deal.stage {
                Some(DealStage::Won) => "won",
                Some(DealStage::Lost) => "lost",
                _ => "open",
            }),
            F::Amount => money(deal.amount),
            F::Opened => day(deal.opened),
            F::Close => day(deal.expected),
            F::Probability => number(deal.probability),
            F::Owner => id(deal.owner),
            F::Product => text(&deal.product),
            F::Reason => text(&deal.lost_reason),
            F::Created => instant(deal.created),
            F::Closed => day(deal.closed),
        }
    }

    fn purchase(&self, purchase: &'a Purchase, field: PurchaseField) -> Got<'a> {
        use PurchaseField as F;
        match field {
            F::Id => Got::Id(self.id.n),
            F::Customer => id(purchase.customer),
            F::CustomerName => self.customer_name(),
            F::Product => text(&purchase.product),
            F::Date => day(purchase.date),
            F::Amount => money(purchase.amount),
            F::Paid => Got::Bool(purchase.paid),
            F::Deal => id(purchase.deal),
            F::Owner => id(purchase.owner),
            F::Reference => text(&purchase.reference),
        }
    }

    fn interaction(&self, said: &'a Interaction, field: InteractionField) -> Got<'a> {
        use InteractionField as F;
        match field {
            F::Id => Got::Id(self.id.n),
            F::Customer => id(said.customer),
            F::CustomerName => self.customer_name(),
            F::At => instant(said.at),
            F::By => id(said.by),
            F::Channel => word(said.channel),
            F::Direction => word(said.direction),
            F::Text => text(&said.text),
            F::Said => text(&said.said),
            F::Outcome => word(said.outcome),
            F::Contact => id(said.contact),
            F::Inquiry => Got::Bool(said.inquiry),
            F::Greeting => Got::Bool(said.greeting),
        }
    }

    fn contact(&self, contact: &'a Contact, field: ContactField) -> Got<'a> {
        use ContactField as F;
        match field {
            F::Id => Got::Id(self.id.n),
            F::Name => text(&contact.name),
            F::Customer => id(contact.customer),
            F::CustomerName => self.customer_name(),
            F::Title => text(&contact.title),
            F::Phone => texts(&contact.phones),
            F::Mail => texts(&contact.mails),
            F::Channel => word(contact.channel),
            F::Birthday => day(contact.birthday),
            F::Dnc => Got::Bool(contact.dnc),
            F::Created => instant(contact.created),
        }
    }

    fn member(&self, member: &'a Member, field: MemberField) -> Got<'a> {
        use MemberField as F;
        match field {
            F::Id => Got::Id(self.id.n),
            F::Name => text(&member.name),
            F::Login => text(&member.login),
            F::Role => word(member.role),
            F::Team => Got::Many(member.in_teams().map(|team| Got::Id(team.n)).collect()),
            F::Lead => id(member.lead),
            F::Left => Got::Bool(member.left),
            F::Created => instant(member.created),
            F::Skill => texts(&member.skills),
            F::Absent => Got::Bool(member.away_on(self.lens.today()).is_some()),
        }
    }

    fn run(&self, run: &'a Run, field: RunField) -> Got<'a> {
        use RunField as F;
        match field {
            F::Id => Got::Id(self.id.n),
            F::Customer => id(run.customer),
            F::CustomerName => self.customer_name(),
            F::Owner => self.customer.map_or(Got::Absent, |customer| id(customer.gist.owner)),
            F::Playbook => text(&run.playbook),
            F::Version => number(run.version),
            F::State => word(run.state),
            F::Reason => text(&run.reason),
            F::Started => instant(run.started),
            F::Origin => text(&run.origin),
            F::Paused => instant(run.paused),
            F::Ended => instant(run.ended),
            F::Created => instant(run.created),
        }
    }

    fn customer_name(&self) -> Got<'a> {
        self.customer.map_or(Got::Absent, |customer| text(&customer.profile.as_ref().customer.name))
    }
}

/// What a deal is called: its name, else what would be sold.
fn title_of(deal: &Deal) -> &Clean {
    if deal.name.is_empty() { &deal.product } else { &deal.name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::{Directory, KinOf, Referent, Schema, parse};
    use crate::model::{Customer, Event, Ground, Instant, Kind, Memory, Profile, Role, TaskState, World};
    use crate::text::{Currency, Money};

    struct Ids;

    impl Directory for Ids {
        fn find(&self, _: Referent, word: &str) -> Vec<u64> {
            word.parse::<Id>().map(|id| id.n).into_iter().collect()
        }

        fn teams_of(&self, _: u64) -> Vec<u64> {
            Vec::new()
        }
    }

    fn matches(row: &Row, filter: &str, schema: Schema) -> bool {
        let ground = Ground { zone: chrono_tz::UTC, currency: Currency::CNY };
        let lens = Lens::new(Instant(1_000_000), ground, None, &[]);
        let memory = Memory::default();
        let mut world = World::over(&memory);
        let acme = Customer { name: Clean::known("Acme"), tier: Clean::known("A"), ..Customer::default() };
        let values = Row::from(acme).values();
        world.emit(Event::Created { record: Id::customer(1), values });
        let profile = Profile::of(&world, 1).unwrap();
        let kin = KinOf(&world);
        let customer = Seen::new(&profile, &lens, &kin);
        let facts = SeenRow {
            id: Id::new(row.kind(), 7),
            row,
            customer: LazyCell::new(|| Some(customer)),
            lens: &lens,
            rows: &world,
        };
        parse(filter, schema).unwrap().prepare(&lens.context(&Ids)).matches(&facts)
    }

    #[track_caller]
    fn all_match(row: impl Into<Row>, schema: Schema, filters: &[&str]) {
        let row = row.into();
        for filter in filters {
            assert!(matches(&row, filter, schema), "{filter}");
            assert!(!matches(&row, &format!("not ({filter})"), schema), "not {filter}");
        }
    }

    #[test]
    fn every_kind_is_filtered_by_its_fields_and_those_of_its_customer() {
        let customer = Some(Id::customer(1));
        let member = Some(Id::new(Kind::Member, 3));
        let amount = Some(Money { minor: 120_000, currency: Currency::CNY });
        let (due, open) = (Some(Instant(5)), Some(TaskState::Open));
        all_match(
            Task {
                title: Clean::known("Call back"),
                customer,
                due,
                state: open,
                assignee: member,
                ..Task::default()
            },
            Schema::Task,
            &[
                "id:t7",
                "state:open",
                "overdue:yes",
                "assignee:m3",
                "customer.tier:A",
                "call",
                "acme",
                "step:none",
            ],
        );
        all_match(
            Deal { product: Clean::known("GTX"), customer, amount, probability: Some(40), ..Deal::default() },
            Schema::Deal,
            &[
                "state:open",
                "amount>=1200",
                "product:gtx",
                "title~gt",
                "probability<50%",
                "customer_name:acme",
            ],
        );
        all_match(
            Purchase { customer, amount, date: Some(Instant(0).day(chrono_tz::UTC)), ..Purchase::default() },
            Schema::Purchase,
            &["date:1970-01-01", "at<=1970-01-01", "paid:no", "deal:none", "customer:c1"],
        );
        all_match(
            Interaction { customer, by: member, said: Clean::known("too dear"), ..Interaction::default() },
            Schema::Interaction,
            &["by:m3", "said~dear", "inquiry:no", "channel:none", "customer.spend()=0"],
        );
        all_match(
            Contact { customer, phones: [Clean::known("5678")].into(), ..Contact::default() },
            Schema::Contact,
            &["phone~567", "phones:5678", "mail:none"],
        );
        all_match(
            Member { name: Clean::known("Li"), role: Some(Role::Lead), ..Member::default() },
            Schema::Member,
            &["role:lead", "left:no", "li", "team:none", "skill:none"],
        );
        let team = |n| Id::new(Kind::Team, n);
        let playbook = Clean::known("inquiry");
        all_match(
            Task { playbook: playbook.clone(), step: Clean::known("offer"), ..Task::default() },
            Schema::Task,
            &["playbook:inquiry", "step:offer", "paused:no", "duty:none"],
        );
        all_match(
            Run { customer, playbook, state: Some(RunState::Paused), started: due, ..Run::default() },
            Schema::Run,
            &["id:r7", "playbook:inquiry", "state:paused", "begun<=1970-01-01", "owner:none", "inq", "acme"],
        );
        all_match(
            Member {
                team: Some(team(1)),
                teams: [team(1), team(2)].into(),
                skills: ["senior", "french"].map(Clean::known).into(),
                ..Member::default()
            },
            Schema::Member,
            &["team:g1", "teams:g2", "team:g2,g9", "skill:senior", "skills~fren"],
        );
    }

    #[test]
    fn a_task_that_is_done_is_not_overdue() {
        let (due, state) = (Some(Instant(5)), Some(TaskState::Done));
        assert!(matches(&Task { due, state, ..Task::default() }.into(), "overdue:no", Schema::Task));
    }
}
