//! What is wrong with a policy, and where.

use std::ops::Range;
use std::str::EscapeDebug;

use chrono::NaiveDate;

use super::calendar::WeekFault;
use super::ground::{Asked, Ground};
use crate::filter::FilterError;
use crate::text::days::BadDays;
use crate::text::say::rules as say;
use crate::text::{Clean, Currency, Lang, Span};

/// What is wrong with a policy, and where: line and column from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not TOML, in the parser's words.
    Toml(String),
    /// Another type of value.
    Expected(Expected),
    /// A key that must be there.
    Missing(&'static str),
    /// A key that means nothing here.
    UnknownKey {
        /// As written.
        name: Clean,
        /// What was probably meant.
        near: Option<String>,
        /// All that there are.
        known: Vec<String>,
    },
    /// A word that means nothing here.
    UnknownWord {
        /// As written.
        name: Clean,
        /// What was probably meant.
        near: Option<String>,
        /// All that there are.
        known: Vec<String>,
    },
    /// An id that is not defined.
    Undefined {
        /// As written.
        id: Clean,
        /// What was probably meant.
        near: Option<String>,
        /// All that there are.
        known: Vec<String>,
    },
    /// A later `schema` than this program knows.
    Schema(u32),
    /// No such time zone.
    Zone(String),
    /// No such currency.
    Currency(String),
    /// A duration that is none.
    Span(String),
    /// A duration of nothing.
    NoTime(String),
    /// A duration of more than a century.
    LongSpan(String),
    /// A greeting that comes into the queue a year before its day, or more.
    AheadOfYear,
    /// A filter that does not read.
    Filter(FilterError),
    /// An id that stands twice.
    Twice(String),
    /// An id that another section of this name has.
    SameId(&'static str, String),
    /// A condition to keep a tier that keeps nobody who does not enter. A warning.
    KeepAddsNothing,
    /// A character that may not stand in an id or a name, or nothing at all.
    Unclean(String),
    /// An id of other signs than letters, digits, `-` and `_`.
    Id(String),
    /// The last tier takes everybody: it has no `enter`; all others have one.
    Enter(String),
    /// A tier that is kept, and never entered.
    KeepWithoutEnter(String),
    /// There must be at least one tier.
    NoTier,
    /// A stage's rule names a tier: stages come first.
    StageNamesTier,
    /// A tier's rule asks for the tier.
    TierNamesTier,
    /// Everybody whom the tier would take is in this higher one before: they are in the wrong order.
    Shadowed(Clean),
    /// A team that this pool shares already: team, pool.
    TeamOfTwoPools(Clean, Clean),
    /// Another pool that is for all teams.
    TwoPoolsForAll(Clean),
    /// A rule that can never hold. A warning.
    NeverHolds,
    /// A file of more than so many bytes.
    TooLong(usize),
    /// Hours of a week that do not read, and the word that is wrong.
    Week(WeekFault, String),
    /// An entry of a list of days that does not read.
    Days(BadDays, String),
    /// A day that is a holiday and a make-up workday.
    FreeAndWorked(NaiveDate),
    /// The file of days that is named here stands somewhere else: whoever sends the policy takes it in.
    DaysElsewhere(String),
    /// Weeks, months and years of working time.
    NotWorkingTime,
    /// A playbook without a step.
    NoStep,
    /// Steps that wait for each other, from one to itself.
    Circle(Vec<String>),
    /// A share that is none.
    Share(String),
    /// What a later gx can do.
    NotYet(&'static str),
    /// An id that means something else already.
    Reserved(Clean),
    /// No day on which an occasion could come.
    Occasion(String),
    /// A field that holds no day: its occasion never comes. A warning.
    NoDay(Clean),
    /// It is for a book with another zone.
    OtherZone {
        /// The book's.
        ours: Clean,
        /// The policy's.
        theirs: Clean,
    },
    /// It is for a book with another currency.
    OtherCurrency {
        /// The book's.
        ours: Clean,
        /// The policy's.
        theirs: Currency,
    },
    /// A duty that nobody in the book has. A warning.
    NobodyOnDuty {
        /// The duty.
        duty: Clean,
        /// What was probably meant.
        near: Option<String>,
    },
    /// A skill that nobody in the book has. A warning.
    NobodySkilled {
        /// The skill.
        skill: Clean,
        /// What was probably meant.
        near: Option<String>,
    },
    /// A step that is warned of before its clock starts: how long before its end, and how long it has. A warning.
    WarnedTooEarly(Span, Span),
}

/// A type of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// `"text"`
    Text,
    /// A whole number from 1 on.
    Count,
    /// `true` or `false`.
    Flag,
    /// `{ key = value }` or `[section]`.
    Table,
    /// `[ "one", "another" ]`
    List,
    /// `[[name]]`
    Sections(&'static str),
}

/// Everything that is wrong with a policy, as it is found.
#[derive(Default)]
pub(super) struct Faults {
    found: Vec<(Range<usize>, Fault)>,
    asked: Vec<(Range<usize>, Asked)>,
}

impl Faults {
    /// One more.
    pub(super) fn push(&mut self, at: Range<usize>, fault: Fault) {
        self.found.push((at, fault));
    }

    /// What the policy asks of its book; whether that has it is seen in [`Faults::hold_against`].
    pub(super) fn ask(&mut self, at: Range<usize>, asked: Asked) {
        self.asked.push((at, asked));
    }

    /// What the policy asks of its book and that has not.
    pub(super) fn hold_against(&mut self, ground: &Ground) {
        let asked = std::mem::take(&mut self.asked).into_iter();
        self.found.extend(asked.filter_map(|(at, asked)| Some((at, ground.fault(asked)?))));
    }

    /// One more, and nothing read.
    pub(super) fn refuse<T>(&mut self, at: Range<usize>, fault: Fault) -> Option<T> {
        self.push(at, fault);
        None
    }

    /// Errors and warnings, in the order of the file. What a line that is no TOML was taken for is no second fault.
    pub(super) fn placed(mut self, text: &str) -> (Vec<PolicyError>, Vec<PolicyError>) {
        self.found.sort_by_key(|(at, _)| at.start);
        let mut all: Vec<PolicyError> =
            self.found.into_iter().map(|(at, fault)| place(text, &at, fault)).collect();
        all.dedup();
        let is_toml = |error: &PolicyError| matches!(error.fault, Fault::Toml(_));
        let broken: Vec<usize> = all.iter().filter(|error| is_toml(error)).map(|error| error.line).collect();
        all.retain(|error| is_toml(error) || !broken.contains(&error.line));
        all.into_iter().partition(|error| !error.fault.is_warning())
    }
}

fn place(text: &str, at: &Range<usize>, fault: Fault) -> PolicyError {
    let before = text.get(..at.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
    PolicyError { line, column, fault }
}

impl PolicyError {
    /// The sentence that a person reads.
    pub fn say(&self, lang: Lang) -> String {
        say::policy_at(lang, self.line, self.column, self.fault.say(lang))
    }
}

impl Fault {
    /// Whether it is allowed all the same.
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            Fault::NeverHolds
                | Fault::NoDay(_)
                | Fault::KeepAddsNothing
                | Fault::NobodyOnDuty { .. }
                | Fault::NobodySkilled { .. }
                | Fault::WarnedTooEarly(..)
        )
    }

    /// What is wrong, without its place.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Fault::Toml(words) => say::policy_toml(lang, broken(words, lang), words),
            Fault::Expected(expected) => say::policy_expected(lang, expected.say(lang)),
            Fault::Missing(key) => say::policy_missing(lang, key),
            Fault::UnknownKey { name, near, known } => {
                say::policy_unknown_key(lang, name, known.join(lang.pick(", ", "、")))
                    + &meant(lang, near.as_deref())
            }
            Fault::UnknownWord { name, near, known } => {
                say::policy_unknown_word(lang, name, known.join(lang.pick(", ", "、")))
                    + &meant(lang, near.as_deref())
            }
            Fault::Undefined { id, known, .. } if known.is_empty() => say::policy_undefined_alone(lang, id),
            Fault::Undefined { id, near, known } => {
                say::policy_undefined(lang, id, known.join(lang.pick(", ", "、")))
                    + &meant(lang, near.as_deref())
            }
            Fault::Schema(schema) => say::policy_schema(lang, schema),
            Fault::Zone(zone) => say::policy_zone(lang, zone),
            Fault::Currency(code) => say::policy_currency(lang, code),
            Fault::Span(span) => say::policy_span(lang, span),
            Fault::NoTime(span) => say::policy_no_time(lang, span),
            Fault::LongSpan(span) => say::policy_long_span(lang, span),
            Fault::AheadOfYear => say::policy_ahead_of_year(lang).to_owned(),
            Fault::Filter(error) => error.say(lang),
            Fault::Twice(id) => say::policy_twice(lang, id),
            Fault::SameId(section, id) => say::policy_same_id(lang, section, id),
            Fault::KeepAddsNothing => say::policy_keep_adds_nothing(lang).to_owned(),
            Fault::Unclean(text) => say::policy_unclean(lang, text.escape_debug()),
            Fault::Id(id) => say::policy_id(lang, id.escape_debug()),
            Fault::Enter(id) => say::policy_enter(lang, id),
            Fault::KeepWithoutEnter(id) => say::policy_keep_without_enter(lang, id),
            Fault::NoTier => say::policy_no_tier(lang).to_owned(),
            Fault::StageNamesTier => say::policy_stage_names_tier(lang).to_owned(),
            Fault::TierNamesTier => say::policy_tier_names_tier(lang).to_owned(),
            Fault::Shadowed(higher) => say::policy_shadowed(lang, higher),
            Fault::TeamOfTwoPools(team, pool) => say::policy_team_of_two_pools(lang, team, pool),
            Fault::TwoPoolsForAll(pool) => say::policy_two_pools_for_all(lang, pool),
            Fault::NeverHolds => say::policy_never_holds(lang).to_owned(),
            Fault::TooLong(most) => say::policy_too_long(lang, most),
            Fault::Week(fault, word) => week(*fault, word.escape_debug(), lang),
            Fault::Days(fault, entry) => days(*fault, entry.escape_debug(), lang),
            Fault::FreeAndWorked(day) => say::days_both(lang, day),
            Fault::DaysElsewhere(file) => say::days_elsewhere(lang, file.escape_debug()),
            Fault::NotWorkingTime => say::policy_not_working_time(lang).to_owned(),
            Fault::NoStep => say::policy_no_step(lang).to_owned(),
            Fault::Circle(steps) => say::policy_circle(lang, steps.join(" → ")),
            Fault::Share(share) => say::policy_share(lang, share.escape_debug()),
            Fault::NotYet(word) => say::policy_not_yet(lang, word),
            Fault::Reserved(id) => say::policy_reserved(lang, id),
            Fault::Occasion(text) => say::policy_occasion(lang, text.escape_debug()),
            Fault::NoDay(field) => say::policy_no_day(lang, field),
            Fault::OtherZone { ours, theirs } => say::policy_other_zone(lang, ours, theirs),
            Fault::OtherCurrency { ours, theirs } => say::policy_other_currency(lang, ours, theirs),
            Fault::NobodyOnDuty { duty, near } => {
                say::policy_nobody_on_duty(lang, duty) + &meant(lang, near.as_deref())
            }
            Fault::NobodySkilled { skill, near } => {
                say::policy_nobody_skilled(lang, skill) + &meant(lang, near.as_deref())
            }
            Fault::WarnedTooEarly(warn, within) => {
                say::policy_warned_too_early(lang, warn.say(lang), within.say(lang))
            }
        }
    }
}

