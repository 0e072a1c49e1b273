//! The verbs that open the store themselves: the only ones that know the server's rooms.
//!
//! A server takes its folder, opens its store, then its door. Only where the store turns out to need a long rebuild is
//! the door opened before, into the lobby, and whoever comes is told how far the rebuild is. Told to end meanwhile, the
//! server leaves the store as it was, and the next one begins anew.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDateTime};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::failure::{Done, FAILED, Failure, NO_STORE, shown};
use super::gx::Gx;
use super::progress::Progress;
use crate::demo;
use crate::ipc::desk::Desk;
use crate::ipc::home::{self, Access, Claim, Door, HomeError, STORE};
use crate::ipc::launch::{Ready, detach, notify_systemd};
use crate::ipc::lobby::Lobby;
use crate::ipc::server::{Ended, Options as Manners, serve as receive};
use crate::ipc::stop::Stop;
use crate::model::{Command, Id, Instant, Kind, Order};
use crate::service::{Actor, Clock, Service, StartError};
use crate::store::{self, Options, Store, StoreError};
use crate::text::say::cli as say;
use crate::text::{Clean, Lang};

/// How a server is run.
pub(super) struct Hosting<'a> {
    /// The folder of socket and lock.
    pub(super) dir: &'a Path,
    /// The folder of the store's file: the same, but for a team's store.
    pub(super) data: &'a Path,
    /// Started by a client: private, leaves when alone.
    pub(super) auto: bool,
}

impl Hosting<'_> {
    fn access(&self) -> Access {
        if self.auto { Access::Private } else { Access::Team }
    }

    fn manners(&self) -> Manners {
        if self.auto { Manners::private() } else { Manners::team() }
    }

    /// The client that has started us may come. Told again, nobody hears it.
    fn tell_listening(&self) {
        if self.auto {
            let _ = Ready::Listening.tell();
        }
    }
}

/// Makes the store in a folder.
pub(super) fn create(dir: &Path, init: &Command, lang: Lang) -> Done {
    home::make(dir).map_err(|error| housed(&error, lang))?;
    let _claim = Claim::take(dir).map_err(|error| housed(&error, lang))?;
    Service::create(&dir.join(STORE), init, &machine_clock()).map_err(|error| started(&error, dir, lang))
}

/// When the clock of a practice store must start that is to be filled by this moment.
pub(super) fn begins(filled: NaiveDateTime) -> NaiveDateTime {
    filled - Days::new(demo::DAYS.into())
}

/// What a practice store with a book is called where nobody says otherwise.
pub(super) fn book_name() -> Clean {
    Clean::known(demo::name())
}

/// Lets a new practice store live through its book, from where its clock stands, [`begins`], to the moment of that.
pub(super) fn fill(dir: &Path, lang: Lang, progress: &mut Progress) -> Done {
    progress.show(say::making_book(lang, 0));
    let _claim = Claim::take(dir).map_err(|error| housed(&error, lang))?;
    let service = open(dir, &mut store::unwatched).map_err(|error| started(&error, dir, lang))?;
    let first = Actor { member: Id::new(Kind::Member, 1), lang };
    let zone = service.head().ground.zone;
    let carry_out = |commands: Vec<Command>| -> Done {
        let order = |command| Order { counter: 0, batch: None, dry_run: false, command };
        for done in service.execute(first, 0, commands.into_iter().map(order).collect()) {
            done.map_err(|refusal| Failure::refused(refusal, lang, zone))?;
        }
        Ok(())
    };
    let mut lived = 0;
    for chapter in demo::book(service.now().local(zone) + Days::new(demo::DAYS.into())) {
        if chapter.days > 0 {
            let to = Clean::washed(&format!("+{}d", chapter.days)).0;
            carry_out(vec![Command::ClockMove { to }])?;
        }
        chapter.batches.into_iter().try_for_each(carry_out)?;
        lived += chapter.days;
        progress.show(say::making_book(lang, lived * 100 / demo::DAYS));
    }
    service.close().map_err(|error| stored(&error, dir, lang))
}

