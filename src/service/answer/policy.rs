//! What is asked about policies: what is wrong with one, which there were, what one would do to the book.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::Desk;
use super::effect::Footprint;
use crate::filter::{CustomerField, Field, FieldRef};
use crate::model::query::{
    self, Effect, Fate, Load, Move, PolicyAnswer, PolicyName, PolicyQuery, PolicyText, PolicyVersion,
    Preview, Return, Shift, StepChange,
};
use crate::model::{
    Answer, Cause, Entry, Event, Id, Instant, Kind, Profile, Refusal, Row, Rows, Sight, Value,
};
use crate::rules;
use crate::rules::playbook::Changed;
use crate::rules::policy::{Ground, People, Policy, PolicyError};
use crate::rules::preview::{Moved, Pooled, Pooling, a_week};
use crate::rules::rights::is_policy;
use crate::text::{Clean, lines};

/// The most customers of a preview that are sent at once: a message has room for the reasons of so many.
const MOST: u32 = 20_000;

/// How many customers are told of.
#[derive(Clone, Copy)]
struct Limits {
    /// At most.
    all: u32,
    /// Of those that go the same way.
    each: u32,
}

impl Limits {
    /// The first of those that go each way.
    fn of<'a, T, W: Ord>(self, rows: &'a [T], way: impl Fn(&'a T) -> W) -> impl Iterator<Item = &'a T> {
        let mut told: BTreeMap<W, u32> = BTreeMap::new();
        let is_told = move |row: &&'a T| {
            let count = told.entry(way(row)).or_default();
            *count += 1;
            *count <= self.each
        };
        rows.iter().filter(is_told).take(self.all as usize)
    }
}

/// An entry that put a policy in force, its text, and that of the one before.
struct Adoption {
    entry: Entry,
    version: i64,
    text: Clean,
    before: Option<(i64, Clean)>,
}

