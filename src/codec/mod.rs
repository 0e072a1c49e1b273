//! Values <-> bytes. The only room that names bincode.
//!
//! bincode 2 accepts trailing bytes, reserves whatever length it reads, and does not know `serde(default)`,
//! `flatten` or `untagged`. So: every read is limited and must use up its input, and what is stored has golden
//! bytes in the tests of the room that declares it. [`envelope`] is the fixed layout around journal entries,
//! [`frame`] cuts a stream into messages.

pub mod envelope;
pub mod frame;

use bincode::config::{Configuration, Limit, LittleEndian, Varint};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::text::{Lang, say};

/// Bytes that one value may claim while it is read. Numbers claim up to eight times what they take on the wire,
/// so this is eight times [`frame::LIMIT`]: whatever fits into a frame can be read from it.
const LIMIT: usize = 8 * frame::LIMIT;

const CONFIG: Configuration<LittleEndian, Varint, Limit<LIMIT>> = bincode::config::standard().with_limit();

/// Why bytes are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// The bytes do not decode as the wanted type, or some are left over.
    #[error("{}", self.say(Lang::En))]
    Undecodable,
    /// The bytes do not begin like an envelope.
    #[error("{}", self.say(Lang::En))]
    NoEnvelope,
    /// The envelope is shorter or longer than it says.
    #[error("{}", self.say(Lang::En))]
    Length,
    /// The checksum does not hold.
    #[error("{}", self.say(Lang::En))]
    Checksum,
    /// A whole envelope of a kind or version that this program does not know; see [`envelope::Sealed::known`].
    #[error("{}", self.say(Lang::En))]
    Newer {
        /// The kind it says.
        kind: u8,
        /// The version it says.
        version: u8,
    },
}

impl Broken {
    /// The reason for people, without a full stop.
    pub fn say(self, lang: Lang) -> String {
        match self {
            Broken::Undecodable => say::codec::undecodable(lang).to_owned(),
            Broken::NoEnvelope => say::codec::no_envelope(lang).to_owned(),
            Broken::Length => say::codec::wrong_length(lang).to_owned(),
            Broken::Checksum => say::codec::wrong_checksum(lang).to_owned(),
            Broken::Newer { kind, version } => say::codec::newer(lang, kind, version),
        }
    }
}

/// The bytes of a value.
///
/// Panics where a type cannot be written at all (a sequence of unknown length, a failing `Serialize`): none of ours.
pub fn to_bytes<T: Serialize>(value: &T) -> Vec<u8> {
    bincode::serde::encode_to_vec(value, CONFIG).expect("our types can always be written")
}

/// Reads a value that takes up all of `bytes`.
pub fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Broken> {
    match bincode::serde::decode_from_slice(bytes, CONFIG) {
        Ok((value, used)) if used == bytes.len() => Ok(value),
        _ => Err(Broken::Undecodable),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Sample {
        Nothing,
        Named { id: u64, name: String },
        Many(Vec<Option<i64>>),
    }

    #[test]
    fn the_wire_form_stays_as_it_is() {
        assert_eq!(to_bytes(&Sample::Nothing), [0]);
        assert_eq!(
            to_bytes(&Sample::Named { id: 300, name: "关系".into() }),
            [1, 251, 44, 1, 6, 0xe5, 0x85, 0xb3, 0xe7, 0xb3, 0xbb]
        );
        assert_eq!(to_bytes(&Sample::Many(vec![None, Some(-1)])), [2, 2, 0, 1, 1]);
    }

    #[test]
    fn what_is_left_over_or_missing_is_noticed() {
        let mut bytes = to_bytes(&7_u64);
        bytes.push(0);
        assert_eq!(from_bytes::<u64>(&bytes), Err(Broken::Undecodable));
        assert_eq!(from_bytes::<u64>(&[]), Err(Broken::Undecodable));
    }

    #[test]
    fn a_claimed_length_beyond_the_limit_is_refused_before_it_is_reserved() {
        let mut claim = vec![253];
        claim.extend((u64::MAX / 2).to_le_bytes());
        assert_eq!(from_bytes::<String>(&claim), Err(Broken::Undecodable));
        assert_eq!(from_bytes::<Vec<u64>>(&claim), Err(Broken::Undecodable));
    }

    #[test]
    fn small_numbers_that_fill_a_frame_can_be_read() {
        let bytes = vec![1_u8; frame::LIMIT - 8];
        let mut list = to_bytes(&bytes.len());
        list.extend(&bytes);
        assert_eq!(from_bytes::<Vec<u64>>(&list).map(|list| list.len()), Ok(bytes.len()));
    }

    #[test]
    fn reasons_are_said_in_both_languages() {
        let reasons = [Broken::Undecodable, Broken::NoEnvelope, Broken::Length, Broken::Checksum];
        for reason in reasons.into_iter().chain([Broken::Newer { kind: 9, version: 2 }]) {
            assert!(reason.say(Lang::En).is_ascii() && !reason.say(Lang::Zh).is_ascii());
            assert_eq!(reason.to_string(), reason.say(Lang::En));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(id in any::<u64>(), name in ".*", many in any::<Vec<Option<i64>>>()) {
            for value in [Sample::Named { id, name }, Sample::Many(many)] {
                prop_assert_eq!(from_bytes(&to_bytes(&value)), Ok(value));
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in any::<Vec<u8>>()) {
            let _ = from_bytes::<Sample>(&bytes);
        }
    }
}
