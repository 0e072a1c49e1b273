//! What acts are told in the palette: what may be written, and how it is understood.

use std::ops::Range;

use chrono_tz::Tz;

use crate::filter::{self, Candidate, CustomerField, Field, FieldRef, Schema};
use crate::keys::Argument;
use crate::model::called::called;
use crate::model::query::PolicyName;
use crate::model::sort::Sort;
use crate::model::{Instant, Kind, Refusal, Shape};
use crate::text::date::{self, When};
use crate::text::say::model::absent;
use crate::text::say::{trial, tui as say};
use crate::text::{Clean, Lang, says_none};
use crate::tui::book::Book;
use crate::tui::fuzzy::fitting;
use crate::tui::known;
use crate::tui::look::Look;
use crate::tui::panes::columns::Column;
use crate::tui::panes::customers;
use crate::tui::sheets::{copy, forms::change, path, work};
use crate::tui::theme::Palette;

/// What stands between several values, and between a field and its value.
const COMMAS: [char; 2] = [',', '，'];
const EQUALS: [char; 2] = ['=', '＝'];

/// How a text is understood, where that is worth saying.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) enum Meant {
    /// A moment that has been.
    Moment(Instant),
    /// A date.
    Date(When),
}

impl Meant {
    pub(super) fn say(&self, look: &Look) -> String {
        match self {
            Meant::Moment(at) => at.say_aloud(look.lang, look.zone),
            Meant::Date(when) => date::echo(look.lang, *when),
        }
    }
}

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tui) struct Fault {
    pub(super) at: Range<usize>,
    why: Why,
}

#[derive(Clone, Debug, PartialEq)]
enum Why {
    /// Nothing is there, or nothing of that name.
    Unknown(Argument),
    /// There is no such order.
    NoOrder(Clean),
    /// It is no date.
    Unread,
    /// It has not been yet.
    ToCome,
    /// It is none of those that there are.
    Refused(Box<Refusal>),
    /// There is no such file.
    NoFile,
    /// It is a folder.
    Folder,
    /// It is no filter.
    Filter(Box<filter::FilterError>),
}

impl Fault {
    pub(super) fn say(&self, look: &Look) -> String {
        let lang = look.lang;
        match &self.why {
            Why::Refused(refusal) => look.refusal(refusal),
            Why::Unknown(argument) => say::it_takes(lang, argument.expects(lang)),
            Why::NoOrder(typed) => look.refusal(&Sort::refuse(typed.clone(), lang)),
            Why::Unread => say::as_of_unread(lang).to_owned(),
            Why::ToCome => say::as_of_to_come(lang).to_owned(),
            Why::NoFile => trial::no_file(lang).to_owned(),
            Why::Folder => trial::is_folder(lang).to_owned(),
            Why::Filter(error) => error.say(lang),
        }
    }

    /// Whether one may just not have finished.
    pub(super) fn may_go_on(&self, text: &str) -> bool {
        matches!(self.why, Why::Filter(_)) && self.at.end >= text.len()
    }
}

/// Whether there is a list of what may be written, and nothing else may.
pub(super) fn is_one_of(argument: Argument) -> bool {
    matches!(
        argument,
        Argument::View
            | Argument::Order
            | Argument::Member
            | Argument::Part
            | Argument::Playbook
            | Argument::Run
            | Argument::Theme
            | Argument::Language
    )
}

/// Whether anything is offered at all.
pub(super) fn has_offers(argument: Argument) -> bool {
    let others = [
        Argument::Filter,
        Argument::Tag,
        Argument::Tier,
        Argument::Change,
        Argument::Columns,
        Argument::PolicyFile,
        Argument::RunAndWhy,
        Argument::RunMayWhy,
        Argument::Occasion,
    ];
    is_one_of(argument) || others.contains(&argument)
}

