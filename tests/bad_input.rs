//! What cannot be taken: the place is named, the exit code tells the kind, and nothing is lost or half done.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use redb::{Builder, ConcurrencyMode, TableDefinition};
use serde_json::Value;

use crate::office::{Office, PRACTICE, each};

/// Each line is refused with the code, and says each of the words.
fn refused(office: &Office, cases: &[(i32, &str, &[&str])]) {
    for (code, line, words) in cases {
        let said = office.fails(*code, line);
        for word in *words {
            assert!(said.contains(word), "gx {line} says {word:?}: {said}");
        }
        assert!(!said.chars().any(|c| c.is_control() && c != '\n'), "{said:?}");
    }
}

#[test]
fn texts_that_cannot_stand_name_their_field_and_place() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    let head = office.head();
    let long = "x".repeat(300);
    let endless = "长".repeat(200_000);
    refused(
        &office,
        &[
            (2, "customer add --name 'A\u{1b}[2Jcme'", &["name", "character 2", "U+001B"]),
            (2, "customer add --name 'A\u{9b}cme'", &["U+009B"]),
            (2, "customer add --name 'A\u{202e}cme'", &["U+202E"]),
            (2, "log acme 'bell \u{7}'", &["TEXT", "U+0007"]),
            (2, "log acme hello --said 'bell \u{7}'", &["--said", "U+0007"]),
            (2, "customer add --name 'two\nlines'", &["name", "one line"]),
            (2, &format!("customer add --name {long}"), &["name", "300 characters"]),
            (2, "customer add --name ''", &["needs its name"]),
            (2, "customer edit acme --set nonsense=1", &["nonsense"]),
            (2, "customer edit acme --set regio=east", &["regio", "did you mean region?"]),
            (2, "customer edit acme --set tier=A", &["tier", "gx tier set"]),
            (2, "customer edit acme --set nothing", &["nothing", "FIELD=VALUE"]),
            (2, "customer edit acme", &["nothing to change"]),
            (3, "customer edit acme --owner Nobody", &["member", "Nobody"]),
            (2, "customer edit acme --set employees=many", &["employees", "many", "number"]),
            (5, "customer edit acme --parent acme", &["parent", "c1"]),
            (2, "purchase add acme --amount much", &["amount", "much"]),
            (2, "purchase add acme --amount 1 --date 2017-02-30", &["date", "2017-02-30"]),
            (2, "log acme hello --at 2019-01-01", &["future"]),
            (2, "log acme hello --channel fax", &["fax", "phone"]),
            (2, "log acme hello --next soonish", &["soonish"]),
            (2, "tier set acme Z --reason so", &["Z", "A, B, C"]),
            (2, "list 'spend(365d >= 5'", &["^"]),
            (2, "list --sort idle", &["idle", "name, tier, spend, orders, last, next, created"]),
            (2, "task done c1", &["c1", "t5"]),
            (2, "undo everything", &["everything"]),
            (3, "undo 999", &["999"]),
            (2, "list --format yaml", &["yaml", "table"]),
            (2, "init --practice --clock 2018-02-30 --store elsewhere", &["--clock", "2018-02-30"]),
            (2, "init --timezone Mars/Base --store elsewhere", &["Mars/Base"]),
        ],
    );
    let ran = office.feed("log acme -", endless.as_bytes());
    assert_eq!(ran.code, 2, "{} bytes on stderr", ran.err.len());
    assert!(ran.err.contains("200000 characters"), "{}", ran.err);
    assert_eq!(office.head(), head, "nothing was written");
    assert!(!office.path("elsewhere").exists());
}

#[test]
fn files_that_cannot_be_read_name_their_line() {
    let office = Office::practice();
    office.file("broken.csv", b"name,region\nAcme,east\nBe\xffta,west\n");
    office.file("empty.csv", "");
    office.file("nul.csv", "name\nA\0\n");
    office.file("book.xlsx", b"PK\x03\x04rest");
    office.file("twice.csv", "name,name\na,b\n");
    office.file("good.csv", "company,area\nAcme,east\n");
    office.file("orders.csv", "comp\u{1b}[2Jany,\u{9b}2J,comp\u{1b}[2Jany\nAcme,east,a\n");
    refused(
        &office,
        &[
            (1, "import absent.csv --as customers", &["absent.csv"]),
            (1, "import . --as customers", &[".: "]),
            (1, "import broken.csv --as customers --encoding utf-8", &["broken.csv", "line 3", "UTF-8"]),
            (1, "import empty.csv --as customers", &["empty.csv", "nothing in the file"]),
            (1, "import nul.csv --as customers", &["nul.csv", "line 2", "zero byte"]),
            (1, "import book.xlsx --as customers", &["book.xlsx", "CSV"]),
            (2, "import twice.csv --as customers --map name=name", &["name", "more than once"]),
            (2, "import good.csv --as customers", &["company, area"]),
            (2, "import good.csv --as customers --map name=compny", &["compny", "did you mean company?"]),
            (
                2,
                "import good.csv --as customers --map name=company,regin=area",
                &["regin", "did you mean region?"],
            ),
            (2, "import orders.csv --as customers --map name=area", &["comp[2Jany"]),
            (2, "import orders.csv --as customers --map name='comp\u{1b}[2Jany'", &["comp[2Jany"]),
            (2, "import orders.csv --as customers", &["comp[2Jany"]),
            (2, "import orders.csv --as 'cust\u{1b}[2Jmers'", &["cust[2Jmers"]),
            (2, "non\u{1b}[2Jsense", &["non[2Jsense"]),
            (2, "import good.csv --as customers --map name", &["name", "FIELD=COLUMN"]),
            (2, "import good.csv --as customers --map name=company,tier=area", &["tier"]),
            (2, "import good.csv --as custmers", &["custmers", "did you mean customers?"]),
            (2, "import good.csv --as customers --map name=company --encoding klingon", &["klingon"]),
            (2, "import good.csv --as customers --map name=company --errors good.csv", &["--errors"]),
            (1, "import good.csv --as customers --map name=company --errors no/such.csv", &["no/such.csv"]),
        ],
    );
    assert_eq!(fs::read_to_string(office.path("good.csv")).unwrap(), "company,area\nAcme,east\n");
    assert_eq!(office.json("list"), Value::Array(Vec::new()));
}

