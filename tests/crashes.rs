//! Servers that die, and what they leave: nothing that was acknowledged is lost, nothing is there twice, and whoever
//! comes next finds a store that opens.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::net::{UnixDatagram, UnixListener};
use std::sync::mpsc::channel;
use std::thread;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use redb::{Builder, ConcurrencyMode, TableDefinition};

use crate::office::{Office, Piped, each, text};

#[test]
fn what_was_acknowledged_survives_a_killed_server_once() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    let (acknowledge, acknowledged) = channel();
    let said: Vec<String> = thread::scope(|scope| {
        for writer in 0..4 {
            let (office, acknowledge) = (&office, acknowledge.clone());
            scope.spawn(move || {
                for n in 0..25 {
                    let said = format!("writer {writer} call {n}");
                    if office.run(&format!("log c1 '{said}'")).code == 0 {
                        acknowledge.send(said).unwrap();
                    }
                }
            });
        }
        drop(acknowledge);
        let mut said = Vec::new();
        for words in acknowledged {
            said.push(words);
            if said.len() % 20 == 0 {
                office.crash();
            }
        }
        said
    });
    assert!(said.len() > 80, "writers find the next server: {} of 100", said.len());
    let texts: Vec<String> = office
        .json("timeline c1 -n 1000")
        .as_array()
        .unwrap()
        .iter()
        .filter(|item| item["kind"] == "interaction")
        .map(|item| text(&item["text"]))
        .collect();
    for words in &said {
        assert_eq!(texts.iter().filter(|text| *text == words).count(), 1, "{words}");
    }
    let mut once = texts.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), texts.len(), "nothing is there twice");
    office.verified();
}

/// A book that takes several chunks.
fn many(office: &Office) -> u64 {
    let rows: Vec<String> = (0..2500).map(|n| format!("R{n},Customer number {n}")).collect();
    office.file("many.csv", format!("no,name\n{}\n", rows.join("\n")));
    2500
}

const MANY: &str = "import many.csv --as customers --map 'ref=no,name=name'";

/// Waits until something of an import is in the store.
fn begun(office: &Office) {
    while office.json("list")[0].is_null() {}
}

#[test]
fn an_import_goes_on_where_its_server_was_killed() {
    let office = Office::practice();
    let rows = many(&office);
    office.ok("stop");
    let import = office.command(crate::office::words(MANY)).arg("--json").piped().spawn().unwrap();
    begun(&office);
    office.crash();
    let output = import.wait_with_output().unwrap();
    let again = office.json(MANY);
    assert_eq!(again["rejected"], 0);
    assert_eq!(office.json("status")["customers"], rows, "{output:?}");
    assert_eq!(office.json("status")["open_batches"].as_array().unwrap().len(), 0);
    office.verified();
}

#[test]
fn an_import_whose_client_died_is_completed_by_a_further_run() {
    let office = Office::practice();
    let rows = many(&office);
    let mut import = office.command(crate::office::words(MANY)).piped().spawn().unwrap();
    begun(&office);
    import.kill().unwrap();
    import.wait().unwrap();
    office.crash();
    office.verified();

    let there = office.json("status")["customers"].as_u64().unwrap();
    assert!(there > 0 && there < rows, "the import was cut short at {there}");
    assert_eq!(office.json("status")["open_batches"].as_array().unwrap().len(), 1);
    let again = office.json(MANY);
    assert_eq!(again["created"].as_u64().unwrap() + again["unchanged"].as_u64().unwrap(), rows);
    assert_eq!(office.json("status")["customers"], rows);
    assert_eq!(office.json("status")["open_batches"].as_array().unwrap().len(), 0);
    office.verified();
}

