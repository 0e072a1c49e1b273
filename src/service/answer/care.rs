//! What is planned: for whom, when and why.

use std::collections::BTreeSet;

use super::Desk;
use crate::filter::{KinOf, Schema};
use crate::model::planned::{MOST_DAYS, Planned, Rhythm};
use crate::model::query::PolicyName;
use crate::model::{Answer, Day, Id, Index, Instant, Key, Profile, Refusal, Row, Rows, Source, index};
use crate::rules::care::{self, Plan};
use crate::rules::task::waiting;
use crate::text::{Clean, Lang};

impl Desk<'_> {
    /// What is in the queue of plans, or comes into it within some days, the first day in front. What the rhythm of a
    /// tier asks for and the policy makes no task of is not among it.
    pub(super) fn care(&self, filter: &Clean, days: u32, mine: bool) -> Result<Answer, Refusal> {
        let filter = self.filter(filter, Schema::Customer)?;
        let last = Day(self.lens().today().0 + days.min(MOST_DAYS) as i32);
        let mut planned = Vec::new();
        for n in self.planned_for(self.lens().start_of(Day(last.0 + 1))) {
            let Some(profile) = self.head.book.profile(n) else { continue };
            let row = Row::Customer(profile.customer.clone());
            if !self.sees(&row) || !filter.matches(&self.seen(profile.id, &row)) {
                continue;
            }
            planned.extend(self.plans(profile).into_iter().filter(|plan| {
                let is_mine = plan.who.as_ref().is_some_and(|who| who.id == self.actor.member);
                plan.day <= last && (plan.task.is_some() || plan.queued.is_some()) && (!mine || is_mine)
            }));
        }
        planned.sort_by_key(|plan| (plan.day, self.lens().place_of(&plan.tier), plan.customer.id));
        Ok(Answer::Care(planned))
    }

    /// The customers of whom anything planned is in the queue or can come into it before a moment.
    fn planned_for(&self, before: Instant) -> BTreeSet<u64> {
        let rows = &*self.head.snapshot;
        let all = Key::of(Index::Care);
        let mut found = BTreeSet::new();
        rows.scan(&all.0, &all.clone().instant(before).0, false, &mut |key| {
            found.extend(index::target(key).map(|customer| customer.n));
            true
        });
        let open = waiting(rows, &[Key::of(Index::Due)], Instant(i64::MAX)).into_iter();
        found.extend(open.take_while(|(due, _)| *due < before).filter_map(|(_, id)| self.planned_task(id)));
        found
    }

    /// The customer of a task that came of a plan.
    fn planned_task(&self, id: Id) -> Option<u64> {
        match &**self.head.book.open_task(id.n)? {
            Row::Task(task) if matches!(task.source, Some(Source::Care | Source::Cadence)) => {
                Some(task.customer?.n)
            }
            _ => None,
        }
    }

    /// What is planned for a customer, the next day first.
    pub(super) fn plans(&self, profile: &Profile) -> Vec<Planned> {
        let rows = &*self.head.snapshot;
        let plans = self.grader().planner().plans(rows, &KinOf(rows), profile).into_iter();
        plans.map(|plan| self.planned(profile, &plan)).collect()
    }

    /// What an occasion is called, with the name of the contact whose it is, where the reader may know it.
    pub(super) fn occasion(&self, key: &Clean) -> PolicyName {
        let [en, zh] = [Lang::En, Lang::Zh].map(|lang| {
            Clean::washed(&care::called(&self.head.policy, key, lang, &|contact| self.person(contact))).0
        });
        PolicyName { id: key.clone(), en, zh }
    }

    fn planned(&self, profile: &Profile, plan: &Plan) -> Planned {
        let rows = &*self.head.snapshot;
        Planned {
            customer: self.names.named(profile.id),
            tier: profile.gist.tier.clone(),
            day: plan.day,
            source: plan.source,
            occasions: plan.occasions.iter().map(|key| self.occasion(key)).collect(),
            rhythm: plan.rhythm.map(|counted| Rhythm {
                since: counted.since,
                every: counted.every,
                left_out: counted.left_out,
                wanted: counted.wanted,
                late: counted.late,
            }),
            title: plan
                .task
                .and_then(|id| rows.task(id))
                .map(|task| self.task_title(&task))
                .unwrap_or_default(),
            channel: plan.channel,
            who: self.maybe(plan.who),
            team: self.maybe(profile.gist.team),
            queued: plan.queued,
            task: plan.task,
        }
    }
}
