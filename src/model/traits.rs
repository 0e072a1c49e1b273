//! What a customer is, whoever has it and however it goes: the fields of its record that lists ask most.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::choice::{Complexity, CustomerKind, Need};
use super::record::Customer;
use crate::text::Clean;

/// What a customer is, as filters ask of many. Copies share it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(Arc<Trait>);

/// The fields of the record by which whole books are divided.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trait {
    /// A company or a person.
    pub kind: Option<CustomerKind>,
    /// Where they are.
    pub region: Clean,
    /// In which country.
    pub country: Clean,
    /// What they do.
    pub industry: Clean,
    /// Through what they came.
    pub source: Clean,
    /// How much they need us.
    pub need: Option<Need>,
    /// How hard they are to serve.
    pub complexity: Option<Complexity>,
    /// What they are marked with.
    pub tags: Box<[Clean]>,
}

impl Traits {
    /// Those of a customer.
    pub fn of(customer: &Customer) -> Traits {
        Traits(Arc::new(Trait {
            kind: customer.kind,
            region: customer.region.clone(),
            country: customer.country.clone(),
            industry: customer.industry.clone(),
            source: customer.source.clone(),
            need: customer.need,
            complexity: customer.complexity,
            tags: customer.tags.iter().cloned().collect(),
        }))
    }
}

impl Deref for Traits {
    type Target = Trait;

    fn deref(&self) -> &Trait {
        &self.0
    }
}

impl Serialize for Traits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Traits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Traits, D::Error> {
        Ok(Traits(Arc::new(Trait::deserialize(deserializer)?)))
    }
}
