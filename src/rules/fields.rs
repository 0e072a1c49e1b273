//! Records made and edited by hand: what people typed becomes values, checked by the shape of the field.

use chrono::{NaiveTime, Timelike};

use super::names::find;
use super::{Outcome, Stamp, Values, set};
use crate::model::time::END_OF_DAY;
use crate::model::{
    Change, CustomerKind, Day, DealStage, Event, Field, FieldInfo, How, Id, Index, Instant, Key, Kind,
    Member, Refusal, Role, Row, Rows, Shape, Source, Takes, TaskState, Value, World,
};
use crate::text::{Clean, Money, date};

/// What an hour is when only a date was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// The end of the day: due dates.
    EndOfDay,
    /// The hour it is now: what is said to have happened, or a clock to be moved.
    ThisHour,
    /// Midnight, the day's beginning: `since`.
    Midnight,
}

/// Reads a moment as people type it, by the store's clock, in the team's zone.
pub fn moment(
    world: &World,
    field: &str,
    text: &Clean,
    stamp: &Stamp,
    otherwise: Otherwise,
) -> Result<Instant, Refusal> {
    let zone = world.ground().zone;
    let now = stamp.at.local(zone);
    let when = date::parse(text.as_str(), now).map_err(|_| bad(field, text, Takes::Date))?;
    let (hour, minute) = END_OF_DAY;
    let time = when.time.unwrap_or_else(|| match otherwise {
        Otherwise::EndOfDay => NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default(),
        Otherwise::ThisHour => now.time().with_nanosecond(0).unwrap_or_default(),
        Otherwise::Midnight => NaiveTime::MIN,
    });
    Ok(Instant::at(when.date.and_time(time), zone))
}

/// The refusal of a value that does not fit.
pub fn bad(field: &str, text: &Clean, takes: Takes) -> Refusal {
    Refusal::BadValue(Clean::washed(field).0, text.clone(), takes)
}

/// Reads what was typed into a field. Empty is absent; so is `none` for a record.
pub fn read(
    world: &World,
    kind: Kind,
    name: &str,
    text: &Clean,
    stamp: &Stamp,
) -> Result<(Field, Value), Refusal> {
    let (field, info) = kind.field(name).ok_or_else(|| no_field(kind, name))?;
    if info.derived {
        return Err(Refusal::DerivedField(Clean::washed(name).0));
    }
    let value = if text.is_empty() { Value::Absent } else { read_shape(world, info, name, text, stamp)? };
    Ok((field, value))
}

fn read_shape(
    world: &World,
    info: &FieldInfo,
    name: &str,
    text: &Clean,
    stamp: &Stamp,
) -> Result<Value, Refusal> {
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
        Shape::Line(limit) | Shape::Lines(limit) | Shape::Own(limit) => {
            if text.as_str().contains('\n') {
                return Err(refused(Takes::Line));
            }
            Value::text(short_enough(name, typed, limit)?)
        }
        Shape::Note(limit) => Value::text(short_enough(name, typed, limit)?),
        Shape::Money => {
            Value::Money(Money::parse(typed, world.ground().currency).map_err(|_| refused(Takes::Money))?)
        }
        Shape::Day => {
            let now = stamp.at.local(world.ground().zone);
            Value::Day(Day::from(date::parse(typed, now).map_err(|_| refused(Takes::Date))?.date))
        }
        Shape::Instant => Value::Instant(moment(world, name, text, stamp, Otherwise::EndOfDay)?),
        Shape::Ref(_) if typed == "none" => Value::Absent,
        Shape::Ref(kind) => Value::Ref(find(world, kind, text, stamp)?),
        Shape::Word(words) => {
            let word = (words.read)(typed)
                .ok_or_else(|| refused(Takes::Word((words.all)().into_iter().map(Clean::known).collect())))?;
            Value::Text(Clean::known(word))
        }
        Shape::Duties => {
            let (who, duty) = typed.rsplit_once([':', '：']).ok_or_else(|| refused(Takes::Duty))?;
            let member = find(world, Kind::Member, &Clean::washed(who.trim()).0, stamp)?;
            Value::Duty(member, short_enough(name, duty.trim(), 60)?)
        }
    };
    match (name, &value) {
        ("code", Value::Text(code)) if !is_credit_code(code.as_str()) => Err(refused(Takes::CreditCode)),
        ("mail" | "mails", Value::Text(mail)) if !looks_like_mail(mail.as_str()) => Err(refused(Takes::Mail)),
        ("probability", Value::Number(n)) if *n > 100 => Err(refused(Takes::Percent)),
        _ => Ok(value),
    }
}

fn short_enough(field: &str, text: &str, limit: usize) -> Result<Clean, Refusal> {
    let length = text.chars().count();
    if length > limit {
        return Err(Refusal::TooLong(Clean::washed(field).0, length as u64, limit as u64));
    }
    Ok(Clean::washed(text).0)
}

