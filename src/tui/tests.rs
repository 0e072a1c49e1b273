//! Tests of the whole screen: keys go in, frames come out. The server is a small book that answers from memory.

#![allow(clippy::result_large_err)] // refusals travel by value, as they do on the wire

use std::io::{self, Write};

use super::app::{App, Effect, Message, Setup};
use super::drafts::Drafts;
use super::input::Event;
use super::link::{Heard, Send};
use super::screen::Screen;
use super::theme::Theme;
use crate::ipc::client::{Changed, ClientError, News};
use crate::keys::{Keymap, Keys};
use crate::model::query::{
    Card, ContactLine, CustomerLine, DealLine, Happened, HistoryItem, Lateness, PolicyName, PurchaseLine,
    Reason, RowLine, Session, Standing, TaskLine, TierLine, TimelineItem, Why,
};
use crate::model::{
    Answer, Cause, Channel, Command, CustomerKind, Day, DealStage, Direction, Entry, Id, Instant, Kind,
    Named, Order, Outcome, Query, Receipt, Refusal, Row, Source, TaskState, Undone, Value, Which, Whose,
};
use crate::text::{Clean, Currency, Lang, Money};
use chrono::NaiveDate;

/// Tuesday, 24 November 2026, 14:32 in Shanghai.
const NOW: Instant = Instant(1_795_501_920_000);
const DAY: i64 = 86_400;
const HOUR: i64 = 3_600;