#[test]
fn what_a_dead_server_leaves_is_in_nobodys_way() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    office.crash();
    assert!(office.store().join("gx.sock").exists(), "a killed server leaves its socket");
    assert_eq!(each(&office.json("list"), "name"), ["Acme"]);

    office.stop();
    for name in ["gx.sock", "gx.sock.new", "gx.sock.old"] {
        drop(UnixListener::bind(office.store().join(name)).unwrap());
    }
    fs::write(office.store().join("store.redb.999-0.new"), "half a file").unwrap();
    assert_eq!(each(&office.json("list"), "name"), ["Acme"]);
    office.ok("customer add --name Beta");
    office.verified();
}

#[test]
fn of_racing_starts_one_server_is_left() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    for crashed in [false, true] {
        if crashed {
            office.crash();
        } else {
            office.stop();
        }
        for ran in office.at_once(20, "list --json") {
            assert_eq!(each(&ran.json(), "name"), ["Acme"]);
        }
        assert_eq!(office.servers().len(), 1, "after a crash: {crashed}");
    }
}

#[test]
fn a_stopped_server_stays_away_until_it_is_needed() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    office.stop();
    assert_eq!(office.servers().len(), 0);
    assert!(office.fails(1, "status").contains("no server"));
    assert!(office.ok("stop").contains("no server"));
    assert_eq!(office.servers().len(), 0, "to ask for it does not start it");
    office.ok("list");
    assert_eq!(office.servers().len(), 1);
}

#[test]
fn tables_are_made_anew_from_the_journal() {
    let office = Office::practice();
    office.ok("customer add --name Acme --region east");
    office.ok("log acme hello --next '+1d more'");
    office.ok("undo");
    let before = office.ok("show acme --json") + &office.ok("history --json");
    assert!(office.fails(1, "rebuild").contains("already serves"));
    office.stop();
    office.ok("rebuild");
    assert_eq!(office.ok("show acme --json") + &office.ok("history --json"), before);
    office.verified();
}

#[test]
fn tables_of_another_form_are_made_anew_by_the_server_that_is_started() {
    let office = Office::practice();
    office.ok("customer add --name Acme --region east");
    let before = office.ok("show acme --json") + &office.ok("history --json");
    office.stop();
    let mut builder = Builder::new();
    let builder = builder.set_concurrency_mode(ConcurrencyMode::ExclusiveWriter);
    let db = builder.open(office.store().join("store.redb")).unwrap();
    let txn = db.begin_write().unwrap();
    txn.open_table(TableDefinition::<&str, u128>::new("meta")).unwrap().insert("projection", 1).unwrap();
    txn.delete_table(TableDefinition::<(u8, u64), &[u8]>::new("rows")).unwrap();
    txn.commit().unwrap();
    drop(db);
    assert_eq!(office.ok("show acme --json") + &office.ok("history --json"), before);
    office.verified();
}

#[test]
fn a_teams_server_says_when_it_is_ready_and_ends_cleanly() {
    let office = Office::bare();
    office.ok("init --name Sales --timezone Asia/Shanghai --store data");
    DirBuilder::new().mode(0o750).create(office.store()).unwrap();
    let manager = UnixDatagram::bind(office.path("notify")).unwrap();
    let hear = || {
        let mut heard = [0; 64];
        let length = manager.recv(&mut heard).unwrap();
        String::from_utf8(heard[..length].to_vec()).unwrap()
    };
    let mut serve = office.command(["serve", "--data", "data"]);
    let server = serve.env("NOTIFY_SOCKET", office.path("notify")).piped().spawn().unwrap();
    assert_eq!(hear(), "READY=1");
    office.ok("customer add --name Acme");
    assert_eq!(office.json("status")["kind"], "team");
    assert!(office.fails(1, "serve --data data").contains("already serves"));

    kill(Pid::from_raw(server.id() as i32), Signal::SIGTERM).unwrap();
    assert_eq!(hear(), "STOPPING=1");
    let output = server.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(!office.store().join("gx.sock").exists());
    assert!(office.fails(7, "list").contains("store"), "nobody but its own user starts a team's server");
    assert_eq!(each(&office.json("list --store data"), "name"), ["Acme"]);
    office.ok("stop --store data");
}
