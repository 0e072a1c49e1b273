//! An adoption and its undo leave the book as it was.

use proptest::prelude::*;

use super::super::policy::SHIPPED;
use super::super::testing::{Office, REP, add, edit, text, undo};
use super::*;
use crate::model::{Command, Customer, Log, Row, Run};

const POLICIES: [&str; 5] = [
    SHIPPED,
    include_str!("../../../examples/policies/key-accounts.toml"),
    include_str!("../../../examples/policies/many-small.toml"),
    include_str!("../../../examples/policies/new-business.toml"),
    LOOSE,
];

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

/// Something that somebody does with a customer.
fn act(customer: Id, what: u8, amount: u32, days: u32) -> Command {
    let (id, amount, date) = (customer.to_string(), (amount * 1000).to_string(), format!("-{days}d"));
    match what {
        0..=3 => add(Kind::Purchase, &[("customer", &id), ("amount", &amount), ("date", &date)]),
        4..=6 => Command::Log(Box::new(Log::call(customer, text("spoke")))),
        7 => edit(customer, "owner", if days.is_multiple_of(3) { "none" } else { "Bo" }),
        8 => edit(customer, "tags", "vip"),
        _ => Command::TierSet {
            customer,
            tier: text("A"),
            reason: text("because"),
            until: text(&format!("+{}d", 1 + days % 40)),
        },
    }
}

/// What is done with which of the customers, and how many days later.
type Acts = Vec<(usize, u8, u32, u32, u8)>;

fn acts(customers: std::ops::Range<usize>, most: usize, days: u8) -> impl Strategy<Value = Acts> {
    prop::collection::vec((customers, 0..10_u8, 1..60_u32, 0..400_u32, 0..=days), 0..most)
}

fn happen(office: &mut Office, customers: &[Id], acts: &Acts) {
    for (whom, what, amount, days, later) in acts {
        office.days_pass(i64::from(*later));
        // Not every customer can be given a tier that no policy knows.
        let _ = office.run(act(customers[*whom], *what, *amount, *days));
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

/// What stands in the book of these customers, but when they were changed last, and by which policy a playbook began.
fn rows(office: &Office, of: &[Id]) -> Vec<(Id, Row)> {
    let kinds = [Kind::Customer, Kind::Task, Kind::Run];
    let rows = kinds.into_iter().flat_map(|kind| office.all(kind));
    let theirs =
        rows.filter(|(id, row)| of.contains(id) || row.customer().is_some_and(|id| of.contains(&id)));
    theirs
        .map(|(id, row)| match row {
            Row::Customer(customer) => (id, Row::Customer(Customer { updated: None, ..customer })),
            Row::Run(run) => (id, Row::Run(Run { version: None, ..run })),
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

fn adopt(office: &mut Office, policy: &str) -> u64 {
    let seq = office.adopt(policy);
    office.hours_pass(0);
    seq
}

#[test]
fn a_return_that_is_warned_of_since_today_is_so_again() {
    let purchases: Acts = [12, 16, 5, 13, 5, 3].map(|later| (0, 0, 1, 0, later)).into();
    let (mut office, customers) = book(POLICIES[2], &purchases);
    let before = rows(&office, &customers);
    let adopted = adopt(&mut office, LOOSE);
    take_back(&mut office, adopted);
    assert_eq!(rows(&office, &customers), before);
}

#[test]
fn who_bought_in_the_pool_is_judged_alike_however_often_it_is_begun_again() {
    let (mut office, customers) = book(POLICIES[0], &[(0, 0, 1, 0, 9), (0, 0, 1, 0, 12)].into());
    let adopted = adopt(&mut office, LOOSE);
    happen(&mut office, &customers, &[(1, 0, 1, 0, 0)].into());
    take_back(&mut office, adopted);
    let once = rows(&office, &customers);
    office.take_on_policy();
    assert_eq!(rows(&office, &customers), once);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn an_adoption_and_its_undo_leave_nothing_behind(
        (one, other) in (0..POLICIES.len(), 0..POLICIES.len()),
        acts in acts(0..6, 24, 20),
    ) {
        let (mut office, customers) = book(POLICIES[one], &acts);
        let before = rows(&office, &customers);
        let adopted = adopt(&mut office, &format!("{}\n# again\n", POLICIES[other]));
        let under = rows(&office, &customers);
        let undone = take_back(&mut office, adopted);
        prop_assert_eq!(rows(&office, &customers), before.clone());
        let redone = take_back(&mut office, undone);
        prop_assert_eq!(rows(&office, &customers), under, "and its undo is taken back like it");
        take_back(&mut office, redone);
        prop_assert_eq!(rows(&office, &customers), before);
    }

    #[test]
    fn whom_nobody_touched_meanwhile_is_as_before(
        (one, other) in (0..POLICIES.len(), 0..POLICIES.len()),
        before in acts(0..6, 24, 20),
        meanwhile in acts(0..2, 6, 0),
    ) {
        let (mut office, customers) = book(POLICIES[one], &before);
        let untouched = rows(&office, &customers[2..]);
        let adopted = adopt(&mut office, &format!("{}\n# again\n", POLICIES[other]));
        happen(&mut office, &customers, &meanwhile);
        take_back(&mut office, adopted);
        prop_assert_eq!(rows(&office, &customers[2..]), untouched);
        let all = rows(&office, &customers);
        office.take_on_policy();
        prop_assert_eq!(rows(&office, &customers), all, "the others are graded by the policy before");
    }
}