fn clean(text: &str) -> Clean {
    Clean::new(text).unwrap()
}

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
struct Server {
    lang: Lang,
    customers: Vec<CustomerLine>,
    tasks: Vec<TaskLine>,
    /// What was ordered, in order.
    ordered: Vec<(u128, u64, Command)>,
    /// What the next order gets.
    refusal: Option<Refusal>,
    /// What my last act belongs to.
    batch: Option<Id>,
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

impl Server {
    fn new(lang: Lang) -> Server {
        let (customers, tasks, ordered) = (Vec::new(), Vec::new(), Vec::new());
        let mut server = Server { lang, customers, tasks, ordered, refusal: None, batch: None };
        server.customers = (0..85).map(|n| server.line(n)).collect();
        let task = |n, en, zh, customer: usize, due: i64, late| TaskLine {
            id: Id::new(Kind::Task, n),
            title: clean(lang.pick(en, zh)),
            customer: Some(server.named(customer)),
            tier: server.customers[customer].tier.clone(),
            assignee: Some(server.anna()),
            team: None,
            due: Some(NOW.plus_seconds(due)),
            state: TaskState::Open,
            source: Source::Manual,
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

    fn anna(&self) -> Named {
        named(Kind::Member, 1, self.lang.pick("Anna Snelling", "安娜"))
    }

    fn named(&self, at: usize) -> Named {
        Named { id: self.customers[at].id, name: self.customers[at].name.clone() }
    }

    fn line(&self, n: usize) -> CustomerLine {
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
            spend: money([214_300, 0, 8_200, 1_204_500][n % 4]),
            orders: 9,
            pooled: n % 3 == 1,
            late: [Lateness::Late, Lateness::Fine, Lateness::Soon, Lateness::Fine, Lateness::Fine][n % 5],
            score: None,
        }
    }

    fn session(&self) -> Session {
        let name = |id, en, zh| PolicyName { id: clean(id), en: clean(en), zh: clean(zh) };
        Session {
            member: self.anna(),
            team: None,
            store: clean(self.lang.pick("East", "华东一组")),
            practice: false,
            timezone: clean("Asia/Shanghai"),
            currency: clean("CNY"),
            now: NOW,
            tiers: vec![
                name("A", "Key", "重点"),
                name("B", "Potential", "潜力"),
                name("C", "Ordinary", "普通"),
            ],
            stages: vec![
                name("loyal", "Loyal", "忠诚"),
                name("repeat", "Repeat", "重复购买"),
                name("new", "New", "新客户"),
            ],
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

    fn timeline(&self) -> Vec<TimelineItem> {
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
            id: Id::new(Kind::Interaction, n),
            at,
            whole_day: false,
            by: (!by.0.is_empty()).then(|| named(Kind::Member, n, lang.pick(by.0, by.1))),
            what,
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

    fn card(&self, id: Id) -> Result<Card, Refusal> {
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
            team: None,
            contact_every: Some((14, Some(Day::from(NaiveDate::from_ymd_opt(2026, 12, 6).unwrap())))),
            next: None,
        };
        let mut row = Row::blank(Kind::Customer);
        row.set(
            &Kind::Customer.field("industry").unwrap().0,
            crate::model::Value::Text(line.industry.clone()),
        );
        row.set(&Kind::Customer.field("need").unwrap().0, crate::model::Value::Text(clean("price")));
        let ours = |task: &&TaskLine| task.customer.as_ref().is_some_and(|named| named.id == id);
        let tasks = self.tasks.iter().filter(ours).cloned().collect();
        let first = line.id == Id::customer(1);
        let timeline = if first { self.timeline() } else { Vec::new() };
        let lang = self.lang;
        Ok(Card {
            row,
            why,
            contacts: vec![ContactLine {
                id: Id::new(Kind::Contact, 4),
                name: clean(lang.pick("Juan Perez", "张伟")),
                title: clean(lang.pick("purchasing", "采购")),
                phones: vec![clean("138****5678")],
                mails: Vec::new(),
            }],
            tasks,
            timeline,
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
            purchases: vec![PurchaseLine {
                id: Id::new(Kind::Purchase, 3),
                product: clean("GTX Pro"),
                amount: Some(money(4514)),
                date: Some(Day::from(NaiveDate::from_ymd_opt(2026, 11, 12).unwrap())),
                deal: None,
            }],
            collaborators: vec![(named(Kind::Member, 2, "Versie"), clean("support"))],
            group: Vec::new(),
            group_spend: money(0),
            line,
        })
    }

    fn answer(&self, query: &Query) -> Result<Answer, Refusal> {
        Ok(match query {
            Query::Session => Answer::Session(self.session()),
            Query::List { filter, skip, limit, .. } => {
                if filter.as_str().starts_with("teir") {
                    let (en, zh) = (clean("no field teir"), clean("没有字段 teir"));
                    return Err(Refusal::BadFilter { text: filter.clone(), at: (0, 4), en, zh });
                }
                let tier = filter.as_str().strip_prefix("tier:");
                let fits = |line: &&CustomerLine| tier.is_none_or(|tier| line.tier.as_str() == tier);
                let all: Vec<_> = self.customers.iter().filter(fits).cloned().collect();
                let page = all.iter().skip(*skip as usize).take(*limit as usize).cloned().collect();
                Answer::Customers(page, all.len() as u64)
            }
            Query::Find { words, .. } => {
                let words = words.as_str().to_lowercase();
                let fits = |line: &&CustomerLine| line.name.as_str().to_lowercase().contains(&words);
                let found: Vec<_> = self.customers.iter().filter(fits).take(8).cloned().collect();
                let total = found.len() as u64;
                Answer::Customers(found, total)
            }
            Query::Card { customer: Which::Id(id), .. } => Answer::Card(Box::new(self.card(*id)?)),
            Query::Tasks { whose, .. } => {
                let tasks = if *whose == Whose::Mine { self.tasks.clone() } else { self.tasks[..2].to_vec() };
                let total = tasks.len() as u64;
                Answer::Tasks(tasks, total)
            }
            Query::Tiers => Answer::Tiers(self.tiers()),
            Query::Rows { kind: Kind::Batch, from, .. } => {
                let mut row = Row::blank(Kind::Batch);
                row.set(&Kind::Batch.field("name").unwrap().0, Value::Text(clean("import accounts.csv")));
                Answer::Rows(vec![RowLine { id: Id::new(Kind::Batch, *from), row, names: Vec::new() }])
            }
            Query::History { before, .. } => {
                let entry = Entry {
                    seq: before.unwrap() - 1,
                    at: NOW,
                    by: Some(Id::new(Kind::Member, 2)),
                    command: clean("edit"),
                    cause: Cause::Asked,
                    batch: None,
                    events: Vec::new(),
                };
                Answer::History(vec![HistoryItem { entry, by: None, undone_by: None }])
            }
            other => panic!("nobody asks {other:?}"),
        })
    }

    fn carry_out(&mut self, client: u128, order: &Order) -> Result<Receipt, Refusal> {
        let Order { counter, command, dry_run, .. } = order;
        if !dry_run {
            self.ordered.push((client, *counter, command.clone()));
        }
        if let Some(refusal) = self.refusal.take() {
            return Err(refusal);
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
        let title = Kind::Task.field("title").unwrap().0;
        let customer = Kind::Task.field("customer").unwrap().0;
        let values = vec![(title, Value::Text(clean("call"))), (customer, Value::Ref(Id::customer(1)))];
        let changes = vec![crate::model::Event::Removed { record: Id::new(Kind::Task, 9), values }];
        let ids = match command {
            Command::TaskTake => vec![Id::new(Kind::Task, 3)],
            Command::Undo { .. } => vec![Id::new(Kind::Interaction, 10), Id::new(Kind::Task, 9)],
            _ => vec![Id::new(Kind::Interaction, 10)],
        };
        Ok(Receipt { seqs: vec![101], ids, changes, ..Receipt::default() })
    }
}

/// The screen with its server.
struct Desk {
    app: App,
    server: Server,
    /// What the screen sent while nobody answered.
    unanswered: Vec<Send>,
    online: bool,
    now: Instant,
    quit: bool,
}

impl Desk {
    fn new(lang: Lang, size: (u16, u16)) -> Desk {
        Desk::with(lang, size, Drafts::default(), Keymap::shipped("default").unwrap())
    }

    fn with(lang: Lang, size: (u16, u16), drafts: Drafts, keys: Keymap) -> Desk {
        let setup = Setup { size, lang, theme: Theme::new(true, false), keys, drafts };
        let server = Server::new(lang);
        let app = App::new(setup, NOW);
        Desk { app, server, unanswered: Vec::new(), online: true, now: NOW, quit: false }
    }

    fn up(mut self) -> Desk {
        self.hear(Heard::Up);
        self
    }

    fn hear(&mut self, heard: Heard) {
        self.app.on(Message::Link(heard), self.now);
        self.carry();
    }

    fn event(&mut self, event: Event) {
        self.app.on(Message::Input(event), self.now);
        self.carry();
    }

    /// Carries out what follows, until nothing does.
    fn carry(&mut self) {
        loop {
            let effects = self.app.effects();
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                match effect {
                    Effect::Send(send) if self.online => self.answer(send),
                    Effect::Send(send) => self.unanswered.push(send),
                    Effect::Quit(_) => self.quit = true,
                    _ => {}
                }
            }
        }
    }

    fn answer(&mut self, send: Send) {
        let heard = match send {
            Send::Ask(ticket, query) => Heard::Answer(ticket, self.server.answer(&query)),
            Send::Do(ticket, client, order) => Heard::Receipt(ticket, self.server.carry_out(client, &order)),
        };
        self.app.on(Message::Link(heard), self.now);
    }

    /// Presses keys: names as in key maps, divided by blanks; what stands in quotes is typed.
    fn keys(&mut self, keys: &str) -> &mut Desk {
        for (at, part) in keys.split('"').enumerate() {
            if at % 2 == 1 {
                let typed: Vec<String> = part
                    .chars()
                    .map(|typed| if typed == ' ' { "space".into() } else { typed.to_string() })
                    .collect();
                self.press(&typed.join(" "));
            } else {
                self.press(part);
            }
        }
        self
    }

    fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let keys: Keys = key.parse().unwrap_or_else(|why| panic!("{key}: {why:?}"));
            for key in keys.iter() {
                self.event(Event::Key(*key));
            }
        }
    }

    /// What a terminal shows after a first frame.
    fn text(&self, (columns, rows): (u16, u16)) -> String {
        let mut screen = Screen::new(Vec::new(), columns, rows);
        screen.draw(|buffer| self.app.draw(buffer)).unwrap();
        let [rows, columns] = [rows, columns].map(|cells| std::num::NonZero::new(cells).unwrap());
        let mut terminal = vt100::Parser::new(rows, columns, 0);
        terminal.process(screen.writer());
        let shown = terminal.screen().rows(0, columns.get()).map(|row| format!("{}\n", row.trim_end()));
        shown.collect()
    }

    fn small(&self) -> String {
        self.text((80, 24))
    }

    fn row(&self, at: usize) -> String {
        self.small().lines().nth(at).unwrap_or_default().to_owned()
    }

    fn footer(&self) -> String {
        self.row(23)
    }
}

const SIZES: [(u16, u16); 4] = [(60, 15), (80, 24), (120, 40), (160, 50)];

#[test]
fn the_screen_at_every_size_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for size in SIZES {
            let desk = Desk::new(lang, size).up();
            insta::assert_snapshot!(format!("screen_{lang:?}_{}x{}", size.0, size.1), desk.text(size));
        }
    }
}

