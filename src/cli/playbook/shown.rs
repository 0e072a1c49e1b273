//! Playbooks as people and machines read them: their steps, and how these go.

use serde_json::{Value as Json, json};

use crate::cli::failure::Done;
use crate::cli::gx::Gx;
use crate::cli::page::{Cell, Column, Page, Tone};
use crate::cli::shape;
use crate::model::called::{called_duty, called_trigger};
use crate::model::query::{PlaybookLine, PolicyName, PolicyNames, StepLine};
use crate::text::say::playbook as say;
use crate::text::{Lang, Span, age};

/// Shows them, the steps of each below it.
pub(super) fn show(gx: &mut Gx, lines: &[PlaybookLine]) -> Done {
    let lang = gx.lang;
    if gx.for_machines() {
        gx.out.values(lines.iter().map(|line| shape(line, lang)).collect::<Vec<_>>())?;
        return Ok(());
    }
    let names = gx.session()?.names.clone();
    let draw = |page: &mut Page| lines.iter().for_each(|line| draw(page, line, &names, lang));
    gx.out.one(draw, || Json::Null)?;
    Ok(())
}

fn draw(page: &mut Page, line: &PlaybookLine, names: &PolicyNames, lang: Lang) {
    page.title(called(&line.name, lang));
    let on = if line.on.is_empty() {
        say::by_hand(lang).to_owned()
    } else {
        say::begins_on(lang, called_trigger(&line.on, names, lang))
    };
    let counts = say::runs(lang, line.running, line.paused, line.done, line.stopped);
    page.line([Cell::new(say::summary(lang, on, counts)).tone(Tone::Dim)]);
    let columns = [
        Column::wide(say::col_step(lang)),
        Column::left(say::col_what(lang)),
        Column::left(say::col_duty(lang)),
        Column::left(say::col_within(lang)),
        Column::right(say::col_begun(lang)),
        Column::right(say::col_open(lang)),
        Column::right(say::col_median(lang)),
        Column::right(say::col_late(lang)),
        Column::left(""),
    ];
    let rows: Vec<Vec<Cell>> = line.steps.iter().map(|step| cells(step, lang)).collect();
    page.table(&columns, &rows);
}

fn cells(step: &StepLine, lang: Lang) -> Vec<Cell> {
    let indent = "  ".repeat(step.depth as usize);
    // Tags are given and not counted.
    let number = |count: u64| if is_tag(step) { String::new() } else { count.to_string() };
    let late = step.late_percent().map(|share| format!("{share}%")).unwrap_or_default();
    let late_tone = if step.late > 0 { Tone::Late } else { Tone::Plain };
    vec![
        Cell::new(format!("{indent}{}", lang.pick(&step.name.en, &step.name.zh).line())),
        Cell::new(deed(step, lang)),
        Cell::new(duty(step, lang)),
        Cell::new(within(step, lang)),
        Cell::new(number(step.begun)),
        Cell::new(number(step.open)),
        Cell::new(step.median.map(|minutes| age::length(lang, minutes)).unwrap_or_default()),
        Cell::new(late).tone(late_tone),
        Cell::new(if step.slowest { say::slowest(lang) } else { "" }).tone(Tone::Soon),
    ]
}

fn is_tag(step: &StepLine) -> bool {
    step.deed.as_str() == "tag"
}

fn deed(step: &StepLine, lang: Lang) -> &'static str {
    match step.deed.as_str() {
        "approve" => say::is_approval(lang),
        "tag" => say::is_tag(lang),
        _ => say::is_task(lang),
    }
}

/// Whose duty it is, a team's own by its name; of a tag, which.
fn duty(step: &StepLine, lang: Lang) -> String {
    let known = called_duty(step.duty.as_str(), lang).filter(|_| !is_tag(step));
    known.map_or_else(|| step.duty.line(), str::to_owned)
}

fn within(step: &StepLine, lang: Lang) -> String {
    let span = step.within.as_str().parse::<Span>().map(|span| span.say(lang)).unwrap_or_default();
    if step.calendar.is_empty() { span } else { say::working(lang, span, &step.calendar) }
}

