//! Questions: each pins one head and is answered from it alone. A file per kind of answer.

mod board;
mod card;
mod care;
mod customers;
mod effect;
mod feed;
mod history;
mod inbox;
mod playbooks;
mod policy;
mod rows;
mod session;
mod tasks;
mod timeline;
mod values;
mod why;

use std::cell::{LazyCell, OnceCell};
use std::sync::TryLockError;

use chrono::NaiveTime;
use chrono_tz::Tz;

use super::directory::{Known, Names};
use super::veil::Veil;
use super::{Actor, Head, Service, said};
use crate::filter::{self, Filter, FilterError, Lens, Prepared, Schema, Seen, SeenRow};
use crate::model::query::{Company, Named, PolicyQuery, Verified};
use crate::model::{Answer, CANDIDATES, Id, Instant, Kind, Query, Refusal, Row, Rows, Sight, Takes, Which};
use crate::rules::Stamp;
use crate::rules::grade::Grader;
use crate::rules::names;
use crate::search::{Reader, Resolved};
use crate::store::{self, StoreError};
use crate::text::say::store as say;
use crate::text::{Clean, Lang, date};

/// The longest list that is sent at once; clients ask for the next window. A message has room for some 330 bytes of
/// each of its lines; few have half of that.
const MOST: u32 = 50_000;

/// The most characters of words that name something.
pub(super) const NAME: u64 = 200;

impl Service {
    /// Answers a question, and says which place in the journal the answer is true of.
    pub fn answer(&self, actor: Actor, query: &Query) -> Result<(u64, Answer), Refusal> {
        check_length(query)?;
        let _turn = self.shared.turns.take();
        let head = if is_of_tables(query) { self.head() } else { self.whole_head() };
        head.admit(actor)?;
        let answer = self.answer_in_sight(&head, actor, Service::sight(&head, actor), query);
        // What cannot be read is what `verify` is asked for.
        if *query != Query::Verify {
            head.check(actor.lang)?;
        }
        Ok((head.snapshot.head(), answer?))
    }

    /// Answers a question out of what this sight shows of a head.
    pub(super) fn answer_in_sight(
        &self,
        head: &Head,
        actor: Actor,
        sight: Sight,
        query: &Query,
    ) -> Result<Answer, Refusal> {
        Desk::new(self, (head, head), actor, sight).answer(self, query)
    }

    /// Answers a question out of a past head, with the rights of now: what is hidden today is hidden there too.
    pub(super) fn answer_of_then(
        &self,
        then: &Head,
        now: &Head,
        actor: Actor,
        query: &Query,
    ) -> Result<Answer, Refusal> {
        Desk::new(self, (then, now), actor, Sight::All).answer(self, query)
    }

    /// A member with their name.
    pub fn named(&self, member: Id) -> Named {
        Named { id: member, name: names::name_of(&*self.head().snapshot, member) }
    }

    fn verify(&self, lang: Lang) -> Result<Verified, Refusal> {
        let alone = self.verifying.try_lock();
        if matches!(alone, Err(TryLockError::WouldBlock)) {
            return Err(Refusal::Unavailable(Clean::known(say::verifying(lang))));
        }
        let refused = |error: StoreError| Refusal::Unavailable(said(&error, lang));
        self.store.verify(lang, &mut store::unwatched).map_err(refused)
    }
}

