//! What keys do to a text, some of them drawn at random.

use proptest::prelude::*;

use super::*;

/// A field made by typing; `|` is where the caret ends up.
fn field(text: &str, lines: Lines) -> Edit {
    let (before, after) = text.split_once('|').unwrap_or((text, ""));
    let mut edit = Edit::new(lines, 4096);
    edit.paste(before);
    let caret = edit.caret;
    edit.paste(after);
    edit.go(caret);
    edit
}

fn shown(edit: &Edit) -> String {
    format!("{}|{}", &edit.text[..edit.caret], &edit.text[edit.caret..])
}

fn after(text: &str, acts: &[Act]) -> String {
    let mut edit = field(text, Lines::Many);
    for act in acts {
        edit.act(*act);
    }
    shown(&edit)
}

#[test]
fn the_caret_moves_by_what_one_sees() {
    assert_eq!(after("a👩\u{200d}🔧|b", &[Act::CaretLeft]), "a|👩\u{200d}🔧b");
    assert_eq!(after("a|👩\u{200d}🔧b", &[Act::Delete]), "a|b");
    assert_eq!(after("重庆|长安", &[Act::Backspace]), "重|长安");
    assert_eq!(after("one\ntwo|", &[Act::CaretHome]), "one\n|two");
    assert_eq!(after("o|ne\ntwo", &[Act::CaretEnd]), "one|\ntwo");
    assert_eq!(after("|", &[Act::CaretLeft, Act::CaretRight, Act::Backspace, Act::Delete]), "|");
}

#[test]
fn words_are_words_in_both_languages() {
    assert_eq!(after("price list, Q1 |", &[Act::CaretWordLeft]), "price list, |Q1 ");
    assert_eq!(after("price list, Q1 |", &[Act::KillWord, Act::KillWord]), "price |");
    assert_eq!(after("|price list", &[Act::CaretWordRight, Act::CaretWordRight]), "price list|");
    assert_eq!(after("报价 单|", &[Act::KillWord]), "报价 |");
}

#[test]
fn killing_stays_in_the_line() {
    assert_eq!(after("one\ntw|o", &[Act::KillLine]), "one\n|o");
    assert_eq!(after("o|ne\ntwo", &[Act::KillRest]), "o|\ntwo");
    assert_eq!(after("one\n|two", &[Act::KillLine]), "one\n|two");
}

#[test]
fn undo_takes_back_a_word_of_typing_and_redo_brings_it_again() {
    let mut edit = field("a|", Lines::One);
    for typed in "bc de".chars() {
        assert!(edit.insert(typed));
    }
    assert!(edit.act(Act::FieldUndo));
    assert_eq!(shown(&edit), "abc|");
    assert!(edit.act(Act::FieldUndo));
    assert_eq!(shown(&edit), "a|");
    assert!(edit.act(Act::FieldRedo) && edit.act(Act::FieldRedo) && !edit.act(Act::FieldRedo));
    assert_eq!(shown(&edit), "abc de|");
    edit.act(Act::FieldUndo);
    edit.insert('x');
    assert!(!edit.act(Act::FieldRedo), "a new change leaves nothing to make again");
}

#[test]
fn only_what_may_stand_gets_in() {
    let mut edit = Edit::new(Lines::One, 10);
    for refused in ['\u{1b}', '\u{202e}', '\u{200d}', '\n', '\u{7}'] {
        assert!(!edit.insert(refused), "{refused:?}");
    }
    assert!(!edit.act(Act::Newline));
    assert_eq!(edit.paste("a\u{1b}[2J\rb"), 0);
    assert_eq!(edit.text(), "a[2J b");
    assert_eq!(edit.paste("重庆"), 1, "one of the two fits into ten bytes");
    assert_eq!(edit.text(), "a[2J b重");
    assert!(!edit.insert('庆') && edit.insert('c') && !edit.insert('d'));
}

#[test]
fn line_breaks_are_kept_where_there_may_be_several_lines() {
    let mut edit = Edit::new(Lines::Many, 100);
    assert_eq!(edit.paste("a\r\nb\rc"), 0);
    assert!(edit.act(Act::Newline));
    assert_eq!(edit.text(), "a\nb\nc\n");
    assert_eq!(edit.clean().as_str(), edit.text());
}

#[test]
fn accents_typed_after_their_letter_compose() {
    let mut edit = field("e|x", Lines::One);
    assert!(edit.insert('\u{301}'));
    assert_eq!(shown(&edit), "é|x");
}

