//! What is planned with a customer, as lists and cards show it.

use serde::{Deserialize, Serialize};

use super::choice::{Channel, Choice, Source};
use super::id::Id;
use super::query::{Named, PolicyName};
use super::time::{Day, Instant};
use crate::text::say::care as say;
use crate::text::{Clean, Lang};

/// Plans are listed so many days ahead at most: an occasion comes once in that time.
pub const MOST_DAYS: u32 = 366;

/// Something that is planned with a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// With whom.
    pub customer: Named,
    /// Their tier; empty: none.
    pub tier: Clean,
    /// For which day.
    pub day: Day,
    /// A greeting, or the communication plan.
    pub source: Source,
    /// The occasions of a greeting: `birthday:p7`, and what people call them.
    pub occasions: Vec<PolicyName>,
    /// What the plan counts; none of a greeting, and of what is in the queue.
    pub rhythm: Option<Rhythm>,
    /// What the task is called; empty: there is none yet.
    pub title: Clean,
    /// The way.
    pub channel: Option<Channel>,
    /// Who does it.
    pub who: Option<Named>,
    /// In whose queue it is.
    pub team: Option<Named>,
    /// When it comes into the queue; none: it is there, or the policy makes no task of it.
    pub queued: Option<Instant>,
    /// The task that it is.
    pub task: Option<Id>,
}

/// From when on a rhythm counts, how many days, and to which day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// The day of the last contact, or of what stands for it.
    pub since: Day,
    /// So many days.
    pub every: i64,
    /// The day of the planned contact that was left out last: it is counted from that.
    pub left_out: Option<Day>,
    /// The last day in time.
    pub wanted: Day,
}

impl Planned {
    /// What it is: the task, the occasions, or a contact of the plan.
    pub fn what(&self, lang: Lang) -> String {
        if !self.title.is_empty() {
            return self.title.line();
        }
        if self.rhythm.is_some() {
            return say::in_touch(lang).to_owned();
        }
        let names = self.occasions.iter().map(|of| lang.pick(&of.en, &of.zh).line());
        say::greeting(lang, names.collect::<Vec<_>>().join(lang.pick(", ", "、")))
    }

    /// What it is, and the way.
    pub fn what_and_how(&self, lang: Lang) -> String {
        let what = self.what(lang);
        self.channel.map_or(what.clone(), |channel| say::by_channel(lang, what, channel.label(lang)))
    }

    /// Whether its day is over: today's is not.
    pub fn is_overdue(&self, today: Day) -> bool {
        self.day < today
    }

    /// Why it is for that day, of what the plan counts.
    pub fn why(&self, lang: Lang) -> Option<String> {
        let Rhythm { since, every, left_out, wanted } = self.rhythm?;
        let counted = match left_out {
            Some(day) => say::every_since_but(lang, every, since.date(), day.date(), wanted.date()),
            None => say::every_since(lang, every, since.date(), wanted.date()),
        };
        Some(match self.day.cmp(&wanted) {
            std::cmp::Ordering::Less => say::moved_to(lang, counted, self.day.date()),
            std::cmp::Ordering::Equal => counted,
            std::cmp::Ordering::Greater => say::overdue_since(lang, counted),
        })
    }

    /// When it comes into the queue, or that it does not by itself; none where it is there.
    pub fn coming(&self, lang: Lang, zone: chrono_tz::Tz) -> Option<String> {
        match (self.queued, self.task) {
            (_, Some(_)) => None,
            (Some(at), None) => Some(say::from(lang, at.day(zone).date())),
            (None, None) => Some(say::not_queued(lang).to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhythm(day: i32) -> Planned {
        Planned {
            customer: Named { id: Id::customer(1), name: Clean::known("Acme") },
            tier: Clean::known("A"),
            day: Day(day),
            source: Source::Cadence,
            occasions: Vec::new(),
            rhythm: Some(Rhythm { since: Day(739_631), every: 14, left_out: None, wanted: Day(739_645) }),
            title: Clean::default(),
            channel: Some(Channel::Wechat),
            who: None,
            team: None,
            queued: None,
            task: None,
        }
    }

    #[test]
    fn a_day_is_explained_by_what_was_counted() {
        let why = |day| [Lang::En, Lang::Zh].map(|lang| rhythm(day).why(lang).unwrap());
        assert_eq!(why(739_645)[0], "every 14 days, last 2026-01-15: by 2026-01-29");
        assert_eq!(why(739_643)[1], "每14天一次，上次 2026-01-15，应不晚于 2026-01-29；安排在 2026-01-27");
        assert!(why(739_650)[0].ends_with("; overdue"));
        let mut left_out = rhythm(739_645);
        left_out.rhythm.as_mut().unwrap().left_out = Some(Day(739_638));
        assert_eq!(
            left_out.why(Lang::En).unwrap(),
            "every 14 days, last 2026-01-15, 2026-01-22 left out: by 2026-01-29"
        );
        assert_eq!(rhythm(739_645).what_and_how(Lang::Zh), "按沟通计划联系（微信）");
    }
}
