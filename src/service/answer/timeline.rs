//! What happened with a customer, newest first: rows on its timeline, and the moves of its tier, stage and owner.

use super::{Desk, MOST};
use crate::model::query::{Happened, TimelineItem};
use crate::model::{
    Answer, Cause, Channel, DealStage, Event, Id, Index, Instant, Key, Kind, Refusal, Row, Rows, TaskState,
    Value, Which, index,
};
use crate::rules::names::id_text;
use crate::text::Clean;

impl Desk<'_> {
    pub(super) fn timeline_of(
        &self,
        which: &Which,
        since: &Clean,
        before: Option<Instant>,
        limit: u32,
    ) -> Result<Answer, Refusal> {
        let id = Id::customer(self.customer(which)?);
        let since = self.since(since)?;
        let items = self.timeline(id, since, before, limit.min(MOST) as usize);
        Ok(Answer::Timeline(self.names.named(id), items))
    }

    /// Items not before `since`, before `before`, at most so many.
    pub(super) fn timeline(
        &self,
        customer: Id,
        since: Option<Instant>,
        before: Option<Instant>,
        limit: usize,
    ) -> Vec<TimelineItem> {
        let mut items = self.happened(customer, since, before, limit);
        let oldest = if items.len() == limit { items.last().map(|item| item.at) } else { since };
        items.extend(self.moves(customer, oldest, before, limit));
        items.sort_by_key(|item| std::cmp::Reverse(item.at));
        items.truncate(limit);
        items
    }

    /// Interactions, finished tasks, deals and purchases.
    fn happened(
        &self,
        customer: Id,
        since: Option<Instant>,
        before: Option<Instant>,
        limit: usize,
    ) -> Vec<TimelineItem> {
        let rows = &self.head.snapshot;
        let all = Key::of(Index::Timeline).id(customer);
        let from = since.map_or(all.0.clone(), |at| all.clone().instant(at).0);
        let to = before.map_or(all.end(), |at| all.clone().instant(at).0);
        let mut items = Vec::new();
        if limit == 0 {
            return items;
        }
        rows.scan(&from, &to, true, &mut |key| {
            if let (Some(id), Some(at)) = (index::target(key), index::moment(key))
                && let Some(row) = rows.row(id)
            {
                items.extend(self.item(id, at, row));
            }
            items.len() < limit
        });
        items
    }

    fn item(&self, id: Id, at: Instant, row: Row) -> Option<TimelineItem> {
        let (by, whole_day, what) = match row {
            Row::Interaction(said) => {
                let what = Happened::Interaction {
                    channel: said.channel.unwrap_or(Channel::Other),
                    direction: said.direction,
                    outcome: said.outcome,
                    text: said.text,
                    said: said.said,
                    contact: self.maybe(said.contact),
                };
                (said.by, false, what)
            }
            Row::Task(task) => {
                let state = task.state.unwrap_or(TaskState::Done);
                (task.done_by, false, Happened::Task { title: self.task_title(&task), state })
            }
            Row::Deal(deal) => {
                let title = if deal.name.is_empty() { deal.product } else { deal.name };
                let stage = deal.stage.unwrap_or(DealStage::Prospecting);
                (deal.owner, true, Happened::Deal { title, stage, amount: deal.amount })
            }
            Row::Purchase(bought) => {
                (bought.owner, true, Happened::Purchase { product: bought.product, amount: bought.amount })
            }
            _ => return None,
        };
        Some(TimelineItem {
            id,
            at,
            whole_day,
            by: self.maybe(by),
            what,
            undone: false,
            undoes: false,
            caught_up: None,
        })
    }

    /// Moves of the tier, the stage and the owner.
    fn moves(
        &self,
        customer: Id,
        since: Option<Instant>,
        before: Option<Instant>,
        limit: usize,
    ) -> Vec<TimelineItem> {
        let rows = &self.head.snapshot;
        let mut items = Vec::new();
        rows.moves(customer, &mut |seq| {
            let Some(entry) = rows.entry(seq) else { return true };
            if since.is_some_and(|since| entry.at < since) {
                return false;
            }
            let at = self.due(&entry).unwrap_or(entry.at);
            if before.is_none_or(|before| at < before) && since.is_none_or(|since| at >= since) {
                let undone = rows.undone_by(seq).is_some();
                let moves = entry.events.iter().filter_map(|event| self.moved(customer, event));
                items.extend(moves.map(|what| TimelineItem {
                    id: customer,
                    at,
                    whole_day: false,
                    by: self.maybe(entry.by),
                    what,
                    undone,
                    undoes: matches!(entry.cause, Cause::Undoes { .. }),
                    caught_up: Some(entry.at).filter(|done| done.is_behind(at)),
                }));
            }
            items.len() < limit
        });
        items
    }

    fn moved(&self, customer: Id, event: &Event) -> Option<Happened> {
        let Event::Set { field, from, to, .. } = event else { return None };
        let name = Kind::Customer.info(field.code).filter(|_| event.moves() == Some(customer))?.name;
        Some(Happened::Moved { field: Clean::known(name), from: self.text(from), to: self.text(to) })
    }

    fn text(&self, value: &Value) -> Clean {
        match value {
            Value::Text(text) => text.clone(),
            Value::Ref(id) => {
                let name = self.names.named(*id).name;
                if name.is_empty() { id_text(*id) } else { name }
            }
            _ => Clean::default(),
        }
    }
}