#[test]
fn sheets_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (name, keys) in [
            (
                "log",
                "l \"They take the two lots if we hold last year's price.\" tab tab \"+3d send price list\"",
            ),
            ("log_outcome", "l shift-tab right right"),
            ("task", "t \"renew\" tab \"fri 15:00\""),
            ("done", "3 d"),
            ("find", "/ \"c\""),
            ("find_filter", "/ \"teir:A\""),
            ("find_empty", "/"),
            ("help", "?"),
            ("palette", ": \"ta\""),
            ("here", "3 ."),
            ("card", "enter"),
            ("item", "2 enter"),
        ] {
            let mut desk = Desk::new(lang, (80, 24)).up();
            let keys = if lang == Lang::Zh {
                keys.replace(
                    "They take the two lots if we hold last year's price.",
                    "如果保持去年的价格，他们接受分两批。",
                )
                .replace("\"c\"", "\"重庆\"")
            } else {
                keys.to_owned()
            };
            desk.keys(&keys);
            insta::assert_snapshot!(format!("sheet_{name}_{lang:?}"), desk.small());
        }
    }
}

#[test]
fn forms_fit_into_small_windows() {
    for size in [(60, 15), (40, 8)] {
        let mut desk = Desk::new(Lang::En, size).up();
        desk.keys("l \"hello\" tab tab \"+3d send it\"");
        insta::assert_snapshot!(format!("small_log_{}x{}", size.0, size.1), desk.text(size));
    }
    let desk = Desk::new(Lang::En, (30, 6)).up();
    let notice = desk.text((30, 6)).replace('\n', " ");
    assert!(notice.contains("too small: 30x6. It takes 60x15 to work in, 40x8"), "{notice}");
}

