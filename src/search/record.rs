//! What is known of a customer beyond its gist: there, or packed as it was kept on disk until somebody asks.

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::codec::{Broken, from_bytes, to_bytes};
use crate::model::{Customer, Gist, Id, Person, Profile};
use crate::text::Clean;

/// The first thing wrong with what was kept on disk. Shared by all that came from there.
pub(super) type Damage = Arc<OnceLock<Broken>>;

/// A customer's profile.
#[derive(Debug)]
pub(super) struct Record {
    /// In a box: what is packed takes no room for it.
    whole: OnceLock<Box<Profile>>,
    /// None from when the profile is made.
    packed: Mutex<Option<Packed>>,
}

/// Where the rest of a profile lies.
#[derive(Debug)]
pub(super) struct Packed {
    /// What a chunk's customers share.
    pub(super) bytes: Arc<[u8]>,
    pub(super) range: Range<usize>,
    pub(super) damage: Damage,
}

impl Record {
    pub(super) fn new(profile: Profile) -> Record {
        Record { whole: Box::new(profile).into(), packed: Mutex::default() }
    }

    pub(super) fn packed(packed: Packed) -> Record {
        Record { whole: OnceLock::new(), packed: Mutex::new(Some(packed)) }
    }

    /// The profile of the customer with this number and gist, unpacked if need be.
    pub(super) fn profile(&self, n: u64, gist: &Gist) -> &Profile {
        self.whole.get_or_init(|| {
            let packed = self.lock().take();
            let (customer, contacts) = packed.as_ref().map(Packed::open).unwrap_or_default();
            Box::new(Profile { id: Id::customer(n), gist: gist.clone(), customer, contacts })
        })
    }

    /// The bytes that the profile is made from again, behind others.
    pub(super) fn pack(&self, n: u64, gist: &Gist, onto: &mut Vec<u8>) {
        if let Some(packed) = &*self.lock() {
            onto.extend(packed.bytes());
            return;
        }
        let profile = self.profile(n, gist);
        onto.extend(to_bytes(&(&profile.customer, &profile.contacts)));
    }

    fn lock(&self) -> MutexGuard<'_, Option<Packed>> {
        self.packed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Packed {
    fn bytes(&self) -> &[u8] {
        self.bytes.get(self.range.clone()).unwrap_or_default()
    }

    fn open(&self) -> (Customer, Box<[Person]>) {
        from_bytes(self.bytes()).unwrap_or_else(|broken| {
            self.damage.get_or_init(|| broken);
            (Customer { name: Clean::known("?"), ..Customer::default() }, Box::default())
        })
    }
}
