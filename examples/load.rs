//! Fills a store with a large book, then asks it what people ask:
//! `cargo run --release --example load -- DIR 100000 500000`.
//!
//! Without a store in DIR one is made. Everything goes through the service, as a client's requests do.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Instant as Watch, SystemTime, UNIX_EPOCH};

use guanxi::model::{Command, Id, Instant, Kind, Order, Query, Which, Whose};
use guanxi::rules::policy::Policy;
use guanxi::service::{Actor, Clock, Service};
use guanxi::store::{Options, Store, unwatched};
use guanxi::text::{Clean, Currency, Lang};

const PLACES: [&str; 8] = ["重庆", "上海", "厦门", "Berlin", "Lyon", "长沙", "Osaka", "Leeds"];
const TRADES: [&str; 9] = ["机电", "科技", "贸易", "Logistics", "Foods", "音乐", "Tools", "银行", "Medical"];
const ENDINGS: [&str; 4] = ["有限公司", "集团", "Ltd", "GmbH"];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dir, customers, interactions] = arguments.as_slice() else {
        return Err("usage: load DIR CUSTOMERS INTERACTIONS".into());
    };
    let (customers, interactions) = (customers.parse::<u64>()?, interactions.parse::<u64>()?);
    let file = Path::new(dir).join("store.redb");
    let mut out = io::stdout();
    let clock: Clock = Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    });
    if !file.exists() {
        std::fs::create_dir_all(dir)?;
        Service::create(&file, &init(), &clock)?;
        let service = open(&file, &clock)?;
        let me = Actor { member: Id::new(Kind::Member, 1), lang: Lang::En };
        let watch = Watch::now();
        fill(&service, me, (0..customers).map(customer))?;
        fill(&service, me, (0..interactions).map(|n| interaction(n, customers)))?;
        fill(&service, me, (0..interactions / 5).map(|n| purchase(n, customers)))?;
        fill(&service, me, (0..customers / 5).map(|n| task(n, customers)))?;
        writeln!(out, "filled in {:.1} s", watch.elapsed().as_secs_f64())?;
        service.close()?;
    }
    let watch = Watch::now();
    let service = open(&file, &clock)?;
    let me = Actor { member: Id::new(Kind::Member, 1), lang: Lang::En };
    let since_start = || watch.elapsed().as_secs_f64() * 1e3;
    writeln!(out, "serving after {:.0} ms", since_start())?;
    drop(service.answer(me, &questions()[0].1));
    writeln!(out, "the first card after {:.0} ms", since_start())?;
    drop(service.whole_head());
    writeln!(out, "lists and look-ups after {:.0} ms", since_start())?;
    for (name, query) in questions() {
        let mut times: Vec<f64> = (0..20)
            .map(|_| {
                let watch = Watch::now();
                let answer = service.answer(me, &query);
                assert!(answer.is_ok(), "{name}: {answer:?}");
                watch.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        let first = times[0];
        times.sort_by(f64::total_cmp);
        writeln!(
            out,
            "{name:<40} first {first:>8.3} ms   best {:>8.3}   median {:>8.3}",
            times[0], times[10]
        )?;
    }
    service.close()?;
    Ok(())
}

fn open(file: &Path, clock: &Clock) -> Result<Arc<Service>, Box<dyn Error>> {
    let store = Store::open(file, &Options::default(), &mut unwatched)?;
    Ok(Service::start(store, clock.clone())?)
}

fn init() -> Command {
    Command::Init {
        name: Clean::known("load"),
        policy: Clean::washed(&Policy::shipped("Asia/Shanghai", Currency::CNY)).0,
        timezone: Clean::known("Asia/Shanghai"),
        currency: Clean::known("CNY"),
        practice: None,
        member: (Clean::known("Load"), Clean::known("load"), nix::unistd::getuid().as_raw()),
    }
}

fn fill(service: &Service, me: Actor, rows: impl Iterator<Item = Command>) -> Result<(), Box<dyn Error>> {
    let mut chunk = Vec::new();
    let mut rows = rows.peekable();
    while let Some(command) = rows.next() {
        chunk.push(Order { counter: 0, batch: None, dry_run: false, command });
        if chunk.len() == 500 || rows.peek().is_none() {
            for done in service.execute(me, 0, std::mem::take(&mut chunk)) {
                done.map_err(|refusal| format!("{refusal:?}"))?;
            }
        }
    }
    Ok(())
}

fn import(kind: Kind, n: u64, values: &[(&'static str, String)]) -> Command {
    let values = values.iter().map(|(name, text)| (Clean::known(name), Clean::washed(text).0)).collect();
    Command::Import { kind, reference: Clean::washed(&format!("{kind:?}{n}")).0, referenced: true, values }
}

fn mixed(n: u64) -> u64 {
    n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 17
}

fn pick(list: &[&'static str], n: u64) -> &'static str {
    list[(n % list.len() as u64) as usize]
}

fn customer(n: u64) -> Command {
    let (place, trade, ending) =
        (pick(&PLACES, mixed(n)), pick(&TRADES, mixed(n + 7)), pick(&ENDINGS, mixed(n + 99)));
    let name = format!("{place}{trade}{n}{ending}");
    let fields = [
        ("name", name),
        ("region", place.to_owned()),
        ("industry", trade.to_owned()),
        ("owner", "Load".to_owned()),
        ("phones", format!("138{:08}", mixed(n) % 100_000_000)),
    ];
    import(Kind::Customer, n, &fields)
}

fn day(n: u64, back: u64) -> String {
    format!("-{}d", 1 + mixed(n) % back)
}

fn interaction(n: u64, customers: u64) -> Command {
    let fields = [
        ("customer", format!("c{}", 1 + mixed(n) % customers)),
        ("at", day(n, 730)),
        ("channel", "phone".to_owned()),
        ("direction", if n.is_multiple_of(3) { "in" } else { "out" }.to_owned()),
        ("outcome", "reached".to_owned()),
        ("text", "Asked for the price list of the first quarter; 分两批交货".to_owned()),
        ("by", "Load".to_owned()),
    ];
    import(Kind::Interaction, n, &fields)
}

fn purchase(n: u64, customers: u64) -> Command {
    let fields = [
        ("customer", format!("c{}", 1 + mixed(n + 3) % customers)),
        ("date", day(n + 5, 500)),
        ("amount", (mixed(n) % 40_000).to_string()),
        ("product", "GTX Pro".to_owned()),
    ];
    import(Kind::Purchase, n, &fields)
}

fn task(n: u64, customers: u64) -> Command {
    let fields = [
        ("title", "call again".to_owned()),
        ("customer", format!("c{}", 1 + mixed(n + 11) % customers)),
        ("due", format!("+{}d", mixed(n) % 90)),
        ("assignee", if n.is_multiple_of(50) { "Load" } else { "none" }.to_owned()),
    ];
    import(Kind::Task, n, &fields)
}

fn questions() -> Vec<(&'static str, Query)> {
    let list = |filter: &'static str, sort: &'static str| Query::List {
        filter: Clean::known(filter),
        sort: Clean::known(sort),
        skip: 0,
        limit: 100,
    };
    let find = |words: &'static str| Query::Find { words: Clean::known(words), limit: 20 };
    let customer = || Which::Id(Id::customer(77));
    vec![
        ("card c77", Query::Card { customer: customer(), timeline: 20, sales: 10 }),
        (
            "timeline c77",
            Query::Timeline { customer: customer(), since: Clean::default(), before: None, limit: 50 },
        ),
        ("list", list("", "")),
        ("list by name", list("", "name")),
        ("list by spend, last hundred", list("", "-spend")),
        ("list tier:A spend(365d)>=100000", list("tier:A spend(365d)>=100000", "")),
        ("list idle>30d region:重庆 owner:me", list("idle>30d region:重庆 owner:me", "name")),
        ("list contacts(90d)=0 or late:yes", list("contacts(90d)=0 or late:yes", "")),
        ("find chongqing", find("chongqing")),
        ("find cqjd", find("cqjd")),
        ("find 重庆机电 77", find("重庆机电 77")),
        ("find logistcs (mistyped)", find("logistcs")),
        ("find 4-digit phone tail", find("4711")),
        ("tasks mine", Query::Tasks { whose: Whose::Mine, filter: Clean::default(), limit: 100 }),
        ("tasks team", Query::Tasks { whose: Whose::Team, filter: Clean::default(), limit: 100 }),
        ("tiers", Query::Tiers),
        ("why c77", Query::Why { customer: customer() }),
    ]
}
