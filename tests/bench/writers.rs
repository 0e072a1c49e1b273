//! How many writes a second are acknowledged to 64 people who write at once, on a disk that takes 4 ms for a sync, and
//! what a chunk of an import costs. The goal is 1,500 writes a second.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Watch};

use guanxi::model::{Change, Command, Id, Instant, Kind, Log, Order};
use guanxi::service::{Actor, Clock, Service};
use guanxi::store::Store;
use guanxi::store::probe::Disk;
use guanxi::text::{Clean, Currency, Lang};

const WRITERS: u64 = 64;
const CUSTOMERS: u64 = 2_000;
const CHUNK: usize = 500;
const ME: Actor = Actor { member: Id::new(Kind::Member, 1), lang: Lang::En };
/// 2026-01-01 in UTC.
const START: i64 = 1_767_225_600_000;

fn main() {
    divan::main();
}

/// The time of one acknowledged write, when 64 wait for theirs.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn one_of_64_writers(bencher: divan::Bencher) {
    const EACH: u64 = 40;
    let service = office(Duration::from_millis(4));
    let counter = AtomicU64::new(0);
    bencher.counter(divan::counter::ItemsCount::new(WRITERS * EACH)).bench(|| {
        std::thread::scope(|threads| {
            for writer in 0..WRITERS {
                let (service, counter) = (&service, &counter);
                threads.spawn(move || {
                    for turn in 0..EACH {
                        let counter = counter.fetch_add(1, Ordering::Relaxed);
                        let customer = Id::customer(1 + (writer * 31 + turn * 977) % CUSTOMERS);
                        let log = Log::call(customer, Clean::known("asked for a quote > +3d send it"));
                        run(service, u128::from(writer) + 1, counter, vec![Command::Log(Box::new(log))]);
                    }
                });
            }
        });
    });
}

/// A chunk of purchases, as a file brings them.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn chunk_of_500_imported_rows(bencher: divan::Bencher) {
    let service = office(Duration::ZERO);
    let counter = AtomicU64::new(0);
    bencher.counter(divan::counter::ItemsCount::new(CHUNK)).bench(|| {
        let first = counter.fetch_add(CHUNK as u64, Ordering::Relaxed);
        run(&service, 7, first, (first..first + CHUNK as u64).map(purchase).collect());
    });
}

fn purchase(n: u64) -> Command {
    let fields = [
        ("customer", format!("c{}", 1 + n * 7919 % CUSTOMERS)),
        ("date", format!("-{}d", 1 + n % 700)),
        ("amount", (n * 37 % 40_000).to_string()),
        ("product", "GTX Pro".to_owned()),
    ];
    let values = fields.iter().map(|(name, text)| (Clean::known(name), Clean::washed(text).0)).collect();
    let reference = Clean::washed(&format!("P{n}")).0;
    Command::Import { kind: Kind::Purchase, reference, referenced: true, values }
}

fn run(service: &Service, client: u128, first: u64, commands: Vec<Command>) {
    let order = |(at, command)| Order { counter: first + at, batch: None, dry_run: false, command };
    for done in service.execute(ME, client, (0..).zip(commands).map(order).collect()) {
        done.expect("an order that is carried out");
    }
}

/// A service with a book, on a disk that takes so long for a sync.
fn office(sync: Duration) -> Arc<Service> {
    let since = Watch::now();
    let clock: Clock = Arc::new(move || Instant(START + since.elapsed().as_millis() as i64));
    let disk = Disk::slow(sync);
    let init = Command::Init {
        name: Clean::known("bench"),
        policy: Clean::default(),
        timezone: Clean::known("Asia/Shanghai"),
        currency: Clean::washed(Currency::CNY.code()).0,
        practice: None,
        member: (Clean::known("Load"), Clean::known("load"), 1000),
    };
    Service::create_on(&disk, &init, &clock).expect("a new store");
    let service = Service::start(Store::open_on(&disk).expect("a store"), clock).expect("a service");
    let customer = |n: u64| {
        let put = |field, value: &str| Change::put(Clean::known(field), Clean::washed(value).0);
        Command::Add { kind: Kind::Customer, changes: vec![put("name", &format!("重庆机电 {n}"))] }
    };
    for first in (0..CUSTOMERS).step_by(CHUNK) {
        run(&service, 0, 0, (first..first + CHUNK as u64).map(customer).collect());
    }
    service
}
