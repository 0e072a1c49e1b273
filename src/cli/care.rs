//! `gx care`: what is planned with customers; leave one plan out.

use clap::{Args, Subcommand};
use serde_json::{Value as Json, json};

use super::failure::{Done, Failure};
use super::fields::Dry;
use super::gx::Gx;
use super::page::{Cell, Column, Tone};
use super::shape::{Shaper, day, id, name, named, text};
use super::tree::Verb;
use crate::model::planned::{MOST_DAYS, Planned};
use crate::model::{Answer, Choice, Command, Day, Event, Instant, Kind, Query, Receipt, Row, Value};
use crate::text::Clean;
use crate::text::say::{care as say, cli};

#[derive(Args, Debug)]
pub(super) struct Care {
    #[command(subcommand)]
    verb: CareVerb,
}

#[derive(Subcommand, Debug)]
enum CareVerb {
    /// List the greetings and contacts that are planned, the first day in front
    List(List),
    /// Leave out what is planned for a customer, once
    Skip(Skip),
}

#[derive(Args, Debug)]
struct List {
    /// Whose, one quoted word: 'tier:A owner:me'; gx help filter lists what it can say
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// So many days ahead, at most 366
    #[arg(long, value_name = "N", default_value_t = 30, hide_default_value = true)]
    days: u32,
    /// Only what I am to do
    #[arg(long)]
    mine: bool,
}

#[derive(Args, Debug)]
struct Skip {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// The occasion as the policy names it, of one contact as birthday:p7; or cadence, the next contact of the
    /// communication plan
    #[arg(value_name = "OCCASION")]
    occasion: String,
    /// Why; everybody can read it
    #[arg(long, value_name = "WORDS")]
    reason: String,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Care {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            CareVerb::List(list) => list.run(gx),
            CareVerb::Skip(Skip { customer, occasion, reason, dry }) => {
                let occasion = gx.clean("OCCASION", &occasion)?;
                let reason = gx.clean("--reason", &reason)?;
                let customer = gx.resolve(Kind::Customer, &customer)?;
                let mut receipt = gx.act(Command::CareSkip { customer, occasion, reason }, dry.dry_run)?;
                receipt.dates.extend(gx.day_left_out(&receipt));
                // What was left out is kept as a task that is not to be done: made or dropped, it is told as what it
                // is.
                let done = if dry.dry_run { say::would_leave_out } else { say::left_out };
                gx.tell(&receipt, dry.dry_run, Some(done))
            }
        }
    }
}

impl Gx {
    /// The day whose plan was left out, or would be: that of the task which keeps it, new or there before.
    fn day_left_out(&mut self, receipt: &Receipt) -> Option<(Clean, Instant)> {
        let task = *receipt.ids.first()?;
        let made = receipt.changes.iter().find_map(|event| match event {
            Event::Created { record, values } if *record == task => {
                let due = values.iter().find(|(field, _)| Kind::Task.field_name(field) == "due")?;
                if let Value::Instant(due) = due.1 { Some(due) } else { None }
            }
            _ => None,
        });
        let kept = || match self.row(task)?.row {
            Row::Task(task) => task.due,
            _ => None,
        };
        made.or_else(kept).map(|due| (Clean::known("day"), due))
    }
}

impl List {
    fn run(self, gx: &mut Gx) -> Done {
        if self.days > MOST_DAYS {
            return Err(Failure::usage(say::too_far(gx.lang, self.days, MOST_DAYS)));
        }
        let filter = gx.clean_or_empty("FILTER", self.filter.as_deref())?;
        let query = Query::Care { filter, days: self.days, mine: self.mine };
        let Answer::Care(planned) = gx.ask(query)? else { return Err(Failure::odd_answer(gx.lang)) };
        let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
        let columns = columns(gx.lang);
        let today = gx.session()?.now.day(shaper.zone);
        gx.out.list(&planned, &columns, |plan| row(plan, today, shaper), |plan| shaper.planned(plan))?;
        Ok(())
    }
}

fn columns(lang: crate::text::Lang) -> [Column; 8] {
    [
        Column::left(say::col_day(lang)),
        Column::left("id"),
        Column::wide(cli::col_customer(lang)),
        Column::left(cli::col_tier(lang)),
        Column::wide(say::col_what(lang)),
        Column::left(say::col_channel(lang)),
        Column::left(cli::col_assignee(lang)),
        Column::wide(say::col_why(lang)),
    ]
}

fn row(plan: &Planned, today: Day, shaper: Shaper) -> Vec<Cell> {
    let Shaper { lang, zone } = shaper;
    let whose = plan.who.as_ref().or(plan.team.as_ref());
    let is_overdue = plan.is_overdue(today);
    let task = plan.task.map(|task| say::in_queue(lang, task));
    // What the plan counts says so itself.
    let overdue = (is_overdue && plan.rhythm.is_none()).then(|| say::overdue(lang).to_owned());
    let why = [plan.why(lang), overdue, plan.coming(lang, zone), task].into_iter().flatten();
    vec![
        Cell::new(plan.day.date().to_string()).tone(if is_overdue { Tone::Late } else { Tone::Plain }),
        Cell::new(plan.customer.id.to_string()),
        Cell::from(&plan.customer.name),
        Cell::from(&plan.tier),
        Cell::new(plan.what(lang)),
        Cell::new(plan.channel.map(|channel| channel.label(lang)).unwrap_or_default()),
        Cell::new(whose.map(|whose| whose.name.line()).unwrap_or_default()),
        Cell::new(why.collect::<Vec<_>>().join(lang.pick("; ", "；"))),
    ]
}

impl Shaper {
    /// Something that is planned.
    pub(super) fn planned(self, plan: &Planned) -> Json {
        let rhythm = plan.rhythm;
        let occasions = plan.occasions.iter().map(|occasion| {
            let called: &Clean = self.lang.pick(&occasion.en, &occasion.zh);
            json!({ "id": text(&occasion.id), "name": text(called) })
        });
        json!({
            "customer": id(plan.customer.id),
            "customer_name": plan.customer.name.as_str(),
            "tier": text(&plan.tier),
            "day": day(Some(plan.day)),
            "source": plan.source.word(),
            "what": plan.what(self.lang),
            "occasions": occasions.collect::<Json>(),
            "channel": plan.channel.map(Choice::word),
            "assignee": named(plan.who.as_ref()),
            "assignee_name": name(plan.who.as_ref()),
            "team": named(plan.team.as_ref()),
            "team_name": name(plan.team.as_ref()),
            "since": day(rhythm.map(|rhythm| rhythm.since)),
            "every_days": rhythm.map(|rhythm| rhythm.every),
            "left_out": day(rhythm.and_then(|rhythm| rhythm.left_out)),
            "wanted": day(rhythm.map(|rhythm| rhythm.wanted)),
            "reason": plan.why(self.lang),
            "queued": self.time(plan.queued),
            "task": plan.task.map(id),
        })
    }
}