impl Desk<'_> {
    pub(super) fn policy(&self, query: &PolicyQuery) -> Result<Answer, Refusal> {
        Ok(Answer::Policy(match query {
            PolicyQuery::Check { text } => {
                let ground = Ground::of(&self.head.snapshot.settings()).with(self.people());
                let reading = Policy::read_for(text.as_str(), Some(&ground));
                let mut faults = reading.policy.err().unwrap_or_default();
                faults.extend(reading.warnings);
                faults.sort_by_key(|fault| (fault.line, fault.column));
                PolicyAnswer::Checked(faults.iter().map(PolicyError::told).collect())
            }
            PolicyQuery::Text { version } => PolicyAnswer::Text(self.policy_text(*version)?),
            PolicyQuery::History => PolicyAnswer::History(self.policy_history()),
            PolicyQuery::Effect { seq } => PolicyAnswer::Effect(Box::new(self.effect(*seq)?)),
            PolicyQuery::Preview { text, against, limit, each } => {
                let limits = Limits { all: (*limit).min(MOST), each: *each };
                PolicyAnswer::Preview(Box::new(self.preview(text, against, limits)?))
            }
        }))
    }

    /// What the people of the book are there for: a policy that asks for anything else asks nobody.
    fn people(&self) -> People {
        let duty = FieldRef::Field(Field::Customer(CustomerField::Duty));
        let mut skills = BTreeSet::new();
        self.head.snapshot.each_row(Kind::Member, 1, &mut |_, row| {
            if let Row::Member(member) = row
                && !member.left
            {
                skills.extend(member.skills.iter().map(Clean::to_string));
            }
            true
        });
        People { duties: self.head.book.values(&duty, self.lens(), &Sight::All), skills }
    }

    fn policy_text(&self, version: Option<i64>) -> Result<PolicyText, Refusal> {
        let settings = self.head.snapshot.settings();
        let in_force = settings.version.unwrap_or(1);
        let Some(version) = version.filter(|version| *version != in_force) else {
            return Ok(PolicyText { version: in_force, text: settings.policy });
        };
        let adoptions = self.adoptions();
        let last = adoptions.iter().map(|adoption| adoption.version).max().unwrap_or(in_force);
        let found = adoptions.into_iter().find(|adoption| adoption.version == version);
        let text = found.ok_or(Refusal::NoVersion(version, last))?.text;
        Ok(PolicyText { version, text })
    }

    /// The policies that were put in force, the newest first: adopted, or by an undo. What was taken back stays among
    /// them.
    fn policy_history(&self) -> Vec<PolicyVersion> {
        let line = |Adoption { entry, version, text, before }: &Adoption| PolicyVersion {
            version: *version,
            seq: entry.seq,
            at: entry.at,
            by: self.maybe(entry.by),
            undone_by: self.head.snapshot.undone_by(entry.seq),
            undoes: match entry.cause {
                Cause::Undoes { seq } => Some(seq),
                _ => None,
            },
            lines: before
                .as_ref()
                .map_or((0, 0), |(_, before)| lines::changed(before.as_str(), text.as_str())),
        };
        self.adoptions().iter().map(line).collect()
    }

    /// Every entry that put a policy in force, the newest first; the making of the store is the first.
    fn adoptions(&self) -> Vec<Adoption> {
        let rows = &*self.head.snapshot;
        let mut adoptions = Vec::new();
        rows.history(Id::SETTINGS, u64::MAX, &mut |seq| {
            adoptions.extend(rows.entry(seq).and_then(adoption));
            true
        });
        adoptions
    }

    /// What an entry that put a policy in force did to the book: what the program wrote behind it until all was graded.
    fn effect(&self, seq: u64) -> Result<Effect, Refusal> {
        let rows = &*self.head.snapshot;
        let Adoption { version, text, before, .. } =
            rows.entry(seq).and_then(adoption).ok_or(Refusal::NoEntry(seq))?;
        let policies = before.iter().map(|(_, text)| text).chain([&text]);
        let policies: Vec<Policy> = policies.filter_map(|text| Policy::parse(text.as_str()).ok()).collect();
        let mut footprint = Footprint::default();
        let knows = |id: Id| match id.kind {
            Kind::Customer => self.knows(id),
            _ => rows.row(id).and_then(|row| row.customer()).is_some_and(|customer| self.knows(customer)),
        };
        let mut its = HashSet::new();
        for entry in (seq + 1..=rows.head()).map_while(|seq| rows.entry(seq)) {
            if entry.events.iter().any(is_policy) {
                break;
            }
            let is_its = match entry.cause {
                Cause::Due { .. } => true,
                Cause::Follows { seq } if its.contains(&seq) => true,
                _ => rules::restore::is_restored(&entry),
            };
            if is_its {
                its.insert(entry.seq);
                if !footprint.follow(entry, &knows) {
                    break;
                }
            }
        }
        let names = match policies.as_slice() {
            [before, after] => names([before, after]),
            [only] => names([only, only]),
            _ => Vec::new(),
        };
        Ok(Effect { version, before: before.map(|(version, _)| version), names, ..footprint.effect() })
    }

    fn preview(&self, text: &Clean, against: &Clean, limits: Limits) -> Result<Preview, Refusal> {
        let ground = Ground::of(&self.head.snapshot.settings());
        let read = |text: &Clean| rules::readable(text, &ground);
        let policy = read(text)?;
        let other = Some(against).filter(|text| !text.is_empty()).map(read).transpose()?;
        let (book, rows) = (&self.head.book, &*self.head.snapshot);
        let find = |n| book.profile(n);
        let in_force = &*self.head.policy;
        let mut preview = rules::preview::Preview::new(in_force, other.as_ref(), &policy, rows, self.now);
        let mut moved: Vec<(&Profile, Moved)> = Vec::new();
        let mut pooled: Vec<(&Profile, Pooled)> = Vec::new();
        for profile in book.profiles().filter(|profile| self.knows(profile.id)) {
            let foreseen = preview.see(profile, book, &find);
            moved.extend(foreseen.moved.map(|to| (profile, to)));
            pooled.extend(foreseen.pooled.map(|to| (profile, to)));
        }
        let rank = |(profile, to): &(&Profile, Moved)| {
            let is_tier = to.tier[0] != to.tier[1];
            (!is_tier, policy.rank(Some(&to.tier[1])), -profile.gist.bought.sum, profile.n())
        };
        moved.sort_by_cached_key(rank);
        let soonest = |to: &Pooled| to.returns.map(|at| (at.is_none(), at));
        pooled.sort_by_cached_key(|(profile, to)| {
            let [before, after] = soonest(to);
            (after, before, profile.n())
        });
        let moves: Vec<Move> = limits
            .of(&moved, |(_, to)| way(to))
            .map(|(profile, to)| self.told_move(&preview, profile, to))
            .collect();
        let returns: Vec<Return> = limits
            .of(&pooled, |(_, to)| to.returns.map(|at| at.is_some()))
            .map(|(profile, to)| self.told_return(&preview, profile, to))
            .collect();
        let before = other.as_ref().unwrap_or(in_force);
        let [up, down] = ups_and_downs(&preview.tiers, before, &policy);
        let mut steps = preview.steps();
        steps.retain(|step| step.after.customer.is_none_or(|customer| self.knows(customer)));
        steps.sort_by_key(|step| (step.fate, step.after.customer, step.task));
        let count = |fate| steps.iter().filter(|step| step.fate == fate).count() as u64;
        let told_steps = steps.len().min(limits.all as usize);
        Ok(Preview {
            steps: steps[..told_steps].iter().map(|step| self.step_change(step, [before, &policy])).collect(),
            more_steps: (steps.len() - told_steps) as u64,
            dropped: count(Fate::Dropped),
            redated: count(Fate::Moved),
            born: count(Fate::Born),
            planned: preview.planned,
            customers: preview.customers,
            names: names([before, &policy]),
            up,
            down,
            tiers: shifts(&preview.tiers, &policy),
            stages: preview.stages.iter().map(|(way, count)| shift(way, [*count, 0])).collect(),
            more: (moved.len() - moves.len()) as u64,
            moves,
            load: self.load(&preview.load),
            capacity: policy.capacity,
            pooling: preview.pooling.map(|Pooling { soon, later }| query::Pooling { soon, later }),
            spared: preview.spared,
            more_returns: (returning(pooled.iter().map(|(_, to)| to.returns))
                - returning(returns.iter().map(|to| to.at))) as u64,
            returns,
        })
    }

    fn told_move(&self, preview: &rules::preview::Preview, profile: &Profile, to: &Moved) -> Move {
        let head = preview.inherits(to, profile, &self.head.book).map(Id::customer);
        let (rule, reasons) = match head {
            Some(_) => Default::default(),
            None => preview.why(to, profile, &self.head.book, &*self.head.snapshot),
        };
        Move {
            customer: self.names.named(profile.id),
            owner: self.maybe(profile.gist.owner),
            tier: to.tier.clone(),
            stage: to.stage.clone(),
            confirmed: to.confirmed,
            rule,
            reasons,
            head: head.filter(|head| self.knows(*head)).map(|head| self.names.named(head)),
        }
    }

    fn told_return(&self, preview: &rules::preview::Preview, profile: &Profile, to: &Pooled) -> Return {
        let rule = preview.returning(to);
        Return {
            customer: self.names.named(profile.id),
            owner: self.maybe(profile.gist.owner),
            pool: to.pool.clone(),
            at: to.returns,
            warned: to.warned,
            rule: rule.map(|rule| Clean::washed(&rule.when.to_string()).0).unwrap_or_default(),
            en: rule.map(|rule| rule.en.clone()).unwrap_or_default(),
            zh: rule.map(|rule| rule.zh.clone()).unwrap_or_default(),
        }
    }

    fn step_change(&self, step: &Changed, [before, policy]: [&Policy; 2]) -> StepChange {
        let task = &step.after;
        let of = |policy: &Policy| {
            Some(policy.playbook(task.playbook.as_str())?.step(task.step.as_str())?.title.clone())
        };
        let unknown = || PolicyName { id: task.step.clone(), en: task.title.clone(), zh: task.title.clone() };
        let title =
            of(policy).or_else(|| of(before)).or_else(|| of(&self.head.policy)).unwrap_or_else(unknown);
        let due = [step.before.as_ref().and_then(|task| task.due), task.due];
        let (from, to) = match step.fate {
            Fate::Dropped => (due[0], None),
            Fate::Moved => (due[0], due[1]),
            Fate::Born => (None, due[1]),
        };
        StepChange {
            task: self.head.snapshot.task(step.task).map(|_| step.task),
            customer: self.maybe(task.customer),
            assignee: self.maybe(task.assignee),
            playbook: task.playbook.clone(),
            step: PolicyName { id: task.step.clone(), ..title },
            fate: step.fate,
            due: [from, to],
        }
    }

    /// Whom the standards ask most of, first.
    fn load(&self, asked: &BTreeMap<Option<Id>, rules::preview::Asked>) -> Vec<Load> {
        let line = |(who, asked): (&Option<Id>, &rules::preview::Asked)| Load {
            who: self.maybe(*who),
            customers: asked.customers,
            now: asked.wanted[0],
            then: asked.wanted[1],
            done: a_week(asked.done),
            asked: a_week(asked.asked),
            answers: asked.answered.each_ref().map(|answered| a_week(answered.asked.into())),
            in_time: a_week(asked.answered[1].in_time.into()),
        };
        let mut lines: Vec<Load> = asked.iter().map(line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.then + line.answers[1]));
        lines
    }
}

