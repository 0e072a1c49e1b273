//! Carries out commands and answers questions: owns the clock, the ids, the policy in force and publication.
//!
//! [`Service::execute`] hands `rules::decide` to the store's writer thread as a job; the store commits, publishes the
//! new [`Head`] (tables and search index of one sequence number), then replies. [`Service::answer`] pins one head, so
//! whatever was acknowledged to anybody is in it.
//!
//! A service serves from its start on: the index is read in a thread of its own meanwhile. Writes and whatever the
//! tables can answer alone, such as cards, do not wait for it; look-ups and lists do.

mod answer;
mod directory;
mod execute;
mod memory;
mod names;
mod past;
#[cfg(test)]
mod tests;
mod time;
mod turns;
mod undoing;
mod veil;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::thread;
use std::time::Instant as Uptime;

use crate::model::query::PolicyNames;
use crate::model::{
    Command, Ground, Id, Index, Instant, Key, Kind, Layer, Receipt, Refusal, Role, Rows, Sight,
};
use crate::rules::care::{self, Planner};
use crate::rules::grade::{Bookwise, Grader};
use crate::rules::playbook;
use crate::rules::policy::{Policy, PolicyError};
use crate::rules::pool;
use crate::rules::rights;
use crate::search::{self, Book};
use crate::store::probe::Disk;
use crate::store::{Aside, Draft, Options, Past, Snapshot, Store, StoreError};
use crate::text::{Clean, Currency, Lang, folded};

/// A book of so many customers is read faster from beside the store than from its tables.
const LARGE: usize = if cfg!(test) { 3 } else { 5_000 };

/// Tells the machine's time. Injected, so that tests and practice stores have their own.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// Who asks: the member, as the kernel's word has it, and in which language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The member.
    pub member: Id,
    /// The language of what the store and the machine say in answers.
    pub lang: Lang,
}

/// As whom a session acts: shared with its listener, so that news follow whoever becomes another.
#[derive(Clone, Debug)]
pub struct Acting(Arc<Mutex<Actor>>);

impl Acting {
    /// As this one, to begin with.
    pub fn new(actor: Actor) -> Acting {
        Acting(Arc::new(Mutex::new(actor)))
    }

    /// As whom now.
    pub fn actor(&self) -> Actor {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As this one from now on.
    pub fn becomes(&self, actor: Actor) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = actor;
    }
}

/// Told of what changed, after the commit and before the reply: the head, and the records of interest to whoever has
/// this sight. False when nobody listens any more.
pub type Listener = Box<dyn Fn(u64, &BTreeSet<Id>) -> bool + Send>;

/// One moment of the store: its tables, its search index and its policy, of one sequence number.
pub struct Head {
    /// The tables.
    pub snapshot: Arc<Snapshot>,
    /// The search index; empty until it is read.
    pub book: Book,
    /// Whether it is.
    is_read: bool,
    /// The policy in force.
    pub policy: Arc<Policy>,
    /// What it and the earlier ones call things; read from the journal where somebody asks.
    called: Arc<OnceLock<PolicyNames>>,
    /// Whether the whole book is graded by it.
    is_graded: bool,
    /// The zone and currency in force.
    pub ground: Ground,
    /// How many milliseconds the store's clock is ahead of the machine's.
    pub ahead: i64,
    /// What could not be read while the book was made: it lacks something, and is not to be trusted from then on.
    spoiled: Option<StoreError>,
    /// Of a past head, when its clock stands, and what its tables are in.
    past: Option<(Instant, Arc<Past>)>,
}

/// The service of one store.
pub struct Service {
    store: Store,
    shared: Arc<Shared>,
    clock: Clock,
    started: Uptime,
    /// Held while a batch is taken back: one at a time, so that an order repeated meanwhile finds what became of it.
    undoing: Mutex<()>,
    /// Held while what time and adoptions bring is carried out.
    catching_up: Mutex<()>,
    /// Held while the store is compared with its journal: that takes as much disk as the store.
    verifying: Mutex<()>,
    /// The past heads asked for last; those behind are made one at a time.
    memory: past::Memory,
}

struct Shared {
    head: RwLock<Arc<Head>>,
    /// What was changed while the book was being read. Held by whoever makes the next head.
    changed: Mutex<BTreeSet<Id>>,
    /// Told when the book is read.
    read: Condvar,
    /// The questions that are being answered.
    turns: turns::Turns,
    /// Whoever waits for what time brings.
    alarm: time::Alarm,
    /// How many chunks of customers are still to be graded by the policy that was adopted last.
    regrading: AtomicUsize,
    listeners: Mutex<Vec<(Acting, Listener)>>,
}

