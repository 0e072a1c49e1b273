//! Keys and their names.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

/// A key as a terminal can send it. Its text form is `"ctrl-d"`, `"G"`, `"shift-tab"`, `"space"`, `"f1"`.
///
/// [`Key::new`] keeps one form for each key, so that equal keys are equal: a character carries its own shift, and what
/// a terminal cannot tell apart (ctrl-i and tab) is one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    code: Code,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// What is pressed, without what is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character, as shift made it; never a control character.
    Char(char),
    /// F1 to F24.
    F(u8),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Up.
    Up,
    /// Down.
    Down,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// Why a text names no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadKey {
    /// There is none.
    Missing,
    /// The name is unknown.
    Unknown,
    /// Shift with a character: `shift-g` is written `G`.
    Shift,
    /// Ctrl with a capital, which a terminal sends like the small letter.
    Capital,
    /// Ctrl with a letter that a terminal sends as this other key.
    Alias(Key),
}

/// The codes that have names.
const NAMED: [(&str, Code); 15] = [
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
];

impl Key {
    /// The one form of a key. Shift with a letter is the capital, ctrl with a capital the small letter, and ctrl with
    /// `i`, `m` or `[` is tab, enter or esc.
    pub fn new(code: Code, ctrl: bool, alt: bool, shift: bool) -> Key {
        let key = Key { code, ctrl, alt, shift };
        let Code::Char(c) = code else { return key };
        let c = match (ctrl, shift) {
            (true, _) => c.to_ascii_lowercase(),
            (false, true) => capital(c),
            (false, false) => c,
        };
        match wire_alias(c).filter(|_| ctrl) {
            Some(code) => Key { code, ctrl: false, alt, shift: false },
            None => Key { code: Code::Char(c), shift: false, ..key },
        }
    }

    /// A key with nothing held.
    pub fn plain(code: Code) -> Key {
        Key::new(code, false, false, false)
    }

    /// What is pressed.
    pub fn code(self) -> Code {
        self.code
    }

    /// Whether ctrl is held.
    pub fn ctrl(self) -> bool {
        self.ctrl
    }

    /// Whether alt is held.
    pub fn alt(self) -> bool {
        self.alt
    }

    /// Whether shift is held; never with a character.
    pub fn shift(self) -> bool {
        self.shift
    }

    /// The character that the key types into a text, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// The capital, where it is one character.
fn capital(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The key that a terminal sends for ctrl and this character.
fn wire_alias(c: char) -> Option<Code> {
    match c {
        'i' => Some(Code::Tab),
        'm' => Some(Code::Enter),
        '[' => Some(Code::Esc),
        _ => None,
    }
}

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Key, BadKey> {
        let mut rest = text;
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        loop {
            let (held, after) = match rest.split_once('-') {
                Some(("ctrl", after)) => (&mut ctrl, after),
                Some(("alt", after)) => (&mut alt, after),
                Some(("shift", after)) => (&mut shift, after),
                _ => break,
            };
            if std::mem::replace(held, true) {
                return Err(BadKey::Unknown);
            }
            rest = after;
        }
        let code = code_of(rest)?;
        let key = Key::new(code, ctrl, alt, shift);
        match code {
            Code::Char(_) if shift => Err(BadKey::Shift),
            Code::Char(_) if key.code != code && matches!(key.code, Code::Char(_)) => Err(BadKey::Capital),
            Code::Char(_) if key.code != code => Err(BadKey::Alias(key)),
            _ => Ok(key),
        }
    }
}

fn code_of(name: &str) -> Result<Code, BadKey> {
    if let Some((_, code)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Ok(*code);
    }
    let composed: String = if name.chars().count() > 1 { name.nfc().collect() } else { name.to_owned() };
    let mut chars = composed.chars();
    match (chars.next(), chars.next()) {
        (None, _) => Err(BadKey::Missing),
        (Some(c), None) if !c.is_control() && !c.is_whitespace() => Ok(Code::Char(c)),
        (Some('f'), Some(_)) => match name[1..].parse() {
            Ok(n @ 1..=24) if !name[1..].starts_with(['0', '+']) => Ok(Code::F(n)),
            _ => Err(BadKey::Unknown),
        },
        _ => Err(BadKey::Unknown),
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, Code::F(n)) => write!(f, "f{n}"),
            (None, Code::Char(c)) => write!(f, "{c}"),
            (None, _) => Ok(()),
        }
    }
}

