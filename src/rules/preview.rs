//! What a policy would do to the book, before it is adopted. The grader of the preview is the one that grades the book
//! after the adoption: they agree customer by customer.

use std::collections::{BTreeMap, BTreeSet};

use super::grade::{Bookwise, Find, Grader, Placed};
use super::playbook::{self, Changed};
use super::policy::{Policy, Trigger};
use crate::filter::{Kin, Lens};
use crate::model::query::Reason;
use crate::model::{Day, Fact, Ground, Id, Instant, Profile, Rows};
use crate::text::Clean;

/// What was done is taken from so many days, which are so many weeks.
const QUARTER: i32 = 91;
const WEEKS: u64 = 13;
/// Loads are told in hundredths of a contact a week.
const HUNDREDTHS: u64 = 100;

/// What one policy would make of the customers that it is shown, beside another one or beside how they stand.
pub struct Preview<'p> {
    before: Under<'p>,
    after: Under<'p>,
    lens: Lens,
    now: Instant,
    in_force: &'p Policy,
    rows: &'p dyn Rows,
    /// The customers with a playbook at work.
    at_work: BTreeSet<u64>,
    /// Those whom the policy puts elsewhere, as far as playbooks can follow from that.
    called: Vec<u64>,
    /// How many were shown.
    pub customers: u64,
    /// How many go from one tier to another, and how many of them must be confirmed first.
    pub tiers: BTreeMap<[Clean; 2], [u64; 2]>,
    /// How many go from one stage to another.
    pub stages: BTreeMap<[Clean; 2], u64>,
    /// What the standards ask of whoever has a customer in hand: of a member or a team; of nobody for those in the pool.
    pub load: BTreeMap<Option<Id>, Asked>,
}

/// What the service standards ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Customers who may be contacted.
    pub customers: u64,
    /// Contacts in a hundred weeks, before and after.
    pub wanted: [u64; 2],
    /// Real contacts in a hundred weeks, as the last quarter was.
    pub done: u64,
    /// Those of them that the customers began.
    pub inbound: u64,
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
    graders: Option<Bookwise<'p>>,
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
        let graders = |policy| Bookwise::new(Grader::new(policy, ground, now, None));
        Preview {
            before: Under { policy: against.unwrap_or(in_force), graders: against.map(graders) },
            after: Under { policy, graders: Some(graders(policy)) },
            lens: Lens::new(now, ground, None, &[]),
            now,
            in_force,
            rows,
            at_work: playbook::customers_at_work(rows),
            called: Vec::new(),
            customers: 0,
            tiers: BTreeMap::new(),
            stages: BTreeMap::new(),
            load: BTreeMap::new(),
        }
    }

    /// Looks at a customer; where it would go, if anywhere.
    pub fn see<'a>(&mut self, profile: &'a Profile, kin: &dyn Kin, find: Find<'a>) -> Option<Moved> {
        let before = self.before.place(profile, kin, find);
        let after = self.after.place(profile, kin, find);
        self.customers += 1;
        self.count_load(profile, [before.aim(), after.aim()]);
        if self.calls(profile, &after) {
            self.called.push(profile.n());
        }
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
        let grader = &self.after.graders.as_ref()?.grader;
        let confirmed = after.next.as_ref().and_then(|(tier, since)| grader.confirmed(tier, *since));
        Some(Moved { tier, stage, confirmed })
    }

    /// The steps of playbooks that the policy would change, beside how they stand.
    pub fn steps(&self) -> Vec<Changed> {
        playbook::rehearse(self.rows, self.in_force, self.after.policy, &self.called, self.now)
    }

    /// Whether a playbook can begin or end because a customer goes where the policy puts it.
    fn calls(&self, profile: &Profile, placed: &Placed) -> bool {
        let (customer, policy) = (&profile.customer, self.after.policy);
        let (to_stage, to_tier) = (placed.stage != customer.stage, placed.tier != customer.tier);
        let of_tier = Some(Trigger::Tier(placed.tier.clone()));
        let begins = to_stage && !policy.playbooks_of_stage(&placed.stage).is_empty()
            || to_tier && policy.playbooks.iter().any(|playbook| playbook.on == of_tier);
        begins || (to_stage || to_tier) && self.at_work.contains(&profile.n())
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
            .map(|graders| graders.grader.decider(profile, (kin, rows), &moved.tier, &moved.stage))
            .unwrap_or_default()
    }

    /// Contacts with a customer, wanted and done, on the account of whoever has it in hand.
    fn count_load(&mut self, profile: &Profile, tiers: [&Clean; 2]) {
        let gist = &profile.gist;
        if gist.quiet {
            return;
        }
        let today = self.lens.today();
        let of = |fact| {
            let sum = gist.tallies.sum(fact, Day(today.0 - QUARTER + 1), today).count;
            HUNDREDTHS * sum.unsigned_abs() / WEEKS
        };
        let [before, after] = [(&self.before, tiers[0]), (&self.after, tiers[1])].map(|(under, tier)| {
            let every = under.policy.tier(tier.as_str()).and_then(|tier| tier.contact_every);
            every.and_then(|days| (7 * HUNDREDTHS).checked_div(days.unsigned_abs())).unwrap_or(0)
        });
        let asked = self.load.entry(gist.owner.or(gist.team)).or_default();
        asked.customers += 1;
        asked.wanted[0] += before;
        asked.wanted[1] += after;
        asked.done += of(Fact::Contacts);
        asked.inbound += of(Fact::ContactsIn);
    }
}

impl Under<'_> {
    fn place<'a>(&mut self, profile: &'a Profile, kin: &dyn Kin, find: Find<'a>) -> Placed {
        match &mut self.graders {
            Some(graders) => graders.place(profile, kin, find),
            None => Placed::of(&profile.customer),
        }
    }
}
