//! A real book of accounts, taken in as its files are: the published one where it lies beside the repository, and one
//! of our own with the same columns, which is always there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::office::{Office, Ran, each, text};

const MEMBERS: &str = "name=sales_agent,lead=manager,team=regional_office";
const CUSTOMERS: &str =
    "name=account,industry=sector,region=office_location,parent=subsidiary_of,employees=employees";
const DEALS: &str = "ref=opportunity_id,owner=sales_agent,product=product,customer=account,stage=deal_stage,\
                     opened=engage_date,closed=close_date,amount=close_value";

/// A book, and what is in it.
struct Book {
    folder: PathBuf,
    reps: usize,
    leads: usize,
    teams: usize,
    customers: usize,
    below: usize,
    deals: usize,
    rejected: usize,
    won: usize,
    turnover: f64,
}

impl Book {
    fn import(&self, file: &str, kind: &str, map: &str) -> String {
        format!("import '{}' --as {kind} --map '{map}'", self.folder.join(file).display())
    }

    fn deals(&self) -> String {
        format!("{} --errors rejected.csv", self.import("sales_pipeline.csv", "deals", DEALS))
    }

    /// Every file once; the batch of the deals.
    fn taken_in(&self, office: &Office) -> String {
        let members = office.json(&self.import("sales_teams.csv", "members", MEMBERS));
        came(&members, [self.reps, self.reps, 0, 0, 0]);
        let customers = office.json(&self.import("accounts.csv", "customers", CUSTOMERS));
        came(&customers, [self.customers, self.customers, 0, 0, 0]);
        let deals = office.json(&self.deals());
        came(&deals, [self.deals + self.rejected, self.deals, 0, 0, self.rejected]);
        assert_eq!(deals["undo"], format!("gx undo {}", text(&deals["batch"])));
        text(&deals["batch"])
    }

    /// The members, teams and customers are those of the files.
    fn people_hold(&self, office: &Office) {
        let members = office.json("member list");
        let of_role = |role: &str| {
            let members = members.as_array().unwrap().iter();
            members.filter(|member| member["role"] == role).cloned().collect::<Vec<Value>>()
        };
        let (reps, leads) = (of_role("rep"), of_role("lead"));
        assert_eq!((reps.len(), leads.len()), (self.reps, self.leads));
        let rows = rows(&self.folder.join("sales_teams.csv"));
        let expected: BTreeSet<[String; 3]> =
            rows.iter().map(|row| [row[0].clone(), row[1].clone(), row[2].clone()]).collect();
        let found = reps
            .iter()
            .map(|rep| [text(&rep["name"]), text(&rep["lead_name"]), text(&rep["team_name"])])
            .collect();
        assert_eq!(expected, found, "each rep works in his team, under his own lead");
        assert_eq!(office.json("team list").as_array().unwrap().len(), self.teams);

        let customers = office.json("list --sort name");
        let customers = customers.as_array().unwrap();
        assert_eq!(customers.len(), self.customers);
        let mut parents: Vec<(String, String)> = customers
            .iter()
            .filter(|customer| !customer["parent"].is_null())
            .map(|customer| (text(&customer["name"]), text(&customer["parent_name"])))
            .collect();
        let accounts = self::rows(&self.folder.join("accounts.csv"));
        let mut expected: Vec<(String, String)> = accounts
            .iter()
            .filter(|row| !row[6].is_empty())
            .map(|row| (row[0].clone(), row[6].clone()))
            .collect();
        assert_eq!(expected.len(), self.below);
        parents.sort();
        expected.sort();
        assert_eq!(parents, expected);
    }

    /// So many deals, and the purchases that the won ones are.
    fn sales_hold(&self, office: &Office) {
        assert_eq!(office.json("deal list").as_array().unwrap().len(), self.deals);
        let purchases = office.json("purchase list");
        let purchases = purchases.as_array().unwrap();
        assert_eq!(purchases.len(), self.won);
        let amount = |purchase: &Value| text(&purchase["amount"]["amount"]).parse::<f64>().unwrap();
        assert_eq!(purchases.iter().map(amount).sum::<f64>().to_bits(), self.turnover.to_bits());
        assert!(purchases.iter().all(|purchase| text(&purchase["deal"]).starts_with('d')));
        assert_eq!(office.json("list 'orders() > 0 recency > 100y'"), Value::Array(Vec::new()));
        let tiers = office.json("tier");
        let tiers = tiers.as_array().unwrap();
        let sum: f64 = tiers.iter().map(|tier| text(&tier["spend"]["amount"]).parse::<f64>().unwrap()).sum();
        assert_eq!(sum.to_bits(), self.turnover.to_bits());
        let count: u64 = tiers.iter().map(|tier| tier["count"].as_u64().unwrap()).sum();
        assert_eq!(count as usize, self.customers);
    }

