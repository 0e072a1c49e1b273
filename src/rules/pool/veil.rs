//! What a pool hides of the customers who lie in it: nobody reads a telephone number there and leaves the customer
//! unclaimed, and nobody writes over what they cannot read. Managers, admins and auditors see all of it.

use super::super::policy::Policy;
use super::super::{Stamp, names};
use super::{is_held, lies_in};
use crate::model::{
    Change, Command, Customer, Event, How, Id, Index, Key, Kind, Refusal, Role, Row, Rows, World,
};
use crate::text::{Clean, says_none};

/// What hides all people at a customer.
const PEOPLE: &str = "contacts";

/// Whether anything can be hidden from a member. Where no pool hides anything, nothing is read for it.
pub fn hides_from(rows: &dyn Rows, policy: &Policy, reader: Id) -> bool {
    let role = || rows.member(reader).and_then(|member| member.role);
    let is_above = || matches!(role(), Some(Role::Manager | Role::Admin | Role::Auditor));
    policy.pools.iter().any(|pool| !pool.hide.is_empty()) && !is_above()
}

/// What is hidden of a customer, of [`HIDEABLE`](crate::rules::policy::HIDEABLE), from those from whom anything is.
pub fn hidden<'p>(policy: &'p Policy, customer: &Customer) -> &'p [&'static str] {
    let pool = if is_held(customer) { None } else { lies_in(policy, customer) };
    pool.map_or(&[], |pool| &pool.hide)
}

/// Whether a field is among what is hidden of a customer: one of the customer's own, or of somebody there.
pub fn hides(hidden: &[&str], kind: Kind, field: &str) -> bool {
    match kind {
        Kind::Customer => hidden.contains(&field),
        Kind::Contact => hidden.contains(&field) || hidden.contains(&PEOPLE),
        _ => false,
    }
}

/// Whether what is hidden of a customer are all the people there.
pub fn hides_people(hidden: &[&str]) -> bool {
    hidden.contains(&PEOPLE)
}

/// Refuses who means a person by words, where the people are hidden: what words fit would tell of their names.
pub(in crate::rules) fn may_name(
    world: &World,
    policy: &Policy,
    command: &Command,
    stamp: &Stamp,
) -> Result<(), Refusal> {
    let customer = match command {
        Command::Log(log) if is_guess(&log.contact) => Some(log.customer),
        Command::Add { kind: Kind::Interaction, changes } => named_with(world, &put(changes), None, stamp),
        Command::Edit { record, changes } if record.kind == Kind::Interaction => {
            named_with(world, &put(changes), Some(*record), stamp)
        }
        Command::Import { kind: Kind::Interaction, reference, values, .. } => {
            let known = Key::of(Index::Reference).kind(Kind::Interaction).text(reference.as_str());
            let said: Vec<_> = values.iter().map(|(name, words)| (name, words)).collect();
            named_with(world, &said, world.found(&known).first().copied(), stamp)
        }
        _ => None,
    };
    let row = customer.and_then(|customer| world.customer(customer));
    match (stamp.by, customer, row) {
        (Some(by), Some(customer), Some(row))
            if hides_from(world, policy, by) && hides_people(hidden(policy, &row)) =>
        {
            Err(Refusal::Hidden(customer, Clean::known(PEOPLE)))
        }
        _ => Ok(()),
    }
}

/// What changes put into fields.
fn put(changes: &[Change]) -> Vec<(&Clean, &Clean)> {
    let put = changes.iter().filter(|change| change.how != How::Unlink);
    put.map(|change| (&change.field, &change.to)).collect()
}

/// The customer whose contact is meant by what is said of a record, if it is by words: the one that it names, else the
/// record's.
fn named_with(world: &World, said: &[(&Clean, &Clean)], record: Option<Id>, stamp: &Stamp) -> Option<Id> {
    let of = |name: &str| said.iter().find(|(field, _)| field.as_str() == name).map(|(_, words)| *words);
    of("contact").filter(|words| is_guess(words))?;
    let named = of("customer").filter(|words| !words.is_empty());
    match named {
        Some(words) => names::find(world, Kind::Customer, words, stamp).ok(),
        None => world.row(record?)?.customer(),
    }
}

/// Whether words are to fit the name of somebody who is there.
fn is_guess(words: &Clean) -> bool {
    let words = words.as_str().trim();
    !words.is_empty() && !says_none(words) && !names::is_new(words) && words.parse::<Id>().is_err()
}

/// Refuses who has changed what is hidden from them, or has taken somebody away from a customer of whom anything is.
/// What they write anew they may: a contact that was not there.
pub(in crate::rules) fn may_write(world: &World, policy: &Policy, stamp: &Stamp) -> Result<(), Refusal> {
    let touches = |event: &&Event| matches!(event.record().kind, Kind::Customer | Kind::Contact);
    let mut events = world.events().iter().filter(touches).peekable();
    match stamp.by {
        Some(by) if events.peek().is_some() && hides_from(world, policy, by) => {
            events.try_for_each(|event| may_stand(world, policy, event))
        }
        _ => Ok(()),
    }
}

fn may_stand(world: &World, policy: &Policy, event: &Event) -> Result<(), Refusal> {
    let (Event::Set { record, field, .. }
    | Event::Linked { record, field, .. }
    | Event::Unlinked { record, field, .. }) = event
    else {
        return Ok(());
    };
    let customer = match world.before(*record) {
        Some(Row::Customer(customer)) => Some(customer),
        Some(Row::Contact(contact)) => contact.customer.and_then(|customer| before(world, customer)),
        _ => None,
    };
    let hidden = customer.map_or(&[][..], |customer| hidden(policy, &customer));
    let name = record.kind.field_name(field);
    let leads_out = record.kind == Kind::Contact && name == "customer" && !hidden.is_empty();
    if leads_out || hides(hidden, record.kind, &name) {
        return Err(Refusal::Hidden(*record, Clean::washed(&name).0));
    }
    Ok(())
}

