//! The values that a field has: what completion of a filter offers.

use std::collections::BTreeSet;

use super::Desk;
use crate::filter::{self, CustomerField, Field, FieldRef, Referent, RunField, Schema, TaskField};
use crate::model::query::VALUES;
use crate::model::{Answer, Id, Kind, Rows};
use crate::text::{Clean, folded};

impl Desk<'_> {
    /// The values of a field that begin as typed. A field that there is not has none: it is only being typed.
    pub(super) fn values(&self, kind: Kind, field: &Clean, typed: &Clean) -> Answer {
        let held = if field.is_empty() {
            self.head.book.own_fields(&self.sight)
        } else {
            let field = Schema::of(kind).and_then(|schema| filter::subject(field.as_str(), schema));
            field.map(|field| self.values_of(&field, typed)).unwrap_or_default()
        };
        let typed = typed.folded();
        let fitting = held.into_iter().filter(|value| folded(value).starts_with(&typed));
        Answer::Values(fitting.take(VALUES).map(|value| Clean::washed(&value).0).collect())
    }

    fn values_of(&self, field: &FieldRef, typed: &Clean) -> BTreeSet<String> {
        let policy = &self.head.policy;
        let ids = |ids: &mut dyn Iterator<Item = &Clean>| ids.map(|id| id.as_str().to_owned()).collect();
        match (field, field.kind()) {
            (_, filter::Kind::Ref(Referent::Member)) => self.all_called(Kind::Member),
            (_, filter::Kind::Ref(Referent::Team)) => self.all_called(Kind::Team),
            (_, filter::Kind::Ref(Referent::Customer)) => self.customers_called(typed),
            (FieldRef::Field(Field::Customer(CustomerField::Tier)), _) => {
                ids(&mut policy.tiers.iter().map(|tier| &tier.id))
            }
            (FieldRef::Field(Field::Customer(CustomerField::Stage)), _) => {
                ids(&mut policy.stages.iter().map(|stage| &stage.id))
            }
            (FieldRef::Field(Field::Customer(CustomerField::Pool)), _) => {
                ids(&mut policy.pools.iter().map(|pool| &pool.id))
            }
            (FieldRef::Field(Field::Task(TaskField::Playbook) | Field::Run(RunField::Playbook)), _) => {
                ids(&mut policy.playbooks.iter().map(|playbook| &playbook.id))
            }
            _ if field.schema() == Schema::Customer => self.head.book.values(field, self.lens(), &self.sight),
            _ => BTreeSet::new(),
        }
    }

    /// What all records of a kind are called.
    fn all_called(&self, kind: Kind) -> BTreeSet<String> {
        let mut called = BTreeSet::new();
        self.head.snapshot.each_row(kind, 0, &mut |n, row| {
            if self.sees(&row) {
                called.insert(self.names.named(Id::new(kind, n)).name.line());
            }
            true
        });
        called
    }

    /// The customers that the look-up finds by what is typed.
    fn customers_called(&self, typed: &Clean) -> BTreeSet<String> {
        let (found, _) = self.head.book.find(typed.as_str(), self.reader(), VALUES);
        found.into_iter().map(|(n, _)| self.names.named(Id::customer(n)).name.line()).collect()
    }
}
