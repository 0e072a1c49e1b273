//! A policy is tried, looked into, compared, exported and adopted; a book is handed over.

use std::path::PathBuf;

use super::*;
use crate::ipc::client::{Changed, News};
use crate::model::{Command, Receipt, Refusal};

/// A file with a policy, in a folder that is gone afterwards.
struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn file(text: &str) -> File {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("east-2027.toml");
    std::fs::write(&path, text).unwrap();
    File { _folder: folder, path }
}

/// The screen with the policy of a file tried.
fn tried(lang: Lang, size: (u16, u16), text: &str) -> (Desk, File) {
    let file = file(text);
    let mut desk = Desk::new(lang, size).up();
    desk.keys(&format!("4 P \"{}\" enter", file.path.display()));
    (desk, file)
}

#[test]
fn what_a_policy_would_do_in_both_languages() {
    for lang in [Lang::En, Lang::Zh] {
        for (name, keys) in [
            ("groups", ""),
            ("tier", "enter"),
            ("member", "down down down enter"),
            ("returns", "G up enter"),
            ("steps", "G enter"),
            ("diff", "d"),
            ("sure", "a"),
        ] {
            let (mut desk, _file) = tried(lang, (80, 24), "schema = 1\n[[tier]]\nid = \"B\"\n");
            desk.keys(keys);
            insta::assert_snapshot!(format!("policy_{name}_{lang:?}"), desk.small());
        }
        let (desk, _file) = tried(lang, (80, 24), "bad");
        insta::assert_snapshot!(format!("policy_faults_{lang:?}"), desk.small());
    }
    for size in [(60, 15), (160, 50)] {
        let (desk, _file) = tried(Lang::En, size, "schema = 1");
        insta::assert_snapshot!(format!("policy_{}x{}", size.0, size.1), desk.text(size));
    }
}

#[test]
fn the_last_rows_are_seen_whole_in_a_small_window() {
    let (mut desk, _file) = tried(Lang::En, (60, 15), "schema = 1");
    desk.keys("G");
    let screen = desk.text((60, 15));
    for row in [
        "to the open pool: 4 in 30 days, 9 later  now 1, 0 ",
        "steps: 1 new, 0 redated, 0 dropped ",
        "plan and care, 30 days: 14 more tasks, 3 fewer ",
    ] {
        assert!(screen.contains(row), "{row}: {screen}");
    }
}

#[test]
fn the_way_back_leads_through_the_pages_before() {
    let (mut desk, _file) = tried(Lang::En, (80, 24), "schema = 1");
    let sheet = |desk: &Desk| desk.small().lines().skip(8).map(str::to_owned).collect::<Vec<_>>();
    let groups = sheet(&desk);
    desk.keys("down enter");
    assert!(desk.small().contains("Key to Potential"), "{}", desk.small());
    desk.keys("enter");
    assert!(desk.small().contains("─ Hottechi ─"), "the card lies over it: {}", desk.small());
    desk.keys("esc esc up");
    assert_eq!(sheet(&desk), groups);
    desk.keys("esc");
    assert!(!desk.small().contains("preview"), "{}", desk.small());
}

#[test]
fn it_is_adopted_once_that_is_confirmed_and_undone_like_any_act() {
    let (mut desk, _file) = tried(Lang::En, (80, 24), "schema = 1");
    desk.keys("a n");
    assert!(desk.server.ordered.is_empty() && desk.footer().contains("not adopted"), "{}", desk.footer());
    desk.server.refusal = Some(Refusal::NotAllowed(clean("policy adopt")));
    desk.keys("a y");
    assert!(desk.footer().contains("managers and admins"), "{}", desk.footer());
    assert!(desk.small().contains("preview"), "it stays to be looked at");
    desk.server.receipt = Some(Receipt { seqs: vec![9], ids: vec![Id::SETTINGS], ..Receipt::default() });
    desk.keys("a y");
    let adopted = Command::PolicyAdopt { text: clean("schema = 1") };
    assert_eq!(desk.server.ordered.last().map(|(_, _, command)| command), Some(&adopted));
    assert!(desk.footer().contains("east-2027.toml is in force; u takes it back"), "{}", desk.footer());
    assert!(!desk.small().contains("preview"), "{}", desk.small());
}

#[test]
fn what_cannot_be_adopted_says_why() {
    let (mut desk, file) = tried(Lang::En, (80, 24), "bad");
    desk.keys("a");
    assert!(desk.footer().contains("it has faults"), "{}", desk.footer());
    std::fs::write(&file.path, "schema = 1").unwrap();
    desk.keys("r");
    assert!(desk.small().contains("tier moves"), "the file is mended and read again: {}", desk.small());
    let folder = file.path.parent().unwrap().display().to_string();
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(&format!("4 P \"{folder}/none.toml\" enter"));
    assert!(desk.small().contains("no such file"), "{}", desk.small());
    desk.keys(&format!("ctrl-u \"try-policy {folder}/east\" enter"));
    assert!(desk.small().contains("tier moves"), "enter takes the file under the bar: {}", desk.small());
}

#[test]
fn whoever_adopts_another_one_meanwhile_is_told_of() {
    let (mut desk, _file) = tried(Lang::En, (80, 24), "schema = 1");
    desk.server.policy = 3;
    desk.hear(Heard::News(News { head: 400, changed: Changed::These(vec![Id::SETTINGS]) }));
    assert!(desk.small().contains("version 3 was adopted meanwhile"), "{}", desk.small());
}

#[test]
fn the_policies_that_were_adopted_and_what_differs() {
    let mut desk = Desk::new(Lang::En, (80, 24)).up();
    desk.keys(": \"policy-history\" enter");
    assert!(desk.small().contains("policies adopted") && desk.small().contains("+12 -4"), "{}", desk.small());
    desk.keys("enter");
    assert!(desk.small().contains("no difference"), "{}", desk.small());
}

#[test]
fn a_book_is_handed_over_after_a_look_as_one_batch() {
    for lang in [Lang::En, Lang::Zh] {
        let mut desk = Desk::new(lang, (80, 24)).up();
        desk.server.colleagues = vec![("bo", "Bo Wang"), ("cy", "Cy Li")];
        let from = lang.pick("Anna to Bo, Cy", "安娜给Bo，Cy");
        desk.keys(&format!(": \"handover {from}\" enter"));
        insta::assert_snapshot!(format!("handover_{lang:?}"), desk.small());
        desk.keys("enter n");
        assert!(desk.server.ordered.is_empty());
        desk.keys("enter y");
        let commands: Vec<&Command> = desk.server.ordered.iter().map(|(_, _, command)| command).collect();
        assert!(matches!(commands.first(), Some(Command::BatchOpen { .. })), "{commands:?}");
        assert!(matches!(commands.last(), Some(Command::BatchClose { .. })), "{commands:?}");
        assert!(commands.iter().any(|command| matches!(command, Command::Edit { .. })), "{commands:?}");
    }
}

#[test]
fn who_hands_over_and_to_whom_must_be_known() {
    for (typed, said) in [
        ("Anna", "write who gives"),
        ("Anna to Nobody", "are called Nobody"),
        ("Anna to Anna", "cannot take over from themselves"),
        ("Anna to ,", "write who gives"),
    ] {
        let mut desk = Desk::new(Lang::En, (80, 24)).up();
        desk.keys(&format!(": \"handover {typed}\" enter"));
        assert!(desk.footer().contains(said), "{typed}: {}", desk.footer());
    }
}
