//! Deals and purchases. A won deal is a purchase by the rules, so a sale of the book is one or the other.

use super::calendar::{Calendar, day};
use super::customers::Customer;
use super::data::products::{PRODUCTS, Product};
use super::data::remarks::{DEALS, LOST, PURCHASE_NOTES};
use super::dice::{Deck, Dice};
use super::life::Range;
use super::row::Row;
use crate::model::{Command, Kind};

/// The farthest day back that anything lies on; a weekend may add two.
pub(super) const FARTHEST: u32 = 722;

/// This much in the store's currency is worth a deal, some of the time.
const WORTH_A_DEAL: u32 = 6_000;

/// Something sold, so many days ago.
pub(super) struct Sale {
    pub(super) ago: u32,
    pub(super) product: &'static Product,
    pub(super) amount: u32,
    deal: bool,
}

impl Sale {
    /// One that is only talked of.
    pub(super) fn any(dice: &mut Dice) -> Sale {
        let amount = dice.between((8, 400)) * 100;
        Sale { ago: 0, product: something_shown(amount, dice), amount, deal: false }
    }

    /// How many were sold.
    pub(super) fn quantity(&self) -> u32 {
        (self.amount / self.product.price).max(1)
    }
}

/// What was sold to each customer, the latest first.
pub(super) fn all(customers: &[Customer], dice: &mut Dice) -> Vec<Vec<Sale>> {
    customers.iter().map(|customer| sold_to(customer, dice)).collect()
}

fn sold_to(customer: &Customer, dice: &mut Dice) -> Vec<Sale> {
    let plan = &customer.plan;
    let this_year = dice.between(plan.orders);
    let spend = dice.between(plan.spend);
    let last = dice.between(plan.last_sale);
    let mut sales = Vec::new();
    for (nth, amount) in shares(spend, this_year, dice).into_iter().enumerate() {
        let ago = if nth == 0 { last } else { dice.between((last, plan.this_year)) };
        sales.push(sale(ago, amount, dice));
    }
    let older = dice.between(plan.older);
    let usual = spend / plan.orders.1.max(1);
    for _ in 0..older {
        let amount = usual * dice.between((45, 120)) / 100;
        // A month beyond the year, so that no sale is about to leave `spend(365d)` when the book is opened.
        sales.push(sale(dice.between((395, 690)), amount, dice));
    }
    sales.sort_by_key(|sale| sale.ago);
    sales
}

/// A sum in so many unequal parts.
fn shares(sum: u32, parts: u32, dice: &mut Dice) -> Vec<u32> {
    let weights: Vec<u32> = (0..parts).map(|_| dice.between((50, 150))).collect();
    let whole: u32 = weights.iter().sum();
    weights.iter().map(|weight| (u64::from(sum) * u64::from(*weight) / u64::from(whole)) as u32).collect()
}

fn sale(ago: u32, amount: u32, dice: &mut Dice) -> Sale {
    let amount = amount.next_multiple_of(10).max(PRODUCTS[0].price);
    Sale { ago, product: product_for(amount, dice), amount, deal: amount >= WORTH_A_DEAL && dice.chance(23) }
}

/// A product of which such an amount buys some, but not hundreds.
fn product_for(amount: u32, dice: &mut Dice) -> &'static Product {
    one_that(|product| fits(product, amount), dice)
}

/// The same, of those that are shown and compared before they are bought.
fn something_shown(amount: u32, dice: &mut Dice) -> &'static Product {
    one_that(|product| product.shown && fits(product, amount), dice)
}

fn fits(product: &Product, amount: u32) -> bool {
    product.price <= amount && amount / product.price <= 60
}

fn one_that(fits: impl Fn(&Product) -> bool, dice: &mut Dice) -> &'static Product {
    let fitting: Vec<&Product> = PRODUCTS.iter().filter(|product| fits(product)).collect();
    if fitting.is_empty() { &PRODUCTS[0] } else { dice.pick(&fitting) }
}

