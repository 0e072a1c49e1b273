//! `gx handover`: a member's whole book to others, as one batch.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::{Value as Json, json};

use super::failure::{Done, FAILED, Failure, REFUSED};
use super::fields::Dry;
use super::gx::Gx;
use super::page::{Cell, Column};
use super::shape::id;
use super::tree::Verb;
use crate::model::handover::{By, Held, Share};
use crate::model::query::RowLine;
use crate::model::{Command, Id, Kind, Named, Refusal, Row};
use crate::text::say::{cli, handover as say, many};
use crate::text::{Clean, Lang};

/// How many records are given at once, so that other writers are not held up.
const CHUNK: usize = 250;
/// The most characters by which an interrupted handover is known again.
const MARK: usize = 80;

#[derive(Args, Debug)]
pub(super) struct Handover {
    /// Whose book: an id (m2), or words that mean one member
    #[arg(value_name = "FROM")]
    from: String,
    /// Who takes it over; several with commas between
    #[arg(long, value_name = "WHO", required = true, value_delimiter = ',')]
    to: Vec<String>,
    /// How several divide it: round (customer by customer, in turn), tier or region (one's customers stay together)
    #[arg(long, value_name = "HOW", default_value = "round", value_parser = ["round", "tier", "region"])]
    by: String,
    #[command(flatten)]
    dry: Dry,
}

/// Who gets what of whom.
struct Plan {
    from: Named,
    shares: Vec<(Named, Share)>,
}

/// What became of it.
#[derive(Default)]
struct Came {
    batch: Option<Id>,
    given: usize,
    /// What was refused, and why.
    left: Vec<(Id, String)>,
}

impl Verb for Handover {
    fn run(self, gx: &mut Gx) -> Done {
        let plan = self.plan(gx)?;
        let [customers, tasks, deals, duties] = plan.counts();
        let count = customers + tasks + deals + duties;
        let mut came = Came::default();
        if !self.dry.dry_run && count > 0 {
            let (lang, who) = (gx.lang, plan.from.name.line());
            let (customers, tasks) = (many::customers(lang, customers), many::tasks(lang, tasks));
            let (deals, duties) = (say::deals(lang, deals), say::duties(lang, duties));
            gx.confirm(&say::sure(lang, who, customers, tasks, deals, duties))?;
            came = self.give(gx, &plan)?;
        }
        self.tell(gx, &plan, &came)?;
        for (record, why) in &came.left {
            gx.note(&say::left(gx.lang, record, why));
        }
        match came.left.len() {
            0 => Ok(()),
            left => {
                let failure = Failure::new(REFUSED, say::some_left(gx.lang, left)).hint(say::again(gx.lang));
                Err(if came.given > 0 { failure.in_part() } else { failure })
            }
        }
    }
}

impl Handover {
    /// Who would get what.
    fn plan(&self, gx: &mut Gx) -> Done<Plan> {
        let from = gx.resolve(Kind::Member, self.from.trim())?;
        let mut to: Vec<Id> = Vec::new();
        for who in self.to.iter().map(|who| who.trim()).filter(|who| !who.is_empty()) {
            let who = gx.resolve(Kind::Member, who)?;
            if !to.contains(&who) {
                to.push(who);
            }
        }
        if to.is_empty() {
            return Err(Failure::usage(say::to_nobody(gx.lang)));
        }
        let members = members(gx)?;
        let named =
            |id: Id| Named { id, name: members.get(&id).map(|(name, _)| name.clone()).unwrap_or_default() };
        if to.contains(&from) {
            return Err(Failure::new(REFUSED, say::to_oneself(gx.lang, named(from).name.line())));
        }
        if let Some(gone) = to.iter().find(|id| members.get(*id).is_some_and(|(_, left)| *left)) {
            return Err(gx.refused(Refusal::Gone(named(*gone).name)));
        }
        let by = if self.by == "round" { By::Round } else { By::Group };
        let shares = self.held(gx, from)?.divided(to.len(), by);
        Ok(Plan { from: named(from), shares: to.into_iter().map(named).zip(shares).collect() })
    }

