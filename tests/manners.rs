//! How the shell behaves: exit codes, what is said where, both languages, dry runs, and readers that go away.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};

use serde_json::Value;

use crate::office::{Office, PRACTICE, Piped, text};

#[test]
fn every_exit_code_is_met_and_told_to_machines() {
    let office = Office::practice();
    office.ok("customer add --name 'Acme Tools'");
    office.ok("customer add --name 'Acme Foods'");
    office.ok("team add --name North");
    let edit = office.json("customer edit c1 --region east")["seqs"][0].as_u64().unwrap();
    office.ok("customer edit c1 --region west");
    let elsewhere = office.path("elsewhere").display().to_string();

    for (code, kind, line) in [
        (1, "failed", "import absent.csv --as customers".to_owned()),
        (2, "usage", "list 'teir:A'".to_owned()),
        (2, "usage", "nonsense".to_owned()),
        (3, "not_found", "show zzzzz".to_owned()),
        (3, "not_found", "find zzzzz".to_owned()),
        (3, "not_found", "show c99".to_owned()),
        (4, "ambiguous", "show acme".to_owned()),
        (5, "refused", "team add --name North".to_owned()),
        (6, "conflict", format!("undo {edit}")),
        (7, "no_store", format!("list --store '{elsewhere}'")),
    ] {
        let said = office.fails(code, &format!("{line} --json"));
        let error = &serde_json::from_str::<Value>(&said).unwrap()["error"];
        assert_eq!((&error["code"], &error["kind"]), (&code.into(), &kind.into()), "{line}");
        assert!(!text(&error["message"]).is_empty() && error.get("hint").is_some(), "{line}");

        for (lang, begins) in [("en", "error: "), ("zh", "错误：")] {
            let said = office.fails(code, &format!("{line} --lang {lang}"));
            assert!(said.starts_with(begins), "{said}");
            let message = said.strip_prefix(begins).unwrap().lines().next().unwrap();
            let is_chinese = message.chars().any(|sign| ('\u{4e00}'..='\u{9fff}').contains(&sign));
            assert_eq!((message.is_ascii(), is_chinese), (lang == "en", lang == "zh"), "{message}");
        }
    }
    let candidates: Value = serde_json::from_str(&office.fails(4, "show acme --json")).unwrap();
    assert_eq!(candidates["error"]["candidates"].as_array().unwrap().len(), 2);
    let said = office.fails(4, "show acme");
    assert!(said.contains("c1") && said.contains("Acme Foods"), "{said}");
}

