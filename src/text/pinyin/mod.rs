//! Pinyin: the readings of Chinese characters, the key that names are sorted by, and the search by syllables.
//!
//! Syllables are written without tones; ü is `v`, as on keyboards.

mod glyph;
mod marks;
mod needle;
mod sounds;
mod spelling;
mod spending;
mod typed;

use pinyin::ToPinyinMulti;

pub use needle::{Hay, Needle};
pub use spending::{Fit, Place};

use super::clean::folded;
use sounds::Sounds;

/// The readings of a character, the usual one first, each once; none for anything but a Chinese character.
pub fn readings(sign: char) -> impl Iterator<Item = &'static str> {
    let sounds = Sounds::all();
    sounds.of(sign).iter().map(|syllable| sounds.spelling(*syllable))
}

/// The same from the dictionaries: slowly.
fn looked_up(sign: char) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = spelling::of_a_sign(sign).into_iter().collect();
    for reading in dictionary(sign) {
        if !found.contains(&reading) {
            found.push(reading);
        }
    }
    found
}

/// The key that names are sorted by: Chinese characters as pinyin, all else folded. `重庆 Acme` is `chongqing acme`.
pub fn sort_key(name: &str) -> String {
    let signs: Vec<char> = folded(name).chars().collect();
    let mut key = String::with_capacity(4 * signs.len());
    for (sign, reading) in signs.iter().zip(spelled(&signs)) {
        match reading {
            Some(reading) => key.push_str(reading),
            None => key.push(*sign),
        }
    }
    key
}

/// The reading of each character as it is meant in its word.
fn spelled(signs: &[char]) -> Vec<Option<&'static str>> {
    let mut spelled = Vec::with_capacity(signs.len());
    while let [sign, ..] = &signs[spelled.len()..] {
        let usual = readings(*sign).next();
        match usual.and_then(|_| spelling::of_a_word(&signs[spelled.len()..])) {
            Some(syllables) => spelled.extend(syllables.iter().copied().map(Some)),
            None => spelled.push(usual),
        }
    }
    spelled
}

/// The readings of a character in the order of the dictionary; one may come several times (its tones differ).
fn dictionary(sign: char) -> impl Iterator<Item = &'static str> {
    sign.to_pinyin_multi().into_iter().flatten().map(|reading| match reading.plain() {
        "lü" => "lv",
        "lüe" => "lve",
        "nü" => "nv",
        "nüe" => "nve",
        "ê" => "e",
        plain => plain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_reading_comes_first() {
        let readings = |sign| readings(sign).collect::<Vec<_>>();
        assert_eq!(readings('中'), ["zhong"]);
        assert_eq!(readings('长'), ["chang", "zhang"]);
        assert_eq!(readings('女')[0], "nv");
        assert_eq!(readings('a'), Vec::<&str>::new());
    }

    #[test]
    fn words_are_read_as_they_are_meant() {
        for (name, key) in [
            ("重庆", "chongqing"),
            ("重工", "zhonggong"),
            ("厦门", "xiamen"),
            ("大厦", "dasha"),
            ("长沙", "changsha"),
            ("董事长", "dongshizhang"),
            ("银行", "yinhang"),
            ("行动", "xingdong"),
            ("音乐", "yinyue"),
            ("可乐", "kele"),
            ("佛山", "foshan"),
            ("成都", "chengdu"),
            ("首都", "shoudu"),
            ("绿化", "lvhua"),
            ("重庆 Acme 2号", "chongqing acme 2hao"),
            ("Ａcme  CORP", "acme corp"),
        ] {
            assert_eq!(sort_key(name), key, "{name}");
        }
    }

    #[test]
    fn names_sort_as_they_are_spoken() {
        let mut names = ["长沙", "厦门", "Acme", "重庆", "北京", "西安"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Acme", "北京", "长沙", "重庆", "厦门", "西安"]);
    }

    #[test]
    fn every_word_of_the_tables_is_spelled_with_readings_of_its_characters_and_needed() {
        for (sign, reading) in spelling::USUAL {
            assert!(dictionary(*sign).any(|known| known == *reading), "{sign} {reading}");
            assert_ne!(dictionary(*sign).next(), Some(*reading), "{sign} needs no row");
        }
        for (word, syllables) in spelling::WORDS {
            let syllables: Vec<&str> = syllables.split(' ').collect();
            assert_eq!(word.chars().count(), syllables.len(), "{word}");
            for (sign, syllable) in word.chars().zip(&syllables) {
                assert!(readings(sign).any(|reading| reading == *syllable), "{word} {syllable}");
            }
            let usual = word.chars().filter_map(|sign| readings(sign).next());
            assert!(!usual.eq(syllables.iter().copied()), "{word} needs no row");
        }
    }
}
