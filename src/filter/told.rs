//! The team's board, playbooks at work, the open pool and tasks in words: what the shell and the screen tell alike.

use chrono_tz::Tz;

use super::conditions;
use super::why::past;
use crate::model::board::{ANSWERED_DAYS, MOVED_DAYS};
use crate::model::called::{called_reason, deed};
use crate::model::query::{
    Answers, BoardLine, EndWhy, OpenStep, PlanWhy, PolicyName, RunLine, Served, StepWhy, TaskWhy, TierStep,
    Why,
};
use crate::model::{Choice, Instant, Source};
use crate::text::say::board as say;
use crate::text::say::text as words;
use crate::text::{Clean, Lang, age};

/// Who is told, and when: the language, the names of the stages, the zone and the moment.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The language.
    pub lang: Lang,
    /// What people call the stages.
    pub stages: &'a [PolicyName],
    /// The team's zone.
    pub zone: Tz,
    /// Now.
    pub now: Instant,
}

/// A label and what stands beside it.
pub type Told = (&'static str, String);

impl Reader<'_> {
    /// The rule of a tier or stage, what it asks for, and how that is kept to.
    pub fn line(&self, line: &BoardLine) -> Vec<Told> {
        let lang = self.lang;
        let rule = |rule: &Clean| conditions::rule(rule, self.stages, lang);
        let mut told = Vec::new();
        if !line.line.tier.id.is_empty() {
            let enters =
                if line.rule.is_empty() { say::takes_the_rest(lang).to_owned() } else { rule(&line.rule) };
            told.push((say::rule(lang), enters));
        }
        if let Some(standard) = &line.standard {
            if !standard.keep.is_empty() {
                told.push((say::stays(lang), rule(&standard.keep)));
            }
            if standard.confirm > 0 {
                told.push((say::confirmed(lang), say::held_for(lang, standard.confirm)));
            }
            if let Some(days) = standard.contact_every {
                let every = say::every(lang, days, line.line.covered, line.line.count);
                told.push((say::contacts(lang), every));
            }
            told.extend(standard.answers.as_ref().map(|answers| (say::answers(lang), self.answers(answers))));
            told.extend(standard.served.as_ref().map(|served| (say::service(lang), self.served(served))));
        }
        told.push((say::moves(lang), say::came_and_left(lang, MOVED_DAYS, line.came, line.left)));
        told.extend(line.days.map(|days| (say::stay(lang), say::half_for(lang, days))));
        told
    }

    fn answers(&self, answers: &Answers) -> String {
        let lang = self.lang;
        let mut text = self.within(&answers.within, &answers.calendar);
        if answers.asked == 0 {
            return text + &say::none_asked(lang, ANSWERED_DAYS);
        }
        text += &say::in_time(lang, ANSWERED_DAYS, answers.in_time, answers.asked);
        text += &match answers.median {
            Some(0) => say::half_at_once(lang).to_owned(),
            Some(minutes) => say::half_within(lang, took(lang, minutes)),
            None => String::new(),
        };
        text
    }

    fn within(&self, time: &Clean, calendar: &Clean) -> String {
        let time = time
            .as_str()
            .parse::<crate::text::Span>()
            .map_or_else(|_| time.line(), |span| span.say(self.lang));
        if calendar.is_empty() {
            say::within(self.lang, time)
        } else {
            say::within_working(self.lang, time, calendar)
        }
    }

    fn served(&self, served: &Served) -> String {
        let lang = self.lang;
        let by = match served.by.as_str() {
            "person" => say::by_person(lang),
            "team" => say::by_team(lang),
            _ => say::by_automatic(lang),
        };
        let skill =
            if served.skill.is_empty() { String::new() } else { say::with_skill(lang, &served.skill) };
        let not = if served.unserved == 0 { String::new() } else { say::not_so(lang, served.unserved) };
        format!("{by}{skill}{not}")
    }

    /// Why a customer moved to a tier.
    pub fn step(&self, step: &TierStep) -> String {
        let lang = self.lang;
        match &step.by {
            Some(by) if step.reason.is_empty() => say::left_to_rules(lang, by.name.line()),
            Some(by) => say::by_hand(lang, by.name.line(), step.reason.line()),
            None if step.from.is_empty() => say::first_tier(lang).to_owned(),
            None if step.facts.is_empty() => say::by_rule(lang).to_owned(),
            None => past(&step.facts, self.stages, lang),
        }
    }

    /// How a customer stands with the open pool; none where it never returns.
    pub fn pool(&self, why: &Why) -> Option<String> {
        let (lang, zone) = (self.lang, self.zone);
        if let Some(released) = &why.released {
            let mut reason = self.name(&released.reason);
            if !released.rule.is_empty() {
                let rule = conditions::rule(&released.rule, self.stages, lang);
                reason += &say::by_its_rule(lang, rule);
            }
            let text = match (released.at.map(|at| at.say(zone)), &released.by) {
                (None, _) => say::never_held(lang).to_owned(),
                (Some(at), Some(by)) => say::released_by(lang, at, by.name.line(), reason),
                (Some(at), None) => say::returned(lang, at, reason),
            };
            return Some(text);
        }
        let protected = why.protected.as_ref().map(|(until, reason)| {
            let reason = if reason.is_empty() {
                String::new()
            } else {
                lang.pick(": ", "：").to_owned() + &reason.line()
            };
            say::protected(lang, until.say(zone), reason)
        });
        let returning = why.returning.as_ref().map(|back| {
            let pool = self.name(&back.pool);
            let mut text = if pool.is_empty() {
                say::returns_unnamed(lang, back.at.say(zone))
            } else {
                say::returns(lang, pool, back.at.say(zone))
            };
            if !back.rule.is_empty() {
                let rule = conditions::rule(&back.rule, self.stages, lang);
                text += &say::because(lang, self.name(&back.reason), rule);
            }
            if let Some(from) = back.warned {
                text += &say::warned_from(lang, from.say(zone));
            }
            text
        });
        let told: Vec<String> = protected.into_iter().chain(returning).collect();
        (!told.is_empty()).then(|| told.join(lang.pick("; ", "；")))
    }

    /// Which playbooks time begins next, and when; none where nothing does.
    pub fn begins(&self, why: &Why) -> Option<String> {
        let (at, playbooks) = why.begins.as_ref()?;
        let names = playbooks.iter().map(|name| self.name(name)).collect::<Vec<_>>();
        let names = names.join(self.lang.pick(", ", "、"));
        Some(say::begins_at(self.lang, names, at.say(self.zone)))
    }

    /// The same as [`Reader::run`], each step behind the id by which its run is paused and stopped.
    pub fn run_by_id(&self, run: &RunLine) -> impl Iterator<Item = (String, String)> {
        self.run(run).into_iter().map(|(step, beside)| (format!("{} {step}", run.id), beside))
    }

    /// The open steps of a playbook at work: what each is, and beside it how much time is left and who does it.
    pub fn run(&self, run: &RunLine) -> Vec<(String, String)> {
        let playbook = self.name(&run.playbook);
        let step = |step: &OpenStep| {
            let time = if run.paused.is_some() {
                Some(say::paused(self.lang).to_owned())
            } else {
                self.left(step.due)
            };
            let who = step
                .assignee
                .as_ref()
                .map_or_else(|| say::whoever_takes_it(self.lang).to_owned(), |who| who.name.line());
            let beside = time.into_iter().chain([who]).collect::<Vec<_>>().join(self.lang.pick(", ", "，"));
            (format!("{playbook} · {}", step.title.line()), beside)
        };
        run.steps.iter().map(step).collect()
    }

    /// How much time is left, or how late it is.
    fn left(&self, due: Option<Instant>) -> Option<String> {
        let (due, now) = (due?.local(self.zone), self.now.local(self.zone));
        let lang = self.lang;
        Some(if due < now {
            say::late_by(lang, age::due(lang, due, now))
        } else {
            say::left(lang, age::left(lang, due, now))
        })
    }

    /// Where a task comes from, who does it, and what time brings.
    pub fn task(&self, why: &TaskWhy) -> Vec<Told> {
        let (lang, zone) = (self.lang, self.zone);
        let mut told = vec![(say::comes_from(lang), self.origin(why)), (say::time(lang), self.time(why))];
        let mut who = why
            .assignee
            .as_ref()
            .or(why.team.as_ref())
            .map_or_else(|| say::whoever_takes_it(lang).to_owned(), |who| who.name.line());
        if let Some(step) = &why.step {
            who = say::as_duty(lang, who, self.duty(&step.duty));
        }
        who += &why.away_until.map(|day| say::away(lang, day.date())).unwrap_or_default();
        told.push((say::who(lang), who));
        if let Some(step) = &why.step {
            let ends = match step.done_by.as_str() {
                "contact" => say::done_contact(lang),
                "answer" => say::done_answer(lang),
                "revisit" => say::done_revisit(lang),
                _ => say::done_manual(lang),
            };
            told.push((say::ends(lang), ends.to_owned()));
            let came =
                |at: &Instant| why.ended.as_ref().and_then(|ended| ended.at).is_none_or(|end| *at <= end);
            told.extend(step.warn_at.filter(came).map(|at| (say::warning(lang), at.say(zone))));
            told.extend(
                self.escalations(step, why.ended.is_none()).map(|text| (say::escalation(lang), text)),
            );
            told.extend(self.pauses(step).map(|text| (say::pause(lang), text)));
        }
        told.extend(why.ended.as_ref().map(|ended| (say::ended(lang), self.ended(ended))));
        told
    }

    /// The pauses of a step's playbook, the one that lasts at the end.
    fn pauses(&self, step: &StepWhy) -> Option<String> {
        let (lang, zone) = (self.lang, self.zone);
        let over = step.pauses.iter().map(|pause| {
            (say::paused_until(lang, pause.from.say(zone), pause.until.say(zone)), &pause.reason)
        });
        let lasts = step.paused.map(|since| (say::paused_since(lang, since.say(zone)), &step.pause_reason));
        let told = over.chain(lasts).map(|(time, reason)| self.because(time, &reason.line()));
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join(lang.pick("; ", "；")))
    }

    /// What, and why, where that is known.
    fn because(&self, what: String, reason: &str) -> String {
        if reason.is_empty() { what } else { [&what, reason].join(self.lang.pick(": ", "：")) }
    }

    /// How a task ended, when, by whom and through what, and why.
    fn ended(&self, ended: &EndWhy) -> String {
        let lang = self.lang;
        let mut parts = vec![ended.state.label(lang).to_owned()];
        parts.extend(ended.at.map(|at| at.say(self.zone)));
        parts.extend(ended.by.as_ref().map(|by| by.name.line()));
        let is_plain = matches!(ended.deed.as_str(), "" | "task done" | "task drop" | "care skip");
        if !is_plain {
            let deed = deed(ended.deed.as_str(), lang).to_owned();
            parts.push(ended.record.map_or(deed.clone(), |record| format!("{deed} {record}")));
        }
        let reason = if ended.purpose.is_empty() {
            called_reason(ended.reason.as_str(), lang).map_or_else(|| ended.reason.line(), str::to_owned)
        } else {
            say::purpose_met(lang, conditions::rule(&ended.purpose, self.stages, lang))
        };
        self.because(parts.join(lang.pick(", ", "，")), &reason)
    }

    fn origin(&self, why: &TaskWhy) -> String {
        let lang = self.lang;
        if let Some(plan) = &why.plan {
            return self.planned(plan, why.source);
        }
        let Some(step) = &why.step else {
            let added = why.created.map(|at| at.day(self.zone).date().to_string()).unwrap_or_default();
            return match &why.added_by {
                Some(by) => say::by_member(lang, added, by.name.line()),
                None => say::by_somebody(lang, added),
            };
        };
        let origin = step.origin.map(|id| say::started_by(lang, format!("{} {id}", id.kind.label(lang))));
        say::step_of(lang, self.name(&step.playbook), self.name(&step.step)) + &origin.unwrap_or_default()
    }

    /// The rhythm or the occasions behind a task, and the day that it is for.
    fn planned(&self, plan: &PlanWhy, source: Source) -> String {
        let lang = self.lang;
        let rule = match (source, plan.every, plan.since) {
            (Source::Cadence, Some(every), Some(since)) => say::rhythm_since(lang, every, since.date()),
            (Source::Cadence, Some(every), None) => say::rhythm(lang, every),
            (Source::Cadence, None, _) => say::rhythm_of_tier(lang).to_owned(),
            _ if plan.occasions.is_empty() => source.label(lang).to_owned(),
            _ => {
                let names = plan.occasions.iter().map(|name| self.name(name)).collect::<Vec<_>>();
                say::occasions(lang, names.join(lang.pick(", ", "、")))
            }
        };
        plan.day.map_or_else(|| rule.clone(), |day| say::for_day(lang, &rule, day.date()))
    }

    fn time(&self, why: &TaskWhy) -> String {
        let (lang, zone) = (self.lang, self.zone);
        let Some(due) = why.due.map(|due| due.say(zone)) else { return say::no_due(lang).to_owned() };
        let step = why.step.as_ref().filter(|step| !step.within.is_empty());
        let mut text = match step.and_then(|step| Some((step, step.begun?))) {
            Some((step, begun)) => {
                let within = self.within(&step.within, &step.calendar);
                if step.pauses.is_empty() {
                    say::due(lang, within, begun.say(zone), due)
                } else {
                    say::due_but(lang, within, begun.say(zone), due)
                }
            }
            None => say::due_at(lang, due),
        };
        let stands = why.step.as_ref().is_some_and(|step| step.paused.is_some());
        if let Some(left) = self.left(why.due).filter(|_| !stands && why.ended.is_none()) {
            text += lang.pick(", ", "，");
            text += &left;
        }
        text
    }

    /// Those that have been, and of an open step those to come.
    fn escalations(&self, step: &StepWhy, is_open: bool) -> Option<String> {
        let lang = self.lang;
        let been = step.escalated as usize;
        let most = if is_open { step.escalations.len() } else { been };
        let each = step.escalations.iter().take(most).enumerate().map(|(nth, (at, duty))| {
            let at = at.map(|at| at.say(self.zone)).unwrap_or_default();
            let duty = self.duty(duty);
            if nth < been { say::went_to(lang, at, duty) } else { say::goes_to(lang, at, duty) }
        });
        let all: Vec<String> = each.collect();
        (!all.is_empty()).then(|| all.join(lang.pick(", ", "，")))
    }

    fn duty(&self, duty: &Clean) -> String {
        match duty.as_str() {
            "owner" => say::duty_owner(self.lang).to_owned(),
            "lead" => say::duty_lead(self.lang).to_owned(),
            "manager" => say::duty_manager(self.lang).to_owned(),
            duty => duty.to_owned(),
        }
    }

    /// The name of something of the policy in the reader's language; its id where it has none.
    fn name(&self, name: &PolicyName) -> String {
        let own = self.lang.pick(&name.en, &name.zh);
        if own.is_empty() { name.id.line() } else { own.line() }
    }
}

