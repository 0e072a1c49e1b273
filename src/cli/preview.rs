//! What a policy would do to the book, as people and machines read it.

use serde_json::{Value as Json, json};

use super::failure::Done;
use super::gx::Gx;
use super::page::{Cell, Column, Page, Tone};
use super::shape::{self, Shaper, policy_name};
use crate::filter::reasons;
use crate::model::Instant;
use crate::model::query::{Fate, Load, Move, PolicyName, Preview, Shift, StepChange};
use crate::text::say::policy as say;
use crate::text::{Clean, Lang};

/// A hundred hundredths are one.
const HUNDREDTHS: u64 = 100;

/// Shows it; `names` are what the two policies were called on the command line.
pub(super) fn show(gx: &mut Gx, preview: &Preview, names: [Option<&str>; 2]) -> Done {
    let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
    gx.out.one(|page| draw(page, preview, names, &shaper), || shape(preview, &shaper))?;
    Ok(())
}

fn draw(page: &mut Page, preview: &Preview, [against, policy]: [Option<&str>; 2], shaper: &Shaper) {
    let lang = shaper.lang;
    let against = against.unwrap_or(say::in_force(lang));
    page.title(say::preview_of(lang, policy.unwrap_or_default(), against));
    let moved: u64 = preview.moves.len() as u64 + preview.more;
    page.line([Cell::new(say::would_move(lang, moved, preview.customers))]);
    ways(page, say::col_tier(lang), &preview.tiers, &preview.names, lang);
    ways(page, say::col_stage(lang), &preview.stages, &preview.names, lang);
    if !preview.moves.is_empty() {
        page.title(say::who_moves(lang));
        let columns = [
            Column::left(say::col_customer(lang)),
            Column::wide(say::col_name(lang)),
            Column::left(say::col_move(lang)),
            Column::wide(say::col_because(lang)),
        ];
        let rows: Vec<Vec<Cell>> = preview.moves.iter().map(|to| row(to, &preview.names, lang)).collect();
        page.table(&columns, &rows);
        if preview.more > 0 {
            page.line([Cell::new(say::more_moves(lang, preview.more)).tone(Tone::Dim)]);
        }
    }
    steps(page, preview, shaper);
    if !preview.load.is_empty() {
        page.title(say::load_title(lang));
        let columns = [
            Column::left(say::col_member(lang)),
            Column::right(say::col_customers(lang)),
            Column::right(say::col_now(lang)),
            Column::right(say::col_then(lang)),
            Column::right(say::col_done(lang)),
            Column::right(say::col_asked(lang)),
        ];
        let rows: Vec<Vec<Cell>> = preview.load.iter().map(|load| burden(load, lang)).collect();
        page.table(&columns, &rows);
    }
}

/// What becomes of the steps of playbooks.
fn steps(page: &mut Page, preview: &Preview, shaper: &Shaper) {
    let lang = shaper.lang;
    if preview.dropped + preview.redated + preview.born == 0 {
        return;
    }
    page.title(say::steps_title(lang, preview.dropped, preview.redated, preview.born));
    let columns = [
        Column::left(say::col_customer(lang)),
        Column::wide(say::col_name(lang)),
        Column::wide(say::col_step(lang)),
        Column::left(say::col_assignee(lang)),
        Column::left(say::col_becomes(lang)),
    ];
    let row = |step: &StepChange| {
        let customer = step.customer.as_ref();
        vec![
            Cell::new(customer.map(|customer| customer.id.to_string()).unwrap_or_default()),
            Cell::new(customer.map(|customer| customer.name.line()).unwrap_or_default()),
            Cell::from(lang.pick(&step.step.en, &step.step.zh)),
            Cell::new(step.assignee.as_ref().map(|who| who.name.line()).unwrap_or_default()),
            Cell::new(becomes(step, shaper)),
        ]
    };
    page.table(&columns, &preview.steps.iter().map(row).collect::<Vec<_>>());
    if preview.more_steps > 0 {
        page.line([Cell::new(say::more_steps(lang, preview.more_steps)).tone(Tone::Dim)]);
    }
}

fn becomes(step: &StepChange, shaper: &Shaper) -> String {
    let lang = shaper.lang;
    let at = |due: Option<Instant>| {
        due.map_or_else(|| say::no_deadline(lang).to_owned(), |due| due.say(shaper.zone))
    };
    let [from, to] = step.due.map(at);
    match step.fate {
        Fate::Dropped => say::step_dropped(lang, from),
        Fate::Born => say::step_born(lang, to),
        Fate::Moved if from == to => say::step_warned(lang, to),
        Fate::Moved => say::step_moved(lang, from, to),
    }
}

