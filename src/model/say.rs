//! Kinds, ways and values in the words of a reader; and what is refused.

mod refusal;

use chrono::Timelike;
use chrono_tz::Tz;

use super::choice::{Channel, Choice, Direction, Outcome};
use super::event::Cause;
use super::id::Kind;
use super::query::HistoryItem;
use super::time::{END_OF_DAY, Instant};
use super::value::Value;
use crate::text::Lang;
use crate::text::say::{brought, model as words, text, tui as ways};

impl Kind {
    /// What people call a record of this kind.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Kind::Settings => words::settings(lang),
            Kind::Member => words::member(lang),
            Kind::Team => words::team(lang),
            Kind::Customer => words::customer(lang),
            Kind::Contact => words::contact(lang),
            Kind::Interaction => words::interaction(lang),
            Kind::Task => words::task(lang),
            Kind::Deal => words::deal(lang),
            Kind::Purchase => words::purchase(lang),
            Kind::Batch => words::batch(lang),
            Kind::View => words::view(lang),
            Kind::Run => words::run(lang),
        }
    }
}

impl HistoryItem {
    /// Who did it: a member, or the clock by a rule; empty where it follows from another entry.
    pub fn author(&self, lang: Lang) -> String {
        match (&self.by, &self.entry.cause) {
            (Some(by), _) => by.name.line(),
            (None, Cause::Due { rule, .. }) => words::by_clock(lang, called_rule(rule.as_str(), lang)),
            (None, _) => String::new(),
        }
    }

    /// When it happened: what time brought, at its own moment.
    pub fn at(&self) -> Instant {
        self.due.unwrap_or(self.entry.at)
    }

    /// When the program came to it, where that was later.
    pub fn caught_up(&self) -> Option<Instant> {
        Some(self.entry.at).filter(|at| at.is_behind(self.at()))
    }
}

impl Instant {
    /// Whether it is later than a moment by more than what a server that runs needs.
    pub fn is_behind(self, moment: Instant) -> bool {
        self.0.saturating_sub(moment.0) >= A_MINUTE
    }

    /// So many milliseconds that the store's clock is ahead of the machine's, in days, hours and minutes.
    pub fn say_ahead(lang: Lang, millis: i64) -> String {
        let minutes = (millis.saturating_abs() + A_MINUTE / 2) / A_MINUTE;
        let (days, hours, rest) = (minutes / (24 * 60), minutes / 60 % 24, minutes % 60);
        let parts =
            [(days, text::days as fn(Lang, i64) -> String), (hours, text::hours), (rest, text::minutes)];
        // Of days the minutes are not told.
        let told = parts.into_iter().filter(|(count, _)| *count > 0).take(2);
        let time = told.map(|(count, say)| say(lang, count)).collect::<Vec<_>>().join(lang.pick(" ", ""));
        match millis {
            _ if time.is_empty() => brought::not_ahead(lang).to_owned(),
            ..0 => brought::behind(lang, time),
            _ => brought::ahead(lang, time),
        }
    }
}

/// What a server that runs may take to come to what is due.
const A_MINUTE: i64 = 60_000;

/// What people call a rule of the clock: `pool east` is the open pool of that id.
fn called_rule(rule: &str, lang: Lang) -> String {
    match rule.split_once(' ') {
        None if rule == "grade" => brought::rule_grade(lang).to_owned(),
        None if rule == "policy" => brought::rule_policy(lang).to_owned(),
        None if rule == "care" => brought::rule_care(lang).to_owned(),
        Some(("care", "cadence")) => brought::rule_cadence(lang).to_owned(),
        Some(("care", occasion)) => brought::rule_occasion(lang, occasion),
        Some(("pool", pool)) => brought::rule_pool(lang, pool),
        _ => brought::rule_playbook(lang, rule),
    }
}

impl Channel {
    /// The way something took, and who began: `call out`, `mail in`; one who visits is there, and nobody begins a note.
    pub fn way(self, direction: Option<Direction>, lang: Lang) -> String {
        match (self, direction) {
            (_, None) => ways::note(lang).to_owned(),
            (Channel::Visit | Channel::Meeting, _) => self.label(lang).to_owned(),
            (Channel::Phone, Some(Direction::Out)) => ways::call_out(lang).to_owned(),
            (Channel::Phone, Some(Direction::In)) => ways::call_in(lang).to_owned(),
            (_, Some(Direction::Out)) => ways::sent(lang, self.label(lang)),
            (_, Some(Direction::In)) => ways::came(lang, self.label(lang)),
        }
    }
}

impl Direction {
    /// Who began, on this way.
    pub fn by(self, channel: Channel, lang: Lang) -> &'static str {
        match (self, channel) {
            (_, Channel::Meeting | Channel::Visit) => self.label(lang),
            (Direction::Out, Channel::Phone) => ways::we_called(lang),
            (Direction::In, Channel::Phone) => ways::they_called(lang),
            (Direction::Out, _) => ways::we_wrote(lang),
            (Direction::In, _) => ways::they_wrote(lang),
        }
    }
}

