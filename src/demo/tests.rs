//! The book as its readers find it: read back from its rows, by the shapes that the model declares.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};

use super::data::people::TEAMS;
use super::data::places::PLACES;
use super::data::remarks::DUTIES;
use super::data::talk::talks;
use super::data::tasks::ERRANDS;
use super::{DAYS, book};
use crate::model::{Channel, Choice, Command, CustomerKind, DealStage, Direction, Id, Kind, Outcome, Shape};
use crate::text::{Clean, Currency, Lang, Money, folded};

/// A row: fields by name, the first of several values.
type Fields = HashMap<String, String>;

fn noon() -> NaiveDateTime {
    at("2026-11-24 12:00")
}

fn at(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn commands(now: NaiveDateTime) -> Vec<Command> {
    book(now).into_iter().flat_map(|chapter| chapter.batches).flatten().collect()
}

/// The record that a command tells of, and its fields.
fn told(command: Command) -> Option<(Kind, Vec<(Clean, Clean)>)> {
    match command {
        Command::Import { kind, values, .. } => Some((kind, values)),
        Command::Add { kind, changes } => {
            Some((kind, changes.into_iter().map(|change| (change.field, change.to)).collect()))
        }
        _ => None,
    }
}

/// The rows of each chapter, in their order, and the moment of the store's clock. Of a record that is told twice, both.
fn chapters(now: NaiveDateTime) -> Vec<(NaiveDateTime, Vec<(Kind, Fields)>)> {
    let row = |command| {
        let (kind, values) = told(command)?;
        let mut fields = Fields::new();
        for (name, text) in values {
            fields.entry(name.as_str().to_owned()).or_insert_with(|| text.as_str().to_owned());
        }
        Some((kind, fields))
    };
    let mut clock = now - Duration::days(DAYS.into());
    let read = book(now).into_iter().map(|chapter| {
        clock += Duration::days(chapter.days.into());
        (clock, chapter.batches.into_iter().flatten().filter_map(row).collect())
    });
    read.collect()
}

/// The rows of all chapters.
fn read(now: NaiveDateTime) -> Vec<(Kind, Fields)> {
    chapters(now).into_iter().flat_map(|(_, rows)| rows).collect()
}

/// The rows of a kind.
fn rows(now: NaiveDateTime, wanted: Kind) -> Vec<Fields> {
    read(now).into_iter().filter(|(kind, _)| *kind == wanted).map(|(_, fields)| fields).collect()
}

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

/// A moment; a day alone is its end.
fn moment(text: &str) -> NaiveDateTime {
    let end = NaiveTime::from_hms_opt(23, 59, 0).unwrap();
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap_or_else(|_| day(text).and_time(end))
}

fn has(fields: &Fields, name: &str, value: &str) -> bool {
    fields.get(name).is_some_and(|text| text == value)
}

fn count(rows: &[Fields], name: &str, value: &str) -> usize {
    rows.iter().filter(|row| has(row, name, value)).count()
}

/// A workday, a Monday before work, a Sunday, the first minute of a year, the last of a leap day.
const MOMENTS: [&str; 5] =
    ["2026-11-24 12:00", "2026-11-23 08:05", "2026-11-22 15:00", "2027-01-01 00:00", "2028-02-29 23:59"];

#[test]
fn the_same_moment_gives_the_same_book() {
    assert_eq!(book(noon()), book(noon()));
    assert_ne!(book(noon()), book(noon() + Duration::days(1)));
}

#[test]
fn batches_are_small_and_references_unique() {
    let mut seen = BTreeSet::new();
    for batch in book(noon()).into_iter().flat_map(|chapter| chapter.batches) {
        assert!((1..=500).contains(&batch.len()));
        for command in batch {
            let Command::Import { kind, reference, referenced, values } = command else { continue };
            assert!(referenced && !reference.is_empty());
            let tells = |field| values.iter().any(|(name, _)| name.as_str() == field);
            let again = kind == Kind::Team && tells("lead") || kind == Kind::Task && tells("state");
            assert!(seen.insert((kind, reference.clone())) || again, "{kind:?} {reference}");
        }
    }
}

#[test]
fn the_book_has_the_size_it_promises() {
    let mut sizes: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut closed = 0;
    for (kind, row) in read(noon()) {
        *sizes.entry(kind).or_default() += 1;
        closed += usize::from(kind == Kind::Deal && row.contains_key("closed"));
    }
    // Teams are told once more, with their leads, and tasks, with their ends.
    let exact = [Kind::Team, Kind::Member, Kind::Customer, Kind::Task].map(|kind| sizes[&kind]);
    assert_eq!(exact, [3 + 3, 11, 120, 45 + 46 + 46]);
    assert!((170..=280).contains(&sizes[&Kind::Contact]), "{sizes:?}");
    assert!((2300..=2700).contains(&sizes[&Kind::Interaction]), "{sizes:?}");
    assert!((460..=540).contains(&sizes[&Kind::Purchase]), "{sizes:?}");
    assert!((140..=165).contains(&closed), "{closed}");
    assert!((52..=68).contains(&(sizes[&Kind::Deal] - closed)), "{sizes:?} {closed}");
}

/// Reads the rows in their order and knows the names that have come so far.
#[derive(Default)]
struct Reader {
    names: HashMap<(Kind, String), String>,
}

impl Reader {
    fn knows(&self, kind: Kind, name: &str) -> bool {
        kind == Kind::Member && name == "me" || self.names.contains_key(&(kind, folded(name)))
    }

    fn check(&self, kind: Kind, name: &str, text: &str) -> bool {
        let Some((_, info)) = kind.field(name) else { return false };
        let fits = |limit: usize| text.chars().count() <= limit;
        !info.derived
            && match info.shape {
                Shape::Flag => text == "yes",
                Shape::Number => text.parse::<u32>().is_ok(),
                Shape::Line(limit) | Shape::Lines(limit) | Shape::Own(limit) => {
                    fits(limit) && !text.contains('\n')
                }
                Shape::Note(limit) => fits(limit),
                Shape::Money => Money::parse(text, Currency::CNY).is_ok(),
                Shape::Day => NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok(),
                Shape::Instant => {
                    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").is_ok()
                        || NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
                }
                Shape::Ref(kind) | Shape::Refs(kind) => self.knows(kind, text),
                Shape::Word(words) => (words.all)().contains(&text),
                Shape::Duties => text
                    .rsplit_once(':')
                    .is_some_and(|(member, duty)| self.knows(Kind::Member, member) && DUTIES.contains(&duty)),
            }
    }

    /// Names and aliases are found by the same index: none may mean two records.
    fn learn(&mut self, kind: Kind, reference: &Clean, values: &[(Clean, Clean)]) {
        if !matches!(kind, Kind::Team | Kind::Member | Kind::Customer | Kind::Contact) {
            return;
        }
        for (_, text) in values.iter().filter(|(name, _)| matches!(name.as_str(), "name" | "aliases")) {
            let before = self.names.insert((kind, text.folded()), reference.as_str().to_owned());
            assert!(before.is_none_or(|before| before == reference.as_str()), "two are called {text}");
        }
    }
}

#[test]
fn every_value_reads_and_every_reference_is_there_before_it_is_needed() {
    let mut reader = Reader::default();
    for command in commands(noon()) {
        if let Some((kind, values)) = told(command.clone()) {
            for (name, text) in values {
                assert!(reader.check(kind, name.as_str(), text.as_str()), "{kind:?} {name}: {text}");
                assert!(!text.as_str().contains(['{', '}']), "{text}");
            }
        }
        match command {
            Command::Import { kind, reference, values, .. } => reader.learn(kind, &reference, &values),
            Command::Add { kind, .. } => assert_eq!(kind, Kind::Interaction, "nothing else refers to these"),
            Command::Edit { record, changes } => {
                assert_eq!(record, Id::new(Kind::Member, 1));
                for change in changes {
                    assert!(
                        reader.check(Kind::Member, change.field.as_str(), change.to.as_str()),
                        "{change:?}"
                    );
                }
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn nothing_has_happened_yet_that_is_to_come_and_nothing_is_older_than_two_years() {
    for now in MOMENTS.map(at) {
        let earliest = now - Duration::days(DAYS.into());
        let told = chapters(now);
        assert_eq!(told.last().map(|(clock, _)| *clock), Some(now));
        for (clock, (kind, row)) in
            told.into_iter().flat_map(|(clock, rows)| rows.into_iter().map(move |row| (clock, row)))
        {
            for name in ["at", "done_at"] {
                let when = row.get(name).map(|text| moment(text));
                assert!(
                    when.is_none_or(|when| when >= earliest && when <= clock),
                    "{kind:?} {when:?} at {clock}"
                );
            }
            for name in ["date", "opened", "closed"] {
                let when = row.get(name).map(|text| day(text));
                assert!(
                    when.is_none_or(|when| when >= earliest.date() && when <= clock.date()),
                    "{kind:?} {when:?}"
                );
            }
        }
    }
}

#[test]
fn we_work_on_workdays_and_in_office_hours() {
    for row in rows(at("2026-11-22 15:00"), Kind::Interaction) {
        let at = moment(&row["at"]);
        assert!(!matches!(at.weekday(), Weekday::Sat | Weekday::Sun), "{at}");
        assert!((9..=18).contains(&at.hour()), "{at}");
    }
}

#[test]
fn interactions_take_every_channel_direction_and_outcome() {
    let rows = rows(noon(), Kind::Interaction);
    let words =
        |name: &str| rows.iter().filter_map(|row| row.get(name).cloned()).collect::<BTreeSet<_>>().len();
    assert_eq!(words("channel"), Channel::ALL.len());
    assert_eq!(words("direction"), Direction::ALL.len());
    assert_eq!(words("outcome"), Outcome::ALL.len());
    assert!(count(&rows, "inquiry", "yes") > 150);
    let said = rows.iter().filter(|row| row.contains_key("said")).count();
    assert!(said * 2 > rows.len(), "{said}");
}

#[test]
fn what_is_said_is_manifold_and_only_the_missed_ones_are_no_contact() {
    for lang in [Lang::En, Lang::Zh] {
        let talks = talks(lang);
        let real = [talks.order, talks.ask, talks.talk, talks.serve].concat();
        let texts: BTreeSet<&str> = real.iter().chain(talks.missed).map(|talk| talk.1).collect();
        assert!(texts.len() >= 60 && texts.len() == real.len() + talks.missed.len());
        assert!(real.iter().all(|(how, ..)| is_real(how)));
        assert!(!talks.missed.iter().any(|(how, ..)| is_real(how)));
    }
}

/// As the model has it: inbound, or it reached them, or they replied.
fn is_real(how: &str) -> bool {
    how.split(' ').any(|word| matches!(word, "in" | "reached" | "replied"))
}

/// What the shipped policy looks at, and what it makes of it on a day.
#[derive(Default)]
struct Facts {
    sales: Vec<(NaiveDate, i64)>,
    was_lapsed: bool,
    open_deals: usize,
    last_contact: Option<NaiveDate>,
}

impl Facts {
    /// What was sold in the year before a day.
    fn this_year(&self, today: NaiveDate) -> impl Iterator<Item = i64> {
        let within = move |(on, _): &&(NaiveDate, i64)| (today - *on).num_days() < 365;
        self.sales.iter().filter(within).map(|(_, amount)| *amount)
    }

    fn tier(&self, today: NaiveDate) -> &'static str {
        let (spend, orders) = (self.this_year(today).sum::<i64>(), self.this_year(today).count());
        match (spend, orders, self.open_deals) {
            (100_000.., 4.., _) => "A",
            (20_000.., ..) | (_, _, 1..) => "B",
            _ => "C",
        }
    }

    fn stage(&self, today: NaiveDate) -> &'static str {
        let last = self.sales.iter().map(|(on, _)| (today - *on).num_days()).min();
        match (last, self.this_year(today).count()) {
            (None, _) => "prospect",
            (Some(181..), _) => "lapsed",
            (_, ..4) if self.was_lapsed => "won-back",
            (_, 4..) => "loyal",
            _ if self.sales.len() > 1 => "repeat",
            _ => "new",
        }
    }

    fn is_neglected(&self, today: NaiveDate) -> bool {
        let rhythm = match self.tier(today) {
            "A" => 14,
            "B" => 30,
            _ => 90,
        };
        self.last_contact.is_none_or(|on| (today - on).num_days() > rhythm)
    }
}

/// The facts of every customer, when the rules have looked at the beginning and at the end of each chapter.
fn facts(now: NaiveDateTime) -> Vec<Facts> {
    let mut all: BTreeMap<String, Facts> = BTreeMap::new();
    for (clock, rows) in chapters(now) {
        let look = |facts: &mut Facts| facts.was_lapsed |= facts.stage(clock.date()) == "lapsed";
        all.values_mut().for_each(look);
        for (kind, row) in rows {
            let Some(customer) = row.get(if kind == Kind::Customer { "name" } else { "customer" }) else {
                continue;
            };
            let facts = all.entry(customer.clone()).or_default();
            let amount = row.get("amount").map_or(0, |amount| amount.parse().unwrap());
            match (kind, row.get("stage").map(String::as_str)) {
                (Kind::Purchase, _) => facts.sales.push((day(&row["date"]), amount)),
                (Kind::Deal, Some("won")) => facts.sales.push((day(&row["closed"]), amount)),
                (Kind::Deal, Some("lost")) => {}
                (Kind::Deal, _) => facts.open_deals += 1,
                (Kind::Interaction, _) => {
                    let how = ["direction", "outcome"]
                        .map(|name| row.get(name).map_or("", String::as_str))
                        .join(" ");
                    if is_real(&how) {
                        facts.last_contact = facts.last_contact.max(Some(moment(&row["at"]).date()));
                    }
                }
                _ => {}
            }
        }
        all.values_mut().for_each(look);
    }
    all.into_values().collect()
}

#[test]
fn tiers_and_stages_are_spread_as_in_life() {
    for now in MOMENTS.map(at) {
        let (facts, today) = (facts(now), now.date());
        let share = |of: &dyn Fn(&Facts) -> bool| facts.iter().filter(|facts| of(facts)).count();
        assert_eq!(share(&|f| f.tier(today) == "A"), 14);
        let b = share(&|f| f.tier(today) == "B");
        assert!((34..=38).contains(&b), "{b}");
        let stages = ["prospect", "new", "repeat", "loyal", "lapsed", "won-back"];
        let spread = stages.map(|stage| share(&|f| f.stage(today) == stage));
        assert!(spread.iter().all(|share| (6..=40).contains(share)), "{spread:?}");
        for tier in ["A", "B", "C"] {
            let all = share(&|f| f.tier(today) == tier);
            let neglected = share(&|f| f.tier(today) == tier && f.is_neglected(today));
            assert!((all * 15 / 100..=all * 55 / 100).contains(&neglected), "{tier}: {neglected} of {all}");
        }
    }
}

#[test]
fn customers_come_one_after_the_other() {
    let begun =
        chapters(noon()).into_iter().filter(|(_, rows)| rows.iter().any(|(kind, _)| *kind == Kind::Customer));
    assert!(begun.count() > 20);
}

#[test]
fn groups_are_trees_up_to_three_deep() {
    let customers = rows(noon(), Kind::Customer);
    let parents: HashMap<&str, &str> = customers
        .iter()
        .filter_map(|row| Some((row["name"].as_str(), row.get("parent")?.as_str())))
        .collect();
    let climb = |name: &str| {
        let (mut head, mut depth) = (name.to_owned(), 1);
        while let Some(parent) = parents.get(head.as_str()) {
            (head, depth) = ((*parent).to_owned(), depth + 1);
        }
        (head, depth)
    };
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for name in parents.keys() {
        *groups.entry(climb(name).0).or_insert(1) += 1;
    }
    assert_eq!(groups.len(), 8);
    assert!(groups.values().all(|members| (2..=5).contains(members)), "{groups:?}");
    assert_eq!(parents.keys().map(|name| climb(name).1).max(), Some(3));
}

#[test]
fn customers_are_of_all_sorts() {
    let customers = rows(noon(), Kind::Customer);
    assert_eq!(count(&customers, "country", "CN"), 72);
    assert_eq!(count(&customers, "kind", CustomerKind::Person.word()), 10);
    let (owned, served) = customers.iter().fold((0, 0), |(owned, served), row| {
        (owned + usize::from(row.contains_key("owner")), served + usize::from(row.contains_key("team")))
    });
    assert_eq!(customers.len() - served, 10);
    assert!(owned < served);
    assert!((11..=13).contains(&count(&customers, "owner", "me")), "{}", count(&customers, "owner", "me"));
    assert!(customers.iter().any(|row| has(row, "dnc", "yes")));
    for field in
        ["aliases", "tags", "revenue", "x.erp", "x.payment", "note", "collaborators", "phones", "verified"]
    {
        assert!(customers.iter().filter(|row| row.contains_key(field)).count() > 10, "{field}");
    }
    assert!(PLACES.iter().all(|place| TEAMS.iter().any(|team| team.regions.contains(&place.region))));
}

#[test]
fn nobody_can_be_reached_by_what_the_book_says() {
    let mut numbers = BTreeSet::new();
    for row in [rows(noon(), Kind::Customer), rows(noon(), Kind::Contact)].concat() {
        if let Some(number) = row.get("phones") {
            assert!(number.contains("555") || number.contains("0055") || number.starts_with('+'), "{number}");
            assert!(numbers.insert(number.clone()), "{number} twice");
        }
        let mail = row.get("mails").map_or("a@example.com", String::as_str);
        assert!(mail.is_ascii() && (mail.ends_with(".example") || mail.ends_with("@example.com")), "{mail}");
        assert!(row.get("website").is_none_or(|site| site.ends_with(".example")));
    }
}

/// The tasks that were open at this moment, as far as the store knew by then.
fn open_tasks(now: NaiveDateTime, then: NaiveDateTime) -> Vec<Fields> {
    let mut clock = now - Duration::days(DAYS.into());
    let mut tasks: BTreeMap<Clean, Fields> = BTreeMap::new();
    for chapter in book(now) {
        clock += Duration::days(chapter.days.into());
        for command in chapter.batches.into_iter().flatten().filter(|_| clock <= then) {
            let Command::Import { kind: Kind::Task, reference, values, .. } = command else { continue };
            let values = values.into_iter().map(|(name, text)| (name.to_string(), text.to_string()));
            tasks.entry(reference).or_default().extend(values);
        }
    }
    tasks.into_values().filter(|row| !row.contains_key("state")).collect()
}

#[test]
fn a_past_day_has_the_tasks_of_then() {
    for now in MOMENTS.map(at) {
        for ago in 0..28 {
            let then = now - Duration::days(ago);
            let open = open_tasks(now, then);
            assert!(open.len() >= 5, "{now}: {} tasks {ago} days ago", open.len());
            assert!(open.iter().all(|row| row.contains_key("title")));
        }
        for late in open_tasks(now, now).iter().filter(|row| moment(&row["due"]) < now) {
            let before = open_tasks(now, moment(&late["due"]));
            assert!(before.contains(late), "{late:?} was there when it fell due");
        }
    }
}

#[test]
fn tasks_fill_the_day_of_whoever_opens_the_book() {
    for now in MOMENTS.map(at) {
        let open = open_tasks(now, now);
        let due = |row: &Fields| moment(&row["due"]);
        let late = open.iter().filter(|row| due(row) < now).count();
        let today: Vec<&Fields> =
            open.iter().filter(|row| due(row) >= now && due(row).date() == now.date()).collect();
        assert_eq!((open.len(), late, today.len()), (45, 9, 15), "{now}");
        assert_eq!(today.iter().filter(|row| has(row, "assignee", "me")).count(), 5);
        assert_eq!(open.iter().filter(|row| !row.contains_key("assignee")).count(), 6);
        assert!(count(&open, "promise", "yes") >= 8);
    }
    assert!(ERRANDS.iter().any(|errand| errand.source != "manual"));
}

#[test]
fn deals_stand_in_every_stage_and_lost_ones_have_a_reason() {
    let deals = rows(noon(), Kind::Deal);
    for stage in DealStage::ALL {
        assert!(count(&deals, "stage", stage.word()) >= 6, "{stage:?}");
    }
    assert!(deals.iter().all(|row| has(row, "stage", "lost") == row.contains_key("lost_reason")));
    assert!(deals.iter().all(|row| has(row, "stage", "prospecting") != row.contains_key("opened")));
}