#[test]
fn before_anything_is_known_the_panes_are_there() {
    let desk = Desk::new(Lang::En, (80, 24));
    let screen = desk.small();
    for title in ["CUSTOMERS", "TIMELINE", "TASKS", "TIERS", "connecting"] {
        assert!(screen.contains(title), "{title}");
    }
}

/// Counts what is written.
#[derive(Default)]
struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How many bytes the next frame takes.
fn bytes(screen: &mut Screen<Counter>, desk: &Desk) -> usize {
    let before = screen.writer().0;
    screen.draw(|buffer| desk.app.draw(buffer)).unwrap();
    screen.writer().0 - before
}

#[test]
fn frames_stay_within_their_budgets() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        let mut screen = Screen::new(Counter::default(), 80, 24);
        let first = bytes(&mut screen, &desk);
        assert!(first <= 6 * 1024, "{lang:?}: first paint {first}");
        assert_eq!(bytes(&mut screen, &desk), 0, "idle");

        desk.keys("j");
        let moved = bytes(&mut screen, &desk);
        assert!(moved <= 1024, "{lang:?}: moved row {moved}");
        desk.keys("/");
        bytes(&mut screen, &desk);
        for typed in ["c", "o"] {
            desk.online = false;
            desk.keys(&format!("\"{typed}\""));
            let echo = bytes(&mut screen, &desk);
            assert!(echo <= 64, "{lang:?}: echo {echo}");
            desk.online = true;
            for send in std::mem::take(&mut desk.unanswered) {
                desk.answer(send);
            }
            let results = bytes(&mut screen, &desk);
            assert!(results <= 1536, "{lang:?}: results {results}");
        }
        desk.keys("esc l");
        bytes(&mut screen, &desk);
        desk.keys("\"重\"");
        let echo = bytes(&mut screen, &desk);
        assert!(echo <= 64, "{lang:?}: echo in a form {echo}");
    }
}

