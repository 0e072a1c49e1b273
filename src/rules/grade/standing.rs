//! Why a customer stands where it stands.

use super::{Grader, confirmed};
use crate::filter::{self, Filter, Got, Kin, KinOf, Lens, Prepared, Referent, Seen};
use crate::model::query::{Reason, Standing};
use crate::model::{Day, Id, Instant, Kind, Profile, Rows};
use crate::rules::names::name_of;
use crate::text::Clean;

impl Grader<'_> {
    /// Why a customer has its tier: for `gx why`.
    pub fn tier_standing(&self, rows: &dyn Rows, profile: &Profile) -> Standing {
        let customer = &profile.customer;
        let kin = KinOf(rows);
        let seen = Seen::new(profile, &self.lens, &kin);
        let nth = self.policy.rank(Some(&customer.tier));
        let mut standing =
            Standing { id: customer.tier.clone(), since: customer.tier_since, ..Standing::default() };
        if self.fixed(profile).is_some() {
            standing.fixed = Some((customer.tier_reason.clone(), customer.tier_until));
        }
        if let (Some(tier), Some((enter, keep))) = (self.policy.tiers.get(nth), self.tiers.get(nth)) {
            standing.kept = enter.as_ref().is_some_and(|enter| !enter.matches(&seen));
            let (rule, prepared) =
                if standing.kept && keep.is_some() { (&tier.keep, keep) } else { (&tier.enter, enter) };
            standing.rule = rule.as_ref().map(text_of).unwrap_or_default();
            standing.keep = tier.keep.as_ref().map(text_of).unwrap_or_default();
            standing.reasons = prepared.as_ref().map(|p| reasons(p, &seen, rows)).unwrap_or_default();
        }
        if let Some(above) = nth.checked_sub(1).filter(|above| *above < self.tiers.len()) {
            let missing =
                self.tiers[above].0.as_ref().map(|enter| reasons(enter, &seen, rows)).unwrap_or_default();
            standing.above = Some((self.policy.tiers[above].id.clone(), missing));
        }
        if let (Some(tier), Some(since)) =
            (self.policy.tier(customer.tier_next.as_str()), customer.tier_next_since)
        {
            standing.pending = Some((tier.id.clone(), confirmed(tier, since)));
        }
        standing
    }

    /// The rule that moves a customer from a tier (or else a stage) to another, and its conditions with the facts:
    /// upwards, that which lets it in; downwards, that which does not keep it. Into the last tier nobody is let in:
    /// there it is the rule of the tier above, which does not hold.
    pub fn decider(
        &self,
        profile: &Profile,
        (kin, rows): (&dyn Kin, &dyn Rows),
        tier: &[Clean; 2],
        stage: &[Clean; 2],
    ) -> (Clean, Vec<Reason>) {
        let seen = Seen::new(profile, &self.lens, kin);
        let (rule, prepared) = if tier[0] == tier[1] {
            let nth = self.policy.stages.iter().position(|rule| rule.id == stage[1]);
            nth.map_or((None, None), |nth| (Some(&self.policy.stages[nth].when), Some(&self.stages[nth])))
        } else {
            let [from, to] = [&tier[0], &tier[1]].map(|tier| self.policy.rank(Some(tier)));
            let last = self.tiers.len().saturating_sub(1);
            let nth = if to == last && from > last { last.saturating_sub(1) } else { from.min(to).min(last) };
            let (rules, (enter, keep)) = (&self.policy.tiers[nth], &self.tiers[nth]);
            let kept = from < to && keep.is_some();
            if kept { (rules.keep.as_ref(), keep.as_ref()) } else { (rules.enter.as_ref(), enter.as_ref()) }
        };
        let reasons = prepared.map(|prepared| reasons(prepared, &seen, rows)).unwrap_or_default();
        (rule.map(text_of).unwrap_or_default(), reasons)
    }

    /// The conditions that decide on a move to a tier, as a record keeps them: of the rule that lets in those that
    /// hold, of the one that does not keep those that do not. Nothing where no rule of its own decides: for the first
    /// tier, by hand, or by the head of its group.
    pub(super) fn deciding(
        &self,
        profile: &Profile,
        (kin, rows): (&dyn Kin, &dyn Rows),
        to: &Clean,
    ) -> Clean {
        let from = &profile.customer.tier;
        let [before, after] = [from, to].map(|tier| self.policy.rank(Some(tier)));
        let enter = self.tiers.get(after).and_then(|(enter, _)| enter.as_ref());
        let is_up = after < before;
        let is_let_in = || enter.is_some_and(|enter| enter.matches(&Seen::new(profile, &self.lens, kin)));
        if from.is_empty() || self.fixed(profile).is_some() || is_up && !is_let_in() {
            return Clean::default();
        }
        let stage = &profile.customer.stage;
        let (_, mut reasons) =
            self.decider(profile, (kin, rows), &[from.clone(), to.clone()], &[stage.clone(), stage.clone()]);
        reasons.retain(|reason| reason.holds == is_up);
        kept(&reasons)
    }

    /// Why a customer has its stage.
    pub fn stage_standing(&self, rows: &dyn Rows, profile: &Profile) -> Standing {
        let customer = &profile.customer;
        let kin = KinOf(rows);
        let seen = Seen::new(profile, &self.lens, &kin);
        let mut standing =
            Standing { id: customer.stage.clone(), since: customer.stage_since, ..Standing::default() };
        if let Some(nth) = self.policy.stages.iter().position(|stage| stage.id == customer.stage) {
            standing.rule = text_of(&self.policy.stages[nth].when);
            standing.reasons = reasons(&self.stages[nth], &seen, rows);
        }
        standing
    }
}

