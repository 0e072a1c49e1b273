//! Commands by chance: whatever happens, tables, journal and index agree.

use super::*;

/// A command by numbers, over few records, so that they meet: groups with branches, and circles that an undo would
/// close.
pub(super) fn by_chance((what, which, how): (u8, u64, u8)) -> Command {
    let customer = Id::customer(1 + which % 5);
    let name = text(["Acme", "Betatech", "重庆长安", "Hottechi", "Zoomzone"][(which % 5) as usize]);
    let another = Id::customer(1 + u64::from(how) % 5).to_string();
    let put = |field: &str, to: &str| Change::put(text(field), text(to));
    match what % 17 {
        0 => Command::Add {
            kind: Kind::Customer,
            changes: vec![put("name", name.as_str()), put("aliases", "x")],
        },
        1 => Command::Add {
            kind: Kind::Purchase,
            changes: vec![
                put("customer", &customer.to_string()),
                put("amount", &format!("{}000", u32::from(how) * 3)),
            ],
        },
        2 => Command::Add {
            kind: Kind::Deal,
            changes: vec![put("customer", &customer.to_string()), put("amount", "9000"), put("stage", "won")],
        },
        3 => Command::Edit {
            record: Id::new(Kind::Deal, 1 + which % 2),
            changes: vec![put("stage", if how % 2 == 0 { "won" } else { "lost" })],
        },
        4 => Command::Log(Box::new(Log::call(customer, text("said > +2d ask again")))),
        5 => Command::TaskDone { task: Id::new(Kind::Task, 1 + which % 4), next: Clean::default() },
        6 => Command::Edit { record: customer, changes: vec![Change::link(text("tags"), text("vip"))] },
        7 => Command::Edit { record: customer, changes: vec![put("parent", &another)] },
        8 => Command::ClockMove { to: text(&format!("+{}d", u32::from(how) * 2 + 1)) },
        9 => Command::Undo { what: Undone::Seq(1 + which % 40), partial: how % 2 == 0 },
        10 => Command::TierSet { customer, tier: text("A"), reason: text("r"), until: text("+9d") },
        11 => Command::Add {
            kind: Kind::Customer,
            changes: vec![put("name", &format!("{name} {how}")), put("parent", &another)],
        },
        12 => Command::Add {
            kind: Kind::Contact,
            changes: vec![put("customer", &another), put("name", "Zhang Wei"), put("phones", "13800000000")],
        },
        13 => Command::Edit {
            record: Id::new(Kind::Contact, 1 + which % 2),
            changes: vec![put("customer", &another)],
        },
        14 => Command::Edit {
            record: customer,
            changes: vec![put("owner", if how % 2 == 0 { "none" } else { "Anna" })],
        },
        15 => Command::TaskAssign { task: Id::new(Kind::Task, 1 + which % 4), to: text("Anna") },
        _ => Command::Undo { what: Undone::MyLast, partial: false },
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, failure_persistence: None, ..Default::default() })]

    /// The tables are the fold of the journal, whatever was asked for, refused and taken back; and the index of lists
    /// is what would be read anew.
    #[test]
    fn whatever_happens_tables_journal_and_index_agree(commands in proptest::collection::vec(proptest::prelude::any::<(u8, u64, u8)>(), 1..60)) {
        let office = Office::new();
        office.add(Kind::Member, &[("name", "Anna"), ("login", "anna")]).unwrap();
        let anna = office.service.actor(1001, Lang::En, || "anna".into()).unwrap();
        for command in commands {
            let actor = if command.2.is_multiple_of(3) { anna } else { office.me };
            // Refused or not: what counts is what is left behind.
            let _ = office.service.execute(actor, 7, vec![office.order(by_chance(command), None)]);
        }
        office.verify();
        for n in 1..=5 {
            let card = Query::Card { customer: Which::Id(Id::customer(n)), timeline: 9, sales: 10 };
            let card = office.service.answer(office.me, &card);
            proptest::prop_assert!(matches!(card, Ok(_) | Err(Refusal::NoRecord(_))), "{:?}", card);
        }
        let head = office.service.whole_head();
        let anew = crate::search::Book::load(&*head.snapshot);
        let profiles = |book: &crate::search::Book| book.profiles().cloned().collect::<Vec<_>>();
        proptest::prop_assert_eq!(profiles(&head.book), profiles(&anew));
    }
}
