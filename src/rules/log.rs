//! An interaction, the next step with it, and the task that it ends.

use super::fields::{Otherwise, bad, moment, moment_of, queue_of, text_for};
use super::policy::Policy;
use super::{Outcome, Stamp, Values, care, names, set, task};
use crate::model::{
    Channel, Direction, Id, Instant, Kind, Log, Outcome as Ending, Refusal, Rows, Source, Takes, TaskState,
    Value, World,
};
use crate::text::say::care as say;
use crate::text::{Clean, date};

/// Logs an interaction.
pub(super) fn log(world: &mut World, policy: &Policy, log: &Log, stamp: &Stamp) -> Result<Outcome, Refusal> {
    if world.customer(log.customer).is_none() {
        return Err(Refusal::NoRecord(log.customer));
    }
    let (text, next) = split_next(world, log, stamp)?;
    if text.is_empty() && log.said.is_empty() {
        return Err(Refusal::Missing(Kind::Interaction, Clean::known("text")));
    }
    let at = if log.at.is_empty() { stamp.at } else { been(world, &log.at, stamp)? };
    let direction = log.direction.unwrap_or(Direction::Out);
    let outcome = log.outcome.or((direction == Direction::Out).then_some(Ending::Reached));
    let named = Some(&log.contact).filter(|contact| !contact.is_empty());
    let contact = match named {
        Some(named) => Some(person(world, log.customer, named, stamp)?),
        None => None,
    };

    let mut values = Values::of(Kind::Interaction);
    values.put("customer", Value::Ref(log.customer));
    values.put("contact", Value::or_absent(contact, Value::Ref));
    values.put("by", Value::or_absent(stamp.by, Value::Ref));
    values.put("at", Value::Instant(at));
    values.put("channel", Value::word(log.channel.unwrap_or(Channel::Phone)));
    values.put("direction", Value::word(direction));
    values.put("outcome", Value::or_absent(outcome, Value::word));
    values.put_text("text", &text)?;
    values.put_text("said", &log.said)?;
    for (name, holds) in [("inquiry", log.inquiry), ("greeting", log.greeting), ("again", log.again)] {
        values.put(name, if holds { Value::Flag(true) } else { Value::Absent });
    }
    values.put("created", Value::Instant(stamp.at));
    let interaction = world.fresh(Kind::Interaction);
    values.create(world, interaction);
    care::once(world, interaction)?;

    let mut ids = vec![interaction];
    if let Some(task) = log.ends {
        task::end(world, task, TaskState::Done, stamp)?;
    }
    let mut due = None;
    if let Some((at, title)) = next {
        ids.push(follow_up(world, log.customer, at, title, stamp));
        due = Some(at);
    }
    if !log.revisit.is_empty() {
        let at = moment(world, "revisit", &log.revisit, stamp, Otherwise::EndOfDay)?;
        ids.push(revisit(world, policy, log.customer, at, stamp));
        due = due.or(Some(at));
    }
    Ok(Outcome::created(ids).with_date("at", (at != stamp.at).then_some(at)).with_date("due", due))
}

/// Reads when something was said: it has been.
pub(super) fn been(world: &World, text: &Clean, stamp: &Stamp) -> Result<Instant, Refusal> {
    let at = moment(world, "at", text, stamp, Otherwise::ThisHour)?;
    if at > stamp.at { Err(Refusal::Future(text.clone())) } else { Ok(at) }
}

/// The text and the next step: given apart, or behind the last ` > ` in the text where a date begins or ends it, or
/// what is written like one begins it. Such a step must read: nobody should believe in a task that is not there.
fn split_next(world: &World, log: &Log, stamp: &Stamp) -> Result<(Clean, Option<(Instant, Value)>), Refusal> {
    if !log.next.is_empty() {
        return Ok((log.text.clone(), Some(next_step(world, &log.next, stamp)?)));
    }
    if let Some((text, next)) = log.text.as_str().rsplit_once(" > ")
        && date::is_meant_as_step(next.trim(), stamp.local(world))
    {
        let next = next_step(world, &Clean::washed(next.trim()).0, stamp)?;
        return Ok((Clean::washed(text.trim()).0, Some(next)));
    }
    Ok((log.text.clone(), None))
}