/// Between a condition that is kept and its fact.
const FACT: &str = " = ";

/// A record keeps at most so many bytes of conditions and facts.
const KEPT: usize = 2000;

/// Conditions and their facts as a record keeps them, a line for each.
fn kept(reasons: &[Reason]) -> Clean {
    let mut lines = String::new();
    for reason in reasons {
        let line = match reason.fact.as_str() {
            "" => reason.condition.to_string(),
            fact => format!("{}{FACT}{fact}", reason.condition),
        };
        if lines.len() + line.len() < KEPT {
            lines = if lines.is_empty() { line } else { lines + "\n" + &line };
        }
    }
    Clean::washed(&lines).0
}

/// The conditions and facts that a record keeps.
pub fn read_kept(text: &Clean, hold: bool) -> Vec<Reason> {
    let read = |line: &str| {
        let (condition, fact) = line.rsplit_once(FACT).unwrap_or((line, ""));
        let [condition, fact] = [condition, fact].map(|text| Clean::washed(text).0);
        Reason { condition, fact, holds: hold }
    };
    text.as_str().lines().map(read).collect()
}

fn text_of(filter: &Filter) -> Clean {
    Clean::washed(&filter.to_string()).0
}

fn reasons(prepared: &Prepared, seen: &Seen, rows: &dyn Rows) -> Vec<Reason> {
    let reason = |reason: filter::Reason<'_>| Reason {
        condition: Clean::washed(&reason.condition).0,
        fact: Clean::washed(&shown(&reason, seen.lens, rows)).0,
        holds: reason.held,
    };
    prepared.explain(seen).into_iter().map(reason).collect()
}

/// What a customer really has, as people read it: ages in days, amounts with separators; empty where there is nothing.
fn shown(reason: &filter::Reason<'_>, lens: &Lens, rows: &dyn Rows) -> String {
    let is_age = reason.field.is_some_and(|field| field.kind() == filter::Kind::Age);
    let day = |day: Day| if is_age { format!("{}d", lens.today().0 - day.0) } else { day.date().to_string() };
    let called = |n: u64| {
        let kind = match reason.field.map(filter::FieldRef::kind) {
            Some(filter::Kind::Ref(Referent::Member)) => Kind::Member,
            Some(filter::Kind::Ref(Referent::Team)) => Kind::Team,
            // Not everybody may know what other records are called.
            _ => return n.to_string(),
        };
        name_of(rows, Id::new(kind, n)).line()
    };
    match &reason.got {
        Got::Absent | Got::Many(_) => String::new(),
        Got::Text(text) => (*text).to_owned(),
        Got::Texts(texts) => texts.iter().map(Clean::as_str).collect::<Vec<_>>().join(", "),
        Got::Number(number) => number.to_string(),
        Got::Money(money) => money.grouped(true),
        Got::Day(date) => day(Day::from(*date)),
        Got::Instant(at) => day(Instant::from(*at).day(lens.ground().zone)),
        Got::Bool(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
        Got::Id(n) => called(*n),
        Got::Ids(ids) => ids.iter().map(|n| called(*n)).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ground;
    use crate::rules::testing::{LEAD, Office};

    #[test]
    fn a_fact_that_is_a_member_says_who() {
        let office = Office::new();
        let lens = Lens::new(office.now, Ground::of(&office.rows.settings()), None, &[]);
        let rule = filter::parse("owner:m1 or parent:c2", filter::Schema::Customer).unwrap();
        let said = |field: &filter::FieldRef, got| {
            let reason = filter::Reason {
                condition: String::new(),
                field: Some(field),
                op: filter::Op::Is,
                values: &[],
                got,
                held: false,
            };
            shown(&reason, &lens, &office.rows)
        };
        let fields = rule.fields();
        assert_eq!(said(fields[0], Got::Id(LEAD.n)), "Lea");
        assert_eq!(said(fields[1], Got::Id(2)), "2", "not everybody may know that customer");
    }
}
