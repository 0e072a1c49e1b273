//! What time begins: playbooks of silence and of a date. The next such moment stands in the customer's record, where an
//! index finds it; so nobody ever goes through the book for it.
//!
//! A moment that is past when it becomes known begins nothing: whoever was silent for long before the policy asked for
//! it, or comes from a file, is no news.

use chrono::{Datelike, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::run::{self, Origin};
use crate::model::{Became, Cause, Ground, Id, Instant, Profile, Row, Rows, Value, Wishes, World};
use crate::rules::policy::{Clock, DateOf, Playbook, Policy, Trigger};
use crate::rules::{Outcome, set};
use crate::text::Clean;

/// What comes every year is looked for so often, from the beginning of this year on: who is told a year before has the
/// one after next.
const YEARS: usize = 3;

/// Notes on a customer when time next begins a playbook for it.
pub(in crate::rules) fn look_ahead(world: &mut World, policy: &Policy, profile: &Profile, now: Instant) {
    let begins = next(world, policy, profile, now);
    set(world, profile.id, "begins", Value::or_absent(begins, Value::Instant));
}

/// Whether a policy begins playbooks for a customer at other times than stands in its record.
pub fn displaces(rows: &dyn Rows, policy: &Policy, profile: &Profile, now: Instant) -> bool {
    next(rows, policy, profile, now) != profile.customer.begins
}

/// The next moment at which time begins a playbook for a customer. One that is due and not yet carried out stays.
fn next(rows: &dyn Rows, policy: &Policy, profile: &Profile, now: Instant) -> Option<Instant> {
    let is_to_come = |at: &Instant| *at > now || Some(*at) == profile.customer.begins;
    let all = policy.playbooks.iter().flat_map(|playbook| moments(rows, policy, playbook, profile, now));
    all.filter(is_to_come).min().filter(|_| !profile.customer.archived)
}

/// The playbooks that time begins for a customer at a moment that stands in its record.
pub fn beginning<'p>(
    rows: &dyn Rows,
    policy: &'p Policy,
    profile: &Profile,
    due: Instant,
) -> Vec<&'p Playbook> {
    let is_due = |playbook: &&Playbook| moments(rows, policy, playbook, profile, due).contains(&due);
    policy.playbooks.iter().filter(is_due).collect()
}

/// Whether time begins a playbook for a customer at a moment, by a policy: this one, or any.
pub(in crate::rules) fn begins_at(
    rows: &dyn Rows,
    policy: &Policy,
    playbook: Option<&Clean>,
    (customer, due): (Id, Instant),
) -> bool {
    let Some(profile) = Profile::of(rows, customer.n) else { return false };
    beginning(rows, policy, &profile, due).iter().any(|one| playbook.is_none_or(|id| one.id == *id))
}

/// Time begins playbooks for a customer, as of the moment at which they were due. Whatever changed since is left.
pub(in crate::rules) fn begin(world: &mut World, policy: &Policy, due: Instant, customer: Id) -> Outcome {
    let profile = Profile::of(world, customer.n).filter(|profile| profile.customer.begins == Some(due));
    let playbooks = profile.as_ref().map_or_else(Vec::new, |profile| beginning(world, policy, profile, due));
    for playbook in &playbooks {
        run::begin(world, policy, playbook, customer, Origin { record: customer, since: due }, due);
    }
    if let Some(mut profile) = profile {
        profile.customer.begins = None;
        look_ahead(world, policy, &profile, due);
    }
    let ids: Vec<&str> = playbooks.iter().map(|playbook| playbook.id.as_str()).collect();
    let rule = if ids.is_empty() { super::COMMAND.to_owned() } else { ids.join(" ") };
    let cause = Cause::Due { at: due, rule: Clean::washed(&rule).0 };
    Outcome { cause, ids: Vec::new(), became: Became::Updated, dates: Vec::new() }
}

/// When time begins a playbook for a customer: of what comes every year, about now.
fn moments(
    rows: &dyn Rows,
    policy: &Policy,
    playbook: &Playbook,
    profile: &Profile,
    now: Instant,
) -> Vec<Instant> {
    let zone = || Ground::of(&rows.settings()).zone;
    match &playbook.on {
        Some(Trigger::Silence(span)) => {
            let since = profile.gist.last_contact.or(profile.gist.created);
            since.and_then(|since| policy.ends(&Clock::Elapsed, since, *span, zone())).into_iter().collect()
        }
        Some(Trigger::Date(of, before)) => {
            let zone = zone();
            let starts = |day: NaiveDate| Instant::at(day.and_time(NaiveTime::MIN), zone);
            let begins = |day| before.map_or(starts(day), |before| starts(day).earlier(before, zone));
            days(of, profile, now, zone).into_iter().map(begins).collect()
        }
        _ => Vec::new(),
    }
}

