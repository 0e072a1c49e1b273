//! `gx playbook`: playbooks, and those at work.

mod list;
mod shown;

use clap::{Args, Subcommand};

use super::failure::{Done, Failure};
use super::fields::Dry;
use super::gx::Gx;
use super::rows::Filtered;
use super::tree::Verb;
use crate::model::{Answer, Command, Id, Kind, Query, Refusal};

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
    /// The playbook's id
    #[arg(value_name = "PLAYBOOK")]
    playbook: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Pause {
    /// An id (r3)
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
    /// An id (r3)
    #[arg(value_name = "RUN")]
    run: String,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Stop {
    /// An id (r3)
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
                let customer = gx.resolve(Kind::Customer, &customer)?;
                let playbook = gx.clean("PLAYBOOK", &playbook)?;
                gx.write(Command::PlaybookStart { customer, playbook }, dry.dry_run)
            }
            PlaybookVerb::Pause(Pause { run, reason, dry }) => {
                let (run, reason) = (id(gx, &run)?, gx.clean("--reason", &reason)?);
                gx.write(Command::PlaybookPause { run, reason }, dry.dry_run)
            }
            PlaybookVerb::Resume(Resume { run, dry }) => {
                let run = id(gx, &run)?;
                gx.write(Command::PlaybookResume { run }, dry.dry_run)
            }
            PlaybookVerb::Stop(Stop { run, reason, dry }) => {
                let (run, reason) = (id(gx, &run)?, gx.clean_or_empty("--reason", reason.as_deref())?);
                gx.write(Command::PlaybookStop { run, reason }, dry.dry_run)
            }
        }
    }
}

/// The playbook at work that is meant.
fn id(gx: &mut Gx, typed: &str) -> Done<Id> {
    match typed.parse::<Id>() {
        Ok(id) if id.kind == Kind::Run => Ok(id),
        _ => {
            let words = gx.clean("RUN", typed)?;
            Err(gx.refused(Refusal::NoMatch(Kind::Run, words)))
        }
    }
}
