//! Whole verbs against a server that the test plays: what is asked, and what is printed.

mod asked;
mod files;
mod shown;
mod written;

use serde_json::Value as Json;

use super::testing::{named, run, run_on};
use crate::model::query::{
    Card, ContactLine, CustomerLine, DealLine, Happened, HistoryItem, Lateness, MentionLine, PurchaseLine,
    Reason, Standing, TaskLine, TimelineItem, Why,
};
use crate::model::year::Year;
use crate::model::{
    Answer, Became, Cause, Channel, Command, CustomerKind, Day, DealStage, Direction, Entry, Event, Id,
    Instant, Kind, Outcome, Query, Receipt, Refusal, Reply, Request, Row, Source, TaskState, Value,
};
use crate::text::{Clean, Currency, Money};

/// 1 January 2018, 09:00 in Shanghai.
const NOW: Instant = Instant(1_514_768_400_000);

fn clean(text: &'static str) -> Clean {
    Clean::known(text)
}

fn cny(minor: i64) -> Money {
    Money { minor, currency: Currency::CNY }
}

fn line() -> CustomerLine {
    CustomerLine {
        id: Id::customer(12),
        name: clean("Acme Corporation"),
        kind: CustomerKind::Company,
        parent: None,
        owner: Some(named(Kind::Member, 2, "Anna")),
        team: Some(named(Kind::Team, 1, "East")),
        tier: clean("A"),
        stage: clean("loyal"),
        tags: vec![clean("vip")],
        region: clean("华东"),
        industry: Clean::default(),
        last_contact: Some(NOW),
        next_due: Some(Instant::end_of(NOW.day(chrono_tz::Asia::Shanghai).date(), chrono_tz::Asia::Shanghai)),
        phone: Clean::default(),
        spend: cny(21_430_000),
        orders: 9,
        pooled: false,
        pool: Clean::default(),
        protected: None,
        returns: None,
        returning: false,
        late: Lateness::Late,
        score: None,
    }
}

fn task() -> TaskLine {
    TaskLine {
        id: Id::new(Kind::Task, 5),
        title: clean("send price list"),
        customer: Some(named(Kind::Customer, 12, "Acme Corporation")),
        tier: clean("A"),
        away_until: None,
        assignee: Some(named(Kind::Member, 2, "Anna")),
        team: None,
        due: Some(NOW),
        state: TaskState::Open,
        source: Source::Manual,
        step: None,
        promise: true,
        snoozed_until: None,
        created: Some(NOW),
        done_at: None,
        done_by: None,
        late: Lateness::Soon,
    }
}

fn timeline() -> Vec<TimelineItem> {
    let item = |id, whole_day, what| TimelineItem {
        id,
        at: NOW,
        whole_day,
        by: Some(named(Kind::Member, 2, "Anna")),
        what,
        undone: false,
        undoes: false,
        caught_up: None,
    };
    vec![
        item(
            Id::new(Kind::Interaction, 7),
            false,
            Happened::Interaction {
                channel: Channel::Phone,
                direction: Some(Direction::Out),
                outcome: Some(Outcome::Reached),
                text: clean("Asked for the price list.\nTwo lots."),
                said: clean("Not before February."),
                contact: Some(named(Kind::Contact, 3, "J. Perez")),
            },
        ),
        item(
            Id::new(Kind::Deal, 4),
            true,
            Happened::Deal { title: clean("GTX Pro"), stage: DealStage::Won, amount: Some(cny(451_400)) },
        ),
        item(
            Id::customer(12),
            false,
            Happened::Moved { field: clean("tier"), from: clean("B"), to: clean("A") },
        ),
    ]
}

fn why() -> Why {
    let reason = |condition, fact, holds| Reason { condition: clean(condition), fact: clean(fact), holds };
    Why {
        customer: named(Kind::Customer, 12, "Acme Corporation"),
        tier: Standing {
            id: clean("A"),
            since: Some(Day(736_695)),
            rule: clean("spend(365d) >= 100000 and orders(365d) >= 4"),
            reasons: vec![
                reason("spend(365d) >= 100000", "214300", true),
                reason("orders(365d) >= 4", "9", true),
            ],
            keep: clean("spend(365d) >= 80000"),
            ..Standing::default()
        },
        stage: Standing { id: clean("loyal"), rule: clean("orders() >= 5"), ..Standing::default() },
        owner: Some((named(Kind::Member, 2, "Anna"), Some(NOW))),
        meanwhile: None,
        team: Some(named(Kind::Team, 1, "East")),
        contact_every: Some((14, Some(Day(736_709)))),
        next: Some(task()),
        runs: Vec::new(),
        begins: None,
        returning: None,
        released: None,
        protected: None,
        planned: Vec::new(),
    }
}

fn card() -> Card {
    let mut row = Row::blank(Kind::Customer);
    for (field, value) in [
        ("name", Value::Text(clean("Acme Corporation"))),
        ("region", Value::Text(clean("华东"))),
        ("employees", Value::Number(2822)),
        ("tags", Value::Text(clean("vip"))),
        ("owner", Value::Ref(Id::new(Kind::Member, 2))),
        ("x.floor", Value::Text(clean("3"))),
    ] {
        row.set(&Kind::Customer.field(field).unwrap().0, value);
    }
    Card {
        line: line(),
        row,
        hidden: Vec::new(),
        why: why(),
        contacts: vec![ContactLine {
            id: Id::new(Kind::Contact, 3),
            name: clean("J. Perez"),
            title: clean("Purchasing"),
            phones: vec![clean("138 0000 5678")],
            mails: Vec::new(),
        }],
        tasks: vec![task()],
        timeline: timeline(),
        deals: vec![DealLine {
            id: Id::new(Kind::Deal, 4),
            title: clean("GTX Pro"),
            owner: None,
            stage: DealStage::Won,
            amount: Some(cny(451_400)),
            opened: None,
            closed: Some(Day(736_695)),
            expected: None,
        }],
        more_deals: 170,
        more_purchases: 1095,
        purchases: vec![PurchaseLine {
            id: Id::new(Kind::Purchase, 8),
            product: clean("GTX Pro"),
            amount: Some(cny(451_400)),
            date: Some(Day(736_695)),
            deal: Some(Id::new(Kind::Deal, 4)),
        }],
        backup: None,
        collaborators: vec![(named(Kind::Member, 3, "Cecily"), clean("support"))],
        group: vec![
            (named(Kind::Customer, 12, "Acme Corporation"), 0),
            (named(Kind::Customer, 13, "Acme Logistics"), 1),
        ],
        group_spend: cny(25_000_000),
        year: Year {
            today: Day(736_695),
            contacts: vec![(Day(736_300), 1), (Day(736_400), 2), (Day(736_695), 1)],
            spend: vec![(Day(736_695), 451_400)],
        },
    }
}

fn receipt() -> Receipt {
    let region = Kind::Customer.field("region").unwrap().0;
    Receipt {
        seqs: vec![123, 124],
        ids: vec![Id::customer(12)],
        became: Became::Updated,
        dates: vec![(
            clean("due"),
            Instant::end_of(NOW.day(chrono_tz::UTC).date(), chrono_tz::Asia::Shanghai),
        )],
        changes: vec![Event::Set {
            record: Id::customer(12),
            field: region,
            from: Value::Absent,
            to: Value::Text(clean("华东")),
        }],
        ..Receipt::default()
    }
}

/// The keys of an object, in order.
fn keys(value: &Json) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn holds(value: &Json, contract: &str) {
    let found = keys(value);
    for key in contract.split(' ') {
        assert!(found.contains(&key), "{key} is missing in {found:?}");
    }
}
