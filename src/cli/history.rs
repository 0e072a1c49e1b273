//! `gx history`: the journal, newest first.

use clap::Args;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::receipt::changes;
use super::shape::Shaper;
use super::tree::Verb;
use crate::model::called::deed;
use crate::model::query::{HistoryItem, Session};
use crate::model::{Answer, Id, Query, Which};
use crate::text::say::model::and_more;
use crate::text::say::{brought, cli as say};

/// Changes of an act that are shown to people; the rest are counted.
const SHOWN: usize = 8;

/// Entries that are asked for at once.
const PAGE: u32 = 1000;

#[derive(Args, Debug)]
pub(super) struct History {
    /// A customer by words, or any record by its id (c12, t5, b3)
    #[arg(value_name = "CUSTOMER|ID")]
    record: Vec<String>,
    /// By this member: an id, a name, a login or me; by time: clock
    #[arg(long, value_name = "MEMBER")]
    by: Option<String>,
    /// Not before this date
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
    /// At most so many
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 50, hide_default_value = true)]
    limit: u32,
}

impl Verb for History {
    fn run(self, gx: &mut Gx) -> Done {
        let words = self.record.join(" ");
        let record = match words.parse::<Id>() {
            Ok(id) => Some(Which::Id(id)),
            Err(_) if words.is_empty() => None,
            Err(_) => Some(Which::Words(gx.clean("CUSTOMER", &words)?)),
        };
        let by = gx.clean_or_empty("--by", self.by.as_deref())?;
        let since = gx.clean_or_empty("--since", self.since.as_deref())?;
        let mut items: Vec<HistoryItem> = Vec::new();
        while items.len() < self.limit as usize {
            let before = items.last().map(|item| item.entry.seq);
            let limit = PAGE.min(self.limit - items.len() as u32);
            let (record, by, since) = (record.clone(), by.clone(), since.clone());
            let query = Query::History { record, by, since, before, limit };
            let Answer::History(page) = gx.ask(query)? else { return Err(Failure::odd_answer(gx.lang)) };
            let ended = page.len() < limit as usize;
            items.extend(page);
            if ended {
                break;
            }
        }
        let (lang, zone) = (gx.lang, gx.zone()?);
        let shaper = Shaper { lang, zone };
        let session = gx.session()?.clone();
        let columns = [
            Column::right("seq"),
            Column::left(say::col_when(lang)),
            Column::left(say::col_by(lang)),
            Column::left(say::col_command(lang)),
            Column::wide(say::col_changes(lang)),
        ];
        let cells = |item: &HistoryItem| {
            let tone =
                if item.undone_by.is_some() || item.entry.is_derived() { Tone::Dim } else { Tone::Plain };
            vec![
                Cell::new(item.entry.seq.to_string()),
                Cell::new(item.at().say(zone)),
                Cell::new(item.author(lang)),
                Cell::new(deed(item.entry.command.as_str(), lang)).tone(tone),
                Cell::new(summary(item, &session, shaper)).tone(tone),
            ]
        };
        let has_cells = gx.out.format.has_columns();
        gx.out.list(&items, &columns, cells, |item| {
            let mut value = shaper.history(item);
            if has_cells {
                // A cell holds no list of objects: changes are told as people read them.
                value["changes"] = all_changes(item, &session, shaper).collect::<Vec<_>>().join("; ").into();
            }
            value
        })?;
        Ok(())
    }
}

/// What an act changed, on one line.
fn summary(item: &HistoryItem, session: &Session, shaper: Shaper) -> String {
    let mut all = all_changes(item, session, shaper);
    let mut shown: Vec<String> = all.by_ref().take(SHOWN).collect();
    let more = all.count();
    if more > 0 {
        shown.push(and_more(shaper.lang, more));
    }
    if let Some(at) = item.caught_up() {
        shown.insert(0, brought::caught_up(shaper.lang, at.say(shaper.zone)));
    }
    if let Some(seq) = item.undone_by {
        shown.insert(0, say::undone_by(shaper.lang, seq));
    }
    shown.join("; ")
}

/// Every change of an act in words.
fn all_changes<'a>(
    item: &'a HistoryItem,
    session: &'a Session,
    shaper: Shaper,
) -> impl Iterator<Item = String> + 'a {
    item.entry.events.iter().flat_map(move |event| changes(event, &item.names, session, shaper))
}
