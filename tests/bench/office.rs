//! A service with a book, made for measuring.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant as Watch};

use guanxi::model::{Change, Command, Id, Instant, Kind, Order};
use guanxi::service::{Actor, Clock, Done, Service};
use guanxi::store::Store;
use guanxi::store::probe::Disk;
use guanxi::text::{Clean, Currency, Lang};

/// Who writes.
const ME: Actor = Actor { member: Id::new(Kind::Member, 1), lang: Lang::En };
/// Rows that are written in one transaction.
pub(crate) const CHUNK: usize = 500;
/// 2026-01-01 in UTC.
const START: i64 = 1_767_225_600_000;

/// A service in memory, and its clock.
pub(crate) struct Office {
    /// The service.
    pub(crate) service: Arc<Service>,
    ahead: Arc<AtomicI64>,
}

impl Office {
    /// An empty book under the policy that is shipped, on a disk that takes so long for a sync.
    pub(crate) fn open(sync: Duration) -> Office {
        let since = Watch::now();
        let ahead = Arc::new(AtomicI64::new(0));
        let moved = Arc::clone(&ahead);
        let clock: Clock = Arc::new(move || {
            Instant(START + since.elapsed().as_millis() as i64 + moved.load(Ordering::Relaxed))
        });
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
        Office { service, ahead }
    }

    /// Adds records, in chunks.
    pub(crate) fn add(&self, kind: Kind, many: u64, fields: impl Fn(u64) -> Vec<(&'static str, String)>) {
        let put = |(field, value): (&'static str, String)| {
            Change::put(Clean::known(field), Clean::washed(&value).0)
        };
        let one = |n| Command::Add { kind, changes: fields(n).into_iter().map(put).collect() };
        let all: Vec<u64> = (1..=many).collect();
        for chunk in all.chunks(CHUNK) {
            self.run(0, 0, chunk.iter().map(|n| one(*n)).collect());
        }
    }

    /// Carries commands out.
    pub(crate) fn run(&self, client: u128, first: u64, commands: Vec<Command>) {
        for done in self.attempt(ME, client, first, commands) {
            done.expect("an order that is carried out");
        }
    }

    /// What comes of commands.
    pub(crate) fn attempt(
        &self,
        actor: Actor,
        client: u128,
        first: u64,
        commands: Vec<Command>,
    ) -> Vec<Done> {
        let order = |(at, command)| Order { counter: first + at, batch: None, dry_run: false, command };
        self.service.execute(actor, client, (0..).zip(commands).map(order).collect())
    }

    /// Moves the clock on.
    pub(crate) fn pass(&self, time: Duration) {
        self.ahead.fetch_add(time.as_millis() as i64, Ordering::Relaxed);
    }
}
