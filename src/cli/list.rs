//! `gx list`: customers by filter.

use std::collections::BTreeSet;

use clap::Args;

use super::failure::{Done, Failure};
use super::flags::AsOf;
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::shape::{Shaper, policy_name};
use super::tree::Verb;
use crate::model::query::{CustomerLine, Lateness};
use crate::model::{Answer, Named, Query};
use crate::text::say::cli as say;
use crate::text::{Clean, age};

/// How often a list that changed between two of its pages is asked for anew.
const TRIES: usize = 5;

#[derive(Args, Debug)]
pub(super) struct List {
    /// The filter, one quoted word: 'tier:A idle>30d'; without one all that are not archived. gx help filter
    /// lists what it can say
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// A field to sort by, with - before it backwards; without one late ones come first
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Only customers of this saved list, in its order; a FILTER that begins with @ means the same: gx list @NAME
    #[arg(long, value_name = "VIEW")]
    view: Option<String>,
    /// At most so many
    #[arg(short = 'n', long = "limit", value_name = "N")]
    limit: Option<u32>,
    #[command(flatten)]
    day: AsOf,
}

impl Verb for List {
    fn run(self, gx: &mut Gx) -> Done {
        gx.look_back(&self.day)?;
        let named = self.filter.as_deref().and_then(|typed| typed.strip_prefix('@'));
        let typed = if named.is_some() { None } else { self.filter.as_deref() };
        let mut filter = gx.clean_or_empty("FILTER", typed)?;
        let mut sort = gx.clean_or_empty("--sort", self.sort.as_deref())?;
        for view in named.into_iter().chain(self.view.as_deref()) {
            let (_, view) = gx.view(view)?;
            filter = both(&view.filter, &filter);
            sort = if sort.is_empty() { view.sort } else { sort };
        }
        print(gx, &filter, &sort, self.limit.unwrap_or(u32::MAX))
    }
}

/// Prints the customers that pass a filter, in an order, at most so many.
pub(super) fn print(gx: &mut Gx, filter: &Clean, sort: &Clean, most: u32) -> Done {
    let mut listed = list(gx, filter, sort, most)?;
    for _ in 1..TRIES {
        if listed.of_one_moment {
            break;
        }
        listed = list(gx, filter, sort, most)?;
    }
    customers(gx, &listed.lines)
}

/// What passes two filters.
pub(super) fn both(one: &Clean, other: &Clean) -> Clean {
    match (one.is_empty(), other.is_empty()) {
        (true, _) => other.clone(),
        (_, true) => one.clone(),
        _ => Clean::washed(&format!("({one}) and ({other})")).0,
    }
}

/// Customers, and whether all of them are of one moment: between two pages the list may move, so that a customer is
/// in both or in none.
struct Listed {
    lines: Vec<CustomerLine>,
    of_one_moment: bool,
}

/// Asks for a list: in one page, but for the largest books.
fn list(gx: &mut Gx, filter: &Clean, sort: &Clean, most: u32) -> Done<Listed> {
    let mut lines: Vec<CustomerLine> = Vec::new();
    let mut heads = BTreeSet::new();
    loop {
        let skip = lines.len() as u32;
        let query = Query::List { filter: filter.clone(), sort: sort.clone(), skip, limit: most - skip };
        let (head, Answer::Customers(page, all)) = gx.ask_at(query)? else {
            return Err(Failure::odd_answer(gx.lang));
        };
        heads.insert(head);
        let ended = page.is_empty();
        lines.extend(page);
        if ended || lines.len() as u64 >= all.min(most.into()) {
            return Ok(Listed { lines, of_one_moment: heads.len() == 1 });
        }
    }
}

/// Prints customers.
pub(super) fn customers(gx: &mut Gx, lines: &[CustomerLine]) -> Done {
    let (lang, zone) = (gx.lang, gx.zone()?);
    let (stages, now) = (gx.session()?.stages.clone(), gx.session()?.now);
    let shaper = Shaper { lang, zone };
    let mut columns = vec![
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
    let some_return = lines.iter().any(|line| line.returns.is_some());
    if some_return {
        columns.push(Column::left(say::col_returns(lang)));
    }
    let name = |named: &Option<Named>| named.as_ref().map(|named| named.name.line()).unwrap_or_default();
    let cells = |line: &CustomerLine| {
        let (sign, tone) = sign(line.late);
        let mut cells = vec![
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
        ];
        if some_return {
            let left = line.returns.map(|at| age::left(lang, at.local(zone), now.local(zone)));
            cells.push(Cell::new(left.unwrap_or_default()).tone(returning(line)));
        }
        cells
    };
    gx.out.list(lines, &columns, cells, |line| shaper.customer(line))?;
    Ok(())
}

/// The colour of a return to the open pool.
pub(super) fn returning(line: &CustomerLine) -> Tone {
    if line.returning { Tone::Late } else { Tone::Plain }
}

/// The mark of what is late or nearly so, and its colour.
pub(super) fn sign(late: Lateness) -> (&'static str, Tone) {
    match late {
        Lateness::Fine => ("", Tone::Plain),
        Lateness::Soon => ("~", Tone::Soon),
        Lateness::Late => ("!", Tone::Late),
    }
}
