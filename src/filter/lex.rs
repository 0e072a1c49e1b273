//! The signs of the language: which characters part words, and a cursor that reads them.
//!
//! The full-width signs of a Chinese keyboard (`：` `，` `＞` `≥` `“”`) are read like the plain ones. Full-width
//! parentheses are not: they belong to the names of companies.

use std::borrow::Cow;
use std::ops::Range;

use super::tree::Op;

/// How operators are written, longer ones before those they begin with.
const OPERATORS: &[(&str, Op)] = &[
    ("!=", Op::IsNot),
    ("<=", Op::AtMost),
    (">=", Op::AtLeast),
    ("==", Op::Is),
    (":", Op::Is),
    ("=", Op::Is),
    ("<", Op::Less),
    (">", Op::More),
    ("~", Op::Contains),
    ("！＝", Op::IsNot),
    ("＜＝", Op::AtMost),
    ("＞＝", Op::AtLeast),
    ("：", Op::Is),
    ("＝", Op::Is),
    ("≠", Op::IsNot),
    ("≤", Op::AtMost),
    ("≥", Op::AtLeast),
    ("＜", Op::Less),
    ("＞", Op::More),
    ("～", Op::Contains),
];

/// What opens a quotation, and what closes it.
const QUOTES: [(char, char); 4] = [('"', '"'), ('\'', '\''), ('“', '”'), ('「', '」')];

/// Words that join conditions.
const KEYWORDS: [&str; 3] = ["and", "or", "not"];

/// Values that mean something of their own without quotes.
const RESERVED: [&str; 4] = ["none", "me", "yes", "no"];

/// Whether a word joins conditions, in any case.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

/// Whether a character opens a quotation.
pub(super) fn is_quote(found: char) -> bool {
    QUOTES.iter().any(|(open, _)| found == *open)
}

fn is_comma(found: char) -> bool {
    matches!(found, ',' | '，')
}

/// Whether a character may stand in a value without quotes.
pub(super) fn stands_in_value(found: char) -> bool {
    !found.is_whitespace() && !is_comma(found) && !matches!(found, '(' | ')')
}

/// Whether a text reads back as itself without quotes, as a bare word and as a value.
pub(super) fn stands_bare(text: &str) -> bool {
    let plain = |c: char| {
        stands_in_value(c)
            && c != '!'
            && c != '！'
            && c != '\\'
            && !QUOTES.iter().any(|(open, close)| c == *open || c == *close)
            && !OPERATORS.iter().any(|(sign, _)| sign.starts_with(c))
    };
    !text.is_empty()
        && !text.starts_with('-')
        && text.chars().all(plain)
        && !RESERVED.iter().any(|word| word.eq_ignore_ascii_case(text))
        && !is_keyword(text)
}

/// A text as it was written, without its quotes.
#[derive(Clone, Debug)]
pub(super) struct Raw<'a> {
    pub(super) text: Cow<'a, str>,
    /// Where it stands, quotes included, in bytes.
    pub(super) at: Range<usize>,
    pub(super) quoted: bool,
}

/// A quotation that never ends: where its opening sign stands.
pub(super) struct Unclosed(pub(super) Range<usize>);