    /// The rejected rows stand in their file as they stood in theirs, with the reason behind.
    fn rejected_hold(&self, office: &Office, without: &str) {
        let source: BTreeSet<Vec<String>> =
            rows(&self.folder.join("sales_pipeline.csv")).into_iter().collect();
        let rejected = rows(&office.path("rejected.csv"));
        assert_eq!(rejected.len(), self.rejected);
        for row in &rejected {
            let (reason, cells) = row.split_last().unwrap();
            assert!(source.contains(cells), "{row:?}");
            assert!(!cells[3].is_empty() || reason.contains(without), "{row:?}");
            assert!(!reason.is_empty());
        }
    }

    /// A second run changes nothing; an undo takes all of it back; a further run brings it in again.
    fn comes_and_goes(&self, office: &Office, batch: &str) {
        let again = office.json(&self.deals());
        came(&again, [self.deals + self.rejected, 0, 0, self.deals, self.rejected]);
        assert!(again["batch"].is_null(), "nothing came in, so there is nothing to undo: {again}");
        self.sales_hold(office);

        office.json(&format!("undo {batch}"));
        assert_eq!(office.json("deal list"), Value::Array(Vec::new()));
        assert_eq!(office.json("purchase list"), Value::Array(Vec::new()));
        let last = office.json("tier").as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            last["count"].as_u64().unwrap() as usize,
            self.customers,
            "without sales all are ordinary"
        );

        let once_more = office.json(&self.deals());
        came(&once_more, [self.deals + self.rejected, self.deals, 0, 0, self.rejected]);
        assert_ne!(once_more["batch"], batch);
        self.sales_hold(office);
    }
}

/// What became of the rows of a file: rows, created, updated, unchanged, rejected.
fn came(import: &Value, counts: [usize; 5]) {
    let found =
        ["rows", "created", "updated", "unchanged", "rejected"].map(|name| import[name].as_u64().unwrap());
    assert_eq!(found, counts.map(|count| count as u64), "{import}");
}

/// The rows of a CSV file, below its header.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The published book; nothing where it is not beside the repository, or where `GX_BOOK` names it.
fn published() -> Option<Book> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/crm");
    let folder = std::env::var_os("GX_BOOK").map_or(beside, PathBuf::from);
    folder.join("accounts.csv").exists().then_some(Book {
        folder,
        reps: 35,
        leads: 6,
        teams: 3,
        customers: 85,
        below: 15,
        deals: 7375,
        rejected: 1425,
        won: 4238,
        turnover: 10_005_534.0,
    })
}

/// A book of our own: children above their parents, names in two scripts, cells that cannot be.
fn own(office: &Office) -> Book {
    office.file(
        "sales_teams.csv",
        "sales_agent,manager,regional_office\n\
         Anna Berg,Lena Falk,North\n\
         Bo Lind,Lena Falk,North\n\
         王芳,李雷,South\n\
         陈晨,李雷,South\n",
    );
    office.file(
        "accounts.csv",
        "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n\
         Nord Werk,transport,1996,11.04,120,Sweden,Nord Logistik\n\
         Nord Logistik,transport,1996,11.04,120,Sweden,Nord Holding\n\
         重庆长安,retail,2001,251.41,900,China,\n\
         Nord Holding,finance,1950,647.18,40,Sweden,\n\
         \"Smith, Sons & Co\",retail,1984,588,12,England,\n",
    );
    office.file(
        "sales_pipeline.csv",
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n\
         D1,Anna Berg,Crane,Nord Werk,Won,2017-03-01,2017-05-02,60000\n\
         D2,Anna Berg,Crane,Nord Werk,Won,2017-03-01,2017-06-02,60000.50\n\
         D3,Bo Lind,Crane,Nord Werk,Won,2017-03-01,2017-07-02,100\n\
         D4,Bo Lind,Crane,Nord Werk,Won,2017-03-01,2017-08-02,100\n\
         D5,王芳,吊车,重庆长安,Lost,2017-03-01,2017-05-02,0\n\
         D6,陈晨,吊车,重庆长安,Engaging,2017-11-01,,\n\
         D7,陈晨,吊车,重庆长安,Prospecting,,,\n\
         D8,王芳,吊车,,Engaging,2017-03-01,,\n\
         D9,王芳,吊车,Nobody at all,Engaging,2017-03-01,,\n\
         D10,Nobody,吊车,重庆长安,Engaging,2017-03-01,,\n\
         D11,王芳,吊车,重庆长安,Won,2017-03-01,2017-02-30,5\n\
         D12,王芳,吊车,重庆长安,Asleep,2017-03-01,,\n\
         D13,王芳,吊车,重庆长安,Won,2017-03-01,2017-05-02,much\n",
    );
    Book {
        folder: office.path("."),
        reps: 4,
        leads: 2,
        teams: 2,
        customers: 5,
        below: 2,
        deals: 7,
        rejected: 6,
        won: 4,
        turnover: 120_200.5,
    }
}

