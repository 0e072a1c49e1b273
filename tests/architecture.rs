//! Who may import whom: reads the sources and holds the table of the crate documentation.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A place in the tree and what it may name.
struct Row {
    place: String,
    may_use: Vec<String>,
}

impl Row {
    /// Whether a file lies there.
    fn holds(&self, file: &str) -> bool {
        let within = file.strip_prefix(&self.place);
        within.is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
    }
}

/// The table of the crate documentation: `codec, model; `server` also service` is a row for the room and one more for
/// that part of it. What has two parts, as `ipc::client`, is that part alone.
fn table() -> Vec<Row> {
    let lib = fs::read_to_string(src().join("lib.rs")).unwrap();
    let mut rows = Vec::new();
    for line in lib.lines().filter(|line| line.starts_with("//! | [`")) {
        let [_, room, _, may_use, _] = line.split('|').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let names = |text: &str| -> Vec<String> {
            let names = text.split(',').map(|name| name.trim().trim_matches('`').to_owned());
            names.filter(|name| name != "nothing of ours").collect()
        };
        let room = room.trim().trim_matches(['[', ']', '`']);
        let mut parts = may_use.split(';');
        let of_all = names(parts.next().unwrap());
        for (part, also) in parts.filter_map(|part| part.split_once(" also ")) {
            for name in names(part) {
                let may_use = of_all.iter().cloned().chain(names(also)).collect();
                rows.push(Row { place: format!("{room}/{name}"), may_use });
            }
        }
        rows.push(Row { place: room.to_owned(), may_use: of_all });
    }
    rows
}

/// Crates that one room alone may name.
const ONE_ROOM: &[(&str, &[&str])] = &[
    ("bincode", &["codec"]),
    ("redb", &["store"]),
    ("clap", &["cli", "main.rs"]),
    ("ratatui", &["tui"]),
    ("crossterm", &["tui"]),
];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

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
pub(crate) fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// What a source names as `crate::ROOM::PART`, also in lists: `crate::{a, b::{c, d}}`.
fn named(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        for item in items(&code[at + path.len()..]) {
            let room = word(item);
            match item[room.len()..].strip_prefix("::") {
                Some(parts) => {
                    named.extend(items(parts).iter().map(|part| format!("{room}::{}", word(part))));
                }
                None => drop(named.insert(room.to_owned())),
            }
        }
    }
    named.retain(|name| !name.starts_with("messages"));
    named
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The items of a list in braces; without braces the text is the one item.
fn items(text: &str) -> Vec<&str> {
    let Some(list) = text.strip_prefix('{') else { return vec![text] };
    let (mut items, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                items.push(list[start..at].trim());
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

#[test]
fn rooms_use_only_what_the_table_allows() {
    let (src, table) = (src(), table());
    assert!(table.len() > 14, "the table is read: {}", table.len());
    let mut faults = Vec::new();
    for path in sources(&src) {
        let place = path.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        if matches!(place.as_str(), "lib.rs" | "main.rs") {
            continue;
        }
        let row = table.iter().filter(|row| row.holds(&place)).max_by_key(|row| row.place.len());
        let Some(row) = row else {
            faults.push(format!("{place}: in no room of the table"));
            continue;
        };
        let own = word(&place);
        let code = code(&path);
        for name in named(&code) {
            let room = word(&name);
            if room != own && !row.may_use.iter().any(|allowed| *allowed == name || allowed == room) {
                faults.push(format!("{place} names crate::{name}"));
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
    let names = |code| named(code).into_iter().collect::<Vec<_>>();
    assert_eq!(names("use crate::{store::Store, text};"), ["store::Store", "text"]);
    assert_eq!(names("crate::rules::decide(x)"), ["rules::decide"]);
    assert_eq!(names("use crate::ipc::{client::{A, B}, server};"), ["ipc::client", "ipc::server"]);
    let cli = table().into_iter().find(|row| row.place == "cli").unwrap();
    assert!(cli.may_use.iter().any(|name| name == "ipc::client"));
    assert!(!cli.may_use.iter().any(|name| name == "ipc" || name == "service"));
}
