//! The journal: entries in envelopes, appended without gaps, scanned, never changed.
//!
//! The stored form of an entry is [`Entry`] itself, in version 1. Its enums are stored by position: whoever adds a
//! variant to `Event`, `Value` or `Cause`, or changes `Receipt`, raises the version here, so that an older program
//! stops instead of misreading; an older form is then lifted in [`read`].

use redb::ReadableTable;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::tables::{Tables, Writing};
use crate::codec::{Broken, envelope, from_bytes, to_bytes};
use crate::model::{Entry, Receipt};

const ENTRY: u8 = 1;
const RECEIPT: u8 = 2;
const VERSION: u8 = 1;

/// An entry in its envelope.
pub(super) fn seal_entry(entry: &Entry) -> Vec<u8> {
    envelope::seal(ENTRY, VERSION, &to_bytes(entry))
}

/// The entry at this place.
pub(super) fn open_entry(seq: u64, sealed: &[u8]) -> Result<Entry, StoreError> {
    match read::<Entry>(ENTRY, sealed) {
        Ok(entry) if entry.seq == seq => Ok(entry),
        Ok(_) => Err(StoreError::Damaged { seq, why: Broken::Undecodable }),
        Err(Broken::Newer { .. }) => Err(StoreError::Newer),
        Err(why) => Err(StoreError::Damaged { seq, why }),
    }
}

/// A receipt in its envelope.
pub(super) fn seal_receipt(receipt: &Receipt) -> Vec<u8> {
    envelope::seal(RECEIPT, VERSION, &to_bytes(receipt))
}

/// A kept receipt.
pub(super) fn open_receipt(sealed: &[u8]) -> Result<Receipt, Broken> {
    read(RECEIPT, sealed)
}

fn read<T: DeserializeOwned>(kind: u8, bytes: &[u8]) -> Result<T, Broken> {
    let sealed = envelope::open(bytes)?;
    sealed.known((sealed.kind == kind).then_some(VERSION))?;
    from_bytes(sealed.body)
}

impl Tables<Writing<'_>> {
    /// Appends entries behind the head they expect.
    ///
    /// Panics where they expect another: whoever made them did not look at these tables.
    pub(super) fn append(&mut self, entries: &[Entry]) -> Result<(), StoreError> {
        for entry in entries {
            assert_eq!(entry.seq, self.head + 1, "entries follow the head of the journal");
            self.journal.insert(entry.seq, seal_entry(entry).as_slice())?;
            self.head = entry.seq;
        }
        Ok(())
    }
}

/// The entries from a place to the journal's end. A gap or a damaged entry is an error in its place.
pub(super) fn entries(
    journal: &impl ReadableTable<u64, &'static [u8]>,
    from: u64,
) -> Result<impl Iterator<Item = Result<Entry, StoreError>>, StoreError> {
    Ok((from..).zip(journal.range(from..)?).map(|(expected, item)| {
        let (seq, sealed) = item?;
        if seq.value() != expected {
            return Err(StoreError::Gap { seq: expected });
        }
        open_entry(expected, sealed.value())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Became, Cause, Day, Event, Field, Id, Instant, Kind, Value};
    use crate::text::{Clean, Currency, Money};

    const GOLDEN: &str = "\
        677801019f00000031bbbd4301fd0250b5ed360300000101010c637573746f6d65722061646400010909050003fb2c01\
        0701000306e585b3e7b3bb0b00020d0c0004fb7260434e591600080102066261636b757018000101190005fc8a911600\
        1c0006fd0050b5ed360300000103fb2c01170105666c6f6f72000306e585b3e7b3bb0203fb2c0107000306e585b3e7b3\
        bb0303fb2c0107000306e585b3e7b3bb0403fb2c01010400070101";

    fn every_variant() -> Entry {
        let record = Id::customer(300);
        let text = Value::Text(Clean::known("关系"));
        let field = Field { code: 23, own: Some(Clean::known("floor")) };
        let values = vec![
            (Field::of(1), text.clone()),
            (Field::of(11), Value::Number(-7)),
            (Field::of(12), Value::Money(Money { minor: 12_345, currency: Currency::CNY })),
            (Field::of(22), Value::Duty(Id::new(Kind::Member, 2), Clean::known("backup"))),
            (Field::of(24), Value::Flag(true)),
            (Field::of(25), Value::Day(Day(739_525))),
            (Field::of(28), Value::Instant(Instant(1_767_225_600_000))),
        ];
        Entry {
            seq: 1,
            at: Instant(1_767_225_600_001),
            by: Some(Id::new(Kind::Member, 1)),
            command: Clean::known("customer add"),
            cause: Cause::Asked,
            batch: Some(Id::new(Kind::Batch, 9)),
            events: vec![
                Event::Created { record, values },
                Event::Set { record, field, from: Value::Absent, to: text.clone() },
                Event::Linked { record, field: Field::of(7), value: text.clone() },
                Event::Unlinked { record, field: Field::of(7), value: text },
                Event::Removed { record, values: vec![(Field::of(4), Value::Ref(Id::new(Kind::Member, 1)))] },
            ],
        }
    }

    /// Stored for ever: where this fails, the form changed, and every store in the world is unreadable.
    #[test]
    fn the_stored_form_of_every_event_and_value_stays_as_it_is() {
        let sealed = seal_entry(&every_variant());
        assert_eq!(hex(&sealed), GOLDEN);
        assert_eq!(open_entry(1, &sealed), Ok(every_variant()));
    }

    #[test]
    fn the_stored_form_of_a_mention_stays_as_it_is() {
        let (record, member) = (Id::new(Kind::Interaction, 300), Id::new(Kind::Member, 2));
        let mentioned =
            Event::Mentioned { record, field: Field::of(8), member, word: Clean::known("安娜") };
        assert_eq!(hex(&to_bytes(&mentioned)), "0505fb2c010800010206e5ae89e5a89c");
    }

    #[test]
    fn the_stored_form_of_causes_and_receipts_stays_as_it_is() {
        let causes = [Cause::Asked, Cause::Follows { seq: 7 }, Cause::Undoes { seq: 300 }, Cause::Clock];
        assert_eq!(hex(&to_bytes(&causes)), "0001070".to_owned() + "2fb2c0103");
        let receipt = Receipt {
            seqs: vec![1, 2],
            ids: vec![Id::customer(3)],
            batch: None,
            became: Became::Created,
            dates: vec![(Clean::known("due"), Instant(5))],
            changes: Vec::new(),
            left: 1,
        };
        assert_eq!(open_receipt(&seal_receipt(&receipt)), Ok(receipt.clone()));
        assert_eq!(hex(&to_bytes(&receipt)), "020102010303000001036475650a0001");
    }

    #[test]
    fn an_entry_of_another_place_kind_or_version_is_refused() {
        let entry = every_variant();
        let body = to_bytes(&entry);
        let newer = [envelope::seal(ENTRY, VERSION + 1, &body), envelope::seal(9, VERSION, &body)];
        for sealed in newer {
            assert_eq!(open_entry(1, &sealed), Err(StoreError::Newer));
        }
        let elsewhere = StoreError::Damaged { seq: 2, why: Broken::Undecodable };
        assert_eq!(open_entry(2, &seal_entry(&entry)), Err(elsewhere));
        let mut rotten = seal_entry(&entry);
        rotten[20] ^= 1;
        assert_eq!(open_entry(1, &rotten), Err(StoreError::Damaged { seq: 1, why: Broken::Checksum }));
    }

    fn hex(bytes: &[u8]) -> String {
        use std::fmt::Write;
        bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}
