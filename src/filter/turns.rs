//! When a filter can answer otherwise though nothing changes but the time: what a rule must be looked at again for.
//!
//! The moment found is never too late. It may be too early, where months are counted or a date is relative to today:
//! then the next look finds the next moment.

use super::eval::{Facts, Got};
use super::fact::{Fact, Measure};
use super::fields::{CustomerField, Field, FieldRef, Kind};
use super::lens::Lens;
use super::prepare::{Check, Prepared, Step, Wanted};
use super::seen::Seen;
use super::tree::Value;
use crate::model::{self, Day, Instant};
use crate::text::Span;
use crate::text::span::Unit;

/// The end of a month may be counted from for so many days: from the 28th of February to the 1st of March.
const CLAMPED: usize = 5;

impl Prepared {
    /// The earliest later moment at which it can answer otherwise of a customer of whom nothing changes; none: never.
    pub fn turns(&self, seen: &Seen<'_>) -> Option<Instant> {
        self.root.turns(seen)
    }
}

impl Step {
    fn turns(&self, seen: &Seen<'_>) -> Option<Instant> {
        match self {
            Step::All(parts) | Step::Any(parts) => parts.iter().filter_map(|part| part.turns(seen)).min(),
            Step::Not(part) => part.turns(seen),
            Step::Word(_) => None,
            Step::Test(check) => check.turns(seen).filter(|at| *at > seen.lens.now()),
        }
    }
}

impl Check {
    fn turns(&self, seen: &Seen<'_>) -> Option<Instant> {
        let field = &self.test.field;
        match (field, field.kind()) {
            (FieldRef::Fact(fact), _) => fact.turns(seen),
            (FieldRef::Field(Field::Customer(CustomerField::Late)), _) => late_from(seen),
            (FieldRef::Field(Field::Customer(CustomerField::Overdue)), _) => overdue_from(seen),
            (FieldRef::Field(Field::Customer(CustomerField::Returning)), _) => {
                seen.profile.as_ref().customer.return_warned
            }
            (FieldRef::Field(Field::Customer(CustomerField::Protected)), _) => self.protected(seen),
            (_, Kind::Age) => self.ages(seen),
            (_, Kind::Date) => self.dates(seen),
            (_, Kind::Own) if self.moves_with_the_day() => Some(seen.lens.tomorrow()),
            _ => None,
        }
    }

    /// When a protection ends, and in what is compared with today, when that is another day.
    fn protected(&self, seen: &Seen<'_>) -> Option<Instant> {
        let ends = seen.profile.as_ref().customer.protected;
        ends.into_iter().chain(self.dates(seen)).filter(|at| *at > seen.lens.now()).min()
    }

    /// When a date will be compared otherwise with one that moves on with today: exactly where that is so many days
    /// from today, else every midnight.
    fn dates(&self, seen: &Seen<'_>) -> Option<Instant> {
        let moving = self.test.values.iter().filter_map(|value| match value {
            Value::Moment(text) => Some(days_from_today(text.as_str())),
            _ => None,
        });
        let Some(offsets) = moving.collect::<Option<Vec<i32>>>() else { return Some(seen.lens.tomorrow()) };
        let date = match seen.get(&self.test.field) {
            Got::Day(day) => Day::from(day),
            Got::Instant(at) => Instant::from(at).day(seen.lens.ground().zone),
            _ => return None,
        };
        let met = offsets.into_iter().map(|offset| date.0.saturating_sub(offset));
        let turns = met.flat_map(|day| [day, day.saturating_add(1)]).map(|day| seen.lens.start_of(Day(day)));
        turns.filter(|at| *at > seen.lens.now()).min()
    }

    /// When what is so long ago now will be longer ago than is asked for.
    fn ages(&self, seen: &Seen<'_>) -> Option<Instant> {
        let got = seen.get(&self.test.field);
        let spans = self.test.values.iter().filter_map(|value| match value {
            Value::Span(span) => Some(*span),
            _ => None,
        });
        spans.flat_map(|span| aged(&got, span, seen.lens)).filter(|at| *at > seen.lens.now()).min()
    }

    /// Whether it compares with a day that is another one tomorrow.
    fn moves_with_the_day(&self) -> bool {
        match &self.wanted {
            Wanted::Slots(_) => self.test.values.iter().any(|value| matches!(value, Value::Moment(_))),
            Wanted::Loose(loose) => loose.iter().any(|value| value.slot.is_some()),
            _ => false,
        }
    }
}

/// How many days from today a date is that is written so; nothing where that is another number from day to day.
fn days_from_today(text: &str) -> Option<i32> {
    let Some(span) = text.strip_prefix(['+', '-']) else { return (text == "today").then_some(0) };
    let span = span.parse::<Span>().ok().filter(|span| matches!(span.unit, Unit::Day | Unit::Week))?;
    let days = i32::try_from(span.minutes() / (24 * 60)).ok()?;
    Some(if text.starts_with('-') { -days } else { days })
}

