//! Finding names by what people type: characters, pinyin, initials, and any mixture of them.
//!
//! Most names of a book are ruled out by their marks; only what is left is read.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::glyph::{Glyph, Kind};
use super::marks::{Marks, Wanted};
use super::sounds::Sounds;
use super::spelled;
use super::spending::{Fit, best_fit};
use super::typed::Typed;
use crate::text::clean::{folded, is_plain};

/// A name made ready to be searched: 40 bytes and four for each of its characters.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hay {
    marks: Marks,
    glyphs: Box<[Glyph]>,
}

/// What was typed, made ready to be looked for. Only the first 63 characters of a word count.
#[derive(Clone, Debug)]
pub struct Needle {
    /// All that was typed, without its blanks: `zhong guo` is also `zhongguo`.
    joined: Word,
    /// The words that were typed, where there are several: each may stand anywhere in the name.
    words: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Word {
    typed: Typed,
    wanted: Wanted,
}

impl Hay {
    /// Makes a name ready.
    pub fn new(name: &str) -> Hay {
        let signs = without_accents(name);
        let sounds = Sounds::all();
        let meant = spelled(&signs);
        let glyphs: Box<[Glyph]> =
            signs.iter().zip(meant).map(|(sign, meant)| Glyph::new(sounds, *sign, meant)).collect();
        Hay { marks: Marks::of(sounds, &glyphs), glyphs }
    }
}

impl Needle {
    /// Makes ready what was typed.
    pub fn new(typed: &str) -> Needle {
        let typed = without_accents(typed);
        let words = typed.split(|sign| *sign == ' ').map(Word::new);
        let words: Vec<Word> = words.filter(|word| !word.typed.is_empty()).collect();
        Needle { joined: Word::new(&typed), words: if words.len() > 1 { words } else { Vec::new() } }
    }

    /// True where nothing was typed that could stand in a name; such a needle is found everywhere.
    pub fn is_empty(&self) -> bool {
        self.joined.typed.is_empty()
    }

    /// How well a name fits, the greater the better.
    pub fn fit(&self, hay: &Hay) -> Option<Fit> {
        self.joined.fit(hay).max(self.fit_of_words(hay))
    }

    /// The same as a number, the higher the better: the whole name, its beginning, the beginning of a word, its inside;
    /// then characters before full readings before initials, and meant readings before others; then shorter names.
    pub fn score(&self, hay: &Hay) -> Option<u32> {
        let fit = self.fit(hay)?;
        Some(fit.score() << 8 | (255 - hay.glyphs.len().min(255) as u32))
    }

    fn fit_of_words(&self, hay: &Hay) -> Option<Fit> {
        let (first, others) = self.words.split_first()?;
        let fit = first.fit(hay)?.of_a_part();
        others.iter().try_fold(fit, |fit, word| Some(fit.and(word.fit(hay)?)))
    }
}

impl Word {
    fn new(typed: &[char]) -> Word {
        let counts = |sign: &char| Kind::of(*sign) != Kind::Gap;
        let typed = Typed::new(typed.iter().copied().filter(counts));
        let wanted = Wanted::by(Sounds::all(), typed.signs());
        Word { typed, wanted }
    }

