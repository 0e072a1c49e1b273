//! What a policy would do to the book, before it is adopted. The grader of the preview is the one that grades the book
//! after the adoption: they agree customer by customer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveTime;
use chrono_tz::Tz;

use super::care::Planner;
use super::grade::{Bookwise, Find, Grader, Placed};
use super::playbook::{self, Changed};
use super::policy::{Pace, Policy, Recycle, Trigger};
use super::pool::{Standing, Watch};
use super::standard::{Answered, questions};
use crate::filter::{Kin, Lens};
use crate::model::query::Reason;
use crate::model::{Day, Fact, Ground, Id, Instant, Profile, Question, Rows};
use crate::text::Clean;

/// What was done is taken from so many days, which are so many weeks.
const QUARTER: i32 = 91;
const WEEKS: u64 = 13;
/// Loads are told in hundredths of a contact a week.
const HUNDREDTHS: u64 = 100;
/// Who returns to the pool within so many days does so soon.
const SOON: i32 = 30;

/// What one policy would make of the customers that it is shown, beside another one or beside how they stand.
pub struct Preview<'p> {
    before: Under<'p>,
    after: Under<'p>,
    lens: Lens,
    now: Instant,
    rows: &'p dyn Rows,
    /// The customers with a playbook at work.
    at_work: BTreeSet<u64>,
    /// What each customer asked in the last quarter.
    questions: HashMap<u64, Vec<Question>>,
    /// Those whom each of the policies puts elsewhere, as far as playbooks can follow from that.
    called: [Vec<u64>; 2],
    /// What is planned under the policy before, where customers stand as they do.
    planner: Planner<'p>,
    /// Both plan alike for who stands in the same tier and stage.
    plans_alike: bool,
    /// How many plans come into the queue within 30 days, that do not before; and how many do before, or are there,
    /// that do not after.
    pub planned: [u64; 2],
    /// How many were shown.
    pub customers: u64,
    /// How many go from one tier to another, and how many of them must be confirmed first.
    pub tiers: BTreeMap<[Clean; 2], [u64; 2]>,
    /// How many go from one stage to another.
    pub stages: BTreeMap<[Clean; 2], u64>,
    /// How many return to a pool, before and after.
    pub pooling: [Pooling; 2],
    /// How many return before and not after.
    pub spared: u64,
    /// What the standards ask of whoever has a customer in hand: of a member or a team; of nobody for those in the
    /// pool.
    pub load: BTreeMap<Option<Id>, Asked>,
}

/// How many return to an open pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pooling {
    /// Within 30 days.
    pub soon: u64,
    /// After that.
    pub later: u64,
}

/// What the service standards ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Customers who may be contacted.
    pub customers: u64,
    /// Contacts in a hundred weeks, before and after.
    pub wanted: [u64; 2],
    /// Real contacts in the last quarter.
    pub done: u64,
    /// How often they asked something in it.
    pub asked: u64,
    /// How they were answered, by the standards before and after.
    pub answered: [Answered; 2],
}

/// So many in a quarter, as hundredths of one a week.
pub fn a_week(count: u64) -> u64 {
    HUNDREDTHS * count / WEEKS
}

/// What would become of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// Where it would go; none: it stays in tier and stage.
    pub moved: Option<Moved>,
    /// Its return to a pool; none: it does not return, now as then, and lies where it lay.
    pub pooled: Option<Pooled>,
}

/// Where a customer stands with the open pools, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pooled {
    /// The pool in which it lies, or to which it would return.
    pub pool: [Clean; 2],
    /// When it returns.
    pub returns: [Option<Instant>; 2],
    /// From when on that is warned of.
    pub warned: Option<Instant>,
    /// The place of the rule by which it does.
    rule: Option<usize>,
}

/// Where a customer would go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The tier before and after: that which it waits for, where it must be confirmed.
    pub tier: [Clean; 2],
    /// The stage, before and after.
    pub stage: [Clean; 2],
    /// When the tier is confirmed; none: at once.
    pub confirmed: Option<Day>,
}

/// A policy, and what grades by it; none: customers stand as they do.
struct Under<'p> {
    policy: &'p Policy,
    /// How soon each tier is to be answered.
    paces: Vec<Option<Pace<'p>>>,
    graders: Option<(Bookwise<'p>, Watch<'p>)>,
}