/// What an entry is that puts a policy in force.
fn adoption(entry: Entry) -> Option<Adoption> {
    let (from, Value::Text(text)) = put(&entry, "policy")? else { return None };
    let (was, Value::Number(version)) = put(&entry, "version")? else { return None };
    let before = match (was, from) {
        (Value::Number(version), Value::Text(text)) => Some((version, text)),
        _ => None,
    };
    Some(Adoption { entry, version, text, before })
}

/// How many of these return, before or after.
fn returning(returns: impl Iterator<Item = [Option<Instant>; 2]>) -> usize {
    returns.filter(|at| *at != [None; 2]).count()
}

/// From where to where: of a tier, where that changes; true: of a stage.
fn way(to: &Moved) -> (bool, &[Clean; 2]) {
    if to.tier[0] == to.tier[1] { (true, &to.stage) } else { (false, &to.tier) }
}

/// What an entry put into a field of the store's own record, and what was there before.
fn put(entry: &Entry, name: &str) -> Option<(Value, Value)> {
    let set = entry.sets(Id::SETTINGS, name).map(|(from, to)| (from.clone(), to.clone()));
    let made = |event: &Event| match event {
        Event::Created { record: Id::SETTINGS, values } => {
            let of = |(field, _): &&(_, Value)| Kind::Settings.field_name(field) == name;
            values.iter().find(of).map(|(_, value)| (Value::Absent, value.clone()))
        }
        _ => None,
    };
    set.or_else(|| entry.events.iter().find_map(made))
}

