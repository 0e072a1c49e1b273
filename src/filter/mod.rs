//! The filter language: one way to say which records are meant, in lists, views, tiers, stages, playbooks, pool
//! rules, reports and bulk edits, on the screen and in the shell.
//!
//! ```text
//! tier:A stage:loyal,repeat region:华东 idle>30d spend(365d)>=100000 owner:me not tag:vip acme
//! ```
//!
//! A text becomes a [`Filter`] by [`parse`]; what it says is a tree ([`Node`]) with typed values, printed in one
//! normal form. What depends on the moment or the reader (`today`, `me`, names) is settled once by
//! [`Filter::prepare`]; the [`Prepared`] filter then asks each record's [`Facts`] and decides.
//!
//! ```text
//! text --parse--> Filter --prepare(Context)--> Prepared --matches(Facts)--> bool
//!        |                                        `------explain(Facts)--> reasons
//!        `-- fields (what can be said), value (types), error (a place and a proposal)
//! ```
//!
//! The language knows the fields of a record, never the record: whoever has records implements [`Facts`].

mod complete;
mod conditions;
mod error;
mod eval;
mod explain;
mod fact;
mod fields;
mod kin;
mod lens;
mod lex;
mod logic;
mod number;
mod parse;
mod prepare;
mod seen;
mod seen_row;
mod told;
mod tree;
mod turns;
mod value;
mod why;

use std::fmt;
use std::ops::Range;

use crate::text::Clean;

pub use complete::{Candidate, complete, values_of};
pub use error::{Called, Fault, FilterError, caret};
pub use eval::{Facts, Got};
pub use explain::Reason;
pub use fact::{Fact, Measure};
pub use fields::{
    ContactField, CustomerField, DealField, Field, FieldRef, InteractionField, Kind, MemberField,
    PurchaseField, Referent, Row, RunField, Schema, TaskField,
};
pub use kin::{Groups, Kin, KinOf, KinOnce};
pub use lens::Lens;
pub use number::Number;
pub use parse::{parse, subject};
pub use prepare::{Context, Directory, Prepared, Word};
pub use seen::Seen;
pub use seen_row::SeenRow;
pub use told::{Reader, Told, took};
pub use tree::{Node, Op, Test, Value};
pub use why::{reasons, why};

use tree::Normal;

/// Parentheses and negations may stand so deep in each other.
pub const MAX_DEPTH: usize = 32;
/// So many characters has the longest filter.
pub const MAX_LENGTH: usize = 2_000;
/// So many values may stand behind one field.
pub const MAX_VALUES: usize = 100;

/// A filter as it was understood. Displays as its normal form, which reads back as the same filter.
#[derive(Clone, Debug)]
pub struct Filter {
    schema: Schema,
    root: Node,
    /// Where each bare word and each value stood in the text, in that order.
    places: Vec<Range<usize>>,
}

impl Filter {
    /// The kind of record that it is over.
    pub fn schema(&self) -> Schema {
        self.schema
    }

    /// What it says.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Whether everything passes, because nothing is asked.
    pub fn is_everything(&self) -> bool {
        matches!(&self.root, Node::All(parts) if parts.is_empty())
    }

    /// What it reads, each once, in the order of the text: tells which indexes help, and which sums are needed.
    pub fn fields(&self) -> Vec<&FieldRef> {
        let mut fields = Vec::new();
        self.root.leaves(&mut |leaf| {
            if let Node::Test(test) = leaf
                && !fields.contains(&&test.field)
            {
                fields.push(&test.field);
            }
        });
        fields
    }

    /// Refuses what rules may not say: bare words and `me`.
    pub fn refuse_personal(&self) -> Result<(), FilterError> {
        let personal = self.parts().find_map(|(part, at)| match part {
            Part::Word(word) => Some(Fault::BareWord(word.clone()).at(at)),
            Part::Value(_, _, Value::Me) => Some(Fault::Me.at(at)),
            Part::Value(..) => None,
        });
        personal.map_or(Ok(()), Err)
    }