#[test]
fn a_long_line_is_seen_around_the_caret() {
    let edit = field("0123456789abcdef|ghij", Lines::One);
    let (seen, column) = edit.window(8);
    assert_eq!((seen, column), ("cdefghij", 4));
    assert_eq!(field("0123|", Lines::One).window(8), ("0123", 4));
    assert_eq!(field("重庆长安|机", Lines::One).window(7), ("长安机", 4), "half of 庆 is not shown");
}

#[test]
fn text_wraps_behind_blanks_and_beside_wide_characters() {
    let edit = field("two lots if 重庆长安 agree|", Lines::Many);
    let Rows { rows, row, column } = edit.rows(11);
    let seen: Vec<_> = rows.iter().map(|row| &edit.text[row.clone()]).collect();
    assert_eq!(seen, ["two lots ", "if 重庆长", "安 agree"]);
    assert_eq!((row, column), (2, 8));
}

#[test]
fn up_and_down_keep_to_the_rows_one_sees() {
    let mut edit = field("two lots if\n\n重庆|", Lines::Many);
    assert!(!edit.down(11));
    assert!(edit.up(11) && edit.up(11));
    assert_eq!(shown(&edit), "two lots |if\n\n重庆");
    assert!(edit.up(11) && !edit.up(11));
    assert_eq!(shown(&edit), "|two lots if\n\n重庆");
}

#[derive(Clone, Debug)]
enum Do {
    Act(Act),
    Type(char),
    Paste(String),
    Up(u16),
    Down(u16),
}

fn doing() -> impl Strategy<Value = Do> {
    let joining = "[a1 \n重\u{301}\u{200d}\u{fe0f}👩🔧🇨🇳\u{1100}\u{1161}\u{0e33}\u{903}\u{1b}]";
    prop_oneof![
        4 => proptest::sample::select(Act::ALL.to_vec()).prop_map(Do::Act),
        4 => proptest::string::string_regex(joining).unwrap().prop_map(|s| Do::Type(s.chars().next().unwrap_or('a'))),
        2 => proptest::string::string_regex(&format!("{joining}{{0,12}}")).unwrap().prop_map(Do::Paste),
        1 => (0_u16..12).prop_map(Do::Up),
        1 => (0_u16..12).prop_map(Do::Down),
    ]
}

proptest! {
    #[test]
    fn whatever_is_done_the_text_is_clean_and_the_caret_on_a_boundary(
        many: bool,
        done in proptest::collection::vec(doing(), 0..40),
    ) {
        let mut edit = Edit::new(if many { Lines::Many } else { Lines::One }, 60);
        for one in done {
            match one {
                Do::Act(act) => { edit.act(act); }
                Do::Type(typed) => { edit.insert(typed); }
                Do::Paste(text) => { edit.paste(&text); }
                Do::Up(width) => { edit.up(width); }
                Do::Down(width) => { edit.down(width); }
            }
            prop_assert_eq!(boundary(edit.text(), edit.caret()), edit.caret());
            let clean = Clean::new(edit.text());
            prop_assert_eq!(clean.as_ref().map(Clean::as_str), Ok(edit.text()));
            prop_assert!(many || !edit.text().contains('\n'));
            let (seen, column) = edit.window(9);
            prop_assert!(cells(seen) <= 9 && column < 9, "{seen:?} {column}");
            let rows = edit.rows(9);
            let fits = |row: &str| cells(row) <= 8 || row.graphemes(true).nth(1).is_none();
            prop_assert!(rows.rows.iter().all(|row| fits(&edit.text()[row.clone()])));
            prop_assert!(rows.column <= 8);
        }
    }
}

#[test]
fn a_press_puts_the_caret_where_it_is_drawn() {
    let mut edit = Edit::new(Lines::One, 100);
    edit.paste("客户 two lots");
    assert!(edit.press(40, 5, 0));
    assert_eq!(&edit.text()[edit.caret()..], "two lots");
    edit.press(40, 1, 0);
    assert_eq!(edit.caret(), 0, "half of a wide character is its beginning");
    edit.press(40, 90, 0);
    assert_eq!(edit.caret(), edit.text().len());
    // Of a long line another part is seen.
    let shown = edit.window(6).0.to_owned();
    edit.press(6, 0, 0);
    assert!(edit.text()[edit.caret()..].starts_with(&shown), "{shown}");
    let mut edit = Edit::new(Lines::Many, 100);
    edit.paste("one\ntwo\nthree");
    edit.press(20, 1, 1);
    assert_eq!(&edit.text()[edit.caret()..], "wo\nthree");
    edit.press(20, 2, 9);
    assert_eq!(&edit.text()[edit.caret()..], "ree");
}
