//! Amounts: integer minor units and an ISO 4217 code, never floats.

use std::fmt::{self, Write};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Lang;
use super::lang::Counted;
use super::say::text as say;

/// An ISO 4217 code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "[u8; 3]", into = "[u8; 3]")]
pub struct Currency([u8; 3]);

/// An amount in minor units (cents, fen) of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// Their currency.
    pub currency: Currency,
}

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMoney {
    /// Not a number.
    #[error("not an amount")]
    NotANumber,
    /// More decimals than the currency has.
    #[error("more decimals than the currency has")]
    TooFine,
    /// More than 92 quadrillion minor units.
    #[error("too large an amount")]
    TooLarge,
    /// Not three letters.
    #[error("not a currency code (three letters of ISO 4217)")]
    NotACurrency,
}

impl Currency {
    /// Renminbi.
    pub const CNY: Currency = Currency(*b"CNY");

    /// The three letters.
    pub fn code(&self) -> &str {
        // They are ASCII, however a currency is made; `XXX` is ISO 4217's own code for no currency.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals its minor unit has (ISO 4217, list one).
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
            | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl TryFrom<[u8; 3]> for Currency {
    type Error = BadMoney;
    fn try_from(code: [u8; 3]) -> Result<Currency, BadMoney> {
        if code.iter().all(u8::is_ascii_uppercase) { Ok(Currency(code)) } else { Err(BadMoney::NotACurrency) }
    }
}

impl From<Currency> for [u8; 3] {
    fn from(currency: Currency) -> [u8; 3] {
        currency.0
    }
}

impl FromStr for Currency {
    type Err = BadMoney;
    fn from_str(text: &str) -> Result<Currency, BadMoney> {
        let code: [u8; 3] =
            text.to_ascii_uppercase().into_bytes().try_into().map_err(|_| BadMoney::NotACurrency)?;
        Currency::try_from(code)
    }
}

impl Money {
    /// Reads `1200`, `1,200.50`, `¥1200`, `1200 USD`, `USD 1200`, `-3.5`, `12k`, `1.2m`, `12万`; a bare number is in
    /// `default`.
    pub fn parse(text: &str, default: Currency) -> Result<Money, BadMoney> {
        let text = text.trim();
        let (text, currency) = match split_code(text) {
            Some((rest, code)) => (rest, code.parse()?),
            None => (text, default),
        };
        let text = text.trim_start_matches(['¥', '￥', '$', '€', '£']).trim();
        let (text, times) = scaled(text);
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest.trim_start_matches(['¥', '￥', '$', '€', '£'])),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let grouped = whole.replace([',', '，', '_'], "");
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if grouped.is_empty() && fraction.is_empty() || !all_digits(&grouped) || !all_digits(fraction) {
            return Err(BadMoney::NotANumber);
        }
        let unit = 10_i128.pow(currency.decimals());
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 18 || grouped.len() > 18 {
            return Err(BadMoney::TooLarge);
        }
        let whole =
            if grouped.is_empty() { 0 } else { grouped.parse::<i128>().map_err(|_| BadMoney::TooLarge)? };
        let parts =
            if fraction.is_empty() { 0 } else { fraction.parse::<i128>().map_err(|_| BadMoney::TooLarge)? };
        let fine = 10_i128.pow(fraction.len() as u32);
        let scaled =
            (whole * fine + parts).checked_mul(i128::from(times) * unit).ok_or(BadMoney::TooLarge)?;
        if scaled % fine != 0 {
            return Err(BadMoney::TooFine);
        }
        let minor = i64::try_from(scaled / fine).map_err(|_| BadMoney::TooLarge)?;
        Ok(Money { minor: if negative { -minor } else { minor }, currency })
    }

    /// The amount as a plain decimal number: `"1200.00"`.
    pub fn amount(self) -> String {
        decimal(self.minor, self.currency.decimals(), "")
    }

    /// The amount as people read it: `"1,200.00"`; the fraction is left out where it is zero and `short` is set.
    pub fn grouped(self, short: bool) -> String {
        let text = decimal(self.minor, self.currency.decimals(), ",");
        match text.split_once('.') {
            Some((whole, fraction)) if short && fraction.bytes().all(|b| b == b'0') => whole.to_owned(),
            _ => text,
        }
    }

    /// The amount in a few cells, without its currency: `214 k`, `6.1 M`; `21.4万`, `610万`. Rounded half up once, from
    /// the exact amount; whoever is a thousand `k` by that is 1 M.
    pub fn short(self, lang: Lang) -> String {
        let steps: &[(u128, &str)] = lang.pick(
            &[(1, ""), (1_000, " k"), (1_000_000, " M"), (1_000_000_000, " G")],
            &[(1, ""), (10_000, "万"), (100_000_000, "亿")],
        );
        let minus = if self.minor < 0 { "-" } else { "" };
        let exact = u128::from(self.minor.unsigned_abs());
        let unit = 10_u128.pow(self.currency.decimals());
        let rounded = |to: u128| (exact * 20 + to) / (to * 2);
        let mut shown = String::new();
        for (nth, (step, sign)) in steps.iter().enumerate() {
            // In tenths of the step below a hundred, whole above; units are always whole.
            let is_fine = *step > 1 && exact < 100 * step * unit;
            let tenths = if is_fine { rounded(step * unit) } else { rounded(step * unit * 10) * 10 };
            let fraction = if tenths % 10 == 0 { String::new() } else { format!(".{}", tenths % 10) };
            shown = format!("{minus}{}{fraction}{sign}", tenths / 10);
            if steps.get(nth + 1).is_none_or(|(next, _)| tenths * step < next * 10) {
                break;
            }
        }
        shown
    }
}

impl BadMoney {
    /// The reason, for a reader of the language.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            BadMoney::NotANumber => say::not_an_amount(lang),
            BadMoney::TooFine => say::too_fine(lang),
            BadMoney::TooLarge => say::too_large(lang),
            BadMoney::NotACurrency => say::not_a_currency(lang),
        }
        .to_owned()
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.grouped(false), self.currency)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What may stand behind a number instead of its zeros; a longer one before the one that it ends with.
const SCALES: [(&str, i64); 9] = [
    ("bn", 1_000_000_000),
    ("k", 1_000),
    ("m", 1_000_000),
    ("b", 1_000_000_000),
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("千", 1_000),
    ("万", 10_000),
    ("亿", 100_000_000),
];

