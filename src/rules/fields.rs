//! Records made and edited by hand: what people typed becomes values, checked by the shape of the field.

use chrono::{NaiveTime, Timelike};

use super::names::{self, or_new};
use super::settle::settle;
use super::{Outcome, Stamp, Values, absence, care, log, set, task};
use crate::model::time::END_OF_DAY;
use crate::model::{
    Change, CustomerKind, Day, DealStage, Event, Field, FieldInfo, How, Id, Instant, Kind, Refusal, Role,
    Row, Rows, Shape, Source, Takes, TaskState, Value, World,
};
use crate::text::date::{self, When};
use crate::text::{Clean, Lunar, Money, Weekdays, phone, says_none};

/// What an hour is when only a date was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Otherwise {
    /// The end of the day: due dates.
    EndOfDay,
    /// The hour it is now: what is said to have happened, or a clock to be moved.
    ThisHour,
    /// Midnight, the day's beginning: `since`.
    Midnight,
}

/// What a member does for a customer, in a few words.
const DUTY: Shape = Shape::Line(60);

/// Whose word a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A person's, now.
    Person,
    /// A file's: it tells how things came to be elsewhere.
    File,
}

/// Reads a date, and perhaps an hour, as people type them, by the store's clock in the team's zone.
pub(super) fn when(world: &World, field: &str, text: &Clean, stamp: &Stamp) -> Result<When, Refusal> {
    date::parse(text.as_str(), stamp.local(world)).map_err(|_| bad(field, text, Takes::Date))
}

/// The moment that a date means in the team's zone.
pub(super) fn moment_of(world: &World, when: When, stamp: &Stamp, otherwise: Otherwise) -> Instant {
    let (hour, minute) = END_OF_DAY;
    let time = when.time.unwrap_or_else(|| match otherwise {
        Otherwise::EndOfDay => NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default(),
        Otherwise::ThisHour => stamp.local(world).time().with_nanosecond(0).unwrap_or_default(),
        Otherwise::Midnight => NaiveTime::MIN,
    });
    Instant::at(when.date.and_time(time), world.ground().zone)
}

/// Reads a moment as people type it.
pub(super) fn moment(
    world: &World,
    field: &str,
    text: &Clean,
    stamp: &Stamp,
    otherwise: Otherwise,
) -> Result<Instant, Refusal> {
    Ok(moment_of(world, when(world, field, text, stamp)?, stamp, otherwise))
}

/// Whom records are given to; a person gives none to who has left.
const GIVEN: [&str; 4] = ["owner", "assignee", "backup", "stand_in"];

/// Refuses a member who has left.
pub(super) fn is_with_us(world: &World, member: Id) -> Result<(), Refusal> {
    match world.member(member) {
        Some(row) if row.left => Err(Refusal::Gone(row.name)),
        _ => Ok(()),
    }
}

/// The refusal of a value that does not fit.
pub(super) fn bad(field: &str, text: &Clean, takes: Takes) -> Refusal {
    Refusal::BadValue(Clean::washed(field).0, text.clone(), takes)
}

/// Reads what was typed into a field. Empty is absent; so is `none` for a record or a date. What only commands set no
/// person sets otherwise; a file of tasks may tell how they ended.
pub(super) fn read(
    world: &World,
    kind: Kind,
    name: &str,
    text: &Clean,
    word: Word,
    stamp: &Stamp,
) -> Result<(Field, Value), Refusal> {
    let (field, info) = kind.field(name).ok_or_else(|| no_field(kind, name))?;
    if info.derived {
        return Err(Refusal::DerivedField(Clean::washed(name).0));
    }
    if let Some(commands) = info.command
        && !(word == Word::File && kind.is_told_by_files())
    {
        return Err(Refusal::CommandField(Clean::washed(name).0, Clean::known(commands)));
    }
    if let Some(own) = &field.own {
        fitting(info.shape, "x.", own.as_str())?;
    }
    let value =
        if text.is_empty() { Value::Absent } else { read_shape(world, info, name, text, word, stamp)? };
    Ok((field, value))
}

