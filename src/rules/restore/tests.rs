//! An adoption and its undo leave the book as it was.

use proptest::prelude::*;

use super::super::policy::SHIPPED;
use super::super::testing::{Office, REP, add, edit, text, undo};
use super::*;
use crate::model::{Command, Customer, Direction, Log, Row, Run, RunState, Task, TaskState};

const POLICIES: [&str; 5] = [
    SHIPPED,
    include_str!("../../../examples/policies/key-accounts.toml"),
    include_str!("../../../examples/policies/many-small.toml"),
    include_str!("../../../examples/policies/new-business.toml"),
    LOOSE,
];

/// Steps with other times, another order of them, no such playbook, and one more that time begins: late, and soon.
const OTHERS: [(&str, &str); 5] = [
    ("within = \"24h\"", "within = \"2d\""),
    ("first-contact", "first-call"),
    ("after = \"first-contact\"", "when = \"orders() > 1\""),
    ("id = \"inquiry\"", "id = \"question\""),
    ("[[playbook]]\n", SILENCE),
];

const SILENCE: &str = r#"
[[playbook]]
id = "wake"
on = "silence:9d"
  [[playbook.step]]
  id = "mark"
  do = "tag"
  tag = "silent"
  [[playbook.step]]
  id = "wake"
  within = "3d"
  warn = "1h"
[[playbook]]
"#;

fn policies() -> Vec<String> {
    let others = OTHERS.map(|(from, to)| {
        let text = SHIPPED.replace(from, to);
        assert_ne!(text, SHIPPED, "{from}");
        text
    });
    let mut policies: Vec<String> = POLICIES.into_iter().map(str::to_owned).chain(others).collect();
    let late = SILENCE.replace("silence:9d", "silence:300d");
    policies.insert(policies.len() - 1, SHIPPED.replace("[[playbook]]\n", &late));
    policies
}

/// Everybody is loyal, and was it once; whoever was is a key customer, who is kept; others return to the pool at once.
const LOOSE: &str = r#"
schema = 1
[[tier]]
id = "A"
name = { en = "Key", zh = "Key" }
enter = "was(loyal) and orders() > 0"
keep = "orders() > 0"
[[tier]]
id = "C"
name = { en = "Others", zh = "Others" }
[[stage]]
id = "loyal"
name = { en = "Loyal", zh = "Loyal" }
when = "idle < 90d and orders() > 0"
playbook = "thanks"
[[stage]]
id = "quiet"
name = { en = "Quiet", zh = "Quiet" }
when = "orders() >= 0"
[[playbook]]
id = "thanks"
  [[playbook.step]]
  id = "thank"
  within = "3d"
[[pool]]
id = "all"
  [[pool.recycle]]
  when = "tier:C and idle > 20d"
  reason = { en = "quiet", zh = "quiet" }
"#;

/// Something that somebody does with a customer; none where there is nothing of that kind to do.
fn act(office: &Office, customer: Id, what: u8, amount: u32, days: u32) -> Option<Command> {
    let (id, money, date) = (customer.to_string(), (amount * 1000).to_string(), format!("-{days}d"));
    let later = text(&format!("+{}d", 1 + days % 40));
    let step = || some_of(&steps(office, customer), amount);
    let run = |state| some_of(&runs(office, customer, state), amount);
    Some(match what {
        0..=3 => add(Kind::Purchase, &[("customer", &id), ("amount", &money), ("date", &date)]),
        4..=6 => Command::Log(Box::new(Log::call(customer, text("spoke")))),
        7 => edit(customer, "owner", if days.is_multiple_of(3) { "none" } else { "Bo" }),
        8 => edit(customer, "tags", "vip"),
        9 => Command::TierSet { customer, tier: text("A"), reason: text("because"), until: later },
        10..=12 => {
            let asks =
                Log { inquiry: true, direction: Some(Direction::In), ..Log::call(customer, text("asks")) };
            Command::Log(Box::new(asks))
        }
        13..=14 => edit(step()?, "due", later.as_str()),
        15 => Command::TaskSnooze { task: step()?, until: later },
        16 => Command::PlaybookPause { run: run(RunState::Running)?, reason: text("they are away") },
        17 => Command::PlaybookResume { run: run(RunState::Paused)? },
        _ => Command::TaskDrop { task: step()?, reason: text("no need") },
    })
}

