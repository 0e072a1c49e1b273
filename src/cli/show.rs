//! `gx show`: all about a customer on one page.

use clap::Args;

use super::failure::{Done, Failure};
use super::flags::AsOf;
use super::gx::Gx;
use super::list::{returning, sign};
use super::page::{Cell, Column, Page, Tone};
use super::receipt;
use super::shape::{Shaper, policy_name};
use super::task::{columns as task_columns, row as task_row};
use super::timeline::{columns as timeline_columns, row as timeline_row};
use super::tree::Verb;
use super::why::{running, stage_reason};
use crate::filter::{Reader, why};
use crate::model::called::called_each;
use crate::model::query::{Card, DealLine, Session};
use crate::model::year::MONTHS;
use crate::model::{Answer, Choice, Field, Id, Kind, Named, Query};
use crate::text::money::thousands_apart;
use crate::text::say::{board, care, cli as say, model as facts};
use crate::text::{Clean, Lang, Money, age};

#[derive(Args, Debug)]
#[command(after_help = AFTER)]
pub(super) struct Show {
    /// An id (c12), or words that mean one customer
    #[arg(required = true, value_name = "CUSTOMER")]
    customer: Vec<String>,
    /// So many at most of what happened, of closed deals and of purchases
    #[arg(short = 'n', long = "limit", value_name = "N", default_value_t = LIMIT, hide_default_value = true)]
    limit: u32,
    #[command(flatten)]
    day: AsOf,
}

const AFTER: &str = "Contacts and spend of the last 12 months are drawn where a terminal shows it. With --json they are \
the lists contacts_by_month and spend_by_month, the present month last.";

/// So many of each are shown where nothing else is said.
const LIMIT: u32 = 10;

impl Show {
    /// This customer, and no flags.
    pub(super) fn of(customer: Vec<String>) -> Show {
        Show { customer, limit: LIMIT, day: AsOf::default() }
    }
}

impl Verb for Show {
    fn run(self, gx: &mut Gx) -> Done {
        gx.look_back(&self.day)?;
        let customer = gx.which(Kind::Customer, &self.customer.join(" "))?;
        // One more than is shown, to know whether there are more.
        let query = Query::Card { customer, timeline: self.limit.saturating_add(1), sales: self.limit };
        let Answer::Card(mut card) = gx.ask(query)? else { return Err(Failure::odd_answer(gx.lang)) };
        let shaper = Shaper { lang: gx.lang, zone: gx.zone()? };
        let session = gx.session()?.clone();
        let is_cut = card.timeline.len() > self.limit as usize;
        card.timeline.truncate(self.limit as usize);
        gx.out.one(
            |page| draw(page, &card, is_cut, &session, shaper),
            || shaper.card(&card, &session.names.stages),
        )?;
        Ok(())
    }
}

fn draw(page: &mut Page, card: &Card, is_cut: bool, session: &Session, shaper: Shaper) {
    let lang = shaper.lang;
    head(page, card, session, lang);
    facts(page, card, session, shaper);
    page.title(say::why_title(lang));
    let reader = Reader { lang, stages: &session.names.stages, zone: shaper.zone, now: session.now };
    page.pairs(&[
        (say::col_tier(lang), why(&card.why.tier, &session.names.stages, lang).into()),
        (say::col_stage(lang), stage_reason(&card.why, &session.names.stages, lang).into()),
        (board::playbooks(lang), running(&card.why, &reader).into()),
    ]);
    year(page, card, lang);
    people(page, card, lang);
    if !card.tasks.is_empty() {
        page.title(say::tasks_title(lang));
        page.rows(
            &task_columns(lang),
            &card.tasks.iter().map(|task| task_row(task, shaper)).collect::<Vec<_>>(),
        );
    }
    plans(page, card, shaper);
    if !card.timeline.is_empty() {
        page.title(say::timeline_title(lang));
        let rows = card.timeline.iter().map(|item| timeline_row(item, session, shaper));
        page.rows(&timeline_columns(lang), &rows.collect::<Vec<_>>());
        if is_cut {
            let command = format!("gx timeline {}", card.line.id);
            page.line([Cell::new(say::shown_by(lang, say::and_others(lang), command)).tone(Tone::Dim)]);
        }
    }
    sales(page, card, lang);
    group(page, card, lang);
}