fn read_shape(
    world: &World,
    info: &FieldInfo,
    name: &str,
    text: &Clean,
    word: Word,
    stamp: &Stamp,
) -> Result<Value, Refusal> {
    let find = if word == Word::File { names::exact } else { names::find };
    let typed = text.as_str().trim();
    let refused = |takes| bad(name, text, takes);
    let value = match info.shape {
        Shape::Flag => match typed.to_lowercase().as_str() {
            "yes" | "true" | "1" | "y" | "是" => Value::Flag(true),
            "no" | "false" | "0" | "n" | "否" => Value::Absent,
            _ => return Err(refused(Takes::Flag)),
        },
        Shape::Number => {
            let number = typed.replace([',', '_'], "").parse::<i64>();
            Value::Number(number.ok().filter(|n| *n >= 0).ok_or_else(|| refused(Takes::Number))?)
        }
        Shape::Line(_) | Shape::Lines(_) | Shape::Own(_) | Shape::Note(_) => {
            Value::text(fitting(info.shape, name, typed)?)
        }
        Shape::Money => {
            Value::Money(Money::parse(typed, world.ground().currency).map_err(|_| refused(Takes::Money))?)
        }
        Shape::Instant | Shape::Day if matches!(typed, "none" | "无") => Value::Absent,
        Shape::Day => Value::Day(Day::from(when(world, name, text, stamp)?.date)),
        Shape::Instant if name == "at" && word == Word::Person => {
            Value::Instant(log::been(world, text, stamp)?)
        }
        Shape::Instant => Value::Instant(moment(world, name, text, stamp, Otherwise::EndOfDay)?),
        Shape::Ref(_) | Shape::Refs(_) if says_none(typed) => Value::Absent,
        Shape::Ref(kind) | Shape::Refs(kind) => {
            let record = find(world, kind, text, stamp)?;
            if word == Word::Person && GIVEN.contains(&name) {
                is_with_us(world, record)?;
            }
            Value::Ref(record)
        }
        Shape::Word(words) => {
            let word = (words.read)(typed)
                .ok_or_else(|| refused(Takes::Word((words.all)().into_iter().map(Clean::known).collect())))?;
            Value::Text(Clean::known(word))
        }
        Shape::Duties => {
            let (who, duty) = typed.rsplit_once([':', '：']).ok_or_else(|| refused(Takes::Duty))?;
            let member = find(world, Kind::Member, &Clean::washed(who.trim()).0, stamp)?;
            Value::Duty(member, fitting(DUTY, name, duty.trim())?)
        }
    };
    match (name, &value) {
        ("code", Value::Text(code)) if !is_credit_code(code.as_str()) => Err(refused(Takes::CreditCode)),
        ("mail" | "mails", Value::Text(mail)) if !looks_like_mail(mail.as_str()) => Err(refused(Takes::Mail)),
        ("phone" | "phones", Value::Text(number)) if !phone::is_number(number.as_str()) => {
            Err(refused(Takes::Phone))
        }
        ("lunar_birthday", Value::Text(day)) => {
            let read = Lunar::read(day.as_str()).ok_or_else(|| refused(Takes::Lunar))?;
            Ok(Value::Text(Clean::washed(&read.to_string()).0))
        }
        ("weekdays", Value::Text(days)) => {
            let read = Weekdays::read(days.as_str()).ok_or_else(|| refused(Takes::Weekdays))?;
            Ok(Value::Text(Clean::washed(&read.to_string()).0))
        }
        ("probability", Value::Number(n)) if *n > 100 => Err(refused(Takes::Percent)),
        _ => Ok(value),
    }
}

/// A text for a declared field, as short and as flat as it is declared.
pub(super) fn text_for(kind: Kind, name: &'static str, text: &Clean) -> Result<Value, Refusal> {
    let (_, info) = kind.field(name).ok_or_else(|| no_field(kind, name))?;
    Ok(Value::text(fitting(info.shape, name, text.as_str())?))
}

/// As much of a text as a declared field holds, on one line.
pub(super) fn beginning(kind: Kind, name: &'static str, text: &Clean) -> Value {
    let limit = kind.field(name).map_or(0, |(_, info)| room(info.shape).0);
    let text: String = text.line().chars().take(limit).collect();
    Value::text(Clean::washed(&text).0)
}