impl Expected {
    fn say(self, lang: Lang) -> String {
        match self {
            Expected::Text => say::policy_a_text(lang),
            Expected::Count => say::policy_a_count(lang),
            Expected::Flag => say::policy_a_flag(lang),
            Expected::Table => say::policy_a_table(lang),
            Expected::List => say::policy_a_list(lang),
            Expected::Sections(name) => return say::policy_sections(lang, name),
        }
        .to_owned()
    }
}

/// What is no TOML, by how the parser's words about it begin; the first that fits.
type Broken = (&'static str, fn(Lang) -> &'static str);
const BROKEN: [Broken; 21] = [
    ("duplicate key", say::toml_twice),
    ("key with no value", say::toml_no_value),
    ("missing value", say::toml_no_value),
    ("missing assignment", say::toml_no_value),
    ("extra ", say::toml_more_signs),
    ("unexpected `=`", say::toml_more_signs),
    ("missing comma", say::toml_no_comma),
    ("unclosed array table", say::toml_open_heading),
    ("unclosed table", say::toml_open_heading),
    ("unclosed array", say::toml_open_list),
    ("unclosed inline table", say::toml_open_table),
    ("invalid table", say::toml_heading),
    ("missing key", say::toml_key),
    ("invalid key", say::toml_key),
    ("invalid unquoted key", say::toml_key),
    ("unexpected ", say::toml_line_goes_on),
    ("string values must be quoted", say::toml_no_quotes),
    ("cannot recurse", say::toml_deep),
    ("recursion limit", say::toml_deep),
    ("missing escaped value", say::toml_text),
    ("invalid escape", say::toml_text),
];