/// What may be written at a place of a text.
pub(super) fn offers(
    argument: Argument,
    text: &str,
    caret: usize,
    book: &Book,
    lang: Lang,
) -> Vec<Candidate> {
    if argument == Argument::Filter {
        let known = |field: &FieldRef, typed: &str| known::values(book, field, typed);
        let mut offers = filter::complete(text, caret, Schema::Customer, lang, known);
        offers.retain(|offer| text.get(offer.at.clone()) != Some(&offer.text));
        return offers;
    }
    if argument == Argument::PolicyFile {
        return path::offers(text);
    }
    if let Some(offers) = work::offers(argument, text, book, lang) {
        return offers;
    }
    let start = match argument {
        Argument::Tag | Argument::Columns => text.rfind(COMMAS).map_or(0, |at| behind(text, at)),
        Argument::Change => text.find(EQUALS).map_or(0, |at| behind(text, at)),
        _ => 0,
    };
    let begun = text[start..].len() - text[start..].trim_start().len();
    let at = start + begun..text.len();
    let typed = text[at.clone()].trim_end();
    if argument == Argument::Tier && !typed.is_empty() && text.trim_start().contains(char::is_whitespace) {
        // Behind the tier stands why.
        return Vec::new();
    }
    let values = match argument {
        Argument::Change if start > 0 => values_of(&text[..start], book),
        _ => values(argument, typed, book, lang),
    };
    // Letters are found behind a minus too; whoever types one means it.
    let is_meant =
        |name: &&str| argument != Argument::Order || name.starts_with('-') == typed.starts_with('-');
    let names = values.iter().map(String::as_str).filter(is_meant);
    let is_whole = |name: &&str| {
        let is_same = || Clean::washed(name).0.folded() == Clean::washed(typed).0.folded();
        !typed.is_empty() && (is_same() || says_none(name) && says_none(typed))
    };
    let whole = values.iter().map(String::as_str).find(is_whole);
    let found = whole.map_or_else(|| fitting(names, typed, |name| sought(name, book)), |name| vec![name]);
    let offer = |name: &str| Candidate {
        text: name.to_owned(),
        hint: hint(argument, name, book, lang),
        at: at.clone(),
    };
    found.into_iter().map(offer).collect()
}

/// What a name that is offered is found by: an id that stands for one of several namesakes, by their name.
fn sought<'a>(name: &'a str, book: &'a Book) -> &'a str {
    book.namesake(name).map_or(name, |named| named.name.as_str())
}