/// Serves the store in a folder until told to stop.
pub(super) fn serve(gx: &Gx, hosting: &Hosting<'_>) -> Done {
    let lang = gx.lang;
    if !hosting.auto {
        return host(lang, hosting);
    }
    // Whoever started us waits for a word on stdout; our own complaints would only reach the log.
    let _ = detach();
    let told = host(lang, hosting);
    let Err(failure) = &told else { return told };
    let ready = if failure.code == TAKEN { Ready::Taken } else { Ready::Failed(reason(failure, lang)) };
    let _ = ready.tell();
    if failure.code == TAKEN { Ok(()) } else { told }
}

/// Why, and what to do, on one line: the client that tells it knows neither.
fn reason(failure: &Failure, lang: Lang) -> Clean {
    let hint = failure.hint.as_ref().map(|hint| format!("{}{hint}", lang.pick("; ", "；")));
    Clean::washed(&format!("{}{}", failure.message, hint.unwrap_or_default())).0
}

/// A code that no failure has: another server has the store.
const TAKEN: u8 = u8::MAX;

fn host(lang: Lang, hosting: &Hosting<'_>) -> Done {
    let claim = match Claim::take(hosting.dir) {
        Err(error @ HomeError::Taken(_)) if hosting.auto => {
            return Err(Failure::new(TAKEN, error.message(lang)));
        }
        claim => claim.map_err(|error| housed(&error, lang))?,
    };
    let stop = Stop::new().map_err(|error| Failure::file(hosting.dir, &error, lang))?;
    let signals = stop_on_signal(&stop).map_err(|error| Failure::file(hosting.dir, &error, lang))?;
    let mut arrival = Arrival { lang, hosting, claim: &claim, stop: &stop, told: 0, lobby: None };
    let service = match open(hosting.data, &mut |done, of| arrival.watch(done, of)) {
        Err(StartError::Store(StoreError::Stopped)) => return Ok(()),
        service => service.map_err(|error| started(&error, hosting.data, lang))?,
    };
    if hosting.auto {
        // The command that started it does not come before what was due until then.
        service.catch_up();
    }
    let door = arrival.door()?;
    service.keep_time();
    if !hosting.auto {
        eprintln!("{}", say::serving(lang, shown(hosting.dir)));
        tell_systemd("READY=1");
    }
    let desk = Desk::new(Arc::clone(&service), stop.clone(), hosting.dir.to_owned(), !hosting.auto);
    let ended = receive(door, &desk, &stop, &hosting.manners());
    signals.close();
    tell_systemd("STOPPING=1");
    service.close().map_err(|error| stored(&error, hosting.data, lang))?;
    // Whoever finds the folder free finds the store's file free too.
    drop(desk);
    drop(service);
    drop(claim);
    match ended {
        Ok(Ended::Stopped | Ended::Idle | Ended::Retired) => Ok(()),
        Err(error) => Err(Failure::file(hosting.dir, &error, lang)),
    }
}

/// A server that has its folder and not yet its store.
struct Arrival<'a> {
    lang: Lang,
    hosting: &'a Hosting<'a>,
    claim: &'a Claim,
    stop: &'a Stop,
    /// How much of a rebuild was told on stderr, in tenths.
    told: u64,
    lobby: Option<Lobby>,
}

impl Arrival<'_> {
    /// Goes on with a rebuild unless the server is to end. During a long one people may come, and learn how far it is.
    fn watch(&mut self, done: u64, of: u64) -> ControlFlow<()> {
        if !self.hosting.auto {
            tell_progress(self.lang, &mut self.told, done, of);
        }
        if self.lobby.is_none() && is_long(of) {
            self.lobby = self.open_lobby();
        }
        if let Some(lobby) = &self.lobby {
            lobby.tell(done, of);
            // Before that the journal is copied and checked: whoever started us waits for what is wrong with it.
            if done > 0 {
                self.hosting.tell_listening();
            }
        }
        let left = self.lobby.as_ref().is_some_and(Lobby::is_left);
        if left || self.stop.requested() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// A door that cannot be opened now is tried again at the next step; it is a failure once the store is open.
    fn open_lobby(&self) -> Option<Lobby> {
        let door = self.claim.listen(self.hosting.access()).ok()?;
        Lobby::open(door, &self.hosting.manners()).ok()
    }

    /// The store is open: the door to serve at.
    fn door(self) -> Done<Door> {
        if let Some(lobby) = self.lobby {
            return lobby.close().map_err(|error| Failure::file(self.hosting.dir, &error, self.lang));
        }
        let door = self.claim.listen(self.hosting.access()).map_err(|error| housed(&error, self.lang))?;
        self.hosting.tell_listening();
        Ok(door)
    }
}

