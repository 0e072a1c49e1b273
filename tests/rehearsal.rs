//! A year passes on the practice book, in steps of its clock: what time brings comes at the minute that a person works
//! out with a calendar in hand.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{Days, NaiveDateTime};
use chrono_tz::Asia::Shanghai;
use guanxi::demo;
use guanxi::model::{
    Cause, Change, Command, Direction, Entry, Event, Id, Instant, Kind, Log, Order, Receipt, Rows, TaskState,
    Value,
};
use guanxi::service::{Actor, Clock, Service};
use guanxi::store::Store;
use guanxi::store::probe::Disk;
use guanxi::text::{Clean, Lang};

/// A Monday.
const BEGIN: &str = "2026-01-05 09:00";

const POLICY: &str = r#"
schema = 1

[calendar.office]
week = "Mon-Fri 09:00-18:00"
country = "CN"

[[tier]]
id = "A"
name = { en = "Key", zh = "重点客户" }
enter = "spend(365d) >= 100000"
keep = "spend(365d) >= 80000"
confirm = "7d"

[[tier]]
id = "C"
name = { en = "Ordinary", zh = "普通客户" }

[[stage]]
id = "prospect"
name = { en = "Prospect", zh = "潜在" }
when = "orders() = 0"

[[stage]]
id = "lapsed"
name = { en = "Lapsed", zh = "流失" }
when = "recency > 90d"

[[stage]]
id = "new"
name = { en = "New", zh = "新客户" }
when = "orders() >= 1"

[[playbook]]
id = "inquiry"
on = "inquiry"
  [[playbook.step]]
  id = "first-contact"
  within = "24h"
  done_by = "contact"
  warn = "75%"
  escalate = [{ after = "0h", to = "lead" }, { after = "2d", to = "manager" }]

  [[playbook.step]]
  id = "offer"
  after = "first-contact"
  within = { time = "10h", clock = "working", calendar = "office" }
  warn = "50%"
  escalate = [{ after = "0h", to = "lead" }]

[[pool]]
id = "open"
  [[pool.recycle]]
  when = "tier:C and idle > 60d"
  warn = "10d"
  reason = { en = "no contact for 60 days", zh = "60天未跟进" }
"#;

/// The customer of the year: an inquiry before the Spring Festival, which is 15 to 23 February 2026 with the Saturdays
/// 14 and 28 February worked; a pause; an inquiry while the owner is away; 60,000 in September 2025 and in March 2026.
const YEAR: &str = "\
2026-01-05 09:00  stage prospect
2026-01-05 09:00  tier C
2026-02-13 15:00  begins first-contact: 陈思远, due 2026-02-14 15:00
2026-02-14 09:00  warns of first-contact
2026-02-14 15:00  escalates first-contact to 林婉清
2026-02-16 15:00  escalates first-contact to 何静
2026-02-17 10:00  ends first-contact
2026-02-17 10:00  begins offer: 陈思远, due 2026-02-25 10:00
2026-02-24 14:00  warns of offer
2026-02-27 16:00  moves offer to 2026-02-28 10:00
2026-02-28 10:00  escalates offer to 林婉清
2026-03-10 11:00  begins first-contact: 赵一鸣, due 2026-03-11 11:00
2026-03-10 16:00  ends first-contact
2026-03-10 16:00  begins offer: 赵一鸣, due 2026-03-11 17:00
2026-03-16 10:00  stage new
2026-03-23 00:00  tier A
2026-06-15 00:00  stage lapsed
2026-09-01 00:00  tier C
2026-09-11 00:00  returns: 60天未跟进 / no contact for 60 days";

/// Another one, whom nobody ever calls.
const NEGLECTED: &str = "\
2026-01-05 09:00  stage prospect
2026-01-05 09:00  tier C
2026-03-07 00:00  returns: 60天未跟进 / no contact for 60 days";

