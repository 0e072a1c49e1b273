//! The moment at which a book is looked at, and what it makes late.

use chrono::NaiveTime;

use super::prepare::{Context, Directory};
use crate::model::query::Lateness;
use crate::model::{Day, Gist, Ground, Id, Instant};
use crate::text::Clean;

/// A contact is due soon so many days before the tier's rhythm ends.
const SOON: i64 = 3;

/// A moment, the reader, and the contact rhythm of each tier. Good for one question: what depends on the moment is
/// settled once, so that a hundred thousand customers are judged quickly.
#[derive(Clone, Debug)]
pub struct Lens {
    now: Instant,
    today: Day,
    tomorrow: Instant,
    ground: Ground,
    me: Option<Id>,
    rhythms: Vec<Rhythm>,
}

/// How often a tier wants a real contact.
#[derive(Clone, Debug)]
struct Rhythm {
    tier: Clean,
    every: Option<Every>,
}

/// A number of days, and what it means today.
#[derive(Clone, Copy, Debug)]
struct Every {
    days: i64,
    /// Whoever was last contacted before this has been missed.
    missed: Instant,
    /// Whoever was last contacted before this is due soon.
    soon: Instant,
}

impl Lens {
    /// Looks at `now`; `contact_every` has the tiers, highest first, each with the days of its contact rhythm.
    pub fn new(now: Instant, ground: Ground, me: Option<Id>, contact_every: &[(Clean, Option<i64>)]) -> Lens {
        let today = now.day(ground.zone);
        let start = |days_ahead: i64| start_of(shifted(today, days_ahead), ground);
        let every = |days: i64| Every { days, missed: start(-days), soon: start(SOON + 1 - days) };
        let rhythm =
            |(tier, days): &(Clean, Option<i64>)| Rhythm { tier: tier.clone(), every: days.map(every) };
        let rhythms = contact_every.iter().map(rhythm).collect();
        Lens { now, today, tomorrow: start(1), ground, me, rhythms }
    }

    /// The moment.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The team's day.
    pub fn today(&self) -> Day {
        self.today
    }

    /// When the team's day ends.
    pub fn tomorrow(&self) -> Instant {
        self.tomorrow
    }

    /// When a day of the team begins.
    pub fn start_of(&self, day: Day) -> Instant {
        start_of(day, self.ground)
    }

    /// The zone and currency.
    pub fn ground(&self) -> Ground {
        self.ground
    }

    /// What filters are prepared with.
    pub fn context<'a>(&self, directory: &'a dyn Directory) -> Context<'a> {
        Context {
            now: self.now.in_zone(self.ground.zone),
            me: self.me.map(|me| me.n),
            currency: self.ground.currency,
            directory,
        }
    }

    /// The tiers, highest first.
    pub fn tiers(&self) -> impl Iterator<Item = &Clean> {
        self.rhythms.iter().map(|rhythm| &rhythm.tier)
    }

    /// The place of a tier, 0 for the highest; unknown ones come after all others.
    pub fn place_of(&self, tier: &Clean) -> usize {
        self.rhythms.iter().position(|rhythm| rhythm.tier == *tier).unwrap_or(self.rhythms.len())
    }

    /// The last day on which the next real contact is in time; none without a rhythm, and for those who asked not to
    /// be contacted.
    pub fn contact_by(&self, gist: &Gist) -> Option<Day> {
        let every = self.every(gist)?;
        Some(shifted(gist.idle_since?.day(self.ground.zone), every.days))
    }

    /// Whether the last real contact lies within the tier's rhythm; without a rhythm, whether there was one.
    pub fn is_covered(&self, gist: &Gist) -> bool {
        let every = self.rhythm(&gist.tier).and_then(|rhythm| rhythm.every);
        gist.last_contact.is_some_and(|last| every.is_none_or(|every| last >= every.missed))
    }

    /// Whether an open task is past its due time.
    pub fn is_overdue(&self, gist: &Gist) -> bool {
        gist.next_due.is_some_and(|due| due < self.now)
    }

    /// Late: an open task is past its due time, or the contact rhythm of the tier was missed. Soon: a task is due
    /// today, or the rhythm ends within three days.
    pub fn lateness(&self, gist: &Gist) -> Lateness {
        let rhythm = self.every(gist).zip(gist.idle_since);
        if self.is_overdue(gist) || rhythm.is_some_and(|(every, since)| since < every.missed) {
            Lateness::Late
        } else if gist.next_due.is_some_and(|due| due < self.tomorrow)
            || rhythm.is_some_and(|(every, since)| since < every.soon)
        {
            Lateness::Soon
        } else {
            Lateness::Fine
        }
    }

    /// The rhythm that binds us.
    fn every(&self, gist: &Gist) -> Option<Every> {
        if gist.quiet { None } else { self.rhythm(&gist.tier)?.every }
    }

    fn rhythm(&self, tier: &Clean) -> Option<&Rhythm> {
        self.rhythms.iter().find(|rhythm| rhythm.tier == *tier)
    }
}