impl<'p> Preview<'p> {
    /// Of `policy`, beside another one (`against`), or beside how the book stands under the one in force.
    pub fn new(
        in_force: &'p Policy,
        against: Option<&'p Policy>,
        policy: &'p Policy,
        rows: &'p dyn Rows,
        now: Instant,
    ) -> Preview<'p> {
        let ground = Ground::of(&rows.settings());
        let first = Day(now.day(ground.zone).0 - QUARTER + 1);
        let since = Instant::at(first.date().and_time(NaiveTime::MIN), ground.zone);
        let graders =
            |policy| (Bookwise::new(Grader::new(policy, ground, now, None)), Watch::new(policy, ground, now));
        Preview {
            before: Under::new(against.unwrap_or(in_force), against.map(graders), (since, now), ground.zone),
            after: Under::new(policy, Some(graders(policy)), (since, now), ground.zone),
            lens: Lens::new(now, ground, None, &[]),
            now,
            rows,
            at_work: playbook::customers_at_work(rows),
            questions: questions(rows, first, now),
            called: Default::default(),
            planner: Planner::new(in_force, &Lens::new(now, ground, None, &in_force.rhythms())),
            plans_alike: plan_alike(against.unwrap_or(in_force), policy),
            planned: [0; 2],
            customers: 0,
            tiers: BTreeMap::new(),
            stages: BTreeMap::new(),
            pooling: [Pooling::default(); 2],
            spared: 0,
            load: BTreeMap::new(),
        }
    }

    /// Looks at a customer, and says what would become of it.
    pub fn see<'a>(&mut self, profile: &'a Profile, kin: &dyn Kin, find: Find<'a>) -> Foreseen {
        let (rows, today) = (self.rows, self.lens.today());
        let (before, stood) = self.before.place(profile, (kin, rows), find, today);
        let (after, stands) = self.after.place(profile, (kin, rows), find, today);
        self.customers += 1;
        self.count_load(profile, [before.aim(), after.aim()]);
        for (nth, placed) in [&before, &after].into_iter().enumerate() {
            if self.calls(profile, nth, placed) {
                self.called[nth].push(profile.n());
            }
        }
        self.count_plans(profile, [&before, &after], (kin, rows));
        Foreseen { moved: self.moved(&before, &after), pooled: self.pooled(profile, stood, stands) }
    }

    /// The rule that decides on a move, as text, and its conditions with the customer's facts.
    pub fn why(
        &self,
        moved: &Moved,
        profile: &Profile,
        kin: &dyn Kin,
        rows: &dyn Rows,
    ) -> (Clean, Vec<Reason>) {
        let graders = self.after.graders.as_ref();
        graders
            .map(|(graders, _)| graders.grader.decider(profile, (kin, rows), &moved.tier, &moved.stage))
            .unwrap_or_default()
    }

    /// The number of the head of its group, where a customer goes to that one's tier and by its own facts would not.
    pub fn inherits(&self, moved: &Moved, profile: &Profile, kin: &dyn Kin) -> Option<u64> {
        let (graders, _) = self.after.graders.as_ref()?;
        if !self.after.policy.inherit || moved.tier[0] == moved.tier[1] {
            return None;
        }
        let own = graders.grader.place(profile, kin, None);
        (*own.aim() != moved.tier[1]).then(|| kin.head(profile.n()))
    }

    /// The rule by which a customer returns.
    pub fn returning(&self, pooled: &Pooled) -> Option<&'p Recycle> {
        self.after.policy.pool(&pooled.pool[1])?.recycle.get(pooled.rule?)
    }

    /// Where a customer goes, which is counted; none: it stays.
    fn moved(&mut self, before: &Placed, after: &Placed) -> Option<Moved> {
        let tier = [before.aim().clone(), after.aim().clone()];
        let stage = [before.stage.clone(), after.stage.clone()];
        if tier[0] != tier[1] {
            let [count, waiting] = self.tiers.entry(tier.clone()).or_default();
            *count += 1;
            *waiting += u64::from(after.next.is_some());
        }
        if stage[0] != stage[1] {
            *self.stages.entry(stage.clone()).or_default() += 1;
        }
        if tier[0] == tier[1] && stage[0] == stage[1] {
            return None;
        }
        let (graders, _) = self.after.graders.as_ref()?;
        let confirmed = after.next.as_ref().and_then(|(tier, since)| graders.grader.confirmed(tier, *since));
        Some(Moved { tier, stage, confirmed })
    }

    /// The steps of playbooks that the policy would change, beside how they stand, or beside what the other policy
    /// would make of them.
    pub fn steps(&self) -> Vec<Changed> {
        let under = |policy, called: &[u64]| playbook::rehearse(self.rows, policy, called, self.now);
        let after = under(self.after.policy, &self.called[1]);
        match self.before.graders {
            Some(_) => playbook::beside(under(self.before.policy, &self.called[0]), after),
            None => after,
        }
    }

    /// Whether a playbook can begin or end because a customer goes where one of the policies puts it.
    fn calls(&self, profile: &Profile, nth: usize, placed: &Placed) -> bool {
        let (customer, policy) = (&profile.customer, [&self.before, &self.after][nth].policy);
        let (to_stage, to_tier) = (placed.stage != customer.stage, placed.tier != customer.tier);
        let of_tier = Some(Trigger::Tier(placed.tier.clone()));
        let begins = to_stage && !policy.playbooks_of_stage(&placed.stage).is_empty()
            || to_tier && policy.playbooks.iter().any(|playbook| playbook.on == of_tier);
        begins || (to_stage || to_tier) && self.at_work.contains(&profile.n())
    }

    /// The plans of a customer that come into the queue under one of the policies and not under the other, and those
    /// that stand in it under one alone.
    fn count_plans(
        &mut self,
        profile: &Profile,
        [before, after]: [&Placed; 2],
        (kin, rows): (&dyn Kin, &dyn Rows),
    ) {
        if self.plans_alike && (&before.tier, &before.stage) == (&after.tier, &after.stage) {
            return;
        }
        let until = self.lens.start_of(Day(self.lens.today().0 + SOON + 1));
        let planned = |under: &Under<'_>, placed: &Placed| {
            let profile = placed.onto(profile, self.lens.today());
            let planner =
                under.graders.as_ref().map_or(&self.planner, |(graders, _)| graders.grader.planner());
            (planner.coming(rows, kin, &profile, until), planner.drops(rows, kin, &profile))
        };
        let ((was, dropped), (is, drops)) = (planned(&self.before, before), planned(&self.after, after));
        self.planned[0] += is.difference(&was).count() as u64;
        self.planned[1] += (was.difference(&is).count() + drops.saturating_sub(dropped)) as u64;
    }

    /// Where a customer stands with the pools, its return counted.
    fn pooled(&mut self, profile: &Profile, stood: Standing, stands: Standing) -> Option<Pooled> {
        let soon = self.lens.start_of(Day(self.lens.today().0 + SOON + 1));
        let returns = [stood.returns, stands.returns];
        for (pooling, at) in self.pooling.iter_mut().zip(returns) {
            let Some(at) = at else { continue };
            *(if at < soon { &mut pooling.soon } else { &mut pooling.later }) += 1;
        }
        // Whoever is not owned lies where it lies, and nobody is spared.
        let is_spared = returns[0].is_some() && returns[1].is_none() && profile.gist.owner.is_some();
        self.spared += u64::from(is_spared);
        let Standing { pool, warned, rule, .. } = stands;
        let pooled = Pooled { pool: [stood.pool, pool], returns, warned, rule };
        let is_told = pooled.returns != [None; 2] || pooled.pool[0] != pooled.pool[1];
        is_told.then_some(pooled)
    }

    /// Contacts and answers of a customer, wanted and done, on the account of whoever has it in hand.
    fn count_load(&mut self, profile: &Profile, tiers: [&Clean; 2]) {
        let gist = &profile.gist;
        if gist.quiet {
            return;
        }
        let today = self.lens.today();
        let since = Day(today.0 - QUARTER + 1);
        let questions = self.questions.get(&profile.n()).map(Vec::as_slice).unwrap_or_default();
        let asked = self.load.entry(gist.owner.or(gist.team)).or_default();
        asked.customers += 1;
        asked.done += gist.tallies.sum(Fact::Contacts, since, today).count.unsigned_abs();
        asked.asked += questions.len() as u64;
        for (nth, under) in [&self.before, &self.after].into_iter().enumerate() {
            let tier = under.policy.tier(tiers[nth].as_str());
            let every = tier.and_then(|tier| tier.contact_every);
            asked.wanted[nth] +=
                every.and_then(|days| (7 * HUNDREDTHS).checked_div(days.unsigned_abs())).unwrap_or(0);
            let rank = tier.map(|tier| under.policy.rank(Some(&tier.id)));
            if let Some(Some(pace)) = rank.and_then(|rank| under.paces.get(rank)) {
                asked.answered[nth].count(questions, pace, self.now);
            }
        }
    }
}

/// Whether two policies plan alike for who stands in the same tier and stage.
fn plan_alike(one: &Policy, other: &Policy) -> bool {
    one.care == other.care && one.rhythms() == other.rhythms() && one.calendars == other.calendars
}

impl<'p> Under<'p> {
    fn new(
        policy: &'p Policy,
        graders: Option<(Bookwise<'p>, Watch<'p>)>,
        days: (Instant, Instant),
        zone: Tz,
    ) -> Under<'p> {
        let within = policy.tiers.iter().map(|tier| tier.answer_within.as_ref());
        let paces = within.map(|within| within.map(|within| policy.pace(within, zone, days))).collect();
        Under { policy, paces, graders }
    }

    fn place<'a>(
        &mut self,
        profile: &'a Profile,
        (kin, rows): (&dyn Kin, &dyn Rows),
        find: Find<'a>,
        today: Day,
    ) -> (Placed, Standing) {
        match &mut self.graders {
            Some((graders, watch)) => {
                let placed = graders.place(profile, kin, find);
                let standing = watch.standing(rows, kin, &placed.onto(profile, today));
                (placed, standing)
            }
            None => (Placed::of(&profile.customer), Standing::of(&profile.customer)),
        }
    }
}