/// One or more keys pressed one after the other; their text form has blanks between: `"g g"`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Keys(Vec<Key>);

impl Deref for Keys {
    type Target = [Key];
    fn deref(&self) -> &[Key] {
        &self.0
    }
}

impl FromStr for Keys {
    type Err = BadKey;
    fn from_str(text: &str) -> Result<Keys, BadKey> {
        let keys = text.split_whitespace().map(str::parse).collect::<Result<Vec<Key>, BadKey>>()?;
        if keys.is_empty() { Err(BadKey::Missing) } else { Ok(Keys(keys)) }
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, key) in self.iter().enumerate() {
            write!(f, "{}{key}", if i == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap_or_else(|why| panic!("{text}: {why:?}"))
    }

    #[test]
    fn keys_are_read_as_they_are_written() {
        let char = |c| Key::plain(Code::Char(c));
        assert_eq!(key("G"), char('G'));
        assert_eq!(key("ö"), char('ö'));
        assert_eq!(key("o\u{308}"), char('ö'));
        assert_eq!(key("?"), char('?'));
        assert_eq!(key("-"), char('-'));
        assert_eq!(key("f"), char('f'));
        assert_eq!(key("space"), char(' '));
        assert_eq!(key("f12"), Key::plain(Code::F(12)));
        assert_eq!(key("ctrl--"), Key::new(Code::Char('-'), true, false, false));
        assert_eq!(key("shift-tab"), Key::new(Code::Tab, false, false, true));
        assert_eq!(key("ctrl-alt-left"), Key::new(Code::Left, true, true, false));
    }

    #[test]
    fn what_is_no_key_says_why() {
        for (text, why) in [
            ("", BadKey::Missing),
            ("ctrl-", BadKey::Missing),
            ("f0", BadKey::Unknown),
            ("f01", BadKey::Unknown),
            ("f25", BadKey::Unknown),
            ("gg", BadKey::Unknown),
            ("ctrl-ctrl-a", BadKey::Unknown),
            ("meta-a", BadKey::Unknown),
            ("\u{1b}", BadKey::Unknown),
            ("shift-g", BadKey::Shift),
            ("ctrl-G", BadKey::Capital),
            ("ctrl-i", BadKey::Alias(Key::plain(Code::Tab))),
        ] {
            assert_eq!(text.parse::<Key>(), Err(why), "{text:?}");
        }
    }

    #[test]
    fn what_a_terminal_cannot_tell_apart_is_one_key() {
        let shifted = |c| Key::new(Code::Char(c), false, false, true);
        assert_eq!((shifted('g'), shifted('G'), shifted('?')), (key("G"), key("G"), key("?")));
        assert_eq!(Key::new(Code::Char('D'), true, false, true), key("ctrl-d"));
        assert_eq!(Key::new(Code::Char('m'), true, false, false), key("enter"));
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            any::<char>()
                .prop_filter("printable", |c| !c.is_control() && (*c == ' ' || !c.is_whitespace()))
                .prop_map(Code::Char),
            (1_u8..=24).prop_map(Code::F),
            proptest::sample::select(NAMED.map(|(_, code)| code).to_vec()),
        ];
        (code, any::<(bool, bool, bool)>())
            .prop_map(|(code, (ctrl, alt, shift))| Key::new(code, ctrl, alt, shift))
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(keys in proptest::collection::vec(any_key(), 1..4)) {
            let keys = Keys(keys);
            prop_assert_eq!(keys.to_string().parse(), Ok(keys));
        }

        #[test]
        fn what_is_read_prints_as_one_that_reads_the_same(text in "(ctrl-|alt-|shift-){0,2}[a-zA-Z0-9?/-]{1,3}") {
            if let Ok(key) = text.parse::<Key>() {
                prop_assert_eq!(key.to_string().parse(), Ok(key));
            }
        }
    }
}