/// The moments at which something becomes so old, and older: to the millisecond where hours are counted, else
/// midnights. Where months are counted, those of a few days.
fn aged(got: &Got<'_>, span: Span, lens: &Lens) -> Vec<Instant> {
    let date = match got {
        Got::Day(day) => *day,
        Got::Instant(since) if matches!(span.unit, Unit::Minute | Unit::Hour) => {
            let at = Instant::from(*since).plus_seconds(span.minutes() * 60);
            return vec![at, Instant(at.0.saturating_add(1))];
        }
        Got::Instant(since) => Instant::from(*since).local(lens.ground().zone).date(),
        _ => return Vec::new(),
    };
    span.after(date).iter_days().take(CLAMPED).map(|day| lens.start_of(Day::from(day))).collect()
}

/// When the rhythm will be missed or a task be late.
fn late_from(seen: &Seen<'_>) -> Option<Instant> {
    let missed = seen.lens.contact_by(seen.gist).map(|last| seen.lens.start_of(Day(last.0 + 1)));
    missed.into_iter().chain(overdue_from(seen)).filter(|at| *at > seen.lens.now()).min()
}

/// When a task will be past its due time.
fn overdue_from(seen: &Seen<'_>) -> Option<Instant> {
    seen.gist.next_due.map(|due| Instant(due.0.saturating_add(1)))
}

impl Fact {
    /// When the first day falls out of the window, or one that was written ahead comes into it.
    fn turns(&self, seen: &Seen<'_>) -> Option<Instant> {
        let (counted, since) = (self.measure.counted()?, self.since(seen.lens.today())?);
        if self.group && !seen.is_alone() {
            return self.turns_of(&seen.kin.group_tallies(seen.n), counted, since, seen);
        }
        self.turns_of(&seen.gist.tallies, counted, since, seen)
    }

    fn turns_of(
        &self,
        tallies: &model::Tallies,
        counted: model::Fact,
        since: Day,
        seen: &Seen<'_>,
    ) -> Option<Instant> {
        let (lens, today) = (seen.lens, seen.lens.today());
        let first_from = |day| tallies.days(counted, day, Day(i32::MAX)).next().map(|(day, _)| day);
        let falls_out = first_from(since).filter(|day| *day <= today).map(|day| {
            let at = lens.start_of(Day::from(self.window.unwrap_or(Span::of_days(1)).after(day.date())));
            if at > lens.now() { at } else { lens.tomorrow() }
        });
        let comes_in = first_from(Day(today.0.saturating_add(1))).map(|day| lens.start_of(day));
        falls_out.into_iter().chain(comes_in).min()
    }
}

