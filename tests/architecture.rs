//! Who may import whom: reads the sources and holds the table of the crate documentation.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A place in the tree and the rooms that it may name. The most exact place counts.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("model", &["text"]),
    ("codec", &["model", "text"]),
    ("filter", &["model", "text"]),
    ("rules", &["filter", "model", "text"]),
    ("store", &["codec", "filter", "model", "text"]),
    ("search", &["codec", "filter", "model", "text"]),
    ("service", &["rules", "store", "search", "filter", "model", "text"]),
    ("ipc", &["codec", "model", "text"]),
    ("ipc/server.rs", &["service", "codec", "model", "text"]),
    ("ipc/desk.rs", &["service", "codec", "model", "text"]),
    ("demo", &["model", "text"]),
    ("keys", &["text"]),
    ("config.rs", &["text"]),
    ("tui", &["ipc", "keys", "filter", "model", "text", "config"]),
    ("cli", &["ipc", "keys", "filter", "model", "text", "config", "tui"]),
    ("cli/host.rs", &["ipc", "service", "store", "demo", "model", "text"]),
    ("main.rs", &["cli", "tui"]),
];

/// Crates that one room alone may name.
const ONE_ROOM: &[(&str, &[&str])] = &[
    ("bincode", &["codec"]),
    ("redb", &["store"]),
    ("clap", &["cli", "main.rs"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
];

pub(crate) fn sources(under: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(under).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The source without comments and without its tests, which may use what they need.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The rooms that a source names as `crate::ROOM` (also in a list: `crate::{a, b::c}`).
fn rooms_named(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let word =
            |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        match rest.strip_prefix('{') {
            Some(list) => {
                let mut depth = 0;
                let mut start = true;
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && c.is_alphabetic() => {
                            rooms.insert(word(&list[i..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
            None => drop(rooms.insert(word(rest))),
        }
    }
    rooms.remove("messages");
    rooms
}

#[test]
fn rooms_use_only_what_the_table_allows() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for path in sources(&src) {
        let place = path.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        if place == "lib.rs" {
            continue;
        }
        let row = MAY_USE
            .iter()
            .filter(|(room, _)| place == *room || place.starts_with(&format!("{room}/")))
            .max_by_key(|(room, _)| room.len());
        let Some((_, allowed)) = row else {
            faults.push(format!("{place}: in no room of the table"));
            continue;
        };
        let own = place.split(['/', '.']).next().unwrap_or_default();
        let code = code(&path);
        for room in rooms_named(&code) {
            if room != own && !allowed.contains(&room.as_str()) {
                faults.push(format!("{place} names crate::{room}"));
            }
        }
        for (name, rooms) in ONE_ROOM {
            let names = code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
            let at_home = rooms.iter().any(|room| place == *room || place.starts_with(&format!("{room}/")));
            if names && !at_home {
                faults.push(format!("{place} names {name}"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_forbidden_import_is_noticed() {
    assert_eq!(
        rooms_named("use crate::{store::Store, text};").into_iter().collect::<Vec<_>>(),
        ["store", "text"]
    );
    assert_eq!(rooms_named("crate::rules::decide(x)").into_iter().collect::<Vec<_>>(), ["rules"]);
}
