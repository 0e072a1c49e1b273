//! `gx task`: the queue of what is to do.

use clap::{Args, Subcommand};

use super::failure::{Done, Failure};
use super::fields::{Changes, Dry, Sets};
use super::flags::AsOf;
use super::gx::Gx;
use super::list::sign;
use super::page::{Cell, Column, Tone};
use super::shape::Shaper;
use super::tree::Verb;
use crate::model::query::TaskLine;
use crate::model::{Answer, Choice, Command, Id, Kind, Query, Refusal, Source, Whose};
use crate::text::say::{board, cli as say};
use crate::text::{Clean, Lang};

#[derive(Args, Debug)]
pub(super) struct Task {
    #[command(subcommand)]
    verb: TaskVerb,
}

#[derive(Subcommand, Debug)]
enum TaskVerb {
    /// List tasks, most urgent first
    List(List),
    /// The most urgent task that waits for me
    Next(Next),
    /// Add a task
    Add(Add),
    /// Change a task
    Edit(Edit),
    /// A task is done
    Done(DoneWith),
    /// Put a task out of sight until a date
    Snooze(Snooze),
    /// Give a task to a member
    Assign(Assign),
    /// A task is not to be done after all
    Drop(Drop),
}

#[derive(Args, Debug)]
struct List {
    /// The filter, one quoted word: 'state:open customer.tier:A'; without one open tasks that are not snoozed
    #[arg(value_name = "FILTER")]
    filter: Option<String>,
    /// Those of my team
    #[arg(long, conflicts_with = "all")]
    team: bool,
    /// All of them
    #[arg(long)]
    all: bool,
    /// At most so many
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = 1000, hide_default_value = true)]
    limit: u32,
    #[command(flatten)]
    day: AsOf,
}

