//! Completion: what may be written where the cursor stands, read from the same tables as the language itself.

use std::ops::Range;

use crate::model::{self, Query};
use crate::text::clean::folded;
use crate::text::say::filter as say;
use crate::text::{Clean, Lang};

use super::fact::Measure;
use super::fields::{FieldRef, Kind, Referent, Row, Schema};
use super::lex::{self, Cursor};
use super::parse::subject;
use super::tree::{Normal, Op, Value};

/// Something that may be written at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The part of the text that it replaces, in bytes.
    pub at: Range<usize>,
    /// What is written there.
    pub text: String,
    /// One line about it; empty where the text says it all.
    pub hint: String,
}

impl Candidate {
    /// Whether it is an operator, which stands right behind its field.
    pub fn is_operator(&self) -> bool {
        !self.text.starts_with(|first: char| first.is_alphanumeric() || first == '"')
    }
}

/// What may stand at `cursor` (in bytes) of a filter that is being typed. `known` gives the values of a field that only
/// the caller has (tiers, members, tags; for `was` stages, for a nameless own field the names of all), those that fit
/// what has been typed so far.
pub fn complete(
    text: &str,
    cursor: usize,
    schema: Schema,
    lang: Lang,
    known: impl Fn(&FieldRef, &str) -> Vec<String>,
) -> Vec<Candidate> {
    let typed = &text[..text.floor_char_boundary(cursor)];
    let (start, offers) = match spot(typed, schema) {
        Spot::Quotation => return Vec::new(),
        Spot::Term(start) => (start, terms(&typed[start..], schema, lang, &known)),
        Spot::Operator(field) => (typed.len(), operators(field.kind(), lang)),
        Spot::Value(field, op, start) => (start, values(&field, op, &typed[start..], lang, &known)),
    };
    let whole = |(text, hint)| Candidate { at: start..typed.len(), text, hint };
    offers.into_iter().map(whole).collect()
}

/// The question which values of a field begin as typed: its answer is what [`complete`] wants to be known.
pub fn values_of(field: &FieldRef, typed: &str) -> Query {
    let (schema, name) = match field {
        FieldRef::Was(_) => (Schema::Customer, "stage".to_owned()),
        FieldRef::Own(name) if name.is_empty() => (Schema::Customer, String::new()),
        field => (field.schema(), Normal(field.schema(), field).to_string()),
    };
    let kind = model::Kind::ALL.iter().copied().find(|kind| Schema::of(*kind) == Some(schema));
    let washed = |text: &str| Clean::washed(text).0;
    Query::Values { kind: kind.unwrap_or(model::Kind::Customer), field: washed(&name), typed: washed(typed) }
}

/// A text and the line about it.
type Offer = (String, String);

/// Where in the grammar the cursor stands.
enum Spot {
    /// In a bare word in quotes, where nothing can be proposed.
    Quotation,
    /// In a word, or before one, that starts here.
    Term(usize),
    /// Behind a field and a blank.
    Operator(FieldRef),
    /// In a value, or before one, that starts here.
    Value(FieldRef, Op, usize),
}

fn spot(typed: &str, schema: Schema) -> Spot {
    let mut cursor = Cursor::new(typed);
    loop {
        cursor.skip_blanks();
        let start = cursor.at();
        match cursor.quotation() {
            Err(_) => return Spot::Quotation,
            Ok(Some(_)) => continue,
            Ok(None) => {}
        }
        let word = cursor.word();
        if word.is_empty() && cursor.peek().is_some() || typed[word.clone()].starts_with('-') {
            cursor = Cursor::starting(typed, start);
            cursor.step();
            continue;
        }
        let closed = lex::is_keyword(&typed[word]) || cursor.parentheses();
        if !closed || cursor.peek().is_none() {
            return Spot::Term(start);
        }
        let Some(field) = subject(&typed[start..cursor.at()], schema) else { continue };
        match cursor.operator() {
            Some(op) => {
                if let Some(start) = last_value(&mut cursor) {
                    return Spot::Value(field, op, start);
                }
            }
            None if typed[cursor.at()..].trim().is_empty() => return Spot::Operator(field),
            None => {}
        }
    }
}