/// Refuses words that are longer than anything they could mean: looking them up would cost everybody's time.
pub(super) fn check_length(query: &Query) -> Result<(), Refusal> {
    match query {
        Query::Find { words, .. }
        | Query::Resolve(_, Which::Words(words))
        | Query::Card { customer: Which::Words(words), .. }
        | Query::Why { customer: Which::Words(words) }
        | Query::TierHistory { customer: Which::Words(words) } => limit("words", words, NAME),
        Query::List { filter, sort, .. } | Query::Place { filter, sort, .. } => {
            limit_filter(filter).and(limit("sort", sort, NAME))
        }
        Query::Tasks { filter, .. } | Query::Rows { filter, .. } | Query::Care { filter, .. } => {
            limit_filter(filter)
        }
        Query::Values { field, typed, .. } => limit("field", field, NAME).and(limit("words", typed, NAME)),
        Query::Playbooks { id, since } => limit("playbook", id, NAME).and(limit("since", since, NAME)),
        Query::Timeline { customer, since, .. } => {
            limit_which(Some(customer)).and(limit("since", since, NAME))
        }
        Query::History { record, by, since, .. } => {
            limit_which(record.as_ref()).and(limit("by", by, NAME)).and(limit("since", since, NAME))
        }
        _ => Ok(()),
    }
}

fn limit_which(which: Option<&Which>) -> Result<(), Refusal> {
    match which {
        Some(Which::Words(words)) => limit("words", words, NAME),
        _ => Ok(()),
    }
}

/// Refuses a filter that is too long where it becomes so; nobody needs to be told of more of it.
fn limit_filter(filter: &Clean) -> Result<(), Refusal> {
    let Some((at, _)) = filter.as_str().char_indices().nth(filter::MAX_LENGTH) else { return Ok(()) };
    let begun: String = filter.as_str().chars().take(filter::MAX_LENGTH + 1).collect();
    let error = FilterError { at: at..begun.len(), fault: filter::Fault::TooLong };
    Err(bad_filter(&Clean::washed(&begun).0, &error))
}

/// Refuses words of more characters than this.
pub(super) fn limit(what: &'static str, words: &Clean, most: u64) -> Result<(), Refusal> {
    let length = words.as_str().chars().count() as u64;
    if length > most { Err(Refusal::TooLong(Clean::known(what), length, most)) } else { Ok(()) }
}

/// Whether the tables alone answer it: then it is answered while the book is still being read.
fn is_of_tables(query: &Query) -> bool {
    match query {
        Query::Policy(question) => !matches!(question, PolicyQuery::Preview { .. }),
        Query::Session
        | Query::Status
        | Query::NextTask
        | Query::Verify
        | Query::Company { .. }
        | Query::WhyTask { .. }
        | Query::Brought { .. }
        | Query::Playbooks { .. }
        | Query::Inbox { .. } => true,
        Query::Resolve(_, which)
        | Query::Card { customer: which, .. }
        | Query::Timeline { customer: which, .. }
        | Query::TierHistory { customer: which }
        | Query::Why { customer: which } => matches!(which, Which::Id(_)),
        _ => false,
    }
}

/// What an answer is made with: one head, one actor, one moment.
struct Desk<'h> {
    head: &'h Head,
    actor: Actor,
    sight: Sight,
    names: Names<'h>,
    /// Made when it is first asked: not every question has to do with tiers and filters.
    grader: OnceCell<Grader<'h>>,
    now: Instant,
    veil: Veil<'h>,
}