fn shifted(day: Day, days: i64) -> Day {
    Day(day.0.saturating_add(days.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32))
}

fn start_of(day: Day, ground: Ground) -> Instant {
    Instant::at(day.date().and_time(NaiveTime::MIN), ground.zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Currency;

    const HOUR: i64 = 60 * 60 * 1000;
    const DAY: i64 = 24 * HOUR;
    /// Noon in Shanghai.
    const NOW: i64 = 20_000 * DAY + 4 * HOUR;

    fn lens() -> Lens {
        let ground = Ground { zone: chrono_tz::Asia::Shanghai, currency: Currency::CNY };
        let tiers = [(Clean::known("A"), Some(14)), (Clean::known("C"), None)];
        Lens::new(Instant(NOW), ground, None, &tiers)
    }

    fn gist(tier: &'static str, change: impl FnOnce(&mut Gist)) -> Gist {
        let mut gist = Gist { tier: Clean::known(tier), ..Gist::default() };
        change(&mut gist);
        gist
    }

    fn contacted(tier: &'static str, from_now: i64) -> Gist {
        let at = Some(Instant(NOW + from_now));
        gist(tier, |gist| (gist.last_contact, gist.idle_since) = (at, at))
    }

    fn due(from_now: i64) -> Gist {
        gist("C", |gist| gist.next_due = Some(Instant(NOW + from_now)))
    }

    #[test]
    fn a_task_is_late_when_its_time_is_past_and_soon_on_its_day() {
        let lateness = |from_now| lens().lateness(&due(from_now));
        assert_eq!(lateness(-1), Lateness::Late);
        assert_eq!(lateness(0), Lateness::Soon);
        assert_eq!(lateness(12 * HOUR - 1), Lateness::Soon);
        assert_eq!(lateness(12 * HOUR), Lateness::Fine);
        assert_eq!(lens().lateness(&gist("C", |_| {})), Lateness::Fine);
    }

    #[test]
    fn a_rhythm_is_missed_by_days_of_the_team() {
        for (from_now, lateness, covered) in [
            (-10 * DAY + 12 * HOUR, Lateness::Fine, true),
            (-10 * DAY - 12 * HOUR, Lateness::Fine, true),
            (-10 * DAY - 12 * HOUR - 1, Lateness::Soon, true),
            (-14 * DAY - 12 * HOUR, Lateness::Soon, true),
            (-14 * DAY - 12 * HOUR - 1, Lateness::Late, false),
        ] {
            let gist = contacted("A", from_now);
            assert_eq!(lens().lateness(&gist), lateness, "{from_now}");
            assert_eq!(lens().is_covered(&gist), covered, "{from_now}");
        }
        let last_day = lens().contact_by(&contacted("A", -14 * DAY));
        assert_eq!(last_day, Some(lens().today()));
    }

    #[test]
    fn no_rhythm_binds_where_there_is_none_or_no_contact_is_wished() {
        let long_ago = -1000 * DAY;
        assert_eq!(lens().lateness(&contacted("C", long_ago)), Lateness::Fine);
        assert_eq!(lens().lateness(&contacted("unknown", long_ago)), Lateness::Fine);
        let mut quiet = contacted("A", long_ago);
        assert_eq!(lens().lateness(&quiet), Lateness::Late);
        quiet.quiet = true;
        assert_eq!((lens().lateness(&quiet), lens().contact_by(&quiet)), (Lateness::Fine, None));
    }

    #[test]
    fn a_customer_taken_over_today_is_not_late() {
        let mut taken = contacted("A", -1000 * DAY);
        taken.idle_since = Some(Instant(NOW));
        assert_eq!(lens().lateness(&taken), Lateness::Fine);
        assert!(!lens().is_covered(&taken));
    }
}
