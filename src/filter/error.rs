//! What is wrong with a filter, where, and what was probably meant.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::text::date::BadDate;
use crate::text::near::nearest;
use crate::text::say::filter as say;
use crate::text::{Clean, Lang, Unclean};

use super::fields::{FieldRef, Kind, Schema};
use super::lex::Unclosed;
use super::tree::{Normal, Op};
use super::{MAX_DEPTH, MAX_LENGTH, MAX_VALUES};

/// Why a filter was refused, and the place of the fault in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// The place, in bytes of the text; empty where something is missing.
    pub at: Range<usize>,
    /// What is wrong there.
    pub fault: Fault,
}

/// What can be wrong with a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// More than [`MAX_LENGTH`] characters, as written or in normal form.
    TooLong,
    /// Parentheses and negations more than [`MAX_DEPTH`] deep.
    TooDeep,
    /// More than [`MAX_VALUES`] values behind one field.
    TooManyValues,
    /// A character that may not stand in a text.
    Unclean(Unclean),
    /// A sign where a condition should begin or end.
    Unexpected(char),
    /// A quotation or a parenthesis that never ends.
    Unclosed,
    /// A condition is missing: before or behind `and`, `or`, `not`, or between parentheses.
    NoCondition,
    /// `was()` without a stage.
    NoStage,
    /// This field has an operator and no value.
    NoValue(Called),
    /// This figure is compared with nothing.
    NoComparison(Called),
    /// Nothing has this name here.
    UnknownField {
        /// The name as written.
        name: Clean,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// No figure has this name.
    UnknownFact {
        /// The name as written.
        name: Clean,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// A window that is not a number of days, weeks, months or years.
    BadWindow(Clean),
    /// `open(...)` of something that is not counted.
    BadArgument(Clean),
    /// The field cannot be compared so.
    BadOperator {
        /// The field.
        field: Called,
        /// The operator that was written.
        op: Op,
        /// The kind of the field.
        kind: Kind,
    },
    /// Several values where the operator takes one.
    OneValue(Op),
    /// The value is none of the field's kind.
    BadValue {
        /// The field.
        field: Called,
        /// Its kind.
        kind: Kind,
        /// The value as written.
        value: Clean,
    },
    /// The value is no date.
    BadDate {
        /// The field.
        field: Called,
        /// Why not.
        fault: BadDate,
    },
    /// An id or a name that is not known, found by [`Filter::check`](super::Filter::check).
    Undefined {
        /// The field.
        field: Called,
        /// The value as written.
        value: Clean,
        /// All that there are.
        known: Vec<String>,
    },
    /// A bare word where rules are written: they must name their field.
    BareWord(Clean),
    /// `me` where rules are written: they hold for everybody.
    Me,
}

/// A field as messages call it: as the normal form writes it and, for a Chinese reader, also by its Chinese name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    name: String,
    zh: Option<String>,
}

impl Called {
    /// What a field is called in a filter over this kind of record.
    pub(super) fn of(schema: Schema, field: &FieldRef) -> Called {
        let name = Normal(schema, field).to_string();
        let zh = match field {
            FieldRef::Field(field) => {
                name.strip_suffix(field.row().name).map(|front| format!("{front}{}", field.row().zh_names[0]))
            }
            FieldRef::Fact(_) | FieldRef::Was(_) | FieldRef::Own(_) => None,
        };
        Called { name, zh }
    }

    /// Both names for a Chinese reader, who may write either; Latin letters alone stand apart from the Chinese behind
    /// them.
    fn say(&self, lang: Lang) -> String {
        match (lang, &self.zh) {
            (Lang::En, _) => self.name.clone(),
            (Lang::Zh, Some(zh)) => format!("{zh}（{}）", self.name),
            (Lang::Zh, None) => format!("{} ", self.name),
        }
    }
}

impl Fault {
    pub(super) fn at(self, at: Range<usize>) -> FilterError {
        FilterError { at, fault: self }
    }
}

impl From<Unclosed> for FilterError {
    fn from(Unclosed(at): Unclosed) -> FilterError {
        Fault::Unclosed.at(at)
    }
}