impl Measure {
    /// What is counted for it; nothing for what no row tells yet.
    pub(super) fn counted(self) -> Option<model::Fact> {
        match self {
            Measure::Spend | Measure::Orders => Some(model::Fact::Purchases),
            Measure::Contacts => Some(model::Fact::Contacts),
            Measure::ContactsIn => Some(model::Fact::ContactsIn),
            Measure::OpenTasks => Some(model::Fact::OpenTasks),
            Measure::OpenDeals => Some(model::Fact::OpenDeals),
            Measure::Cases | Measure::Complaints | Measure::Csat | Measure::Points | Measure::OpenCases => {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Directory, Kin, KinOf, Referent, Schema, parse};
    use super::*;
    use crate::model::{
        Customer, Direction, Event, Ground, Id, Interaction, Memory, Outcome, Profile, Purchase, Row, Rows,
        Task, TaskState, World,
    };
    use crate::text::{Clean, Currency, Money};

    const DAY: i64 = 24 * 60 * 60 * 1000;
    /// Noon in Shanghai, 2026-03-01.
    const NOW: i64 = 1_772_337_600_000;

    struct Nobody;

    impl Directory for Nobody {
        fn find(&self, _: Referent, _: &str) -> Vec<u64> {
            Vec::new()
        }
        fn teams_of(&self, _: u64) -> Vec<u64> {
            Vec::new()
        }
    }

    fn lens(now: Instant) -> Lens {
        let ground = Ground { zone: chrono_tz::Asia::Shanghai, currency: Currency::CNY };
        Lens::new(now, ground, None, &[(Clean::known("A"), Some(14))])
    }

    /// Whether the filter holds of customer 1 at a moment, and when that can change.
    fn look(rows: &Memory, filter: &str, now: Instant) -> (bool, Option<Instant>) {
        let lens = lens(now);
        let filter = parse(filter, Schema::Customer).unwrap().prepare(&lens.context(&Nobody));
        let profile = Profile::of(rows, 1).unwrap();
        let kin = KinOf(rows as &dyn Rows);
        let seen = Seen::new(&profile, &lens, &kin as &dyn Kin);
        (filter.matches(&seen), filter.turns(&seen))
    }

    fn put(world: &mut World<'_>, row: impl Into<Row>) {
        let row = row.into();
        let record = world.fresh(row.kind());
        world.emit(Event::Created { record, values: row.values() });
    }

    /// Customer 1 with customer 2 below it; purchases by customer and days from today, contacts and a task by
    /// milliseconds from now.
    fn book(bought: &[(u64, i32)], contacted: &[i64], due: Option<i64>) -> Memory {
        let today = Instant(NOW).day(chrono_tz::Asia::Shanghai);
        let mut memory = Memory::default();
        let mut world = World::over(&memory);
        let tier = Clean::known("A");
        put(&mut world, Customer { tier, created: Some(Instant(NOW - 500 * DAY)), ..Customer::default() });
        put(&mut world, Customer { parent: Some(Id::customer(1)), ..Customer::default() });
        for (n, days) in bought {
            let amount = Some(Money { minor: 100, currency: Currency::CNY });
            let (customer, date) = (Some(Id::customer(*n)), Some(Day(today.0 + days)));
            put(&mut world, Purchase { customer, amount, date, ..Purchase::default() });
        }
        let customer = Some(Id::customer(1));
        for ago in contacted {
            let (at, outcome) = (Some(Instant(NOW + ago)), Some(Outcome::Reached));
            let direction = Some(Direction::Out);
            put(&mut world, Interaction { customer, at, direction, outcome, ..Interaction::default() });
        }
        if let Some(due) = due {
            let (due, state) = (Some(Instant(NOW + due)), Some(TaskState::Open));
            put(&mut world, Task { customer, due, state, ..Task::default() });
        }
        let (layer, _) = world.finish();
        memory.write(layer, Vec::new());
        memory
    }

    #[test]
    fn the_moment_is_exact_where_days_and_hours_are_counted() {
        let midnight = lens(Instant(NOW)).start_of(Instant(NOW).day(chrono_tz::Asia::Shanghai)).0;
        let rows = book(&[(1, -100), (1, -10), (1, 5)], &[-20 * DAY, -3 * DAY], Some(2 * DAY));
        for (filter, expected) in [
            ("idle>30d", Some(midnight + 27 * DAY)),
            ("idle>=3d", Some(midnight + DAY)),
            ("idle>75h", Some(NOW + 3 * DAY / 24)),
            ("idle>5h", None),
            ("not idle>30d or idle>90d", Some(midnight + 27 * DAY)),
            ("recency>30d", Some(midnight + 35 * DAY)),
            ("orders(90d)>1", Some(midnight + 5 * DAY)),
            ("contacts(10d)>0", Some(midnight + 7 * DAY)),
            ("contacts()>0", None),
            ("orders(4d)>0", Some(midnight + 5 * DAY)),
            ("late:yes", Some(NOW + 2 * DAY + 1)),
            ("overdue:yes", Some(NOW + 2 * DAY + 1)),
            ("created>2026-01-01", None),
            ("created>-3d", None),
            ("created>-600d", Some(midnight + 100 * DAY)),
            ("created>monday", Some(midnight + DAY)),
            ("tier:A name~acme", None),
        ] {
            assert_eq!(look(&rows, filter, Instant(NOW)).1, expected.map(Instant), "{filter}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// Between two looks that follow each other as they say, nothing changes.
        #[test]
        fn no_change_comes_before_it_is_said(
            bought in proptest::collection::vec((1_u64..3, -60..20_i32), 0..5),
            contacted in proptest::collection::vec(-40 * DAY..0, 0..3),
            due in proptest::option::of(-3 * DAY..9 * DAY),
            filter in proptest::sample::select(vec![
                "idle>30d", "idle>=1m", "idle<36h", "not idle>2w", "recency>40d or late:yes", "orders(30d)>=2",
                "spend(1m)>=2", "group(orders(20d))>=2", "contacts(9d)=1", "overdue:yes", "recency>=12d",
                "orders(30d)>1 not idle>3w or open(tasks)>0 overdue:yes", "created<-510d", "created>=-520d",
                "last:today", "last<-2d", "not last>=-1w", "last<monday",
            ]),
        ) {
            let rows = book(&bought, &contacted, due);
            let (mut holds, mut turns) = look(&rows, filter, Instant(NOW));
            for hour in 1..1500 {
                let now = Instant(NOW + hour * DAY / 24);
                let (now_holds, now_turns) = look(&rows, filter, now);
                if turns.is_none_or(|turns| now < turns) {
                    prop_assert_eq!(holds, now_holds, "{} after {} hours", filter, hour);
                } else {
                    (holds, turns) = (now_holds, now_turns);
                }
            }
        }
    }
}
