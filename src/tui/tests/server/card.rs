//! What is told of one customer.

use super::*;

impl Server {
    pub(super) fn timeline(&self) -> Vec<TimelineItem> {
        let mut items = self.latest();
        let last = items.last().cloned();
        items.extend((0..self.older).zip(last.into_iter().cycle()).map(|(n, item)| TimelineItem {
            id: Id::new(Kind::Task, 1000 + n),
            at: item.at.plus_seconds(-DAY * (n as i64 + 1)),
            ..item
        }));
        items
    }

    fn latest(&self) -> Vec<TimelineItem> {
        let lang = self.lang;
        let spoke =
            |channel, direction, outcome, en: &str, zh: &str, said: (&str, &str)| Happened::Interaction {
                channel,
                direction: Some(direction),
                outcome,
                text: clean(lang.pick(en, zh)),
                said: clean(lang.pick(said.0, said.1)),
                contact: None,
            };
        let moved =
            |field, from, to| Happened::Moved { field: clean(field), from: clean(from), to: clean(to) };
        let item = |n, at, what, by: (&str, &str)| TimelineItem {
            id: Id::new(
                match &what {
                    Happened::Interaction { .. } => Kind::Interaction,
                    Happened::Task { .. } => Kind::Task,
                    Happened::Deal { .. } => Kind::Deal,
                    Happened::Purchase { .. } => Kind::Purchase,
                    Happened::Moved { .. } => Kind::Customer,
                },
                n,
            ),
            at,
            whole_day: false,
            by: (!by.0.is_empty()).then(|| named(Kind::Member, n, lang.pick(by.0, by.1))),
            undone: self.taken_back && matches!(what, Happened::Moved { .. }),
            what,
            undoes: false,
            caught_up: None,
        };
        let (anna, versie) = (("Anna Snelling", "安娜"), ("Versie Hillebrand", "维西"));
        let reached = Some(Outcome::Reached);
        vec![
            item(
                9,
                ago(4 * HOUR),
                spoke(
                    Channel::Phone,
                    Direction::Out,
                    reached,
                    "Asked for the Q1 price list, delivery in two lots, and whether the price of last year holds until the end of March.",
                    "索取一季度报价，要求分两批交货，并询问去年的价格能否保持到三月底，另外希望本周内收到样品。",
                    ("Not before February.", "二月之前不行。"),
                ),
                anna,
            ),
            item(
                8,
                ago(6 * DAY),
                spoke(
                    Channel::Email,
                    Direction::In,
                    None,
                    "Confirms 40 licences; invoice to the new address.",
                    "确认40个许可；发票寄新地址。",
                    ("", ""),
                ),
                versie,
            ),
            item(
                7,
                ago(12 * DAY),
                Happened::Deal { title: clean("GTX Pro"), stage: DealStage::Won, amount: Some(money(4514)) },
                anna,
            ),
            item(6, ago(22 * DAY), moved("tier", "B", "A"), ("", "")),
            item(
                5,
                ago(27 * DAY),
                spoke(
                    Channel::Visit,
                    Direction::Out,
                    reached,
                    "Met the new head of purchasing.",
                    "拜访了新的采购负责人。",
                    ("", ""),
                ),
                anna,
            ),
            item(
                4,
                ago(400 * DAY),
                Happened::Task {
                    title: clean(lang.pick("first contact", "首次联系")),
                    state: TaskState::Done,
                },
                versie,
            ),
        ]
    }

    pub(super) fn card(&self, id: Id) -> Result<Card, Refusal> {
        let line = self.customers.iter().find(|line| line.id == id).cloned();
        let line = line.ok_or(Refusal::NoRecord(id))?;
        let customer = Named { id, name: line.name.clone() };
        let reason = |condition, fact| Reason { condition: clean(condition), fact: clean(fact), holds: true };
        let tier = Standing {
            id: line.tier.clone(),
            rule: clean("spend(365d) >= 100000 and orders(365d) >= 4"),
            reasons: vec![reason("spend(365d) >= 100000", "214300"), reason("orders(365d) >= 4", "9")],
            keep: clean("spend(365d) >= 80000"),
            ..Standing::default()
        };
        let why = Why {
            customer,
            tier,
            stage: Standing { id: line.stage.clone(), ..Standing::default() },
            owner: None,
            meanwhile: None,
            team: None,
            contact_every: Some((14, Some(Day::from(NaiveDate::from_ymd_opt(2026, 12, 6).unwrap())))),
            next: None,
            runs: if self.works { self.runs() } else { Vec::new() },
            begins: None,
            returning: self.works.then(Server::returning),
            released: None,
            protected: None,
            planned: Vec::new(),
        };
        let mut row = Row::blank(Kind::Customer);
        let mut hold = |field, value| row.set(&Kind::Customer.field(field).unwrap().0, value);
        hold("name", Value::Text(line.name.clone()));
        hold("kind", Value::word(line.kind));
        hold("aliases", Value::Text(clean(self.lang.pick("ACM", "艾集"))));
        hold("industry", Value::Text(line.industry.clone()));
        hold("need", Value::Text(clean("price")));
        hold("note", Value::text(self.note.clone()));
        hold("owner", Value::or_absent(line.owner.as_ref(), |owner| Value::Ref(owner.id)));
        let ours = |task: &&TaskLine| task.customer.as_ref().is_some_and(|named| named.id == id);
        let first = line.id == Id::customer(1);
        let lang = self.lang;
        Ok(Card {
            row,
            hidden: self.hidden.clone(),
            why,
            contacts: vec![ContactLine {
                id: Id::new(Kind::Contact, 4),
                name: clean(lang.pick("Juan Perez", "张伟")),
                title: clean(lang.pick("purchasing", "采购")),
                phones: vec![clean("138****5678")],
                mails: Vec::new(),
            }],
            tasks: self.tasks.iter().filter(ours).cloned().collect(),
            timeline: if first { self.timeline() } else { Vec::new() },
            deals: vec![DealLine {
                id: Id::new(Kind::Deal, 3),
                title: clean("GTX Pro"),
                owner: None,
                stage: DealStage::Won,
                amount: Some(money(4514)),
                opened: None,
                closed: None,
                expected: None,
            }],
            more_deals: 0,
            more_purchases: 95,
            purchases: vec![PurchaseLine {
                id: Id::new(Kind::Purchase, 3),
                product: clean("GTX Pro"),
                amount: Some(money(4514)),
                date: Some(Day::from(NaiveDate::from_ymd_opt(2026, 11, 12).unwrap())),
                deal: None,
            }],
            backup: None,
            collaborators: vec![(named(Kind::Member, 2, "Versie"), clean("support"))],
            group: Vec::new(),
            group_spend: money(0),
            year: if first { year() } else { Year::default() },
            line,
        })
    }
}