#[test]
fn the_language_is_that_of_the_environment_or_the_flag() {
    let office = Office::practice();
    let said = |set: &[(&str, &str)], line: &str| {
        let mut command = office.command(line.split_whitespace());
        let output = command.envs(set.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for (set, line, chinese) in [
        (&[][..], "tier", false),
        (&[("LANG", "zh_CN.UTF-8")], "tier", true),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")], "tier", false),
        (&[("LC_ALL", "en_US.UTF-8"), ("GX_LANG", "zh")], "tier", true),
        (&[("GX_LANG", "zh")], "tier --lang en", false),
        (&[("GX_LANG", "zh")], "--help", true),
    ] {
        assert_eq!(said(set, line).contains("客户"), chinese, "{set:?} {line}");
    }
}

/// Verbs that only read, or write nothing to a store that is there.
const NO_WRITES: &[&str] = &[
    "find",
    "show",
    "list",
    "timeline",
    "why",
    "task list",
    "contact list",
    "deal list",
    "purchase list",
    "playbook list",
    "playbook show",
    "policy show",
    "policy check",
    "policy preview",
    "policy diff",
    "policy history",
    "view list",
    "team list",
    "member list",
    "history",
    "export",
    "demo",
    "serve",
    "doctor",
    "status",
    "stop",
    "verify",
    "rebuild",
    "keys list",
    "keys check",
    "keys dump",
    "completions",
    "man",
    "help",
    "tier",
    "tier history",
    "pool list",
    "care list",
];

/// A use of every verb that writes.
const WRITES: &[(&str, &str)] = &[
    ("log", "acme hello --next '+1d more'"),
    ("inbox", "--read"),
    ("task next", "--take"),
    ("task add", "call --customer acme"),
    ("task edit", "t1 --title other"),
    ("task done", "t1 --next '+1d more'"),
    ("task snooze", "t1 +2d"),
    ("task assign", "t1 none"),
    ("task drop", "t1 --reason moot"),
    ("customer add", "--name Beta"),
    ("customer edit", "acme --region east"),
    ("customer archive", "acme"),
    ("contact add", "acme Li"),
    ("contact edit", "p1 --title boss"),
    ("deal add", "acme --product Crane"),
    ("deal edit", "d1 --stage won --amount 100"),
    ("purchase add", "acme --amount 5"),
    ("purchase edit", "o1 --amount 6"),
    ("tier set", "acme A --reason so"),
    ("tier clear", "acme"),
    ("pool claim", "Free"),
    ("pool release", "acme --reason so"),
    ("pool protect", "acme --off"),
    ("customer claim", "Free"),
    ("customer release", "acme --reason so"),
    ("playbook start", "free inquiry"),
    ("care skip", "acme cadence --reason moot"),
    ("playbook pause", "r1 --reason away"),
    ("playbook resume", "r2"),
    ("playbook stop", "r1 --reason moot"),
    ("view add", "Old 'idle>30d' --shared"),
    ("view edit", "Key 'tier:A' --sort name"),
    ("view remove", "Key"),
    ("team add", "--name South"),
    ("team edit", "North --name West"),
    ("member add", "--name Bo"),
    ("member edit", "anna --role lead"),
    ("member away", "anna today..+3d --stand-in root"),
    ("member back", "anna"),
    ("policy adopt", "mine.toml"),
    ("handover", "root --to anna"),
    ("undo", ""),
    ("import", "rows.csv --as customers"),
    ("init", "--practice --empty"),
    ("clock", "+1d"),
];

/// Every verb that help names, nouns with their verbs.
fn verbs(office: &Office, noun: &str) -> Vec<String> {
    let help = office.ok(&format!("{noun} --help"));
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = listed.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    let full = |name: &str| format!("{noun} {name}").trim().to_owned();
    let below: Vec<String> = names.map(full).flat_map(|verb| verbs(office, &verb)).collect();
    let alone = ["[OPTIONS] [COMMAND]", "[OPTIONS]\n"];
    let alone = alone.iter().any(|usage| help.contains(&format!("Usage: gx {noun} {usage}")));
    let usable = below.is_empty() || alone && !noun.is_empty();
    below.into_iter().chain(usable.then(|| noun.to_owned())).collect()
}

#[test]
fn a_dry_run_of_every_write_writes_nothing() {
    let office = Office::practice();
    office.file("rows.csv", "name\nGamma\n");
    office.file("mine.toml", include_str!("../examples/policies/many-small.toml"));
    office.ok("team add --name North");
    office.ok("member add --name Anna --team North");
    office.ok("customer add --name Acme");
    office.ok("customer add --name Free --owner none");
    office.ok("contact add acme Wang");
    office.ok("deal add acme --product Lift");
    office.ok("purchase add acme --amount 10");
    office.ok("task add wait --customer acme --assignee none --team North");
    office.ok("member edit root --team North");
    office.ok("view add Key tier:A");
    office.ok("tier set acme B --reason well");
    office.ok("customer add --name Delta");
    office.ok("log acme asks --inquiry");
    office.ok("log delta asks --inquiry");
    office.ok("playbook pause r2 --reason away");
    office.ok("--as Anna log acme '@root decides'");

    let known = verbs(&office, "");
    let covered: BTreeSet<&str> =
        NO_WRITES.iter().copied().chain(WRITES.iter().map(|(verb, _)| *verb)).collect();
    let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    assert_eq!(known, covered, "every verb is known to this test");

    let head = office.head();
    let before = office.ok("export customers") + &office.ok("export tasks") + &office.ok("export members");
    for (verb, arguments) in WRITES {
        let elsewhere = if *verb == "init" { "--store elsewhere" } else { "" };
        let line = format!("{verb} {arguments} --dry-run {elsewhere}");
        let said = office.ok(&line);
        assert!(!said.is_empty(), "{line} says what it would do");
        assert_eq!(office.head(), head, "{line}");
    }
    let after = office.ok("export customers") + &office.ok("export tasks") + &office.ok("export members");
    assert_eq!(before, after);
    assert!(!office.path("elsewhere").exists());
    for verb in NO_WRITES.iter().filter(|verb| **verb != "tier") {
        let said = office.fails(2, &format!("{verb} --dry-run"));
        assert!(said.contains("--dry-run"), "{said}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let office = Office::practice();
    let long = "of a long name ".repeat(12);
    let rows: Vec<String> = (0..600).map(|n| format!("Customer {n} {long}")).collect();
    office.file("many.csv", format!("name\n{}\n", rows.join("\n")));
    office.ok("import many.csv --as customers");
    for format in ["table", "json", "csv"] {
        let mut child = office.command(["list", "--format", format]).piped().spawn().unwrap();
        let mut first = String::new();
        BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{format}");
    }
}

#[test]
fn a_table_in_a_pipe_is_plain_and_whole() {
    let office = Office::practice();
    let name =
        "A very long name of a customer that no terminal of eighty columns has room for, and yet it is whole";
    office.ok(&format!("customer add --name '{name}'"));
    office.ok("task add 'long ago' --customer c1 --due 2017-01-01");
    for line in ["list", "show c1", "task list", "tier", "timeline c1", "why c1", "history", "status", "help"]
    {
        let said = office.ok(line);
        assert!(!said.contains('\u{1b}'), "{line}: {said:?}");
        assert!(!said.contains(['│', '┃', '|']) || line == "help", "{line}: {said}");
        assert!(said.lines().all(|line| line == line.trim_end()), "{said:?}");
    }
    assert!(office.ok("list").contains(name));
    assert!(office.ok("list --color always").contains('\u{1b}'), "colours can be asked for");
    assert!(!office.ok("list --color never").contains('\u{1b}'));
}

#[test]
fn results_go_to_stdout_and_the_rest_to_stderr() {
    let office = Office::practice();
    office.file("rows.csv", "name\nA\u{7}cme\n");
    let ran = office.run("import rows.csv --as customers --json");
    assert!(ran.err.contains("out of 1 cell\n"), "{ran}");
    assert_eq!(ran.json()["created"], 1);
    let quiet = office.run("import rows.csv --as customers --json --quiet");
    assert_eq!(quiet.err, "");
    assert_eq!(quiet.json()["unchanged"], 1);
}

#[test]
fn dates_are_echoed_as_they_were_understood() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    let said = office.ok("log acme hello --next 'fri 15:00 send list'");
    assert!(said.contains("Fri 5 Jan 2018 15:00"), "{said}");
    let said = office.ok("task add call --due 下周一 --lang zh");
    assert!(said.contains("2018年1月8日 周一"), "{said}");
    let receipt = office.json("task add more --due +3d");
    assert!(text(&receipt["dates"]["due"]).starts_with("2018-01-04"), "{receipt}");
}

#[test]
fn what_was_meant_as_a_next_step_and_is_none_is_told() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    let ran = office.run("log acme 'x > someday call'");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (0, "no next step in \"someday call\"; write it with its date, as in: call +3d\n")
    );
    for line in ["log acme 'x > +3d call'", "log acme 'x > y' --json", "log acme 'x > y' --next '+3d call'"] {
        assert_eq!(office.run(line).err, "", "{line}");
    }
}

#[test]
fn a_release_tells_where_the_customer_lies_without_any_pool_in_the_policy_too() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    let would = office.ok("pool release acme --reason so --dry-run");
    assert!(would.starts_with("would release to the open pool: c1 Acme\n"), "{would}");
    let released = office.ok("pool release acme --reason so --lang zh");
    assert!(released.starts_with("已退回公海：c1 Acme\n"), "{released}");
    assert!(office.ok("pool list").contains("Acme"));
}