/// Splits off what stands for zeros: `1.2m` is 1.2 and a million. Only behind a digit: `Tokyo m` is no number.
pub fn scaled(text: &str) -> (&str, i64) {
    let split = |(word, times): &(&str, i64)| {
        let (front, back) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
        let front = front.trim_end();
        (back.eq_ignore_ascii_case(word) && front.ends_with(|c: char| c.is_ascii_digit()))
            .then_some((front, *times))
    };
    SCALES.iter().find_map(split).unwrap_or((text, 1))
}

/// Splits a code off the front or the back of an amount.
fn split_code(text: &str) -> Option<(&str, &str)> {
    let letters = |part: &str| part.len() == 3 && part.bytes().all(|b| b.is_ascii_alphabetic());
    if let Some((front, back)) = text.split_at_checked(text.len().saturating_sub(3))
        && letters(back)
    {
        return Some((front.trim(), back));
    }
    match text.split_at_checked(3) {
        Some((front, back)) if letters(front) => Some((back.trim(), front)),
        _ => None,
    }
}

fn decimal(minor: i64, decimals: u32, separator: &str) -> String {
    let unit = 10_u64.pow(decimals);
    let (whole, fraction) = (minor.unsigned_abs() / unit, minor.unsigned_abs() % unit);
    let mut out = String::from(if minor < 0 { "-" } else { "" });
    push_grouped(&mut out, &whole.to_string(), separator);
    if decimals > 0 {
        let _ = write!(out, ".{fraction:0width$}", width = decimals as usize); // a String takes every write
    }
    out
}

/// A plain decimal number with its thousands apart: `-1234.5` is `-1,234.5`.
pub fn thousands_apart(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut out = sign.to_owned();
    push_grouped(&mut out, &digits[..whole], ",");
    out + &digits[whole..]
}

/// A count as people read it: `11,613`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub usize);

impl Counted for Count {
    fn is_one(&self) -> bool {
        self.0 == 1
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&thousands_apart(&self.0.to_string()))
    }
}

