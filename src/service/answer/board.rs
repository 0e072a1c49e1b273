//! The team's board, and how a customer came from tier to tier.

use std::collections::BTreeSet;

use super::Desk;
use crate::filter::{Filter, MAX_LENGTH, MAX_VALUES};
use crate::model::board::{ANSWERED_DAYS, MOVED_DAYS};
use crate::model::query::{
    Answers, Board, BoardLine, PolicyName, Served, Standard, TierLine, TierStep, Which,
};
use crate::model::{Answer, Cause, Day, Entry, Id, Instant, Refusal, Rows, Value};
use crate::rules::grade::read_kept;
use crate::rules::policy::Tier;
use crate::rules::restore::{is_restored, restored_from};
use crate::rules::standard::{self, Answered, Servers, median};
use crate::search::{Asked, BoardSum};
use crate::text::{Clean, Money};

impl Desk<'_> {
    pub(super) fn board(&self) -> Board {
        let policy = &self.head.policy;
        let rows = &*self.head.snapshot;
        let servers = standard::servers(rows, policy);
        let stages: Vec<Clean> = policy.stages.iter().map(|stage| stage.id.clone()).collect();
        let is_served = |gist: &crate::model::Gist| {
            let servers = servers.get(policy.rank(Some(&gist.tier))).and_then(Option::as_ref);
            servers.is_none_or(|servers| servers.serve(gist.owner, gist.team))
        };
        let first_of = |days: i32| self.lens().start_of(Day(self.lens().today().0 - days + 1));
        let (moved_since, asked_since) = (first_of(MOVED_DAYS), first_of(ANSWERED_DAYS));
        let asked = Asked { stages: &stages, moved_since, asked_since, is_served: &is_served };
        let sums = self.head.book.board(self.lens(), &self.sight, &asked);
        let tier = |nth: usize, tier: &Tier| {
            let sum = sums.tiers.iter().find(|sum| sum.sum.tier == tier.id);
            let answers = self.answers(tier, sum, asked_since);
            let standard = standard_of(tier, answers, servers[nth].as_ref(), sum);
            let line = self.board_line(tier.name.clone(), sum);
            BoardLine { rule: text_of(tier.enter.as_ref()), standard: Some(standard), ..line }
        };
        let stage = |stage: &crate::rules::policy::Stage| {
            let sum = sums.stages.iter().find(|sum| sum.sum.tier == stage.id);
            let line = self.board_line(stage.name.clone(), sum);
            BoardLine { rule: text_of(Some(&stage.when)), ..line }
        };
        let nameless = PolicyName { id: Clean::default(), en: Clean::default(), zh: Clean::default() };
        let none = |sums: &[BoardSum]| {
            let sum = sums.iter().find(|sum| sum.sum.tier.is_empty() && sum.sum.count > 0);
            sum.map(|sum| self.board_line(nameless.clone(), Some(sum)))
        };
        let tiers = policy.tiers.iter().enumerate().map(|(nth, of)| tier(nth, of));
        Board {
            tiers: tiers.chain(none(&sums.tiers)).collect(),
            stages: policy.stages.iter().map(stage).chain(none(&sums.stages)).collect(),
        }
    }

    /// A line of the board without its rule and its standard.
    fn board_line(&self, name: PolicyName, sum: Option<&BoardSum>) -> BoardLine {
        let today = self.lens().today();
        let since = sum.and_then(|sum| median(sum.since.clone()));
        let spend = Money { minor: sum.map_or(0, |sum| sum.sum.spend), currency: self.head.ground.currency };
        BoardLine {
            line: TierLine {
                tier: name,
                count: sum.map_or(0, |sum| sum.sum.count),
                spend,
                covered: sum.map_or(0, |sum| sum.sum.covered),
                late: sum.map_or(0, |sum| sum.sum.late),
            },
            came: sum.map_or(0, |sum| sum.came.len() as u32),
            left: sum.map_or(0, |sum| sum.left.len() as u32),
            movers: sum.map(movers).unwrap_or_default(),
            days: since.map(|since| u32::try_from(today.0 - since.0).unwrap_or(0)),
            rule: Clean::default(),
            standard: None,
        }
    }

    /// How those of a tier were answered, by its standard.
    fn answers(&self, tier: &Tier, sum: Option<&BoardSum>, since: Instant) -> Option<Answers> {
        let within = tier.answer_within.as_ref()?;
        let (policy, zone) = (&self.head.policy, self.head.ground.zone);
        let mut answered = Answered::default();
        let pace = policy.pace(within, zone, (since, self.now));
        answered.count(sum.map_or(&[], |sum| &sum.questions), &pace, self.now);
        Some(Answers {
            within: Clean::washed(&within.span.to_string()).0,
            calendar: within.clock.calendar(),
            asked: answered.asked,
            in_time: answered.in_time,
            median: answered.median(),
        })
    }

    pub(super) fn tier_history(&self, which: &Which) -> Result<Answer, Refusal> {
        let n = self.customer(which)?;
        let id = Id::customer(n);
        let rows = &*self.head.snapshot;
        let customer = rows.customer(id).ok_or(Refusal::NoRecord(id))?;
        let mut steps = Vec::new();
        // What a policy did and its undo took back is left out, with its taking back.
        let mut gone_behind = None;
        rows.moves(id, &mut |seq| {
            let Some(entry) = rows.entry(seq).filter(|entry| entry.sets(id, "tier").is_some()) else {
                return true;
            };
            let is_its = is_restored(&entry) || matches!(entry.cause, Cause::Due { .. });
            gone_behind = gone_behind.filter(|adoption| is_its && seq > *adoption);
            if gone_behind.is_none() {
                gone_behind = restored_from(rows, &entry);
            }
            steps.extend(gone_behind.map_or_else(|| self.tier_step(id, &entry), |_| None));
            true
        });
        let first = steps.last().map_or(&customer.tier, |oldest: &TierStep| &oldest.from).clone();
        if let Some(at) = customer.created.filter(|_| !first.is_empty()) {
            let (from, reason) = Default::default();
            steps.push(TierStep { at, from, to: first, by: None, reason, facts: Vec::new() });
        }
        Ok(Answer::TierHistory(self.names.named(id), steps))
    }

    /// The move of a customer's tier in an entry; none where it moved something else.
    fn tier_step(&self, id: Id, entry: &Entry) -> Option<TierStep> {
        let [tier, why] = ["tier", "tier_why"].map(|field| entry.sets(id, field));
        let (Value::Text(from), to) = tier? else { return None };
        let to = match to {
            Value::Text(to) => to.clone(),
            _ => Clean::default(),
        };
        let rank = |tier: &Clean| self.head.policy.rank(Some(tier));
        let is_up = rank(&to) < rank(from);
        let facts = match why {
            Some((_, Value::Text(text))) => read_kept(text, is_up),
            _ => Vec::new(),
        };
        let (by, reason) = self.by_hand(id, entry).unwrap_or_default();
        Some(TierStep { at: entry.moment(), from: from.clone(), to, by: self.maybe(by), reason, facts })
    }

    /// Who set the tier by hand, or left it to the rules again, so that it moved in an entry; and why.
    fn by_hand(&self, id: Id, moved: &Entry) -> Option<(Option<Id>, Clean)> {
        let rows = &self.head.snapshot;
        let mut found = None;
        rows.history(id, moved.seq, &mut |seq| {
            let Some(entry) = rows.entry(seq).filter(|entry| entry.at == moved.at) else { return false };
            if entry.sets(id, "tier_fixed").is_some() {
                let reason = match entry.sets(id, "tier_reason") {
                    Some((_, Value::Text(reason))) => reason.clone(),
                    _ => Clean::default(),
                };
                found = Some((entry.by, reason));
            }
            found.is_none()
        });
        found
    }
}

