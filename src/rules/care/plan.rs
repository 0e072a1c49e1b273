//! What is planned for a customer: computed from its record, its people, the policy and the moment, and from the tasks
//! that came of plans before.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use super::settled::{Greetings, ended};
use super::{amend, id_of};
use crate::filter::{CustomerField, Field, FieldRef, Filter, Kin, Lens, Measure, Prepared, Seen};
use crate::model::{
    Channel, Customer, Day, Fact, Id, Index, Instant, Key, Kind, Person, Profile, Row, Rows, Source, Task,
    Value, index,
};
use crate::rules::grade::Nobody;
use crate::rules::playbook::who;
use crate::rules::policy::{CADENCE, Calendar, Duty, Occasion, On, Policy};
use crate::text::{Clean, Span, lunar};

/// A greeting that nobody did so many days after its day would only annoy: it is dropped.
const GRACE: i32 = 7;
/// So many days ahead a day is looked for on which a customer likes to be reached, and somebody works.
const HORIZON: i32 = 400;

/// A policy settled for a moment: for whom its occasions and its rhythm are is prepared once.
pub struct Planner<'p> {
    pub(super) policy: &'p Policy,
    pub(super) lens: Lens,
    rhythm: Option<Prepared>,
    occasions: Vec<Option<Prepared>>,
}

/// Something that is planned for a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The day that it is for.
    pub day: Day,
    /// A greeting, or the rhythm.
    pub source: Source,
    /// What a greeting is for: occasions, of contacts as `birthday:p7`.
    pub occasions: Vec<Clean>,
    /// What the rhythm counts.
    pub rhythm: Option<Counted>,
    /// The way.
    pub channel: Option<Channel>,
    /// Who does it; none: the team's queue.
    pub who: Option<Id>,
    /// When it comes into the queue; none: it is there, or never does by itself.
    pub queued: Option<Instant>,
    /// The task that it is already.
    pub task: Option<Id>,
}

/// From when on a rhythm counts, how many days, and to which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The day of the last contact, or of what stands for it.
    pub since: Day,
    /// So many days.
    pub every: i64,
    /// The day of the planned contact that was left out last: it is counted from that.
    pub left_out: Option<Day>,
    /// The last day in time.
    pub wanted: Day,
    /// Whether that is over.
    pub late: bool,
}

/// A greeting that is to come.
pub(super) struct Coming<'a> {
    pub(super) day: Day,
    pub(super) queued: Instant,
    pub(super) key: Clean,
    pub(super) occasion: &'a Occasion,
    pub(super) person: Option<&'a Person>,
}

/// The next contact that the rhythm asks for.
pub(super) struct Cadence<'a> {
    pub(super) day: Day,
    pub(super) counted: Counted,
    /// Whether a task of it is in the queue, or somebody planned a contact until then.
    is_open: bool,
    /// When it comes into the queue; none where the policy wants no task of it.
    pub(super) queued: Option<Instant>,
    pub(super) duty: &'a Duty,
    pub(super) channel: Option<Channel>,
}