impl<'h> Desk<'h> {
    fn answer(&self, service: &Service, query: &Query) -> Result<Answer, Refusal> {
        Ok(match query {
            Query::Session => self.session(),
            Query::Status => self.status(service),
            Query::Resolve(kind, which) => Answer::Resolved(self.names.named(self.which(*kind, which)?)),
            Query::Find { words, limit } => self.find(words, *limit),
            Query::List { filter, sort, skip, limit } => self.list(filter, sort, *skip, *limit)?,
            Query::Card { customer, timeline, sales } => self.card(customer, *timeline, *sales)?,
            Query::Timeline { customer, since, before, limit } => {
                self.timeline_of(customer, since, *before, *limit)?
            }
            Query::Tasks { whose, filter, limit } => self.tasks(*whose, filter, *limit)?,
            Query::NextTask => self.next_task(),
            Query::Tiers => self.tiers(),
            Query::Why { customer } => {
                let profile = self.profile(self.customer(customer)?)?;
                Answer::Why(Box::new(self.why(&profile)))
            }
            Query::Rows { kind, filter, from, limit } => self.rows(*kind, filter, *from, *limit)?,
            Query::History { record, by, since, before, limit } => {
                self.history(record.as_ref(), by, since, *before, *limit)?
            }
            Query::Verify => Answer::Verified(service.verify(self.actor.lang)?),
            Query::Feed { since, limit } => self.feed(*since, *limit),
            Query::Place { filter, sort, customer } => self.place(filter, sort, *customer)?,
            Query::Inbox { all, limit } => self.inbox(*all, *limit),
            Query::Care { filter, days, mine } => self.care(filter, *days, *mine)?,
            Query::Policy(query) => self.policy(query)?,
            Query::Board => Answer::Board(self.board()),
            Query::TierHistory { customer } => self.tier_history(customer)?,
            Query::WhyTask { task } => self.why_task(*task)?,
            Query::Playbooks { id, since } => self.playbooks(id, since)?,
            Query::Brought { since } => self.brought(*since),
            Query::Values { kind, field, typed } => self.values(*kind, field, typed),
            Query::Company { customer, .. } => {
                customer.map(|customer| self.in_sight(customer)).transpose()?;
                Answer::Company(Company::default()) // the server knows its sessions
            }
        })
    }

