//! `gx playbook`: playbooks, and those at work.

mod list;
mod shown;

use clap::{Args, Subcommand};

use super::failure::{Done, Failure};
use super::fields::Dry;
use super::gx::Gx;
use super::rows::Filtered;
use super::tree::Verb;
use crate::model::query::RowLine;
use crate::model::{Answer, Command, Id, Kind, Query, Refusal, Row, RunState};
use crate::text::Clean;

#[derive(Args, Debug)]
pub(super) struct Playbook {
    #[command(subcommand)]
    verb: PlaybookVerb,
}

#[derive(Subcommand, Debug)]
enum PlaybookVerb {
    /// List the playbooks at work, and those that ended
    List(Filtered),
    /// Show the steps of the playbooks, and how they go: how often, how long, how late
    Show(Show),
    /// Begin a playbook for a customer
    Start(Start),
    /// Let the clocks of a playbook at work stand still
    Pause(Pause),
    /// Let them go on; every deadline moves by as much time as they stood
    Resume(Resume),
    /// End a playbook at work; its open tasks are dropped
    Stop(Stop),
}

#[derive(Args, Debug)]
struct Show {
    /// The playbook's id; all without one
    #[arg(value_name = "PLAYBOOK")]
    playbook: Option<String>,
    /// Counts only what began on this day or later (2026-10-01, -30d)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    since: Option<String>,
}

