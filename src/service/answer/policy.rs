//! What is asked about policies: what is wrong with one, which there were, what one would do to the book.

use std::collections::BTreeMap;

use similar::{ChangeTag, TextDiff};

use super::Desk;
use crate::model::query::{
    Fate, Load, Move, PolicyAnswer, PolicyName, PolicyQuery, PolicyText, PolicyVersion, Preview, Shift,
    StepChange,
};
use crate::model::{Answer, Entry, Event, Id, Profile, Refusal, Rows, Value};
use crate::rules::playbook::Changed;
use crate::rules::policy::{Policy, PolicyError};
use crate::rules::{self, preview::Moved};
use crate::text::Clean;

/// An entry that put a policy in force, and its text.
struct Adoption {
    entry: Entry,
    version: i64,
    text: Clean,
}

impl Desk<'_> {
    pub(super) fn policy(&self, query: &PolicyQuery) -> Result<Answer, Refusal> {
        Ok(Answer::Policy(match query {
            PolicyQuery::Check { text } => {
                let reading = Policy::read(text.as_str());
                let mut faults = reading.policy.err().unwrap_or_default();
                faults.extend(reading.warnings);
                faults.sort_by_key(|fault| (fault.line, fault.column));
                PolicyAnswer::Checked(faults.iter().map(PolicyError::told).collect())
            }
            PolicyQuery::Text { version } => PolicyAnswer::Text(self.policy_text(*version)?),
            PolicyQuery::History => PolicyAnswer::History(self.policy_history()),
            PolicyQuery::Preview { text, against, limit } => {
                PolicyAnswer::Preview(Box::new(self.preview(text, against, *limit)?))
            }
        }))
    }

    fn policy_text(&self, version: Option<i64>) -> Result<PolicyText, Refusal> {
        let settings = self.head.snapshot.settings();
        let last = settings.version.unwrap_or(1);
        match version.filter(|version| *version != last) {
            None => Ok(PolicyText { version: last, text: settings.policy }),
            Some(version) => {
                let found = self.adoptions().into_iter().find(|adoption| adoption.version == version);
                let text = found.ok_or(Refusal::NoVersion(version, last))?.text;
                Ok(PolicyText { version, text })
            }
        }
    }

    /// The policies that were adopted, the newest first. What was taken back stays among them.
    fn policy_history(&self) -> Vec<PolicyVersion> {
        let adoptions = self.adoptions();
        let line = |nth: usize, adoption: &Adoption| PolicyVersion {
            version: adoption.version,
            seq: adoption.entry.seq,
            at: adoption.entry.at,
            by: self.maybe(adoption.entry.by),
            undone_by: self.head.snapshot.undone_by(adoption.entry.seq),
            lines: adoptions
                .get(nth + 1)
                .map_or((0, 0), |before| changed_lines(&before.text, &adoption.text)),
        };
        adoptions.iter().enumerate().map(|(nth, adoption)| line(nth, adoption)).collect()
    }

    /// Every adoption, the newest first; the making of the store is the first.
    fn adoptions(&self) -> Vec<Adoption> {
        let rows = &*self.head.snapshot;
        let mut adoptions = Vec::new();
        rows.history(Id::SETTINGS, u64::MAX, &mut |seq| {
            if let Some(entry) = rows.entry(seq)
                && let (Some(text), Some(version)) = (put(&entry, "policy"), put(&entry, "version"))
                && let (Value::Text(text), Value::Number(version)) = (text, version)
                && !matches!(entry.cause, crate::model::Cause::Undoes { .. })
            {
                adoptions.push(Adoption { entry, version, text });
            }
            true
        });
        adoptions
    }

    fn preview(&self, text: &Clean, against: &Clean, limit: u32) -> Result<Preview, Refusal> {
        let read = |text: &Clean| Policy::parse(text.as_str()).map_err(|errors| rules::bad_policy(&errors));
        let policy = read(text)?;
        let other = Some(against).filter(|text| !text.is_empty()).map(read).transpose()?;
        let (book, rows) = (&self.head.book, &*self.head.snapshot);
        let find = |n| book.profile(n);
        let in_force = &*self.head.policy;
        let mut preview = rules::preview::Preview::new(in_force, other.as_ref(), &policy, rows, self.now);
        let mut moved: Vec<(&Profile, Moved)> = Vec::new();
        for profile in book.profiles().filter(|profile| self.knows(profile.id)) {
            if let Some(to) = preview.see(profile, book, &find) {
                moved.push((profile, to));
            }
        }
        let rank = |(profile, to): &(&Profile, Moved)| {
            let is_tier = to.tier[0] != to.tier[1];
            (!is_tier, policy.rank(Some(&to.tier[1])), -profile.gist.bought.sum, profile.n())
        };
        moved.sort_by_cached_key(rank);
        let told = moved.len().min(limit as usize);
        let moves = moved[..told].iter().map(|(profile, to)| {
            let (rule, reasons) = preview.why(to, profile, book, rows);
            Move {
                customer: self.names.named(profile.id),
                owner: self.maybe(profile.gist.owner),
                tier: to.tier.clone(),
                stage: to.stage.clone(),
                confirmed: to.confirmed,
                rule,
                reasons,
            }
        });
        let moves = moves.collect();
        let mut steps = preview.steps();
        steps.retain(|step| step.after.customer.is_none_or(|customer| self.knows(customer)));
        steps.sort_by_key(|step| (step.fate, step.after.customer, step.task));
        let count = |fate| steps.iter().filter(|step| step.fate == fate).count() as u64;
        let told_steps = steps.len().min(limit as usize);
        Ok(Preview {
            steps: steps[..told_steps].iter().map(|step| self.step_change(step, &policy)).collect(),
            more_steps: (steps.len() - told_steps) as u64,
            dropped: count(Fate::Dropped),
            redated: count(Fate::Moved),
            born: count(Fate::Born),
            customers: preview.customers,
            names: names([other.as_ref().unwrap_or(in_force), &policy]),
            tiers: shifts(&preview.tiers, &policy),
            stages: preview.stages.iter().map(|(way, count)| shift(way, [*count, 0])).collect(),
            moves,
            more: (moved.len() - told) as u64,
            load: self.load(&preview.load),
        })
    }

    fn step_change(&self, step: &Changed, policy: &Policy) -> StepChange {
        let task = &step.after;
        let of = |policy: &Policy| {
            Some(policy.playbook(task.playbook.as_str())?.step(task.step.as_str())?.title.clone())
        };
        let unknown = || PolicyName { id: task.step.clone(), en: task.title.clone(), zh: task.title.clone() };
        let title = of(policy).or_else(|| of(&self.head.policy)).unwrap_or_else(unknown);
        let due = [step.before.as_ref().and_then(|task| task.due), task.due];
        let (from, to) = match step.fate {
            Fate::Dropped => (due[0], None),
            Fate::Moved => (due[0], due[1]),
            Fate::Born => (None, due[1]),
        };
        StepChange {
            task: step.before.as_ref().map(|_| step.task),
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
            done: asked.done,
            asked: asked.inbound,
        };
        let mut lines: Vec<Load> = asked.iter().map(line).collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.then));
        lines
    }
}

