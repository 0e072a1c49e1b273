//! Phone numbers: one form to compare them in, and a form that does not give them away.

/// The digits of a number as it is dialled inside the country: `+86 138-0013 8000` is `13800138000`,
/// `0086 10 8888 8888` is `01088888888`. Extensions are left out; of foreign numbers the digits stay.
pub fn digits(number: &str) -> String {
    let (main, international) = main_digits(number);
    let Some(national) = main.strip_prefix("86").filter(|rest| international || is_mobile(rest)) else {
        return main;
    };
    if is_mobile(national) || national.starts_with('0') || is_service(national) {
        national.to_owned()
    } else {
        format!("0{national}")
    }
}

/// Words before an extension.
const EXTENSIONS: [&str; 7] = ["extension", "ext", "x", "转", "轉", "分机", "分機"];

/// Whether this can be a number: written in many ways, but with three digits at the least and no letters, unless they
/// lead to an extension: `x12`, `ext. 12`, `转 12`, `分机12`.
pub fn is_number(text: &str) -> bool {
    let text = text.to_lowercase();
    let (main, rest) = text.split_at(text.find(char::is_alphabetic).unwrap_or(text.len()));
    let extension = EXTENSIONS.iter().find_map(|word| rest.strip_prefix(word));
    let is_extension = |digits: &str| {
        let digits = digits.trim_matches([' ', '.', ':', '：', ')', '）']);
        !digits.is_empty() && digits.chars().all(char::is_numeric)
    };
    main.chars().filter(char::is_ascii_digit).count() >= 3
        && (rest.is_empty() || extension.is_some_and(is_extension))
}

/// The number with its middle hidden, at least four digits of it: `138****5678`.
pub fn masked(number: &str) -> String {
    let digits = digits(number);
    let shown = digits.len().saturating_sub(4);
    let tail = shown.min(4);
    let head = (shown - tail).min(3);
    format!("{}****{}", &digits[..head], &digits[digits.len() - tail..])
}

/// The digits before any extension, without the sign for "international", and whether there was one.
fn main_digits(number: &str) -> (String, bool) {
    let mut digits = String::new();
    let mut plus = false;
    for sign in number.chars() {
        match sign {
            '0'..='9' => digits.push(sign),
            '０'..='９' => digits.push(char::from(b'0' + (u32::from(sign) - u32::from('０')) as u8)),
            '+' | '＋' if digits.is_empty() => plus = true,
            'x' | 'X' | 'e' | 'E' | '#' | '转' | '轉' | ',' | '，' | ';' | '；' | '/'
                if !digits.is_empty() =>
            {
                break;
            }
            _ => {}
        }
    }
    match digits.strip_prefix("00") {
        Some(rest) if !plus => (rest.to_owned(), true),
        _ => (digits, plus),
    }
}

fn is_mobile(national: &str) -> bool {
    national.len() == 11 && national.starts_with('1')
}

/// Numbers that are dialled without an area: 400, 800, 95.
fn is_service(national: &str) -> bool {
    national.len() < 10 || national.starts_with("400") || national.starts_with("800")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_has_one_form() {
        for number in [
            "13800138000",
            "+86 138 0013 8000",
            "0086-138-0013-8000",
            "8613800138000",
            "（＋８６）138００138000",
        ] {
            assert_eq!(digits(number), "13800138000", "{number}");
        }
        for number in [
            "010-8888 8888",
            "+86 10 8888 8888",
            "+86 (010) 88888888",
            "(010)88888888 转 802",
            "010-88888888 ext. 5",
        ] {
            assert_eq!(digits(number), "01088888888", "{number}");
        }
        assert_eq!(digits("+86 400 812 3123"), "4008123123");
        assert_eq!(digits("95588"), "95588");
    }

    #[test]
    fn letters_stand_before_an_extension_alone() {
        for number in [
            "110",
            "+1 (212) 555-0147",
            "021-0555 0085 x12",
            "021-05550085 ext. 12",
            "0210555转12",
            "8888 8888 (分机12)",
        ] {
            assert!(is_number(number), "{number}");
        }
        for number in
            ["", "12", "021-0555 0085zz", "021-0555 x", "021-0555 x12y", "tel 0210555", "call me 555 0147"]
        {
            assert!(!is_number(number), "{number}");
        }
    }

    #[test]
    fn foreign_numbers_keep_their_digits() {
        assert_eq!(digits("+1 (212) 555-0147"), "12125550147");
        assert_eq!(digits("0044 20 7946 0018"), "442079460018");
        assert_eq!(digits("none"), "");
    }

    #[test]
    fn the_middle_is_hidden() {
        for (number, shown) in [
            ("+86 138 1234 5678", "138****5678"),
            ("010-8888 6666", "010****6666"),
            ("88886666", "****6666"),
            ("12345", "****5"),
            ("110", "****"),
            ("", "****"),
        ] {
            assert_eq!(masked(number), shown, "{number}");
        }
    }

    proptest::proptest! {
        #[test]
        fn at_least_four_digits_are_hidden(number in "[+0-9 x-]{0,20}") {
            let shown = masked(&number).chars().filter(char::is_ascii_digit).count();
            proptest::prop_assert!(shown + 4 <= digits(&number).len().max(4));
        }

        #[test]
        fn the_form_is_its_own_form(number in "(\\+86|0086|\\+)?[1-9][0-9]{5,10}") {
            let once = digits(&number);
            proptest::prop_assert_eq!(digits(&once), once);
        }
    }
}