    /// Asks `known` about every id and name that is compared with, the stage of `was(STAGE)` among them; `Err` holds
    /// all that there are. So a policy refuses a tier that it does not define. What `~` looks for is a part of one and
    /// is not asked about.
    pub fn check(
        &self,
        mut known: impl FnMut(&FieldRef, &Clean) -> Result<(), Vec<String>>,
    ) -> Result<(), FilterError> {
        for (part, at) in self.parts() {
            let (field, text, called) = match part {
                Part::Value(field @ FieldRef::Was(stage), ..) => {
                    let of = FieldRef::Field(Field::Customer(CustomerField::Stage));
                    (field, stage, Called::of(Schema::Customer, &of))
                }
                Part::Value(field, op, Value::Text(text)) if op != Op::Contains => {
                    (field, text, Called::of(self.schema, field))
                }
                Part::Value(..) | Part::Word(_) => continue,
            };
            known(field, text)
                .map_err(|known| Fault::Undefined { field: called, value: text.clone(), known }.at(at))?;
        }
        Ok(())
    }

    /// Bare words and values with their places in the text.
    fn parts(&self) -> impl Iterator<Item = (Part<'_>, Range<usize>)> {
        let mut parts = Vec::new();
        self.root.leaves(&mut |leaf| match leaf {
            Node::Word(word) => parts.push(Part::Word(word)),
            Node::Test(test) => {
                let value = |value| Part::Value(&test.field, test.op, value);
                parts.extend(test.values.iter().map(value));
            }
            Node::All(_) | Node::Any(_) | Node::Not(_) => {}
        });
        parts.into_iter().zip(self.places.iter().cloned())
    }
}

enum Part<'a> {
    Word(&'a Clean),
    Value(&'a FieldRef, Op, &'a Value),
}

impl PartialEq for Filter {
    /// The same record and the same meaning, however it was spelled.
    fn eq(&self, other: &Filter) -> bool {
        self.schema == other.schema && self.root == other.root
    }
}

impl Eq for Filter {}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Normal(self.schema, &self.root).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn customers(text: &str) -> Filter {
        parse(text, Schema::Customer).unwrap()
    }

    #[test]
    fn rules_are_for_everybody() {
        for (text, place) in [("tier:A acme", 7..11), ("not (owner:anna,me or late:yes)", 16..18)] {
            let error = customers(text).refuse_personal().unwrap_err();
            assert_eq!(error.at, place, "{text}");
            assert!(!error.say(Lang::En).is_empty() && !error.say(Lang::Zh).is_empty());
        }
        assert_eq!(customers("tier:A name~acme owner:\"me\"").refuse_personal(), Ok(()));
    }

    #[test]
    fn an_undefined_id_is_pointed_at() {
        let tiers_and_stages = |field: &FieldRef, value: &Clean| match field {
            FieldRef::Field(Field::Customer(CustomerField::Tier)) if value.as_str() != "A" => {
                Err(vec!["A".to_owned(), "B".to_owned()])
            }
            FieldRef::Was(_) if value.as_str() != "loyal" => Err(vec!["loyal".to_owned()]),
            _ => Ok(()),
        };
        for (text, place) in [("idle>3d tier:A,X", 15..16), ("tier:A not was(lost)", 11..20)] {
            assert_eq!(customers(text).check(tiers_and_stages).unwrap_err().at, place, "{text}");
        }
        let error = customers("tier:X").check(tiers_and_stages).unwrap_err();
        assert_eq!(error.say(Lang::En), "there is no tier \"X\"; it is one of A, B");
        assert_eq!(error.say(Lang::Zh), "没有等级（tier）“X”，可用：A、B");
        let error = customers("was(loyla)").check(tiers_and_stages).unwrap_err();
        assert_eq!(
            error.say(Lang::En),
            "there is no stage \"loyla\"; it is one of loyal; did you mean loyal?"
        );
        assert_eq!(customers("tier:A,none was(loyal) tier~x acme").check(tiers_and_stages), Ok(()));
    }

    #[test]
    fn what_is_read_is_listed_once() {
        let filter = customers("tier:A (spend(365d)>1 or tier:B) x.a:1 acme");
        let shown: Vec<_> =
            filter.fields().iter().map(|field| Normal(Schema::Customer, *field).to_string()).collect();
        assert_eq!(shown, ["tier", "spend(365d)", "x.a"]);
    }
}
