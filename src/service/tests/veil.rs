//! What an open pool hides is nowhere to be read before the customer is claimed, whatever is asked or tried.

use super::*;
use crate::filter::Schema;
use crate::model::query::PolicyQuery;
use crate::model::{How, Value};
use crate::rules::policy::SHIPPED;

const POOL: &str = r#"
[[pool]]
id = "all"
hide = ["phones", "mails", "wechat", "address", "website", "code", "note", "contacts"]
[[care.occasion]]
id = "name-day"
name = { en = "their day", zh = "纪念日" }
on = "birthday"
ahead = "3d"
"#;

/// What is hidden of a customer who is there, and of the people there.
const SECRETS: [&str; 12] = [
    "13811112222",
    "desk@acme.example",
    "Secret street 5",
    "acme.example/home",
    "91350100M000100Y43",
    "secretnote",
    "Mary",
    "13733334444",
    "ceo@acme.example",
    "mary-wechat",
    "Secret street 4",
    "secretly",
];

/// What is hidden of who is gone.
const GONE: [&str; 4] = ["Gone Person", "13755556666", "13666667777", "13799990000"];

const NOBODY_LEFT: &dyn Fn() -> bool = &|| false;

struct House {
    office: Office,
    acme: Id,
    mary: Id,
    call: Id,
    /// A customer of Anna's.
    own: Id,
    anna: Actor,
}

impl House {
    /// A customer whom Bo had while Anna was a manager, and whom nobody has now that she is none.
    fn new() -> House {
        let start = |store, clock| Service::start(store, clock).unwrap();
        let office = Office::under(&format!("{SHIPPED}{POOL}"), &Options::default(), |_| {}, start);
        let anna = [("name", "Anna"), ("login", "anna"), ("role", "manager")];
        office.add(Kind::Member, &anna).unwrap();
        office.add(Kind::Member, &[("name", "Bo"), ("login", "bo")]).unwrap();
        let anna = office.service.act_as(office.me, &text("anna")).unwrap();
        let fields = [
            ("name", "Acme"),
            ("owner", "Bo"),
            ("region", "north"),
            ("phones", "13811112222"),
            ("mails", "desk@acme.example"),
            ("address", "Secret street 4"),
            ("website", "acme.example/home"),
            ("code", "91350100M000100Y43"),
            ("note", "secretnote for @anna"),
        ];
        let acme = office.add(Kind::Customer, &fields).unwrap().ids[0];
        let own = office.add(Kind::Customer, &[("name", "Mine"), ("owner", "Anna")]).unwrap().ids[0];
        let person = [
            ("customer", "Acme"),
            ("name", "Mary"),
            ("phones", "13733334444"),
            ("mails", "ceo@acme.example"),
            ("wechat", "mary-wechat"),
            ("birthday", "1970-01-03"),
            ("note", "secretly @anna"),
        ];
        let mary = office.add(Kind::Contact, &person).unwrap().ids[0];
        let mut log = Log::call(acme, text("called > +3d send it"));
        log.contact = text("Mary");
        let call = office.run(Command::Log(Box::new(log))).unwrap().ids[0];
        let house = House { office, acme, mary, call, own, anna };
        house.others();
        house.days_pass();
        house.office.edit(acme, "address", "Secret street 5").unwrap();
        house.office.edit(anna.member, "role", "rep").unwrap();
        house.office.run(Command::Release { customer: acme, reason: text("no budget") }).unwrap();
        house
    }

