//! Why a tier or stage is in force, as one sentence for people; machines read the conditions themselves.

use super::conditions;
use crate::model::query::{PolicyName, Reason, Standing};
use crate::text::Lang;
use crate::text::say::conditions as say;

/// Why the tier or stage is in force, what keeps it and what comes next; `stages` are what people call the stages.
pub fn why(standing: &Standing, stages: &[PolicyName], lang: Lang) -> String {
    if standing.id.is_empty() {
        return say::standing_none(lang).to_owned();
    }
    let mut text = cause(standing, stages, lang);
    if standing.fixed.is_none() && !standing.kept && !standing.keep.is_empty() {
        let keep = conditions::rule(&standing.keep, stages, lang);
        text.push_str(&say::standing_keep(lang, &standing.id, keep));
    }
    if let Some((tier, missing)) = &standing.above {
        text.push_str(&say::standing_above(lang, tier, wanting(missing, stages, lang)));
    }
    if let Some((tier, day)) = &standing.pending {
        text.push_str(&say::standing_pending(lang, tier, day.date()));
    }
    text
}

fn cause(standing: &Standing, stages: &[PolicyName], lang: Lang) -> String {
    let id = &standing.id;
    let holding = || {
        let held: Vec<Reason> = standing.reasons.iter().filter(|reason| reason.holds).cloned().collect();
        if held.is_empty() {
            conditions::rule(&standing.rule, stages, lang)
        } else {
            reasons(&held, stages, lang)
        }
    };
    match &standing.fixed {
        Some((reason, Some(day))) => say::standing_fixed_until(lang, id, reason, day.date()),
        Some((reason, None)) => say::standing_fixed(lang, id, reason),
        None if standing.rule.is_empty() => say::standing_last(lang, id),
        None if standing.kept => say::standing_kept(lang, id, holding()),
        None => say::standing_rule(lang, id, holding()),
    }
}

/// Conditions with what they found, in words; `stages` are what people call the stages.
pub fn reasons(reasons: &[Reason], stages: &[PolicyName], lang: Lang) -> String {
    each(reasons, stages, lang, |_, condition, fact| say::reason(lang, condition, fact))
}

/// Conditions with what they found at a moment that has been.
pub(super) fn past(reasons: &[Reason], stages: &[PolicyName], lang: Lang) -> String {
    each(reasons, stages, lang, |_, condition, fact| say::reason_then(lang, condition, fact))
}

/// Conditions with what they found and, where a figure is too small, how much is missing.
fn wanting(reasons: &[Reason], stages: &[PolicyName], lang: Lang) -> String {
    each(reasons, stages, lang, |reason, condition, fact| match conditions::gap(reason) {
        Some(gap) => say::reason_gap(lang, condition, fact, gap),
        None => say::reason(lang, condition, fact),
    })
}

