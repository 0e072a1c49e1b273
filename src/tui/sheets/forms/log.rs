//! The form that logs an interaction, with the next step and the task that it ends.

use super::{LINE, NOTE, clean, directions, picks};
use crate::model::query::{Card, TaskLine};
use crate::model::{Channel, Choice, Command, Direction, Id, Kind, Log, Named, Outcome};
use crate::text::say::{fields, model as words, tui as say};
use crate::text::{Clean, Lang};
use crate::tui::drafts::{Deed, Draft};
use crate::tui::sheets::form::{Field, Form, Pick, Reads};

/// What the field of greetings holds of one, and of another one on a day.
const GREETING: &str = "yes";
const AGAIN: &str = "again";

/// The form for a customer. Its card, where it is known, tells what may be ended;
/// `task` is the one under the bar.
pub(in crate::tui) fn form(customer: Named, card: Option<&Card>, task: Option<&TaskLine>) -> Form {
    let mut ends = vec![Pick::said("", say::no_task)];
    ends.extend(open_tasks(customer.id, card, task).map(|task| Pick::named(task.id, &task.title)));
    let mut form = Form::new(
        Deed::Log,
        customer,
        vec![
            Field::pick("channel", say::way, picks::<Channel>()),
            Field::pick("direction", |_| "", directions()).beside(),
            Field::line("contact", say::with, LINE)
                .beside()
                .reads(Reads::Record(Kind::Contact))
                .hint(say::nobody),
            Field::spread("outcome", say::outcome, outcomes(Channel::Phone.word()))
                .follows("channel", outcomes),
            Field::note("text", say::text, NOTE),
            Field::line("said", say::said, NOTE),
            Field::line("next", say::next, LINE).reads(Reads::NextStep).hint(say::next_hint),
            Field::pick("ends", say::ends, ends),
            Field::pick("greeting", fields::greeting, greetings()),
        ],
        "text",
    );
    if let Some(task) = task {
        form.put("ends", &task.id.to_string());
    }
    form
}

/// Whether it was a greeting: one a day, unless another one is meant.
fn greetings() -> Vec<Pick> {
    vec![Pick::said("", words::no), Pick::said(GREETING, words::yes), Pick::said(AGAIN, say::greeting_again)]
}

/// The outcomes that fit a way, as one says them of it.
fn outcomes(way: &str) -> Vec<Pick> {
    let channel = Channel::read(way).unwrap_or(Channel::Phone);
    let pick = |outcome: &Outcome| Pick {
        word: outcome.word().to_owned(),
        label: [Lang::En, Lang::Zh].map(|lang| outcome.by(channel, lang).to_owned()),
    };
    Outcome::of(channel).iter().map(pick).collect()
}

/// The task under the bar, then the other open ones of the customer.
fn open_tasks<'a>(
    customer: Id,
    card: Option<&'a Card>,
    task: Option<&'a TaskLine>,
) -> impl Iterator<Item = &'a TaskLine> {
    let theirs = move |task: &&TaskLine| task.customer.as_ref().is_some_and(|named| named.id == customer);
    let first = task.filter(theirs);
    let others = card.map_or(&[][..], |card| &card.tasks).iter();
    first.into_iter().chain(others.filter(move |task| first.is_none_or(|first| first.id != task.id)))
}

/// What it does.
pub(super) fn command(draft: &Draft) -> Command {
    Command::Log(Box::new(Log {
        text: clean(draft, "text"),
        said: clean(draft, "said"),
        channel: Channel::read(draft.field("channel")),
        direction: Direction::read(draft.field("direction")),
        outcome: Outcome::read(draft.field("outcome")),
        contact: clean(draft, "contact"),
        next: clean(draft, "next"),
        ends: draft.field("ends").parse().ok(),
        greeting: [GREETING, AGAIN].contains(&draft.field("greeting")),
        again: draft.field("greeting") == AGAIN,
        ..Log::call(draft.about.id, Clean::default())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_is_said_to_be_one() {
        let mut form = form(Named { id: Id::customer(1), name: Clean::known("Acme") }, None, None);
        for (word, greets) in [("", (false, false)), ("yes", (true, false)), ("again", (true, true))] {
            form.put("greeting", word);
            let Command::Log(log) = command(&form.draft()) else { panic!() };
            assert_eq!((log.greeting, log.again), greets, "{word}");
        }
    }

    #[test]
    fn the_outcomes_are_those_of_the_way_after_each_change() {
        let new = || form(Named { id: Id::customer(1), name: Clean::known("Acme") }, None, None);
        let mut form = new();
        form.put("channel", "email");
        form.put("outcome", "replied");
        let draft = form.draft();
        assert_eq!(draft.field("outcome"), "replied");
        let mut again = new();
        again.restore(&draft);
        assert_eq!(again.draft().field("outcome"), "replied");
        again.put("channel", "phone");
        assert_eq!(again.draft().field("outcome"), "reached", "nobody replies to a call");
    }
}