/// `c12 Acme Corporation  A Key · loyal`
fn head(page: &mut Page, card: &Card, session: &Session, lang: Lang) {
    let line = &card.line;
    let tier = match line.tier.as_str() {
        "" => String::new(),
        id => format!("{id} {}", policy_name(&session.names.tiers, &line.tier, lang)),
    };
    let stage = policy_name(&session.names.stages, &line.stage, lang).line();
    let standing: Vec<String> = [tier, stage].into_iter().filter(|part| !part.is_empty()).collect();
    page.line([
        Cell::new(line.id.to_string()),
        Cell::from(&line.name).tone(Tone::Title),
        Cell::new(format!(" {}", standing.join(" · "))),
    ]);
}

fn facts(page: &mut Page, card: &Card, session: &Session, shaper: Shaper) {
    let Shaper { lang, zone } = shaper;
    let line = &card.line;
    let (mark, tone) = sign(line.late);
    let next = line.next_due.map(|at| format!("{} {mark}", at.say(zone))).unwrap_or_default();
    let mut pairs: Vec<(String, Cell)> = [
        (say::col_owner(lang), name(line.owner.as_ref())),
        (say::col_team(lang), name(line.team.as_ref())),
        (say::col_backup(lang), name(card.backup.as_ref())),
        (say::col_parent(lang), name(line.parent.as_ref())),
        (say::col_last(lang), line.last_contact.map(|at| at.say(zone)).unwrap_or_default().into()),
        (say::col_next(lang), Cell::new(next.trim_end()).tone(tone)),
        (say::col_spend(lang), say::spend(lang, line.orders, line.spend).into()),
        (say::col_tags(lang), join(&line.tags).into()),
    ]
    .map(|(label, cell)| (label.to_owned(), cell))
    .into();
    pairs.extend(line.returns.map(|at| {
        let left = say::returns_in(lang, age::left(lang, at.local(zone), session.now.local(zone)));
        (facts::open_pool(lang).to_owned(), Cell::new(left).tone(returning(line)))
    }));
    let more = card.row.values().into_iter().filter(|(field, _)| !is_shown(field));
    pairs.extend(more.map(|(field, value)| {
        let value = receipt::said(Kind::Customer, &field, &value, session, shaper);
        (Kind::Customer.field_label(&field, lang), value.into())
    }));
    if !card.hidden.is_empty() {
        pairs.push((facts::hidden(lang).to_owned(), called_each(&card.hidden, lang).into()));
    }
    page.pairs(&pairs);
}

/// What is planned and in no queue yet.
fn plans(page: &mut Page, card: &Card, Shaper { lang, zone }: Shaper) {
    let coming: Vec<_> = card.why.planned.iter().filter(|plan| plan.task.is_none()).collect();
    if coming.is_empty() {
        return;
    }
    page.title(care::plan_title(lang));
    let rows = coming.into_iter().map(|plan| {
        let why = [plan.why(lang), plan.coming(lang, zone)].into_iter().flatten();
        vec![
            Cell::new(plan.day.date().to_string()),
            Cell::new(plan.what_and_how(lang)),
            Cell::new(why.collect::<Vec<_>>().join(lang.pick("; ", "；"))).tone(Tone::Dim),
        ]
    });
    page.rows(&[Column::left(""), Column::left(""), Column::wide("")], &rows.collect::<Vec<_>>());
}

/// The year month by month, as a line where a terminal shows it, and in words.
fn year(page: &mut Page, card: &Card, lang: Lang) {
    let (contacts, spend) = (card.year.contacts_by_month(), card.year.spend_by_month());
    let amount = |minor| Money { minor, currency: card.line.spend.currency }.to_string();
    let count = |count: i64| count.to_string();
    let beside = |months: &[i64; MONTHS], words: String| {
        let line = page.sparkline(months);
        Cell::from(if line.is_empty() { words } else { format!("{line} {words}") })
    };
    let pairs = [
        (facts::contacts_by_month(lang), beside(&contacts, card.year.say_months(lang, &contacts, count))),
        (facts::spend_by_month(lang), beside(&spend, card.year.say_months(lang, &spend, amount))),
        (facts::by_week(lang), Cell::from(card.year.say_weeks(lang))),
    ];
    page.title(facts::last_months(lang));
    page.pairs(&pairs);
}

