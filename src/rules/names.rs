//! Which record do words mean, exactly? (Fuzzy look-up is the search room's; a rule takes no guesses.)

use super::{Stamp, fields};
use crate::model::{CANDIDATES, Change, Id, Index, Key, Kind, Refusal, Row, Rows, Value, World};
use crate::text::Clean;

/// What marks a name as that of a record to be made: `+Maria Rossi`.
const NEW: char = '+';

/// The record of a kind by id, name, alias or login; members also as `me`, and as a person types them: by a beginning
/// of a word of the name that nobody else's has.
pub fn find(rows: &dyn Rows, kind: Kind, words: &Clean, stamp: &Stamp) -> Result<Id, Refusal> {
    match exact(rows, kind, words, stamp) {
        Err(Refusal::NoMatch(..)) if kind == Kind::Member => one(rows, kind, words, &beginning(rows, words)),
        found => found,
    }
}

/// As [`find`], but by whole names alone, as files say them.
pub(super) fn exact(rows: &dyn Rows, kind: Kind, words: &Clean, stamp: &Stamp) -> Result<Id, Refusal> {
    if kind == Kind::Member
        && matches!(words.as_str(), "me" | "我")
        && let Some(me) = stamp.by
    {
        return Ok(me);
    }
    if let Ok(id) = words.as_str().parse::<Id>()
        && id.kind == kind
    {
        return rows.row(id).map(|_| id).ok_or(Refusal::NoRecord(id));
    }
    let mut found = rows.found(&Key::of(Index::Name).kind(kind).text(&words.folded()));
    found.dedup();
    one(rows, kind, words, &found)
}

/// The contact of a customer with this id or whole name, as files say it. Whoever is elsewhere is not meant, and
/// nothing is told of them.
pub(super) fn exact_at(rows: &dyn Rows, customer: Id, words: &Clean) -> Result<Id, Refusal> {
    let is_there = |id: &Id| rows.row(*id).is_some_and(|row| row.customer() == Some(customer));
    let called = || rows.found(&Key::of(Index::Name).kind(Kind::Contact).text(&words.folded()));
    let id = words.as_str().parse::<Id>().ok().filter(|id| id.kind == Kind::Contact);
    let mut found = id.map_or_else(called, |id| vec![id]);
    found.retain(is_there);
    found.dedup();
    one(rows, Kind::Contact, words, &found)
}

/// The members with these words at the beginning of a word of their name.
fn beginning(rows: &dyn Rows, words: &Clean) -> Vec<Id> {
    let typed = words.folded();
    let mut found = Vec::new();
    rows.each_row(Kind::Member, 0, &mut |n, row| {
        if let Row::Member(member) = row
            && begins_a_word(&member.name.folded(), typed.trim())
        {
            found.push(Id::new(Kind::Member, n));
        }
        true
    });
    found
}

fn begins_a_word(name: &str, typed: &str) -> bool {
    let mut places = name.match_indices(typed);
    !typed.is_empty() && places.any(|(at, _)| !name[..at].ends_with(char::is_alphanumeric))
}

/// The one that was found.
fn one(rows: &dyn Rows, kind: Kind, words: &Clean, found: &[Id]) -> Result<Id, Refusal> {
    match found {
        [] => Err(Refusal::NoMatch(kind, words.clone())),
        [one] => Ok(*one),
        several => {
            let named = several.iter().take(CANDIDATES).map(|id| (*id, name_of(rows, *id))).collect();
            Err(Refusal::Ambiguous(kind, words.clone(), named))
        }
    }
}

/// The words that name a record; where a plus stands before a name and nobody is called so with it, the id of a record
/// that is made with the name, at this customer. It belongs to the act that names it, and goes with it.
pub(super) fn or_new(
    world: &mut World,
    kind: Kind,
    words: &Clean,
    customer: Option<Id>,
    stamp: &Stamp,
) -> Result<Clean, Refusal> {
    let Some(name) = new_name(words.as_str()) else { return Ok(words.clone()) };
    let is_there =
        |id: Id| customer.is_none_or(|at| world.row(id).is_some_and(|row| row.customer() == Some(at)));
    match find(world, kind, words, stamp) {
        Ok(id) if is_there(id) => return Ok(id_text(id)),
        Ok(_) | Err(Refusal::NoMatch(..)) => {}
        Err(refusal) => return Err(refusal),
    }
    let mut changes = vec![Change::put(Clean::known("name"), Clean::washed(name).0)];
    changes.extend(customer.map(|customer| Change::put(Clean::known("customer"), id_text(customer))));
    let made = fields::add(world, kind, &changes, stamp)?;
    Ok(made.ids.first().map_or_else(Clean::default, |id| id_text(*id)))
}

/// Whether words name a record that is to be made.
pub(super) fn is_new(words: &str) -> bool {
    new_name(words).is_some()
}

