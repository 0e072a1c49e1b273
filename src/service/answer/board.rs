//! The team's board, and how a customer came from tier to tier.

use std::collections::{BTreeSet, HashMap};

use super::Desk;
use crate::filter::{Filter, MAX_LENGTH, MAX_VALUES};
use crate::model::board::MOVED_DAYS;
use crate::model::query::{
    Answers, Board, BoardLine, PolicyName, Served, Standard, TierLine, TierStep, Which,
};
use crate::model::{Answer, Cause, Day, Entry, Event, Id, Instant, Kind, Refusal, Rows, Value};
use crate::rules::grade::read_kept;
use crate::rules::policy::Tier;
use crate::rules::restore::{is_restored, restored_from};
use crate::rules::standard::{self, Answered, Servers, median};
use crate::search::{Asked, BoardSum};
use crate::text::{Clean, Money};

/// Of a tier and of a stage: what it was before, where it became another.
type Before = [Option<Clean>; 2];

/// Who moved into a tier or stage, and out of it.
type Movement = HashMap<Clean, Moved>;

/// Who came, and who left.
#[derive(Default)]
struct Moved {
    came: Vec<u64>,
    left: Vec<u64>,
}

impl Moved {
    /// The filter that shows them, as far as one can name so many.
    fn filter(&self) -> Clean {
        let numbers: BTreeSet<u64> = self.came.iter().chain(&self.left).copied().collect();
        let ids: Vec<String> = numbers.into_iter().map(|n| Id::customer(n).to_string()).collect();
        let parts = ids.chunks(MAX_VALUES).map(|ids| format!("id:{}", ids.join(",")));
        let filter = parts.collect::<Vec<_>>().join(" or ");
        if filter.len() <= MAX_LENGTH { Clean::washed(&filter).0 } else { Clean::default() }
    }
}

