//! What the server of these tests tells of the board, of tasks, and of tiers in the past.

use super::{DAY, HOUR, NOW, Server, ago, clean, money, named};
use crate::model::query::{
    Answers, Board, BoardLine, Lateness, OpenStep, PolicyName, Reason, Returning, RunLine, Served, Standard,
    StepWhy, TaskWhy, TierLine, TierStep,
};
use crate::model::{Id, Kind, Refusal};

fn name(id: &str, en: &str, zh: &str) -> PolicyName {
    PolicyName { id: clean(id), en: clean(en), zh: clean(zh) }
}

impl Server {
    /// The board: an empty one where nobody is in the book.
    pub(super) fn board(&self) -> Board {
        let session = self.session();
        let count = |count: u32| if self.customers.is_empty() { 0 } else { count };
        let rules = ["spend(365d)>=100000 orders(365d)>=4", "spend(365d)>=20000 or open(deals)>=1", ""];
        let tiers = self.tiers().into_iter().zip(rules).enumerate().map(|(at, (line, rule))| BoardLine {
            line: TierLine { count: count(line.count), ..line },
            came: [3, 4, 0][at],
            left: [1, 2, 4][at],
            movers: clean(["id:c2,c5,c7,c9", "", ""][at]),
            days: Some([40, 120, 400][at]),
            rule: clean(rule),
            standard: Some(Standard {
                keep: clean(if at == 0 { "spend(365d)>=80000" } else { "" }),
                confirm: [7, 0, 0][at],
                contact_every: Some([14, 30, 90][at]),
                answers: Server::answers(at).filter(|_| self.has_standards),
                served: self.has_standards.then(|| Served {
                    by: clean(["person", "team", "automatic"][at]),
                    skill: clean(if at == 0 { "senior" } else { "" }),
                    unserved: [2, 0, 0][at],
                    filter: clean("tier:A not owner:m1"),
                }),
            }),
        });
        let stages = session.stages.iter().enumerate().map(|(at, stage)| BoardLine {
            line: TierLine {
                tier: stage.clone(),
                count: count([30, 35, 20][at]),
                spend: money([6_000_000, 3_000_000, 1_000_000][at]),
                covered: count([28, 30, 16][at]),
                late: count([1, 0, 2][at]),
            },
            came: [0, 5, 2][at],
            left: [2, 0, 5][at],
            movers: clean(["", "", "id:c4"][at]),
            days: Some([200, 60, 12][at]),
            rule: clean(["orders(365d)>=4", "orders()>=2", "orders()=1"][at]),
            standard: None,
        });
        Board { tiers: tiers.collect(), stages: stages.collect() }
    }

    fn answers(at: usize) -> Option<Answers> {
        let (within, calendar, asked, in_time, median) =
            [("4h", "office", 15, 12, Some(95)), ("1d", "", 0, 0, None)].get(at).copied()?;
        Some(Answers { within: clean(within), calendar: clean(calendar), asked, in_time, median })
    }

    pub(super) fn tier_steps(&self) -> Vec<TierStep> {
        let fact = Reason { condition: clean("spend(365d)>=100000"), fact: clean("101,500"), holds: true };
        let step = |days, from, to, by, reason, facts| TierStep {
            at: ago(days * DAY),
            from: clean(from),
            to: clean(to),
            by,
            reason: clean(reason),
            facts,
        };
        let said = self.lang.pick("they asked for it", "客户要求");
        vec![
            step(22, "B", "A", None, "", vec![fact]),
            step(90, "C", "B", Some(self.anna()), said, Vec::new()),
            step(400, "", "C", None, "", Vec::new()),
        ]
    }

    /// What is at work at every customer.
    pub(super) fn runs(&self) -> Vec<RunLine> {
        let step = |n, en, zh, due: i64, late| OpenStep {
            task: Id::new(Kind::Task, n),
            title: clean(self.lang.pick(en, zh)),
            assignee: Some(self.anna()),
            due: Some(NOW.plus_seconds(due)),
            late,
        };
        vec![RunLine {
            id: Id::new(Kind::Run, 1),
            playbook: name("inquiry", "Inquiry", "询价"),
            started: Some(ago(DAY)),
            paused: None,
            steps: vec![
                step(1, "first contact", "首次联系", -2 * HOUR, Lateness::Late),
                step(4, "first solution", "首次方案", 2 * DAY, Lateness::Fine),
            ],
        }]
    }

    /// When every customer returns to the pool.
    pub(super) fn returning() -> Returning {
        Returning {
            pool: name("east", "East", "华东"),
            at: NOW.plus_seconds(12 * DAY),
            warned: Some(NOW.plus_seconds(5 * DAY)),
            rule: clean("tier:A idle>30d"),
            reason: name("", "no contact for 30 days", "30天未跟进"),
        }
    }

    pub(super) fn why_task(&self, id: Id) -> Result<TaskWhy, Refusal> {
        let task = self.tasks.iter().find(|task| task.id == id).ok_or(Refusal::NoRecord(id))?;
        let step = (id.n == 1).then(|| StepWhy {
            run: Some(Id::new(Kind::Run, 1)),
            playbook: name("inquiry", "Inquiry", "询价"),
            step: name("first-contact", "First contact", "首次联系"),
            origin: Some(Id::new(Kind::Interaction, 9)),
            begun: Some(ago(26 * HOUR)),
            within: clean("24h"),
            calendar: clean(""),
            duty: clean("owner"),
            done_by: clean("contact"),
            warn_at: Some(ago(8 * HOUR)),
            escalations: vec![
                (Some(ago(2 * HOUR)), clean("lead")),
                (Some(NOW.plus_seconds(46 * HOUR)), clean("manager")),
            ],
            escalated: 1,
            paused: None,
            pause_reason: clean(""),
            pauses: Vec::new(),
        });
        Ok(TaskWhy {
            task: named(Kind::Task, id.n, task.title.as_str()),
            customer: task.customer.clone(),
            created: task.created,
            due: task.due,
            assignee: task.assignee.clone(),
            team: None,
            away_until: None,
            source: task.source,
            added_by: None,
            step,
            plan: None,
            ended: None,
        })
    }
}
