//! Deals and purchases. A won deal is a purchase by the rules, so a sale of the book is one or the other.

use super::calendar::{Calendar, day, midnight};
use super::customers::Customer;
use super::data::products::{PRODUCTS, Product};
use super::data::remarks::{DEALS, LOST, PURCHASE_NOTES};
use super::dice::{Deck, Dice};
use super::life::Range;
use super::row::Row;
use crate::model::Kind;

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
    if plan.keeps_up {
        keep_up(&mut sales, this_year as usize);
    }
    sales
}

/// The most days between two sales of those who keep buying: with the delay of telling, a step of the book, less than
/// it takes to lapse.
const GAP: u32 = 160;

/// Moves sales closer together where they lie too far apart, each within its year.
fn keep_up(sales: &mut [Sale], this_year: usize) {
    for nth in 1..sales.len() {
        let before = sales[nth - 1].ago;
        let least = match nth + 1 {
            next if next < this_year => before,
            next if next == this_year => before.max(240),
            _ => before.max(395),
        };
        sales[nth].ago = sales[nth].ago.clamp(least, before + GAP);
    }
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

/// The rows of deals and purchases, in the order of time.
pub(super) fn rows(
    customers: &[Customer],
    sales: &[Vec<Sale>],
    calendar: Calendar,
    dice: &mut Dice,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut stages = Deck::of(STAGES, dice);
    let (mut deals, mut purchases) = (0, 0);
    for (customer, sales) in customers.iter().zip(sales) {
        for sale in sales {
            let nth = if sale.deal { &mut deals } else { &mut purchases };
            *nth += 1;
            let row = if sale.deal { won } else { purchase };
            rows.push(row(*nth, customer, sale, calendar, dice));
        }
        for _ in 0..dice.between(customer.plan.lost_deals) + u32::from(dice.chance(6)) {
            deals += 1;
            // Not before we knew them.
            let ago = dice.between((8, customer.plan.known.0.saturating_sub(80).max(40)));
            rows.push(lost(deals, customer, ago, calendar, dice));
        }
        for _ in 0..dice.between(customer.plan.open_deals) {
            deals += 1;
            rows.push(open(deals, customer, *stages.deal(), calendar, dice));
        }
    }
    rows.sort_by_key(|row| row.when().map_or((true, None), |when| (false, Some(when))));
    rows
}

fn purchase(nth: usize, customer: &Customer, sale: &Sale, calendar: Calendar, dice: &mut Dice) -> Row {
    let (en, zh) = dice.pick(PURCHASE_NOTES);
    let on = calendar.ago(sale.ago);
    let paid = sale.ago > 70 && dice.chance(97) || dice.chance(45);
    Row::of(Kind::Purchase, nth)
        .with("customer", customer.name)
        .with("product", sale.product.name)
        .with("amount", sale.amount.to_string())
        .with("date", day(on))
        .with("owner", customer.worker(dice))
        .with_if(paid, "paid", "yes")
        .with_if(dice.chance(6), "note", customer.lang.pick(en, zh))
        .told(midnight(on))
}

fn won(nth: usize, customer: &Customer, sale: &Sale, calendar: Calendar, dice: &mut Dice) -> Row {
    let opened = (sale.ago + dice.between((14, 75))).min(FARTHEST);
    deal(nth, customer, sale.product, sale.amount, dice)
        .with("stage", "won")
        .with("opened", day(calendar.ago(opened)))
        .with("closed", day(calendar.ago(sale.ago)))
        .with("probability", "100")
        .told(midnight(calendar.ago(sale.ago)))
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
        .told(midnight(calendar.ago(ago)))
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
    let row = deal(nth, customer, something_shown(amount, dice), amount, dice)
        .with("stage", stage)
        .with("expected", day(if slipped { late } else { until }))
        .with("probability", percent.to_string());
    if stage == "prospecting" { row } else { row.with("opened", day(opened)).told(midnight(opened)) }
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
