//! The customers, with the people there.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{Calendar, day};
use super::data::customers::{CUSTOMERS, Held, Life};
use super::data::people::{
    FAMILY_EN, FAMILY_ZH, GIVEN_EN, GIVEN_ZH, MOBILE_ZH, TEAMS, TITLES_EN, TITLES_ZH, Team,
};
use super::data::places::{PLACES, Place};
use super::data::remarks::{Both, CONTACT_NOTES, DNC, DUTIES, NOTES, PAYMENT, SOURCES, TAGS};
use super::dice::Dice;
use super::life::Plan;
use super::row::Row;
use crate::model::Kind;
use crate::text::Lang;

/// A customer of the book.
pub(super) struct Customer {
    pub(super) nth: usize,
    pub(super) life: Life,
    pub(super) plan: Plan,
    pub(super) name: &'static str,
    /// Chinese customers are written of in Chinese.
    pub(super) lang: Lang,
    pub(super) held: Held,
    /// The member who looks after them; empty without one.
    pub(super) owner: &'static str,
    /// The team that serves their region.
    pub(super) team: &'static Team,
    pub(super) people: Vec<Person>,
    /// Days since they were last reached.
    pub(super) reached: u32,
    alias: &'static str,
    parent: &'static str,
    host: &'static str,
    industry: &'static str,
    place: &'static Place,
}

/// Somebody at a customer.
pub(super) struct Person {
    pub(super) name: String,
    /// As one speaks of them.
    pub(super) called: String,
    title: &'static str,
    user: String,
}

impl Customer {
    /// Who of us does something for them: mostly the owner, else somebody of the team.
    pub(super) fn worker(&self, dice: &mut Dice) -> &'static str {
        let anybody = dice.pick(self.team.owners);
        if self.owner.is_empty() || dice.chance(12) { anybody } else { self.owner }
    }

    /// What one writes for the person there, where none is named.
    pub(super) fn called(&self) -> &str {
        match self.lang {
            Lang::Zh => self.name,
            Lang::En => self.name.split(' ').next().unwrap_or(self.name),
        }
    }

    pub(super) fn is_person(&self) -> bool {
        self.industry.is_empty()
    }

    /// The host of their mail addresses: names that no registrar sells.
    fn mail_host(&self) -> String {
        if self.is_person() { "example.com".to_owned() } else { format!("{}.example", self.host) }
    }

    fn mail(&self) -> String {
        let user = if self.is_person() { self.host } else { "info" };
        format!("{user}@{}", self.mail_host())
    }
}

/// Every customer.
pub(super) fn all(dice: &mut Dice) -> Vec<Customer> {
    let mut turns: BTreeMap<&str, usize> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    CUSTOMERS
        .iter()
        .enumerate()
        .map(|(at, &(life, held, name, alias, parent, host, city, industry))| {
            let place = PLACES.iter().find(|place| place.name == city).unwrap_or(&PLACES[0]);
            let team = TEAMS.iter().find(|team| team.regions.contains(&place.region)).unwrap_or(&TEAMS[0]);
            let lang = if place.country == "CN" { Lang::Zh } else { Lang::En };
            let plan = life.plan();
            let mut people = Vec::new();
            if !industry.is_empty() {
                people.resize_with(dice.between(plan.people) as usize, || somebody(lang, &mut taken, dice));
            }
            Customer {
                nth: at + 1,
                reached: reached(life, &plan, dice),
                life,
                plan,
                name,
                lang,
                held,
                owner: if held == Held::Rep { next_owner(team, &mut turns) } else { "" },
                team,
                people,
                alias,
                parent,
                host,
                industry,
                place,
            }
        })
        .collect()
}

fn next_owner(team: &'static Team, turns: &mut BTreeMap<&'static str, usize>) -> &'static str {
    let turn = turns.entry(team.name).or_default();
    *turn += 1;
    team.owners[*turn % team.owners.len()]
}

/// Days since the last real contact: two of three within the rhythm, of those that lapsed fewer.
fn reached(life: Life, plan: &Plan, dice: &mut Dice) -> u32 {
    let kept = dice.chance(if life == Life::Lapsed { 40 } else { 68 });
    // A weekend may add two days.
    let (within, beyond) =
        (dice.between((0, plan.rhythm - 3)), dice.between((plan.rhythm + 2, plan.rhythm * 5 / 2)));
    if kept { within } else { beyond }
}

fn somebody(lang: Lang, taken: &mut BTreeSet<String>, dice: &mut Dice) -> Person {
    loop {
        let person = match lang {
            Lang::Zh => {
                let ((family, family_pinyin), (given, given_pinyin)) =
                    (dice.pick(FAMILY_ZH), dice.pick(GIVEN_ZH));
                let (title, behind) = dice.pick(TITLES_ZH);
                Person {
                    name: format!("{family}{given}"),
                    called: format!("{family}{behind}"),
                    title,
                    user: format!("{family_pinyin}.{given_pinyin}"),
                }
            }
            Lang::En => {
                let (given, (family, user)) = (dice.pick(GIVEN_EN), dice.pick(FAMILY_EN));
                Person {
                    name: format!("{given} {family}"),
                    called: given.to_owned(),
                    title: dice.pick(TITLES_EN),
                    user: format!("{}.{user}", given.to_lowercase()),
                }
            }
        };
        // Interactions name them, so no two are called the same.
        if taken.insert(person.name.clone()) {
            return person;
        }
    }
}