    /// Who is gone, and what came from a file.
    fn others(&self) {
        let office = &self.office;
        let take_back = |seq| {
            office.run(Command::Undo { what: Undone::Seq(seq), partial: false }).unwrap();
        };
        let person = [("customer", "Acme"), ("name", "Gone Person"), ("phones", "13755556666")];
        let made = office.add(Kind::Contact, &person).unwrap();
        let changed = office.edit(made.ids[0], "phones", "13799990000").unwrap();
        take_back(changed.seqs[0]);
        take_back(made.seqs[0]);
        let nobodys = [("name", "Vanished"), ("owner", "none"), ("phones", "13666667777")];
        take_back(office.add(Kind::Customer, &nobodys).unwrap().seqs[0]);
        let (_, done) =
            office.import(Kind::Contact, &[("r1", &[("customer", "Acme"), ("name", "Mary Two")])]);
        assert!(done.iter().all(Done::is_ok), "{done:?}");
        for (kind, name) in [(Kind::Deal, "product"), (Kind::Purchase, "product"), (Kind::Task, "title")] {
            let fields = [("customer", "Acme"), (name, "GTX"), ("amount", "100")];
            office.add(kind, if kind == Kind::Task { &fields[..2] } else { &fields }).unwrap();
        }
        office.add(Kind::View, &[("name", "north"), ("filter", "region:north"), ("shared", "yes")]).unwrap();
    }

    fn days_pass(&self) {
        self.office.clock.fetch_add(2 * 86_400_000, Ordering::SeqCst);
        self.office.service.catch_up();
    }

    /// The answer to a question of now, or of the day when Bo had the customer.
    fn answer(&self, actor: Actor, query: &Query, of_then: bool) -> String {
        let service = &self.office.service;
        if of_then {
            format!("{:?}", service.answer_as_of(actor, &text("2018-01-01"), query, NOBODY_LEFT))
        } else {
            format!("{:?}", service.answer(actor, query))
        }
    }

    /// All that is answered to somebody, and of which questions and orders it is.
    fn told(&self, actor: Actor) -> Vec<(String, String)> {
        let mut told = Vec::new();
        for of_then in [false, true] {
            let ask = |query: Query| (format!("{query:?}"), self.answer(actor, &query, of_then));
            told.extend(self.questions().into_iter().map(ask));
        }
        for command in self.orders() {
            let order = Order { dry_run: true, ..self.office.order(command, None) };
            let name = format!("{:?}", order.command);
            told.push((name, format!("{:?}", self.office.service.execute(actor, 9, vec![order]))));
        }
        told
    }

    /// One question of each kind at least, and of some kinds many.
    fn questions(&self) -> Vec<Query> {
        let empty = Clean::default;
        let which = || Which::Id(self.acme);
        let policy = text(&format!("{SHIPPED}{POOL}"));
        let mut all = vec![
            Query::Session,
            Query::Status,
            Query::Resolve(Kind::Contact, Which::Id(self.mary)),
            Query::List { filter: empty(), sort: empty(), skip: 0, limit: 99 },
            Query::Card { customer: which(), timeline: 99, sales: 99 },
            Query::Timeline { customer: which(), since: empty(), before: None, limit: 99 },
            Query::Tasks { whose: Whose::All, filter: text("state:open,done,dropped"), limit: 99 },
            Query::NextTask,
            Query::Tiers,
            Query::Why { customer: which() },
            Query::Verify,
            Query::Company { customer: Some(self.acme), writing: true },
            Query::Feed { since: 0, limit: 99 },
            Query::Place { filter: empty(), sort: empty(), customer: self.acme },
            Query::Inbox { all: true, limit: 99 },
            Query::Playbooks { id: empty(), since: empty() },
            Query::Policy(PolicyQuery::Check { text: policy.clone() }),
            Query::Policy(PolicyQuery::Text { version: None }),
            Query::Policy(PolicyQuery::History),
            Query::Policy(PolicyQuery::Preview { text: policy, against: empty(), limit: 99, each: 99 }),
            Query::Board,
            Query::TierHistory { customer: which() },
            Query::WhyTask { task: Id::new(Kind::Task, 1) },
            Query::Care { filter: empty(), days: 366, mine: false },
            Query::Brought { since: 0 },
        ];
        all.extend(["acme", "c1"].map(|words| Query::Find { words: text(words), limit: 9 }));
        let every = Kind::ALL.into_iter();
        all.extend(every.map(|kind| Query::Rows { kind, filter: empty(), from: 0, limit: 99 }));
        for kind in Kind::ALL {
            let fields = Schema::of(kind).map(Schema::rows).unwrap_or_default().iter().map(|row| row.name);
            let of = |field: &str| Query::Values { kind, field: text(field), typed: empty() };
            all.extend(fields.chain([""]).map(of));
        }
        let records = [None, Some(self.acme), Some(self.mary), Some(self.call)];
        all.extend(records.map(|record| Query::History {
            record: record.map(Which::Id),
            by: empty(),
            since: empty(),
            before: None,
            limit: 999,
        }));
        let mut asked: Vec<usize> = all.iter().map(nth).collect();
        asked.sort_unstable();
        asked.dedup();
        assert!(asked.into_iter().eq(0..KINDS), "a kind of question is not asked");
        all
    }