fn called(name: &PolicyName, lang: Lang) -> String {
    let said = lang.pick(&name.en, &name.zh).line();
    if said == name.id.line() { said } else { format!("{said} ({})", name.id) }
}

fn shape(line: &PlaybookLine, lang: Lang) -> Json {
    let step = |step: &StepLine| {
        json!({
            "step": shape::text(&step.name.id),
            "title": shape::text(lang.pick(&step.name.en, &step.name.zh)),
            "after": shape::text(&step.after),
            "do": shape::text(&step.deed),
            "duty": shape::text(&step.duty),
            "within": shape::text(&step.within),
            "calendar": shape::text(&step.calendar),
            "begun": step.begun,
            "open": step.open,
            "late": step.late,
            "late_percent": step.late_percent().unwrap_or(0),
            "median_minutes": step.median,
            "slowest": step.slowest,
        })
    };
    json!({
        "playbook": shape::text(&line.name.id),
        "name": shape::text(lang.pick(&line.name.en, &line.name.zh)),
        "on": shape::text(&line.on),
        "running": line.running,
        "paused": line.paused,
        "done": line.done,
        "stopped": line.stopped,
        "steps": line.steps.iter().map(step).collect::<Json>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::testing::run;
    use crate::model::query::Query;
    use crate::model::{Answer, Reply, Request};
    use crate::text::Clean;

    fn name(id: &str, en: &str, zh: &str) -> PolicyName {
        PolicyName { id: Clean::new(id).unwrap(), en: Clean::new(en).unwrap(), zh: Clean::new(zh).unwrap() }
    }

    fn step(name: PolicyName, depth: u32, [begun, open, late]: [u64; 3], median: Option<i64>) -> StepLine {
        StepLine {
            name,
            after: Clean::default(),
            depth,
            deed: Clean::known("task"),
            duty: Clean::known("owner"),
            within: Clean::known("24h"),
            calendar: Clean::default(),
            begun,
            open,
            late,
            median,
            slowest: median == Some(4_000),
        }
    }

    fn line() -> PlaybookLine {
        let tag = StepLine {
            deed: Clean::known("tag"),
            duty: Clean::known("silent"),
            within: Clean::default(),
            ..step(name("mark", "mark", "mark"), 0, [0; 3], None)
        };
        let agree = StepLine {
            deed: Clean::known("approve"),
            duty: Clean::known("lead"),
            within: Clean::known("4h"),
            calendar: Clean::known("office"),
            ..step(name("agree", "Agree", "批准"), 1, [9, 2, 3], Some(95))
        };
        PlaybookLine {
            name: name("wake", "Wake up", "沉默唤醒"),
            on: Clean::known("silence:14d"),
            running: 3,
            paused: 1,
            done: 5,
            stopped: 1,
            steps: vec![tag, agree, step(name("visit", "Visit", "拜访"), 2, [7, 0, 0], Some(4_000))],
        }
    }

    fn shown(flags: &[&str]) -> String {
        let args = [&["playbook", "show", "wake", "--since", "-30d"], flags].concat();
        let ran = run(&args, |request| match request {
            Request::Ask(Query::Playbooks { id, since }) => {
                assert_eq!((id.as_str(), since.as_str()), ("wake", "-30d"));
                Some(Reply::Answer(1, Answer::Playbooks(vec![line()])))
            }
            _ => None,
        });
        ran.out()
    }

    #[test]
    fn a_playbook_is_drawn_as_its_steps() {
        insta::assert_snapshot!("playbook_en", shown(&[]));
        insta::assert_snapshot!("playbook_zh", shown(&["--lang", "zh"]));
        let json: Json = serde_json::from_str(&shown(&["--json"])).unwrap();
        assert_eq!((&json[0]["running"], &json[0]["steps"][1]["late_percent"]), (&3.into(), &33.into()));
        assert_eq!(json[0]["steps"][2]["slowest"], true);
    }
}
