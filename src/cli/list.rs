//! `gx list`: customers by filter.

use clap::Args;

use super::failure::{Done, Failure};
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::shape::{Shaper, policy_name};
use super::tree::Verb;
use crate::model::query::{CustomerLine, Lateness};
use crate::model::{Answer, Named, Query};
use crate::text::say::cli as say;

/// Customers that are asked for at once.
const PAGE: u32 = 20_000;

#[derive(Args, Debug)]
pub(super) struct List {
    /// The filter, one quoted word: 'tier:A idle>30d'; without one all that are not archived
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// A field to sort by, with - before it backwards; without one late ones come first
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// At most so many
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<u32>,
}

impl Verb for List {
    fn run(self, gx: &mut Gx) -> Done {
        let filter = gx.clean_or_empty("FILTER", self.filter.as_deref())?;
        let sort = gx.clean_or_empty("--sort", self.sort.as_deref())?;
        let most = self.limit.unwrap_or(u32::MAX);
        let mut lines: Vec<CustomerLine> = Vec::new();
        loop {
            let skip = lines.len() as u32;
            let limit = PAGE.min(most - skip);
            let query = Query::List { filter: filter.clone(), sort: sort.clone(), skip, limit };
            let Answer::Customers(page, all) = gx.ask(query)? else {
                return Err(Failure::odd_answer(gx.lang));
            };
            let ended = page.is_empty();
            lines.extend(page);
            if ended || lines.len() as u64 >= all.min(most.into()) {
                return customers(gx, &lines);
            }
        }
    }
}

/// Prints customers.
pub(super) fn customers(gx: &mut Gx, lines: &[CustomerLine]) -> Done {
    let (lang, zone) = (gx.lang, gx.zone()?);
    let stages = gx.session()?.stages.clone();
    let shaper = Shaper { lang, zone };
    let columns = [
        Column::left("id"),
        Column::left(""),
        Column::wide(say::col_name(lang)),
        Column::left(say::col_tier(lang)),
        Column::left(say::col_stage(lang)),
        Column::wide(say::col_owner(lang)),
        Column::left(say::col_team(lang)),
        Column::right(say::col_spend(lang)),
        Column::left(say::col_last(lang)),
        Column::left(say::col_next(lang)),
    ];
    let name = |named: &Option<Named>| named.as_ref().map(|named| named.name.line()).unwrap_or_default();
    let cells = |line: &CustomerLine| {
        let (sign, tone) = sign(line.late);
        vec![
            Cell::new(line.id.to_string()),
            Cell::new(sign).tone(tone),
            Cell::from(&line.name),
            Cell::from(&line.tier),
            Cell::from(policy_name(&stages, &line.stage, lang)),
            Cell::new(name(&line.owner)),
            Cell::new(name(&line.team)),
            Cell::new(line.spend.grouped(true)),
            Cell::new(line.last_contact.map(|at| at.day(zone).date().to_string()).unwrap_or_default()),
            Cell::new(line.next_due.map(|at| at.say(zone)).unwrap_or_default()).tone(tone),
        ]
    };
    gx.out.list(lines, &columns, cells, |line| shaper.customer(line))?;
    Ok(())
}

/// The mark of what is late or nearly so, and its colour.
pub(super) fn sign(late: Lateness) -> (&'static str, Tone) {
    match late {
        Lateness::Fine => ("", Tone::Plain),
        Lateness::Soon => ("~", Tone::Soon),
        Lateness::Late => ("!", Tone::Late),
    }
}