/// How many characters a text of this shape may have, and whether it stands on one line.
fn room(shape: Shape) -> (usize, bool) {
    match shape {
        Shape::Line(limit) | Shape::Lines(limit) | Shape::Own(limit) => (limit, true),
        Shape::Note(limit) => (limit, false),
        _ => (0, true),
    }
}

/// The text, where a field of this shape has room for it.
fn fitting(shape: Shape, name: &str, text: &str) -> Result<Clean, Refusal> {
    let (limit, is_flat) = room(shape);
    let length = text.chars().count();
    if length > limit {
        return Err(Refusal::TooLong(Clean::washed(name).0, length as u64, limit as u64));
    }
    let text = Clean::washed(text).0;
    if is_flat && text.as_str().contains('\n') { Err(bad(name, &text, Takes::Line)) } else { Ok(text) }
}

fn no_field(kind: Kind, name: &str) -> Refusal {
    const SHOWN: usize = 80;
    let names = kind.fields().iter().filter(|info| !info.derived).map(|info| info.name);
    let near = crate::text::near::nearest(name, names);
    let name: String = name.chars().take(SHOWN).collect();
    Refusal::NoField(kind, Clean::washed(&name).0, near.map(Clean::known))
}

fn looks_like_mail(text: &str) -> bool {
    matches!(text.rsplit_once('@'), Some((user, host)) if !user.is_empty() && host.contains('.') && !text.contains(' '))
}

/// Whether a unified social credit code has the right check digit (GB 32100-2015: weights are powers of 3 modulo 31).
fn is_credit_code(code: &str) -> bool {
    const DIGITS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let digits: Option<Vec<usize>> = code.chars().map(|c| DIGITS.find(c)).collect();
    let Some(digits) = digits.filter(|digits| digits.len() == 18) else { return false };
    let mut weight = 1;
    let mut sum = 0;
    for digit in &digits[..17] {
        sum += digit * weight;
        weight = weight * 3 % 31;
    }
    digits[17] == (31 - sum % 31) % 31
}

/// Carries out changes of a record that is there, by a person or a file, and what follows from them.
pub(super) fn apply_changes(
    world: &mut World,
    record: Id,
    changes: &[Change],
    word: Word,
    stamp: &Stamp,
) -> Result<(), Refusal> {
    // Which team's queue a customer is in says who has it only where nobody owns it.
    let owner = |world: &World| world.customer(record).map(|customer| customer.owner.or(customer.team));
    let before = owner(world);
    for one in customer_first(changes) {
        change(world, record, one, word, &absence::counted_from(world, record, one, *stamp))?;
    }
    if before != owner(world) {
        set(world, record, "owned", Value::Instant(stamp.at));
    }
    settle(world, record, stamp)
}

/// The changes, that of the customer first: whom others name is one of the customer's.
fn customer_first(changes: &[Change]) -> impl Iterator<Item = &Change> {
    let is_customer = |change: &&Change| change.field.as_str() == "customer";
    changes.iter().filter(is_customer).chain(changes.iter().filter(move |change| !is_customer(change)))
}

/// What was typed into a field of a record that hangs on this customer: a new customer that it names is made, and a
/// person is one of the customer's, in files by the whole name.
pub(super) fn typed(
    world: &mut World,
    (kind, customer): (Kind, Option<Id>),
    change: &Change,
    word: Word,
    stamp: &Stamp,
) -> Result<Clean, Refusal> {
    let shape = kind.field(change.field.as_str()).map(|(_, info)| info.shape);
    match (shape, customer, word) {
        (Some(Shape::Ref(Kind::Customer)), _, Word::Person) => {
            or_new(world, Kind::Customer, &change.to, None, stamp)
        }
        (Some(Shape::Ref(Kind::Contact)), Some(customer), _)
            if !change.to.is_empty() && !says_none(change.to.as_str()) =>
        {
            let found = match word {
                Word::Person => log::person(world, customer, &change.to, stamp)?,
                Word::File => names::exact_at(world, customer, &change.to)?,
            };
            Ok(names::id_text(found))
        }
        _ => Ok(change.to.clone()),
    }
}