/// Why a service could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store could not be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store's making was refused.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The policy in the store does not read: it was adopted by a newer gx.
    #[error("{0:?}")]
    Policy(Vec<PolicyError>),
}

impl Service {
    /// Makes a store with its own record and its first member. An empty policy is the shipped one, in the store's zone
    /// and currency.
    pub fn create(file: &Path, init: &Command, clock: &Clock) -> Result<(), StartError> {
        let draft = Service::first(init, clock)?;
        Ok(Store::create(file, &Options::default(), |_, _| (Some(draft), ()))?)
    }

    /// Makes a store on a disk of the probe.
    pub fn create_on(disk: &Disk, init: &Command, clock: &Clock) -> Result<(), StartError> {
        let draft = Service::first(init, clock)?;
        Ok(Store::create_on(disk, |_, _| (Some(draft), ()))?)
    }

    fn first(init: &Command, clock: &Clock) -> Result<Draft, StartError> {
        let mut init = init.clone();
        if let Command::Init { policy, timezone, currency, .. } = &mut init {
            if policy.is_empty() {
                let currency = currency.as_str().parse().unwrap_or(Currency::CNY);
                *policy = Clean::washed(&Policy::shipped(timezone.as_str(), currency)).0;
            }
            Policy::parse(policy.as_str()).map_err(StartError::Policy)?;
        }
        execute::first_draft(&init, clock()).map_err(StartError::Refused)
    }

    /// Starts serving an open store, and reading its search index.
    pub fn start(store: Store, clock: Clock) -> Result<Arc<Service>, StartError> {
        let service = Arc::new(Service::unread(store, clock)?);
        let reader = Arc::clone(&service.shared);
        let aside = service.store.take_aside(search::FORM);
        thread::spawn(move || reader.read_book(aside.as_ref()));
        Ok(service)
    }

    /// A service whose search index nobody reads yet.
    fn unread(store: Store, clock: Clock) -> Result<Service, StartError> {
        let head = Head::new(store.snapshot());
        store.snapshot().check()?;
        let head = head.map_err(StartError::Policy)?;
        let shared = Arc::new(Shared {
            head: RwLock::new(Arc::new(head)),
            changed: Mutex::default(),
            read: Condvar::new(),
            turns: turns::Turns::default(),
            alarm: time::Alarm::default(),
            regrading: AtomicUsize::new(0),
            listeners: Mutex::default(),
        });
        let publisher = Arc::clone(&shared);
        store.on_publish(move |snapshot, layer, _| publisher.publish(snapshot, layer));
        let started = Uptime::now();
        let (undoing, verifying, catching_up) = (Mutex::default(), Mutex::default(), Mutex::default());
        let memory = past::Memory::default();
        Ok(Service { store, shared, clock, started, undoing, catching_up, verifying, memory })
    }

    /// This moment of the store.
    pub fn head(&self) -> Arc<Head> {
        self.shared.head()
    }

    /// This moment of the store with its search index: waits until that is read.
    pub fn whole_head(&self) -> Arc<Head> {
        let head = self.head();
        if head.is_read { head } else { self.shared.when_read() }
    }

    /// The store's clock.
    pub fn now(&self) -> Instant {
        self.head().now(&self.clock)
    }

    /// The member whose account this is: by the number that the kernel says, else by the name that the machine gives
    /// that number, for members who were linked by their login. The name is asked for only then.
    pub fn actor(&self, uid: u32, lang: Lang, login: impl FnOnce() -> String) -> Result<Actor, Refusal> {
        let rows = &self.head().snapshot;
        let linked = rows.found(&Key::of(Index::Account).number(u64::from(uid))).first().copied();
        let there = |id: &Id| rows.member(*id).is_some_and(|row| !row.left);
        if let Some(member) = linked.filter(there) {
            return Ok(Actor { member, lang });
        }
        let login = login();
        let means =
            |row: crate::model::Member| !login.is_empty() && row.login.as_str() == login && row.uid.is_none();
        let called = rows.found(&Key::of(Index::Name).kind(Kind::Member).text(&folded(&login)));
        let called = called.into_iter().find(|id| rows.member(*id).is_some_and(means) && linked.is_none());
        match called.filter(there) {
            Some(member) => Ok(Actor { member, lang }),
            None => Err(Refusal::NotAMember(uid, Clean::washed(&login).0)),
        }
    }