#[test]
fn an_undo_tells_in_words_what_it_took_back() {
    let office = Office::practice();
    office.ok("customer add --name Acme");
    office.ok("log acme 'hello > +3d send list'");
    let said = office.ok("undo");
    assert!(said.starts_with("took back: logged, 2018-01-01 09:0"), "{said}");
    assert!(said.lines().next().unwrap().ends_with(": i1 t1 send list · c1 Acme"), "{said}");
    office.ok("customer edit c1 --region east");
    let said = office.ok("undo --lang zh");
    assert!(said.starts_with("已撤销：更改客户，2018-01-01 09:0"), "{said}");
    assert!(said.lines().next().unwrap().ends_with("：c1 Acme"), "{said}");
}

#[test]
fn help_manual_and_completions_need_no_store() {
    let office = Office::bare();
    for line in ["--help", "--version", "log --help", "help task", "man", "keys list", "completions bash"] {
        assert!(!office.ok(line).is_empty(), "{line}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(office.ok(&format!("completions {shell}")).contains(&format!("completions {shell} --at")));
        let at = format!("completions {shell} --at 'gx time' --word time");
        assert!(office.ok(&at).starts_with("timeline"), "{shell}");
    }
    assert!(office.ok("completions elvish").contains("timeline"));
    assert!(!office.store().exists());
}

#[test]
fn keys_are_listed_as_the_screen_reads_them() {
    let office = Office::bare();
    std::fs::create_dir_all(office.path(".config/guanxi")).unwrap();
    office.file(".config/guanxi/config.toml", "keymap = \"mine.toml\"\n");
    let own = office.path(".config/guanxi/mine.toml");
    std::fs::write(&own, "extends = \"default\"\n[global]\nf9 = \"quit\"\n").unwrap();
    let has = |line: &str| office.ok(line).lines().any(|line| line.contains("f9"));
    assert!(has("keys list") && has(&format!("keys list '{}'", own.display())));
    assert!(!has("keys list default"));
    std::fs::remove_file(own).unwrap();
    assert!(office.fails(1, "keys list").contains("mine.toml"));
}

#[test]
fn a_store_is_made_once_and_only_a_practice_clock_moves() {
    let office = Office::bare();
    office.ok("init --name Ours --timezone Asia/Shanghai");
    let said = office.fails(5, PRACTICE);
    assert!(said.contains("already"), "{said}");
    assert!(office.fails(5, "clock +1d").contains("practice store"));
    assert!(office.fails(5, "list --as anna").contains("practice"));
    assert_eq!(office.json("status")["kind"], "private");
}
