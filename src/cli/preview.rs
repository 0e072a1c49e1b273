//! What a policy would do to the book, as people and machines read it.

use serde_json::{Value as Json, json};

use super::failure::Done;
use super::gx::Gx;
use super::page::{Cell, Column, Page, Tone};
use super::shape::{self, Shaper, policy_name};
use crate::filter::reasons;
use crate::model::query::{Fate, Load, Move, PolicyName, Pooling, Preview, Return, Shift, StepChange};
use crate::model::{Instant, Kind};
use crate::text::say::{policy as say, trial};
use crate::text::{Clean, Lang};

/// A hundred hundredths are one.
const HUNDREDTHS: u64 = 100;

/// Shows it; `names` are what the two policies were called on the command line.
pub(super) fn show(gx: &mut Gx, preview: &Preview, names: [Option<&str>; 2]) -> Done {
    let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
    gx.out.one(|page| draw(page, preview, names, shaper), || shape(preview, shaper))?;
    Ok(())
}

fn draw(page: &mut Page, preview: &Preview, [against, policy]: [Option<&str>; 2], shaper: Shaper) {
    let lang = shaper.lang;
    let against = against.unwrap_or(say::in_force(lang));
    page.title(say::preview_of(lang, policy.unwrap_or_default(), against));
    page.line([Cell::new(say::would_move(lang, preview.moving(), preview.customers))]);
    if preview.up + preview.down > 0 {
        page.line([Cell::new(say::up_and_down(lang, preview.up, preview.down))]);
    }
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
    if preview.planned != [0; 2] {
        page.title(say::planned_title(lang));
        page.line([Cell::new(say::planned(lang, preview.planned[0], preview.planned[1]))]);
    }
    draw_load(page, preview, lang);
    draw_pool(page, preview, shaper);
}

/// What the standards ask of whom, beside what was done.
fn draw_load(page: &mut Page, preview: &Preview, lang: Lang) {
    if preview.load.is_empty() {
        return;
    }
    page.title(say::load_title(lang));
    let answers = preview.load.iter().any(|load| load.answers != [0; 2]);
    let mut columns = vec![
        Column::left(say::col_member(lang)),
        Column::right(say::col_customers(lang)),
        Column::right(say::col_now(lang)),
        Column::right(say::col_then(lang)),
        Column::right(say::col_done(lang)),
    ];
    if answers {
        columns.extend([
            Column::right(say::col_answers_now(lang)),
            Column::right(say::col_answers_then(lang)),
            Column::right(say::col_in_time(lang)),
        ]);
    }
    columns.extend(preview.capacity.map(|_| Column::right(say::col_capacity(lang))));
    let rows: Vec<Vec<Cell>> =
        preview.load.iter().map(|load| burden(load, preview.capacity, answers, lang)).collect();
    page.table(&columns, &rows);
}

/// Who would return to a pool, how soon and why, and who would not any more.
fn draw_pool(page: &mut Page, preview: &Preview, shaper: Shaper) {
    let lang = shaper.lang;
    let [before, after] = preview.pooling;
    if preview.pooling == [Pooling::default(); 2] {
        return;
    }
    page.title(say::pool_title(lang));
    page.line([Cell::new(say::pool_soon(lang, after.soon, before.soon))]);
    page.line([Cell::new(say::pool_later(lang, after.later, before.later))]);
    if preview.spared > 0 {
        page.line([Cell::new(say::pool_spared(lang, preview.spared))]);
    }
    // Into which pool somebody would fall who does not, is nobody's question.
    let is_told = |to: &&Return| to.at != [None; 2] || !to.pool[0].is_empty();
    let rows: Vec<Vec<Cell>> =
        preview.returns.iter().filter(is_told).map(|to| returning(to, &preview.names, shaper)).collect();
    if !rows.is_empty() {
        page.gap();
        let columns = [
            Column::left(say::col_customer(lang)),
            Column::wide(say::col_name(lang)),
            Column::left(say::col_member(lang)),
            Column::left(say::col_returns(lang)),
            Column::left(say::col_returned(lang)),
            Column::wide(say::col_because(lang)),
        ];
        page.table(&columns, &rows);
    }
    if preview.more_returns > 0 {
        page.line([Cell::new(say::more_moves(lang, preview.more_returns)).tone(Tone::Dim)]);
    }
}

fn returning(to: &Return, names: &[PolicyName], shaper: Shaper) -> Vec<Cell> {
    let lang = shaper.lang;
    let day =
        |at: Option<Instant>| at.map_or_else(|| say::nothing(lang).to_owned(), |at| at.say(shaper.zone));
    let because = if to.rule.is_empty() {
        pools(names, &to.pool, lang)
    } else {
        format!("{}: {}", lang.pick(&to.en, &to.zh), to.rule)
    };
    let stays = to.rule.is_empty() && to.pool[0] == to.pool[1];
    vec![
        Cell::new(to.customer.id.to_string()),
        Cell::from(&to.customer.name),
        Cell::new(to.owner.as_ref().map_or_else(String::new, |owner| owner.name.line())),
        Cell::new(day(to.at[1])),
        Cell::new(day(to.at[0])).tone(Tone::Dim),
        Cell::new(if stays { say::stays(lang).to_owned() } else { because }),
    ]
}