/// Reads `DATE what` or `what DATE`: when, and the title of a task.
pub(super) fn next_step(world: &World, text: &Clean, stamp: &Stamp) -> Result<(Instant, Value), Refusal> {
    let split = date::split_step(text.as_str(), stamp.local(world));
    let (when, title) = split.ok_or_else(|| bad("next", text, Takes::NextStep))?;
    let title = Clean::washed(title.trim()).0;
    if title.is_empty() {
        return Err(bad("next", text, Takes::NextStep));
    }
    let title = text_for(Kind::Task, "title", &title)?;
    Ok((moment_of(world, when, stamp, Otherwise::EndOfDay), title))
}

/// The next step with a customer: a task of the one who writes.
pub(super) fn follow_up(world: &mut World, customer: Id, due: Instant, title: Value, stamp: &Stamp) -> Id {
    let team = queue_of(world, Some(customer), stamp.by);
    let mut values = Values::of(Kind::Task);
    values.put("title", title);
    values.put("customer", Value::Ref(customer));
    values.put("assignee", Value::or_absent(stamp.by, Value::Ref));
    values.put("team", Value::or_absent(team, Value::Ref));
    values.put("due", Value::Instant(due));
    values.put("state", Value::word(TaskState::Open));
    values.put("source", Value::word(Source::Manual));
    values.put("created", Value::Instant(stamp.at));
    let task = world.fresh(Kind::Task);
    values.create(world, task);
    task
}

/// A revisit: a task of the communication plan that the first real contact from its day on ends.
fn revisit(world: &mut World, policy: &Policy, customer: Id, due: Instant, stamp: &Stamp) -> Id {
    let zone = world.ground().zone;
    let title = Value::Text(Clean::known(say::revisit(policy.language)));
    let task = follow_up(world, customer, due, title, stamp);
    let begins = Instant::at(due.local(zone).date().and_time(chrono::NaiveTime::MIN), zone);
    set(world, task, "source", Value::word(Source::Cadence));
    set(world, task, "begun", Value::Instant(begins.max(stamp.at)));
    task
}

/// The person at the customer that is meant; behind a plus stands who is new there.
pub(super) fn person(world: &mut World, customer: Id, words: &Clean, stamp: &Stamp) -> Result<Id, Refusal> {
    let named = names::or_new(world, Kind::Contact, words, Some(customer), stamp)?;
    contact_of(world, customer, &named, stamp)
}