impl<'p> Planner<'p> {
    /// The policy at the moment of a lens.
    pub fn new(policy: &'p Policy, lens: &Lens) -> Planner<'p> {
        let prepare = |filter: &Filter| filter.prepare(&lens.context(&Nobody));
        let rhythm = policy.care.rhythm.as_ref().and_then(|rhythm| rhythm.whom.as_ref());
        let occasions = policy.care.occasions.iter();
        Planner {
            policy,
            rhythm: rhythm.map(prepare),
            occasions: occasions.map(|occasion| occasion.whom.as_ref().map(prepare)).collect(),
            lens: lens.clone(),
        }
    }

    /// A customer, as this planner looks at it.
    pub(super) fn look<'a>(&'a self, rows: &'a dyn Rows, kin: &'a dyn Kin, profile: &'a Profile) -> Look<'a> {
        Look { planner: self, rows, profile, seen: Seen::new(profile, &self.lens, kin) }
    }

    /// What of a customer's plans comes into the queue before a moment: greetings by their day, and the contact that
    /// the rhythm asks for by none.
    pub fn coming(
        &self,
        rows: &dyn Rows,
        kin: &dyn Kin,
        profile: &Profile,
        before: Instant,
    ) -> BTreeSet<Option<Day>> {
        let look = self.look(rows, kin, profile);
        if !look.is_cared_for() || self.policy.care.is_empty() {
            return BTreeSet::new();
        }
        let greetings = look.coming().into_iter().filter(|coming| coming.queued < before);
        let mut days: BTreeSet<Option<Day>> = greetings.map(|coming| Some(coming.day)).collect();
        let cadence = look.wants_rhythm().then(|| look.cadence()?.queued).flatten();
        days.extend(cadence.filter(|queued| *queued < before).map(|_| None));
        days
    }

    /// How many open tasks of a customer's plans the policy would drop from the queue.
    pub fn drops(&self, rows: &dyn Rows, kin: &dyn Kin, profile: &Profile) -> usize {
        let astray = amend::astray(&self.look(rows, kin, profile));
        astray.iter().filter(|(_, task, astray)| astray.is_end_of(task)).count()
    }

    /// What is planned for a customer: what is in the queue already, then what is to come, the next day first.
    pub fn plans(&self, rows: &dyn Rows, kin: &dyn Kin, profile: &Profile) -> Vec<Plan> {
        let look = self.look(rows, kin, profile);
        let mut plans = queued(rows, profile.id, &self.lens);
        if look.is_cared_for() {
            plans.extend(look.to_greet());
            plans.extend(
                look.cadence().filter(|cadence| !cadence.is_open).map(|cadence| look.in_touch(&cadence)),
            );
        }
        plans.sort_by_key(|plan| (plan.day, plan.source == Source::Cadence));
        plans
    }
}

/// A customer at a moment.
pub(super) struct Look<'a> {
    pub(super) planner: &'a Planner<'a>,
    pub(super) rows: &'a dyn Rows,
    profile: &'a Profile,
    seen: Seen<'a>,
}

impl<'a> Look<'a> {
    /// Whether anybody has the customer, and may contact them.
    pub(super) fn is_cared_for(&self) -> bool {
        !self.profile.gist.quiet && !self.profile.gist.is_pooled()
    }

    /// When time brings the next of the plans into the queue, and which; or only a change of them.
    pub(super) fn next(&self) -> Option<(Instant, Clean)> {
        if !self.is_cared_for() {
            return None;
        }
        let lens = &self.planner.lens;
        let coming = self.coming();
        let greetings = coming.iter().map(|coming| (coming.queued.max(lens.now()), &coming.occasion.name.id));
        let first = greetings.min_by_key(|(at, _)| *at).map(|(at, id)| (at, id.clone()));
        let cadence = self.wants_rhythm().then(|| self.cadence()?.queued).flatten();
        let cadence = cadence.map(|at| (at.max(lens.now()), Clean::known(CADENCE)));
        let over = self.open_greetings().into_iter().map(|(at, _)| at.max(lens.now())).min();
        let turn = self.turn().into_iter().chain(over).min().map(|at| (at, Clean::default()));
        [first, cadence, turn].into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    /// Whether the policy makes tasks of the customer's rhythm.
    fn wants_rhythm(&self) -> bool {
        let meant = || self.planner.rhythm.as_ref().is_none_or(|whom| whom.matches(&self.seen));
        self.planner.policy.care.rhythm.is_some() && meant()
    }

    /// The greetings that the plan has in the queue, and when each is given up: a while after its day, or after that to
    /// which somebody put it off.
    pub(super) fn open_greetings(&self) -> Vec<(Instant, Id)> {
        if self.profile.gist.tallies.total(Fact::OpenTasks).is_zero() {
            return Vec::new();
        }
        let planned = open(self.rows, self.profile.id).into_iter();
        let planned = planned.filter(|(_, task)| !task.occasions.is_empty());
        let over = |day: Day| self.planner.lens.start_of(Day(day.0.saturating_add(GRACE + 1)));
        let zone = self.planner.lens.ground().zone;
        let last = |task: &Task| Some(task.greets?.max(task.due.map_or(task.greets?, |due| due.day(zone))));
        planned.filter_map(|(id, task)| Some((over(last(&task)?), id))).collect()
    }

    /// When time alone can change for whom something is planned.
    fn turn(&self) -> Option<Instant> {
        let conditions = self.planner.occasions.iter().chain([&self.planner.rhythm]).flatten();
        let turns = conditions.filter_map(|condition| condition.turns(&self.seen));
        turns.filter(|at| *at > self.planner.lens.now()).min()
    }

    /// The next of every greeting that is not settled.
    pub(super) fn coming(&self) -> Vec<Coming<'a>> {
        let occasions = self.planner.policy.care.occasions.iter().zip(&self.planner.occasions);
        let mine = occasions.filter(|(_, whom)| whom.as_ref().is_none_or(|whom| whom.matches(&self.seen)));
        let mine: Vec<&Occasion> = mine.map(|(occasion, _)| occasion).collect();
        if mine.is_empty() {
            return Vec::new();
        }
        let settled = self.greetings();
        let mut coming = Vec::new();
        for occasion in mine {
            if occasion.on == On::Birthday {
                let people = self.profile.contacts.iter().filter(|person| !person.wishes.dnc);
                coming.extend(people.filter_map(|person| self.next_of(occasion, Some(person), &settled)));
            } else {
                coming.extend(self.next_of(occasion, None, &settled));
            }
        }
        coming
    }

