//! Decimal numbers as conditions compare them: exact, never floats.

use std::cmp::Ordering;
use std::fmt;

use crate::text::money::scaled;

/// A decimal number, `units / 10^scale`, kept without trailing zeros so that equal numbers are equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    units: i64,
    scale: u8,
}

/// The finest fraction that is read: nine decimals.
const FINEST: usize = 9;

/// How many billionths a unit of each scale has.
const BILLIONTHS: [i128; FINEST + 1] =
    [1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

/// `units / 10^scale` in billionths, in which all numbers compare; the scale is at most nine.
pub(super) fn billionths(units: i64, scale: u32) -> i128 {
    i128::from(units) * BILLIONTHS[scale as usize]
}

impl Number {
    /// The number `units / 10^scale`; decimals beyond the ninth are cut off.
    pub fn new(units: i64, scale: u8) -> Number {
        let (mut units, mut scale) = (units, scale);
        while scale > 0 && (units % 10 == 0 || usize::from(scale) > FINEST) {
            units /= 10;
            scale -= 1;
        }
        Number { units, scale }
    }

    pub(super) fn billionths(self) -> i128 {
        billionths(self.units, u32::from(self.scale))
    }

    /// The next whole number above it.
    pub(super) fn next_whole(self) -> Option<Number> {
        let whole = self.billionths().div_euclid(BILLIONTHS[0]) + 1;
        Some(Number::from(i64::try_from(whole).ok()?))
    }

    /// So many billionths; none beyond eighteen digits.
    pub(super) fn billionth(count: i128) -> Option<Number> {
        Some(Number::new(i64::try_from(count).ok()?, FINEST as u8))
    }

    /// Reads `1200`, `-3.5`, `1_000`, `12万`, `3亿`; `None` for anything else and beyond eighteen digits.
    pub(super) fn parse(text: &str) -> Option<Number> {
        let is_chinese = text.ends_with(['万', '亿']);
        if is_chinese { Number::typed(text) } else { Number::scaled(text, 1) }
    }

    /// The same as people type it behind a field: also `12k`, `1.2m` and whatever else stands for zeros. What is stored
    /// is not read so: `3m` may be months.
    pub(super) fn typed(text: &str) -> Option<Number> {
        let (text, times) = scaled(text);
        Number::scaled(text, times)
    }

    fn scaled(text: &str, times: i64) -> Option<Number> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let digits = digits.replace('_', "");
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let plain = format!("{whole}{fraction}");
        let sound = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit());
        if !sound || fraction.len() > FINEST {
            return None;
        }
        let units: i64 = plain.parse().ok()?;
        let units = units.checked_mul(times)?;
        Some(Number::new(if negative { -units } else { units }, fraction.len() as u8))
    }
}

impl From<i64> for Number {
    fn from(units: i64) -> Number {
        Number { units, scale: 0 }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        self.billionths().cmp(&other.billionths())
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.scale == 0 {
            return write!(f, "{}", self.units);
        }
        let (unit, sign) = (10_u64.pow(u32::from(self.scale)), if self.units < 0 { "-" } else { "" });
        let (whole, fraction) = (self.units.unsigned_abs() / unit, self.units.unsigned_abs() % unit);
        write!(f, "{sign}{whole}.{fraction:0width$}", width = usize::from(self.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        for (text, shown) in [
            ("7", "7"),
            ("-3.50", "-3.5"),
            ("-0.25", "-0.25"),
            (".5", "0.5"),
            ("12万", "120000"),
            ("1.5亿", "150000000"),
            ("1_000", "1000"),
        ] {
            assert_eq!(Number::parse(text).map(|n| n.to_string()).as_deref(), Some(shown), "{text}");
        }
        for text in ["", "-", ".", "万", "1e5", "0x1", "1.2.3", "--1", "+1", "99999999999999999999"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn zeros_may_be_a_letter_where_one_types() {
        let typed = |text| Number::typed(text).map(|number| number.to_string());
        let read = ["12k", "1.2m", "-2.5K", "1.5亿", "3千万", "7"].map(typed);
        let shown = ["12000", "1200000", "-2500", "150000000", "30000000", "7"];
        assert_eq!(read, shown.map(|text| Some(text.to_owned())));
        assert_eq!(Number::parse("3m"), None, "of what is stored it may be months");
    }

    #[test]
    fn order_is_that_of_the_numbers() {
        let number = |text| Number::parse(text).unwrap();
        assert!(number("4.3") < number("4.31"));
        assert!(number("-1") < number("-0.999999999"));
        assert!(number("922337203685477580") > number("922337203.685477580"));
        assert_eq!(number("1.0"), Number::from(1));
        assert_eq!(Number::new(1_234_567_890_123, 12), number("1.234567890"));
    }

    proptest::proptest! {
        #[test]
        fn what_is_printed_reads_back(units in -999_999_999_999_999_999_i64..1_000_000_000_000_000_000, scale in 0_u8..=9) {
            let number = Number::new(units, scale);
            proptest::prop_assert_eq!(Number::parse(&number.to_string()), Some(number));
        }
    }
}