/// Steps over values; the start of the last one, if the text ends in it.
fn last_value(cursor: &mut Cursor<'_>) -> Option<usize> {
    loop {
        cursor.skip_blanks();
        let start = cursor.at();
        match cursor.value() {
            Err(_) => return Some(start),
            Ok(raw) if cursor.peek().is_none() && !raw.quoted => return Some(start),
            Ok(_) if cursor.comma() => {}
            Ok(_) => return None,
        }
    }
}

fn terms(
    typed: &str,
    schema: Schema,
    lang: Lang,
    known: &impl Fn(&FieldRef, &str) -> Vec<String>,
) -> Vec<Offer> {
    let mut offers: Vec<Offer> = Vec::new();
    offers.extend(schema.rows().iter().filter(|row| fits(row, typed)).map(|row| named(row, typed, lang)));
    let (prefix, local) = match typed.strip_prefix("customer.") {
        Some(local) if schema.has_customer() => ("customer.", local),
        _ => ("", typed),
    };
    if !prefix.is_empty() {
        let of_customer = |(name, hint): Offer| (format!("{prefix}{name}"), say::of_customer(lang, hint));
        let rows = Schema::Customer.rows().iter().filter(|row| fits(row, local));
        offers.extend(rows.map(|row| of_customer(named(row, local, lang))));
    } else if schema.has_customer() {
        offers.extend(starting(typed, [("customer.".to_owned(), say::of_customer(lang, ".."))]));
    }
    if schema == Schema::Customer || !prefix.is_empty() {
        let figures = figures(local, lang, known).into_iter();
        offers.extend(starting(local, figures).map(|(text, hint)| (format!("{prefix}{text}"), hint)));
    }
    let keywords = [("and", say::and_hint(lang)), ("or", say::or_hint(lang)), ("not", say::not_hint(lang))];
    offers.extend(starting(typed, keywords.map(|(text, hint)| (text.to_owned(), hint.to_owned()))));
    offers
}

/// Figures over windows, with the usual windows once the parenthesis is open.
fn figures(typed: &str, lang: Lang, known: &impl Fn(&FieldRef, &str) -> Vec<String>) -> Vec<Offer> {
    let windows: &[&str] =
        if typed.contains('(') { &["30d", "90d", "180d", "365d", ""] } else { &["365d", ""] };
    let spelled = |measure: &Measure| match measure.spelled() {
        (name, Some(argument)) => vec![format!("{name}({argument})")],
        (name, None) => windows.iter().map(|window| format!("{name}({window})")).collect(),
    };
    let mut offers: Vec<Offer> = Measure::ALL
        .iter()
        .flat_map(|measure| spelled(measure).into_iter().map(|text| (text, measure.hint(lang).to_owned())))
        .collect();
    if typed.starts_with("group(") {
        offers = offers.into_iter().map(|(text, hint)| (format!("group({text})"), hint)).collect();
    } else if let Some(stage) = typed.strip_prefix("was(") {
        let stages = known(&FieldRef::Was(Clean::default()), stage).into_iter();
        offers.extend(stages.map(|stage| (format!("was({})", quoted(&stage)), String::new())));
    } else if let Some(own) = typed.strip_prefix("x.") {
        let names = known(&FieldRef::Own(Clean::default()), own).into_iter();
        offers.extend(names.map(|name| (format!("x.{name}"), String::new())));
    } else {
        offers.push(("group(".to_owned(), say::group_hint(lang).to_owned()));
        offers.push(("was(".to_owned(), say::was_hint(lang).to_owned()));
        offers.push(("x.".to_owned(), say::own_hint(lang).to_owned()));
    }
    offers
}

fn operators(kind: Kind, lang: Lang) -> Vec<Offer> {
    let hint = |op| match op {
        Op::Is => say::is_hint(lang),
        Op::IsNot => say::is_not_hint(lang),
        Op::Less => say::less_hint(lang),
        Op::AtMost => say::at_most_hint(lang),
        Op::More => say::more_hint(lang),
        Op::AtLeast => say::at_least_hint(lang),
        Op::Contains => say::contains_hint(lang),
    };
    let mut taken: Vec<Op> = Op::ALL.into_iter().filter(|op| kind.takes(*op)).collect();
    // What is ordered is seldom compared with one value.
    taken.sort_by_key(|op| !op.is_order());
    taken.into_iter().map(|op| (op.sign().to_owned(), hint(op).to_owned())).collect()
}

