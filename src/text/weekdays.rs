//! The weekdays on which somebody likes to be reached: `mon,wed`, `Mon-Fri`, `周一、周三`.

use std::fmt;

use chrono::Weekday;
use serde::{Deserialize, Serialize};

/// At least one day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Weekdays(u8);

const DAYS: [(Weekday, &str, &str, &str); 7] = [
    (Weekday::Mon, "mon", "monday", "一"),
    (Weekday::Tue, "tue", "tuesday", "二"),
    (Weekday::Wed, "wed", "wednesday", "三"),
    (Weekday::Thu, "thu", "thursday", "四"),
    (Weekday::Fri, "fri", "friday", "五"),
    (Weekday::Sat, "sat", "saturday", "六"),
    (Weekday::Sun, "sun", "sunday", "日"),
];

impl Weekdays {
    /// Reads days with commas or blanks between, and ranges of them; none where a word is no weekday.
    pub fn read(text: &str) -> Option<Weekdays> {
        let text = text.to_lowercase();
        let words =
            text.split(|sign: char| sign.is_whitespace() || matches!(sign, ',' | '，' | '、' | ';' | '；'));
        let mut days = 0;
        for word in words.filter(|word| !word.is_empty()) {
            days |= match word.split_once(['-', '至', '到']) {
                Some((first, last)) => range(place(first)?, place(last)?),
                None => 1 << place(word)?,
            };
        }
        (days != 0).then_some(Weekdays(days))
    }

    /// Whether the day is one of them.
    pub fn has(self, day: Weekday) -> bool {
        self.0 & 1 << day.num_days_from_monday() != 0
    }
}

/// `mon,wed`: as it is stored, and read again.
impl fmt::Display for Weekdays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = DAYS.iter().filter(|(day, ..)| self.has(*day)).map(|(_, word, ..)| *word);
        f.write_str(&words.collect::<Vec<_>>().join(","))
    }
}

/// From one day to another, over the weekend where that one comes first.
fn range(first: usize, last: usize) -> u8 {
    let length = (last + DAYS.len() - first) % DAYS.len();
    (0..=length).fold(0, |days, ahead| days | 1 << ((first + ahead) % DAYS.len()))
}

/// The place of a day in the week, Monday first.
fn place(word: &str) -> Option<usize> {
    let zh = ["星期", "礼拜", "周"].iter().find_map(|front| word.strip_prefix(front));
    let zh = zh.map(|day| if day == "天" { "日" } else { day });
    DAYS.iter().position(|(_, short, long, sign)| word == *short || word == *long || zh == Some(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_read_in_both_languages_and_printed_in_order() {
        for (text, printed) in [
            ("wed, mon", "mon,wed"),
            ("Monday Friday", "mon,fri"),
            ("Mon-Wed", "mon,tue,wed"),
            ("sat-mon", "mon,sat,sun"),
            ("周一、周三", "mon,wed"),
            ("星期二至周四", "tue,wed,thu"),
            ("礼拜天", "sun"),
        ] {
            let read = Weekdays::read(text).unwrap();
            assert_eq!(read.to_string(), printed, "{text}");
            assert_eq!(Weekdays::read(printed), Some(read));
        }
        for text in ["", " , ", "someday", "周八", "-", "mon-"] {
            assert_eq!(Weekdays::read(text), None, "{text}");
        }
        let both = Weekdays::read("mon,wed").unwrap();
        assert!(both.has(Weekday::Wed) && !both.has(Weekday::Tue));
    }
}
