//! The shapes of the team's board, of tiers in the past, and of reasons beyond tier and stage.

use serde_json::{Value as Json, json};

use super::shape::{Shaper, day, id, money, name, named, reasons, text};
use crate::model::query::{
    BoardLine, EndWhy, PauseWhy, PlanWhy, PolicyName, Released, Returning, RunLine, StepWhy, TaskWhy,
    TierStep,
};
use crate::model::{Choice, Instant};
use crate::text::Clean;

impl Shaper {
    /// A tier, or else a stage, of the board.
    pub(super) fn board_line(self, line: &BoardLine, stage: bool) -> Json {
        let tier = &line.line;
        let mut object = json!({
            (if stage { "stage" } else { "tier" }): text(&tier.tier.id),
            "name": text(self.lang.pick(&tier.tier.en, &tier.tier.zh)),
            "count": tier.count,
            "spend": money(tier.spend),
            "covered": tier.covered,
            "late": tier.late,
            "came": line.came,
            "left": line.left,
            "movers": text(&line.movers),
            "median_days": line.days,
            "rule": text(&line.rule),
        });
        let standard = line.standard.as_ref().map(|standard| {
            let answers = standard.answers.as_ref();
            let served = standard.served.as_ref();
            json!({
                "keep": text(&standard.keep),
                "confirm_days": standard.confirm,
                "contact_every_days": standard.contact_every,
                "answer_within": answers.map(|answers| answers.within.as_str()),
                "answer_calendar": answers.map(|answers| text(&answers.calendar)),
                "asked": answers.map(|answers| answers.asked),
                "answered_in_time": answers.map(|answers| answers.in_time),
                "median_answer_minutes": answers.and_then(|answers| answers.median),
                "serve_by": served.map(|served| served.by.as_str()),
                "serve_skill": served.map(|served| text(&served.skill)),
                "unserved": served.map(|served| served.unserved),
                "unserved_filter": served.map(|served| served.filter.as_str()),
            })
        });
        if let (Json::Object(object), Some(Json::Object(standard))) = (&mut object, standard) {
            object.extend(standard);
        }
        object
    }

    /// A move from tier to tier, with why in words.
    pub(super) fn tier_step(self, step: &TierStep, why: &str) -> Json {
        json!({
            "at": self.time(Some(step.at)),
            "from": text(&step.from),
            "to": text(&step.to),
            "by": named(step.by.as_ref()),
            "by_name": name(step.by.as_ref()),
            "reason": text(&step.reason),
            "facts": reasons(&step.facts),
            "why": why,
        })
    }

    /// A playbook at work.
    pub(super) fn run(self, run: &RunLine) -> Json {
        let steps = run.steps.iter().map(|step| {
            json!({
                "task": id(step.task),
                "title": step.title.as_str(),
                "assignee": named(step.assignee.as_ref()),
                "assignee_name": name(step.assignee.as_ref()),
                "due": self.time(step.due),
            })
        });
        json!({
            "run": id(run.id),
            "playbook": text(&run.playbook.id),
            "started": self.time(run.started),
            "paused": self.time(run.paused),
            "steps": steps.collect::<Json>(),
        })
    }

    /// A return to the open pool that is to come.
    pub(super) fn returning(self, back: &Returning) -> Json {
        json!({
            "pool": text(&back.pool.id),
            "at": self.time(Some(back.at)),
            "warned_from": self.time(back.warned),
            "rule": text(&back.rule),
            "reason": text(self.called(&back.reason)),
        })
    }

    /// How a customer came into the open pool.
    pub(super) fn released(self, out: &Released) -> Json {
        json!({
            "pool": text(&out.pool.id),
            "at": self.time(out.at),
            "by": named(out.by.as_ref()),
            "by_name": name(out.by.as_ref()),
            "rule": text(&out.rule),
            "reason": text(self.called(&out.reason)),
        })
    }

    /// Where a task comes from, and what time brings.
    pub(super) fn task_why(self, why: &TaskWhy) -> Json {
        let step = why.step.as_ref();
        let escalations = step.map(|step| {
            let one = |(nth, (at, duty)): (usize, &(Option<Instant>, Clean))| json!({ "at": self.time(*at), "to": duty.as_str(), "done": nth < step.escalated as usize });
            step.escalations.iter().enumerate().map(one).collect::<Json>()
        });
        json!({
            "task": id(why.task.id),
            "title": why.task.name.as_str(),
            "customer": named(why.customer.as_ref()),
            "customer_name": name(why.customer.as_ref()),
            "created": self.time(why.created),
            "due": self.time(why.due),
            "assignee": named(why.assignee.as_ref()),
            "assignee_name": name(why.assignee.as_ref()),
            "away_until": day(why.away_until),
            "team": named(why.team.as_ref()),
            "team_name": name(why.team.as_ref()),
            "run": step.and_then(|step| step.run).map(id),
            "playbook": step.map(|step| text(&step.playbook.id)),
            "step": step.map(|step| text(&step.step.id)),
            "origin": step.and_then(|step| step.origin).map(id),
            "begun": self.time(step.and_then(|step| step.begun)),
            "within": step.map(|step| text(&step.within)),
            "calendar": step.map(|step| text(&step.calendar)),
            "duty": step.map(|step| text(&step.duty)),
            "done_by": step.map(|step| text(&step.done_by)),
            "warn_at": self.time(step.and_then(|step| step.warn_at)),
            "escalations": escalations.unwrap_or(json!([])),
            "paused": self.time(step.and_then(|step| step.paused)),
            "pauses": step.map(|step| self.pauses(step)).unwrap_or(json!([])),
            "source": why.source.word(),
            "added_by": named(why.added_by.as_ref()),
            "added_by_name": name(why.added_by.as_ref()),
            "plan": why.plan.as_ref().map(|plan| self.plan_why(plan)),
            "ended": why.ended.as_ref().map(|ended| self.end_why(ended)),
        })
    }

    fn pauses(self, step: &StepWhy) -> Json {
        let one = |pause: &PauseWhy| json!({ "from": self.time(Some(pause.from)), "until": self.time(Some(pause.until)), "reason": text(&pause.reason) });
        step.pauses.iter().map(one).collect()
    }

    fn plan_why(self, plan: &PlanWhy) -> Json {
        let names = plan.occasions.iter().map(|name| text(self.called(name)));
        json!({
            "day": day(plan.day),
            "occasions": plan.occasions.iter().map(|name| text(&name.id)).collect::<Json>(),
            "occasion_names": names.collect::<Json>(),
            "every_days": plan.every,
            "since": day(plan.since),
        })
    }

    fn end_why(self, ended: &EndWhy) -> Json {
        json!({
            "state": ended.state.word(),
            "at": self.time(ended.at),
            "by": named(ended.by.as_ref()),
            "by_name": name(ended.by.as_ref()),
            "command": text(&ended.deed),
            "record": ended.record.map(id),
            "reason": text(&ended.reason),
            "purpose": text(&ended.purpose),
        })
    }

    fn called(self, name: &PolicyName) -> &Clean {
        self.lang.pick(&name.en, &name.zh)
    }
}