fn some_of(found: &[Id], nth: u32) -> Option<Id> {
    found.get(nth as usize % found.len().max(1)).copied()
}

/// The open steps at a customer.
fn steps(office: &Office, customer: Id) -> Vec<Id> {
    let is_one = |task: Task| {
        (task.customer, task.run.is_some(), task.state) == (Some(customer), true, Some(TaskState::Open))
    };
    let tasks = office.all(Kind::Task).into_iter();
    tasks.filter(|(_, row)| row.clone().try_into().is_ok_and(is_one)).map(|(id, _)| id).collect()
}

/// The runs at a customer that stand so.
fn runs(office: &Office, customer: Id, state: RunState) -> Vec<Id> {
    let is_one = |run: Run| (run.customer, run.state) == (Some(customer), Some(state));
    let runs = office.all(Kind::Run).into_iter();
    runs.filter(|(_, row)| row.clone().try_into().is_ok_and(is_one)).map(|(id, _)| id).collect()
}

/// What is done with which of the customers, and how many days later.
type Acts = Vec<(usize, u8, u32, u32, u8)>;

fn acts(customers: std::ops::Range<usize>, most: usize, days: u8) -> impl Strategy<Value = Acts> {
    prop::collection::vec((customers, 0..19_u8, 1..60_u32, 0..400_u32, 0..=days), 0..most)
}

fn happen(office: &mut Office, customers: &[Id], acts: &Acts) {
    for (whom, what, amount, days, later) in acts {
        office.days_pass(i64::from(*later));
        // Not every customer can be given a tier that no policy knows.
        let _ = act(office, customers[*whom], *what, *amount, *days).map(|act| office.run(act));
        office.hours_pass(0);
    }
}

fn book(policy: &str, acts: &Acts) -> (Office, Vec<Id>) {
    let mut office = Office::under(policy);
    office.run(edit(REP, "role", "rep")).unwrap();
    let mut customers = office.customers(["Acme", "Beta", "Gamma", "Delta"]).to_vec();
    customers.push(office.make(Kind::Customer, &[("name", "Epsilon"), ("owner", "Bo")]));
    customers.push(office.make(Kind::Customer, &[("name", "Zeta"), ("owner", "Bo")]));
    happen(&mut office, &customers, acts);
    (office, customers)
}

/// What stands in the book of these customers, but when they were changed last.
fn rows(office: &Office, of: &[Id]) -> Vec<(Id, Row)> {
    let kinds = [Kind::Customer, Kind::Task, Kind::Run];
    let rows = kinds.into_iter().flat_map(|kind| office.all(kind));
    let theirs =
        rows.filter(|(id, row)| of.contains(id) || row.customer().is_some_and(|id| of.contains(&id)));
    theirs
        .map(|(id, row)| match row {
            Row::Customer(customer) => (id, Row::Customer(Customer { updated: None, ..customer })),
            row => (id, row),
        })
        .collect()
}

fn take_back(office: &mut Office, seq: u64) -> u64 {
    let undone = office.seq(undo(seq));
    office.take_on_policy();
    office.hours_pass(0);
    undone
}

/// Puts a policy in force; of the book and the playbooks at work only so many are told of it yet, where that is said.
fn adopt(office: &mut Office, policy: &str, halfway: Option<usize>) -> u64 {
    let seq = office.put_in_force(policy);
    match halfway {
        Some(most) => office.take_on(most),
        None => office.take_on_policy(),
    }
    office.hours_pass(0);
    seq
}