#[test]
fn cells_are_washed_and_rows_that_cannot_be_are_kept_aside() {
    let office = Office::practice();
    let long = "x".repeat(300);
    office.file(
        "rows.csv",
        format!("name,region,employees\nA\u{1b}cme,e\u{202e}ast,5\nBeta\nGamma,west,many\n{long},,\n,,7\nDelta,,\n"),
    );
    let import = office.json("import rows.csv --as customers --errors rejected.csv");
    assert_eq!(
        (&import["created"], &import["rejected"], &import["washed"]),
        (&2.into(), &4.into(), &2.into())
    );
    assert_eq!(each(&office.json("list --sort name"), "name"), ["Acme", "Delta"]);
    let rejected = fs::read_to_string(office.path("rejected.csv")).unwrap();
    for words in ["1 cell,", "many", "300 characters", "needs its name"] {
        assert!(rejected.contains(words), "{words}: {rejected}");
    }
    office.verified();
}

#[test]
fn chinese_files_read_in_their_usual_encodings() {
    let office = Office::practice();
    let text = "客户,地区\n重庆长安,华东\n";
    let (gb, ..) = encoding_rs::GB18030.encode(text);
    office.file("gb.csv", &*gb);
    office.file("bom.csv", format!("\u{feff}{}", text.replace("重庆长安", "厦门航空")));
    let ran = office.run("import gb.csv --as customers --map name=客户,region=地区 --json");
    assert!(ran.err.contains("gb18030"), "{ran}");
    assert_eq!(ran.json()["created"], 1);
    assert_eq!(office.json("import bom.csv --as customers --map name=客户,region=地区")["created"], 1);
    assert_eq!(office.json("find cqca")[0]["region"], "华东");
    assert_eq!(office.json("find 厦门")[0]["name"], "厦门航空");
}

#[test]
fn what_is_no_store_stays_as_it_is() {
    let office = Office::bare();
    fs::create_dir(office.store()).unwrap();
    refused(&office, &[(7, "list", &["no store", "gx init"]), (7, "status", &["no store", "gx init"])]);
    office.file("file", "words");
    refused(&office, &[(7, "list --store file", &["no store", "file"])]);

    for content in [&b""[..], b"not a store at all", b"redb"] {
        fs::write(office.store().join("store.redb"), content).unwrap();
        refused(&office, &[(7, "list", &["not a guanxi store"]), (5, PRACTICE, &["already"])]);
        assert_eq!(fs::read(office.store().join("store.redb")).unwrap(), content);
    }
    let deep = "d".repeat(120);
    let too_long: &[&str] = &["too long", "bytes at most"];
    refused(
        &office,
        &[(7, &format!("list --store {deep}"), too_long), (7, &format!("init --store {deep}"), too_long)],
    );
    assert!(!office.path(&deep).exists());
}

#[test]
fn a_half_written_store_is_told_apart_from_none() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    office.stop();
    let file = office.store().join("store.redb");
    let whole = fs::read(&file).unwrap();
    for half in [whole.len() / 2, 20_000, 100] {
        fs::write(&file, &whole[..half]).unwrap();
        refused(&office, &[(7, "list", &["store"])]);
        let said = office.fails(7, "list --json");
        assert!(said.contains("damaged") || said.contains("never finished"), "{half} bytes: {said}");
    }
    fs::write(&file, &whole).unwrap();
    assert_eq!(each(&office.json("list"), "name"), ["Acme"]);
}

#[test]
fn a_store_of_a_newer_gx_is_left_alone() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    office.stop();
    let file = office.store().join("store.redb");
    let form = |form: u128| {
        let mut builder = Builder::new();
        let db = builder.set_concurrency_mode(ConcurrencyMode::ExclusiveWriter).open(&file).unwrap();
        let txn = db.begin_write().unwrap();
        txn.open_table(TableDefinition::<&str, u128>::new("meta")).unwrap().insert("format", form).unwrap();
        txn.commit().unwrap();
    };
    form(2);
    refused(&office, &[(7, "list", &["newer gx"]), (7, "rebuild", &["newer gx"])]);
    form(1);
    assert_eq!(each(&office.json("list"), "name"), ["Acme"]);
}

#[test]
fn a_folder_that_others_may_write_is_not_served() {
    let office = Office::practice();
    office.stop();
    fs::set_permissions(office.store(), fs::Permissions::from_mode(0o770)).unwrap();
    refused(&office, &[(7, "list", &["others may write", "chmod go-w"])]);
    fs::set_permissions(office.store(), fs::Permissions::from_mode(0o700)).unwrap();
    office.ok("list");
}
