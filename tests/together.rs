//! Many at once: nobody's write is lost, everybody sees what anybody was told is done.

use std::collections::BTreeSet;

use guanxi::ipc::client::{Client, FromServer, Incoming, Options, Requests};
use guanxi::model::query::Company;
use guanxi::model::{Answer, Id, Query, Reply, Request};
use guanxi::text::{Clean, Lang};

use crate::office::{Office, Ran, each, text};

/// What a screen sends and hears, without its drawing.
struct Screen {
    requests: Requests,
    incoming: Incoming,
}

impl Screen {
    fn of(office: &Office, member: &'static str) -> Screen {
        let (requests, incoming) = Client::new(&office.store(), Options::asking(Lang::En)).live().unwrap();
        let mut screen = Screen { requests, incoming };
        screen.requests.send(&Request::ActAs(Clean::known(member))).unwrap();
        assert_eq!(screen.hear(), FromServer::Answer(Reply::Done));
        screen
    }

    /// The next message that is not about the book.
    fn hear(&mut self) -> FromServer<Reply, Id> {
        loop {
            let heard = self.incoming.receive().unwrap();
            if !matches!(heard, FromServer::News(_)) {
                return heard;
            }
        }
    }

    /// How many others are here, and the names of those at the customer, with a star of who writes.
    fn at(&mut self, customer: u64, writing: bool) -> (u32, Vec<String>) {
        let customer = Some(Id::customer(customer));
        self.requests.send(&Request::Ask(Query::Company { customer, writing })).unwrap();
        let FromServer::Answer(Reply::Answer(_, Answer::Company(Company { here, beside }))) = self.hear()
        else {
            panic!("no company")
        };
        let star = |writing| if writing { "*" } else { "" };
        (here, beside.iter().map(|one| format!("{}{}", one.member.name, star(one.writing))).collect())
    }
}

#[test]
fn screens_are_told_who_is_at_their_customer_and_who_has_gone() {
    let office = Office::practice();
    office.ok("member add --name Anna");
    office.ok("member add --name Bo");
    office.ok("customer add --name Acme");
    office.ok("customer add --name Beta");
    let mut anna = Screen::of(&office, "Anna");
    assert_eq!(anna.at(1, false), (0, vec![]));
    let mut bo = Screen::of(&office, "Bo");
    assert_eq!(bo.at(1, true), (1, vec!["Anna".to_owned()]));
    assert_eq!(anna.hear(), FromServer::Company);
    assert_eq!(anna.at(1, false), (1, vec!["Bo*".to_owned()]));
    assert_eq!(bo.at(2, false), (1, vec![]), "and was told nothing: anna did not move");
    assert_eq!(anna.hear(), FromServer::Company);
    assert_eq!(anna.at(1, false), (1, vec![]));
    let head = office.head();
    drop(bo);
    assert_eq!(anna.hear(), FromServer::Company);
    assert_eq!(anna.at(1, false), (0, vec![]));
    assert_eq!(office.head(), head, "nothing of it is written");
}

#[test]
fn fifty_parallel_logs_are_all_there_and_the_journal_has_no_gap() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    let before = office.head();
    let receipts: Vec<_> =
        office.at_once(50, "log acme 'call number {}' --json").into_iter().map(Ran::json).collect();
    let found: BTreeSet<String> = each(&office.json("timeline acme -n 1000"), "text").into_iter().collect();
    let expected: BTreeSet<String> = (0..50).map(|n| format!("call number {n}")).collect();
    assert!(expected.is_subset(&found), "missing: {:?}", expected.difference(&found));
    let mut seqs: Vec<u64> = receipts
        .iter()
        .flat_map(|receipt| receipt["seqs"].as_array().unwrap())
        .map(|seq| seq.as_u64().unwrap())
        .collect();
    seqs.sort_unstable();
    assert_eq!(seqs, (before + 1..=office.head()).collect::<Vec<_>>());
    assert_eq!(office.json("status")["interactions"], 50);
    office.verified();
}

#[test]
fn what_was_acknowledged_is_found_at_once_by_others() {
    let office = Office::practice();
    for n in 0..10 {
        let id = office.made(&format!("customer add --name 'Kunde {n}'"));
        assert_eq!(each(&office.json(&format!("find 'kunde {n}' -n 1")), "id"), [id.as_str()]);
        office.ok(&format!("log {id} 'word {n}'"));
        let timeline = office.json(&format!("timeline {id} -n 1"));
        assert_eq!(timeline[0]["text"], format!("word {n}"));
        assert!(!office.json(&format!("find 'kunde {n}' -n 1"))[0]["last_contact"].is_null());
    }
}

