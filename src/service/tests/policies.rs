//! Policies: checked, tried on the book, adopted, taken back; and what time brings under them.

use super::*;
use crate::model::query::{self, PolicyAnswer, PolicyQuery, Preview};
use crate::rules::policy::SHIPPED;

pub(super) const EXAMPLES: [&str; 3] = [
    include_str!("../../../examples/policies/key-accounts.toml"),
    include_str!("../../../examples/policies/many-small.toml"),
    include_str!("../../../examples/policies/new-business.toml"),
];

const DAY: i64 = 24 * 3600 * 1000;

impl Office {
    fn policy(&self, query: PolicyQuery) -> PolicyAnswer {
        match self.service.answer(self.me, &Query::Policy(query)).unwrap().1 {
            Answer::Policy(answer) => answer,
            other => panic!("{other:?}"),
        }
    }

    fn preview(&self, policy: &str, against: &str) -> Preview {
        let (policy, against) = (text(policy), text(against));
        match self.policy(PolicyQuery::Preview { text: policy, against, limit: 1000, each: 1000 }) {
            PolicyAnswer::Preview(preview) => *preview,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn effect(&self, seq: u64) -> query::Effect {
        match self.policy(PolicyQuery::Effect { seq }) {
            PolicyAnswer::Effect(effect) => *effect,
            other => panic!("{other:?}"),
        }
    }

    fn tier_histories(&self) -> Vec<Answer> {
        let history = |n| Query::TierHistory { customer: Which::Id(Id::customer(n)) };
        let each = self.standings().into_iter().map(|(n, ..)| history(n));
        each.map(|query| self.service.answer(self.me, &query).unwrap().1).collect()
    }

    fn adopt(&self, policy: &str) -> Done {
        self.run(Command::PolicyAdopt { text: text(policy) })
    }

    /// The tier, with the one that it waits for, and the stage of every customer.
    fn standings(&self) -> Vec<(u64, String, String, String)> {
        let mut standings = Vec::new();
        self.service.head().snapshot.each_row(Kind::Customer, 1, &mut |n, row| {
            if let crate::model::Row::Customer(row) = row {
                standings.push((n, row.tier.to_string(), row.tier_next.to_string(), row.stage.to_string()));
            }
            true
        });
        standings
    }

    /// A book in which everybody has bought, been talked to and been left alone otherwise.
    fn varied() -> Office {
        let office = Office::new();
        for n in 0..24_i64 {
            let name = format!("Customer {n}");
            let parent = format!("Customer {}", n - n % 4);
            let mut fields = vec![("name", name.as_str())];
            if n % 4 == 1 {
                fields.push(("parent", parent.as_str()));
            }
            office.add(Kind::Customer, &fields).unwrap();
            for nth in 0..n % 7 {
                let date = format!("-{}d", 1 + nth * n * 5);
                let amount = (1000 * (n + 1) * (nth + 1)).to_string();
                let fields =
                    [("customer", name.as_str()), ("amount", amount.as_str()), ("date", date.as_str())];
                office.add(Kind::Purchase, &fields).unwrap();
            }
            if n % 3 == 0 {
                let product = [("customer", name.as_str()), ("product", "GTX"), ("stage", "engaging")];
                office.add(Kind::Deal, &product).unwrap();
            }
        }
        office
    }
}

#[test]
fn what_a_preview_says_is_what_is_after_the_adoption_customer_by_customer() {
    let office = Office::varied();
    for policy in EXAMPLES.into_iter().chain([SHIPPED]) {
        let before = office.standings();
        let preview = office.preview(policy, "");
        assert!(!preview.moves.is_empty(), "{policy}");
        office.adopt(policy).unwrap();
        let moved = preview.moves.iter().map(|to| (to.customer.id.n, to));
        let moved: std::collections::BTreeMap<_, _> = moved.collect();
        for (was, is) in before.iter().zip(office.standings()) {
            let aim = |standing: &(u64, String, String, String)| {
                let (_, tier, next, stage) = standing;
                (if next.is_empty() { tier.clone() } else { next.clone() }, stage.clone())
            };
            match moved.get(&is.0) {
                Some(to) => {
                    assert_eq!(aim(was), (to.tier[0].to_string(), to.stage[0].to_string()), "c{}", is.0);
                    assert_eq!(aim(&is), (to.tier[1].to_string(), to.stage[1].to_string()), "c{}", is.0);
                    assert_eq!(to.confirmed.is_some(), !is.2.is_empty(), "c{}", is.0);
                }
                None => assert_eq!(aim(was), aim(&is), "c{}", is.0),
            }
        }
        assert!(office.preview(policy, "").moves.is_empty(), "adopted, it moves nobody");
        assert_eq!(office.preview(policy, policy).moves, [], "the same as itself");
    }
    office.verify();
}

#[test]
fn an_adoption_is_taken_back_and_the_book_with_it() {
    let office = Office::varied();
    let (before, histories) = (office.standings(), office.tier_histories());
    let adopted = office.adopt(EXAMPLES[1]).unwrap().seqs[0];
    assert_ne!(office.standings(), before);
    let done = office.effect(adopted);
    assert_eq!((done.version, done.before), (2, Some(1)));
    let moved = before.iter().zip(office.standings()).filter(|(was, is)| (&was.1, &was.3) != (&is.1, &is.3));
    assert_eq!(done.moved, moved.count() as u64);
    let undone = office.undo().unwrap().seqs[0];
    assert_eq!(office.standings(), before);
    assert_eq!(office.tier_histories(), histories, "what was taken back is no history of theirs");
    let back = office.effect(undone);
    assert_eq!((back.version, back.before, back.moved), (1, Some(2), done.moved));
    let turned = |shifts: &[query::Shift]| {
        let mut ways: Vec<_> =
            shifts.iter().map(|way| (way.to.clone(), way.from.clone(), way.count)).collect();
        ways.sort();
        ways
    };
    let straight: Vec<_> =
        back.tiers.iter().map(|way| (way.from.clone(), way.to.clone(), way.count)).collect();
    assert_eq!(straight, turned(&done.tiers));

    let PolicyAnswer::History(versions) = office.policy(PolicyQuery::History) else { panic!() };
    let told: Vec<(i64, Option<u64>, Option<u64>)> =
        versions.iter().map(|version| (version.version, version.undoes, version.undone_by)).collect();
    assert_eq!(told, [(1, Some(adopted), None), (2, None, Some(undone)), (1, None, None)]);
    let (added, gone) = versions[1].lines;
    assert_eq!(versions[0].lines, (gone, added), "an undo takes back the lines as well");
    let PolicyAnswer::Text(first) = office.policy(PolicyQuery::Text { version: None }) else { panic!() };
    assert_eq!(first.version, 1);
    let none = Query::Policy(PolicyQuery::Text { version: Some(7) });
    assert_eq!(office.service.answer(office.me, &none).unwrap_err(), Refusal::NoVersion(7, 2));
    office.verify();
}

#[test]
fn a_taking_back_that_was_interrupted_is_taken_up_again() {
    let office = Office::varied();
    let before = office.standings();
    let adopted = office.adopt(EXAMPLES[1]).unwrap().seqs[0];
    let undo = Command::Undo { what: Undone::Seq(adopted), partial: false };
    let order = office.order(undo, None);
    office.service.run(Some(office.me), 0, vec![order]).pop().unwrap().unwrap();
    let left = crate::rules::restore::left(&*office.service.head().snapshot).unwrap();
    assert!(left.acts.len() > 4);
    let half = Command::Restore { undo: left.undo, acts: left.acts[..left.acts.len() / 2].to_vec() };
    let order = office.order(half, None);
    office.service.run(None, 0, vec![order]).pop().unwrap().unwrap();
    assert_ne!(office.standings(), before);
    office.service.close().unwrap();
    let office = office.again();
    office.service.catch_up();
    assert_eq!(office.standings(), before);
    office.verify();
}

#[test]
fn a_move_waits_for_its_confirmation_and_comes_on_its_day() {
    let office = Office::new();
    let acme = office.customer("Acme");
    office
        .adopt(&SHIPPED.replace("contact_every = \"30d\"", "contact_every = \"30d\"\nconfirm = \"7d\""))
        .unwrap();
    office.add(Kind::Purchase, &[("customer", "Acme"), ("amount", "25000")]).unwrap();
    let stands = || {
        let card = office.card(acme);
        (card.line.tier.to_string(), card.why.tier.pending.map(|(tier, _)| tier.to_string()))
    };
    assert_eq!(stands(), ("C".to_owned(), Some("B".to_owned())));
    office.clock.fetch_add(6 * DAY, Ordering::SeqCst);
    office.service.catch_up();
    assert_eq!(stands(), ("C".to_owned(), Some("B".to_owned())));
    office.clock.fetch_add(DAY, Ordering::SeqCst);
    office.service.catch_up();
    assert_eq!(stands(), ("B".to_owned(), None));
}

#[test]
fn what_was_due_while_no_server_ran_is_caught_up_as_of_its_day_and_once() {
    let office = Office::new();
    let acme = office.customer("Acme");
    office.add(Kind::Purchase, &[("customer", "Acme"), ("amount", "500"), ("date", "2017-12-31")]).unwrap();
    office.clock.fetch_add(400 * DAY, Ordering::SeqCst);
    office.service.catch_up();
    let row = office.service.head().snapshot.customer(acme).unwrap();
    let since = row.stage_since.map(|day| day.date().to_string());
    assert_eq!((row.stage.as_str(), since.as_deref()), ("lapsed", Some("2018-06-30")));
    let head = office.service.head().snapshot.head();
    office.service.catch_up();
    assert_eq!(office.service.head().snapshot.head(), head);
    office.verify();
}

#[test]
fn the_members_of_a_group_inherit_its_heads_tier_and_lose_it_with_it() {
    let office = Office::new();
    office.adopt(&format!("inherit_tier = true\n{SHIPPED}")).unwrap();
    let [root, branch] = ["Root", "Branch"].map(|name| office.customer(name));
    office
        .run(Command::Edit { record: branch, changes: vec![Change::put(text("parent"), text("Root"))] })
        .unwrap();
    let tiers = || [root, branch].map(|id| office.card(id).line.tier.to_string());
    assert_eq!(tiers(), ["C", "C"]);
    office.add(Kind::Purchase, &[("customer", "Root"), ("amount", "25000")]).unwrap();
    assert_eq!(tiers(), ["B", "B"]);
    office.undo().unwrap();
    assert_eq!(tiers(), ["C", "C"]);
}

#[test]
fn history_tells_what_rules_changed_and_not_what_they_note() {
    let office = Office::new();
    office.customer("Acme");
    office.add(Kind::Purchase, &[("customer", "Acme"), ("amount", "25000")]).unwrap();
    office.add(Kind::Purchase, &[("customer", "Acme"), ("amount", "1"), ("date", "-1d")]).unwrap();
    let history = Query::History { record: None, by: text(""), since: text(""), before: None, limit: 100 };
    let Answer::History(items) = office.service.answer(office.me, &history).unwrap().1 else { panic!() };
    let derived: Vec<usize> =
        items.iter().filter(|item| item.entry.is_derived()).map(|item| item.entry.events.len()).collect();
    assert_eq!(derived.len(), 3, "new with its tier, the first purchase, the second: {derived:?}");
}

#[test]
fn a_check_asks_who_there_is_and_where_the_book_is() {
    let office = Office::new();
    office.customer("Acme");
    let asking = |zone: &str, duty: &str| {
        let step = format!(
            "[[playbook]]\nid = \"call\"\non = \"new\"\n[[playbook.step]]\nid = \"call\"\nwithin = \"4h\"\nduty = \"{duty}\""
        );
        let policy = format!("{}\n{step}", SHIPPED.replace("Asia/Shanghai", zone));
        match office.policy(PolicyQuery::Check { text: text(&policy) }) {
            PolicyAnswer::Checked(faults) => {
                faults.into_iter().map(|fault| (fault.line, fault.warning)).collect()
            }
            other => panic!("{other:?}"),
        }
    };
    let steps = SHIPPED.lines().count() as u32;
    let found: Vec<(u32, bool)> = asking("Europe/Berlin", "support");
    assert_eq!(found, [(3, false), (steps + 8, true)]);
    office.edit(Id::customer(1), "collaborators", "m1:Support").unwrap();
    let found: Vec<(u32, bool)> = asking("Asia/Shanghai", "support");
    assert_eq!(found, []);
    let berlin = text(&SHIPPED.replace("Asia/Shanghai", "Europe/Berlin"));
    let preview = PolicyQuery::Preview { text: berlin, against: Clean::default(), limit: 1, each: 1 };
    let refused = office.service.answer(office.me, &Query::Policy(preview)).unwrap_err();
    assert!(matches!(refused, Refusal::BadPolicy { line: 3, column: 12, .. }), "{refused:?}");
}