impl FilterError {
    /// The reason, for a reader of the language.
    pub fn say(&self, lang: Lang) -> String {
        match &self.fault {
            Fault::TooLong => say::too_long(lang, MAX_LENGTH),
            Fault::TooDeep => say::too_deep(lang, MAX_DEPTH),
            Fault::TooManyValues => say::too_many_values(lang, MAX_VALUES),
            Fault::Unclean(unclean) => unclean.say(lang),
            Fault::Unexpected(found) => say::unexpected(lang, Clean::washed(&found.to_string()).0),
            Fault::Unclosed => say::unclosed(lang).to_owned(),
            Fault::NoCondition => say::no_condition(lang).to_owned(),
            Fault::NoStage => say::no_stage(lang).to_owned(),
            Fault::NoValue(field) => say::no_value(lang, field.say(lang)),
            Fault::NoComparison(field) => say::no_comparison(lang, &field.name),
            Fault::UnknownField { name, nearest } => {
                meant(lang, say::unknown_field(lang, name), nearest.as_deref())
            }
            Fault::UnknownFact { name, nearest } => {
                meant(lang, say::unknown_fact(lang, name), nearest.as_deref())
            }
            Fault::BadWindow(text) => say::bad_window(lang, text),
            Fault::BadArgument(_) => say::bad_argument(lang).to_owned(),
            Fault::BadOperator { field, op, kind } => {
                say::bad_operator(lang, field.say(lang), op.sign(), signs(*kind))
            }
            Fault::OneValue(op) => say::one_value(lang, op.sign()),
            Fault::BadValue { field, kind, value } => bad_value(lang, &field.say(lang), *kind, value),
            Fault::BadDate { field, fault } => say::bad_date(lang, field.say(lang), fault.say(lang)),
            Fault::Undefined { field, value, known } => {
                let said = match known.len() {
                    1..=LISTED => {
                        say::undefined(lang, field.say(lang), value, known.join(lang.pick(", ", "、")))
                    }
                    _ => say::not_there(lang, field.say(lang), value),
                };
                meant(lang, said, nearest_called(value, known))
            }
            Fault::BareWord(word) => say::bare_word(lang, word),
            Fault::Me => say::me_in_rules(lang).to_owned(),
        }
    }

    /// Two lines: the text (of a long one, the part around the fault), and carets below the fault.
    pub fn caret(&self, text: &str) -> String {
        caret(text, &self.at)
    }
}

/// Two lines: a text (of a long one, the part around a place in it, in bytes), and carets below that place.
pub fn caret(text: &str, at: &Range<usize>) -> String {
    let cells: Vec<Cell> = text.char_indices().map(|(place, found)| Cell::of(place, found)).collect();
    let marked = |cell: &Cell| at.contains(&cell.at);
    let first = cells
        .iter()
        .position(marked)
        .unwrap_or_else(|| cells.iter().position(|cell| cell.at >= at.start).unwrap_or(cells.len()));
    let skipped = first_shown(&cells, first);
    let (mut line, mut below) = match skipped {
        0 => (String::new(), String::new()),
        _ => (String::from(GAP), " ".repeat(GAP.len())),
    };
    let mut width = 0;
    for (nth, cell) in cells.iter().enumerate().skip(skipped) {
        if width + cell.width > WIDTH {
            line.push_str(GAP);
            break;
        }
        width += cell.width;
        line.push(cell.shown);
        let sign = if marked(cell) || nth == first { "^" } else { " " };
        below.push_str(&sign.repeat(cell.width));
    }
    if first == cells.len() {
        below.push('^');
    }
    format!("{line}\n{}", below.trim_end())
}

/// So many names are listed where one is wrong.
const LISTED: usize = 12;

/// The one that was probably meant, by its whole name or a word of it.
fn nearest_called<'a>(value: &Clean, known: &'a [String]) -> Option<&'a str> {
    let names = || known.iter().map(String::as_str);
    let word = || {
        let word = nearest(value.as_str(), names().flat_map(str::split_whitespace))?;
        names().find(|name| name.split_whitespace().any(|part| part == word))
    };
    nearest(value.as_str(), names()).or_else(word)
}

/// So many columns of a long text are shown.
const WIDTH: usize = 72;
/// So many columns of them stand before the fault.
const LEAD: usize = 24;
/// Stands for what is left out.
const GAP: &str = "..";

/// One character of the picture.
struct Cell {
    at: usize,
    shown: char,
    width: usize,
}

