//! The messages: each is said somewhere, names only what there is, and uses the words of the field.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::architecture::{code, sources};
use crate::office::Office;

/// A message of a catalogue: its file, its name, its texts (the English for one and for many apart).
struct Message {
    file: PathBuf,
    name: String,
    en: Vec<String>,
    zh: String,
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every message of the catalogues.
fn messages() -> Vec<Message> {
    let mut found = Vec::new();
    for file in sources(&src().join("text/say")) {
        let source = fs::read_to_string(&file).unwrap();
        let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        let joined = lines.collect::<Vec<_>>().join("\n");
        let Some((_, body)) = joined.split_once("messages! {") else { continue };
        let mut rest = body;
        while let Some((head, tail)) = rest.split_once(") =") {
            let name = head.rsplit_once('(').unwrap().0.trim().rsplit(['\n', ' ']).next().unwrap();
            let (one, mut tail) = literal(tail);
            let mut en = vec![one];
            while tail.trim_start().starts_with('|') {
                let (many, behind) = literal(tail);
                en.push(many);
                tail = behind;
            }
            let (zh, tail) = literal(tail);
            found.push(Message { file: file.clone(), name: name.to_owned(), en, zh });
            rest = tail;
        }
    }
    found
}

/// The next string of a source, and what follows it.
fn literal(source: &str) -> (String, &str) {
    let (_, text) = source.split_once('"').unwrap();
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' if !escaped => return (text[..at].replace("\\\"", "\""), &text[at + 1..]),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    panic!("a string without an end");
}

/// What a source says: the catalogue's name, or how the source calls it, with the name of the message.
fn said(code: &str) -> BTreeSet<(String, String)> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut called = BTreeMap::new();
    for (at, _) in code.match_indices("say::") {
        let imported = code[at + "say::".len()..].split(';').next().unwrap_or_default();
        for item in imported.split(['{', '}', ',']) {
            if let Some((room, alias)) = item.trim().split_once(" as ") {
                called.insert(alias.trim(), room.trim());
            }
        }
    }
    let pairs = code.match_indices("::").map(|(at, _)| {
        let before = code[..at].rsplit(|c| !is_name(c)).next().unwrap_or_default();
        let behind = code[at + 2..].split(|c| !is_name(c)).next().unwrap_or_default();
        (called.get(before).copied().unwrap_or(before).to_owned(), behind.to_owned())
    });
    pairs.collect()
}

#[test]
fn every_message_is_said_somewhere() {
    let catalogues = src().join("text/say");
    let is_test = |path: &Path| {
        let mut parts = path.strip_prefix(src()).unwrap().iter();
        parts.any(|part| part == "tests" || part == "tests.rs" || part == "testing.rs")
    };
    let said: BTreeSet<(String, String)> = sources(&src())
        .into_iter()
        .filter(|path| !path.starts_with(&catalogues) && !is_test(path))
        .flat_map(|path| said(&code(&path)))
        .collect();
    let messages = messages();
    assert!(messages.len() > 200, "the catalogues are read: {}", messages.len());
    let room = |message: &Message| message.file.file_stem().unwrap().to_string_lossy().into_owned();
    let unsaid: Vec<String> = messages
        .iter()
        .filter(|message| !said.contains(&(room(message), message.name.clone())))
        .map(|message| format!("{}: {}", message.file.display(), message.name))
        .collect();
    assert!(unsaid.is_empty(), "\n{}", unsaid.join("\n"));
}

#[test]
fn a_message_of_another_catalogue_is_not_taken_for_it() {
    let said =
        said("use crate::text::say::{cli as say, refusal};\nfn f() { say::more(lang, 1); g(refusal::near) }");
    let pair = |room: &str, name: &str| (room.to_owned(), name.to_owned());
    assert!(said.contains(&pair("cli", "more")) && said.contains(&pair("refusal", "near")));
    assert!(!said.contains(&pair("tui", "more")));
}

