//! Files: exports and imports.

use std::fs;

use super::*;

#[test]
fn an_export_has_every_field_and_the_names_of_own_ones() {
    let rows = |own: &'static str, n| {
        let mut row = Row::blank(Kind::Customer);
        row.set(&Kind::Customer.field("name").unwrap().0, Value::Text(clean("=Acme")));
        row.set(&Kind::Customer.field(own).unwrap().0, Value::Text(clean("3")));
        crate::model::query::RowLine { id: Id::customer(n), row, names: Vec::new(), hidden: Vec::new() }
    };
    let server = move |request: &Request| match request {
        Request::Ask(Query::Rows { from: 1, .. }) => {
            Some(Reply::Answer(9, Answer::Rows(vec![rows("x.b", 1), rows("x.a", 2)])))
        }
        _ => Some(Reply::Answer(9, Answer::Rows(Vec::new()))),
    };
    let out = run(&["export", "customers"], server).out();
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("id,name,kind,parent,parent_name,owner,") && lines[0].ends_with(",x.a,x.b"));
    assert!(lines[1].starts_with("c1,'=Acme,") && lines[1].ends_with(",,3"), "{out}");
    assert!(lines[2].ends_with(",3,"));
    let raw = run(&["export", "customers", "--raw", "--json"], server).out();
    assert!(raw.contains("\"name\":\"=Acme\""));
}

/// A server that takes rows of a file in, and refuses those named `bad`.
fn importer(request: &Request) -> Reply {
    let Request::Do { orders, .. } = request else { panic!("{request:?}") };
    let receipts = orders.iter().map(|order| match &order.command {
        Command::BatchOpen { .. } => Ok(Receipt { ids: vec![Id::new(Kind::Batch, 3)], ..Receipt::default() }),
        Command::Import { values, .. } if values.iter().any(|(_, text)| text.as_str() == "bad") => {
            Err(Refusal::Missing(Kind::Customer, clean("name")))
        }
        _ => Ok(Receipt { became: Became::Created, ..Receipt::default() }),
    });
    Reply::Receipts(receipts.collect())
}

#[test]
fn an_import_sends_chunks_in_a_batch_and_keeps_what_was_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (file, errors) = (dir.path().join("in.csv"), dir.path().join("bad.csv"));
    let rows = (0..700).map(|n| format!("Customer {n},east")).collect::<Vec<_>>().join("\n");
    fs::write(&file, format!("company,area\nbad,\"a\nb\"\n{rows}\nshort\n")).unwrap();
    let (file, errors) = (file.to_str().unwrap(), errors.to_str().unwrap());
    let args = ["import", file, "--as", "customers", "--map", "name=company,region=area", "--json"];

    let ran = run(&[&args[..], &["--errors", errors]].concat(), |request| Some(importer(request)));
    let sizes: Vec<(usize, bool)> = ran
        .requests
        .iter()
        .map(|request| match request {
            Request::Do { orders, .. } => (orders.len(), orders[0].batch.is_some()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(sizes, [(1, false), (500, true), (201, true), (1, false)]);
    let json: Json = serde_json::from_str(&ran.out()).unwrap();
    holds(&json, "rows created updated unchanged rejected batch");
    assert_eq!((&json["rows"], &json["created"], &json["rejected"]), (&702.into(), &700.into(), &2.into()));
    assert_eq!(json["batch"], "b3");
    assert_eq!(
        fs::read_to_string(errors).unwrap(),
        "company,area,error\nbad,\"a\nb\",every customer needs its name\nshort,,\"1 cell, where the header has 2\"\n"
    );

    assert_eq!(run(&args, |request| Some(importer(request))).done.unwrap_err().code, 5);
    let dry = run(&[&args[..], &["--dry-run"]].concat(), |request| Some(importer(request)));
    assert!(dry.requests.iter().all(|request| {
        matches!(request, Request::Do { orders, .. } if orders.iter().all(|order| order.dry_run && order.batch.is_none()))
    }));
    let overwrites = run(&[&args[..], &["--errors", file]].concat(), |request| Some(importer(request)));
    assert_eq!(overwrites.done.unwrap_err().code, 2);
    assert!(overwrites.requests.is_empty() && fs::read_to_string(file).unwrap().starts_with("company"));
}

#[test]
fn an_import_that_breaks_off_says_how_to_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("in.csv");
    fs::write(&file, "name\nAcme\n").unwrap();
    let mut count = 0;
    let ran = run(&["import", file.to_str().unwrap(), "--as", "customers"], move |request| {
        count += 1;
        (count == 1).then(|| importer(request))
    });
    let failure = ran.done.unwrap_err();
    assert_eq!(
        (failure.code, failure.hint.as_deref()),
        (1, Some("run it again: what went in is known, the rest follows"))
    );
}
