//! A member's whole book to others: looked at first, then given as one batch.

use std::collections::BTreeMap;

use super::{App, LinkState, Question};
use crate::model::handover::{By, Held, Share};
use crate::model::{Id, Kind, Named, Refusal, Row};
use crate::text::Clean;
use crate::text::say::{handover as say, many, tui};
use crate::tui::book::handover::MOST;
use crate::tui::drafts::Deed;
use crate::tui::handover::Plan;
use crate::tui::many::Many;
use crate::tui::sheets::Sheet;
use crate::tui::sheets::page::{Page, Tells};

impl App {
    /// Asks for what somebody has in hand who is to hand it over: `Anna to Bo, Cecily`.
    pub(super) fn hand_over(&mut self, told: &Clean) {
        if self.stays_as_it_was() {
            return;
        }
        if !matches!(self.link, LinkState::Up) {
            return self.fail(tui::needs_link(self.lang));
        }
        match self.who_to_whom(told.as_str()) {
            Ok((from, to)) => {
                self.book.ask_held(from.id, self.now);
                let shares = to.into_iter().map(|to| (to, Share::default())).collect();
                self.handing = Some(Plan { from, shares, names: BTreeMap::new() });
            }
            Err(why) => self.fail(why),
        }
    }

    /// The members that are meant, or why they are not understood.
    fn who_to_whom(&self, told: &str) -> Result<(Named, Vec<Named>), String> {
        let usage = || say::usage(self.lang).to_owned();
        let (from, to) = told.split_once(" to ").or_else(|| told.split_once('给')).ok_or_else(usage)?;
        let from = self.member(from)?;
        let mut all: Vec<Named> = Vec::new();
        for name in to.split([',', '，', '、']).map(str::trim).filter(|name| !name.is_empty()) {
            let to = self.member(name)?;
            if !self.book.is_with_us(to.id) {
                return Err(self.look().refusal(&Refusal::Gone(to.name)));
            }
            if to == from {
                return Err(say::to_oneself(self.lang, from.name));
            }
            if !all.contains(&to) {
                all.push(to);
            }
        }
        if all.is_empty() { Err(usage()) } else { Ok((from, all)) }
    }

    /// The member of a name, of its beginning, or of an id.
    pub(super) fn member(&self, typed: &str) -> Result<Named, String> {
        let typed = typed.trim();
        let members = || self.book.names.get(&Kind::Member).into_iter().flatten();
        let folded = Clean::washed(typed).0.folded();
        let by_id = members().find(|named| named.id.to_string() == typed);
        let mut whole = members().filter(|named| named.name.folded() == folded);
        let mut begun = members().filter(|named| named.name.folded().starts_with(&folded));
        let only = |first: Option<&Named>, more: Option<&Named>| first.filter(|_| more.is_none()).cloned();
        let found = by_id.cloned().or_else(|| only(whole.next(), whole.next()));
        let found = found.or_else(|| only(begun.next(), begun.next()).filter(|_| !folded.is_empty()));
        found.ok_or_else(|| say::nobody(self.lang, typed))
    }

    /// A part of what they have is known; once all of it is, shows who would get what.
    pub(super) fn show_plan(&mut self) {
        let Some(parts) = self.book.take_held() else { return };
        let Some(mut plan) = self.handing.take() else { return };
        if parts.iter().any(|part| part.len() >= MOST) {
            return self.fail(say::too_much(self.lang));
        }
        let tiers = self.book.session.as_ref().map_or(&[][..], |session| &session.tiers);
        let tiers: Vec<Clean> = tiers.iter().map(|tier| tier.id.clone()).collect();
        let records: Vec<(Id, Row)> = parts.into_iter().flatten().map(|line| (line.id, line.row)).collect();
        plan.names = records.iter().filter_map(|(id, row)| Some((*id, name(row)?))).collect();
        let held = Held::of(plan.from.id, records, &tiers, false);
        let shares = held.divided(plan.shares.len(), By::Round);
        for ((_, share), of_one) in plan.shares.iter_mut().zip(shares) {
            *share = of_one;
        }
        if plan.count() == 0 {
            return self.tell(say::nothing(self.lang, plan.from.name.line()));
        }
        self.sheets.push(Sheet::Page(Page::new(Tells::Handover(Box::new(plan)))));
    }

    /// Asks whether it is to be done.
    pub(super) fn ask_handover(&mut self) {
        match &self.many {
            Some(many) => {
                let (done, all) = many.progress();
                self.fail(many::busy(self.lang, done, all));
            }
            None => self.question = Some(Question::HandOver),
        }
    }

    /// What is asked before.
    pub(super) fn sure_of_handover(&self) -> String {
        let Some(plan) = self.plan() else { return String::new() };
        say::really(self.lang, plan.count(), plan.from.name.line())
    }

    /// The plan that is looked at.
    fn plan(&self) -> Option<&Plan> {
        match self.sheets.last() {
            Some(Sheet::Page(page)) => page.plan(),
            _ => None,
        }
    }

    /// Gives it all as one batch, or leaves it.
    pub(super) fn begin_handover(&mut self, yes: bool) {
        let Some(plan) = self.plan().filter(|_| yes).cloned() else {
            return self.tell(say::not_done(self.lang));
        };
        self.sheets.pop();
        let to: Vec<String> = plan.shares.iter().map(|(who, _)| who.name.line()).collect();
        let to = to.join(self.lang.pick(", ", "、"));
        let what = Clean::washed(&say::called(self.lang, plan.from.name.line(), to)).0;
        self.many = Some(Many::new((Deed::Assign, plan.from.id), what, plan.orders()));
        self.begin();
    }
}

/// What a record is called.
fn name(row: &Row) -> Option<Clean> {
    match row {
        Row::Customer(row) => Some(row.name.clone()),
        Row::Task(row) => Some(row.title.clone()),
        _ => None,
    }
}