/// How many go which way.
fn ways(page: &mut Page, title: &'static str, shifts: &[Shift], names: &[PolicyName], lang: Lang) {
    if shifts.is_empty() {
        return;
    }
    let columns =
        [Column::left(title), Column::right(say::col_count(lang)), Column::left(say::col_waiting(lang))];
    let row = |shift: &Shift| {
        let waiting = if shift.waiting > 0 { say::waiting(lang, shift.waiting) } else { String::new() };
        vec![
            Cell::new(way(&shift.from, &shift.to, names, lang)),
            Cell::new(shift.count.to_string()),
            Cell::new(waiting).tone(Tone::Dim),
        ]
    };
    page.table(&columns, &shifts.iter().map(row).collect::<Vec<_>>());
}

fn row(to: &Move, names: &[PolicyName], lang: Lang) -> Vec<Cell> {
    let [tier, stage] =
        [&to.tier, &to.stage].map(|[from, to]| (from != to).then(|| way(from, to, names, lang)));
    let ways: Vec<String> = tier.into_iter().chain(stage).collect();
    let mut because = reasons(&to.reasons, names, lang);
    if let Some(day) = to.confirmed {
        because = format!("{because} {}", say::confirmed(lang, day.date()));
    }
    vec![
        Cell::new(to.customer.id.to_string()),
        Cell::from(&to.customer.name),
        Cell::new(ways.join(", ")),
        Cell::new(because.trim().to_owned()),
    ]
}

fn way(from: &Clean, to: &Clean, names: &[PolicyName], lang: Lang) -> String {
    let called = |id: &Clean| {
        if id.is_empty() { say::nothing(lang).to_owned() } else { policy_name(names, id, lang).line() }
    };
    say::way(lang, called(from), called(to))
}

fn burden(load: &Load, lang: Lang) -> Vec<Cell> {
    let more = load.then > load.done && load.then > load.now;
    let then = Cell::new(per_week(load.then));
    vec![
        Cell::new(load.who.as_ref().map_or_else(|| say::the_pool(lang).to_owned(), |who| who.name.line())),
        Cell::new(load.customers.to_string()),
        Cell::new(per_week(load.now)),
        if more { then.tone(Tone::Late) } else { then },
        Cell::new(per_week(load.done)),
        Cell::new(per_week(load.asked)),
    ]
}

fn per_week(hundredths: u64) -> String {
    format!("{}.{}", hundredths / HUNDREDTHS, hundredths % HUNDREDTHS / 10)
}

/// As scripts read it.
fn shape(preview: &Preview, shaper: &Shaper) -> Json {
    let rate = |hundredths: u64| Json::from(hundredths as f64 / HUNDREDTHS as f64);
    let shift = |shift: &Shift| {
        json!({
            "from": shape::text(&shift.from),
            "to": shape::text(&shift.to),
            "count": shift.count,
            "waiting": shift.waiting,
        })
    };
    let to = |to: &Move| {
        json!({
            "customer": shape::id(to.customer.id),
            "name": to.customer.name.as_str(),
            "owner": to.owner.as_ref().map(|owner| owner.id.to_string()),
            "from": shape::text(&to.tier[0]),
            "to": shape::text(&to.tier[1]),
            "stage_from": shape::text(&to.stage[0]),
            "stage_to": shape::text(&to.stage[1]),
            "confirmed": to.confirmed.map(|day| day.date().to_string()),
            "rule": shape::text(&to.rule),
            "reason": shape::reasons(&to.reasons),
        })
    };
    let load = |load: &Load| {
        json!({
            "who": load.who.as_ref().map(|who| who.id.to_string()),
            "name": load.who.as_ref().map(|who| who.name.as_str()),
            "customers": load.customers,
            "now": rate(load.now),
            "then": rate(load.then),
            "done": rate(load.done),
            "asked": rate(load.asked),
        })
    };
    let step = |step: &StepChange| {
        json!({
            "task": step.task.map(|task| task.to_string()),
            "customer": step.customer.as_ref().map(|customer| customer.id.to_string()),
            "name": step.customer.as_ref().map(|customer| customer.name.as_str()),
            "playbook": shape::text(&step.playbook),
            "step": shape::text(&step.step.id),
            "title": shape::text(shaper.lang.pick(&step.step.en, &step.step.zh)),
            "assignee": step.assignee.as_ref().map(|who| who.id.to_string()),
            "change": step.fate.word(),
            "due_from": shaper.time(step.due[0]),
            "due_to": shaper.time(step.due[1]),
        })
    };
    json!({
        "customers": preview.customers,
        "moves": preview.moves.iter().map(to).collect::<Json>(),
        "more": preview.more,
        "by_tier": preview.tiers.iter().map(shift).collect::<Json>(),
        "by_stage": preview.stages.iter().map(shift).collect::<Json>(),
        "load": preview.load.iter().map(load).collect::<Json>(),
        "tasks": { "dropped": preview.dropped, "moved": preview.redated, "born": preview.born },
        "steps": preview.steps.iter().map(step).collect::<Json>(),
        "more_steps": preview.more_steps,
    })
}
