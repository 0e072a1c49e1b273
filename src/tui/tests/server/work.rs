//! What the server of these tests tells of playbooks and of what is planned.

use super::{DAY, HOUR, NOW, Server, ago, clean, named};
use crate::model::planned::Planned;
use crate::model::query::{PlaybookLine, PolicyName, RowLine, StepLine};
use crate::model::{Channel, Id, Kind, Run, RunState, Source, Task};

impl Server {
    /// A playbook that runs and one that is paused; none where none is at work.
    pub(super) fn run_rows(&self) -> Vec<RowLine> {
        let run = |n, at: usize, paused: bool| {
            let customer = self.named(at);
            let row = Run {
                customer: Some(customer.id),
                playbook: clean("inquiry"),
                state: Some(if paused { RunState::Paused } else { RunState::Running }),
                paused: paused.then(|| ago(DAY)),
                reason: clean(if paused { self.lang.pick("on holiday", "休假") } else { "" }),
                ..Run::default()
            };
            RowLine { id: Id::new(Kind::Run, n), row: row.into(), names: vec![customer], hidden: Vec::new() }
        };
        if self.works { vec![run(1, 0, true), run(12, 5, false), run(13, 7, false)] } else { Vec::new() }
    }

    /// Their open steps.
    pub(super) fn step_rows(&self) -> Vec<RowLine> {
        let step = |n, run, en, zh, due: i64| {
            let row = Task {
                title: clean(self.lang.pick(en, zh)),
                run: Some(Id::new(Kind::Run, run)),
                due: Some(NOW.plus_seconds(due)),
                assignee: Some(self.anna().id),
                ..Task::default()
            };
            RowLine {
                id: Id::new(Kind::Task, n),
                row: row.into(),
                names: vec![self.anna()],
                hidden: Vec::new(),
            }
        };
        vec![
            step(1, 12, "First contact", "首次联系", -2 * HOUR),
            step(8, 12, "First solution", "首次方案", 2 * DAY),
            step(9, 1, "First contact", "首次联系", DAY),
        ]
    }

    /// A playbook of two steps.
    pub(super) fn playbooks() -> Vec<PlaybookLine> {
        let name = |id, en, zh| PolicyName { id: clean(id), en: clean(en), zh: clean(zh) };
        let step = |name, depth, late, median| StepLine {
            name,
            after: clean(""),
            depth,
            deed: clean("task"),
            duty: clean("owner"),
            within: clean("24h"),
            calendar: clean(""),
            begun: 12,
            open: 2,
            late,
            median: Some(median),
            slowest: late > 0,
        };
        vec![PlaybookLine {
            name: name("inquiry", "Inquiry", "询价"),
            on: clean("inquiry"),
            running: 2,
            paused: 1,
            done: 9,
            stopped: 1,
            steps: vec![
                step(name("first-contact", "First contact", "首次联系"), 0, 0, 95),
                step(name("first-solution", "First solution", "首次方案"), 1, 3, 4_000),
            ],
        }]
    }

    /// A contact that is late and a greeting to come.
    pub(super) fn planned(&self) -> Vec<Planned> {
        let plan = |at: usize, days: i64, source, occasions: Vec<PolicyName>, title| Planned {
            customer: self.named(at),
            tier: clean("A"),
            day: NOW.plus_seconds(days * DAY).day(chrono_tz::Asia::Shanghai),
            source,
            occasions,
            rhythm: None,
            title: clean(title),
            channel: Some(Channel::Phone),
            who: Some(named(Kind::Member, 1, self.lang.pick("Anna Snelling", "安娜"))),
            team: None,
            queued: None,
            task: None,
        };
        let birthday = PolicyName {
            id: clean("birthday:p4"),
            en: clean("birthday of J. Perez"),
            zh: clean("张伟 生日"),
        };
        let title = self.lang.pick("Get in touch (every 14 days)", "按沟通计划联系（每14天）");
        vec![plan(2, -3, Source::Cadence, Vec::new(), title), plan(0, 5, Source::Care, vec![birthday], "")]
    }
}
