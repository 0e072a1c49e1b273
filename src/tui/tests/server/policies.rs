//! What is answered about policies.

use super::*;
use crate::model::query::{
    Fate, Load, Move, PolicyAnswer, PolicyFault, PolicyQuery, PolicyText, PolicyVersion, Pooling, Preview,
    Return, Shift, StepChange,
};

impl Server {
    pub(super) fn policy(&self, query: &PolicyQuery) -> PolicyAnswer {
        match query {
            PolicyQuery::Check { text } => PolicyAnswer::Checked(faults(text)),
            PolicyQuery::Text { version } => {
                let version = version.unwrap_or(self.policy);
                PolicyAnswer::Text(PolicyText { version, text: clean("schema = 1\n[[tier]]\nid = \"A\"\n") })
            }
            PolicyQuery::History => PolicyAnswer::History(
                [2, 1]
                    .map(|version| PolicyVersion {
                        version,
                        seq: version as u64 * 40,
                        at: ago(version * 100 * DAY),
                        by: (version == 2).then(|| self.anna()),
                        undone_by: None,
                        undoes: None,
                        lines: (12, 4),
                    })
                    .to_vec(),
            ),
            PolicyQuery::Effect { .. } => PolicyAnswer::Effect(Box::default()),
            PolicyQuery::Preview { .. } => PolicyAnswer::Preview(Box::new(self.preview())),
        }
    }

    fn preview(&self) -> Preview {
        let name = |id, en, zh| PolicyName { id: clean(id), en: clean(en), zh: clean(zh) };
        let way = |from, to| [clean(from), clean(to)];
        let shift = |from, to, count| Shift { from: clean(from), to: clean(to), count, waiting: 0 };
        let decides =
            |condition, fact, holds| Reason { condition: clean(condition), fact: clean(fact), holds };
        let to = |nth: usize, tier, stage, reason| Move {
            customer: self.named(nth),
            owner: Some(self.anna()),
            tier,
            stage,
            confirmed: None,
            rule: clean("spend(365d)>=120000"),
            reasons: vec![reason],
            head: None,
        };
        let stays = way("loyal", "loyal");
        let load = |who: Option<Named>, now, then, answers| Load {
            who,
            customers: 40,
            now,
            then,
            done: now,
            asked: 300,
            answers: [0, answers],
            in_time: answers / 2,
        };
        let returns = |nth, days: i64, rule| Return {
            customer: self.named(nth),
            owner: Some(self.anna()),
            pool: way("", "east"),
            at: [None, Some(ago(-days * DAY))],
            warned: None,
            rule: clean(rule),
            en: clean("no contact for 30 days"),
            zh: clean("30天未跟进"),
        };
        Preview {
            customers: 85,
            names: vec![
                name("A", "Key", "重点客户"),
                name("B", "Potential", "潜力客户"),
                name("loyal", "Loyal", "忠诚"),
                name("lapsed", "Lapsed", "流失"),
            ],
            up: 6,
            down: 11,
            tiers: vec![shift("B", "A", 6), shift("A", "B", 11)],
            stages: vec![shift("loyal", "lapsed", 1)],
            moves: vec![
                to(3, way("B", "A"), stays.clone(), decides("spend(365d)>=120000", "131,000", true)),
                to(2, way("A", "B"), stays, decides("spend(365d)>=120000", "96,200", false)),
                to(5, way("B", "B"), way("loyal", "lapsed"), decides("recency>180d", "200d", true)),
            ],
            more: 15,
            load: vec![
                load(Some(self.anna()), 2200, 1700, 300),
                load(Some(named(Kind::Member, 2, "Cecily Lampkin")), 1900, 3100, 200),
                load(None, 10, 20, 0),
            ],
            capacity: Some(25),
            steps: vec![StepChange {
                task: None,
                customer: Some(self.named(4)),
                assignee: Some(self.anna()),
                playbook: clean("welcome"),
                step: name("call", "Welcome call", "欢迎电话"),
                fate: Fate::Born,
                due: [None, Some(ago(-2 * DAY))],
            }],
            more_steps: 0,
            dropped: 0,
            redated: 0,
            born: 1,
            pooling: [Pooling { soon: 1, later: 0 }, Pooling { soon: 4, later: 9 }],
            spared: 0,
            returns: vec![returns(7, 12, "tier:C idle>30d"), returns(8, 40, "idle>60d")],
            more_returns: 11,
            planned: [14, 3],
        }
    }
}

/// A policy that says so has an error and a warning.
fn faults(text: &Clean) -> Vec<PolicyFault> {
    if !text.as_str().contains("bad") {
        return Vec::new();
    }
    let fault =
        |line, en, zh, warning| PolicyFault { line, column: 3, en: clean(en), zh: clean(zh), warning };
    let long = "there is no \"contact_evry\" here; there are id, name, enter, keep, confirm, contact_every, answer_within and serve";
    vec![
        fault(4, long, "没有“contact_evry”", false),
        fault(12, "nobody has the duty", "无人承担此职责", true),
    ]
}