/// What becomes of the steps of playbooks.
fn steps(page: &mut Page, preview: &Preview, shaper: Shaper) {
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

fn becomes(step: &StepChange, shaper: Shaper) -> String {
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
pub(super) fn ways(page: &mut Page, title: &'static str, shifts: &[Shift], names: &[PolicyName], lang: Lang) {
    if shifts.is_empty() {
        return;
    }
    page.gap();
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
    let mut because = match &to.head {
        Some(head) => say::inherits(lang, &head.name),
        None => reasons(&to.reasons, names, lang),
    };
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

/// In which open pool a customer would lie, and in which not any more.
fn pools(names: &[PolicyName], pool: &[Clean; 2], lang: Lang) -> String {
    let [from, to] = [&pool[0], &pool[1]].map(|id| called(names, id, lang));
    match (pool[0].is_empty(), pool[1].is_empty()) {
        (false, true) => trial::leaves_pool(lang, from),
        (true, false) => trial::enters_pool(lang, to),
        _ => trial::changes_pool(lang, from, to),
    }
}

/// From one tier or stage to another; the same under another id is renamed.
fn way(from: &Clean, to: &Clean, names: &[PolicyName], lang: Lang) -> String {
    let [before, after] = [from, to].map(|id| called(names, id, lang));
    if before == after { trial::renamed(lang, before, from, to) } else { say::way(lang, before, after) }
}

fn called(names: &[PolicyName], id: &Clean, lang: Lang) -> String {
    if id.is_empty() { say::nothing(lang).to_owned() } else { policy_name(names, id, lang).line() }
}

fn burden(load: &Load, capacity: Option<u32>, answers: bool, lang: Lang) -> Vec<Cell> {
    let more = load.then > load.done && load.then > load.now;
    let is_member = load.who.as_ref().is_some_and(|who| who.id.kind == Kind::Member);
    let tone = |is_late| if is_late { Tone::Late } else { Tone::Plain };
    let mut cells = vec![
        Cell::new(load.who.as_ref().map_or_else(|| say::the_pool(lang).to_owned(), |who| who.name.line())),
        Cell::new(load.customers.to_string()),
        Cell::new(per_week(load.now)),
        Cell::new(per_week(load.then)).tone(tone(more)),
        Cell::new(per_week(load.done)),
    ];
    if answers {
        let short = load.in_time < load.answers[1];
        cells.push(Cell::new(per_week(load.answers[0])));
        cells.push(Cell::new(per_week(load.answers[1])));
        cells.push(Cell::new(per_week(load.in_time)).tone(tone(short)));
    }
    if let Some(capacity) = capacity {
        let full = load.then + load.answers[1] > u64::from(capacity) * HUNDREDTHS;
        let room = if is_member { capacity.to_string() } else { String::new() };
        cells.push(Cell::new(if full && is_member { format!("{room} !") } else { room }).tone(tone(full)));
    }
    cells
}

fn per_week(hundredths: u64) -> String {
    format!("{}.{}", hundredths / HUNDREDTHS, hundredths % HUNDREDTHS / 10)
}

/// How many go one way, as scripts read it.
pub(super) fn shift(shift: &Shift) -> Json {
    json!({
        "from": shape::text(&shift.from),
        "to": shape::text(&shift.to),
        "count": shift.count,
        "waiting": shift.waiting,
    })
}

/// As scripts read it.
fn shape(preview: &Preview, shaper: Shaper) -> Json {
    let rate = |hundredths: u64| Json::from(hundredths as f64 / HUNDREDTHS as f64);
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
            "head": to.head.as_ref().map(|head| head.id.to_string()),
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
            "answers_now": rate(load.answers[0]),
            "answers_then": rate(load.answers[1]),
            "answered_in_time": rate(load.in_time),
            "capacity": preview.capacity,
        })
    };
    let returns = |to: &Return| {
        json!({
            "customer": shape::id(to.customer.id),
            "name": to.customer.name.as_str(),
            "owner": to.owner.as_ref().map(|owner| owner.id.to_string()),
            "pool_from": shape::text(&to.pool[0]),
            "pool": shape::text(&to.pool[1]),
            "at_from": shaper.time(to.at[0]),
            "at": shaper.time(to.at[1]),
            "warned": shaper.time(to.warned),
            "rule": shape::text(&to.rule),
            "reason": shape::text(shaper.lang.pick(&to.en, &to.zh)),
        })
    };
    let [before, after] = preview.pooling;
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
        "up": preview.up,
        "down": preview.down,
        "by_tier": preview.tiers.iter().map(shift).collect::<Json>(),
        "by_stage": preview.stages.iter().map(shift).collect::<Json>(),
        "load": preview.load.iter().map(load).collect::<Json>(),
        "pool_out": after.soon,
        "pool_out_now": before.soon,
        "pool_later": after.later,
        "pool_later_now": before.later,
        "pool_spared": preview.spared,
        "returns": preview.returns.iter().map(returns).collect::<Json>(),
        "more_returns": preview.more_returns,
        "tasks": {
            "dropped": preview.dropped,
            "moved": preview.redated,
            "born": preview.born,
            "planned": preview.planned[0],
            "not_planned": preview.planned[1],
        },
        "steps": preview.steps.iter().map(step).collect::<Json>(),
        "more_steps": preview.more_steps,
    })
}
