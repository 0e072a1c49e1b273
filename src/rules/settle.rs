//! What must be true of a record that was made or changed, and what follows from it.

use std::collections::BTreeSet;

use super::fields::remove;
use super::{Stamp, Values, absence, set, task, view};
use crate::model::{Day, Deal, DealStage, Id, Index, Key, Kind, Member, Refusal, Row, Rows, Value, World};
use crate::text::Clean;

/// What follows from a record that was just made or changed, when all is true of it that must be.
pub(super) fn settle(world: &mut World, record: Id, stamp: &Stamp) -> Result<(), Refusal> {
    check(world, record)?;
    match record.kind {
        Kind::Deal => settle_deal(world, record, stamp),
        Kind::Task => task::settle(world, record, stamp),
        Kind::Interaction => settle_interaction(world, record),
        Kind::Member => absence::is_still_to_be(world, record, stamp)?,
        _ => {}
    }
    Ok(())
}

/// What must be true of a record, whoever wrote it: required fields, no circles, no two with one account.
pub(super) fn check(world: &World, record: Id) -> Result<(), Refusal> {
    let required: &[&'static str] = match record.kind {
        Kind::Customer | Kind::Member | Kind::Team | Kind::View => &["name"],
        Kind::Contact => &["name", "customer"],
        Kind::Task => &["title"],
        Kind::Deal => &["customer"],
        Kind::Purchase => &["customer", "amount"],
        Kind::Interaction => &["customer", "at"],
        Kind::Settings | Kind::Batch | Kind::Run => &[],
    };
    let Some(row) = world.row(record) else { return Ok(()) };
    for name in required {
        let missing = record.kind.field(name).is_none_or(|(field, _)| row.get(&field).is_absent());
        if missing {
            return Err(Refusal::Missing(record.kind, Clean::known(name)));
        }
    }
    match row {
        Row::Customer(customer) => no_circle(world, record, customer.parent),
        Row::Member(member) => {
            absence::check(world, record, &member)?;
            only_account(world, record, &member)
        }
        Row::Team(team) => {
            let same = world.found(&Key::of(Index::Name).kind(Kind::Team).text(&team.name.folded()));
            match same.into_iter().find(|other| *other != record) {
                Some(other) => Err(Refusal::NameTaken(Kind::Team, team.name, other)),
                None => Ok(()),
            }
        }
        Row::View(row) => view::check(world, record, &row),
        Row::Deal(deal) if deal.stage == Some(DealStage::Won) && deal.amount.is_none() => {
            Err(Refusal::Missing(Kind::Deal, Clean::known("amount")))
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

/// Nobody is their own ancestor. A circle further up, as older programs could leave it, is gone round once.
fn no_circle(world: &World, customer: Id, parent: Option<Id>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    let mut above = parent;
    while let Some(id) = above.filter(|id| seen.insert(*id)) {
        if id == customer {
            return Err(Refusal::ParentLoop(customer, parent.unwrap_or(id)));
        }
        above = world.customer(id).and_then(|row| row.parent);
    }
    Ok(())
}

/// An interaction that becomes another customer's leaves behind whom one spoke to, if that is nobody there.
fn settle_interaction(world: &mut World, record: Id) {
    let of = |row: Option<Row>| row.and_then(|row| row.customer());
    let (was, is) = (of(world.before(record)), of(world.row(record)));
    let Some(Row::Interaction(row)) = world.row(record) else { return };
    let there = row.contact.and_then(|contact| of(world.row(contact)));
    if was.is_some() && was != is && there != is {
        set(world, record, "contact", Value::Absent);
    }
}

/// A won deal is a purchase on its close date; one that is not won any more is none. Of a purchase that is there only
/// that changes which this act changed of the deal: the rest may have been edited by hand.
fn settle_deal(world: &mut World, deal: Id, stamp: &Stamp) {
    let Some(Row::Deal(row)) = world.row(deal) else { return };
    let purchase = world.found(&Key::of(Index::Refers).id(deal).kind(Kind::Purchase)).first().copied();
    let today = stamp.at.day(world.ground().zone);
    if !row.is_open() && row.closed.is_none() {
        set(world, deal, "closed", Value::Day(today));
    }
    if row.stage != Some(DealStage::Won) {
        if let Some(purchase) = purchase {
            remove(world, purchase);
        }
        return;
    }
    let wanted = sold(&row, today);
    if let Some(purchase) = purchase {
        let Some(Row::Deal(before)) = world.before(deal) else { return };
        for ((name, was), (_, value)) in sold(&before, today).into_iter().zip(wanted) {
            if was != value {
                set(world, purchase, name, value);
            }
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

/// What a purchase has of its deal. One that was won without a date was won today.
fn sold(deal: &Deal, today: Day) -> [(&'static str, Value); 5] {
    [
        ("customer", Value::or_absent(deal.customer, Value::Ref)),
        ("product", Value::text(deal.product.clone())),
        ("amount", Value::or_absent(deal.amount, Value::Money)),
        ("date", Value::Day(deal.closed.unwrap_or(today))),
        ("owner", Value::or_absent(deal.owner, Value::Ref)),
    ]
}