fn broken(words: &str, lang: Lang) -> &'static str {
    let known = BROKEN.iter().find(|(begins, _)| words.starts_with(begins)).map(|(_, say)| *say);
    let of_value = || match words.strip_prefix("invalid ")? {
        what if what.contains("string") => Some(say::toml_text as fn(_) -> _),
        what if what.contains("number") || what.starts_with("float") || what.starts_with("date") => {
            Some(say::toml_number as fn(_) -> _)
        }
        _ => None,
    };
    known.or_else(of_value).unwrap_or(say::toml_other)(lang)
}

fn week(fault: WeekFault, word: EscapeDebug<'_>, lang: Lang) -> String {
    match fault {
        WeekFault::UnknownDay => say::week_unknown_day(lang, word),
        WeekFault::BadHours => say::week_bad_hours(lang, word),
        WeekFault::EndsBeforeStart => say::week_ends_before_start(lang, word),
        WeekFault::Overlap => say::week_overlap(lang, word),
        WeekFault::NoHours => say::week_no_hours(lang).to_owned(),
        WeekFault::Twice => say::week_twice(lang, word),
    }
}

fn days(fault: BadDays, entry: EscapeDebug<'_>, lang: Lang) -> String {
    match fault {
        BadDays::NoDate => say::days_no_date(lang, entry),
        BadDays::EndsBeforeStart => say::days_end_before_start(lang, entry),
        BadDays::TooLong => say::days_too_long(lang, entry),
    }
}

fn meant(lang: Lang, near: Option<&str>) -> String {
    near.map(|near| say::policy_meant(lang, near)).unwrap_or_default()
}