    /// All that a member has in hand.
    fn held(&self, gx: &mut Gx, from: Id) -> Done<Held> {
        let tiers: Vec<Clean> = gx.session()?.tiers.iter().map(|tier| tier.id.clone()).collect();
        let mut records = Vec::new();
        for (kind, filter) in Held::asks(from) {
            let lines = gx.rows(kind, &Clean::washed(&filter).0, u32::MAX)?;
            records.extend(lines.into_iter().map(|line| (line.id, line.row)));
        }
        Ok(Held::of(from, records, &tiers, self.by == "region"))
    }

    /// Gives it all, as one batch that is one undo.
    fn give(&self, gx: &mut Gx, plan: &Plan) -> Done<Came> {
        let to: Vec<String> = plan.shares.iter().map(|(who, _)| who.name.line()).collect();
        let ids: Vec<String> = plan.shares.iter().map(|(who, _)| who.id.to_string()).collect();
        let name = Clean::washed(&format!("handover {} to {}", plan.from.name.line(), to.join(", "))).0;
        let mark = format!("handover {} {} {}", plan.from.id, self.by, ids.join(" "));
        let fingerprint = Clean::washed(&mark.chars().take(MARK).collect::<String>()).0;
        let opened = gx.act(Command::BatchOpen { name, fingerprint }, false)?;
        let batch = opened.ids.first().copied().ok_or_else(|| Failure::odd_answer(gx.lang))?;
        let lang = gx.lang;
        let given = send(gx, plan, batch);
        let given = given.and_then(|came| gx.act(Command::BatchClose { batch }, false).map(|_| came));
        given.map_err(|failure| if failure.code == FAILED { failure.hint(say::again(lang)) } else { failure })
    }

    fn tell(&self, gx: &mut Gx, plan: &Plan, came: &Came) -> Done {
        let (lang, dry_run) = (gx.lang, self.dry.dry_run);
        let who = plan.from.name.line();
        let said = match (plan.counts().iter().sum(), dry_run) {
            (0, _) => say::nothing(lang, who),
            (count, true) => say::would(lang, count, who),
            (_, false) => say::done(lang, came.given, who),
        };
        let undo = came.batch.map(|batch| format!("gx undo {batch}"));
        gx.out.one(
            |page| {
                if plan.counts() != [0; 4] {
                    page.table(&columns(lang), &rows(plan, lang));
                }
                page.line([said.into()]);
                if let Some(undo) = &undo {
                    page.line([cli::takes_back(lang, undo).into()]);
                }
            },
            || {
                let [customers, tasks, deals, duties] = plan.counts();
                json!({
                    "from": id(plan.from.id),
                    "from_name": plan.from.name.as_str(),
                    "by": self.by,
                    "to": plan.shares.iter().map(|(who, share)| given_to(who, share)).collect::<Json>(),
                    "customers": customers,
                    "tasks": tasks,
                    "deals": deals,
                    "duties": duties,
                    "given": came.given,
                    "left": came.left.iter().map(|(record, _)| id(*record)).collect::<Json>(),
                    "batch": came.batch.map(id),
                    "undo": undo,
                    "dry_run": dry_run,
                })
            },
        )?;
        Ok(())
    }
}

impl Plan {
    /// How many customers, tasks, deals and duties.
    fn counts(&self) -> [usize; 4] {
        self.shares.iter().fold([0; 4], |sum, (_, share)| {
            let counts = share.counts();
            std::array::from_fn(|nth| sum[nth] + counts[nth])
        })
    }
}

/// Sends what is given, chunk by chunk.
fn send(gx: &mut Gx, plan: &Plan, batch: Id) -> Done<Came> {
    let commands = plan.shares.iter().flat_map(|(to, share)| share.commands(plan.from.id, to.id));
    let commands: Vec<Command> = commands.collect();
    let mut came = Came::default();
    for chunk in commands.chunks(CHUNK) {
        let done = gx.act_all(chunk.to_vec(), Some(batch), false)?;
        for (command, done) in chunk.iter().zip(done) {
            match done {
                Ok(_) => came.given += 1,
                // These say nothing of the record: the next one would fare no better.
                Err(refusal) if refusal.concerns_all() => return Err(gx.refused(refusal)),
                Err(refusal) => {
                    let Command::Edit { record, .. } = command else { continue };
                    came.left.push((*record, gx.refused(refusal).message));
                }
            }
        }
    }
    came.batch = (came.given > 0).then_some(batch);
    Ok(came)
}