/// The person at the customer that is meant: by id, or by a name that one of them has.
fn contact_of(world: &World, customer: Id, words: &Clean, stamp: &Stamp) -> Result<Id, Refusal> {
    use crate::model::{Index, Key};
    let there = world.found(&Key::of(Index::Refers).id(customer).kind(Kind::Contact));
    let called: Vec<Id> = there
        .iter()
        .copied()
        .filter(|id| names::name_of(world, *id).folded().contains(&words.folded()))
        .collect();
    match called.as_slice() {
        [one] => Ok(*one),
        [] => {
            let id = names::find(world, Kind::Contact, words, stamp)?;
            there.contains(&id).then_some(id).ok_or(Refusal::NoMatch(Kind::Contact, words.clone()))
        }
        several => {
            let named = several.iter().map(|id| (*id, names::name_of(world, *id))).collect();
            Err(Refusal::Ambiguous(Kind::Contact, words.clone(), named))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Office, changes, edit, text, undo};
    use super::*;
    use crate::model::{Command, Interaction, Row};

    type Fill<'a> = &'a dyn Fn(&mut Log);

    fn log(customer: Id, fill: impl FnOnce(&mut Log)) -> Command {
        let mut log = Log::call(customer, Clean::default());
        fill(&mut log);
        Command::Log(Box::new(log))
    }

    fn said(office: &Office, id: Id) -> Interaction {
        let Some(Row::Interaction(said)) = office.rows.row(id) else { panic!("{id} is no interaction") };
        said
    }

    #[test]
    fn a_next_step_stands_apart_or_behind_the_text() {
        let cases = [
            ("hello", "", None),
            ("hello > +3d send list", "", Some("send list")),
            ("a > b > tomorrow call", "", Some("call")),
            ("hello > send offer in two weeks", "", Some("send offer")),
            ("你好 > 发报价 两周后", "", Some("发报价")),
            ("hello", "send offer in two weeks", Some("send offer")),
            ("spend > 5000 wanted by friday", "", None),
            ("Q3 > that of next week", "", None),
            ("we said 5 > 3", "", None),
            ("hello", "+3d send list", Some("send list")),
            ("hello > +3d that stays", "fri this comes", Some("this comes")),
            ("spend > 5000 wanted", "", None),
            ("margin > 3.5 percent", "", None),
            ("a > fridge", "", None),
            ("a > +plus", "", None),
            ("Q3 orders > last year", "", None),
            ("今年 > 去年，他们要更多", "", None),
            ("he said > +3d\nand more", "", None),
            ("hello > 2018-02-10: call", "", Some("call")),
        ];
        for (words, next, title) in cases {
            let mut office = Office::new();
            let [acme] = office.customers(["Acme"]);
            let done = office.run(log(acme, |log| (log.text, log.next) = (text(words), text(next)))).unwrap();
            let task = done.ids.get(1).and_then(|id| office.rows.task(*id));
            assert_eq!(task.as_ref().map(|task| task.title.as_str()), title, "{words}");
            let whole = title.is_none() || !next.is_empty();
            assert_eq!(said(&office, done.ids[0]).text.as_str() == words, whole, "{words}");
        }
    }

    #[test]
    fn a_next_step_that_does_not_read_is_never_left_in_the_text() {
        let long = format!("x > +3d {}", "z".repeat(201));
        let cases = [
            ("x > +3x foo", "BadValue"),
            ("x > +3d", "BadValue"),
            ("x > fri", "BadValue"),
            ("x > 明天", "BadValue"),
            ("x > 2026-13-01 foo", "BadValue"),
            ("x > 31/02 foo", "BadValue"),
            ("x > call back on 31 Nov", "BadValue"),
            ("x > 30 Feb call back", "BadValue"),
            ("x > 回电 2月30日", "BadValue"),
            (&long, "TooLong"),
        ];
        for (words, expected) in cases {
            let mut office = Office::new();
            let [acme] = office.customers(["Acme"]);
            let refused = office.run(log(acme, |log| log.text = text(words))).unwrap_err();
            assert!(format!("{refused:?}").starts_with(expected), "{words}: {refused:?}");
            assert!(office.all(Kind::Interaction).is_empty(), "{words}");
        }
    }

    #[test]
    fn what_is_logged_has_been_said_and_has_its_length() {
        let long = "z".repeat(20_001);
        let fills: [(&str, Fill); 6] = [
            ("Missing", &|_| {}),
            ("TooLong", &|log| log.text = text(&long)),
            ("TooLong", &|log| log.said = text(&long)),
            ("Future", &|log| (log.text, log.at) = (text("hi"), text("tomorrow"))),
            ("BadValue", &|log| (log.text, log.next) = (text("hi"), text("send it"))),
            ("NoMatch", &|log| (log.text, log.contact) = (text("hi"), text("Nobody"))),
        ];
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        for (expected, fill) in fills {
            let refused = format!("{:?}", office.run(log(acme, fill)).unwrap_err());
            assert!(refused.starts_with(expected), "{expected}: {refused}");
        }
        let nobody = Id::customer(9);
        assert_eq!(office.run(log(nobody, |_| {})).unwrap_err(), Refusal::NoRecord(nobody));
        assert!(office.all(Kind::Interaction).is_empty());
    }

    #[test]
    fn the_person_at_the_customer_is_found_among_theirs() {
        let mut office = Office::new();
        let [acme, _] = office.customers(["Acme", "Other"]);
        let fields = |name, customer| [("name", name), ("customer", customer)];
        let wang = office.make(Kind::Contact, &fields("Wang Wei", "Acme"));
        office.make(Kind::Contact, &fields("Wang Min", "Acme"));
        let other = office.make(Kind::Contact, &fields("Zoe", "Other")).to_string();
        let mut run =
            |words: &str| office.run(log(acme, |log| (log.text, log.contact) = (text("hi"), text(words))));
        let done = run("wei").unwrap();
        assert!(matches!(run("wang"), Err(Refusal::Ambiguous(_, _, both)) if both.len() == 2));
        assert!(matches!(run(&other), Err(Refusal::NoMatch(..))));
        assert_eq!(said(&office, done.ids[0]).contact, Some(wang));
    }

    #[test]
    fn the_task_it_ends_is_done_with_it_or_nothing_is() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let task = office.make(Kind::Task, &[("title", "call"), ("customer", "Acme")]);
        let call = log(acme, |log| (log.text, log.ends) = (text("hi"), Some(task)));
        office.run(call.clone()).unwrap();
        assert_eq!(office.rows.task(task).unwrap().state, Some(TaskState::Done));
        assert_eq!(office.run(call).unwrap_err(), Refusal::TaskClosed(task));
        assert_eq!(office.all(Kind::Interaction).len(), 1);
    }

    #[test]
    fn what_becomes_another_customers_leaves_the_person_behind() {
        let mut office = Office::new();
        let [acme, beta] = office.customers(["Acme", "Beta"]);
        let edit = |record: Id, fields: &[(&str, &str)]| Command::Edit { record, changes: changes(fields) };
        let logged =
            office.run(log(acme, |log| (log.text, log.contact) = (text("hi"), text("+Wang")))).unwrap();
        let logged = logged.ids[0];
        let wang = said(&office, logged).contact;
        office.run(edit(logged, &[("text", "hello")])).unwrap();
        assert_eq!(said(&office, logged).contact, wang);
        office.run(edit(logged, &[("customer", "Beta")])).unwrap();
        assert_eq!((said(&office, logged).customer, said(&office, logged).contact), (Some(beta), None));
        office.run(edit(logged, &[("contact", "+Zoe"), ("customer", "Acme")])).unwrap();
        let zoe = said(&office, logged).contact.and_then(|id| office.rows.row(id)).unwrap();
        assert_eq!(
            (zoe.customer(), zoe.get(&Kind::Contact.field("name").unwrap().0)),
            (Some(acme), Value::Text(text("Zoe")))
        );
    }

    #[test]
    fn what_was_logged_is_changed_by_the_rules_of_logging() {
        let mut office = Office::new();
        let [acme, _] = office.customers(["Acme", "Other"]);
        let there = office.make(Kind::Contact, &[("name", "Zoe"), ("customer", "Other")]);
        let wang = office.make(Kind::Contact, &[("name", "Wang Wei"), ("customer", "Acme")]);
        let logged = office.run(log(acme, |log| log.text = text("hi"))).unwrap().ids[0];
        office.run(edit(logged, "contact", "wang")).unwrap();
        office.run(edit(logged, "at", "yesterday 9:00")).unwrap();
        office.run(edit(logged, "text", "hi there")).unwrap();
        let now = said(&office, logged);
        assert_eq!((now.contact, now.text.as_str()), (Some(wang), "hi there"));
        assert_eq!(now.at.unwrap().say(chrono_tz::Asia::Shanghai), "2017-12-31 09:00");
        for (field, to, expected) in
            [("contact", there.to_string(), "NoMatch"), ("at", "tomorrow".to_owned(), "Future")]
        {
            let refused = format!("{:?}", office.run(edit(logged, field, &to)).unwrap_err());
            assert!(refused.starts_with(expected), "{field}: {refused}");
        }
        let seq = office.seq(edit(logged, "contact", "+Maria"));
        assert_eq!(office.all(Kind::Contact).len(), 3);
        office.run(undo(seq)).unwrap();
        assert_eq!(
            (said(&office, logged).contact, office.all(Kind::Contact).len()),
            (Some(wang), 2),
            "one act"
        );
        for nobody in ["none", " none ", "无"] {
            office.run(edit(logged, "contact", nobody)).unwrap();
            assert_eq!(said(&office, logged).contact, None, "{nobody:?}");
            office.run(edit(logged, "contact", &wang.to_string())).unwrap();
        }
    }

    #[test]
    fn a_person_that_is_new_is_made_with_what_is_logged_and_goes_with_it() {
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        let call = log(acme, |log| (log.text, log.contact) = (text("hi"), text("+ Maria Rossi")));
        let seq = office.seq(call);
        let [(maria, Row::Contact(row))] = &office.all(Kind::Contact)[..] else { panic!() };
        assert_eq!((row.name.as_str(), row.customer), ("Maria Rossi", Some(acme)));
        let [(_, Row::Interaction(said))] = &office.all(Kind::Interaction)[..] else { panic!() };
        assert_eq!(said.contact, Some(*maria));
        office.run(undo(seq)).unwrap();
        assert!(office.all(Kind::Contact).is_empty() && office.all(Kind::Interaction).is_empty(), "one act");
    }
}