#[test]
fn an_idle_screen_wakes_only_when_something_becomes_true() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let wake = desk.app.wake().unwrap();
    assert_eq!(wake, desk.server.tasks[2].due.unwrap().plus_seconds(1), "the next task is due");
    desk.app.tick(wake);
    desk.now = wake;
    desk.carry();
    assert!(desk.app.wake().unwrap() > wake, "it does not wake for that again");
}

#[test]
fn other_peoples_changes_do_not_move_the_bar() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("j j");
    assert!(desk.row(4).starts_with("▌A Hottechi"));
    let newcomer = CustomerLine { id: Id::customer(900), name: clean("Newcomer"), ..desk.server.line(1) };
    desk.server.customers.insert(0, newcomer);
    desk.hear(Heard::News(News { head: 101, changed: Changed::These(vec![Id::customer(900)]) }));
    assert!(
        desk.row(5).starts_with("▌A Hottechi") || desk.row(4).starts_with("▌A Hottechi"),
        "{}",
        desk.small()
    );
    assert!(desk.row(1).contains("86") && desk.row(1).contains("Hottechi"), "{}", desk.row(1));

    desk.server.customers.remove(3);
    desk.hear(Heard::News(News { head: 102, changed: Changed::Everything }));
    assert!(!desk.small().contains('▌'), "who is gone has no bar, and nobody else gets it");
    desk.keys("j");
    assert!(desk.small().contains("▌A Kan-code"), "the bar comes back where it was: {}", desk.small());
}

#[test]
fn a_changed_customer_is_marked_until_it_is_looked_at() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.hear(Heard::News(News {
        head: 101,
        changed: Changed::These(vec![Id::customer(2), Id::customer(1)]),
    }));
    assert!(desk.row(3).contains("9d  +"), "{}", desk.row(3));
    assert!(!desk.row(2).contains('+'), "what is looked at is not new: {}", desk.row(2));
    desk.keys("j k");
    assert!(!desk.row(3).contains('+'));
}

#[test]
fn a_long_list_is_asked_for_where_it_is_looked_at() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.server.customers = (0..10_000).map(|n| desk.server.line(n)).collect();
    let mut desk = desk.up();
    desk.keys("G");
    assert!(desk.row(1).starts_with(" CUSTOMERS 10000  "), "{}", desk.row(1));
    assert!(desk.row(13).starts_with("▌B Kan-code") || desk.row(13).starts_with('▌'), "{}", desk.row(13));
    assert!(!desk.row(13).trim_start_matches('▌').trim().is_empty());
    desk.keys("g g");
    assert!(desk.row(2).starts_with("▌A Acme Corp"));
}

fn log(command: &Command) -> &crate::model::Log {
    let Command::Log(log) = command else { panic!("{command:?}") };
    log
}

#[test]
fn a_call_is_logged_with_its_next_step_and_the_task_it_ends() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("3 j l \"two lots\" ctrl-j \"or three\" tab tab \"+3d send price list\" enter");
    let (_, counter, command) = desk.server.ordered.pop().unwrap();
    let log = log(&command);
    assert_eq!((counter, log.customer), (1, Id::customer(1)));
    assert_eq!(log.text.as_str(), "two lots\nor three");
    assert_eq!(log.next.as_str(), "+3d send price list");
    assert_eq!(
        (log.channel, log.direction, log.outcome),
        (Some(Channel::Phone), Some(Direction::Out), Some(Outcome::Reached))
    );
    assert_eq!(log.ends, Some(Id::new(Kind::Task, 2)), "the task under the bar");
    assert!(desk.footer().contains("logged with Acme Corporation"), "{}", desk.footer());
    desk.keys("l");
    assert!(!desk.small().contains("two lots"), "a delivered draft is gone");
}