#[derive(Args, Debug)]
struct Start {
    /// An id (c12), or words that mean one customer
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// The playbook's id; it may stand in front
    #[arg(value_name = "PLAYBOOK")]
    playbook: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Pause {
    /// An id (r3), or the customer where one playbook is at work
    #[arg(value_name = "RUN")]
    run: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Resume {
    /// An id (r3), or the customer where one playbook is at work
    #[arg(value_name = "RUN")]
    run: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Stop {
    /// An id (r3), or the customer where one playbook is at work
    #[arg(value_name = "RUN")]
    run: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Playbook {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            PlaybookVerb::List(filtered) => list::show(gx, filtered),
            PlaybookVerb::Show(Show { playbook, since }) => {
                let id = gx.clean_or_empty("PLAYBOOK", playbook.as_deref())?;
                let since = gx.clean_or_empty("--since", since.as_deref())?;
                match gx.ask(Query::Playbooks { id, since })? {
                    Answer::Playbooks(lines) => shown::show(gx, &lines),
                    _ => Err(Failure::odd_answer(gx.lang)),
                }
            }
            PlaybookVerb::Start(Start { customer, playbook, dry }) => {
                let (customer, playbook) = in_order(gx, customer, playbook)?;
                let customer = gx.resolve(Kind::Customer, &customer)?;
                let playbook = gx.clean("PLAYBOOK", &playbook)?;
                gx.write(Command::PlaybookStart { customer, playbook }, dry.dry_run)
            }
            PlaybookVerb::Pause(Pause { run, reason, dry }) => {
                let (run, reason) = (at_work(gx, &run, RunState::Running)?, gx.clean("--reason", &reason)?);
                gx.write(Command::PlaybookPause { run, reason }, dry.dry_run)
            }
            PlaybookVerb::Resume(Resume { run, dry }) => {
                let run = at_work(gx, &run, RunState::Paused)?;
                gx.write(Command::PlaybookResume { run }, dry.dry_run)
            }
            PlaybookVerb::Stop(Stop { run, reason, dry }) => {
                let (run, reason) = (
                    at_work(gx, &run, RunState::Running)?,
                    gx.clean_or_empty("--reason", reason.as_deref())?,
                );
                gx.write(Command::PlaybookStop { run, reason }, dry.dry_run)
            }
        }
    }
}

/// The customer and the playbook, in whichever order they stand: what names a playbook is none only behind a customer's
/// id, or where both name one.
fn in_order(gx: &mut Gx, first: String, second: String) -> Done<(String, String)> {
    if first.parse::<Id>().is_ok() {
        return Ok((first, second));
    }
    let names = list::names(gx)?;
    let is_playbook = |typed: &str| names.iter().any(|name| name.id.as_str() == typed);
    Ok(if is_playbook(&first) && !is_playbook(&second) { (second, first) } else { (first, second) })
}

/// The playbook at work that is meant: by its id, or by the customer at whom it is the only one, or the only one that
/// stands so.
fn at_work(gx: &mut Gx, typed: &str, state: RunState) -> Done<Id> {
    if let Some(id) = typed.parse::<Id>().ok().filter(|id| id.kind == Kind::Run) {
        return Ok(id);
    }
    let words = gx.clean("RUN", typed)?;
    let customer = gx.resolve(Kind::Customer, typed)?;
    let filter = gx.clean("RUN", &format!("customer:{customer} state:running,paused"))?;
    let runs = gx.rows(Kind::Run, &filter, u32::MAX)?;
    only(&runs, state).map_err(|several| {
        gx.refused(if several.is_empty() {
            Refusal::NoMatch(Kind::Run, words)
        } else {
            Refusal::Ambiguous(Kind::Run, words, several)
        })
    })
}

/// The only one of these, or else the only one in this state; the ids and playbooks of all where that is not said.
fn only(runs: &[RowLine], state: RunState) -> Result<Id, Vec<(Id, Clean)>> {
    let run = |line: &RowLine| match &line.row {
        Row::Run(run) => Some((line.id, run.playbook.clone(), run.state)),
        _ => None,
    };
    let all: Vec<_> = runs.iter().filter_map(run).collect();
    let so: Vec<Id> = all.iter().filter(|(.., of)| *of == Some(state)).map(|(id, ..)| *id).collect();
    match (&all[..], &so[..]) {
        ([(only, ..)], _) | (_, [only]) => Ok(*only),
        _ => Err(all.into_iter().map(|(id, playbook, _)| (id, playbook)).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::testing::run as gx;
    use crate::model::query::{PlaybookLine, PolicyName};
    use crate::model::{Named, Reply, Request, Run};

    fn at_work(n: u64, playbook: &'static str, state: RunState) -> RowLine {
        let (playbook, state) = (Clean::known(playbook), Some(state));
        let row = Run { playbook, state, ..Run::default() }.into();
        RowLine { id: Id::new(Kind::Run, n), row, names: Vec::new(), hidden: Vec::new() }
    }

    #[test]
    fn a_customer_stands_for_its_only_playbook_or_the_only_one_that_stands_so() {
        let (running, paused) = (at_work(3, "wake", RunState::Running), at_work(4, "ask", RunState::Paused));
        let one = |runs: &[RowLine], state| only(runs, state).map(|id| id.n).map_err(|all| all.len());
        assert_eq!(one(std::slice::from_ref(&running), RunState::Paused), Ok(3), "why not, the server says");
        assert_eq!(one(&[running.clone(), paused.clone()], RunState::Running), Ok(3));
        assert_eq!(one(&[running.clone(), paused], RunState::Paused), Ok(4));
        assert_eq!(one(&[running.clone(), at_work(5, "ask", RunState::Running)], RunState::Running), Err(2));
        assert_eq!(one(&[], RunState::Running), Err(0));
    }

    #[test]
    fn customer_and_playbook_stand_in_either_order() {
        let answer = |request: &Request| match request {
            Request::Ask(Query::Playbooks { .. }) => {
                let name =
                    PolicyName { id: Clean::known("wake"), en: Clean::default(), zh: Clean::default() };
                let on = Clean::default();
                let line =
                    PlaybookLine { name, on, running: 0, paused: 0, done: 0, stopped: 0, steps: Vec::new() };
                Some(Reply::Answer(1, Answer::Playbooks(vec![line])))
            }
            Request::Ask(Query::Resolve(Kind::Customer, which)) => {
                assert_eq!(*which, crate::model::Which::Words(Clean::known("acme")));
                Some(Reply::Answer(
                    1,
                    Answer::Resolved(Named { id: Id::customer(9), name: Clean::known("Acme") }),
                ))
            }
            Request::Do { orders, .. } => {
                let command = &orders[0].command;
                assert!(
                    matches!(command, Command::PlaybookStart { customer, playbook }
                        if customer.n == 9 && playbook.as_str() == "wake"),
                    "{command:?}"
                );
                None
            }
            _ => None,
        };
        for typed in [["acme", "wake"], ["wake", "acme"], ["c9", "wake"]] {
            let _ = gx(&["playbook", "start", typed[0], typed[1]], answer);
        }
    }
}
