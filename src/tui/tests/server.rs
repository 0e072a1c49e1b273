//! The server of these tests: a small book that answers from memory.

mod answering;
mod card;
mod policies;
mod told;
mod work;

use super::looking::{is_due, year};
use super::{NOW, clean};
use crate::model::query::{
    Card, Company, ContactLine, CustomerLine, DealLine, FeedLine, Happened, HistoryItem, Lateness,
    MentionLine, PolicyName, PolicyNames, PurchaseLine, Reason, RowLine, Session, Standing, TaskLine,
    TierLine, TimelineItem, Why,
};
use crate::model::year::Year;
use crate::model::{
    Answer, Cause, Change, Channel, Command, CustomerKind, Day, Deal, DealStage, Direction, Entry, Event,
    Field, Id, Instant, Interaction, Kind, Member, Named, Order, Outcome, Query, Receipt, Refusal, Row,
    Source, Task, TaskState, Value, View, Which, Whose,
};
use crate::text::{Clean, Currency, Lang, Money};
use chrono::NaiveDate;
use std::cell::RefCell;

const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

fn named(kind: Kind, n: u64, name: &str) -> Named {
    Named { id: Id::new(kind, n), name: clean(name) }
}

fn ago(seconds: i64) -> Instant {
    NOW.plus_seconds(-seconds)
}

fn money(units: i64) -> Money {
    Money { minor: units * 100, currency: "CNY".parse::<Currency>().unwrap() }
}

/// The book of a team, in one of the two languages.
pub(super) struct Server {
    lang: Lang,
    pub(super) customers: Vec<CustomerLine>,
    pub(super) tasks: Vec<TaskLine>,
    /// What was ordered, in order.
    pub(super) ordered: Vec<(u128, u64, Command)>,
    /// The saved views.
    pub(super) views: Vec<(Id, View)>,
    /// What the next order gets.
    pub(super) refusal: Option<Refusal>,
    /// What the next order gets instead of what all get.
    pub(super) receipt: Option<Receipt>,
    /// The deal that is there.
    pub(super) deal: u64,
    /// Records that refuse whatever is done with them.
    pub(super) stubborn: Vec<Id>,
    /// What the next entry of the journal did, and who.
    pub(super) events: Vec<Event>,
    pub(super) author: Option<u64>,
    pub(super) head: u64,
    /// Who else is here.
    pub(super) company: Company,
    /// Where I said that I am.
    pub(super) told: RefCell<Vec<(Option<Id>, bool)>>,
    /// Who mentions me.
    pub(super) inbox: Vec<MentionLine>,
    /// How many older items the first timeline has.
    pub(super) older: u64,
    /// Whether the moves of a timeline were taken back.
    pub(super) taken_back: bool,
    /// The members beside me: login and name.
    pub(super) colleagues: Vec<(&'static str, &'static str)>,
    /// The team that all of them are in; empty: none.
    pub(super) team: &'static str,
    /// The note of every customer.
    pub(super) note: Clean,
    /// Whether tiers say who serves, and how soon is answered.
    pub(super) has_standards: bool,
    /// Whether a playbook is at work at every customer, who will return to the pool.
    pub(super) works: bool,
    /// What is hidden of every customer.
    pub(super) hidden: Vec<Clean>,
    /// What my last act belongs to.
    pub(super) batch: Option<Id>,
    /// The version of the policy in force.
    pub(super) policy: i64,
    /// The days that questions were about, in order.
    pub(super) as_of: Vec<Clean>,
}

/// How many days ago each was contacted.
const DAYS: [i64; 12] = [2, 9, 5, 1, 12, 31, 3, 44, 12, 150, 400, 21];

const NAMES: [(&str, &str, &str); 12] = [
    ("Acme Corporation", "艾克美集团", "A"),
    ("Acme Logistics", "艾克美物流", ""),
    ("Hottechi", "重庆长安机电", "A"),
    ("Kan-code", "中国移动通信集团重庆分公司", "A"),
    ("Betatech", "贝塔科技", "B"),
    ("Bioholding", "毕奥控股", "B"),
    ("Cancity", "厦门银行", "B"),
    ("Condax", "康达贸易", "C"),
    ("Codehow", "长沙音乐学院", "C"),
    ("Dalttechnology", "佛山陶瓷", "C"),
    ("Dontquadtech", "东方四达", "C"),
    ("Donquadtech", "唐四科技", "C"),
];