/// From this on a time is told in hours, and from the second on in days.
const LONG: (i64, i64) = (2 * 60, 96 * 60);

/// A time of so many minutes: `40min`, `4h`, `5d`.
pub fn took(lang: Lang, minutes: i64) -> String {
    match minutes {
        0 => say::at_once(lang).to_owned(),
        minutes if minutes < LONG.0 => words::minutes(lang, minutes),
        minutes if minutes < LONG.1 => words::hours(lang, (minutes + 30) / 60),
        minutes => words::days(lang, (minutes + 720) / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::query::{Named, PauseWhy};
    use crate::model::{Day, Id, Kind, TaskState};

    const HOUR: i64 = 3_600_000;

    fn reader(lang: Lang) -> Reader<'static> {
        Reader { lang, stages: &[], zone: Tz::UTC, now: Instant(400 * HOUR) }
    }

    fn task() -> TaskWhy {
        TaskWhy {
            task: Named { id: Id::new(Kind::Task, 1), name: Clean::default() },
            customer: None,
            created: Some(Instant(0)),
            due: Some(Instant(72 * HOUR)),
            assignee: None,
            team: None,
            away_until: None,
            source: Source::Cadence,
            added_by: None,
            step: None,
            plan: None,
            ended: None,
        }
    }

    fn told(why: &TaskWhy, lang: Lang) -> String {
        let lines = reader(lang).task(why).into_iter().map(|(label, text)| format!("{label}: {text}"));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_plan_that_was_left_out_tells_its_rhythm_and_why_and_is_not_late() {
        let (day, since) = (Some(Day::from(chrono::NaiveDate::from_ymd_opt(1970, 1, 4).unwrap())), None);
        let ended = EndWhy {
            state: TaskState::Dropped,
            at: Some(Instant(24 * HOUR)),
            by: Some(Named { id: Id::new(Kind::Member, 1), name: Clean::known("Anna") }),
            deed: Clean::known("care skip"),
            record: None,
            reason: Clean::known("on holiday"),
            purpose: Clean::default(),
        };
        let plan = PlanWhy { day, occasions: Vec::new(), every: Some(14), since };
        let why = TaskWhy { plan: Some(plan), ended: Some(ended), ..task() };
        insta::assert_snapshot!([Lang::En, Lang::Zh].map(|lang| told(&why, lang)).join("\n"), @r"
        comes from: communication plan: every 14 days; for 1970-01-04
        time: due 1970-01-04 00:00
        who: whoever takes it
        ended: dropped, 1970-01-02 00:00, Anna: on holiday
        来源: 沟通计划：每14天一次；安排在 1970-01-04
        时限: 1970-01-04 00:00 到期
        执行人: 待领取
        结束: 已取消，1970-01-02 00:00，Anna：on holiday
        ");
    }

    #[test]
    fn why_a_step_ended_is_told_in_the_readers_language() {
        let ended = EndWhy {
            state: TaskState::Dropped,
            at: None,
            by: None,
            deed: Clean::default(),
            record: None,
            reason: Clean::known("archived"),
            purpose: Clean::default(),
        };
        let said = [Lang::En, Lang::Zh].map(|lang| reader(lang).ended(&ended));
        assert_eq!(said, ["dropped: archived", "已取消：已归档"]);
    }

    #[test]
    fn a_pause_that_is_over_is_told_with_its_reason() {
        let pause = |from, until| PauseWhy {
            from: Instant(from * HOUR),
            until: Instant(until * HOUR),
            reason: Clean::known("they are away"),
        };
        let step = StepWhy {
            run: None,
            playbook: PolicyName {
                id: Clean::known("x"),
                en: Clean::known("Wake"),
                zh: Clean::known("唤醒"),
            },
            step: PolicyName { id: Clean::known("y"), en: Clean::known("Call"), zh: Clean::known("致电") },
            origin: None,
            begun: Some(Instant(0)),
            within: Clean::known("24h"),
            calendar: Clean::default(),
            duty: Clean::known("owner"),
            done_by: Clean::known("contact"),
            warn_at: None,
            escalations: vec![(Some(Instant(72 * HOUR)), Clean::known("lead"))],
            escalated: 0,
            paused: None,
            pause_reason: Clean::default(),
            pauses: vec![pause(2, 50)],
        };
        let why = TaskWhy { source: Source::Playbook, step: Some(step), ..task() };
        insta::assert_snapshot!([Lang::En, Lang::Zh].map(|lang| told(&why, lang)).join("\n"), @r"
        comes from: playbook Wake, step Call
        time: within 24h from 1970-01-01 00:00, the pauses left out: due 1970-01-04 00:00, late 13d
        who: whoever takes it, as owner of the customer
        ends with: a real contact
        escalation: 1970-01-04 00:00 to the lead
        paused: 1970-01-01 02:00 to 1970-01-03 02:00: they are away
        来源: 流程 唤醒，步骤 致电
        时限: 自 1970-01-01 00:00 起 24小时内（不计暂停）：1970-01-04 00:00 到期，已逾期 13天
        执行人: 待领取（客户负责人）
        完成条件: 有效联系
        升级: 1970-01-04 00:00 升级给组长
        暂停: 1970-01-01 02:00 至 1970-01-03 02:00：they are away
        ");
    }

    #[test]
    fn whoever_was_answered_in_the_minute_of_asking_was_answered_at_once() {
        assert_eq!([took(Lang::En, 0), took(Lang::Zh, 0)], ["at once", "当场"]);
        assert_eq!([took(Lang::En, 1), took(Lang::En, 180)], ["1min", "3h"]);
    }
}