/// Every member by id: the name, and whether they have left.
fn members(gx: &mut Gx) -> Done<BTreeMap<Id, (Clean, bool)>> {
    let lines = gx.rows(Kind::Member, &Clean::default(), u32::MAX)?;
    let member = |line: RowLine| match line.row {
        Row::Member(member) => Some((line.id, (member.name, member.left))),
        _ => None,
    };
    Ok(lines.into_iter().filter_map(member).collect())
}

fn columns(lang: Lang) -> [Column; 6] {
    [
        Column::left(say::col_to(lang)),
        Column::right(say::col_customers(lang)),
        Column::right(say::col_tasks(lang)),
        Column::right(say::col_deals(lang)),
        Column::right(say::col_duties(lang)),
        Column::wide(say::col_of(lang)),
    ]
}

/// A row for each who takes over and, where there are several, one for all.
fn rows(plan: &Plan, lang: Lang) -> Vec<Vec<Cell>> {
    let row = |to: String, counts: [usize; 4], of: String| {
        let counts = counts.into_iter().map(|count| Cell::new(count.to_string()));
        std::iter::once(Cell::new(to)).chain(counts).chain([Cell::new(of)]).collect()
    };
    let of = |share: &Share| {
        let named =
            |group: &str| if group.is_empty() { say::of_none(lang).to_owned() } else { group.to_owned() };
        share
            .groups()
            .into_iter()
            .map(|(group, count)| format!("{} {count}", named(group)))
            .collect::<Vec<_>>()
    };
    let mut rows: Vec<Vec<Cell>> = plan
        .shares
        .iter()
        .map(|(to, share)| row(to.name.line(), share.counts(), of(share).join(", ")))
        .collect();
    if rows.len() > 1 {
        rows.push(row(say::all(lang).to_owned(), plan.counts(), String::new()));
    }
    rows
}