/// The days of a date that is known of a customer.
fn days(of: &DateOf, profile: &Profile, now: Instant, zone: Tz) -> Vec<NaiveDate> {
    match of {
        DateOf::Field(field) => match Row::from(profile.customer.clone()).get(field) {
            Value::Day(day) => vec![day.date()],
            Value::Text(text) => text.as_str().trim().parse().into_iter().collect(),
            _ => Vec::new(),
        },
        DateOf::Birthday => {
            let people = profile.contacts.iter().map(|person| person.wishes).filter(|wishes| !wishes.dnc);
            let Some(from) = NaiveDate::from_yo_opt(now.local(zone).year(), 1) else { return Vec::new() };
            people.flat_map(|wishes| birthdays(wishes, from)).collect()
        }
    }
}

/// A person's birthdays from a day on, in the lunar calendar where they keep them in that.
fn birthdays(wishes: Wishes, from: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let next = move |day: &NaiveDate| wishes.next_birthday(day.succ_opt()?);
    std::iter::successors(wishes.next_birthday(from), next).take(YEARS)
}

#[cfg(test)]
mod tests {
    use chrono_tz::Asia::Shanghai;
    use proptest::prelude::*;

    use super::super::tests::{inquiry, office, open, runs, said};
    use super::*;
    use crate::model::{Command, Direction, Id, Kind, Rows};
    use crate::rules::policy::SHIPPED;
    use crate::rules::testing::{Office, REP, add, edit, undo};

    fn policy(on: &str) -> String {
        let step = "[[playbook.step]]\nid = \"call\"\nwithin = \"2d\"\n";
        format!("{SHIPPED}\n[[playbook]]\nid = \"wake\"\n{on}\n{step}")
    }

    fn begins(office: &Office, customer: Id) -> String {
        let at = office.customer(customer).begins;
        at.map_or_else(|| "never".to_owned(), |at| at.local(Shanghai).format("%y-%m-%d %H:%M").to_string())
    }

    #[test]
    fn silence_begins_a_playbook_once_until_a_contact_breaks_it() {
        let (mut office, acme) = office(&policy("on = \"silence:14d\""));
        assert_eq!(begins(&office, acme), "18-01-15 09:00", "since the record was made");
        office.days_pass(10);
        office.run(said(acme, |_| {})).unwrap();
        assert_eq!(begins(&office, acme), "18-01-25 09:00");
        office.run(said(acme, |log| log.outcome = Some(crate::model::Outcome::NoAnswer))).unwrap();
        office.run(edit(acme, "region", "east")).unwrap();
        assert_eq!(begins(&office, acme), "18-01-25 09:00");
        office.days_pass(13);
        assert_eq!(runs(&office).len(), 0);
        office.days_pass(40);
        assert_eq!(open(&office), ["call 01-27 09:00"], "as of its own moment, once");
        assert_eq!(begins(&office, acme), "never");
        let logged = office.seq(said(acme, |log| log.direction = Some(Direction::In)));
        assert_eq!(begins(&office, acme), "18-03-19 09:00");
        office.run(undo(logged)).unwrap();
        assert_eq!(begins(&office, acme), "never", "that silence is told of");
    }

    #[test]
    fn what_is_due_is_not_lost_when_somebody_comes_before_the_clock() {
        let (mut office, acme) = office(&policy("on = \"silence:14d\""));
        office.now = office.now.plus_seconds(15 * 86_400);
        office.run(edit(acme, "region", "east")).unwrap();
        assert_eq!(begins(&office, acme), "18-01-15 09:00");
        office.hours_pass(0);
        assert_eq!(open(&office), ["call 01-17 09:00"]);
    }

    #[test]
    fn what_time_begins_next_is_known_before() {
        let text = policy("on = \"silence:14d\"");
        let (office, acme) = office(&text);
        let policy = Policy::parse(&text).unwrap();
        let profile = Profile::of(&office.rows, acme.n).unwrap();
        let next = |at| {
            beginning(&office.rows, &policy, &profile, at).iter().map(|of| of.id.as_str()).collect::<Vec<_>>()
        };
        let at = profile.customer.begins.unwrap();
        assert_eq!((next(at), next(at.plus_seconds(1))), (vec!["wake"], Vec::new()));
    }