    /// What tells of values, done or refused; every act that can be taken back is.
    fn orders(&self) -> Vec<Command> {
        let over = |record, field, was: Option<&str>| {
            let was = was.map(|was| Value::Text(text(was)));
            let change = Change { field: text(field), how: How::Put, to: text("13900000000"), was };
            Command::Edit { record, changes: vec![change] }
        };
        let names = |record, field: &str, to: &str| Command::Edit {
            record,
            changes: vec![Change::put(text(field), text(to))],
        };
        let mut all = vec![Command::Claim { customer: self.acme }];
        for was in [None, Some("something else")] {
            all.extend(["phones", "address", "note", "website"].map(|field| over(self.acme, field, was)));
            all.extend(["phones", "name", "note", "wechat"].map(|field| over(self.mary, field, was)));
        }
        all.push(names(self.mary, "customer", "Mine"));
        all.extend(["M", "ma", "Mary"].map(|guess| names(self.call, "contact", guess)));
        let acts = 1..=self.office.service.head().snapshot.head();
        all.extend(acts.map(|seq| Command::Undo { what: Undone::Seq(seq), partial: false }));
        all.push(Command::Undo { what: Undone::Batch(Id::new(Kind::Batch, 1)), partial: false });
        all
    }
}

/// So many kinds of questions there are.
const KINDS: usize = 26;

/// Which kind of question it is: a new kind is told here, and then asked.
fn nth(query: &Query) -> usize {
    match query {
        Query::Session => 0,
        Query::Status => 1,
        Query::Resolve(..) => 2,
        Query::Find { .. } => 3,
        Query::List { .. } => 4,
        Query::Card { .. } => 5,
        Query::Timeline { .. } => 6,
        Query::Tasks { .. } => 7,
        Query::NextTask => 8,
        Query::Tiers => 9,
        Query::Why { .. } => 10,
        Query::Rows { .. } => 11,
        Query::History { .. } => 12,
        Query::Verify => 13,
        Query::Company { .. } => 14,
        Query::Feed { .. } => 15,
        Query::Place { .. } => 16,
        Query::Policy(_) => 17,
        Query::Inbox { .. } => 18,
        Query::Playbooks { .. } => 19,
        Query::Board => 20,
        Query::TierHistory { .. } => 21,
        Query::WhyTask { .. } => 22,
        Query::Care { .. } => 23,
        Query::Brought { .. } => 24,
        Query::Values { .. } => 25,
    }
}

fn all_of(told: &[(String, String)]) -> String {
    told.iter().map(|(_, answer)| answer.as_str()).collect()
}

#[test]
fn nothing_that_is_asked_or_tried_tells_what_a_pool_hides() {
    let house = House::new();
    for (asked, answer) in house.told(house.anna) {
        // What one has typed oneself is no secret.
        let telling = |secret: &&&str| answer.contains(**secret) && !asked.contains(**secret);
        let told: Vec<_> = SECRETS.iter().chain(&GONE).filter(telling).collect();
        assert_eq!(told, [&""; 0], "{asked}: {answer}");
    }
    let above = all_of(&house.told(house.office.me));
    for secret in SECRETS.iter().chain(&GONE) {
        assert!(above.contains(secret), "who leads the house reads {secret}");
    }
    assert!(all_of(&house.told(house.anna)).contains("Greeting: their day"));
}