    /// Of the head that the answer is out of, and of the one by whose rights it is.
    fn new(service: &Service, (head, present): (&'h Head, &'h Head), actor: Actor, sight: Sight) -> Desk<'h> {
        let now = head.now(&service.clock);
        let veil = Veil::of(present, actor);
        let names = Names::of(head, sight.clone(), veil);
        Desk { head, actor, sight, names, grader: OnceCell::new(), now, veil }
    }

    /// Whoever asks, as look-ups know them.
    fn reader(&self) -> Reader<'_> {
        Reader { sight: &self.sight, veil: &self.veil }
    }

    fn grader(&self) -> &Grader<'h> {
        let make = || Grader::new(&self.head.policy, self.head.ground, self.now, Some(self.actor.member));
        self.grader.get_or_init(make)
    }

    fn lens(&self) -> &Lens {
        self.grader().lens()
    }

    fn stamp(&self) -> Stamp {
        Stamp { at: self.now, by: Some(self.actor.member) }
    }

    /// The number of a customer in sight, to look at: the likely one is good enough.
    fn customer(&self, which: &Which) -> Result<u64, Refusal> {
        match self.which(Kind::Customer, which) {
            Err(Refusal::Ambiguous(_, _, one)) if one.len() == 1 => Ok(one[0].0.n),
            found => found.map(|id| id.n),
        }
    }

    /// The record that is meant.
    fn which(&self, kind: Kind, which: &Which) -> Result<Id, Refusal> {
        match which {
            Which::Id(id) => self.in_sight(*id),
            Which::Words(words) => {
                if let Ok(id) = words.as_str().trim().parse::<Id>()
                    && id.kind == kind
                {
                    return self.in_sight(id);
                }
                if kind != Kind::Customer {
                    return self.exactly(kind, words);
                }
                let candidates = match self.head.book.resolve(words.as_str(), self.reader()) {
                    Resolved::One(n) => return Ok(Id::customer(n)),
                    Resolved::None => return Err(Refusal::NoMatch(kind, words.clone())),
                    Resolved::Likely(n) => vec![n],
                    Resolved::Several(several) => several,
                };
                let named =
                    candidates.into_iter().take(CANDIDATES).map(|n| self.names.named(Id::customer(n)));
                let named = named.map(|named| (named.id, named.name)).collect();
                Err(Refusal::Ambiguous(kind, words.clone(), named))
            }
        }
    }

    /// The record that goes by these words, as rules read them; one whose name is hidden does not.
    fn exactly(&self, kind: Kind, words: &Clean) -> Result<Id, Refusal> {
        let rows = &*self.head.snapshot;
        let mut found = match names::find(rows, kind, words, &self.stamp()) {
            Err(Refusal::Ambiguous(_, _, several)) => several,
            found => vec![(found?, words.clone())],
        };
        found.retain(|(id, _)| !self.veil.hides_name(*id, rows));
        match found.as_slice() {
            [] => Err(Refusal::NoMatch(kind, words.clone())),
            [(one, _)] => Ok(*one),
            _ => Err(Refusal::Ambiguous(kind, words.clone(), found)),
        }
    }

    /// A record that is there and may be seen; what may not be seen is not there.
    fn in_sight(&self, id: Id) -> Result<Id, Refusal> {
        let row = self.head.snapshot.row(id);
        row.is_some_and(|row| self.sees(&row)).then_some(id).ok_or(Refusal::NoRecord(id))
    }

    fn sees(&self, row: &Row) -> bool {
        super::directory::sees(&*self.head.snapshot, &self.sight, row)
    }

    /// Whether a record may be told of: one that is gone only to those who see everything.
    fn knows(&self, id: Id) -> bool {
        self.sight == Sight::All || self.in_sight(id).is_ok()
    }

    /// A filter settled for this moment and this actor.
    fn filter(&self, text: &Clean, schema: Schema) -> Result<Prepared, Refusal> {
        Ok(self.prepare(&self.parse(text, schema)?))
    }

    /// A filter as somebody has just typed it: a tier, a stage, a member or a team that there is not is a slip, and
    /// told.
    fn parse(&self, text: &Clean, schema: Schema) -> Result<Filter, Refusal> {
        let filter = crate::filter::parse(text.as_str(), schema);
        let checked = filter.and_then(|filter| {
            self.head.policy.check(&filter)?;
            filter.check(|field, word| self.known().check(field, word))?;
            Ok(filter)
        });
        checked.map_err(|error| bad_filter(text, &error))
    }

    fn prepare(&self, filter: &Filter) -> Prepared {
        filter.prepare(&self.lens().context(&self.known()))
    }

    fn known(&self) -> Known<'_> {
        Known { head: self.head, sight: &self.sight, veil: self.veil }
    }

    /// A row as filters see it, with its customer.
    fn seen<'a>(&'a self, id: Id, row: &'a Row) -> SeenRow<'a, impl FnOnce() -> Option<Seen<'a>>> {
        let find = move || {
            let customer = if id.kind == Kind::Customer { Some(id) } else { row.customer() };
            let profile = self.head.book.profile(customer?.n)?;
            Some(Seen::new(profile, self.lens(), &self.head.book))
        };
        SeenRow { id, row, customer: LazyCell::new(find), lens: self.lens(), rows: &*self.head.snapshot }
    }

    /// A date as typed, as the beginning of that day or that minute; none where nothing was typed.
    fn since(&self, text: &Clean) -> Result<Option<Instant>, Refusal> {
        if text.is_empty() {
            return Ok(None);
        }
        let zone = self.head.ground.zone;
        let when = date::parse(text.as_str(), self.now.local(zone))
            .map_err(|_| Refusal::BadValue(Clean::known("since"), text.clone(), Takes::Date))?;
        let time = when.time.unwrap_or(NaiveTime::MIN);
        Ok(Some(Instant::at(when.date.and_time(time), zone)))
    }

    /// The team's zone.
    fn zone(&self) -> Tz {
        self.head.ground.zone
    }

    fn maybe(&self, id: Option<Id>) -> Option<Named> {
        self.names.maybe(id)
    }
}

fn bad_filter(text: &Clean, error: &FilterError) -> Refusal {
    Refusal::BadFilter {
        text: text.clone(),
        at: (error.at.start as u32, error.at.end as u32),
        en: Clean::washed(&error.say(Lang::En)).0,
        zh: Clean::washed(&error.say(Lang::Zh)).0,
    }
}
