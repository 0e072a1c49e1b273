//! How many columns a text takes on a terminal, and fitting texts into columns.
//!
//! Columns are counted by grapheme, as the screen draws them. Texts that are cut end in `..`: the one-column ellipsis
//! takes two columns on many Chinese terminals.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns of a text on one line.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// The text in at most so many columns; if it is longer it ends in `..`.
pub fn cut(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let dots = "..".get(..columns.min(2)).unwrap_or("..");
    let kept = &text[..fitting(text, columns - dots.len())];
    Cow::Owned(format!("{}{dots}", kept.trim_end()))
}

/// The text at the left of exactly so many columns, cut if need be.
pub fn pad(text: &str, columns: usize) -> String {
    let mut out = cut(text, columns).into_owned();
    out.extend(std::iter::repeat_n(' ', columns - width(&out)));
    out
}

/// The text at the right of exactly so many columns, cut if need be.
pub fn pad_left(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    format!("{}{text}", " ".repeat(columns - width(&text)))
}

/// The text in lines of at most so many columns (at least 2). Lines are broken at blanks and beside Chinese characters;
/// none begins with a closing sign or ends with an opening one where that can be helped. Line breaks are kept. Only a
/// single sign that is wider than the columns stands out.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(2);
    text.split('\n').flat_map(|line| wrap_line(line, columns)).collect()
}

fn wrap_line(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for (blanks, mut piece) in pieces(text) {
        if used + blanks + width(piece) <= columns {
            line.extend(std::iter::repeat_n(' ', blanks));
            used += blanks;
        } else if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        while width(piece) > columns && piece.graphemes(true).nth(1).is_some() {
            let first = piece.graphemes(true).next().map_or(0, str::len);
            let (front, back) = piece.split_at(fitting(piece, columns).max(first));
            lines.push(front.to_owned());
            piece = back;
        }
        line.push_str(piece);
        used += width(piece);
    }
    lines.push(line);
    lines
}

/// What a line may not be broken inside of, each with the number of blanks before it.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut blanks = 0;
    let mut begin = None;
    let mut before = "";
    for (at, grapheme) in text.grapheme_indices(true) {
        if grapheme == " " {
            pieces.extend(begin.take().map(|begin| (blanks, &text[begin..at])));
            blanks = if before == " " { blanks + 1 } else { 1 };
        } else if begin.is_none() {
            begin = Some(at);
        } else if may_break(before, grapheme) {
            pieces.extend(begin.replace(at).map(|begin| (blanks, &text[begin..at])));
            blanks = 0;
        }
        before = grapheme;
    }
    pieces.extend(begin.map(|begin| (blanks, &text[begin..])));
    pieces
}

/// Whether a line may be broken between two graphemes neither of which is a blank.
fn may_break(before: &str, after: &str) -> bool {
    (is_wide(before) || is_wide(after)) && !opens(before) && !closes(after)
}

fn is_wide(grapheme: &str) -> bool {
    grapheme.width() > 1
}

fn opens(grapheme: &str) -> bool {
    grapheme.starts_with(['（', '《', '〈', '「', '『', '【', '〔', '“', '‘', '(', '[', '{', '¥', '￥', '$'])
}

fn closes(grapheme: &str) -> bool {
    grapheme.starts_with([
        '，', '。', '、', '！', '？', '；', '：', '）', '》', '〉', '」', '』', '】', '〕', '”', '’', '…',
        '—', '·', '％', ',', '.', '!', '?', ';', ':', ')', ']', '}', '%',
    ])
}

/// The length of the front of a text that fits into so many columns.
fn fitting(text: &str, columns: usize) -> usize {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used > columns {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_are_counted_as_they_are_drawn() {
        assert_eq!(width("Acme"), 4);
        assert_eq!(width("重庆长安机电"), 12);
        assert_eq!(width("e\u{301}👩\u{200d}🔧"), 3);
    }

    #[test]
    fn what_is_too_long_is_cut_with_two_dots() {
        assert_eq!(cut("Acme Corporation", 16), "Acme Corporation");
        assert_eq!(cut("Acme Corporation", 10), "Acme Cor..");
        assert_eq!(cut("Acme Corporation", 7), "Acme..");
        assert_eq!(cut("重庆长安机电", 7), "重庆..");
        assert_eq!((cut("Acme", 2), cut("Acme", 1), cut("Acme", 0)), ("..".into(), ".".into(), "".into()));
    }

    #[test]
    fn texts_are_padded_on_either_side() {
        assert_eq!(pad("重庆", 6), "重庆  ");
        assert_eq!(pad("重庆长安", 5), "重.. ");
        assert_eq!(pad_left("9d", 4), "  9d");
    }

    #[test]
    fn lines_are_broken_at_blanks() {
        assert_eq!(wrap("Asked for the Q1 price list", 12), ["Asked for", "the Q1 price", "list"]);
        assert_eq!(wrap("two\n\nlines", 12), ["two", "", "lines"]);
        assert_eq!(wrap("a  b", 12), ["a  b"]);
        assert_eq!(wrap("internationalisation", 8), ["internat", "ionalisa", "tion"]);
    }

    #[test]
    fn chinese_lines_are_broken_anywhere_but_before_a_closing_sign() {
        assert_eq!(
            wrap("索取一季度报价，要求分两批交货。", 14),
            ["索取一季度报", "价，要求分两批", "交货。"]
        );
        assert_eq!(wrap("索取一季度报，要求", 12), ["索取一季度", "报，要求"]);
        assert_eq!(wrap("客户说“二月之前”", 8), ["客户说", "“二月之", "前”"]);
        assert_eq!(wrap("寄送Q1报价单", 6), ["寄送Q1", "报价单"]);
    }

    fn any_text() -> impl Strategy<Value = String> {
        "([重庆长安，。（）“”]|[a-z]{1,9}|[ \\n.(]|e\u{301}|👩\u{200d}🔧){0,30}"
    }

    proptest! {
        #[test]
        fn what_was_cut_or_padded_fits(text in any_text(), columns in 0_usize..20) {
            let text = text.replace('\n', " ");
            prop_assert!(width(&cut(&text, columns)) <= columns);
            prop_assert_eq!(width(&pad(&text, columns)), columns);
            prop_assert_eq!(width(&pad_left(&text, columns)), columns);
        }

        #[test]
        fn wrapping_loses_only_blanks_and_every_line_fits(text in any_text(), columns in 2_usize..20) {
            let lines = wrap(&text, columns);
            let solid = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(solid(&lines.concat()), solid(&text));
            prop_assert!(lines.iter().all(|line| width(line) <= columns), "{:?}", lines);
            prop_assert!(lines.len() > text.matches('\n').count());
        }
    }
}