fn new_name(words: &str) -> Option<&str> {
    words.strip_prefix(NEW).map(str::trim).filter(|name| !name.is_empty())
}

/// What people call a record: its name or title; else its id.
pub fn name_of(rows: &dyn Rows, id: Id) -> Clean {
    let Some(row) = rows.row(id) else { return id_text(id) };
    let named = ["name", "title", "product"].into_iter().find_map(|name| {
        let (field, _) = id.kind.field(name)?;
        match row.get(&field) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    });
    named.unwrap_or_else(|| id_text(id))
}

/// An id as a text.
pub fn id_text(id: Id) -> Clean {
    Clean::new(&id.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ADMIN, Office, add, edit, row, text, undo};
    use super::*;
    use crate::model::{Command, Log, Row};

    #[test]
    fn a_beginning_of_a_word_of_one_name_means_that_member() {
        let mut office = Office::new();
        let ingrid = office.make(Kind::Member, &[("name", "Ingrid Berg")]);
        let ulf = office.make(Kind::Member, &[("name", "Ulf Iverson")]);
        let anna = office.make(Kind::Member, &[("name", "安娜")]);
        let stamp = Stamp { at: office.now, by: None };
        for (typed, member) in [
            ("Ingrid", ingrid),
            ("ing", ingrid),
            ("be", ingrid),
            ("ingrid b", ingrid),
            ("ulf", ulf),
            ("安", anna),
        ] {
            assert_eq!(find(&office.rows, Kind::Member, &text(typed), &stamp), Ok(member), "{typed}");
        }
        let found = |typed| find(&office.rows, Kind::Member, &text(typed), &stamp);
        for typed in ["grid", "娜", "", "ingrid x"] {
            assert!(matches!(found(typed), Err(Refusal::NoMatch(..))), "{typed}");
        }
        let Err(Refusal::Ambiguous(_, _, both)) = found("i") else { panic!() };
        assert_eq!(both.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [ingrid, ulf]);
        let customer = office.make(Kind::Customer, &[("name", "Acme"), ("owner", "ingrid")]);
        assert_eq!(office.rows.customer(customer).unwrap().owner, Some(ingrid));
        let from_file = office.run(row(Kind::Customer, "c1", &[("name", "Beta"), ("owner", "ingrid")]));
        assert!(matches!(from_file, Err(Refusal::NoMatch(..))), "files say whole names");
    }

    #[test]
    fn a_customer_that_is_new_is_made_with_what_names_it_and_goes_with_it() {
        let mut office = Office::new();
        let seq = office.seq(add(Kind::Deal, &[("customer", "+Zeta"), ("product", "GTX")]));
        let [(zeta, Row::Customer(made))] = &office.all(Kind::Customer)[..] else { panic!() };
        assert_eq!((made.name.as_str(), made.owner), ("Zeta", Some(ADMIN)));
        let [(deal, Row::Deal(open))] = &office.all(Kind::Deal)[..] else { panic!() };
        assert_eq!(open.customer, Some(*zeta));
        let moved = office.seq(edit(*deal, "customer", "+Eta"));
        office.make(Kind::Customer, &[("name", "Theta"), ("parent", "+Iota")]);
        assert_eq!(office.all(Kind::Customer).len(), 4);
        office.run(undo(moved)).unwrap();
        office.run(undo(seq)).unwrap();
        assert_eq!((office.all(Kind::Customer).len(), office.all(Kind::Deal).len()), (2, 0), "one act each");
        assert!(
            office.run(row(Kind::Deal, "d1", &[("customer", "+Zeta")])).is_err(),
            "files name what is there"
        );
    }

    #[test]
    fn who_is_called_with_a_plus_is_named_before_anybody_is_made() {
        let mut office = Office::new();
        let [plus] = office.customers(["+86 Trading"]);
        let deal = office.make(Kind::Deal, &[("customer", "+86 trading"), ("product", "GTX")]);
        let Some(Row::Deal(open)) = office.rows.row(deal) else { panic!() };
        assert_eq!(open.customer, Some(plus));
        assert_eq!(office.all(Kind::Customer).len(), 1);
    }

    #[test]
    fn a_person_called_with_a_plus_elsewhere_is_another() {
        let mut office = Office::new();
        let [acme, zeta] = office.customers(["Acme", "Zeta"]);
        let there = office.make(Kind::Contact, &[("name", "+Wei"), ("customer", "Acme")]);
        for (customer, made) in [(acme, false), (zeta, true)] {
            let mut log = Log::call(customer, text("hi"));
            log.contact = text("+wei");
            let done = office.run(Command::Log(Box::new(log))).unwrap();
            let Some(Row::Interaction(said)) = office.rows.row(done.ids[0]) else { panic!() };
            assert_eq!(said.contact != Some(there), made, "{customer}");
        }
    }
}