fn no_field(kind: Kind, name: &str) -> Refusal {
    let names = kind.fields().iter().filter(|info| !info.derived).map(|info| info.name);
    let near = crate::text::near::nearest(name, names);
    Refusal::NoField(kind, Clean::washed(name).0, near.map(|near| Clean::washed(near).0))
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

/// Carries out a change of a field on a record that is there.
pub(super) fn change(world: &mut World, record: Id, change: &Change, stamp: &Stamp) -> Result<(), Refusal> {
    let name = change.field.as_str();
    let (field, to) = read(world, record.kind, name, &change.to, stamp)?;
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
    if matches!(kind, Kind::Settings | Kind::Batch) {
        return Err(Refusal::NotAllowed(Clean::known("add")));
    }
    let record = world.fresh(kind);
    let mut values = Values::of(kind);
    for change in changes {
        let (field, value) = read(world, kind, change.field.as_str(), &change.to, stamp)?;
        if !value.is_absent() {
            values.values.push((field, value));
        }
    }
    let named = |name: &str| changes.iter().any(|change| change.field.as_str() == name);
    defaults(world, &mut values, &named, stamp);
    values.create(world, record);
    check(world, record, stamp)?;
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
    if matches!(record.kind, Kind::Settings | Kind::Batch) {
        return Err(Refusal::NotAllowed(Clean::known("edit")));
    }
    let owner = world.customer(record).map(|customer| (customer.owner, customer.team));
    for one in changes {
        change(world, record, one, stamp)?;
    }
    if owner != world.customer(record).map(|customer| (customer.owner, customer.team)) {
        set(world, record, "owned", Value::Instant(stamp.at));
    }
    check(world, record, stamp)?;
    Ok(Outcome::changed(world, vec![record]))
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
        Kind::Settings | Kind::Team | Kind::Contact | Kind::Batch => {}
    }
}

/// In whose queue a task lies: the customer's team, else the team of who does it.
pub(super) fn queue_of(world: &World, customer: Option<Id>, assignee: Option<Id>) -> Option<Id> {
    let of_customer = || world.customer(customer?)?.team;
    let of_assignee = || world.member(assignee?)?.team;
    of_customer().or_else(of_assignee)
}

/// What must be true of a record, whoever wrote it: required fields, no loops, no two with one account.
pub(super) fn check(world: &mut World, record: Id, stamp: &Stamp) -> Result<(), Refusal> {
    let required: &[&'static str] = match record.kind {
        Kind::Customer | Kind::Member | Kind::Team => &["name"],
        Kind::Contact => &["name", "customer"],
        Kind::Task => &["title"],
        Kind::Deal => &["customer"],
        Kind::Purchase => &["customer", "amount"],
        Kind::Interaction => &["customer", "at"],
        Kind::Settings | Kind::Batch => &[],
    };
    let Some(row) = world.row(record) else { return Ok(()) };
    for name in required {
        let missing = record.kind.field(name).is_none_or(|(field, _)| row.get(&field).is_absent());
        if missing {
            return Err(Refusal::Missing(record.kind, Clean::known(name)));
        }
    }
    match row {
        Row::Customer(customer) => no_loop(world, record, customer.parent),
        Row::Member(member) => only_account(world, record, &member),
        Row::Team(team) => {
            let same = world.found(&Key::of(Index::Name).kind(Kind::Team).text(&team.name.folded()));
            match same.into_iter().find(|other| *other != record) {
                Some(other) => Err(Refusal::NameTaken(Kind::Team, team.name, other)),
                None => Ok(()),
            }
        }
        Row::Deal(_) => {
            settle(world, record, stamp);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// An account belongs to one member: its number, and its login.
fn only_account(world: &World, record: Id, member: &Member) -> Result<(), Refusal> {
    let numbered = member.uid.map(|uid| world.found(&Key::of(Index::Account).number(uid as u64)));
    let mut linked = numbered.unwrap_or_default();
    if !member.login.is_empty() {
        let called = world.found(&Key::of(Index::Name).kind(Kind::Member).text(&member.login.folded()));
        linked.extend(
            called.into_iter().filter(|id| world.member(*id).is_some_and(|row| row.login == member.login)),
        );
    }
    match linked.into_iter().find(|other| *other != record) {
        Some(other) => Err(Refusal::AccountTaken(member.login.clone(), other)),
        None => Ok(()),
    }
}

fn no_loop(world: &World, customer: Id, parent: Option<Id>) -> Result<(), Refusal> {
    let mut above = parent;
    while let Some(id) = above {
        if id == customer {
            return Err(Refusal::ParentLoop(customer, parent.unwrap_or(id)));
        }
        above = world.customer(id).and_then(|row| row.parent);
    }
    Ok(())
}

/// A won deal is a purchase on its close date; one that is not won any more is none.
fn settle(world: &mut World, deal: Id, stamp: &Stamp) {
    let Some(Row::Deal(row)) = world.row(deal) else { return };
    let purchase = world.found(&Key::of(Index::Refers).id(deal).kind(Kind::Purchase)).first().copied();
    let closed = !row.is_open();
    if closed && row.closed.is_none() {
        set(world, deal, "closed", Value::Day(stamp.at.day(world.ground().zone)));
    }
    if row.stage != Some(DealStage::Won) {
        if let Some(purchase) = purchase {
            remove(world, purchase);
        }
        return;
    }
    let day = row.closed.unwrap_or_else(|| stamp.at.day(world.ground().zone));
    let wanted = [
        ("customer", Value::or_absent(row.customer, Value::Ref)),
        ("product", Value::text(row.product)),
        ("amount", Value::or_absent(row.amount, Value::Money)),
        ("date", Value::Day(day)),
        ("owner", Value::or_absent(row.owner, Value::Ref)),
    ];
    if let Some(purchase) = purchase {
        for (name, value) in wanted {
            set(world, purchase, name, value);
        }
        return;
    }
    let mut values = Values::of(Kind::Purchase);
    for (name, value) in wanted {
        values.put(name, value);
    }
    values.put("deal", Value::Ref(deal));
    values.put("created", Value::Instant(stamp.at));
    let purchase = world.fresh(Kind::Purchase);
    values.create(world, purchase);
}

/// Takes a record away.
pub(super) fn remove(world: &mut World, record: Id) {
    if let Some(row) = world.row(record) {
        world.emit(Event::Removed { record, values: row.values() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