/// Waits until the server that was told to end has let go of the folder; ten seconds at most. A folder whose lock is
/// somebody else's is not waited for.
pub(super) fn let_go(dir: &Path) {
    let (freed, news) = mpsc::channel();
    let dir = dir.to_owned();
    thread::spawn(move || {
        let _ = freed.send(Claim::wait_until_free(&dir));
    });
    let _ = news.recv_timeout(Duration::from_secs(10));
}

/// Makes every table anew from the journal; how many entries were read.
pub(super) fn rebuild(dir: &Path, lang: Lang) -> Done<u64> {
    let _claim = Claim::take(dir).map_err(|error| housed(&error, lang))?;
    let mut told = 0;
    let progress = &mut |done, of| {
        tell_progress(lang, &mut told, done, of);
        ControlFlow::Continue(())
    };
    store::rebuild(&dir.join(STORE), Options::default().cache, progress)
        .map_err(|error| stored(&error, dir, lang))
}

fn open(data: &Path, progress: &mut store::Progress<'_>) -> Result<Arc<Service>, StartError> {
    let store = Store::open(&data.join(STORE), &Options::default(), progress)?;
    Service::start(store, machine_clock())
}

fn machine_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    })
}

/// The first signal stops cleanly, on a thread of its own.
fn stop_on_signal(stop: &Stop) -> std::io::Result<signal_hook::iterator::Handle> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
    let handle = signals.handle();
    let stop = stop.clone();
    thread::spawn(move || {
        for _ in signals.forever() {
            stop.stop();
        }
    });
    Ok(handle)
}

fn tell_systemd(state: &str) {
    if let Some(socket) = std::env::var_os("NOTIFY_SOCKET") {
        // A service manager that does not listen is its own affair.
        let _ = notify_systemd(&socket, state);
    }
}

/// Whether a rebuild of so many entries takes long enough that people want to know how far it is.
fn is_long(of: u64) -> bool {
    of > 10_000
}

/// Says how far a long rebuild is, where a tenth part more is done than was `told`.
fn tell_progress(lang: Lang, told: &mut u64, done: u64, of: u64) {
    if let Some(percent) = news(told, done, of) {
        eprintln!("{}", say::rebuilding(lang, percent));
    }
}

/// How much of a rebuild is done, in percent, if it has come into a tenth part that was not told of.
fn news(told: &mut u64, done: u64, of: u64) -> Option<u64> {
    let tenth = done * 10 / of.max(1);
    (is_long(of) && std::mem::replace(told, tenth.max(*told)) < tenth).then_some(tenth * 10)
}

fn housed(error: &HomeError, lang: Lang) -> Failure {
    Failure::new(error.code(), error.message(lang)).maybe_hint(error.hint(lang))
}

fn stored(error: &StoreError, dir: &Path, lang: Lang) -> Failure {
    let code = match error {
        StoreError::AlreadyThere => super::failure::REFUSED,
        StoreError::Io(_) | StoreError::Full { .. } | StoreError::Failed(_) | StoreError::Closed => FAILED,
        _ => NO_STORE,
    };
    Failure::new(code, format!("{}: {}", shown(dir), error.say(lang)))
}