fn given_to(who: &Named, share: &Share) -> Json {
    let [customers, tasks, deals, duties] = share.counts();
    json!({
        "member": id(who.id),
        "member_name": who.name.as_str(),
        "customers": customers,
        "tasks": tasks,
        "deals": deals,
        "duties": duties,
        "of_these": share.groups(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::testing::run;
    use crate::model::{Answer, Customer, Deal, Member, Query, Receipt, Reply, Request, Task, Which};

    const BATCH: Id = Id::new(Kind::Batch, 7);

    /// A book of Fay's: three customers, a task and a deal; Gil has left.
    fn answer(query: &Query) -> Answer {
        let name = |text| Clean::known(text);
        let lines = |rows: Vec<Row>| {
            let line = |(n, row): (u64, Row)| RowLine {
                id: Id::new(row.kind(), n),
                row,
                names: Vec::new(),
                hidden: Vec::new(),
            };
            Answer::Rows((1..).zip(rows).map(line).collect())
        };
        let fay = Id::new(Kind::Member, 1);
        let of = |tier, region| Customer {
            owner: Some(fay),
            tier: name(tier),
            region: name(region),
            ..Customer::default()
        };
        match query {
            Query::Resolve(_, Which::Id(id)) => Answer::Resolved(Named { id: *id, name: name("") }),
            Query::Rows { from: 2.., .. } => Answer::Rows(Vec::new()),
            Query::Rows { kind: Kind::Member, .. } => {
                let of = |called, left| Member { name: name(called), left, ..Member::default() }.into();
                lines(vec![of("Fay", true), of("Anna", false), of("Bo", false), of("Gil", true)])
            }
            Query::Rows { kind: Kind::Customer, filter, .. } => {
                assert_eq!(filter.as_str(), "owner:m1 or collaborator:m1 or backup:m1");
                lines(vec![of("B", "East").into(), of("A", "West").into(), of("B", "").into()])
            }
            Query::Rows { kind: Kind::Task, filter, .. } => {
                assert_eq!(filter.as_str(), "assignee:m1 state:open");
                lines(vec![Task { customer: Some(Id::customer(1)), ..Task::default() }.into()])
            }
            Query::Rows { kind: Kind::Deal, .. } => {
                lines(vec![Deal { customer: Some(Id::customer(2)), ..Deal::default() }.into()])
            }
            other => panic!("{other:?}"),
        }
    }

    fn ran(args: &str) -> crate::cli::testing::Ran {
        let args: Vec<&str> = args.split(' ').collect();
        run(&args, |request| match request {
            Request::Ask(query) => Some(Reply::Answer(9, answer(query))),
            Request::Do { orders, .. } => {
                let receipt = |_| Ok(Receipt { seqs: vec![1], ids: vec![BATCH], ..Receipt::default() });
                Some(Reply::Receipts(orders.iter().map(receipt).collect()))
            }
            other => panic!("{other:?}"),
        })
    }

    fn writes(ran: &crate::cli::testing::Ran) -> usize {
        ran.requests.iter().filter(|request| matches!(request, Request::Do { .. })).count()
    }

    #[test]
    fn a_preview_says_how_many_of_what_go_to_whom_and_writes_nothing() {
        for (args, shown) in [
            (
                "handover m1 --to m2,m3 --dry-run",
                "to    customers  tasks  deals  duties  of these\n\
                 Anna          2      0      1       0  A 1, B 1\n\
                 Bo            1      1      0       0  B 1\n\
                 all           3      1      1       0\n\
                 Fay's book would be handed over: 5 records\n",
            ),
            (
                "handover m1 --to m2,m3 --by tier --dry-run",
                "to    customers  tasks  deals  duties  of these\n\
                 Anna          2      1      0       0  B 2\n\
                 Bo            1      0      1       0  A 1\n\
                 all           3      1      1       0\n\
                 Fay's book would be handed over: 5 records\n",
            ),
            (
                "handover m1 --to m2 --by region --dry-run",
                "to    customers  tasks  deals  duties  of these\n\
                 Anna          3      1      1       0  none 1, East 1, West 1\n\
                 Fay's book would be handed over: 5 records\n",
            ),
        ] {
            let ran = ran(args);
            assert_eq!((writes(&ran), &*ran.out), (0, shown), "{args}");
        }
        let told: Json = serde_json::from_str(&ran("handover m1 --to m2,m3 --dry-run --json").out()).unwrap();
        assert_eq!(told["to"][0]["of_these"], json!({ "A": 1, "B": 1 }));
        assert_eq!((&told["dry_run"], &told["batch"]), (&json!(true), &Json::Null));
    }

    #[test]
    fn a_handover_is_a_batch_that_one_undo_takes_back() {
        let ran = ran("handover m1 --to m2,m3,m2");
        let orders: Vec<_> = ran
            .requests
            .iter()
            .filter_map(|request| match request {
                Request::Do { orders, .. } => Some(orders),
                _ => None,
            })
            .collect();
        let [open, given, close] = &orders[..] else { panic!("{orders:?}") };
        assert!(
            matches!(&open[0].command, Command::BatchOpen { name, .. } if name.as_str() == "handover Fay to Anna, Bo")
        );
        assert!(given.len() == 5 && given.iter().all(|order| order.batch == Some(BATCH)));
        assert!(matches!(close[0].command, Command::BatchClose { batch: BATCH }));
        assert!(ran.out().ends_with("Fay's book is handed over: 5 records\ngx undo b7 takes it back\n"));
    }

    #[test]
    fn nothing_is_handed_to_who_has_left_or_has_it() {
        for (args, said) in [
            ("handover m1 --to m2,m4", "Gil has left: nothing more can be given to them"),
            ("handover m1 --to m1", "Fay cannot take over from themselves"),
            ("handover m1 --to ,", "hand over to whom? --to NAME, or several with commas between"),
        ] {
            let ran = ran(args);
            assert_eq!(writes(&ran), 0, "{args}");
            assert_eq!(ran.done.unwrap_err().message, said, "{args}");
        }
    }
}
