//! `gx playbook list`: the playbooks at work and those that ended, with the steps that are open.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use crate::cli::failure::{Done, Failure};
use crate::cli::gx::Gx;
use crate::cli::page::{Cell, Column};
use crate::cli::rows::{Filtered, said};
use crate::cli::shape::{Shaper, policy_name, text};
use crate::model::query::{PolicyName, RowLine};
use crate::model::{Answer, Id, Instant, Kind, Query, Row, Run, Task};
use crate::text::say::{cli, fields};
use crate::text::{Clean, Lang};

/// The steps of so few customers are asked for by who they are.
const FEW: usize = 50;

/// An open step of a playbook at work.
#[derive(Clone, Debug)]
struct Step {
    id: Clean,
    title: Clean,
    due: Option<Instant>,
}

pub(super) fn show(gx: &mut Gx, filtered: Filtered) -> Done {
    let runs = filtered.rows(gx, Kind::Run)?;
    let steps = open_steps(gx, &runs)?;
    let names = gx.session()?.names.playbooks.clone();
    let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
    let of = |line: &RowLine| steps.get(&line.id).map_or(&[][..], Vec::as_slice);
    gx.out.list(
        &runs,
        &columns(gx.lang),
        |line| cells(line, of(line), &names, shaper),
        |line| shape(line, of(line), &names, shaper),
    )?;
    Ok(())
}

/// The open steps of those that are at work, by the playbook at work, due first in front.
fn open_steps(gx: &mut Gx, runs: &[RowLine]) -> Done<BTreeMap<Id, Vec<Step>>> {
    let at_work = runs.iter().filter_map(|line| match &line.row {
        Row::Run(run) if run.is_at_work() => run.customer,
        _ => None,
    });
    let customers: BTreeSet<Id> = at_work.collect();
    let mut steps: BTreeMap<Id, Vec<Step>> = BTreeMap::new();
    if customers.is_empty() {
        return Ok(steps);
    }
    let mut filter = "state:open not playbook:none".to_owned();
    if customers.len() <= FEW {
        let ids: Vec<String> = customers.iter().map(Id::to_string).collect();
        filter.extend([" customer:", &ids.join(",")]);
    }
    for line in gx.rows(Kind::Task, &Clean::washed(&filter).0, u32::MAX)? {
        let called = line.name_of(line.id).cloned();
        if let Row::Task(Task { run: Some(run), step: id, title, due, .. }) = line.row {
            let step = Step { id, title: called.unwrap_or(title), due };
            steps.entry(run).or_default().push(step);
        }
    }
    for steps in steps.values_mut() {
        steps.sort_by_key(|step| (step.due.is_none(), step.due));
    }
    Ok(steps)
}

/// What the playbooks of the policy in force are called. Nothing began tomorrow: how they go is not counted.
pub(super) fn names(gx: &mut Gx) -> Done<Vec<PolicyName>> {
    match gx.ask(Query::Playbooks { id: Clean::default(), since: Clean::known("tomorrow") })? {
        Answer::Playbooks(lines) => Ok(lines.into_iter().map(|line| line.name).collect()),
        _ => Err(Failure::odd_answer(gx.lang)),
    }
}

fn columns(lang: Lang) -> [Column; 9] {
    [
        Column::left("id"),
        Column::left(fields::playbook(lang)),
        Column::wide(cli::col_customer(lang)),
        Column::left(fields::state(lang)),
        Column::wide(fields::step(lang)),
        Column::left(fields::due(lang)),
        Column::left(fields::started(lang)),
        Column::left(fields::ended(lang)),
        Column::wide(fields::reason(lang)),
    ]
}

fn cells(line: &RowLine, steps: &[Step], names: &[PolicyName], shaper: Shaper) -> Vec<Cell> {
    let Row::Run(run) = &line.row else { return Vec::new() };
    let titles: Vec<String> = steps.iter().map(|step| step.title.line()).collect();
    let field = |name| Cell::new(said(line, name, shaper));
    vec![
        Cell::new(line.id.to_string()),
        Cell::from(policy_name(names, &run.playbook, shaper.lang)),
        field("customer"),
        field("state"),
        Cell::new(titles.join(", ")),
        Cell::new(due(steps).map(|due| due.say(shaper.zone)).unwrap_or_default()),
        field("started"),
        field("ended"),
        field("reason"),
    ]
}