/// Carries out a change of a field.
fn change(world: &mut World, record: Id, change: &Change, word: Word, stamp: &Stamp) -> Result<(), Refusal> {
    let customer = world.row(record).and_then(|row| row.customer());
    let typed = typed(world, (record.kind, customer), change, word, stamp)?;
    let (field, to) = read(world, record.kind, change.field.as_str(), &typed, word, stamp)?;
    let Some(row) = world.row(record) else { return Err(Refusal::NoRecord(record)) };
    let many = record.kind.info(field.code).is_some_and(|info| info.shape.is_many());
    match change.how {
        How::Unlink if many => {
            if row.holds(&field, &to) {
                world.emit(Event::Unlinked { record, field, value: to });
            }
        }
        How::Put | How::Link if many => {
            if !to.is_absent() && !row.holds(&field, &to) {
                if let Some(was) = change.was.clone().filter(|was| !row.holds(&field, was)) {
                    let (is, by) = (listed(&row, &field), last_to_change(world, record, &field));
                    return Err(Refusal::Conflict { record, field: change.field.clone(), was, is, to, by });
                }
                world.emit(Event::Linked { record, field, value: to });
            }
        }
        _ => {
            let from = row.get(&field);
            let to = if change.how == How::Unlink { Value::Absent } else { to };
            if let Some(was) = &change.was
                && *was != from
                && from != to
            {
                let by = last_to_change(world, record, &field);
                let field = change.field.clone();
                return Err(Refusal::Conflict { record, field, was: was.clone(), is: from, to, by });
            }
            world.emit(Event::Set { record, field, from, to });
        }
    }
    Ok(())
}

/// The texts of a list in one, as forms hold them.
fn listed(row: &Row, field: &Field) -> Value {
    let texts = row.values().into_iter().filter_map(|(of, value)| match value {
        Value::Text(text) if of == *field => Some(text.line()),
        _ => None,
    });
    Value::text(Clean::washed(&texts.collect::<Vec<_>>().join("; ")).0)
}

/// Who set a field last, and in which entry.
pub(super) fn last_to_change(world: &World, record: Id, field: &Field) -> Option<(Clean, u64)> {
    let mut found = None;
    world.history(record, u64::MAX, &mut |seq| {
        let Some(entry) = world.entry(seq) else { return true };
        let sets = |event: &Event| match event {
            Event::Set { record: r, field: f, .. }
            | Event::Linked { record: r, field: f, .. }
            | Event::Unlinked { record: r, field: f, .. } => *r == record && f == field,
            Event::Created { record: r, .. } | Event::Removed { record: r, .. } => *r == record,
            Event::Mentioned { .. } => false,
        };
        if entry.events.iter().any(sets) {
            found = Some((entry.by.map_or(Clean::known("gx"), |by| super::names::name_of(world, by)), seq));
        }
        found.is_none()
    });
    found
}

/// A new record.
pub(super) fn add(
    world: &mut World,
    kind: Kind,
    changes: &[Change],
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    let changes = &if kind == Kind::Task { task::dated(world, changes, stamp)? } else { changes.to_vec() };
    let mut values = Values::of(kind);
    for change in customer_first(changes) {
        let typed = typed(world, (kind, values.reference("customer")), change, Word::Person, stamp)?;
        let (field, value) = read(world, kind, change.field.as_str(), &typed, Word::Person, stamp)?;
        if !value.is_absent() {
            values.values.push((field, value));
        }
    }
    let named = |name: &str| changes.iter().any(|change| change.field.as_str() == name);
    defaults(world, &mut values, &named, stamp);
    let record = world.fresh(kind);
    values.create(world, record);
    settle(world, record, stamp)?;
    care::once(world, record)?;
    let due = world.task(record).and_then(|task| task.due);
    Ok(Outcome::created(vec![record]).with_date("due", due))
}

/// Changes of a record.
pub(super) fn edit(
    world: &mut World,
    record: Id,
    changes: &[Change],
    stamp: &Stamp,
) -> Result<Outcome, Refusal> {
    if world.row(record).is_none() {
        return Err(Refusal::NoRecord(record));
    }
    apply_changes(world, record, changes, Word::Person, stamp)?;
    care::once(world, record)?;
    let dates = absence::dates(world, record, changes);
    Ok(Outcome { dates, ..Outcome::changed(world, vec![record]) })
}

