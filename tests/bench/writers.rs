//! How many writes a second are acknowledged to 64 people who write at once, on a disk that takes 4 ms for a sync, and
//! what a chunk of an import costs. The goal is 1,500 writes a second.

#[allow(dead_code)] // each bench uses its part
mod office;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use guanxi::model::{Command, Id, Kind, Log};
use guanxi::text::Clean;
use office::{CHUNK, Office};

const WRITERS: u64 = 64;
const CUSTOMERS: u64 = 2_000;

fn main() {
    divan::main();
}

/// The time of one acknowledged write, when 64 wait for theirs.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn one_of_64_writers(bencher: divan::Bencher) {
    const EACH: u64 = 40;
    let office = office(Duration::from_millis(4));
    let counter = AtomicU64::new(0);
    bencher.counter(divan::counter::ItemsCount::new(WRITERS * EACH)).bench(|| {
        std::thread::scope(|threads| {
            for writer in 0..WRITERS {
                let (office, counter) = (&office, &counter);
                threads.spawn(move || {
                    for turn in 0..EACH {
                        let counter = counter.fetch_add(1, Ordering::Relaxed);
                        let customer = Id::customer(1 + (writer * 31 + turn * 977) % CUSTOMERS);
                        let log = Log::call(customer, Clean::known("asked for a quote > +3d send it"));
                        office.run(u128::from(writer) + 1, counter, vec![Command::Log(Box::new(log))]);
                    }
                });
            }
        });
    });
}

/// A chunk of purchases, as a file brings them.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn chunk_of_500_imported_rows(bencher: divan::Bencher) {
    let office = office(Duration::ZERO);
    let counter = AtomicU64::new(0);
    bencher.counter(divan::counter::ItemsCount::new(CHUNK)).bench(|| {
        let first = counter.fetch_add(CHUNK as u64, Ordering::Relaxed);
        office.run(7, first, (first..first + CHUNK as u64).map(purchase).collect());
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

fn office(sync: Duration) -> Office {
    let office = Office::open(sync);
    office.add(Kind::Customer, CUSTOMERS, |n| vec![("name", format!("重庆机电 {n}"))]);
    office
}