/// A place in the text.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text, at: 0 }
    }

    pub(super) fn starting(text: &'a str, at: usize) -> Cursor<'a> {
        Cursor { text, at }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The next character's place, or the empty place at the end.
    pub(super) fn here(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    pub(super) fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Steps over the next character, whatever it is.
    pub(super) fn step(&mut self) {
        self.at = self.here().end;
    }

    /// Steps over parentheses and all that is in them, if they open here; false where they never close.
    pub(super) fn parentheses(&mut self) -> bool {
        let mut open = 0_usize;
        while let Some(found) = self.peek() {
            match found {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                _ if open == 0 => return true,
                _ => {}
            }
            self.step();
            if open == 0 {
                return true;
            }
        }
        open == 0
    }

    /// Steps over this character, if it is the next one.
    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Steps over a comma with blanks around it, if there is one.
    pub(super) fn comma(&mut self) -> bool {
        let mut ahead = self.clone();
        ahead.skip_blanks();
        match ahead.peek() {
            Some(found) if is_comma(found) => {
                ahead.at += found.len_utf8();
                *self = ahead;
                true
            }
            _ => false,
        }
    }

    /// An operator with blanks around it, if there is one.
    pub(super) fn operator(&mut self) -> Option<Op> {
        let mut ahead = self.clone();
        ahead.skip_blanks();
        let (sign, op) = OPERATORS.iter().find(|(sign, _)| ahead.rest().starts_with(sign))?;
        ahead.at += sign.len();
        ahead.skip_blanks();
        *self = ahead;
        Some(*op)
    }

    /// The word that stands here, up to a blank, a parenthesis, a comma or an operator; empty where none does.
    pub(super) fn word(&mut self) -> Range<usize> {
        let start = self.at;
        while let Some(found) = self.peek() {
            let ends = !stands_in_value(found) || OPERATORS.iter().any(|(s, _)| self.rest().starts_with(s));
            if ends {
                break;
            }
            self.at += found.len_utf8();
        }
        start..self.at
    }

    /// Steps over a keyword that stands here, in any case; `android` does not begin with `and`.
    pub(super) fn keyword(&mut self, wanted: &str) -> bool {
        let mut ahead = self.clone();
        let word = ahead.word();
        let found = self.text[word].eq_ignore_ascii_case(wanted);
        if found {
            *self = ahead;
        }
        found
    }

    /// The quotation that stands here, if one begins.
    pub(super) fn quotation(&mut self) -> Result<Option<Raw<'a>>, Unclosed> {
        let start = self.at;
        let Some(&(open, close)) = QUOTES.iter().find(|(open, _)| self.peek() == Some(*open)) else {
            return Ok(None);
        };
        self.at += open.len_utf8();
        let mut text = String::new();
        while let Some(found) = self.peek() {
            self.at += found.len_utf8();
            match found {
                _ if found == close => {
                    return Ok(Some(Raw { text: text.into(), at: start..self.at, quoted: true }));
                }
                '\\' => {
                    if let Some(literal) = self.peek() {
                        self.at += literal.len_utf8();
                        text.push(literal);
                    }
                }
                '\n' | '\r' | '\t' => text.push(' '),
                _ => text.push(found),
            }
        }
        Err(Unclosed(start..start + open.len_utf8()))
    }

    /// The value that stands here, quoted or not; empty where none does.
    pub(super) fn value(&mut self) -> Result<Raw<'a>, Unclosed> {
        if let Some(raw) = self.quotation()? {
            return Ok(raw);
        }
        let start = self.at;
        let end = self.rest().find(|c| !stands_in_value(c)).map_or(self.text.len(), |length| start + length);
        self.at = end;
        Ok(Raw { text: self.text[start..end].into(), at: start..end, quoted: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_blanks_parentheses_commas_and_operators() {
        for (text, word) in [
            ("tier:A", "tier"),
            ("idle>30d", "idle"),
            ("idle≥30d", "idle"),
            ("a!=b", "a"),
            ("Yahoo! x", "Yahoo!"),
            ("长安（集团） x", "长安（集团）"),
            ("spend(3d)", "spend"),
            ("x.a-b c", "x.a-b"),
            (":x", ""),
        ] {
            assert_eq!(&text[Cursor::new(text).word()], word, "{text}");
        }
    }

    #[test]
    fn quotations_take_their_own_end_and_escapes() {
        for (text, inner) in [
            (r#""a b""#, "a b"),
            (r#""say \"hi\"""#, "say \"hi\""),
            ("'O\"Brien'", "O\"Brien"),
            ("“长安 机电”", "长安 机电"),
            (r#""back\\slash""#, "back\\slash"),
        ] {
            let raw = Cursor::new(text).quotation().ok().flatten().unwrap();
            assert_eq!((raw.text.as_ref(), raw.at), (inner, 0..text.len()), "{text}");
        }
        assert!(Cursor::new("\"open").quotation().is_err());
    }

    #[test]
    fn a_keyword_is_a_whole_word() {
        assert!(Cursor::new("AND x").keyword("and"));
        assert!(Cursor::new("not(x)").keyword("not"));
        assert!(!Cursor::new("android").keyword("and"));
    }
}