fn push_grouped(out: &mut String, digits: &str, separator: &str) {
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push_str(separator);
        }
        out.push(digit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cny(minor: i64) -> Money {
        Money { minor, currency: Currency::CNY }
    }

    #[test]
    fn amounts_as_people_type_them() {
        for (text, minor) in [
            ("1200", 120_000),
            ("1,200.5", 120_050),
            ("¥3.50", 350),
            ("-2", -200),
            ("12万", 12_000_000),
            ("12k", 1_200_000),
            ("1.2M", 120_000_000),
            ("¥1.5亿", 15_000_000_000),
            ("3 百万", 300_000_000),
            ("-2.5bn", -250_000_000_000),
            ("12,000", 1_200_000),
            (".5", 50),
        ] {
            assert_eq!(Money::parse(text, Currency::CNY), Ok(cny(minor)), "{text}");
        }
        assert_eq!(Money::parse("100 jpy", Currency::CNY).unwrap().minor, 100);
        assert_eq!(Money::parse("USD 7", Currency::CNY).unwrap().currency.code(), "USD");
        assert_eq!(Money::parse("7kUSD", Currency::CNY).unwrap().to_string(), "7,000.00 USD");
    }

    #[test]
    fn what_is_no_amount_says_why() {
        assert_eq!(Money::parse("abc", Currency::CNY), Err(BadMoney::NotANumber));
        assert_eq!(Money::parse("", Currency::CNY), Err(BadMoney::NotANumber));
        assert_eq!(Money::parse("1.005", Currency::CNY), Err(BadMoney::TooFine));
        for text in ["99999999999999999999", "999999999999999999.123456789123456789bn", "100000000000000亿"]
        {
            assert_eq!(Money::parse(text, Currency::CNY), Err(BadMoney::TooLarge), "{text}");
        }
        for text in ["k", "12kk", "12x", "万", "1e5", "5 m m"] {
            assert_eq!(Money::parse(text, Currency::CNY), Err(BadMoney::NotANumber), "{text}");
        }
    }

    #[test]
    fn the_reason_is_said_in_both_languages() {
        for bad in [BadMoney::NotANumber, BadMoney::TooFine, BadMoney::TooLarge, BadMoney::NotACurrency] {
            assert!(bad.say(Lang::En).is_ascii());
            assert!(!bad.say(Lang::Zh).is_ascii());
        }
        assert_eq!(Money::parse("1.005", Currency::CNY).unwrap_err().say(Lang::Zh), "小数位数超过该币种");
    }

    #[test]
    fn amounts_as_people_read_them() {
        assert_eq!(cny(123_456_789).grouped(false), "1,234,567.89");
        assert_eq!(cny(120_000).grouped(true), "1,200");
        assert_eq!(cny(-5).amount(), "-0.05");
        let plain = ["-1234567.5", "-100", "999", "1000", "0.123456"];
        assert_eq!(plain.map(thousands_apart), ["-1,234,567.5", "-100", "999", "1,000", "0.123456"]);
        assert_eq!([Count(999), Count(11_613)].map(|count| count.to_string()), ["999", "11,613"]);
    }

    #[test]
    fn amounts_in_a_few_cells() {
        for (minor, en, zh) in [
            (0, "0", "0"),
            (99_949, "999", "999"),
            (99_950, "1 k", "1000"),
            (37_854_000, "379 k", "37.9万"),
            (112_749_000, "1.1 M", "113万"),
            (-112_750_000, "-1.1 M", "-113万"),
            (99_949_999, "999 k", "99.9万"),
            (99_950_000, "1 M", "100万"),
            (610_000_000_000, "6.1 G", "61亿"),
            (i64::MAX, "92233720 G", "922337204亿"),
        ] {
            assert_eq!((cny(minor).short(Lang::En), cny(minor).short(Lang::Zh)), (en.into(), zh.into()));
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_off_by_half_of_its_last_digit_at_most(
            digits in 0_u32..16, minor in 0_i64..1_000_000_000_000_000, decimals in 0_usize..3
        ) {
            let currency: Currency = ["JPY", "CNY", "KWD"][decimals].parse().unwrap();
            let money = Money { minor: minor % 10_i64.pow(digits), currency };
            for (lang, scales) in [(Lang::En, [" k", " M", " G"].as_slice()), (Lang::Zh, &["万", "亿"])] {
                let shown = money.short(lang);
                let number = scales.iter().find_map(|sign| shown.strip_suffix(sign)).unwrap_or(&shown);
                let sign = shown[number.len()..].trim().replace('G', "bn");
                let read = |text: &str| {
                    Money::parse(&format!("{text}{sign}"), currency).unwrap().minor
                };
                let last = read(if number.contains('.') { "0.1" } else { "1" });
                proptest::prop_assert!((read(number) - money.minor).abs() * 2 <= last, "{money}: {shown}");
            }
        }

        #[test]
        fn a_scale_is_as_many_zeros(units in 0_i64..90_000, nth in 0..SCALES.len(), blank in " ?") {
            let (word, times) = SCALES[nth];
            let written = Money::parse(&format!("{units}{blank}{word}"), Currency::CNY);
            proptest::prop_assert_eq!(written, Money::parse(&(units * times).to_string(), Currency::CNY));
        }

        #[test]
        fn no_text_breaks_the_reader(text in "[0-9.,¥$ kmbn万亿千百A-Z_-]{0,40}") {
            let _ = Money::parse(&text, Currency::CNY); // that it answers is all that is asked
        }

        #[test]
        fn what_is_printed_reads_back(minor in -9_000_000_000_000_000_i64..9_000_000_000_000_000) {
            let money = cny(minor);
            proptest::prop_assert_eq!(Money::parse(&money.amount(), Currency::CNY), Ok(money));
            proptest::prop_assert_eq!(Money::parse(&money.to_string(), Currency::CNY), Ok(money));
        }
    }
}
