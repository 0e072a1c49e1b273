//! The values that completion of a filter knows: what the server says that begins as typed and, until it has, what the
//! policy defines, what people are called, and what the rows of the list hold.

use std::collections::BTreeSet;

use super::book::Book;
use crate::filter::{CustomerField, Field, FieldRef, Kind, Referent};
use crate::model;
use crate::model::query::{CustomerLine, PolicyName};
use crate::text::Clean;
use crate::text::clean::folded;

/// How many values of the rows are offered at most.
const MOST: usize = 50;

/// The values of a field of customers that begin as typed.
pub(super) fn values(book: &Book, field: &FieldRef, typed: &str) -> Vec<String> {
    if let Some(values) = book.values(field, typed) {
        return values.iter().map(Clean::line).collect();
    }
    let typed = folded(typed);
    let fits = |value: &String| folded(value).starts_with(&typed);
    all(book, field).into_iter().filter(fits).take(MOST).collect()
}

fn all(book: &Book, field: &FieldRef) -> Vec<String> {
    let policy = |names: &[PolicyName]| names.iter().map(|name| name.id.as_str().to_owned()).collect();
    let (tiers, stages) = match &book.session {
        Some(session) => (&session.tiers[..], &session.stages[..]),
        None => (&[][..], &[][..]),
    };
    let called = |kind| {
        let names = book.names.get(&kind).into_iter().flatten();
        let names: BTreeSet<&Clean> = names.map(|named| &named.name).collect();
        names.into_iter().map(|name| name.as_str().to_owned()).collect()
    };
    match (field, field.kind()) {
        (FieldRef::Was(_), _) => policy(stages),
        (_, Kind::Ref(Referent::Member)) => called(model::Kind::Member),
        (_, Kind::Ref(Referent::Team)) => called(model::Kind::Team),
        (FieldRef::Field(Field::Customer(field)), _) => match field {
            CustomerField::Tier => policy(tiers),
            CustomerField::Stage => policy(stages),
            CustomerField::Region => held(book, |line| vec![&line.region]),
            CustomerField::Industry => held(book, |line| vec![&line.industry]),
            CustomerField::Tag => held(book, |line| line.tags.iter().collect()),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What the rows that are known hold, each once.
fn held(book: &Book, of: impl Fn(&CustomerLine) -> Vec<&Clean>) -> Vec<String> {
    let held: BTreeSet<&Clean> = book.list.lines().flat_map(of).filter(|value| !value.is_empty()).collect();
    held.into_iter().map(|value| value.as_str().to_owned()).collect()
}