    /// The next day of an occasion that is not settled.
    fn next_of(
        &self,
        occasion: &'a Occasion,
        person: Option<&'a Person>,
        settled: &Greetings,
    ) -> Option<Coming<'a>> {
        let key = key_of(occasion, person);
        let mut from = self.planner.lens.today();
        let day = loop {
            let day = self.next_day(occasion, person, from)?;
            if !settled.has(day, &key) {
                break day;
            }
            from = Day(day.0 + 1);
        };
        Some(Coming { day, queued: self.before(day, occasion.ahead), key, occasion, person })
    }

    /// The first purchase, where an occasion asks for it.
    fn since(&self, on: &On) -> Option<Day> {
        let asks = matches!(on, On::Anniversary(field) if field.as_str() == "since");
        if asks { first_purchase(self.rows, self.profile.id, &self.planner.lens) } else { None }
    }

    fn before(&self, day: Day, ahead: Span) -> Instant {
        self.planner.lens.start_of(Day::from(ahead.before(day.date())))
    }

    /// What is settled of the greetings from today on.
    pub(super) fn greetings(&self) -> Greetings {
        Greetings::of(self.rows, self.profile.id, self.planner.lens.today())
    }

    /// Whether the plan greets on an occasion on this day. Whom an occasion is for is not asked where that hangs on the
    /// very tasks: they would come and go.
    pub(super) fn greets(&self, key: &Clean, day: Day) -> bool {
        let mut occasions = self.planner.policy.care.occasions.iter().zip(&self.planner.occasions);
        let of_key = occasions.find(|(occasion, _)| occasion.name.id.as_str() == id_of(key));
        let Some((occasion, whom)) = of_key else { return false };
        let is_meant = whom.as_ref().is_none_or(|prepared| prepared.matches(&self.seen));
        let person = self.people().find(|person| key_of(occasion, Some(person)) == *key);
        let falls_on = self.next_day(occasion, person, day) == Some(day);
        falls_on && (is_meant || asks_tasks(occasion.whom.as_ref()))
    }

    /// After how many days the plan makes a task of the rhythm; none: it makes none for this customer.
    pub(super) fn rhythm(&self) -> Option<i64> {
        let policy = self.planner.policy;
        let every = policy.tier(self.profile.gist.tier.as_str())?.contact_every?;
        let rhythm = policy.care.rhythm.as_ref()?;
        (self.wants_rhythm() || asks_tasks(rhythm.whom.as_ref())).then_some(every)
    }

    /// The customer's open tasks that came of the plan.
    pub(super) fn of_plan(&self) -> Vec<(Id, Task)> {
        if self.profile.gist.tallies.total(Fact::OpenTasks).is_zero() {
            return Vec::new();
        }
        let planned = open(self.rows, self.profile.id).into_iter();
        planned.filter(|(_, task)| !task.duty.is_empty()).collect()
    }

    fn next_day(&self, occasion: &Occasion, person: Option<&Person>, from: Day) -> Option<Day> {
        let (customer, zone) = (&self.profile.customer, self.planner.lens.ground().zone);
        next_day(&occasion.on, (customer, zone), self.since(&occasion.on), person, from)
    }

    /// The next contact that the tier's rhythm asks for.
    pub(super) fn cadence(&self) -> Option<Cadence<'a>> {
        let (policy, lens) = (self.planner.policy, &self.planner.lens);
        let gist = &self.profile.gist;
        let every = policy.tier(gist.tier.as_str())?.contact_every?;
        let ended = ended(self.rows, self.profile.id, lens.ground().zone);
        let last = gist.idle_since?.max(ended.done.unwrap_or(Instant(i64::MIN)));
        let since = last.day(lens.ground().zone);
        let left_out = ended.left_out.filter(|(at, ..)| *at >= last).map(|(_, day, _)| day);
        let from = left_out.map_or(since, |day| day.max(since));
        let wanted = Day(from.0.saturating_add(i32::try_from(every).unwrap_or(i32::MAX)));
        let day = self.suited(from, wanted);
        let is_planned = ended.planned.iter().any(|due| due.day(lens.ground().zone) <= day);
        let is_open = ended.is_open || is_planned;
        let rhythm = policy.care.rhythm.as_ref().filter(|_| !is_open && self.wants_rhythm());
        Some(Cadence {
            day,
            counted: Counted { since, every, left_out, wanted, late: wanted < lens.today() },
            is_open,
            queued: rhythm.map(|rhythm| self.before(day, rhythm.ahead)),
            duty: rhythm.map_or(&Duty::Owner, |rhythm| &rhythm.duty),
            channel: self.channel(None, None),
        })
    }

    /// The last day in time on which the customer likes to be reached and somebody works; where there is none any more,
    /// the first one after it.
    fn suited(&self, since: Day, wanted: Day) -> Day {
        let policy = self.planner.policy;
        let calendar = policy.care.rhythm.as_ref().and_then(|rhythm| rhythm.calendar.as_ref());
        let calendar: Option<&Calendar> = calendar.and_then(|id| policy.calendar(id.as_str()));
        let customer = &self.profile.customer;
        let theirs = || self.people().find_map(|person| person.wishes.weekdays);
        let weekdays = customer.weekdays.or_else(theirs);
        let suits = |day: &i32| {
            let date = Day(*day).date();
            weekdays.is_none_or(|days| days.has(date.weekday()))
                && calendar.is_none_or(|calendar| !calendar.hours(date).is_empty())
        };
        let today = self.planner.lens.today();
        let first = today.0.max(since.0.saturating_add(1));
        let late = wanted.0.max(today.0);
        let in_time = (first.max(wanted.0.saturating_sub(HORIZON))..=wanted.0).rev().find(suits);
        Day(in_time.or_else(|| (late..late.saturating_add(HORIZON)).find(suits)).unwrap_or(late))
    }

    fn people(&self) -> impl Iterator<Item = &'a Person> {
        self.profile.contacts.iter().filter(|person| !person.wishes.dnc)
    }

    /// The way that a person likes, else the customer, else the occasion has, else the first person there.
    pub(super) fn channel(&self, person: Option<&Person>, meant: Option<Channel>) -> Option<Channel> {
        let of_people = || self.people().find_map(|person| person.wishes.channel);
        let liked = person.and_then(|person| person.wishes.channel).or(self.profile.customer.channel);
        liked.or(meant).or_else(of_people)
    }

    /// The greetings that are to come, one for each day.
    fn to_greet(&self) -> Vec<Plan> {
        let mut plans: Vec<Plan> = Vec::new();
        for coming in self.coming() {
            if let Some(plan) = plans.iter_mut().find(|plan| plan.day == coming.day) {
                plan.occasions.push(coming.key);
                plan.queued = plan.queued.min(Some(coming.queued));
                continue;
            }
            plans.push(Plan {
                day: coming.day,
                source: Source::Care,
                occasions: vec![coming.key],
                rhythm: None,
                channel: self.channel(coming.person, coming.occasion.channel),
                who: self.holder(&coming.occasion.duty),
                queued: Some(coming.queued),
                task: None,
            });
        }
        plans
    }

    fn in_touch(&self, cadence: &Cadence<'_>) -> Plan {
        Plan {
            day: cadence.day,
            source: Source::Cadence,
            occasions: Vec::new(),
            rhythm: Some(cadence.counted),
            channel: cadence.channel,
            who: self.holder(cadence.duty),
            queued: cadence.queued,
            task: None,
        }
    }

    /// Who has a duty for the customer.
    pub(super) fn holder(&self, duty: &Duty) -> Option<Id> {
        who::holder(self.rows, self.profile.id, duty)
    }
}