/// Telephone numbers, none twice.
#[derive(Default)]
pub(super) struct Numbers(BTreeMap<&'static str, u32>);

impl Numbers {
    /// The next number of a pattern, in which `#` stands for digits.
    fn next(&mut self, pattern: &'static str) -> String {
        let front = pattern.trim_end_matches('#');
        let digits = pattern.len() - front.len();
        if digits == 0 {
            return pattern.to_owned();
        }
        // 37 shares no factor with a power of ten, so all numbers come before one comes again.
        let given = self.0.entry(pattern).or_insert(11);
        *given = (*given + 37) % 10_u32.pow(digits as u32);
        format!("{front}{given:0digits$}")
    }
}

/// The rows of all customers, heads of groups before their members.
pub(super) fn rows(
    customers: &[Customer],
    calendar: Calendar,
    numbers: &mut Numbers,
    dice: &mut Dice,
) -> Vec<Row> {
    customers.iter().map(|customer| row(customer, calendar, numbers, dice)).collect()
}

fn row(customer: &Customer, calendar: Calendar, numbers: &mut Numbers, dice: &mut Dice) -> Row {
    let Customer { lang, plan, place, held, .. } = customer;
    let words = |(en, zh): Both| lang.pick(en, zh);
    let company = !customer.is_person();
    let employees = dice.between(plan.employees);
    let revenue = u64::from(employees) * u64::from(dice.between((280, 900))) * 1000;
    let dnc = customer.life == Life::Prospect && dice.chance(20);
    let number = dice.between((1, 280));
    let address = lang.pick(
        format!("{} {number}, {}", place.street, place.name),
        format!("{}{}{number}号", place.name, place.street),
    );
    let team = if *held == Held::Pool { "" } else { customer.team.name };

    let mut row = Row::of(Kind::Customer, customer.nth)
        .with("name", customer.name)
        .with("kind", if company { "company" } else { "person" })
        .with("parent", customer.parent)
        .with("owner", customer.owner)
        .with("team", team)
        .with("aliases", customer.alias)
        .with("industry", customer.industry)
        .with("region", place.region)
        .with("country", place.country)
        .with("address", address)
        .with("phones", numbers.next(place.phone))
        .with("mails", customer.mail())
        .with("source", words(dice.pick(SOURCES)))
        .with("need", dice.weighed(&[("price", 5), ("quality", 4), ("service", 3)]))
        .with("complexity", complexity(plan.rhythm, dice))
        .with_if(company, "employees", employees.to_string())
        .with_if(company && dice.chance(55), "revenue", revenue.to_string())
        .with_if(company && dice.chance(70), "website", format!("https://www.{}", customer.mail_host()))
        .with_if(dice.chance(35), "tags", words(dice.pick(TAGS)))
        .with_if(customer.life == Life::Key, "tags", "vip")
        .with_if(dice.chance(40), "x.payment", words(dice.pick(PAYMENT)))
        .with_if(company && dice.chance(60), "x.erp", (20_000 + customer.nth * 17).to_string());
    let verified = calendar.ago(dice.between((5, 700)));
    row = row.with_if(dice.chance(65), "verified", day(verified));
    row = match (dnc, dice.chance(30)) {
        (true, _) => row.with("dnc", "yes").with("note", words(DNC)),
        (false, true) => row.with("note", words(dice.pick(NOTES))),
        (false, false) => row,
    };
    beside_the_owner(row, customer, dice)
}

fn complexity(rhythm: u32, dice: &mut Dice) -> &'static str {
    match rhythm {
        14 => dice.weighed(&[("complex", 7), ("medium", 3)]),
        30 => dice.weighed(&[("complex", 2), ("medium", 5), ("simple", 2)]),
        _ => dice.weighed(&[("medium", 3), ("simple", 7)]),
    }
}

/// Key customers have others of the team beside the owner.
fn beside_the_owner(row: Row, customer: &Customer, dice: &mut Dice) -> Row {
    if customer.life != Life::Key {
        return row;
    }
    let others: BTreeSet<&str> =
        customer.team.owners.iter().copied().filter(|name| *name != customer.owner).collect();
    let others: Vec<&str> = others.into_iter().collect();
    let (others, duties) = (dice.shuffled(&others), dice.shuffled(DUTIES));
    let both = others.into_iter().zip(duties).take(2);
    both.fold(row, |row, (name, duty)| row.with("collaborators", format!("{name}:{duty}")))
}

/// The rows of the people at all customers.
pub(super) fn contacts(
    customers: &[Customer],
    calendar: Calendar,
    numbers: &mut Numbers,
    dice: &mut Dice,
) -> Vec<Row> {
    let people =
        customers.iter().flat_map(|customer| customer.people.iter().map(move |person| (customer, person)));
    people
        .enumerate()
        .map(|(nth, (customer, person))| {
            let lang = customer.lang;
            let birthday = calendar.ago(dice.between((25 * 365, 60 * 365)));
            let (en, zh) = dice.pick(CONTACT_NOTES);
            Row::of(Kind::Contact, nth + 1)
                .with("name", &person.name)
                .with("customer", customer.name)
                .with("title", person.title)
                .with_if(dice.chance(85), "phones", numbers.next(lang.pick(customer.place.phone, MOBILE_ZH)))
                .with_if(dice.chance(90), "mails", format!("{}@{}", person.user, customer.mail_host()))
                .with_if(lang == Lang::Zh && dice.chance(75), "wechat", person.user.replace('.', "_"))
                .with_if(
                    dice.chance(50),
                    "channel",
                    dice.weighed(&[("phone", 5), ("email", 4), ("wechat", 4)]),
                )
                .with_if(dice.chance(30), "birthday", day(birthday))
                .with_if(dice.chance(12), "note", lang.pick(en, zh))
        })
        .collect()
}