/// What the tiers, stages and pools of both are called; where they differ, as the second one has it.
fn names(policies: [&Policy; 2]) -> Vec<PolicyName> {
    let mut names: Vec<PolicyName> = Vec::new();
    for policy in policies.into_iter().rev() {
        let tiers = policy.tiers.iter().map(|tier| &tier.name);
        let stages = policy.stages.iter().map(|stage| &stage.name);
        for name in tiers.chain(stages).chain(policy.pools.iter().map(|pool| &pool.name)) {
            if names.iter().all(|known| known.id != name.id) {
                names.push(name.clone());
            }
        }
    }
    names
}

/// How many move up, and how many down. A tier that goes on under another id moves nobody.
fn ups_and_downs(tiers: &BTreeMap<[Clean; 2], [u64; 2]>, before: &Policy, after: &Policy) -> [u64; 2] {
    let named = |policy: &Policy, id: &Clean| {
        policy.tier(id.as_str()).map(|tier| (tier.name.en.clone(), tier.name.zh.clone()))
    };
    let is_rename = |from, to| named(before, from).is_some_and(|name| named(after, to) == Some(name));
    let moving = tiers.iter().filter(|([from, to], _)| !is_rename(from, to));
    moving.fold([0; 2], |[up, down], ([from, to], [count, _])| match ordering([from, to], [before, after]) {
        Ordering::Less => [up + count, down],
        Ordering::Equal => [up, down],
        Ordering::Greater => [up, down + count],
    })
}