#[derive(Args, Debug)]
struct Next {
    /// Take it: it is mine from now on, and nobody else's
    #[arg(long)]
    take: bool,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Add {
    /// What is to do
    #[arg(value_name = "TITLE")]
    title: String,
    /// For which customer: an id or words
    #[arg(long, value_name = "CUSTOMER")]
    customer: Option<String>,
    /// A greeting on the day on which it is due: one a day is enough, whoever of the team it is
    #[arg(long, requires = "customer")]
    greeting: bool,
    /// Though there is another greeting on that day
    #[arg(long, requires = "greeting")]
    again: bool,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Edit {
    /// An id (t5)
    #[arg(value_name = "TASK")]
    task: String,
    /// What is to do
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    #[command(flatten)]
    fields: Fields,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Fields {
    /// By when
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    due: Option<String>,
    /// Who does it: an id, a name, a login or me
    #[arg(long, value_name = "MEMBER")]
    assignee: Option<String>,
    /// In whose queue it is
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// In which way: phone, email, meeting, visit, wechat, sms, chat, social, web, letter, other
    #[arg(long, value_name = "C")]
    channel: Option<String>,
    /// It was promised to the customer
    #[arg(long)]
    promise: bool,
    /// More about it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[command(flatten)]
    sets: Sets,
}

#[derive(Args, Debug)]
struct DoneWith {
    /// An id (t5)
    #[arg(value_name = "TASK")]
    task: String,
    /// The next step: "+3d send price list"
    #[arg(long, value_name = "DATE WHAT", allow_hyphen_values = true)]
    next: Option<String>,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Snooze {
    /// An id (t5)
    #[arg(value_name = "TASK")]
    task: String,
    /// Until when: fri, +3d, tomorrow 15:00
    #[arg(required = true, value_name = "DATE")]
    until: Vec<String>,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Assign {
    /// An id (t5)
    #[arg(value_name = "TASK")]
    task: String,
    /// To whom: an id, a name, a login, me or none
    #[arg(required = true, value_name = "MEMBER")]
    to: Vec<String>,
    #[command(flatten)]
    dry: Dry,
}

#[derive(Args, Debug)]
struct Drop {
    /// An id (t5)
    #[arg(value_name = "TASK")]
    task: String,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: Option<String>,
    #[command(flatten)]
    dry: Dry,
}

impl Verb for Task {
    fn run(self, gx: &mut Gx) -> Done {
        match self.verb {
            TaskVerb::List(list) => list.run(gx),
            TaskVerb::Next(next) => next.run(gx),
            TaskVerb::Add(add) => add.run(gx),
            TaskVerb::Edit(edit) => edit.run(gx),
            TaskVerb::Done(DoneWith { task, next, dry }) => {
                let next = gx.clean_or_empty("--next", next.as_deref())?;
                gx.write(Command::TaskDone { task: gx.task(&task)?, next }, dry.dry_run)
            }
            TaskVerb::Snooze(Snooze { task, until, dry }) => {
                let until = gx.clean("DATE", &until.join(" "))?;
                gx.write(Command::TaskSnooze { task: gx.task(&task)?, until }, dry.dry_run)
            }
            TaskVerb::Assign(Assign { task, to, dry }) => {
                let to = gx.clean("MEMBER", &to.join(" "))?;
                gx.write(Command::TaskAssign { task: gx.task(&task)?, to }, dry.dry_run)
            }
            TaskVerb::Drop(Drop { task, reason, dry }) => {
                let reason = gx.clean_or_empty("--reason", reason.as_deref())?;
                gx.write(Command::TaskDrop { task: gx.task(&task)?, reason }, dry.dry_run)
            }
        }
    }
}

impl List {
    fn run(self, gx: &mut Gx) -> Done {
        gx.look_back(&self.day)?;
        let whose = match (self.team, self.all) {
            (true, _) => Whose::Team,
            (_, true) => Whose::All,
            _ => Whose::Mine,
        };
        let filter = gx.clean_or_empty("FILTER", self.filter.as_deref())?;
        let tasks = ask(gx, whose, filter, self.limit)?;
        show(gx, &tasks)
    }
}

impl Next {
    fn run(self, gx: &mut Gx) -> Done {
        if self.take {
            return take(gx, self.dry.dry_run);
        }
        let Answer::NextTask(task) = gx.ask(Query::NextTask)? else {
            return Err(Failure::odd_answer(gx.lang));
        };
        let Some(task) = task else { return Err(gx.refused(Refusal::NoTask)) };
        let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
        let columns = columns(gx.lang);
        gx.out.one(|page| page.rows(&columns, &[row(&task, shaper)]), || shaper.task(&task))?;
        Ok(())
    }
}

impl Add {
    fn run(self, gx: &mut Gx) -> Done {
        let customer = match &self.customer {
            Some(customer) => Some(gx.resolve(Kind::Customer, customer)?),
            None => None,
        };
        let customer = customer.map(|id| id.to_string());
        let changes = Changes::new(gx, Kind::Task)
            .put("title", Some(&self.title))?
            .put("customer", customer.as_deref())?
            .put("source", self.greeting.then_some(Source::Care.word()))?
            .flag("again", self.again)?;
        let changes = self.fields.onto(changes)?.done();
        gx.write(Command::Add { kind: Kind::Task, changes }, self.dry.dry_run)
    }
}

impl Edit {
    fn run(self, gx: &mut Gx) -> Done {
        let record: Id = gx.task(&self.task)?;
        let changes = Changes::new(gx, Kind::Task).put("title", self.title.as_deref())?;
        let changes = self.fields.onto(changes)?.some()?;
        gx.write(Command::Edit { record, changes }, self.dry.dry_run)
    }
}

impl Fields {
    fn onto<'a>(&self, changes: Changes<'a>) -> Done<Changes<'a>> {
        changes
            .put("due", self.due.as_deref())?
            .put("assignee", self.assignee.as_deref())?
            .put("team", self.team.as_deref())?
            .put("channel", self.channel.as_deref())?
            .flag("promise", self.promise)?
            .put("note", self.note.as_deref())?
            .sets(&self.sets)
    }
}

/// Takes the most urgent task, and tells people which it is.
fn take(gx: &mut Gx, dry_run: bool) -> Done {
    let receipt = gx.act(Command::TaskTake, dry_run)?;
    gx.tell(&receipt, dry_run, Some(if dry_run { say::would_take } else { say::taken }))?;
    let (false, Some(task)) = (gx.for_machines() || gx.flags.quiet, receipt.ids.first()) else {
        return Ok(());
    };
    let filter = gx.clean("FILTER", &format!("id:{task}"))?;
    let tasks = ask(gx, Whose::All, filter, 1)?;
    show(gx, &tasks)
}

/// Asks for tasks.
fn ask(gx: &mut Gx, whose: Whose, filter: Clean, limit: u32) -> Done<Vec<TaskLine>> {
    match gx.ask(Query::Tasks { whose, filter, limit })? {
        Answer::Tasks(tasks, _) => Ok(tasks),
        _ => Err(Failure::odd_answer(gx.lang)),
    }
}

fn show(gx: &mut Gx, tasks: &[TaskLine]) -> Done {
    let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
    gx.out.list(tasks, &columns(gx.lang), |task| row(task, shaper), |task| shaper.task(task))?;
    Ok(())
}

/// The columns of a list of tasks.
pub(super) fn columns(lang: Lang) -> [Column; 7] {
    [
        Column::left("id"),
        Column::left(""),
        Column::wide(say::col_task(lang)),
        Column::wide(say::col_customer(lang)),
        Column::left(say::col_tier(lang)),
        Column::left(say::col_assignee(lang)),
        Column::left(say::col_due(lang)),
    ]
}

/// A task as a row of [`columns`].
pub(super) fn row(task: &TaskLine, shaper: Shaper) -> Vec<Cell> {
    use crate::model::{Choice, TaskState};

    let name = |named: &Option<crate::model::Named>| {
        named.as_ref().map(|named| named.name.line()).unwrap_or_default()
    };
    let (mark, tone) = match task.state {
        TaskState::Open => sign(task.late),
        state => (state.label(shaper.lang), Tone::Dim),
    };
    let due = match task.due {
        _ if task.is_paused() => board::paused(shaper.lang).to_owned(),
        due => due.map(|due| due.say(shaper.zone)).unwrap_or_default(),
    };
    let whose = match (&task.assignee, task.away_until) {
        (Some(who), Some(until)) => say::whose_away(shaper.lang, who.name.line(), until.date()),
        (Some(who), None) => who.name.line(),
        (None, _) => name(&task.team),
    };
    vec![
        Cell::new(task.id.to_string()),
        Cell::new(mark).tone(tone),
        Cell::from(&task.title),
        Cell::new(name(&task.customer)),
        Cell::from(&task.tier),
        Cell::new(whose),
        Cell::new(due).tone(tone),
    ]
}