/// What a new record holds where nothing was said. `named` tells which fields were given, empty ones among them.
pub(super) fn defaults(world: &World, values: &mut Values, named: &dyn Fn(&str) -> bool, stamp: &Stamp) {
    let me = Value::or_absent(stamp.by, Value::Ref);
    values.otherwise(named, "created", Value::Instant(stamp.at));
    match values.kind {
        Kind::Customer => {
            values.otherwise(named, "kind", Value::word(CustomerKind::Company));
            if !named("team") {
                values.otherwise(named, "owner", me);
            }
            values.put("owned", Value::Instant(stamp.at));
        }
        Kind::Member => values.otherwise(named, "role", Value::word(Role::Rep)),
        Kind::Task => {
            values.otherwise(named, "state", Value::word(TaskState::Open));
            values.otherwise(named, "source", Value::word(Source::Manual));
            if !named("team") {
                values.otherwise(named, "assignee", me);
                let team = queue_of(world, values.reference("customer"), values.reference("assignee"));
                values.put("team", Value::or_absent(team, Value::Ref));
            }
        }
        Kind::Deal => {
            values.otherwise(named, "stage", Value::word(DealStage::Prospecting));
            values.otherwise(named, "owner", me);
        }
        Kind::Purchase => {
            let today = stamp.at.day(world.ground().zone);
            values.otherwise(named, "date", Value::Day(today));
            values.otherwise(named, "owner", me);
        }
        Kind::Interaction => values.otherwise(named, "by", me),
        Kind::View => values.otherwise(named, "owner", me),
        Kind::Settings | Kind::Team | Kind::Contact | Kind::Batch | Kind::Run => {}
    }
}

/// In whose queue a task lies: the customer's team, else the team of who does it.
pub(super) fn queue_of(world: &World, customer: Option<Id>, assignee: Option<Id>) -> Option<Id> {
    let of_customer = || world.customer(customer?)?.team;
    let of_assignee = || world.member(assignee?)?.team;
    of_customer().or_else(of_assignee)
}

/// Takes a record away.
pub(super) fn remove(world: &mut World, record: Id) {
    if let Some(row) = world.row(record) {
        world.emit(Event::Removed { record, values: row.values() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{self, Office, text};
    use super::*;
    use crate::model::Command;

    #[test]
    fn credit_codes_have_a_check_digit() {
        assert!(is_credit_code("91350100M000100Y43"));
        assert!(!is_credit_code("91350100M000100Y44"));
        assert!(!is_credit_code("91350100M000100Y4"));
        assert!(!is_credit_code("91350100I000100Y43"));
    }

    #[test]
    fn mail_addresses_have_a_host() {
        assert!(looks_like_mail("a@b.cn") && !looks_like_mail("a@b") && !looks_like_mail("a b@c.cn"));
    }

    #[test]
    fn one_entry_that_two_replaced_is_a_conflict_and_two_entries_are_none() {
        let value = |mail: &str| Value::Text(text(mail));
        let replace = |acme, from: &str, to: &str| {
            let change = |how, to: &str, was| Change { field: text("mails"), how, to: text(to), was };
            let changes = vec![change(How::Link, to, Some(value(from))), change(How::Unlink, from, None)];
            Command::Edit { record: acme, changes }
        };
        let mut office = Office::new();
        let [acme] = office.customers(["Acme"]);
        office.run(testing::edit(acme, "mails", "a@x.com")).unwrap();
        office.run(testing::edit(acme, "mails", "b@x.com")).unwrap();
        office.run(replace(acme, "a@x.com", "new@x.com")).unwrap();
        office.run(replace(acme, "b@x.com", "other@x.com")).expect("another entry");
        office.run(replace(acme, "a@x.com", "new@x.com")).expect("both meant the same");
        let refused = office.run(replace(acme, "a@x.com", "third@x.com")).unwrap_err();
        let Refusal::Conflict { was, is, to, by, .. } = refused else { panic!("{refused:?}") };
        assert_eq!((was, is, to), (value("a@x.com"), value("new@x.com; other@x.com"), value("third@x.com")));
        assert!(by.is_some());
        let mails: Vec<_> = office.customer(acme).mails.into_iter().collect();
        assert_eq!(mails, [text("new@x.com"), text("other@x.com")], "nothing is left behind");
    }
}