/// A view of Anna's and one of the team's.
fn views(lang: Lang) -> Vec<(Id, View)> {
    let anna = Some(Id::new(Kind::Member, 1));
    let view = |n, name, filter, owner, shared| {
        let view = View { name: clean(name), filter: clean(filter), owner, shared, ..View::default() };
        (Id::new(Kind::View, n), view)
    };
    let mut views = vec![
        view(1, lang.pick("Ordinary", "普通客户"), "tier:C", anna, false),
        view(2, lang.pick("Key accounts", "重点客户"), "tier:A", Some(Id::new(Kind::Member, 2)), true),
    ];
    views[1].1.columns = clean("region,tags");
    views[1].1.sort = clean("name");
    views
}

impl Server {
    pub(super) fn new(lang: Lang) -> Server {
        let (customers, tasks, ordered) = (Vec::new(), Vec::new(), Vec::new());
        let mut server = Server {
            lang,
            customers,
            tasks,
            ordered,
            views: views(lang),
            refusal: None,
            receipt: None,
            deal: 3,
            stubborn: Vec::new(),
            events: Vec::new(),
            author: Some(2),
            head: 100,
            company: Company::default(),
            told: RefCell::default(),
            inbox: Vec::new(),
            older: 0,
            taken_back: false,
            colleagues: Vec::new(),
            team: "",
            note: Clean::default(),
            has_standards: true,
            works: false,
            hidden: Vec::new(),
            batch: None,
            policy: 2,
            as_of: Vec::new(),
        };
        server.customers = (0..85).map(|n| server.line(n)).collect();
        let task = |n, en, zh, customer: usize, due: i64, late| TaskLine {
            id: Id::new(Kind::Task, n),
            title: clean(lang.pick(en, zh)),
            customer: Some(server.named(customer)),
            tier: server.customers[customer].tier.clone(),
            away_until: None,
            assignee: Some(server.anna()),
            team: None,
            due: Some(NOW.plus_seconds(due)),
            state: TaskState::Open,
            source: Source::Manual,
            step: None,
            promise: n == 2,
            snoozed_until: None,
            created: Some(ago(3 * DAY)),
            done_at: None,
            done_by: None,
            late,
        };
        server.tasks = vec![
            task(1, "first contact", "首次联系", 5, -2 * HOUR, Lateness::Late),
            task(2, "send price list", "寄报价单", 0, -DAY, Lateness::Late),
            task(3, "revisit", "回访", 2, 4 * HOUR, Lateness::Soon),
            task(4, "call", "致电", 7, 3 * DAY, Lateness::Fine),
            task(5, "renew contract", "续签合同", 3, 6 * DAY + 12 * HOUR, Lateness::Fine),
        ];
        server
    }

    /// The place of the next entry.
    pub(super) fn next_head(&mut self) -> u64 {
        self.head += 1;
        self.head
    }

    fn anna(&self) -> Named {
        named(Kind::Member, 1, self.lang.pick("Anna Snelling", "安娜"))
    }

    fn named(&self, at: usize) -> Named {
        Named { id: self.customers[at].id, name: self.customers[at].name.clone() }
    }

    pub(super) fn line(&self, n: usize) -> CustomerLine {
        let (en, zh, tier) = NAMES[n % NAMES.len()];
        let round = n / NAMES.len();
        let name = if round == 0 {
            self.lang.pick(en, zh).to_owned()
        } else {
            format!("{} {}", self.lang.pick(en, zh), round + 1)
        };
        CustomerLine {
            id: Id::customer(n as u64 + 1),
            name: clean(&name),
            kind: CustomerKind::Company,
            parent: None,
            owner: (n % 3 != 1).then(|| self.anna()),
            team: None,
            tier: clean(tier),
            stage: clean(["loyal", "repeat", "new"][n % 3]),
            tags: Vec::new(),
            region: clean(self.lang.pick("East", "华东")),
            industry: clean(self.lang.pick("retail", "零售")),
            last_contact: Some(ago(DAYS[n % DAYS.len()] * DAY)),
            next_due: n.is_multiple_of(2).then(|| NOW.plus_seconds((n as i64 - 2) * DAY)),
            phone: clean(if n.is_multiple_of(3) { "" } else { "+86 138 0013 8000" }),
            spend: money([214_300, 0, 8_200, 1_204_500][n % 4]),
            orders: 9,
            pooled: n % 3 == 1,
            pool: Clean::default(),
            protected: None,
            returns: None,
            returning: false,
            late: [Lateness::Late, Lateness::Fine, Lateness::Soon, Lateness::Fine, Lateness::Fine][n % 5],
            score: None,
        }
    }

