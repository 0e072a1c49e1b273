//! The envelope around every journal entry: a fixed layout that outlives any encoding of the body.
//!
//! ```text
//! 0      2     3        4         8        12
//! | "gx" | kind | version | length  | CRC32C | body ...
//! ```
//!
//! Numbers are little-endian. The checksum covers the eight bytes before it and the body, so it is the envelope, not
//! redb, that finds a rotten entry: normal reads of redb do not verify.

use super::Broken;

const MAGIC: [u8; 2] = *b"gx";
const CHECKED: usize = 8;
const HEADER: usize = 12;

/// The content of an envelope that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed<'a> {
    /// What the body is; given by the journal.
    pub kind: u8,
    /// Which form of that kind.
    pub version: u8,
    /// The bytes.
    pub body: &'a [u8],
}

impl Sealed<'_> {
    /// Refuses a version above `newest`, or a kind without one: such an entry is never skipped.
    pub fn known(&self, newest: Option<u8>) -> Result<(), Broken> {
        match newest {
            Some(newest) if self.version <= newest => Ok(()),
            _ => Err(Broken::Newer { kind: self.kind, version: self.version }),
        }
    }
}

/// Puts a body of less than 4 GiB into an envelope.
pub fn seal(kind: u8, version: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("a journal entry is smaller than 4 GiB");
    let mut sealed = Vec::with_capacity(HEADER + body.len());
    sealed.extend(MAGIC);
    sealed.extend([kind, version]);
    sealed.extend(length.to_le_bytes());
    sealed.extend(checksum(&sealed, body).to_le_bytes());
    sealed.extend(body);
    sealed
}

/// Opens an envelope that takes up all of `bytes`; what is damaged says how.
pub fn open(bytes: &[u8]) -> Result<Sealed<'_>, Broken> {
    let (header, body) = bytes.split_first_chunk::<HEADER>().ok_or(Broken::Length)?;
    let [m0, m1, kind, version, l0, l1, l2, l3, c0, c1, c2, c3] = *header;
    if [m0, m1] != MAGIC {
        return Err(Broken::NoEnvelope);
    }
    if u32::from_le_bytes([l0, l1, l2, l3]) as usize != body.len() {
        return Err(Broken::Length);
    }
    if u32::from_le_bytes([c0, c1, c2, c3]) != checksum(&header[..CHECKED], body) {
        return Err(Broken::Checksum);
    }
    Ok(Sealed { kind, version, body })
}

fn checksum(header: &[u8], body: &[u8]) -> u32 {
    crc32c::crc32c_append(crc32c::crc32c(header), body)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_layout_stays_as_it_is() {
        assert_eq!(seal(7, 1, b"body"), *b"gx\x07\x01\x04\0\0\0\xae\x31\xe0\x12body");
        assert_eq!(seal(0, 0, b""), *b"gx\0\0\0\0\0\0\x17\x9a\xeb\xf4");
    }

    #[test]
    fn damage_says_what_it_is() {
        let sealed = seal(1, 1, b"body");
        assert_eq!(open(&sealed[..11]), Err(Broken::Length));
        assert_eq!(open(&sealed[..15]), Err(Broken::Length));
        assert_eq!(open(&[&sealed[..], b"!"].concat()), Err(Broken::Length));
        assert_eq!(open(&[b"no", &sealed[2..]].concat()), Err(Broken::NoEnvelope));
    }

    #[test]
    fn a_newer_version_or_an_unknown_kind_stops() {
        let sealed = Sealed { kind: 3, version: 2, body: b"" };
        assert_eq!(sealed.known(Some(2)), Ok(()));
        assert_eq!(sealed.known(Some(1)), Err(Broken::Newer { kind: 3, version: 2 }));
        assert_eq!(sealed.known(None), Err(Broken::Newer { kind: 3, version: 2 }));
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(kind: u8, version: u8, body: Vec<u8>) {
            let sealed = seal(kind, version, &body);
            prop_assert_eq!(open(&sealed), Ok(Sealed { kind, version, body: &body }));
        }

        #[test]
        fn any_flipped_bit_is_noticed(kind: u8, version: u8, body: Vec<u8>, at: prop::sample::Index, bit in 0..8_u8) {
            let mut sealed = seal(kind, version, &body);
            let at = at.index(sealed.len());
            sealed[at] ^= 1_u8 << bit;
            prop_assert!(open(&sealed).is_err());
        }

        #[test]
        fn a_cut_entry_is_noticed(body: Vec<u8>, at: prop::sample::Index) {
            let sealed = seal(1, 1, &body);
            prop_assert!(open(&sealed[..at.index(sealed.len())]).is_err());
        }
    }
}