    #[test]
    fn a_day_begins_a_playbook_so_long_before() {
        let (mut office, acme) = office(&policy("on = \"date:x.renewal\"\nbefore = \"30d\""));
        for (renewal, expected) in [
            ("2018-06-30", "18-05-31 00:00"),
            ("2018-01-20", "never"),
            ("after the fair", "never"),
            ("", "never"),
            ("2018-02-10", "18-01-11 00:00"),
        ] {
            office.run(edit(acme, "x.renewal", renewal)).unwrap();
            assert_eq!(begins(&office, acme), expected, "{renewal}");
        }
        office.days_pass(20);
        assert_eq!(open(&office), ["call 01-13 00:00"]);
        office.run(edit(acme, "archived", "yes")).unwrap();
        office.run(edit(acme, "x.renewal", "2018-12-30")).unwrap();
        assert_eq!(begins(&office, acme), "never");
    }

    #[test]
    fn birthdays_come_every_year() {
        let (mut office, acme) = office(&policy("on = \"date:birthday\"\nbefore = \"7d\""));
        let person =
            |name, day| add(Kind::Contact, &[("customer", "Acme"), ("name", name), ("birthday", day)]);
        let leap = office.run(person("Ada", "1980-02-29")).unwrap().ids[0];
        assert_eq!(begins(&office, acme), "18-02-21 00:00");
        office.days_pass(60);
        assert_eq!((runs(&office).len(), begins(&office, acme)), (1, "19-02-21 00:00".to_owned()));
        office.run(person("Bob", "1990-01-03").by(REP)).unwrap();
        assert_eq!(begins(&office, acme), "18-12-27 00:00");
        office.run(edit(leap, "birthday", "")).unwrap();
        office.run(Command::Edit { record: Id::new(Kind::Contact, 2), changes: Vec::new() }).unwrap();
        assert_eq!(begins(&office, acme), "18-12-27 00:00");
    }

    #[test]
    fn a_lunar_birthday_is_kept_in_its_calendar_and_who_wants_no_contact_has_none() {
        let (mut office, acme) = office(&policy("on = \"date:birthday\""));
        let mei = add(
            Kind::Contact,
            &[("customer", "Acme"), ("name", "Mei"), ("birthday", "1980-03-01"), ("lunar_birthday", "01-01")],
        );
        let mei = office.run(mei).unwrap().ids[0];
        assert_eq!(begins(&office, acme), "18-02-16 00:00", "the Spring Festival of 2018");
        office.run(edit(mei, "dnc", "yes")).unwrap();
        assert_eq!(begins(&office, acme), "never");
    }

    #[test]
    fn an_adoption_begins_nothing_for_what_is_past() {
        let (mut office, acme) = office(SHIPPED);
        office.days_pass(20);
        let beta = office.make(Kind::Customer, &[("name", "Beta")]);
        office.adopt(&policy("on = \"silence:14d\""));
        assert_eq!([acme, beta].map(|customer| begins(&office, customer)), ["never", "18-02-04 09:00"]);
        office.run(inquiry(acme)).unwrap();
        assert_eq!(begins(&office, acme), "18-02-04 09:00");
        office.adopt(SHIPPED);
        assert_eq!(begins(&office, acme), "never");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        /// However the clock runs, the same silences begin the same playbooks at the same moments.
        #[test]
        fn a_pause_of_the_server_changes_nothing(
            contacts in prop::collection::vec(1..500_i64, 1..4),
            steps in 1..5_i64,
        ) {
            let told = |steps: i64| {
                let (mut office, acme) = office(&policy("on = \"silence:7d\""));
                for hours in &contacts {
                    for step in 0..steps {
                        office.hours_pass(hours * (step + 1) / steps - hours * step / steps);
                    }
                    office.run(said(acme, |_| {})).unwrap();
                    let open = office.all(Kind::Task).into_iter().map(|(id, _)| id).filter(|id| {
                        office.rows.task(*id).is_some_and(|task| task.done_at.is_none())
                    });
                    for task in open.collect::<Vec<_>>() {
                        office.run(Command::TaskDone { task, next: crate::text::Clean::default() }).unwrap();
                    }
                }
                runs(&office)
            };
            prop_assert_eq!(told(1), told(steps));
        }
    }
}
