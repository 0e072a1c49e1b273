//! Two years of interactions.

use chrono::{Datelike, Duration, NaiveDate};

use super::calendar::{AFTERNOON, Calendar, MORNING, moment};
use super::customers::{Customer, Person};
use super::data::talk::{Talk, talks};
use super::dice::{Deck, Dice};
use super::row::Row;
use super::sales::{FARTHEST, Sale};
use crate::model::Kind;
use crate::text::Lang;

/// What a conversation is about.
enum About<'s> {
    Sale(&'s Sale),
    Asking,
    Anything,
    /// What they bought.
    Service,
    /// An attempt, or a note.
    Nobody,
}

/// The rows of every interaction, in the order of time.
pub(super) fn rows(
    customers: &[Customer],
    sales: &[Vec<Sale>],
    calendar: Calendar,
    dice: &mut Dice,
) -> Vec<Row> {
    let mut dated = Vec::new();
    for (customer, sales) in customers.iter().zip(sales) {
        let mut writer = Writer::of(customer, calendar, dice);
        for (ago, about) in conversations(customer, sales, dice) {
            dated.push(writer.write(ago, &about, dice));
        }
    }
    dated.sort_by_key(|written| written.0);
    let numbered = dated.into_iter().enumerate();
    numbered.map(|(nth, (at, fields))| fields.into_row(nth + 1).told(at)).collect()
}

/// Of those with whom we spoke in these last days everybody had asked for something.
const ASKED: u32 = 5;

/// When there was something between us and a customer, and what about.
fn conversations<'s>(customer: &Customer, sales: &'s [Sale], dice: &mut Dice) -> Vec<(u32, About<'s>)> {
    let plan = &customer.plan;
    let last = customer.reached;
    let first_sale = sales.last().map_or(0, |sale| sale.ago);
    let known = dice.between(plan.known).max(first_sale + dice.between((2, 28))).max(last + 4).min(FARTHEST);

    let mut found = vec![(last, About::Anything), (known, About::Asking)];
    // Some were answered, others are waiting: playbooks are at work for them.
    match last {
        0..ASKED if last % 3 == 1 => found[0].1 = About::Asking,
        0..ASKED => found.push((last + 1 + last % 2, About::Asking)),
        _ => {}
    }
    for sale in sales {
        if sale.ago >= last && dice.chance(65) {
            found.push(((sale.ago + dice.between((0, 3))).min(known), About::Sale(sale)));
        }
    }
    let wanted = dice.between(plan.contacts) as usize;
    while found.len() < wanted {
        let ago = dice.between((last, known));
        let about = match dice.between((1, 100)) {
            1..=40 if first_sale > ago => About::Service,
            1..=72 => About::Anything,
            73..=80 => About::Asking,
            _ => About::Nobody,
        };
        found.push((ago, about));
    }
    // Whoever was not reached for long was at least tried.
    if last > plan.rhythm && dice.chance(60) {
        found.push((dice.between((1, last - 1)), About::Nobody));
    }
    found
}

/// The fields of an interaction.
struct Fields<'c> {
    customer: &'c Customer,
    person: Option<&'c Person>,
    by: &'static str,
    at: String,
    talk: Talk,
    filled: [String; 2],
    inquiry: bool,
}

impl Fields<'_> {
    fn into_row(self, nth: usize) -> Row {
        let mut how = self.talk.0.split(' ');
        let mut word = || how.next().unwrap_or_default();
        Row::of(Kind::Interaction, nth)
            .with("customer", self.customer.name)
            .with("contact", self.person.map_or("", |person| person.name.as_str()))
            .with("by", self.by)
            .with("at", self.at)
            .with("channel", word())
            .with("direction", word())
            .with("outcome", word())
            .with("text", &self.filled[0])
            .with("said", &self.filled[1])
            .with_if(self.inquiry, "inquiry", "yes")
    }
}

