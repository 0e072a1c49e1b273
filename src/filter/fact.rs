//! Figures of a customer, mostly over a window of time: `spend(365d)`, `orders()`, `open(tasks)`, `group(spend())`.

use std::fmt;

use crate::model::Day;
use crate::text::Lang;
use crate::text::span::{Span, Unit};

use super::fields::Kind;

/// A figure: what is measured, since when, and whether over the whole corporate group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fact {
    /// What is measured.
    pub measure: Measure,
    /// How far it reaches back; `None` is all time, and always so where nothing is summed over days.
    pub window: Option<Span>,
    /// `group(...)`: over the whole corporate group instead of the one customer.
    pub group: bool,
}

impl Fact {
    /// The first day that counts: of `365d` the last 365 days, today among them. `None` is all time.
    pub fn since(&self, today: Day) -> Option<Day> {
        let window = self.window?;
        // Lists ask this for every customer; the calendar, which is slower, is only needed for months.
        let before = match window.unit {
            Unit::Month | Unit::Year => Day::from(window.before(today.date())).0,
            Unit::Minute | Unit::Hour | Unit::Day | Unit::Week => today.0 - window.days() as i32,
        };
        Some(Day(before + 1))
    }

    /// Reads a window: sums are kept by the day, so nothing shorter is one.
    pub(super) fn window(text: &str) -> Option<Span> {
        let span: Span = text.parse().ok()?;
        (span.count > 0 && !matches!(span.unit, Unit::Minute | Unit::Hour)).then_some(span)
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (open, close) = if self.group { ("group(", ")") } else { ("", "") };
        let (name, argument) = self.measure.spelled();
        match (argument, &self.window) {
            (Some(argument), _) => write!(f, "{open}{name}({argument}){close}"),
            (None, Some(window)) => write!(f, "{open}{name}({window}){close}"),
            (None, None) => write!(f, "{open}{name}(){close}"),
        }
    }
}

macro_rules! measures {
    ($($measure:ident = $name:literal $($argument:literal)?, $kind:expr, $en:literal, $zh:literal;)+) => {
        /// What a figure measures.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Measure {
            $(#[doc = concat!("`", $name, "(", $($argument,)? ")`: ", $en, ".")] $measure,)+
        }

        impl Measure {
            /// Every measure, in the order of the table.
            pub const ALL: &[Measure] = &[$(Measure::$measure),+];

            /// Its name, and the word that stands between its parentheses where no window does.
            pub fn spelled(self) -> (&'static str, Option<&'static str>) {
                match self {
                    $(Measure::$measure => ($name, measures!(@argument $($argument)?)),)+
                }
            }

            /// The type of its values.
            pub fn kind(self) -> Kind {
                match self {
                    $(Measure::$measure => $kind,)+
                }
            }

            /// One line that says what is measured.
            pub fn hint(self, lang: Lang) -> &'static str {
                match self {
                    $(Measure::$measure => lang.pick($en, $zh),)+
                }
            }
        }
    };
    (@argument) => { None };
    (@argument $argument:literal) => { Some($argument) };
}

measures! {
    Spend = "spend", Kind::Money, "what it spent, in the policy's currency", "成交金额";
    Orders = "orders", Kind::Number, "how often it bought", "成交次数";
    Contacts = "contacts", Kind::Number, "how many real contacts there were", "有效联系次数";
    ContactsIn = "contacts_in", Kind::Number, "how many of them came from the customer", "客户主动联系次数";
    Cases = "cases", Kind::Number, "how many cases it had", "工单数";
    Complaints = "complaints", Kind::Number, "how many of them were complaints", "投诉数";
    Csat = "csat", Kind::Number, "its mean satisfaction", "平均满意度";
    Points = "points", Kind::Number, "its points", "积分";
    OpenTasks = "open" "tasks", Kind::Number, "how many tasks are open", "未完成任务数";
    OpenDeals = "open" "deals", Kind::Number, "how many deals are open", "进行中商机数";
    OpenCases = "open" "cases", Kind::Number, "how many cases are open", "未关闭工单数";
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn a_window_ends_today_and_has_so_many_days() {
        let today = Day::from("2026-03-31".parse::<NaiveDate>().unwrap());
        let since = |window: &str| {
            let fact = Fact { measure: Measure::Spend, window: Fact::window(window), group: false };
            fact.since(today).map(|day| day.date().to_string())
        };
        assert_eq!(since("1d").as_deref(), Some("2026-03-31"));
        assert_eq!(since("31d").as_deref(), Some("2026-03-01"));
        assert_eq!(since("1m").as_deref(), Some("2026-03-01"));
        assert_eq!(since("1w").as_deref(), Some("2026-03-25"));
        assert_eq!(since("0d"), None, "no window at all");
    }
}
