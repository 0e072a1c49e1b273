//! How long the index of 100,000 customers takes to answer. A look-up has 20 ms on one core.

use std::sync::LazyLock;

use divan::Bencher;
use guanxi::filter::{Directory, Lens, Prepared, Referent, Schema, parse};
use guanxi::model::sort::Sort;
use guanxi::model::{
    Contact, Customer, Direction, Event, Ground, Id, Instant, Interaction, Kind, Memory, Outcome, Purchase,
    Row, Sight, Task, TaskState, World,
};
use guanxi::search::Book;
use guanxi::text::{Clean, Currency, Money};

const CUSTOMERS: u64 = 100_000;
const DAY: i64 = 24 * 60 * 60 * 1000;
const NOW: Instant = Instant(20_000 * DAY);

fn main() {
    divan::main();
}

#[divan::bench(args = ["hottechi", "hotech", "hottexhi", "acme corp", "a", "an", "zgyd", "重庆长安", "chongqing", "wang 5678", "c99999", "qqzzxx"])]
fn find(bencher: Bencher, words: &str) {
    bencher.bench(|| BOOK.find(words, &Sight::All, 20));
}

#[divan::bench(args = ["", "tier:A", "region:华东 spend(365d)>=1000", "late:yes", "idle>30d tag:vip", "acme tier:A", "group(spend(365d))>5000"])]
fn list_by_next_step(bencher: Bencher, filter: &str) {
    let (lens, filter) = (lens(), prepared(filter));
    bencher.bench(|| BOOK.list(&filter, &lens, &Sight::All, Sort::default(), 0, 50));
}

#[divan::bench(args = ["name", "-spend", "last"])]
fn list_everybody(bencher: Bencher, sort: &str) {
    let (lens, filter, sort) = (lens(), prepared(""), Sort::parse(sort).expect("a field to sort by"));
    bencher.bench(|| BOOK.list(&filter, &lens, &Sight::All, sort, 0, 50));
}

#[divan::bench]
fn tiers(bencher: Bencher) {
    let lens = lens();
    bencher.bench(|| BOOK.tiers(&lens, &Sight::All));
}

#[divan::bench]
fn update_of_one(bencher: Bencher) {
    bencher.bench(|| BOOK.update(&*MEMORY, [Id::customer(77)]));
}

#[divan::bench(sample_count = 3)]
fn load(bencher: Bencher) {
    bencher.bench(|| Book::load(&*MEMORY));
}

static MEMORY: LazyLock<Memory> = LazyLock::new(memory);
static BOOK: LazyLock<Book> = LazyLock::new(|| Book::load(&*MEMORY));

fn lens() -> Lens {
    let ground = Ground { zone: chrono_tz::Asia::Shanghai, currency: Currency::CNY };
    let tiers = [("A", Some(14)), ("B", Some(30)), ("C", Some(90))];
    Lens::new(NOW, ground, None, &tiers.map(|(tier, days)| (Clean::known(tier), days)))
}

fn prepared(filter: &str) -> Prepared {
    parse(filter, Schema::Customer).expect("a filter").prepare(&lens().context(&Nobody))
}

struct Nobody;

impl Directory for Nobody {
    fn find(&self, _: Referent, _: &str) -> Vec<u64> {
        Vec::new()
    }

    fn teams_of(&self, _: u64) -> Vec<u64> {
        Vec::new()
    }
}

/// Numbers that look drawn at random and are the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn of<'a>(&mut self, all: &'a str) -> &'a str {
        let words = all.split(' ');
        let count = words.clone().count() as u64;
        words.clone().nth(self.below(count) as usize).unwrap_or_default()
    }

    fn name(&mut self) -> Clean {
        let name = if self.below(2) == 0 {
            let middle: String = (0..2).map(|_| self.of(SIGNS)).collect();
            format!(
                "{}{middle}{}{}",
                self.of(PLACES),
                self.of(TRADES),
                self.of("有限公司 集团 股份有限公司 工厂")
            )
        } else {
            let word: String = (0..=self.below(3)).map(|_| self.of(SYLLABLES)).collect();
            format!(
                "{word}{} {}",
                self.of(SYLLABLES),
                self.of("Inc Corporation Ltd Group Holding Partners Systems")
            )
        };
        Clean::new(&name).expect("clean")
    }
}