#[test]
fn a_year_brings_everything_at_its_minute() {
    let year = Year::begin();
    let [acme, beta] = ["彩排一号", "彩排二号"].map(|name| {
        let named = [Change::put(text("name"), text(name))];
        year.by("陈思远", Command::Add { kind: Kind::Customer, changes: named.into() }).ids[0]
    });
    let returns = |id| {
        let row = year.service.head().snapshot.customer(id).expect("a customer");
        [row.return_warned, row.returns].map(|at| at.map_or("never".to_owned(), said))
    };
    assert_eq!(returns(beta), ["2026-02-25 00:00", "2026-03-07 00:00"]);

    year.until("2026-02-13 15:00");
    year.by("陈思远", inquiry(acme));
    year.until("2026-02-17 10:00");
    year.by("赵一鸣", reached(acme));
    year.until("2026-02-24 16:00");
    let run = year.running();
    year.by("陈思远", Command::PlaybookPause { run, reason: text("they are abroad") });
    year.until("2026-02-27 16:00");
    year.by("陈思远", Command::PlaybookResume { run });
    year.until("2026-03-02 09:30");
    year.finish(acme);

    let absence = [("away_from", "2026-03-09"), ("away_until", "2026-03-13"), ("stand_in", "赵一鸣")];
    let changes = absence.map(|(field, value)| Change::put(text(field), text(value))).into();
    year.by("陈思远", Command::Edit { record: year.actor("陈思远").member, changes });
    year.until("2026-03-10 11:00");
    year.by("罗家骏", inquiry(acme));
    year.until("2026-03-10 16:00");
    year.by("赵一鸣", reached(acme));
    year.until("2026-03-11 11:00");
    year.finish(acme);

    year.until("2026-03-16 10:00");
    for date in ["2026-03-16", "2025-09-01"] {
        let fields =
            [("customer", acme.to_string()), ("amount", "60000".to_owned()), ("date", date.to_owned())];
        let changes = fields.map(|(field, value)| Change::put(text(field), text(&value))).into();
        year.by("陈思远", Command::Add { kind: Kind::Purchase, changes });
    }
    // What a server slept through for months is caught up in order.
    year.until("2026-09-10 12:00");
    assert_eq!(returns(acme), ["2026-09-01 00:00", "2026-09-11 00:00"], "warned of from the day of its fall");
    year.until("2027-01-05 09:00");
    assert_eq!(year.told(acme), YEAR);
    assert_eq!(year.told(beta), NEGLECTED);
}

fn inquiry(customer: Id) -> Command {
    let asks = Log::call(customer, text("asks for twenty desks"));
    Command::Log(Box::new(Log { direction: Some(Direction::In), inquiry: true, ..asks }))
}

fn reached(customer: Id) -> Command {
    Command::Log(Box::new(Log::call(customer, text("spoke"))))
}

fn text(words: &str) -> Clean {
    Clean::washed(words).0
}

fn said(at: Instant) -> String {
    at.local(Shanghai).format("%Y-%m-%d %H:%M").to_string()
}

/// The practice book in memory, from the first day of the year on.
struct Year {
    service: Arc<Service>,
    first: Actor,
    /// The place in the journal behind which the year begins.
    from: u64,
}

impl Year {
    fn begin() -> Year {
        let begin = NaiveDateTime::parse_from_str(BEGIN, "%Y-%m-%d %H:%M").expect("a moment");
        let made = Instant::at(begin - Days::new(demo::DAYS.into()), Shanghai);
        let clock: Clock = Arc::new(move || made);
        let disk = Disk::slow(Duration::ZERO);
        let init = Command::Init {
            name: text("rehearsal"),
            policy: Clean::default(),
            timezone: text("Asia/Shanghai"),
            currency: text("CNY"),
            practice: Some(made),
            member: (text("Li Wei"), text("liwei"), 1000),
        };
        Service::create_on(&disk, &init, &clock).expect("a new store");
        let service = Service::start(Store::open_on(&disk).expect("a store"), clock).expect("a service");
        let first = service.actor(1000, Lang::En, || "liwei".into()).expect("the first member");
        let mut year = Year { service, first, from: 0 };
        for chapter in demo::book(begin) {
            if chapter.days > 0 {
                let to = text(&format!("+{}d", chapter.days));
                year.order(year.first, vec![Command::ClockMove { to }]);
            }
            for batch in chapter.batches {
                year.order(year.first, batch);
            }
        }
        year.order(year.first, vec![Command::PolicyAdopt { text: text(POLICY) }]);
        year.from = year.service.head().snapshot.head();
        year
    }

    fn order(&self, actor: Actor, commands: Vec<Command>) -> Vec<Receipt> {
        let order = |command| Order { counter: 0, batch: None, dry_run: false, command };
        let done = self.service.execute(actor, 0, commands.into_iter().map(order).collect());
        done.into_iter().map(|done| done.expect("an order that is carried out")).collect()
    }

    fn actor(&self, name: &str) -> Actor {
        self.service.act_as(self.first, &text(name)).expect("a member")
    }