#[test]
fn every_command_that_a_message_names_is_there() {
    let office = Office::bare();
    let help = |noun: &str| {
        let help = office.ok(&format!("{noun} --help"));
        let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
        let names =
            listed.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
        names.map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let verbs = help("");
    let mut wrong = Vec::new();
    for message in messages() {
        for text in message.en.iter().chain([&message.zh]) {
            for (at, _) in text.match_indices("gx ") {
                let named: Vec<&str> =
                    text[at + 3..].split(|c: char| !c.is_ascii_alphabetic()).take(2).collect();
                let [verb, next] = named.as_slice() else { continue };
                let is_name = !text[..at].ends_with(|c: char| c.is_alphanumeric());
                // `gx windows` are windows, `gx ({own})` a version.
                if !is_name || verb.is_empty() || matches!(*verb, "command" | "windows" | "do") {
                    continue;
                }
                let below = help(verb_or_root(verb, &verbs));
                if !verbs.contains(*verb) || !below.is_empty() && !next.is_empty() && !below.contains(*next) {
                    wrong.push(format!("{}: gx {verb} {next}", message.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn verb_or_root<'a>(verb: &'a str, verbs: &BTreeSet<String>) -> &'a str {
    if verbs.contains(verb) { verb } else { "" }
}

/// Messages whose English word is a term in another sense: the rhythm of contact is no person.
const OF_ANOTHER_MEANING: &[&str] = &["col_contact", "contacts_by_month", "new"];

/// The pairs of the table in the description of the field: Chinese, English.
fn terms() -> Option<Vec<(String, String)>> {
    let domain = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/domain.md");
    let place = std::env::var_os("GX_DOMAIN").map_or(domain, PathBuf::from);
    let text = fs::read_to_string(place).ok()?;
    let (_, table) = text.split_once("## 6. Words")?;
    let table = table.split("\n\n").nth(1)?;
    let pairs = table.split(" · ").filter_map(|pair| pair.trim().split_once(' '));
    let plain = |en: &str| en.split(" (").next().unwrap_or(en).trim().trim_end_matches(" ·").to_owned();
    Some(pairs.map(|(zh, en)| (zh.to_owned(), plain(en))).collect())
}

#[test]
fn messages_use_the_words_of_the_field() {
    let messages = messages();
    for message in &messages {
        for never in ["线索", "团队", "公海池", "回调", "商机线索", "数据库"] {
            assert!(!message.zh.contains(never), "{}: {never}", message.name);
        }
        for never in ["high seas", "clue", "callback"] {
            assert!(
                !message.en.iter().any(|en| en.to_lowercase().contains(never)),
                "{}: {never}",
                message.name
            );
        }
    }
    let Some(terms) = terms() else {
        println!("skipped: ../shared/domain.md is not here, and GX_DOMAIN names no other place");
        return;
    };
    assert!(terms.len() > 60, "the table is read: {}", terms.len());
    let mut wrong = Vec::new();
    for message in messages.iter().filter(|message| !OF_ANOTHER_MEANING.contains(&message.name.as_str())) {
        // What is one term in English is that term in Chinese, or its last word where room is short.
        let means = |en: &str| {
            [en, &format!("{en}s")]
                .iter()
                .any(|en| message.en.iter().any(|said| said.eq_ignore_ascii_case(en)))
        };
        let meant: Vec<&str> = terms.iter().filter(|(_, en)| means(en)).map(|(zh, _)| zh.as_str()).collect();
        if !meant.is_empty() && !meant.iter().any(|zh| zh.ends_with(&message.zh)) {
            wrong.push(format!("{}: {:?} is {meant:?}, not {}", message.name, message.en, message.zh));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn one_of_a_thing_is_not_said_as_many() {
    let plural = |text: &str| {
        let nouns = text.match_indices("{count} ").map(|(at, count)| &text[at + count.len()..]);
        nouns.map(|noun| noun.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()).any(is_plural)
    };
    let messages = messages();
    let counted: Vec<&Message> =
        messages.iter().filter(|message| message.en.iter().any(|en| plural(en))).collect();
    assert!(counted.len() > 8, "the counts are read: {}", counted.len());
    // With a limit beside it a count is never one.
    let one_form = |message: &&&Message| message.en.len() == 1 && !message.en[0].contains("{limit}");
    let wrong: Vec<&str> = counted.iter().filter(one_form).map(|message| message.name.as_str()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn is_plural(noun: &str) -> bool {
    noun.len() > 2 && noun.ends_with('s')
}