/// The place behind the sign at this one.
fn behind(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// What stands beside a name that is offered: what people call it, where that is another.
fn hint(argument: Argument, name: &str, book: &Book, lang: Lang) -> String {
    if let Some(named) = book.namesake(name) {
        return book.with_team(named.name.line(), named.id);
    }
    match argument {
        Argument::Tier => {
            let tier = tiers(book).iter().find(|tier| tier.id.as_str() == name);
            tier.map_or_else(String::new, |tier| lang.pick(&tier.en, &tier.zh).line())
        }
        Argument::Change => {
            let label = name.strip_suffix('=').and_then(called);
            label
                .map(|label| label(lang))
                .filter(|label| !name.starts_with(label))
                .unwrap_or_default()
                .to_owned()
        }
        Argument::Columns => {
            let head = Column::called(name).map(|column| column.head(lang)).filter(|head| *head != name);
            head.unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

fn tiers(book: &Book) -> &[PolicyName] {
    book.session.as_ref().map_or(&[], |session| &session.tiers)
}

/// What is known of the values of a field, whose name stands before the sign.
fn values_of(field: &str, book: &Book) -> Vec<String> {
    let Ok(Some(info)) = change::named(field.trim_end_matches(EQUALS).trim()) else { return Vec::new() };
    let held = |field| known::values(book, &FieldRef::Field(Field::Customer(field)), "");
    let called = |kind| book.written(kind).collect();
    match (info.name, info.shape) {
        ("region", _) => held(CustomerField::Region),
        ("industry", _) => held(CustomerField::Industry),
        ("tags", _) => held(CustomerField::Tag),
        (_, Shape::Ref(kind @ (Kind::Member | Kind::Team))) => called(kind),
        (_, Shape::Word(words)) => (words.all)().into_iter().map(str::to_owned).collect(),
        (_, Shape::Flag) => ["yes", "no"].map(str::to_owned).into(),
        _ => Vec::new(),
    }
}

/// The names that are known.
fn values(argument: Argument, typed: &str, book: &Book, lang: Lang) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match argument {
        Argument::View => book.views.iter().map(|(_, view)| view.name.line()).collect(),
        Argument::Order => {
            // The names of the other language are there for whoever types one.
            let begun = |name: &String| !typed.is_empty() && name.starts_with(typed);
            let others = customers::orders(lang.pick(Lang::Zh, Lang::En)).filter(begun);
            customers::orders(lang).chain(others).collect()
        }
        Argument::Member => book.written(Kind::Member).chain([absent(lang).to_owned()]).collect(),
        Argument::Part => copy::parts(lang).collect(),
        Argument::Tier => tiers(book).iter().map(|tier| tier.id.line()).collect(),
        Argument::Change => change::settable().map(|info| format!("{}=", info.name)).collect(),
        Argument::Columns => Column::ALL.into_iter().map(|column| column.name().to_owned()).collect(),
        Argument::Tag => known::values(book, &FieldRef::Field(Field::Customer(CustomerField::Tag)), ""),
        Argument::Theme => Palette::ALL.into_iter().map(|palette| palette.name().to_owned()).collect(),
        Argument::Language => words(&["en", "zh"]),
        _ => Vec::new(),
    }
}

/// How a text is understood. `now` is the store's clock.
pub(in crate::tui) fn read(
    argument: Argument,
    text: &str,
    book: &Book,
    now: Instant,
) -> Result<Option<Meant>, Fault> {
    let typed = text.trim();
    let begun = text.len() - text.trim_start().len();
    let fault = |why| Err(Fault { at: begun..begun + typed.len(), why });
    if typed.is_empty() {
        return fault(Why::Unknown(argument));
    }
    match argument {
        Argument::Filter => match filter::parse(text, Schema::Customer) {
            Ok(_) => Ok(None),
            Err(error) => Err(Fault { at: error.at.clone(), why: Why::Filter(Box::new(error)) }),
        },
        Argument::PastDay => match past_day(typed, now, book.zone()) {
            Ok(at) => Ok(Some(Meant::Moment(at))),
            Err(why) => fault(why),
        },
        Argument::Day => match date::parse(typed, now.local(book.zone())) {
            Ok(when) => Ok(Some(Meant::Date(when))),
            Err(_) => fault(Why::Unread),
        },
        Argument::NextStep => match date::split_step(typed, now.local(book.zone())) {
            Some((when, _)) => Ok(Some(Meant::Date(when))),
            None => fault(Why::Unknown(argument)),
        },
        Argument::Tier => {
            let tier = typed.split_whitespace().next().unwrap_or_default();
            let ids: Vec<Clean> = tiers(book).iter().map(|tier| tier.id.clone()).collect();
            if ids.is_empty() || tier_called(book, tier).is_some() {
                return Ok(None);
            }
            let why = Refusal::NoTier(Clean::washed(tier).0, ids);
            Err(Fault { at: begun..begun + tier.len(), why: Why::Refused(Box::new(why)) })
        }
        Argument::Change => {
            let (field, _) = typed.split_once(EQUALS).unwrap_or((typed, ""));
            let at = begun..begun + field.trim_end().len();
            match change::named(field.trim_end()) {
                Err(refusal) => Err(Fault { at, why: Why::Refused(Box::new(refusal)) }),
                Ok(_) if !typed.contains(EQUALS) => fault(Why::Unknown(argument)),
                Ok(_) => Ok(None),
            }
        }
        Argument::Columns => {
            let mut end = begun;
            for part in typed.split_inclusive(COMMAS) {
                let (start, name) =
                    (end + part.len() - part.trim_start().len(), part.trim_end_matches(COMMAS).trim());
                end += part.len();
                if !name.is_empty() && Column::called(name).is_none() {
                    return Err(Fault { at: start..start + name.len(), why: Why::Unknown(argument) });
                }
            }
            Ok(None)
        }
        Argument::PolicyFile => match std::fs::metadata(typed) {
            Ok(found) if found.is_dir() => fault(Why::Folder),
            Ok(_) => Ok(None),
            Err(_) => fault(Why::NoFile),
        },
        Argument::Playbook
        | Argument::Run
        | Argument::RunAndWhy
        | Argument::RunMayWhy
        | Argument::Occasion
        | Argument::Absence => {
            if work::is_whole(argument, typed, book) {
                Ok(None)
            } else {
                fault(Why::Unknown(argument))
            }
        }
        // The server knows more names and the ids.
        Argument::Member => Ok(None),
        Argument::Order if Sort::parse(typed).is_some() => Ok(None),
        Argument::Part if copy::part(typed).is_some() => Ok(None),
        Argument::Order => fault(Why::NoOrder(Clean::washed(typed).0)),
        _ if is_one_of(argument) => {
            let is_known =
                values(argument, "", book, Lang::En).iter().any(|value| value.eq_ignore_ascii_case(typed));
            if is_known { Ok(None) } else { fault(Why::Unknown(argument)) }
        }
        _ => Ok(None),
    }
}

/// The tier of an id, however it is written.
pub(in crate::tui) fn tier_called(book: &Book, id: &str) -> Option<Clean> {
    let tier = tiers(book).iter().find(|tier| tier.id.as_str().eq_ignore_ascii_case(id));
    tier.map(|tier| tier.id.clone())
}

/// The columns of a line, in its order.
pub(in crate::tui) fn columns(text: &str) -> Vec<Column> {
    text.split(COMMAS).filter_map(|name| Column::called(name.trim())).collect()
}

/// The moment that is meant: the end of a day before today, or a time that has been.
fn past_day(typed: &str, now: Instant, zone: Tz) -> Result<Instant, Why> {
    let when = date::parse_past(typed, now.local(zone)).map_err(|_| Why::Unread)?;
    let at = match when.time {
        Some(time) => Instant::at(when.date.and_time(time), zone),
        None => Instant::end_of(when.date, zone),
    };
    let is_past = if when.time.is_some() { at <= now } else { at.day(zone) < now.day(zone) };
    if is_past { Ok(at) } else { Err(Why::ToCome) }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;

    use super::*;

    #[test]
    fn only_what_has_been_can_be_gone_back_to() {
        let now = Instant(1_795_501_920_000); // 24 November 2026, 14:32
        let said = |typed| past_day(typed, now, Shanghai).map(|at| at.say(Shanghai));
        assert_eq!(said("2026-06-01"), Ok("2026-06-01".to_owned()));
        assert_eq!(said("昨天"), Ok("2026-11-23".to_owned()));
        assert_eq!(said("last month"), Ok("2026-10-31".to_owned()));
        assert_eq!(said("fri"), Ok("2026-11-20".to_owned()));
        assert_eq!(said("today 9:00"), Ok("2026-11-24 09:00".to_owned()));
        assert_eq!([said("today"), said("+1d"), said("today 15:00")], [const { Err(Why::ToCome) }; 3]);
        assert_eq!([said(""), said("someday")], [const { Err(Why::Unread) }; 2]);
    }

    #[test]
    fn what_is_offered_stands_where_it_is_written() {
        let book = Book::default();
        let offered = |argument, text: &str| {
            let offers = offers(argument, text, text.len(), &book, Lang::En);
            offers.into_iter().map(|offer| (offer.text, offer.at)).collect::<Vec<_>>()
        };
        assert_eq!(offered(Argument::Theme, " ni"), [("night".to_owned(), 1..3)]);
        assert_eq!(offered(Argument::Language, "zh"), [("zh".to_owned(), 0..2)]);
        assert_eq!(offered(Argument::Theme, "xyz"), []);
        assert_eq!(offered(Argument::Order, "-sp"), [("-spend".to_owned(), 0..3)]);
        assert_eq!(
            offered(Argument::Order, "-成交额"),
            [("-成交额".to_owned(), 0..10)],
            "in either language"
        );
        assert_eq!(offered(Argument::Member, "no"), [("none".to_owned(), 0..2)]);
        assert_eq!(offered(Argument::Change, "regi"), [("region=".to_owned(), 0..4)]);
        assert_eq!(offered(Argument::Change, "need=pri"), [("price".to_owned(), 5..8)]);
        assert_eq!(offered(Argument::Change, "dnc＝y"), [("yes".to_owned(), 6..7)]);
        assert_eq!(offered(Argument::Columns, "due，reg"), [("region".to_owned(), 6..9)]);
        assert_eq!(offered(Argument::Filter, "tie"), [("tier".to_owned(), 0..3)]);
    }

    #[test]
    fn a_fault_has_its_place() {
        let read = |argument, text| read(argument, text, &Book::default(), Instant(1_795_501_920_000));
        assert_eq!(read(Argument::Theme, " pink ").unwrap_err().at, 1..5);
        assert_eq!(read(Argument::Filter, "tier:A owner<3").unwrap_err().at, 12..13);
        assert_eq!(read(Argument::Change, " regoin=East").unwrap_err().at, 1..7);
        assert!(read(Argument::Change, "region").is_err() && read(Argument::Change, "region=").is_ok());
        assert_eq!(read(Argument::Columns, "due, pink,").unwrap_err().at, 5..9);
        assert_eq!(read(Argument::Columns, "due，Region"), Ok(None));
        assert!(read(Argument::Day, "someday").is_err() && read(Argument::Words, " ").is_err());
        assert_eq!(read(Argument::Tag, "vip"), Ok(None));
        assert_eq!(read(Argument::Order, "-成交额"), Ok(None));
        assert_eq!([read(Argument::Part, "电话"), read(Argument::Part, "Phone")], [Ok(None), Ok(None)]);
        assert!(read(Argument::Order, "nmae").is_err() && read(Argument::Order, "-due").is_err());
    }
}