const PLACES: &str = "北京 上海 重庆 长沙 厦门 广州 深圳 成都 西安 杭州 南京 武汉 中国 佛山 苏州 青岛";
const SIGNS: &str =
    "华 信 长 安 光 大 新 东 方 金 海 天 元 盛 恒 泰 兴 隆 瑞 丰 和 顺 通 达 嘉 美 乐 行 音 科";
const TRADES: &str = "移动通信 机电 医疗器械 电子 软件 贸易 物流 食品 纺织 建材 化工 银行 旅游 光机 汽车";
const SYLLABLES: &str = "ac me hot te chi con e com co de how hat fan beta so lo in gree ner zen sun nam can ci ty do nal ron ex tra wal bio hol ding";

fn memory() -> Memory {
    let mut memory = Memory::default();
    let mut draw = Draw(1);
    for chunk in 0..100 {
        let below = std::mem::take(&mut memory);
        let mut world = World::over(&below);
        for _ in 0..CUSTOMERS / 100 {
            add(&mut world, &mut draw);
        }
        if chunk == 50 {
            for name in ["Hottechi", "Acme Corporation"] {
                put(&mut world, Customer { name: Clean::known(name), ..Customer::default() });
            }
        }
        let (layer, _) = world.finish();
        memory = below;
        memory.write(layer, Vec::new());
    }
    memory
}

fn add(world: &mut World<'_>, draw: &mut Draw) {
    let parent = (draw.below(10) == 0).then(|| Id::customer(1 + draw.below(CUSTOMERS / 100)));
    let member = Id::new(Kind::Member, 1 + draw.below(50));
    let phone = format!("138{:08}", draw.below(100_000_000));
    let id = put(
        world,
        Customer {
            name: draw.name(),
            parent: parent.filter(|parent| parent.n != world_next(world)),
            owner: Some(member),
            tags: (draw.below(5) == 0).then(|| Clean::known("vip")).into_iter().collect(),
            region: Clean::new(draw.of("华东 华南 华北 西南")).expect("clean"),
            phones: [Clean::new(&phone).expect("clean")].into(),
            created: Some(Instant(NOW.0 - DAY * 400)),
            tier: Clean::new(draw.of("A B C C C C")).expect("clean"),
            ..Customer::default()
        },
    );
    let mail = format!("{}{}@{}.example", draw.of("wang li zhang liu"), id.n, draw.of(SYLLABLES));
    let name = Clean::new(&format!("{}{}", draw.of("王 李 张 刘 陈"), draw.of(SIGNS))).expect("clean");
    let mails = [Clean::new(&mail).expect("clean")].into();
    put(world, Contact { name, customer: Some(id), mails, ..Contact::default() });
    for _ in 0..draw.below(6) {
        let amount = Some(Money { minor: 100 * draw.below(100_000) as i64, currency: Currency::CNY });
        let date = Some(Instant(NOW.0 - DAY * draw.below(700) as i64).day(chrono_tz::Asia::Shanghai));
        put(world, Purchase { customer: Some(id), amount, date, ..Purchase::default() });
    }
    for _ in 0..draw.below(6) {
        let at = Some(Instant(NOW.0 - DAY * draw.below(200) as i64));
        let (direction, outcome) = (Some(Direction::Out), Some(Outcome::Reached));
        put(world, Interaction { customer: Some(id), at, direction, outcome, ..Interaction::default() });
    }
    let due = Some(Instant(NOW.0 + DAY * (draw.below(60) as i64 - 5)));
    put(world, Task { customer: Some(id), due, state: Some(TaskState::Open), ..Task::default() });
}

fn world_next(world: &World<'_>) -> u64 {
    world.fresh(Kind::Customer).n
}

fn put(world: &mut World<'_>, row: impl Into<Row>) -> Id {
    let row = row.into();
    let id = world.fresh(row.kind());
    world.emit(Event::Created { record: id, values: row.values() });
    id
}