    /// Another member, in a practice store.
    pub fn act_as(&self, actor: Actor, words: &Clean) -> Result<Actor, Refusal> {
        let head = self.head();
        if !head.snapshot.settings().practice {
            return Err(Refusal::NotPractice);
        }
        let stamp = crate::rules::Stamp { at: self.now(), by: Some(actor.member) };
        answer::limit("member", words, answer::NAME)?;
        let member = crate::rules::names::find(&*head.snapshot, Kind::Member, words, &stamp)?;
        let other = Actor { member, ..actor };
        head.admit(other)?;
        Ok(other)
    }

    /// Whether this member may end the server.
    pub fn may_stop(&self, actor: Actor) -> bool {
        let head = self.head();
        let role = head.snapshot.member(actor.member).and_then(|member| member.role);
        role == Some(Role::Admin) && head.admit(actor).is_ok()
    }

    /// Tells the listener of every change from here on, until it says that nobody listens.
    pub fn listen(&self, acting: &Acting, listener: Listener) {
        self.shared.listeners().push((acting.clone(), listener));
    }

    /// Ends the writer and closes the store. A large book is left beside it for whoever opens it next.
    pub fn close(&self) -> Result<(), StoreError> {
        self.shared.alarm.stop();
        let head = self.head();
        if head.is_read && head.book.len() >= LARGE && head.check(Lang::En).is_ok() {
            // Where it cannot be left, the next start takes longer.
            let _ = self.store.leave_aside(&head.snapshot, search::FORM, head.book.pack());
        }
        drop(head);
        self.store.close()
    }

    /// The part of the book that the actor may see.
    fn sight(head: &Head, actor: Actor) -> Sight {
        rights::sight(&*head.snapshot, actor.member)
    }
}

impl Head {
    /// Without the book.
    fn new(snapshot: Arc<Snapshot>) -> Result<Head, Vec<PolicyError>> {
        let settings = snapshot.settings();
        Ok(Head {
            book: Book::default(),
            is_read: false,
            policy: Arc::new(Policy::parse(settings.policy.as_str())?),
            called: Arc::default(),
            is_graded: settings.is_graded(),
            ground: Ground::of(&settings),
            ahead: settings.clock_ahead.unwrap_or(0),
            spoiled: None,
            past: None,
            snapshot,
        })
    }

    /// With the policy, zone and clock of an earlier head.
    fn after(earlier: &Head, snapshot: &Arc<Snapshot>) -> Head {
        Head {
            snapshot: Arc::clone(snapshot),
            book: Book::default(),
            is_read: false,
            policy: Arc::clone(&earlier.policy),
            called: Arc::clone(&earlier.called),
            is_graded: earlier.is_graded,
            ground: earlier.ground,
            ahead: earlier.ahead,
            spoiled: earlier.spoiled.clone(),
            past: None,
        }
    }

    /// What the policies of the book call things.
    fn names(&self) -> &PolicyNames {
        self.called.get_or_init(|| names::names(&*self.snapshot, &self.policy))
    }

    /// The book, where it is read whole.
    fn whole_book(&self) -> Option<&Book> {
        self.is_read.then_some(&self.book)
    }

    /// Lets in who is a member and has not left: whoever is connected may stop being one.
    fn admit(&self, actor: Actor) -> Result<(), Refusal> {
        match self.snapshot.member(actor.member) {
            Some(member) if !member.left => Ok(()),
            Some(member) => Err(Refusal::Left(member.name)),
            None => self.check(actor.lang).and(Err(Refusal::NoRecord(actor.member))),
        }
    }

    /// Fails where anything could not be read: what looked absent may be there. Whoever answers from a head asks last.
    fn check(&self, lang: Lang) -> Result<(), Refusal> {
        let damaged =
            self.book.damage().map(|broken| StoreError::Corrupt(Clean::washed(&broken.to_string()).0));
        let spoiled = self.spoiled.clone().or(damaged);
        let checked = spoiled.map_or(Ok(()), Err).and_then(|()| self.snapshot.check());
        checked.map_err(|error| Refusal::Unavailable(said(&error, lang)))
    }

    /// The customers whom the policy in force puts elsewhere than they stand.
    fn displaced(&self, now: Instant) -> Vec<u64> {
        let mut graders = Bookwise::new(Grader::new(&self.policy, self.ground, now, None));
        let mut watch = pool::Watch::new(&self.policy, self.ground, now);
        let find = |n| self.book.profile(n);
        let planner = Planner::new(&self.policy, graders.grader.lens());
        let mut displaced = Vec::new();
        for profile in self.book.profiles() {
            let begins = || playbook::displaces(&*self.snapshot, &self.policy, profile, now);
            let cared = || care::displaces(&*self.snapshot, &planner, &self.book, profile);
            if graders.displaces(profile, &self.book, &find)
                || watch.displaces(&*self.snapshot, &self.book, profile)
                || begins()
                || cared()
            {
                displaced.push(profile.n());
            }
        }
        displaced
    }