fn before(world: &World, customer: Id) -> Option<Customer> {
    world.before(customer)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::super::super::policy::SHIPPED;
    use super::super::super::testing::{Office, REP, add, changes, edit, row, text, undo};
    use super::*;
    use crate::model::Log;

    /// An office whose pool hides this, a customer who lies in it, somebody there, and a customer of Bo's.
    fn office(hide: &str) -> (Office, Id, Id) {
        let mut office = Office::under(&format!("{SHIPPED}\n[[pool]]\nid = \"all\"\nhide = [{hide}]\n"));
        let acme = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "none"), ("note", "old")]);
        let mary =
            office.make(Kind::Contact, &[("name", "Mary"), ("customer", "Acme"), ("phones", "13800138000")]);
        office.make(Kind::Customer, &[("name", "Own"), ("owner", "Bo")]);
        (office, acme, mary)
    }

    fn hidden_field(office: &mut Office, command: Command) -> Option<String> {
        match office.run(command.by(REP)) {
            Err(Refusal::Hidden(_, field)) => Some(field.to_string()),
            Ok(_) => None,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn who_may_not_read_a_field_does_not_write_it_by_any_way() {
        let (mut office, acme, mary) = office(r#""note", "contacts""#);
        let noted = office.seq(edit(acme, "note", "new"));
        let both = Command::Edit { record: acme, changes: changes(&[("region", "East"), ("note", "mine")]) };
        for (command, field) in [
            (edit(acme, "note", "mine"), "note"),
            (both, "note"),
            (undo(noted), "note"),
            (edit(mary, "name", "Maria"), "name"),
            (edit(mary, "customer", "Own"), "customer"),
        ] {
            assert_eq!(hidden_field(&mut office, command.clone()).as_deref(), Some(field), "{command:?}");
        }
        for command in [
            edit(acme, "region", "East"),
            add(Kind::Contact, &[("name", "Wang"), ("customer", "Acme"), ("note", "met at the fair")]),
            Command::Claim { customer: acme },
            edit(acme, "note", "mine"),
            edit(mary, "name", "Maria"),
        ] {
            assert_eq!(hidden_field(&mut office, command.clone()), None, "{command:?}");
        }
        office.run(edit(acme, "note", "the admin's")).unwrap();
    }

    #[test]
    fn who_takes_somebody_along_would_read_what_is_hidden_there() {
        let (mut office, _, mary) = office(r#""phones""#);
        assert_eq!(hidden_field(&mut office, edit(mary, "name", "Maria")), None);
        assert_eq!(hidden_field(&mut office, edit(mary, "customer", "Own")).as_deref(), Some("customer"));
    }

    #[test]
    fn nobody_guesses_who_is_there() {
        let guess = |customer, words: &str| {
            let mut log = Log::call(customer, text("hello"));
            log.contact = text(words);
            Command::Log(Box::new(log))
        };
        let (mut office, acme, mary) = office(r#""contacts""#);
        for words in ["M", "Mary", "nobody"] {
            assert_eq!(hidden_field(&mut office, guess(acme, words)).as_deref(), Some(PEOPLE), "{words}");
        }
        let call = office.run(guess(acme, &mary.to_string()).by(REP)).unwrap().ids[0];
        for change in [("contact", "M"), ("contact", "Zoe")] {
            let command = Command::Edit { record: call, changes: changes(&[change]) };
            assert_eq!(hidden_field(&mut office, command).as_deref(), Some(PEOPLE), "{change:?}");
        }
        for words in ["", "+Wang", "none"] {
            assert_eq!(hidden_field(&mut office, edit(call, "contact", words)), None, "{words}");
        }
        let own = office.run(guess(Id::customer(2), "+Zoe").by(REP)).unwrap().ids[0];
        let moved =
            Command::Edit { record: own, changes: changes(&[("customer", "Acme"), ("contact", "M")]) };
        assert_eq!(hidden_field(&mut office, moved).as_deref(), Some(PEOPLE));
        office.run(guess(acme, "mar")).unwrap();
    }

    #[test]
    fn nobody_guesses_who_is_there_by_a_file() {
        let (mut office, _, mary) = office(r#""contacts""#);
        let said = |reference: &str, customer: &str, contact: &str| {
            let fields = [("contact", contact), ("customer", customer), ("at", "2017-12-01 10:00")];
            row(Kind::Interaction, reference, &fields)
        };
        office.run(said("known", "Acme", "").by(REP)).unwrap();
        for (reference, customer) in [("new", "Acme"), ("known", "Acme"), ("known", "")] {
            for words in ["Mary", "Nobody"] {
                let field = hidden_field(&mut office, said(reference, customer, words));
                assert_eq!(field.as_deref(), Some(PEOPLE), "{reference} {customer} {words}");
            }
        }
        // Nor at customers of whom nothing is hidden, or that there are not.
        for words in ["Mary", "Nobody", &mary.to_string()] {
            let refused = |office: &mut Office, customer| {
                office.run(said("other", customer, words).by(REP)).unwrap_err()
            };
            assert_eq!(refused(&mut office, "Own"), Refusal::NoMatch(Kind::Contact, text(words)));
            assert_eq!(refused(&mut office, "Else"), Refusal::NoMatch(Kind::Customer, text("Else")));
        }
        office.run(said("all", "Acme", "Mary")).unwrap();
    }
}