/// What an entry put into a field of the store's own record.
fn put(entry: &Entry, name: &str) -> Option<Value> {
    entry.events.iter().find_map(|event| match event {
        Event::Set { record: Id::SETTINGS, field, to, .. }
            if Id::SETTINGS.kind.field_name(field).as_str() == name =>
        {
            Some(to.clone())
        }
        Event::Created { record: Id::SETTINGS, values } => {
            let of = |(field, _): &&(_, Value)| Id::SETTINGS.kind.field_name(field).as_str() == name;
            values.iter().find(of).map(|(_, value)| value.clone())
        }
        _ => None,
    })
}

/// How many lines were added, and how many taken away.
fn changed_lines(before: &Clean, after: &Clean) -> (u32, u32) {
    let diff = TextDiff::from_lines(before.as_str(), after.as_str());
    diff.iter_all_changes().fold((0, 0), |(added, gone), change| match change.tag() {
        ChangeTag::Insert => (added + 1, gone),
        ChangeTag::Delete => (added, gone + 1),
        ChangeTag::Equal => (added, gone),
    })
}

/// What the tiers and stages of both are called; where they differ, as the second one has it.
fn names(policies: [&Policy; 2]) -> Vec<PolicyName> {
    let mut names: Vec<PolicyName> = Vec::new();
    for policy in policies.into_iter().rev() {
        let tiers = policy.tiers.iter().map(|tier| &tier.name);
        for name in tiers.chain(policy.stages.iter().map(|stage| &stage.name)) {
            if names.iter().all(|known| known.id != name.id) {
                names.push(name.clone());
            }
        }
    }
    names
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
