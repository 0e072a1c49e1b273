//! `gx tier`: the book by tier, and tiers set by hand.

use clap::{Args, Subcommand};

use super::failure::{Done, Failure};
use super::fields::Dry;
use super::flags::AsOf;
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::shape::Shaper;
use super::tree::Verb;
use crate::filter::{Reader, took};
use crate::model::query::{BoardLine, TierStep};
use crate::model::{Answer, Command, Kind, Query};
use crate::text::say::{board as told, cli as say, text as words};

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, after_help = AFTER)]
pub(super) struct Tier {
    #[command(subcommand)]
    verb: Option<TierVerb>,
    /// By stage instead of by tier
    #[arg(long)]
    stages: bool,
    #[command(flatten)]
    day: AsOf,
}

const AFTER: &str = "covered: customers contacted within the rhythm of their tier, of all; who was never contacted is \
not. late: customers with a late task, or a contact that their tier wanted; the rhythm of who was never contacted began \
when they were added or got their owner. 30 days: who came from another tier, and who left for another, between then \
and now. answered: questions of the last 90 days that were answered in the time of the tier, of all that were; median \
time: the time of its clock in which half of them were. unserved: customers without an owner or team, or with one \
who has not the skill, as the tier asks. median stay: half of them have been in it for as many days or more.";

#[derive(Subcommand, Debug)]
enum TierVerb {
    /// Set a customer's tier by hand, with a reason
    Set(Set),
    /// Leave a customer's tier to the rules again
    Clear(Clear),
    /// Show from which tier to which a customer moved, and why
    History(Moves),
}

#[derive(Args, Debug)]
struct Moves {
    /// An id (c12), or words that mean one customer
    #[arg(required = true, value_name = "CUSTOMER")]
    customer: Vec<String>,
    #[command(flatten)]
    day: AsOf,
}

#[derive(Args, Debug)]
struct Set {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// The tier's id
    #[arg(value_name = "TIER")]
    tier: String,
    /// Why; everybody can read it
    #[arg(long, value_name = "WORDS")]
    reason: String,
    /// The last day; without one until cleared
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Clear {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Tier {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            None => {
                gx.look_back(&self.day)?;
                board(gx, self.stages)
            }
            Some(TierVerb::History(Moves { customer, day })) => {
                gx.look_back(&day)?;
                history(gx, &customer.join(" "))
            }
            Some(TierVerb::Set(Set { customer, tier, reason, until, dry })) => {
                let tier = gx.clean("TIER", &tier)?;
                let reason = gx.clean("--reason", &reason)?;
                let until = gx.clean_or_empty("--until", until.as_deref())?;
                let customer = gx.resolve(Kind::Customer, &customer)?;
                gx.write(Command::TierSet { customer, tier, reason, until }, dry.dry_run)
            }
            Some(TierVerb::Clear(Clear { customer, dry })) => {
                let customer = gx.resolve(Kind::Customer, &customer)?;
                gx.write(Command::TierClear { customer }, dry.dry_run)
            }
        }
    }
}

/// The tiers, or the stages, of the team's board.
fn board(gx: &mut Gx, stages: bool) -> Done {
    let Answer::Board(board) = gx.ask(Query::Board)? else { return Err(Failure::odd_answer(gx.lang)) };
    let lang = gx.lang;
    let shaper = Shaper { lang, zone: gx.zone()? };
    let lines = if stages { &board.stages } else { &board.tiers };
    let what = if stages { told::stage(lang) } else { say::col_tier(lang) };
    let mut columns = vec![
        Column::left(what),
        Column::left(say::col_name(lang)),
        Column::right(say::col_count(lang)),
        Column::right(say::col_spend_year(lang)),
        Column::right(say::col_covered(lang)),
        Column::right(say::col_late(lang)),
        Column::right(told::moved_lately(lang)),
        Column::right(told::half_since(lang)),
    ];
    let standards = lines.iter().filter_map(|line| line.standard.as_ref());
    let answers = standards.clone().any(|standard| standard.answers.is_some());
    let serves = standards.clone().any(|standard| standard.served.is_some());
    if answers {
        columns.extend([Column::right(told::answered(lang)), Column::right(told::answer_time(lang))]);
    }
    if serves {
        columns.push(Column::right(told::unserved(lang)));
    }
    let cells = |line: &BoardLine| {
        let BoardLine { line: tier, came, left, days, standard, .. } = line;
        let toned = |count: u32| {
            let cell = Cell::new(count.to_string());
            if count > 0 { cell.tone(Tone::Late) } else { cell }
        };
        let none = if tier.tier.id.is_empty() { told::none(lang) } else { "" };
        let mut cells = vec![
            Cell::from(&tier.tier.id),
            if none.is_empty() {
                Cell::from(lang.pick(&tier.tier.en, &tier.tier.zh))
            } else {
                Cell::new(none)
            },
            Cell::new(tier.count.to_string()),
            Cell::new(tier.spend.grouped(true)),
            Cell::new(format!("{}/{}", tier.covered, tier.count)),
            toned(tier.late),
            Cell::new(if came + left > 0 { told::movement(lang, came, left) } else { String::new() }),
            Cell::new(days.map(|days| words::days(lang, days)).unwrap_or_default()),
        ];
        let answered = standard.as_ref().and_then(|standard| standard.answers.as_ref());
        if answers {
            let asked = answered.filter(|answers| answers.asked > 0);
            let share = asked.map(|answers| format!("{}/{}", answers.in_time, answers.asked));
            let time = answered.and_then(|answers| answers.median).map(|minutes| took(lang, minutes));
            cells.extend([Cell::new(share.unwrap_or_default()), Cell::new(time.unwrap_or_default())]);
        }
        let served = standard.as_ref().and_then(|standard| standard.served.as_ref());
        if serves {
            cells.push(served.map_or_else(Cell::default, |served| toned(served.unserved)));
        }
        cells
    };
    gx.out.list(lines, &columns, cells, |line| shaper.board_line(line, stages))?;
    Ok(())
}

/// From which tier to which a customer moved, the newest move first.
fn history(gx: &mut Gx, customer: &str) -> Done {
    let customer = gx.which(Kind::Customer, customer)?;
    let Answer::TierHistory(_, steps) = gx.ask(Query::TierHistory { customer })? else {
        return Err(Failure::odd_answer(gx.lang));
    };
    let (lang, zone) = (gx.lang, gx.zone()?);
    let shaper = Shaper { lang, zone };
    let session = gx.session()?.clone();
    let reader = Reader { lang, stages: &session.names.stages, zone, now: session.now };
    let columns = [
        Column::left(say::col_when(lang)),
        Column::left(told::from(lang)),
        Column::left(told::to(lang)),
        Column::wide(told::why(lang)),
    ];
    let cells = |step: &TierStep| {
        let from = if step.from.is_empty() { told::none(lang).to_owned() } else { step.from.line() };
        vec![
            Cell::new(step.at.say(zone)).tone(Tone::Dim),
            Cell::new(from),
            Cell::from(&step.to),
            Cell::new(reader.step(step)),
        ]
    };
    gx.out.list(&steps, &columns, cells, |step| shaper.tier_step(step, &reader.step(step)))?;
    Ok(())
}