fn started(error: &StartError, dir: &Path, lang: Lang) -> Failure {
    match error {
        StartError::Store(error) => stored(error, dir, lang),
        StartError::Refused(refusal) => Failure::refused(refusal.clone(), lang, chrono_tz::Tz::UTC),
        StartError::Policy(errors) => {
            let said: Vec<String> = errors.iter().map(|error| error.say(lang)).collect();
            Failure::new(NO_STORE, said.join("\n"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono_tz::Tz;

    use super::*;
    use crate::ipc::client::{self, Client, ClientError};
    use crate::model::{Answer, Query, Reply, Request, Row, Rows};

    #[test]
    fn every_tenth_part_of_a_long_rebuild_is_told_once_however_large_its_steps() {
        let mut told = 0;
        let steps = (1..=12).map(|step| (step * 4096).min(45_001));
        let said: Vec<u64> = steps.filter_map(|done| news(&mut told, done, 45_001)).collect();
        assert_eq!(said, [10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
        assert_eq!(news(&mut 0, 4096, 4096), None, "a short one");
    }

    /// What a client of this folder is told: how much of a rebuild is done, or nothing of one.
    fn heard(dir: &Path) -> Option<u32> {
        let mut client = Client::new(dir, client::Options::asking(Lang::En));
        match client.call::<_, Reply>(&Request::Stop) {
            Err(ClientError::NotReady { percent }) => Some(percent),
            Err(ClientError::NotRunning { .. }) => None,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_during_a_long_rebuild_is_the_door_open_before_the_store() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(STORE), "").unwrap();
        let hosting = Hosting { dir: dir.path(), data: dir.path(), auto: false };
        let (claim, stop) = (Claim::take(dir.path()).unwrap(), Stop::new().unwrap());
        let arrival = || Arrival {
            lang: Lang::En,
            hosting: &hosting,
            claim: &claim,
            stop: &stop,
            told: 0,
            lobby: None,
        };

        let mut short = arrival();
        assert!(short.watch(4096, 8192).is_continue());
        assert_eq!(heard(dir.path()), None);
        drop(short.door().unwrap());

        let mut long = arrival();
        for (done, percent) in [(0, 0), (8192, 50), (16_384, 100)] {
            assert!(long.watch(done, 16_384).is_continue());
            assert_eq!(heard(dir.path()), Some(percent));
        }
        drop(long.door().unwrap());

        let mut stopped = arrival();
        assert!(stopped.watch(0, 16_384).is_continue());
        stop.stop();
        assert!(stopped.watch(4096, 16_384).is_break());
        drop(stopped);
        assert_eq!(heard(dir.path()), None);
    }

    /// How many customers this filter finds in a book.
    fn found(service: &Service, filter: &str) -> usize {
        let actor = Actor { member: Id::new(Kind::Member, 1), lang: Lang::En };
        let (filter, sort) = (Clean::washed(filter).0, Clean::default());
        let list = Query::List { filter, sort, skip: 0, limit: 500 };
        let Ok((_, Answer::Customers(lines, _))) = service.answer(actor, &list) else { panic!("no list") };
        lines.len()
    }

    #[test]
    fn a_practice_book_has_been_lived_through() {
        let dir = tempfile::tempdir().unwrap();
        let name = Clean::known("practice");
        let filled = Instant::at(begins(machine_clock()().local(Tz::UTC)), Tz::UTC);
        let init = Command::Init {
            name: name.clone(),
            policy: Clean::default(),
            timezone: Clean::known("UTC"),
            currency: Clean::known("CNY"),
            practice: Some(filled),
            member: (name.clone(), name, 1),
        };
        create(dir.path(), &init, Lang::En).unwrap();
        fill(dir.path(), Lang::En, &mut Progress::on_stderr(true)).unwrap();
        let service = open(dir.path(), &mut store::unwatched).unwrap();
        let behind = machine_clock()().0 - service.now().0;
        assert!((0..60_000).contains(&behind), "the clock is {behind} ms behind the machine's");
        assert!(found(&service, "tier:A idle>14d spend(365d)>=100000") > 0);
        assert!(found(&service, "idle>30d") > 10 && found(&service, "idle<=30d") > 10);
        for stage in ["prospect", "new", "repeat", "loyal", "lapsed", "won-back"] {
            assert!(found(&service, &format!("stage:{stage}")) > 2, "{stage}");
        }
        let head = service.head();
        let today = service.now().day(Tz::UTC);
        let (mut tiers, mut owned) = (BTreeSet::new(), BTreeSet::new());
        head.snapshot.each_row(Kind::Customer, 1, &mut |_, row| {
            let Row::Customer(customer) = row else { return true };
            tiers.extend(customer.tier_since);
            owned.extend(customer.owned);
            true
        });
        assert!(owned.len() > 15, "{owned:?}");
        assert!(tiers.iter().filter(|since| **since < today).count() > 15);
        service.close().unwrap();
    }
}
