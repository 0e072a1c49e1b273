//! The page of keys: every shipped key map side by side, made from the list of acts and the maps themselves.

use std::fmt::Write;

use super::act::Act;
use super::keymap::Keymap;
use super::scope::Scope;
use crate::text::Lang;

/// The maps that stand side by side.
const MAPS: [&str; 3] = ["default", "vim", "emacs"];

/// What stands before the tables, but for the example.
const HEAD: &str = r#"# The keys of gx

Made by `gx keys list --format md > keymaps/README.md` from the list of acts and the maps in this folder; a test compares them.

Your own keys stand in `~/.config/guanxi/keymap.toml`. Such a file names the map that it changes, `default`, `vim`,
`emacs` or `base` (no letters at all), and holds only what differs:

```toml
extends = "vim"

[global]
Q = "quit"               # a key, or several one after the other: "space q"
"Z Z" = "none"           # takes a key away, and whatever begins with it

[groups]
space = { en = "do", zh = "操作" }     # what the footer calls the keys behind space
```

A narrower section wins: `[tasks]` over `[list]` over `[global]`. Where text is typed (forms, find, palette), plain
characters are text and cannot be bound. `gx keys check FILE` names what is wrong with line and column, `gx keys list FILE`
shows what every key does then, and `gx keys dump vim` writes out a map to begin with.

## What acts are told

In the palette what stands behind the name of an act is told to it: `assign anna`, `as-of yesterday`, `filter tier:A idle>30d`.
It runs at once, on what is marked or under the bar. In the tables below it is named behind the act, in brackets where the act
also runs without it.

## Another alphabet

Keys that mean nothing themselves are tried once more as `[translate]` says, one character for one character; never
where text is typed. For ЙЦУКЕН, with which the default keys work without changing the layout:

"#;

/// A key file for ЙЦУКЕН.
const ALPHABET: &str = r#"extends = "default"

[translate]
"й" = "q"
"ц" = "w"
"у" = "e"
"к" = "r"
"е" = "t"
"н" = "y"
"г" = "u"
"ш" = "i"
"щ" = "o"
"з" = "p"
"ф" = "a"
"ы" = "s"
"в" = "d"
"а" = "f"
"п" = "g"
"р" = "h"
"о" = "j"
"л" = "k"
"д" = "l"
"я" = "z"
"ч" = "x"
"с" = "c"
"м" = "v"
"и" = "b"
"т" = "n"
"ь" = "m"
"ю" = "."
"У" = "E"
"В" = "D"
"А" = "F"
"Ф" = "A"
"П" = "G"
"Г" = "U"
"Д" = "L"
"З" = "P"
"Щ" = "O"
"М" = "V"
"С" = "C"
"Я" = "Z"
"К" = "R"
"Е" = "T"
"Ш" = "I"
"Ч" = "X"
"Ц" = "W"
"И" = "B"
"Ж" = ":"
"#;

/// The page that stands in `keymaps/README.md`, in Markdown and English.
pub fn page() -> String {
    let maps = MAPS.map(|name| Keymap::shipped(name).unwrap_or_default());
    let mut page = format!("{HEAD}```toml\n{ALPHABET}```\n");
    for scope in Scope::ALL {
        let rows: Vec<(Act, [String; 3])> = Act::ALL
            .iter()
            .map(|act| (*act, maps.each_ref().map(|map| keys(map, scope, *act))))
            .filter(|(_, keys)| keys.iter().any(|keys| !keys.is_empty()))
            .collect();
        if !rows.is_empty() {
            table(&mut page, scope, &rows);
        }
    }
    let unbound = |act: &&Act| !maps.iter().any(|map| map.bindings().any(|row| row.act == Some(**act)));
    let unbound: Vec<String> =
        Act::ALL.iter().filter(unbound).map(|act| format!("`{}`", act.usage(Lang::En))).collect();
    if !unbound.is_empty() {
        line(&mut page, &format!("\nWithout a key, by name in the palette: {}.", unbound.join(", ")));
    }
    page
}

fn table(page: &mut String, scope: Scope, rows: &[(Act, [String; 3])]) {
    line(page, &format!("\n## [{}]: {}\n", scope.name(), scope.title(Lang::En)));
    line(page, &format!("| {} | act | what it does |", MAPS.join(" | ")));
    line(page, "|---|---|---|---|---|");
    for (act, keys) in rows {
        let (usage, does) = (act.usage(Lang::En), act.describe(Lang::En));
        line(page, &format!("| {} | `{usage}` | {does} |", keys.join(" | ")));
    }
}

/// The keys of an act in a section, as a map has them.
fn keys(map: &Keymap, scope: Scope, act: Act) -> String {
    let rows = map.bindings().filter(|row| row.scope == scope && row.act == Some(act));
    rows.map(|row| format!("`{}`", row.keys)).collect::<Vec<_>>().join(", ")
}

fn line(page: &mut String, text: &str) {
    let _ = writeln!(page, "{text}"); // a String takes every write
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Keys, Step};

    #[test]
    fn the_page_in_the_folder_of_key_maps_is_true() {
        let stands = include_str!("../../keymaps/README.md");
        assert!(stands == page(), "renew it with: gx keys list --format md > keymaps/README.md");
    }

    #[test]
    fn every_key_of_the_maps_stands_on_the_page() {
        let page = page();
        for (name, map) in MAPS.map(|name| (name, Keymap::shipped(name).unwrap())) {
            for row in map.bindings() {
                let (_, after) = page.split_once(&format!("## [{}]:", row.scope.name())).unwrap();
                let table = after.split("\n## ").next().unwrap();
                let found = table.lines().any(|line| {
                    let named = line.contains(&format!("| `{}` |", row.act.unwrap().usage(Lang::En)));
                    named && line.contains(&format!("`{}`", row.keys))
                });
                assert!(found, "{name}: {} in [{}]", row.keys, row.scope.name());
            }
        }
    }

    #[test]
    fn the_examples_are_key_files_without_fault() {
        for example in page().split("```toml\n").skip(1) {
            let (example, _) = example.split_once("```").unwrap();
            let faults = Keymap::user("my.toml", example).faults().to_vec();
            assert!(faults.is_empty(), "{faults:?}");
        }
    }

    #[test]
    fn the_other_alphabet_does_all_that_the_letters_do() {
        let (own, shipped) = (Keymap::user("my.toml", ALPHABET), Keymap::shipped("default").unwrap());
        let there = |c: char| ALPHABET.lines().find(|line| line.ends_with(&format!("= \"{c}\"")));
        for row in shipped.bindings() {
            let text = row.keys.to_string();
            if text.split(' ').all(|key| key.chars().all(char::is_alphabetic) && key.chars().count() == 1) {
                let other: String =
                    text.chars().map(|c| there(c).map_or(c, |row| row.chars().nth(1).unwrap())).collect();
                assert!(!other.is_ascii(), "{text} has a letter of its own");
                let pressed: Keys = other.parse().unwrap();
                assert_eq!(own.resolve(row.scope.stack(), &pressed), Step::Act(row.act.unwrap()), "{other}");
            }
        }
    }
}
