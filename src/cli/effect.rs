//! What an adoption, or its undo, did to the book.

use serde_json::{Value as Json, json};

use super::gx::Gx;
use super::page::Page;
use super::preview::{shift, ways};
use crate::model::query::{Effect, PolicyAnswer, PolicyQuery};
use crate::model::{Answer, Became, Id, Query, Receipt};
use crate::text::Lang;
use crate::text::say::policy as say;

impl Gx {
    /// What a write did to the book that put another policy in force; none where it was another write.
    pub(super) fn effect(&mut self, receipt: &Receipt) -> Option<Effect> {
        if !receipt.changes.iter().any(|event| event.sets(Id::SETTINGS, "policy").is_some()) {
            return None;
        }
        let query = PolicyQuery::Effect { seq: *receipt.seqs.first()? };
        match self.ask(Query::Policy(query)).ok()? {
            Answer::Policy(PolicyAnswer::Effect(effect)) => Some(*effect),
            _ => None,
        }
    }
}

/// The policy that a write was about: that which came into force, or was taken back.
pub(super) fn about(effect: &Effect, receipt: &Receipt, lang: Lang) -> String {
    let is_back = receipt.became == Became::TakenBack;
    say::version(lang, effect.before.filter(|_| is_back).unwrap_or(effect.version))
}

/// As people read it.
pub(super) fn draw(page: &mut Page, effect: &Effect, receipt: &Receipt, lang: Lang) {
    if receipt.became == Became::TakenBack {
        page.line([say::in_force_again(lang, effect.version).into()]);
    }
    let Effect { moved, waiting, returning, spared, pooled, given_back, .. } = *effect;
    let Effect { dropped, redated, born, .. } = *effect;
    if [moved, waiting, returning, spared, pooled, given_back] == [0; 6] {
        page.line([say::nobody_moved(lang).into()]);
    }
    let lines = [
        (moved, say::moved(lang, moved)),
        (waiting, say::to_confirm(lang, waiting)),
        (pooled, say::pooled(lang, pooled)),
        (given_back, say::given_back(lang, given_back)),
        (returning, say::returning(lang, returning)),
        (spared, say::spared(lang, spared)),
        (dropped, say::tasks_dropped(lang, dropped)),
        (redated, say::tasks_moved(lang, redated)),
        (born, say::tasks_born(lang, born)),
    ];
    for (_, line) in lines.into_iter().filter(|(count, _)| *count > 0) {
        page.line([line.into()]);
    }
    ways(page, say::col_tier(lang), &effect.tiers, &effect.names, lang);
    ways(page, say::col_stage(lang), &effect.stages, &effect.names, lang);
    if !(effect.tiers.is_empty() && effect.stages.is_empty()) {
        page.gap();
    }
}

/// As scripts read it.
pub(super) fn shape(effect: &Effect) -> Json {
    json!({
        "version": effect.version,
        "before": effect.before,
        "moved": effect.moved,
        "tiers": effect.tiers.iter().map(shift).collect::<Json>(),
        "stages": effect.stages.iter().map(shift).collect::<Json>(),
        "waiting": effect.waiting,
        "pooled": effect.pooled,
        "given_back": effect.given_back,
        "returning": effect.returning,
        "spared": effect.spared,
        "tasks": {
            "dropped": effect.dropped,
            "moved": effect.redated,
            "born": effect.born,
        },
    })
}