/// The filter that shows who came and who left, as far as one can name so many.
fn movers(sum: &BoardSum) -> Clean {
    let moved = || sum.came.iter().chain(&sum.left).copied();
    // The shortest takes three characters: `c1,`.
    if moved().count() > MAX_LENGTH {
        return Clean::default();
    }
    let numbers: BTreeSet<u64> = moved().collect();
    let ids: Vec<String> = numbers.into_iter().map(|n| Id::customer(n).to_string()).collect();
    let parts = ids.chunks(MAX_VALUES).map(|ids| format!("id:{}", ids.join(",")));
    let filter = parts.collect::<Vec<_>>().join(" or ");
    if filter.len() <= MAX_LENGTH { Clean::washed(&filter).0 } else { Clean::default() }
}

/// What a tier asks for, and how that is kept to.
fn standard_of(
    tier: &Tier,
    answers: Option<Answers>,
    servers: Option<&Servers>,
    sum: Option<&BoardSum>,
) -> Standard {
    let served = tier.serve.as_ref().zip(servers).map(|(serve, servers)| Served {
        by: Clean::known(serve.by.word()),
        skill: serve.skill.clone().unwrap_or_default(),
        unserved: sum.map_or(0, |sum| sum.unserved),
        filter: servers.left_out(&tier.id),
    });
    Standard {
        keep: text_of(tier.keep.as_ref()),
        confirm: tier.confirm,
        contact_every: tier.contact_every,
        answers,
        served,
    }
}

fn text_of(filter: Option<&Filter>) -> Clean {
    filter.map(|filter| Clean::washed(&filter.to_string()).0).unwrap_or_default()
}