#[test]
fn who_claims_reads_it_of_the_past_as_well() {
    let house = House::new();
    let order = house.office.order(Command::Claim { customer: house.acme }, None);
    house.office.service.execute(house.anna, 9, vec![order]).pop().unwrap().unwrap();
    let told = all_of(&house.told(house.anna));
    for secret in SECRETS {
        assert!(told.contains(secret), "{secret}");
    }
    let card = Query::Card { customer: Which::Id(house.acme), timeline: 9, sales: 9 };
    assert!(house.answer(house.anna, &card, true).contains("Secret street 4"));
    assert!(!told.contains("13666667777"), "of a customer who is gone and was nobody's");
}

#[test]
fn what_is_hidden_is_not_changed_and_nobody_is_led_out_of_the_pool() {
    let house = House::new();
    let refused = |command: Command| {
        let done = house.office.service.execute(house.anna, 9, vec![house.office.order(command, None)]);
        format!("{:?}", done[0].as_ref().unwrap_err())
    };
    for command in house.orders().into_iter().filter(|command| matches!(command, Command::Edit { .. })) {
        let refusal = refused(command);
        assert!(refusal.starts_with("Hidden("), "{refusal}");
    }
    let mut log = Log::call(house.acme, text("hello"));
    log.contact = text("nobody like that");
    let of_nobody = refused(Command::Log(Box::new(log.clone())));
    log.contact = text("M");
    assert_eq!(refused(Command::Log(Box::new(log))), of_nobody);
}

#[test]
fn look_ups_answer_to_what_was_typed_whole_alone() {
    let house = House::new();
    let found = |words: &str| {
        let query = Query::Find { words: text(words), limit: 9 };
        match house.office.service.answer(house.anna, &query).unwrap().1 {
            Answer::Customers(lines, _) => lines.iter().any(|line| line.id == house.acme),
            other => panic!("{other:?}"),
        }
    };
    for whole in
        ["acme", "13811112222", "138 1111 2222", "13733334444", "desk@acme.example", "ceo@acme.example"]
    {
        assert!(found(whole), "{whole}");
    }
    for part in
        ["2222", "1381111222", "3811112222", "desk@acme.exampl", "ceo@", "mary", "acme 2222", "13755556666"]
    {
        assert!(!found(part), "{part}");
    }
    let rows = |kind, filter: &str| {
        let query = Query::Rows { kind, filter: text(filter), from: 0, limit: 9 };
        match house.office.service.answer(house.anna, &query).unwrap().1 {
            Answer::Rows(lines) => lines.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(rows(Kind::Contact, "phones~1373"), 0);
    assert_eq!(rows(Kind::Interaction, "contact:Mary"), 0);
    assert_eq!(rows(Kind::Interaction, &format!("contact:{}", house.mary)), 1, "the id stands there");
    let resolved = Query::Resolve(Kind::Contact, Which::Words(text("Mary")));
    assert!(matches!(house.office.service.answer(house.anna, &resolved), Err(Refusal::NoMatch(..))));
    let none = Query::Rows { kind: Kind::Customer, filter: text(""), from: 0, limit: 0 };
    let answer = house.office.service.answer(house.anna, &none).unwrap().1;
    assert_eq!(answer, Answer::Rows(Vec::new()));
}

#[test]
fn a_form_learns_which_fields_are_hidden() {
    let house = House::new();
    let hidden = |actor, customer| {
        let query = Query::Card { customer: Which::Id(customer), timeline: 0, sales: 0 };
        match house.office.service.answer(actor, &query).unwrap().1 {
            Answer::Card(card) => card.hidden.iter().map(Clean::to_string).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        hidden(house.anna, house.acme),
        ["phones", "mails", "address", "website", "code", "note", "contacts"]
    );
    assert_eq!(hidden(house.anna, house.own), [""; 0]);
    assert_eq!(hidden(house.office.me, house.acme), [""; 0]);
}