    fn by(&self, name: &str, command: Command) -> Receipt {
        self.order(self.actor(name), vec![command]).remove(0)
    }

    /// Lets the clock go on to a moment.
    fn until(&self, moment: &str) {
        self.order(self.first, vec![Command::ClockMove { to: text(moment) }]);
    }

    /// The playbook that began last.
    fn running(&self) -> Id {
        let head = self.service.head();
        let mut last = None;
        head.snapshot.each_row(Kind::Run, 1, &mut |n, _| {
            last = Some(Id::new(Kind::Run, n));
            true
        });
        last.expect("a playbook")
    }

    /// Finishes the one open task of a customer.
    fn finish(&self, customer: Id) {
        let head = self.service.head();
        let mut open = Vec::new();
        head.snapshot.each_row(Kind::Task, 1, &mut |n, _| {
            let task =
                head.snapshot.task(Id::new(Kind::Task, n)).filter(|task| task.customer == Some(customer));
            let is_open = task.is_some_and(|task| task.state == Some(TaskState::Open));
            open.extend(is_open.then_some(Id::new(Kind::Task, n)));
            true
        });
        let [task] = open[..] else { panic!("{open:?}") };
        self.by("陈思远", Command::TaskDone { task, next: Clean::default() });
    }

    /// What rules and time brought a customer, a line each.
    fn told(&self, customer: Id) -> String {
        let head = self.service.head();
        let entries = (self.from + 1..=head.snapshot.head()).filter_map(|seq| head.snapshot.entry(seq));
        // With a resumed playbook its deadlines move.
        let is_brought = |entry: &Entry| {
            matches!(entry.cause, Cause::Due { .. } | Cause::Follows { .. })
                || entry.command.as_str() == "playbook resume"
        };
        let lines: BTreeSet<(Instant, u64, usize, String)> = entries
            .filter(is_brought)
            .flat_map(|entry| {
                let at = if let Cause::Due { at, .. } = entry.cause { at } else { entry.at };
                let lines = self.lines(&entry, customer).into_iter().enumerate();
                lines.map(|(nth, line)| (at, entry.seq, nth, line)).collect::<Vec<_>>()
            })
            .collect();
        let lines: Vec<String> =
            lines.into_iter().map(|(at, _, _, line)| format!("{}  {line}", said(at))).collect();
        lines.join("\n")
    }

    fn lines(&self, entry: &Entry, customer: Id) -> Vec<String> {
        let head = self.service.head();
        let name =
            |id: &Id| head.snapshot.member(*id).map_or(String::new(), |member| member.name.to_string());
        let value = |field: &str| {
            entry.events.iter().find_map(|event| match event {
                Event::Set { record, field: of, to, .. } if record.kind.field_name(of) == field => {
                    Some(to.clone())
                }
                _ => None,
            })
        };
        let mut lines = Vec::new();
        for event in &entry.events {
            let record = event.record();
            let task = head.snapshot.task(record).filter(|task| task.customer == Some(customer));
            match event {
                Event::Set { field, to, .. } if record == customer => {
                    match (record.kind.field_name(field).as_str(), to) {
                        (name @ ("tier" | "stage"), Value::Text(to)) => lines.push(format!("{name} {to}")),
                        ("owner", Value::Absent) => {
                            let reason = value("release_reason").map(|reason| reason.say(Lang::En, Shanghai));
                            lines.push(format!("returns: {}", reason.unwrap_or_default()));
                        }
                        _ => {}
                    }
                }
                Event::Created { values, .. } => {
                    let Some(task) = task else { continue };
                    let of = |field: &str| values.iter().find(|(of, _)| record.kind.field_name(of) == field);
                    let who = match of("assignee") {
                        Some((_, Value::Ref(who))) => name(who),
                        _ => "nobody".to_owned(),
                    };
                    let Some((_, Value::Instant(due))) = of("due") else { continue };
                    lines.push(format!("begins {}: {who}, due {}", task.title, said(*due)));
                }
                Event::Set { field, to, .. } => {
                    let Some(task) = task else { continue };
                    match (record.kind.field_name(field).as_str(), to) {
                        ("warned", _) => lines.push(format!("warns of {}", task.title)),
                        ("due", Value::Instant(due)) => {
                            lines.push(format!("moves {} to {}", task.title, said(*due)));
                        }
                        ("state", _) => lines.push(format!("ends {}", task.title)),
                        ("escalated_to", Value::Ref(who)) => {
                            lines.push(format!("escalates {} to {}", task.title, name(who)));
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        lines
    }
}
