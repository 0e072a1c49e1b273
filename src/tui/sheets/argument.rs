//! What acts are told in the palette: what may be written, and how it is understood.

use std::ops::Range;

use chrono_tz::Tz;

use crate::filter::{self, Candidate, CustomerField, Field, FieldRef, Schema};
use crate::keys::Argument;
use crate::model::{Instant, Kind};
use crate::text::date::{self, When};
use crate::text::say::tui as say;
use crate::text::{Clean, Lang};
use crate::tui::book::Book;
use crate::tui::fuzzy::fitting;
use crate::tui::known;
use crate::tui::look::Look;
use crate::tui::panes::customers;
use crate::tui::theme::Palette;

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
    /// It is no date.
    Unread,
    /// It has not been yet.
    ToCome,
    /// It is no filter.
    Filter(Box<filter::FilterError>),
}

impl Fault {
    pub(super) fn say(&self, lang: Lang) -> String {
        match &self.why {
            Why::Unknown(argument) => say::it_takes(lang, argument.expects(lang)),
            Why::Unread => say::as_of_unread(lang).to_owned(),
            Why::ToCome => say::as_of_to_come(lang).to_owned(),
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
        Argument::View | Argument::Order | Argument::Member | Argument::Theme | Argument::Language
    )
}

/// Whether anything is offered at all.
pub(super) fn has_offers(argument: Argument) -> bool {
    is_one_of(argument) || matches!(argument, Argument::Filter | Argument::Tag)
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
    let start = match argument {
        Argument::Tag => text.rfind([',', '，']).map_or(0, |at| at + 1),
        _ => 0,
    };
    let begun = text[start..].len() - text[start..].trim_start().len();
    let at = start + begun..text.len();
    let typed = text[at.clone()].trim_end();
    let values = values(argument, book);
    // Letters are found behind a minus too; whoever types one means it.
    let is_meant =
        |name: &&str| argument != Argument::Order || name.starts_with('-') == typed.starts_with('-');
    let names = values.iter().map(String::as_str).filter(is_meant);
    let is_whole =
        |name: &&str| !typed.is_empty() && Clean::washed(name).0.folded() == Clean::washed(typed).0.folded();
    let whole = values.iter().map(String::as_str).find(is_whole);
    let found = whole.map_or_else(|| fitting(names, typed, |name| name), |name| vec![name]);
    let offer = |name: &str| Candidate { text: name.to_owned(), hint: String::new(), at: at.clone() };
    found.into_iter().map(offer).collect()
}

/// The names that are known.
fn values(argument: Argument, book: &Book) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match argument {
        Argument::View => book.views.iter().map(|(_, view)| view.name.line()).collect(),
        Argument::Order => customers::orders(),
        Argument::Member => {
            let called = book.names.get(&Kind::Member).into_iter().flatten();
            called.map(Clean::line).chain(["none".to_owned()]).collect()
        }
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
        // The server knows more names and the ids.
        Argument::Member => Ok(None),
        _ if is_one_of(argument) => {
            let is_known = values(argument, book).iter().any(|value| value.eq_ignore_ascii_case(typed));
            if is_known { Ok(None) } else { fault(Why::Unknown(argument)) }
        }
        _ => Ok(None),
    }
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
        assert_eq!(offered(Argument::Member, "no"), [("none".to_owned(), 0..2)]);
        assert_eq!(offered(Argument::Filter, "tie"), [("tier".to_owned(), 0..3)]);
    }

    #[test]
    fn a_fault_has_its_place() {
        let read = |argument, text| read(argument, text, &Book::default(), Instant(1_795_501_920_000));
        assert_eq!(read(Argument::Theme, " pink ").unwrap_err().at, 1..5);
        assert_eq!(read(Argument::Filter, "tier:A owner<3").unwrap_err().at, 12..13);
        assert!(read(Argument::Day, "someday").is_err() && read(Argument::Words, " ").is_err());
        assert_eq!(read(Argument::Tag, "vip"), Ok(None));
    }
}