#[test]
fn a_refusal_is_told_at_its_field_and_nothing_is_lost() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let takes = crate::model::Takes::NextStep;
    desk.server.refusal = Some(Refusal::BadValue(clean("next"), clean("soon"), takes));
    desk.keys("l \"hello\" tab tab \"soon\" enter");
    let screen = desk.small();
    assert!(screen.contains("next: \"soon\" is not a date and what to do"), "{screen}");
    assert!(
        screen.contains("(try \"+3d send price") && screen.contains("list\")"),
        "what to do about it is whole: {screen}"
    );
    assert!(screen.contains("text     hello"));
    desk.keys("ctrl-u \"fri call\" enter");
    assert_eq!(log(&desk.server.ordered[1].2).next.as_str(), "fri call");
    assert_ne!(desk.server.ordered[0].1, desk.server.ordered[1].1, "another order has another counter");
}

#[test]
fn what_is_typed_stays_in_sight_beside_what_is_wrong_with_it() {
    for size in [(60, 15), (80, 24), (40, 8)] {
        let mut desk = Desk::new(Lang::En, size).up();
        desk.keys("t \"call\" tab \"someday\"");
        let screen = desk.text(size);
        assert!(screen.contains("due      someday") && screen.contains("no date: try fri, +3d"), "{screen}");
        desk.keys("esc l tab tab \"30 Feb send it\"");
        let screen = desk.text(size);
        assert!(screen.contains("30 Feb send it") && screen.contains("there is no 2026-02-30"), "{screen}");
    }
}

#[test]
fn nothing_found_is_said_with_what_to_do() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("/ \"zzz\"");
    assert!(desk.small().contains("nobody found: try fewer letters"), "{}", desk.small());
    desk.keys("esc : \"import\"");
    assert!(desk.small().contains("no act is called that"), "{}", desk.small());
}

#[test]
fn esc_keeps_the_draft() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l \"half a thought\" esc");
    assert!(desk.footer().contains("the draft is kept"));
    desk.keys("j l");
    assert!(!desk.small().contains("half a thought"), "it belongs to the other customer");
    desk.keys("esc k l");
    assert!(desk.small().contains("half a thought"));
}

#[test]
fn what_was_typed_survives_a_crash_and_what_was_sent_is_sent_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let start = || {
        let drafts = Drafts::load(dir.path().into());
        Desk::with(Lang::En, (80, 24), drafts, Keymap::shipped("default").unwrap())
    };
    let mut desk = start().up();
    desk.keys("l \"half a thought\"");
    drop(desk);

    let mut desk = start().up();
    desk.keys("l");
    assert!(desk.small().contains("half a thought"));
    desk.online = false;
    desk.keys("\", finished\" enter");
    let Some(Send::Do(_, client, order)) = desk.unanswered.pop() else { panic!("not sent") };
    drop(desk);

    let mut desk = start().up();
    let (again, counter, command) = desk.server.ordered.pop().unwrap();
    assert_eq!((again, counter, &command), (client, order.counter, &order.command));
    assert_eq!(log(&command).text.as_str(), "half a thought, finished");
    assert!(desk.footer().contains("logged with Acme"), "{}", desk.footer());
    drop(desk);
    desk = start().up();
    assert_eq!(desk.server.ordered, []);
}

#[test]
fn a_stopped_server_is_said_and_forms_go_on() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.hear(Heard::Down(ClientError::Lost));
    assert!(desk.footer().contains("link lost, trying again"), "{}", desk.footer());
    assert!(desk.small().contains("Acme Corporation"), "what was known is still seen");
    desk.keys("l \"they called back\" enter");
    assert!(desk.footer().contains("it is sent when the server is back"), "{}", desk.footer());
    desk.keys("j");
    assert!(desk.footer().contains("1 not sent yet"), "{}", desk.footer());
    desk.keys("u");
    assert!(desk.footer().contains("not now"), "{}", desk.footer());

    let sent = std::mem::take(&mut desk.unanswered);
    desk.online = true;
    desk.hear(Heard::Up);
    for send in sent.into_iter().filter(|send| matches!(send, Send::Do(..))) {
        desk.answer(send);
    }
    assert!(desk.footer().contains("live"), "{}", desk.footer());
    assert_eq!(desk.server.ordered.len(), 1);
}