fn values(
    field: &FieldRef,
    op: Op,
    typed: &str,
    lang: Lang,
    known: &impl Fn(&FieldRef, &str) -> Vec<String>,
) -> Vec<Offer> {
    let kind = field.kind();
    let typed = typed.trim_start_matches(lex::is_quote);
    let is_equality = matches!(op, Op::Is | Op::IsNot);
    let own: &[&str] = match kind {
        Kind::Choice(words) => words,
        Kind::Bool => &["yes", "no"],
        Kind::Date => &["today", "monday", "-7d", "-30d", "-90d", "+7d", "+30d"],
        Kind::Age if !is_equality => &["7d", "14d", "30d", "90d", "180d", "1y"],
        _ => &[],
    };
    let mut offers: Vec<Offer> = Vec::new();
    offers.extend(starting(typed, own.iter().map(|text| ((*text).to_owned(), String::new()))));
    offers.extend(known(field, typed).iter().map(|text| (quoted(text), String::new())));
    if is_equality {
        let is_person = matches!(kind, Kind::Ref(Referent::Member | Referent::Team));
        let some = matches!(kind, Kind::Date | Kind::Age | Kind::Word | Kind::Ref(_));
        let words = [
            ("me", say::me_hint(lang), is_person),
            ("none", say::none_hint(lang), true),
            ("yes", say::some_hint(lang), some),
        ];
        let fitting = words.into_iter().filter(|(.., fits)| *fits);
        offers.extend(starting(typed, fitting.map(|(text, hint, _)| (text.to_owned(), hint.to_owned()))));
    }
    offers
}

fn fits(row: &Row, typed: &str) -> bool {
    row.names().any(|name| begins(name, typed))
}

/// The name and what it says: of the Chinese names that which is being typed, where Chinese is read also the first.
fn named(row: &Row, typed: &str, lang: Lang) -> Offer {
    let in_latin = typed.starts_with(|c: char| c.is_ascii());
    let fitting = row.zh_names.iter().find(|name| begins(name, typed));
    let wanted = !in_latin && (lang == Lang::Zh || !typed.is_empty());
    let name = fitting.filter(|_| wanted).copied().unwrap_or(row.name);
    (name.to_owned(), row.hint(lang).to_owned())
}

fn starting(typed: &str, offers: impl IntoIterator<Item = Offer>) -> impl Iterator<Item = Offer> {
    offers.into_iter().filter(move |(text, _)| begins(text, typed))
}

fn begins(text: &str, typed: &str) -> bool {
    folded(text).starts_with(&folded(typed))
}