impl Cell {
    /// What could move the cursor is shown as something harmless.
    fn of(at: usize, found: char) -> Cell {
        let harmless = Clean::new(found.encode_utf8(&mut [0; 4])).is_ok();
        let shown = match found {
            _ if found.is_whitespace() && found != '\u{3000}' => ' ',
            _ if harmless => found,
            _ => '?',
        };
        Cell { at, shown, width: shown.width().unwrap_or(0) }
    }
}

/// The first character of the picture: the very first, where the fault lies within the width that is shown.
fn first_shown(cells: &[Cell], fault: usize) -> usize {
    let before: usize = cells[..fault].iter().map(|cell| cell.width).sum();
    if before + LEAD <= WIDTH {
        return 0;
    }
    let mut lead = 0;
    let kept = cells[..fault].iter().rev().take_while(|cell| {
        lead += cell.width;
        lead <= LEAD
    });
    fault - kept.count()
}

fn meant(lang: Lang, reason: String, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => say::did_you_mean(lang, reason, nearest),
        None => reason,
    }
}

/// The operators that fields of a kind take.
fn signs(kind: Kind) -> String {
    let taken = Op::ALL.iter().filter(|op| kind.takes(**op));
    let with_values = taken.filter(|op| kind != Kind::Age || op.is_order());
    with_values.map(|op| op.sign()).collect::<Vec<_>>().join(" ")
}