/// Writes what was said with one customer, without saying the same thing twice in a row.
struct Writer<'c> {
    customer: &'c Customer,
    calendar: Calendar,
    order: Deck<'static, Talk>,
    ask: Deck<'static, Talk>,
    talk: Deck<'static, Talk>,
    serve: Deck<'static, Talk>,
    missed: Deck<'static, Talk>,
}

impl<'c> Writer<'c> {
    fn of(customer: &'c Customer, calendar: Calendar, dice: &mut Dice) -> Writer<'c> {
        let talks = talks(customer.lang);
        Writer {
            customer,
            calendar,
            order: Deck::of(talks.order, dice),
            ask: Deck::of(talks.ask, dice),
            talk: Deck::of(talks.talk, dice),
            serve: Deck::of(talks.serve, dice),
            missed: Deck::of(talks.missed, dice),
        }
    }

    fn write(&mut self, ago: u32, about: &About, dice: &mut Dice) -> (chrono::NaiveDateTime, Fields<'c>) {
        let hours = if dice.chance(45) { MORNING } else { AFTERNOON };
        let at = self.calendar.past(ago, dice.between(hours));
        let deck = match about {
            About::Sale(_) => &mut self.order,
            About::Asking => &mut self.ask,
            About::Anything => &mut self.talk,
            About::Service => &mut self.serve,
            About::Nobody => &mut self.missed,
        };
        let mut talk = deck.deal();
        while self.customer.is_person() && is_between_companies(talk) {
            talk = deck.deal();
        }
        let people = &self.customer.people;
        // The first one is whom we talk with most.
        let person = if dice.chance(60) { people.first() } else { people.get(dice.between((0, 4)) as usize) };
        let person = person.or(people.first());
        let by = self.customer.worker(dice);
        let filler = Filler::of(self.customer, person, about, at.date(), by, dice);
        let fields = Fields {
            customer: self.customer,
            person,
            by,
            at: moment(at),
            talk: *talk,
            filled: [filler.fill(talk.1), filler.fill(talk.2)],
            inquiry: matches!(about, About::Asking),
        };
        (at, fields)
    }
}

/// With one person there are neither meetings nor visits.
fn is_between_companies((how, ..): &Talk) -> bool {
    how.starts_with("meeting") || how.starts_with("visit")
}

/// What stands for the words in braces.
struct Filler([(&'static str, String); 7]);

impl Filler {
    fn of(
        customer: &Customer,
        person: Option<&Person>,
        about: &About,
        on: NaiveDate,
        by: &'static str,
        dice: &mut Dice,
    ) -> Filler {
        let lang = customer.lang;
        let any = Sale::any(dice);
        let sale = if let About::Sale(sale) = about { sale } else { &any };
        let soon = on + Duration::days(i64::from(dice.between((4, 24))));
        let others = customer.team.owners.iter().copied().filter(|name| *name != by && *name != "me");
        let others: Vec<&str> = others.collect();
        Filler([
            ("{who}", person.map_or(customer.called(), |person| &person.called).to_owned()),
            ("{mate}", dice.pick(&others).to_owned()),
            ("{product}", sale.product.name.to_owned()),
            ("{qty}", sale.quantity().to_string()),
            ("{amount}", thousands(sale.amount)),
            ("{date}", date(soon, lang)),
            ("{month}", month(soon + Duration::days(31), lang)),
        ])
    }

    fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (word, with)| text.replace(word, with))
    }
}

fn thousands(amount: u32) -> String {
    if amount < 1000 { amount.to_string() } else { format!("{},{:03}", amount / 1000, amount % 1000) }
}

fn date(on: NaiveDate, lang: Lang) -> String {
    lang.pick(on.format("%-d %B").to_string(), format!("{}月{}日", on.month(), on.day()))
}

fn month(on: NaiveDate, lang: Lang) -> String {
    lang.pick(on.format("%B").to_string(), format!("{}月", on.month()))
}