/// The record, what its playbook is called, and the steps that are open.
fn shape(line: &RowLine, steps: &[Step], names: &[PolicyName], shaper: Shaper) -> Json {
    let mut object = shaper.row(line);
    if let Row::Run(Run { playbook, .. }) = &line.row {
        object["playbook_name"] = text(policy_name(names, playbook, shaper.lang));
    }
    object["steps"] = json!(steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>());
    object["due"] = shaper.time(due(steps));
    object
}

/// When the first of them is due.
fn due(steps: &[Step]) -> Option<Instant> {
    steps.first().and_then(|step| step.due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::testing::run;
    use crate::model::query::Named;
    use crate::model::{Reply, Request, RunState};

    #[test]
    fn a_run_is_told_by_the_name_of_its_playbook_and_with_the_step_that_is_due_first() {
        let [inquiry, en, zh] = ["inquiry", "Inquiry", "询价跟进"].map(Clean::known);
        let names = [PolicyName { id: inquiry.clone(), en, zh }];
        let (customer, state) = (Some(Id::customer(1)), Some(RunState::Running));
        let row = Row::from(Run { customer, playbook: inquiry, state, ..Run::default() });
        let acme = Named { id: Id::customer(1), name: Clean::known("Acme") };
        let id = Id::new(Kind::Run, 3);
        let line = RowLine { id, row, names: vec![acme], hidden: Vec::new() };
        let step = |id, title, due| Step {
            id: Clean::known(id),
            title: Clean::known(title),
            due: Some(Instant(due)),
        };
        let steps = [step("offer", "Make an offer", 0), step("call", "Call them", 60_000)];
        for (lang, name) in [(Lang::En, "Inquiry"), (Lang::Zh, "询价跟进")] {
            let object = shape(&line, &steps, &names, Shaper { lang, zone: chrono_tz::Tz::UTC });
            assert_eq!((&object["playbook"], &object["playbook_name"]), (&json!("inquiry"), &json!(name)));
            assert_eq!(object["steps"], json!(["offer", "call"]));
            assert_eq!(object["due"], json!("1970-01-01T00:00:00+00:00"));
        }
        let none = shape(&line, &[], &[], Shaper { lang: Lang::En, zone: chrono_tz::Tz::UTC });
        assert_eq!((&none["playbook_name"], &none["due"]), (&json!("inquiry"), &Json::Null));
    }

    #[test]
    fn only_the_steps_of_those_who_are_shown_are_asked_for() {
        let asked = |state, customers: &[u64]| {
            let lines: Vec<RowLine> = customers
                .iter()
                .map(|n| {
                    let (customer, id) = (Some(Id::customer(*n)), Id::new(Kind::Run, *n));
                    let row = Row::from(Run { customer, state: Some(state), ..Run::default() });
                    RowLine { id, row, names: Vec::new(), hidden: Vec::new() }
                })
                .collect();
            let ran = run(&["playbook", "list"], move |request| match request {
                Request::Ask(Query::Rows { kind: Kind::Run, from: 0..=1, .. }) => {
                    Some(Reply::Answer(9, Answer::Rows(lines.clone())))
                }
                Request::Ask(Query::Rows { .. }) => Some(Reply::Answer(9, Answer::Rows(Vec::new()))),
                _ => None,
            });
            let filters = ran.requests.into_iter().filter_map(|request| match request {
                Request::Ask(Query::Rows { kind: Kind::Task, filter, .. }) => Some(filter.to_string()),
                _ => None,
            });
            filters.collect::<Vec<_>>()
        };
        let all = "state:open not playbook:none";
        assert_eq!(asked(RunState::Done, &[1]), Vec::<String>::new());
        assert_eq!(asked(RunState::Running, &[1, 2]), [format!("{all} customer:c1,c2")]);
        let many: Vec<u64> = (1..=51).collect();
        assert_eq!(asked(RunState::Running, &many), [all]);
    }
}