/// Where a tier stands to the one before it: less is higher. Tiers that both policies know are told apart by the policy
/// after; of others it can only be said which place they have, counted from the top, and that the last one of each
/// takes everybody else.
fn ordering([from, to]: [&Clean; 2], [before, after]: [&Policy; 2]) -> Ordering {
    let knows = |policy: &Policy, tier: &Clean| policy.tier(tier.as_str()).is_some();
    let are_in_both = [from, to].into_iter().all(|tier| knows(before, tier) && knows(after, tier));
    let is_last = |policy: &Policy, tier: &Clean| policy.tiers.last().is_some_and(|last| last.id == *tier);
    if !are_in_both && is_last(before, from) && is_last(after, to) {
        return Ordering::Equal;
    }
    let was_under = if are_in_both { after } else { before };
    after.rank(Some(to)).cmp(&was_under.rank(Some(from)))
}

/// Into the highest tiers first.
fn shifts(tiers: &BTreeMap<[Clean; 2], [u64; 2]>, policy: &Policy) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = tiers.iter().map(|(way, counts)| shift(way, *counts)).collect();
    shifts.sort_by_key(|shift| (policy.rank(Some(&shift.to)), policy.rank(Some(&shift.from))));
    shifts
}

fn shift([from, to]: &[Clean; 2], [count, waiting]: [u64; 2]) -> Shift {
    Shift { from: from.clone(), to: to.clone(), count, waiting }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(tiers: &[&str]) -> Policy {
        let tier = |(nth, id): (usize, &&str)| {
            let rule = format!("enter = \"orders() > {}\"", 9 - nth);
            let enter = if nth + 1 < tiers.len() { rule } else { String::new() };
            format!("[[tier]]\nid = \"{id}\"\nname = {{ en = \"{id}\", zh = \"{id}\" }}\n{enter}\n")
        };
        let stage =
            "[[stage]]\nid = \"any\"\nname = { en = \"Any\", zh = \"全部\" }\nwhen = \"orders() >= 0\"\n";
        let text =
            "schema = 1\n".to_owned() + &tiers.iter().enumerate().map(tier).collect::<String>() + stage;
        Policy::parse(&text).unwrap()
    }

    #[test]
    fn a_move_goes_up_or_down_by_the_rank_in_one_policy_or_else_by_the_place_from_the_top() {
        let counted = |before: &[&str], after: &[&str], [from, to]: [&str; 2]| {
            let moves = BTreeMap::from([([from, to].map(|id| Clean::washed(id).0), [1, 0])]);
            ups_and_downs(&moves, &policy(before), &policy(after))
        };
        let abc = &["A", "B", "C"];
        for (before, after, way, told) in [
            (abc, &["A", "B", "C"][..], ["B", "A"], [1, 0]),
            // The second policy turned them round: B is the better one now.
            (abc, &["B", "A", "C"], ["A", "B"], [1, 0]),
            (abc, &["B", "A", "C"], ["B", "A"], [0, 1]),
            (abc, &["gold", "silver", "basic"], ["A", "gold"], [0, 0]),
            (abc, &["gold", "silver", "basic"], ["B", "gold"], [1, 0]),
            (abc, &["gold", "silver", "basic"], ["B", "basic"], [0, 1]),
            (abc, &["hot", "cold"], ["B", "cold"], [0, 0]),
            (abc, &["hot", "cold"], ["C", "hot"], [1, 0]),
            (abc, &["hot", "cold"], ["C", "cold"], [0, 0]),
            (abc, &["a", "b", "c", "d"], ["C", "d"], [0, 0]),
        ] {
            assert_eq!(counted(before, after, way), told, "{way:?} {after:?}");
        }
    }
}