#[test]
fn a_store_that_does_not_let_us_in_ends_the_screen() {
    let mut desk = Desk::new(Lang::En, (80, 24));
    desk.app.on(Message::Link(Heard::Down(ClientError::Stranger { user: 7 })), NOW);
    assert!(matches!(desk.app.effects()[..], [Effect::Fail(_)]));
    desk.app.on(Message::Link(Heard::Down(ClientError::NotReady { percent: 37 })), NOW);
    assert!(desk.footer().contains("rebuilding 37 %"), "{}", desk.footer());
}

#[test]
fn the_next_task_is_taken_and_its_customer_opened() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("n");
    assert_eq!(desk.server.ordered[0].2, Command::TaskTake);
    assert!(desk.footer().contains("yours: revisit"), "{}", desk.footer());
    assert!(desk.row(1).contains("Hottechi"), "{}", desk.row(1));
    assert!(desk.small().contains("▌~revisit"));
}

#[test]
fn a_task_is_done_with_the_next_one() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("3 d \"+2d revisit\" enter");
    let done = Command::TaskDone { task: Id::new(Kind::Task, 1), next: clean("+2d revisit") };
    assert_eq!(desk.server.ordered[0].2, done);
    assert!(desk.footer().contains("done: first contact"), "{}", desk.footer());
}

#[test]
fn a_task_is_added_for_the_customer() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("t \"send samples\" tab \"fri\" tab tab right enter");
    let Command::Add { kind: Kind::Task, changes } = &desk.server.ordered[0].2 else { panic!("no task") };
    let changes: Vec<_> = changes.iter().map(|change| format!("{}={}", change.field, change.to)).collect();
    assert_eq!(changes, ["customer=c1", "title=send samples", "due=fri", "assignee=m1", "promise=yes"]);
}

#[test]
fn undo_says_what_was_undone() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("u");
    let undone = "undone: interaction i10, task t9 call (Acme Corporation); U redoes it";
    assert!(desk.footer().contains(undone), "{}", desk.footer());
    desk.keys("U");
    let redo = Command::Undo { what: Undone::Seq(101), partial: false };
    assert_eq!(desk.server.ordered[1].2, redo);
    assert!(desk.footer().contains("redone: interaction i10, task t9 call"), "{}", desk.footer());
    desk.keys("U");
    assert_eq!(desk.server.ordered.len(), 2, "it was done again once");
    assert!(desk.footer().contains("nothing was undone here"), "{}", desk.footer());
    desk.server.refusal = Some(Refusal::NothingToUndo);
    desk.keys("L u");
    assert!(desk.footer().contains("没有可撤销的本人操作"), "{}", desk.footer());
}

#[test]
fn a_batch_is_undone_only_after_a_yes() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    let batch = Id::new(Kind::Batch, 3);
    desk.server.batch = Some(batch);
    desk.keys("u");
    assert!(desk.footer().contains("undo import accounts.csv, 85 records?"), "{}", desk.footer());
    desk.keys("enter");
    assert!(desk.footer().contains("nothing was undone"), "{}", desk.footer());
    assert_eq!(desk.server.ordered, [], "enter is no yes");
    desk.keys("y");
    assert_eq!(desk.server.ordered, [], "nothing is asked any more");
    desk.keys("L u y");
    let undo = Command::Undo { what: Undone::Batch(batch), partial: false };
    assert_eq!(desk.server.ordered[0].2, undo);
    assert!(desk.footer().contains("已撤销：import accounts.csv，85 条记录"), "{}", desk.footer());
    desk.server.batch = None;
    desk.keys("U");
    let redo = Command::Undo { what: Undone::Batch(Id::new(Kind::Batch, 4)), partial: false };
    assert_eq!(desk.server.ordered[1].2, redo);
    assert!(desk.footer().contains("已恢复：import accounts.csv"), "{}", desk.footer());
}