/// Fields that stand elsewhere on the page.
fn is_shown(field: &Field) -> bool {
    const ELSEWHERE: [&str; 9] =
        ["name", "kind", "parent", "owner", "team", "backup", "tags", "collaborators", "reference"];
    let info = Kind::Customer.info(field.code);
    info.is_none_or(|info| info.derived || ELSEWHERE.contains(&info.name) || info.name.starts_with("tier_"))
}

fn people(page: &mut Page, card: &Card, lang: Lang) {
    if !card.contacts.is_empty() {
        page.title(say::contacts_title(lang));
        let rows = card.contacts.iter().map(|contact| {
            let reach = [join(&contact.phones), join(&contact.mails)].join(" ");
            vec![
                Cell::new(contact.id.to_string()),
                Cell::from(&contact.name),
                Cell::from(&contact.title),
                Cell::new(reach.trim()),
            ]
        });
        page.rows(
            &[Column::left(""), Column::left(""), Column::left(""), Column::wide("")],
            &rows.collect::<Vec<_>>(),
        );
    }
    if !card.collaborators.is_empty() {
        page.title(say::collaborators_title(lang));
        let rows =
            card.collaborators.iter().map(|(member, duty)| vec![Cell::from(&member.name), Cell::from(duty)]);
        page.rows(&[Column::left(""), Column::left("")], &rows.collect::<Vec<_>>());
    }
}

fn sales(page: &mut Page, card: &Card, lang: Lang) {
    let amount = |money: Option<Money>| money.map(|money| money.to_string()).unwrap_or_default();
    let columns = [Column::left(""), Column::wide(""), Column::left(""), Column::right(""), Column::left("")];
    if !card.deals.is_empty() {
        page.title(say::deals_title(lang));
        let rows = card.deals.iter().map(|deal| {
            vec![
                Cell::new(deal.id.to_string()),
                Cell::from(&deal.title),
                Cell::new(deal.stage.label(lang)),
                Cell::new(amount(deal.amount)),
                Cell::new(day_of(deal, lang)),
            ]
        });
        page.rows(&columns, &rows.collect::<Vec<_>>());
        more(page, card.line.id, card.deals.len(), card.more_deals, lang);
    }
    if !card.purchases.is_empty() {
        page.title(say::purchases_title(lang));
        let rows = card.purchases.iter().map(|purchase| {
            vec![
                Cell::new(purchase.id.to_string()),
                Cell::from(&purchase.product),
                Cell::default(),
                Cell::new(amount(purchase.amount)),
                Cell::new(purchase.date.map(|day| day.date().to_string()).unwrap_or_default()),
            ]
        });
        page.rows(&columns, &rows.collect::<Vec<_>>());
        more(page, card.line.id, card.purchases.len(), card.more_purchases, lang);
    }
}

/// The day that counts of a deal, and which that is: `closed 2018-01-01`.
fn day_of(deal: &DealLine, lang: Lang) -> String {
    let days = [
        (deal.closed, say::col_closed(lang)),
        (deal.expected, say::col_expected(lang)),
        (deal.opened, say::col_opened(lang)),
    ];
    let day = days.into_iter().find_map(|(day, which)| Some((day?, which)));
    day.map_or_else(String::new, |(day, which)| format!("{which} {}", day.date()))
}

/// Below so many rows: how many more there are, and what shows all of them.
fn more(page: &mut Page, customer: Id, shown: usize, more: u64, lang: Lang) {
    if more > 0 {
        let left = facts::and_more(lang, thousands_apart(&more.to_string()));
        let command = format!("gx show {customer} -n {}", shown as u64 + more);
        page.line([Cell::new(say::shown_by(lang, left, command)).tone(Tone::Dim)]);
    }
}

fn group(page: &mut Page, card: &Card, lang: Lang) {
    if card.group.len() < 2 {
        return;
    }
    page.title(say::group_title(lang, card.group_spend));
    for (customer, depth) in &card.group {
        page.line([
            format!("{}{}  {}", "  ".repeat(*depth as usize), customer.id, customer.name.line()).into()
        ]);
    }
}

fn name(named: Option<&Named>) -> Cell {
    named.map(|named| Cell::from(&named.name)).unwrap_or_default()
}

fn join(texts: &[Clean]) -> String {
    texts.iter().map(Clean::line).collect::<Vec<_>>().join(", ")
}