/// Whether a condition hangs on the customer's open tasks.
fn asks_tasks(whom: Option<&Filter>) -> bool {
    let asks = |field: &FieldRef| match field {
        FieldRef::Fact(fact) => fact.measure == Measure::OpenTasks,
        FieldRef::Field(Field::Customer(field)) => {
            matches!(field, CustomerField::Next | CustomerField::Late | CustomerField::Overdue)
        }
        _ => false,
    };
    whom.is_some_and(|whom| whom.fields().into_iter().any(asks))
}

/// What an occasion is called in records: of one person with their id.
fn key_of(occasion: &Occasion, person: Option<&Person>) -> Clean {
    match person {
        Some(person) => Clean::washed(&format!("{}:{}", occasion.name.id, person.id)).0,
        None => occasion.name.id.clone(),
    }
}

/// The next day of an occasion, from one on.
fn next_day(
    on: &On,
    (customer, zone): (&Customer, Tz),
    since: Option<Day>,
    person: Option<&Person>,
    from: Day,
) -> Option<Day> {
    let date = from.date();
    let yearly = |day: Day, from: NaiveDate| lunar::next_of_year(day.date().month(), day.date().day(), from);
    let found = match on {
        On::Birthday => person?.wishes.next_birthday(date),
        On::Anniversary(field) => {
            let first = since.or_else(|| day_of(customer, field, zone))?;
            yearly(first, date.max(first.date().succ_opt()?))
        }
        On::Solar(month, day) => lunar::next_of_year(*month, *day, date),
        On::Lunar(lunar) => lunar.next(date),
        On::Days(days) => days.iter().copied().find(|day| *day >= date),
    };
    found.map(Day::from)
}

