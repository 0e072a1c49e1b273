//! By what rows and files are known again where nothing in them says so.
//!
//! FNV-1a with 128 bits: a few lines that give the same number on every machine and with every later version of the
//! program (the standard library's hashers promise neither), wide enough that rows do not meet by chance. Nobody
//! gains by making two rows meet: the rows of one's own file would be taken for each other.

/// A mark that grows with what it is fed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark(u128);

const START: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

impl Mark {
    /// The mark of nothing.
    pub(super) fn new() -> Mark {
        Mark(START)
    }

    /// Feeds bytes, and an end that cannot stand in UTF-8, so that `ab`, `c` is not `a`, `bc`.
    #[must_use]
    pub(super) fn feed(self, bytes: &[u8]) -> Mark {
        let fed = bytes
            .iter()
            .chain(&[0xff])
            .fold(self.0, |mark, byte| (mark ^ u128::from(*byte)).wrapping_mul(PRIME));
        Mark(fed)
    }

    /// As 32 hexadecimal digits.
    pub(super) fn text(self) -> String {
        format!("{:032x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stays_what_it_is() {
        assert_eq!(Mark::new().text(), "6c62272e07bb014262b821756295c58d");
        // The published value of FNV-1a (128 bits) for "a" with our end behind it.
        let a = (START ^ u128::from(b'a')).wrapping_mul(PRIME);
        assert_eq!(a, 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
        assert_eq!(Mark::new().feed(b"a").text(), format!("{:032x}", (a ^ 0xff).wrapping_mul(PRIME)));
        assert_ne!(Mark::new().feed(b"ab").feed(b"c").text(), Mark::new().feed(b"a").feed(b"bc").text());
    }
}