#[test]
fn our_own_book_comes_in_goes_and_comes_again() {
    let office = Office::practice();
    let book = own(&office);
    let dry = office.json(&format!("{} --dry-run", book.import("accounts.csv", "customers", CUSTOMERS)));
    came(&dry, [book.customers, book.customers, 0, 0, 0]);
    assert_eq!(office.json("list"), Value::Array(Vec::new()));

    let batch = book.taken_in(&office);
    book.people_hold(&office);
    book.sales_hold(&office);
    book.rejected_hold(&office, "needs its customer");
    let reasons: Vec<String> =
        rows(&office.path("rejected.csv")).into_iter().map(|row| row[8].clone()).collect();
    for (reason, words) in
        reasons.iter().zip(["customer", "Nobody at all", "Nobody", "2017-02-30", "Asleep", "much"])
    {
        assert!(reason.contains(words), "{reason:?} names {words:?}");
    }

    let nord = &office.json("find 'nord werk'")[0];
    assert_eq!((&nord["tier"], &nord["stage"], &nord["orders"]), (&"A".into(), &"loyal".into(), &4.into()));
    assert_eq!(nord["spend"]["amount"], "120200.50");
    assert_eq!(each(&office.json("list 'spend(365d) >= 100000'"), "name"), ["Nord Werk"]);
    assert_eq!(each(&office.json("find cqca"), "name"), ["重庆长安"]);
    let holding = office.json("show 'nord holding'");
    assert_eq!(holding["group_spend"]["amount"], "120200.50");
    assert_eq!(each(&holding["group"], "customer_name"), ["Nord Holding", "Nord Logistik", "Nord Werk"]);
    assert_eq!(each(&office.json("show 'smith, sons & co'")["deals"], "id"), [""; 0]);

    book.comes_and_goes(&office, &batch);
    office.verified();
}

#[test]
fn a_mended_row_comes_in_and_the_others_stay() {
    let office = Office::practice();
    let book = own(&office);
    book.taken_in(&office);
    let mended = std::fs::read_to_string(office.path("rejected.csv")).unwrap();
    let mended = mended.replace("2017-02-30", "2017-02-28").replace("Asleep", "Lost");
    office.file("mended.csv", mended);
    let line = format!("{} --errors again.csv", book.import("mended.csv", "deals", DEALS));
    came(&office.json(&line), [6, 2, 0, 0, 4]);

    let all = std::fs::read_to_string(office.path("sales_pipeline.csv")).unwrap();
    office.file("sales_pipeline.csv", all.replace("2017-05-02,60000\n", "2017-05-02,70000\n"));
    came(&office.json(&book.deals()), [13, 0, 1, 6, 6]);
    assert_eq!(office.json("show 'nord werk'")["spend"]["amount"], "130200.50");
    office.verified();
}

#[test]
fn rows_without_a_reference_are_known_again_too() {
    let office = Office::practice();
    office.file("calls.csv", "customer,at,text\nAcme,2017-12-01,first call\nAcme,2017-12-01,first call\n");
    office.ok("customer add --name Acme");
    let line = "import calls.csv --as interactions";
    came(&office.json(line), [2, 2, 0, 0, 0]);
    came(&office.json(line), [2, 0, 0, 2, 0]);
    office.file("calls.csv", "customer,at,text\nAcme,2017-12-02,another\nAcme,2017-12-01,first call\n");
    came(&office.json(line), [2, 1, 0, 1, 0]);
    assert_eq!(office.json("timeline acme --since 2017-01-01").as_array().unwrap().len(), 3);
}

#[test]
fn rejected_rows_that_no_file_takes_are_an_error() {
    let office = Office::practice();
    let book = own(&office);
    book.taken_in(&office);
    let ran: Ran = office.run(&book.import("sales_pipeline.csv", "deals", DEALS));
    assert_eq!(ran.code, 5, "{ran}");
    assert!(ran.out.contains("6 rejected") && ran.err.contains("line 9: "), "{ran}");
    assert!(ran.err.contains("--errors FILE"), "{ran}");
}

#[test]
fn the_published_book_comes_in_goes_and_comes_again() {
    let Some(book) = published() else {
        println!("skipped: ../shared/data/crm is not here, and GX_BOOK names no other place");
        return;
    };
    let office = Office::practice();
    let batch = book.taken_in(&office);
    book.people_hold(&office);
    book.sales_hold(&office);
    book.rejected_hold(&office, "needs its customer");

    let large = office.json("list 'spend(365d) >= 200000'");
    assert_eq!(each(&large, "name"), ["Condax", "Kan-code", "Konex"]);
    assert_eq!(each(&office.json("find hotech"), "name")[0], "Hottechi");
    let acme = office.json("show 'acme corp'");
    assert_eq!((&acme["name"], &acme["tier"]), (&"Acme Corporation".into(), &"A".into()));
    assert_eq!(acme["spend"]["amount"], "101744.00");
    assert_eq!(acme["why"]["tier_reason"], office.json("why 'acme corp'")["tier_reason"]);
    let why = office.ok("why 'acme corp'");
    assert!(why.contains("at least 100,000 spent in the last 365 days (now 101,744)"), "{why}");
    assert!(office.ok("tier").contains("Key"));

    book.comes_and_goes(&office, &batch);
}