    /// The store's clock: the machine's, moved in practice stores, never before the last entry. In the past it stands.
    fn now(&self, clock: &Clock) -> Instant {
        if let Some((at, _)) = self.past {
            return at;
        }
        let moved = Instant(clock().0 + self.ahead);
        let last = self.snapshot.entry(self.snapshot.head()).map_or(moved, |entry| entry.at);
        moved.max(last)
    }
}

impl Shared {
    fn head(&self) -> Arc<Head> {
        Arc::clone(&self.head.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn listeners(&self) -> MutexGuard<'_, Vec<(Acting, Listener)>> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, head: Arc<Head>) {
        *self.head.write().unwrap_or_else(PoisonError::into_inner) = head;
    }

    fn changed(&self) -> MutexGuard<'_, BTreeSet<Id>> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the book, from what was left beside the store or from the tables; then again what was changed meanwhile,
    /// until nothing was.
    fn read_book(&self, aside: Option<&Aside>) {
        let head = self.head();
        let rows = &*head.snapshot;
        let kept = aside.and_then(|aside| Book::unpack(aside.parts(), |nth| aside.part(nth), rows));
        let is_anew = kept.is_none();
        let mut book = kept.unwrap_or_else(|| Book::load(rows));
        let mut spoiled = head.snapshot.check().err();
        drop(head);
        loop {
            let mut changed = self.changed();
            let head = self.head();
            if changed.is_empty() {
                let whole =
                    Head { book: book.clone(), is_read: true, spoiled, ..Head::after(&head, &head.snapshot) };
                self.put(Arc::new(whole));
                self.read.notify_all();
                break;
            }
            let changed_meanwhile = std::mem::take(&mut *changed);
            drop(changed);
            book = book.update(&*head.snapshot, changed_meanwhile);
            spoiled = spoiled.or(head.snapshot.check().err());
        }
        book.make_keys(|| self.turns.let_others_go());
        if is_anew && book.len() >= LARGE {
            memory::give_back();
        }
    }

    fn when_read(&self) -> Arc<Head> {
        let reading = self.read.wait_while(self.changed(), |_| !self.head().is_read);
        drop(reading);
        self.head()
    }

    /// Makes the committed state the one that questions see, then tells the listeners. Runs on the writer's thread,
    /// between the commit and the replies.
    fn publish(&self, snapshot: &Arc<Snapshot>, layer: &Layer) {
        let changed = changed_by(layer);
        let mut changed_meanwhile = self.changed();
        let old = self.head();
        let settled = layer.rows.contains_key(&Id::SETTINGS).then(|| Head::new(Arc::clone(snapshot)));
        let mut head = settled.and_then(Result::ok).unwrap_or_else(|| Head::after(&old, snapshot));
        if old.is_read {
            (head.book, head.is_read) = (old.book.update(&**snapshot, changed.iter().copied()), true);
            head.spoiled = old.spoiled.clone().or(snapshot.check().err());
        } else {
            changed_meanwhile.extend(&changed);
        }
        let head = Arc::new(head);
        self.put(Arc::clone(&head));
        drop(changed_meanwhile);
        self.alarm.heard(layer);
        let at = snapshot.head();
        self.listeners().retain(|(acting, tell)| {
            let sight = Service::sight(&head, acting.actor());
            tell(at, &seen_by(&head, &sight, &changed))
        });
    }
}

/// The records that a commit changed, and the customers that they hang on, before and after.
fn changed_by(layer: &Layer) -> BTreeSet<Id> {
    let rows = layer.rows.keys().copied();
    let targets = layer.keys.keys().filter_map(|key| match key.0.as_slice() {
        [index, kind, n @ ..] if *index == Index::Refers as u8 && *kind == Kind::Customer as u8 => {
            Some(Id::customer(u64::from_be_bytes(*n.first_chunk::<8>()?)))
        }
        _ => None,
    });
    rows.chain(targets).collect()
}

/// Of the changed records those that may be known with this sight.
fn seen_by(head: &Head, sight: &Sight, changed: &BTreeSet<Id>) -> BTreeSet<Id> {
    if *sight == Sight::All {
        return changed.clone();
    }
    let rows = &*head.snapshot;
    let seen = |id: &&Id| rows.row(**id).is_some_and(|row| directory::sees(rows, sight, &row));
    changed.iter().filter(seen).copied().collect()
}

/// What went wrong with the store, in the caller's language.
fn said(error: &StoreError, lang: Lang) -> Clean {
    Clean::washed(&error.say(lang)).0
}

/// The result of one order.
pub type Done = Result<Receipt, Refusal>;