    fn fit(&self, hay: &Hay) -> Option<Fit> {
        if hay.marks.can_hold(self.wanted) { best_fit(&self.typed, &hay.glyphs) } else { None }
    }
}

/// Folded, and `Müller` is `muller`.
fn without_accents(text: &str) -> Vec<char> {
    let marks = '\u{300}'..='\u{36f}';
    let text = folded(text);
    if is_plain(&text) {
        return text.chars().collect();
    }
    text.nfd().filter(move |sign| !marks.contains(sign)).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::super::{readings, spelled};
    use super::*;
    use proptest::prelude::*;

    fn score(typed: &str, name: &str) -> Option<u32> {
        Needle::new(typed).score(&Hay::new(name))
    }

    /// The names that are found, best first.
    fn found<'a>(typed: &str, names: &[&'a str]) -> Vec<&'a str> {
        let needle = Needle::new(typed);
        let mut found: Vec<_> = names
            .iter()
            .filter_map(|name| needle.score(&Hay::new(name)).map(|score| (score, *name)))
            .collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn a_name_is_found_by_every_mixture_of_characters_pinyin_and_initials() {
        for typed in [
            "中国移动通信集团",
            "zgyd",
            "ZGYD",
            "zhgyd",
            "zhongguoyd",
            "zhongg移动",
            "中国yd",
            "移动",
            "yidong",
            "yd",
            "zgydtxjt",
            "zhongguoyidongtongxinjituan",
            "zhong guo yi dong",
            "集团 移动",
            "zhongguoyid",
            "zho",
            "zhongguoyidongto",
        ] {
            assert!(score(typed, "中国移动通信集团").is_some(), "{typed}");
        }
        for typed in ["zgdx", "中国电信", "zongguo", "gzyd", "zgtx", "zhongyd", "hottech"] {
            assert_eq!(score(typed, "中国移动通信集团"), None, "{typed}");
        }
    }

    #[test]
    fn words_of_letters_are_found_by_their_beginnings_and_insides() {
        for (typed, name) in [
            ("acme", "Acme Corporation"),
            ("acmecorp", "Acme Corporation"),
            ("accor", "Acme Corporation"),
            ("corp acme", "Acme Corporation"),
            ("poration", "Acme Corporation"),
            ("muller", "Müller & Söhne"),
            ("Müller Söhne", "Müller & Söhne"),
            ("ibmzg", "IBM（中国）有限公司"),
            ("gtx800", "GTX-800 Pro"),
            ("luyou", "华夏旅游"),
            ("lvyou", "华夏旅游"),
            ("xi'an", "西安光机"),
        ] {
            assert!(score(typed, name).is_some(), "{typed} {name}");
        }
        for (typed, name) in
            [("hotech", "Hottechi"), ("acmetion", "Acme Corporation"), ("mecorp", "Acme Group Corp")]
        {
            assert_eq!(score(typed, name), None, "{typed} {name}");
        }
    }

    #[test]
    fn the_better_fit_comes_first() {
        let names = ["移动中国", "新中国移动", "中国移动通信", "中国移动", "北京 中国移动"];
        let order = ["中国移动", "中国移动通信", "北京 中国移动", "新中国移动"];
        for typed in ["中国移动", "zgyd", "zhongguoyidong"] {
            assert_eq!(found(typed, &names), order, "{typed}");
        }
        assert_eq!(
            found("acme", &["Pacmen", "New Acme", "Acme Corp", "Acme"]),
            ["Acme", "Acme Corp", "New Acme", "Pacmen"]
        );
    }

    #[test]
    fn what_is_typed_in_full_beats_initials_and_the_meant_reading_beats_another() {
        assert_eq!(found("an", &["阿妮公司", "安信公司"]), ["安信公司", "阿妮公司"]);
        assert_eq!(found("chongqing", &["重庆长安机电", "重情长安机电"]), ["重庆长安机电", "重情长安机电"]);
        assert_eq!(found("xing", &["银行一号", "行动一号"]), ["行动一号", "银行一号"]);
    }

    #[test]
    fn the_shorter_of_equal_names_comes_first() {
        assert_eq!(found("yd", &["移动通信公司", "移动通信"]), ["移动通信", "移动通信公司"]);
    }

    #[test]
    fn nothing_typed_is_found_everywhere() {
        assert!(Needle::new(" ' ").is_empty());
        assert_eq!(score("", "中国"), score(" -", "中国"));
        assert!(score("", "").is_some());
        assert_eq!(score("a", ""), None);
    }

    #[test]
    fn a_name_costs_little_memory() {
        assert!(size_of::<Hay>() <= 40);
    }

    /// A form in which a character may be typed.
    fn typed_form(sign: char, meant: Option<&str>, form: u8) -> String {
        match (form, meant) {
            (0, Some(meant)) => meant.to_owned(),
            (1, Some(meant)) => meant[..1].to_owned(),
            (2, Some(meant)) if meant[1..].starts_with('h') => meant[..2].to_owned(),
            (3, Some(_)) => readings(sign).last().map_or_else(String::new, str::to_owned),
            _ => sign.to_string(),
        }
    }

    fn any_name() -> impl Strategy<Value = String> {
        "([重庆长安银行音乐中国移动通信集团旅游绿化厦门有限公司]|[a-z]{1,5} ?|[0-9]|（|）| ){1,12}"
    }

    proptest! {
        #[test]
        fn a_name_is_found_by_every_mixed_form_of_itself(name in any_name(), forms in proptest::collection::vec(0_u8..5, 60)) {
            let signs = without_accents(&name);
            let mixed: String = signs
                .iter()
                .zip(spelled(&signs))
                .zip(forms)
                .map(|((sign, meant), form)| typed_form(*sign, meant, form))
                .collect();
            prop_assert!(score(&mixed, &name).is_some(), "{mixed}");
            prop_assert!(score(&mixed.replace(' ', ""), &name).is_some(), "{mixed}");
        }

        #[test]
        fn a_name_fits_itself_best(name in any_name(), other in any_name()) {
            let needle = Needle::new(&name);
            let own = needle.joined.fit(&Hay::new(&name));
            prop_assert!(own.is_some() && needle.joined.fit(&Hay::new(&other)) <= own);
        }

        #[test]
        fn every_beginning_of_its_pinyin_finds_a_name(name in "[重庆长安银行音乐中国移动]{1,8}", length in 1_usize..60) {
            let key: String = super::super::sort_key(&name).chars().take(length).collect();
            prop_assert!(score(&key, &name).is_some(), "{key}");
        }

        #[test]
        fn the_sets_of_bits_rule_out_nothing_that_fits(typed in "[a-z中国行乐0-9é]{1,6}", name in any_name()) {
            let (needle, hay) = (Needle::new(&typed), Hay::new(&name));
            prop_assert_eq!(needle.joined.fit(&hay), best_fit(&needle.joined.typed, &hay.glyphs));
        }
    }
}
