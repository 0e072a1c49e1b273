//! `gx timeline`: what happened with a customer.

use clap::Args;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::shape::{Shaper, policy_name, with_id};
use super::tree::Verb;
use crate::model::query::{Happened, Session, TimelineItem};
use crate::model::{Answer, Choice, Kind, Query};
use crate::text::say::model::absent;
use crate::text::say::{brought, cli as say};
use crate::text::{Clean, Lang};

#[derive(Args, Debug)]
pub(super) struct Timeline {
    /// An id (c12), or words that mean one customer
    #[arg(required = true, value_name = "CUSTOMER")]
    customer: Vec<String>,
    /// Not before this date
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
    /// At most so many
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 50, hide_default_value = true)]
    limit: u32,
}

impl Verb for Timeline {
    fn run(self, gx: &mut Gx) -> Done {
        let customer = gx.which(Kind::Customer, &self.customer.join(" "))?;
        let since = gx.clean_or_empty("--since", self.since.as_deref())?;
        // One more than is shown, to know whether there are more.
        let query = Query::Timeline { customer, since, before: None, limit: self.limit.saturating_add(1) };
        let Answer::Timeline(named, mut items) = gx.ask(query)? else {
            return Err(Failure::odd_answer(gx.lang));
        };
        let is_cut = items.len() > self.limit as usize;
        items.truncate(self.limit as usize);
        let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
        let session = gx.session()?.clone();
        let cells = |item: &TimelineItem| row(item, &session, shaper);
        gx.out.list(&items, &columns(gx.lang), cells, |item| shaper.happened(item))?;
        if is_cut && !gx.for_machines() {
            let command = format!("gx timeline {} -n {}", named.id, self.limit.saturating_mul(10));
            gx.note(&say::shown_by(gx.lang, say::and_others(gx.lang), command));
        }
        Ok(())
    }
}

/// The columns of a timeline.
pub(super) fn columns(lang: Lang) -> [Column; 4] {
    [
        Column::left(say::col_when(lang)),
        Column::left(say::col_what(lang)),
        Column::wide(say::col_text(lang)),
        Column::left(say::col_by(lang)),
    ]
}

/// An item of a timeline as a row of [`columns`].
pub(super) fn row(item: &TimelineItem, session: &Session, shaper: Shaper) -> Vec<Cell> {
    let Shaper { lang, zone } = shaper;
    let at = if item.whole_day { item.at.day(zone).date().to_string() } else { item.at.say(zone) };
    let (what, mut text) = told(&item.what, session, lang);
    if let Some(at) = item.caught_up {
        text = say::with_note(lang, text, brought::caught_up(lang, at.say(zone)));
    }
    let by = item.by.as_ref().map(|by| by.name.line()).unwrap_or_default();
    vec![Cell::new(at).tone(Tone::Dim), Cell::new(what), Cell::new(text), Cell::new(by).tone(Tone::Dim)]
}

/// What happened in a few words, and the text of it: `call out · reached`, `Asked for the price list`.
fn told(what: &Happened, session: &Session, lang: Lang) -> (String, String) {
    match what {
        Happened::Interaction { channel, direction, outcome, text, said, .. } => {
            let way = channel.way(*direction, lang);
            let end = outcome.map(|outcome| format!(" · {}", outcome.by(*channel, lang))).unwrap_or_default();
            let words =
                if said.is_empty() { text.line() } else { say::with_words(lang, text.line(), said.line()) };
            (format!("{way}{end}"), words.trim().to_owned())
        }
        Happened::Task { title, state } => (say::task_is(lang, state.label(lang)), title.line()),
        Happened::Deal { title, stage, amount } => {
            let amount = amount.map(|amount| format!("  {amount}")).unwrap_or_default();
            (say::deal_is(lang, stage.label(lang)), format!("{}{amount}", title.line()))
        }
        Happened::Purchase { product, amount } => {
            let amount = amount.map(|amount| format!("  {amount}")).unwrap_or_default();
            (say::purchase(lang).to_owned(), format!("{}{amount}", product.line()))
        }
        Happened::Moved { field, from, to } => {
            let (label, known) = match field.as_str() {
                "tier" => (say::col_tier(lang), Some(&session.names.tiers)),
                "stage" => (say::col_stage(lang), Some(&session.names.stages)),
                "owner" => (say::col_owner(lang), None),
                other => (other, None),
            };
            let name = |id: &Clean| match known {
                _ if id.is_empty() => absent(lang).to_owned(),
                Some(known) if field.as_str() == "tier" => with_id(known, id, lang),
                Some(known) => policy_name(known, id, lang).line(),
                None => id.line(),
            };
            (label.to_owned(), say::moved(lang, name(from), name(to)))
        }
    }
}
