use super::*;
use crate::cli::testing::run;
use crate::model::{Answer, Query, Reply, Request};

/// What is offered at the end of a line, and the questions which values a field has.
fn offered(args: &[&str], line: &str) -> Vec<String> {
    let line: Vec<&str> = [args, &["--at", line]].concat();
    let ran = run(&line, |request| match request {
        Request::Ask(Query::Values { field, .. }) => {
            let values: &[&'static str] = match field.as_str() {
                "tier" => &["A", "B"],
                "owner" | "assignee" => &["Anna Li", "Bo"],
                "" => &["contract"],
                "id" => &["Acme & Co"],
                _ => &[],
            };
            Some(Reply::Answer(9, Answer::Values(values.iter().map(|value| Clean::known(value)).collect())))
        }
        _ => None,
    });
    ran.out().lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

fn fish(line: &str) -> Vec<String> {
    offered(&["completions", "fish"], line)
}

#[test]
fn verbs_flags_and_values_are_offered_where_they_may_stand() {
    for (line, first) in [
        ("gx timel", "timeline"),
        ("gx task dr", "drop"),
        ("gx list --la", "--lang"),
        ("gx list 'ti", "tier:"),
        ("gx list 'tier:", "tier:A"),
        ("gx list 'tier:A owner:an", "tier:A owner:\"Anna Li\""),
        ("gx list 'idle", "idle<"),
        ("gx list x.", "x.contract<"),
        ("gx list --sort sp", "spend"),
        ("gx task list 'customer.ti", "customer.tier:"),
        ("gx task list 'assignee:", "assignee:\"Anna Li\""),
        ("gx customer edit c1 --owner ", "Anna Li"),
        ("gx customer edit c1 --owner=", "--owner=Anna Li"),
        ("gx customer edit c1 --kind p", "person"),
        ("gx log c1 x --channel we", "wechat"),
        ("gx show ac", "Acme & Co"),
        ("gx tier set c1 ", "A"),
        ("gx export tas", "tasks"),
        ("gx export tasks sta", "state:"),
        ("gx policy check ", ":files"),
        ("gx list tier:A; gx timel", "timeline"),
    ] {
        assert_eq!(fish(line).first().map(String::as_str), Some(first), "{line}: {:?}", fish(line));
    }
}

#[test]
fn a_server_that_is_not_there_leaves_verbs_and_fields() {
    let ran = run(&["completions", "zsh", "--at", "gx list 'tier:"], |_| None);
    assert_eq!(ran.out(), "tier:none\tthere is no value\ntier:yes\tthere is a value\n");
}

#[test]
fn bash_puts_the_rest_of_a_word_in_its_place() {
    for (line, word, first) in [
        ("gx list tier:", "", "A"),
        ("gx list tier:a", "a", "A"),
        ("gx list 'tier:A owner:an", "tier:A owner:an", "tier:A owner:\"Anna Li\""),
        ("gx list owner:an", "an", "\\\"Anna\\ Li\\\""),
        ("gx list idle", "idle", "idle\\<"),
        ("gx show ac", "ac", "Acme\\ \\&\\ Co"),
    ] {
        let found = offered(&["completions", "bash", "--word", word], line);
        assert_eq!(found.first().map(String::as_str), Some(first), "{line}: {found:?}");
    }
}

#[test]
fn a_store_below_the_home_is_found_as_the_shell_would() {
    let home = std::env::home_dir().unwrap();
    let path = |typed: &str| super::path(typed.to_owned());
    assert_eq!(path("~/books/s"), home.join("books/s"));
    assert_eq!([path("/tmp/~/s"), path("~s")], ["/tmp/~/s", "~s"].map(std::path::PathBuf::from));
}