/// Conditions in words, each with its fact as `told` says it.
fn each(
    reasons: &[Reason],
    stages: &[PolicyName],
    lang: Lang,
    told: impl Fn(&Reason, String, String) -> String,
) -> String {
    let each = reasons.iter().map(|reason| {
        let condition = conditions::rule(&reason.condition, stages, lang);
        match conditions::fact(reason, stages, lang) {
            Some(fact) => told(reason, condition, fact),
            None => condition,
        }
    });
    each.collect::<Vec<_>>().join(lang.pick(", ", "，"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;
    use crate::text::Clean;

    fn clean(text: &'static str) -> Clean {
        Clean::known(text)
    }

    #[test]
    fn a_standing_tells_its_rule_what_keeps_it_and_what_lifts_it() {
        let reason =
            |condition, fact, holds| Reason { condition: clean(condition), fact: clean(fact), holds };
        let mut tier = Standing {
            id: clean("B"),
            rule: clean("spend(365d)>=20000"),
            reasons: vec![reason("spend(365d)>=20000", "61,200", true)],
            keep: clean("spend(365d)>=15000 or open(deals)>=1"),
            above: Some((clean("A"), vec![reason("orders(365d)>=4", "2", false)])),
            ..Standing::default()
        };
        assert_eq!(
            why(&tier, &[], Lang::En),
            "B: at least 20,000 spent in the last 365 days (now 61,200); \
             stays B with at least 15,000 spent in the last 365 days or at least 1 open deal; \
             A needs at least 4 purchases in the last 365 days (now 2: 2 more)"
        );
        assert_eq!(
            why(&tier, &[], Lang::Zh),
            "B：近365天成交金额 ≥ 20,000（现为 61,200）；\
             近365天成交金额 ≥ 15,000 或 进行中商机数 ≥ 1 时保持 B；升至 A 须 近365天成交次数 ≥ 4（现为 2，还差 2）"
        );
        tier.fixed = Some((clean("largest buyer"), Some(Day(735_998))));
        tier.above = None;
        assert_eq!(why(&tier, &[], Lang::Zh), "B：人工指定至 2016-02-04，largest buyer");
        assert_eq!(why(&Standing::default(), &[], Lang::Zh), "无");
    }

    #[test]
    fn what_is_missing_for_the_next_tier_is_a_figure_where_one_is_asked_for() {
        for (condition, fact, gap) in [
            ("spend(365d)>=100000", "80,000", Some("20,000")),
            ("spend(365d)>=100000", "79,999.50", Some("20,000.5")),
            ("spend(365d)>=100000", "", Some("100,000")),
            ("orders(365d)>3", "3", Some("1")),
            ("orders(365d)>3", "", Some("4")),
            ("orders(365d)>3", "4", None),
            ("orders(365d)<4", "9", None),
            ("idle<30d", "40d", None),
            ("tier:A", "B", None),
            ("last>=2026-01-01", "", None),
        ] {
            let reason = Reason { condition: clean(condition), fact: clean(fact), holds: false };
            assert_eq!(conditions::gap(&reason).as_deref(), gap, "{condition} {fact}");
            let holds = Reason { holds: true, ..reason };
            assert_eq!(conditions::gap(&holds), None, "{condition} {fact}");
        }
    }

    #[test]
    fn a_stage_is_called_what_people_call_it_and_a_flag_needs_no_figure() {
        let stages = [PolicyName { id: clean("lapsed"), en: clean("Lapsed"), zh: clean("流失") }];
        let reason = |condition, fact| Reason { condition: clean(condition), fact: clean(fact), holds: true };
        let stage = Standing {
            id: clean("Won back"),
            rule: clean("was(lapsed) recency>180d"),
            reasons: vec![reason("was(lapsed)", "yes"), reason("recency>180d", "200d")],
            ..Standing::default()
        };
        let said = [Lang::En, Lang::Zh].map(|lang| why(&stage, &stages, lang));
        assert_eq!(said[0], "Won back: once Lapsed, last purchase more than 180 days ago (now 200 days)");
        assert_eq!(said[1], "Won back：曾为 流失，距上次购买 > 180天（现为 200天）");
    }

    #[test]
    fn a_fact_is_said_as_its_condition_is() {
        let stages = [("loyal", "Loyal", "忠诚"), ("lapsed", "Lapsed", "流失")];
        let stages = stages.map(|(id, en, zh)| PolicyName { id: clean(id), en: clean(en), zh: clean(zh) });
        for (condition, fact, en, zh) in [
            ("stage:loyal", "lapsed", "stage Loyal (now Lapsed)", "阶段 = 忠诚（现为 流失）"),
            ("complete<80%", "75", "completeness less than 80% (now 75%)", "完整度 < 80%（现为 75%）"),
            (
                "not employees>=5000",
                "12000",
                "not employees at least 5,000 (now 12,000)",
                "非 员工数 ≥ 5,000（现为 12,000）",
            ),
            ("need:price", "quality", "need price (now quality)", "需求 = 价格（现为 质量）"),
            (
                "points(90d)>=1000",
                "1500",
                "at least 1,000 points in the last 90 days (now 1,500)",
                "近90天积分 ≥ 1,000（现为 1,500）",
            ),
            (
                "next<2026-01-01",
                "",
                "next step before 2026-01-01 (now none)",
                "下一步 早于 2026-01-01（现为 无）",
            ),
        ] {
            let one = [Reason { condition: clean(condition), fact: clean(fact), holds: true }];
            let said = [Lang::En, Lang::Zh].map(|lang| reasons(&one, &stages, lang));
            assert_eq!(said, [en, zh], "{condition}");
        }
    }
}