impl Outcome {
    /// How something on this way can end, in the order in which people are offered it.
    pub fn of(channel: Channel) -> &'static [Outcome] {
        use Outcome::{LeftMessage, NoAnswer, Other, Reached, Replied};
        match channel {
            Channel::Phone | Channel::Meeting | Channel::Visit => &[Reached, NoAnswer, LeftMessage, Other],
            Channel::Other => Outcome::ALL,
            _ => &[Reached, Replied, NoAnswer, Other],
        }
    }

    /// How something on this way ended.
    pub fn by(self, channel: Channel, lang: Lang) -> &'static str {
        match (self, channel) {
            (Outcome::Reached, Channel::Phone) => ways::got_through(lang),
            (Outcome::Reached, Channel::Meeting | Channel::Visit) => ways::met(lang),
            (Outcome::NoAnswer, Channel::Phone) => ways::no_answer(lang),
            (Outcome::NoAnswer, Channel::Meeting | Channel::Visit) => ways::not_met(lang),
            (Outcome::NoAnswer, Channel::Other) => self.label(lang),
            (Outcome::NoAnswer, _) => ways::no_reply(lang),
            _ => self.label(lang),
        }
    }
}

impl Instant {
    /// The team's date and time, `2026-11-24 15:00`; the end of a day is the date alone.
    pub fn say(self, zone: Tz) -> String {
        let local = self.local(zone);
        let form = if (local.hour(), local.minute()) == END_OF_DAY { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" };
        local.format(form).to_string()
    }

    /// The team's date as it is said aloud, `1 Jun 2026`, with the time unless it is the end of the day.
    pub fn say_aloud(self, lang: Lang, zone: Tz) -> String {
        let local = self.local(zone);
        let day = local.format(lang.pick("%-d %b %Y", "%Y年%-m月%-d日"));
        if (local.hour(), local.minute()) == END_OF_DAY {
            day.to_string()
        } else {
            format!("{day} {}", local.format("%H:%M"))
        }
    }
}

impl Value {
    /// The value as people read it, moments in this zone.
    pub fn say(&self, lang: Lang, zone: Tz) -> String {
        match self {
            Value::Absent => words::absent(lang).to_owned(),
            Value::Flag(true) => words::yes(lang).to_owned(),
            Value::Flag(false) => words::no(lang).to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.line(),
            Value::Money(money) => money.to_string(),
            Value::Day(day) => day.date().to_string(),
            Value::Instant(instant) => instant.say(zone),
            Value::Ref(id) => id.to_string(),
            Value::Duty(member, duty) => format!("{member}:{duty}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_visits_is_met_and_who_calls_gets_through() {
        assert_eq!(Outcome::Reached.by(Channel::Visit, Lang::Zh), "已见面");
        assert_eq!(Outcome::Reached.by(Channel::Phone, Lang::Zh), "已接通");
        assert_eq!(Outcome::Reached.by(Channel::Wechat, Lang::Zh), "已联系上");
        assert_eq!(Outcome::NoAnswer.by(Channel::Email, Lang::En), "no reply");
        assert_eq!(Channel::Wechat.way(Some(Direction::In), Lang::Zh), "微信 收到");
        assert_eq!(Channel::Meeting.way(Some(Direction::In), Lang::Zh), "会议");
        assert_eq!(Direction::Out.by(Channel::Phone, Lang::Zh), "呼出");
        assert_eq!(Direction::In.by(Channel::Wechat, Lang::Zh), "收到");
        assert_eq!(Channel::Phone.way(None, Lang::En), "note");
    }

    #[test]
    fn whatever_one_reads_of_a_way_is_read_back() {
        for channel in Channel::ALL {
            for outcome in Outcome::ALL {
                let said = [Lang::En, Lang::Zh].map(|lang| Outcome::read(outcome.by(*channel, lang)));
                assert_eq!(said, [Some(*outcome); 2], "{channel:?}");
            }
            for direction in Direction::ALL {
                let said = [Lang::En, Lang::Zh].map(|lang| Direction::read(direction.by(*channel, lang)));
                assert_eq!(said, [Some(*direction); 2], "{channel:?}");
                let way = channel.way(Some(*direction), Lang::Zh);
                let is_place = matches!(channel, Channel::Meeting | Channel::Visit);
                assert!(is_place || way.ends_with(direction.by(*channel, Lang::Zh)), "{way}");
            }
            assert_eq!(Outcome::of(*channel)[0], Outcome::Reached, "what a form begins with");
        }
    }

    #[test]
    fn how_far_a_clock_is_ahead_is_told_in_days_and_hours() {
        let said = |millis| [Lang::En, Lang::Zh].map(|lang| Instant::say_ahead(lang, millis));
        assert_eq!(said(1_851_719_069), ["21d 10h ahead", "快 21天10小时"]);
        assert_eq!(said(-90 * A_MINUTE), ["1h 30min behind", "慢 1小时30分钟"]);
        assert_eq!(said(20)[0], "as the machine's");
        assert_eq!(called_rule("care cadence", Lang::Zh), "沟通计划");
        assert_eq!(called_rule("inquiry/revisit", Lang::En), "playbook inquiry/revisit");
    }

    #[test]
    fn values_are_said_in_the_zone_of_the_team() {
        let zone = Tz::Asia__Shanghai;
        let noon = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let at = |hour, minute| Value::Instant(Instant::at(noon.and_hms_opt(hour, minute, 0).unwrap(), zone));
        assert_eq!(at(15, 0).say(Lang::En, zone), "2026-11-24 15:00");
        assert_eq!(at(23, 59).say(Lang::En, zone), "2026-11-24");
        assert_eq!(Value::Absent.say(Lang::Zh, zone), "无");
        assert_eq!(Value::Flag(true).say(Lang::Zh, zone), "是");
    }
}
