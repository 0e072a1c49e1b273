//! The words of dates. All are lower case; a blank stands for any number of blanks.

use chrono::Weekday;

use super::spoken::{Day, DayOfMonth, Part};
use crate::text::span::Unit;

pub(super) const WEEKDAYS: &[(&str, Weekday)] = &[
    ("mon", Weekday::Mon),
    ("monday", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("tues", Weekday::Tue),
    ("tuesday", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("wednesday", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("thur", Weekday::Thu),
    ("thurs", Weekday::Thu),
    ("thursday", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("friday", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("saturday", Weekday::Sat),
    ("sun", Weekday::Sun),
    ("sunday", Weekday::Sun),
];

pub(super) const WEEK: &[&str] = &["周", "星期", "礼拜"];

pub(super) const DAYS_OF_THE_WEEK: &[(&str, Weekday)] = &[
    ("一", Weekday::Mon),
    ("二", Weekday::Tue),
    ("三", Weekday::Wed),
    ("四", Weekday::Thu),
    ("五", Weekday::Fri),
    ("六", Weekday::Sat),
    ("日", Weekday::Sun),
    ("天", Weekday::Sun),
];

pub(super) const MONTHS: &[(&str, u32)] = &[
    ("jan", 1),
    ("january", 1),
    ("feb", 2),
    ("february", 2),
    ("mar", 3),
    ("march", 3),
    ("apr", 4),
    ("april", 4),
    ("may", 5),
    ("jun", 6),
    ("june", 6),
    ("jul", 7),
    ("july", 7),
    ("aug", 8),
    ("august", 8),
    ("sep", 9),
    ("sept", 9),
    ("september", 9),
    ("oct", 10),
    ("october", 10),
    ("nov", 11),
    ("november", 11),
    ("dec", 12),
    ("december", 12),
];

pub(super) const NEAR_DAYS: &[(&str, i64)] = &[
    ("the day before yesterday", -2),
    ("day before yesterday", -2),
    ("yesterday", -1),
    ("today", 0),
    ("end of day", 0),
    ("eod", 0),
    ("tomorrow", 1),
    ("tmrw", 1),
    ("tmr", 1),
    ("tmw", 1),
    ("the day after tomorrow", 2),
    ("day after tomorrow", 2),
    ("大前天", -3),
    ("前天", -2),
    ("昨天", -1),
    ("昨日", -1),
    ("今天", 0),
    ("今日", 0),
    ("明天", 1),
    ("明日", 1),
    ("后天", 2),
    ("大后天", 3),
];

/// Days that are only named together with a part of them.
pub(super) const NEAR_PARTS: &[(&str, (i64, Part))] = &[
    ("this morning", (0, Part::Morning)),
    ("this afternoon", (0, Part::Afternoon)),
    ("this evening", (0, Part::Evening)),
    ("tonight", (0, Part::Evening)),
    ("昨晚", (-1, Part::Evening)),
    ("今早", (0, Part::Morning)),
    ("今晚", (0, Part::Evening)),
    ("明早", (1, Part::Morning)),
    ("明晚", (1, Part::Evening)),
];

/// Parts of a day that may also begin a date, meaning today's.
pub(super) const PARTS: &[(&str, Part)] = &[
    ("noon", Part::Noon),
    ("凌晨", Part::Dawn),
    ("清晨", Part::Morning),
    ("早晨", Part::Morning),
    ("早上", Part::Morning),
    ("上午", Part::Morning),
    ("中午", Part::Noon),
    ("正午", Part::Noon),
    ("下午", Part::Afternoon),
    ("傍晚", Part::Evening),
    ("晚上", Part::Evening),
];

/// Parts of a day that stand only behind it: "morning meeting" is no date.
pub(super) const PARTS_BEHIND: &[(&str, Part)] =
    &[("morning", Part::Morning), ("afternoon", Part::Afternoon), ("evening", Part::Evening)];

pub(super) const HALVES: &[(&str, Part)] =
    &[("am", Part::Am), ("a.m.", Part::Am), ("pm", Part::Pm), ("p.m.", Part::Pm)];

pub(super) const WEEKS_OF_A_DAY: &[(&str, i64)] = &[
    ("last", -1),
    ("this", 0),
    ("next", 1),
    ("上上", -2),
    ("上", -1),
    ("上个", -1),
    ("本", 0),
    ("这", 0),
    ("这个", 0),
    ("下", 1),
    ("下个", 1),
    ("下下", 2),
    ("下下个", 2),
];

pub(super) const MONTHS_AHEAD: &[(&str, i32)] =
    &[("本月", 0), ("这个月", 0), ("当月", 0), ("下月", 1), ("下个月", 1), ("下下个月", 2)];

pub(super) const PERIOD_ENDS: &[(&str, Day)] = &[
    ("end of week", Day::UpTo(Weekday::Fri)),
    ("end of the week", Day::UpTo(Weekday::Fri)),
    ("end of this week", Day::UpTo(Weekday::Fri)),
    ("eow", Day::UpTo(Weekday::Fri)),
    ("weekend", Day::UpTo(Weekday::Sat)),
    ("the weekend", Day::UpTo(Weekday::Sat)),
    ("this weekend", Day::UpTo(Weekday::Sat)),
    ("周末", Day::UpTo(Weekday::Sat)),
    ("本周末", Day::UpTo(Weekday::Sat)),
    ("这周末", Day::UpTo(Weekday::Sat)),
    ("end of next week", Day::OfWeek(1, Weekday::Fri)),
    ("next weekend", Day::OfWeek(1, Weekday::Sat)),
    ("下周末", Day::OfWeek(1, Weekday::Sat)),
    ("week after next", Day::OfWeek(2, Weekday::Mon)),
    ("the week after next", Day::OfWeek(2, Weekday::Mon)),
    ("end of month", Day::OfMonth(0, DayOfMonth::Last)),
    ("end of the month", Day::OfMonth(0, DayOfMonth::Last)),
    ("end of this month", Day::OfMonth(0, DayOfMonth::Last)),
    ("eom", Day::OfMonth(0, DayOfMonth::Last)),
    ("end of next month", Day::OfMonth(1, DayOfMonth::Last)),
    ("end of quarter", Day::QuarterEnd),
    ("end of the quarter", Day::QuarterEnd),
    ("end of this quarter", Day::QuarterEnd),
    ("eoq", Day::QuarterEnd),
    ("end of year", Day::YearEnd(0)),
    ("end of the year", Day::YearEnd(0)),
    ("eoy", Day::YearEnd(0)),
    ("月底", Day::OfMonth(0, DayOfMonth::Last)),
    ("月末", Day::OfMonth(0, DayOfMonth::Last)),
    ("季末", Day::QuarterEnd),
    ("季度末", Day::QuarterEnd),
    ("本季度末", Day::QuarterEnd),
    ("年底", Day::YearEnd(0)),
    ("年末", Day::YearEnd(0)),
    ("next month", Day::OfMonth(1, DayOfMonth::Day(1))),
];

/// Months that are over, read only where one looks back: "> last month" compares, and plans nothing.
pub(super) const MONTHS_BACK: &[(&str, i32)] = &[("上上个月", -2), ("上个月", -1), ("上月", -1)];

/// Months and years that are over, by their last day; read as [`MONTHS_BACK`] are.
pub(super) const PERIODS_BACK: &[(&str, Day)] = &[
    ("last month", Day::OfMonth(-1, DayOfMonth::Last)),
    ("end of last month", Day::OfMonth(-1, DayOfMonth::Last)),
    ("last year", Day::YearEnd(-1)),
    ("end of last year", Day::YearEnd(-1)),
    ("去年", Day::YearEnd(-1)),
    ("去年底", Day::YearEnd(-1)),
];

pub(super) const UNIT_CODES: &[(&str, Unit)] = &[
    ("min", Unit::Minute),
    ("h", Unit::Hour),
    ("d", Unit::Day),
    ("w", Unit::Week),
    ("m", Unit::Month),
    ("y", Unit::Year),
];

pub(super) const UNIT_WORDS: &[(&str, Unit)] = &[
    ("minute", Unit::Minute),
    ("minutes", Unit::Minute),
    ("mins", Unit::Minute),
    ("hour", Unit::Hour),
    ("hours", Unit::Hour),
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("year", Unit::Year),
    ("years", Unit::Year),
    ("分钟", Unit::Minute),
    ("小时", Unit::Hour),
    ("个小时", Unit::Hour),
    ("天", Unit::Day),
    ("日", Unit::Day),
    ("周", Unit::Week),
    ("个星期", Unit::Week),
    ("星期", Unit::Week),
    ("个月", Unit::Month),
    ("年", Unit::Year),
];

/// Numbers in words, before a unit.
pub(super) const COUNTS: &[(&str, u32)] = &[
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("a couple of", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
];

pub(super) const HALF: &[&str] = &["半", "half a ", "half an "];

/// Half a unit is so many of the next smaller one.
pub(super) const HALF_UNITS: &[(&str, (u32, Unit))] = &[
    ("hour", (30, Unit::Minute)),
    ("year", (6, Unit::Month)),
    ("小时", (30, Unit::Minute)),
    ("个小时", (30, Unit::Minute)),
    ("年", (6, Unit::Month)),
];

pub(super) const LATER: &[&str] = &["后", "以后", "之后", "later", "from now"];
pub(super) const EARLIER: &[&str] = &["前", "以前", "之前", "ago"];
