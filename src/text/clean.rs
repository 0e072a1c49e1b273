//! Strings that are safe to show.

use std::borrow::Borrow;
use std::fmt;

use compact_str::CompactString;
use serde::de::{Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Lang;
use super::say::text as say;

/// A string without control characters (but `\n`), bidi overrides or lone zero-width characters, in NFC.
///
/// Deserializing checks the same rules, so a hostile client cannot send what a keyboard may not enter. Texts of up to
/// 24 bytes, which most are, lie in the value itself: rows of many of them are read and copied without asking for
/// memory.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clean(CompactString);

/// Why a text was refused: the first character that may not stand, and its place counted in characters from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unclean {
    /// The character.
    pub found: char,
    /// Its place, from 1.
    pub at: u32,
}

impl Clean {
    /// Takes a text as it was typed; a character that may not stand is an error that names it.
    pub fn new(text: &str) -> Result<Clean, Unclean> {
        if is_plain(text) {
            return Ok(Clean(text.into()));
        }
        let mut before = None;
        for (at, found) in text.chars().enumerate() {
            if !allowed(before, found) {
                return Err(Unclean { found, at: at as u32 + 1 });
            }
            before = Some(found);
        }
        Ok(Clean::normal(text))
    }

    /// Takes a text as it came in from a file: what may not stand is left out. Tells whether anything was.
    pub fn washed(text: &str) -> (Clean, bool) {
        let mut kept = String::with_capacity(text.len());
        let mut washed = false;
        let mut before = None;
        for found in text.chars() {
            match found {
                '\r' => washed = true,
                '\t' => kept.push(' '),
                _ if allowed(before, found) => kept.push(found),
                _ => washed = true,
            }
            before = kept.chars().next_back();
        }
        (Clean::normal(&kept), washed)
    }

    /// For texts of our own, known when the program is built.
    pub fn known(text: &'static str) -> Clean {
        Clean::new(text).unwrap_or_default()
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text on one line: line breaks become blanks.
    pub fn line(&self) -> String {
        self.0.replace('\n', " ")
    }

    /// True for the empty text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The form under which names are compared: NFKC, lower case, blanks folded. `"Ａcme  Corp"` is `"acme corp"`.
    pub fn folded(&self) -> String {
        folded(&self.0)
    }

    fn normal(text: &str) -> Clean {
        if is_nfc(text) { Clean(text.into()) } else { Clean(text.nfc().collect()) }
    }
}

/// Whether what was typed in place of a name says that there is none: `none`, `无`.
pub fn says_none(typed: &str) -> bool {
    matches!(typed.trim(), "none" | "无")
}

/// The form under which names are compared; see [`Clean::folded`].
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if is_plain(word) {
            let start = out.len();
            out.push_str(word);
            out[start..].make_ascii_lowercase();
        } else {
            out.extend(word.nfkc().flat_map(char::to_lowercase));
        }
    }
    out
}

/// Whether a text is of ASCII signs, line breaks and the Chinese characters from U+4000 to U+9FFF (in UTF-8 led by the
/// bytes E4 to E9) alone, as most are. Such a text is clean and in NFC, and folding changes nothing in it but the case
/// of Latin letters and the blanks.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~' | 0x80..=0xbf | 0xe4..=0xe9))
}

/// Whether `found` may stand behind `before`. Joiners stand only inside a word or an emoji, never alone.
fn allowed(before: Option<char>, found: char) -> bool {
    match found {
        '\n' => true,
        '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' => {
            before.is_some_and(|b| !b.is_whitespace() && !b.is_control())
        }
        '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => false,
        _ => !found.is_control(),
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Unclean {
    /// The reason, for a reader of the language; [`say::unclean`] also takes the name of the field.
    pub fn say(&self, lang: Lang) -> String {
        say::unclean(lang, say::a_text(lang), self.code(), self.at)
    }

    /// The character as a code point: `U+001B`.
    pub fn code(&self) -> String {
        format!("U+{:04X}", u32::from(self.found))
    }
}

impl fmt::Display for Unclean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at character {}", self.code(), self.at)
    }
}

impl std::error::Error for Unclean {}

impl Borrow<str> for Clean {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for Clean {
    type Error = Unclean;
    fn try_from(text: &str) -> Result<Clean, Unclean> {
        Clean::new(text)
    }
}

impl Serialize for Clean {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Clean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Clean, D::Error> {
        struct Checked;

        impl Visitor<'_> for Checked {
            type Value = Clean;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text without control characters")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Clean, E> {
                Clean::new(text).map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Checked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_a_cursor_or_turns_text_is_refused_and_named() {
        for (text, at) in
            [("a\u{1b}[2J", 2), ("\u{202e}abc", 1), ("ab\u{9b}", 3), ("\u{200b}", 1), ("a\rb", 2)]
        {
            assert_eq!(Clean::new(text).unwrap_err().at, at, "{text:?}");
        }
    }

    #[test]
    fn a_refusal_is_said_in_both_languages() {
        let refusal = Clean::new("a\u{1b}[2J").unwrap_err();
        assert_eq!(refusal.say(Lang::En), "text: character 2 (U+001B) cannot stand in a text");
        assert_eq!(refusal.say(Lang::Zh), "文字：第 2 个字符（U+001B）不能用在文字里");
    }

    #[test]
    fn line_breaks_joined_emoji_and_chinese_stand() {
        for text in ["two\nlines", "👩\u{200d}🔧", "重庆长安机电", "❤\u{fe0f}", ""] {
            assert_eq!(Clean::new(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn washing_leaves_out_and_says_so() {
        assert_eq!(Clean::washed("a\u{1b}b\tc"), (Clean::known("ab c"), true));
        assert_eq!(Clean::washed("plain"), (Clean::known("plain"), false));
    }

    #[test]
    fn names_compare_folded_and_composed() {
        assert_eq!(folded("Ａcme  CORP "), "acme corp");
        assert_eq!(Clean::new("e\u{301}").unwrap().as_str(), "é");
    }

    proptest::proptest! {
        /// Or it would slip through unchecked.
        #[test]
        fn a_plain_text_is_clean_composed_and_folds_by_its_letters(text in "[\\x09-\\x7f\u{3fff}-\u{a001}é]{0,6}") {
            if is_plain(&text) {
                proptest::prop_assert!(text.chars().all(|sign| allowed(None, sign)) && is_nfc(&text));
                let slowly: String = text.nfkc().flat_map(char::to_lowercase).collect();
                let words: Vec<&str> = slowly.split_whitespace().collect();
                proptest::prop_assert_eq!(folded(&text), words.join(" "));
            }
        }

        #[test]
        fn what_was_washed_is_clean(text in ".*") {
            let (clean, _) = Clean::washed(&text);
            proptest::prop_assert_eq!(Clean::new(clean.as_str()), Ok(clean));
        }
    }
}