fn quoted(text: &str) -> String {
    Value::Text(Clean::washed(text).0).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Completes at `|`; candidates as text, and the part that they replace.
    fn at(typed: &str, schema: Schema) -> (Vec<String>, String) {
        let cursor = typed.find('|').unwrap();
        let text = typed.replace('|', "");
        let known = |field: &FieldRef, prefix: &str| {
            let all: &[&str] = match (field, field.kind()) {
                (FieldRef::Was(_), _) => &["loyal", "lapsed"],
                (_, Kind::Ref(Referent::Member)) => &["Anna Snelling", "Cecily"],
                (_, Kind::Word) => &["A", "B"],
                (FieldRef::Own(name), _) if name.is_empty() => &["contract", "floor"],
                (FieldRef::Own(_), _) => &["gold"],
                _ => &[],
            };
            all.iter().filter(|v| begins(v, prefix)).map(|v| (*v).to_owned()).collect()
        };
        let found = complete(&text, cursor, schema, Lang::En, known);
        let replaced = found.first().map_or(String::new(), |c| text[c.at.clone()].to_owned());
        (found.into_iter().map(|c| c.text).collect(), replaced)
    }

    #[test]
    fn fields_operators_and_values_by_place() {
        for (typed, replaced, some) in [
            ("ti|", "ti", "tier"),
            ("tier:A own|", "own", "owner"),
            ("not (idl|", "idl", "idle"),
            ("-ta|", "ta", "tag"),
            ("last_c|", "last_c", "last"),
            ("tier |", "", "!="),
            ("idle |", "", ">"),
            ("tier:|", "", "A"),
            ("tier:A,|", "", "B"),
            ("tier:A, |", "", "none"),
            ("owner:an|", "an", "\"Anna Snelling\""),
            ("owner:\"an|", "\"an", "\"Anna Snelling\""),
            ("owner:m|", "m", "me"),
            ("idle > 3|", "3", "30d"),
            ("late:y|", "y", "yes"),
            ("need:q|", "q", "quality"),
            ("created>=t|", "t", "today"),
            ("sp|", "sp", "spend(365d)"),
            ("spend(9|", "spend(9", "spend(90d)"),
            ("spend(365d) |", "", ">="),
            ("spend(365d)>=1 or open(t|", "open(t", "open(tasks)"),
            ("group(sp|", "group(sp", "group(spend(365d))"),
            ("was(l|", "was(l", "was(loyal)"),
            ("x.c|", "x.c", "x.contract"),
            ("x.contract:|", "", "gold"),
            ("an|", "an", "and"),
            ("ti| idle>3d", "ti", "tier"),
            ("acme |", "", "tier"),
        ] {
            let (found, at) = at(typed, Schema::Customer);
            assert!(found.iter().any(|text| text == some), "{typed}: {found:?}");
            assert_eq!(at, replaced, "{typed}");
        }
    }

    #[test]
    fn where_chinese_is_read_fields_are_offered_in_chinese() {
        let first = |typed: &str, lang| {
            complete(typed, typed.len(), Schema::Customer, lang, |_, _| Vec::new()).swap_remove(0).text
        };
        for (typed, lang, offered) in [
            ("负", Lang::Zh, "负责人"),
            ("负", Lang::En, "负责人"),
            ("生命", Lang::Zh, "生命周期阶段"),
            ("", Lang::Zh, "编号"),
            ("", Lang::En, "id"),
            ("ow", Lang::Zh, "owner"),
        ] {
            assert_eq!(first(typed, lang), offered, "{typed}");
        }
    }

    #[test]
    fn other_records_reach_their_customer() {
        let (found, replaced) = at("state:open customer.ti|", Schema::Task);
        assert_eq!((found, replaced.as_str()), (vec!["customer.tier".to_owned()], "customer.ti"));
        assert!(at("cust|", Schema::Task).0.contains(&"customer.".to_owned()));
        assert!(at("customer.spend(3|", Schema::Task).0.contains(&"customer.spend(30d)".to_owned()));
    }

    #[test]
    fn what_is_known_is_asked_for_by_the_name_of_the_field() {
        let asked = |typed: &str, schema| {
            let asked = std::cell::RefCell::new(None);
            complete(typed, typed.len(), schema, Lang::En, |field, typed| {
                asked.replace(Some(values_of(field, typed)));
                Vec::new()
            });
            match asked.into_inner() {
                Some(Query::Values { kind, field, typed }) => format!("{kind:?} {field} {typed}"),
                other => format!("{other:?}"),
            }
        };
        for (typed, schema, question) in [
            ("标签:vi", Schema::Customer, "Customer tag vi"),
            ("customer.tags:vi", Schema::Task, "Customer tag vi"),
            ("assignee:", Schema::Task, "Task assignee "),
            ("x.contract:\"go", Schema::Customer, "Customer x.contract go"),
            ("x.con", Schema::Customer, "Customer  con"),
            ("was(lo", Schema::Customer, "Customer stage lo"),
            ("ti", Schema::Customer, "None"),
        ] {
            assert_eq!(asked(typed, schema), question, "{typed}");
        }
    }

    #[test]
    fn nothing_is_proposed_inside_a_quoted_name() {
        assert!(at("\"Acme |", Schema::Customer).0.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_text_and_any_place_can_be_completed(text in ".{0,40}", cursor in 0_usize..60) {
            complete(&text, cursor, Schema::Task, Lang::Zh, |_, _| Vec::new());
        }
    }
}
