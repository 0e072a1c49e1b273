//! `gx why`: the rules and facts behind where a customer stands.

use clap::Args;

use super::failure::{Done, Failure};
use super::flags::AsOf;
use super::gx::Gx;
use super::page::{Cell, Page, Tone};
use super::shape::{Shaper, policy_name};
use super::tree::Verb;
use crate::filter::{Reader, why};
use crate::model::planned::Planned;
use crate::model::query::{Meanwhile, PolicyName, Session, Standing, Why as Reasons};
use crate::model::{Answer, Id, Kind, Query};
use crate::text::Lang;
use crate::text::say::{board as told, care as plan, cli as say};

#[derive(Args, Debug)]
pub(super) struct Why {
    /// An id (c12), or words that mean one customer; of a task its id (t5)
    #[arg(required = true, value_name = "CUSTOMER")]
    customer: Vec<String>,
    #[command(flatten)]
    day: AsOf,
}

impl Verb for Why {
    fn run(self, gx: &mut Gx) -> Done {
        gx.look_back(&self.day)?;
        let words = self.customer.join(" ");
        if let Some(task) = words.parse::<Id>().ok().filter(|id| id.kind == Kind::Task) {
            return task_why(gx, task);
        }
        let customer = gx.which(Kind::Customer, &words)?;
        let Answer::Why(why) = gx.ask(Query::Why { customer })? else {
            return Err(Failure::odd_answer(gx.lang));
        };
        let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
        let session = gx.session()?.clone();
        gx.out.one(|page| draw(page, &why, &session, shaper), || shaper.why(&why, &session.names.stages))?;
        Ok(())
    }
}

/// Where a task comes from, who does it, and what time brings.
fn task_why(gx: &mut Gx, task: Id) -> Done {
    let Answer::WhyTask(why) = gx.ask(Query::WhyTask { task })? else {
        return Err(Failure::odd_answer(gx.lang));
    };
    let (lang, zone) = (gx.lang, gx.zone()?);
    let session = gx.session()?.clone();
    let reader = Reader { lang, stages: &session.names.stages, zone, now: session.now };
    let draw = |page: &mut Page| {
        page.line([Cell::new(why.task.id.to_string()), Cell::from(&why.task.name).tone(Tone::Title)]);
        let customer = why.customer.as_ref().map(|customer| customer.name.line()).unwrap_or_default();
        let mut pairs = vec![(say::col_customer(lang), Cell::from(customer))];
        pairs.extend(reader.task(&why).into_iter().map(|(label, text)| (label, Cell::from(text))));
        page.pairs(&pairs);
    };
    gx.out.one(draw, || Shaper { lang, zone }.task_why(&why))?;
    Ok(())
}

fn draw(page: &mut Page, reasons: &Reasons, session: &Session, shaper: Shaper) {
    let Shaper { lang, zone } = shaper;
    page.line([
        Cell::new(reasons.customer.id.to_string()),
        Cell::from(&reasons.customer.name).tone(Tone::Title),
    ]);
    let owner = reasons.owner.as_ref().map(|(owner, since)| match since {
        Some(since) => say::since(lang, owner.name.line(), since.say(zone)),
        None => owner.name.line(),
    });
    let contact = reasons.contact_every.map(|(every, until)| match until {
        Some(until) => say::contact_every_until(lang, every, until.date()),
        None => say::contact_every(lang, every),
    });
    let next = reasons.next.as_ref().map(|task| {
        let due = task.due.map(|due| due.say(zone)).unwrap_or_default();
        format!("{} {} {due}", task.id, task.title.line())
    });
    let reader = Reader { lang, stages: &session.names.stages, zone, now: session.now };
    page.pairs(&[
        (say::col_tier(lang), why(&reasons.tier, &session.names.stages, lang).into()),
        (say::col_stage(lang), stage_reason(reasons, &session.names.stages, lang).into()),
        (say::col_owner(lang), owner.unwrap_or_default().into()),
        (
            say::col_away(lang),
            reasons.meanwhile.as_ref().map(|away| meanwhile(away, lang)).unwrap_or_default().into(),
        ),
        (say::col_team(lang), reasons.team.as_ref().map(|team| team.name.line()).unwrap_or_default().into()),
        (say::col_contact(lang), contact.unwrap_or_default().into()),
        (say::col_next(lang), next.unwrap_or_default().into()),
        (
            plan::planned(lang),
            reasons.planned.first().map(|plan| planned(plan, shaper)).unwrap_or_default().into(),
        ),
        (told::playbooks(lang), running(reasons, &reader).into()),
        (told::begins(lang), reader.begins(reasons).unwrap_or_default().into()),
        (told::pool(lang), reader.pool(reasons).unwrap_or_default().into()),
    ]);
}

/// The open steps of the playbooks at work, each behind the id of its run.
pub(super) fn running(reasons: &Reasons, reader: &Reader<'_>) -> String {
    let steps = reasons.runs.iter().flat_map(|run| reader.run_by_id(run));
    let steps = steps.map(|(step, beside)| format!("{step} {beside}")).collect::<Vec<_>>();
    steps.join(reader.lang.pick("; ", "；"))
}

/// What is planned next, and why on that day.
fn planned(planned: &Planned, Shaper { lang, zone }: Shaper) -> String {
    let what = plan::on_day(lang, planned.day.date(), planned.what_and_how(lang));
    let more = [planned.why(lang), planned.coming(lang, zone)].into_iter().flatten();
    std::iter::once(what).chain(more).collect::<Vec<_>>().join(lang.pick("; ", "；"))
}

/// Until when the owner is away, and who does it meanwhile.
fn meanwhile(away: &Meanwhile, lang: Lang) -> String {
    let until = away.until.date();
    match &away.by {
        Some(by) if away.is_backup => say::backup_meanwhile(lang, until, by.name.line()),
        Some(by) => say::stand_in_meanwhile(lang, until, by.name.line()),
        None => say::nobody_meanwhile(lang, until),
    }
}

/// Why a customer is in its stage, with the stage's name.
pub(super) fn stage_reason(reasons: &Reasons, stages: &[PolicyName], lang: Lang) -> String {
    let id = policy_name(stages, &reasons.stage.id, lang).clone();
    why(&Standing { id, ..reasons.stage.clone() }, stages, lang)
}