#[test]
fn a_return_that_is_warned_of_since_today_is_so_again() {
    let purchases: Acts = [12, 16, 5, 13, 5, 3].map(|later| (0, 0, 1, 0, later)).into();
    let (mut office, customers) = book(POLICIES[2], &purchases);
    let before = rows(&office, &customers);
    let adopted = adopt(&mut office, LOOSE, None);
    take_back(&mut office, adopted);
    assert_eq!(rows(&office, &customers), before);
}

#[test]
fn who_bought_in_the_pool_is_judged_alike_however_often_it_is_begun_again() {
    let (mut office, customers) = book(POLICIES[0], &[(0, 0, 1, 0, 9), (0, 0, 1, 0, 12)].into());
    let adopted = adopt(&mut office, LOOSE, None);
    happen(&mut office, &customers, &[(1, 0, 1, 0, 0)].into());
    take_back(&mut office, adopted);
    let once = rows(&office, &customers);
    office.take_on_policy();
    assert_eq!(rows(&office, &customers), once);
}

/// How far an adoption is carried out before it is undone; none: to its end.
fn halfway() -> impl Strategy<Value = Option<usize>> {
    prop::option::weighted(0.3, 0..6_usize)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn an_adoption_and_its_undo_leave_nothing_behind(
        (one, other) in (0..policies().len(), 0..policies().len()),
        acts in acts(0..6, 24, 20),
        halfway in halfway(),
    ) {
        let (mut office, customers) = book(&policies()[one], &acts);
        let before = rows(&office, &customers);
        let adopted = adopt(&mut office, &format!("{}\n# again\n", policies()[other]), halfway);
        let under = rows(&office, &customers);
        let undone = take_back(&mut office, adopted);
        prop_assert_eq!(rows(&office, &customers), before.clone());
        let redone = take_back(&mut office, undone);
        if halfway.is_none() {
            prop_assert_eq!(rows(&office, &customers), under, "and its undo is taken back like it");
        }
        take_back(&mut office, redone);
        prop_assert_eq!(rows(&office, &customers), before);
    }

    #[test]
    fn whom_nobody_touched_meanwhile_is_as_before(
        (one, other) in (0..policies().len(), 0..policies().len()),
        before in acts(0..6, 24, 20),
        meanwhile in acts(0..2, 6, 0),
        halfway in halfway(),
    ) {
        let (mut office, customers) = book(&policies()[one], &before);
        let untouched = rows(&office, &customers[2..]);
        let adopted = adopt(&mut office, &format!("{}\n# again\n", policies()[other]), halfway);
        happen(&mut office, &customers, &meanwhile);
        take_back(&mut office, adopted);
        prop_assert_eq!(rows(&office, &customers[2..]), untouched);
        let all = rows(&office, &customers);
        office.take_on_policy();
        prop_assert_eq!(rows(&office, &customers), all, "the others are graded by the policy before");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// What time brings to the steps of playbooks meanwhile is what it would have brought under the policy before.
    #[test]
    fn playbooks_go_on_as_if_an_adoption_had_not_been(
        (one, other) in (0..OTHERS.len(), 0..=OTHERS.len()),
        acts in acts(0..6, 24, 9),
        days in 0..30_i64,
    ) {
        let policies = policies().split_off(POLICIES.len());
        let [(mut office, customers), (mut never, _)] = [0; 2].map(|_| book(&policies[one], &acts));
        let adopted = adopt(&mut office, &format!("{}\n# again\n", policies[other]), None);
        office.days_pass(days);
        take_back(&mut office, adopted);
        never.days_pass(days);
        prop_assert_eq!(work(&office, &customers), work(&never, &customers));
    }
}

/// The runs of customers, and their steps.
fn work(office: &Office, of: &[Id]) -> Vec<Row> {
    let rows = rows(office, of).into_iter().map(|(_, row)| row);
    let is_work = |row: &Row| match row {
        Row::Task(task) => task.run.is_some(),
        row => matches!(row, Row::Run(_)),
    };
    rows.filter(is_work).collect()
}