    fn session(&self) -> Session {
        let name = |id, en, zh| PolicyName { id: clean(id), en: clean(en), zh: clean(zh) };
        let tiers =
            vec![name("A", "Key", "重点"), name("B", "Potential", "潜力"), name("C", "Ordinary", "普通")];
        let stages = vec![
            name("loyal", "Loyal", "忠诚"),
            name("repeat", "Repeat", "重复购买"),
            name("new", "New", "新客户"),
        ];
        let names = PolicyNames { tiers: tiers.clone(), stages: stages.clone(), ..PolicyNames::default() };
        Session {
            member: self.anna(),
            team: None,
            store: clean(self.lang.pick("East", "华东一组")),
            practice: false,
            timezone: clean("Asia/Shanghai"),
            currency: clean("CNY"),
            now: NOW,
            tiers,
            stages,
            names,
            head: 100,
        }
    }

    fn tiers(&self) -> Vec<TierLine> {
        let names = self.session().tiers;
        let line = |at: usize, count, spend, covered, late| TierLine {
            tier: names[at].clone(),
            count,
            spend: money(spend),
            covered,
            late,
        };
        vec![line(0, 14, 6_100_000, 12, 1), line(1, 31, 2_900_000, 29, 1), line(2, 40, 1_000_000, 33, 1)]
    }

    /// A new customer, at the end of the list.
    fn take_in(&mut self, changes: &[Change]) -> Id {
        let name = changes.iter().find(|change| change.field.as_str() == "name").unwrap();
        let line = CustomerLine { name: name.to.clone(), ..self.line(self.customers.len()) };
        let id = line.id;
        self.customers.push(line);
        id
    }

    pub(super) fn carry_out(&mut self, client: u128, order: &Order) -> Result<Receipt, Refusal> {
        let Order { counter, command, dry_run, .. } = order;
        if !dry_run {
            self.ordered.push((client, *counter, command.clone()));
        }
        if let Some(refusal) = self.refusal.take() {
            return Err(refusal);
        }
        let about = match command {
            Command::Edit { record, .. } => Some(*record),
            Command::TierSet { customer, .. } => Some(*customer),
            _ => None,
        };
        if let Some(id) = about.filter(|id| self.stubborn.contains(id)) {
            return Err(Refusal::NoRecord(id));
        }
        let batch = self.batch.filter(|_| matches!(command, Command::Undo { .. }));
        if *dry_run {
            let ids = (1..=if batch.is_some() { 85 } else { 2 }).map(Id::customer).collect();
            return Ok(Receipt { ids, batch, ..Receipt::default() });
        }
        if let Some(batch) = batch {
            return Ok(Receipt {
                ids: vec![batch],
                batch: Some(Id::new(Kind::Batch, 4)),
                ..Receipt::default()
            });
        }
        if let Command::InboxRead { until } = command {
            self.inbox.iter_mut().for_each(|line| line.unread &= line.seq > *until);
        }
        if let Command::MentionRead { seq } = command {
            self.inbox.iter_mut().for_each(|line| line.unread &= line.seq != *seq);
        }
        if let Some(receipt) = self.receipt.take() {
            return Ok(receipt);
        }
        if let Command::ViewRemove { view } = command {
            self.views.retain(|(id, _)| id != view);
        }
        let title = Kind::Task.field("title").unwrap().0;
        let customer = Kind::Task.field("customer").unwrap().0;
        let values = vec![(title, Value::Text(clean("call"))), (customer, Value::Ref(Id::customer(1)))];
        let mut changes = vec![Event::Removed { record: Id::new(Kind::Task, 9), values }];
        if let Command::Log(log) = command
            && log.text.as_str().contains("@bo")
        {
            let (record, member) = (Id::new(Kind::Interaction, 10), Id::new(Kind::Member, 2));
            changes.push(Event::Mentioned { record, field: Field::of(8), member, word: clean("bo") });
        }
        let ids = match command {
            Command::BatchOpen { .. } | Command::BatchClose { .. } => vec![Id::new(Kind::Batch, 7)],
            Command::TaskTake => vec![Id::new(Kind::Task, 3)],
            Command::Undo { .. } => vec![Id::new(Kind::Interaction, 10), Id::new(Kind::Task, 9)],
            Command::Add { kind: Kind::Customer, changes } => vec![self.take_in(changes)],
            _ => vec![Id::new(Kind::Interaction, 10)],
        };
        Ok(Receipt { seqs: vec![101], ids, changes, ..Receipt::default() })
    }
}