impl Desk<'_> {
    pub(super) fn board(&self) -> Board {
        let policy = &self.head.policy;
        let rows = &*self.head.snapshot;
        let servers = standard::servers(rows, policy);
        let tier_of = |n: u64| {
            let gist = self.head.book.gist(n).filter(|gist| !gist.archived)?;
            self.head.book.sees(n, &self.sight).then(|| policy.rank(Some(&gist.tier)))
        };
        let answered = standard::answered(rows, policy, self.now, &tier_of);
        let stages: Vec<Clean> = policy.stages.iter().map(|stage| stage.id.clone()).collect();
        let moved_since = Day(self.lens().today().0 - MOVED_DAYS + 1);
        let is_served = |gist: &crate::model::Gist| {
            let servers = servers.get(policy.rank(Some(&gist.tier))).and_then(Option::as_ref);
            servers.is_none_or(|servers| servers.serve(gist.owner, gist.team))
        };
        let asked = Asked { stages: &stages, moved_since, is_served: &is_served };
        let sums = self.head.book.board(self.lens(), &self.sight, &asked);
        let [moved_tiers, moved_stages] = self.movement(&sums.recent, moved_since);
        let tier = |nth: usize, tier: &Tier| {
            let sum = sums.tiers.iter().find(|sum| sum.sum.tier == tier.id);
            let standard = standard_of(tier, &answered[nth], servers[nth].as_ref(), sum);
            let line = self.board_line(tier.name.clone(), sum, moved_tiers.get(&tier.id));
            BoardLine { rule: text_of(tier.enter.as_ref()), standard: Some(standard), ..line }
        };
        let stage = |stage: &crate::rules::policy::Stage| {
            let sum = sums.stages.iter().find(|sum| sum.sum.tier == stage.id);
            let line = self.board_line(stage.name.clone(), sum, moved_stages.get(&stage.id));
            BoardLine { rule: text_of(Some(&stage.when)), ..line }
        };
        let nameless = PolicyName { id: Clean::default(), en: Clean::default(), zh: Clean::default() };
        let none = |sums: &[BoardSum], moved: &Movement| {
            let sum = sums.iter().find(|sum| sum.sum.tier.is_empty() && sum.sum.count > 0);
            sum.map(|sum| self.board_line(nameless.clone(), Some(sum), moved.get(&Clean::default())))
        };
        let tiers = policy.tiers.iter().enumerate().map(|(nth, of)| tier(nth, of));
        Board {
            tiers: tiers.chain(none(&sums.tiers, &moved_tiers)).collect(),
            stages: policy.stages.iter().map(stage).chain(none(&sums.stages, &moved_stages)).collect(),
        }
    }

    /// A line of the board without its rule and its standard.
    fn board_line(&self, name: PolicyName, sum: Option<&BoardSum>, moved: Option<&Moved>) -> BoardLine {
        let count = |of: fn(&Moved) -> &Vec<u64>| moved.map_or(0, |moved| of(moved).len() as u32);
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
            came: count(|moved| &moved.came),
            left: count(|moved| &moved.left),
            movers: moved.map(Moved::filter).unwrap_or_default(),
            days: since.map(|since| u32::try_from(today.0 - since.0).unwrap_or(0)),
            rule: Clean::default(),
            standard: None,
        }
    }

    /// Who came into each tier and stage since a day, and who left it: where customers stood then against where they
    /// stand. `recent` are all who can have moved. Each entry of the journal that moved any is read once.
    fn movement(&self, recent: &[(u64, [Clean; 2])], since: Day) -> [Movement; 2] {
        let rows = &*self.head.snapshot;
        let first = self.first_entry(self.lens().start_of(since));
        let mut entries: HashMap<u64, HashMap<u64, Before>> = HashMap::new();
        let mut moved = [Movement::new(), Movement::new()];
        for (n, now) in recent {
            let mut then: Before = [None, None];
            rows.moves(Id::customer(*n), &mut |seq| {
                if seq < first {
                    return false;
                }
                let entry =
                    entries.entry(seq).or_insert_with(|| rows.entry(seq).map(befores).unwrap_or_default());
                for (then, before) in then.iter_mut().zip(entry.get(n).cloned().unwrap_or_default()) {
                    *then = before.or(then.take());
                }
                true
            });
            for ((moved, now), then) in moved.iter_mut().zip(now).zip(then) {
                if let Some(then) = then.filter(|then| then != now) {
                    moved.entry(now.clone()).or_default().came.push(*n);
                    moved.entry(then).or_default().left.push(*n);
                }
            }
        }
        moved
    }

    /// The place of the first entry of the journal that is not before a moment.
    fn first_entry(&self, at: Instant) -> u64 {
        let rows = &self.head.snapshot;
        let (mut from, mut to) = (1, rows.head() + 1);
        while from < to {
            let middle = from.midpoint(to);
            if rows.entry(middle).is_some_and(|entry| entry.at < at) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        from
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
            let Some(entry) = rows.entry(seq).filter(|entry| set_in(entry, id, "tier").is_some()) else {
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
        let [tier, why] = ["tier", "tier_why"].map(|field| set_in(entry, id, field));
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
        let at = match entry.cause {
            Cause::Due { at, .. } => at,
            _ => entry.at,
        };
        Some(TierStep { at, from: from.clone(), to, by: self.maybe(by), reason, facts })
    }

    /// Who set the tier by hand, or left it to the rules again, so that it moved in an entry; and why.
    fn by_hand(&self, id: Id, moved: &Entry) -> Option<(Option<Id>, Clean)> {
        let rows = &self.head.snapshot;
        let mut found = None;
        rows.history(id, moved.seq, &mut |seq| {
            let Some(entry) = rows.entry(seq).filter(|entry| entry.at == moved.at) else { return false };
            if set_in(&entry, id, "tier_fixed").is_some() {
                let reason = match set_in(&entry, id, "tier_reason") {
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

/// What an entry makes of a field of a record: from what, and to what.
fn set_in<'e>(entry: &'e Entry, id: Id, name: &str) -> Option<(&'e Value, &'e Value)> {
    let is_it = |code: u8| Kind::Customer.info(code).is_some_and(|info| info.name == name);
    entry.events.iter().find_map(|event| match event {
        Event::Set { record, field, from, to } if *record == id && is_it(field.code) => Some((from, to)),
        _ => None,
    })
}

/// For each customer that an entry moves, the tier and the stage before.
fn befores(entry: Entry) -> HashMap<u64, Before> {
    let codes = ["tier", "stage"].map(|name| Kind::Customer.field(name).map(|(field, _)| field.code));
    let mut all: HashMap<u64, Before> = HashMap::new();
    for event in entry.events {
        if event.moves().is_none() {
            continue;
        }
        if let Event::Set { record, field, from: Value::Text(from), .. } = event
            && let Some(nth) = codes.iter().position(|code| *code == Some(field.code))
        {
            all.entry(record.n).or_default()[nth].get_or_insert(from);
        }
    }
    all
}

/// What a tier asks for, and how that is kept to.
fn standard_of(
    tier: &Tier,
    answered: &Answered,
    servers: Option<&Servers>,
    sum: Option<&BoardSum>,
) -> Standard {
    let answers = tier.answer_within.as_ref().map(|within| Answers {
        within: Clean::washed(&within.span.to_string()).0,
        calendar: within.clock.calendar(),
        asked: answered.asked,
        in_time: answered.in_time,
        median: answered.median(),
    });
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