#[test]
fn what_is_given_up_is_told_and_typed_words_are_a_draft_again() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.keys("l \"two lots\" enter");
    let sent = std::mem::take(&mut desk.unanswered);
    let ticket = sent.iter().find_map(|send| match send {
        Send::Do(ticket, ..) => Some(*ticket),
        Send::Ask(..) => None,
    });
    desk.hear(Heard::Down(ClientError::Lost));
    desk.hear(Heard::GivenUp(ticket.unwrap(), ClientError::Lost));
    assert!(desk.footer().contains("the draft is kept"), "{}", desk.footer());
    desk.online = true;
    desk.hear(Heard::Up);
    desk.keys("l");
    assert!(desk.small().contains("two lots"), "{}", desk.small());
    desk.keys("esc");
    desk.hear(Heard::GivenUp(1, ClientError::Lost));
    assert!(!desk.footer().contains("given up"), "an old question: {}", desk.footer());
    desk.online = false;
    desk.hear(Heard::Up);
    let asked = desk.unanswered.iter().find_map(|send| match send {
        Send::Ask(ticket, _) => Some(*ticket),
        Send::Do(..) => None,
    });
    desk.hear(Heard::GivenUp(asked.unwrap(), ClientError::Lost));
    assert!(desk.footer().contains("given up"), "{}", desk.footer());
}

#[test]
fn a_tier_opens_its_customers_and_esc_shows_all_again() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("4 j enter");
    assert!(desk.row(1).contains("tier:B"), "{}", desk.row(1));
    assert!(desk.row(2).contains("Betatech"));
    assert!(desk.row(1).starts_with(" CUSTOMERS 21 tier:B "), "a blank between: {}", desk.row(1));
    assert!(desk.footer().starts_with(" esc show all"), "{}", desk.footer());
    desk.keys("2 esc");
    assert!(desk.row(1).contains("85") && !desk.row(1).contains("tier:B"), "{}", desk.row(1));
    assert!(!desk.footer().contains("show all"), "{}", desk.footer());
}

#[test]
fn a_customer_is_found_and_opened() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("/ \"condax\" down enter");
    assert!(desk.row(1).contains("Condax 2"), "{}", desk.row(1));
    desk.keys("/ \"tier:C\" enter");
    assert!(desk.row(1).contains("tier:C"), "a filter narrows the list: {}", desk.row(1));
}

#[test]
fn an_outdated_answer_of_the_look_up_is_not_shown() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.keys("/ \"c\" \"x\"");
    let sends = std::mem::take(&mut desk.unanswered);
    desk.answer(sends.into_iter().next().unwrap());
    assert!(!desk.small().contains("8 of 85"), "{}", desk.small());
}

#[test]
fn the_footer_says_what_keys_may_follow_and_what_means_nothing() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("g");
    assert!(desk.footer().starts_with(" g  g top"), "{}", desk.footer());
    desk.keys("x");
    assert!(desk.footer().contains("g x does nothing here; ? shows the keys"), "{}", desk.footer());
    desk.keys("d");
    assert!(desk.footer().contains("d: mark the task as done, in the tasks (3)"), "{}", desk.footer());
    desk.keys("L m");
    assert!(desk.footer().contains("m：切换我的任务与小组任务，请先到任务（3）"), "{}", desk.footer());
    desk.keys("L q");
    assert!(desk.quit);
}

#[test]
fn a_persons_own_keys_are_the_ones_that_are_shown() {
    let keys = Keymap::user("my.toml", "[global]\nl = \"none\"\nw = \"log\"\nx = \"nope\"\n");
    let mut desk = Desk::with(Lang::En, (80, 24), Drafts::default(), keys).up();
    assert!(desk.footer().contains("my.toml:4: no act"), "a fault is told: {}", desk.footer());
    desk.keys("j");
    assert!(desk.footer().contains("w log") && !desk.footer().contains("l log"), "{}", desk.footer());
    desk.keys("?");
    assert!(desk.small().contains("my.toml:4:5"));
}

#[test]
fn a_late_answer_is_waited_for_visibly() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.online = false;
    desk.keys("j");
    assert!(desk.row(1).contains("Acme Corporation"), "no flicker: the card before stays for a moment");
    let wake = desk.app.wake().unwrap();
    assert_eq!(wake.0 - NOW.0, 100);
    desk.app.tick(wake);
    assert!(desk.footer().contains("asking.."), "{}", desk.footer());
    assert!(desk.row(1).contains("Acme Logistics"), "{}", desk.row(1));
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys("l");
    desk.event(Event::Paste("a\u{1b}[2Jb\u{202e}c".to_owned()));
    let screen = desk.small();
    assert!(screen.contains("a[2Jbc"), "{screen}");
}