type OpenStage = (&'static str, Range, Range);

/// Where open deals stand: stage, days until they should close, percent.
const STAGES: &[OpenStage] = &[
    ("prospecting", (60, 150), (5, 15)),
    ("engaging", (40, 120), (20, 40)),
    ("engaging", (40, 120), (20, 40)),
    ("proposal", (20, 75), (40, 60)),
    ("proposal", (20, 75), (40, 60)),
    ("negotiation", (3, 40), (65, 90)),
];

/// A row and the day by which it is put in order.
struct Dated {
    ago: u32,
    row: Row,
}

/// The rows of deals and purchases: those of a life before, and all the others.
///
/// The rules look at a customer at the end of a batch or more often. So whoever lapsed and came back has what came
/// before in a batch of its own, for the rules to see it; and of the others the latest sale is told first, so that
/// nobody seems to lapse while the book is read.
pub(super) fn rows(
    customers: &[Customer],
    sales: &[Vec<Sale>],
    calendar: Calendar,
    dice: &mut Dice,
) -> [Vec<Command>; 2] {
    let mut before = Vec::new();
    let mut told = Vec::new();
    let mut stages = Deck::of(STAGES, dice);
    let (mut deals, mut purchases) = (0, 0);
    for (customer, sales) in customers.iter().zip(sales) {
        for sale in sales {
            let nth = if sale.deal { &mut deals } else { &mut purchases };
            *nth += 1;
            let row = if sale.deal {
                won(*nth, customer, sale, calendar, dice)
            } else {
                purchase(*nth, customer, sale, calendar, dice)
            };
            let past = customer.life.came_back() && sale.ago > customer.plan.this_year;
            let into = if past { &mut before } else { &mut told };
            into.push(Dated { ago: sale.ago, row });
        }
        for _ in 0..dice.between(customer.plan.lost_deals) + u32::from(dice.chance(6)) {
            deals += 1;
            // Not before we knew them.
            let ago = dice.between((8, customer.plan.known.0.saturating_sub(80).max(40)));
            told.push(Dated { ago, row: lost(deals, customer, ago, calendar, dice) });
        }
        for _ in 0..dice.between(customer.plan.open_deals) {
            deals += 1;
            told.push(Dated { ago: 0, row: open(deals, customer, *stages.deal(), calendar, dice) });
        }
    }
    [before, told].map(|mut rows| {
        rows.sort_by_key(|dated| dated.ago);
        rows.into_iter().map(|dated| dated.row.command()).collect()
    })
}

fn purchase(nth: usize, customer: &Customer, sale: &Sale, calendar: Calendar, dice: &mut Dice) -> Row {
    let (en, zh) = dice.pick(PURCHASE_NOTES);
    let paid = sale.ago > 70 && dice.chance(97) || dice.chance(45);
    Row::of(Kind::Purchase, nth)
        .with("customer", customer.name)
        .with("product", sale.product.name)
        .with("amount", sale.amount.to_string())
        .with("date", day(calendar.ago(sale.ago)))
        .with("owner", customer.worker(dice))
        .with_if(paid, "paid", "yes")
        .with_if(dice.chance(6), "note", customer.lang.pick(en, zh))
}

fn won(nth: usize, customer: &Customer, sale: &Sale, calendar: Calendar, dice: &mut Dice) -> Row {
    let opened = (sale.ago + dice.between((14, 75))).min(FARTHEST);
    deal(nth, customer, sale.product, sale.amount, dice)
        .with("stage", "won")
        .with("opened", day(calendar.ago(opened)))
        .with("closed", day(calendar.ago(sale.ago)))
        .with("probability", "100")
}

fn lost(nth: usize, customer: &Customer, ago: u32, calendar: Calendar, dice: &mut Dice) -> Row {
    let amount = amount(customer, dice);
    let (en, zh) = dice.pick(LOST);
    let opened = (ago + dice.between((14, 80))).min(FARTHEST);
    deal(nth, customer, something_shown(amount, dice), amount, dice)
        .with("stage", "lost")
        .with("opened", day(calendar.ago(opened)))
        .with("closed", day(calendar.ago(ago)))
        .with("probability", "0")
        .with("lost_reason", customer.lang.pick(en, zh))
}

fn open(
    nth: usize,
    customer: &Customer,
    (stage, until, likely): OpenStage,
    calendar: Calendar,
    dice: &mut Dice,
) -> Row {
    let amount = amount(customer, dice);
    let opened = calendar.ago(dice.between((6, 110)));
    // Some of those that should have closed by now are still talked about.
    let slipped = stage == "negotiation" && dice.chance(20);
    let (late, until) = (calendar.ago(dice.between((3, 12))), calendar.ahead(dice.between(until)));
    let percent = dice.between(likely) / 5 * 5;
    deal(nth, customer, something_shown(amount, dice), amount, dice)
        .with("stage", stage)
        .with_if(stage != "prospecting", "opened", day(opened))
        .with("expected", day(if slipped { late } else { until }))
        .with("probability", percent.to_string())
}

fn deal(nth: usize, customer: &Customer, product: &Product, amount: u32, dice: &mut Dice) -> Row {
    let (en, zh) = dice.pick(DEALS);
    let name = format!("{} {}", product.name, customer.lang.pick(en, zh));
    Row::of(Kind::Deal, nth)
        .with("customer", customer.name)
        .with("name", name)
        .with("product", product.name)
        .with("owner", customer.worker(dice))
        .with("amount", amount.to_string())
}

/// What a deal with such a customer is about.
fn amount(customer: &Customer, dice: &mut Dice) -> u32 {
    let range = match customer.plan.rhythm {
        14 => (18, 180),
        30 => (8, 70),
        _ => (3, 16),
    };
    dice.between(range) * 1000
}