/// The day that a field of a customer holds; an own field as `2019-05-01`.
fn day_of(customer: &Customer, field: &Clean, zone: Tz) -> Option<Day> {
    let (field, _) = Kind::Customer.field(field.as_str())?;
    match Row::Customer(customer.clone()).get(&field) {
        Value::Day(day) => Some(day),
        Value::Instant(at) => Some(at.day(zone)),
        Value::Text(text) => text.as_str().trim().parse::<NaiveDate>().ok().map(Day::from),
        _ => None,
    }
}

/// The day of the first purchase.
fn first_purchase(rows: &dyn Rows, customer: Id, lens: &Lens) -> Option<Day> {
    let all = Key::of(Index::Sales).id(customer).kind(Kind::Purchase);
    let mut first = None;
    rows.scan(&all.0, &all.end(), false, &mut |key| {
        first = index::moment(key).filter(|at| at.0 > i64::MIN);
        first.is_none()
    });
    first.map(|at| at.day(lens.ground().zone))
}

/// The open tasks of a customer that came of plans, or were planned by hand.
pub(super) fn open(rows: &dyn Rows, customer: Id) -> Vec<(Id, Task)> {
    let open = rows.found(&Key::of(Index::OpenTask).id(customer)).into_iter();
    let is_planned = |task: &Task| matches!(task.source, Some(Source::Care | Source::Cadence));
    open.filter_map(|id| Some((id, rows.task(id)?))).filter(|(_, task)| is_planned(task)).collect()
}

/// The same as plans.
fn queued(rows: &dyn Rows, customer: Id, lens: &Lens) -> Vec<Plan> {
    let plan = |(id, task): (Id, Task)| {
        let due = task.due.map(|due| due.day(lens.ground().zone));
        Some(Plan {
            day: task.greets.or(due)?,
            source: task.source?,
            occasions: task.occasions.into_iter().collect(),
            rhythm: None,
            channel: task.channel,
            who: task.assignee,
            queued: None,
            task: Some(id),
        })
    };
    open(rows, customer).into_iter().filter_map(plan).collect()
}