#[test]
fn two_people_share_a_practice_store() {
    let office = Office::practice();
    office.ok("team add --name North");
    office.ok("member add --name Anna --team North");
    office.ok("member add --name Bo --team North");
    office.ok("--as Anna customer add --name Acme");
    office.ok("--as Bo log acme 'Bo was here'");
    let timeline = office.json("timeline acme -n 1");
    assert_eq!((&timeline[0]["by_name"], &timeline[0]["text"]), (&"Bo".into(), &"Bo was here".into()));
    assert_eq!(office.json("show acme")["owner_name"], "Anna");
    assert_eq!(each(&office.json("list owner:me --as Anna"), "name"), ["Acme"]);
    assert_eq!(each(&office.json("list owner:me --as Bo"), "name"), [""; 0]);

    office.ok("--as Anna customer edit acme --region east");
    assert!(
        office.json("--as Bo undo")["ids"].as_array().unwrap().iter().all(|id| text(id).starts_with('i'))
    );
    assert_eq!(office.json("show acme")["region"], "east", "an undo takes back one's own last act");
    let history = office.json("history --by Anna");
    assert!(history.as_array().unwrap().iter().all(|entry| entry["by_name"] == "Anna"));
    office.fails(5, "--as Bo member add --name Carl");
    assert!(office.fails(3, "--as Nobody list").contains("Nobody"));
}

#[test]
fn ten_takers_get_ten_tasks() {
    let office = Office::practice();
    office.ok("team add --name North");
    let people: Vec<String> = (0..5).map(|n| format!("Person {n}")).collect();
    for name in &people {
        office.ok(&format!("member add --name '{name}' --team North"));
    }
    for n in 0..10 {
        office.ok(&format!("task add 'task {n}' --team North --assignee none"));
    }
    let taken: Vec<String> = (0..2)
        .flat_map(|_| office.at_once(5, "--as 'Person {}' task next --take --json"))
        .map(|ran| text(&ran.json()["ids"][0]))
        .collect();
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), 10, "{taken:?}");
    for name in &people {
        let tasks = office.json(&format!("--as '{name}' task list"));
        assert_eq!(tasks.as_array().unwrap().len(), 2, "{name}: {tasks}");
    }
    let again = text(&office.json("--as 'Person 0' task next --take")["ids"][0]);
    let mine = office.json("--as 'Person 0' task list");
    let ids: Vec<String> = mine.as_array().unwrap().iter().map(|task| text(&task["id"])).collect();
    assert!(ids.contains(&again), "of one's own the first comes round again: {again}");
    for id in ids {
        office.ok(&format!("--as 'Person 0' task done {id}"));
    }
    office.fails(3, "--as 'Person 0' task next --take");
}

#[test]
fn of_ten_who_want_one_task_one_gets_it() {
    let office = Office::practice();
    office.ok("team add --name North");
    for n in 0..10 {
        office.ok(&format!("member add --name 'Person {n}' --team North"));
    }
    office.ok("task add 'the only one' --team North --assignee none");
    let ran = office.at_once(10, "--as 'Person {}' task next --take --json");
    let codes = |code: i32| ran.iter().filter(|ran| ran.code == code).count();
    assert_eq!((codes(0), codes(3)), (1, 9));
}

#[test]
fn a_mention_waits_for_whom_it_means_until_it_is_read() {
    let office = Office::practice();
    office.ok("member add --name Anna");
    office.ok("member add --name Robert --login bob");
    office.ok("customer add --name Acme");
    let texts = |line: &str| each(&office.json(line), "text");
    let logged = office.made("--as Anna log acme '@bob please call'");
    let inbox = office.json("inbox --as bob");
    assert_eq!((&inbox[0]["record"], &inbox[0]["by_name"]), (&logged.into(), &"Anna".into()));
    assert_eq!(inbox[0]["customer_name"], "Acme");
    assert_eq!(texts("inbox --as bob"), ["@bob please call"]);
    assert_eq!(texts("inbox --as Anna"), [""; 0]);
    let head = office.head();
    assert_eq!(texts("inbox --read --as bob"), ["@bob please call"]);
    assert_eq!(texts("inbox --as bob"), [""; 0]);
    assert_eq!(texts("inbox --read --as bob"), [""; 0]);
    assert_eq!(office.head(), head + 1, "what is read is written once");
    assert_eq!(texts("inbox --all --as bob"), ["@bob please call"]);
    assert!(office.ok("inbox --as bob --lang zh").contains("内容"));
    office.fails(5, "undo --as bob");
    office.ok("--as Anna undo");
    assert_eq!(texts("inbox --all --as bob"), [""; 0]);
    office.verified();
}