fn bad_value(lang: Lang, field: &str, kind: Kind, value: &Clean) -> String {
    match kind {
        Kind::Number => say::wants_number(lang, field, value),
        Kind::Percent => say::wants_percent(lang, field, value),
        Kind::Money => say::wants_money(lang, field, value),
        Kind::Age => say::wants_span(lang, field, value),
        Kind::Bool => say::wants_bool(lang, field, value),
        Kind::Choice(words) => {
            let near = nearest(value.as_str(), words.iter().copied());
            meant(lang, say::wants_choice(lang, field, value, words.join(lang.pick(", ", "、"))), near)
        }
        Kind::Text | Kind::Word | Kind::Own | Kind::Date | Kind::Ref(_) => say::unexpected(lang, value),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    use super::*;

    fn refusal(text: &str, schema: Schema) -> FilterError {
        match parse(text, schema) {
            Ok(filter) => panic!("{text} was read as {filter}"),
            Err(error) => error,
        }
    }

    #[test]
    fn a_refusal_names_the_fault_and_points_at_it() {
        for (text, reason, picture) in [
            ("tier:A onwer:me", "there is no field \"onwer\"; did you mean owner?", "       ^^^^^"),
            ("zzz:1", "there is no field \"zzz\"", "^^^"),
            ("华东 x:1", "there is no field \"x\"", "     ^"),
            ("spned(3d)>1", "nothing is called spned(...); did you mean spend?", "^^^^^"),
            ("group(was(x))>1", "nothing is called was(...)", "      ^^^"),
            ("spend(5h)>1", "\"5h\" is no window", "      ^^"),
            ("spend(x)>1", "\"x\" is no window", "      ^"),
            ("open(doors)>1", "open() counts tasks, deals or cases", "     ^^^^^"),
            ("open()>1", "open() counts tasks, deals or cases", "     ^"),
            ("was()", "was() names a stage", "    ^"),
            ("spend(3d", "this is opened and never closed", "     ^"),
            ("open(tasks)", "open(tasks) is compared with nothing", "^^^^^^^^^^^"),
            ("tier:", "a value for tier is missing", "     ^"),
            ("tier: )", "a value for tier is missing", "      ^"),
            ("name:\"\"", "a value for name is missing", "     ^^"),
            ("spend:1,,2", "a value for spend() is missing", "        ^"),
            ("a or", "a condition is missing here", "    ^"),
            ("or a", "a condition is missing here", "^"),
            ("a and and b", "a condition is missing here", "      ^"),
            ("not", "a condition is missing here", "   ^"),
            ("()", "a condition is missing here", " ^"),
            ("(a", "this is opened and never closed", "^"),
            ("a)", "\")\" is not expected here", " ^"),
            ("a , b", "\",\" is not expected here", "  ^"),
            ("=5", "\"=\" is not expected here", "^"),
            ("tier:\"A", "this is opened and never closed", "     ^"),
            ("tier>A", "tier does not take >; it takes : != ~", "    ^"),
            ("owner ~ an", "owner does not take ~; it takes : !=", "     ^^^"),
            ("idle:30d", "idle does not take :; it takes < <= > >=", "     ^^^"),
            ("idle>30", "idle is a length of time", "     ^^"),
            ("idle>none", "idle is a length of time", "     ^^^^"),
            ("tier<=A", "tier does not take <=", "    ^^"),
            ("employees>few", "employees is a number", "          ^^^"),
            ("employees>1,2", "> takes one value", "          ^^^"),
            ("created<today,fri", "< takes one value", "        ^^^^^^^^^"),
            ("revenue>$5", "revenue is an amount", "        ^^"),
            ("complete>much", "complete is a percentage", "         ^^^^"),
            ("late:perhaps", "late is yes or no, not \"perhaps\"", "     ^^^^^^^"),
            ("late:none,x", "late is yes or no, not \"x\"", "          ^"),
            (
                "need:prcie",
                "need is never \"prcie\" but one of price, quality, service; did you mean price?",
                "     ^^^^^",
            ),
            ("created>soonish", "created: not a date", "        ^^^^^^^"),
            ("created>2026-02-30", "created: there is no 2026-02-30", "        ^^^^^^^^^^"),
        ] {
            let error = refusal(text, Schema::Customer);
            let (said, caret) = (error.say(Lang::En), error.caret(text));
            assert!(said.starts_with(reason), "{text}: {said}");
            assert_eq!(caret, format!("{text}\n{picture}"), "{text}: {said}");
            assert!(error.say(Lang::Zh).chars().any(|c| c > '\u{2e80}'), "{text}: {said}");
        }
    }

    #[test]
    fn a_name_of_the_customer_is_proposed_where_the_record_has_one() {
        for (text, said) in [
            ("customer.tire:A", "there is no field \"customer.tire\"; did you mean customer.tier?"),
            ("tier:A", "there is no field \"tier\"; did you mean customer.tier?"),
            ("sate:open", "there is no field \"sate\"; did you mean state?"),
        ] {
            assert_eq!(refusal(text, Schema::Task).say(Lang::En), said);
        }
    }

    #[test]
    fn a_chinese_reader_reads_the_chinese_names_too() {
        for (text, schema, said) in [
            ("等级:", Schema::Customer, "等级（tier）缺少取值"),
            ("owner~an", Schema::Customer, "负责人（owner）不能用 ~"),
            ("员工数>few", Schema::Customer, "员工数（employees）是数字"),
            ("customer.等级>A", Schema::Task, "customer.等级（customer.tier）不能用 >"),
            ("时限<soonish", Schema::Task, "时限（due）：不是日期"),
            ("spend(3d)>few", Schema::Customer, "spend(3d) 是金额"),
        ] {
            let refused = refusal(text, schema).say(Lang::Zh);
            assert!(refused.starts_with(said), "{text}: {refused}");
        }
        for schema in Schema::ALL {
            for row in schema.rows() {
                let text = format!("{}:", row.zh_names[0]);
                let refused = refusal(&text, *schema).say(Lang::Zh);
                assert!(refused.starts_with(&format!("{}（{}）", row.zh_names[0], row.name)), "{refused}");
            }
        }
    }

    #[test]
    fn carets_stand_below_wide_characters() {
        let text = "region:华东 业态:x";
        assert_eq!(refusal(text, Schema::Customer).caret(text), "region:华东 业态:x\n            ^^^^");
    }

    #[test]
    fn what_could_move_the_cursor_is_not_drawn() {
        let text = "a\u{1b}[2J\nb";
        let error = refusal(text, Schema::Customer);
        assert_eq!(error.caret(text), "a?[2J b\n^^^^^");
        assert_eq!(error.say(Lang::En), "text: character 2 (U+001B) cannot stand in a text");
    }

    #[test]
    fn of_a_long_text_the_part_around_the_fault_is_drawn() {
        let text = format!("{} onwer:me {}", "tag:vip ".repeat(20), "tag:vip ".repeat(20));
        let picture = refusal(&text, Schema::Customer).caret(&text);
        let (line, below) = picture.split_once('\n').unwrap();
        assert!(
            line.len() <= WIDTH + 2 * GAP.len() && line.starts_with(GAP) && line.ends_with(GAP),
            "{picture}"
        );
        assert_eq!(&line[below.find('^').unwrap()..][..below.trim().len()], "onwer");
    }
}
