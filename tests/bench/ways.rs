//! What a team's way of working costs: a write with and without a policy, the turn of a day, and 64 people who want the
//! same customer. It prints its figures: `cargo bench --bench ways`, and `-- 1000` for a smaller book.

#[allow(dead_code)] // each bench uses its part
mod office;

use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant as Watch};

use guanxi::model::{Command, Id, Kind, Log, Refusal, Rows};
use guanxi::service::Actor;
use guanxi::text::{Clean, Lang};
use office::Office;

const DAY: Duration = Duration::from_hours(24);
const SYNC: Duration = Duration::from_millis(4);
const CLAIMANTS: u64 = 64;
const ROUNDS: u64 = 1_000;
/// One tier that takes everybody, and nothing else.
const NO_POLICY: &str = "schema = 1\n[[tier]]\nid = \"all\"\nname = { en = \"All\", zh = \"全部\" }\n";
const POLICY: &str = include_str!("../../examples/policies/key-accounts.toml");
const POOL: &str = "[[pool]]\nid = \"open\"\n[pool.claim]\nper_day = 100000\nhold = 100000\n";

fn main() {
    let customers = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(100_000);
    writes(customers);
    turns(customers);
    claims();
}

/// The same writes, one after the other, in a book with a policy and in one without, in turns.
fn writes(customers: u64) {
    let offices = [book(customers, NO_POLICY), book(customers, POLICY)];
    let mut times = [Vec::new(), Vec::new()];
    for turn in 0..4_000 {
        let customer = Id::customer(1 + turn * 977 % customers);
        for (office, times) in offices.iter().zip(&mut times) {
            times.push(timed(|| office.run(9, turn, vec![log(customer)])));
        }
    }
    let [without, with] = times.map(|times| share(times, 0.5));
    println!("a write, {customers} customers, no sync: without policy {without:.2?}, with {with:.2?}");
    println!(
        "  {:.2} times; on a disk of 4 ms {:.2}",
        ratio(with, without),
        ratio(with + SYNC, without + SYNC)
    );
}

/// A week of days, each brought on by the clock, while somebody writes.
fn turns(customers: u64) {
    let office = book(customers, POLICY);
    for _ in 0..7 {
        let before = office.service.head().snapshot.head();
        let is_over = AtomicBool::new(false);
        let (work, waits) = thread::scope(|threads| {
            let writer = threads.spawn(|| {
                let mut waits = Vec::new();
                for turn in 0.. {
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                    waits.push(timed(|| office.run(5, turn, vec![log(Id::customer(1 + turn % customers))])));
                }
                waits
            });
            office.pass(DAY);
            let work = timed(|| assert!(office.service.catch_up(), "the store writes"));
            is_over.store(true, Ordering::Relaxed);
            (work, writer.join().expect("a writer"))
        });
        let entries = office.service.head().snapshot.head() - before - waits.len() as u64;
        let longest = waits.iter().max().copied().unwrap_or_default();
        println!(
            "turn of the day: {entries} entries of the clock in {work:.1?}; {} writes meanwhile, the longest {longest:.1?}",
            waits.len()
        );
    }
}

/// 64 people claim the same customer at once.
fn claims() {
    let office = Office::open(SYNC);
    office.add(Kind::Member, CLAIMANTS, |n| vec![("name", format!("Rep {n}")), ("role", "rep".to_owned())]);
    office.run(1, 0, vec![adopt(&format!("{NO_POLICY}{POOL}"))]);
    office.add(Kind::Customer, ROUNDS, |n| vec![("name", format!("Acme {n}")), ("owner", "none".to_owned())]);
    let start = Barrier::new(CLAIMANTS as usize);
    let losses: Vec<Duration> = thread::scope(|threads| {
        let claimants: Vec<_> = (0..CLAIMANTS)
            .map(|n| {
                threads.spawn({
                    let (office, start) = (&office, &start);
                    move || claimant(office, n, start)
                })
            })
            .collect();
        let of_each: Vec<(u64, Vec<Duration>)> =
            claimants.into_iter().map(|claimant| claimant.join().expect("a claimant")).collect();
        assert_eq!(of_each.iter().map(|(won, _)| won).sum::<u64>(), ROUNDS, "one winner each");
        of_each.into_iter().flat_map(|(_, lost)| lost).collect()
    });
    println!(
        "{CLAIMANTS} claimants, {ROUNDS} rounds: one winner each; {} losers, on a disk of 4 ms",
        losses.len()
    );
    let [half, most, all] = [0.5, 0.99, 1.0].map(|part| share(losses.clone(), part));
    println!("  the answer to a loser: median {half:.1?}, p99 {most:.1?}, longest {all:.1?}");
}

/// How often one of them won, and how long each answer took when not.
fn claimant(office: &Office, n: u64, start: &Barrier) -> (u64, Vec<Duration>) {
    let me = Actor { member: Id::new(Kind::Member, 2 + n), lang: Lang::En };
    let (mut won, mut lost) = (0, Vec::new());
    for round in 1..=ROUNDS {
        start.wait();
        let since = Watch::now();
        let claim = Command::Claim { customer: Id::customer(round) };
        match office.attempt(me, u128::from(100 + n), round, vec![claim]).remove(0) {
            Ok(_) => won += 1,
            Err(Refusal::Claimed { .. }) => lost.push(since.elapsed()),
            Err(other) => panic!("no answer to a claim: {other:?}"),
        }
    }
    (won, lost)
}

/// Customers with an owner, five years old, who bought within the last two.
fn book(customers: u64, policy: &str) -> Office {
    let office = Office::open(Duration::ZERO);
    office.run(1, 0, vec![adopt(policy)]);
    office
        .add(Kind::Customer, customers, |n| vec![("name", format!("Acme {n}")), ("owner", "me".to_owned())]);
    office.add(Kind::Purchase, customers, |n| {
        let day = format!("-{}d", 1 + n * 7_919 % 730);
        vec![("customer", format!("c{n}")), ("date", day), ("amount", (n * 37 % 400_000).to_string())]
    });
    office
}

fn adopt(policy: &str) -> Command {
    Command::PolicyAdopt { text: Clean::washed(policy).0 }
}

fn log(customer: Id) -> Command {
    Command::Log(Box::new(Log::call(customer, Clean::known("asked for a quote"))))
}

fn timed(what: impl FnOnce()) -> Duration {
    let since = Watch::now();
    what();
    since.elapsed()
}

/// The time within which such a part of them was over.
fn share(mut times: Vec<Duration>, part: f64) -> Duration {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    times.get((last as f64 * part) as usize).copied().unwrap_or_default()
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
